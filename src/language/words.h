/* Words, figures and addresses: the pieces that hold letters or digits. */
#ifndef ANNALS_LANGUAGE_WORDS_H
#define ANNALS_LANGUAGE_WORDS_H

#include "language/pieces.h"

/* No token is longer; what is longer is cut. Bounds every look ahead. */
enum { TOKEN_BYTES = 2048 };

/* Adds the word, figure or address that begins at `at`; returns where it ends, or `at` where none
 * begins there. */
uint32_t words_cut(struct pieces *pieces, struct byte_span block, uint32_t at);

/* Adds one piece; in pieces.c. NULL when memory is out. */
struct piece *pieces_add(struct pieces *pieces, uint32_t start, uint32_t end, enum piece_kind kind);

#endif
