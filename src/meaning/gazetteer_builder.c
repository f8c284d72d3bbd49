/* Collects places and names for a gazetteer file.
 * What it leaves out: shapes of areas (a division is a point: its source's own, else the middle of
 * its towns), names in other than Latin letters, zip codes. */
#include "meaning/gazetteer_builder.h"

#include "bytes/hash.h"
#include "bytes/utf8.h"
#include "meaning/gazetteer_names.h"

#include <math.h>
#include <string.h>

void gazetteer_builder_init(struct gazetteer_builder *builder)
{
    *builder = (struct gazetteer_builder){0};
    arena_init(&builder->arena);
    array_init(&builder->entries, &builder->arena);
    arena_init(&builder->name_arena);
    array_init(&builder->names, &builder->name_arena);
    array_init(&builder->strings, &builder->arena);
    array_init(&builder->features, &builder->arena);
    (void)array_push(&builder->strings);
}

void gazetteer_builder_release(struct gazetteer_builder *builder)
{
    arena_release(&builder->arena);
    arena_release(&builder->name_arena);
}

static uint32_t add_string(struct gazetteer_builder *builder, const char *bytes, size_t length)
{
    if (length == 0)
        return 0;
    uint32_t at = builder->strings.count;
    while (builder->strings.capacity - builder->strings.count < length + 1)
        if (!array_grow((void **)&builder->strings.items, &builder->strings.capacity, 1,
                        &builder->arena))
            return 0;
    memcpy(builder->strings.items + at, bytes, length);
    builder->strings.items[at + length] = '\0';
    builder->strings.count += (uint32_t)length + 1;
    return at;
}

static uint16_t add_feature(struct gazetteer_builder *builder, const char code[8])
{
    uint64_t wanted = 0;
    memcpy(&wanted, code, strnlen(code, 7));
    for (uint32_t i = 0; i < builder->features.count; i++)
        if (builder->features.items[i] == wanted)
            return (uint16_t)i;
    uint64_t *added = builder->features.count < UINT16_MAX ? array_push(&builder->features) : NULL;
    if (added == NULL)
        return 0;
    *added = wanted;
    return (uint16_t)(builder->features.count - 1);
}

/* Hash of "AF", "AF.24" or "AF.24.1401"; 0 where a part is missing. */
static uint64_t code_of(const struct builder_place *place, int level)
{
    char code[128];
    if (place->country[0] == '\0' || (level > 0 && place->admin1[0] == '\0') ||
        (level > 1 && place->admin2[0] == '\0'))
        return 0;
    int length = snprintf(code, sizeof code, "%s%s%s%s%s", place->country, level > 0 ? "." : "",
                          level > 0 ? place->admin1 : "", level > 1 ? "." : "",
                          level > 1 ? place->admin2 : "");
    return hash_bytes(code, (size_t)length);
}

static int level_of(const char feature[8])
{
    if (strcmp(feature, "PCLI") == 0)
        return 0;
    if (strcmp(feature, "ADM1") == 0)
        return 1;
    return strcmp(feature, "ADM2") == 0 ? 2 : -1;
}

/* The id of a place without one: negative, from what it is and where, the same in every build. */
static int32_t own_id(const struct builder_place *place, uint64_t own_code)
{
    uint64_t hash = own_code;
    if (hash == 0)
        hash = hash_join(hash_join(hash_bytes(place->name, place->name_length),
                                   hash_bytes(place->feature, strlen(place->feature))),
                         hash_bytes(place->country, strlen(place->country)));
    return -1 - (int32_t)(hash & 0x3fffffff);
}

static int32_t degrees(double value, double limit)
{
    if (isnan(value) || fabs(value) > limit)
        return GAZETTEER_NOWHERE;
    return (int32_t)lround(value * 1e5);
}

uint32_t gazetteer_builder_add(struct gazetteer_builder *builder, const struct builder_place *place)
{
    int level = level_of(place->feature);
    uint64_t own_code = level >= 0 ? code_of(place, level) : 0;
    uint32_t name = add_string(builder, place->name, place->name_length);
    uint16_t feature = add_feature(builder, place->feature);
    struct builder_entry *added = array_push(&builder->entries);
    if (added == NULL)
        return NO_ENTRY;
    uint32_t number = builder->entries.count - 1;
    *added = (struct builder_entry){
        .entry = {.id = place->id != 0 ? place->id : own_id(place, own_code),
                  .latitude = degrees(place->latitude, 90),
                  .longitude = degrees(place->longitude, 180),
                  .name = name,
                  .population = place->population,
                  .admin1 = NO_ENTRY,
                  .admin2 = NO_ENTRY,
                  .feature = feature,
                  .country = {place->country[0], place->country[0] ? place->country[1] : '\0'}},
        .admin1_code = level == 0 ? 0 : code_of(place, 1),
        .admin2_code = level == 0 || level == 1 ? 0 : code_of(place, 2),
        .own_code = own_code,
        .order = number,
        .ours = place->ours};
    gazetteer_builder_name(builder, number, place->name, place->name_length, BUILDER_OWN_NAME);
    return number;
}

