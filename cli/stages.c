/* annals stages: prints the stages a report goes through; on a terminal in columns. */
#include "options.h"

#include "help.h"

#include <unistd.h>

/* A line of three short cells and a sentence, with tabs between them: the name, what it needs, what
 * it gives above what it does. */
static bool to_terminal(void *context, const char *bytes, size_t length)
{
    enum { NAME = 13 };
    char line[1024];
    (void)context;
    snprintf(line, sizeof line, "%.*s", (int)length, bytes);
    char *cells[4] = {line};
    for (int i = 1; i < 4; i++) {
        char *tab = strchr(cells[i - 1], '\t');
        if (tab == NULL)
            return to_standard_output(context, bytes, length);
        *tab = '\0';
        cells[i] = tab + 1;
    }
    printf("%-*s", NAME, cells[0]);
    help_write_words(stdout, cells[3], NAME, NAME);
    printf("%*sneeds %s; gives %s\n", NAME, "", cells[1][0] != '\0' ? cells[1] : "nothing",
           cells[2]);
    return ferror(stdout) == 0;
}

int command_stages(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    if (!options_read(&options, settings, OPTIONS_WHERE, &count, arguments))
        return EXIT_WRONG_USE;
    if (count > 0) {
        fprintf(stderr, "annals: \"%s\" is too much\n", arguments[0]);
        return EXIT_WRONG_USE;
    }
    return annals_stages(isatty(STDOUT_FILENO) ? to_terminal : to_standard_output, NULL) ==
                   ANNALS_OK
               ? EXIT_DONE
               : EXIT_COULD_NOT;
}
