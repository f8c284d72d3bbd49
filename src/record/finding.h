/* What the parts of the search for disputes share: the claims compared and the disputes found. */
#ifndef ANNALS_RECORD_FINDING_H
#define ANNALS_RECORD_FINDING_H

#include "record/disputes.h"
#include "record/figures.h"

/* What is compared of a claim. */
struct said {
    struct record_stand stand;
    const char *text; /* the report, or that which it prints */
    uint32_t start;   /* of the trigger in the report */
    const char *status, *plover, *mode, *cameo, *place, *control, *control_place, *holder;
    const char *agent, *patient; /* names; NULL where nobody has one */
    int32_t first, last;
    bool daily, named_patient, agent_body, agent_person, patient_body;
    ARRAY(struct record_count) counts;
};

struct finding {
    struct record *record;
    struct arena *arena;
    ARRAY(struct said) said;
    ARRAY(struct record_dispute) disputes;
};

enum { NEAR_BYTES = 700 }; /* so far apart may claims of one report be compared */

bool text_is(const char *left, const char *right);
bool text_is_one_of(const char *text, const char *const *list);
const char *finding_copy(struct finding *finding, const char *text);
void finding_copy_stand(struct finding *finding, const struct record_claim *claim,
                        struct record_stand *stand);
struct record_dispute *dispute_open(struct finding *finding, const char *kind, const char *about,
                                    const struct said *said);
void dispute_take(struct record_dispute *dispute, const struct record_stand *stand,
                  const char *says);
const char *dispute_range(struct finding *finding, double low, double high, const char *what,
                          const char *side);
bool said_is_factual(const struct said *said);
bool said_are_near(const struct said *left, const struct said *right);
void dispute_add(struct finding *finding, const char *kind, const char *about,
                 const struct said *left, const char *one, const struct said *right,
                 const char *other);
bool said_may_share_place(const struct said *left, const struct said *right);

/* Figures of one event, and parts that exceed their whole (dispute_figures.c). */
annals_status finding_keep_figures(void *context, const struct record_event *event);
void finding_sum(struct finding *finding, uint32_t first);
void finding_parts(struct finding *finding, const struct said *said);

/* What the sentences themselves set against each other (contrasts.c). */
annals_status finding_doubts(struct finding *finding, annals_error *error);
annals_status finding_contrasts(struct finding *finding, annals_error *error);

#endif
