/* Reads event tables of the field (ACLED, UCDP GED) as coded reports.
 *
 * The report's text is the row, a line a cell ("column: value"), so that each slot of the claim has its
 * span. Types: ACLED's own, and the PLOVER type that its sub-event type amounts to; of UCDP only that it
 * is an assault. A date with ACLED's precision 2 stands for the seven days around it, with 3 for its
 * month. Left out: associated actors, tags, UCDP's ids. */
#include "formats/event_table.h"

#include "bytes/buffer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct making {
    const struct delimited *table;
    struct document *document;
    struct arena *arena;
    struct byte_span *spans; /* [columns] of the values in the text */
    struct claim *claim;
};

/* ------------------------------------------------------------------ the text */

static bool write_text(struct making *making)
{
    const struct delimited *table = making->table;
    struct buffer text;
    buffer_init(&text);
    making->spans = arena_new_array(making->arena, struct byte_span, table->names.count);
    for (uint32_t i = 0; i < table->fields.count && making->spans != NULL; i++) {
        if (table->fields.items[i][0] == '\0')
            continue;
        buffer_print(&text, "%s: ", table->names.items[i]);
        making->spans[i].start = (uint32_t)text.length;
        for (const char *at = table->fields.items[i]; *at != '\0'; at++)
            buffer_add_byte(&text, *at == '\n' || *at == '\r' ? ' ' : *at);
        making->spans[i].end = (uint32_t)text.length;
        buffer_add_byte(&text, '\n');
    }
    const char *copy = text.failed || text.length == 0
                           ? NULL
                           : arena_copy(making->arena, text.bytes, text.length);
    if (copy != NULL)
        document_init(making->document, making->arena, copy, (uint32_t)text.length);
    buffer_release(&text);
    return copy != NULL && making->spans != NULL;
}

static const char *field(const struct making *making, const char *column)
{
    return delimited_field(making->table, column);
}

/* Where the value of a column stands; empty where there is none. */
static struct byte_span span_of(const struct making *making, const char *column)
{
    for (uint32_t i = 0; i < making->table->names.count; i++)
        if (strcmp(making->table->names.items[i], column) == 0)
            return making->spans[i];
    return (struct byte_span){0, 0};
}

/* The whole line of a value: its sentence. */
static void add_sentence(struct making *making, const char *column)
{
    struct byte_span span = span_of(making, column);
    struct block *block = array_push(&making->document->blocks);
    struct sentence *sentence = array_push(&making->document->sentences);
    if (block == NULL || sentence == NULL)
        return;
    *block = (struct block){.span = {0, making->document->length}, .kind = BLOCK_BODY};
    *sentence = (struct sentence){.span = span.end > span.start
                                              ? span
                                              : (struct byte_span){0, making->document->length}};
    making->claim->trigger = sentence->span;
}

/* ------------------------------------------------------------------ the slots */

static uint32_t add_actor(struct making *making, const char *column, const char *type,
                          const char *who)
{
    const char *name = field(making, column);
    if (name == NULL)
        return NONE;
    struct actor *actor = array_push(&making->document->actors);
    struct actor_mention *mention = array_push(&making->document->actor_mentions);
    if (actor == NULL || mention == NULL)
        return NONE;
    uint32_t index = making->document->actors.count - 1;
    *actor = (struct actor){.name = name,
                            .kind = strstr(name, "nidentified") != NULL || strcmp(name, "Civilians") == 0
                                        ? ACTOR_UNNAMED
                                        : ACTOR_ORGANISATION,
                            .type = type,
                            .who = who,
                            .parent = NONE};
    *mention = (struct actor_mention){
        .span = span_of(making, column), .tokens = {0, 0}, .head = NONE, .actor = index};
    return index;
}

static void add_participant(struct making *making, bool agent, const char *column,
                            const char *type, const char *who)
{
    uint32_t actor = add_actor(making, column, type, who);
    if (actor == NONE)
        return;
    struct participant *participant =
        agent ? array_push(&making->claim->agents) : array_push(&making->claim->patients);
    if (participant != NULL)
        *participant =
            (struct participant){.actor = actor, .span = span_of(making, column), .kind = "person"};
}

/* A number of the row; NAN where there is none. False where it is not a number. */
static bool number_of(const struct making *making, const char *column, double *number)
{
    const char *text = field(making, column);
    char *end;
    *number = NAN;
    if (text == NULL)
        return true;
    *number = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*number);
}

static void add_count(struct making *making, const char *who, const char *column, double low,
                      double high)
{
    struct claim_count *count = array_push(&making->claim->counts);
    if (count != NULL)
        *count = (struct claim_count){.what = "killed",
                                      .who = who,
                                      .low = low,
                                      .high = high,
                                      .span = span_of(making, column),
                                      .quantity = NONE};
}

