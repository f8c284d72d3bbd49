/* Opens a record in PostgreSQL: connects, and makes or checks its tables.
 *
 * The tables lie in the first schema of the connection's search path
 * ("?options=-csearch_path%3Dname" chooses another). Which schema they have stands in
 * annals_record, and beside it how they are kept (keys, triggers, indexes: schema/postgresql/own/);
 * a migration is one transaction, under the lock for which writers wait. Passwords
 * are libpq's own business (~/.pgpass, PGPASSWORD, a service file): one in the address would stand
 * in every list of processes. */
#include "record/sqlite.h"

#include "bytes/buffer.h"
#include "bytes/utf8.h"

#include <string.h>

#ifdef ANNALS_POSTGRESQL

static annals_status refuse(struct record *record, annals_status status, const char *sentence,
                            annals_error *error)
{
    error_set(error, status, "%s", sentence);
    error_at(error, record->path, 0, 0, -1);
    return status;
}

/* "postgresql://name:password@host/". */
static bool has_password(const char *address)
{
    const char *begin = strstr(address, "://") + 3;
    const char *end = begin + strcspn(begin, "/?#");
    const char *at = memchr(begin, '@', (size_t)(end - begin));
    return (at != NULL && memchr(begin, ':', (size_t)(at - begin)) != NULL) ||
           strstr(end, "password=") != NULL;
}

static annals_status execute(struct record *record, const char *sql, annals_error *error)
{
    return postgresql_execute(record->database->postgresql, sql) == STORE_OK
               ? ANNALS_OK
               : record_fail(record, "cannot make the tables", error);
}

/* ------------------------------------------------------------------ the schema */

/* What SQLite's file 006 says of the names of countries: a list of rows alone. */
static annals_status add_countries(struct record *record, annals_error *error)
{
    const char *rows = strstr(record_schema[5], "INSERT INTO country_names VALUES");
    const char *end = rows;
    struct buffer sql;
    for (bool quoted = false; end != NULL && *end != '\0' && (*end != ';' || quoted); end++)
        quoted ^= *end == '\'';
    buffer_init(&sql);
    if (rows != NULL)
        buffer_add(&sql, rows, (size_t)(end - rows));
    annals_status status = sql.failed || rows == NULL
                               ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                               : execute(record, sql.bytes, error);
    buffer_release(&sql);
    return status;
}

