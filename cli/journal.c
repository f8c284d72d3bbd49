/* What services say of themselves (annals serve, watch, worker): events as lines of JSON where
 * --log-format says so, and figures at the address of --metrics. Lines for people each command
 * writes itself. */
#include "journal.h"

#include <time.h>

static bool to_standard_error(void *context, const char *bytes, size_t length)
{
    (void)context;
    return fwrite(bytes, 1, length, stderr) == length;
}

bool journal_event(const struct settings *settings, annals_log_level level, const char *message,
                   const annals_log_field *fields, size_t count)
{
    if (settings->log_format != ANNALS_LOG_JSON)
        return false;
    annals_log_json(level, message, fields, count, to_standard_error, NULL);
    return true;
}

void journal_print_time(bool colour)
{
    time_t now = time(NULL);
    struct tm parts;
    char text[16];
    strftime(text, sizeof text, "%H:%M:%S", gmtime_r(&now, &parts));
    fprintf(stderr, colour ? "\x1b[2m%s\x1b[0m  " : "%s  ", text);
}

int journal_monitor(const struct options *options, const annals_metric *metrics, size_t count,
                    annals_monitor **monitor)
{
    annals_error error = {.byte = -1};
    if (options->metrics == NULL)
        return EXIT_DONE;
    annals_status status = annals_monitor_open(options->metrics, metrics, count, monitor, &error);
    if (status != ANNALS_OK) {
        print_error(&options->settings, &error);
        return status == ANNALS_WRONG_USE ? EXIT_WRONG_USE : EXIT_COULD_NOT;
    }
    unsigned port = annals_monitor_port(*monitor);
    const annals_log_field fields[] = {{"address", options->metrics, 0}, {"port", NULL, port}};
    if (!options->quiet &&
        !journal_event(&options->settings, ANNALS_LOG_INFO, "figures", fields, 2))
        fprintf(stderr, "annals: figures at port %u (/metrics, /healthz)\n", port);
    return EXIT_DONE;
}

double journal_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
