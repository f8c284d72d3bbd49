/* The record: reports with their claims, the events that claims are about, and what can be asked.
 *
 * Part of annals.h, which includes it; its head says how errors, ownership and positions are.
 */
#include "annals.h" /* before the guard: any of the parts may come first */

#ifndef ANNALS_RECORD_H
#define ANNALS_RECORD_H

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
/* These will be looked for, one after the other: a server is asked once for all. */
annals_status annals_record_expect(annals_record *record, annals_document *const *documents,
                                   size_t count, annals_error *error);

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

/* What became of a report that was to be stored. */
typedef struct annals_stored {
    bool known;   /* it was there already */
    bool foreign; /* it is not in English: stored, and not coded */
} annals_stored;

/* Stores several coded reports in one go, all or nothing, which is faster than one by one. `stored`,
 * unless NULL, has room for `count`. Until they are merged their claims are in no event. Errors as
 * above. */
annals_status annals_record_add_all(annals_record *record, const annals_engine *engine,
                                    annals_document *const *documents,
                                    const annals_origin *origins, size_t count,
                                    annals_stored *stored, annals_error *error);

/* Merges the claims of new reports into events, which may change events of earlier ones; called after
 * the last report, and between as often as one likes: the result is the same. Until then each claim
 * of a new report is an event of its own. Thousands of reports at a time are all or nothing. */
annals_status annals_record_merge(annals_record *record, annals_error *error);
/* From now on merging takes reports in smaller numbers, down to 500, where it would have more than so many bytes of memory
 * beside the database's own. 0: no limit, as at first. The result is the same. */
void annals_record_merge_within(annals_record *record, uint64_t bytes);
/* The same as annals_record_merge, where several processes fill one record on a server: merges what no other is merging, and does not
 * wait. `*left`: some reports are not merged yet. */
annals_status annals_record_merge_beside(annals_record *record, bool *left, annals_error *error);

/* Told how many of how many pages are copied; false stops with ANNALS_STOPPED. */
typedef bool (*annals_copy_progress)(void *context, uint64_t done, uint64_t total);

/* Copies the record at `from` to `to` while others read and write it: what stood in it when the copy
 * began, compared dump by dump before it gets its name. For backups, and to bring them back.
 * ANNALS_CANNOT_WRITE where there is a file at `to` already; a failure leaves none. */
annals_status annals_record_copy(const char *from, const char *to, uint32_t wait,
                                 annals_copy_progress progress, void *context,
                                 annals_error *error);

/* ---------------------------------------------------------------------------- deciding */

/* What a person decides. Nothing is overwritten: decisions are added, and can be undone. */
typedef struct annals_decision {
    const char *kind;       /* "amend", "accept", "reject", "note", "merge", "split", "undo" */
    const char *const *ids; /* amend, accept, reject: a claim; note: anything; merge: events; split:
                               an event and the claims that leave it; undo: a decision ("d12") */
    size_t id_count;
    const char *slot, *value; /* amend: what of the claim, and what it is (docs/record.md) */
    const char *author;
    const char *reason;  /* may be NULL; the text of a note */
    const char *decided; /* ISO 8601 date or time; may be NULL */
    const uint64_t *seen; /* the newest decision on its ids that the author knows of, 0: none; NULL: he
                             decides whatever others did */
} annals_decision;

/* Keeps the decisions, in their order, and gives them effect; all or none. `*first` gets the number of
 * the first. A place is looked up in the record, then in the gazetteer below `data` (may be NULL).
 * ANNALS_NOT_FOUND: an id is nothing of this record. ANNALS_WRONG_USE: an id stands for several, a slot
 * or value is none, a place's name for several. ANNALS_STOPPED: somebody decided on an id after `seen`. */
annals_status annals_record_decide(annals_record *record, const char *data,
                                   const annals_decision *decisions, size_t count,
                                   uint64_t *first, annals_error *error);

/* ---------------------------------------------------------------------------- coding again */

/* How many reports were coded by other versions than those of `engine`. */
annals_status annals_record_outdated(annals_record *record, const annals_engine *engine,
                                     uint64_t *count, annals_error *error);

/* The next report that another version coded, to be coded again: its text, blocks and facts as they
 * were taken in. `*document` gets NULL after the last one. */
annals_status annals_record_next(annals_record *record, const annals_engine *engine,
                                 annals_document **document, annals_error *error);

