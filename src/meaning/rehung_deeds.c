/* Participles that say of a deed who did it or on whom, hung on the verb beside: "the raid CARRIED
 * OUT by rebels was condemned", "heard of the attack CARRIED OUT against the port".
 *
 * Method: a past participle of a verb that carries out deeds (role "agent" of supports.tsv),
 * without an auxiliary, an object or a conjunction, right behind a noun, is said of that noun. Put
 * right in the tree itself, as the clauses of rehung.c are. Leaves out: participles behind a comma
 * (misparses.c). */
#include "meaning/rehung.h"

#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

static bool is_said_of_deed(const struct tree *tree, uint32_t word)
{
    const struct token *verb = &tree->tokens[word];
    if (word == 0 || verb->upos != UPOS_VERB || tree->supports == NULL ||
        (!arguments_past_participle(verb) && (verb->features & WORD_PAST) == 0) ||
        verb[-1].sentence != verb->sentence || verb[-1].upos != UPOS_NOUN ||
        !supports_hold(tree->supports, verb, SUPPORT_AGENT, 0))
        return false;
    return tree_child(tree, word, REL_AUX) == NONE && tree_child(tree, word, REL_OBJ) == NONE &&
           tree_child(tree, word, REL_MARK) == NONE && tree_child(tree, word, REL_CC) == NONE &&
           (tree_child_exactly(tree, word, REL_COMPOUND_PRT) != NONE ||
            tree_child_exactly(tree, word, REL_OBL_AGENT) != NONE);
}

/* The verb that is one, though parsed as a clause below the participle; or NONE. */
static uint32_t verb_below(const struct tree *tree, uint32_t word)
{
    for (uint32_t child = tree->first_child[word]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *verb = &tree->tokens[child];
        bool clause = verb->relation == REL_ADVCL || verb->relation == REL_CCOMP ||
                      verb->relation == REL_XCOMP || verb->relation == REL_PARATAXIS ||
                      verb->relation == REL_CONJ;
        bool finite =
            (verb->features & WORD_FINITE) != 0 || tree_child(tree, child, REL_AUX) != NONE;
        if (child > word && verb->upos == UPOS_VERB && clause && finite &&
            tree_child(tree, child, REL_MARK) == NONE && tree_child(tree, child, REL_CC) == NONE)
            return child;
    }
    return NONE;
}

/* The verb takes the place of the participle, which goes to its noun. */
static void put_above(struct token *tokens, const struct tree *tree, uint32_t verb, uint32_t word)
{
    uint32_t noun = word - 1;
    bool passive = tree_child_exactly(tree, verb, REL_AUX_PASS) != NONE;
    tokens[verb].head = tokens[word].head;
    tokens[verb].relation = tokens[word].relation;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (child != verb && (child < noun || child > verb))
            tokens[child].head = verb;
    tokens[noun].head = verb;
    tokens[noun].relation = passive ? REL_NSUBJ_PASS : REL_NSUBJ;
}

bool rehang_deed(struct token *tokens, const struct tree *tree, uint32_t word)
{
    if (!is_said_of_deed(tree, word) || relation_is(tokens[word].relation, REL_ACL) ||
        tokens[word].relation == REL_CONJ || tokens[word].relation == REL_AMOD)
        return false;
    uint32_t noun = word - 1, above = tokens[word].head, verb = verb_below(tree, word);
    uint32_t subject = tree_child(tree, word, REL_NSUBJ);
    bool taken = tokens[noun].head == word || (verb != NONE && tokens[noun].head == verb);
    if (verb != NONE && taken && (subject == NONE || subject == noun) &&
        (tokens[noun].head == verb || tree_child(tree, verb, REL_NSUBJ) == NONE))
        put_above(tokens, tree, verb, word);
    else if (subject != NONE || above == NONE || tokens[noun].head == NONE ||
             !tree_is_below(tree, noun, above))
        return false;
    tokens[word].head = noun;
    tokens[word].relation = REL_ACL;
    tokens[word].features = WORD_PARTICIPLE | WORD_PAST | WORD_PASSIVE;
    return true;
}