/* Every letter that utf8_fold changes, so that names are compared there as here. */
static annals_status add_letters(struct record *record, annals_error *error)
{
    enum { FIRST = 0x80, LAST = 0x10ffff, FIRST_SURROGATE = 0xd800, LAST_SURROGATE = 0xdfff };
    struct buffer lines;
    buffer_init(&lines);
    for (uint32_t point = FIRST; point <= LAST; point++) {
        char letter[8], folded[32];
        if (point >= FIRST_SURROGATE && point <= LAST_SURROGATE)
            continue;
        size_t length = utf8_encode(point, letter);
        size_t size = utf8_fold(letter, length, folded);
        if (size == length && memcmp(letter, folded, size) == 0)
            continue;
        buffer_add(&lines, letter, length);
        buffer_add_byte(&lines, '\t');
        buffer_add(&lines, folded, size);
        buffer_add_byte(&lines, '\n');
    }
    annals_status status = ANNALS_OK;
    if (lines.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    else if (postgresql_copy(record->database->postgresql, "COPY folded_letters FROM STDIN",
                             lines.bytes, lines.length) != STORE_OK)
        status = record_fail(record, "cannot make the tables", error);
    buffer_release(&lines);
    return status;
}

static annals_status ask_number(struct record *record, const char *sql, int64_t *number,
                                annals_error *error)
{
    struct store_statement *row = NULL;
    int code = store_prepare(record->database, sql, &row);
    if (code == STORE_OK)
        code = store_step(row);
    annals_status status =
        code == STORE_ROW ? ANNALS_OK : record_fail(record, "cannot open", error);
    if (code == STORE_ROW)
        *number = store_int64(row, 0);
    store_finalize(row);
    return status;
}

struct marks {
    int64_t schema;      /* 0: there is no record */
    int64_t arrangement; /* how its tables are kept; 0: as before it was counted */
    int64_t others;      /* tables of the same names that are not ours */
};

static annals_status read_marks(struct record *record, struct marks *marks, annals_error *error)
{
#define HERE "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename "
    int64_t ours = 0;
    annals_status status = ask_number(record, HERE "= 'annals_record'", &ours, error);
    if (status == ANNALS_OK && ours > 0)
        status =
            ask_number(record, "SELECT max(schema) FROM annals_record WHERE application = 'annl'",
                       &marks->schema, error);
    if (status == ANNALS_OK && ours > 0)
        return ask_number(record,
                          "SELECT coalesce(max(schema), 0) FROM annals_record "
                          "WHERE application = 'arrangement'",
                          &marks->arrangement, error);
    if (status == ANNALS_OK)
        status = ask_number(record, HERE "IN ('reports', 'claims', 'events', 'places', 'actors')",
                            &marks->others, error);
#undef HERE
    return status;
}

static annals_status add_mark(struct record *record, const char *application, int number,
                              annals_error *error)
{
    char mark[160];
    snprintf(mark, sizeof mark,
             "INSERT INTO annals_record VALUES ('%s', %d) ON CONFLICT (application) "
             "DO UPDATE SET schema = EXCLUDED.schema",
             application, number);
    return execute(record, mark, error);
}

static annals_status add_files(struct record *record, int64_t schema, annals_error *error)
{
    int next = schema == 0 ? 0 : (int)schema + 1 - POSTGRESQL_FIRST_SCHEMA;
    annals_status status = ANNALS_OK;
    for (; status == ANNALS_OK && postgresql_schema[next] != NULL; next++)
        status = execute(record, postgresql_schema[next], error);
    if (status == ANNALS_OK && schema == 0)
        status = add_countries(record, error);
    if (status == ANNALS_OK && schema == 0)
        status = add_letters(record, error);
    return status == ANNALS_OK ? add_mark(record, "annl", RECORD_SCHEMA, error) : status;
}

static annals_status arrange(struct record *record, int64_t arrangement, annals_error *error)
{
    annals_status status = ANNALS_OK;
    for (int next = (int)arrangement; status == ANNALS_OK && next < POSTGRESQL_ARRANGEMENT; next++)
        status = execute(record, postgresql_arrangement[next], error);
    return status == ANNALS_OK ? add_mark(record, "arrangement", POSTGRESQL_ARRANGEMENT, error)
                               : status;
}

/* It may lack what the tables expect of those who write, or ask for what they no longer have. */
static annals_status refuse_newer(struct record *record, const struct marks *marks,
                                  annals_error *error)
{
    bool schema = marks->schema > RECORD_SCHEMA;
    error_set(error, ANNALS_NEWER,
              "this record was made by a newer annals (its %s is %d, this annals knows %d); it is "
              "left as it is",
              schema ? "schema" : "arrangement", (int)(schema ? marks->schema : marks->arrangement),
              schema ? RECORD_SCHEMA : POSTGRESQL_ARRANGEMENT);
    return error_at(error, record->path, 0, 0, -1);
}

/* Applies the files that the record lacks. */
static annals_status migrate(struct record *record, annals_error *error)
{
    struct marks marks = {0};
    annals_status status = record_run(record, SQL_BEGIN, "cannot write", error);
    if (status != ANNALS_OK)
        return status;
    /* Another process may have done it meanwhile, and a newer one more than that. */
    status = read_marks(record, &marks, error);
    if (status == ANNALS_OK &&
        (marks.schema > RECORD_SCHEMA || marks.arrangement > POSTGRESQL_ARRANGEMENT))
        status = refuse_newer(record, &marks, error);
    if (status == ANNALS_OK && marks.schema < RECORD_SCHEMA)
        status = add_files(record, marks.schema, error);
    if (status == ANNALS_OK && marks.arrangement < POSTGRESQL_ARRANGEMENT)
        status = arrange(record, marks.arrangement, error);
    if (status == ANNALS_OK)
        status = record_run(record, SQL_COMMIT, "cannot make the tables", error);
    if (status != ANNALS_OK)
        record_run(record, SQL_ROLLBACK, "", NULL);
    return status;
}

static annals_status prepare_schema(struct record *record, annals_error *error)
{
    struct marks marks = {0};
    annals_status status = read_marks(record, &marks, error);
    if (status != ANNALS_OK)
        return status;
    if (marks.others > 0)
        return refuse(record, ANNALS_FOREIGN,
                      "this is a database of another program, not a record of annals; it is left "
                      "as it is",
                      error);
    if (marks.schema > RECORD_SCHEMA || marks.arrangement > POSTGRESQL_ARRANGEMENT)
        return refuse_newer(record, &marks, error);
    if (marks.schema == RECORD_SCHEMA && marks.arrangement == POSTGRESQL_ARRANGEMENT)
        return ANNALS_OK;
    if (record->writable)
        return migrate(record, error);
    return refuse(record, marks.schema == 0 ? ANNALS_EMPTY : ANNALS_FOREIGN,
                  marks.schema == 0 ? "this record is empty; `annals read` fills it"
                                    : "this record was made by an older annals; `annals read` "
                                      "brings it up to date",
                  error);
}

annals_status record_open_postgresql(struct record *record, annals_error *error)
{
    if (has_password(record->path))
        return error_set(error, ANNALS_WRONG_USE,
                         "the address of the record has a password in it, where every list of "
                         "processes shows it; put it into ~/.pgpass or PGPASSWORD");
    int code = postgresql_open(record->path, record->writable, record->wait,
                               &record->database->postgresql);
    if (record->database->postgresql == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (code != STORE_OK)
        return record_fail(record, "cannot open", error);
    annals_status status = prepare_schema(record, error);
    if (status == ANNALS_OK)
        postgresql_expect(record->database->postgresql, POSTGRESQL_ARRANGEMENT);
    return status;
}

#else

annals_status record_open_postgresql(struct record *record, annals_error *error)
{
    error_set(error, ANNALS_WRONG_USE,
              "this annals was built without libpq, so it keeps no record in PostgreSQL");
    return error_at(error, record->path, 0, 0, -1);
}

#endif
