/* The record as four flat tables with a codebook: events, claims, counts, reports, and a Frictionless
 * data package (datapackage.json, specification 1.0) that says what each column holds. */
#include "render/export_csv.h"

#include "formats/json_writer.h"
#include "render/line.h"

#include <math.h>
#include <string.h>

#define ROW const struct export_row *row = of

#define TEXT(name, value)                                                                          \
    static void name(struct buffer *cell, const void *of)                                          \
    {                                                                                              \
        ROW;                                                                                       \
        export_add(cell, value, "");                                                               \
    }
#define NUMBER(name, value)                                                                        \
    static void name(struct buffer *cell, const void *of)                                          \
    {                                                                                              \
        ROW;                                                                                       \
        export_add_number(cell, value);                                                            \
    }
#define DEGREES(name, place, value)                                                                \
    static void name(struct buffer *cell, const void *of)                                          \
    {                                                                                              \
        ROW;                                                                                       \
        if ((place).located)                                                                       \
            buffer_print(cell, "%.5f", value);                                                     \
    }
#define NAMES(name, actors)                                                                        \
    static void name(struct buffer *cell, const void *of)                                          \
    {                                                                                              \
        ROW;                                                                                       \
        line_add_actors(cell, row->claim->actors.items, row->claim->actors.count, "; ");           \
    }
#define WHOLE(name, value)                                                                         \
    static void name(struct buffer *cell, const void *of)                                          \
    {                                                                                              \
        ROW;                                                                                       \
        if ((value) > 0)                                                                           \
            buffer_print(cell, "%lld", (long long)(value));                                        \
    }

/* ------------------------------------------------------------------ events */

TEXT(event_id, row->event->id)
TEXT(event_first, row->event->first)
TEXT(event_last, row->event->last)
TEXT(event_place, row->event->place.name)
WHOLE(event_geonameid, row->event->place.geonameid)
TEXT(event_country, row->event->place.country)
TEXT(event_admin1, row->event->place.admin1)
TEXT(event_admin2, row->event->place.admin2)
DEGREES(event_latitude, row->event->place, row->event->place.latitude)
DEGREES(event_longitude, row->event->place, row->event->place.longitude)
TEXT(claim_plover, row->claim->plover)
TEXT(claim_mode, row->claim->mode)
TEXT(claim_acled, row->claim->acled_type)
TEXT(claim_acled_detail, row->claim->acled_detail)
TEXT(claim_status, row->claim->status)
NAMES(claim_agents, agents)
NAMES(claim_patients, patients)
NUMBER(event_killed_low, export_told(&row->event->killed, row->event->killed.low))
NUMBER(event_killed_best, export_told(&row->event->killed, row->event->killed.best))
NUMBER(event_killed_high, export_told(&row->event->killed, row->event->killed.high))
NUMBER(event_wounded_low, export_told(&row->event->wounded, row->event->wounded.low))
NUMBER(event_wounded_best, export_told(&row->event->wounded, row->event->wounded.best))
NUMBER(event_wounded_high, export_told(&row->event->wounded, row->event->wounded.high))
WHOLE(event_claims, row->event->claim_count)
TEXT(event_disputed, row->event->disputed ? "true" : "false")

static void event_sources(struct buffer *cell, const void *of)
{
    ROW;
    export_add_sources(cell, row->event, "; ");
}

static void event_line(struct buffer *cell, const void *of)
{
    ROW;
    export_add_line(cell, row->claim);
}

