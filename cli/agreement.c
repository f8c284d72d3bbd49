/* annals agreement: how far people agree who decided on the same claims. */
#include "options.h"

int command_agreement(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    if (!options_read(&options, settings, OPTIONS_FORMAT, &count, arguments))
        return EXIT_WRONG_USE;
    if (count != 0 && count != 2) {
        fputs("annals: agreement of whom? two authors, or nobody: all who decided\n", stderr);
        return EXIT_WRONG_USE;
    }
    options.query.view = ANNALS_AGREEMENT;
    options.query.author = count == 2 ? arguments[0] : NULL;
    options.query.other = count == 2 ? arguments[1] : NULL;
    return answer(&options);
}
