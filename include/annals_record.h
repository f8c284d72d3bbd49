/* The record: reports with their claims, the events that claims are about, and what can be asked.
 *
 * Part of annals.h, which includes it; its head says how errors, ownership and positions are.
 */
#ifndef ANNALS_RECORD_H
#define ANNALS_RECORD_H

#include "annals.h"

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/* ---------------------------------------------------------------------------- keeping */

/* A record is used by one thread at a time. Several processes may read one record while one of them
 * writes. */
typedef struct annals_record annals_record;

typedef enum annals_access { ANNALS_READ_ONLY, ANNALS_READ_WRITE } annals_access;

/* Opens the record at `path`; with ANNALS_READ_WRITE it is made where there is none. Where another
 * process holds it, waits `wait` milliseconds and then gives ANNALS_BUSY, here and in every later
 * call. ANNALS_NOT_FOUND, ANNALS_FOREIGN (no record of ours), ANNALS_NEWER, ANNALS_CANNOT_WRITE. */
annals_status annals_record_open(const char *path, annals_access access, uint32_t wait,
                                 annals_record **record, annals_error *error);
void annals_record_close(annals_record *record);

/* Whether the report (the same bytes) is in the record already; where it is, `path` is noted as one
 * more place where it was found. The document need not be coded. `path` may be NULL. */
annals_status annals_record_knows(annals_record *record, const annals_document *document,
                                  const char *path, bool *known, annals_error *error);

/* Where and when a report was found; either may be NULL. `retrieved` is an ISO 8601 date or time. */
typedef struct annals_origin {
    const char *path, *retrieved;
} annals_origin;

/* Stores a coded report, all or nothing; a report that is known already is left as it is. `engine`
 * is the one that coded it: the versions of its dictionaries and models are kept with the claims.
 * ANNALS_BUSY, ANNALS_FULL, ANNALS_CANNOT_WRITE. */
annals_status annals_record_add(annals_record *record, const annals_engine *engine,
                                const annals_document *document, const annals_origin *origin,
                                annals_error *error);

/* Merges the claims of all reports into events; called once after the last report. Until then each
 * claim of a new report is an event of its own. All or nothing, and nothing where all is merged. */
annals_status annals_record_merge(annals_record *record, annals_error *error);

/* ---------------------------------------------------------------------------- asking */

/* What annals_render can tell of a record. */
typedef enum annals_view {
    ANNALS_REPORTS,
    ANNALS_CLAIMS,
    ANNALS_EVENTS,
    ANNALS_TIMELINE, /* a chronology: by date, a line an event */
    ANNALS_SHOW,     /* one event, claim or report (`id`) with its sentences */
    ANNALS_SUMMARY,  /* how much of what the record holds */
    ANNALS_CONTROL,  /* who holds the place `id`, or every place within `place`, and since when */
    ANNALS_GEOJSON,  /* events with a place, as GeoJSON; the layout is ignored */
    ANNALS_ACTORS,   /* who takes part or speaks, one row an actor of the world */
    ANNALS_PLACES,   /* where, one row a place of the world */
    ANNALS_RELATIONS, /* who fights, accuses, supplies, talks to whom */
    ANNALS_SQL,      /* the answer to `sql`, which can only read */
    ANNALS_DUMP      /* every row that depends on the reports alone; the layout is ignored */
} annals_view;

typedef enum annals_layout {
    ANNALS_TABLE, /* aligned, for people */
    ANNALS_CSV,   /* RFC 4180 */
    ANNALS_TSV,
    ANNALS_JSON, /* one array or object */
    ANNALS_JSONL /* one object a line */
} annals_layout;

/* What is asked; NULL and 0 mean no limit. Names match from the beginning of any of their words on
 * (what has fewer than four letters: a whole word), whatever their case and accents. */
typedef struct annals_query {
    annals_view view;
    const char *id;       /* for ANNALS_SHOW; for ANNALS_CONTROL the name of a place */
    const char *from, *to; /* YYYY-MM-DD: happened (reports: published) in these days, inclusive */
    const char *place;    /* name of the place, or of the district, province, country it lies in;
                           * "Kunduz, Afghanistan"; a geonameid */
    const char *actor;    /* who takes part, or holds */
    const char *type;     /* PLOVER type or mode, CAMEO code, ACLED type or sub-event type */
    const char *status;   /* asserted, claimed, denied, ... */
    const char *source;   /* outlet */
    const char *text;     /* words that the sentence (reports: the report) holds; "a phrase"; pre* */
    uint64_t limit;       /* number of rows */
    annals_layout layout;
    uint32_t width;       /* columns of the terminal; 0 = as wide as it comes */
    bool colour;          /* ANSI colours */
    bool ids;             /* ANNALS_TIMELINE: the event's id behind each line */
    const char *on;       /* ANNALS_CONTROL: YYYY-MM-DD; NULL: the day of the newest report */
    bool history;         /* ANNALS_CONTROL: one period after the other */
    bool why;             /* ANNALS_SHOW: why the reports of an event were joined */
    double within;        /* kilometres around `place`, which may be "36.7,68.9"; 0 = in it */
    const char *speaker;  /* according to whom */
    const char *report;   /* id of a report, ours or its own */
    const char *as_of;    /* YYYY-MM-DD: only reports published by then; not those without a date */
    double confidence;    /* of claims, at least; 0 to 1 */
    uint64_t offset;      /* rows to leave out before the first */
    const char *group_by; /* count by day, week, month, year, place, admin1, country, actor, ... */
    const char *sql;      /* for ANNALS_SQL: one SELECT */
    uint32_t timeout;     /* ANNALS_SQL: milliseconds; 0 = 10,000 */
    annals_sink notes;    /* takes sentences on how names were understood; may be NULL */
    void *notes_context;
} annals_query;

