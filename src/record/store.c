/* Prepares and finishes statements, and runs texts of SQL; the rest of the door is in its header.
 *
 * A statement is a small piece of memory of ours that holds the engine's: nothing against the cost
 * of preparing it. */
#include "record/store.h"

#include <stdlib.h>

static int prepare(struct store *store, const char *sql, unsigned flags,
                   struct store_statement **statement, const char **rest)
{
    *statement = NULL;
    struct store_statement *made = calloc(1, sizeof *made);
    if (made == NULL)
        return STORE_NOMEM;
    int code =
        STORE_CALL(store, sqlite3_prepare_v3(store->sqlite, sql, -1, flags, &made->sqlite, rest),
                   postgresql_prepare(store->postgresql, sql, flags != 0, &made->postgresql, rest));
    if (made->sqlite != NULL || made->postgresql != NULL)
        *statement = made;
    else
        free(made);
    return code;
}

int store_prepare(struct store *store, const char *sql, struct store_statement **statement)
{
    return prepare(store, sql, 0, statement, NULL);
}

int store_prepare_first(struct store *store, const char *sql, struct store_statement **statement,
                        const char **rest)
{
    return prepare(store, sql, 0, statement, rest);
}

int store_prepare_kept(struct store *store, const char *sql, struct store_statement **statement)
{
    return prepare(store, sql, SQLITE_PREPARE_PERSISTENT, statement, NULL);
}

void store_finalize(struct store_statement *statement)
{
    if (statement == NULL)
        return;
    STORE_CALL(statement, (void)sqlite3_finalize(statement->sqlite),
               postgresql_finalize(statement->postgresql));
    free(statement);
}

const char *store_sql(const struct store_statement *statement)
{
    return STORE_CALL(statement, sqlite3_sql(statement->sqlite),
                      postgresql_sql(statement->postgresql));
}

int store_run(struct store *store, const char *sql)
{
    return STORE_CALL(store, sqlite3_exec(store->sqlite, sql, NULL, NULL, NULL),
                      postgresql_run(store->postgresql, sql));
}

int64_t store_changes(struct store *store)
{
    return STORE_CALL(store, sqlite3_changes(store->sqlite), postgresql_changes(store->postgresql));
}

int store_code(struct store *store)
{
    return STORE_CALL(store, sqlite3_extended_errcode(store->sqlite),
                      postgresql_code(store->postgresql));
}

const char *store_message(struct store *store)
{
    return STORE_CALL(store, sqlite3_errmsg(store->sqlite), postgresql_message(store->postgresql));
}

void store_beside(struct store *store)
{
#ifdef ANNALS_POSTGRESQL
    if (store->postgresql != NULL)
        postgresql_beside(store->postgresql);
#else
    (void)store;
#endif
}

int store_lock(struct store *store, int64_t first, int64_t last, enum store_lock how)
{
    (void)first, (void)last, (void)how;
    return STORE_CALL(store, STORE_OK, postgresql_lock(store->postgresql, first, last, (int)how));
}

bool store_again(struct store *store, uint32_t tries)
{
    (void)tries;
    return STORE_CALL(store, false, postgresql_again(store->postgresql, tries));
}

struct search_words *store_words(struct store *store)
{
    (void)store; /* not asked where SQLite is all there is */
    return STORE_CALL(store, NULL, postgresql_words(store->postgresql));
}
