/* Rows of cells as an aligned table, CSV (RFC 4180) or TSV.
 *
 * A table finds its widths from its first rows and goes on with them; on a narrow terminal the
 * widest columns that yield are cut until the table fits; a column in which nothing stands is left
 * out, and so are the last columns where even that does not help. */
#include "render/sheet.h"

#include "bytes/utf8.h"
#include "record/record.h"

#include <string.h>

enum { ROWS_KEPT = 1000, NARROWEST = 6, NARROWEST_NAME = 14 };

void sheet_begin(struct sheet *sheet, struct output *output, annals_layout layout,
                 const struct column *columns)
{
    *sheet = (struct sheet){.output = output, .layout = layout, .columns = columns};
    unsigned wanted = layout == ANNALS_TABLE ? IN_TABLE : IN_FILE;
    for (uint32_t i = 0; columns[i].name != NULL && sheet->count < SHEET_COLUMNS; i++)
        if ((columns[i].flags & BELOW) && layout == ANNALS_TABLE)
            sheet->below = &columns[i];
        else if (columns[i].flags & wanted)
            sheet->chosen[sheet->count++] = i;
    arena_init(&sheet->arena);
    buffer_init(&sheet->cell);
    if (layout == ANNALS_TABLE) {
        sheet->kept = arena_new_array(&sheet->arena, const char *, ROWS_KEPT * sheet->count);
        sheet->kept_below = arena_new_array(&sheet->arena, const char *, ROWS_KEPT);
    }
}

/* ------------------------------------------------------------------ CSV and TSV */

static void put_field(struct sheet *sheet, const char *text, size_t length)
{
    struct buffer *out = &sheet->output->buffer;
    bool quoted = sheet->layout == ANNALS_CSV && strcspn(text, ",\"\r\n") < length;
    if (quoted)
        buffer_add_byte(out, '"');
    for (size_t i = 0; i < length; i++) {
        if (sheet->layout == ANNALS_TSV && (text[i] == '\t' || text[i] == '\n' || text[i] == '\r'))
            buffer_add_byte(out, ' ');
        else if (quoted && text[i] == '"')
            buffer_add_string(out, "\"\"");
        else
            buffer_add_byte(out, text[i]);
    }
    if (quoted)
        buffer_add_byte(out, '"');
}

static void end_fields(struct sheet *sheet, uint32_t column)
{
    bool last = column + 1 == sheet->count;
    if (sheet->layout == ANNALS_TSV)
        buffer_add_byte(&sheet->output->buffer, last ? '\n' : '\t');
    else
        buffer_add_string(&sheet->output->buffer, last ? "\r\n" : ",");
}

static void put_names(struct sheet *sheet)
{
    for (uint32_t i = 0; i < sheet->count; i++) {
        const char *name = sheet->columns[sheet->chosen[i]].name;
        if (sheet->bare)
            break;
        put_field(sheet, name, strlen(name));
        end_fields(sheet, i);
    }
    for (uint32_t i = 0; i < sheet->count && sheet->tagged; i++) {
        const char *tag = sheet->columns[sheet->chosen[i]].tag;
        put_field(sheet, tag != NULL ? tag : "", tag != NULL ? strlen(tag) : 0);
        end_fields(sheet, i);
    }
    sheet->open = true;
}

static void write_value(struct buffer *cell, const struct record_cell *value)
{
    if (value->kind == CELL_INTEGER)
        buffer_print(cell, "%lld", (long long)value->integer);
    else if (value->kind == CELL_REAL)
        buffer_print(cell, "%.12g", value->real);
    else if (value->kind == CELL_TEXT)
        buffer_add_string(cell, value->text);
}

static const char *make_cell(struct sheet *sheet, uint32_t column, const void *row)
{
    buffer_clear(&sheet->cell);
    buffer_add_string(&sheet->cell, "");
    if (sheet->columns[sheet->chosen[column]].write != NULL)
        sheet->columns[sheet->chosen[column]].write(&sheet->cell, row);
    else
        write_value(&sheet->cell, (const struct record_cell *)row + sheet->chosen[column]);
    if (sheet->cell.failed)
        sheet->output->buffer.failed = true;
    return sheet->cell.failed ? "" : sheet->cell.bytes;
}

