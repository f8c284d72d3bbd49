/* annals code: reports in, coded reports out, one JSON object a line. */
#include "options.h"

#include <errno.h>

struct coding {
    const struct settings *settings;
    annals_engine *engine;
    bool refused;
};

static bool code_line(struct coding *coding, const char *name, uint64_t number, uint64_t offset,
                      const char *line, size_t length)
{
    annals_document *document = NULL;
    annals_error error = {0};
    annals_status status = annals_read(coding->engine, line, length, &document, &error);
    if (status == ANNALS_OK)
        status = annals_code(coding->engine, document, &error);
    if (status == ANNALS_OK)
        status = annals_write(document, ANNALS_CODED_JSON, to_standard_output, NULL, &error);
    annals_document_free(document);
    if (status == ANNALS_OK)
        return true;
    snprintf(error.file, sizeof error.file, "%s", name);
    error.line = number;
    error.byte = (int64_t)offset + (error.byte > 0 ? error.byte : 0);
    print_error(coding->settings, &error);
    coding->refused = true;
    return status != ANNALS_CANNOT_WRITE;
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

int command_code(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    struct coding coding = {.settings = settings};
    annals_error error = {0};
    if (!options_read(&options, settings, OPTIONS_WHERE | OPTIONS_OWN, &count, arguments))
        return EXIT_WRONG_USE;
    annals_settings engine = {
        .data = options.settings.data, .actors = options.actors, .agents = options.agents};
    if (annals_open_settings(&engine, &coding.engine, &error) != ANNALS_OK) {
        print_error(settings, &error);
        return EXIT_COULD_NOT;
    }
    bool going = true;
    if (count == 0)
        going = code_stream(&coding, "standard input", stdin);
    for (int i = 0; i < count && going; i++)
        going = strcmp(arguments[i], "-") == 0 ? code_stream(&coding, "standard input", stdin)
                                               : code_file(&coding, arguments[i]);
    annals_close(coding.engine);
    if (fflush(stdout) != 0 || !going)
        return EXIT_COULD_NOT;
    return coding.refused ? EXIT_SOME_REFUSED : EXIT_DONE;
}
