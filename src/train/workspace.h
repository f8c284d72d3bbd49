/* Memory of one training worker for one batch: taken in order, given back all at once, never
 * cleared. */
#ifndef ANNALS_TRAIN_WORKSPACE_H
#define ANNALS_TRAIN_WORKSPACE_H

#include "bytes/arena.h"

#include <string.h>

struct workspace {
    char *bytes;
    size_t used, size;
    bool failed;
};

static inline bool workspace_init(struct workspace *workspace, struct arena *arena, size_t size)
{
    char *bytes = arena_allocate(arena, size + 64);
    if (bytes == NULL)
        return false;
    *workspace = (struct workspace){bytes + (64 - (uintptr_t)bytes % 64), 0, size, false};
    return true;
}

/* Unset memory, aligned for vectors; NULL, and `failed`, when there is too little left.
 */
static inline void *workspace_take(struct workspace *workspace, size_t size)
{
    size = (size + 63) / 64 * 64;
    if (size > workspace->size - workspace->used) {
        workspace->failed = true;
        return NULL;
    }
    void *taken = workspace->bytes + workspace->used;
    workspace->used += size;
    return taken;
}

static inline float *workspace_floats(struct workspace *workspace, size_t count)
{
    return workspace_take(workspace, count * sizeof(float));
}

static inline float *workspace_zeroes(struct workspace *workspace, size_t count)
{
    float *floats = workspace_take(workspace, count * sizeof(float));
    if (floats != NULL)
        memset(floats, 0, count * sizeof(float));
    return floats;
}

#endif
