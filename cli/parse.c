/* annals parse: reports or CoNLL-U in; CoNLL-U or trees out. */
#include "lines.h"

struct parsing {
    const struct settings *settings;
    annals_engine *engine;
    annals_format format;
    bool conllu;  /* input is CoNLL-U */
    bool refused; /* some input was */

    /* What was gathered of a document of CoNLL-U. */
    char *gathered;
    size_t used, room;
    uint64_t first; /* its first line */
    bool words;     /* it has some */
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

/* A line_receiver. */
static bool parse_report(void *context, const struct line *line)
{
    return parse_document(context, line->name, line->number, line->text, line->length);
}

/* Parses what was gathered of a document of CoNLL-U. */
static bool parse_gathered(struct parsing *parsing, const char *name)
{
    bool going = !parsing->words ||
                 parse_document(parsing, name, parsing->first, parsing->gathered, parsing->used);
    parsing->words = false;
    parsing->used = 0;
    return going;
}

static bool gather(struct parsing *parsing, const struct line *line)
{
    if (parsing->used + line->length > parsing->room) {
        size_t room = (parsing->used + line->length) * 2;
        char *grown = realloc(parsing->gathered, room);
        if (grown == NULL) {
            annals_error error = {.status = ANNALS_NO_MEMORY, .byte = -1, .line = line->number};
            snprintf(error.file, sizeof error.file, "%s", line->name);
            print_error(parsing->settings, &error);
            return false;
        }
        parsing->gathered = grown;
        parsing->room = room;
    }
    memcpy(parsing->gathered + parsing->used, line->text, line->length);
    parsing->used += line->length;
    return true;
}

/* A line_receiver: the documents of CoNLL-U one at a time; each begins at `# newdoc`. */
static bool parse_conllu(void *context, const struct line *line)
{
    struct parsing *parsing = context;
    if (line->text == NULL)
        return parse_gathered(parsing, line->name);
    if (line->number == 1)
        parsing->first = 1;
    if (parsing->words && strncmp(line->text, "# newdoc", 8) == 0) {
        if (!parse_gathered(parsing, line->name))
            return false;
        parsing->first = line->number;
    }
    parsing->words |= line->text[0] != '#' && line->text[0] != '\n' && line->text[0] != '\r';
    return gather(parsing, line);
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
            fprintf(stderr,
                    strcmp(arguments[at], "--format") == 0
                        ? "annals: %s is conllu (default) or tree\n"
                        : "annals: unknown option %s; `annals help parse` lists those there are\n",
                    arguments[at]);
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
    count -= at;
    arguments += at;
    bool going =
        parsing.conllu
            ? lines_read(settings, count, arguments, parse_conllu, &parsing, &parsing.refused)
            : lines_read_json(settings, count, arguments, parse_report, &parsing, &parsing.refused);
    free(parsing.gathered);
    annals_close(parsing.engine);
    if (fflush(stdout) != 0 || !going)
        return EXIT_COULD_NOT;
    return parsing.refused ? EXIT_SOME_REFUSED : EXIT_DONE;
}
