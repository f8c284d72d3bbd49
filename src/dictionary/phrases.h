/* Longest match of phrases over token hashes.
 *
 * A phrase is cut into words as the tokeniser would cut it, folded (utf8_fold) and hashed. Hyphens
 * separate words and count for nothing, on both sides: "Mazar-i-Sharif", "Mazar i Sharif" and the
 * tokens "Mazar" "-" "i" "-" "Sharif" match one another. The tokeniser keeps the hyphen behind a
 * prefix, so a phrase is also found with the first hyphen of its words kept ("anti-aircraft gun").
 * The possessives "'s" and "'" are words of their own.
 * Several values may stand for one phrase; they come out in the order they were added.
 *
 * Cost of a look-up: one hash probe a word of the longest phrase that begins alike; it does not
 * grow with the number of phrases. */
#ifndef ANNALS_DICTIONARY_PHRASES_H
#define ANNALS_DICTIONARY_PHRASES_H

#include "bytes/arena.h"

struct phrases {
    struct arena *arena;
    struct phrase_slot *slots; /* open addressing; [slot_count], a power of two */
    uint8_t *marks;            /* [slot_count]: a bit that the key chooses, for each there is */
    uint32_t slot_count, used;
    struct phrase_value *values;
    uint32_t value_count, value_capacity;
    uint64_t hyphen; /* hash of "-" */
};

#define PHRASE_NONE UINT32_MAX

void phrases_init(struct phrases *phrases, struct arena *arena);

/* Adds a phrase with a value (an index of the caller's). Returns false when memory is out or the
 * phrase holds no word. */
bool phrases_add(struct phrases *phrases, const char *phrase, size_t length, uint32_t value);

/* Longest phrase that begins at `hashes[0]`: the hash of each token, `stride` bytes apart.
 * Returns the handle of its first value, or PHRASE_NONE; `*length` gets the number of tokens. */
uint32_t phrases_find(const struct phrases *phrases, const void *hashes, size_t stride,
                      uint32_t count, uint32_t *length);

/* Whether a word, given by its hash, begins any phrase. */
bool phrases_begin(const struct phrases *phrases, uint64_t hash);
/* The handle of exactly this phrase, cut as phrases_add cuts it, or PHRASE_NONE. */
uint32_t phrases_exact(const struct phrases *phrases, const char *phrase, size_t length);

/* The value of a handle, and the handle of the next value of the same phrase or PHRASE_NONE. */
uint32_t phrases_value(const struct phrases *phrases, uint32_t handle, uint32_t *next);

#endif
