/* Lists decisions, claims that wait for one, and where the words of a claim stand in its sentence.
 */
#include "record/decisions.h"
#include "record/filters.h"
#include "record/rows.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ decisions */

/* Columns that load_decision reads. A later amendment of the same slot of the same claim replaces
 * an earlier one; a later acceptance or amendment takes a rejection's place. */
#define COLUMNS                                                                                    \
    "d.decision, d.kind, d.author, d.decided, d.reason, d.slot, d.was, d.value, "                  \
    "coalesce(d.undoes, 0), "                                                                      \
    "coalesce((SELECT min(u.decision) FROM decisions u WHERE u.undoes = d.decision), 0), "         \
    "coalesce((SELECT min(n.decision) FROM decided_claims b JOIN decided_claims o ON "             \
    "o.claim = b.claim JOIN decisions n ON n.decision = o.decision WHERE "                         \
    "b.decision = d.decision AND n.decision > d.decision AND ((d.kind = 'amend' AND "              \
    "n.kind = 'amend' AND n.slot = d.slot) OR (d.kind = 'reject' AND n.kind IN ('accept', "        \
    "'amend', 'reject')) OR (d.kind = 'accept' AND n.kind IN ('accept', 'reject'))) "              \
    "AND" NOT_UNDONE("n") "), 0), "                                                                \
                          "EXISTS (SELECT 1 FROM decision_targets t WHERE t.decision = "           \
                          "d.decision AND t.start IS NOT "                                         \
                          "NULL AND NOT EXISTS (SELECT 1 FROM decided_claims b WHERE b.decision "  \
                          "= t.decision AND "                                                      \
                          "b.number = t.number)) "

static void load_decision(struct store_statement *row, struct arena *arena,
                          struct record_decision *decision)
{
    *decision = (struct record_decision){
        .number = store_int64(row, 0),
        .kind = statement_text(arena, row, 1),
        .author = statement_text(arena, row, 2),
        .decided = statement_text(arena, row, 3),
        .reason = statement_text(arena, row, 4),
        .slot = statement_text(arena, row, 5),
        .was = statement_text(arena, row, 6),
        .value = statement_text(arena, row, 7),
        .undoes = store_int64(row, 8),
        .undone_by = store_int64(row, 9),
        .replaced_by = store_int64(row, 10),
        .gone = store_int(row, 11) != 0,
    };
    array_init(&decision->targets, arena);
}

/* The ids as they are today; those of an earlier coding where there is nothing of them any more. As
 * known on a day, none of reports that came later. */
static annals_status load_targets(struct record *record, const char *as_of, struct arena *arena,
                                  struct record_decision *decision, annals_error *error)
{
    static const char sql[] =
        "SELECT t.role, t.report, coalesce(b.claim, t.claim), l.event, r.published "
        "FROM decision_targets t LEFT JOIN decided_claims b USING (decision, number) "
        "LEFT JOIN event_claims l ON l.claim = b.claim LEFT JOIN reports r ON r.report = t.report "
        "WHERE t.decision = ?1 ORDER BY t.number";
    struct store_statement *row =
        statement_ask(record, sql, "i", decision->undoes > 0 ? decision->undoes : decision->number);
    while (row != NULL && store_step(row) == STORE_ROW) {
        char role = *record_text(row, 0), id[RECORD_ID_SIZE];
        if (as_of != NULL && (store_is_null(row, 4) || strcmp(store_text(row, 4), as_of) > 0))
            continue;
        bool event = role == 'e' || strcmp(record_text(row, 0), "rest") == 0;
        bool grouped = event && !store_is_null(row, 3);
        bool report = role == 'r' && !event;
        record_id_write(event    ? 'e'
                        : report ? 'r'
                                 : 'c',
                        store_int64(row, report    ? 1
                                         : grouped ? 3
                                                   : 2),
                        id);
        const char **target = (const char **)array_push(&decision->targets);
        if (target != NULL)
            *target = arena_copy_string(arena, id);
    }
    return statement_end(record, row, error);
}

