/* The known actors of the world: states, groups, organisations, peoples, buildings that stand for
 * governments, and who held which post when; from dictionaries/world/ (its README says what each
 * column means). Read-only after reading. */
#ifndef ANNALS_MEANING_WORLD_H
#define ANNALS_MEANING_WORLD_H

#include "dictionary/coder_files.h"
#include "dictionary/phrases.h"
#include "dictionary/table.h"

enum world_sort {
    WORLD_STATE,
    WORLD_GROUP,
    WORLD_ORGANISATION,
    WORLD_METONYM,
    WORLD_PEOPLE,
    WORLD_PERSON,
    WORLD_SORT_COUNT
};

struct world_entry {
    enum world_sort sort;
    const char *id, *name;
    const char *type;     /* interchange `actors[].type`, or NULL */
    const char *code;     /* CAMEO; of a state its three letters; "" where none */
    const char *country;  /* ISO 3166 alpha-3, or NULL */
    const char *phases;   /* "type:FROM..TO|…", or "" */
    const char *iso2;     /* of a state, or "" */
    uint32_t state;       /* entry of its country's state, or WORLD_NONE */
    int32_t from, to;     /* days, inclusive; INT32_MIN and INT32_MAX where open */
    bool part;            /* a part of a state, not the state */
    bool region;          /* a region of the world, not a people */
    bool outlet;          /* news: never a party to a conflict */
    uint32_t parent;      /* of a group: the entry that it is part of, or WORLD_NONE */
    const char *cautions; /* of a group: the cell `caution`, which tells its creeds, too; or NULL */
    uint32_t voice; /* of an outlet: the entry of the party that speaks by it, or WORLD_NONE */
    const struct coder_entry *own; /* from a file of the user's, or NULL */
};

/* How a name stands for its entry. */
enum world_form {
    FORM_NAME,
    FORM_ADJECTIVE, /* "Afghan", "Serb" */
    FORM_NATIONAL,  /* "Afghans", "Briton" */
    FORM_CAPITAL,   /* "Kabul": its government, where it acts */
    FORM_MEMBER     /* "Talib", "Senderista" */
};

enum {
    NAME_CASED = 1,   /* only where the letters' case is exactly this, in text of mixed case */
    NAME_CONTEXT = 2, /* only where the report shows otherwise that this is meant */
    NAME_CAPITAL = 4, /* is written with a capital somewhere */
    NAME_ACRONYM = 8, /* is one word all in capitals */
};

struct world_name {
    const char *written;
    uint32_t entry;
    enum world_form form;
    uint8_t flags;
};

/* A post that a person held: one row of leaders.tsv. */
struct world_post {
    uint32_t person, organisation; /* entries */
    const char *post;              /* as in roles.tsv */
    int32_t from, to;
    bool dated; /* `from` is known */
};

#define WORLD_NONE UINT32_MAX

struct world {
    struct arena *arena;
    struct world_entry *entries;
    struct world_name *names;
    struct world_post *posts;
    uint32_t entry_count, entry_capacity, name_count, name_capacity, post_count, post_capacity;
    uint32_t first[WORLD_SORT_COUNT + 1]; /* entries of a sort: [first[s], first[s + 1]) */
    struct phrases phrases;               /* values are indexes of `names` */
};

/* Reads the tables below `data`/dictionaries/world. ANNALS_MALFORMED names file and line. */
annals_status world_read(struct world *world, struct arena *arena, const char *data,
                         annals_error *error);

/* Adds the entries of an actor file of the user's. */
annals_status world_add_own(struct world *world, const struct coder_file *file,
                            annals_error *error);

/* The actor type that the role letters of a CAMEO code say, or NULL. */
const char *world_type_of_code(const char *code);

/* The state of an ISO code of two or three letters, or WORLD_NONE. */
uint32_t world_state(const struct world *world, const char *iso);

/* The post of `person` on a day: held then; or, where none was, the last one before. `*held` says
 * which. WORLD_NONE on an unknown day with posts in several organisations. */
uint32_t world_post_of(const struct world *world, uint32_t person, int32_t day, bool *held);

/* The one post of this name in an organisation on a day, or WORLD_NONE. */
uint32_t world_holder(const struct world *world, const char *post, uint32_t organisation,
                      int32_t day);

/* Is what a group fights for known, and may it be `creed` ("islamist", "left", "separatist")? */
bool world_creed_known(const struct world_entry *entry);
bool world_has_creed(const struct world_entry *entry, const char *creed);

/* The type of an entry on a day, by its phases. */
const char *world_type(const struct world *world, uint32_t entry, int32_t day);

#endif
