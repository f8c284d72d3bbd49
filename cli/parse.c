/* annals parse: reports or CoNLL-U in; CoNLL-U or trees out. */
#include "commands.h"

#include <errno.h>

struct parsing {
    const struct settings *settings;
    annals_engine *engine;
    annals_format format;
    bool conllu;  /* input is CoNLL-U */
    bool refused; /* some input was */
};

/* Parses one document and writes it; false where output failed. */
static bool parse_document(struct parsing *parsing, const char *name, uint64_t line,
                           const char *bytes, size_t length)
{
    annals_document *document = NULL;
    annals_error error = {0};
    annals_status status =
        parsing->conllu ? annals_read_conllu(parsing->engine, bytes, length, &document, &error)
                        : annals_read(parsing->engine, bytes, length, &document, &error);
    if (status == ANNALS_OK)
        status = annals_parse(parsing->engine, document, &error);
    if (status == ANNALS_OK)
        status = annals_write(document, parsing->format, to_standard_output, NULL, &error);
    annals_document_free(document);
    if (status == ANNALS_OK)
        return true;
    snprintf(error.file, sizeof error.file, "%s", name);
    error.line = parsing->conllu && error.line > 0 ? line + error.line - 1 : line;
    error.byte = -1;
    print_error(parsing->settings, &error);
    parsing->refused = true;
    return status != ANNALS_CANNOT_WRITE;
}

static bool parse_reports(struct parsing *parsing, const char *name, FILE *stream)
{
    char *line = NULL;
    size_t capacity = 0;
    uint64_t number = 0;
    bool going = true;
    ssize_t length;
    while (going && (length = getline(&line, &capacity, stream)) >= 0) {
        number++;
        if (strspn(line, " \t\r\n") < (size_t)length)
            going = parse_document(parsing, name, number, line, (size_t)length);
    }
    free(line);
    return going;
}

/* The documents of a CoNLL-U stream, one at a time: each begins at `# newdoc`. */
static bool parse_conllu(struct parsing *parsing, const char *name, FILE *stream)
{
    char *line = NULL, *gathered = NULL;
    size_t capacity = 0, room = 0, used = 0;
    uint64_t number = 0, first = 1;
    bool going = true, words = false;
    ssize_t length;
    while (going && (length = getline(&line, &capacity, stream)) >= 0) {
        number++;
        if (words && strncmp(line, "# newdoc", 8) == 0) {
            going = parse_document(parsing, name, first, gathered, used);
            used = 0;
            words = false;
            first = number;
        }
        words |= line[0] != '#' && line[0] != '\n' && line[0] != '\r';
        if (used + (size_t)length > room) {
            room = (used + (size_t)length) * 2;
            char *grown = realloc(gathered, room);
            if (grown == NULL) {
                fprintf(stderr, "annals: %s: out of memory\n", name);
                going = false;
                break;
            }
            gathered = grown;
        }
        memcpy(gathered + used, line, (size_t)length);
        used += (size_t)length;
    }
    if (going && words)
        going = parse_document(parsing, name, first, gathered, used);
    free(gathered);
    free(line);
    return going;
}

static bool parse_stream(struct parsing *parsing, const char *name, FILE *stream)
{
    return parsing->conllu ? parse_conllu(parsing, name, stream)
                           : parse_reports(parsing, name, stream);
}

static bool parse_file(struct parsing *parsing, const char *path)
{
    if (strcmp(path, "-") == 0)
        return parse_stream(parsing, "standard input", stdin);
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        fprintf(stderr, "annals: %s: %s\n", path, strerror(errno));
        parsing->refused = true;
        return true;
    }
    bool going = parse_stream(parsing, path, stream);
    fclose(stream);
    return going;
}

/* Reads the options; returns how many arguments they take, or -1. */
static int read_options(struct parsing *parsing, int count, char **arguments)
{
    int at = 0;
    for (; at < count && strncmp(arguments[at], "--", 2) == 0; at++) {
        bool format = strcmp(arguments[at], "--format") == 0 && at + 1 < count;
        if (strcmp(arguments[at], "--conllu") == 0) {
            parsing->conllu = true;
        } else if (format && strcmp(arguments[at + 1], "tree") == 0) {
            parsing->format = ANNALS_TREE;
            at++;
        } else if (format && strcmp(arguments[at + 1], "conllu") == 0) {
            parsing->format = ANNALS_CONLLU;
            at++;
        } else {
            fprintf(stderr, "annals: parse does not know %s\n", arguments[at]);
            return -1;
        }
    }
    return at;
}

int command_parse(const struct settings *settings, int count, char **arguments)
{
    struct parsing parsing = {.settings = settings, .format = ANNALS_CONLLU};
    annals_error error = {0};
    int at = read_options(&parsing, count, arguments);
    if (at < 0)
        return EXIT_WRONG_USE;
    if (annals_open(settings->data, &parsing.engine, &error) != ANNALS_OK) {
        print_error(settings, &error);
        return EXIT_COULD_NOT;
    }
    bool going = true;
    if (at == count)
        going = parse_stream(&parsing, "standard input", stdin);
    for (; at < count && going; at++)
        going = parse_file(&parsing, arguments[at]);
    annals_close(parsing.engine);
    if (fflush(stdout) != 0 || !going)
        return EXIT_COULD_NOT;
    return parsing.refused ? EXIT_SOME_REFUSED : EXIT_DONE;
}
