/* How a place name becomes the key it is looked up by, and its skeleton, the key of last resort.
 *
 * The words of a name are folded (utf8_fold); blanks, hyphens, slashes, commas and brackets part
 * them; full stops and apostrophes vanish ("Sana'a", "St. John's", "U.S."); "saint", "mount", "fort"
 * are their abbreviations; the Persian link between two words, "-i-", "-e-", "-ye-", is left out.
 * The key of n words is the key of the first n-1 joined with the hash of the last, so that a walk
 * over the tokens of a text finds the longest name. */
#ifndef ANNALS_MEANING_GAZETTEER_NAMES_H
#define ANNALS_MEANING_GAZETTEER_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NAME_WORDS = 12, NAME_BYTES = 400 };

/* Key of no words. */
#define NAME_START UINT64_C(0x67617a6574746565)

struct name_words {
    uint64_t hashes[NAME_WORDS];
    uint32_t count;
    bool plain; /* every letter was Latin once folded */
};

/* Cuts a name of UTF-8 text into words. A name that is too long or has no word gives count 0. */
void name_words_of(struct name_words *words, const char *name, size_t length);

/* Adds the words of text that is folded already (a token). Returns false where there is no room. */
bool name_words_add(struct name_words *words, const char *folded, size_t length);

/* Key of one word more. */
uint64_t name_key_join(uint64_t key, uint64_t word);

/* The word "i", "e" or "ye" that links two words and counts for nothing between them. */
bool name_is_link(uint64_t word);

/* What is left of a folded name under every usual spelling: one vowel for each kind of sound lost,
 * q and kh as k, w as v, doubled letters once, articles and links left out. Writes at most
 * NAME_BYTES and a NUL; returns the length, 0 where too little is left to tell names apart. */
size_t name_skeleton(const char *folded, size_t length, char skeleton[NAME_BYTES + 1]);

/* Key of a skeleton; apart from the keys of names. */
uint64_t name_skeleton_key(const char *skeleton, size_t length);

/* How far two folded names are apart under the sounds that spellings confuse: edits over sounds,
 * vowels at half weight; in halves. */
uint32_t name_distance(const char *left, size_t left_length, const char *right,
                       size_t right_length);

#endif
