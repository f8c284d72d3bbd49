/* Hangs on its verb what parsers of news hung on the noun before. */
#ifndef ANNALS_MEANING_REHUNG_H
#define ANNALS_MEANING_REHUNG_H

#include "meaning/coding.h"
#include "meaning/speech.h"

/* Puts right what is wrong about one word; true where there was anything to change. */
typedef bool rehang_one(void *context, uint32_t word);

/* A subject, or the "there" or "it" in its place. */
bool rehung_has_subject(const struct tree *tree, uint32_t verb);
/* Hangs the noun on the verb as its subject, of a passive or not. */
void rehung_make_subject(struct token *tokens, const struct tree *tree, uint32_t noun,
                         uint32_t verb);

/* Runs `repair` over every word of each sentence, and takes it back where the sentence would no longer
 * be a tree (rehung_sentences.c). */
bool rehang_sentences(struct document *document, rehang_one *repair, void *context);

/* Changes heads and relations of the document's tokens; true where there was anything to change:
 * the tree must then be built again. */
bool rehang(struct document *document, const struct tree *tree);
/* The same for the one word, where it is no clause (rehung_phrases.c). */
bool rehang_phrase(struct token *tokens, const struct tree *tree, uint32_t word);
/* And where it is a subject that was taken for something else (rehung_subjects.c). */
bool rehang_subject_in(struct token *tokens, const struct tree *tree, uint32_t word);
/* And where it is a verb that was taken for something else (rehung_verbs.c). */
bool rehang_verb(struct token *tokens, const struct tree *tree, uint32_t word);
/* And where it says of a deed who did it (rehung_deeds.c). */
bool rehang_deed(struct token *tokens, const struct tree *tree, uint32_t word);
/* And where it or its clause hangs one word too high or too low (rehung_clauses.c). */
bool rehang_clause(struct token *tokens, const struct tree *tree, uint32_t word);
/* And where it was taken for a clause beside a noun (rehung_nouns.c). */
bool rehang_noun(struct token *tokens, const struct tree *tree, uint32_t word);
/* And where it is a preposition, or has one (rehung_prepositions.c). */
bool rehang_preposition(struct token *tokens, const struct tree *tree, uint32_t word);
/* A description behind a place that was taken for a first subject (rehung_subjects.c). */
bool rehang_said_of_place(struct token *tokens, const struct tree *tree, uint32_t noun);
/* And where it stands inside a clause and hangs outside it (rehung_reached.c). */
bool rehang_reached(struct token *tokens, const struct tree *tree, uint32_t word);
/* And where it is the second of two (rehung_pairs.c). */
bool rehang_pair(struct token *tokens, const struct tree *tree, uint32_t word);
/* And where it is the last of a list, or hangs beside its clause (rehung_lists.c). */
bool rehang_list(struct token *tokens, const struct tree *tree, uint32_t word);

/* The same before the claims, for what somebody is told (rehung_told.c). */
bool rehang_told(struct document *document, const struct tree *tree, const struct cues *cues);

/* Hangs clauses with "who" on whom they tell of, once actors are marked (rehung_who.c); true where there
 * was anything to change. */
bool rehang_who(struct coding *coding);

#endif
