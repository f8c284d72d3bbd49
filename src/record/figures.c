/* An event's figures, after the practice of UCDP (Hogbladh, "UCDP GED Codebook", 2023): low, best
 * and high, each from what a source says, never an average.
 *
 * - A witness is whoever speaks in a report: its outlet, or each speaker that it quotes. Reports
 * that print one text are one report.
 * - What a witness says of one side ("soldiers", "civilians") is the largest that it gives: smaller
 * ones are parts of it (eight of the twelve) or earlier counts of a running toll. What it says of
 * all is the figure that it gives for people of every kind, else the sum over the sides; children
 * are civilians and foreign fighters combatants, so they are not added again.
 * - The same speaker, or the same outlet, in a later report replaces what it said before.
 * - What is counted over a longer time than the event lasts ("since the fighting began") and what
 *   happened before it is another event's figure; it counts only where nobody counts this one. What
 *   was over more than a month before is background and never counts.
 * - Where a report gives no number, victims are counted as it tells them (victims.h). Where victims
 * are told but none of them of a kind, that kind is 0: so ACLED records it.
 * - Low and high are the lowest and the highest witness. Which is the best can be chosen; by
 * default what a party says of its own deeds comes last, then the later report before the earlier,
 * then the figure that most witnesses give, then the higher one, since tolls rise. Left out: how
 * reliable single outlets are; parts of one side told in different reports. */
#include "record/figures.h"
#include "record/told_numbers.h"
#include "record/victims.h"
#include "record/witnesses.h"

#include "bytes/calendar.h"

#include <math.h>

/* ------------------------------------------------------------------ kinds and sides */

static const struct {
    const char *word, *kind;
} kinds[] = {
    {"killed", "killed"},
    {"wounded", "wounded"},
    {"captured", "captured"},
    {"detained", "detained"},
    {"missing", "missing"},
    {"displaced", "displaced"},
    {"surrendered", "surrendered"},
    {"defected", "defected"},
    {"released", "released"},
    {"strength", "strength"},
    {"attackers", "attackers"},
    {"protesters", "protesters"},
    {"seized", "seized"},
    /* other words for them */
    {"executed", "killed"},
    {"dead", "killed"},
    {"injured", "wounded"},
    {"arrested", "detained"},
    {"freed", "released"},
    {"prisoners", "captured"},
};

enum { KIND_COUNT = 13, WORD_COUNT = sizeof kinds / sizeof kinds[0] };

const char *figures_kind(const char *word)
{
    for (size_t i = 0; i < WORD_COUNT; i++)
        if (strcmp(kinds[i].word, word) == 0)
            return kinds[i].kind;
    return NULL;
}

const char *record_basis_name(enum record_basis basis)
{
    static const char *const names[] = {NULL, "none told", "told", "given"};
    return names[basis];
}

bool figures_is_kind(const char *what, const char *kind)
{
    const char *found = figures_kind(what);
    return found != NULL && strcmp(found, kind) == 0;
}

static enum side side_of(const struct record_claim *claim, const struct record_count *count)
{
    enum side side = SIDE_ALL;
    for (int i = 0; count->who != NULL && i < SIDE_ALL; i++)
        if (strcmp(witness_sides[i], count->who) == 0)
            side = (enum side)i;
    return side == SIDE_CIVILIAN && number_is_of_people(claim, count) ? SIDE_ALL : side;
}

bool figures_count(const struct record_claim *claim)
{
    return strcmp(claim->status, "asserted") == 0 || strcmp(claim->status, "claimed") == 0 ||
           strcmp(claim->status, "disputed") == 0;
}

/* ------------------------------------------------------------------ witnesses */

/* Does a party to the fight speak of what it did itself? */
static bool is_boast(const struct record_claim *claim)
{
    for (uint32_t i = 0; i < claim->according_to.count; i++)
        for (uint32_t j = 0; j < claim->agents.count; j++) {
            const char *speaker = claim->according_to.items[i].name;
            const char *agent = claim->agents.items[j].name;
            if (speaker != NULL && agent != NULL && strcmp(speaker, agent) == 0)
                return true;
        }
    return false;
}

static const char *speaker_of(const struct record_claim *claim)
{
    if (claim->according_to.count == 0)
        return "";
    const struct record_actor *speaker = &claim->according_to.items[0];
    /* Somebody whom the coder could not name is not the outlet. */
    return speaker->name != NULL ? speaker->name : speaker->words != NULL ? speaker->words : "?";
}

