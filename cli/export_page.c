/* annals export --as html: the record as a page in one file. */
#include "options.h"

#include <errno.h>
#include <limits.h>

static bool to_file(void *context, const char *bytes, size_t length)
{
    return fwrite(bytes, 1, length, context) == length;
}

/* Writes the page to the file, whole or not at all. */
int export_page(const struct options *options)
{
    if (options->output == NULL) {
        fputs("annals: where to? the page is a file of its own: -o FILE\n", stderr);
        return EXIT_WRONG_USE;
    }
    annals_error error = {0};
    char page[PATH_MAX], part[PATH_MAX];
    snprintf(page, sizeof page, "%s/page", options->settings.data);
    int length = snprintf(part, sizeof part, "%s.part", options->output);
    annals_record *record = open_record(options, ANNALS_READ_ONLY);
    if (record == NULL)
        return EXIT_COULD_NOT;
    FILE *file = length < PATH_MAX ? fopen(part, "wb") : NULL;
    if (file == NULL) {
        fprintf(stderr, "annals: %s: %s\n", part, strerror(errno));
        annals_record_close(record);
        return EXIT_COULD_NOT;
    }
    annals_status status = annals_page(record, page, &options->query, to_file, file, &error);
    annals_record_close(record);
    bool written = fclose(file) == 0 && status == ANNALS_OK;
    if (written && rename(part, options->output) == 0)
        return EXIT_DONE;
    if (status != ANNALS_OK)
        print_error(&options->settings, &error);
    else
        fprintf(stderr, "annals: %s: %s\n", options->output, strerror(errno));
    remove(part);
    return status == ANNALS_WRONG_USE ? EXIT_WRONG_USE : EXIT_COULD_NOT;
}
