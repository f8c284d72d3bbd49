/* Overviews made by SQL over the claims that pass the filters: actors, places, relations between
 * actors, and counts by day, place, type and so on.
 *
 * An actor or place of the world is one row, whatever the reports call it (its identity, 006.sql);
 * of several names the commonest stands. A claim whose days do not lie in one day, week, month or
 * year is counted as not known there, never under its first day. Leaves out weights: a claim counts
 * as one, however sure it is. */
#include "record/filters.h"
#include "record/rows.h"
#include "record/tables.h"

#include <math.h>
#include <string.h>

/* Parts of a statement that :limit and :offset end; what is chosen stands in `chosen (key)`. */
#define TAIL " LIMIT :limit OFFSET :offset"

/* ------------------------------------------------------------------ actors */

#define ACTOR_PART(role, table, number, condition)                                                 \
    "SELECT a.identity, a.name, a.kind, a.type, a.code, a.country, c.claim, " role " AS role, "    \
    "c.first, coalesce(c.last, c.first) AS last FROM chosen k CROSS JOIN claims c "                \
    "ON c.claim = k.key " table " CROSS JOIN actors a ON a.report = c.report AND "                 \
    "a.actor = " number " WHERE " condition " "

#define ACTING                                                                                     \
    ACTOR_PART("x.role", "CROSS JOIN participants x ON x.claim = c.claim", "x.actor", "%1$s")
#define SPEAKING                                                                                   \
    ACTOR_PART("'speaker'", "CROSS JOIN according_to x ON x.claim = c.claim", "x.actor", "%1$s")
#define HOLDING ACTOR_PART("'holder'", "", "c.control_holder", "%1$s")

static const char actors_sql[] =
    ", part AS MATERIALIZED (" ACTING "UNION ALL " SPEAKING "UNION ALL " HOLDING "), "
    "top AS MATERIALIZED (SELECT identity, count(DISTINCT claim) AS claims, "
    "count(DISTINCT CASE role WHEN 'agent' THEN claim END) AS agent, "
    "count(DISTINCT CASE role WHEN 'patient' THEN claim END) AS patient, "
    "count(DISTINCT CASE role WHEN 'speaker' THEN claim END) AS speaker, "
    "min(first) AS first, max(last) AS last FROM part GROUP BY identity "
    "ORDER BY claims DESC, identity" TAIL "), "
    "faces AS (SELECT identity, name, kind, type, code, country, count(*) AS n FROM part "
    "WHERE identity IN (SELECT identity FROM top) GROUP BY 1, 2, 3, 4, 5, 6), "
    "best AS MATERIALIZED (SELECT *, row_number() OVER (PARTITION BY identity ORDER BY n DESC, "
    "name, kind, type, code, country) AS rank FROM faces), "
    "others AS MATERIALIZED (SELECT identity, group_concat(name, '; ') AS names FROM "
    "(SELECT DISTINCT f.identity, f.name FROM best f WHERE fold(f.name) <> "
    "(SELECT fold(b.name) FROM best b WHERE b.identity = f.identity AND b.rank = 1) "
    "ORDER BY 1, 2) GROUP BY identity) "
    "SELECT b.name, b.kind AS '.kind', b.type, b.code AS '.code', b.country, s.claims, s.agent, "
    "s.patient, s.speaker, s.first, s.last, o.names AS also_called, s.identity AS '.actor' "
    "FROM top s JOIN best b ON b.identity = s.identity AND b.rank = 1 "
    "LEFT JOIN others o ON o.identity = s.identity ORDER BY s.claims DESC, s.identity";

/* ------------------------------------------------------------------ places */

