/* Datelines: "MAZAR-E SHARIF, Afghanistan (CNN) --" at the head of a paragraph. */
#ifndef ANNALS_INTAKE_DATELINE_H
#define ANNALS_INTAKE_DATELINE_H

#include "bytes/span.h"

#include <stdbool.h>

/* How many bytes at the head of paragraph `span` are a dateline, with the dash or stop that closes
 * it; 0 where there is none. `first` says that running text begins with this paragraph, where less
 * evidence is enough. `capitals` says that the text has no lower case to tell a place by. */
uint32_t dateline_length(const char *text, struct byte_span span, bool first, bool capitals);

#endif
