/* The server's log: a line a request. */
#ifndef ANNALS_SERVE_ACCESS_LOG_H
#define ANNALS_SERVE_ACCESS_LOG_H

#include "formats/log_line.h"

#include <sys/socket.h>

struct access {
    const struct sockaddr *address; /* NULL: unknown */
    socklen_t length;
    const char *method, *target; /* as they came; NULL or "": unknown */
    const char *why;             /* of a refusal; NULL or "": none */
    unsigned status;
    size_t bytes;
    int64_t microseconds;
};

void access_log_line(struct buffer *line, annals_log_format format, const struct access *access);

#endif
