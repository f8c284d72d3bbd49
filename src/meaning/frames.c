/* Finds the frame that holds for a word, and what fills its slots. frames_read.c reads them. */
#include "meaning/frames.h"

#include "meaning/frame_condition.h"

bool frame_slot_holds(const struct frame_slot *slot, const struct tree *tree,
                      const struct argument *argument)
{
    if (slot->place != ARGUMENT_PREPOSITION)
        return slot->place == argument->place;
    /* "by" of a passive is a subject, yet a row may ask for it by its name. */
    return argument->preposition != NONE &&
           tree->tokens[argument->preposition].hash == slot->preposition;
}

static bool word_fits(const struct frame_condition *condition, const struct token *token)
{
    if (condition->word_count == 0)
        return true;
    for (uint32_t i = 0; i < condition->word_count; i++)
        if (condition->words[i] == token->lemma_hash || condition->words[i] == token->hash)
            return true;
    return false;
}

static bool condition_holds(const struct frame_condition *condition, const struct tree *tree,
                            const struct arguments *arguments, frame_kinds kinds,
                            const void *context)
{
    if (condition->passive)
        return arguments->passive != condition->negated;
    for (uint32_t i = 0; i < arguments->count; i++) {
        const struct argument *argument = &arguments->items[i];
        if (!frame_slot_holds(&condition->slot, tree, argument))
            continue;
        if (word_fits(condition, &tree->tokens[argument->token]) &&
            (condition->kinds == 0 || (kinds(context, argument->token) & condition->kinds) != 0))
            return !condition->negated;
    }
    return condition->negated;
}

static bool frame_holds(const struct frame *frame, const struct tree *tree,
                        const struct arguments *arguments, frame_kinds kinds, const void *context)
{
    for (uint32_t i = 0; i < frame->condition_count; i++)
        if (!condition_holds(&frame->conditions[i], tree, arguments, kinds, context))
            return false;
    return true;
}

static int class_of(enum word_class upos)
{
    switch (upos) {
    case UPOS_VERB:
        return FRAME_VERB;
    case UPOS_NOUN:
    case UPOS_PROPN:
        return FRAME_NOUN;
    case UPOS_ADJ:
        return FRAME_ADJECTIVE;
    default:
        return -1;
    }
}

const struct frame *frames_find(const struct frames *frames, const struct tree *tree,
                                uint32_t token, const struct arguments *arguments,
                                frame_kinds kinds, const void *context)
{
    const struct frame *best = NULL;
    int class = class_of(tree->tokens[token].upos);
    uint32_t length;
    if (class < 0)
        return NULL;
    const struct phrases *words = &frames->words[class];
    uint32_t handle = phrases_find(words, &tree->tokens[token].lemma_hash, 0, 1, &length);
    while (handle != PHRASE_NONE) {
        const struct frame *frame = &frames->items[phrases_value(words, handle, &handle)];
        if ((best == NULL || frame->condition_count > best->condition_count) &&
            frame_holds(frame, tree, arguments, kinds, context))
            best = frame;
    }
    return best;
}

/* A modifier is a participant only where it is an actor: "rebel attack", not "heavy attack". */
static bool may_take_part(const struct argument *argument, frame_kinds kinds, const void *context)
{
    return argument->place != ARGUMENT_MODIFIER ||
           (kinds(context, argument->token) & (KIND_ACTOR | KIND_ORGANISATION)) != 0;
}

uint32_t frames_fill(const struct frame_slots *slots, const struct tree *tree,
                     const struct arguments *arguments, frame_kinds kinds, const void *context,
                     uint32_t *tokens, uint32_t maximum)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < slots->count; i++) {
        const struct frame_slot *slot = &slots->items[i];
        if (count > 0 && !slot->joined)
            continue;
        for (uint32_t j = 0; j < arguments->count && count < maximum; j++) {
            const struct argument *argument = &arguments->items[j];
            if (frame_slot_holds(slot, tree, argument) && may_take_part(argument, kinds, context)) {
                tokens[count++] = argument->token;
                break;
            }
        }
    }
    return count;
}
