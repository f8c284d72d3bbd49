/* Asides in brackets, which are parsed apart: "the Workers' Front [FT] fighters", "a judge [name as
 * received] said". Agencies put names in full and remarks of their own into brackets, in the middle
 * of a sentence that goes on as if they were not there; a parser that reads on through them loses
 * its way. */
#ifndef ANNALS_LANGUAGE_ASIDES_H
#define ANNALS_LANGUAGE_ASIDES_H

#include "classifiers/grammar_model.h"
#include "document/document.h"

/* The tokens of a document in the order in which the network reads them, cut into pieces: each
 * sentence without its asides, then what stands inside each of these. Marks of brackets are in
 * none. */
struct reading_order {
    uint32_t *tokens, token_count;
    struct grammar_piece *pieces; /* into `tokens` */
    bool *begins;                 /* of each piece: its root is not that of the piece before */
    uint32_t piece_count;
};

/* False where memory runs out. */
bool reading_order_find(struct reading_order *order, const struct document *document,
                        struct arena *scratch);

/* Hangs each aside on the word that it explains, once all pieces have their trees. */
void asides_attach(struct document *document);

#endif
