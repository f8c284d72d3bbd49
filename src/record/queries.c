/* Lists reports, claims and events by the filters of a query.
 *
 * Filters are one table: a number, and the condition in SQL on claims and on reports. Numbers are
 * those of the parameters, so that the text of the query holds no value from outside. The listing
 * itself gives keys; rows.c loads what stands behind each. */
#include "record/queries.h"
#include "record/rows.h"

#include "bytes/buffer.h"
#include "bytes/utf8.h"

enum parameter {
    LOW = 1, HIGH, FROM, TO, PLACE, PLACE_CODE, ACTOR, ACTOR_CODE, TYPE, STATUS, SOURCE, TEXT, LIMIT,
    OFFSET, AS_OF, PARAMETER_COUNT
};

/* `claims` speaks of claims c and reports r, `reports` of reports r; `events` of claims c, reports r
 * and their event v where that is another condition than `claims`. */
static const struct filter {
    enum parameter needs; /* the condition stands where this parameter has a value */
    const char *claims, *reports, *events;
} filters[] = {
    {LOW, "c.claim BETWEEN ?1 AND ?2", "r.report BETWEEN ?1 AND ?2"},
    {FROM, "coalesce(c.last, c.first) >= ?3", "r.published >= ?3",
     "coalesce(c.last, c.first, v.last, v.first) >= ?3"},
    {TO, "coalesce(c.first, c.last) <= ?4", "r.published <= ?4",
     "coalesce(c.first, c.last, v.first, v.last) <= ?4"},
    {PLACE,
     "EXISTS (SELECT 1 FROM places p WHERE p.report = c.report AND "
     "p.place IN (c.place, c.control_place) AND (p.folded LIKE ?5 ESCAPE '\\' OR "
     "fold(p.admin1) LIKE ?5 ESCAPE '\\' OR fold(p.admin2) LIKE ?5 ESCAPE '\\' OR "
     "p.country = ?6 COLLATE NOCASE))",
     "EXISTS (SELECT 1 FROM places p WHERE p.report = r.report AND "
     "(p.folded LIKE ?5 ESCAPE '\\' OR fold(p.admin1) LIKE ?5 ESCAPE '\\' OR "
     "fold(p.admin2) LIKE ?5 ESCAPE '\\' OR p.country = ?6 COLLATE NOCASE))",
     "EXISTS (SELECT 1 FROM places p WHERE ((p.report = c.report AND "
     "p.place IN (c.place, c.control_place)) OR (p.report = v.place_report AND p.place = v.place)) "
     "AND (p.folded LIKE ?5 ESCAPE '\\' OR fold(p.admin1) LIKE ?5 ESCAPE '\\' OR "
     "fold(p.admin2) LIKE ?5 ESCAPE '\\' OR p.country = ?6 COLLATE NOCASE))"},
    {ACTOR,
     "EXISTS (SELECT 1 FROM actors a WHERE a.report = c.report AND "
     "(a.folded LIKE ?7 ESCAPE '\\' OR a.code = ?8 COLLATE NOCASE) AND (a.actor = c.control_holder OR "
     "a.actor IN (SELECT x.actor FROM participants x WHERE x.claim = c.claim)))",
     "EXISTS (SELECT 1 FROM actors a WHERE a.report = r.report AND "
     "(a.folded LIKE ?7 ESCAPE '\\' OR a.code = ?8 COLLATE NOCASE))"},
    {TYPE,
     "(?9 COLLATE NOCASE IN (c.plover, c.mode, c.acled_type, c.acled_detail) OR "
     "c.cameo GLOB ?9 || '*')",
     "EXISTS (SELECT 1 FROM claims c WHERE c.report = r.report AND (?9 COLLATE NOCASE IN "
     "(c.plover, c.mode, c.acled_type, c.acled_detail) OR c.cameo GLOB ?9 || '*'))"},
    {STATUS, "c.status = ?10 COLLATE NOCASE",
     "EXISTS (SELECT 1 FROM claims c WHERE c.report = r.report AND c.status = ?10 COLLATE NOCASE)"},
    {SOURCE, "fold(r.source) LIKE ?11 ESCAPE '\\'", "fold(r.source) LIKE ?11 ESCAPE '\\'"},
    {TEXT, "c.claim IN (SELECT rowid FROM claim_search WHERE claim_search MATCH ?12)",
     "r.report IN (SELECT rowid FROM report_search WHERE report_search MATCH ?12)"},
    /* What bears no date cannot be said to have been known. */
    {AS_OF, "r.published <= ?15", "r.published <= ?15"},
};

