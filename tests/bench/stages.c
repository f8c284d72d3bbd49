/* Speed by stage: words a second and arena bytes, over reports in interchange JSONL; the reports that took
 * longest, by the word.
 *
 * usage: stages DATA FILE...   Every report is coded once to warm up and once to measure; the clock is the
 * process's CPU time, so that neighbours on the machine disturb little. */
#include "bytes/buffer.h"
#include "formats/coded.h"
#include "formats/report.h"
#include "pipeline/pipeline.h"

#include <sys/resource.h>
#include <time.h>

enum { SLOWEST = 3 };

struct slow {
    char id[40];
    double seconds;
    uint32_t words;
};

struct bench {
    struct pipeline pipeline;
    struct slow slowest[SLOWEST]; /* the slowest first */
    double seconds[PIPELINE_MAXIMUM], reading, writing, opening;
    uint64_t words, bytes, reports;
    size_t peak;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double pace(const struct slow *slow)
{
    return slow->words > 0 ? slow->seconds / slow->words : 0;
}

/* Short texts cost most by the word and say little: they are left out. */
static void note_slow(struct bench *bench, const struct document *document, double seconds)
{
    enum { SHORT = 100 };
    struct slow slow = {.seconds = seconds, .words = document->tokens.count};
    uint32_t at = SLOWEST;
    snprintf(slow.id, sizeof slow.id, "%s", document->report.id != NULL ? document->report.id : "?");
    for (; at > 0 && slow.words >= SHORT && pace(&slow) > pace(&bench->slowest[at - 1]); at--)
        if (at < SLOWEST)
            bench->slowest[at] = bench->slowest[at - 1];
    if (at < SLOWEST)
        bench->slowest[at] = slow;
}

static void run_report(struct bench *bench, const char *line, size_t length, struct arena *arena,
                       struct arena *scratch, struct buffer *out, bool measure)
{
    struct document document;
    annals_error error = {0};
    double start = now();
    if (report_read(&document, arena, line, length, &error) != ANNALS_OK)
        return;
    double last = now();
    bench->reading += measure ? last - start : 0;
    uint32_t gives = 0;
    for (uint32_t i = 0; i < bench->pipeline.opened; i++) {
        gives |= stages[i]->gives;
        if (pipeline_run(&bench->pipeline, &document, gives, scratch, &error) != ANNALS_OK)
            return;
        double time = now();
        bench->seconds[i] += measure ? time - last : 0;
        last = time;
    }
    buffer_clear(out);
    coded_write(&document, false, scratch, out);
    arena_reset(scratch);
    if (!measure)
        return;
    bench->writing += now() - last;
    note_slow(bench, &document, now() - start);
    bench->words += document.tokens.count;
    bench->bytes += document.length;
    bench->reports++;
    if (arena->used > bench->peak)
        bench->peak = arena->used;
}

static bool run_file(struct bench *bench, const char *path, bool measure)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        fprintf(stderr, "bench: cannot read %s\n", path);
        return false;
    }
    struct arena arena, scratch;
    struct buffer out;
    arena_init(&arena);
    arena_init(&scratch);
    buffer_init(&out);
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    while ((length = getline(&line, &capacity, stream)) > 0) {
        run_report(bench, line, (size_t)length, &arena, &scratch, &out, measure);
        arena_reset(&arena);
    }
    free(line);
    buffer_release(&out);
    arena_release(&arena);
    arena_release(&scratch);
    fclose(stream);
    return true;
}

static void print_row(const char *name, double seconds, double whole, uint64_t words)
{
    printf("%-14s %9.1f ms %6.1f %% %14.0f words/s\n", name, seconds * 1e3,
           whole > 0 ? 100 * seconds / whole : 0, seconds > 0 ? (double)words / seconds : 0);
}

int main(int count, char **arguments)
{
    static struct bench bench;
    annals_error error = {0};
    struct arena arena;
    if (count < 3) {
        fputs("usage: stages DATA FILE...\n", stderr);
        return 2;
    }
    arena_init(&arena);
    struct stage_setting setting = {.data = arguments[1], .arena = &arena};
    double start = now();
    if (pipeline_open(&bench.pipeline, &setting, &error) != ANNALS_OK) {
        fprintf(stderr, "bench: %s: %s\n", error.file, error.sentence);
        return 1;
    }
    bench.opening = now() - start;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 2; i < count; i++)
            if (!run_file(&bench, arguments[i], pass == 1))
                return 1;
    double whole = bench.reading + bench.writing;
    for (uint32_t i = 0; i < bench.pipeline.opened; i++)
        whole += bench.seconds[i];
    printf("%llu reports, %llu words; opening %.1f ms\n", (unsigned long long)bench.reports,
           (unsigned long long)bench.words, bench.opening * 1e3);
    print_row("read JSON", bench.reading, whole, bench.words);
    for (uint32_t i = 0; i < bench.pipeline.opened; i++)
        print_row(stages[i]->name, bench.seconds[i], whole, bench.words);
    print_row("write JSON", bench.writing, whole, bench.words);
    print_row("whole", whole, whole, bench.words);
    for (int i = 0; i < SLOWEST && bench.slowest[i].words > 0; i++)
        printf("slow: %-22s %5u words %8.2f ms %12.0f words/s\n", bench.slowest[i].id,
               bench.slowest[i].words, bench.slowest[i].seconds * 1e3, 1 / pace(&bench.slowest[i]));
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("peak: %.1f MB a report in its arena, %.1f MB resident\n", (double)bench.peak / 1e6,
           (double)usage.ru_maxrss / 1e3);
    pipeline_close(&bench.pipeline);
    arena_release(&arena);
    return 0;
}
