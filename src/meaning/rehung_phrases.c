/* Words that parsers take for clauses, and phrases that they hang on the wrong noun: "in rebel-HELD
 * Sarmin", "preparations are under WAY for a raid", "set two schools and some houses ON FIRE".
 *
 * Method: each is known by its words and by where they stand; it is put right in the tree itself,
 * as the clauses of rehung.c are. Leaves out: phrases without such a mark. */
#include "meaning/rehung.h"

#include <string.h>

/* "In rebel-HELD Sarmin, residents said": what stands behind a hyphen and right before its noun is
 * no clause. */
static bool rehang_hyphened(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t noun = tree_child_exactly(tree, word, REL_OBJ);
    if (tokens[word].relation != REL_ADVCL || word < 2 || noun != word + 1 ||
        !token_is_nominal(&tokens[noun]) || !token_is(&tokens[word - 1], "-") ||
        !token_is_nominal(&tokens[word - 2]) || tree_child(tree, noun, REL_CASE) == NONE)
        return false;
    tokens[noun].head = tokens[word].head;
    tokens[noun].relation = REL_OBL;
    tokens[word].head = noun;
    tokens[word].relation = REL_AMOD;
    tokens[word].features = WORD_PARTICIPLE | WORD_PAST | WORD_PASSIVE;
    return true;
}

/* "Preparations are under WAY for an assault": what is said to be in hand has the phrase, not the
 * way. */
static bool rehang_under_way(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t subject = tree_child_exactly(tree, word, REL_NSUBJ);
    bool in_hand =
        token_is(&tokens[word], "underway") ||
        (token_is(&tokens[word], "way") && word > 0 && token_is(&tokens[word - 1], "under"));
    bool changed = false;
    if (!in_hand || subject == NONE || subject > word || tokens[subject].upos != UPOS_NOUN)
        return false;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (child > word &&
            (tokens[child].relation == REL_OBL || tokens[child].relation == REL_NMOD) &&
            tree_preposition(tree, child) != NONE &&
            token_is(&tokens[tree_preposition(tree, child)], "for")) {
            tokens[child].head = subject;
            tokens[child].relation = REL_NMOD;
            changed = true;
        }
    return changed;
}

/* "Set two schools and some HOUSES ON FIRE", parsed as houses that are on fire: it is of the verb,
 * and so is the verb behind it. */
static bool rehang_fire(struct token *tokens, const struct tree *tree, uint32_t word)
{
    enum { CLIMB_LONGEST = 5 };
    if (word == 0 || strcmp(tokens[word].folded, "fire") != 0 ||
        !token_is(&tokens[word - 1], "on") || tokens[word - 1].head != word)
        return false;
    uint32_t verb = tokens[word].head;
    for (int steps = 0; steps < CLIMB_LONGEST && verb != NONE && !token_is(&tokens[verb], "set");
         steps++)
        verb = tokens[verb].head;
    if (verb == NONE || verb > word || verb == tokens[word].head ||
        tokens[verb].upos != UPOS_VERB || !token_is(&tokens[verb], "set") ||
        tree_child_exactly(tree, verb, REL_OBJ) == NONE)
        return false;
    tokens[word].head = verb;
    tokens[word].relation = REL_OBL;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (tokens[child].relation == REL_CONJ && tokens[child].upos == UPOS_VERB)
            tokens[child].head = verb;
    return true;
}

/* "Called FOR the rebels to leave", parsed as "to leave" with two marks: "for" is before whom it
 * names. */
static bool rehang_for(struct token *tokens, const struct tree *tree, uint32_t word)
{
    if (!token_is(&tokens[word], "for") || tokens[word].relation != REL_MARK)
        return false;
    uint32_t clause = tokens[word].head, verb = clause != NONE ? tokens[clause].head : NONE;
    if (verb == NONE || clause < word || tree_child(tree, clause, REL_NSUBJ) != NONE)
        return false;
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        if (child < word || child > clause || tokens[child].relation != REL_OBL ||
            tree_child(tree, child, REL_CASE) != NONE)
            continue;
        tokens[word].head = child;
        tokens[word].relation = REL_CASE;
        return true;
    }
    return false;
}

bool rehang_phrase(struct token *tokens, const struct tree *tree, uint32_t word)
{
    return rehang_fire(tokens, tree, word) || rehang_hyphened(tokens, tree, word) ||
           rehang_under_way(tokens, tree, word) || rehang_for(tokens, tree, word);
}
