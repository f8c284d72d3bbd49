/* Fits weights that choose one of several: a conditional logit over hashed features.
 *
 * A choice has candidates, any number of them right; with `or_none` a candidate without features,
 * "none of these", stands beside them and is right where no other is. */
#ifndef ANNALS_TRAIN_CHOICES_H
#define ANNALS_TRAIN_CHOICES_H

#include "bytes/arena.h"

struct candidate {
    uint64_t *features; /* owned */
    uint32_t feature_count;
    int32_t right; /* which of the gold it is; or WRONG */
};

enum { WRONG = -1 };

struct choice {
    size_t first, end; /* of the candidates */
    uint32_t fold;     /* of its report */
};

struct choices {
    struct candidate *candidates;
    size_t count, capacity;
    struct choice *items;
    size_t choice_count, choice_capacity;
    bool or_none;
};

bool choices_add(struct choices *choices, const uint64_t *features, uint32_t feature_count,
                 int32_t right);
/* Ends the choice that the candidates added since the last one belong to. */
bool choices_end(struct choices *choices, uint32_t fold);
void choices_release(struct choices *choices);

/* Sum of the weights of a candidate; `weights` has 1 << bits of them. */
double choices_sum(const struct candidate *candidate, const double *weights, uint32_t bits);
/* Fits to the choices whose fold is one of `folds` (bits), adding to `weights`. False when memory
 * is out. */
bool choices_fit(const struct choices *choices, uint32_t folds, double *weights, uint32_t bits);

#endif
