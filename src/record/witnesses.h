/* What is heard of one kind of count in an event: witness by witness and side by side (figures.c),
 * then weighed (tolls.c). */
#ifndef ANNALS_RECORD_WITNESSES_H
#define ANNALS_RECORD_WITNESSES_H

#include "record/figures.h"

#include <math.h>

enum side {
    SIDE_CIVILIAN,
    SIDE_CHILD,
    SIDE_COMBATANT,
    SIDE_FOREIGN,
    SIDE_PRISONER,
    SIDE_SECURITY,
    SIDE_FAMILY,
    SIDE_ALL,
    SIDE_COUNT
};

/* As they are called; NULL for all. */
extern const char *const witness_sides[SIDE_COUNT];

struct number {
    double low, high; /* NAN where unbounded; both: nothing said */
    const struct record_claim *claim;
    bool told, none; /* told one by one; none of them told */
    bool vague;      /* "dozens": its bounds are a convention */
    bool summed;     /* over the sides */
    bool replaced;   /* by a later word of the same speaker */
};

struct witness {
    const char *report, *speaker, *outlet, *published;
    bool boast; /* a party's word on its own deed */
    const char *left_out;
    struct number by_side[SIDE_COUNT];
};

/* Why a number of what was long over when the event began does not count, whatever else is told. */
extern const char witness_long_before[];

/* One kind of count in one event, in the making. */
struct counting {
    struct arena *arena;
    const struct record_event *event;
    const char *kind;
    struct witness *witnesses;
    uint32_t count;
    int32_t first, last; /* of the event; DAY_UNKNOWN */
    double dead;         /* the best figure of the killed, once it is known */
};

static inline double number_value(const struct number *number)
{
    return isnan(number->low) ? number->high : number->low;
}

/* Adds the toll of a side to the event, where somebody says one. `all`: what is of another time
 * counts too; set for all sides where nothing else is said of any. */
void tolls_find(struct counting *counting, struct record_event *event, int side, annals_best rule,
                bool *all);

#endif
