/* Merging in parts that go on at once, on a server: each takes reports of some weeks.
 *
 * What merging reads and changes is of a time: a cell stands for words or places of some weeks, an
 * episode for the day of its report. Time is cut into blocks of 128 days, by the bits with which a
 * report's key begins (writing.c). A merging of a window of blocks holds a lock for each of them
 * and two more on either side: so far words of one time are compared with those of another. Whoever
 * reads or changes a cell or an episode holds the lock of its block, to the end of the transaction,
 * so that any number of mergings come to what they would have come to one after the other
 * (two-phase locking: Eswaran, Gray, Lorie and Traiger 1976); and that is the same in any order.
 * Timeless cells, which bring together what has a day and what has none, are held one by one, where
 * one without a day is among their first. Where a story leads beyond its window to where another
 * merges, the merging is given up and its reports wait for one that has the whole record to itself,
 * as do reports without a day and those that tell of days far from their own.
 *
 * Left out: blocks by type or province. A story's words know neither, so its parts would not be
 * apart. */
#include "record/blocks.h"

#include "bytes/hash.h"

#include <stdlib.h>
#include <unistd.h>

enum {
    BLOCK_BITS = 54, /* of a report's key, behind those of the block */
    BLOCK_DAYS = 128,
    BLOCKS = 512,
    BESIDE = 2,
    FIRST_DAY = -7306, /* of the first block; as keys have it */
    WHOLE_LOCK = 1,    /* whoever merges all holds it alone, whoever merges a window with others */
    BLOCK_LOCK = 1000, /* and on */
    CELL_LOCK = 10000,
    WIDEST = 16,   /* blocks of a window */
    ENOUGH = 2000, /* reports of a window */
};

/* ------------------------------------------------------------------ what is held */

static bool is_held(const struct merging *merging, int64_t block)
{
    return block >= 0 && block < BLOCKS && (merging->held[block / 64] >> (block % 64) & 1) != 0;
}

static bool give_up(struct merging *merging)
{
    merging->crowded = true;
    if (merging->code == STORE_OK)
        merging->code = STORE_BUSY;
    return false;
}

/* Holds blocks beyond the window, where nobody else does: who waited here might wait in a ring. */
static bool hold(struct merging *merging, int64_t first, int64_t last)
{
    for (int64_t block = first; block <= last; block++) {
        if (is_held(merging, block))
            continue;
        if (block < 0 || block >= BLOCKS || merging->code != STORE_OK ||
            store_lock(merging->record->database, BLOCK_LOCK + block, BLOCK_LOCK + block,
                       STORE_LOCK_AT_ONCE) != STORE_OK)
            return give_up(merging);
        merging->held[block / 64] |= UINT64_C(1) << (block % 64);
    }
    return true;
}

static int64_t block_of_day(int64_t day)
{
    return (day - FIRST_DAY) < 0 ? -1 : (day - FIRST_DAY) / BLOCK_DAYS;
}

bool blocks_hold_node(struct merging *merging, int64_t key)
{
    return !merging->windowed || hold(merging, key >> BLOCK_BITS, key >> BLOCK_BITS);
}

bool blocks_hold_days(struct merging *merging, int64_t first, int64_t last)
{
    return !merging->windowed || hold(merging, block_of_day(first), block_of_day(last));
}

bool blocks_hold_cell(struct merging *merging, int64_t cell)
{
    int64_t number = CELL_LOCK + (int64_t)(hash_mix((uint64_t)cell) >> 24);
    return !merging->windowed ||
           (merging->code == STORE_OK && store_lock(merging->record->database, number, number,
                                                    STORE_LOCK_AT_ONCE) == STORE_OK) ||
           give_up(merging);
}

void blocks_meet_recoded(struct merging *merging)
{
    if (merging->windowed)
        give_up(merging);
}

/* ------------------------------------------------------------------ a window */

struct window {
    int64_t first, last; /* blocks */
};

static void write_first_day(int64_t block, char text[16])
{
    calendar_write((int32_t)(FIRST_DAY + block * BLOCK_DAYS), text);
}

static int64_t lowest(int64_t block)
{
    return block < BESIDE ? 0 : block - BESIDE;
}

static int64_t highest(int64_t block)
{
    return block + BESIDE >= BLOCKS ? BLOCKS - 1 : block + BESIDE;
}

