/* Arenas: memory that is freed all at once. Blocks double from 16 KiB to 1 MiB; an item larger
 * than a block gets one of its own. */
#include "bytes/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16, FIRST_BLOCK = 16 << 10, LARGEST_BLOCK = 1 << 20 };

struct arena_block {
    struct arena_block *older;
    size_t size, used;
    _Alignas(ALIGNMENT) unsigned char bytes[];
};

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

static void free_blocks(struct arena_block *block)
{
    while (block != NULL) {
        struct arena_block *older = block->older;
        free(block);
        block = older;
    }
}

void arena_release(struct arena *arena)
{
    free_blocks(arena->blocks);
    arena->blocks = NULL;
    arena->used = 0;
    arena->failed = false;
}

void arena_reset(struct arena *arena)
{
    struct arena_block *largest = arena->blocks;
#ifdef ARENA_SEPARATE
    free_blocks(largest);
    arena->blocks = NULL;
#else
    for (struct arena_block *block = largest; block != NULL; block = block->older)
        if (block->size > largest->size)
            largest = block;
    struct arena_block *block = arena->blocks;
    while (block != NULL) {
        struct arena_block *older = block->older;
        if (block != largest)
            free(block);
        block = older;
    }
    if (largest != NULL) {
        largest->older = NULL;
        largest->used = 0;
    }
    arena->blocks = largest;
#endif
    arena->used = 0;
    arena->failed = false;
}

static struct arena_block *add_block(struct arena *arena, size_t size)
{
    struct arena_block *block = malloc(sizeof *block + size);
    if (block == NULL) {
        arena->failed = true;
        return NULL;
    }
    block->size = size;
    block->used = 0;
    block->older = arena->blocks;
    arena->blocks = block;
    return block;
}

#ifndef ARENA_SEPARATE
static struct arena_block *block_with_room(struct arena *arena, size_t size)
{
    struct arena_block *newest = arena->blocks;
    if (newest != NULL && newest->size - newest->used >= size)
        return newest;
    size_t wanted = newest == NULL ? FIRST_BLOCK : newest->size * 2;
    if (wanted > LARGEST_BLOCK)
        wanted = LARGEST_BLOCK;
    if (wanted < size)
        wanted = size;
    return add_block(arena, wanted);
}
#endif

void *arena_allocate_unset(struct arena *arena, size_t size)
{
    if (arena->failed)
        return NULL;
    if (size > SIZE_MAX / 2 || (arena->limit != 0 && arena->used + size > arena->limit)) {
        arena->failed = true;
        return NULL;
    }
#ifdef ARENA_SEPARATE
    struct arena_block *block = add_block(arena, size);
#else
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct arena_block *block = block_with_room(arena, rounded);
#endif
    if (block == NULL)
        return NULL;
    void *item = block->bytes + block->used;
#ifdef ARENA_SEPARATE
    block->used = size;
#else
    block->used += rounded;
#endif
    arena->used += size;
    return item;
}

void *arena_allocate(struct arena *arena, size_t size)
{
    void *item = arena_allocate_unset(arena, size);
    return item != NULL ? memset(item, 0, size) : NULL;
}

void *arena_allocate_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    return arena_allocate(arena, count * size);
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = arena_allocate_unset(arena, length + 1);
    if (copy == NULL)
        return NULL;
    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *arena_copy_string(struct arena *arena, const char *string)
{
    return arena_copy(arena, string, strlen(string));
}

char *arena_print(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        arena->failed = true;
        return NULL;
    }
    char *text = arena_allocate(arena, (size_t)length + 1);
    if (text == NULL)
        return NULL;
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}
