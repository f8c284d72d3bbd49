/* Opens the record in SQLite, makes and checks its schema, turns SQLite's errors into ours.
 *
 * The file is in WAL mode: readers never wait for the writer, and a commit is one append to the log.
 * `synchronous=NORMAL` keeps the file whole through a kill at any moment and through a power cut
 * (sqlite.org/wal.html); the latter may cost the last reports, which the next `read` takes in again.
 * The log is copied into the file every 128 MB: what is written again and again is copied once.
 * A record in a folder that cannot be written is opened as immutable where no log lies beside it. */
#include "record/filters.h"

#include "record/survey.h"
#include "record/waiting_rows.h"

#include "bytes/buffer.h"
#include "bytes/utf8.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char *const statement_texts[] = {
#define ROW(name, sql) [SQL_##name] = sql,
    STATEMENT_TABLE(ROW)
#undef ROW
};

static annals_status status_of(int code, int system_error, bool writable)
{
    switch (code & 0xff) {
    case STORE_OK:
    case STORE_DONE:
    case STORE_ROW:
        return ANNALS_OK;
    case STORE_NOMEM:
        return ANNALS_NO_MEMORY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ANNALS_BUSY;
    case SQLITE_FULL:
        return ANNALS_FULL;
    case SQLITE_INTERRUPT:
        return ANNALS_STOPPED;
    case SQLITE_NOTADB:
    case STORE_CORRUPT:
        return ANNALS_FOREIGN;
    case SQLITE_IOERR:
        if (system_error == ENOSPC || system_error == EDQUOT || code == SQLITE_IOERR_SHMSIZE)
            return ANNALS_FULL;
        break;
    }
    return writable ? ANNALS_CANNOT_WRITE : ANNALS_CANNOT_READ;
}

annals_status record_fail_as(struct record *record, int code, const char *doing,
                             annals_error *error)
{
    int system_error = record->database->sqlite != NULL
                           ? sqlite3_system_errno(record->database->sqlite)
                           : 0;
    annals_status status = status_of(code, system_error, record->writable);
    const char *message = store_message(record->database);
    if (status == ANNALS_BUSY)
        error_set(error, status,
                  "%s: the record is in use by another process (waited %.1f seconds); try again, "
                  "or wait longer with --wait",
                  doing, record->wait / 1000.0);
    else if (status == ANNALS_FULL)
        error_set(error, status, "%s: no space is left on the device; what was stored before is safe",
                  doing);
    else if (status == ANNALS_FOREIGN)
        error_set(error, status, "%s: this is not a record of annals, or it is damaged (%s)", doing,
                  message);
    else if (status == ANNALS_STOPPED)
        error_set(error, status, "%s: this takes longer than is allowed; ask for less", doing);
    else if ((code & 0xff) == SQLITE_READONLY)
        error_set(error, status, "%s: the record or its folder may only be read", doing);
    else
        error_set(error, status, "%s: %s", doing, message);
    error_at(error, record->path, 0, 0, -1);
    return status;
}

annals_status record_fail(struct record *record, const char *doing, annals_error *error)
{
    int code = store_code(record->database);
    /* A row that must be there is not. */
    if (code == STORE_DONE || code == STORE_ROW)
        code = STORE_CORRUPT;
    return record_fail_as(record, (code & 0xff) == STORE_OK ? STORE_NOMEM : code, doing, error);
}

struct store_statement *record_statement(struct record *record, enum statement statement)
{
    struct store_statement **slot = &record->statements[statement];
    if (*slot == NULL)
        store_prepare_kept(record->database, statement_texts[statement], slot);
    if (*slot != NULL) {
        store_reset(*slot);
        store_clear(*slot);
    }
    return *slot;
}

const char *record_text(struct store_statement *row, int column)
{
    const char *text = store_text(row, column);
    return text != NULL ? text : "";
}

annals_status record_run(struct record *record, enum statement statement, const char *doing,
                         annals_error *error)
{
    struct store_statement *prepared = record_statement(record, statement);
    int code = prepared != NULL ? store_step(prepared) : STORE_ERROR;
    annals_status status = code == STORE_DONE ? ANNALS_OK : record_fail(record, doing, error);
    if (prepared != NULL)
        store_reset(prepared);
    return status;
}

static annals_status execute(struct record *record, const char *sql, const char *doing,
                             annals_error *error)
{
    if (store_run(record->database, sql) == STORE_OK)
        return ANNALS_OK;
    return record_fail(record, doing, error);
}

