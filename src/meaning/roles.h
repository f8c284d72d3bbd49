/* Role nouns: what people and bodies are called where they are not named ("gunmen", "police
 * chief"); from dictionaries/en/roles.tsv. */
#ifndef ANNALS_MEANING_ROLES_H
#define ANNALS_MEANING_ROLES_H

#include "dictionary/coder_files.h"
#include "dictionary/phrases.h"
#include "dictionary/table.h"
#include "document/document.h"

struct role {
    const char *id, *singular, *plural;
    enum actor_kind kind;
    const char *type;   /* interchange `actors[].type`; NULL where it has none of its own */
    const char *who;    /* `counts[].who`; NULL where unknown */
    const char *cameo;  /* suffix of a code; "" where none */
    const char *prefix; /* goes before a code instead; NULL where none */
    const char *post;   /* "" where it names no office */
    bool speaks;        /* speaks for whom it stands with */
    const char *party;  /* the parties that it may stand for without their name: "any", "militia", a
                           creed; NULL: none */
    bool context;       /* only with a nationality, a group, a rank or a name beside it */
};

struct role_form {
    uint32_t role;
    bool plural;
};

struct roles {
    struct role *items;
    uint32_t count;
    struct role_form *forms;
    uint32_t form_count;
    struct phrases phrases; /* values are indexes of `forms` */
};

/* `own` (may be NULL): agent files of the user's, whose nouns go before those of `path`. */
annals_status roles_read(struct roles *roles, struct arena *arena, const char *path,
                         const struct coder_file *own, uint32_t own_count, annals_error *error);

#endif
