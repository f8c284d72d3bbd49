/* annals import: event tables of the field as reports of that source, to be compared with others. */
#include "options.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct importing {
    const struct options *options;
    annals_engine *engine;
    annals_record *record;
    const char *path;
    char retrieved[32];
    uint64_t added, known, refused;
    bool failed;
};

static bool is_of_row(annals_status status)
{
    return status == ANNALS_MALFORMED || status == ANNALS_EMPTY || status == ANNALS_TOO_LARGE ||
           status == ANNALS_NOT_TEXT;
}

static void refuse(struct importing *importing, annals_error *error)
{
    snprintf(error->file, sizeof error->file, "%s", importing->path);
    print_error(&importing->options->settings, error);
    importing->refused++;
}

/* Stores one row's report. */
static bool take_row(void *context, annals_document *document, const annals_error *refused)
{
    struct importing *importing = context;
    annals_error error = refused != NULL ? *refused : (annals_error){.byte = -1};
    bool known = false;
    if (document == NULL) {
        refuse(importing, &error);
        return true;
    }
    annals_origin origin = {.path = importing->path, .retrieved = importing->retrieved};
    annals_status status =
        annals_record_knows(importing->record, document, importing->path, &known, &error);
    if (status == ANNALS_OK && !known)
        status = annals_record_add(importing->record, importing->engine, document, &origin, &error);
    annals_document_free(document);
    if (status == ANNALS_OK) {
        importing->known += known;
        importing->added += !known;
        return true;
    }
    refuse(importing, &error);
    importing->failed = !is_of_row(status);
    return !importing->failed;
}

static char *read_whole(const char *path, size_t limit, size_t *length, annals_error *error)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    size_t room = 1 << 16, used = 0, got;
    char *bytes = malloc(room);
    error->byte = -1;
    while (file != NULL && bytes != NULL && (got = fread(bytes + used, 1, room - used, file)) > 0) {
        used += got;
        if (used > limit) {
            snprintf(error->sentence, sizeof error->sentence, "is larger than --max-size");
            free(bytes);
            bytes = NULL;
            break;
        }
        if (used == room) {
            char *more = realloc(bytes, room * 2);
            if (more == NULL)
                free(bytes);
            bytes = more;
            room *= 2;
        }
    }
    if (error->sentence[0] == '\0' && (file == NULL || ferror(file) || bytes == NULL)) {
        snprintf(error->sentence, sizeof error->sentence, "%s", strerror(errno));
        free(bytes);
        bytes = NULL;
    }
    if (file != NULL && file != stdin)
        fclose(file);
    *length = used;
    return bytes;
}

static void import_file(struct importing *importing, const char *path)
{
    annals_error error = {.byte = -1};
    size_t length = 0;
    importing->path = path;
    char *bytes = read_whole(path, importing->options->max_size, &length, &error);
    if (bytes == NULL) {
        refuse(importing, &error);
        return;
    }
    annals_status status = annals_import(importing->engine, importing->options->as, bytes, length,
                                         take_row, importing, &error);
    if (status != ANNALS_OK && status != ANNALS_STOPPED)
        refuse(importing, &error);
    free(bytes);
}

static int finish(struct importing *importing)
{
    annals_error error = {0};
    if (!importing->failed && annals_record_merge(importing->record, &error) != ANNALS_OK) {
        print_error(&importing->options->settings, &error);
        importing->failed = true;
    }
    if (!importing->options->quiet) {
        printf("%" PRIu64 " new row%s", importing->added, importing->added == 1 ? "" : "s");
        if (importing->known > 0)
            printf(", %" PRIu64 " known already", importing->known);
        if (importing->refused > 0)
            printf(", %" PRIu64 " refused", importing->refused);
        printf("%s\n", importing->failed ? "; stopped" : "");
    }
    if (importing->failed || fflush(stdout) != 0)
        return EXIT_COULD_NOT;
    return importing->refused > 0 ? EXIT_SOME_REFUSED : EXIT_DONE;
}

int command_import(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    if (!options_read(&options, settings, OPTIONS_INPUT | OPTIONS_IMPORT, &count, arguments))
        return EXIT_WRONG_USE;
    bool known = options.as != NULL &&
                 (strcmp(options.as, "acled") == 0 || strcmp(options.as, "ucdp") == 0);
    if (count == 0 || !known) {
        fputs("annals: import what? --as acled FILE, or --as ucdp FILE\n", stderr);
        return EXIT_WRONG_USE;
    }
    struct importing importing = {.options = &options};
    annals_error error = {0};
    time_t now = time(NULL);
    struct tm moment;
    strftime(importing.retrieved, sizeof importing.retrieved, "%Y-%m-%dT%H:%M:%SZ",
             gmtime_r(&now, &moment));
    int status = EXIT_COULD_NOT;
    importing.record = open_record(&options, ANNALS_READ_WRITE);
    if (importing.record != NULL &&
        annals_open(settings->data, &importing.engine, &error) != ANNALS_OK) {
        print_error(settings, &error);
    } else if (importing.record != NULL) {
        for (int i = 0; i < count && !importing.failed; i++)
            import_file(&importing, arguments[i]);
        status = finish(&importing);
    }
    annals_close(importing.engine);
    annals_record_close(importing.record);
    return status;
}
