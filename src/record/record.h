/* The record: reports, claims with their sources, and the events that claims are about.
 *
 * This is the whole interface of src/record; no database shows through it, so that another store
 * can stand behind it. sqlite.c opens and commits, writing.c stores, queries.c and rows.c ask,
 * dump.c lists everything. Rows handed to a visitor live until it returns. */
#ifndef ANNALS_RECORD_RECORD_H
#define ANNALS_RECORD_RECORD_H

#include "bytes/array.h"
#include "bytes/status.h"
#include "document/document.h"

struct record;

/* With what reports are coded. */
struct record_version {
    const char *program, *dictionaries, *models;
};

/* ------------------------------------------------------------------ opening and adding */

/* `path` is a file, or the address of a database: "postgresql://host/name". */
annals_status record_open(const char *path, annals_access access, uint32_t wait,
                          struct record **record, annals_error *error);
bool record_is_address(const char *path);
void record_close(struct record *record);
const char *record_path(const struct record *record);

annals_status record_knows(struct record *record, const struct document *document,
                           const char *path, bool *known, annals_error *error);
/* On a server: these will be looked for, and are asked about at once; does nothing on a file. */
annals_status record_expect(struct record *record, const struct document *const *documents,
                            uint32_t count, annals_error *error);
annals_status record_add(struct record *record, const struct document *document,
                         const struct record_version *version, const annals_origin *origin,
                         annals_error *error);

/* Several reports in one transaction: all or nothing. Until they are merged their claims are in no
 * event. `known`, unless NULL, gets which were there already. */
annals_status record_add_all(struct record *record, const struct document *const *documents,
                             uint32_t count, const struct record_version *version,
                             const annals_origin *origins, bool *known, annals_error *error);

/* Merges the claims of all reports into events. Until then a new report's claims are events
 * of their own. Nothing happens where every report is merged. Thousands of reports at a time are all or nothing. */
annals_status record_merge(struct record *record, annals_error *error);
/* From now on merging takes fewer reports at a time, down to `least`, where it would need more bytes; 0: no limit. */
void record_merge_within(struct record *record, uint64_t bytes, uint32_t least);
/* The same, but does not wait where another merges. `*left`: some are not merged yet. */
annals_status record_merge_beside(struct record *record, bool *left, annals_error *error);

/* Copies the record at `from`, whoever writes it meanwhile, to `to`, where nothing may be yet, and
 * compares their dumps. `progress` (may be NULL) is told pages; false stops. */
annals_status record_copy(const char *from, const char *to, uint32_t wait,
                          annals_copy_progress progress, void *context, annals_error *error);

/* ------------------------------------------------------------------ ids */

enum { RECORD_ID_SIZE = 16 };

/* "r", "c" or "e" and 13 base-32 digits (Crockford's, lower case). */
void record_id_write(char letter, int64_t key, char text[RECORD_ID_SIZE]);
/* The keys that an id, or its beginning, may stand for: [*low, *high]. False where it is none. */
bool record_id_read(const char *text, char *letter, int64_t *low, int64_t *high);

/* ------------------------------------------------------------------ asking */

struct record_place {
    const char *name; /* NULL: no place */
    const char *feature, *country, *admin1, *admin2, *relation;
    int64_t geonameid;
    double latitude, longitude;
    bool located;
    int acled_precision, ucdp_precision; /* 0 unknown */
};

struct record_actor {
    const char *name; /* NULL where the mention has no actor */
    const char *kind, *type, *code;
    const char *words; /* as written; NULL where it is not in the text */
    const char *sort;  /* patients and instruments: person, facility, bomb, … */
    const char *entry; /* id in the dictionary of actors; NULL where it is not there */
    const char *country, *who; /* ISO 3166-1, three letters; combatant, civilian, … */
};

struct record_count {
    const char *what, *who;
    double low, high; /* NAN where unbounded */
    struct byte_span where; /* the number in the report's text; empty where it is not in it */
};

