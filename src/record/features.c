/* Keeps what episodes are known by, so that a later merging need not read their reports again.
 *
 * The features are one blob: a head of fixed layout, then words and marks as they stand in memory,
 * little-endian as every processor that annals is built for. Left out: the claims; only the reports
 * whose event changes are read for them. */
#include "record/blocks.h"

#include <stdlib.h>

enum { LOCATED = 1, SITED = 2, MEANS = 8 }; /* two bits, and by how many bits the means are shifted */

struct head {
    int64_t claim, report, place;
    double latitude, longitude;
    uint32_t number;
    int32_t published, first, last;
    uint32_t located; /* LOCATED, SITED, and the means */
    uint32_t words, towns, divisions, persons, figures;
    float length;
    uint32_t table;
};

static void add_bytes(char **at, const void *bytes, size_t size)
{
    if (size > 0)
        memcpy(*at, bytes, size);
    *at += size;
}

static size_t size_of(const struct head *head)
{
    return sizeof *head + (size_t)head->words * (sizeof(uint32_t) + sizeof(float)) +
           ((size_t)head->towns + head->divisions + head->persons + head->figures) *
               sizeof(uint32_t);
}

void features_keep(struct merging *merging, const struct episode *episode,
                   const struct node *node)
{
    struct head head;
    memset(&head, 0, sizeof head);
    head.claim = episode->claim;
    head.report = episode->report;
    head.place = episode->place;
    head.latitude = episode->latitude;
    head.longitude = episode->longitude;
    head.number = episode->number;
    head.table = episode->table;
    head.published = episode->published;
    head.first = episode->first;
    head.last = episode->last;
    head.located = (episode->located ? LOCATED : 0) | (episode->sited ? SITED : 0) |
                   episode->means << MEANS;
    head.words = episode->word_count;
    head.towns = episode->towns.count;
    head.divisions = episode->divisions.count;
    head.persons = episode->persons.count;
    head.figures = episode->figures.count;
    head.length = episode->length;
    size_t size = size_of(&head);
    char *bytes = arena_allocate(&merging->scratch, size), *at = bytes;
    if (bytes == NULL)
        return;
    add_bytes(&at, &head, sizeof head);
    for (uint32_t i = 0; i < episode->word_count; i++) {
        add_bytes(&at, &episode->words[i].word, sizeof(uint32_t));
        add_bytes(&at, &episode->words[i].weight, sizeof(float));
    }
    add_bytes(&at, episode->towns.items, episode->towns.count * sizeof(uint32_t));
    add_bytes(&at, episode->divisions.items, episode->divisions.count * sizeof(uint32_t));
    add_bytes(&at, episode->persons.items, episode->persons.count * sizeof(uint32_t));
    add_bytes(&at, episode->figures.items, episode->figures.count * sizeof(uint32_t));
    struct store_statement *row = merging_begin(merging, MERGING_KEEP);
    if (row == NULL)
        return;
    store_bind_int64(row, 1, episode->claim);
    store_bind_lasting_blob(row, 2, bytes, size);
    store_bind_int64(row, 3, node->settled);
    store_bind_int64(row, 4, node->level_now);
    merging_finish(merging, row);
    merging_forget(merging);
}

static void take_marks(struct merging *merging, const char **at, struct marks *marks,
                       uint32_t count)
{
    marks->items = arena_new_array(&merging->arena, uint32_t, count);
    if (marks->items == NULL)
        return;
    marks->count = count;
    memcpy(marks->items, *at, count * sizeof(uint32_t));
    *at += count * sizeof(uint32_t);
}

/* A damaged blob gives nothing. */
static struct episode *decode(struct merging *merging, const char *bytes, size_t size)
{
    struct head head;
    if (bytes == NULL || size < sizeof head)
        return NULL;
    memcpy(&head, bytes, sizeof head);
    struct episode *episode = size_of(&head) == size ? arena_new(&merging->arena, struct episode)
                                                     : NULL;
    if (episode == NULL)
        return NULL;
    *episode = (struct episode){
        .claim = head.claim, .report = head.report, .place = head.place,
        .latitude = head.latitude, .longitude = head.longitude, .number = head.number, .table = head.table,
        .published = head.published, .first = head.first, .last = head.last,
        .located = (head.located & LOCATED) != 0, .sited = (head.located & SITED) != 0,
        .means = head.located >> MEANS, .length = head.length};
    const char *at = bytes + sizeof head;
    episode->words = arena_new_array(&merging->arena, struct wording, head.words);
    for (uint32_t i = 0; episode->words != NULL && i < head.words; i++) {
        memcpy(&episode->words[i].word, at, sizeof(uint32_t));
        memcpy(&episode->words[i].weight, at + sizeof(uint32_t), sizeof(float));
        at += sizeof(uint32_t) + sizeof(float);
        episode->word_count++;
    }
    take_marks(merging, &at, &episode->towns, head.towns);
    take_marks(merging, &at, &episode->divisions, head.divisions);
    take_marks(merging, &at, &episode->persons, head.persons);
    take_marks(merging, &at, &episode->figures, head.figures);
    return merging->arena.failed ? NULL : episode;
}

const struct episode *features_of(struct merging *merging, uint32_t node)
{
    struct node *wanted = &merging->graph.nodes.items[node];
    if (wanted->features != NULL)
        return wanted->features;
    if (!wanted->unwritten && !blocks_hold_node(merging, wanted->key))
        return NULL;
    struct store_statement *row = merging_begin(merging, MERGING_KEPT);
    if (row == NULL)
        return NULL;
    store_bind_int64(row, 1, wanted->key);
    if (merging_step(merging, row)) {
        wanted->features = decode(merging, store_blob(row, 0), (size_t)store_bytes(row, 0));
        wanted->cluster = store_int64(row, 1);
        if (wanted->level < 0 && !store_is_null(row, 2))
            wanted->level = (int8_t)store_int(row, 2);
    }
    store_reset(row);
    return wanted->features;
}
