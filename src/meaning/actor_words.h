/* Words that tell of what kind an actor is: from dictionaries/en/actor_words.tsv. */
#ifndef ANNALS_MEANING_ACTOR_WORDS_H
#define ANNALS_MEANING_ACTOR_WORDS_H

#include "bytes/status.h"
#include "dictionary/phrases.h"
#include "document/document.h"

enum actor_word_kind {
    ACTOR_WORD_APART = 1, /* sets those behind it apart from the party named before */
    ACTOR_WORD_ARMED = 2, /* in the name of a group: it bears arms */
    ACTOR_WORD_BODY = 4,  /* in a name: an organisation, no person */
};

struct actor_words {
    struct phrases words; /* values index `kinds` */
    uint8_t *kinds;       /* [rows]; enum actor_word_kind */
};

annals_status actor_words_read(struct actor_words *words, struct arena *arena, const char *path,
                               annals_error *error);

/* True where one of the tokens is a word of the kind. */
bool actor_words_hold(const struct actor_words *words, const struct document *document,
                      struct token_range range, enum actor_word_kind kind);

#endif
