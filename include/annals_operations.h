/* Running annals for years: what a service says in its log, and the figures that a monitor asks
 * for.
 *
 * Part of annals.h, which includes it; its head says how errors, ownership and positions are. */
#include "annals.h" /* before the guard: any of the parts may come first */

#ifndef ANNALS_OPERATIONS_H
#define ANNALS_OPERATIONS_H

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/* ---------------------------------------------------------------------------- the log */

typedef enum annals_log_format {
    ANNALS_LOG_TEXT, /* lines for people */
    ANNALS_LOG_JSON  /* one object a line */
} annals_log_format;

typedef enum annals_log_level {
    ANNALS_LOG_INFO,
    ANNALS_LOG_WARNING,
    ANNALS_LOG_ERROR
} annals_log_level;

/* `text` NULL: the number counts. */
typedef struct annals_log_field {
    const char *name, *text;
    double number;
} annals_log_field;

/* Sends one event as one line of JSON: "time" (RFC 3339, UTC, milliseconds), "level", "message"
 * (the same words for all events of a kind), then the fields. Control characters are escaped, those
 * of Unicode that change a line's direction too; passwords within addresses and tokens are left
 * out. False where the sink gave up. */
bool annals_log_json(annals_log_level level, const char *message, const annals_log_field *fields,
                     size_t count, annals_sink sink, void *context);

/* Copies `text` as a line of a log may show it (escapes and secrets as above), cut off where `room`
 * ends; returns `room`. */
const char *annals_log_text(const char *text, char *room, size_t size);

/* ---------------------------------------------------------------------------- figures */

/* One figure of a program, as Prometheus names them: counters end with _total. Rows of one name
 * stand together, each with other labels, and the first one's help counts. */
typedef struct annals_metric {
    const char *name, *labels; /* labels: `outcome="stored"`; NULL: none */
    const char *help;
    bool counter;
} annals_metric;

/* Answers GET /metrics (Prometheus text 0.0.4) and /healthz over HTTP, on a thread of its own. */
typedef struct annals_monitor annals_monitor;

/* `address` is HOST:PORT, HOST a number such as 127.0.0.1 or [::1], PORT 0 any that is free. The
 * table must outlive the monitor; its figures are unknown, and left out, until they are set. */
annals_status annals_monitor_open(const char *address, const annals_metric *metrics, size_t count,
                                  annals_monitor **monitor, annals_error *error);
uint16_t annals_monitor_port(const annals_monitor *monitor);
/* Calls with a NULL monitor do nothing, from any thread. NAN: unknown. */
void annals_monitor_set(annals_monitor *monitor, size_t metric, double value);
/* What /healthz says: 200, or 503 with the reason (one that may be read by anybody). NULL: well. */
void annals_monitor_trouble(annals_monitor *monitor, const char *reason);
void annals_monitor_close(annals_monitor *monitor);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#endif
