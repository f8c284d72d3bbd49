/* annals watch: looks at feeds again and again, and stores the pages that they name.
 *
 * Says on standard error what comes, one line a feed or page, and how each round went. SIGINT and
 * SIGTERM end it between two steps, with everything stored that was fetched. */
#include "journal.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST_ADDRESS = 2048, MOST_FEEDS = 10000 };

struct watching {
    struct options options;
    annals_engine *engine;
    annals_record *record;
    char **feeds;
    size_t count;
    bool colour;
    uint64_t failed;
    annals_monitor *monitor;
    uint64_t seen[9]; /* what came of feeds and pages, by the words of `outcomes` */
    uint64_t rounds;
};

/* ------------------------------------------------------------------ figures */

static const char *const outcomes[] = {"feed",  "same", "kept",   "known",  "foreign",
                                       "later", "gone", "denied", "refused"};

enum metric {
    METRIC_ROUNDS = sizeof outcomes / sizeof outcomes[0],
    METRIC_WAITING, METRIC_ROUND, METRIC_COMMITTED, METRICS
};

#define OUTCOME(word, help) {"annals_watch_outcomes_total", "outcome=\"" word "\"", help, true}
static const annals_metric metrics[METRICS] = {
    OUTCOME("feed", "What came of feeds and pages, in the words of the log."),
    OUTCOME("same", ""),
    OUTCOME("kept", ""),
    OUTCOME("known", ""),
    OUTCOME("foreign", ""),
    OUTCOME("later", ""),
    OUTCOME("gone", ""),
    OUTCOME("denied", ""),
    OUTCOME("refused", ""),
    {"annals_watch_rounds_total", NULL, "Rounds over the feeds.", true},
    {"annals_watch_waiting_pages", NULL, "Pages that wait for a later round.", false},
    {"annals_watch_last_round_timestamp_seconds", NULL,
     "When the last round ended, in seconds since 1970.", false},
    {"annals_watch_last_commit_timestamp_seconds", NULL,
     "When the record last took a report, in seconds since 1970.", false},
};

static void count_outcome(struct watching *watching, const char *what)
{
    for (size_t i = 0; i < METRIC_ROUNDS; i++)
        if (strcmp(what, outcomes[i]) == 0)
            annals_monitor_set(watching->monitor, i, (double)++watching->seen[i]);
    if (strcmp(what, "kept") == 0)
        annals_monitor_set(watching->monitor, METRIC_COMMITTED, journal_now());
}

static void count_round(struct watching *watching, const annals_watched *watched)
{
    annals_monitor_set(watching->monitor, METRIC_ROUNDS, (double)++watching->rounds);
    annals_monitor_set(watching->monitor, METRIC_WAITING, (double)watched->waiting);
    annals_monitor_set(watching->monitor, METRIC_ROUND, journal_now());
}

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

static bool going(void *context)
{
    (void)context;
    return !stopped;
}

/* ------------------------------------------------------------------ what is said */

/* In colour: green what is new, red what is wrong, dim what is neither. */
static void print_note(void *context, const annals_watch_note *note)
{
    struct watching *watching = context;
    char address[JOURNAL_TEXT], why[JOURNAL_TEXT];
    const annals_log_field fields[] = {{"address", note->address, 0}, {"reason", note->why, 0}};
    count_outcome(watching, note->what);
    if ((watching->options.quiet && note->good) ||
        journal_event(&watching->options.settings,
                      note->good ? ANNALS_LOG_INFO : ANNALS_LOG_WARNING, note->what, fields, 2))
        return;
    const char *colour = !note->good                        ? "\x1b[31m"
                         : strcmp(note->what, "kept") == 0 ? "\x1b[32m"
                         : strcmp(note->what, "feed") == 0 ? "\x1b[1m"
                                                           : "\x1b[2m";
    journal_print_time(watching->colour);
    fprintf(stderr, "%s%-8s%s  %s", watching->colour ? colour : "", note->what,
            watching->colour ? "\x1b[0m" : "",
            annals_log_text(note->address, address, sizeof address));
    fprintf(stderr, watching->colour ? "  \x1b[2m%s\x1b[0m\n" : "  %s\n",
            annals_log_text(note->why, why, sizeof why));
}

