/* A claim as a reviewer sees it: its sentence, with the words marked that the coding rests on, and
 * what was made of them. Marks are colours; without colours, brackets with the slot's name. */
#include "render/views.h"

#include "render/dates.h"
#include "render/decided.h"
#include "render/line.h"

#include <math.h>
#include <string.h>

struct review {
    struct record *record;
    struct output *output;
    annals_error *error;
    struct arena arena;
    bool card;
    uint64_t found;
    annals_status status;
};

static const struct part {
    const char *name, *code;
} parts[] = {
    {"trigger", "\x1b[1;33m"}, {"agent", "\x1b[1;31m"}, {"patient", "\x1b[1;34m"},
    {"place", "\x1b[1;36m"},   {"time", "\x1b[1;32m"},
};

static const char *code_of(const struct review *review, const char *part)
{
    for (size_t i = 0; review->output->colour && i < sizeof parts / sizeof parts[0]; i++)
        if (strcmp(parts[i].name, part) == 0)
            return parts[i].code;
    return "";
}

static void add_marked(struct review *review, struct buffer *text, const char *part,
                       const char *words, size_t length)
{
    const char *code = code_of(review, part);
    if (code[0] == '\0') {
        buffer_print(text, "[%s: ", part);
        buffer_add(text, words, length);
        buffer_add_byte(text, ']');
        return;
    }
    /* Each word bears the colour: a line may end between them. */
    for (size_t i = 0; i < length;) {
        size_t word = strcspn(words + i, " \n\t");
        word = word > length - i ? length - i : word;
        if (word > 0) {
            buffer_add_string(text, code);
            buffer_add(text, words + i, word);
            buffer_add_string(text, output_code(review->output, STYLE_PLAIN));
        }
        i += word;
        if (i < length)
            buffer_add_byte(text, words[i++]);
    }
}

static void write_sentence(struct review *review, const struct record_claim *claim,
                           const struct record_marks *marks)
{
    struct buffer text;
    size_t at = 0, length = strlen(claim->sentence);
    buffer_init(&text);
    for (uint32_t i = 0; i < marks->items.count; i++) {
        const struct record_mark *mark = &marks->items.items[i];
        if (mark->span.end > length || mark->span.start < at)
            continue;
        buffer_add(&text, claim->sentence + at, mark->span.start - at);
        add_marked(review, &text, mark->part, claim->sentence + mark->span.start,
                   mark->span.end - mark->span.start);
        at = mark->span.end;
    }
    buffer_add_string(&text, claim->sentence + at);
    output_blanks(review->output, 2);
    output_wrapped(review->output, 2, 2, text.failed ? "" : text.bytes);
    buffer_release(&text);
}

enum { LABEL = 10 };

static void write_slot(struct review *review, const char *label, const char *part,
                       struct buffer *value)
{
    struct output *output = review->output;
    if (value->length == 0 && strcmp(part, "") == 0)
        return;
    output_blanks(output, 2);
    output_styled(output, STYLE_DIM, label);
    output_blanks(output, LABEL - strlen(label));
    const char *code = code_of(review, part);
    bool known = value->length > 0 && !value->failed;
    buffer_add_string(&output->buffer, known ? code : output_code(output, STYLE_DIM));
    output_wrapped(output, LABEL + 2, LABEL + 2, known ? value->bytes : "unknown");
    buffer_add_string(&output->buffer, output_code(output, STYLE_PLAIN));
    buffer_clear(value);
}

static void write_slots(struct review *review, const struct record_claim *claim)
{
    struct buffer text;
    buffer_init(&text);
    buffer_print(&text, "%s%s%s", claim->plover != NULL ? claim->plover : "",
                 claim->mode != NULL ? " " : "", claim->mode != NULL ? claim->mode : "");
    write_slot(review, "type", "trigger", &text);
    line_add_actors(&text, claim->agents.items, claim->agents.count, "; ");
    write_slot(review, "agent", "agent", &text);
    line_add_actors(&text, claim->patients.items, claim->patients.count, "; ");
    write_slot(review, "patient", "patient", &text);
    buffer_add_string(&text, claim->place.name != NULL ? claim->place.name : "");
    if (claim->place.admin1 != NULL)
        buffer_print(&text, ", %s", claim->place.admin1);
    if (claim->place.country != NULL)
        buffer_print(&text, ", %s", claim->place.country);
    write_slot(review, "place", "place", &text);
    date_add_long(&text, claim->first, claim->last, claim->precision);
    write_slot(review, "date", "time", &text);
    line_add_counts(&text, claim);
    write_slot(review, "counts", "", &text);
    buffer_add_string(&text, claim->status);
    if (claim->according_to.count > 0) {
        buffer_add_string(&text, ", according to ");
        line_add_actors(&text, claim->according_to.items, claim->according_to.count, "; ");
    }
    write_slot(review, "status", "", &text);
    if (claim->control != NULL)
        buffer_print(&text, "%s %s %s",
                     claim->control_holder != NULL ? claim->control_holder : "somebody",
                     claim->control,
                     claim->control_place.name != NULL ? claim->control_place.name : "a place");
    write_slot(review, "control", "", &text);
    decided_add_short(&text, claim);
    write_slot(review, "decided", "", &text);
    buffer_release(&text);
}

static void write_head(struct review *review, const struct record_claim *claim)
{
    struct buffer text;
    buffer_init(&text);
    output_styled(review->output, STYLE_BOLD, line_source(claim));
    if (claim->published != NULL) {
        date_add_short(&text, claim->published);
        buffer_print(&review->output->buffer, ", %s", text.bytes);
    }
    buffer_clear(&text);
    buffer_print(&text, "  %s", claim->id);
    if (!isnan(claim->confidence))
        buffer_print(&text, "  confidence %.2f", claim->confidence);
    output_styled(review->output, STYLE_DIM, text.failed ? "" : text.bytes);
    buffer_add_byte(&review->output->buffer, '\n');
    if (claim->title != NULL) {
        buffer_add_string(&review->output->buffer, output_code(review->output, STYLE_DIM));
        output_wrapped(review->output, 0, 0, claim->title);
        buffer_add_string(&review->output->buffer, output_code(review->output, STYLE_PLAIN));
    }
    buffer_release(&text);
}

static annals_status review_one(void *context, const struct record_claim *claim)
{
    struct review *review = context;
    struct record_marks marks;
    review->found++;
    if (!review->card) {
        buffer_print(&review->output->buffer, "%s\n", claim->id);
        return output_flush(review->output) ? ANNALS_OK : ANNALS_CANNOT_WRITE;
    }
    annals_status status =
        record_claim_marks(review->record, claim->id, &review->arena, &marks, review->error);
    if (status != ANNALS_OK)
        return status;
    write_head(review, claim);
    buffer_add_byte(&review->output->buffer, '\n');
    if (claim->sentence != NULL)
        write_sentence(review, claim, &marks);
    buffer_add_byte(&review->output->buffer, '\n');
    write_slots(review, claim);
    return ANNALS_OK;
}

annals_status view_review(struct record *record, const annals_query *query, struct output *output,
                          annals_error *error)
{
    struct review review = {
        .record = record, .output = output, .error = error, .card = query->id != NULL};
    arena_init(&review.arena);
    annals_status status = review.card
                               ? record_claims(record, query, review_one, &review, error)
                               : record_uncertain(record, query, review_one, &review, error);
    arena_release(&review.arena);
    if (status == ANNALS_OK && review.card && review.found == 0)
        return error_set(error, ANNALS_NOT_FOUND,
                         "there is nothing with the id %.40s in this record", query->id);
    return status;
}
