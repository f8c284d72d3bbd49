/* In which cells an episode stands, so that the episodes that may tell of the same happening are found
 * without looking at all of them (cells_alike.c).
 *
 * A cell is a word, a town or a province in some weeks. An episode stands in the cells of its weightiest
 * words, of its towns and provinces by the day of publication, and of its towns on the day of the
 * happening; it looks into these and into those of the weeks beside. Two that share a place or
 * two words are candidates. What a busy cell costs is bounded as in a sketch: the episodes with the
 * smallest hashes stand for all (bottom-k sampling, Cohen and Kaplan 2007). All
 * others are compared with those alone, so that which pairs are candidates follows from the set of
 * episodes, and a new one seldom changes it for others: only if it gets among the first. Rare words
 * and quiet places, which tell most, are in small cells where all are compared with all. */
#include "record/cells.h"

#include "record/blocks.h"
#include "record/waiting_rows.h"

#include "bytes/hash.h"

#include <stdlib.h>

enum {
    WORDS = CELL_WORDS,   /* by which an episode is looked for */
    TIMELESS = 4,         /* of them without regard to time, for reports of unknown date */
    PLACES = CELL_PLACES, /* towns, and as many provinces */
    WORD_WEEKS = 128,     /* days of a cell of a word */
    PLACE_WEEKS = 32,     /* and of a place */
};

/* Words of less weight find nothing by themselves. */
static const float weighty = 4.5F;

/* ------------------------------------------------------------------ an episode's cells */

static int64_t cell_key(enum cell_kind kind, int64_t weeks, uint32_t hash)
{
    return (int64_t)((uint64_t)(weeks * 8 + (int64_t)kind) << 32 | hash);
}

static struct cell_use dated_use(enum cell_kind kind, int32_t day, int32_t length, uint32_t hash)
{
    /* Days before 1970 too. */
    int64_t shifted = (int64_t)day + (INT64_C(1) << 24) * length, weeks = shifted / length;
    bool late = shifted % length >= length / 2;
    weeks -= INT64_C(1) << 24;
    return (struct cell_use){cell_key(kind, weeks, hash),
                             cell_key(kind, weeks + (late ? 1 : -1), hash), kind};
}

static int by_weight(const void *left, const void *right)
{
    const struct wording *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return (a->word > b->word) - (a->word < b->word);
}

/* The weightiest words, at most WORDS. */
static uint32_t choose_words(const struct episode *episode, struct wording chosen[WORDS])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < episode->word_count; i++) {
        const struct wording *word = &episode->words[i];
        if (word->weight < weighty ||
            (count == WORDS && by_weight(word, &chosen[WORDS - 1]) > 0))
            continue;
        uint32_t at = count < WORDS ? count++ : WORDS - 1;
        while (at > 0 && by_weight(word, &chosen[at - 1]) < 0) {
            chosen[at] = chosen[at - 1];
            at--;
        }
        chosen[at] = *word;
    }
    return count;
}

uint32_t cells_list_uses(const struct episode *episode, struct cell_use uses[CELL_USES])
{
    struct wording words[WORDS];
    uint32_t count = 0, chosen = choose_words(episode, words);
    bool dated = episode->published != DAY_UNKNOWN;
    for (uint32_t i = 0; i < chosen; i++) {
        if (dated)
            uses[count++] = dated_use(OF_WORD, episode->published, WORD_WEEKS, words[i].word);
        if (!dated || i < TIMELESS)
            uses[count++] = (struct cell_use){cell_key(TIMELESS_WORD, 0, words[i].word), 0,
                                              TIMELESS_WORD};
    }
    for (uint32_t i = 0; dated && i < episode->towns.count && i < PLACES; i++)
        uses[count++] = dated_use(OF_TOWN, episode->published, PLACE_WEEKS,
                                  episode->towns.items[i]);
    for (uint32_t i = 0; dated && i < episode->divisions.count && i < PLACES; i++)
        uses[count++] = dated_use(OF_DIVISION, episode->published, PLACE_WEEKS,
                                  episode->divisions.items[i]);
    for (uint32_t i = 0; episode->first != DAY_UNKNOWN && i < episode->towns.count && i < PLACES;
         i++)
        uses[count++] = (struct cell_use){cell_key(OF_DAY, episode->first, episode->towns.items[i]),
                                          0, OF_DAY};
    return count;
}

/* ------------------------------------------------------------------ cells at hand */

