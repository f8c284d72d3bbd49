/* annals read: takes reports in, codes them, stores them.
 *
 * The main thread reads files, asks the record which reports it has already, hands the others to
 * the coders and stores what they give back in the order of the input, so many at a time. Now and then,
 * and at the end, what is stored is merged. */
#include "options.h"

#include "coders.h"
#include "pieces.h"
#include "progress.h"

#include <inttypes.h>
#include <time.h>

/* Stored in one transaction: as many, or as many as come within a second. */
enum { PENDING = 100, UNMERGED = 6000 };

/* Of the memory that may be taken: what the program needs without reports (the gazetteer's names, the
 * models, the database's pages), and the least that is left for these. */
#define MEMORY_FIXED (UINT64_C(256) << 20)
#define MEMORY_LEAST (UINT64_C(32) << 20)

struct reading {
    struct options options;
    annals_engine *engine;
    annals_record *record;
    struct coders *coders;
    char retrieved[32];
    uint64_t added, known, foreign, refused;
    bool failed; /* the record cannot take more */
    struct work pending[PENDING];
    unsigned pending_count;
    struct timespec pending_since;
    uint64_t pending_memory, budget; /* bytes */
    uint64_t unmerged;
    /* Progress, in bytes of input. */
    struct progress progress;
    uint64_t size, done, before; /* `before`: done when the file at hand began */
};

/* ------------------------------------------------------------------ progress and errors */

static void clear_progress(const struct reading *reading)
{
    progress_clear(&reading->progress);
}

static void show_progress(struct reading *reading)
{
    progress_count(&reading->progress, reading->added + reading->known, reading->done, reading->size);
}

/* Names what was refused and why. */
static void refuse(void *context, annals_error *error, const char *path, uint64_t line,
                   int64_t byte)
{
    struct reading *reading = context;
    snprintf(error->file, sizeof error->file, "%s",
             strcmp(path, "-") == 0 ? "standard input" : path);
    if (line > 0) {
        error->line = line;
        error->column = 0;
    }
    if (byte >= 0)
        error->byte = byte + (error->byte > 0 ? error->byte : 0);
    clear_progress(reading);
    print_error(&reading->options.settings, error);
    reading->refused++;
}

/* An error of the record ends the reading: the next report would meet it again. */
static bool is_of_report(annals_status status)
{
    return status != ANNALS_BUSY && status != ANNALS_FULL && status != ANNALS_CANNOT_WRITE &&
           status != ANNALS_CANNOT_READ && status != ANNALS_FOREIGN && status != ANNALS_NO_MEMORY;
}

static bool fail(struct reading *reading, const annals_error *error)
{
    clear_progress(reading);
    print_error(&reading->options.settings, error);
    reading->failed = true;
    return false;
}

/* ------------------------------------------------------------------ storing */

static annals_origin origin_of(const struct reading *reading, const struct work *work)
{
    return (annals_origin){.path = work->path, .retrieved = reading->retrieved};
}

static void count_stored(struct reading *reading, const annals_stored *stored)
{
    reading->added += !stored->known;
    reading->known += stored->known;
    reading->foreign += !stored->known && stored->foreign;
}

/* Where one of several cannot be stored each is tried by itself. */
static bool store_one_by_one(struct reading *reading)
{
    for (unsigned i = 0; i < reading->pending_count; i++) {
        struct work *work = &reading->pending[i];
        annals_origin origin = origin_of(reading, work);
        annals_error error = {0};
        annals_stored stored;
        annals_status status = annals_record_add_all(
            reading->record, reading->engine, &work->document, &origin, 1, &stored, &error);
        if (status == ANNALS_OK)
            count_stored(reading, &stored);
        else if (is_of_report(status))
            refuse(reading, &error, work->path, work->line, work->byte);
        else
            return fail(reading, &error);
    }
    return true;
}

static bool merge(struct reading *reading)
{
    annals_error error = {0};
    reading->unmerged = 0;
    return annals_record_merge(reading->record, &error) == ANNALS_OK || fail(reading, &error);
}

