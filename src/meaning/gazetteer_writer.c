/* Joins what the builder collected and writes the gazetteer file. */
#include "bytes/hash.h"
#include "meaning/gazetteer_builder.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

struct writer {
    struct gazetteer_builder *builder;
    struct arena *arena;
    struct gazetteer_entry *entries; /* [entry_count], joined, sorted by id */
    struct builder_entry *sources;   /* [entry_count], the first of each */
    uint32_t entry_count;
    uint32_t *moved;                 /* [builder entries]: the new number of each */
    uint32_t countries[26 * 26];
    uint32_t *directory, *firsts, *postings;
    uint64_t *keys;
    uint32_t directory_bits, key_count, posting_count;
};

/* ------------------------------------------------------------------ entries */

/* Places without a GeoNames id that carry the code of one that has it take its id: our own table
 * and the lists of divisions describe the same provinces. */
struct code_slot {
    uint64_t code;
    uint32_t entry;
};

struct code_map {
    struct code_slot *slots;
    uint32_t mask;
};

static bool code_map_init(struct code_map *map, struct arena *arena, uint32_t count)
{
    uint32_t size = 64;
    while (size < count * 2 + 2 && size < UINT32_C(1) << 30)
        size *= 2;
    map->slots = arena_new_array(arena, struct code_slot, size);
    map->mask = size - 1;
    return map->slots != NULL;
}

static struct code_slot *code_map_slot(const struct code_map *map, uint64_t code)
{
    uint32_t at = (uint32_t)code & map->mask;
    while (map->slots[at].code != 0 && map->slots[at].code != code)
        at = (at + 1) & map->mask;
    return &map->slots[at];
}

static void merge_entry(struct gazetteer_entry *kept, const struct builder_entry *other)
{
    if (other->ours && other->entry.latitude != GAZETTEER_NOWHERE) {
        kept->latitude = other->entry.latitude;
        kept->longitude = other->entry.longitude;
        kept->name = other->entry.name;
    }
    if (kept->latitude == GAZETTEER_NOWHERE) {
        kept->latitude = other->entry.latitude;
        kept->longitude = other->entry.longitude;
    }
    if (other->entry.population > kept->population)
        kept->population = other->entry.population;
}

/* The places of one code get one id, the GeoNames id where one of them has it. */
static bool join_codes(struct writer *writer)
{
    struct code_map map;
    struct gazetteer_builder *builder = writer->builder;
    uint32_t divisions = 0;
    for (uint32_t i = 0; i < builder->entries.count; i++)
        divisions += builder->entries.items[i].own_code != 0;
    if (!code_map_init(&map, writer->arena, divisions))
        return false;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < builder->entries.count; i++) {
            struct builder_entry *entry = &builder->entries.items[i];
            if (entry->own_code == 0)
                continue;
            struct code_slot *slot = code_map_slot(&map, entry->own_code);
            if (slot->code == 0)
                *slot = (struct code_slot){entry->own_code, i};
            else if (pass == 0 && entry->entry.id > 0 &&
                     builder->entries.items[slot->entry].entry.id <= 0)
                slot->entry = i;
            else if (pass == 1)
                entry->entry.id = builder->entries.items[slot->entry].entry.id;
        }
    return true;
}

static bool join_entries(struct writer *writer)
{
    struct gazetteer_builder *builder = writer->builder;
    if (!join_codes(writer))
        return false;
    uint32_t *sorted = gazetteer_builder_by_id(builder);
    uint32_t count = builder->entries.count;
    writer->entries = arena_new_array(writer->arena, struct gazetteer_entry, count);
    writer->sources = arena_new_array(writer->arena, struct builder_entry, count);
    writer->moved = arena_new_array(writer->arena, uint32_t, count);
    if (sorted == NULL || writer->entries == NULL || writer->sources == NULL ||
        writer->moved == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct builder_entry *source = &builder->entries.items[sorted[i]];
        uint32_t last = writer->entry_count;
        if (last > 0 && writer->entries[last - 1].id == source->entry.id) {
            merge_entry(&writer->entries[last - 1], source);
        } else {
            writer->entries[last] = source->entry;
            writer->sources[last] = *source;
            writer->entry_count++;
        }
        writer->moved[sorted[i]] = writer->entry_count - 1;
    }
    return true;
}

