/* The one door from src/record to its database: statements are prepared, bound, stepped through and
 * read here, whatever engine keeps the record.
 *
 * Codes have SQLite's numbers, so that its own pass through unchanged. A call on SQLite is one
 * branch away from it. A statement that is NULL (it could not be prepared) may be reset, stepped,
 * and finished: stepping it is an error. */
#ifndef ANNALS_RECORD_STORE_H
#define ANNALS_RECORD_STORE_H

#include "record/postgresql.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    STORE_OK = SQLITE_OK,
    STORE_ERROR = SQLITE_ERROR,
    STORE_BUSY = SQLITE_BUSY,
    STORE_NOMEM = SQLITE_NOMEM,
    STORE_CORRUPT = SQLITE_CORRUPT,
    STORE_ROW = SQLITE_ROW,
    STORE_DONE = SQLITE_DONE
};

enum store_type {
    STORE_INTEGER = SQLITE_INTEGER,
    STORE_REAL = SQLITE_FLOAT,
    STORE_TEXT = SQLITE_TEXT,
    STORE_BLOB = SQLITE_BLOB,
    STORE_NULL = SQLITE_NULL
};

/* A connection. */
struct store {
    sqlite3 *sqlite;
    struct postgresql *postgresql; /* one of the two; the other is NULL */
};

/* A prepared statement, and the row on which it stands. */
struct store_statement {
    sqlite3_stmt *sqlite;
    struct postgresql_statement *postgresql; /* one of the two */
};

#ifdef ANNALS_POSTGRESQL
#define STORE_CALL(statement, with_sqlite, with_postgresql)                                        \
    ((statement)->sqlite != NULL ? (with_sqlite) : (with_postgresql))
#else
#define STORE_CALL(statement, with_sqlite, with_postgresql) (with_sqlite)
#endif

/* ------------------------------------------------------------------ connection */

/* One statement; `*statement` is NULL on failure. `store_prepare_kept` for those that live as long
 * as the connection. */
int store_prepare(struct store *store, const char *sql, struct store_statement **statement);
/* Only the first statement; `*rest` is what stands behind it. No statement: NULL and STORE_OK. */
int store_prepare_first(struct store *store, const char *sql, struct store_statement **statement,
                        const char **rest);
int store_prepare_kept(struct store *store, const char *sql, struct store_statement **statement);
/* Runs the statements of `sql` to their end; they return nothing. */
int store_run(struct store *store, const char *sql);
/* The next transaction only adds, each row by a key of its own: it may go on beside others that do.
 */
void store_beside(struct store *store);
/* Within such a transaction, to its end: these numbers, alone or with others that share them; waits
 * for them, or gives STORE_BUSY at once where another has one. On a file there is one writer
 * anyway. */
enum store_lock { STORE_LOCK_ALONE, STORE_LOCK_SHARED, STORE_LOCK_AT_ONCE };
int store_lock(struct store *store, int64_t first, int64_t last, enum store_lock how);
/* Whether a transaction that has failed may be done again from its beginning: another had the same
 * rows under way, or the server was lost and is there again. `tries`: how often it was. */
bool store_again(struct store *store, uint32_t tries);
/* Whether each question is a way to a server and back. */
static inline bool store_is_far(const struct store *store)
{
    return store->sqlite == NULL;
}
/* Rows that the last statement changed. */
int64_t store_changes(struct store *store);
/* What the last call that failed has to say. */
int store_code(struct store *store);
const char *store_message(struct store *store);
/* Where the words of a search are not the engine's own; NULL for SQLite. */
struct search_words *store_words(struct store *store);

/* ------------------------------------------------------------------ statement */

void store_finalize(struct store_statement *statement);
const char *store_sql(const struct store_statement *statement);

/* Does it ask, and change nothing? */
static inline bool store_is_reading(const struct store_statement *statement)
{
    return STORE_CALL(statement, sqlite3_stmt_readonly(statement->sqlite) != 0,
                      postgresql_is_reading(statement->postgresql));
}

/* Is it being stepped through? */
static inline bool store_is_busy(struct store_statement *statement)
{
    return STORE_CALL(statement, sqlite3_stmt_busy(statement->sqlite) != 0,
                      postgresql_is_busy(statement->postgresql));
}

/* The number of a named parameter (":limit"); 0 where the statement has none such. */
static inline int store_parameter(struct store_statement *statement, const char *name)
{
    if (statement == NULL)
        return 0;
    return STORE_CALL(statement, sqlite3_bind_parameter_index(statement->sqlite, name),
                      postgresql_parameter(statement->postgresql, name));
}

static inline int store_step(struct store_statement *statement)
{
    if (statement == NULL)
        return STORE_ERROR;
    return STORE_CALL(statement, sqlite3_step(statement->sqlite),
                      postgresql_step(statement->postgresql));
}

/* Back to before the first row; tells again what the last step said. */
static inline int store_reset(struct store_statement *statement)
{
    if (statement == NULL)
        return STORE_OK;
    return STORE_CALL(statement, sqlite3_reset(statement->sqlite),
                      postgresql_reset(statement->postgresql));
}

/* All parameters are NULL again. */
static inline void store_clear(struct store_statement *statement)
{
    if (statement != NULL)
        STORE_CALL(statement, (void)sqlite3_clear_bindings(statement->sqlite),
                   postgresql_clear(statement->postgresql));
}

