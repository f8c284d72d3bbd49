/* Finds the episodes that may tell of the same happening, by the cells that they share (cells.c),
 * and scores each pair (resemblance.c).
 *
 * An episode looks into its cells and those beside; two that share a place or two words are
 * candidates. Where a record lies on a server, the cells of some two hundred episodes are asked for
 * together. */
#include "record/cells.h"

struct counting {
    struct merging *merging;
    const struct episode *episode;
    ARRAY(uint32_t) touched;
};

static void count_rows(struct counting *counting, const struct cell *cell, enum cell_kind kind,
                       bool whole)
{
    const struct episode *episode = counting->episode;
    uint32_t count = cell == NULL ? 0 : whole || cell->count < FIRST ? cell->count : FIRST;
    for (uint32_t i = 0; i < count; i++) {
        struct posting *posting = &cell->rows[i];
        /* The first 40 bits are the report's. */
        if (posting->episode >> 23 == episode->claim >> 23 ||
            !cells_in_reach(kind, episode->published, posting->published))
            continue;
        if (posting->node == NONE)
            posting->node = graph_node(counting->merging, posting->episode);
        if (posting->node == NONE)
            return;
        struct node *node = &counting->merging->graph.nodes.items[posting->node];
        uint32_t *item = node->shares == 0 ? array_push(&counting->touched) : NULL;
        if (item != NULL)
            *item = posting->node;
        if (node->shares < 100)
            node->shares += kind == OF_WORD || kind == TIMELESS_WORD ? 1 : ENOUGH;
    }
}

static void count_shares(struct counting *counting)
{
    struct cell_use uses[CELL_USES];
    uint32_t count = cells_list_uses(counting->episode, uses);
    for (uint32_t i = 0; i < count; i++) {
        struct cell *cell = cells_rows_of(counting->merging, uses[i].cell, false);
        if (cell == NULL)
            return;
        bool first = cells_have_first(cell, counting->episode);
        /* Timeless cells grow as long as the record does: there the first see each other alone. */
        if (uses[i].kind == TIMELESS_WORD) {
            if (first)
                cells_hold_timeless(counting->merging, cell);
            if (cells_have_first(cell, counting->episode) && !cells_are_idle(cell))
                count_rows(counting, cell, TIMELESS_WORD, false);
            continue;
        }
        if (first)
            cell = cells_rows_of(counting->merging, uses[i].cell, true);
        count_rows(counting, cell, uses[i].kind, first);
        if (uses[i].beside != 0)
            count_rows(counting, cells_rows_of(counting->merging, uses[i].beside, first),
                       uses[i].kind, first);
    }
}

/* The cells that the nodes look into, and those beside, where they are not at hand. */
static void expect_cells(struct merging *merging, const uint32_t *nodes, uint32_t count)
{
    struct arena arena;
    struct cell_keys keys;
    struct cell_use uses[CELL_USES];
    if (!store_is_far(merging->record->database))
        return;
    merging_expect_features(merging, nodes, count);
    arena_init(&arena);
    array_init(&keys.items, &arena);
    for (uint32_t i = 0; i < count; i++) {
        const struct episode *episode =
            merging->graph.nodes.items[nodes[i]].displaced ? NULL : features_of(merging, nodes[i]);
        uint32_t many = episode != NULL ? cells_list_uses(episode, uses) : 0;
        for (uint32_t j = 0; j < many; j++) {
            cells_expect(merging, &keys, uses[j].cell);
            cells_expect(merging, &keys, uses[j].beside);
        }
    }
    merging->arena.failed = merging->arena.failed || arena.failed;
    merging_expect_cells(merging, keys.items.items, keys.items.count, FIRST + 1);
    arena_release(&arena);
}

/* Who is a candidate of whom does not depend on which of the two looks. */
static void list_candidates(struct merging *merging, uint32_t number, struct likenesses *candidates)
{
    struct counting counting = {merging, features_of(merging, number), {0}};
    array_init(&counting.touched, &merging->scratch);
    if (counting.episode != NULL)
        count_shares(&counting);
    for (uint32_t i = 0; i < counting.touched.count; i++) {
        uint32_t other = counting.touched.items[i];
        struct node *node = &merging->graph.nodes.items[other];
        struct likeness *likeness =
            node->shares >= ENOUGH && !node->searched ? array_push(&candidates->items) : NULL;
        node->shares = 0;
        if (likeness != NULL)
            *likeness = (struct likeness){number, other, 0};
    }
    merging->graph.nodes.items[number].searched = true;
    merging_forget(merging);
}

/* Nor does the score. */
static void score_candidates(struct merging *merging, const struct likenesses *candidates,
                             struct likenesses *found)
{
    uint32_t count = candidates->items.count;
    uint32_t *others = arena_new_array(&merging->scratch, uint32_t, count);
    for (uint32_t i = 0; others != NULL && i < count; i++)
        others[i] = candidates->items.items[i].to;
    if (others != NULL)
        merging_expect_features(merging, others, count);
    for (uint32_t i = 0; i < count && merging->code == STORE_OK; i++) {
        struct likeness candidate = candidates->items.items[i];
        const struct episode *near = features_of(merging, candidate.from);
        const struct episode *far = features_of(merging, candidate.to);
        if (near == NULL || far == NULL || far->report == near->report)
            continue;
        float score = (float)resemblance_score(near, far, -1);
        struct likeness *likeness = score >= 0 ? array_push(&found->items) : NULL;
        if (likeness != NULL)
            *likeness = (struct likeness){candidate.from, candidate.to, score};
    }
    merging_forget(merging);
}

void cells_find_alike(struct merging *merging, const uint32_t *nodes, uint32_t count,
                      struct likenesses *found)
{
    enum { TOGETHER = 200 };
    struct arena arena;
    arena_init(&arena);
    for (uint32_t first = 0; first < count && merging->code == STORE_OK; first += TOGETHER) {
        uint32_t many = count - first < TOGETHER ? count - first : TOGETHER;
        struct likenesses candidates;
        array_init(&candidates.items, &arena);
        expect_cells(merging, nodes + first, many);
        for (uint32_t i = first; i < first + many && merging->code == STORE_OK; i++)
            if (!merging->graph.nodes.items[nodes[i]].gone &&
                !merging->graph.nodes.items[nodes[i]].displaced)
                list_candidates(merging, nodes[i], &candidates);
        score_candidates(merging, &candidates, found);
        merging->arena.failed = merging->arena.failed || arena.failed;
        arena_reset(&arena);
    }
    arena_release(&arena);
}
