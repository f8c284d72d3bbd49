/* The verbs and nouns by which a line words what is done. */
#ifndef ANNALS_RENDER_LINE_WORDING_H
#define ANNALS_RENDER_LINE_WORDING_H

#include "record/record.h"

struct line_wording {
    const char *plover, *mode; /* mode NULL: of the type in general, after its modes */
    const char *active;        /* between the two sides */
    const char *alone;         /* where there is no second side */
    const char *noun, *preposition;
    const char *suffered; /* where only the second side is known; NULL: the noun serves */
};

/* Who holds a place: verb before the place, and noun. */
struct line_control {
    const char *change, *verb, *noun;
};

/* Of the claim's type and mode, else of its type; NULL where the table has none. */
const struct line_wording *line_find_wording(const struct record_claim *claim);
/* NULL where the claim does not say who holds which place. */
const struct line_control *line_find_control(const struct record_claim *claim);

#endif
