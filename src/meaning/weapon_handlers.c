/* Who placed, threw or fired a weapon, where a clause on the weapon says so: "a bomb planted by the
 * rebels", "the rockets that the militia had fired", "a grenade thrown from a car by two men".
 *
 * Or the verb that has it for an object: "threw a grenade, which exploded".
 *
 * Method: participles and relative clauses below the noun, and those that parsers hang on a noun
 * right behind it, whose verb is one of placing and firing. What leaves out: who made, sold or
 * found it. */
#include "meaning/participants.h"

enum { DEEPEST_WEAPON = 2 };

/* Who does what the clause at `verb` says of `weapon`, or NONE. */
static uint32_t handler_in(const struct coding *coding, uint32_t verb, uint32_t weapon)
{
    struct arguments clause;
    arguments_find(&coding->tree, verb, &clause);
    const struct argument *subject = arguments_get(&clause, ARGUMENT_SUBJECT);
    bool done_to_it = false;
    for (uint32_t i = 0; i < clause.count; i++)
        done_to_it |= clause.items[i].place == ARGUMENT_OBJECT;
    return done_to_it && subject != NULL && subject->token != weapon ? subject->token : NONE;
}

static uint32_t handler_below(const struct coding *coding, uint32_t noun, uint32_t weapon,
                              int depth)
{
    const struct tree *tree = &coding->tree;
    for (uint32_t child = tree->first_child[noun]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *word = &tree->tokens[child];
        uint32_t found = NONE;
        if (child > weapon && word->upos == UPOS_VERB && relation_is(word->relation, REL_ACL) &&
            token_in(word, WORDS_VERBS_OF_HANDLING_WEAPONS))
            found = handler_in(coding, child, weapon);
        else if (depth < DEEPEST_WEAPON && child > weapon && relation_is(word->relation, REL_NMOD))
            found = handler_below(coding, child, weapon, depth + 1);
        if (found != NONE)
            return found;
    }
    return NONE;
}

/* "Gunmen THREW a grenade which exploded": what is told of the weapon hangs on the throw. */
static uint32_t handler_above(const struct coding *coding, uint32_t weapon)
{
    const struct token *tokens = coding->tree.tokens, *word = &tokens[weapon];
    if (word->relation != REL_OBJ || tokens[word->head].upos != UPOS_VERB ||
        !token_in(&tokens[word->head], WORDS_VERBS_OF_HANDLING_WEAPONS) ||
        (tokens[word->head].relation == REL_ADVCL &&
         tree_child(&coding->tree, word->head, REL_NSUBJ) == NONE))
        return NONE;
    struct arguments clause;
    arguments_find(&coding->tree, word->head, &clause);
    const struct argument *subject = arguments_get(&clause, ARGUMENT_SUBJECT);
    return subject != NULL && !clause.passive ? subject->token : NONE;
}

uint32_t weapon_handler(const struct coding *coding, uint32_t weapon)
{
    uint32_t found = handler_below(coding, weapon, weapon, 0);
    return found != NONE ? found : handler_above(coding, weapon);
}
