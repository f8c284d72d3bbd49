/* The figures of a program that serves nothing else (annals worker, annals watch), by
 * libmicrohttpd: one thread, few connections, short patience, GET and HEAD on two paths.
 *
 * There is no token: figures say how much, never what. Names in Host are refused as the page's
 * server refuses them (admission.c), so that no page of another site reads them through a browser.
 */
#include "serve/monitor.h"

#include "bytes/buffer.h"
#include "formats/exposition.h"
#include "serve/admission.h"

#include <errno.h>
#include <math.h>
#include <microhttpd.h>
#include <netdb.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTIONS = 16, PATIENCE = 5, MEMORY = 16 << 10 };

struct monitor {
    struct MHD_Daemon *daemon;
    const annals_metric *metrics;
    double *values;
    size_t count;
    char host[80], reason[200];
    pthread_mutex_t lock;
};

/* ------------------------------------------------------------------ figures */

void monitor_set(struct monitor *monitor, size_t metric, double value)
{
    pthread_mutex_lock(&monitor->lock);
    if (metric < monitor->count)
        monitor->values[metric] = value;
    pthread_mutex_unlock(&monitor->lock);
}

void monitor_trouble(struct monitor *monitor, const char *reason)
{
    pthread_mutex_lock(&monitor->lock);
    snprintf(monitor->reason, sizeof monitor->reason, "%s", reason != NULL ? reason : "");
    pthread_mutex_unlock(&monitor->lock);
}

static void write_metrics(struct monitor *monitor, struct buffer *text)
{
    exposition_family(text, "annals_build_info", "gauge", "Which annals this is; always 1.");
    exposition_value(text, "annals_build_info", "", "version=\"" ANNALS_VERSION "\"", 1);
    pthread_mutex_lock(&monitor->lock);
    for (size_t i = 0; i < monitor->count; i++) {
        const annals_metric *metric = &monitor->metrics[i];
        if (i == 0 || strcmp(metric->name, metric[-1].name) != 0)
            exposition_family(text, metric->name, metric->counter ? "counter" : "gauge",
                              metric->help);
        exposition_value(text, metric->name, "", metric->labels, monitor->values[i]);
    }
    pthread_mutex_unlock(&monitor->lock);
}

/* The status of HTTP. */
static unsigned write_health(struct monitor *monitor, struct buffer *text)
{
    pthread_mutex_lock(&monitor->lock);
    bool well = monitor->reason[0] == '\0';
    if (well)
        buffer_add_string(text, "{\"status\":\"ok\"}\n");
    else
        buffer_print(text, "{\"error\":{\"status\":503,\"message\":\"%s\"}}\n", monitor->reason);
    pthread_mutex_unlock(&monitor->lock);
    return well ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE;
}

/* ------------------------------------------------------------------ answering */

static enum MHD_Result reply(struct MHD_Connection *connection, unsigned status, const char *type,
                             struct buffer *text)
{
    enum MHD_Result result = MHD_NO;
    struct MHD_Response *response =
        text->failed
            ? NULL
            : MHD_create_response_from_buffer(text->length, text->bytes, MHD_RESPMEM_MUST_COPY);
    if (response != NULL) {
        MHD_add_response_header(response, "Content-Type", type);
        MHD_add_response_header(response, "Cache-Control", "no-store");
        MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
        result = MHD_queue_response(connection, status, response);
        MHD_destroy_response(response);
    }
    buffer_release(text);
    return result;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    static const char json[] = "application/json";
    static int begun;
    struct monitor *monitor = context;
    struct buffer text;
    (void)version, (void)upload;
    /* An answer to the first call would end the connection: a body might follow, which is dropped.
     */
    if (*state == NULL || *upload_size > 0) {
        *state = &begun;
        *upload_size = 0;
        return MHD_YES;
    }
    buffer_init(&text);
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
    bool health = strcmp(url, "/healthz") == 0;
    unsigned status = MHD_HTTP_NOT_FOUND;
    if (!health && !admission_host(monitor->host, host))
        status = MHD_HTTP_FORBIDDEN;
    else if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        status = MHD_HTTP_METHOD_NOT_ALLOWED;
    else if (health)
        return reply(connection, write_health(monitor, &text), json, &text);
    else if (strcmp(url, "/metrics") == 0) {
        write_metrics(monitor, &text);
        return reply(connection, MHD_HTTP_OK, EXPOSITION_TYPE, &text);
    }
    buffer_print(&text, "{\"error\":{\"status\":%u,\"message\":\"%s\"}}\n", status,
                 "here are /metrics and /healthz, for GET and HEAD, by this server's address");
    return reply(connection, status, json, &text);
}

