/* What people decide: added to `decisions`, never changed, and given effect on claims and events.
 *
 * A decision on a claim is bound to its report and to the words that tell it (the trigger): after
 * the report is coded again, the claim with the same key and trigger is meant, else the one with
 * the same trigger, else the only one whose trigger overlaps it. Where there is none the decision
 * stays and is said to be gone. Of several decisions on one slot the last one holds; an acceptance
 * or amendment takes an earlier rejection back. */
#include "record/decisions.h"
#include "record/kept.h"
#include "record/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ which claims are meant */

struct target {
    int64_t decision, number, report, claim, start, stop;
};

static annals_status find_claim(struct record *record, const struct target *target, int64_t *claim,
                                annals_error *error)
{
    annals_status status = statement_number(
        record, error, 0, claim,
        "SELECT claim FROM claims WHERE report = ?1 AND trigger_start = ?2 AND trigger_stop = ?3 "
        "ORDER BY claim IS NOT ?4, claim LIMIT 1",
        "iiii", target->report, target->start, target->stop, target->claim);
    if (status != ANNALS_OK || *claim != 0)
        return status;
    return statement_number(
        record, error, 0, claim,
        "SELECT min(claim) FROM claims WHERE report = ?1 AND trigger_start < ?3 "
        "AND trigger_stop > ?2 HAVING count(*) = 1",
        "iii", target->report, target->start, target->stop);
}

static annals_status bind_target(struct record *record, const struct target *target,
                                 annals_error *error)
{
    int64_t claim = 0;
    annals_status status = find_claim(record, target, &claim, error);
    if (status != ANNALS_OK || claim == 0)
        return status;
    return statement_run(record, error,
                         "INSERT OR REPLACE INTO decided_claims (decision, number, claim) "
                         "VALUES (?, ?, ?)",
                         "iii", target->decision, target->number, claim);
}

/* Finds the claims that decisions from `first` on mean; of one report, or of all where it is 0. */
static annals_status bind(struct record *record, int64_t first, int64_t report, annals_error *error)
{
#define TARGETS                                                                                    \
    "SELECT decision, number, report, coalesce(claim, 0), start, stop FROM decision_targets "      \
    "WHERE start IS NOT NULL AND "
    static const char of_all[] = TARGETS "decision >= ?1 AND ?2 = 0 ORDER BY 1, 2";
    static const char of_report[] = TARGETS "report = ?2 AND decision >= ?1 ORDER BY 1, 2";
#undef TARGETS
    struct arena arena;
    ARRAY(struct target) targets;
    arena_init(&arena);
    array_init(&targets, &arena);
    struct store_statement *row =
        statement_ask(record, report != 0 ? of_report : of_all, "ii", first, report);
    while (row != NULL && store_step(row) == STORE_ROW) {
        struct target *target = array_push(&targets);
        if (target != NULL)
            *target =
                (struct target){store_int64(row, 0), store_int64(row, 1), store_int64(row, 2),
                                store_int64(row, 3), store_int64(row, 4), store_int64(row, 5)};
    }
    annals_status status = statement_end(record, row, error);
    if (status == ANNALS_OK && arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t i = 0; status == ANNALS_OK && i < targets.count; i++)
        status = bind_target(record, &targets.items[i], error);
    arena_release(&arena);
    return status;
}

/* ------------------------------------------------------------------ effect on claims */

/* Amendments and rejections that hold, in their order. */
#define EFFECTS(where)                                                                             \
    "SELECT d.decision, b.claim, c.report, d.kind, d.slot, d.value FROM decisions d "              \
    "JOIN decided_claims b USING (decision) JOIN claims c USING (claim) WHERE " where              \
    " AND d.kind IN ('amend', 'reject') AND" NOT_UNDONE(                                           \
        "d") "AND NOT (d.kind = 'reject' AND "                                                     \
             "EXISTS (SELECT 1 FROM decided_claims o JOIN decisions n USING (decision) WHERE "     \
             "o.claim = b.claim AND n.decision > d.decision AND n.kind IN ('accept', 'amend') "    \
             "AND" NOT_UNDONE("n") ")) ORDER BY d.decision"

