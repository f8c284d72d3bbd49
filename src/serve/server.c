/* The daemon: a few threads, each answering one request at a time over a connection of its own to the
 * record. Method: libmicrohttpd polls; slow clients wait in its loop and hold no thread, and no
 * connection longer than a time limit lets them. Only GET and HEAD are answered.
 *
 * What libmicrohttpd itself refuses (a request that is no HTTP, headers over its limit) it answers in
 * its own words; every other refusal is {"error":{"status","message"}}. */
#include "serve/serve.h"

#include "bytes/hash.h"
#include "record/survey.h"
#include "render/answers.h"
#include "serve/admission.h"
#include "serve/files.h"
#include "serve/replies.h"
#include "formats/json_writer.h"
#include "serve/request.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>

enum { THREADS = 4, CONNECTIONS = 500, PATIENCE = 15, HEADERS = 24 << 10, ANSWER_LONGEST = 256 << 20 };

struct server {
    struct MHD_Daemon *daemon;
    struct replies replies;
    struct files files;
    char *record, *address, *token, *data;
    uint32_t limit; /* milliseconds a question */
    uint16_t port;
    annals_sink log;
    void *context;
    pthread_mutex_t lock; /* of the log and of the connections to the record */
    pthread_cond_t freed;
    struct record *records[THREADS];
    bool taken[THREADS];
    pthread_t ahead;
    bool has_ahead;
};

/* One request on its way, from its first line to the log. */
struct visit {
    struct request request;
    annals_status status; /* of reading it */
    annals_error error;
    bool answered;
    struct reply_sent sent;
    char method[16];
    int64_t began;
};

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

/* ------------------------------------------------------------------ connections to the record */

static struct record *take_record(struct server *server, annals_error *error)
{
    int slot = -1;
    pthread_mutex_lock(&server->lock);
    while (slot < 0) {
        for (int i = 0; i < THREADS && slot < 0; i++)
            if (!server->taken[i])
                slot = i;
        if (slot < 0)
            pthread_cond_wait(&server->freed, &server->lock);
    }
    server->taken[slot] = true;
    pthread_mutex_unlock(&server->lock);
    if (server->records[slot] == NULL &&
        record_open(server->record, ANNALS_READ_ONLY, server->limit, &server->records[slot],
                    error) != ANNALS_OK) {
        pthread_mutex_lock(&server->lock);
        server->taken[slot] = false;
        pthread_cond_signal(&server->freed);
        pthread_mutex_unlock(&server->lock);
        return NULL;
    }
    record_limit(server->records[slot], server->limit);
    return server->records[slot];
}

static void give_record(struct server *server, struct record *record)
{
    pthread_mutex_lock(&server->lock);
    for (int i = 0; i < THREADS; i++)
        if (server->records[i] == record)
            server->taken[i] = false;
    pthread_cond_signal(&server->freed);
    pthread_mutex_unlock(&server->lock);
}

/* Changes when the record does: sizes and times of its file and of its log. */
static uint64_t stamp_of(const struct server *server)
{
    uint64_t stamp = 0;
    struct buffer path;
    buffer_init(&path);
    for (int i = 0; i < 2; i++) {
        struct stat facts;
        buffer_clear(&path);
        buffer_print(&path, "%s%s", server->record, i == 0 ? "" : "-wal");
        if (path.failed || stat(path.bytes, &facts) != 0)
            continue;
        stamp = hash_join(stamp, (uint64_t)facts.st_size);
        stamp = hash_join(stamp, (uint64_t)facts.st_ino);
        stamp = hash_join(stamp, (uint64_t)facts.st_mtim.tv_sec * 1000000000u +
                                     (uint64_t)facts.st_mtim.tv_nsec);
    }
    buffer_release(&path);
    return stamp;
}

/* ------------------------------------------------------------------ replies */

static unsigned http_status(annals_status status)
{
    switch (status) {
    case ANNALS_OK: return MHD_HTTP_OK;
    case ANNALS_NOT_FOUND: return MHD_HTTP_NOT_FOUND;
    case ANNALS_WRONG_USE: return MHD_HTTP_BAD_REQUEST;
    case ANNALS_TOO_LARGE: return MHD_HTTP_URI_TOO_LONG;
    case ANNALS_STOPPED:
    case ANNALS_BUSY: return MHD_HTTP_SERVICE_UNAVAILABLE;
    default: return MHD_HTTP_INTERNAL_SERVER_ERROR;
    }
}

