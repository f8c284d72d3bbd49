/* Writes what merging found: events with their day and place, the acts within them, why parts were
 * joined, and which reports print one text.
 *
 * An event's day is the one that most of its happenings are dated to, its place the town that most of
 * them name; of two that are as frequent the first in order of key. An act is one thing done in an
 * event: of each report the claims in the order of the text, matched to acts of the same type that
 * another report told; what only one report tells is an act of its own. */
#include "record/merging.h"
#include "record/waiting_rows.h"
#include "record/wording.h"

#include <stdlib.h>

enum { SHOWN_WORDS = 6 };

/* Two texts are one where half of their runs of four words are the same; only pairs whose wording is
 * this alike are looked at. */
static const double copy_cosine = 0.5, copy_share = 0.5;

struct act {
    int64_t last_report;
    const struct episode_claim *claim;     /* the first */
    const struct episode_claim *key_claim; /* that it stands under in lists */
};

struct outcome {
    struct merging *merging;
    struct record *record;
    struct waiting_rows *waiting; /* for acts; NULL: each is written at once */
    struct arena scratch; /* one event's */
    int code;
    uint32_t *first_claim; /* by episode: its claims stand together only by report */
    struct sketch **sketches; /* by episode; NULL until asked for */
};

static void keep(struct outcome *outcome, int code)
{
    if (outcome->code == STORE_OK && code != STORE_DONE && code != STORE_ROW)
        outcome->code = code;
}

/* Forgets one event's memory, not that it ran out. */
static void forget(struct outcome *outcome)
{
    if (outcome->scratch.failed)
        keep(outcome, STORE_NOMEM);
    arena_reset(&outcome->scratch);
}

static struct store_statement *begin(struct outcome *outcome, enum statement statement)
{
    struct store_statement *row =
        outcome->code == STORE_OK ? record_statement(outcome->record, statement) : NULL;
    if (row == NULL && outcome->code == STORE_OK)
        outcome->code = STORE_ERROR;
    return row;
}

static void finish(struct outcome *outcome, struct store_statement *row)
{
    if (row == NULL)
        return;
    keep(outcome, store_step(row));
    store_reset(row);
    store_clear(row);
}

static void bind_day(struct store_statement *row, int column, int32_t day)
{
    char text[16];
    if (row == NULL || day == DAY_UNKNOWN)
        return;
    calendar_write(day, text);
    store_bind_text(row, column, text);
}

/* ------------------------------------------------------------------ one event */

struct claims {
    ARRAY(const struct episode_claim *) items; /* in order of report and text */
};

static int64_t report_of(const struct merging *merging, const struct episode_claim *claim)
{
    return merging->episodes.items.items[claim->episode].report;
}

static void gather_claims(struct outcome *outcome, const struct cluster *cluster,
                          struct claims *claims)
{
    const struct episodes *episodes = &outcome->merging->episodes;
    array_init(&claims->items, &outcome->scratch);
    for (uint32_t i = 0; i < cluster->members.count; i++) {
        uint32_t episode = cluster->members.items[i];
        for (uint32_t j = outcome->first_claim[episode];
             j < episodes->claims.count &&
             episodes->items.items[episodes->claims.items[j].episode].report ==
                 episodes->items.items[episode].report;
             j++) {
            const struct episode_claim **claim =
                episodes->claims.items[j].episode == episode
                    ? (const struct episode_claim **)array_push(&claims->items)
                    : NULL;
            if (claim != NULL)
                *claim = &episodes->claims.items[j];
        }
    }
}

