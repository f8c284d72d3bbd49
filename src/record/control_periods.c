/* Periods of control of one place, from what claims say of it.
 *
 * The claims are taken by the last day on which they can be true. Each one opens a period, goes on
 * with the one before, or stands against it:
 *  - a taking ends every other holding; between the first and the last day that it may have happened
 *    nobody is said to hold the place;
 *  - a loss ends the loser's holding, and says that the loser held the place before;
 *  - a holding goes on until another word; where the next word names another holder and no report
 *    tells the change, each word reaches a month (CONTROL_REACH) and no further;
 *  - who enters a place that its holder left within the month takes it;
 *  - a contest stays until somebody is said to take or hold the place later;
 *  - what only the holder says makes a claimed period, and where it is denied, none;
 *  - two words of the same days for two holders are a dispute, unless one is a taking.
 * A claim without a day counts on the day of its report, and moves nobody who was lately known to
 * hold the place. A claim of a year gives way to one of a day within it.
 *
 * The rules are ours and leave open what the reports do. Left out: how much a source is worth, and
 * whether a word grows old. */
#include "record/control_words.h"

#include "bytes/calendar.h"

#include <stdlib.h>

enum { CARRIED = 8 }; /* words that a period takes over from the one before */

struct builder {
    struct arena *arena;
    struct control_history *history;
    const struct control_word *yielding; /* the last that nobody has taken the place after */
};

const char *control_status_name(enum control_status status)
{
    static const char *const names[] = {"unknown", "held",    "contested",
                                        "shared",  "claimed", "disputed"};
    return names[status];
}

/* ------------------------------------------------------------------ periods */

static struct control_period *current(struct builder *builder)
{
    uint32_t count = builder->history->periods.count;
    return count > 0 ? &builder->history->periods.items[count - 1] : NULL;
}

static bool add_party(struct control_party *parties, uint32_t *count, const struct control_word *word)
{
    for (uint32_t i = 0; i < *count; i++)
        if (control_same_side(parties[i].side, word->side))
            return false;
    if (word->side != NULL && *count < CONTROL_PARTIES)
        parties[(*count)++] = (struct control_party){word->side, word->holder};
    return true;
}

static bool is_held_by(const struct control_period *period, const char *side)
{
    for (uint32_t i = 0; period != NULL && i < period->holder_count; i++)
        if (control_same_side(period->holders[i].side, side))
            return true;
    return false;
}

static void rest_on(struct control_period *period, const struct control_word *word)
{
    const struct control_word **slot = (const struct control_word **)array_push(&period->words);
    if (slot == NULL)
        return;
    *slot = word;
    if (period->last_word == DAY_UNKNOWN || word->last > period->last_word)
        period->last_word = word->last;
    period->objected = period->objected || word->denial != NULL;
}

/* A period that goes on under another status rests on what the one before rested on. */
static void carry(struct control_period *period, const struct control_period *from)
{
    uint32_t start = from->words.count > CARRIED ? from->words.count - CARRIED : 0;
    for (uint32_t i = start; i < from->words.count; i++)
        rest_on(period, from->words.items[i]);
}

static void stand_against(struct control_period *period, const struct control_word *word)
{
    const struct control_word **slot = (const struct control_word **)array_push(&period->against);
    if (slot != NULL)
        *slot = word;
}

/* Opens a period at `begin` and ends the one before it; one that would not last a day is replaced. */
static struct control_period *open_period(struct builder *builder, int32_t begin)
{
    struct control_period *before = current(builder);
    while (before != NULL && begin <= before->begin) {
        builder->history->periods.count--;
        before = current(builder);
    }
    if (before != NULL && before->end >= begin)
        before->end = begin - 1;
    struct control_period *period = array_push(&builder->history->periods);
    if (period == NULL)
        return NULL;
    *period = (struct control_period){.begin = begin, .end = INT32_MAX, .since_first = DAY_UNKNOWN,
                                      .since_last = DAY_UNKNOWN, .last_word = DAY_UNKNOWN};
    array_init(&period->words, builder->arena);
    array_init(&period->against, builder->arena);
    return period;
}

static struct control_period *open_held(struct builder *builder, int32_t begin,
                                        const struct control_word *word)
{
    struct control_period *period = open_period(builder, begin);
    if (period == NULL)
        return NULL;
    period->status = word->unconfirmed ? CONTROL_CLAIMED
                     : word->change == MOVE_SHARES ? CONTROL_SHARED
                                                      : CONTROL_HELD;
    add_party(period->holders, &period->holder_count, word);
    rest_on(period, word);
    if (word->change == MOVE_TAKES) {
        period->since_first = word->first;
        period->since_last = word->last;
        period->precision = word->precision;
    }
    return period;
}

