/* Codes documents on several threads: a ring of works, filled and emptied in order by the calling
 * thread, coded by the others. The engine is only read. What comes out does not depend on the
 * number of threads. */
#include "coders.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* A byte of text leads to so many of findings and of working space while it is coded, at most; most
 * reports take a fifth of that. */
enum { BYTES_PER_BYTE = 400 };

struct slot {
    struct work work;
    bool coded;
};

struct coders {
    const annals_engine *engine;
    coded_receiver receive;
    void *context;
    bool stopped; /* the receiver wants no more */
    unsigned thread_count;
    pthread_t *threads;
    pthread_mutex_t lock;
    pthread_cond_t given, finished;
    struct slot *ring;
    unsigned room;        /* of the ring */
    uint64_t limit, held; /* bytes; 0: no limit */
    /* Counts since the start; each is the number of works that came so far. */
    uint64_t in, taken, out;
    bool closing;
};

unsigned default_jobs(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors < 1 ? 1 : processors > 64 ? 64 : (unsigned)processors;
}

unsigned coders_beside(unsigned jobs)
{
    return jobs > 1 ? jobs : 0;
}

static void code(const annals_engine *engine, struct work *work)
{
    work->status = annals_code(engine, work->document, &work->error);
}

static void *code_all(void *argument)
{
    struct coders *coders = argument;
    pthread_mutex_lock(&coders->lock);
    for (;;) {
        while (coders->taken == coders->in && !coders->closing)
            pthread_cond_wait(&coders->given, &coders->lock);
        if (coders->taken == coders->in)
            break;
        struct slot *slot = &coders->ring[coders->taken++ % coders->room];
        pthread_mutex_unlock(&coders->lock);
        code(coders->engine, &slot->work);
        pthread_mutex_lock(&coders->lock);
        slot->coded = true;
        pthread_cond_signal(&coders->finished);
    }
    pthread_mutex_unlock(&coders->lock);
    return NULL;
}

struct coders *coders_start(const annals_engine *engine, unsigned threads, unsigned ahead,
                            coded_receiver receive, void *context)
{
    struct coders *coders = calloc(1, sizeof *coders);
    if (coders == NULL)
        return NULL;
    *coders =
        (struct coders){.engine = engine, .receive = receive, .context = context, .room = ahead};
    if (threads == 0)
        return coders;
    coders->ring = calloc(ahead, sizeof *coders->ring);
    if (coders->ring == NULL) {
        free(coders);
        return NULL;
    }
    coders->threads = calloc(threads, sizeof *coders->threads);
    pthread_mutex_init(&coders->lock, NULL);
    pthread_cond_init(&coders->given, NULL);
    pthread_cond_init(&coders->finished, NULL);
    while (coders->threads != NULL && coders->thread_count < threads &&
           pthread_create(&coders->threads[coders->thread_count], NULL, code_all, coders) == 0)
        coders->thread_count++;
    return coders; /* without a single thread the caller's codes */
}

void coders_limit(struct coders *coders, uint64_t memory)
{
    coders->limit = memory;
}

static uint64_t expected_memory(const annals_document *document)
{
    return annals_document_memory(document) +
           (uint64_t)annals_document_length(document) * BYTES_PER_BYTE;
}

static bool hand_on(struct coders *coders, struct work *work)
{
    if (!coders->stopped && !coders->receive(coders->context, work))
        coders->stopped = true;
    annals_document_free(work->document);
    work->document = NULL;
    return !coders->stopped;
}

/* Hands the oldest work on, waiting for it. */
static bool hand_on_oldest(struct coders *coders)
{
    struct slot *slot = &coders->ring[coders->out % coders->room];
    pthread_mutex_lock(&coders->lock);
    while (!slot->coded)
        pthread_cond_wait(&coders->finished, &coders->lock);
    pthread_mutex_unlock(&coders->lock);
    coders->out++;
    coders->held -= slot->work.memory;
    return hand_on(coders, &slot->work);
}

bool coders_give(struct coders *coders, const struct work *work)
{
    struct work own = *work;
    if (coders->thread_count == 0) {
        if (!coders->stopped)
            code(coders->engine, &own);
        return hand_on(coders, &own);
    }
    own.memory = expected_memory(own.document);
    while (coders->in - coders->out == coders->room ||
           (coders->limit > 0 && coders->out < coders->in &&
            coders->held + own.memory > coders->limit))
        if (!hand_on_oldest(coders)) {
            annals_document_free(own.document);
            return false;
        }
    coders->held += own.memory;
    pthread_mutex_lock(&coders->lock);
    coders->ring[coders->in++ % coders->room] = (struct slot){.work = own};
    pthread_cond_signal(&coders->given);
    pthread_mutex_unlock(&coders->lock);
    return !coders->stopped;
}

static bool is_coded(struct coders *coders)
{
    pthread_mutex_lock(&coders->lock);
    bool coded = coders->out < coders->in && coders->ring[coders->out % coders->room].coded;
    pthread_mutex_unlock(&coders->lock);
    return coded;
}

bool coders_hand_on(struct coders *coders, bool *any)
{
    *any = false;
    while (coders->thread_count > 0 && is_coded(coders)) {
        hand_on_oldest(coders);
        *any = true;
    }
    return !coders->stopped;
}

bool coders_are_idle(const struct coders *coders)
{
    return coders->out == coders->in;
}

bool coders_drain(struct coders *coders)
{
    while (coders->thread_count > 0 && coders->out < coders->in)
        hand_on_oldest(coders);
    return !coders->stopped;
}

bool coders_finish(struct coders *coders)
{
    if (coders->thread_count > 0) {
        coders_drain(coders);
        pthread_mutex_lock(&coders->lock);
        coders->closing = true;
        pthread_cond_broadcast(&coders->given);
        pthread_mutex_unlock(&coders->lock);
        for (unsigned i = 0; i < coders->thread_count; i++)
            pthread_join(coders->threads[i], NULL);
    }
    bool good = !coders->stopped;
    free(coders->threads);
    free(coders->ring);
    free(coders);
    return good;
}
