/* Which questions take long, so that they do not hold up those that do not. */
#ifndef ANNALS_SERVE_PACE_H
#define ANNALS_SERVE_PACE_H

#include "serve/request.h"

#include <pthread.h>

enum { PACE_KINDS = 512, PACE_SLOW = 2 /* of these at once */ };

struct pace {
    pthread_mutex_t lock;
    pthread_cond_t ended;
    /* Microseconds of the processor that the last questions of a kind took, the newest weighing
     * most. */
    uint32_t taken[PACE_KINDS];
    unsigned slow; /* on their way */
};

void pace_init(struct pace *pace);
void pace_release(struct pace *pace);

/* A question of the kind begins: `*slow` is whether its kind takes long. Such a one waits until few
 * enough others are on their way, and its thread gives way to all others; false where it waited for
 * so many milliseconds. Whoever has begun ends. */
bool pace_begin(struct pace *pace, const struct request *request, uint32_t patience, bool *slow);
void pace_end(struct pace *pace, const struct request *request, bool slow);

#endif
