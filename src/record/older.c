/* Lets a record be asked as one version of dictionaries and models coded it, without what people
 * decided: `--with VERSION`.
 *
 * The rows of that coding are put into temporary tables of the same names, which SQLite looks up
 * before those of the file (sqlite.org/lang_naming.html); so every list is asked in the same words.
 * It takes time and room in proportion to the coding. Left out: tables that are computed from the
 * coding of today alone. */
#include "record/kept.h"
#include "record/writing.h"

#include "bytes/buffer.h"

#include <stdlib.h>
#include <string.h>

struct older {
    struct record *record;
    int64_t version;
    struct buffer sql;
    annals_error *error;
};

static annals_status run(struct older *older)
{
    bool bound = older->sql.bytes != NULL && strstr(older->sql.bytes, "?1") != NULL;
    annals_status status = older->sql.failed
                               ? error_set(older->error, ANNALS_NO_MEMORY, "out of memory")
                               : statement_run(older->record, older->error, older->sql.bytes,
                                               bound ? "i" : "", older->version);
    buffer_clear(&older->sql);
    return status;
}

/* ------------------------------------------------------------------ which version */

static annals_status list_versions(struct older *older, const char *with)
{
    struct buffer *list = &older->sql;
    struct store_statement *row = statement_ask(
        older->record,
        "SELECT substr(dictionaries, 1, 12), substr(models, 1, 12), program FROM versions "
        "ORDER BY version",
        "");
    while (row != NULL && store_step(row) == STORE_ROW)
        buffer_print(list, "%s%s (annals %s, models %s)", list->length > 0 ? ", " : "",
                     store_text(row, 0), store_text(row, 2), store_text(row, 1));
    annals_status status = statement_end(older->record, row, older->error);
    if (status == ANNALS_OK)
        status =
            error_set(older->error, ANNALS_NOT_FOUND,
                      "%.40s is none or several of the versions that coded this record: %.380s",
                      with, list->bytes != NULL ? list->bytes : "");
    return status;
}

/* A version is known by the beginning of its dictionaries' hash, or of that and its models' with a
 * slash between. */
static annals_status find_version(struct older *older, const char *with)
{
    int64_t number = 0;
    static const char sql[] =
        "FROM versions WHERE substr(dictionaries || '/' || models, 1, length(?1)) = ?1 OR "
        "substr(substr(dictionaries, 1, 12) || '/' || models, 1, length(?1)) = ?1";
    char text[400];
    snprintf(text, sizeof text, "SELECT count(*) %s", sql);
    annals_status status =
        statement_number(older->record, older->error, 0, &number, text, "t", with);
    snprintf(text, sizeof text, "SELECT version %s", sql);
    if (status == ANNALS_OK && (number != 1 || with[0] == '\0'))
        return list_versions(older, with);
    return status == ANNALS_OK
               ? statement_number(older->record, older->error, 0, &older->version, text, "t", with)
               : status;
}

/* ------------------------------------------------------------------ tables */

static bool is_elsewhere(const struct older *older)
{
    return older->record->database->sqlite == NULL;
}

/* A temporary table like the one of the file, with its indexes. */
static annals_status make_table(struct older *older, const char *name)
{
    if (is_elsewhere(older)) {
        buffer_print(&older->sql, "CREATE TEMP TABLE %s (LIKE main.%s INCLUDING ALL)", name, name);
        return run(older);
    }
    static const char *const heads[][2] = {{"CREATE TABLE ", "CREATE TEMP TABLE "},
                                           {"CREATE INDEX ", "CREATE INDEX temp."},
                                           {"CREATE UNIQUE INDEX ", "CREATE UNIQUE INDEX temp."}};
    struct buffer all;
    buffer_init(&all);
    struct store_statement *row = statement_ask(
        older->record,
        "SELECT sql FROM main.sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL AND "
        "type IN ('table', 'index') ORDER BY type DESC",
        "t", name);
    while (row != NULL && store_step(row) == STORE_ROW) {
        const char *sql = store_text(row, 0);
        for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
            if (strncmp(sql, heads[i][0], strlen(heads[i][0])) == 0)
                buffer_print(&all, "%s%s;\n", heads[i][1], sql + strlen(heads[i][0]));
    }
    annals_status status = statement_end(older->record, row, older->error);
    if (status == ANNALS_OK && all.failed)
        status = error_set(older->error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK && all.length > 0 &&
        store_run(older->record->database, all.bytes) != STORE_OK)
        status = record_fail(older->record, "cannot ask an older coding", older->error);
    buffer_release(&all);
    return status;
}

#define CODED      "(SELECT report FROM main.reports WHERE version = ?1)"
#define ASIDE      "(SELECT claim FROM main.kept_claims WHERE coding = 0)"
#define ITS_CLAIMS "(SELECT claim FROM main.claims WHERE version = ?1)"

/* Rows of today's coding that this version made, as coded; rows of reports that another version
 * coded again. */
