/* What people decided: the marks that corrected claims bear, the log, and how far people agree. */
#include "render/decided.h"

#include "render/sheet.h"
#include "render/views.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* ------------------------------------------------------------------ marks of a claim */

static bool is_kind(const struct record_decision *decision, const char *kind)
{
    return strcmp(decision->kind, kind) == 0;
}

/* The authors of decisions of a kind, each once. */
static bool add_authors(struct buffer *buffer, const struct record_claim *claim, const char *kind,
                        const char *verb)
{
    bool any = false;
    for (uint32_t i = 0; i < claim->decisions.count; i++) {
        const struct record_decision *decision = &claim->decisions.items[i];
        bool known = !is_kind(decision, kind);
        for (uint32_t j = 0; !known && j < i; j++)
            known = is_kind(&claim->decisions.items[j], kind) &&
                    strcmp(claim->decisions.items[j].author, decision->author) == 0;
        if (known)
            continue;
        buffer_print(buffer, "%s%s", any ? " and " : verb, decision->author);
        any = true;
    }
    return any;
}

void decided_add_mark(struct buffer *buffer, const struct record_claim *claim)
{
    if (!add_authors(buffer, claim, "reject", "rejected by "))
        add_authors(buffer, claim, "amend", "corrected by ");
}

void decided_add_short(struct buffer *buffer, const struct record_claim *claim)
{
    const char *between = "";
    for (uint32_t i = 0; i < claim->decisions.count; i++) {
        const struct record_decision *decision = &claim->decisions.items[i];
        const char *what = is_kind(decision, "accept")   ? "accepted"
                           : is_kind(decision, "reject") ? "rejected"
                           : is_kind(decision, "amend")  ? decision->slot
                                                         : "noted";
        buffer_print(buffer, "%s%s by %s (d%" PRId64 ")", between, what, decision->author,
                     decision->number);
        between = "; ";
    }
}

void decided_add_deed(struct buffer *buffer, const struct record_decision *decision)
{
    if (is_kind(decision, "amend"))
        buffer_print(buffer, "%s: %s, was %s", decision->slot,
                     decision->value != NULL ? decision->value : "unknown",
                     decision->was != NULL ? decision->was : "unknown");
    else if (is_kind(decision, "undo"))
        buffer_print(buffer, "undoes d%" PRId64, decision->undoes);
    else
        buffer_add_string(buffer, is_kind(decision, "accept")   ? "accepted"
                                  : is_kind(decision, "reject") ? "rejected"
                                  : is_kind(decision, "merge")  ? "one event"
                                  : is_kind(decision, "split")  ? "an event of its own"
                                                                : "");
}

static void put_string(struct json_writer *json, const char *key, const char *value)
{
    json_key(json, key);
    json_string(json, value);
}

static void put_decision(struct json_writer *json, const char *key, int64_t number)
{
    char text[32];
    snprintf(text, sizeof text, "d%" PRId64, number);
    put_string(json, key, number > 0 ? text : NULL);
}

void json_decisions(struct json_writer *json, const struct record_claim *claim)
{
    if (claim->decisions.count == 0)
        return;
    json_key(json, "decisions");
    json_begin(json, '[');
    for (uint32_t i = 0; i < claim->decisions.count; i++) {
        const struct record_decision *decision = &claim->decisions.items[i];
        json_begin(json, '{');
        put_decision(json, "decision", decision->number);
        put_string(json, "kind", decision->kind);
        put_string(json, "author", decision->author);
        put_string(json, "slot", decision->slot);
        put_string(json, "was", decision->was);
        put_string(json, "value", decision->value);
        put_string(json, "reason", decision->reason);
        json_end(json, '}');
    }
    json_end(json, ']');
}

/* ------------------------------------------------------------------ the log */

static void add_state(struct buffer *cell, const struct record_decision *decision)
{
    if (decision->undone_by > 0)
        buffer_print(cell, "undone by d%" PRId64, decision->undone_by);
    else if (decision->gone)
        buffer_add_string(cell, "no longer applies");
    else if (decision->replaced_by > 0)
        buffer_print(cell, "replaced by d%" PRId64, decision->replaced_by);
    else
        buffer_add_string(cell, "holds");
}

