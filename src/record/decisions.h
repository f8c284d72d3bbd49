/* What people decide, and its effect on claims and events. */
#ifndef ANNALS_RECORD_DECISIONS_H
#define ANNALS_RECORD_DECISIONS_H

#include "record/statements.h"

/* Only decisions that nobody undid have an effect. */
#define NOT_UNDONE(d)                                                                              \
    " NOT EXISTS (SELECT 1 FROM decisions undoing WHERE undoing.undoes = " d ".decision) "

/* Takes the effect of all decisions away, so that claims are as coded and events as merged; and
 * gives it again. Merging does the one before and the other after its work, in its own transaction:
 * so the events follow from the reports and the decisions alone, whatever came first. */
annals_status decisions_lift(struct record *record, annals_error *error);
annals_status decisions_apply(struct record *record, annals_error *error);

/* The same for the claims of one report, while it is coded again. */
annals_status decisions_lift_report(struct record *record, int64_t report, annals_error *error);
annals_status decisions_apply_report(struct record *record, int64_t report, annals_error *error);

/* The decisions on a claim that hold, into `loaded`. */
annals_status decisions_load(struct record *record, int64_t claim, struct arena *arena,
                             struct record_claim *loaded, annals_error *error);

/* ------------------------------------------------------------------ amending.c */

/* Is `slot` one, and `value` one of its values? `*clean` gets the value as it is kept: NULL for
 * "unknown". */
annals_status amending_check(const char *slot, const char *value, struct arena *arena,
                             const char **clean, annals_error *error);

/* What the slot of a claim holds now, as it would be written; NULL where it is not known. */
const char *amending_value(const struct record_claim *claim, const char *slot, struct arena *arena);

/* One decided value on its way into a claim. */
struct amendment {
    int64_t decision, claim, report;
    const char *slot, *value;
};

annals_status amending_apply(struct record *record, const struct amendment *amendment,
                             annals_error *error);

/* ------------------------------------------------------------------ reach.c */

/* Each includes those before it, but that a rejection alone leaves the other events as they are. */
enum reach {
    REACH_NOTHING,
    REACH_CLAIMS,    /* its own claims: what they say, as coded and as decided */
    REACH_REJECTION, /* and the events that they leave */
    REACH_EVENTS     /* merges, splits and rejections are applied anew, in their order */
};

/* Widens `reach` to that of the decision `number`, whose claims were found. */
annals_status reach_find(struct record *record, int64_t number, enum reach *reach,
                         annals_error *error);

/* ------------------------------------------------------------------ regrouping.c */

/* Puts events as they were merged. */
annals_status regrouping_lift(struct record *record, annals_error *error);
/* Applies merges, splits and rejections in their order, and gives amended events their day, place
 * and type. */
annals_status regrouping_apply(struct record *record, annals_error *error);
/* Takes claims that were rejected since out of their events, which is the last step of the above.
 */
annals_status regrouping_reject(struct record *record, annals_error *error);

#endif
