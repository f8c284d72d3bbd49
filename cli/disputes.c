/* annals disputes: where reports or speakers contradict one another. */
#include "options.h"

int command_disputes(const struct settings *settings, int count, char **arguments)
{
    return list_view(settings, ANNALS_DISPUTES, OPTIONS_FORMAT | OPTIONS_FILTER, count, arguments);
}
