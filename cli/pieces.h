/* The raw reports of files: whole files, and the lines of JSON lines. */
#ifndef ANNALS_CLI_PIECES_H
#define ANNALS_CLI_PIECES_H

#include "annals.h"
#include "inputs.h"

/* Who takes them. Strings and bytes live until the call returns; each returns false to stop. */
struct piece_taker {
    void *context;
    uint64_t max_size; /* of a piece; what is larger is refused */
    bool (*take)(void *context, const annals_parcel *piece);
    /* An archive, whatever its size; the file stands at `path`. */
    bool (*archive)(void *context, const char *path, uint64_t size);
    void (*refuse)(void *context, annals_error *error, const char *path, uint64_t line,
                   int64_t byte);
};

/* Walks one file, or standard input ("-"). False: stopped. */
bool pieces_walk(const struct piece_taker *taker, const struct input *input);

#endif
