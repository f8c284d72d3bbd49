/* Single words with a class and a value, as the grammars of times and numbers need them.
 *
 * A lexicon is read from dictionary tables with the columns `id`, `class`, `value`, `when` and
 * `words`; a word may stand in several classes ("second" is an ordinal and a unit). */
#ifndef ANNALS_MEANING_LEXICON_H
#define ANNALS_MEANING_LEXICON_H

#include "bytes/array.h"
#include "dictionary/phrases.h"
#include "dictionary/table.h"

/* What must hold before a word counts in its class. */
enum word_guard {
    GUARD_NONE,
    GUARD_CAPITAL, /* written with a capital: "May", "March" */
    GUARD_LOWER,   /* not capitalised inside a name: "the Daily Planet" */
    GUARD_NOUN,    /* as lower, and no verb, adverb or adposition where tags are known: "fall", "spring" */
};

struct lexicon_entry {
    uint16_t word_class;
    uint8_t guard;
    uint32_t row; /* of the table it came from */
    double value;
};

struct lexicon {
    struct phrases words;
    ARRAY(struct lexicon_entry) entries;
};

void lexicon_init(struct lexicon *lexicon, struct arena *arena);

/* Adds every row of a table. `class_of` gives the number of a class by its name, or a negative
 * number where there is none; `value_of` reads a value that is no number and returns false where it
 * cannot. Either failure is ANNALS_MALFORMED with file and line. */
annals_status lexicon_add(struct lexicon *lexicon, const struct table *table,
                          int (*class_of)(void *context, const char *name),
                          bool (*value_of)(const char *name, double *value), void *context,
                          annals_error *error);

/* Adds one word. */
bool lexicon_add_word(struct lexicon *lexicon, const char *word, size_t length,
                      struct lexicon_entry entry);

/* Handle of the first entry of a word by the hash of its folded bytes, or PHRASE_NONE. */
static inline uint32_t lexicon_find(const struct lexicon *lexicon, uint64_t hash)
{
    uint32_t length;
    return phrases_find(&lexicon->words, &hash, sizeof hash, 1, &length);
}

/* The entry of a handle; `*next` gets the next handle or PHRASE_NONE. */
static inline const struct lexicon_entry *lexicon_entry(const struct lexicon *lexicon,
                                                        uint32_t handle, uint32_t *next)
{
    return &lexicon->entries.items[phrases_value(&lexicon->words, handle, next)];
}

#endif