/* Decisions that have to do with keys from ?2 to ?3 of the kind ?1. */
static const char of_id[] =
    " WHERE ?1 = '' OR (?1 = 'd' AND d.decision BETWEEN ?2 AND ?3) "
    "OR (?1 = 'd' AND ?2 = ?3 AND d.undoes = ?2) "
    "OR EXISTS (SELECT 1 FROM decision_targets t LEFT JOIN decided_claims b USING (decision, "
    "number) "
    "LEFT JOIN event_claims l ON l.claim = b.claim WHERE t.decision = coalesce(d.undoes, "
    "d.decision) "
    "AND ((?1 = 'r' AND t.report BETWEEN ?2 AND ?3) OR (?1 = 'c' AND coalesce(b.claim, t.claim) "
    "BETWEEN ?2 AND ?3) OR (?1 = 'e' AND l.event BETWEEN ?2 AND ?3))) ORDER BY d.decision LIMIT ?4";

static annals_status read_id(const char *id, char letter[2], int64_t *low, int64_t *high,
                             annals_error *error)
{
    letter[0] = letter[1] = '\0';
    if (id == NULL)
        return ANNALS_OK;
    if (id[0] == 'd' && id[1] >= '0' && id[1] <= '9') {
        char *end;
        letter[0] = 'd';
        *low = *high = strtoll(id + 1, &end, 10);
        if (*end == '-') /* "d3-5" */
            *high = strtoll(end + 1 + (end[1] == 'd'), NULL, 10);
        return ANNALS_OK;
    }
    if (record_id_read(id, &letter[0], low, high))
        return ANNALS_OK;
    return error_set(error, ANNALS_NOT_FOUND,
                     "\"%.40s\" is no id; ids begin with e (event), c (claim), r (report) or d "
                     "(decision)",
                     id);
}

annals_status record_decisions(struct record *record, const annals_query *query,
                               record_decision_visitor visit, void *context, annals_error *error)
{
    struct arena arena;
    ARRAY(struct record_decision) decisions;
    char letter[2];
    int64_t low = 0, high = 0, limit = query->limit > 0 ? (int64_t)query->limit : -1;
    char sql[3000];
    annals_status status = read_id(query->id, letter, &low, &high, error);
    if (status == ANNALS_OK)
        status = filters_check_day(query->as_of, "as-of", error);
    if (status != ANNALS_OK)
        return status;
    arena_init(&arena);
    array_init(&decisions, &arena);
    snprintf(sql, sizeof sql, "SELECT " COLUMNS "FROM decisions d%s", of_id);
    struct store_statement *row = statement_ask(record, sql, "tiii", letter, low, high, limit);
    while (row != NULL && store_step(row) == STORE_ROW) {
        struct record_decision *decision = array_push(&decisions);
        if (decision != NULL)
            load_decision(row, &arena, decision);
    }
    status = statement_end(record, row, error);
    for (uint32_t i = 0; status == ANNALS_OK && i < decisions.count; i++)
        status = load_targets(record, query->as_of, &arena, &decisions.items[i], error);
    if (status == ANNALS_OK && arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t i = 0; status == ANNALS_OK && i < decisions.count; i++)
        if (query->as_of == NULL || decisions.items[i].targets.count > 0)
            status = visit(context, &decisions.items[i]);
    arena_release(&arena);
    return status;
}

annals_status decisions_load(struct record *record, int64_t claim, struct arena *arena,
                             struct record_claim *loaded, annals_error *error)
{
    struct store_statement *row = record_statement(record, SQL_CLAIM_DECISIONS);
    array_init(&loaded->decisions, arena);
    if (row != NULL)
        store_bind_int64(row, 1, claim);
    while (row != NULL && store_step(row) == STORE_ROW) {
        struct record_decision *decision = array_push(&loaded->decisions);
        if (decision == NULL)
            break;
        *decision = (struct record_decision){
            .number = store_int64(row, 0),
            .kind = statement_text(arena, row, 1),
            .author = statement_text(arena, row, 2),
            .decided = statement_text(arena, row, 3),
            .reason = statement_text(arena, row, 4),
            .slot = statement_text(arena, row, 5),
            .was = statement_text(arena, row, 6),
            .value = statement_text(arena, row, 7),
        };
    }
    if (row != NULL && store_reset(row) == STORE_OK)
        return ANNALS_OK;
    return record_fail(record, "cannot read", error);
}

