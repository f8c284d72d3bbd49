/* Keys and skeletons of place names.
 * Method: a chain of word hashes, as in dictionary/phrases.c; the skeleton is of the Soundex
 * family, with classes chosen for the romanisations of Persian, Pashto, Arabic and Cyrillic names
 * (Kunduz, Konduz, Qunduz; Taloqan, Taluqan; Deir ez-Zor, Dayr az Zawr; Kharkiv, Kharkov). It is a
 * last resort: several names share one, so that callers compare with name_distance as well. */
#include "meaning/gazetteer_names.h"

#include "bytes/hash.h"
#include "bytes/utf8.h"

#include <string.h>

static bool parts_words(char byte)
{
    return byte == ' ' || byte == '-' || byte == '/' || byte == ',' || byte == '(' ||
           byte == ')' || byte == '_';
}

static bool vanishes(char byte)
{
    return byte == '.' || byte == '\'' || byte == '`' || byte == '"' || byte == '?';
}

/* Words that stand for one another, to the shorter. */
static uint64_t word_hash(const char *word, size_t length)
{
    static const char *const same[][2] = {
        {"saint", "st"}, {"sainte", "ste"}, {"mount", "mt"}, {"fort", "ft"}};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        if (strlen(same[i][0]) == length && memcmp(same[i][0], word, length) == 0)
            return hash_bytes(same[i][1], strlen(same[i][1]));
    return hash_bytes(word, length);
}

static bool is_link_word(const char *word, size_t length)
{
    return (length == 1 && (word[0] == 'i' || word[0] == 'e')) ||
           (length == 2 && word[0] == 'y' && word[1] == 'e');
}

bool name_is_link(uint64_t word)
{
    return word == hash_bytes("i", 1) || word == hash_bytes("e", 1) || word == hash_bytes("ye", 2);
}

uint64_t name_key_join(uint64_t key, uint64_t word)
{
    return hash_join(key, word);
}

bool name_words_add(struct name_words *words, const char *folded, size_t length)
{
    char word[NAME_BYTES];
    size_t at = 0;
    while (at < length) {
        size_t size = 0;
        while (at < length && parts_words(folded[at]))
            at++;
        for (; at < length && !parts_words(folded[at]); at++) {
            bool possessive = folded[at] == '\'' && at + 1 < length && folded[at + 1] == 's' &&
                              (at + 2 == length || parts_words(folded[at + 2]));
            if (possessive && size > 0)
                break;
            if ((unsigned char)folded[at] >= 0x80)
                words->plain = false;
            if (!vanishes(folded[at]) && size < sizeof word)
                word[size++] = folded[at];
        }
        if (size == 0)
            continue;
        if (is_link_word(word, size) && words->count > 0 && at < length)
            continue;
        if (words->count == NAME_WORDS || size == sizeof word)
            return false;
        words->hashes[words->count++] = word_hash(word, size);
    }
    return true;
}

void name_words_of(struct name_words *words, const char *name, size_t length)
{
    char folded[NAME_BYTES * 3];
    *words = (struct name_words){.plain = true};
    if (length > NAME_BYTES)
        return;
    size_t size = utf8_fold(name, length, folded);
    if (!name_words_add(words, folded, size))
        words->count = 0;
}

/* ------------------------------------------------------------------ skeletons */

static bool is_article(const char *word, size_t length)
{
    static const char *const articles[] = {"al", "el", "ad", "ed", "ar", "er", "as", "es", "ash",
                                           "esh", "at", "et", "an", "en", "az", "ez", "ul", "ol",
                                           "i", "e", "ye", "the", "de", "da", "do", "u"};
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++)
        if (strlen(articles[i]) == length && memcmp(articles[i], word, length) == 0)
            return true;
    return false;
}

/* The sounds of a folded word: consonant classes, vowels as 'a' (open), 'i' (front), 'u' (back).
 * Doubled sounds once. Returns the length. */
