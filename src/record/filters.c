/* The filters of every list: one table of name, English and SQL.
 *
 * A name (place, actor, speaker, outlet) is first looked up among the record's names, which are few;
 * the SQL then compares identities, which are indexed. Rows are found in one of two ways: where one
 * filter lets few rows pass, these are gathered by its index and the rest of the filters tried on
 * them; else all rows are walked over in the order of the list, so that a limit ends it early. Which
 * is better is told by counting the rows of each index, no further than the bound at which walking
 * is better anyway. Leaves out any statistics of SQLite's own (ANALYZE): they would go stale. */
#include "record/filters.h"

#include "bytes/calendar.h"
#include "bytes/utf8.h"

#include <stdarg.h>
#include <string.h>

#define TAKES_PART                                                                                 \
    "(a.actor = c.control_holder OR "                                                              \
    "a.actor IN (SELECT x.actor FROM participants x WHERE x.claim = c.claim))"
#define END "coalesce(:to, '9999')"
#define AMONG(name) "IN (SELECT value FROM json_each(:" name "))"

/* `claims` speaks of claims c and reports r, `reports` of reports r; `events` of claims c, reports r
 * and their event v, where that is another condition than `claims`. Without `reports` the report
 * needs a claim that passes. A plus before a column keeps SQLite from taking its index there: that
 * choice is made here. `few` lists the rows of an index, to be counted; `source` the claims. */
static const struct filter {
    const char *parameter, *english;
    const char *claims, *reports, *events;
    const char *few, *source, *report_source, *event_source;
} filters_table[FILTER_NAMES] = {
    [FILTER_ID] = {":low", NULL, "c.claim BETWEEN :low AND :high",
                   "r.report BETWEEN :low AND :high", NULL, "",
                   "SELECT claim FROM claims WHERE claim BETWEEN :low AND :high",
                   "SELECT report FROM reports WHERE report BETWEEN :low AND :high"},
    [FILTER_FROM] = {":from", "since %s", "coalesce(c.last, c.first) >= :from",
                     "r.published >= :from", "coalesce(v.last, v.first) >= :from",
                     "SELECT 1 FROM claims WHERE first >= :from AND first <= " END,
                     "SELECT claim FROM claims WHERE coalesce(last, first) >= :from AND first <= " END
                     " UNION ALL SELECT claim FROM claims WHERE first IS NULL AND last >= :from",
                     "SELECT report FROM reports WHERE published >= :from AND published <= " END},
    [FILTER_TO] = {":to", "until %s", "coalesce(c.first, c.last) <= :to", "r.published <= :to",
                   "coalesce(v.first, v.last) <= :to",
                   "SELECT 1 FROM claims WHERE first <= :to",
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
                      ":acled COLLATE NOCASE IN (c.acled_type, c.acled_detail)", NULL, NULL, NULL,
                      NULL, NULL},
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
    [FILTER_REPORT_NAME] =
        {":report", "in report %s", "r.report " AMONG("report"), "r.report " AMONG("report"), NULL,
         "", "SELECT claim FROM claims WHERE report " AMONG("report"),
         "SELECT value FROM json_each(:report)"},
    [FILTER_TEXT] =
        {":text", "with the words %s",
         "+c.claim IN (SELECT rowid FROM claim_search WHERE claim_search MATCH :text)",
         "+r.report IN (SELECT rowid FROM report_search WHERE report_search MATCH :text)", NULL,
         "SELECT 1 FROM claim_search WHERE claim_search MATCH :text",
         "SELECT rowid FROM claim_search WHERE claim_search MATCH :text",
         "SELECT rowid FROM report_search WHERE report_search MATCH :text"},
    [FILTER_AS_OF] = {":as_of", "as known on %s", "r.published <= :as_of",
                      "r.published <= :as_of", NULL, NULL, NULL, NULL},
    [FILTER_CONFIDENCE] = {":confidence", "with a confidence of %s or more",
                           "c.confidence >= :confidence", NULL, NULL, NULL, NULL, NULL},
};

