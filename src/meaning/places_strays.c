/* Which names of a local report are of something else than the far town that bears them: "shot on
 * Riverview", "the Austin neighbourhood", "1900 block of Dover".
 *
 * Method: news of one town names its streets, quarters and shops without saying so, and most are
 * called as some town elsewhere is. Where more than half of what a report names lies in one
 * division, a town outside of it that shares its name with others, that nothing else the report
 * names is near and whose division is not told beside it ("Dover, Delaware") is a stray: it stays a
 * place that is named, and nothing is said to have happened there (scenes.c). What it leaves out:
 * saying what is meant instead; great cities; names that only one place bears. */
#include "meaning/places.h"

#include <string.h>

enum { NAMESAKES = 3, NAMED_AT_HOME = 2, PEOPLE_OF_A_CITY = 200000 };

/* Square of the chord, on a unit sphere, within which two places are of one neighbourhood: some
 * 80 km. */
static const float NEAR = 0.0125F * 0.0125F;

static const struct gazetteer_entry *entry_of(const struct place_work *work, uint32_t candidate)
{
    const struct place_candidate *one = &work->candidates.items[candidate];
    return one->accepted ? place_choice(work, one) : NULL;
}

/* The division that more than half of the mentions lie in, or NO_ENTRY: whoever is left when others
 * are struck out against each other (Boyer and Moore 1981), if it is that many. */
static uint32_t home_of(const struct place_work *work)
{
    uint32_t left = NO_ENTRY, lead = 0, same = 0, all = 0;
    for (uint32_t i = 0; i < work->candidates.count; i++) {
        const struct gazetteer_entry *entry = entry_of(work, i);
        if (entry == NULL || entry->admin1 == NO_ENTRY)
            continue;
        if (lead == 0)
            left = entry->admin1;
        lead += left == entry->admin1 ? 1 : -1;
        all++;
    }
    for (uint32_t i = 0; left != NO_ENTRY && i < work->candidates.count; i++) {
        const struct gazetteer_entry *entry = entry_of(work, i);
        same += entry != NULL && entry->admin1 == left;
    }
    return same * 2 > all && same >= NAMED_AT_HOME ? left : NO_ENTRY;
}

static const struct place_option *option_of(const struct place_work *work, uint32_t candidate)
{
    const struct place_group *group = &work->groups.items[work->candidates.items[candidate].group];
    return &work->options.items[group->best];
}

static bool are_near(const struct place_option *one, const struct place_option *two)
{
    float x = one->position[0] - two->position[0], y = one->position[1] - two->position[1];
    float z = one->position[2] - two->position[2];
    return x * x + y * y + z * z < NEAR;
}

/* Whether the report names anything else of its division or near it. */
static bool is_lone(const struct place_work *work, uint32_t candidate)
{
    const struct gazetteer_entry *own = entry_of(work, candidate);
    for (uint32_t i = 0; i < work->candidates.count; i++) {
        const struct gazetteer_entry *entry = entry_of(work, i);
        if (entry == NULL || entry == own ||
            work->candidates.items[i].group == work->candidates.items[candidate].group)
            continue;
        if (entry->admin1 == own->admin1 ||
            are_near(option_of(work, i), option_of(work, candidate)))
            return false;
    }
    return true;
}

/* Whether any mention of the name says where it lies. */
static bool is_told_where(const struct place_work *work, uint64_t key)
{
    for (uint32_t i = 0; i < work->candidates.count; i++)
        if (work->candidates.items[i].key == key &&
            (work->candidates.items[i].evidence & SEEN_INSIDE_OF) != 0)
            return true;
    return false;
}

/* How the word beside a name fits the place: "Sevilla MUNICIPALITY" is called what it is, "the
 * Riverside NEIGHBOURHOOD" is no city. */
enum said_to_be { SAID_NOTHING, SAID_SO, SAID_ELSE };

static enum said_to_be said_of(const struct place_group *group, const char *feature)
{
    uint32_t rank;
    if (group->classes == NULL)
        return SAID_NOTHING;
    return place_class_fits(group->classes, feature, &rank) && rank == 0 ? SAID_SO : SAID_ELSE;
}

static bool is_stray(const struct place_work *work, uint32_t candidate, uint32_t home)
{
    const struct gazetteer *gazetteer = &work->knowledge->gazetteer;
    const struct gazetteer_entry *entry = entry_of(work, candidate);
    const struct place_candidate *one = &work->candidates.items[candidate];
    if (entry == NULL || entry->admin1 == NO_ENTRY || entry->admin1 == home ||
        one->single != NO_ENTRY || work->groups.items[one->group].option_count < NAMESAKES)
        return false;
    const char *feature = gazetteer_feature(gazetteer, entry);
    if (strncmp(feature, "PPL", 3) != 0 || strcmp(feature, "PPLC") == 0)
        return false;
    enum said_to_be said = said_of(&work->groups.items[one->group], feature);
    bool at_home = memcmp(gazetteer->entries[home].country, entry->country, 2) == 0;
    if ((said == SAID_SO && at_home) ||
        (said != SAID_ELSE && entry->population >= PEOPLE_OF_A_CITY))
        return false;
    return !is_told_where(work, one->key) && is_lone(work, candidate);
}

void places_find_strays(struct place_work *work)
{
    uint32_t home = home_of(work);
    for (uint32_t i = 0; home != NO_ENTRY && i < work->candidates.count; i++)
        work->candidates.items[i].stray = is_stray(work, i, home);
}
