/* annals verify: checks the record for damage. */
#include "options.h"

#include "progress.h"

#include <inttypes.h>

struct verification {
    struct progress progress;
    uint64_t reports;
};

static bool print_damage(void *context, const char *bytes, size_t length)
{
    struct verification *verification = context;
    progress_clear(&verification->progress);
    return fwrite(bytes, 1, length, stdout) == length;
}

static bool show(void *context, const char *file, uint64_t done, uint64_t total)
{
    struct verification *verification = context;
    (void)file;
    verification->reports = done;
    progress_show(&verification->progress, done, total);
    return true;
}

int command_verify(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    struct verification verification = {.reports = 0};
    annals_error error = {.byte = -1};
    uint64_t damages = 0;
    if (!options_read(&options, settings, OPTIONS_QUIET, &count, arguments))
        return EXIT_WRONG_USE;
    if (count > 0) {
        fprintf(stderr, "annals: \"%s\" is too much\n", arguments[0]);
        return EXIT_WRONG_USE;
    }
    /* Opening for writing would make a record where there is none. */
    annals_record *record = open_record(&options, ANNALS_READ_ONLY);
    annals_record_close(record);
    record = record != NULL ? open_record(&options, ANNALS_READ_WRITE) : NULL;
    if (record == NULL)
        return EXIT_COULD_NOT;
    progress_begin(&verification.progress, "reports", options.quiet);
    annals_status status =
        annals_record_verify(record, print_damage, show, &verification, &damages, &error);
    annals_record_close(record);
    progress_clear(&verification.progress);
    if (status != ANNALS_OK) {
        print_error(settings, &error);
        return EXIT_COULD_NOT;
    }
    if (!options.quiet && damages == 0)
        printf("%" PRIu64 " report%s checked, nothing damaged\n", verification.reports,
               verification.reports == 1 ? "" : "s");
    else if (!options.quiet)
        printf("%" PRIu64 " report%s checked, %" PRIu64 " damage%s\n", verification.reports,
               verification.reports == 1 ? "" : "s", damages, damages == 1 ? "" : "s");
    if (fflush(stdout) != 0)
        return EXIT_COULD_NOT;
    return damages == 0 ? EXIT_DONE : EXIT_SOME_REFUSED;
}
