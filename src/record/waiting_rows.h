/* Rows that wait in memory and go into the file by one statement a table. */
#ifndef ANNALS_RECORD_WAITING_ROWS_H
#define ANNALS_RECORD_WAITING_ROWS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In the order in which they go in. */
enum waiting_table {
    WAITING_BLOCKS,
    WAITING_SENTENCES,
    WAITING_TIMES,
    WAITING_PLACES,
    WAITING_ACTORS,
    WAITING_MENTIONS,
    WAITING_SIGHTINGS,
    WAITING_CLAIMS,
    WAITING_PARTICIPANTS,
    WAITING_COUNTS,
    WAITING_UNMERGED,
    WAITING_CELLS,
    WAITING_EVENT_CLAIMS,
    WAITING_WRITTEN,
    /* Numbers that a statement asks about, as columns c0 to c2 of waiting_rows: these are never
       written. */
    WAITING_KEYS = WAITING_WRITTEN,
    WAITING_TABLES
};

struct waiting_rows;

/* Of the connection; NULL where memory ran out. */
struct waiting_rows *waiting_rows_open(sqlite3 *sqlite);
/* Before the connection is closed. NULL: does nothing. */
void waiting_rows_close(struct waiting_rows *rows);

/* The columns of a row are put one after the other; one that is left out is NULL. Texts stay as
 * they are until the rows are written. */
void waiting_begin(struct waiting_rows *rows, enum waiting_table table);
void waiting_nothing(struct waiting_rows *rows);
void waiting_number(struct waiting_rows *rows, int64_t number);
void waiting_real(struct waiting_rows *rows, double value);
void waiting_text(struct waiting_rows *rows, const char *text, size_t length);

/* Do so many wait that they should be written? */
bool waiting_is_much(const struct waiting_rows *rows);
/* Writes all that wait, within the caller's transaction, which is of no use after a failure: gives
 * SQLite's code. None waits afterwards. */
int waiting_write(struct waiting_rows *rows);
/* Keys wait to be asked about: a statement that reads waiting_rows now reads them. */
void waiting_ask(struct waiting_rows *rows);
void waiting_forget_keys(struct waiting_rows *rows);
/* Did memory run out, so that some are missing? */
bool waiting_failed(const struct waiting_rows *rows);
/* Forgets all that wait to be written. */
void waiting_forget(struct waiting_rows *rows);

#endif
