/* Cost of opening a gazetteer and of looking names up in it, for files of several sizes.
 *
 * usage: gazetteer NAMES FILE...   NAMES holds one name a line; each is looked up as the stage "places"
 * does, several times over. Wall-clock time, after one round to warm up. */
#include "meaning/gazetteer.h"

#include <inttypes.h>
#include <sys/stat.h>
#include <time.h>

enum { ROUNDS = 5, LONGEST = 512 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

struct names {
    struct mapping mapping;
    uint64_t count, found;
};

static void look_up(struct names *names, const struct gazetteer *gazetteer)
{
    const char *at = (const char *)names->mapping.bytes, *end = at + names->mapping.length;
    names->count = names->found = 0;
    while (at < end) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((line != NULL ? line : end) - at);
        names->found += gazetteer_find_name(gazetteer, at, length).count > 0;
        names->count++;
        at += length + 1;
    }
}

static int measure(struct names *names, const char *path)
{
    struct gazetteer gazetteer;
    annals_error error = {0};
    double start = now();
    if (gazetteer_open(&gazetteer, path, &error) != ANNALS_OK) {
        fprintf(stderr, "%s: %s\n", path, error.sentence);
        return 1;
    }
    double opened = now() - start;
    look_up(names, &gazetteer);
    start = now();
    for (int i = 0; i < ROUNDS; i++)
        look_up(names, &gazetteer);
    double each = (now() - start) / (double)(names->count * ROUNDS);
    printf("%s: %.1f MB, %" PRIu32 " places, %" PRIu32 " keys; opened in %.3f ms; %" PRIu64
           " of %" PRIu64 " names found, %.0f ns a look-up\n",
           path, (double)gazetteer.mapping.length / 1e6, gazetteer.entry_count,
           gazetteer.key_count, opened * 1e3, names->found, names->count, each * 1e9);
    gazetteer_close(&gazetteer);
    return 0;
}

int main(int count, char **arguments)
{
    struct names names = {0};
    annals_error error = {0};
    int result = 0;
    if (count < 3 || mapping_open(&names.mapping, arguments[1], &error) != ANNALS_OK) {
        fputs("usage: gazetteer NAMES FILE...\n", stderr);
        return 2;
    }
    for (int i = 2; i < count; i++)
        result |= measure(&names, arguments[i]);
    mapping_close(&names.mapping);
    return result;
}
