/* Whom a pronoun of the third person stands for, asked of a network (classifiers/chooser.h) that
 * people's readings of other pronouns have taught.
 *
 * What it knows of a pronoun and of a word before it: the tagger's states of both, how they stand
 * to each other in the tree and in the text, what sort of somebody the word is, how many fit
 * between, and whom the rules (antecedents.c) take the pronoun for. The stage and annals-train
 * (train/referent_trainer.c) use the same questions. Lives in scratch memory. */
#ifndef ANNALS_MEANING_REFERENTS_H
#define ANNALS_MEANING_REFERENTS_H

#include "meaning/genders.h"

/* Which of the words around a pronoun does it stand for? */
struct reference {
    uint32_t pronoun;
    uint32_t count;
    uint32_t tokens[CHOOSER_MOST]; /* nouns, names and pronouns, the nearest before it first */
    struct chooser_pair pairs[CHOOSER_MOST];
    uint32_t chosen; /* of `tokens`, against what the rules say; or NONE */
    float chance;    /* and how likely he is */
};

/* What the network answers of each word: it is whom the pronoun stands for; it is one of several.
 */
enum { ANSWER_WHOLE, ANSWER_PART };

/* What the rules know of a pair, by number. */
enum {
    SIGN_MEANT,     /* the rules take the pronoun for it */
    SIGN_MEANT_TOO, /* and this one stands in a row with it */
    SIGN_NOBODY,    /* they take it for nobody */
    SIGN_MEANT_AFAR,
    SIGN_FITS,
    SIGN_NEAREST /* that fits */
};

/* The questions of all pronouns of a report, for the trainer. */
struct references {
    ARRAY(struct reference) items;
};

/* Resolves the pronouns anew of which the network is surer than of what the rules say. Does nothing
 * where there is no network, or no state of the words. */
void referents_find(struct coding *coding, const struct genders *genders);

#endif