/* Where the towns of a division lie. */
struct extent {
    int32_t south, north, west, east;
    int64_t latitude, longitude, population;
    uint32_t towns;
};

static void widen(struct extent *extent, const struct gazetteer_entry *town)
{
    if (extent->towns++ == 0) {
        extent->south = extent->north = town->latitude;
        extent->west = extent->east = town->longitude;
    }
    extent->south = town->latitude < extent->south ? town->latitude : extent->south;
    extent->north = town->latitude > extent->north ? town->latitude : extent->north;
    extent->west = town->longitude < extent->west ? town->longitude : extent->west;
    extent->east = town->longitude > extent->east ? town->longitude : extent->east;
    extent->latitude += town->latitude;
    extent->longitude += town->longitude;
    extent->population += town->population;
}

/* Half way between the mean of the towns and the middle of the box around them: the mean leans to
 * where people are, the box to a single far town. */
static void settle(struct gazetteer_entry *entry, const struct extent *extent)
{
    if (extent->towns == 0)
        return;
    if (entry->latitude == GAZETTEER_NOWHERE) {
        int64_t towns = extent->towns;
        entry->latitude = (int32_t)((extent->latitude / towns +
                                     ((int64_t)extent->south + extent->north) / 2) / 2);
        entry->longitude = (int32_t)((extent->longitude / towns +
                                      ((int64_t)extent->west + extent->east) / 2) / 2);
    }
    if (entry->population == 0)
        entry->population = extent->population > UINT32_MAX ? UINT32_MAX
                                                            : (uint32_t)extent->population;
}

static bool place_divisions(struct writer *writer)
{
    struct code_map map;
    struct extent *extents = arena_new_array(writer->arena, struct extent, writer->entry_count);
    if (extents == NULL || !code_map_init(&map, writer->arena, writer->entry_count))
        return false;
    for (uint32_t i = 0; i < writer->entry_count; i++)
        if (writer->sources[i].own_code != 0)
            *code_map_slot(&map, writer->sources[i].own_code) =
                (struct code_slot){writer->sources[i].own_code, i};
    for (uint32_t i = 0; i < writer->entry_count; i++) {
        struct gazetteer_entry *entry = &writer->entries[i];
        const uint64_t codes[2] = {writer->sources[i].admin1_code, writer->sources[i].admin2_code};
        uint32_t found[2] = {NO_ENTRY, NO_ENTRY};
        for (int level = 0; level < 2; level++) {
            const struct code_slot *slot = code_map_slot(&map, codes[level]);
            if (codes[level] != 0 && slot->code != 0)
                found[level] = slot->entry;
        }
        entry->admin1 = found[0];
        entry->admin2 = found[1];
        bool town = writer->sources[i].own_code == 0 && entry->id > 0 &&
                    entry->latitude != GAZETTEER_NOWHERE;
        for (int level = 0; town && level < 2; level++)
            if (found[level] != NO_ENTRY)
                widen(&extents[found[level]], entry);
    }
    for (uint32_t i = 0; i < writer->entry_count; i++)
        settle(&writer->entries[i], &extents[i]);
    return true;
}

/* An independent state stands for its code before a dependency or a part does. */
static void list_countries(struct writer *writer)
{
    for (size_t i = 0; i < 26 * 26; i++)
        writer->countries[i] = NO_ENTRY;
    for (uint32_t i = 0; i < writer->entry_count; i++) {
        const struct gazetteer_entry *entry = &writer->entries[i];
        const char *feature = (const char *)&writer->builder->features.items[entry->feature];
        if (strncmp(feature, "PCL", 3) != 0 || strcmp(feature, "PCLH") == 0 ||
            entry->country[0] < 'A' || entry->country[0] > 'Z' || entry->country[1] < 'A' ||
            entry->country[1] > 'Z')
            continue;
        uint32_t *slot =
            &writer->countries[(entry->country[0] - 'A') * 26 + (entry->country[1] - 'A')];
        if (*slot == NO_ENTRY || strcmp(feature, "PCLI") == 0)
            *slot = i;
    }
}

