/* Country codes: from ISO 3166 alpha-2, as places have it, to the three letters of CAMEO, as actors
 * have it; from dictionaries/world/states.tsv. */
#ifndef ANNALS_MEANING_COUNTRIES_H
#define ANNALS_MEANING_COUNTRIES_H

#include "bytes/status.h"
#include "dictionary/phrases.h"

struct countries {
    const char **codes; /* [rows] */
    struct phrases alpha2;
};

annals_status countries_read(struct countries *countries, struct arena *arena, const char *path,
                             annals_error *error);

/* "AFG" for "AF"; NULL where there is none. */
const char *countries_code(const struct countries *countries, const char *alpha2);

#endif
