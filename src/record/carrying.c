/* Carries a record between SQLite and PostgreSQL: backup, restore, and the way from one to the
 * other.
 *
 * Rows are read from one and written to the other, in the order in which they refer to each other;
 * the columns are those that the source has, without computed ones. What triggers have made
 * meanwhile (names, who holds what) gives way to the source's rows, which may differ where people
 * decided; words of the search are made anew. The caller compares the dumps. */
#include "record/carrying.h"

#include "bytes/buffer.h"
#include "record/statements.h"

#include <string.h>

/* In an order in which every row finds what it refers to. */
static const char *const tables[] = {
    "versions", "reports", "originals", "sightings", "blocks", "sentences", "times", "places",
    "actors", "actor_mentions", "claims", "participants", "counts", "according_to", "events",
    "event_claims", "links", "unmerged", "joins", "copies", "digests", "episodes", "cells",
    "likenesses", "decisions", "decision_targets", "decision_places", "decided_claims",
    "decided_events", "codings", "kept_sentences", "kept_times", "kept_places", "kept_actors",
    "kept_actor_mentions", "kept_claims", "kept_participants", "kept_counts", "kept_according_to",
    "kept_events", "kept_event_claims", "watched_feeds", "watched_pages",
    /* What triggers have filled. */
    "control_claims", "actor_names", "place_names"};

enum { TABLES = sizeof tables / sizeof tables[0], FILLED = TABLES - 3, ROWS_A_REPORT = 1000 };

struct carrying {
    struct record *from, *to;
    annals_copy_progress progress;
    void *context;
    annals_error *error;
    uint64_t done, total;
};

static annals_status fail(struct record *record, const char *doing, annals_error *error)
{
    return record_fail(record, doing, error);
}

/* ------------------------------------------------------------------ one table */

/* "a, b, c" of the source's table; how many. */
static annals_status list_columns(struct carrying *carrying, const char *table,
                                  struct buffer *columns, int *count)
{
    bool file = carrying->from->database->sqlite != NULL;
    *count = 0;
    struct store_statement *row = statement_ask(
        carrying->from,
        file ? "SELECT name FROM pragma_table_info(?)"
             : "SELECT column_name FROM information_schema.columns WHERE table_schema = "
               "current_schema() AND table_name = ? AND is_generated = 'NEVER' "
               "ORDER BY ordinal_position",
        "t", table);
    while (row != NULL && store_step(row) == STORE_ROW)
        buffer_print(columns, "%s%s", (*count)++ > 0 ? ", " : "", store_text(row, 0));
    return statement_end(carrying->from, row, carrying->error);
}

static void put(struct store_statement *into, struct store_statement *row, int column)
{
    switch (store_type(row, column)) {
    case STORE_INTEGER:
        store_bind_int64(into, column + 1, store_int64(row, column));
        break;
    case STORE_REAL:
        store_bind_double(into, column + 1, store_double(row, column));
        break;
    case STORE_TEXT: {
        const char *text = store_text(row, column);
        store_bind_lasting_bytes(into, column + 1, text, (uint64_t)store_bytes(row, column));
        break;
    }
    case STORE_BLOB: {
        const void *bytes = store_blob(row, column);
        store_bind_lasting_blob(into, column + 1, bytes, (uint64_t)store_bytes(row, column));
        break;
    }
    case STORE_NULL:
        break;
    }
}

static bool go_on(struct carrying *carrying)
{
    carrying->done++;
    return carrying->progress == NULL || carrying->done % ROWS_A_REPORT != 0 ||
           carrying->progress(carrying->context, carrying->done, carrying->total);
}

