/* Puts many rows of a table into the file by one statement.
 *
 * A row that goes in by itself costs SQLite a statement's beginning and end: a cursor for the table
 * and for each of its indexes is opened and closed, the transaction looked at, the parameters bound
 * and cleared. So rows wait here, and a virtual table (sqlite.org/vtab.html) that is there for this
 * connection alone gives them to INSERT ... SELECT. OR FAIL: the caller undoes the whole
 * transaction anyway, so SQLite need not be ready to undo the statement; not where a trigger of the
 * table ignores what is there already, for then it would fail too. Places and actors, which have
 * such triggers, are copied once more on their way, which costs less than a statement each. What is
 * noted of a report by a trigger finds the rows of all tables before it here. */
#include "record/waiting_rows.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 24, MUCH = 150000 /* values */ };

/* What a value is; a row's missing ones at its end are NULL. */
enum kind { NOTHING, NUMBER, REAL, TEXT };

struct value {
    enum kind kind;
    uint32_t length; /* of the text */
    union {
        int64_t number;
        double real;
        const char *text;
    } is;
};

/* The rows of one table, one after the other. */
struct waiting {
    struct value *values;
    size_t count, room;
};

struct waiting_rows {
    sqlite3 *sqlite;
    struct waiting tables[WAITING_TABLES];
    sqlite3_stmt *statements[WAITING_TABLES];
    enum waiting_table table; /* of the row at hand, and of the statement that runs */
    size_t column;            /* of the row at hand */
    bool failed;              /* memory ran out */
};

static const struct {
    size_t columns;
    const char *sql;
} forms[] = {
    [WAITING_BLOCKS] =
        {6, "INSERT OR FAIL INTO blocks SELECT c0, c1, c2, c3, c4, c5 FROM waiting_rows"},
    [WAITING_SENTENCES] =
        {5, "INSERT OR FAIL INTO sentences SELECT c0, c1, c2, c3, c4 FROM waiting_rows"},
    [WAITING_TIMES] = {9, "INSERT OR FAIL INTO times SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8 "
                          "FROM waiting_rows"},
    [WAITING_PLACES] = {18,
                        "INSERT INTO places SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, "
                        "c11, c12, c13, c14, c15, c16, c17 FROM waiting_rows"},
    [WAITING_ACTORS] = {11, "INSERT INTO actors SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 "
                            "FROM waiting_rows"},
    [WAITING_MENTIONS] = {4, "INSERT OR IGNORE INTO actor_mentions SELECT c0, c1, c2, c3 "
                             "FROM waiting_rows"},
    [WAITING_SIGHTINGS] = {3,
                           "INSERT OR IGNORE INTO sightings SELECT c0, c1, c2 FROM waiting_rows"},
    [WAITING_CLAIMS] = {24,
                        "INSERT OR FAIL INTO claims SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, "
                        "c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23 "
                        "FROM waiting_rows"},
    [WAITING_PARTICIPANTS] = {7,
                              "INSERT OR FAIL INTO participants SELECT c0, c1, c2, c3, c4, c5, c6 "
                              "FROM waiting_rows"},
    [WAITING_COUNTS] = {8, "INSERT OR FAIL INTO counts SELECT c0, c1, c2, c3, c4, c5, c6, c7 "
                           "FROM waiting_rows"},
    [WAITING_UNMERGED] = {1, "INSERT OR IGNORE INTO unmerged SELECT c0 FROM waiting_rows"},
    [WAITING_CELLS] = {4, "INSERT OR FAIL INTO cells (cell, place, episode, published) "
                          "SELECT c0, c1, c2, c3 FROM waiting_rows"},
    [WAITING_KEYS] = {3, ""},
    /* As sqlite.h has it of one row. */
    [WAITING_EVENT_CLAIMS] =
        {3, "INSERT OR FAIL INTO event_claims (claim, event, act) "
            "SELECT c0, c1, c2 FROM waiting_rows WHERE true "
            "ON CONFLICT (claim) DO UPDATE SET event = excluded.event, "
            "act = excluded.act WHERE event_claims.event IS NOT excluded.event OR "
            "event_claims.act IS NOT excluded.act"},
};

