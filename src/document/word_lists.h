/* Lists of words of dictionaries/en/word_lists.tsv, which the code asks for by name: may this noun
 * stand for a text, does this verb end what it governs? What is in a list is the dictionary's to
 * say; what is made of it, the code's.
 *
 * The grammar stage looks every word up once (language/word_lists.c), so that asking costs a bit
 * test. A list is asked of words as they are written, of their lemmas, or of either, as its row
 * says. */
#ifndef ANNALS_DOCUMENT_WORD_LISTS_H
#define ANNALS_DOCUMENT_WORD_LISTS_H

#include "document/document.h"

/* Enumerator and id of the row, in the order of the alphabet. */
#define WORD_LISTS(X)                                                                              \
    X(WORDS_ARE_THE_PLACE_BEHIND_OF, "are-the-place-behind-of")                                    \
    X(WORDS_BEAR_A_PLACE_NAME, "bear-a-place-name")                                                \
    X(WORDS_FACILITIES_TOLD_BEFORE, "facilities-told-before")                                      \
    X(WORDS_LAST_STRONGHOLDS, "last-strongholds")                                                  \
    X(WORDS_LEAD_BESIDE_WHAT_IS_HELD, "lead-beside-what-is-held")                                  \
    X(WORDS_LEAD_INSIDE_WHAT_IS_HELD, "lead-inside-what-is-held")                                  \
    X(WORDS_LEAD_TO_EXAMPLES, "lead-to-examples")                                                  \
    X(WORDS_LEAD_TO_UNKNOWN_PLACES, "lead-to-unknown-places")                                      \
    X(WORDS_LEAVE_OPEN_WHICH_SITE, "leave-open-which-site")                                        \
    X(WORDS_LEAVE_OUT_A_PLACE, "leave-out-a-place")                                                \
    X(WORDS_MAKE_A_CAPITAL_A_SEAT, "make-a-capital-a-seat")                                        \
    X(WORDS_NEIGHBOURS_AND_RIVALS, "neighbours-and-rivals")                                        \
    X(WORDS_OPEN_ANOTHER_SCENE, "open-another-scene")                                              \
    X(WORDS_PLURALS_OF_ONE_SITE, "plurals-of-one-site")                                            \
    X(WORDS_QUESTIONS, "questions")                                                                \
    X(WORDS_RULE_OVER_PLACES, "rule-over-places")                                                  \
    X(WORDS_SAY_WHAT_A_PLACE_IS, "say-what-a-place-is")                                            \
    X(WORDS_SAY_WHENCE, "say-whence")                                                              \
    X(WORDS_SAY_WHERE, "say-where")                                                                \
    X(WORDS_SAY_WHITHER, "say-whither")                                                            \
    X(WORDS_SCENES_CAPITAL, "scenes-capital")                                                      \
    X(WORDS_SCENES_CITY, "scenes-city")                                                            \
    X(WORDS_SCENES_COUNTRY, "scenes-country")                                                      \
    X(WORDS_SCENES_DISTRICT, "scenes-district")                                                    \
    X(WORDS_SCENES_ISLAND, "scenes-island")                                                        \
    X(WORDS_SCENES_LEFT_OPEN, "scenes-left-open")                                                  \
    X(WORDS_SCENES_PROVINCE, "scenes-province")                                                    \
    X(WORDS_SCENES_VALLEY, "scenes-valley")                                                        \
    X(WORDS_SERVE_AS, "serve-as")                                                                  \
    X(WORDS_SET_TWO_SCENES_APART, "set-two-scenes-apart")                                          \
    X(WORDS_SHARES_OF_A_PLACE, "shares-of-a-place")                                                \
    X(WORDS_TELL_NO_PLACE_APART, "tell-no-place-apart")                                            \
    X(WORDS_TEXTS_THAT_SPEAK, "texts-that-speak")                                                  \
    X(WORDS_TOWNS_SUMMED_UP, "towns-summed-up")                                                    \
    X(WORDS_TOWNS_WITHOUT_A_NAME, "towns-without-a-name")

enum word_list {
#define ROW(name, id) name,
    WORD_LISTS(ROW)
#undef ROW
        WORD_LIST_COUNT
};

/* The lists that one word is in. */
struct word_listing {
    uint64_t written[(WORD_LIST_COUNT + 63) /
                     64]; /* bits of enum word_list: asked of the word as it is written */
    uint64_t lemma[(WORD_LIST_COUNT + 63) / 64]; /* asked of lemmas */
};

/* True where the token's folded form, its lemma, or either is in the list, as its row asks. False
 * where no grammar stage has run. */
static inline bool token_in(const struct token *token, enum word_list list)
{
    uint64_t bit = UINT64_C(1) << (list % 64);
    return (token->listed != NULL && (token->listed->written[list / 64] & bit) != 0) ||
           (token->lemma_listed != NULL && (token->lemma_listed->lemma[list / 64] & bit) != 0);
}

#endif
