/* Which parts of the graph new reports change; clusters these anew, and no others.
 *
 * Of each edge that comes or goes it is asked whether it can change the part of its ends: an edge below
 * the threshold at which a part holds together joins nothing, and one that goes below the next lower
 * threshold leaves the part as large as it was. So an episode that resembles many of all times a
 * little (a report without a date, say) costs nothing where it changes nothing. Parts with such an end
 * are taken as they are before and as they are after; a part that then agrees in level and edges
 * with what it was keeps its clusters. */
#include "record/merging.h"

#include <math.h>
#include <stdlib.h>

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
    uint32_t count;
    int8_t level;
    const struct node *node = &merging->graph.nodes.items[number];
    if (node->affected)
        return;
    if (node->fresh) {
        affect(merging, number, 0);
        return;
    }
    uint32_t *part = graph_component(merging, &merging->scratch, number, &count, &level);
    for (uint32_t i = 0; part != NULL && i < count; i++)
        affect(merging, part[i], level);
    merging_forget(merging);
}

/* The level of the node's part before; -1 where it had none. */
static int8_t level_of(struct merging *merging, uint32_t number)
{
    const struct node *node = &merging->graph.nodes.items[number];
    if (node->level < 0 && !node->fresh)
        features_of(merging, number);
    return node->level;
}

/* An edge at the node comes, goes or changes (-1: there is none). A part of level l is what edges from
 * its threshold on hold together, and at the level below too much hangs together. */
static void stir(struct merging *merging, uint32_t number, float before, float after)
{
    if (merging->graph.nodes.items[number].stirred)
        return;
    int8_t level = level_of(merging, number);
    if (level >= 0 && (double)after < graph_threshold(level) &&
        (double)before < graph_threshold(level > 0 ? (int8_t)(level - 1) : 0))
        return;
    merging->graph.nodes.items[number].stirred = true;
    affect_part(merging, number);
}

/* Whoever stood beside an episode that goes may stand in its event. */
static void touch_around(struct merging *merging, uint32_t number)
{
    for (uint32_t i = 0; i < merging->graph.nodes.items[number].edges.count; i++) {
        uint32_t other = merging->graph.nodes.items[number].edges.items[i].node;
        merging->graph.nodes.items[other].touched = true;
        stir(merging, other, INFINITY, INFINITY);
    }
}

static void stir_around(struct merging *merging, uint32_t number, const struct edge *edges,
                        uint32_t count)
{
    struct arena changes;
    uint32_t changed;
    arena_init(&changes);
    graph_load(merging, number);
    const struct change *change =
        graph_changes(merging, &changes, number, edges, count, &changed);
    const struct node *node = &merging->graph.nodes.items[number];
    if (node->unwritten || node->gone)
        stir(merging, number, INFINITY, INFINITY);
    for (uint32_t i = 0; change != NULL && i < changed; i++) {
        stir(merging, number, change[i].before, change[i].after);
        stir(merging, change[i].node, change[i].before, change[i].after);
    }
    if (merging->graph.nodes.items[number].gone)
        touch_around(merging, number);
    merging->arena.failed = merging->arena.failed || changes.failed;
    arena_release(&changes);
}

/* ------------------------------------------------------------------ changing the graph */

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

/* Finds whom the dirty nodes resemble; then the parts as they are before; then changes the graph. */
void parts_change(struct merging *merging)
{
    uint32_t count = merging->dirty.count;
    struct likenesses found;
    array_init(&found.items, &merging->arena);
    uint32_t *first = arena_new_array(&merging->arena, uint32_t, count + 1);
    cells_find_alike(merging, merging->dirty.items, count, &found);
    displaced_find_alike(merging, merging->dirty.items, count, &found);
    merging_expect_parts(merging, &found);
    struct edge *edges = first != NULL && !merging->arena.failed
                             ? list_edges(merging, &found, first)
                             : NULL;
    for (uint32_t i = 0; edges != NULL && i < count && merging->code == STORE_OK; i++)
        stir_around(merging, merging->dirty.items[i], edges + first[i], first[i + 1] - first[i]);
    if (edges != NULL && merging->code == STORE_OK && !merging->arena.failed)
        graph_set_edges(merging, edges, first);
}

