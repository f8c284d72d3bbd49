/* Verifies a record: that every report's bytes have their SHA-256, that every position lies in the
 * text and on whole characters, that rows refer to rows that are there, that the search tables hold
 * what the texts hold, and that every claim that counts stands in one event.
 *
 * The file itself is checked by SQLite (integrity_check). Nothing is repaired. */
#include "record/statements.h"

#include "bytes/buffer.h"
#include "bytes/digest.h"

#include <string.h>

enum { POSITION_BITS = 23 };

struct verifying {
    struct record *record;
    annals_sink sink;
    annals_progress progress;
    void *context;
    annals_error *error;
    struct buffer line;
    uint64_t damages, done, total;
};

static annals_status tell(struct verifying *verifying)
{
    struct buffer *line = &verifying->line;
    buffer_add_byte(line, '\n');
    verifying->damages++;
    annals_status status = ANNALS_OK;
    if (line->failed)
        status = error_set(verifying->error, ANNALS_NO_MEMORY, "out of memory");
    else if (!verifying->sink(verifying->context, line->bytes, line->length))
        status =
            error_set(verifying->error, ANNALS_CANNOT_WRITE, "the output could not be written");
    buffer_clear(line);
    return status;
}

static annals_status tell_of(struct verifying *verifying, char letter, int64_t key,
                             const char *what)
{
    char id[RECORD_ID_SIZE];
    record_id_write(letter, key, id);
    buffer_print(&verifying->line, "%s: %s", id, what);
    return tell(verifying);
}

/* ------------------------------------------------------------------ one report */

static annals_status check_bytes(struct verifying *verifying, int64_t report, const char *sha256)
{
    struct arena arena;
    struct record_original original = {0};
    annals_error error = {0};
    arena_init(&arena);
    annals_status status = record_original(verifying->record, report, &arena, &original, &error);
    if (status == ANNALS_FOREIGN || status == ANNALS_NOT_FOUND) {
        status = tell_of(verifying, 'r', report, error.sentence);
    } else if (status == ANNALS_OK) {
        struct digest digest = digest_of(original.bytes, original.length);
        char found[65];
        digest_write(&digest, found);
        if (strcmp(found, sha256) != 0)
            status = tell_of(verifying, 'r', report, "its bytes do not have its SHA-256");
        int64_t known = 0;
        if (status == ANNALS_OK)
            status = statement_number(verifying->record, verifying->error, 0, &known,
                                      "SELECT report FROM digests WHERE digest = ?", "i",
                                      (int64_t)digest_number(&digest));
        if (status == ANNALS_OK && known != report)
            status = tell_of(verifying, 'r', report, "its key does not follow from its bytes");
    } else if (verifying->error != NULL) {
        *verifying->error = error;
    }
    arena_release(&arena);
    return status;
}

static bool is_boundary(const char *text, int64_t length, int64_t at)
{
    return at >= 0 && at <= length && (at == length || ((unsigned char)text[at] & 0xc0) != 0x80);
}

static const char spans_sql[] =
    "SELECT 'r', report, 'block', start, stop FROM blocks WHERE report = ?1 "
    "UNION ALL SELECT 'r', report, 'sentence', start, stop FROM sentences WHERE report = ?1 "
    "UNION ALL SELECT 'r', report, 'time', start, stop FROM times WHERE report = ?1 "
    "UNION ALL SELECT 'r', report, 'place', start, stop FROM places WHERE report = ?1 "
    "UNION ALL SELECT 'r', report, 'actor', start, stop FROM actor_mentions WHERE report = ?1 "
    "UNION ALL SELECT 'r', report, 'date', published_start, published_stop FROM reports "
    "WHERE report = ?1 AND published_start IS NOT NULL "
    "UNION ALL SELECT 'c', claim, 'trigger', trigger_start, trigger_stop FROM claims WHERE report "
    "= ?1 "
    "UNION ALL SELECT 'c', claim, 'participant', start, stop FROM participants JOIN claims USING "
    "(claim) WHERE report = ?1 AND start IS NOT NULL "
    "UNION ALL SELECT 'c', claim, 'count', start, stop FROM counts JOIN claims USING (claim) "
    "WHERE report = ?1 AND start IS NOT NULL "
    "UNION ALL SELECT 'c', claim, 'speaker', start, stop FROM according_to JOIN claims USING "
    "(claim) "
    "WHERE report = ?1 AND start IS NOT NULL "
    "UNION ALL SELECT 'c', claim, 'cue', cue_start, cue_stop FROM according_to JOIN claims USING "
    "(claim) WHERE report = ?1 AND cue_start IS NOT NULL";

