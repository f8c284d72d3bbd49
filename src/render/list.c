/* Lists of reports, claims and events: their columns, and the walk over the rows. */
#include "render/views.h"

#include "render/dates.h"
#include "render/decided.h"
#include "render/line.h"
#include "render/sheet.h"

#include <math.h>
#include <string.h>

static void add(struct buffer *cell, const char *text)
{
    if (text != NULL)
        buffer_add_string(cell, text);
}

static void add_real(struct buffer *cell, double value, const char *format)
{
    char text[64];
    if (!isnan(value)) {
        snprintf(text, sizeof text, strcmp(format, "%.5f") == 0 ? "%.5f" : "%.0f", value);
        buffer_add_string(cell, text);
    }
}

/* ------------------------------------------------------------------ cells of reports */

#define REPORT_CELL(name, code)                                                                    \
    static void report_##name(struct buffer *cell, const void *row)                                \
    {                                                                                              \
        const struct record_report *report = row;                                                  \
        code;                                                                                      \
    }

REPORT_CELL(key, add(cell, report->id))
REPORT_CELL(name, add(cell, report->name))
REPORT_CELL(published, add(cell, report->published))
REPORT_CELL(published_from, add(cell, report->published_from))
REPORT_CELL(source, add(cell, report->source))
REPORT_CELL(title, add(cell, report->title))
REPORT_CELL(byline, add(cell, report->byline))
REPORT_CELL(url, add(cell, report->url))
REPORT_CELL(language, add(cell, report->language))
REPORT_CELL(sentences, buffer_print(cell, "%u", report->sentences))
REPORT_CELL(claims, buffer_print(cell, "%u", report->claims))
REPORT_CELL(found, add(cell, report->found))
REPORT_CELL(sha256, add(cell, report->sha256))
REPORT_CELL(path, add(cell, report->paths.count > 0 ? report->paths.items[0] : NULL))

static void report_file(struct buffer *cell, const void *row)
{
    const struct record_report *report = row;
    const char *path = report->paths.count > 0 ? report->paths.items[0] : report->name;
    const char *slash = path != NULL ? strrchr(path, '/') : NULL;
    add(cell, slash != NULL ? slash + 1 : path);
}

static const struct column report_columns[] = {
    {"report", IN_TABLE | IN_FILE, report_key},
    {"id", IN_FILE, report_name},
    {"published", IN_TABLE | IN_FILE, report_published},
    {"published_from", IN_FILE, report_published_from},
    {"source", IN_TABLE | IN_FILE | YIELDS, report_source},
    {"title", IN_TABLE | IN_FILE | YIELDS, report_title},
    {"byline", IN_FILE, report_byline},
    {"url", IN_FILE, report_url},
    {"language", IN_FILE, report_language},
    {"sentences", IN_FILE | RIGHT, report_sentences},
    {"claims", IN_TABLE | IN_FILE | RIGHT, report_claims},
    {"file", IN_TABLE | YIELDS, report_file},
    {"path", IN_FILE, report_path},
    {"sha256", IN_FILE, report_sha256},
    {"found", BELOW, report_found},
    {NULL, 0, NULL},
};

/* ------------------------------------------------------------------ cells of claims */

static void add_place(struct buffer *cell, const struct record_place *place)
{
    add(cell, place->name);
}

static void add_type(struct buffer *cell, const struct record_claim *claim)
{
    add(cell, claim->plover);
    if (claim->mode != NULL)
        buffer_print(cell, " %s", claim->mode);
}

static void add_speakers(struct buffer *cell, const struct record_claim *claim, const char *between)
{
    line_add_actors(cell, claim->according_to.items, claim->according_to.count, between);
}

#define CLAIM_CELL(name, code)                                                                     \
    static void claim_##name(struct buffer *cell, const void *row)                                 \
    {                                                                                              \
        const struct record_claim *claim = row;                                                    \
        code;                                                                                      \
    }                                                                                              \
    /* The same of an event: its first claim's. */                                                 \
    __attribute__((unused)) static void event_##name(struct buffer *cell, const void *row)         \
    {                                                                                              \
        claim_##name(cell, &((const struct record_event *)row)->claims[0]);                        \
    }

