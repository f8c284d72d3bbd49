/* Rows of a coding as they were: before people decided otherwise, or before the report was coded
 * again. The tables kept_… of schema 3. */
#ifndef ANNALS_RECORD_KEPT_H
#define ANNALS_RECORD_KEPT_H

#include "record/statements.h"

/* Places and actors that people named have numbers from here on in their report. */
enum { DECIDED_NUMBER = 1000000 };

/* Of the tables that have a kept_… beside them. */
struct kept_table {
    const char *name;
    const char *columns; /* of both, in the order of the table */
    bool by_claim;       /* its rows belong to a claim, not to a report */
};

/* NULL-named at the end; in an order in which rows may be added one table after the other. */
extern const struct kept_table kept_tables[];
const struct kept_table *kept_table(const char *name);

/* Keeps claim, participants and counts as they are, under coding 0, unless they are kept already.
 */
annals_status kept_set_aside(struct record *record, int64_t claim, annals_error *error);

/* Puts back what was set aside of the claims of `report`, of all reports where it is 0. */
annals_status kept_put_back(struct record *record, int64_t report, annals_error *error);

/* The claim's agents were written anew: finds whether one of them held a place that he leaves. */
annals_status kept_tell_yielding(struct record *record, int64_t claim, annals_error *error);
/* The claim's control, place, holder, day or status was written anew: finds who holds what by it.
 */
annals_status kept_tell_amended(struct record *record, int64_t claim, annals_error *error);

/* Copies the rows of a report to coding `version`, which is that of `claims`. */
annals_status kept_copy_report(struct record *record, int64_t report, int64_t version,
                               annals_error *error);
/* Forgets the rows of a report under a coding. */
annals_status kept_drop_report(struct record *record, int64_t report, int64_t version,
                               annals_error *error);

#endif
