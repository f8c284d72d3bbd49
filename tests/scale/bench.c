/* make scale: what storing, merging and asking cost as the record grows.
 *
 * usage: scale [--every REPORTS] [--more REPORTS] [--plain | --ask] FOLDER CLAIMS...
 * A record of so many claims for each number, from reports.h, in FOLDER, merged after every so many
 * reports (as many as `annals read` does). Time is that of storing and merging, not of making the
 * reports. A line of figures a record; then what one report more, 100 rows by each filter, control
 * of a country, a day's dead and its disputes take, and all that was asked for in one line, but for
 * --plain. --ask only asks a record that is there; --more stores so many reports in one that is
 * there, whose cost is then that of adding to a record of its size. */
#include "record/control.h"
#include "record/counts.h"
#include "record/disputes.h"
#include "record/sqlite.h"
#include "reports.h"

#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { STORED = 2000, TAKINGS = 20 };

static struct {
    uint64_t every, more; /* reports */
    bool plain, asks;
} settings = {.every = 12000};

struct told {
    struct story story;
    struct buffer text;
};

struct watch {
    struct timespec wall, processor;
    uint64_t instructions, written;
};

/* Instructions of this process so far, which hang less on what else the machine does than its time;
 * 0 where the kernel does not count them. */
static uint64_t instructions_now(void)
{
    static int counter = -2;
    uint64_t count = 0;
    if (counter == -2) {
        struct perf_event_attr what = {.type = PERF_TYPE_HARDWARE,
                                       .size = sizeof what,
                                       .config = PERF_COUNT_HW_INSTRUCTIONS,
                                       .inherit = 1};
        counter = (int)syscall(SYS_perf_event_open, &what, 0, -1, -1, 0);
    }
    return counter >= 0 && read(counter, &count, sizeof count) == sizeof count ? count : 0;
}

/* Bytes that this process has written so far, to files and elsewhere. */
static uint64_t written_now(void)
{
    char line[100];
    unsigned long long bytes = 0;
    FILE *file = fopen("/proc/self/io", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "wchar: %llu", &bytes) == 1)
            break;
    if (file != NULL)
        fclose(file);
    return bytes;
}

static double since(const struct timespec *from, clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)(now.tv_sec - from->tv_sec) + (double)(now.tv_nsec - from->tv_nsec) / 1e9;
}

static void start(struct watch *watch)
{
    clock_gettime(CLOCK_MONOTONIC, &watch->wall);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &watch->processor);
    watch->written = written_now();
    watch->instructions = instructions_now();
}

struct spent {
    double wall, processor, instructions, written;
};

static void stop(const struct watch *watch, struct spent *spent)
{
    spent->wall += since(&watch->wall, CLOCK_MONOTONIC);
    spent->processor += since(&watch->processor, CLOCK_PROCESS_CPUTIME_ID);
    spent->instructions += (double)(instructions_now() - watch->instructions);
    spent->written += (double)(written_now() - watch->written);
}

static void fail(const char *doing, const annals_error *error)
{
    fprintf(stderr, "%s: %s\n", doing, error->sentence);
    exit(1);
}

static const struct record_version version = {"test", "0", "0"};

/* Stores `count` reports more; gives their claims. Where there is no record it only makes them. */
static uint64_t store(struct record *record, struct world *world, uint32_t count,
                      struct spent *spent)
{
    static struct told told[STORED];
    const struct document *documents[STORED];
    annals_origin origins[STORED];
    annals_error error = {0};
    struct watch watch;
    uint64_t claims = 0;
    for (uint32_t i = 0; i < count; i++) {
        told[i] = (struct told){0};
        buffer_init(&told[i].text);
        world_next(world, &told[i].story, &told[i].text);
        documents[i] = &told[i].story.document;
        origins[i] = (annals_origin){.path = "reports.jsonl", .retrieved = "2030-01-01T00:00:00Z"};
        claims += documents[i]->claims.count;
    }
    start(&watch);
    if (record != NULL &&
        record_add_all(record, documents, count, &version, origins, NULL, &error) != ANNALS_OK)
        fail("storing", &error);
    stop(&watch, spent);
    for (uint32_t i = 0; i < count; i++) {
        arena_release(&told[i].story.arena);
        buffer_release(&told[i].text);
    }
    return claims;
}

