/* What the grammar network sees of a word: rows of its embedding tables.
 *
 * One function for the stage and for the trainer. A word is described by its folded form with
 * digits as 0 (a row of the vocabulary, looked up by hash), prefixes of 1 to 3 and suffixes of 1
 * to 4 bytes, byte n-grams of 3 to 5 with marked ends (after Bojanowski et al. 2017, "Enriching
 * Word Vectors with Subword Information"), its shape, and how it stands in the sentence. Where
 * capitals tell nothing (all-capital wires, lower-case archives, headlines) the shape leaves them
 * out, so that upper- and lower-cased copies of a sentence look the same. */
#ifndef ANNALS_CLASSIFIERS_WORD_FEATURES_H
#define ANNALS_CLASSIFIERS_WORD_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    AFFIX_LIMIT = 7,
    GRAM_LIMIT = 40,
    AFFIX_ROWS = 8192,
    GRAM_ROWS = 16384,
    SHAPE_ROWS = 256, /* 3 x 64 shapes, then 8 places */
};

/* What capitals mean in a sentence. */
enum case_regime { CASE_NORMAL, CASE_NONE, CASE_HEADLINE };

/* How a word stands in its sentence; bits. */
enum word_place { PLACE_FIRST = 1, PLACE_GLUED_BEFORE = 2, PLACE_GLUED_AFTER = 4 };

struct word_features {
    uint64_t word; /* key of the vocabulary */
    uint16_t affixes[AFFIX_LIMIT];
    uint16_t grams[GRAM_LIMIT];
    uint8_t affix_count, gram_count;
    uint16_t shape, place; /* rows of the shape table */
};

/* Running count of a sentence's capitals: begin with zeroes, add each word, then ask. */
struct case_count {
    uint32_t upper, lower;             /* letters */
    uint32_t long_words, long_capital; /* words of four letters or more; those with a capital */
};

void case_count_add(struct case_count *count, const char *form, size_t length);
enum case_regime case_count_regime(const struct case_count *count);

/* `form` is the word as written, `folded` its utf8_fold; `place` bits of enum word_place. */
void word_features_find(struct word_features *features, const char *form, size_t length,
                        const char *folded, size_t folded_length, enum case_regime regime,
                        unsigned place);

/* Key of a folded word in the vocabulary. */
uint64_t word_key(const char *folded, size_t length);

/* Row of the shape table for a form in a regime. */
uint16_t word_shape(const char *form, size_t length, enum case_regime regime);

#endif
