/* Connects to NATS and makes what the queue needs where it is missing.
 *
 * The library connects again by itself for as long as it takes, so a server that restarts or a link that
 * is cut only makes callers wait. What one may configure about trust is read from the same variables of
 * the environment as the programs of NATS read it (docs.nats.io, "Environment Variables"). The stream's
 * retention is that of a work queue: a message is kept until it is acknowledged, on disk. */
#include "queue/queue.h"

#include <stdlib.h>
#include <string.h>

enum { CONNECT_MS = 5000, RECONNECT_MS = 500, REQUEST_MS = 5000, SECOND_NS = 1000000000 };
enum { DEFAULT_LIMIT = 1000000, DEFAULT_PATIENCE = 60, MOST_PENDING = 20000 };
enum { FORGET_WORKER_S = 600, FORGET_TRY_S = 7 * 24 * 3600 };
enum { SERVERS = 16, ADDRESS = 512 };

annals_status queue_fail(annals_status status, natsStatus code, jsErrCode detail,
                         const char *doing, annals_error *error)
{
    natsStatus last = NATS_OK;
    const char *text = nats_GetLastError(&last);
    bool said = last == code && text != NULL && text[0] != '\0';
    if (detail == JSNotEnabledErr || detail == JSNotEnabledForAccountErr ||
        code == NATS_NO_RESPONDERS)
        return error_set(error, status,
                         "%s: the server has no JetStream (nats-server needs -js, or jetstream in its "
                         "configuration)",
                         doing);
    return error_set(error, status, "%s: %s", doing, said ? text : natsStatus_GetText(code));
}

bool queue_goes_on(const annals_queue *queue)
{
    return queue->settings.going == NULL || queue->settings.going(queue->settings.context);
}

/* ------------------------------------------------------------------ connecting */

static bool is_name(const char *name)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    size_t length = strlen(name);
    return length > 0 && length < NAME_SIZE && strspn(name, letters) == length;
}

/* The addresses between commas. False: none, or too many. */
static bool split_servers(char *copy, const char *servers[SERVERS], int *count)
{
    char *state = NULL;
    *count = 0;
    for (char *one = strtok_r(copy, ", ", &state); one != NULL; one = strtok_r(NULL, ", ", &state)) {
        if (*count == SERVERS)
            return false;
        servers[(*count)++] = one;
    }
    return *count > 0;
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0' ? value : NULL;
}

static natsStatus set_trust(natsOptions *options, bool encrypted)
{
    const char *credentials = variable("NATS_CREDS"), *authority = variable("NATS_CA");
    const char *certificate = variable("NATS_CERT"), *key = variable("NATS_KEY");
    natsStatus code = NATS_OK;
    if (credentials != NULL)
        code = natsOptions_SetUserCredentialsFromFiles(options, credentials, NULL);
    if (code == NATS_OK && (authority != NULL || certificate != NULL || encrypted))
        code = natsOptions_SetSecure(options, true);
    if (code == NATS_OK && authority != NULL)
        code = natsOptions_LoadCATrustedCertificates(options, authority);
    if (code == NATS_OK && certificate != NULL)
        code = natsOptions_LoadCertificatesChain(options, certificate, key);
    return code;
}

/* The library would print on standard error what comes back as a status anyway. */
static void be_quiet(natsConnection *connection, natsSubscription *subscription, natsStatus code,
                     void *context)
{
    (void)connection, (void)subscription, (void)code, (void)context;
}

static natsStatus connect_to(annals_queue *queue, char *addresses)
{
    const char *servers[SERVERS];
    int count = 0;
    natsOptions *options = NULL;
    bool encrypted = strstr(addresses, "tls://") != NULL;
    if (!split_servers(addresses, servers, &count))
        return NATS_ADDRESS_MISSING;
    natsStatus code = natsOptions_Create(&options);
    if (code == NATS_OK)
        code = natsOptions_SetServers(options, servers, count);
    if (code == NATS_OK)
        code = set_trust(options, encrypted);
    if (code == NATS_OK) {
        natsOptions_SetName(options, "annals");
        natsOptions_SetTimeout(options, CONNECT_MS);
        natsOptions_SetMaxReconnect(options, -1);
        natsOptions_SetReconnectWait(options, RECONNECT_MS);
        natsOptions_SetPingInterval(options, 5000);
        natsOptions_SetMaxPingsOut(options, 2);
        natsOptions_SetErrorHandler(options, be_quiet, NULL);
        code = natsConnection_Connect(&queue->connection, options);
    }
    natsOptions_Destroy(options);
    return code;
}

/* ------------------------------------------------------------------ what is there */

