/* The page as one file. */
#ifndef ANNALS_RENDER_PAGE_H
#define ANNALS_RENDER_PAGE_H

#include "record/record.h"

/* The answer as one HTML file with map, timeline and sentences, that opens from disk; `folder` holds
 * the page's files. Filters and limit of the query count. ANNALS_NOT_FOUND: the page is not there. */
annals_status page_write(struct record *record, const char *folder, const annals_query *query,
                         annals_sink sink, void *context, annals_error *error);

#endif
