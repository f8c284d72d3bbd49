/* Lemmas of words whose class and features are known. */
#ifndef ANNALS_LANGUAGE_LEMMAS_H
#define ANNALS_LANGUAGE_LEMMAS_H

#include "classifiers/lemma_rules.h"
#include "document/document.h"

/* Joins word class and the features that inflection shows: what a lemma rule is looked up under. */
uint32_t lemma_class(uint32_t upos, uint32_t features);

/* What lemmas are made with: rules, and which words there are. */
struct lemmatiser {
    struct lemma_rules rules;
    lemma_known *known;
    const void *context; /* of `known` */
};

/* Sets lemma and lemma_hash of a token whose upos and features are set. Names keep their capitals.
 * False when memory failed. */
bool lemma_set(const struct lemmatiser *lemmatiser, const struct document *document,
               struct token *token);

#endif
