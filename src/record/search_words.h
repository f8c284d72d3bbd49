/* The words of full text search, the same on every store: FTS5's tokens, its questions and its
 * pieces of text, for a store that is not SQLite. */
#ifndef ANNALS_RECORD_SEARCH_WORDS_H
#define ANNALS_RECORD_SEARCH_WORDS_H

#include "bytes/buffer.h"

struct search_words;

/* NULL where memory runs out, or where SQLite was built without FTS5. */
struct search_words *search_words_open(void);
void search_words_close(struct search_words *words);

/* A text as PostgreSQL's tsvector: each token with its position. `apart`: what is put behind it
 * makes no phrase with it. */
void search_words_vector(struct search_words *words, const char *text, size_t length, bool apart,
                         struct buffer *vector);
/* The same in binary, of a title (NULL: none) and a text, as the server receives it: sorted, each
 * token once. */
void search_words_pack(struct search_words *words, const char *title, size_t title_length,
                       const char *text, size_t length, struct buffer *vector);
/* A question as FTS5 takes it, as a tsquery: words in quotes or bare, a * behind a beginning, AND,
 * OR and NOT between them. */
void search_words_question(struct search_words *words, const char *question, size_t length,
                           struct buffer *query);
/* What stands around the words asked for in `title` (may be NULL) or `text`, as FTS5's snippet()
 * finds it; NULL where they do not stand there. It stands until the next call. */
const char *search_words_piece(struct search_words *words, const char *title, const char *text,
                               const char *question);

#endif