static const struct column event_columns[] = {
    {"event", IN_FILE, event_id, "#event+id", "key of the event"},
    {"first", IN_FILE, event_first, "#date+start", "first day on which it may have happened"},
    {"last", IN_FILE, event_last, "#date+end", "last day on which it may have happened"},
    {"place", IN_FILE, event_place, "#loc+name", "the place that most reports name"},
    {"geonameid", IN_FILE, event_geonameid, "#loc+code", "GeoNames"},
    {"country", IN_FILE, event_country, "#country+code", "ISO 3166-1, two letters"},
    {"admin1", IN_FILE, event_admin1, "#adm1+name", "province"},
    {"admin2", IN_FILE, event_admin2, "#adm2+name", "district"},
    {"latitude", IN_FILE, event_latitude, "#geo+lat", "degrees, WGS 84"},
    {"longitude", IN_FILE, event_longitude, "#geo+lon", "degrees, WGS 84"},
    {"plover", IN_FILE, claim_plover, "#event+type", "PLOVER type"},
    {"mode", IN_FILE, claim_mode, "#event+type+sub", "PLOVER mode"},
    {"acled_type", IN_FILE, claim_acled, "#event+type+acled", "ACLED event type"},
    {"acled_sub_type", IN_FILE, claim_acled_detail, "#event+type+acled+sub", "ACLED sub-event type"},
    {"status", IN_FILE, claim_status, "#status", "asserted, claimed, denied, alleged, planned, ..."},
    {"agents", IN_FILE, claim_agents, "#group+name+first", "who does it"},
    {"patients", IN_FILE, claim_patients, "#group+name+second", "to whom"},
    {"killed_low", IN_FILE, event_killed_low, "#affected+killed+min", "people"},
    {"killed_best", IN_FILE, event_killed_best, "#affected+killed", "people"},
    {"killed_high", IN_FILE, event_killed_high, "#affected+killed+max", "people"},
    {"wounded_low", IN_FILE, event_wounded_low, "#affected+injured+min", "people"},
    {"wounded_best", IN_FILE, event_wounded_best, "#affected+injured", "people"},
    {"wounded_high", IN_FILE, event_wounded_high, "#affected+injured+max", "people"},
    {"claims", IN_FILE, event_claims, "#meta+claims+num", "number of claims"},
    {"disputed", IN_FILE, event_disputed, "#status+disputed", "whether the sources disagree"},
    {"sources", IN_FILE, event_sources, "#meta+source", "outlets"},
    {"line", IN_FILE, event_line, "#description", "what the chronology prints"},
    {NULL, 0, NULL, NULL, NULL},
};

/* ------------------------------------------------------------------ claims */

TEXT(claim_id, row->claim->id)
TEXT(claim_event, row->claim->event)
TEXT(claim_report, row->claim->report)
TEXT(claim_source, line_source(row->claim))
TEXT(claim_published, row->claim->published)
TEXT(claim_first, row->claim->first)
TEXT(claim_last, row->claim->last)
TEXT(claim_precision, row->claim->precision)
TEXT(claim_place, row->claim->place.name)
WHOLE(claim_geonameid, row->claim->place.geonameid)
TEXT(claim_country, row->claim->place.country)
TEXT(claim_admin1, row->claim->place.admin1)
TEXT(claim_admin2, row->claim->place.admin2)
DEGREES(claim_latitude, row->claim->place, row->claim->place.latitude)
DEGREES(claim_longitude, row->claim->place, row->claim->place.longitude)
TEXT(claim_cameo, row->claim->cameo)
NAMES(claim_instruments, instruments)
NAMES(claim_speakers, according_to)
TEXT(claim_control, row->claim->control)
TEXT(claim_control_place, row->claim->control_place.name)
TEXT(claim_control_holder, row->claim->control_holder)
NUMBER(claim_confidence, row->claim->confidence)
TEXT(claim_sentence, row->claim->sentence)

