/* What was found in a report, as rows; and what is searched of its claims. */
#ifndef ANNALS_RECORD_CODING_ROWS_H
#define ANNALS_RECORD_CODING_ROWS_H

#include "record/writer.h"

/* Sentences, times, places, actors and claims of the writer's document. */
void coding_rows_add(struct writer *writer);
/* The words of its claims' sentences, in the order of the claims' keys. */
void coding_rows_add_searches(struct writer *writer);

#endif
