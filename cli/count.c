/* annals count: how many were killed, wounded, displaced ..., and who says so. */
#include "options.h"

int command_count(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    if (!options_read(&options, settings, OPTIONS_FORMAT | OPTIONS_FILTER | OPTIONS_BEST, &count,
                      arguments))
        return EXIT_WRONG_USE;
    if (count != 1) {
        fputs("annals: count what? killed, wounded, captured, detained, missing, displaced,\n"
              "surrendered, released ...\n",
              stderr);
        return EXIT_WRONG_USE;
    }
    options.query.view = ANNALS_COUNT;
    options.query.what = arguments[0];
    return answer(&options);
}
