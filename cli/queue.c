/* annals queue: how the queue stands, for people and for programs. */
#include "options.h"

#include <inttypes.h>
#include <time.h>

enum { SILENT = 30 /* seconds without a word before a worker is called silent */ };

static const char *span(int64_t seconds, char text[40])
{
    if (seconds < 120)
        snprintf(text, 40, "%" PRId64 " s", seconds);
    else if (seconds < 7200)
        snprintf(text, 40, "%" PRId64 " min", (seconds + 30) / 60);
    else if (seconds < 172800)
        snprintf(text, 40, "%" PRId64 " h", (seconds + 1800) / 3600);
    else
        snprintf(text, 40, "%" PRId64 " days", (seconds + 43200) / 86400);
    return text;
}

static bool is_silent(const annals_worker *worker, int64_t now)
{
    return now - worker->told > SILENT;
}

/* Reports a second, of all workers that are not silent. */
static double rate_of(const annals_queue_state *state, int64_t now)
{
    double rate = 0;
    for (size_t i = 0; i < state->worker_count; i++)
        if (!is_silent(&state->workers[i], now))
            rate += state->workers[i].rate;
    return rate;
}

/* ------------------------------------------------------------------ for people */

static void print_workers(const struct options *options, const annals_queue_state *state,
                          int64_t now)
{
    char since[40], silent[60], last[40];
    const char *dim = options->query.colour ? "\x1b[2m" : "", *red = options->query.colour ? "\x1b[31m" : "";
    const char *plain = options->query.colour ? "\x1b[0m" : "";
    if (state->worker_count == 0) {
        puts("no worker has said anything for ten minutes");
        return;
    }
    printf("\n%s%-32s %10s %8s %8s %7s  %s%s\n", dim, "worker", "since", "stored", "a second", "at hand",
           "state", plain);
    for (size_t i = 0; i < state->worker_count; i++) {
        const annals_worker *worker = &state->workers[i];
        snprintf(silent, sizeof silent, "silent for %s", span(now - worker->told, last));
        bool lost = is_silent(worker, now);
        printf("%-32s %10s %8" PRIu64 " %8.1f %7" PRIu64 "  %s%s%s\n", worker->name,
               span(now - worker->began, since), worker->stored, lost ? 0 : worker->rate,
               worker->holds, lost ? red : "", lost ? silent : worker->state, lost ? plain : "");
    }
}

static void print_table(const struct options *options, const annals_queue_state *state, int64_t now)
{
    double rate = rate_of(state, now);
    char left[40];
    printf("%" PRIu64 " waiting, %" PRIu64 " at hand", state->waiting, state->held);
    if (state->again > 0)
        printf(" (%" PRIu64 " not for the first time)", state->again);
    printf(", %" PRIu64 " put since the queue was made\n", state->put);
    if (state->aside > 0)
        printf("%" PRIu64 " set aside: annals queue --aside says why\n", state->aside);
    if (rate > 0 && state->waiting > 0)
        printf("%.1f reports a second, about %s left\n", rate,
               span((int64_t)((double)state->waiting / rate), left));
    print_workers(options, state, now);
}

/* ------------------------------------------------------------------ for programs */

/* JSON strings of names that hold nothing but ASCII without quotes and controls. */
static void print_json(const annals_queue_state *state, int64_t now)
{
    double rate = rate_of(state, now);
    printf("{\"waiting\": %" PRIu64 ", \"held\": %" PRIu64 ", \"again\": %" PRIu64 ", \"put\": %" PRIu64
           ", \"aside\": %" PRIu64 ", \"bytes\": %" PRIu64 ", \"rate\": %.2f, \"seconds_left\": ",
           state->waiting, state->held, state->again, state->put, state->aside, state->bytes, rate);
    if (rate > 0)
        printf("%.0f", (double)state->waiting / rate);
    else
        fputs(state->waiting == 0 ? "0" : "null", stdout);
    fputs(", \"workers\": [", stdout);
    for (size_t i = 0; i < state->worker_count; i++) {
        const annals_worker *worker = &state->workers[i];
        char name[sizeof worker->name];
        snprintf(name, sizeof name, "%s", worker->name);
        for (char *at = name; *at != '\0'; at++)
            if (*at < 0x20 || *at == '"' || *at == '\\')
                *at = '_';
        printf("%s{\"name\": \"%s\", \"state\": \"%s\", \"stored\": %" PRIu64 ", \"known\": %" PRIu64
               ", \"refused\": %" PRIu64 ", \"held\": %" PRIu64 ", \"rate\": %.2f, \"seconds\": %" PRId64
               ", \"silent\": %" PRId64 "}",
               i > 0 ? ", " : "", name, is_silent(worker, now) ? "silent" : worker->state,
               worker->stored, worker->known, worker->refused, worker->holds, worker->rate,
               now - worker->began, now - worker->told);
    }
    puts("]}");
}

static bool print_aside(void *context, const annals_parcel *parcel, const char *reason)
{
    (void)context;
    printf("%s", parcel->path);
    if (parcel->name != NULL)
        printf(" (%s)", parcel->name);
    if (parcel->line > 0)
        printf(":%" PRIu64, parcel->line);
    return printf(": %s\n", reason) > 0;
}

/* ------------------------------------------------------------------ the command */

static annals_status look(const struct options *options, annals_queue *queue, annals_error *error)
{
    static annals_queue_state state;
    if (options->aside)
        return annals_queue_aside(queue, print_aside, NULL, error);
    annals_status status = annals_queue_look(queue, &state, error);
    int64_t now = (int64_t)time(NULL);
    if (status == ANNALS_OK && options->query.layout == ANNALS_TABLE)
        print_table(options, &state, now);
    else if (status == ANNALS_OK)
        print_json(&state, now);
    return status;
}

int command_queue(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    annals_error error = {.byte = -1};
    annals_queue *queue = NULL;
    if (!options_read(&options, settings, OPTIONS_QUEUE | OPTIONS_FORMAT | OPTIONS_ASIDE, &count,
                      arguments))
        return EXIT_WRONG_USE;
    if (count > 0) {
        fprintf(stderr, "annals: \"%s\" is too much: queue takes only options\n", arguments[0]);
        return EXIT_WRONG_USE;
    }
    if (options.query.layout == ANNALS_CSV || options.query.layout == ANNALS_TSV) {
        fputs("annals: queue prints a table or json\n", stderr);
        return EXIT_WRONG_USE;
    }
    annals_status status = annals_queue_open(&options.queue, &queue, &error);
    if (status == ANNALS_OK)
        status = look(&options, queue, &error);
    annals_queue_close(queue);
    if (status == ANNALS_OK)
        return fflush(stdout) == 0 ? EXIT_DONE : EXIT_COULD_NOT;
    print_error(&options.settings, &error);
    return status == ANNALS_WRONG_USE ? EXIT_WRONG_USE : EXIT_COULD_NOT;
}
