/* A report on its way into the record, row by row; writing.c says in which order. */
#ifndef ANNALS_RECORD_WRITER_H
#define ANNALS_RECORD_WRITER_H

#include "record/sqlite.h"

/* One report on its way into the record. Keeps the first failure; what follows does nothing. */
struct writer {
    struct record *record;
    const struct document *document;
    struct arena arena;
    int64_t report, version;
    bool versioned; /* the version is in the record */
    bool alone;     /* not one of many that are merged at once */
    struct waiting_rows
        *waiting; /* rows of many reports wait there; NULL: each is written at once */
    struct store_statement *statement; /* being filled; NULL: the row will wait */
    int column;
    int code;
};

/* A row begins; its columns are put one after the other, and it is written, or waits, at its end.
 */
void writer_begin(struct writer *writer, enum statement statement);
void writer_end(struct writer *writer);

/* Bytes and strings stay as they are until the row is written. NULL, NONE, an empty span, an
 * unknown day, a number that is not finite: nothing is known. */
void writer_nothing(struct writer *writer);
void writer_number(struct writer *writer, int64_t number);
void writer_bytes(struct writer *writer, const char *bytes, size_t length);
void writer_text(struct writer *writer, const char *text);
void writer_real(struct writer *writer, double value);
/* Four decimals: what a float's certainty is good for. */
void writer_certainty(struct writer *writer, double value);
void writer_index(struct writer *writer, uint32_t index);
void writer_span(struct writer *writer, struct byte_span span);
void writer_day(struct writer *writer, int32_t day);
/* `name` as searches compare it. */
void writer_folded(struct writer *writer, const char *name);

/* The code of a call on the store beside these. */
void writer_keep(struct writer *writer, int code);

#endif
