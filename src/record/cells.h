/* What the files share that look into cells: cells.c keeps them, cells_alike.c finds candidates,
 * displaced.c asks who no longer is one. */
#ifndef ANNALS_RECORD_CELLS_H
#define ANNALS_RECORD_CELLS_H

#include "record/merging.h"

enum {
    FIRST = 24, /* of a cell stand for all */
    ENOUGH = 2, /* words that two candidates share; a place is as much */
    CELL_WORDS = 12,
    CELL_PLACES = 4, /* towns, and as many provinces */
    CELL_USES = CELL_WORDS * 2 + CELL_PLACES * 3,
};

enum cell_kind { OF_WORD, OF_TOWN, OF_DIVISION, OF_DAY, TIMELESS_WORD };

/* A cell in which an episode stands, and the one beside into which it looks too. */
struct cell_use {
    int64_t cell, beside; /* 0: none beside */
    enum cell_kind kind;
};

struct cell_keys {
    ARRAY(int64_t) items;
};

uint32_t cells_list_uses(const struct episode *episode, struct cell_use uses[CELL_USES]);
/* Its first rows; all of them where `whole`. */
struct cell *cells_rows_of(struct merging *merging, int64_t key, bool whole);
/* Is the episode, which stands in the cell, among its first? */
bool cells_have_first(const struct cell *cell, const struct episode *episode);
/* In a timeless cell those of unknown date count, with all others: is there none in these rows? */
bool cells_are_idle(const struct cell *cell);
/* Where an episode without a day is among the first of a timeless cell, who else gets there
 * matters: the merging holds the cell and sees it as it is then. */
void cells_hold_timeless(struct merging *merging, struct cell *cell);
/* Are two days of publication near enough for a cell of the kind? */
bool cells_in_reach(enum cell_kind kind, int32_t published, int32_t other);
/* Adds the cell to those that a server is asked for, where it is not at hand. */
void cells_expect(struct merging *merging, struct cell_keys *keys, int64_t key);

#endif
