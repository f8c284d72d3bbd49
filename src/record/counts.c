/* Adds up one kind of count over the events that a question chooses.
 *
 * Low, best and high are the sums over events of their low, best and high (so UCDP's summary
 * figures are made): events are different things, so their dead are added; what witnesses say of
 * one event is never added. Of each event only the claims count that pass the filters themselves;
 * one that names no place or no day is of its event's. An event that is counted over a longer time
 * and holds other events of the answer within its days and its province is not added to them: the
 * larger of the two counts. What is told as background in an event of other days counts by its own
 * claims, once where several reports recall it. Left out: the same people counted in two events
 * ("captured" and later "executed"). */
#include "record/counts.h"

#include "record/figures.h"
#include "record/filters.h"

#include "bytes/calendar.h"

#include <math.h>
#include <stdlib.h>

/* Claims by their keys. */
struct keys {
    ARRAY(int64_t) items; /* sorted once all are in */
    bool everything;      /* nothing is filtered: every claim passes */
};

/* Claims that pass: all filters; those but the days; those but the place. `counting`: all filters, and
 * counts of the kind, in the order of the list; `seen`: those that pass all filters whose event was
 * counted. */
struct passing {
    struct keys all, any_day, any_place, counting, seen;
};

struct counting {
    struct record *record;
    struct arena *arena;
    const annals_query *query;
    const char *kind;
    struct passing passing;
    bool undated;    /* only what no day is known of */
    bool background; /* only what is told of these days in events of others */
    struct record_tally *tally;
};

/* ------------------------------------------------------------------ which claims */

