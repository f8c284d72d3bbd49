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
 * change together is clustered and written once. */
#include "record/blocks.h"

#include "record/decisions.h"

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

static void list_reports(struct merging *merging)
{
    struct store_statement *row = merging_begin(merging, MERGING_UNMERGED);
    if (row == NULL)
        return;
    store_bind_int64(row, 1, AT_A_TIME);
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

/* A number that the statement gives for a key; 0: none. */
static int64_t number_of(struct merging *merging, enum merging_statement statement, int64_t key)
{
    struct store_statement *row = merging_begin(merging, statement);
    int64_t number = 0;
    if (row == NULL)
        return 0;
    store_bind_int64(row, 1, key);
    if (merging_step(merging, row))
        number = store_int64(row, 0);
    store_reset(row);
    return number;
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
        if (merging->arena.used > MOST_BYTES)
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

/* ------------------------------------------------------------------ what is affected */

static void affect(struct merging *merging, uint32_t number, int8_t level)
{
    struct node *node = &merging->graph.nodes.items[number];
    if (node->affected)
        return;
    node->affected = true;
    node->level = level;
    uint32_t *item = array_push(&merging->affected);
    if (item != NULL)
        *item = number;
}

/* The part of the graph in which the node stands now. */
static void affect_part(struct merging *merging, uint32_t number)
{
    struct arena scratch;
    uint32_t count;
    int8_t level;
    if (merging->graph.nodes.items[number].affected)
        return;
    arena_init(&scratch);
    uint32_t *part = graph_component(merging, &scratch, number, &count, &level);
    for (uint32_t i = 0; part != NULL && i < count; i++)
        affect(merging, part[i], level);
    merging->arena.failed = merging->arena.failed || part == NULL;
    arena_release(&scratch);
}

/* The edges of the dirty nodes, one node's after the other's: each likeness is an edge of `from`, and
 * of `to` where that is dirty too. */
static struct edge *list_edges(struct merging *merging, const struct likenesses *found,
                               uint32_t *first)
{
    struct node *nodes = merging->graph.nodes.items;
    uint32_t count = merging->dirty.count;
    for (uint32_t i = 0; i < count; i++)
        nodes[merging->dirty.items[i]].position = i;
    for (uint32_t i = 0; i < found->items.count; i++) {
        first[nodes[found->items.items[i].from].position + 1]++;
        if (nodes[found->items.items[i].to].dirty)
            first[nodes[found->items.items[i].to].position + 1]++;
    }
    for (uint32_t i = 0; i < count; i++)
        first[i + 1] += first[i];
    struct edge *edges = arena_new_array(&merging->arena, struct edge, first[count]);
    uint32_t *end = arena_new_array(&merging->arena, uint32_t, count + 1);
    if (edges == NULL || end == NULL)
        return NULL;
    memcpy(end, first, (count + 1) * sizeof *end);
    for (uint32_t i = 0; i < found->items.count; i++) {
        struct likeness likeness = found->items.items[i];
        edges[end[nodes[likeness.from].position]++] = (struct edge){likeness.to, likeness.score};
        if (nodes[likeness.to].dirty)
            edges[end[nodes[likeness.to].position]++] =
                (struct edge){likeness.from, likeness.score};
    }
    return edges;
}

/* The parts in which the node and its neighbours stand, as they are before. */
static void affect_around(struct merging *merging, uint32_t number)
{
    graph_load(merging, number);
    affect_part(merging, number);
    merging->graph.nodes.items[number].touched = true;
    for (uint32_t i = 0; i < merging->graph.nodes.items[number].edges.count; i++) {
        uint32_t other = merging->graph.nodes.items[number].edges.items[i].node;
        affect_part(merging, other);
        /* Whoever stood beside an episode that goes may stand in its event. */
        if (merging->graph.nodes.items[number].gone)
            merging->graph.nodes.items[other].touched = true;
    }
}

/* Finds whom the dirty nodes resemble; then the parts as they are before; then changes the graph. */
static void change_graph(struct merging *merging)
{
    uint32_t count = merging->dirty.count;
    struct likenesses found;
    array_init(&found.items, &merging->arena);
    uint32_t *first = arena_new_array(&merging->arena, uint32_t, count + 1);
    cells_find_alike(merging, merging->dirty.items, count, &found);
    merging_expect_parts(merging, &found);
    for (uint32_t i = 0; i < count && merging->code == STORE_OK; i++)
        affect_around(merging, merging->dirty.items[i]);
    for (uint32_t i = 0; i < found.items.count && merging->code == STORE_OK; i++)
        affect_part(merging, found.items.items[i].to);
    struct edge *edges = first != NULL && !merging->arena.failed ? list_edges(merging, &found, first)
                                                                 : NULL;
    if (edges != NULL && merging->code == STORE_OK)
        graph_set_edges(merging, edges, first);
}

/* ------------------------------------------------------------------ clusters */

static void find_clusters(struct merging *merging)
{
    struct arena scratch;
    arena_init(&scratch);
    merging_expect_clusters(merging, merging->affected.items, merging->affected.count);
    for (uint32_t i = 0; i < merging->affected.count && !merging->arena.failed; i++) {
        uint32_t number = merging->affected.items[i], count;
        int8_t level;
        struct node *node = &merging->graph.nodes.items[number];
        if (node->gone || node->clustered)
            continue;
        uint32_t *part = graph_component(merging, &scratch, number, &count, &level);
        for (uint32_t j = 0; part != NULL && j < count; j++) {
            struct node *member = &merging->graph.nodes.items[part[j]];
            member->clustered = true;
            member->touched = member->touched || member->level != level;
            member->cluster = member->unwritten
                                  ? 0
                                  : number_of(merging, MERGING_CLUSTER_OF, member->key);
        }
        if (part != NULL)
            clusters_find(merging, part, count, level);
        merging->arena.failed = merging->arena.failed || part == NULL;
        arena_reset(&scratch);
    }
    arena_release(&scratch);
}

static int by_number(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* How many affected nodes stood in a cluster before: `clusters` sorted. */
static uint32_t count_of(const int64_t *clusters, uint32_t count, int64_t cluster)
{
    uint32_t low = 0, high = count, found = 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (clusters[middle] < cluster)
            low = middle + 1;
        else
            high = middle;
    }
    while (low + found < count && clusters[low + found] == cluster)
        found++;
    return found;
}

/* Keeps the clusters that are not as they were. */
static void keep_changed(struct merging *merging)
{
    uint32_t count = 0, kept = 0;
    int64_t *before = arena_new_array(&merging->arena, int64_t, merging->affected.count);
    for (uint32_t i = 0; before != NULL && i < merging->affected.count; i++)
        before[count++] = merging->graph.nodes.items[merging->affected.items[i]].cluster;
    if (before != NULL)
        qsort(before, count, sizeof *before, by_number);
    for (uint32_t i = 0; before != NULL && i < merging->made.count; i++) {
        struct cluster *cluster = &merging->made.items[i];
        const struct node *nodes = merging->graph.nodes.items;
        int64_t old = nodes[cluster->members.items[0]].cluster;
        bool changed = old == 0 || count_of(before, count, old) != cluster->members.count;
        for (uint32_t j = 0; j < cluster->members.count && !changed; j++)
            changed = nodes[cluster->members.items[j]].touched ||
                      nodes[cluster->members.items[j]].cluster != old;
        if (changed)
            merging->made.items[kept++] = *cluster;
    }
    merging->made.count = kept;
}

/* Members ascend by key: the first lends its own. */
static void store_clusters(struct merging *merging)
{
    struct node *nodes = merging->graph.nodes.items;
    for (uint32_t i = 0; i < merging->made.count; i++) {
        const struct cluster *cluster = &merging->made.items[i];
        int64_t key = nodes[cluster->members.items[0]].key;
        for (uint32_t j = 0; j < cluster->members.count; j++) {
            struct node *node = &nodes[cluster->members.items[j]];
            node->settled = key;
            if (node->unwritten || node->cluster == key)
                continue;
            struct store_statement *row = merging_begin(merging, MERGING_SET_CLUSTER);
            if (row == NULL)
                return;
            store_bind_int64(row, 1, node->key);
            store_bind_int64(row, 2, key);
            merging_finish(merging, row);
        }
    }
    /* Whoever is new is in one of the clusters that changed. */
    for (uint32_t i = 0; i < merging->fresh.items.count; i++) {
        const struct episode *episode = &merging->fresh.items.items[i];
        features_keep(merging, episode,
                      nodes[graph_node(merging, episode->claim)].settled);
    }
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
    for (uint32_t i = 0; i < episodes->items.count; i++) {
        int64_t report = episodes->items.items[i].claim & ~mask;
        if (!merging->rewritten[i] || report == last)
            continue;
        last = report;
        struct store_statement *row = merging_begin(merging, MERGING_EVENTS_OF);
        if (row == NULL)
            return;
        store_bind_int64(row, 1, report);
        while (merging_step(merging, row)) {
            int64_t *item = array_push(&merging->old_events);
            if (item != NULL)
                *item = store_int64(row, 0);
        }
        store_reset(row);
    }
}

/* ------------------------------------------------------------------ handing over */

struct placed {
    int64_t key;
    uint32_t episode;
};

static int by_key(const void *left, const void *right)
{
    int64_t a = ((const struct placed *)left)->key, b = ((const struct placed *)right)->key;
    return (a > b) - (a < b);
}

/* Reports with an episode in a changed cluster, ascending, each once. */
static int64_t *list_changed(struct merging *merging, uint32_t *count)
{
    uint32_t total = 0, kept = 0;
    for (uint32_t i = 0; i < merging->made.count; i++)
        total += merging->made.items[i].members.count;
    int64_t *reports = arena_new_array(&merging->arena, int64_t, total);
    *count = 0;
    if (reports == NULL)
        return NULL;
    merging_expect_features(merging, merging->affected.items, merging->affected.count);
    for (uint32_t i = 0; i < merging->made.count; i++)
        for (uint32_t j = 0; j < merging->made.items[i].members.count; j++) {
            const struct episode *episode =
                features_of(merging, merging->made.items[i].members.items[j]);
            if (episode != NULL)
                reports[kept++] = episode->report;
        }
    qsort(reports, kept, sizeof *reports, by_number);
    for (uint32_t i = 0; i < kept; i++)
        if (i == 0 || reports[i] != reports[i - 1])
            reports[(*count)++] = reports[i];
    return reports;
}

/* Copies what was read of a report that is merged now; false where it is none. */
static bool copy_fresh(struct merging *merging, int64_t report, uint32_t *item, uint32_t *claim)
{
    const struct episodes *fresh = &merging->fresh;
    while (*item < fresh->items.count && fresh->items.items[*item].report < report)
        ++*item;
    if (*item == fresh->items.count || fresh->items.items[*item].report != report)
        return false;
    while (fresh->items.items[fresh->claims.items[*claim].episode].report < report)
        ++*claim;
    uint32_t moved = merging->episodes.items.count, from = *item;
    for (; *item < fresh->items.count && fresh->items.items[*item].report == report; ++*item) {
        struct episode *episode = array_push(&merging->episodes.items);
        if (episode != NULL)
            *episode = fresh->items.items[*item];
    }
    for (; *claim < fresh->claims.count &&
           fresh->items.items[fresh->claims.items[*claim].episode].report == report;
         ++*claim) {
        struct episode_claim *copy = array_push(&merging->episodes.claims);
        if (copy == NULL)
            break;
        *copy = fresh->claims.items[*claim];
        copy->episode = copy->episode - from + moved;
    }
    return true;
}

/* The next reports that are not merged now but belong to a changed cluster, on a server. */
static annals_status expect_older(struct merging *merging, const int64_t *reports, uint32_t count,
                                  annals_error *error)
{
    int64_t keys[TOGETHER];
    uint32_t kept = 0;
    if (!store_is_far(merging->record->database))
        return ANNALS_OK;
    for (uint32_t i = 0; i < count && i < TOGETHER; i++)
        if (merging->reports.count == 0 ||
            bsearch(&reports[i], merging->reports.items, merging->reports.count, sizeof *reports,
                    by_number) == NULL)
            keys[kept++] = reports[i];
    return episodes_expect(merging->record, keys, kept, false, error);
}

static annals_status gather_episodes(struct merging *merging, annals_error *error)
{
    uint32_t count, item = 0, claim = 0;
    int64_t *reports = list_changed(merging, &count);
    annals_status status = ANNALS_OK;
    episodes_init(&merging->episodes, &merging->arena);
    for (uint32_t i = 0; reports != NULL && i < count && status == ANNALS_OK; i++) {
        if (i % TOGETHER == 0)
            status = expect_older(merging, &reports[i], count - i, error);
        if (status == ANNALS_OK && !copy_fresh(merging, reports[i], &item, &claim))
            status = episodes_read(merging->record, reports[i], false, &merging->episodes, error);
    }
    return status;
}

static uint32_t find_placed(const struct placed *placed, uint32_t count, int64_t key)
{
    struct placed wanted = {.key = key};
    const struct placed *found = count > 0 ? bsearch(&wanted, placed, count, sizeof wanted, by_key)
                                           : NULL;
    return found != NULL ? found->episode : NONE;
}

static int by_episode(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

/* Clusters and joins by the numbers of the episodes that are written. */
static void renumber(struct merging *merging)
{
    uint32_t count = merging->episodes.items.count;
    struct placed *placed = arena_new_array(&merging->arena, struct placed, count);
    const struct node *nodes = merging->graph.nodes.items;
    merging->clusters = arena_new_array(&merging->arena, struct cluster, count);
    merging->rewritten = arena_new_array(&merging->arena, bool, count);
    merging->fresh_ones = arena_new_array(&merging->arena, bool, count);
    if (merging->arena.failed)
        return;
    for (uint32_t i = 0; i < count; i++) {
        placed[i] = (struct placed){merging->episodes.items.items[i].claim, i};
        array_init(&merging->clusters[i].members, &merging->arena);
    }
    if (count > 0)
        qsort(placed, count, sizeof *placed, by_key);
    for (uint32_t i = 0; i < merging->made.count; i++) {
        struct cluster cluster = merging->made.items[i];
        for (uint32_t j = 0; j < cluster.members.count; j++) {
            const struct node *node = &nodes[cluster.members.items[j]];
            uint32_t episode = find_placed(placed, count, node->key);
            const struct episode *features = features_of(merging, cluster.members.items[j]);
            if (episode == NONE || features == NULL) {
                keep(merging, STORE_CORRUPT);
                return;
            }
            merging->episodes.items.items[episode] = *features;
            cluster.members.items[j] = episode;
            merging->rewritten[episode] = true;
            merging->fresh_ones[episode] = node->fresh;
        }
        qsort(cluster.members.items, cluster.members.count, sizeof(uint32_t), by_episode);
        merging->clusters[cluster.members.items[0]] = cluster;
    }
    for (uint32_t i = 0; i < merging->joins.count; i++) {
        struct pair join = merging->joins.items[i];
        uint32_t left = find_placed(placed, count, nodes[join.left].key);
        uint32_t right = find_placed(placed, count, nodes[join.right].key);
        bool wanted = left != NONE && right != NONE && merging->rewritten[left];
        struct pair *pair = wanted ? array_push(&merging->joined) : NULL;
        if (pair != NULL)
            *pair = left < right ? (struct pair){left, right, join.score}
                                 : (struct pair){right, left, join.score};
    }
}

/* ------------------------------------------------------------------ the whole */

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
        status = blocks_take(merging, AT_A_TIME, error);
    else
        list_reports(merging);
    if (status == ANNALS_OK && merging->windowed && merging->reports.count == 0)
        return ANNALS_OK;
    if (status == ANNALS_OK)
        status = take_reports(merging, error);
    if (status != ANNALS_OK)
        return status;
    cells_settle(merging);
    change_graph(merging);
    find_clusters(merging);
    keep_changed(merging);
    status = check(merging, error);
    if (status == ANNALS_OK)
        status = gather_episodes(merging, error);
    if (status != ANNALS_OK)
        return status;
    store_clusters(merging);
    cells_keep(merging);
    graph_keep(merging);
    renumber(merging);
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
    array_init(&merging->joins, &merging->arena);
    array_init(&merging->made, &merging->arena);
    array_init(&merging->joined, &merging->arena);
    array_init(&merging->old_events, &merging->arena);
    episodes_init(&merging->fresh, &merging->arena);
}

static annals_status merge(struct merging *merging, bool waits, annals_error *error)
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
    arena_release(&merging->scratch);
    arena_release(&merging->arena);
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