static const char places_sql[] =
    ", part AS MATERIALIZED (SELECT p.identity, p.name, p.feature, p.admin1, p.country, "
    "p.geonameid, p.latitude, p.longitude, c.claim, c.first, coalesce(c.last, c.first) AS last "
    "FROM chosen k CROSS JOIN claims c ON c.claim = k.key CROSS JOIN places p "
    "ON p.report = c.report AND p.place IN (c.place, c.control_place) WHERE %1$s), "
    "top AS MATERIALIZED (SELECT identity, count(DISTINCT part.claim) AS claims, "
    "count(DISTINCT l.event) AS events, min(first) AS first, max(last) AS last FROM part "
    "LEFT JOIN event_claims l ON l.claim = part.claim GROUP BY identity "
    "ORDER BY claims DESC, identity" TAIL "), "
    "faces AS (SELECT identity, name, feature, admin1, country, geonameid, latitude, longitude, "
    "count(*) AS n FROM part WHERE identity IN (SELECT identity FROM top) "
    "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8), "
    "best AS MATERIALIZED (SELECT *, row_number() OVER (PARTITION BY identity ORDER BY n DESC, "
    "name, feature, admin1, country) AS rank FROM faces) "
    "SELECT b.name AS place, CASE WHEN b.feature GLOB 'PCL*' THEN 'country' "
    "WHEN b.feature = 'ADM1' THEN 'province' WHEN b.feature GLOB 'ADM*' THEN 'district' "
    "WHEN b.feature GLOB 'PPL*' THEN 'town' WHEN b.feature IN ('RGN', 'CONT') THEN 'region' "
    "WHEN b.feature IS NOT NULL THEN 'other' END AS kind, b.admin1, b.country, b.latitude "
    "AS '.latitude', b.longitude AS '.longitude', s.claims, s.events, s.first, s.last, b.feature "
    "AS '.feature', "
    "nullif(b.geonameid, 0) AS '.geonameid' FROM top s JOIN best b ON b.identity = s.identity "
    "AND b.rank = 1 ORDER BY s.claims DESC, s.identity";

/* ------------------------------------------------------------------ periods */

/* "%1$s" and "%2$s": first and last day; NULL where they lie in different periods. A week is named
 * after the year of its Thursday (ISO 8601). */
#define THURSDAY(day)    "date(" day ", '-3 days', 'weekday 4')"
#define WEEK_NUMBER(day) "(CAST(strftime('%%j', " THURSDAY(day) ") AS INTEGER) + 6) / 7"

static const struct period {
    const char *name, *sql;
} periods[] = {
    {"day", "CASE WHEN %1$s = %2$s THEN %1$s END"},
    {"week", "CASE WHEN " THURSDAY("%1$s") " = " THURSDAY("%2$s") " THEN strftime('%%Y', " THURSDAY(
                 "%1$s") ")"
                         " || printf('-W%%02d', " WEEK_NUMBER("%1$s") ") END"},
    {"month", "CASE WHEN substr(%1$s, 1, 7) = substr(%2$s, 1, 7) THEN substr(%1$s, 1, 7) END"},
    {"year", "CASE WHEN substr(%1$s, 1, 4) = substr(%2$s, 1, 4) THEN substr(%1$s, 1, 4) END"},
};

static const char *period_sql(const char *name)
{
    for (size_t i = 0; name != NULL && i < sizeof periods / sizeof periods[0]; i++)
        if (strcmp(periods[i].name, name) == 0)
            return periods[i].sql;
    return NULL;
}

/* The format strings are those of the table above. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void add_format(struct buffer *sql, const char *format, const char *first,
                       const char *second)
{
    char text[6000];
    int length = snprintf(text, sizeof text, format, first, second);
    if (length < 0 || (size_t)length >= sizeof text)
        sql->failed = true;
    else
        buffer_add(sql, text, (size_t)length);
}
#pragma GCC diagnostic pop

/* ------------------------------------------------------------------ relations */

/* What each type of PLOVER is between two actors, and its quad class. */
static const char relation_kinds[] = ", relation_kinds (plover, does, quad, mutual) AS (VALUES "
                                     "('AGREE', 'agrees with', 'verbal cooperation', 1), "
                                     "('CONSULT', 'talks with', 'verbal cooperation', 1), "
                                     "('SUPPORT', 'supports', 'verbal cooperation', 0), "
                                     "('CONCEDE', 'gives way to', 'verbal cooperation', 0), "
                                     "('COOPERATE', 'works with', 'material cooperation', 1), "
                                     "('AID', 'supplies', 'material cooperation', 0), "
                                     "('RETREAT', 'withdraws before', 'material cooperation', 0), "
                                     "('REQUEST', 'demands of', 'verbal conflict', 0), "
                                     "('ACCUSE', 'accuses', 'verbal conflict', 0), "
                                     "('REJECT', 'refuses', 'verbal conflict', 0), "
                                     "('THREATEN', 'threatens', 'verbal conflict', 0), "
                                     "('PROTEST', 'protests against', 'material conflict', 0), "
                                     "('SANCTION', 'punishes', 'material conflict', 0), "
                                     "('MOBILIZE', 'arms against', 'material conflict', 0), "
                                     "('COERCE', 'coerces', 'material conflict', 0), "
                                     "('ASSAULT', 'attacks', 'material conflict', 0))";

