/* How a worker stores what was coded: many reports in one transaction; only then their parcels
 * leave the queue. While the record cannot be reached it is opened again and again, and what is at
 * hand is kept. A report that the record refuses is set aside with the reason. */
#include "journal.h"
#include "worker.h"

#include <time.h>

/* What a transaction costs besides its reports is shared by as many as are coded in some seconds.
 */
enum { TOGETHER_S = 5 };

static void pause_ms(unsigned milliseconds)
{
    struct timespec pause = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    nanosleep(&pause, NULL);
}

/* ------------------------------------------------------------------ parcels at hand */

struct held *worker_hold(struct working *working, annals_delivery *delivery)
{
    struct held *held = calloc(1, sizeof *held);
    if (held == NULL)
        return NULL;
    held->delivery = delivery;
    held->taken = worker_now();
    annals_delivery_parcel(delivery, &held->parcel);
    held->next = working->held;
    working->held = held;
    working->worker.holds++;
    return held;
}

void worker_let_go(struct working *working, struct held *held)
{
    struct held **at = &working->held;
    while (*at != held)
        at = &(*at)->next;
    *at = held->next;
    working->worker.holds--;
    free(held);
}

void worker_settle(struct working *working, struct held *held)
{
    annals_error error = {.byte = -1};
    if (!held->complete || held->open > 0)
        return;
    working->returned += held->back;
    if (held->back)
        annals_delivery_return(held->delivery, 0);
    else if (annals_delivery_done(held->delivery, &error) != ANNALS_OK)
        worker_say(working, "queue", "", error.sentence);
    worker_let_go(working, held);
}

void worker_set_aside(struct working *working, struct held *held, const char *reason)
{
    annals_error error = {.byte = -1};
    worker_say(working, "aside", held->parcel.path, reason);
    working->worker.refused++;
    if (annals_delivery_note(held->delivery, reason, &error) != ANNALS_OK) {
        worker_say(working, "queue", "", error.sentence);
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

bool worker_wait_for_record(struct working *working, const annals_error *why)
{
    enum { FIRST_MS = 500, LAST_MS = 5000 };
    annals_error error = *why;
    unsigned pause = FIRST_MS;
    worker_say(working, "record", "", error.sentence);
    while (!worker_is_stopped() && !working->failed) {
        annals_record_close(working->record);
        working->record = NULL;
        for (struct held *held = working->held; held != NULL; held = held->next)
            annals_delivery_working(held->delivery);
        worker_tell(working, "no record");
        pause_ms(pause);
        pause = pause * 2 < LAST_MS ? pause * 2 : LAST_MS;
        annals_status status =
            annals_record_open(working->options.settings.record, ANNALS_READ_WRITE,
                               working->options.settings.wait, &working->record, &error);
        if (status == ANNALS_OK) {
            worker_say(working, "record", "", "is there again");
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
            worker_set_aside(working, work->owner, error->sentence);
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
    annals_status status = annals_record_add_all(working->record, working->engine, documents,
                                                 origins, working->pending_count, stored, error);
    for (; status == ANNALS_OK && *done < working->pending_count; ++*done)
        count_stored(working, stored[*done]);
    return is_of_report(status) ? store_one_by_one(working, done, error) : status;
}

bool worker_store_pending(struct working *working)
{
    annals_error error = {.byte = -1};
    unsigned done = 0, count = working->pending_count;
    annals_status status = ANNALS_OK;
    if (count == 0)
        return true;
    do {
        status = done == 0 ? store_together(working, &done, &error)
                           : store_one_by_one(working, &done, &error);
    } while (status != ANNALS_OK && worker_wait_for_record(working, &error));
    if (done > 0)
        working->committed = journal_now();
    for (unsigned i = 0; i < count; i++) {
        struct held *held = working->pending[i].owner;
        held->back = held->back || i >= done;
        held->open--;
        annals_document_free(working->pending[i].document);
        worker_settle(working, held);
    }
    working->pending_count = 0;
    working->pending_memory = 0;
    return status == ANNALS_OK;
}

bool worker_store(void *context, struct work *work)
{
    struct working *working = context;
    struct held *held = work->owner;
    if (work->status != ANNALS_OK) {
        worker_set_aside(working, held, work->error.sentence);
        held->open--;
        worker_settle(working, held);
        return true;
    }
    if (working->pending_count == 0)
        working->pending_since = worker_now();
    working->pending_memory += annals_document_memory(work->document);
    working->pending[working->pending_count++] = *work;
    work->document = NULL; /* kept */
    worker_tell(working, "coding");
    bool full = working->pending_count == PENDING ||
                working->pending_memory > working->options.max_memory / 4 ||
                worker_now() > working->pending_since + TOGETHER_S;
    return !full || worker_store_pending(working);
}

bool worker_store_late(struct working *working)
{
    return working->pending_count == 0 || worker_now() <= working->pending_since + TOGETHER_S ||
           worker_store_pending(working);
}

void worker_merge(struct working *working, bool waits)
{
    annals_error error = {.byte = -1};
    bool left = false;
    working->merged_at = worker_now();
    if (working->record == NULL)
        return;
    worker_tell(working, "merging");
    annals_status status = waits ? annals_record_merge(working->record, &error)
                                 : annals_record_merge_beside(working->record, &left, &error);
    if (status == ANNALS_OK)
        working->unmerged = left ? UNMERGED / 2 : 0;
    else if (status != ANNALS_BUSY) /* somebody else merges */
        worker_wait_for_record(working, &error);
}
