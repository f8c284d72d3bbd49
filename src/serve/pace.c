/* Which questions take long: a kind is a path, without its id, with the names of its parameters,
 * and what is expected of a question is what the last of its kind took. Two of those that take long
 * are answered at once, on threads of lower priority; the other connections to the record are for
 * the rest.
 *
 * A thread answers one request and ends, so nothing needs to raise its priority again. Kinds that
 * fall on the same place of the table share it: then a quick question may be taken for a slow one,
 * no worse. */
#include "serve/pace.h"

#include "bytes/hash.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { LONG = 100000 /* microseconds */, MANNERS = 10 /* of nice(1) */ };

void pace_init(struct pace *pace)
{
    memset(pace, 0, sizeof *pace);
    pthread_condattr_t steady;
    pthread_mutex_init(&pace->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&pace->ended, &steady);
    pthread_condattr_destroy(&steady);
}

void pace_release(struct pace *pace)
{
    pthread_cond_destroy(&pace->ended);
    pthread_mutex_destroy(&pace->lock);
}

static uint32_t *kind_of(struct pace *pace, const struct request *request)
{
    /* "/api/v1/events/e012…" is of the kind "/api/v1/events/". */
    const char *last = strrchr(request->path, '/');
    bool one = last != NULL && last - request->path > (ptrdiff_t)strlen("/api/v1");
    size_t length = one ? (size_t)(last - request->path) + 1 : strlen(request->path);
    uint64_t names = 0;
    for (uint32_t i = 0; i < request->count; i++) /* in any order */
        names += hash_bytes(request->parameters[i].name, strlen(request->parameters[i].name));
    return &pace->taken[hash_join(hash_bytes(request->path, length), names) % PACE_KINDS];
}

bool pace_begin(struct pace *pace, const struct request *request, uint32_t patience, bool *slow)
{
    struct timespec until;
    bool late = false;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += patience / 1000 + 1;
    pthread_mutex_lock(&pace->lock);
    *slow = *kind_of(pace, request) > LONG;
    while (*slow && pace->slow >= PACE_SLOW && !late)
        late = pthread_cond_timedwait(&pace->ended, &pace->lock, &until) != 0;
    pace->slow += *slow && !late;
    pthread_mutex_unlock(&pace->lock);
    if (*slow && !late)
        setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), MANNERS);
    return !late;
}

void pace_end(struct pace *pace, const struct request *request, bool slow)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    uint64_t taken = (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_nsec / 1000;
    taken = taken < UINT32_MAX / 2 ? taken : UINT32_MAX / 2;
    pthread_mutex_lock(&pace->lock);
    uint32_t *kind = kind_of(pace, request);
    *kind = (uint32_t)((*kind * UINT64_C(3) + taken) / 4);
    pace->slow -= slow;
    if (slow)
        pthread_cond_signal(&pace->ended);
    pthread_mutex_unlock(&pace->lock);
}