/* Elections and restarts pass; other failures do not. */
static bool passes(natsStatus code, jsErrCode detail)
{
    return code == NATS_TIMEOUT || code == NATS_CONNECTION_DISCONNECTED ||
           detail == JSClusterNotAvailErr || detail == JSClusterNotLeaderErr ||
           detail == JSInsufficientResourcesErr || detail == JSClusterNoPeersErr;
}

static natsStatus make_stream(annals_queue *queue, const char *name, const char *subject, bool work,
                              jsErrCode *detail)
{
    jsStreamInfo *info = NULL;
    jsStreamConfig config;
    natsStatus code = js_GetStreamInfo(&info, queue->stream, name, NULL, detail);
    jsStreamInfo_Destroy(info);
    if (code != NATS_NOT_FOUND && *detail != JSStreamNotFoundErr)
        return code;
    info = NULL;
    jsStreamConfig_Init(&config);
    config.Name = name;
    config.Subjects = &subject;
    config.SubjectsLen = 1;
    config.Retention = work ? js_WorkQueuePolicy : js_LimitsPolicy;
    config.Discard = js_DiscardNew;
    config.Storage = js_FileStorage;
    config.Replicas = queue->settings.copies > 0 ? queue->settings.copies : 1;
    config.MaxMsgs = queue->settings.limit > 0 ? (int64_t)queue->settings.limit : DEFAULT_LIMIT;
    *detail = 0;
    code = js_AddStream(&info, queue->stream, &config, NULL, detail);
    jsStreamInfo_Destroy(info);
    if (*detail == JSStreamNameExistErr)
        code = NATS_OK; /* somebody else was faster */
    return code;
}

static natsStatus make_consumer(annals_queue *queue, jsErrCode *detail)
{
    jsConsumerInfo *info = NULL;
    jsConsumerConfig config;
    natsStatus code = js_GetConsumerInfo(&info, queue->stream, queue->name, "workers", NULL, detail);
    jsConsumerInfo_Destroy(info);
    if (code != NATS_NOT_FOUND && *detail != JSConsumerNotFoundErr)
        return code;
    uint32_t patience = queue->settings.patience > 0 ? queue->settings.patience : DEFAULT_PATIENCE;
    info = NULL;
    jsConsumerConfig_Init(&config);
    config.Durable = "workers";
    config.AckPolicy = js_AckExplicit;
    config.AckWait = (int64_t)patience * SECOND_NS;
    config.MaxDeliver = -1;
    config.MaxAckPending = MOST_PENDING;
    *detail = 0;
    code = js_AddConsumer(&info, queue->stream, queue->name, &config, NULL, detail);
    jsConsumerInfo_Destroy(info);
    if (*detail == JSConsumerNameExistErr)
        code = NATS_OK;
    return code;
}

/* Makes all of it, waiting for a cluster that is still electing. */
static annals_status make_all(annals_queue *queue, annals_error *error)
{
    enum { TRIES = 40, PAUSE_MS = 500 };
    natsStatus code = NATS_OK;
    jsErrCode detail = 0;
    for (int i = 0; i < TRIES && queue_goes_on(queue); i++) {
        detail = 0;
        code = make_stream(queue, queue->name, queue->subject, true, &detail);
        if (code == NATS_OK)
            code = make_stream(queue, queue->aside, queue->aside_subject, false, &detail);
        if (code == NATS_OK)
            code = make_consumer(queue, &detail);
        if (code == NATS_OK || !passes(code, detail))
            break;
        nats_Sleep(PAUSE_MS);
    }
    return code == NATS_OK ? ANNALS_OK
                           : queue_fail(ANNALS_CANNOT_WRITE, code, detail, "the queue", error);
}

static kvStore *open_bucket(annals_queue *queue, kvStore **store, const char *suffix, int seconds)
{
    char name[NAME_SIZE + 16];
    kvConfig config;
    snprintf(name, sizeof name, "%s-%s", queue->name, suffix);
    if (*store != NULL || js_KeyValue(store, queue->stream, name) == NATS_OK)
        return *store;
    kvConfig_Init(&config);
    config.Bucket = name;
    config.TTL = (int64_t)seconds * SECOND_NS;
    config.Replicas = queue->settings.copies > 0 ? (int)queue->settings.copies : 1;
    config.StorageType = js_FileStorage;
    if (js_CreateKeyValue(store, queue->stream, &config) != NATS_OK)
        *store = NULL;
    return *store;
}

kvStore *queue_workers(annals_queue *queue)
{
    return open_bucket(queue, &queue->workers, "workers", FORGET_WORKER_S);
}

