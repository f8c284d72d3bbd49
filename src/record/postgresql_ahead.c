/* Asks one question for many keys at once, before the answers are wanted.
 *
 * What is asked for each report or cell by itself costs a way to the server and back each time.
 * Where it is known what will be asked, all keys go in one statement (a lateral join over an array
 * of them), and the question as it stands is then answered from memory, its rows in its own order.
 * The answers stand until the transaction ends; what they tell is as it was when they were asked,
 * so only what does not change meanwhile is asked ahead. Left out: questions whose first parameter
 * is no number. */
#include "record/postgresql.h"

#ifdef ANNALS_POSTGRESQL

#include "record/postgresql_link.h"

#include "bytes/hash.h"

#include <stdlib.h>
#include <string.h>

struct ahead {
    PGresult *result; /* rows with the number of their key as last column */
    struct ahead_key {
        int64_t key;
        int first, count; /* rows */
        bool used;
    } * slots;
    uint32_t slot_count;
    struct buffer others; /* the other parameters, as they were bound */
    unsigned transaction;
    int at, end; /* the rows of the key at hand */
};

void ahead_drop(struct postgresql_statement *statement)
{
    struct ahead *ahead = statement->ahead;
    if (ahead == NULL)
        return;
    if (statement->result == ahead->result)
        statement->result = NULL;
    PQclear(ahead->result);
    buffer_release(&ahead->others);
    free(ahead->slots);
    free(ahead);
    statement->ahead = NULL;
}

/* ------------------------------------------------------------------ asking */

static void add_others(const struct postgresql_statement *statement, struct buffer *others)
{
    for (int i = 2; i <= statement->dialect.parameters; i++) {
        const struct value *value = &statement->values[i];
        int length = value->bytes != NULL ? value->length : -1;
        buffer_add(others, (const char *)&length, sizeof length);
        if (value->bytes != NULL)
            buffer_add(others, value->bytes, (size_t)value->length);
    }
}

/* The statement for each key of an array. */
static void print_lateral(const struct postgresql_statement *statement, struct buffer *sql)
{
    buffer_add_string(sql, "SELECT q.*, k.place FROM unnest($1::BIGINT[]) WITH ORDINALITY AS k "
                           "(key, place) CROSS JOIN LATERAL (");
    for (const char *at = statement->dialect.sql.bytes; *at != '\0'; at++) {
        if (at[0] == '$' && at[1] == '1' && (at[2] < '0' || at[2] > '9')) {
            buffer_add_string(sql, "k.key");
            at++;
        } else {
            buffer_add_byte(sql, *at);
        }
    }
    /* It stays a query of its own, so that its rows come in its order. */
    buffer_add_string(sql, " OFFSET 0) AS q");
}

static PGresult *ask(struct postgresql_statement *statement, const int64_t *keys, uint32_t count)
{
    const char *values[DIALECT_PARAMETERS];
    int lengths[DIALECT_PARAMETERS], formats[DIALECT_PARAMETERS];
    Oid types[DIALECT_PARAMETERS];
    struct buffer sql, array;
    buffer_init(&sql);
    buffer_init(&array);
    print_lateral(statement, &sql);
    link_put_array(&array, TYPE_INT8, false, count);
    for (uint32_t i = 0; i < count; i++) {
        char element[12] = {0, 0, 0, 8};
        for (int j = 0; j < 8; j++)
            element[4 + j] = (char)((uint64_t)keys[i] >> (56 - 8 * j));
        buffer_add(&array, element, sizeof element);
    }
    for (int i = 0; i < statement->dialect.parameters; i++) {
        const struct value *value = &statement->values[i + 1];
        values[i] = i == 0 ? array.bytes : value->bytes;
        lengths[i] = i == 0 ? (int)array.length : value->length;
        formats[i] = 1;
        types[i] = i == 0 ? TYPE_INT8S : value->type;
    }
    PGresult *result =
        sql.failed || array.failed
            ? NULL
            : PQexecParams(statement->connection->link, sql.bytes, statement->dialect.parameters,
                           types, values, lengths, formats, 0);
    buffer_release(&sql);
    buffer_release(&array);
    return result;
}

/* ------------------------------------------------------------------ the keys */

static struct ahead_key *slot_of(struct ahead *ahead, int64_t key)
{
    uint32_t at = (uint32_t)hash_mix((uint64_t)key) & (ahead->slot_count - 1);
    while (ahead->slots[at].used && ahead->slots[at].key != key)
        at = (at + 1) & (ahead->slot_count - 1);
    return &ahead->slots[at];
}

