/* Fits the network that chooses who takes part in an event (classifiers/chooser.h,
 * meaning/choosing.h). */
#ifndef ANNALS_TRAIN_CHOOSER_TRAINER_H
#define ANNALS_TRAIN_CHOOSER_TRAINER_H

#include "classifiers/chooser.h"
#include "document/document.h"
#include "train/parameters.h"

/* One question: the nouns around a word, and which of them are right: of a claim those who take
 * part, of a pronoun those whom it stands for. */
struct chooser_example {
    const int8_t *state;              /* of the word that is asked about */
    const struct chooser_pair *pairs; /* [count] */
    uint8_t *right;                   /* [count][CHOOSER_ANSWERS] */
    uint8_t *counted;                 /* likewise: 0 where nobody can say */
    uint32_t count;
    bool read, held_out; /* by people; and for nothing but the score */
    bool empty[CHOOSER_ANSWERS],
        told[CHOOSER_ANSWERS]; /* rules find nobody; the sentence tells of somebody */
};

struct chooser_examples {
    struct chooser_example *items;
    size_t count, capacity;
    uint32_t state_size;
    struct arena arena;
};

/* chooser_examples.c: adds one with copies of the states (each of `state_size`) and of the pairs,
 * at most CHOOSER_MOST; everything counts, and nothing is right, read or held out yet. NULL when
 * memory failed. */
struct chooser_example *chooser_examples_add(struct chooser_examples *examples, const int8_t *state,
                                             const struct chooser_pair *pairs, uint32_t count,
                                             uint32_t state_size);
/* Where each token of the document begins, in code points; NULL when memory failed. */
uint32_t *chooser_points(const struct document *document, struct arena *scratch);

/* chooser_network.c */
struct chooser_network {
    struct chooser_sizes sizes;
    struct parameters parameters;
    struct parameter *ask, *ask_bias, *own, *own_bias, *table, *inner, *inner_bias, *inner_signs,
        *out, *out_bias, *out_signs;
};

bool chooser_network_init(struct chooser_network *network, const struct chooser_sizes *sizes,
                          struct arena *arena, uint64_t seed);

/* A walk over the examples. */
struct chooser_lesson {
    bool read;  /* what people said, with the signs; else what the rules say, without */
    bool one;   /* the first answer is right of one pair or none; else of any */
    float rate; /* at its beginning; it falls to none over `epochs` */
    uint32_t epochs;
    uint64_t seed;
};
/* Prints the loss of each epoch. False when memory failed. */
bool chooser_network_learn(struct chooser_network *network, const struct chooser_examples *examples,
                           const struct chooser_lesson *lesson);
/* Writes the weights of 8 bits. */
annals_status chooser_network_write(const struct chooser_network *network, const char *path,
                                    uint64_t training, struct arena *arena, annals_error *error);

/* Half of all reports, 0 or 1, by a hash of their name: those that a network must not have seen
 * that says of them what another model is to learn from. */
uint32_t chooser_fold(const char *report);

/* The command `annals-train chooser`; returns the exit status. */
int chooser_command(int count, char **arguments);

#endif
