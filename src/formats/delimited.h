/* Reads tables of delimited text: CSV (RFC 4180), and the same with tabs or semicolons. */
#ifndef ANNALS_FORMATS_DELIMITED_H
#define ANNALS_FORMATS_DELIMITED_H

#include "bytes/arena.h"
#include "bytes/array.h"

enum { DELIMITED_COLUMNS = 512, DELIMITED_FIELD = 1 << 20 };

struct delimited {
    const char *bytes;
    size_t length, at;
    uint64_t line;       /* of the row read last, from 1 */
    char delimiter, end; /* of fields, of rows */
    const char *trouble; /* after a row that cannot be read: what is wrong with it */
    ARRAY(const char *) names;  /* of the columns; in the arena that delimited_open was given */
    ARRAY(const char *) fields; /* of the row read last */
};

/* Reads the head. The delimiter is the one of comma, tab, semicolon that the first line has most of.
 * False where there is no line. `bytes` must outlive the reader. */
bool delimited_open(struct delimited *table, struct arena *arena, const char *bytes, size_t length);

/* Reads the next row into memory of `arena`; empty lines are passed over. False at the end. A row
 * with more fields than the head, a field over 1 MiB or a quote that does not end is a row with
 * `trouble` set; reading goes on behind it. */
bool delimited_next(struct delimited *table, struct arena *arena);

/* The field of a column in the row read last; NULL where there is no such column, or nothing in it. */
const char *delimited_field(const struct delimited *table, const char *column);

#endif
