/* Phrases that a parser hung one noun too high or too low: "signed a PETITION against the mine",
 * "respected the truce WITH THE ARMY". Where the row of a verb asks for what stands behind a
 * preposition, either tree means the same.
 *
 * Method: what is asked for at the verb is sought at the noun that the verb has behind it; what is
 * asked for at such a noun, at the verb, where the preposition stands right behind the noun's own
 * phrase. What "of" brings is never the verb's, so it is left where it is. */
#include "meaning/frames.h"

static bool is_behind(const struct tree *tree, uint32_t child, uint64_t asked,
                      uint32_t *preposition)
{
    *preposition = tree_preposition(tree, child);
    return *preposition != NONE && tree->tokens[*preposition].hash == asked &&
           !token_is(&tree->tokens[*preposition], "of");
}

/* "Exploded in the town, NEAR THE LAKE": where a place is, not whom the deed befell there; "opened
 * fire with a rifle AT THE GUARDS" is aimed, whatever it was done with. */
static bool is_only_place(const struct tree *tree, const struct argument *argument,
                          uint32_t preposition)
{
    static const char *const means[] = {"with", "from", NULL};
    return argument->place == ARGUMENT_PREPOSITION &&
           token_in(&tree->tokens[preposition], WORDS_ONLY_SAY_WHERE) &&
           !token_is_one_of(&tree->tokens[argument->preposition], means);
}

/* "Remained CLOSED during the strike": how something is, not what somebody does. */
static bool is_state(const struct tree *tree, uint32_t token)
{
    const struct token *word = &tree->tokens[token];
    return tree_child(tree, token, REL_MARK) == NONE &&
           tree_child(tree, token, REL_NSUBJ) == NONE &&
           (word->upos == UPOS_ADJ ||
            (word->upos == UPOS_VERB && (word->features & WORD_PARTICIPLE) != 0 &&
             (word->features & WORD_PAST) != 0 && tree_child(tree, token, REL_AUX) == NONE));
}

/* "Went on strike AGAINST THE MINISTRY": below what the verb has behind it. */
static uint32_t below_arguments(const struct tree *tree, const struct arguments *arguments,
                                uint64_t asked, uint32_t *tokens, uint32_t maximum)
{
    uint32_t count = 0, preposition;
    for (uint32_t i = 0; i < arguments->count; i++) {
        const struct argument *argument = &arguments->items[i];
        bool said = argument->place == ARGUMENT_COMPLEMENT && is_state(tree, argument->token);
        bool place = argument->place == ARGUMENT_OBJECT || argument->place == ARGUMENT_PREPOSITION;
        /* "Was placed by a man AT THE BANK" */
        place |= tree->tokens[argument->token].relation == REL_OBL_AGENT;
        enum relation relation = said ? REL_OBL : REL_NMOD;
        if ((!place && !said) || argument->via != NONE || argument->token < arguments->word ||
            tree->tokens[argument->token].head != arguments->word ||
            (argument->place == ARGUMENT_PREPOSITION &&
             tree->tokens[argument->token].upos == UPOS_NUM))
            continue;
        for (uint32_t child = tree->first_child[argument->token]; child != NONE && count < maximum;
             child = tree->next_sibling[child])
            if (child > argument->token && relation_is(tree->tokens[child].relation, relation) &&
                is_behind(tree, child, asked, &preposition) &&
                !is_only_place(tree, argument, preposition))
                tokens[count++] = child;
    }
    return count;
}

/* "Respected the truce WITH THE ARMY": beside the noun at `noun`, right behind its phrase. */
static uint32_t beside_noun(const struct tree *tree, const struct arguments *arguments,
                            uint32_t noun, uint64_t asked, uint32_t *tokens, uint32_t maximum)
{
    uint32_t preposition;
    for (uint32_t i = 0; i < arguments->count && maximum > 0; i++) {
        uint32_t child = arguments->items[i].token;
        if (arguments->items[i].place == ARGUMENT_PREPOSITION && child > noun &&
            tree->tokens[child].head == arguments->word &&
            is_behind(tree, child, asked, &preposition) && preposition > noun &&
            tree_is_below(tree, preposition - 1, noun)) {
            *tokens = child;
            return 1;
        }
    }
    return 0;
}

uint32_t frame_slot_fill_astray(const struct frame_slot *slot, const struct tree *tree,
                                const struct arguments *arguments, uint32_t *tokens,
                                uint32_t maximum)
{
    uint32_t last = slot->step_count - 1u, nouns[4];
    if (slot->steps[last].place != ARGUMENT_PREPOSITION ||
        tree->tokens[arguments->word].upos != UPOS_VERB)
        return 0;
    uint64_t asked = slot->steps[last].preposition;
    if (last == 0)
        return below_arguments(tree, arguments, asked, tokens, maximum);
    struct frame_slot above = *slot;
    above.step_count--;
    uint32_t count = 0, found = frame_slot_fill(&above, tree, arguments, nouns, 4);
    for (uint32_t i = 0; i < found && count == 0; i++)
        count = beside_noun(tree, arguments, nouns[i], asked, tokens, maximum);
    return count;
}