/* Agent and patient of one claim; where the relation is mutual the pair has one order. */
#define TURNED "q.mutual = 1 AND a.identity > b.identity"
static const char pairs_sql[] =
    ", pairs AS MATERIALIZED (SELECT CASE WHEN " TURNED " THEN b.identity ELSE a.identity END "
    "AS one, CASE WHEN " TURNED " THEN a.identity ELSE b.identity END AS other, "
    "CASE WHEN " TURNED " THEN b.name ELSE a.name END AS one_name, "
    "CASE WHEN " TURNED " THEN a.name ELSE b.name END AS other_name, "
    "q.plover, c.claim, c.report, c.first, coalesce(c.last, c.first) AS last, %1$s AS period "
    "FROM chosen k CROSS JOIN claims c ON c.claim = k.key "
    "CROSS JOIN relation_kinds q ON q.plover = c.plover "
    "CROSS JOIN participants x ON x.claim = c.claim AND x.role = 'agent' "
    "CROSS JOIN actors a ON a.report = c.report AND a.actor = x.actor "
    "CROSS JOIN participants y ON y.claim = c.claim AND y.role = 'patient' "
    "CROSS JOIN actors b ON b.report = c.report AND b.actor = y.actor "
    "WHERE a.identity <> b.identity%2$s), "
    "top AS MATERIALIZED (SELECT period, one, plover, other, count(DISTINCT pairs.claim) AS "
    "claims, "
    "count(DISTINCT l.event) AS events, count(DISTINCT report) AS reports, min(first) AS first, "
    "max(last) AS last FROM pairs LEFT JOIN event_claims l ON l.claim = pairs.claim "
    "GROUP BY period, one, plover, other ORDER BY period NULLS LAST, claims DESC, one, plover, "
    "other" TAIL "), "
    "faces AS (SELECT one AS identity, one_name AS name FROM pairs WHERE one IN (SELECT one FROM "
    "top "
    "UNION SELECT other FROM top) UNION ALL SELECT other, other_name FROM pairs WHERE other IN "
    "(SELECT one FROM top UNION SELECT other FROM top)), "
    "called AS MATERIALIZED (SELECT identity, name FROM (SELECT identity, name, row_number() OVER "
    "(PARTITION BY identity ORDER BY count(*) DESC, name) AS rank FROM faces "
    "GROUP BY identity, name) WHERE rank = 1) ";

/* What was only planned, denied and the like is no relation, unless it is asked for by --status. */
#define SAID_TO_BE " AND c.status IN ('asserted', 'claimed', 'alleged', 'disputed')"
#define OF_ACTOR                                                                                   \
    " AND (a.identity IN (SELECT value FROM json_each(:actor)) OR "                                \
    "b.identity IN (SELECT value FROM json_each(:actor)))"

static void add_relations(struct buffer *sql, const struct filters *filters,
                          const annals_query *query)
{
    char period[600] = "NULL", conditions[300];
    struct buffer one;
    buffer_init(&one);
    if (query->group_by != NULL) {
        add_format(&one, period_sql(query->group_by), "c.first", "coalesce(c.last, c.first)");
        snprintf(period, sizeof period, "%s", one.failed ? "NULL" : one.bytes);
    }
    buffer_release(&one);
    snprintf(conditions, sizeof conditions, "%s%s",
             filters->values[FILTER_STATUS] == NULL ? SAID_TO_BE : "",
             filters->values[FILTER_ACTOR] != NULL ? OF_ACTOR : "");
    buffer_add_string(sql, relation_kinds);
    add_format(sql, pairs_sql, period, conditions);
    buffer_add_string(sql, "SELECT ");
    if (query->group_by != NULL)
        buffer_print(sql, "period AS '%s', ", query->group_by);
    buffer_add_string(
        sql, "m.name AS who, q.does, n.name AS whom, claims, events, reports, first, last, "
             "q.quad AS '.quad', top.plover AS '.plover', one AS '.who_actor', "
             "other AS '.whom_actor' FROM top JOIN relation_kinds q "
             "ON q.plover = top.plover JOIN called m ON m.identity = one "
             "JOIN called n ON n.identity = other ORDER BY period NULLS LAST, claims DESC, "
             "one, top.plover, other");
}

