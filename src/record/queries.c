/* Lists reports, claims and events by the filters of a query.
 *
 * The listing itself gives keys; rows.c loads what stands behind each. filters.c says which claims
 * pass and whether few enough do to begin with them; else the listing walks over the index of days,
 * in the order of the list, and a limit ends it early. */
#include "record/columns.h"
#include "record/filters.h"
#include "record/rows.h"
#include "record/search_words.h"
#include "record/survey_sql.h"

#include "bytes/buffer.h"

#include <string.h>

/* A listing while it is made and run. */
struct listing {
    struct record *record;
    struct filters filters;
    int64_t limit, offset;
    uint64_t listed;
    bool unordered;
};

/* ------------------------------------------------------------------ the query's text */

/* What stands around the claim o that an act is named for, and the order of acts. */
#define ACTS_JOINS                                                                                 \
    " CROSS JOIN reports t ON t.report = o.report "                                                \
    "LEFT JOIN places p ON p.report = o.report AND p.place = o.place"
#define ACTS_ORDER                                                                                 \
    "o.first NULLS LAST, o.last, p.folded NULLS LAST, t.published, o.report, "                     \
    "o.trigger_start, o.claim"

/* What is listed: `columns` up to the index that has its order, what is joined to it, and the
 * order. `of_claims` chooses by claims: it begins the select of keys that a claim c of it passes,
 * and `of_one` ties that to one row of the list. */
static const struct kind {
    enum filter_subject subject;
    const char *columns, *index, *joins;
    const char *key, *of_claims, *of_one;
    const char *days; /* a condition on the row itself that goes before those on its claims */
    const char *order;
} reports_kind = {FILTER_REPORTS,
                  "SELECT r.report FROM reports r",
                  "reports_by_date",
                  "",
                  "r.report",
                  NULL,
                  NULL,
                  NULL,
                  "r.published NULLS LAST, r.source, r.name, r.report"},
  claims_kind = {FILTER_CLAIMS,
                 "SELECT c.claim FROM claims c",
                 "claims_by_date",
                 " CROSS JOIN reports r ON r.report = c.report "
                 "LEFT JOIN places p ON p.report = c.report AND p.place = c.place",
                 "c.claim",
                 NULL,
                 NULL,
                 NULL,
                 "c.first NULLS LAST, c.last, p.folded NULLS LAST, r.published, c.report, "
                 "c.trigger_start, c.claim"},
  /* An event is listed where its days pass and one of its claims passes the other filters. */
    events_kind = {FILTER_EVENTS,
                   "SELECT e.event FROM events e",
                   "events_by_date",
                   " CROSS JOIN claims o ON o.claim = e.event "
                   "CROSS JOIN reports t ON t.report = o.report "
                   "LEFT JOIN places p ON p.report = e.place_report AND p.place = e.place",
                   "e.event",
                   "SELECT l.event FROM event_claims l CROSS JOIN claims c ON c.claim = l.claim "
                   "CROSS JOIN reports r ON r.report = c.report "
                   "CROSS JOIN events v ON v.event = l.event",
                   "l.event = e.event",
                   "(:from IS NULL OR coalesce(e.last, e.first) >= :from) AND "
                   "(:to IS NULL OR coalesce(e.first, e.last) <= :to)",
                   "e.first NULLS LAST, e.last, p.folded NULLS LAST, t.published, o.report, "
                   "o.trigger_start, o.claim"},
  /* An act's key is that of the claim which knows its day and place best; it also lends it its
     rank. */
    acts_kind = {FILTER_CLAIMS,
                 "SELECT o.claim FROM claims o",
                 "claims_by_date",
                 ACTS_JOINS,
                 "o.claim",
                 "SELECT l.act FROM event_claims l CROSS JOIN claims c ON c.claim = l.claim "
                 "CROSS JOIN reports r ON r.report = c.report",
                 "l.act = o.claim",
                 "(:from IS NULL OR o.first IS NULL OR coalesce(o.last, o.first) >= :from) AND "
                 "(:to IS NULL OR o.first IS NULL OR o.first <= :to)",
                 ACTS_ORDER};