static enum MHD_Result refuse(struct server *server, struct MHD_Connection *connection,
                              struct visit *visit, unsigned status, const char *message)
{
    struct buffer bytes;
    struct json_writer json = {.buffer = &bytes};
    const struct reply_kind kind = {status, "application/json", "no-store", NULL, false};
    buffer_init(&bytes);
    json_begin(&json, '{');
    json_key(&json, "error");
    json_begin(&json, '{');
    json_key(&json, "status");
    json_integer(&json, status);
    json_key(&json, "message");
    json_string(&json, message);
    json_end(&json, '}');
    json_end(&json, '}');
    buffer_add_byte(&bytes, '\n');
    enum MHD_Result result = replies_send(&server->replies, connection, NULL, 0, &bytes, &kind,
                                          &visit->sent);
    buffer_release(&bytes);
    return result;
}

static enum MHD_Result refuse_error(struct server *server, struct MHD_Connection *connection,
                                    struct visit *visit, const annals_error *error)
{
    return refuse(server, connection, visit, http_status(error->status),
                  error->sentence[0] != '\0' ? error->sentence
                                             : annals_status_sentence(error->status));
}

static bool takes_gzip(struct MHD_Connection *connection)
{
    const char *takes =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    const char *gzip = takes != NULL ? strstr(takes, "gzip") : NULL;
    return gzip != NULL && strncmp(gzip + 4, ";q=0", 4) != 0;
}

/* ------------------------------------------------------------------ what is asked */

/* Collects an answer; one that outgrows all bounds is cut off, and refused. */
static bool collect(void *context, const char *bytes, size_t length)
{
    struct buffer *answer = context;
    if (answer->length + length > ANSWER_LONGEST)
        return false;
    buffer_add(answer, bytes, length);
    return !answer->failed;
}

static struct reply_kind kind_of(const struct answer *answer, const annals_query *query, bool gzip)
{
    struct reply_kind kind = {MHD_HTTP_OK, "application/json", "no-cache", NULL, gzip};
    if (query->layout == ANNALS_CSV) {
        kind.type = "text/csv; charset=utf-8";
        kind.name = strcmp(answer->path, "claims") == 0    ? "claims.csv"
                    : strcmp(answer->path, "reports") == 0 ? "reports.csv"
                                                           : "events.csv";
    } else if (strcmp(answer->path, "geojson") == 0) {
        kind.type = "application/geo+json";
        kind.name = "events.geojson";
    }
    return kind;
}

static enum MHD_Result send_answer(struct server *server, struct MHD_Connection *connection,
                                   struct visit *visit, const char *name)
{
    annals_error error = {0};
    annals_query query = {0};
    const char *id;
    const struct answer *answer = answer_find(name, &id);
    if (answer == NULL)
        return refuse(server, connection, visit, MHD_HTTP_NOT_FOUND, "there is no such question");
    if (request_query(&visit->request, answer->takes, &query, &error) != ANNALS_OK)
        return refuse_error(server, connection, visit, &error);
    query.id = id;
    query.data = server->data;
    bool gzip = takes_gzip(connection);
    const char *key =
        arena_print(&visit->request.arena, "%s%s", gzip ? "gzip " : "", visit->request.raw);
    uint64_t stamp = stamp_of(server);
    if (key != NULL && replies_send_again(&server->replies, connection, key, stamp, &visit->sent))
        return MHD_YES;
    struct record *record = take_record(server, &error);
    if (record == NULL)
        return refuse_error(server, connection, visit, &error);
    struct buffer bytes;
    buffer_init(&bytes);
    annals_status status = answer_write(record, answer, &query, collect, &bytes, &error);
    give_record(server, record);
    enum MHD_Result result;
    if (status == ANNALS_CANNOT_WRITE)
        result = refuse(server, connection, visit, MHD_HTTP_CONTENT_TOO_LARGE,
                        "the answer is too long; ask for less");
    else if (status != ANNALS_OK)
        result = refuse_error(server, connection, visit, &error);
    else {
        const struct reply_kind kind = kind_of(answer, &query, gzip);
        result = replies_send(&server->replies, connection, key, stamp, &bytes, &kind, &visit->sent);
    }
    buffer_release(&bytes);
    return result;
}