/* The single number that `sql` gives. */
static annals_status ask_number(struct record *record, const char *sql, int64_t *number,
                                annals_error *error)
{
    struct store_statement *prepared = NULL;
    int code = store_prepare(record->database, sql, &prepared);
    if (code == STORE_OK)
        code = store_step(prepared);
    annals_status status = ANNALS_OK;
    if (code == STORE_ROW)
        *number = store_int64(prepared, 0);
    else
        status = record_fail(record, "cannot open", error);
    store_finalize(prepared);
    return status;
}

/* FTS5 joins its segments four by four, so that each word is written again for every fourfold growth; sixteen
 * by sixteen does half of that work, little by little (at 64 it would stop to join them all), and a question
 * looks into a few dozen at most. What it gathers in memory of one transaction is written as one segment.
 * Kept in the file, so done once. */
static annals_status arrange_searches(struct record *record, annals_error *error)
{
    static const char *const tables[] = {"report_search", "claim_search"};
    static const char *const settings[] = {"'automerge', 16", "'crisismerge', 64",
                                           "'hashsize', 4194304"};
    int64_t known = 0;
    annals_status status = ask_number(
        record, "SELECT count(*) FROM claim_search_config WHERE k = 'hashsize'", &known, error);
    for (int i = 0; i < 6 && known == 0 && status == ANNALS_OK; i++) {
        char sql[120];
        snprintf(sql, sizeof sql, "INSERT INTO %s (%s, rank) VALUES (%s)", tables[i / 3],
                 tables[i / 3], settings[i % 3]);
        status = execute(record, sql, "cannot write", error);
    }
    return status;
}

annals_status record_check_references(struct record *record, bool checked, annals_error *error)
{
    if (record->unchecked == !checked || record->database->sqlite == NULL)
        return ANNALS_OK;
    annals_status status =
        execute(record,
                checked ? "PRAGMA foreign_keys = ON; PRAGMA ignore_check_constraints = OFF"
                        : "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON",
                "cannot write", error);
    record->unchecked = status == ANNALS_OK ? !checked : record->unchecked;
    return status == ANNALS_OK && !checked ? arrange_searches(record, error) : status;
}

struct waiting_rows *record_waiting_rows(struct record *record)
{
    if (record->waiting == NULL && record->database->sqlite != NULL)
        record->waiting = waiting_rows_open(record->database->sqlite);
    return record->waiting;
}

/* ------------------------------------------------------------------ the time a question may take */

static int64_t milliseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int is_late(void *context)
{
    const struct record *record = context;
    return milliseconds_now() > record->deadline;
}

bool record_is_late(const struct record *record)
{
    return record->deadline > 0 && milliseconds_now() > record->deadline;
}

annals_status record_check_time(struct record *record, const char *doing, annals_error *error)
{
    return record_is_late(record) ? record_fail_as(record, SQLITE_INTERRUPT, doing, error)
                                  : ANNALS_OK;
}

void record_limit(struct record *record, uint32_t milliseconds)
{
    enum { STEPS = 2000 }; /* of SQLite's machine, between two looks at the clock */
    record->deadline = milliseconds > 0 ? milliseconds_now() + milliseconds : 0;
#ifdef ANNALS_POSTGRESQL
    if (record->database->postgresql != NULL) {
        postgresql_limit(record->database->postgresql, milliseconds);
        return;
    }
#endif
    sqlite3_progress_handler(record->database->sqlite, milliseconds > 0 ? STEPS : 0,
                             milliseconds > 0 ? is_late : NULL, record);
}

/* ------------------------------------------------------------------ the schema */

static annals_status read_marks(struct record *record, int64_t *application, int64_t *schema,
                                int64_t *tables, annals_error *error)
{
    annals_status status = ask_number(record, "PRAGMA application_id", application, error);
    if (status == ANNALS_OK)
        status = ask_number(record, "PRAGMA user_version", schema, error);
    if (status == ANNALS_OK)
        status = ask_number(record, "SELECT count(*) FROM sqlite_master", tables, error);
    return status;
}

static annals_status refuse(struct record *record, annals_status status, const char *sentence,
                            annals_error *error)
{
    error_set(error, status, "%s", sentence);
    error_at(error, record->path, 0, 0, -1);
    return status;
}

