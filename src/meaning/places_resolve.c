/* Chooses what each name of a report refers to.
 *
 * Method: names that are written alike and stand in the same place ("Paris, Texas") form a group
 * and have one sense a report. Each group has options from the gazetteer with a prior (people, kind
 * of place, own name or another); then, in a few rounds, each option gains from the other groups'
 * options near it, in its division, or holding it, each as likely as it is by now: a form of
 * spatial minimality (Leidner 2007, "Toponym Resolution in Text") with soft choices. Where the
 * report seems to be from speaks too (places_home.c). What it leaves out: the outlet's own town. */
#include "meaning/places.h"

#include "bytes/hash.h"
#include "bytes/utf8.h"
#include "meaning/gazetteer_names.h"

#include <math.h>
#include <string.h>

enum { PEOPLE_OF_A_TOWN = 50000 };
enum { OPTIONS_A_GROUP = 48, GROUPS_LOOKED_AT = 160, ROUNDS = 4 };

/* Points of a score; a point is a factor of about e in odds. Set by hand on the development set of
 * places, in round numbers. */
static const float POINTS_A_DECADE = 0.9F;   /* of people */
static const float POINTS_COUNTRY = 2.5F;    /* a state is meant more than its people say */
static const float POINTS_CAPITAL = 2.2F;    /* of a state */
static const float POINTS_DIVISION = 0.6F;
static const float POINTS_SECOND = -1.2F;    /* second-level division: mostly named after its town */
static const float POINTS_REGION = 1.0F;     /* our own: they are there because reports name them */
static const float POINTS_ALTERNATE = -1.0F; /* a name that is not the place's usual one */
static const float POINTS_SHORTENED = -1.0F; /* a division's name without "Province" or the like */
static const float POINTS_ENGLISH = 0.7F;    /* reports in English tell of where English is spoken */
static const float POINTS_QUARTER = -0.5F;
static const float POINTS_SEAT = 0.8F;       /* a town before the division that is named after it */
static const float POINTS_CLASS = 4.0F;      /* is what the feature word beside it says */
static const float POINTS_CLASS_STEP = 1.0F; /* each class further down the word's list */
static const float POINTS_SAME_NAME = 3.0F;  /* elsewhere the report says which */
static const float MOST_OF_COUNTRY = 0.6F;   /* support of all that is in the same country and no nearer */
static const float POINTS_TOGETHER = 3.8F;   /* times the logarithm of 1 + support */

static const struct gazetteer *gazetteer_of(const struct place_work *work)
{
    return &work->knowledge->gazetteer;
}

static bool is_state(const char *feature)
{
    return strncmp(feature, "PCL", 3) == 0;
}

/* ------------------------------------------------------------------ where things lie */

static void set_position(struct place_option *option, const struct gazetteer_entry *entry)
{
    if (entry->latitude == GAZETTEER_NOWHERE || entry->longitude == GAZETTEER_NOWHERE)
        return;
    const double radians = 3.14159265358979323846 / 180 / 1e5;
    double latitude = entry->latitude * radians, longitude = entry->longitude * radians;
    option->position[0] = (float)(cos(latitude) * cos(longitude));
    option->position[1] = (float)(cos(latitude) * sin(longitude));
    option->position[2] = (float)sin(latitude);
}

static bool is_located(const struct place_option *option)
{
    return option->position[0] != 0 || option->position[1] != 0 || option->position[2] != 0;
}

/* Square of the chord between two places, in squares of 1000 km. */
static float chord(const struct place_option *a, const struct place_option *b)
{
    float x = a->position[0] - b->position[0], y = a->position[1] - b->position[1];
    float z = a->position[2] - b->position[2];
    return (x * x + y * y + z * z) * 40.6F;
}

