/* Implements the serving part of annals.h. */
#include "annals.h"

#include "serve/serve.h"

annals_status annals_serve(const annals_service *service, annals_server **server,
                           annals_error *error)
{
    return serve_open(service, (struct server **)server, error);
}

uint16_t annals_server_port(const annals_server *server)
{
    return serve_port((const struct server *)server);
}

void annals_server_close(annals_server *server)
{
    serve_close((struct server *)server);
}
