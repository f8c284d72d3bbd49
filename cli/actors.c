/* annals actors: lists who takes part and who speaks. */
#include "options.h"

int command_actors(const struct settings *settings, int count, char **arguments)
{
    return list_view(settings, ANNALS_ACTORS, OPTIONS_FORMAT | OPTIONS_FILTER, count,
                     arguments);
}
