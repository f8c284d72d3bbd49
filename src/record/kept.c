/* Keeps rows of a coding as they were, and puts them back.
 *
 * What stands in `claims`, `participants` and `counts` is what holds: the coding of today with what
 * people decided applied to it, so that every list, figure and filter follows the decisions. The
 * rows as coded are moved aside whole first, under coding 0; `undo`, merging and coding again put
 * them back. Codings that another version replaced are kept under their own version. */
#include "record/kept.h"

#include "bytes/buffer.h"

#include <string.h>

const struct kept_table kept_tables[] = {
    {"sentences", "report, sentence, start, stop, heading", false},
    {"times", "report, time, start, stop, type, value, first, last, anchor", false},
    {"places",
     "report, place, start, stop, name, folded, geonameid, latitude, longitude, feature, country, "
     "admin1, admin2, acled_precision, ucdp_precision, relation, reason, certainty",
     false},
    {"actors", "report, actor, name, folded, entry, kind, type, code, country, who, parent", false},
    {"actor_mentions", "report, actor, start, stop", false},
    {"claims",
     "claim, report, sentence, trigger_start, trigger_stop, plover, mode, cameo, acled_type, "
     "acled_detail, place, first, last, precision, anchor, status, control, control_place, "
     "control_holder, confidence, rule, explanation, clause, version",
     false},
    {"participants", "claim, role, number, actor, start, stop, kind", true},
    {"counts", "claim, number, what, who, low, high, start, stop", true},
    {"according_to", "claim, number, actor, start, stop, cue_start, cue_stop", true},
    {NULL, NULL, false},
};

const struct kept_table *kept_table(const char *name)
{
    for (const struct kept_table *table = kept_tables; table->name != NULL; table++)
        if (strcmp(table->name, name) == 0)
            return table;
    return NULL;
}

/* Runs SQL that is put together of constants, with at most two numbers. */
static annals_status run(struct record *record, struct buffer *sql, const char *kinds,
                         int64_t first, int64_t second, annals_error *error)
{
    annals_status status = sql->failed
                               ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                               : statement_run(record, error, sql->bytes, kinds, first, second);
    buffer_clear(sql);
    return status;
}

/* ------------------------------------------------------------------ set aside, put back */

static const char *const decided_tables[] = {"claims", "participants", "counts"};

enum { DECIDED_TABLES = sizeof decided_tables / sizeof decided_tables[0] };

annals_status kept_set_aside(struct record *record, int64_t claim, annals_error *error)
{
    struct buffer sql;
    int64_t kept = 0;
    annals_status status = statement_number(
        record, error, 0, &kept, "SELECT count(*) FROM kept_claims WHERE coding = 0 AND claim = ?",
        "i", claim);
    buffer_init(&sql);
    for (int i = 0; status == ANNALS_OK && kept == 0 && i < DECIDED_TABLES; i++) {
        const struct kept_table *table = kept_table(decided_tables[i]);
        buffer_print(&sql, "INSERT INTO kept_%s (coding, %s) SELECT 0, %s FROM %s WHERE claim = ?",
                     table->name, table->columns, table->columns, table->name);
        status = run(record, &sql, "i", claim, 0, error);
    }
    buffer_release(&sql);
    return status;
}

/* The claims that are set aside: of one report, or all. Two texts, so that each finds its index. */
static const char *aside_of(int64_t report)
{
    return report != 0 ? "(SELECT claim FROM kept_claims WHERE report = ?1 AND coding = 0)"
                       : "(SELECT claim FROM kept_claims WHERE coding = 0 AND ?1 = 0)";
}

/* Who withdraws or surrenders may have held the place: the database finds that for claims that are
 * told to it. */
static annals_status tell_yielding(struct record *record, const char *claims, int64_t which,
                                   annals_error *error)
{
    struct buffer sql;
    buffer_init(&sql);
    buffer_print(
        &sql,
        "INSERT INTO control_made (yielding) SELECT x.claim FROM participants x JOIN claims c "
        "ON c.claim = x.claim WHERE x.role = 'agent' AND x.number = 0 AND x.actor IS NOT "
        "NULL AND c.plover = 'RETREAT' AND x.claim IN %s",
        claims);
    annals_status status = run(record, &sql, "i", which, 0, error);
    buffer_release(&sql);
    return status;
}

annals_status kept_tell_yielding(struct record *record, int64_t claim, annals_error *error)
{
    return tell_yielding(record, "(?1)", claim, error);
}

/* Claims whose control, place, day or status were written anew. In SQLite a trigger on claims sees
 * it; on a server no table has one (schema/postgresql/own/007.sql). */
static annals_status tell_amended(struct record *record, const char *claims, int64_t which,
                                  annals_error *error)
{
    struct buffer sql;
    if (record->database->sqlite != NULL)
        return ANNALS_OK;
    buffer_init(&sql);
    buffer_print(&sql,
                 "INSERT INTO control_made (amended) SELECT c.claim FROM claims c WHERE c.claim IN "
                 "%s ORDER BY c.claim",
                 claims);
    annals_status status = run(record, &sql, "i", which, 0, error);
    buffer_release(&sql);
    return status;
}

annals_status kept_tell_amended(struct record *record, int64_t claim, annals_error *error)
{
    return tell_amended(record, "(?1)", claim, error);
}

