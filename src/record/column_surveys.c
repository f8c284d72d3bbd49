/* Answers surveys out of columns in memory: the rows that survey.c's SQL gives, in the same order.
 *
 * Claims are tried one by one against the filters that columns know (days, type, mode, status,
 * outlet, actor, place, day of publication); what they do not know SQL finds, and its keys are
 * looked up. */
#include "record/columns.h"

#include <math.h>
#include <stdlib.h>

#define NOTHING UINT32_MAX

/* The filters as numbers; what passes of each claim. */
struct narrowing {
    const struct record_columns *columns;
    uint32_t from, to, as_of; /* days; `has` says which stand */
    uint32_t plover, mode, status;
    bool *sources, *actors, *places; /* by text, by face; NULL: the filter does not stand */
    unsigned char *passes;           /* by claim */
};

/* ------------------------------------------------------------------ filters */

/* The text's number; NOTHING where no claim has it. */
static uint32_t find_text(const struct record_columns *columns, const char *text)
{
    for (uint32_t i = 1; text != NULL && i < columns->texts.items.count; i++)
        if (strcmp(columns->texts.items.items[i], text) == 0)
            return i;
    return NOTHING;
}

/* The first day that is not before `day`; one behind the last where there is none. */
static uint32_t day_from(const struct record_columns *columns, const char *day)
{
    uint32_t low = 1, high = columns->days.items.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(columns->days.items.items[middle], day) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The last day that is not after `day`; 0 where there is none. */
static uint32_t day_until(const struct record_columns *columns, const char *day)
{
    uint32_t at = day_from(columns, day);
    bool same = at < columns->days.items.count && strcmp(columns->days.items.items[at], day) == 0;
    return same ? at : at - 1;
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The values of a filter that has several, as they stand in `sql`, sorted; NULL on failure. */
static const char **read_values(struct filters *filters, const char *sql, uint32_t *count)
{
    ARRAY(const char *) values;
    struct store_statement *row = NULL;
    array_init(&values, &filters->arena);
    int code = store_prepare(filters->record->database, sql, &row);
    filters_bind(filters, row);
    while (code == STORE_OK || code == STORE_ROW) {
        code = store_step(row);
        const char **value = code == STORE_ROW ? (const char **)array_push(&values) : NULL;
        if (value != NULL)
            *value = arena_copy_string(&filters->arena, record_text(row, 0));
    }
    store_finalize(row);
    *count = values.count;
    if (code != STORE_DONE || filters->arena.failed)
        return NULL;
    if (values.count > 1)
        qsort(values.items, values.count, sizeof *values.items, by_text);
    return values.count > 0 ? values.items : arena_new(&filters->arena, const char *);
}

static bool stands_among(const char **values, uint32_t count, const char *text)
{
    return text != NULL && count > 0 &&
           bsearch(&text, values, count, sizeof *values, by_text) != NULL;
}

/* Which faces have an identity of the filter's; NULL on failure. */
static bool *choose_faces(struct filters *filters, const struct record_columns *columns,
                          const char *sql, const struct column_face *faces, uint32_t face_count)
{
    uint32_t count;
    const char **values = read_values(filters, sql, &count);
    bool *chosen = arena_new_array(&filters->arena, bool, (size_t)face_count + 1);
    for (uint32_t i = 1; values != NULL && chosen != NULL && i < face_count; i++)
        chosen[i] = stands_among(values, count, columns->texts.items.items[faces[i].identity]);
    return values != NULL ? chosen : NULL;
}

static bool *choose_sources(struct filters *filters, const struct record_columns *columns)
{
    uint32_t count;
    const char **values = read_values(filters, "SELECT value FROM json_each(:source)", &count);
    bool *chosen = arena_new_array(&filters->arena, bool, columns->texts.items.count);
    for (uint32_t i = 0; values != NULL && chosen != NULL && i < count; i++) {
        uint32_t number = find_text(columns, values[i]);
        if (number != NOTHING)
            chosen[number] = true;
    }
    return values != NULL ? chosen : NULL;
}

/* Whether columns know the filter; of the others SQL says what passes. */
static bool is_known(int name)
{
    switch (name) {
    case FILTER_FROM:
    case FILTER_TO:
    case FILTER_AS_OF:
    case FILTER_PLOVER:
    case FILTER_MODE:
    case FILTER_STATUS:
    case FILTER_SOURCE:
    case FILTER_ACTOR:
    case FILTER_PLACE:
        return true;
    default:
        return false;
    }
}

static bool read_filters(struct narrowing *narrowing, struct filters *filters)
{
    const struct record_columns *columns = narrowing->columns;
    const char *const *values = filters->values;
    narrowing->from = values[FILTER_FROM] != NULL ? day_from(columns, values[FILTER_FROM]) : 0;
    narrowing->to = values[FILTER_TO] != NULL ? day_until(columns, values[FILTER_TO]) : 0;
    narrowing->as_of = values[FILTER_AS_OF] != NULL ? day_until(columns, values[FILTER_AS_OF]) : 0;
    narrowing->plover = find_text(columns, values[FILTER_PLOVER]);
    narrowing->mode = find_text(columns, values[FILTER_MODE]);
    narrowing->status = find_text(columns, values[FILTER_STATUS]);
    if (values[FILTER_SOURCE] != NULL)
        narrowing->sources = choose_sources(filters, columns);
    if (values[FILTER_ACTOR] != NULL)
        narrowing->actors = choose_faces(filters, columns, "SELECT value FROM json_each(:actor)",
                                         columns->actors.items, columns->actors.count);
    if (values[FILTER_PLACE] != NULL)
        narrowing->places = choose_faces(filters, columns, "SELECT value FROM json_each(:place)",
                                         columns->places.items, columns->places.count);
    return (values[FILTER_SOURCE] == NULL || narrowing->sources != NULL) &&
           (values[FILTER_ACTOR] == NULL || narrowing->actors != NULL) &&
           (values[FILTER_PLACE] == NULL || narrowing->places != NULL);
}

/* ------------------------------------------------------------------ which claims pass */

static bool takes_part(const struct narrowing *narrowing, const struct column_claim *claim)
{
    const uint32_t *at = &narrowing->columns->participants[claim->participants];
    const uint32_t *end = &narrowing->columns->participants[claim[1].participants];
    bool found = narrowing->actors[claim->holder];
    for (; !found && at < end; at++)
        found = narrowing->actors[*at];
    return found;
}

static bool passes(const struct narrowing *narrowing, const char *const *values,
                   const struct column_claim *claim)
{
    uint32_t last = claim->last != 0 ? claim->last : claim->first;
    uint32_t first = claim->first != 0 ? claim->first : claim->last;
    if (values[FILTER_FROM] != NULL && (last == 0 || last < narrowing->from))
        return false;
    if (values[FILTER_TO] != NULL && (first == 0 || first > narrowing->to))
        return false;
    if (values[FILTER_AS_OF] != NULL &&
        (claim->published == 0 || claim->published > narrowing->as_of))
        return false;
    if ((values[FILTER_PLOVER] != NULL && claim->plover != narrowing->plover) ||
        (values[FILTER_MODE] != NULL && claim->mode != narrowing->mode) ||
        (values[FILTER_STATUS] != NULL && claim->status != narrowing->status))
        return false;
    if (narrowing->sources != NULL && !narrowing->sources[claim->source])
        return false;
    if (narrowing->places != NULL && !narrowing->places[claim->place] &&
        !narrowing->places[claim->control_place])
        return false;
    return narrowing->actors == NULL || takes_part(narrowing, claim);
}

/* The claim's number; NOTHING where the columns have none of that key. */
static uint32_t find_claim(const struct record_columns *columns, int64_t key)
{
    uint32_t low = 0, high = columns->claim_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (columns->claims[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < columns->claim_count && columns->claims[low].key == key ? low : NOTHING;
}

/* Marks what SQL finds: claims with the words where these are all that columns do not know; else
 * claims that pass every filter. */
static annals_status mark_found(struct narrowing *narrowing, struct filters *filters,
                                bool words_alone, annals_error *error)
{
    struct buffer sql;
    struct store_statement *row = NULL;
    buffer_init(&sql);
    if (words_alone)
        filters_source(FILTER_TEXT, FILTER_CLAIMS, &sql);
    else
        filters_claims(filters, &sql);
    int code = sql.failed ? STORE_NOMEM : store_prepare(filters->record->database, sql.bytes, &row);
    buffer_release(&sql);
    if (code == STORE_OK) {
        filters_bind(filters, row);
        while ((code = store_step(row)) == STORE_ROW) {
            uint32_t at = find_claim(narrowing->columns, store_int64(row, 0));
            if (at != NOTHING)
                narrowing->passes[at] = 1;
        }
    }
    annals_status status =
        code == STORE_DONE ? ANNALS_OK : record_fail(filters->record, "cannot read", error);
    store_finalize(row);
    return status;
}

static annals_status find_passing(struct narrowing *narrowing, struct filters *filters,
                                  annals_error *error)
{
    const struct record_columns *columns = narrowing->columns;
    bool unknown = false, words_alone = filters->values[FILTER_TEXT] != NULL;
    for (int i = 0; i < FILTER_NAMES; i++) {
        unknown = unknown || (filters->values[i] != NULL && !is_known(i));
        words_alone =
            words_alone && (i == FILTER_TEXT || filters->values[i] == NULL || is_known(i));
    }
    if (!read_filters(narrowing, filters))
        return record_fail(filters->record, "cannot read", error);
    if (unknown) {
        annals_status status = mark_found(narrowing, filters, words_alone, error);
        if (status != ANNALS_OK || !words_alone)
            return status;
    }
    for (uint32_t i = 0; i < columns->claim_count; i++)
        narrowing->passes[i] = (!unknown || narrowing->passes[i] != 0) &&
                               passes(narrowing, filters->values, &columns->claims[i]);
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ cells */

static struct record_cell text_cell(const struct column_names *names, uint32_t number)
{
    if (number == 0)
        return (struct record_cell){.kind = CELL_NULL};
    return (struct record_cell){.kind = CELL_TEXT, .text = names->items.items[number]};
}

static struct record_cell integer_cell(int64_t value)
{
    return (struct record_cell){.kind = CELL_INTEGER, .integer = value};
}

static struct record_cell real_cell(double value)
{
    if (isnan(value))
        return (struct record_cell){.kind = CELL_NULL};
    return (struct record_cell){.kind = CELL_REAL, .real = value};
}

/* ------------------------------------------------------------------ points */

static annals_status send_points(const struct narrowing *narrowing, const annals_query *query,
                                 const struct record_table *table, unsigned char *chosen)
{
    static const char *const names[] = {"event",    "first",     "last",   "known",   "plover",
                                        "mode",     "status",    "place",  "feature", "country",
                                        "latitude", "longitude", "claims", "rank"};
    enum { COUNT = sizeof names / sizeof names[0] };
    const struct record_columns *columns = narrowing->columns;
    const struct column_names *texts = &columns->texts, *days = &columns->days;
    uint64_t passed = 0, sent = 0;
    for (uint32_t i = 0; i < columns->claim_count; i++)
        if (narrowing->passes[i] && columns->claims[i].act != COLUMN_NO_ACT)
            chosen[columns->claims[i].act] = 1;
    annals_status status = table->begin(table->context, names, COUNT);
    for (uint32_t i = 0; status == ANNALS_OK && i < columns->act_count; i++) {
        const struct column_act *act = &columns->acts[i];
        char id[RECORD_ID_SIZE];
        if (!chosen[i] || passed++ < query->offset)
            continue;
        if (query->limit > 0 && sent++ >= query->limit)
            break;
        record_id_write('e', act->event, id);
        const struct record_cell cells[COUNT] = {
            {.kind = CELL_TEXT, .text = id},
            text_cell(days, act->first),
            text_cell(days, act->last),
            text_cell(days, act->known),
            text_cell(texts, act->plover),
            text_cell(texts, act->mode),
            text_cell(texts, act->status),
            text_cell(texts, act->place),
            text_cell(texts, act->feature),
            text_cell(texts, act->country),
            real_cell(act->latitude),
            real_cell(act->longitude),
            integer_cell(act->claims),
            act->rank >= 0 ? integer_cell(act->rank) : text_cell(texts, 0)};
        status = table->row(table->context, cells, COUNT);
    }
    return status;
}

/* ------------------------------------------------------------------ days */

/* `began`: the first day of each act among the claims that pass; `count`: acts by day. */
static annals_status send_days(const struct narrowing *narrowing, const struct record_table *table,
                               uint32_t *began, uint32_t *count)
{
    static const char *const names[] = {"day", "acts"};
    const struct record_columns *columns = narrowing->columns;
    for (uint32_t i = 0; i < columns->claim_count; i++) {
        const struct column_claim *claim = &columns->claims[i];
        if (!narrowing->passes[i] || claim->act == COLUMN_NO_ACT || claim->first == 0)
            continue;
        if (began[claim->act] == 0 || claim->first < began[claim->act])
            began[claim->act] = claim->first;
    }
    for (uint32_t i = 0; i < columns->act_count; i++)
        count[began[i]]++;
    annals_status status = table->begin(table->context, names, 2);
    for (uint32_t i = 1; status == ANNALS_OK && i < columns->days.items.count; i++) {
        const struct record_cell cells[] = {text_cell(&columns->days, i), integer_cell(count[i])};
        if (count[i] > 0)
            status = table->row(table->context, cells, 2);
    }
    return status;
}

/* ------------------------------------------------------------------ facets */

/* What has one value, or one name folded. */
struct facet {
    const char *key, *value; /* of those with the key the first in the alphabet */
    uint32_t claims, seen;   /* the last claim counted, and one */
};

struct facets {
    struct facet *by_text; /* by the number of the key */
    uint32_t *touched, count;
    struct facet *rows;
};

static void add_facet(struct facets *facets, const struct record_columns *columns, uint32_t key,
                      uint32_t value, uint32_t claim)
{
    if (key == 0)
        return;
    struct facet *facet = &facets->by_text[key];
    const char *text = columns->texts.items.items[value];
    if (facet->claims == 0) {
        *facet = (struct facet){columns->texts.items.items[key], text, 0, 0};
        facets->touched[facets->count++] = key;
    }
    if (text != facet->value && strcmp(text, facet->value) < 0)
        facet->value = text;
    facet->claims += facet->seen != claim + 1;
    facet->seen = claim + 1;
}

static int by_key(const void *left, const void *right)
{
    const struct facet *one = left, *other = right;
    return one->claims != other->claims ? (one->claims < other->claims ? 1 : -1)
                                        : strcmp(one->key, other->key);
}

static int by_value(const void *left, const void *right)
{
    const struct facet *one = left, *other = right;
    return one->claims != other->claims ? (one->claims < other->claims ? 1 : -1)
                                        : strcmp(one->value, other->value);
}

/* Sends the largest and forgets all. */
static annals_status end_facet(struct facets *facets, const char *name, uint32_t most,
                               const struct record_table *table)
{
    annals_status status = ANNALS_OK;
    uint32_t count = facets->count;
    for (uint32_t i = 0; i < count; i++)
        facets->rows[i] = facets->by_text[facets->touched[i]];
    qsort(facets->rows, count, sizeof *facets->rows, by_key);
    count = most > 0 && count > most ? most : count;
    qsort(facets->rows, count, sizeof *facets->rows, by_value);
    for (uint32_t i = 0; status == ANNALS_OK && i < count; i++) {
        const struct record_cell cells[] = {{.kind = CELL_TEXT, .text = name},
                                            {.kind = CELL_TEXT, .text = facets->rows[i].value},
                                            integer_cell(facets->rows[i].claims)};
        status = table->row(table->context, cells, 3);
    }
    for (uint32_t i = 0; i < facets->count; i++)
        facets->by_text[facets->touched[i]] = (struct facet){0};
    facets->count = 0;
    return status;
}

enum facet_kind { FACET_ACTOR, FACET_PLACE, FACET_SOURCE, FACET_STATUS, FACET_TYPE, FACET_KINDS };

static void add_claim(struct facets *facets, const struct record_columns *columns,
                      enum facet_kind kind, uint32_t number)
{
    const struct column_claim *claim = &columns->claims[number];
    const struct column_face *face;
    switch (kind) {
    case FACET_ACTOR:
        for (uint32_t i = claim->participants; i < claim[1].participants; i++) {
            face = &columns->actors.items[columns->participants[i]];
            add_facet(facets, columns, face->folded, face->name, number);
        }
        break;
    case FACET_PLACE:
        face = &columns->places.items[claim->place];
        add_facet(facets, columns, face->folded, face->name, number);
        break;
    case FACET_SOURCE:
        add_facet(facets, columns, claim->source, claim->source, number);
        break;
    case FACET_STATUS:
        add_facet(facets, columns, claim->status, claim->status, number);
        break;
    default:
        add_facet(facets, columns, claim->plover, claim->plover, number);
    }
}

static annals_status send_facets(const struct narrowing *narrowing,
                                 const struct record_table *table, struct facets *facets)
{
    static const char *const names[] = {"facet", "value", "claims"};
    static const struct {
        const char *name;
        uint32_t most; /* 0: all */
    } kinds[FACET_KINDS] = {
        {"actor", 30}, {"place", 30}, {"source", 30}, {"status", 0}, {"type", 0}};
    const struct record_columns *columns = narrowing->columns;
    annals_status status = table->begin(table->context, names, 3);
    for (int kind = 0; status == ANNALS_OK && kind < FACET_KINDS; kind++) {
        for (uint32_t i = 0; i < columns->claim_count; i++)
            if (narrowing->passes[i])
                add_claim(facets, columns, (enum facet_kind)kind, i);
        status = end_facet(facets, kinds[kind].name, kinds[kind].most, table);
    }
    return status;
}

/* ------------------------------------------------------------------ answering */

static annals_status send(struct narrowing *narrowing, enum record_survey survey,
                          const annals_query *query, const struct record_table *table,
                          annals_error *error)
{
    const struct record_columns *columns = narrowing->columns;
    struct arena arena;
    annals_status status;
    arena_init(&arena);
    if (survey == SURVEY_POINTS) {
        unsigned char *chosen = arena_allocate(&arena, (size_t)columns->act_count + 1);
        status = arena.failed ? ANNALS_NO_MEMORY : send_points(narrowing, query, table, chosen);
    } else if (survey == SURVEY_DAYS) {
        uint32_t *began = arena_new_array(&arena, uint32_t, (size_t)columns->act_count + 1);
        uint32_t *count = arena_new_array(&arena, uint32_t, columns->days.items.count);
        status = arena.failed ? ANNALS_NO_MEMORY : send_days(narrowing, table, began, count);
    } else {
        uint32_t most = columns->texts.items.count;
        struct facets facets = {.by_text = arena_new_array(&arena, struct facet, most),
                                .touched = arena_new_array(&arena, uint32_t, most),
                                .rows = arena_new_array(&arena, struct facet, most)};
        status = arena.failed ? ANNALS_NO_MEMORY : send_facets(narrowing, table, &facets);
    }
    arena_release(&arena);
    return status == ANNALS_NO_MEMORY ? error_set(error, status, "out of memory") : status;
}

annals_status columns_survey(const struct record_columns *columns, enum record_survey survey,
                             struct filters *filters, const annals_query *query,
                             const struct record_table *table, bool *done, annals_error *error)
{
    struct narrowing narrowing = {.columns = columns};
    *done = survey == SURVEY_POINTS || survey == SURVEY_DAYS || survey == SURVEY_FACETS;
    if (!*done)
        return ANNALS_OK;
    narrowing.passes = calloc((size_t)columns->claim_count + 1, 1);
    if (narrowing.passes == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = find_passing(&narrowing, filters, error);
    if (status == ANNALS_OK)
        status = send(&narrowing, survey, query, table, error);
    free(narrowing.passes);
    return status;
}

/* ------------------------------------------------------------------ listings */

annals_status columns_list_acts(const struct record_columns *columns, struct filters *filters,
                                const annals_query *query, struct arena *arena, int64_t **keys,
                                uint32_t *count, annals_error *error)
{
    struct narrowing narrowing = {.columns = columns};
    narrowing.passes = arena_allocate(arena, (size_t)columns->claim_count + 1);
    unsigned char *chosen = arena_allocate(arena, (size_t)columns->act_count + 1);
    *keys = arena_new_array(arena, int64_t, (size_t)columns->listed_count + 1);
    if (narrowing.passes == NULL || chosen == NULL || *keys == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = find_passing(&narrowing, filters, error);
    for (uint32_t i = 0; i < columns->claim_count; i++)
        if (narrowing.passes[i] && columns->claims[i].act != COLUMN_NO_ACT)
            chosen[columns->claims[i].act] = 1;
    uint64_t passed = 0;
    *count = 0;
    for (uint32_t i = 0; i < columns->listed_count; i++) {
        const struct column_listed *listed = &columns->listed[i];
        uint32_t last = listed->last != 0 ? listed->last : listed->first;
        bool days = listed->first == 0 ||
                    ((filters->values[FILTER_FROM] == NULL || last >= narrowing.from) &&
                     (filters->values[FILTER_TO] == NULL || listed->first <= narrowing.to));
        if (!days || listed->act == COLUMN_NO_ACT || !chosen[listed->act] ||
            passed++ < query->offset)
            continue;
        if (query->limit > 0 && *count >= query->limit)
            break;
        (*keys)[(*count)++] = listed->key;
    }
    return status;
}
