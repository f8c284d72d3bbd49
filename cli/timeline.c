/* annals timeline: the record as a reader's chronology. */
#include "options.h"

int command_timeline(const struct settings *settings, int count, char **arguments)
{
    return list_view(settings, ANNALS_TIMELINE,
                     OPTIONS_FORMAT | OPTIONS_FILTER | OPTIONS_IDS | OPTIONS_WITH, count,
                     arguments);
}
