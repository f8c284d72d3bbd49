/* What somebody is called: "called the judge A CROOK", "considers them CRIMINALS".
 *
 * Method: verbs with the role `naming` in dictionaries/en/supports.tsv have two nouns behind them:
 * whoever is named, then what for. Parsers take the second for one more object, a bare oblique or,
 * in quotation marks, for an apposition or adjective of the first, or two plurals for one noun
 * ("call the judges crooks"); it is the verb's complement. A single noun behind such a verb is not
 * what anybody is called, but its object ("named a new commander"). Leaves out: names of more than
 * these. */
#include "meaning/arguments.h"
#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

static bool is_name(const struct token *word)
{
    return word->upos == UPOS_NOUN || word->upos == UPOS_ADJ || word->upos == UPOS_PROPN;
}

/* "Called the attack A CRIME"; "called the attack MONDAY ..." has no article. */
static bool is_bare_name(const struct tree *tree, uint32_t noun)
{
    uint32_t determiner = tree_child(tree, noun, REL_DET);
    return tree->tokens[noun].upos == UPOS_NOUN && determiner != NONE &&
           (token_is(&tree->tokens[determiner], "a") || token_is(&tree->tokens[determiner], "an"));
}

/* The word that hangs behind its noun, in quotation marks or an adjective: called the plan
 * "RECKLESS", called the delay of the vote UNFAIR. */
static uint32_t name_below(const struct tree *tree, uint32_t object)
{
    struct token_range range = tree_extent(tree, object, 0);
    for (uint32_t i = object + 1; i < range.end; i++) {
        const struct token *word = &tree->tokens[i];
        uint32_t first = is_bare_name(tree, i) ? tree_noun_phrase(tree, i).first : i;
        const struct token *before = first > object ? &tree->tokens[first - 1] : word;
        bool quoted =
            before->upos == UPOS_PUNCT && !token_is(before, ",") && !token_is(before, "(");
        if (word->head == NONE || word->head >= i || word->head < object || !is_name(word))
            continue;
        if ((word->relation == REL_APPOS && quoted && word->head == object) ||
            (word->relation == REL_AMOD && word->upos == UPOS_ADJ &&
             (quoted || word->head + 1 == i)))
            return i;
    }
    return NONE;
}

/* The name of `named`, where it stands below the verb or below `named`; NONE where there is none.
 */
static uint32_t name_behind(const struct tree *tree, uint32_t word, uint32_t named)
{
    uint32_t bare = tree_child_exactly(tree, word, REL_OBL_UNMARKED);
    if (bare != NONE && bare > word && bare > named && is_bare_name(tree, bare))
        return bare;
    return named > word ? name_below(tree, named) : NONE;
}

/* "Call THESE JUDGES crooks": the first of two plurals that were taken for one noun, or NONE. */
static uint32_t plural_before(const struct tree *tree, uint32_t word, uint32_t noun)
{
    if (noun < word + 2)
        return NONE;
    const struct token *second = &tree->tokens[noun], *first = second - 1;
    bool plurals = first->upos == UPOS_NOUN && second->upos == UPOS_NOUN &&
                   (first->features & second->features & WORD_PLURAL) != 0;
    return plurals && first->head == noun && relation_universal(first->relation) == REL_COMPOUND
               ? noun - 1
               : NONE;
}

/* "Named A NEW COMMANDER", parsed as what somebody is called: there is nobody. */
static void named_alone(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    const struct argument *name = arguments_get(arguments, ARGUMENT_COMPLEMENT);
    if (name == NULL || tree->tokens[word].relation == REL_ACL_RELCL ||
        arguments_get(arguments, ARGUMENT_OBJECT) != NULL ||
        arguments_get(arguments, ARGUMENT_INDIRECT) != NULL ||
        tree->tokens[name->token].upos != UPOS_NOUN || tree->tokens[name->token].head != word ||
        tree_child(tree, name->token, REL_COP) != NONE ||
        tree_child(tree, name->token, REL_NSUBJ) != NONE ||
        tree_noun_phrase(tree, name->token).first != word + 1 ||
        tree_child(tree, name->token, REL_CASE) != NONE)
        return;
    arguments->items[name - arguments->items].place = ARGUMENT_OBJECT;
}

void arguments_named(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    const struct token *verb = &tree->tokens[word];
    if (verb->upos != UPOS_VERB || arguments->passive ||
        !supports_hold(tree->supports, verb, SUPPORT_NAMING, 0))
        return;
    named_alone(tree, word, arguments);
    if (arguments_get(arguments, ARGUMENT_COMPLEMENT) != NULL)
        return;
    struct argument *named = NULL, *last = NULL;
    for (uint32_t i = 0; i < arguments->count; i++) {
        struct argument *item = &arguments->items[i];
        if (item->place == ARGUMENT_INDIRECT && named == NULL)
            named = item;
        if (item->place != ARGUMENT_OBJECT || item->via != NONE)
            continue;
        if (named == NULL)
            named = item;
        else if (item->token > word && item->token > named->token)
            last = item;
    }
    if (named == NULL)
        return;
    if (last != NULL) {
        last->place = ARGUMENT_COMPLEMENT;
        named->place = ARGUMENT_OBJECT;
        return;
    }
    uint32_t plural = plural_before(tree, word, named->token);
    if (plural != NONE && named->place == ARGUMENT_OBJECT) {
        arguments_add(arguments, ARGUMENT_COMPLEMENT, named->token, NONE, NONE);
        named->token = plural;
        return;
    }
    uint32_t name = name_behind(tree, word, named->token);
    if (name != NONE)
        arguments_add(arguments, ARGUMENT_COMPLEMENT, name, NONE, NONE);
}
