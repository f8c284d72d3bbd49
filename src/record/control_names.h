/* Finds the places of the record that a name stands for. */
#ifndef ANNALS_RECORD_CONTROL_NAMES_H
#define ANNALS_RECORD_CONTROL_NAMES_H

#include "record/sqlite.h"

struct control_name {
    const char *key; /* as in the table control_claims */
    struct record_place place;
    bool spoken_of; /* a claim tells who holds it */
};

struct control_names {
    struct control_name *items; /* at least one */
    uint32_t count;
};

/* `name`: the name of a place, with or without a word for what it is ("city of", "province"), or the
 * numbers of places in the gazetteer, parted by commas. Of several places of one name towns go before
 * divisions, and those of which a claim tells who holds them before others; all of the best rank are
 * given. ANNALS_NOT_FOUND. */
annals_status control_find_names(struct record *record, struct arena *arena, const char *name,
                                 struct control_names *names, annals_error *error);

/* The key of a place of a report, as schema 4 makes it. */
#define CONTROL_KEY                                                                                \
    "coalesce(CAST(p.geonameid AS TEXT), p.folded || '/' || coalesce(p.country, '') || '/' || "    \
    "coalesce(p.admin1, '') || '/' || coalesce(p.admin2, ''))"

#define CONTROL_PLACE_COLUMNS                                                                      \
    "p.name, p.feature, p.country, p.admin1, p.admin2, p.geonameid, p.latitude, p.longitude"

/* Reads those columns, from column `at` on. */
void control_read_place(struct arena *arena, struct store_statement *statement, int at,
                        struct record_place *place);

/* The text without case and accents; NULL for NULL. */
const char *control_fold(struct arena *arena, const char *text);

#endif
