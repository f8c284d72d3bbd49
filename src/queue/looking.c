/* How the queue stands: what waits, who works, what was set aside.
 *
 * Counts are the server's own; workers tell of themselves in a key-value bucket that forgets them after
 * ten minutes, so that one that died is still seen for a while, silent. */
#include "queue/queue.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ------------------------------------------------------------------ workers */

/* Keys may hold few letters (NATS architecture decision record 8). */
static void write_key(const char *name, char key[80])
{
    size_t at = 0;
    for (; at < 79 && name[at] != '\0'; at++) {
        bool plain = (name[at] >= 'a' && name[at] <= 'z') || (name[at] >= 'A' && name[at] <= 'Z') ||
                     (name[at] >= '0' && name[at] <= '9') || name[at] == '-' || name[at] == '_';
        key[at] = plain ? name[at] : '_';
    }
    key[at] = '\0';
}

void annals_queue_tell(annals_queue *queue, annals_worker *worker)
{
    char key[80];
    kvStore *workers = queue_workers(queue);
    if (workers == NULL)
        return;
    worker->told = (int64_t)time(NULL);
    json_t *told = json_pack("{s:s, s:s, s:I, s:I, s:I, s:f, s:I, s:I, s:I}", "name", worker->name,
                             "state", worker->state, "stored", (json_int_t)worker->stored, "known",
                             (json_int_t)worker->known, "refused", (json_int_t)worker->refused,
                             "rate", worker->rate, "holds", (json_int_t)worker->holds, "began",
                             (json_int_t)worker->began, "told", (json_int_t)worker->told);
    char *text = told != NULL ? json_dumps(told, JSON_COMPACT) : NULL;
    write_key(worker->name, key);
    if (text != NULL)
        kvStore_PutString(NULL, workers, key, text);
    free(text);
    json_decref(told);
}

void annals_queue_leave(annals_queue *queue, const annals_worker *worker)
{
    char key[80];
    kvStore *workers = queue_workers(queue);
    write_key(worker->name, key);
    if (workers != NULL)
        kvStore_Delete(workers, key);
}

static void copy_text(const json_t *object, const char *field, char *text, size_t size)
{
    const char *value = json_string_value(json_object_get(object, field));
    snprintf(text, size, "%s", value != NULL ? value : "");
}

static uint64_t number(const json_t *object, const char *field)
{
    json_int_t value = json_integer_value(json_object_get(object, field));
    return value > 0 ? (uint64_t)value : 0;
}

/* False: it tells nothing. */
static bool read_worker(const char *text, annals_worker *worker)
{
    json_t *told = json_loads(text, 0, NULL);
    if (told == NULL || !json_is_object(told)) {
        json_decref(told);
        return false;
    }
    *worker = (annals_worker){
        .stored = number(told, "stored"),
        .known = number(told, "known"),
        .refused = number(told, "refused"),
        .rate = json_number_value(json_object_get(told, "rate")),
        .holds = number(told, "holds"),
        .began = (int64_t)number(told, "began"),
        .told = (int64_t)number(told, "told"),
    };
    copy_text(told, "name", worker->name, sizeof worker->name);
    copy_text(told, "state", worker->state, sizeof worker->state);
    json_decref(told);
    return true;
}

static int by_name(const void *left, const void *right)
{
    const annals_worker *a = left, *b = right;
    return strcmp(a->name, b->name);
}

static void look_at_workers(annals_queue *queue, annals_queue_state *state)
{
    enum { MOST = sizeof state->workers / sizeof state->workers[0] };
    kvStore *workers = queue_workers(queue);
    kvKeysList keys = {0};
    if (workers == NULL || kvStore_Keys(&keys, workers, NULL) != NATS_OK)
        return;
    for (int i = 0; i < keys.Count && state->worker_count < MOST; i++) {
        kvEntry *entry = NULL;
        if (kvStore_Get(&entry, workers, keys.Keys[i]) != NATS_OK)
            continue;
        const char *text = kvEntry_ValueString(entry);
        if (text != NULL && read_worker(text, &state->workers[state->worker_count]))
            state->worker_count++;
        kvEntry_Destroy(entry);
    }
    kvKeysList_Destroy(&keys);
    qsort(state->workers, state->worker_count, sizeof state->workers[0], by_name);
}

/* ------------------------------------------------------------------ counts */

annals_status annals_queue_look(annals_queue *queue, annals_queue_state *state,
                                annals_error *error)
{
    jsStreamInfo *stream = NULL, *aside = NULL;
    jsConsumerInfo *consumer = NULL;
    jsErrCode detail = 0;
    *state = (annals_queue_state){0};
    natsStatus code = js_GetStreamInfo(&stream, queue->stream, queue->name, NULL, &detail);
    if (code == NATS_OK)
        code = js_GetConsumerInfo(&consumer, queue->stream, queue->name, "workers", NULL, &detail);
    if (code == NATS_OK)
        code = js_GetStreamInfo(&aside, queue->stream, queue->aside, NULL, &detail);
    if (code == NATS_OK) {
        state->waiting = consumer->NumPending;
        state->held = (uint64_t)consumer->NumAckPending;
        state->again = (uint64_t)consumer->NumRedelivered;
        state->bytes = stream->State.Bytes;
        state->put = stream->State.LastSeq;
        state->aside = aside->State.Msgs;
        look_at_workers(queue, state);
    }
    jsStreamInfo_Destroy(stream);
    jsStreamInfo_Destroy(aside);
    jsConsumerInfo_Destroy(consumer);
    return code == NATS_OK ? ANNALS_OK
                           : queue_fail(ANNALS_CANNOT_READ, code, detail, "the queue", error);
}

/* ------------------------------------------------------------------ set aside */

annals_status annals_queue_aside(annals_queue *queue, annals_aside_sink sink, void *context,
                                 annals_error *error)
{
    jsStreamInfo *info = NULL;
    jsErrCode detail = 0;
    natsStatus code = js_GetStreamInfo(&info, queue->stream, queue->aside, NULL, &detail);
    if (code != NATS_OK)
        return queue_fail(ANNALS_CANNOT_READ, code, detail, "the queue", error);
    uint64_t first = info->State.FirstSeq, last = info->State.LastSeq;
    bool going = info->State.Msgs > 0;
    jsStreamInfo_Destroy(info);
    for (uint64_t at = first; going && at <= last; at++) {
        natsMsg *message = NULL;
        annals_parcel parcel;
        char *block = NULL, reason[600];
        if (js_GetMsg(&message, queue->stream, queue->aside, at, NULL, &detail) != NATS_OK)
            continue; /* deleted meanwhile */
        if (queue_parcel(message, &parcel, &block)) {
            queue_header(message, "Annals-Reason", reason, sizeof reason);
            going = sink(context, &parcel, reason);
        }
        free(block);
        natsMsg_Destroy(message);
    }
    return ANNALS_OK;
}
