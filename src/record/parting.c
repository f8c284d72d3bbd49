/* Tells the happenings of one report apart.
 *
 * A claim opens a part of its own only where the report itself says that it is elsewhere or at another time: an
 * attack, a protest, a troop movement, a change of control or a count of victims whose town lies apart from, or
 * whose day is not, those of such claims before it; anything else only where both differ. One day more is
 * another only where both sentences name their day. Deaths and counts of a later day belong to what was
 * done before. What says neither belongs to what was told last. */
#include "record/parting.h"

enum { LONG_INTERVAL = 400, NEAR_KILOMETRES = 15 };

static bool is_same_town(const struct spot *left, const struct spot *right)
{
    return left->town == right->town ||
           episodes_distance(left->latitude, left->longitude, right->latitude, right->longitude) <
               NEAR_KILOMETRES;
}

bool parting_is_factual(const struct claim_row *claim)
{
    return strcmp(claim->status, "asserted") == 0 || strcmp(claim->status, "claimed") == 0 ||
           strcmp(claim->status, "denied") == 0 || strcmp(claim->status, "disputed") == 0;
}

bool parting_is_happening(const struct claim_row *claim)
{
    static const char *const types[] = {"ASSAULT", "PROTEST", "MOBILIZE"};
    for (size_t i = 0; claim->plover != NULL && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(claim->plover, types[i]) == 0)
            return true;
    /* Who is arrested for it on another day belongs to it. */
    bool arrest = claim->mode != NULL && strcmp(claim->mode, "arrest") == 0;
    return claim->control || (claim->counts && !arrest);
}

const struct spot *parting_town(const struct reader *reader, const struct claim_row *claim)
{
    if (claim->place < 0 || claim->place >= reader->spots.count)
        return NULL;
    const struct spot *spot = &reader->spots.items[claim->place];
    return spot->town != 0 ? spot : NULL;
}

static bool is_dated(const struct claim_row *claim)
{
    return claim->dated && claim->last - claim->first <= LONG_INTERVAL;
}

static bool lies_apart(const struct reader *reader, const struct part *part,
                       const struct spot *town)
{
    for (uint32_t i = 0; town != NULL && i < part->spots.count; i++)
        if (is_same_town(town, &reader->spots.items[part->spots.items[i]]))
            return false;
    return town != NULL && part->spots.count > 0;
}

/* Days between two intervals; 0 where they meet. */
static int32_t days_between(int32_t first, int32_t last, int32_t other_first, int32_t other_last)
{
    int32_t gap = first > other_last ? first - other_last : other_first - last;
    return gap > 0 ? gap : 0;
}

static bool is_another_day(const struct reader *reader, const struct part *part,
                           const struct claim_row *claim)
{
    if (!is_dated(claim) || part->dated.count == 0)
        return false;
    for (uint32_t i = 0; i < part->dated.count; i++) {
        const struct claim_row *other = &reader->claims.items[part->dated.items[i]];
        /* One day more or less is the night between, or a day after which it was told. */
        if (days_between(claim->first, claim->last, other->first, other->last) <= 1)
            return false;
    }
    return true;
}

/* Who was hurt on one day may die, or be counted, on a later one. */
static bool is_death(const struct reader *reader, const struct part *part,
                     const struct claim_row *claim)
{
    bool death = (claim->mode != NULL && strcmp(claim->mode, "kill") == 0) ||
                 (claim->counts && !claim->agent);
    for (uint32_t i = 0; death && i < part->dated.count; i++)
        if (reader->claims.items[part->dated.items[i]].first <= claim->first)
            return true;
    return death && part->dated.count == 0;
}

/* Two acts, each with its own day in its own sentence: "shelled a market on Thursday … on Friday hit a
 * hospital". */
static bool is_next_day(const struct reader *reader, const struct part *part,
                        const struct claim_row *claim)
{
    bool act = claim->told && claim->plover != NULL && strcmp(claim->plover, "ASSAULT") == 0;
    bool other_day = false;
    for (uint32_t i = 0; act && i < part->dated.count; i++) {
        const struct claim_row *other = &reader->claims.items[part->dated.items[i]];
        if (other->first <= claim->last && claim->first <= other->last)
            return false;
        other_day |= other->told && other->plover != NULL && strcmp(other->plover, "ASSAULT") == 0;
    }
    return act && other_day;
}

static bool conflicts(const struct reader *reader, const struct part *part,
                      const struct claim_row *claim)
{
    const struct spot *town = parting_town(reader, claim);
    bool apart = lies_apart(reader, part, town);
    bool later = is_another_day(reader, part, claim) || is_next_day(reader, part, claim);
    /* A place name alone may be a quarter of the town, or the wrong one of that name. */
    return parting_is_happening(claim) ? (apart && (claim->dated || claim->counts)) ||
                                     (later && (town != NULL || (claim->daily && claim->counts)) &&
                                      (apart || !is_death(reader, part, claim)))
                               : apart && later;
}

static uint32_t choose_part(struct reader *reader, const struct claim_row *claim, uint32_t current)
{
    uint32_t count = reader->parts.count;
    if (count > 0 && (!parting_is_factual(claim) || !conflicts(reader, &reader->parts.items[current], claim)))
        return current;
    for (uint32_t i = 0; i < count; i++)
        if (!conflicts(reader, &reader->parts.items[i], claim))
            return i;
    struct part *part = array_push(&reader->parts);
    if (part == NULL)
        return 0;
    array_init(&part->spots, &reader->scratch);
    array_init(&part->dated, &reader->scratch);
    return count;
}

void parting_find(struct reader *reader)
{
    uint32_t current = 0;
    for (uint32_t i = 0; i < reader->claims.count; i++) {
        struct claim_row *claim = &reader->claims.items[i];
        current = claim->part = choose_part(reader, claim, current);
        if (reader->scratch.failed)
            return;
        struct part *part = &reader->parts.items[current];
        if (!parting_is_factual(claim) || !parting_is_happening(claim))
            continue;
        uint32_t *item;
        if (parting_town(reader, claim) != NULL && (item = array_push(&part->spots)) != NULL)
            *item = (uint32_t)claim->place;
        if (is_dated(claim) && (item = array_push(&part->dated)) != NULL)
            *item = i;
    }
}
