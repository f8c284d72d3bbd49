/* Claims: `trigger | type | status | agents > patients`, in the order in which they are made; each
 * participant by its actor's name, or its words where it is nobody known; "-" for none. */
#include "show.h"

static void print_participants(const struct document *document, const struct participant *items,
                               uint32_t count, struct buffer *out)
{
    if (count == 0)
        buffer_add_byte(out, '-');
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_print(out, "; ");
        if (items[i].actor != NONE)
            buffer_print(out, "%s", document->actors.items[items[i].actor].name);
        else
            buffer_print(out, "%.*s", (int)(items[i].span.end - items[i].span.start),
                         document_bytes(document, items[i].span));
    }
}

static void print_claims(const struct document *document, struct buffer *out)
{
    for (uint32_t i = 0; i < document->claims.count; i++) {
        const struct claim *claim = &document->claims.items[i];
        buffer_print(out, "%.*s | %s | %s | ", (int)(claim->trigger.end - claim->trigger.start),
                     document_bytes(document, claim->trigger), claim->plover,
                     claim_status_name(claim->status));
        print_participants(document, claim->agents.items, claim->agents.count, out);
        buffer_print(out, " > ");
        print_participants(document, claim->patients.items, claim->patients.count, out);
        buffer_add_byte(out, '\n');
    }
}

const struct show show_who = {.name = "who", .wanted = HAS_CLAIMS, .print = print_claims};
