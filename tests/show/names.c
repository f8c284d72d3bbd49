/* Names: `kind: text`, one a line; a kind that is little sure has "?" behind it. */
#include "show.h"

static void print_names(const struct document *document, struct buffer *out)
{
    static const char *const kinds[] = {"person", "organisation", "place", "nationality", "other"};
    for (uint32_t i = 0; i < document->names.count; i++) {
        const struct name *name = &document->names.items[i];
        buffer_print(out, "%s%s: %.*s\n", kinds[name->kind], name->certainty < 0.6f ? "?" : "",
                     (int)(name->span.end - name->span.start),
                     document_bytes(document, name->span));
    }
}

const struct show show_names = {.name = "names", .wanted = HAS_NAMES, .print = print_names,
                               .body = true};
