/* Disputes with the sentences side by side: two columns with a bar between them where there is
 * room, one under the other on a narrow terminal; as rows, one line a statement. */
#include "render/views.h"

#include "bytes/utf8.h"
#include "record/disputes.h"
#include "render/dates.h"
#include "render/sheet.h"
#include "render/sign_lists.h"

#include <ctype.h>
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

enum { WIDE = 100, UNKNOWN_WIDTH = 120, INDENT = 2, SENTENCE_INDENT = 2, BAR = 3 };

/* The lines of one statement: what it says, its sentence, who says so. */
struct lines {
    struct buffer text;
    uint32_t count, says, sentence; /* lines in all, and of the first two */
};

static void add_words(struct lines *lines, const char *text, uint32_t indent, uint32_t width)
{
    uint32_t column = 0;
    for (text += strspn(text, " \n\t"); *text != '\0'; text += strspn(text, " \n\t")) {
        size_t length = strcspn(text, " \n\t");
        uint32_t wide = (uint32_t)utf8_width(text, length);
        if (column > 0 && column + 1 + wide > width) {
            buffer_add_byte(&lines->text, '\n');
            lines->count++;
            column = 0;
        }
        if (column > 0)
            buffer_add_byte(&lines->text, ' ');
        else
            buffer_print(&lines->text, "%*s", (int)indent, "");
        column += column > 0 ? 1 + wide : indent + wide;
        buffer_add(&lines->text, text, length);
        text += length;
    }
    buffer_add_byte(&lines->text, '\n');
    lines->count++;
}

/* What a side says in a few words: without a full stop, and nothing where its sentence says it as
 * well. */
static void add_says(struct lines *lines, const struct record_stand *stand, uint32_t width)
{
    enum { LONG = 40 };
    const char *says = stand->says != NULL ? stand->says : "";
    size_t length = strlen(says);
    length -= length > 0 && says[length - 1] == '.';
    if (length == 0 ||
        (length > LONG && stand->sentence != NULL && strstr(stand->sentence, says) != NULL))
        return;
    struct buffer text;
    buffer_init(&text);
    buffer_print(&text, "%.*s", (int)length, says);
    add_words(lines, text.failed ? "" : text.bytes, 0, width);
    buffer_release(&text);
}

static void fill(struct lines *lines, const struct record_stand *stand, uint32_t width)
{
    struct buffer text;
    const char *sentence = stand->sentence != NULL ? stand->sentence : "";
    /* A sentence that is a quotation brings its marks. */
    bool quoted = strncmp(sentence, "\xe2\x80\x9c", 3) == 0 || *sentence == '"';
    buffer_init(&text);
    buffer_init(&lines->text);
    lines->count = 0;
    add_says(lines, stand, width);
    lines->says = lines->count;
    buffer_print(&text, "%s%s%s", quoted ? "" : "\xe2\x80\x9c", sentence,
                 quoted ? "" : "\xe2\x80\x9d");
    add_words(lines, text.failed ? "" : text.bytes, SENTENCE_INDENT, width);
    lines->sentence = lines->count - lines->says;
    buffer_clear(&text);
    buffer_print(&text, "%s%s%s", stand->speaker != NULL ? stand->speaker : "",
                 stand->speaker != NULL ? " in " : "", stand->source != NULL ? stand->source : "");
    if (stand->published != NULL) {
        buffer_add_string(&text, ", ");
        date_add_short(&text, stand->published);
    }
    if (stand->claim[0] != '\0')
        buffer_print(&text, " \xc2\xb7 %s", stand->claim);
    add_words(lines, text.failed ? "" : text.bytes, SENTENCE_INDENT, width);
    buffer_release(&text);
}

/* Writes line `number` of `lines`, which begins at `*at`, padded to `width` where that is not 0. */
static void write_line(struct output *output, const struct lines *lines, uint32_t number,
                       const char **at, uint32_t width)
{
    size_t length = strcspn(*at, "\n");
    uint32_t wide = (uint32_t)utf8_width(*at, length);
    enum style style = number < lines->says                     ? STYLE_BOLD
                       : number < lines->says + lines->sentence ? STYLE_PLAIN
                                                                : STYLE_DIM;
    buffer_add_string(&output->buffer, style != STYLE_PLAIN ? output_code(output, style) : "");
    buffer_add(&output->buffer, *at, length);
    buffer_add_string(&output->buffer,
                      style != STYLE_PLAIN ? output_code(output, STYLE_PLAIN) : "");
    *at += length + ((*at)[length] == '\n');
    output_blanks(output, width > wide ? width - wide : 0);
}

static void write_alone(struct output *output, const struct record_stand *stand, uint32_t width)
{
    struct lines lines;
    fill(&lines, stand, width);
    const char *at = lines.text.failed ? "" : lines.text.bytes;
    for (uint32_t i = 0; i < lines.count; i++) {
        output_blanks(output, INDENT);
        write_line(output, &lines, i, &at, 0);
        buffer_add_byte(&output->buffer, '\n');
    }
    buffer_release(&lines.text);
}

