/* Names that dictionaries/world/ knows: states, peoples, groups, organisations, leaders. */
#ifndef ANNALS_LANGUAGE_KNOWN_NAMES_H
#define ANNALS_LANGUAGE_KNOWN_NAMES_H

#include "dictionary/phrases.h"
#include "document/stage.h"

struct known_name {
    enum name_kind kind;
    enum entity_gender gender;
    bool cased; /* a name only where capitals fit: "US" */
    bool weak;  /* needs context to be this one: a surname that many bear */
};

struct known_names {
    struct phrases phrases;
    ARRAY(struct known_name) names;
};

annals_status known_names_open(struct known_names *known, const struct stage_setting *setting,
                               annals_error *error);

/* The longest known name that begins at `token`, of `count` that follow; NULL where none does. */
const struct known_name *known_names_find(const struct known_names *known,
                                          const struct token *token, uint32_t count,
                                          uint32_t *length);

#endif
