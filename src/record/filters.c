/* The filters of every list: one table of name, English and SQL.
 *
 * A name (place, actor, speaker, outlet) is first looked up among the record's names, which are
 * few; the SQL then compares identities, which are indexed. Rows are found in one of two ways:
 * where one filter lets few rows pass, these are gathered by its index and the rest of the filters
 * tried on them; else all rows are walked over in the order of the list, so that a limit ends it
 * early. Which is better is told by counting the rows of each index, no further than the bound at
 * which walking is better anyway. Leaves out any statistics of SQLite's own (ANALYZE): they would
 * go stale. */
#include "record/filters.h"

#include <string.h>

#define TAKES_PART                                                                                 \
    "(a.actor = c.control_holder OR "                                                              \
    "a.actor IN (SELECT x.actor FROM participants x WHERE x.claim = c.claim))"
#define END                 "coalesce(:to, '9999')"
#define AMONG(name)         "IN (SELECT value FROM json_each(:" name "))"
#define AMONG_NUMBERS(name) "IN (SELECT CAST(value AS INTEGER) FROM json_each(:" name "))"

/* `claims` speaks of claims c and reports r, `reports` of reports r; `events` of claims c, reports
 * r and their event v, where that is another condition than `claims`. Without `reports` the report
 * needs a claim that passes. A plus before a column keeps SQLite from taking its index there: that
 * choice is made here. `few` lists the rows of an index, to be counted; `source` the claims. */
