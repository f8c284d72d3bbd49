/* The record seen from afar: one statement a survey, its filters those of the listings (filters.c).
 *
 * Each statement begins with `chosen`: the claims that pass the filters of the query, or the report.
 * An act is shown by the claim of it that tells most, ranked as rows.c ranks them; SQLite takes the
 * columns beside a max() from its row (sqlite.org/lang_select.html#bareagg). */
#include "record/survey.h"

#include "bytes/utf8.h"
#include "record/columns.h"
#include "record/filters.h"
#include "record/survey_sql.h"
#include "record/tables.h"

/* How much a claim tells: see `tells` in rows.c. */
#define RANK                                                                                       \
    "(c.control IS NOT NULL OR c.plover IN ('ASSAULT', 'PROTEST')) * 16 + "                        \
    "EXISTS (SELECT 1 FROM participants x WHERE x.claim = c.claim AND x.role = 'agent') * 4 + "    \
    "EXISTS (SELECT 1 FROM participants x WHERE x.claim = c.claim AND x.role = 'patient') * 4 + "  \
    "EXISTS (SELECT 1 FROM counts n WHERE n.claim = c.claim AND n.what IN ('killed', 'wounded')) " \
    "* 32 + (c.place IS NOT NULL) * 2 + (c.first IS NOT NULL)"

/* What is told of each act of `best`: what stands around a claim is looked up for one of an act alone. */
#define POINTS_OF(event, more)                                                                     \
    "SELECT " event " AS event, c.first, coalesce(c.last, c.first) AS last, "               \
    "CASE b.claims WHEN 1 THEN r.published ELSE (SELECT min(s.published) FROM event_claims m "     \
    "JOIN claims d ON d.claim = m.claim JOIN reports s ON s.report = d.report "                    \
    "WHERE m.act = b.act) END AS known, "                                                          \
    "c.plover, c.mode, c.status, p.name AS place, p.feature, p.country, p.latitude, "              \
    "p.longitude, b.claims, b.rank" more " FROM best b CROSS JOIN claims c ON c.claim = b.claim "          \
    "CROSS JOIN reports r ON r.report = c.report "                                                 \
    "LEFT JOIN places p ON p.report = c.report AND p.place = coalesce(c.place, c.control_place) "  \
    "ORDER BY c.first NULLS LAST, last, b.act"
#define POINTS POINTS_OF("id('e', b.event)", "") " LIMIT :limit OFFSET :offset"

/* Where nothing is filtered: acts in the order of their index, without asking which. */
#define ALL_BEST                                                                                   \
    "WITH best AS MATERIALIZED (SELECT l.act, l.event, c.claim, count(*) AS claims, max(" RANK     \
    ") AS rank FROM event_claims l INDEXED BY event_claims_by_act "                                \
    "CROSS JOIN claims c ON c.claim = l.claim GROUP BY l.act) "
static const char all_points[] = ALL_BEST POINTS;
const char survey_all_acts[] = ALL_BEST POINTS_OF("b.event", ", b.act");

/* Of a report: was it published by the day asked for? All are where none is. */
#define LAST_DAY "9999-12-31"
#define KNOWN "coalesce(r.published, '" LAST_DAY "') <= :known_on"