static bool grow_slots(struct merging *merging)
{
    struct cells *cells = &merging->cells;
    uint32_t count = cells->slot_count == 0 ? 1024 : cells->slot_count * 2;
    uint32_t *slots = arena_new_array(&merging->arena, uint32_t, count);
    if (slots == NULL)
        return false;
    for (uint32_t i = 0; i < cells->items.count; i++) {
        uint32_t at = (uint32_t)hash_mix((uint64_t)cells->items.items[i].key) & (count - 1);
        while (slots[at] != 0)
            at = (at + 1) & (count - 1);
        slots[at] = i + 1;
    }
    cells->slots = slots;
    cells->slot_count = count;
    return true;
}

static struct cell *find_cell(struct merging *merging, int64_t key)
{
    struct cells *cells = &merging->cells;
    if (cells->items.count * 2 >= cells->slot_count && !grow_slots(merging))
        return NULL;
    uint32_t at = (uint32_t)hash_mix((uint64_t)key) & (cells->slot_count - 1);
    while (cells->slots[at] != 0) {
        if (cells->items.items[cells->slots[at] - 1].key == key)
            return &cells->items.items[cells->slots[at] - 1];
        at = (at + 1) & (cells->slot_count - 1);
    }
    struct cell *cell = array_push(&cells->items);
    if (cell == NULL)
        return NULL;
    cell->key = key;
    cells->slots[at] = cells->items.count;
    return cell;
}

static int by_standing(const void *left, const void *right)
{
    const struct standing *a = left, *b = right;
    if (a->cell != b->cell)
        return a->cell < b->cell ? -1 : 1;
    if (a->posting.place != b->posting.place)
        return a->posting.place < b->posting.place ? -1 : 1;
    return (a->posting.episode > b->posting.episode) - (a->posting.episode < b->posting.episode);
}

static bool comes_before(const struct posting *left, const struct posting *right)
{
    return left->place < right->place ||
           (left->place == right->place && left->episode < right->episode);
}

/* The rows that the record has, at most `limit`, in `scratch`. */
static uint32_t read_rows(struct merging *merging, const struct cell *cell, int64_t limit,
                          struct postings *rows)
{
    struct store_statement *row = merging_begin(merging, MERGING_CELL);
    if (row == NULL)
        return 0;
    store_bind_int64(row, 1, cell->key);
    store_bind_int64(row, 2, limit);
    while (merging_step(merging, row)) {
        struct posting *posting = array_push(&rows->items);
        if (posting != NULL)
            *posting = (struct posting){store_int64(row, 0), store_int64(row, 1),
                                        store_is_null(row, 2) ? DAY_UNKNOWN : store_int(row, 2),
                                        NONE};
    }
    store_reset(row);
    return rows->items.count;
}

static bool is_timeless(int64_t cell)
{
    return (cell >> 32 & 7) == TIMELESS_WORD;
}

bool cells_are_idle(const struct cell *cell)
{
    for (uint32_t i = 0; i < cell->count; i++)
        if (cell->rows[i].published == DAY_UNKNOWN)
            return false;
    return is_timeless(cell->key);
}

/* May this merging look into the cell? */
static bool holds(struct merging *merging, int64_t cell)
{
    int64_t weeks = cell >> 35;
    switch ((enum cell_kind)(cell >> 32 & 7)) {
    case OF_WORD:
        return blocks_hold_days(merging, weeks * WORD_WEEKS, (weeks + 1) * WORD_WEEKS - 1);
    case OF_TOWN:
    case OF_DIVISION:
        return blocks_hold_days(merging, weeks * PLACE_WEEKS, (weeks + 1) * PLACE_WEEKS - 1);
    case OF_DAY:
        return blocks_hold_days(merging, weeks, weeks);
    default:
        return true;
    }
}

/* The rows of the record and those of this merging, in order. Where not all of the record's are read,
 * the list ends with the last that was. */
static void load_rows(struct merging *merging, struct cell *cell, int64_t limit)
{
    struct cells *cells = &merging->cells;
    if (!holds(merging, cell->key))
        return;
    cells->read.items.count = 0;
    uint32_t count = read_rows(merging, cell, limit, &cells->read), i = 0;
    const struct posting *old = cells->read.items.items;
    const uint32_t own = cell->fresh_count;
    const struct standing *fresh = own > 0 ? &cells->standings.items[cell->fresh] : NULL;
    cell->whole = limit < 0 || count < limit;
    cell->loaded = true;
    cell->count = 0;
    cell->rows = arena_new_array(&merging->arena, struct posting, count + own);
    for (uint32_t j = 0; cell->rows != NULL && (i < count || (cell->whole && j < own));) {
        bool later = j == own ||
                     (i < count && comes_before(&old[i], &fresh[j].posting));
        cell->rows[cell->count++] = later ? old[i++] : fresh[j++].posting;
    }
}

