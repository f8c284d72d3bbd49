/* What the parts of the search for disputes share: the claims compared and the disputes found. */
#ifndef ANNALS_RECORD_FINDING_H
#define ANNALS_RECORD_FINDING_H

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

/* A dispute that holds a sentence. */
struct holding {
    uint32_t dispute, next; /* with the same hash: its number + 1; 0: none */
};

struct finding {
    struct record *record;
    const struct signs *signs;
    bool filtered; /* only some claims pass, and with them their reports */
    struct arena *arena;
    ARRAY(struct said) said;
    ARRAY(struct record_dispute) disputes;
    ARRAY(struct holding) holdings; /* of the first `noted` disputes, by the hash of the sentence */
    uint32_t *slots;
    uint32_t slot_count, noted;
    bool late; /* the question has taken as long as it may */
};

enum { NEAR_BYTES = 700 }; /* so far apart may claims of one report be compared */

bool text_is(const char *left, const char *right);
bool text_is_one_of(const char *text, const char *const *list);
const char *finding_copy(struct finding *finding, const char *text);

struct record_dispute *dispute_open(struct finding *finding, const char *kind, const char *about,
                                    const struct said *said);
void dispute_take(struct record_dispute *dispute, const struct record_stand *stand,
                  const char *says);
void dispute_add(struct finding *finding, const char *kind, const char *about,
                 const struct said *left, const char *one, const struct said *right,
                 const char *other);
/* The first dispute of that kind and matter that holds the sentence of either (dispute_list.c). */
struct record_dispute *dispute_find(struct finding *finding, const char *kind, const char *about,
                                    const struct said *left, const struct said *right);
/* Takes one stand more into a dispute that is known. */
void dispute_join(struct finding *finding, struct record_dispute *dispute, const struct said *said,
                  const char *says);
/* Does any dispute hold the sentence? */
bool dispute_holds(struct finding *finding, const char *sentence);
const char *dispute_range(struct finding *finding, double low, double high, const char *what,
                          const char *side);

/* Whether there is time left; asked at every step of what grows with the claims (walking.c). */
bool finding_goes_on(struct finding *finding);
/* Hears every sentence of the reports that the question is about, and adds what the sentences set
 * against each other (walking.c). */
annals_status finding_walk(struct finding *finding, annals_error *error);

/* The claims of a report, in their order; `*count` is 0 where none passes the query. */
const struct said *finding_report(const struct finding *finding, const char *report,
                                  uint32_t *count);

/* Do the sources stand for it (not: denied, planned, threatened …)? */
bool said_is_factual(const struct said *said);
/* Do two claims come from one mouth? */
bool said_is_same_voice(const struct said *left, const struct said *right);
bool said_are_near(const struct said *left, const struct said *right);
bool said_is_same_event(const struct said *left, const struct said *right);
/* May they speak of one place, as far as they say? A town lies in its province. */
bool said_may_share_place(const struct said *left, const struct said *right);
bool said_may_share_day(const struct said *left, const struct said *right);
/* Notes what pairs ask of it again and again: once all else of it is known. */
void said_note(struct said *said);
/* The first of its agents who is a body or bears arms; NULL where none is. */
const struct party *said_force(const struct said *said);

/* Pairs of claims of one event, or of one report and near each other (contradictions.c). */
void contradictions_find(struct finding *finding, const struct said *left,
                         const struct said *right);
/* Pairs of claims on one place, whatever their events. */
void contradictions_find_control(struct finding *finding, const struct said *left,
                                 const struct said *right);
/* Pairs of claims with one named patient, whatever their events. */
void contradictions_find_person(struct finding *finding, const struct said *left,
                                const struct said *right);

/* Figures that exclude each other, and parts that exceed their whole (dispute_figures.c). */
void figures_compare(struct finding *finding, const struct said *left, const struct said *right);
/* "No civilians were killed", against those who count some, in any event of that day. */
void figures_find_none(struct finding *finding);
void figures_add_up(struct finding *finding, uint32_t first);

/* What the sentences themselves set against each other: each hears one sentence after the other,
 * those with a sign of its types; those that set sentences against each other compare at the end.
 */
#define SIGNS_OF_DOUBT  (sign_bit(SIGN_RECOUNT + 1) - sign_bit(SIGN_WITHIN))
#define SIGNS_OF_STANCE (sign_bit(SIGN_STANCES) - 1)
#define SIGNS_OF_TERMS  (sign_bit(SIGN_TRUCE))

annals_status doubts_hear(struct finding *finding, const struct walked *walked); /* doubts.c */

struct contrasts; /* contrasts.c; NULL where memory ran out */
struct contrasts *contrasts_begin(struct finding *finding);
annals_status contrasts_hear(struct contrasts *contrasts, const struct walked *walked);
void contrasts_compare(struct contrasts *contrasts);

struct terms; /* terms.c; NULL where memory ran out */
struct terms *terms_begin(struct finding *finding);
annals_status terms_hear(struct terms *terms, const struct walked *walked);
void terms_compare(struct terms *terms);

#endif
