/* A file mapped read-only into memory. */
#ifndef ANNALS_BYTES_MAPPING_H
#define ANNALS_BYTES_MAPPING_H

#include "bytes/status.h"

struct mapping {
    const unsigned char *bytes;
    size_t length;
};

/* Statuses: ANNALS_NOT_FOUND, ANNALS_CANNOT_READ (also for a folder), ANNALS_EMPTY. */
annals_status mapping_open(struct mapping *mapping, const char *path, annals_error *error);
void mapping_close(struct mapping *mapping);

#endif