static annals_status wrong(const struct making *making, const char *column, annals_error *error)
{
    const char *value = field(making, column);
    return error_set(error, ANNALS_MALFORMED, "%s: \"%.60s\" cannot be read", column,
                     value != NULL ? value : "");
}

struct place_columns {
    const char *name, *admin1, *admin2, *number, *precision;
};

static annals_status add_place(struct making *making, const struct place_columns *columns,
                               enum event_table_kind kind, country_finder find, void *context,
                               annals_error *error)
{
    double latitude, longitude;
    const char *name = field(making, columns->name);
    const char *number = field(making, columns->number);
    const char *precision = field(making, columns->precision);
    if (!number_of(making, "latitude", &latitude) || fabs(latitude) > 90)
        return wrong(making, "latitude", error);
    if (!number_of(making, "longitude", &longitude) || fabs(longitude) > 180)
        return wrong(making, "longitude", error);
    if (name == NULL)
        return ANNALS_OK;
    struct place_mention *place = array_push(&making->document->places);
    if (place == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    *place = (struct place_mention){.span = span_of(making, columns->name),
                                    .name = name,
                                    .latitude = latitude,
                                    .longitude = longitude,
                                    .located = !isnan(latitude) && !isnan(longitude),
                                    .country = number != NULL ? find(context, kind, number) : NULL,
                                    .admin1 = field(making, columns->admin1),
                                    .admin2 = field(making, columns->admin2),
                                    .certainty = 1};
    int level = precision != NULL ? atoi(precision) : 0;
    if (kind == EVENT_TABLE_ACLED && level >= 1 && level <= 3)
        place->acled_precision = (uint8_t)level;
    else if (kind == EVENT_TABLE_UCDP && level >= 1 && level <= 7)
        place->ucdp_precision = (uint8_t)level;
    making->claim->place = making->document->places.count - 1;
    return ANNALS_OK;
}

static void add_speaker(struct making *making, const char *column)
{
    uint32_t actor = add_actor(making, column, "media", NULL);
    struct claim_source *source =
        actor != NONE ? array_push(&making->claim->according_to) : NULL;
    if (source != NULL)
        *source = (struct claim_source){.actor = actor, .span = span_of(making, column)};
}

/* ------------------------------------------------------------------ ACLED */

/* By name, or by number as `inter_num=1` gives it. */
static void kind_of_actor(const char *inter, const char **type, const char **who)
{
    static const struct {
        const char *number, *name, *type, *who;
    } kinds[] = {
        {"1", "State forces", "state force", "security force"},
        {"2", "Rebel group", "rebel", "combatant"},
        {"3", "Political militia", "militia", "combatant"},
        {"4", "Identity militia", "militia", "combatant"},
        {"5", "Rioters", "rioter", "civilian"},
        {"6", "Protesters", "protester", "civilian"},
        {"7", "Civilians", "civilian", "civilian"},
        {"8", "External/Other forces", NULL, NULL},
    };
    *type = *who = NULL;
    for (size_t i = 0; inter != NULL && i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].number, inter) == 0 || strcmp(kinds[i].name, inter) == 0) {
            *type = kinds[i].type;
            *who = kinds[i].who;
        }
}

/* What PLOVER 2021 would call ACLED's sub-event types. */
static void set_types(struct claim *claim, const char *type, const char *detail)
{
    static const struct {
        const char *detail, *plover, *mode;
        enum control_change control;
    } types[] = {
        {"Armed clash", "ASSAULT", NULL, CONTROL_NONE},
        {"Government regains territory", "ASSAULT", NULL, CONTROL_TAKES},
        {"Non-state actor overtakes territory", "ASSAULT", NULL, CONTROL_TAKES},
        {"Non-violent transfer of territory", NULL, NULL, CONTROL_TAKES},
        {"Chemical weapon", "ASSAULT", "unconventional", CONTROL_NONE},
        {"Air/drone strike", "ASSAULT", "aerial", CONTROL_NONE},
        {"Suicide bomb", "ASSAULT", "suicide-attack", CONTROL_NONE},
        {"Shelling/artillery/missile attack", "ASSAULT", "heavy-weapons", CONTROL_NONE},
        {"Remote explosive/landmine/IED", "ASSAULT", "explosives", CONTROL_NONE},
        {"Grenade", "ASSAULT", "explosives", CONTROL_NONE},
        {"Sexual violence", "ASSAULT", "sexual", CONTROL_NONE},
        {"Attack", "ASSAULT", NULL, CONTROL_NONE},
        {"Abduction/forced disappearance", "ASSAULT", "abduct", CONTROL_NONE},
        {"Excessive force against protesters", "ASSAULT", "crowd-control", CONTROL_NONE},
        {"Mob violence", "ASSAULT", NULL, CONTROL_NONE},
        {"Peaceful protest", "PROTEST", "demo", CONTROL_NONE},
        {"Protest with intervention", "PROTEST", "demo", CONTROL_NONE},
        {"Violent demonstration", "PROTEST", "riot", CONTROL_NONE},
        {"Agreement", "AGREE", NULL, CONTROL_NONE},
        {"Arrests", "COERCE", "arrest", CONTROL_NONE},
        {"Disrupted weapons use", "COERCE", "seize", CONTROL_NONE},
    };
    claim->acled_type = type;
    claim->acled_detail = detail;
    for (size_t i = 0; detail != NULL && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].detail, detail) == 0) {
            claim->plover = types[i].plover;
            claim->mode = types[i].mode;
            claim->control = types[i].control;
        }
}

