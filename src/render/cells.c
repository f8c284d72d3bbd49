/* Tables that SQL makes (actors, places, relations, counts by group, the user's own SELECT), in
 * every layout. A column is set to the right where its values are numbers; in a table for people a
 * group that is not known says so, in files it stays empty. */
#include "render/views.h"

#include "bytes/utf8.h"
#include "render/sheet.h"

#include <stdio.h>
#include <string.h>

struct cells {
    struct output *output;
    const annals_query *query;
    struct column columns[SHEET_COLUMNS + 1];
    bool seen_text[SHEET_COLUMNS], seen_long[SHEET_COLUMNS];
    uint32_t count;
    struct sheet sheet;
    struct json_rows rows;
    struct arena arena; /* the names */
    bool begun;
};

static bool is_json(const struct cells *cells)
{
    return cells->query->layout == ANNALS_JSON || cells->query->layout == ANNALS_JSONL;
}

static annals_status begin(void *context, const char *const *names, uint32_t count)
{
    struct cells *cells = context;
    cells->count = count < SHEET_COLUMNS ? count : SHEET_COLUMNS;
    for (uint32_t i = 0; i < cells->count; i++) {
        bool hidden = names[i][0] == '.' && cells->query->view != ANNALS_SQL;
        const char *name = arena_copy_string(&cells->arena, names[i] + hidden);
        if (name == NULL)
            return ANNALS_NO_MEMORY;
        cells->columns[i] = (struct column){name, (hidden ? 0 : IN_TABLE) | IN_FILE | YIELDS, NULL};
    }
    cells->begun = true;
    if (is_json(cells))
        json_rows_begin(&cells->rows, cells->output, cells->query->layout);
    else
        sheet_begin(&cells->sheet, cells->output, cells->query->layout, cells->columns);
    return ANNALS_OK;
}

static void put_json(struct cells *cells, const struct record_cell *values)
{
    struct json_writer *json = &cells->rows.json;
    json_rows_next(&cells->rows);
    json_begin(json, '{');
    for (uint32_t i = 0; i < cells->count; i++) {
        json_key(json, cells->columns[i].name);
        if (values[i].kind == CELL_INTEGER)
            json_integer(json, values[i].integer);
        else if (values[i].kind == CELL_REAL)
            json_number(json, values[i].real, 10);
        else if (values[i].kind == CELL_TEXT)
            json_string(json, values[i].text);
        else
            json_null(json);
    }
    json_end(json, '}');
}

/* What is no longer than a day is not cut. */
enum { SHORT = 10 };

static bool is_name(const char *column)
{
    static const char *const names[] = {"name",   "place",  "who",   "whom",  "actor",
                                        "source", "admin1", "event", "claim", "report"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], column) == 0)
            return true;
    return false;
}

/* Numbers stand to the right and are never cut. */
static void look_at_kinds(struct cells *cells, const struct record_cell *values)
{
    for (uint32_t i = 0; i < cells->count; i++) {
        struct column *column = &cells->columns[i];
        bool number = values[i].kind == CELL_INTEGER || values[i].kind == CELL_REAL;
        unsigned places = column->flags & (IN_TABLE | IN_FILE);
        if (values[i].kind == CELL_TEXT) {
            cells->seen_text[i] = true;
            cells->seen_long[i] =
                cells->seen_long[i] || utf8_width(values[i].text, strlen(values[i].text)) > SHORT;
        }
        if (cells->seen_text[i])
            column->flags =
                places | (cells->seen_long[i] ? YIELDS : 0) | (is_name(column->name) ? NAMES : 0);
        else if (number)
            column->flags = places | RIGHT;
    }
}

static annals_status put_row(void *context, const struct record_cell *values, uint32_t count)
{
    struct cells *cells = context;
    struct record_cell shown[SHEET_COLUMNS];
    (void)count;
    if (is_json(cells)) {
        put_json(cells, values);
        return output_flush(cells->output) ? ANNALS_OK : ANNALS_CANNOT_WRITE;
    }
    memcpy(shown, values, cells->count * sizeof *shown);
    if (cells->query->layout == ANNALS_TABLE && cells->query->group_by != NULL &&
        shown[0].kind == CELL_NULL)
        shown[0] = (struct record_cell){.kind = CELL_TEXT, .text = "not known"};
    if (!cells->sheet.open)
        look_at_kinds(cells, shown);
    sheet_row(&cells->sheet, shown);
    return output_flush(cells->output) ? ANNALS_OK : ANNALS_CANNOT_WRITE;
}

annals_status view_table(struct record *record, const annals_query *query, struct output *output,
                         annals_error *error)
{
    struct cells cells = {.output = output, .query = query};
    struct record_table table = {begin, put_row, &cells};
    arena_init(&cells.arena);
    annals_status status = query->view == ANNALS_SQL
                               ? record_sql(record, query, &table, error)
                               : record_overview(record, query, &table, error);
    if (cells.begun && is_json(&cells))
        json_rows_end(&cells.rows);
    else if (cells.begun)
        sheet_end(&cells.sheet);
    if (query->view == ANNALS_SQL && cells.sheet.left_out > 0) {
        char note[96];
        snprintf(note, sizeof note, "(%u more column%s; --width 0 shows all)", cells.sheet.left_out,
                 cells.sheet.left_out > 1 ? "s" : "");
        output_styled(output, STYLE_DIM, note);
        buffer_add_byte(&output->buffer, '\n');
    }
    arena_release(&cells.arena);
    return status;
}
