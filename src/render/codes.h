/* Codes of states and armed groups that exports need and the record does not hold: read from
 * dictionaries/world/ when an export begins. */
#ifndef ANNALS_RENDER_CODES_H
#define ANNALS_RENDER_CODES_H

#include "dictionary/table.h"

struct country {
    const char *name, *iso2, *iso3, *iso_numeric; /* "" where there is none */
    const char *cow, *gleditsch_ward;             /* numbers of the state system; "" for none */
    const char *region;                           /* ACLED's name of it; "" for former states */
};

struct codes {
    struct country *countries; /* [country_count] */
    uint32_t country_count;
    struct table groups;
};

/* Reads states.tsv and groups.tsv below `data`/dictionaries/world into memory of `arena`. */
annals_status codes_read(struct codes *codes, struct arena *arena, const char *data,
                         annals_error *error);

/* By ISO 3166-1 code of two or three letters; NULL where there is no such state. A former state
 * does not stand before one that exists. */
const struct country *codes_country(const struct codes *codes, const char *iso);

/* ACLED's kind of actor for an entry of groups.tsv, 1 to 8; 0 where it is not there. */
int codes_group_inter(const struct codes *codes, const char *entry);

/* UCDP's region (Africa, Americas, Asia, Europe, Middle East) of a country; "" where unknown. */
const char *codes_ucdp_region(const struct country *country);

#endif
