/* What merging will ask, asked for all at once where each question is a way to a server and back
 * (store_ahead). On a file nothing is done here, and nothing follows from it but time: each answer
 * is the one that the question itself would get. */
#include "record/blocks.h"

#include <stdlib.h>

static void keep(struct merging *merging, int code)
{
    if (merging->code == STORE_OK && code != STORE_OK)
        merging->code = code;
}

void merging_expect(struct merging *merging, enum merging_statement statement, const int64_t *keys,
                    uint32_t count)
{
    if (count == 0 || keys == NULL || !store_is_far(merging->record->database))
        return;
    struct store_statement *row = merging_begin(merging, statement);
    if (row != NULL)
        keep(merging, store_ahead(row, keys, count));
}

void merging_expect_cells(struct merging *merging, const int64_t *keys, uint32_t count,
                          int64_t limit)
{
    struct store_statement *row = count > 0 ? merging_begin(merging, MERGING_CELL) : NULL;
    if (row == NULL)
        return;
    store_bind_int64(row, 2, limit);
    keep(merging, store_ahead(row, keys, count));
}

/* ------------------------------------------------------------------ nodes */

typedef bool is_wanted(const struct node *node);

static bool wants_features(const struct node *node)
{
    return node->features == NULL;
}

static bool wants_edges(const struct node *node)
{
    return !node->loaded && !node->fresh;
}

static void expect_of(struct merging *merging, enum merging_statement statement, is_wanted *wanted,
                      const uint32_t *nodes, uint32_t count)
{
    uint32_t kept = 0;
    if (count == 0 || !store_is_far(merging->record->database))
        return;
    int64_t *keys = malloc(count * sizeof *keys);
    for (uint32_t i = 0; keys != NULL && i < count; i++)
        if (wanted(&merging->graph.nodes.items[nodes[i]]) &&
            blocks_hold_node(merging, merging->graph.nodes.items[nodes[i]].key))
            keys[kept++] = merging->graph.nodes.items[nodes[i]].key;
    if (keys == NULL)
        keep(merging, STORE_NOMEM);
    merging_expect(merging, statement, keys, kept);
    free(keys);
}

void merging_expect_features(struct merging *merging, const uint32_t *nodes, uint32_t count)
{
    expect_of(merging, MERGING_KEPT, wants_features, nodes, count);
}

void merging_expect_edges(struct merging *merging, const uint32_t *nodes, uint32_t count)
{
    expect_of(merging, MERGING_LIKENESSES, wants_edges, nodes, count);
}

/* ------------------------------------------------------------------ parts of the graph */

struct wave {
    ARRAY(uint32_t) nodes;
};

static void add_node(struct wave *wave, uint32_t number)
{
    uint32_t *item = array_push(&wave->nodes);
    if (item != NULL)
        *item = number;
}

/* Takes in the edges of a wave's nodes, and gives those at their other ends that are not at hand.
 */
static void take_wave(struct merging *merging, const struct wave *wave, struct wave *next)
{
    expect_of(merging, MERGING_KEPT, wants_features, wave->nodes.items, wave->nodes.count);
    expect_of(merging, MERGING_LIKENESSES, wants_edges, wave->nodes.items, wave->nodes.count);
    for (uint32_t i = 0; i < wave->nodes.count && merging->code == STORE_OK; i++) {
        graph_load(merging, wave->nodes.items[i]);
        const struct node *node = &merging->graph.nodes.items[wave->nodes.items[i]];
        for (uint32_t j = 0; j < node->edges.count; j++)
            if (wants_edges(&merging->graph.nodes.items[node->edges.items[j].node]))
                add_node(next, node->edges.items[j].node);
    }
}

void merging_expect_parts(struct merging *merging, const struct likenesses *found)
{
    enum { WAVES = 2 }; /* only what changes spreads further */
    struct arena arena;
    struct wave wave, next;
    if (!store_is_far(merging->record->database))
        return;
    arena_init(&arena);
    array_init(&wave.nodes, &arena);
    for (uint32_t i = 0; i < merging->dirty.count; i++)
        add_node(&wave, merging->dirty.items[i]);
    for (uint32_t i = 0; i < found->items.count; i++)
        add_node(&wave, found->items.items[i].to);
    for (int i = 0; i < WAVES && wave.nodes.count > 0; i++) {
        array_init(&next.nodes, &arena);
        take_wave(merging, &wave, &next);
        wave = next;
    }
    if (arena.failed)
        keep(merging, STORE_NOMEM);
    arena_release(&arena);
}
