/* The best dependency tree under arc scores. Method: each word takes its best head; where that is
 * a tree with one root (nearly always) it is the answer. Else Chu and Liu 1965 / Edmonds 1967 on
 * the dense graph, once for each of the few likeliest roots. Nodes are 0 (above the root) and
 * 1..count. Ties go to the lower index, so the tree depends on the scores alone. */
#include "classifiers/tree.h"

#include <string.h>

enum { ROOTS_TRIED = 3 };

#define IMPOSSIBLE (-1e30f)

struct arc {
    uint16_t head, dependent;
};

/* A cycle that was contracted into one node. */
struct contraction {
    struct contraction *before;
    uint16_t size;
    struct arc *arcs;    /* arcs[size]: the cycle's own, as real words */
    uint16_t *component; /* component[nodes]: node each word belonged to before */
    uint16_t *members;   /* members[size] */
};

struct search {
    size_t nodes;
    float *score;     /* score[dependent][head], over contracted nodes */
    struct arc *real; /* the real arc behind each */
    uint16_t *component, *best;
    uint8_t *active, *mark;
    struct contraction *contractions;
    struct arena *scratch;
};

static float *score_at(struct search *search, size_t dependent, size_t head)
{
    return &search->score[dependent * search->nodes + head];
}

static struct arc *real_at(struct search *search, size_t dependent, size_t head)
{
    return &search->real[dependent * search->nodes + head];
}

static void choose_best_of(struct search *search, size_t dependent)
{
    size_t best = dependent;
    for (size_t head = 0; head < search->nodes; head++)
        if (search->active[head] && head != dependent &&
            (best == dependent ||
             *score_at(search, dependent, head) > *score_at(search, dependent, best)))
            best = head;
    search->best[dependent] = (uint16_t)best;
}

static void choose_best(struct search *search)
{
    for (size_t dependent = 1; dependent < search->nodes; dependent++)
        if (search->active[dependent])
            choose_best_of(search, dependent);
}

/* After the cycle whose nodes are marked was joined into `start`: what hung on one of them hangs on the
 * joined node, whose score is as good, but for one as good that lies before it; only the joined node
 * itself looks at all. A run of equal words, where all hang on one, would take cubic time otherwise. */
static void choose_again(struct search *search, size_t start)
{
    for (size_t dependent = 1; dependent < search->nodes; dependent++) {
        size_t before = search->best[dependent];
        if (!search->active[dependent] || (dependent != start && search->mark[before] == 0))
            continue;
        if (dependent == start) {
            choose_best_of(search, dependent);
            continue;
        }
        size_t best = before + 1;
        while (best < start &&
               (!search->active[best] || best == dependent ||
                *score_at(search, dependent, best) < *score_at(search, dependent, start)))
            best++;
        search->best[dependent] = (uint16_t)(best < start ? best : start);
    }
}

/* A node on a cycle of `best`, or 0. */
static size_t find_cycle(const uint16_t *best, const uint8_t *active, uint8_t *mark, size_t nodes)
{
    memset(mark, 0, nodes);
    mark[0] = 2;
    for (size_t start = 1; start < nodes; start++) {
        if ((active != NULL && !active[start]) || mark[start] != 0)
            continue;
        size_t node = start;
        while (mark[node] == 0) {
            mark[node] = 1;
            node = best[node];
        }
        if (mark[node] == 1)
            return node;
        for (node = start; mark[node] == 1; node = best[node])
            mark[node] = 2;
    }
    return 0;
}

static struct contraction *note_cycle(struct search *search, size_t start)
{
    struct contraction *cycle = arena_new(search->scratch, struct contraction);
    uint16_t *component = arena_new_array(search->scratch, uint16_t, search->nodes);
    struct arc *arcs = arena_new_array(search->scratch, struct arc, search->nodes);
    uint16_t *members = arena_new_array(search->scratch, uint16_t, search->nodes);
    if (cycle == NULL || component == NULL || arcs == NULL || members == NULL)
        return NULL;
    memcpy(component, search->component, search->nodes * sizeof *component);
    *cycle = (struct contraction){search->contractions, 0, arcs, component, members};
    size_t node = start;
    do {
        members[cycle->size] = (uint16_t)node;
        arcs[cycle->size++] = *real_at(search, node, search->best[node]);
        node = search->best[node];
    } while (node != start);
    search->contractions = cycle;
    return cycle;
}

/* Joins the cycle's nodes into its first. */
static bool contract(struct search *search, size_t start)
{
    const struct contraction *cycle = note_cycle(search, start);
    if (cycle == NULL)
        return false;
    memset(search->mark, 0, search->nodes);
    for (size_t i = 0; i < cycle->size; i++)
        search->mark[cycle->members[i]] = 1;
    for (size_t other = 0; other < search->nodes; other++) {
        if (!search->active[other] || search->mark[other])
            continue;
        float best_in = 0, best_out = 0;
        struct arc in = {0, 0}, out = {0, 0};
        for (size_t i = 0; i < cycle->size; i++) {
            size_t member = cycle->members[i];
            float enter = *score_at(search, member, other) -
                          *score_at(search, member, search->best[member]);
            float leave = *score_at(search, other, member);
            if (i == 0 || enter > best_in) {
                best_in = enter;
                in = *real_at(search, member, other);
            }
            if (i == 0 || leave > best_out) {
                best_out = leave;
                out = *real_at(search, other, member);
            }
        }
        *score_at(search, start, other) = best_in;
        *real_at(search, start, other) = in;
        *score_at(search, other, start) = best_out;
        *real_at(search, other, start) = out;
    }
    for (size_t i = 0; i < cycle->size; i++)
        search->active[cycle->members[i]] = cycle->members[i] == start;
    for (size_t word = 0; word < search->nodes; word++)
        if (search->mark[search->component[word]])
            search->component[word] = (uint16_t)start;
    return true;
}

