/* annals reports: lists the reports of the record. */
#include "options.h"

int command_reports(const struct settings *settings, int count, char **arguments)
{
    return list_view(settings, ANNALS_REPORTS,
                     OPTIONS_FORMAT | OPTIONS_FILTER | OPTIONS_GROUP | OPTIONS_WITH, count,
                     arguments);
}
