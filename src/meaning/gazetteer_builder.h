/* Builds a gazetteer file: collects places and their names, then writes them sorted and indexed. */
#ifndef ANNALS_MEANING_GAZETTEER_BUILDER_H
#define ANNALS_MEANING_GAZETTEER_BUILDER_H

#include "bytes/array.h"
#include "bytes/status.h"
#include "meaning/gazetteer_file.h"

/* A place as its source has it. Strings need not be NUL-terminated; codes are those of GeoNames:
 * country "AF", division of the first level "24", of the second "1401". */
struct builder_place {
    int32_t id; /* 0: made from `code` */
    const char *name;
    size_t name_length;
    double latitude, longitude; /* NAN where unknown */
    uint32_t population;
    char feature[8];
    char country[3];
    char admin1[24], admin2[84];
    bool ours; /* from our own table: takes part in one entry with a place of the same id or code */
};

struct builder_entry {
    struct gazetteer_entry entry;
    uint64_t admin1_code, admin2_code, own_code; /* hashes; 0 where there is none */
    uint32_t order;
    uint32_t ours; /* 1 or 0; so wide that no gap follows it (gazetteer_parts.h) */
};

struct builder_name {
    uint64_t key;
    uint32_t posting; /* NO_ENTRY: a beginning of longer names */
    uint32_t unused;  /* 0, in place of a gap */
};

struct gazetteer_builder {
    struct arena arena;
    struct arena name_arena; /* of the names alone, by far the most: let go once they are sorted */
    ARRAY(struct builder_entry) entries;
    ARRAY(struct builder_name) names;
    ARRAY(char) strings;
    ARRAY(uint64_t) features; /* the eight bytes of a code */
};

enum builder_name_kind { BUILDER_OWN_NAME, BUILDER_ALTERNATE_NAME };

void gazetteer_builder_init(struct gazetteer_builder *builder);
void gazetteer_builder_release(struct gazetteer_builder *builder);

/* Adds a place with its own name; returns its number, or NO_ENTRY when memory is out. Of places
 * with one id the first is kept and the names of all are its names. */
uint32_t gazetteer_builder_add(struct gazetteer_builder *builder,
                               const struct builder_place *place);

/* Adds a name of a place. Names that are not in Latin letters, codes of three letters and the
 * lower-case transcriptions that GeoNames carries are left out, unless the place is ours. */
void gazetteer_builder_name(struct gazetteer_builder *builder, uint32_t place, const char *name,
                            size_t length, enum builder_name_kind kind);

/* Makes room for so many names more; the room that they had is let go, which an array in an arena
 * with others cannot do. False when memory is out. */
bool gazetteer_builder_more_names(struct gazetteer_builder *builder, uint32_t more);

/* The places that were added, sorted by id, with their numbers in `order`; for sources that refer
 * to places by id. Valid until a place is added. NULL when memory is out. */
uint32_t *gazetteer_builder_by_id(struct gazetteer_builder *builder);

/* Joins places, gives divisions the middle and the people of their towns where they have none of
 * their own, and writes the file: to `path`.part first, which then takes the place of `path`. */
annals_status gazetteer_builder_write(struct gazetteer_builder *builder, const char *path,
                                      annals_error *error);

#endif
