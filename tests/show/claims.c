/* Claims: `[trigger] TYPE cameo status`, then agents, patients, instruments, place, counts, control
 * and the ACLED sub-type, each where there is one. */
#include "show.h"

static void print_words(const struct document *document, struct byte_span span, struct buffer *out)
{
    buffer_add(out, document_bytes(document, span), span.end - span.start);
}

static void print_participants(const struct document *document, const char *slot,
                               const struct participant *items, uint32_t count, struct buffer *out)
{
    for (uint32_t i = 0; i < count; i++) {
        buffer_print(out, " %s=", slot);
        print_words(document, items[i].span, out);
        if (items[i].kind != NULL)
            buffer_print(out, "(%s)", items[i].kind);
    }
}

static void print_claims(const struct document *document, struct buffer *out)
{
    for (uint32_t i = 0; i < document->claims.count; i++) {
        const struct claim *claim = &document->claims.items[i];
        buffer_add_string(out, "[");
        print_words(document, claim->trigger, out);
        buffer_print(out, "] %s %s %s", claim->plover, claim->cameo,
                     claim_status_name(claim->status));
        print_participants(document, "agent", claim->agents.items, claim->agents.count, out);
        print_participants(document, "patient", claim->patients.items, claim->patients.count, out);
        print_participants(document, "with", claim->instruments.items, claim->instruments.count,
                           out);
        if (claim->place != NONE)
            buffer_print(out, " in=%s", document->places.items[claim->place].name);
        for (uint32_t j = 0; j < claim->counts.count; j++)
            buffer_print(out, " %s=%g..%g", claim->counts.items[j].what,
                         claim->counts.items[j].low, claim->counts.items[j].high);
        if (claim->control != CONTROL_NONE)
            buffer_print(out, " control=%s", control_change_name(claim->control));
        if (claim->acled_detail != NULL)
            buffer_print(out, " acled=%s", claim->acled_detail);
        buffer_add_byte(out, '\n');
    }
}

const struct show show_claims = {.name = "claims", .wanted = HAS_CLAIMS, .print = print_claims};
