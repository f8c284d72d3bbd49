/* Hands the rows of a statement to whoever writes them; and answers a SELECT of the user's own.
 *
 * The user's statement runs on a connection of its own that can only read: the file is opened so,
 * and an authorizer (sqlite.org/c3ref/set_authorizer.html) lets nothing pass but reading, so that
 * no ATTACH, PRAGMA or function that touches files gets by either. A progress handler ends it when
 * its time is over; the length of a value and the depth of an expression are bounded, and what is
 * too large for the cache goes to a temporary file. */
#include "record/tables.h"

#include "record/survey.h"

#include "record/filters.h"

#include <string.h>
#include <time.h>

annals_status table_send(struct record *record, struct store_statement *statement,
                         const struct record_table *table, uint64_t *rows, annals_error *error)
{
    uint64_t uncounted;
    const char *names[TABLE_COLUMNS];
    struct record_cell cells[TABLE_COLUMNS];
    int count = store_columns(statement), code;
    rows = rows != NULL ? rows : &uncounted;
    *rows = 0;
    if (count > TABLE_COLUMNS)
        return error_set(error, ANNALS_WRONG_USE, "%d columns are too many: at most %d", count,
                         TABLE_COLUMNS);
    for (int i = 0; i < count; i++)
        names[i] = store_column_name(statement, i) != NULL ? store_column_name(statement, i) : "";
    annals_status status = table->begin(table->context, names, (uint32_t)count);
    while (status == ANNALS_OK && (code = store_step(statement)) != STORE_DONE) {
        if (code != STORE_ROW)
            return record_fail(record, "cannot read", error);
        for (int i = 0; i < count; i++) {
            int type = store_type(statement, i);
            cells[i] = (struct record_cell){
                .kind = type == STORE_NULL      ? CELL_NULL
                        : type == STORE_INTEGER ? CELL_INTEGER
                        : type == STORE_REAL    ? CELL_REAL
                        : type == STORE_TEXT    ? CELL_TEXT
                                                : CELL_NULL, /* bytes: hex() makes text of them */
                .integer = store_int64(statement, i),
                .real = store_double(statement, i)};
            if (cells[i].kind == CELL_TEXT)
                cells[i].text = store_text(statement, i);
            if (cells[i].kind == CELL_TEXT && cells[i].text == NULL)
                return error_set(error, ANNALS_NO_MEMORY, "out of memory");
        }
        status = table->row(table->context, cells, (uint32_t)count);
        ++*rows;
        /* The database stops its own work; whoever takes the rows may be slow, too. */
        if (status == ANNALS_OK)
            status = record_check_time(record, "cannot read", error);
    }
    return status;
}

/* ------------------------------------------------------------------ SQL of the user's own */

enum { STEPS = 10000, DEFAULT_TIMEOUT = 10000, LONGEST_VALUE = 32 << 20, LONGEST_SQL = 1 << 20 };

struct clock {
    struct timespec end;
    bool over;
};

static int look_at_clock(void *context)
{
    struct clock *clock = context;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    clock->over = now.tv_sec > clock->end.tv_sec ||
                  (now.tv_sec == clock->end.tv_sec && now.tv_nsec >= clock->end.tv_nsec);
    return clock->over;
}

static int allow_reading(void *context, int action, const char *first, const char *second,
                         const char *database, const char *trigger)
{
    (void)context, (void)database, (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_PRAGMA: /* full text search asks for it */
        if (first != NULL && sqlite3_stricmp(first, "data_version") == 0)
            return SQLITE_OK;
        return SQLITE_DENY;
    case SQLITE_FUNCTION:
        return second != NULL && (sqlite3_stricmp(second, "load_extension") == 0 ||
                                  sqlite3_stricmp(second, "fts3_tokenizer") == 0)
                   ? SQLITE_DENY
                   : SQLITE_OK;
    }
    return SQLITE_DENY;
}

static const char only_reading[] =
    "sql: only SELECT is allowed: the record can be read here, not changed";

