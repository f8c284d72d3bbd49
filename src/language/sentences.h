/* Where sentences end. */
#ifndef ANNALS_LANGUAGE_SENTENCES_H
#define ANNALS_LANGUAGE_SENTENCES_H

#include "language/pieces.h"

/* A longer sentence is broken, so that later stages may be quadratic in a sentence. */
enum { SENTENCE_TOKENS = 400 };

/* Habits of a whole document, seen before its blocks are cut. */
struct habits {
    bool lower_case;     /* written without capitals: a lower-case word may begin a sentence */
    uint32_t line_width; /* longest line where lines are wrapped; 0 where a line is a paragraph */
};

struct habits habits_of(const struct document *document);

/* Marks the ends of sentences in a block: `ends[i]` becomes true where a sentence ends after piece
 * `i`. `ends` holds pieces->list.count items; the last is always an end. */
void sentences_find(const struct pieces *pieces, const struct habits *habits, bool *ends);

#endif