/* What follows "WITH chosen (claim) AS (...)", or "... chosen (report) ...". */
static const char *const surveys[] = {
    [SURVEY_POINTS] =
        ", best AS MATERIALIZED (SELECT l.act, l.event, c.claim, count(*) AS claims, max(" RANK
        ") AS rank FROM (SELECT DISTINCT l.act FROM chosen k CROSS JOIN event_claims l "
        "ON l.claim = k.claim) k CROSS JOIN event_claims l ON l.act = k.act "
        "CROSS JOIN claims c ON c.claim = l.claim GROUP BY l.act)" POINTS,
    [SURVEY_DAYS] =
        ", acts (act, day) AS (SELECT l.act, min(c.first) FROM chosen k CROSS JOIN event_claims l "
        "ON l.claim = k.claim CROSS JOIN claims c ON c.claim = k.claim GROUP BY l.act) "
        "SELECT day, count(*) AS acts FROM acts WHERE day IS NOT NULL GROUP BY day ORDER BY day",
    [SURVEY_FACETS] =
        ", told AS MATERIALIZED (SELECT c.claim, c.report, c.plover, c.status, "
        "coalesce(c.place, c.control_place) AS place, r.source FROM chosen k "
        "CROSS JOIN claims c ON c.claim = k.claim CROSS JOIN reports r ON r.report = c.report) "
        "SELECT 'type' AS facet, plover AS value, count(*) AS claims FROM told "
        "WHERE plover IS NOT NULL GROUP BY plover "
        "UNION ALL SELECT 'status', status, count(*) FROM told GROUP BY status "
        "UNION ALL SELECT * FROM (SELECT 'source', source, count(*) AS claims FROM told "
        "WHERE source IS NOT NULL GROUP BY source ORDER BY claims DESC, source LIMIT 30) "
        "UNION ALL SELECT * FROM (SELECT 'place', min(p.name), count(*) AS claims FROM told k "
        "JOIN places p ON p.report = k.report AND p.place = k.place GROUP BY p.folded "
        "ORDER BY claims DESC, p.folded LIMIT 30) "
        "UNION ALL SELECT * FROM (SELECT 'actor', min(a.name), count(DISTINCT k.claim) AS claims "
        "FROM told k JOIN participants x ON x.claim = k.claim JOIN actors a "
        "ON a.report = k.report AND a.actor = x.actor GROUP BY a.folded "
        "ORDER BY claims DESC, a.folded LIMIT 30) ORDER BY 1, 3 DESC, 2",
    [SURVEY_NAMES] =
        " SELECT CAST(substr(CAST(r.text AS BLOB), m.start + 1, m.stop - m.start) AS TEXT) AS words, "
        "count(*) AS mentions, min(r.published) AS first, max(r.published) AS last "
        "FROM actors a CROSS JOIN actor_mentions m ON m.report = a.report AND m.actor = a.actor "
        "CROSS JOIN reports r ON r.report = a.report WHERE a.folded = fold(:name) "
        "AND " KNOWN " GROUP BY words ORDER BY mentions DESC, words LIMIT 40",
    [SURVEY_ENTRIES] =
        " SELECT DISTINCT a.entry, a.kind FROM actors a CROSS JOIN reports r "
        "ON r.report = a.report WHERE a.folded = fold(:name) AND " KNOWN " ORDER BY 1, 2",
    [SURVEY_MARKS] =
        ", marks (kind, start, stop, name, detail, more, claim) AS ("
        "SELECT 'block', start, stop, NULL, b.kind, NULL, NULL FROM chosen k "
        "JOIN blocks b ON b.report = k.report "
        "UNION ALL SELECT 'sentence', start, stop, NULL, iif(heading, 'heading', NULL), NULL, NULL "
        "FROM chosen k JOIN sentences s ON s.report = k.report "
        "UNION ALL SELECT 'place', start, stop, name, country, "
        "CASE WHEN latitude IS NOT NULL THEN printf('%.4f, %.4f', latitude, longitude) END, NULL "
        "FROM chosen k JOIN places p ON p.report = k.report "
        "UNION ALL SELECT 'time', start, stop, value, first, last, NULL "
        "FROM chosen k JOIN times t ON t.report = k.report "
        "UNION ALL SELECT 'actor', m.start, m.stop, a.name, a.kind, a.code, NULL FROM chosen k "
        "JOIN actor_mentions m ON m.report = k.report "
        "JOIN actors a ON a.report = m.report AND a.actor = m.actor "
        "UNION ALL SELECT 'claim', trigger_start, trigger_stop, plover, mode, status, "
        "id('c', claim) FROM chosen k JOIN claims c ON c.report = k.report "
        "UNION ALL SELECT 'speaker', x.start, x.stop, a.name, NULL, NULL, id('c', c.claim) "
        "FROM chosen k JOIN claims c ON c.report = k.report JOIN according_to x ON x.claim = c.claim "
        "LEFT JOIN actors a ON a.report = c.report AND a.actor = x.actor "
        "UNION ALL SELECT 'cue', x.cue_start, x.cue_stop, NULL, NULL, NULL, id('c', c.claim) "
        "FROM chosen k JOIN claims c ON c.report = k.report JOIN according_to x ON x.claim = c.claim "
        "UNION ALL SELECT 'count', n.start, n.stop, n.what, n.who, NULL, id('c', c.claim) "
        "FROM chosen k JOIN claims c ON c.report = k.report JOIN counts n ON n.claim = c.claim) "
        "SELECT m.kind, code_points(k.text, m.start) AS start, code_points(k.text, m.stop) AS stop, "
        "m.name, m.detail, m.more, m.claim FROM chosen k, marks m WHERE m.stop > m.start "
        "ORDER BY m.start, m.stop DESC, m.kind, m.claim",
};