static void add(struct buffer *cell, const char *text)
{
    if (text != NULL)
        buffer_add_string(cell, text);
}

/* "2026-03-01T09:30:00Z" as "2026-03-01 09:30". */
static void add_moment(struct buffer *cell, const char *moment)
{
    for (size_t i = 0; moment != NULL && moment[i] != '\0' && i < 16; i++)
        buffer_add_byte(cell, moment[i] == 'T' ? ' ' : moment[i]);
}

static void add_targets(struct buffer *cell, const struct record_decision *decision,
                        const char *between)
{
    for (uint32_t i = 0; i < decision->targets.count; i++)
        buffer_print(cell, "%s%s", i > 0 ? between : "", decision->targets.items[i]);
}

#define CELL(name, code)                                                                           \
    static void log_##name(struct buffer *cell, const void *row)                                   \
    {                                                                                              \
        const struct record_decision *decision = row;                                              \
        code;                                                                                      \
    }

CELL(number, buffer_print(cell, "d%" PRId64, decision->number))
CELL(when, add_moment(cell, decision->decided))
CELL(decided, add(cell, decision->decided))
CELL(author, add(cell, decision->author))
CELL(kind, add(cell, decision->kind))
CELL(targets, add_targets(cell, decision, " "))
CELL(target_list, add_targets(cell, decision, ";"))
CELL(deed, decided_add_deed(cell, decision))
CELL(slot, add(cell, decision->slot))
CELL(was, add(cell, decision->was))
CELL(value, add(cell, decision->value))
CELL(reason, add(cell, decision->reason))
CELL(undoes, if (decision->undoes > 0) buffer_print(cell, "d%" PRId64, decision->undoes))
CELL(state, add_state(cell, decision))

static const struct column log_columns[] = {
    {"decision", IN_TABLE | IN_FILE, log_number},
    {"when", IN_TABLE, log_when},
    {"decided", IN_FILE, log_decided},
    {"author", IN_TABLE | IN_FILE, log_author},
    {"kind", IN_TABLE | IN_FILE, log_kind},
    {"about", IN_TABLE | YIELDS, log_targets},
    {"about", IN_FILE, log_target_list},
    {"what", IN_TABLE | YIELDS, log_deed},
    {"slot", IN_FILE, log_slot},
    {"was", IN_FILE, log_was},
    {"value", IN_FILE, log_value},
    {"reason", IN_TABLE | IN_FILE | YIELDS, log_reason},
    {"undoes", IN_FILE, log_undoes},
    {"state", IN_TABLE | IN_FILE, log_state},
    {NULL, 0, NULL},
};

struct log {
    struct output *output;
    annals_layout layout;
    struct sheet sheet;
    struct json_rows rows;
    uint64_t count, passed_over;
};

static bool is_json(annals_layout layout)
{
    return layout == ANNALS_JSON || layout == ANNALS_JSONL;
}

static void write_object(struct json_writer *json, const struct record_decision *decision)
{
    struct buffer state;
    json_begin(json, '{');
    put_decision(json, "decision", decision->number);
    put_string(json, "decided", decision->decided);
    put_string(json, "author", decision->author);
    put_string(json, "kind", decision->kind);
    json_key(json, "about");
    json_begin(json, '[');
    for (uint32_t i = 0; i < decision->targets.count; i++)
        json_string(json, decision->targets.items[i]);
    json_end(json, ']');
    put_string(json, "slot", decision->slot);
    put_string(json, "was", decision->was);
    put_string(json, "value", decision->value);
    put_string(json, "reason", decision->reason);
    put_decision(json, "undoes", decision->undoes);
    buffer_init(&state);
    add_state(&state, decision);
    put_string(json, "state", state.bytes);
    buffer_release(&state);
    json_end(json, '}');
}