static enum MHD_Result send_file(struct server *server, struct MHD_Connection *connection,
                                 struct visit *visit)
{
    const char *name = visit->request.path[1] == '\0' ? "index.html" : visit->request.path + 1;
    /* What the build named by its content never changes. */
    bool lasting = strncmp(name, "assets/", 7) == 0;
    struct reply_kind kind = {MHD_HTTP_OK, files_type(name),
                              lasting ? "public, max-age=31536000, immutable" : "no-cache", NULL,
                              takes_gzip(connection)};
    const char *key =
        arena_print(&visit->request.arena, "%s/%s", kind.compress ? "gzip " : "", name);
    if (key != NULL && replies_send_again(&server->replies, connection, key, 0, &visit->sent))
        return MHD_YES;
    annals_error error = {0};
    struct buffer bytes;
    buffer_init(&bytes);
    enum MHD_Result result =
        files_read(&server->files, name, &bytes, &error) == ANNALS_OK
            ? replies_send(&server->replies, connection, key, 0, &bytes, &kind, &visit->sent)
            : refuse_error(server, connection, visit, &error);
    buffer_release(&bytes);
    return result;
}

/* ------------------------------------------------------------------ who asks */

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* The token, where there is one: in Authorization, or in the cookie that the first visit left. */
static bool is_admitted(struct server *server, struct MHD_Connection *connection)
{
    if (server->token == NULL)
        return true;
    const char *bearer = header(connection, MHD_HTTP_HEADER_AUTHORIZATION);
    if (bearer != NULL && strncmp(bearer, "Bearer ", 7) == 0 &&
        admission_token(server->token, bearer + 7))
        return true;
    return admission_token(server->token, MHD_lookup_connection_value(
                                              connection, MHD_COOKIE_KIND, "annals_token"));
}

/* The first visit: /?token=…. The token moves into a cookie and out of the address bar. */
static enum MHD_Result welcome(struct server *server, struct MHD_Connection *connection,
                               struct visit *visit)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    const char *cookie = arena_print(&visit->request.arena,
                                     "annals_token=%s; Path=/; HttpOnly; SameSite=Strict",
                                     server->token);
    if (response == NULL || cookie == NULL)
        return MHD_NO;
    replies_guard(response);
    MHD_add_response_header(response, "Set-Cookie", cookie);
    MHD_add_response_header(response, "Location", "/");
    visit->sent = (struct reply_sent){MHD_HTTP_SEE_OTHER, 0};
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_SEE_OTHER, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result refuse_method(struct server *server, struct MHD_Connection *connection,
                                     struct visit *visit)
{
    return refuse(server, connection, visit, MHD_HTTP_METHOD_NOT_ALLOWED,
                  "only GET and HEAD are answered");
}

static enum MHD_Result answer_visit(struct server *server, struct MHD_Connection *connection,
                                    struct visit *visit)
{
    const char *token = request_value(&visit->request, "token");
    if (!admission_host(server->address, header(connection, MHD_HTTP_HEADER_HOST)))
        return refuse(server, connection, visit, MHD_HTTP_FORBIDDEN,
                      "this server does not go by that name");
    if (strcmp(visit->method, "GET") != 0 && strcmp(visit->method, "HEAD") != 0)
        return refuse_method(server, connection, visit);
    if (visit->status != ANNALS_OK)
        return refuse_error(server, connection, visit, &visit->error);
    if (server->token != NULL && token != NULL && strcmp(visit->request.path, "/") == 0 &&
        admission_token(server->token, token))
        return welcome(server, connection, visit);
    if (!is_admitted(server, connection))
        return refuse(server, connection, visit, MHD_HTTP_UNAUTHORIZED,
                      "a token is needed: open /?token=TOKEN once, or send Authorization: Bearer");
    if (strncmp(visit->request.path, "/api/v1/", 8) == 0)
        return send_answer(server, connection, visit, visit->request.path + 8);
    return send_file(server, connection, visit);
}