static annals_status fill_table(struct older *older, const struct kept_table *table)
{
    struct buffer *sql = &older->sql;
    bool claims = strcmp(table->name, "claims") == 0;
    bool aside =
        claims || strcmp(table->name, "participants") == 0 || strcmp(table->name, "counts") == 0;
    const char *numbered = strcmp(table->name, "places") == 0   ? " AND place < 1000000"
                           : strcmp(table->name, "actors") == 0 ? " AND actor < 1000000"
                                                                : "";
    buffer_print(sql,
                 "INSERT INTO temp.%s (%s) SELECT %s FROM main.%s WHERE %s%s%s UNION ALL "
                 "SELECT %s FROM main.kept_%s WHERE coding = ?1",
                 table->name, table->columns, table->columns, table->name,
                 table->by_claim ? "claim IN " ITS_CLAIMS : "report IN " CODED, numbered,
                 aside ? " AND claim NOT IN " ASIDE : "", table->columns, table->name);
    if (aside)
        buffer_print(
            sql, " UNION ALL SELECT %s FROM main.kept_%s WHERE coding = 0 AND claim IN " ITS_CLAIMS,
            table->columns, table->name);
    return run(older);
}

static annals_status fill_events(struct older *older)
{
    static const char *const steps[] = {
        "INSERT INTO temp.event_claims (claim, event, act) SELECT l.claim, l.event, l.act FROM "
        "main.event_claims l JOIN main.claims c USING (claim) WHERE c.version = ?1 AND l.claim NOT "
        "IN "
        "(SELECT claim FROM main.kept_event_claims WHERE coding = 0)",
        "INSERT OR IGNORE INTO temp.event_claims (claim, event, act) SELECT k.claim, k.event, "
        "k.act "
        "FROM main.kept_event_claims k JOIN main.claims c USING (claim) WHERE k.coding = 0 AND "
        "c.version = ?1",
        "INSERT OR IGNORE INTO temp.event_claims (claim, event, act) SELECT claim, event, act FROM "
        "main.kept_event_claims WHERE coding = ?1 AND claim IN (SELECT claim FROM temp.claims)",
        "INSERT OR IGNORE INTO temp.events (event, first, last, plover, place_report, place) "
        "SELECT "
        "event, first, last, plover, place_report, place FROM main.kept_events WHERE coding = ?1 "
        "AND "
        "event IN (SELECT event FROM temp.event_claims)",
        "INSERT OR IGNORE INTO temp.events (event, first, last, plover, place_report, place) "
        "SELECT "
        "event, first, last, plover, place_report, place FROM main.kept_events WHERE coding = 0 "
        "AND "
        "event IN (SELECT event FROM temp.event_claims) AND ?1 != 0",
        "INSERT OR IGNORE INTO temp.events (event, first, last, plover, place_report, place) "
        "SELECT "
        "event, first, last, plover, place_report, place FROM main.events WHERE "
        "event IN (SELECT event FROM temp.event_claims) AND ?1 != 0",
        /* An event whose first claim another version told has its first claim here as its key. */
        "CREATE TEMP TABLE keys AS SELECT event AS old, min(claim) AS new FROM temp.event_claims "
        "GROUP BY event HAVING max(claim = event) = 0",
        "UPDATE temp.events SET event = keys.new FROM temp.keys WHERE keys.old = event",
        "UPDATE temp.event_claims SET event = keys.new FROM temp.keys WHERE keys.old = event",
        "UPDATE temp.event_claims SET act = claim WHERE act NOT IN (SELECT claim FROM temp.claims)",
    };
    annals_status status = ANNALS_OK;
    for (size_t i = 0; status == ANNALS_OK && i < sizeof steps / sizeof steps[0]; i++) {
        buffer_add_string(&older->sql, steps[i]);
        status = run(older);
    }
    return status;
}

/* The reports that the version coded, as coded by it. */
static annals_status make_reports(struct older *older)
{
    struct buffer *sql = &older->sql;
    const char *between = "";
    buffer_add_string(sql, "CREATE TEMP VIEW reports AS SELECT ");
    struct store_statement *row =
        statement_ask(older->record,
                      is_elsewhere(older)
                          ? "SELECT column_name FROM information_schema.columns WHERE table_schema = "
                            "current_schema() AND table_name = 'reports' ORDER BY ordinal_position"
                          : "SELECT name FROM pragma_table_info('reports')",
                      "");
    while (row != NULL && store_step(row) == STORE_ROW) {
        const char *name = store_text(row, 0);
        if (strcmp(name, "version") == 0)
            buffer_print(sql, "%s%lld AS version", between, (long long)older->version);
        else
            buffer_print(sql, "%s%s", between, name);
        between = ", ";
    }
    annals_status status = statement_end(older->record, row, older->error);
    buffer_print(
        sql,
        " FROM main.reports r WHERE version = %lld OR EXISTS (SELECT 1 FROM main.codings k "
        "WHERE k.report = r.report AND k.version = %lld)",
        (long long)older->version, (long long)older->version);
    return status == ANNALS_OK ? run(older) : status;
}

