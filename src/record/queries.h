/* Statements under the filters of a query, for the files of src/record that ask in their own way. */
#ifndef ANNALS_RECORD_QUERIES_H
#define ANNALS_RECORD_QUERIES_H

#include "record/sqlite.h"

/* Whose conditions stand between head and tail: of reports r, of claims c and reports r, or also of
 * events v. */
enum record_subject { OF_REPORTS, OF_CLAIMS, OF_EVENTS };

typedef annals_status (*record_row_visitor)(void *context, sqlite3_stmt *row, annals_error *error);

/* Runs "`head` WHERE conditions `tail`" and hands each row on; `letters` are those of the ids that
 * the query may name. ?13 in the tail is its limit. */
annals_status record_select(struct record *record, const annals_query *query, const char *letters,
                            enum record_subject subject, const char *head, const char *tail,
                            record_row_visitor visit, void *context, annals_error *error);

#endif
