/* What the head of a page says of the report: JSON-LD, OpenGraph, meta elements. */
#ifndef ANNALS_INTAKE_METADATA_H
#define ANNALS_INTAKE_METADATA_H

#include "document/document.h"

#include <gumbo.h>

struct metadata {
    const char *title, *byline, *source, *url, *language; /* NULL where unknown */
    int32_t published;                                    /* day, or DAY_UNKNOWN */
    int rank; /* of what gave the date: lower is better */
};

/* Reads the metadata of a page; strings are copied to `arena`. */
void metadata_find(struct metadata *metadata, struct arena *arena, const GumboNode *root);

/* The day of a machine-written date ("2015-10-03T08:00Z", "Sat, 03 Oct 2015 08:00:00 GMT",
 * "October 3, 2015", "20151003"); DAY_UNKNOWN where it is none or day and month could change
 * places. */
int32_t metadata_day(struct arena *scratch, const char *text);

#endif
