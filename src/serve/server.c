/* The server: requests that the guard let through, each answered on a thread of its own by libmicrohttpd
 * over one of a few connections to the record. What is kept of earlier answers waits for none of them.
 *
 * GET and HEAD are answered; POST on /api/v1/decisions alone, with a write token, and one after the
 * other. Every refusal is {"error":{"status","message"}}, also the guard's. */
#include "serve/serve.h"

#include "formats/exposition.h"
#include "render/answers.h"
#include "serve/access_log.h"
#include "serve/admission.h"
#include "serve/asking.h"
#include "serve/files.h"
#include "serve/guard.h"
#include "serve/head.h"
#include "serve/health.h"
#include "serve/readers.h"
#include "serve/replies.h"
#include "serve/request.h"
#include "serve/review.h"

#include <netdb.h>
#include <netinet/in.h>

enum {
    PATIENCE = 60,                 /* seconds; the guard has less */
    MEMORY = 3 * HEAD_LONGEST,     /* of a connection: its head, and the head of the reply */
    STACK = 1 << 20
};

struct server {
    struct MHD_Daemon *daemon;
    struct guard *guard;
    struct replies replies;
    struct files files;
    struct readers readers;
    char *record, *address, *token, *write_token, *data;
    struct serve_decider decider;
    pthread_mutex_t deciding;
    struct health health;
    uint32_t limit; /* milliseconds a question */
    annals_sink log;
    annals_log_format log_format;
    void *context;
    pthread_mutex_t logging;
    struct asking_ahead ahead;
};

/* One request on its way, from its first line to the log. */
struct visit {
    struct request request;
    annals_status status; /* of reading it */
    annals_error error;
    bool begun, answered;
    struct buffer body;
    struct reply_sent sent;
    char method[16], why[160]; /* why: it was refused */
    int64_t began;
};

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

/* ------------------------------------------------------------------ replies */