/* ------------------------------------------------------------------ tables */

static unsigned flags_of(const struct sheet *sheet, uint32_t column)
{
    return sheet->columns[sheet->chosen[column]].flags;
}

static bool stands_empty(const struct sheet *sheet, uint32_t column)
{
    for (uint32_t row = 0; row < sheet->kept_rows; row++) {
        const char *cell = sheet->kept[row * sheet->count + column];
        if (cell != NULL && cell[0] != '\0')
            return false;
    }
    return sheet->kept_rows < ROWS_KEPT;
}

static void drop_column(struct sheet *sheet, uint32_t column)
{
    uint32_t count = sheet->count;
    for (uint32_t row = 0; row < sheet->kept_rows; row++)
        for (uint32_t i = 0, to = 0; i < count; i++)
            if (i != column)
                sheet->kept[row * (count - 1) + to++] = sheet->kept[row * count + i];
    memmove(&sheet->chosen[column], &sheet->chosen[column + 1],
            (count - column - 1) * sizeof sheet->chosen[0]);
    sheet->count--;
}

static uint32_t narrowest(const struct sheet *sheet, uint32_t column)
{
    return flags_of(sheet, column) & NAMES ? NARROWEST_NAME : NARROWEST;
}

/* Columns that the table takes at the least: those that yield at their narrowest. */
static uint32_t least_width(const struct sheet *sheet)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < sheet->count; i++) {
        uint32_t width = sheet->widths[i];
        if ((flags_of(sheet, i) & YIELDS) && width > narrowest(sheet, i))
            width = narrowest(sheet, i);
        total += width + (i > 0 ? 2 : 0);
    }
    return total;
}

static void find_widths(struct sheet *sheet)
{
    uint32_t total = 0;
    for (uint32_t i = sheet->count; i-- > 1;)
        if ((sheet->output->width > 0 || (flags_of(sheet, i) & SELDOM)) && stands_empty(sheet, i))
            drop_column(sheet, i);
    for (uint32_t i = 0; i < sheet->count; i++) {
        sheet->widths[i] = (uint32_t)strlen(sheet->columns[sheet->chosen[i]].name);
        for (uint32_t row = 0; row < sheet->kept_rows; row++) {
            const char *cell = sheet->kept[row * sheet->count + i];
            size_t width = cell != NULL ? utf8_width(cell, strlen(cell)) : 0;
            if (width > sheet->widths[i])
                sheet->widths[i] = (uint32_t)width;
        }
    }
    while (sheet->output->width > 0 && sheet->count > 2 &&
           least_width(sheet) > sheet->output->width) {
        drop_column(sheet, sheet->count - 1);
        sheet->left_out++;
    }
    for (uint32_t i = 0; i < sheet->count; i++)
        total += sheet->widths[i] + (i > 0 ? 2 : 0);
    while (sheet->output->width > 0 && total > sheet->output->width) {
        uint32_t widest = UINT32_MAX;
        for (uint32_t i = 0; i < sheet->count; i++)
            if ((flags_of(sheet, i) & YIELDS) && sheet->widths[i] > narrowest(sheet, i) &&
                (widest == UINT32_MAX || sheet->widths[i] >= sheet->widths[widest]))
                widest = i;
        if (widest == UINT32_MAX)
            break;
        sheet->widths[widest]--;
        total--;
    }
}

/* The cell's text in `width` columns: cut with an ellipsis, or filled with blanks. */
static void put_cell(struct sheet *sheet, uint32_t column, const char *text)
{
    struct buffer *out = &sheet->output->buffer;
    size_t length = strlen(text), width = utf8_width(text, length), room = sheet->widths[column];
    bool last = column + 1 == sheet->count;
    if (width > room && (flags_of(sheet, column) & YIELDS) && room > 0) {
        size_t used = 0, at = 0, size;
        while (at < length) {
            utf8_decode(text + at, length - at, &size);
            size_t one = utf8_width(text + at, size);
            if (used + one > room - 1)
                break;
            used += one;
            at += size;
        }
        buffer_add(out, text, at);
        buffer_add_string(out, "\xe2\x80\xa6");
        width = used + 1;
    } else if (flags_of(sheet, column) & RIGHT) {
        output_blanks(sheet->output, width < room ? room - width : 0);
        buffer_add(out, text, length);
        width = room;
    } else {
        buffer_add(out, text, length);
    }
    if (!last)
        output_blanks(sheet->output, (width < room ? room - width : 0) + 2);
}

