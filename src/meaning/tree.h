/* The dependency tree of a document, ready for walking: children in text order.
 *
 * Built in scratch memory from token.head; nothing of the document is changed. Where no parser ran
 * every token is a root without children. */
#ifndef ANNALS_MEANING_TREE_H
#define ANNALS_MEANING_TREE_H

#include "document/word_lists.h"

struct supports;

struct tree {
    const struct document *document;
    const struct token *tokens;
    uint32_t *first_child, *next_sibling; /* [tokens]; NONE at the end */
    const struct supports *supports;      /* verbs that lend a noun their arguments; or NULL */
};

/* False when memory is out. */
bool tree_init(struct tree *tree, const struct document *document, struct arena *scratch);

/* First child with this relation or a subtype of it, or NONE. */
uint32_t tree_child(const struct tree *tree, uint32_t token, enum relation relation);
/* The same for exactly this relation. */
uint32_t tree_child_exactly(const struct tree *tree, uint32_t token, enum relation relation);
/* True where `token` is `ancestor` or stands below it. */
bool tree_is_below(const struct tree *tree, uint32_t token, uint32_t ancestor);
/* First and last token of the subtree, without the branches in `left_out` (bits 1 << relation). */
struct token_range tree_extent(const struct tree *tree, uint32_t token, uint64_t left_out);
/* The noun phrase of a head noun for showing and matching: without relative clauses, appositions,
 * conjuncts, leading prepositions, and what hangs on it as a clause. */
struct token_range tree_noun_phrase(const struct tree *tree, uint32_t head);

static inline bool relation_is(enum relation relation, enum relation universal)
{
    return relation == universal || relation_universal(relation) == universal;
}

/* "12 year OLD boy", "15-year-OLD": where the age that ends with the token begins; else the token.
 */
uint32_t tree_age_begins(const struct token *tokens, uint32_t old);
/* The range with what a hyphen joins to its first word, and "at" before "least". */
struct token_range tree_whole_words(const struct tree *tree, struct token_range range);

/* The preposition that stands before `token`, or NONE. */
uint32_t tree_preposition(const struct tree *tree, uint32_t token);

/* True where the token's folded form or lemma is the word. */
bool token_is(const struct token *token, const char *word);
/* True for what can stand for somebody or something: a noun, a name, a number. */
bool token_is_nominal(const struct token *token);
/* True where the token's folded form, whatever its lemma, is one of the words, which end with NULL.
 */
bool token_form_is_one_of(const struct token *token, const char *const *words);
/* True where the token is one of the words, which end with NULL. */
bool token_is_one_of(const struct token *token, const char *const *words);

#endif
