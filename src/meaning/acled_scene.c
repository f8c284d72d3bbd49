/* One ACLED sub-type for what one sentence tells of one event. A row of ACLED is an event, not a
 * word: clashes in which a town is taken are the taking of the town, a march at which stones are
 * thrown is a violent demonstration whoever disperses it, shells that bring poison are a chemical
 * weapon, and who is hurt by a mine is hurt by the mine (ACLED Codebook 2023, "Sub-event types").
 *
 * Method: acled.c has typed each claim by itself; here each takes the sub-type of another claim of
 * its sentence that stands above its own in the codebook, if nothing that is known of both keeps
 * them apart: place, day, sides. Left out: events told over several sentences. */
#include "meaning/coding.h"

enum bond {
    SAME_SIDE, /* somebody takes part in both */
    SAME_DOER, /* who does both is the same or not told */
    ANYBODY,
};

static const char CLASH[] = "Armed clash", SHELLING[] = "Shelling/artillery/missile attack",
                  CHEMICAL[] = "Chemical weapon", RIOT[] = "Violent demonstration",
                  FORCE[] = "Excessive force against protesters";

static const struct order {
    const char *lesser, *greater;
    enum bond bond;
} orders[] = {
    {CLASH, "Government regains territory", SAME_SIDE},
    {CLASH, "Non-state actor overtakes territory", SAME_SIDE},
    {SHELLING, CHEMICAL, SAME_DOER},
    {"Air/drone strike", CHEMICAL, SAME_DOER},
    {"Protest with intervention", RIOT, ANYBODY},
    {"Peaceful protest", RIOT, ANYBODY},
};

static bool is_same(const struct participant *a, const struct participant *b)
{
    if (a->actor != NONE && b->actor != NONE)
        return a->actor == b->actor;
    return a->span.end > a->span.start && a->span.start == b->span.start &&
           a->span.end == b->span.end;
}

static bool have_common(const struct participant *a, size_t a_count, const struct participant *b,
                        size_t b_count)
{
    for (size_t i = 0; i < a_count; i++)
        for (size_t j = 0; j < b_count; j++)
            if (is_same(&a[i], &b[j]))
                return true;
    return false;
}

static bool share_side(const struct claim *a, const struct claim *b)
{
    return have_common(a->agents.items, a->agents.count, b->agents.items, b->agents.count) ||
           have_common(a->agents.items, a->agents.count, b->patients.items, b->patients.count) ||
           have_common(a->patients.items, a->patients.count, b->agents.items, b->agents.count);
}

static bool share_doer(const struct claim *a, const struct claim *b)
{
    return have_common(a->agents.items, a->agents.count, b->agents.items, b->agents.count);
}

static bool is_bound(const struct claim *a, const struct claim *b, enum bond bond)
{
    if (bond == SAME_SIDE)
        return share_side(a, b);
    return bond == ANYBODY || a->agents.count == 0 || b->agents.count == 0 || share_doer(a, b);
}

/* Nothing that is known of both says that they are two events. */
static bool may_be_one(const struct claim *a, const struct claim *b)
{
    bool dated = a->from != DAY_UNKNOWN && a->to != DAY_UNKNOWN && b->from != DAY_UNKNOWN &&
                 b->to != DAY_UNKNOWN;
    return (a->place == NONE || b->place == NONE || a->place == b->place) &&
           (!dated || (a->from <= b->to && b->from <= a->to));
}

static bool is_remote(const struct claim *claim)
{
    return strcmp(claim->acled_type, "Explosions/Remote violence") == 0;
}

static bool tells_of_hurt(const struct claim *claim)
{
    for (size_t i = 0; i < claim->counts.count; i++)
        if (strcmp(claim->counts.items[i].what, "killed") == 0 ||
            strcmp(claim->counts.items[i].what, "wounded") == 0)
            return true;
    return claim->mode != NULL && strcmp(claim->mode, "kill") == 0;
}

