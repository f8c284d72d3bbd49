/* How many: the sum, by side, by who says so, by event; each line with the claims behind it. */
#include "render/views.h"

#include "record/counts.h"
#include "render/dates.h"
#include "render/line.h"
#include "render/sheet.h"

#include <math.h>
#include <string.h>

/* ------------------------------------------------------------------ rows */

struct row {
    const char *part, *what; /* "total", "side", "source", "event" */
    const struct record_share *share;
};

static void add(struct buffer *cell, const char *text)
{
    if (text != NULL)
        buffer_add_string(cell, text);
}

static void add_number(struct buffer *cell, double number)
{
    if (!isnan(number))
        buffer_print(cell, "%.0f", number);
}

#define CELL(name, code)                                                                           \
    static void cell_##name(struct buffer *cell, const void *item)                                 \
    {                                                                                              \
        const struct row *row = item;                                                              \
        const struct record_share *share = row->share;                                             \
        (void)share;                                                                               \
        code;                                                                                      \
    }

CELL(part, add(cell, row->part))
CELL(what, add(cell, row->what))
CELL(low, add_number(cell, share->figure.low))
CELL(best, add_number(cell, share->figure.best))
CELL(high, add_number(cell, share->figure.high))
CELL(basis, add(cell, record_basis_name(share->figure.basis)))
CELL(side, add(cell, share->side))
CELL(speaker, add(cell, share->speaker))
CELL(source, add(cell, share->source))
CELL(published, add(cell, share->published))
CELL(left_out, add(cell, share->left_out))
CELL(event, add(cell, share->event))
CELL(date, add(cell, share->first))
CELL(place, add(cell, share->place))
CELL(sentence, add(cell, share->sentence))

static void cell_claims(struct buffer *cell, const void *item)
{
    const struct record_share *share = ((const struct row *)item)->share;
    for (uint32_t i = 0; i < share->claims.count; i++)
        buffer_print(cell, "%s%s", i > 0 ? ";" : "", share->claims.items[i]);
}

static const struct column columns[] = {
    {"part", IN_FILE, cell_part},
    {"what", IN_FILE, cell_what},
    {"low", IN_FILE | RIGHT, cell_low},
    {"best", IN_FILE | RIGHT, cell_best},
    {"high", IN_FILE | RIGHT, cell_high},
    {"basis", IN_FILE, cell_basis},
    {"side", IN_FILE, cell_side},
    {"according_to", IN_FILE, cell_speaker},
    {"source", IN_FILE, cell_source},
    {"published", IN_FILE, cell_published},
    {"left_out", IN_FILE, cell_left_out},
    {"event", IN_FILE, cell_event},
    {"date", IN_FILE, cell_date},
    {"place", IN_FILE, cell_place},
    {"claims", IN_FILE, cell_claims},
    {"sentence", IN_FILE, cell_sentence},
    {NULL, 0, NULL},
};

static void write_rows(struct output *output, annals_layout layout,
                       const struct record_tally *tally)
{
    struct sheet sheet;
    struct record_share total = {.figure = tally->figure};
    struct row row = {"total", tally->what, &total};
    sheet_begin(&sheet, output, layout, columns);
    sheet_row(&sheet, &row);
    for (uint32_t i = 0; i < tally->sides.count; i++)
        sheet_row(&sheet, &(struct row){"side", tally->what, &tally->sides.items[i]});
    for (uint32_t i = 0; i < tally->sources.count; i++)
        sheet_row(&sheet, &(struct row){"source", tally->what, &tally->sources.items[i]});
    for (uint32_t i = 0; i < tally->events.count; i++)
        sheet_row(&sheet, &(struct row){"event", tally->what, &tally->events.items[i]});
    sheet_end(&sheet);
}

/* ------------------------------------------------------------------ JSON */

static void put(struct json_writer *json, const char *key, const char *text)
{
    json_key(json, key);
    json_string(json, text);
}