/* The interval that most happenings are dated to; else the narrowest of any claim. */
static void choose_days(const struct claims *claims, int32_t *first, int32_t *last)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < claims->items.count; i++) {
        const struct episode_claim *claim = claims->items.items[i];
        uint32_t count = 0;
        for (uint32_t j = 0; claim->daily && claim->happening && j < claims->items.count; j++) {
            const struct episode_claim *other = claims->items.items[j];
            count += other->happening && other->daily && other->first == claim->first;
        }
        if (count > most) {
            most = count;
            *first = claim->first;
            *last = claim->last;
        }
    }
    for (uint32_t i = 0; most == 0 && i < claims->items.count; i++) {
        const struct episode_claim *claim = claims->items.items[i];
        bool has = claim->first != DAY_UNKNOWN && claim->last != DAY_UNKNOWN;
        if (has ? *first == DAY_UNKNOWN || *last == DAY_UNKNOWN ||
                      (int64_t)claim->last - claim->first < (int64_t)*last - *first
                : *first == DAY_UNKNOWN && *last == DAY_UNKNOWN) {
            *first = claim->first;
            *last = claim->last;
        }
    }
}

/* The episode whose chief place is that of most others within a few kilometres. */
static const struct episode *choose_place(const struct merging *merging,
                                          const struct cluster *cluster)
{
    const struct episode *items = merging->episodes.items.items, *best = NULL;
    uint32_t most = 0;
    for (uint32_t i = 0; i < cluster->members.count; i++) {
        const struct episode *episode = &items[cluster->members.items[i]];
        uint32_t count = 0;
        for (uint32_t j = 0; episode->located && j < cluster->members.count; j++) {
            const struct episode *other = &items[cluster->members.items[j]];
            count += other->located && episodes_distance(episode->latitude, episode->longitude,
                                                         other->latitude, other->longitude) < 3;
        }
        if (count > most) {
            most = count;
            best = episode;
        }
    }
    return best;
}

static bool is_same_text(const char *left, const char *right)
{
    return left == NULL || right == NULL ? left == right : strcmp(left, right) == 0;
}

static bool is_same_act(const struct episode_claim *left, const struct episode_claim *right)
{
    bool dated = left->daily && right->daily;
    return left->happening && right->happening && !left->control && !right->control &&
           is_same_text(left->plover, right->plover) && is_same_text(left->mode, right->mode) &&
           is_same_text(left->status, right->status) &&
           (!dated || (left->first <= right->last && right->first <= left->last));
}

/* `fresh`: the claim stood in no event, so that no row of it is looked for. */
static void write_act(struct outcome *outcome, int64_t claim, int64_t event, int64_t act,
                      bool fresh)
{
    if (outcome->waiting != NULL) {
        waiting_begin(outcome->waiting, WAITING_EVENT_CLAIMS);
        waiting_number(outcome->waiting, claim);
        waiting_number(outcome->waiting, event);
        waiting_number(outcome->waiting, act);
        if (waiting_is_much(outcome->waiting))
            keep(outcome, waiting_write(outcome->waiting));
        return;
    }
    struct store_statement *row =
        begin(outcome, fresh ? SQL_ADD_EVENT_CLAIM : SQL_SET_EVENT_CLAIM);
    if (row == NULL)
        return;
    store_bind_int64(row, 1, claim);
    store_bind_int64(row, 2, event);
    store_bind_int64(row, 3, act);
    finish(outcome, row);
}

/* How well a claim says when and where. */
static int placing(const struct episode_claim *claim)
{
    bool dated = claim->first != DAY_UNKNOWN && claim->last != DAY_UNKNOWN;
    return (claim->daily ? 4 : dated ? 2 : 0) + claim->located;
}

/* An act is listed under the day and place of the claim that knows them best; of two the first. */
static bool stands_before(const struct episode_claim *left, const struct episode_claim *right)
{
    int one = placing(left), other = placing(right);
    return one != other ? one > other : left->claim < right->claim;
}

