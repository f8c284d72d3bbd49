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

enum { INDENT = 2, PLACE_COLUMN = 18, NARROW = 60, LINES = 200, DENIALS = 256 };

/* Where a line has no place, lest it seem to be of the one above. */
#define NO_PLACE "\xe2\x80\x93"

/* A line of the day at hand, not yet written. */
struct day_line {
    char *place, *relation, *text, *behind; /* `behind`: source, decision, id */
    char *report;
    char *plain;   /* small letters and digits of what the report says, to compare by */
    char *sentence; /* that it was read from; empty where unknown */
    bool marked;   /* "Planned: ...", "Denied: ..." */
    bool denied;   /* what is denied */
    bool denial;   /* that somebody denies or refuses it */
    bool quoted;   /* it is its sentence, whole */
    bool left_out;
};

struct timeline {
    struct output *output;
    annals_layout layout;
    bool ids;
    struct buffer heading; /* of the day that was written last */
    struct buffer text;
    struct sheet sheet;
    struct json_rows rows;
    uint64_t count;
    uint64_t denials[DENIALS]; /* the sentences whose denial was written last */
    uint32_t denial_count;
    struct day_line lines[LINES]; /* under this heading, in `arena` */
    uint32_t line_count;
    struct arena arena;
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
    line_add_source(buffer, claim);
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

/* ------------------------------------------------------------------ the lines of a day */

/* The place in its column; gives the column in which the line begins. */
static uint32_t write_place(struct output *output, const struct day_line *line)
{
    size_t width = utf8_width(line->place, strlen(line->place)) +
                   utf8_width(line->relation, strlen(line->relation)) + (line->relation[0] != '\0');
    bool narrow = output->width > 0 && output->width < NARROW;
    output_blanks(output, INDENT);
    buffer_add_string(&output->buffer, line->relation);
    buffer_add_string(&output->buffer, line->relation[0] != '\0' ? " " : "");
    if (line->place[0] != '\0')
        output_styled(output, STYLE_PLACE, line->place);
    else if (!narrow && width == 0)
        output_styled(output, STYLE_DIM, NO_PLACE);
    if (narrow) {
        if (line->place[0] == '\0')
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
        output_blanks(output, column - INDENT - (width > 0 ? width : 1));
    }
    return column;
}

/* Does another line of the same sentence say it: the sentence itself, or what is denied where this one says
 * that it is? */
static bool is_said_by(const struct day_line *line, const struct day_line *other)
{
    if (line->sentence[0] == '\0' || strcmp(line->sentence, other->sentence) != 0 ||
        strcmp(line->report, other->report) != 0 || strcmp(line->plain, other->plain) == 0)
        return false;
    return (other->denied && line->denial) ||
           (other->quoted && !other->marked && !line->quoted && !line->marked);
}

/* One sentence often tells two things, and two outlets print one text. What another line under this
 * heading says in the same words and more is left out; of two that say the same the one without a mark
 * stays, else the first. `annals events` lists them all. */
static void leave_out(struct day_line *lines, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < count && !lines[i].left_out; j++) {
            if (i == j || lines[j].left_out)
                continue;
            if (is_said_by(&lines[i], &lines[j])) {
                lines[i].left_out = true;
                break;
            }
            if (strstr(lines[j].plain, lines[i].plain) == NULL)
                continue;
            bool same = strlen(lines[i].plain) == strlen(lines[j].plain);
            /* "Rebels took Aleppo" is in "Rebels took Aleppo airport" of another report by chance. */
            if (!same && strcmp(lines[i].report, lines[j].report) != 0)
                continue;
            bool worse = lines[i].marked != lines[j].marked ? lines[i].marked : i > j;
            lines[i].left_out = !same || worse;
        }
}