static void put_figure(struct json_writer *json, const struct record_figure *figure)
{
    json_key(json, "low");
    json_number(json, figure->low, 2);
    json_key(json, "best");
    json_number(json, figure->best, 2);
    json_key(json, "high");
    json_number(json, figure->high, 2);
    put(json, "basis", record_basis_name(figure->basis));
}

static void put_ids(struct json_writer *json, const struct record_share *share)
{
    json_key(json, "claims");
    json_begin(json, '[');
    for (uint32_t i = 0; i < share->claims.count; i++)
        json_string(json, share->claims.items[i]);
    json_end(json, ']');
}

static void put_source(struct json_writer *json, const struct record_share *share)
{
    json_begin(json, '{');
    put(json, "according_to", share->speaker);
    put(json, "source", share->source);
    put(json, "published", share->published);
    put(json, "side", share->side);
    json_key(json, "low");
    json_number(json, share->figure.low, 2);
    json_key(json, "high");
    json_number(json, share->figure.high, 2);
    put(json, "left_out", share->left_out);
    put(json, "event", share->event);
    put_ids(json, share);
    put(json, "sentence", share->sentence);
    json_end(json, '}');
}

static void put_share(struct json_writer *json, const struct record_share *share, bool event)
{
    json_begin(json, '{');
    put(json, event ? "event" : "side", event ? share->event : share->side);
    if (event) {
        put(json, "date", share->first);
        put(json, "place", share->place);
    }
    put_figure(json, &share->figure);
    put_ids(json, share);
    json_end(json, '}');
}

static void write_json(struct output *output, const struct record_tally *tally)
{
    struct json_writer json = {.buffer = &output->buffer};
    json_begin(&json, '{');
    put(&json, "what", tally->what);
    put_figure(&json, &tally->figure);
    json_key(&json, "undated");
    json_boolean(&json, tally->undated);
    json_key(&json, "by_side");
    json_begin(&json, '[');
    for (uint32_t i = 0; i < tally->sides.count; i++)
        put_share(&json, &tally->sides.items[i], false);
    json_end(&json, ']');
    json_key(&json, "by_source");
    json_begin(&json, '[');
    for (uint32_t i = 0; i < tally->sources.count; i++)
        put_source(&json, &tally->sources.items[i]);
    json_end(&json, ']');
    json_key(&json, "by_event");
    json_begin(&json, '[');
    for (uint32_t i = 0; i < tally->events.count; i++)
        put_share(&json, &tally->events.items[i], true);
    json_end(&json, ']');
    json_end(&json, '}');
    buffer_add_byte(&output->buffer, '\n');
}

/* ------------------------------------------------------------------ for people */

enum { NUMBERS = 18 };

/* "  190                ": the figure, so wide that what follows stands in a column. */
static uint32_t write_range(struct output *output, double low, double high, enum style style)
{
    struct buffer text;
    buffer_init(&text);
    if (isnan(low) && isnan(high))
        buffer_add_string(&text, "unknown");
    line_add_range(&text, low, high);
    size_t width = text.length;
    output_blanks(output, 2);
    output_styled(output, style, text.failed ? "" : text.bytes);
    output_blanks(output, width < NUMBERS ? NUMBERS - width : 1);
    buffer_release(&text);
    return (uint32_t)(2 + (width < NUMBERS ? NUMBERS : width + 1));
}

static void write_line(struct output *output, uint32_t column, struct buffer *text)
{
    output_wrapped(output, column, 2 + NUMBERS,
                   text->failed || text->length == 0 ? "-" : text->bytes);
    buffer_clear(text);
}

static void write_heading(struct output *output, const char *heading)
{
    buffer_add_byte(&output->buffer, '\n');
    output_styled(output, STYLE_DIM, heading);
    buffer_add_byte(&output->buffer, '\n');
}

static const char *people_of(const struct record_share *share)
{
    bool single = share->figure.low == 1 && share->figure.high == 1;
    return share->side != NULL ? line_people(share->side, single) : NULL;
}