/* The question will be asked for each of these values of its first parameter, the others as they
 * are bound now: a server is asked once for all, and what was found stands until the transaction
 * ends. */
static inline int store_ahead(struct store_statement *statement, const int64_t *keys,
                              uint32_t count)
{
    if (statement == NULL)
        return STORE_ERROR;
    (void)keys, (void)count;
    return STORE_CALL(statement, STORE_OK, postgresql_ahead(statement->postgresql, keys, count));
}

/* Parameters count from 1. */
static inline int store_bind_int64(struct store_statement *statement, int parameter, int64_t value)
{
    if (statement == NULL)
        return STORE_ERROR;
    return STORE_CALL(statement, sqlite3_bind_int64(statement->sqlite, parameter, value),
                      postgresql_bind_int64(statement->postgresql, parameter, value));
}

static inline int store_bind_double(struct store_statement *statement, int parameter, double value)
{
    if (statement == NULL)
        return STORE_ERROR;
    return STORE_CALL(statement, sqlite3_bind_double(statement->sqlite, parameter, value),
                      postgresql_bind_double(statement->postgresql, parameter, value));
}

/* `text` (NULL: NULL) is copied. */
static inline int store_bind_text(struct store_statement *statement, int parameter,
                                  const char *text)
{
    if (statement == NULL)
        return STORE_ERROR;
    return STORE_CALL(statement,
                      sqlite3_bind_text(statement->sqlite, parameter, text, -1, SQLITE_TRANSIENT),
                      postgresql_bind_text(statement->postgresql, parameter, text,
                                           text != NULL ? strlen(text) : 0, false));
}

/* `text` stays as it is until the statement is bound anew. */
static inline int store_bind_lasting_text(struct store_statement *statement, int parameter,
                                          const char *text)
{
    if (statement == NULL)
        return STORE_ERROR;
    return STORE_CALL(statement,
                      sqlite3_bind_text(statement->sqlite, parameter, text, -1, SQLITE_STATIC),
                      postgresql_bind_text(statement->postgresql, parameter, text,
                                           text != NULL ? strlen(text) : 0, true));
}

static inline int store_bind_lasting_bytes(struct store_statement *statement, int parameter,
                                           const char *text, uint64_t length)
{
    if (statement == NULL)
        return STORE_ERROR;
    return STORE_CALL(
        statement,
        sqlite3_bind_text64(statement->sqlite, parameter, text, length, SQLITE_STATIC, SQLITE_UTF8),
        postgresql_bind_text(statement->postgresql, parameter, text, length, true));
}

static inline int store_bind_lasting_blob(struct store_statement *statement, int parameter,
                                          const void *bytes, uint64_t length)
{
    if (statement == NULL)
        return STORE_ERROR;
    return STORE_CALL(
        statement, sqlite3_bind_blob64(statement->sqlite, parameter, bytes, length, SQLITE_STATIC),
        postgresql_bind_blob(statement->postgresql, parameter, bytes, length));
}

/* ------------------------------------------------------------------ row */

/* Columns count from 0. What text and blob point to stands until the next step. */

static inline int store_columns(struct store_statement *row)
{
    return STORE_CALL(row, sqlite3_column_count(row->sqlite), postgresql_columns(row->postgresql));
}

static inline const char *store_column_name(struct store_statement *row, int column)
{
    return STORE_CALL(row, sqlite3_column_name(row->sqlite, column),
                      postgresql_column_name(row->postgresql, column));
}

static inline enum store_type store_type(struct store_statement *row, int column)
{
    return (enum store_type)STORE_CALL(row, sqlite3_column_type(row->sqlite, column),
                                       postgresql_type(row->postgresql, column));
}

static inline bool store_is_null(struct store_statement *row, int column)
{
    return store_type(row, column) == STORE_NULL;
}

static inline int64_t store_int64(struct store_statement *row, int column)
{
    return STORE_CALL(row, sqlite3_column_int64(row->sqlite, column),
                      postgresql_int64(row->postgresql, column));
}

static inline int store_int(struct store_statement *row, int column)
{
    return STORE_CALL(row, sqlite3_column_int(row->sqlite, column),
                      (int)postgresql_int64(row->postgresql, column));
}

static inline double store_double(struct store_statement *row, int column)
{
    return STORE_CALL(row, sqlite3_column_double(row->sqlite, column),
                      postgresql_double(row->postgresql, column));
}

/* NULL where the column is. Ends with a NUL, which store_bytes does not count. */
static inline const char *store_text(struct store_statement *row, int column)
{
    return STORE_CALL(row, (const char *)sqlite3_column_text(row->sqlite, column),
                      postgresql_text(row->postgresql, column));
}

static inline const void *store_blob(struct store_statement *row, int column)
{
    return STORE_CALL(row, sqlite3_column_blob(row->sqlite, column),
                      postgresql_blob(row->postgresql, column));
}

/* Ask after store_text or store_blob. */
static inline int store_bytes(struct store_statement *row, int column)
{
    return STORE_CALL(row, sqlite3_column_bytes(row->sqlite, column),
                      postgresql_bytes(row->postgresql, column));
}

#endif
