/* annals claims: lists the claims of the record. */
#include "options.h"

int command_claims(const struct settings *settings, int count, char **arguments)
{
    return list_view(settings, ANNALS_CLAIMS,
                     OPTIONS_FORMAT | OPTIONS_FILTER | OPTIONS_GROUP | OPTIONS_WITH, count,
                     arguments);
}
