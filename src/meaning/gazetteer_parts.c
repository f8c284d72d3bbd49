/* The parts of an import on disk.
 * Method: the builder only ever adds at the end of four arrays, so that a part is the tail that
 * some lines added to each, and reading parts in order is adding the tails in order. Parts are
 * chained by the hashes of their bodies, as the commits of a version control system are.
 * What it leaves out: packing (parts take up to twice the room of the rows that they spare to read),
 * and waiting until a part lies on the disk: one that a power cut damaged is told by its hash. */
#include "meaning/gazetteer_parts.h"

#include "bytes/hash.h"
#include "bytes/mapping.h"

#include <dirent.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART_MAGIC "ANNALSGP"

/* Goes up whenever other rows or names come out of the same lines. */
enum { PART_VERSION = 1 };

/* The head of a part; the tails of entries, names, features and strings follow it. */
struct part_head {
    char magic[8];
    uint32_t version, byte_order;
    uint64_t chain, identity;
    struct gazetteer_counts from, added;
    struct {
        uint64_t text, lines, ended;
    } position;
    uint64_t body_hash;
    uint64_t head_hash; /* hash_bytes of all of the above */
};

/* They are written as they lie in memory: none may have a gap whose bytes nobody sets. */
_Static_assert(sizeof(struct builder_entry) == 64, "an entry without gaps");
_Static_assert(sizeof(struct builder_name) == 16, "a name without gaps");
_Static_assert(sizeof(struct part_head) == 8 + 8 + 16 + 32 + 24 + 16, "a head without gaps");

static struct gazetteer_counts counts_of(const struct gazetteer_builder *builder)
{
    return (struct gazetteer_counts){builder->entries.count, builder->names.count,
                                     builder->strings.count, builder->features.count};
}

void gazetteer_parts_init(struct gazetteer_parts *parts, struct gazetteer_builder *builder,
                          const char *output)
{
    *parts = (struct gazetteer_parts){.builder = builder};
    parts->folder = arena_print(&builder->arena, "%s.parts", output);
    parts->chain = hash_bytes(ANNALS_VERSION, strlen(ANNALS_VERSION));
    parts->counts = counts_of(builder);
}

void gazetteer_parts_next_input(struct gazetteer_parts *parts, const char *path)
{
    struct stat facts;
    const char *slash = strrchr(path, '/');
    parts->name = slash != NULL ? slash + 1 : path;
    parts->identity = hash_bytes(parts->name, strlen(parts->name));
    if (stat(path, &facts) == 0) {
        parts->identity = hash_join(parts->identity, (uint64_t)facts.st_size);
        parts->identity = hash_join(parts->identity, (uint64_t)facts.st_mtim.tv_sec);
        parts->identity = hash_join(parts->identity, (uint64_t)facts.st_mtim.tv_nsec);
    }
    parts->input++;
    parts->part = 1;
    parts->input_chain = parts->chain;
    parts->input_counts = parts->counts;
}

void gazetteer_parts_give_back(struct gazetteer_parts *parts)
{
    parts->builder->entries.count = parts->input_counts.entries;
    parts->builder->names.count = parts->input_counts.names;
    parts->builder->strings.count = parts->input_counts.strings;
    parts->builder->features.count = parts->input_counts.features;
    parts->counts = parts->input_counts;
    parts->chain = parts->input_chain;
    parts->part = 1;
}

/* "gazetteer.bin.parts/002-allCountries.zip-0007.part" */
static bool path_of(const struct gazetteer_parts *parts, char *path, size_t size)
{
    if (parts->folder == NULL)
        return false;
    int length = snprintf(path, size, "%s/%03u-%.100s-%04u.part", parts->folder, parts->input,
                          parts->name, parts->part);
    return length > 0 && (size_t)length < size;
}

static void move_on(struct gazetteer_parts *parts, uint64_t body_hash)
{
    parts->chain = hash_join(parts->chain, body_hash);
    parts->counts = counts_of(parts->builder);
    parts->part++;
}

/* ------------------------------------------------------------------ taking */

