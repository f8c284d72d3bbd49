/* What the program says of itself. */
#ifndef ANNALS_CLI_HELP_H
#define ANNALS_CLI_HELP_H

#include "commands.h"

/* All commands. */
void help_print(FILE *stream);

/* One command; the exit status. */
int help_of(const char *name);

/* Writes words in lines no longer than a terminal is wide, the next ones indented by `indent`; `column`
 * is where the first begins. Ends the line. */
void help_write_words(FILE *stream, const char *text, unsigned column, unsigned indent);

#endif
