/* Reads dictionaries/en/word_lists.tsv and marks the words of a document that are in its lists. */
#ifndef ANNALS_LANGUAGE_WORD_LISTS_H
#define ANNALS_LANGUAGE_WORD_LISTS_H

#include "document/stage.h"
#include "document/word_lists.h"

struct word_lists {
    struct word_listing *items;    /* [count]: one a word */
    struct word_lists_slot *slots; /* open addressing; [slot_count], a power of two */
    uint32_t count, slot_count;
};

/* ANNALS_MALFORMED names the line whose list the program does not know, and a list that no line
 * has. */
annals_status word_lists_read(struct word_lists *lists, const struct stage_setting *setting,
                              annals_error *error);

/* Says of a token, whose lemma is known, which lists it is in. */
void word_lists_mark(const struct word_lists *lists, struct token *token);

#endif
