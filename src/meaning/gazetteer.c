/* The gazetteer: opening a file, finding names in it.
 * Method: sorted keys with a directory by upper bits. Keys are hashes, hence even: a bucket holds
 * a few whatever the size of the gazetteer, and the search within it is binary, so that a file made
 * to have one full bucket costs a logarithm, not more. */
#include "meaning/gazetteer.h"

#include "bytes/hash.h"
#include "meaning/gazetteer_names.h"

#include <stddef.h>
#include <string.h>

static annals_status foreign(annals_error *error, const char *what)
{
    return error_set(error, ANNALS_FOREIGN, "no gazetteer of annals, or damaged: %s", what);
}

/* The head, once its own hash and every section's bounds hold; NULL otherwise. */
static annals_status check_head(const void *bytes, size_t length, annals_error *error)
{
    const struct gazetteer_head *head = bytes;
    if (length < sizeof head->magic || memcmp(head->magic, GAZETTEER_MAGIC, 8) != 0)
        return foreign(error, "it does not begin as one");
    if (length < sizeof *head)
        return foreign(error, "it is cut off in its head");
    if (head->byte_order != GAZETTEER_BYTE_ORDER)
        return foreign(error, "it was made for another order of bytes");
    if (head->version > GAZETTEER_VERSION)
        return error_set(error, ANNALS_NEWER,
                         "the gazetteer is of version %u, made by a newer annals", head->version);
    if (head->version != GAZETTEER_VERSION || head->section_count != SECTION_COUNT)
        return foreign(error, "it is of another version");
    if (head->head_hash != hash_bytes(head, offsetof(struct gazetteer_head, head_hash)))
        return foreign(error, "its head does not agree with its check sum");
    if (head->file_length != length)
        return foreign(error, "it is not as long as its head says");
    for (int i = 0; i < SECTION_COUNT; i++) {
        const struct gazetteer_section_place *place = &head->sections[i];
        if (place->offset % 8 != 0 || place->offset < sizeof *head || place->offset > length ||
            place->length > length - place->offset)
            return foreign(error, "a section lies outside of the file");
    }
    return ANNALS_OK;
}

annals_status gazetteer_open_bytes(struct gazetteer *gazetteer, const void *bytes, size_t length,
                                   annals_error *error)
{
    annals_status status = check_head(bytes, length, error);
    if (status != ANNALS_OK)
        return status;
    const struct gazetteer_head *head = bytes;
    const char *base = bytes;
    const struct gazetteer_section_place *place = head->sections;
#define AT(section) ((const void *)(base + place[section].offset))
    struct gazetteer opened = {
        .entries = AT(SECTION_ENTRIES),
        .features = AT(SECTION_FEATURES),
        .countries = AT(SECTION_COUNTRIES),
        .strings = AT(SECTION_STRINGS),
        .strings_length = place[SECTION_STRINGS].length,
        .directory = AT(SECTION_DIRECTORY),
        .keys = AT(SECTION_KEYS),
        .firsts = AT(SECTION_FIRSTS),
        .postings = AT(SECTION_POSTINGS),
        .directory_bits = head->directory_bits,
    };
#undef AT
    uint64_t entries = place[SECTION_ENTRIES].length / sizeof(struct gazetteer_entry);
    uint64_t keys = place[SECTION_KEYS].length / sizeof(uint64_t);
    uint64_t postings = place[SECTION_POSTINGS].length / sizeof(uint32_t);
    if (entries > POSTING_ENTRY || keys >= UINT32_MAX || postings >= UINT32_MAX ||
        opened.directory_bits < 1 || opened.directory_bits > 31 ||
        place[SECTION_COUNTRIES].length != 26 * 26 * sizeof(uint32_t) ||
        place[SECTION_FIRSTS].length != (keys + 1) * sizeof(uint32_t) ||
        place[SECTION_DIRECTORY].length !=
            ((UINT64_C(1) << opened.directory_bits) + 1) * sizeof(uint32_t))
        return foreign(error, "its sections do not agree with one another");
    if (opened.strings_length == 0 || opened.strings[opened.strings_length - 1] != '\0')
        return foreign(error, "its strings have no end");
    opened.entry_count = (uint32_t)entries;
    opened.key_count = (uint32_t)keys;
    opened.posting_count = (uint32_t)postings;
    opened.feature_count = (uint32_t)(place[SECTION_FEATURES].length / 8);
    *gazetteer = opened;
    return ANNALS_OK;
}

annals_status gazetteer_open(struct gazetteer *gazetteer, const char *path, annals_error *error)
{
    struct mapping mapping;
    annals_status status = mapping_open(&mapping, path, error);
    if (status != ANNALS_OK)
        return status;
    status = gazetteer_open_bytes(gazetteer, mapping.bytes, mapping.length, error);
    if (status != ANNALS_OK) {
        mapping_close(&mapping);
        return error_at(error, path, 0, 0, -1);
    }
    gazetteer->mapping = mapping;
    return ANNALS_OK;
}

void gazetteer_close(struct gazetteer *gazetteer)
{
    mapping_close(&gazetteer->mapping);
    *gazetteer = (struct gazetteer){0};
}