/* ------------------------------------------------------------------ counts by group */

/* What a row of each list lends to a group: its days and where it happened, and the joins that find
 * its claims c, reports r and events. */
static const struct counted {
    const char *first, *last, *place, *joins, *sums;
} counted[] = {
    [FILTER_REPORTS] = {"r.published", "r.published", "p.report = r.report",
                        " CROSS JOIN reports r ON r.report = k.key LEFT JOIN claims c "
                        "ON c.report = r.report",
                        "count(DISTINCT r.report) AS reports, count(DISTINCT c.claim) AS claims"},
    [FILTER_CLAIMS] = {"c.first", "coalesce(c.last, c.first)",
                       "p.report = c.report AND p.place = c.place",
                       " CROSS JOIN claims c ON c.claim = k.key CROSS JOIN reports r "
                       "ON r.report = c.report LEFT JOIN event_claims l ON l.claim = c.claim",
                       "count(DISTINCT c.claim) AS claims, count(DISTINCT l.event) AS events, "
                       "count(DISTINCT r.report) AS reports"},
    [FILTER_EVENTS] = {"v.first", "coalesce(v.last, v.first)",
                       "p.report = v.place_report AND p.place = v.place",
                       " CROSS JOIN events v ON v.event = k.key CROSS JOIN event_claims l "
                       "ON l.event = v.event CROSS JOIN claims c ON c.claim = l.claim "
                       "CROSS JOIN reports r ON r.report = c.report",
                       "count(DISTINCT v.event) AS events, count(DISTINCT c.claim) AS claims, "
                       "count(DISTINCT r.report) AS reports"},
};

/* Groups that are no periods: the key, and the name that people see. */
static const struct group {
    const char *name, *key, *label;
    enum { NEEDS_NOTHING, NEEDS_PLACE, NEEDS_ACTOR } needs;
} groups[] = {
    {"place", "p.identity", "p.name || coalesce(', ' || p.country, '')", NEEDS_PLACE},
    {"admin1", "p.country || '/' || p.admin1", "p.admin1 || ', ' || p.country", NEEDS_PLACE},
    {"country", "p.country", "p.country", NEEDS_PLACE},
    {"actor", "a.identity", "a.name", NEEDS_ACTOR},
    {"type", "%1$s", "%1$s", NEEDS_NOTHING},
    {"source", "r.source", "r.source", NEEDS_NOTHING},
    {"status", "c.status", "c.status", NEEDS_NOTHING},
};

static const struct group *find_group(const char *name)
{
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (strcmp(groups[i].name, name) == 0)
            return &groups[i];
    return NULL;
}

static void add_joined(struct buffer *sql, const struct group *group, enum filter_subject subject)
{
    if (group->needs == NEEDS_PLACE)
        buffer_print(sql, " LEFT JOIN places p ON %s", counted[subject].place);
    else if (group->needs == NEEDS_ACTOR && subject == FILTER_REPORTS)
        buffer_add_string(sql, " LEFT JOIN actors a ON a.report = r.report");
    else if (group->needs == NEEDS_ACTOR)
        buffer_add_string(sql, " LEFT JOIN participants x ON x.claim = c.claim AND "
                               "x.actor IS NOT NULL LEFT JOIN actors a ON a.report = c.report AND "
                               "a.actor = x.actor");
}

/* Killed and wounded can be added where each event is in one group: not by actor, source, status.
 * The figures are those of `annals events`; an event's own first claim stands for it once. */
#define SUM_OF(what, part, name)                                                                   \
    ", sum(CASE WHEN c.claim = v.event THEN event_figure(v.event, '" what "', '" part "') END) "   \
    "AS '" name "'"
