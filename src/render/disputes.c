/* Disputes with the sentences side by side: two columns on a terminal that is wide enough, one
 * under the other on a narrow one; as rows, one line a statement. */
#include "render/views.h"

#include "bytes/utf8.h"
#include "record/disputes.h"
#include "render/dates.h"
#include "render/sheet.h"
#include "render/sign_lists.h"

#include <string.h>

struct listing {
    struct output *output;
    annals_layout layout;
    struct sheet sheet;
    struct json_rows rows;
    uint64_t count;
};

/* ------------------------------------------------------------------ rows */

struct row {
    uint64_t number;
    const struct record_dispute *dispute;
    const struct record_stand *stand;
};

static void add(struct buffer *cell, const char *text)
{
    if (text != NULL)
        buffer_add_string(cell, text);
}

#define CELL(name, code)                                                                           \
    static void cell_##name(struct buffer *cell, const void *item)                                 \
    {                                                                                              \
        const struct row *row = item;                                                              \
        code;                                                                                      \
    }

CELL(number, buffer_print(cell, "%llu", (unsigned long long)row->number))
CELL(kind, add(cell, row->dispute->kind))
CELL(about, add(cell, row->dispute->about))
CELL(date, add(cell, row->dispute->first))
CELL(place, add(cell, row->dispute->place))
CELL(says, add(cell, row->stand->says))
CELL(speaker, add(cell, row->stand->speaker))
CELL(source, add(cell, row->stand->source))
CELL(published, add(cell, row->stand->published))
CELL(claim, add(cell, row->stand->claim))
CELL(event, add(cell, row->stand->event))
CELL(report, add(cell, row->stand->report))
CELL(sentence, add(cell, row->stand->sentence))

static const struct column columns[] = {
    {"dispute", IN_FILE, cell_number},       {"kind", IN_FILE, cell_kind},
    {"about", IN_FILE, cell_about},          {"date", IN_FILE, cell_date},
    {"place", IN_FILE, cell_place},          {"says", IN_FILE, cell_says},
    {"according_to", IN_FILE, cell_speaker}, {"source", IN_FILE, cell_source},
    {"published", IN_FILE, cell_published},  {"claim", IN_FILE, cell_claim},
    {"event", IN_FILE, cell_event},          {"report", IN_FILE, cell_report},
    {"sentence", IN_FILE, cell_sentence},    {NULL, 0, NULL},
};

/* ------------------------------------------------------------------ JSON */

static void put(struct json_writer *json, const char *key, const char *text)
{
    json_key(json, key);
    json_string(json, text);
}

static void write_json(struct json_writer *json, const struct record_dispute *dispute)
{
    json_begin(json, '{');
    put(json, "kind", dispute->kind);
    put(json, "about", dispute->about);
    put(json, "date", dispute->first);
    put(json, "place", dispute->place);
    json_key(json, "sides");
    json_begin(json, '[');
    for (uint32_t i = 0; i < dispute->stands.count; i++) {
        const struct record_stand *stand = &dispute->stands.items[i];
        json_begin(json, '{');
        put(json, "says", stand->says);
        put(json, "according_to", stand->speaker);
        put(json, "source", stand->source);
        put(json, "published", stand->published);
        put(json, "report", stand->report);
        put(json, "claim", stand->claim[0] != '\0' ? stand->claim : NULL);
        put(json, "event", stand->event[0] != '\0' ? stand->event : NULL);
        put(json, "sentence", stand->sentence);
        json_end(json, '}');
    }
    json_end(json, ']');
    json_end(json, '}');
}

/* ------------------------------------------------------------------ side by side */

enum { WIDE = 100, GAP = 4, INDENT = 2 };

/* The lines of one statement, broken at `width` columns (0: not at all). */
struct lines {
    struct buffer text;
    uint32_t count;
};

static void add_words(struct lines *lines, const char *text, uint32_t width)
{
    uint32_t column = 0;
    for (text += strspn(text, " \n\t"); *text != '\0'; text += strspn(text, " \n\t")) {
        size_t length = strcspn(text, " \n\t");
        uint32_t wide = (uint32_t)utf8_width(text, length);
        if (column > 0 && width > 0 && column + 1 + wide > width) {
            buffer_add_byte(&lines->text, '\n');
            lines->count++;
            column = 0;
        } else if (column > 0) {
            buffer_add_byte(&lines->text, ' ');
            column++;
        }
        buffer_add(&lines->text, text, length);
        column += wide;
        text += length;
    }
    buffer_add_byte(&lines->text, '\n');
    lines->count++;
}

static void fill(struct lines *lines, const struct record_stand *stand, uint32_t width)
{
    struct buffer text;
    buffer_init(&text);
    buffer_init(&lines->text);
    lines->count = 0;
    add_words(lines, stand->says != NULL ? stand->says : "", width);
    buffer_print(&text, "\xe2\x80\x9c%s\xe2\x80\x9d",
                 stand->sentence != NULL ? stand->sentence : "");
    add_words(lines, text.failed ? "" : text.bytes, width);
    buffer_clear(&text);
    buffer_print(&text, "%s%s%s", stand->speaker != NULL ? stand->speaker : "",
                 stand->speaker != NULL ? " in " : "", stand->source != NULL ? stand->source : "");
    if (stand->published != NULL) {
        buffer_add_string(&text, ", ");
        date_add_short(&text, stand->published);
    }
    buffer_print(&text, " %s", stand->claim);
    add_words(lines, text.failed ? "" : text.bytes, width);
    buffer_release(&text);
}

