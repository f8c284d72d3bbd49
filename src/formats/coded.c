/* Writes a coded report: one line of interchange JSON, every position in code points. */
#include "formats/coded.h"

#include "formats/json_writer.h"
#include "formats/positions.h"

#include <math.h>
#include <stdio.h>

struct coded {
    struct json_writer json;
    struct positions positions;
    const struct document *document;
};

static void put_string(struct coded *coded, const char *key, const char *value)
{
    json_key(&coded->json, key);
    json_string(&coded->json, value);
}

static void put_span(struct coded *coded, const char *key, struct byte_span span)
{
    json_key(&coded->json, key);
    if (span_is_empty(span))
        json_null(&coded->json);
    else
        json_span(&coded->json, positions_code_points(&coded->positions, span));
}

static void put_day(struct coded *coded, const char *key, int32_t day)
{
    char text[16];
    json_key(&coded->json, key);
    if (day == DAY_UNKNOWN) {
        json_null(&coded->json);
    } else {
        calendar_write(day, text);
        json_string(&coded->json, text);
    }
}

static void put_index(struct coded *coded, const char *key, uint32_t index)
{
    json_key(&coded->json, key);
    if (index == NONE)
        json_null(&coded->json);
    else
        json_integer(&coded->json, index);
}

static void put_reference(struct coded *coded, const char *key, char letter, uint32_t index)
{
    char text[16];
    json_key(&coded->json, key);
    if (index == NONE) {
        json_null(&coded->json);
    } else {
        snprintf(text, sizeof text, "%c%u", letter, index + 1);
        json_string(&coded->json, text);
    }
}

static void put_number(struct coded *coded, const char *key, double value, int decimals)
{
    json_key(&coded->json, key);
    json_number(&coded->json, value, decimals);
}

static void put_sentences(struct coded *coded)
{
    json_key(&coded->json, "sentences");
    json_begin(&coded->json, '[');
    for (uint32_t i = 0; i < coded->document->sentences.count; i++)
        json_span(&coded->json, positions_code_points(&coded->positions,
                                                      coded->document->sentences.items[i].span));
    json_end(&coded->json, ']');
}

static void put_times(struct coded *coded)
{
    static const char *const types[] = {"DATE", "TIME", "DURATION", "SET"};
    json_key(&coded->json, "times");
    json_begin(&coded->json, '[');
    for (uint32_t i = 0; i < coded->document->times.count; i++) {
        const struct time_mention *time = &coded->document->times.items[i];
        json_begin(&coded->json, '{');
        put_span(coded, "span", time->span);
        put_string(coded, "type", types[time->type]);
        put_string(coded, "value", time->value);
        put_string(coded, "anchor", time->anchor);
        json_end(&coded->json, '}');
    }
    json_end(&coded->json, ']');
}

static void put_place(struct coded *coded, const struct place_mention *place)
{
    json_begin(&coded->json, '{');
    put_span(coded, "span", place->span);
    put_string(coded, "name", place->name);
    json_key(&coded->json, "geonameid");
    if (place->geonameid <= 0)
        json_null(&coded->json);
    else
        json_integer(&coded->json, place->geonameid);
    put_number(coded, "lat", place->located ? place->latitude : NAN, 5);
    put_number(coded, "lon", place->located ? place->longitude : NAN, 5);
    put_string(coded, "feature", place->feature);
    put_string(coded, "country", place->country);
    put_string(coded, "admin1", place->admin1);
    put_string(coded, "admin2", place->admin2);
    if (place->acled_precision != 0)
        put_index(coded, "geo_precision", place->acled_precision);
    if (place->ucdp_precision != 0)
        put_index(coded, "where_prec", place->ucdp_precision);
    static const char *const uses[] = {"location", "adjective", "name", "government"};
    put_string(coded, "use", uses[place->use]);
    if (place->dateline) {
        json_key(&coded->json, "dateline");
        json_boolean(&coded->json, true);
    }
    if (place->relation != NULL)
        put_string(coded, "relation", place->relation);
    if (place->reason != NULL)
        put_string(coded, "reason", place->reason);
    json_end(&coded->json, '}');
}

