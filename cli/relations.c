/* annals relations: lists who fights, accuses, supplies, talks to whom. */
#include "options.h"

int command_relations(const struct settings *settings, int count, char **arguments)
{
    return list_view(settings, ANNALS_RELATIONS, OPTIONS_FORMAT | OPTIONS_FILTER | OPTIONS_GROUP, count,
                     arguments);
}