/* True where `outer` is a country or division that holds `inner`, or a town with `inner` in it. */
static bool holds(const struct gazetteer *gazetteer, uint32_t outer, uint32_t inner)
{
    const struct gazetteer_entry *a = gazetteer_entry_at(gazetteer, outer);
    const struct gazetteer_entry *b = gazetteer_entry_at(gazetteer, inner);
    if (a == NULL || b == NULL || outer == inner)
        return false;
    const char *feature = gazetteer_feature(gazetteer, a);
    bool same_country = a->country[0] != '\0' && memcmp(a->country, b->country, 2) == 0;
    if (is_state(feature))
        return same_country && !is_state(gazetteer_feature(gazetteer, b));
    if (strcmp(feature, "ADM1") == 0)
        return b->admin1 == outer;
    if (strcmp(feature, "ADM2") == 0 && b->admin2 == outer)
        return true;
    if (a->latitude == GAZETTEER_NOWHERE || b->latitude == GAZETTEER_NOWHERE ||
        (!same_country && a->country[0] != '\0'))
        return false;
    /* A town holds its quarters, a region what is near its middle. */
    struct place_option from = {0}, to = {0};
    set_position(&from, a);
    set_position(&to, b);
    float reach = strncmp(feature, "PPL", 3) == 0 || strcmp(feature, "ADM2") == 0 ? 0.04F : 0.35F;
    bool smaller = b->population < a->population;
    return smaller && chord(&from, &to) < reach * reach;
}

/* ------------------------------------------------------------------ options */

/* How a posting's name stands to the entry's own: "New York" begins that of New York City, "Lodi" is
 * the one of its province without "Provincia di", "Philadelphia" is quite another name of Amman. */
enum name_likeness { SAID_WHOLE, SAID_BEGINNING, SAID_SHORT, SAID_OTHERWISE };

static enum name_likeness likeness_of(const struct place_work *work,
                                      const struct gazetteer_entry *entry, bool alternate,
                                      const struct place_candidate *candidate)
{
    struct byte_span span = document_span_of(work->document, candidate->tokens);
    size_t length = span.end - span.start;
    const char *own = gazetteer_name(gazetteer_of(work), entry);
    char folded[NAME_BYTES * 3], name[NAME_BYTES * 3];
    enum { GENERIC = 4 }; /* bytes that a word such as "Oblast" has at least, with its blank */
    size_t own_length = strlen(own);
    if (length > NAME_BYTES || own_length > NAME_BYTES || own_length < length + GENERIC)
        return alternate ? SAID_OTHERWISE : SAID_WHOLE;
    length = utf8_fold(document_bytes(work->document, span), length, folded);
    own_length = utf8_fold(own, own_length, name);
    bool begins = own_length > length && memcmp(folded, name, length) == 0 && name[length] == ' ';
    if (alternate)
        return begins ? SAID_BEGINNING : SAID_OTHERWISE;
    return entry->id < 0 ? SAID_SHORT : SAID_WHOLE;
}

static bool speaks_english(const struct gazetteer_entry *entry)
{
    static const char *const countries[] = {"US", "GB", "CA", "AU", "IE", "NZ"};
    for (size_t i = 0; i < sizeof countries / sizeof countries[0]; i++)
        if (memcmp(entry->country, countries[i], 2) == 0)
            return true;
    return false;
}

static float prior_of(const struct place_work *work, const struct gazetteer_entry *entry,
                      enum name_likeness likeness, const char *classes)
{
    const char *feature = gazetteer_feature(gazetteer_of(work), entry);
    float points = POINTS_A_DECADE * log10f((float)entry->population + 30.0F);
    if (strcmp(feature, "PCLI") == 0)
        points += POINTS_COUNTRY;
    else if (strcmp(feature, "PPLC") == 0)
        points += likeness == SAID_OTHERWISE ? POINTS_CAPITAL / 2 : POINTS_CAPITAL;
    else if (strcmp(feature, "ADM1") == 0)
        points += POINTS_DIVISION;
    else if (strcmp(feature, "ADM2") == 0 && entry->id < 0)
        points += POINTS_SECOND;
    else if (strcmp(feature, "PPLX") == 0)
        points += POINTS_QUARTER;
    else if (strncmp(feature, "PPL", 3) != 0 && entry->id < 0)
        points += POINTS_REGION;
    if (likeness == SAID_OTHERWISE)
        points += POINTS_ALTERNATE;
    else if (likeness == SAID_SHORT)
        points += POINTS_SHORTENED;
    if (speaks_english(entry) && strncmp(feature, "PPL", 3) == 0)
        points += POINTS_ENGLISH;
    uint32_t rank;
    if (classes != NULL && !place_class_fits(classes, feature, &rank))
        points -= is_state(feature) ? POINTS_CLASS : 0;
    else if (classes != NULL)
        points += POINTS_CLASS - POINTS_CLASS_STEP * (float)rank;
    return points;
}

