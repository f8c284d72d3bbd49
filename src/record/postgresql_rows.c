/* Rows that wait for PostgreSQL, column by column, and how they travel.
 *
 * COPY's binary format (postgresql.org/docs/15/sql-copy.html), and arrays as the server receives
 * them. Rows that have their first value in common may travel as one, the other columns as arrays:
 * a report's sentences, times, mentions of actors. Left out: arrays of numbers with a fraction and
 * of bytes, which no such row has. */
#include "record/postgresql_link.h"

#ifdef ANNALS_POSTGRESQL

#include "record/postgresql_rows.h"

#include <string.h>

static inline void put_number(struct buffer *buffer, uint64_t number, int bytes)
{
    char *room = buffer_add_room(buffer, (size_t)bytes);
    for (int i = 0; room != NULL && i < bytes; i++)
        room[i] = (char)(number >> (8 * (bytes - 1 - i)));
}

/* Most values are integers: the compiler copies those without a call. */
static inline void copy_value(char *to, const char *value, size_t size)
{
    if (size == WAITING_INTEGER)
        memcpy(to, value, WAITING_INTEGER);
    else
        memcpy(to, value, size);
}

int32_t waiting_length(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;
    return (int32_t)((uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 |
                     byte[3]);
}

/* Of a value with its length. */
static size_t size_at(const char *at)
{
    int32_t length = waiting_length(at);
    return WAITING_LENGTH + (length > 0 ? (size_t)length : 0);
}

size_t waiting_add(struct waiting *waiting, int column, const char *bytes, int length)
{
    size_t size = bytes != NULL ? (size_t)length : 0;
    uint32_t told = bytes != NULL ? (uint32_t)length : UINT32_MAX;
    char *room = buffer_add_room(&waiting->columns[column], WAITING_LENGTH + size);
    if (room != NULL) {
        for (int i = 0; i < WAITING_LENGTH; i++)
            room[i] = (char)(told >> (8 * (WAITING_LENGTH - 1 - i)));
        if (size == WAITING_INTEGER - WAITING_LENGTH)
            memcpy(room + WAITING_LENGTH, bytes, WAITING_INTEGER - WAITING_LENGTH);
        else if (size > 0)
            memcpy(room + WAITING_LENGTH, bytes, size);
    }
    waiting->has_null[column] = waiting->has_null[column] || bytes == NULL;
    return WAITING_LENGTH + size;
}

/* How many rows from `row` on have its first value. */
static uint32_t count_pack(const struct waiting *waiting, uint32_t row)
{
    const char *key = waiting->columns[0].bytes + (size_t)row * WAITING_INTEGER;
    uint32_t count = 1;
    while (row + count < waiting->rows &&
           memcmp(key + (size_t)count * WAITING_INTEGER, key, WAITING_INTEGER) == 0)
        count++;
    return count;
}

uint32_t waiting_whole(const struct waiting *waiting)
{
    uint32_t row = 0, count = 0;
    for (; row < waiting->rows; row += count)
        count = count_pack(waiting, row);
    return row - count;
}

size_t waiting_drop(struct waiting *waiting, const char *types, uint32_t rows)
{
    size_t left = 0;
    for (int i = 0; types[i] != '\0'; i++) {
        struct buffer *column = &waiting->columns[i];
        size_t at = 0;
        for (uint32_t row = 0; row < rows; row++)
            at += size_at(column->bytes + at);
        memmove(column->bytes, column->bytes + at, column->length - at);
        column->length -= at;
        column->bytes[column->length] = '\0';
        left += column->length;
        waiting->has_null[i] = waiting->has_null[i] && column->length > 0;
    }
    waiting->rows -= rows;
    return left;
}

/* ------------------------------------------------------------------ COPY */

static const char copy_head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"; /* and a NUL of C's own */

static void put_rows(const struct waiting *waiting, int columns, uint32_t rows, struct buffer *made)
{
    size_t at[GATHERED_COLUMNS] = {0};
    for (uint32_t row = 0; row < rows; row++) {
        put_number(made, (uint64_t)columns, 2);
        for (int i = 0; i < columns; i++) {
            const char *value = waiting->columns[i].bytes + at[i];
            size_t size = size_at(value);
            char *room = buffer_add_room(made, size);
            if (room != NULL)
                copy_value(room, value, size);
            at[i] += size;
        }
    }
}

void link_put_array(struct buffer *array, Oid element, bool has_null, uint32_t count)
{
    put_number(array, 1, 4); /* dimensions */
    put_number(array, has_null, 4);
    put_number(array, element, 4);
    put_number(array, count, 4);
    put_number(array, 1, 4); /* the first one's number */
}

/* So many values of a column as an array; the place of the value behind them. */
static size_t put_array(const struct waiting *waiting, int column, char type, size_t at,
                        uint32_t count, struct buffer *made)
{
    const char *values = waiting->columns[column].bytes;
    size_t begin = made->length;
    put_number(made, 0, WAITING_LENGTH);
    link_put_array(made, type == 'I' ? TYPE_INT4 : TYPE_TEXT, waiting->has_null[column], count);
    for (uint32_t i = 0; i < count; i++) {
        size_t size = size_at(values + at);
        if (type == 'I') {
            put_number(made, 4, WAITING_LENGTH);
            buffer_add(made, values + at + size - 4, 4);
        } else {
            buffer_add(made, values + at, size);
        }
        at += size;
    }
    size_t length = made->length - begin - WAITING_LENGTH;
    for (int i = 0; i < WAITING_LENGTH && !made->failed; i++)
        made->bytes[begin + (size_t)i] = (char)(length >> (8 * (WAITING_LENGTH - 1 - i)));
    return at;
}

static void put_packs(const struct waiting *waiting, const char *types, uint32_t rows,
                      struct buffer *made)
{
    size_t at[GATHERED_COLUMNS] = {0};
    int columns = (int)strlen(types);
    for (uint32_t row = 0, count; row < rows; row += count) {
        count = count_pack(waiting, row);
        put_number(made, (uint64_t)columns, 2);
        buffer_add(made, waiting->columns[0].bytes + (size_t)row * WAITING_INTEGER,
                   WAITING_INTEGER);
        for (int i = 1; i < columns; i++)
            at[i] = put_array(waiting, i, types[i], at[i], count, made);
    }
}

void waiting_copy(const struct waiting *waiting, const char *types, bool packed, uint32_t rows,
                  struct buffer *made)
{
    buffer_clear(made);
    buffer_add(made, copy_head, sizeof copy_head - 1);
    if (packed)
        put_packs(waiting, types, rows, made);
    else
        put_rows(waiting, (int)strlen(types), rows, made);
    put_number(made, 0xffff, 2);
}

#endif
