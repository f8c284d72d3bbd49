/* Lemmas of words whose class and features are known. */
#ifndef ANNALS_LANGUAGE_LEMMAS_H
#define ANNALS_LANGUAGE_LEMMAS_H

#include "classifiers/lemma_rules.h"
#include "document/stage.h"

/* Joins word class and the features that inflection shows: what a lemma rule is looked up under. */
uint32_t lemma_class(uint32_t upos, uint32_t features);

/* A past tense or participle, and its verb. */
struct irregular {
    const char *form, *lemma;
};

/* What lemmas are made with: rules, and which words there are. */
struct lemmatiser {
    struct lemma_rules rules;
    struct irregular *irregulars; /* sorted by form */
    uint32_t irregular_count;
    lemma_known *known;
    const void *context; /* of `known` */
};

/* Reads the irregular verbs of dictionaries/en/verbs.tsv. */
annals_status lemmatiser_read_verbs(struct lemmatiser *lemmatiser,
                                    const struct stage_setting *setting, annals_error *error);

/* Sets lemma and lemma_hash of a token whose upos and features are set. Names keep their capitals.
 * False when memory failed. */
bool lemma_set(const struct lemmatiser *lemmatiser, const struct document *document,
               struct token *token);

#endif
