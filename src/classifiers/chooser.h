/* A small network that says of each of several words how it stands to another one: which of the
 * nouns of a sentence did what its verb tells, and which of them suffered it.
 *
 *     ask, own = tanh of a layer over the grammar network's state of the one word and of the other
 *     told     = tanh of the sum of a row of a table for each of the pair's features (hashes)
 *     inner    = relu of a layer over ask, own, ask * own, told, and of the signs
 *     odds     = a layer over inner, and of the signs
 *
 * Weights of 8 bits; layers sum whole numbers, the rest floats in one order, so that every machine
 * says the same.
 * How it is trained: train/chooser_trainer.h. */
#ifndef ANNALS_CLASSIFIERS_CHOOSER_H
#define ANNALS_CLASSIFIERS_CHOOSER_H

#include "classifiers/grammar_model.h"

#define CHOOSER_KIND "chooser"

enum {
    CHOOSER_FEATURES = 24, /* of a pair, each a hash */
    CHOOSER_SIGNS = 6,     /* of a pair, each 0 or 1 */
    CHOOSER_ANSWERS = 2,
    CHOOSER_MOST = 64, /* words that one question is of */
};

/* Section "sizes"; `state` is that of the grammar model, all but `rows` are multiples of 16. */
struct chooser_sizes {
    uint32_t state, asked, rows, told, inner; /* `rows` is a power of two */
};

struct chooser {
    struct model model;
    const struct kernels *kernels;
    struct chooser_sizes sizes;
    struct grammar_layer ask, own, inner;
    struct grammar_table table;
    const float *inner_signs;    /* [CHOOSER_SIGNS][inner] */
    const float *out, *out_bias; /* [CHOOSER_ANSWERS][inner], [CHOOSER_ANSWERS] */
    const float *out_signs;      /* [CHOOSER_ANSWERS][CHOOSER_SIGNS] */
};

/* One word that is asked about. */
struct chooser_pair {
    const int8_t *state; /* [sizes.state] */
    uint32_t features[CHOOSER_FEATURES];
    uint8_t signs[CHOOSER_SIGNS];
};

annals_status chooser_open(struct chooser *chooser, const char *path, annals_error *error);
void chooser_close(struct chooser *chooser);

/* For each of `pairs[count]`, at most CHOOSER_MOST, the probability of each answer; `state` is that
 * of the word they are asked about. */
void chooser_run(const struct chooser *chooser, const int8_t *state,
                 const struct chooser_pair *pairs, size_t count, float (*answers)[CHOOSER_ANSWERS]);

#endif
