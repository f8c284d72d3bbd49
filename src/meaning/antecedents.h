/* Pronouns that stand for the subject of what governs them. */
#ifndef ANNALS_MEANING_ANTECEDENTS_H
#define ANNALS_MEANING_ANTECEDENTS_H

#include "meaning/coding.h"

/* Gives pronouns without an actor mention of their own that of their antecedent. */
void antecedents_find(struct coding *coding);

/* speakers.c: who "we" and "I" are. */
void speakers_find(struct coding *coding);

#endif
