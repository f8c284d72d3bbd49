/* Stands before libmicrohttpd: takes connections, hands on whole and well-formed requests alone, and
 * refuses everything else in the one error shape. */
#ifndef ANNALS_SERVE_GUARD_H
#define ANNALS_SERVE_GUARD_H

#include "bytes/buffer.h"
#include "bytes/status.h"

#include <stdint.h>
#include <sys/socket.h>

/* What the guard asks of the server. Called on the guard's thread. */
struct guard_calls {
    /* Takes one end of a pair of sockets, on which a request comes; false where it cannot. */
    bool (*take)(void *context, int socket, const struct sockaddr *address, socklen_t length);
    /* Writes a whole reply with this error. */
    void (*refuse)(void *context, struct buffer *bytes, unsigned status, const char *message);
    /* Whether the head of a reply is one of the server's own. */
    bool (*is_ours)(void *context, const char *head, size_t length);
    void (*log)(void *context, const struct sockaddr *address, socklen_t length, unsigned status,
                size_t bytes);
    void *context;
};

struct guard;

/* Listens at `address`; ANNALS_BUSY where another program does. */
annals_status guard_open(const struct sockaddr *address, socklen_t length,
                         const struct guard_calls *calls, struct guard **guard,
                         annals_error *error);
uint16_t guard_port(const struct guard *guard);
/* Takes no request more, lets replies end that are on their way (some seconds at most), closes. */
void guard_close(struct guard *guard);

#endif
