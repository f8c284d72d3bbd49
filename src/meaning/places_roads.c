/* Streets that are named without their word: "the 1900 block of Dover", "the corner of Utica and
 * Reno", "Bandera and Alameda streets", "43rd and Dover".
 *
 * Method: the words before the name (kinds "block" and "crossing" of en/place_words.tsv) and the
 * name or number that an "and" joins it to, with the word behind both (kind "roads"). Left out:
 * streets that nothing shows to be one ("on Broadway"); places_strays.c sees some of those. */
#include "meaning/places.h"

#include <string.h>

enum { LONGEST = 3 }; /* tokens of a street's name */

static const struct token *token_at(const struct place_work *work, uint32_t at)
{
    return &work->document->tokens.items[at];
}

static bool is_text(const struct token *token, const char *text)
{
    return token->folded_length == strlen(text) &&
           memcmp(token->folded, text, token->folded_length) == 0;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* "1900", "4800". */
static bool is_number(const struct token *token)
{
    return token->folded_length > 0 && is_digit(token->folded[0]);
}

/* "16th", "43rd". */
static bool is_ordinal(const struct token *token)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    uint32_t length = token->folded_length;
    if (length < 3 || !is_digit(token->folded[length - 3]))
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (memcmp(token->folded + length - 2, endings[i], 2) == 0)
            return true;
    return false;
}

static bool is_capital(const struct token *token)
{
    return (token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_CAPITALS)) != 0;
}

static bool is_and(const struct place_work *work, const struct sentence *sentence, uint32_t at)
{
    return at >= sentence->tokens.first && at < sentence->tokens.end &&
           is_text(token_at(work, at), "and");
}

/* The first token of the names before `at`, "North Dover", that stand between `first` and it. */
static uint32_t name_before(const struct place_work *work, uint32_t first, uint32_t at)
{
    uint32_t start = at;
    while (start > first && at - start < LONGEST && is_capital(token_at(work, start - 1)) &&
           (place_kinds(work, start - 1) & WORD_IS_LOCATIVE) == 0)
        start--;
    return start;
}

static uint32_t name_after(const struct place_work *work, uint32_t at, uint32_t end)
{
    uint32_t stop = at;
    while (stop < end && stop - at < LONGEST && is_capital(token_at(work, stop)) &&
           (place_kinds(work, stop) & WORD_IS_ROADS) == 0)
        stop++;
    return stop;
}

/* The word before "of" and the name, "BLOCK of North Dover"; NONE where no "of" stands there. */
static uint32_t word_before_of(const struct place_work *work, const struct sentence *sentence,
                               uint32_t first)
{
    uint32_t start = name_before(work, sentence->tokens.first, first);
    bool of = start >= sentence->tokens.first + 2 && is_text(token_at(work, start - 1), "of");
    return of ? start - 2 : NONE;
}

/* "The 1900 BLOCK of Dover". */
static bool is_of_block(const struct place_work *work, const struct sentence *sentence,
                        uint32_t first)
{
    uint32_t word = word_before_of(work, sentence, first);
    if (word == NONE || word == sentence->tokens.first ||
        (place_kinds(work, word) & WORD_IS_BLOCK) == 0)
        return false;
    const struct token *before = token_at(work, word - 1);
    if ((before->flags & TOKEN_HYPHEN) != 0 && word - 1 > sentence->tokens.first)
        before = token_at(work, word - 2);
    return is_number(before);
}

/* "The CORNER of Utica and Reno": both. */
static bool is_of_crossing(const struct place_work *work, const struct sentence *sentence,
                           struct token_range range)
{
    uint32_t start = name_before(work, sentence->tokens.first, range.first);
    uint32_t stop = name_after(work, range.end, sentence->tokens.end);
    uint32_t first = range.first;
    if (start > sentence->tokens.first && is_and(work, sentence, start - 1))
        first = start - 1; /* the second: what stands before the first? */
    else if (!is_and(work, sentence, stop))
        return false;
    uint32_t word = word_before_of(work, sentence, first);
    return word != NONE && (place_kinds(work, word) & WORD_IS_CROSSING) != 0;
}

/* "Bandera and Alameda STREETS": both. */
static bool is_of_roads(const struct place_work *work, const struct sentence *sentence,
                        struct token_range range)
{
    uint32_t end = sentence->tokens.end;
    uint32_t start = name_before(work, sentence->tokens.first, range.first);
    uint32_t stop = name_after(work, range.end, end);
    bool joined = start > sentence->tokens.first && is_and(work, sentence, start - 1);
    if (is_and(work, sentence, stop)) {
        stop = name_after(work, stop + 1, end);
        joined = true;
    }
    return joined && stop < end && (place_kinds(work, stop) & WORD_IS_ROADS) != 0;
}

/* "43rd and Dover", "Dover and 43rd". */
static bool is_beside_number(const struct place_work *work, const struct sentence *sentence,
                             struct token_range range)
{
    uint32_t start = name_before(work, sentence->tokens.first, range.first);
    if (start >= sentence->tokens.first + 2 && is_and(work, sentence, start - 1) &&
        is_ordinal(token_at(work, start - 2)))
        return true;
    return is_and(work, sentence, range.end) && range.end + 1 < sentence->tokens.end &&
           is_ordinal(token_at(work, range.end + 1));
}

static bool is_road(const struct place_work *work, struct token_range range)
{
    const struct sentence *sentence =
        &work->document->sentences.items[token_at(work, range.first)->sentence];
    return is_of_block(work, sentence, range.first) || is_of_crossing(work, sentence, range) ||
           is_of_roads(work, sentence, range) || is_beside_number(work, sentence, range);
}

void places_find_roads(struct place_work *work)
{
    for (uint32_t i = 0; i < work->candidates.count; i++)
        if (is_road(work, work->candidates.items[i].tokens))
            work->candidates.items[i].evidence |= SEEN_ROAD_AFTER;
}
