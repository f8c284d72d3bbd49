/* HTML pages: the main text, its blocks, and what the page says of itself. */
#ifndef ANNALS_INTAKE_HTML_H
#define ANNALS_INTAKE_HTML_H

#include "bytes/status.h"
#include "document/document.h"

/* Makes `document` of a page in UTF-8: its text is the main text, with paragraphs parted by blank
 * lines; its blocks stand ready for the stage `layout`, which judges the doubtful ones. Facts from
 * metadata are filled in where they are unknown. Memory is at most some hundred times `length`.
 * ANNALS_EMPTY: the page has no text. ANNALS_TOO_LARGE: over the limit of memory. */
annals_status html_read(struct document *document, struct arena *arena, const char *html,
                        size_t length, annals_error *error);

#endif
