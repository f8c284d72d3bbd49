/* Codes stored reports again: hands each out as it was taken in, and puts its new coding in the
 * place of the old one.
 *
 * What a report is (its text, its blocks, what it says of itself) stays as it was taken in, so that
 * every position in it, and what people decided about it, keeps its meaning; what is found in it is
 * found anew. The older coding is kept under its version with the events that it made. Each report
 * is one transaction; those that today's versions coded are passed over, so that an interrupted run
 * is simply run again. Until the merging that follows the last report, claims of other reports that
 * shared an event stand alone, and what people decided about events waits. */
#include "record/decisions.h"
#include "record/kept.h"
#include "record/writing.h"

#include "document/stage.h"

#include <string.h>

annals_status record_outdated(struct record *record, const struct record_version *version,
                              uint64_t *count, annals_error *error)
{
    int64_t found = 0;
    annals_status status = statement_number(record, error, 0, &found,
                                            "SELECT count(*) FROM reports WHERE version IS NOT ?",
                                            "i", writing_version(version));
    if (status == ANNALS_OK)
        *count = (uint64_t)found;
    return status;
}

/* ------------------------------------------------------------------ out */

static void load_facts(struct document *document, struct arena *arena, struct store_statement *row)
{
    static const char *const origins[] = {"", "given", "metadata", "printed", "inferred"};
    struct report_facts *facts = &document->report;
    facts->id = statement_text(arena, row, 2);
    facts->title = statement_text(arena, row, 3);
    facts->source = statement_text(arena, row, 4);
    facts->byline = statement_text(arena, row, 5);
    facts->url = statement_text(arena, row, 6);
    facts->language = statement_text(arena, row, 7);
    const char *published = store_text(row, 8);
    const char *from = store_text(row, 9);
    facts->published = published != NULL ? calendar_read(published) : DAY_UNKNOWN;
    for (int i = 1; from != NULL && i < 5; i++)
        if (strcmp(origins[i], from) == 0)
            facts->published_from = (enum date_source)i;
    if (!store_is_null(row, 10))
        facts->published_span =
            (struct byte_span){(uint32_t)store_int64(row, 10), (uint32_t)store_int64(row, 11)};
}

static annals_status load_blocks(struct record *record, int64_t report, struct document *document,
                                 annals_error *error)
{
    static const char *const kinds[] = {"body", "title",    "heading", "byline",
                                        "date", "dateline", "caption", "furniture"};
    struct store_statement *row = statement_ask(
        record, "SELECT kind, start, stop, continues FROM blocks WHERE report = ? ORDER BY block",
        "i", report);
    while (row != NULL && store_step(row) == STORE_ROW) {
        uint32_t start = (uint32_t)store_int64(row, 1);
        uint32_t stop = (uint32_t)store_int64(row, 2);
        if (start > stop || stop > document->length)
            continue;
        struct block *block = array_push(&document->blocks);
        if (block == NULL)
            break;
        *block = (struct block){.span = {start, stop}, .continues = store_int(row, 3) != 0};
        const char *kind = record_text(row, 0);
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
            if (strcmp(kinds[i], kind) == 0)
                block->kind = (enum block_kind)i;
    }
    return statement_end(record, row, error);
}

annals_status record_next(struct record *record, const struct record_version *version,
                          int64_t *after, struct document *document, struct arena *arena,
                          bool *found, annals_error *error)
{
    static const char sql[] =
        "SELECT report, text, name, title, source, byline, url, language, published, "
        "published_from, published_start, published_stop FROM reports "
        "WHERE report > ?1 AND version IS NOT ?2 ORDER BY report LIMIT 1";
    struct store_statement *row =
        statement_ask(record, sql, "ii", *after, writing_version(version));
    bool any = row != NULL && store_step(row) == STORE_ROW;
    int64_t report = 0;
    if (any) {
        report = store_int64(row, 0);
        uint32_t length = (uint32_t)store_bytes(row, 1);
        document_init(document, arena, statement_text(arena, row, 1), length);
        load_facts(document, arena, row);
    }
    annals_status status = statement_end(record, row, error);
    struct record_original original = {0};
    if (status == ANNALS_OK && any && document->text == NULL)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK && any)
        status = load_blocks(record, report, document, error);
    if (status == ANNALS_OK && any)
        status = record_original(record, report, arena, &original, error);
    if (status != ANNALS_OK)
        return status;
    *found = any;
    if (!any)
        return ANNALS_OK;
    if (!original.is_text) {
        document->report.original = original.bytes;
        document->report.original_length = original.length;
    }
    document->layers = HAS_BLOCKS | HAS_FACTS;
    *after = report;
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ the old coding aside */

