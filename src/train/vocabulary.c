/* The words that have a vector of their own; see vocabulary.h. Order is by count, then key, so it
 * depends on the texts alone. */
#include "train/vocabulary.h"

#include "bytes/hash.h"

#include <stdlib.h>
#include <string.h>

enum { TREEBANK_LEAST = 2, TEXT_LEAST = 3 };

struct counted {
    uint64_t key;
    uint32_t in_treebank, in_texts;
};

struct counts {
    struct counted *slots;
    size_t size, used;
};

static struct counted *count_slot(struct counts *counts, uint64_t key)
{
    size_t at = (size_t)(key % counts->size);
    while (counts->slots[at].key != 0 && counts->slots[at].key != key)
        at = at + 1 == counts->size ? 0 : at + 1;
    if (counts->slots[at].key == 0) {
        counts->slots[at].key = key;
        counts->used++;
    }
    return &counts->slots[at];
}

static int compare_counted(const void *left, const void *right)
{
    const struct counted *a = left, *b = right;
    uint64_t a_count = (uint64_t)a->in_treebank * 3 + a->in_texts;
    uint64_t b_count = (uint64_t)b->in_treebank * 3 + b->in_texts;
    if (a_count != b_count)
        return a_count > b_count ? -1 : 1;
    return a->key < b->key ? -1 : a->key > b->key;
}

static bool fill_slots(struct vocabulary *vocabulary, struct arena *arena)
{
    vocabulary->slot_count = 16;
    while (vocabulary->slot_count * 3 / 4 < vocabulary->rows)
        vocabulary->slot_count *= 2;
    vocabulary->slots = arena_new_array(arena, uint32_t, vocabulary->slot_count);
    if (vocabulary->slots == NULL)
        return false;
    for (uint32_t row = 1; row < vocabulary->rows; row++) {
        uint32_t at = (uint32_t)vocabulary->keys[row] & (vocabulary->slot_count - 1);
        while (vocabulary->slots[at] != 0)
            at = (at + 1) & (vocabulary->slot_count - 1);
        vocabulary->slots[at] = row;
    }
    return true;
}

uint32_t vocabulary_row(const struct vocabulary *vocabulary, uint64_t key)
{
    uint32_t at = (uint32_t)key & (vocabulary->slot_count - 1);
    for (; vocabulary->slots[at] != 0; at = (at + 1) & (vocabulary->slot_count - 1))
        if (vocabulary->keys[vocabulary->slots[at]] == key)
            return vocabulary->slots[at];
    return 0;
}

static int compare_morphs(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    if (a[2] != b[2])
        return a[2] > b[2] ? -1 : 1;
    if (a[0] != b[0])
        return a[0] < b[0] ? -1 : 1;
    return a[1] < b[1] ? -1 : 1;
}

static void count_morphs(struct vocabulary *vocabulary, const struct treebank *treebank)
{
    uint32_t found[MORPH_LIMIT][3];
    uint32_t count = 0;
    for (uint32_t i = 0; i < treebank->examples.count; i++) {
        const struct example *word = &treebank->examples.items[i];
        uint32_t at = 0;
        while (at < count && (found[at][0] != word->upos || found[at][1] != word->bits))
            at++;
        if (at == MORPH_LIMIT)
            continue;
        if (at == count) {
            found[count][0] = word->upos;
            found[count][1] = word->bits;
            found[count++][2] = 0;
        }
        found[at][2]++;
    }
    qsort(found, count, sizeof found[0], compare_morphs);
    for (uint32_t i = 0; i < count; i++)
        vocabulary->morphs[i] = (struct morph){found[i][0], found[i][1]};
    vocabulary->morph_count = count;
}

bool vocabulary_build(struct vocabulary *vocabulary, const struct treebank *treebank,
                      const struct treebank *texts, uint32_t limit, struct arena *arena)
{
    struct counts counts = {.size = 2 * ((size_t)treebank->examples.count + texts->examples.count) +
                                    1};
    counts.slots = arena_new_array(arena, struct counted, counts.size);
    if (counts.slots == NULL)
        return false;
    for (uint32_t i = 0; i < treebank->examples.count; i++)
        count_slot(&counts, treebank->examples.items[i].features.word)->in_treebank++;
    for (uint32_t i = 0; i < texts->examples.count; i++)
        count_slot(&counts, texts->examples.items[i].features.word)->in_texts++;
    size_t kept = 0;
    for (size_t i = 0; i < counts.size; i++)
        if (counts.slots[i].in_treebank >= TREEBANK_LEAST || counts.slots[i].in_texts >= TEXT_LEAST)
            counts.slots[kept++] = counts.slots[i];
    qsort(counts.slots, kept, sizeof *counts.slots, compare_counted);
    vocabulary->rows = (uint32_t)(kept + 1 < limit ? kept + 1 : limit);
    vocabulary->keys = arena_new_array(arena, uint64_t, vocabulary->rows);
    if (vocabulary->keys == NULL)
        return false;
    for (uint32_t row = 1; row < vocabulary->rows; row++)
        vocabulary->keys[row] = counts.slots[row - 1].key;
    count_morphs(vocabulary, treebank);
    return fill_slots(vocabulary, arena);
}

void vocabulary_apply(const struct vocabulary *vocabulary, struct treebank *treebank)
{
    for (uint32_t i = 0; i < treebank->examples.count; i++) {
        struct example *word = &treebank->examples.items[i];
        word->row = vocabulary_row(vocabulary, word->features.word);
        uint32_t first = vocabulary->morph_count, exact = first;
        for (uint32_t m = 0; m < vocabulary->morph_count && exact == vocabulary->morph_count; m++) {
            if (vocabulary->morphs[m].upos != word->upos)
                continue;
            if (first == vocabulary->morph_count)
                first = m;
            if (vocabulary->morphs[m].bits == word->bits)
                exact = m;
        }
        if (exact == vocabulary->morph_count)
            exact = first == vocabulary->morph_count ? 0 : first;
        word->morph = (uint16_t)exact;
    }
}
