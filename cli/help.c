/* annals help: all commands, or one with its options, in lines that the terminal can hold. */
#include "help.h"

#include "options.h"

#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDEST = 100, NARROWEST = 60 };

/* Columns of the terminal that `stream` writes to; WIDEST where it is none, or wider. */
static unsigned columns_of(FILE *stream)
{
    struct winsize size;
    if (!isatty(fileno(stream)) || ioctl(fileno(stream), TIOCGWINSZ, &size) != 0 ||
        size.ws_col == 0 || size.ws_col > WIDEST)
        return WIDEST;
    return size.ws_col < NARROWEST ? NARROWEST : size.ws_col;
}

/* Writes `length` bytes of words from `column` on; where it came to. */
static unsigned write_words(FILE *stream, const char *text, size_t length, unsigned column,
                            unsigned indent, unsigned width)
{
    const char *end = text + length;
    bool first = true;
    while ((text += strspn(text, " \n")) < end) {
        size_t word = strcspn(text, " \n");
        if (!first && column + 1 + word > width) {
            fprintf(stream, "\n%*s", (int)indent, "");
            column = indent;
            first = true;
        }
        column += (unsigned)fprintf(stream, "%s%.*s", first ? "" : " ", (int)word, text);
        first = false;
        text += word;
    }
    return column;
}

void help_write_words(FILE *stream, const char *text, unsigned column, unsigned indent)
{
    write_words(stream, text, strlen(text), column, indent, columns_of(stream));
    fputc('\n', stream);
}

/* The length of the paragraph at `text`: to an empty line or one that is indented. */
static size_t paragraph_length(const char *text)
{
    size_t length = strcspn(text, "\n");
    while (text[length] == '\n' && text[length + 1] != '\0' && strchr(" \n", text[length + 1]) == NULL)
        length += 1 + strcspn(text + length + 1, "\n");
    return length;
}

/* Help as it was written; on a terminal that is too narrow for that, its paragraphs anew. */
static void write_text(FILE *stream, const char *text)
{
    unsigned width = columns_of(stream);
    if (width == WIDEST) {
        fputs(text, stream);
        return;
    }
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        if (*text == ' ') /* a list, whose columns stay */
            fprintf(stream, "%.*s", (int)length, text);
        else
            write_words(stream, text, length = paragraph_length(text), 0, 0, width);
        fputc('\n', stream);
        text += length;
        text += *text == '\n';
    }
}

void help_print(FILE *stream)
{
    fputs("Usage: annals [--record FILE] [--data FOLDER] COMMAND ...\n\n", stream);
    for (const struct command *command = commands; command->name != NULL; command++)
        fprintf(stream, "  %-12s %s\n", command->name, command->summary);
    fputs("\nBefore the command, or among its options:\n", stream);
    options_print(OPTIONS_WHERE, stream);
    fputs("  --help              this, or more of one command\n"
          "  --version           the version\n"
          "\nExit status: 0 done; 1 done, but some input was refused; 2 wrong use; 3 could not.\n"
          "`annals help COMMAND` says more of one; `man annals` says it all.\n",
          stream);
}

int help_of(const char *name)
{
    const struct command *command = command_find(name);
    if (command == NULL) {
        fprintf(stderr, "annals: there is no command \"%s\"; `annals help` lists them\n", name);
        return EXIT_WRONG_USE;
    }
    printf("Usage: annals %s%s%s%s\n\n", command->name,
           command->options != 0 ? " [OPTION...]" : "", command->usage[0] != '\0' ? " " : "",
           command->usage);
    write_text(stdout, command->help);
    if (command->options != 0)
        fputs("\nOptions:\n", stdout);
    options_print(command->options, stdout);
    return EXIT_DONE;
}

int command_help(const struct settings *settings, int count, char **arguments)
{
    (void)settings;
    if (count > 0)
        return help_of(arguments[0]);
    help_print(stdout);
    return EXIT_DONE;
}
