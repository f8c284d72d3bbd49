/* What pronouns refer to. */
#ifndef ANNALS_LANGUAGE_PRONOUNS_H
#define ANNALS_LANGUAGE_PRONOUNS_H

#include "language/mentions.h"

/* Joins the pronoun phrase with the phrase it refers to, where that is beyond doubt. */
void pronouns_resolve(struct mentions *mentions, uint32_t pronoun);

#endif
