/* A condition of an event frame; frames.h says what the text of one means. */
#ifndef ANNALS_MEANING_FRAME_CONDITION_H
#define ANNALS_MEANING_FRAME_CONDITION_H

#include "meaning/frames.h"

struct frame_condition {
    bool negated, passive;
    struct frame_slots slots; /* any of which will do */
    const uint64_t *words;    /* hashes, any of which will do */
    uint32_t word_count;
    uint32_t kinds; /* bits of enum thing_kind, any of which will do */
};

#endif