/* Is any row of this merging among the first? */
static bool is_led(const struct merging *merging, const struct cell *cell)
{
    const struct standing *fresh = &merging->cells.standings.items[cell->fresh];
    return cell->fresh_count > 0 &&
           (cell->count <= FIRST || !comes_before(&cell->rows[FIRST - 1], &fresh->posting));
}

void cells_hold_timeless(struct merging *merging, struct cell *cell)
{
    /* Asked anew: with another limit than that of the answers at hand. */
    int64_t limit = FIRST + 2;
    if (!merging->windowed || cell->held || cells_are_idle(cell) || !blocks_hold_cell(merging, cell->key))
        return;
    cell->held = true;
    load_rows(merging, cell, limit);
}

struct cell *cells_rows_of(struct merging *merging, int64_t key, bool whole)
{
    struct cell *cell = find_cell(merging, key);
    /* On a server the first rows are at hand (expect_cells), and few cells have more. */
    bool far = store_is_far(merging->record->database);
    if (cell != NULL && !cell->loaded)
        load_rows(merging, cell, whole && !far ? -1 : FIRST + 1);
    if (cell != NULL && whole && cell->loaded && !cell->whole)
        load_rows(merging, cell, -1);
    return cell;
}

/* ------------------------------------------------------------------ standing in them */

static int64_t place_of(const struct episode *episode)
{
    return (int64_t)(hash_mix((uint64_t)episode->claim) >> 32);
}

static bool is_among(const struct episode *episode, const struct posting *last)
{
    int64_t place = place_of(episode);
    return place < last->place || (place == last->place && episode->claim <= last->episode);
}

void cells_add(struct merging *merging, const struct episode *episode)
{
    struct cell_use uses[CELL_USES];
    uint32_t count = cells_list_uses(episode, uses);
    struct posting posting = {place_of(episode), episode->claim, episode->published,
                              graph_node(merging, episode->claim)};
    for (uint32_t i = 0; i < count; i++) {
        struct standing *standing = array_push(&merging->cells.standings);
        if (standing != NULL)
            *standing = (struct standing){uses[i].cell, posting};
    }
}

/* Whoever comes among the first in its stead has others to look at. */
void cells_remove(struct merging *merging, const struct episode *episode)
{
    struct cell_use uses[CELL_USES];
    uint32_t count = cells_list_uses(episode, uses);
    for (uint32_t i = 0; i < count; i++) {
        struct cell *cell = find_cell(merging, uses[i].cell);
        struct store_statement *row = cell != NULL ? merging_begin(merging, MERGING_DROP_CELL) : NULL;
        if (row == NULL)
            return;
        store_bind_int64(row, 1, uses[i].cell);
        store_bind_int64(row, 2, place_of(episode));
        store_bind_int64(row, 3, episode->claim);
        merging_finish(merging, row);
        load_rows(merging, cell, FIRST + 1);
        if (cell->count >= FIRST)
            graph_mark_dirty(merging, graph_node(merging, cell->rows[FIRST - 1].episode));
        cell->loaded = false;
    }
}

/* Of the first that the record has, those who no longer are. */
static void mark_displaced(struct merging *merging, const struct cell *cell)
{
    uint32_t old = 0;
    for (uint32_t i = 0; i < cell->count && old < FIRST; i++) {
        uint32_t node = graph_node(merging, cell->rows[i].episode);
        if (node == NONE || merging->graph.nodes.items[node].unwritten)
            continue;
        old++;
        if (i < FIRST || merging->graph.nodes.items[node].dirty)
            continue;
        graph_mark_dirty(merging, node);
        merging->graph.nodes.items[node].displaced = true;
    }
}

/* Asks for the cells of the standings from `first` on; gives the first whose cell was not asked for. */
static uint32_t expect_standings(struct merging *merging, uint32_t first)
{
    enum { TOGETHER = 4000 };
    static const int64_t limit = FIRST + 1;
    const struct cells *cells = &merging->cells;
    uint32_t kept = 0, timeless = 0, i = first;
    if (!store_is_far(merging->record->database))
        return cells->standings.count;
    /* Of timeless ones it is asked whether they need be read: they stand at the end of the list. */
    int64_t *keys = malloc(TOGETHER * sizeof *keys);
    for (; keys != NULL && i < cells->standings.count; i++) {
        int64_t cell = cells->standings.items[i].cell;
        if (i > first && cells->standings.items[i - 1].cell == cell)
            continue;
        if (kept + timeless == TOGETHER || !holds(merging, cell))
            break;
        keys[is_timeless(cell) ? TOGETHER - ++timeless : kept++] = cell;
    }
    if (keys != NULL) {
        merging_expect_cells(merging, keys, kept, limit);
        merging_expect(merging, MERGING_UNDATED, keys + TOGETHER - timeless, timeless);
    }
    free(keys);
    return keys != NULL ? i : cells->standings.count;
}

