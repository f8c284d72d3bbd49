/* Reports, claims and events of the record as JSON objects. */
#include "render/views.h"

#include "render/line.h"

#include "bytes/utf8.h"
#include "render/decided.h"

#include <math.h>

static void put_string(struct json_writer *json, const char *key, const char *value)
{
    json_key(json, key);
    json_string(json, value);
}

static void put_number(struct json_writer *json, const char *key, double value, int decimals)
{
    json_key(json, key);
    json_number(json, value, decimals);
}

static void put_acled(struct json_writer *json, const struct record_claim *claim)
{
    json_key(json, "acled");
    if (claim->acled_type == NULL) {
        json_null(json);
        return;
    }
    json_begin(json, '[');
    json_string(json, claim->acled_type);
    json_string(json, claim->acled_detail);
    json_end(json, ']');
}

static void put_place(struct json_writer *json, const struct record_place *place)
{
    put_string(json, "place", place->name);
    json_key(json, "geonameid");
    if (place->geonameid == 0)
        json_null(json);
    else
        json_integer(json, place->geonameid);
    put_number(json, "lat", place->located ? place->latitude : NAN, 5);
    put_number(json, "lon", place->located ? place->longitude : NAN, 5);
    put_string(json, "country", place->country);
    put_string(json, "admin1", place->admin1);
    put_string(json, "admin2", place->admin2);
}

static void put_actors(struct json_writer *json, const char *key,
                       const struct record_actor *actors, uint32_t count)
{
    json_key(json, key);
    json_begin(json, '[');
    for (uint32_t i = 0; i < count; i++) {
        json_begin(json, '{');
        put_string(json, "name", actors[i].name);
        put_string(json, "words", actors[i].words);
        put_string(json, "kind", actors[i].sort != NULL ? actors[i].sort : actors[i].kind);
        put_string(json, "type", actors[i].type);
        put_string(json, "code", actors[i].code);
        json_end(json, '}');
    }
    json_end(json, ']');
}

static void put_names(struct json_writer *json, const char *key,
                      const struct record_actor *actors, uint32_t count)
{
    json_key(json, key);
    json_begin(json, '[');
    for (uint32_t i = 0; i < count; i++)
        if (line_actor(&actors[i]) != NULL)
            json_string(json, line_actor(&actors[i]));
    json_end(json, ']');
}

void json_report(struct json_writer *json, const struct record_report *report, bool with_text)
{
    json_begin(json, '{');
    put_string(json, "report", report->id);
    put_string(json, "id", report->name);
    put_string(json, "title", report->title);
    put_string(json, "source", report->source);
    put_string(json, "byline", report->byline);
    put_string(json, "url", report->url);
    put_string(json, "language", report->language);
    put_string(json, "published", report->published);
    put_string(json, "published_from", report->published_from);
    put_string(json, "sha256", report->sha256);
    json_key(json, "paths");
    json_begin(json, '[');
    for (uint32_t i = 0; i < report->paths.count; i++)
        json_string(json, report->paths.items[i]);
    json_end(json, ']');
    json_key(json, "sentences");
    json_integer(json, report->sentences);
    json_key(json, "claims");
    json_integer(json, report->claims);
    put_string(json, "program", report->version.program);
    put_string(json, "dictionaries", report->version.dictionaries);
    put_string(json, "models", report->version.models);
    if (with_text)
        put_string(json, "text", report->text);
    json_end(json, '}');
}

static void put_counts(struct json_writer *json, const struct record_claim *claim)
{
    json_key(json, "counts");
    json_begin(json, '[');
    for (uint32_t i = 0; i < claim->counts.count; i++) {
        json_begin(json, '{');
        put_string(json, "what", claim->counts.items[i].what);
        put_string(json, "who", claim->counts.items[i].who);
        put_number(json, "low", claim->counts.items[i].low, 2);
        put_number(json, "high", claim->counts.items[i].high, 2);
        json_end(json, '}');
    }
    json_end(json, ']');
}

void json_claim(struct json_writer *json, const struct record_claim *claim)
{
    json_begin(json, '{');
    put_string(json, "claim", claim->id);
    put_string(json, "event", claim->event[0] != '\0' ? claim->event : NULL);
    put_string(json, "report", claim->name != NULL ? claim->name : claim->report);
    put_string(json, "source", claim->source);
    put_string(json, "published", claim->published);
    put_string(json, "plover", claim->plover);
    put_string(json, "mode", claim->mode);
    put_string(json, "cameo", claim->cameo);
    put_acled(json, claim);
    put_string(json, "from", claim->first);
    put_string(json, "to", claim->last);
    put_string(json, "precision", claim->precision);
    put_place(json, &claim->place);
    put_actors(json, "agents", claim->agents.items, claim->agents.count);
    put_actors(json, "patients", claim->patients.items, claim->patients.count);
    put_actors(json, "instruments", claim->instruments.items, claim->instruments.count);
    put_counts(json, claim);
    put_actors(json, "according_to", claim->according_to.items, claim->according_to.count);
    put_string(json, "status", claim->status);
    json_key(json, "control");
    if (claim->control == NULL) {
        json_null(json);
    } else {
        json_begin(json, '{');
        put_string(json, "change", claim->control);
        put_string(json, "place", claim->control_place.name);
        put_string(json, "holder", claim->control_holder);
        json_end(json, '}');
    }
    put_number(json, "confidence", claim->confidence, 4);
    put_string(json, "rule", claim->rule);
    put_string(json, "sentence", claim->sentence);
    json_key(json, "trigger"); /* in code points of `sentence` */
    if (claim->sentence == NULL || span_is_empty(claim->trigger))
        json_null(json);
    else
        json_span(json, (struct code_point_span){
                            (uint32_t)utf8_count(claim->sentence, claim->trigger.start),
                            (uint32_t)utf8_count(claim->sentence, claim->trigger.end)});
    json_decisions(json, claim);
    json_end(json, '}');
}

