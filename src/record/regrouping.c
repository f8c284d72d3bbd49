/* What people decide about events: which claims belong together, which apart, which do not count.
 *
 * Applied after merging, in the order of the decisions: a merge makes one event of those that hold
 * its claims; a split takes its claims out of the event that holds the claim they were split from;
 * a rejected claim leaves its event. So later reports join the events that people made, and the
 * events follow from reports and decisions alone. Events as merged are kept under coding 0 and put
 * back before the next merging.
 *
 * An event that was regrouped, or a claim of which was amended, takes the day, place and type that
 * most of its claims give; what a person decided weighs half as much again. Left out: later reports
 * that resemble the claims that were split off do not follow them by themselves. */
#include "record/decisions.h"

#include "bytes/array.h"

#include <string.h>

/* What of an event is to be found anew. */
enum { FRESH_DAY = 1, FRESH_PLACE = 2, FRESH_TYPE = 4, FRESH_ALL = 7 };

struct touched {
    int64_t event;
    unsigned fresh;
};

struct regrouping {
    struct record *record;
    struct arena arena;
    ARRAY(struct touched) touched;
    annals_error *error;
};

struct keys {
    ARRAY(int64_t) items;
};

/* ------------------------------------------------------------------ back to what was merged */

annals_status regrouping_lift(struct record *record, annals_error *error)
{
    static const char *const steps[] = {
        "INSERT INTO events (event, first, last, plover, place_report, place) SELECT event, first, "
        "last, plover, place_report, place FROM kept_events WHERE coding = 0 ON CONFLICT (event) "
        "DO "
        "UPDATE SET first = excluded.first, last = excluded.last, plover = excluded.plover, "
        "place_report = excluded.place_report, place = excluded.place",
        "INSERT INTO event_claims (claim, event, act) SELECT claim, event, act FROM "
        "kept_event_claims k WHERE coding = 0 AND EXISTS (SELECT 1 FROM claims c WHERE "
        "c.claim = k.claim) ON CONFLICT (claim) DO UPDATE SET "
        "event = excluded.event, act = excluded.act",
        "DELETE FROM event_claims WHERE event IN (SELECT event FROM decided_events) AND event NOT "
        "IN (SELECT event FROM kept_events WHERE coding = 0)",
        "DELETE FROM events WHERE event IN (SELECT event FROM decided_events) AND event NOT IN "
        "(SELECT event FROM kept_events WHERE coding = 0)",
        "DELETE FROM decided_events",
        "DELETE FROM kept_event_claims WHERE coding = 0",
        "DELETE FROM kept_events WHERE coding = 0",
    };
    int64_t any = 0;
    annals_status status = statement_number(
        record, error, 0, &any, "SELECT EXISTS (SELECT 1 FROM kept_events WHERE coding = 0)", "");
    for (size_t i = 0; status == ANNALS_OK && any != 0 && i < sizeof steps / sizeof steps[0]; i++)
        status = statement_run(record, error, steps[i], "");
    return status;
}

/* ------------------------------------------------------------------ small steps */

static annals_status note(struct regrouping *regrouping, int64_t event, unsigned fresh)
{
    for (uint32_t i = 0; i < regrouping->touched.count; i++)
        if (regrouping->touched.items[i].event == event) {
            regrouping->touched.items[i].fresh |= fresh;
            return ANNALS_OK;
        }
    struct touched *touched = array_push(&regrouping->touched);
    if (touched == NULL)
        return error_set(regrouping->error, ANNALS_NO_MEMORY, "out of memory");
    *touched = (struct touched){event, fresh};
    return ANNALS_OK;
}

/* Keeps the event as it was merged, unless it is there by decision only. */
static annals_status touch(struct regrouping *regrouping, int64_t event, unsigned fresh)
{
    annals_status status = statement_run(regrouping->record, regrouping->error,
                                         "INSERT OR IGNORE INTO kept_event_claims (coding, claim, "
                                         "event, act) SELECT 0, claim, event, "
                                         "act FROM event_claims WHERE event = ?1 AND event NOT IN "
                                         "(SELECT event FROM decided_events)",
                                         "i", event);
    if (status == ANNALS_OK)
        status = statement_run(
            regrouping->record, regrouping->error,
            "INSERT OR IGNORE INTO kept_events (coding, event, first, last, plover, place_report, "
            "place) SELECT 0, event, first, last, plover, place_report, place FROM events "
            "WHERE event = ?1 AND event NOT IN (SELECT event FROM decided_events)",
            "i", event);
    return status == ANNALS_OK ? note(regrouping, event, fresh) : status;
}