/* Runs steps with ?1 the report, ?2 its old version, ?3 the new one. */
static annals_status run_steps(struct record *record, const char *const *steps, size_t count,
                               int64_t report, int64_t old, int64_t new, annals_error *error)
{
    annals_status status = ANNALS_OK;
    for (size_t i = 0; status == ANNALS_OK && i < count; i++) {
        const char *kinds = strstr(steps[i], "?3") != NULL   ? "iii"
                            : strstr(steps[i], "?2") != NULL ? "ii"
                                                             : "i";
        status = statement_run(record, error, steps[i], kinds, report, old, new);
    }
    return status;
}

/* Which events the reports make that are about to be coded again: all at once, before the first of
 * them is taken apart; as they were merged, whatever people decided. */
static annals_status keep_events(struct record *record, int64_t report, int64_t old, int64_t new,
                                 annals_error *error)
{
    static const char *const steps[] = {
        "INSERT OR IGNORE INTO kept_event_claims (coding, claim, event, act) SELECT c.version, "
        "c.claim, coalesce(k.event, l.event), coalesce(k.act, l.act) FROM claims c LEFT JOIN "
        "event_claims l ON l.claim = c.claim LEFT JOIN kept_event_claims k ON k.coding = 0 AND "
        "k.claim = c.claim WHERE c.version != ?3 AND ?1 != 0 AND ?2 != 0 AND "
        "coalesce(k.event, l.event) IS NOT NULL",
        "INSERT OR REPLACE INTO kept_events (coding, event, first, last, plover, place_report, "
        "place) "
        "SELECT DISTINCT k.coding, e.event, e.first, e.last, e.plover, e.place_report, e.place "
        "FROM "
        "kept_event_claims k JOIN claims c ON c.claim = k.claim AND c.version = k.coding JOIN "
        "events e "
        "ON e.event = k.event WHERE k.coding != ?3 AND ?1 != 0 AND ?2 != 0",
        "INSERT OR REPLACE INTO kept_events (coding, event, first, last, plover, place_report, "
        "place) "
        "SELECT DISTINCT k.coding, e.event, e.first, e.last, e.plover, e.place_report, e.place "
        "FROM "
        "kept_event_claims k JOIN claims c ON c.claim = k.claim AND c.version = k.coding JOIN "
        "kept_events e ON e.coding = 0 AND e.event = k.event WHERE k.coding != ?3 AND ?1 != 0 AND "
        "?2 != 0",
    };
    int64_t missing = 0;
    annals_status status = statement_number(
        record, error, 0, &missing,
        "SELECT EXISTS (SELECT 1 FROM claims c WHERE c.report = ?1 AND NOT EXISTS (SELECT 1 FROM "
        "kept_event_claims k WHERE k.coding = ?2 AND k.claim = c.claim))",
        "ii", report, old);
    return status == ANNALS_OK && missing != 0
               ? run_steps(record, steps, sizeof steps / sizeof steps[0], report, old, new, error)
               : status;
}

#define ITS_CLAIMS "(SELECT claim FROM claims WHERE report = ?1)"
#define ORPHANS                                                                                    \
    "(SELECT l.claim FROM event_claims l JOIN claims c USING (claim) WHERE c.report != ?1 AND "    \
    "(l.event IN " ITS_CLAIMS " OR l.act IN " ITS_CLAIMS "))"

