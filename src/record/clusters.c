/* Joins the episodes of one connected part into clusters.
 *
 * Pairs are joined from the best down where the mean score over all pairs of the two clusters stays
 * above zero (average linkage, Sokal and Michener 1958), so that one report that tells of two happenings
 * does not chain them. Ties are broken by keys. Sums over pairs of clusters are kept and added up
 * as clusters grow, so a part of n episodes costs n * n scores. */
#include "record/merging.h"

#include <stdlib.h>

static const double lowest = -4, highest = 5, same_report = -5, other_deed = -8, unknown = -1000;

struct joining {
    struct merging *merging;
    struct arena scratch;
    const uint32_t *nodes; /* ascending by key */
    uint32_t count;
    double *sums;     /* over the pairs of two clusters, by their leaders */
    uint32_t *sizes;  /* by leader */
    uint32_t *leader; /* of each node; the smallest of its cluster */
    struct days {
        int32_t first, last; /* of the dated episodes of a cluster, by leader; DAY_UNKNOWN */
    } *days;
    ARRAY(struct pair) pairs;
};

static double score_of(struct merging *merging, uint32_t left, uint32_t right)
{
    const struct episode *one = features_of(merging, left);
    const struct episode *other = features_of(merging, right);
    if (one == NULL || other == NULL || one->report == other->report ||
        (one->table != 0 && one->table == other->table))
        return same_report;
    if (resemblance_is_other_deed(one, other))
        return other_deed;
    /* As edges keep it. */
    double score = (double)(float)resemblance_score(one, other, lowest);
    return score < highest ? score : highest;
}

/* So many days at most lie between two happenings of one cluster. An episode without a day counts
 * neither for nor against a day, so without this bound it would tie those of different years. */
enum { LONGEST_SPAN = 365 };

static bool lie_years_apart(const struct days *left, const struct days *right)
{
    return left->first != DAY_UNKNOWN && right->first != DAY_UNKNOWN &&
           (left->first - (int64_t)right->last > LONGEST_SPAN ||
            right->first - (int64_t)left->last > LONGEST_SPAN);
}

static void add_days(struct days *days, const struct days *more)
{
    if (more->first == DAY_UNKNOWN)
        return;
    if (days->first == DAY_UNKNOWN) {
        *days = *more;
        return;
    }
    days->first = more->first < days->first ? more->first : days->first;
    days->last = more->last > days->last ? more->last : days->last;
}

/* The scores of pairs that are edges are known. */
static void fill_known(struct joining *joining)
{
    struct node *nodes = joining->merging->graph.nodes.items;
    for (uint32_t i = 0; i < joining->count; i++)
        nodes[joining->nodes[i]].position = i;
    for (uint32_t i = 0; i < joining->count; i++) {
        const struct node *node = &nodes[joining->nodes[i]];
        for (uint32_t j = 0; j < node->edges.count; j++) {
            struct edge edge = node->edges.items[j];
            uint32_t other = nodes[edge.node].position;
            if (other < i && joining->nodes[other] == edge.node)
                joining->sums[i * joining->count + other] =
                    (double)edge.score < highest ? (double)edge.score : highest;
        }
    }
}

static void fill_sums(struct joining *joining)
{
    uint32_t count = joining->count;
    for (size_t i = 0; i < (size_t)count * count; i++)
        joining->sums[i] = unknown;
    fill_known(joining);
    for (uint32_t i = 0; i < count; i++) {
        joining->sizes[i] = 1;
        joining->leader[i] = i;
        const struct episode *episode = features_of(joining->merging, joining->nodes[i]);
        joining->days[i] = episode != NULL && episode->last != DAY_UNKNOWN
                               ? (struct days){episode->first, episode->last}
                               : (struct days){DAY_UNKNOWN, DAY_UNKNOWN};
        for (uint32_t j = 0; j < i; j++) {
            double *sum = &joining->sums[i * count + j];
            if (*sum == unknown)
                *sum = score_of(joining->merging, joining->nodes[j], joining->nodes[i]);
            joining->sums[j * count + i] = *sum;
        }
    }
}

