/* Reads event tables of the field (ACLED, UCDP GED) as coded reports: a row is a report with one
 * claim, whose every slot points to the cell that says so. */
#ifndef ANNALS_FORMATS_EVENT_TABLE_H
#define ANNALS_FORMATS_EVENT_TABLE_H

#include "bytes/status.h"
#include "document/document.h"
#include "formats/delimited.h"

enum event_table_kind { EVENT_TABLE_ACLED, EVENT_TABLE_UCDP };

/* ISO 3166-1 alpha-2 of a country, by its number of ISO 3166-1 (ACLED) or of Gleditsch and Ward
 * (UCDP); NULL where there is none. */
typedef const char *(*country_finder)(void *context, enum event_table_kind kind, const char *number);

/* Whether the table's head has the columns that `kind` needs; else `*missing` is one that it lacks. */
bool event_table_fits(const struct delimited *table, enum event_table_kind kind,
                      const char **missing);

/* Makes the document of the row that `table` read last, in memory of `arena`. ANNALS_MALFORMED names
 * the column whose value is wrong. */
annals_status event_table_document(const struct delimited *table, enum event_table_kind kind,
                                   country_finder find, void *context, struct arena *arena,
                                   struct document *document, annals_error *error);

#endif
