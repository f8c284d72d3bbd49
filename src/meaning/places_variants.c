/* Names that the gazetteer does not have as they are written: "Qonduz", "Deir Ezzour".
 *
 * Method: the skeleton of the name (gazetteer_names.h) within the countries that the report speaks
 * of, the nearest spelling first. Only for names that something says are places: a preposition, a
 * word such as "district". What is left without a place keeps its span and a reason. */
#include "bytes/utf8.h"
#include "meaning/gazetteer_names.h"
#include "meaning/places.h"

#include <string.h>

/* Weight, in groups of names, from which a country counts as spoken of; and for a name that sounds
 * just the same. */
static const float SPOKEN_OF = 0.8F, MENTIONED = 0.4F;

struct country_weight {
    char code[2];
    float weight;
};

struct spoken_of {
    struct country_weight countries[64];
    uint32_t count;
};

static void add_weight(struct spoken_of *spoken, const char code[2], float weight)
{
    for (uint32_t i = 0; i < spoken->count; i++)
        if (memcmp(spoken->countries[i].code, code, 2) == 0) {
            spoken->countries[i].weight += weight;
            return;
        }
    if (spoken->count < sizeof spoken->countries / sizeof spoken->countries[0])
        spoken->countries[spoken->count++] = (struct country_weight){{code[0], code[1]}, weight};
}

static struct spoken_of countries_of(const struct place_work *work)
{
    struct spoken_of spoken = {.count = 0};
    for (uint32_t i = 0; i < work->groups.count; i++) {
        const struct place_group *group = &work->groups.items[i];
        if (group->best == NONE || group->weight < 0.3F || group->candidates == 0)
            continue;
        const struct place_option *option = &work->options.items[group->best];
        const struct gazetteer_entry *entry =
            gazetteer_entry_at(&work->knowledge->gazetteer, option->entry);
        if (entry != NULL && entry->country[0] != '\0')
            add_weight(&spoken, entry->country, group->weight * option->probability);
    }
    return spoken;
}

static float weight_of(const struct spoken_of *spoken, const char code[2])
{
    for (uint32_t i = 0; i < spoken->count; i++)
        if (memcmp(spoken->countries[i].code, code, 2) == 0)
            return spoken->countries[i].weight;
    return 0;
}

/* Something around the name says that it is a place; a verb before it may only be said of one. */
static bool is_told(const struct place_candidate *candidate)
{
    return candidate->ground || (candidate->evidence & (SEEN_LOCATIVE | SEEN_FEATURE_BEFORE |
                                                        SEEN_FEATURE_AFTER | SEEN_DIRECTION)) != 0;
}

/* The nearest spelling among the places of a skeleton; NO_ENTRY where none is near. */
static uint32_t nearest(const struct place_work *work, const struct place_candidate *candidate,
                        const struct spoken_of *spoken, const char *folded, size_t length)
{
    char skeleton[NAME_BYTES + 1], name[NAME_BYTES * 3];
    struct posting_range range;
    const struct gazetteer *gazetteer = &work->knowledge->gazetteer;
    size_t size = name_skeleton(folded, length, skeleton);
    uint32_t best = NO_ENTRY, least = UINT32_MAX;
    if (size == 0 || !gazetteer_find(gazetteer, name_skeleton_key(skeleton, size), &range))
        return NO_ENTRY;
    for (uint32_t i = 0; i < range.count; i++) {
        const struct gazetteer_entry *entry = gazetteer_entry_at(gazetteer, range.items[i]);
        if (entry == NULL || weight_of(spoken, entry->country) < MENTIONED ||
            place_is_hamlet(entry, gazetteer_feature(gazetteer, entry)))
            continue;
        const char *own = gazetteer_name(gazetteer, entry);
        size_t own_length = strlen(own);
        if (own_length > NAME_BYTES)
            continue;
        uint32_t distance = 2 * name_distance(folded, length, name,
                                              utf8_fold(own, own_length, name));
        if (distance > 0 && (weight_of(spoken, entry->country) < SPOKEN_OF || !is_told(candidate)))
            continue;
        uint32_t rank;
        if (candidate->classes != NULL &&
            !place_class_fits(candidate->classes, gazetteer_feature(gazetteer, entry), &rank))
            distance += 1;
        /* Two vowels, or one consonant and a vowel, of difference; more in longer names. */
        if (distance < least && distance <= 5 + length / 4) {
            least = distance;
            best = range.items[i] & POSTING_ENTRY;
        }
    }
    return best;
}

static size_t fold_span(const struct place_work *work, const struct place_candidate *candidate,
                        char folded[NAME_BYTES * 3])
{
    struct byte_span span = document_span_of(work->document, candidate->tokens);
    if (span.end - span.start > NAME_BYTES)
        return 0;
    return utf8_fold(document_bytes(work->document, span), span.end - span.start, folded);
}

void places_find_variants(struct place_work *work)
{
    struct spoken_of spoken = countries_of(work);
    char folded[NAME_BYTES * 3];
    for (uint32_t i = 0; i < work->candidates.count; i++) {
        struct place_candidate *candidate = &work->candidates.items[i];
        if ((candidate->evidence & SEEN_UNKNOWN) == 0)
            continue;
        size_t length = fold_span(work, candidate, folded);
        candidate->single =
            length > 0 ? nearest(work, candidate, &spoken, folded, length) : NO_ENTRY;
        if (candidate->single != NO_ENTRY)
            candidate->key = candidate->single;
    }
}
