/* Whom something is asked of where no table knows the word: "appealed to all decent forces to stop",
 * "seeking the public's help".
 *
 * Method: of a request whoever stands behind "to", "on" or "with" and is to do what a clause says, and
 * whose help is sought. Leaves out: nouns that tables know as things, ideas and events. */
#include "meaning/participants.h"

bool participants_called_on(const struct making *making, uint32_t token)
{
    static const char *const words[] = {"to", "on", "upon", "with", NULL};
    const struct coding *coding = making->coding;
    uint32_t preposition = tree_preposition(&coding->tree, token);
    bool noun = making->frame->class == FRAME_NOUN && preposition == making->trigger + 1;
    if (!frame_is(making->frame, "REQUEST") || (making->frame->class != FRAME_VERB && !noun) ||
        coding_is_idea(coding, token))
        return false;
    if (!noun && coding->tree.tokens[token].relation == REL_NMOD_POSS)
        return true;
    return preposition != NONE &&
           arguments_get(&making->arguments, ARGUMENT_COMPLEMENT) != NULL &&
           token_is_one_of(&coding->tree.tokens[preposition], words);
}

/* "Called for the mayor TO BE DISMISSED", "condemned the murder of the nun and HER SON": who is to be
 * done something is asked for nothing, and what stands beside a deed that is condemned is none who did it. */
bool participants_only_wished(const struct making *making, uint32_t head, uint32_t token)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    if (frame_is(making->frame, "REQUEST")) {
        uint32_t preposition = tree_preposition(tree, token);
        const struct argument *clause = arguments_get(&making->arguments, ARGUMENT_COMPLEMENT);
        return clause != NULL && preposition != NONE &&
               token_is(&tree->tokens[preposition], "for") &&
               tree_child_exactly(tree, clause->token, REL_AUX_PASS) != NONE;
    }
    return head != token && frame_is(making->frame, "ACCUSE") &&
           (coding_kinds(coding, head) & KIND_EVENT) != 0 &&
           coding->making_at[head] != NONE && coding->making_at[token] == NONE;
}
