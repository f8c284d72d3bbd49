/* Finds whom an episode still resembles that new ones have pushed out of the first of a cell.
 *
 * It was compared with all others of that cell, and is now compared with its first alone (cells.c).
 * So of the old ones it can lose some and gains none, and the new ones find it themselves: of each
 * of its edges it is asked whether the two are candidates still. The score is the one that is kept,
 * for it follows from the two alone. That costs a few cells where looking for candidates anew would
 * read all cells of the episode and the features of all that stand in them. */
#include "record/blocks.h"
#include "record/cells.h"

/* ------------------------------------------------------------------ whether two are candidates */

/* Two episodes, and the cells by which the one might find the other. */
struct meeting {
    const struct episode *near, *far;
    struct cell_use
        uses[CELL_USES]; /* of the first; `beside` is the cell in which the other stands */
    uint32_t count;
};

/* The same word or place, in one cell or in two that lie beside each other. */
static bool meet(const struct cell_use *near, const struct cell_use *far)
{
    return near->kind == far->kind && (uint32_t)near->cell == (uint32_t)far->cell &&
           (near->cell == far->cell || near->beside == far->cell);
}

static void list_meetings(const struct episode *near, const struct episode *far,
                          struct meeting *meeting)
{
    struct cell_use mine[CELL_USES], others[CELL_USES];
    uint32_t count = cells_list_uses(near, mine), other_count = cells_list_uses(far, others);
    *meeting = (struct meeting){.near = near, .far = far};
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < other_count; j++)
            if (meet(&mine[i], &others[j]) &&
                cells_in_reach(mine[i].kind, near->published, far->published)) {
                meeting->uses[meeting->count++] =
                    (struct cell_use){mine[i].cell, others[j].cell, mine[i].kind};
                break;
            }
}

/* Timeless cells bring together their first alone. */
static bool shares_timeless(struct merging *merging, const struct meeting *meeting, int64_t key)
{
    struct cell *cell = cells_rows_of(merging, key, false);
    if (cell == NULL || !cells_have_first(cell, meeting->near))
        return false;
    cells_hold_timeless(merging, cell);
    return cells_have_first(cell, meeting->near) && cells_have_first(cell, meeting->far) &&
           !cells_are_idle(cell);
}

static bool shares(struct merging *merging, const struct meeting *meeting,
                   const struct cell_use *use)
{
    if (use->kind == TIMELESS_WORD)
        return shares_timeless(merging, meeting, use->cell);
    const struct cell *cell = cells_rows_of(merging, use->cell, false);
    if (cell != NULL && cells_have_first(cell, meeting->near))
        return true;
    cell = cells_rows_of(merging, use->beside, false);
    return cell != NULL && cells_have_first(cell, meeting->far);
}

static bool are_candidates(struct merging *merging, const struct meeting *meeting)
{
    uint32_t shared = 0;
    for (uint32_t i = 0; i < meeting->count && shared < ENOUGH; i++)
        if (shares(merging, meeting, &meeting->uses[i]))
            shared += meeting->uses[i].kind == OF_WORD || meeting->uses[i].kind == TIMELESS_WORD
                          ? 1
                          : ENOUGH;
    return shared >= ENOUGH;
}

/* ------------------------------------------------------------------ the edges of one */

/* Is the edge to be looked at? Who looks for candidates himself finds it from the other end. */
static bool is_open(const struct merging *merging, uint32_t other)
{
    const struct node *node = &merging->graph.nodes.items[other];
    return node->dirty ? node->displaced && !node->searched : true;
}

/* On a server: all that will be read of the nodes and of those at the other ends of their edges. */
static void expect_edges(struct merging *merging, const uint32_t *nodes, uint32_t count,
                         struct arena *arena)
{
    ARRAY(uint32_t) others;
    struct cell_keys keys;
    if (!store_is_far(merging->record->database))
        return;
    array_init(&others, arena);
    array_init(&keys.items, arena);
    merging_expect_features(merging, nodes, count);
    merging_expect_edges(merging, nodes, count);
    for (uint32_t i = 0; i < count; i++) {
        graph_load(merging, nodes[i]);
        const struct node *node = &merging->graph.nodes.items[nodes[i]];
        for (uint32_t j = 0; j < node->edges.count; j++) {
            uint32_t *item =
                is_open(merging, node->edges.items[j].node) ? array_push(&others) : NULL;
            if (item != NULL)
                *item = node->edges.items[j].node;
        }
    }
    merging_expect_features(merging, others.items, others.count);
    for (uint32_t i = 0; i < count && merging->code == STORE_OK; i++) {
        struct cell_use uses[CELL_USES];
        const struct episode *episode = features_of(merging, nodes[i]);
        uint32_t many = episode != NULL ? cells_list_uses(episode, uses) : 0;
        for (uint32_t j = 0; j < many; j++) {
            cells_expect(merging, &keys, uses[j].cell);
            cells_expect(merging, &keys, uses[j].beside);
        }
    }
    merging_expect_cells(merging, keys.items.items, keys.items.count, FIRST + 1);
}

static void keep_edges(struct merging *merging, uint32_t number, struct likenesses *found)
{
    struct meeting meeting;
    graph_load(merging, number);
    const struct episode *near = features_of(merging, number);
    const struct edge *edges = merging->graph.nodes.items[number].edges.items;
    uint32_t count = near != NULL ? merging->graph.nodes.items[number].edges.count : 0;
    for (uint32_t i = 0; i < count && merging->code == STORE_OK; i++) {
        const struct episode *far =
            is_open(merging, edges[i].node) ? features_of(merging, edges[i].node) : NULL;
        if (far == NULL)
            continue;
        list_meetings(near, far, &meeting);
        struct likeness *likeness =
            are_candidates(merging, &meeting) ? array_push(&found->items) : NULL;
        if (likeness != NULL)
            *likeness = (struct likeness){number, edges[i].node, edges[i].score};
    }
    merging->graph.nodes.items[number].searched = true;
}

void displaced_find_alike(struct merging *merging, const uint32_t *nodes, uint32_t count,
                          struct likenesses *found)
{
    enum { TOGETHER = 200 };
    struct arena arena;
    uint32_t batch[TOGETHER], many = 0;
    arena_init(&arena);
    for (uint32_t i = 0; i < count && merging->code == STORE_OK; i++) {
        if (merging->graph.nodes.items[nodes[i]].displaced)
            batch[many++] = nodes[i];
        if (many == 0 || (many < TOGETHER && i + 1 < count))
            continue;
        expect_edges(merging, batch, many, &arena);
        for (uint32_t j = 0; j < many && merging->code == STORE_OK; j++)
            keep_edges(merging, batch[j], found);
        many = 0;
        merging->arena.failed = merging->arena.failed || arena.failed;
        arena_reset(&arena);
    }
    arena_release(&arena);
}
