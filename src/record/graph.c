/* Which episodes resemble each other: the graph whose parts are clustered each by itself.
 *
 * Episodes are joined only along edges, so the clusters of a connected part follow from that part
 * alone, and a new report changes none but the parts that it touches. A part may not be too large,
 * or one report would cost the whole record: where more than so many episodes hang together, only
 * stronger edges count, level by level, until they fall apart. All nodes of a part agree on its level,
 * for each sees the same parts at every level below. */
#include "record/blocks.h"

#include "bytes/hash.h"

#include <math.h>
#include <stdlib.h>

enum { LARGEST = 128 };

static const double thresholds[] = {0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, INFINITY};

double graph_threshold(int8_t level)
{
    return thresholds[level];
}

/* ------------------------------------------------------------------ nodes */

static bool grow_slots(struct merging *merging)
{
    struct graph *graph = &merging->graph;
    uint32_t count = graph->slot_count == 0 ? 1024 : graph->slot_count * 2;
    uint32_t *slots = arena_new_array(&merging->arena, uint32_t, count);
    if (slots == NULL)
        return false;
    for (uint32_t i = 0; i < graph->nodes.count; i++) {
        uint32_t at = (uint32_t)hash_mix((uint64_t)graph->nodes.items[i].key) & (count - 1);
        while (slots[at] != 0)
            at = (at + 1) & (count - 1);
        slots[at] = i + 1;
    }
    graph->slots = slots;
    graph->slot_count = count;
    return true;
}

uint32_t graph_node(struct merging *merging, int64_t key)
{
    struct graph *graph = &merging->graph;
    if (graph->nodes.count * 2 >= graph->slot_count && !grow_slots(merging))
        return NONE;
    uint32_t at = (uint32_t)hash_mix((uint64_t)key) & (graph->slot_count - 1);
    while (graph->slots[at] != 0) {
        if (graph->nodes.items[graph->slots[at] - 1].key == key)
            return graph->slots[at] - 1;
        at = (at + 1) & (graph->slot_count - 1);
    }
    struct node *node = array_push(&graph->nodes);
    if (node == NULL)
        return NONE;
    node->key = key;
    node->level = -1;
    array_init(&node->edges, &merging->arena);
    graph->slots[at] = graph->nodes.count;
    return graph->nodes.count - 1;
}

void graph_mark_dirty(struct merging *merging, uint32_t node)
{
    if (node == NONE || merging->graph.nodes.items[node].dirty)
        return;
    merging->graph.nodes.items[node].dirty = true;
    uint32_t *item = array_push(&merging->dirty);
    if (item != NULL)
        *item = node;
}

/* ------------------------------------------------------------------ edges */

/* An edge as it is kept: the other's key, then the score, ascending by key. */
enum { KEPT_KEY = sizeof(int64_t), KEPT_EDGE = KEPT_KEY + sizeof(float) };

static void add_edge(struct merging *merging, uint32_t from, uint32_t to, float score)
{
    struct edge *edge = array_push(&merging->graph.nodes.items[from].edges);
    if (edge != NULL)
        *edge = (struct edge){to, score};
}

void graph_load(struct merging *merging, uint32_t number)
{
    struct node *node = &merging->graph.nodes.items[number];
    if (node->loaded)
        return;
    node->loaded = true;
    if (!node->fresh && !blocks_hold_node(merging, node->key))
        return;
    struct store_statement *row = node->fresh ? NULL : merging_begin(merging, MERGING_LIKENESSES);
    if (row == NULL)
        return;
    store_bind_int64(row, 1, node->key);
    const char *bytes = merging_step(merging, row) ? store_blob(row, 0) : NULL;
    uint32_t count = bytes != NULL ? (uint32_t)store_bytes(row, 0) / KEPT_EDGE : 0;
    struct edge *edges = arena_new_array(&merging->arena, struct edge, count);
    for (uint32_t i = 0; edges != NULL && i < count; i++, bytes += KEPT_EDGE) {
        int64_t key;
        memcpy(&key, bytes, KEPT_KEY);
        memcpy(&edges[i].score, bytes + KEPT_KEY, sizeof edges[i].score);
        edges[i].node = graph_node(merging, key);
    }
    store_reset(row);
    if (edges == NULL || merging->arena.failed)
        return;
    /* Finding nodes may have moved them. */
    node = &merging->graph.nodes.items[number];
    node->edges.items = edges;
    node->edges.count = node->edges.capacity = count;
}

