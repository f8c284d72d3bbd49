/* Merging in parts that go on at once: what each may touch. On a file, and where all is merged by
 * one, every answer is yes. */
#ifndef ANNALS_RECORD_BLOCKS_H
#define ANNALS_RECORD_BLOCKS_H

#include "record/merging.h"
#include "record/statements.h"

/* Whether the merging may read and change what is kept of an episode, or what is of these days;
 * false: the merging is given up. */
bool blocks_hold_node(struct merging *merging, int64_t key);
bool blocks_hold_days(struct merging *merging, int64_t first, int64_t last);
/* The same of a cell that is of no time. */
bool blocks_hold_cell(struct merging *merging, int64_t cell);
/* What no window is for. */
void blocks_meet_recoded(struct merging *merging);

/* Locks the merging's window and lists its reports, at most `limit`. */
annals_status blocks_take(struct merging *merging, int64_t limit, annals_error *error);
/* Locks all, against windows too. */
annals_status blocks_take_all(struct record *record, bool waits, annals_error *error);

/* Merges window by window what no other merges, about `enough` reports in each (0: as many as are
 * worth a transaction). `*any`: were there any? */
annals_status blocks_merge(struct record *record, int64_t enough, bool *any, annals_error *error);

/* merging.c: one window; nothing is done where it is not free, or not apart. */
annals_status merging_window(struct record *record, int64_t first, int64_t last, uint32_t *merged,
                             annals_error *error);

#endif
