/* Items of a list hung beside it, and those whom the second of two clauses tells of: "killed the
 * man, his son, AND FIVE VILLAGERS", "one was killed, THREE MEN wounded", "in TWO REBELS being
 * killed", "the deadline THE COUNCIL set has passed".
 *
 * Method: each is told by what no tree can mean: a list without an "and" of its own before an
 * "and", a participle beside a passive with a number of people right before it that hang beside
 * both, a passive gerund without a subject right behind a noun, two subjects of which the second
 * stands before a relative clause that lacks one. They are put right in the tree itself, as the
 * clauses of rehung.c are. Leaves out: lists of nouns and names mixed, where either reading may be
 * meant. */
#include "meaning/rehung.h"

#include "meaning/arguments_parts.h"

/* The last item of a list without "and" that ends before the comma at `comma`, below `above`; or
 * NONE. */
static uint32_t item_before(const struct tree *tree, uint32_t comma, uint32_t above)
{
    enum { HIGHEST = 5 };
    const struct token *tokens = tree->tokens;
    uint32_t item = comma - 1;
    for (int steps = 0; steps < HIGHEST && item != NONE && item > above; steps++) {
        if (tokens[item].relation == REL_CONJ && tokens[item].head != above &&
            token_is_nominal(&tokens[item]) && tree_child(tree, item, REL_CC) == NONE &&
            tree_noun_phrase(tree, item).end == comma)
            return item;
        item = tokens[item].head;
    }
    return NONE;
}

/* "Clashes in which police killed the man, his son, AND FIVE VILLAGERS", parsed as clashes and
 * villagers: what "and" closes is the list before it. */
static bool rehang_closing(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t above = tokens[word].head, joiner = tree_child_exactly(tree, word, REL_CC);
    if (above == NONE || joiner == NONE || above + 1 >= joiner || joiner > word ||
        !token_is_nominal(&tokens[word]) || !token_is_nominal(&tokens[above]) ||
        !token_is(&tokens[joiner - 1], ","))
        return false;
    uint32_t item = item_before(tree, joiner - 1, above);
    uint32_t first = item != NONE ? tokens[item].head : NONE;
    if (first == NONE || first <= above || tokens[first].upos != tokens[word].upos ||
        tokens[item].upos != tokens[word].upos || !tree_is_below(tree, first, above))
        return false;
    for (uint32_t child = tree->first_child[first]; child != NONE;
         child = tree->next_sibling[child])
        if (tokens[child].relation == REL_CONJ && tree_child(tree, child, REL_CC) != NONE)
            return false;
    tokens[word].head = first;
    return true;
}

/* "One was killed, THREE MEN wounded", parsed as one who was killed and wounded, and men. */
static bool rehang_fate(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t first = tokens[word].head;
    if (first == NONE || first > word || tokens[word].upos != UPOS_VERB ||
        tokens[first].upos != UPOS_VERB || !arguments_past_participle(&tokens[word]) ||
        rehung_has_subject(tree, word) || tree_child(tree, word, REL_CC) != NONE ||
        tree_child(tree, word, REL_AUX) != NONE || tree_child(tree, word, REL_OBJ) != NONE ||
        tree_child_exactly(tree, first, REL_NSUBJ_PASS) == NONE)
        return false;
    for (uint32_t whom = tree->first_child[first]; whom != NONE && whom < word;
         whom = tree->next_sibling[whom]) {
        bool counted = tokens[whom].upos == UPOS_NUM || tree_child(tree, whom, REL_NUMMOD) != NONE;
        if (whom > first && tokens[whom].relation == REL_CONJ && token_is_nominal(&tokens[whom]) &&
            counted && tree_extent(tree, whom, 0).end == word) {
            rehung_make_subject(tokens, tree, whom, word);
            tokens[whom].relation = REL_NSUBJ_PASS;
            return true;
        }
    }
    return false;
}

/* "Resulting in THREE SMUGGLERS being killed", parsed as if it resulted in rebels. */
static bool rehang_being(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t above = tokens[word].head, being = tree_child_exactly(tree, word, REL_AUX_PASS);
    if (above == NONE || above > word || being == NONE || rehung_has_subject(tree, word) ||
        strcmp(tokens[being].folded, "being") != 0 || tree_extent(tree, word, 0).first != being)
        return false;
    for (uint32_t whom = tree->first_child[above]; whom != NONE && whom < being;
         whom = tree->next_sibling[whom]) {
        uint32_t preposition = tree_child_exactly(tree, whom, REL_CASE);
        if (whom < above || tokens[whom].relation != REL_OBL || preposition == NONE ||
            !token_is_nominal(&tokens[whom]) || tree_extent(tree, whom, 0).end != being)
            continue;
        tokens[preposition].head = word;
        if (!token_is(&tokens[preposition], "to")) /* it would open an infinitive */
            tokens[preposition].relation = REL_MARK;
        tokens[whom].head = word;
        tokens[whom].relation = REL_NSUBJ_PASS;
        return true;
    }
    return false;
}

/* "The deadline THE COUNCIL set has passed", parsed with two subjects. */
static bool rehang_setting(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t verb = tokens[noun].head, start = tree_noun_phrase(tree, noun).first;
    if (verb == NONE || verb < noun || !token_is_nominal(&tokens[noun]))
        return false;
    for (uint32_t first = tree->first_child[verb]; first != NONE && first < start;
         first = tree->next_sibling[first]) {
        uint32_t clause = tree_child_exactly(tree, first, REL_ACL_RELCL);
        if (tokens[first].relation != tokens[noun].relation || clause == NONE || clause < noun ||
            clause > verb || tokens[clause].upos != UPOS_VERB || rehung_has_subject(tree, clause) ||
            tree_child(tree, clause, REL_OBJ) != NONE ||
            tree_noun_phrase(tree, first).end != start || tree_child(tree, noun, REL_CC) != NONE)
            continue;
        tokens[noun].head = clause;
        tokens[noun].relation = REL_NSUBJ;
        return true;
    }
    return false;
}

bool rehang_list(struct token *tokens, const struct tree *tree, uint32_t word)
{
    switch (tokens[word].relation) {
    case REL_CONJ:
        return rehang_closing(tokens, tree, word) || rehang_fate(tokens, tree, word);
    case REL_ADVCL:
    case REL_ACL:
        return rehang_being(tokens, tree, word);
    case REL_NSUBJ:
    case REL_NSUBJ_PASS:
        return rehang_setting(tokens, tree, word);
    default:
        return false;
    }
}
