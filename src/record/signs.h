/* Runs of words that a sentence is known by, and the walk over the record's sentences. */
#ifndef ANNALS_RECORD_SIGNS_H
#define ANNALS_RECORD_SIGNS_H

#include "record/sqlite.h"

enum { SIGN_LETTERS = 24 };

/* The word, or the comma, that begins at or after `*at`, lower case; false at the end. */
bool sign_read_word(const char **at, char word[SIGN_LETTERS], const char **start);

/* Is the word one of those parted by '|'? */
bool sign_is_among(const char *word, const char *alternatives);

/* Where the sign that begins with the word at `at` ends; NULL where it does not stand there. */
const char *sign_end(const char *const *words, int count, const char *at);

/* A sentence of the record. The strings live until the visitor returns. */
struct walked {
    char report[RECORD_ID_SIZE];
    const char *name, *source, *published, *sentence;
    uint32_t start; /* in the report */
};

typedef annals_status (*sentence_visitor)(void *context, const struct walked *walked);

annals_status sentences_walk(struct record *record, sentence_visitor visit, void *context,
                             annals_error *error);

#endif