/* ------------------------------------------------------------------ the virtual table */

struct source {
    sqlite3_vtab base;
    struct waiting_rows *rows;
};

struct cursor {
    sqlite3_vtab_cursor base;
    const struct waiting_rows *rows;
    const struct value *row, *end;
    size_t columns;
};

static int connect_source(sqlite3 *sqlite, void *context, int count, const char *const *arguments,
                          sqlite3_vtab **table, char **message)
{
    (void)count, (void)arguments, (void)message;
    int code = sqlite3_declare_vtab(
        sqlite, "CREATE TABLE waiting_rows (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, "
                "c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23)");
    if (code == SQLITE_OK) /* not for views and triggers of a file from elsewhere */
        code = sqlite3_vtab_config(sqlite, SQLITE_VTAB_DIRECTONLY);
    struct source *source = code == SQLITE_OK ? calloc(1, sizeof *source) : NULL;
    if (source != NULL)
        source->rows = context;
    *table = source != NULL ? &source->base : NULL;
    return code == SQLITE_OK && source == NULL ? SQLITE_NOMEM : code;
}

static int disconnect_source(sqlite3_vtab *table)
{
    free(table);
    return SQLITE_OK;
}

static int plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    info->estimatedCost = MUCH;
    info->estimatedRows = MUCH;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **opened)
{
    struct cursor *cursor = calloc(1, sizeof *cursor);
    if (cursor == NULL)
        return SQLITE_NOMEM;
    cursor->rows = ((struct source *)table)->rows;
    *opened = &cursor->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *opened)
{
    free(opened);
    return SQLITE_OK;
}

static int first_row(sqlite3_vtab_cursor *opened, int number, const char *name, int count,
                     sqlite3_value **values)
{
    (void)number, (void)name, (void)count, (void)values;
    struct cursor *cursor = (struct cursor *)opened;
    const struct waiting *waiting = &cursor->rows->tables[cursor->rows->table];
    cursor->row = waiting->values;
    cursor->end = waiting->count > 0 ? waiting->values + waiting->count : waiting->values;
    cursor->columns = forms[cursor->rows->table].columns;
    return SQLITE_OK;
}

static int next_row(sqlite3_vtab_cursor *opened)
{
    struct cursor *cursor = (struct cursor *)opened;
    cursor->row += cursor->columns;
    return SQLITE_OK;
}

static int is_at_end(sqlite3_vtab_cursor *opened)
{
    const struct cursor *cursor = (const struct cursor *)opened;
    return cursor->row == cursor->end;
}

static int give_column(sqlite3_vtab_cursor *opened, sqlite3_context *context, int column)
{
    const struct cursor *cursor = (const struct cursor *)opened;
    if (column < 0 || (size_t)column >= cursor->columns)
        return SQLITE_OK;
    const struct value *value = &cursor->row[column];
    if (value->kind == NUMBER)
        sqlite3_result_int64(context, value->is.number);
    else if (value->kind == REAL)
        sqlite3_result_double(context, value->is.real);
    else if (value->kind == TEXT)
        sqlite3_result_text64(context, value->is.text, value->length, SQLITE_STATIC, SQLITE_UTF8);
    return SQLITE_OK;
}

static int give_number(sqlite3_vtab_cursor *opened, sqlite3_int64 *number)
{
    const struct cursor *cursor = (const struct cursor *)opened;
    *number = cursor->end - cursor->row;
    return SQLITE_OK;
}

static const sqlite3_module module = {.xConnect = connect_source,
                                      .xBestIndex = plan,
                                      .xDisconnect = disconnect_source,
                                      .xOpen = open_cursor,
                                      .xClose = close_cursor,
                                      .xFilter = first_row,
                                      .xNext = next_row,
                                      .xEof = is_at_end,
                                      .xColumn = give_column,
                                      .xRowid = give_number};

struct waiting_rows *waiting_rows_open(sqlite3 *sqlite)
{
    struct waiting_rows *rows = calloc(1, sizeof *rows);
    if (rows == NULL)
        return NULL;
    rows->sqlite = sqlite;
    if (sqlite3_create_module(sqlite, "waiting_rows", &module, rows) != SQLITE_OK) {
        free(rows);
        return NULL;
    }
    return rows;
}

