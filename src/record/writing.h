/* The parts of storing a report that coding it again uses too. */
#ifndef ANNALS_RECORD_WRITING_H
#define ANNALS_RECORD_WRITING_H

#include "record/sqlite.h"

/* The key of a version: it follows from the three alone. */
int64_t writing_version(const struct record_version *version);
/* The key of a document's report. ANNALS_NOT_FOUND: the record does not have it. */
annals_status writing_report(struct record *record, const struct document *document,
                             int64_t *report, annals_error *error);

annals_status writing_add_version(struct record *record, const struct record_version *version,
                                  annals_error *error);
/* Sentences, times, places, actors and claims of a report that the record has without any, and
 * notes it as not merged; within the caller's transaction. */
annals_status writing_add_coding(struct record *record, const struct document *document,
                                 int64_t version, annals_error *error);

#endif
