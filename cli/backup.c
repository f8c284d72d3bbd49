/* annals backup, annals restore: copies the record while others use it, and makes it from a copy.
 *
 * Both are one copy, only the other way round; cli/restore.c is the other way. Ctrl-C takes away
 * what was copied so far. */
#include "backup.h"

#include <inttypes.h>
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t stopped;

static void stop(int number)
{
    (void)number;
    stopped = 1;
}

static void stop_on_signals(void)
{
    struct sigaction action = {.sa_handler = stop};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

struct progress {
    bool shows;
    int shown; /* percent */
};

static bool show_progress(void *context, uint64_t done, uint64_t total)
{
    enum { BAR = 30 };
    struct progress *progress = context;
    int percent = total > 0 ? (int)(100 * done / total) : 0;
    if (progress->shows && percent != progress->shown) {
        progress->shown = percent;
        fprintf(stderr, "\r\x1b[K%3d%% ", percent);
        for (int i = 0; i < BAR; i++)
            fputs(i < percent * BAR / 100 ? "\xe2\x94\x81" : "\xe2\x94\x80", stderr);
        fprintf(stderr, " %" PRIu64 " of %" PRIu64 " pages", done, total);
        fflush(stderr);
    }
    return !stopped;
}

int copy_record(const struct options *options, const char *from, const char *to, const char *done)
{
    struct progress progress = {.shows = !options->quiet && isatty(STDERR_FILENO), .shown = -1};
    annals_error error = {0};
    stop_on_signals();
    annals_status status =
        annals_record_copy(from, to, options->settings.wait, show_progress, &progress, &error);
    if (progress.shows)
        fputs("\r\x1b[K", stderr);
    if (status != ANNALS_OK) {
        print_error(&options->settings, &error);
        return status == ANNALS_WRONG_USE ? EXIT_WRONG_USE : EXIT_COULD_NOT;
    }
    if (!options->quiet)
        printf("%s: %s, compared row by row\n", to, done);
    return EXIT_DONE;
}

bool one_file(struct options *options, const struct settings *settings, const char *command,
              int *count, char **arguments)
{
    if (!options_read(options, settings, OPTIONS_COPY, count, arguments))
        return false;
    if (*count == 1)
        return true;
    fprintf(stderr, "annals: %s one FILE: annals help %s\n", command, command);
    return false;
}

int command_backup(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    if (!one_file(&options, settings, "backup", &count, arguments))
        return EXIT_WRONG_USE;
    return copy_record(&options, options.settings.record, arguments[0], "a copy of the record");
}
