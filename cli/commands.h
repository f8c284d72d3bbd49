/* The commands of annals. To add one: a row in commands.c, a file `cli/NAME.c`, a page in
 * docs/annals.1; tests/unit/commands_test.c fails where one is forgotten. */
#ifndef ANNALS_CLI_COMMANDS_H
#define ANNALS_CLI_COMMANDS_H

#include "annals.h"

#include <stdio.h>

/* Exit statuses. */
enum { EXIT_DONE = 0, EXIT_SOME_REFUSED = 1, EXIT_WRONG_USE = 2, EXIT_COULD_NOT = 3 };

/* What stands before the command on the command line, and the environment. */
struct settings {
    const char *program;
    const char *data;             /* data folder */
    const char *record;           /* path of the record */
    uint32_t wait;                /* milliseconds for a record that is in use */
    annals_log_format log_format; /* of what services say on standard error */
};

struct command {
    const char *name, *summary;
    const char *usage; /* what follows the name */
    const char *help;  /* paragraphs and options */
    int (*run)(const struct settings *settings, int count, char **arguments);
    unsigned options; /* groups of options.h */
};

/* NULL-named at the end. */
extern const struct command commands[];
const struct command *command_find(const char *name);

int command_agreement(const struct settings *settings, int count, char **arguments);
int command_amend(const struct settings *settings, int count, char **arguments);
int command_log(const struct settings *settings, int count, char **arguments);
int command_merge(const struct settings *settings, int count, char **arguments);
int command_note(const struct settings *settings, int count, char **arguments);
int command_recode(const struct settings *settings, int count, char **arguments);
int command_review(const struct settings *settings, int count, char **arguments);
int command_split(const struct settings *settings, int count, char **arguments);
int command_undo(const struct settings *settings, int count, char **arguments);
int command_verify(const struct settings *settings, int count, char **arguments);
int command_backup(const struct settings *settings, int count, char **arguments);
int command_check(const struct settings *settings, int count, char **arguments);
int command_claims(const struct settings *settings, int count, char **arguments);
int command_count(const struct settings *settings, int count, char **arguments);
int command_disputes(const struct settings *settings, int count, char **arguments);
int command_code(const struct settings *settings, int count, char **arguments);
int command_events(const struct settings *settings, int count, char **arguments);
int command_control(const struct settings *settings, int count, char **arguments);
int command_export(const struct settings *settings, int count, char **arguments);
int command_help(const struct settings *settings, int count, char **arguments);
int command_import(const struct settings *settings, int count, char **arguments);
int command_info(const struct settings *settings, int count, char **arguments);
int command_read(const struct settings *settings, int count, char **arguments);
int command_reports(const struct settings *settings, int count, char **arguments);
int command_serve(const struct settings *settings, int count, char **arguments);
int command_restore(const struct settings *settings, int count, char **arguments);
int command_show(const struct settings *settings, int count, char **arguments);
int command_timeline(const struct settings *settings, int count, char **arguments);
int command_gazetteer(const struct settings *settings, int count, char **arguments);
int command_parse(const struct settings *settings, int count, char **arguments);
int command_actors(const struct settings *settings, int count, char **arguments);
int command_places(const struct settings *settings, int count, char **arguments);
int command_relations(const struct settings *settings, int count, char **arguments);
int command_sql(const struct settings *settings, int count, char **arguments);
int command_enqueue(const struct settings *settings, int count, char **arguments);
int command_queue(const struct settings *settings, int count, char **arguments);
int command_worker(const struct settings *settings, int count, char **arguments);
int command_watch(const struct settings *settings, int count, char **arguments);
int command_stages(const struct settings *settings, int count, char **arguments);

/* Writes to standard output; an annals_sink. */
bool to_standard_output(void *context, const char *bytes, size_t length);
/* Prints "annals: FILE:LINE:COLUMN: sentence" on standard error. */
void print_error(const struct settings *settings, const annals_error *error);

#endif
