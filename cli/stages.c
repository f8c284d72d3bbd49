/* annals stages: prints the stages a report goes through. */
#include "options.h"

int command_stages(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    if (!options_read(&options, settings, OPTIONS_WHERE, &count, arguments))
        return EXIT_WRONG_USE;
    if (count > 0) {
        fprintf(stderr, "annals: \"%s\" is too much\n", arguments[0]);
        return EXIT_WRONG_USE;
    }
    return annals_stages(to_standard_output, NULL) == ANNALS_OK ? EXIT_DONE : EXIT_COULD_NOT;
}