static annals_status list_keys(struct regrouping *regrouping, struct keys *keys, const char *sql,
                               int64_t first, int64_t second)
{
    const char *kinds = strstr(sql, "?2") != NULL ? "ii" : strstr(sql, "?1") != NULL ? "i" : "";
    struct store_statement *row = statement_ask(regrouping->record, sql, kinds, first, second);
    array_init(&keys->items, &regrouping->arena);
    while (row != NULL && store_step(row) == STORE_ROW) {
        int64_t *key = array_push(&keys->items);
        if (key != NULL)
            *key = store_int64(row, 0);
    }
    annals_status status = statement_end(regrouping->record, row, regrouping->error);
    if (regrouping->arena.failed)
        return error_set(regrouping->error, ANNALS_NO_MEMORY, "out of memory");
    return status;
}

static annals_status run(struct regrouping *regrouping, const char *sql, int64_t first,
                         int64_t second)
{
    return statement_run(regrouping->record, regrouping->error, sql,
                         strstr(sql, "?2") != NULL ? "ii" : "i", first, second);
}

/* ------------------------------------------------------------------ the decisions */

static annals_status apply_merge(struct regrouping *regrouping, int64_t decision)
{
    struct keys events;
    annals_status status =
        list_keys(regrouping, &events,
                  "SELECT DISTINCT l.event FROM decided_claims b JOIN "
                  "event_claims l USING (claim) WHERE b.decision = ?1 ORDER BY 1",
                  decision, 0);
    for (uint32_t i = 0; status == ANNALS_OK && events.items.count > 1 && i < events.items.count;
         i++) {
        int64_t event = events.items.items[i], into = events.items.items[0];
        status = touch(regrouping, event, FRESH_ALL);
        if (status != ANNALS_OK || i == 0)
            continue;
        status =
            run(regrouping, "UPDATE event_claims SET event = ?1 WHERE event = ?2", into, event);
        if (status == ANNALS_OK)
            status = run(regrouping, "DELETE FROM events WHERE event = ?1", event, 0);
    }
    return status;
}

/* The claims that a split names. */
#define NAMED                                                                                      \
    "(SELECT b.claim FROM decided_claims b JOIN decision_targets t USING (decision, number) "      \
    "WHERE b.decision = ?1 AND t.role = 'claim')"

/* Of `event`, the claims that the decision names (or the others) become an event of their own,
 * whose key is its first claim; an act that both had a part in becomes two. */
static annals_status part(struct regrouping *regrouping, int64_t decision, int64_t event)
{
    struct record *record = regrouping->record;
    annals_error *error = regrouping->error;
    int64_t named = 0, rest = 0;
    annals_status status =
        statement_number(record, error, 0, &named,
                         "SELECT min(claim) FROM event_claims WHERE event = ?2 AND claim IN " NAMED,
                         "ii", decision, event);
    if (status == ANNALS_OK)
        status = statement_number(
            record, error, 0, &rest,
            "SELECT min(claim) FROM event_claims WHERE event = ?2 AND claim NOT IN " NAMED, "ii",
            decision, event);
    if (status != ANNALS_OK || named == 0 || rest == 0)
        return status;
    status = touch(regrouping, event, FRESH_ALL);
    /* The part with the event's own key keeps it. */
    int64_t made = named == event || (rest != event && rest > named) ? rest : named;
    bool names = made == named;
    if (status == ANNALS_OK)
        status = statement_run(record, error,
                               "INSERT OR IGNORE INTO decided_events SELECT ?1 WHERE NOT EXISTS "
                               "(SELECT 1 FROM events WHERE event = ?1)",
                               "i", made);
    if (status == ANNALS_OK)
        status = statement_run(record, error, "INSERT OR IGNORE INTO events (event) VALUES (?)",
                               "i", made);
    if (status == ANNALS_OK)
        status = statement_run(
            record, error,
            "UPDATE event_claims SET event = ?3 WHERE event = ?2 AND (claim IN " NAMED ") = ?4",
            "iiii", decision, event, made, (int64_t)names);
    if (status == ANNALS_OK)
        status = statement_run(
            record, error,
            "UPDATE event_claims SET act = (SELECT min(o.claim) FROM event_claims o WHERE "
            "o.event = event_claims.event AND o.act = event_claims.act) WHERE event IN (?1, ?2)",
            "ii", made, event);
    return status == ANNALS_OK ? note(regrouping, made, FRESH_ALL) : status;
}

