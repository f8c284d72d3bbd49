/* The record over HTTP. */
#ifndef ANNALS_SERVE_SERVE_H
#define ANNALS_SERVE_SERVE_H

#include "bytes/status.h"

#include <stdint.h>

struct server;

/* Keeps decisions, as annals_record_decide does; called by one thread at a time. */
struct serve_decider {
    annals_status (*decide)(void *context, const annals_decision *decisions, size_t count,
                            uint64_t *first, annals_error *error);
    void *context;
};

/* As annals_serve; `decider` is used where the service has a write token. */
annals_status serve_open(const annals_service *service, const struct serve_decider *decider,
                         struct server **server, annals_error *error);
uint16_t serve_port(const struct server *server);
/* Ends what is being answered, then closes. */
void serve_close(struct server *server);

#endif