static void merge(struct record *record, struct spent *spent)
{
    annals_error error = {0};
    struct watch watch;
    start(&watch);
    if (record_merge(record, &error) != ANNALS_OK)
        fail("merging", &error);
    stop(&watch, spent);
}

static annals_status count_event(void *context, const struct record_event *event)
{
    (void)event;
    ++*(int *)context;
    return ANNALS_OK;
}

static annals_status count_claim(void *context, const struct record_claim *claim)
{
    (void)claim;
    ++*(int *)context;
    return ANNALS_OK;
}

static annals_status count_report(void *context, const struct record_report *report)
{
    (void)report;
    ++*(int *)context;
    return ANNALS_OK;
}

static annals_status count_place(void *context, const struct control_place *place)
{
    *(int *)context += place->period != NULL;
    return ANNALS_OK;
}

static annals_status count_dispute(void *context, const struct record_dispute *dispute)
{
    (void)dispute;
    ++*(int *)context;
    return ANNALS_OK;
}

/* What was asked for, and what came of it. */
struct answers {
    double slowest; /* listing with a filter, ms */
    char which[40];
    double control; /* of the country on a day, ms */
    int places;
};

static double milliseconds(const struct timespec *from)
{
    return since(from, CLOCK_PROCESS_CPUTIME_ID) * 1000;
}

/* Processor milliseconds of who holds what on a day (all places lie in one country), of a day's
 * dead and a day's disputes. */
static void ask_more(struct record *record, struct answers *answers)
{
    const annals_query held = {0}; /* on the day of the newest report */
    const annals_query day = {.from = "2008-06-01", .to = "2008-06-01", .what = "killed"};
    const struct signs none = {0};
    double took[3] = {0};
    for (int i = 0; i < 6; i++) {
        struct timespec from;
        annals_error error = {0};
        struct arena arena;
        struct record_tally tally;
        int found = 0;
        arena_init(&arena);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        annals_status status =
            i / 2 == 0   ? record_control(record, &held, count_place, &found, &error)
            : i / 2 == 1 ? record_count(record, &day, &arena, &tally, &error)
                         : record_disputes(record, &day, &none, count_dispute, &found, &error);
        if (status != ANNALS_OK)
            fail("asking", &error);
        took[i / 2] = milliseconds(&from);
        answers->places = i / 2 == 0 ? found : answers->places;
        arena_release(&arena);
    }
    answers->control = took[0];
    printf(
        "  control of a country on a day %.1f ms (%d places), killed of one day %.1f, its disputes "
        "%.1f\n",
        took[0], answers->places, took[1], took[2]);
}

/* Processor milliseconds of each listing with each filter, at most 100 rows; the second asking
 * counts. */
static void ask(struct record *record, const char *place, const char *group,
                struct answers *answers)
{
    static const char *const lists[] = {"events", "claims", "reports", "acts"};
    const struct {
        const char *name;
        annals_query query;
    } queries[] = {
        {"days", {.from = "2008-06-01", .to = "2008-06-02", .limit = 100}},
        {"place", {.place = place, .limit = 100}},
        {"actor", {.actor = group, .limit = 100}},
        {"type", {.type = "ASSAULT", .limit = 100}},
        {"status", {.status = "denied", .limit = 100}},
        {"source", {.source = "herald", .limit = 100}},
        {"text", {.text = "clinic", .limit = 100}},
    };
    printf("  ms for 100 of:   events   claims  reports     acts\n");
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        double took[4];
        for (int j = 0; j < 8; j++) {
            struct timespec from;
            annals_error error = {0};
            int rows = 0;
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
            annals_status status =
                j / 2 == 0   ? record_events(record, &queries[i].query, count_event, &rows, &error)
                : j / 2 == 1 ? record_claims(record, &queries[i].query, count_claim, &rows, &error)
                : j / 2 == 2
                    ? record_reports(record, &queries[i].query, count_report, &rows, &error)
                    : record_acts(record, &queries[i].query, count_event, &rows, &error);
            if (status != ANNALS_OK)
                fail("asking", &error);
            took[j / 2] = milliseconds(&from);
        }
        printf("  %-12s %10.1f %8.1f %8.1f %8.1f\n", queries[i].name, took[0], took[1], took[2],
               took[3]);
        for (int j = 0; j < 4; j++)
            if (took[j] > answers->slowest) {
                answers->slowest = took[j];
                snprintf(answers->which, sizeof answers->which, "%s by %s", lists[j],
                         queries[i].name);
            }
    }
}

