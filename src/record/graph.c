/* Which episodes resemble each other: the graph whose parts are clustered each by itself.
 *
 * Episodes are joined only along edges, so the clusters of a connected part follow from that part
 * alone, and a new report changes none but the parts that it touches. A part may not be too large,
 * or one report would cost the whole record: where more than so many episodes hang together, only
 * stronger edges count, level by level, until they fall apart. All nodes of a part agree on its level,
 * for each sees the same parts at every level below. */
#include "record/merging.h"

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

static void add_edge(struct merging *merging, uint32_t from, uint32_t to, double score)
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
    struct store_statement *row = node->fresh ? NULL : merging_begin(merging, MERGING_LIKENESSES);
    if (row == NULL)
        return;
    store_bind_int64(row, 1, node->key);
    while (merging_step(merging, row)) {
        uint32_t other = graph_node(merging, store_int64(row, 0));
        if (other != NONE)
            add_edge(merging, number, other, store_double(row, 1));
    }
    store_reset(row);
}

static uint32_t find_edge(const struct node *node, uint32_t other)
{
    for (uint32_t i = 0; i < node->edges.count; i++)
        if (node->edges.items[i].node == other)
            return i;
    return NONE;
}

static void store_edge(struct merging *merging, const struct node *from, const struct node *to,
                       double score)
{
    struct store_statement *row = merging_begin(merging, MERGING_SET_LIKENESS);
    if (row == NULL)
        return;
    store_bind_int64(row, 1, from->key);
    store_bind_int64(row, 2, to->key);
    store_bind_double(row, 3, score);
    merging_finish(merging, row);
}

static void drop_half(struct merging *merging, uint32_t from, uint32_t to)
{
    struct node *node = &merging->graph.nodes.items[from];
    uint32_t at = find_edge(node, to);
    struct store_statement *row = at != NONE ? merging_begin(merging, MERGING_DROP_LIKENESS) : NULL;
    if (row == NULL)
        return;
    node->edges.items[at] = node->edges.items[--node->edges.count];
    store_bind_int64(row, 1, node->key);
    store_bind_int64(row, 2, merging->graph.nodes.items[to].key);
    merging_finish(merging, row);
}

static bool holds(const struct edge *edges, uint32_t count, uint32_t node)
{
    for (uint32_t i = 0; i < count; i++)
        if (edges[i].node == node)
            return true;
    return false;
}

void graph_set_edges(struct merging *merging, uint32_t number, const struct edge *edges,
                     uint32_t count)
{
    graph_load(merging, number);
    for (uint32_t i = merging->graph.nodes.items[number].edges.count; i > 0; i--) {
        uint32_t other = merging->graph.nodes.items[number].edges.items[i - 1].node;
        if (holds(edges, count, other))
            continue;
        graph_load(merging, other);
        drop_half(merging, number, other);
        drop_half(merging, other, number);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t other = edges[i].node;
        graph_load(merging, other);
        const struct node *nodes = merging->graph.nodes.items;
        uint32_t at = find_edge(&nodes[number], other);
        if (at != NONE && nodes[number].edges.items[at].score == edges[i].score)
            continue;
        store_edge(merging, &nodes[number], &nodes[other], edges[i].score);
        store_edge(merging, &nodes[other], &nodes[number], edges[i].score);
        if (at != NONE) {
            struct node *node = &merging->graph.nodes.items[number];
            struct node *far = &merging->graph.nodes.items[other];
            node->edges.items[at].score = edges[i].score;
            far->edges.items[find_edge(far, number)].score = edges[i].score;
        } else {
            add_edge(merging, number, other, edges[i].score);
            add_edge(merging, other, number, edges[i].score);
        }
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
            if (edge.score < threshold || other->visit == visit)
                continue;
            if (count == LARGEST)
                return LARGEST + 1;
            other->visit = visit;
            found[count++] = edge.node;
        }
    }
    return count;
}

struct keyed {
    int64_t key;
    uint32_t node;
};

static int by_key(const void *left, const void *right)
{
    int64_t a = ((const struct keyed *)left)->key, b = ((const struct keyed *)right)->key;
    return (a > b) - (a < b);
}

uint32_t *graph_component(struct merging *merging, struct arena *scratch, uint32_t start,
                          uint32_t *count, int8_t *level)
{
    uint32_t *found = arena_new_array(scratch, uint32_t, LARGEST);
    struct keyed *keyed = arena_new_array(scratch, struct keyed, LARGEST);
    *count = 0;
    /* From above: at the top each stands alone, and of the larger parts one at most is too large. */
    *level = sizeof thresholds / sizeof thresholds[0] - 1;
    if (found == NULL || keyed == NULL)
        return NULL;
    while (*level > 0 && spread(merging, found, start, thresholds[*level - 1]) <= LARGEST)
        --*level;
    *count = spread(merging, found, start, thresholds[*level]);
    for (uint32_t i = 0; i < *count; i++)
        keyed[i] = (struct keyed){merging->graph.nodes.items[found[i]].key, found[i]};
    qsort(keyed, *count, sizeof *keyed, by_key);
    for (uint32_t i = 0; i < *count; i++)
        found[i] = keyed[i].node;
    return found;
}
