/* One request over HTTP, bounded in every direction.
 *
 * libcurl speaks the protocol. Bounded are the time, the head, the body as it comes and as it
 * unpacks; a socket is opened only to public addresses, judged after the name was resolved, so that
 * no name and no redirect leads into the private network. Packed bodies are unpacked here and not
 * by libcurl, which takes a gzip stream that was cut off for a whole one. Leaves out: redirects,
 * robots.txt and delays (visits.c), proxies, cookies, HTTP authentication. */
#include "fetch/fetch.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>
#include <zlib.h>

struct fetcher {
    CURL *curl;
    struct fetch_settings settings;
    struct fetch_answer *answer;
    size_t head;  /* bytes of the answer's head so far */
    bool packed;  /* Content-Encoding is gzip or deflate */
    bool unknown; /* Content-Encoding is something else */
    bool head_too_large, body_too_large, private_address, stopped;
    char message[CURL_ERROR_SIZE];
};

/* ------------------------------------------------------------------ what libcurl calls */

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    struct fetcher *fetcher = context;
    size_t length = size * count;
    if (fetcher->answer->body.length + length > fetcher->settings.limit) {
        fetcher->body_too_large = true;
        return 0;
    }
    buffer_add(&fetcher->answer->body, bytes, length);
    return fetcher->answer->body.failed ? 0 : length;
}

/* Copies the value of a head's line, trimmed; a value that is too long is as good as none. */
static void take_value(char mark[FETCH_MARK_SIZE], const char *value, size_t length)
{
    while (length > 0 && (*value == ' ' || *value == '\t')) {
        value++;
        length--;
    }
    while (length > 0 && (unsigned char)value[length - 1] <= ' ')
        length--;
    if (length >= FETCH_MARK_SIZE || memchr(value, '\0', length) != NULL)
        length = 0;
    memcpy(mark, value, length);
    mark[length] = '\0';
}

static size_t take_head(char *bytes, size_t size, size_t count, void *context)
{
    struct fetcher *fetcher = context;
    size_t length = size * count;
    const char *colon = memchr(bytes, ':', length);
    fetcher->head += length;
    if (fetcher->head > FETCH_HEAD_LIMIT) {
        fetcher->head_too_large = true;
        return 0;
    }
    if (colon == NULL)
        return length;
    size_t name = (size_t)(colon - bytes), rest = length - name - 1;
    if (name == 4 && strncasecmp(bytes, "etag", name) == 0) {
        take_value(fetcher->answer->etag, colon + 1, rest);
    } else if (name == 13 && strncasecmp(bytes, "last-modified", name) == 0) {
        take_value(fetcher->answer->modified, colon + 1, rest);
    } else if (name == 16 && strncasecmp(bytes, "content-encoding", name) == 0) {
        char value[FETCH_MARK_SIZE];
        take_value(value, colon + 1, rest);
        fetcher->packed = strcasecmp(value, "gzip") == 0 || strcasecmp(value, "x-gzip") == 0 ||
                          strcasecmp(value, "deflate") == 0;
        fetcher->unknown =
            !fetcher->packed && value[0] != '\0' && strcasecmp(value, "identity") != 0;
    }
    return length;
}

