/* SQL that surveys, listings and columns share. */
#ifndef ANNALS_RECORD_SURVEY_SQL_H
#define ANNALS_RECORD_SURVEY_SQL_H

/* Every act of a record in a file, in the order in which acts are shown: the columns of
 * SURVEY_POINTS, the event as a key, and the act's key last. */
extern const char survey_all_acts[];
/* queries.c: every act in the order of its list: its key, and the days of the claim with that key. */
extern const char listing_all_acts[];

#endif
