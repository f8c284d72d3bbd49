/* The connection to PostgreSQL: transactions, the pipeline, rows under way and in memory.
 *
 * What gives no rows is not waited for: within a transaction it goes into libpq's pipeline
 * (postgresql.org/docs/15/libpq-pipeline-mode.html), and its failure shows at the next question or
 * at the commit. Rows come one by one (single-row mode); where another statement needs the
 * connection meanwhile, those still under way are first taken into memory, packed. Writers stand in
 * line for an advisory lock that a transaction holds, as SQLite has one writer at a time. */
#include "record/postgresql.h"

#ifdef ANNALS_POSTGRESQL

#include "record/postgresql_link.h"

#include "record/search_words.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LOCK_SPACE = 0x616e6e6c };

/* ------------------------------------------------------------------ failures */

static int code_of(const char *state)
{
    static const struct {
        const char *state;
        int code;
    } codes[] = {{"40001", SQLITE_BUSY_SNAPSHOT},
                 {"40P01", SQLITE_BUSY_SNAPSHOT},
                 {"55P03", SQLITE_BUSY},
                 {"57014", SQLITE_INTERRUPT},
                 {"53200", SQLITE_NOMEM},
                 {"53100", SQLITE_FULL},
                 {"25006", SQLITE_READONLY},
                 {"42501", SQLITE_READONLY},
                 {"23505", SQLITE_CONSTRAINT_UNIQUE},
                 {"23", SQLITE_CONSTRAINT},
                 {"XX001", SQLITE_CORRUPT},
                 {"XX002", SQLITE_CORRUPT}};
    for (size_t i = 0; state != NULL && i < sizeof codes / sizeof codes[0]; i++)
        if (strncmp(state, codes[i].state, strlen(codes[i].state)) == 0)
            return codes[i].code;
    return STORE_ERROR;
}

int link_fail(struct postgresql *connection, int code, const char *message)
{
    size_t length = strcspn(message, "\n");
    connection->code = code;
    snprintf(connection->message, sizeof connection->message, "%.*s", (int)length, message);
    if (connection->within && connection->failed == STORE_OK)
        connection->failed = code;
    return code;
}

int link_fail_by(struct postgresql *connection, const PGresult *result)
{
    const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message =
        result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (PQstatus(connection->link) == CONNECTION_BAD || message == NULL)
        return link_fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    /* serialization_failure and deadlock_detected */
    if (state != NULL && (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0))
        connection->in_the_way = true;
    return link_fail(connection, code_of(state), message);
}

bool postgresql_stood_in_the_way(const struct postgresql *connection)
{
    return connection->in_the_way;
}

int postgresql_code(const struct postgresql *connection)
{
    return connection->code;
}

const char *postgresql_message(const struct postgresql *connection)
{
    return connection->message;
}

/* ------------------------------------------------------------------ the pipeline */

bool link_is_good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
           status == PGRES_SINGLE_TUPLE || status == PGRES_PIPELINE_SYNC;
}

/* Waits for all that is in the pipeline. */
int link_flush(struct postgresql *connection)
{
    PGresult *result;
    int code = STORE_OK, silent = 0;
    bool synced = false;
    if (PQpipelineStatus(connection->link) == PQ_PIPELINE_OFF)
        return STORE_OK;
    if (!PQpipelineSync(connection->link))
        return link_fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    /* Each statement's results end with NULL; two in a row without the sync: the link is gone. */
    while (!synced && silent < 2) {
        result = PQgetResult(connection->link);
        silent = result == NULL ? silent + 1 : 0;
        if (result == NULL)
            continue;
        synced = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        if (PQresultStatus(result) == PGRES_COMMAND_OK)
            connection->changes = strtoll(PQcmdTuples(result), NULL, 10);
        else if (!link_is_good(result) && code == STORE_OK)
            code = link_fail_by(connection, result);
        PQclear(result);
    }
    if (!synced && code == STORE_OK)
        code = link_fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    connection->pending = 0;
    PQexitPipelineMode(connection->link);
    return code;
}

/* ------------------------------------------------------------------ rows in memory */

