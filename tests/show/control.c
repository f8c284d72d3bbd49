/* Control: `change holder @ place`, then the status where it is not asserted, of each claim that says
 * who has a place; "-" for a holder who is not told. */
#include "show.h"

static void print_control(const struct document *document, struct buffer *out)
{
    for (uint32_t i = 0; i < document->claims.count; i++) {
        const struct claim *claim = &document->claims.items[i];
        if (claim->control == CONTROL_NONE)
            continue;
        buffer_print(out, "%s %s @ %s", control_change_name(claim->control),
                     claim->control_holder != NONE
                         ? document->actors.items[claim->control_holder].name
                         : "-",
                     document->places.items[claim->control_place].name);
        if (claim->status != STATUS_ASSERTED)
            buffer_print(out, " (%s)", claim_status_name(claim->status));
        buffer_add_byte(out, '\n');
    }
}

const struct show show_control = {.name = "control", .wanted = HAS_CLAIMS, .print = print_control};
