/* Rows of cells as an aligned table, CSV or TSV. */
#ifndef ANNALS_RENDER_SHEET_H
#define ANNALS_RENDER_SHEET_H

#include "bytes/arena.h"
#include "render/output.h"

enum column_flag {
    IN_TABLE = 1, /* people see it */
    IN_FILE = 2,  /* CSV and TSV have it */
    RIGHT = 4,    /* numbers stand to the right */
    YIELDS = 8,   /* gives room first where the terminal is narrow */
    NAMES = 32,   /* yields, but not so far that a name cannot be told */
    SELDOM = 64,  /* a table has no such column where nothing stands in it, however wide it is */
    BELOW = 16,   /* in a table: lines of their own below the row, with RECORD_MARKs in colour */
};

struct column {
    const char *name;
    unsigned flags;
    /* Adds the cell of a row to `cell`; nothing where it is unknown. NULL: rows are arrays of struct
     * record_cell, and this column is one of them. */
    void (*write)(struct buffer *cell, const void *row);
    const char *tag;   /* of the Humanitarian Exchange Language; NULL: none */
    const char *about; /* for a codebook; NULL where none is written */
};

enum { SHEET_COLUMNS = 100 };

struct sheet {
    struct output *output;
    annals_layout layout;
    const struct column *columns; /* NULL-named at the end; flags may change before it opens */
    uint32_t count;               /* of columns that this layout has */
    uint32_t chosen[SHEET_COLUMNS];
    uint32_t widths[SHEET_COLUMNS];
    struct arena arena;           /* rows kept while widths are found */
    const char **kept;            /* [rows][count] */
    const char **kept_below;      /* [rows] */
    uint32_t kept_rows;
    uint32_t left_out;            /* columns in which something stands, for want of room */
    const struct column *below;   /* or NULL */
    bool open;                    /* widths are settled, the head is written */
    bool tagged, bare;            /* set after sheet_begin: with a row of tags; without the head */
    struct buffer cell;
};

void sheet_begin(struct sheet *sheet, struct output *output, annals_layout layout,
                 const struct column *columns);
void sheet_row(struct sheet *sheet, const void *row);
void sheet_end(struct sheet *sheet);

#endif
