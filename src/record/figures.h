/* How many were killed, wounded, captured … in an event, by all who say so. */
#ifndef ANNALS_RECORD_FIGURES_H
#define ANNALS_RECORD_FIGURES_H

#include "record/record.h"

/* The kind of count that a word asks for ("dead" is "killed"); NULL where it is none. */
const char *figures_kind(const char *word);

/* Is a count of `what` one of `kind`? Who is executed is killed. */
bool figures_is_kind(const char *what, const char *kind);

/* Fills the event's tolls, killed, wounded and whether its figures are disputed. */
void figures_find(struct arena *arena, struct record_event *event, annals_best best);

/* The event's toll of a kind and side (NULL: of all); NULL where nobody says. */
const struct record_toll *figures_toll(const struct record_event *event, const char *kind,
                                       const char *side);

/* Do the sources themselves stand for the claim (not: denied, planned, alleged …)? */
bool figures_count(const struct record_claim *claim);

#endif
