/* Prints one layer of a document, for tests/cases. To add one: a file here, a line in shows.h. */
#ifndef ANNALS_TESTS_SHOW_H
#define ANNALS_TESTS_SHOW_H

#include "bytes/buffer.h"
#include "document/stage.h"

struct show {
    const char *name;
    uint32_t wanted; /* layers that must be filled */
    void (*print)(const struct document *document, struct buffer *out);
    bool body; /* all of the text is body: the layout of the page is not looked at */
};

#define SHOW(name) extern const struct show show_##name;
#include "shows.h"
#undef SHOW

#endif
