/* Pronouns that stand for the subject of what governs them. */
#ifndef ANNALS_MEANING_ANTECEDENTS_H
#define ANNALS_MEANING_ANTECEDENTS_H

#include "meaning/coding.h"

/* Gives pronouns without an actor mention of their own that of their antecedent. */
void antecedents_find(struct coding *coding);

/* speakers.c: who "we" and "I" are. */
void speakers_find(struct coding *coding);

/* announcers.c: who says what the clause of the pronoun tells that he will do himself; of "said"
 * only where the pronoun is of a `body`. NONE where nobody does. */
uint32_t antecedents_announcer(const struct tree *tree, uint32_t pronoun, bool body);

#endif
