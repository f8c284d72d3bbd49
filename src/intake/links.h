/* Links: what a feed or sitemap points to. */
#ifndef ANNALS_INTAKE_LINKS_H
#define ANNALS_INTAKE_LINKS_H

#include "bytes/array.h"
#include "bytes/calendar.h"
#include "bytes/status.h"

struct link {
    const char *address; /* as written, perhaps relative */
    int32_t published;   /* day that the feed gives, or DAY_UNKNOWN */
    bool is_list;        /* another sitemap, not a page */
};

struct links {
    const char *title; /* of the feed, or NULL */
    const char *kind;  /* "RSS", "Atom", "sitemap", "index of sitemaps" */
    ARRAY(struct link) items;
};

enum { LINKS_LIMIT = 50000 }; /* as many as a sitemap may have; what is behind them is left */

/* Reads RSS, Atom, a sitemap or an index of sitemaps, of any charset. ANNALS_MALFORMED where it is
 * no well-formed XML or none of these; a feed without items is fine. */
annals_status links_read(struct links *links, struct arena *arena, const char *bytes, size_t length,
                         annals_error *error);

#endif
