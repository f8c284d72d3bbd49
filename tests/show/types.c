/* Types of claims: `trigger | TYPE mode status`, the ACLED sub-type where there is one; who takes part is
 * left to the other shows, so that cases of senses hold whatever changes there. */
#include "show.h"

static void print_types(const struct document *document, struct buffer *out)
{
    for (uint32_t i = 0; i < document->claims.count; i++) {
        const struct claim *claim = &document->claims.items[i];
        buffer_add(out, document_bytes(document, claim->trigger),
                   claim->trigger.end - claim->trigger.start);
        buffer_print(out, " | %s", claim->plover);
        if (claim->mode != NULL)
            buffer_print(out, " %s", claim->mode);
        buffer_print(out, " %s", claim_status_name(claim->status));
        if (claim->acled_detail != NULL)
            buffer_print(out, " | %s", claim->acled_detail);
        buffer_add_byte(out, '\n');
    }
}

const struct show show_types = {.name = "types", .wanted = HAS_CLAIMS, .print = print_types};