static size_t sounds_of(const char *word, size_t length, char *sounds)
{
    static const struct {
        const char *spelling;
        char sound;
    } table[] = {{"kh", 'k'}, {"gh", 'g'}, {"dh", 'd'}, {"th", 't'}, {"zh", 'j'}, {"sh", 's'},
                 {"ph", 'f'}, {"ch", 'c'}, {"ou", 'u'}, {"oo", 'u'}, {"ee", 'i'}, {"aw", 'u'},
                 {"ay", 'i'}, {"ai", 'i'}, {"ei", 'i'}, {"ey", 'i'}, {"iy", 'i'}, {"q", 'k'},
                 {"w", 'v'},  {"y", 'i'},  {"e", 'i'},  {"o", 'u'},  {"z", 's'}};
    size_t size = 0;
    for (size_t at = 0; at < length;) {
        char sound = word[at];
        size_t width = 1;
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
            size_t spelled = strlen(table[i].spelling);
            if (at + spelled <= length && memcmp(word + at, table[i].spelling, spelled) == 0) {
                sound = table[i].sound;
                width = spelled;
                break;
            }
        }
        at += width;
        bool counts = (sound >= 'a' && sound <= 'z') || (sound >= '0' && sound <= '9');
        bool silent = sound == 'h' && size > 0;
        if (counts && !silent && (size == 0 || sounds[size - 1] != sound))
            sounds[size++] = sound;
    }
    return size;
}

static bool is_vowel(char sound)
{
    return sound == 'a' || sound == 'i' || sound == 'u';
}

/* Sounds of all words that count, without a gap. */
static size_t name_sounds(const char *folded, size_t length, char sounds[NAME_BYTES + 1])
{
    size_t size = 0;
    for (size_t at = 0; at < length && at < NAME_BYTES;) {
        while (at < length && parts_words(folded[at]))
            at++;
        size_t start = at;
        while (at < length && !parts_words(folded[at]))
            at++;
        if (at == start || is_article(folded + start, at - start) ||
            size + (at - start) > NAME_BYTES)
            continue;
        size += sounds_of(folded + start, at - start, sounds + size);
    }
    sounds[size] = '\0';
    return size;
}

size_t name_skeleton(const char *folded, size_t length, char skeleton[NAME_BYTES + 1])
{
    char sounds[NAME_BYTES + 1];
    size_t count = name_sounds(folded, length, sounds);
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        if (!is_vowel(sounds[i]) || i == 0)
            if (size == 0 || skeleton[size - 1] != sounds[i])
                skeleton[size++] = is_vowel(sounds[i]) ? 'a' : sounds[i];
    skeleton[size] = '\0';
    return size < 3 || count < 4 ? 0 : size;
}

uint64_t name_skeleton_key(const char *skeleton, size_t length)
{
    return hash_join(UINT64_C(0x736b656c65746f6e), hash_bytes(skeleton, length));
}

static uint32_t weight(char sound)
{
    return is_vowel(sound) ? 1 : 2;
}

uint32_t name_distance(const char *left, size_t left_length, const char *right,
                       size_t right_length)
{
    enum { LONGEST = 40 };
    char a[NAME_BYTES + 1], b[NAME_BYTES + 1];
    size_t m = name_sounds(left, left_length, a), n = name_sounds(right, right_length, b);
    if (m > LONGEST || n > LONGEST)
        return UINT32_MAX;
    uint32_t row[LONGEST + 1] = {0};
    for (size_t j = 1; j <= n; j++)
        row[j] = row[j - 1] + weight(b[j - 1]);
    for (size_t i = 1; i <= m; i++) {
        uint32_t diagonal = row[0];
        row[0] += weight(a[i - 1]);
        for (size_t j = 1; j <= n; j++) {
            uint32_t same = a[i - 1] == b[j - 1];
            uint32_t both = is_vowel(a[i - 1]) && is_vowel(b[j - 1]) ? 1 : 3;
            uint32_t change = diagonal + (same ? 0 : both);
            uint32_t drop = row[j] + weight(a[i - 1]);
            uint32_t insert = row[j - 1] + weight(b[j - 1]);
            diagonal = row[j];
            row[j] = change < drop ? change : drop;
            row[j] = row[j] < insert ? row[j] : insert;
        }
    }
    return row[n];
}
