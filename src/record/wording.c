/* The words of a stretch of text, as hashes of their folded form.
 *
 * Function words say nothing of what a report is about and are left out, so that two short reports
 * do not resemble each other for their grammar. Near-copies are found by Broder's sketches: of all
 * runs of four words the 64 smallest hashes are kept, and the share that two sketches have in common
 * estimates that of the texts ("On the resemblance and containment of documents", 1997). */
#include "record/wording.h"

#include "bytes/hash.h"
#include "bytes/utf8.h"

#include <math.h>
#include <stdlib.h>

/* How much a word says: minus the natural logarithm of the share of texts that have it, in tenths. */
enum { HEAVIEST = 160, UNLISTED = 65, NUMERAL = 40, SAYS_NOTHING = 14 };

static int by_text(const void *text, const void *word)
{
    return strcmp(text, ((const struct common_word *)word)->text);
}

static uint8_t weight_of(const char *text)
{
    if (text[strspn(text, "0123456789-")] == '\0')
        return NUMERAL;
    if (text[0] < 'a' || text[0] > 'z')
        return UNLISTED;
    uint32_t first = common_word_starts[text[0] - 'a'], end = common_word_starts[text[0] - 'a' + 1];
    const struct common_word *found = bsearch(text, common_words + first, end - first,
                                              sizeof *found, by_text);
    return found != NULL ? found->weight : UNLISTED;
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (byte & 0x80) != 0;
}

enum { LONGEST = 40, SHORTEST = 3 };

/* The next word at or after `*at` that says something; false at the end. Longer ones are cut. */
static bool next_word(const char *text, size_t length, size_t *at, char word[LONGEST + 1],
                      uint8_t *weight)
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
        *weight = weight_of(word);
        if (*weight > SAYS_NOTHING)
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
    uint8_t weight;
    size_t at = 0, size;
    const char *folded = folded_text(scratch, text, length, &size);
    while (folded != NULL && next_word(folded, size, &at, word, &weight)) {
        struct wording *item = array_push(&words->items);
        if (item != NULL)
            *item = (struct wording){hash_of(word), 1, weight / 10.0F};
    }
}

static int by_word(const void *left, const void *right)
{
    uint32_t a = ((const struct wording *)left)->word, b = ((const struct wording *)right)->word;
    return (a > b) - (a < b);
}

static int by_weight(const void *left, const void *right)
{
    const struct wording *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return (a->word > b->word) - (a->word < b->word);
}

struct wording *wording_count(const struct words *words, struct arena *arena, uint32_t *count)
{
    uint32_t total = words->items.count;
    struct wording *counted = arena_new_array(arena, struct wording, total);
    *count = 0;
    if (counted == NULL || total == 0)
        return counted;
    memcpy(counted, words->items.items, total * sizeof *counted);
    qsort(counted, total, sizeof *counted, by_word);
    for (uint32_t i = 0; i < total; i++) {
        if (*count > 0 && counted[*count - 1].word == counted[i].word)
            counted[*count - 1].times++;
        else
            counted[(*count)++] = counted[i];
    }
    for (uint32_t i = 0; i < *count; i++)
        counted[i].weight *= (float)(1 + log(counted[i].times));
    if (*count > HEAVIEST) {
        qsort(counted, *count, sizeof *counted, by_weight);
        *count = HEAVIEST;
        qsort(counted, *count, sizeof *counted, by_word);
    }
    return counted;
}

float wording_length(const struct wording *words, uint32_t count)
{
    double sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += (double)words[i].weight * words[i].weight;
    return (float)sqrt(sum);
}

void wording_find(struct arena *arena, const char *text, size_t length, const uint32_t *hashes,
                  const char **words, uint32_t count)
{
    char found[LONGEST + 1];
    uint8_t weight;
    uint32_t missing = count;
    size_t at = 0, size;
    const char *folded = folded_text(arena, text, length, &size);
    for (uint32_t i = 0; i < count; i++)
        words[i] = NULL;
    while (missing > 0 && folded != NULL && next_word(folded, size, &at, found, &weight)) {
        uint32_t hash = hash_of(found);
        for (uint32_t i = 0; i < count; i++)
            if (hashes[i] == hash && words[i] == NULL) {
                words[i] = arena_copy_string(arena, found);
                missing--;
            }
    }
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
    for (uint32_t i = 0; i + RUN <= words->items.count; i++) {
        uint32_t run[RUN];
        for (uint32_t j = 0; j < RUN; j++)
            run[j] = words->items.items[i + j].word;
        keep_smallest(sketch, (uint32_t)hash_bytes(run, sizeof run));
    }
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
