/* How far a decision reaches: which part of what holds must be found anew when it is kept.
 *
 * To give effect to all decisions anew for each that is kept takes ever longer. Most say what one
 * claim is, and nothing but that claim follows from them; a rejection is the last step of all,
 * whenever it was made. Only merges and splits stand in an order, and what an event's day, place
 * and type follow from. What is far is asked rather too often than too seldom: then all is done
 * anew. */
#include "record/decisions.h"
#include "record/kept.h"

#include <string.h>

/* An event takes its day, place and type from what these slots hold. */
static bool is_of_events(const char *slot)
{
    static const char *const slots[] = {"type", "date", "place", "control", "status"};
    for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++)
        if (strcmp(slot, slots[i]) == 0)
            return true;
    return false;
}

/* Whether what the decision `number` means was ever rejected, or has places that people named, at
 * which events may have been put: then events may follow from it. */
static annals_status is_far(struct record *record, int64_t number, int64_t *far,
                            annals_error *error)
{
    return statement_number(
        record, error, 0, far,
        "SELECT EXISTS (SELECT 1 FROM decided_claims b JOIN claims c USING (claim) "
        "WHERE b.decision = ?1 AND (EXISTS (SELECT 1 FROM decided_claims o JOIN decisions n "
        "USING (decision) WHERE o.claim = b.claim AND n.kind = 'reject' AND n.decision <> ?1) OR "
        "EXISTS (SELECT 1 FROM places p WHERE p.report = c.report AND p.place >= ?2)))",
        "ii", number, (int64_t)DECIDED_NUMBER);
}

static annals_status find_reach(struct record *record, const char *kind, const char *slot,
                                int64_t number, enum reach *reach, annals_error *error)
{
    int64_t far = 0;
    bool amends = strcmp(kind, "amend") == 0, rejects = strcmp(kind, "reject") == 0;
    enum reach own = REACH_EVENTS;
    annals_status status = ANNALS_OK;
    if (strcmp(kind, "note") == 0) {
        own = REACH_NOTHING;
    } else if (strcmp(kind, "accept") == 0) {
        status = is_far(record, number, &far, error);
        own = far != 0 ? REACH_EVENTS : REACH_NOTHING;
    } else if (rejects || (amends && !is_of_events(slot))) {
        status = is_far(record, number, &far, error);
        own = far != 0 ? REACH_EVENTS : rejects ? REACH_REJECTION : REACH_CLAIMS;
    }
    *reach = own > *reach ? own : *reach;
    return status;
}

annals_status reach_find(struct record *record, int64_t number, enum reach *reach,
                         annals_error *error)
{
    struct arena arena;
    const char *kind = NULL, *slot = NULL;
    int64_t undoes = 0;
    arena_init(&arena);
    struct store_statement *row = statement_ask(
        record, "SELECT kind, slot, undoes FROM decisions WHERE decision = ?", "i", number);
    if (row != NULL && store_step(row) == STORE_ROW) {
        kind = statement_text(&arena, row, 0);
        slot = statement_text(&arena, row, 1);
        undoes = store_int64(row, 2);
    }
    annals_status status = statement_end(record, row, error);
    if (status == ANNALS_OK && kind == NULL)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    /* What is undone reaches as far as it did, but that a rejection is taken out of the order. */
    if (status == ANNALS_OK && undoes != 0) {
        status = reach_find(record, undoes, reach, error);
        *reach = *reach == REACH_REJECTION ? REACH_EVENTS : *reach;
    } else if (status == ANNALS_OK) {
        status = find_reach(record, kind, slot != NULL ? slot : "", number, reach, error);
    }
    arena_release(&arena);
    return status;
}
