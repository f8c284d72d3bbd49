/* annals merge: several events are one. */
#include "deciding.h"

int command_merge(const struct settings *settings, int count, char **arguments)
{
    return decide_once(settings, "merge", 2,
                       "two events or more, as `annals events` prints their ids", count, arguments);
}
