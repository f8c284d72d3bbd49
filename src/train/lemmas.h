/* Learns lemma rules from a treebank. */
#ifndef ANNALS_TRAIN_LEMMAS_H
#define ANNALS_TRAIN_LEMMAS_H

#include "classifiers/lemma_rules.h"
#include "train/treebank.h"

/* Builds the table in `arena`; false when memory failed. */
bool lemmas_learn(struct lemma_rules *rules, const struct treebank *treebank,
                  struct arena *arena);

/* Share of words whose lemma (compared without case) the rules give, with the gold classes. */
double lemmas_measure(const struct lemma_rules *rules, const struct treebank *treebank,
                      lemma_known *known, const void *context);

#endif
