/* Who takes part in an event where no rule finds anybody: chosen among the nouns of its sentence by
 * a network (classifiers/chooser.h) that people's readings of other claims have taught.
 *
 * What it knows of a noun: the tagger's states of it and of the trigger, the path of the tree
 * between them, what sort of somebody it is, how the row reads, who the rules found for this and
 * for other events. The stage and annals-train (train/chooser_trainer.c) use the same questions.
 * Lives in scratch memory. */
#ifndef ANNALS_MEANING_CHOOSING_H
#define ANNALS_MEANING_CHOOSING_H

#include "bytes/array.h"
#include "classifiers/chooser.h"
#include "document/claim.h"

struct making;
struct coding;

/* Who of the nouns around takes part in one event? */
struct choice {
    uint32_t trigger;
    const char *plover;
    uint32_t count;
    uint32_t tokens[CHOOSER_MOST];
    struct chooser_pair pairs[CHOOSER_MOST];
    float answers[CHOOSER_MOST][CHOOSER_ANSWERS]; /* how likely each is agent, and patient */
    bool answered;                 /* else there is no network, or no state of the words */
    bool filled[CHOOSER_ANSWERS];  /* whom the claim has was chosen */
    float chance[CHOOSER_ANSWERS]; /* and how likely he is */
};

/* What the rules know of a pair, by number. */
enum {
    SIGN_AGENT,
    SIGN_PATIENT,
    SIGN_NO_AGENT,
    SIGN_NO_PATIENT,
    SIGN_AGENT_AFAR,
    SIGN_PATIENT_AFAR
};

/* The questions of all claims of a report, for the trainer. */
struct choices {
    ARRAY(struct choice) items;
};

/* Asks about the claim, which has all that rules find. */
void choosing_ask(const struct making *making, const struct claim *claim, struct choice *choice);

/* Asks the network who takes part; the answers stand in `coding->choice`. */
void choosing_answer(const struct making *making, const struct claim *claim);

/* Writes the agent and the patient that the network is sure enough of where the claim has none, and
 * puts them into the lists of `making`, which choosing_answer was asked about. `itself`: whoever
 * acts was left out on purpose (participants_write). True where there is one. */
bool choosing_fill(struct making *making, bool itself, struct claim *claim);

#endif