/* Writes the next line of `*at`, padded to `width` where that is not 0. */
static void write_line(struct output *output, const char **at, uint32_t width, bool first)
{
    size_t length = strcspn(*at, "\n");
    uint32_t wide = (uint32_t)utf8_width(*at, length);
    buffer_add_string(&output->buffer, first ? output_code(output, STYLE_BOLD) : "");
    buffer_add(&output->buffer, *at, length);
    buffer_add_string(&output->buffer, first ? output_code(output, STYLE_PLAIN) : "");
    *at += length + ((*at)[length] == '\n');
    output_blanks(output, width > wide ? width - wide : 0);
}

static void write_beside(struct output *output, const struct record_stand *left,
                         const struct record_stand *right, uint32_t width)
{
    struct lines one, other = {.count = 0};
    fill(&one, left, width);
    buffer_init(&other.text);
    if (right != NULL)
        fill(&other, right, width);
    const char *at = one.text.failed ? "" : one.text.bytes;
    const char *beside = other.text.failed || other.count == 0 ? "" : other.text.bytes;
    uint32_t count = one.count > other.count ? one.count : other.count;
    for (uint32_t i = 0; i < count; i++) {
        output_blanks(output, INDENT);
        write_line(output, &at, right != NULL && *beside != '\0' ? width + GAP : 0, i == 0);
        if (right != NULL && *beside != '\0')
            write_line(output, &beside, 0, i == 0);
        buffer_add_byte(&output->buffer, '\n');
    }
    buffer_release(&one.text);
    buffer_release(&other.text);
}

static void write_page(struct listing *listing, const struct record_dispute *dispute)
{
    struct output *output = listing->output;
    struct buffer text;
    buffer_init(&text);
    if (listing->count > 1)
        buffer_add_byte(&output->buffer, '\n');
    output_styled(output, STYLE_MARK, dispute->kind);
    buffer_print(&text, "%s%s", dispute->about != NULL ? ": " : "",
                 dispute->about != NULL ? dispute->about : "");
    if (dispute->place != NULL &&
        (dispute->about == NULL || strcmp(dispute->place, dispute->about) != 0))
        buffer_print(&text, ", %s", dispute->place);
    if (dispute->first != NULL) {
        buffer_add_string(&text, ", ");
        date_add_short(&text, dispute->first);
    }
    buffer_add_string(&output->buffer, text.failed ? "" : text.length > 0 ? text.bytes : "");
    buffer_add_byte(&output->buffer, '\n');
    buffer_release(&text);
    bool wide = output->width == 0 || output->width >= WIDE;
    uint32_t all = output->width == 0 ? 120 : output->width;
    uint32_t width = wide ? (all - INDENT - GAP) / 2 : all - INDENT;
    for (uint32_t i = 0; i < dispute->stands.count; i += wide ? 2 : 1) {
        const struct record_stand *stand = &dispute->stands.items[i];
        bool paired = wide && i + 1 < dispute->stands.count;
        write_beside(output, stand, paired ? stand + 1 : NULL, width);
        if (!wide && i + 1 < dispute->stands.count)
            buffer_add_string(&output->buffer, "  --\n");
    }
}

/* ------------------------------------------------------------------ the walk */

static annals_status list_dispute(void *context, const struct record_dispute *dispute)
{
    struct listing *listing = context;
    listing->count++;
    if (listing->layout == ANNALS_JSON || listing->layout == ANNALS_JSONL) {
        json_rows_next(&listing->rows);
        write_json(&listing->rows.json, dispute);
    } else if (listing->layout == ANNALS_TABLE) {
        write_page(listing, dispute);
    } else {
        for (uint32_t i = 0; i < dispute->stands.count; i++)
            sheet_row(&listing->sheet,
                      &(struct row){listing->count, dispute, &dispute->stands.items[i]});
    }
    return output_flush(listing->output) ? ANNALS_OK : ANNALS_CANNOT_WRITE;
}

annals_status view_disputes(struct record *record, const annals_query *query, struct output *output,
                            annals_error *error)
{
    struct listing listing = {.output = output, .layout = query->layout};
    bool json = query->layout == ANNALS_JSON || query->layout == ANNALS_JSONL;
    bool rows = query->layout == ANNALS_CSV || query->layout == ANNALS_TSV;
    if (json)
        json_rows_begin(&listing.rows, output, query->layout);
    if (rows)
        sheet_begin(&listing.sheet, output, query->layout, columns);
    struct signs signs;
    struct arena arena;
    arena_init(&arena);
    annals_status status = sign_lists_read(&signs, &arena, query->data, error);
    if (status == ANNALS_OK)
        status = record_disputes(record, query, &signs, list_dispute, &listing, error);
    arena_release(&arena);
    if (json)
        json_rows_end(&listing.rows);
    if (rows)
        sheet_end(&listing.sheet);
    if (!json && !rows && listing.count == 0 && status == ANNALS_OK)
        buffer_add_string(&output->buffer, "nothing is disputed\n");
    return status;
}
