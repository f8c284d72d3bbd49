/* Who says what a text says: "a statement accusing the army, issued BY THE UNION", "the UNION
 * released a letter that urges".
 *
 * Method: nouns for texts and verbs of issuing them (supports.tsv, roles "text" and "issue"): the
 * verb whose object the text is, or the participle behind it, has its author. What leaves out: who
 * got, read or quoted it. */
#include "meaning/participants.h"

#include "meaning/supports.h"

static bool is_text(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    return word->upos == UPOS_NOUN && coding_actor(coding, token) == NONE &&
           supports_hold(coding->tree.supports, word, SUPPORT_TEXT, 0);
}

/* Who does what the verb tells, where the text is its object; or NONE. */
static uint32_t subject_of(const struct coding *coding, uint32_t verb, uint32_t text)
{
    const struct token *word = &coding->tree.tokens[verb];
    struct arguments clause;
    bool object = false;
    if (word->upos != UPOS_VERB || !supports_hold(coding->tree.supports, word, SUPPORT_ISSUE, 0))
        return NONE;
    arguments_find(&coding->tree, verb, &clause);
    for (uint32_t i = 0; i < clause.count; i++)
        object |= clause.items[i].place == ARGUMENT_OBJECT && clause.items[i].token == text;
    const struct argument *subject = arguments_get(&clause, ARGUMENT_SUBJECT);
    return object && subject != NULL && subject->token != text ? subject->token : NONE;
}

uint32_t text_author(const struct coding *coding, uint32_t text)
{
    const struct tree *tree = &coding->tree;
    if (!is_text(coding, text))
        return NONE;
    for (uint32_t child = tree->first_child[text]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t author = relation_is(tree->tokens[child].relation, REL_ACL)
                              ? subject_of(coding, child, text)
                              : NONE;
        if (author != NONE && !is_text(coding, author))
            return author;
    }
    uint32_t verb = tree->tokens[text].head;
    bool object =
        tree->tokens[text].relation == REL_OBJ || tree->tokens[text].relation == REL_NSUBJ_PASS;
    uint32_t author = object && verb != NONE ? subject_of(coding, verb, text) : NONE;
    return author != NONE && !is_text(coding, author) ? author : NONE;
}
