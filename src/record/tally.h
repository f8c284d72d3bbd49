/* How much a record holds, for those who watch over it: a few counts, cheap enough to be asked for
 * again and again. */
#ifndef ANNALS_RECORD_TALLY_H
#define ANNALS_RECORD_TALLY_H

#include "record/record.h"

/* -1: unknown. */
struct record_tally {
    int64_t reports, claims, events, decisions;
    int64_t unmerged; /* reports that are stored and not yet merged */
    int64_t bytes;    /* on the disk, with its log */
    double changed;   /* seconds since 1970 of the last write; 0: not to be known */
    int64_t rows;     /* written since the server's statistics began; -1 where none are kept */
};

/* What cannot be counted in time (record_limit) is unknown; the error is of the first such. */
annals_status record_tally(struct record *record, struct record_tally *tally, annals_error *error);

/* Whether the record can be asked. */
annals_status record_answers(struct record *record, annals_error *error);

/* Of a record in PostgreSQL: a number that changes with every commit, whoever makes it. */
annals_status record_moment(struct record *record, uint64_t *moment, annals_error *error);

#endif
