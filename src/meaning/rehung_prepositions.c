/* Prepositions that parsers of news hang on a word too far: "trapped IN the town, many of them
 * hurt", "fighting BETWEEN army and rebel forces", "and IN Gao ten were shot".
 *
 * Method: a preposition stands before the first noun behind it, and "between" before two; what has
 * a preposition of its own is no twin of a verb. They are put right in the tree itself, as the
 * clauses of rehung.c are. Leaves out: prepositions right before the noun that they hang on. */
#include "meaning/rehung.h"

/* "Trapped IN THE town - many of them hurt", with the preposition on a word behind that town, which
 * hangs elsewhere and has none. */
static bool rehang_before_first(struct token *tokens, const struct tree *tree, uint32_t preposition)
{
    enum { LONGEST = 4 };
    uint32_t word = tokens[preposition].head, noun = preposition + 1;
    if (word == NONE || word <= preposition + 1 || tokens[preposition].upos != UPOS_ADP)
        return false;
    while (noun < word && noun < preposition + LONGEST && tokens[noun].head != NONE &&
           tokens[noun].head > preposition &&
           (tokens[noun].head < word || tokens[noun].relation == REL_DET))
        noun++;
    if (noun >= word || token_is_nominal(&tokens[noun + 1]) || !token_is_nominal(&tokens[noun]) ||
        tokens[noun].head == NONE || tokens[noun].head >= preposition ||
        tree_is_below(tree, noun, word) || tree_child(tree, noun, REL_CASE) != NONE ||
        (tokens[noun].relation != REL_OBL && tokens[noun].relation != REL_NMOD))
        return false;
    for (uint32_t i = preposition; i < noun; i++)
        if (tokens[i].head == word)
            tokens[i].head = noun;
    return true;
}

/* "Between ARMY and rebel FORCES", parsed as forces of army and rebels: "between" has two. */
static bool rehang_sides(struct token *tokens, const struct tree *tree, uint32_t preposition)
{
    uint32_t noun = tokens[preposition].head;
    if (!token_is(&tokens[preposition], "between") || noun == NONE || noun < preposition ||
        tokens[noun].upos != UPOS_NOUN || tree_child(tree, noun, REL_CONJ) != NONE)
        return false;
    uint32_t first = tree_child_exactly(tree, noun, REL_COMPOUND);
    uint32_t second = first != NONE ? tree_child_exactly(tree, first, REL_CONJ) : NONE;
    if (second == NONE || second + 1 != noun || tokens[second].upos != UPOS_NOUN ||
        tree_child(tree, second, REL_CC) == NONE)
        return false;
    tokens[first].head = tokens[noun].head;
    tokens[first].relation = tokens[noun].relation;
    tokens[noun].head = first;
    tokens[noun].relation = REL_CONJ;
    tokens[second].head = noun;
    tokens[second].relation = REL_COMPOUND;
    tokens[tree_child(tree, second, REL_CC)].head = noun;
    for (uint32_t child = tree->first_child[noun]; child != NONE && child < first;
         child = tree->next_sibling[child])
        tokens[child].head = first;
    return true;
}

/* "Eight were hurt, and IN GAO ten were shot", with Gao for a twin of the first verb. */
static bool rehang_beside_verb(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t verb = tokens[noun].head, twin = tree->next_sibling[noun];
    if (verb == NONE || verb > noun || twin == NONE || !token_is_nominal(&tokens[noun]) ||
        tokens[verb].upos != UPOS_VERB || tokens[twin].upos != UPOS_VERB ||
        tokens[twin].relation != REL_CONJ || tree_child(tree, noun, REL_CASE) == NONE ||
        tree_child(tree, noun, REL_COP) != NONE || tree_child(tree, noun, REL_CC) != NONE)
        return false;
    uint32_t joiner = tree_child(tree, twin, REL_CC);
    if (joiner == NONE || joiner > noun)
        return false;
    tokens[noun].head = twin;
    tokens[noun].relation = REL_OBL;
    return true;
}

/* "Control of the main border CROSSING", tagged as a verb: what nouns stand before, and no object
 * behind, is a noun. */
static bool retag_noun(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t before = tree_child_exactly(tree, word, REL_COMPOUND);
    if (tokens[word].upos != UPOS_VERB || before == NONE || before > word ||
        tree_child(tree, word, REL_OBJ) != NONE || tree_child(tree, word, REL_NSUBJ) != NONE ||
        tree_child(tree, word, REL_AUX) != NONE)
        return false;
    tokens[word].upos = UPOS_NOUN;
    return true;
}

/* "Two killed, SIX WOUNDED in a raid", with the six beside what befell them: they are its own. */
static bool rehang_numbered(struct token *tokens, const struct tree *tree, uint32_t number)
{
    uint32_t word = number + 1;
    if (tokens[number].upos != UPOS_NUM || word >= tree->document->tokens.count ||
        tokens[word].upos != UPOS_VERB || tokens[word].sentence != tokens[number].sentence ||
        !token_in(&tokens[word], WORDS_HURT_AS_NOUNS) || tokens[word].head == number ||
        tokens[number].head == NONE || tokens[number].head == word ||
        tree_child(tree, word, REL_NSUBJ) != NONE || tree_child(tree, word, REL_OBJ) != NONE ||
        tree_child(tree, word, REL_AUX) != NONE || tree_child(tree, word, REL_CC) != NONE ||
        tree_is_below(tree, number, word))
        return false;
    tokens[word].head = number;
    tokens[word].relation = REL_ACL;
    return true;
}

bool rehang_preposition(struct token *tokens, const struct tree *tree, uint32_t word)
{
    switch (tokens[word].relation) {
    case REL_CASE:
        return rehang_before_first(tokens, tree, word) || rehang_sides(tokens, tree, word);
    case REL_APPOS:
    case REL_PARATAXIS:
        return rehang_numbered(tokens, tree, word);
    case REL_CONJ:
        return rehang_beside_verb(tokens, tree, word) || rehang_numbered(tokens, tree, word);
    case REL_NMOD:
    case REL_OBL:
        return retag_noun(tokens, tree, word);
    default:
        return false;
    }
}