static const char *make_below(struct sheet *sheet, const void *row)
{
    buffer_clear(&sheet->cell);
    buffer_add_string(&sheet->cell, "");
    sheet->below->write(&sheet->cell, row);
    if (sheet->cell.failed)
        sheet->output->buffer.failed = true;
    return sheet->cell.failed ? "" : sheet->cell.bytes;
}

/* What stands below a row: wrapped, the marked words in colour. */
static void put_below(struct sheet *sheet, const char *text)
{
    enum { INDENT = 4 };
    struct buffer line;
    if (text == NULL || text[0] == '\0')
        return;
    buffer_init(&line);
    for (; *text != '\0'; text++) {
        if (*text == RECORD_MARK[0])
            buffer_add_string(&line, output_code(sheet->output, STYLE_MARK));
        else if (*text == RECORD_MARK_END[0])
            buffer_add_string(&line, output_code(sheet->output, STYLE_PLAIN));
        else
            buffer_add_byte(&line, *text);
    }
    output_blanks(sheet->output, INDENT);
    output_wrapped(sheet->output, INDENT, INDENT, line.failed ? "" : line.bytes);
    buffer_release(&line);
}

static void open_table(struct sheet *sheet)
{
    find_widths(sheet);
    buffer_add_string(&sheet->output->buffer, output_code(sheet->output, STYLE_BOLD));
    for (uint32_t i = 0; i < sheet->count; i++)
        put_cell(sheet, i, sheet->columns[sheet->chosen[i]].name);
    buffer_add_string(&sheet->output->buffer, output_code(sheet->output, STYLE_PLAIN));
    buffer_add_byte(&sheet->output->buffer, '\n');
    for (uint32_t row = 0; row < sheet->kept_rows; row++) {
        for (uint32_t i = 0; i < sheet->count; i++) {
            const char *cell = sheet->kept[row * sheet->count + i];
            put_cell(sheet, i, cell != NULL ? cell : "");
        }
        buffer_add_byte(&sheet->output->buffer, '\n');
        if (sheet->below != NULL)
            put_below(sheet, sheet->kept_below[row]);
    }
    sheet->open = true;
}

static void keep_row(struct sheet *sheet, const void *row)
{
    for (uint32_t i = 0; i < sheet->count && sheet->kept != NULL; i++) {
        const char *cell = make_cell(sheet, i, row);
        sheet->kept[sheet->kept_rows * sheet->count + i] =
            arena_copy(&sheet->arena, cell, strlen(cell));
    }
    if (sheet->below != NULL && sheet->kept_below != NULL) {
        const char *text = make_below(sheet, row);
        sheet->kept_below[sheet->kept_rows] = arena_copy(&sheet->arena, text, strlen(text));
    }
    if (sheet->arena.failed)
        sheet->output->buffer.failed = true;
    else if (++sheet->kept_rows == ROWS_KEPT)
        open_table(sheet);
}

void sheet_row(struct sheet *sheet, const void *row)
{
    if (sheet->layout == ANNALS_TABLE && !sheet->open) {
        keep_row(sheet, row);
        return;
    }
    if (!sheet->open)
        put_names(sheet);
    for (uint32_t i = 0; i < sheet->count; i++) {
        const char *cell = make_cell(sheet, i, row);
        if (sheet->layout == ANNALS_TABLE) {
            put_cell(sheet, i, cell);
        } else {
            put_field(sheet, cell, sheet->cell.length);
            end_fields(sheet, i);
        }
    }
    if (sheet->layout == ANNALS_TABLE)
        buffer_add_byte(&sheet->output->buffer, '\n');
    if (sheet->below != NULL)
        put_below(sheet, make_below(sheet, row));
}

void sheet_end(struct sheet *sheet)
{
    if (!sheet->open && sheet->layout != ANNALS_TABLE)
        put_names(sheet);
    else if (!sheet->open && sheet->kept_rows > 0)
        open_table(sheet);
    arena_release(&sheet->arena);
    buffer_release(&sheet->cell);
}
