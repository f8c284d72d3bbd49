/* Merges claims into events: the record's events are a function of the set of its reports alone.
 *
 * Episodes (episodes.h) are paired where they share two rare words, or a town or province within a
 * few days; each pair is scored (resemblance.h); pairs are joined from the best down where the mean
 * score over all pairs of the two clusters stays above zero (average linkage, Sokal and Michener
 * 1958), so that one report that tells of two happenings does not chain them. Ties are broken by
 * keys. An event's key is that of its first claim. Rows that a merging leaves as they were are not
 * written again.
 *
 * Left out: the idf of a word is that of the whole record, so every merging scores all pairs anew; it
 * runs once at the end of `read`, not after each report. */
#include "record/merging.h"

#include "record/decisions.h"

#include <stdlib.h>

enum { PUBLISHED_WINDOW = 60, PLACE_WINDOW = 15, NEIGHBOURS = 300, MEMBERS = 50 };

static const double lowest = -4, highest = 5, same_report = -5;

/* ------------------------------------------------------------------ candidates */

struct marked {
    uint32_t mark, episode;
};

static int by_mark(const void *left, const void *right)
{
    const struct marked *a = left, *b = right;
    if (a->mark != b->mark)
        return a->mark < b->mark ? -1 : 1;
    return (a->episode > b->episode) - (a->episode < b->episode);
}

struct blocks {
    ARRAY(struct marked) items;
};

static bool are_near_in_time(const struct episode *left, const struct episode *right, int32_t window)
{
    if (left->first != DAY_UNKNOWN && right->first != DAY_UNKNOWN && left->first <= right->last &&
        right->first <= left->last)
        return true;
    if (left->published == DAY_UNKNOWN || right->published == DAY_UNKNOWN)
        return true;
    int64_t gap = (int64_t)left->published - right->published;
    return gap <= window && gap >= -window;
}

/* Counts for every earlier episode how much it shares with `episode`. */
struct shares {
    uint8_t *counts; /* by episode */
    ARRAY(uint32_t) touched;
};

static void add_share(struct shares *shares, uint32_t episode, uint8_t weight)
{
    if (shares->counts[episode] == 0) {
        uint32_t *item = array_push(&shares->touched);
        if (item == NULL)
            return;
        *item = episode;
    }
    if (shares->counts[episode] < 100)
        shares->counts[episode] = (uint8_t)(shares->counts[episode] + weight);
}

static int compare_word(const void *word, const void *posting)
{
    uint32_t a = *(const uint32_t *)word, b = ((const struct posting *)posting)->word;
    return (a > b) - (a < b);
}

static void share_words(struct merging *merging, uint32_t number, struct shares *shares)
{
    const struct episode *episode = &merging->episodes.items.items[number];
    for (uint32_t i = 0; i < episode->word_count && merging->rare.words.count > 0; i++) {
        const struct posting *posting =
            bsearch(&episode->words[i].word, merging->rare.words.items, merging->rare.words.count,
                    sizeof *posting, compare_word);
        for (uint32_t j = 0; posting != NULL && j < posting->count; j++) {
            uint32_t other = merging->rare.episodes[posting->first + j];
            if (other >= number)
                break;
            if (are_near_in_time(episode, &merging->episodes.items.items[other], PUBLISHED_WINDOW))
                add_share(shares, other, 1);
        }
    }
}

static void share_blocks(struct merging *merging, const struct blocks *blocks,
                         const struct marks *marks, uint32_t number, struct shares *shares)
{
    const struct episode *episode = &merging->episodes.items.items[number];
    for (uint32_t i = 0; i < marks->count && blocks->items.count > 0; i++) {
        struct marked wanted = {marks->items[i], number};
        const struct marked *found = bsearch(&wanted, blocks->items.items, blocks->items.count,
                                            sizeof wanted, by_mark);
        uint32_t near = 0;
        for (const struct marked *at = found; at != NULL && at > blocks->items.items &&
                                             at[-1].mark == wanted.mark && near < NEIGHBOURS;) {
            at--;
            if (!are_near_in_time(episode, &merging->episodes.items.items[at->episode],
                                  PLACE_WINDOW))
                continue;
            near++;
            add_share(shares, at->episode, 2);
        }
    }
}

static void fill_blocks(struct merging *merging, struct blocks *blocks, bool towns)
{
    array_init(&blocks->items, &merging->arena);
    for (uint32_t i = 0; i < merging->episodes.items.count; i++) {
        const struct episode *episode = &merging->episodes.items.items[i];
        const struct marks *marks = towns ? &episode->towns : &episode->divisions;
        for (uint32_t j = 0; j < marks->count; j++) {
            struct marked *block = array_push(&blocks->items);
            if (block != NULL)
                *block = (struct marked){marks->items[j], i};
        }
    }
    if (blocks->items.count > 0)
        qsort(blocks->items.items, blocks->items.count, sizeof *blocks->items.items, by_mark);
}

