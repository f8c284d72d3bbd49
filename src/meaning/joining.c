/* One event told twice in a sentence gives one claim: "killed five in an attack", "a bombing killed
 * five", "attacked, killing five". The verb's claim stays and takes over what it lacks. */
#include "meaning/coding.h"

static bool overlaps(const struct participant_list *a, const struct participant_list *b)
{
    for (uint32_t i = 0; i < a->count; i++)
        if (list_has(b, a->tokens[i]))
            return true;
    return false;
}

static void take_over(struct participant_list *to, const struct participant_list *from,
                      uint32_t without)
{
    for (uint32_t i = 0; i < from->count; i++)
        if (from->tokens[i] != without)
            list_add(to, from->tokens[i]);
}

/* Same kind of event, and nobody named who would be another in each. */
static bool may_be_one(const struct making *a, const struct making *b)
{
    return strcmp(a->frame->plover, b->frame->plover) == 0 &&
           (a->agents.count == 0 || b->agents.count == 0 || overlaps(&a->agents, &b->agents));
}

/* "The attack killed five", "five died in clashes": the event noun is subject or stands behind
 * "in", "during", "by" of the verb. */
static void join_noun(struct coding *coding, struct making *noun, uint32_t verb_index)
{
    struct making *verb = &coding->makings.items[verb_index];
    if (noun->dropped || !may_be_one(verb, noun))
        return;
    if (noun->patients.count > 0 && verb->patients.count > 0 &&
        !overlaps(&noun->patients, &verb->patients) && verb->frame->count_count == 0)
        return;
    if (verb->agents.count == 0)
        take_over(&verb->agents, &noun->agents, NONE);
    if (verb->patients.count == 0)
        take_over(&verb->patients, &noun->patients, NONE);
    take_over(&verb->instruments, &noun->instruments, NONE);
    if (verb->means == NULL && noun->frame->acled_type != NULL)
        verb->means = noun->frame;
    noun->joined = verb_index;
}

static bool is_joining(const struct coding *coding, const struct token *word, uint32_t token)
{
    if (word->relation == REL_NSUBJ || word->relation == REL_OBL_AGENT)
        return true;
    if (!relation_is(word->relation, REL_OBL) && !relation_is(word->relation, REL_NMOD) &&
        word->relation != REL_ADVCL)
        return false;
    static const char *const words[] = {"in", "during", "by", "with", "from", "after", "through"};
    uint32_t preposition = tree_preposition(&coding->tree, token);
    if (preposition == NONE)
        preposition = tree_child_exactly(&coding->tree, token, REL_MARK);
    if (preposition == NONE && arguments_verbal_noun(&coding->tree, token))
        return true;
    for (size_t i = 0; preposition != NONE && i < sizeof words / sizeof words[0]; i++)
        if (token_is(&coding->tree.tokens[preposition], words[i]))
            return true;
    return false;
}

/* "Left sixty DEAD": the verb tells it with its number. */
static void join_adjective(struct coding *coding, struct making *adjective)
{
    uint32_t above = coding->tree.tokens[adjective->trigger].head;
    uint32_t verb = above != NONE ? coding->making_at[above] : NONE;
    if (verb == NONE || adjective->dropped || coding->makings.items[verb].joined != NONE ||
        coding->makings.items[verb].dropped || coding->makings.items[verb].frame->count_count == 0)
        return;
    if (strcmp(coding->makings.items[verb].frame->plover, adjective->frame->plover) == 0 &&
        overlaps(&coding->makings.items[verb].patients, &adjective->patients))
        adjective->joined = verb;
}

/* "Two were killed when police fired": whoever fired killed. */
static void lend_agents(struct coding *coding, const struct making *cause)
{
    const struct token *word = &coding->tree.tokens[cause->trigger];
    uint32_t above = word->head != NONE ? coding->making_at[word->head] : NONE;
    if (cause->dropped || cause->agents.count == 0 || word->relation != REL_ADVCL || above == NONE)
        return;
    struct making *effect = &coding->makings.items[above];
    static const char *const words[] = {"when", "after", "as", "in", "because", "while"};
    uint32_t mark = tree_child_exactly(&coding->tree, cause->trigger, REL_MARK);
    if (mark == NONE)
        mark = tree_child_exactly(&coding->tree, cause->trigger, REL_ADVMOD);
    bool fits = false;
    for (size_t i = 0; mark != NONE && i < sizeof words / sizeof words[0]; i++)
        fits |= token_is(&coding->tree.tokens[mark], words[i]);
    if (fits && effect->agents.count == 0 && effect->arguments.passive &&
        strcmp(cause->frame->plover, "ASSAULT") == 0 &&
        strcmp(effect->frame->plover, "ASSAULT") == 0 &&
        !overlaps(&cause->agents, &effect->patients))
        take_over(&effect->agents, &cause->agents, NONE);
}

void events_join(struct coding *coding)
{
    for (uint32_t i = 0; i < coding->makings.count; i++) {
        struct making *noun = &coding->makings.items[i];
        const struct token *word = &coding->tree.tokens[noun->trigger];
        if (noun->frame->class == FRAME_ADJECTIVE)
            join_adjective(coding, noun);
        if (noun->frame->class != FRAME_NOUN || noun->dropped || word->head == NONE)
            continue;
        uint32_t verb = coding->making_at[word->head];
        if (verb != NONE && coding->makings.items[verb].joined == NONE &&
            !coding->makings.items[verb].dropped && is_joining(coding, word, noun->trigger))
            join_noun(coding, noun, verb);
    }
    for (uint32_t i = 0; i < coding->makings.count; i++)
        lend_agents(coding, &coding->makings.items[i]);
}