static struct witness *find_witness(struct counting *counting, const struct record_claim *claim,
                                    const char *speaker, const char *left_out)
{
    const char *report = claim->original != NULL ? claim->original : claim->report;
    for (uint32_t i = 0; i < counting->count; i++) {
        struct witness *witness = &counting->witnesses[i];
        if (strcmp(witness->report, report) == 0 && strcmp(witness->speaker, speaker) == 0 &&
            witness->left_out == left_out && witness->boast == is_boast(claim))
            return witness;
    }
    struct witness *witness = &counting->witnesses[counting->count++];
    *witness = (struct witness){.report = report,
                                .speaker = speaker,
                                .outlet = claim->source,
                                .published = claim->published,
                                .boast = is_boast(claim),
                                .left_out = left_out};
    for (int i = 0; i < SIDE_COUNT; i++)
        witness->by_side[i].low = witness->by_side[i].high = NAN;
    return witness;
}

static int32_t day_of(const char *text)
{
    return text != NULL ? calendar_read(text) : DAY_UNKNOWN;
}

enum { MUCH_LONGER = 2, MONTH = 31 };

const char witness_long_before[] = "long before";

/* Why a claim of the event counts something else than the event; NULL where it does not. */
static const char *out_of_time(const struct counting *counting, const struct record_claim *claim)
{
    int32_t first = day_of(claim->first), last = day_of(claim->last);
    if (counting->first != DAY_UNKNOWN && number_is_of_days(claim))
        return "longer time";
    if (counting->first != DAY_UNKNOWN && number_is_of_events(claim))
        return "several events";
    if (counting->first == DAY_UNKNOWN || first == DAY_UNKNOWN || last == DAY_UNKNOWN)
        return NULL;
    if (last < counting->first - MONTH)
        return witness_long_before;
    if (last < counting->first - 1 && last - first <= 1)
        return "before";
    int32_t end = counting->last != DAY_UNKNOWN ? counting->last : counting->first;
    return (last - first) - (end - counting->first) > MUCH_LONGER ? "longer time" : NULL;
}

/* Who is shot dead is not wounded; who is shot may be either, see hear_victims. */
static bool is_of_kind(const struct record_claim *claim, const struct record_count *count,
                       const char *kind)
{
    if (strcmp(count->what, "wounded") == 0) {
        enum fate fate = victims_fate(claim);
        if (fate == FATE_KILLED && claim->counts.count == 1)
            return strcmp(kind, "killed") == 0;
        if (number_is_hit(claim, count))
            return false;
    }
    return figures_is_kind(count->what, kind);
}

/* What a claim counts of one side: the sum of its numbers. */
struct sum {
    double low, high;
    bool said, numbered; /* numbered: at least one is a number, not "a guard" */
    bool vague;
};

static void add_to(struct sum *sum, const struct record_claim *claim, const struct record_count *count)
{
    sum->low = sum->said ? sum->low + count->low : count->low;
    sum->high = sum->said ? sum->high + count->high : count->high;
    sum->said = true;
    sum->numbered = sum->numbered || !number_is_single(claim, count);
    sum->vague = sum->vague || number_is_vague(claim, count);
}

/* The larger of two numbers of one witness; a number before victims told one by one. */
static void say(struct number *number, const struct sum *sum, double more,
                const struct record_claim *claim)
{
    struct number one = {.low = sum->low + more,
                         .high = sum->high + more,
                         .claim = claim,
                         .told = !sum->numbered,
                         .vague = sum->vague};
    bool known = !isnan(number_value(number));
    bool better = known && number->told != one.told ? number->told
                                                    : !(number_value(number) >= number_value(&one));
    if (!isnan(number_value(&one)) && better)
        *number = one;
}

/* "Two officers and a guard": of one side in one sentence they are added; parts are not. */
static void hear_numbers(struct counting *counting, const struct record_claim *claim)
{
    struct sum sums[SIDE_COUNT] = {{0}};
    const struct record_count *whole = NULL;
    /* Who killed them is alleged, not that they were killed. */
    bool bodily = strcmp(counting->kind, "killed") == 0 || strcmp(counting->kind, "wounded") == 0;
    bool stands = figures_count(claim) || (bodily && strcmp(claim->status, "alleged") == 0);
    for (uint32_t i = 0; i < claim->counts.count; i++) {
        const struct record_count *count = &claim->counts.items[i];
        enum side side = side_of(claim, count);
        /* "Nobody was hurt" is negated, and says a number. */
        if ((!stands && count->high != 0) || !is_of_kind(claim, count, counting->kind) ||
            (isnan(count->low) && isnan(count->high)))
            continue;
        bool part = whole != NULL && number_is_part(claim, whole, count);
        whole = whole == NULL ? count : whole;
        /* "10 of the 55 men they say they hold": both are said. */
        if (sums[side].said && number_is_whole(claim, whole, count)) {
            sums[side].high = count->high;
            continue;
        }
        if (!sums[side].said || !part)
            add_to(&sums[side], claim, count);
    }
    double beside = claim->counts.count == 1 ? victims_beside(claim) : 0;
    for (int i = 0; i < SIDE_COUNT && whole != NULL; i++) {
        struct number *by_side =
            find_witness(counting, claim, speaker_of(claim), out_of_time(counting, claim))->by_side;
        double more = i == SIDE_ALL ? beside : 0;
        if (sums[i].said)
            say(&by_side[i], &sums[i], more, claim);
        if (sums[i].said && beside > 0 && i < SIDE_ALL)
            say(&by_side[SIDE_ALL], &sums[i], beside, claim);
    }
}