static void add_option(struct place_work *work, struct place_group *group,
                       const struct place_candidate *candidate, uint32_t posting)
{
    const struct gazetteer_entry *entry = gazetteer_entry_at(gazetteer_of(work), posting);
    struct place_option *option = entry == NULL ? NULL : array_push(&work->options);
    if (option == NULL)
        return;
    option->entry = posting & POSTING_ENTRY;
    option->alternate = (posting & POSTING_ALTERNATE) != 0;
    set_position(option, entry);
    enum name_likeness likeness = likeness_of(work, entry, option->alternate, candidate);
    option->otherwise = likeness == SAID_OTHERWISE;
    option->prior = prior_of(work, entry, likeness, group->classes);
    option->score = option->prior;
    group->option_count++;
}

/* "Kuito" is the Angolan town that is written so, not Quito. */
static void prefer_own_names(struct place_work *work, const struct place_group *group)
{
    struct place_option *options = work->options.items + group->first_option;
    bool own = false;
    for (uint32_t i = 0; i < group->option_count; i++)
        own = own || (!options[i].alternate &&
                      gazetteer_of(work)->entries[options[i].entry].population >= PEOPLE_OF_A_TOWN);
    for (uint32_t i = 0; own && i < group->option_count; i++)
        if (options[i].otherwise)
            options[i].prior = options[i].score = options[i].prior + POINTS_ALTERNATE;
}

/* "Kunduz" alone is the town, not the province around it; "Quebec" is the province, which has many
 * more people. */
static void prefer_seats(struct place_work *work, const struct place_group *group)
{
    const struct gazetteer *gazetteer = gazetteer_of(work);
    struct place_option *options = work->options.items + group->first_option;
    for (uint32_t i = 0; i < group->option_count; i++) {
        const struct gazetteer_entry *division = &gazetteer->entries[options[i].entry];
        if (strncmp(gazetteer_feature(gazetteer, division), "ADM", 3) != 0)
            continue;
        for (uint32_t j = 0; j < group->option_count; j++) {
            const struct gazetteer_entry *town = &gazetteer->entries[options[j].entry];
            bool inside = town->admin1 == options[i].entry || town->admin2 == options[i].entry;
            float wanted = options[i].prior + POINTS_SEAT;
            if (inside && strncmp(gazetteer_feature(gazetteer, town), "PPL", 3) == 0 &&
                town->population * 6.0 > division->population && options[j].prior < wanted)
                options[j].prior = options[j].score = wanted;
        }
    }
}

/* Among many of a name even the least is looked at where the text says what holds it. */
static bool is_inside(const struct place_work *work, const struct place_group *group,
                      uint32_t posting)
{
    if (group->container == NONE)
        return false;
    const struct place_group *outer = &work->groups.items[group->container];
    return outer->option_count == 1 &&
           holds(gazetteer_of(work), work->options.items[outer->first_option].entry,
                       posting & POSTING_ENTRY);
}

static void add_options(struct place_work *work, struct place_group *group,
                        const struct place_candidate *candidate)
{
    group->first_option = work->options.count;
    if (candidate->single != NO_ENTRY) {
        add_option(work, group, candidate, candidate->single);
        return;
    }
    uint32_t count = candidate->postings.count;
    for (uint32_t i = 0; i < count; i++)
        if (i < OPTIONS_A_GROUP || is_inside(work, group, candidate->postings.items[i]))
            add_option(work, group, candidate, candidate->postings.items[i]);
    prefer_own_names(work, group);
    if (group->classes == NULL)
        prefer_seats(work, group);
}

/* ------------------------------------------------------------------ groups */

