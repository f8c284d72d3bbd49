/* How much of what a record holds; of the whole, or of what was published by a day.
 *
 * As known on a day an event counts where a claim of it was out, and the first and last day are
 * those of claims that assert something: an event's own days may come from a later report. */
#include "record/filters.h"
#include "record/record.h"

/* The first row of a statement, NULL where there is none; ":as_of" is the day. */
static struct store_statement *ask(struct record *record, const char *sql, const char *as_of)
{
    struct store_statement *statement = NULL;
    if (store_prepare(record->database, sql, &statement) != STORE_OK)
        return NULL;
    int day = store_parameter(statement, ":as_of");
    if (day > 0)
        store_bind_lasting_text(statement, day, as_of);
    if (store_step(statement) == STORE_ROW)
        return statement;
    store_finalize(statement);
    return NULL;
}

#define OUT " WHERE r.published <= :as_of"
#define WITHIN(what, table)                                                                        \
    "SELECT " what " FROM reports r JOIN " table " x ON x.report = r.report" OUT

/* Each of the whole record, and as known on a day. */
struct question {
    const char *whole, *known;
};

static const struct question reports = {"SELECT count(*) FROM reports",
                                        "SELECT count(*) FROM reports r" OUT};
static const struct question dated = {"SELECT count(published) FROM reports",
                                      "SELECT count(published) FROM reports r" OUT};
static const struct question sources = {"SELECT count(DISTINCT source) FROM reports",
                                        "SELECT count(DISTINCT source) FROM reports r" OUT};
static const struct question sentences = {"SELECT count(*) FROM sentences",
                                          WITHIN("count(*)", "sentences")};
static const struct question claims = {"SELECT count(*) FROM claims", WITHIN("count(*)", "claims")};
static const struct question events = {
    "SELECT count(*) FROM events",
    "SELECT count(DISTINCT l.event) FROM reports r JOIN claims c ON c.report = r.report "
    "JOIN event_claims l ON l.claim = c.claim" OUT};
static const struct question places = {"SELECT count(DISTINCT folded) FROM places",
                                       WITHIN("count(DISTINCT x.folded)", "places")};
static const struct question actors = {"SELECT count(DISTINCT folded) FROM actors",
                                       WITHIN("count(DISTINCT x.folded)", "actors")};
static const struct question published = {
    "SELECT min(published), max(published) FROM reports",
    "SELECT min(published), max(published) FROM reports r" OUT};
static const struct question days = {
    "SELECT min(first), max(last) FROM events",
    WITHIN("min(x.first), max(x.last)", "claims") " AND x.status IN ('asserted', 'claimed')"};

static uint64_t count(struct record *record, const struct question *question, const char *as_of)
{
    struct store_statement *row =
        ask(record, as_of != NULL ? question->known : question->whole, as_of);
    uint64_t number = row != NULL ? (uint64_t)store_int64(row, 0) : 0;
    store_finalize(row);
    return number;
}

static void read_days(struct record *record, const struct question *question, const char *as_of,
                      char first[16], char last[16])
{
    struct store_statement *row =
        ask(record, as_of != NULL ? question->known : question->whole, as_of);
    if (row != NULL && store_text(row, 0) != NULL) {
        snprintf(first, 16, "%s", store_text(row, 0));
        snprintf(last, 16, "%s", record_text(row, 1));
    }
    store_finalize(row);
}

static annals_status read_versions(struct record *record, struct arena *arena,
                                   struct record_summary *summary, annals_error *error)
{
    struct store_statement *row = NULL;
    int code =
        store_prepare(record->database,
                      "SELECT program, dictionaries, models FROM versions ORDER BY 1, 2, 3", &row);
    while (code == STORE_OK && store_step(row) == STORE_ROW) {
        struct record_version *version = array_push(&summary->versions);
        if (version != NULL)
            *version = (struct record_version){arena_copy_string(arena, record_text(row, 0)),
                                               arena_copy_string(arena, record_text(row, 1)),
                                               arena_copy_string(arena, record_text(row, 2))};
    }
    annals_status status = code == STORE_OK && store_reset(row) == STORE_OK
                               ? ANNALS_OK
                               : record_fail(record, "cannot read", error);
    store_finalize(row);
    return arena->failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory") : status;
}

annals_status record_summary(struct record *record, const char *as_of, struct arena *arena,
                             struct record_summary *summary, annals_error *error)
{
    *summary = (struct record_summary){.schema = RECORD_SCHEMA};
    array_init(&summary->versions, arena);
    annals_status status = filters_check_day(as_of, "as-of", error);
    if (status != ANNALS_OK)
        return status;
    snprintf(summary->path, sizeof summary->path, "%s", record->path);
    summary->reports = count(record, &reports, as_of);
    summary->dated = count(record, &dated, as_of);
    summary->sources = count(record, &sources, as_of);
    summary->sentences = count(record, &sentences, as_of);
    summary->claims = count(record, &claims, as_of);
    summary->events = count(record, &events, as_of);
    summary->places = count(record, &places, as_of);
    summary->actors = count(record, &actors, as_of);
    read_days(record, &published, as_of, summary->first_published, summary->last_published);
    read_days(record, &days, as_of, summary->first, summary->last);
    return read_versions(record, arena, summary, error);
}