static const struct filter {
    const char *parameter, *english;
    const char *claims, *reports, *events;
    const char *few, *source, *report_source, *event_source;
} filters_table[FILTER_NAMES] = {
    /* An event keeps its key when the claim that it is named for was rejected. */
    [FILTER_ID] = {":low", NULL, "c.claim BETWEEN :low AND :high",
                   "r.report BETWEEN :low AND :high",
                   "(c.claim BETWEEN :low AND :high OR v.event BETWEEN :low AND :high)", "",
                   "SELECT claim FROM claims WHERE claim BETWEEN :low AND :high",
                   "SELECT report FROM reports WHERE report BETWEEN :low AND :high",
                   "SELECT claim FROM event_claims WHERE event BETWEEN :low AND :high"},
    [FILTER_FROM] =
        {":from", "since %s", "coalesce(c.last, c.first) >= :from", "r.published >= :from",
         "coalesce(v.last, v.first) >= :from",
         "SELECT 1 FROM claims WHERE first >= :from AND first <= " END,
         "SELECT claim FROM claims WHERE coalesce(last, first) >= :from AND first <= " END
         " UNION ALL SELECT claim FROM claims WHERE first IS NULL AND last >= :from",
         "SELECT report FROM reports WHERE published >= :from AND published <= " END},
    [FILTER_TO] = {":to", "until %s", "coalesce(c.first, c.last) <= :to", "r.published <= :to",
                   "coalesce(v.first, v.last) <= :to", "SELECT 1 FROM claims WHERE first <= :to",
                   "SELECT claim FROM claims WHERE first <= :to UNION ALL "
                   "SELECT claim FROM claims WHERE first IS NULL AND last <= :to",
                   "SELECT report FROM reports WHERE published <= :to"},
    [FILTER_PLACE] =
        {":place", "at %s",
         "EXISTS (SELECT 1 FROM places p WHERE p.report = c.report AND "
         "p.place IN (c.place, c.control_place) AND +p.identity " AMONG("place") ")",
         "EXISTS (SELECT 1 FROM places p WHERE p.report = r.report AND +p.identity " AMONG(
             "place") ")",
         "EXISTS (SELECT 1 FROM places p WHERE ((p.report = c.report AND "
         "p.place IN (c.place, c.control_place)) OR (p.report = v.place_report AND "
         "p.place = v.place)) AND +p.identity " AMONG("place") ")",
         "SELECT 1 FROM places WHERE identity " AMONG("place"),
         "SELECT c.claim FROM places p CROSS JOIN claims c ON c.report = p.report "
         "WHERE p.identity " AMONG("place") " AND p.place IN (c.place, c.control_place)",
         "SELECT report FROM places WHERE identity " AMONG("place"),
         "SELECT l.claim FROM places p CROSS JOIN events v ON v.place_report = p.report AND "
         "v.place = p.place CROSS JOIN event_claims l ON l.event = v.event "
         "WHERE p.identity " AMONG("place")},
    [FILTER_ACTOR] =
        {":actor", "with %s",
         "EXISTS (SELECT 1 FROM actors a WHERE a.report = c.report AND " TAKES_PART
         " AND +a.identity " AMONG("actor") ")",
         "EXISTS (SELECT 1 FROM actors a WHERE a.report = r.report AND +a.identity " AMONG(
             "actor") ")",
         NULL, "SELECT 1 FROM actors WHERE identity " AMONG("actor"),
         "SELECT c.claim FROM actors a CROSS JOIN claims c ON c.report = a.report "
         "WHERE a.identity " AMONG("actor") " AND " TAKES_PART,
         "SELECT report FROM actors WHERE identity " AMONG("actor")},
    [FILTER_PLOVER] = {":plover", "of type %s", "+c.plover = :plover", NULL, NULL,
                       "SELECT 1 FROM claims WHERE plover = :plover",
                       "SELECT claim FROM claims WHERE plover = :plover", NULL},
    [FILTER_ACLED] = {":acled", "of type %s",
                      "lower(:acled) IN (lower(c.acled_type), lower(c.acled_detail))", NULL, NULL,
                      NULL, NULL, NULL},
    [FILTER_CAMEO] = {":cameo", "of CAMEO code %s",
                      "+c.cameo >= :cameo AND +c.cameo < :cameo || '~'", NULL, NULL,
                      "SELECT 1 FROM claims WHERE cameo >= :cameo AND cameo < :cameo || '~'",
                      "SELECT claim FROM claims WHERE cameo >= :cameo AND cameo < :cameo || '~'",
                      NULL},
    [FILTER_MODE] = {":mode", "of mode %s", "+c.mode = :mode", NULL, NULL,
                     "SELECT 1 FROM claims WHERE mode = :mode",
                     "SELECT claim FROM claims WHERE mode = :mode", NULL},
    [FILTER_STATUS] = {":status", "that are %s", "+c.status = :status", NULL, NULL,
                       "SELECT 1 FROM claims WHERE status = :status AND status <> 'asserted'",
                       "SELECT claim FROM claims WHERE status = :status AND status <> 'asserted'",
                       NULL},
    [FILTER_SOURCE] = {":source", "told by %s", "+r.source " AMONG("source"),
                       "+r.source " AMONG("source"), NULL,
                       "SELECT 1 FROM reports WHERE source " AMONG("source"),
                       "SELECT c.claim FROM reports r CROSS JOIN claims c ON c.report = r.report "
                       "WHERE r.source " AMONG("source"),
                       "SELECT report FROM reports WHERE source " AMONG("source")},
    [FILTER_SPEAKER] =
        {":speaker", "according to %s",
         "EXISTS (SELECT 1 FROM according_to s JOIN actors a ON a.report = c.report AND "
         "a.actor = s.actor WHERE s.claim = c.claim AND +a.identity " AMONG("speaker") ")",
         NULL, NULL, "SELECT 1 FROM actors WHERE identity " AMONG("speaker"),
         "SELECT c.claim FROM actors a CROSS JOIN claims c ON c.report = a.report "
         "CROSS JOIN according_to s ON s.claim = c.claim AND s.actor = a.actor "
         "WHERE a.identity " AMONG("speaker"),
         NULL},
    [FILTER_REPORT] = {":first_report", "in report %s",
                       "c.report BETWEEN :first_report AND :last_report",
                       "r.report BETWEEN :first_report AND :last_report", NULL, "",
                       "SELECT claim FROM claims WHERE report BETWEEN :first_report AND "
                       ":last_report",
                       "SELECT report FROM reports WHERE report BETWEEN :first_report AND "
                       ":last_report"},
    [FILTER_REPORT_NAME] = {":report", "in report %s", "r.report " AMONG_NUMBERS("report"),
                            "r.report " AMONG_NUMBERS("report"), NULL, "",
                            "SELECT claim FROM claims WHERE report " AMONG_NUMBERS("report"),
                            "SELECT CAST(value AS INTEGER) FROM json_each(:report)"},
    [FILTER_TEXT] =
        {":text", "with the words %s",
         "+c.claim IN (SELECT rowid FROM claim_search WHERE claim_search MATCH :text)",
         "+r.report IN (SELECT rowid FROM report_search WHERE report_search MATCH :text)", NULL,
         "SELECT 1 FROM claim_search WHERE claim_search MATCH :text",
         "SELECT rowid FROM claim_search WHERE claim_search MATCH :text",
         "SELECT rowid FROM report_search WHERE report_search MATCH :text"},
    [FILTER_AS_OF] = {":as_of", "as known on %s", "r.published <= :as_of", "r.published <= :as_of",
                      NULL, NULL, NULL, NULL},
    [FILTER_CONFIDENCE] = {":confidence", "with a confidence of %s or more",
                           "c.confidence >= :confidence", NULL, NULL, NULL, NULL, NULL},
};

