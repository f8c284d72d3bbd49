/* What belongs to a noun and was taken for a clause, or the other way about: "received THREATENING
 * letters", "hit by FALLING sales", "the port is BACK in the hands of the army"; what somebody is
 * besides.
 *
 * Method: verbs of supports.tsv say by their role that a participle right behind them cannot be
 * their complement ("things": what is received is a thing) or that what stands behind a participle
 * cannot be its object ("itself": sales fall by themselves). They are put right in the tree itself,
 * as the clauses of rehung.c are. As many full names behind a noun as its number says are names of
 * those it counts. Leaves out: verbs that may have a deed for their object. */
#include "meaning/rehung.h"

#include "meaning/supports.h"

/* A gerund between a word and a noun that has nothing before it. */
static bool is_gerund_before(const struct tree *tree, uint32_t word, uint32_t noun)
{
    const struct token *token = &tree->tokens[word];
    return word > 0 && token->upos == UPOS_VERB && (token->features & WORD_GERUND) != 0 &&
           noun == word + 1 && tree->tokens[noun].upos == UPOS_NOUN &&
           tree_child(tree, noun, REL_DET) == NONE && tree_child(tree, word, REL_AUX) == NONE;
}

/* The gerund is said of the noun, which takes its place; what hung on the gerund is the noun's. */
static void describe(struct token *tokens, const struct tree *tree, uint32_t word, uint32_t noun,
                     enum relation relation)
{
    uint32_t above = tokens[word].head;
    for (uint32_t child = tree->first_child[word]; child != NONE;
         child = tree->next_sibling[child]) {
        if (child == noun)
            continue;
        bool phrase = relation_is(tokens[child].relation, REL_OBL);
        tokens[child].head = phrase || tokens[child].relation == REL_MARK ? noun : above;
        if (tokens[child].relation == REL_MARK)
            tokens[child].relation = REL_CASE;
        else if (phrase)
            tokens[child].relation = REL_NMOD;
    }
    tokens[noun].head = above;
    tokens[noun].relation = relation;
    tokens[word].head = noun;
    tokens[word].relation = REL_AMOD;
}

/* "Received THREATENING letters", parsed as what they did. */
static bool rehang_described(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, noun = tree_child_exactly(tree, word, REL_OBJ);
    if (tokens[word].relation != REL_XCOMP || verb == NONE || verb + 1 != word ||
        !is_gerund_before(tree, word, noun) || tree_child(tree, word, REL_MARK) != NONE ||
        tree_child(tree, verb, REL_OBJ) != NONE ||
        !supports_hold(tree->supports, &tokens[verb], SUPPORT_THINGS, 0))
        return false;
    describe(tokens, tree, word, noun, REL_OBJ);
    return true;
}

/* "Was hit by FALLING sales", parsed as if somebody fell them. */
static bool rehang_by_itself(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, mark = tree_child_exactly(tree, word, REL_MARK);
    uint32_t noun = word + 1;
    if (tokens[word].relation != REL_ADVCL || verb == NONE || verb > word || mark == NONE ||
        mark + 1 != word || !token_is(&tokens[mark], "by") ||
        noun >= tree->document->tokens.count || !is_gerund_before(tree, word, noun) ||
        !supports_hold(tree->supports, &tokens[word], SUPPORT_ITSELF, 0))
        return false;
    bool object = tokens[noun].head == word && tokens[noun].relation == REL_OBJ;
    bool doer = tokens[noun].head == verb && tokens[noun].relation == REL_OBL_AGENT &&
                tree_child(tree, noun, REL_CASE) == NONE;
    if (!object && !doer)
        return false;
    describe(tokens, tree, word, noun, REL_OBL_AGENT);
    return true;
}

/* "The port is BACK in the hands of the army", parsed as if "back" were said of the port. */
static bool rehang_back(struct token *tokens, const struct tree *tree, uint32_t word)
{
    if (tokens[word].upos != UPOS_ADV || !token_is(&tokens[word], "back") ||
        tree_child(tree, word, REL_NSUBJ) == NONE)
        return false;
    uint32_t noun = tree_child_exactly(tree, word, REL_OBL);
    uint32_t preposition = noun != NONE ? tree_child(tree, noun, REL_CASE) : NONE;
    if (preposition != word + 1 || !token_is_nominal(&tokens[noun]))
        return false;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (child != noun)
            tokens[child].head = noun;
    tokens[noun].head = tokens[word].head;
    tokens[noun].relation = tokens[word].relation;
    tokens[word].head = noun;
    tokens[word].relation = REL_ADVMOD;
    return true;
}

/* "Prepared the plan IN COOPERATION with the rebels", hung on the plan: how it was prepared. */
static bool rehang_together(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t object = tokens[word].head, preposition = tree_child_exactly(tree, word, REL_CASE);
    if (!relation_is(tokens[word].relation, REL_NMOD) || object == NONE || preposition == NONE ||
        preposition + 1 != word || object > preposition || tokens[object].relation != REL_OBJ ||
        !supports_hold(tree->supports, &tokens[word], SUPPORT_TOGETHER, tokens[preposition].hash))
        return false;
    tokens[word].head = tokens[object].head;
    tokens[word].relation = REL_OBL;
    return true;
}