CLAIM_CELL(key, add(cell, claim->id))
CLAIM_CELL(event, add(cell, claim->event))
CLAIM_CELL(report, add(cell, claim->name != NULL ? claim->name : claim->report))
CLAIM_CELL(date, date_add_code(cell, claim->first, claim->last))
CLAIM_CELL(first, add(cell, claim->first))
CLAIM_CELL(last, add(cell, claim->last))
CLAIM_CELL(precision, add(cell, claim->precision))
CLAIM_CELL(place, add_place(cell, &claim->place))
CLAIM_CELL(admin1, add(cell, claim->place.admin1))
CLAIM_CELL(country, add(cell, claim->place.country))
CLAIM_CELL(geonameid, if (claim->place.geonameid != 0)
                          buffer_print(cell, "%lld", (long long)claim->place.geonameid))
CLAIM_CELL(latitude, if (claim->place.located) add_real(cell, claim->place.latitude, "%.5f"))
CLAIM_CELL(longitude, if (claim->place.located) add_real(cell, claim->place.longitude, "%.5f"))
CLAIM_CELL(type, add_type(cell, claim))
CLAIM_CELL(plover, add(cell, claim->plover))
CLAIM_CELL(mode, add(cell, claim->mode))
CLAIM_CELL(cameo, add(cell, claim->cameo))
CLAIM_CELL(acled_type, add(cell, claim->acled_type))
CLAIM_CELL(acled_detail, add(cell, claim->acled_detail))
CLAIM_CELL(agents, line_add_actors(cell, claim->agents.items, claim->agents.count, "; "))
CLAIM_CELL(patients, line_add_actors(cell, claim->patients.items, claim->patients.count, "; "))
CLAIM_CELL(instruments,
           line_add_actors(cell, claim->instruments.items, claim->instruments.count, "; "))
CLAIM_CELL(counts, line_add_counts(cell, claim))
CLAIM_CELL(speakers, add_speakers(cell, claim, "; "))
CLAIM_CELL(status, add(cell, claim->status))
CLAIM_CELL(control, add(cell, claim->control))
CLAIM_CELL(control_place, add_place(cell, &claim->control_place))
CLAIM_CELL(holder, add(cell, claim->control_holder))
CLAIM_CELL(confidence, if (!isnan(claim->confidence))
                           buffer_print(cell, "%.2f", claim->confidence))
CLAIM_CELL(source, add(cell, claim->source))
CLAIM_CELL(published, add(cell, claim->published))
CLAIM_CELL(from_source, add(cell, line_source(claim)))
CLAIM_CELL(decided, decided_add_short(cell, claim))
CLAIM_CELL(sentence, add(cell, claim->sentence))
CLAIM_CELL(found, add(cell, claim->found))

static const struct column claim_columns[] = {
    {"claim", IN_TABLE | IN_FILE, claim_key},
    {"event", IN_FILE, claim_event},
    {"report", IN_FILE, claim_report},
    {"date", IN_TABLE, claim_date},
    {"from", IN_FILE, claim_first},
    {"to", IN_FILE, claim_last},
    {"precision", IN_FILE, claim_precision},
    {"place", IN_TABLE | IN_FILE | YIELDS, claim_place},
    {"admin1", IN_FILE, claim_admin1},
    {"country", IN_FILE, claim_country},
    {"geonameid", IN_FILE, claim_geonameid},
    {"latitude", IN_FILE, claim_latitude},
    {"longitude", IN_FILE, claim_longitude},
    {"type", IN_TABLE | YIELDS, claim_type},
    {"plover", IN_FILE, claim_plover},
    {"mode", IN_FILE, claim_mode},
    {"cameo", IN_FILE, claim_cameo},
    {"acled_type", IN_FILE, claim_acled_type},
    {"acled_sub_type", IN_FILE, claim_acled_detail},
    {"who", IN_TABLE | YIELDS, claim_agents},
    {"whom", IN_TABLE | YIELDS, claim_patients},
    {"agents", IN_FILE, claim_agents},
    {"patients", IN_FILE, claim_patients},
    {"instruments", IN_FILE, claim_instruments},
    {"counts", IN_TABLE | IN_FILE | YIELDS, claim_counts},
    {"status", IN_TABLE | IN_FILE | YIELDS, claim_status},
    {"according_to", IN_FILE, claim_speakers},
    {"according to", IN_TABLE | YIELDS, claim_speakers},
    {"control", IN_FILE, claim_control},
    {"control_place", IN_FILE, claim_control_place},
    {"holder", IN_FILE, claim_holder},
    {"confidence", IN_FILE, claim_confidence},
    {"decided", IN_TABLE | YIELDS | SELDOM, claim_decided},
    {"source", IN_TABLE | YIELDS, claim_from_source},
    {"source", IN_FILE, claim_source},
    {"published", IN_FILE, claim_published},
    {"sentence", IN_FILE, claim_sentence},
    {"found", BELOW, claim_found},
    {"decided", IN_FILE, claim_decided},
    {NULL, 0, NULL},
};

