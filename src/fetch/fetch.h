/* One request over HTTP, bounded in every direction. */
#ifndef ANNALS_FETCH_FETCH_H
#define ANNALS_FETCH_FETCH_H

#include "bytes/buffer.h"
#include "bytes/status.h"
#include "fetch/address.h"

struct fetch_settings {
    const char *agent; /* who we say we are */
    bool allow_private;
    uint32_t timeout;             /* seconds that one request may take */
    uint64_t limit;               /* bytes of a body, unpacked */
    bool (*going)(void *context); /* false: stop at once */
    void *context;
};

enum { FETCH_HEAD_LIMIT = 64 << 10, FETCH_MARK_SIZE = 512 };

struct fetch_answer {
    long status; /* of HTTP */
    struct buffer body;
    char etag[FETCH_MARK_SIZE], modified[FETCH_MARK_SIZE]; /* "" where it says none */
    char redirect[ADDRESS_SIZE]; /* where a redirect leads, as it is written; "" where it is none */
    uint64_t retry_after;        /* seconds; 0 unknown */
};

void fetch_answer_init(struct fetch_answer *answer);
void fetch_answer_release(struct fetch_answer *answer);

struct fetcher;
annals_status fetcher_open(struct fetcher **fetcher, const struct fetch_settings *settings,
                           annals_error *error);
void fetcher_close(struct fetcher *fetcher);

/* One GET, without following redirects; `etag` and `modified` (NULL or "": none) make it
 * conditional. Whatever the server's status, the answer is ANNALS_OK. ANNALS_CANNOT_READ: no
 * answer, or a broken one; ANNALS_TOO_LARGE; ANNALS_WRONG_USE: the address is private;
 * ANNALS_STOPPED; ANNALS_NO_MEMORY. */
annals_status fetch(struct fetcher *fetcher, const char *address, const char *etag,
                    const char *modified, struct fetch_answer *answer, annals_error *error);

/* Unpacks gzip or zlib data; a stream that is cut off or damaged is ANNALS_MALFORMED, more than
 * `limit` bytes ANNALS_TOO_LARGE. */
annals_status fetch_unpack(struct buffer *unpacked, const char *bytes, size_t length,
                           uint64_t limit, annals_error *error);

#endif