/* How surely a candidate is a place, before the others are looked at: 0 to 1. */
static float first_weight(const struct place_candidate *candidate)
{
    uint32_t seen = candidate->evidence;
    float weight = 0.5F;
    if (seen & (SEEN_LOCATIVE | SEEN_FEATURE_BEFORE | SEEN_FEATURE_AFTER | SEEN_DATELINE))
        weight = 1.0F;
    if (candidate->use == PLACE_ADJECTIVE)
        weight = 0.6F;
    if (seen & (SEEN_TITLE_BEFORE | SEEN_GIVEN_BEFORE | SEEN_PERSON | SEEN_ROAD_AFTER))
        weight *= 0.1F;
    if ((seen & SEEN_GIVEN) && (seen & SEEN_CAPITAL_AFTER))
        weight *= 0.1F;
    if (seen & (SEEN_WORD | SEEN_NOT_PROPER | SEEN_SHORT))
        weight *= 0.4F;
    if (seen & SEEN_CAPITAL_BEFORE)
        weight *= 0.4F;
    return weight;
}

/* A container that cannot hold any of the inner one's places is none. */
static bool container_fits(const struct place_work *work, const struct place_candidate *inner,
                           const struct place_group *outer)
{
    uint32_t options = inner->postings.count;
    for (uint32_t j = 0; j < outer->option_count; j++) {
        uint32_t holder = work->options.items[outer->first_option + j].entry;
        for (uint32_t i = 0; i < options; i++)
            if (holds(gazetteer_of(work), holder, inner->postings.items[i] & POSTING_ENTRY))
                return true;
    }
    return false;
}

static uint32_t group_for(struct place_work *work, const struct place_candidate *candidate,
                          uint32_t container)
{
    for (uint32_t i = 0; i < work->groups.count; i++) {
        const struct place_group *group = &work->groups.items[i];
        bool same_classes = group->classes == candidate->classes ||
                            (group->classes != NULL && candidate->classes != NULL &&
                             strcmp(group->classes, candidate->classes) == 0);
        if (group->key == candidate->key && group->container == container && same_classes)
            return i;
    }
    struct place_group *group = array_push(&work->groups);
    if (group == NULL)
        return NONE;
    *group = (struct place_group){.key = candidate->key,
                                  .classes = candidate->classes,
                                  .container = container,
                                  .best = NONE};
    uint32_t number = work->groups.count - 1;
    add_options(work, &work->groups.items[number], candidate);
    return number;
}

/* Groups from the last candidate to the first, since a container comes after what it holds. */
static void make_groups(struct place_work *work)
{
    for (uint32_t i = work->candidates.count; i-- > 0;) {
        struct place_candidate *candidate = &work->candidates.items[i];
        uint32_t container = NONE;
        if (candidate->evidence & SEEN_UNKNOWN)
            continue;
        if (candidate->container != NONE && candidate->single == NO_ENTRY) {
            uint32_t outer = work->candidates.items[candidate->container].group;
            if (outer != NONE && container_fits(work, candidate, &work->groups.items[outer]))
                container = outer;
        }
        if (container == NONE)
            candidate->container = NONE;
        else {
            candidate->evidence |= SEEN_INSIDE_OF;
            work->candidates.items[candidate->container].evidence |= SEEN_AROUND;
        }
        candidate->group = group_for(work, candidate, container);
        if (candidate->group == NONE)
            return;
        struct place_group *group = &work->groups.items[candidate->group];
        group->candidates++;
        group->located +=
            (candidate->evidence & (SEEN_LOCATIVE | SEEN_FEATURE_BEFORE | SEEN_INSIDE_OF)) != 0;
        float weight = first_weight(candidate);
        group->weight = weight > group->weight ? weight : group->weight;
    }
}

/* ------------------------------------------------------------------ rounds */

