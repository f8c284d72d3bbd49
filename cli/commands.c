/* The table of commands. */
#include "commands.h"

#include <string.h>

const struct command commands[] = {
    {"code", "code reports: JSON lines in, JSON lines out", "[FILE...]",
     "Reads reports, one JSON object a line, from the files or standard input, and writes each\n"
     "coded report as one line. Neither reads nor writes a record.\n",
     command_code},
    {"stages", "print the stages a report goes through", "", "", command_stages},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct command *command_find(const char *name)
{
    for (const struct command *command = commands; command->name != NULL; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}
