/* Gathers rows and changes on their way to PostgreSQL and writes them as few statements.
 *
 * A report makes some 170 rows. One by one each costs the server a message, a look at its plan and
 * an insertion by itself; what costs next to nothing is the row. So within a transaction they wait
 * here, column by column, until something is asked or the transaction ends, and then go as one COPY
 * a table (postgresql.org/docs/15/sql-copy.html, binary format) or as one statement over arrays.
 * All COPYs are one message, so that a batch of reports is a few ways there and back, however many
 * rows it has. Small rows of a report (its sentences, mentions of actors) go as arrays in one row.
 * COPY does not know row-level security: where that holds for the user (not the
 * owner), rows go in by INSERT of arrays. What waits is bounded; more is written before.
 *
 * Left out: statements in whose order there is a meaning (gathered_forms.c lists those without). */
#include "record/postgresql.h"

#ifdef ANNALS_POSTGRESQL

#include "record/postgresql_link.h"

#include "bytes/hash.h"
#include "record/gathered_forms.h"
#include "record/gathered_names.h"
#include "record/postgresql_rows.h"
#include "record/report_words.h"
#include "record/search_words.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 8 << 20 };

struct gathering {
    struct waiting waiting[GATHERED_FORMS];
    size_t bytes;
    size_t kept; /* bytes of a report that is not whole yet */
    bool any;
    /* Rows of actor_mentions by hash: a number + 1. */
    uint32_t *slots, slot_count;
    /* The words that were cut last, and of what: claims of one sentence come one after the other.
     */
    struct buffer words, cut;
    int64_t cut_key;
    /* Of the reports that wait; whether those words were all theirs. */
    struct report_words report_words;
    bool held;
    struct gathered_names names;
};

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
    gathering->bytes = gathering->kept = 0;
    gathering->any = false;
    buffer_clear(&gathering->cut);
    gathered_names_clear(&gathering->names);
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
    buffer_release(&gathering->cut);
    report_words_release(&gathering->report_words);
    gathered_names_release(&gathering->names);
    free(gathering->slots);
    free(gathering);
    connection->gathering = NULL;
}

/* An integer of an array: four bytes are enough for places in a text. */
static bool is_small(const struct value *value)
{
    if (value->bytes == NULL || value->type != TYPE_INT8)
        return false;
    static const char zeros[4], ones[4] = {-1, -1, -1, -1};
    return memcmp(value->bytes, value->bytes[4] & 0x80 ? ones : zeros, 4) == 0;
}

static bool has_type(const struct value *value, char type)
{
    if (type == 'I')
        return is_small(value);
    Oid wanted = type == 'i'   ? TYPE_INT8
                 : type == 'd' ? TYPE_FLOAT8
                 : type == 'b' ? TYPE_BYTES
                               : TYPE_TEXT;
    return value->bytes == NULL || value->type == wanted;
}

/* A claim's words are looked for by those of its report. */
static void note_words(struct gathering *gathering, const struct postgresql_statement *statement)
{
    if (statement->form == GATHERED_CLAIM_WORDS)
        gathering->held =
            report_words_hold(&gathering->report_words, gathering->cut_key, &gathering->words);
    else
        report_words_add(&gathering->report_words, gathering->cut_key, &gathering->words);
}

static int64_t key_of(const struct value *value)
{
    return value->length != 8 ? 0
                              : (int64_t)((uint64_t)(uint32_t)waiting_length(value->bytes) << 32 |
                                          (uint32_t)waiting_length(value->bytes + 4));
}

/* Whether they are the words of the row before, of the same report. */
static bool is_cut(const struct gathering *gathering, const struct value *text, int64_t key)
{
    return text->bytes != NULL && gathering->cut.length > 0 &&
           gathering->cut.length == (size_t)text->length &&
           report_words_group(gathering->cut_key) == report_words_group(key) &&
           memcmp(gathering->cut.bytes, text->bytes, (size_t)text->length) == 0;
}