static annals_status put_back_claims(struct record *record, int64_t report, annals_error *error)
{
    static const char columns[] =
        "plover, mode, cameo, acled_type, acled_detail, place, first, last, "
        "precision, anchor, status, control, control_place, "
        "control_holder";
    const char *aside = aside_of(report);
    struct buffer sql;
    buffer_init(&sql);
    buffer_print(&sql,
                 "UPDATE claims SET (%s) = (SELECT %s FROM kept_claims k WHERE k.coding = 0 AND "
                 "k.claim = claims.claim) WHERE claim IN %s",
                 columns, columns, aside);
    annals_status status = run(record, &sql, "i", report, 0, error);
    if (status == ANNALS_OK)
        status = tell_amended(record, aside, report, error);
    for (int i = 1; status == ANNALS_OK && i < DECIDED_TABLES; i++) {
        const struct kept_table *table = kept_table(decided_tables[i]);
        buffer_print(&sql, "DELETE FROM %s WHERE claim IN %s", table->name, aside);
        status = run(record, &sql, "i", report, 0, error);
        buffer_print(&sql,
                     "INSERT INTO %s (%s) SELECT %s FROM kept_%s WHERE coding = 0 AND claim IN %s",
                     table->name, table->columns, table->columns, table->name, aside);
        if (status == ANNALS_OK)
            status = run(record, &sql, "i", report, 0, error);
    }
    if (status == ANNALS_OK)
        status = tell_yielding(record, aside, report, error);
    /* The claims last: they say which rows are meant. */
    for (int i = DECIDED_TABLES - 1; status == ANNALS_OK && i >= 0; i--) {
        buffer_print(&sql, "DELETE FROM kept_%s WHERE coding = 0 AND claim IN %s",
                     decided_tables[i], aside);
        status = run(record, &sql, "i", report, 0, error);
    }
    buffer_release(&sql);
    return status;
}

/* Places and actors that people named, and names that none is left to have. No words of a text
 * mention them. */
static annals_status remove_named(struct record *record, int64_t report, annals_error *error)
{
    static const char *const tables[][3] = {{"places", "place", "place_names"},
                                            {"actors", "actor", "actor_names"}};
    /* Two texts, so that each finds its index. */
    const char *which = report != 0 ? "report = ?1" : "?1 = 0";
    struct buffer sql;
    annals_status status = ANNALS_OK;
    buffer_init(&sql);
    for (int i = 0; status == ANNALS_OK && i < 2; i++) {
        const char *table = tables[i][0], *number = tables[i][1], *names = tables[i][2];
        buffer_print(&sql,
                     "DELETE FROM %s WHERE identity IN (SELECT identity FROM %s WHERE %s AND %s >= "
                     "?2) AND NOT EXISTS (SELECT 1 FROM %s x WHERE x.identity = %s.identity AND "
                     "NOT (%s%s AND x.%s >= ?2))",
                     names, table, which, number, table, names, report != 0 ? "x." : "", which,
                     number);
        status = run(record, &sql, "ii", report, (int64_t)DECIDED_NUMBER, error);
        buffer_print(&sql, "DELETE FROM %s WHERE %s AND %s >= ?2", table, which, number);
        if (status == ANNALS_OK)
            status = run(record, &sql, "ii", report, (int64_t)DECIDED_NUMBER, error);
    }
    buffer_release(&sql);
    return status;
}

annals_status kept_put_back(struct record *record, int64_t report, annals_error *error)
{
    struct buffer sql;
    int64_t any = 0;
    buffer_init(&sql);
    buffer_print(&sql, "SELECT EXISTS %s", aside_of(report));
    annals_status status = sql.failed
                               ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                               : statement_number(record, error, 0, &any, sql.bytes, "i", report);
    buffer_release(&sql);
    if (status == ANNALS_OK && any != 0)
        status = put_back_claims(record, report, error);
    return status == ANNALS_OK && any != 0 ? remove_named(record, report, error) : status;
}

/* ------------------------------------------------------------------ whole reports */

annals_status kept_copy_report(struct record *record, int64_t report, int64_t version,
                               annals_error *error)
{
    struct buffer sql;
    annals_status status = ANNALS_OK;
    buffer_init(&sql);
    for (const struct kept_table *table = kept_tables; status == ANNALS_OK && table->name != NULL;
         table++) {
        buffer_print(&sql,
                     "INSERT OR REPLACE INTO kept_%s (coding, %s) SELECT ?2, %s FROM %s WHERE %s",
                     table->name, table->columns, table->columns, table->name,
                     table->by_claim ? "claim IN (SELECT claim FROM claims WHERE report = ?1)"
                                     : "report = ?1");
        status = run(record, &sql, "ii", report, version, error);
    }
    buffer_release(&sql);
    return status;
}

annals_status kept_drop_report(struct record *record, int64_t report, int64_t version,
                               annals_error *error)
{
    static const char *const by_claim[] = {"event_claims", "according_to", "counts",
                                           "participants"};
    static const char *const by_report[] = {"claims", "actor_mentions", "actors",
                                            "places", "times",          "sentences"};
    struct buffer sql;
    annals_status status = ANNALS_OK;
    buffer_init(&sql);
    for (size_t i = 0; status == ANNALS_OK && i < sizeof by_claim / sizeof by_claim[0]; i++) {
        buffer_print(&sql,
                     "DELETE FROM kept_%s WHERE coding = ?2 AND claim IN "
                     "(SELECT claim FROM kept_claims WHERE coding = ?2 AND report = ?1)",
                     by_claim[i]);
        status = run(record, &sql, "ii", report, version, error);
    }
    for (size_t i = 0; status == ANNALS_OK && i < sizeof by_report / sizeof by_report[0]; i++) {
        buffer_print(&sql, "DELETE FROM kept_%s WHERE coding = ?2 AND report = ?1", by_report[i]);
        status = run(record, &sql, "ii", report, version, error);
    }
    if (status == ANNALS_OK)
        status =
            statement_run(record, error, "DELETE FROM codings WHERE report = ?1 AND version = ?2",
                          "ii", report, version);
    buffer_release(&sql);
    return status;
}
