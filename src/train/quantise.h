/* Turns a trained network into a grammar model file: 8-bit weights with a scale a column. */
#ifndef ANNALS_TRAIN_QUANTISE_H
#define ANNALS_TRAIN_QUANTISE_H

#include "classifiers/lemma_rules.h"
#include "train/network.h"
#include "train/vocabulary.h"

/* Writes the network's values as they stand (exchange them with their averages first). */
annals_status quantise_write(const struct network *network, const struct vocabulary *vocabulary,
                             const struct lemma_rules *lemmas, uint64_t training, const char *path,
                             struct arena *arena, annals_error *error);

#endif