/* ------------------------------------------------------------------ names */

struct ranked {
    uint64_t key;
    uint32_t flags; /* POSTING_... bits, so that own names come first */
    uint32_t few;   /* people, turned round */
    uint32_t entry;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    if (left->entry == NO_ENTRY || right->entry == NO_ENTRY)
        return (left->entry == NO_ENTRY) - (right->entry == NO_ENTRY);
    if (left->flags != right->flags)
        return left->flags < right->flags ? -1 : 1;
    if (left->few != right->few)
        return left->few < right->few ? -1 : 1;
    return left->entry < right->entry ? -1 : left->entry > right->entry;
}

/* The builder's names are let go: sorting takes the room. */
static struct ranked *rank_names(struct writer *writer, uint32_t count)
{
    struct gazetteer_builder *builder = writer->builder;
    struct ranked *names = arena_new_array(writer->arena, struct ranked, count);
    if (names == NULL)
        return NULL;
    for (uint32_t i = 0; i < count; i++) {
        const struct builder_name *name = &builder->names.items[i];
        names[i] = (struct ranked){.key = name->key, .entry = NO_ENTRY};
        if (name->posting == NO_ENTRY)
            continue;
        names[i].entry = writer->moved[name->posting & POSTING_ENTRY];
        names[i].flags = name->posting & ~POSTING_ENTRY;
        names[i].few = UINT32_MAX - writer->entries[names[i].entry].population;
    }
    arena_release(&builder->name_arena);
    array_init(&builder->names, &builder->name_arena);
    qsort(names, count, sizeof *names, compare_ranked);
    return names;
}

/* True where the entry stands in the postings from `first` on already. */
static bool is_posted(const struct writer *writer, uint32_t first, uint32_t entry)
{
    for (uint32_t i = first; i < writer->posting_count; i++)
        if ((writer->postings[i] & POSTING_ENTRY) == entry)
            return true;
    return false;
}

static bool index_names(struct writer *writer)
{
    uint32_t count = writer->builder->names.count;
    struct ranked *names = rank_names(writer, count);
    writer->keys = arena_new_array(writer->arena, uint64_t, count);
    writer->firsts = arena_new_array(writer->arena, uint32_t, (size_t)count + 1);
    writer->postings = arena_new_array(writer->arena, uint32_t, count);
    if (names == NULL || writer->keys == NULL || writer->firsts == NULL ||
        writer->postings == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || names[i].key != names[i - 1].key) {
            writer->keys[writer->key_count] = names[i].key;
            writer->firsts[writer->key_count++] = writer->posting_count;
        }
        uint32_t first = writer->firsts[writer->key_count - 1];
        if (names[i].entry != NO_ENTRY && !is_posted(writer, first, names[i].entry))
            writer->postings[writer->posting_count++] = names[i].entry | names[i].flags;
    }
    writer->firsts[writer->key_count] = writer->posting_count;
    return true;
}

/* About four keys a bucket. */
static bool make_directory(struct writer *writer)
{
    uint32_t bits = 1;
    while (bits < 30 && (UINT64_C(4) << bits) < writer->key_count)
        bits++;
    uint32_t buckets = 1u << bits;
    writer->directory_bits = bits;
    writer->directory = arena_new_array(writer->arena, uint32_t, (size_t)buckets + 1);
    if (writer->directory == NULL)
        return false;
    uint32_t at = 0;
    for (uint32_t bucket = 0; bucket < buckets; bucket++) {
        while (at < writer->key_count && writer->keys[at] >> (64 - bits) < bucket)
            at++;
        writer->directory[bucket] = at;
    }
    writer->directory[buckets] = writer->key_count;
    return true;
}

/* ------------------------------------------------------------------ the file */