/* The words of the last parameter, of a title before it if there is one. */
static bool add_words(struct postgresql_statement *statement, struct waiting *waiting, int column)
{
    struct gathering *gathering = statement->connection->gathering;
    int count = statement->dialect.parameters;
    const struct value *text = &statement->values[count];
    const struct value *title = count > column + 1 ? &statement->values[column + 1] : NULL;
    struct search_words *words = postgresql_words(statement->connection);
    int64_t key = key_of(&statement->values[1]);
    if (words == NULL)
        return false;
    if (title != NULL || !is_cut(gathering, text, key)) {
        buffer_clear(&gathering->words);
        buffer_clear(&gathering->cut);
        search_words_pack(words, title != NULL ? title->bytes : NULL,
                          title != NULL && title->bytes != NULL ? (size_t)title->length : 0,
                          text->bytes, text->bytes != NULL ? (size_t)text->length : 0,
                          &gathering->words);
        if (title == NULL && text->bytes != NULL)
            buffer_add(&gathering->cut, text->bytes, (size_t)text->length);
        gathering->cut_key = key;
        note_words(gathering, statement);
    }
    if (gathering->words.failed || gathering->cut.failed)
        return false;
    gathering->bytes +=
        waiting_add(waiting, column, gathering->words.bytes, (int)gathering->words.length);
    return true;
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
                hash, hash_bytes(waiting->columns[j].bytes + (size_t)(row - 1) * WAITING_INTEGER,
                                 WAITING_INTEGER));
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