static void write_acts(struct outcome *outcome, const struct claims *claims, int64_t event)
{
    const struct merging *merging = outcome->merging;
    ARRAY(struct act) acts;
    array_init(&acts, &outcome->scratch);
    uint32_t *act_of = arena_new_array(&outcome->scratch, uint32_t, claims->items.count);
    for (uint32_t i = 0; act_of != NULL && i < claims->items.count; i++) {
        const struct episode_claim *claim = claims->items.items[i];
        int64_t report = report_of(merging, claim);
        uint32_t at = 0;
        while (at < acts.count && (acts.items[at].last_report == report ||
                                   !is_same_act(acts.items[at].claim, claim)))
            at++;
        struct act *act = at < acts.count ? &acts.items[at] : array_push(&acts);
        if (act == NULL)
            return;
        if (act->claim == NULL)
            *act = (struct act){report, claim, claim};
        act->last_report = report;
        if (stands_before(claim, act->key_claim))
            act->key_claim = claim;
        act_of[i] = at;
    }
    for (uint32_t i = 0; act_of != NULL && i < claims->items.count; i++) {
        const struct episode_claim *claim = claims->items.items[i];
        write_act(outcome, claim->claim, event, acts.items[act_of[i]].key_claim->claim,
                  merging->eventless != NULL && merging->eventless[claim->episode]);
    }
}

/* Where and when one part of a cluster happened: by each of its claims that says both. */
struct sitting {
    ARRAY(const struct episode_claim *) said;
    struct claims claims;
};

enum { NEAR_KILOMETRES = 15 };

/* Is the claim of another town AND of another day than all that the sitting tells? */
static bool sits_elsewhere(const struct sitting *sitting, const struct episode_claim *claim)
{
    for (uint32_t i = 0; i < sitting->said.count; i++) {
        const struct episode_claim *other = sitting->said.items[i];
        if (episodes_distance(claim->latitude, claim->longitude, other->latitude,
                              other->longitude) < NEAR_KILOMETRES ||
            (claim->first <= other->last + 1 && other->first <= claim->last + 1))
            return false;
    }
    return sitting->said.count > 0;
}

/* Parts the claims of a cluster that happened in other towns on other days, which the reports of one
 * war lump together. What says neither stays with what its episode told last. Returns how many. */
static uint32_t part_sittings(struct outcome *outcome, const struct claims *claims,
                              struct sitting *sittings)
{
    uint32_t count = 0, current = 0, episode = UINT32_MAX;
    for (uint32_t i = 0; i < claims->items.count; i++) {
        const struct episode_claim *claim = claims->items.items[i];
        bool says = claim->happening && claim->located && claim->daily;
        current = claim->episode != episode ? 0 : current;
        episode = claim->episode;
        if (says && count > 0 && sits_elsewhere(&sittings[current], claim))
            for (current = 0; current < count && sits_elsewhere(&sittings[current], claim);)
                current++;
        if (current == count) {
            array_init(&sittings[count].said, &outcome->scratch);
            array_init(&sittings[count].claims.items, &outcome->scratch);
            count++;
        }
        const struct episode_claim **item =
            (const struct episode_claim **)array_push(&sittings[current].claims.items);
        if (item != NULL)
            *item = claim;
        item = says ? (const struct episode_claim **)array_push(&sittings[current].said) : NULL;
        if (item != NULL)
            *item = claim;
    }
    return count;
}

static void write_event(struct outcome *outcome, const struct cluster *cluster,
                        const struct sitting *sitting, bool chief)
{
    const struct claims claims = sitting->claims;
    int32_t first = DAY_UNKNOWN, last = DAY_UNKNOWN;
    const char *plover = NULL;
    int64_t event = INT64_MAX;
    for (uint32_t i = 0; i < claims.items.count; i++) {
        const struct episode_claim *claim = claims.items.items[i];
        event = claim->claim < event ? claim->claim : event;
        if (plover == NULL && claim->happening)
            plover = claim->plover;
    }
    if (claims.items.count == 0)
        return;
    plover = plover != NULL ? plover : claims.items.items[0]->plover;
    choose_days(&claims, &first, &last);
    const struct episode *place = choose_place(outcome->merging, cluster);
    struct store_statement *row = begin(outcome, SQL_SET_EVENT);
    if (row == NULL)
        return;
    store_bind_int64(row, 1, event);
    bind_day(row, 2, first);
    bind_day(row, 3, last);
    if (plover != NULL)
        store_bind_text(row, 4, plover);
    if (!chief && sitting->said.count > 0) {
        store_bind_int64(row, 5, report_of(outcome->merging, sitting->said.items[0]));
        store_bind_int64(row, 6, sitting->said.items[0]->place);
    } else if (place != NULL) {
        store_bind_int64(row, 5, place->report);
        store_bind_int64(row, 6, place->place);
    }
    finish(outcome, row);
    write_acts(outcome, &claims, event);
}