static annals_status check_marks(struct record *record, int64_t application, int64_t schema,
                                 int64_t tables, annals_error *error)
{
    if (application != RECORD_APPLICATION && (application != 0 || schema != 0 || tables != 0))
        return refuse(record, ANNALS_FOREIGN,
                      "this is a database of another program, not a record of annals; it is left "
                      "as it is",
                      error);
    if (schema > RECORD_SCHEMA) {
        error_set(error, ANNALS_NEWER,
                  "this record was made by a newer annals (its schema is %d, this annals knows %d); "
                  "it is left as it is",
                  (int)schema, RECORD_SCHEMA);
        return error_at(error, record->path, 0, 0, -1);
    }
    return ANNALS_OK;
}

/* Applies the schema files that the record lacks, all in one transaction. */
static annals_status migrate(struct record *record, annals_error *error)
{
    int64_t application = 0, schema = 0, tables = 0;
    annals_status status = record_run(record, SQL_BEGIN, "cannot write", error);
    if (status != ANNALS_OK)
        return status;
    /* Another process may have done it meanwhile. */
    status = read_marks(record, &application, &schema, &tables, error);
    for (int64_t i = schema; status == ANNALS_OK && record_schema[i] != NULL; i++)
        status = execute(record, record_schema[i], "cannot make the tables", error);
    char marks[100];
    snprintf(marks, sizeof marks, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             RECORD_APPLICATION, RECORD_SCHEMA);
    if (status == ANNALS_OK)
        status = execute(record, marks, "cannot make the tables", error);
    if (status == ANNALS_OK)
        status = record_run(record, SQL_COMMIT, "cannot make the tables", error);
    if (status != ANNALS_OK)
        record_run(record, SQL_ROLLBACK, "", NULL);
    return status;
}

static annals_status prepare_schema(struct record *record, annals_error *error)
{
    int64_t application = 0, schema = 0, tables = 0;
    annals_status status = read_marks(record, &application, &schema, &tables, error);
    if (status == ANNALS_OK)
        status = check_marks(record, application, schema, tables, error);
    if (status != ANNALS_OK)
        return status;
    if (!record->writable && schema < RECORD_SCHEMA)
        return refuse(record, schema == 0 ? ANNALS_EMPTY : ANNALS_FOREIGN,
                      schema == 0 ? "this record is empty; `annals read` fills it"
                                  : "this record was made by an older annals; `annals read` "
                                    "brings it up to date",
                      error);
    if (record->writable)
        status = execute(record,
                         "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
                         "PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 32768",
                         "cannot write", error);
    if (status == ANNALS_OK && record->writable && schema < RECORD_SCHEMA)
        status = migrate(record, error);
    return status;
}

/* ------------------------------------------------------------------ opening */

/* SQL function fold(text): without case and accents, as names are compared. */
static void fold(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    size_t length = (size_t)sqlite3_value_bytes(values[0]);
    char *folded = text != NULL ? sqlite3_malloc64(length * 3 + 1) : NULL;
    if (text == NULL)
        sqlite3_result_null(context);
    else if (folded == NULL)
        sqlite3_result_error_nomem(context);
    else
        sqlite3_result_text64(context, folded, utf8_fold(text, length, folded), sqlite3_free,
                              SQLITE_UTF8);
}

/* Of all connections of the process: SQLite need not count what memory it takes, which costs it a lock
 * each time, and keeps what a statement with triggers may have to undo in small pieces; by default it
 * takes 64 KB whenever such a row is written. Where the process uses SQLite already both stay as they are. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
}

static annals_status try_open(struct record *record, const char *name, int flags,
                              annals_error *error)
{
    static pthread_once_t configured = PTHREAD_ONCE_INIT;
    pthread_once(&configured, configure);
    sqlite3_close(record->database->sqlite);
    record->database->sqlite = NULL;
    memset(record->statements, 0, sizeof record->statements);
    int code = sqlite3_open_v2(name, &record->database->sqlite,
                               flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (record->database->sqlite == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (code != STORE_OK)
        return record_fail(record, "cannot open", error);
    sqlite3_busy_timeout(record->database->sqlite, (int)record->wait);
    sqlite3_create_function(record->database->sqlite, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                            NULL, fold, NULL, NULL);
    filters_add_functions(record->database->sqlite);
    return execute(record,
                   record->writable ? "PRAGMA cache_size = -128000"
                                    : "PRAGMA query_only = ON; PRAGMA cache_size = -65536",
                   "cannot open", error);
}

static void close_statements(struct record *record)
{
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        store_finalize(record->statements[i]);
        record->statements[i] = NULL;
    }
    for (int i = 0; i < STATEMENTS_KEPT; i++) {
        store_finalize(record->kept[i]);
        record->kept[i] = NULL;
    }
}

/* Without -wal and -shm files SQLite cannot read a WAL database in a folder that it may not write;
 * where no log lies beside it the file alone is the whole record. */
