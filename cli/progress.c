/* A bar on standard error that says how far long work is; at most ten times a second. */
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

void progress_begin(struct progress *progress, const char *what, bool quiet)
{
    *progress = (struct progress){.shows = !quiet && isatty(STDERR_FILENO), .what = what};
}

void progress_show(struct progress *progress, uint64_t done, uint64_t total)
{
    enum { BAR = 30 };
    struct timespec now;
    if (!progress->shows || total == 0)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double since = (double)(now.tv_sec - progress->shown.tv_sec) +
                   (double)(now.tv_nsec - progress->shown.tv_nsec) / 1e9;
    if (since < 0.1)
        return;
    progress->shown = now;
    double part = (double)done / (double)total;
    fprintf(stderr, "\r\x1b[K%3d%% ", (int)(part * 100));
    for (int i = 0; i < BAR; i++)
        fputs(i < (int)(part * BAR) ? "\xe2\x94\x81" : "\xe2\x94\x80", stderr);
    fprintf(stderr, " %" PRIu64 " of %" PRIu64 " %s", done, total, progress->what);
    fflush(stderr);
}

void progress_clear(const struct progress *progress)
{
    if (progress->shows)
        fputs("\r\x1b[K", stderr);
}
