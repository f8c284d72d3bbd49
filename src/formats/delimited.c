/* Reads tables of delimited text.
 *
 * Method: RFC 4180, and as spreadsheets write it: LF alone ends a row too (CR alone, where the table has
 * no LF), a byte order mark is passed over, a quote inside a field that does not begin with one is taken
 * as it stands. */
#include "formats/delimited.h"

#include <string.h>

static char choose_delimiter(const char *bytes, size_t length, char end)
{
    static const char candidates[] = ",\t;";
    char best = ',';
    size_t most = 0;
    for (const char *one = candidates; *one != '\0'; one++) {
        size_t count = 0;
        for (size_t i = 0; i < length && bytes[i] != end; i++)
            count += bytes[i] == *one;
        if (count > most) {
            most = count;
            best = *one;
        }
    }
    return best;
}

/* A field in quotes; `at` stands behind the opening one. */
static char *read_quoted(struct delimited *table, struct arena *arena)
{
    size_t start = table->at, end = start;
    while (end < table->length &&
           (table->bytes[end] != '"' || (end + 1 < table->length && table->bytes[end + 1] == '"'))) {
        end += table->bytes[end] == '"' ? 2 : 1;
        if (end - start > DELIMITED_FIELD)
            break;
    }
    if (end >= table->length || table->bytes[end] != '"') {
        table->trouble = end - start > DELIMITED_FIELD ? "a field is over 1 MiB"
                                                       : "a quote does not end";
        /* Go on behind the line on which it began. */
        const char *stop = memchr(table->bytes + start, table->end, table->length - start);
        table->at = stop != NULL ? (size_t)(stop - table->bytes) : table->length;
        return NULL;
    }
    char *field = arena_allocate(arena, end - start + 1), *to = field;
    for (size_t i = start; i < end && field != NULL; i++) {
        table->line += table->bytes[i] == table->end;
        *to++ = table->bytes[i];
        i += table->bytes[i] == '"';
    }
    table->at = end + 1;
    while (table->at < table->length && table->bytes[table->at] != table->delimiter &&
           table->bytes[table->at] != table->end)
        table->at++;
    return field;
}

static char *read_plain(struct delimited *table, struct arena *arena)
{
    size_t start = table->at;
    while (table->at < table->length && table->bytes[table->at] != table->delimiter &&
           table->bytes[table->at] != table->end)
        table->at++;
    size_t end = table->at;
    if (end > start && table->bytes[end - 1] == '\r')
        end--;
    if (end - start > DELIMITED_FIELD) {
        table->trouble = "a field is over 1 MiB";
        return NULL;
    }
    return arena_copy(arena, table->bytes + start, end - start);
}

/* Reads the fields of one line. */
static void read_line(struct delimited *table, struct arena *arena)
{
    table->line++;
    table->trouble = NULL;
    uint64_t line = table->line;
    bool more = true;
    while (more) {
        bool quoted = table->at < table->length && table->bytes[table->at] == '"';
        table->at += quoted;
        const char *text = quoted ? read_quoted(table, arena) : read_plain(table, arena);
        if (table->fields.count >= DELIMITED_COLUMNS) {
            table->trouble = "more than 512 fields";
        } else {
            const char **field = (const char **)array_push(&table->fields);
            if (field != NULL)
                *field = text != NULL ? text : "";
        }
        more = table->at < table->length && table->bytes[table->at] == table->delimiter;
        table->at += more;
    }
    if (table->at < table->length)
        table->at++; /* the line's end */
    /* Troubles are told with the line on which the row began. */
    if (table->trouble != NULL)
        table->line = line;
}

bool delimited_open(struct delimited *table, struct arena *arena, const char *bytes, size_t length)
{
    *table = (struct delimited){.bytes = bytes, .length = length};
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        table->at = 3;
    if (table->at >= length)
        return false;
    table->end = memchr(bytes, '\n', length) == NULL && memchr(bytes, '\r', length) != NULL ? '\r' : '\n';
    table->delimiter = choose_delimiter(bytes + table->at, length - table->at, table->end);
    array_init(&table->fields, arena);
    read_line(table, arena);
    table->names.items = table->fields.items;
    table->names.count = table->fields.count;
    return table->trouble == NULL && !arena->failed;
}

bool delimited_next(struct delimited *table, struct arena *arena)
{
    while (table->at < table->length) {
        array_init(&table->fields, arena);
        read_line(table, arena);
        if (table->fields.count == 1 && table->fields.items[0][0] == '\0' && table->trouble == NULL)
            continue;
        if (table->trouble == NULL && table->fields.count > table->names.count)
            table->trouble = "more fields than the head has names";
        return !arena->failed;
    }
    return false;
}

const char *delimited_field(const struct delimited *table, const char *column)
{
    for (uint32_t i = 0; i < table->names.count; i++)
        if (strcmp(table->names.items[i], column) == 0)
            return i < table->fields.count && table->fields.items[i][0] != '\0'
                       ? table->fields.items[i]
                       : NULL;
    return NULL;
}
