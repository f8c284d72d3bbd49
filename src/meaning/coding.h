/* What the files behind the stage `claims` share: one document being coded, with indexes from
 * tokens to what other stages found there. Lives in scratch memory. */
#ifndef ANNALS_MEANING_CODING_H
#define ANNALS_MEANING_CODING_H

#include "meaning/frames.h"
#include "meaning/things.h"

struct coding {
    struct document *document;
    const struct frames *frames;
    const struct things *things;
    struct tree tree;
    /* [tokens]; index of what covers the token, or NONE */
    uint32_t *actor_mention, *place, *quantity;
};

/* One claim while it is made. */
struct making {
    struct coding *coding;
    uint32_t trigger;
    const struct frame *frame;
    struct arguments arguments;
    uint32_t agents[8], patients[8], instruments[8]; /* head tokens, conjuncts included */
    uint32_t agent_count, patient_count, instrument_count;
};

/* frame_kinds: the kinds of the thing at a token; `context` is a struct coding. */
uint32_t coding_kinds(const void *context, uint32_t token);

/* participants.c: fills agents, patients and instruments of `making` and of `claim`. */
void participants_find(struct making *making, struct claim *claim);

/* claim_counts.c: what the numbers of the clause count. */
void counts_find(const struct making *making, struct claim *claim);

/* claim_where.c: place and control. */
void where_find(const struct making *making, struct claim *claim);

/* claim_status.c: asserted, negated, planned …; who says so. */
void status_find(const struct making *making, struct claim *claim);

/* acled.c: ACLED type and sub-type by who does what to whom with what. */
void acled_find(const struct making *making, struct claim *claim);

#endif
