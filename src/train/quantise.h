/* Turns a trained network into a grammar model file: 8-bit weights with a scale a column. */
#ifndef ANNALS_TRAIN_QUANTISE_H
#define ANNALS_TRAIN_QUANTISE_H

#include "classifiers/lemma_rules.h"
#include "train/model_writer.h"
#include "train/network.h"
#include "train/vocabulary.h"

/* A model file while its sections are collected. */
struct quantiser {
    struct model_writer writer;
    struct arena *arena;
};

/* Each adds the sections of a matrix: a table by rows; a layer's packed weights, sums, scales and
 * bias, and a second matrix of the same scales, or NULL; and numbers as they are. */
void quantise_table(struct quantiser *quantiser, const char *name, const struct parameter *table);
void quantise_layer(struct quantiser *quantiser, const char *name, const struct parameter *matrix,
                    const struct parameter *shared, const char *shared_name,
                    const struct parameter *bias);
void quantise_floats(struct quantiser *quantiser, const char *name, const struct parameter *matrix);

/* Writes the network's values as they stand (exchange them with their averages first). */
annals_status quantise_write(const struct network *network, const struct vocabulary *vocabulary,
                             const struct lemma_rules *lemmas, uint64_t training, const char *path,
                             struct arena *arena, annals_error *error);

#endif