/* "Ivo Marek, the head of the port AND ONE of its founders, was shot", parsed as two who were: what
 * he is besides goes with what he is. */
static bool rehang_besides(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t name = tokens[word].head, coordinator = tree_child_exactly(tree, word, REL_CC);
    if (tokens[word].relation != REL_CONJ || name == NONE || !token_is(&tokens[word], "one") ||
        coordinator == NONE || coordinator + 1 != word || tokens[name].upos != UPOS_PROPN ||
        !token_is(&tokens[coordinator], "and") ||
        (tokens[coordinator - 1].flags & TOKEN_PUNCTUATION) != 0 ||
        word + 1 >= tree->document->tokens.count || !token_is(&tokens[word + 1], "of"))
        return false;
    uint32_t said = NONE;
    for (uint32_t child = tree->first_child[name]; child != NONE && child < word;
         child = tree->next_sibling[child])
        if (tokens[child].relation == REL_APPOS && tokens[child].upos == UPOS_NOUN)
            said = child;
    if (said == NONE)
        return false;
    tokens[word].head = said;
    return true;
}

/* "Gave the order TO FIRE", hung on who gave it: what such a noun is for stands right behind it. */
static bool rehang_order(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, mark = tree_child_exactly(tree, word, REL_MARK);
    if (tokens[word].relation != REL_XCOMP || verb == NONE || mark == NONE || mark == 0 ||
        !token_is(&tokens[mark], "to") || tree_child_exactly(tree, verb, REL_IOBJ) != NONE)
        return false;
    uint32_t noun = tree_child_exactly(tree, verb, REL_OBJ);
    if (noun == NONE || noun + 1 != mark || tokens[noun].upos != UPOS_NOUN ||
        !token_in(&tokens[noun], WORDS_OPPORTUNITIES_TO_ACT))
        return false;
    tokens[word].head = noun;
    tokens[word].relation = REL_ACL;
    return true;
}

/* How many names the list is of that begins at `name`; 0 where something else is in it. */
static uint32_t names_listed(const struct tree *tree, uint32_t name)
{
    uint32_t count = 1;
    for (uint32_t child = tree->first_child[name]; child != NONE;
         child = tree->next_sibling[child]) {
        if (tree->tokens[child].relation == REL_APPOS)
            return 0;
        if (tree->tokens[child].relation != REL_CONJ)
            continue;
        uint32_t more = tree->tokens[child].upos == UPOS_PROPN ? names_listed(tree, child) : 0;
        if (more == 0)
            return 0;
        count += more;
    }
    return count;
}

/* The number of those whom the noun names, where it is exact; else 0. */
static double number_of(const struct tree *tree, uint32_t noun)
{
    const struct document *document = tree->document;
    for (uint32_t i = 0; i < document->quantities.count; i++) {
        const struct quantity *quantity = &document->quantities.items[i];
        if (quantity->is_count && quantity->counted == noun && !quantity->vague &&
            !quantity->approximate && quantity->low == quantity->high)
            return quantity->low;
    }
    return 0;
}

/* "Two guards, IVO MAREK AND JAN KRAL, were shot", parsed as guards and two more: as many names as
 * the number says are theirs. */
static bool rehang_names(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t noun = tokens[word].head, comma = tree_child_exactly(tree, word, REL_PUNCT);
    if (tokens[word].relation != REL_CONJ || tokens[word].upos != UPOS_PROPN || noun == NONE ||
        noun > word || tokens[noun].upos != UPOS_NOUN || comma == NONE || comma > word ||
        !token_is(&tokens[comma], ",") || tree_child_exactly(tree, word, REL_CC) != NONE ||
        tree_child(tree, noun, REL_NUMMOD) == NONE || tree_child(tree, word, REL_FLAT) == NONE ||
        tree_child_exactly(tree, noun, REL_CONJ) != word)
        return false;
    uint32_t count = names_listed(tree, noun);
    if (count < 3 || number_of(tree, noun) != count - 1)
        return false;
    for (uint32_t child = tree->next_sibling[word]; child != NONE;
         child = tree->next_sibling[child])
        if (tokens[child].relation == REL_CONJ)
            tokens[child].head = word;
    tokens[word].relation = REL_APPOS;
    return true;
}

bool rehang_noun(struct token *tokens, const struct tree *tree, uint32_t word)
{
    return rehang_described(tokens, tree, word) || rehang_by_itself(tokens, tree, word) ||
           rehang_back(tokens, tree, word) || rehang_together(tokens, tree, word) ||
           rehang_besides(tokens, tree, word) || rehang_order(tokens, tree, word) ||
           rehang_names(tokens, tree, word);
}
