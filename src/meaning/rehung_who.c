/* Clauses with "who" that parsers of news hang on a deed or a thing: "the arrest of Marek, WHO is
 * charged".
 *
 * Method: "who" tells of a person. Where its clause hangs on a noun that is none, and somebody
 * stands below that noun right before the clause, it is said of him. Unlike the rest of rehung.c
 * this asks who is somebody, so it follows once the actors are marked. Leaves out: two persons
 * ("the brother of Marek, who was charged"). */
#include "meaning/coding.h"
#include "meaning/rehung.h"

enum { STEPS = 6 };

/* The "who" or "whom" of the clause at `clause`, or NONE. */
static uint32_t who_of(const struct tree *tree, uint32_t clause)
{
    for (uint32_t child = tree->first_child[clause]; child != NONE && child < clause;
         child = tree->next_sibling[child])
        if (tree->tokens[child].upos == UPOS_PRON &&
            (token_is(&tree->tokens[child], "who") || token_is(&tree->tokens[child], "whom")))
            return child;
    return NONE;
}

/* The noun of the phrase that ends before `who`, where it hangs on `above` by a preposition; or
 * NONE. */
static uint32_t phrase_before(const struct tree *tree, uint32_t who, uint32_t above)
{
    const struct token *tokens = tree->tokens;
    uint32_t last = who - 1;
    if (tokens[last].upos == UPOS_PUNCT && last > above)
        last--;
    for (int steps = 0; steps < STEPS && last > above && tokens[last].head != NONE; steps++) {
        if (tokens[last].head == above)
            return relation_is(tokens[last].relation, REL_NMOD) ? last : NONE;
        last = tokens[last].head;
    }
    return NONE;
}

bool rehang_who(struct coding *coding)
{
    const uint32_t somebody = KIND_PERSON | KIND_ARMED;
    struct token *tokens = coding->document->tokens.items;
    bool changed = false;
    for (uint32_t i = 0; i < coding->document->tokens.count; i++) {
        uint32_t above = tokens[i].head;
        if (tokens[i].relation != REL_ACL_RELCL || above == NONE || above > i ||
            tokens[above].upos != UPOS_NOUN)
            continue;
        uint32_t who = who_of(&coding->tree, i);
        uint32_t person = who != NONE ? phrase_before(&coding->tree, who, above) : NONE;
        if (person == NONE || (coding_kinds(coding, person) & somebody) == 0 ||
            (coding_kinds(coding, above) & (somebody | KIND_ACTOR | KIND_ORGANISATION)) != 0)
            continue;
        tokens[i].head = person;
        changed = true;
    }
    return changed;
}