static void put_places(struct coded *coded)
{
    json_key(&coded->json, "places");
    json_begin(&coded->json, '[');
    for (uint32_t i = 0; i < coded->document->places.count; i++)
        put_place(coded, &coded->document->places.items[i]);
    json_end(&coded->json, ']');
}

static void put_actor(struct coded *coded, uint32_t index)
{
    static const char *const kinds[] = {"person", "organisation", "state", "population",
                                        "unnamed group"};
    const struct actor *actor = &coded->document->actors.items[index];
    json_begin(&coded->json, '{');
    put_reference(coded, "id", 'a', index);
    put_string(coded, "name", actor->name);
    put_string(coded, "kind", kinds[actor->kind]);
    put_string(coded, "type", actor->type);
    put_string(coded, "code", actor->code);
    put_string(coded, "country", actor->country);
    put_reference(coded, "parent", 'a', actor->parent);
    json_key(&coded->json, "mentions");
    json_begin(&coded->json, '[');
    for (uint32_t i = 0; i < coded->document->actor_mentions.count; i++) {
        const struct actor_mention *mention = &coded->document->actor_mentions.items[i];
        if (mention->actor == index)
            json_span(&coded->json, positions_code_points(&coded->positions, mention->span));
    }
    json_end(&coded->json, ']');
    json_end(&coded->json, '}');
}

static void put_actors(struct coded *coded)
{
    json_key(&coded->json, "actors");
    json_begin(&coded->json, '[');
    for (uint32_t i = 0; i < coded->document->actors.count; i++)
        put_actor(coded, i);
    json_end(&coded->json, ']');
}

static void put_attributions(struct coded *coded)
{
    json_key(&coded->json, "attributions");
    json_begin(&coded->json, '[');
    for (uint32_t i = 0; i < coded->document->attributions.count; i++) {
        const struct attribution *attribution = &coded->document->attributions.items[i];
        json_begin(&coded->json, '{');
        put_span(coded, "source", attribution->source);
        put_span(coded, "cue", attribution->cue);
        json_key(&coded->json, "content");
        json_begin(&coded->json, '[');
        for (uint32_t j = 0; j < attribution->content_count; j++)
            json_span(&coded->json,
                      positions_code_points(&coded->positions, attribution->content[j]));
        json_end(&coded->json, ']');
        put_reference(coded, "actor", 'a', attribution->actor);
        json_end(&coded->json, '}');
    }
    json_end(&coded->json, ']');
}

static void put_participants(struct coded *coded, const char *key,
                             const struct participant *participants, uint32_t count)
{
    json_key(&coded->json, key);
    json_begin(&coded->json, '[');
    for (uint32_t i = 0; i < count; i++) {
        json_begin(&coded->json, '{');
        put_reference(coded, "actor", 'a', participants[i].actor);
        put_span(coded, "span", participants[i].span);
        if (participants[i].kind != NULL)
            put_string(coded, "kind", participants[i].kind);
        if (participants[i].code != NULL)
            put_string(coded, "code", participants[i].code);
        json_end(&coded->json, '}');
    }
    json_end(&coded->json, ']');
}

static void put_event(struct coded *coded, const struct claim *claim)
{
    json_key(&coded->json, "event");
    json_begin(&coded->json, '{');
    put_string(coded, "plover", claim->plover);
    put_string(coded, "mode", claim->mode);
    put_string(coded, "cameo", claim->cameo);
    json_key(&coded->json, "acled");
    if (claim->acled_type == NULL) {
        json_null(&coded->json);
    } else {
        json_begin(&coded->json, '[');
        json_string(&coded->json, claim->acled_type);
        json_string(&coded->json, claim->acled_detail);
        json_end(&coded->json, ']');
    }
    json_end(&coded->json, '}');
}

static void put_time(struct coded *coded, const struct claim *claim)
{
    static const char *const precisions[] = {NULL,     "day",  "week",   "month",
                                             "season", "year", "decade", "century"};
    json_key(&coded->json, "time");
    if (claim->from == DAY_UNKNOWN && claim->to == DAY_UNKNOWN) {
        json_null(&coded->json);
        return;
    }
    json_begin(&coded->json, '{');
    put_day(coded, "from", claim->from);
    put_day(coded, "to", claim->to);
    put_string(coded, "precision", precisions[claim->precision]);
    put_string(coded, "anchor", claim->anchor);
    json_end(&coded->json, '}');
}