/* ------------------------------------------------------------------ values */

void filters_note(const annals_query *query, const char *format, ...)
{
    char sentence[1000];
    va_list values;
    if (query->notes == NULL)
        return;
    va_start(values, format);
    int length = vsnprintf(sentence, sizeof sentence, format, values);
    va_end(values);
    if (length > 0)
        query->notes(query->notes_context, sentence,
                     (size_t)length < sizeof sentence ? (size_t)length : sizeof sentence - 1);
}

/* Words as FTS5 takes them: each in quotes, so that no sign of the words is taken for an operator;
 * a phrase in quotes stays one, a closing * stays a beginning. */
static const char *search_words(struct arena *arena, const char *value)
{
    if (value == NULL)
        return NULL;
    struct buffer words;
    buffer_init(&words);
    for (const char *at = value + strspn(value, " \t\n"); *at != '\0'; at += strspn(at, " \t\n")) {
        bool phrase = *at == '"';
        at += phrase;
        size_t length = strcspn(at, phrase ? "\"" : " \t\n");
        const char *end = at + length;
        bool beginning = !phrase && length > 1 && end[-1] == '*';
        buffer_add_string(&words, words.length > 0 ? " \"" : "\"");
        for (size_t i = 0; i < length - beginning; i++)
            buffer_add_byte(&words, at[i] == '"' ? ' ' : at[i]);
        buffer_add_string(&words, beginning ? "\"*" : "\"");
        at = end + (phrase && *end == '"');
    }
    const char *copy = words.failed || words.length == 0
                           ? "\"\""
                           : arena_copy(arena, words.bytes, words.length);
    buffer_release(&words);
    return copy;
}

static const char *fold_into(struct arena *arena, const char *text)
{
    size_t length = strlen(text);
    char *folded = arena_allocate(arena, length * 3 + 1);
    if (folded == NULL)
        return "";
    folded[utf8_fold(text, length, folded)] = '\0';
    return folded;
}

annals_status filters_check_day(const char *day, const char *option, annals_error *error)
{
    if (day == NULL || (strlen(day) == 10 && calendar_read(day) != DAY_UNKNOWN))
        return ANNALS_OK;
    return error_set(error, ANNALS_WRONG_USE, "%s: \"%.40s\" is not a day (YYYY-MM-DD)", option,
                     day);
}

annals_status filters_gather(struct filters *filters, const char *sql, const char *first,
                             const char *second, const char **list, uint32_t *count,
                             annals_error *error)
{
    sqlite3_stmt *row = NULL;
    struct buffer wrapped;
    buffer_init(&wrapped);
    *count = 0;
    buffer_print(&wrapped, "SELECT json_group_array(v), count(*) FROM (SELECT DISTINCT v FROM "
                           "(%s) ORDER BY 1)", sql);
    int code = wrapped.failed ? SQLITE_NOMEM
                              : sqlite3_prepare_v2(filters->record->database, wrapped.bytes, -1,
                                                   &row, NULL);
    buffer_release(&wrapped);
    if (code == SQLITE_OK) {
        sqlite3_bind_text(row, sqlite3_bind_parameter_index(row, ":a"), first, -1, SQLITE_STATIC);
        sqlite3_bind_text(row, sqlite3_bind_parameter_index(row, ":b"), second, -1, SQLITE_STATIC);
        code = sqlite3_step(row);
    }
    annals_status status = ANNALS_OK;
    if (code == SQLITE_ROW) {
        *list = arena_copy_string(&filters->arena, (const char *)sqlite3_column_text(row, 0));
        *count = (uint32_t)sqlite3_column_int64(row, 1);
    } else {
        status = record_fail(filters->record, "cannot read", error);
    }
    sqlite3_finalize(row);
    return status;
}

