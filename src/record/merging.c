/* Merges claims into events: the record's events are a function of the set of its reports alone.
 *
 * Episodes (episodes.h) that may tell of one happening are found in cells (cells.c), each pair is
 * scored (resemblance.c) from the two episodes alone, and pairs that rather tell of one happening than
 * not are kept as edges of a graph (graph.c), whose connected parts are clustered each by itself
 * (clusters.c). So a new report changes nothing but the parts that it touches: they are taken as
 * they were before and as they are after, clustered from nothing, and what differs is written. The
 * result is the same whatever came first, and its cost does not grow with the record. An event's
 * key is that of its first claim.
 *
 * A merging takes so many reports at a time, each time in a transaction of its own: what many new ones
 * change together is clustered and written once. Where the memory that it may take does not hold all that they
 * touch, the transaction is given up and half as many are taken, down to a least number. */
#include "record/blocks.h"

#include "record/decisions.h"
#include "record/waiting_rows.h"

#include <stdlib.h>

enum { AT_A_TIME = 12000, MOST_BYTES = 64 << 20, REPORT_BITS = 23 };

/* ------------------------------------------------------------------ statements */

static const char *const statement_texts[] = {
#define ROW(name, sql) [MERGING_##name] = sql,
    MERGING_TABLE(ROW)
#undef ROW
};

static void keep(struct merging *merging, int code)
{
    if (merging->code == STORE_OK && code != STORE_DONE && code != STORE_ROW)
        merging->code = code;
}

struct store_statement *merging_begin(struct merging *merging, enum merging_statement statement)
{
    struct store_statement **row = &merging->statements[statement];
    if (merging->code != STORE_OK)
        return NULL;
    if (*row == NULL)
        keep(merging,
             store_prepare_kept(merging->record->database, statement_texts[statement], row));
    if (*row != NULL)
        store_reset(*row);
    return *row;
}

bool merging_step(struct merging *merging, struct store_statement *row)
{
    int code = store_step(row);
    keep(merging, code);
    return code == STORE_ROW;
}

void merging_finish(struct merging *merging, struct store_statement *row)
{
    keep(merging, store_step(row));
    store_reset(row);
    store_clear(row);
}

void merging_forget(struct merging *merging)
{
    merging->arena.failed = merging->arena.failed || merging->scratch.failed;
    arena_reset(&merging->scratch);
}

/* ------------------------------------------------------------------ taking reports in */

void record_merge_within(struct record *record, uint64_t bytes, uint32_t least)
{
    record->merging_least = least;
    record->merging_bytes = bytes;
    record->merging_reports = 0;
}

static uint32_t at_a_time(const struct merging *merging)
{
    uint32_t reports = merging->record->merging_reports;
    return reports > 0 ? reports : AT_A_TIME;
}

/* Of the memory that may be taken: what reports touch is several times what they are. */
static uint64_t most_bytes(const struct merging *merging)
{
    uint64_t bytes = merging->record->merging_bytes / 4;
    return bytes > 0 && bytes < MOST_BYTES ? bytes : MOST_BYTES;
}

/* Too many reports for the memory that they may take: half as many the next time. A few that took little of it
 * let the number grow again. */
static bool was_too_much(struct merging *merging, annals_status status, size_t used)
{
    struct record *record = merging->record;
    uint32_t taken = merging->reports.count, least = record->merging_least;
    bool narrow = status == ANNALS_NO_MEMORY && record->merging_bytes > 0 && taken > least;
    if (narrow)
        record->merging_reports = taken / 2 > least ? taken / 2 : least;
    else if (status == ANNALS_OK && record->merging_reports > 0 && used < record->merging_bytes / 4)
        record->merging_reports = at_a_time(merging) < AT_A_TIME / 2 ? at_a_time(merging) * 2 : AT_A_TIME;
    return narrow;
}

/* So few go through whatever they take. */
static void limit_arena(struct merging *merging)
{
    const struct record *record = merging->record;
    merging->arena.limit = merging->reports.count > record->merging_least ? (size_t)record->merging_bytes : 0;
}

static void list_reports(struct merging *merging)
{
    struct store_statement *row = merging_begin(merging, MERGING_UNMERGED);
    if (row == NULL)
        return;
    store_bind_int64(row, 1, at_a_time(merging));
    while (merging_step(merging, row)) {
        int64_t *report = array_push(&merging->reports);
        if (report != NULL)
            *report = store_int64(row, 0);
    }
    store_reset(row);
}

