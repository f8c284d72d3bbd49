/* Implements the serving part of annals.h: the server, and the one connection that writes what reviewers
 * decide, with the gazetteer for the places that they name. */
#include "annals.h"

#include "serve/serve.h"

#include <stdlib.h>
#include <string.h>

struct annals_server {
    struct server *server;
    annals_record *record; /* NULL where nobody decides */
    char *data;
};

static annals_status decide(void *context, const annals_decision *decisions, size_t count,
                            uint64_t *first, annals_error *error)
{
    struct annals_server *server = context;
    return annals_record_decide(server->record, server->data, decisions, count, first, error);
}

annals_status annals_serve(const annals_service *service, annals_server **server,
                           annals_error *error)
{
    struct annals_server *opened = calloc(1, sizeof *opened);
    if (opened == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    const struct serve_decider decider = {decide, opened};
    uint32_t wait = service->limit > 0 ? service->limit : 5000;
    annals_status status = ANNALS_OK;
    opened->data = service->data != NULL ? strdup(service->data) : NULL;
    if (service->data != NULL && opened->data == NULL)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    /* Reading first: where there is no record, none is made. */
    if (status == ANNALS_OK && service->write_token != NULL) {
        status = annals_record_open(service->record, ANNALS_READ_ONLY, wait, &opened->record, error);
        annals_record_close(opened->record);
        opened->record = NULL;
        if (status == ANNALS_OK)
            status = annals_record_open(service->record, ANNALS_READ_WRITE, wait, &opened->record,
                                        error);
    }
    if (status == ANNALS_OK)
        status = serve_open(service, &decider, &opened->server, error);
    if (status != ANNALS_OK) {
        annals_server_close(opened);
        return status;
    }
    *server = opened;
    return ANNALS_OK;
}

uint16_t annals_server_port(const annals_server *server)
{
    return serve_port(server->server);
}

void annals_server_close(annals_server *server)
{
    if (server == NULL)
        return;
    serve_close(server->server);
    annals_record_close(server->record);
    free(server->data);
    free(server);
}
