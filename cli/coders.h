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

/* `threads` 0: no thread is made, the caller's codes. `ahead`: so many works may be on their way at
 * once. NULL when memory is out. */
enum { CODERS_AHEAD = 64 };
struct coders *coders_start(const annals_engine *engine, unsigned threads, unsigned ahead,
                            coded_receiver receive, void *context);
/* Threads where one job is the caller's own. */
unsigned coders_beside(unsigned jobs);
/* Bytes that works on their way may take together, by what their texts lead to expect; 0: no limit.
 * What is larger goes alone. */
void coders_limit(struct coders *coders, uint64_t memory);
/* Takes the work's document over. May hand finished work to the receiver. False: stop. */
bool coders_give(struct coders *coders, const struct work *work);
/* Hands on those that are coded, in order, waiting for none; was there any? False: stop. */
bool coders_hand_on(struct coders *coders, bool *any);
bool coders_are_idle(const struct coders *coders);
/* Hands on all that was given so far, and goes on. False: stop. */
bool coders_drain(struct coders *coders);
/* Hands on all that is left; false where the receiver stopped. Frees. */
bool coders_finish(struct coders *coders);

#endif
