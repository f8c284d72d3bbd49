/* One event, claim or report with the sentences behind it: each with its source, its date and who
 * says it, the word that tells the event marked. */
#include "render/views.h"

#include "bytes/utf8.h"
#include "render/dates.h"
#include "render/decided.h"
#include "render/line.h"

#include <math.h>
#include <string.h>

struct show {
    struct output *output;
    annals_layout layout;
    struct record *record;
    struct json_rows rows;
    bool why;
    uint64_t found;
};

enum { LABEL = 14 };

static void write_fact(struct show *show, const char *label, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    output_styled(show->output, STYLE_DIM, label);
    output_blanks(show->output, LABEL - strlen(label));
    output_wrapped(show->output, LABEL, LABEL, value);
}

/* A fact that was built in `text`, which is emptied. */
static void write_built(struct show *show, const char *label, struct buffer *text)
{
    if (text->failed)
        show->output->buffer.failed = true;
    else if (text->length > 0)
        write_fact(show, label, text->bytes);
    buffer_clear(text);
}

/* ------------------------------------------------------------------ a claim */

static void write_sentence(struct show *show, const struct record_claim *claim)
{
    struct buffer text;
    const char *on = show->output->colour ? output_code(show->output, STYLE_MARK) : "*";
    const char *off = show->output->colour ? output_code(show->output, STYLE_PLAIN) : "*";
    if (claim->sentence == NULL)
        return;
    buffer_init(&text);
    buffer_add_string(&text, "\xe2\x80\x9c");
    buffer_add(&text, claim->sentence, claim->trigger.start);
    if (!span_is_empty(claim->trigger)) {
        buffer_add_string(&text, on);
        buffer_add(&text, claim->sentence + claim->trigger.start,
                   claim->trigger.end - claim->trigger.start);
        buffer_add_string(&text, off);
    }
    buffer_add_string(&text, claim->sentence + claim->trigger.end);
    buffer_add_string(&text, "\xe2\x80\x9d");
    output_blanks(show->output, 2);
    output_wrapped(show->output, 2, 3, text.failed ? "" : text.bytes);
    buffer_release(&text);
}

static void write_claim_source(struct show *show, const struct record_claim *claim)
{
    struct buffer text;
    buffer_init(&text);
    bool quoted = claim->source == NULL && claim->title != NULL && claim->title[0] != '\0';
    buffer_print(&text, quoted ? "\xe2\x80\x9c%s\xe2\x80\x9d" : "%s", line_source(claim));
    if (claim->published != NULL) {
        buffer_add_string(&text, ", ");
        date_add_short(&text, claim->published);
    } else {
        buffer_add_string(&text, ", undated");
    }
    if (claim->title != NULL && claim->source != NULL)
        buffer_print(&text, ": %s", claim->title);
    write_built(show, "source", &text);
    line_add_actors(&text, claim->according_to.items, claim->according_to.count, "; ");
    if (text.length == 0 && claim->according_to.count == 0)
        buffer_add_string(&text, "the report itself");
    for (uint32_t i = 0; text.length == 0 && i < claim->according_to.count; i++)
        if (claim->according_to.items[i].words != NULL)
            buffer_print(&text, "\xe2\x80\x9c%s\xe2\x80\x9d", claim->according_to.items[i].words);
    write_built(show, "according to", &text);
    buffer_release(&text);
}

