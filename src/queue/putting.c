/* Puts parcels into the queue.
 *
 * Up to WINDOW messages are on their way at a time. What the server did not take (the queue is full, a
 * leader is being elected) is sent again, with a pause, for as long as the caller wants to wait; each
 * carries the digest of its content as Nats-Msg-Id, so that what arrived twice is kept once. */
#include "queue/queue.h"

#include "bytes/digest.h"

#include <inttypes.h>
#include <string.h>

enum { COMPLETE_MS = 2000, PAUSE_MS = 200 };

static void add_string(struct fingerprint *fingerprint, const char *text)
{
    if (text != NULL)
        fingerprint_add(fingerprint, text, strlen(text));
    fingerprint_add(fingerprint, "", 1);
}

/* The same bytes from the same place. */
static void identify(const annals_parcel *parcel, char id[65])
{
    struct fingerprint fingerprint;
    char line[32];
    snprintf(line, sizeof line, "%" PRIu64, parcel->line);
    fingerprint_begin(&fingerprint);
    add_string(&fingerprint, parcel->path);
    add_string(&fingerprint, parcel->name);
    add_string(&fingerprint, line);
    fingerprint_add(&fingerprint, parcel->bytes, parcel->length);
    struct digest digest = fingerprint_end(&fingerprint);
    digest_write(&digest, id);
}

/* Sends again what failed and what nothing was heard of. */
static bool send_again(annals_queue *queue)
{
    natsMsg *failed[2 * WINDOW];
    natsMsgList pending = {0};
    size_t count = queue_take_failed(queue, failed);
    bool any = count > 0;
    for (size_t i = 0; i < count; i++) {
        if (js_PublishMsgAsync(queue->stream, &failed[i], NULL) != NATS_OK && failed[i] != NULL) {
            pthread_mutex_lock(&queue->lock);
            if (queue->failed_count < 2 * WINDOW)
                queue->failed[queue->failed_count++] = failed[i];
            else
                queue->lost = true;
            pthread_mutex_unlock(&queue->lock);
        }
    }
    if (!any && js_PublishAsyncGetPendingList(&pending, queue->stream) == NATS_OK) {
        any = pending.Count > 0;
        for (int i = 0; i < pending.Count; i++)
            js_PublishMsgAsync(queue->stream, &pending.Msgs[i], NULL);
        natsMsgList_Destroy(&pending);
    }
    return any;
}

annals_status annals_queue_flush(annals_queue *queue, annals_error *error)
{
    jsPubOptions options;
    jsPubOptions_Init(&options);
    options.MaxWait = COMPLETE_MS;
    while (queue->on_their_way > 0) {
        natsStatus code = js_PublishAsyncComplete(queue->stream, &options);
        pthread_mutex_lock(&queue->lock);
        bool failed = queue->failed_count > 0;
        pthread_mutex_unlock(&queue->lock);
        if (queue->lost)
            return error_set(error, ANNALS_CANNOT_WRITE, "the queue: messages were lost on the way");
        if (code == NATS_OK && !failed) {
            queue->on_their_way = 0;
            return ANNALS_OK;
        }
        if (code != NATS_OK && code != NATS_TIMEOUT && code != NATS_CONNECTION_DISCONNECTED)
            return queue_fail(ANNALS_CANNOT_WRITE, code, 0, "the queue", error);
        if (!queue_goes_on(queue))
            return error_set(error, ANNALS_STOPPED, "stopped while the queue was full or away");
        nats_Sleep(PAUSE_MS);
        send_again(queue);
    }
    return ANNALS_OK;
}

annals_status annals_queue_put(annals_queue *queue, const annals_parcel *parcel,
                               annals_error *error)
{
    char id[65];
    if (parcel->length > annals_queue_room(queue))
        return error_set(error, ANNALS_TOO_LARGE,
                         "has %zu bytes, and this queue takes %zu at most (max_payload of the NATS "
                         "server sets it)",
                         parcel->length, annals_queue_room(queue));
    natsMsg *message = queue_message(queue->subject, parcel);
    identify(parcel, id);
    if (message == NULL || natsMsgHeader_Set(message, "Nats-Msg-Id", id) != NATS_OK) {
        natsMsg_Destroy(message);
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    natsStatus code = js_PublishMsgAsync(queue->stream, &message, NULL);
    natsMsg_Destroy(message);
    if (code != NATS_OK)
        return queue_fail(ANNALS_CANNOT_WRITE, code, 0, "the queue", error);
    if (++queue->on_their_way < WINDOW)
        return ANNALS_OK;
    return annals_queue_flush(queue, error);
}