static annals_status apply_split(struct regrouping *regrouping, int64_t decision)
{
    struct keys events;
    annals_status status =
        list_keys(regrouping, &events,
                  "SELECT l.event FROM decided_claims b JOIN decision_targets t USING (decision, "
                  "number) JOIN event_claims l ON l.claim = b.claim WHERE b.decision = ?1 AND "
                  "t.role = 'rest'",
                  decision, 0);
    if (status == ANNALS_OK && events.items.count > 0)
        status = part(regrouping, decision, events.items.items[0]);
    return status;
}

/* A claim that does not count leaves its event; the last one takes it along. */
static annals_status apply_rejections(struct regrouping *regrouping)
{
    struct keys claims, events;
    annals_status status = list_keys(
        regrouping, &claims,
        "SELECT claim FROM kept_claims k JOIN claims c USING (claim) WHERE k.coding = 0 AND "
        "c.status = 'rejected' AND EXISTS (SELECT 1 FROM event_claims l WHERE l.claim = k.claim) "
        "ORDER BY 1",
        0, 0);
    for (uint32_t i = 0; status == ANNALS_OK && i < claims.items.count; i++) {
        int64_t claim = claims.items.items[i];
        status = list_keys(regrouping, &events, "SELECT event FROM event_claims WHERE claim = ?1",
                           claim, 0);
        if (status != ANNALS_OK || events.items.count == 0)
            continue;
        int64_t event = events.items.items[0];
        status = touch(regrouping, event, FRESH_ALL);
        if (status == ANNALS_OK)
            status = run(regrouping, "DELETE FROM event_claims WHERE claim = ?1", claim, 0);
        if (status == ANNALS_OK)
            status = run(regrouping,
                         "UPDATE event_claims SET act = (SELECT min(o.claim) FROM event_claims o "
                         "WHERE o.act = ?1) WHERE act = ?1",
                         claim, 0);
        if (status == ANNALS_OK)
            status = run(regrouping,
                         "DELETE FROM events WHERE event = ?1 AND NOT EXISTS (SELECT 1 FROM "
                         "event_claims l WHERE l.event = ?1)",
                         event, 0);
    }
    return status;
}

static annals_status touch_amended(struct regrouping *regrouping)
{
    static const struct {
        const char *sql;
        unsigned fresh;
    } slots[] = {
#define AMENDED(slot)                                                                              \
    "SELECT DISTINCT l.event FROM decisions d JOIN decided_claims b USING (decision) "             \
    "JOIN event_claims l USING (claim) WHERE d.kind = 'amend' AND d.slot = '" slot                 \
    "' AND" NOT_UNDONE("d") "ORDER BY 1"
        {AMENDED("date"), FRESH_DAY},
        {AMENDED("place"), FRESH_PLACE},
        {AMENDED("type"), FRESH_TYPE},
#undef AMENDED
    };
    annals_status status = ANNALS_OK;
    for (size_t i = 0; status == ANNALS_OK && i < sizeof slots / sizeof slots[0]; i++) {
        struct keys events;
        status = list_keys(regrouping, &events, slots[i].sql, 0, 0);
        for (uint32_t j = 0; status == ANNALS_OK && j < events.items.count; j++)
            status = touch(regrouping, events.items.items[j], slots[i].fresh);
    }
    return status;
}

/* ------------------------------------------------------------------ what an event is then */

#define HAPPENING "(c.plover IN ('ASSAULT', 'PROTEST', 'MOBILIZE') OR c.control IS NOT NULL)"
#define DECIDED(name)                                                                              \
    "EXISTS (SELECT 1 FROM decided_claims b JOIN decisions d USING (decision) WHERE "              \
    "b.claim = c.claim AND d.slot = '" name "' AND" NOT_UNDONE("d") ")"

