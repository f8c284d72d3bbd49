/* annals events: lists the events of the record. */
#include "options.h"

int command_events(const struct settings *settings, int count, char **arguments)
{
    return list_view(settings, ANNALS_EVENTS,
                     OPTIONS_FORMAT | OPTIONS_FILTER | OPTIONS_GROUP | OPTIONS_BEST | OPTIONS_WITH,
                     count, arguments);
}