/* ------------------------------------------------------------------ names */

static annals_status find_actor(struct filters *filters, const annals_query *query,
                                const char *words, enum filter_name name, const char *option,
                                annals_error *error)
{
    uint32_t count;
    if (words == NULL)
        return ANNALS_OK;
    annals_status status = filters_gather(
        filters,
        "SELECT identity AS v FROM actor_names WHERE names(name, :a) OR (code <> '' AND "
        "code = :b COLLATE NOCASE)",
        fold_into(&filters->arena, words), words, &filters->values[name], &count, error);
    if (status == ANNALS_OK && count == 0)
        filters_note(query, "%s: nobody is called \"%.60s\" in this record", option, words);
    return status;
}

static annals_status find_source(struct filters *filters, const annals_query *query,
                                 annals_error *error)
{
    uint32_t count;
    if (query->source == NULL)
        return ANNALS_OK;
    annals_status status = filters_gather(
        filters,
        "WITH RECURSIVE outlets (v) AS (SELECT min(source) FROM reports UNION ALL "
        "SELECT (SELECT min(source) FROM reports WHERE source > v) FROM outlets "
        "WHERE v IS NOT NULL) SELECT v FROM outlets WHERE names(v, :a)",
        fold_into(&filters->arena, query->source), NULL, &filters->values[FILTER_SOURCE], &count,
        error);
    if (status == ANNALS_OK && count == 0)
        filters_note(query, "source: no outlet is called \"%.60s\" in this record", query->source);
    return status;
}

