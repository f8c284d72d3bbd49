/* PostgreSQL's end of the door (store.h), by libpq.
 *
 * A statement is translated when it is prepared (dialect.c) and made known to the server at its
 * second run, or at its first where it is kept. What gives no rows is not waited for: within a
 * transaction it goes into libpq's pipeline (postgresql.org/docs/15/libpq-pipeline-mode.html), up
 * to PIPELINED at a time, and its failure shows at the next question or at the commit. Rows come
 * one by one (single-row mode); where another statement needs the connection meanwhile, those still
 * under way are first taken into memory, packed. Writers stand in line for an advisory lock that a
 * transaction holds, as SQLite has one writer at a time. Left out: asking again after the
 * connection was lost. */
#include "record/postgresql.h"

#include "record/dialect.h"
#include "record/search_words.h"
#include "record/store.h"

#ifdef ANNALS_POSTGRESQL

#include <libpq-fe.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PIPELINED = 200, MOST_COLUMNS = 100, LOCK_SPACE = 0x616e6e6c };

/* Types by their numbers (server: src/include/catalog/pg_type.dat). */
enum {
    TYPE_BOOL = 16,
    TYPE_BYTES = 17,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
    TYPE_FLOAT4 = 700,
    TYPE_FLOAT8 = 701,
    TYPE_NUMERIC = 1700
};

struct postgresql {
    PGconn *link;
    struct postgresql_statement *active; /* whose rows are under way */
    struct search_words *words;
    char schema[140]; /* quoted */
    unsigned names;   /* of prepared statements, so far */
    int pending;      /* statements in the pipeline */
    int code, failed; /* of the last call; of the transaction */
    int64_t changes;
    uint32_t wait;
    bool writable, within; /* a transaction */
    char message[400];
};

struct value {
    Oid type; /* 0: never bound */
    const char *bytes;
    int length;
    char room[8];
    char *copy;
};

struct postgresql_statement {
    struct postgresql *connection;
    char *sql;
    struct dialect dialect;
    struct value values[DIALECT_PARAMETERS + 1];
    Oid types[DIALECT_PARAMETERS + 1]; /* with which it was prepared */
    char name[16];                     /* at the server; empty: none */
    bool kept, ran, started, done;
    int code;
    /* The row: of `result` while rows are under way, else packed. */
    PGresult *result; /* also tells the columns */
    bool first_waits; /* `result` is a row that no step has given yet */
    char *packed;
    size_t packed_length, packed_room, packed_at;
    bool has_packed;
    int columns;
    struct cell {
        const char *bytes; /* NULL: null */
        int length;
    } cells[MOST_COLUMNS];
    struct text { /* a value in other words than the server's */
        char *bytes;
        size_t room;
        int length;
        bool made;
    } texts[MOST_COLUMNS];
};

/* ------------------------------------------------------------------ failures */

static int code_of(const char *state)
{
    static const struct {
        const char *state;
        int code;
    } codes[] = {{"40001", SQLITE_BUSY},      {"40P01", SQLITE_BUSY},     {"55P03", SQLITE_BUSY},
                 {"57014", SQLITE_INTERRUPT}, {"53200", SQLITE_NOMEM},    {"53100", SQLITE_FULL},
                 {"25006", SQLITE_READONLY},  {"42501", SQLITE_READONLY}, {"23", SQLITE_CONSTRAINT},
                 {"XX001", SQLITE_CORRUPT},   {"XX002", SQLITE_CORRUPT}};
    for (size_t i = 0; state != NULL && i < sizeof codes / sizeof codes[0]; i++)
        if (strncmp(state, codes[i].state, strlen(codes[i].state)) == 0)
            return codes[i].code;
    return STORE_ERROR;
}

static int fail(struct postgresql *connection, int code, const char *message)
{
    size_t length = strcspn(message, "\n");
    connection->code = code;
    snprintf(connection->message, sizeof connection->message, "%.*s", (int)length, message);
    if (connection->within && connection->failed == STORE_OK)
        connection->failed = code;
    return code;
}