static void write_day(struct timeline *timeline)
{
    struct buffer *text = &timeline->text;
    leave_out(timeline->lines, timeline->line_count);
    for (uint32_t i = 0; i < timeline->line_count; i++) {
        const struct day_line *line = &timeline->lines[i];
        if (line->left_out)
            continue;
        uint32_t column = write_place(timeline->output, line);
        buffer_clear(text);
        buffer_print(text, "%s %s", line->text, line->behind);
        output_wrapped(timeline->output, column, column, text->failed ? "" : text->bytes);
    }
    timeline->line_count = 0;
    arena_reset(&timeline->arena);
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

/* Small letters and digits of the line, words parted by one blank. */
static char *plain_of(struct arena *arena, const char *text, size_t length)
{
    struct buffer plain;
    buffer_init(&plain);
    buffer_add_byte(&plain, ' ');
    for (size_t i = 0; i < length; i++) {
        char byte = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
        /* Quotation marks and dashes are of three bytes that begin so; other letters stay. */
        bool mark = i + 2 < length && (unsigned char)byte == 0xe2 && (unsigned char)text[i + 1] == 0x80;
        if (mark)
            i += 2;
        else if (letter || (unsigned char)byte >= 0x80)
            buffer_add_byte(&plain, byte);
        else if (byte == ' ' && !plain.failed && plain.bytes[plain.length - 1] != ' ')
            buffer_add_byte(&plain, ' ');
    }
    if (!plain.failed && plain.bytes[plain.length - 1] != ' ')
        buffer_add_byte(&plain, ' ');
    char *copy = plain.failed ? NULL : arena_copy(arena, plain.bytes, plain.length);
    buffer_release(&plain);
    return copy;
}

/* What stands at the end of a sentence already, or of one that was cut. */
static bool is_ended(const struct buffer *text)
{
    static const char *const ends[] = {".", "!", "?", "\xe2\x80\x9d", "\xe2\x80\xa6"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t length = strlen(ends[i]);
        if (text->length >= length &&
            memcmp(text->bytes + text->length - length, ends[i], length) == 0)
            return true;
    }
    return text->length == 0;
}

static bool is_denial(const struct record_claim *claim)
{
    return claim->plover != NULL && strcmp(claim->plover, "REJECT") == 0;
}

/* The mark and the line, as they are printed; `line->plain` is made of the line alone. */
static void add_said(struct timeline *timeline, struct day_line *line,
                     const struct record_event *event)
{
    const struct output *output = timeline->output;
    const struct record_claim *claim = &event->claims[0];
    struct buffer *text = &timeline->text;
    buffer_clear(text);
    line_add(text, claim);
    static const char opening[] = "\xe2\x80\x9c", cut[] = "\xe2\x80\xa6\xe2\x80\x9d";
    line->quoted = !text->failed && strncmp(text->bytes, opening, strlen(opening)) == 0 &&
                   strstr(text->bytes, cut) == NULL;
    line->denial = is_denial(claim);
    line->denied = !line->denial && strcmp(claim->status, "denied") == 0;
    line->plain = plain_of(&timeline->arena, text->failed ? "" : text->bytes, text->length);
    buffer_clear(text);
    line_add_mark(text, claim);
    line->marked = text->length > 0;
    if (line->marked) {
        buffer_clear(text);
        buffer_add_string(text, output_code(output, STYLE_WARNING));
        line_add_mark(text, claim);
        buffer_print(text, ":%s ", output_code(output, STYLE_PLAIN));
    }
    line_add(text, claim);
    if (!is_ended(text))
        buffer_add_byte(text, '.');
    if (event->disputed && strcmp(claim->status, "denied") != 0 &&
        strcmp(claim->status, "disputed") != 0)
        buffer_print(text, " %s(disputed)%s", output_code(output, STYLE_WARNING),
                     output_code(output, STYLE_PLAIN));
    line->text = text->failed ? NULL : arena_copy(&timeline->arena, text->bytes, text->length);
}

static char *copy_of(struct arena *arena, const char *text)
{
    return arena_copy(arena, text != NULL ? text : "", text != NULL ? strlen(text) : 0);
}

/* Keeps the line until its day is complete. */
static void keep_line(struct timeline *timeline, const struct record_event *event)
{
    struct output *output = timeline->output;
    struct buffer *text = &timeline->text;
    const struct record_claim *claim = &event->claims[0];
    if (timeline->line_count == LINES)
        write_day(timeline);
    struct day_line line = {0};
    bool placed = event->place.name != NULL;
    line.place = copy_of(&timeline->arena, placed ? event->place.name : claim->control_place.name);
    line.report = copy_of(&timeline->arena, claim->report);
    line.sentence = copy_of(&timeline->arena, claim->sentence);
    line.relation = copy_of(&timeline->arena, placed ? event->place.relation : NULL);
    add_said(timeline, &line, event);
    buffer_clear(text);
    buffer_print(text, "%s[", output_code(output, STYLE_DIM));
    add_source(text, event);
    buffer_print(text, "]%s", output_code(output, STYLE_PLAIN));
    add_decided(text, output, claim);
    if (timeline->ids)
        buffer_print(text, " %s%s%s", output_code(output, STYLE_DIM), event->id,
                     output_code(output, STYLE_PLAIN));
    line.behind = text->failed ? NULL : arena_copy(&timeline->arena, text->bytes, text->length);
    if (line.place == NULL || line.relation == NULL || line.report == NULL || line.sentence == NULL ||
        line.plain == NULL || line.text == NULL || line.behind == NULL)
        output->buffer.failed = true;
    else
        timeline->lines[timeline->line_count++] = line;
}

/* ------------------------------------------------------------------ under their headings */

static void write_heading(struct timeline *timeline, const struct record_event *event)
{
    struct buffer *text = &timeline->text;
    const struct record_claim *claim = event->listed;
    buffer_clear(text);
    /* Of several claims that tell of one act on different days, it stands in order by the listed one's. */
    if (claim != NULL)
        date_add_long(text, claim->first, claim->last, claim->precision);
    else
        date_add_long(text, event->first, event->last, event->claims[0].precision);
    if (text->length == 0)
        buffer_add_string(text, "Undated");
    if (timeline->count > 0 && timeline->heading.length == text->length &&
        memcmp(timeline->heading.bytes, text->bytes, text->length) == 0)
        return;
    struct buffer heading = *text;
    buffer_init(text); /* the day that ends needs it */
    write_day(timeline);
    buffer_release(text);
    *text = heading;
    if (timeline->count > 0)
        buffer_add_byte(&timeline->output->buffer, '\n');
    output_styled(timeline->output, STYLE_BOLD, text->bytes);
    buffer_add_byte(&timeline->output->buffer, '\n');
    buffer_clear(&timeline->heading);
    buffer_add(&timeline->heading, text->bytes, text->length);
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
CELL(place, add(cell, event->place.name != NULL ? event->place.name : claim->control_place.name))
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

static uint64_t sentence_hash(const struct record_claim *claim)
{
    return hash_join(hash_bytes(claim->report, strlen(claim->report)),
                     hash_bytes(claim->sentence, strlen(claim->sentence)));
}

/* "Denied by the army: …" on the day of the deed says already that the army denied it, two days later. */
static bool is_told_denial(struct timeline *timeline, const struct record_claim *claim)
{
    if (claim->sentence == NULL)
        return false;
    uint64_t hash = sentence_hash(claim);
    bool denial = is_denial(claim);
    if (!denial && strcmp(claim->status, "denied") == 0)
        timeline->denials[timeline->denial_count++ % DENIALS] = hash;
    for (uint32_t i = 0; denial && i < DENIALS && i < timeline->denial_count; i++)
        if (timeline->denials[i] == hash)
            return true;
    return false;
}

static annals_status visit_event(void *context, const struct record_event *event)
{
    struct timeline *timeline = context;
    if (timeline->layout == ANNALS_TABLE) {
        if (is_told_denial(timeline, &event->claims[0]))
            return ANNALS_OK;
        write_heading(timeline, event);
        keep_line(timeline, event);
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
    arena_init(&timeline.arena);
    buffer_init(&timeline.heading);
    buffer_init(&timeline.text);
    if (sheet)
        sheet_begin(&timeline.sheet, output, query->layout, columns);
    else if (json)
        json_rows_begin(&timeline.rows, output, query->layout);
    annals_status status = record_acts(record, query, visit_event, &timeline, error);
    write_day(&timeline);
    if (sheet)
        sheet_end(&timeline.sheet);
    else if (json)
        json_rows_end(&timeline.rows);
    arena_release(&timeline.arena);
    buffer_release(&timeline.heading);
    buffer_release(&timeline.text);
    return status;
}