static annals_status set_acled_days(struct making *making, annals_error *error)
{
    struct claim *claim = making->claim;
    const char *text = field(making, "event_date"), *precision = field(making, "time_precision");
    int32_t day = text != NULL ? calendar_read(text) : DAY_UNKNOWN;
    if (day == DAY_UNKNOWN)
        return wrong(making, "event_date", error);
    claim->from = claim->to = day;
    claim->precision = PRECISION_DAY;
    if (precision != NULL && strcmp(precision, "2") == 0) {
        claim->from = day - 3;
        claim->to = day + 3;
        claim->precision = PRECISION_WEEK;
    } else if (precision != NULL && strcmp(precision, "3") == 0) {
        struct civil_date date = calendar_date(day);
        claim->from = calendar_day(date.year, date.month, 1);
        claim->to = calendar_day(date.year, date.month,
                                 calendar_days_in_month(date.year, date.month));
        claim->precision = PRECISION_MONTH;
    }
    return ANNALS_OK;
}

static annals_status fill_acled(struct making *making, country_finder find, void *context,
                                annals_error *error)
{
    static const struct place_columns place = {"location", "admin1", "admin2", "iso",
                                               "geo_precision"};
    struct claim *claim = making->claim;
    const char *type, *who, *stamp = field(making, "timestamp");
    double killed;
    add_sentence(making, "notes");
    claim->clause = field(making, "notes");
    set_types(claim, field(making, "event_type"), field(making, "sub_event_type"));
    annals_status status = set_acled_days(making, error);
    if (status == ANNALS_OK)
        status = add_place(making, &place, EVENT_TABLE_ACLED, find, context, error);
    if (status != ANNALS_OK)
        return status;
    if (!number_of(making, "fatalities", &killed) || killed < 0)
        return wrong(making, "fatalities", error);
    if (!isnan(killed))
        add_count(making, "unknown", "fatalities", killed, killed);
    kind_of_actor(field(making, "inter1"), &type, &who);
    add_participant(making, true, "actor1", type, who);
    kind_of_actor(field(making, "inter2"), &type, &who);
    add_participant(making, false, "actor2", type, who);
    if (claim->control != CONTROL_NONE && claim->place != NONE && claim->agents.count > 0) {
        claim->control_place = claim->place;
        claim->control_holder = claim->agents.items[0].actor;
    } else {
        claim->control = CONTROL_NONE;
    }
    add_speaker(making, "source");
    if (stamp != NULL && strtoll(stamp, NULL, 10) > 0)
        making->document->report.published = (int32_t)(strtoll(stamp, NULL, 10) / 86400);
    making->document->report.id = field(making, "event_id_cnty");
    making->document->report.source = "ACLED";
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ UCDP */

static annals_status add_deaths(struct making *making, annals_error *error)
{
    static const char *const columns[] = {"best", "low", "high", "deaths_civilians"};
    double numbers[4];
    for (int i = 0; i < 4; i++)
        if (!number_of(making, columns[i], &numbers[i]) || numbers[i] < 0)
            return wrong(making, columns[i], error);
    double low = isnan(numbers[1]) ? numbers[0] : numbers[1];
    double high = isnan(numbers[2]) ? numbers[0] : numbers[2];
    bool all_civilians = numbers[3] > 0 && numbers[3] == numbers[0];
    if (!isnan(low) || !isnan(high))
        add_count(making, all_civilians ? "civilian" : "unknown", "best", low, high);
    if (numbers[3] > 0 && !all_civilians)
        add_count(making, "civilian", "deaths_civilians", numbers[3], numbers[3]);
    return ANNALS_OK;
}

static annals_status fill_ucdp(struct making *making, country_finder find, void *context,
                               annals_error *error)
{
    static const struct place_columns place = {"where_coordinates", "adm_1", "adm_2", "country_id",
                                               "where_prec"};
    struct claim *claim = making->claim;
    const char *first = field(making, "date_start"), *last = field(making, "date_end");
    const char *type = field(making, "type_of_violence"), *published = field(making, "source_date");
    const char *precision = field(making, "date_prec");
    bool headline = field(making, "source_headline") != NULL;
    add_sentence(making, headline ? "source_headline" : "source_article");
    claim->plover = "ASSAULT";
    claim->from = first != NULL ? calendar_read(first) : DAY_UNKNOWN;
    claim->to = last != NULL ? calendar_read(last) : claim->from;
    if (claim->from == DAY_UNKNOWN || claim->to == DAY_UNKNOWN || claim->to < claim->from)
        return wrong(making, claim->from == DAY_UNKNOWN ? "date_start" : "date_end", error);
    static const uint8_t precisions[] = {PRECISION_UNKNOWN, PRECISION_DAY,   PRECISION_WEEK,
                                         PRECISION_WEEK,    PRECISION_MONTH, PRECISION_YEAR};
    int level = precision != NULL ? atoi(precision) : 0;
    claim->precision = level >= 1 && level <= 5 ? precisions[level] : PRECISION_UNKNOWN;
    annals_status status = add_place(making, &place, EVENT_TABLE_UCDP, find, context, error);
    if (status == ANNALS_OK)
        status = add_deaths(making, error);
    if (status != ANNALS_OK)
        return status;
    const char *a = field(making, "side_a");
    bool government = a != NULL && strncmp(a, "Government", 10) == 0;
    bool one_sided = type != NULL && strcmp(type, "3") == 0;
    add_participant(making, true, "side_a", government ? "government" : NULL, "combatant");
    add_participant(making, false, "side_b", one_sided ? "civilian" : NULL,
                    one_sided ? "civilian" : "combatant");
    if (one_sided) {
        claim->acled_type = "Violence against civilians";
        claim->acled_detail = "Attack";
    }
    add_speaker(making, "source_original");
    if (published != NULL)
        making->document->report.published = calendar_read(published);
    const char *related = field(making, "relid");
    making->document->report.id = related != NULL ? related : field(making, "id");
    making->document->report.title = field(making, "source_headline");
    making->document->report.source = "UCDP GED";
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ one row */

bool event_table_fits(const struct delimited *table, enum event_table_kind kind,
                      const char **missing)
{
    static const char *const acled[] = {"event_date", "event_type", "sub_event_type", "actor1",
                                        "location",   "latitude",   "longitude",      "notes",
                                        "fatalities", NULL};
    static const char *const ucdp[] = {"type_of_violence", "side_a",  "side_b",     "where_coordinates",
                                       "latitude",         "longitude", "date_start", "best", NULL};
    for (const char *const *needed = kind == EVENT_TABLE_ACLED ? acled : ucdp; *needed != NULL;
         needed++) {
        bool there = false;
        for (uint32_t i = 0; i < table->names.count && !there; i++)
            there = strcmp(table->names.items[i], *needed) == 0;
        *missing = *needed;
        if (!there)
            return false;
    }
    return true;
}

annals_status event_table_document(const struct delimited *table, enum event_table_kind kind,
                                   country_finder find, void *context, struct arena *arena,
                                   struct document *document, annals_error *error)
{
    struct making making = {.table = table, .document = document, .arena = arena};
    if (!write_text(&making))
        return error_set(error, arena->failed ? ANNALS_NO_MEMORY : ANNALS_EMPTY,
                         "the row holds nothing");
    making.claim = array_push(&document->claims);
    if (making.claim == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    struct claim *claim = making.claim;
    *claim = (struct claim){.trigger_token = NONE,
                            .place = NONE,
                            .from = DAY_UNKNOWN,
                            .to = DAY_UNKNOWN,
                            .anchor = kind == EVENT_TABLE_ACLED ? "acled" : "ucdp",
                            .status = STATUS_ASSERTED,
                            .control_place = NONE,
                            .control_holder = NONE,
                            .confidence = 1};
    array_init(&claim->agents, arena);
    array_init(&claim->patients, arena);
    array_init(&claim->instruments, arena);
    array_init(&claim->counts, arena);
    array_init(&claim->according_to, arena);
    claim->rule = kind == EVENT_TABLE_ACLED ? "import.acled" : "import.ucdp";
    annals_status status = kind == EVENT_TABLE_ACLED
                               ? fill_acled(&making, find, context, error)
                               : fill_ucdp(&making, find, context, error);
    if (document->report.published != DAY_UNKNOWN)
        document->report.published_from = DATE_GIVEN;
    document->report.language = "en";
    if (status == ANNALS_OK && arena->failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return status;
}
