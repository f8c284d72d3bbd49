/* A queue of reports between who has them and the workers that code them (NATS JetStream).
 *
 * Part of annals.h, which includes it; its head says how errors, ownership and positions are.
 *
 * Delivery is at least once: what was taken and not finished within a time is given to somebody
 * else. The record makes that exactly once, because a report is known there by its bytes. */
#include "annals.h" /* before the guard: any of the parts may come first */

#ifndef ANNALS_QUEUE_H
#define ANNALS_QUEUE_H

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/* ---------------------------------------------------------------------------- the queue */

typedef struct annals_queue annals_queue;

/* Fields may be NULL or 0. How the server is trusted, and who one is, stands where the programs of NATS
 * have it: in the environment ($NATS_CREDS, $NATS_CA, $NATS_CERT, $NATS_KEY) or in the address. */
typedef struct annals_queue_settings {
    const char *servers;  /* nats://HOST:PORT or tls://..., several with commas; NULL: $NATS_URL */
    const char *name;     /* of the queue, letters, digits, - and _; NULL: "annals" */
    unsigned copies;      /* servers that keep each report, where the queue is made; 0 = 1 */
    uint64_t limit;       /* reports that may wait, where the queue is made; 0 = a million */
    uint32_t patience;    /* seconds after which a report that was taken is given to others; 0 = 60 */
    bool (*going)(void *context); /* false: give up waiting; may be NULL */
    void *context;
} annals_queue_settings;

/* Connects, and makes the queue where there is none. ANNALS_CANNOT_READ: no server answers, or it
 * does not let us in. ANNALS_WRONG_USE: no address, or no such name. */
annals_status annals_queue_open(const annals_queue_settings *settings, annals_queue **queue,
                                annals_error *error);
void annals_queue_close(annals_queue *queue);

/* Raw bytes of one file, member of an archive, or line of JSON, with where they come from. */
typedef struct annals_parcel {
    const char *path;      /* as the user named the file */
    const char *name;      /* tells the format; NULL: as `path` */
    const char *url, *retrieved; /* may be NULL */
    uint64_t line;         /* of JSON lines: which, from 1; 0: the bytes are a file */
    int64_t byte;          /* of JSON lines: where the line begins */
    const char *bytes;
    size_t length;
} annals_parcel;

/* Bytes that one parcel may have: a limit of the server. */
size_t annals_queue_room(const annals_queue *queue);

/* Puts a parcel into the queue, not before there is room: whoever enqueues is no faster than the
 * workers. The same parcel within two minutes counts once. What was put is safe only after
 * annals_queue_flush. ANNALS_TOO_LARGE, ANNALS_STOPPED (`going`), ANNALS_CANNOT_WRITE. */
annals_status annals_queue_put(annals_queue *queue, const annals_parcel *parcel,
                               annals_error *error);
/* Waits until the server keeps all that was put. */
annals_status annals_queue_flush(annals_queue *queue, annals_error *error);

/* ---------------------------------------------------------------------------- workers */

/* A parcel that was taken. Ends with one of annals_delivery_done, _refuse, _return. */
typedef struct annals_delivery annals_delivery;

/* Takes up to `most` parcels, waiting up to `milliseconds` for the first. `*count` 0: there are none
 * now, or the server cannot be reached just now; both pass. */
annals_status annals_queue_take(annals_queue *queue, size_t most, uint32_t milliseconds,
                                annals_delivery **deliveries, size_t *count, annals_error *error);

/* What was taken; strings belong to the delivery. */
void annals_delivery_parcel(const annals_delivery *delivery, annals_parcel *parcel);
/* How often it was taken, this time included. More than once: somebody did not finish it. */
uint64_t annals_delivery_times(const annals_delivery *delivery);
/* How many workers began it alone (annals_delivery_begin) and never ended it: it is to blame, not
 * what was at hand beside it. Where the server tells no such count: how often it came again but
 * once. */
uint64_t annals_delivery_begun(annals_delivery *delivery);
/* Counts this worker among them until the delivery ends; before it is coded alone. Returns how many
 * were before it, as far as is known: a server may not let a worker write the count. */
uint64_t annals_delivery_begin(annals_delivery *delivery);
/* That of its parcel in the queue: the same whenever it comes. */
uint64_t annals_delivery_number(const annals_delivery *delivery);

/* Done: it leaves the queue. Called after the record has it for good. */
annals_status annals_delivery_done(annals_delivery *delivery, annals_error *error);
/* Set aside with the reason, for people to look at; it leaves the queue. */
annals_status annals_delivery_refuse(annals_delivery *delivery, const char *reason,
                                     annals_error *error);
/* Given back, for others to take at once, or after `milliseconds`. */
void annals_delivery_return(annals_delivery *delivery, uint32_t milliseconds);
/* Says why one report of several in the parcel is set aside; the delivery goes on. */
annals_status annals_delivery_note(annals_delivery *delivery, const char *reason,
                                   annals_error *error);
/* Still at work: the time until others get it begins anew. */
void annals_delivery_working(annals_delivery *delivery);
/* Forgotten, neither done nor given back: whoever took the parcel before still has it. */
void annals_delivery_forget(annals_delivery *delivery);

/* What a worker tells of itself, for `annals queue`. */
typedef struct annals_worker {
    char name[80];      /* host and process */
    char state[16];     /* "waiting", "coding", "merging" */
    uint64_t stored, known, refused; /* reports since it began */
    double rate;        /* reports a second, over the last minute */
    uint64_t holds;     /* parcels that it took and did not finish */
    int64_t began, told; /* seconds since 1970; `told` is set by annals_queue_tell */
} annals_worker;

/* Tells it; cheap enough for once a second. Failure is not worth an error. */
void annals_queue_tell(annals_queue *queue, annals_worker *worker);
/* The worker ends. */
void annals_queue_leave(annals_queue *queue, const annals_worker *worker);

/* ---------------------------------------------------------------------------- looking on */

typedef struct annals_queue_state {
    uint64_t waiting;   /* parcels that nobody has */
    uint64_t held;      /* taken, not finished */
    uint64_t again;     /* of these: not for the first time */
    uint64_t bytes;     /* that the queue keeps */
    uint64_t put, aside; /* parcels since the queue was made; set aside */
    size_t worker_count;
    annals_worker workers[256]; /* by name; those that told anything within ten minutes */
} annals_queue_state;

annals_status annals_queue_look(annals_queue *queue, annals_queue_state *state,
                                annals_error *error);

/* What was set aside, the oldest first. False stops. */
typedef bool (*annals_aside_sink)(void *context, const annals_parcel *parcel, const char *reason);
annals_status annals_queue_aside(annals_queue *queue, annals_aside_sink sink, void *context,
                                 annals_error *error);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#endif