static void write_claim_slots(struct show *show, const struct record_claim *claim)
{
    struct buffer text;
    buffer_init(&text);
    buffer_print(&text, "%s%s%s", claim->plover != NULL ? claim->plover : "",
                 claim->mode != NULL ? " " : "", claim->mode != NULL ? claim->mode : "");
    if (claim->cameo != NULL)
        buffer_print(&text, " (CAMEO %s)", claim->cameo);
    if (claim->acled_type != NULL)
        buffer_print(&text, "; ACLED %s%s%s", claim->acled_type,
                     claim->acled_detail != NULL ? " / " : "",
                     claim->acled_detail != NULL ? claim->acled_detail : "");
    write_built(show, "type", &text);
    write_fact(show, "status", claim->status);
    date_add_long(&text, claim->first, claim->last, claim->precision);
    write_built(show, "when", &text);
    if (claim->place.name != NULL) {
        if (claim->place.relation != NULL)
            buffer_print(&text, "%s ", claim->place.relation);
        buffer_add_string(&text, claim->place.name);
        if (claim->place.admin1 != NULL)
            buffer_print(&text, ", %s", claim->place.admin1);
        if (claim->place.country != NULL)
            buffer_print(&text, ", %s", claim->place.country);
        if (claim->place.located)
            buffer_print(&text, " (%.3f, %.3f)", claim->place.latitude, claim->place.longitude);
    }
    write_built(show, "where", &text);
    line_add_actors(&text, claim->agents.items, claim->agents.count, "; ");
    write_built(show, "who", &text);
    line_add_actors(&text, claim->patients.items, claim->patients.count, "; ");
    write_built(show, "to whom", &text);
    line_add_actors(&text, claim->instruments.items, claim->instruments.count, "; ");
    write_built(show, "with", &text);
    line_add_counts(&text, claim);
    write_built(show, "how many", &text);
    if (claim->control != NULL)
        buffer_print(&text, "%s %s %s",
                     claim->control_holder != NULL ? claim->control_holder : "somebody",
                     claim->control,
                     claim->control_place.name != NULL ? claim->control_place.name : "a place");
    write_built(show, "control", &text);
    if (!isnan(claim->confidence))
        buffer_print(&text, "%.2f%s%s", claim->confidence, claim->rule != NULL ? ", rule " : "",
                     claim->rule != NULL ? claim->rule : "");
    write_built(show, "confidence", &text);
    buffer_release(&text);
}

/* Each decision that holds, with who made it, and why. */
static void write_decisions(struct show *show, const struct record_claim *claim)
{
    struct buffer text;
    buffer_init(&text);
    for (uint32_t i = 0; i < claim->decisions.count; i++) {
        const struct record_decision *decision = &claim->decisions.items[i];
        bool note = strcmp(decision->kind, "note") == 0;
        decided_add_deed(&text, decision);
        buffer_print(&text, "%s%s (%s, d%lld)", !note && decision->reason != NULL ? "; " : "",
                     decision->reason != NULL ? decision->reason : "", decision->author,
                     (long long)decision->number);
        bool amended = strcmp(decision->kind, "amend") == 0;
        write_built(show, note ? "note" : amended ? "corrected" : "decided", &text);
    }
    buffer_release(&text);
}

static void write_claim(struct show *show, const struct record_claim *claim)
{
    buffer_add_byte(&show->output->buffer, '\n');
    write_sentence(show, claim);
    buffer_add_byte(&show->output->buffer, '\n');
    write_claim_source(show, claim);
    write_claim_slots(show, claim);
    write_decisions(show, claim);
    write_fact(show, "claim", claim->id);
    write_fact(show, "report", claim->report);
    struct buffer text;
    buffer_init(&text);
    buffer_print(&text, "annals %s, dictionaries %.12s, models %.12s", claim->version.program,
                 claim->version.dictionaries, claim->version.models);
    write_built(show, "found by", &text);
    buffer_release(&text);
}

static void write_title(struct show *show, const char *id, const struct record_claim *claim)
{
    struct buffer text;
    buffer_init(&text);
    line_add_mark(&text, claim);
    buffer_add_string(&text, text.length > 0 ? ": " : "");
    line_add(&text, claim);
    if (show->found++ > 0)
        buffer_add_string(&show->output->buffer, "\n\n");
    output_styled(show->output, STYLE_DIM, id);
    output_blanks(show->output, 2);
    buffer_add_string(&show->output->buffer, output_code(show->output, STYLE_BOLD));
    output_wrapped(show->output, (uint32_t)strlen(id) + 2, (uint32_t)strlen(id) + 2,
                   text.failed ? "" : text.bytes);
    buffer_add_string(&show->output->buffer, output_code(show->output, STYLE_PLAIN));
    buffer_release(&text);
}

/* ------------------------------------------------------------------ the three kinds */

static bool is_json(const struct show *show)
{
    return show->layout != ANNALS_TABLE;
}

