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
    SURVEY_ENTRIES, /* which entries of the dictionary, and which kinds, go by the actor's name */
    SURVEY_MARKS,  /* what was found in the text of one report (`id`), in code points */
};

annals_status record_survey(struct record *record, enum record_survey survey,
                            const annals_query *query, const struct record_table *table,
                            annals_error *error);

/* What the surveys of points, days and facets ask of each claim and act, in memory: a server that
 * answers many of them reads it once for each state of a record, and lends it to its connections. */
struct record_columns;

/* Reads the columns; NULL where there is no memory for them, the record is too large or in PostgreSQL, or
 * it took longer than the limit: then SQL answers, more slowly. */
struct record_columns *record_columns_read(struct record *record);
/* From now on surveys are answered out of these columns, which are of the state that the record is in;
 * NULL: by SQL. The record keeps them as long as it needs them. */
void record_columns_use(struct record *record, struct record_columns *columns);
/* The reader's own hold on them ends. */
void record_columns_free(struct record_columns *columns);

/* From now until the next call, asking takes at most so many milliseconds, and ends with
 * ANNALS_STOPPED after them; 0 = as long as it takes. */
void record_limit(struct record *record, uint32_t milliseconds);

#endif
