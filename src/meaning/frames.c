/* Finds the frame that holds for a word, and what fills its slots. frames_read.c reads them. */
#include "meaning/frames.h"

#include "meaning/frame_condition.h"

enum { FILLERS = 8, LONGEST_TRIGGER = 4, LOOK_UPS = 3 };

static bool step_holds(const struct frame_slot *slot, uint32_t step, const struct tree *tree,
                       const struct argument *argument)
{
    if (slot->steps[step].place != ARGUMENT_PREPOSITION)
        return slot->steps[step].place == argument->place;
    /* "by" of a passive is a subject, yet a row may ask for it by its name. */
    return argument->preposition != NONE &&
           tree->tokens[argument->preposition].hash == slot->steps[step].preposition;
}

static uint32_t fill_from(const struct frame_slot *slot, uint32_t step, const struct tree *tree,
                          const struct arguments *arguments, uint32_t *tokens, uint32_t maximum)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < arguments->count && count < maximum; i++) {
        if (!step_holds(slot, step, tree, &arguments->items[i]))
            continue;
        uint32_t token = arguments->items[i].token;
        if (step + 1 == slot->step_count) {
            tokens[count++] = token;
            continue;
        }
        struct arguments inner;
        arguments_find(tree, token, &inner);
        count += fill_from(slot, step + 1, tree, &inner, tokens + count, maximum - count);
    }
    return count;
}