static void open_unknown(struct builder *builder, int32_t begin, const struct control_period *before,
                         const struct control_word *word, bool lost)
{
    struct control_party holder = {NULL, NULL};
    if (before != NULL && before->holder_count > 0)
        holder = before->holders[0];
    if (lost && word->side != NULL)
        holder = (struct control_party){word->side, word->holder};
    struct control_period *period = open_period(builder, begin);
    if (period == NULL)
        return;
    period->before = holder;
    period->lost = lost;
    rest_on(period, word);
}

static bool is_known(const struct control_period *period)
{
    return period != NULL && period->holder_count > 0;
}

/* ------------------------------------------------------------------ the same holder goes on */

/* Two words on one taking: it was on the days that both allow. */
static void narrow(struct control_period *period, const struct control_word *word)
{
    if (period->since_first == DAY_UNKNOWN || word->first == DAY_UNKNOWN ||
        word->first > period->since_last || word->last < period->since_first ||
        (word->first <= period->since_first && word->last >= period->since_last))
        return;
    if (word->first > period->since_first)
        period->since_first = word->first;
    if (word->last < period->since_last)
        period->since_last = word->last;
    period->precision = word->precision;
}

static void go_on(struct builder *builder, struct control_period *period,
                  const struct control_word *word)
{
    bool later = period->last_word == DAY_UNKNOWN || word->last > period->last_word;
    bool settles = (period->status == CONTROL_CONTESTED || period->status == CONTROL_DISPUTED) &&
                   !word->unconfirmed && later && period->holder_count == 1;
    if (settles) {
        struct control_period old = *period;
        int32_t begin = word->change == MOVE_TAKES || word->first == DAY_UNKNOWN ||
                                word->first <= old.last_word
                            ? word->last
                            : word->first;
        period = open_held(builder, begin, word);
        if (period != NULL && word->change != MOVE_TAKES) {
            period->since_first = old.since_first;
            period->since_last = old.since_last;
            period->precision = old.precision;
        }
        return;
    }
    bool again = word->change == MOVE_TAKES && period->since_last != DAY_UNKNOWN && !word->weak &&
                 word->first != DAY_UNKNOWN &&
                 word->first > (int64_t)period->last_word + CONTROL_REACH;
    if (again) {
        open_held(builder, word->last, word);
        return;
    }
    if (word->change == MOVE_TAKES && !word->weak)
        narrow(period, word);
    if (period->status == CONTROL_CLAIMED && !word->unconfirmed) {
        period->status = CONTROL_HELD;
        period->before = (struct control_party){NULL, NULL};
    }
    rest_on(period, word);
}

/* ------------------------------------------------------------------ another holder */

/* Are both of the same days, so that neither can be said to follow the other? */
static bool are_of_same_days(const struct control_period *period, const struct control_word *word)
{
    int32_t first = word->first != DAY_UNKNOWN ? word->first : word->last;
    for (uint32_t i = period->words.count; i-- > 0;) {
        const struct control_word *other = period->words.items[i];
        if (first > other->last)
            break;
        if (!control_is_support(other) || other->unconfirmed)
            continue;
        if (word->change == MOVE_TAKES && other->change != MOVE_TAKES)
            continue;
        return true;
    }
    return false;
}

/* The older holder is taken to have held on for a month, the newer for a month before; between
 * them, or where these months overlap, nobody is known. */
static void part_between(struct builder *builder, const struct control_word *word)
{
    struct control_period *old = current(builder);
    struct control_period copy = *old;
    int64_t from = old->last_word, to = word->first != DAY_UNKNOWN ? word->first : word->last;
    if (from < old->begin)
        from = old->begin;
    int64_t old_end = from + CONTROL_REACH, new_begin = to - CONTROL_REACH;
    if (old_end >= new_begin) {
        int64_t overlap = old_end;
        old_end = new_begin - 1;
        new_begin = overlap + 1;
    }
    old_end = old_end < from ? from : old_end;
    new_begin = new_begin > to ? to : new_begin;
    if (new_begin <= old_end)
        new_begin = old_end + 1;
    if (new_begin > old_end + 1)
        open_unknown(builder, (int32_t)old_end + 1, &copy, word, false);
    struct control_period *period = open_held(builder, (int32_t)new_begin, word);
    if (period != NULL && copy.last_word != DAY_UNKNOWN && to > copy.last_word) {
        period->since_first = copy.last_word + 1;
        period->since_last = (int32_t)to;
    }
}