/* What somebody decided. */
struct record_decision {
    int64_t number;
    const char *kind, *author, *decided, *reason; /* the last two may be NULL */
    const char *slot, *was, *value;               /* of an amendment; values NULL where unknown */
    int64_t undoes, undone_by, replaced_by;       /* decisions; 0: none */
    bool gone;                                    /* what it was about is not in today's coding */
    ARRAY(const char *) targets;                  /* ids */
};

struct record_report {
    char id[RECORD_ID_SIZE];
    const char *sha256, *name, *title, *source, *byline, *url, *language;
    const char *published, *published_from; /* NULL where unknown */
    const char *text;
    uint32_t claims, sentences;
    ARRAY(const char *) paths;
    const char *found; /* where words were asked for: what stands around them; see RECORD_MARK */
    struct record_version version;
};

/* In `found`: before and behind a word that was asked for. */
#define RECORD_MARK "\x01"
#define RECORD_MARK_END "\x02"

struct record_claim {
    char id[RECORD_ID_SIZE], event[RECORD_ID_SIZE], report[RECORD_ID_SIZE];
    const char *title, *source, *name, *published, *path; /* of the report */
    const char *original; /* the report whose text this one prints; NULL where it is its own */
    const char *sentence;                                  /* NULL where it has none */
    struct byte_span trigger;                              /* in `sentence` */
    struct byte_span where;                                /* the trigger in the report's text */
    const char *plover, *mode, *cameo, *acled_type, *acled_detail;
    const char *first, *last, *precision;
    struct record_place place;
    const char *status, *control;
    struct record_place control_place;
    const char *control_holder;
    double confidence;
    const char *rule, *explanation;
    const char *clause; /* the words that tell it, or NULL */
    const char *found;  /* as a report's */
    ARRAY(struct record_actor) agents;
    ARRAY(struct record_actor) patients;
    ARRAY(struct record_actor) instruments;
    ARRAY(struct record_actor) according_to;
    ARRAY(struct record_count) counts;
    struct record_version version;
    ARRAY(struct record_decision) decisions; /* that hold, in their order */
};

/* How a figure is known. */
enum record_basis {
    BASIS_UNKNOWN,   /* nobody says */
    BASIS_NONE_TOLD, /* victims are told, but none of this kind: 0, as ACLED records it */
    BASIS_TOLD,      /* victims told one by one */
    BASIS_GIVEN      /* a number in the text */
};

/* "given", "told", "none told"; NULL for BASIS_UNKNOWN. */
const char *record_basis_name(enum record_basis basis);

/* Low, best and high of one kind of count over the claims of an event; NAN where nobody counts. */
struct record_figure {
    double low, best, high;
    enum record_basis basis;
};

/* What one witness says of how many, and whether that enters into the figure. */
struct record_saying {
    const struct record_claim *claim;
    const char *side; /* NULL: all together */
    double low, high; /* NAN where unbounded */
    const char *left_out; /* why it does not count: "replaced", "longer time", …; NULL: it counts */
    bool summed;          /* nobody says it: the sum of what one witness says of each side */
};

/* One kind of count in an event: of all sides together, and of each. */
struct record_toll {
    const char *what, *side; /* side NULL: of all */
    struct record_figure figure;
    ARRAY(struct record_saying) sayings;
};

enum { RECORD_TERMS = 9 };

/* Why two reports were joined: the terms of a score in log odds, and the rarest words of both. */
struct record_join {
    const char *report, *other; /* outlet, title or id, and day */
    const char *words;          /* NULL: none */
    double terms[RECORD_TERMS];
};

/* "base", "wording", …: what a term is of. */
const char *record_term_name(int term);

struct record_event {
    char id[RECORD_ID_SIZE];
    const struct record_claim *claims; /* the one that tells most first */
    const struct record_claim *listed; /* of an act: by whose day it stands in a list; else NULL */
    uint32_t claim_count;
    const char *first, *last;
    struct record_place place; /* that most reports name */
    struct record_figure killed, wounded;
    ARRAY(struct record_toll) tolls; /* by kind, then all before each side */
    bool disputed;
    ARRAY(struct record_join) joins;
    ARRAY(const char *) copies; /* "Morning Post prints the text of Evening Post" */
};

