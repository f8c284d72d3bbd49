/* Weighs what the witnesses of an event say of one side: which of it counts, low, best and high.
 *
 * Given numbers go before victims told one by one; "at least two" and "dozens" say nothing against
 * a number within their bounds. Low and high are the lowest and the highest witness; the rule for
 * the best is chosen by whoever asks (figures.c tells the practice that they follow). */
#include "record/witnesses.h"

#include <stdlib.h>

const char *const witness_sides[SIDE_COUNT] = {"civilian",        "child",    "combatant",
                                               "foreign fighter", "prisoner", "security force",
                                               "family",          NULL};

/* ------------------------------------------------------------------ the best */

struct voice {
    const struct witness *witness;
    const struct number *number;
    double low, high; /* both known */
    uint32_t votes;   /* witnesses that say the same */
};

static bool is_better(const struct voice *left, const struct voice *right, annals_best rule)
{
    if (rule == ANNALS_BEST_UCDP && left->witness->boast != right->witness->boast)
        return !left->witness->boast;
    /* "At least two" says nothing against twelve. */
    bool left_open = isnan(left->number->high), right_open = isnan(right->number->high);
    if (rule == ANNALS_BEST_UCDP && left_open != right_open &&
        (left_open ? right->low >= left->low : left->low >= right->low))
        return right_open;
    int order = strcmp(left->witness->published != NULL ? left->witness->published : "",
                       right->witness->published != NULL ? right->witness->published : "");
    if (order != 0)
        return order > 0;
    if (left->votes != right->votes)
        return left->votes > right->votes;
    return left->low > right->low;
}

static int by_low(const void *left, const void *right)
{
    double a = ((const struct voice *)left)->low, b = ((const struct voice *)right)->low;
    return (a > b) - (a < b);
}

static double choose_best(struct voice *voices, uint32_t count, annals_best rule,
                          const struct record_figure *figure)
{
    const struct voice *best = &voices[0];
    if (rule == ANNALS_BEST_LOW || rule == ANNALS_BEST_HIGH)
        return rule == ANNALS_BEST_LOW ? figure->low : figure->high;
    if (rule == ANNALS_BEST_MEDIAN) {
        qsort(voices, count, sizeof *voices, by_low);
        return voices[(count - 1) / 2].low;
    }
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < count; j++)
            voices[i].votes += rule == ANNALS_BEST_UCDP && voices[i].low == voices[j].low;
    for (uint32_t i = 1; i < count; i++)
        if (is_better(&voices[i], best, rule))
            best = &voices[i];
    return best->low;
}

/* ------------------------------------------------------------------ a toll */

static enum record_basis basis_of(const struct number *number)
{
    return isnan(number_value(number)) ? BASIS_UNKNOWN
           : !number->told             ? BASIS_GIVEN
           : number->none              ? BASIS_NONE_TOLD
                                       : BASIS_TOLD;
}

/* Why a number does not enter into the figure; NULL where it does. Where nothing else is known
 * (`all`), what is of another time does, but for what was long over. */
static const char *reason_of(const struct witness *witness, int side, bool all)
{
    bool counts = all && witness->left_out != witness_long_before;
    return witness->by_side[side].replaced ? "replaced" : counts ? NULL : witness->left_out;
}

static void add_sayings(const struct counting *counting, struct record_toll *toll, int side,
                        bool all)
{
    for (uint32_t i = 0; i < counting->count; i++) {
        const struct number *number = &counting->witnesses[i].by_side[side];
        enum record_basis basis = basis_of(number);
        if (basis == BASIS_UNKNOWN || (basis == BASIS_NONE_TOLD && toll->figure.basis != basis))
            continue;
        const char *left_out = reason_of(&counting->witnesses[i], side, all);
        struct record_saying *saying = array_push(&toll->sayings);
        if (saying != NULL)
            *saying = (struct record_saying){
                number->claim,
                witness_sides[side],
                number->low,
                number->high,
                left_out == NULL && basis < toll->figure.basis ? "others give a number" : left_out,
                number->summed};
    }
}

