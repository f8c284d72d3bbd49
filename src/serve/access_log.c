/* The server's log: a line a request, for people or as JSON (docs/http.md).
 *
 * A target that carries a token is not written at all in lines for people, and without it in JSON.
 */
#include "serve/access_log.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

static const char *or_dash(const char *text)
{
    return text != NULL && text[0] != '\0' ? text : "-";
}

static void find_address(const struct access *access, char text[INET6_ADDRSTRLEN])
{
    snprintf(text, INET6_ADDRSTRLEN, "-");
    if (access->address != NULL && access->length > 0)
        getnameinfo(access->address, access->length, text, INET6_ADDRSTRLEN, NULL, 0,
                    NI_NUMERICHOST);
}

static void add_target(struct buffer *line, const char *target)
{
    if (strstr(target, "token=") != NULL) {
        buffer_add_string(line, "(with a token)");
        return;
    }
    for (; *target != '\0'; target++) {
        if ((unsigned char)*target > 0x20 && (unsigned char)*target < 0x7f)
            buffer_add_byte(line, *target);
        else
            buffer_print(line, "%%%02X", (unsigned)(unsigned char)*target);
    }
}

static void add_json(struct buffer *line, const char *address, const struct access *access)
{
    bool refused = access->why != NULL && access->why[0] != '\0';
    const annals_log_field fields[] = {{"client", address, 0},
                                       {"method", or_dash(access->method), 0},
                                       {"target", or_dash(access->target), 0},
                                       {"status", NULL, access->status},
                                       {"bytes", NULL, (double)access->bytes},
                                       {"seconds", NULL, (double)access->microseconds / 1e6},
                                       {"reason", access->why, 0}};
    size_t count = sizeof fields / sizeof fields[0];
    log_line_json(line, log_line_now(),
                  access->status >= 500   ? ANNALS_LOG_ERROR
                  : access->status >= 400 ? ANNALS_LOG_WARNING
                                          : ANNALS_LOG_INFO,
                  "request", fields, refused ? count : count - 1);
}

void access_log_line(struct buffer *line, annals_log_format format, const struct access *access)
{
    char address[INET6_ADDRSTRLEN];
    find_address(access, address);
    if (format == ANNALS_LOG_JSON) {
        add_json(line, address, access);
        return;
    }
    buffer_print(line, "%s %s ", address, or_dash(access->method));
    add_target(line, or_dash(access->target));
    buffer_print(line, " %u %zu %.1f ms\n", access->status, access->bytes,
                 (double)access->microseconds / 1000);
}
