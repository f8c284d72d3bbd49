/* What loading reports, claims and events shares: columns, statements, the second clock. */
#ifndef ANNALS_RECORD_ROW_PARTS_H
#define ANNALS_RECORD_ROW_PARTS_H

#include "record/sqlite.h"

/* NULL where the column is null. */
char *row_copy_column(struct arena *arena, struct store_statement *row, int column);
/* Of a column that is never null in a whole record. */
char *row_copy_text(struct arena *arena, struct store_statement *row, int column);

/* A statement with one integer parameter, ready for its first row; NULL where it cannot be asked.
 */
struct store_statement *row_ask(struct record *record, enum statement statement, int64_t key);
/* After a loop of steps: did it end because of an error? */
annals_status row_end_of(struct record *record, struct store_statement *row, annals_error *error);

/* Was a report of that day out by the day that the question is about? One without a day is not
 * known to have been. */
bool row_is_out(const struct record *record, const char *published);

annals_status row_load_place(struct record *record, int64_t report, int64_t number,
                             struct arena *arena, struct record_place *place, annals_error *error);

#endif
