/* Facts: what the report says of itself, one `name: value` a line; what is unknown is left out, but
 * for the date. */
#include "show.h"

static void print_fact(struct buffer *out, const char *name, const char *value)
{
    if (value != NULL)
        buffer_print(out, "%s: %s\n", name, value);
}

static void print_facts(const struct document *document, struct buffer *out)
{
    static const char *const sources[] = {"", " given", " metadata", " printed", " inferred"};
    char day[16] = "unknown";
    if (document->report.published != DAY_UNKNOWN)
        calendar_write(document->report.published, day);
    buffer_print(out, "published: %s%s\n", day, sources[document->report.published_from]);
    print_fact(out, "title", document->report.title);
    print_fact(out, "byline", document->report.byline);
    print_fact(out, "source", document->report.source);
}

const struct show show_facts = {.name = "facts", .wanted = HAS_FACTS, .print = print_facts};
