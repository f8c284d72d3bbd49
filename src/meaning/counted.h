/* What an amount counts: the noun, and the whole that it is part of. */
#ifndef ANNALS_MEANING_COUNTED_H
#define ANNALS_MEANING_COUNTED_H

#include "meaning/amounts.h"

struct counted {
    uint32_t noun;    /* token, or NONE */
    uint32_t part_of; /* token of the whole's noun, or NONE */
};

/* Whether a number is followed at atom `at` by "-strong", "-man", "-member", "-person". */
bool is_strength(const struct atom *atoms, uint32_t count, uint32_t at);

/* By the tree where there is one, else by the noun phrase to the right. */
struct counted counted_find(const struct document *document, const struct atom *atoms,
                            uint32_t count, const struct amount *amount);

#endif
