/* What the commands that keep decisions share. */
#ifndef ANNALS_CLI_DECIDING_H
#define ANNALS_CLI_DECIDING_H

#include "options.h"

/* Who decides: --author, else $ANNALS_AUTHOR, else the login name; NULL, with a line on standard
 * error, where there is none. */
const char *find_author(const struct options *options);

/* The moment as ISO 8601; it stands until the next one is written. */
const char *write_moment(void);

/* Keeps the decisions, prints them as the log has them; the command's exit status. */
int keep_decisions(const struct options *options, annals_decision *decisions, size_t count);

/* A command that decides once on all of its arguments. */
int decide_once(const struct settings *settings, const char *kind, int least, const char *wanted,
                int count, char **arguments);

#endif
