/* What the files of merging share: merging.c decides what to do, features.c, cells.c and
 * displaced.c keep and find episodes, graph.c knows which resemble each other, parts.c which parts
 * of it change, clusters.c joins, handing_over.c gathers what is written, merged_events.c writes.
 */
#ifndef ANNALS_RECORD_MERGING_H
#define ANNALS_RECORD_MERGING_H

#include "record/resemblance.h"

/* Statements of one merging. */
#define MERGING_TABLE(ROW)                                                                         \
    ROW(UNMERGED, "SELECT report FROM unmerged ORDER BY report LIMIT ?")                           \
    ROW(MERGED, "DELETE FROM unmerged WHERE report = ?")                                           \
    ROW(KEEP, "INSERT INTO episodes (episode, features, cluster, level) VALUES (?, ?, ?, ?)")      \
    ROW(KEPT, "SELECT features, cluster, level FROM episodes WHERE episode = ?")                   \
    ROW(KEPT_BETWEEN, "SELECT episode FROM episodes WHERE episode BETWEEN ?1 AND ?1 | 8388607")    \
    ROW(SET_CLUSTER, "UPDATE episodes SET cluster = ?2, level = ?3 WHERE episode = ?1")            \
    ROW(FORGET, "DELETE FROM episodes WHERE episode = ?")                                          \
    ROW(ADD_CELL, "INSERT INTO cells (cell, place, episode, published) VALUES (?, ?, ?, ?)")       \
    ROW(DROP_CELL, "DELETE FROM cells WHERE cell = ? AND place = ? AND episode = ?")               \
    ROW(CELL, "SELECT place, episode, published FROM cells WHERE cell = ? "                        \
              "ORDER BY place, episode LIMIT ?")                                                   \
    ROW(UNDATED, "SELECT 1 FROM cells INDEXED BY cells_undated "                                   \
                 "WHERE cell = ? AND published IS NULL LIMIT 1")                                   \
    ROW(LIKENESSES, "SELECT others FROM likenesses WHERE episode = ?")                             \
    ROW(SET_LIKENESSES, "INSERT INTO likenesses (episode, others) VALUES (?1, ?2) "                \
                        "ON CONFLICT (episode) DO UPDATE SET others = ?2")                         \
    ROW(DROP_LIKENESSES, "DELETE FROM likenesses WHERE episode = ?")                               \
    ROW(EVENTS_OF, "SELECT event FROM event_claims WHERE claim BETWEEN ?1 AND ?1 | 8388607")       \
    ROW(JOINS_OF, "SELECT other FROM joins WHERE claim = ?")                                       \
    ROW(DROP_JOINS_OF, "DELETE FROM joins WHERE claim = ?")                                        \
    ROW(DROP_COPY, "DELETE FROM copies WHERE report = ?")                                          \
    ROW(DROP_EVENT, "DELETE FROM events WHERE event = ?1 AND NOT EXISTS "                          \
                    "(SELECT 1 FROM event_claims WHERE event = ?1)")

enum merging_statement {
#define ROW(name, sql) MERGING_##name,
    MERGING_TABLE(ROW)
#undef ROW
        MERGING_STATEMENT_COUNT
};

/* ------------------------------------------------------------------ who resembles whom */

/* Scores are rounded where they are made, so that kept ones are those of today. */
struct edge {
    uint32_t node;
    float score;
};

/* An episode, whether its features are at hand or not. */
struct node {
    int64_t key;
    struct episode *features; /* NULL until asked for */
    ARRAY(struct edge) edges;
    int64_t cluster;   /* in which it stood; 0: none */
    int64_t settled;   /* in which it stands; 0: as before */
    uint32_t position; /* in the component or list at hand */
    uint32_t visit;    /* by which search it was seen last */
    uint8_t shares;    /* while candidates are counted */
    int8_t level;      /* of its part before; -1: unknown */
    int8_t level_now;  /* and now, where it is settled */
    bool loaded;       /* its edges are at hand */
    bool fresh;        /* of a report that was not merged before */
    bool unwritten;    /* its features are not in the record yet */
    bool gone;         /* of a coding that is replaced */
    bool dirty;        /* its candidates are looked for anew */
    bool displaced;    /* or only its edges are: it may have lost candidates, and gained none */
    bool searched;     /* and have been */
    bool changed;      /* its edges are not those of the record */
    bool affected;     /* its cluster may have changed */
    bool clustered;    /* its part is done */
    bool stirred;      /* an edge of its own may have changed its part */
    bool touched;      /* its cluster must be written again */
};

