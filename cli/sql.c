/* annals sql: one SELECT over the record. */
#include "options.h"

int command_sql(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    if (!options_read(&options, settings, OPTIONS_FORMAT | OPTIONS_SQL, &count, arguments))
        return EXIT_WRONG_USE;
    if (count != 1) {
        fputs(count == 0 ? "annals: sql what? one SELECT, in quotes\n"
                         : "annals: sql takes one SELECT, in quotes\n",
              stderr);
        return EXIT_WRONG_USE;
    }
    options.query.view = ANNALS_SQL;
    options.query.sql = arguments[0];
    return answer(&options);
}