static annals_status check_spans(struct verifying *verifying, int64_t report, const char *text,
                                 int64_t length)
{
    struct store_statement *row = statement_ask(verifying->record, spans_sql, "i", report);
    annals_status status = ANNALS_OK;
    while (row != NULL && status == ANNALS_OK && store_step(row) == STORE_ROW) {
        char letter = *record_text(row, 0);
        int64_t key = store_int64(row, 1);
        int64_t start = store_int64(row, 3), stop = store_int64(row, 4);
        if (start <= stop && is_boundary(text, length, start) && is_boundary(text, length, stop)) {
            if (letter == 'c' && (key ^ report) >> POSITION_BITS != 0)
                status = tell_of(verifying, 'c', key, "its key is not of its report");
            continue;
        }
        char what[100];
        snprintf(what, sizeof what, "a %s stands at bytes %lld to %lld, outside the text",
                 record_text(row, 2), (long long)start, (long long)stop);
        status = tell_of(verifying, letter, key, what);
    }
    annals_status end = statement_end(verifying->record, row, verifying->error);
    return status != ANNALS_OK ? status : end;
}

static annals_status check_reports(struct verifying *verifying)
{
    annals_status status = ANNALS_OK;
    struct store_statement *row = statement_ask(
        verifying->record, "SELECT report, sha256, text FROM reports ORDER BY report", "");
    while (row != NULL && status == ANNALS_OK && store_step(row) == STORE_ROW) {
        int64_t report = store_int64(row, 0);
        const char *sha256 = record_text(row, 1);
        const char *text = record_text(row, 2);
        int64_t length = store_bytes(row, 2);
        status = check_bytes(verifying, report, sha256);
        if (status == ANNALS_OK)
            status = check_spans(verifying, report, text, length);
        verifying->done++;
        if (status == ANNALS_OK && verifying->progress != NULL &&
            !verifying->progress(verifying->context, verifying->record->path, verifying->done,
                                 verifying->total))
            status = error_set(verifying->error, ANNALS_STOPPED, "stopped on request");
    }
    annals_status end = statement_end(verifying->record, row, verifying->error);
    return status != ANNALS_OK ? status : end;
}

/* ------------------------------------------------------------------ the whole record */

/* Rows that should not be: a letter, a key, what is wrong. */
static const char *const wrongs[] = {
    "SELECT 'c', claim, 'stands in no event' FROM claims c WHERE NOT EXISTS (SELECT 1 FROM "
    "event_claims l WHERE l.claim = c.claim) AND status IS NOT 'rejected' AND NOT EXISTS (SELECT 1 "
    "FROM unmerged u WHERE u.report = c.report)",
    "SELECT 'e', event, 'has no claim' FROM events e WHERE NOT EXISTS (SELECT 1 FROM event_claims "
    "l "
    "WHERE l.event = e.event)",
    "SELECT 'c', claim, 'belongs to an act of another event' FROM event_claims l WHERE NOT EXISTS "
    "(SELECT 1 FROM event_claims o WHERE o.claim = l.act AND o.event = l.event)",
    "SELECT 'c', claim, 'was coded by another version than its report' FROM claims c JOIN reports "
    "r "
    "USING (report) WHERE c.version != r.version",
    "SELECT 'e', event, 'has a place that is not there' FROM events e WHERE place IS NOT NULL AND "
    "NOT "
    "EXISTS (SELECT 1 FROM places p WHERE p.report = e.place_report AND p.place = e.place)",
    "SELECT 'c', claim, 'is kept for a decision, but not there' FROM kept_claims k WHERE coding = "
    "0 "
    "AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.claim = k.claim)",
    "SELECT 'r', report, 'is said to print the text of a report that does so too' FROM copies c "
    "WHERE "
    "EXISTS (SELECT 1 FROM copies o WHERE o.report = c.original)",
};

