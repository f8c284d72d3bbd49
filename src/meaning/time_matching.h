/* Finds the time expressions of a sentence's atoms by the rules. */
#ifndef ANNALS_MEANING_TIME_MATCHING_H
#define ANNALS_MEANING_TIME_MATCHING_H

#include "meaning/time_rules.h"

/* A class that an item can stand in, and its value there. */
struct time_reading {
    uint16_t word_class;
    double value;
};

/* What rules match: a word, a number, or an expression that a rule made of such. */
struct time_item {
    uint32_t first, end; /* atoms */
    struct class_set classes;
    uint32_t readings, reading_count;
    uint32_t meaning; /* index of the expression's meaning, or NONE */
    uint32_t rule;    /* that made it */
};

struct time_matcher {
    const struct time_rules *rules;
    const struct numbers *numbers;
    const struct document *document;
    const struct atom *atoms;
    uint32_t atom_count;
    ARRAY(struct time_reading) readings;
    ARRAY(struct time_item) items;
    ARRAY(struct time_item) next;
    ARRAY(struct time_meaning) meanings;
};

void time_matcher_init(struct time_matcher *matcher, const struct time_rules *rules,
                       const struct numbers *numbers, const struct document *document,
                       struct arena *scratch);

/* Matches the atoms of one sentence. Afterwards the items of `matcher->items` that have a meaning are
 * the expressions, in text order. Returns how many there are. */
uint32_t time_match(struct time_matcher *matcher, const struct atom *atoms, uint32_t count);

/* Makes the items of the atoms (time_items.c). */
void time_items(struct time_matcher *matcher);

#endif
