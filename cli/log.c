/* annals log: what people decided. */
#include "options.h"

int command_log(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    if (!options_read(&options, settings, OPTIONS_FORMAT, &count, arguments))
        return EXIT_WRONG_USE;
    if (count > 1) {
        fprintf(stderr, "annals: \"%s\" is too much: log takes one id\n", arguments[1]);
        return EXIT_WRONG_USE;
    }
    options.query.view = ANNALS_LOG;
    options.query.id = count > 0 ? arguments[0] : NULL;
    return answer(&options);
}
