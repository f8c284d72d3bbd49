/* The record's statements on PostgreSQL: what store.h asks of an engine. Codes are those of
 * store.h. */
#ifndef ANNALS_RECORD_POSTGRESQL_H
#define ANNALS_RECORD_POSTGRESQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct postgresql;
struct postgresql_statement;
struct search_words;

/* Connects to "postgresql://..."; `*made` is there even where it fails, to tell why. A connection
 * that is not `writable` changes nothing. Writers wait `wait` milliseconds for each other. */
int postgresql_open(const char *address, bool writable, uint32_t wait, struct postgresql **made);
void postgresql_close(struct postgresql *connection);
/* From now on nothing is written to a record that is in a later arrangement. */
void postgresql_expect(struct postgresql *connection, int arrangement);

/* No statement takes longer; 0: as long as it likes. */
int postgresql_limit(struct postgresql *connection, uint32_t milliseconds);
/* Several statements in PostgreSQL's own words, without parameters. */
int postgresql_execute(struct postgresql *connection, const char *sql);
/* Fills `table` (its COPY ... FROM STDIN columns) with lines of text format. */
int postgresql_copy(struct postgresql *connection, const char *copy, const char *lines,
                    size_t length);
struct search_words *postgresql_words(struct postgresql *connection);

int postgresql_run(struct postgresql *connection, const char *sql);
int64_t postgresql_changes(struct postgresql *connection);
int postgresql_code(const struct postgresql *connection);
/* Whether the transaction at hand, or the last one, was ended because it stood in another's way: a
 * deadlock, or no order in which both could have run. Begun anew it may succeed. */
bool postgresql_stood_in_the_way(const struct postgresql *connection);
const char *postgresql_message(const struct postgresql *connection);

/* See store_beside, store_again. */
void postgresql_beside(struct postgresql *connection);
int postgresql_lock(struct postgresql *connection, int64_t first, int64_t last, int how);
bool postgresql_again(struct postgresql *connection, uint32_t tries);

int postgresql_prepare(struct postgresql *connection, const char *sql, bool kept,
                       struct postgresql_statement **statement, const char **rest);
void postgresql_finalize(struct postgresql_statement *statement);
/* Whether it gives rows. Others would change something. */
bool postgresql_is_reading(const struct postgresql_statement *statement);
const char *postgresql_sql(const struct postgresql_statement *statement);
bool postgresql_is_busy(const struct postgresql_statement *statement);
int postgresql_parameter(struct postgresql_statement *statement, const char *name);
int postgresql_step(struct postgresql_statement *statement);
int postgresql_reset(struct postgresql_statement *statement);
void postgresql_clear(struct postgresql_statement *statement);

int postgresql_bind_int64(struct postgresql_statement *statement, int parameter, int64_t value);
int postgresql_bind_double(struct postgresql_statement *statement, int parameter, double value);
int postgresql_bind_text(struct postgresql_statement *statement, int parameter, const char *text,
                         uint64_t length, bool lasting);
int postgresql_bind_blob(struct postgresql_statement *statement, int parameter, const void *bytes,
                         uint64_t length);

/* Asks the question for each value of its first parameter; see store_ahead. */
int postgresql_ahead(struct postgresql_statement *statement, const int64_t *keys, uint32_t count);

int postgresql_columns(struct postgresql_statement *row);
const char *postgresql_column_name(struct postgresql_statement *row, int column);
int postgresql_type(struct postgresql_statement *row, int column);
int64_t postgresql_int64(struct postgresql_statement *row, int column);
double postgresql_double(struct postgresql_statement *row, int column);
const char *postgresql_text(struct postgresql_statement *row, int column);
const void *postgresql_blob(struct postgresql_statement *row, int column);
int postgresql_bytes(struct postgresql_statement *row, int column);

#endif