static void dispute(struct builder *builder, const struct control_word *word, bool keep_holder)
{
    struct control_period *old = current(builder);
    int32_t begin = word->first != DAY_UNKNOWN && word->first > old->begin ? word->first : word->last;
    struct control_period copy = *old;
    if (begin < copy.begin)
        begin = copy.begin;
    struct control_period *period = open_period(builder, begin);
    if (period == NULL)
        return;
    period->status = CONTROL_DISPUTED;
    period->last_word = copy.last_word;
    for (uint32_t i = 0; i < copy.holder_count; i++)
        if (keep_holder)
            period->holders[period->holder_count++] = copy.holders[i];
        else
            period->rivals[period->rival_count++] = copy.holders[i];
    if (keep_holder) {
        period->since_first = copy.since_first;
        period->since_last = copy.since_last;
        period->precision = copy.precision;
    }
    carry(period, &copy);
    add_party(period->rivals, &period->rival_count, word);
    rest_on(period, word);
}

static void held_before(struct builder *builder, const struct control_word *word, int32_t end);

/* The current period begins a day earlier, where that leaves the one before a day. */
static void move_back(struct builder *builder)
{
    uint32_t count = builder->history->periods.count;
    struct control_period *period = &builder->history->periods.items[count - 1];
    struct control_period *before = count > 1 ? period - 1 : NULL;
    if (before != NULL && before->begin >= period->begin - 1)
        return;
    period->begin--;
    if (before != NULL && before->end >= period->begin)
        before->end = period->begin - 1;
}

static void take(struct builder *builder, const struct control_word *word)
{
    const struct control_word *loser = builder->yielding;
    int32_t first = word->first != DAY_UNKNOWN ? word->first : word->last;
    builder->yielding = NULL;
    if (loser != NULL && !is_known(current(builder)) && !control_same_side(loser->side, word->side) &&
        (int64_t)loser->last + CONTROL_REACH >= word->last)
        held_before(builder, loser, (first < loser->last ? first : loser->last) - 1);
    struct control_period *old = current(builder);
    /* Between the first and the last day it may have happened, nobody is known to hold it. */
    if (is_known(old)) {
        struct control_period copy = *old;
        if (old->end == INT32_MAX && first <= old->last_word)
            first = old->last_word + 1;
        if (first < word->last && first > old->begin)
            open_unknown(builder, first, &copy, word, false);
    }
    /* Who is said to hold it on the very day held it on the day before. */
    old = current(builder);
    if (is_known(old) && old->begin == word->last)
        move_back(builder);
    open_held(builder, word->last, word);
}

static void change_holder(struct builder *builder, const struct control_word *word)
{
    struct control_period *old = current(builder);
    bool known = is_known(old);
    if (old != NULL && old->status == CONTROL_DISPUTED &&
        (word->first != DAY_UNKNOWN ? word->first : word->last) <= old->last_word) {
        add_party(old->rivals, &old->rival_count, word);
        rest_on(old, word);
        return;
    }
    if (known && word->weak && (int64_t)old->last_word + CONTROL_REACH >= word->last) {
        stand_against(old, word);
        return;
    }
    if (word->unconfirmed && word->denial != NULL) {
        if (known) {
            dispute(builder, word, true);
        } else {
            struct control_period *period = open_period(builder, word->last);
            if (period != NULL) {
                period->status = CONTROL_DISPUTED;
                add_party(period->rivals, &period->rival_count, word);
                rest_on(period, word);
            }
        }
        return;
    }
    if (known && are_of_same_days(old, word)) {
        if (word->unconfirmed) {
            add_party(old->rivals, &old->rival_count, word);
            stand_against(old, word);
        } else if (word->change == MOVE_HOLDS && old->words.count > 0 &&
                   old->since_last == word->last && old->status == CONTROL_HELD) {
            stand_against(old, word); /* a taking outranks a holding of its days */
        } else {
            dispute(builder, word, false);
        }
        return;
    }
    struct control_party before = known ? old->holders[0] : (struct control_party){NULL, NULL};
    if (word->change == MOVE_TAKES)
        take(builder, word);
    else if (known)
        part_between(builder, word);
    else
        open_held(builder, word->first != DAY_UNKNOWN && !control_is_wide(word) ? word->first : word->last,
                  word);
    old = current(builder);
    if (word->unconfirmed && old != NULL)
        old->before = before;
}