static bool store_pending(struct reading *reading)
{
    annals_document *documents[PENDING] = {0};
    annals_origin origins[PENDING] = {0};
    annals_stored stored[PENDING] = {0};
    bool going = true;
    annals_error error = {0};
    unsigned count = reading->pending_count;
    for (unsigned i = 0; i < count; i++) {
        documents[i] = reading->pending[i].document;
        origins[i] = origin_of(reading, &reading->pending[i]);
    }
    annals_status status = annals_record_add_all(reading->record, reading->engine, documents,
                                                 origins, count, stored, &error);
    if (status == ANNALS_OK) {
        for (unsigned i = 0; i < count; i++)
            count_stored(reading, &stored[i]);
    } else {
        /* A full disk may still have room for some of them. */
        bool apart = is_of_report(status) || status == ANNALS_FULL;
        going = apart ? store_one_by_one(reading) : fail(reading, &error);
    }
    for (unsigned i = 0; i < count; i++)
        annals_document_free(documents[i]);
    reading->pending_count = 0;
    reading->pending_memory = 0;
    reading->unmerged += count;
    show_progress(reading);
    return going && (reading->unmerged < UNMERGED || merge(reading));
}

static bool store(void *context, struct work *work)
{
    struct reading *reading = context;
    struct timespec now;
    if (work->status != ANNALS_OK) {
        annals_error error = work->error;
        refuse(reading, &error, work->path, work->line, work->byte);
        return true;
    }
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (reading->pending_count == 0)
        reading->pending_since = now;
    reading->pending_memory += annals_document_memory(work->document);
    reading->pending[reading->pending_count++] = *work;
    work->document = NULL; /* kept */
    return (reading->pending_count < PENDING && reading->pending_memory < reading->budget / 2 &&
            now.tv_sec <= reading->pending_since.tv_sec + 1) ||
           store_pending(reading);
}

/* Hands a document on to be coded, unless the record has it. */
static bool give(struct reading *reading, annals_document *document, const char *path,
                 uint64_t line, int64_t byte)
{
    annals_error error = {0};
    bool known = false;
    annals_status status =
        annals_record_knows(reading->record, document, path, &known, &error);
    if (status == ANNALS_OK && !known) {
        struct work work = {.document = document, .path = path, .line = line, .byte = byte};
        return coders_give(reading->coders, &work);
    }
    annals_document_free(document);
    reading->known += known;
    show_progress(reading);
    return status == ANNALS_OK || fail(reading, &error);
}

/* ------------------------------------------------------------------ files */

static bool take_json(struct reading *reading, const char *path, const char *bytes, size_t length,
                      uint64_t line, int64_t byte)
{
    annals_document *document = NULL;
    annals_error error = {0};
    if (annals_read(reading->engine, bytes, length, &document, &error) == ANNALS_OK)
        return give(reading, document, path, line, byte);
    refuse(reading, &error, path, line, byte);
    return true;
}

/* One file's reports as annals_intake hands them on. */
struct news {
    struct reading *reading;
    const char *path;
    bool going;
};

static bool take_one(void *context, annals_document *document, const annals_error *error)
{
    struct news *news = context;
    if (document != NULL) {
        news->going = give(news->reading, document, news->path, 0, -1);
    } else {
        annals_error copy = *error;
        refuse(news->reading, &copy, news->path, 0, -1);
    }
    return news->going;
}

static bool take_news(struct reading *reading, const char *path, const char *bytes, size_t length)
{
    struct news news = {.reading = reading, .path = path, .going = true};
    annals_error error = {0};
    annals_source source = {.name = path, .limit = reading->options.max_size};
    annals_status status =
        annals_intake(reading->engine, &source, bytes, length, take_one, &news, &error);
    if (status != ANNALS_OK && news.going)
        refuse(reading, &error, path, 0, -1);
    return news.going;
}

/* Archives are read piece by piece: their size is no report's. */
static bool take_archive(void *context, const char *path, uint64_t size)
{
    struct reading *reading = context;
    (void)size;
    struct news news = {.reading = reading, .path = path, .going = true};
    annals_error error = {0};
    annals_source source = {.name = path, .limit = reading->options.max_size};
    annals_status status =
        annals_intake_archive(reading->engine, &source, path, take_one, &news, &error);
    if (status != ANNALS_OK && news.going)
        refuse(reading, &error, path, 0, -1);
    return news.going;
}