static int fail_by(struct postgresql *connection, const PGresult *result)
{
    const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message =
        result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (PQstatus(connection->link) == CONNECTION_BAD || message == NULL)
        return fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    return fail(connection, code_of(state), message);
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

static bool is_good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
           status == PGRES_SINGLE_TUPLE || status == PGRES_PIPELINE_SYNC;
}

/* Waits for all that is in the pipeline. */
static int flush(struct postgresql *connection)
{
    PGresult *result;
    int code = STORE_OK, silent = 0;
    bool synced = false;
    if (PQpipelineStatus(connection->link) == PQ_PIPELINE_OFF)
        return STORE_OK;
    if (!PQpipelineSync(connection->link))
        return fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    /* Each statement's results end with NULL; two in a row without the sync: the link is gone. */
    while (!synced && silent < 2) {
        result = PQgetResult(connection->link);
        silent = result == NULL ? silent + 1 : 0;
        if (result == NULL)
            continue;
        synced = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        if (PQresultStatus(result) == PGRES_COMMAND_OK)
            connection->changes = strtoll(PQcmdTuples(result), NULL, 10);
        else if (!is_good(result) && code == STORE_OK)
            code = fail_by(connection, result);
        PQclear(result);
    }
    if (!synced && code == STORE_OK)
        code = fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
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

static void unpack(struct postgresql_statement *statement)
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
static PGresult *receive(struct postgresql_statement *statement)
{
    struct postgresql *connection = statement->connection;
    PGresult *result = PQgetResult(connection->link);
    if (result != NULL && PQresultStatus(result) == PGRES_SINGLE_TUPLE)
        return result;
    if (result == NULL || !is_good(result))
        statement->code = fail_by(connection, result);
    if (statement->result == NULL && result != NULL && is_good(result))
        statement->result = result; /* no row: it tells the columns all the same */
    else
        PQclear(result);
    while ((result = PQgetResult(connection->link)) != NULL)
        PQclear(result);
    connection->active = NULL;
    return NULL;
}

/* Takes the rows that are under way out of the connection's way; those of `wanted` are kept. */
static int settle(struct postgresql *connection, const struct postgresql_statement *wanted)
{
    struct postgresql_statement *active = connection->active;
    PGresult *result;
    int code = flush(connection);
    while (connection->active != NULL && (result = receive(active)) != NULL) {
        if (active != wanted && !pack(active, result))
            active->code = fail(connection, STORE_NOMEM, "out of memory");
        active->has_packed = true;
        PQclear(result);
    }
    return code;
}

/* ------------------------------------------------------------------ running */

/* What the server is told of values: all in binary, which for text is the text. */
struct sent {
    const char *values[DIALECT_PARAMETERS];
    int lengths[DIALECT_PARAMETERS], formats[DIALECT_PARAMETERS];
    Oid types[DIALECT_PARAMETERS];
    struct buffer words[DIALECT_PARAMETERS]; /* made of texts and questions */
};

static void send_words(struct postgresql_statement *statement, int number, struct sent *sent)
{
    struct value *value = &statement->values[number];
    struct search_words *words = postgresql_words(statement->connection);
    struct buffer *made = &sent->words[number - 1];
    if (words == NULL || value->bytes == NULL)
        return;
    if (statement->dialect.uses[number] == DIALECT_WORDS)
        search_words_vector(words, value->bytes, (size_t)value->length,
                            number < statement->dialect.parameters, made);
    else
        search_words_question(words, value->bytes, made);
    sent->values[number - 1] = made->bytes != NULL ? made->bytes : "";
    sent->lengths[number - 1] = (int)made->length;
}

static void fill(struct postgresql_statement *statement, struct sent *sent)
{
    for (int i = 1; i <= statement->dialect.parameters; i++) {
        struct value *value = &statement->values[i];
        sent->values[i - 1] = value->bytes;
        sent->lengths[i - 1] = value->length;
        sent->formats[i - 1] = 1;
        sent->types[i - 1] = value->type;
        /* Of what is never bound the server cannot always tell the type. */
        if (value->type == 0 && statement->dialect.kind == DIALECT_ROWS)
            sent->types[i - 1] = TYPE_TEXT;
        buffer_init(&sent->words[i - 1]);
        if (statement->dialect.uses[i] != DIALECT_PLAIN)
            send_words(statement, i, sent);
    }
}

static void release(struct postgresql_statement *statement, struct sent *sent)
{
    for (int i = 0; i < statement->dialect.parameters; i++)
        buffer_release(&sent->words[i]);
}

/* Makes the statement known to the server; anew where values have other types than before. */
static int make_known(struct postgresql_statement *statement, const struct sent *sent)
{
    struct postgresql *connection = statement->connection;
    int count = statement->dialect.parameters;
    if (statement->name[0] != '\0' &&
        memcmp(statement->types, sent->types, (size_t)count * sizeof *sent->types) == 0)
        return STORE_OK;
    int code = settle(connection, NULL);
    if (code != STORE_OK)
        return code;
    char old[40];
    snprintf(old, sizeof old, "DEALLOCATE %s", statement->name);
    if (statement->name[0] != '\0')
        PQclear(PQexec(connection->link, old));
    snprintf(statement->name, sizeof statement->name, "s%u", ++connection->names);
    memcpy(statement->types, sent->types, (size_t)count * sizeof *sent->types);
    PGresult *result = PQprepare(connection->link, statement->name, statement->dialect.sql.bytes,
                                 count, sent->types);
    if (!is_good(result)) {
        code = fail_by(connection, result);
        statement->name[0] = '\0';
    }
    PQclear(result);
    return code;
}

static bool send_it(struct postgresql_statement *statement, const struct sent *sent)
{
    PGconn *link = statement->connection->link;
    int count = statement->dialect.parameters;
    return statement->name[0] != '\0'
               ? PQsendQueryPrepared(link, statement->name, count, sent->values, sent->lengths,
                                     sent->formats, 0)
               : PQsendQueryParams(link, statement->dialect.sql.bytes, count, sent->types,
                                   sent->values, sent->lengths, sent->formats, 0);
}

static int send_rows(struct postgresql_statement *statement, const struct sent *sent)
{
    struct postgresql *connection = statement->connection;
    int code = settle(connection, NULL);
    if (code != STORE_OK)
        return code;
    if (!send_it(statement, sent) || !PQsetSingleRowMode(connection->link))
        return fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    connection->active = statement;
    return STORE_OK;
}

static int send_changes(struct postgresql_statement *statement, const struct sent *sent)
{
    struct postgresql *connection = statement->connection;
    int code = connection->active != NULL ? settle(connection, NULL) : STORE_OK;
    if (code != STORE_OK)
        return code;
    if (PQpipelineStatus(connection->link) == PQ_PIPELINE_OFF &&
        !PQenterPipelineMode(connection->link))
        return fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    if (!send_it(statement, sent)) {
        flush(connection);
        return fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    }
    /* Alone it is a transaction of its own, and ends here. */
    if (++connection->pending >= PIPELINED || !connection->within)
        return flush(connection);
    return STORE_OK;
}

/* One text of SQL whose result is of no interest. */
static int tell(struct postgresql *connection, const char *sql)
{
    PGresult *result = PQexec(connection->link, sql);
    int code = is_good(result) ? STORE_OK : fail_by(connection, result);
    PQclear(result);
    return code;
}

static int begin(struct postgresql *connection)
{
    char lock[200];
    int code = settle(connection, NULL);
    if (code == STORE_OK)
        code = tell(connection, connection->writable
                                    ? "BEGIN"
                                    : "BEGIN ISOLATION LEVEL REPEATABLE READ");
    if (code != STORE_OK)
        return code;
    connection->within = true;
    connection->failed = STORE_OK;
    snprintf(lock, sizeof lock,
             "SET LOCAL lock_timeout = %u; SELECT pg_advisory_xact_lock(%d, "
             "hashtext(current_schema())); SET LOCAL lock_timeout = 0",
             connection->wait > 0 ? connection->wait : 1, LOCK_SPACE);
    if (connection->writable)
        code = tell(connection, lock);
    if (code != STORE_OK) {
        char message[sizeof connection->message];
        memcpy(message, connection->message, sizeof message);
        tell(connection, "ROLLBACK");
        connection->within = false;
        connection->failed = STORE_OK;
        fail(connection, code, message);
    }
    return code;
}

/* A commit of what has failed is none. */
static int end(struct postgresql *connection, bool commit)
{
    settle(connection, NULL);
    int code = commit ? connection->failed : STORE_OK;
    if (code == STORE_OK) {
        code = tell(connection, commit ? "COMMIT" : "ROLLBACK");
        connection->within = connection->within && commit && code != STORE_OK;
        if (!connection->within)
            connection->failed = STORE_OK;
    }
    return code;
}

static int start(struct postgresql_statement *statement)
{
    struct postgresql *connection = statement->connection;
    struct sent sent;
    int code = connection->failed;
    switch (statement->dialect.kind) {
    case DIALECT_NOTHING:
        return STORE_OK;
    case DIALECT_BEGIN:
        return begin(connection);
    case DIALECT_COMMIT:
    case DIALECT_ROLLBACK:
        return end(connection, statement->dialect.kind == DIALECT_COMMIT);
    default:
        break;
    }
    if (code != STORE_OK)
        return code;
    fill(statement, &sent);
    if (statement->kept || statement->ran)
        code = make_known(statement, &sent);
    if (code == STORE_OK)
        code = statement->dialect.kind == DIALECT_ROWS ? send_rows(statement, &sent)
                                                       : send_changes(statement, &sent);
    statement->ran = true;
    release(statement, &sent);
    return code;
}

/* ------------------------------------------------------------------ stepping */

static int end_rows(struct postgresql_statement *statement, int code)
{
    statement->code = code;
    statement->done = true;
    return code == STORE_OK ? STORE_DONE : code;
}

static void show(struct postgresql_statement *statement)
{
    for (int i = 0; i < statement->columns; i++)
        statement->cells[i] = (struct cell){
            PQgetisnull(statement->result, 0, i) ? NULL : PQgetvalue(statement->result, 0, i),
            PQgetlength(statement->result, 0, i)};
}

/* The first row, so that the columns are known. */
static void look_ahead(struct postgresql_statement *statement)
{
    PGresult *result = receive(statement);
    if (result != NULL) {
        statement->result = result;
        statement->first_waits = true;
    }
    int columns = statement->result != NULL ? PQnfields(statement->result) : 0;
    statement->columns = columns < MOST_COLUMNS ? columns : MOST_COLUMNS;
}

static int begin_rows(struct postgresql_statement *statement)
{
    statement->code = start(statement);
    statement->started = true;
    if (statement->code == STORE_OK && statement->dialect.kind == DIALECT_ROWS)
        look_ahead(statement);
    return statement->code;
}

static int next_row(struct postgresql_statement *statement)
{
    for (int i = 0; i < statement->columns; i++)
        statement->texts[i].made = false;
    if (statement->first_waits) {
        statement->first_waits = false;
        show(statement);
        return STORE_ROW;
    }
    if (statement->connection->active == statement) {
        PGresult *result = receive(statement);
        if (result != NULL) {
            PQclear(statement->result);
            statement->result = result;
            show(statement);
            return STORE_ROW;
        }
    } else if (statement->packed_at < statement->packed_length) {
        unpack(statement);
        return STORE_ROW;
    }
    return end_rows(statement, statement->code);
}

int postgresql_step(struct postgresql_statement *statement)
{
    if (statement->done)
        postgresql_reset(statement);
    if (!statement->started && begin_rows(statement) != STORE_OK)
        return end_rows(statement, statement->code);
    return statement->dialect.kind == DIALECT_ROWS ? next_row(statement)
                                                   : end_rows(statement, STORE_OK);
}

int postgresql_reset(struct postgresql_statement *statement)
{
    int code = statement->code;
    if (statement->connection->active == statement)
        settle(statement->connection, statement);
    PQclear(statement->result);
    statement->result = NULL;
    statement->started = statement->done = statement->first_waits = statement->has_packed = false;
    statement->packed_at = statement->packed_length = 0;
    statement->code = STORE_OK;
    return code;
}

bool postgresql_is_busy(const struct postgresql_statement *statement)
{
    return statement->started && !statement->done;
}

/* ------------------------------------------------------------------ statements */

int postgresql_prepare(struct postgresql *connection, const char *sql, bool kept,
                       struct postgresql_statement **statement, const char **rest)
{
    *statement = NULL;
    if (sql[strspn(sql, " \t\r\n;")] == '\0')
        return STORE_OK;
    struct postgresql_statement *made = calloc(1, sizeof *made);
    if (made != NULL)
        made->sql = strdup(sql);
    if (made == NULL || made->sql == NULL) {
        free(made);
        return fail(connection, STORE_NOMEM, "out of memory");
    }
    made->connection = connection;
    made->kept = kept;
    const char *behind = "";
    if (!dialect_translate(made->sql, connection->schema, &made->dialect, &behind)) {
        postgresql_finalize(made);
        return fail(connection, STORE_NOMEM, "out of memory");
    }
    if (rest != NULL)
        *rest = sql + (*behind != '\0' ? behind - made->sql : (ptrdiff_t)strlen(sql));
    *statement = made;
    return STORE_OK;
}

void postgresql_finalize(struct postgresql_statement *statement)
{
    if (statement == NULL)
        return;
    postgresql_reset(statement);
    if (statement->name[0] != '\0' && !statement->kept &&
        settle(statement->connection, NULL) == STORE_OK &&
        statement->connection->failed == STORE_OK) {
        char old[40];
        snprintf(old, sizeof old, "DEALLOCATE %s", statement->name);
        PQclear(PQexec(statement->connection->link, old));
    }
    for (int i = 0; i <= DIALECT_PARAMETERS; i++)
        free(statement->values[i].copy);
    for (int i = 0; i < MOST_COLUMNS; i++)
        free(statement->texts[i].bytes);
    dialect_release(&statement->dialect);
    free(statement->packed);
    free(statement->sql);
    free(statement);
}

bool postgresql_is_reading(const struct postgresql_statement *statement)
{
    return statement->dialect.kind == DIALECT_ROWS;
}

const char *postgresql_sql(const struct postgresql_statement *statement)
{
    return statement->sql;
}

int postgresql_parameter(struct postgresql_statement *statement, const char *name)
{
    size_t length = strlen(name);
    for (int i = 1; i <= statement->dialect.parameters; i++)
        if (statement->dialect.names[i].length == length &&
            memcmp(statement->dialect.names[i].text, name, length) == 0)
            return i;
    return 0;
}

/* ------------------------------------------------------------------ values in */

/* A parameter that the statement has; NULL for others, which do no harm. */
static struct value *place_of(struct postgresql_statement *statement, int parameter, Oid type)
{
    if (parameter < 1 || parameter > statement->dialect.parameters)
        return NULL;
    struct value *value = &statement->values[parameter];
    value->type = type;
    return value;
}

/* As it travels: the highest byte first. */
static void put_binary(struct value *value, uint64_t bits)
{
    for (int i = 0; i < 8; i++)
        value->room[i] = (char)(bits >> (56 - 8 * i));
    value->bytes = value->room;
    value->length = 8;
}

int postgresql_bind_int64(struct postgresql_statement *statement, int parameter, int64_t number)
{
    struct value *value = place_of(statement, parameter, TYPE_INT8);
    if (value != NULL)
        put_binary(value, (uint64_t)number);
    return STORE_OK;
}

int postgresql_bind_double(struct postgresql_statement *statement, int parameter, double number)
{
    struct value *value = place_of(statement, parameter, TYPE_FLOAT8);
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    if (value != NULL && isnan(number))
        value->bytes = NULL;
    else if (value != NULL)
        put_binary(value, bits);
    return STORE_OK;
}

int postgresql_bind_text(struct postgresql_statement *statement, int parameter, const char *text,
                         uint64_t length, bool lasting)
{
    struct value *value = place_of(statement, parameter, TYPE_TEXT);
    if (value == NULL)
        return STORE_OK;
    value->bytes = text;
    value->length = (int)length;
    if (text == NULL || lasting)
        return STORE_OK;
    char *copy = realloc(value->copy, length + 1);
    if (copy == NULL)
        return fail(statement->connection, STORE_NOMEM, "out of memory");
    memcpy(copy, text, length);
    value->bytes = value->copy = copy;
    return STORE_OK;
}

int postgresql_bind_blob(struct postgresql_statement *statement, int parameter, const void *bytes,
                         uint64_t length)
{
    struct value *value = place_of(statement, parameter, TYPE_BYTES);
    if (value != NULL) {
        value->bytes = bytes;
        value->length = (int)length;
    }
    return STORE_OK;
}

/* Types stay: a number that is NULL now is a number. */
void postgresql_clear(struct postgresql_statement *statement)
{
    for (int i = 1; i <= statement->dialect.parameters; i++)
        statement->values[i].bytes = NULL;
}

/* ------------------------------------------------------------------ values out */

int postgresql_columns(struct postgresql_statement *row)
{
    if (!row->started)
        begin_rows(row);
    return row->columns;
}

const char *postgresql_column_name(struct postgresql_statement *row, int column)
{
    return column < postgresql_columns(row) ? PQfname(row->result, column) : NULL;
}

static Oid type_of(const struct postgresql_statement *row, int column)
{
    return row->result != NULL ? PQftype(row->result, column) : TYPE_TEXT;
}

int postgresql_type(struct postgresql_statement *row, int column)
{
    if (column >= row->columns || row->cells[column].bytes == NULL)
        return STORE_NULL;
    switch (type_of(row, column)) {
    case TYPE_BOOL:
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
        return STORE_INTEGER;
    case TYPE_FLOAT4:
    case TYPE_FLOAT8:
        return STORE_REAL;
    case TYPE_NUMERIC: /* sums of whole numbers are whole */
        return strchr(row->cells[column].bytes, '.') == NULL ? STORE_INTEGER : STORE_REAL;
    case TYPE_BYTES:
        return STORE_BLOB;
    default:
        return STORE_TEXT;
    }
}

int64_t postgresql_int64(struct postgresql_statement *row, int column)
{
    if (column >= row->columns || row->cells[column].bytes == NULL)
        return 0;
    const char *bytes = row->cells[column].bytes;
    return type_of(row, column) == TYPE_BOOL ? *bytes == 't' : strtoll(bytes, NULL, 10);
}

double postgresql_double(struct postgresql_statement *row, int column)
{
    if (column >= row->columns || row->cells[column].bytes == NULL)
        return 0;
    return type_of(row, column) == TYPE_BOOL ? (double)postgresql_int64(row, column)
                                             : strtod(row->cells[column].bytes, NULL);
}

static char *room_for(struct text *text, size_t size)
{
    if (text->room < size) {
        free(text->bytes);
        text->bytes = malloc(size);
        text->room = text->bytes != NULL ? size : 0;
    }
    text->made = text->bytes != NULL;
    return text->bytes;
}

static int hexadecimal(char digit)
{
    return digit <= '9' ? digit - '0' : (digit | 32) - 'a' + 10;
}

/* Numbers and truths as SQLite writes them; bytes as they are. */
static void make_text(struct postgresql_statement *row, int column)
{
    const struct cell *cell = &row->cells[column];
    struct text *text = &row->texts[column];
    Oid type = type_of(row, column);
    if (text->made)
        return;
    if (type == TYPE_BYTES) {
        size_t length = cell->length > 2 ? (size_t)(cell->length - 2) / 2 : 0;
        if (room_for(text, length + 1) == NULL)
            return;
        for (size_t i = 0; i < length; i++)
            text->bytes[i] = (char)(hexadecimal(cell->bytes[2 + 2 * i]) << 4 |
                                    hexadecimal(cell->bytes[3 + 2 * i]));
        text->bytes[length] = '\0';
        text->length = (int)length;
    } else if (room_for(text, 40) != NULL) {
        if (type == TYPE_BOOL)
            sqlite3_snprintf(40, text->bytes, "%d", *cell->bytes == 't');
        else
            sqlite3_snprintf(40, text->bytes, "%!.15g", strtod(cell->bytes, NULL));
        text->length = (int)strlen(text->bytes);
    }
}

static bool is_worded_apart(const struct postgresql_statement *row, int column)
{
    Oid type = type_of(row, column);
    return type == TYPE_BOOL || type == TYPE_FLOAT4 || type == TYPE_FLOAT8 || type == TYPE_BYTES;
}

const char *postgresql_text(struct postgresql_statement *row, int column)
{
    if (column >= row->columns || row->cells[column].bytes == NULL)
        return NULL;
    if (!is_worded_apart(row, column))
        return row->cells[column].bytes;
    make_text(row, column);
    return row->texts[column].made ? row->texts[column].bytes : NULL;
}

const void *postgresql_blob(struct postgresql_statement *row, int column)
{
    return postgresql_text(row, column);
}

int postgresql_bytes(struct postgresql_statement *row, int column)
{
    if (postgresql_text(row, column) == NULL)
        return 0;
    return is_worded_apart(row, column) ? row->texts[column].length : row->cells[column].length;
}

/* ------------------------------------------------------------------ the connection */

static void be_silent(void *context, const char *message)
{
    (void)context, (void)message;
}

static int read_schema(struct postgresql *connection)
{
    PGresult *result = PQexec(connection->link, "SELECT quote_ident(current_schema())");
    int code = is_good(result) ? STORE_OK : fail_by(connection, result);
    if (code == STORE_OK)
        snprintf(connection->schema, sizeof connection->schema, "%s", PQgetvalue(result, 0, 0));
    if (code == STORE_OK && connection->schema[0] == '\0')
        code = fail(connection, STORE_ERROR, "no schema of the search path is there");
    PQclear(result);
    return code;
}

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
        return fail(connection, STORE_NOMEM, "out of memory");
    if (PQstatus(connection->link) != CONNECTION_OK)
        return fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    PQsetNoticeProcessor(connection->link, be_silent, NULL);
    int code =
        tell(connection, writable ? "SET TIME ZONE 'UTC'"
                                  : "SET TIME ZONE 'UTC'; SET default_transaction_read_only = on");
    return code == STORE_OK ? read_schema(connection) : code;
}