/* Whether a row was there already; else it is noted. All values of it are numbers. */
static bool is_repeated(struct gathering *gathering, const struct waiting *waiting, uint32_t last)
{
    if (waiting->rows * 2 >= gathering->slot_count && !grow_slots(gathering, waiting))
        return false;
    uint64_t hash = 0;
    for (int j = 0; j < 4; j++)
        hash =
            hash_join(hash, hash_bytes(waiting->columns[j].bytes + (size_t)last * WAITING_INTEGER,
                                       WAITING_INTEGER));
    uint32_t at = (uint32_t)hash & (gathering->slot_count - 1);
    for (; gathering->slots[at] != 0; at = (at + 1) & (gathering->slot_count - 1)) {
        bool same = true;
        for (int j = 0; j < 4 && same; j++)
            same = memcmp(waiting->columns[j].bytes + (size_t)last * WAITING_INTEGER,
                          waiting->columns[j].bytes +
                              (size_t)(gathering->slots[at] - 1) * WAITING_INTEGER,
                          WAITING_INTEGER) == 0;
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
        waiting->columns[j].length -= WAITING_INTEGER;
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

static int write_rows(struct postgresql *connection, bool all);

/* The name that stands in a row. */
static bool add_name(struct gathering *gathering, const struct postgresql_statement *statement)
{
    int form = gathered_names_form(statement->form);
    bool good = true;
    if (form < 0)
        return true;
    struct waiting *waiting = &gathering->waiting[form];
    gathering->bytes +=
        gathered_names_add(&gathering->names, statement->form, statement->values, waiting);
    for (int i = 0; gathered_forms[form].types[i] != '\0'; i++)
        good = good && !waiting->columns[i].failed;
    return good;
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
        else if (form->types[i] == 'x')
            gathering->bytes += waiting_add(waiting, i, gathering->held ? "" : "\1", 1);
        else
            gathering->bytes += waiting_add(waiting, i, value->bytes, value->length);
        good = good && !waiting->columns[i].failed;
    }
    if (!good || !add_name(gathering, statement))
        return link_fail(connection, STORE_NOMEM, "out of memory");
    if (statement->form == GATHERED_MENTIONS && is_repeated(gathering, waiting, waiting->rows - 1))
        drop_last(waiting);
    return gathering->bytes > gathering->kept + MOST_BYTES ? write_rows(connection, false)
                                                           : STORE_OK;
}

/* ------------------------------------------------------------------ COPY */

/* The rows of one table, as COPY takes them. */
static int send_rows(struct postgresql *connection, int number, uint32_t rows, struct buffer *made)
{
    const struct gathered_form *form = &gathered_forms[number];
    const struct waiting *waiting = &connection->gathering->waiting[number];
    waiting_copy(waiting, form->types, form->packs != NULL, rows, made);
    if (made->failed)
        return link_fail(connection, STORE_NOMEM, "out of memory");
    if (PQputCopyData(connection->link, made->bytes, (int)made->length) != 1 ||
        PQputCopyEnd(connection->link, NULL) != 1)
        return link_fail(connection, SQLITE_IOERR, PQerrorMessage(connection->link));
    return STORE_OK;
}

/* How many of the rows are written now: if not all, those of the last report wait for the rest of
 * it, where they are to lie as one. */
static uint32_t rows_now(const struct postgresql *connection, int number, bool all)
{
    const struct waiting *waiting = &connection->gathering->waiting[number];
    return all || gathered_forms[number].packs == NULL || connection->secured
               ? waiting->rows
               : waiting_whole(waiting);
}

static bool is_copied(const struct postgresql *connection, int form)
{
    return gathered_forms[form].change == NULL && !connection->secured &&
           connection->gathering->waiting[form].rows > 0;
}

static const char *copied_table(const struct gathered_form *form)
{
    return form->packs != NULL ? form->packs : form->table;
}

/* One message with a COPY for each table from `first` on; `*next` is the form behind the last. */
static int copy_tables(struct postgresql *connection, int first, bool all, int *next)
{
    int forms[GATHERED_FORMS], count = 0, done = 0;
    struct buffer sql, rows;
    PGresult *result;
    buffer_init(&sql);
    buffer_init(&rows);
    for (*next = first; *next < GATHERED_FORMS && gathered_forms[*next].change == NULL; ++*next)
        if (is_copied(connection, *next)) {
            buffer_print(&sql, "COPY %s FROM STDIN BINARY;", copied_table(&gathered_forms[*next]));
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
            int sent =
                send_rows(connection, forms[done], rows_now(connection, forms[done], all), &rows);
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
    case 'I':
        return TYPE_INT8;
    case 'd':
        return TYPE_FLOAT8;
    case 'b':
        return TYPE_BYTES;
    case 'w':
        return TYPE_TSVECTOR;
    case 'x':
        return TYPE_BOOL;
    default:
        return TYPE_TEXT;
    }
}

static Oid array_type(char type)
{
    enum { BOOL = 1000, BYTES = 1001, TEXT = 1009, INT8 = 1016, FLOAT8 = 1022, TSVECTOR = 3643 };
    switch (type) {
    case 'i':
    case 'I':
        return INT8;
    case 'd':
        return FLOAT8;
    case 'b':
        return BYTES;
    case 'w':
        return TSVECTOR;
    case 'x':
        return BOOL;
    default:
        return TEXT;
    }
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

/* What is written goes; the rest of a report that is not whole stays. */
static void drop_written(struct postgresql *connection)
{
    struct gathering *gathering = connection->gathering;
    if (gathering->slots != NULL)
        memset(gathering->slots, 0, gathering->slot_count * sizeof *gathering->slots);
    gathering->kept = 0;
    for (int i = 0; i < GATHERED_FORMS; i++) {
        struct waiting *waiting = &gathering->waiting[i];
        uint32_t rows = waiting->rows > 0 ? rows_now(connection, i, false) : 0;
        if (waiting->rows > 0)
            gathering->kept += waiting_drop(waiting, gathered_forms[i].types, rows);
        for (uint32_t row = 0; i == GATHERED_MENTIONS && row < waiting->rows; row++)
            is_repeated(gathering, waiting, row);
    }
    gathering->bytes = gathering->kept;
    buffer_clear(&gathering->cut);
    gathered_names_clear(&gathering->names);
}

/* All, or only what is whole. */
static int write_rows(struct postgresql *connection, bool all)
{
    struct gathering *gathering = connection->gathering;
    if (gathering == NULL || !gathering->any)
        return STORE_OK;
    int code = link_settle_rows(connection), next;
    for (int i = 0; i < GATHERED_FORMS && code == STORE_OK; i = next) {
        next = i + 1;
        if (gathering->waiting[i].rows == 0)
            continue;
        code = is_copied(connection, i) ? copy_tables(connection, i, all, &next)
                                        : change_rows(connection, i);
    }
    if (all || code != STORE_OK)
        gathering_drop(connection);
    else
        drop_written(connection);
    return code;
}

int gathering_write(struct postgresql *connection)
{
    return write_rows(connection, true);
}

#endif
