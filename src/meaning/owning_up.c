/* Who says of himself that he did it: "claimed responsibility for the raid", "admitted his part in
 * it". What leaves out: nouns of responsibility whose owner is named beside them (arguments.c). */
#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

/* "NEITHER the rebels nor the army", "NONE of them"; parsers hang the word on noun or verb. */
static bool is_neither(const struct tree *tree, uint32_t token)
{
    static const char *const words[] = {"neither", "none", "nobody", NULL};
    if (token_is_one_of(&tree->tokens[token], words))
        return true;
    for (uint32_t child = tree->first_child[token]; child != NONE && child < token;
         child = tree->next_sibling[child])
        if (token_is_one_of(&tree->tokens[child], words))
            return true;
    return false;
}

/* "CLAIMED responsibility for", "ADMITTED involvement in": who says so speaks of himself; "no group
 * claimed" and "they have not admitted" say of nobody that he did it. */
bool arguments_owning_up(const struct tree *tree, uint32_t verb)
{
    uint32_t subject = verb != NONE ? tree_child(tree, verb, REL_NSUBJ) : NONE;
    uint32_t determiner = subject != NONE ? tree_child(tree, subject, REL_DET) : NONE;
    uint32_t adverb = verb != NONE ? tree_child(tree, verb, REL_ADVMOD) : NONE;
    if ((determiner != NONE && token_is(&tree->tokens[determiner], "no")) ||
        (subject != NONE && (is_neither(tree, subject) || is_neither(tree, verb))) ||
        (adverb != NONE && token_is(&tree->tokens[adverb], "not")))
        return false;
    return verb != NONE && token_in(&tree->tokens[verb], WORDS_VERBS_OF_OWNING_UP);
}

/* "Claimed RESPONSIBILITY today for the attack", with the attack hung on the verb. */
bool arguments_owned_up_to(const struct tree *tree, uint32_t verb, uint64_t with)
{
    uint32_t object = tree->tokens[verb].upos == UPOS_VERB ? tree_child_exactly(tree, verb, REL_OBJ)
                                                           : NONE;
    return object != NONE && arguments_owning_up(tree, verb) &&
           supports_hold(tree->supports, &tree->tokens[object], SUPPORT_AGENT, with);
}
