/* One request: who asks, what is asked, and the answer, from what is kept or from the record.
 *
 * GET and HEAD are answered; POST on /api/v1/decisions alone, with a write token (deciding.c). Every
 * refusal is {"error":{"status","message"}}. */
#include "serve/visits.h"

#include "formats/exposition.h"
#include "render/answers.h"
#include "serve/admission.h"
#include "serve/deciding.h"

#include <string.h>

/* ------------------------------------------------------------------ replies */

static unsigned http_status(annals_status status)
{
    switch (status) {
    case ANNALS_OK: return MHD_HTTP_OK;
    case ANNALS_NOT_FOUND: return MHD_HTTP_NOT_FOUND;
    case ANNALS_WRONG_USE:
    case ANNALS_MALFORMED: return MHD_HTTP_BAD_REQUEST;
    case ANNALS_TOO_LARGE: return MHD_HTTP_URI_TOO_LONG;
    case ANNALS_STOPPED:
    case ANNALS_BUSY: return MHD_HTTP_SERVICE_UNAVAILABLE;
    default: return MHD_HTTP_INTERNAL_SERVER_ERROR;
    }
}

enum MHD_Result visit_refuse(struct server *server, struct MHD_Connection *connection,
                              struct visit *visit, unsigned status, const char *message)
{
    struct buffer bytes;
    const struct reply_kind kind = {status, "application/json", "no-store", NULL, false};
    buffer_init(&bytes);
    snprintf(visit->why, sizeof visit->why, "%s", message);
    replies_error(&bytes, status, message);
    enum MHD_Result result = replies_send(&server->replies, connection, NULL, 0, &bytes, &kind,
                                          &visit->sent);
    buffer_release(&bytes);
    return result;
}

enum MHD_Result visit_refuse_error(struct server *server, struct MHD_Connection *connection,
                                    struct visit *visit, const annals_error *error)
{
    return visit_refuse(server, connection, visit, http_status(error->status),
                  error->sentence[0] != '\0' ? error->sentence
                                             : annals_status_sentence(error->status));
}

static bool takes_gzip(struct MHD_Connection *connection)
{
    const char *takes =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    const char *gzip = takes != NULL ? strstr(takes, "gzip") : NULL;
    return gzip != NULL && strncmp(gzip + 4, ";q=0", 4) != 0;
}

/* ------------------------------------------------------------------ what is asked */

/* Asks the record; of questions that take long few at a time. */
static annals_status make_answer(struct server *server, const struct visit *visit,
                                 const struct answer *answer, const annals_query *query,
                                 struct buffer *bytes, annals_error *error)
{
    bool slow;
    if (!pace_begin(&server->pace, &visit->request, server->limit, &slow))
        return error_set(error, ANNALS_BUSY,
                         "others ask what takes long, too; ask for less, or in a moment");
    struct record *record = readers_take(&server->readers, error);
    annals_status status = error->status;
    if (record != NULL) {
        status = answer_write(record, answer, query, asking_collect, bytes, error);
        readers_give(&server->readers, record);
    }
    pace_end(&server->pace, &visit->request, slow);
    return status;
}

static enum MHD_Result send_answer(struct server *server, struct MHD_Connection *connection,
                                   struct visit *visit, const char *name)
{
    annals_error error = {0};
    annals_query query = {0};
    const char *id;
    const struct answer *answer = answer_find(name, &id);
    if (answer == NULL)
        return visit_refuse(server, connection, visit, MHD_HTTP_NOT_FOUND, "there is no such question");
    if (request_query(&visit->request, answer->takes, &query, &error) != ANNALS_OK)
        return visit_refuse_error(server, connection, visit, &error);
    query.id = id;
    query.data = server->data;
    bool gzip = takes_gzip(connection);
    const char *key =
        arena_print(&visit->request.arena, "%s%s", gzip ? "gzip " : "", visit->request.raw);
    uint64_t stamp = readers_stamp(&server->readers);
    if (key != NULL && replies_send_again(&server->replies, connection, key, stamp, &visit->sent))
        return MHD_YES;
    /* Of many who ask the same at once, one lets it be made; the others wait for that. */
    if (key != NULL && !replies_make(&server->replies, key, stamp, server->limit))
        return replies_send_again(&server->replies, connection, key, stamp, &visit->sent)
                   ? MHD_YES
                   : visit_refuse(server, connection, visit, MHD_HTTP_SERVICE_UNAVAILABLE,
                            "others have asked this, and it takes long; ask for less");
    struct buffer bytes;
    buffer_init(&bytes);
    annals_status status = make_answer(server, visit, answer, &query, &bytes, &error);
    enum MHD_Result result;
    if (status == ANNALS_CANNOT_WRITE)
        result = visit_refuse(server, connection, visit, MHD_HTTP_CONTENT_TOO_LARGE,
                        "the answer is too long; ask for less");
    else if (status != ANNALS_OK)
        result = visit_refuse_error(server, connection, visit, &error);
    else {
        const struct reply_kind kind = asking_kind(answer, &query, gzip);
        result = replies_send(&server->replies, connection, key, stamp, &bytes, &kind, &visit->sent);
    }
    if (key != NULL)
        replies_made(&server->replies, key, stamp);
    buffer_release(&bytes);
    return result;
}