/* How much one place speaks for another, 0 to 1; `*abroad` where it is the same country and no more. */
static float nearness(const struct place_work *work, const struct place_option *option,
                      const struct place_option *other, bool *abroad)
{
    const struct gazetteer *gazetteer = gazetteer_of(work);
    const struct gazetteer_entry *a = &gazetteer->entries[option->entry];
    const struct gazetteer_entry *b = &gazetteer->entries[other->entry];
    float near = 0;
    *abroad = false;
    if (option->entry == other->entry)
        return 0.5F;
    bool states = a->admin1 == NO_ENTRY && b->admin1 == NO_ENTRY;
    if (is_located(option) && is_located(other)) {
        float square = chord(option, other);
        near = square < 0.025F * 0.025F  ? 1.0F
               : square < 0.08F * 0.08F  ? 0.8F
               : square < 0.16F * 0.16F  ? 0.6F
               : square < 0.3F * 0.3F    ? 0.35F
               : square < 0.7F * 0.7F    ? 0.15F
                                         : 0.0F;
    }
    if (a->country[0] == '\0' || memcmp(a->country, b->country, 2) != 0 || states)
        return near;
    float together = 0.2F;
    if (a->admin1 != NO_ENTRY && a->admin1 == b->admin1)
        together = a->admin1 == option->entry || a->admin1 == other->entry ? 0.7F : 0.5F;
    else if (b->admin1 == NO_ENTRY && is_state(gazetteer_feature(gazetteer, b)))
        together = 0.35F;
    *abroad = together < 0.4F && near < together;
    return together > near ? together : near;
}

/* Others support no option that is less probable. */
#define LIKELY 0.05F

static void share_out(struct place_work *work, struct place_group *group)
{
    struct place_option *options = work->options.items + group->first_option;
    float best = -1e9F, sum = 0;
    for (uint32_t i = 0; i < group->option_count; i++)
        if (options[i].score > best) {
            best = options[i].score;
            group->best = group->first_option + i;
        }
    for (uint32_t i = 0; i < group->option_count; i++) {
        options[i].probability = expf(options[i].score - best);
        sum += options[i].probability;
    }
    group->first_likely = NONE;
    for (uint32_t i = group->option_count; i > 0; i--) {
        struct place_option *option = &options[i - 1];
        option->probability /= sum;
        option->next_likely = group->first_likely;
        if (option->probability >= LIKELY)
            group->first_likely = group->first_option + i - 1;
    }
    if (group->option_count > 0)
        group->margin = work->options.items[group->best].probability;
}

/* What another group adds to an option: its likeliest place near it. */
static float support_from(const struct place_work *work, const struct place_group *group,
                          const struct place_option *option, bool *abroad)
{
    float most = 0;
    *abroad = false;
    for (uint32_t i = group->first_likely; i != NONE; i = work->options.items[i].next_likely) {
        const struct place_option *other = &work->options.items[i];
        if (other->probability <= most)
            continue;
        bool far;
        float support = other->probability * nearness(work, option, other, &far);
        if (support > most) {
            most = support;
            *abroad = far;
        }
    }
    return most * group->weight;
}

/* Points for lying in the group's container, or for being what another group of the same name says
 * outright. */
static float points_told(const struct place_work *work, uint32_t number,
                         const struct place_option *option)
{
    const struct place_group *group = &work->groups.items[number];
    if (group->container != NONE) {
        const struct place_group *outer = &work->groups.items[group->container];
        float most = 0;
        for (uint32_t i = 0; i < outer->option_count; i++) {
            const struct place_option *holder = &work->options.items[outer->first_option + i];
            if (holder->probability > most &&
                holds(gazetteer_of(work), holder->entry, option->entry))
                most = holder->probability;
        }
        return 12.0F * most;
    }
    float points = 0;
    for (uint32_t i = 0; i < work->groups.count; i++) {
        const struct place_group *other = &work->groups.items[i];
        if (other->key != group->key || i == number || other->best == NONE)
            continue;
        if (other->container != NONE && work->options.items[other->best].entry == option->entry)
            points = POINTS_SAME_NAME;
    }
    return points;
}

/* An outer place is chosen among those that hold an inner one. */
static float points_holding(const struct place_work *work, uint32_t number,
                            const struct place_option *option)
{
    for (uint32_t i = 0; i < work->groups.count; i++) {
        const struct place_group *inner = &work->groups.items[i];
        if (inner->container != number)
            continue;
        for (uint32_t j = 0; j < inner->option_count; j++)
            if (holds(gazetteer_of(work), option->entry,
                            work->options.items[inner->first_option + j].entry))
                return 3.0F;
    }
    return 0;
}