/* ------------------------------------------------------------------ where a claim's words stand */

static const char *const marks_sql =
    "SELECT 'trigger', c.trigger_start, c.trigger_stop, s.start, s.stop, 0 AS rank FROM claims c "
    "JOIN sentences s ON s.report = c.report AND s.sentence = c.sentence WHERE c.claim = ?1 "
    "UNION ALL SELECT x.role, x.start, x.stop, s.start, s.stop, 1 FROM participants x JOIN claims "
    "c "
    "USING (claim) JOIN sentences s ON s.report = c.report AND s.sentence = c.sentence "
    "WHERE x.claim = ?1 AND x.role IN ('agent', 'patient') AND x.start IS NOT NULL "
    "UNION ALL SELECT 'place', p.start, p.stop, s.start, s.stop, 2 FROM claims c JOIN sentences s "
    "ON "
    "s.report = c.report AND s.sentence = c.sentence JOIN places p ON p.report = c.report AND "
    "p.place = c.place WHERE c.claim = ?1 "
    "UNION ALL SELECT 'time', t.start, t.stop, s.start, s.stop, 3 FROM claims c JOIN sentences s "
    "ON "
    "s.report = c.report AND s.sentence = c.sentence JOIN times t ON t.report = c.report AND "
    "t.first IS NOT NULL AND t.first IS c.first AND t.last IS c.last WHERE c.claim = ?1 "
    "ORDER BY rank, 2";

static int by_start(const void *left, const void *right)
{
    const struct record_mark *a = left, *b = right;
    return (a->span.start > b->span.start) - (a->span.start < b->span.start);
}

/* The trigger comes first; what overlaps a mark keeps the part that is free. */
static void add_mark(struct record_marks *marks, const char *part, uint32_t start, uint32_t end)
{
    for (uint32_t i = 0; i < marks->items.count; i++) {
        struct byte_span taken = marks->items.items[i].span;
        if (start >= taken.end || end <= taken.start)
            continue;
        if (start < taken.start && end > taken.end) {
            add_mark(marks, part, taken.end, end);
            end = taken.start;
        } else if (start < taken.start) {
            end = taken.start;
        } else if (end > taken.end) {
            start = taken.end;
        } else {
            return;
        }
    }
    struct record_mark *mark = start < end ? array_push(&marks->items) : NULL;
    if (mark != NULL)
        *mark = (struct record_mark){{start, end}, part};
}

annals_status record_claim_marks(struct record *record, const char *claim, struct arena *arena,
                                 struct record_marks *marks, annals_error *error)
{
    static const char *const parts[] = {"trigger", "agent", "patient", "place", "time"};
    char letter;
    int64_t low = 0, high = 0;
    array_init(&marks->items, arena);
    if (!record_id_read(claim, &letter, &low, &high))
        return error_set(error, ANNALS_NOT_FOUND, "\"%.40s\" is no id", claim);
    struct store_statement *row = statement_ask(record, marks_sql, "i", low);
    while (row != NULL && store_step(row) == STORE_ROW) {
        const char *name = record_text(row, 0);
        int64_t start = store_int64(row, 1), stop = store_int64(row, 2);
        int64_t from = store_int64(row, 3), to = store_int64(row, 4);
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
            if (strcmp(parts[i], name) == 0 && start >= from && stop <= to)
                add_mark(marks, parts[i], (uint32_t)(start - from), (uint32_t)(stop - from));
    }
    if (marks->items.count > 0)
        qsort(marks->items.items, marks->items.count, sizeof *marks->items.items, by_start);
    return statement_end(record, row, error);
}
