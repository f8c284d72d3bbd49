/* How many, over all events that a question chooses. */
#ifndef ANNALS_RECORD_COUNTS_H
#define ANNALS_RECORD_COUNTS_H

#include "record/record.h"

/* A line of the answer: what one side lost, what one witness says, what one event cost. */
struct record_share {
    char event[RECORD_ID_SIZE]; /* empty where it is of several */
    const char *first, *place;  /* of the event */
    const char *side;           /* NULL: all together */
    const char *speaker;        /* NULL: the outlet speaks for itself */
    const char *source, *published, *sentence;
    const char *left_out; /* why it does not count */
    struct record_figure figure;
    ARRAY(const char *) claims;
};

struct record_tally {
    const char *what;
    bool undated; /* days were asked for, and no report says when: it may be of other days */
    struct record_figure figure; /* low, best and high: the sums over the events */
    ARRAY(struct record_share) sides;
    ARRAY(struct record_share) sources; /* one a figure that a witness gives */
    ARRAY(struct record_share) events;
};

/* Adds up the counts of `query->what` over the claims that pass the query's filters;
 * ANNALS_WRONG_USE where it is no kind of count. What the tally holds lives in `arena`. */
annals_status record_count(struct record *record, const annals_query *query, struct arena *arena,
                           struct record_tally *tally, annals_error *error);

#endif
