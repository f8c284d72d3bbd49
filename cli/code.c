/* annals code: reports in, coded reports out, one JSON object a line. */
#include "coders.h"
#include "options.h"

#include <errno.h>

struct coding {
    const struct settings *settings;
    const annals_engine *engine;
    struct coders *coders;
    annals_format format;
    bool refused;
};

static void refuse(struct coding *coding, const char *name, uint64_t number, int64_t byte,
                   annals_error *error)
{
    snprintf(error->file, sizeof error->file, "%s", name);
    error->line = number;
    error->byte = byte + (error->byte > 0 ? error->byte : 0);
    print_error(coding->settings, error);
    coding->refused = true;
}

/* A coded_receiver: writes the line, in the order of the input. */
static bool write_coded(void *context, struct work *work)
{
    struct coding *coding = context;
    if (work->status == ANNALS_OK)
        work->status = annals_write(work->document, coding->format, to_standard_output, NULL,
                                    &work->error);
    if (work->status == ANNALS_OK)
        return true;
    refuse(coding, work->path, work->line, work->byte, &work->error);
    return work->status != ANNALS_CANNOT_WRITE;
}

static bool code_line(struct coding *coding, const char *name, uint64_t number, uint64_t offset,
                      const char *line, size_t length)
{
    struct work work = {.path = name, .line = number, .byte = (int64_t)offset};
    if (annals_read(coding->engine, line, length, &work.document, &work.error) == ANNALS_OK)
        return coders_give(coding->coders, &work);
    refuse(coding, name, number, (int64_t)offset, &work.error);
    return true;
}

static bool code_stream(struct coding *coding, const char *name, FILE *stream)
{
    char *line = NULL;
    size_t capacity = 0;
    uint64_t number = 0, offset = 0;
    bool going = true;
    ssize_t length;
    while (going && (length = getline(&line, &capacity, stream)) >= 0) {
        number++;
        if (strspn(line, " \t\r\n") < (size_t)length)
            going = code_line(coding, name, number, offset, line, (size_t)length);
        offset += (uint64_t)length;
    }
    free(line);
    return going;
}

static bool code_file(struct coding *coding, const char *path)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        fprintf(stderr, "annals: %s: %s\n", path, strerror(errno));
        coding->refused = true;
        return true;
    }
    bool going = code_stream(coding, path, stream);
    fclose(stream);
    return going;
}

/* Every file in turn; false where the output cannot be written. */
static bool code_all(struct coding *coding, int count, char **arguments)
{
    bool going = true;
    if (count == 0)
        going = code_stream(coding, "standard input", stdin);
    for (int i = 0; i < count && going; i++)
        going = strcmp(arguments[i], "-") == 0 ? code_stream(coding, "standard input", stdin)
                                               : code_file(coding, arguments[i]);
    return going;
}

int command_code(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    struct coding coding = {.settings = settings};
    annals_engine *engine = NULL;
    annals_error error = {0};
    if (!options_read(&options, settings, OPTIONS_WHERE | OPTIONS_OWN | OPTIONS_JOBS, &count,
                      arguments))
        return EXIT_WRONG_USE;
    annals_settings own = {
        .data = options.settings.data, .actors = options.actors, .agents = options.agents};
    if (annals_open_settings(&own, &engine, &error) != ANNALS_OK) {
        print_error(settings, &error);
        return EXIT_COULD_NOT;
    }
    coding.engine = engine;
    coding.format = options.explain ? ANNALS_EXPLAINED_JSON : ANNALS_CODED_JSON;
    unsigned jobs = options.jobs > 0 ? options.jobs : default_jobs();
    coding.coders =
        coders_start(engine, coders_beside(jobs), CODERS_AHEAD, write_coded, &coding);
    bool going = coding.coders != NULL && code_all(&coding, count, arguments);
    if (coding.coders == NULL)
        fputs("annals: out of memory\n", stderr);
    else
        going = coders_finish(coding.coders) && going;
    annals_close(engine);
    if (fflush(stdout) != 0 || !going)
        return EXIT_COULD_NOT;
    return coding.refused ? EXIT_SOME_REFUSED : EXIT_DONE;
}