static void write_source(struct output *output, const struct record_share *share,
                         struct buffer *text)
{
    uint32_t column = write_range(output, share->figure.low, share->figure.high,
                                  share->left_out != NULL ? STYLE_DIM : STYLE_BOLD);
    const char *people = people_of(share);
    if (people != NULL)
        buffer_print(text, "%s: ", people);
    if (share->speaker != NULL)
        buffer_print(text, "%s in ", share->speaker);
    add(text, share->source);
    if (share->published != NULL) {
        buffer_add_string(text, ", ");
        date_add_short(text, share->published);
    }
    if (share->left_out != NULL)
        buffer_print(text, " (not counted: %s)", share->left_out);
    for (uint32_t i = 0; i < share->claims.count; i++)
        buffer_print(text, " %s", share->claims.items[i]);
    write_line(output, column, text);
    if (share->sentence == NULL)
        return;
    output_blanks(output, 2 + NUMBERS);
    buffer_print(text, "\xe2\x80\x9c%s\xe2\x80\x9d", share->sentence);
    write_line(output, 2 + NUMBERS, text);
}

static void write_event(struct output *output, const struct record_share *share,
                        struct buffer *text)
{
    uint32_t column = write_range(output, share->figure.low, share->figure.high, STYLE_PLAIN);
    if (share->first != NULL) {
        date_add_short(text, share->first);
        buffer_add_string(text, ", ");
    }
    buffer_print(text, "%s%s%s", share->place != NULL ? share->place : "",
                 share->place != NULL ? "; " : "", share->event);
    write_line(output, column, text);
}

static void write_page(struct output *output, const struct record_tally *tally)
{
    struct buffer text;
    buffer_init(&text);
    output_styled(output, STYLE_BOLD, tally->what);
    if (isnan(tally->figure.best)) {
        buffer_add_string(&output->buffer, ": nobody says how many\n");
        return;
    }
    line_add_range(&text, tally->figure.best, tally->figure.best);
    buffer_print(&output->buffer, ": %s", text.failed ? "" : text.bytes);
    buffer_clear(&text);
    line_add_range(&text, tally->figure.low, tally->figure.low);
    buffer_print(&output->buffer, " (low %s, high ", text.failed ? "" : text.bytes);
    buffer_clear(&text);
    line_add_range(&text, tally->figure.high, tally->figure.high);
    buffer_print(&output->buffer, "%s), %u event%s\n", text.failed ? "" : text.bytes,
                 tally->events.count, tally->events.count == 1 ? "" : "s");
    if (tally->undated)
        output_styled(output, STYLE_WARNING, "no report says when: it may be of other days\n");
    buffer_clear(&text);
    if (tally->sides.count > 0)
        write_heading(output, "by side");
    for (uint32_t i = 0; i < tally->sides.count; i++) {
        const struct record_share *share = &tally->sides.items[i];
        uint32_t column = write_range(output, share->figure.low, share->figure.high, STYLE_PLAIN);
        add(&text, people_of(share));
        write_line(output, column, &text);
    }
    write_heading(output, "who says so");
    for (uint32_t i = 0; i < tally->sources.count; i++)
        write_source(output, &tally->sources.items[i], &text);
    write_heading(output, "events");
    for (uint32_t i = 0; i < tally->events.count; i++)
        write_event(output, &tally->events.items[i], &text);
    buffer_release(&text);
}

annals_status view_count(struct record *record, const annals_query *query, struct output *output,
                         annals_error *error)
{
    struct arena arena;
    struct record_tally tally;
    arena_init(&arena);
    annals_status status = record_count(record, query, &arena, &tally, error);
    if (status == ANNALS_OK && (query->layout == ANNALS_CSV || query->layout == ANNALS_TSV))
        write_rows(output, query->layout, &tally);
    else if (status == ANNALS_OK && query->layout == ANNALS_TABLE)
        write_page(output, &tally);
    else if (status == ANNALS_OK)
        write_json(output, &tally);
    arena_release(&arena);
    return status;
}