/* Does any episode of unknown date stand in the timeless cell? Most such cells have none, and are not read. */
static bool has_undated(struct merging *merging, const struct cell *cell)
{
    for (uint32_t i = 0; i < cell->fresh_count; i++)
        if (merging->cells.standings.items[cell->fresh + i].posting.published == DAY_UNKNOWN)
            return true;
    struct store_statement *row = merging_begin(merging, MERGING_UNDATED);
    if (row == NULL)
        return false;
    store_bind_int64(row, 1, cell->key);
    bool any = merging_step(merging, row);
    store_reset(row);
    return any;
}

void cells_settle(struct merging *merging)
{
    struct cells *cells = &merging->cells;
    const struct standing *standings = cells->standings.items;
    uint32_t count = cells->standings.count, expected = 0;
    if (merging->arena.failed || count == 0)
        return;
    qsort(cells->standings.items, count, sizeof *standings, by_standing);
    for (uint32_t i = 0, end; i < count; i = end) {
        expected = i < expected ? expected : expect_standings(merging, i);
        struct cell *cell = find_cell(merging, standings[i].cell);
        if (cell == NULL)
            return;
        for (end = i + 1; end < count && standings[end].cell == standings[i].cell;)
            end++;
        cell->fresh = i;
        cell->fresh_count = end - i;
        if (is_timeless(cell->key) && !has_undated(merging, cell)) {
            cell->loaded = cell->whole = true;
            continue;
        }
        load_rows(merging, cell, FIRST + 1);
        if (is_timeless(cell->key) && is_led(merging, cell))
            cells_hold_timeless(merging, cell);
        if (!cells_are_idle(cell))
            mark_displaced(merging, cell);
    }
}

static void keep_waiting(struct merging *merging, struct waiting_rows *waiting)
{
    const struct cells *cells = &merging->cells;
    for (uint32_t i = 0; i < cells->standings.count && merging->code == STORE_OK; i++) {
        const struct standing *standing = &cells->standings.items[i];
        waiting_begin(waiting, WAITING_CELLS);
        waiting_number(waiting, standing->cell);
        waiting_number(waiting, standing->posting.place);
        waiting_number(waiting, standing->posting.episode);
        if (standing->posting.published != DAY_UNKNOWN)
            waiting_number(waiting, standing->posting.published);
        if (i + 1 == cells->standings.count || waiting_is_much(waiting))
            merging->code = waiting_write(waiting);
    }
}

void cells_keep(struct merging *merging)
{
    const struct cells *cells = &merging->cells;
    struct waiting_rows *waiting = record_waiting_rows(merging->record);
    if (waiting != NULL && merging->code == STORE_OK) {
        keep_waiting(merging, waiting);
        return;
    }
    for (uint32_t i = 0; i < cells->standings.count; i++) {
        const struct standing *standing = &cells->standings.items[i];
        struct store_statement *row = merging_begin(merging, MERGING_ADD_CELL);
        if (row == NULL)
            return;
        store_bind_int64(row, 1, standing->cell);
        store_bind_int64(row, 2, standing->posting.place);
        store_bind_int64(row, 3, standing->posting.episode);
        if (standing->posting.published != DAY_UNKNOWN)
            store_bind_int64(row, 4, standing->posting.published);
        merging_finish(merging, row);
    }
}

/* ------------------------------------------------------------------ looking into them */

enum { WORD_WINDOW = WORD_WEEKS / 2 - 4, PLACE_WINDOW = PLACE_WEEKS / 2 - 1 };

bool cells_in_reach(enum cell_kind kind, int32_t published, int32_t other)
{
    bool known = published != DAY_UNKNOWN && other != DAY_UNKNOWN;
    int64_t gap = (int64_t)published - other;
    int64_t window = kind == OF_WORD ? WORD_WINDOW : PLACE_WINDOW;
    switch (kind) {
    case TIMELESS_WORD:
        return !known;
    case OF_DAY:
        return true;
    default:
        return known && gap <= window && gap >= -window;
    }
}

bool cells_have_first(const struct cell *cell, const struct episode *episode)
{
    return cell->count <= FIRST || is_among(episode, &cell->rows[FIRST - 1]);
}

void cells_expect(struct merging *merging, struct cell_keys *keys, int64_t key)
{
    const struct cell *cell = key != 0 ? find_cell(merging, key) : NULL;
    bool wanted = cell != NULL && !cell->loaded && holds(merging, key);
    int64_t *item = wanted ? array_push(&keys->items) : NULL;
    if (item != NULL)
        *item = key;
}
