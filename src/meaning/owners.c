/* Whose the things are that were seized, where a clause behind them says so: "seized cars OWNED BY
 * THE TRADER", "goods BELONGING TO THE CLERK", "the boats that THE CARTEL owned".
 *
 * Method: a verb of owning below the noun that was seized, or below what that is made of ("millions
 * in property owned by him"). Who owns a thing lost it, and takes the place of the thing. What
 * leaves out: owners by "of" and "'s", which the rows ask for themselves. */
#include "meaning/participants.h"

enum { DEEPEST_THING = 3 };

static bool is_seizure(const struct frame *frame)
{
    for (uint32_t i = 0; i < frame->count_count; i++)
        if (strcmp(frame->counts[i].what, "seized") == 0)
            return frame_is(frame, "COERCE") && frame->class == FRAME_VERB;
    return false;
}

/* Who owns what the clause at `verb` is said of, or NONE. */
static uint32_t owner_in(const struct coding *coding, uint32_t verb)
{
    struct arguments clause;
    arguments_find(&coding->tree, verb, &clause);
    const struct argument *owner = token_is(&coding->tree.tokens[verb], "belong")
                                       ? arguments_behind(&coding->tree, &clause, "to")
                                       : arguments_get(&clause, ARGUMENT_SUBJECT);
    return owner != NULL ? coding_stands_for(coding, owner->token) : NONE;
}

static uint32_t owner_of(const struct coding *coding, uint32_t thing, int depth)
{
    const struct tree *tree = &coding->tree;
    uint32_t found = NONE;
    for (uint32_t child = tree->first_child[thing]; child != NONE && found == NONE;
         child = tree->next_sibling[child]) {
        const struct token *word = &tree->tokens[child];
        if (child < thing)
            continue;
        if (relation_is(word->relation, REL_ACL) && token_in(word, WORDS_VERBS_OF_OWNING))
            found = owner_in(coding, child);
        else if (relation_is(word->relation, REL_NMOD) && depth < DEEPEST_THING)
            found = owner_of(coding, child, depth + 1);
    }
    return found;
}

void owners_find(struct making *making)
{
    const struct coding *coding = making->coding;
    const struct argument *object = arguments_get(&making->arguments, ARGUMENT_OBJECT);
    const uint32_t somebody = KIND_PERSON | KIND_ARMED | KIND_ORGANISATION | KIND_ACTOR;
    if (!is_seizure(making->frame) || object == NULL ||
        coding->tree.tokens[object->token].upos == UPOS_PRON)
        return;
    for (uint32_t i = 0; i < making->patients.count; i++)
        if ((coding_kinds(coding, making->patients.tokens[i]) & somebody) != 0)
            return;
    uint32_t owner = owner_of(coding, object->token, 0);
    if (owner == NONE || (coding_kinds(coding, owner) & somebody) == 0 ||
        list_names(coding, &making->agents, owner) || participants_open_pronoun(coding, owner))
        return;
    making->patients.count = 0;
    struct participant_list owners;
    members_find(coding, owner, &owners);
    for (uint32_t i = 0; i < owners.count; i++)
        participants_add(coding, owners.tokens[i], &making->patients);
}
