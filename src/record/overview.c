/* The record seen from afar: one statement an overview, its filters those of the listings.
 *
 * Each statement begins with the claims (or the reports) that pass the filters of the query, called
 * `chosen`, and goes on with what is asked of them. An act is shown by the claim of it that tells
 * most, ranked as rows.c ranks them; SQLite takes the columns beside a max() from its row. */
#include "record/overview.h"

#include "bytes/utf8.h"
#include "record/queries.h"

#include <math.h>

enum { CELLS = 24 };

/* How much a claim tells: see `tells` in rows.c. */
#define RANK                                                                                       \
    "(c.control IS NOT NULL OR c.plover IN ('ASSAULT', 'PROTEST')) * 16 + "                        \
    "EXISTS (SELECT 1 FROM participants x WHERE x.claim = c.claim AND x.role = 'agent') * 4 + "    \
    "EXISTS (SELECT 1 FROM participants x WHERE x.claim = c.claim AND x.role = 'patient') * 4 + "  \
    "EXISTS (SELECT 1 FROM counts n WHERE n.claim = c.claim AND n.what IN ('killed', 'wounded')) " \
    "* 32 + (c.place IS NOT NULL) * 2 + (c.first IS NOT NULL)"

#define CHOSEN_CLAIMS                                                                              \
    "WITH chosen AS MATERIALIZED (SELECT c.claim, c.report, c.plover, c.mode, c.status, c.first, " \
    "c.last, coalesce(c.place, c.control_place) AS place, r.source, r.published "                  \
    "FROM claims c JOIN reports r ON r.report = c.report"

static const struct statement_text {
    enum record_subject subject;
    const char *letters; /* of the ids that the query may name */
    const char *head, *tail;
} overviews[] = {
    [OVERVIEW_POINTS] =
        {OF_CLAIMS, "ec",
         "WITH chosen (act) AS (SELECT DISTINCT l.act FROM event_claims l "
         "JOIN claims c ON c.claim = l.claim JOIN reports r ON r.report = c.report",
         ") SELECT id('e', l.event) AS event, c.first, coalesce(c.last, c.first) AS last, "
         "CASE count(*) WHEN 1 THEN r.published ELSE (SELECT min(s.published) FROM event_claims m "
         "JOIN claims d ON d.claim = m.claim JOIN reports s ON s.report = d.report "
         "WHERE m.act = l.act) END AS known, "
         "c.plover, c.mode, c.status, p.name AS place, p.feature, p.country, p.latitude, p.longitude, "
         "count(*) AS claims, max(" RANK ") AS rank FROM chosen k "
         "JOIN event_claims l ON l.act = k.act JOIN claims c ON c.claim = l.claim "
         "JOIN reports r ON r.report = c.report "
         "LEFT JOIN places p ON p.report = c.report AND p.place = coalesce(c.place, c.control_place) "
         "GROUP BY l.act ORDER BY c.first IS NULL, c.first, last, l.act LIMIT ?13"},
    [OVERVIEW_DAYS] =
        {OF_CLAIMS, "ec",
         "WITH chosen AS (SELECT l.act, min(c.first) AS day FROM event_claims l "
         "JOIN claims c ON c.claim = l.claim JOIN reports r ON r.report = c.report",
         " GROUP BY l.act) SELECT day, count(*) AS acts FROM chosen WHERE day IS NOT NULL "
         "GROUP BY day ORDER BY day"},
    [OVERVIEW_FACETS] =
        {OF_CLAIMS, "c", CHOSEN_CLAIMS,
         ") SELECT 'type' AS facet, plover AS value, count(*) AS claims FROM chosen "
         "WHERE plover IS NOT NULL GROUP BY plover "
         "UNION ALL SELECT 'status', status, count(*) FROM chosen GROUP BY status "
         "UNION ALL SELECT * FROM (SELECT 'source', source, count(*) AS claims FROM chosen "
         "WHERE source IS NOT NULL GROUP BY source ORDER BY claims DESC, source LIMIT 30) "
         "UNION ALL SELECT * FROM (SELECT 'place', p.name, count(*) AS claims FROM chosen k "
         "JOIN places p ON p.report = k.report AND p.place = k.place GROUP BY p.folded "
         "ORDER BY claims DESC, p.folded LIMIT 30) "
         "UNION ALL SELECT * FROM (SELECT 'actor', a.name, count(DISTINCT k.claim) AS claims "
         "FROM chosen k JOIN participants x ON x.claim = k.claim JOIN actors a "
         "ON a.report = k.report AND a.actor = x.actor GROUP BY a.folded "
         "ORDER BY claims DESC, a.folded LIMIT 30) ORDER BY 1, 3 DESC, 2"},
    [OVERVIEW_PLACES] =
        {OF_CLAIMS, "c", CHOSEN_CLAIMS,
         ") SELECT p.name, p.geonameid, p.country, p.admin1, p.latitude, p.longitude, "
         "count(*) AS claims, min(k.first) AS first, max(k.last) AS last FROM chosen k "
         "JOIN places p ON p.report = k.report AND p.place = k.place "
         "GROUP BY coalesce(p.geonameid, p.folded) ORDER BY claims DESC, p.folded LIMIT ?13"},
    [OVERVIEW_ACTORS] =
        {OF_CLAIMS, "c", CHOSEN_CLAIMS,
         "), parts AS (SELECT k.claim, k.report, k.first, k.last, x.actor, x.role FROM chosen k "
         "JOIN participants x ON x.claim = k.claim WHERE x.role <> 'instrument' UNION ALL "
         "SELECT k.claim, k.report, k.first, k.last, x.actor, 'speaker' FROM chosen k "
         "JOIN according_to x ON x.claim = k.claim) SELECT a.name, a.kind, a.type, a.code, "
         "count(DISTINCT p.claim) AS claims, sum(p.role = 'agent') AS acts, "
         "sum(p.role = 'patient') AS suffers, sum(p.role = 'speaker') AS speaks, "
         "min(p.first) AS first, max(p.last) AS last FROM parts p "
         "JOIN actors a ON a.report = p.report AND a.actor = p.actor "
         "GROUP BY a.folded ORDER BY claims DESC, a.folded LIMIT ?13"},
    [OVERVIEW_RELATIONS] =
        {OF_CLAIMS, "c", CHOSEN_CLAIMS,
         ") SELECT substr(k.first, 1, 7) AS month, a.name AS agent, b.name AS patient, k.plover, "
         "count(DISTINCT k.claim) AS claims FROM chosen k "
         "JOIN participants x ON x.claim = k.claim AND x.role = 'agent' "
         "JOIN participants y ON y.claim = k.claim AND y.role = 'patient' "
         "JOIN actors a ON a.report = k.report AND a.actor = x.actor "
         "JOIN actors b ON b.report = k.report AND b.actor = y.actor WHERE a.folded <> b.folded "
         "GROUP BY month, a.folded, b.folded, k.plover "
         "ORDER BY claims DESC, month, a.folded, b.folded LIMIT ?13"},
    [OVERVIEW_ALIASES] =
        {OF_REPORTS, "r",
         "SELECT CAST(substr(CAST(r.text AS BLOB), m.start + 1, m.stop - m.start) AS TEXT) AS words, "
         "count(*) AS mentions, min(r.published) AS first, max(r.published) AS last "
         "FROM reports r JOIN actors a ON a.report = r.report "
         "JOIN actor_mentions m ON m.report = a.report AND m.actor = a.actor",
         " AND a.folded = fold(?8) GROUP BY words ORDER BY mentions DESC, words LIMIT 40"},
    [OVERVIEW_MARKS] =
        {OF_REPORTS, "r", "WITH chosen AS (SELECT r.report, r.text FROM reports r",
         "), marks (kind, start, stop, name, detail, more, claim) AS ("
         "SELECT 'block', start, stop, NULL, b.kind, NULL, NULL FROM chosen k "
         "JOIN blocks b ON b.report = k.report "
         "UNION ALL SELECT 'sentence', start, stop, NULL, iif(heading, 'heading', NULL), NULL, NULL "
         "FROM chosen k JOIN sentences s ON s.report = k.report "
         "UNION ALL SELECT 'place', start, stop, name, country, "
         "CASE WHEN latitude IS NOT NULL THEN format('%.4f, %.4f', latitude, longitude) END, NULL "
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
         "ORDER BY m.start, m.stop DESC, m.kind, m.claim"},
};

