/* How much a record holds, for those who watch over it.
 *
 * Counts are exact, so they cost a walk over an index each: the caller says how long that may take.
 * When a record in a file was last written, the times of the file and of its log say; they also
 * change when the log goes into the file. PostgreSQL keeps no such time, but counts the rows that
 * were written; whoever asks twice sees whether there were any. */
#include "record/tally.h"

#include "bytes/hash.h"
#include "record/statements.h"

#include <sys/stat.h>

/* ------------------------------------------------------------------ size and time */

static void look_at_files(struct record *record, struct record_tally *tally)
{
    static const char *const ends[] = {"", "-wal"};
    char path[sizeof record->path + 8];
    tally->bytes = 0;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct stat facts;
        snprintf(path, sizeof path, "%s%s", record->path, ends[i]);
        if (stat(path, &facts) != 0)
            continue;
        double changed = (double)facts.st_mtim.tv_sec + (double)facts.st_mtim.tv_nsec / 1e9;
        tally->bytes += facts.st_size;
        tally->changed = changed > tally->changed ? changed : tally->changed;
    }
}

/* Tables of the record, and the parts of those that are parted (packaging/postgresql). */
#define HERE "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
#define OURS                                                                                       \
    "(SELECT oid FROM pg_class WHERE relnamespace = " HERE " UNION ALL SELECT i.inhrelid FROM "    \
    "pg_inherits i JOIN pg_class p ON p.oid = i.inhparent WHERE p.relnamespace = " HERE ")"

static annals_status ask_server(struct record *record, struct record_tally *tally,
                                annals_error *error)
{
    annals_status status = statement_number(
        record, error, -1, &tally->bytes,
        "SELECT CAST(sum(pg_total_relation_size(oid)) AS BIGINT) FROM pg_class WHERE oid IN " OURS
        " AND relkind = 'r'",
        "");
    if (status == ANNALS_OK)
        status =
            statement_number(record, error, -1, &tally->rows,
                             "SELECT CAST(sum(n_tup_ins + n_tup_upd + n_tup_del) AS BIGINT) FROM "
                             "pg_stat_user_tables WHERE relid IN " OURS,
                             "");
    return status;
}

/* ------------------------------------------------------------------ counts */

annals_status record_tally(struct record *record, struct record_tally *tally, annals_error *error)
{
    *tally = (struct record_tally){-1, -1, -1, -1, -1, -1, 0, -1};
    const struct {
        int64_t *number;
        const char *sql;
    } counts[] = {{&tally->unmerged, "SELECT count(*) FROM unmerged"},
                  {&tally->decisions, "SELECT count(*) FROM decisions"},
                  {&tally->reports, "SELECT count(*) FROM reports"},
                  {&tally->events, "SELECT count(*) FROM events"},
                  {&tally->claims, "SELECT count(*) FROM claims"}};
    annals_status status = ANNALS_OK;
    if (record->database->sqlite != NULL)
        look_at_files(record, tally);
    else
        status = ask_server(record, tally, error);
    for (size_t i = 0; status == ANNALS_OK && i < sizeof counts / sizeof counts[0]; i++) {
        int64_t number = 0;
        status = statement_number(record, error, 0, &number, counts[i].sql, "");
        if (status == ANNALS_OK)
            *counts[i].number = number;
    }
    return status;
}

/* A snapshot names the transactions that it does not see: none can end without another name. It
 * also changes for those of the server's other databases, which does no harm. */
annals_status record_moment(struct record *record, uint64_t *moment, annals_error *error)
{
    struct store_statement *row =
        statement_ask(record, "SELECT CAST(pg_current_snapshot() AS TEXT)", "");
    if (row != NULL && store_step(row) == STORE_ROW)
        *moment = hash_bytes(record_text(row, 0), strlen(record_text(row, 0)));
    return statement_end(record, row, error);
}

annals_status record_answers(struct record *record, annals_error *error)
{
    int64_t any = 0;
    return statement_number(record, error, 0, &any, "SELECT EXISTS (SELECT 1 FROM reports)", "");
}