/* "Killed" of "killed and hurt"; not beyond `end`. */
static uint32_t first_of_row(const struct tree *tree, uint32_t token, uint32_t end)
{
    while (tree->tokens[token].relation == REL_CONJ && tree->tokens[token].head != end)
        token = tree->tokens[token].head;
    return token;
}

/* "Were killed (and hurt) WHEN A MINE WENT OFF", "suffered injuries DUE TO THE EXPLOSION of a
 * mine": the second word is said of the first or of its verb, and not beside it. */
static bool is_said_of(const struct tree *tree, uint32_t inner, uint32_t outer)
{
    enum { STEPS = 6 };
    uint32_t first = first_of_row(tree, outer, inner), token = inner;
    uint32_t verb = tree->tokens[first].relation == REL_OBJ ? tree->tokens[first].head : first;
    enum relation below = REL_ROOT;
    for (int step = 0; step < STEPS && token != NONE; step++) {
        if (token == outer || token == first || token == verb)
            return true;
        enum relation relation = tree->tokens[token].relation;
        if (relation == REL_CONJ)
            return (below == REL_OBL || below == REL_ADVCL) &&
                   first_of_row(tree, token, inner) == first;
        if (relation == REL_PARATAXIS || relation == REL_CCOMP)
            return false;
        below = relation;
        token = tree->tokens[token].head;
    }
    return false;
}

/* "Shot dead ten students AND INJURED HUNDREDS" */
static bool is_next_verb(const struct tree *tree, const struct claim *claim,
                         const struct claim *other)
{
    return tree->tokens[claim->trigger_token].relation == REL_CONJ &&
           tree->tokens[claim->trigger_token].head == other->trigger_token &&
           tree->tokens[claim->trigger_token].upos == UPOS_VERB && share_doer(claim, other);
}

/* Who is hurt by what goes off, where one and the same did both; or by force against a march. */
static bool is_hurt_by(const struct coding *coding, const struct claim *claim,
                       const struct claim *other)
{
    bool attack =
        strcmp(claim->acled_detail, "Attack") == 0 || strcmp(claim->acled_detail, CLASH) == 0;
    bool by = is_remote(other)
                  ? share_doer(claim, other)
                  : strcmp(other->acled_detail, FORCE) == 0 && is_bound(claim, other, SAME_DOER);
    return attack && by && tells_of_hurt(claim) &&
           (is_said_of(&coding->tree, other->trigger_token, claim->trigger_token) ||
            (!is_remote(other) && is_next_verb(&coding->tree, claim, other)));
}

/* "Raided the village and KILLED THE PEASANTS": a place alone fights nobody. */
static bool is_on_civilians(const struct claim *claim, const struct claim *other)
{
    if (strcmp(claim->acled_detail, CLASH) != 0 || strcmp(other->acled_detail, "Attack") != 0 ||
        claim->agents.count != 1 || !share_doer(claim, other))
        return false;
    for (size_t i = 0; i < claim->patients.count; i++) {
        const char *kind = claim->patients.items[i].kind;
        if (kind == NULL || strcmp(kind, "place") != 0)
            return false;
    }
    return claim->patients.count > 0;
}

static bool yields_to(const struct coding *coding, const struct claim *claim,
                      const struct claim *other)
{
    if (other->acled_detail == NULL || !may_be_one(claim, other))
        return false;
    if (is_hurt_by(coding, claim, other) || is_on_civilians(claim, other))
        return true;
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (strcmp(claim->acled_detail, orders[i].lesser) == 0 &&
            strcmp(other->acled_detail, orders[i].greater) == 0)
            return is_bound(claim, other, orders[i].bond);
    return false;
}

void acled_settle(struct coding *coding)
{
    struct claim *claims = coding->document->claims.items;
    size_t count = coding->document->claims.count;
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first; end < count && claims[end].sentence == claims[first].sentence;)
            end++;
        for (size_t i = first; i < end; i++)
            for (size_t j = first; j < end && claims[i].acled_detail != NULL; j++)
                if (j != i && yields_to(coding, &claims[i], &claims[j])) {
                    claims[i].acled_type = claims[j].acled_type;
                    claims[i].acled_detail = claims[j].acled_detail;
                }
    }
}
