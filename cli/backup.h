/* What `annals backup` and `annals restore` share: one copies there, the other back. */
#ifndef ANNALS_CLI_BACKUP_H
#define ANNALS_CLI_BACKUP_H

#include "options.h"

/* Copies a record with progress; the command's exit status. `done` says what `to` now is. */
int copy_record(const struct options *options, const char *from, const char *to, const char *done);

/* Reads options and the one file that `command` takes; false, with a line on standard error, else.
 */
bool one_file(struct options *options, const struct settings *settings, const char *command,
              int *count, char **arguments);

#endif