/* "20 (low 20, high 35), of the security forces 12". */
static void write_toll(struct show *show, const struct record_toll *toll)
{
    struct buffer text;
    const struct record_figure *figure = &toll->figure;
    buffer_init(&text);
    line_add_range(&text, figure->best, figure->best);
    if (figure->low != figure->high) {
        buffer_add_string(&text, " (low ");
        line_add_range(&text, figure->low, figure->low);
        buffer_add_string(&text, ", high ");
        line_add_range(&text, figure->high, figure->high);
        buffer_add_byte(&text, ')');
    }
    const char *people = toll->side != NULL ? line_people(toll->side, figure->low == 1 && figure->high == 1) : NULL;
    if (people != NULL)
        buffer_print(&text, " %s", people);
    if (figure->basis == BASIS_TOLD)
        buffer_add_string(&text, ", told one by one");
    write_built(show, toll->side == NULL ? toll->what : "", &text);
    for (uint32_t i = 0; i < toll->sayings.count && toll->side == NULL; i++) {
        line_add_saying(&text, &toll->sayings.items[i]);
        output_blanks(show->output, LABEL);
        output_styled(show->output, STYLE_DIM, "- ");
        output_wrapped(show->output, LABEL + 2, LABEL + 2, text.failed ? "" : text.bytes);
        buffer_clear(&text);
    }
    buffer_release(&text);
}

static void write_tolls(struct show *show, const struct record_event *event)
{
    for (uint32_t i = 0; i < event->tolls.count; i++) {
        const struct record_toll *toll = &event->tolls.items[i];
        bool alone = toll->side != NULL && i > 0 && event->tolls.items[i - 1].side == NULL &&
                     event->tolls.items[i - 1].figure.best == toll->figure.best &&
                     event->tolls.items[i - 1].figure.high == toll->figure.high;
        if (toll->figure.basis != BASIS_NONE_TOLD && !alone)
            write_toll(show, toll);
    }
}

/* The terms of each score that joined two reports: what spoke for it and what against. */
static void write_joins(struct show *show, const struct record_event *event)
{
    struct buffer text;
    buffer_init(&text);
    for (uint32_t i = 0; i < event->joins.count; i++) {
        const struct record_join *join = &event->joins.items[i];
        double score = 0;
        for (int j = 0; j < RECORD_TERMS; j++)
            score += join->terms[j];
        buffer_print(&text, "%s, and %s: %+.2f (", join->report, join->other, score);
        const char *between = "";
        for (int j = 0; j < RECORD_TERMS; j++) {
            if (join->terms[j] == 0)
                continue;
            buffer_print(&text, "%s%s %+.2f", between, record_term_name(j), join->terms[j]);
            between = ", ";
        }
        buffer_print(&text, ")%s%s", join->words != NULL ? "; both have: " : "",
                     join->words != NULL ? join->words : "");
        write_built(show, i == 0 ? "joined" : "", &text);
    }
    if (event->joins.count == 0)
        write_fact(show, "joined", "nothing: one report tells it");
    buffer_release(&text);
}

static annals_status write_regroup(void *context, const struct record_decision *decision)
{
    struct show *show = context;
    bool group = strcmp(decision->kind, "merge") == 0 || strcmp(decision->kind, "split") == 0;
    bool note = strcmp(decision->kind, "note") == 0 && decision->targets.count > 0 &&
                decision->targets.items[0][0] == 'e';
    if (decision->undone_by > 0 || decision->gone || !(group || note))
        return ANNALS_OK;
    struct buffer text;
    buffer_init(&text);
    if (group)
        buffer_print(&text, "%s by decision", decision->kind[0] == 'm' ? "merged" : "split");
    buffer_print(&text, "%s%s (%s, d%lld)", group && decision->reason != NULL ? "; " : "",
                 decision->reason != NULL ? decision->reason : "", decision->author,
                 (long long)decision->number);
    write_built(show, note ? "note" : "decided", &text);
    buffer_release(&text);
    return ANNALS_OK;
}

/* What people decided about the event as a whole. */
static void write_regrouping(struct show *show, const struct record_event *event)
{
    annals_query query = {.id = event->id};
    record_decisions(show->record, &query, write_regroup, show, NULL);
}

