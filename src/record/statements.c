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
#include <time.h>

static int bind_all(struct store_statement *row, const char *kinds, va_list values)
{
    int code = STORE_OK;
    for (int i = 1; *kinds != '\0' && code == STORE_OK; kinds++, i++) {
        if (*kinds == 'i') {
            code = store_bind_int64(row, i, va_arg(values, int64_t));
        } else if (*kinds == 't') {
            const char *text = va_arg(values, const char *);
            if (text != NULL)
                code = store_bind_text(row, i, text);
        } else {
            double value = va_arg(values, double);
            if (!isnan(value))
                code = store_bind_double(row, i, value);
        }
    }
    return code;
}

static struct store_statement **place_of(struct record *record, const char *sql)
{
    return &record->kept[hash_bytes(sql, strlen(sql)) % STATEMENTS_KEPT];
}

/* A statement that is kept already is asked again, unless it is being stepped through. */
static struct store_statement *find(struct record *record, const char *sql)
{
    struct store_statement **place = place_of(record, sql), *row = NULL;
    bool busy = *place != NULL && store_is_busy(*place);
    if (*place != NULL && !busy && strcmp(store_sql(*place), sql) == 0)
        return *place;
    if (store_prepare(record->database, sql, &row) != STORE_OK || busy)
        return row;
    store_finalize(*place);
    return *place = row;
}

static bool is_kept(struct record *record, struct store_statement *row)
{
    return row != NULL && *place_of(record, store_sql(row)) == row;
}

static struct store_statement *prepare(struct record *record, const char *sql, const char *kinds,
                                       va_list values)
{
    struct store_statement *row = find(record, sql);
    if (row == NULL || bind_all(row, kinds, values) == STORE_OK)
        return row;
    if (!is_kept(record, row))
        store_finalize(row);
    return NULL;
}

struct store_statement *statement_ask(struct record *record, const char *sql, const char *kinds,
                                      ...)
{
    va_list values;
    va_start(values, kinds);
    struct store_statement *row = prepare(record, sql, kinds, values);
    va_end(values);
    return row;
}

annals_status statement_end(struct record *record, struct store_statement *row, annals_error *error)
{
    /* store_reset tells again what the last step said. */
    bool good = row != NULL && store_reset(row) == STORE_OK;
    annals_status status = good ? ANNALS_OK : record_fail(record, "the record", error);
    if (is_kept(record, row))
        store_clear(row);
    else
        store_finalize(row);
    return status;
}

annals_status statement_run(struct record *record, annals_error *error, const char *sql,
                            const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    struct store_statement *row = prepare(record, sql, kinds, values);
    va_end(values);
    while (row != NULL && store_step(row) == STORE_ROW)
        ;
    return statement_end(record, row, error);
}

annals_status statement_number(struct record *record, annals_error *error, int64_t otherwise,
                               int64_t *number, const char *sql, const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    struct store_statement *row = prepare(record, sql, kinds, values);
    va_end(values);
    *number = otherwise;
    if (row != NULL && store_step(row) == STORE_ROW && !store_is_null(row, 0))
        *number = store_int64(row, 0);
    return statement_end(record, row, error);
}

const char *statement_text(struct arena *arena, struct store_statement *row, int column)
{
    const char *text = store_text(row, column);
    return text != NULL ? arena_copy(arena, text, (size_t)store_bytes(row, column)) : NULL;
}

bool record_again(struct record *record, annals_status status, unsigned *times)
{
    enum { MOST = 8, FIRST = 10 }; /* milliseconds before the second time; then twice as long */
#ifdef ANNALS_POSTGRESQL
    if (status == ANNALS_OK || record->database->postgresql == NULL || *times >= MOST ||
        !postgresql_stood_in_the_way(record->database->postgresql))
        return false;
    int64_t pause = (int64_t)FIRST << (*times)++;
    nanosleep(&(struct timespec){pause / 1000, (long)(pause % 1000) * 1000000}, NULL);
    return true;
#else
    (void)record, (void)status, (void)times, (void)MOST, (void)FIRST;
    return false;
#endif
}

annals_status statement_begin(struct record *record, const char *doing, annals_error *error)
{
    annals_status status = record_check_references(record, true, error);
    return status == ANNALS_OK ? record_run(record, SQL_BEGIN, doing, error) : status;
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
