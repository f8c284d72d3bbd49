/* A bar on standard error that says how far long work is. */
#ifndef ANNALS_CLI_PROGRESS_H
#define ANNALS_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct progress {
    bool shows; /* standard error is a terminal, and nobody wants quiet */
    const char *what;
    struct timespec begun, shown;
};

void progress_begin(struct progress *progress, const char *what, bool quiet);
void progress_show(struct progress *progress, uint64_t done, uint64_t total);
/* Where what is counted is not what the work is measured by: `count` reports after `done` of
 * `total` bytes. */
void progress_count(struct progress *progress, uint64_t count, uint64_t done, uint64_t total);
void progress_clear(const struct progress *progress);

#endif