/* The tails of a part. */
struct part_body {
    const struct builder_entry *entries;
    const struct builder_name *names;
    const uint64_t *features;
    const char *strings;
};

static struct part_body body_of(const unsigned char *bytes, const struct gazetteer_counts *added)
{
    struct part_body body;
    body.entries = (const void *)bytes;
    body.names = (const void *)(body.entries + added->entries);
    body.features = (const void *)(body.names + added->names);
    body.strings = (const void *)(body.features + added->features);
    return body;
}

static uint64_t size_of(const struct gazetteer_counts *added)
{
    return (uint64_t)added->entries * sizeof(struct builder_entry) +
           (uint64_t)added->names * sizeof(struct builder_name) +
           (uint64_t)added->features * sizeof(uint64_t) + added->strings;
}

static bool is_sound_head(const struct gazetteer_parts *parts, const struct part_head *head,
                          size_t length)
{
    return memcmp(head->magic, PART_MAGIC, sizeof head->magic) == 0 &&
           head->version == PART_VERSION && head->byte_order == GAZETTEER_BYTE_ORDER &&
           head->head_hash == hash_bytes(head, offsetof(struct part_head, head_hash)) &&
           head->chain == parts->chain && head->identity == parts->identity &&
           memcmp(&head->from, &parts->counts, sizeof head->from) == 0 &&
           length - sizeof *head == size_of(&head->added);
}

/* The hash speaks for accidents; a part made up by hand must not lead outside the arrays. */
static bool is_sound_body(const struct part_head *head, const struct part_body *body)
{
    uint64_t entries = (uint64_t)head->from.entries + head->added.entries;
    uint64_t strings = (uint64_t)head->from.strings + head->added.strings;
    uint64_t features = (uint64_t)head->from.features + head->added.features;
    if (entries > POSTING_ENTRY || strings > UINT32_MAX || features > UINT16_MAX ||
        (uint64_t)head->from.names + head->added.names > UINT32_MAX)
        return false;
    if (head->added.strings > 0 && body->strings[head->added.strings - 1] != '\0')
        return false;
    for (uint32_t i = 0; i < head->added.entries; i++) {
        const struct gazetteer_entry *entry = &body->entries[i].entry;
        if (entry->name >= strings || entry->feature >= features || entry->admin1 != NO_ENTRY ||
            entry->admin2 != NO_ENTRY || body->entries[i].order != head->from.entries + i)
            return false;
    }
    for (uint32_t i = 0; i < head->added.names; i++)
        if (body->names[i].posting != NO_ENTRY &&
            (body->names[i].posting & POSTING_ENTRY) >= entries)
            return false;
    return true;
}

static bool add_tail(void **items, uint32_t *count, uint32_t *capacity, size_t size,
                     struct arena *arena, const void *tail, uint32_t added)
{
    while (*capacity - *count < added)
        if (!array_grow(items, capacity, size, arena))
            return false;
    if (added > 0)
        memcpy((char *)*items + *count * size, tail, added * size);
    *count += added;
    return true;
}

#define ADD_TAIL(array, tail, added)                                                               \
    add_tail((void **)&(array)->items, &(array)->count, &(array)->capacity,                        \
             sizeof *(array)->items, (array)->arena, (tail), (added))

static bool add_body(struct gazetteer_builder *builder, const struct part_body *body,
                     const struct gazetteer_counts *added)
{
    return ADD_TAIL(&builder->entries, body->entries, added->entries) &&
           gazetteer_builder_more_names(builder, added->names) &&
           ADD_TAIL(&builder->names, body->names, added->names) &&
           ADD_TAIL(&builder->features, body->features, added->features) &&
           ADD_TAIL(&builder->strings, body->strings, added->strings);
}