static const char effects_of_all[] = EFFECTS("?1 = 0");
static const char effects_of_report[] = EFFECTS("c.report = ?1");

static annals_status apply_claims(struct record *record, int64_t report, annals_error *error)
{
    struct arena arena;
    ARRAY(struct amendment) amendments;
    arena_init(&arena);
    array_init(&amendments, &arena);
    struct store_statement *row =
        statement_ask(record, report != 0 ? effects_of_report : effects_of_all, "i", report);
    while (row != NULL && store_step(row) == STORE_ROW) {
        struct amendment *amendment = array_push(&amendments);
        if (amendment == NULL)
            break;
        bool rejected = strcmp(record_text(row, 3), "reject") == 0;
        *amendment = (struct amendment){store_int64(row, 0), store_int64(row, 1),
                                        store_int64(row, 2),
                                        rejected ? "status" : statement_text(&arena, row, 4),
                                        rejected ? "rejected" : statement_text(&arena, row, 5)};
    }
    annals_status status = statement_end(record, row, error);
    if (status == ANNALS_OK && arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t i = 0; status == ANNALS_OK && i < amendments.count; i++) {
        status = kept_set_aside(record, amendments.items[i].claim, error);
        if (status == ANNALS_OK)
            status = amending_apply(record, &amendments.items[i], error);
    }
    arena_release(&arena);
    return status;
}

static annals_status any_decision(struct record *record, int64_t *any, annals_error *error)
{
    return statement_number(record, error, 0, any, "SELECT EXISTS (SELECT 1 FROM decisions)", "");
}

annals_status decisions_lift(struct record *record, annals_error *error)
{
    annals_status status = regrouping_lift(record, error);
    return status == ANNALS_OK ? kept_put_back(record, 0, error) : status;
}

static annals_status apply_all(struct record *record, annals_error *error)
{
    annals_status status = apply_claims(record, 0, error);
    return status == ANNALS_OK ? regrouping_apply(record, error) : status;
}

annals_status decisions_apply(struct record *record, annals_error *error)
{
    int64_t any = 0;
    annals_status status = any_decision(record, &any, error);
    if (status != ANNALS_OK || any == 0)
        return status;
    status = statement_run(record, error, "DELETE FROM decided_claims", "");
    if (status == ANNALS_OK)
        status = bind(record, 0, 0, error);
    return status == ANNALS_OK ? apply_all(record, error) : status;
}

annals_status decisions_lift_report(struct record *record, int64_t report, annals_error *error)
{
    return kept_put_back(record, report, error);
}

annals_status decisions_apply_report(struct record *record, int64_t report, annals_error *error)
{
    int64_t any = 0;
    annals_status status = any_decision(record, &any, error);
    if (status == ANNALS_OK && any != 0)
        status = bind(record, 0, report, error);
    return status == ANNALS_OK && any != 0 ? apply_claims(record, report, error) : status;
}

/* ------------------------------------------------------------------ ids */

/* The one key that an id of these letters stands for. */
static annals_status find_key(struct record *record, const char *id, const char *letters,
                              char *letter, int64_t *key, annals_error *error)
{
    static const char *const tables[][2] = {{"c", "SELECT claim FROM claims WHERE claim"},
                                            {"e", "SELECT event FROM events WHERE event"},
                                            {"r", "SELECT report FROM reports WHERE report"}};
    int64_t low, high, count = 0;
    char sql[100];
    if (!record_id_read(id, letter, &low, &high) || strchr(letters, *letter) == NULL)
        return error_set(error, ANNALS_WRONG_USE, "\"%.40s\" is no id of %s", id,
                         strcmp(letters, "c") == 0   ? "a claim (c...)"
                         : strcmp(letters, "e") == 0 ? "an event (e...)"
                                                     : "an event, a claim or a report");
    for (int i = 0; i < 3; i++)
        if (tables[i][0][0] == *letter)
            snprintf(sql, sizeof sql, "%s BETWEEN ?1 AND ?2 LIMIT 2", tables[i][1]);
    struct store_statement *row = statement_ask(record, sql, "ii", low, high);
    while (row != NULL && store_step(row) == STORE_ROW && count++ == 0)
        *key = store_int64(row, 0);
    annals_status status = statement_end(record, row, error);
    if (status == ANNALS_OK && count == 0)
        return error_set(error, ANNALS_NOT_FOUND,
                         "there is nothing with the id %.40s in this record", id);
    if (status == ANNALS_OK && count > 1)
        return error_set(error, ANNALS_WRONG_USE, "%.40s stands for several; write more of the id",
                         id);
    return status;
}

