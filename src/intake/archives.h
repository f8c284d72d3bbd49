/* Archives: their members, one after the other. */
#ifndef ANNALS_INTAKE_ARCHIVES_H
#define ANNALS_INTAKE_ARCHIVES_H

#include "bytes/arena.h"
#include "bytes/status.h"

#include <stdint.h>

/* What a walk may cost, over all levels. */
struct archive_budget {
    uint64_t member; /* bytes that one member may have */
    uint64_t left;   /* bytes that may still be unpacked */
    unsigned depth;  /* of archives within archives */
};

enum { ARCHIVE_DEPTH = 4 };

/* A member that was unpacked; everything lives until the visitor returns. */
struct archive_member {
    const char *name;      /* within the archive */
    const char *url;       /* WARC: the address it was fetched from; else NULL */
    const char *retrieved; /* WARC: when, ISO 8601; else NULL */
    const char *bytes;
    size_t length;
};

/* `member` is NULL where one cannot be read; `error` then says which and why. False stops the walk.
 */
typedef bool (*archive_visitor)(void *context, const struct archive_member *member,
                                const annals_error *error);

/* Whether the first bytes of a file (1 KiB will do) are those of an archive or a compressed file.
 * Office documents are none. */
bool archive_is(const char *bytes, size_t length);

/* What a file of `length` bytes may cost, where one report may have `limit` bytes. */
struct archive_budget archive_budget(uint64_t length, uint64_t limit);

/* Unpacks an archive that is in memory, or, where `bytes` is NULL, the file `path`. `name` is the
 * archive's own. ANNALS_MALFORMED: damaged; members before the damage were visited.
 * ANNALS_TOO_LARGE: unpacks to more than the budget, or is too deep. */
annals_status archive_walk(const char *name, const char *path, const char *bytes, size_t length,
                           struct archive_budget *budget, archive_visitor visit, void *context,
                           annals_error *error);

/* One member of a ZIP file in memory, by its name, in memory of `arena`; NULL where there is none,
 * it is larger than `limit`, or it cannot be read. */
const char *archive_member_of(struct arena *arena, const char *bytes, size_t length,
                              const char *name, size_t limit, size_t *size);

#endif
