/* annals show: one event, claim or report with every sentence behind it. */
#include "options.h"

int command_show(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    if (!options_read(&options, settings,
                      OPTIONS_FORMAT | OPTIONS_WHY | OPTIONS_BEST | OPTIONS_WITH, &count,
                      arguments))
        return EXIT_WRONG_USE;
    if (count == 0) {
        fputs("annals: show what? an id, as `annals events` prints them\n", stderr);
        return EXIT_WRONG_USE;
    }
    options.query.view = ANNALS_SHOW;
    int status = EXIT_DONE;
    for (int i = 0; i < count; i++) {
        if (i > 0 && options.query.layout == ANNALS_TABLE)
            fputs("\n\n", stdout);
        options.query.id = arguments[i];
        int one = answer(&options);
        status = one > status ? one : status;
    }
    return status;
}