/* ------------------------------------------------------------------ adding */

static annals_status add_target(struct record *record, int64_t decision, int64_t number,
                                const char *role, int64_t claim, annals_error *error)
{
    return statement_run(
        record, error,
        "INSERT INTO decision_targets (decision, number, role, report, claim, start, "
        "stop) SELECT ?1, ?2, ?3, report, claim, trigger_start, trigger_stop FROM "
        "claims WHERE claim = ?4",
        "iiti", decision, number, role, claim);
}

/* An event is known by its first claim. */
static annals_status add_event(struct record *record, int64_t decision, int64_t number,
                               const char *role, int64_t event, annals_error *error)
{
    int64_t claim = 0;
    annals_status status =
        statement_number(record, error, 0, &claim,
                         "SELECT min(claim) FROM event_claims WHERE event = ?", "i", event);
    return status == ANNALS_OK ? add_target(record, decision, number, role, claim, error) : status;
}

static annals_status add_split(struct record *record, const annals_decision *decision,
                               int64_t number, int64_t event, annals_error *error)
{
    annals_status status = ANNALS_OK;
    int64_t rest = 0;
    for (size_t i = 1; status == ANNALS_OK && i < decision->id_count; i++) {
        char letter;
        int64_t claim = 0, inside = 0;
        status = find_key(record, decision->ids[i], "c", &letter, &claim, error);
        if (status == ANNALS_OK)
            status =
                statement_number(record, error, 0, &inside,
                                 "SELECT count(*) FROM event_claims WHERE claim = ? AND event = ?",
                                 "ii", claim, event);
        if (status == ANNALS_OK && inside == 0)
            return error_set(error, ANNALS_WRONG_USE, "%.40s is no claim of %.40s",
                             decision->ids[i], decision->ids[0]);
        if (status == ANNALS_OK)
            status = add_target(record, number, (int64_t)i, "claim", claim, error);
    }
    if (status == ANNALS_OK)
        status =
            statement_number(record, error, 0, &rest,
                             "SELECT min(claim) FROM event_claims WHERE event = ?1 AND claim NOT "
                             "IN (SELECT claim FROM decision_targets WHERE decision = ?2)",
                             "ii", event, number);
    if (status == ANNALS_OK && rest == 0)
        return error_set(error, ANNALS_WRONG_USE, "nothing would be left of %.40s",
                         decision->ids[0]);
    return status == ANNALS_OK ? add_target(record, number, 0, "rest", rest, error) : status;
}

static annals_status add_merge(struct record *record, const annals_decision *decision,
                               int64_t number, annals_error *error)
{
    annals_status status = ANNALS_OK;
    for (size_t i = 0; status == ANNALS_OK && i < decision->id_count; i++) {
        char letter;
        int64_t event = 0;
        status = find_key(record, decision->ids[i], "e", &letter, &event, error);
        if (status == ANNALS_OK)
            status = add_event(record, number, (int64_t)i, "event", event, error);
    }
    return status;
}

static annals_status add_targets(struct record *record, const annals_decision *decision,
                                 int64_t number, annals_error *error)
{
    bool note = strcmp(decision->kind, "note") == 0, split = strcmp(decision->kind, "split") == 0;
    char letter = 0;
    int64_t key = 0;
    if (strcmp(decision->kind, "undo") == 0)
        return ANNALS_OK;
    if (strcmp(decision->kind, "merge") == 0)
        return add_merge(record, decision, number, error);
    annals_status status = find_key(record, decision->ids[0],
                                    note    ? "cer"
                                    : split ? "e"
                                            : "c",
                                    &letter, &key, error);
    if (status != ANNALS_OK)
        return status;
    if (split)
        return add_split(record, decision, number, key, error);
    if (letter == 'r')
        return statement_run(record, error,
                             "INSERT INTO decision_targets (decision, number, role, report) "
                             "VALUES (?, 0, 'report', ?)",
                             "ii", number, key);
    return letter == 'e' ? add_event(record, number, 0, "event", key, error)
                         : add_target(record, number, 0, "claim", key, error);
}

