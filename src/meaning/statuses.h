/* Words that say how certain an event is: governing verbs and nouns, adverbs, auxiliaries; from
 * dictionaries/en/statuses.tsv. */
#ifndef ANNALS_MEANING_STATUSES_H
#define ANNALS_MEANING_STATUSES_H

#include "bytes/status.h"
#include "meaning/inflections.h"

/* Where the word stands; a column of the table. */
enum status_class {
    STATUS_OF_VERB,        /* governs a clause or a noun below it: "plan" */
    STATUS_OF_VERB_CLAUSE, /* governs a clause only: "fail" */
    STATUS_OF_NOUN,        /* governs a clause or a noun behind "of" and the like: "threat" */
    STATUS_OF_ADJECTIVE_CLAUSE, /* governs a clause: "ready" */
    STATUS_OF_ADJECTIVE,   /* stands before a noun: "alleged" */
    STATUS_OF_DETERMINER,
    STATUS_OF_ADVERB,
    STATUS_OF_AUXILIARY,
    STATUS_OF_MARK,
    STATUS_CLASS_COUNT
};

struct statuses {
    uint8_t *values; /* [rows]; enum claim_status */
    struct phrases words[STATUS_CLASS_COUNT];
};

annals_status statuses_read(struct statuses *statuses, const struct inflections *inflections,
                            struct arena *arena, const char *path, annals_error *error);

/* The status that the word gives, or -1. */
int statuses_find(const struct statuses *statuses, enum status_class class, uint64_t hash);

#endif
