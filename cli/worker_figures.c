/* What a worker says of itself: figures for a monitor, lines on standard error, its state in the
 * queue.
 *
 * The queue is looked at for its figures every few seconds only. A speed is that of the last
 * minute. */
#include "journal.h"
#include "worker.h"

#include <math.h>
#include <time.h>

int64_t worker_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

/* ------------------------------------------------------------------ figures */

enum metric {
    METRIC_STORED,
    METRIC_KNOWN,
    METRIC_ASIDE,
    METRIC_AGAIN,
    METRIC_RETURNED,
    METRIC_HOLDS,
    METRIC_UNMERGED,
    METRIC_RECORD_UP,
    METRIC_COMMITTED,
    METRIC_WAITING,
    METRIC_HELD,
    METRIC_QUEUE_ASIDE,
    METRIC_BYTES,
    METRICS
};

static const annals_metric metrics[METRICS] = {
    {"annals_worker_reports_total", "outcome=\"stored\"",
     "Reports that this worker finished: stored, known already, or set aside.", true},
    {"annals_worker_reports_total", "outcome=\"known\"", "", true},
    {"annals_worker_reports_total", "outcome=\"set_aside\"", "", true},
    {"annals_worker_redelivered_total", NULL,
     "Parcels it took that somebody had taken before and not finished.", true},
    {"annals_worker_returned_total", NULL, "Parcels it gave back unfinished.", true},
    {"annals_worker_held_parcels", NULL, "Parcels it has taken and not finished.", false},
    {"annals_worker_unmerged_reports", NULL, "Reports it stored since it last merged.", false},
    {"annals_worker_record_up", NULL, "Whether the record can be reached: 1 or 0.", false},
    {"annals_worker_last_commit_timestamp_seconds", NULL,
     "When the record last took reports of this worker, in seconds since 1970.", false},
    {"annals_queue_waiting_parcels", NULL, "Parcels of the queue that nobody has.", false},
    {"annals_queue_held_parcels", NULL, "Parcels that workers have taken and not finished.", false},
    {"annals_queue_set_aside_parcels", NULL, "Parcels that were set aside.", false},
    {"annals_queue_size_bytes", NULL, "Bytes that the queue keeps.", false},
};

int worker_monitor(struct working *working)
{
    return journal_monitor(&working->options, metrics, METRICS, &working->monitor);
}

static void look_at_queue(struct working *working)
{
    static annals_queue_state state;
    enum { LOOK_AGAIN = 5 };
    annals_error error = {.byte = -1};
    int64_t now = worker_now();
    if (working->looked_at != 0 && now < working->looked_at + LOOK_AGAIN)
        return;
    working->looked_at = now;
    bool good = annals_queue_look(working->queue, &state, &error) == ANNALS_OK;
    annals_monitor_set(working->monitor, METRIC_WAITING, good ? (double)state.waiting : NAN);
    annals_monitor_set(working->monitor, METRIC_HELD, good ? (double)state.held : NAN);
    annals_monitor_set(working->monitor, METRIC_QUEUE_ASIDE, good ? (double)state.aside : NAN);
    annals_monitor_set(working->monitor, METRIC_BYTES, good ? (double)state.bytes : NAN);
}

static void show_figures(struct working *working)
{
    const annals_worker *worker = &working->worker;
    bool up = strcmp(worker->state, "no record") != 0;
    const double values[] = {(double)worker->stored,
                             (double)worker->known,
                             (double)worker->refused,
                             (double)working->again,
                             (double)working->returned,
                             (double)worker->holds,
                             (double)working->unmerged,
                             up,
                             working->committed > 0 ? working->committed : NAN};
    if (working->monitor == NULL)
        return;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        annals_monitor_set(working->monitor, i, values[i]);
    annals_monitor_trouble(working->monitor, up ? NULL : "the record cannot be reached");
    look_at_queue(working);
}

/* ------------------------------------------------------------------ what is said */

void worker_say(const struct working *working, const char *what, const char *path, const char *why)
{
    char shown[JOURNAL_TEXT], reason[JOURNAL_TEXT];
    const annals_log_field fields[] = {{"reason", why, 0}, {"path", path, 0}};
    if (working->options.quiet || journal_event(&working->options.settings, ANNALS_LOG_WARNING,
                                                what, fields, path[0] != '\0' ? 2 : 1))
        return;
    journal_print_time(working->colour);
    fprintf(stderr, "%-8s  %s%s%s\n", what, annals_log_text(path, shown, sizeof shown),
            path[0] != '\0' && why[0] != '\0' ? ": " : "",
            annals_log_text(why, reason, sizeof reason));
}

void worker_tell(struct working *working, const char *state)
{
    int64_t now = worker_now();
    bool changed = strcmp(working->worker.state, state) != 0;
    if (now == working->told_at && !changed)
        return;
    for (; working->second < now; working->second++)
        working->stored_at[(working->second + 1) % RATE_SECONDS] = working->worker.stored;
    uint64_t before = working->stored_at[(now + 1) % RATE_SECONDS];
    int64_t age = time(NULL) - working->worker.began;
    double over = age < 1 ? 1 : age < RATE_SECONDS ? (double)age : RATE_SECONDS;
    working->worker.rate = (double)(working->worker.stored - before) / over;
    working->told_at = now;
    snprintf(working->worker.state, sizeof working->worker.state, "%s", state);
    annals_queue_tell(working->queue, &working->worker);
    show_figures(working);
}
