/* Single statements of the files that ask the record rarely: prepared, bound and run in one call.
 *
 * `kinds` has a letter a parameter: i (int64_t), t (const char *, may be NULL), r (double, NAN is
 * NULL). */
#ifndef ANNALS_RECORD_STATEMENTS_H
#define ANNALS_RECORD_STATEMENTS_H

#include "record/sqlite.h"

/* Runs `sql` to its end; rows are passed over. */
annals_status statement_run(struct record *record, annals_error *error, const char *sql,
                            const char *kinds, ...);

/* The statement, ready for store_step; NULL on failure, which statement_end tells. */
struct store_statement *statement_ask(struct record *record, const char *sql, const char *kinds,
                                      ...);
/* After the last step: gives `row` (may be NULL) back and tells whether all went well. */
annals_status statement_end(struct record *record, struct store_statement *row,
                            annals_error *error);

/* The first column of the first row; `otherwise` where there is none. */
annals_status statement_number(struct record *record, annals_error *error, int64_t otherwise,
                               int64_t *number, const char *sql, const char *kinds, ...);

/* A copy of a text column in `arena`; NULL where it is NULL. */
const char *statement_text(struct arena *arena, struct store_statement *row, int column);

/* Begin, commit, roll back: all or nothing. `status` is what came of the work between. */
annals_status statement_begin(struct record *record, const char *doing, annals_error *error);
annals_status statement_finish(struct record *record, annals_status status, const char *doing,
                               annals_error *error);

#endif
