/* What trust_features.c and trust_roles.c share: writing down the features of a claim. */
#ifndef ANNALS_MEANING_TRUST_PARTS_H
#define ANNALS_MEANING_TRUST_PARTS_H

#include "bytes/hash.h"
#include "meaning/coding.h"

struct describer {
    struct trust_notes *notes;
    const struct coding *coding;
    const struct token *tokens;
    uint64_t type, rule;
};

static inline void feature(struct describer *describer, const char *kind, uint64_t value)
{
    uint64_t *item = array_push(&describer->notes->features);
    if (item != NULL)
        *item = hash_join(hash_bytes(kind, strlen(kind)), value);
}

/* Alone, and with the type of event. */
static inline void feature_wide(struct describer *describer, const char *kind, uint64_t value)
{
    feature(describer, kind, value);
    uint64_t typed = hash_join(value, describer->type);
    uint64_t *item = array_push(&describer->notes->features);
    if (item != NULL)
        *item = hash_join(hash_bytes(kind, strlen(kind)) + 1, typed);
}

/* trust_features.c: what sort of thing a word stands for, coarsely. */
uint64_t trust_sort_of(const struct coding *coding, uint32_t token);
/* trust_roles.c: how those who take part stand to the trigger, and who stands around unused. */
void trust_describe_roles(struct describer *describer, const struct making *making,
                          const struct claim *claim);

#endif
