/* annals recode: codes every stored report again with today's dictionaries and models.
 *
 * As in `read`, the main thread hands reports to the coders and stores what they give back, each in
 * a transaction of its own; what is coded by today's versions already is passed over. */
#include "options.h"

#include "coders.h"
#include "progress.h"

#include <inttypes.h>

struct recoding {
    struct options options;
    annals_engine *engine;
    annals_record *record;
    struct progress progress;
    uint64_t done, total, refused;
    bool failed;
};

static bool fail(struct recoding *recoding, const annals_error *error)
{
    progress_clear(&recoding->progress);
    print_error(&recoding->options.settings, error);
    recoding->failed = true;
    return false;
}

/* A coded_receiver. A report that cannot be coded keeps its older coding. */
static bool store(void *context, struct work *work)
{
    struct recoding *recoding = context;
    annals_error error = work->error;
    if (work->status != ANNALS_OK) {
        progress_clear(&recoding->progress);
        print_error(&recoding->options.settings, &error);
        recoding->refused++;
        return true;
    }
    error = (annals_error){.byte = -1};
    if (annals_record_replace(recoding->record, recoding->engine, work->document, &error) !=
        ANNALS_OK)
        return fail(recoding, &error);
    recoding->done++;
    progress_show(&recoding->progress, recoding->done, recoding->total);
    return true;
}

static void recode_all(struct recoding *recoding)
{
    annals_error error = {.byte = -1};
    unsigned jobs = recoding->options.jobs > 0 ? recoding->options.jobs : default_jobs();
    struct coders *coders =
        coders_start(recoding->engine, coders_beside(jobs), CODERS_AHEAD, store, recoding);
    bool going = coders != NULL;
    while (going) {
        struct work work = {.path = recoding->options.settings.record, .byte = -1};
        if (annals_record_next(recoding->record, recoding->engine, &work.document, &error) !=
            ANNALS_OK)
            going = fail(recoding, &error);
        else if (work.document == NULL)
            break;
        else
            going = coders_give(coders, &work);
    }
    if (coders != NULL)
        coders_finish(coders);
    if (!recoding->failed && annals_record_merge(recoding->record, &error) != ANNALS_OK)
        fail(recoding, &error);
}

static bool open_all(struct recoding *recoding)
{
    annals_error error = {.byte = -1};
    /* Opening for writing would make a record where there is none. */
    annals_record_close(recoding->record = open_record(&recoding->options, ANNALS_READ_ONLY));
    if (recoding->record != NULL)
        recoding->record = open_record(&recoding->options, ANNALS_READ_WRITE);
    if (recoding->record == NULL)
        return false;
    if (annals_open(recoding->options.settings.data, &recoding->engine, &error) == ANNALS_OK &&
        annals_record_outdated(recoding->record, recoding->engine, &recoding->total, &error) ==
            ANNALS_OK)
        return true;
    return fail(recoding, &error);
}

int command_recode(const struct settings *settings, int count, char **arguments)
{
    struct recoding recoding = {.record = NULL};
    if (!options_read(&recoding.options, settings, OPTIONS_JOBS | OPTIONS_QUIET | OPTIONS_FORMAT,
                      &count, arguments))
        return EXIT_WRONG_USE;
    if (count > 0) {
        fprintf(stderr, "annals: \"%s\" is too much: recode codes every report\n", arguments[0]);
        return EXIT_WRONG_USE;
    }
    int status = EXIT_COULD_NOT;
    if (open_all(&recoding)) {
        annals_error error = {.byte = -1};
        recoding.options.query.view = ANNALS_CHANGES;
        progress_begin(&recoding.progress, "reports", recoding.options.quiet);
        recode_all(&recoding);
        progress_clear(&recoding.progress);
        if (!recoding.options.quiet && recoding.options.query.layout == ANNALS_TABLE)
            printf("%" PRIu64 " report%s coded again\n\n", recoding.done,
                   recoding.done == 1 ? "" : "s");
        if (!recoding.failed && annals_render(recoding.record, &recoding.options.query,
                                              to_standard_output, NULL, &error) != ANNALS_OK)
            fail(&recoding, &error);
        if (!recoding.failed && fflush(stdout) == 0)
            status = recoding.refused > 0 ? EXIT_SOME_REFUSED : EXIT_DONE;
    }
    annals_close(recoding.engine);
    annals_record_close(recoding.record);
    return status;
}
