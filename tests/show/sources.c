/* Sources of claims: `trigger status < source < source`, innermost first, one claim a line; "-" for
 * a source that is not named. */
#include "show.h"

static void print_claims(const struct document *document, struct buffer *out)
{
    for (uint32_t i = 0; i < document->claims.count; i++) {
        const struct claim *claim = &document->claims.items[i];
        buffer_print(out, "%.*s %s", (int)(claim->trigger.end - claim->trigger.start),
                     document_bytes(document, claim->trigger), claim_status_name(claim->status));
        for (uint32_t j = 0; j < claim->according_to.count; j++) {
            struct byte_span words = claim->according_to.items[j].span;
            if (span_is_empty(words))
                buffer_print(out, " < -");
            else
                buffer_print(out, " < %.*s", (int)(words.end - words.start),
                             document_bytes(document, words));
        }
        buffer_print(out, "\n");
    }
}

const struct show show_sources = {.name = "sources", .wanted = HAS_CLAIMS, .print = print_claims};
