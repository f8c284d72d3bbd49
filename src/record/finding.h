/* What the parts of the search for disputes share: the claims compared and the disputes found. */
#ifndef ANNALS_RECORD_FINDING_H
#define ANNALS_RECORD_FINDING_H

#include "record/said.h"

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
