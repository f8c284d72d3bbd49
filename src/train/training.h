/* Fitting the grammar network to a treebank, or its words and first layer to plain text. */
#ifndef ANNALS_TRAIN_TRAINING_H
#define ANNALS_TRAIN_TRAINING_H

#include "train/network.h"
#include "train/vocabulary.h"

struct training {
    struct network *network;
    struct parameters *parameters;
    const struct vocabulary *vocabulary;
    const struct treebank *treebank, *development; /* what to learn, what to measure on */
    const struct treebank *labelled; /* by teachers, to learn as well; NULL = nothing */
    uint32_t labelled_share;         /* how many of its sentences an epoch takes */
    struct dropout dropout;
    struct update update;
    float rate; /* highest learning rate */
    uint32_t epochs, first_epoch;
    uint32_t batch_words;
    float caseless, headline, dropped_end; /* shares of sentences that are made noisy */
    uint64_t seed;
    const char *checkpoint;      /* path; NULL = none is written */
    uint32_t measure_every;      /* epochs; 0 = never */
    void (*task)(struct pass *); /* what a worker does with its share of a batch */
    const void *context;         /* handed to it */
    struct arena *arena;
    FILE *log;
};

/* Shares of words, 0 to 1. */
struct scores {
    double upos, morph, unlabelled, labelled, labelled_full;
    size_t words;
};

annals_status training_run(struct training *training, annals_error *error);

/* Learns word vectors and the first layer from texts: each word is told from others by the states
 * of the words before and after it (context2vec, Melamud et al. 2016, with a sampled softmax). */
annals_status pretraining_run(struct training *training, const struct treebank *texts,
                              annals_error *error);

/* Measures the network as it stands; `regime` CASE_NONE hides all capitals. */
struct scores training_measure(const struct training *training, const struct treebank *treebank,
                               bool caseless);

/* What the network says of every word; answers[words]. False when memory failed. */
bool training_answer(const struct training *training, const struct treebank *treebank,
                     bool caseless, struct answer *answers);

/* Adds one word's answer to counts; counts as shares. */
void scores_add(struct scores *scores, const struct answer *answer, const struct example *word);
struct scores scores_shares(const struct scores *scores);

/* The batches of one epoch: their sentences, longest first within a batch. */
struct epoch {
    struct batch_sentence *sentences;
    uint32_t count;
    uint32_t *first; /* first[batches + 1] */
    uint32_t batches;
};

#endif