static annals_status log_one(void *context, const struct record_decision *decision)
{
    struct log *log = context;
    if (log->passed_over > 0) {
        log->passed_over--;
        return ANNALS_OK;
    }
    log->count++;
    if (is_json(log->layout)) {
        json_rows_next(&log->rows);
        write_object(&log->rows.json, decision);
    } else {
        sheet_row(&log->sheet, decision);
    }
    return output_flush(log->output) ? ANNALS_OK : ANNALS_CANNOT_WRITE;
}

annals_status view_log(struct record *record, const annals_query *query, struct output *output,
                       annals_error *error)
{
    struct log log = {.output = output, .layout = query->layout, .passed_over = query->offset};
    annals_query all = *query;
    all.limit += query->limit > 0 ? query->offset : 0;
    if (is_json(query->layout))
        json_rows_begin(&log.rows, output, query->layout);
    else
        sheet_begin(&log.sheet, output, query->layout, log_columns);
    annals_status status = record_decisions(record, &all, log_one, &log, error);
    if (is_json(query->layout))
        json_rows_end(&log.rows);
    else
        sheet_end(&log.sheet);
    if (log.count == 0 && query->layout == ANNALS_TABLE) {
        buffer_clear(&output->buffer);
        buffer_add_string(&output->buffer, "no decisions\n");
    }
    return status;
}

/* ------------------------------------------------------------------ agreement */

#define MEASURE(name, code)                                                                        \
    static void agreement_##name(struct buffer *cell, const void *row)                             \
    {                                                                                              \
        const struct record_agreement *agreement = row;                                            \
        code;                                                                                      \
    }

MEASURE(slot, add(cell, agreement->slot))
MEASURE(people, buffer_print(cell, "%u", agreement->people))
MEASURE(claims, buffer_print(cell, "%" PRIu64, agreement->claims))
MEASURE(agreed, if (!isnan(agreement->agreed)) buffer_print(cell, "%.3f", agreement->agreed))
MEASURE(alpha, if (!isnan(agreement->alpha)) buffer_print(cell, "%.3f", agreement->alpha))

static const struct column agreement_columns[] = {
    {"slot", IN_TABLE | IN_FILE, agreement_slot},
    {"people", IN_TABLE | IN_FILE | RIGHT, agreement_people},
    {"claims", IN_TABLE | IN_FILE | RIGHT, agreement_claims},
    {"agreed", IN_TABLE | IN_FILE | RIGHT, agreement_agreed},
    {"alpha", IN_TABLE | IN_FILE | RIGHT, agreement_alpha},
    {NULL, 0, NULL},
};

static annals_status agree_one(void *context, const struct record_agreement *agreement)
{
    struct log *log = context;
    log->count += agreement->claims;
    if (!is_json(log->layout)) {
        sheet_row(&log->sheet, agreement);
        return ANNALS_OK;
    }
    struct json_writer *json = &log->rows.json;
    json_rows_next(&log->rows);
    json_begin(json, '{');
    put_string(json, "slot", agreement->slot);
    json_key(json, "people");
    json_integer(json, agreement->people);
    json_key(json, "claims");
    json_integer(json, (int64_t)agreement->claims);
    json_key(json, "agreed");
    json_number(json, agreement->agreed, 4);
    json_key(json, "alpha");
    json_number(json, agreement->alpha, 4);
    json_end(json, '}');
    return ANNALS_OK;
}

annals_status view_agreement(struct record *record, const annals_query *query,
                             struct output *output, annals_error *error)
{
    struct log log = {.output = output, .layout = query->layout};
    if (is_json(query->layout))
        json_rows_begin(&log.rows, output, query->layout);
    else
        sheet_begin(&log.sheet, output, query->layout, agreement_columns);
    annals_status status = record_agreements(record, query, agree_one, &log, error);
    if (is_json(query->layout))
        json_rows_end(&log.rows);
    else
        sheet_end(&log.sheet);
    if (log.count == 0 && query->layout == ANNALS_TABLE) {
        buffer_clear(&output->buffer);
        buffer_add_string(&output->buffer, "no claim was decided on by two people\n");
    }
    return status;
}
