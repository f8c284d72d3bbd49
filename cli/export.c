/* annals export: the record for other programs. */
#include "options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const annals_export_format *find_format(const char *name)
{
    const annals_export_format *format = annals_export_formats();
    while (format->name != NULL && strcmp(format->name, name) != 0)
        format++;
    return format->name != NULL ? format : NULL;
}

static int no_such_format(const char *name)
{
    fprintf(stderr, "annals: there is no export as \"%s\"; there are:\n", name);
    for (const annals_export_format *format = annals_export_formats(); format->name != NULL;
         format++)
        fprintf(stderr, "  %-12s %s\n", format->name, format->about);
    fputs("  dump         every row that depends on the reports alone\n", stderr);
    return EXIT_WRONG_USE;
}

static bool to_file(void *context, const char *bytes, size_t length)
{
    return fwrite(bytes, 1, length, context) == length;
}

static int fail(const struct options *options, annals_status status, const annals_error *error)
{
    print_error(&options->settings, error);
    return status == ANNALS_WRONG_USE ? EXIT_WRONG_USE : EXIT_COULD_NOT;
}

/* Says what was left out, once a run. */
static void tell(const struct options *options, const annals_exported *exported)
{
    if (exported->left_out > 0)
        fprintf(stderr, "annals: %llu written; %llu that %s cannot take are left out\n",
                (unsigned long long)exported->rows, (unsigned long long)exported->left_out,
                options->as);
}

/* The caller frees it; NULL where memory is out. */
static char *joined(const char *left, const char *right)
{
    size_t length = strlen(left) + strlen(right) + 1;
    char *text = malloc(length);
    if (text != NULL)
        snprintf(text, length, "%s%s", left, right);
    return text;
}

/* Writes one part to `path`: first beside it, so that a failure leaves no half of a file. */
static int write_part(const struct options *options, annals_record *record, const char *path,
                      annals_exported *exported)
{
    annals_error error = {0};
    char *beside = joined(path, ".part");
    if (beside == NULL)
        return EXIT_COULD_NOT;
    FILE *file = fopen(beside, "wb");
    annals_status status = ANNALS_CANNOT_WRITE;
    if (file != NULL)
        status = annals_export(record, &options->query, &options->exporting, to_file, file,
                               exported, &error);
    bool written = file != NULL && fclose(file) == 0 && status == ANNALS_OK;
    written = written && rename(beside, path) == 0;
    int result = EXIT_DONE;
    if (!written && file != NULL && status != ANNALS_OK && status != ANNALS_CANNOT_WRITE)
        result = fail(options, status, &error);
    else if (!written) {
        fprintf(stderr, "annals: %s: %s\n", path, strerror(errno));
        result = EXIT_COULD_NOT;
    }
    if (!written && file != NULL)
        remove(beside);
    free(beside);
    return result;
}

static int write_folder(struct options *options, annals_record *record,
                        const annals_export_format *format)
{
    annals_exported exported = {0};
    int result = EXIT_DONE;
    if (mkdir(options->output, 0777) != 0 && errno != EEXIST) {
        fprintf(stderr, "annals: %s: %s\n", options->output, strerror(errno));
        return EXIT_COULD_NOT;
    }
    for (size_t i = 0; format->parts[i] != NULL && result == EXIT_DONE; i++) {
        char *folder = joined(options->output, "/");
        char *path = folder != NULL ? joined(folder, format->parts[i]) : NULL;
        options->exporting.part = format->parts[i];
        result = path != NULL ? write_part(options, record, path, &exported) : EXIT_COULD_NOT;
        free(path);
        free(folder);
    }
    return result;
}

static int write_out(struct options *options, annals_record *record,
                     const annals_export_format *format)
{
    annals_exported exported = {0};
    annals_error error = {0};
    annals_status status;
    int result = EXIT_DONE;
    if (format->file) {
        status = annals_export_file(record, &options->query, &options->exporting, options->output,
                                    &exported, &error);
        result = status == ANNALS_OK ? EXIT_DONE : fail(options, status, &error);
    } else if (options->output != NULL && format->parts != NULL) {
        return write_folder(options, record, format);
    } else if (options->output != NULL) {
        result = write_part(options, record, options->output, &exported);
    } else {
        status = annals_export(record, &options->query, &options->exporting, to_standard_output,
                               NULL, &exported, &error);
        if (status != ANNALS_OK)
            result = fail(options, status, &error);
        else if (fflush(stdout) != 0) {
            fprintf(stderr, "annals: standard output: %s\n", strerror(errno));
            result = EXIT_COULD_NOT;
        }
    }
    if (result == EXIT_DONE)
        tell(options, &exported);
    return result;
}

int command_export(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    if (!options_read(&options, settings, OPTIONS_EXPORT | OPTIONS_FILTER, &count, arguments))
        return EXIT_WRONG_USE;
    if (count > 0 || options.as == NULL) {
        fputs("annals: export as what? --as acled, --as geojson, ...: annals help export\n", stderr);
        return EXIT_WRONG_USE;
    }
    if (strcmp(options.as, "dump") == 0) {
        options.query.view = ANNALS_DUMP;
        return answer(&options);
    }
    const annals_export_format *format = find_format(options.as);
    if (format == NULL)
        return no_such_format(options.as);
    if (format->file && options.output == NULL) {
        fprintf(stderr, "annals: where to? %s is a file of its own: -o PATH\n", format->name);
        return EXIT_WRONG_USE;
    }
    options.exporting.format = format->name;
    options.exporting.data = options.query.data = options.settings.data;
    annals_record *record = open_record(&options, ANNALS_READ_ONLY);
    if (record == NULL)
        return EXIT_COULD_NOT;
    int result = write_out(&options, record, format);
    annals_record_close(record);
    return result;
}