/* The decision that is to be undone. */
static annals_status find_undone(struct record *record, const char *id, int64_t *undoes,
                                 annals_error *error)
{
    char *end;
    const char *digits = id[0] == 'd' ? id + 1 : id;
    long long number = strtoll(digits, &end, 10);
    int64_t found = 0, undone = 0;
    if (end == digits || *end != '\0' || number <= 0)
        return error_set(error, ANNALS_WRONG_USE,
                         "\"%.40s\" is no decision; `annals log` lists them "
                         "(d1, d2, ...)",
                         id);
    annals_status status = statement_number(
        record, error, 0, &found, "SELECT 1 + (kind = 'undo') FROM decisions WHERE decision = ?",
        "i", (int64_t)number);
    if (status == ANNALS_OK && found != 1)
        return found == 0 ? error_set(error, ANNALS_NOT_FOUND, "there is no decision %.40s", id)
                          : error_set(error, ANNALS_WRONG_USE,
                                      "%.40s undoes another; decide anew instead", id);
    if (status == ANNALS_OK)
        status = statement_number(record, error, 0, &undone,
                                  "SELECT decision FROM decisions WHERE undoes = ?", "i",
                                  (int64_t)number);
    if (status == ANNALS_OK && undone != 0)
        return error_set(error, ANNALS_WRONG_USE, "%.40s is undone already, by d%lld", id,
                         (long long)undone);
    *undoes = (int64_t)number;
    return status;
}

/* What the slot holds before the decision. */
static annals_status find_value(struct record *record, const annals_decision *decision,
                                struct arena *arena, const char **was, annals_error *error)
{
    char letter;
    int64_t key = 0;
    struct record_claim claim;
    annals_status status = find_key(record, decision->ids[0], "c", &letter, &key, error);
    if (status == ANNALS_OK)
        status = row_load_claim(record, key, arena, &claim, error);
    if (status == ANNALS_OK)
        *was = amending_value(&claim, decision->slot, arena);
    return status;
}

static annals_status add_place(struct record *record, int64_t number,
                               const struct record_place *place, annals_error *error)
{
    struct store_statement *row = statement_ask(
        record,
        "INSERT INTO decision_places (decision, name, geonameid, latitude, longitude, feature, "
        "country, admin1, admin2) VALUES (?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?)",
        "itirrtttt", number, place->name, place->geonameid, place->located ? place->latitude : NAN,
        place->located ? place->longitude : NAN, place->feature, place->country, place->admin1,
        place->admin2);
    if (row != NULL)
        store_step(row);
    return statement_end(record, row, error);
}

static annals_status check_decision(const annals_decision *decision, annals_error *error)
{
    static const struct {
        const char *kind;
        size_t least, most;
    } kinds[] = {{"amend", 1, 1}, {"accept", 1, 1},       {"reject", 1, 1},      {"note", 1, 1},
                 {"undo", 1, 1},  {"merge", 2, SIZE_MAX}, {"split", 2, SIZE_MAX}};
    if (decision->author == NULL || decision->author[0] == '\0')
        return error_set(error, ANNALS_WRONG_USE, "nobody is named as the author of the decision");
    if (strcmp(decision->kind, "amend") == 0 && (decision->slot == NULL || decision->value == NULL))
        return error_set(error, ANNALS_WRONG_USE, "amend what? a slot and its value");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].kind, decision->kind) != 0)
            continue;
        if (decision->id_count < kinds[i].least || decision->id_count > kinds[i].most)
            return error_set(error, ANNALS_WRONG_USE, "%s takes %s", decision->kind,
                             kinds[i].most == 1 ? "one id" : "two ids or more");
        return ANNALS_OK;
    }
    return error_set(error, ANNALS_WRONG_USE, "there is no decision \"%.40s\"", decision->kind);
}

