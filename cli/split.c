/* annals split: claims of an event are an event of their own. */
#include "deciding.h"

int command_split(const struct settings *settings, int count, char **arguments)
{
    return decide_once(
        settings, "split", 2,
        "an event, then the claims that leave it, as `annals show EVENT` prints them", count,
        arguments);
}