uint32_t frame_slot_fill(const struct frame_slot *slot, const struct tree *tree,
                         const struct arguments *arguments, uint32_t *tokens, uint32_t maximum)
{
    return fill_from(slot, 0, tree, arguments, tokens, maximum);
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

typedef uint32_t (*slot_filler)(const struct frame_slot *, const struct tree *,
                                const struct arguments *, uint32_t *, uint32_t);

/* "Discussed at the meeting WITH OFFICERS": it is the meeting that is with them; "hung a banner ON
 * THE HALL": where it is. */
static bool is_of_noun(const struct tree *tree, uint32_t token, frame_kinds kinds,
                       const void *context)
{
    uint32_t above = tree->tokens[token].head, preposition = tree_preposition(tree, token);
    if (preposition != NONE && token_in(&tree->tokens[preposition], WORDS_ONLY_SAY_WHERE))
        return true;
    return above != NONE && relation_is(tree->tokens[above].relation, REL_OBL) &&
           (kinds(context, above) & KIND_EVENT) != 0;
}

/* True where one of the slots, as `fill` reads them, has what the condition asks for. */
static bool is_filled(const struct frame_condition *condition, const struct tree *tree,
                      const struct arguments *arguments, frame_kinds kinds, const void *context,
                      slot_filler fill)
{
    bool astray = fill == frame_slot_fill_astray;
    /* "They laid down their arms ON MONDAY" is no "they put guns ON THE TABLE". */
    bool any = condition->negated && condition->word_count == 0 && condition->kinds == 0;
    for (uint32_t i = 0; i < condition->slots.count; i++) {
        uint32_t tokens[FILLERS];
        uint32_t count = fill(&condition->slots.items[i], tree, arguments, tokens, FILLERS);
        for (uint32_t j = 0; j < count; j++)
            if ((!any || (kinds(context, tokens[j]) & KIND_TIME) == 0) &&
                word_fits(condition, &tree->tokens[tokens[j]]) &&
                !(astray && is_of_noun(tree, tokens[j], kinds, context)) &&
                (condition->kinds == 0 || (kinds(context, tokens[j]) & condition->kinds) != 0))
                return true;
    }
    return false;
}

static bool condition_holds(const struct frame_condition *condition, const struct tree *tree,
                            const struct arguments *arguments, frame_kinds kinds,
                            const void *context)
{
    if (condition->passive)
        return arguments->passive != condition->negated;
    if (is_filled(condition, tree, arguments, kinds, context, frame_slot_fill))
        return !condition->negated;
    bool says = condition->word_count > 0 || condition->kinds != 0;
    return condition->negated ||
           (says && is_filled(condition, tree, arguments, kinds, context, frame_slot_fill_astray));
}

static bool frame_holds(const struct frame *frame, const struct tree *tree,
                        const struct arguments *arguments, frame_kinds kinds, const void *context)
{
    for (uint32_t i = 0; i < frame->condition_count; i++)
        if (!condition_holds(&frame->conditions[i], tree, arguments, kinds, context))
            return false;
    return true;
}

bool frame_asks_for(const struct frame *frame, const struct tree *tree,
                    const struct arguments *arguments, uint32_t token)
{
    for (uint32_t i = 0; i < frame->condition_count; i++) {
        const struct frame_condition *condition = &frame->conditions[i];
        for (uint32_t j = 0; !condition->negated && condition->word_count > 0 &&
                             j < condition->slots.count;
             j++) {
            uint32_t tokens[FILLERS];
            uint32_t count =
                frame_slot_fill(&condition->slots.items[j], tree, arguments, tokens, FILLERS);
            for (uint32_t k = 0; k < count; k++)
                if (tokens[k] == token && word_fits(condition, &tree->tokens[token]))
                    return true;
        }
    }
    return false;
}

/* A participle before a noun describes it: "the captured town", not "captured the town"; a gerund
 * may be a noun ("fighting flared"). */
static bool is_of_class(const struct tree *tree, uint32_t token, enum frame_class class)
{
    const struct token *word = &tree->tokens[token];
    bool attributive = word->relation == REL_AMOD && !arguments_hidden_verb(tree, token);
    switch (word->upos) {
    case UPOS_VERB:
        if (arguments_verbal_noun(tree, token))
            return class == FRAME_NOUN;
        /* "Meeting the crisis" is no meeting. */
        if (class == FRAME_NOUN)
            return word->folded_length > 4 &&
                   strcmp(word->folded + word->folded_length - 3, "ing") == 0 && !attributive &&
                   tree_child_exactly(tree, token, REL_OBJ) == NONE;
        return class == (attributive ? FRAME_ADJECTIVE : FRAME_VERB);
    case UPOS_NOUN:
    case UPOS_PROPN:
        /* "Of KIDNAPPING peasants": a noun with an object is a verb. */
        if (tree_child_exactly(tree, token, REL_OBJ) != NONE &&
            tree_child_exactly(tree, token, REL_MARK) != NONE)
            return class == FRAME_VERB;
        return class == FRAME_NOUN;
    case UPOS_ADJ:
        /* "Rebels FREE two hostages": a word with an object is a verb, whatever it looks like. */
        if (tree_child_exactly(tree, token, REL_OBJ) != NONE)
            return class == FRAME_VERB;
        return class == FRAME_ADJECTIVE;
    default:
        return false;
    }
}

/* The word of the range that the others hang on. */
static uint32_t head_of(const struct tree *tree, uint32_t first, uint32_t length)
{
    for (uint32_t i = first; i < first + length; i++) {
        uint32_t head = tree->tokens[i].head;
        if (tree->tokens[i].upos != UPOS_PUNCT && (head < first || head >= first + length))
            return i;
    }
    return first;
}

static uint32_t words_left(const struct tree *tree, uint32_t token)
{
    uint32_t end = tree->document->sentences.items[tree->tokens[token].sentence].tokens.end;
    uint32_t left = end > token ? end - token : 1;
    return left < LONGEST_TRIGGER ? left : LONGEST_TRIGGER;
}

/* The entry of the words at `token` and the table it is of, in the `attempt`-th way: by lemma; by
 * form, which is right where the lemma is wrong, and the only way for adjectives ("besieged") and
 * verbal nouns; by inflected form. */
static uint32_t look_up(const struct frames *frames, const struct tree *tree, uint32_t token,
                        enum frame_class class, int attempt, const struct phrases **words,
                        uint32_t *length)
{
    const struct token *first = &tree->tokens[token];
    uint32_t left = words_left(tree, token);
    *words = attempt < 2 ? &frames->words[class] : &frames->forms[class];
    if (attempt == 0 && class == FRAME_NOUN && first->upos == UPOS_VERB)
        return PHRASE_NONE;
    return phrases_find(*words, attempt == 0 ? &first->lemma_hash : &first->hash, sizeof *first,
                        attempt < 2 ? left : 1, length);
}

bool frames_know(const struct frames *frames, const struct token *token, enum frame_class class)
{
    uint32_t length;
    return phrases_find(&frames->words[class], &token->lemma_hash, sizeof *token, 1, &length) !=
               PHRASE_NONE ||
           phrases_find(&frames->forms[class], &token->hash, sizeof *token, 1, &length) !=
               PHRASE_NONE;
}

/* The heaviest of the rows behind `handle` whose conditions hold. */
static const struct frame *best_of(const struct frames *frames, const struct phrases *words,
                                   uint32_t handle, const struct tree *tree,
                                   const struct arguments *arguments, frame_kinds kinds,
                                   const void *context)
{
    const struct frame *best = NULL;
    while (handle != PHRASE_NONE) {
        const struct frame *frame = &frames->items[phrases_value(words, handle, &handle)];
        if ((best == NULL || frame->weight > best->weight) &&
            frame_holds(frame, tree, arguments, kinds, context))
            best = frame;
    }
    return best;
}

const struct frame *frames_find(const struct frames *frames, const struct tree *tree,
                                uint32_t token, frame_kinds kinds, const void *context,
                                struct token_range *range, uint32_t *trigger,
                                struct arguments *arguments)
{
    for (int way = 0; way < FRAME_CLASS_COUNT * LOOK_UPS; way++) {
        uint32_t length;
        const struct phrases *words;
        int class = way / LOOK_UPS;
        uint32_t handle = look_up(frames, tree, token, (enum frame_class)class, way % LOOK_UPS,
                                  &words, &length);
        if (handle == PHRASE_NONE)
            continue;
        uint32_t head = head_of(tree, token, length);
        if (!is_of_class(tree, head, (enum frame_class)class))
            continue;
        arguments_find(tree, head, arguments);
        const struct frame *best =
            best_of(frames, words, handle, tree, arguments, kinds, context);
        if (best != NULL) {
            *range = (struct token_range){token, token + length};
            *trigger = head;
            return best;
        }
    }
    return NULL;
}

/* A modifier is a participant only where it is an actor: "rebel attack", not "heavy attack". */
static bool may_take_part(const struct frame_slot *slot, uint32_t token, frame_kinds kinds,
                          const void *context)
{
    return slot->steps[slot->step_count - 1].place != ARGUMENT_MODIFIER ||
           (kinds(context, token) & (KIND_ACTOR | KIND_ORGANISATION | KIND_WEAPON)) != 0;
}

static uint32_t fill_slots(const struct frame_slots *slots, bool all, const struct tree *tree,
                           const struct arguments *arguments, frame_kinds kinds,
                           const void *context, uint32_t *tokens, uint32_t maximum,
                           slot_filler fill)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < slots->count; i++) {
        const struct frame_slot *slot = &slots->items[i];
        uint32_t found[FILLERS];
        if (count > 0 && !slot->joined)
            continue;
        uint32_t found_count = fill(slot, tree, arguments, found, FILLERS);
        for (uint32_t j = 0; j < found_count && count < maximum; j++) {
            if (may_take_part(slot, found[j], kinds, context)) {
                tokens[count++] = found[j];
                if (!all)
                    break;
            }
        }
    }
    return count;
}

uint32_t frames_fill(const struct frame_slots *slots, bool all, const struct tree *tree,
                     const struct arguments *arguments, frame_kinds kinds, const void *context,
                     uint32_t *tokens, uint32_t maximum)
{
    return fill_slots(slots, all, tree, arguments, kinds, context, tokens, maximum,
                      frame_slot_fill);
}

uint32_t frames_fill_astray(const struct frame_slots *slots, bool all, const struct tree *tree,
                            const struct arguments *arguments, frame_kinds kinds,
                            const void *context, uint32_t *tokens, uint32_t maximum)
{
    return fill_slots(slots, all, tree, arguments, kinds, context, tokens, maximum,
                      frame_slot_fill_astray);
}
