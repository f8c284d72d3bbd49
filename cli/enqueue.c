/* annals enqueue: puts reports into the queue, for workers to code.
 *
 * What goes into the queue is raw bytes: reading and coding them is the workers' work, and what they
 * refuse they set aside with its reason (`annals queue`). An archive that is too large for one message is
 * unpacked here, member by member. */
#include "options.h"

#include "pieces.h"
#include "progress.h"

#include <inttypes.h>
#include <signal.h>
#include <time.h>

struct enqueuing {
    struct options options;
    annals_queue *queue;
    struct progress progress;
    const char *archive; /* being unpacked */
    char retrieved[32];
    uint64_t put, refused, done, size;
    bool failed;
};

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

static bool going(void *context)
{
    (void)context;
    return !stopped;
}

static void refuse(void *context, annals_error *error, const char *path, uint64_t line,
                   int64_t byte)
{
    struct enqueuing *enqueuing = context;
    snprintf(error->file, sizeof error->file, "%s",
             strcmp(path, "-") == 0 ? "standard input" : path);
    error->line = line;
    error->column = 0;
    error->byte = byte;
    progress_clear(&enqueuing->progress);
    print_error(&enqueuing->options.settings, error);
    enqueuing->refused++;
}

static bool take(void *context, const annals_parcel *piece)
{
    struct enqueuing *enqueuing = context;
    annals_parcel parcel = *piece;
    annals_error error = {.byte = -1};
    if (parcel.retrieved == NULL)
        parcel.retrieved = enqueuing->retrieved;
    annals_status status = annals_queue_put(enqueuing->queue, &parcel, &error);
    if (status == ANNALS_OK) {
        enqueuing->put++;
        enqueuing->done += piece->length;
        progress_show(&enqueuing->progress, enqueuing->done, enqueuing->size);
        return true;
    }
    if (status == ANNALS_TOO_LARGE) {
        refuse(enqueuing, &error, piece->path, piece->line, piece->line > 0 ? piece->byte : -1);
        return true;
    }
    progress_clear(&enqueuing->progress);
    print_error(&enqueuing->options.settings, &error);
    enqueuing->failed = true;
    return false;
}

/* ------------------------------------------------------------------ archives */

static bool take_member(void *context, const annals_member *member, const annals_error *error)
{
    struct enqueuing *enqueuing = context;
    if (member == NULL) {
        annals_error copy = *error;
        refuse(enqueuing, &copy, enqueuing->archive, 0, -1);
        return true;
    }
    const annals_parcel parcel = {.path = enqueuing->archive,
                                  .name = member->name,
                                  .url = member->url,
                                  .retrieved = member->retrieved,
                                  .bytes = member->bytes,
                                  .length = member->length};
    return take(enqueuing, &parcel);
}

/* The whole file where it fits, as `read` would take it. */
static bool take_small_archive(struct enqueuing *enqueuing, const char *path, uint64_t size)
{
    FILE *file = fopen(path, "rb");
    char *bytes = file != NULL ? malloc((size_t)size + 1) : NULL;
    annals_parcel parcel = {.path = path, .bytes = bytes};
    bool read = true;
    if (bytes != NULL)
        parcel.length = fread(bytes, 1, (size_t)size, file);
    if (bytes == NULL || parcel.length < size) {
        annals_error error = {.byte = -1};
        snprintf(error.sentence, sizeof error.sentence, "cannot be read");
        refuse(enqueuing, &error, path, 0, -1);
    } else {
        read = take(enqueuing, &parcel);
    }
    if (file != NULL)
        fclose(file);
    free(bytes);
    return read;
}

static bool take_archive(void *context, const char *path, uint64_t size)
{
    struct enqueuing *enqueuing = context;
    annals_error error = {.byte = -1};
    if (size <= annals_queue_room(enqueuing->queue))
        return take_small_archive(enqueuing, path, size);
    enqueuing->archive = path;
    annals_status status =
        annals_unpack(path, enqueuing->options.max_size, take_member, enqueuing, &error);
    if (status != ANNALS_OK && status != ANNALS_STOPPED)
        refuse(enqueuing, &error, path, 0, -1);
    return !enqueuing->failed;
}

/* ------------------------------------------------------------------ the command */

static int report_outcome(struct enqueuing *enqueuing)
{
    annals_error error = {.byte = -1};
    if (!enqueuing->failed &&
        annals_queue_flush(enqueuing->queue, &error) != ANNALS_OK) {
        progress_clear(&enqueuing->progress);
        print_error(&enqueuing->options.settings, &error);
        enqueuing->failed = true;
    }
    progress_clear(&enqueuing->progress);
    if (!enqueuing->options.quiet) {
        printf("%" PRIu64 " put into the queue", enqueuing->put);
        if (enqueuing->refused > 0)
            printf(", %" PRIu64 " refused", enqueuing->refused);
        printf("%s\n", enqueuing->failed ? "; stopped, the last of them perhaps not kept" : "");
    }
    if (enqueuing->failed || fflush(stdout) != 0)
        return EXIT_COULD_NOT;
    return enqueuing->refused > 0 ? EXIT_SOME_REFUSED : EXIT_DONE;
}

static void enqueue_all(struct enqueuing *enqueuing, int count, char **arguments)
{
    struct inputs inputs = {0};
    bool more = true;
    for (int i = 0; i < count && more; i++)
        more = inputs_add(&inputs, arguments[i], false);
    enqueuing->refused = inputs.refused;
    enqueuing->size = inputs.size;
    const struct piece_taker taker = {.context = enqueuing,
                                      .max_size = enqueuing->options.max_size,
                                      .take = take,
                                      .archive = take_archive,
                                      .refuse = refuse};
    for (size_t i = 0; i < inputs.count && more; i++)
        more = pieces_walk(&taker, &inputs.items[i]);
    inputs_free(&inputs);
}

int command_enqueue(const struct settings *settings, int count, char **arguments)
{
    struct enqueuing enqueuing = {0};
    annals_error error = {.byte = -1};
    if (!options_read(&enqueuing.options, settings, OPTIONS_QUEUE | OPTIONS_ENQUEUE, &count,
                      arguments))
        return EXIT_WRONG_USE;
    if (count == 0) {
        fputs("annals: enqueue what? files, folders, or - for standard input\n", stderr);
        return EXIT_WRONG_USE;
    }
    time_t now = time(NULL);
    struct tm moment;
    strftime(enqueuing.retrieved, sizeof enqueuing.retrieved, "%Y-%m-%dT%H:%M:%SZ",
             gmtime_r(&now, &moment));
    signal(SIGINT, stop);
    signal(SIGTERM, stop);
    enqueuing.options.queue.going = going;
    progress_begin(&enqueuing.progress, "bytes", enqueuing.options.quiet);
    annals_status status = annals_queue_open(&enqueuing.options.queue, &enqueuing.queue, &error);
    if (status != ANNALS_OK) {
        print_error(&enqueuing.options.settings, &error);
        return status == ANNALS_WRONG_USE ? EXIT_WRONG_USE : EXIT_COULD_NOT;
    }
    enqueue_all(&enqueuing, count, arguments);
    int exit_status = report_outcome(&enqueuing);
    annals_queue_close(enqueuing.queue);
    return exit_status;
}
