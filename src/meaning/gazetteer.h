/* The gazetteer: places of the world by name, mapped from a file.
 *
 * Read-only and shared by threads. Strings belong to the mapping. Every offset of the file is
 * checked before it is used, so that a damaged file gives wrong answers at worst. */
#ifndef ANNALS_MEANING_GAZETTEER_H
#define ANNALS_MEANING_GAZETTEER_H

#include "bytes/mapping.h"
#include "meaning/gazetteer_file.h"

#include <stdbool.h>

struct gazetteer {
    struct mapping mapping;
    const struct gazetteer_entry *entries;
    uint32_t entry_count;
    const char *features; /* [feature_count][8] */
    uint32_t feature_count;
    const uint32_t *countries; /* [26 * 26] */
    const char *strings;
    uint64_t strings_length;
    const uint32_t *directory, *firsts, *postings;
    const uint64_t *keys;
    uint32_t directory_bits, key_count, posting_count;
};

/* A run of postings; empty for a key that only begins longer names. */
struct posting_range {
    const uint32_t *items;
    uint32_t count;
};

/* ANNALS_NOT_FOUND, ANNALS_CANNOT_READ, ANNALS_FOREIGN (no gazetteer, cut off or damaged),
 * ANNALS_NEWER. Reads the head only. */
annals_status gazetteer_open(struct gazetteer *gazetteer, const char *path, annals_error *error);
/* The same over bytes that the caller keeps, aligned to 8; gazetteer_close then unmaps nothing. */
annals_status gazetteer_open_bytes(struct gazetteer *gazetteer, const void *bytes, size_t length,
                                   annals_error *error);
void gazetteer_close(struct gazetteer *gazetteer);

/* Reads the whole file: the hash of the body, and every reference in it. ANNALS_FOREIGN. */
annals_status gazetteer_check(const struct gazetteer *gazetteer, annals_error *error);

/* Looks a key up. False where no name begins so; `range` gets the places of exactly that name. */
bool gazetteer_find(const struct gazetteer *gazetteer, uint64_t key, struct posting_range *range);

/* Places of exactly this name, in UTF-8; an empty range where there is none. */
struct posting_range gazetteer_find_name(const struct gazetteer *gazetteer, const char *name,
                                         size_t length);

/* The entry of a posting or number; NULL where it is out of range. */
const struct gazetteer_entry *gazetteer_entry_at(const struct gazetteer *gazetteer,
                                                 uint32_t posting);
/* The number of the entry with this id, or NO_ENTRY. */
uint32_t gazetteer_entry_of(const struct gazetteer *gazetteer, int32_t id);
/* The number of the entry of a country, or NO_ENTRY. */
uint32_t gazetteer_country(const struct gazetteer *gazetteer, const char country[2]);

/* Never NULL: "" where the entry has none. */
const char *gazetteer_name(const struct gazetteer *gazetteer, const struct gazetteer_entry *entry);
const char *gazetteer_feature(const struct gazetteer *gazetteer,
                              const struct gazetteer_entry *entry);

#endif