static const char *span(uint64_t seconds, char text[40])
{
    if (seconds < 120)
        snprintf(text, 40, "%" PRIu64 " s", seconds);
    else if (seconds < 7200)
        snprintf(text, 40, "%" PRIu64 " min", (seconds + 30) / 60);
    else
        snprintf(text, 40, "%" PRIu64 " h", (seconds + 1800) / 3600);
    return text;
}

static void print_round(const struct watching *watching, const annals_watched *watched, bool again)
{
    char text[40];
    const annals_log_field fields[] = {{"kept", NULL, (double)watched->kept},
                                       {"foreign", NULL, (double)watched->foreign},
                                       {"known", NULL, (double)watched->known},
                                       {"failed", NULL, (double)watched->failed},
                                       {"waiting", NULL, (double)watched->waiting},
                                       {"next_seconds", NULL, (double)watched->next}};
    if (watching->options.quiet ||
        journal_event(&watching->options.settings, ANNALS_LOG_INFO, "round", fields,
                      sizeof fields / sizeof fields[0] - !again))
        return;
    journal_print_time(watching->colour);
    fprintf(stderr, "%-8s  %" PRIu64 " new report%s", "round", watched->kept,
            watched->kept == 1 ? "" : "s");
    if (watched->foreign > 0)
        fprintf(stderr, " (%" PRIu64 " not in English)", watched->foreign);
    if (watched->known > 0)
        fprintf(stderr, ", %" PRIu64 " known already", watched->known);
    if (watched->failed > 0)
        fprintf(stderr, ", %" PRIu64 " not to be had", watched->failed);
    if (watched->waiting > 0)
        fprintf(stderr, ", %" PRIu64 " waiting", watched->waiting);
    if (again)
        fprintf(stderr, "; next in %s", span(watched->next, text));
    fputc('\n', stderr);
}

/* ------------------------------------------------------------------ the list of feeds */

static bool add_feed(struct watching *watching, const char *address)
{
    size_t length = strcspn(address, " \t\r\n");
    if (length == 0 || address[0] == '#')
        return true;
    if (watching->count == MOST_FEEDS) {
        fprintf(stderr, "annals: more than %d feeds\n", MOST_FEEDS);
        return false;
    }
    char *copy = malloc(length + 1);
    if (copy == NULL)
        return false;
    memcpy(copy, address, length);
    copy[length] = '\0';
    watching->feeds[watching->count++] = copy;
    return true;
}

/* One address a line; blank lines and those with # say nothing. */
static bool add_list(struct watching *watching, const char *path)
{
    char line[LONGEST_ADDRESS + 2];
    FILE *stream = fopen(path, "r");
    bool good = stream != NULL;
    for (uint64_t number = 1; good && fgets(line, sizeof line, stream) != NULL; number++) {
        if (strchr(line, '\n') == NULL && !feof(stream)) {
            fprintf(stderr, "annals: %s: line %" PRIu64 ": longer than %d bytes\n", path, number,
                    LONGEST_ADDRESS);
            fclose(stream);
            return false;
        }
        good = add_feed(watching, line + strspn(line, " \t"));
    }
    if (!good || ferror(stream))
        fprintf(stderr, "annals: %s: %s\n", path, strerror(errno));
    good = good && !ferror(stream);
    if (stream != NULL)
        fclose(stream);
    return good;
}

static void release(struct watching *watching)
{
    for (size_t i = 0; i < watching->count; i++)
        // What is counted was kept.
        // NOLINTNEXTLINE(clang-analyzer-core.NullDereference)
        free(watching->feeds[i]);
    free(watching->feeds);
    annals_monitor_close(watching->monitor);
    annals_close(watching->engine);
    annals_record_close(watching->record);
}

