/* Random numbers for training: SplitMix64 (Steele, Lea, Flood 2014). The state is a counter mixed
 * from seed, epoch and batch, so that a resumed run draws what an unbroken one would. */
#ifndef ANNALS_TRAIN_RANDOM_H
#define ANNALS_TRAIN_RANDOM_H

#include "bytes/hash.h"

struct random {
    uint64_t state;
};

static inline uint64_t random_next(struct random *random)
{
    random->state += UINT64_C(0x9e3779b97f4a7c15);
    return hash_mix(random->state);
}

/* In [0, 1). */
static inline float random_unit(struct random *random)
{
    return (float)(random_next(random) >> 40) * (1.0f / 16777216.0f);
}

/* In [0, bound). */
static inline size_t random_below(struct random *random, size_t bound)
{
    return (size_t)(random_next(random) % bound);
}

#endif
