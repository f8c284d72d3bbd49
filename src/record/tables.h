/* Hands the rows of a statement to whoever writes them. */
#ifndef ANNALS_RECORD_TABLES_H
#define ANNALS_RECORD_TABLES_H

#include "record/sqlite.h"

enum { TABLE_COLUMNS = 100 };

/* Runs a statement to its end; `begin` comes even where there is no row. An error of SQLite is told
 * by record_fail. ANNALS_WRONG_USE where it has more columns than TABLE_COLUMNS. `*rows`, where it
 * is not NULL, is how many came. */
annals_status table_send(struct record *record, struct store_statement *statement,
                         const struct record_table *table, uint64_t *rows, annals_error *error);

#endif
