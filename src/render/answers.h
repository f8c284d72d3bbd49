/* What the page asks of a record, by path: the table behind `annals serve` and behind the one-file
 * page of `annals export --as html`. docs/http.md says what each answer holds. */
#ifndef ANNALS_RENDER_ANSWERS_H
#define ANNALS_RENDER_ANSWERS_H

#include "record/record.h"
#include "render/output.h"

/* Parameters that an answer takes, as bits. */
enum answer_parameter {
    TAKES_FILTERS = 1, /* from, to, place, actor, type, status, source, text, as_of,
                        * speaker, report */
    TAKES_PAGE = 2,    /* limit, offset */
    TAKES_ACTOR = 4,   /* actor, and it must be there */
    TAKES_FORMAT = 8,  /* format=csv: the same rows for a table program */
    TAKES_TEXT = 16,   /* text must be there */
    TAKES_ID = 32,     /* the path goes on with an id */
    TAKES_MANY = 64,   /* all rows, unless a limit is given */
    TAKES_DAY = 128,   /* on, as_of, place, history */
    TAKES_WHAT = 256,  /* what, and it must be there */
    TAKES_AS_OF = 512, /* as_of, of what takes no other filters */
};

struct answer {
    const char *path; /* below /api/v1/ */
    unsigned takes;
    annals_status (*write)(struct record *record, const annals_query *query, struct output *output,
                           annals_error *error);
};

/* NULL-pathed at the end. */
extern const struct answer answers[];

/* The answer to "events" or "events/e0123…"; `*id` is what follows the name, or NULL. NULL: there is
 * no such answer. */
const struct answer *answer_find(const char *path, const char **id);

/* Writes the answer to the sink; as JSON, or CSV where the query says so. */
annals_status answer_write(struct record *record, const struct answer *answer,
                           const annals_query *query, annals_sink sink, void *context,
                           annals_error *error);

#endif
