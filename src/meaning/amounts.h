/* Amounts: a number or vague word with the bounds that its modifiers set, before it is known what it
 * counts. */
#ifndef ANNALS_MEANING_AMOUNTS_H
#define ANNALS_MEANING_AMOUNTS_H

#include "meaning/numerals.h"

struct amount {
    uint32_t first, end;  /* atoms, modifiers included */
    uint32_t number, number_end; /* atoms of the (first) number itself */
    double low, high;     /* NAN where unbounded */
    bool vague, approximate;
    bool plain;           /* bare figures */
    bool fraction;
    bool of;              /* "dozens of", "a handful of": ends before the "of" */
    bool comma;           /* a comma stands between it and what it counts */
    bool suffix;          /* "-odd", "-plus", "or so" ends it */
    bool word_one;        /* "one" */
    const char *currency; /* of a sign before it, or NULL */
};

/* Reads the amount that begins at atom `at`, with its modifiers before and after, ranges and
 * alternatives ("hundreds, if not thousands"); false where none does. */
bool amount_read(const struct numbers *numbers, const struct atom *atoms, uint32_t count,
                 uint32_t at, struct amount *amount);

#endif
