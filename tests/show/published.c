/* Published: the day and how it was found, or "unknown". */
#include "show.h"

static void print_published(const struct document *document, struct buffer *out)
{
    static const char *const sources[] = {"", " given", " metadata", " printed", " inferred"};
    char day[16] = "unknown";
    if (document->report.published != DAY_UNKNOWN)
        calendar_write(document->report.published, day);
    buffer_print(out, "%s%s\n", day, sources[document->report.published_from]);
}

const struct show show_published = {
    .name = "published", .wanted = HAS_FACTS, .print = print_published};
