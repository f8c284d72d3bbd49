/* The subject of a clause that is told by itself: its noun phrase, or who a pronoun stands for.
 *
 * A name takes the place of a pronoun with the article that it needs. Where the clause holds words
 * that only its speaker can say ("our", "we are") they stay, with his name in brackets; where the
 * name does not fit the verb the clause is not told at all. */
#include "meaning/clause_parts.h"

#include "dictionary/articles.h"

static bool is_pronoun(const struct tree *tree, uint32_t token)
{
    return token != NONE && tree->tokens[token].upos == UPOS_PRON;
}

/* Joins the noun to what stands before it, and is none of its words. */
static bool is_before_noun(const struct token *token)
{
    return token->relation == REL_CASE || token->relation == REL_CC ||
           token->relation == REL_MARK ||
           (token->relation == REL_ADVMOD && token->upos == UPOS_PART);
}

/* "how many prisoners", "which side". */
static bool is_asked(const struct tree *tree, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++)
        if ((tree->tokens[i].features & WORD_INTERROGATIVE) != 0 ||
            strcmp(tree->tokens[i].folded, "how") == 0)
            return true;
    return false;
}

/* The finite word of a predicate: the verb, or its first auxiliary or copula; NONE where it has
 * none. */
uint32_t clause_finite(const struct tree *tree, uint32_t verb)
{
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        if ((relation_is(relation, REL_AUX) || relation == REL_COP) &&
            (tree->tokens[child].features & WORD_FINITE) != 0)
            return child;
    }
    return (tree->tokens[verb].features & WORD_FINITE) != 0 ? verb : NONE;
}

/* "ARE", "were", "have", "support": what one person does not do. */
bool clause_is_form_of_many(const struct token *finite)
{
    static const char *const past[] = {"were", NULL};
    if (token_is_one_of(finite, past))
        return true;
    return (finite->features & WORD_PRESENT) != 0 && finite->folded_length > 0 &&
           finite->folded[finite->folded_length - 1] != 's';
}

static bool speaks_of_himself(const struct tree *tree, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++)
        if (tree->tokens[i].upos == UPOS_PRON && (tree->tokens[i].features & WORD_FIRST) != 0)
            return true;
    return false;
}

/* "ADDIS ABABA" in a text that is not all capitals: the dateline, and nobody. */
static bool is_of_capitals(const char *name)
{
    enum { ACRONYM = 6 };
    size_t letters = 0;
    for (; *name != '\0'; name++) {
        if (*name >= 'a' && *name <= 'z')
            return false;
        letters += *name >= 'A' && *name <= 'Z';
    }
    return letters > ACRONYM;
}

/* The name in place of a pronoun, "the" before one that is none: "The refugee fled". Words that
 * only the speaker can say stay his, his name in brackets: "We [the army] are ready". False where
 * the name does not fit the verb: "they were" of one person. */
static bool add_name(struct buffer *buffer, const struct coding *coding, uint32_t pronoun,
                     uint32_t verb, struct token_range predicate)
{
    const struct tree *tree = &coding->tree;
    const struct document *document = coding->document;
    const struct token *word = &tree->tokens[pronoun];
    uint32_t mention = coding->actor_mention[pronoun], finite = clause_finite(tree, verb);
    if (mention == NONE)
        return false;
    const struct actor *actor =
        &document->actors.items[document->actor_mentions.items[mention].actor];
    if (is_of_capitals(actor->name) && (tree->tokens[verb].flags & TOKEN_ALL_CAPITALS) == 0)
        return false;
    bool many = finite != NONE && clause_is_form_of_many(&tree->tokens[finite]);
    bool own = (word->features & WORD_FIRST) != 0;
    bool unlike = many && (own || actor->kind == ACTOR_PERSON);
    if (unlike && !own)
        return false;
    bool kept = own && (unlike || speaks_of_himself(tree, predicate));
    bool definite = actor->kind != ACTOR_PERSON && name_takes_the(actor->name);
    const char *article = definite || name_is_common(actor->name) ? "the " : "";
    if (kept) {
        struct byte_span span = word->span;
        bool capitals = span.end - span.start > 1 && (word->flags & TOKEN_ALL_CAPITALS) != 0;
        if (capitals)
            buffer_add(buffer, document->text + span.start, span.end - span.start);
        else
            buffer_add_string(buffer, word->folded);
        buffer_print(buffer, " [%s%s]", article, actor->name);
    } else
        buffer_print(buffer, "%s%s", article, actor->name);
    return true;
}

/* "The PRO - Indian front": up to a hyphen that joins the next noun to it. */
static bool is_half(const struct tree *tree, struct token_range range)
{
    uint32_t next = range.end + 1;
    return next < tree->document->tokens.count &&
           strcmp(tree->tokens[range.end].folded, "-") == 0 &&
           tree->tokens[next].sentence == tree->tokens[range.end].sentence &&
           (tree->tokens[next].upos == UPOS_ADJ || token_is_nominal(&tree->tokens[next]));
}

/* The subject's noun phrase, or the actor's name for a pronoun; false where there is none to show.
 */
bool clause_add_subject(struct buffer *buffer, const struct coding *coding, uint32_t subject,
                        uint32_t verb, struct token_range predicate)
{
    const struct document *document = coding->document;
    /* "It was the army that fired". */
    if (coding->tree.tokens[subject].relation == REL_EXPL) {
        buffer_add_string(buffer, coding->tree.tokens[subject].folded);
        return true;
    }
    if (is_pronoun(&coding->tree, subject))
        return add_name(buffer, coding, subject, verb, predicate);
    if (clause_is_verb(&coding->tree.tokens[subject]))
        return false;
    struct token_range range = clause_noun_phrase(&coding->tree, subject, clause_asides);
    /* "by rebels" of a passive: without its preposition; "but not to the council, which": without
     * those. */
    while (range.first + 1 < subject && coding->tree.tokens[range.first].upos == UPOS_ADV &&
           coding->tree.tokens[range.first + 1].relation == REL_CASE)
        range.first++; /* "initially with the agent who" */
    while (range.first < subject && is_before_noun(&coding->tree.tokens[range.first]) &&
           (coding->tree.tokens[range.first].head == subject ||
            coding->tree.tokens[range.first].head == verb))
        range.first++;
    if (range.first >= range.end || (verb >= range.first && verb < range.end) ||
        is_asked(&coding->tree, range) || is_half(&coding->tree, range))
        return false;
    bool dashed = false;
    for (uint32_t i = range.first; i < range.end; i++)
        dashed ^= clause_is_dash(&coding->tree, i);
    range.end += dashed && clause_is_dash(&coding->tree, range.end);
    uint32_t open;
    range.end += clause_opens_bracket(&coding->tree, range, &open) &&
                 range.end < document->tokens.count &&
                 strchr(")]", coding->tree.tokens[range.end].folded[0]) != NULL;
    clause_add_words(buffer, document, range);
    /* "Imam Sahib, on the way to the bridge, fell": with its second comma. */
    uint32_t commas = clause_commas(&coding->tree, range);
    if (commas > 0 && clause_is_comma(&coding->tree, range.end) &&
        (commas % 2 == 1 || predicate.first == range.end + 1))
        buffer_add_byte(buffer, ',');
    return true;
}