static void write_cluster(struct outcome *outcome, const struct cluster *cluster)
{
    struct claims claims;
    gather_claims(outcome, cluster, &claims);
    struct sitting *sittings = arena_new_array(&outcome->scratch, struct sitting,
                                               claims.items.count + 1);
    uint32_t count = sittings != NULL ? part_sittings(outcome, &claims, sittings) : 0;
    for (uint32_t i = 0; i < count; i++)
        write_event(outcome, cluster, &sittings[i], i == 0);
}

/* ------------------------------------------------------------------ why, and copies */

/* Title and text of a report, in the scratch arena. */
static const char *load_text(struct outcome *outcome, int64_t report)
{
    struct store_statement *row = begin(outcome, SQL_REPORT_TEXT);
    const char *text = NULL;
    if (row == NULL)
        return NULL;
    store_bind_int64(row, 1, report);
    if (store_step(row) == STORE_ROW)
        text = arena_copy(&outcome->scratch, record_text(row, 0),
                          (size_t)store_bytes(row, 0));
    keep(outcome, store_reset(row));
    return text;
}

/* The words that add most to the cosine, heaviest first. */
static const char *shared_words(struct outcome *outcome, const struct episode *left,
                                const struct episode *right, const char *text)
{
    struct wording best[SHOWN_WORDS];
    uint32_t count = 0, j = 0;
    char *list = NULL;
    for (uint32_t i = 0; i < left->word_count; i++) {
        while (j < right->word_count && right->words[j].word < left->words[i].word)
            j++;
        if (j == right->word_count || right->words[j].word != left->words[i].word)
            continue;
        struct wording word = {left->words[i].word, 0, left->words[i].weight * right->words[j].weight};
        uint32_t at = count < SHOWN_WORDS ? count++ : SHOWN_WORDS;
        while (at > 0 && best[at - 1].weight < word.weight) {
            if (at < SHOWN_WORDS)
                best[at] = best[at - 1];
            at--;
        }
        if (at < SHOWN_WORDS)
            best[at] = word;
    }
    uint32_t hashes[SHOWN_WORDS];
    const char *words[SHOWN_WORDS];
    for (uint32_t i = 0; i < count; i++)
        hashes[i] = best[i].word;
    if (text != NULL && count > 0)
        wording_find(&outcome->scratch, text, strlen(text), hashes, words, count);
    for (uint32_t i = 0; text != NULL && i < count; i++)
        if (words[i] != NULL)
            list = arena_print(&outcome->scratch, "%s%s%s", list != NULL ? list : "",
                               list != NULL ? " " : "", words[i]);
    return list;
}

static void write_join(struct outcome *outcome, const struct pair *pair)
{
    const struct episode *left = &outcome->merging->episodes.items.items[pair->left];
    const struct episode *right = &outcome->merging->episodes.items.items[pair->right];
    struct resemblance resemblance;
    const char *words = shared_words(outcome, left, right, load_text(outcome, left->report));
    resemblance_measure(left, right, &resemblance);
    struct store_statement *row = begin(outcome, SQL_ADD_JOIN);
    if (row == NULL)
        return;
    store_bind_int64(row, 1, left->claim);
    store_bind_int64(row, 2, right->claim);
    for (int i = 0; i < TERM_COUNT; i++) {
        double rounded = (double)(int64_t)(resemblance.terms[i] * 1000 +
                                           (resemblance.terms[i] < 0 ? -0.5 : 0.5));
        store_bind_double(row, 3 + i, rounded / 1000);
    }
    if (words != NULL)
        store_bind_text(row, 3 + TERM_COUNT, words);
    finish(outcome, row);
}

