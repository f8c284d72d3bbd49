/* A bar on standard error that says how far long work is, how fast it goes and how long it will
 * take; at most ten times a second. The rate is that since the beginning, the time left what the
 * rest takes at that rate; neither is told in the first second. */
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static double seconds_between(const struct timespec *from, const struct timespec *to)
{
    return (double)(to->tv_sec - from->tv_sec) + (double)(to->tv_nsec - from->tv_nsec) / 1e9;
}

void progress_begin(struct progress *progress, const char *what, bool quiet)
{
    *progress = (struct progress){.shows = !quiet && isatty(STDERR_FILENO), .what = what};
    clock_gettime(CLOCK_MONOTONIC, &progress->begun);
}

/* "12 s left", "3 min left", "2 h 5 min left". */
static void print_left(double seconds)
{
    uint64_t minutes = (uint64_t)(seconds / 60 + 0.5);
    if (seconds < 100)
        fprintf(stderr, ", %.0f s left", seconds);
    else if (minutes < 60)
        fprintf(stderr, ", %" PRIu64 " min left", minutes);
    else
        fprintf(stderr, ", %" PRIu64 " h %" PRIu64 " min left", minutes / 60, minutes % 60);
}

static bool is_due(struct progress *progress, uint64_t total)
{
    struct timespec now;
    if (!progress->shows || total == 0)
        return false;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (seconds_between(&progress->shown, &now) < 0.1)
        return false;
    progress->shown = now;
    return true;
}

static void print_bar(double part)
{
    enum { BAR = 30 };
    fprintf(stderr, "\r\x1b[K%3d%% ", (int)(part * 100));
    for (int i = 0; i < BAR; i++)
        fputs(i < (int)(part * BAR) ? "\xe2\x94\x81" : "\xe2\x94\x80", stderr);
}

static void print_speed(const struct progress *progress, uint64_t count, double part)
{
    double since = seconds_between(&progress->begun, &progress->shown);
    if (since >= 1 && count > 0) {
        double rate = (double)count / since;
        fprintf(stderr, rate < 10 ? ", %.1f a second" : ", %.0f a second", rate);
    }
    if (since >= 1 && part > 0 && part < 1)
        print_left(since / part * (1 - part));
    fflush(stderr);
}

void progress_show(struct progress *progress, uint64_t done, uint64_t total)
{
    if (!is_due(progress, total))
        return;
    double part = done < total ? (double)done / (double)total : 1;
    print_bar(part);
    fprintf(stderr, " %" PRIu64 " of %" PRIu64 " %s", done, total, progress->what);
    print_speed(progress, done, part);
}

void progress_count(struct progress *progress, uint64_t count, uint64_t done, uint64_t total)
{
    if (!is_due(progress, total))
        return;
    double part = done < total ? (double)done / (double)total : 1;
    print_bar(part);
    fprintf(stderr, " %" PRIu64 " %s", count, progress->what);
    print_speed(progress, count, part);
}

void progress_clear(const struct progress *progress)
{
    if (progress->shows)
        fputs("\r\x1b[K", stderr);
}
