/* Loads events, and acts as events of their own: claims, days, place, and why the reports are
 * joined.
 *
 * An event as it was known on a day is found again from the claims of the reports that were out by
 * then. The claim that tells most stands first. */
#include "record/row_parts.h"
#include "record/rows.h"

#include "record/figures.h"

/* ------------------------------------------------------------------ events as known on a day */

/* Claims of reports that were not out yet go; true where some did. */
static bool drop_later(const struct record *record, struct record_event *event,
                       struct record_claim *claims)
{
    uint32_t known = 0;
    for (uint32_t i = 0; i < event->claim_count; i++)
        if (row_is_out(record, claims[i].published))
            claims[known++] = claims[i];
    bool dropped = known < event->claim_count;
    event->claim_count = known;
    return dropped;
}

static bool is_happening(const struct record_claim *claim)
{
    return claim->control != NULL || claim->counts.count > 0 ||
           (claim->plover != NULL &&
            (strcmp(claim->plover, "ASSAULT") == 0 || strcmp(claim->plover, "PROTEST") == 0));
}

static bool is_same(const char *left, const char *right)
{
    return left != NULL && right != NULL && strcmp(left, right) == 0;
}

/* Days and place of an event of which only some claims were known: those that most of its
 * happenings name, of the same number the first. */
static void place_again(struct record_event *event)
{
    uint32_t most_days = 0, most_places = 0;
    event->first = event->last = NULL;
    event->place = (struct record_place){0};
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct record_claim *claim = &event->claims[i];
        uint32_t days = 0, places = 0;
        for (uint32_t j = 0; j < event->claim_count; j++) {
            const struct record_claim *other = &event->claims[j];
            uint32_t weight = is_happening(other) ? event->claim_count + 1 : 1;
            if (is_same(claim->first, other->first) && is_same(claim->last, other->last))
                days += weight;
            if (is_same(claim->place.name, other->place.name))
                places += weight;
        }
        if (days > most_days) {
            most_days = days;
            event->first = claim->first;
            event->last = claim->last;
        }
        if (places > most_places) {
            most_places = places;
            event->place = claim->place;
        }
    }
}

/* ------------------------------------------------------------------ events */

/* How much a claim tells: the one that tells most stands first in its event, and a happening before
 * what is said of it or follows from it. */
static int tells(const struct record_claim *claim)
{
    bool happening = claim->control != NULL ||
                     (claim->plover != NULL && (strcmp(claim->plover, "ASSAULT") == 0 ||
                                                strcmp(claim->plover, "PROTEST") == 0));
    return happening * 16 + (claim->agents.count > 0) * 4 + (claim->patients.count > 0) * 4 +
           (claim->place.name != NULL) * 2 + (claim->counts.count > 0) * 2 +
           (claim->first != NULL) + figures_count(claim) * 32;
}

static void fill_event(struct record *record, struct arena *arena, struct record_event *event,
                       struct record_claim *claims)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < event->claim_count; i++)
        if (tells(&claims[i]) > tells(&claims[best]))
            best = i;
    struct record_claim first = claims[best];
    memmove(claims + 1, claims, best * sizeof *claims);
    claims[0] = first;
    if (!record->claims_alone)
        figures_find(arena, event, record->best);
    for (uint32_t i = 0; i < event->claim_count; i++)
        if (strcmp(claims[i].status, "denied") == 0 || strcmp(claims[i].status, "disputed") == 0)
            event->disputed = true;
}

