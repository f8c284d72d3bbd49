/* Takes the names of private persons, and exact places, out of what is exported.
 *
 * A person is private unless the dictionaries know them: the record cannot tell an official from a
 * bystander with certainty, and masking one too many harms nobody. */
#ifndef ANNALS_RENDER_REDACT_H
#define ANNALS_RENDER_REDACT_H

#include "bytes/array.h"
#include "bytes/buffer.h"
#include "dictionary/table.h"
#include "record/record.h"

struct redaction {
    bool persons;
    double kilometres;  /* side of the squares that coordinates are moved to the middle of; 0: left */
    struct record *record;
    struct table roles; /* words that are no names */
    char report[RECORD_ID_SIZE]; /* whose names stand below */
    struct arena names_arena;
    ARRAY(const char *) names; /* longest first */
    ARRAY(const char *) known; /* of persons whom the dictionaries know */
    struct buffer text;
};

annals_status redact_begin(struct redaction *redaction, struct record *record, struct arena *arena,
                           const char *data, bool persons, double kilometres,
                           annals_error *error);
void redact_end(struct redaction *redaction);

/* Copies of an event or claim, masked, in memory of `arena`; where nothing is to be masked the same
 * again. */
annals_status redact_claim(struct redaction *redaction, struct arena *arena,
                           const struct record_claim *claim, struct record_claim *masked,
                           annals_error *error);
annals_status redact_event(struct redaction *redaction, struct arena *arena,
                           const struct record_event *event, struct record_event *masked,
                           annals_error *error);
/* A report's title and byline; its text is not exported where anything is masked. */
annals_status redact_report(struct redaction *redaction, struct arena *arena,
                            const struct record_report *report, struct record_report *masked,
                            annals_error *error);

#endif