/* Every row of `select` into `insert`. */
static annals_status carry(struct carrying *carrying, const char *select, const char *insert)
{
    struct store_statement *row = NULL, *into = NULL;
    annals_status status = ANNALS_OK;
    int code = STORE_OK;
    if (store_prepare(carrying->from->database, select, &row) != STORE_OK)
        status = fail(carrying->from, "cannot copy", carrying->error);
    else if (store_prepare(carrying->to->database, insert, &into) != STORE_OK)
        status = fail(carrying->to, "cannot copy", carrying->error);
    while (status == ANNALS_OK && (code = store_step(row)) == STORE_ROW) {
        int columns = store_columns(row);
        store_clear(into);
        for (int i = 0; i < columns; i++)
            put(into, row, i);
        if (store_step(into) != STORE_DONE || store_reset(into) != STORE_OK)
            status = fail(carrying->to, "cannot copy", carrying->error);
        else if (!go_on(carrying))
            status = error_set(carrying->error, ANNALS_STOPPED,
                               "stopped on request; nothing was written");
    }
    if (status == ANNALS_OK && code != STORE_DONE)
        status = fail(carrying->from, "cannot copy", carrying->error);
    store_finalize(row);
    store_finalize(into);
    return status;
}

static annals_status carry_table(struct carrying *carrying, const char *table)
{
    struct buffer select, insert, columns;
    int count = 0;
    buffer_init(&select);
    buffer_init(&insert);
    buffer_init(&columns);
    annals_status status = list_columns(carrying, table, &columns, &count);
    /* One decision may refer to another. A server gives rows as they lie, and those that come later
     * may lie in the room of what was rolled back. */
    buffer_print(&select, "SELECT %s FROM %s%s", columns.bytes != NULL ? columns.bytes : "", table,
                 strcmp(table, "decisions") == 0 ? " ORDER BY decision" : "");
    buffer_print(&insert, "INSERT INTO %s (%s) VALUES (", table,
                 columns.bytes != NULL ? columns.bytes : "");
    for (int i = 0; i < count; i++)
        buffer_add_string(&insert, i > 0 ? ", ?" : "?");
    buffer_add_byte(&insert, ')');
    if (status == ANNALS_OK && (select.failed || insert.failed || columns.failed))
        status = error_set(carrying->error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK)
        status = carry(carrying, select.bytes, insert.bytes);
    buffer_release(&select);
    buffer_release(&insert);
    buffer_release(&columns);
    return status;
}

static annals_status empty(struct carrying *carrying, const char *table)
{
    char sql[80];
    snprintf(sql, sizeof sql, "DELETE FROM %s", table);
    return statement_run(carrying->to, carrying->error, sql, "");
}

/* ------------------------------------------------------------------ the whole */

static annals_status count_rows(struct carrying *carrying)
{
    annals_status status = ANNALS_OK;
    for (int i = 0; status == ANNALS_OK && i < TABLES; i++) {
        int64_t rows = 0;
        char sql[80];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", tables[i]);
        status = statement_number(carrying->from, carrying->error, 0, &rows, sql, "");
        carrying->total += (uint64_t)rows;
    }
    return status;
}

annals_status carrying_all(struct record *from, struct record *to, annals_copy_progress progress,
                           void *context, annals_error *error)
{
    struct carrying carrying = {
        .from = from, .to = to, .progress = progress, .context = context, .error = error};
    annals_status status = count_rows(&carrying);
    for (int i = 0; status == ANNALS_OK && i < TABLES; i++) {
        if (i >= FILLED)
            status = empty(&carrying, tables[i]);
        if (status == ANNALS_OK)
            status = carry_table(&carrying, tables[i]);
    }
    if (status == ANNALS_OK)
        status = carry(&carrying, "SELECT report, title, text FROM reports ORDER BY report",
                       "INSERT INTO report_search (rowid, title, text) VALUES (?, ?, ?)");
    if (status == ANNALS_OK)
        status = carry(&carrying,
                       "SELECT claim, sentence FROM claim_texts WHERE sentence IS NOT NULL "
                       "ORDER BY claim",
                       "INSERT INTO claim_search (rowid, sentence) VALUES (?, ?)");
    /* The words of all reports went first. */
    return status == ANNALS_OK && to->database->sqlite == NULL
               ? statement_run(to, error, "SELECT settle_apart()", "")
               : status;
}
