/* What the server counts of the requests it answers: by route, method and status, and how long each
 * took. Counted without a lock, from any thread. */
#ifndef ANNALS_SERVE_METRICS_H
#define ANNALS_SERVE_METRICS_H

#include "bytes/buffer.h"

#include <stdatomic.h>
#include <stdint.h>

enum { METRIC_ROUTES = 64, METRIC_METHODS = 4, METRIC_STATUSES = 24, METRIC_BUCKETS = 14 };

struct metrics {
    atomic_uint_fast64_t requests[METRIC_ROUTES][METRIC_METHODS][METRIC_STATUSES];
    atomic_uint_fast64_t buckets[METRIC_ROUTES][METRIC_BUCKETS]; /* not yet added up */
    atomic_uint_fast64_t microseconds[METRIC_ROUTES];
    double began; /* seconds since 1970 */
};

void metrics_init(struct metrics *metrics);

/* One request that was answered. `path` NULL: refused before it had one. */
void metrics_count(struct metrics *metrics, const char *method, const char *path, unsigned status,
                   int64_t microseconds);

/* Adds the families of figures, those of the process with them. */
void metrics_write(const struct metrics *metrics, struct buffer *text);

#endif