/* ------------------------------------------------------------------ the daemon's calls */

static void *begin_visit(void *context, const char *uri, struct MHD_Connection *connection)
{
    (void)context;
    (void)connection;
    struct visit *visit = calloc(1, sizeof *visit);
    if (visit == NULL)
        return NULL;
    visit->began = now();
    visit->status = request_read(&visit->request, uri, &visit->error);
    return visit;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    (void)url;
    (void)version;
    (void)upload;
    struct visit *visit = *state;
    if (visit == NULL)
        return MHD_NO;
    if (visit->answered) {
        *upload_size = 0;
        return MHD_YES;
    }
    visit->answered = true;
    snprintf(visit->method, sizeof visit->method, "%s", method);
    return answer_visit(context, connection, visit);
}

static void write_log(struct server *server, struct MHD_Connection *connection,
                      const struct visit *visit)
{
    struct buffer line;
    char address[INET6_ADDRSTRLEN] = "-";
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info != NULL && info->client_addr != NULL)
        getnameinfo(info->client_addr, sizeof(struct sockaddr_in6), address, sizeof address, NULL,
                    0, NI_NUMERICHOST);
    buffer_init(&line);
    buffer_print(&line, "%s %s ", address, visit->method[0] != '\0' ? visit->method : "-");
    /* The token is nobody's business who reads the log. */
    const char *raw = visit->request.raw != NULL ? visit->request.raw : "-";
    bool secret = strstr(raw, "token=") != NULL;
    for (size_t i = 0; raw[i] != '\0' && !secret; i++) {
        if ((unsigned char)raw[i] > 0x20 && (unsigned char)raw[i] < 0x7f)
            buffer_add_byte(&line, raw[i]);
        else
            buffer_print(&line, "%%%02X", (unsigned)(unsigned char)raw[i]);
    }
    buffer_add_string(&line, secret ? "(with a token)" : "");
    buffer_print(&line, " %u %zu %.1f ms\n", visit->sent.status, visit->sent.length,
                 (double)(now() - visit->began) / 1000);
    pthread_mutex_lock(&server->lock);
    if (!line.failed)
        server->log(server->context, line.bytes, line.length);
    pthread_mutex_unlock(&server->lock);
    buffer_release(&line);
}

static void end_visit(void *context, struct MHD_Connection *connection, void **state,
                      enum MHD_RequestTerminationCode how)
{
    struct server *server = context;
    struct visit *visit = *state;
    (void)how;
    if (visit == NULL)
        return;
    if (server->log != NULL)
        write_log(server, connection, visit);
    request_release(&visit->request);
    free(visit);
    *state = NULL;
}

/* What libmicrohttpd would print: broken connections of clients that are gone. */
static void say_nothing(void *context, const char *format, va_list arguments)
{
    (void)context;
    (void)format;
    (void)arguments;
}

/* ------------------------------------------------------------------ what will be asked first */

/* The points of a large record take a second; the page asks for them first, and just so. */
static void *prepare(void *context)
{
    struct server *server = context;
    annals_query query = {.layout = ANNALS_JSON};
    annals_error error;
    struct buffer bytes;
    const char *id;
    uint64_t stamp = stamp_of(server);
    const struct answer *points = answer_find("points", &id);
    struct record *record = take_record(server, &error);
    if (record == NULL)
        return NULL;
    request_query(&(struct request){0}, points->takes, &query, &error);
    buffer_init(&bytes);
    annals_status status = answer_write(record, points, &query, collect, &bytes, &error);
    give_record(server, record);
    const struct reply_kind kind = kind_of(points, &query, true);
    if (status == ANNALS_OK)
        replies_keep(&server->replies, "gzip /api/v1/points", stamp, &bytes, &kind);
    buffer_release(&bytes);
    return NULL;
}

/* ------------------------------------------------------------------ opening and closing */