static const char sums_sql[] =
    SUM_OF("killed", "best", "killed") SUM_OF("wounded", "best", "wounded")
        SUM_OF("killed", "low", ".killed_low") SUM_OF("killed", "high", ".killed_high")
            SUM_OF("wounded", "low", ".wounded_low") SUM_OF("wounded", "high", ".wounded_high");

/* A store that cannot call us is told the figures: `told` has an array of them for each event. */
#define TOLD_OF(column, name)                                                                      \
    ", sum(CASE WHEN c.claim = v.event THEN f." column " END) AS '" name "'"
static const char told_sums_sql[] =
    TOLD_OF("killed_best", "killed") TOLD_OF("wounded_best", "wounded")
        TOLD_OF("killed_low", ".killed_low") TOLD_OF("killed_high", ".killed_high")
            TOLD_OF("wounded_low", ".wounded_low") TOLD_OF("wounded_high", ".wounded_high");
#define NUMBER_AT(place, name) "CAST(value::JSON->>" place " AS INTEGER) AS " name
static const char told_sql[] = ", told AS MATERIALIZED (SELECT " NUMBER_AT("0", "event, ")
    NUMBER_AT("1", "killed_low, ") NUMBER_AT("2", "killed_best, ") NUMBER_AT("3", "killed_high, ")
        NUMBER_AT("4", "wounded_low, ") NUMBER_AT("5", "wounded_best, ")
            NUMBER_AT("6", "wounded_high ") "FROM json_each(:told))";
static const char told_join[] = " LEFT JOIN told f ON f.event = v.event";

/* By day, week, month or year: in their order. By anything else: the greatest first. */
static void add_groups(struct buffer *sql, enum filter_subject subject, const annals_query *query,
                       bool with_sums, bool told)
{
    const struct counted *of = &counted[subject];
    const char *sums = !with_sums ? "" : told ? told_sums_sql : sums_sql;
    const char *told_of = with_sums && told ? told_join : "";
    const char *period = period_sql(query->group_by);
    if (period != NULL) {
        buffer_add_string(sql, " SELECT ");
        add_format(sql, period, of->first, of->last);
        buffer_print(sql, " AS '%s', %s%s FROM chosen k%s%s GROUP BY 1 ORDER BY 1 NULLS LAST" TAIL,
                     query->group_by, of->sums, sums, of->joins, told_of);
        return;
    }
    const struct group *group = find_group(query->group_by);
    const char *type = subject == FILTER_EVENTS ? "v.plover" : "c.plover";
    buffer_add_string(sql, " SELECT min(");
    add_format(sql, group->label, type, "");
    buffer_print(sql, ") AS '%s', %s%s FROM chosen k%s%s", group->name, of->sums, sums, of->joins,
                 told_of);
    add_joined(sql, group, subject);
    buffer_add_string(sql, " GROUP BY ");
    add_format(sql, group->key, type, "");
    buffer_add_string(sql, " ORDER BY min(");
    add_format(sql, group->label, type, "");
    /* Of two that are called the same, the key decides. */
    buffer_add_string(sql, ") IS NULL, 2 DESC, 1, ");
    add_format(sql, group->key, type, "");
    buffer_add_string(sql, TAIL);
}

/* ------------------------------------------------------------------ figures of events */

/* The figures of the event that was asked for last: six sums ask for each in turn. */
struct last_event {
    struct record *record;
    struct arena arena;
    int64_t key;
    bool known;
    struct record_figure killed, wounded;
};

/* event_figure(event, 'killed' or 'wounded', 'low', 'best' or 'high'); NULL where nobody counts. */
static void event_figure(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    struct last_event *last = sqlite3_user_data(context);
    int64_t key = sqlite3_value_int64(values[0]);
    if (!last->known || last->key != key) {
        struct record_event event;
        annals_status status = row_load_event(last->record, key, &last->arena, &event, NULL);
        last->known = status == ANNALS_OK && !last->arena.failed && event.claim_count > 0;
        if (last->known) {
            last->key = key;
            last->killed = event.killed;
            last->wounded = event.wounded;
        }
        arena_reset(&last->arena);
        if (!last->known) {
            sqlite3_result_error(context, "the figures of an event cannot be read", -1);
            return;
        }
    }
    const char *what = (const char *)sqlite3_value_text(values[1]);
    const char *part = (const char *)sqlite3_value_text(values[2]);
    struct record_figure figure = strcmp(what, "killed") == 0 ? last->killed : last->wounded;
    double value = strcmp(part, "low") == 0    ? figure.low
                   : strcmp(part, "best") == 0 ? figure.best
                                               : figure.high;
    if (!isnan(value) && !isinf(value))
        sqlite3_result_int64(context, (int64_t)value);
}