bool gazetteer_find(const struct gazetteer *gazetteer, uint64_t key, struct posting_range *range)
{
    uint64_t bucket = key >> (64 - gazetteer->directory_bits);
    uint32_t low = gazetteer->directory[bucket], high = gazetteer->directory[bucket + 1];
    *range = (struct posting_range){0};
    if (low > high || high > gazetteer->key_count)
        return false;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (gazetteer->keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    if (low >= gazetteer->key_count || gazetteer->keys[low] != key)
        return false;
    uint32_t first = gazetteer->firsts[low], end = gazetteer->firsts[low + 1];
    if (first <= end && end <= gazetteer->posting_count)
        *range = (struct posting_range){gazetteer->postings + first, end - first};
    return true;
}

struct posting_range gazetteer_find_name(const struct gazetteer *gazetteer, const char *name,
                                         size_t length)
{
    struct name_words words;
    struct posting_range range = {0};
    uint64_t key = NAME_START;
    name_words_of(&words, name, length);
    for (uint32_t i = 0; i < words.count; i++)
        key = name_key_join(key, words.hashes[i]);
    if (words.count > 0)
        gazetteer_find(gazetteer, key, &range);
    return range;
}

const struct gazetteer_entry *gazetteer_entry_at(const struct gazetteer *gazetteer,
                                                 uint32_t posting)
{
    if (posting == NO_ENTRY)
        return NULL;
    uint32_t entry = posting & POSTING_ENTRY;
    return entry < gazetteer->entry_count ? &gazetteer->entries[entry] : NULL;
}

uint32_t gazetteer_entry_of(const struct gazetteer *gazetteer, int32_t id)
{
    uint32_t low = 0, high = gazetteer->entry_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (gazetteer->entries[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < gazetteer->entry_count && gazetteer->entries[low].id == id ? low : NO_ENTRY;
}

uint32_t gazetteer_country(const struct gazetteer *gazetteer, const char country[2])
{
    if (country[0] < 'A' || country[0] > 'Z' || country[1] < 'A' || country[1] > 'Z')
        return NO_ENTRY;
    uint32_t entry = gazetteer->countries[(country[0] - 'A') * 26 + (country[1] - 'A')];
    return entry < gazetteer->entry_count ? entry : NO_ENTRY;
}

const char *gazetteer_name(const struct gazetteer *gazetteer, const struct gazetteer_entry *entry)
{
    return entry->name < gazetteer->strings_length ? gazetteer->strings + entry->name : "";
}

const char *gazetteer_feature(const struct gazetteer *gazetteer,
                              const struct gazetteer_entry *entry)
{
    if (entry->feature >= gazetteer->feature_count)
        return "";
    const char *code = gazetteer->features + (size_t)entry->feature * 8;
    return code[7] == '\0' ? code : "";
}

/* ------------------------------------------------------------------ the whole file */

static bool entries_hold(const struct gazetteer *gazetteer)
{
    for (uint32_t i = 0; i < gazetteer->entry_count; i++) {
        const struct gazetteer_entry *entry = &gazetteer->entries[i];
        if ((i > 0 && entry[-1].id > entry->id) || entry->name >= gazetteer->strings_length ||
            entry->feature >= gazetteer->feature_count ||
            (entry->admin1 != NO_ENTRY && entry->admin1 >= gazetteer->entry_count) ||
            (entry->admin2 != NO_ENTRY && entry->admin2 >= gazetteer->entry_count))
            return false;
    }
    return true;
}

static bool index_holds(const struct gazetteer *gazetteer)
{
    uint32_t buckets = 1u << gazetteer->directory_bits;
    for (uint32_t i = 0; i < buckets; i++)
        if (gazetteer->directory[i] > gazetteer->directory[i + 1])
            return false;
    for (uint32_t i = 0; i < gazetteer->key_count; i++)
        if (gazetteer->firsts[i] > gazetteer->firsts[i + 1] ||
            (i > 0 && gazetteer->keys[i - 1] >= gazetteer->keys[i]))
            return false;
    for (uint32_t i = 0; i < gazetteer->posting_count; i++)
        if ((gazetteer->postings[i] & POSTING_ENTRY) >= gazetteer->entry_count)
            return false;
    return gazetteer->directory[buckets] == gazetteer->key_count &&
           gazetteer->firsts[gazetteer->key_count] == gazetteer->posting_count;
}

annals_status gazetteer_check(const struct gazetteer *gazetteer, annals_error *error)
{
    const struct gazetteer_head *head =
        (const struct gazetteer_head *)(const void *)gazetteer->mapping.bytes;
    if (head != NULL && head->body_hash != hash_bytes(gazetteer->mapping.bytes + sizeof *head,
                                                      gazetteer->mapping.length - sizeof *head))
        return foreign(error, "its body does not agree with its check sum");
    if (!entries_hold(gazetteer))
        return foreign(error, "an entry refers to what is not there");
    if (!index_holds(gazetteer))
        return foreign(error, "its index is out of order");
    return ANNALS_OK;
}
