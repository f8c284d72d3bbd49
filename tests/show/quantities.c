/* Quantities: `[words] low..high`, then what it is: a count of a noun, or its unit; flags; the whole. */
#include "show.h"

#include <math.h>

static void print_bound(double bound, struct buffer *out)
{
    if (isnan(bound))
        buffer_add_string(out, "?");
    else
        buffer_print(out, "%.12g", bound);
}

static void print_token(const struct document *document, uint32_t token, struct buffer *out)
{
    struct byte_span span = document->tokens.items[token].span;
    buffer_add(out, document_bytes(document, span), span.end - span.start);
}

static void print_quantities(const struct document *document, struct buffer *out)
{
    for (uint32_t i = 0; i < document->quantities.count; i++) {
        const struct quantity *quantity = &document->quantities.items[i];
        buffer_add_string(out, "[");
        buffer_add(out, document_bytes(document, quantity->span),
                   quantity->span.end - quantity->span.start);
        buffer_add_string(out, "] ");
        print_bound(quantity->low, out);
        buffer_add_string(out, "..");
        print_bound(quantity->high, out);
        buffer_print(out, "%s%s%s%s", quantity->is_count ? " count" : "",
                     quantity->vague ? " vague" : "", quantity->approximate ? " about" : "",
                     quantity->running ? " running" : "");
        if (quantity->unit != NULL)
            buffer_print(out, " unit=%s", quantity->unit);
        if (quantity->counted != NONE) {
            buffer_add_string(out, " of=");
            print_token(document, quantity->counted, out);
        }
        if (quantity->part_of != NONE) {
            buffer_add_string(out, " part-of=");
            print_token(document, quantity->part_of, out);
        }
        buffer_add_byte(out, '\n');
    }
}

const struct show show_quantities = {
    .name = "quantities", .wanted = HAS_QUANTITIES, .print = print_quantities};