static void find_pairs(struct merging *merging)
{
    struct blocks towns, divisions;
    struct shares shares;
    const struct episode *episodes = merging->episodes.items.items;
    uint32_t count = merging->episodes.items.count;
    fill_blocks(merging, &towns, true);
    fill_blocks(merging, &divisions, false);
    shares.counts = arena_new_array(&merging->arena, uint8_t, count);
    array_init(&shares.touched, &merging->arena);
    for (uint32_t i = 0; shares.counts != NULL && i < count; i++) {
        share_words(merging, i, &shares);
        share_blocks(merging, &towns, &episodes[i].towns, i, &shares);
        share_blocks(merging, &divisions, &episodes[i].divisions, i, &shares);
        for (uint32_t j = 0; j < shares.touched.count; j++) {
            uint32_t other = shares.touched.items[j];
            bool enough = shares.counts[other] >= 2;
            struct resemblance resemblance;
            shares.counts[other] = 0;
            if (!enough || episodes[other].report == episodes[i].report)
                continue;
            resemblance_measure(&episodes[other], &episodes[i], &resemblance);
            struct pair *pair = resemblance.score >= 0 ? array_push(&merging->pairs) : NULL;
            if (pair != NULL)
                *pair = (struct pair){other, i, resemblance.score};
        }
        shares.touched.count = 0;
    }
}

/* ------------------------------------------------------------------ clusters */

static int by_score(const void *left, const void *right)
{
    const struct pair *a = left, *b = right;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->left != b->left)
        return a->left < b->left ? -1 : 1;
    return (a->right > b->right) - (a->right < b->right);
}

static uint32_t find_leader(struct merging *merging, uint32_t episode)
{
    while (merging->leader[episode] != episode) {
        merging->leader[episode] = merging->leader[merging->leader[episode]];
        episode = merging->leader[episode];
    }
    return episode;
}

/* The mean over all pairs of the two clusters, of large ones over their first members. */
static double mean_score(struct merging *merging, const struct cluster *left,
                         const struct cluster *right)
{
    const struct episode *episodes = merging->episodes.items.items;
    uint32_t rows = left->members.count < MEMBERS ? left->members.count : MEMBERS;
    uint32_t columns = right->members.count < MEMBERS ? right->members.count : MEMBERS;
    double sum = 0;
    for (uint32_t i = 0; i < rows; i++)
        for (uint32_t j = 0; j < columns; j++) {
            uint32_t a = left->members.items[i], b = right->members.items[j];
            struct resemblance resemblance = {.score = same_report};
            if (episodes[a].report != episodes[b].report)
                resemblance_measure(&episodes[a < b ? a : b], &episodes[a < b ? b : a],
                                    &resemblance);
            sum += resemblance.score > highest  ? highest
                   : resemblance.score < lowest ? lowest
                                                : resemblance.score;
        }
    return sum / ((double)rows * columns);
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static void join(struct merging *merging, const struct pair *pair, uint32_t left, uint32_t right)
{
    struct cluster *into = &merging->clusters[left], *from = &merging->clusters[right];
    for (uint32_t i = 0; i < from->members.count; i++) {
        uint32_t *member = array_push(&into->members);
        if (member != NULL)
            *member = from->members.items[i];
    }
    qsort(into->members.items, into->members.count, sizeof(uint32_t), by_number);
    from->members.count = 0;
    merging->leader[right] = left;
    struct pair *joined = array_push(&merging->joined);
    if (joined != NULL)
        *joined = *pair;
}

static void find_clusters(struct merging *merging)
{
    uint32_t count = merging->episodes.items.count;
    merging->clusters = arena_new_array(&merging->arena, struct cluster, count);
    merging->leader = arena_new_array(&merging->arena, uint32_t, count);
    if (merging->clusters == NULL || merging->leader == NULL)
        return;
    for (uint32_t i = 0; i < count; i++) {
        array_init(&merging->clusters[i].members, &merging->arena);
        uint32_t *member = array_push(&merging->clusters[i].members);
        if (member != NULL)
            *member = i;
        merging->leader[i] = i;
    }
    if (merging->pairs.count > 0)
        qsort(merging->pairs.items, merging->pairs.count, sizeof *merging->pairs.items, by_score);
    for (uint32_t i = 0; i < merging->pairs.count && !merging->arena.failed; i++) {
        const struct pair *pair = &merging->pairs.items[i];
        uint32_t left = find_leader(merging, pair->left), right = find_leader(merging, pair->right);
        if (left == right)
            continue;
        if (left > right) {
            uint32_t kept = left;
            left = right;
            right = kept;
        }
        if (mean_score(merging, &merging->clusters[left], &merging->clusters[right]) >= 0)
            join(merging, pair, left, right);
    }
}

/* ------------------------------------------------------------------ the whole */

annals_status record_merge(struct record *record, annals_error *error)
{
    struct merging merging = {.record = record};
    bool needed = false;
    annals_status status = merging_needed(record, &needed, error);
    if (status != ANNALS_OK || !needed)
        return status;
    status = record_run(record, SQL_BEGIN, "cannot merge", error);
    if (status != ANNALS_OK)
        return status;
    arena_init(&merging.arena);
    array_init(&merging.pairs, &merging.arena);
    array_init(&merging.joined, &merging.arena);
    status = decisions_lift(record, error);
    if (status == ANNALS_OK)
        status = episodes_read(record, &merging.arena, &merging.episodes, error);
    if (status == ANNALS_OK && resemblance_weigh(&merging.episodes, &merging.rare)) {
        find_pairs(&merging);
        find_clusters(&merging);
    }
    if (status == ANNALS_OK && merging.arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK)
        status = merging_write(&merging, error);
    if (status == ANNALS_OK)
        status = decisions_apply(record, error);
    if (status == ANNALS_OK)
        status = record_run(record, SQL_COMMIT, "cannot merge", error);
    if (status != ANNALS_OK)
        record_run(record, SQL_ROLLBACK, "", NULL);
    arena_release(&merging.arena);
    return status;
}