static void note_change(struct merging *merging, uint32_t number)
{
    struct node *node = &merging->graph.nodes.items[number];
    uint32_t *item = node->changed ? NULL : array_push(&merging->graph.changed);
    node->changed = true;
    if (item != NULL)
        *item = number;
}

/* One half of an edge: what `from`, which is not dirty, knows of `to`. Below 0: nothing any more. */
static void set_half(struct merging *merging, uint32_t from, uint32_t to, float score)
{
    graph_load(merging, from);
    struct node *node = &merging->graph.nodes.items[from];
    uint32_t at = 0;
    while (at < node->edges.count && node->edges.items[at].node != to)
        at++;
    note_change(merging, from);
    if (at == node->edges.count) {
        if (score >= 0)
            add_edge(merging, from, to, score);
    } else if (score >= 0) {
        node->edges.items[at].score = score;
    } else {
        node->edges.items[at] = node->edges.items[--node->edges.count];
    }
}

struct change *graph_changes(struct merging *merging, struct arena *arena, uint32_t number,
                             const struct edge *edges, uint32_t count, uint32_t *changed)
{
    struct graph *graph = &merging->graph;
    const struct node *node = &graph->nodes.items[number];
    uint32_t visit = ++graph->visits;
    struct change *changes = arena_new_array(arena, struct change, node->edges.count + count);
    *changed = 0;
    for (uint32_t i = 0; i < count; i++) {
        graph->nodes.items[edges[i].node].visit = visit;
        graph->nodes.items[edges[i].node].position = i;
    }
    for (uint32_t i = 0; changes != NULL && i < node->edges.count; i++) {
        struct edge old = node->edges.items[i];
        struct node *other = &graph->nodes.items[old.node];
        float score = other->visit == visit ? edges[other->position].score : -1;
        other->visit = other->visit == visit ? 0 : other->visit;
        if (score != old.score)
            changes[(*changed)++] = (struct change){old.node, old.score, score};
    }
    for (uint32_t i = 0; changes != NULL && i < count; i++)
        if (graph->nodes.items[edges[i].node].visit == visit)
            changes[(*changed)++] = (struct change){edges[i].node, -1, edges[i].score};
    return changes;
}

/* The others learn what changes of a node's edges; those of `edges` come instead. */
static void tell_others(struct merging *merging, uint32_t number, const struct edge *edges,
                        uint32_t count)
{
    uint32_t changed;
    const struct change *changes =
        graph_changes(merging, &merging->scratch, number, edges, count, &changed);
    if (changed > 0)
        note_change(merging, number);
    for (uint32_t i = 0; i < changed; i++)
        if (!merging->graph.nodes.items[changes[i].node].dirty)
            set_half(merging, changes[i].node, number, changes[i].after);
    merging_forget(merging);
}

void graph_set_edges(struct merging *merging, struct edge *edges, const uint32_t *first)
{
    for (uint32_t i = 0; i < merging->dirty.count && !merging->arena.failed; i++) {
        uint32_t number = merging->dirty.items[i], count = first[i + 1] - first[i];
        tell_others(merging, number, edges + first[i], count);
        struct node *node = &merging->graph.nodes.items[number];
        node->edges.items = edges + first[i];
        node->edges.count = node->edges.capacity = count;
    }
}

/* ------------------------------------------------------------------ keeping them */

struct keyed {
    int64_t key;
    uint32_t node;
    float score;
};

static int by_key(const void *left, const void *right)
{
    int64_t a = ((const struct keyed *)left)->key, b = ((const struct keyed *)right)->key;
    return (a > b) - (a < b);
}

