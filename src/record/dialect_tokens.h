/* The tokens of a statement of SQL, and what is written in their place. */
#ifndef ANNALS_RECORD_DIALECT_TOKENS_H
#define ANNALS_RECORD_DIALECT_TOKENS_H

#include "record/dialect.h"

#include "bytes/array.h"

enum token_kind { TOKEN_WORD, TOKEN_STRING, TOKEN_NUMBER, TOKEN_PARAMETER, TOKEN_SIGN };

struct token {
    const char *text;
    size_t length;
    enum token_kind kind;
    bool spaced;      /* white space stands before it */
    uint32_t partner; /* of a parenthesis */
    /* What is written around it, or in its place ("": nothing). */
    const char *before, *instead, *after;
};

/* A statement on its way from one SQL to the other. */
struct translation {
    struct arena arena;
    ARRAY(struct token) tokens;
    struct dialect *dialect;
    const char *schema;
    int unnamed;
};

/* Adds the tokens up to a semicolon; returns what stands behind it. They point into `sql`. */
const char *dialect_cut(struct translation *work, const char *sql);

#endif