static bool pack(struct postgresql_statement *statement, const PGresult *result)
{
    int columns = PQnfields(result);
    size_t size = 0;
    for (int i = 0; i < columns; i++)
        size += sizeof(int32_t) +
                (PQgetisnull(result, 0, i) ? 0 : (size_t)PQgetlength(result, 0, i) + 1);
    if (statement->packed_length + size > statement->packed_room) {
        size_t room = (statement->packed_length + size) * 2;
        char *moved = realloc(statement->packed, room);
        if (moved == NULL)
            return false;
        statement->packed = moved;
        statement->packed_room = room;
    }
    char *at = statement->packed + statement->packed_length;
    for (int i = 0; i < columns; i++) {
        int32_t length = PQgetisnull(result, 0, i) ? -1 : PQgetlength(result, 0, i);
        memcpy(at, &length, sizeof length);
        at += sizeof length;
        if (length >= 0) {
            memcpy(at, PQgetvalue(result, 0, i), (size_t)length + 1);
            at += length + 1;
        }
    }
    statement->packed_length += size;
    return true;
}

void link_unpack(struct postgresql_statement *statement)
{
    char *at = statement->packed + statement->packed_at;
    for (int i = 0; i < statement->columns; i++) {
        int32_t length;
        memcpy(&length, at, sizeof length);
        at += sizeof length;
        statement->cells[i] = (struct cell){length >= 0 ? at : NULL, length >= 0 ? length : 0};
        at += length >= 0 ? length + 1 : 0;
    }
    statement->packed_at = (size_t)(at - statement->packed);
}

/* The next row under way, or NULL: the end, or a failure (statement->code). */
PGresult *link_receive(struct postgresql_statement *statement)
{
    struct postgresql *connection = statement->connection;
    PGresult *result = PQgetResult(connection->link);
    if (result != NULL && PQresultStatus(result) == PGRES_SINGLE_TUPLE)
        return result;
    if (result == NULL || !link_is_good(result))
        statement->code = link_fail_by(connection, result);
    if (statement->result == NULL && result != NULL && link_is_good(result))
        statement->result = result; /* no row: it tells the columns all the same */
    else
        PQclear(result);
    while ((result = PQgetResult(connection->link)) != NULL)
        PQclear(result);
    connection->active = NULL;
    return NULL;
}

/* Takes the rows that are under way out of the connection's way; those of `wanted` are kept. */
int link_settle(struct postgresql *connection, const struct postgresql_statement *wanted)
{
    PGresult *result;
    int code = link_flush(connection);
    struct postgresql_statement *active = connection->active;
    while (active != NULL && connection->active == active &&
           (result = link_receive(active)) != NULL) {
        if (active != wanted && !pack(active, result))
            active->code = link_fail(connection, STORE_NOMEM, "out of memory");
        active->has_packed = true;
        PQclear(result);
    }
    return code;
}

int link_settle_rows(struct postgresql *connection)
{
    return connection->active != NULL ? link_settle(connection, NULL) : STORE_OK;
}

/* ------------------------------------------------------------------ transactions */

/* One text of SQL whose result is of no interest. */
static int tell(struct postgresql *connection, const char *sql)
{
    PGresult *result = PQexec(connection->link, sql);
    int code = link_is_good(result) ? STORE_OK : link_fail_by(connection, result);
    PQclear(result);
    return code;
}

/* Writers stand in line for one lock; those that only add reports share it. A newer annals may have
 * brought the record forward under one that has been writing for days. What they ask is of few
 * rows each, by key, whatever the server knows of tables that were empty a minute ago. */
static int tell_begin(struct postgresql *connection, bool beside, const char *tables)
{
    char begin[560], expects[40] = "";
    if (connection->arrangement > 0)
        snprintf(expects, sizeof expects, "SELECT as_arranged(%d); ", connection->arrangement);
    snprintf(begin, sizeof begin,
             "BEGIN; SET LOCAL lock_timeout = %u; SELECT pg_advisory_xact_lock%s(%d, "
             "hashtext(current_schema())); %s%sSET LOCAL lock_timeout = 0%s",
             connection->wait > 0 ? connection->wait : 1, beside ? "_shared" : "", LOCK_SPACE,
             expects, tables,
             beside ? "; SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; "
                      "SET LOCAL enable_mergejoin = off; SET LOCAL jit = off"
                    : "");
    return tell(connection, connection->writable ? begin : "BEGIN ISOLATION LEVEL REPEATABLE READ");
}