/* Takes what was found in the report out of the record. */
static annals_status remove_coding(struct record *record, int64_t report, int64_t old, int64_t new,
                                   annals_error *error)
{
    static const char *const steps[] = {
        "INSERT OR REPLACE INTO codings (report, version, replaced_by) VALUES (?1, ?2, ?3)",
        /* Claims of other reports lose their event with its first claim: they stand alone again. */
        "INSERT OR IGNORE INTO events (event, first, last, plover, place_report, place) SELECT "
        "claim, first, last, plover, CASE WHEN place IS NULL THEN NULL ELSE report END, place FROM "
        "claims WHERE claim IN " ORPHANS,
        "UPDATE event_claims SET event = claim, act = claim WHERE claim IN " ORPHANS,
        "DELETE FROM kept_event_claims WHERE coding = 0 AND claim IN " ITS_CLAIMS,
        /* What goes with a row is said, for on a server nothing takes it along. */
        "DELETE FROM event_claims WHERE claim IN " ITS_CLAIMS,
        "DELETE FROM event_claims WHERE event IN " ITS_CLAIMS,
        "DELETE FROM events WHERE event IN " ITS_CLAIMS,
        "INSERT INTO claim_search (claim_search, rowid, sentence) SELECT 'delete', claim, sentence "
        "FROM claim_texts WHERE claim IN " ITS_CLAIMS " AND sentence IS NOT NULL",
        /* Written again as the last row of the coding, it says who holds what (schema/004.sql). */
        "DELETE FROM unmerged WHERE report = ?1",
        "DELETE FROM participants WHERE claim IN " ITS_CLAIMS,
        "DELETE FROM counts WHERE claim IN " ITS_CLAIMS,
        "DELETE FROM according_to WHERE claim IN " ITS_CLAIMS,
        "DELETE FROM control_claims WHERE claim IN " ITS_CLAIMS,
        "DELETE FROM links WHERE claim IN " ITS_CLAIMS,
        "DELETE FROM links WHERE other IN " ITS_CLAIMS,
        "DELETE FROM joins WHERE claim IN " ITS_CLAIMS,
        "DELETE FROM joins WHERE other IN " ITS_CLAIMS,
        "DELETE FROM decided_claims WHERE claim IN " ITS_CLAIMS,
        "DELETE FROM claims WHERE report = ?1",
        "DELETE FROM actor_mentions WHERE report = ?1",
        "DELETE FROM actor_names WHERE identity IN (SELECT identity FROM actors WHERE report = ?1) "
        "AND NOT EXISTS (SELECT 1 FROM actors a WHERE a.identity = actor_names.identity AND "
        "a.report != ?1)",
        "DELETE FROM actors WHERE report = ?1",
        "DELETE FROM place_names WHERE identity IN (SELECT identity FROM places WHERE report = ?1) "
        "AND NOT EXISTS (SELECT 1 FROM places p WHERE p.identity = place_names.identity AND "
        "p.report != ?1)",
        "DELETE FROM places WHERE report = ?1",
        "DELETE FROM times WHERE report = ?1",
        "DELETE FROM sentences WHERE report = ?1",
        "UPDATE reports SET version = ?3 WHERE report = ?1 AND version = ?2",
    };
    return run_steps(record, steps, sizeof steps / sizeof steps[0], report, old, new, error);
}

/* ------------------------------------------------------------------ the new one in */

static annals_status replace(struct record *record, const struct document *document,
                             const struct record_version *version, annals_error *error)
{
    int64_t report = 0, new = writing_version(version), old = 0;
    annals_status status = writing_report(record, document, &report, error);
    if (status == ANNALS_OK)
        status = statement_number(record, error, 0, &old,
                                  "SELECT version FROM reports WHERE report = ?", "i", report);
    if (status == ANNALS_OK && old == 0)
        return error_set(error, ANNALS_NOT_FOUND, "the report is not in this record");
    if (status != ANNALS_OK || old == new)
        return status;
    status = writing_add_version(record, version, error);
    /* Events are as merged until the merging that follows the last report. */
    if (status == ANNALS_OK)
        status = regrouping_lift(record, error);
    if (status == ANNALS_OK)
        status = decisions_lift_report(record, report, error);
    if (status == ANNALS_OK)
        status = keep_events(record, report, old, new, error);
    if (status == ANNALS_OK)
        status = kept_drop_report(record, report, new, error);
    if (status == ANNALS_OK)
        status = kept_copy_report(record, report, old, error);
    if (status == ANNALS_OK)
        status = remove_coding(record, report, old, new, error);
    if (status == ANNALS_OK)
        status = writing_add_coding(record, document, new, error);
    return status == ANNALS_OK ? decisions_apply_report(record, report, error) : status;
}

annals_status record_replace(struct record *record, const struct document *document,
                             const struct record_version *version, annals_error *error)
{
    annals_status status = statement_begin(record, "cannot store the report", error);
    if (status != ANNALS_OK)
        return status;
    status = replace(record, document, version, error);
    return statement_finish(record, status, "cannot store the report", error);
}
