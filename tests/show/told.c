/* The clauses that a chronology prints: `trigger | clause`; `-` where the whole sentence is shown.
 */
#include "show.h"

static void print_told(const struct document *document, struct buffer *out)
{
    for (uint32_t i = 0; i < document->claims.count; i++) {
        const struct claim *claim = &document->claims.items[i];
        buffer_add(out, document_bytes(document, claim->trigger),
                   claim->trigger.end - claim->trigger.start);
        buffer_print(out, " | %s\n", claim->clause != NULL ? claim->clause : "-");
    }
}

const struct show show_told = {.name = "told", .wanted = HAS_CLAIMS, .print = print_told};