int link_begin(struct postgresql *connection)
{
    /* What stood in another's way keeps others out the next time, so that it comes to its end. */
    const char *tables = !connection->in_the_way || connection->beside
                             ? ""
                             : "LOCK TABLE claims, participants, counts, places, "
                               "actors, events, event_claims IN EXCLUSIVE MODE; ";
    connection->in_the_way = false;
    int code = link_settle(connection, NULL);
    bool beside = connection->beside;
    connection->beside = false;
    if (code != STORE_OK)
        return code;
    connection->within = true;
    connection->failed = STORE_OK;
    connection->transactions++;
    code = tell_begin(connection, beside, tables);
    if (code != STORE_OK) {
        char message[sizeof connection->message];
        memcpy(message, connection->message, sizeof message);
        tell(connection, "ROLLBACK");
        connection->within = false;
        connection->failed = STORE_OK;
        connection->lost = code;
        link_fail(connection, code, message);
    }
    return code;
}

/* A commit of what has failed is none. */
int link_end(struct postgresql *connection, bool commit)
{
    if (commit && connection->failed == STORE_OK)
        gathering_write(connection);
    else
        gathering_drop(connection);
    link_settle(connection, NULL);
    connection->transactions++;
    int code = commit ? connection->failed : STORE_OK;
    if (commit || connection->failed != STORE_OK)
        connection->lost = connection->failed;
    if (code == STORE_OK) {
        code = tell(connection, commit ? "COMMIT" : "ROLLBACK");
        if (commit && code != STORE_OK)
            connection->lost = code;
        connection->within = connection->within && commit && code != STORE_OK;
        if (!connection->within)
            connection->failed = STORE_OK;
    }
    return code;
}

static void be_silent(void *context, const char *message)
{
    (void)context, (void)message;
}

static int read_schema(struct postgresql *connection)
{
    PGresult *result = PQexec(connection->link, "SELECT quote_ident(current_schema()), "
                                                "row_security_active(to_regclass('reports'))");
    int code = link_is_good(result) ? STORE_OK : link_fail_by(connection, result);
    if (code == STORE_OK)
        snprintf(connection->schema, sizeof connection->schema, "%s", PQgetvalue(result, 0, 0));
    connection->secured = code == STORE_OK && *PQgetvalue(result, 0, 1) == 't';
    if (code == STORE_OK && connection->schema[0] == '\0')
        code = link_fail(connection, STORE_ERROR, "no schema of the search path is there");
    PQclear(result);
    return code;
}

static int set_limit(struct postgresql *connection)
{
    char sql[60];
    snprintf(sql, sizeof sql, "SET statement_timeout = %u", connection->limit);
    return tell(connection, sql);
}

/* What is said once of each connection. */
static int prepare_link(struct postgresql *connection)
{
    if (PQstatus(connection->link) != CONNECTION_OK)
        return link_fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    PQsetNoticeProcessor(connection->link, be_silent, NULL);
    int code =
        tell(connection, connection->writable
                             ? "SET TIME ZONE 'UTC'"
                             : "SET TIME ZONE 'UTC'; SET default_transaction_read_only = on");
    if (code == STORE_OK && connection->limit > 0)
        code = set_limit(connection);
    return code == STORE_OK ? read_schema(connection) : code;
}

/* Between transactions a connection that was lost is made again: the server may be back. */
int link_connect_again(struct postgresql *connection)
{
    if (connection->within || connection->active != NULL ||
        PQstatus(connection->link) != CONNECTION_BAD)
        return STORE_OK;
    PQreset(connection->link);
    connection->links++;
    return prepare_link(connection);
}

/* ------------------------------------------------------------------ once more */

void postgresql_expect(struct postgresql *connection, int arrangement)
{
    connection->arrangement = arrangement;
}

void postgresql_beside(struct postgresql *connection)
{
    connection->beside = true;
}

/* A number's lock is that of this schema. */
int postgresql_lock(struct postgresql *connection, int64_t first, int64_t last, int how)
{
    static const char *const calls[] = {
        [STORE_LOCK_ALONE] = "count(pg_advisory_xact_lock(%s)) > 0",
        [STORE_LOCK_SHARED] = "count(pg_advisory_xact_lock_shared(%s)) > 0",
        [STORE_LOCK_AT_ONCE] = "bool_and(pg_try_advisory_xact_lock(%s))"};
    char sql[300], call[120];
    int code = connection->failed != STORE_OK ? connection->failed : gathering_write(connection);
    if (code == STORE_OK)
        code = link_settle(connection, NULL);
    snprintf(sql, sizeof sql, "SET LOCAL lock_timeout = %u",
             connection->wait > 0 ? connection->wait : 1);
    if (code == STORE_OK && how != STORE_LOCK_AT_ONCE)
        code = tell(connection, sql);
    if (code != STORE_OK)
        return code;
    snprintf(call, sizeof call, calls[how], "hashtextextended(current_schema(), n)");
    snprintf(sql, sizeof sql, "SELECT %s FROM generate_series(%lld::BIGINT, %lld) n", call,
             (long long)first, (long long)last);
    PGresult *result = PQexec(connection->link, sql);
    if (!link_is_good(result))
        code = link_fail_by(connection, result);
    else if (*PQgetvalue(result, 0, 0) != 't')
        code = STORE_BUSY;
    PQclear(result);
    return code == STORE_OK && how != STORE_LOCK_AT_ONCE
               ? tell(connection, "SET LOCAL lock_timeout = 0")
               : code;
}

