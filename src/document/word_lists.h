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
    X(WORDS_AMOUNTS_BEFORE_A_ROLE, "amounts-before-a-role")                                        \
    X(WORDS_BODIES_WITH_PEOPLE, "bodies-with-people")                                              \
    X(WORDS_CAPITALISED_BUT_NOBODY, "capitalised-but-nobody")                                      \
    X(WORDS_HONORIFICS, "honorifics")                                                              \
    X(WORDS_LABELS_OF_WHO_ASKS, "labels-of-who-asks")                                              \
    X(WORDS_MARCHERS, "marchers")                                                                  \
    X(WORDS_MEASURES_OF_PEOPLE, "measures-of-people")                                              \
    X(WORDS_MILITARY_SUPPLIES, "military-supplies")                                                \
    X(WORDS_MOBS, "mobs")                                                                          \
    X(WORDS_NAMES_OF_PLACES_AND_EVENTS, "names-of-places-and-events")                              \
    X(WORDS_NARROWINGS_OF_FIGHTERS, "narrowings-of-fighters")                                      \
    X(WORDS_NO_TELLERS_OF_A_TOLL, "no-tellers-of-a-toll")                                          \
    X(WORDS_NOUNS_FOR_A_STATE, "nouns-for-a-state")                                                \
    X(WORDS_PARTICIPLES_BEHIND_A_NAME, "participles-behind-a-name")                                \
    X(WORDS_PARTICLES_OF_NAMES, "particles-of-names")                                              \
    X(WORDS_PARTS_OF_A_STATE, "parts-of-a-state")                                                  \
    X(WORDS_PREFIXES_TO_A_NAME, "prefixes-to-a-name")                                              \
    X(WORDS_PREPOSITIONS_BEFORE_STATES, "prepositions-before-states")                              \
    X(WORDS_QUESTIONS, "questions")                                                                \
    X(WORDS_REMARKS_ON_A_SPEECH, "remarks-on-a-speech")                                            \
    X(WORDS_REMOTE_FROM_A_PARTY, "remote-from-a-party")                                            \
    X(WORDS_SCENES_OF_A_SHOOTING, "scenes-of-a-shooting")                                          \
    X(WORDS_SHARED_ENDINGS_OF_NAMES, "shared-endings-of-names")                                    \
    X(WORDS_SIGNS_OF_ANOTHER_GROUP, "signs-of-another-group")                                      \
    X(WORDS_STATEMENTS_UNDER_A_NAME, "statements-under-a-name")                                    \
    X(WORDS_TEXTS_THAT_SPEAK, "texts-that-speak")                                                  \
    X(WORDS_TIES_TO_A_SIDE, "ties-to-a-side")                                                      \
    X(WORDS_VERBS_OF_A_CAPITAL, "verbs-of-a-capital")                                              \
    X(WORDS_VERBS_OF_COUNTING, "verbs-of-counting")                                                \
    X(WORDS_VERBS_OF_NAMING_BODIES, "verbs-of-naming-bodies")                                      \
    X(WORDS_VERBS_OF_NAMING_PERSONS, "verbs-of-naming-persons")                                    \
    X(WORDS_VERBS_THAT_EQUATE_PARTIES, "verbs-that-equate-parties")

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
