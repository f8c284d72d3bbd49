/* RTF documents: their text. */
#ifndef ANNALS_INTAKE_RTF_H
#define ANNALS_INTAKE_RTF_H

#include "bytes/arena.h"
#include "bytes/status.h"

/* The text of an RTF document in UTF-8, paragraphs parted by line feeds. ANNALS_MALFORMED names the
 * byte; ANNALS_EMPTY. */
annals_status rtf_read(struct arena *arena, const char *bytes, size_t length, const char **text,
                       annals_error *error);

#endif
