/* Pronouns that stand for the subject of what governs them. */
#ifndef ANNALS_MEANING_PRONOUNS_H
#define ANNALS_MEANING_PRONOUNS_H

#include "meaning/coding.h"

/* Gives pronouns without an actor mention of their own that of their antecedent. */
void pronouns_resolve(struct coding *coding);

#endif
