/* The record over HTTP. */
#ifndef ANNALS_SERVE_SERVE_H
#define ANNALS_SERVE_SERVE_H

#include "bytes/status.h"

#include <stdint.h>

struct server;

/* As annals_serve. */
annals_status serve_open(const annals_service *service, struct server **server, annals_error *error);
uint16_t serve_port(const struct server *server);
/* Ends what is being answered, then closes. */
void serve_close(struct server *server);

#endif
