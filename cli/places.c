/* annals places: lists where it happened. */
#include "options.h"

int command_places(const struct settings *settings, int count, char **arguments)
{
    return list_view(settings, ANNALS_PLACES, OPTIONS_FORMAT | OPTIONS_FILTER, count,
                     arguments);
}