/* The sketch of the episode's report: made when it is first asked for. */
static const struct sketch *sketch_of(struct outcome *outcome, uint32_t number)
{
    struct sketch **sketch = &outcome->sketches[number];
    if (*sketch != NULL)
        return *sketch;
    const char *text = load_text(outcome, outcome->merging->episodes.items.items[number].report);
    struct words words;
    array_init(&words.items, &outcome->scratch);
    if (text != NULL)
        wording_add(&words, &outcome->scratch, text, strlen(text));
    *sketch = arena_new(&outcome->merging->arena, struct sketch);
    if (*sketch != NULL)
        wording_sketch(&words, *sketch);
    return *sketch;
}

static bool may_be_copy(const struct outcome *outcome, const struct pair *pair)
{
    const struct episode *items = outcome->merging->episodes.items.items;
    const struct episode *left = &items[pair->left], *right = &items[pair->right];
    return left->number == 0 && right->number == 0 && resemblance_cosine(left, right) >= copy_cosine;
}

static bool is_copy(struct outcome *outcome, const struct pair *pair)
{
    if (!may_be_copy(outcome, pair))
        return false;
    const struct sketch *one = sketch_of(outcome, pair->left);
    const struct sketch *other = sketch_of(outcome, pair->right);
    return one != NULL && other != NULL && wording_alike(one, other) >= copy_share;
}

/* Was `left` printed before `right`? Of one day the smaller key, of unknown days the known one. */
static bool is_earlier(const struct episode *left, const struct episode *right)
{
    bool known = left->published != DAY_UNKNOWN, other = right->published != DAY_UNKNOWN;
    if (known != other)
        return known;
    return known && left->published != right->published ? left->published < right->published
                                                        : left->report < right->report;
}

static uint32_t original_of(const uint32_t *originals, uint32_t episode)
{
    while (originals[episode] != episode)
        episode = originals[episode];
    return episode;
}

/* The texts for the next pairs, on a server. */
static void expect_texts(struct outcome *outcome, uint32_t first)
{
    enum { TOGETHER = 50 };
    const struct merging *merging = outcome->merging;
    int64_t keys[TOGETHER * 2];
    uint32_t count = 0;
    if (first % TOGETHER != 0 || !store_is_far(outcome->record->database))
        return;
    for (uint32_t i = first; i < merging->joined.count && i < first + TOGETHER; i++) {
        const struct pair *pair = &merging->joined.items[i];
        keys[count++] = merging->episodes.items.items[pair->left].report;
        if (may_be_copy(outcome, pair))
            keys[count++] = merging->episodes.items.items[pair->right].report;
    }
    keep(outcome, store_ahead(record_statement(outcome->record, SQL_REPORT_TEXT), keys, count));
}

static void write_joins(struct outcome *outcome)
{
    struct merging *merging = outcome->merging;
    uint32_t count = merging->episodes.items.count;
    uint32_t *originals = arena_new_array(&merging->arena, uint32_t, count);
    outcome->sketches = arena_new_array(&merging->arena, struct sketch *, count);
    if (outcome->sketches == NULL)
        return;
    for (uint32_t i = 0; originals != NULL && i < count; i++)
        originals[i] = i;
    for (uint32_t i = 0; originals != NULL && i < merging->joined.count; i++) {
        const struct pair *pair = &merging->joined.items[i];
        expect_texts(outcome, i);
        write_join(outcome, pair);
        const struct episode *items = merging->episodes.items.items;
        if (is_copy(outcome, pair)) {
            uint32_t left = original_of(originals, pair->left);
            uint32_t right = original_of(originals, pair->right);
            bool earlier = is_earlier(&items[left], &items[right]);
            originals[earlier ? right : left] = earlier ? left : right;
        }
        forget(outcome);
    }
    for (uint32_t i = 0; originals != NULL && i < count; i++) {
        struct store_statement *row = originals[i] != i ? begin(outcome, SQL_ADD_COPY) : NULL;
        if (row == NULL)
            continue;
        store_bind_int64(row, 1, merging->episodes.items.items[i].report);
        store_bind_int64(row, 2, merging->episodes.items.items[original_of(originals, i)].report);
        finish(outcome, row);
    }
}

