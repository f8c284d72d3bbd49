/* Replies: headers, compression, and the least worth keeping of them dropped.
 *
 * A response of libmicrohttpd is counted and may go out many times at once; so what is kept is the
 * response itself. It is sent under the lock, so that nobody drops it before it is counted. Worth is
 * the processor time that the answer took by the room that it takes, and grows with time for what is
 * asked again: GreedyDual-Size (Cao and Irani, "Cost-aware WWW proxy caching algorithms", USENIX
 * Symposium on Internet Technologies and Systems, 1997). Answers about an earlier state of the record
 * are worth nothing. */
#include "serve/replies.h"

#include "bytes/hash.h"
#include "formats/json_writer.h"
#include "serve/head.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

enum { WORTH_COMPRESSING = 1000, LEVEL = 4, GZIP = 16 };

bool replies_init(struct replies *replies)
{
    memset(replies, 0, sizeof *replies);
    pthread_condattr_t steady;
    pthread_mutex_init(&replies->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&replies->done, &steady);
    pthread_condattr_destroy(&steady);
    replies->kept = calloc(REPLIES_KEPT, sizeof *replies->kept);
    for (uint16_t i = 0; replies->kept != NULL && i < REPLIES_KEPT; i++)
        replies->kept[i].next = i + 1 < REPLIES_KEPT ? (uint16_t)(i + 2) : 0;
    replies->unused = 1;
    return replies->kept != NULL;
}

/* The bucket of a key. */
static uint16_t *bucket_of(struct replies *replies, const char *key)
{
    return &replies->buckets[hash_bytes(key, strlen(key)) % REPLIES_KEPT];
}

static void drop(struct replies *replies, struct kept_reply *kept)
{
    uint16_t number = (uint16_t)(kept - replies->kept + 1);
    uint16_t *at = bucket_of(replies, kept->key);
    while (*at != number)
        at = &replies->kept[*at - 1].next;
    *at = kept->next;
    replies->bytes -= kept->room;
    MHD_destroy_response(kept->response);
    free(kept->key);
    *kept = (struct kept_reply){.next = replies->unused};
    replies->unused = number;
}

void replies_release(struct replies *replies)
{
    for (int i = 0; replies->kept != NULL && i < REPLIES_KEPT; i++)
        if (replies->kept[i].key != NULL)
            drop(replies, &replies->kept[i]);
    free(replies->kept);
    for (int i = 0; i < REPLIES_MADE; i++)
        free(replies->made[i].key);
    pthread_cond_destroy(&replies->done);
    pthread_mutex_destroy(&replies->lock);
}

/* ------------------------------------------------------------------ headers and bytes */

static const char *const guards[][2] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
     "connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; "
     "frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
};
enum { GUARDS = sizeof guards / sizeof guards[0] };

void replies_guard(struct MHD_Response *response)
{
    for (size_t i = 0; i < GUARDS; i++)
        MHD_add_response_header(response, guards[i][0], guards[i][1]);
}

bool replies_are_ours(const char *head, size_t length)
{
    return head_find(head, length, guards[0][1]) != NULL;
}

void replies_error(struct buffer *bytes, unsigned status, const char *message)
{
    struct json_writer json = {.buffer = bytes};
    json_begin(&json, '{');
    json_key(&json, "error");
    json_begin(&json, '{');
    json_key(&json, "status");
    json_integer(&json, status);
    json_key(&json, "message");
    json_string(&json, message);
    json_end(&json, '}');
    json_end(&json, '}');
    buffer_add_byte(bytes, '\n');
}

void replies_refusal(struct buffer *bytes, unsigned status, const char *message)
{
    struct buffer body;
    const char *phrase = MHD_get_reason_phrase_for(status);
    buffer_init(&body);
    replies_error(&body, status, message);
    buffer_print(bytes, "HTTP/1.1 %u %s\r\nConnection: close\r\nContent-Length: %zu\r\n", status,
                 phrase != NULL ? phrase : "Refused", body.length);
    buffer_add_string(bytes, "Content-Type: application/json\r\nCache-Control: no-store\r\n");
    for (size_t i = 0; i < GUARDS; i++)
        buffer_print(bytes, "%s: %s\r\n", guards[i][0], guards[i][1]);
    buffer_add_string(bytes, "\r\n");
    buffer_add_string(bytes, body.bytes != NULL ? body.bytes : "");
    bytes->failed = bytes->failed || body.failed;
    buffer_release(&body);
}