/* As known on a day: of each act only the claims that were published by then. */
static const char points_known[] =
    ", best AS MATERIALIZED (SELECT l.act, l.event, c.claim, count(*) AS claims, max(" RANK
    ") AS rank FROM (SELECT DISTINCT l.act FROM chosen k CROSS JOIN event_claims l "
    "ON l.claim = k.claim) k CROSS JOIN event_claims l ON l.act = k.act "
    "CROSS JOIN claims c ON c.claim = l.claim CROSS JOIN reports r ON r.report = c.report "
    "WHERE " KNOWN " GROUP BY l.act)" POINTS;

/* PostgreSQL has DISTINCT ON instead of columns beside a max(). */
static const char points_of_postgresql[] =
    ", acts (act) AS (SELECT DISTINCT l.act FROM chosen k JOIN event_claims l "
    "ON l.claim = k.claim), "
    "told AS MATERIALIZED (SELECT DISTINCT ON (l.act) l.act, l.event, c.first, "
    "coalesce(c.last, c.first) AS last, r.published, c.plover, c.mode, c.status, p.name AS place, "
    "p.feature, p.country, p.latitude, p.longitude, count(*) OVER (PARTITION BY l.act) AS claims, "
    RANK " AS rank FROM acts k JOIN event_claims l ON l.act = k.act "
    "JOIN claims c ON c.claim = l.claim JOIN reports r ON r.report = c.report "
    "LEFT JOIN places p ON p.report = c.report AND p.place = coalesce(c.place, c.control_place) "
    "WHERE " KNOWN " ORDER BY l.act, rank DESC, c.claim) "
    "SELECT id('e', t.event) AS event, first, last, CASE claims WHEN 1 THEN published ELSE "
    "(SELECT min(s.published) FROM event_claims m JOIN claims d ON d.claim = m.claim "
    "JOIN reports s ON s.report = d.report WHERE m.act = t.act) END AS known, "
    "plover, mode, status, place, feature, country, latitude, longitude, claims, rank FROM told t "
    "ORDER BY first NULLS LAST, last, act LIMIT :limit OFFSET :offset";

/* ------------------------------------------------------------------ functions in SQL */