#define ONE_PLACE "(PARTITION BY coalesce(CAST(p.geonameid AS TEXT), p.folded)"

static annals_status freshen(struct regrouping *regrouping, const struct touched *touched)
{
    static const struct {
        unsigned fresh;
        const char *sql;
    } steps[] = {
        {FRESH_DAY, "UPDATE events SET (first, last) = (SELECT c.first, c.last FROM event_claims l "
                    "JOIN claims c "
                    "USING (claim) WHERE l.event = ?1 GROUP BY c.first, c.last ORDER BY "
                    "c.first IS NULL AND c.last IS NULL, "
                    "sum((c.precision IS 'day' AND " HAPPENING
                    ") * (2 + " DECIDED("date") ")) DESC, "
                                                "julianday(c.last) - julianday(c.first) IS NULL, "
                                                "julianday(c.last) - julianday(c.first), "
                                                "min(c.claim) LIMIT 1) WHERE event = ?1"},
        {FRESH_PLACE,
         "UPDATE events SET (place_report, place) = (SELECT report, place FROM (SELECT c.report, "
         "c.place, c.claim, sum(2 + " DECIDED(
             "place") ") OVER " ONE_PLACE ") AS weight, row_number() OVER " ONE_PLACE
                      " ORDER BY c.claim) AS nth, "
                      "p.feature LIKE 'A%' OR p.feature LIKE 'PCL%' AS wide FROM event_claims l "
                      "JOIN claims c "
                      "USING (claim) JOIN places p ON p.report = c.report AND p.place = c.place "
                      "WHERE l.event = ?1 "
                      "AND p.latitude IS NOT NULL) WHERE nth = 1 "
                      "ORDER BY wide, weight DESC, claim LIMIT 1) WHERE event = ?1"},
        {FRESH_TYPE,
         "UPDATE events SET plover = (SELECT c.plover FROM event_claims l JOIN claims "
         "c USING (claim) "
         "WHERE l.event = ?1 ORDER BY NOT coalesce(" HAPPENING ", FALSE), c.claim LIMIT 1) "
         "WHERE event = ?1"},
    };
    annals_status status = ANNALS_OK;
    for (size_t i = 0; status == ANNALS_OK && i < sizeof steps / sizeof steps[0]; i++)
        if ((touched->fresh & steps[i].fresh) != 0)
            status = run(regrouping, steps[i].sql, touched->event, 0);
    return status;
}

/* ------------------------------------------------------------------ the whole */

static annals_status finish(struct regrouping *regrouping, annals_status status)
{
    for (uint32_t i = 0; status == ANNALS_OK && i < regrouping->touched.count; i++)
        status = freshen(regrouping, &regrouping->touched.items[i]);
    arena_release(&regrouping->arena);
    return status;
}

annals_status regrouping_apply(struct record *record, annals_error *error)
{
    struct regrouping regrouping = {.record = record, .error = error};
    struct keys merges, splits;
    arena_init(&regrouping.arena);
    array_init(&regrouping.touched, &regrouping.arena);
    annals_status status = list_keys(
        &regrouping, &merges,
        "SELECT decision FROM decisions d WHERE kind IN ('merge', 'split') AND" NOT_UNDONE(
            "d") "ORDER BY decision",
        0, 0);
    if (status == ANNALS_OK)
        status = list_keys(&regrouping, &splits,
                           "SELECT decision FROM decisions d WHERE kind = 'split' AND" NOT_UNDONE(
                               "d") "ORDER BY decision",
                           0, 0);
    for (uint32_t i = 0, j = 0; status == ANNALS_OK && i < merges.items.count; i++) {
        int64_t decision = merges.items.items[i];
        bool split = j < splits.items.count && splits.items.items[j] == decision;
        j += split;
        status = split ? apply_split(&regrouping, decision) : apply_merge(&regrouping, decision);
    }
    if (status == ANNALS_OK)
        status = touch_amended(&regrouping);
    if (status == ANNALS_OK)
        status = apply_rejections(&regrouping);
    return finish(&regrouping, status);
}

annals_status regrouping_reject(struct record *record, annals_error *error)
{
    struct regrouping regrouping = {.record = record, .error = error};
    arena_init(&regrouping.arena);
    array_init(&regrouping.touched, &regrouping.arena);
    return finish(&regrouping, apply_rejections(&regrouping));
}