/* Whoever else had the same report has stored it by now; a server that was lost may be back. */
bool postgresql_again(struct postgresql *connection, uint32_t tries)
{
    enum { MOST_TRIES = 20, PAUSE_MS = 100, LONGEST_MS = 2000 };
    bool gone = PQstatus(connection->link) == CONNECTION_BAD;
    bool met =
        connection->lost == SQLITE_CONSTRAINT_UNIQUE || connection->lost == SQLITE_BUSY_SNAPSHOT;
    uint32_t pause = PAUSE_MS << (tries < 5 ? tries : 5);
    if (connection->within || tries >= MOST_TRIES || !(gone || met))
        return false;
    if (met && !gone)
        return true;
    /* As long as writers wait for each other. */
    if ((uint64_t)tries * LONGEST_MS > connection->wait)
        return false;
    const struct timespec time = {pause / 1000, (long)(pause % 1000) * 1000000};
    nanosleep(&time, NULL);
    return link_connect_again(connection) == STORE_OK ||
           PQstatus(connection->link) == CONNECTION_BAD;
}

/* ------------------------------------------------------------------ the connection */

int postgresql_open(const char *address, bool writable, uint32_t wait, struct postgresql **made)
{
    struct postgresql *connection = calloc(1, sizeof *connection);
    const char *const names[] = {"dbname", "client_encoding", "fallback_application_name", NULL};
    const char *const values[] = {address, "UTF8", "annals", NULL};
    *made = connection;
    if (connection == NULL)
        return STORE_NOMEM;
    connection->wait = wait;
    connection->writable = writable;
    connection->link = PQconnectdbParams(names, values, 1);
    if (connection->link == NULL)
        return link_fail(connection, STORE_NOMEM, "out of memory");
    connection->links = 1;
    return prepare_link(connection);
}

void postgresql_close(struct postgresql *connection)
{
    if (connection == NULL)
        return;
    PQfinish(connection->link);
    gathering_close(connection);
    search_words_close(connection->words);
    free(connection);
}

struct search_words *postgresql_words(struct postgresql *connection)
{
    if (connection->words == NULL)
        connection->words = search_words_open();
    return connection->words;
}

int postgresql_limit(struct postgresql *connection, uint32_t milliseconds)
{
    int code = link_settle(connection, NULL);
    bool same = connection->limit == milliseconds;
    connection->limit = milliseconds;
    return code == STORE_OK && !same ? set_limit(connection) : code;
}

int postgresql_execute(struct postgresql *connection, const char *sql)
{
    int code = gathering_write(connection);
    if (code == STORE_OK)
        code = link_settle(connection, NULL);
    if (code == STORE_OK)
        code = connection->failed;
    return code == STORE_OK ? tell(connection, sql) : code;
}

int postgresql_copy(struct postgresql *connection, const char *copy, const char *lines,
                    size_t length)
{
    int code = gathering_write(connection);
    if (code == STORE_OK)
        code = link_settle(connection, NULL);
    if (code != STORE_OK)
        return code;
    PGresult *result = PQexec(connection->link, copy);
    if (PQresultStatus(result) != PGRES_COPY_IN)
        code = link_fail_by(connection, result);
    PQclear(result);
    if (code == STORE_OK && (PQputCopyData(connection->link, lines, (int)length) != 1 ||
                             PQputCopyEnd(connection->link, NULL) != 1))
        code = link_fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    while ((result = PQgetResult(connection->link)) != NULL) {
        if (!link_is_good(result) && code == STORE_OK)
            code = link_fail_by(connection, result);
        PQclear(result);
    }
    return code;
}

int64_t postgresql_changes(struct postgresql *connection)
{
    gathering_write(connection);
    link_flush(connection);
    return connection->changes;
}

#endif
