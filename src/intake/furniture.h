/* The dictionary of page furniture (dictionaries/en/furniture.tsv): what menus, share lines,
 * captions, bylines and the like are worded like. */
#ifndef ANNALS_INTAKE_FURNITURE_H
#define ANNALS_INTAKE_FURNITURE_H

#include "document/stage.h"
#include "intake/words.h"

/* Where in the page a paragraph stands, as bits: before the first running text, within, after. */
enum zone { ZONE_HEAD = 1, ZONE_INSIDE = 2, ZONE_TAIL = 4, ZONE_ANY = 7 };

/* What follows a paragraph that a rule found. */
enum furniture_after {
    AFTER_NOTHING,
    AFTER_LIST, /* the short lines that follow belong to it */
    AFTER_END,  /* all that follows belongs to it */
};

struct furniture_rule {
    const char *id;
    enum block_kind kind;
    uint8_t zones;
    bool strong; /* finds running text too */
    bool within; /* finds its words anywhere in the paragraph */
    enum furniture_after after;
    uint32_t longest;
};

struct furniture;

/* Reads the dictionary into the setting's arena. */
annals_status furniture_open(struct furniture **furniture, const struct stage_setting *setting,
                             annals_error *error);

/* The first rule that finds words [first, end) in one of `zones`, or NULL. `prose` says that they
 * are running text, which weak rules leave alone. */
const struct furniture_rule *furniture_find(const struct furniture *furniture, const char *text,
                                            const struct words *words, uint32_t first, uint32_t end,
                                            unsigned zones, bool prose);

#endif
