/* The figures of a program that serves nothing else: /metrics and /healthz alone. */
#ifndef ANNALS_SERVE_MONITOR_H
#define ANNALS_SERVE_MONITOR_H

#include "bytes/status.h"

#include <stdint.h>

struct monitor;

/* As annals_monitor_open and the calls that follow it. */
annals_status monitor_open(const char *address, const annals_metric *metrics, size_t count,
                           struct monitor **monitor, annals_error *error);
uint16_t monitor_port(const struct monitor *monitor);
void monitor_set(struct monitor *monitor, size_t metric, double value);
void monitor_trouble(struct monitor *monitor, const char *reason);
void monitor_close(struct monitor *monitor);

#endif