/* Reports of the window that tell of nothing far from it. */
static annals_status list_window(struct merging *merging, const struct window *window,
                                 int64_t limit, annals_error *error)
{
    static const char sql[] =
        "SELECT u.report FROM unmerged u JOIN reports r ON r.report = u.report "
        "WHERE u.report BETWEEN ?1 AND ?2 AND r.published >= ?3 AND r.published < ?4 AND NOT "
        "EXISTS (SELECT 1 FROM claims c WHERE c.report = u.report AND (c.first < ?5 OR c.first >= "
        "?6)) ORDER BY u.report LIMIT ?7";
    char from[16], to[16], low[16], high[16];
    write_first_day(window->first, from);
    write_first_day(window->last + 1, to);
    write_first_day(lowest(window->first), low);
    write_first_day(highest(window->last) + 1, high);
    struct store_statement *row =
        statement_ask(merging->record, sql, "iitttti", window->first * (INT64_C(1) << BLOCK_BITS),
                      (window->last + 1) * (INT64_C(1) << BLOCK_BITS) - 1, from, to, low, high, limit);
    while (row != NULL && store_step(row) == STORE_ROW) {
        int64_t *report = array_push(&merging->reports);
        if (report != NULL)
            *report = store_int64(row, 0);
    }
    return statement_end(merging->record, row, error);
}

annals_status blocks_take(struct merging *merging, int64_t limit, annals_error *error)
{
    struct window window = {merging->first_block, merging->last_block};
    int64_t first = lowest(window.first), last = highest(window.last);
    struct store *store = merging->record->database;
    /* In ascending order, so that nobody waits in a ring; but another window will do as well. */
    if (store_lock(store, WHOLE_LOCK, WHOLE_LOCK, STORE_LOCK_SHARED) != STORE_OK ||
        store_lock(store, BLOCK_LOCK + first, BLOCK_LOCK + last, STORE_LOCK_AT_ONCE) != STORE_OK) {
        give_up(merging);
        return record_fail_as(merging->record, STORE_BUSY, "cannot merge", error);
    }
    for (int64_t block = first; block <= last; block++)
        merging->held[block / 64] |= UINT64_C(1) << (block % 64);
    return list_window(merging, &window, limit, error);
}

annals_status blocks_take_all(struct record *record, bool waits, annals_error *error)
{
    int code = store_lock(record->database, WHOLE_LOCK, WHOLE_LOCK,
                          waits ? STORE_LOCK_ALONE : STORE_LOCK_AT_ONCE);
    return code == STORE_OK ? ANNALS_OK : record_fail_as(record, code, "cannot merge", error);
}

/* ------------------------------------------------------------------ all windows */

/* The windows in which reports wait; at most BLOCKS. */
static annals_status list_windows(struct record *record, int64_t enough, struct window *windows,
                                  uint32_t *count, annals_error *error)
{
    struct store_statement *row = statement_ask(
        record, "SELECT report >> 54, count(*) FROM unmerged GROUP BY 1 ORDER BY 1", "");
    int64_t many = 0;
    *count = 0;
    while (row != NULL && store_step(row) == STORE_ROW) {
        int64_t block = store_int64(row, 0), reports = store_int64(row, 1);
        if (block < 0 || block >= BLOCKS)
            continue;
        if (*count == 0 || many + reports > enough || block - windows[*count - 1].first >= WIDEST) {
            windows[(*count)++].first = block;
            many = 0;
        }
        windows[*count - 1].last = block;
        many += reports;
    }
    return statement_end(record, row, error);
}

annals_status blocks_merge(struct record *record, int64_t enough, bool *any, annals_error *error)
{
    struct window windows[BLOCKS];
    uint32_t count = 0;
    annals_status status =
        list_windows(record, enough > 0 ? enough : ENOUGH, windows, &count, error);
    *any = false;
    /* Each begins elsewhere, so that few want the same. */
    uint32_t begin = count > 0 ? (uint32_t)getpid() * 7 % count : 0;
    for (uint32_t i = 0; i < count && status == ANNALS_OK; i++) {
        const struct window *window = &windows[(begin + i) % count];
        uint32_t merged = 0;
        status = merging_window(record, window->first, window->last, &merged, error);
        *any = *any || merged > 0;
    }
    return status;
}
