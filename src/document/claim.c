/* Names of the closed vocabularies of claims. */
#include "document/claim.h"

#include <stddef.h>

const char *claim_status_name(enum claim_status status)
{
    static const char *const names[] = {
        [STATUS_ASSERTED] = "asserted",       [STATUS_CLAIMED] = "claimed",
        [STATUS_DENIED] = "denied",           [STATUS_ALLEGED] = "alleged",
        [STATUS_PLANNED] = "planned",         [STATUS_THREATENED] = "threatened",
        [STATUS_CONDITIONAL] = "conditional", [STATUS_NEGATED] = "negated",
        [STATUS_DISPUTED] = "disputed",
    };
    return names[status];
}

const char *control_change_name(enum control_change change)
{
    static const char *const names[] = {
        [CONTROL_NONE] = NULL,       [CONTROL_TAKES] = "takes",       [CONTROL_LOSES] = "loses",
        [CONTROL_HOLDS] = "holds",   [CONTROL_CONTESTS] = "contests", [CONTROL_SHARES] = "shares",
    };
    return names[change];
}
