/* annals note: a note on an event, claim or report. */
#include "deciding.h"

int command_note(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    if (!options_read(&options, settings, OPTIONS_AUTHOR, &count, arguments))
        return EXIT_WRONG_USE;
    if (count != 2 || arguments[1][0] == '\0') {
        fputs("annals: note what? an id, then the text, in quotes\n", stderr);
        return EXIT_WRONG_USE;
    }
    annals_decision decision = {.kind = "note",
                                .ids = (const char *const *)arguments,
                                .id_count = 1,
                                .reason = arguments[1]};
    return keep_decisions(&options, &decision, 1);
}
