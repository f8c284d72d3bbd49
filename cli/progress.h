/* A bar on standard error that says how far long work is. */
#ifndef ANNALS_CLI_PROGRESS_H
#define ANNALS_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct progress {
    bool shows; /* standard error is a terminal, and nobody wants quiet */
    const char *what;
    struct timespec shown;
};

void progress_begin(struct progress *progress, const char *what, bool quiet);
void progress_show(struct progress *progress, uint64_t done, uint64_t total);
void progress_clear(const struct progress *progress);

#endif