/* ------------------------------------------------------------------ told one by one */

static bool is_same_report(const struct record_claim *left, const struct record_claim *right)
{
    return strcmp(left->original != NULL ? left->original : left->report,
                  right->original != NULL ? right->original : right->report) == 0;
}

static bool is_numbered(const struct record_claim *claim, const struct record_count *count,
                        const char *kind, bool hit)
{
    if (!figures_count(claim) || number_is_single(claim, count))
        return false;
    return hit ? figures_is_kind(count->what, kind) && number_is_hit(claim, count)
               : is_of_kind(claim, count, kind);
}

/* The largest number of a kind in the claims of a report; `hit`: of those who were hit, of whom some may
 * be dead. */
static double largest(const struct counting *counting, const struct record_claim *report,
                      const char *kind, bool hit)
{
    double most = 0;
    for (uint32_t i = 0; i < counting->event->claim_count; i++) {
        const struct record_claim *claim = &counting->event->claims[i];
        for (uint32_t j = 0; j < claim->counts.count; j++)
            if (is_same_report(claim, report) &&
                is_numbered(claim, &claim->counts.items[j], kind, hit) &&
                claim->counts.items[j].low > most)
                most = claim->counts.items[j].low;
    }
    return most;
}

/* What one report tells without a number, beside its numbers. */
static void hear_victims(struct counting *counting, const struct record_claim *report)
{
    struct victims victims;
    victims_init(&victims, counting->arena);
    for (uint32_t i = 0; i < counting->event->claim_count; i++) {
        const struct record_claim *claim = &counting->event->claims[i];
        if (is_same_report(claim, report) && out_of_time(counting, claim) == NULL)
            victims_hear(&victims, claim, counting->event);
    }
    double killed = largest(counting, report, "killed", false);
    double hurt = largest(counting, report, "wounded", false);
    double hit = largest(counting, report, "wounded", true);
    double told_killed = victims_count(&victims, FATE_KILLED);
    double told_hurt = victims_count(&victims, FATE_HURT);
    double told_hit = victims_count(&victims, FATE_HIT);
    bool wounded = strcmp(counting->kind, "wounded") == 0;
    bool any = killed + hurt + hit + told_killed + told_hurt + told_hit > 0;
    killed = killed > 0 ? killed : told_killed;
    /* Who was hit may have died since, as another report tells. */
    hit = (hit > 0 ? hit : told_hit) - (killed > counting->dead ? killed : counting->dead);
    hurt = hurt > 0 ? hurt : told_hurt;
    if (!wounded && largest(counting, report, "killed", false) > 0)
        return;
    double number = !wounded ? killed : hurt > hit ? hurt : hit > 0 ? hit : 0;
    const struct record_claim *claim =
        victims.by_fate[!wounded        ? FATE_KILLED
                        : told_hurt > 0 ? FATE_HURT
                                        : FATE_HIT]
            .claim;
    if (!any)
        return;
    struct number *all =
        &find_witness(counting, claim != NULL ? claim : report, "", NULL)->by_side[SIDE_ALL];
    if (isnan(number_value(all)) || (all->told && number > number_value(all)))
        *all = (struct number){.low = number,
                               .high = number,
                               .told = true,
                               .none = number == 0,
                               .claim = claim != NULL ? claim : report};
}

/* ------------------------------------------------------------------ what each witness says of all
 */