static enum MHD_Result send_file(struct server *server, struct MHD_Connection *connection,
                                 struct visit *visit)
{
    const char *name = visit->request.path[1] == '\0' ? "index.html" : visit->request.path + 1;
    /* What the build named by its content never changes. */
    bool lasting = strncmp(name, "assets/", 7) == 0;
    struct reply_kind kind = {MHD_HTTP_OK, files_type(name),
                              lasting ? "public, max-age=31536000, immutable" : "no-cache", NULL,
                              takes_gzip(connection)};
    const char *key =
        arena_print(&visit->request.arena, "%s/%s", kind.compress ? "gzip " : "", name);
    if (key != NULL && replies_send_again(&server->replies, connection, key, 0, &visit->sent))
        return MHD_YES;
    annals_error error = {0};
    struct buffer bytes;
    buffer_init(&bytes);
    enum MHD_Result result =
        files_read(&server->files, name, &bytes, &error) == ANNALS_OK
            ? replies_send(&server->replies, connection, key, 0, &bytes, &kind, &visit->sent)
            : visit_refuse_error(server, connection, visit, &error);
    buffer_release(&bytes);
    return result;
}

/* Of health and figures: never kept. */
static enum MHD_Result send_figures(struct server *server, struct MHD_Connection *connection,
                                    struct visit *visit, bool all)
{
    struct buffer bytes;
    const struct reply_kind kind = {MHD_HTTP_OK, all ? EXPOSITION_TYPE : "application/json",
                                    "no-store", NULL, all && takes_gzip(connection)};
    if (!all && !health_is_good(&server->health))
        return visit_refuse(server, connection, visit, MHD_HTTP_SERVICE_UNAVAILABLE,
                            "the record cannot be asked");
    buffer_init(&bytes);
    if (all)
        health_write(&server->health, &bytes);
    else
        buffer_add_string(&bytes, "{\"status\":\"ok\"}\n");
    enum MHD_Result result =
        replies_send(&server->replies, connection, NULL, 0, &bytes, &kind, &visit->sent);
    buffer_release(&bytes);
    return result;
}

/* ------------------------------------------------------------------ who asks */

const char *visit_header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* The token of who reads, where there is one: in Authorization, or in the cookie that the first visit left. */
static bool is_admitted(struct server *server, struct MHD_Connection *connection)
{
    if (server->token == NULL)
        return true;
    const char *bearer = visit_header(connection, MHD_HTTP_HEADER_AUTHORIZATION);
    if (bearer != NULL && strncmp(bearer, "Bearer ", 7) == 0 &&
        admission_token(server->token, bearer + 7))
        return true;
    return admission_token(server->token, MHD_lookup_connection_value(
                                              connection, MHD_COOKIE_KIND, "annals_token"));
}

/* The first visit: /?token=…. The token moves into a cookie and out of the address bar. */
static enum MHD_Result welcome(struct server *server, struct MHD_Connection *connection,
                               struct visit *visit)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    const char *cookie = arena_print(&visit->request.arena,
                                     "annals_token=%s; Path=/; HttpOnly; SameSite=Strict",
                                     server->token);
    if (response == NULL || cookie == NULL)
        return MHD_NO;
    replies_guard(response);
    MHD_add_response_header(response, "Set-Cookie", cookie);
    MHD_add_response_header(response, "Location", "/");
    visit->sent = (struct reply_sent){MHD_HTTP_SEE_OTHER, 0};
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_SEE_OTHER, response);
    MHD_destroy_response(response);
    return result;
}

/* ------------------------------------------------------------------ one request */

enum MHD_Result visit_answer(struct server *server, struct MHD_Connection *connection,
                                    struct visit *visit)
{
    const char *token = request_value(&visit->request, "token");
    bool reads = strcmp(visit->method, "GET") == 0 || strcmp(visit->method, "HEAD") == 0;
    /* Whoever watches over the server asks by any name, and need not know a token. */
    if (reads && visit->status == ANNALS_OK && strcmp(visit->request.path, "/healthz") == 0)
        return send_figures(server, connection, visit, false);
    if (!admission_host(server->address, visit_header(connection, MHD_HTTP_HEADER_HOST)))
        return visit_refuse(server, connection, visit, MHD_HTTP_FORBIDDEN,
                      "this server does not go by that name");
    bool decides = strcmp(visit->method, "POST") == 0 &&
                   strcmp(visit->request.path, "/api/v1/decisions") == 0;
    if (!reads && !decides)
        return visit_refuse(server, connection, visit, MHD_HTTP_METHOD_NOT_ALLOWED,
                      "only GET and HEAD are answered, and POST on /api/v1/decisions");
    if (visit->status != ANNALS_OK)
        return visit_refuse_error(server, connection, visit, &visit->error);
    if (server->token != NULL && token != NULL && strcmp(visit->request.path, "/") == 0 &&
        admission_token(server->token, token))
        return welcome(server, connection, visit);
    if (!is_admitted(server, connection))
        return visit_refuse(server, connection, visit, MHD_HTTP_UNAUTHORIZED,
                      "a token is needed: open /?token=TOKEN once, or send Authorization: Bearer");
    if (decides)
        return deciding_keep(server, connection, visit);
    if (strcmp(visit->request.path, "/metrics") == 0)
        return send_figures(server, connection, visit, true);
    if (strcmp(visit->request.path, "/api/v1/access") == 0)
        return deciding_access(server, connection, visit);
    if (strncmp(visit->request.path, "/api/v1/", 8) == 0)
        return send_answer(server, connection, visit, visit->request.path + 8);
    return send_file(server, connection, visit);
}
