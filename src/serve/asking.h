/* Answers as they go out, and those that are made before anybody asks. */
#ifndef ANNALS_SERVE_ASKING_H
#define ANNALS_SERVE_ASKING_H

#include "render/answers.h"
#include "serve/readers.h"
#include "serve/replies.h"

/* An annals_sink into a buffer; an answer that outgrows all bounds is cut off, and refused. */
bool asking_collect(void *context, const char *bytes, size_t length);

/* What a reply with the answer is beside its bytes. */
struct reply_kind asking_kind(const struct answer *answer, const annals_query *query, bool gzip);

struct asking_ahead {
    struct readers *readers;
    struct replies *replies;
    pthread_t thread;
    bool begun;
    atomic_bool closing;
};

/* Begins a thread that keeps the answers which the page asks first; both must outlive it. */
void asking_begin(struct asking_ahead *ahead, struct readers *readers, struct replies *replies);
void asking_end(struct asking_ahead *ahead);

#endif
