/* Claims: `trigger status`, one a line, in the order in which they are made: what is told as done,
 * planned, denied or never done. Types and participants have their own shows. */
#include "show.h"

static void print_claims(const struct document *document, struct buffer *out)
{
    for (uint32_t i = 0; i < document->claims.count; i++) {
        const struct claim *claim = &document->claims.items[i];
        buffer_print(out, "%.*s %s\n", (int)(claim->trigger.end - claim->trigger.start),
                     document_bytes(document, claim->trigger), claim_status_name(claim->status));
    }
}

const struct show show_statuses = {.name = "statuses", .wanted = HAS_CLAIMS, .print = print_claims};
