/* The chronology: what happened by date, then place, a line an act with its source; what has no
 * date stands at the end. */
#include "render/views.h"

#include "bytes/arena.h"
#include "bytes/hash.h"
#include "bytes/utf8.h"
#include "render/dates.h"
#include "render/decided.h"
#include "render/line.h"
#include "render/sheet.h"

#include <string.h>

enum { INDENT = 2, PLACE_COLUMN = 18, NARROW = 60, LINES = 256 };

struct timeline {
    struct output *output;
    annals_layout layout;
    bool ids;
    struct buffer heading; /* of the day that was written last */
    struct buffer text;
    struct sheet sheet;
    struct json_rows rows;
    uint64_t count;
    uint64_t lines[LINES]; /* hashes of the lines under this heading, the last LINES of them */
    uint32_t shown;
};

/* "Time, 3 Dec 2001"; of several reports also "and 2 more". */
static void add_source(struct buffer *buffer, const struct record_event *event)
{
    const struct record_claim *claim = &event->claims[0];
    uint32_t others = 0;
    for (uint32_t i = 1; i < event->claim_count; i++) {
        bool before = false;
        for (uint32_t j = 0; j < i; j++)
            before = before || strcmp(event->claims[i].report, event->claims[j].report) == 0;
        others += !before;
    }
    buffer_add_string(buffer, line_source(claim));
    if (claim->published != NULL) {
        buffer_add_string(buffer, ", ");
        date_add_short(buffer, claim->published);
    }
    if (others > 0)
        buffer_print(buffer, ", and %u more", others);
}

static void add_full_line(struct buffer *buffer, const struct record_claim *claim)
{
    size_t start = buffer->length;
    line_add_mark(buffer, claim);
    buffer_add_string(buffer, buffer->length > start ? ": " : "");
    line_add(buffer, claim);
}

/* ------------------------------------------------------------------ for people */

static void write_heading(struct timeline *timeline, const struct record_event *event)
{
    struct buffer *text = &timeline->text;
    buffer_clear(text);
    date_add_long(text, event->first, event->last, event->claims[0].precision);
    if (text->length == 0)
        buffer_add_string(text, "Undated");
    if (timeline->count > 0 && timeline->heading.length == text->length &&
        memcmp(timeline->heading.bytes, text->bytes, text->length) == 0)
        return;
    if (timeline->count > 0)
        buffer_add_byte(&timeline->output->buffer, '\n');
    output_styled(timeline->output, STYLE_BOLD, text->bytes);
    buffer_add_byte(&timeline->output->buffer, '\n');
    timeline->shown = 0;
    buffer_clear(&timeline->heading);
    buffer_add(&timeline->heading, text->bytes, text->length);
}

/* The place in its column; gives the column in which the line begins. */
static uint32_t write_place(struct timeline *timeline, const struct record_claim *claim)
{
    struct output *output = timeline->output;
    const char *name = claim->place.name != NULL   ? claim->place.name
                       : claim->control_place.name ? claim->control_place.name
                                                   : "";
    const char *relation = claim->place.name != NULL && claim->place.relation != NULL
                               ? claim->place.relation
                               : "";
    size_t width = utf8_width(name, strlen(name)) + utf8_width(relation, strlen(relation)) +
                   (relation[0] != '\0');
    bool narrow = output->width > 0 && output->width < NARROW;
    output_blanks(output, INDENT);
    buffer_add_string(&output->buffer, relation);
    buffer_add_string(&output->buffer, relation[0] != '\0' ? " " : "");
    if (name[0] != '\0')
        output_styled(output, STYLE_PLACE, name);
    if (narrow) {
        if (name[0] == '\0')
            return INDENT;
        buffer_add_byte(&output->buffer, '\n');
        output_blanks(output, 2 * INDENT);
        return 2 * INDENT;
    }
    uint32_t column = INDENT + PLACE_COLUMN + 2;
    if (width > PLACE_COLUMN) {
        buffer_add_byte(&output->buffer, '\n');
        output_blanks(output, column);
    } else {
        output_blanks(output, column - INDENT - width);
    }
    return column;
}

/* One sentence often tells two things, and two outlets print one text: a line is printed once under
 * its date. `annals events` lists them all. */
static bool is_repeated(struct timeline *timeline)
{
    uint64_t hash = hash_bytes(timeline->text.bytes, timeline->text.length);
    uint32_t kept = timeline->shown < LINES ? timeline->shown : LINES;
    for (uint32_t i = 0; i < kept; i++)
        if (timeline->lines[i] == hash)
            return true;
    timeline->lines[timeline->shown++ % LINES] = hash;
    return false;
}

static void add_decided(struct buffer *text, const struct output *output,
                        const struct record_claim *claim)
{
    struct buffer mark;
    buffer_init(&mark);
    decided_add_mark(&mark, claim);
    if (mark.length > 0 && !mark.failed)
        buffer_print(text, " %s(%s)%s", output_code(output, STYLE_WARNING), mark.bytes,
                     output_code(output, STYLE_PLAIN));
    buffer_release(&mark);
}

