/* SQLite's SQL as PostgreSQL understands it: the words of src/record are written once, in the
 * first. */
#ifndef ANNALS_RECORD_DIALECT_H
#define ANNALS_RECORD_DIALECT_H

#include "bytes/buffer.h"

enum { DIALECT_PARAMETERS = 40 };

/* What a statement is. */
enum dialect_kind {
    DIALECT_ROWS,    /* gives rows */
    DIALECT_CHANGES, /* gives none */
    DIALECT_NOTHING, /* of SQLite's own housekeeping: does nothing, gives nothing */
    DIALECT_BEGIN,
    DIALECT_COMMIT,
    DIALECT_ROLLBACK
};

struct dialect {
    struct buffer sql;
    enum dialect_kind kind;
    int parameters; /* numbered from 1 */
    /* ":name" of a parameter, in the statement that was translated; empty for those without. */
    struct dialect_name {
        const char *text;
        size_t length;
    } names[DIALECT_PARAMETERS + 1];
    /* A text of the statement itself that is bound by whoever runs it: words to be found. */
    struct dialect_name texts[DIALECT_PARAMETERS + 1];
    /* What is bound: words to be found, a text whose words are to be found; plain otherwise. */
    enum dialect_use {
        DIALECT_PLAIN,
        DIALECT_QUESTION,
        DIALECT_WORDS
    } uses[DIALECT_PARAMETERS + 1];
};

/* Translates the first statement of `sql`, which must outlive the result; `*rest`, where it is not
 * NULL, is what stands behind it. `schema` is what stands for SQLite's `main`. False where memory
 * ran out or there are too many parameters. Release it always. */
bool dialect_translate(const char *sql, const char *schema, struct dialect *dialect,
                       const char **rest);
void dialect_release(struct dialect *dialect);

#endif
