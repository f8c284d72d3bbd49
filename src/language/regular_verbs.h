/* Lemmas of regular verbs that no treebank showed, by English spelling. */
#ifndef ANNALS_LANGUAGE_REGULAR_VERBS_H
#define ANNALS_LANGUAGE_REGULAR_VERBS_H

#include "language/lemmas.h"

/* The rule for a folded verb in -ed or -ing: `learned`, the one learned from endings, unless
 * spelling and vocabulary say another ("ruled" is of "rule", "repelled" of "repel"). Static
 * storage. */
const struct lemma_rule *regular_verb_rule(const struct lemmatiser *lemmatiser, const char *folded,
                                           size_t length, const struct lemma_rule *learned);

#endif
