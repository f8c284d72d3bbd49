/* What is compared of a claim, and what two claims share. */
#ifndef ANNALS_RECORD_SAID_H
#define ANNALS_RECORD_SAID_H

#include "record/disputes.h"

/* Somebody who takes part in a claim. */
struct party {
    const char *name; /* NULL where nobody knows it */
    const char *type;
    const char *head; /* the noun it is called by, lower case, without its plural's s; "" */
    bool body;        /* an organisation, a state, a force: not one person, not a crowd */
    bool armed;       /* they bear arms, and it is known for whom */
    bool person;
};

/* A number of a claim. */
struct said_count {
    const char *what, *who, *head;
    double low, high;
    bool partial; /* "nine of them", "two more" */
    bool listed;  /* one of several that are added: "five men and two women" */
    bool written; /* the number stands in the sentence */
    bool vague;   /* "several", "dozens" */
};

/* What is compared of a claim. */
struct said {
    struct record_stand stand;
    const char *text;         /* the report, or that which it prints */
    int64_t report;           /* its key */
    int64_t happening;        /* the event's; 0: none */
    uint32_t start, sentence; /* of the trigger, and of its sentence, in the report */
    uint32_t trigger;         /* of the trigger in its sentence */
    const char *status, *plover, *mode, *cameo, *control, *control_place, *holder;
    struct record_place place;
    int32_t first, last, published;
    uint64_t types; /* of signs that its sentence may have (signs_types) */
    bool daily;
    bool longer;   /* it counts over more than one event */
    bool corrects; /* its sentence corrects what was said before */
    bool attempt;  /* "tried to" */
    bool never;    /* "never", "no soldiers": at no time */
    bool refused;  /* a word of denial or negation stands close before the trigger */
    ARRAY(struct party) agents;
    ARRAY(struct party) patients;
    ARRAY(struct said_count) counts;
    const char *person;        /* the first patient with a name and a surname */
    const struct party *force; /* said_force */
    uint32_t traits;           /* what rules may ask of it (said_note) */
};

enum { NEAR_BYTES = 700 }; /* so far apart may claims of one report be compared */

bool text_is(const char *left, const char *right);
bool text_is_one_of(const char *text, const char *const *list);

/* Do the sources stand for it (not: denied, planned, threatened …)? */
bool said_is_factual(const struct said *said);
/* Do two claims come from one mouth? */
bool said_is_same_voice(const struct said *left, const struct said *right);
bool said_are_near(const struct said *left, const struct said *right);
bool said_is_same_event(const struct said *left, const struct said *right);
/* May they speak of one place, as far as they say? A town lies in its province. */
bool said_may_share_place(const struct said *left, const struct said *right);
bool said_may_share_day(const struct said *left, const struct said *right);
/* Notes what pairs ask of it again and again: once all else of it is known (contradictions.c). */
void said_note(struct said *said);
/* The first of its agents who is a body or bears arms; NULL where none is. */
const struct party *said_force(const struct said *said);
/* The same before said_note has noted it. */
const struct party *said_find_force(const struct said *said);
bool said_is_same_text(const struct said *left, const struct said *right);
bool said_is_same_sentence(const struct said *left, const struct said *right);
/* Do both name one place? */
bool said_share_place(const struct said *left, const struct said *right);
/* More than a day between the spans that they tell of. */
bool said_days_apart(const struct said *left, const struct said *right);
/* Is one name in the other: "the army" and "the Syrian army"? */
bool said_names_overlap(const char *left, const char *right);
/* Do the two lists name one actor? */
bool parties_share(const struct party *left, uint32_t left_count, const struct party *right,
                   uint32_t right_count);
bool said_share_agent(const struct said *left, const struct said *right);
/* Do they name one patient, or call theirs by one noun? */
bool said_share_patient(const struct said *left, const struct said *right);
/* Does the one strike the other? */
bool said_are_enemies(const struct said *left, const struct said *right);
/* Are the acts of one kind, as far as their codes tell? */
bool said_are_like_acts(const struct said *left, const struct said *right);

#endif