/* The statement, after the authorizer has seen it; a second one behind it is refused. */
static annals_status prepare(struct record *record, const char *sql,
                             struct store_statement **statement, annals_error *error)
{
    const char *rest = "";
    int code = store_prepare_first(record->database, sql, statement, &rest);
    if (code != STORE_OK) {
        int at =
            record->database->sqlite != NULL ? sqlite3_error_offset(record->database->sqlite) : 0;
        if ((code & 0xff) == SQLITE_AUTH)
            return error_set(error, ANNALS_WRONG_USE, "%s", only_reading);
        if (at > 0)
            return error_set(error, ANNALS_WRONG_USE, "sql: %s, at \"%.40s\"",
                             store_message(record->database), sql + at);
        return error_set(error, ANNALS_WRONG_USE, "sql: %s", store_message(record->database));
    }
    if (*statement == NULL)
        return error_set(error, ANNALS_WRONG_USE, "sql: there is no statement");
    if (!store_is_reading(*statement))
        return error_set(error, ANNALS_WRONG_USE, "%s", only_reading);
    if (rest[strspn(rest, " \t\r\n;")] != '\0')
        return error_set(error, ANNALS_WRONG_USE,
                         "sql: one statement at a time; what of \"%.40s\"?",
                         rest + strspn(rest, " \t\r\n;"));
    return ANNALS_OK;
}

/* The search tables look at their own tables when they are first used, by more than reading. */
static void connect_search(struct record *reader)
{
    store_run(reader->database,
              "SELECT 1 FROM claim_search WHERE claim_search MATCH 'a' LIMIT 1; "
              "SELECT 1 FROM report_search WHERE report_search MATCH 'a' LIMIT 1");
}

static void set_clock(struct clock *clock, uint32_t timeout)
{
    clock_gettime(CLOCK_MONOTONIC, &clock->end);
    clock->end.tv_sec += timeout / 1000;
    clock->end.tv_nsec += (long)(timeout % 1000) * 1000000;
    if (clock->end.tv_nsec >= 1000000000) {
        clock->end.tv_nsec -= 1000000000;
        clock->end.tv_sec++;
    }
}

static annals_status tell_late(uint32_t timeout, annals_error *error)
{
    return error_set(error, ANNALS_CANNOT_READ,
                     "sql: it took longer than %g seconds; --timeout gives it more",
                     timeout / 1000.0);
}

/* PostgreSQL has a transaction that only reads, and a clock of its own. Who may read what is its
 * roles' business (docs/scale.md). */
static annals_status ask_elsewhere(struct record *reader, const char *sql, uint32_t timeout,
                                   const struct record_table *table, annals_error *error)
{
    struct store_statement *statement = NULL;
    record_limit(reader, timeout);
    annals_status status = prepare(reader, sql, &statement, error);
    if (status == ANNALS_OK)
        status = table_send(reader, statement, table, NULL, error);
    int code = store_code(reader->database) & 0xff;
    if (status != ANNALS_OK && code == SQLITE_INTERRUPT)
        status = tell_late(timeout, error);
    else if (status != ANNALS_OK && code == SQLITE_READONLY)
        status = error_set(error, ANNALS_WRONG_USE, "%s", only_reading);
    else if (status != ANNALS_OK && code != STORE_OK)
        status = error_set(error, ANNALS_WRONG_USE, "sql: %s", store_message(reader->database));
    store_finalize(statement);
    return status;
}

annals_status record_sql(struct record *record, const annals_query *query,
                         const struct record_table *table, annals_error *error)
{
    struct clock clock = {.over = false};
    struct record *reader = NULL;
    struct store_statement *statement = NULL;
    uint32_t timeout = query->timeout > 0 ? query->timeout : DEFAULT_TIMEOUT;
    annals_status status =
        record_open(record->path, ANNALS_READ_ONLY, record->wait, &reader, error);
    if (status != ANNALS_OK)
        return status;
    if (reader->database->sqlite == NULL) {
        status = ask_elsewhere(reader, query->sql != NULL ? query->sql : "", timeout, table, error);
        record_close(reader);
        return status;
    }
    sqlite3_limit(reader->database->sqlite, SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
    sqlite3_limit(reader->database->sqlite, SQLITE_LIMIT_SQL_LENGTH, LONGEST_SQL);
    sqlite3_limit(reader->database->sqlite, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(reader->database->sqlite, SQLITE_LIMIT_WORKER_THREADS, 0);
    connect_search(reader);
    sqlite3_db_config(reader->database->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_set_authorizer(reader->database->sqlite, allow_reading, NULL);
    set_clock(&clock, timeout);
    sqlite3_progress_handler(reader->database->sqlite, STEPS, look_at_clock, &clock);
    status = prepare(reader, query->sql != NULL ? query->sql : "", &statement, error);
    if (status == ANNALS_OK)
        status = table_send(reader, statement, table, NULL, error);
    if (status != ANNALS_OK && status != ANNALS_WRONG_USE && status != ANNALS_CANNOT_WRITE &&
        sqlite3_errcode(reader->database->sqlite) != STORE_OK)
        error_set(error, status, "sql: %s", store_message(reader->database));
    if (clock.over)
        status = tell_late(timeout, error);
    store_finalize(statement);
    record_close(reader);
    return status;
}
