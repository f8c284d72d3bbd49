/* Words that make names, from dictionaries/en/name_words.tsv: titles, first names, nouns that
 * organisations and places are called by. */
#ifndef ANNALS_LANGUAGE_NAME_WORDS_H
#define ANNALS_LANGUAGE_NAME_WORDS_H

#include "dictionary/phrases.h"
#include "document/stage.h"

#define NAME_WORD_TABLE(ROW)                                                                       \
    ROW(TITLE, 0, "title") ROW(FIRST, 1, "first") ROW(ORGANISATION, 2, "organisation")             \
    ROW(PLACE_AFTER, 3, "place-after") ROW(PLACE_BEFORE, 4, "place-before")                        \
    ROW(PLACE_CUE, 5, "place-cue") ROW(PERSON_CUE, 6, "person-cue") ROW(PARTICLE, 7, "particle")   \
    ROW(LINKER, 8, "linker") ROW(SPEECH, 9, "speech") ROW(POSSESSOR, 10, "possessor")              \
    ROW(CALENDAR, 11, "calendar") ROW(PREPOSITION, 12, "preposition")      \
    ROW(ADJECTIVE, 13, "adjective") ROW(GROUP, 14, "group") ROW(COUNTRY, 15, "country")  \
    ROW(PLAIN, 16, "plain")

enum name_word_kind {
#define ROW(name, bit, text) NAME_WORD_##name = 1u << bit,
    NAME_WORD_TABLE(ROW)
#undef ROW
};

struct name_word {
    uint32_t kinds;      /* bits of enum name_word_kind */
    enum entity_gender title_gender, first_gender;
};

struct name_words {
    struct phrases phrases;
    struct name_word *words;
    uint32_t word_count;
};

annals_status name_words_open(struct name_words *words, const struct stage_setting *setting,
                              annals_error *error);

/* The word with this hash of its folded form, or one without any kind. */
const struct name_word *name_words_find(const struct name_words *words, uint64_t hash);

/* Number of tokens of the title that begins at `token`, of `count` that follow; 0 where none
 * does. `*gender` gets its gender. */
uint32_t name_words_title(const struct name_words *words, const struct token *token, uint32_t count,
                          enum entity_gender *gender);

/* "male", "female", "neuter"; GENDER_UNKNOWN for anything else. */
enum entity_gender gender_called(const char *name);

#endif
