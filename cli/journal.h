/* What services say of themselves: events as lines of JSON, and their figures for a monitor. */
#ifndef ANNALS_CLI_JOURNAL_H
#define ANNALS_CLI_JOURNAL_H

#include "options.h"

/* Room for a path or an address as a line shows it. */
enum { JOURNAL_TEXT = 2400 };

/* Writes the event to standard error where --log-format is json; false where lines are for people.
 */
bool journal_event(const struct settings *settings, annals_log_level level, const char *message,
                   const annals_log_field *fields, size_t count);

/* "08:14:22  " on standard error, dim where `colour`. */
void journal_print_time(bool colour);

/* Begins to answer at the address of --metrics, and says where. `*monitor` NULL: there is none.
 * EXIT_DONE, or the exit status, with a line on standard error, where it cannot. */
int journal_monitor(const struct options *options, const annals_metric *metrics, size_t count,
                    annals_monitor **monitor);

/* Seconds since 1970, for figures. */
double journal_now(void);

#endif
