/* Reads a report: one line of interchange JSON. */
#ifndef ANNALS_FORMATS_REPORT_H
#define ANNALS_FORMATS_REPORT_H

#include "bytes/status.h"
#include "document/document.h"

/* Makes `document` of one JSON object; everything is copied into `arena`. ANNALS_MALFORMED names
 * line, column and byte within `bytes`; ANNALS_EMPTY for a report without text. A `published` that
 * is no date is an error: it is not guessed at. */
annals_status report_read(struct document *document, struct arena *arena, const char *bytes,
                          size_t length, annals_error *error);

#endif