/* The voices that count: those that know most, given numbers before victims told one by one. */
static uint32_t gather_voices(const struct counting *counting, int side, bool all,
                              struct voice *voices, enum record_basis *basis)
{
    uint32_t count = 0;
    *basis = BASIS_UNKNOWN;
    for (uint32_t i = 0; i < counting->count; i++) {
        const struct number *number = &counting->witnesses[i].by_side[side];
        enum record_basis one = basis_of(number);
        if (one == BASIS_UNKNOWN || one < *basis ||
            reason_of(&counting->witnesses[i], side, all) != NULL)
            continue;
        count = one > *basis ? 0 : count;
        *basis = one;
        double low = number_value(number);
        voices[count++] = (struct voice){&counting->witnesses[i], number, low,
                                         isnan(number->high) ? low : number->high, 0};
    }
    return count;
}

/* Where every number only says "at least", a report that tells of more one by one counts, too. */
static uint32_t add_told(const struct counting *counting, int side, bool all, struct voice *voices,
                         uint32_t count)
{
    double most = 0;
    uint32_t given = count;
    for (uint32_t i = 0; i < given; i++) {
        if (!isnan(voices[i].number->high))
            return count;
        most = voices[i].low > most ? voices[i].low : most;
    }
    for (uint32_t i = 0; i < counting->count; i++) {
        const struct number *number = &counting->witnesses[i].by_side[side];
        if (basis_of(number) == BASIS_TOLD && number->low > most &&
            reason_of(&counting->witnesses[i], side, all) == NULL)
            voices[count++] =
                (struct voice){&counting->witnesses[i], number, number->low, number->high, 0};
    }
    return count;
}

/* "Dozens" says nothing against 31: a vague word gives way to a number within its bounds. */
static uint32_t drop_vague(struct voice *voices, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool agrees = false;
        for (uint32_t j = 0; j < count && voices[i].number->vague; j++)
            agrees = agrees || (!voices[j].number->vague && voices[j].low >= voices[i].low &&
                                voices[j].low <= voices[i].high);
        if (!agrees)
            voices[kept++] = voices[i];
    }
    return kept;
}

void tolls_find(struct counting *counting, struct record_event *event, int side, annals_best rule,
                bool *all)
{
    struct record_toll toll = {
        counting->kind, witness_sides[side], {NAN, NAN, NAN, BASIS_UNKNOWN}, {0}};
    struct voice *voices = arena_new_array(counting->arena, struct voice, counting->count);
    bool differ = false;
    array_init(&toll.sayings, counting->arena);
    uint32_t count =
        voices != NULL ? gather_voices(counting, side, *all, voices, &toll.figure.basis) : 0;
    if (voices != NULL && side == SIDE_ALL && toll.figure.basis < BASIS_TOLD) {
        *all = true;
        count = gather_voices(counting, side, true, voices, &toll.figure.basis);
    }
    if (count == 0)
        return;
    if (toll.figure.basis == BASIS_GIVEN)
        count = drop_vague(voices, add_told(counting, side, *all, voices, count));
    for (uint32_t i = 0; i < count; i++) {
        differ = differ || voices[i].low > toll.figure.high || voices[i].high < toll.figure.low;
        toll.figure.low = toll.figure.low <= voices[i].low ? toll.figure.low : voices[i].low;
        toll.figure.high = toll.figure.high >= voices[i].high ? toll.figure.high : voices[i].high;
    }
    toll.figure.best = choose_best(voices, count, rule, &toll.figure);
    event->disputed = event->disputed || (differ && toll.figure.basis == BASIS_GIVEN);
    add_sayings(counting, &toll, side, *all);
    struct record_toll *kept = array_push(&event->tolls);
    if (kept != NULL)
        *kept = toll;
}