static unsigned http_status(annals_status status)
{
    switch (status) {
    case ANNALS_OK: return MHD_HTTP_OK;
    case ANNALS_NOT_FOUND: return MHD_HTTP_NOT_FOUND;
    case ANNALS_WRONG_USE:
    case ANNALS_MALFORMED: return MHD_HTTP_BAD_REQUEST;
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
    const struct reply_kind kind = {status, "application/json", "no-store", NULL, false};
    buffer_init(&bytes);
    snprintf(visit->why, sizeof visit->why, "%s", message);
    replies_error(&bytes, status, message);
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
    uint64_t stamp = readers_stamp(&server->readers);
    if (key != NULL && replies_send_again(&server->replies, connection, key, stamp, &visit->sent))
        return MHD_YES;
    /* Of many who ask the same at once, one lets it be made; the others wait for that. */
    if (key != NULL && !replies_make(&server->replies, key, stamp, server->limit))
        return replies_send_again(&server->replies, connection, key, stamp, &visit->sent)
                   ? MHD_YES
                   : refuse(server, connection, visit, MHD_HTTP_SERVICE_UNAVAILABLE,
                            "others have asked this, and it takes long; ask for less");
    struct record *record = readers_take(&server->readers, &error);
    struct buffer bytes;
    buffer_init(&bytes);
    annals_status status = error.status;
    if (record != NULL) {
        status = answer_write(record, answer, &query, asking_collect, &bytes, &error);
        readers_give(&server->readers, record);
    }
    enum MHD_Result result;
    if (status == ANNALS_CANNOT_WRITE)
        result = refuse(server, connection, visit, MHD_HTTP_CONTENT_TOO_LARGE,
                        "the answer is too long; ask for less");
    else if (status != ANNALS_OK)
        result = refuse_error(server, connection, visit, &error);
    else {
        const struct reply_kind kind = asking_kind(answer, &query, gzip);
        result = replies_send(&server->replies, connection, key, stamp, &bytes, &kind, &visit->sent);
    }
    if (key != NULL)
        replies_made(&server->replies, key, stamp);
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

/* Of health and figures: never kept. */
static enum MHD_Result send_figures(struct server *server, struct MHD_Connection *connection,
                                    struct visit *visit, bool all)
{
    struct buffer bytes;
    const struct reply_kind kind = {MHD_HTTP_OK, all ? EXPOSITION_TYPE : "application/json",
                                    "no-store", NULL, all && takes_gzip(connection)};
    if (!all && !health_is_good(&server->health))
        return refuse(server, connection, visit, MHD_HTTP_SERVICE_UNAVAILABLE,
                      "the record cannot be asked");
    buffer_init(&bytes);
    if (all)
        health_write(&server->health, &bytes);
    else
        buffer_add_string(&bytes, "{\"status\":\"ok\"}\n");
    enum MHD_Result result =
        replies_send(&server->replies, connection, NULL, 0, &bytes, &kind, &visit->sent);
    buffer_release(&bytes);
    return result;
}

/* ------------------------------------------------------------------ who asks */

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* The token of who reads, where there is one: in Authorization, or in the cookie that the first visit left. */
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

/* ------------------------------------------------------------------ deciding */

/* Whether the request may decide; else refused. The header is one that no form and, without our leave,
 * no page of another site can send. */
static bool may_decide(struct server *server, struct MHD_Connection *connection,
                       struct visit *visit, enum MHD_Result *result)
{
    const char *given = header(connection, "Annals-Write-Token");
    const char *message = NULL;
    unsigned status = MHD_HTTP_FORBIDDEN;
    if (server->write_token == NULL)
        message = "this server only reads; `annals serve --write-token-file FILE` lets people decide";
    else if (!admission_origin(header(connection, MHD_HTTP_HEADER_HOST),
                               header(connection, MHD_HTTP_HEADER_ORIGIN),
                               header(connection, "Sec-Fetch-Site")))
        message = "a page of another site may not decide here";
    else if (given == NULL) {
        status = MHD_HTTP_UNAUTHORIZED;
        message = "a write token is needed: the header Annals-Write-Token";
    } else if (!admission_token(server->write_token, given))
        message = "this is not the write token";
    if (message != NULL)
        *result = refuse(server, connection, visit, status, message);
    return message == NULL;
}

/* Whether who asks may decide: "closed", "token" (one is needed) or "open". */
static enum MHD_Result send_access(struct server *server, struct MHD_Connection *connection,
                                   struct visit *visit)
{
    enum MHD_Result result;
    struct buffer bytes;
    bool given = header(connection, "Annals-Write-Token") != NULL;
    const struct reply_kind kind = {MHD_HTTP_OK, "application/json", "no-store", NULL, false};
    if (visit->request.count > 0)
        return refuse(server, connection, visit, MHD_HTTP_BAD_REQUEST,
                      "there is no parameter here");
    if (server->write_token != NULL && given && !may_decide(server, connection, visit, &result))
        return result;
    buffer_init(&bytes);
    buffer_print(&bytes, "{\"review\":\"%s\"}\n",
                 server->write_token == NULL ? "closed"
                 : given                     ? "open"
                                             : "token");
    result = replies_send(&server->replies, connection, NULL, 0, &bytes, &kind, &visit->sent);
    buffer_release(&bytes);
    return result;
}

static bool is_json(const char *type)
{
    static const char json[] = "application/json";
    size_t length = sizeof json - 1;
    return type != NULL && strncasecmp(type, json, length) == 0 &&
           (type[length] == '\0' || type[length] == ';' || type[length] == ' ');
}

/* Keeps the decisions and writes the log of them. */
static annals_status keep(struct server *server, const struct review *review, struct buffer *bytes,
                          bool *overtaken, annals_error *error)
{
    const char *id;
    char range[64];
    uint64_t first = 0;
    const struct answer *log = answer_find("decisions/", &id);
    struct record *record = readers_take(&server->readers, error);
    if (record == NULL)
        return error->status;
    pthread_mutex_lock(&server->deciding);
    annals_status status = server->decider.decide(server->decider.context, review->decisions,
                                                  review->count, &first, error);
    *overtaken = status == ANNALS_STOPPED;
    if (status == ANNALS_OK)
        atomic_fetch_add(&server->readers.written, 1);
    pthread_mutex_unlock(&server->deciding);
    snprintf(range, sizeof range, "d%llu-%llu", (unsigned long long)first,
             (unsigned long long)(first + review->count - 1));
    const annals_query query = {.id = range, .layout = ANNALS_JSON};
    if (status == ANNALS_OK)
        status = answer_write(record, log, &query, asking_collect, bytes, error);
    readers_give(&server->readers, record);
    return status;
}

static enum MHD_Result decide(struct server *server, struct MHD_Connection *connection,
                              struct visit *visit)
{
    enum MHD_Result result;
    struct review review;
    struct buffer bytes;
    annals_error error = {0};
    bool overtaken = false;
    const struct reply_kind kind = {MHD_HTTP_OK, "application/json", "no-store", NULL, false};
    if (!may_decide(server, connection, visit, &result))
        return result;
    if (!is_json(header(connection, MHD_HTTP_HEADER_CONTENT_TYPE)))
        return refuse(server, connection, visit, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE,
                      "decisions come as application/json");
    if (visit->request.count > 0)
        return refuse(server, connection, visit, MHD_HTTP_BAD_REQUEST,
                      "there is no parameter here");
    buffer_init(&bytes);
    annals_status status = review_read(&review, visit->body.bytes, visit->body.length, &error);
    if (status == ANNALS_OK)
        status = keep(server, &review, &bytes, &overtaken, &error);
    review_release(&review);
    result = overtaken ? refuse(server, connection, visit, MHD_HTTP_CONFLICT, error.sentence)
             : status != ANNALS_OK
                 ? refuse_error(server, connection, visit, &error)
                 : replies_send(&server->replies, connection, NULL, 0, &bytes, &kind, &visit->sent);
    buffer_release(&bytes);
    return result;
}

/* ------------------------------------------------------------------ one request */

static enum MHD_Result answer_visit(struct server *server, struct MHD_Connection *connection,
                                    struct visit *visit)
{
    const char *token = request_value(&visit->request, "token");
    bool reads = strcmp(visit->method, "GET") == 0 || strcmp(visit->method, "HEAD") == 0;
    /* Whoever watches over the server asks by any name, and need not know a token. */
    if (reads && visit->status == ANNALS_OK && strcmp(visit->request.path, "/healthz") == 0)
        return send_figures(server, connection, visit, false);
    if (!admission_host(server->address, header(connection, MHD_HTTP_HEADER_HOST)))
        return refuse(server, connection, visit, MHD_HTTP_FORBIDDEN,
                      "this server does not go by that name");
    bool decides = strcmp(visit->method, "POST") == 0 &&
                   strcmp(visit->request.path, "/api/v1/decisions") == 0;
    if (!reads && !decides)
        return refuse(server, connection, visit, MHD_HTTP_METHOD_NOT_ALLOWED,
                      "only GET and HEAD are answered, and POST on /api/v1/decisions");
    if (visit->status != ANNALS_OK)
        return refuse_error(server, connection, visit, &visit->error);
    if (server->token != NULL && token != NULL && strcmp(visit->request.path, "/") == 0 &&
        admission_token(server->token, token))
        return welcome(server, connection, visit);
    if (!is_admitted(server, connection))
        return refuse(server, connection, visit, MHD_HTTP_UNAUTHORIZED,
                      "a token is needed: open /?token=TOKEN once, or send Authorization: Bearer");
    if (decides)
        return decide(server, connection, visit);
    if (strcmp(visit->request.path, "/metrics") == 0)
        return send_figures(server, connection, visit, true);
    if (strcmp(visit->request.path, "/api/v1/access") == 0)
        return send_access(server, connection, visit);
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
    buffer_init(&visit->body);
    visit->status = request_read(&visit->request, uri, &visit->error);
    return visit;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    (void)url;
    (void)version;
    struct visit *visit = *state;
    if (visit == NULL)
        return MHD_NO;
    bool begins = !visit->begun;
    size_t length = *upload_size;
    visit->begun = true;
    *upload_size = 0;
    if (visit->answered)
        return MHD_YES;
    if (begins)
        snprintf(visit->method, sizeof visit->method, "%s", method);
    /* The guard lets no body through that is longer than a review may be. */
    if (length > 0 && visit->body.length + length <= HEAD_BODY_LONGEST)
        buffer_add(&visit->body, upload, length);
    /* An answer to the first call would end the connection: a body might follow. */
    if (length > 0 || begins)
        return MHD_YES;
    visit->answered = true;
    return answer_visit(context, connection, visit);
}

static void send_line(struct server *server, const struct access *access)
{
    struct buffer line;
    if (server->log == NULL)
        return;
    buffer_init(&line);
    access_log_line(&line, server->log_format, access);
    pthread_mutex_lock(&server->logging);
    if (!line.failed)
        server->log(server->context, line.bytes, line.length);
    pthread_mutex_unlock(&server->logging);
    buffer_release(&line);
}

static void write_log(struct server *server, struct MHD_Connection *connection,
                      const struct visit *visit)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info != NULL ? info->client_addr : NULL;
    socklen_t length = address == NULL                   ? 0
                       : address->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                        : sizeof(struct sockaddr_in);
    const struct access access = {address, length, visit->method, visit->request.raw, visit->why,
                                  visit->sent.status, visit->sent.length, now() - visit->began};
    metrics_count(&server->health.metrics, visit->method, visit->request.path, access.status,
                  access.microseconds);
    send_line(server, &access);
}

static void end_visit(void *context, struct MHD_Connection *connection, void **state,
                      enum MHD_RequestTerminationCode how)
{
    struct server *server = context;
    struct visit *visit = *state;
    (void)how;
    if (visit == NULL)
        return;
    write_log(server, connection, visit);
    request_release(&visit->request);
    buffer_release(&visit->body);
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

/* ------------------------------------------------------------------ what the guard asks */

static bool take_connection(void *context, int socket, const struct sockaddr *address,
                            socklen_t length)
{
    struct server *server = context;
    return MHD_add_connection(server->daemon, socket, address, length) == MHD_YES;
}

static void write_refusal(void *context, struct buffer *bytes, unsigned status, const char *message)
{
    (void)context;
    replies_refusal(bytes, status, message);
}

static bool is_ours(void *context, const char *head, size_t length)
{
    (void)context;
    return replies_are_ours(head, length);
}

static void log_refusal(void *context, const struct sockaddr *address, socklen_t length,
                        unsigned status, size_t bytes)
{
    struct server *server = context;
    const struct access access = {address, length, NULL, NULL, "no request that is whole and "
                                  "well formed, or too many at once", status, bytes, 0};
    metrics_count(&server->health.metrics, "", NULL, status, 0);
    send_line(server, &access);
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
    const struct guard_calls calls = {take_connection, write_refusal, is_ours, log_refusal, server};
    annals_status status = find_address(server, port, &address, error);
    if (status != ANNALS_OK)
        return status;
    server->daemon = MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_NO_LISTEN_SOCKET |
            MHD_USE_ITC | MHD_USE_ERROR_LOG,
        0, NULL, NULL, handle, server, MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)PATIENCE, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)MEMORY, MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK, MHD_OPTION_URI_LOG_CALLBACK,
        begin_visit, server, MHD_OPTION_NOTIFY_COMPLETED, end_visit, server,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    status = server->daemon == NULL
                 ? error_set(error, ANNALS_NO_MEMORY, "libmicrohttpd cannot be started")
                 : guard_open(address->ai_addr, address->ai_addrlen, &calls, &server->guard, error);
    freeaddrinfo(address);
    if (status == ANNALS_BUSY)
        return error_set(error, ANNALS_BUSY,
                         "port %u of %s cannot be had: another program may hold it", port,
                         server->address);
    return status;
}

