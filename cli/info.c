/* annals info: what this program is, and what the record holds. */
#include "options.h"

#include <unistd.h>

int command_info(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    annals_error error = {0};
    if (!options_read(&options, settings, OPTIONS_FORMAT, &count, arguments))
        return EXIT_WRONG_USE;
    if (count > 0) {
        fprintf(stderr, "annals: \"%s\" is too much\n", arguments[0]);
        return EXIT_WRONG_USE;
    }
    options.query.view = ANNALS_SUMMARY;
    if (options.query.layout != ANNALS_TABLE)
        return answer(&options);
    if (annals_info(options.settings.data, to_standard_output, NULL, &error) != ANNALS_OK) {
        print_error(settings, &error);
        return EXIT_COULD_NOT;
    }
    fputc('\n', stdout);
    if (strstr(options.settings.record, "://") == NULL &&
        access(options.settings.record, F_OK) != 0) {
        printf("no record at %s; `annals read` makes one\n", options.settings.record);
        return EXIT_DONE;
    }
    return answer(&options);
}
