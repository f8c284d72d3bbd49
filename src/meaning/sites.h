/* Facilities that change hands by themselves, as places of their own inside their town: "the prison of
 * Kandahar", "its airport", "the Tamanhint air base"; kinds from dictionaries/en/sites.tsv. */
#ifndef ANNALS_MEANING_SITES_H
#define ANNALS_MEANING_SITES_H

#include "bytes/status.h"
#include "dictionary/phrases.h"

#include <stdbool.h>

struct coding;
struct making;
struct claim;

struct site_kind {
    const char *name;    /* what stands behind the town's name: "air base" */
    const char *feature; /* GeoNames code */
    bool several;        /* a town has several of them */
};

struct sites {
    struct site_kind *items;
    uint32_t count;
    struct phrases words;
};

annals_status sites_read(struct sites *sites, struct arena *arena, const char *path,
                         annals_error *error);

/* The place that the facility at `noun` is: an index into the document's places, among which it is
 * written where it is new; NONE where it is no facility, one of several, or nobody knows where it lies
 * and what it is called. `inside` is the place that the phrase names it by ("of", "in", "near"), or NONE; the
 * claim's own is taken where the phrase says nothing. */
uint32_t site_find(const struct making *making, const struct claim *claim, uint32_t noun,
                   uint32_t inside);

/* Is the noun a facility of sites.tsv? */
bool site_is_one(const struct coding *coding, uint32_t noun);

/* The only town of the noun's sentence, or of the last of the two before that names one; NONE where it
 * names several. */
uint32_t site_town(const struct coding *coding, uint32_t noun);

#endif
