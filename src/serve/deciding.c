/* Decisions of people, by POST: who may, what they say, and the log of what was kept. */
#include "serve/deciding.h"

#include "render/answers.h"
#include "serve/admission.h"
#include "serve/head.h"
#include "serve/review.h"

#include <string.h>

/* Whether the request may decide; else refused. The header is one that no form and, without our leave,
 * no page of another site can send. */
static bool may_decide(struct server *server, struct MHD_Connection *connection,
                       struct visit *visit, enum MHD_Result *result)
{
    const char *given = visit_header(connection, "Annals-Write-Token");
    const char *message = NULL;
    unsigned status = MHD_HTTP_FORBIDDEN;
    if (server->write_token == NULL)
        message = "this server only reads; `annals serve --write-token-file FILE` lets people decide";
    else if (!admission_origin(visit_header(connection, MHD_HTTP_HEADER_HOST),
                               visit_header(connection, MHD_HTTP_HEADER_ORIGIN),
                               visit_header(connection, "Sec-Fetch-Site")))
        message = "a page of another site may not decide here";
    else if (given == NULL) {
        status = MHD_HTTP_UNAUTHORIZED;
        message = "a write token is needed: the header Annals-Write-Token";
    } else if (!admission_token(server->write_token, given))
        message = "this is not the write token";
    if (message != NULL)
        *result = visit_refuse(server, connection, visit, status, message);
    return message == NULL;
}

/* Whether who asks may decide: "closed", "token" (one is needed) or "open". */
enum MHD_Result deciding_access(struct server *server, struct MHD_Connection *connection,
                                   struct visit *visit)
{
    enum MHD_Result result;
    struct buffer bytes;
    bool given = visit_header(connection, "Annals-Write-Token") != NULL;
    const struct reply_kind kind = {MHD_HTTP_OK, "application/json", "no-store", NULL, false};
    if (visit->request.count > 0)
        return visit_refuse(server, connection, visit, MHD_HTTP_BAD_REQUEST,
                      "there is no parameter here");
    if (server->write_token != NULL && given && !may_decide(server, connection, visit, &result))
        return result;
    buffer_init(&bytes);
    buffer_print(&bytes, "{\"review\":\"%s\"}\n",
                 server->write_token == NULL ? "closed"
                 : given                     ? "open"
                                             : "token");
    result = replies_send(&server->replies, connection, NULL, 0, &bytes, &kind, &visit->sent);
    buffer_release(&bytes);
    return result;
}

static bool is_json(const char *type)
{
    static const char json[] = "application/json";
    size_t length = sizeof json - 1;
    return type != NULL && strncasecmp(type, json, length) == 0 &&
           (type[length] == '\0' || type[length] == ';' || type[length] == ' ');
}

/* Keeps the decisions and writes the log of them. */
static annals_status keep(struct server *server, const struct review *review, struct buffer *bytes,
                          bool *overtaken, annals_error *error)
{
    const char *id;
    char range[64];
    uint64_t first = 0;
    const struct answer *log = answer_find("decisions/", &id);
    struct record *record = readers_take(&server->readers, error);
    if (record == NULL)
        return error->status;
    pthread_mutex_lock(&server->deciding);
    annals_status status = server->decider.decide(server->decider.context, review->decisions,
                                                  review->count, &first, error);
    *overtaken = status == ANNALS_STOPPED;
    if (status == ANNALS_OK)
        atomic_fetch_add(&server->readers.written, 1);
    pthread_mutex_unlock(&server->deciding);
    snprintf(range, sizeof range, "d%llu-%llu", (unsigned long long)first,
             (unsigned long long)(first + review->count - 1));
    const annals_query query = {.id = range, .layout = ANNALS_JSON};
    if (status == ANNALS_OK)
        status = answer_write(record, log, &query, asking_collect, bytes, error);
    readers_give(&server->readers, record);
    return status;
}

enum MHD_Result deciding_keep(struct server *server, struct MHD_Connection *connection,
                              struct visit *visit)
{
    enum MHD_Result result;
    struct review review;
    struct buffer bytes;
    annals_error error = {0};
    bool overtaken = false;
    const struct reply_kind kind = {MHD_HTTP_OK, "application/json", "no-store", NULL, false};
    if (!may_decide(server, connection, visit, &result))
        return result;
    if (!is_json(visit_header(connection, MHD_HTTP_HEADER_CONTENT_TYPE)))
        return visit_refuse(server, connection, visit, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE,
                      "decisions come as application/json");
    if (visit->request.count > 0)
        return visit_refuse(server, connection, visit, MHD_HTTP_BAD_REQUEST,
                      "there is no parameter here");
    buffer_init(&bytes);
    annals_status status = review_read(&review, visit->body.bytes, visit->body.length, &error);
    if (status == ANNALS_OK)
        status = keep(server, &review, &bytes, &overtaken, &error);
    review_release(&review);
    result = overtaken ? visit_refuse(server, connection, visit, MHD_HTTP_CONFLICT, error.sentence)
             : status != ANNALS_OK
                 ? visit_refuse_error(server, connection, visit, &error)
                 : replies_send(&server->replies, connection, NULL, 0, &bytes, &kind, &visit->sent);
    buffer_release(&bytes);
    return result;
}
