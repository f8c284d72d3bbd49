/* The words on one place before periods are made of them: their order, what denies what, and which
 * give way to others; and how a period is read. */
#include "record/control_words.h"

#include "bytes/calendar.h"

#include <stdlib.h>

enum { LOOK_BACK = 1000 }; /* words that are looked through for a finer one */

static int compare(int64_t left, int64_t right)
{
    return (left > right) - (left < right);
}

static int by_time(const void *one, const void *other)
{
    const struct control_word *left = one, *right = other;
    int order = compare(left->last, right->last);
    if (order == 0) /* what nobody else says goes first, so that it cannot outweigh the rest */
        order = compare(right->unconfirmed || right->weak, left->unconfirmed || left->weak);
    if (order == 0)
        order = compare(left->change, right->change);
    if (order == 0)
        order = compare(left->first, right->first);
    return order != 0 ? order : compare(left->claim, right->claim);
}

bool control_same_side(const char *left, const char *right)
{
    return left != NULL && right != NULL && (left == right || strcmp(left, right) == 0);
}

bool control_is_support(const struct control_word *word)
{
    return !word->denied && word->side != NULL &&
           (word->change == MOVE_TAKES || word->change == MOVE_HOLDS ||
            word->change == MOVE_SHARES);
}

bool control_is_wide(const struct control_word *word)
{
    return word->first != DAY_UNKNOWN && (int64_t)word->last - word->first > CONTROL_REACH;
}

static bool are_near(const struct control_word *left, const struct control_word *right)
{
    int64_t left_first = left->first != DAY_UNKNOWN ? left->first : left->last;
    int64_t right_first = right->first != DAY_UNKNOWN ? right->first : right->last;
    return left_first <= (int64_t)right->last + CONTROL_REACH &&
           right_first <= (int64_t)left->last + CONTROL_REACH;
}

static bool denies(const struct control_word *denial, struct control_word *word)
{
    /* Nobody denies what is still to come. */
    bool before = word->first != DAY_UNKNOWN && denial->last < word->first;
    bool fall = denial->change == MOVE_LOSES && word->change == MOVE_TAKES;
    if (before || !control_is_support(word) || !are_near(denial, word) ||
        (!fall && !control_same_side(denial->side, word->side)))
        return false;
    word->denial = denial;
    return true;
}

/* A denial stands against the words for the same side of about the same days. */
static void mark_denials(struct control_word *words, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        int64_t low = (int64_t)words[i].last - 2 * CONTROL_REACH;
        int64_t high = (int64_t)words[i].last + 2 * CONTROL_REACH;
        for (uint32_t j = i; words[i].denied && j-- > 0 && words[j].last >= low;)
            denies(&words[i], &words[j]);
        for (uint32_t j = i + 1; words[i].denied && j < count && words[j].last <= high; j++)
            denies(&words[i], &words[j]);
    }
}

/* What is implied gives way to a taking by the same side that is told. */
static bool is_told_elsewhere(const struct control_word *words, uint32_t count, uint32_t index)
{
    const struct control_word *word = &words[index];
    if (!word->implied || word->change != MOVE_TAKES)
        return false;
    uint32_t start = index > LOOK_BACK ? index - LOOK_BACK : 0;
    for (uint32_t i = start; i < count && i < index + LOOK_BACK; i++)
        if (!words[i].implied && !words[i].denied && words[i].change == MOVE_TAKES &&
            control_same_side(words[i].side, word->side) && are_near(&words[i], word))
            return true;
    return false;
}

/* A word of a whole year or the like gives way where a word of days within it is for another. */
static bool gives_way(const struct control_word *words, uint32_t count, uint32_t index)
{
    const struct control_word *wide = &words[index];
    if (!control_is_wide(wide))
        return false;
    uint32_t steps = 0;
    for (uint32_t i = index; i-- > 0 && words[i].last >= wide->first && steps++ < LOOK_BACK;)
        if (control_is_support(&words[i]) && !control_is_wide(&words[i]) && !words[i].weak &&
            words[i].first >= wide->first && !control_same_side(words[i].side, wide->side))
            return true;
    for (uint32_t i = index + 1; i < count && words[i].last == wide->last; i++)
        if (control_is_support(&words[i]) && !control_is_wide(&words[i]) && !control_same_side(words[i].side, wide->side))
            return true;
    return false;
}

void control_sort(struct control_word *words, uint32_t count)
{
    qsort(words, count, sizeof words[0], by_time);
    mark_denials(words, count);
}

bool control_counts(const struct control_word *words, uint32_t count, uint32_t index)
{
    return !words[index].denied && !gives_way(words, count, index) &&
           !is_told_elsewhere(words, count, index);
}

/* ------------------------------------------------------------------ reading periods */

const struct control_period *control_on(const struct control_history *history, int32_t day)
{
    for (uint32_t i = history->periods.count; i-- > 0;)
        if (history->periods.items[i].begin <= day && day <= history->periods.items[i].end)
            return &history->periods.items[i];
    return NULL;
}

const struct control_word *control_newest(const struct control_period *period, int32_t day)
{
    const struct control_word *found = NULL;
    for (uint32_t i = 0; period != NULL && i < period->words.count; i++)
        if (found == NULL || (period->words.items[i]->last <= day &&
                              period->words.items[i]->last >= found->last))
            found = period->words.items[i];
    return found;
}

bool control_is_inferred(const struct control_period *period)
{
    bool inferred = false;
    for (uint32_t i = 0; period != NULL && i < period->words.count; i++) {
        const struct control_word *word = period->words.items[i];
        if (word->change == MOVE_CONTESTS || !control_same_side(word->side, period->holders[0].side))
            continue;
        if (!word->implied && word->change != MOVE_YIELDS)
            return false;
        inferred = true;
    }
    return inferred && period->holder_count > 0;
}