static void put_figure(struct json_writer *json, const char *key, struct record_figure figure)
{
    json_key(json, key);
    if (isnan(figure.best)) {
        json_null(json);
        return;
    }
    json_begin(json, '{');
    put_number(json, "low", figure.low, 2);
    put_number(json, "best", figure.best, 2);
    put_number(json, "high", figure.high, 2);
    put_string(json, "basis", record_basis_name(figure.basis));
    json_end(json, '}');
}

static void put_saying(struct json_writer *json, const struct record_saying *saying)
{
    const struct record_claim *claim = saying->claim;
    json_begin(json, '{');
    put_number(json, "low", saying->low, 2);
    put_number(json, "high", saying->high, 2);
    put_names(json, "according_to", claim->according_to.items, claim->according_to.count);
    put_string(json, "source", line_source(claim));
    put_string(json, "published", claim->published);
    put_string(json, "left_out", saying->left_out);
    put_string(json, "claim", claim->id);
    json_end(json, '}');
}

void json_tolls(struct json_writer *json, const struct record_event *event)
{
    json_key(json, "figures");
    json_begin(json, '[');
    for (uint32_t i = 0; i < event->tolls.count; i++) {
        const struct record_toll *toll = &event->tolls.items[i];
        json_begin(json, '{');
        put_string(json, "what", toll->what);
        put_string(json, "side", toll->side);
        put_number(json, "low", toll->figure.low, 2);
        put_number(json, "best", toll->figure.best, 2);
        put_number(json, "high", toll->figure.high, 2);
        put_string(json, "basis", record_basis_name(toll->figure.basis));
        json_key(json, "by");
        json_begin(json, '[');
        for (uint32_t j = 0; j < toll->sayings.count; j++)
            put_saying(json, &toll->sayings.items[j]);
        json_end(json, ']');
        json_end(json, '}');
    }
    json_end(json, ']');
}

static void put_claims(struct json_writer *json, const struct record_event *event, bool in_full)
{
    json_key(json, "reports");
    json_begin(json, '[');
    for (uint32_t i = 0; i < event->claim_count; i++) {
        bool before = false;
        for (uint32_t j = 0; j < i; j++)
            before = before || strcmp(event->claims[i].report, event->claims[j].report) == 0;
        if (!before)
            json_string(json, event->claims[i].name != NULL ? event->claims[i].name
                                                            : event->claims[i].report);
    }
    json_end(json, ']');
    json_key(json, "claims");
    json_begin(json, '[');
    for (uint32_t i = 0; i < event->claim_count; i++) {
        if (in_full)
            json_claim(json, &event->claims[i]);
        else
            json_string(json, event->claims[i].id);
    }
    json_end(json, ']');
}

static void put_joins(struct json_writer *json, const struct record_event *event)
{
    json_key(json, "joins");
    json_begin(json, '[');
    for (uint32_t i = 0; i < event->joins.count; i++) {
        const struct record_join *join = &event->joins.items[i];
        json_begin(json, '{');
        put_string(json, "report", join->report);
        put_string(json, "other", join->other);
        for (int j = 0; j < RECORD_TERMS; j++)
            put_number(json, record_term_name(j), join->terms[j], 3);
        put_string(json, "words", join->words);
        json_end(json, '}');
    }
    json_end(json, ']');
    json_key(json, "copies");
    json_begin(json, '[');
    for (uint32_t i = 0; i < event->copies.count; i++)
        json_string(json, event->copies.items[i]);
    json_end(json, ']');
}

void json_event(struct json_writer *json, const struct record_event *event, bool with_claims)
{
    const struct record_claim *claim = &event->claims[0];
    json_begin(json, '{');
    put_string(json, "event", event->id);
    put_claims(json, event, with_claims);
    put_string(json, "plover", claim->plover);
    put_string(json, "mode", claim->mode);
    put_string(json, "cameo", claim->cameo);
    put_acled(json, claim);
    put_string(json, "from", event->first);
    put_string(json, "to", event->last);
    put_string(json, "date", event->first);
    put_string(json, "precision", claim->precision);
    put_place(json, &event->place);
    put_names(json, "agents", claim->agents.items, claim->agents.count);
    put_names(json, "patients", claim->patients.items, claim->patients.count);
    put_names(json, "according_to", claim->according_to.items, claim->according_to.count);
    put_figure(json, "killed", event->killed);
    put_figure(json, "wounded", event->wounded);
    put_string(json, "status", claim->status);
    json_key(json, "disputed");
    json_boolean(json, event->disputed);
    if (with_claims) {
        json_tolls(json, event);
        put_joins(json, event);
    }
    json_end(json, '}');
}

void json_rows_begin(struct json_rows *rows, struct output *output, annals_layout layout)
{
    *rows = (struct json_rows){.output = output, .lines = layout == ANNALS_JSONL};
    rows->json = (struct json_writer){.buffer = &output->buffer};
    if (!rows->lines)
        buffer_add_byte(&output->buffer, '[');
}

void json_rows_next(struct json_rows *rows)
{
    if (rows->count++ > 0)
        buffer_add_string(&rows->output->buffer, rows->lines ? "\n" : ",\n");
    rows->json.comma = false;
}

void json_rows_end(struct json_rows *rows)
{
    if (!rows->lines)
        buffer_add_string(&rows->output->buffer, "]\n");
    else if (rows->count > 0)
        buffer_add_byte(&rows->output->buffer, '\n');
}
