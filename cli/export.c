/* annals export: the record for other programs. */
#include "options.h"

int command_export(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    if (!options_read(&options, settings, OPTIONS_EXPORT | OPTIONS_FILTER, &count, arguments))
        return EXIT_WRONG_USE;
    if (count > 0 || options.as == NULL) {
        fputs("annals: export as what? --as geojson, or --as dump\n", stderr);
        return EXIT_WRONG_USE;
    }
    if (strcmp(options.as, "geojson") == 0) {
        options.query.view = ANNALS_GEOJSON;
    } else if (strcmp(options.as, "dump") == 0) {
        options.query.view = ANNALS_DUMP;
    } else {
        fprintf(stderr, "annals: there is no export as \"%s\"; geojson or dump\n", options.as);
        return EXIT_WRONG_USE;
    }
    return answer(&options);
}