static void add_number(struct buffer *list, double number)
{
    if (isnan(number) || isinf(number))
        buffer_add_string(list, ",null");
    else
        buffer_print(list, ",%lld", (long long)number);
}

/* The figures of every event that the filters let through: [[event, killed low, best, high, wounded
 * low, best, high], ...]. */
static annals_status list_figures(struct record *record, struct filters *filters,
                                  struct buffer *list, annals_error *error)
{
    struct buffer sql;
    struct arena arena;
    struct store_statement *row = NULL;
    annals_status status = ANNALS_OK;
    buffer_init(&sql);
    arena_init(&arena);
    filters_keys(filters, FILTER_EVENTS, &sql);
    int code = sql.failed ? STORE_NOMEM : store_prepare(record->database, sql.bytes, &row);
    if (code == STORE_OK)
        filters_bind(filters, row);
    buffer_add_byte(list, '[');
    while (code == STORE_OK && status == ANNALS_OK && (code = store_step(row)) == STORE_ROW) {
        struct record_event event;
        int64_t key = store_int64(row, 0);
        status = row_load_event(record, key, &arena, &event, error);
        if (status == ANNALS_OK && event.claim_count > 0) {
            const double numbers[] = {event.killed.low,  event.killed.best,  event.killed.high,
                                      event.wounded.low, event.wounded.best, event.wounded.high};
            buffer_print(list, "%s[%lld", list->length > 1 ? "," : "", (long long)key);
            for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
                add_number(list, numbers[i]);
            buffer_add_byte(list, ']');
        }
        arena_reset(&arena);
        code = STORE_OK;
    }
    buffer_add_byte(list, ']');
    if (status == ANNALS_OK && code != STORE_DONE)
        status = record_fail(record, "cannot read", error);
    store_finalize(row);
    arena_release(&arena);
    buffer_release(&sql);
    return status;
}

/* Each event is loaded for its figures, which takes too long where they are very many. */
enum { EVENTS_SUMMED = 20000 };

static bool can_sum(struct filters *filters, const annals_query *query)
{
    const struct group *group = query->group_by != NULL ? find_group(query->group_by) : NULL;
    struct buffer sql;
    struct store_statement *row = NULL;
    bool few = false;
    if (query->view != ANNALS_EVENTS ||
        (group != NULL && group->needs != NEEDS_PLACE && strcmp(group->name, "type") != 0))
        return false;
    buffer_init(&sql);
    buffer_add_string(&sql, "SELECT count(*) FROM (");
    filters_keys(filters, FILTER_EVENTS, &sql);
    buffer_print(&sql, " LIMIT %d)", EVENTS_SUMMED + 1);
    if (!sql.failed && store_prepare(filters->record->database, sql.bytes, &row) == STORE_OK) {
        filters_bind(filters, row);
        few = store_step(row) == STORE_ROW && store_int(row, 0) <= EVENTS_SUMMED;
    }
    store_finalize(row);
    buffer_release(&sql);
    if (!few)
        filters_note(query,
                     "group-by: killed and wounded are not added up over more than %d events",
                     EVENTS_SUMMED);
    return few;
}

/* ------------------------------------------------------------------ the choice */

static annals_status check_group(const annals_query *query, annals_error *error)
{
    if (query->group_by == NULL || period_sql(query->group_by) != NULL)
        return ANNALS_OK;
    if (query->view == ANNALS_RELATIONS)
        return error_set(error, ANNALS_WRONG_USE,
                         "group-by: relations go by day, week, month or year, not by \"%.40s\"",
                         query->group_by);
    if (query->view == ANNALS_ACTORS || query->view == ANNALS_PLACES)
        return error_set(error, ANNALS_WRONG_USE,
                         "group-by: actors and places are one a row; try it with claims or events");
    if (find_group(query->group_by) != NULL)
        return ANNALS_OK;
    return error_set(error, ANNALS_WRONG_USE,
                     "group-by: \"%.40s\" is none; day, week, month, year, place, admin1, country, "
                     "actor, type, source or status",
                     query->group_by);
}