/* id(letter, key): as people read it. */
static void write_id(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    char text[RECORD_ID_SIZE];
    const unsigned char *letter = sqlite3_value_text(values[0]);
    if (letter == NULL || sqlite3_value_type(values[1]) == STORE_NULL)
        return;
    record_id_write((char)letter[0], sqlite3_value_int64(values[1]), text);
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

/* code_points(text, byte): the position in code points. */
static void count_code_points(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    sqlite3_int64 byte = sqlite3_value_int64(values[1]), length = sqlite3_value_bytes(values[0]);
    if (text != NULL && byte >= 0 && byte <= length)
        sqlite3_result_int64(context, (sqlite3_int64)utf8_count(text, (size_t)byte));
}

static void add_functions(struct record *record)
{
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    if (record->database->sqlite == NULL) /* its schema has them */
        return;
    sqlite3_create_function(record->database->sqlite, "id", 2, flags, NULL, write_id, NULL, NULL);
    sqlite3_create_function(record->database->sqlite, "code_points", 2, flags, NULL,
                            count_code_points, NULL, NULL);
}

/* ------------------------------------------------------------------ the statement */

static bool is_of_name(enum record_survey survey)
{
    return survey == SURVEY_NAMES || survey == SURVEY_ENTRIES;
}

/* What is chosen: claims by every filter, a report by its id, nothing where a name is asked about. */
static void add_chosen(struct buffer *sql, enum record_survey survey, struct filters *filters)
{
    if (is_of_name(survey))
        return;
    buffer_add_string(sql, "WITH chosen ");
    if (survey == SURVEY_MARKS) {
        buffer_add_string(sql, "(report, text) AS (SELECT r.report, r.text FROM reports r");
        filters_add(filters, FILTER_REPORTS, " WHERE ", sql);
    } else {
        buffer_add_string(sql, "(claim) AS MATERIALIZED (");
        filters_claims(filters, sql);
    }
    buffer_add_byte(sql, ')');
}

static void bind(struct store_statement *statement, const struct filters *filters,
                 const annals_query *query)
{
    uint64_t most = INT64_MAX;
    filters_bind(filters, statement);
    int limit = store_parameter(statement, ":limit");
    int offset = store_parameter(statement, ":offset");
    int name = store_parameter(statement, ":name");
    if (limit > 0)
        store_bind_int64(statement, limit,
                         query->limit == 0 || query->limit > most ? -1 : (int64_t)query->limit);
    if (offset > 0)
        store_bind_int64(statement, offset, (int64_t)(query->offset > most ? most : query->offset));
    int known = store_parameter(statement, ":known_on");
    if (name > 0)
        store_bind_lasting_text(statement, name, query->actor);
    if (known > 0)
        store_bind_lasting_text(statement, known, query->as_of != NULL ? query->as_of : LAST_DAY);
}

static annals_status send(struct record *record, enum record_survey survey,
                          struct filters *filters, const annals_query *query,
                          const struct record_table *table, annals_error *error)
{
    struct buffer sql;
    struct store_statement *statement = NULL;
    buffer_init(&sql);
    bool elsewhere = record->database->sqlite == NULL && survey == SURVEY_POINTS;
    bool all = !elsewhere && survey == SURVEY_POINTS && !filters_any(filters);
    bool known = survey == SURVEY_POINTS && query->as_of != NULL;
    if (!all)
        add_chosen(&sql, survey, filters);
    buffer_add_string(&sql, all         ? all_points
                            : elsewhere ? points_of_postgresql
                            : known     ? points_known
                                        : surveys[survey]);
    int code = sql.failed ? STORE_NOMEM : store_prepare(record->database, sql.bytes, &statement);
    buffer_release(&sql);
    annals_status status = ANNALS_OK;
    if (code != STORE_OK)
        status = record_fail(record, "cannot read", error);
    else
        bind(statement, filters, query);
    if (status == ANNALS_OK)
        status = table_send(record, statement, table, NULL, error);
    store_finalize(statement);
    return status;
}

annals_status record_survey(struct record *record, enum record_survey survey,
                            const annals_query *query, const struct record_table *table,
                            annals_error *error)
{
    struct filters filters;
    const annals_query clock = {.as_of = query->as_of};
    if (is_of_name(survey) && query->actor == NULL)
        return error_set(error, ANNALS_WRONG_USE, "whose names? an actor is needed");
    if (survey == SURVEY_MARKS && query->id == NULL)
        return error_set(error, ANNALS_WRONG_USE, "the marks of which report? an id is needed");
    add_functions(record);
    annals_status status = filters_open(&filters, record, is_of_name(survey) ? &clock : query,
                                        survey == SURVEY_MARKS ? "r" : "c", error);
    bool done = false;
    /* The columns have what all claims of an act tell, and not what some of them did. */
    bool known = survey == SURVEY_POINTS && query->as_of != NULL;
    if (status == ANNALS_OK && record->columns != NULL && !known)
        status = columns_survey(record->columns, survey, &filters, query, table, &done, error);
    if (status == ANNALS_OK && !done)
        status = send(record, survey, &filters, query, table, error);
    filters_release(&filters);
    return status;
}