/* The episodes of an older coding of the report go; false where there are none. */
static bool drop_episodes(struct merging *merging, int64_t report)
{
    const int64_t mask = (INT64_C(1) << REPORT_BITS) - 1;
    struct store_statement *row = merging_begin(merging, MERGING_KEPT_BETWEEN);
    bool any = false;
    if (row == NULL)
        return false;
    store_bind_int64(row, 1, report & ~mask);
    ARRAY(uint32_t) old;
    array_init(&old, &merging->arena);
    while (merging_step(merging, row)) {
        uint32_t *node = array_push(&old);
        if (node != NULL)
            *node = graph_node(merging, store_int64(row, 0));
    }
    store_reset(row);
    if (old.count > 0)
        blocks_meet_recoded(merging);
    for (uint32_t i = 0; i < old.count && !merging->arena.failed; i++) {
        const struct episode *episode = features_of(merging, old.items[i]);
        /* Of another report with the same first bits. */
        if (episode == NULL || episode->report != report)
            continue;
        any = true;
        graph_load(merging, old.items[i]);
        graph_mark_dirty(merging, old.items[i]);
        merging->graph.nodes.items[old.items[i]].gone = true;
        cells_remove(merging, episode);
        row = merging_begin(merging, MERGING_FORGET);
        if (row == NULL)
            break;
        store_bind_int64(row, 1, episode->claim);
        merging_finish(merging, row);
    }
    return any;
}

enum { TOGETHER = 100 }; /* reports that are asked for at once */

/* The next reports to be taken in, on a server. */
static annals_status expect_reports(struct merging *merging, uint32_t first, annals_error *error)
{
    const int64_t mask = (INT64_C(1) << REPORT_BITS) - 1;
    int64_t keys[TOGETHER];
    uint32_t count = 0;
    if (first % TOGETHER != 0 || !store_is_far(merging->record->database))
        return ANNALS_OK;
    for (uint32_t i = first; i < merging->reports.count && count < TOGETHER; i++)
        keys[count++] = merging->reports.items[i] & ~mask;
    merging_expect(merging, MERGING_KEPT_BETWEEN, keys, count);
    return episodes_expect(merging->record, &merging->reports.items[first], count, true, error);
}

static annals_status take_reports(struct merging *merging, annals_error *error)
{
    annals_status status = ANNALS_OK;
    bool *again = arena_new_array(&merging->arena, bool, merging->reports.count);
    for (uint32_t i = 0; again != NULL && i < merging->reports.count && status == ANNALS_OK; i++) {
        status = expect_reports(merging, i, error);
        if (status != ANNALS_OK)
            break;
        again[i] = drop_episodes(merging, merging->reports.items[i]);
        status = episodes_read(merging->record, merging->reports.items[i], true, &merging->fresh,
                               error);
        /* The others come in the next transaction. */
        if (merging->arena.used > most_bytes(merging))
            merging->reports.count = i + 1;
    }
    for (uint32_t i = 0, report = 0; i < merging->fresh.items.count && status == ANNALS_OK; i++) {
        struct episode *episode = &merging->fresh.items.items[i];
        while (merging->reports.items[report] != episode->report)
            report++;
        uint32_t number = graph_node(merging, episode->claim);
        if (number == NONE)
            break;
        struct node *node = &merging->graph.nodes.items[number];
        /* The same key again, of the coding that is replaced: its edges stay at hand. */
        node->fresh = !again[report];
        node->gone = false;
        node->unwritten = true;
        node->features = episode;
        graph_mark_dirty(merging, number);
        cells_add(merging, episode);
    }
    return status;
}

/* ------------------------------------------------------------------ the whole */