static annals_status find_report(struct filters *filters, const annals_query *query,
                                 annals_error *error)
{
    char letter;
    uint32_t count;
    if (query->report == NULL)
        return ANNALS_OK;
    annals_status status =
        filters_gather(filters, "SELECT report AS v FROM reports WHERE name = :a", query->report,
                       NULL, &filters->values[FILTER_REPORT_NAME], &count, error);
    if (status != ANNALS_OK || count > 0)
        return status;
    filters->values[FILTER_REPORT_NAME] = NULL;
    if (!record_id_read(query->report, &letter, &filters->first_report, &filters->last_report) ||
        letter != 'r')
        return error_set(error, ANNALS_NOT_FOUND,
                         "report: no report of this record has the id \"%.60s\"", query->report);
    filters->values[FILTER_REPORT] = query->report;
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ types */

static const char *const plover_types[] = {
    "AGREE",   "CONSULT", "SUPPORT", "CONCEDE",  "COOPERATE", "AID",      "RETREAT", "REQUEST",
    "ACCUSE",  "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT"};

static bool same_letters(const char *left, const char *right)
{
    return sqlite3_stricmp(left, right) == 0;
}

/* Whether a claim has this mode, or this type of ACLED's. */
static annals_status type_stands(struct filters *filters, const char *sql, const char *value,
                                 bool *stands, annals_error *error)
{
    const char *list;
    uint32_t count = 0;
    annals_status status = filters_gather(filters, sql, value, NULL, &list, &count, error);
    *stands = count > 0;
    return status;
}

/* Which of the four codings a type is of: PLOVER's types are known, CAMEO's are numbers, modes and
 * ACLED's are those that the record has. */
static annals_status find_type(struct filters *filters, const char *type, annals_error *error)
{
    bool stands = false;
    if (type == NULL)
        return ANNALS_OK;
    for (size_t i = 0; i < sizeof plover_types / sizeof plover_types[0]; i++)
        if (same_letters(type, plover_types[i])) {
            filters->values[FILTER_PLOVER] = plover_types[i];
            return ANNALS_OK;
        }
    if (type[0] != '\0' && strspn(type, "0123456789") == strlen(type)) {
        filters->values[FILTER_CAMEO] = type;
        return ANNALS_OK;
    }
    const char *mode = fold_into(&filters->arena, type);
    annals_status status = type_stands(
        filters, "SELECT mode AS v FROM (SELECT mode FROM claims WHERE mode = :a LIMIT 1)", mode,
        &stands, error);
    filters->values[stands ? FILTER_MODE : FILTER_ACLED] = stands ? mode : type;
    if (stands || status != ANNALS_OK)
        return status;
    status = type_stands(filters,
                         "SELECT 1 AS v FROM (SELECT 1 FROM claims WHERE :a COLLATE NOCASE IN "
                         "(acled_type, acled_detail) LIMIT 1)",
                         type, &stands, error);
    if (status != ANNALS_OK || stands)
        return status;
    struct buffer list;
    buffer_init(&list);
    for (size_t i = 0; i < sizeof plover_types / sizeof plover_types[0]; i++)
        buffer_print(&list, "%s%s", i > 0 ? ", " : "", plover_types[i]);
    status = error_set(error, ANNALS_WRONG_USE,
                       "type: \"%.40s\" is no type of PLOVER (%s), no number of CAMEO, and no claim "
                       "of this record has it as a mode or a type of ACLED",
                       type, list.failed ? "" : list.bytes);
    buffer_release(&list);
    return status;
}

static annals_status find_status(struct filters *filters, const char *value, annals_error *error)
{
    static const char *const names[] = {"asserted", "claimed",    "denied",      "alleged", "planned",
                                        "threatened", "conditional", "negated",  "disputed"};
    if (value == NULL)
        return ANNALS_OK;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (same_letters(value, names[i])) {
            filters->values[FILTER_STATUS] = names[i];
            return ANNALS_OK;
        }
    return error_set(error, ANNALS_WRONG_USE,
                     "status: \"%.40s\" is none; asserted, claimed, denied, alleged, planned, "
                     "threatened, conditional, negated or disputed", value);
}

/* ------------------------------------------------------------------ reading */

static annals_status check_values(struct filters *filters, const annals_query *query,
                                  const char *letters, annals_error *error)
{
    char letter;
    annals_status status = filters_check_day(query->from, "from", error);
    if (status == ANNALS_OK)
        status = filters_check_day(query->to, "to", error);
    if (status == ANNALS_OK)
        status = filters_check_day(query->as_of, "as-of", error);
    if (status != ANNALS_OK)
        return status;
    if (query->from != NULL && query->to != NULL && strcmp(query->from, query->to) > 0)
        return error_set(error, ANNALS_WRONG_USE, "from %s to %s: the first day is after the last",
                         query->from, query->to);
    if (query->confidence < 0 || query->confidence > 1)
        return error_set(error, ANNALS_WRONG_USE, "confidence: a number from 0 to 1");
    if (query->within < 0 || query->within > 20100)
        return error_set(error, ANNALS_WRONG_USE, "within: kilometres, more than 0");
    if (query->within > 0 && query->place == NULL)
        return error_set(error, ANNALS_WRONG_USE, "within: of which place? say it with place");
    if (query->id == NULL)
        return ANNALS_OK;
    if (!record_id_read(query->id, &letter, &filters->low, &filters->high) ||
        strchr(letters, letter) == NULL)
        return error_set(error, ANNALS_NOT_FOUND, "\"%.40s\" is no id of this record", query->id);
    filters->values[FILTER_ID] = query->id;
    return ANNALS_OK;
}

/* The words of each filter, for English. */
static void keep_words(struct filters *filters, const annals_query *query)
{
    const char *const words[FILTER_NAMES] = {
        [FILTER_FROM] = query->from,       [FILTER_TO] = query->to,
        [FILTER_PLACE] = query->place,     [FILTER_ACTOR] = query->actor,
        [FILTER_PLOVER] = query->type,     [FILTER_ACLED] = query->type,
        [FILTER_CAMEO] = query->type,      [FILTER_MODE] = query->type,
        [FILTER_STATUS] = query->status,   [FILTER_SOURCE] = query->source,
        [FILTER_SPEAKER] = query->speaker, [FILTER_REPORT] = query->report,
        [FILTER_REPORT_NAME] = query->report, [FILTER_TEXT] = query->text,
        [FILTER_AS_OF] = query->as_of,
    };
    memcpy(filters->words, words, sizeof words);
    filters->values[FILTER_FROM] = query->from;
    filters->values[FILTER_TO] = query->to;
    filters->values[FILTER_AS_OF] = query->as_of;
    filters->values[FILTER_TEXT] = search_words(&filters->arena, query->text);
    filters->confidence = query->confidence;
    filters->within = query->within;
    filters->rows = query->limit > 0 ? query->limit + query->offset : 0;
    if (query->confidence > 0) {
        char number[32];
        snprintf(number, sizeof number, "%g", query->confidence);
        filters->words[FILTER_CONFIDENCE] = arena_copy_string(&filters->arena, number);
        filters->values[FILTER_CONFIDENCE] = filters->words[FILTER_CONFIDENCE];
    }
}

annals_status filters_open(struct filters *filters, struct record *record,
                           const annals_query *query, const char *letters, annals_error *error)
{
    *filters = (struct filters){.record = record};
    arena_init(&filters->arena);
    annals_status status = check_values(filters, query, letters, error);
    keep_words(filters, query);
    if (status == ANNALS_OK)
        status = find_status(filters, query->status, error);
    if (status == ANNALS_OK)
        status = find_type(filters, query->type, error);
    if (status == ANNALS_OK)
        status = find_report(filters, query, error);
    if (status == ANNALS_OK)
        status = find_source(filters, query, error);
    if (status == ANNALS_OK)
        status = find_actor(filters, query, query->actor, FILTER_ACTOR, "actor", error);
    if (status == ANNALS_OK)
        status = find_actor(filters, query, query->speaker, FILTER_SPEAKER, "speaker", error);
    if (status == ANNALS_OK && query->place != NULL)
        status = filters_find_place(filters, query, error);
    return status == ANNALS_OK && filters->arena.failed
               ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
               : status;
}

void filters_release(struct filters *filters)
{
    arena_release(&filters->arena);
}

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
    sqlite3_stmt *row = NULL;
    int64_t count = most;
    buffer_init(&sql);
    buffer_print(&sql, "SELECT count(*) FROM (%s LIMIT %lld)", few, (long long)most);
    if (few[0] == '\0') {
        count = 0;
    } else if (!sql.failed && sqlite3_prepare_v2(filters->record->database, sql.bytes, -1, &row,
                                                 NULL) == SQLITE_OK) {
        filters_bind(filters, row);
        if (sqlite3_step(row) == SQLITE_ROW)
            count = sqlite3_column_int64(row, 0);
    }
    sqlite3_finalize(row);
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
    return (subject == FILTER_REPORTS ? 1 : claims_of_one) * (double)(reports + 1);
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
        bool known = filters_table[i].few != NULL &&
                     !(i == FILTER_STATUS && strcmp(filters->values[i], "asserted") == 0);
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

static void bind_integer(sqlite3_stmt *statement, const char *name, int64_t value)
{
    int index = sqlite3_bind_parameter_index(statement, name);
    if (index > 0)
        sqlite3_bind_int64(statement, index, value);
}

void filters_bind(const struct filters *filters, sqlite3_stmt *statement)
{
    for (int i = 0; i < FILTER_NAMES; i++) {
        int index = sqlite3_bind_parameter_index(statement, filters_table[i].parameter);
        if (index == 0 || filters->values[i] == NULL)
            continue;
        if (i == FILTER_CONFIDENCE)
            sqlite3_bind_double(statement, index, filters->confidence);
        else if (i != FILTER_ID && i != FILTER_REPORT)
            sqlite3_bind_text(statement, index, filters->values[i], -1, SQLITE_STATIC);
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
