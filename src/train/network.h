/* The grammar network in training: words to tags, tree and relations, forward and backward.
 *
 * Method: word vectors summed from embedding tables (word_features.h), two layers of bidirectional
 * LSTM shared by all tasks, then per word: word class, class of features, and for the tree
 * "biaffine" arc scores after Dozat and Manning 2017 (with a learned preference for distances) and
 * relation scores of head and dependent by one hidden layer after Kiperwasser and Goldberg 2016.
 * The same arithmetic in integers stands in classifiers/grammar.c. */
#ifndef ANNALS_TRAIN_NETWORK_H
#define ANNALS_TRAIN_NETWORK_H

#include "train/lstm.h"
#include "train/random.h"
#include "train/treebank.h"

enum {
    LAYER_LIMIT = 3,
    CLASS_WIDTH = 32,    /* columns for word classes: WORD_CLASS_COUNT, rounded up */
    RELATION_WIDTH = 64, /* columns for relations */
    DISTANCE_WIDTH = 32, /* columns for distances */
};

/* All but `morphs` are multiples of 16. */
struct network_sizes {
    uint32_t input, hidden, layers, arc, label;
    uint32_t morphs;     /* classes of word class and features together */
    uint32_t vocabulary; /* rows of the word table; row 0 stands for all other words */
};

struct network {
    struct network_sizes sizes;
    size_t morph_width; /* `morphs` rounded up to 16 */
    struct parameter *words, *affixes, *grams, *shapes;
    struct lstm lstm[LAYER_LIMIT][2];
    struct parameter *top, *top_bias;
    struct parameter *arc_product, *arc_bias, *arc_root;
    struct parameter *label_root, *label_distance, *label_out, *label_bias;
};

/* Where each task's columns begin in the top layer's output. */
struct top_columns {
    size_t morph, distance, arc_dependent, arc_head, label_dependent, label_head, width;
};

struct dropout {
    float word, input, state, hidden, head;
};

struct batch_sentence {
    const struct example *words;
    uint32_t count;
    enum case_regime regime;
    uint32_t number; /* of the sentence, to put answers in order */
};

/* What the network says of one word. */
struct answer {
    uint8_t upos, relation;
    uint16_t morph, head;
};

struct losses {
    double classes, morphs, arcs, labels;
    size_t words;
};

struct pass {
    const struct network *network;
    const struct batch_sentence *sentences; /* longest first */
    size_t count;
    size_t worker;
    struct workspace *workspace;
    struct random random;
    const struct dropout *dropout;  /* NULL: no training, only answers */
    float weight;                   /* of each word's loss */
    struct answer **answers;        /* answers[number][word]; NULL in training */
    struct arena *scratch;          /* for finding trees */
    struct losses losses;
    void (*task)(struct pass *); /* what to do: network_run, or pretraining */
    const void *context;         /* of the task */
};

/* Adds the network's parameters; false when memory failed. */
bool network_init(struct network *network, const struct network_sizes *sizes,
                  struct parameters *parameters, uint64_t seed);

struct top_columns network_columns(const struct network *network);

/* Runs a batch: in training, adds gradients and losses; else writes answers. */
void network_run(struct pass *pass);

/* ---- parts that pretraining shares */

/* Rows of the batch in time order, in workspace memory. */
struct time_order network_order(const struct batch_sentence *sentences, size_t count,
                                struct workspace *workspace);
size_t network_rows(const struct batch_sentence *sentences, size_t count);
/* x[rows][input] = the words' vectors; which words were dropped goes to `dropped`[rows]. */
void network_embed(struct pass *pass, float *x, uint8_t *dropped);
void network_embed_backward(struct pass *pass, const float *x, float *slope,
                            const uint8_t *dropped);
/* mask[sentences][size]: 0 or 1 / (1 - rate); NULL without dropout. */
float *network_mask(struct pass *pass, float rate, size_t size);

#endif
