/* Support verbs: verbs that lend a noun its subject ("carried out a raid", "suffered losses",
 * "fighting broke out"); from dictionaries/en/supports.tsv. */
#ifndef ANNALS_MEANING_SUPPORTS_H
#define ANNALS_MEANING_SUPPORTS_H

#include "bytes/status.h"
#include "dictionary/phrases.h"

/* What the subject of the verb is to the noun. */
enum support_role {
    SUPPORT_AGENT,   /* who does it: the noun is the verb's object */
    SUPPORT_PATIENT, /* who suffers it: the noun is the verb's object */
    SUPPORT_EVENT,   /* the noun itself is the verb's subject */
};

struct support {
    enum support_role role;
    uint64_t with; /* hash of a preposition before the noun, or 0 */
};

struct supports {
    struct support *items;
    uint32_t count;
    struct phrases words;
};

annals_status supports_read(struct supports *supports, struct arena *arena, const char *path,
                            annals_error *error);

/* True where the verb lends a noun its subject in this role; `preposition` is the hash of the one
 * before the noun, or 0. */
bool supports_hold(const struct supports *supports, uint64_t verb_lemma, enum support_role role,
                   uint64_t preposition);

#endif
