/* What kind of name a span of tokens is. */
#ifndef ANNALS_LANGUAGE_NAME_KINDS_H
#define ANNALS_LANGUAGE_NAME_KINDS_H

#include "language/known_names.h"
#include "language/name_words.h"

/* What the search for names knows of a document while it runs. */
struct name_search {
    const struct name_words *words;
    const struct known_names *known;
    const struct document *document;
    const struct token *tokens;
    uint32_t *kinds;       /* [tokens] bits of enum name_word_kind */
    struct token_range in; /* the sentence */
    bool mixed;            /* capitals tell names from other words here */
    const uint64_t *surnames; /* [surname_mask + 1] of persons found before; 0 = free; or NULL */
    uint32_t surname_mask;
};

/* Kind and certainty of the name that stands in `range`. `titled`: a title stands before it. */
void name_kind_find(const struct name_search *search, struct token_range range, bool titled,
                    struct name *name);

/* Whether the token is a capitalised word, as far as its form goes. */
bool name_is_capital(const struct token *token);

/* Index of the token that says what an organisation is: the last one before "of" or "for". */
uint32_t name_head(const struct name_search *search, struct token_range range);

#endif