static void write_line(struct timeline *timeline, const struct record_event *event)
{
    struct output *output = timeline->output;
    struct buffer *text = &timeline->text;
    const struct record_claim *claim = &event->claims[0];
    buffer_clear(text);
    line_add_mark(text, claim);
    if (text->length > 0) {
        buffer_clear(text);
        buffer_add_string(text, output_code(output, STYLE_WARNING));
        line_add_mark(text, claim);
        buffer_print(text, ":%s ", output_code(output, STYLE_PLAIN));
    }
    line_add(text, claim);
    char end = text->length > 0 ? text->bytes[text->length - 1] : '.';
    if (end != '.' && end != '!' && end != '?' && end != '\x9d')
        buffer_add_byte(text, '.');
    if (event->disputed && strcmp(claim->status, "denied") != 0 &&
        strcmp(claim->status, "disputed") != 0)
        buffer_print(text, " %s(disputed)%s", output_code(output, STYLE_WARNING),
                     output_code(output, STYLE_PLAIN));
    if (is_repeated(timeline))
        return;
    buffer_print(text, " %s[", output_code(output, STYLE_DIM));
    add_source(text, event);
    buffer_print(text, "]%s", output_code(output, STYLE_PLAIN));
    add_decided(text, output, claim);
    if (timeline->ids)
        buffer_print(text, " %s%s%s", output_code(output, STYLE_DIM), event->id,
                     output_code(output, STYLE_PLAIN));
    uint32_t column = write_place(timeline, claim);
    output_wrapped(output, column, column, text->failed ? "" : text->bytes);
}

/* ------------------------------------------------------------------ for programs */

#define CELL(name, code)                                                                           \
    static void cell_##name(struct buffer *cell, const void *row)                                  \
    {                                                                                              \
        const struct record_event *event = row;                                                    \
        const struct record_claim *claim = &event->claims[0];                                      \
        (void)claim;                                                                               \
        code;                                                                                      \
    }

static void add(struct buffer *cell, const char *text)
{
    buffer_add_string(cell, text != NULL ? text : "");
}

CELL(from, add(cell, event->first))
CELL(to, add(cell, event->last))
CELL(precision, add(cell, claim->precision))
CELL(place, add(cell, claim->place.name != NULL ? claim->place.name : claim->control_place.name))
CELL(line, add_full_line(cell, claim))
CELL(status, add(cell, claim->status))
CELL(source, add(cell, line_source(claim)))
CELL(published, add(cell, claim->published))
CELL(event, add(cell, event->id))

static const struct column columns[] = {
    {"from", IN_FILE, cell_from},         {"to", IN_FILE, cell_to},
    {"precision", IN_FILE, cell_precision}, {"place", IN_FILE, cell_place},
    {"line", IN_FILE, cell_line},         {"status", IN_FILE, cell_status},
    {"source", IN_FILE, cell_source},     {"published", IN_FILE, cell_published},
    {"event", IN_FILE, cell_event},       {NULL, 0, NULL},
};

static void write_object(struct timeline *timeline, const struct record_event *event)
{
    struct json_writer *json = &timeline->rows.json;
    json_rows_next(&timeline->rows);
    json_begin(json, '{');
    for (size_t i = 0; columns[i].name != NULL; i++) {
        buffer_clear(&timeline->text);
        buffer_add_string(&timeline->text, "");
        columns[i].write(&timeline->text, event);
        json_key(json, columns[i].name);
        json_string(json, timeline->text.length > 0 ? timeline->text.bytes : NULL);
    }
    json_end(json, '}');
}

static annals_status visit_event(void *context, const struct record_event *event)
{
    struct timeline *timeline = context;
    if (timeline->layout == ANNALS_TABLE) {
        write_heading(timeline, event);
        write_line(timeline, event);
    } else if (timeline->layout == ANNALS_CSV || timeline->layout == ANNALS_TSV) {
        sheet_row(&timeline->sheet, event);
    } else {
        write_object(timeline, event);
    }
    timeline->count++;
    if (timeline->text.failed || timeline->heading.failed)
        timeline->output->buffer.failed = true;
    return output_flush(timeline->output) ? ANNALS_OK : ANNALS_CANNOT_WRITE;
}

annals_status view_timeline(struct record *record, const annals_query *query,
                            struct output *output, annals_error *error)
{
    struct timeline timeline = {.output = output, .layout = query->layout, .ids = query->ids};
    bool sheet = query->layout == ANNALS_CSV || query->layout == ANNALS_TSV;
    bool json = query->layout == ANNALS_JSON || query->layout == ANNALS_JSONL;
    buffer_init(&timeline.heading);
    buffer_init(&timeline.text);
    if (sheet)
        sheet_begin(&timeline.sheet, output, query->layout, columns);
    else if (json)
        json_rows_begin(&timeline.rows, output, query->layout);
    annals_status status = record_acts(record, query, visit_event, &timeline, error);
    if (sheet)
        sheet_end(&timeline.sheet);
    else if (json)
        json_rows_end(&timeline.rows);
    buffer_release(&timeline.heading);
    buffer_release(&timeline.text);
    return status;
}
