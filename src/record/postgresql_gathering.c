/* Gathers rows and changes on their way to PostgreSQL and writes them as few statements.
 *
 * A report makes some 170 rows. One by one each costs the server a message, a look at its plan and
 * an insertion by itself; what costs next to nothing is the row. So within a transaction they wait
 * here, column by column, until something is asked or the transaction ends, and then go as one COPY
 * a table (postgresql.org/docs/15/sql-copy.html, binary format) or as one statement over arrays.
 * All COPYs are one message, so that a batch of reports is a few ways there and back, however many
 * rows it has. COPY does not know row-level security: where that holds for the user (not the
 * owner), rows go in by INSERT of arrays. What waits is bounded; more is written before.
 *
 * Left out: statements in whose order there is a meaning (gathered_forms.c lists those without). */
#include "record/postgresql.h"

#ifdef ANNALS_POSTGRESQL

#include "record/postgresql_link.h"

#include "bytes/hash.h"
#include "record/gathered_forms.h"
#include "record/search_words.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 8 << 20, MENTION_BYTES = 12 };

/* What waits of one form. Of each value the length (-1: NULL), then the bytes, as COPY and arrays
 * both have them. */
struct waiting {
    struct buffer columns[GATHERED_COLUMNS];
    uint32_t rows;
    bool has_null[GATHERED_COLUMNS];
};

struct gathering {
    struct waiting waiting[GATHERED_FORMS];
    size_t bytes;
    bool any;
    /* Rows of actor_mentions by hash: a number + 1. */
    uint32_t *slots, slot_count;
    /* The words that were cut last: claims of one sentence come one after the other. */
    struct buffer words;
    const char *cut;
    int cut_length;
};

/* ------------------------------------------------------------------ bytes */

static void put_number(struct buffer *buffer, uint64_t number, int bytes)
{
    char room[8];
    for (int i = 0; i < bytes; i++)
        room[i] = (char)(number >> (8 * (bytes - 1 - i)));
    buffer_add(buffer, room, (size_t)bytes);
}