/* Stores its new coding; the older one is kept under its version. annals_record_merge follows the
 * last one. All or nothing, and nothing where the report is coded so already. */
annals_status annals_record_replace(annals_record *record, const annals_engine *engine,
                                    const annals_document *document, annals_error *error);

/* ---------------------------------------------------------------------------- checking */

/* Checks every report's bytes against their SHA-256, every position, reference, search table and
 * event. Each damage goes to the sink as a line; `*damages` is their number. The record is to be
 * opened for writing, though nothing is written. `progress` may be NULL. */
annals_status annals_record_verify(annals_record *record, annals_sink sink,
                                   annals_progress progress, void *context, uint64_t *damages,
                                   annals_error *error);

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
    ANNALS_LOG,      /* decisions, of `id` or all, in their order */
    ANNALS_REVIEW,   /* without `id`: ids of claims that nobody (not `author`) decided on, the most
                        uncertain first, one a line; with it: that claim for a reviewer */
    ANNALS_AGREEMENT, /* how far people agree who decided on the same claims */
    ANNALS_CHANGES,  /* what the last coding again changed in claims, events and figures */
    ANNALS_GEOJSON,  /* events with a place, as GeoJSON; the layout is ignored */
    ANNALS_ACTORS,   /* who takes part or speaks, one row an actor of the world */
    ANNALS_PLACES,   /* where, one row a place of the world */
    ANNALS_RELATIONS, /* who fights, accuses, supplies, talks to whom */
    ANNALS_SQL,      /* the answer to `sql`, which can only read */
    ANNALS_COUNT,    /* how many of `what`: low, best, high, by side, by source, by event */
    ANNALS_DISPUTES, /* where reports or speakers contradict one another */
    ANNALS_DUMP      /* every row that depends on the reports alone; the layout is ignored */
} annals_view;

typedef enum annals_layout {
    ANNALS_TABLE, /* aligned, for people */
    ANNALS_CSV,   /* RFC 4180 */
    ANNALS_TSV,
    ANNALS_JSON, /* one array or object */
    ANNALS_JSONL /* one object a line */
} annals_layout;

/* Which of the figures that several witnesses give of one event is called the best. */
typedef enum annals_best {
    ANNALS_BEST_UCDP,   /* nobody's own boast, the latest report, the figure that most give */
    ANNALS_BEST_LATEST, /* the latest report's */
    ANNALS_BEST_MEDIAN, /* the lower median of all witnesses */
    ANNALS_BEST_LOW,
    ANNALS_BEST_HIGH
} annals_best;

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
    const char *author;   /* ANNALS_REVIEW: who; ANNALS_AGREEMENT: with `other`, the two */
    const char *other;
    const char *with;     /* as this version (its beginning will do) coded the reports, without what
                             people decided; lists and ANNALS_SHOW */
    annals_best best;     /* figures of events */
    const char *data;     /* ANNALS_DISPUTES: the folder of the dictionaries; NULL: claims are compared,
                             but not the words of sentences */
    const char *what;     /* ANNALS_COUNT: killed, wounded, captured, detained, displaced, ... */
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

/* ---------------------------------------------------------------------------- serving */

/* The record as a web page with its JSON API; read-only but for `write_token`. Other fields may be NULL
 * or 0. */
typedef struct annals_service {
    const char *record;  /* path; required */
    const char *page;    /* folder of the page's files; required */
    const char *data;    /* folder of the dictionaries; NULL: as in annals_query */
    const char *address; /* to listen on; NULL: 127.0.0.1 */
    uint16_t port;       /* 0: any that is free */
    const char *token;   /* that who asks must know; required unless only this machine can ask */
    const char *write_token; /* that who decides must know; NULL: nobody decides here */
    uint32_t limit;      /* milliseconds that a question may take; 0: 5000 */
    annals_sink log;     /* gets a line a request, from several threads, one at a time */
    annals_log_format log_format;
    void *context;       /* of log */
} annals_service;

typedef struct annals_server annals_server;

/* Serves until annals_server_close, on threads of its own. ANNALS_WRONG_USE (an address that others
 * reach, without a token), ANNALS_BUSY (the port), and as annals_record_open. */
annals_status annals_serve(const annals_service *service, annals_server **server,
                           annals_error *error);
uint16_t annals_server_port(const annals_server *server);
/* Lets what is being answered end, then stops. */
void annals_server_close(annals_server *server);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#endif
