/* The words of a stretch of text, as hashes of their folded form.
 *
 * Function words say nothing of what a report is about and are left out, so that two short reports
 * do not resemble each other for their grammar. Near-copies are found by Broder's sketches: of all
 * runs of four words the 64 smallest hashes are kept, and the share that two sketches have in common
 * estimates that of the texts ("On the resemblance and containment of documents", 1997). */
#include "record/wording.h"

#include "bytes/hash.h"
#include "bytes/utf8.h"

#include <stdlib.h>

/* English only, and no verb of any news: a word that this list forgets weighs little where every
 * report has it. In byte order. */
static const char *const function_words[] = {
    "about",   "after",   "again",  "against", "all",     "also",    "and",   "any",     "are",
    "because", "been",    "before", "being",   "between", "both",    "but",   "can",     "could",
    "did",     "does",    "down",   "during",  "each",    "few",     "for",   "from",    "further",
    "had",     "has",     "have",   "her",     "here",    "him",     "his",   "how",     "into",
    "its",     "just",    "like",   "may",     "more",    "most",    "not",   "now",     "off",
    "one",     "only",    "other",  "our",     "out",     "over",    "own",   "said",    "same",
    "she",     "since",   "some",   "such",    "than",    "that",    "the",   "their",   "them",
    "then",    "there",   "these",  "they",    "this",    "those",   "through", "too",   "two",
    "under",   "until",   "upon",   "very",    "was",     "were",    "what",  "when",    "where",
    "which",   "while",   "who",    "why",     "will",    "with",    "would", "you",     "your",
};

static int by_text(const void *left, const void *right)
{
    return strcmp(left, *(const char *const *)right);
}

static bool is_function_word(const char *word)
{
    return bsearch(word, function_words, sizeof function_words / sizeof function_words[0],
                   sizeof function_words[0], by_text) != NULL;
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (byte & 0x80) != 0;
}

enum { LONGEST = 40, SHORTEST = 3 };

/* The next word at or after `*at`; false at the end. Longer ones are cut. */
static bool next_word(const char *text, size_t length, size_t *at, char word[LONGEST + 1])
{
    while (*at < length) {
        while (*at < length && !is_letter(text[*at]))
            ++*at;
        size_t start = *at;
        while (*at < length && (is_letter(text[*at]) || (text[*at] == '-' && *at > start)))
            ++*at;
        size_t size = *at - start;
        while (size > 0 && text[start + size - 1] == '-')
            size--;
        /* The genitive's s stands apart: "Kabul's". */
        if (size < SHORTEST)
            continue;
        size = size > LONGEST ? LONGEST : size;
        memcpy(word, text + start, size);
        word[size] = '\0';
        if (!is_function_word(word))
            return true;
    }
    return false;
}

static char *folded_text(struct arena *arena, const char *text, size_t length, size_t *folded)
{
    char *copy = arena_allocate(arena, length * 3 + 1);
    *folded = copy != NULL ? utf8_fold(text, length, copy) : 0;
    return copy;
}

static uint32_t hash_of(const char *word)
{
    return (uint32_t)hash_bytes(word, strlen(word));
}

void wording_add(struct words *words, struct arena *scratch, const char *text, size_t length)
{
    char word[LONGEST + 1];
    size_t at = 0, size;
    const char *folded = folded_text(scratch, text, length, &size);
    while (folded != NULL && next_word(folded, size, &at, word)) {
        uint32_t *item = array_push(&words->items);
        if (item != NULL)
            *item = hash_of(word);
    }
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

struct wording *wording_count(const struct words *words, struct arena *arena, uint32_t *count)
{
    uint32_t total = words->items.count, kept = 0;
    uint32_t *sorted = arena_new_array(words->items.arena, uint32_t, total);
    *count = 0;
    if (sorted == NULL)
        return NULL;
    if (total > 0)
        memcpy(sorted, words->items.items, total * sizeof *sorted);
    qsort(sorted, total, sizeof *sorted, by_number);
    for (uint32_t i = 0; i < total; i++)
        kept += i == 0 || sorted[i] != sorted[i - 1];
    struct wording *counted = arena_new_array(arena, struct wording, kept);
    for (uint32_t i = 0; counted != NULL && i < total; i++) {
        if (i == 0 || sorted[i] != sorted[i - 1])
            counted[(*count)++] = (struct wording){.word = sorted[i]};
        counted[*count - 1].times++;
    }
    return counted;
}

const char *wording_find(struct arena *arena, const char *text, size_t length, uint32_t word)
{
    char found[LONGEST + 1];
    size_t at = 0, size;
    const char *folded = folded_text(arena, text, length, &size);
    while (folded != NULL && next_word(folded, size, &at, found))
        if (hash_of(found) == word)
            return arena_copy_string(arena, found);
    return NULL;
}

/* ------------------------------------------------------------------ near-copies */

enum { RUN = 4 };

static void keep_smallest(struct sketch *sketch, uint32_t hash)
{
    uint32_t at = sketch->count;
    if (at == SKETCH && hash >= sketch->items[SKETCH - 1])
        return;
    while (at > 0 && sketch->items[at - 1] > hash)
        at--;
    if (at > 0 && sketch->items[at - 1] == hash)
        return;
    uint32_t last = sketch->count < SKETCH ? sketch->count++ : SKETCH - 1;
    memmove(sketch->items + at + 1, sketch->items + at, (last - at) * sizeof hash);
    sketch->items[at] = hash;
}

void wording_sketch(const struct words *words, struct sketch *sketch)
{
    sketch->count = 0;
    for (uint32_t i = 0; i + RUN <= words->items.count; i++)
        keep_smallest(sketch, (uint32_t)hash_bytes(words->items.items + i,
                                                   RUN * sizeof words->items.items[0]));
}

double wording_alike(const struct sketch *left, const struct sketch *right)
{
    uint32_t i = 0, j = 0, seen = 0, shared = 0;
    while (i < left->count && j < right->count && seen < SKETCH) {
        bool same = left->items[i] == right->items[j];
        bool smaller = left->items[i] < right->items[j];
        shared += same;
        seen++;
        i += same || smaller;
        j += same || !smaller;
    }
    return seen > 0 ? (double)shared / seen : 0;
}