static annals_status show_event(void *context, const struct record_event *event)
{
    struct show *show = context;
    if (is_json(show)) {
        json_rows_next(&show->rows);
        json_event(&show->rows.json, event, true);
        show->found++;
        return ANNALS_OK;
    }
    write_title(show, event->id, &event->claims[0]);
    write_tolls(show, event);
    write_regrouping(show, event);
    for (uint32_t i = 0; i < event->copies.count; i++)
        write_fact(show, i == 0 ? "also printed" : "", event->copies.items[i]);
    if (show->why)
        write_joins(show, event);
    for (uint32_t i = 0; i < event->claim_count; i++)
        write_claim(show, &event->claims[i]);
    return ANNALS_OK;
}

static annals_status show_claim(void *context, const struct record_claim *claim)
{
    struct show *show = context;
    if (is_json(show)) {
        json_rows_next(&show->rows);
        json_claim(&show->rows.json, claim);
        show->found++;
        return ANNALS_OK;
    }
    write_title(show, claim->id, claim);
    write_claim(show, claim);
    return ANNALS_OK;
}

static void write_text(struct show *show, const char *text)
{
    buffer_add_byte(&show->output->buffer, '\n');
    while (text != NULL && *text != '\0') {
        size_t length = strcspn(text, "\n");
        struct buffer line;
        buffer_init(&line);
        buffer_add(&line, text, length);
        output_wrapped(show->output, 0, 0, line.failed ? "" : line.bytes);
        buffer_release(&line);
        text += length + (text[length] == '\n');
    }
}

static annals_status show_report(void *context, const struct record_report *report)
{
    struct show *show = context;
    if (is_json(show)) {
        json_rows_next(&show->rows);
        json_report(&show->rows.json, report, true);
        show->found++;
        return ANNALS_OK;
    }
    struct buffer text;
    buffer_init(&text);
    if (show->found++ > 0)
        buffer_add_string(&show->output->buffer, "\n\n");
    output_styled(show->output, STYLE_DIM, report->id);
    output_blanks(show->output, 2);
    output_styled(show->output, STYLE_BOLD, report->title != NULL ? report->title : "(no title)");
    buffer_add_byte(&show->output->buffer, '\n');
    write_fact(show, "source", report->source);
    write_fact(show, "byline", report->byline);
    if (report->published != NULL)
        buffer_print(&text, "%s (%s)", report->published, report->published_from);
    else
        buffer_add_string(&text, "unknown");
    write_built(show, "published", &text);
    write_fact(show, "url", report->url);
    write_fact(show, "id", report->name);
    for (uint32_t i = 0; i < report->paths.count; i++)
        write_fact(show, i == 0 ? "path" : "", report->paths.items[i]);
    write_fact(show, "sha256", report->sha256);
    buffer_print(&text, "%u in %u sentences", report->claims, report->sentences);
    write_built(show, "claims", &text);
    buffer_release(&text);
    write_text(show, report->text);
    return ANNALS_OK;
}

annals_status view_show(struct record *record, const annals_query *query, struct output *output,
                        annals_error *error)
{
    struct show show = {.output = output, .layout = query->layout, .record = record,
                        .why = query->why};
    char letter = 'x';
    int64_t low, high;
    if (query->id == NULL || !record_id_read(query->id, &letter, &low, &high))
        return error_set(error, ANNALS_NOT_FOUND,
                         "\"%.40s\" is no id; ids begin with e (event), c (claim) or r (report), as "
                         "the lists print them",
                         query->id != NULL ? query->id : "");
    annals_layout layout = query->layout == ANNALS_JSONL ? ANNALS_JSONL : ANNALS_JSON;
    if (is_json(&show))
        json_rows_begin(&show.rows, output, layout);
    annals_status status =
        letter == 'e'   ? record_events(record, query, show_event, &show, error)
        : letter == 'c' ? record_claims(record, query, show_claim, &show, error)
                        : record_reports(record, query, show_report, &show, error);
    if (is_json(&show))
        json_rows_end(&show.rows);
    if (status == ANNALS_OK && show.found == 0)
        return error_set(error, ANNALS_NOT_FOUND, "there is nothing with the id %.40s in this record",
                         query->id);
    return status;
}
