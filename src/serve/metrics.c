/* What the server counts of the requests it answers.
 *
 * A route is what the API's table has, an id in it written as ID, so that nobody who asks can make
 * new labels: the page's files are one route, everything else another. Names and units are
 * Prometheus' conventions (prometheus.io/docs/practices/naming); bounds of the histogram are those
 * of its clients, with a millisecond before. What is counted while it is written may be in one
 * figure and not yet in another, but for the histogram's own count, which is the sum of its
 * buckets. */
#include "serve/metrics.h"

#include "formats/exposition.h"
#include "render/answers.h"

#include <string.h>
#include <time.h>

static const double bounds[METRIC_BUCKETS - 1] = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                  0.25,  0.5,    1,     2.5,  5,     10};
static const char *const methods[METRIC_METHODS] = {"GET", "HEAD", "POST", "other"};
/* The last one is for all others. */
static const unsigned statuses[METRIC_STATUSES] = {200, 303, 304, 400, 401, 403, 404, 405,
                                                   408, 409, 411, 413, 414, 415, 417, 431,
                                                   500, 501, 502, 503, 504, 505, 206, 0};

/* Routes beside those of render/answers.h, which follow them. */
static const char *const own_routes[] = {
    "malformed", "/", "file", "/healthz", "/metrics", "/api/v1/access", "/api/v1/other", "other"};
enum {
    ROUTE_MALFORMED,
    ROUTE_PAGE,
    ROUTE_FILE,
    ROUTE_HEALTH,
    ROUTE_METRICS,
    ROUTE_ACCESS,
    ROUTE_NO_ANSWER,
    ROUTE_OTHER,
    ROUTES_OWN
};

/* ------------------------------------------------------------------ counting */

static size_t find_route(const char *path)
{
    static const char api[] = "/api/v1/";
    const char *id;
    if (path == NULL)
        return ROUTE_MALFORMED;
    for (size_t i = ROUTE_PAGE; i < ROUTES_OWN; i++)
        if (strcmp(path, own_routes[i]) == 0)
            return i;
    if (strncmp(path, api, sizeof api - 1) == 0) {
        const struct answer *answer = answer_find(path + sizeof api - 1, &id);
        size_t route = answer != NULL ? ROUTES_OWN + (size_t)(answer - answers) : ROUTE_NO_ANSWER;
        return route < METRIC_ROUTES ? route : ROUTE_NO_ANSWER;
    }
    bool file =
        path[0] == '/' && (strncmp(path, "/assets/", 8) == 0 || strchr(path + 1, '/') == NULL);
    return file ? ROUTE_FILE : ROUTE_OTHER;
}

static size_t find_method(const char *method)
{
    size_t i = 0;
    while (i < METRIC_METHODS - 1 && strcmp(method, methods[i]) != 0)
        i++;
    return i;
}

static size_t find_status(unsigned status)
{
    size_t i = 0;
    while (i < METRIC_STATUSES - 1 && statuses[i] != status)
        i++;
    return i;
}

void metrics_init(struct metrics *metrics)
{
    struct timespec now;
    memset(metrics, 0, sizeof *metrics);
    clock_gettime(CLOCK_REALTIME, &now);
    metrics->began = (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void metrics_count(struct metrics *metrics, const char *method, const char *path, unsigned status,
                   int64_t microseconds)
{
    size_t route = find_route(path), bucket = 0;
    uint64_t took = microseconds > 0 ? (uint64_t)microseconds : 0;
    while (bucket < METRIC_BUCKETS - 1 && (double)took > bounds[bucket] * 1e6)
        bucket++;
    atomic_fetch_add_explicit(&metrics->requests[route][find_method(method)][find_status(status)],
                              1, memory_order_relaxed);
    atomic_fetch_add_explicit(&metrics->buckets[route][bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&metrics->microseconds[route], took, memory_order_relaxed);
}

/* ------------------------------------------------------------------ writing */

/* The route's label; false where there is no route of this number. */
static bool name_route(size_t route, char label[120])
{
    if (route < ROUTES_OWN) {
        snprintf(label, 120, "route=\"%s\"", own_routes[route]);
        return true;
    }
    for (size_t i = 0; i <= route - ROUTES_OWN; i++)
        if (answers[i].path == NULL)
            return false;
    const struct answer *answer = &answers[route - ROUTES_OWN];
    snprintf(label, 120, "route=\"/api/v1/%s%s\"", answer->path,
             (answer->takes & TAKES_ID) != 0 ? "/ID" : "");
    return true;
}

static void write_requests(const struct metrics *metrics, size_t route, const char *label,
                           struct buffer *text)
{
    char labels[200];
    for (size_t method = 0; method < METRIC_METHODS; method++)
        for (size_t status = 0; status < METRIC_STATUSES; status++) {
            uint64_t count = atomic_load_explicit(&metrics->requests[route][method][status],
                                                  memory_order_relaxed);
            if (count == 0)
                continue;
            char number[16] = "other";
            if (statuses[status] != 0)
                snprintf(number, sizeof number, "%u", statuses[status]);
            snprintf(labels, sizeof labels, "%s,method=\"%s\",status=\"%s\"", label,
                     methods[method], number);
            exposition_value(text, "annals_http_requests_total", "", labels, (double)count);
        }
}

static void write_histogram(const struct metrics *metrics, size_t route, const char *label,
                            struct buffer *text)
{
    static const char name[] = "annals_http_request_duration_seconds";
    uint64_t counts[METRIC_BUCKETS], sum = 0;
    char labels[200];
    for (size_t i = 0; i < METRIC_BUCKETS; i++) {
        counts[i] = atomic_load_explicit(&metrics->buckets[route][i], memory_order_relaxed);
        sum += counts[i];
    }
    if (sum == 0)
        return;
    uint64_t below = 0;
    for (size_t i = 0; i < METRIC_BUCKETS; i++) {
        char bound[32] = "+Inf";
        if (i < METRIC_BUCKETS - 1)
            snprintf(bound, sizeof bound, "%g", bounds[i]);
        below += counts[i];
        snprintf(labels, sizeof labels, "%s,le=\"%s\"", label, bound);
        exposition_value(text, name, "_bucket", labels, (double)below);
    }
    exposition_value(
        text, name, "_sum", label,
        (double)atomic_load_explicit(&metrics->microseconds[route], memory_order_relaxed) / 1e6);
    exposition_value(text, name, "_count", label, (double)sum);
}

void metrics_write(const struct metrics *metrics, struct buffer *text)
{
    char label[120];
    snprintf(label, sizeof label, "version=\"%s\"", ANNALS_VERSION);
    exposition_family(text, "annals_build_info", "gauge", "Which annals this is; always 1.");
    exposition_value(text, "annals_build_info", "", label, 1);
    exposition_family(text, "process_start_time_seconds", "gauge",
                      "When the server began, in seconds since 1970.");
    exposition_value(text, "process_start_time_seconds", "", NULL, metrics->began);
    exposition_family(text, "annals_http_requests_total", "counter",
                      "Requests that were answered, by route, method and status.");
    for (size_t route = 0; route < METRIC_ROUTES && name_route(route, label); route++)
        write_requests(metrics, route, label, text);
    exposition_family(text, "annals_http_request_duration_seconds", "histogram",
                      "From a request's first line to its reply, by route.");
    for (size_t route = 0; route < METRIC_ROUTES && name_route(route, label); route++)
        write_histogram(metrics, route, label, text);
}
