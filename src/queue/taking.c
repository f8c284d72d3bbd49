/* Takes parcels out of the queue, and says what became of them.
 *
 * Pulls, so that a worker has no more than it asked for. A parcel that nobody finished in time comes
 * again, to anybody; the server counts how often. It does not tell a parcel that workers die of from those
 * that were at hand beside it: who codes one alone says so before, in a key-value bucket, by its number, and
 * takes that back at its end. What is set aside is first stored in its own stream,
 * under an id made of its number, then acknowledged: a death between the two stores it once. */
#include "queue/queue.h"

#include <inttypes.h>
#include <stdlib.h>

struct annals_delivery {
    annals_queue *queue;
    natsMsg *message;
    annals_parcel parcel;
    char *block; /* the parcel's strings */
    uint64_t times, number;
    uint64_t begun; /* alone, by workers that never ended it */
    bool counted;   /* this worker may be among those that the bucket counts */
    unsigned notes;
};

static annals_delivery *new_delivery(annals_queue *queue, natsMsg *message)
{
    jsMsgMetaData *facts = NULL;
    annals_delivery *delivery = calloc(1, sizeof *delivery);
    if (delivery == NULL || !queue_parcel(message, &delivery->parcel, &delivery->block) ||
        natsMsg_GetMetaData(&facts, message) != NATS_OK) {
        if (delivery != NULL)
            free(delivery->block);
        free(delivery);
        return NULL;
    }
    delivery->queue = queue;
    delivery->message = message;
    delivery->times = facts->NumDelivered;
    delivery->number = facts->Sequence.Stream;
    jsMsgMetaData_Destroy(facts);
    return delivery;
}

static void end(annals_delivery *delivery)
{
    natsMsg_Destroy(delivery->message);
    free(delivery->block);
    free(delivery);
}

static annals_status subscribe(annals_queue *queue, annals_error *error)
{
    jsSubOptions options;
    jsErrCode detail = 0;
    if (queue->subscription != NULL)
        return ANNALS_OK;
    jsSubOptions_Init(&options);
    options.Stream = queue->name;
    options.Consumer = "workers";
    natsStatus code = js_PullSubscribe(&queue->subscription, queue->stream, queue->subject,
                                       "workers", NULL, &options, &detail);
    return code == NATS_OK ? ANNALS_OK
                           : queue_fail(ANNALS_CANNOT_READ, code, detail, "the queue", error);
}

/* Whether the server may answer again by itself. */
static bool is_passing(natsStatus code)
{
    return code == NATS_TIMEOUT || code == NATS_NO_RESPONDERS || code == NATS_MISSED_HEARTBEAT ||
           code == NATS_CONNECTION_DISCONNECTED || code == NATS_NOT_FOUND || code == NATS_ERR ||
           code == NATS_STALE_CONNECTION || code == NATS_IO_ERROR;
}

annals_status annals_queue_take(annals_queue *queue, size_t most, uint32_t milliseconds,
                                annals_delivery **deliveries, size_t *count, annals_error *error)
{
    natsMsgList list = {0};
    jsErrCode detail = 0;
    *count = 0;
    annals_status status = subscribe(queue, error);
    if (status != ANNALS_OK)
        return status;
    natsStatus code = natsSubscription_Fetch(&list, queue->subscription, (int)most, milliseconds,
                                             &detail);
    if (code != NATS_OK && code != NATS_TIMEOUT && is_passing(code))
        nats_Sleep(milliseconds < 200 ? milliseconds : 200);
    else if (code != NATS_OK && code != NATS_TIMEOUT)
        return queue_fail(ANNALS_CANNOT_READ, code, detail, "the queue", error);
    for (int i = 0; i < list.Count; i++) {
        annals_delivery *delivery = new_delivery(queue, list.Msgs[i]);
        if (delivery == NULL) {
            status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
            continue; /* it comes again */
        }
        list.Msgs[i] = NULL;
        deliveries[(*count)++] = delivery;
    }
    natsMsgList_Destroy(&list);
    return status;
}

void annals_delivery_parcel(const annals_delivery *delivery, annals_parcel *parcel)
{
    *parcel = delivery->parcel;
}

uint64_t annals_delivery_times(const annals_delivery *delivery)
{
    return delivery->times;
}

uint64_t annals_delivery_number(const annals_delivery *delivery)
{
    return delivery->number;
}

/* ------------------------------------------------------------------ parcels that nobody finished */

static const char *tries_key(const annals_delivery *delivery, char *key, size_t size)
{
    snprintf(key, size, "%" PRIu64, delivery->number);
    return key;
}

