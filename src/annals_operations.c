/* Implements the part of annals.h for those who run it for years: lines of the log, and figures. */
#include "annals.h"

#include "formats/log_line.h"
#include "serve/monitor.h"

#include <stdlib.h>
#include <string.h>

struct annals_monitor {
    struct monitor *monitor;
};

/* ------------------------------------------------------------------ the log */

bool annals_log_json(annals_log_level level, const char *message, const annals_log_field *fields,
                     size_t count, annals_sink sink, void *context)
{
    struct buffer line;
    buffer_init(&line);
    log_line_json(&line, log_line_now(), level, message, fields, count);
    bool sent = !line.failed && sink(context, line.bytes, line.length);
    buffer_release(&line);
    return sent;
}

const char *annals_log_text(const char *text, char *room, size_t size)
{
    struct buffer line;
    size_t length = 0;
    buffer_init(&line);
    log_line_text(&line, text, false);
    if (!line.failed && line.length > 0) {
        length = line.length < size ? line.length : size - 1;
        /* Never within a letter. */
        while (length < line.length && length > 0 && (line.bytes[length] & 0xc0) == 0x80)
            length--;
        memcpy(room, line.bytes, length);
    }
    room[length] = '\0';
    buffer_release(&line);
    return room;
}

/* ------------------------------------------------------------------ figures */

annals_status annals_monitor_open(const char *address, const annals_metric *metrics, size_t count,
                                  annals_monitor **monitor, annals_error *error)
{
    annals_monitor *opened = calloc(1, sizeof *opened);
    annals_status status = opened == NULL
                               ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                               : monitor_open(address, metrics, count, &opened->monitor, error);
    if (status == ANNALS_OK)
        *monitor = opened;
    else
        free(opened);
    return status;
}

uint16_t annals_monitor_port(const annals_monitor *monitor)
{
    return monitor_port(monitor->monitor);
}

void annals_monitor_set(annals_monitor *monitor, size_t metric, double value)
{
    if (monitor != NULL)
        monitor_set(monitor->monitor, metric, value);
}

void annals_monitor_trouble(annals_monitor *monitor, const char *reason)
{
    if (monitor != NULL)
        monitor_trouble(monitor->monitor, reason);
}

void annals_monitor_close(annals_monitor *monitor)
{
    if (monitor == NULL)
        return;
    monitor_close(monitor->monitor);
    free(monitor);
}