const char listing_all_acts[] =
    "SELECT o.claim, o.first, o.last FROM (SELECT DISTINCT act FROM event_claims) l "
    "CROSS JOIN claims o ON o.claim = l.act" ACTS_JOINS " ORDER BY " ACTS_ORDER;

/* Rows that have a claim which passes: of the few that `rarest` gathers, or each row asked. */
static void add_by_claims(struct buffer *sql, const struct kind *kind, struct filters *filters,
                          enum filter_name rarest)
{
    const char *joint = " WHERE ";
    if (filters->values[FILTER_FROM] != NULL || filters->values[FILTER_TO] != NULL) {
        buffer_print(sql, "%s%s", joint, kind->days);
        joint = " AND ";
    }
    if (rarest != FILTER_NAMES) {
        buffer_print(sql, "%s%s IN (%s WHERE l.claim IN (", joint, kind->key, kind->of_claims);
        filters_source(rarest, kind->subject, sql);
        buffer_add_byte(sql, ')');
    } else {
        buffer_print(sql, "%sEXISTS (%s WHERE %s", joint, kind->of_claims, kind->of_one);
    }
    filters_add(filters, kind->subject, " AND ", sql);
    buffer_add_byte(sql, ')');
}

/* Everything but the order. */
static void select_keys(struct buffer *sql, const struct kind *kind, struct filters *filters)
{
    enum filter_name rarest = filters_rarest(filters, kind->subject);
    const char *joint = " WHERE ";
    buffer_add_string(sql, kind->columns);
    if (rarest == FILTER_NAMES)
        buffer_print(sql, " INDEXED BY %s", kind->index);
    buffer_add_string(sql, kind->joins);
    /* An act is what stands for itself; an event without a claim is none. */
    if (kind->of_claims != NULL && (filters_any(filters) || kind == &acts_kind)) {
        add_by_claims(sql, kind, filters, rarest);
    } else if (kind->of_claims == NULL) {
        if (rarest != FILTER_NAMES) {
            buffer_print(sql, "%s%s IN (", joint, kind->key);
            filters_source(rarest, kind->subject, sql);
            buffer_add_byte(sql, ')');
            joint = " AND ";
        }
        filters_add(filters, kind->subject, joint, sql);
    }
}

void filters_keys(struct filters *filters, enum filter_subject subject, struct buffer *sql)
{
    select_keys(sql,
                subject == FILTER_REPORTS  ? &reports_kind
                : subject == FILTER_CLAIMS ? &claims_kind
                                           : &events_kind,
                filters);
}

static void bind_all(struct listing *listing, struct store_statement *statement)
{
    filters_bind(&listing->filters, statement);
    store_bind_int64(statement, store_parameter(statement, ":limit"), listing->limit);
    store_bind_int64(statement, store_parameter(statement, ":offset"), listing->offset);
}

/* Hands on the keys of a listing. */
static annals_status run_listing(struct listing *listing, const struct kind *kind,
                                 filters_key_visitor visit, void *context, annals_error *error)
{
    struct buffer sql;
    struct store_statement *statement = NULL;
    buffer_init(&sql);
    select_keys(&sql, kind, &listing->filters);
    if (!listing->unordered)
        buffer_print(&sql, " ORDER BY %s", kind->order);
    buffer_add_string(&sql, " LIMIT :limit OFFSET :offset");
    int code =
        sql.failed ? STORE_NOMEM : store_prepare(listing->record->database, sql.bytes, &statement);
    buffer_release(&sql);
    annals_status status = ANNALS_OK;
    if (code == STORE_OK) {
        bind_all(listing, statement);
        while (status == ANNALS_OK && (code = store_step(statement)) == STORE_ROW) {
            listing->listed++;
            status = visit(context, store_int64(statement, 0), error);
        }
    }
    if (status == ANNALS_OK && code != STORE_DONE)
        status = record_fail(listing->record, "cannot read", error);
    store_finalize(statement);
    return status;
}

