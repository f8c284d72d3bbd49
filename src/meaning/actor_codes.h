/* What an actor is: kind, type, country, CAMEO code, what a count of it counts. */
#ifndef ANNALS_MEANING_ACTOR_CODES_H
#define ANNALS_MEANING_ACTOR_CODES_H

#include "meaning/actor_search.h"

/* Finds who holds the post that a role names ("the Afghan president"), by the report's date. */
void actor_codes_resolve(struct actor_search *search);

/* Fills an actor (all but `parent`) from a finding. */
void actor_codes_describe(const struct actor_search *search, uint32_t finding, struct actor *actor);

#endif