/* ------------------------------------------------------------------ names */

bool gazetteer_builder_more_names(struct gazetteer_builder *builder, uint32_t more)
{
    uint64_t capacity = builder->names.capacity, wanted = (uint64_t)builder->names.count + more;
    struct arena larger;
    if (capacity >= wanted)
        return true;
    arena_init(&larger);
    while (capacity < wanted)
        capacity += capacity / 2 + 1024;
    struct builder_name *items = NULL;
    if (capacity <= UINT32_MAX)
        items = arena_new_array(&larger, struct builder_name, (size_t)capacity);
    if (items == NULL) {
        builder->arena.failed = true;
        return false;
    }
    if (builder->names.count > 0)
        memcpy(items, builder->names.items, builder->names.count * sizeof *items);
    arena_release(&builder->name_arena);
    builder->name_arena = larger;
    builder->names.items = items;
    builder->names.capacity = (uint32_t)capacity;
    return true;
}

static void add_key(struct gazetteer_builder *builder, uint64_t key, uint32_t posting)
{
    if (builder->names.count < builder->names.capacity || gazetteer_builder_more_names(builder, 1))
        builder->names.items[builder->names.count++] =
            (struct builder_name){.key = key, .posting = posting};
}

/* GeoNames lists machine transcriptions ("kundwz") and codes ("TQN") among the names. */
static bool is_noise(const char *name, size_t length)
{
    size_t width;
    if (length == 0 || utf8_is_lower(utf8_decode(name, length, &width)))
        return true;
    if (length > 4)
        return false;
    for (size_t i = 0; i < length; i++)
        if (name[i] < 'A' || name[i] > 'Z')
            return false;
    return true;
}

void gazetteer_builder_name(struct gazetteer_builder *builder, uint32_t place, const char *name,
                            size_t length, enum builder_name_kind kind)
{
    struct name_words words;
    if (place >= builder->entries.count)
        return;
    bool ours = builder->entries.items[place].ours;
    if (!ours && kind == BUILDER_ALTERNATE_NAME && is_noise(name, length))
        return;
    name_words_of(&words, name, length);
    if (words.count == 0 || !words.plain)
        return;
    uint64_t key = NAME_START;
    uint32_t flags = kind == BUILDER_ALTERNATE_NAME ? POSTING_ALTERNATE : 0;
    for (uint32_t i = 0; i < words.count; i++) {
        key = name_key_join(key, words.hashes[i]);
        add_key(builder, key, i + 1 == words.count ? place | flags : NO_ENTRY);
    }
    char folded[NAME_BYTES * 3], skeleton[NAME_BYTES + 1];
    size_t size = name_skeleton(folded, utf8_fold(name, length, folded), skeleton);
    if (size > 0)
        add_key(builder, name_skeleton_key(skeleton, size),
                place | POSTING_SKELETON | POSTING_ALTERNATE);
}

/* ------------------------------------------------------------------ order */

/* What the comparisons of qsort refer to would need a context; so the items carry it. */
struct sortable {
    int64_t first, second;
    uint32_t number;
};

static int compare_sortable(const void *a, const void *b)
{
    const struct sortable *left = a, *right = b;
    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    if (left->second != right->second)
        return left->second < right->second ? -1 : 1;
    return left->number < right->number ? -1 : left->number > right->number;
}

uint32_t *gazetteer_builder_by_id(struct gazetteer_builder *builder)
{
    uint32_t count = builder->entries.count;
    struct sortable *items = arena_new_array(&builder->arena, struct sortable, count);
    uint32_t *sorted = arena_new_array(&builder->arena, uint32_t, count);
    if (items == NULL || sorted == NULL)
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        items[i] = (struct sortable){builder->entries.items[i].entry.id,
                                     builder->entries.items[i].order, i};
    qsort(items, count, sizeof *items, compare_sortable);
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = items[i].number;
    return sorted;
}