/* ------------------------------------------------------------------ clusters */

/* Is the part, as it is now, what it was before? See stir: whoever's part is another has another level,
 * or an end of an edge that made the difference stands in it. */
static bool is_as_before(struct merging *merging, const uint32_t *part, uint32_t count, int8_t level)
{
    for (uint32_t i = 0; i < count; i++)
        if (merging->graph.nodes.items[part[i]].stirred || level_of(merging, part[i]) != level)
            return false;
    return true;
}

static void settle(struct merging *merging, const uint32_t *part, uint32_t count, int8_t level)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct episode *features = features_of(merging, part[i]);
        struct node *node = &merging->graph.nodes.items[part[i]];
        node->cluster = node->unwritten || features == NULL ? 0 : node->cluster;
        node->level_now = level;
        uint32_t *item = array_push(&merging->settled);
        if (item != NULL)
            *item = part[i];
    }
    uint32_t made = merging->made.count, joins = merging->joins.count;
    clusters_find(merging, part, count, level);
    struct node *nodes = merging->graph.nodes.items;
    for (; made < merging->made.count; made++) {
        struct cluster *cluster = &merging->made.items[made];
        cluster->first_join = joins;
        cluster->end_of_joins = merging->joins.count;
        /* Members ascend by key: the first lends its own. */
        for (uint32_t i = 0; i < cluster->members.count; i++)
            nodes[cluster->members.items[i]].settled = nodes[cluster->members.items[0]].key;
    }
}

static void find_clusters(struct merging *merging)
{
    struct arena scratch;
    arena_init(&scratch);
    merging_expect_features(merging, merging->affected.items, merging->affected.count);
    for (uint32_t i = 0; i < merging->affected.count && !merging->arena.failed; i++) {
        uint32_t number = merging->affected.items[i], count;
        int8_t level;
        struct node *node = &merging->graph.nodes.items[number];
        if (node->gone || node->clustered)
            continue;
        uint32_t *part = graph_component(merging, &scratch, number, &count, &level);
        for (uint32_t j = 0; part != NULL && j < count; j++)
            merging->graph.nodes.items[part[j]].clustered = true;
        if (part != NULL && !is_as_before(merging, part, count, level))
            settle(merging, part, count, level);
        merging->arena.failed = merging->arena.failed || part == NULL;
        arena_reset(&scratch);
    }
    arena_release(&scratch);
}

/* ------------------------------------------------------------------ which are new */

