/* Writes a coded report: one line of interchange JSON. */
#ifndef ANNALS_FORMATS_CODED_H
#define ANNALS_FORMATS_CODED_H

#include "bytes/buffer.h"
#include "document/document.h"

/* Appends the line, with its newline, to `buffer`; `scratch` is used for the position index.
 * `explain` adds `rule` and `explanation` to each claim. */
void coded_write(const struct document *document, bool explain, struct arena *scratch,
                 struct buffer *buffer);

#endif