/* Two statements with a bar between them. */
static void write_beside(struct output *output, const struct record_stand *left,
                         const struct record_stand *right, uint32_t width)
{
    struct lines one, other;
    fill(&one, left, width);
    fill(&other, right, width);
    const char *at = one.text.failed ? "" : one.text.bytes;
    const char *beside = other.text.failed ? "" : other.text.bytes;
    uint32_t count = one.count > other.count ? one.count : other.count;
    for (uint32_t i = 0; i < count; i++) {
        output_blanks(output, INDENT);
        write_line(output, &one, i, &at, width);
        output_styled(output, STYLE_DIM, " \xe2\x94\x82");
        if (*beside != '\0') {
            buffer_add_byte(&output->buffer, ' ');
            write_line(output, &other, i, &beside, 0);
        }
        buffer_add_byte(&output->buffer, '\n');
    }
    buffer_release(&one.text);
    buffer_release(&other.text);
}

/* ------------------------------------------------------------------ the head */

/* What a dispute is about, in words: the kind, with the matter behind it or in its place. */
static void add_title(struct buffer *text, const struct record_dispute *dispute)
{
    static const struct {
        const char *kind, *with, *without;
    } titles[] = {
        {"figures", "How many %s", "How many"},
        {"sum", "What does not add up: %s", "What does not add up"},
        {"who", "Who did it: %s", "Who did it"},
        {"victims", "Who was %s", "Who they were"},
        {"denied", "Claimed and denied: %s", "Claimed and denied"},
        {"days", "On which day: %s", "On which day"},
        {"place", "Where: %s", "Where"},
        {"control", "Control: %s", "Control"},
        {"fate", "What became of %s", "What became of them"},
        {"terms", "What was agreed: %s", "What was agreed"},
        {"intentions", "What %s will do", "What they will do"},
        {"power", "Who rules: %s", "Who rules"},
        {"questioned", "Questioned: %s", "Questioned"},
    };
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        if (strcmp(titles[i].kind, dispute->kind) != 0)
            continue;
        const char *about = dispute->about;
        const char *split = strstr(titles[i].with, "%s");
        if (about == NULL) {
            buffer_add_string(text, titles[i].without);
            return;
        }
        buffer_add(text, titles[i].with, (size_t)(split - titles[i].with));
        /* A code of PLOVER is read as a word. */
        for (bool code = about[strspn(about, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0'; *about != '\0';
             about++)
            buffer_add_byte(text, code ? (char)tolower((unsigned char)*about) : *about);
        buffer_add_string(text, split + 2);
    }
}

static void write_head(struct output *output, const struct record_dispute *dispute, uint32_t width)
{
    struct buffer title, rest;
    buffer_init(&title);
    buffer_init(&rest);
    add_title(&title, dispute);
    if (dispute->place != NULL &&
        (dispute->about == NULL || strcmp(dispute->place, dispute->about) != 0))
        buffer_print(&rest, " \xc2\xb7 %s", dispute->place);
    if (dispute->first != NULL) {
        buffer_add_string(&rest, " \xc2\xb7 ");
        date_add_short(&rest, dispute->first);
    }
    buffer_add_byte(&title, '\0');
    buffer_add_byte(&rest, '\0');
    if (!title.failed && !rest.failed) {
        size_t wide = utf8_width(title.bytes, strlen(title.bytes)) +
                      utf8_width(rest.bytes, strlen(rest.bytes));
        size_t kind = strlen(dispute->kind);
        output_styled(output, STYLE_MARK, title.bytes);
        buffer_add_string(&output->buffer, rest.bytes);
        /* The kind stands at the right, where there is room for it and the title does not name it.
         */
        bool named = strstr(title.bytes, dispute->kind + 1) != NULL; /* a title has a capital */
        output_blanks(output, named ? 0 : wide + 2 + kind <= width ? width - wide - kind : 2);
        output_styled(output, STYLE_DIM, named ? "" : dispute->kind);
    }
    buffer_add_byte(&output->buffer, '\n');
    buffer_release(&title);
    buffer_release(&rest);
}

static void write_page(struct listing *listing, const struct record_dispute *dispute)
{
    struct output *output = listing->output;
    uint32_t all = output->width == 0 ? UNKNOWN_WIDTH : output->width;
    bool wide = all >= WIDE;
    uint32_t width = wide ? (all - INDENT - BAR) / 2 : all > 2 * INDENT ? all - INDENT : INDENT;
    if (listing->count > 1)
        buffer_add_byte(&output->buffer, '\n');
    write_head(output, dispute, all);
    for (uint32_t i = 0; i < dispute->stands.count; i += wide ? 2 : 1) {
        const struct record_stand *stand = &dispute->stands.items[i];
        if (wide && i > 0)
            buffer_add_byte(&output->buffer, '\n');
        if (wide && i + 1 < dispute->stands.count)
            write_beside(output, stand, stand + 1, width);
        else
            write_alone(output, stand, width);
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
