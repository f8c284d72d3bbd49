/* The connections that read the record, as many as there are threads that answer. */
#ifndef ANNALS_SERVE_READERS_H
#define ANNALS_SERVE_READERS_H

#include "record/record.h"

#include <pthread.h>
#include <stdatomic.h>

enum { READERS = 4 };

struct readers {
    const char *path;
    uint32_t limit; /* milliseconds a question */
    pthread_mutex_t lock;
    pthread_cond_t freed;
    struct record *records[READERS];
    bool taken[READERS];
    struct record_columns *columns; /* of the record in the state `columns_stamp`; NULL: none yet */
    uint64_t columns_stamp;
    atomic_uint_fast64_t written; /* decisions that this server itself kept */
    /* Of a record in PostgreSQL: who asks whether it changed, what was last said, and when. */
    pthread_mutex_t looking;
    struct record *watch;
    uint64_t moment;
    int64_t looked; /* milliseconds */
};

/* `path` must outlive the readers. Opens the first connection, so that what is wrong is said at once. */
annals_status readers_open(struct readers *readers, const char *path, uint32_t limit,
                           annals_error *error);
void readers_close(struct readers *readers);

/* A connection that nobody else has, with a fresh limit; waits for one. NULL with the error. */
struct record *readers_take(struct readers *readers, annals_error *error);
void readers_give(struct readers *readers, struct record *record);

/* Reads what surveys ask into memory, where the record is in another state than when it was last read. */
void readers_survey(struct readers *readers, uint64_t stamp);

/* Changes whenever the record does: by whoever writes it. */
uint64_t readers_stamp(struct readers *readers);

#endif