static int by_score(const void *left, const void *right)
{
    const struct pair *a = left, *b = right;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->left != b->left)
        return a->left < b->left ? -1 : 1;
    return (a->right > b->right) - (a->right < b->right);
}

static void list_pairs(struct joining *joining, int8_t level)
{
    const struct node *nodes = joining->merging->graph.nodes.items;
    double threshold = graph_threshold(level);
    array_init(&joining->pairs, &joining->scratch);
    for (uint32_t i = 0; i < joining->count; i++) {
        const struct node *node = &nodes[joining->nodes[i]];
        for (uint32_t j = 0; j < node->edges.count; j++) {
            struct edge edge = node->edges.items[j];
            uint32_t other = nodes[edge.node].position;
            bool alike = (double)edge.score >= threshold;
            struct pair *pair = alike && other > i ? array_push(&joining->pairs) : NULL;
            if (pair != NULL)
                *pair = (struct pair){i, other, edge.score};
        }
    }
    if (joining->pairs.count > 0)
        qsort(joining->pairs.items, joining->pairs.count, sizeof *joining->pairs.items, by_score);
}

static uint32_t find_leader(struct joining *joining, uint32_t at)
{
    while (joining->leader[at] != at)
        at = joining->leader[at] = joining->leader[joining->leader[at]];
    return at;
}

static void join(struct joining *joining, uint32_t left, uint32_t right)
{
    uint32_t count = joining->count;
    joining->leader[right] = left;
    add_days(&joining->days[left], &joining->days[right]);
    joining->sizes[left] += joining->sizes[right];
    for (uint32_t i = 0; i < count; i++)
        if (joining->leader[i] == i && i != left)
            joining->sums[i * count + left] = joining->sums[left * count + i] +=
                joining->sums[right * count + i];
}

static void join_pairs(struct joining *joining)
{
    for (uint32_t i = 0; i < joining->pairs.count; i++) {
        const struct pair *pair = &joining->pairs.items[i];
        uint32_t left = find_leader(joining, pair->left), right = find_leader(joining, pair->right);
        if (left > right) {
            uint32_t kept = left;
            left = right;
            right = kept;
        }
        if (left == right || joining->sums[left * joining->count + right] < 0 ||
            lie_years_apart(&joining->days[left], &joining->days[right]))
            continue;
        join(joining, left, right);
        struct pair *joined = array_push(&joining->merging->joins);
        if (joined != NULL)
            *joined = (struct pair){joining->nodes[pair->left], joining->nodes[pair->right],
                                    pair->score};
    }
}

static void hand_over(struct joining *joining)
{
    struct merging *merging = joining->merging;
    for (uint32_t i = 0; i < joining->count; i++) {
        if (joining->leader[i] != i)
            continue;
        struct cluster *cluster = array_push(&merging->made);
        if (cluster == NULL)
            return;
        array_init(&cluster->members, &merging->arena);
        for (uint32_t j = i; j < joining->count; j++) {
            uint32_t *member = find_leader(joining, j) == i ? array_push(&cluster->members) : NULL;
            if (member != NULL)
                *member = joining->nodes[j];
        }
    }
}

void clusters_find(struct merging *merging, const uint32_t *nodes, uint32_t count, int8_t level)
{
    struct joining joining = {.merging = merging, .nodes = nodes, .count = count};
    arena_init(&joining.scratch);
    joining.sums = arena_new_array(&joining.scratch, double, (size_t)count * count);
    joining.sizes = arena_new_array(&joining.scratch, uint32_t, count);
    joining.leader = arena_new_array(&joining.scratch, uint32_t, count);
    joining.days = arena_new_array(&joining.scratch, struct days, count);
    if (joining.days != NULL && joining.sums != NULL && joining.sizes != NULL && joining.leader != NULL) {
        fill_sums(&joining);
        list_pairs(&joining, level);
        join_pairs(&joining);
        hand_over(&joining);
    }
    if (joining.scratch.failed)
        merging->arena.failed = true;
    arena_release(&joining.scratch);
}
