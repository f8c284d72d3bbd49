/* Single statements: prepared, bound and run in one call.
 *
 * A statement stays prepared for the next call with the same words, in a place that its hash gives;
 * one that falls on the same place takes it over. What runs for each row of a listing stands in the
 * table of sqlite.h instead. */
#include "record/statements.h"

#include "bytes/hash.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

static int bind_all(sqlite3_stmt *row, const char *kinds, va_list values)
{
    int code = SQLITE_OK;
    for (int i = 1; *kinds != '\0' && code == SQLITE_OK; kinds++, i++) {
        if (*kinds == 'i') {
            code = sqlite3_bind_int64(row, i, va_arg(values, int64_t));
        } else if (*kinds == 't') {
            const char *text = va_arg(values, const char *);
            if (text != NULL)
                code = sqlite3_bind_text(row, i, text, -1, SQLITE_TRANSIENT);
        } else {
            double value = va_arg(values, double);
            if (!isnan(value))
                code = sqlite3_bind_double(row, i, value);
        }
    }
    return code;
}

static sqlite3_stmt **place_of(struct record *record, const char *sql)
{
    return &record->kept[hash_bytes(sql, strlen(sql)) % STATEMENTS_KEPT];
}

/* A statement that is kept already is asked again, unless it is being stepped through. */
static sqlite3_stmt *find(struct record *record, const char *sql)
{
    sqlite3_stmt **place = place_of(record, sql), *row = NULL;
    bool busy = *place != NULL && sqlite3_stmt_busy(*place);
    if (*place != NULL && !busy && strcmp(sqlite3_sql(*place), sql) == 0)
        return *place;
    if (sqlite3_prepare_v2(record->database, sql, -1, &row, NULL) != SQLITE_OK || busy)
        return row;
    sqlite3_finalize(*place);
    return *place = row;
}

static bool is_kept(struct record *record, sqlite3_stmt *row)
{
    return row != NULL && *place_of(record, sqlite3_sql(row)) == row;
}

static sqlite3_stmt *prepare(struct record *record, const char *sql, const char *kinds,
                             va_list values)
{
    sqlite3_stmt *row = find(record, sql);
    if (row == NULL || bind_all(row, kinds, values) == SQLITE_OK)
        return row;
    if (!is_kept(record, row))
        sqlite3_finalize(row);
    return NULL;
}

sqlite3_stmt *statement_ask(struct record *record, const char *sql, const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *row = prepare(record, sql, kinds, values);
    va_end(values);
    return row;
}

annals_status statement_end(struct record *record, sqlite3_stmt *row, annals_error *error)
{
    /* sqlite3_reset tells again what the last step said. */
    bool good = row != NULL && sqlite3_reset(row) == SQLITE_OK;
    annals_status status = good ? ANNALS_OK : record_fail(record, "the record", error);
    if (is_kept(record, row))
        sqlite3_clear_bindings(row);
    else
        sqlite3_finalize(row);
    return status;
}

annals_status statement_run(struct record *record, annals_error *error, const char *sql,
                            const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *row = prepare(record, sql, kinds, values);
    va_end(values);
    while (row != NULL && sqlite3_step(row) == SQLITE_ROW)
        ;
    return statement_end(record, row, error);
}

annals_status statement_number(struct record *record, annals_error *error, int64_t otherwise,
                               int64_t *number, const char *sql, const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *row = prepare(record, sql, kinds, values);
    va_end(values);
    *number = otherwise;
    if (row != NULL && sqlite3_step(row) == SQLITE_ROW &&
        sqlite3_column_type(row, 0) != SQLITE_NULL)
        *number = sqlite3_column_int64(row, 0);
    return statement_end(record, row, error);
}

const char *statement_text(struct arena *arena, sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text != NULL ? arena_copy(arena, text, (size_t)sqlite3_column_bytes(row, column)) : NULL;
}

annals_status statement_begin(struct record *record, const char *doing, annals_error *error)
{
    return record_run(record, SQL_BEGIN, doing, error);
}

annals_status statement_finish(struct record *record, annals_status status, const char *doing,
                               annals_error *error)
{
    if (status == ANNALS_OK)
        status = record_run(record, SQL_COMMIT, doing, error);
    if (status != ANNALS_OK)
        record_run(record, SQL_ROLLBACK, "", NULL);
    return status;
}