/* ------------------------------------------------------------------ functions in SQL */

/* id(letter, key): as people read it. */
static void write_id(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    char text[RECORD_ID_SIZE];
    const unsigned char *letter = sqlite3_value_text(values[0]);
    if (letter == NULL || sqlite3_value_type(values[1]) == SQLITE_NULL)
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
    sqlite3_create_function(record->database, "id", 2, flags, NULL, write_id, NULL, NULL);
    sqlite3_create_function(record->database, "code_points", 2, flags, NULL, count_code_points, NULL,
                            NULL);
}

/* ------------------------------------------------------------------ rows */

struct rows {
    record_cells_visitor visit;
    void *context;
};

static annals_status visit_row(void *context, sqlite3_stmt *row, annals_error *error)
{
    struct rows *rows = context;
    struct record_cell cells[CELLS];
    int count = sqlite3_column_count(row);
    (void)error;
    count = count > CELLS ? CELLS : count;
    for (int i = 0; i < count; i++) {
        int type = sqlite3_column_type(row, i);
        cells[i] = (struct record_cell){
            sqlite3_column_name(row, i),
            type == SQLITE_TEXT ? (const char *)sqlite3_column_text(row, i) : NULL,
            type == SQLITE_INTEGER || type == SQLITE_FLOAT ? sqlite3_column_double(row, i) : NAN};
    }
    return rows->visit(rows->context, cells, (uint32_t)count);
}

annals_status record_overview(struct record *record, enum record_overview overview,
                              const annals_query *query, record_cells_visitor visit, void *context,
                              annals_error *error)
{
    struct rows rows = {visit, context};
    const struct statement_text *text = &overviews[overview];
    if (overview == OVERVIEW_ALIASES && query->actor == NULL)
        return error_set(error, ANNALS_WRONG_USE, "whose names? an actor is needed");
    if (overview == OVERVIEW_MARKS && query->id == NULL)
        return error_set(error, ANNALS_WRONG_USE, "the marks of which report? an id is needed");
    add_functions(record);
    return record_select(record, query, text->letters, text->subject, text->head, text->tail,
                         visit_row, &rows, error);
}
