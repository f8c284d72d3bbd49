/* The filters of a query as SQL on claims: one table of name, SQL and English for every question.
 *
 * A question that asks about claims puts filters_claims into an IN (...), or filters_add behind its
 * own joins of claims c and reports r, and then binds with filters_bind; the parameters are named
 * (":place", ":from" ...), so they do not disturb its own numbered ones. */
#ifndef ANNALS_RECORD_FILTERS_H
#define ANNALS_RECORD_FILTERS_H

#include "bytes/arena.h"
#include "bytes/buffer.h"
#include "record/sqlite.h"

/* What the conditions speak of: reports r; claims c and reports r; or claims c and reports r of an
 * event v, whose days and place count where the claim has none. */
enum filter_subject { FILTER_REPORTS, FILTER_CLAIMS, FILTER_EVENTS };

enum filter_name {
    FILTER_ID,
    FILTER_PLOVER,
    FILTER_ACLED,
    FILTER_CAMEO,
    FILTER_MODE,
    FILTER_STATUS,
    FILTER_ACTOR,
    FILTER_PLACE,
    FILTER_FROM,
    FILTER_TO,
    FILTER_SPEAKER,
    FILTER_SOURCE,
    FILTER_REPORT,
    FILTER_REPORT_NAME,
    FILTER_TEXT,
    FILTER_CONFIDENCE,
    FILTER_AS_OF,
    FILTER_NAMES
};

struct filters {
    struct record *record;
    struct arena arena;
    const char *values[FILTER_NAMES]; /* what is bound; NULL: the filter does not stand */
    const char *words[FILTER_NAMES];  /* as the query has them, for English */
    int64_t low, high;                /* keys of FILTER_ID */
    int64_t first_report, last_report;
    double confidence, within;
    int closeness;   /* how near places' names must come: place_filter.c */
    uint64_t rows;   /* so many are wanted; 0: all */
    char before[12]; /* the record's as_of before these filters */
};

/* Reads the filters of a query: days and numbers are checked, names are looked up in the record.
 * `letters` are those that its id may begin with. What a name was taken for, where that is not
 * plain, is told to query->notes. Until the release events are loaded as known on the query's
 * as_of. ANNALS_WRONG_USE, ANNALS_NOT_FOUND (an id). Release it always. */
annals_status filters_open(struct filters *filters, struct record *record,
                           const annals_query *query, const char *letters, annals_error *error);
void filters_release(struct filters *filters);

/* Whether any stands. */
bool filters_any(const struct filters *filters);

/* Adds `joint` and the conditions, " AND " between them; nothing where no filter stands. */
void filters_add(const struct filters *filters, enum filter_subject subject, const char *joint,
                 struct buffer *sql);
/* Adds "SELECT c.claim FROM ...": the claims that pass, found the shortest way. */
void filters_claims(struct filters *filters, struct buffer *sql);
/* The filter whose rows are few enough to begin with; FILTER_NAMES where it is better to walk over
 * all rows in the order of their days. */
enum filter_name filters_rarest(struct filters *filters, enum filter_subject subject);
/* Whether rows can be gathered by this filter. */
bool filters_can_gather(const struct filters *filters, enum filter_name name);
/* Adds a select of the keys (claims, or reports) that pass `name`; others may not pass. */
void filters_source(enum filter_name name, enum filter_subject subject, struct buffer *sql);

/* queries.c: the select of the keys (reports, claims or events) that a list of the subject has. */
void filters_keys(struct filters *filters, enum filter_subject subject, struct buffer *sql);

typedef annals_status (*filters_key_visitor)(void *context, int64_t key, annals_error *error);
/* queries.c: the keys of the claims that pass, and nothing else of them; `ordered`: as they are
 * listed. */
annals_status filters_list_claims(struct record *record, const annals_query *query, bool ordered,
                                  filters_key_visitor visit, void *context, annals_error *error);

/* Binds every parameter of the filters that the statement has. */
void filters_bind(const struct filters *filters, struct store_statement *statement);

/* "in Kunduz, since 2001-11-01, told by Time": for a heading; nothing where no filter stands. */
void filters_describe(const struct filters *filters, struct buffer *english);

/* An empty list says what was asked, so that a slip of the pen is seen: "there are no claims in
 * Kunduz, since 2001-11-01". Says nothing where no filter stands. */
void filters_tell_nothing(const struct filters *filters, const annals_query *query,
                          const char *things);

/* Checks YYYY-MM-DD; NULL passes. `option` is named in the message. */
annals_status filters_check_day(const char *day, const char *option, annals_error *error);
/* Sends a sentence to the query's notes. */
void filters_note(const annals_query *query, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* place_filter.c: the places that --place and --within mean, as a JSON array of identities. */
annals_status filters_find_place(struct filters *filters, const annals_query *query,
                                 annals_error *error);
/* Runs `sql` (one text column; :a, :b bound to `first`, `second`) into a JSON array of strings. */
annals_status filters_gather(struct filters *filters, const char *sql, const char *first,
                             const char *second, const char **list, uint32_t *count,
                             annals_error *error);

/* SQL functions that the filters need: names(text, folded) and distance(lat, lon, lat, lon). */
void filters_add_functions(sqlite3 *database);

#endif
