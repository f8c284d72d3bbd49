/* Renders what a record holds. */
#ifndef ANNALS_RENDER_RENDER_H
#define ANNALS_RENDER_RENDER_H

#include "record/record.h"

annals_status render(struct record *record, const annals_query *query, annals_sink sink,
                     void *context, annals_error *error);

#endif
