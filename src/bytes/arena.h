/* Arenas: memory that is freed all at once.
 *
 * An arena keeps its first failure: once an allocation fails, every later one returns NULL and
 * `failed` stays set, so a stage can check once at its end. One arena per document, one for the
 * engine, one scratch arena per worker (reset after each stage). Built with -DARENA_SEPARATE each
 * item is a malloc of its own, so that sanitizers see reads past an item's end. */
#ifndef ANNALS_BYTES_ARENA_H
#define ANNALS_BYTES_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena_block;

struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used;                /* bytes handed out since the last reset */
    size_t limit;               /* bytes that may be handed out; 0 = no limit */
    bool failed;
};

void arena_init(struct arena *arena);
/* Frees everything; the arena can be used again. */
void arena_release(struct arena *arena);
/* Forgets everything but keeps the largest block for reuse; clears `failed`. */
void arena_reset(struct arena *arena);

/* Zeroed memory, aligned for any type; NULL after a failure. `size` 0 gives a valid pointer. */
void *arena_allocate(struct arena *arena, size_t size);
/* The same, but not zeroed: for large blocks that are written before they are read. */
void *arena_allocate_unset(struct arena *arena, size_t size);
/* Zeroed, for `count` items; overflow counts as failure. */
void *arena_allocate_array(struct arena *arena, size_t count, size_t size);
/* A NUL-terminated copy. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length);
char *arena_copy_string(struct arena *arena, const char *string);
/* printf into the arena. */
char *arena_print(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define arena_new(arena, type) ((type *)arena_allocate((arena), sizeof(type)))
#define arena_new_array(arena, type, count)                                                        \
    ((type *)arena_allocate_array((arena), (count), sizeof(type)))

#endif
