/* PostgreSQL's end of the door (store.h), by libpq: statements.
 *
 * A statement is translated when it is prepared (dialect.c) and made known to the server at its
 * second run, or at its first where it is kept. Rows that are only put in wait until something is
 * asked (postgresql_gathering.c). Left out: asking again what was under way when the connection was
 * lost; who writes a batch does it again (store_again). */
#include "record/postgresql.h"

#ifdef ANNALS_POSTGRESQL

#include "record/postgresql_link.h"

#include "record/gathered_forms.h"
#include "record/search_words.h"

#include <stdlib.h>
#include <string.h>

enum { PIPELINED = 200 };

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
        search_words_question(words, value->bytes, (size_t)value->length, made);
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
    if (statement->link != connection->links)
        statement->name[0] = '\0';
    if (statement->name[0] != '\0' &&
        memcmp(statement->types, sent->types, (size_t)count * sizeof *sent->types) == 0)
        return STORE_OK;
    int code = link_settle(connection, NULL);
    if (code != STORE_OK)
        return code;
    char old[40];
    snprintf(old, sizeof old, "DEALLOCATE %s", statement->name);
    if (statement->name[0] != '\0')
        PQclear(PQexec(connection->link, old));
    snprintf(statement->name, sizeof statement->name, "s%u", ++connection->names);
    statement->link = connection->links;
    memcpy(statement->types, sent->types, (size_t)count * sizeof *sent->types);
    PGresult *result = PQprepare(connection->link, statement->name, statement->dialect.sql.bytes,
                                 count, sent->types);
    if (!link_is_good(result)) {
        code = link_fail_by(connection, result);
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
    int code = link_settle(connection, NULL);
    if (code != STORE_OK)
        return code;
    if (!send_it(statement, sent) || !PQsetSingleRowMode(connection->link))
        return link_fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    connection->active = statement;
    return STORE_OK;
}

static int send_changes(struct postgresql_statement *statement, const struct sent *sent)
{
    struct postgresql *connection = statement->connection;
    int code = connection->active != NULL ? link_settle(connection, NULL) : STORE_OK;
    if (code != STORE_OK)
        return code;
    if (PQpipelineStatus(connection->link) == PQ_PIPELINE_OFF &&
        !PQenterPipelineMode(connection->link))
        return link_fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    if (!send_it(statement, sent)) {
        link_flush(connection);
        return link_fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    }
    /* Alone it is a transaction of its own, and ends here. */
    if (++connection->pending >= PIPELINED || !connection->within)
        return link_flush(connection);
    return STORE_OK;
}

static int start(struct postgresql_statement *statement)
{
    struct postgresql *connection = statement->connection;
    struct sent sent;
    int code = connection->failed != STORE_OK ? connection->failed : link_connect_again(connection);
    bool ends =
        statement->dialect.kind == DIALECT_COMMIT || statement->dialect.kind == DIALECT_ROLLBACK;
    if (code != STORE_OK && !ends)
        return code;
    switch (statement->dialect.kind) {
    case DIALECT_NOTHING:
        return STORE_OK;
    case DIALECT_BEGIN:
        return link_begin(connection);
    case DIALECT_COMMIT:
    case DIALECT_ROLLBACK:
        return link_end(connection, statement->dialect.kind == DIALECT_COMMIT);
    default:
        break;
    }
    if (statement->dialect.kind == DIALECT_ROWS && ahead_answers(statement)) {
        statement->from_ahead = true;
        return STORE_OK;
    }
    if (gathering_can(statement))
        return gathering_add(statement);
    code = gathering_write(connection);
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
    PGresult *result = link_receive(statement);
    if (result != NULL) {
        statement->result = result;
        statement->first_waits = true;
    }
    int columns = statement->result != NULL ? PQnfields(statement->result) : 0;
    statement->columns = columns < MOST_COLUMNS ? columns : MOST_COLUMNS;
}

int link_begin_rows(struct postgresql_statement *statement)
{
    statement->code = start(statement);
    statement->started = true;
    if (statement->code == STORE_OK && statement->dialect.kind == DIALECT_ROWS &&
        !statement->from_ahead)
        look_ahead(statement);
    return statement->code;
}

static int next_row(struct postgresql_statement *statement)
{
    for (int i = 0; i < statement->columns; i++)
        statement->texts[i].made = false;
    if (statement->from_ahead)
        return ahead_next(statement) ? STORE_ROW : end_rows(statement, STORE_OK);
    if (statement->first_waits) {
        statement->first_waits = false;
        show(statement);
        return STORE_ROW;
    }
    if (statement->connection->active == statement) {
        PGresult *result = link_receive(statement);
        if (result != NULL) {
            PQclear(statement->result);
            statement->result = result;
            show(statement);
            return STORE_ROW;
        }
    } else if (statement->packed_at < statement->packed_length) {
        link_unpack(statement);
        return STORE_ROW;
    }
    return end_rows(statement, statement->code);
}

int postgresql_step(struct postgresql_statement *statement)
{
    if (statement->done)
        postgresql_reset(statement);
    if (!statement->started && link_begin_rows(statement) != STORE_OK)
        return end_rows(statement, statement->code);
    return statement->dialect.kind == DIALECT_ROWS ? next_row(statement)
                                                   : end_rows(statement, STORE_OK);
}

int postgresql_reset(struct postgresql_statement *statement)
{
    int code = statement->code;
    if (statement->connection->active == statement)
        link_settle(statement->connection, statement);
    if (!statement->from_ahead)
        PQclear(statement->result);
    statement->result = NULL;
    statement->from_ahead = false;
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
        return link_fail(connection, STORE_NOMEM, "out of memory");
    }
    made->connection = connection;
    made->kept = kept;
    made->form = gathered_form_of(made->sql);
    const char *behind = "";
    if (!dialect_translate(made->sql, connection->schema, &made->dialect, &behind)) {
        postgresql_finalize(made);
        return link_fail(connection, STORE_NOMEM, "out of memory");
    }
    for (int i = 1; i <= made->dialect.parameters; i++)
        if (made->dialect.texts[i].text != NULL)
            postgresql_bind_text(made, i, made->dialect.texts[i].text,
                                 made->dialect.texts[i].length, false);
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
    ahead_drop(statement);
    if (statement->name[0] != '\0' && !statement->kept &&
        statement->link == statement->connection->links &&
        link_settle(statement->connection, NULL) == STORE_OK &&
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
/* In SQLite's words: one statement after the other. */
int postgresql_run(struct postgresql *connection, const char *sql)
{
    int code = STORE_OK;
    while (code == STORE_OK && sql[strspn(sql, " \t\r\n;")] != '\0') {
        struct postgresql_statement *statement;
        code = postgresql_prepare(connection, sql, false, &statement, &sql);
        while (code == STORE_OK && statement != NULL &&
               (code = postgresql_step(statement)) == STORE_ROW)
            code = STORE_OK;
        code = code == STORE_DONE ? STORE_OK : code;
        postgresql_finalize(statement);
    }
    return code;
}

#endif
