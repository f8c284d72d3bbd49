/* What merging.c finds and merged_events.c writes. */
#ifndef ANNALS_RECORD_MERGING_H
#define ANNALS_RECORD_MERGING_H

#include "record/resemblance.h"

struct pair {
    uint32_t left, right; /* episodes, left < right */
    double score;
};

struct cluster {
    ARRAY(uint32_t) members; /* episodes, ascending */
};

struct merging {
    struct record *record;
    struct arena arena;
    struct episodes episodes;
    struct postings rare;
    ARRAY(struct pair) pairs;
    ARRAY(struct pair) joined; /* the pairs that made two clusters one */
    struct cluster *clusters;  /* by episode; empty where it was joined to another */
    uint32_t *leader;          /* union-find */
};

/* Is any report not merged yet? */
annals_status merging_needed(struct record *record, bool *needed, annals_error *error);

/* Writes events, acts, joins and copies, within the caller's transaction. */
annals_status merging_write(struct merging *merging, annals_error *error);

#endif
