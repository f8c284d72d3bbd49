/* The page as one file. */
#ifndef ANNALS_RENDER_PAGE_H
#define ANNALS_RENDER_PAGE_H

#include "record/record.h"

/* As annals_page. */
annals_status page_write(struct record *record, const char *folder, const annals_query *query,
                         annals_sink sink, void *context, annals_error *error);

#endif