/* Asks the record and writes the answer to the sink. ANNALS_NOT_FOUND where `id` is nothing of this
 * record, ANNALS_WRONG_USE where a date of the query is none. */
annals_status annals_render(annals_record *record, const annals_query *query, annals_sink sink,
                            void *context, annals_error *error);

/* ---------------------------------------------------------------------------- exporting */

typedef struct annals_export_settings {
    const char *format; /* a name of annals_export_formats */
    const char *part;   /* of a format of several files: which; NULL: the first */
    const char *data;   /* the folder of the dictionaries, for codes */
    bool hxl;           /* tables: with a row of HXL tags under the head */
    bool persons;       /* names of persons whom no dictionary knows are masked */
    double kilometres;  /* coordinates are coarsened to squares of this side; 0 leaves them */
} annals_export_settings;

/* What went out, and what the format cannot take (no day, no place, ...). */
typedef struct annals_exported {
    uint64_t rows, left_out;
} annals_exported;

/* Name and description of each format; a NULL name ends the table. `parts` is NULL for formats of
 * one file, else the names of its files, ended by NULL; `file` says that it can be written only to
 * a file or folder. */
typedef struct annals_export_format {
    const char *name, *about;
    const char *const *parts;
    bool file;
} annals_export_format;
const annals_export_format *annals_export_formats(void);

/* Writes the record's events or claims that pass the query's filters. ANNALS_WRONG_USE where there is
 * no such format. `exported` may be NULL. */
annals_status annals_export(annals_record *record, const annals_query *query,
                            const annals_export_settings *settings, annals_sink sink,
                            void *context, annals_exported *exported, annals_error *error);

/* As annals_export, for the formats that are files of their own (`path` must not be there yet). */
annals_status annals_export_file(annals_record *record, const annals_query *query,
                                 const annals_export_settings *settings, const char *path,
                                 annals_exported *exported, annals_error *error);

/* ---------------------------------------------------------------------------- watching */

/* What happened to a feed or page: `what` is one word ("feed", "same", "kept", "known", "foreign",
 * "later", "gone", "denied", "refused"), `why` the rest in words. `good`: nothing is wrong. */
typedef struct annals_watch_note {
    const char *what, *address, *why;
    bool good;
} annals_watch_note;

typedef struct annals_watch_settings {
    const char *const *feeds; /* addresses; `feed_count` 0: those that the record watches already */
    size_t feed_count;
    uint32_t every;     /* minutes from one look at a feed to the next; 0 = 30 */
    bool now;           /* look at feeds before that, unless they failed when they were asked last */
    uint32_t delay;     /* milliseconds between two requests to one host, at least */
    uint32_t timeout;   /* seconds that one request may take; 0 = 30 */
    uint64_t max_size;  /* bytes of a page or feed; 0 = 64 MiB */
    uint32_t limit;     /* pages a round; 0 = 1000 */
    bool allow_private; /* addresses of private networks */
    bool (*going)(void *context); /* false: stop; asked several times a second */
    void (*note)(void *context, const annals_watch_note *note); /* may be NULL */
    void *context;
} annals_watch_settings;

/* What one round did. */
typedef struct annals_watched {
    uint64_t kept, known, foreign; /* new reports (`foreign` of them not English), and others */
    uint64_t failed;               /* feeds and pages that could not be had */
    uint64_t waiting;              /* pages that wait for a later round */
    uint64_t next;                 /* seconds until there is something to do again */
} annals_watched;

/* One round: looks at the feeds (RSS, Atom, sitemaps) that are due, fetches the pages that they name
 * and the record does not know, codes and stores them, and merges. What is known of feeds and pages is
 * kept in the record, so that a round that was stopped or killed is gone on with by the next. What
 * fails on the other side is noted and asked again later; ANNALS_STOPPED where `going` said so,
 * ANNALS_WRONG_USE where a feed is no web address, else the record's errors. `watched` is always
 * filled. */
annals_status annals_watch(annals_record *record, const annals_engine *engine,
                           const annals_watch_settings *settings, annals_watched *watched,
                           annals_error *error);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#endif
