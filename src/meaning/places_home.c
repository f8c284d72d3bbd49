/* What else than names of places tells where a report is from: telephone numbers with a North
 * American area ("519-555-0148" is of Ontario) and words that one country's reports use ("county
 * commissioners", "lakh").
 *
 * Method: each country or division that is told of so becomes a group of one option without a
 * candidate, which speaks for names near it as a named place would (places_resolve.c). Different
 * words count, not how often they stand. What it leaves out: postal codes, prices, spelling, and
 * what the outlet is called. */
#include "meaning/places.h"

#include "bytes/hash.h"

#include <string.h>

/* A home speaks like a named place that is not quite sure; set by hand, in round numbers. */
static const float WEIGHT_A_WORD = 0.3F, WEIGHT_A_NUMBER = 0.8F;
static const float MOST_OF_WORDS = 0.9F, MOST_OF_NUMBERS = 1.6F;

enum { HOMES = 24, WORDS_HEEDED = 64 };

struct home {
    uint32_t entry;
    float weight, most;
};

struct homes {
    struct home items[HOMES];
    uint32_t count;
    uint64_t heeded[WORDS_HEEDED]; /* what has counted already */
    uint32_t heeded_count;
};

static bool is_new(struct homes *homes, uint64_t what)
{
    for (uint32_t i = 0; i < homes->heeded_count; i++)
        if (homes->heeded[i] == what)
            return false;
    if (homes->heeded_count == WORDS_HEEDED)
        return false;
    homes->heeded[homes->heeded_count++] = what;
    return true;
}

static void add_home(struct homes *homes, uint32_t entry, float weight, float most)
{
    uint32_t at = 0;
    while (at < homes->count && homes->items[at].entry != entry)
        at++;
    if (at == homes->count) {
        if (homes->count == HOMES)
            return;
        homes->items[homes->count++] = (struct home){.entry = entry, .most = most};
    }
    struct home *home = &homes->items[at];
    home->weight = home->weight + weight < home->most ? home->weight + weight : home->most;
}

/* ------------------------------------------------------------------ words */

static void heed_words(const struct place_work *work, struct homes *homes)
{
    const struct phrases *words = &work->knowledge->country_words;
    const struct document *document = work->document;
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct token_range range = document->sentences.items[i].tokens;
        for (uint32_t at = range.first; at < range.end; at++) {
            const struct token *token = &document->tokens.items[at];
            uint32_t length, next;
            if (!phrases_begin(words, token->hash))
                continue;
            uint32_t handle =
                phrases_find(words, &token->hash, sizeof *token, range.end - at, &length);
            if (handle == PHRASE_NONE || !is_new(homes, handle))
                continue;
            for (; handle != PHRASE_NONE; handle = next)
                add_home(homes, phrases_value(words, handle, &next), WEIGHT_A_WORD, MOST_OF_WORDS);
        }
    }
}

/* ------------------------------------------------------------------ telephone numbers */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool are_digits(const char *text, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!is_digit(text[i]))
            return false;
    return true;
}

/* The area of the number that begins at `at`, "304-555-0173", "(304) 555-0173", "304.555.0173"; NULL
 * where none does. The text ends in NUL, so that no look ahead passes its end. */
static const char *area_at(const char *text, uint32_t at)
{
    const char *number = text + at;
    if (!are_digits(number, 3) || (at > 0 && is_digit(text[at - 1])))
        return NULL;
    const char *rest = number + 3;
    if (*rest == ')')
        rest++;
    if (*rest == '-' || *rest == '.' || *rest == ' ' || *rest == '/')
        rest++;
    if (rest == number + 3 || !are_digits(rest, 3) || (rest[3] != '-' && rest[3] != '.') ||
        !are_digits(rest + 4, 4) || is_digit(rest[8]))
        return NULL;
    return number;
}

static void heed_numbers(const struct place_work *work, struct homes *homes)
{
    const char *text = work->document->text;
    for (uint32_t at = 0; at + 12 <= work->document->length; at++) {
        const char *area = is_digit(text[at]) ? area_at(text, at) : NULL;
        if (area == NULL)
            continue;
        uint64_t hash = hash_bytes(area, 3);
        uint32_t length, next;
        uint32_t handle =
            phrases_find(&work->knowledge->telephone_areas, &hash, sizeof hash, 1, &length);
        if (handle != PHRASE_NONE && is_new(homes, hash))
            add_home(homes, phrases_value(&work->knowledge->telephone_areas, handle, &next),
                     WEIGHT_A_NUMBER, MOST_OF_NUMBERS);
    }
}

/* ------------------------------------------------------------------ both */

void places_find_home(struct place_work *work)
{
    struct homes homes = {.count = 0};
    heed_words(work, &homes);
    heed_numbers(work, &homes);
    for (uint32_t i = 0; i < homes.count; i++) {
        struct place_option *option = array_push(&work->options);
        struct place_group *group = option == NULL ? NULL : array_push(&work->groups);
        if (group == NULL)
            return;
        *option = (struct place_option){.entry = homes.items[i].entry, .next_likely = NONE};
        *group = (struct place_group){.key = hash_bytes(&homes.items[i].entry, sizeof(uint32_t)),
                                      .container = NONE,
                                      .first_option = work->options.count - 1,
                                      .option_count = 1,
                                      .best = NONE,
                                      .weight = homes.items[i].weight};
    }
}