static annals_status add(struct record *record, const annals_decision *decision,
                         const struct record_place *place, int64_t number, struct arena *arena,
                         annals_error *error)
{
    const char *was = NULL, *value = NULL;
    int64_t undoes = 0;
    bool amends = strcmp(decision->kind, "amend") == 0;
    annals_status status = check_decision(decision, error);
    if (status == ANNALS_OK && amends)
        status = amending_check(decision->slot, decision->value, arena, &value, error);
    if (status == ANNALS_OK && amends)
        status = find_value(record, decision, arena, &was, error);
    if (status == ANNALS_OK && strcmp(decision->kind, "undo") == 0)
        status = find_undone(record, decision->ids[0], &undoes, error);
    if (status != ANNALS_OK)
        return status;
    bool placed = place->name != NULL;
    status = statement_run(
        record, error,
        "INSERT INTO decisions (decision, kind, author, decided, reason, slot, was, "
        "value, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0))",
        "ittttttti", number, decision->kind, decision->author, decision->decided, decision->reason,
        amends ? decision->slot : NULL, was, placed ? place->name : value, undoes);
    if (status == ANNALS_OK && placed)
        status = add_place(record, number, place, error);
    return status == ANNALS_OK ? add_targets(record, decision, number, error) : status;
}

/* ------------------------------------------------------------------ giving effect to new ones */

/* The claims of the reports that the decisions from `first` on, or those that they undo, are about. */
static annals_status apply_to_reports(struct record *record, int64_t first, annals_error *error)
{
    struct arena arena;
    ARRAY(int64_t) reports;
    arena_init(&arena);
    array_init(&reports, &arena);
    struct store_statement *row = statement_ask(
        record,
        "SELECT DISTINCT c.report FROM decisions d JOIN decided_claims b USING (decision) "
        "JOIN claims c USING (claim) WHERE d.kind NOT IN ('merge', 'split') AND "
        "(d.decision >= ?1 OR d.decision IN (SELECT undoes FROM decisions WHERE decision >= ?1)) "
        "ORDER BY 1",
        "i", first);
    while (row != NULL && store_step(row) == STORE_ROW) {
        int64_t *report = array_push(&reports);
        if (report != NULL)
            *report = store_int64(row, 0);
    }
    annals_status status = statement_end(record, row, error);
    if (status == ANNALS_OK && arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t i = 0; status == ANNALS_OK && i < reports.count; i++) {
        status = kept_put_back(record, reports.items[i], error);
        if (status == ANNALS_OK)
            status = apply_claims(record, reports.items[i], error);
    }
    arena_release(&arena);
    return status;
}

/* Gives effect to the decisions from `first` on, where all before them have it: what comes out is what giving
 * effect to all anew would make of it. */
static annals_status apply_from(struct record *record, int64_t first, size_t count,
                                annals_error *error)
{
    enum reach reach = REACH_NOTHING;
    annals_status status = ANNALS_OK;
    for (size_t i = 0; status == ANNALS_OK && i < count; i++)
        status = reach_find(record, first + (int64_t)i, &reach, error);
    if (status == ANNALS_OK && reach == REACH_EVENTS)
        status = regrouping_lift(record, error);
    if (status == ANNALS_OK && reach >= REACH_CLAIMS)
        status = apply_to_reports(record, first, error);
    if (status == ANNALS_OK && reach == REACH_REJECTION)
        status = regrouping_reject(record, error);
    if (status == ANNALS_OK && reach == REACH_EVENTS)
        status = regrouping_apply(record, error);
    return status;
}

/* ------------------------------------------------------------------ what others decided meanwhile */

struct newest {
    int64_t number;
    char author[80];
};

static annals_status note_newest(void *context, const struct record_decision *decision)
{
    struct newest *newest = context;
    if (decision->number > newest->number) {
        newest->number = decision->number;
        snprintf(newest->author, sizeof newest->author, "%s", decision->author);
    }
    return ANNALS_OK;
}