/* ------------------------------------------------------------------ rounds */

/* Sleeps until there is something to do; false where a signal came. */
static bool rest(uint64_t seconds)
{
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    seconds = seconds > 0 ? seconds : 1;
    for (now = start; !stopped && (uint64_t)(now.tv_sec - start.tv_sec) < seconds;
         clock_gettime(CLOCK_MONOTONIC, &now))
        nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
    return !stopped;
}

/* Rounds until a signal comes, or one with --once. */
static int go_round(struct watching *watching)
{
    annals_status status = ANNALS_OK;
    annals_error error = {0};
    const struct options *options = &watching->options;
    annals_watch_settings settings = {.feeds = (const char *const *)watching->feeds,
                                      .feed_count = watching->count,
                                      .every = options->every,
                                      .now = options->once,
                                      .delay = options->delay,
                                      .timeout = options->query.timeout / 1000,
                                      .max_size = options->max_size,
                                      .limit = (uint32_t)options->query.limit,
                                      .allow_private = options->allow_private,
                                      .going = going,
                                      .note = print_note,
                                      .context = watching};
    bool more = true;
    while (more && status == ANNALS_OK) {
        annals_watched watched;
        status = annals_watch(watching->record, watching->engine, &settings, &watched, &error);
        watching->failed += watched.failed;
        count_round(watching, &watched);
        more = status == ANNALS_OK && !options->once;
        if (status == ANNALS_OK || status == ANNALS_STOPPED)
            print_round(watching, &watched, more);
        more = more && rest(watched.next);
    }
    if (status == ANNALS_WRONG_USE || (status != ANNALS_OK && status != ANNALS_STOPPED)) {
        print_error(&options->settings, &error);
        return status == ANNALS_WRONG_USE ? EXIT_WRONG_USE : EXIT_COULD_NOT;
    }
    return watching->failed > 0 ? EXIT_SOME_REFUSED : EXIT_DONE;
}

static int print_status(struct options *options)
{
    options->query.view = ANNALS_SQL;
    options->query.timeout = 0;
    options->query.sql = "SELECT feed, kept, waiting, failed, substr(looked, 1, 16) AS looked, "
                         "substr(due, 1, 16) AS due, outcome FROM watching ORDER BY feed";
    return answer(options);
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = stop};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static bool open_all(struct watching *watching)
{
    annals_error error = {0};
    watching->record = open_record(&watching->options, ANNALS_READ_WRITE);
    if (watching->record == NULL)
        return false;
    if (annals_open(watching->options.settings.data, &watching->engine, &error) == ANNALS_OK)
        return true;
    print_error(&watching->options.settings, &error);
    return false;
}

int command_watch(const struct settings *settings, int count, char **arguments)
{
    struct watching watching = {0};
    if (!options_read(&watching.options, settings, OPTIONS_WATCH | OPTIONS_FORMAT | OPTIONS_LOG | OPTIONS_METRICS,
                      &count, arguments))
        return EXIT_WRONG_USE;
    if (watching.options.status)
        return print_status(&watching.options);
    const char *no_colour = getenv("NO_COLOR");
    watching.colour = isatty(STDERR_FILENO) && (no_colour == NULL || no_colour[0] == '\0');
    watching.feeds = calloc(MOST_FEEDS, sizeof *watching.feeds);
    bool good = watching.feeds != NULL;
    for (int i = 0; i < count && good; i++)
        good = add_feed(&watching, arguments[i]);
    if (good && watching.options.list != NULL)
        good = add_list(&watching, watching.options.list);
    int status = EXIT_COULD_NOT;
    catch_signals();
    int watched =
        good ? journal_monitor(&watching.options, metrics, METRICS, &watching.monitor) : status;
    if (watched != EXIT_DONE)
        status = watched;
    else if (open_all(&watching))
        status = go_round(&watching);
    release(&watching);
    return status;
}
