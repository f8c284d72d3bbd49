/* annals worker: takes reports from the queue, codes them, stores them.
 *
 * The main thread takes parcels, makes documents of them, hands those on to the coders and stores
 * what comes back, so many in one transaction; only then the parcels leave the queue. Coders have
 * threads of their own and some work ahead, so that they go on while the record is waited for. A
 * worker that dies leaves its parcels to others, and the record, which knows a report by its bytes,
 * takes none twice. A parcel that was taken before is coded alone: if the worker dies of it, it
 * takes no other with it, and after some such tries it is set aside. While the record cannot be
 * reached nothing is taken, and what is at hand is kept. */
#include "worker.h"
#include "journal.h"

#include <inttypes.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

/* As much as is coded while so many are stored. */
enum { AHEAD = 192 };
enum { MERGE_AGAIN_S = 10 };

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

bool worker_is_stopped(void)
{
    return stopped;
}

/* ------------------------------------------------------------------ reading parcels */

/* Whether the record has it; false: that cannot be known, for the worker is to stop. */
static bool look_for(struct working *working, struct asked *asked)
{
    annals_error error = {.byte = -1};
    while (annals_record_knows(working->record, asked->document, asked->held->parcel.path,
                               &asked->known, &error) != ANNALS_OK)
        if (!worker_wait_for_record(working, &error))
            return false;
    return true;
}

/* Not to be coded: the record has it, or it goes back to others. */
static void pass_over(struct working *working, const struct asked *asked, bool back)
{
    asked->held->open--;
    asked->held->back = asked->held->back || back;
    annals_document_free(asked->document);
    worker_settle(working, asked->held);
}

/* Hands on what was read to be coded, unless the record has it. A server is asked once about all;
 * where it cannot be asked, about one after the other, waiting for it. */
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
        const struct work work = {.document = all[i].document,
                                  .path = all[i].held->parcel.path,
                                  .byte = -1,
                                  .owner = all[i].held};
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
    worker_set_aside(opening->working, opening->held, error->sentence);
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
        worker_set_aside(working, held, error.sentence);
    held->complete = true;
    worker_settle(working, held);
    return more;
}

/* Coded and stored before and after it, so that it can harm no other. */
static bool take_alone(struct working *working, struct held *held)
{
    return give_all(working) && coders_drain(working->coders) && worker_store_pending(working) &&
           open_parcel(working, held) && give_all(working) && coders_drain(working->coders) &&
           worker_store_pending(working);
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

/* So many began it alone and never ended it. */
static bool is_given_up(const struct working *working, uint64_t begun)
{
    return begun > 0 && begun + 1 >= working->options.tries;
}

static bool take_parcel(struct working *working, annals_delivery *delivery)
{
    uint64_t times = annals_delivery_times(delivery);
    if (times > 1 && is_held(working, delivery)) {
        annals_delivery_forget(delivery);
        return true;
    }
    struct held *held = worker_hold(working, delivery);
    if (held == NULL) {
        annals_delivery_return(delivery, 0);
        working->failed = true;
        return false;
    }
    if (times <= 1)
        return open_parcel(working, held);
    working->again++;
    uint64_t begun = annals_delivery_begun(delivery);
    if (!is_given_up(working, begun))
        begun = annals_delivery_begin(delivery);
    if (!is_given_up(working, begun))
        return take_alone(working, held);
    char reason[200];
    snprintf(reason, sizeof reason,
             "was taken %" PRIu64
             " times and never finished: whoever codes it dies, or takes too long",
             begun + 1);
    worker_set_aside(working, held, reason);
    held->complete = true;
    worker_settle(working, held);
    return true;
}

/* ------------------------------------------------------------------ the loop */

static bool is_drained(struct working *working)
{
    static annals_queue_state state;
    annals_error error = {.byte = -1};
    return working->options.drain &&
           annals_queue_look(working->queue, &state, &error) == ANNALS_OK && state.waiting == 0 &&
           state.held == 0;
}

/* What takes long comes to others only where it takes longer than any report should. */
static void keep_held(struct working *working)
{
    enum { LONGEST_S = 600 };
    int64_t now = worker_now();
    if (now == working->kept_at)
        return;
    working->kept_at = now;
    for (struct held *held = working->held; held != NULL; held = held->next)
        if (now < held->taken + LONGEST_S)
            annals_delivery_working(held->delivery);
}

/* Nothing came: what is coded is taken in, then stored, then merged; each time the queue, which may
 * only have been slow, is asked again. Where a report takes long those before it are stored after
 * some seconds: one by one, each would cost a transaction. */
static bool be_idle(struct working *working)
{
    bool any = false;
    if (!coders_are_idle(working->coders)) {
        worker_tell(working, "coding");
        keep_held(working);
        return coders_hand_on(working->coders, &any) && (any || worker_store_late(working));
    }
    if (working->pending_count > 0)
        return worker_store_pending(working);
    if (working->unmerged > 0 || worker_now() >= working->merged_at + MERGE_AGAIN_S)
        worker_merge(working, false);
    worker_tell(working, "waiting");
    return true;
}

/* So many milliseconds the queue is waited for: what is at hand is to be stored soon, and who waits
 * longer asks less. */
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
            worker_tell(working, "coding");
        else if (more)
            more = be_idle(working);
        if (more && working->unmerged >= UNMERGED)
            worker_merge(working, false);
        if (count == 0 && more && is_drained(working))
            break;
    }
}

static void finish(struct working *working)
{
    coders_finish(working->coders);
    worker_store_pending(working);
    if (!stopped && !working->failed)
        worker_merge(working, true);
    while (working->held != NULL) {
        struct held *held = working->held;
        annals_delivery_return(held->delivery, 0);
        worker_let_go(working, held);
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
                       working->failed ? ANNALS_LOG_ERROR : ANNALS_LOG_INFO, "stopped", fields,
                       3)) {
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
    working->second = worker_now();
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
    working->coders = coders_start(working->engine, jobs, AHEAD, worker_store, working);
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
    int watched = worker_monitor(&working);
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
