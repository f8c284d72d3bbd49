/* What is told of a pair of words to a network that is asked of it (classifiers/chooser.h): hashes
 * of what each is and of how the one stands to the other. */
#ifndef ANNALS_MEANING_PAIRS_H
#define ANNALS_MEANING_PAIRS_H

#include "bytes/hash.h"
#include "meaning/tree.h"

struct telling {
    uint32_t *features; /* [CHOOSER_FEATURES] */
    uint32_t count;
};

/* Each feature is of its own kind: the first told, the second, and so on. */
void tell(struct telling *telling, uint64_t value);
/* Alone, and with something else. */
void tell_with(struct telling *telling, uint64_t value, uint64_t other);

/* Is the word one that a noun phrase may hang on, and no part of a name, number or mark? */
bool pair_is_head(const struct token *word);

/* The relations from `from` up to the word that both hang below, and down from there to `to`;
 * `*length` is their number, the most of all and the path 0 where they meet further off. */
uint64_t pair_path(const struct tree *tree, uint32_t from, uint32_t to, uint32_t *length);

/* 0, 1, 2, 2, 3 ...: how often a count can be halved. */
uint64_t pair_step(uint32_t count);

#endif
