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
    X(WORDS_ADVERSARIES, "adversaries")                                                            \
    X(WORDS_AIMS, "aims")                                                                          \
    X(WORDS_AIMS_HELD, "aims-held")                                                                \
    X(WORDS_ATTACKERS, "attackers")                                                                \
    X(WORDS_CASES, "cases")                                                                        \
    X(WORDS_QUESTIONS, "questions")                                                                \
    X(WORDS_TEXTS_THAT_SPEAK, "texts-that-speak")

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