static annals_status check_token(const char *token, annals_error *error)
{
    if (token == NULL)
        return ANNALS_OK;
    if (strlen(token) < 16)
        return error_set(error, ANNALS_WRONG_USE, "a token has at least 16 characters");
    for (const char *at = token; *at != '\0'; at++)
        if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~", *at) ==
            NULL)
            return error_set(error, ANNALS_WRONG_USE,
                             "a token is of letters, digits, and the signs - _ . ~");
    return ANNALS_OK;
}

static annals_status check_service(const annals_service *service, annals_error *error)
{
    bool loopback = service->address == NULL || strncmp(service->address, "127.", 4) == 0 ||
                    strcmp(service->address, "::1") == 0;
    if (!loopback && service->token == NULL)
        return error_set(error, ANNALS_WRONG_USE,
                         "an address that others reach is served only with a token");
    if (service->token != NULL && service->write_token != NULL &&
        strcmp(service->token, service->write_token) == 0)
        return error_set(error, ANNALS_WRONG_USE,
                         "who may read may not decide for that: two tokens are needed");
    annals_status status = check_token(service->token, error);
    return status == ANNALS_OK ? check_token(service->write_token, error) : status;
}

/* A copy of the text; `*failed` where there is no memory for it. */
static char *copy(const char *text, bool *failed)
{
    char *copied = text != NULL ? strdup(text) : NULL;
    *failed = *failed || (text != NULL && copied == NULL);
    return copied;
}

