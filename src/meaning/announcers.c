/* Who announces what he will do himself: "the rebels announced IT WOULD not attend".
 *
 * Method: a pronoun that is the subject of what will be done, told by a verb of announcing (list
 * announce-own-deeds): the subject of that verb. Leaves out: what is said to have happened, and
 * words between quotation marks. */
#include "meaning/antecedents.h"

/* "After the raid the rebels ANNOUNCED it would not come", with what they did hung on what they
 * announced: the clause that ends right before the pronoun; or NONE. */
static uint32_t said_before(const struct tree *tree, uint32_t verb, uint32_t pronoun)
{
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < pronoun;
         child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_ADVCL &&
            tree_child(tree, child, REL_MARK) == NONE && tree_extent(tree, child, 0).end == pronoun)
            return child;
    return NONE;
}

uint32_t antecedents_announcer(const struct tree *tree, uint32_t pronoun, bool body)
{
    static const char *const aux[] = {"will", "would", "'ll", "'d", NULL};
    static const char *const says[] = {"say", "state", "add", "insist", "warn", NULL};
    const struct token *tokens = tree->tokens;
    uint32_t verb = tokens[pronoun].head;
    uint32_t will = verb != NONE ? tree_child_exactly(tree, verb, REL_AUX) : NONE;
    if (tokens[pronoun].relation != REL_NSUBJ || verb == NONE || tokens[verb].upos != UPOS_VERB ||
        will == NONE || !token_is_one_of(&tokens[will], aux))
        return NONE;
    uint32_t saying =
        tokens[verb].relation == REL_CCOMP ? tokens[verb].head : said_before(tree, verb, pronoun);
    bool sure = saying != NONE && (token_in(&tokens[saying], WORDS_ANNOUNCE_OWN_DEEDS) ||
                                   (body && token_is_one_of(&tokens[saying], says)));
    uint32_t subject = sure ? tree_child(tree, saying, REL_NSUBJ) : NONE;
    return subject != NONE && subject < pronoun && tokens[subject].upos != UPOS_PRON &&
                   (tokens[pronoun].flags & TOKEN_QUOTED) == (tokens[subject].flags & TOKEN_QUOTED)
               ? subject
               : NONE;
}
