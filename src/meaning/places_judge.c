/* Decides which candidates are places, and what they are used for.
 *
 * Method: a sum of points for what was seen at the candidate, for what the place is, and for how
 * well it fits the report's other places; a candidate is a place where the sum reaches a line. The
 * other candidates of the same name count for a part, so that one clear "in Lincoln" carries the
 * rest, and one clear "Abraham Lincoln" does not. */
#include "meaning/places.h"

#include <math.h>
#include <string.h>

struct points {
    uint32_t seen;
    float points, caseless; /* the second where capitals tell nothing */
};

/* Set by hand on the development set of places, in round numbers. */
static const struct points points_table[] = {
    {SEEN_LOCATIVE, 1.4F, 2.0F},        {SEEN_APPROACH, 0.9F, 0.3F},
    {SEEN_DIRECTION, 1.0F, 1.0F},       {SEEN_FEATURE_BEFORE, 2.0F, 3.0F},
    {SEEN_FEATURE_AFTER, 1.2F, 1.5F},   {SEEN_TITLE_BEFORE, -3.0F, -4.0F},
    {SEEN_GIVEN_BEFORE, -2.5F, -4.0F},  {SEEN_CAPITAL_BEFORE, -0.8F, 0.0F},
    {SEEN_MEMBER_BEFORE, 0.5F, 0.5F},   {SEEN_ROAD_AFTER, -6.0F, -6.0F},
    {SEEN_CAPITAL_AFTER, -0.8F, 0.0F},  {SEEN_PROPER, 1.0F, 0.0F},
    {SEEN_NOT_PROPER, -1.0F, 0.0F},     {SEEN_WORD, -1.4F, -6.0F},
    {SEEN_GIVEN, -0.5F, -0.5F},         {SEEN_SURNAME, -1.0F, -1.0F},
    {SEEN_PERSON, -3.0F, -4.0F},        {SEEN_INSIDE_OF, 3.0F, 3.0F},
    {SEEN_AROUND, 2.0F, 3.0F},          {SEEN_DATELINE, 2.5F, 3.0F},
    {SEEN_UNKNOWN, 0.5F, -3.0F},        {SEEN_OTHER_NAME, -1.5F, -1.5F},    {SEEN_LISTED, 0.8F, 0.8F},          {SEEN_SHORT, -1.8F, -3.0F},         {SEEN_SEVERAL, 0.8F, 0.8F}};

static const float LINE = 3.8F;
static const float POINTS_PEOPLE_AFTER = 0.8F; /* "a Paris man" */
static const float POINTS_GROUND = 1.8F;       /* "overran Karsa" */
static const float POINTS_KIND_INSIDE = 1.2F; /* "Granville County" says what it is */

static bool begins(const char *feature, const char *start)
{
    return strncmp(feature, start, strlen(start)) == 0;
}

/* Points for what the place is. */
static float points_of_place(const struct place_work *work, const struct place_group *group)
{
    const struct gazetteer *gazetteer = &work->knowledge->gazetteer;
    const struct place_option *option = &work->options.items[group->best];
    const struct gazetteer_entry *entry = &gazetteer->entries[option->entry];
    const char *feature = gazetteer_feature(gazetteer, entry);
    float points = 0.6F * log10f((float)entry->population + 1.0F);
    if (begins(feature, "PCL") || begins(feature, "CONT"))
        points += 2.5F;
    else if (begins(feature, "ADM1"))
        points += 1.0F;
    else if (begins(feature, "ADM2") && entry->id < 0)
        points -= 0.5F;
    else if (!begins(feature, "PPL") && entry->id < 0)
        points += 1.5F;
    else if (begins(feature, "PPLC"))
        points += 1.0F;
    else if (entry->population > 200000)
        points += 0.5F;
    if (option->alternate)
        points -= 1.0F;
    /* A small place that nothing else in the report is near is likelier to be something else. */
    if (group->support < 0.1F && work->groups.count > 4 && entry->population < 200000)
        points -= 0.7F;
    /* A hamlet is meant only where the report speaks of what lies around it. */
    if (place_is_hamlet(entry, feature) && group->container == NONE && group->support < 0.3F)
        points -= 3.0F;
    /* "The America neighborhood" is no state. */
    uint32_t rank;
    if (group->classes != NULL && begins(feature, "PCL") &&
        !place_class_fits(group->classes, feature, &rank))
        points -= 3.0F;
    return points + 1.2F * logf(1.0F + group->support);
}

/* "Lancaster bombers" are named by a make; "North Korea's missiles" and those of a great city are whose they are. */
static float points_of_make(const struct place_work *work, const struct place_candidate *candidate,
                            const struct place_group *group)
{
    enum { GREAT = 200000 };
    const struct gazetteer_entry *entry =
        &work->knowledge->gazetteer.entries[work->options.items[group->best].entry];
    bool town = begins(gazetteer_feature(&work->knowledge->gazetteer, entry), "PPL");
    return candidate->make_after && town && entry->population < GREAT ? -6.0F : 0;
}