/* Hands on the keys of a listing of acts, which columns in memory find. */
static annals_status run_columns(struct listing *listing, const annals_query *query,
                                 filters_key_visitor visit, void *context, annals_error *error)
{
    int64_t *keys = NULL;
    uint32_t count = 0;
    annals_status status = columns_list_acts(listing->record->columns, &listing->filters, query,
                                             &listing->filters.arena, &keys, &count, error);
    for (uint32_t i = 0; status == ANNALS_OK && i < count; i++)
        status = visit(context, keys[i], error);
    listing->listed = count;
    return status;
}

/* ------------------------------------------------------------------ the listings */

enum { TOGETHER = 64 };

struct visit {
    struct record *record;
    struct arena arena; /* one row's; reset after each */
    record_report_visitor report;
    record_claim_visitor claim;
    record_event_visitor event;
    filters_key_visitor key;
    bool acts;      /* the keys are those of acts */
    bool unordered; /* the order of the list is not wanted */
    void *context;
    struct store_statement *found; /* what stands around the words asked for; NULL where none are */
    const char *question;          /* those words */
    int64_t keys[TOGETHER];        /* of claims that are loaded together */
    uint32_t waiting;              /* so many */
};

/* A piece of the sentence or report around the words, with marks; NULL where none is asked for. */
static const char *find_words(struct visit *visit, int64_t key)
{
    const char *words = NULL;
    if (visit->found == NULL)
        return NULL;
    store_reset(visit->found);
    store_bind_int64(visit->found, store_parameter(visit->found, ":key"), key);
    struct search_words *apart = store_words(visit->record->database);
    if (store_step(visit->found) == STORE_ROW)
        words = apart == NULL ? store_text(visit->found, 0)
                              : search_words_piece(apart, store_text(visit->found, 0),
                                                   store_text(visit->found, 1), visit->question);
    return words != NULL ? arena_copy_string(&visit->arena, words) : NULL;
}

/* Prepares find_words. A failure costs only the words: they come along with a row. */
static void prepare_words(struct visit *visit, const struct filters *filters)
{
    if (filters->values[FILTER_TEXT] == NULL || visit->event != NULL || visit->key != NULL)
        return;
    visit->question = filters->values[FILTER_TEXT];
    if (store_words(visit->record->database) != NULL) {
        store_prepare(visit->record->database,
                      visit->report != NULL
                          ? "SELECT title, text FROM reports WHERE report = :key"
                          : "SELECT CAST(substr(CAST(r.text AS BLOB), s.start + 1, s.stop - "
                            "s.start) AS TEXT), "
                            "NULL FROM claims c JOIN reports r USING (report) JOIN sentences s ON "
                            "s.report = c.report AND s.sentence = c.sentence WHERE c.claim = :key",
                      &visit->found);
        return;
    }
    store_prepare(
        visit->record->database,
        visit->report != NULL
            ? "SELECT snippet(report_search, -1, '" RECORD_MARK "', '" RECORD_MARK_END
              "', '\xe2\x80\xa6', 24) FROM report_search WHERE report_search MATCH :text AND "
              "rowid = :key"
            : "SELECT snippet(claim_search, -1, '" RECORD_MARK "', '" RECORD_MARK_END
              "', '\xe2\x80\xa6', 24) FROM claim_search WHERE claim_search MATCH :text AND "
              "rowid = :key",
        &visit->found);
    if (visit->found != NULL)
        filters_bind(filters, visit->found);
}