static int look_around(void *context, curl_off_t size, curl_off_t done, curl_off_t out,
                       curl_off_t sent)
{
    struct fetcher *fetcher = context;
    (void)size, (void)done, (void)out, (void)sent;
    fetcher->stopped = !fetcher->settings.going(fetcher->settings.context);
    return fetcher->stopped;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct fetcher *fetcher = context;
    if (purpose == CURLSOCKTYPE_IPCXN && !fetcher->settings.allow_private &&
        address_is_private(&address->addr)) {
        fetcher->private_address = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ------------------------------------------------------------------ opening */

void fetch_answer_init(struct fetch_answer *answer)
{
    *answer = (struct fetch_answer){0};
    buffer_init(&answer->body);
}

void fetch_answer_release(struct fetch_answer *answer)
{
    buffer_release(&answer->body);
}

static bool set_up(struct fetcher *fetcher)
{
    CURL *curl = fetcher->curl;
    const struct fetch_settings *settings = &fetcher->settings;
    bool good = true;
#define SET(option, value) good = good && curl_easy_setopt(curl, (option), (value)) == CURLE_OK
    SET(CURLOPT_USERAGENT, settings->agent);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_PROXY, ""); /* neither of the environment */
    SET(CURLOPT_NETRC, 0L);
    SET(CURLOPT_CONNECTTIMEOUT_MS, (long)settings->timeout * 1000 / 2);
    SET(CURLOPT_TIMEOUT, (long)settings->timeout);
    SET(CURLOPT_HTTP_CONTENT_DECODING, 0L);
    SET(CURLOPT_WRITEFUNCTION, take_body);
    SET(CURLOPT_WRITEDATA, fetcher);
    SET(CURLOPT_HEADERFUNCTION, take_head);
    SET(CURLOPT_HEADERDATA, fetcher);
    SET(CURLOPT_NOPROGRESS, 0L);
    SET(CURLOPT_XFERINFOFUNCTION, look_around);
    SET(CURLOPT_XFERINFODATA, fetcher);
    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SET(CURLOPT_OPENSOCKETDATA, fetcher);
    SET(CURLOPT_ERRORBUFFER, fetcher->message);
#undef SET
    return good;
}

annals_status fetcher_open(struct fetcher **fetcher, const struct fetch_settings *settings,
                           annals_error *error)
{
    struct fetcher *opened = calloc(1, sizeof *opened);
    if (opened == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(opened);
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    opened->settings = *settings;
    opened->curl = curl_easy_init();
    if (opened->curl == NULL || !set_up(opened)) {
        fetcher_close(opened);
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    *fetcher = opened;
    return ANNALS_OK;
}

void fetcher_close(struct fetcher *fetcher)
{
    if (fetcher == NULL)
        return;
    curl_easy_cleanup(fetcher->curl);
    curl_global_cleanup();
    free(fetcher);
}

/* ------------------------------------------------------------------ unpacking */

annals_status fetch_unpack(struct buffer *unpacked, const char *bytes, size_t length,
                           uint64_t limit, annals_error *error)
{
    enum { PIECE = 1 << 15, ANY_HEAD = 32 };
    char piece[PIECE];
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)length};
    if (length > UINT32_MAX)
        return error_set(error, ANNALS_TOO_LARGE, "the packed body is larger than 4 GiB");
    if (inflateInit2(&stream, MAX_WBITS + ANY_HEAD) != Z_OK)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = ANNALS_OK;
    int code = Z_OK;
    while (status == ANNALS_OK && code == Z_OK) {
        stream.next_out = (Bytef *)piece;
        stream.avail_out = PIECE;
        code = inflate(&stream, Z_NO_FLUSH);
        buffer_add(unpacked, piece, PIECE - stream.avail_out);
        if (unpacked->failed || code == Z_MEM_ERROR)
            status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
        else if (unpacked->length > limit)
            status =
                error_set(error, ANNALS_TOO_LARGE, "unpacks to more than %llu bytes, the limit",
                          (unsigned long long)limit);
    }
    if (status == ANNALS_OK && code != Z_STREAM_END)
        status = error_set(error, ANNALS_MALFORMED,
                           code == Z_BUF_ERROR ? "the packed body is cut off"
                                               : "the packed body is damaged");
    inflateEnd(&stream);
    return status;
}

static annals_status unpack_answer(struct fetcher *fetcher, annals_error *error)
{
    struct buffer unpacked;
    struct fetch_answer *answer = fetcher->answer;
    if (fetcher->unknown)
        return error_set(error, ANNALS_CANNOT_READ, "the body is packed in a way nobody asked for");
    if (!fetcher->packed || answer->body.length == 0)
        return ANNALS_OK;
    buffer_init(&unpacked);
    annals_status status = fetch_unpack(&unpacked, answer->body.bytes, answer->body.length,
                                        fetcher->settings.limit, error);
    if (status != ANNALS_OK) {
        buffer_release(&unpacked);
        return status;
    }
    buffer_release(&answer->body);
    answer->body = unpacked;
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ the request */

/* Why libcurl gave up, in our words where they say more. */
static annals_status explain(const struct fetcher *fetcher, CURLcode code, annals_error *error)
{
    if (fetcher->stopped)
        return error_set(error, ANNALS_STOPPED, "stopped on request");
    if (fetcher->private_address)
        return error_set(error, ANNALS_WRONG_USE,
                         "the address is of a private network (--allow-private lets it pass)");
    if (fetcher->head_too_large || (code == CURLE_OUT_OF_MEMORY && fetcher->head > 0))
        return error_set(error, ANNALS_TOO_LARGE, "the head of the answer is larger than %d KiB",
                         FETCH_HEAD_LIMIT >> 10);
    if (fetcher->body_too_large)
        return error_set(error, ANNALS_TOO_LARGE, "larger than %llu bytes, the limit",
                         (unsigned long long)fetcher->settings.limit);
    if (code == CURLE_OUT_OF_MEMORY || fetcher->answer->body.failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (code == CURLE_OPERATION_TIMEDOUT)
        return error_set(error, ANNALS_CANNOT_READ, "no whole answer within %u seconds",
                         fetcher->settings.timeout);
    if (code == CURLE_PARTIAL_FILE)
        return error_set(error, ANNALS_CANNOT_READ, "the answer ends before its time");
    return error_set(error, ANNALS_CANNOT_READ, "%s",
                     fetcher->message[0] != '\0' ? fetcher->message : curl_easy_strerror(code));
}

/* One more line of the request's head; false when memory is out. */
static bool add_line(struct curl_slist **lines, const char *name, const char *value)
{
    char line[FETCH_MARK_SIZE + 40];
    if (value == NULL || value[0] == '\0')
        return true;
    snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *longer = curl_slist_append(*lines, line);
    if (longer == NULL)
        return false;
    *lines = longer;
    return true;
}

static void take_facts(CURL *curl, struct fetch_answer *answer)
{
    curl_off_t seconds = 0;
    char *redirect = NULL;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer->status);
    if (curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK && seconds > 0)
        answer->retry_after = (uint64_t)seconds;
    if (curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &redirect) == CURLE_OK && redirect != NULL)
        snprintf(answer->redirect, sizeof answer->redirect, "%s", redirect);
}

annals_status fetch(struct fetcher *fetcher, const char *address, const char *etag,
                    const char *modified, struct fetch_answer *answer, annals_error *error)
{
    struct curl_slist *lines = NULL;
    fetch_answer_release(answer);
    fetch_answer_init(answer);
    fetcher->answer = answer;
    fetcher->head = 0;
    fetcher->packed = fetcher->unknown = fetcher->stopped = fetcher->private_address = false;
    fetcher->head_too_large = fetcher->body_too_large = false;
    fetcher->message[0] = '\0';
    annals_status status = ANNALS_OK;
    if (!add_line(&lines, "Accept-Encoding", "gzip, deflate") ||
        !add_line(&lines, "If-None-Match", etag) ||
        !add_line(&lines, "If-Modified-Since", modified) ||
        curl_easy_setopt(fetcher->curl, CURLOPT_URL, address) != CURLE_OK ||
        curl_easy_setopt(fetcher->curl, CURLOPT_HTTPHEADER, lines) != CURLE_OK)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK) {
        CURLcode code = curl_easy_perform(fetcher->curl);
        take_facts(fetcher->curl, answer);
        if (code == CURLE_OK && answer->status == 200)
            status = unpack_answer(fetcher, error);
        else if (code != CURLE_OK)
            status = explain(fetcher, code, error);
    }
    curl_easy_setopt(fetcher->curl, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(lines);
    return status;
}
