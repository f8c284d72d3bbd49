/* The record seen from afar: rows for maps, charts and readers of many, made by SQLite in one go.
 *
 * Unlike the listings of record.h nothing is loaded around a row, so that a hundred thousand of them
 * take a second. What the columns are stands in survey.c, and in docs/openapi.json. */
#ifndef ANNALS_RECORD_SURVEY_H
#define ANNALS_RECORD_SURVEY_H

#include "record/record.h"

enum record_survey {
    SURVEY_POINTS, /* each act with its days, type, place and first publication */
    SURVEY_DAYS,   /* acts by the day on which they began */
    SURVEY_FACETS, /* claims by type, status, source, place and actor */
    SURVEY_NAMES,  /* how the query's actor is written in the reports */
    SURVEY_MARKS,  /* what was found in the text of one report (`id`), in code points */
};

annals_status record_survey(struct record *record, enum record_survey survey,
                            const annals_query *query, const struct record_table *table,
                            annals_error *error);

/* From now until the next call, asking takes at most so many milliseconds, and ends with
 * ANNALS_STOPPED after them; 0 = as long as it takes. */
void record_limit(struct record *record, uint32_t milliseconds);

#endif