static int by_key(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static void sort_keys(struct keys *keys)
{
    if (keys->items.count > 1)
        qsort(keys->items.items, keys->items.count, sizeof *keys->items.items, by_key);
}

static annals_status keep_key(void *context, int64_t key, annals_error *error)
{
    struct keys *keys = context;
    int64_t *item = array_push(&keys->items);
    if (item == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    *item = key;
    return ANNALS_OK;
}

static bool is_filtered(const annals_query *query)
{
    return query->id != NULL || query->from != NULL || query->to != NULL || query->place != NULL ||
           query->actor != NULL || query->type != NULL || query->status != NULL ||
           query->source != NULL || query->text != NULL || query->speaker != NULL ||
           query->report != NULL || query->as_of != NULL || query->confidence > 0;
}

static annals_status find_keys(struct counting *counting, struct keys *keys,
                               const annals_query *query, bool ordered, annals_error *error)
{
    annals_query narrowed = *query;
    narrowed.limit = 0;
    array_init(&keys->items, counting->arena);
    keys->everything = !is_filtered(query);
    if (keys->everything)
        return ANNALS_OK;
    return filters_list_claims(counting->record, &narrowed, ordered, keep_key, keys, error);
}

/* Those of all that count something of the kind. */
static annals_status find_counting(struct counting *counting, annals_error *error)
{
    const struct keys *all = &counting->passing.all;
    annals_status status = ANNALS_OK;
    for (uint32_t i = 0; status == ANNALS_OK && i < all->items.count; i++) {
        struct store_statement *row = record_statement(counting->record, SQL_CLAIM_COUNTS);
        bool counts = false;
        if (row == NULL)
            return record_fail(counting->record, "cannot read", error);
        store_bind_int64(row, 1, all->items.items[i]);
        while (store_step(row) == STORE_ROW)
            counts = counts || figures_is_kind(record_text(row, 0), counting->kind);
        if (store_reset(row) != STORE_OK)
            return record_fail(counting->record, "cannot read", error);
        if (counts)
            status = keep_key(&counting->passing.counting, all->items.items[i], error);
    }
    return status;
}

static annals_status find_passing(struct counting *counting, annals_error *error)
{
    const annals_query *query = counting->query;
    struct passing *passing = &counting->passing;
    bool days = query->from != NULL || query->to != NULL;
    annals_query any_day = *query, any_place = *query;
    any_day.from = any_day.to = NULL;
    any_place.place = NULL;
    array_init(&passing->counting.items, counting->arena);
    array_init(&passing->seen.items, counting->arena);
    annals_status status = find_keys(counting, &passing->all, query, days, error);
    if (status == ANNALS_OK && days)
        status = find_counting(counting, error);
    sort_keys(&passing->all);
    passing->any_day = passing->any_place = passing->all;
    if (status == ANNALS_OK && days) {
        status = find_keys(counting, &passing->any_day, &any_day, false, error);
        sort_keys(&passing->any_day);
    }
    if (status == ANNALS_OK && query->place != NULL) {
        status = find_keys(counting, &passing->any_place, &any_place, false, error);
        sort_keys(&passing->any_place);
    }
    return status;
}

static bool has(const struct keys *keys, const char *id)
{
    char letter;
    int64_t low, high;
    if (keys->everything)
        return true;
    return keys->items.count > 0 && record_id_read(id, &letter, &low, &high) &&
           bsearch(&low, keys->items.items, keys->items.count, sizeof low, by_key) != NULL;
}

/* Does the event lie where the question asks, by the claims of that report that say where? */
static bool is_there(const struct counting *counting, const struct record_event *event,
                     const char *report)
{
    uint32_t inside = 0, outside = 0;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        if (strcmp(event->claims[i].report, report) != 0)
            continue;
        bool there = has(&counting->passing.any_day, event->claims[i].id);
        inside += event->claims[i].place.name != NULL && there;
        outside += event->claims[i].place.name != NULL && !there;
    }
    return inside > 0 && inside >= outside;
}

/* Neither the claim nor its report says when: the day of the event that it was joined to is a
 * guess. */
static bool is_undated(const struct record_claim *claim)
{
    return claim->first == NULL && claim->last == NULL && claim->published == NULL;
}

static bool passes(const struct counting *counting, const struct record_event *event,
                   const struct record_claim *claim)
{
    bool limited = counting->query->from != NULL || counting->query->to != NULL;
    if (counting->undated)
        return is_undated(claim) &&
               (has(&counting->passing.any_day, claim->id) ||
                (claim->place.name == NULL && is_there(counting, event, claim->report)));
    if (limited && is_undated(claim))
        return false;
    if (has(&counting->passing.all, claim->id))
        return true;
    bool dated = claim->first != NULL || claim->last != NULL;
    bool bare = counting->query->place == NULL && counting->query->from == NULL &&
                counting->query->to == NULL;
    if (bare || (dated && claim->place.name != NULL) ||
        (dated && !has(&counting->passing.any_place, claim->id)))
        return false;
    return claim->place.name == NULL ? is_there(counting, event, claim->report)
                                     : has(&counting->passing.any_day, claim->id);
}

/* ------------------------------------------------------------------ adding up */

static const char *copy(struct counting *counting, const char *text)
{
    return text != NULL ? arena_copy_string(counting->arena, text) : NULL;
}

static void add_claim(struct counting *counting, struct record_share *share, const char *id)
{
    for (uint32_t i = 0; i < share->claims.count; i++)
        // Who says something does so in a claim, and that has an id.
        // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker)
        if (strcmp(share->claims.items[i], id) == 0)
            return;
    const char *own = copy(counting, id);
    const char **item = own != NULL ? (const char **)array_push(&share->claims) : NULL;
    if (item != NULL)
        *item = own;
}

static void add_figure(struct record_figure *sum, const struct record_figure *figure)
{
    bool first = sum->basis == BASIS_UNKNOWN;
    sum->low = first ? figure->low : sum->low + figure->low;
    sum->best = first ? figure->best : sum->best + figure->best;
    sum->high = first ? figure->high : sum->high + figure->high;
    sum->basis = figure->basis > sum->basis ? figure->basis : sum->basis;
}

static struct record_share *new_share(struct counting *counting, struct record_share *share,
                                      const struct record_event *event, const char *side)
{
    if (share == NULL)
        return NULL;
    *share = (struct record_share){.side = copy(counting, side),
                                   .figure = {NAN, NAN, NAN, BASIS_UNKNOWN}};
    array_init(&share->claims, counting->arena);
    if (event != NULL) {
        memcpy(share->event, event->id, sizeof share->event);
        share->first = counting->undated ? NULL : copy(counting, event->first);
        share->place = copy(counting, event->place.name);
    }
    return share;
}

static struct record_share *side_share(struct counting *counting, const char *side)
{
    for (uint32_t i = 0; i < counting->tally->sides.count; i++)
        if (counting->tally->sides.items[i].side != NULL &&
            strcmp(counting->tally->sides.items[i].side, side) == 0)
            return &counting->tally->sides.items[i];
    return new_share(counting, array_push(&counting->tally->sides), NULL, side);
}

static void add_source(struct counting *counting, const struct record_event *event,
                       const struct record_saying *saying)
{
    const struct record_claim *claim = saying->claim;
    const struct record_actor *speaker =
        claim->according_to.count > 0 ? &claim->according_to.items[0] : NULL;
    struct record_share *share =
        new_share(counting, array_push(&counting->tally->sources), event, saying->side);
    if (share == NULL)
        return;
    share->speaker = speaker == NULL
                         ? NULL
                         : copy(counting, speaker->name != NULL ? speaker->name : speaker->words);
    share->source = copy(counting, claim->source != NULL  ? claim->source
                                   : claim->title != NULL ? claim->title
                                                          : claim->name);
    share->published = copy(counting, claim->published);
    share->sentence = copy(counting, claim->sentence);
    share->left_out = saying->left_out;
    share->figure = (struct record_figure){
        saying->low, isnan(saying->low) ? saying->high : saying->low, saying->high, BASIS_GIVEN};
    add_claim(counting, share, claim->id);
}

/* The event as far as the filters let it through; false where nothing of it counts. */
static bool narrow(struct counting *counting, const struct record_event *event, struct arena *arena,
                   struct record_event *narrowed)
{
    struct record_claim *claims = arena_new_array(arena, struct record_claim, event->claim_count);
    *narrowed = *event;
    narrowed->claims = claims;
    narrowed->claim_count = 0;
    /* Who asks about many days wants what is counted over many days, too. */
    const char *from = counting->query->from, *to = counting->query->to;
    if (counting->undated || from == NULL || to == NULL || strcmp(from, to) != 0)
        narrowed->first = narrowed->last = NULL;
    for (uint32_t i = 0; claims != NULL && i < event->claim_count; i++)
        if (passes(counting, event, &event->claims[i]))
            claims[narrowed->claim_count++] = event->claims[i];
    if (narrowed->claim_count > 0)
        figures_find(arena, narrowed, counting->query->best);
    return narrowed->claim_count > 0;
}

static void see_claims(struct counting *counting, const struct record_event *event)
{
    for (uint32_t i = 0; i < event->claim_count; i++) {
        char letter;
        int64_t low, high;
        int64_t *key = has(&counting->passing.all, event->claims[i].id) &&
                               record_id_read(event->claims[i].id, &letter, &low, &high)
                           ? array_push(&counting->passing.seen.items)
                           : NULL;
        if (key != NULL)
            *key = low;
    }
}

static bool is_same(const char *left, const char *right)
{
    return left == right || (left != NULL && right != NULL && strcmp(left, right) == 0);
}

/* What several reports recall of one day and place is one thing: the share that stands for it already, or NULL. */
static struct record_share *recalled_as(struct counting *counting, struct record_share *one)
{
    struct record_tally *tally = counting->tally;
    for (uint32_t i = 0; counting->background && i + 1 < tally->events.count; i++) {
        struct record_share *other = &tally->events.items[i];
        if (!is_same(other->first, one->first) || !is_same(other->place, one->place))
            continue;
        other->figure.low = fmin(other->figure.low, one->figure.low);
        other->figure.best = fmax(other->figure.best, one->figure.best);
        other->figure.high = fmax(other->figure.high, one->figure.high);
        return other;
    }
    return NULL;
}

static annals_status count_event(void *context, const struct record_event *event)
{
    struct counting *counting = context;
    see_claims(counting, event);
    struct record_event narrowed;
    struct arena arena;
    arena_init(&arena);
    const struct record_toll *all = narrow(counting, event, &arena, &narrowed)
                                        ? figures_toll(&narrowed, counting->kind, NULL)
                                        : NULL;
    if (all != NULL && all->figure.basis >= BASIS_TOLD) {
        struct record_share *whole =
            new_share(counting, array_push(&counting->tally->events), event, NULL);
        if (whole == NULL) {
            arena_release(&arena);
            return ANNALS_NO_MEMORY;
        }
        whole->figure = all->figure;
        if (counting->background) {
            whole->first = copy(counting, narrowed.claims[0].first);
            whole->place = copy(counting, narrowed.claims[0].place.name != NULL
                                              ? narrowed.claims[0].place.name
                                              : event->place.name);
        }
        struct record_share *known = recalled_as(counting, whole);
        if (known != NULL) {
            counting->tally->events.count--;
            whole = known;
        }
        for (uint32_t i = 0; i < narrowed.tolls.count; i++) {
            const struct record_toll *toll = &narrowed.tolls.items[i];
            if (strcmp(toll->what, counting->kind) != 0)
                continue;
            struct record_share *side =
                toll->side != NULL ? side_share(counting, toll->side) : NULL;
            if (side != NULL && known == NULL)
                add_figure(&side->figure, &toll->figure);
            for (uint32_t j = 0; j < toll->sayings.count; j++) {
                const struct record_saying *saying = &toll->sayings.items[j];
                if (side != NULL)
                    add_claim(counting, side, saying->claim->id);
                add_claim(counting, whole, saying->claim->id);
                if (!saying->summed)
                    add_source(counting, event, saying);
            }
        }
    }
    bool failed = arena.failed || counting->arena->failed;
    arena_release(&arena);
    return failed ? ANNALS_NO_MEMORY : ANNALS_OK;
}

static annals_status ignore_event(void *context, const struct record_event *event)
{
    (void)context;
    (void)event;
    return ANNALS_OK;
}

/* What claims tell of these days as background, in events that are of others. */
static annals_status count_background(struct counting *counting, const annals_query *events,
                                      annals_error *error)
{
    annals_status status = ANNALS_OK;
    annals_query one = *events;
    one.from = one.to = one.place = NULL;
    one.within = 0;
    uint32_t sorted = 0;
    counting->background = true;
    for (uint32_t i = 0; status == ANNALS_OK && i < counting->passing.counting.items.count; i++) {
        struct keys *seen = &counting->passing.seen;
        char id[RECORD_ID_SIZE];
        record_id_write('c', counting->passing.counting.items.items[i], id);
        one.id = id;
        if (seen->items.count > sorted)
            sort_keys(seen);
        sorted = seen->items.count;
        if (!has(seen, one.id))
            status = record_events(counting->record, &one, count_event, counting, error);
    }
    counting->background = false;
    return status;
}

/* Of each event nothing but its claims is wanted: what was counted of it, and why, is found anew of those
 * that pass. */
static annals_status count_events(struct counting *counting, const annals_query *events,
                                  annals_error *error)
{
    counting->record->claims_alone = true;
    annals_status status =
        record_events(counting->record, events, count_event, counting, error);
    counting->record->claims_alone = false;
    return status;
}

annals_status record_count(struct record *record, const annals_query *query, struct arena *arena,
                           struct record_tally *tally, annals_error *error)
{
    struct counting counting = {.record = record,
                                .arena = arena,
                                .query = query,
                                .kind = query->what != NULL ? figures_kind(query->what) : NULL,
                                .tally = tally};
    annals_query events = *query;
    *tally = (struct record_tally){.what = counting.kind, .figure = {NAN, NAN, NAN, BASIS_UNKNOWN}};
    array_init(&tally->sides, arena);
    array_init(&tally->sources, arena);
    array_init(&tally->events, arena);
    if (counting.kind == NULL)
        return error_set(
            error, ANNALS_WRONG_USE,
            "\"%.40s\" is nothing that is counted: killed, wounded, captured, detained, "
            "missing, displaced, surrendered, defected, released, strength, attackers, "
            "protesters or seized",
            query->what != NULL ? query->what : "");
    events.limit = 0;
    events.notes = NULL;
    annals_status status = find_passing(&counting, error);
    if (status == ANNALS_OK)
        status = count_events(&counting, &events, error);
    if (status == ANNALS_OK && (query->from != NULL || query->to != NULL) && query->id == NULL)
        status = count_background(&counting, &events, error);
    /* Where nothing is dated to those days, what has no day at all may be of them. */
    if (status == ANNALS_OK && tally->events.count == 0 &&
        (query->from != NULL || query->to != NULL)) {
        events.from = events.to = NULL;
        counting.undated = true;
        status = count_events(&counting, &events, error);
        tally->undated = tally->events.count > 0;
    }
    /* An empty answer says what was asked. */
    if (status == ANNALS_OK && tally->events.count == 0) {
        annals_query again = *query;
        again.limit = 1;
        status = record_events(record, &again, ignore_event, NULL, error);
    }
    for (uint32_t i = 0; i < tally->events.count; i++)
        add_figure(&tally->figure, &tally->events.items[i].figure);
    if (arena->failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return status;
}
