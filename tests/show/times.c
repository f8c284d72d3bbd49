/* Times: `[words] TYPE value`, then the days it spans with their precision and what anchors it. */
#include "show.h"

static void print_times(const struct document *document, struct buffer *out)
{
    static const char *const types[] = {"DATE", "TIME", "DURATION", "SET"};
    static const char *const precisions[] = {"unknown", "day", "week", "month", "season", "year",
                                             "decade", "century"};
    for (uint32_t i = 0; i < document->times.count; i++) {
        const struct time_mention *time = &document->times.items[i];
        char from[16], to[16];
        buffer_add_string(out, "[");
        buffer_add(out, document_bytes(document, time->span), time->span.end - time->span.start);
        buffer_print(out, "] %s %s", types[time->type], time->value != NULL ? time->value : "null");
        if (time->from != DAY_UNKNOWN) {
            calendar_write(time->from, from);
            calendar_write(time->to, to);
            buffer_print(out, " %s..%s %s", from, to, precisions[time->precision]);
        }
        if (time->anchor != NULL)
            buffer_print(out, " %s", time->anchor);
        buffer_add_byte(out, '\n');
    }
}

const struct show show_times = {.name = "times", .wanted = HAS_TIMES, .print = print_times};