/* ------------------------------------------------------------------ cells of events */

static void add_figure(struct buffer *cell, struct record_figure figure)
{
    /* That none is told is ACLED's 0, and no news to a reader. */
    if (isnan(figure.best) || figure.basis == BASIS_NONE_TOLD)
        return;
    if (figure.low == figure.high)
        buffer_print(cell, "%.0f", figure.best);
    else
        buffer_print(cell, "%.0f-%.0f", figure.low, figure.high);
}

#define EVENT_CELL(name, code)                                                                     \
    static void event_##name(struct buffer *cell, const void *row)                                 \
    {                                                                                              \
        const struct record_event *event = row;                                                    \
        code;                                                                                      \
    }

EVENT_CELL(id, add(cell, event->id))
EVENT_CELL(when, date_add_code(cell, event->first, event->last))
EVENT_CELL(from, add(cell, event->first))
EVENT_CELL(to, add(cell, event->last))
EVENT_CELL(where, add_place(cell, &event->place))
EVENT_CELL(province, add(cell, event->place.admin1))
EVENT_CELL(state, add(cell, event->place.country))
EVENT_CELL(gazetteer, if (event->place.geonameid != 0)
                          buffer_print(cell, "%lld", (long long)event->place.geonameid))
EVENT_CELL(north, if (event->place.located) add_real(cell, event->place.latitude, "%.5f"))
EVENT_CELL(east, if (event->place.located) add_real(cell, event->place.longitude, "%.5f"))
EVENT_CELL(killed, add_figure(cell, event->killed))
EVENT_CELL(wounded, add_figure(cell, event->wounded))
EVENT_CELL(killed_low, add_real(cell, event->killed.low, "%.0f"))
EVENT_CELL(killed_best, add_real(cell, event->killed.best, "%.0f"))
EVENT_CELL(killed_high, add_real(cell, event->killed.high, "%.0f"))
EVENT_CELL(killed_basis, add(cell, record_basis_name(event->killed.basis)))
EVENT_CELL(wounded_basis, add(cell, record_basis_name(event->wounded.basis)))
EVENT_CELL(wounded_low, add_real(cell, event->wounded.low, "%.0f"))
EVENT_CELL(wounded_best, add_real(cell, event->wounded.best, "%.0f"))
EVENT_CELL(wounded_high, add_real(cell, event->wounded.high, "%.0f"))
EVENT_CELL(disputed, add(cell, event->disputed ? "yes" : ""))
EVENT_CELL(standing, add(cell, event->disputed && strcmp(event->claims[0].status, "denied") != 0
                                   ? "disputed"
                                   : event->claims[0].status))
EVENT_CELL(claim_count, buffer_print(cell, "%u", event->claim_count))

/* Who corrected its claims. */
static void event_decisions(struct buffer *cell, const void *row)
{
    const struct record_event *event = row;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        struct buffer mark;
        buffer_init(&mark);
        decided_add_mark(&mark, &event->claims[i]);
        if (mark.length > 0 && !mark.failed && (cell->length == 0 || strstr(cell->bytes, mark.bytes) == NULL))
            buffer_print(cell, "%s%s", cell->length > 0 ? "; " : "", mark.bytes);
        buffer_release(&mark);
    }
}

static void event_claim_list(struct buffer *cell, const void *row)
{
    const struct record_event *event = row;
    for (uint32_t i = 0; i < event->claim_count; i++)
        buffer_print(cell, "%s%s", i > 0 ? ";" : "", event->claims[i].id);
}