#define ITS_SENTENCES                                                                              \
    "SELECT c.claim, CAST(substr(CAST(r.text AS BLOB), s.start + 1, s.stop - s.start) AS TEXT) "   \
    "FROM temp.claims c JOIN main.reports r USING (report) JOIN temp.sentences s "                 \
    "ON s.report = c.report AND s.sentence = c.sentence"

/* Where words are made of a text by us, each goes in by itself. */
static annals_status make_search_elsewhere(struct older *older)
{
    buffer_add_string(&older->sql,
                      "CREATE TEMP TABLE claim_search (LIKE main.claim_search INCLUDING ALL)");
    annals_status status = run(older);
    if (status != ANNALS_OK)
        return status;
    struct store_statement *row = statement_ask(older->record, ITS_SENTENCES, "");
    while (row != NULL && status == ANNALS_OK && store_step(row) == STORE_ROW)
        status = statement_run(older->record, older->error,
                               "INSERT INTO claim_search (rowid, sentence) VALUES (?, ?)", "it",
                               store_int64(row, 0), store_text(row, 1));
    annals_status end = statement_end(older->record, row, older->error);
    return status != ANNALS_OK ? status : end;
}

static annals_status make_search(struct older *older)
{
    if (is_elsewhere(older))
        return make_search_elsewhere(older);
    buffer_add_string(&older->sql, "CREATE VIRTUAL TABLE temp.claim_search USING fts5(sentence, "
                                   "tokenize = 'unicode61 remove_diacritics 2')");
    annals_status status = run(older);
    buffer_add_string(
        &older->sql,
        "INSERT INTO temp.claim_search (rowid, sentence) " ITS_SENTENCES);
    return status == ANNALS_OK ? run(older) : status;
}

static annals_status make_all(struct older *older)
{
    static const char *const emptied[] = {"events", "event_claims", "joins", "decided_claims"};
    annals_status status = ANNALS_OK;
    for (const struct kept_table *table = kept_tables; status == ANNALS_OK && table->name != NULL;
         table++) {
        status = make_table(older, table->name);
        if (status == ANNALS_OK)
            status = fill_table(older, table);
    }
    for (size_t i = 0; status == ANNALS_OK && i < sizeof emptied / sizeof emptied[0]; i++)
        status = make_table(older, emptied[i]);
    if (status == ANNALS_OK)
        status = fill_events(older);
    if (status == ANNALS_OK)
        status = make_search(older);
    return status == ANNALS_OK ? make_reports(older) : status;
}

annals_status record_use_coding(struct record *record, int64_t version, annals_error *error)
{
    struct older older = {.record = record, .version = version, .error = error};
    annals_status status = ANNALS_OK;
    buffer_init(&older.sql);
    if (store_run(record->database, "PRAGMA query_only = OFF") != STORE_OK)
        status = record_fail(record, "cannot ask an older coding", error);
    if (status == ANNALS_OK)
        status = make_all(&older);
    if (!record->writable)
        store_run(record->database, "PRAGMA query_only = ON");
    buffer_release(&older.sql);
    return status;
}

annals_status record_use_version(struct record *record, const char *with, annals_error *error)
{
    struct older older = {.record = record, .error = error};
    buffer_init(&older.sql);
    annals_status status = find_version(&older, with);
    buffer_release(&older.sql);
    return status == ANNALS_OK ? record_use_coding(record, older.version, error) : status;
}

annals_status record_last_recoding(struct record *record, struct arena *arena,
                                   struct record_recoding *recoding, annals_error *error)
{
    *recoding = (struct record_recoding){0};
    array_init(&recoding->older, arena);
    array_init(&recoding->reports, arena);
    annals_status status = statement_number(
        record, error, 0, &recoding->version,
        "SELECT version FROM reports GROUP BY version ORDER BY count(*) DESC, version LIMIT 1", "");
    if (status != ANNALS_OK)
        return status;
    struct store_statement *row =
        statement_ask(record,
                      "SELECT report, version FROM codings WHERE replaced_by = ?1 "
                      "AND report IN (SELECT report FROM reports WHERE version = ?1) "
                      "ORDER BY version, report",
                      "i", recoding->version);
    while (row != NULL && store_step(row) == STORE_ROW) {
        char id[RECORD_ID_SIZE];
        int64_t version = store_int64(row, 1);
        record_id_write('r', store_int64(row, 0), id);
        const char **report = (const char **)array_push(&recoding->reports);
        if (report != NULL)
            *report = arena_copy_string(arena, id);
        uint32_t count = recoding->older.count;
        int64_t *older = count > 0 && recoding->older.items[count - 1] == version
                             ? NULL
                             : array_push(&recoding->older);
        if (older != NULL)
            *older = version;
    }
    return statement_end(record, row, error);
}