static annals_status check_rows(struct verifying *verifying, const char *sql)
{
    annals_status status = ANNALS_OK;
    struct store_statement *row = statement_ask(verifying->record, sql, "");
    while (row != NULL && status == ANNALS_OK && store_step(row) == STORE_ROW)
        status = tell_of(verifying, *record_text(row, 0),
                         store_int64(row, 1), record_text(row, 2));
    annals_status end = statement_end(verifying->record, row, verifying->error);
    return status != ANNALS_OK ? status : end;
}

static annals_status check_references(struct verifying *verifying)
{
    annals_status status = ANNALS_OK;
    struct store_statement *row = statement_ask(verifying->record, "PRAGMA foreign_key_check", "");
    while (row != NULL && status == ANNALS_OK && store_step(row) == STORE_ROW) {
        buffer_print(&verifying->line, "%s: a row refers to a row of %s that is not there",
                     record_text(row, 0),
                     record_text(row, 2));
        status = tell(verifying);
    }
    annals_status end = statement_end(verifying->record, row, verifying->error);
    return status != ANNALS_OK ? status : end;
}

static annals_status check_file(struct verifying *verifying)
{
    annals_status status = ANNALS_OK;
    struct store_statement *row = statement_ask(verifying->record, "PRAGMA integrity_check", "");
    while (row != NULL && status == ANNALS_OK && store_step(row) == STORE_ROW) {
        const char *found = record_text(row, 0);
        if (strcmp(found, "ok") == 0)
            continue;
        buffer_print(&verifying->line, "%s: %s", verifying->record->path, found);
        status = tell(verifying);
    }
    annals_status end = statement_end(verifying->record, row, verifying->error);
    return status != ANNALS_OK ? status : end;
}

/* FTS5 compares a search table with the texts it was made of (sqlite.org/fts5.html, 6.2). */
static annals_status check_search(struct verifying *verifying, const char *name)
{
    char sql[100];
    snprintf(sql, sizeof sql, "INSERT INTO %s (%s, rank) VALUES ('integrity-check', 1)", name,
             name);
    int code = store_run(verifying->record->database, sql);
    if (code == STORE_OK)
        return ANNALS_OK;
    if ((code & 0xff) != STORE_CORRUPT)
        return record_fail(verifying->record, "cannot verify", verifying->error);
    buffer_print(&verifying->line, "%s: does not hold the words of the texts", name);
    return tell(verifying);
}

annals_status record_verify(struct record *record, annals_sink sink, annals_progress progress,
                            void *context, uint64_t *damages, annals_error *error)
{
    struct verifying verifying = {
        .record = record, .sink = sink, .progress = progress, .context = context, .error = error};
    int64_t total = 0;
    buffer_init(&verifying.line);
    annals_status status = check_file(&verifying);
    if (status == ANNALS_OK)
        status = statement_number(record, error, 0, &total, "SELECT count(*) FROM reports", "");
    verifying.total = (uint64_t)total;
    if (status == ANNALS_OK)
        status = check_references(&verifying);
    if (status == ANNALS_OK)
        status = check_reports(&verifying);
    for (size_t i = 0; status == ANNALS_OK && i < sizeof wrongs / sizeof wrongs[0]; i++)
        status = check_rows(&verifying, wrongs[i]);
    if (status == ANNALS_OK)
        status = check_search(&verifying, "report_search");
    if (status == ANNALS_OK)
        status = check_search(&verifying, "claim_search");
    buffer_release(&verifying.line);
    if (status == ANNALS_OK)
        *damages = verifying.damages;
    return status;
}
