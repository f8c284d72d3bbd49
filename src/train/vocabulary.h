/* The words that have a vector of their own, and the classes of word class with features. */
#ifndef ANNALS_TRAIN_VOCABULARY_H
#define ANNALS_TRAIN_VOCABULARY_H

#include "train/treebank.h"

enum { MORPH_LIMIT = 256 };

struct morph {
    uint32_t upos, bits;
};

struct vocabulary {
    uint64_t *keys; /* keys[rows]; keys[0] stands for all other words */
    uint32_t rows;
    uint32_t *slots; /* [slot_count]: row, 0 = free */
    uint32_t slot_count;
    struct morph morphs[MORPH_LIMIT];
    uint32_t morph_count;
};

/* Chooses words that the treebank holds twice or the texts three times, commonest first, at most
 * `limit` with row 0; and all morph classes of the treebank, commonest first. */
bool vocabulary_build(struct vocabulary *vocabulary, const struct treebank *treebank,
                      const struct treebank *texts, uint32_t limit, struct arena *arena);

/* Sets rows and morph classes of all words; a class never seen becomes the commonest of its word
 * class. */
void vocabulary_apply(const struct vocabulary *vocabulary, struct treebank *treebank);

/* Row of a key; 0 for all other words. */
uint32_t vocabulary_row(const struct vocabulary *vocabulary, uint64_t key);

#endif
