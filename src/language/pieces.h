/* Pieces: a block's text cut into tokens-to-be, before it is known where sentences end.
 *
 * A piece is a token, except that an abbreviation still holds the full stop that may turn out to
 * end the sentence as well. */
#ifndef ANNALS_LANGUAGE_PIECES_H
#define ANNALS_LANGUAGE_PIECES_H

#include "document/document.h"
#include "language/writing.h"

enum piece_kind {
    PIECE_WORD,
    PIECE_NUMBER,
    PIECE_STOP,     /* one full stop */
    PIECE_MARK,     /* exclamation and question marks */
    PIECE_ELLIPSIS, /* two full stops or more, or the one character */
    PIECE_OPEN,     /* opening bracket or quotation mark */
    PIECE_CLOSE,    /* closing bracket or quotation mark */
    PIECE_DASH,     /* hyphens and dashes */
    PIECE_BULLET,   /* marks that begin an item of a list */
    PIECE_OTHER,
};

enum quote_kind { QUOTE_NONE, QUOTE_DOUBLE, QUOTE_SINGLE };

struct piece {
    struct byte_span span;
    const char *folded; /* NUL-terminated */
    uint64_t hash;
    uint32_t kinds; /* bits of enum writing_kind; of an abbreviation without its stop */
    uint16_t folded_length;
    uint16_t flags;   /* of document.h */
    uint8_t kind;     /* enum piece_kind */
    uint8_t quote;    /* enum quote_kind */
    bool has_stop;    /* ends in a full stop of its own: "Gen.", "U.S.", "J." */
    bool initial;     /* one letter and a full stop */
    bool line_before; /* begins a line of the text */
};

struct pieces {
    const struct writing *writing;
    const char *text;
    ARRAY(struct piece) list;
    /* Folded forms lie one after the other in memory of the document. */
    char *folds;
    size_t folds_used;
    uint64_t stop_hash; /* of "." */
    /* While cutting: */
    bool space, line, double_open, single_open;
};

/* Room for the folded forms of the whole document; cleared per block by pieces_cut. */
bool pieces_init(struct pieces *pieces, const struct writing *writing,
                 const struct document *document, struct arena *scratch);

/* Cuts `[span)` into pieces, replacing those there were. */
void pieces_cut(struct pieces *pieces, struct byte_span span);

#endif