/* Undoes the contractions, newest first: each cycle opens where an arc enters it. */
static void expand(struct search *search, uint16_t *heads)
{
    for (size_t node = 1; node < search->nodes; node++)
        heads[node - 1] = UINT16_MAX;
    for (size_t node = 1; node < search->nodes; node++)
        if (search->active[node]) {
            const struct arc *arc = real_at(search, node, search->best[node]);
            heads[arc->dependent - 1] = arc->head;
        }
    for (const struct contraction *cycle = search->contractions; cycle != NULL;
         cycle = cycle->before) {
        uint16_t entered = UINT16_MAX;
        for (size_t i = 0; i < cycle->size && entered == UINT16_MAX; i++)
            for (size_t word = 1; word < search->nodes; word++)
                if (cycle->component[word] == cycle->members[i] && heads[word - 1] != UINT16_MAX) {
                    entered = cycle->members[i];
                    break;
                }
        for (size_t i = 0; i < cycle->size; i++)
            if (cycle->members[i] != entered)
                heads[cycle->arcs[i].dependent - 1] = cycle->arcs[i].head;
    }
}

/* The best tree whose only root is `root`; its score goes to `total`. */
static bool find_under_root(const float *scores, size_t stride, size_t count, size_t root,
                            uint16_t *heads, float *total, struct arena *scratch)
{
    size_t nodes = count + 1;
    struct search search = {.nodes = nodes, .scratch = scratch};
    search.score = arena_new_array(scratch, float, nodes * nodes);
    search.real = arena_new_array(scratch, struct arc, nodes * nodes);
    search.component = arena_new_array(scratch, uint16_t, nodes);
    search.best = arena_new_array(scratch, uint16_t, nodes);
    search.active = arena_new_array(scratch, uint8_t, nodes);
    search.mark = arena_new_array(scratch, uint8_t, nodes);
    if (scratch->failed)
        return false;
    memset(search.active, 1, nodes);
    for (size_t dependent = 0; dependent < nodes; dependent++) {
        search.component[dependent] = (uint16_t)dependent;
        for (size_t head = 0; head < nodes; head++) {
            float score = IMPOSSIBLE;
            if (dependent > 0 && (dependent == root) == (head == 0))
                score = scores[(dependent - 1) * stride + head];
            *score_at(&search, dependent, head) = score;
            *real_at(&search, dependent, head) = (struct arc){(uint16_t)head, (uint16_t)dependent};
        }
    }
    choose_best(&search);
    size_t cycle;
    while ((cycle = find_cycle(search.best, search.active, search.mark, nodes)) != 0) {
        if (!contract(&search, cycle))
            return false;
        choose_again(&search, cycle);
    }
    expand(&search, heads);
    *total = 0;
    for (size_t i = 0; i < count; i++)
        *total += scores[i * stride + heads[i]];
    return true;
}

/* Each word's best head; true when they already are a tree with one root. */
static bool find_greedily(const float *scores, size_t stride, size_t count, uint16_t *heads,
                          uint16_t *best, uint8_t *mark)
{
    size_t roots = 0;
    best[0] = 0;
    for (size_t i = 0; i < count; i++) {
        size_t chosen = i == 0 && count > 1 ? 2 : 0;
        for (size_t head = 0; head <= count; head++)
            if (head != i + 1 && scores[i * stride + head] > scores[i * stride + chosen])
                chosen = head;
        if (count == 1)
            chosen = 0;
        heads[i] = best[i + 1] = (uint16_t)chosen;
        roots += chosen == 0;
    }
    return roots == 1 && find_cycle(best, NULL, mark, count + 1) == 0;
}

/* The word that gains most (loses least) by being the root and is not marked yet. */
static size_t next_root(const float *scores, size_t stride, size_t count, const uint8_t *tried)
{
    size_t root = 0;
    float most = 0;
    for (size_t i = 0; i < count; i++) {
        if (tried[i + 1])
            continue;
        float other = IMPOSSIBLE;
        for (size_t head = 1; head <= count; head++)
            if (head != i + 1 && scores[i * stride + head] > other)
                other = scores[i * stride + head];
        float gain = scores[i * stride] - other;
        if (root == 0 || gain > most) {
            root = i + 1;
            most = gain;
        }
    }
    return root;
}

bool tree_find(const float *scores, size_t stride, size_t count, uint16_t *heads,
               struct arena *scratch)
{
    if (count == 0)
        return true;
    uint16_t *found = arena_new_array(scratch, uint16_t, count + 1);
    uint8_t *mark = arena_new_array(scratch, uint8_t, count + 1);
    uint8_t *tried = arena_new_array(scratch, uint8_t, count + 1);
    if (scratch->failed)
        return false;
    if (find_greedily(scores, stride, count, heads, found, mark))
        return true;
    float best = 0;
    for (size_t attempt = 0; attempt < ROOTS_TRIED && attempt < count; attempt++) {
        size_t root = next_root(scores, stride, count, tried);
        tried[root] = 1;
        float total = 0;
        if (!find_under_root(scores, stride, count, root, found, &total, scratch))
            return false;
        if (attempt == 0 || total > best) {
            best = total;
            memcpy(heads, found, count * sizeof *heads);
        }
    }
    return true;
}
