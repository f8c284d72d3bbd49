/* What nouns stand for that are no actors: facilities, vehicles, weapons, persons without a side;
 * from dictionaries/en/things.tsv. */
#ifndef ANNALS_MEANING_THINGS_H
#define ANNALS_MEANING_THINGS_H

#include "bytes/status.h"
#include "dictionary/phrases.h"

struct thing {
    const char *kind;   /* "facility", "vehicle", "weapon", "person", "organisation", "place", "measure" */
    const char *detail; /* of a weapon: "bomb", "firearm", "artillery", "aircraft", …; or "" */
};

struct things {
    struct thing *items;
    uint32_t count;
    struct phrases words;
};

annals_status things_read(struct things *things, struct arena *arena, const char *path,
                          annals_error *error);
/* By the hashes of `count` folded lemmas, which must match in full; NULL where it is none. */
const struct thing *things_find(const struct things *things, const uint64_t *lemmas,
                                uint32_t count);

#endif