/* ------------------------------------------------------------------ the whole */

annals_status merging_needed(struct record *record, bool *needed, annals_error *error)
{
    struct store_statement *row = record_statement(record, SQL_ANY_UNMERGED);
    int code = row != NULL ? store_step(row) : STORE_ERROR;
    if (code != STORE_ROW)
        return record_fail(record, "cannot merge", error);
    *needed = store_int(row, 0) != 0;
    store_reset(row);
    return ANNALS_OK;
}

static void find_first_claims(struct outcome *outcome)
{
    const struct episodes *episodes = &outcome->merging->episodes;
    outcome->first_claim = arena_new_array(&outcome->merging->arena, uint32_t,
                                           episodes->items.count);
    for (uint32_t i = episodes->claims.count; outcome->first_claim != NULL && i > 0; i--)
        outcome->first_claim[episodes->claims.items[i - 1].episode] = i - 1;
}

/* What is written anew goes first. */
static void drop_old(struct outcome *outcome)
{
    struct merging *merging = outcome->merging;
    for (uint32_t i = 0; i < merging->episodes.items.count; i++) {
        const struct episode *episode = &merging->episodes.items.items[i];
        if (!merging->rewritten[i] || merging->fresh_ones[i])
            continue;
        struct store_statement *row = merging_begin(merging, MERGING_DROP_JOINS_OF);
        if (row == NULL)
            return;
        store_bind_int64(row, 1, episode->claim);
        merging_finish(merging, row);
        row = episode->number == 0 ? merging_begin(merging, MERGING_DROP_COPY) : NULL;
        if (row == NULL)
            continue;
        store_bind_int64(row, 1, episode->report);
        merging_finish(merging, row);
    }
}

/* Events that have lost their last claim. */
static void drop_events(struct outcome *outcome)
{
    struct merging *merging = outcome->merging;
    for (uint32_t i = 0; i < merging->old_events.count; i++) {
        struct store_statement *row = merging_begin(merging, MERGING_DROP_EVENT);
        if (row == NULL)
            return;
        store_bind_int64(row, 1, merging->old_events.items[i]);
        merging_finish(merging, row);
    }
}

annals_status merging_write(struct merging *merging, annals_error *error)
{
    struct outcome outcome = {.merging = merging, .record = merging->record};
    arena_init(&outcome.scratch);
    outcome.waiting = record_waiting_rows(merging->record);
    find_first_claims(&outcome);
    drop_old(&outcome);
    for (uint32_t i = 0; outcome.first_claim != NULL && i < merging->episodes.items.count; i++) {
        if (merging->clusters[i].members.count > 0)
            write_cluster(&outcome, &merging->clusters[i]);
        forget(&outcome);
    }
    if (outcome.waiting != NULL)
        keep(&outcome, waiting_write(outcome.waiting));
    write_joins(&outcome);
    drop_events(&outcome);
    bool failed = merging->arena.failed || outcome.scratch.failed || outcome.code == STORE_NOMEM ||
                  merging->code == STORE_NOMEM;
    arena_release(&outcome.scratch);
    if (failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return outcome.code == STORE_OK && merging->code == STORE_OK
               ? ANNALS_OK
               : record_fail(merging->record, "cannot merge", error);
}