kvStore *queue_tries(annals_queue *queue)
{
    return open_bucket(queue, &queue->tries, "tries", FORGET_TRY_S);
}

/* ------------------------------------------------------------------ messages that failed */

/* On the library's thread: keeps what the server did not take. */
static void keep_failed(jsCtx *stream, jsPubAckErr *failure, void *context)
{
    annals_queue *queue = context;
    (void)stream;
    pthread_mutex_lock(&queue->lock);
    if (queue->failed_count < 2 * WINDOW) {
        queue->failed[queue->failed_count++] = failure->Msg;
        failure->Msg = NULL; /* ours now */
    } else {
        queue->lost = true;
    }
    pthread_mutex_unlock(&queue->lock);
}

size_t queue_take_failed(annals_queue *queue, natsMsg *failed[2 * WINDOW])
{
    pthread_mutex_lock(&queue->lock);
    size_t count = queue->failed_count;
    memcpy(failed, queue->failed, count * sizeof *failed);
    queue->failed_count = 0;
    pthread_mutex_unlock(&queue->lock);
    return count;
}

/* ------------------------------------------------------------------ opening and closing */

static annals_status open_queue(annals_queue *queue, const char *servers, annals_error *error)
{
    char addresses[SERVERS * ADDRESS];
    jsOptions options;
    if (strlen(servers) >= sizeof addresses)
        return error_set(error, ANNALS_WRONG_USE, "the address of the queue is too long");
    memcpy(addresses, servers, strlen(servers) + 1);
    natsStatus code = connect_to(queue, addresses);
    if (code == NATS_ADDRESS_MISSING)
        return error_set(error, ANNALS_WRONG_USE, "\"%.200s\" is no address of a NATS server",
                         servers);
    if (code != NATS_OK)
        return queue_fail(ANNALS_CANNOT_READ, code, 0, "cannot reach the queue", error);
    jsOptions_Init(&options);
    options.Wait = REQUEST_MS;
    options.PublishAsync.MaxPending = 2 * WINDOW;
    options.PublishAsync.ErrHandler = keep_failed;
    options.PublishAsync.ErrHandlerClosure = queue;
    code = natsConnection_JetStream(&queue->stream, queue->connection, &options);
    if (code != NATS_OK)
        return queue_fail(ANNALS_CANNOT_READ, code, 0, "cannot reach the queue", error);
    return make_all(queue, error);
}

annals_status annals_queue_open(const annals_queue_settings *settings, annals_queue **queue,
                                annals_error *error)
{
    const char *servers = settings->servers != NULL ? settings->servers : variable("NATS_URL");
    const char *name = settings->name != NULL ? settings->name : "annals";
    if (servers == NULL)
        return error_set(error, ANNALS_WRONG_USE,
                         "which queue? --queue nats://HOST:PORT, or $NATS_URL");
    if (!is_name(name))
        return error_set(error, ANNALS_WRONG_USE,
                         "\"%.80s\" is no name of a queue: letters, digits, - and _", name);
    annals_queue *opened = calloc(1, sizeof *opened);
    if (opened == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    opened->settings = *settings;
    pthread_mutex_init(&opened->lock, NULL);
    snprintf(opened->name, sizeof opened->name, "%s", name);
    snprintf(opened->aside, sizeof opened->aside, "%s-aside", name);
    snprintf(opened->subject, sizeof opened->subject, "annals.%s.parcel", name);
    snprintf(opened->aside_subject, sizeof opened->aside_subject, "annals.%s.aside", name);
    annals_status status = open_queue(opened, servers, error);
    if (status != ANNALS_OK)
        annals_queue_close(opened);
    else
        *queue = opened;
    return status;
}

void annals_queue_close(annals_queue *queue)
{
    if (queue == NULL)
        return;
    natsMsg *failed[2 * WINDOW];
    natsSubscription_Destroy(queue->subscription);
    kvStore_Destroy(queue->workers);
    kvStore_Destroy(queue->tries);
    jsCtx_Destroy(queue->stream);
    if (queue->connection != NULL) {
        natsConnection_FlushTimeout(queue->connection, REQUEST_MS);
        natsConnection_Close(queue->connection);
    }
    natsConnection_Destroy(queue->connection);
    size_t count = queue_take_failed(queue, failed);
    for (size_t i = 0; i < count; i++)
        natsMsg_Destroy(failed[i]);
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}

size_t annals_queue_room(const annals_queue *queue)
{
    enum { HEADERS = 16384 };
    int64_t most = natsConnection_GetMaxPayload(queue->connection);
    return most > 2 * HEADERS ? (size_t)most - HEADERS : 0;
}
