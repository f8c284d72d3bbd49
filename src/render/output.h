/* Where rendered text goes: a buffer in front of the sink, with colours and wrapping.
 *
 * Keeps its first failure: after it nothing more is written, and output_end tells. */
#ifndef ANNALS_RENDER_OUTPUT_H
#define ANNALS_RENDER_OUTPUT_H

#include "bytes/buffer.h"
#include "bytes/status.h"

#include <stdint.h>

struct output {
    struct buffer buffer;
    annals_sink sink;
    void *context;
    uint32_t width; /* columns; 0 = no end */
    bool colour;
    bool guarded; /* what a terminal would obey is left out, but for the colours of output_code */
    bool refused; /* the sink wants no more */
};

enum style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM, STYLE_PLACE, STYLE_MARK, STYLE_WARNING };

void output_begin(struct output *output, const annals_query *query, annals_sink sink,
                  void *context);
/* Sends what is left; ANNALS_NO_MEMORY or ANNALS_CANNOT_WRITE after a failure. */
annals_status output_end(struct output *output, annals_error *error);
/* Sends the buffer on when it has grown; called between rows. False: stop. */
bool output_flush(struct output *output);

/* Text in a style; nothing but the text where there are no colours. */
void output_styled(struct output *output, enum style style, const char *text);
/* The codes alone, for text that is built elsewhere: "" where there are no colours. */
const char *output_code(const struct output *output, enum style style);

/* Writes words, broken at blanks, from column `column` on; further lines begin after `indent`
 * blanks. Escape codes within take no room. Ends with a newline. */
void output_wrapped(struct output *output, uint32_t column, uint32_t indent, const char *text);
void output_blanks(struct output *output, size_t count);

#endif
