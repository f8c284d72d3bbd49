/* What the files of src/queue share: the connection and its names. */
#ifndef ANNALS_QUEUE_QUEUE_H
#define ANNALS_QUEUE_QUEUE_H

#include "annals.h"
#include "annals_queue.h"
#include "bytes/status.h"

#include <nats/nats.h>
#include <pthread.h>

enum { NAME_SIZE = 64, WINDOW = 256 /* messages on their way */ };

struct annals_queue {
    annals_queue_settings settings;
    natsConnection *connection;
    jsCtx *stream;
    natsSubscription *subscription; /* NULL until something is taken */
    kvStore *workers;               /* NULL until one tells of itself, or looks */
    kvStore *tries;                 /* NULL until a parcel comes again */
    char name[NAME_SIZE], aside[NAME_SIZE + 16];
    char subject[NAME_SIZE + 32], aside_subject[NAME_SIZE + 32];
    size_t on_their_way; /* put since the last flush */
    /* Messages that the server did not take, for another try; filled by the library's thread. */
    pthread_mutex_t lock;
    natsMsg *failed[2 * WINDOW];
    size_t failed_count;
    bool lost; /* more failed than there is room for */
};

/* Fills the error after a call that failed. */
annals_status queue_fail(annals_status status, natsStatus code, jsErrCode detail,
                         const char *doing, annals_error *error);
/* Whether one should go on waiting. */
bool queue_goes_on(const annals_queue *queue);
/* Takes the messages that failed over from the library's thread. */
size_t queue_take_failed(annals_queue *queue, natsMsg *failed[2 * WINDOW]);
/* The buckets of the workers, and of parcels that nobody finished: made where they are missing;
 * NULL: not now. */
kvStore *queue_workers(annals_queue *queue);
kvStore *queue_tries(annals_queue *queue);

/* A message for `subject` with the parcel's headers and bytes; NULL: out of memory. */
natsMsg *queue_message(const char *subject, const annals_parcel *parcel);
/* The parcel that a message holds. Its strings are made with malloc, all in one block: `*block`,
 * which the caller frees; bytes are the message's. False: out of memory. */
bool queue_parcel(natsMsg *message, annals_parcel *parcel, char **block);
/* A header, decoded, into `text`; an empty one where there is none. */
void queue_header(natsMsg *message, const char *name, char *text, size_t size);

#endif
