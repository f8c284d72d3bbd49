/* The language that is neither English nor unknown; "coded" for the rest. */
#include "show.h"

static void print_language(const struct document *document, struct buffer *out)
{
    buffer_print(out, "%s\n",
                 !document->foreign                   ? "coded"
                 : document->report.language != NULL ? document->report.language
                                                      : "und");
}

const struct show show_language = {
    .name = "language", .wanted = HAS_LANGUAGE, .print = print_language};
