/* What an expression refers to: its value and interval, against the report's date and its
 * narrative. */
#ifndef ANNALS_MEANING_TIME_RESOLVE_H
#define ANNALS_MEANING_TIME_RESOLVE_H

#include "meaning/time_rules.h"

/* Where a verb puts what its sentence tells. */
enum time_tense { TENSE_UNKNOWN, TENSE_PAST, TENSE_FUTURE, TENSE_PRESENT };

struct time_context {
    int32_t published;     /* day, or DAY_UNKNOWN */
    struct moment story;   /* the narrative's time: last date named; first = DAY_UNKNOWN: none */
    struct moment day;     /* the last single day named */
    struct moment quarter; /* last quarter named */
    bool quarter_near;     /* it stands in the same sentence or shortly before */
    enum time_tense tense;
};

struct time_result {
    enum time_type type;
    char value[VALUE_SIZE]; /* empty where unresolved */
    struct moment moment;   /* first = DAY_UNKNOWN where it names none */
    int32_t from, to;
    enum precision precision;
    const char *anchor;
};

/* False where the expression is no time at all. */
bool time_resolve(const struct time_meaning *meaning, const struct time_context *context,
                  struct time_result *result);

#endif