/* Rows of one key stand together; false where they do not. */
static bool place_rows(struct ahead *ahead, const int64_t *keys, uint32_t count)
{
    int rows = PQntuples(ahead->result), last = PQnfields(ahead->result) - 1;
    ahead->slot_count = 16;
    while (ahead->slot_count < count * 2)
        ahead->slot_count *= 2;
    ahead->slots = calloc(ahead->slot_count, sizeof *ahead->slots);
    if (ahead->slots == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        *slot_of(ahead, keys[i]) = (struct ahead_key){.key = keys[i], .used = true};
    for (int row = 0; row < rows;) {
        long place = strtol(PQgetvalue(ahead->result, row, last), NULL, 10);
        int first = row;
        while (row < rows && strtol(PQgetvalue(ahead->result, row, last), NULL, 10) == place)
            row++;
        struct ahead_key *slot =
            place >= 1 && place <= (long)count ? slot_of(ahead, keys[place - 1]) : NULL;
        if (slot == NULL || slot->count > 0)
            return false;
        slot->first = first;
        slot->count = row - first;
    }
    return true;
}

static int by_key(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* Each key once; the memory is the caller's. */
static int64_t *unique_keys(const int64_t *keys, uint32_t *count)
{
    uint32_t kept = 0;
    int64_t *unique = malloc(*count * sizeof *unique);
    if (unique == NULL)
        return NULL;
    memcpy(unique, keys, *count * sizeof *unique);
    qsort(unique, *count, sizeof *unique, by_key);
    for (uint32_t i = 0; i < *count; i++)
        if (i == 0 || unique[i] != unique[i - 1])
            unique[kept++] = unique[i];
    *count = kept;
    return unique;
}

int postgresql_ahead(struct postgresql_statement *statement, const int64_t *keys, uint32_t count)
{
    struct postgresql *connection = statement->connection;
    postgresql_reset(statement);
    ahead_drop(statement);
    if (count == 0 || connection->failed != STORE_OK)
        return connection->failed;
    int code = gathering_write(connection);
    if (code == STORE_OK)
        code = link_settle(connection, NULL);
    if (code != STORE_OK)
        return code;
    int64_t *unique = unique_keys(keys, &count);
    struct ahead *ahead = calloc(1, sizeof *ahead);
    statement->ahead = ahead;
    if (ahead != NULL && unique != NULL) {
        buffer_init(&ahead->others);
        add_others(statement, &ahead->others);
        ahead->transaction = connection->transactions;
        ahead->result = ask(statement, unique, count);
    }
    if (ahead == NULL || unique == NULL || ahead->result == NULL || ahead->others.failed)
        code = link_fail(connection, STORE_NOMEM, "out of memory");
    else if (!link_is_good(ahead->result))
        code = link_fail_by(connection, ahead->result);
    else if (!place_rows(ahead, unique, count))
        code = link_fail(connection, STORE_ERROR, "an answer came in another order than asked");
    free(unique);
    if (code != STORE_OK)
        ahead_drop(statement);
    return code;
}

/* ------------------------------------------------------------------ answering */

static int64_t key_of(const struct value *value)
{
    uint64_t bits = 0;
    for (int i = 0; i < 8; i++)
        bits = bits << 8 | (unsigned char)value->bytes[i];
    return (int64_t)bits;
}

bool ahead_answers(struct postgresql_statement *statement)
{
    struct ahead *ahead = statement->ahead;
    const struct value *key = &statement->values[1];
    if (ahead == NULL || ahead->transaction != statement->connection->transactions ||
        key->bytes == NULL || key->type != TYPE_INT8)
        return false;
    struct ahead_key *slot = slot_of(ahead, key_of(key));
    struct buffer others;
    buffer_init(&others);
    add_others(statement, &others);
    bool same =
        slot->used && !others.failed && others.length == ahead->others.length &&
        (others.length == 0 || memcmp(others.bytes, ahead->others.bytes, others.length) == 0);
    buffer_release(&others);
    if (!same)
        return false;
    ahead->at = slot->first;
    ahead->end = slot->first + slot->count;
    statement->result = ahead->result;
    int columns = PQnfields(ahead->result) - 1;
    statement->columns = columns < MOST_COLUMNS ? columns : MOST_COLUMNS;
    return true;
}

bool ahead_next(struct postgresql_statement *statement)
{
    struct ahead *ahead = statement->ahead;
    if (ahead->at == ahead->end)
        return false;
    for (int i = 0; i < statement->columns; i++)
        statement->cells[i] = (struct cell){PQgetisnull(ahead->result, ahead->at, i)
                                                ? NULL
                                                : PQgetvalue(ahead->result, ahead->at, i),
                                            PQgetlength(ahead->result, ahead->at, i)};
    ahead->at++;
    return true;
}

#endif
