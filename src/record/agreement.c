/* How far people agree who decided on the same claims: Krippendorff's alpha, slot by slot.
 *
 * K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), nominal values, any number
 * of people, missing values left out. With o(c,k) the coincidences of values c and k (each pair of
 * judgements of a unit that m people judged counts 1/(m-1)), n(c) their sum over k, and n their sum
 * over all:
 *     alpha = 1 - (n - 1) (n - sum of o(c,c)) / (n n - sum of n(c) n(c)).
 * 1 is agreement, 0 what chance would give. Where every value is the same alpha says nothing.
 *
 * What a person says of a slot is the value that they gave last; where they accepted the claim or
 * amended other slots of it, the value as coded. Who rejects a claim says nothing of its slots.
 * People see what annals proposes, so this measures the agreement of reviewers, not of blind
 * coders. */
#include "record/agreement.h"

#include "record/decisions.h"
#include "record/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct agreement agreement_measure(const uint32_t *values, uint32_t units, uint32_t people)
{
    struct agreement agreement = {0, NAN, NAN};
    uint32_t most = 0;
    double same = 0, pairs = 0, equal = 0, total = 0, squares = 0;
    for (uint64_t i = 0; i < (uint64_t)units * people; i++)
        if (values[i] != AGREEMENT_MISSING && values[i] >= most)
            most = values[i] + 1;
    double *marginals = calloc(most > 0 ? most : 1, sizeof *marginals);
    for (uint32_t u = 0; marginals != NULL && u < units; u++) {
        const uint32_t *row = values + (uint64_t)u * people;
        uint32_t judged = 0;
        for (uint32_t p = 0; p < people; p++)
            judged += row[p] != AGREEMENT_MISSING;
        if (judged < 2)
            continue;
        agreement.units++;
        for (uint32_t p = 0; p < people; p++) {
            if (row[p] == AGREEMENT_MISSING)
                continue;
            marginals[row[p]]++;
            for (uint32_t q = 0; q < people; q++)
                if (q != p && row[q] == row[p]) {
                    same += 1.0 / (judged - 1);
                    equal++;
                }
        }
        pairs += (double)judged * (judged - 1);
        total += judged;
    }
    for (uint32_t i = 0; marginals != NULL && i < most; i++)
        squares += marginals[i] * marginals[i];
    free(marginals);
    if (pairs > 0)
        agreement.agreed = equal / pairs;
    double expected = total * total - squares;
    if (expected > 0)
        agreement.alpha = 1 - (total - 1) * (total - same) / expected;
    return agreement;
}

/* ------------------------------------------------------------------ judgements */

/* "verdict" is accepted or rejected. */
static const char *const slot_names[] = {"verdict", "type",   "mode",   "status",
                                         "date",    "place",  "agent",  "patient",
                                         "control", "holder", "killed", "wounded"};

enum { SLOTS = sizeof slot_names / sizeof slot_names[0] };

struct judgement {
    int64_t claim;
    uint32_t person;
    const char *kind, *slot, *was, *value;
};

struct judging {
    struct record *record;
    struct arena arena;
    const char *author, *other;
    ARRAY(struct judgement) judgements; /* in order of claim and decision */
    ARRAY(const char *) people;
    ARRAY(const char *) values; /* of the slot at hand; a value's number is its place */
    ARRAY(int64_t) claims;
};

static uint32_t number_of(struct judging *judging, const char *text, bool person)
{
    text = text != NULL ? text : "unknown";
    uint32_t count = person ? judging->people.count : judging->values.count;
    const char **items = person ? judging->people.items : judging->values.items;
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(items[i], text) == 0)
            return i;
    const char **item = person ? (const char **)array_push(&judging->people)
                               : (const char **)array_push(&judging->values);
    if (item != NULL)
        *item = text;
    return count;
}

static annals_status read_judgements(struct judging *judging, annals_error *error)
{
    static const char sql[] =
        "SELECT b.claim, d.author, d.kind, d.slot, d.was, d.value FROM decisions d "
        "JOIN decided_claims b USING (decision) WHERE d.kind IN ('accept', 'amend', 'reject') "
        "AND" NOT_UNDONE(
            "d") "AND (?1 IS NULL OR d.author IN (?1, ?2)) ORDER BY b.claim, d.decision";
    struct store_statement *row =
        statement_ask(judging->record, sql, "tt", judging->author, judging->other);
    while (row != NULL && store_step(row) == STORE_ROW) {
        struct judgement *judgement = array_push(&judging->judgements);
        if (judgement == NULL)
            break;
        judgement->claim = store_int64(row, 0);
        judgement->person = number_of(judging, statement_text(&judging->arena, row, 1), true);
        judgement->kind = statement_text(&judging->arena, row, 2);
        judgement->slot = statement_text(&judging->arena, row, 3);
        judgement->was = statement_text(&judging->arena, row, 4);
        judgement->value = statement_text(&judging->arena, row, 5);
        if (judging->claims.count == 0 ||
            judging->claims.items[judging->claims.count - 1] != judgement->claim) {
            int64_t *claim = array_push(&judging->claims);
            if (claim != NULL)
                *claim = judgement->claim;
        }
    }
    return statement_end(judging->record, row, error);
}