/* ------------------------------------------------------------------ losses, contests, shares */

/* Who loses a place held it before: for a month at most where nothing else says so. */
static void held_before(struct builder *builder, const struct control_word *word, int32_t end)
{
    struct control_period *before = current(builder);
    int64_t begin = (int64_t)end - CONTROL_REACH;
    if (before != NULL && before->last_word != DAY_UNKNOWN && begin <= before->last_word)
        begin = (int64_t)before->last_word + 1;
    if (begin > end)
        return;
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference)
    if (is_known(before) && before->end == INT32_MAX &&
        (int64_t)before->last_word + CONTROL_REACH < begin)
        open_unknown(builder, before->last_word + CONTROL_REACH, before, word, false);
    struct control_period *period = open_held(builder, (int32_t)begin, word);
    if (period != NULL) {
        period->since_first = period->since_last = DAY_UNKNOWN;
        period->end = end;
    }
}

/* The loser of a taking that is known already: the period before the taker's. */
static void name_loser(struct builder *builder, const struct control_word *word)
{
    struct control_period taker = *current(builder);
    uint32_t count = builder->history->periods.count;
    const struct control_period *before =
        count > 1 ? &builder->history->periods.items[count - 2] : NULL;
    bool open = before == NULL || (before->status == CONTROL_UNKNOWN && !before->lost &&
                                   before->before.name == NULL);
    int32_t end = (taker.since_first != DAY_UNKNOWN ? taker.since_first : taker.begin) - 1;
    if (!open || end == INT32_MAX)
        return;
    builder->history->periods.count--;
    held_before(builder, word, end);
    struct control_period *slot = array_push(&builder->history->periods);
    if (slot != NULL)
        *slot = taker;
}

/* The place changed hands, and who lost it is not said: the last holder, if that was known lately. */
static void end_holding(struct builder *builder, int32_t begin, const struct control_word *word)
{
    struct control_period copy = *current(builder);
    copy.holder_count = 1;
    open_unknown(builder, begin, &copy, word, (int64_t)copy.last_word + CONTROL_REACH >= begin);
}

static void lose(struct builder *builder, const struct control_word *word)
{
    struct control_period *old = current(builder);
    int32_t first = word->first != DAY_UNKNOWN ? word->first : word->last;
    bool taken_then = is_known(old) && old->since_last != DAY_UNKNOWN &&
                      !is_held_by(old, word->side) &&
                      llabs((int64_t)old->since_last - word->last) <= CONTROL_REACH;
    if (taken_then) {
        if (word->side != NULL)
            name_loser(builder, word);
        struct control_period *taker = current(builder);
        if (taker != NULL)
            rest_on(taker, word);
        return;
    }
    if (word->weak && is_known(old) && !is_held_by(old, word->side))
        return;
    if (word->side == NULL) {
        if (is_known(old) && !word->weak && !word->unconfirmed)
            end_holding(builder, first, word);
        return;
    }
    if (word->unconfirmed && word->denial != NULL)
        return;
    if (!is_held_by(old, word->side))
        held_before(builder, word, first - 1);
    open_unknown(builder, first, NULL, word, true);
}

/* A yielding waits for the taking, or names the loser of one just before. */
static void yield(struct builder *builder, const struct control_word *word)
{
    struct control_period *old = current(builder);
    bool taken_then = is_known(old) && old->since_last != DAY_UNKNOWN &&
                      !is_held_by(old, word->side) &&
                      (int64_t)old->since_last + CONTROL_REACH >= word->last;
    if (taken_then)
        name_loser(builder, word);
    else
        builder->yielding = word;
}

/* Has the last holder left within a month, and nobody come? */
static bool is_vacant(const struct control_period *period, const struct control_word *word)
{
    int32_t begin = word->first != DAY_UNKNOWN ? word->first : word->last;
    return period != NULL && period->status == CONTROL_UNKNOWN && period->lost &&
           period->before.side != NULL && word->side != NULL && !word->weak &&
           !control_same_side(period->before.side, word->side) && begin >= period->begin &&
           begin <= (int64_t)period->begin + CONTROL_REACH;
}

static void enter(struct builder *builder, const struct control_word *word)
{
    take(builder, word);
    struct control_period *period = current(builder);
    if (period != NULL) {
        period->since_first = word->first;
        period->since_last = word->last;
        period->precision = word->precision;
    }
}