static int by_number(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static void keep_each_once(struct merging *merging)
{
    uint32_t kept = 0, count = merging->old_events.count;
    int64_t *events = merging->old_events.items;
    if (count > 1)
        qsort(events, count, sizeof *events, by_number);
    for (uint32_t i = 0; i < count; i++)
        if (kept == 0 || events[i] != events[kept - 1])
            events[kept++] = events[i];
    merging->old_events.count = kept;
}

/* The events in which the claims stood that are written anew, by report: its claims' keys begin alike. */
static void list_old_events(struct merging *merging)
{
    const int64_t mask = (INT64_C(1) << REPORT_BITS) - 1;
    const struct episodes *episodes = &merging->episodes;
    int64_t last = -1;
    int64_t *keys = arena_new_array(&merging->arena, int64_t, episodes->items.count);
    uint32_t count = 0;
    for (uint32_t i = 0; keys != NULL && i < episodes->items.count; i++)
        if (merging->rewritten[i])
            keys[count++] = episodes->items.items[i].claim & ~mask;
    merging_expect(merging, MERGING_EVENTS_OF, keys, count);
    merging->eventless = arena_new_array(&merging->arena, bool, episodes->items.count);
    bool none = false;
    for (uint32_t i = 0; merging->eventless != NULL && i < episodes->items.count; i++) {
        int64_t report = episodes->items.items[i].claim & ~mask;
        if (!merging->rewritten[i])
            continue;
        if (report == last) {
            merging->eventless[i] = none;
            continue;
        }
        last = report;
        none = true;
        struct store_statement *row = merging_begin(merging, MERGING_EVENTS_OF);
        if (row == NULL)
            return;
        store_bind_int64(row, 1, report);
        while (merging_step(merging, row)) {
            int64_t *item = array_push(&merging->old_events);
            if (item != NULL)
                *item = store_int64(row, 0);
            none = false;
        }
        merging->eventless[i] = none;
        store_reset(row);
    }
    keep_each_once(merging);
}

static void mark_merged(struct merging *merging)
{
    for (uint32_t i = 0; i < merging->reports.count; i++) {
        struct store_statement *row = merging_begin(merging, MERGING_MERGED);
        if (row == NULL)
            return;
        store_bind_int64(row, 1, merging->reports.items[i]);
        merging_finish(merging, row);
    }
}

static annals_status check(struct merging *merging, annals_error *error)
{
    if (merging->crowded)
        return record_fail_as(merging->record, STORE_BUSY, "cannot merge", error);
    if (merging->arena.failed || merging->code == STORE_NOMEM)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return merging->code == STORE_OK ? ANNALS_OK
                                     : record_fail(merging->record, "cannot merge", error);
}

static annals_status merge_some(struct merging *merging, annals_error *error)
{
    annals_status status = ANNALS_OK;
    if (merging->windowed)
        status = blocks_take(merging, at_a_time(merging), error);
    else
        list_reports(merging);
    if (status == ANNALS_OK && merging->windowed && merging->reports.count == 0)
        return ANNALS_OK;
    limit_arena(merging);
    if (status == ANNALS_OK)
        status = take_reports(merging, error);
    if (status != ANNALS_OK)
        return status;
    cells_settle(merging);
    parts_change(merging);
    parts_cluster(merging);
    status = check(merging, error);
    if (status == ANNALS_OK)
        status = handing_gather(merging, error);
    if (status != ANNALS_OK)
        return status;
    parts_keep(merging);
    cells_keep(merging);
    graph_keep(merging);
    handing_renumber(merging);
    status = check(merging, error);
    if (status != ANNALS_OK)
        return status;
    list_old_events(merging);
    mark_merged(merging);
    status = check(merging, error);
    return status == ANNALS_OK ? merging_write(merging, error) : status;
}

/* Putting decisions back takes rows out with those that refer to them. */
static annals_status check_decided(struct record *record, annals_error *error)
{
    int64_t any = 0;
    annals_status status =
        record->unchecked
            ? statement_number(record, error, 0, &any, "SELECT EXISTS (SELECT 1 FROM decisions)", "")
            : ANNALS_OK;
    return status == ANNALS_OK && any != 0 ? record_check_references(record, true, error) : status;
}

static annals_status any_decisions(struct record *record, bool *any, annals_error *error)
{
    int64_t found = 0;
    annals_status status =
        statement_number(record, error, 0, &found, "SELECT EXISTS (SELECT 1 FROM decisions)", "");
    *any = found != 0;
    return status;
}

/* On a server reports are stored meanwhile; alone where people have decided, for then claims and events
 * anywhere are put back. */
static annals_status begin(struct merging *merging, bool waits, annals_error *error)
{
    struct record *record = merging->record;
    bool any = false;
    store_beside(record->database);
    annals_status status = record_run(record, SQL_BEGIN, "cannot merge", error);
    if (status != ANNALS_OK || !store_is_far(record->database))
        return status;
    status = any_decisions(record, &any, error);
    if (status == ANNALS_OK && any && merging->windowed)
        status = record_fail_as(record, STORE_BUSY, "cannot merge", error);
    if (status == ANNALS_OK && !any && !merging->windowed)
        status = blocks_take_all(record, waits, error);
    if (status == ANNALS_OK && !any)
        return status;
    record_run(record, SQL_ROLLBACK, "", NULL);
    return status == ANNALS_OK ? record_run(record, SQL_BEGIN, "cannot merge", error) : status;
}

static void init(struct merging *merging)
{
    arena_init(&merging->arena);
    arena_init(&merging->scratch);
    array_init(&merging->graph.nodes, &merging->arena);
    array_init(&merging->graph.changed, &merging->arena);
    array_init(&merging->cells.items, &merging->arena);
    array_init(&merging->cells.standings, &merging->arena);
    array_init(&merging->cells.read.items, &merging->arena);
    array_init(&merging->reports, &merging->arena);
    array_init(&merging->dirty, &merging->arena);
    array_init(&merging->affected, &merging->arena);
    array_init(&merging->settled, &merging->arena);
    array_init(&merging->joins, &merging->arena);
    array_init(&merging->made, &merging->arena);
    array_init(&merging->joined, &merging->arena);
    array_init(&merging->old_events, &merging->arena);
    episodes_init(&merging->fresh, &merging->arena);
}

static annals_status merge_once(struct merging *merging, bool waits, size_t *used, annals_error *error)
{
    struct record *record = merging->record;
    annals_status status = check_decided(record, error);
    if (status == ANNALS_OK)
        status = begin(merging, waits, error);
    if (status != ANNALS_OK)
        return status;
    init(merging);
    status = decisions_lift(record, error);
    if (status == ANNALS_OK)
        status = merge_some(merging, error);
    for (int i = 0; i < MERGING_STATEMENT_COUNT; i++)
        store_finalize(merging->statements[i]);
    if (status == ANNALS_OK)
        status = decisions_apply(record, error);
    if (status == ANNALS_OK)
        status = record_run(record, SQL_COMMIT, "cannot merge", error);
    if (status != ANNALS_OK)
        record_run(record, SQL_ROLLBACK, "", NULL);
    if (status != ANNALS_OK && record->waiting != NULL)
        waiting_forget(record->waiting);
    *used = merging->arena.used;
    arena_release(&merging->scratch);
    arena_release(&merging->arena);
    return status;
}

static annals_status merge(struct merging *merging, bool waits, annals_error *error)
{
    const struct merging start = *merging;
    size_t used = 0;
    annals_status status = merge_once(merging, waits, &used, error);
    while (was_too_much(merging, status, used)) {
        *merging = start;
        status = merge_once(merging, waits, &used, error);
    }
    return status;
}

annals_status merging_window(struct record *record, int64_t first, int64_t last, uint32_t *merged,
                             annals_error *error)
{
    struct merging merging = {
        .record = record, .windowed = true, .first_block = first, .last_block = last};
    annals_status status = merge(&merging, false, error);
    *merged = status == ANNALS_OK ? merging.reports.count : 0;
    return status == ANNALS_BUSY ? ANNALS_OK : status;
}

enum { PILE = 6000 }; /* so many wait where one alone does not keep up */

/* Merges what there is; where not `waits` and another merges all, nothing. */
static annals_status merge_next(struct record *record, bool waits, annals_error *error)
{
    struct merging merging = {.record = record};
    int64_t waiting = 0;
    bool any = true;
    annals_status status = ANNALS_OK;
    if (store_is_far(record->database))
        status = statement_number(record, error, 0, &waiting, "SELECT count(*) FROM unmerged", "");
    if (status == ANNALS_OK && waiting > PILE) {
        status = blocks_merge(record, 0, &any, error);
        if (status != ANNALS_OK || any)
            return status;
    }
    return status == ANNALS_OK ? merge(&merging, waits, error) : status;
}

annals_status record_merge(struct record *record, annals_error *error)
{
    bool needed = true;
    uint32_t tries = 0;
    annals_status status;
    do {
        status = merging_needed(record, &needed, error);
        if (status == ANNALS_OK && needed)
            status = merge_next(record, true, error);
    } while (status == ANNALS_OK ? needed : store_again(record->database, tries++));
    return status;
}

annals_status record_merge_beside(struct record *record, bool *left, annals_error *error)
{
    annals_status status = merging_needed(record, left, error);
    if (status == ANNALS_OK && *left)
        status = merge_next(record, false, error);
    if (status == ANNALS_BUSY)
        return ANNALS_OK;
    return status == ANNALS_OK ? merging_needed(record, left, error) : status;
}
