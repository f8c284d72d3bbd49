/* What the files share that cut the clause of a claim out of its sentence (clause_text, coding.h).
 */
#ifndef ANNALS_MEANING_CLAUSE_PARTS_H
#define ANNALS_MEANING_CLAUSE_PARTS_H

#include "bytes/buffer.h"
#include "meaning/coding.h"

#define BIT(relation) (UINT64_C(1) << (relation))

/* What hangs on a noun as a clause or a parenthesis. */
static const uint64_t clause_asides =
    BIT(REL_ACL) | BIT(REL_ACL_RELCL) | BIT(REL_ADVCL) | BIT(REL_ADVCL_RELCL) | BIT(REL_APPOS) |
    BIT(REL_PARATAXIS) | BIT(REL_CCOMP) | BIT(REL_COP) | BIT(REL_NSUBJ) | BIT(REL_MARK) |
    BIT(REL_AUX) | BIT(REL_DISCOURSE) | BIT(REL_DEP);

static inline bool clause_is_verb(const struct token *token)
{
    return token->upos == UPOS_VERB || token->upos == UPOS_AUX;
}

/* clause_words.c */
/* Without punctuation at its ends, and without "and" at its end. */
struct token_range clause_trimmed(const struct tree *tree, struct token_range range);
/* As the report has them, with single blanks. */
void clause_add_words(struct buffer *buffer, const struct document *document,
                      struct token_range range);
bool clause_is_comma(const struct tree *tree, uint32_t token);
/* One that parts words, not one that joins them: "Kut -- a port -- fell". */
bool clause_is_dash(const struct tree *tree, uint32_t token);
uint32_t clause_commas(const struct tree *tree, struct token_range range);
/* The range up to its last comma, which stands behind `after`; whole where there is none. */
struct token_range clause_up_to_comma(const struct tree *tree, struct token_range range,
                                      uint32_t after);
/* The words of a noun up to the first clause that hangs on it; `left_out`: bits of relations. */
struct token_range clause_noun_phrase(const struct tree *tree, uint32_t noun, uint64_t left_out);
/* A bracket is open at the end of the range: `*open`. */
bool clause_opens_bracket(const struct tree *tree, struct token_range range, uint32_t *open);
/* With the mark that closes its bracket; else up to a bracket that it does not close. */
struct token_range clause_without_open_bracket(const struct tree *tree, struct token_range range);

/* clause_whole.c: no word beside the cut belongs to the clause. */
bool clause_is_whole(const struct tree *tree, uint32_t subject, uint32_t verb,
                     struct token_range predicate);
/* What stands above leaves open whether it is so; `conditional`: the claim says so itself. */
bool clause_is_left_open(const struct tree *tree, uint32_t verb, bool conditional);
/* A "neither" or "nor" outside of the predicate denies it. */
bool clause_is_denied_outside(const struct tree *tree, uint32_t verb, struct token_range predicate);

/* clause_subject.c */
/* The finite word of a predicate: the verb, or its first auxiliary or copula; or NONE. */
uint32_t clause_finite(const struct tree *tree, uint32_t verb);
/* "ARE", "were", "have", "support": what one person does not do. */
bool clause_is_form_of_many(const struct token *finite);
/* The subject's noun phrase, or the actor's name for a pronoun; false where there
 * is none to show. */
bool clause_add_subject(struct buffer *buffer, const struct coding *coding, uint32_t subject,
                        uint32_t verb, struct token_range predicate);

#endif
