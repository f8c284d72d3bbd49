/* One place for a reader: who holds it, since when, on whose word, with the sentences; then a line
 * for what it lies in and for what lies in it. */
#include "render/control.h"

#include "bytes/calendar.h"
#include "bytes/utf8.h"
#include "render/dates.h"
#include "render/line.h"

#include <string.h>

enum { LABEL = 16, SENTENCES = 6, NAME = 28 };

static const char *day_text(int32_t day, char text[16])
{
    if (day == DAY_UNKNOWN || day == INT32_MAX)
        return NULL;
    calendar_write(day, text);
    return text;
}

static void add_long(struct buffer *buffer, int32_t first, int32_t last, const char *precision)
{
    char from[16], to[16];
    date_add_long(buffer, day_text(first, from), day_text(last, to), precision);
}

/* "Kunduz (town, Kunduz, AF)". */
static void add_name(struct buffer *buffer, const struct record_place *place)
{
    const char *parts[] = {control_kind(place), place->admin1, place->country};
    const char *before = " (";
    buffer_add_string(buffer, place->name);
    for (int i = 0; i < 3; i++) {
        bool own = i == 1 && place->feature != NULL && strncmp(place->feature, "ADM1", 4) == 0;
        if (parts[i] == NULL || own)
            continue;
        buffer_print(buffer, "%s%s", before, parts[i]);
        before = ", ";
    }
    buffer_add_string(buffer, before[0] == ',' ? ")" : "");
}

static void put_label(struct output *output, const char *label)
{
    output_blanks(output, 2);
    if (label[0] != '\0')
        output_styled(output, STYLE_DIM, label);
    output_blanks(output, LABEL > strlen(label) ? LABEL - strlen(label) : 1);
}

static void put_line(struct output *output, const char *label, const struct buffer *text)
{
    put_label(output, label);
    output_wrapped(output, LABEL + 2, LABEL + 2, text->failed || text->length == 0 ? "" : text->bytes);
}

/* A claim: its source and day, then its sentence. */
static void put_claim(struct record *record, struct output *output, const char *label,
                      const struct control_word *word)
{
    struct arena arena;
    struct record_claim claim;
    struct buffer text;
    arena_init(&arena);
    buffer_init(&text);
    if (record_claim_of(record, word->claim, &arena, &claim, NULL) == ANNALS_OK) {
        if (claim.according_to.count > 0) {
            line_add_actors(&text, claim.according_to.items, claim.according_to.count, ", ");
            buffer_add_string(&text, text.length > 0 ? ", in " : "");
        }
        line_add_source(&text, &claim);
        if (claim.published != NULL) {
            buffer_add_string(&text, ", ");
            date_add_short(&text, claim.published);
        }
        if (claim.sentence != NULL)
            buffer_print(&text, ": \xe2\x80\x9c%s\xe2\x80\x9d", claim.sentence);
        buffer_print(&text, " %s%s%s", output_code(output, STYLE_DIM), claim.id,
                     output_code(output, STYLE_PLAIN));
        put_line(output, label, &text);
    }
    buffer_release(&text);
    arena_release(&arena);
}

static void put_claims(struct record *record, struct output *output, const char *label,
                       const struct control_word *const *words, uint32_t count)
{
    uint32_t start = count > SENTENCES ? count - SENTENCES : 0;
    for (uint32_t i = start; i < count; i++)
        put_claim(record, output, i == start ? label : "", words[i]);
    if (start > 0) {
        put_label(output, "");
        buffer_print(&output->buffer, "and %u more; --format json names them all\n", start);
    }
}

static void put_days(struct output *output, const struct control_row *row)
{
    const struct control_period *period = row->period;
    const struct control_word *newest = control_newest(period, row->place->on);
    struct buffer text;
    buffer_init(&text);
    if (period->since_first != DAY_UNKNOWN || period->since_last != DAY_UNKNOWN) {
        if (period->since_first == DAY_UNKNOWN)
            buffer_add_string(&text, "by ");
        add_long(&text, period->since_first != DAY_UNKNOWN ? period->since_first : period->since_last,
                 period->since_last, period->precision);
        put_line(output, "since", &text);
    } else if (period->holder_count > 0) {
        buffer_add_string(&text, "not told");
        put_line(output, "since", &text);
    }
    buffer_clear(&text);
    if (newest != NULL) {
        add_long(&text, newest->last, newest->last, "day");
        put_line(output, newest->last > row->place->on ? "first reported" : "last reported", &text);
    }
    buffer_release(&text);
}

static void put_asked(struct record *record, struct output *output, const struct control_row *row)
{
    const struct control_period *period = row->period;
    struct buffer text;
    buffer_init(&text);
    add_name(&text, &row->place->place);
    if (row->place->on != DAY_UNKNOWN) {
        buffer_add_string(&text, ", ");
        add_long(&text, row->place->on, row->place->on, "day");
    }
    if (row->place->as_of != DAY_UNKNOWN) {
        buffer_add_string(&text, ", as known on ");
        char day[16];
        date_add_short(&text, day_text(row->place->as_of, day));
    }
    output_styled(output, STYLE_BOLD, text.failed ? "" : text.bytes);
    buffer_add_byte(&output->buffer, '\n');
    buffer_clear(&text);
    buffer_add_string(&text, output_code(output, STYLE_PLACE));
    control_add_holder(&text, row);
    buffer_add_string(&text, output_code(output, STYLE_PLAIN));
    put_line(output, "holder", &text);
    buffer_clear(&text);
    control_add_standing(&text, row);
    put_line(output, "status", &text);
    if (period != NULL) {
        put_days(output, row);
        put_claims(record, output, "on the word of", period->words.items, period->words.count);
        put_claims(record, output, "against", period->against.items, period->against.count);
    }
    if (row->place->undated.count > 0) {
        buffer_clear(&text);
        buffer_print(&text, "%u claim%s without a day", row->place->undated.count,
                     row->place->undated.count > 1 ? "s" : "");
        put_line(output, "undated", &text);
    }
    buffer_release(&text);
}

/* "in Kunduz (province)   unknown: no word". */
static void put_other(struct output *output, const struct control_row *row)
{
    struct buffer text;
    buffer_init(&text);
    buffer_add_string(&text, row->place->relation == CONTROL_AROUND ? "within " : "");
    buffer_add_string(&text, row->place->place.name);
    const char *kind = control_kind(&row->place->place);
    if (kind != NULL)
        buffer_print(&text, ", %s", kind);
    size_t width = text.failed ? 0 : utf8_width(text.bytes, text.length);
    output_blanks(output, 2);
    buffer_add(&output->buffer, text.bytes, text.length);
    output_blanks(output, width < NAME ? NAME - width : 2);
    buffer_clear(&text);
    control_add_holder(&text, row);
    buffer_add_string(&text, "; ");
    control_add_standing(&text, row);
    if (row->period != NULL && row->period->holder_count > 0 &&
        row->period->since_last != DAY_UNKNOWN) {
        char from[16], to[16];
        buffer_add_string(&text, " since ");
        date_add_code(&text, day_text(row->period->since_first, from),
                      day_text(row->period->since_last, to));
    }
    output_wrapped(output, NAME + 2, NAME + 2, text.failed ? "" : text.bytes);
    buffer_release(&text);
}

void control_card(struct record *record, struct output *output, const struct control_row *row)
{
    if (row->place->relation == CONTROL_ASKED)
        put_asked(record, output, row);
    else
        put_other(output, row);
}