/* Loads the claims that wait, and hands them on in their order. */
static annals_status visit_claims(struct visit *visit, annals_error *error)
{
    uint32_t count = visit->waiting;
    struct record_claim *claims = arena_new_array(&visit->arena, struct record_claim, count);
    annals_status status = ANNALS_OK;
    visit->waiting = 0;
    if (claims != NULL)
        status = row_load_claims(visit->record, visit->keys, count, &visit->arena, claims, error);
    for (uint32_t i = 0; claims != NULL && i < count && status == ANNALS_OK; i++) {
        claims[i].found = find_words(visit, visit->keys[i]);
        if (!visit->arena.failed)
            status = visit->claim(visit->context, &claims[i]);
    }
    if (visit->arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    arena_reset(&visit->arena);
    return status;
}

static annals_status visit_one(void *context, int64_t key, annals_error *error)
{
    struct visit *visit = context;
    annals_status status;
    if (visit->key != NULL)
        return visit->key(visit->context, key, error);
    if (visit->claim != NULL) {
        visit->keys[visit->waiting++] = key;
        return visit->waiting == TOGETHER ? visit_claims(visit, error) : ANNALS_OK;
    }
    if (visit->report != NULL) {
        struct record_report report;
        status = row_load_report(visit->record, key, &visit->arena, &report, error);
        report.found = status == ANNALS_OK ? find_words(visit, key) : NULL;
        if (status == ANNALS_OK && !visit->arena.failed)
            status = visit->report(visit->context, &report);
    } else {
        struct record_event event;
        status = visit->acts ? row_load_act(visit->record, key, &visit->arena, &event, error)
                             : row_load_event(visit->record, key, &visit->arena, &event, error);
        if (status == ANNALS_OK && !visit->arena.failed && event.claim_count > 0)
            status = visit->event(visit->context, &event);
    }
    if (visit->arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    arena_reset(&visit->arena);
    return status;
}

static annals_status list(struct visit *visit, const annals_query *query, const char *letters,
                          const struct kind *kind, annals_error *error)
{
    struct listing listing = {
        .record = visit->record,
        .unordered = visit->unordered,
        .limit = query->limit == 0 || query->limit > INT64_MAX ? -1 : (int64_t)query->limit,
        .offset = query->offset > INT64_MAX ? INT64_MAX : (int64_t)query->offset};
    visit->record->best = query->best;
    arena_init(&visit->arena);
    annals_status status = filters_open(&listing.filters, visit->record, query, letters, error);
    if (status == ANNALS_OK) {
        prepare_words(visit, &listing.filters);
        status = kind == &acts_kind && visit->record->columns != NULL
                     ? run_columns(&listing, query, visit_one, visit, error)
                     : run_listing(&listing, kind, visit_one, visit, error);
        if (status == ANNALS_OK && visit->waiting > 0)
            status = visit_claims(visit, error);
        store_finalize(visit->found);
        if (status == ANNALS_OK && listing.listed == 0)
            filters_tell_nothing(&listing.filters, query,
                                 kind->subject == FILTER_REPORTS ? "reports"
                                 : kind == &claims_kind          ? "claims"
                                                                 : "events");
    }
    arena_release(&visit->arena);
    filters_release(&listing.filters);
    return status;
}

annals_status record_reports(struct record *record, const annals_query *query,
                             record_report_visitor visit, void *context, annals_error *error)
{
    struct visit one = {.record = record, .report = visit, .context = context};
    return list(&one, query, "r", &reports_kind, error);
}

annals_status record_claims(struct record *record, const annals_query *query,
                            record_claim_visitor visit, void *context, annals_error *error)
{
    struct visit one = {.record = record, .claim = visit, .context = context};
    return list(&one, query, "c", &claims_kind, error);
}

annals_status filters_list_claims(struct record *record, const annals_query *query, bool ordered,
                                  filters_key_visitor visit, void *context, annals_error *error)
{
    struct visit one = {.record = record, .key = visit, .unordered = !ordered, .context = context};
    return list(&one, query, "c", &claims_kind, error);
}

annals_status record_events(struct record *record, const annals_query *query,
                            record_event_visitor visit, void *context, annals_error *error)
{
    struct visit one = {.record = record, .event = visit, .context = context};
    return list(&one, query, "ec", &events_kind, error);
}

annals_status record_acts(struct record *record, const annals_query *query,
                          record_event_visitor visit, void *context, annals_error *error)
{
    struct visit one = {.record = record, .event = visit, .acts = true, .context = context};
    return list(&one, query, "ec", &acts_kind, error);
}