static const struct column claim_columns[] = {
    {"claim", IN_FILE, claim_id, "#meta+id", "key of the claim"},
    {"event", IN_FILE, claim_event, "#event+id", "the event it tells of"},
    {"report", IN_FILE, claim_report, "#meta+report", "the report in which it stands"},
    {"source", IN_FILE, claim_source, "#meta+source", "outlet"},
    {"published", IN_FILE, claim_published, "#date+published", "day of publication"},
    {"speakers", IN_FILE, claim_speakers, "#meta+speaker", "according to whom; empty: the outlet"},
    {"status", IN_FILE, claim_status, "#status", "asserted, claimed, denied, alleged, planned, ..."},
    {"first", IN_FILE, claim_first, "#date+start", "first day on which it may have happened"},
    {"last", IN_FILE, claim_last, "#date+end", "last day on which it may have happened"},
    {"precision", IN_FILE, claim_precision, "#date+precision", "day, week, month, year"},
    {"place", IN_FILE, claim_place, "#loc+name", "where"},
    {"geonameid", IN_FILE, claim_geonameid, "#loc+code", "GeoNames"},
    {"country", IN_FILE, claim_country, "#country+code", "ISO 3166-1, two letters"},
    {"admin1", IN_FILE, claim_admin1, "#adm1+name", "province"},
    {"admin2", IN_FILE, claim_admin2, "#adm2+name", "district"},
    {"latitude", IN_FILE, claim_latitude, "#geo+lat", "degrees, WGS 84"},
    {"longitude", IN_FILE, claim_longitude, "#geo+lon", "degrees, WGS 84"},
    {"plover", IN_FILE, claim_plover, "#event+type", "PLOVER type"},
    {"mode", IN_FILE, claim_mode, "#event+type+sub", "PLOVER mode"},
    {"cameo", IN_FILE, claim_cameo, "#event+type+cameo", "CAMEO code"},
    {"acled_type", IN_FILE, claim_acled, "#event+type+acled", "ACLED event type"},
    {"acled_sub_type", IN_FILE, claim_acled_detail, "#event+type+acled+sub", "ACLED sub-event type"},
    {"agents", IN_FILE, claim_agents, "#group+name+first", "who does it"},
    {"patients", IN_FILE, claim_patients, "#group+name+second", "to whom"},
    {"instruments", IN_FILE, claim_instruments, "#meta+instrument", "with what"},
    {"control", IN_FILE, claim_control, "#control+type", "takes, loses, holds, contests, shares"},
    {"control_place", IN_FILE, claim_control_place, "#control+loc", "of which place"},
    {"control_holder", IN_FILE, claim_control_holder, "#control+group", "who holds it"},
    {"confidence", IN_FILE, claim_confidence, "#meta+confidence", "0 to 1"},
    {"sentence", IN_FILE, claim_sentence, "#description", "the sentence that says so"},
    {NULL, 0, NULL, NULL, NULL},
};

/* ------------------------------------------------------------------ counts */

static const struct record_count *count_of(const struct export_row *row)
{
    return &row->claim->counts.items[row->number];
}

TEXT(count_what, count_of(row)->what)
TEXT(count_who, count_of(row)->who)
NUMBER(count_low, count_of(row)->low)
NUMBER(count_high, count_of(row)->high)

static const struct column count_columns[] = {
    {"claim", IN_FILE, claim_id, "#meta+id", "the claim that counts"},
    {"event", IN_FILE, claim_event, "#event+id", "the event it tells of"},
    {"what", IN_FILE, count_what, "#affected+type", "killed, wounded, captured, displaced, ..."},
    {"who", IN_FILE, count_who, "#affected+group", "civilian, combatant, ..."},
    {"low", IN_FILE, count_low, "#affected+min", "at least; empty: no lower bound"},
    {"high", IN_FILE, count_high, "#affected+max", "at most; empty: no upper bound"},
    {"source", IN_FILE, claim_source, "#meta+source", "outlet"},
    {"speakers", IN_FILE, claim_speakers, "#meta+speaker", "according to whom; empty: the outlet"},
    {"status", IN_FILE, claim_status, "#status", "asserted, claimed, denied, alleged, planned, ..."},
    {NULL, 0, NULL, NULL, NULL},
};

/* ------------------------------------------------------------------ reports */

#define REPORT(name, value)                                                                        \
    static void name(struct buffer *cell, const void *of)                                          \
    {                                                                                              \
        const struct record_report *report = of;                                                   \
        export_add(cell, value, "");                                                               \
    }

