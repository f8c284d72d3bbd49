/* Claims that people have not decided on, the most uncertain first: for a review. */
#include "record/filters.h"

static annals_status visit_all(struct record *record, struct store_statement *row,
                               record_claim_visitor visit, void *context, annals_error *error)
{
    annals_status status = ANNALS_OK;
    int code = STORE_OK;
    while (status == ANNALS_OK && (code = store_step(row)) == STORE_ROW) {
        struct record_claim claim = {.place = {0}};
        record_id_write('c', store_int64(row, 0), claim.id);
        status = visit(context, &claim);
    }
    return status == ANNALS_OK && code != STORE_DONE ? record_fail(record, "cannot read", error)
                                                     : status;
}

annals_status record_uncertain(struct record *record, const annals_query *query,
                               record_claim_visitor visit, void *context, annals_error *error)
{
    struct filters filters;
    struct buffer sql;
    struct store_statement *row = NULL;
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
        else if (store_prepare(record->database, sql.bytes, &row) != STORE_OK)
            status = record_fail(record, "cannot read", error);
    }
    if (status == ANNALS_OK) {
        bool limited = query->limit > 0 && query->limit <= INT64_MAX;
        filters_bind(&filters, row);
        store_bind_int64(row, store_parameter(row, ":limit"), limited ? (int64_t)query->limit : -1);
        if (query->author != NULL)
            store_bind_lasting_text(row, store_parameter(row, ":author"), query->author);
        status = visit_all(record, row, visit, context, error);
    }
    store_finalize(row);
    filters_release(&filters);
    buffer_release(&sql);
    return status;
}