static bool take_piece(void *context, const annals_parcel *piece)
{
    struct reading *reading = context;
    bool line = piece->line > 0;
    if (line)
        reading->done = reading->before + (uint64_t)piece->byte;
    return line ? take_json(reading, piece->path, piece->bytes, piece->length, piece->line, piece->byte)
                : take_news(reading, piece->path, piece->bytes, piece->length);
}

static bool take_input(struct reading *reading, const struct input *input)
{
    const struct piece_taker taker = {.context = reading,
                                      .max_size = reading->options.max_size,
                                      .take = take_piece,
                                      .archive = take_archive,
                                      .refuse = refuse};
    reading->before = reading->done;
    bool going = pieces_walk(&taker, input);
    if (strcmp(input->path, "-") != 0)
        reading->done = reading->before + input->size;
    show_progress(reading);
    return going;
}

/* ------------------------------------------------------------------ the command */

static int report_outcome(const struct reading *reading)
{
    clear_progress(reading);
    if (!reading->options.quiet) {
        printf("%" PRIu64 " new report%s", reading->added, reading->added == 1 ? "" : "s");
        if (reading->foreign > 0)
            printf(", %" PRIu64 " of them not in English (stored, not coded)", reading->foreign);
        if (reading->known > 0)
            printf(", %" PRIu64 " known already", reading->known);
        if (reading->refused > 0)
            printf(", %" PRIu64 " refused", reading->refused);
        printf("%s\n", reading->failed ? "; stopped" : "");
    }
    if (reading->failed || fflush(stdout) != 0)
        return EXIT_COULD_NOT;
    return reading->refused > 0 ? EXIT_SOME_REFUSED : EXIT_DONE;
}

static bool open_all(struct reading *reading)
{
    annals_error error = {0};
    reading->record = open_record(&reading->options, ANNALS_READ_WRITE);
    if (reading->record == NULL)
        return false;
    if (annals_open(reading->options.settings.data, &reading->engine, &error) != ANNALS_OK) {
        print_error(&reading->options.settings, &error);
        return false;
    }
    unsigned jobs = reading->options.jobs > 0 ? reading->options.jobs : default_jobs();
    reading->coders =
        coders_start(reading->engine, coders_beside(jobs), CODERS_AHEAD, store, reading);
    uint64_t most = reading->options.max_memory;
    reading->budget = most > MEMORY_FIXED + MEMORY_LEAST ? most - MEMORY_FIXED : MEMORY_LEAST;
    if (reading->coders != NULL)
        coders_limit(reading->coders, reading->budget / 2);
    annals_record_merge_within(reading->record, reading->budget / 4 * 3);
    return reading->coders != NULL;
}

/* What is still to be stored; then merges, also what an interrupted reading left. */
static void finish(struct reading *reading)
{
    if (!reading->failed && store_pending(reading))
        merge(reading);
    for (unsigned i = 0; i < reading->pending_count; i++)
        annals_document_free(reading->pending[i].document);
}

int command_read(const struct settings *settings, int count, char **arguments)
{
    struct reading reading = {0};
    struct inputs inputs = {0};
    if (!options_read(&reading.options, settings, OPTIONS_INPUT | OPTIONS_MEMORY, &count, arguments))
        return EXIT_WRONG_USE;
    if (count == 0) {
        fputs("annals: read what? files, folders, or - for standard input\n", stderr);
        return EXIT_WRONG_USE;
    }
    time_t now = time(NULL);
    struct tm moment;
    strftime(reading.retrieved, sizeof reading.retrieved, "%Y-%m-%dT%H:%M:%SZ",
             gmtime_r(&now, &moment));
    int status = EXIT_COULD_NOT;
    if (open_all(&reading)) {
        bool going = true;
        for (int i = 0; i < count && going; i++)
            going = inputs_add(&inputs, arguments[i], false);
        reading.refused = inputs.refused;
        reading.size = inputs.size;
        progress_begin(&reading.progress, "reports", reading.options.quiet);
        for (size_t i = 0; i < inputs.count && going; i++)
            going = take_input(&reading, &inputs.items[i]);
        coders_finish(reading.coders);
        finish(&reading);
        status = report_outcome(&reading);
    }
    annals_close(reading.engine);
    annals_record_close(reading.record);
    inputs_free(&inputs);
    return status;
}
