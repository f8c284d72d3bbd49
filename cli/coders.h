/* Codes documents on several threads and hands them back in the order in which they came. */
#ifndef ANNALS_CLI_CODERS_H
#define ANNALS_CLI_CODERS_H

#include "annals.h"

/* A document on its way, with where it came from. */
struct work {
    annals_document *document;
    const char *path; /* outlives the work */
    uint64_t line;    /* 0: none */
    int64_t byte;     /* -1: none */
    void *owner;      /* the giver's own; may be NULL */
    uint64_t memory;  /* that it is expected to take; set by coders_give */
    annals_status status;
    annals_error error;
};

/* Receives each coded document in order, on the thread that calls coders_give and coders_finish;
 * the document is freed afterwards. False stops everything. */
typedef bool (*coded_receiver)(void *context, struct work *work);

struct coders;

/* One a processor, at most 64. */
unsigned default_jobs(void);

/* `threads` 1: no thread is made. NULL when memory or threads are out. */
struct coders *coders_start(const annals_engine *engine, unsigned threads, coded_receiver receive,
                            void *context);
/* Bytes that works on their way may take together, by what their texts lead to expect; 0: no limit.
 * What is larger goes alone. */
void coders_limit(struct coders *coders, uint64_t memory);
/* Takes the work's document over. May hand finished work to the receiver. False: stop. */
bool coders_give(struct coders *coders, const struct work *work);
/* Hands on all that was given so far, and goes on. False: stop. */
bool coders_drain(struct coders *coders);
/* Hands on all that is left; false where the receiver stopped. Frees. */
bool coders_finish(struct coders *coders);

#endif
