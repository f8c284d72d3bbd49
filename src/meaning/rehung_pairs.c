/* The second of two, hung as if it stood alone: "left one man dead AND TWO WOMEN WOUNDED", "Young
 * AND THE OTHER MAN fired", "the brothers are EACH charged", "saw them jump out and OPEN FIRE"; and
 * a clause with "that", hung on the name of the place where a deed was done.
 *
 * Method: the shape says that the parts are alike. Who is in a state beside who is in another is in
 * the same list; a verb has one subject; a bare infinitive is no twin of a finite verb; no clause
 * with "that" picks out one of several places of one name. They are put right in the tree itself,
 * as the clauses of rehung.c are. Leaves out: numbers alone ("and ten wounded"). */
#include "meaning/rehung.h"

#include "meaning/arguments_parts.h"

static bool is_state(const struct tree *tree, uint32_t word)
{
    return tree_child(tree, word, REL_AUX) == NONE && tree_child(tree, word, REL_COP) == NONE &&
           tree_child(tree, word, REL_MARK) == NONE &&
           (tree->tokens[word].upos == UPOS_ADJ || arguments_past_participle(&tree->tokens[word]));
}

/* Who is in the first of two states, told by the state or by the verb above it; or NONE. */
static uint32_t who_is_in(const struct tree *tree, uint32_t first)
{
    const struct token *tokens = tree->tokens;
    uint32_t verb = first, state = first, above = tokens[first].head;
    if (tokens[first].relation == REL_AMOD)
        return above != NONE && above < first && tokens[above].relation == REL_OBJ &&
                       is_state(tree, first)
                   ? above
                   : NONE;
    if (tokens[first].relation == REL_XCOMP)
        verb = above;
    else
        state = tree_child_exactly(tree, first, REL_XCOMP);
    if (verb == NONE || state == NONE || tokens[verb].upos != UPOS_VERB || !is_state(tree, state))
        return NONE;
    uint32_t whom = tree_child_exactly(tree, verb, REL_OBJ);
    return whom != NONE && whom > verb && whom < state ? whom : NONE;
}

/* "Left one man dead and TWO WOMEN WOUNDED", parsed as a clause of its own. */
static bool rehang_second_state(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t first = tokens[word].head, joiner = tree_child(tree, word, REL_CC);
    uint32_t who = tree_child(tree, word, REL_NSUBJ);
    if (first == NONE || first > word || joiner == NONE || who == NONE || who > word ||
        !token_is_nominal(&tokens[who]) || tokens[who].upos == UPOS_NUM || !is_state(tree, word) ||
        tree_extent(tree, who, 0).first != joiner + 1 || tree_extent(tree, who, 0).end != word)
        return false;
    uint32_t whom = who_is_in(tree, first);
    if (whom == NONE || whom > joiner)
        return false;
    tokens[who].head = whom;
    tokens[who].relation = REL_CONJ;
    tokens[joiner].head = who;
    tokens[word].head = who;
    tokens[word].relation = REL_ACL;
    return true;
}

/* "Saw two men jump out and OPEN fire", parsed as who saw them and opened fire. */
static bool rehang_infinitive(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head;
    if (tokens[word].upos != UPOS_VERB || verb == NONE || verb > word ||
        tokens[verb].upos != UPOS_VERB || (tokens[verb].features & WORD_FINITE) == 0 ||
        (tokens[verb].features & WORD_PAST) == 0 ||
        (tokens[word].features & (WORD_FINITE | WORD_PARTICIPLE)) != 0 ||
        tree_child(tree, word, REL_NSUBJ) != NONE || tree_child(tree, word, REL_AUX) != NONE ||
        tree_child(tree, word, REL_MARK) != NONE || tree_child(tree, verb, REL_AUX) != NONE)
        return false;
    uint32_t first = tree_child_exactly(tree, verb, REL_XCOMP);
    if (first == NONE || first < verb || first > word || tokens[first].upos != UPOS_VERB ||
        (tokens[first].features & (WORD_FINITE | WORD_PARTICIPLE)) != 0)
        return false;
    tokens[word].head = first;
    return true;
}

/* "Young AND THE OTHER MAN fired", parsed as two that fired, each on his own. */
static bool rehang_second_subject(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, joiner = tree_child_exactly(tree, word, REL_CC);
    if (verb == NONE || verb < word || joiner == NONE || joiner > word ||
        tree_extent(tree, word, 0).first != joiner)
        return false;
    for (uint32_t first = tree->first_child[verb]; first != NONE && first < joiner;
         first = tree->next_sibling[first]) {
        if (tokens[first].relation != tokens[word].relation ||
            tree_extent(tree, first, 0).end != joiner ||
            tree_noun_phrase(tree, first).end != joiner)
            continue;
        tokens[word].head = first;
        tokens[word].relation = REL_CONJ;
        return true;
    }
    return false;
}

/* "The brothers are EACH charged", parsed as each that is charged. */
static bool rehang_each(struct token *tokens, const struct tree *tree, uint32_t word)
{
    static const char *const words[] = {"each", "both", "all", NULL};
    uint32_t verb = tokens[word].head;
    if (verb == NONE || verb < word || !token_is_one_of(&tokens[word], words) ||
        tree->first_child[word] != NONE)
        return false;
    uint32_t first = tree->first_child[verb];
    while (first != NONE && first < word && tokens[first].relation != tokens[word].relation)
        first = tree->next_sibling[first];
    if (first == NONE || first >= word || !token_is_nominal(&tokens[first]))
        return false;
    tokens[word].relation = REL_ADVMOD;
    return true;
}

/* "The blasts at Government House THAT HURT four guards", parsed as the house that hurt them. */
static bool rehang_from_place(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t place = tokens[word].head, that = tree_child(tree, word, REL_NSUBJ);
    if (tokens[word].upos != UPOS_VERB || place == NONE || that == NONE || that > word ||
        that <= place || !token_is(&tokens[that], "that") || tokens[that - 1].upos == UPOS_PUNCT ||
        tokens[place].upos != UPOS_PROPN || tokens[place].relation != REL_NMOD)
        return false;
    uint32_t above = tokens[place].head, preposition = tree_child_exactly(tree, place, REL_CASE);
    if (above == NONE || above > place || tokens[above].upos != UPOS_NOUN || preposition == NONE ||
        !token_in(&tokens[preposition], WORDS_ONLY_SAY_WHERE))
        return false;
    tokens[word].head = above;
    return true;
}

bool rehang_pair(struct token *tokens, const struct tree *tree, uint32_t word)
{
    switch (tokens[word].relation) {
    case REL_CONJ:
        return rehang_second_state(tokens, tree, word) || rehang_infinitive(tokens, tree, word);
    case REL_NSUBJ:
    case REL_NSUBJ_PASS:
        return rehang_second_subject(tokens, tree, word) || rehang_each(tokens, tree, word);
    case REL_ACL_RELCL:
        return rehang_from_place(tokens, tree, word);
    default:
        return false;
    }
}