/* Keeps the count; 0 takes the parcel out. False where the server did not. */
static bool count_tries(annals_delivery *delivery, uint64_t count)
{
    char key[24], value[24];
    kvStore *tries = queue_tries(delivery->queue);
    if (tries == NULL)
        return false;
    tries_key(delivery, key, sizeof key);
    if (count == 0)
        return kvStore_Delete(tries, key) == NATS_OK;
    snprintf(value, sizeof value, "%" PRIu64, count);
    return kvStore_PutString(NULL, tries, key, value) == NATS_OK;
}

/* Where no count is kept: whoever is to blame, it came again so often but once. */
static uint64_t guess_begun(const annals_delivery *delivery)
{
    return delivery->times > 2 ? delivery->times - 2 : 0;
}

uint64_t annals_delivery_begun(annals_delivery *delivery)
{
    char key[24];
    kvEntry *entry = NULL;
    kvStore *tries = queue_tries(delivery->queue);
    natsStatus code =
        tries != NULL ? kvStore_Get(&entry, tries, tries_key(delivery, key, sizeof key)) : NATS_ERR;
    const char *count = code == NATS_OK ? kvEntry_ValueString(entry) : NULL;
    delivery->begun = 0;
    if (count != NULL)
        delivery->begun = strtoull(count, NULL, 10);
    else if (code != NATS_NOT_FOUND)
        delivery->begun = guess_begun(delivery);
    kvEntry_Destroy(entry);
    return delivery->begun;
}

uint64_t annals_delivery_begin(annals_delivery *delivery)
{
    uint64_t begun = delivery->begun;
    delivery->counted = true; /* even where the answer is lost: the count may have arrived */
    if (!count_tries(delivery, begun + 1) && guess_begun(delivery) > begun)
        begun = guess_begun(delivery);
    return begun;
}

/* ------------------------------------------------------------------ the end of a delivery */

void annals_delivery_forget(annals_delivery *delivery)
{
    end(delivery);
}

annals_status annals_delivery_done(annals_delivery *delivery, annals_error *error)
{
    natsStatus code = natsMsg_Ack(delivery->message, NULL);
    if (delivery->counted || delivery->begun > 0)
        count_tries(delivery, 0);
    end(delivery);
    /* Where the server is away it will come again, and be known. */
    return code == NATS_NO_MEMORY ? error_set(error, ANNALS_NO_MEMORY, "out of memory") : ANNALS_OK;
}

annals_status annals_delivery_note(annals_delivery *delivery, const char *reason,
                                   annals_error *error)
{
    enum { TRIES = 20, PAUSE_MS = 500, LONGEST = 600 };
    char id[64], line[LONGEST];
    size_t at = 0;
    natsMsg *message = queue_message(delivery->queue->aside_subject, &delivery->parcel);
    for (; reason[at] != '\0' && at + 1 < sizeof line; at++)
        line[at] = (unsigned char)reason[at] < 0x20 ? ' ' : reason[at];
    line[at] = '\0';
    snprintf(id, sizeof id, "%" PRIu64 "-%u", delivery->number, delivery->notes);
    if (message == NULL || natsMsgHeader_Set(message, "Annals-Reason", line) != NATS_OK ||
        natsMsgHeader_Set(message, "Nats-Msg-Id", id) != NATS_OK) {
        natsMsg_Destroy(message);
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    natsStatus code = NATS_TIMEOUT;
    jsErrCode detail = 0;
    for (int i = 0; i < TRIES && code != NATS_OK && queue_goes_on(delivery->queue); i++) {
        if (i > 0)
            nats_Sleep(PAUSE_MS);
        code = js_PublishMsg(NULL, delivery->queue->stream, message, NULL, &detail);
    }
    natsMsg_Destroy(message);
    delivery->notes++;
    return code == NATS_OK
               ? ANNALS_OK
               : queue_fail(ANNALS_CANNOT_WRITE, code, detail, "cannot set a report aside", error);
}

annals_status annals_delivery_refuse(annals_delivery *delivery, const char *reason,
                                     annals_error *error)
{
    annals_status status = annals_delivery_note(delivery, reason, error);
    if (status == ANNALS_OK)
        return annals_delivery_done(delivery, error);
    annals_delivery_return(delivery, 0);
    return status;
}

void annals_delivery_return(annals_delivery *delivery, uint32_t milliseconds)
{
    if (delivery->counted)
        count_tries(delivery, delivery->begun);
    if (milliseconds > 0)
        natsMsg_NakWithDelay(delivery->message, milliseconds, NULL);
    else
        natsMsg_Nak(delivery->message, NULL);
    end(delivery);
}

void annals_delivery_working(annals_delivery *delivery)
{
    natsMsg_InProgress(delivery->message, NULL);
}
