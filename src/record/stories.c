/* Names of a report: who and what it is about, for exports and for masking. */
#include "record/record.h"

#include "record/sqlite.h"

static annals_status visit_names(struct record *record, const char *sql, const char *report,
                                 record_name_visitor visit, void *context, annals_error *error)
{
    char letter;
    int64_t low, high;
    struct store_statement *row = NULL;
    if (!record_id_read(report, &letter, &low, &high) || letter != 'r')
        return error_set(error, ANNALS_NOT_FOUND, "\"%.40s\" is no report of this record", report);
    int code = store_prepare(record->database, sql, &row);
    annals_status status = ANNALS_OK;
    if (code == STORE_OK) {
        store_bind_int64(row, 1, low);
        while (status == ANNALS_OK && (code = store_step(row)) == STORE_ROW)
            status = visit(context, record_text(row, 0),
                           record_text(row, 1));
    }
    if (status == ANNALS_OK && code != STORE_DONE)
        status = record_fail(record, "cannot read", error);
    store_finalize(row);
    return status;
}

annals_status record_private_persons(struct record *record, const char *report,
                                     record_name_visitor visit, void *context, annals_error *error)
{
    return visit_names(record,
                       "SELECT DISTINCT a.name, CAST(substr(CAST(r.text AS BLOB), m.start + 1, "
                       "m.stop - m.start) AS TEXT) || char(10) || "
                       "CAST(substr(CAST(r.text AS BLOB), m.stop + 1, 80) AS TEXT) "
                       "FROM actors a JOIN reports r USING (report) "
                       "LEFT JOIN actor_mentions m ON m.report = a.report AND m.actor = a.actor "
                       "WHERE a.report = ? AND a.kind = 'person' AND a.entry IS NULL ORDER BY 1, 2",
                       report, visit, context, error);
}

annals_status record_known_persons(struct record *record, const char *report,
                                   record_name_visitor visit, void *context, annals_error *error)
{
    return visit_names(record,
                       "SELECT DISTINCT a.name, CAST(substr(CAST(r.text AS BLOB), m.start + 1, "
                       "m.stop - m.start) AS TEXT) FROM actors a JOIN reports r USING (report) "
                       "LEFT JOIN actor_mentions m ON m.report = a.report AND m.actor = a.actor "
                       "WHERE a.report = ? AND a.kind = 'person' AND a.entry IS NOT NULL "
                       "ORDER BY 1, 2",
                       report, visit, context, error);
}

annals_status record_story(struct record *record, const char *report, record_name_visitor visit,
                           void *context, annals_error *error)
{
    return visit_names(record,
                       "SELECT DISTINCT name, kind FROM actors WHERE report = ?1 AND kind IN "
                       "('person', 'organisation') AND name GLOB '[^a-z]*' UNION "
                       "SELECT DISTINCT name, 'place' FROM places WHERE report = ?1 ORDER BY 2, 1",
                       report, visit, context, error);
}
