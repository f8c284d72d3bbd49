/* Renders what a record holds: chooses the view; the summary and GeoJSON stand here too.
 *
 * GeoJSON (RFC 7946): one point an event whose place has coordinates; several events of one place
 * share a point, and a map may cluster them. */
#include "render/render.h"

#include "render/dates.h"
#include "render/line.h"
#include "render/views.h"

#include <inttypes.h>
#include <math.h>

/* ------------------------------------------------------------------ the summary */

static void write_summary(struct output *output, const struct record_summary *summary)
{
    const struct {
        const char *name;
        uint64_t number;
    } rows[] = {
        {"reports", summary->reports},     {"with a date", summary->dated},
        {"sources", summary->sources},     {"sentences", summary->sentences},
        {"claims", summary->claims},       {"events", summary->events},
        {"place names", summary->places},  {"actor names", summary->actors},
    };
    struct buffer *out = &output->buffer;
    buffer_print(out, "record         %s\nschema         %d\n", summary->path, summary->schema);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        buffer_print(out, "%-14s %" PRIu64 "\n", rows[i].name, rows[i].number);
    if (summary->first_published[0] != '\0')
        buffer_print(out, "published      %s to %s\n", summary->first_published,
                     summary->last_published);
    if (summary->first[0] != '\0')
        buffer_print(out, "happened       %s to %s\n", summary->first, summary->last);
    for (uint32_t i = 0; i < summary->versions.count; i++)
        buffer_print(out, "coded by       annals %s, dictionaries %.12s, models %.12s\n",
                     summary->versions.items[i].program, summary->versions.items[i].dictionaries,
                     summary->versions.items[i].models);
}

static void write_summary_json(struct output *output, const struct record_summary *summary)
{
    struct json_writer json = {.buffer = &output->buffer};
    const struct {
        const char *name;
        uint64_t number;
    } rows[] = {
        {"reports", summary->reports}, {"dated", summary->dated},   {"sources", summary->sources},
        {"sentences", summary->sentences}, {"claims", summary->claims}, {"events", summary->events},
        {"places", summary->places},   {"actors", summary->actors},
    };
    const char *const days[][2] = {
        {"first_published", summary->first_published}, {"last_published", summary->last_published},
        {"first", summary->first},                     {"last", summary->last},
    };
    json_begin(&json, '{');
    json_key(&json, "record");
    json_string(&json, summary->path);
    json_key(&json, "schema");
    json_integer(&json, summary->schema);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_key(&json, rows[i].name);
        json_integer(&json, (int64_t)rows[i].number);
    }
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        json_key(&json, days[i][0]);
        json_string(&json, days[i][1][0] != '\0' ? days[i][1] : NULL);
    }
    json_key(&json, "versions");
    json_begin(&json, '[');
    for (uint32_t i = 0; i < summary->versions.count; i++) {
        json_begin(&json, '{');
        json_key(&json, "program");
        json_string(&json, summary->versions.items[i].program);
        json_key(&json, "dictionaries");
        json_string(&json, summary->versions.items[i].dictionaries);
        json_key(&json, "models");
        json_string(&json, summary->versions.items[i].models);
        json_end(&json, '}');
    }
    json_end(&json, ']');
    json_end(&json, '}');
    buffer_add_byte(&output->buffer, '\n');
}

annals_status view_summary(struct record *record, const annals_query *query,
                           struct output *output, annals_error *error)
{
    struct arena arena;
    struct record_summary summary;
    arena_init(&arena);
    annals_status status = record_summary(record, &arena, &summary, error);
    if (status == ANNALS_OK && query->layout == ANNALS_TABLE)
        write_summary(output, &summary);
    else if (status == ANNALS_OK)
        write_summary_json(output, &summary);
    arena_release(&arena);
    return status;
}

/* ------------------------------------------------------------------ GeoJSON */

struct features {
    struct output *output;
    struct json_rows rows;
    struct buffer text;
};