static void keep_edges(struct merging *merging, uint32_t number)
{
    struct arena *scratch = &merging->scratch;
    const struct node *nodes = merging->graph.nodes.items, *node = &nodes[number];
    uint32_t count = node->edges.count;
    struct keyed *keyed = arena_new_array(scratch, struct keyed, count);
    char *bytes = arena_allocate(scratch, (size_t)count * KEPT_EDGE), *at = bytes;
    struct store_statement *row =
        merging_begin(merging, count > 0 ? MERGING_SET_LIKENESSES : MERGING_DROP_LIKENESSES);
    if (keyed == NULL || bytes == NULL || row == NULL)
        return;
    for (uint32_t i = 0; i < count; i++)
        keyed[i] = (struct keyed){nodes[node->edges.items[i].node].key, 0,
                                  node->edges.items[i].score};
    if (count > 0)
        qsort(keyed, count, sizeof *keyed, by_key);
    for (uint32_t i = 0; i < count; i++, at += KEPT_EDGE) {
        memcpy(at, &keyed[i].key, KEPT_KEY);
        memcpy(at + KEPT_KEY, &keyed[i].score, sizeof keyed[i].score);
    }
    store_bind_int64(row, 1, node->key);
    if (count > 0)
        store_bind_lasting_blob(row, 2, bytes, (uint64_t)count * KEPT_EDGE);
    merging_finish(merging, row);
}

void graph_keep(struct merging *merging)
{
    uint32_t count = merging->graph.changed.count;
    struct keyed *changed = arena_new_array(&merging->arena, struct keyed, count);
    for (uint32_t i = 0; changed != NULL && i < count; i++) {
        uint32_t number = merging->graph.changed.items[i];
        changed[i] = (struct keyed){merging->graph.nodes.items[number].key, number, 0};
    }
    if (changed != NULL && count > 0)
        qsort(changed, count, sizeof *changed, by_key);
    for (uint32_t i = 0; changed != NULL && i < count; i++) {
        keep_edges(merging, changed[i].node);
        merging_forget(merging);
    }
}

/* ------------------------------------------------------------------ connected parts */

static uint32_t spread(struct merging *merging, uint32_t *found, uint32_t start, double threshold)
{
    uint32_t count = 1, visit = ++merging->graph.visits;
    found[0] = start;
    merging->graph.nodes.items[start].visit = visit;
    for (uint32_t i = 0; i < count; i++) {
        graph_load(merging, found[i]);
        for (uint32_t j = 0; j < merging->graph.nodes.items[found[i]].edges.count; j++) {
            struct edge edge = merging->graph.nodes.items[found[i]].edges.items[j];
            struct node *other = &merging->graph.nodes.items[edge.node];
            if ((double)edge.score < threshold || other->visit == visit)
                continue;
            if (count == LARGEST)
                return LARGEST + 1;
            other->visit = visit;
            found[count++] = edge.node;
        }
    }
    return count;
}

uint32_t *graph_component(struct merging *merging, struct arena *scratch, uint32_t start,
                          uint32_t *count, int8_t *level)
{
    uint32_t *found = arena_new_array(scratch, uint32_t, LARGEST);
    struct keyed *keyed = arena_new_array(scratch, struct keyed, LARGEST);
    *count = 0;
    if (found == NULL || keyed == NULL)
        return NULL;
    /* Mostly all of it is small. Else from above: at the top each stands alone, and of the larger
     * parts one at most is too large. */
    *level = 0;
    *count = spread(merging, found, start, thresholds[0]);
    if (*count > LARGEST) {
        *level = sizeof thresholds / sizeof thresholds[0] - 1;
        while (spread(merging, found, start, thresholds[*level - 1]) <= LARGEST)
            --*level;
        *count = spread(merging, found, start, thresholds[*level]);
    }
    for (uint32_t i = 0; i < *count; i++)
        keyed[i] = (struct keyed){merging->graph.nodes.items[found[i]].key, found[i], 0};
    qsort(keyed, *count, sizeof *keyed, by_key);
    for (uint32_t i = 0; i < *count; i++)
        found[i] = keyed[i].node;
    return found;
}