/* `*told`: the statement wants list_figures as ":told". */
static void build(struct buffer *sql, struct filters *filters, const annals_query *query,
                  bool *told)
{
    enum filter_subject subject = query->view == ANNALS_REPORTS  ? FILTER_REPORTS
                                  : query->view == ANNALS_EVENTS ? FILTER_EVENTS
                                                                 : FILTER_CLAIMS;
    buffer_add_string(sql, "WITH chosen (key) AS MATERIALIZED (");
    filters_keys(filters, subject, sql);
    buffer_add_byte(sql, ')');
    switch (query->view) {
    case ANNALS_ACTORS:
        add_format(sql, actors_sql,
                   filters->values[FILTER_ACTOR] != NULL
                       ? "a.identity IN (SELECT value FROM json_each(:actor))"
                       : "1 = 1",
                   "");
        break;
    case ANNALS_PLACES:
        add_format(sql, places_sql,
                   filters->values[FILTER_PLACE] != NULL
                       ? "p.identity IN (SELECT value FROM json_each(:place))"
                       : "1 = 1",
                   "");
        break;
    case ANNALS_RELATIONS:
        add_relations(sql, filters, query);
        break;
    default: {
        bool with_sums = can_sum(filters, query);
        *told = with_sums && filters->record->database->sqlite == NULL;
        if (*told)
            buffer_add_string(sql, told_sql);
        add_groups(sql, subject, query, with_sums, *told);
    }
    }
}

/* What the rows are, or what is counted in them. */
static const char *things_of(annals_view view)
{
    switch (view) {
    case ANNALS_ACTORS:
        return "actors";
    case ANNALS_PLACES:
        return "places";
    case ANNALS_RELATIONS:
        return "relations";
    case ANNALS_REPORTS:
        return "reports";
    case ANNALS_EVENTS:
        return "events";
    default:
        return "claims";
    }
}

annals_status record_overview(struct record *record, const annals_query *query,
                              const struct record_table *table, annals_error *error)
{
    struct filters filters;
    struct buffer sql, figures;
    bool told = false;
    uint64_t rows;
    struct last_event last = {.record = record};
    struct store_statement *statement = NULL;
    annals_query all = *query; /* the limit is on rows of the overview: every claim counts */
    all.limit = 0;
    annals_status status = check_group(query, error);
    if (status != ANNALS_OK)
        return status;
    buffer_init(&sql);
    buffer_init(&figures);
    arena_init(&last.arena);
    if (record->database->sqlite != NULL)
        sqlite3_create_function(record->database->sqlite, "event_figure", 3, SQLITE_UTF8, &last,
                                event_figure, NULL, NULL);
    status = filters_open(&filters, record, &all, "c", error);
    if (status == ANNALS_OK)
        build(&sql, &filters, query, &told);
    if (status == ANNALS_OK && told)
        status = list_figures(record, &filters, &figures, error);
    if (status == ANNALS_OK && (sql.failed || figures.failed))
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK && store_prepare(record->database, sql.bytes, &statement) != STORE_OK)
        status = record_fail(record, "cannot read", error);
    if (status == ANNALS_OK) {
        filters_bind(&filters, statement);
        if (told)
            store_bind_lasting_text(statement, store_parameter(statement, ":told"), figures.bytes);
        store_bind_int64(statement, store_parameter(statement, ":limit"),
                         query->limit == 0 || query->limit > INT64_MAX ? -1
                                                                       : (int64_t)query->limit);
        store_bind_int64(statement, store_parameter(statement, ":offset"),
                         query->offset > INT64_MAX ? INT64_MAX : (int64_t)query->offset);
        status = table_send(record, statement, table, &rows, error);
        if (status == ANNALS_OK && rows == 0)
            filters_tell_nothing(&filters, query, things_of(query->view));
    }
    store_finalize(statement);
    if (record->database->sqlite != NULL)
        sqlite3_create_function(record->database->sqlite, "event_figure", 3, SQLITE_UTF8, NULL,
                                NULL, NULL, NULL);
    arena_release(&last.arena);
    buffer_release(&sql);
    buffer_release(&figures);
    filters_release(&filters);
    return status;
}
