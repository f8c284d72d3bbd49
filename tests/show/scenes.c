/* Scenes: where, when and how many a claim says, one a line: `trigger TYPE`, then `place=Name`,
 * `from..to precision anchor`, `what who low..high`; what is unknown is left out. */
#include "show.h"

#include <math.h>

static void print_bound(struct buffer *out, double bound)
{
    if (isnan(bound))
        buffer_add_string(out, "?");
    else
        buffer_print(out, "%g", bound);
}

static void print_time(struct buffer *out, const struct claim *claim)
{
    static const char *const precisions[] = {"unknown", "day",  "week",   "month",
                                             "season",  "year", "decade", "century"};
    char from[16], to[16];
    if (claim->from == DAY_UNKNOWN)
        return;
    calendar_write(claim->from, from);
    calendar_write(claim->to, to);
    buffer_print(out, " %s..%s %s %s", from, to, precisions[claim->precision],
                 claim->anchor != NULL ? claim->anchor : "?");
}

static void print_scenes(const struct document *document, struct buffer *out)
{
    for (uint32_t i = 0; i < document->claims.count; i++) {
        const struct claim *claim = &document->claims.items[i];
        buffer_add(out, document_bytes(document, claim->trigger),
                   claim->trigger.end - claim->trigger.start);
        buffer_print(out, " %s", claim->plover);
        if (claim->place != NONE)
            buffer_print(out, " place=%s", document->places.items[claim->place].name);
        print_time(out, claim);
        for (uint32_t j = 0; j < claim->counts.count; j++) {
            const struct claim_count *count = &claim->counts.items[j];
            buffer_print(out, "; %s %s ", count->what, count->who);
            print_bound(out, count->low);
            buffer_add_string(out, "..");
            print_bound(out, count->high);
        }
        buffer_add_byte(out, '\n');
    }
}

const struct show show_scenes = {
    .name = "scenes", .wanted = HAS_CLAIMS, .print = print_scenes, .body = true};
