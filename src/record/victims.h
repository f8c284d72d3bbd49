/* Victims that a report tells one by one, without a number. */
#ifndef ANNALS_RECORD_VICTIMS_H
#define ANNALS_RECORD_VICTIMS_H

#include "record/record.h"

enum { VICTIM_AGES = 64 };

enum fate { FATE_NONE, FATE_KILLED, FATE_HURT, FATE_HIT };

/* What becomes of those whom the claim names as its patients: killed, hurt (wounded), hit (shot,
 * stabbed: killed or wounded, other claims say which); FATE_NONE where it says neither. */
enum fate victims_fate(const struct record_claim *claim);

/* One report's victims by fate. */
struct victims {
    struct {
        ARRAY(const char *) names; /* full names, each once */
        int ages[VICTIM_AGES];     /* each once */
        uint32_t age_count;
        uint32_t most; /* told together by one claim */
        const struct record_claim *claim;
    } by_fate[FATE_HIT + 1];
};

void victims_init(struct victims *victims, struct arena *arena);
/* Adds those of a claim; nothing where they are not told one by one. Who is hurt and dies is dead.
 */
void victims_hear(struct victims *victims, const struct record_claim *claim,
                  const struct record_event *event);
/* How many of that fate: at least as many as one claim tells, and as have a name. */
uint32_t victims_count(const struct victims *victims, enum fate fate);

/* How many of the claim's patients are one person each, beside those that its counts number. */
uint32_t victims_beside(const struct record_claim *claim);

#endif
