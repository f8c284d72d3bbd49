/* annals gazetteer: makes, checks and searches the file of place names. */
#include "commands.h"

#include <limits.h>
#include <time.h>
#include <unistd.h>

/* Bytes a second since the reading began; what was taken over from an earlier import is not of it. */
struct progress {
    struct timespec started, shown;
    uint64_t first;
    bool going;
};

static double seconds_between(const struct timespec *from, const struct timespec *to)
{
    return (double)(to->tv_sec - from->tv_sec) + (double)(to->tv_nsec - from->tv_nsec) / 1e9;
}

static void show_bar(double part)
{
    enum { BAR = 24 };
    int full = (int)(part * BAR);
    fprintf(stderr, "\r\x1b[K%3d%% ", (int)(part * 100));
    for (int i = 0; i < BAR; i++)
        fputs(i < full ? "\xe2\x94\x81" : "\xe2\x94\x80", stderr);
}

/* A rate over less than half a second says nothing. */
static void show_rate(const struct progress *progress, const struct timespec *now, uint64_t done,
                      uint64_t total)
{
    double spent = seconds_between(&progress->started, now);
    if (spent < 0.5 || done <= progress->first)
        return;
    double rate = (double)(done - progress->first) / spent;
    unsigned long left = (unsigned long)((double)(total - done) / rate + 0.5);
    fprintf(stderr, " %.1f MB/s, %lu:%02lu left", rate / 1e6, left / 60, left % 60);
}

static bool show_progress(void *context, const char *file, uint64_t done, uint64_t total)
{
    struct progress *progress = context;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    bool ends = done >= total;
    if (!progress->going)
        *progress = (struct progress){.started = now, .first = done, .going = true};
    else if (!ends && seconds_between(&progress->shown, &now) < 0.1)
        return true;
    progress->shown = now;
    const char *name = strrchr(file, '/');
    name = name != NULL ? name + 1 : file;
    show_bar(total > 0 ? (double)(ends ? total : done) / (double)total : 0);
    fprintf(stderr, ends ? " writing %.22s" : " %.22s", name);
    if (!ends)
        show_rate(progress, &now, done, total);
    fflush(stderr);
    return true;
}

static int import(const struct settings *settings, const char *output, int count,
                  const char *const *paths)
{
    annals_error error = {0};
    struct progress progress = {0};
    bool terminal = isatty(STDERR_FILENO);
    if (count == 0) {
        fputs("annals: gazetteer import: name the files to read\n", stderr);
        return EXIT_WRONG_USE;
    }
    annals_status status = annals_gazetteer_import(paths, (size_t)count, output,
                                                   terminal ? show_progress : NULL, &progress,
                                                   &error);
    if (terminal)
        fputs("\r\x1b[K", stderr);
    if (status == ANNALS_OK)
        status = annals_gazetteer_check(output, &error);
    if (status == ANNALS_OK)
        return EXIT_DONE;
    print_error(settings, &error);
    return EXIT_COULD_NOT;
}

static int find(const struct settings *settings, const char *path, int count, char **names)
{
    int result = EXIT_DONE;
    for (int i = 0; i < count; i++) {
        annals_error error = {0};
        annals_status status =
            annals_gazetteer_find(path, names[i], to_standard_output, NULL, &error);
        if (status == ANNALS_OK)
            continue;
        print_error(settings, &error);
        result = status == ANNALS_NOT_FOUND ? EXIT_SOME_REFUSED : EXIT_COULD_NOT;
    }
    return result;
}

int command_gazetteer(const struct settings *settings, int count, char **arguments)
{
    char path[PATH_MAX];
    annals_error error = {0};
    int written = snprintf(path, sizeof path, "%s/gazetteer.bin", settings->data);
    if (written < 0 || (size_t)written >= sizeof path) {
        fputs("annals: the path of the data folder is too long\n", stderr);
        return EXIT_WRONG_USE;
    }
    const char *what = count > 0 ? arguments[0] : "";
    const char *output = path;
    if (strcmp(what, "import") == 0) {
        int at = 1;
        if (at + 1 < count && strcmp(arguments[at], "-o") == 0) {
            output = arguments[at + 1];
            at += 2;
        }
        return import(settings, output, count - at, (const char *const *)arguments + at);
    }
    if (strcmp(what, "find") == 0 && count > 1)
        return find(settings, path, count - 1, arguments + 1);
    if (strcmp(what, "check") == 0 && count <= 2) {
        if (annals_gazetteer_check(count == 2 ? arguments[1] : path, &error) == ANNALS_OK)
            return EXIT_DONE;
        print_error(settings, &error);
        return EXIT_COULD_NOT;
    }
    fputs("annals: gazetteer what? import, find NAME or check: annals help gazetteer\n", stderr);
    return EXIT_WRONG_USE;
}
