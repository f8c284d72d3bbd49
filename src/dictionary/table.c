/* Reads dictionary files: tab-separated text with a head comment and a header line. */
#include "dictionary/table.h"

#include "bytes/mapping.h"
#include "bytes/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static annals_status fail_at(const char *path, uint64_t line, int64_t byte, annals_error *error,
                             const char *sentence)
{
    error_set(error, ANNALS_MALFORMED, "%s", sentence);
    error_at(error, path, line, 0, byte);
    return ANNALS_MALFORMED;
}

static uint32_t count_lines(const char *text, size_t length)
{
    uint32_t lines = 1;
    for (const char *end = text + length; (text = memchr(text, '\n', (size_t)(end - text))) != NULL;
         text++)
        lines++;
    return lines;
}

static uint32_t count_cells(const char *line)
{
    uint32_t cells = 1;
    for (; (line = strchr(line, '\t')) != NULL; line++)
        cells++;
    return cells;
}

/* Cuts `line` at its tabs into `cells`. */
static void cut_cells(char *line, const char **cells, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        cells[i] = line;
        char *tab = strchr(line, '\t');
        if (tab != NULL) {
            *tab = '\0';
            line = tab + 1;
        }
    }
}

static annals_status read_line(struct table *table, struct arena *arena, char *line,
                               uint32_t number, annals_error *error)
{
    size_t length = strlen(line);
    if (length > 0 && line[length - 1] == '\r')
        line[length - 1] = '\0';
    if (line[0] == '#' || line[0] == '\0')
        return ANNALS_OK;
    uint32_t count = count_cells(line);
    if (table->columns != NULL && count != table->column_count) {
        error_set(error, ANNALS_MALFORMED, "the row has %u cells, the header has %u", count,
                  table->column_count);
        error_at(error, table->path, number, 0, -1);
        return ANNALS_MALFORMED;
    }
    const char **cells = arena_new_array(arena, const char *, count);
    if (cells == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    cut_cells(line, cells, count);
    if (table->columns == NULL) {
        table->columns = cells;
        table->column_count = count;
    } else {
        table->rows[table->row_count++] = (struct table_row){.cells = cells, .line = number};
    }
    return ANNALS_OK;
}

static annals_status read_text(struct table *table, struct arena *arena, char *text, size_t length,
                               annals_error *error)
{
    size_t valid = utf8_valid_length(text, length);
    if (valid != length || memchr(text, '\0', length) != NULL) {
        size_t at = valid != length ? valid : strlen(text);
        return fail_at(table->path, count_lines(text, at), (int64_t)at, error,
                       valid != length ? "malformed UTF-8" : "a NUL byte");
    }
    table->rows = arena_new_array(arena, struct table_row, count_lines(text, length));
    if (table->rows == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    uint32_t number = 0;
    for (char *line = text, *next; line != NULL; line = next) {
        next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        annals_status status = read_line(table, arena, line, ++number, error);
        if (status != ANNALS_OK)
            return status;
    }
    if (table->columns == NULL)
        return fail_at(table->path, 0, -1, error, "there is no header line");
    return ANNALS_OK;
}

annals_status table_read(struct table *table, struct arena *arena, const char *path,
                         annals_error *error)
{
    *table = (struct table){0};
    struct mapping mapping;
    /* Paths are put together by the callers, all of whom would have to look. */
    if (path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = mapping_open(&mapping, path, error);
    if (status != ANNALS_OK)
        return status;
    size_t length = mapping.length;
    char *text = arena_copy(arena, (const char *)mapping.bytes, length);
    mapping_close(&mapping);
    table->path = arena_copy_string(arena, path);
    if (text == NULL || table->path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return read_text(table, arena, text, length, error);
}

annals_status table_read_columns(struct table *table, struct arena *arena, const char *path,
                                 const char *const *columns, annals_error *error)
{
    annals_status status = table_read(table, arena, path, error);
    if (status != ANNALS_OK)
        return status;
    for (; *columns != NULL; columns++) {
        if (table_column(table, *columns) < 0) {
            error_set(error, ANNALS_MALFORMED, "the column \"%s\" is missing", *columns);
            error_at(error, path, 0, 0, -1);
            return ANNALS_MALFORMED;
        }
    }
    return ANNALS_OK;
}

int table_column(const struct table *table, const char *name)
{
    for (uint32_t i = 0; i < table->column_count; i++)
        if (table->columns[i][0] == name[0] && strcmp(table->columns[i], name) == 0)
            return (int)i;
    return -1;
}

const char *table_cell(const struct table *table, uint32_t row, const char *column)
{
    int index = table_column(table, column);
    return index < 0 ? "" : table->rows[row].cells[index];
}

bool table_next_item(const char **at, const char **item, size_t *length)
{
    while (**at == '|' || **at == ' ')
        (*at)++;
    if (**at == '\0')
        return false;
    *item = *at;
    *length = strcspn(*at, "|");
    *at += *length;
    while (*length > 0 && (*item)[*length - 1] == ' ')
        (*length)--;
    return true;
}

annals_status table_fail(const struct table *table, uint32_t row, annals_error *error,
                         const char *sentence, ...)
{
    char text[400];
    va_list arguments;
    va_start(arguments, sentence);
    vsnprintf(text, sizeof text, sentence, arguments);
    va_end(arguments);
    error_set(error, ANNALS_MALFORMED, "%s", text);
    error_at(error, table->path, table->rows[row].line, 0, -1);
    return ANNALS_MALFORMED;
}
