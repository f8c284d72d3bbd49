/* A dictionary file: UTF-8, tab-separated, head comment (`#` lines), one header line, then one
 * entry a line. Reading is strict: what is wrong is named with file and line.
 *
 * Lists inside a cell are separated by `|`. Dates in a cell are `FROM..TO`, either side open. */
#ifndef ANNALS_DICTIONARY_TABLE_H
#define ANNALS_DICTIONARY_TABLE_H

#include "bytes/arena.h"
#include "bytes/status.h"

struct table_row {
    const char **cells; /* [columns]; "" where empty */
    uint32_t line;
};

struct table {
    const char *path;
    const char **columns; /* [column_count] names of the header */
    uint32_t column_count;
    struct table_row *rows; /* [row_count] */
    uint32_t row_count;
};

/* Reads `path` into memory of `arena`. ANNALS_MALFORMED: no header, a row with another number of
 * cells than the header, malformed UTF-8, a NUL. */
annals_status table_read(struct table *table, struct arena *arena, const char *path,
                         annals_error *error);

/* As table_read, and the columns named (NULL-terminated list) must all be there: ANNALS_MALFORMED
 * names the one that is not. */
annals_status table_read_columns(struct table *table, struct arena *arena, const char *path,
                                 const char *const *columns, annals_error *error);

/* Index of a column, or -1. */
int table_column(const struct table *table, const char *name);

/* The cell of a row, "" where the column is not there. */
const char *table_cell(const struct table *table, uint32_t row, const char *column);

/* Walks the items of a `|` list: `*item` and `*length` get the next one, without surrounding
 * blanks; `*at` starts as the cell and moves on. False at the end. */
bool table_next_item(const char **at, const char **item, size_t *length);

/* An error at a row of the table, for stages that find a cell wrong. */
annals_status table_fail(const struct table *table, uint32_t row, annals_error *error,
                         const char *sentence, ...) __attribute__((format(printf, 4, 5)));

#endif