/* The claims that `statement` lists for `key`. */
static annals_status load_claims(struct record *record, enum statement statement, int64_t key,
                                 struct arena *arena, struct record_event *event,
                                 annals_error *error)
{
    ARRAY(int64_t) keys;
    array_init(&keys, arena);
    struct store_statement *row = row_ask(record, statement, key);
    while (row != NULL && store_step(row) == STORE_ROW) {
        int64_t *claim = array_push(&keys);
        if (claim != NULL)
            *claim = store_int64(row, 0);
    }
    annals_status status = row_end_of(record, row, error);
    struct record_claim *claims = arena_new_array(arena, struct record_claim, keys.count);
    if (status == ANNALS_OK && claims != NULL)
        status = row_load_claims(record, keys.items, keys.count, arena, claims, error);
    if (status != ANNALS_OK)
        return status;
    if (arena->failed || claims == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    event->claims = claims;
    event->claim_count = keys.count;
    if (drop_later(record, event, claims))
        place_again(event);
    if (event->claim_count > 0)
        fill_event(record, arena, event, claims);
    return ANNALS_OK;
}

static annals_status load_joins(struct record *record, int64_t key, struct arena *arena,
                                struct record_event *event, annals_error *error)
{
    array_init(&event->joins, arena);
    array_init(&event->copies, arena);
    if (record->claims_alone)
        return ANNALS_OK;
    struct store_statement *row = row_ask(record, SQL_EVENT_JOINS, key);
    while (row != NULL && store_step(row) == STORE_ROW) {
        enum { PUBLISHED = 3 + RECORD_TERMS };
        if (!row_is_out(record, store_text(row, PUBLISHED)) ||
            !row_is_out(record, store_text(row, PUBLISHED + 1)))
            continue;
        struct record_join *join = array_push(&event->joins);
        if (join == NULL)
            break;
        join->report = row_copy_text(arena, row, 0);
        join->other = row_copy_text(arena, row, 1);
        join->words = row_copy_column(arena, row, 2);
        for (int i = 0; i < RECORD_TERMS; i++)
            join->terms[i] = store_double(row, 3 + i);
    }
    annals_status status = row_end_of(record, row, error);
    row = status == ANNALS_OK ? row_ask(record, SQL_EVENT_COPIES, key) : NULL;
    while (row != NULL && store_step(row) == STORE_ROW) {
        bool out = row_is_out(record, store_text(row, 1)) && row_is_out(record, store_text(row, 2));
        const char **copy = out ? (const char **)array_push(&event->copies) : NULL;
        if (copy != NULL)
            *copy = row_copy_text(arena, row, 0);
    }
    return status == ANNALS_OK ? row_end_of(record, row, error) : status;
}

annals_status row_load_event(struct record *record, int64_t key, struct arena *arena,
                             struct record_event *event, annals_error *error)
{
    int64_t report = 0, place = -1;
    *event = (struct record_event){0};
    record_id_write('e', key, event->id);
    struct store_statement *row = row_ask(record, SQL_LOAD_EVENT, key);
    if (row != NULL && store_step(row) == STORE_ROW) {
        event->first = row_copy_column(arena, row, 0);
        event->last = row_copy_column(arena, row, 1);
        report = store_int64(row, 2);
        place = store_is_null(row, 3) ? -1 : store_int64(row, 3);
    }
    annals_status status = row_end_of(record, row, error);
    if (status == ANNALS_OK && place >= 0)
        status = row_load_place(record, report, place, arena, &event->place, error);
    if (status == ANNALS_OK)
        status = load_joins(record, key, arena, event, error);
    return status == ANNALS_OK ? load_claims(record, SQL_EVENT_CLAIMS, key, arena, event, error)
                               : status;
}

/* Its days are those of its first claim that has some. */
annals_status row_load_act(struct record *record, int64_t key, struct arena *arena,
                           struct record_event *event, annals_error *error)
{
    char id[sizeof event->id];
    *event = (struct record_event){0};
    record_id_write('c', key, id);
    annals_status status = load_claims(record, SQL_ACT_CLAIMS, key, arena, event, error);
    for (uint32_t i = 0; status == ANNALS_OK && i < event->claim_count; i++) {
        const struct record_claim *claim = &event->claims[i];
        if (strcmp(claim->id, id) == 0)
            event->listed = claim;
        if (i == 0 || (event->first == NULL && claim->first != NULL)) {
            event->first = claim->first;
            event->last = claim->last;
        }
    }
    if (status == ANNALS_OK && event->claim_count > 0) {
        event->place = event->claims[0].place;
        /* The claim that tells most may not say where. */
        if (event->place.name == NULL && event->listed != NULL)
            event->place = event->listed->place;
        memcpy(event->id, event->claims[0].event, sizeof event->id);
    }
    return status;
}
