/* Office documents (DOCX, ODT): their text. */
#ifndef ANNALS_INTAKE_OFFICE_H
#define ANNALS_INTAKE_OFFICE_H

#include "bytes/arena.h"
#include "bytes/status.h"

/* Whether the bytes are a ZIP file that is an office document. */
bool office_is(const char *bytes, size_t length);

/* The text of a DOCX or ODT document in UTF-8, a line a paragraph, in memory of `arena`; unpacked
 * at most `limit` bytes. ANNALS_NOT_TEXT: a document of another kind (a sheet, slides).
 * ANNALS_MALFORMED, ANNALS_EMPTY. */
annals_status office_read(struct arena *arena, const char *bytes, size_t length, size_t limit,
                          const char **text, annals_error *error);

#endif
