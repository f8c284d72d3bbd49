/* Clauses with "who" that parsers of news hang on a deed or a thing: "the arrest of Marek, WHO is
 * charged"; names that they hang on the title before: "French sprinter ANNA MAREK".
 *
 * Method: "who" tells of a person. Where its clause hangs on a noun that is none, and somebody
 * stands below that noun right before the clause, it is said of him. A name that is somebody right
 * behind a noun that is nobody takes the place of that noun. Unlike the rest of rehung.c
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

static bool is_office(const struct coding *coding, uint32_t noun)
{
    return (coding_kinds(coding, noun) & KIND_PERSON) != 0;
}

/* The name of who is told of with the title at `title`: hung on it, or on what "of" brings to it
 * ("the secretary of state ANNA MAREK"); NONE where a comma or another word parts them. */
static uint32_t name_behind(const struct coding *coding, uint32_t title)
{
    const struct tree *tree = &coding->tree;
    for (uint32_t child = tree->first_child[title]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *name = &tree->tokens[child];
        uint32_t last = title;
        if (child < title || name->upos != UPOS_PROPN ||
            tree_child(tree, child, REL_CASE) != NONE ||
            (name->relation != REL_APPOS && name->relation != REL_NMOD) ||
            coding->actor_mention[child] == NONE)
            continue;
        uint32_t of = tree_child_exactly(tree, child, REL_NMOD_DESC);
        if (of != NONE && of < child && is_office(coding, title) && !is_office(coding, of) &&
            tree_child(tree, of, REL_CASE) == title + 1)
            last = of;
        for (uint32_t other = tree->first_child[title]; other != child;
             other = tree->next_sibling[other])
            if (other == title + 2 && relation_is(tree->tokens[other].relation, REL_NMOD) &&
                token_is(&tree->tokens[title + 1], "of"))
                last = other;
        if (last != of && of != NONE && tree_child(tree, of, REL_CASE) != NONE)
            continue; /* "the murder OF MRS Marek" */
        uint32_t first = last == of ? last + 1 : tree_noun_phrase(tree, child).first;
        if (first == last + 1 && tree->tokens[last + 1].upos == UPOS_PROPN)
            return child;
    }
    return NONE;
}

/* "French SPRINTER Anna Marek asked": she asked, and no Frenchman beside her. */
static bool rehang_named(struct coding *coding, uint32_t title)
{
    struct token *tokens = coding->document->tokens.items;
    const struct tree *tree = &coding->tree;
    if (tokens[title].upos != UPOS_NOUN || coding->actor_mention[title] != NONE ||
        tokens[title].relation == REL_APPOS || tree->first_child[title] == NONE)
        return false;
    uint32_t name = name_behind(coding, title);
    if (name == NONE || tokens[name].head != title || tree_is_below(tree, title, name))
        return false;
    for (uint32_t child = tree->first_child[title]; child != NONE;
         child = tree->next_sibling[child])
        if (child != name && (child > name || tokens[child].relation == REL_CASE))
            tokens[child].head = name;
    for (uint32_t child = tree->first_child[name]; child != NONE; child = tree->next_sibling[child])
        if (child < name && tokens[child].relation == REL_NMOD_DESC && child > title)
            tokens[child].head = title;
    tokens[name].head = tokens[title].head;
    tokens[name].relation = tokens[title].relation;
    tokens[title].head = name;
    tokens[title].relation = REL_NMOD_DESC;
    return true;
}

bool rehang_who(struct coding *coding)
{
    const uint32_t somebody = KIND_PERSON | KIND_ARMED;
    struct token *tokens = coding->document->tokens.items;
    bool changed = false;
    for (uint32_t i = 0; i < coding->document->tokens.count; i++) {
        uint32_t above = tokens[i].head;
        changed |= rehang_named(coding, i);
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