static void put_counts(struct coded *coded, const struct claim *claim)
{
    json_key(&coded->json, "counts");
    json_begin(&coded->json, '[');
    for (uint32_t i = 0; i < claim->counts.count; i++) {
        const struct claim_count *count = &claim->counts.items[i];
        json_begin(&coded->json, '{');
        put_string(coded, "what", count->what);
        put_string(coded, "who", count->who);
        put_number(coded, "low", count->low, 2);
        put_number(coded, "high", count->high, 2);
        put_span(coded, "span", count->span);
        json_end(&coded->json, '}');
    }
    json_end(&coded->json, ']');
}

static void put_sources(struct coded *coded, const struct claim *claim)
{
    json_key(&coded->json, "according_to");
    json_begin(&coded->json, '[');
    for (uint32_t i = 0; i < claim->according_to.count; i++) {
        const struct claim_source *source = &claim->according_to.items[i];
        json_begin(&coded->json, '{');
        put_reference(coded, "actor", 'a', source->actor);
        put_span(coded, "span", source->span);
        put_span(coded, "cue", source->cue);
        json_end(&coded->json, '}');
    }
    json_end(&coded->json, ']');
}

static void put_control(struct coded *coded, const struct claim *claim)
{
    json_key(&coded->json, "control");
    if (claim->control == CONTROL_NONE) {
        json_null(&coded->json);
        return;
    }
    json_begin(&coded->json, '{');
    put_string(coded, "change", control_change_name(claim->control));
    put_index(coded, "place", claim->control_place);
    put_reference(coded, "holder", 'a', claim->control_holder);
    json_end(&coded->json, '}');
}

static void put_claim(struct coded *coded, uint32_t index, bool explain)
{
    const struct claim *claim = &coded->document->claims.items[index];
    json_begin(&coded->json, '{');
    put_reference(coded, "id", 'c', index);
    put_index(coded, "sentence", claim->sentence);
    put_span(coded, "trigger", claim->trigger);
    put_event(coded, claim);
    put_participants(coded, "agents", claim->agents.items, claim->agents.count);
    put_participants(coded, "patients", claim->patients.items, claim->patients.count);
    put_participants(coded, "instruments", claim->instruments.items, claim->instruments.count);
    put_index(coded, "place", claim->place);
    put_time(coded, claim);
    put_counts(coded, claim);
    put_sources(coded, claim);
    put_string(coded, "status", claim_status_name(claim->status));
    put_control(coded, claim);
    put_number(coded, "confidence", claim->confidence, 2);
    if (explain) {
        put_string(coded, "rule", claim->rule);
        put_string(coded, "explanation", claim->explanation);
    }
    json_end(&coded->json, '}');
}

void coded_write(const struct document *document, bool explain, struct arena *scratch,
                 struct buffer *buffer)
{
    struct coded coded = {.json = {.buffer = buffer}, .document = document};
    if (!positions_init(&coded.positions, scratch, document->text, document->length)) {
        buffer->failed = true;
        return;
    }
    json_begin(&coded.json, '{');
    put_string(&coded, "id", document->report.id);
    put_day(&coded, "published", document->report.published);
    put_string(&coded, "title", document->report.title);
    put_string(&coded, "source", document->report.source);
    put_string(&coded, "byline", document->report.byline);
    if (document->foreign)
        put_string(&coded, "language", document->report.language);
    put_sentences(&coded);
    put_times(&coded);
    put_places(&coded);
    put_actors(&coded);
    put_attributions(&coded);
    json_key(&coded.json, "claims");
    json_begin(&coded.json, '[');
    for (uint32_t i = 0; i < document->claims.count; i++)
        put_claim(&coded, i, explain);
    json_end(&coded.json, ']');
    json_end(&coded.json, '}');
    buffer_add_byte(buffer, '\n');
}
