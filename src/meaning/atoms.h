/* Atoms: the pieces of a sentence that the grammars of times and numbers read.
 *
 * A token becomes one atom, or several where it holds what these grammars must see apart: a hyphen
 * or dash ("mid-June", "1998-08-07"), a number with its unit ("82mm", "3pm"), a currency sign
 * ("$2bn"). So the grammars do not depend on how the tokeniser treats hyphens. */
#ifndef ANNALS_MEANING_ATOMS_H
#define ANNALS_MEANING_ATOMS_H

#include "document/document.h"

struct atom {
    struct byte_span span;
    uint32_t token;     /* index of the token it is or stands in */
    uint64_t hash;      /* of `folded` */
    const char *folded; /* lower case; not NUL-terminated for parts of a token */
    uint16_t length;    /* of `folded` */
    bool space_before;
    bool capitalised;   /* begins with a capital */
    bool digits;        /* begins with a digit */
};

typedef ARRAY(struct atom) atom_array;

/* Appends the atoms of a sentence. */
void atoms_of_sentence(const struct document *document, uint32_t sentence, struct arena *scratch,
                       atom_array *atoms);

/* Whether an atom is this word (folded). */
static inline bool atom_is(const struct atom *atom, const char *word)
{
    size_t length = strlen(word);
    return atom->length == length && memcmp(atom->folded, word, length) == 0;
}

#endif