struct record_summary {
    char path[512];
    int schema;
    uint64_t reports, dated, sources, sentences, claims, events, places, actors;
    char first_published[16], last_published[16], first[16], last[16];
    ARRAY(struct record_version) versions;
};

/* Whether a call that changes the record, and was rolled back, is to be made once more: the database ended
 * it because it stood in another's way (PostgreSQL: a deadlock). Waits a moment, longer each time,
 * and gives up after eight. `*times` is 0 at first. */
bool record_again(struct record *record, annals_status status, unsigned *times);

/* Returning anything but ANNALS_OK stops the listing, which then returns the same. */
typedef annals_status (*record_report_visitor)(void *context, const struct record_report *report);
typedef annals_status (*record_claim_visitor)(void *context, const struct record_claim *claim);
typedef annals_status (*record_event_visitor)(void *context, const struct record_event *event);

/* Lists in order of date (undated last), place, and id. Only `id`, the filters and `limit` of the
 * query count; `id` is one id or the beginning of one. */
annals_status record_reports(struct record *record, const annals_query *query,
                             record_report_visitor visit, void *context, annals_error *error);
annals_status record_claims(struct record *record, const annals_query *query,
                            record_claim_visitor visit, void *context, annals_error *error);
annals_status record_events(struct record *record, const annals_query *query,
                            record_event_visitor visit, void *context, annals_error *error);
/* As record_events, but one thing done after the other: an event's acts, each with its claims. */
annals_status record_acts(struct record *record, const annals_query *query,
                          record_event_visitor visit, void *context, annals_error *error);
/* One name of a report, and what it is. */
typedef annals_status (*record_name_visitor)(void *context, const char *name, const char *what);
/* Persons of a report whom the dictionaries know: name, and each of its wordings (or NULL). */
annals_status record_known_persons(struct record *record, const char *report,
                                   record_name_visitor visit, void *context, annals_error *error);
/* Persons of a report whom no dictionary knows: name, and each of its wordings (or NULL), a line feed
 * and the text behind it. */
annals_status record_private_persons(struct record *record, const char *report,
                                     record_name_visitor visit, void *context, annals_error *error);
/* Who and what a report is about: name, and "person", "organisation" or "place". */
annals_status record_story(struct record *record, const char *report, record_name_visitor visit,
                           void *context, annals_error *error);

/* Of the whole record, or of what was published by the day `as_of`. `summary`'s array lives in `arena`. */
annals_status record_summary(struct record *record, const char *as_of, struct arena *arena,
                             struct record_summary *summary, annals_error *error);

/* ------------------------------------------------------------------ tables */

/* A value of a table that is made by SQL alone. */
struct record_cell {
    enum { CELL_NULL, CELL_INTEGER, CELL_REAL, CELL_TEXT } kind;
    int64_t integer;
    double real;
    const char *text; /* CELL_TEXT; ends with a NUL */
};

/* `begin` comes once, before the first row; a name that begins with a dot is for files alone and
 * left out of tables for people. */
struct record_table {
    annals_status (*begin)(void *context, const char *const *names, uint32_t count);
    annals_status (*row)(void *context, const struct record_cell *cells, uint32_t count);
    void *context;
};

/* Actors, places or relations (the query's view); or reports, claims, events counted by the query's
 * `group_by`. */
annals_status record_overview(struct record *record, const annals_query *query,
                              const struct record_table *table, annals_error *error);
/* What the query's `sql` selects. ANNALS_WRONG_USE where it does more than read. */
annals_status record_sql(struct record *record, const annals_query *query,
                         const struct record_table *table, annals_error *error);

/* Every row that depends on the reports alone, as `table<tab>value<tab>…` lines, sorted. Records of
 * the same reports give the same bytes. */
annals_status record_dump(struct record *record, annals_sink sink, void *context,
                          annals_error *error);

#include "record/deciding.h"

#endif
