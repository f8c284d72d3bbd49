/* The best dependency tree under arc scores. */
#ifndef ANNALS_CLASSIFIERS_TREE_H
#define ANNALS_CLASSIFIERS_TREE_H

#include "bytes/arena.h"

/* scores[count][stride]: scores[i][0] that word i is the root, scores[i][h + 1] that its head is
 * word h (scores[i][i + 1] is not looked at). Writes heads[count]: 0 for the root, else h + 1.
 * Exactly one word becomes the root and there is no cycle. Memory comes from `scratch`; false when
 * it failed. */
bool tree_find(const float *scores, size_t stride, size_t count, uint16_t *heads,
               struct arena *scratch);

#endif
