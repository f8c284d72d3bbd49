/* The words of a text with their shape.
 *
 * Coarser than the tokens of language/, which come later and only of what is kept: this looks at
 * whole pages, furniture included. Leaves out: lemmas, tags, anything that depends on grammar. */
#include "intake/words.h"

#include "bytes/hash.h"
#include "bytes/utf8.h"

#include <string.h>

/* Words that running English cannot do without, from the top of any frequency list; their share
 * tells prose from menus and lists (the "stop word" feature of boilerplate removal: Pomikálek,
 * "Removing Boilerplate and Duplicate Content from Web Corpora", 2011). Sorted. */
static const char *const function_words[] = {
    "a",     "about", "after", "against", "all",    "also", "an",    "and",   "any",   "are",
    "as",    "at",    "be",    "been",    "before", "but",  "by",    "can",   "could", "did",
    "do",    "for",   "from",  "had",     "has",    "have", "he",    "her",   "his",   "i",
    "if",    "in",    "into",  "is",      "it",     "its",  "may",   "more",  "near",  "no",
    "not",   "of",    "on",    "one",     "or",     "out",  "over",  "said",  "says",  "she",
    "so",    "than",  "that",  "the",     "their",  "them", "there", "they",  "this",  "to",
    "under", "up",    "was",   "we",      "were",   "when", "where", "which", "while", "who",
    "will",  "with",  "would", "you"};

static const char *const reader_words[] = {"you", "you'll", "you're", "you've", "your", "yours"};

static const char *const speech_words[] = {"according", "added",     "announced", "asked", "denied",
                                           "reported",  "said",      "say",       "says",  "stated",
                                           "telling",   "testified", "told",      "wrote"};

static bool is_listed(const char *const *list, size_t count, const char *word)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(list[middle], word);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

#define LISTED(list, word) is_listed(list, sizeof(list) / sizeof((list)[0]), word)

/* Fills in what the letters of the word tell. */
static void describe(struct word *word, const char *text)
{
    const char *bytes = text + word->span.start;
    size_t length = word->span.end - word->span.start, at = 0, size, letters = 0, capitals = 0;
    bool first = true;
    if (bytes[0] >= '0' && bytes[0] <= '9') {
        word->flags |= SHAPE_NUMBER;
        word->digits = (uint8_t)(length < 255 ? length : 255);
        for (; at < length && at < 8; at++)
            word->number = word->number * 10 + (uint32_t)(bytes[at] - '0');
        word->hash = hash_bytes(bytes, length);
        return;
    }
    while (at < length) {
        uint32_t letter = utf8_decode(bytes + at, length - at, &size);
        bool capital = utf8_is_upper(letter);
        if (first && capital)
            word->flags |= SHAPE_CAPITALISED;
        first = false;
        letters++;
        capitals += capital;
        at += size;
    }
    if (letters >= 2 && capitals == letters)
        word->flags |= SHAPE_ALL_CAPITALS;
    char folded[64 * 3];
    if (length > 60) { /* no word of any list; still told from its neighbours */
        word->hash = hash_bytes(bytes, length);
        return;
    }
    size_t folded_length = utf8_fold(bytes, length, folded);
    folded[folded_length] = '\0';
    word->hash = hash_bytes(folded, folded_length);
    if (LISTED(speech_words, folded))
        word->flags |= SHAPE_SPEECH;
    if (LISTED(function_words, folded))
        word->flags |= SHAPE_FUNCTION;
    if (LISTED(reader_words, folded) && (word->flags & SHAPE_ALL_CAPITALS) == 0)
        word->flags |= SHAPE_READER;
}

static bool is_apostrophe(uint32_t letter)
{
    return letter == '\'' || letter == 0x2019;
}

/* Where the word that begins at `at` ends. */
static uint32_t word_end(const char *text, uint32_t length, uint32_t at, bool digits)
{
    uint32_t end = at;
    while (end < length) {
        size_t size, next_size;
        uint32_t letter = utf8_decode(text + end, length - end, &size);
        bool digit = letter >= '0' && letter <= '9';
        if (digits ? digit : utf8_is_letter(letter)) {
            end += (uint32_t)size;
            continue;
        }
        if (digits || !is_apostrophe(letter) || end + size >= length ||
            !utf8_is_letter(utf8_decode(text + end + size, length - end - size, &next_size)))
            break;
        end += (uint32_t)size;
    }
    return end;
}

void words_find(struct words *words, struct arena *arena, const char *text, uint32_t length)
{
    array_init(&words->list, arena);
    bool first = true;
    for (uint32_t at = 0; at < length;) {
        size_t size;
        uint32_t letter = utf8_decode(text + at, length - at, &size);
        bool digits = letter >= '0' && letter <= '9';
        if (!digits && !utf8_is_letter(letter)) {
            first = first || letter == '.' || letter == '?' || letter == '!' || letter == '\n';
            at += (uint32_t)size;
            continue;
        }
        uint32_t end = word_end(text, length, at, digits);
        struct word *word = array_push(&words->list);
        if (word == NULL)
            return;
        word->span = (struct byte_span){at, end};
        word->flags = first ? SHAPE_OPENS : 0;
        describe(word, text);
        first = false;
        at = end;
    }
}

uint32_t words_from(const struct words *words, uint32_t offset)
{
    uint32_t low = 0, high = words->list.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (words->list.items[middle].span.start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
