/* annals restore: makes the record from a copy that `annals backup` wrote. */
#include "backup.h"

int command_restore(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    if (!one_file(&options, settings, "restore", &count, arguments))
        return EXIT_WRONG_USE;
    return copy_record(&options, arguments[0], options.settings.record, "the record of the backup");
}
