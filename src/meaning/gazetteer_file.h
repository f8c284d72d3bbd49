/* The gazetteer file, as it lies on disk and in memory.
 *
 * Little-endian; a head, then sections at offsets that are multiples of 8. Everything is fixed
 * width, so that the file is used where it is mapped. Names are not stored for comparison: a name
 * is looked up by the 64-bit key of its words (gazetteer_names.h), and the keys stand sorted, with a
 * directory by their upper bits, so that a look-up costs one probe of the directory and a search
 * within one bucket. */
#ifndef ANNALS_MEANING_GAZETTEER_FILE_H
#define ANNALS_MEANING_GAZETTEER_FILE_H

#include <stdint.h>

#define GAZETTEER_MAGIC "ANNALSGZ"

enum { GAZETTEER_VERSION = 1, GAZETTEER_BYTE_ORDER = 0x01020304 };

enum gazetteer_section {
    SECTION_ENTRIES,   /* struct gazetteer_entry, sorted by id */
    SECTION_FEATURES,  /* char[8] a feature code, NUL-padded */
    SECTION_COUNTRIES, /* uint32_t[26 * 26], entry of each ISO 3166-1 alpha-2 code or NO_ENTRY */
    SECTION_STRINGS,   /* NUL-terminated UTF-8 */
    SECTION_DIRECTORY, /* uint32_t[2^bits + 1]: first key of each bucket */
    SECTION_KEYS,      /* uint64_t, sorted */
    SECTION_FIRSTS,    /* uint32_t[keys + 1]: first posting of each key */
    SECTION_POSTINGS,  /* uint32_t: entry and flags */
    SECTION_COUNT,
};

struct gazetteer_section_place {
    uint64_t offset, length; /* bytes */
};

struct gazetteer_head {
    char magic[8];
    uint32_t version, byte_order;
    uint64_t file_length;
    uint32_t section_count, directory_bits;
    uint64_t body_hash; /* hash_bytes of everything after the head; checked by gazetteer_check */
    struct gazetteer_section_place sections[SECTION_COUNT];
    uint64_t head_hash; /* hash_bytes of all of the above */
};

/* Coordinates in 1e-5 degrees. */
#define GAZETTEER_NOWHERE INT32_MIN
#define NO_ENTRY UINT32_MAX

struct gazetteer_entry {
    int32_t id;                  /* GeoNames id; negative: our own, a hash of its code */
    int32_t latitude, longitude; /* GAZETTEER_NOWHERE where unknown */
    uint32_t name;               /* offset of a string */
    uint32_t population;         /* for our own entries: a weight of the same scale */
    uint32_t admin1, admin2;     /* entries of the divisions it lies in, or NO_ENTRY */
    uint16_t feature;            /* index of a feature code */
    char country[2];             /* ISO 3166-1 alpha-2, or two NUL */
};

/* A posting is an entry's number with flags in the upper bits. */
#define POSTING_ALTERNATE 0x80000000u /* not the entry's own name */
#define POSTING_SKELETON 0x40000000u  /* found by the name's skeleton */
#define POSTING_ENTRY 0x3fffffffu

#endif