/* ------------------------------------------------------------------ SQL */

bool filters_any(const struct filters *filters)
{
    for (int i = 0; i < FILTER_NAMES; i++)
        if (filters->values[i] != NULL)
            return true;
    return false;
}

void filters_add(const struct filters *filters, enum filter_subject subject, const char *joint,
                 struct buffer *sql)
{
    bool inner = false;
    for (int i = 0; i < FILTER_NAMES; i++) {
        const struct filter *filter = &filters_table[i];
        if (filters->values[i] == NULL || (subject == FILTER_REPORTS && filter->reports == NULL))
            continue;
        buffer_add_string(sql, joint);
        buffer_add_string(sql, subject == FILTER_REPORTS ? filter->reports
                               : subject == FILTER_EVENTS && filter->events != NULL
                                   ? filter->events
                                   : filter->claims);
        joint = " AND ";
    }
    /* What only a claim has: one claim of the report passes all of it. */
    for (int i = 0; subject == FILTER_REPORTS && i < FILTER_NAMES; i++) {
        if (filters->values[i] == NULL || filters_table[i].reports != NULL)
            continue;
        buffer_print(sql, "%s%s", inner ? " AND " : joint,
                     inner ? "" : "EXISTS (SELECT 1 FROM claims c WHERE c.report = r.report AND ");
        buffer_add_string(sql, filters_table[i].claims);
        inner = true;
    }
    if (inner)
        buffer_add_byte(sql, ')');
}

/* Rows of `few`, counted up to `most`; `most` also where it cannot be counted. */
static int64_t count_few(const struct filters *filters, const char *few, int64_t most)
{
    struct buffer sql;
    struct store_statement *row = NULL;
    int64_t count = most;
    buffer_init(&sql);
    buffer_print(&sql, "SELECT count(*) FROM (%s LIMIT %lld)", few, (long long)most);
    if (few[0] == '\0') {
        count = 0;
    } else if (!sql.failed &&
               store_prepare(filters->record->database, sql.bytes, &row) == STORE_OK) {
        filters_bind(filters, row);
        if (store_step(row) == STORE_ROW)
            count = store_int64(row, 0);
    }
    store_finalize(row);
    buffer_release(&sql);
    return count;
}

/* What finding costs, in microseconds on a laptop, measured on a record of a million claims: a row
 * gathered is looked up, tried and sorted; a row passed over is only tried. */
enum { GATHERED = 25, PASSED = 5, COUNTED = 10000 };

/* Part of the rows that passes a filter of which nothing is known. */
static const double unknown_part = 0.3;

/* Rows that a list could have: claims are not counted, reports are fewer. */
static double count_all(const struct filters *filters, enum filter_subject subject)
{
    const double claims_of_one = 10;
    int64_t reports = count_few(filters, "SELECT 1 FROM reports", INT64_MAX);
    return (subject == FILTER_REPORTS ? 1 : claims_of_one) * ((double)reports + 1);
}

bool filters_can_gather(const struct filters *filters, enum filter_name name)
{
    /* Its index leaves out what most claims are. */
    if (name == FILTER_STATUS && strcmp(filters->values[name], "asserted") == 0)
        return false;
    return filters_table[name].source != NULL;
}

