/* One request on its way, and what those who answer it share: the server's parts. For serve/ alone. */
#ifndef ANNALS_SERVE_VISITS_H
#define ANNALS_SERVE_VISITS_H

#include "serve/asking.h"
#include "serve/files.h"
#include "serve/guard.h"
#include "serve/health.h"
#include "serve/pace.h"
#include "serve/readers.h"
#include "serve/replies.h"
#include "serve/request.h"
#include "serve/serve.h"

struct server {
    struct MHD_Daemon *daemon;
    struct guard *guard;
    struct replies replies;
    struct files files;
    struct readers readers;
    struct pace pace;
    char *record, *address, *token, *write_token, *data;
    struct serve_decider decider;
    pthread_mutex_t deciding;
    struct health health;
    uint32_t limit; /* milliseconds a question */
    annals_sink log;
    annals_log_format log_format;
    void *context;
    pthread_mutex_t logging;
    struct asking_ahead ahead;
};

/* One request on its way, from its first line to the log. */
struct visit {
    struct request request;
    annals_status status; /* of reading it */
    annals_error error;
    bool begun, answered;
    struct buffer body;
    struct reply_sent sent;
    char method[16], why[160]; /* why: it was refused */
    int64_t began;
};

/* One shape of error, whatever was wrong. */
enum MHD_Result visit_refuse(struct server *server, struct MHD_Connection *connection,
                             struct visit *visit, unsigned status, const char *message);
enum MHD_Result visit_refuse_error(struct server *server, struct MHD_Connection *connection,
                                   struct visit *visit, const annals_error *error);

/* A field of the request's head; NULL where it was not sent. */
const char *visit_header(struct MHD_Connection *connection, const char *name);

/* Answers a request that is whole. */
enum MHD_Result visit_answer(struct server *server, struct MHD_Connection *connection,
                             struct visit *visit);

#endif
