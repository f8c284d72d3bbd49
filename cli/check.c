/* annals check: looks through the dictionaries, or files of other coders, for what is wrong. */
#include "options.h"

#include <sys/stat.h>

static bool is_file(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISREG(facts.st_mode);
}

int command_check(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    annals_error error = {0};
    size_t findings = 0, all = 0;
    if (!options_read(&options, settings, OPTIONS_WHERE, &count, arguments))
        return EXIT_WRONG_USE;
    bool files = count > 0 && is_file(arguments[0]);
    if (count > 1 && !files) {
        fprintf(stderr, "annals: \"%s\" is too much: check takes one data folder, or files\n",
                arguments[1]);
        return EXIT_WRONG_USE;
    }
    const char *data = count > 0 && !files ? arguments[0] : options.settings.data;
    annals_status status = ANNALS_OK;
    if (!files)
        status = annals_check(data, to_standard_output, NULL, &all, &error);
    for (int i = 0; files && i < count && status == ANNALS_OK; i++) {
        status = annals_check_coder_file(data, arguments[i], to_standard_output, NULL, &findings,
                                         &error);
        all += findings;
    }
    if (status != ANNALS_OK) {
        print_error(settings, &error);
        return EXIT_COULD_NOT;
    }
    if (all == 0)
        puts("nothing found wrong");
    return all == 0 ? EXIT_DONE : EXIT_SOME_REFUSED;
}