/* Two nodes that resemble each other, `from` before `to` among the dirty ones. */
struct likeness {
    uint32_t from, to;
    float score;
};

/* An edge of a node that is not as it was; -1: there is none. */
struct change {
    uint32_t node; /* at its other end */
    float before, after;
};

struct likenesses {
    ARRAY(struct likeness) items;
};

struct graph {
    ARRAY(struct node) nodes;
    uint32_t *slots; /* by hash of the key: a node's number + 1 */
    uint32_t slot_count, visits;
    ARRAY(uint32_t) changed; /* nodes */
};

/* ------------------------------------------------------------------ cells at hand */

struct posting {
    int64_t place, episode;
    int32_t published;
    uint32_t node; /* of the graph; NONE until asked for */
};

/* A posting of this merging. */
struct standing {
    int64_t cell;
    struct posting posting;
};

struct cell {
    int64_t key;
    struct posting *rows; /* the first ones */
    uint32_t count;
    uint32_t fresh, fresh_count; /* of `standings` */
    bool whole, loaded;
    bool held; /* by this merging alone (blocks.c) */
};

struct postings {
    ARRAY(struct posting) items;
};

struct cells {
    ARRAY(struct cell) items;
    uint32_t *slots;
    uint32_t slot_count;
    ARRAY(struct standing) standings; /* ascending once they are settled */
    struct postings read;             /* of the record, for the cell at hand */
};

/* ------------------------------------------------------------------ what is written */

struct pair {
    uint32_t left, right; /* episodes, left < right */
    double score;
};

struct cluster {
    ARRAY(uint32_t) members;           /* episodes, ascending */
    uint32_t first_join, end_of_joins; /* of `joins`: among those of its part */
};

struct merging {
    struct record *record;
    /* Of a merging that goes on beside others (blocks.c): its blocks, and those that it may touch.
     */
    bool windowed, crowded; /* crowded: it is given up */
    int64_t first_block, last_block;
    uint64_t held[8];
    struct arena arena, scratch; /* scratch is one step's */
    struct store_statement *statements[MERGING_STATEMENT_COUNT];
    int code; /* SQLite's first failure */
    struct graph graph;
    struct cells cells;
    ARRAY(int64_t) reports;     /* that are merged now, ascending */
    struct episodes fresh;      /* theirs */
    ARRAY(uint32_t) dirty;      /* nodes */
    ARRAY(uint32_t) affected;   /* nodes */
    ARRAY(uint32_t) settled;    /* nodes of parts that were clustered anew */
    ARRAY(struct pair) joins;   /* nodes: the pairs that made two clusters one */
    ARRAY(struct cluster) made; /* nodes */
    /* What merging_write writes. */
    struct episodes episodes;
    ARRAY(struct pair) joined;
    struct cluster *clusters;  /* by episode; empty where it was joined to another */
    bool *rewritten;           /* by episode: it is in one of the clusters */
    bool *fresh_ones;          /* by episode: nothing was written of its report before */
    ARRAY(int64_t) old_events; /* in which the claims of the rewritten ones stood */
    bool *eventless;           /* by episode: no claim of its report stood in one; NULL: unknown */
};

/* The statement, reset; NULL after a failure. */
struct store_statement *merging_begin(struct merging *merging, enum merging_statement statement);
/* Steps: true where there is a row. */
bool merging_step(struct merging *merging, struct store_statement *row);
/* On a server: the statement will be asked for each of these keys (store_ahead); does nothing on a
 * file. */
