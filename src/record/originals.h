/* The bytes a report came as: compressed, unless they are the text itself. */
#ifndef ANNALS_RECORD_ORIGINALS_H
#define ANNALS_RECORD_ORIGINALS_H

#include "record/sqlite.h"

/* `bytes` packed into `arena` (zlib, RFC 1950); NULL where that saves nothing. */
const void *originals_pack(struct arena *arena, const void *bytes, size_t length, size_t *packed);

/* The opposite: `size` bytes; NULL where they are damaged, or memory is out (`arena` tells). */
const void *originals_unpack(struct arena *arena, const void *packed, size_t length, size_t size);

#endif
