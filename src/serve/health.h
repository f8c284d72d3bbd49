/* Whether the record can be asked, and how much it holds: /healthz, and the record's part of
 * /metrics. */
#ifndef ANNALS_SERVE_HEALTH_H
#define ANNALS_SERVE_HEALTH_H

#include "record/tally.h"
#include "serve/metrics.h"

#include <pthread.h>

struct health {
    pthread_mutex_t lock;
    const char *path;
    struct record *record;   /* NULL: to be opened */
    int64_t looked, counted; /* when, in milliseconds; 0: never */
    bool well;
    struct record_tally tally;
    struct metrics metrics;
};

/* `path` must outlive it. */
void health_init(struct health *health, const char *path);
void health_release(struct health *health);

/* Whether the record answers; looks at most once a second, however often it is asked. */
bool health_is_good(struct health *health);

/* All figures as Prometheus reads them. */
void health_write(struct health *health, struct buffer *text);

#endif
