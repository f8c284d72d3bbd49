/* Replies: bytes with their headers, compressed where the browser takes it, and kept for the next
 * who asks the same of the same record. */
#ifndef ANNALS_SERVE_REPLIES_H
#define ANNALS_SERVE_REPLIES_H

#include "bytes/buffer.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdint.h>

enum {
    REPLIES_KEPT = 4096,
    REPLIES_BYTES = 64 << 20, /* of all that is kept, heads and keys included */
    REPLY_TAG = 24
};

struct kept_reply {
    char *key; /* NULL: free */
    uint64_t stamp;
    double cost, worth; /* microseconds; the least worth goes first */
    struct MHD_Response *response;
    char tag[REPLY_TAG]; /* ETag */
    size_t length, room;
    bool lasting;  /* made ahead: it stays while the record does */
    uint16_t next; /* in its bucket, or among the free: its number and one; 0: none */
};

/* An answer that is being made. */
struct made_reply {
    char *key; /* NULL: free */
    uint64_t stamp;
};

enum { REPLIES_MADE = 32 };

struct replies {
    pthread_mutex_t lock;
    pthread_cond_t done;
    struct made_reply made[REPLIES_MADE];
    struct kept_reply *kept; /* [REPLIES_KEPT] */
    uint16_t buckets[REPLIES_KEPT], unused;
    uint64_t stamp; /* of the newest */
    double least;   /* what the last that went was worth */
    size_t bytes;
};

/* What a reply is beside its bytes. */
struct reply_kind {
    unsigned status;
    const char *type;
    const char *cache; /* Cache-Control */
    const char *name;  /* of the file that a browser saves; NULL: it shows it */
    bool compress;
};

/* What went out, for the log. */
struct reply_sent {
    unsigned status;
    size_t length;
};

/* False where there is no memory. */
bool replies_init(struct replies *replies);
void replies_release(struct replies *replies);

/* Sends what is kept under `key` of a record in the state `stamp`. False: nothing is. */
bool replies_send_again(struct replies *replies, struct MHD_Connection *connection,
                        const char *key, uint64_t stamp, struct reply_sent *sent);

/* Whether the caller is to make the answer to `key`: then replies_made follows. Else somebody else made
 * it meanwhile, or did not get done in so many milliseconds. */
bool replies_make(struct replies *replies, const char *key, uint64_t stamp, uint32_t patience);
void replies_made(struct replies *replies, const char *key, uint64_t stamp);
/* Whether an answer to `key` is kept. */
bool replies_has(struct replies *replies, const char *key, uint64_t stamp);

/* Sends the bytes, which it takes over; keeps them where `key` is not NULL. MHD_NO where there is no
 * memory. */
enum MHD_Result replies_send(struct replies *replies, struct MHD_Connection *connection,
                             const char *key, uint64_t stamp, struct buffer *bytes,
                             const struct reply_kind *kind, struct reply_sent *sent);

/* Keeps the bytes, which it takes over, for whoever will ask, as long as the record does not change. */
void replies_keep(struct replies *replies, const char *key, uint64_t stamp, struct buffer *bytes,
                  const struct reply_kind *kind);

/* The headers that stand on every reply. */
void replies_guard(struct MHD_Response *response);
/* Whether they stand in this head. */
bool replies_are_ours(const char *head, size_t length);

/* {"error": {"status", "message"}}, the one shape of every error. */
void replies_error(struct buffer *bytes, unsigned status, const char *message);
/* A whole reply with it, headers and all, after which the connection is closed. */
void replies_refusal(struct buffer *bytes, unsigned status, const char *message);

#endif
