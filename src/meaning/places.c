/* The stage "places": names of places, resolved against the gazetteer.
 *
 * places_find.c finds candidates, places_resolve.c chooses what they refer to, places_judge.c
 * decides which are places; here the chosen ones become the document's layer, with precision codes
 * after ACLED (geo_precision 1 to 3) and UCDP (where_prec 1 to 7). What it leaves out: shapes of
 * areas, addresses, places named only by description ("a village near the border"). */
#include "meaning/places.h"

#include <string.h>

static annals_status places_open(const struct stage_setting *setting, void **state,
                                 annals_error *error)
{
    struct place_knowledge *knowledge = arena_new(setting->arena, struct place_knowledge);
    if (knowledge == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = place_knowledge_open(knowledge, setting, error);
    if (status == ANNALS_OK)
        *state = knowledge;
    return status;
}

static void places_close(void *state)
{
    place_knowledge_close(state);
}

static bool begins(const char *feature, const char *start)
{
    return strncmp(feature, start, strlen(start)) == 0;
}

/* ACLED: 1 a town or exact spot, 2 part of a region or near a town, 3 a province or larger.
 * UCDP: 1 an exact place, 2 within about 25 km of one, 3 a district, 4 a province, 5 a line or an
 * area that is no division, 6 a country, 7 waters, airspace, or several countries. */
static void set_precision(struct place_mention *place)
{
    const char *feature = place->feature;
    if (feature == NULL || !place->located)
        return;
    uint8_t acled = 1, ucdp = 1;
    if (begins(feature, "PCL") || begins(feature, "TERR")) {
        acled = 3;
        ucdp = 6;
    } else if (begins(feature, "ADM1")) {
        acled = 3;
        ucdp = 4;
    } else if (begins(feature, "ADM")) {
        acled = 2;
        ucdp = 3;
    } else if (begins(feature, "OCN") || begins(feature, "SEA") || begins(feature, "CONT") ||
               (place->country == NULL && !begins(feature, "PPL"))) {
        acled = 3;
        ucdp = 7;
    } else if (begins(feature, "RGN") || begins(feature, "STM") || begins(feature, "VAL") ||
               begins(feature, "MTS") || begins(feature, "DSRT") || begins(feature, "ISL") ||
               begins(feature, "LK") || begins(feature, "GULF")) {
        acled = 2;
        ucdp = 5;
    } else if (place->relation != NULL) {
        acled = 2;
        ucdp = 2;
    }
    place->acled_precision = acled;
    place->ucdp_precision = ucdp;
}

static const char *country_code(struct arena *arena, const struct gazetteer_entry *entry)
{
    return entry->country[0] == '\0' ? NULL : arena_copy(arena, entry->country, 2);
}

static const char *name_of(const struct place_work *work, uint32_t number)
{
    const struct gazetteer *gazetteer = &work->knowledge->gazetteer;
    const struct gazetteer_entry *entry = gazetteer_entry_at(gazetteer, number);
    return entry == NULL
               ? NULL
               : arena_copy_string(work->document->arena, gazetteer_name(gazetteer, entry));
}

static void describe(const struct place_work *work, const struct gazetteer_entry *entry,
                     struct place_mention *place)
{
    const struct gazetteer *gazetteer = &work->knowledge->gazetteer;
    struct arena *arena = work->document->arena;
    const char *feature = gazetteer_feature(gazetteer, entry);
    place->name = arena_copy_string(arena, gazetteer_name(gazetteer, entry));
    place->geonameid = entry->id;
    place->feature = feature[0] == '\0' ? NULL : arena_copy_string(arena, feature);
    place->country = country_code(arena, entry);
    place->admin1 = name_of(work, entry->admin1);
    place->admin2 = begins(feature, "ADM1") ? NULL : name_of(work, entry->admin2);
    place->located = entry->latitude != GAZETTEER_NOWHERE;
    if (place->located) {
        place->latitude = entry->latitude / 1e5;
        place->longitude = entry->longitude / 1e5;
    } else {
        place->reason = "the gazetteer has no coordinates for it";
    }
}

static void describe_unknown(const struct place_work *work, struct place_mention *place)
{
    place->name = arena_copy(work->document->arena, document_bytes(work->document, place->span),
                             place->span.end - place->span.start);
    place->reason = "the gazetteer has no such name";
}

/* A capitalised word that says what kind of place it is belongs to the name: "Fars Province". */
static struct token_range whole_name(const struct place_work *work,
                                     const struct place_candidate *candidate)
{
    struct token_range range = candidate->tokens;
    const struct token *after = &work->document->tokens.items[range.end];
    if ((candidate->evidence & SEEN_FEATURE_AFTER) && candidate->use == PLACE_LOCATION &&
        (after->flags & TOKEN_CAPITALISED) != 0 && !(candidate->evidence & SEEN_CASELESS))
        range.end++;
    return range;
}

static void write_place(struct place_work *work, const struct place_candidate *candidate)
{
    const struct gazetteer_entry *entry = place_choice(work, candidate);
    struct place_mention *place = array_push(&work->document->places);
    if (place == NULL)
        return;
    place->tokens = whole_name(work, candidate);
    place->span = document_span_of(work->document, place->tokens);
    place->use = candidate->use;
    place->dateline = (candidate->evidence & SEEN_DATELINE) != 0;
    place->certainty = candidate->certainty;
    place->stray = candidate->stray;
    if (entry != NULL)
        describe(work, entry, place);
    else
        describe_unknown(work, place);
    if (place->use == PLACE_LOCATION)
        place->relation = places_relation(work, candidate);
    set_precision(place);
}

static annals_status places_run(const void *state, struct document *document, struct arena *scratch,
                                annals_error *error)
{
    (void)error;
    struct place_work work = {.knowledge = state, .document = document, .scratch = scratch};
    array_init(&work.candidates, scratch);
    array_init(&work.groups, scratch);
    array_init(&work.options, scratch);
    phrases_init(&work.persons, scratch);
    places_find(&work);
    places_find_roads(&work);
    if (scratch->failed)
        return ANNALS_OK; /* the pipeline says so */
    places_resolve(&work);
    places_find_variants(&work);
    places_resolve_variants(&work);
    places_judge(&work);
    places_find_strays(&work);
    for (uint32_t i = 0; i < work.candidates.count; i++)
        if (work.candidates.items[i].accepted)
            write_place(&work, &work.candidates.items[i]);
    places_resolve_parts(&work);
    return ANNALS_OK;
}

const struct stage stage_places = {
    .name = "places",
    .summary = "names of places, resolved against the gazetteer",
    .needs = HAS_SENTENCES,
    .gives = HAS_PLACES,
    .open = places_open,
    .run = places_run,
    .close = places_close,
};