bool gazetteer_parts_take(struct gazetteer_parts *parts, struct gazetteer_position *position)
{
    char path[4096];
    struct mapping mapping;
    if (!path_of(parts, path, sizeof path) || mapping_open(&mapping, path, NULL) != ANNALS_OK)
        return false;
    const struct part_head *head = (const void *)mapping.bytes;
    bool taken = mapping.length >= sizeof *head && is_sound_head(parts, head, mapping.length);
    if (taken) {
        const unsigned char *bytes = mapping.bytes + sizeof *head;
        struct part_body body = body_of(bytes, &head->added);
        taken = head->body_hash == hash_bytes(bytes, mapping.length - sizeof *head) &&
                is_sound_body(head, &body) && add_body(parts->builder, &body, &head->added);
    }
    if (taken) {
        *position = (struct gazetteer_position){head->position.text, head->position.lines,
                                                head->position.ended != 0};
        move_on(parts, head->body_hash);
    }
    mapping_close(&mapping);
    return taken;
}

/* ------------------------------------------------------------------ putting */

static bool put_part(const struct gazetteer_parts *parts, struct part_head *head, FILE *stream)
{
    const struct gazetteer_builder *builder = parts->builder;
    const struct {
        const void *bytes;
        size_t length;
    } tails[] = {
        {builder->entries.items + head->from.entries,
         head->added.entries * sizeof(struct builder_entry)},
        {builder->names.items + head->from.names, head->added.names * sizeof(struct builder_name)},
        {builder->features.items + head->from.features, head->added.features * sizeof(uint64_t)},
        {builder->strings.items + head->from.strings, head->added.strings}};
    struct hash_run run;
    hash_run_start(&run);
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
        if (tails[i].length > 0)
            hash_run_add(&run, tails[i].bytes, tails[i].length);
    head->body_hash = hash_run_end(&run);
    head->head_hash = hash_bytes(head, offsetof(struct part_head, head_hash));
    if (fwrite(head, sizeof *head, 1, stream) != 1)
        return false;
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
        if (tails[i].length > 0 && fwrite(tails[i].bytes, tails[i].length, 1, stream) != 1)
            return false;
    return true;
}

/* To PATH.new first: a part under its own name is whole, whenever the program was killed. */
static bool put_file(const struct gazetteer_parts *parts, struct part_head *head)
{
    char path[4096], fresh[sizeof path + 8];
    if (!path_of(parts, path, sizeof path))
        return false;
    (void)mkdir(parts->folder, 0777); /* where it cannot be made, the file cannot either */
    snprintf(fresh, sizeof fresh, "%s.new", path);
    FILE *stream = fopen(fresh, "wb");
    if (stream == NULL)
        return false;
    bool whole = put_part(parts, head, stream);
    whole = fclose(stream) == 0 && whole && rename(fresh, path) == 0;
    if (!whole)
        (void)unlink(fresh);
    return whole;
}

void gazetteer_parts_put(struct gazetteer_parts *parts, const struct gazetteer_position *position)
{
    struct gazetteer_counts now = counts_of(parts->builder);
    struct part_head head = {
        .magic = PART_MAGIC,
        .version = PART_VERSION,
        .byte_order = GAZETTEER_BYTE_ORDER,
        .chain = parts->chain,
        .identity = parts->identity,
        .from = parts->counts,
        .added = {now.entries - parts->counts.entries, now.names - parts->counts.names,
                  now.strings - parts->counts.strings, now.features - parts->counts.features},
        .position = {position->text, position->lines, position->ended}};
    if (parts->stopped)
        return;
    parts->stopped = !put_file(parts, &head);
    move_on(parts, head.body_hash);
}

/* ------------------------------------------------------------------ removing */

static bool is_part(const char *name)
{
    size_t length = strlen(name);
    return (length > 5 && strcmp(name + length - 5, ".part") == 0) ||
           (length > 9 && strcmp(name + length - 9, ".part.new") == 0);
}

void gazetteer_parts_remove(struct gazetteer_parts *parts)
{
    DIR *folder = parts->folder != NULL ? opendir(parts->folder) : NULL;
    if (folder == NULL)
        return;
    for (struct dirent *item; (item = readdir(folder)) != NULL;)
        if (is_part(item->d_name))
            (void)unlinkat(dirfd(folder), item->d_name, 0);
    closedir(folder);
    (void)rmdir(parts->folder);
}