static int32_t length_at(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;
    return (int32_t)((uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 |
                     byte[3]);
}

static void add_value(struct gathering *gathering, struct waiting *waiting, int column,
                      const char *bytes, int length)
{
    struct buffer *buffer = &waiting->columns[column];
    put_number(buffer, bytes != NULL ? (uint32_t)length : UINT32_MAX, 4);
    if (bytes != NULL)
        buffer_add(buffer, bytes, (size_t)length);
    else
        waiting->has_null[column] = true;
    gathering->bytes += 4 + (bytes != NULL ? (size_t)length : 0);
}

/* ------------------------------------------------------------------ gathering */

static struct gathering *gathering_of(struct postgresql *connection)
{
    if (connection->gathering == NULL)
        connection->gathering = calloc(1, sizeof *connection->gathering);
    return connection->gathering;
}

void gathering_drop(struct postgresql *connection)
{
    struct gathering *gathering = connection->gathering;
    if (gathering == NULL)
        return;
    for (int i = 0; i < GATHERED_FORMS; i++) {
        struct waiting *waiting = &gathering->waiting[i];
        for (int j = 0; waiting->rows > 0 && j < GATHERED_COLUMNS; j++) {
            buffer_clear(&waiting->columns[j]);
            waiting->has_null[j] = false;
        }
        waiting->rows = 0;
    }
    if (gathering->slots != NULL)
        memset(gathering->slots, 0, gathering->slot_count * sizeof *gathering->slots);
    gathering->bytes = 0;
    gathering->any = false;
    gathering->cut = NULL;
}

void gathering_close(struct postgresql *connection)
{
    struct gathering *gathering = connection->gathering;
    if (gathering == NULL)
        return;
    for (int i = 0; i < GATHERED_FORMS; i++)
        for (int j = 0; j < GATHERED_COLUMNS; j++)
            buffer_release(&gathering->waiting[i].columns[j]);
    buffer_release(&gathering->words);
    free(gathering->slots);
    free(gathering);
    connection->gathering = NULL;
}

static bool has_type(const struct value *value, char type)
{
    Oid wanted = type == 'i'   ? TYPE_INT8
                 : type == 'd' ? TYPE_FLOAT8
                 : type == 'b' ? TYPE_BYTES
                               : TYPE_TEXT;
    return value->bytes == NULL || value->type == wanted;
}

/* The words of the last parameter, of a title before it if there is one. */
static bool add_words(struct postgresql_statement *statement, struct waiting *waiting, int column)
{
    struct gathering *gathering = statement->connection->gathering;
    int count = statement->dialect.parameters;
    const struct value *text = &statement->values[count];
    const struct value *title = count > column + 1 ? &statement->values[column + 1] : NULL;
    struct search_words *words = postgresql_words(statement->connection);
    if (words == NULL)
        return false;
    if (title != NULL || gathering->cut == NULL || gathering->cut != text->bytes ||
        gathering->cut_length != text->length) {
        buffer_clear(&gathering->words);
        search_words_pack(words, title != NULL ? title->bytes : NULL,
                          title != NULL && title->bytes != NULL ? (size_t)title->length : 0,
                          text->bytes, text->bytes != NULL ? (size_t)text->length : 0,
                          &gathering->words);
        gathering->cut = text->bytes;
        gathering->cut_length = text->length;
    }
    add_value(gathering, waiting, column, gathering->words.bytes, (int)gathering->words.length);
    return !gathering->words.failed;
}

static bool grow_slots(struct gathering *gathering, const struct waiting *waiting)
{
    uint32_t count = gathering->slot_count == 0 ? 1 << 12 : gathering->slot_count * 2;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (slots == NULL)
        return false;
    for (uint32_t i = 0; i < gathering->slot_count; i++) {
        uint32_t row = gathering->slots[i];
        if (row == 0)
            continue;
        uint64_t hash = 0;
        for (int j = 0; j < 4; j++)
            hash = hash_join(
                hash, hash_bytes(waiting->columns[j].bytes + (size_t)(row - 1) * MENTION_BYTES,
                                 MENTION_BYTES));
        uint32_t at = (uint32_t)hash & (count - 1);
        while (slots[at] != 0)
            at = (at + 1) & (count - 1);
        slots[at] = row;
    }
    free(gathering->slots);
    gathering->slots = slots;
    gathering->slot_count = count;
    return true;
}

/* Whether the row that was put in last was there already; else it is noted. All values of it are
 * numbers. */
static bool is_repeated(struct gathering *gathering, const struct waiting *waiting)
{
    uint32_t last = waiting->rows - 1;
    if (waiting->rows * 2 >= gathering->slot_count && !grow_slots(gathering, waiting))
        return false;
    uint64_t hash = 0;
    for (int j = 0; j < 4; j++)
        hash = hash_join(hash, hash_bytes(waiting->columns[j].bytes + (size_t)last * MENTION_BYTES,
                                          MENTION_BYTES));
    uint32_t at = (uint32_t)hash & (gathering->slot_count - 1);
    for (; gathering->slots[at] != 0; at = (at + 1) & (gathering->slot_count - 1)) {
        bool same = true;
        for (int j = 0; j < 4 && same; j++)
            same = memcmp(waiting->columns[j].bytes + (size_t)last * MENTION_BYTES,
                          waiting->columns[j].bytes +
                              (size_t)(gathering->slots[at] - 1) * MENTION_BYTES,
                          MENTION_BYTES) == 0;
        if (same)
            return true;
    }
    gathering->slots[at] = last + 1;
    return false;
}

static void drop_last(struct waiting *waiting)
{
    waiting->rows--;
    for (int j = 0; j < 4; j++) {
        waiting->columns[j].length -= MENTION_BYTES;
        waiting->columns[j].bytes[waiting->columns[j].length] = '\0';
    }
}

bool gathering_can(const struct postgresql_statement *statement)
{
    if (statement->form < 0 || !statement->connection->within)
        return false;
    const char *types = gathered_forms[statement->form].types;
    for (int i = 0; types[i] != '\0' && types[i] != 'w'; i++)
        if (!has_type(&statement->values[i + 1], types[i]))
            return false;
    /* Repeated rows are known by values of one length. */
    for (int i = 0; types[i] != '\0' && statement->form == GATHERED_MENTIONS; i++)
        if (statement->values[i + 1].bytes == NULL)
            return false;
    return true;
}

int gathering_add(struct postgresql_statement *statement)
{
    struct postgresql *connection = statement->connection;
    struct gathering *gathering = gathering_of(connection);
    const struct gathered_form *form = &gathered_forms[statement->form];
    bool good = gathering != NULL;
    if (!good)
        return link_fail(connection, STORE_NOMEM, "out of memory");
    struct waiting *waiting = &gathering->waiting[statement->form];
    gathering->any = true;
    waiting->rows++;
    for (int i = 0; form->types[i] != '\0' && good; i++) {
        const struct value *value = &statement->values[i + 1];
        if (form->types[i] == 'w')
            good = add_words(statement, waiting, i);
        else
            add_value(gathering, waiting, i, value->bytes, value->length);
        good = good && !waiting->columns[i].failed;
    }
    if (!good)
        return link_fail(connection, STORE_NOMEM, "out of memory");
    if (statement->form == GATHERED_MENTIONS && is_repeated(gathering, waiting))
        drop_last(waiting);
    return gathering->bytes > MOST_BYTES ? gathering_write(connection) : STORE_OK;
}

/* ------------------------------------------------------------------ COPY */

static const char copy_head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"; /* and a NUL of C's own */

/* The rows of one table, as COPY takes them. */
static int send_rows(struct postgresql *connection, const struct waiting *waiting, int columns,
                     struct buffer *made)
{
    size_t at[GATHERED_COLUMNS] = {0};
    buffer_clear(made);
    buffer_add(made, copy_head, sizeof copy_head - 1);
    for (uint32_t row = 0; row < waiting->rows; row++) {
        put_number(made, (uint64_t)columns, 2);
        for (int i = 0; i < columns; i++) {
            const char *value = waiting->columns[i].bytes + at[i];
            int32_t length = length_at(value);
            size_t size = 4 + (length > 0 ? (size_t)length : 0);
            buffer_add(made, value, size);
            at[i] += size;
        }
    }
    put_number(made, 0xffff, 2);
    if (made->failed)
        return link_fail(connection, STORE_NOMEM, "out of memory");
    if (PQputCopyData(connection->link, made->bytes, (int)made->length) != 1 ||
        PQputCopyEnd(connection->link, NULL) != 1)
        return link_fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    return STORE_OK;
}

static bool is_copied(const struct postgresql *connection, int form)
{
    return gathered_forms[form].change == NULL && !connection->secured &&
           connection->gathering->waiting[form].rows > 0;
}

/* One message with a COPY for each table from `first` on; `*next` is the form behind the last. */
static int copy_tables(struct postgresql *connection, int first, int *next)
{
    int forms[GATHERED_FORMS], count = 0, done = 0;
    struct buffer sql, rows;
    PGresult *result;
    buffer_init(&sql);
    buffer_init(&rows);
    for (*next = first; *next < GATHERED_FORMS && gathered_forms[*next].change == NULL; ++*next)
        if (is_copied(connection, *next)) {
            buffer_print(&sql, "COPY %s FROM STDIN BINARY;", gathered_forms[*next].table);
            forms[count++] = *next;
        }
    int code = link_flush(connection);
    if (code == STORE_OK && sql.failed)
        code = link_fail(connection, STORE_NOMEM, "out of memory");
    if (code == STORE_OK && !PQsendQuery(connection->link, sql.bytes))
        code = link_fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    while (code != SQLITE_IOERR && (result = PQgetResult(connection->link)) != NULL) {
        if (PQresultStatus(result) == PGRES_COPY_IN && code != STORE_OK) {
            PQputCopyEnd(connection->link, "it has failed");
        } else if (PQresultStatus(result) == PGRES_COPY_IN && done < count) {
            int columns = (int)strlen(gathered_forms[forms[done]].types);
            int sent =
                send_rows(connection, &connection->gathering->waiting[forms[done]], columns, &rows);
            if (sent != STORE_OK && code == STORE_OK)
                code = sent;
            if (sent == STORE_NOMEM)
                PQputCopyEnd(connection->link, "out of memory");
            done++;
        } else if (!link_is_good(result) && code == STORE_OK) {
            code = link_fail_by(connection, result);
        }
        PQclear(result);
    }
    buffer_release(&sql);
    buffer_release(&rows);
    return code;
}

/* ------------------------------------------------------------------ statements over arrays */

static Oid element_type(char type)
{
    switch (type) {
    case 'i':
        return TYPE_INT8;
    case 'd':
        return TYPE_FLOAT8;
    case 'b':
        return TYPE_BYTES;
    case 'w':
        return TYPE_TSVECTOR;
    default:
        return TYPE_TEXT;
    }
}

static Oid array_type(char type)
{
    enum { BYTES = 1001, TEXT = 1009, INT8 = 1016, FLOAT8 = 1022, TSVECTOR = 3643 };
    switch (type) {
    case 'i':
        return INT8;
    case 'd':
        return FLOAT8;
    case 'b':
        return BYTES;
    case 'w':
        return TSVECTOR;
    default:
        return TEXT;
    }
}

void link_put_array(struct buffer *array, Oid element, bool has_null, uint32_t count)
{
    put_number(array, 1, 4); /* dimensions */
    put_number(array, has_null, 4);
    put_number(array, element, 4);
    put_number(array, count, 4);
    put_number(array, 1, 4); /* the first one's number */
}

/* "INSERT INTO table SELECT * FROM unnest($1, $2)", where COPY is not allowed. */
static void print_insertion(struct buffer *sql, const struct gathered_form *form)
{
    buffer_print(sql, "INSERT INTO %s SELECT * FROM unnest(", form->table);
    for (int i = 0; form->types[i] != '\0'; i++)
        buffer_print(sql, "%s$%d", i > 0 ? ", " : "", i + 1);
    buffer_add_byte(sql, ')');
}

static int change_rows(struct postgresql *connection, int number)
{
    const struct gathered_form *form = &gathered_forms[number];
    const struct waiting *waiting = &connection->gathering->waiting[number];
    struct buffer arrays[GATHERED_COLUMNS], sql;
    const char *values[GATHERED_COLUMNS];
    int lengths[GATHERED_COLUMNS], formats[GATHERED_COLUMNS], count = (int)strlen(form->types);
    Oid types[GATHERED_COLUMNS];
    bool failed = false;
    buffer_init(&sql);
    if (form->change != NULL)
        buffer_add_string(&sql, form->change);
    else
        print_insertion(&sql, form);
    for (int i = 0; i < count; i++) {
        buffer_init(&arrays[i]);
        link_put_array(&arrays[i], element_type(form->types[i]), waiting->has_null[i],
                       waiting->rows);
        buffer_add(&arrays[i], waiting->columns[i].bytes, waiting->columns[i].length);
        failed = failed || arrays[i].failed;
        values[i] = arrays[i].bytes;
        lengths[i] = (int)arrays[i].length;
        formats[i] = 1;
        types[i] = array_type(form->types[i]);
    }
    int code = failed || sql.failed ? link_fail(connection, STORE_NOMEM, "out of memory")
                                    : link_settle_rows(connection);
    if (code == STORE_OK && PQpipelineStatus(connection->link) == PQ_PIPELINE_OFF &&
        !PQenterPipelineMode(connection->link))
        code = link_fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    if (code == STORE_OK &&
        !PQsendQueryParams(connection->link, sql.bytes, count, types, values, lengths, formats, 0))
        code = link_fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    connection->pending += code == STORE_OK;
    for (int i = 0; i < count; i++)
        buffer_release(&arrays[i]);
    buffer_release(&sql);
    return code;
}

/* ------------------------------------------------------------------ writing */

int gathering_write(struct postgresql *connection)
{
    struct gathering *gathering = connection->gathering;
    if (gathering == NULL || !gathering->any)
        return STORE_OK;
    int code = link_settle_rows(connection), next;
    for (int i = 0; i < GATHERED_FORMS && code == STORE_OK; i = next) {
        next = i + 1;
        if (gathering->waiting[i].rows == 0)
            continue;
        code = is_copied(connection, i) ? copy_tables(connection, i, &next)
                                        : change_rows(connection, i);
    }
    gathering_drop(connection);
    return code;
}

#endif
