/* The record as flat tables with a codebook. */
#ifndef ANNALS_RENDER_EXPORT_CSV_H
#define ANNALS_RENDER_EXPORT_CSV_H

#include "render/export.h"

enum csv_part { CSV_EVENTS, CSV_CLAIMS, CSV_COUNTS, CSV_REPORTS, CSV_PACKAGE, CSV_PARTS };

/* File names, in the order above; NULL at the end. */
extern const char *const csv_parts[];
/* Columns of the first four. A row of reports is a struct record_report; one of counts has the
 * count's index as its number. */
extern const struct column *const csv_columns[];

/* datapackage.json. */
void csv_write_package(struct buffer *out);

#endif