static annals_status put_sections(const struct writer *writer, FILE *stream,
                                  struct gazetteer_head *head)
{
    const struct {
        const void *bytes;
        uint64_t length;
    } sections[SECTION_COUNT] = {
        {writer->entries, (uint64_t)writer->entry_count * sizeof *writer->entries},
        {writer->builder->features.items, (uint64_t)writer->builder->features.count * 8},
        {writer->countries, sizeof writer->countries},
        {writer->builder->strings.items, writer->builder->strings.count},
        {writer->directory, ((UINT64_C(1) << writer->directory_bits) + 1) * sizeof(uint32_t)},
        {writer->keys, (uint64_t)writer->key_count * sizeof(uint64_t)},
        {writer->firsts, ((uint64_t)writer->key_count + 1) * sizeof(uint32_t)},
        {writer->postings, (uint64_t)writer->posting_count * sizeof(uint32_t)}};
    uint64_t at = sizeof *head;
    struct hash_run run;
    hash_run_start(&run);
    for (int i = 0; i < SECTION_COUNT; i++) {
        static const char padding[8] = {0};
        size_t padded = (size_t)(8 - sections[i].length % 8) % 8;
        head->sections[i] = (struct gazetteer_section_place){at, sections[i].length};
        if (sections[i].length > 0 &&
            fwrite(sections[i].bytes, 1, sections[i].length, stream) != sections[i].length)
            return ANNALS_CANNOT_WRITE;
        if (fwrite(padding, 1, padded, stream) != padded)
            return ANNALS_CANNOT_WRITE;
        hash_run_add(&run, sections[i].bytes, sections[i].length);
        hash_run_add(&run, padding, padded);
        at += sections[i].length + padded;
    }
    head->file_length = at;
    head->body_hash = hash_run_end(&run);
    return ANNALS_OK;
}

static annals_status put_file(const struct writer *writer, FILE *stream)
{
    struct gazetteer_head head = {.magic = GAZETTEER_MAGIC,
                                  .version = GAZETTEER_VERSION,
                                  .byte_order = GAZETTEER_BYTE_ORDER,
                                  .section_count = SECTION_COUNT,
                                  .directory_bits = writer->directory_bits};
    if (fwrite(&head, sizeof head, 1, stream) != 1)
        return ANNALS_CANNOT_WRITE;
    annals_status status = put_sections(writer, stream, &head);
    head.head_hash = hash_bytes(&head, offsetof(struct gazetteer_head, head_hash));
    if (status == ANNALS_OK && (fseek(stream, 0, SEEK_SET) != 0 ||
                                fwrite(&head, sizeof head, 1, stream) != 1))
        status = ANNALS_CANNOT_WRITE;
    return status;
}

static annals_status write_file(const struct writer *writer, const char *path, annals_error *error)
{
    char *part = arena_print(writer->arena, "%s.part", path);
    FILE *stream = part != NULL ? fopen(part, "wb") : NULL;
    if (stream == NULL) {
        error_set(error, ANNALS_CANNOT_WRITE, "%s", strerror(errno));
        return error_at(error, path, 0, 0, -1), ANNALS_CANNOT_WRITE;
    }
    annals_status status = put_file(writer, stream);
    if (fflush(stream) != 0 || fsync(fileno(stream)) != 0)
        status = ANNALS_CANNOT_WRITE;
    if (fclose(stream) != 0)
        status = ANNALS_CANNOT_WRITE;
    if (status == ANNALS_OK && rename(part, path) != 0)
        status = ANNALS_CANNOT_WRITE;
    if (status == ANNALS_OK)
        return ANNALS_OK;
    error_set(error, errno == ENOSPC ? ANNALS_FULL : status, "%s", strerror(errno));
    unlink(part);
    return error_at(error, path, 0, 0, -1), status;
}

annals_status gazetteer_builder_write(struct gazetteer_builder *builder, const char *path,
                                      annals_error *error)
{
    struct writer writer = {.builder = builder, .arena = &builder->arena};
    bool ready = join_entries(&writer) && place_divisions(&writer) && index_names(&writer) &&
                 make_directory(&writer);
    if (!ready || builder->arena.failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    list_countries(&writer);
    return write_file(&writer, path, error);
}
