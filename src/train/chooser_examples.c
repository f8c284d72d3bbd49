/* What the chooser's network learns from; see chooser_trainer.h. */
#include "train/chooser_trainer.h"

#include <stdlib.h>
#include <string.h>

static const int8_t *copy_state(struct arena *arena, const int8_t *state, size_t size)
{
    return (const int8_t *)arena_copy(arena, (const char *)state, size);
}

static bool grow(struct chooser_examples *examples)
{
    size_t capacity = examples->capacity == 0 ? 4096 : examples->capacity * 2;
    struct chooser_example *items = realloc(examples->items, capacity * sizeof *items);
    if (items == NULL)
        return false;
    examples->items = items;
    examples->capacity = capacity;
    return true;
}

struct chooser_example *chooser_examples_add(struct chooser_examples *examples, const int8_t *state,
                                             const struct chooser_pair *pairs, uint32_t count,
                                             uint32_t state_size)
{
    struct arena *arena = &examples->arena;
    if (examples->count == examples->capacity && !grow(examples))
        return NULL;
    struct chooser_pair *copies = arena_new_array(arena, struct chooser_pair, count);
    struct chooser_example *example = &examples->items[examples->count];
    *example = (struct chooser_example){
        .state = copy_state(arena, state, state_size),
        .pairs = copies,
        .right = arena_new_array(arena, uint8_t, (size_t)count * CHOOSER_ANSWERS + 1),
        .counted = arena_new_array(arena, uint8_t, (size_t)count * CHOOSER_ANSWERS + 1),
        .count = count};
    if (arena->failed)
        return NULL;
    memcpy(copies, pairs, count * sizeof *pairs);
    memset(example->counted, 1, (size_t)count * CHOOSER_ANSWERS);
    for (uint32_t i = 0; i < count; i++)
        copies[i].state = copy_state(arena, pairs[i].state, state_size);
    examples->state_size = state_size;
    examples->count++;
    return arena->failed ? NULL : example;
}

uint32_t *chooser_points(const struct document *document, struct arena *scratch)
{
    uint32_t *points = arena_new_array(scratch, uint32_t, document->tokens.count + 1);
    for (uint32_t i = 0, bytes = 0, count = 0; points != NULL && i < document->tokens.count; i++) {
        for (; bytes < document->tokens.items[i].span.start; bytes++)
            count += ((unsigned char)document->text[bytes] & 0xc0) != 0x80;
        points[i] = count;
    }
    return points;
}
