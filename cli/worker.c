/* annals worker: takes reports from the queue, codes them, stores them.
 *
 * The main thread takes parcels, makes documents of them, hands those on to the coders and stores what
 * comes back, so many in one transaction; only then the parcels leave the queue. Coders have threads of
 * their own and some work ahead, so that they go on while the record is waited for. A worker that dies
 * leaves its parcels to others, and the record, which knows a report by its bytes, takes none twice.
 * A parcel that was taken before is coded alone: if the worker dies of it, it takes no other with it,
 * and after some tries it is set aside. While the record cannot be reached nothing is taken, and what is
 * at hand is kept. */
#include "coders.h"
#include "journal.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 64, PENDING = 256, UNMERGED = 2000, RATE_SECONDS = 60 };
/* As much as is coded while so many are stored. */
enum { AHEAD = 192 };
/* What a transaction costs besides its reports is shared by as many as are coded in some seconds. */
enum { MERGE_AGAIN_S = 10, TOGETHER_S = 3 };

/* A parcel at hand, until all its reports are stored. */
struct held {
    annals_delivery *delivery;
    annals_parcel parcel;
    unsigned open;  /* reports on their way */
    bool complete;  /* all its reports were found */
    bool back;      /* not done: others are to take it */
    int64_t taken;  /* when */
    struct held *next;
};

struct working {
    struct options options;
    annals_engine *engine;
    annals_record *record;
    annals_queue *queue;
    struct coders *coders;
    struct held *held;
    struct asked {
        struct held *held;
        annals_document *document;
        bool known;
    } asked[BATCH]; /* read, and not looked for in the record yet */
    unsigned asked_count;
    struct work pending[PENDING];
    unsigned pending_count;
    uint64_t pending_memory;
    int64_t pending_since;
    uint64_t unmerged;
    int64_t merged_at, told_at, kept_at;
    bool colour, failed;
    annals_worker worker;
    annals_monitor *monitor;
    uint64_t again, returned; /* parcels taken that others did not finish; given back */
    double committed;         /* when the record took the last reports */
    int64_t looked_at;        /* at the queue */
    uint64_t stored_at[RATE_SECONDS]; /* a ring: how much was stored at each of the last seconds */
    int64_t second;
};

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

static int64_t now_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

static void pause_ms(unsigned milliseconds)
{
    struct timespec pause = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    nanosleep(&pause, NULL);
}

/* ------------------------------------------------------------------ figures */

