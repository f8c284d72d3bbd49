/* GeoJSON (RFC 7946): one point an event whose place has coordinates; several events of one place share
 * a point, and a map may cluster them. */
#include "render/line.h"
#include "render/views.h"

#include <math.h>

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

annals_status geojson_event(void *context, const struct record_event *event)
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

void geojson_begin(struct features *features, struct output *output)
{
    *features = (struct features){.output = output};
    buffer_init(&features->text);
    buffer_add_string(&output->buffer, "{\"type\":\"FeatureCollection\",\"features\":");
    json_rows_begin(&features->rows, output, ANNALS_JSON);
}

void geojson_end(struct features *features)
{
    buffer_add_string(&features->output->buffer, "]}\n");
    buffer_release(&features->text);
}

annals_status view_geojson(struct record *record, const annals_query *query,
                           struct output *output, annals_error *error)
{
    struct features features;
    geojson_begin(&features, output);
    annals_status status = record_events(record, query, geojson_event, &features, error);
    geojson_end(&features);
    return status;
}
