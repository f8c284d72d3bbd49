/* Runs of words that a sentence is known by, and the walk over the record's sentences. */
#ifndef ANNALS_RECORD_SIGNS_H
#define ANNALS_RECORD_SIGNS_H

#include "record/sqlite.h"

enum { SIGN_LETTERS = 24 };

enum sign_type {
    /* stances */
    SIGN_YIELDS,
    SIGN_FIGHTS,
    SIGN_TALKS,
    SIGN_NO_TALKS,
    SIGN_GAINS,
    SIGN_RULES,     /* has won, is in power */
    SIGN_NOT_RULES, /* somebody denies that it has */
    SIGN_OFFICE,    /* says that the office is his own */
    SIGN_FLED,
    SIGN_RESIGNED,
    SIGN_WHOLE, /* all of a region changed hands */
    SIGN_PART,  /* most of it did */
    SIGN_FREED,
    SIGN_HELD, /* captives are not free */
    SIGN_ALIVE,
    SIGN_CIVILIANS, /* the dead were civilians */
    SIGN_STANCES,   /* those before are stances */
    SIGN_INSISTS = SIGN_STANCES,
    /* doubts */
    SIGN_WITHIN,
    SIGN_DOUBT,
    SIGN_RECOUNT,
    SIGN_CORRECTION,
    SIGN_DENIAL,
    SIGN_NEGATION,
    SIGN_PARTIAL,
    SIGN_LONGER,
    SIGN_ANYBODY,
    SIGN_FIRST,
    SIGN_STATE,
    SIGN_TRUCE,     /* an agreement to stop fighting */
    SIGN_BEGINNING, /* from when on it holds */
    SIGN_NEVER,
    SIGN_AFFIRMATION, /* "no doubt": a negation that is none */
    SIGN_INVOLVEMENT,
    SIGN_VAGUE, /* a number in other words: "several" */
    SIGN_DEAD,
    SIGN_ATTEMPT,
    SIGN_PLAIN_DENIAL,
    SIGN_LASTING,
    SIGN_SOMEWHERE, /* nouns of any place: "the facility" */
    SIGN_TYPES
};

struct sign {
    const char *id;
    enum sign_type type;
    bool after;         /* whose it is follows it: "the surrender of the garrison" */
    const char **words; /* [count] each one of several: "talks|dialogue"; "...": up to seven more */
    uint32_t count;
};

/* A word with which a sign may begin. */
struct sign_start {
    const char *word;
    uint32_t length, hash, sign, next; /* with a hash of the same slot: its number + 1; 0: none */
};

struct signs {
    ARRAY(struct sign) items;
    ARRAY(struct sign_start) starts;
    uint32_t *slots; /* by the hash of the word: a start's number + 1 */
    uint64_t *types; /* of the slot's signs, a bit each */
    uint32_t slot_count;
};

_Static_assert(SIGN_TYPES < 64, "a bit for each");

static inline uint64_t sign_bit(enum sign_type type)
{
    return UINT64_C(1) << type;
}

void signs_init(struct signs *signs, struct arena *arena);

/* Where a sign stands in a sentence. */
struct sign_found {
    const struct sign *sign;
    uint32_t start, stop;
    char last[SIGN_LETTERS]; /* its last word */
};

/* The type that a dictionary calls so; SIGN_TYPES where there is none. */
enum sign_type sign_type_named(const char *name);

/* Adds a sign of `words` parted by blanks; the words live as long as the signs do. */
void signs_add(struct signs *signs, const char *id, enum sign_type type, bool after,
               const char *words);

/* The next sign of the types [from, to) at or after `*at` in the sentence; false where there is
 * none. Of several that begin at one word the one that reads furthest. `*at` moves behind it. */
bool signs_next(const struct signs *signs, enum sign_type from, enum sign_type to,
                const char *sentence, const char **at, struct sign_found *found);
/* The types of which a sign may begin in the text, a bit each: no other is there, and of these some
 * may not be. One reading of a text where most have none. */
uint64_t signs_types(const struct signs *signs, const char *text);
/* Does the sentence, or its first `length` bytes, have a sign of this type? */
bool signs_have(const struct signs *signs, enum sign_type type, const char *sentence,
                size_t length);

/* Has it one in the `reach` words before the byte `at` of the sentence? */
bool signs_stand_before(const struct signs *signs, enum sign_type type, const char *sentence,
                        uint32_t at, int reach);

/* The word, or the comma, that begins at or after `*at`, lower case; false at the end. */
bool sign_read_word(const char **at, char word[SIGN_LETTERS], const char **start);

/* Is the word one of those parted by '|'? */
bool sign_is_among(const char *word, const char *alternatives);

/* Do both sentences have, behind their first word, one name: a word with a capital, no day or
 * month? */
bool sentences_share_name(const char *left, const char *right);

/* A sentence of the record. The strings live until the visitor returns. */
struct walked {
    char report[RECORD_ID_SIZE];
    const char *name, *source, *published, *sentence;
    uint32_t start; /* in the report */
    uint64_t types; /* of signs that it may have (signs_types) */
};

/* A time in a sentence: a TIMEX3 value, and where it stands there. */
struct sentence_time {
    const char *value;
    uint32_t start, stop;
};

enum { SENTENCE_TIMES = 8 };

struct sentence_times {
    struct sentence_time items[SENTENCE_TIMES];
    uint32_t count;
};

/* The first times of a sentence that have a value; the values live in `arena`. */
annals_status sentence_times_read(struct record *record, const struct walked *walked,
                                  struct arena *arena, struct sentence_times *times,
                                  annals_error *error);

#endif