/* ------------------------------------------------------------------ opening and closing */

/* "127.0.0.1:9470", "[::1]:9470". */
static annals_status read_address(const char *address, char host[80], struct addrinfo **found,
                                  annals_error *error)
{
    const struct addrinfo wanted = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                                    .ai_socktype = SOCK_STREAM};
    const char *colon = strrchr(address, ':');
    bool brackets = address[0] == '[' && colon != NULL && colon > address + 2 && colon[-1] == ']';
    size_t length = colon != NULL ? (size_t)(colon - address) : 0;
    if (length > 0 && length < 80 && (brackets || memchr(address, ':', length) == NULL)) {
        snprintf(host, 80, "%.*s", (int)(brackets ? length - 2 : length),
                 brackets ? address + 1 : address);
        if (getaddrinfo(host, colon + 1, &wanted, found) == 0)
            return ANNALS_OK;
    }
    return error_set(error, ANNALS_WRONG_USE,
                     "\"%.80s\" is no address for figures, such as 127.0.0.1:9470", address);
}

static annals_status listen_at(const char *address, const struct addrinfo *at, int *listener,
                               annals_error *error)
{
    int one = 1;
    int made = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool good = made >= 0 && setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
                bind(made, at->ai_addr, at->ai_addrlen) == 0 && listen(made, CONNECTIONS) == 0;
    if (good) {
        *listener = made;
        return ANNALS_OK;
    }
    int reason = errno;
    if (made >= 0)
        close(made);
    return error_set(error, ANNALS_BUSY, "%.80s cannot be had for figures: %s", address,
                     strerror(reason));
}

annals_status monitor_open(const char *address, const annals_metric *metrics, size_t count,
                           struct monitor **monitor, annals_error *error)
{
    struct addrinfo *at = NULL;
    int listener = -1;
    struct monitor *opened = calloc(1, sizeof *opened);
    double *values = calloc(count + 1, sizeof *values);
    annals_status status = opened == NULL || values == NULL
                               ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                               : read_address(address, opened->host, &at, error);
    if (status == ANNALS_OK) {
        status = listen_at(address, at, &listener, error);
        freeaddrinfo(at);
    }
    if (status != ANNALS_OK) {
        free(opened);
        free(values);
        return status;
    }
    for (size_t i = 0; i < count; i++)
        values[i] = NAN;
    opened->metrics = metrics;
    opened->values = values;
    opened->count = count;
    pthread_mutex_init(&opened->lock, NULL);
    opened->daemon = MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD, 0, NULL, NULL, handle, opened, MHD_OPTION_LISTEN_SOCKET,
        listener, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)PATIENCE, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (opened->daemon == NULL) {
        close(listener);
        monitor_close(opened);
        return error_set(error, ANNALS_NO_MEMORY, "libmicrohttpd cannot be started");
    }
    *monitor = opened;
    return ANNALS_OK;
}

uint16_t monitor_port(const struct monitor *monitor)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(monitor->daemon, MHD_DAEMON_INFO_LISTEN_FD);
    char port[16] = "0";
    if (info != NULL && getsockname(info->listen_fd, (struct sockaddr *)&address, &length) == 0)
        getnameinfo((struct sockaddr *)&address, length, NULL, 0, port, sizeof port,
                    NI_NUMERICSERV);
    return (uint16_t)strtoul(port, NULL, 10);
}

void monitor_close(struct monitor *monitor)
{
    if (monitor == NULL)
        return;
    if (monitor->daemon != NULL)
        MHD_stop_daemon(monitor->daemon);
    pthread_mutex_destroy(&monitor->lock);
    free(monitor->values);
    free(monitor);
}
