/* Words that tell of what kind an actor is: from dictionaries/en/actor_words.tsv. */
#ifndef ANNALS_MEANING_ACTOR_WORDS_H
#define ANNALS_MEANING_ACTOR_WORDS_H

#include "bytes/status.h"
#include "dictionary/phrases.h"
#include "document/document.h"

enum actor_word_kind {
    ACTOR_WORD_APART = 1,       /* sets those behind it apart from the party named before */
    ACTOR_WORD_ARMED = 2,       /* in the name of a group: it bears arms */
    ACTOR_WORD_BODY = 4,        /* in a name: an organisation, no person */
    ACTOR_WORD_GROUP = 8,       /* "the group": a party named before */
    ACTOR_WORD_GROUPS = 16,     /* behind a word for people: several parties */
    ACTOR_WORD_TIE = 32,        /* before "to" or "with": the party behind is another */
    ACTOR_WORD_TITLE = 64,      /* before a person's name, beside roles */
    ACTOR_WORD_CABINET = 128,   /* behind the name of who heads it */
    ACTOR_WORD_PAST = 256,      /* before a role: of another time */
    ACTOR_WORD_ABROAD = 512,    /* before a role: of another country */
    ACTOR_WORD_OPPOSITE = 1024, /* behind "its": who is not one of its own */
    ACTOR_WORD_DEED = 2048,     /* behind an adjective for fighters: what they do */
};

struct actor_words {
    struct phrases words; /* values index `kinds` */
    uint16_t *kinds;      /* [rows]; enum actor_word_kind */
};

annals_status actor_words_read(struct actor_words *words, struct arena *arena, const char *path,
                               annals_error *error);

bool actor_words_has(const struct actor_words *words, const struct token *token,
                     enum actor_word_kind kind);

/* True where one of the tokens is a word of the kind. */
bool actor_words_hold(const struct actor_words *words, const struct document *document,
                      struct token_range range, enum actor_word_kind kind);

#endif
