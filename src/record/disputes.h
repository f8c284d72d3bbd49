/* Where reports or speakers contradict one another. */
#ifndef ANNALS_RECORD_DISPUTES_H
#define ANNALS_RECORD_DISPUTES_H

#include "record/record.h"
#include "record/signs.h"

/* One of the statements that cannot all be true, copied out of its claim. */
struct record_stand {
    char claim[RECORD_ID_SIZE], event[RECORD_ID_SIZE];
    const char *report; /* the name under which it came, else its id */
    const char *source, *published;
    const char *speaker; /* NULL: the outlet speaks for itself */
    const char *sentence;
    const char *says; /* what matters of it: "190 killed", "denied", "Taliban", "2015-10-03" */
};

struct record_dispute {
    /* "figures", "sum", "who", "victims", "denied", "days", "place", "control", "fate", "terms",
     * "intentions", "power", "questioned" */
    const char *kind;
    const char *about;
    const char *first, *place;         /* of what it is about; NULL where unknown */
    ARRAY(struct record_stand) stands; /* at least two, in the order of the reports */
};

typedef annals_status (*record_dispute_visitor)(void *context,
                                                const struct record_dispute *dispute);

/* Lists the disputes between claims that pass the query's filters: by kind, day and claim. Without
 * `signs` (none in them) only claims are compared, not the words of sentences. */
annals_status record_disputes(struct record *record, const annals_query *query,
                              const struct signs *signs, record_dispute_visitor visit,
                              void *context, annals_error *error);

#endif
