/* Web archives (WARC): their pages. */
#ifndef ANNALS_INTAKE_WARC_H
#define ANNALS_INTAKE_WARC_H

#include "bytes/buffer.h"
#include "intake/archives.h"

/* Adds the next bytes of the stream to `buffer`; false at its end. */
typedef bool (*warc_source)(void *context, struct buffer *buffer);

/* Visits the responses (status 200) and resources of a stream whose first bytes stand in `bytes`.
 * Records over `limit` bytes and damaged ones are told of and passed over. ANNALS_MALFORMED: too
 * many are damaged. */
annals_status warc_walk(struct buffer *bytes, uint64_t limit, warc_source more, void *context,
                        archive_visitor visit, void *visitor, annals_error *error);

#endif
