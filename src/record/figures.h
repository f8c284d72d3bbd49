/* How many were killed, wounded, captured … in an event, by all who say so. */
#ifndef ANNALS_RECORD_FIGURES_H
#define ANNALS_RECORD_FIGURES_H

#include "record/record.h"

/* What one claim says of `what` ("killed"): the count of people who are not told apart, else the sum
 * over the kinds of people. NAN where it says nothing. */
struct record_figure figures_of_claim(const struct record_claim *claim, const char *what);

/* The event's figure. `*differ` is set where two witnesses exclude each other. */
struct record_figure figures_of_event(struct arena *arena, const struct record_event *event,
                                      const char *what, bool *differ);

/* Do the sources themselves stand for the claim (not: denied, planned, alleged …)? */
bool figures_count(const struct record_claim *claim);

#endif
