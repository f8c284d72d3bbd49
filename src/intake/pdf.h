/* PDF files: their text, by pdftotext as a confined child process. */
#ifndef ANNALS_INTAKE_PDF_H
#define ANNALS_INTAKE_PDF_H

#include "bytes/arena.h"
#include "bytes/status.h"

/* The text of a PDF in UTF-8, in memory of `arena`. ANNALS_EMPTY: it holds none (a scan).
 * ANNALS_NOT_TEXT: pdftotext refuses it (its reason), takes longer than 30 seconds, or is not
 * installed. ANNALS_TOO_LARGE: over 64 MiB of text. */
annals_status pdf_read(struct arena *arena, const char *bytes, size_t length, const char **text,
                       annals_error *error);

#endif
