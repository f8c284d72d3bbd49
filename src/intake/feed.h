/* RSS and Atom feeds: their items as reports. */
#ifndef ANNALS_INTAKE_FEED_H
#define ANNALS_INTAKE_FEED_H

#include "intake/articles.h"

/* Reads a feed in UTF-8. ANNALS_MALFORMED names the line. */
annals_status feed_read(struct articles *feed, struct arena *arena, const char *bytes,
                        size_t length, annals_error *error);

#endif