static void add_up(struct witness *witness)
{
    struct number *all = &witness->by_side[SIDE_ALL], sum = {0};
    uint32_t said = 0;
    bool one_claim = true, told = true;
    static const enum side parts[][3] = {{SIDE_CIVILIAN, SIDE_CHILD, SIDE_CHILD},
                                         {SIDE_COMBATANT, SIDE_FOREIGN, SIDE_FOREIGN},
                                         {SIDE_PRISONER, SIDE_PRISONER, SIDE_PRISONER},
                                         {SIDE_SECURITY, SIDE_SECURITY, SIDE_SECURITY}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const struct number *best = NULL;
        for (int j = 0; j < 3; j++) {
            const struct number *part = &witness->by_side[parts[i][j]];
            if (!isnan(number_value(part)) && (best == NULL || number_value(part) > number_value(best)))
                best = part;
        }
        if (best == NULL)
            continue;
        said++;
        one_claim = one_claim && (sum.claim == NULL || sum.claim == best->claim);
        told = told && best->told;
        sum.low += best->low; /* NAN where one is unbounded */
        sum.high += best->high;
        if (sum.claim == NULL || number_value(best) > number_value(&witness->by_side[SIDE_CIVILIAN]))
            sum.claim = best->claim;
    }
    /* "Seven civilians and five soldiers" says how many in all; what two sentences say does not. */
    sum.summed = said < 2 || !one_claim;
    sum.told = told;
    if (sum.claim == NULL) {
        sum = witness->by_side[SIDE_FAMILY];
        sum.summed = true;
    }
    bool numbered = all->claim != NULL && !all->told;
    if (sum.claim != NULL && !(number_value(all) >= number_value(&sum)) && !(numbered && sum.told))
        *all = sum;
}

static bool is_same(const char *left, const char *right)
{
    return left != NULL && right != NULL && strcmp(left, right) == 0;
}

static bool is_later(const struct witness *left, const struct witness *right)
{
    return left->published != NULL && right->published != NULL &&
           strcmp(left->published, right->published) > 0;
}

/* A later word of the same speaker, or of the same outlet speaking for itself, takes the place of
 * the earlier one. */
static void replace_earlier(struct counting *counting, int side)
{
    for (uint32_t i = 0; i < counting->count; i++)
        for (uint32_t j = 0; j < counting->count; j++) {
            struct witness *left = &counting->witnesses[i];
            const struct witness *right = &counting->witnesses[j];
            bool same = left->speaker[0] == '?' ? false
                        : left->speaker[0] != '\0'
                            ? strcmp(left->speaker, right->speaker) == 0
                            : right->speaker[0] == '\0' && is_same(left->outlet, right->outlet);
            if (same && left->left_out == NULL && right->left_out == NULL &&
                is_later(right, left) && !isnan(number_value(&right->by_side[side])) &&
                !right->by_side[side].told)
                left->by_side[side].replaced = true;
        }
}

/* ------------------------------------------------------------------ the whole */

static void find_kind(struct counting *counting, struct record_event *event, annals_best rule)
{
    bool bodily = strcmp(counting->kind, "killed") == 0 || strcmp(counting->kind, "wounded") == 0;
    counting->count = 0;
    for (uint32_t i = 0; i < event->claim_count; i++)
        hear_numbers(counting, &event->claims[i]);
    for (uint32_t i = 0; bodily && i < event->claim_count; i++) {
        bool before = false;
        for (uint32_t j = 0; j < i && !before; j++)
            before = is_same_report(&event->claims[i], &event->claims[j]);
        if (!before)
            hear_victims(counting, &event->claims[i]);
    }
    for (uint32_t i = 0; i < counting->count; i++)
        add_up(&counting->witnesses[i]);
    for (int side = 0; side < SIDE_COUNT; side++)
        replace_earlier(counting, side);
    bool all = false;
    tolls_find(counting, event, SIDE_ALL, rule, &all);
    for (int side = 0; side < SIDE_ALL; side++)
        tolls_find(counting, event, side, rule, &all);
}

const struct record_toll *figures_toll(const struct record_event *event, const char *kind,
                                       const char *side)
{
    for (uint32_t i = 0; i < event->tolls.count; i++) {
        const struct record_toll *toll = &event->tolls.items[i];
        bool same =
            side == NULL || toll->side == NULL ? side == toll->side : strcmp(side, toll->side) == 0;
        if (same && strcmp(toll->what, kind) == 0)
            return toll;
    }
    return NULL;
}

void figures_find(struct arena *arena, struct record_event *event, annals_best best)
{
    const struct record_figure unknown = {NAN, NAN, NAN, BASIS_UNKNOWN};
    struct counting counting = {
        .arena = arena, .event = event, .first = day_of(event->first), .last = day_of(event->last)};
    uint32_t most = event->claim_count * (SIDE_COUNT + 1);
    counting.witnesses = arena_new_array(arena, struct witness, most);
    array_init(&event->tolls, arena);
    event->disputed = false;
    for (size_t i = 0; counting.witnesses != NULL && i < KIND_COUNT; i++) {
        counting.kind = kinds[i].kind;
        find_kind(&counting, event, best);
        const struct record_toll *dead = figures_toll(event, "killed", NULL);
        counting.dead = dead != NULL ? dead->figure.best : 0;
    }
    const struct record_toll *killed = figures_toll(event, "killed", NULL);
    const struct record_toll *wounded = figures_toll(event, "wounded", NULL);
    event->killed = killed != NULL ? killed->figure : unknown;
    event->wounded = wounded != NULL ? wounded->figure : unknown;
}