/* Replaces the bytes by their gzip; leaves them where that is not smaller or cannot be done. */
static bool compress_bytes(struct buffer *bytes)
{
    z_stream stream = {0};
    if (deflateInit2(&stream, LEVEL, Z_DEFLATED, MAX_WBITS + GZIP, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    size_t room = deflateBound(&stream, bytes->length);
    unsigned char *packed = malloc(room);
    stream.next_in = (unsigned char *)bytes->bytes;
    stream.avail_in = (uInt)bytes->length;
    stream.next_out = packed;
    stream.avail_out = (uInt)room;
    bool done = packed != NULL && deflate(&stream, Z_FINISH) == Z_STREAM_END &&
                stream.total_out < bytes->length;
    if (done) {
        struct buffer smaller;
        buffer_init(&smaller);
        buffer_add(&smaller, (const char *)packed, stream.total_out);
        done = !smaller.failed;
        buffer_release(done ? bytes : &smaller);
        if (done)
            *bytes = smaller;
    }
    deflateEnd(&stream);
    free(packed);
    return done;
}

/* ------------------------------------------------------------------ keeping */

static struct kept_reply *find(struct replies *replies, const char *key)
{
    uint16_t at = *bucket_of(replies, key);
    while (at != 0 && strcmp(replies->kept[at - 1].key, key) != 0)
        at = replies->kept[at - 1].next;
    return at != 0 ? &replies->kept[at - 1] : NULL;
}

/* What the answer is worth now that it is asked for: microseconds a kilobyte, above what went last.
 * Every request has a thread of its own, whose processor time is the answer's. */
static double worth_of(const struct replies *replies, const struct kept_reply *kept)
{
    return replies->least + kept->cost / ((double)kept->room / 1024 + 1);
}

static double spent(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static struct kept_reply *least_worth(struct replies *replies)
{
    struct kept_reply *least = NULL;
    for (int i = 0; i < REPLIES_KEPT; i++) {
        struct kept_reply *kept = &replies->kept[i];
        bool old = kept->stamp != 0 && kept->stamp != replies->stamp;
        if (kept->key == NULL || (kept->lasting && !old))
            continue;
        if (old)
            return kept;
        if (least == NULL || kept->worth < least->worth)
            least = kept;
    }
    return least;
}

/* A free place, with so much room; NULL where what was made ahead takes all. */
static struct kept_reply *make_room(struct replies *replies, size_t room)
{
    while (replies->unused == 0 || replies->bytes + room > REPLIES_BYTES) {
        struct kept_reply *least = least_worth(replies);
        if (least == NULL)
            return NULL;
        if (least->worth > replies->least && least->stamp == replies->stamp)
            replies->least = least->worth;
        drop(replies, least);
    }
    struct kept_reply *kept = &replies->kept[replies->unused - 1];
    replies->unused = kept->next;
    return kept;
}

/* Takes over the response. */
static void keep(struct replies *replies, const char *key, uint64_t stamp, bool lasting,
                 struct MHD_Response *response, const char tag[REPLY_TAG], size_t length)
{
    enum { HEADERS = 2048 }; /* about what libmicrohttpd takes for the head */
    size_t room = length + strlen(key) + HEADERS;
    char *copy = length <= REPLIES_BYTES / 4 ? strdup(key) : NULL;
    if (copy == NULL) {
        MHD_destroy_response(response);
        return;
    }
    pthread_mutex_lock(&replies->lock);
    replies->stamp = stamp != 0 ? stamp : replies->stamp;
    struct kept_reply *before = find(replies, key);
    if (before != NULL)
        drop(replies, before);
    struct kept_reply *kept = make_room(replies, room);
    if (kept != NULL) {
        uint16_t *bucket = bucket_of(replies, key);
        *kept = (struct kept_reply){.key = copy, .stamp = stamp, .response = response,
                                    .length = length, .room = room, .lasting = lasting,
                                    .next = *bucket};
        kept->cost = spent();
        kept->worth = worth_of(replies, kept);
        memcpy(kept->tag, tag, REPLY_TAG);
        *bucket = (uint16_t)(kept - replies->kept + 1);
        replies->bytes += room;
    } else {
        MHD_destroy_response(response);
        free(copy);
    }
    pthread_mutex_unlock(&replies->lock);
}

/* ------------------------------------------------------------------ making an answer once */

static struct made_reply *find_made(struct replies *replies, const char *key, uint64_t stamp)
{
    for (int i = 0; i < REPLIES_MADE; i++)
        if (replies->made[i].key != NULL && replies->made[i].stamp == stamp &&
            strcmp(replies->made[i].key, key) == 0)
            return &replies->made[i];
    return NULL;
}

bool replies_make(struct replies *replies, const char *key, uint64_t stamp, uint32_t patience)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += patience / 1000 + 1;
    bool waited = false, over = false;
    pthread_mutex_lock(&replies->lock);
    while (!over && find_made(replies, key, stamp) != NULL) {
        waited = true;
        over = pthread_cond_timedwait(&replies->done, &replies->lock, &until) != 0;
    }
    const struct kept_reply *kept = find(replies, key);
    bool mine = !over && !(waited && kept != NULL && kept->stamp == stamp);
    for (int i = 0; mine && i < REPLIES_MADE; i++)
        if (replies->made[i].key == NULL) {
            replies->made[i] = (struct made_reply){strdup(key), stamp};
            break; /* where none is free, it may be made twice */
        }
    pthread_mutex_unlock(&replies->lock);
    return mine;
}

void replies_made(struct replies *replies, const char *key, uint64_t stamp)
{
    pthread_mutex_lock(&replies->lock);
    struct made_reply *made = find_made(replies, key, stamp);
    if (made != NULL) {
        free(made->key);
        made->key = NULL;
    }
    pthread_cond_broadcast(&replies->done);
    pthread_mutex_unlock(&replies->lock);
}

bool replies_has(struct replies *replies, const char *key, uint64_t stamp)
{
    pthread_mutex_lock(&replies->lock);
    const struct kept_reply *kept = find(replies, key);
    bool has = kept != NULL && kept->stamp == stamp;
    pthread_mutex_unlock(&replies->lock);
    return has;
}

/* ------------------------------------------------------------------ sending */

static bool is_known(struct MHD_Connection *connection, const char *tag)
{
    const char *known =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_NONE_MATCH);
    return known != NULL && strstr(known, tag + 2) != NULL; /* behind the W/ */
}

static enum MHD_Result send_unchanged(struct MHD_Connection *connection, const char *tag,
                                      struct reply_sent *sent)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (response == NULL)
        return MHD_NO;
    replies_guard(response);
    MHD_add_response_header(response, "ETag", tag);
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_NOT_MODIFIED, response);
    MHD_destroy_response(response);
    *sent = (struct reply_sent){MHD_HTTP_NOT_MODIFIED, 0};
    return result;
}

