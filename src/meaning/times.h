/* Time expressions of a document, and the time of what a word tells. */
#ifndef ANNALS_MEANING_TIMES_H
#define ANNALS_MEANING_TIMES_H

#include "document/document.h"

struct told_time {
    int32_t from, to; /* days, inclusive; DAY_UNKNOWN where it is not known */
    enum precision precision;
    const char *anchor; /* "sentence", "narrative", "published"; NULL where there is none */
    uint32_t time;      /* index of the time mention it comes from, or NONE */
};

/* Whether a sentence is nothing but the date that heads an entry of a chronology: "May 19:". */
bool times_heads_entry(const struct document *document, uint32_t sentence);

/* When what `token` (a verb or noun that tells an event) tells happened: by the time expression of
 * its sentence that belongs to it, else by the narrative time of its paragraph, else, where the
 * sentence tells news in the present of the report, by the publication date. Needs the layer of
 * times; uses the tree where there is one. */
struct told_time times_for(const struct document *document, uint32_t sentence, uint32_t token);

#endif
