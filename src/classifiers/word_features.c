/* What the grammar network sees of a word; see word_features.h. N-grams are of bytes, which for
 * folded English text are letters; very long words are seen by their beginning and end only. */
#include "classifiers/word_features.h"

#include "bytes/hash.h"
#include "bytes/utf8.h"

#include <string.h>

enum { LONGEST_SEEN = 40, SHORTEST_GRAM = 3, LONGEST_GRAM = 5, LONGEST_PREFIX = 3, LONGEST_SUFFIX = 4 };

/* Bits of a shape within its regime. */
enum {
    SHAPE_CAPITAL = 1,
    SHAPE_ALL_CAPITALS = 2,
    SHAPE_INNER_CAPITAL = 4,
    SHAPE_DIGIT = 8,
    SHAPE_HYPHEN = 16,
    SHAPE_NO_LETTER = 32,
    SHAPES_PER_REGIME = 64,
};

static bool is_letter_byte(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}

struct letters {
    uint32_t upper, lower, digits;
    bool first_upper, inner_upper, hyphen;
};

static struct letters count_letters(const char *form, size_t length)
{
    struct letters letters = {0};
    for (size_t at = 0; at < length;) {
        size_t size = 1;
        uint32_t code_point = (unsigned char)form[at];
        if (code_point >= 0x80)
            code_point = utf8_decode(form + at, length - at, &size);
        bool upper = code_point < 0x80 ? code_point >= 'A' && code_point <= 'Z'
                                       : utf8_is_upper(code_point);
        bool lower = code_point < 0x80 ? code_point >= 'a' && code_point <= 'z'
                                       : utf8_is_lower(code_point);
        letters.upper += upper;
        letters.lower += lower;
        letters.digits += code_point >= '0' && code_point <= '9';
        letters.hyphen |= code_point == '-' || (code_point >= 0x2010 && code_point <= 0x2015);
        letters.first_upper |= upper && at == 0;
        letters.inner_upper |= upper && at > 0;
        at += size;
    }
    return letters;
}

void case_count_add(struct case_count *count, const char *form, size_t length)
{
    struct letters letters = count_letters(form, length);
    count->upper += letters.upper;
    count->lower += letters.lower;
    if (letters.upper + letters.lower >= 4) {
        count->long_words++;
        count->long_capital += letters.first_upper;
    }
}

enum case_regime case_count_regime(const struct case_count *count)
{
    if (count->upper == 0 || count->lower == 0)
        return CASE_NONE;
    if (count->long_words >= 4 && count->long_capital * 10 >= count->long_words * 8)
        return CASE_HEADLINE;
    /* A wire in capitals with a few small letters ("McDONALD", "s" of a plural). */
    if (count->upper >= 20 && count->lower * 10 < count->upper)
        return CASE_NONE;
    return CASE_NORMAL;
}

uint16_t word_shape(const char *form, size_t length, enum case_regime regime)
{
    struct letters letters = count_letters(form, length);
    unsigned shape = 0;
    if (letters.digits > 0)
        shape |= SHAPE_DIGIT;
    if (letters.hyphen)
        shape |= SHAPE_HYPHEN;
    if (letters.upper + letters.lower == 0)
        shape |= SHAPE_NO_LETTER;
    if (regime == CASE_NORMAL) {
        if (letters.first_upper)
            shape |= SHAPE_CAPITAL;
        if (letters.upper >= 2 && letters.lower == 0)
            shape |= SHAPE_ALL_CAPITALS;
        if (letters.inner_upper && letters.lower > 0)
            shape |= SHAPE_INNER_CAPITAL;
    }
    return (uint16_t)(shape + SHAPES_PER_REGIME * (unsigned)regime);
}

/* The folded word with digits as 0, between marks of its ends, cut in its middle when long. */
static size_t mark_ends(const char *folded, size_t length, char marked[LONGEST_SEEN + 2])
{
    size_t head = length, tail = 0;
    if (length > LONGEST_SEEN)
        head = tail = LONGEST_SEEN / 2;
    size_t used = 0;
    marked[used++] = '<';
    for (size_t i = 0; i < head; i++)
        marked[used++] = folded[i];
    for (size_t i = length - tail; i < length; i++)
        marked[used++] = folded[i];
    marked[used++] = '>';
    for (size_t i = 1; i + 1 < used; i++)
        if (marked[i] >= '0' && marked[i] <= '9')
            marked[i] = '0';
    return used;
}

static void find_affixes(struct word_features *features, const char *marked, size_t length)
{
    size_t letters = length - 2;
    features->affix_count = 0;
    for (size_t size = 1; size <= LONGEST_PREFIX && size <= letters; size++)
        features->affixes[features->affix_count++] =
            (uint16_t)(hash_join(size, hash_bytes(marked + 1, size)) % AFFIX_ROWS);
    for (size_t size = 1; size <= LONGEST_SUFFIX && size <= letters; size++)
        features->affixes[features->affix_count++] =
            (uint16_t)(hash_join(16 + size, hash_bytes(marked + 1 + letters - size, size)) %
                       AFFIX_ROWS);
}

static void find_grams(struct word_features *features, const char *marked, size_t length)
{
    features->gram_count = 0;
    for (size_t size = SHORTEST_GRAM; size <= LONGEST_GRAM; size++)
        for (size_t at = 0; at + size <= length && features->gram_count < GRAM_LIMIT; at++)
            features->grams[features->gram_count++] =
                (uint16_t)(hash_bytes(marked + at, size) % GRAM_ROWS);
}

uint64_t word_key(const char *folded, size_t length)
{
    char marked[LONGEST_SEEN + 2];
    return hash_bytes(marked, mark_ends(folded, length, marked));
}

void word_features_find(struct word_features *features, const char *form, size_t length,
                        const char *folded, size_t folded_length, enum case_regime regime,
                        unsigned place)
{
    char marked[LONGEST_SEEN + 2];
    size_t size = mark_ends(folded, folded_length, marked);
    features->word = hash_bytes(marked, size);
    find_affixes(features, marked, size);
    bool plain = size == 3 && !is_letter_byte((unsigned char)marked[1]);
    features->gram_count = 0;
    if (!plain)
        find_grams(features, marked, size);
    features->shape = word_shape(form, length, regime);
    features->place = (uint16_t)(3 * SHAPES_PER_REGIME + (place & 7));
}