annals_status serve_open(const annals_service *service, const struct serve_decider *decider,
                         struct server **server, annals_error *error)
{
    bool failed = false;
    annals_status status = check_service(service, error);
    struct server *opened = status == ANNALS_OK ? calloc(1, sizeof *opened) : NULL;
    if (status != ANNALS_OK)
        return status;
    if (opened == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    replies_init(&opened->replies);
    pthread_mutex_init(&opened->logging, NULL);
    pthread_mutex_init(&opened->deciding, NULL);
    opened->record = copy(service->record, &failed);
    opened->address = copy(service->address != NULL ? service->address : "127.0.0.1", &failed);
    opened->token = copy(service->token, &failed);
    opened->write_token = copy(service->write_token, &failed);
    opened->data = copy(service->data, &failed);
    opened->decider = *decider;
    opened->limit = service->limit > 0 ? service->limit : 5000;
    opened->log = service->log;
    opened->log_format = service->log_format;
    opened->context = service->context;
    if (failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK)
        status = readers_open(&opened->readers, opened->record, opened->limit, error);
    if (status == ANNALS_OK)
        health_init(&opened->health, opened->record);
    if (status == ANNALS_OK)
        status = files_open(&opened->files, service->page, error);
    if (status == ANNALS_OK)
        status = start(opened, service->port, error);
    if (status != ANNALS_OK) {
        serve_close(opened);
        return status;
    }
    asking_begin(&opened->ahead, &opened->readers, &opened->replies);
    *server = opened;
    return ANNALS_OK;
}

uint16_t serve_port(const struct server *server)
{
    return guard_port(server->guard);
}

void serve_close(struct server *server)
{
    if (server == NULL)
        return;
    asking_end(&server->ahead);
    guard_close(server->guard);
    if (server->daemon != NULL)
        MHD_stop_daemon(server->daemon);
    health_release(&server->health);
    readers_close(&server->readers);
    files_close(&server->files);
    replies_release(&server->replies);
    pthread_mutex_destroy(&server->deciding);
    pthread_mutex_destroy(&server->logging);
    free(server->record);
    free(server->address);
    free(server->token);
    free(server->write_token);
    free(server->data);
    free(server);
}