/* The value as coded: what the first amendment of the slot found; else what stands there. */
static annals_status coded_value(struct judging *judging, int64_t claim, const char *slot,
                                 const char **value, annals_error *error)
{
    struct store_statement *row =
        statement_ask(judging->record,
                      "SELECT d.was FROM decisions d JOIN decided_claims b USING (decision) WHERE "
                      "b.claim = ? AND "
                      "d.slot = ? AND" NOT_UNDONE("d") "ORDER BY d.decision LIMIT 1",
                      "it", claim, slot);
    bool found = row != NULL && store_step(row) == STORE_ROW;
    if (found)
        *value = statement_text(&judging->arena, row, 0);
    annals_status status = statement_end(judging->record, row, error);
    struct record_claim loaded;
    if (status != ANNALS_OK || found)
        return status;
    status = row_load_claim(judging->record, claim, &judging->arena, &loaded, error);
    if (status == ANNALS_OK)
        *value = amending_value(&loaded, slot, &judging->arena);
    return status;
}

/* What each person says of the slot of one claim, from judgement `first` on. */
static annals_status judge(struct judging *judging, uint32_t first, const char *slot,
                           uint32_t *values, annals_error *error)
{
    int64_t claim = judging->judgements.items[first].claim;
    bool verdict = strcmp(slot, "verdict") == 0;
    const char *coded = NULL;
    annals_status status = ANNALS_OK;
    if (!verdict)
        status = coded_value(judging, claim, slot, &coded, error);
    for (uint32_t i = first; status == ANNALS_OK && i < judging->judgements.count &&
                             judging->judgements.items[i].claim == claim;
         i++) {
        const struct judgement *judgement = &judging->judgements.items[i];
        uint32_t *value = &values[judgement->person];
        bool rejects = judgement->kind[0] == 'r';
        bool amends = judgement->slot != NULL && strcmp(judgement->slot, slot) == 0;
        if (verdict)
            *value = number_of(judging, rejects ? "rejected" : "accepted", false);
        else if (rejects)
            *value = AGREEMENT_MISSING;
        else if (amends)
            *value = number_of(judging, judgement->value, false);
        else if (*value == AGREEMENT_MISSING)
            *value = number_of(judging, coded, false);
    }
    return status;
}

static annals_status measure_slot(struct judging *judging, const char *slot,
                                  struct record_agreement *found, annals_error *error)
{
    uint32_t people = judging->people.count, units = judging->claims.count;
    uint32_t *values = arena_new_array(&judging->arena, uint32_t, (size_t)people * units);
    annals_status status = ANNALS_OK;
    array_init(&judging->values, &judging->arena);
    for (size_t i = 0; values != NULL && i < (size_t)people * units; i++)
        values[i] = AGREEMENT_MISSING;
    for (uint32_t i = 0, unit = 0;
         values != NULL && status == ANNALS_OK && i < judging->judgements.count; i++) {
        if (i > 0 && judging->judgements.items[i].claim == judging->judgements.items[i - 1].claim)
            continue;
        status = judge(judging, i, slot, values + (size_t)unit++ * people, error);
    }
    if (status == ANNALS_OK && judging->arena.failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status != ANNALS_OK)
        return status;
    struct agreement agreement = agreement_measure(values, units, people);
    *found =
        (struct record_agreement){slot, people, agreement.units, agreement.agreed, agreement.alpha};
    return ANNALS_OK;
}

annals_status record_agreements(struct record *record, const annals_query *query,
                                record_agreement_visitor visit, void *context, annals_error *error)
{
    struct judging judging = {.record = record, .author = query->author, .other = query->other};
    arena_init(&judging.arena);
    array_init(&judging.judgements, &judging.arena);
    array_init(&judging.people, &judging.arena);
    array_init(&judging.claims, &judging.arena);
    annals_status status = read_judgements(&judging, error);
    if (status == ANNALS_OK && judging.arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (int i = 0; status == ANNALS_OK && i < SLOTS; i++) {
        struct record_agreement found;
        status = measure_slot(&judging, slot_names[i], &found, error);
        if (status == ANNALS_OK)
            status = visit(context, &found);
    }
    arena_release(&judging.arena);
    return status;
}
