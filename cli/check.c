/* annals check: looks through the dictionaries for what is wrong. */
#include "options.h"

int command_check(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    annals_error error = {0};
    size_t findings = 0;
    if (!options_read(&options, settings, OPTIONS_WHERE, &count, arguments))
        return EXIT_WRONG_USE;
    if (count > 1) {
        fprintf(stderr, "annals: \"%s\" is too much: check takes one data folder\n", arguments[1]);
        return EXIT_WRONG_USE;
    }
    const char *data = count > 0 ? arguments[0] : options.settings.data;
    if (annals_check(data, to_standard_output, NULL, &findings, &error) != ANNALS_OK) {
        print_error(settings, &error);
        return EXIT_COULD_NOT;
    }
    if (findings == 0)
        puts("nothing found wrong");
    return findings == 0 ? EXIT_DONE : EXIT_SOME_REFUSED;
}
