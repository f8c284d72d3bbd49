/* The words of a text with their shape: what page furniture and printed dates are known by. */
#ifndef ANNALS_INTAKE_WORDS_H
#define ANNALS_INTAKE_WORDS_H

#include "bytes/array.h"
#include "bytes/span.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    SHAPE_CAPITALISED = 1,  /* begins with a capital */
    SHAPE_ALL_CAPITALS = 2, /* two letters or more, all capitals */
    SHAPE_NUMBER = 4,       /* digits only */
    SHAPE_FUNCTION = 8,     /* "the", "of", "was": what running text is held together by */
    SHAPE_READER = 16,      /* "you", "your": a page that speaks to its reader */
    SHAPE_OPENS = 32,       /* the first word of its sentence, as far as punctuation tells */
    SHAPE_SPEECH = 64,      /* "said", "told": a report that gives somebody's words */
};

struct word {
    struct byte_span span;
    uint64_t hash;   /* hash_bytes of the folded word */
    uint32_t number; /* value of a SHAPE_NUMBER of up to eight digits */
    uint8_t flags;
    uint8_t digits; /* how many digits a SHAPE_NUMBER has */
};

struct words {
    ARRAY(struct word) list;
};

/* All words of `text`: runs of letters and digits, with apostrophes inside; a run of digits ends
 * where letters begin ("24th" is two words). */
void words_find(struct words *words, struct arena *arena, const char *text, uint32_t length);

/* Index of the first word that starts at or after `offset`. */
uint32_t words_from(const struct words *words, uint32_t offset);

#endif
