/* A linear classifier over hashed features: yes or no, with a probability.
 *
 * Weights are 16-bit integers, so that the sum is the same on every machine whatever its order.
 * Method: feature hashing (Weinberger et al. 2009), logistic regression fitted by annals-train. */
#ifndef ANNALS_CLASSIFIERS_LINEAR_H
#define ANNALS_CLASSIFIERS_LINEAR_H

#include "bytes/mapping.h"

struct linear {
    struct mapping mapping;
    const int16_t *weights; /* [1 << bits] */
    uint32_t mask;
    int32_t bias;
    float scale; /* weight 1 is this many natural-logarithm odds */
};

/* Maps the model file. ANNALS_FOREIGN where it is damaged or not such a model. */
annals_status linear_open(struct linear *linear, const char *path, annals_error *error);
void linear_close(struct linear *linear);

/* Sum of the weights of `features[count]` (hashes) and the bias. */
int32_t linear_sum(const struct linear *linear, const uint64_t *features, uint32_t count);
/* Probability of yes, 0 to 1, of a sum. */
float linear_probability(const struct linear *linear, int32_t sum);

/* Writes a model file: `weights[1 << bits]`, the hash of the data it was fitted to. */
annals_status linear_write(const char *path, const int16_t *weights, uint32_t bits, int32_t bias,
                           float scale, uint64_t data_hash, annals_error *error);

#endif