static void contest(struct builder *builder, const struct control_word *word)
{
    struct control_period *old = current(builder);
    if (old == NULL || old->status != CONTROL_CONTESTED) {
        struct control_period copy = old != NULL ? *old : (struct control_period){.status = 0};
        int32_t begin = word->first != DAY_UNKNOWN ? word->first : word->last;
        bool since = old != NULL && is_known(old);
        /* Who fights for a place that he held long ago does not hold it. */
        if (since && is_held_by(old, word->side) &&
            (int64_t)old->last_word + CONTROL_REACH < begin)
            since = false;
        if (since && begin <= copy.begin)
            begin = copy.begin;
        if (since && copy.status == CONTROL_CLAIMED && word->weak)
            return;
        struct control_period *period = open_period(builder, begin);
        if (period == NULL)
            return;
        period->status = CONTROL_CONTESTED;
        if (since) {
            memcpy(period->holders, copy.holders, sizeof copy.holders);
            period->holder_count = copy.holder_count;
            period->since_first = copy.since_first;
            period->since_last = copy.since_last;
            period->precision = copy.precision;
            carry(period, &copy);
        }
        old = period;
    }
    if (word->side != NULL && !is_held_by(old, word->side))
        add_party(old->rivals, &old->rival_count, word);
    rest_on(old, word);
}

static void share(struct builder *builder, const struct control_word *word)
{
    struct control_period *old = current(builder);
    bool same = old != NULL && old->status == CONTROL_SHARED &&
                word->last <= (int64_t)old->last_word + CONTROL_REACH;
    if (!same) {
        open_held(builder, word->first != DAY_UNKNOWN ? word->first : word->last, word);
        return;
    }
    add_party(old->holders, &old->holder_count, word);
    rest_on(old, word);
}

/* ------------------------------------------------------------------ the whole */

static void follow(struct builder *builder, const struct control_word *word)
{
    struct control_period *old = current(builder);
    switch (word->change) {
    case MOVE_YIELDS:
        yield(builder, word);
        break;
    case MOVE_LOSES:
        lose(builder, word);
        break;
    case MOVE_CONTESTS:
        (is_vacant(old, word) ? enter : contest)(builder, word);
        break;
    case MOVE_SHARES:
        if (word->side != NULL)
            share(builder, word);
        break;
    case MOVE_TAKES:
    case MOVE_HOLDS:
        if (word->implied && word->change == MOVE_TAKES && is_held_by(old, word->side)) {
            /* Who holds a place does not take it: it was lost. */
            if (old->since_last == DAY_UNKNOWN ||
                (int64_t)old->since_last + CONTROL_REACH < word->last)
                end_holding(builder, word->last, word);
        } else if (word->side == NULL) {
            if (word->change == MOVE_TAKES && is_known(old) && !word->weak &&
                word->last > (int64_t)old->last_word + CONTROL_REACH)
                end_holding(builder, word->last, word);
        } else if (is_held_by(old, word->side) &&
                   (old->holder_count == 1 || word->change != MOVE_TAKES)) {
            go_on(builder, old, word);
        } else {
            change_holder(builder, word);
        }
        break;
    }
    /* Told as past, a holding says nothing of the days after; a taking before it still does. */
    struct control_period *now = current(builder);
    if (word->past && now != NULL && now->status == CONTROL_HELD && now->end == INT32_MAX &&
        now->last_word == word->last && now->since_last == DAY_UNKNOWN && is_held_by(now, word->side)) {
        struct control_period copy = *now;
        open_unknown(builder, word->last + 1, &copy, word, false);
    }
}

/* Denials stand with every period that rests on what they deny. */
static void attach_denials(struct control_history *history)
{
    for (uint32_t i = 0; i < history->periods.count; i++) {
        struct control_period *period = &history->periods.items[i];
        const struct control_word *last = NULL;
        for (uint32_t j = 0; period->objected && j < period->words.count; j++) {
            const struct control_word *denial = period->words.items[j]->denial;
            if (denial != NULL && denial != last)
                stand_against(period, denial);
            last = denial != NULL ? denial : last;
        }
    }
}

void control_periods(struct arena *arena, struct control_word *words, uint32_t count,
                     struct control_history *history)
{
    struct builder builder = {.arena = arena, .history = history};
    array_init(&history->periods, arena);
    control_sort(words, count);
    for (uint32_t i = 0; i < count; i++)
        if (control_counts(words, count, i))
            follow(&builder, &words[i]);
    attach_denials(history);
}
