/* A file mapped read-only into memory. */
#ifndef ANNALS_BYTES_MAPPING_H
#define ANNALS_BYTES_MAPPING_H

#include "bytes/buffer.h"
#include "bytes/status.h"

struct mapping {
    const unsigned char *bytes;
    size_t length;
};

/* Statuses: ANNALS_NOT_FOUND, ANNALS_CANNOT_READ (also for a folder), ANNALS_EMPTY. */
annals_status mapping_open(struct mapping *mapping, const char *path, annals_error *error);
void mapping_close(struct mapping *mapping);

/* Adds the bytes of a plain file to `bytes`: for files that others may cut off while they are read,
 * which would end a process that has them mapped. Statuses as above, ANNALS_TOO_LARGE for more than
 * `limit`, ANNALS_NO_MEMORY. */
annals_status mapping_copy(struct buffer *bytes, const char *path, uint64_t limit,
                           annals_error *error);

#endif