static annals_status open_immutable(struct record *record, annals_error *error)
{
    struct buffer name;
    struct stat facts;
    buffer_init(&name);
    buffer_print(&name, "%s-wal", record->path);
    bool has_log = name.failed || (stat(name.bytes, &facts) == 0 && facts.st_size > 0);
    if (has_log) {
        buffer_release(&name);
        return refuse(record, ANNALS_CANNOT_READ,
                      "its folder cannot be written, and a log of unfinished work lies beside the "
                      "record; copy both files to another folder",
                      error);
    }
    buffer_clear(&name);
    buffer_add_string(&name, "file:");
    for (const char *at = record->path; *at != '\0'; at++) {
        if (strchr("%?#", *at) != NULL)
            buffer_print(&name, "%%%02x", (unsigned)*at);
        else
            buffer_add_byte(&name, *at);
    }
    buffer_add_string(&name, "?immutable=1");
    annals_status status = name.failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                                       : try_open(record, name.bytes,
                                                  SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
    buffer_release(&name);
    return status;
}

static annals_status open_for_reading(struct record *record, annals_error *error)
{
    static const int flags[] = {SQLITE_OPEN_READWRITE, SQLITE_OPEN_READONLY};
    annals_status status = ANNALS_CANNOT_READ;
    for (int i = 0; i < 2 && status == ANNALS_CANNOT_READ; i++) {
        status = try_open(record, record->path, flags[i], error);
        if (status == ANNALS_OK)
            status = prepare_schema(record, error);
    }
    if (status != ANNALS_CANNOT_READ)
        return status;
    status = open_immutable(record, error);
    return status == ANNALS_OK ? prepare_schema(record, error) : status;
}

static annals_status open_for_writing(struct record *record, annals_error *error)
{
    annals_status status = try_open(record, record->path,
                                    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
    if (status == ANNALS_OK && sqlite3_db_readonly(record->database->sqlite, "main") == 1)
        return refuse(record, ANNALS_CANNOT_WRITE,
                      "the file or its folder may only be read, so nothing can be added", error);
    return status == ANNALS_OK ? prepare_schema(record, error) : status;
}

static annals_status check_path(struct record *record, annals_error *error)
{
    struct stat facts;
    if (stat(record->path, &facts) == 0) {
        if (S_ISREG(facts.st_mode))
            return ANNALS_OK;
        return refuse(record, ANNALS_FOREIGN,
                      S_ISDIR(facts.st_mode) ? "this is a folder, not a record"
                                             : "this is not a plain file, so not a record",
                      error);
    }
    if (record->writable && errno == ENOENT)
        return ANNALS_OK;
    return refuse(record, errno == ENOENT ? ANNALS_NOT_FOUND : ANNALS_CANNOT_READ,
                  errno == ENOENT ? "there is no such record; `annals read` makes one"
                                  : strerror(errno),
                  error);
}

static annals_status open_file(struct record *record, annals_error *error)
{
    annals_status status = check_path(record, error);
    if (status != ANNALS_OK)
        return status;
    return record->writable ? open_for_writing(record, error) : open_for_reading(record, error);
}

bool record_is_address(const char *path)
{
    return strncmp(path, "postgresql://", 13) == 0 || strncmp(path, "postgres://", 11) == 0;
}

annals_status record_open(const char *path, annals_access access, uint32_t wait,
                          struct record **record, annals_error *error)
{
    struct record *opened = calloc(1, sizeof *opened);
    if (opened == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    opened->wait = wait;
    opened->writable = access == ANNALS_READ_WRITE;
    int length = snprintf(opened->path, sizeof opened->path, "%s", path);
    annals_status status = ANNALS_OK;
    if (length < 0 || (size_t)length >= sizeof opened->path)
        status = error_set(error, ANNALS_WRONG_USE, "the path of the record is too long");
    if (status == ANNALS_OK)
        status = record_is_address(path) ? record_open_postgresql(opened, error)
                                         : open_file(opened, error);
    if (status != ANNALS_OK) {
        record_close(opened);
        return status;
    }
    *record = opened;
    return ANNALS_OK;
}

void record_close(struct record *record)
{
    if (record == NULL)
        return;
    close_statements(record);
    record_columns_free(record->columns);
    waiting_rows_close(record->waiting);
    sqlite3_close(record->database->sqlite);
#ifdef ANNALS_POSTGRESQL
    postgresql_close(record->database->postgresql);
#endif
    free(record);
}

const char *record_path(const struct record *record)
{
    return record->path;
}
