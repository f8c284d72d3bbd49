/* The words of a stretch of text, for comparing what two reports say. */
#ifndef ANNALS_RECORD_WORDING_H
#define ANNALS_RECORD_WORDING_H

#include "record/episodes.h"

/* Words as they come, repeated ones included. */
struct words {
    ARRAY(struct wording) items;
};

/* A word of everyday news, made by the build from models/en/words.tsv; in byte order. */
struct common_word {
    const char *text;
    uint8_t weight;
};
extern const struct common_word common_words[];
/* Where the words of each letter start; the 27th is the end. */
extern const uint16_t common_word_starts[27];

/* Adds the content words of `text` (folded; no function words, nothing shorter than three letters or
 * digits). `scratch` holds the folded text. */
void wording_add(struct words *words, struct arena *scratch, const char *text, size_t length);

/* The heaviest words, each once with how often it stands and what it weighs, ascending by hash;
 * `*count` is their number. */
struct wording *wording_count(const struct words *words, struct arena *arena, uint32_t *count);
/* The length of the vector of weights. */
float wording_length(const struct wording *words, uint32_t count);

/* The words of `text` that have these hashes, folded, in `arena`; NULL where it has none. */
void wording_find(struct arena *arena, const char *text, size_t length, const uint32_t *hashes,
                  const char **words, uint32_t count);

enum { SKETCH = 64 };

/* A sketch of a text: the smallest hashes of its runs of four words (Broder 1997). */
struct sketch {
    uint32_t items[SKETCH];
    uint32_t count;
};

void wording_sketch(const struct words *words, struct sketch *sketch);
/* An estimate of the share of runs that two texts have in common, 0 to 1. */
double wording_alike(const struct sketch *left, const struct sketch *right);

#endif
