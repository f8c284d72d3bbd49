/* Claims that people have not decided on, the most uncertain first: for a review. */
#include "record/filters.h"

static annals_status visit_all(struct record *record, sqlite3_stmt *row,
                               record_claim_visitor visit, void *context, annals_error *error)
{
    annals_status status = ANNALS_OK;
    int code = SQLITE_OK;
    while (status == ANNALS_OK && (code = sqlite3_step(row)) == SQLITE_ROW) {
        struct record_claim claim = {.place = {0}};
        record_id_write('c', sqlite3_column_int64(row, 0), claim.id);
        status = visit(context, &claim);
    }
    return status == ANNALS_OK && code != SQLITE_DONE ? record_fail(record, "cannot read", error)
                                                      : status;
}

annals_status record_uncertain(struct record *record, const annals_query *query,
                               record_claim_visitor visit, void *context, annals_error *error)
{
    struct filters filters;
    struct buffer sql;
    sqlite3_stmt *row = NULL;
    buffer_init(&sql);
    annals_status status = filters_open(&filters, record, query, "c", error);
    if (status == ANNALS_OK) {
        buffer_add_string(&sql,
                          "SELECT c.claim FROM claims c JOIN reports r ON r.report = c.report WHERE "
                          "NOT EXISTS (SELECT 1 FROM decided_claims b JOIN decisions d USING (decision) "
                          "WHERE b.claim = c.claim AND d.kind IN ('accept', 'reject', 'amend') AND "
                          "(:author IS NULL OR d.author = :author) AND NOT EXISTS (SELECT 1 FROM "
                          "decisions u WHERE u.undoes = d.decision))");
        filters_add(&filters, FILTER_CLAIMS, " AND ", &sql);
        buffer_add_string(&sql, " ORDER BY coalesce(c.confidence, 0), c.report, c.trigger_start, "
                                "c.claim LIMIT :limit");
        if (sql.failed)
            status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
        else if (sqlite3_prepare_v2(record->database, sql.bytes, -1, &row, NULL) != SQLITE_OK)
            status = record_fail(record, "cannot read", error);
    }
    if (status == ANNALS_OK) {
        bool limited = query->limit > 0 && query->limit <= INT64_MAX;
        filters_bind(&filters, row);
        sqlite3_bind_int64(row, sqlite3_bind_parameter_index(row, ":limit"),
                           limited ? (int64_t)query->limit : -1);
        if (query->author != NULL)
            sqlite3_bind_text(row, sqlite3_bind_parameter_index(row, ":author"), query->author, -1,
                              SQLITE_STATIC);
        status = visit_all(record, row, visit, context, error);
    }
    sqlite3_finalize(row);
    filters_release(&filters);
    buffer_release(&sql);
    return status;
}