static long peak_megabytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

/* Of the record and its log. */
static long file_megabytes(const char *path)
{
    struct stat facts = {0};
    char log[510];
    off_t bytes = stat(path, &facts) == 0 ? facts.st_size : 0;
    snprintf(log, sizeof log, "%s-wal", path);
    bytes += stat(log, &facts) == 0 ? facts.st_size : 0;
    return (long)(bytes >> 20);
}

static void measure(const char *folder, uint64_t claims)
{
    char path[500];
    struct record *record = NULL;
    annals_error error = {0};
    struct world world = world_make(1, 30);
    world.takings = TAKINGS;
    struct spent storing = {0}, merging = {0}, one = {0};
    uint64_t stored = 0, reports = 0;
    snprintf(path, sizeof path, "%s/%llu.db", folder, (unsigned long long)claims);
    bool makes = !settings.asks && settings.more == 0;
    if (makes)
        unlink(path);
    if (record_open(path, ANNALS_READ_WRITE, 1000, &record, &error) != ANNALS_OK)
        fail("opening", &error);
    while (stored < claims && settings.more > 0)
        stored += store(NULL, &world, STORED, &one);
    uint64_t before = stored;
    while (settings.more > 0 ? reports < settings.more : stored < claims && makes) {
        stored += store(record, &world, STORED, &storing);
        reports += STORED;
        if (reports % settings.every == 0)
            merge(record, &merging);
    }
    if (!settings.asks)
        merge(record, &merging);
    one = (struct spent){0};
    for (int i = 0; i < 100 && !settings.plain && !settings.asks; i++) {
        store(record, &world, 1, &one);
        merge(record, &one);
    }
    double wall = storing.wall + merging.wall, processor = storing.processor + merging.processor;
    stored -= before;
    if (!settings.asks)
        printf("%9llu claims %7llu reports: %6.0f claims/s (processor %6.0f); storing %4.0f us, "
               "merging %4.0f us a report (%.0f and %.0f thousand instructions, %.1f and %.1f KB "
               "written); one more report %.2f ms; peak %ld MB, file and log %ld MB\n",
               (unsigned long long)stored, (unsigned long long)reports, (double)stored / wall,
               (double)stored / processor, storing.processor / (double)reports * 1e6,
               merging.processor / (double)reports * 1e6,
               storing.instructions / (double)reports / 1e3,
               merging.instructions / (double)reports / 1e3,
               storing.written / (double)reports / 1e3, merging.written / (double)reports / 1e3,
               one.processor * 10, peak_megabytes(), file_megabytes(path));
    struct arena names;
    arena_init(&names);
    struct scene scene = world_scene(&world, &names, 7);
    if (!settings.plain) {
        struct answers answers = {0};
        ask(record, scene.place, scene.group, &answers);
        ask_more(record, &answers);
        printf("  asked: 20000 claims/s, 500 MB, 200 ms a listing with a filter, 300 ms control; "
               "here: ");
        if (settings.asks)
            printf("-, ");
        else
            printf("%.0f (processor %.0f), ", (double)stored / wall, (double)stored / processor);
        printf("%ld, %.0f (%s), %.0f\n", peak_megabytes(), answers.slowest, answers.which,
               answers.control);
    }
    arena_release(&names);
    record_close(record);
}

int main(int count, char **arguments)
{
    int at = 1;
    for (; at < count && strncmp(arguments[at], "--", 2) == 0; at++) {
        if (strcmp(arguments[at], "--plain") == 0)
            settings.plain = true;
        else if (strcmp(arguments[at], "--ask") == 0)
            settings.asks = true;
        else if (strcmp(arguments[at], "--every") == 0 && at + 1 < count)
            settings.every = strtoull(arguments[++at], NULL, 10);
        else if (strcmp(arguments[at], "--more") == 0 && at + 1 < count)
            settings.more = strtoull(arguments[++at], NULL, 10);
    }
    for (int i = at + 1; i < count; i++) {
        measure(arguments[at], strtoull(arguments[i], NULL, 10));
        fflush(stdout);
    }
    return count > at + 1 ? 0 : 2;
}