REPORT(report_id, report->id)
REPORT(report_sha256, report->sha256)
REPORT(report_name, report->name)
REPORT(report_source, report->source)
REPORT(report_title, report->title)
REPORT(report_byline, report->byline)
REPORT(report_published, report->published)
REPORT(report_published_from, report->published_from)
REPORT(report_url, report->url)
REPORT(report_language, report->language)

static void report_claims(struct buffer *cell, const void *of)
{
    const struct record_report *report = of;
    buffer_print(cell, "%u", report->claims);
}

static const struct column report_columns[] = {
    {"report", IN_FILE, report_id, "#meta+report", "key of the report"},
    {"sha256", IN_FILE, report_sha256, "#meta+sha256", "of the bytes it came as"},
    {"name", IN_FILE, report_name, "#meta+name", "the name it came under"},
    {"source", IN_FILE, report_source, "#meta+source", "outlet"},
    {"title", IN_FILE, report_title, "#meta+title", "headline"},
    {"byline", IN_FILE, report_byline, "#meta+byline", "who wrote it"},
    {"published", IN_FILE, report_published, "#date+published", "day of publication"},
    {"published_from", IN_FILE, report_published_from, "#date+from", "how that day is known"},
    {"url", IN_FILE, report_url, "#meta+url", "address"},
    {"language", IN_FILE, report_language, "#meta+language", "ISO 639-1"},
    {"claims", IN_FILE, report_claims, "#meta+claims+num", "number of claims"},
    {NULL, 0, NULL, NULL, NULL},
};

/* ------------------------------------------------------------------ the package */

const char *const csv_parts[] = {"events.csv", "claims.csv", "counts.csv", "reports.csv",
                                 "datapackage.json", NULL};

const struct column *const csv_columns[] = {event_columns, claim_columns, count_columns,
                                            report_columns};

static const char *type_of(const char *name)
{
    static const struct {
        const char *name, *type;
    } types[] = {
        {"first", "date"},       {"last", "date"},          {"published", "date"},
        {"latitude", "number"},  {"longitude", "number"},   {"confidence", "number"},
        {"low", "number"},       {"high", "number"},        {"geonameid", "integer"},
        {"claims", "integer"},   {"disputed", "boolean"},   {"killed_low", "number"},
        {"killed_best", "number"}, {"killed_high", "number"}, {"wounded_low", "number"},
        {"wounded_best", "number"}, {"wounded_high", "number"},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].name, name) == 0)
            return types[i].type;
    return "string";
}

static void pair(struct json_writer *json, const char *key, const char *value)
{
    json_key(json, key);
    json_string(json, value);
}

static void put_resource(struct json_writer *json, const char *file, const struct column *columns)
{
    char name[32];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(file, "."), file);
    json_begin(json, '{');
    pair(json, "name", name);
    pair(json, "path", file);
    pair(json, "profile", "tabular-data-resource");
    pair(json, "format", "csv");
    pair(json, "mediatype", "text/csv");
    pair(json, "encoding", "utf-8");
    json_key(json, "schema");
    json_begin(json, '{');
    json_key(json, "fields");
    json_begin(json, '[');
    for (; columns->name != NULL; columns++) {
        json_begin(json, '{');
        pair(json, "name", columns->name);
        pair(json, "type", type_of(columns->name));
        pair(json, "description", columns->about);
        json_end(json, '}');
    }
    json_end(json, ']');
    json_key(json, "missingValues");
    json_begin(json, '[');
    json_string(json, "");
    json_end(json, ']');
    json_end(json, '}');
    json_end(json, '}');
}

void csv_write_package(struct buffer *out)
{
    struct json_writer json = {.buffer = out};
    json_begin(&json, '{');
    pair(&json, "profile", "tabular-data-package");
    pair(&json, "name", "annals");
    pair(&json, "title", "Events, claims, counts and reports of a record of annals");
    json_key(&json, "resources");
    json_begin(&json, '[');
    for (size_t i = 0; i < sizeof csv_columns / sizeof csv_columns[0]; i++)
        put_resource(&json, csv_parts[i], csv_columns[i]);
    json_end(&json, ']');
    json_end(&json, '}');
    buffer_add_byte(out, '\n');
}