enum metric {
    METRIC_STORED, METRIC_KNOWN, METRIC_ASIDE, METRIC_AGAIN, METRIC_RETURNED, METRIC_HOLDS,
    METRIC_UNMERGED, METRIC_RECORD_UP, METRIC_COMMITTED, METRIC_WAITING, METRIC_HELD,
    METRIC_QUEUE_ASIDE, METRIC_BYTES, METRICS
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

static void look_at_queue(struct working *working)
{
    static annals_queue_state state;
    enum { LOOK_AGAIN = 5 };
    annals_error error = {.byte = -1};
    int64_t now = now_seconds();
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

static void say(const struct working *working, const char *what, const char *path,
                const char *why)
{
    char shown[JOURNAL_TEXT], reason[JOURNAL_TEXT];
    const annals_log_field fields[] = {{"reason", why, 0}, {"path", path, 0}};
    if (working->options.quiet ||
        journal_event(&working->options.settings, ANNALS_LOG_WARNING, what, fields,
                      path[0] != '\0' ? 2 : 1))
        return;
    journal_print_time(working->colour);
    fprintf(stderr, "%-8s  %s%s%s\n", what, annals_log_text(path, shown, sizeof shown),
            path[0] != '\0' && why[0] != '\0' ? ": " : "",
            annals_log_text(why, reason, sizeof reason));
}

static void tell(struct working *working, const char *state)
{
    int64_t now = now_seconds();
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

/* ------------------------------------------------------------------ parcels at hand */

static struct held *hold(struct working *working, annals_delivery *delivery)
{
    struct held *held = calloc(1, sizeof *held);
    if (held == NULL)
        return NULL;
    held->delivery = delivery;
    held->taken = now_seconds();
    annals_delivery_parcel(delivery, &held->parcel);
    held->next = working->held;
    working->held = held;
    working->worker.holds++;
    return held;
}

static void let_go(struct working *working, struct held *held)
{
    struct held **at = &working->held;
    while (*at != held)
        at = &(*at)->next;
    *at = held->next;
    working->worker.holds--;
    free(held);
}

/* Once all of its reports are stored or set aside, the parcel leaves the queue. */
static void settle(struct working *working, struct held *held)
{
    annals_error error = {.byte = -1};
    if (!held->complete || held->open > 0)
        return;
    working->returned += held->back;
    if (held->back)
        annals_delivery_return(held->delivery, 0);
    else if (annals_delivery_done(held->delivery, &error) != ANNALS_OK)
        say(working, "queue", "", error.sentence);
    let_go(working, held);
}

/* Sets one report of a parcel aside. */
static void set_aside(struct working *working, struct held *held, const char *reason)
{
    annals_error error = {.byte = -1};
    say(working, "aside", held->parcel.path, reason);
    working->worker.refused++;
    if (annals_delivery_note(held->delivery, reason, &error) != ANNALS_OK) {
        say(working, "queue", "", error.sentence);
        held->back = true;
    }
}

/* ------------------------------------------------------------------ a record that is away */

/* Errors of the report itself; others are the record's. */
static bool is_of_report(annals_status status)
{
    return status != ANNALS_BUSY && status != ANNALS_FULL && status != ANNALS_CANNOT_WRITE &&
           status != ANNALS_CANNOT_READ && status != ANNALS_FOREIGN && status != ANNALS_NO_MEMORY;
}

/* Opens the record again, until it answers. What is at hand is kept meanwhile. False: stopped, or
 * there is no hope. */
static bool wait_for_record(struct working *working, const annals_error *why)
{
    enum { FIRST_MS = 500, LAST_MS = 5000 };
    annals_error error = *why;
    unsigned pause = FIRST_MS;
    say(working, "record", "", error.sentence);
    while (!stopped && !working->failed) {
        annals_record_close(working->record);
        working->record = NULL;
        for (struct held *held = working->held; held != NULL; held = held->next)
            annals_delivery_working(held->delivery);
        tell(working, "no record");
        pause_ms(pause);
        pause = pause * 2 < LAST_MS ? pause * 2 : LAST_MS;
        annals_status status =
            annals_record_open(working->options.settings.record, ANNALS_READ_WRITE,
                               working->options.settings.wait, &working->record, &error);
        if (status == ANNALS_OK) {
            say(working, "record", "", "is there again");
            return true;
        }
        working->failed = status != ANNALS_BUSY && status != ANNALS_CANNOT_READ &&
                          status != ANNALS_CANNOT_WRITE && status != ANNALS_FULL;
    }
    if (working->failed)
        print_error(&working->options.settings, &error);
    return false;
}

/* ------------------------------------------------------------------ storing */

static annals_origin origin_of(const struct work *work)
{
    const struct held *held = work->owner;
    return (annals_origin){.path = held->parcel.path, .retrieved = held->parcel.retrieved};
}

static void count_stored(struct working *working, annals_stored stored)
{
    bool known = stored.known;
    working->worker.stored += !known;
    working->worker.known += known;
    working->unmerged += !known;
}

/* Where one of several cannot be stored each is tried by itself. The status is the record's. */
static annals_status store_one_by_one(struct working *working, unsigned *done, annals_error *error)
{
    for (; *done < working->pending_count; ++*done) {
        struct work *work = &working->pending[*done];
        annals_origin origin = origin_of(work);
        annals_stored stored = {0};
        annals_status status = annals_record_add_all(working->record, working->engine,
                                                     &work->document, &origin, 1, &stored, error);
        if (status == ANNALS_OK) {
            count_stored(working, stored);
        } else if (is_of_report(status)) {
            set_aside(working, work->owner, error->sentence);
        } else {
            return status;
        }
    }
    return ANNALS_OK;
}

static annals_status store_together(struct working *working, unsigned *done, annals_error *error)
{
    annals_document *documents[PENDING] = {0};
    annals_origin origins[PENDING] = {0};
    annals_stored stored[PENDING] = {{0}};
    for (unsigned i = 0; i < working->pending_count; i++) {
        documents[i] = working->pending[i].document;
        origins[i] = origin_of(&working->pending[i]);
    }
    annals_status status =
        annals_record_add_all(working->record, working->engine, documents, origins,
                              working->pending_count, stored, error);
    for (; status == ANNALS_OK && *done < working->pending_count; ++*done)
        count_stored(working, stored[*done]);
    return is_of_report(status) ? store_one_by_one(working, done, error) : status;
}

/* Stores what was coded, waiting for the record as long as it takes. */
static bool store_pending(struct working *working)
{
    annals_error error = {.byte = -1};
    unsigned done = 0, count = working->pending_count;
    annals_status status = ANNALS_OK;
    if (count == 0)
        return true;
    do {
        status = done == 0 ? store_together(working, &done, &error)
                           : store_one_by_one(working, &done, &error);
    } while (status != ANNALS_OK && wait_for_record(working, &error));
    if (done > 0)
        working->committed = journal_now();
    for (unsigned i = 0; i < count; i++) {
        struct held *held = working->pending[i].owner;
        held->back = held->back || i >= done;
        held->open--;
        annals_document_free(working->pending[i].document);
        settle(working, held);
    }
    working->pending_count = 0;
    working->pending_memory = 0;
    return status == ANNALS_OK;
}

/* Receives what was coded. */
static bool store(void *context, struct work *work)
{
    struct working *working = context;
    struct held *held = work->owner;
    if (work->status != ANNALS_OK) {
        set_aside(working, held, work->error.sentence);
        held->open--;
        settle(working, held);
        return true;
    }
    if (working->pending_count == 0)
        working->pending_since = now_seconds();
    working->pending_memory += annals_document_memory(work->document);
    working->pending[working->pending_count++] = *work;
    work->document = NULL; /* kept */
    tell(working, "coding");
    bool full = working->pending_count == PENDING ||
                working->pending_memory > working->options.max_memory / 4 ||
                now_seconds() > working->pending_since + TOGETHER_S;
    return !full || store_pending(working);
}

/* While there is work, what another merges is left to it. */
static void merge(struct working *working, bool waits)
{
    annals_error error = {.byte = -1};
    bool left = false;
    working->merged_at = now_seconds();
    if (working->record == NULL)
        return;
    tell(working, "merging");
    annals_status status = waits ? annals_record_merge(working->record, &error)
                                 : annals_record_merge_beside(working->record, &left, &error);
    if (status == ANNALS_OK)
        working->unmerged = left ? UNMERGED / 2 : 0;
    else if (status != ANNALS_BUSY) /* somebody else merges */
        wait_for_record(working, &error);
}

/* ------------------------------------------------------------------ reading parcels */

/* Whether the record has it; false: that cannot be known, for the worker is to stop. */
static bool look_for(struct working *working, struct asked *asked)
{
    annals_error error = {.byte = -1};
    annals_status status;
    while ((status = annals_record_knows(working->record, asked->document,
                                         asked->held->parcel.path, &asked->known, &error)) !=
           ANNALS_OK)
        if (!wait_for_record(working, &error))
            return false;
    return true;
}

/* Not to be coded: the record has it, or it goes back to others. */
static void pass_over(struct working *working, const struct asked *asked, bool back)
{
    asked->held->open--;
    asked->held->back = asked->held->back || back;
    annals_document_free(asked->document);
    settle(working, asked->held);
}

/* Hands on what was read to be coded, unless the record has it. A server is asked once about all; where it
 * cannot be asked, about one after the other, waiting for it. */
static bool give_all(struct working *working)
{
    annals_document *documents[BATCH];
    struct asked *all = working->asked;
    unsigned count = working->asked_count, looked = 0;
    for (unsigned i = 0; i < count; i++)
        documents[i] = all[i].document;
    if (count > 1)
        annals_record_expect(working->record, documents, count, NULL);
    while (looked < count && look_for(working, &all[looked]))
        looked++;
    bool more = looked == count;
    for (unsigned i = 0; i < count; i++) {
        const struct work work = {.document = all[i].document, .path = all[i].held->parcel.path,
                                  .byte = -1, .owner = all[i].held};
        bool known = i < looked && all[i].known;
        working->worker.known += known;
        if (known || !more)
            pass_over(working, &all[i], !known);
        else
            more = coders_give(working->coders, &work);
    }
    working->asked_count = 0;
    return more;
}

/* Notes that the document is to be handed on. */
static bool give(struct working *working, struct held *held, annals_document *document)
{
    working->asked[working->asked_count++] = (struct asked){.held = held, .document = document};
    held->open++;
    return working->asked_count < BATCH || give_all(working);
}

struct opening {
    struct working *working;
    struct held *held;
};

static bool take_one(void *context, annals_document *document, const annals_error *error)
{
    struct opening *opening = context;
    if (document != NULL)
        return give(opening->working, opening->held, document);
    set_aside(opening->working, opening->held, error->sentence);
    return true;
}

/* Makes documents of the parcel. False: nothing more is to be taken. */
static bool open_parcel(struct working *working, struct held *held)
{
    struct opening opening = {working, held};
    const annals_parcel *parcel = &held->parcel;
    annals_error error = {.byte = -1};
    annals_document *document = NULL;
    annals_status status;
    bool more = true;
    if (parcel->line > 0) {
        status = annals_read(working->engine, parcel->bytes, parcel->length, &document, &error);
        if (status == ANNALS_OK)
            more = give(working, held, document);
    } else {
        annals_source source = {.name = parcel->name != NULL ? parcel->name : parcel->path,
                                .url = parcel->url,
                                .limit = working->options.max_size};
        /* Only a web archive's own date bounds the reports' dates, as in `read`. */
        if (parcel->name != NULL)
            source.retrieved = parcel->retrieved;
        status = annals_intake(working->engine, &source, parcel->bytes, parcel->length, take_one,
                               &opening, &error);
        more = status != ANNALS_STOPPED;
    }
    if (status != ANNALS_OK && status != ANNALS_STOPPED)
        set_aside(working, held, error.sentence);
    held->complete = true;
    settle(working, held);
    return more;
}

/* Coded and stored before and after it, so that it can harm no other. */
static bool take_alone(struct working *working, struct held *held)
{
    return give_all(working) && coders_drain(working->coders) && store_pending(working) &&
           open_parcel(working, held) && give_all(working) && coders_drain(working->coders) &&
           store_pending(working);
}

/* Is it at hand already? It comes again where this worker took longer than others wait for it. */
static bool is_held(const struct working *working, const annals_delivery *delivery)
{
    const struct held *held = working->held;
    while (held != NULL &&
           annals_delivery_number(held->delivery) != annals_delivery_number(delivery))
        held = held->next;
    return held != NULL;
}

static bool take_parcel(struct working *working, annals_delivery *delivery)
{
    uint64_t times = annals_delivery_times(delivery);
    if (times > 1 && is_held(working, delivery)) {
        annals_delivery_forget(delivery);
        return true;
    }
    struct held *held = hold(working, delivery);
    if (held == NULL) {
        annals_delivery_return(delivery, 0);
        working->failed = true;
        return false;
    }
    if (times <= 1)
        return open_parcel(working, held);
    working->again++;
    if (times <= working->options.tries)
        return take_alone(working, held);
    char reason[200];
    snprintf(reason, sizeof reason,
             "was taken %" PRIu64 " times and never finished: whoever codes it dies, or takes too long",
             times - 1);
    set_aside(working, held, reason);
    held->complete = true;
    settle(working, held);
    return true;
}

/* ------------------------------------------------------------------ the loop */

static bool is_drained(struct working *working)
{
    static annals_queue_state state;
    annals_error error = {.byte = -1};
    return working->options.drain && annals_queue_look(working->queue, &state, &error) == ANNALS_OK &&
           state.waiting == 0 && state.held == 0;
}

/* What takes long comes to others only where it takes longer than any report should. */
static void keep_held(struct working *working)
{
    enum { LONGEST_S = 600 };
    int64_t now = now_seconds();
    if (now == working->kept_at)
        return;
    working->kept_at = now;
    for (struct held *held = working->held; held != NULL; held = held->next)
        if (now < held->taken + LONGEST_S)
            annals_delivery_working(held->delivery);
}

/* Nothing came: what is coded is taken in, then stored, then merged; each time the queue, which may only have been
 * slow, is asked again. Where a report takes long those before it are stored. */
static bool be_idle(struct working *working)
{
    bool any = false;
    if (!coders_are_idle(working->coders)) {
        tell(working, "coding");
        keep_held(working);
        return coders_hand_on(working->coders, &any) && (any || store_pending(working));
    }
    if (working->pending_count > 0)
        return store_pending(working);
    if (working->unmerged > 0 || now_seconds() >= working->merged_at + MERGE_AGAIN_S)
        merge(working, false);
    tell(working, "waiting");
    return true;
}

/* So many milliseconds the queue is waited for: what is at hand is to be stored soon, and who waits longer
 * asks less. */
static unsigned patience_of(const struct working *working)
{
    enum { CODING = 100, STORING = 20, DRAINED = 100, IDLE = 1000 };
    if (working->held != NULL)
        return coders_are_idle(working->coders) ? STORING : CODING;
    return working->options.drain ? DRAINED : IDLE;
}

static void work_on(struct working *working)
{
    annals_delivery *deliveries[BATCH];
    size_t count = 0;
    bool more = true;
    while (more && !stopped && !working->failed) {
        annals_error error = {.byte = -1};
        unsigned wait = patience_of(working);
        if (annals_queue_take(working->queue, BATCH, wait, deliveries, &count, &error) !=
            ANNALS_OK) {
            print_error(&working->options.settings, &error);
            working->failed = true;
        }
        for (size_t i = 0; i < count; i++) {
            if (more && !stopped)
                more = take_parcel(working, deliveries[i]);
            else
                annals_delivery_return(deliveries[i], 0);
        }
        more = give_all(working) && more;
        if (count > 0)
            tell(working, "coding");
        else if (more)
            more = be_idle(working);
        if (more && working->unmerged >= UNMERGED)
            merge(working, false);
        if (count == 0 && more && is_drained(working))
            break;
    }
}

static void finish(struct working *working)
{
    coders_finish(working->coders);
    store_pending(working);
    if (!stopped && !working->failed)
        merge(working, true);
    while (working->held != NULL) {
        struct held *held = working->held;
        annals_delivery_return(held->delivery, 0);
        let_go(working, held);
    }
    annals_queue_leave(working->queue, &working->worker);
}

static int report_outcome(const struct working *working)
{
    const annals_log_field fields[] = {{"stored", NULL, (double)working->worker.stored},
                                       {"known", NULL, (double)working->worker.known},
                                       {"set_aside", NULL, (double)working->worker.refused}};
    if (!working->options.quiet &&
        !journal_event(&working->options.settings,
                       working->failed ? ANNALS_LOG_ERROR : ANNALS_LOG_INFO, "stopped", fields, 3)) {
        printf("%" PRIu64 " new report%s", working->worker.stored,
               working->worker.stored == 1 ? "" : "s");
        if (working->worker.known > 0)
            printf(", %" PRIu64 " known already", working->worker.known);
        if (working->worker.refused > 0)
            printf(", %" PRIu64 " set aside", working->worker.refused);
        printf("%s\n", working->failed ? "; stopped" : "");
    }
    if (working->failed || fflush(stdout) != 0)
        return EXIT_COULD_NOT;
    return working->worker.refused > 0 ? EXIT_SOME_REFUSED : EXIT_DONE;
}

static annals_status open_all(struct working *working, annals_error *error)
{
    char host[64] = "host";
    gethostname(host, sizeof host - 1);
    snprintf(working->worker.name, sizeof working->worker.name, "%s-%ld", host, (long)getpid());
    working->worker.began = (int64_t)time(NULL);
    working->second = now_seconds();
    working->colour = isatty(STDERR_FILENO) && getenv("NO_COLOR") == NULL;
    working->options.queue.going = going;
    annals_status status = annals_queue_open(&working->options.queue, &working->queue, error);
    if (status == ANNALS_OK)
        status = annals_open(working->options.settings.data, &working->engine, error);
    if (status == ANNALS_OK)
        status = annals_record_open(working->options.settings.record, ANNALS_READ_WRITE,
                                    working->options.settings.wait, &working->record, error);
    if (status != ANNALS_OK)
        return status;
    unsigned jobs = working->options.jobs > 0 ? working->options.jobs : default_jobs();
    working->coders = coders_start(working->engine, jobs, AHEAD, store, working);
    if (working->coders == NULL)
        return ANNALS_NO_MEMORY;
    coders_limit(working->coders, working->options.max_memory / 2);
    annals_record_merge_within(working->record, working->options.max_memory / 4);
    return ANNALS_OK;
}

int command_worker(const struct settings *settings, int count, char **arguments)
{
    static struct working working;
    annals_error error = {.byte = -1};
    if (!options_read(&working.options, settings,
                      OPTIONS_QUEUE | OPTIONS_WORKER | OPTIONS_MEMORY | OPTIONS_LOG |
                          OPTIONS_METRICS,
                      &count, arguments))
        return EXIT_WRONG_USE;
    if (count > 0) {
        fprintf(stderr, "annals: \"%s\" is too much: worker takes only options\n", arguments[0]);
        return EXIT_WRONG_USE;
    }
    signal(SIGINT, stop);
    signal(SIGTERM, stop);
    signal(SIGPIPE, SIG_IGN);
    int watched = journal_monitor(&working.options, metrics, METRICS, &working.monitor);
    if (watched != EXIT_DONE)
        return watched;
    annals_status status = open_all(&working, &error);
    int exit_status = status == ANNALS_WRONG_USE ? EXIT_WRONG_USE : EXIT_COULD_NOT;
    if (status == ANNALS_OK) {
        work_on(&working);
        finish(&working);
        exit_status = report_outcome(&working);
    } else {
        print_error(&working.options.settings, &error);
    }
    annals_monitor_close(working.monitor);
    annals_close(working.engine);
    annals_record_close(working.record);
    annals_queue_close(working.queue);
    return exit_status;
}
