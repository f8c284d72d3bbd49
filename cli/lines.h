/* The lines of the files that a command is given, one at a time. */
#ifndef ANNALS_CLI_LINES_H
#define ANNALS_CLI_LINES_H

#include "commands.h"

struct line {
    const char *name; /* the file as it was named; "standard input" */
    uint64_t number;  /* from 1 */
    uint64_t offset;  /* bytes before it */
    const char *text; /* with its end of line; NULL behind the last line of a file */
    size_t length;
};

/* False: go no further. */
typedef bool line_receiver(void *context, const struct line *line);

/* Gives every line of the files to `receive`, and NULL behind the last of each; "-", and no path at
 * all, is standard input. A file that cannot be read to its end is named on standard error, and
 * `*refused` becomes true. False where `receive` was. */
bool lines_read(const struct settings *settings, int count, char **paths, line_receiver *receive,
                void *context, bool *refused);

/* The same with JSON lines: only lines that may hold a JSON object are given, and no end. Of what
 * is none the first line is named, and how many more there are: a file of another format has
 * thousands. */
bool lines_read_json(const struct settings *settings, int count, char **paths,
                     line_receiver *receive, void *context, bool *refused);

#endif