/* Within the transaction that keeps the decision, so that nobody decides in between. */
static annals_status check_seen(struct record *record, const annals_decision *decision,
                                annals_error *error)
{
    struct newest newest = {0};
    if (decision->seen == NULL)
        return ANNALS_OK;
    for (size_t i = 0; i < decision->id_count; i++) {
        const annals_query query = {.id = decision->ids[i]};
        annals_status status = record_decisions(record, &query, note_newest, &newest, error);
        /* What is no id, or none of this record, is refused, and said why, when it is added. */
        if (status != ANNALS_OK && status != ANNALS_WRONG_USE && status != ANNALS_NOT_FOUND)
            return status;
    }
    if (newest.number > 0 && (uint64_t)newest.number > *decision->seen)
        return error_set(error, ANNALS_STOPPED,
                         "%s decided on it meanwhile (d%lld): look again, then decide",
                         newest.author, (long long)newest.number);
    return ANNALS_OK;
}

annals_status record_decide(struct record *record, const annals_decision *decisions,
                            const struct record_place *places, size_t count, uint64_t *first,
                            annals_error *error)
{
    struct arena arena;
    int64_t number = 0;
    annals_status status = statement_begin(record, "cannot keep the decision", error);
    if (status != ANNALS_OK)
        return status;
    arena_init(&arena);
    status =
        statement_number(record, error, 1, &number, "SELECT max(decision) + 1 FROM decisions", "");
    for (size_t i = 0; status == ANNALS_OK && i < count; i++)
        status = check_seen(record, &decisions[i], error);
    for (size_t i = 0; status == ANNALS_OK && i < count; i++)
        status = add(record, &decisions[i], &places[i], number + (int64_t)i, &arena, error);
    if (status == ANNALS_OK && arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK)
        status = bind(record, number, 0, error);
    if (status == ANNALS_OK)
        status = apply_from(record, number, count, error);
    arena_release(&arena);
    status = statement_finish(record, status, "cannot keep the decision", error);
    if (status == ANNALS_OK)
        *first = (uint64_t)number;
    return status;
}

/* ------------------------------------------------------------------ places that people name */

static void fill_place(struct store_statement *row, struct arena *arena, struct record_place *place)
{
    *place = (struct record_place){
        .name = statement_text(arena, row, 0),
        .geonameid = store_int64(row, 1),
        .located = !store_is_null(row, 2),
        .latitude = store_double(row, 2),
        .longitude = store_double(row, 3),
        .feature = statement_text(arena, row, 4),
        .country = statement_text(arena, row, 5),
        .admin1 = statement_text(arena, row, 6),
        .admin2 = statement_text(arena, row, 7),
    };
}

annals_status record_find_place(struct record *record, const char *claim, const char *name,
                                struct arena *arena, struct record_place *place, uint32_t *number,
                                annals_error *error)
{
    static const char columns[] =
        "SELECT name, geonameid, latitude, longitude, feature, country, admin1, admin2 FROM "
        "(SELECT p.*, row_number() OVER (PARTITION BY geonameid ORDER BY report, place) AS nth "
        "FROM places p WHERE place < 1000000 AND latitude IS NOT NULL AND %s) WHERE nth = 1 "
        "ORDER BY geonameid LIMIT 9";
    static const char *const wheres[] = {"report = ?1 AND folded = fold(?2)",
                                         "?1 IS NOT NULL AND folded = fold(?2)",
                                         "?1 IS NOT NULL AND identity = CAST(CAST(?2 AS INTEGER) AS TEXT)"};
    char letter;
    int64_t key = 0, report = 0;
    bool by_id = name[strspn(name, "-0123456789")] == '\0';
    annals_status status = find_key(record, claim, "c", &letter, &key, error);
    if (status == ANNALS_OK)
        status = statement_number(record, error, 0, &report,
                                  "SELECT report FROM claims WHERE claim = ?", "i", key);
    *number = 0;
    for (int i = by_id ? 2 : 0; status == ANNALS_OK && *number == 0 && i < (by_id ? 3 : 2); i++) {
        char sql[500];
        snprintf(sql, sizeof sql, columns, wheres[i]);
        struct store_statement *row = statement_ask(record, sql, "it", report, name);
        while (row != NULL && store_step(row) == STORE_ROW)
            if ((*number)++ == 0)
                fill_place(row, arena, place);
        status = statement_end(record, row, error);
    }
    return status;
}
