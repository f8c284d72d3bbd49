/* The server: requests that the guard let through, each answered on a thread of its own by libmicrohttpd
 * over one of a few connections to the record. What is kept of earlier answers waits for none of them.
 *
 * Here it is opened and closed, and here are the calls of the daemon and of the guard; visits.c answers. */
#include "serve/serve.h"

#include "serve/access_log.h"
#include "serve/head.h"
#include "serve/visits.h"

#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

enum {
    PATIENCE = 60,                 /* seconds; the guard has less */
    MEMORY = 3 * HEAD_LONGEST,     /* of a connection: its head, and the head of the reply */
    STACK = 1 << 20
};

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
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
    return visit_answer(context, connection, visit);
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
    failed = !replies_init(&opened->replies);
    pace_init(&opened->pace);
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
    pace_release(&server->pace);
    pthread_mutex_destroy(&server->deciding);
    pthread_mutex_destroy(&server->logging);
    free(server->record);
    free(server->address);
    free(server->token);
    free(server->write_token);
    free(server->data);
    free(server);
}