void waiting_rows_close(struct waiting_rows *rows)
{
    if (rows == NULL)
        return;
    for (int i = 0; i < WAITING_TABLES; i++) {
        sqlite3_finalize(rows->statements[i]);
        free(rows->tables[i].values);
    }
    free(rows);
}

/* ------------------------------------------------------------------ putting rows in */

void waiting_begin(struct waiting_rows *rows, enum waiting_table table)
{
    struct waiting *waiting = &rows->tables[table];
    rows->table = table;
    rows->column = 0;
    if (waiting->count + COLUMNS > waiting->room) {
        size_t room = waiting->room == 0 ? 1024 : waiting->room * 2;
        struct value *moved = realloc(waiting->values, room * sizeof *moved);
        if (moved == NULL) {
            rows->failed = true;
            return;
        }
        waiting->values = moved;
        waiting->room = room;
    }
    memset(waiting->values + waiting->count, 0, forms[table].columns * sizeof *waiting->values);
    waiting->count += forms[table].columns;
}

/* Where the next value goes; NULL where there is no room. */
static struct value *next_value(struct waiting_rows *rows)
{
    struct waiting *waiting = &rows->tables[rows->table];
    size_t columns = forms[rows->table].columns;
    if (rows->failed || rows->column >= columns)
        return NULL;
    return &waiting->values[waiting->count - columns + rows->column++];
}

void waiting_nothing(struct waiting_rows *rows)
{
    rows->column++;
}

void waiting_number(struct waiting_rows *rows, int64_t number)
{
    struct value *value = next_value(rows);
    if (value != NULL)
        *value = (struct value){.kind = NUMBER, .is.number = number};
}

void waiting_real(struct waiting_rows *rows, double real)
{
    struct value *value = next_value(rows);
    if (value != NULL)
        *value = (struct value){.kind = REAL, .is.real = real};
}

void waiting_text(struct waiting_rows *rows, const char *text, size_t length)
{
    struct value *value = next_value(rows);
    if (value != NULL)
        *value = (struct value){.kind = TEXT, .length = (uint32_t)length, .is.text = text};
}

/* ------------------------------------------------------------------ writing them */

void waiting_ask(struct waiting_rows *rows)
{
    rows->table = WAITING_KEYS;
}

bool waiting_failed(const struct waiting_rows *rows)
{
    return rows->failed;
}

void waiting_forget_keys(struct waiting_rows *rows)
{
    rows->tables[WAITING_KEYS].count = 0;
    rows->failed = false;
}

bool waiting_is_much(const struct waiting_rows *rows)
{
    size_t count = 0;
    for (int i = 0; i < WAITING_WRITTEN; i++)
        count += rows->tables[i].count;
    return count > MUCH || rows->failed;
}

void waiting_forget(struct waiting_rows *rows)
{
    for (int i = 0; i < WAITING_WRITTEN; i++)
        rows->tables[i].count = 0;
    rows->failed = false;
}

static int write_table(struct waiting_rows *rows, enum waiting_table table)
{
    sqlite3_stmt **statement = &rows->statements[table];
    int code = SQLITE_OK;
    if (*statement == NULL)
        code = sqlite3_prepare_v3(rows->sqlite, forms[table].sql, -1, SQLITE_PREPARE_PERSISTENT,
                                  statement, NULL);
    if (code != SQLITE_OK)
        return code;
    rows->table = table;
    code = sqlite3_step(*statement);
    int end = sqlite3_reset(*statement);
    return code == SQLITE_DONE ? end : code;
}

int waiting_write(struct waiting_rows *rows)
{
    int code = rows->failed ? SQLITE_NOMEM : SQLITE_OK;
    for (int i = 0; i < WAITING_WRITTEN && code == SQLITE_OK; i++)
        if (rows->tables[i].count > 0)
            code = write_table(rows, (enum waiting_table)i);
    waiting_forget(rows);
    return code;
}
