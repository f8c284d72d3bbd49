/* The record seen from afar: rows for maps, charts and lists of many, made by SQLite in one go.
 *
 * Unlike the listings of record.h nothing is loaded around a row, so that a hundred thousand of them
 * take a second. What an overview's columns are stands in overview.c, and in docs/http.md. */
#ifndef ANNALS_RECORD_OVERVIEW_H
#define ANNALS_RECORD_OVERVIEW_H

#include "record/record.h"

enum record_overview {
    OVERVIEW_POINTS,    /* each act with its days, type, place and first publication */
    OVERVIEW_DAYS,      /* acts by the day on which they began */
    OVERVIEW_FACETS,    /* claims by type, status, source, place and actor */
    OVERVIEW_PLACES,    /* places where something is claimed to have happened */
    OVERVIEW_ACTORS,    /* who takes part or speaks, and how often */
    OVERVIEW_RELATIONS, /* who does what to whom, by month */
    OVERVIEW_ALIASES,   /* how the actor of the query is written in the reports */
    OVERVIEW_MARKS,     /* what was found in the text of one report (`id`), in code points */
};

/* NULL words and a NAN number: not known. */
struct record_cell {
    const char *name; /* of the column */
    const char *words;
    double number;
};

typedef annals_status (*record_cells_visitor)(void *context, const struct record_cell *cells,
                                              uint32_t count);

annals_status record_overview(struct record *record, enum record_overview overview,
                              const annals_query *query, record_cells_visitor visit, void *context,
                              annals_error *error);

/* From now until the next call, asking takes at most so many milliseconds, and ends with
 * ANNALS_STOPPED after them; 0 = as long as it takes. */
void record_limit(struct record *record, uint32_t milliseconds);

#endif
