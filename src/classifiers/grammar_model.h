/* The grammar model: one network for word classes, features, tree and relations, in integers.
 * How it is built and trained stands in train/network.h; here it only runs. */
#ifndef ANNALS_CLASSIFIERS_GRAMMAR_MODEL_H
#define ANNALS_CLASSIFIERS_GRAMMAR_MODEL_H

#include "bytes/arena.h"
#include "classifiers/kernels.h"
#include "classifiers/model.h"
#include "classifiers/word_features.h"

#define GRAMMAR_KIND "grammar"

enum {
    GRAMMAR_LAYERS = 3,
    GRAMMAR_DISTANCES = 32, /* columns for distances */
    GRAMMAR_LONGEST = 256,  /* words of a piece */
};

/* Section "sizes". All but the counts of classes are multiples of 16. */
struct grammar_sizes {
    uint32_t input, hidden, layers, arc, label;
    uint32_t vocabulary, slots; /* rows; slots of the hash table, a power of two */
    uint32_t classes, morphs, relations;
    uint32_t class_width, morph_width, relation_width;
    uint32_t root_relation; /* the one that stands for "is the root" */
};

/* Section "morphs": what a class of features stands for. */
struct grammar_morph {
    uint32_t upos, bits;
};

/* Section "slots": row of a word; row 0 marks a free slot. */
struct grammar_slot {
    uint32_t check; /* high half of the word's key */
    uint32_t row;
};

/* An embedding table: rows of 8 bits, each with a scale. */
struct grammar_table {
    const int8_t *rows;
    const float *scales;
};

/* A layer of weights: out = (values · matrix) * scale + bias. */
struct grammar_layer {
    struct packed_matrix matrix;
    const float *scale, *bias;
};

struct grammar_model {
    struct model model;
    const struct kernels *kernels;
    struct grammar_sizes sizes;
    const struct grammar_slot *slots;
    const struct grammar_morph *morphs;
    struct grammar_table words, affixes, grams, shapes;
    struct grammar_layer input[GRAMMAR_LAYERS][2]; /* scale and bias serve both */
    struct packed_matrix state[GRAMMAR_LAYERS][2];
    struct grammar_layer top, ask, relation;
    const float *arc_root, *label_root, *label_distance;
};

/* A run of words that becomes one tree. */
struct grammar_piece {
    uint32_t first, count; /* in the features and answers; count is 1 to GRAMMAR_LONGEST */
};

struct grammar_answer {
    uint32_t bits;     /* features */
    uint16_t head;     /* within the piece + 1; 0 for its root */
    uint8_t upos, relation;
};

annals_status grammar_model_open(struct grammar_model *grammar, const char *path,
                                 annals_error *error);
void grammar_model_close(struct grammar_model *grammar);

/* Says whether a folded word is in the vocabulary; fits lemma_known with a grammar as context. */
bool grammar_model_knows(const void *grammar, const char *folded, size_t length);

/* Answers for every word of the pieces; what is said of a piece depends on its words alone. `states`,
 * unless NULL, gets what the network knows of each word where it stands: [words][grammar_state_size].
 * False when memory failed. */
bool grammar_model_run(const struct grammar_model *grammar, const struct grammar_piece *pieces,
                       size_t count, const struct word_features *features,
                       struct grammar_answer *answers, int8_t *states, struct arena *scratch);
size_t grammar_state_size(const struct grammar_model *grammar);

/* Column of a distance, for the trainer too: 0 for the root, else by direction and size. */
size_t grammar_distance(size_t dependent, size_t head);

#endif
