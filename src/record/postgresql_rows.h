/* Rows that wait for PostgreSQL, and how they travel. */
#ifndef ANNALS_RECORD_POSTGRESQL_ROWS_H
#define ANNALS_RECORD_POSTGRESQL_ROWS_H

#include "bytes/buffer.h"
#include "record/gathered_forms.h"

#include <stdbool.h>
#include <stdint.h>

/* What waits of one form. Of each value the length (-1: NULL), then the bytes, as COPY and arrays
 * both have them. */
struct waiting {
    struct buffer columns[GATHERED_COLUMNS];
    uint32_t rows;
    bool has_null[GATHERED_COLUMNS];
};

/* The length of a value goes before it; an integer with its own. */
enum { WAITING_LENGTH = 4, WAITING_INTEGER = 12 };

/* The length that stands there. */
int32_t waiting_length(const char *at);
/* How many bytes longer the column is. NULL: the value is. */
size_t waiting_add(struct waiting *waiting, int column, const char *bytes, int length);
/* How many rows are before the last ones that have their first value in common. */
uint32_t waiting_whole(const struct waiting *waiting);
/* The first rows go; how many bytes are left. */
size_t waiting_drop(struct waiting *waiting, const char *types, uint32_t rows);
/* The first rows as COPY takes them; `packed`: those that have their first value in common as one.
 */
void waiting_copy(const struct waiting *waiting, const char *types, bool packed, uint32_t rows,
                  struct buffer *made);

#endif
