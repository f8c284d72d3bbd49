/* How far a claim may be trusted: what speaks for and against a trigger being the event that its
 * row says, weighed by a linear model of models/en.
 *
 * A claim is described where it is written (trust_note), the report when all its claims are known;
 * trust_judge then gives each claim its confidence and leaves out those that are most likely no
 * event, or say most likely the wrong thing of it. The stage and annals-train (train/trust_trainer.c) use the same features. Lives in scratch
 * memory. */
#ifndef ANNALS_MEANING_TRUST_H
#define ANNALS_MEANING_TRUST_H

#include "classifiers/linear.h"
#include "document/claim.h"

struct coding;
struct making;

enum { TRUST_FEATURES = 160, TRUST_ROLE_FEATURES = 240 };

struct trust_note {
    uint32_t first, count; /* into `features`: what tells whether the event is right */
    uint32_t roles;        /* behind them: how those who take part stand to the trigger */
    uint64_t kind;         /* what sort of event it is: joined to what is known of the report */
};

struct trust_notes {
    ARRAY(uint64_t) features;
    ARRAY(struct trust_note) notes; /* [claims] */
};

/* trust_features.c: describes the claim that was written last. */
void trust_note(struct coding *coding, const struct making *making, const struct claim *claim);
/* The claim written last is a copy of the one before it. */
void trust_note_again(struct coding *coding);

/* What is known of the report: buckets of what it tells of, joined to the kind of each claim. */
struct trust_report {
    uint64_t features[8];
    uint32_t count;
};
void trust_report_find(const struct coding *coding, struct trust_report *report);
/* All features of a claim, at most TRUST_FEATURES; returns their number. */
uint32_t trust_features(const struct coding *coding, const struct trust_report *report,
                        uint32_t claim, uint64_t *features);

/* What tells whether those who take part are right, at most TRUST_ROLE_FEATURES. */
uint32_t trust_role_features(const struct coding *coding, const struct trust_report *report,
                             uint32_t claim, uint64_t *features);

/* The two models of models/en: is it such an event; and if so, are agent and patient right. */
struct trust_models {
    struct linear event, roles;
};

/* Gives every claim of the report its confidence and takes out those that are not trusted. */
void trust_judge(struct coding *coding, const struct trust_models *models);

#endif