static void put_properties(struct features *features, const struct record_event *event)
{
    struct json_writer *json = &features->rows.json;
    const struct record_claim *claim = &event->claims[0];
    buffer_clear(&features->text);
    line_add_mark(&features->text, claim);
    buffer_add_string(&features->text, features->text.length > 0 ? ": " : "");
    line_add(&features->text, claim);
    const char *const strings[][2] = {
        {"event", event->id},          {"from", event->first},
        {"to", event->last},           {"precision", claim->precision},
        {"place", event->place.name},  {"plover", claim->plover},
        {"mode", claim->mode},         {"acled_type", claim->acled_type},
        {"acled_sub_type", claim->acled_detail}, {"status", claim->status},
        {"line", features->text.bytes}, {"sentence", claim->sentence},
        {"source", line_source(claim)}, {"published", claim->published},
    };
    json_key(json, "properties");
    json_begin(json, '{');
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        json_key(json, strings[i][0]);
        json_string(json, strings[i][1]);
    }
    json_key(json, "killed");
    json_number(json, event->killed.basis == BASIS_NONE_TOLD ? NAN : event->killed.best, 2);
    json_key(json, "wounded");
    json_number(json, event->wounded.basis == BASIS_NONE_TOLD ? NAN : event->wounded.best, 2);
    json_end(json, '}');
}

static annals_status put_feature(void *context, const struct record_event *event)
{
    struct features *features = context;
    const struct record_place *place = &event->place;
    if (!place->located)
        return ANNALS_OK;
    struct json_writer *json = &features->rows.json;
    json_rows_next(&features->rows);
    json_begin(json, '{');
    json_key(json, "type");
    json_string(json, "Feature");
    json_key(json, "id");
    json_string(json, event->id);
    json_key(json, "geometry");
    json_begin(json, '{');
    json_key(json, "type");
    json_string(json, "Point");
    json_key(json, "coordinates");
    json_begin(json, '[');
    json_number(json, place->longitude, 5);
    json_number(json, place->latitude, 5);
    json_end(json, ']');
    json_end(json, '}');
    put_properties(features, event);
    json_end(json, '}');
    return output_flush(features->output) ? ANNALS_OK : ANNALS_CANNOT_WRITE;
}

annals_status view_geojson(struct record *record, const annals_query *query,
                           struct output *output, annals_error *error)
{
    struct features features = {.output = output};
    buffer_init(&features.text);
    buffer_add_string(&output->buffer, "{\"type\":\"FeatureCollection\",\"features\":");
    json_rows_begin(&features.rows, output, ANNALS_JSON);
    annals_status status = record_events(record, query, put_feature, &features, error);
    buffer_add_string(&output->buffer, "]}\n");
    buffer_release(&features.text);
    return status;
}

/* ------------------------------------------------------------------ the choice */

annals_status render(struct record *record, const annals_query *query, annals_sink sink,
                     void *context, annals_error *error)
{
    struct output output;
    annals_status status = ANNALS_WRONG_USE;
    if (query->view == ANNALS_DUMP)
        return record_dump(record, sink, context, error);
    if ((query->view == ANNALS_SHOW || query->view == ANNALS_SUMMARY) &&
        (query->layout == ANNALS_CSV || query->layout == ANNALS_TSV))
        return error_set(error, ANNALS_WRONG_USE,
                         "this has no rows for CSV or TSV; table, json or jsonl");
    output_begin(&output, query, sink, context);
    switch (query->view) {
    case ANNALS_REPORTS:
    case ANNALS_CLAIMS:
    case ANNALS_EVENTS:
        status = view_list(record, query, &output, error);
        break;
    case ANNALS_TIMELINE:
        status = view_timeline(record, query, &output, error);
        break;
    case ANNALS_SHOW:
        status = view_show(record, query, &output, error);
        break;
    case ANNALS_SUMMARY:
        status = view_summary(record, query, &output, error);
        break;
    case ANNALS_GEOJSON:
        status = view_geojson(record, query, &output, error);
        break;
    case ANNALS_COUNT:
        status = view_count(record, query, &output, error);
        break;
    case ANNALS_DISPUTES:
        status = view_disputes(record, query, &output, error);
        break;
    case ANNALS_DUMP:
        break;
    }
    if (status != ANNALS_OK && status != ANNALS_CANNOT_WRITE) {
        /* What was asked for cannot be had: half an answer would be taken for one. */
        buffer_release(&output.buffer);
        return status;
    }
    annals_status end = output_end(&output, status == ANNALS_OK ? error : NULL);
    if (status == ANNALS_CANNOT_WRITE && end != ANNALS_OK)
        return error_set(error, end, "the output could not be written");
    return status != ANNALS_OK ? status : end;
}