static float points_seen(const struct place_candidate *candidate, const struct place_group *group)
{
    float points = 0;
    uint32_t seen = candidate->evidence;
    bool caseless = (seen & SEEN_CASELESS) != 0;
    if (seen & SEEN_INSIDE_OF) /* "Reading, Pa." is no word */
        seen &= ~(uint32_t)SEEN_WORD;
    if (candidate->kind_inside) {
        seen &= ~(uint32_t)(SEEN_CAPITAL_AFTER | SEEN_OTHER_NAME | SEEN_TITLE_BEFORE);
        points += POINTS_KIND_INSIDE;
    }
    if (candidate->people_after && !caseless)
        points += POINTS_PEOPLE_AFTER;
    if (candidate->ground)
        points += POINTS_GROUND;
    for (size_t i = 0; i < sizeof points_table / sizeof points_table[0]; i++)
        if (seen & points_table[i].seen)
            points += caseless ? points_table[i].caseless : points_table[i].points;
    if ((seen & SEEN_GIVEN) && (seen & SEEN_CAPITAL_AFTER))
        points -= 2.5F;
    if ((seen & SEEN_GIVEN) && (seen & SEEN_PERSON) && group->located * 3 < group->candidates)
        points -= 3.0F;
    return points;
}

static enum place_use use_of(const struct place_work *work,
                             const struct place_candidate *candidate)
{
    const struct gazetteer *gazetteer = &work->knowledge->gazetteer;
    uint32_t seen = candidate->evidence;
    const struct gazetteer_entry *entry = place_choice(work, candidate);
    if (candidate->use != PLACE_LOCATION || entry == NULL)
        return candidate->use;
    const char *feature = gazetteer_feature(gazetteer, entry);
    bool seat = begins(feature, "PCL") || begins(feature, "PPLC");
    if (seat && (seen & (SEEN_SAYING_AFTER | SEEN_GOVERNMENT_AFTER)) &&
        !(seen & (SEEN_LOCATIVE | SEEN_DATELINE)))
        return PLACE_GOVERNMENT;
    if (seen & (SEEN_ORGANISATION_AFTER | SEEN_MEMBER_BEFORE))
        return PLACE_IN_NAME;
    if (begins(feature, "PCL") && (seen & SEEN_HYPHEN_AFTER) && !(seen & SEEN_LOCATIVE))
        return PLACE_ADJECTIVE;
    return PLACE_LOCATION;
}

/* A name that the gazetteer lacks is a place where a word says so outright: "Sozdara district", "the
 * village of Pir Kot", or where it is spoken of as towns are: "Pir Kot fell to the rebels". */
static void judge_unknown(struct place_candidate *candidate)
{
    const uint32_t against = SEEN_TITLE_BEFORE | SEEN_GIVEN_BEFORE | SEEN_PERSON |
                             SEEN_ROAD_AFTER | SEEN_ORGANISATION_AFTER | SEEN_NOT_PROPER |
                             SEEN_CASELESS | SEEN_WORD | SEEN_SHORT | SEEN_CAPITAL_BEFORE;
    const uint32_t for_it = SEEN_FEATURE_BEFORE | SEEN_FEATURE_AFTER;
    bool told = (candidate->evidence & for_it) != 0 && candidate->classes != NULL;
    candidate->accepted =
        (told || (candidate->ground && !(candidate->evidence & SEEN_OTHER_NAME))) &&
        (candidate->evidence & against) == 0;
    candidate->certainty = 0.5F;
}

void places_judge(struct place_work *work)
{
    float *sums = arena_new_array(work->scratch, float, work->groups.count + 1);
    float *points = arena_new_array(work->scratch, float, work->candidates.count + 1);
    if (sums == NULL || points == NULL)
        return;
    for (uint32_t i = 0; i < work->candidates.count; i++) {
        struct place_candidate *candidate = &work->candidates.items[i];
        if (candidate->group == NONE || work->groups.items[candidate->group].best == NONE)
            continue;
        const struct place_group *group = &work->groups.items[candidate->group];
        points[i] = points_seen(candidate, group) + points_of_place(work, group) +
                    points_of_make(work, candidate, group);
        sums[candidate->group] += points[i];
    }
    for (uint32_t i = 0; i < work->candidates.count; i++) {
        struct place_candidate *candidate = &work->candidates.items[i];
        if (candidate->group == NONE) {
            judge_unknown(candidate);
            continue;
        }
        const struct place_group *group = &work->groups.items[candidate->group];
        if (group->best == NONE)
            continue;
        float total = points[i];
        if (group->candidates > 1) {
            float others = (sums[candidate->group] - points[i]) / (float)(group->candidates - 1);
            total += 0.4F * (others - LINE);
        }
        if (candidate->use == PLACE_ADJECTIVE)
            total = LINE + 2;
        candidate->accepted = total >= LINE;
        candidate->certainty = 1.0F / (1.0F + expf(LINE - total)) * group->margin;
        candidate->use = use_of(work, candidate);
    }
}