void merging_expect(struct merging *merging, enum merging_statement statement, const int64_t *keys,
                    uint32_t count);
void merging_expect_cells(struct merging *merging, const int64_t *keys, uint32_t count,
                          int64_t limit);
/* The same of what is kept of nodes, where it is not at hand. */
void merging_expect_features(struct merging *merging, const uint32_t *nodes, uint32_t count);
void merging_expect_edges(struct merging *merging, const uint32_t *nodes, uint32_t count);
/* Forgets the scratch memory, not that it ran out. */
void merging_forget(struct merging *merging);
/* Runs a statement that gives no rows. */
void merging_finish(struct merging *merging, struct store_statement *row);

/* features.c */
void features_keep(struct merging *merging, const struct episode *episode, const struct node *node);
/* The features of a node's episode, and with them its cluster and level; NULL where it has none. */
const struct episode *features_of(struct merging *merging, uint32_t node);

/* cells.c */
void cells_add(struct merging *merging, const struct episode *episode);
/* Only before the first is added. */
void cells_remove(struct merging *merging, const struct episode *episode);
/* All are added: marks the episodes that new ones have pushed out of the first of a cell. */
void cells_settle(struct merging *merging);
/* Writes what was added. */
void cells_keep(struct merging *merging);
/* Adds every episode that resembles a node's by at least 0; not those that were looked for before.
 */
void cells_find_alike(struct merging *merging, const uint32_t *nodes, uint32_t count,
                      struct likenesses *found);

/* displaced.c: of the nodes that are displaced, whom they resemble still; when all others have
 * looked. */
void displaced_find_alike(struct merging *merging, const uint32_t *nodes, uint32_t count,
                          struct likenesses *found);

/* expecting.c: asks for the edges of the dirty nodes, of those found and of those near them at
 * once. */
void merging_expect_parts(struct merging *merging, const struct likenesses *found);

/* graph.c */
uint32_t graph_node(struct merging *merging, int64_t key);
/* Fills the node's edges as the record has them. */
void graph_load(struct merging *merging, uint32_t node);
void graph_mark_dirty(struct merging *merging, uint32_t node);
/* How the node's edges, which are loaded, differ from `count` others. */
struct change *graph_changes(struct merging *merging, struct arena *arena, uint32_t node,
                             const struct edge *edges, uint32_t count, uint32_t *changed);
/* Replaces the edges of the dirty nodes by those found, `first[i]` and on being the i-th's. */
void graph_set_edges(struct merging *merging, struct edge *edges, const uint32_t *first);
/* Writes the edges that changed. */
void graph_keep(struct merging *merging);
/* The nodes that hang together with `start` by edges of at least graph_threshold(level): of the
 * lowest level at which they are not too many. Ascending by key, in `scratch`. */
uint32_t *graph_component(struct merging *merging, struct arena *scratch, uint32_t start,
                          uint32_t *count, int8_t *level);
double graph_threshold(int8_t level);

/* parts.c: finds whom the dirty nodes resemble, and changes the graph. */
void parts_change(struct merging *merging);
/* Clusters the parts that changed: `made` are the clusters that are not as they were. */
void parts_cluster(struct merging *merging);
/* Writes clusters and levels. */
void parts_keep(struct merging *merging);

/* clusters.c: joins the nodes of a component; adds to `made` and `joins`. */
void clusters_find(struct merging *merging, const uint32_t *nodes, uint32_t count, int8_t level);

/* handing_over.c: reads the reports that have an episode in a cluster of `made`. */
annals_status handing_gather(struct merging *merging, annals_error *error);
/* Clusters and joins by the numbers of the episodes that were gathered. */
void handing_renumber(struct merging *merging);

/* merged_events.c: is any report not merged yet? */
annals_status merging_needed(struct record *record, bool *needed, annals_error *error);
/* Writes events, acts, joins and copies, within the caller's transaction. */
annals_status merging_write(struct merging *merging, annals_error *error);

#endif