static int by_number(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* How many nodes stood in a cluster before: `clusters` sorted. */
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

/* Two episodes that were joined, the smaller key first. */
struct joint {
    int64_t low, high;
};

static int by_joint(const void *left, const void *right)
{
    const struct joint *a = left, *b = right;
    if (a->low != b->low)
        return a->low < b->low ? -1 : 1;
    return (a->high > b->high) - (a->high < b->high);
}

static struct joint joint_of(int64_t left, int64_t right)
{
    return left < right ? (struct joint){left, right} : (struct joint){right, left};
}

/* Are the cluster's joins those that the record has? A tree: one fewer than its members. */
static bool has_same_joins(struct merging *merging, const struct cluster *cluster)
{
    const struct node *nodes = merging->graph.nodes.items;
    uint32_t count = cluster->members.count, made = 0, kept = 0;
    struct joint *joints = arena_new_array(&merging->scratch, struct joint, count);
    struct joint *old = arena_new_array(&merging->scratch, struct joint, count);
    if (joints == NULL || old == NULL)
        return false;
    int64_t key = nodes[cluster->members.items[0]].key;
    for (uint32_t i = cluster->first_join; i < cluster->end_of_joins && made < count; i++) {
        struct pair join = merging->joins.items[i];
        if (nodes[join.left].settled == key)
            joints[made++] = joint_of(nodes[join.left].key, nodes[join.right].key);
    }
    for (uint32_t i = 0; i < cluster->members.count; i++) {
        struct store_statement *row = merging_begin(merging, MERGING_JOINS_OF);
        if (row == NULL)
            return false;
        int64_t claim = nodes[cluster->members.items[i]].key;
        store_bind_int64(row, 1, claim);
        while (merging_step(merging, row) && kept < count)
            old[kept++] = joint_of(claim, store_int64(row, 0));
        store_reset(row);
    }
    if (made != kept)
        return false;
    qsort(joints, made, sizeof *joints, by_joint);
    qsort(old, kept, sizeof *old, by_joint);
    for (uint32_t i = 0; i < made; i++)
        if (by_joint(&joints[i], &old[i]) != 0)
            return false;
    return true;
}

/* `before`: the clusters in which the settled nodes stood, sorted. */
static bool is_changed(struct merging *merging, const struct cluster *cluster,
                       const int64_t *before, uint32_t count)
{
    const struct node *nodes = merging->graph.nodes.items;
    int64_t old = nodes[cluster->members.items[0]].cluster;
    bool stirred = false;
    if (old == 0 || count_of(before, count, old) != cluster->members.count)
        return true;
    for (uint32_t i = 0; i < cluster->members.count; i++) {
        const struct node *node = &nodes[cluster->members.items[i]];
        if (node->touched || node->cluster != old)
            return true;
        stirred = stirred || node->stirred || node->level != node->level_now;
    }
    /* The same members may be joined by other pairs. */
    return stirred && !has_same_joins(merging, cluster);
}

/* Keeps the clusters that are not as they were. */
static void keep_changed(struct merging *merging)
{
    uint32_t count = 0, kept = 0;
    const struct node *nodes = merging->graph.nodes.items;
    int64_t *before = arena_new_array(&merging->arena, int64_t,
                                      merging->settled.count + merging->affected.count);
    if (before == NULL)
        return;
    for (uint32_t i = 0; i < merging->settled.count; i++)
        before[count++] = nodes[merging->settled.items[i]].cluster;
    for (uint32_t i = 0; i < merging->affected.count; i++)
        if (nodes[merging->affected.items[i]].gone)
            before[count++] = nodes[merging->affected.items[i]].cluster;
    if (count > 0)
        qsort(before, count, sizeof *before, by_number);
    for (uint32_t i = 0; i < merging->made.count; i++) {
        struct cluster *cluster = &merging->made.items[i];
        if (is_changed(merging, cluster, before, count))
            merging->made.items[kept++] = *cluster;
        merging_forget(merging);
    }
    merging->made.count = kept;
}

void parts_cluster(struct merging *merging)
{
    find_clusters(merging);
    keep_changed(merging);
}

/* ------------------------------------------------------------------ keeping them */

struct numbered {
    int64_t key;
    uint32_t node;
};

static int by_key(const void *left, const void *right)
{
    int64_t a = ((const struct numbered *)left)->key, b = ((const struct numbered *)right)->key;
    return (a > b) - (a < b);
}

void parts_keep(struct merging *merging)
{
    const struct node *nodes = merging->graph.nodes.items;
    uint32_t count = 0;
    struct numbered *changed =
        arena_new_array(&merging->arena, struct numbered, merging->settled.count);
    for (uint32_t i = 0; changed != NULL && i < merging->settled.count; i++) {
        const struct node *node = &nodes[merging->settled.items[i]];
        if (!node->unwritten &&
            (node->cluster != node->settled || node->level != node->level_now))
            changed[count++] = (struct numbered){node->key, merging->settled.items[i]};
    }
    if (changed != NULL && count > 0)
        qsort(changed, count, sizeof *changed, by_key);
    for (uint32_t i = 0; changed != NULL && i < count; i++) {
        const struct node *node = &nodes[changed[i].node];
        struct store_statement *row = merging_begin(merging, MERGING_SET_CLUSTER);
        if (row == NULL)
            return;
        store_bind_int64(row, 1, node->key);
        store_bind_int64(row, 2, node->settled);
        store_bind_int64(row, 3, node->level_now);
        merging_finish(merging, row);
    }
    /* Whoever is new is in one of the clusters that changed. */
    for (uint32_t i = 0; i < merging->fresh.items.count; i++) {
        const struct episode *episode = &merging->fresh.items.items[i];
        features_keep(merging, episode, &nodes[graph_node(merging, episode->claim)]);
    }
}