static annals_status find_address(const struct server *server, uint16_t port,
                                  struct addrinfo **found, annals_error *error)
{
    char service[16];
    const struct addrinfo wanted = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                                    .ai_socktype = SOCK_STREAM};
    snprintf(service, sizeof service, "%u", port);
    if (getaddrinfo(server->address, service, &wanted, found) == 0)
        return ANNALS_OK;
    return error_set(error, ANNALS_WRONG_USE, "\"%.60s\" is not an address such as 127.0.0.1",
                     server->address);
}

static annals_status start(struct server *server, uint16_t port, annals_error *error)
{
    struct addrinfo *address = NULL;
    annals_status status = find_address(server, port, &address, error);
    if (status != ANNALS_OK)
        return status;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG;
    if (address->ai_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    server->daemon = MHD_start_daemon(
        flags, port, NULL, NULL, handle, server, MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL,
        MHD_OPTION_SOCK_ADDR, address->ai_addr, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)PATIENCE, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS,
        MHD_OPTION_URI_LOG_CALLBACK, begin_visit, server, MHD_OPTION_NOTIFY_COMPLETED, end_visit,
        server, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    freeaddrinfo(address);
    if (server->daemon == NULL)
        return error_set(error, ANNALS_BUSY,
                         "port %u of %s cannot be had: another program may hold it", port,
                         server->address);
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    server->port = info != NULL ? info->port : port;
    return ANNALS_OK;
}

static annals_status check_service(const annals_service *service, annals_error *error)
{
    bool loopback = service->address == NULL || strncmp(service->address, "127.", 4) == 0 ||
                    strcmp(service->address, "::1") == 0;
    if (!loopback && service->token == NULL)
        return error_set(error, ANNALS_WRONG_USE,
                         "an address that others reach is served only with a token");
    if (service->token == NULL)
        return ANNALS_OK;
    if (strlen(service->token) < 16)
        return error_set(error, ANNALS_WRONG_USE, "a token has at least 16 characters");
    for (const char *at = service->token; *at != '\0'; at++)
        if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~", *at) ==
            NULL)
            return error_set(error, ANNALS_WRONG_USE,
                             "a token is of letters, digits, and the signs - _ . ~");
    return ANNALS_OK;
}

annals_status serve_open(const annals_service *service, struct server **server, annals_error *error)
{
    annals_status status = check_service(service, error);
    struct server *opened = status == ANNALS_OK ? calloc(1, sizeof *opened) : NULL;
    if (status != ANNALS_OK)
        return status;
    if (opened == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    replies_init(&opened->replies);
    pthread_mutex_init(&opened->lock, NULL);
    pthread_cond_init(&opened->freed, NULL);
    opened->record = strdup(service->record);
    opened->address = strdup(service->address != NULL ? service->address : "127.0.0.1");
    opened->token = service->token != NULL ? strdup(service->token) : NULL;
    opened->data = service->data != NULL ? strdup(service->data) : NULL;
    opened->limit = service->limit > 0 ? service->limit : 5000;
    opened->log = service->log;
    opened->context = service->context;
    if (opened->record == NULL || opened->address == NULL ||
        (service->token != NULL && opened->token == NULL) ||
        (service->data != NULL && opened->data == NULL))
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK)
        status = record_open(opened->record, ANNALS_READ_ONLY, opened->limit, &opened->records[0],
                             error);
    if (status == ANNALS_OK)
        status = files_open(&opened->files, service->page, error);
    if (status == ANNALS_OK)
        status = start(opened, service->port, error);
    if (status != ANNALS_OK) {
        serve_close(opened);
        return status;
    }
    opened->has_ahead = pthread_create(&opened->ahead, NULL, prepare, opened) == 0;
    *server = opened;
    return ANNALS_OK;
}

uint16_t serve_port(const struct server *server)
{
    return server->port;
}

void serve_close(struct server *server)
{
    if (server == NULL)
        return;
    if (server->has_ahead)
        pthread_join(server->ahead, NULL);
    if (server->daemon != NULL)
        MHD_stop_daemon(server->daemon);
    for (int i = 0; i < THREADS; i++)
        record_close(server->records[i]);
    files_close(&server->files);
    replies_release(&server->replies);
    pthread_cond_destroy(&server->freed);
    pthread_mutex_destroy(&server->lock);
    free(server->record);
    free(server->address);
    free(server->token);
    free(server->data);
    free(server);
}
