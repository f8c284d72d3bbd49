/* A worker at work: what worker.c, worker_storing.c and worker_figures.c share. */
#ifndef ANNALS_CLI_WORKER_H
#define ANNALS_CLI_WORKER_H

#include "coders.h"
#include "options.h"

/* Taken at once; coded and not stored; stored and not merged; seconds over which speed is told. */
enum { BATCH = 64, PENDING = 256, UNMERGED = 2000, RATE_SECONDS = 60 };

/* A parcel at hand, until all its reports are stored. */
struct held {
    annals_delivery *delivery;
    annals_parcel parcel;
    unsigned open; /* reports on their way */
    bool complete; /* all its reports were found */
    bool back;     /* not done: others are to take it */
    int64_t taken; /* when */
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
    uint64_t again, returned;         /* parcels taken that others did not finish; given back */
    double committed;                 /* when the record took the last reports */
    int64_t looked_at;                /* at the queue */
    uint64_t stored_at[RATE_SECONDS]; /* a ring: how much was stored at each of the last seconds */
    int64_t second;
};

/* ------------------------------------------------------------------ worker.c */

/* Was the worker told to stop? */
bool worker_is_stopped(void);

/* ------------------------------------------------------------------ worker_figures.c */

/* Seconds of a clock that only goes forward. */
int64_t worker_now(void);
/* Begins to answer for --metrics; EXIT_DONE, or the exit status. */
int worker_monitor(struct working *working);
/* A line on standard error; `path` and `why` may be "". */
void worker_say(const struct working *working, const char *what, const char *path, const char *why);
/* What the worker does now, for `annals queue` and the monitor; once a second, and when it changes.
 */
void worker_tell(struct working *working, const char *state);

/* ------------------------------------------------------------------ worker_storing.c */

/* Takes the delivery over as a parcel at hand; NULL where memory is out. */
struct held *worker_hold(struct working *working, annals_delivery *delivery);
void worker_let_go(struct working *working, struct held *held);
/* Once all of its reports are stored or set aside, the parcel leaves the queue. */
void worker_settle(struct working *working, struct held *held);
/* Sets one report of a parcel aside. */
void worker_set_aside(struct working *working, struct held *held, const char *reason);

/* Opens the record again, until it answers. What is at hand is kept meanwhile. False: stopped, or
 * there is no hope. */
bool worker_wait_for_record(struct working *working, const annals_error *why);
/* Receives what was coded: a coded_receiver, whose context is the struct working. */
bool worker_store(void *context, struct work *work);
/* Stores what was coded, waiting for the record as long as it takes. */
bool worker_store_pending(struct working *working);
/* What has waited long for others to be stored with. */
bool worker_store_late(struct working *working);
/* While there is work (`waits` false), what another merges is left to it. */
void worker_merge(struct working *working, bool waits);

#endif
