/* Files that point to reports, or to something else, and hold no text of any. */
#ifndef ANNALS_INTAKE_LISTINGS_H
#define ANNALS_INTAKE_LISTINGS_H

#include "bytes/arena.h"
#include "bytes/status.h"

/* ANNALS_EMPTY with a sentence where the text (UTF-8) is a sitemap, an index of sitemaps, a list of
 * feeds (OPML), or nothing but web addresses, one a line: nothing in it can be read. */
annals_status listing_refuse(struct arena *scratch, const char *text, size_t length,
                             annals_error *error);

/* ANNALS_NOT_TEXT where the text says that it is XML; its root is named. For XML that no reader
 * knows. */
annals_status foreign_xml_refuse(const char *text, size_t length, annals_error *error);

#endif