void postgresql_close(struct postgresql *connection)
{
    if (connection == NULL)
        return;
    PQfinish(connection->link);
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
    char sql[60];
    int code = settle(connection, NULL);
    snprintf(sql, sizeof sql, "SET statement_timeout = %u", milliseconds);
    return code == STORE_OK ? tell(connection, sql) : code;
}

int postgresql_execute(struct postgresql *connection, const char *sql)
{
    int code = settle(connection, NULL);
    if (code == STORE_OK)
        code = connection->failed;
    return code == STORE_OK ? tell(connection, sql) : code;
}

int postgresql_copy(struct postgresql *connection, const char *copy, const char *lines,
                    size_t length)
{
    int code = settle(connection, NULL);
    if (code != STORE_OK)
        return code;
    PGresult *result = PQexec(connection->link, copy);
    if (PQresultStatus(result) != PGRES_COPY_IN)
        code = fail_by(connection, result);
    PQclear(result);
    if (code == STORE_OK && (PQputCopyData(connection->link, lines, (int)length) != 1 ||
                             PQputCopyEnd(connection->link, NULL) != 1))
        code = fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    while ((result = PQgetResult(connection->link)) != NULL) {
        if (!is_good(result) && code == STORE_OK)
            code = fail_by(connection, result);
        PQclear(result);
    }
    return code;
}

/* In SQLite's words: one statement after the other. */
int postgresql_run(struct postgresql *connection, const char *sql)
{
    int code = STORE_OK;
    while (code == STORE_OK && sql[strspn(sql, " \t\r\n;")] != '\0') {
        struct postgresql_statement *statement;
        code = postgresql_prepare(connection, sql, false, &statement, &sql);
        while (code == STORE_OK && (code = postgresql_step(statement)) == STORE_ROW)
            code = STORE_OK;
        code = code == STORE_DONE ? STORE_OK : code;
        postgresql_finalize(statement);
    }
    return code;
}

int64_t postgresql_changes(struct postgresql *connection)
{
    flush(connection);
    return connection->changes;
}

#endif
