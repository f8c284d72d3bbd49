/* The record's half that people change: decisions, coding again, checking. Part of record.h, which
 * includes it. */
#ifndef ANNALS_RECORD_DECIDING_H
#define ANNALS_RECORD_DECIDING_H

#include "record/record.h"

/* ------------------------------------------------------------------ deciding */

/* Finds the place that people mean by `name` (or a GeoNames id) for a claim: one of its report, else of
 * the record. `*number` is how many different places it may be; `place` is filled where it is one. */
annals_status record_find_place(struct record *record, const char *claim, const char *name,
                                struct arena *arena, struct record_place *place,
                                uint32_t *number, annals_error *error);

/* `places` has the place of each decision on one, its name NULL for the others. */
annals_status record_decide(struct record *record, const annals_decision *decisions,
                            const struct record_place *places, size_t count, uint64_t *first,
                            annals_error *error);

/* ------------------------------------------------------------------ coding again */

annals_status record_outdated(struct record *record, const struct record_version *version,
                              uint64_t *count, annals_error *error);
/* The first report after `*after` (a key, 0 at first) that another version coded, with its text, blocks
 * and facts; `*found` false where there is none. */
annals_status record_next(struct record *record, const struct record_version *version,
                          int64_t *after, struct document *document, struct arena *arena,
                          bool *found, annals_error *error);
annals_status record_replace(struct record *record, const struct document *document,
                             const struct record_version *version, annals_error *error);

/* The bytes that a report came as. */
struct record_original {
    const char *bytes;
    size_t length;
    bool is_text; /* they are the text itself */
};

/* In `arena`. ANNALS_FOREIGN where they are damaged. */
annals_status record_original(struct record *record, int64_t report, struct arena *arena,
                              struct record_original *original, annals_error *error);

annals_status record_verify(struct record *record, annals_sink sink, annals_progress progress,
                            void *context, uint64_t *damages, annals_error *error);

/* ------------------------------------------------------------------ what was decided */

/* Decisions in their order; those on `query->id` (an event's with its claims') where it is set. */
typedef annals_status (*record_decision_visitor)(void *context,
                                                 const struct record_decision *decision);
annals_status record_decisions(struct record *record, const annals_query *query,
                               record_decision_visitor visit, void *context, annals_error *error);

/* How far people agree on one slot of the claims that two of them at least decided on. */
struct record_agreement {
    const char *slot;
    uint32_t people;
    uint64_t claims;
    double agreed, alpha; /* NAN where they say nothing */
};

/* Slot by slot, of `query->author` and `query->other`, or of all who decided. */
typedef annals_status (*record_agreement_visitor)(void *context,
                                                  const struct record_agreement *agreement);
annals_status record_agreements(struct record *record, const annals_query *query,
                                record_agreement_visitor visit, void *context, annals_error *error);

/* Claims that nobody (not `query->author`) accepted, rejected or amended, the most uncertain first;
 * their ids alone. */
annals_status record_uncertain(struct record *record, const annals_query *query,
                               record_claim_visitor visit, void *context, annals_error *error);

/* Where the words of a claim stand in its sentence, in their order; marks do not overlap. */
struct record_mark {
    struct byte_span span;
    const char *part; /* "trigger", "agent", "patient", "place", "time" */
};

struct record_marks {
    ARRAY(struct record_mark) items;
};

annals_status record_claim_marks(struct record *record, const char *claim, struct arena *arena,
                                 struct record_marks *marks, annals_error *error);

/* Lets the lists show reports, claims and events as the version whose key begins with `with` coded
 * them, until the record is closed. ANNALS_NOT_FOUND names the versions there are. */
annals_status record_use_version(struct record *record, const char *with, annals_error *error);

/* The same by the version's key. */
annals_status record_use_coding(struct record *record, int64_t version, annals_error *error);

/* What was last coded again: the version that most reports have, the versions that it replaced, and
 * the ids of the reports. */
struct record_recoding {
    int64_t version;
    ARRAY(int64_t) older;
    ARRAY(const char *) reports;
};

annals_status record_last_recoding(struct record *record, struct arena *arena,
                                   struct record_recoding *recoding, annals_error *error);

#endif
