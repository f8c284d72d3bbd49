/* Hands what merging found over to what writes it: the reports with a changed cluster, each with all
 * of its episodes and claims, and clusters and joins by the numbers of these.
 *
 * Reports that are merged now are at hand; of the others the claims are read again. */
#include "record/merging.h"

#include <stdlib.h>

/* ------------------------------------------------------------------ which reports */

static int by_number(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
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

enum { TOGETHER = 100 }; /* reports that are asked for at once */

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

annals_status handing_gather(struct merging *merging, annals_error *error)
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

/* ------------------------------------------------------------------ by number */

struct placed {
    int64_t key;
    uint32_t episode;
};

static int by_key(const void *left, const void *right)
{
    int64_t a = ((const struct placed *)left)->key, b = ((const struct placed *)right)->key;
    return (a > b) - (a < b);
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
void handing_renumber(struct merging *merging)
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
                merging->code = merging->code == STORE_OK ? STORE_CORRUPT : merging->code;
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
