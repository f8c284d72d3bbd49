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
    X(WORDS_BEFORE_HARMS_TO_A_BODY, "before-harms-to-a-body")                                      \
    X(WORDS_BEFORE_NUMBERS_TAKEN_UP, "before-numbers-taken-up")                                    \
    X(WORDS_BEFORE_PASSIVE_FATES, "before-passive-fates")                                          \
    X(WORDS_BETWEEN_NONE_AND_FATE, "between-none-and-fate")                                        \
    X(WORDS_BETWEEN_NUMBER_AND_FATE, "between-number-and-fate")                                    \
    X(WORDS_CASES_OF_A_FATE, "cases-of-a-fate")                                                    \
    X(WORDS_CHILDREN_COUNTED, "children-counted")                                                  \
    X(WORDS_CONDITIONS_OF_THE_HURT, "conditions-of-the-hurt")                                      \
    X(WORDS_DEATHS_COUNTED, "deaths-counted")                                                      \
    X(WORDS_DEATHS_OF_THOSE_HIT, "deaths-of-those-hit")                                            \
    X(WORDS_ENDS_BEFORE_A_NUMBER, "ends-before-a-number")                                          \
    X(WORDS_ENDS_OF_A_FATE, "ends-of-a-fate")                                                      \
    X(WORDS_ENDS_OF_A_FATE_BESIDE, "ends-of-a-fate-beside")                                        \
    X(WORDS_FAMILIES_COUNTED, "families-counted")                                                  \
    X(WORDS_FATAL_MANNERS, "fatal-manners")                                                        \
    X(WORDS_FATES_OF_THE_KILLED, "fates-of-the-killed")                                            \
    X(WORDS_FATES_OF_THE_MISSING, "fates-of-the-missing")                                          \
    X(WORDS_FATES_OF_THE_WOUNDED, "fates-of-the-wounded")                                          \
    X(WORDS_FATES_OF_THOSE_HIT, "fates-of-those-hit")                                              \
    X(WORDS_FATES_TOLD_LATER, "fates-told-later")                                                  \
    X(WORDS_HARMS_TO_A_BODY, "harms-to-a-body")                                                    \
    X(WORDS_INJURIES_COUNTED, "injuries-counted")                                                  \
    X(WORDS_JOINS_OF_DENIED_FATES, "joins-of-denied-fates")                                        \
    X(WORDS_KILLING_A_NUMBER, "killing-a-number")                                                  \
    X(WORDS_LIVES_AT_STAKE, "lives-at-stake")                                                      \
    X(WORDS_LOSSES_OF_ONE_SIDE, "losses-of-one-side")                                              \
    X(WORDS_NOBODY_AT_ALL, "nobody-at-all")                                                        \
    X(WORDS_NOBODY_BEHIND_NO, "nobody-behind-no")                                                  \
    X(WORDS_NONE_DEAD, "none-dead")                                                                \
    X(WORDS_NONE_DEAD_OR_HURT, "none-dead-or-hurt")                                                \
    X(WORDS_NONE_HURT, "none-hurt")                                                                \
    X(WORDS_NOTHING_AT_ALL, "nothing-at-all")                                                      \
    X(WORDS_NUMBERS_TAKEN_UP, "numbers-taken-up")                                                  \
    X(WORDS_OPENINGS_OF_A_RATE, "openings-of-a-rate")                                              \
    X(WORDS_PERSONS_COUNTED, "persons-counted")                                                    \
    X(WORDS_QUESTIONS, "questions")                                                                \
    X(WORDS_SEVERAL_IN_ONE, "several-in-one")                                                      \
    X(WORDS_SPANS_OF_A_RATE, "spans-of-a-rate")                                                    \
    X(WORDS_TEXTS_THAT_SPEAK, "texts-that-speak")                                                  \
    X(WORDS_TOLD_BESIDE_CAPTURED, "told-beside-captured")                                          \
    X(WORDS_TOLD_BESIDE_DETAINED, "told-beside-detained")                                          \
    X(WORDS_TOLD_BESIDE_KILLED, "told-beside-killed")                                              \
    X(WORDS_TOLD_BESIDE_MISSING, "told-beside-missing")                                            \
    X(WORDS_TOLD_BESIDE_WOUNDED, "told-beside-wounded")                                            \
    X(WORDS_TOLLS_BY_THEIR_NAME, "tolls-by-their-name")                                            \
    X(WORDS_VERBS_BEHIND_COMMAS, "verbs-behind-commas")                                            \
    X(WORDS_WOUNDING_A_NUMBER, "wounding-a-number")

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
