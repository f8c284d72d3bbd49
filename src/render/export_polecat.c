/* POLECAT's table of PLOVER events (40 columns, tab-separated) and PETRARCH2's lines of CAMEO events.
 *
 * Method: PLOVER 2021 and POLECAT's codebook; PETRARCH2's writer. A row is a claim of an event that
 * somebody asserts to have happened, as those coders have a row a sentence. "None" stands for what is
 * missing in POLECAT, "---" in PETRARCH2. Left out: contexts (annals does not code them), titles of
 * actors and ids of an encyclopedia. */
#include "render/export.h"

#include "bytes/calendar.h"
#include "render/line.h"

#include <string.h>

#define ROW const struct export_row *row = of

static bool happened(const struct record_claim *claim)
{
    static const char *const kept[] = {"asserted", "claimed", "alleged", "disputed"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (strcmp(kept[i], claim->status) == 0)
            return true;
    /* Words are deeds: a threat or an offer is an event of its own type. */
    static const char *const verbal[] = {"THREATEN", "REQUEST", "REJECT", "ACCUSE", "SUPPORT"};
    for (size_t i = 0; claim->plover != NULL && i < sizeof verbal / sizeof verbal[0]; i++)
        if (strcmp(verbal[i], claim->plover) == 0)
            return strcmp(claim->status, "negated") != 0 && strcmp(claim->status, "denied") != 0;
    return false;
}

bool polecat_takes(const struct export_row *row)
{
    return row->claim->plover != NULL && happened(row->claim) && row->claim->first != NULL;
}

bool petrarch_takes(const struct export_row *row)
{
    return row->claim->cameo != NULL && happened(row->claim) && row->claim->first != NULL;
}

/* PLOVER 2021: the score of each type, and its quadrant. */
static const struct plover_type {
    const char *name, *quadrant, *intensity;
} plover_types[] = {
    {"AGREE", "VERBAL COOPERATION", "2.5"},     {"CONSULT", "VERBAL COOPERATION", "2.5"},
    {"SUPPORT", "VERBAL COOPERATION", "5.0"},   {"CONCEDE", "VERBAL COOPERATION", "4.5"},
    {"COOPERATE", "MATERIAL COOPERATION", "9.5"}, {"AID", "MATERIAL COOPERATION", "10.0"},
    {"RETREAT", "MATERIAL COOPERATION", "6.5"}, {"REQUEST", "VERBAL CONFLICT", "0.0"},
    {"ACCUSE", "VERBAL CONFLICT", "-2.0"},      {"REJECT", "VERBAL CONFLICT", "-2.0"},
    {"THREATEN", "VERBAL CONFLICT", "-3.5"},    {"PROTEST", "MATERIAL CONFLICT", "-5.0"},
    {"SANCTION", "MATERIAL CONFLICT", "-6.0"},  {"MOBILIZE", "MATERIAL CONFLICT", "-5.5"},
    {"COERCE", "MATERIAL CONFLICT", "-7.0"},    {"ASSAULT", "MATERIAL CONFLICT", "-9.0"},
};

static const struct plover_type *type_of(const struct export_row *row)
{
    for (size_t i = 0; i < sizeof plover_types / sizeof plover_types[0]; i++)
        if (strcmp(plover_types[i].name, row->claim->plover) == 0)
            return &plover_types[i];
    return NULL;
}

static void none(struct buffer *cell, const char *text)
{
    export_add(cell, text, "None");
}

static void put_nothing(struct buffer *cell, const void *of)
{
    (void)of;
    none(cell, NULL);
}

static void put_id(struct buffer *cell, const void *of)
{
    ROW;
    buffer_add_string(cell, row->claim->id);
}

static void put_date(struct buffer *cell, const void *of)
{
    ROW;
    none(cell, row->claim->first);
}

static void put_type(struct buffer *cell, const void *of)
{
    ROW;
    none(cell, row->claim->plover);
}

static void put_mode(struct buffer *cell, const void *of)
{
    ROW;
    none(cell, row->claim->mode);
}

static void put_intensity(struct buffer *cell, const void *of)
{
    const struct plover_type *type = type_of(of);
    none(cell, type != NULL ? type->intensity : NULL);
}

static void put_quadrant(struct buffer *cell, const void *of)
{
    const struct plover_type *type = type_of(of);
    none(cell, type != NULL ? type->quadrant : NULL);
}

/* ------------------------------------------------------------------ actor and recipient */

typedef const char *(*actor_field)(const struct export_row *row, const struct record_actor *actor,
                                   char text[16]);

static void put_actors(struct buffer *cell, const struct export_row *row, bool agents,
                       actor_field field)
{
    const struct record_actor *items =
        agents ? row->claim->agents.items : row->claim->patients.items;
    uint32_t count = agents ? row->claim->agents.count : row->claim->patients.count;
    const char *between = "";
    size_t before = cell->length;
    for (uint32_t i = 0; i < count; i++) {
        char text[16] = "";
        if (items[i].kind == NULL || export_actor_name(&items[i]) == NULL)
            continue;
        buffer_add_string(cell, between);
        none(cell, field(row, &items[i], text));
        between = "; ";
    }
    if (cell->length == before)
        none(cell, NULL);
}

static const char *name_of(const struct export_row *row, const struct record_actor *actor,
                           char text[16])
{
    (void)row;
    (void)text;
    return export_actor_name(actor);
}

static const char *words_of(const struct export_row *row, const struct record_actor *actor,
                            char text[16])
{
    (void)row;
    (void)text;
    return actor->words;
}

static const char *country_of(const struct export_row *row, const struct record_actor *actor,
                              char text[16])
{
    (void)row;
    (void)text;
    return actor->country;
}

static const char *cow_of(const struct export_row *row, const struct record_actor *actor,
                          char text[16])
{
    (void)text;
    const struct country *country = codes_country(&row->exporting->codes, actor->country);
    return country != NULL ? country->cow : NULL;
}

/* The three letters behind the country's in the code; bodies between states begin with theirs. */
static const char *sector_of(const struct export_row *row, const struct record_actor *actor,
                             char text[16])
{
    const char *code = actor->code;
    size_t length = code != NULL ? strlen(code) : 0;
    if (length < 3)
        return NULL;
    bool country = codes_country(&row->exporting->codes, actor->country) != NULL ||
                   actor->country != NULL;
    if (country && length < 6)
        return NULL;
    memcpy(text, code + (country ? 3 : 0), 3);
    text[3] = '\0';
    return text;
}

#define FIELDS(side, agents)                                                                       \
    static void put_##side##_name(struct buffer *cell, const void *of)                             \
    {                                                                                              \
        put_actors(cell, of, agents, name_of);                                                     \
    }                                                                                              \
    static void put_##side##_words(struct buffer *cell, const void *of)                            \
    {                                                                                              \
        put_actors(cell, of, agents, words_of);                                                    \
    }                                                                                              \
    static void put_##side##_country(struct buffer *cell, const void *of)                          \
    {                                                                                              \
        put_actors(cell, of, agents, country_of);                                                  \
    }                                                                                              \
    static void put_##side##_cow(struct buffer *cell, const void *of)                              \
    {                                                                                              \
        put_actors(cell, of, agents, cow_of);                                                      \
    }                                                                                              \
    static void put_##side##_sector(struct buffer *cell, const void *of)                           \
    {                                                                                              \
        put_actors(cell, of, agents, sector_of);                                                   \
    }

FIELDS(actor, true)
FIELDS(recipient, false)

/* ------------------------------------------------------------------ place, source, story */

static bool is_town(const struct record_place *place)
{
    return place->feature != NULL && strncmp(place->feature, "PPL", 3) == 0;
}

static void put_place(struct buffer *cell, const void *of)
{
    ROW;
    none(cell, row->claim->place.name);
}

static void put_city(struct buffer *cell, const void *of)
{
    ROW;
    none(cell, is_town(&row->claim->place) ? row->claim->place.name : NULL);
}

static void put_district(struct buffer *cell, const void *of)
{
    ROW;
    none(cell, row->claim->place.admin2);
}

static void put_province(struct buffer *cell, const void *of)
{
    ROW;
    none(cell, row->claim->place.admin1);
}

static void put_country(struct buffer *cell, const void *of)
{
    ROW;
    none(cell, row->country != NULL ? row->country->iso3 : NULL);
}

static void put_latitude(struct buffer *cell, const void *of)
{
    ROW;
    if (row->claim->place.located)
        buffer_print(cell, "%.5f", row->claim->place.latitude);
    else
        none(cell, NULL);
}

static void put_longitude(struct buffer *cell, const void *of)
{
    ROW;
    if (row->claim->place.located)
        buffer_print(cell, "%.5f", row->claim->place.longitude);
    else
        none(cell, NULL);
}

static void put_geonames(struct buffer *cell, const void *of)
{
    ROW;
    if (row->claim->place.geonameid > 0)
        buffer_print(cell, "%lld", (long long)row->claim->place.geonameid);
    else
        none(cell, NULL);
}

static void put_feature(struct buffer *cell, const void *of)
{
    ROW;
    none(cell, row->claim->place.feature);
}

static void put_source(struct buffer *cell, const void *of)
{
    ROW;
    none(cell, line_source(row->claim));
}

static void put_published(struct buffer *cell, const void *of)
{
    ROW;
    none(cell, row->claim->published);
}

struct story {
    struct buffer *cell;
    const char *kind, *between;
};

static annals_status add_name(void *context, const char *name, const char *what)
{
    struct story *story = context;
    if (strcmp(what, story->kind) == 0) {
        buffer_add_string(story->cell, story->between);
        buffer_add_string(story->cell, name);
        story->between = "; ";
    }
    return ANNALS_OK;
}

static void put_story(struct buffer *cell, const struct export_row *row, const char *kind)
{
    struct story story = {cell, kind, ""};
    size_t before = cell->length;
    /* Whoever asks for masked names gets no list of all. */
    const annals_export_settings *settings = row->exporting->settings;
    bool hidden = strcmp(kind, "place") == 0 ? settings->kilometres > 0 : settings->persons;
    if (!hidden)
        record_story(row->exporting->record, row->claim->report, add_name, &story, NULL);
    if (cell->length == before)
        none(cell, NULL);
}

static void put_people(struct buffer *cell, const void *of)
{
    put_story(cell, of, "person");
}

static void put_organisations(struct buffer *cell, const void *of)
{
    put_story(cell, of, "organisation");
}

static void put_locations(struct buffer *cell, const void *of)
{
    put_story(cell, of, "place");
}

static void put_language(struct buffer *cell, const void *of)
{
    (void)of;
    buffer_add_string(cell, "English");
}

static void put_version(struct buffer *cell, const void *of)
{
    ROW;
    buffer_print(cell, "annals %s", row->claim->version.program);
}

#define SIDE(letter, side, who)                                                                    \
    {letter " Name", IN_FILE, put_##side##_name, "#group+name+" who, NULL},                        \
        {letter " Country", IN_FILE, put_##side##_country, "#country+code+" who, "ISO 3166-1"},    \
        {letter " COW", IN_FILE, put_##side##_cow, NULL, NULL},                                    \
        {"Primary " letter " Sector", IN_FILE, put_##side##_sector, "#group+type+" who, NULL},     \
        {letter " Sectors", IN_FILE, put_##side##_sector, NULL, NULL},                             \
        {letter " Title", IN_FILE, put_nothing, NULL, "not coded"},                                \
        {letter " Name Raw", IN_FILE, put_##side##_words, NULL, "the report's own words"},         \
        {"Wikipedia " letter " ID", IN_FILE, put_nothing, NULL, "not coded"}

const struct column polecat_columns[] = {
    {"Event ID", IN_FILE, put_id, "#event+id", NULL},
    {"Event Date", IN_FILE, put_date, "#date+occurred", "first day"},
    {"Event Type", IN_FILE, put_type, "#event+type", NULL},
    {"Event Mode", IN_FILE, put_mode, "#event+type+sub", NULL},
    {"Intensity", IN_FILE, put_intensity, NULL, "of the type, after PLOVER"},
    {"Quad Code", IN_FILE, put_quadrant, NULL, NULL},
    {"Contexts", IN_FILE, put_nothing, NULL, "not coded"},
    SIDE("Actor", actor, "first"),
    SIDE("Recipient", recipient, "second"),
    {"Placename", IN_FILE, put_place, "#loc+name", NULL},
    {"City", IN_FILE, put_city, NULL, NULL},
    {"District", IN_FILE, put_district, "#adm2+name", NULL},
    {"Province", IN_FILE, put_province, "#adm1+name", NULL},
    {"Country", IN_FILE, put_country, "#country+code", NULL},
    {"Latitude", IN_FILE, put_latitude, "#geo+lat", NULL},
    {"Longitude", IN_FILE, put_longitude, "#geo+lon", NULL},
    {"GeoNames ID", IN_FILE, put_geonames, "#loc+code", NULL},
    {"Raw Placename", IN_FILE, put_place, NULL, NULL},
    {"Feature Type", IN_FILE, put_feature, NULL, "GeoNames"},
    {"Source", IN_FILE, put_source, "#meta+source", NULL},
    {"Publication Date", IN_FILE, put_published, "#date+published", NULL},
    {"Story People", IN_FILE, put_people, NULL, NULL},
    {"Story Organizations", IN_FILE, put_organisations, NULL, NULL},
    {"Story Locations", IN_FILE, put_locations, NULL, NULL},
    {"Language", IN_FILE, put_language, NULL, NULL},
    {"Version", IN_FILE, put_version, NULL, NULL},
    {NULL, 0, NULL, NULL, NULL},
};

/* ------------------------------------------------------------------ PETRARCH2 */

static void put_day(struct buffer *cell, const void *of)
{
    ROW;
    struct civil_date date = calendar_date(calendar_read(row->claim->first));
    buffer_print(cell, "%04d%02d%02d", (int)date.year, date.month, date.day);
}

static void put_code(struct buffer *cell, const struct record_actor *actors, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (actors[i].code != NULL) {
            buffer_add_string(cell, actors[i].code);
            return;
        }
    buffer_add_string(cell, "---");
}

static void put_source_code(struct buffer *cell, const void *of)
{
    ROW;
    put_code(cell, row->claim->agents.items, row->claim->agents.count);
}

static void put_target_code(struct buffer *cell, const void *of)
{
    ROW;
    put_code(cell, row->claim->patients.items, row->claim->patients.count);
}

static void put_cameo(struct buffer *cell, const void *of)
{
    ROW;
    buffer_add_string(cell, row->claim->cameo);
}

static void put_empty(struct buffer *cell, const void *of)
{
    (void)cell;
    (void)of;
}

const struct column petrarch_columns[] = {
    {"date", IN_FILE, put_day, NULL, "YYYYMMDD"},
    {"source", IN_FILE, put_source_code, NULL, "CAMEO"},
    {"target", IN_FILE, put_target_code, NULL, "CAMEO"},
    {"code", IN_FILE, put_cameo, NULL, "CAMEO"},
    {"issues", IN_FILE, put_empty, NULL, "not coded"},
    {"ids", IN_FILE, put_id, NULL, "the claim"},
    {"story", IN_FILE, put_source, NULL, "the outlet"},
    {NULL, 0, NULL, NULL, NULL},
};
