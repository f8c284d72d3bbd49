/* RSS and Atom feeds: their items as reports. */
#ifndef ANNALS_INTAKE_FEED_H
#define ANNALS_INTAKE_FEED_H

#include "bytes/array.h"
#include "bytes/status.h"

#include <stdint.h>

struct feed_item {
    const char *id, *title, *url, *author; /* NULL where unknown */
    const char *html;                      /* the fullest text the item has */
    int32_t published;                     /* day, or DAY_UNKNOWN */
};

struct feed {
    const char *title, *language; /* of the feed: the outlet */
    ARRAY(struct feed_item) items;
};

/* Reads a feed in UTF-8. ANNALS_MALFORMED names the line. */
annals_status feed_read(struct feed *feed, struct arena *arena, const char *bytes, size_t length,
                        annals_error *error);

#endif