static void weigh_group(struct place_work *work, uint32_t number)
{
    struct place_group *group = &work->groups.items[number];
    uint32_t groups = work->groups.count < GROUPS_LOOKED_AT ? work->groups.count
                                                            : GROUPS_LOOKED_AT;
    if (group->option_count == 0)
        return;
    for (uint32_t i = 0; i < group->option_count; i++) {
        struct place_option *option = &work->options.items[group->first_option + i];
        float support = 0, country = 0;
        for (uint32_t j = 0; j < groups; j++) {
            bool abroad;
            if (j == number || work->groups.items[j].key == group->key)
                continue;
            float one = support_from(work, &work->groups.items[j], option, &abroad);
            *(abroad ? &country : &support) += one;
        }
        support += country < MOST_OF_COUNTRY ? country : MOST_OF_COUNTRY;
        option->score = option->prior + POINTS_TOGETHER * logf(1 + support) +
                        points_told(work, number, option) + points_holding(work, number, option);
        if (group->best == group->first_option + i)
            group->support = support;
    }
}

static void run_rounds(struct place_work *work, int rounds)
{
    for (uint32_t i = 0; i < work->groups.count; i++)
        share_out(work, &work->groups.items[i]);
    for (int round = 0; round < rounds; round++) {
        for (uint32_t i = 0; i < work->groups.count; i++)
            weigh_group(work, i);
        for (uint32_t i = 0; i < work->groups.count; i++)
            share_out(work, &work->groups.items[i]);
    }
}

void places_resolve(struct place_work *work)
{
    make_groups(work);
    places_find_home(work);
    run_rounds(work, ROUNDS);
}

void places_resolve_variants(struct place_work *work)
{
    uint32_t groups = work->groups.count;
    for (uint32_t i = 0; i < work->candidates.count; i++) {
        struct place_candidate *candidate = &work->candidates.items[i];
        if ((candidate->evidence & SEEN_UNKNOWN) == 0 || candidate->single == NO_ENTRY)
            continue;
        candidate->group = group_for(work, candidate, NONE);
        if (candidate->group == NONE)
            return;
        struct place_group *group = &work->groups.items[candidate->group];
        group->candidates++;
        group->weight = 0.5F;
    }
    if (work->groups.count > groups)
        run_rounds(work, 1);
}

const struct gazetteer_entry *place_choice(const struct place_work *work,
                                           const struct place_candidate *candidate)
{
    if (candidate->group == NONE || work->groups.items[candidate->group].best == NONE)
        return NULL;
    uint32_t best = work->groups.items[candidate->group].best;
    return gazetteer_entry_at(gazetteer_of(work), work->options.items[best].entry);
}

/* ------------------------------------------------------------------ parts of towns */

/* "The Kyivskyi district of Donetsk", "Mosul's Karama quarter": a part that the gazetteer lacks
 * lies where its town does, within some kilometres. */
static void lay_within(struct document *document, struct place_mention *part,
                       const struct place_mention *town)
{
    if (part->located || part->use != PLACE_LOCATION || !town->located ||
        town->use != PLACE_LOCATION || town->feature == NULL ||
        strncmp(town->feature, "PPL", 3) != 0)
        return;
    part->located = true;
    part->latitude = town->latitude;
    part->longitude = town->longitude;
    part->country = town->country;
    part->admin1 = town->admin1;
    part->admin2 = town->admin2;
    part->reason = arena_print(document->arena,
                               "the gazetteer has no such name; as %s, where it lies", town->name);
    part->acled_precision = 1;
    part->ucdp_precision = 2;
}

void places_resolve_parts(struct place_work *work)
{
    struct document *document = work->document;
    const struct token *tokens = document->tokens.items;
    struct place_mention *places = document->places.items;
    for (uint32_t i = 0; i + 1 < document->places.count; i++) {
        uint32_t first = places[i].tokens.end, second = places[i + 1].tokens.first;
        if (first + 2 == second && (place_kinds(work, first) & WORD_IS_PART) != 0 &&
            strcmp(tokens[first + 1].folded, "of") == 0)
            lay_within(document, &places[i], &places[i + 1]);
        if (first + 1 == second && strcmp(tokens[first].folded, "'s") == 0 &&
            places[i + 1].tokens.end < document->tokens.count &&
            (place_kinds(work, places[i + 1].tokens.end) & WORD_IS_PART) != 0)
            lay_within(document, &places[i + 1], &places[i]);
    }
}
