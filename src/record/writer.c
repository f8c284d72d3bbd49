/* Puts the rows of a report into the record, a column after the other.
 *
 * A row is bound to its statement and written at once, or, where many reports are stored together,
 * left to waiting_rows.c, which writes a table at a time. The first failure is kept and silences
 * the rest, so that callers ask once, at the end. */
#include "record/writer.h"
#include "record/waiting_rows.h"

#include "bytes/utf8.h"

#include <math.h>

/* Where rows of the statement wait; WAITING_TABLES where they do not. */
static enum waiting_table waiting_table_of(enum statement statement)
{
    switch (statement) {
    case SQL_ADD_BLOCK:
        return WAITING_BLOCKS;
    case SQL_ADD_SENTENCE:
        return WAITING_SENTENCES;
    case SQL_ADD_TIME:
        return WAITING_TIMES;
    case SQL_ADD_PLACE:
        return WAITING_PLACES;
    case SQL_ADD_ACTOR:
        return WAITING_ACTORS;
    case SQL_ADD_MENTION:
        return WAITING_MENTIONS;
    case SQL_ADD_UNMERGED:
        return WAITING_UNMERGED;
    case SQL_ADD_SIGHTING:
        return WAITING_SIGHTINGS;
    case SQL_ADD_CLAIM:
        return WAITING_CLAIMS;
    case SQL_ADD_PARTICIPANT:
        return WAITING_PARTICIPANTS;
    case SQL_ADD_COUNT:
        return WAITING_COUNTS;
    default:
        return WAITING_TABLES;
    }
}

void writer_begin(struct writer *writer, enum statement statement)
{
    writer->column = 0;
    writer->statement = NULL;
    if (writer->code != STORE_OK)
        return;
    enum waiting_table table =
        writer->waiting != NULL ? waiting_table_of(statement) : WAITING_TABLES;
    if (table != WAITING_TABLES) {
        waiting_begin(writer->waiting, table);
        return;
    }
    writer->statement = record_statement(writer->record, statement);
    if (writer->statement == NULL)
        writer->code = STORE_ERROR;
}

void writer_keep(struct writer *writer, int code)
{
    if (writer->code == STORE_OK)
        writer->code = code;
}

void writer_number(struct writer *writer, int64_t number)
{
    if (writer->code == STORE_OK && writer->statement == NULL)
        waiting_number(writer->waiting, number);
    else if (writer->code == STORE_OK)
        writer_keep(writer, store_bind_int64(writer->statement, ++writer->column, number));
}

void writer_nothing(struct writer *writer)
{
    writer->column++;
    if (writer->code == STORE_OK && writer->statement == NULL)
        waiting_nothing(writer->waiting);
}

void writer_bytes(struct writer *writer, const char *bytes, size_t length)
{
    if (writer->code == STORE_OK && writer->statement == NULL)
        waiting_text(writer->waiting, bytes, length);
    else if (writer->code == STORE_OK)
        writer_keep(writer,
                    store_bind_lasting_bytes(writer->statement, ++writer->column, bytes, length));
}

void writer_text(struct writer *writer, const char *text)
{
    if (text == NULL)
        writer_nothing(writer);
    else
        writer_bytes(writer, text, strlen(text));
}

void writer_real(struct writer *writer, double value)
{
    if (!isfinite(value))
        writer_nothing(writer);
    else if (writer->code == STORE_OK && writer->statement == NULL)
        waiting_real(writer->waiting, value);
    else if (writer->code == STORE_OK)
        writer_keep(writer, store_bind_double(writer->statement, ++writer->column, value));
}

void writer_certainty(struct writer *writer, double value)
{
    writer_real(writer, round(value * 10000) / 10000);
}

void writer_index(struct writer *writer, uint32_t index)
{
    if (index == NONE)
        writer_nothing(writer);
    else
        writer_number(writer, index);
}

void writer_span(struct writer *writer, struct byte_span span)
{
    if (span_is_empty(span)) {
        writer_nothing(writer);
        writer_nothing(writer);
    } else {
        writer_number(writer, span.start);
        writer_number(writer, span.end);
    }
}

void writer_day(struct writer *writer, int32_t day)
{
    char text[16];
    if (day == DAY_UNKNOWN) {
        writer_nothing(writer);
        return;
    }
    calendar_write(day, text);
    writer_text(writer, arena_copy_string(&writer->arena, text));
}

void writer_folded(struct writer *writer, const char *name)
{
    size_t length = strlen(name);
    char *folded = arena_allocate(&writer->arena, length * 3 + 1);
    if (folded == NULL)
        writer_keep(writer, STORE_NOMEM);
    else
        writer_bytes(writer, folded, utf8_fold(name, length, folded));
}

void writer_end(struct writer *writer)
{
    if (writer->code != STORE_OK || writer->statement == NULL)
        return;
    int code = store_step(writer->statement);
    writer_keep(writer, code == STORE_DONE ? store_reset(writer->statement) : code);
}
