/* annals stages: prints the stages a report goes through. */
#include "commands.h"

int command_stages(const struct settings *settings, int count, char **arguments)
{
    (void)settings;
    (void)arguments;
    if (count > 0)
        return EXIT_WRONG_USE;
    return annals_stages(to_standard_output, NULL) == ANNALS_OK ? EXIT_DONE : EXIT_COULD_NOT;
}
