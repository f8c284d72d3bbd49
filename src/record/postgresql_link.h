/* What the files of the PostgreSQL store share: the connection and its statements (postgresql.h).
 */
#ifndef ANNALS_RECORD_POSTGRESQL_LINK_H
#define ANNALS_RECORD_POSTGRESQL_LINK_H

#include "record/dialect.h"
#include "record/postgresql.h"
#include "record/store.h"

#include <libpq-fe.h>

enum { MOST_COLUMNS = 100 };

/* Types by their numbers (server: src/include/catalog/pg_type.dat). */
enum {
    TYPE_BOOL = 16,
    TYPE_BYTES = 17,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
    TYPE_FLOAT4 = 700,
    TYPE_FLOAT8 = 701,
    TYPE_NUMERIC = 1700,
    TYPE_TSVECTOR = 3614,
    TYPE_INT8S = 1016 /* an array */
};

struct postgresql {
    PGconn *link;
    struct postgresql_statement *active; /* whose rows are under way */
    struct search_words *words;
    struct gathering *gathering; /* rows that wait to be written; NULL: none so far */
    char schema[140];            /* quoted */
    unsigned names;              /* of prepared statements, so far */
    unsigned links;              /* how often it was connected */
    unsigned transactions;       /* begun and ended, so far */
    int pending;                 /* statements in the pipeline */
    int code, failed;            /* of the last call; of the transaction */
    int lost;                    /* for what the last transaction failed */
    int64_t changes;
    uint32_t wait, limit;
    bool writable, within; /* a transaction */
    int arrangement;       /* which writing expects; 0: not known yet */
    bool beside;           /* the next transaction goes on beside others */
    bool secured;          /* row-level security holds for the user */
    bool in_the_way;       /* it was ended for another's sake */
    char message[400];
};

struct value {
    Oid type; /* 0: never bound */
    const char *bytes;
    int length;
    char room[8];
    char *copy;
};

struct postgresql_statement {
    struct postgresql *connection;
    char *sql;
    struct dialect dialect;
    struct value values[DIALECT_PARAMETERS + 1];
    Oid types[DIALECT_PARAMETERS + 1]; /* with which it was prepared */
    char name[16];                     /* at the server; empty: none */
    unsigned link;                     /* in which connection it has that name */
    bool kept, ran, started, done;
    int form; /* of those that are gathered; -1: none */
    int code;
    /* The row: of `result` while rows are under way, else packed. */
    PGresult *result; /* also tells the columns */
    bool first_waits; /* `result` is a row that no step has given yet */
    char *packed;
    size_t packed_length, packed_room, packed_at;
    bool has_packed;
    struct ahead *ahead; /* answers to what is asked next; NULL: none */
    bool from_ahead;     /* the rows are of these */
    int columns;
    struct cell {
        const char *bytes; /* NULL: null */
        int length;
    } cells[MOST_COLUMNS];
    struct text { /* a value in other words than the server's */
        char *bytes;
        size_t room;
        int length;
        bool made;
    } texts[MOST_COLUMNS];
};

/* Keeps code and message, and that the transaction has failed; returns the code. */
int link_fail(struct postgresql *connection, int code, const char *message);
int link_fail_by(struct postgresql *connection, const PGresult *result);
bool link_is_good(const PGresult *result);
/* Waits for all that is in the pipeline. */
int link_flush(struct postgresql *connection);
/* The next row under way, or NULL: the end, or a failure (statement->code). */
PGresult *link_receive(struct postgresql_statement *statement);
/* The next row of those in memory. */
void link_unpack(struct postgresql_statement *statement);
/* Takes the rows that are under way out of the connection's way; those of `wanted` are dropped. */
int link_settle(struct postgresql *connection, const struct postgresql_statement *wanted);
/* Takes the rows that are under way into memory; what waits in the pipeline stays there. */
int link_settle_rows(struct postgresql *connection);
int link_begin(struct postgresql *connection);
int link_end(struct postgresql *connection, bool commit);
/* Runs the statement as far as its first row, so that its columns are known. */
int link_begin_rows(struct postgresql_statement *statement);
/* Between transactions a connection that was lost is made again: the server may be back. */
int link_connect_again(struct postgresql *connection);

/* ------------------------------------------------------------------ rows that wait */

/* Whether the statement, as it is bound, is one that waits. */
bool gathering_can(const struct postgresql_statement *statement);
int gathering_add(struct postgresql_statement *statement);
/* Writes all that waits; what follows finds it. */
int gathering_write(struct postgresql *connection);
void gathering_drop(struct postgresql *connection);
void gathering_close(struct postgresql *connection);

/* ------------------------------------------------------------------ answers at hand */

/* Whether the question, as it is bound, was asked ahead; then its rows are these. */
bool ahead_answers(struct postgresql_statement *statement);
bool ahead_next(struct postgresql_statement *statement);
void ahead_drop(struct postgresql_statement *statement);
/* The head of an array in binary; its elements come behind it, each with its length. */
void link_put_array(struct buffer *array, Oid element, bool has_null, uint32_t count);

#endif
