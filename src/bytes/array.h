/* Growing arrays of one type, in an arena.
 *
 *     ARRAY(struct claim) claims;            a field or a variable
 *     array_init(&claims, arena);
 *     struct claim *claim = array_push(&claims);   zeroed item, or NULL after a failure
 *
 * Growing moves the items: keep indexes, not pointers. What is left behind stays in the arena until
 * the arena goes; doubling bounds it to the array's own size. */
#ifndef ANNALS_BYTES_ARRAY_H
#define ANNALS_BYTES_ARRAY_H

#include "bytes/arena.h"

#include <string.h>

#define ARRAY(type)                                                                                \
    struct {                                                                                       \
        type *items;                                                                               \
        uint32_t count, capacity;                                                                  \
        struct arena *arena;                                                                       \
    }

#define array_init(array, arena_)                                                                  \
    ((array)->items = NULL, (array)->count = 0, (array)->capacity = 0, (array)->arena = (arena_))

#define array_push(array)                                                                          \
    (((array)->count < (array)->capacity ||                                                        \
      array_grow((void **)&(array)->items, &(array)->capacity, sizeof *(array)->items,             \
                 (array)->arena))                                                                  \
         ? (memset(&(array)->items[(array)->count], 0, sizeof *(array)->items),                    \
            &(array)->items[(array)->count++])                                                     \
         : NULL)

static inline bool array_grow(void **items, uint32_t *capacity, size_t size, struct arena *arena)
{
    uint32_t wanted = *capacity == 0 ? 16 : *capacity * 2;
    if (wanted <= *capacity) {
        arena->failed = true;
        return false;
    }
    void *moved = arena_allocate_array(arena, wanted, size);
    if (moved == NULL)
        return false;
    if (*capacity > 0)
        memcpy(moved, *items, *capacity * size);
    *items = moved;
    *capacity = wanted;
    return true;
}

#endif
