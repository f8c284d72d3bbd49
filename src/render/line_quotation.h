/* The sentence of a claim as a quotation. */
#ifndef ANNALS_RENDER_LINE_QUOTATION_H
#define ANNALS_RENDER_LINE_QUOTATION_H

#include "bytes/buffer.h"
#include "record/record.h"

/* The sentence in quotation marks, its own made single; cut at a word where it is long, without the
 * dateline before it. The title where no sentence is kept, else the PLOVER type. */
void line_add_quotation(struct buffer *buffer, const struct record_claim *claim);

#endif
