/* Writes a GeoPackage: points with text and number columns. */
#ifndef ANNALS_RECORD_GEOPACKAGE_H
#define ANNALS_RECORD_GEOPACKAGE_H

#include "bytes/status.h"

struct geopackage;

/* Makes the file `path`, which must not be there yet, with the layer `layer` and the columns
 * `columns` (NULL-terminated): "name TYPE" each, TYPE one of TEXT, DATE, REAL, INTEGER. */
annals_status geopackage_open(struct geopackage **package, const char *path, const char *layer,
                              const char *const *columns, annals_error *error);
/* One point (degrees, WGS 84) with its values as text, in the order of the columns; NULL or "" is
 * null. */
annals_status geopackage_add(struct geopackage *package, double longitude, double latitude,
                             const char *const *values, annals_error *error);
/* Ends the file and frees `package`; with `keep` false, the file goes too. */
annals_status geopackage_close(struct geopackage *package, bool keep, annals_error *error);

#endif
