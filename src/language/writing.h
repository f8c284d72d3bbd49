/* How English is written: what a written word can be, from dictionaries/en/writing.tsv.
 *
 * A word may be of several kinds ("oct" is a month and a calendar word), so kinds are bits. */
#ifndef ANNALS_LANGUAGE_WRITING_H
#define ANNALS_LANGUAGE_WRITING_H

#include "dictionary/phrases.h"
#include "document/stage.h"

#define WRITING_TABLE(ROW)                                                                         \
    ROW(TITLE, 0, "title") ROW(PLACE, 1, "place") ROW(NUMBER, 2, "number") ROW(MONTH, 3, "month")  \
    ROW(COMMON, 4, "common") ROW(CLOSING, 5, "closing") ROW(PREFIX, 6, "prefix")                   \
    ROW(SUFFIX, 7, "suffix") ROW(UNIT, 8, "unit") ROW(ELISION, 9, "elision")                       \
    ROW(DOMAIN, 10, "domain") ROW(CALENDAR, 11, "calendar") ROW(STARTER, 12, "starter")            \
    ROW(JOINED, 13, "joined") ROW(INNER, 14, "inner")

enum writing_kind {
#define ROW(name, bit, text) WRITING_##name = 1u << bit,
    WRITING_TABLE(ROW)
#undef ROW
};

/* Kinds of words that may carry a full stop of their own. */
#define WRITING_ABBREVIATION                                                                       \
    (WRITING_TITLE | WRITING_PLACE | WRITING_NUMBER | WRITING_MONTH | WRITING_COMMON |             \
     WRITING_CLOSING)

struct written_word {
    uint32_t kinds;    /* bits of enum writing_kind */
    const char *parts; /* of a joined word: "can|not"; NULL otherwise */
};

struct writing {
    struct phrases phrases;
    struct written_word *words; /* [word_count], the values of `phrases` */
    uint32_t word_count;
};

/* Reads the dictionary into the setting's arena. ANNALS_MALFORMED names a row that is wrong. */
annals_status writing_open(struct writing *writing, const struct stage_setting *setting,
                           annals_error *error);

/* The word with this hash (hash_bytes of its folded form), or one without any kind. */
const struct written_word *writing_find(const struct writing *writing, uint64_t hash);

#endif
