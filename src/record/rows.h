/* Loads one row with everything that belongs to it. */
#ifndef ANNALS_RECORD_ROWS_H
#define ANNALS_RECORD_ROWS_H

#include "record/sqlite.h"

/* Strings and arrays of what is loaded live in `arena`. */
annals_status row_load_report(struct record *record, int64_t key, struct arena *arena,
                              struct record_report *report, annals_error *error);
annals_status row_load_claim(struct record *record, int64_t key, struct arena *arena,
                             struct record_claim *claim, annals_error *error);
/* Many at once, `claims[i]` being that of `keys[i]`: on a file with a few statements for all. */
annals_status row_load_claims(struct record *record, const int64_t *keys, uint32_t count,
                              struct arena *arena, struct record_claim *claims,
                              annals_error *error);
annals_status row_load_event(struct record *record, int64_t key, struct arena *arena,
                             struct record_event *event, annals_error *error);

/* The claims of one act, as an event of its own under the event's id. */
annals_status row_load_act(struct record *record, int64_t key, struct arena *arena,
                           struct record_event *event, annals_error *error);

#endif