enum { FILTER_COUNT = sizeof filters / sizeof filters[0] };

/* A listing while it is made and run. */
struct listing {
    struct record *record;
    struct arena arena; /* the values of the parameters */
    const char *values[PARAMETER_COUNT];
    int64_t low, high, limit, offset;
    bool has_id;
    sqlite3_stmt *statement;
};

/* ------------------------------------------------------------------ values */

/* "%folded%": whole or in part; the signs that LIKE knows are taken as they stand. */
static const char *pattern(struct arena *arena, const char *value)
{
    if (value == NULL)
        return NULL;
    size_t length = strlen(value), used = 0;
    char *folded = arena_allocate(arena, length * 3 + 1);
    char *text = arena_allocate(arena, length * 6 + 3);
    if (folded == NULL || text == NULL)
        return NULL;
    length = utf8_fold(value, length, folded);
    text[used++] = '%';
    for (size_t i = 0; i < length; i++) {
        if (strchr("%_\\", folded[i]) != NULL)
            text[used++] = '\\';
        text[used++] = folded[i];
    }
    text[used] = '%';
    return text;
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

static annals_status check_day(const char *day, const char *option, annals_error *error)
{
    if (day == NULL || (strlen(day) == 10 && calendar_read(day) != DAY_UNKNOWN))
        return ANNALS_OK;
    return error_set(error, ANNALS_WRONG_USE, "%s: \"%.40s\" is not a day (YYYY-MM-DD)", option,
                     day);
}

static annals_status read_query(struct listing *listing, const annals_query *query,
                                const char *letters, annals_error *error)
{
    char letter;
    annals_status status = check_day(query->from, "from", error);
    if (status == ANNALS_OK)
        status = check_day(query->to, "to", error);
    if (status == ANNALS_OK)
        status = check_day(query->as_of, "as-of", error);
    if (status != ANNALS_OK)
        return status;
    if (query->id != NULL) {
        if (!record_id_read(query->id, &letter, &listing->low, &listing->high) ||
            strchr(letters, letter) == NULL)
            return error_set(error, ANNALS_NOT_FOUND, "\"%.40s\" is no id of this record",
                             query->id);
        listing->has_id = true;
    }
    struct arena *arena = &listing->arena;
    listing->values[FROM] = query->from;
    listing->values[TO] = query->to;
    listing->values[PLACE] = pattern(arena, query->place);
    listing->values[PLACE_CODE] = query->place;
    listing->values[ACTOR] = pattern(arena, query->actor);
    listing->values[ACTOR_CODE] = query->actor;
    listing->values[TYPE] = query->type;
    listing->values[STATUS] = query->status;
    listing->values[SOURCE] = pattern(arena, query->source);
    listing->values[TEXT] = search_words(arena, query->text);
    listing->values[AS_OF] = query->as_of;
    listing->offset = query->offset > INT64_MAX ? INT64_MAX : (int64_t)query->offset;
    listing->limit = query->limit == 0 || query->limit > INT64_MAX ? -1 : (int64_t)query->limit;
    return arena->failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory") : ANNALS_OK;
}

/* ------------------------------------------------------------------ the query's text */

static bool stands(const struct listing *listing, const struct filter *filter)
{
    return filter->needs == LOW ? listing->has_id : listing->values[filter->needs] != NULL;
}

static void add_conditions(struct buffer *sql, const struct listing *listing, enum record_subject subject)
{
    const char *joint = " WHERE ";
    for (size_t i = 0; i < FILTER_COUNT; i++) {
        if (!stands(listing, &filters[i]))
            continue;
        buffer_add_string(sql, joint);
        buffer_add_string(sql, subject == OF_REPORTS ? filters[i].reports
                               : subject == OF_EVENTS && filters[i].events != NULL
                                   ? filters[i].events
                                   : filters[i].claims);
        joint = " AND ";
    }
}

static void bind_values(struct listing *listing)
{
    int count = sqlite3_bind_parameter_count(listing->statement);
    for (int i = FROM; i <= TEXT && i <= count; i++)
        if (listing->values[i] != NULL)
            sqlite3_bind_text(listing->statement, i, listing->values[i], -1, SQLITE_STATIC);
    if (count >= HIGH && listing->has_id) {
        sqlite3_bind_int64(listing->statement, LOW, listing->low);
        sqlite3_bind_int64(listing->statement, HIGH, listing->high);
    }
    if (count >= AS_OF && listing->values[AS_OF] != NULL)
        sqlite3_bind_text(listing->statement, AS_OF, listing->values[AS_OF], -1, SQLITE_STATIC);
    if (count >= LIMIT)
        sqlite3_bind_int64(listing->statement, LIMIT, listing->limit);
    if (count >= OFFSET)
        sqlite3_bind_int64(listing->statement, OFFSET, listing->offset);
}

/* Runs "`head` conditions `tail`" and hands each row on. */
static annals_status run_listing(struct listing *listing, const char *head, const char *tail,
                                 enum record_subject subject, record_row_visitor visit, void *context,
                                 annals_error *error)
{
    struct buffer sql;
    buffer_init(&sql);
    buffer_add_string(&sql, head);
    add_conditions(&sql, listing, subject);
    buffer_add_string(&sql, tail);
    int code = sql.failed ? SQLITE_NOMEM
                          : sqlite3_prepare_v2(listing->record->database, sql.bytes, -1,
                                               &listing->statement, NULL);
    buffer_release(&sql);
    annals_status status = ANNALS_OK;
    if (code == SQLITE_OK) {
        bind_values(listing);
        while (status == ANNALS_OK && (code = sqlite3_step(listing->statement)) == SQLITE_ROW)
            status = visit(context, listing->statement, error);
    }
    if (status == ANNALS_OK && code != SQLITE_DONE)
        status = record_fail(listing->record, "cannot read", error);
    sqlite3_finalize(listing->statement);
    listing->statement = NULL;
    return status;
}

annals_status record_select(struct record *record, const annals_query *query, const char *letters,
                            enum record_subject subject, const char *head, const char *tail,
                            record_row_visitor visit, void *context, annals_error *error)
{
    struct listing listing = {.record = record};
    arena_init(&listing.arena);
    annals_status status = read_query(&listing, query, letters, error);
    if (status == ANNALS_OK)
        status = run_listing(&listing, head, tail, subject, visit, context, error);
    arena_release(&listing.arena);
    return status;
}

/* ------------------------------------------------------------------ the listings */

struct visit {
    struct record *record;
    struct arena arena; /* one row's; reset after each */
    record_report_visitor report;
    record_claim_visitor claim;
    record_event_visitor event;
    bool acts; /* the keys are those of acts */
    void *context;
};

static annals_status visit_one(void *context, sqlite3_stmt *row, annals_error *error)
{
    struct visit *visit = context;
    int64_t key = sqlite3_column_int64(row, 0);
    annals_status status;
    if (visit->report != NULL) {
        struct record_report report;
        status = row_load_report(visit->record, key, &visit->arena, &report, error);
        if (status == ANNALS_OK && !visit->arena.failed)
            status = visit->report(visit->context, &report);
    } else if (visit->claim != NULL) {
        struct record_claim claim;
        status = row_load_claim(visit->record, key, &visit->arena, &claim, error);
        if (status == ANNALS_OK && !visit->arena.failed)
            status = visit->claim(visit->context, &claim);
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
                          const char *head, const char *tail, annals_error *error)
{
    enum record_subject subject = visit->report != NULL                  ? OF_REPORTS
                                  : visit->event != NULL && !visit->acts ? OF_EVENTS
                                                                         : OF_CLAIMS;
    arena_init(&visit->arena);
    annals_status status = record_select(visit->record, query, letters, subject, head, tail,
                                         visit_one, visit, error);
    arena_release(&visit->arena);
    return status;
}

annals_status record_reports(struct record *record, const annals_query *query,
                             record_report_visitor visit, void *context, annals_error *error)
{
    struct visit one = {.record = record, .report = visit, .context = context};
    return list(&one, query, "r", "SELECT r.report FROM reports r",
                " ORDER BY r.published IS NULL, r.published, r.source, r.name, r.report LIMIT ?13 OFFSET ?14",
                error);
}

#define CLAIM_ORDER                                                                                \
    " ORDER BY c.first IS NULL, c.first, c.last, p.folded IS NULL, p.folded, r.published, "        \
    "c.report, c.trigger_start, c.claim"

annals_status record_claims(struct record *record, const annals_query *query,
                            record_claim_visitor visit, void *context, annals_error *error)
{
    struct visit one = {.record = record, .claim = visit, .context = context};
    return list(&one, query, "c",
                "SELECT c.claim FROM claims c JOIN reports r ON r.report = c.report "
                "LEFT JOIN places p ON p.report = c.report AND p.place = c.place",
                CLAIM_ORDER " LIMIT ?13 OFFSET ?14", error);
}

/* An event is listed where one of its claims passes the filters. */
annals_status record_events(struct record *record, const annals_query *query,
                            record_event_visitor visit, void *context, annals_error *error)
{
    struct visit one = {.record = record, .event = visit, .context = context};
    return list(&one, query, "ec",
                "SELECT e.event FROM events e JOIN claims c ON c.claim = e.event "
                "JOIN reports r ON r.report = c.report "
                "LEFT JOIN places p ON p.report = e.place_report AND p.place = e.place "
                "WHERE e.event IN (SELECT l.event FROM event_claims l "
                "JOIN claims c ON c.claim = l.claim JOIN reports r ON r.report = c.report "
                "JOIN events v ON v.event = l.event",
                ") ORDER BY e.first IS NULL, e.first, e.last, p.folded IS NULL, p.folded, "
                "r.published, c.report, c.trigger_start, c.claim LIMIT ?13 OFFSET ?14",
                error);
}

/* An act's key is its first claim's, which also lends it its rank. */
annals_status record_acts(struct record *record, const annals_query *query,
                          record_event_visitor visit, void *context, annals_error *error)
{
    struct visit one = {.record = record, .event = visit, .acts = true, .context = context};
    return list(&one, query, "ec",
                "SELECT c.claim FROM claims c JOIN reports r ON r.report = c.report "
                "LEFT JOIN places p ON p.report = c.report AND p.place = c.place "
                "WHERE c.claim IN (SELECT l.act FROM event_claims l "
                "JOIN claims c ON c.claim = l.claim JOIN reports r ON r.report = c.report",
                ")" CLAIM_ORDER " LIMIT ?13 OFFSET ?14", error);
}

/* ------------------------------------------------------------------ the summary */

static uint64_t count_rows(struct record *record, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    uint64_t number = 0;
    if (sqlite3_prepare_v2(record->database, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        number = (uint64_t)sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return number;
}

static void read_days(struct record *record, const char *sql, char first[16], char last[16])
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(record->database, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_text(statement, 0) != NULL) {
        snprintf(first, 16, "%s", (const char *)sqlite3_column_text(statement, 0));
        snprintf(last, 16, "%s", (const char *)sqlite3_column_text(statement, 1));
    }
    sqlite3_finalize(statement);
}

annals_status record_summary(struct record *record, struct arena *arena,
                             struct record_summary *summary, annals_error *error)
{
    *summary = (struct record_summary){.schema = RECORD_SCHEMA};
    snprintf(summary->path, sizeof summary->path, "%s", record->path);
    array_init(&summary->versions, arena);
    summary->reports = count_rows(record, "SELECT count(*) FROM reports");
    summary->dated = count_rows(record, "SELECT count(published) FROM reports");
    summary->sources = count_rows(record, "SELECT count(DISTINCT source) FROM reports");
    summary->sentences = count_rows(record, "SELECT count(*) FROM sentences");
    summary->claims = count_rows(record, "SELECT count(*) FROM claims");
    summary->events = count_rows(record, "SELECT count(*) FROM events");
    summary->places = count_rows(record, "SELECT count(DISTINCT folded) FROM places");
    summary->actors = count_rows(record, "SELECT count(DISTINCT folded) FROM actors");
    read_days(record, "SELECT min(published), max(published) FROM reports",
              summary->first_published, summary->last_published);
    read_days(record, "SELECT min(first), max(last) FROM events", summary->first, summary->last);
    sqlite3_stmt *row = NULL;
    int code = sqlite3_prepare_v2(
        record->database, "SELECT program, dictionaries, models FROM versions ORDER BY 1, 2, 3", -1,
        &row, NULL);
    while (code == SQLITE_OK && sqlite3_step(row) == SQLITE_ROW) {
        struct record_version *version = array_push(&summary->versions);
        if (version != NULL)
            *version = (struct record_version){
                arena_copy_string(arena, (const char *)sqlite3_column_text(row, 0)),
                arena_copy_string(arena, (const char *)sqlite3_column_text(row, 1)),
                arena_copy_string(arena, (const char *)sqlite3_column_text(row, 2))};
    }
    annals_status status = code == SQLITE_OK && sqlite3_reset(row) == SQLITE_OK
                               ? ANNALS_OK
                               : record_fail(record, "cannot read", error);
    sqlite3_finalize(row);
    return arena->failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory") : status;
}
