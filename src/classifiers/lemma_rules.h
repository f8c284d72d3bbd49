/* Lemmas by rule: what to take off a word's end and what to put there instead.
 *
 * Method: rules learned from a treebank (as in UDPipe 1, Straka and Strakova 2017, without its
 * statistical choice). A rule is looked up by the whole word, then by its longest known ending,
 * always together with word class and those features that inflection shows. */
#ifndef ANNALS_CLASSIFIERS_LEMMA_RULES_H
#define ANNALS_CLASSIFIERS_LEMMA_RULES_H

#include "classifiers/model.h"

#include <stdbool.h>

enum { LEMMA_ENDING = 6, LEMMA_ADDED = 15, LEMMA_GROWTH = 16 };

/* Section "lemma rules". */
struct lemma_rule {
    uint8_t cut;   /* bytes taken off the end */
    uint8_t added; /* bytes put there */
    char text[LEMMA_ADDED - 1];
};

/* Section "lemma slots": a hash table; check 0 marks a free slot. */
struct lemma_slot {
    uint32_t check;
    uint32_t rule;
};

struct lemma_rules {
    const struct lemma_slot *slots;
    const struct lemma_rule *rules;
    uint32_t slot_count, rule_count; /* slot_count is a power of two */
};

annals_status lemma_rules_use(struct lemma_rules *rules, const struct model *model,
                              annals_error *error);

/* Key of a word (`whole`) or of an ending, under a class. */
uint64_t lemma_key(const char *ending, size_t length, bool whole, uint32_t class_bits);

/* Says whether there is such a word. */
typedef bool lemma_known(const void *context, const char *word, size_t length);

/* The rule for a folded word; NULL: the word is its own lemma. `class_bits` joins word class and
 * features. Of several endings' rules the longest that makes a known word wins (`known` NULL: the
 * longest). */
const struct lemma_rule *lemma_rules_find(const struct lemma_rules *rules, const char *folded,
                                          size_t length, uint32_t class_bits, lemma_known *known,
                                          const void *context);

/* Says whether the rule makes a word of `folded` that there is. */
bool lemma_rule_makes_known(const struct lemma_rule *rule, const char *folded, size_t length,
                            lemma_known *known, const void *context);

/* Says whether a rule was learned for the whole word. */
bool lemma_rules_know(const struct lemma_rules *rules, const char *folded, size_t length,
                      uint32_t class_bits);

#endif
