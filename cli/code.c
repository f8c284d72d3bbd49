/* annals code: reports in, coded reports out, one JSON object a line. */
#include "coders.h"
#include "lines.h"
#include "options.h"

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
        work->status =
            annals_write(work->document, coding->format, to_standard_output, NULL, &work->error);
    if (work->status == ANNALS_OK)
        return true;
    refuse(coding, work->path, work->line, work->byte, &work->error);
    return work->status != ANNALS_CANNOT_WRITE;
}

/* A line_receiver. */
static bool code_line(void *context, const struct line *line)
{
    struct coding *coding = context;
    struct work work = {.path = line->name, .line = line->number, .byte = (int64_t)line->offset};
    if (annals_read(coding->engine, line->text, line->length, &work.document, &work.error) ==
        ANNALS_OK)
        return coders_give(coding->coders, &work);
    refuse(coding, line->name, line->number, work.byte, &work.error);
    return true;
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
    coding.coders = coders_start(engine, coders_beside(jobs), CODERS_AHEAD, write_coded, &coding);
    bool going = coding.coders != NULL &&
                 lines_read_json(settings, count, arguments, code_line, &coding, &coding.refused);
    if (coding.coders == NULL)
        fputs("annals: out of memory\n", stderr);
    else
        going = coders_finish(coding.coders) && going;
    annals_close(engine);
    if (fflush(stdout) != 0 || !going)
        return EXIT_COULD_NOT;
    return coding.refused ? EXIT_SOME_REFUSED : EXIT_DONE;
}
