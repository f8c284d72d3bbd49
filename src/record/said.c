/* What two claims share, as far as they tell: text, event, place, day, those who take part, and the
 * kind of act. What is unknown of either excludes nothing. Which claims contradict each other is
 * for contradictions.c and dispute_figures.c to say. */
#include "record/said.h"

bool said_is_factual(const struct said *said)
{
    static const char *const statuses[] = {"asserted", "claimed", "alleged", NULL};
    return text_is_one_of(said->status, statuses);
}

bool said_is_same_text(const struct said *left, const struct said *right)
{
    return left->report == right->report;
}

bool said_is_same_voice(const struct said *left, const struct said *right)
{
    const char *one = left->stand.speaker, *other = right->stand.speaker;
    if (!said_is_same_text(left, right) || one == NULL || other == NULL)
        return said_is_same_text(left, right) && one == other;
    /* "General Okoro" and "Peter Okoro". */
    const char *last = strrchr(one, ' '), *other_last = strrchr(other, ' ');
    return strcasecmp(last != NULL ? last + 1 : one, other_last != NULL ? other_last + 1 : other) ==
           0;
}

bool said_are_near(const struct said *left, const struct said *right)
{
    uint32_t low = left->start < right->start ? left->start : right->start;
    uint32_t high = left->start < right->start ? right->start : left->start;
    return said_is_same_text(left, right) && high - low <= NEAR_BYTES;
}

bool said_is_same_event(const struct said *left, const struct said *right)
{
    return left->happening != 0 && left->happening == right->happening;
}

static bool is_region(const struct record_place *place)
{
    return place->feature != NULL &&
           (strncmp(place->feature, "ADM", 3) == 0 || strncmp(place->feature, "PCL", 3) == 0 ||
            strncmp(place->feature, "RGN", 3) == 0);
}

static bool lies_in(const struct record_place *place, const struct record_place *region)
{
    if (!is_region(region))
        return false;
    return strncmp(region->feature, "PCL", 3) == 0
               ? text_is(place->country, region->country)
               : place->admin1 == NULL || region->admin1 == NULL ||
                     text_is(place->admin1, region->admin1);
}

bool said_may_share_place(const struct said *left, const struct said *right)
{
    const struct record_place *one = &left->place, *other = &right->place;
    return one->name == NULL || other->name == NULL || strcmp(one->name, other->name) == 0 ||
           lies_in(one, other) || lies_in(other, one);
}

bool said_share_place(const struct said *left, const struct said *right)
{
    return text_is(left->place.name, right->place.name);
}

bool said_days_apart(const struct said *left, const struct said *right)
{
    return left->first != DAY_UNKNOWN && right->first != DAY_UNKNOWN &&
           (left->first > right->last + 1 || right->first > left->last + 1);
}

bool said_may_share_day(const struct said *left, const struct said *right)
{
    if (left->daily && right->daily)
        return left->first == right->first;
    return !said_days_apart(left, right);
}

const struct party *said_force(const struct said *said)
{
    return said->force;
}

const struct party *said_find_force(const struct said *said)
{
    for (uint32_t i = 0; i < said->agents.count; i++)
        if (said->agents.items[i].name != NULL && said->agents.items[i].body)
            return &said->agents.items[i];
    for (uint32_t i = 0; i < said->agents.count; i++)
        if (said->agents.items[i].name != NULL && said->agents.items[i].armed)
            return &said->agents.items[i];
    /* Who is blamed is one side, though it be "the rebels". */
    for (uint32_t i = 0; text_is(said->status, "alleged") && i < said->agents.count; i++)
        if (said->agents.items[i].name != NULL && text_is(said->agents.items[i].type, "rebel"))
            return &said->agents.items[i];
    return NULL;
}

/* Is one name in the other: "the army" and "the Syrian army"? */
bool said_names_overlap(const char *left, const char *right)
{
    return left != NULL && right != NULL &&
           (strstr(left, right) != NULL || strstr(right, left) != NULL);
}

bool parties_share(const struct party *left, uint32_t left_count, const struct party *right,
                   uint32_t right_count)
{
    for (uint32_t i = 0; i < left_count; i++)
        for (uint32_t j = 0; j < right_count; j++)
            if (text_is(left[i].name, right[j].name))
                return true;
    return false;
}

bool said_share_agent(const struct said *left, const struct said *right)
{
    return parties_share(left->agents.items, left->agents.count, right->agents.items,
                         right->agents.count);
}

/* Do they name one patient, or call theirs by one noun? */
bool said_share_patient(const struct said *left, const struct said *right)
{
    if (parties_share(left->patients.items, left->patients.count, right->patients.items,
                      right->patients.count))
        return true;
    for (uint32_t i = 0; i < left->patients.count; i++)
        for (uint32_t j = 0; j < right->patients.count; j++)
            if (left->patients.items[i].head[0] != '\0' &&
                strcmp(left->patients.items[i].head, right->patients.items[j].head) == 0)
                return true;
    return false;
}

/* Does the one strike the other? */
bool said_are_enemies(const struct said *left, const struct said *right)
{
    return parties_share(left->agents.items, left->agents.count, right->patients.items,
                         right->patients.count) ||
           parties_share(left->patients.items, left->patients.count, right->agents.items,
                         right->agents.count);
}

/* Are the acts of one kind, as far as their codes tell? */
bool said_are_like_acts(const struct said *left, const struct said *right)
{
    return text_is(left->plover, right->plover) &&
           (left->mode == NULL || right->mode == NULL || strcmp(left->mode, right->mode) == 0);
}

bool said_is_same_sentence(const struct said *left, const struct said *right)
{
    return said_is_same_text(left, right) && left->sentence == right->sentence;
}