static const struct column event_columns[] = {
    {"event", IN_TABLE | IN_FILE, event_id},
    {"date", IN_TABLE, event_when},
    {"from", IN_FILE, event_from},
    {"to", IN_FILE, event_to},
    {"precision", IN_FILE, event_precision},
    {"place", IN_TABLE | IN_FILE | YIELDS, event_where},
    {"admin1", IN_FILE, event_province},
    {"country", IN_FILE, event_state},
    {"geonameid", IN_FILE, event_gazetteer},
    {"latitude", IN_FILE, event_north},
    {"longitude", IN_FILE, event_east},
    {"type", IN_TABLE | YIELDS, event_type},
    {"plover", IN_FILE, event_plover},
    {"mode", IN_FILE, event_mode},
    {"cameo", IN_FILE, event_cameo},
    {"acled_type", IN_FILE, event_acled_type},
    {"acled_sub_type", IN_FILE, event_acled_detail},
    {"who", IN_TABLE | YIELDS, event_agents},
    {"whom", IN_TABLE | YIELDS, event_patients},
    {"agents", IN_FILE, event_agents},
    {"patients", IN_FILE, event_patients},
    {"killed", IN_TABLE | RIGHT, event_killed},
    {"wounded", IN_TABLE | RIGHT, event_wounded},
    {"killed_low", IN_FILE, event_killed_low},
    {"killed_best", IN_FILE, event_killed_best},
    {"killed_high", IN_FILE, event_killed_high},
    {"killed_basis", IN_FILE, event_killed_basis},
    {"wounded_low", IN_FILE, event_wounded_low},
    {"wounded_best", IN_FILE, event_wounded_best},
    {"wounded_high", IN_FILE, event_wounded_high},
    {"wounded_basis", IN_FILE, event_wounded_basis},
    {"decided", IN_TABLE | YIELDS | SELDOM, event_decisions},
    {"status", IN_TABLE | YIELDS, event_standing},
    {"status", IN_FILE, event_status},
    {"disputed", IN_FILE, event_disputed},
    {"claim_count", IN_FILE, event_claim_count},
    {"claims", IN_FILE, event_claim_list},
    {"decided", IN_FILE, event_decisions},
    {NULL, 0, NULL},
};

/* ------------------------------------------------------------------ the walk */

struct list {
    struct output *output;
    annals_layout layout;
    struct sheet sheet;
    struct json_rows rows;
};

static bool is_json(annals_layout layout)
{
    return layout == ANNALS_JSON || layout == ANNALS_JSONL;
}

static annals_status going(struct list *list)
{
    return output_flush(list->output) ? ANNALS_OK : ANNALS_CANNOT_WRITE;
}

static annals_status list_report(void *context, const struct record_report *report)
{
    struct list *list = context;
    if (is_json(list->layout)) {
        json_rows_next(&list->rows);
        json_report(&list->rows.json, report, false);
    } else {
        sheet_row(&list->sheet, report);
    }
    return going(list);
}

static annals_status list_claim(void *context, const struct record_claim *claim)
{
    struct list *list = context;
    if (is_json(list->layout)) {
        json_rows_next(&list->rows);
        json_claim(&list->rows.json, claim);
    } else {
        sheet_row(&list->sheet, claim);
    }
    return going(list);
}

static annals_status list_event(void *context, const struct record_event *event)
{
    struct list *list = context;
    if (is_json(list->layout)) {
        json_rows_next(&list->rows);
        json_event(&list->rows.json, event, false);
    } else {
        sheet_row(&list->sheet, event);
    }
    return going(list);
}

annals_status view_list(struct record *record, const annals_query *query, struct output *output,
                        annals_error *error)
{
    struct list list = {.output = output, .layout = query->layout};
    const struct column *columns = query->view == ANNALS_REPORTS  ? report_columns
                                   : query->view == ANNALS_CLAIMS ? claim_columns
                                                                  : event_columns;
    if (is_json(query->layout))
        json_rows_begin(&list.rows, output, query->layout);
    else
        sheet_begin(&list.sheet, output, query->layout, columns);
    annals_status status;
    if (query->view == ANNALS_REPORTS)
        status = record_reports(record, query, list_report, &list, error);
    else if (query->view == ANNALS_CLAIMS)
        status = record_claims(record, query, list_claim, &list, error);
    else
        status = record_events(record, query, list_event, &list, error);
    if (is_json(query->layout))
        json_rows_end(&list.rows);
    else
        sheet_end(&list.sheet);
    return status;
}