enum filter_name filters_rarest(struct filters *filters, enum filter_subject subject)
{
    enum filter_name rarest = FILTER_NAMES;
    if (!filters_any(filters))
        return rarest;
    double all = count_all(filters, subject), passing = 1;
    int64_t fewest = COUNTED;
    for (int i = 0; i < FILTER_NAMES; i++) {
        if (filters->values[i] == NULL)
            continue;
        double part = unknown_part;
        bool known = filters_can_gather(filters, (enum filter_name)i);
        int64_t count = known ? count_few(filters, filters_table[i].few, COUNTED) : COUNTED;
        if (count < COUNTED && (double)count / all < part)
            part = (double)count / all;
        if (count < fewest) {
            fewest = count;
            rarest = (enum filter_name)i;
        }
        passing *= part;
    }
    /* Rows up to the end of the list, were they spread evenly. */
    double walked = filters->rows > 0 && passing > 0 ? (double)filters->rows / passing : all;
    if (walked > all)
        walked = all;
    return (double)fewest * GATHERED <= walked * PASSED ? rarest : FILTER_NAMES;
}

void filters_source(enum filter_name name, enum filter_subject subject, struct buffer *sql)
{
    const struct filter *filter = &filters_table[name];
    if (subject != FILTER_REPORTS) {
        buffer_add_string(sql, filter->source);
        if (subject == FILTER_EVENTS && filter->event_source != NULL)
            buffer_print(sql, " UNION ALL %s", filter->event_source);
    } else if (filter->report_source != NULL) {
        buffer_add_string(sql, filter->report_source);
    } else {
        buffer_print(sql, "SELECT report FROM claims WHERE claim IN (%s)", filter->source);
    }
}

void filters_claims(struct filters *filters, struct buffer *sql)
{
    enum filter_name rarest = filters_rarest(filters, FILTER_CLAIMS);
    buffer_add_string(sql, "SELECT c.claim FROM claims c CROSS JOIN reports r ON "
                           "r.report = c.report");
    if (rarest != FILTER_NAMES) {
        buffer_add_string(sql, " WHERE c.claim IN (");
        filters_source(rarest, FILTER_CLAIMS, sql);
        buffer_add_byte(sql, ')');
    }
    filters_add(filters, FILTER_CLAIMS, rarest != FILTER_NAMES ? " AND " : " WHERE ", sql);
}

static void bind_integer(struct store_statement *statement, const char *name, int64_t value)
{
    int index = store_parameter(statement, name);
    if (index > 0)
        store_bind_int64(statement, index, value);
}

void filters_bind(const struct filters *filters, struct store_statement *statement)
{
    for (int i = 0; i < FILTER_NAMES; i++) {
        int index = store_parameter(statement, filters_table[i].parameter);
        if (index == 0 || filters->values[i] == NULL)
            continue;
        if (i == FILTER_CONFIDENCE)
            store_bind_double(statement, index, filters->confidence);
        else if (i != FILTER_ID && i != FILTER_REPORT)
            store_bind_lasting_text(statement, index, filters->values[i]);
    }
    bind_integer(statement, ":low", filters->low);
    bind_integer(statement, ":high", filters->high);
    bind_integer(statement, ":first_report", filters->first_report);
    bind_integer(statement, ":last_report", filters->last_report);
}

void filters_describe(const struct filters *filters, struct buffer *english)
{
    for (int i = 0; i < FILTER_NAMES; i++) {
        const char *sentence = filters_table[i].english, *words = filters->words[i];
        if (filters->values[i] == NULL || sentence == NULL || words == NULL)
            continue;
        const char *gap = strstr(sentence, "%s");
        buffer_print(english, "%s%.*s", english->length > 0 ? ", " : "", (int)(gap - sentence),
                     sentence);
        if (i == FILTER_PLACE && filters->within > 0)
            buffer_print(english, "within %g km of ", filters->within);
        buffer_print(english, "%s%s", words, gap + 2);
    }
}

void filters_tell_nothing(const struct filters *filters, const annals_query *query,
                          const char *things)
{
    struct buffer english;
    buffer_init(&english);
    filters_describe(filters, &english);
    if (english.length > 0 && !english.failed)
        filters_note(query, "there are no %s %s%s", things, english.bytes,
                     query->offset > 0 ? " behind that offset" : "");
    buffer_release(&english);
}
