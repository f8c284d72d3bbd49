/* The dependency tree of a document, ready for walking. Building it costs one pass over the tokens;
 * the deepest walk is bounded by the length of a sentence, which the tokeniser bounds. */
#include "meaning/tree.h"

bool tree_init(struct tree *tree, const struct document *document, struct arena *scratch)
{
    uint32_t count = document->tokens.count;
    tree->document = document;
    tree->supports = NULL;
    tree->tokens = document->tokens.items;
    tree->first_child = arena_new_array(scratch, uint32_t, count + 1);
    tree->next_sibling = arena_new_array(scratch, uint32_t, count + 1);
    if (tree->first_child == NULL || tree->next_sibling == NULL)
        return false;
    for (uint32_t i = 0; i <= count; i++)
        tree->first_child[i] = tree->next_sibling[i] = NONE;
    /* Backwards, each put in front: children come out in text order. */
    for (uint32_t i = count; i-- > 0;) {
        uint32_t head = tree->tokens[i].head;
        if (tree->tokens[i].relation == REL_NONE || head >= count || head == i)
            continue;
        tree->next_sibling[i] = tree->first_child[head];
        tree->first_child[head] = i;
    }
    return true;
}

uint32_t tree_child(const struct tree *tree, uint32_t token, enum relation relation)
{
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child])
        if (relation_is(tree->tokens[child].relation, relation))
            return child;
    return NONE;
}

uint32_t tree_child_exactly(const struct tree *tree, uint32_t token, enum relation relation)
{
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child])
        if (tree->tokens[child].relation == relation)
            return child;
    return NONE;
}

bool tree_is_below(const struct tree *tree, uint32_t token, uint32_t ancestor)
{
    for (uint32_t steps = 0; token != NONE && steps < 1024; steps++) {
        if (token == ancestor)
            return true;
        token = tree->tokens[token].head;
    }
    return false;
}

static void widen(const struct tree *tree, uint32_t token, uint64_t left_out,
                  struct token_range *range, uint32_t depth)
{
    if (token < range->first)
        range->first = token;
    if (token + 1 > range->end)
        range->end = token + 1;
    if (depth > 200)
        return;
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child])
        if ((left_out >> tree->tokens[child].relation & 1u) == 0)
            widen(tree, child, left_out, range, depth + 1);
}

struct token_range tree_extent(const struct tree *tree, uint32_t token, uint64_t left_out)
{
    struct token_range range = {token, token + 1};
    widen(tree, token, left_out, &range, 0);
    return range;
}

#define BIT(relation) (UINT64_C(1) << (relation))

/* "12 year OLD boy": where the age that ends with the token begins; else the token. */
uint32_t tree_age_begins(const struct token *tokens, uint32_t old)
{
    static const char *const units[] = {"year", "month", "week", "day", NULL};
    if (strcmp(tokens[old].folded, "old") != 0)
        return old;
    uint32_t at = old, sentence = tokens[old].sentence;
    bool unit = false;
    for (int words = 0; words < 2 && at > 0; words++) {
        at--;
        at -= at > 0 && (tokens[at].flags & TOKEN_HYPHEN) != 0;
        if (words == 0)
            unit = token_is_one_of(&tokens[at], units);
    }
    return unit && tokens[at].sentence == sentence && tokens[at].upos == UPOS_NUM ? at : old;
}

/* "23-year-old man", "at least six": what a hyphen or a number's own words join is not cut. */
struct token_range tree_whole_words(const struct tree *tree, struct token_range range)
{
    const struct token *tokens = tree->tokens;
    uint32_t first = range.first;
    uint32_t sentence = tokens[first].sentence;
    while (first >= 2 && (tokens[first - 1].flags & TOKEN_HYPHEN) != 0 &&
           (tokens[first - 1].flags & TOKEN_SPACE_BEFORE) == 0 &&
           (tokens[first].flags & TOKEN_SPACE_BEFORE) == 0 &&
           tokens[first - 2].sentence == sentence)
        first -= 2;
    first = tree_age_begins(tokens, first);
    bool bound = token_is(&tokens[first], "least") || token_is(&tokens[first], "most");
    if (bound && first > 0 && tokens[first - 1].sentence == sentence &&
        token_is(&tokens[first - 1], "at"))
        first--;
    range.first = first;
    return range;
}

struct token_range tree_noun_phrase(const struct tree *tree, uint32_t head)
{
    static const uint64_t outside =
        BIT(REL_ACL) | BIT(REL_ACL_RELCL) | BIT(REL_ADVCL) | BIT(REL_ADVCL_RELCL) | BIT(REL_APPOS) |
        BIT(REL_CONJ) | BIT(REL_CC) | BIT(REL_CC_PRECONJ) | BIT(REL_PUNCT) | BIT(REL_CASE) |
        BIT(REL_PARATAXIS) | BIT(REL_COP) | BIT(REL_NSUBJ) | BIT(REL_NSUBJ_OUTER) | BIT(REL_MARK) |
        BIT(REL_AUX) | BIT(REL_ORPHAN) | BIT(REL_DISCOURSE) | BIT(REL_OBL) | BIT(REL_OBL_UNMARKED) |
        BIT(REL_CCOMP) | BIT(REL_LIST) | BIT(REL_ADVMOD) | BIT(REL_DEP);
    struct token_range range = {head, head + 1};
    for (uint32_t child = tree->first_child[head]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        if (outside >> relation & 1u)
            continue;
        /* A prepositional phrase or a possessor is kept whole, with its preposition or "'s". */
        struct token_range part = tree_extent(
            tree, child, relation_is(relation, REL_NMOD) ? outside & ~BIT(REL_CASE) : outside);
        if (part.first < range.first)
            range.first = part.first;
        if (part.end > range.end)
            range.end = part.end;
    }
    return tree_whole_words(tree, range);
}

uint32_t tree_preposition(const struct tree *tree, uint32_t token)
{
    return tree_child(tree, token, REL_CASE);
}

bool token_is(const struct token *token, const char *word)
{
    return strcmp(token->folded, word) == 0 ||
           (token->lemma != NULL && strcmp(token->lemma, word) == 0);
}

bool token_is_nominal(const struct token *token)
{
    return token->upos == UPOS_NOUN || token->upos == UPOS_PROPN || token->upos == UPOS_NUM;
}

bool token_form_is_one_of(const struct token *token, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(token->folded, *words) == 0)
            return true;
    return false;
}

bool token_is_one_of(const struct token *token, const char *const *words)
{
    for (; *words != NULL; words++)
        if (token_is(token, *words))
            return true;
    return false;
}