bool replies_send_again(struct replies *replies, struct MHD_Connection *connection,
                        const char *key, uint64_t stamp, struct reply_sent *sent)
{
    bool done = false;
    pthread_mutex_lock(&replies->lock);
    struct kept_reply *kept = find(replies, key);
    if (kept != NULL && kept->stamp == stamp) {
        kept->worth = worth_of(replies, kept);
        if (is_known(connection, kept->tag)) {
            done = send_unchanged(connection, kept->tag, sent) == MHD_YES;
        } else {
            *sent = (struct reply_sent){MHD_HTTP_OK, kept->length};
            done = MHD_queue_response(connection, MHD_HTTP_OK, kept->response) == MHD_YES;
        }
    }
    pthread_mutex_unlock(&replies->lock);
    return done;
}

static void add_headers(struct MHD_Response *response, const struct reply_kind *kind,
                        const char *tag, bool packed)
{
    replies_guard(response);
    MHD_add_response_header(response, "Content-Type", kind->type);
    MHD_add_response_header(response, "Cache-Control", kind->cache);
    MHD_add_response_header(response, "Vary", "Accept-Encoding");
    if (kind->status == MHD_HTTP_OK)
        MHD_add_response_header(response, "ETag", tag);
    if (packed)
        MHD_add_response_header(response, "Content-Encoding", "gzip");
    if (kind->name != NULL) {
        char saved[120];
        snprintf(saved, sizeof saved, "attachment; filename=\"%s\"", kind->name);
        MHD_add_response_header(response, "Content-Disposition", saved);
    }
}

/* Makes the response of the bytes, which it takes over; NULL where there is no memory. */
static struct MHD_Response *make(struct buffer *bytes, const struct reply_kind *kind,
                                 const char tag[REPLY_TAG], size_t *length)
{
    bool packed = kind->compress && bytes->length >= WORTH_COMPRESSING && compress_bytes(bytes);
    *length = bytes->length;
    struct MHD_Response *response =
        MHD_create_response_from_buffer(*length, bytes->bytes, MHD_RESPMEM_MUST_FREE);
    if (response == NULL)
        return NULL;
    buffer_init(bytes); /* they are the response's now */
    add_headers(response, kind, tag, packed);
    return response;
}

static void make_tag(const struct buffer *bytes, char tag[REPLY_TAG])
{
    snprintf(tag, REPLY_TAG, "W/\"%016llx\"",
             (unsigned long long)hash_bytes(bytes->bytes, bytes->length));
}

enum MHD_Result replies_send(struct replies *replies, struct MHD_Connection *connection,
                             const char *key, uint64_t stamp, struct buffer *bytes,
                             const struct reply_kind *kind, struct reply_sent *sent)
{
    char tag[REPLY_TAG];
    size_t length;
    if (bytes->failed)
        return MHD_NO;
    make_tag(bytes, tag);
    if (kind->status == MHD_HTTP_OK && is_known(connection, tag))
        return send_unchanged(connection, tag, sent);
    struct MHD_Response *response = make(bytes, kind, tag, &length);
    if (response == NULL)
        return MHD_NO;
    *sent = (struct reply_sent){kind->status, length};
    enum MHD_Result result = MHD_queue_response(connection, kind->status, response);
    if (key != NULL && result == MHD_YES)
        keep(replies, key, stamp, false, response, tag, length);
    else
        MHD_destroy_response(response);
    return result;
}

void replies_keep(struct replies *replies, const char *key, uint64_t stamp, struct buffer *bytes,
                  const struct reply_kind *kind)
{
    char tag[REPLY_TAG];
    size_t length;
    if (bytes->failed)
        return;
    make_tag(bytes, tag);
    struct MHD_Response *response = make(bytes, kind, tag, &length);
    if (response != NULL)
        keep(replies, key, stamp, true, response, tag, length);
}
