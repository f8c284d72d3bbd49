/* What the files of src/record share: the SQLite connection, its prepared statements, errors. */
#ifndef ANNALS_RECORD_SQLITE_H
#define ANNALS_RECORD_SQLITE_H

#include "record/record.h"
#include "record/store.h"

enum { RECORD_SCHEMA = 11, RECORD_APPLICATION = 0x616e6e6c /* "annl" */ };

/* The schema files in order, made by the build from src/record/schema/; NULL ends the list. */
extern const char *const record_schema[];
/* Those for PostgreSQL, from src/record/schema/postgresql/: the first makes schema 8. */
extern const char *const postgresql_schema[];
enum { POSTGRESQL_FIRST_SCHEMA = 8 };
/* How its tables are kept there (keys, triggers, indexes, small rows packed), which no question sees, from
 * schema/postgresql/own/: it is counted by itself. */
extern const char *const postgresql_arrangement[];
enum { POSTGRESQL_ARRANGEMENT = 7 };

/* What rows.c loads of a claim, of its report r, version v, event e, sentence s and holder h. */
#define CLAIM_COLUMNS                                                                              \
    "c.claim, e.event, r.report, r.title, r.source, r.name, r.published, "                         \
    "(SELECT min(path) FROM sightings g WHERE g.report = r.report), "                              \
    "r.text, s.start, s.stop, c.trigger_start, c.trigger_stop, "                                   \
    "c.plover, c.mode, c.cameo, c.acled_type, c.acled_detail, "                                    \
    "c.first, c.last, c.precision, c.status, c.control, c.confidence, c.rule, "                    \
    "c.explanation, h.name, v.program, v.dictionaries, v.models, c.place, c.control_place, "       \
    "c.clause, (SELECT original FROM copies p WHERE p.report = c.report) "

/* Statements that are prepared once a connection. */
#define STATEMENT_TABLE(ROW)                                                                       \
    ROW(BEGIN, "BEGIN IMMEDIATE")                                                                  \
    ROW(COMMIT, "COMMIT")                                                                          \
    ROW(ROLLBACK, "ROLLBACK")                                                                      \
    ROW(FIND_REPORT, "SELECT sha256, report FROM digests JOIN reports USING (report) "             \
                     "WHERE digest = ?")                                                           \
    ROW(FIND_NEIGHBOUR, "SELECT report FROM reports WHERE report >= ?1 AND report <= ?1 + 8388607") \
    ROW(ADD_DIGEST, "INSERT INTO digests VALUES (?, ?)")                                           \
    ROW(ADD_SIGHTING, "INSERT OR IGNORE INTO sightings VALUES (?, ?, ?)")                          \
    ROW(ADD_VERSION, "INSERT OR IGNORE INTO versions VALUES (?, ?, ?, ?)")                         \
    ROW(ADD_REPORT, "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")       \
    ROW(ADD_ORIGINAL, "INSERT INTO originals VALUES (?, ?, ?, ?)")                                 \
    ROW(ADD_BLOCK, "INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?)")                                 \
    ROW(ADD_SENTENCE, "INSERT INTO sentences VALUES (?, ?, ?, ?, ?)")                              \
    ROW(ADD_TIME, "INSERT INTO times VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")                          \
    ROW(ADD_PLACE, "INSERT INTO places VALUES "                                                    \
                   "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")                       \
    ROW(ADD_ACTOR, "INSERT INTO actors VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")                  \
    ROW(ADD_MENTION, "INSERT OR IGNORE INTO actor_mentions VALUES (?, ?, ?, ?)")                   \
    ROW(ADD_CLAIM, "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "   \
                   "?, ?, ?, ?, ?, ?, ?, ?)")                                                      \
    ROW(ADD_PARTICIPANT, "INSERT INTO participants VALUES (?, ?, ?, ?, ?, ?, ?)")                  \
    ROW(ADD_COUNT, "INSERT INTO counts VALUES (?, ?, ?, ?, ?, ?, ?, ?)")                           \
    ROW(ADD_ACCORDING_TO, "INSERT INTO according_to VALUES (?, ?, ?, ?, ?, ?, ?)")                 \
    ROW(ADD_EVENT, "INSERT INTO events (event, first, last, plover, place_report, place) "          \
                   "VALUES (?, ?, ?, ?, ?, ?)")                                                    \
    ROW(ADD_EVENT_CLAIM, "INSERT INTO event_claims (claim, event, act) VALUES (?, ?, ?)")          \
    ROW(ADD_UNMERGED, "INSERT OR IGNORE INTO unmerged VALUES (?)")                                           \
    ROW(ANY_UNMERGED, "SELECT EXISTS (SELECT 1 FROM unmerged)")                                    \
    ROW(ONE_REPORT, "SELECT published, title, text FROM reports WHERE report = ?")                 \
    ROW(REPORT_SENTENCES,                                                                          \
        "SELECT start, stop FROM sentences WHERE report = ? ORDER BY sentence")                    \
    ROW(REPORT_PLACES,                                                                             \
        "SELECT start, coalesce(geonameid, 0), latitude, longitude, feature, country, admin1, "    \
        "relation FROM places WHERE report = ? ORDER BY place")                                             \
    ROW(REPORT_CLAIMS,                                                                             \
        "SELECT claim, trigger_start, sentence, plover, mode, status, place, first, last, "        \
        "precision, control, EXISTS (SELECT 1 FROM counts n WHERE n.claim = c.claim), anchor, "    \
        "EXISTS (SELECT 1 FROM participants t WHERE t.claim = c.claim AND t.role = 'agent'), "     \
        "acled_detail FROM claims c WHERE report = ? ORDER BY trigger_start, claim")                            \
    ROW(REPORT_PERSONS,                                                                            \
        "SELECT a.folded, m.start FROM actor_mentions m JOIN actors a USING (report, actor) "      \
        "WHERE m.report = ? AND a.kind = 'person' ORDER BY m.start, m.actor")                      \
    ROW(REPORT_FIGURES,                                                                            \
        "SELECT n.claim, n.what, n.low FROM claims c JOIN counts n USING (claim) "                 \
        "WHERE n.claim BETWEEN ?1 & ~8388607 AND ?1 | 8388607 AND c.report = ?1 AND n.what IN ('killed', 'wounded') AND n.low = n.high AND n.low > 1 " \
        "ORDER BY n.claim, n.number")                                                              \
    ROW(REPORT_TEXT, "SELECT coalesce(title || char(10), '') || text FROM reports "                \
                     "WHERE report = ?")                                                           \
    ROW(SET_EVENT,                                                                                 \
        "INSERT INTO events (event, first, last, plover, place_report, place) "                    \
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (event) DO UPDATE SET first = ?2, last = ?3, " \
        "plover = ?4, place_report = ?5, place = ?6 WHERE events.first IS NOT ?2 OR events.last "   \
        "IS NOT ?3 OR events.plover IS NOT ?4 OR events.place_report IS NOT ?5 OR "                 \
        "events.place IS NOT ?6")                           \
    ROW(SET_EVENT_CLAIM,                                                                           \
        "INSERT INTO event_claims (claim, event, act) VALUES (?1, ?2, ?3) ON CONFLICT (claim) "    \
        "DO UPDATE SET event = ?2, act = ?3 WHERE event_claims.event IS NOT ?2 OR "    \
        "event_claims.act IS NOT ?3")               \
    ROW(ADD_JOIN, "INSERT INTO joins VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")                 \
    ROW(ADD_COPY, "INSERT INTO copies VALUES (?, ?)")                                              \
    ROW(SEARCH_REPORT, "INSERT INTO report_search (rowid, title, text) VALUES (?, ?, ?)")          \
    ROW(SEARCH_CLAIM, "INSERT INTO claim_search (rowid, sentence) VALUES (?, ?)")                  \
    ROW(REPORT_PATHS, "SELECT path FROM sightings WHERE report = ? ORDER BY path")                 \
    ROW(LOAD_REPORT,                                                                               \
        "SELECT r.report, r.sha256, r.name, r.title, r.source, r.byline, r.url, r.language, "      \
        "r.published, r.published_from, r.text, "                                                  \
        "(SELECT count(*) FROM claims c WHERE c.report = r.report), "                              \
        "(SELECT count(*) FROM sentences s WHERE s.report = r.report), "                           \
        "v.program, v.dictionaries, v.models "                                                     \
        "FROM reports r JOIN versions v USING (version) WHERE r.report = ?")                       \
    ROW(LOAD_CLAIM,                                                                                \
        "SELECT " CLAIM_COLUMNS                                                                    \
        "FROM claims c JOIN reports r USING (report) JOIN versions v ON v.version = c.version "    \
        "LEFT JOIN event_claims e ON e.claim = c.claim "                                           \
        "LEFT JOIN sentences s ON s.report = c.report AND s.sentence = c.sentence "                \
        "LEFT JOIN actors h ON h.report = c.report AND h.actor = c.control_holder "                \
        "WHERE c.claim = ?")                                                                       \
    ROW(LOAD_PLACE,                                                                                \
        "SELECT name, feature, country, admin1, admin2, relation, geonameid, latitude, "           \
        "longitude, acled_precision, ucdp_precision FROM places WHERE report = ? AND place = ?")   \
    ROW(LOAD_EVENT, "SELECT first, last, place_report, place FROM events WHERE event = ?")                              \
    ROW(EVENT_CLAIMS, "SELECT claim FROM event_claims WHERE event = ? ORDER BY claim")             \
    ROW(ACT_CLAIMS, "SELECT claim FROM event_claims WHERE act = ? ORDER BY claim")                 \
    ROW(EVENT_JOINS,                                                                               \
        "SELECT coalesce(r.source, r.title, r.name, '') || coalesce(', ' || r.published, ''), "    \
        "coalesce(o.source, o.title, o.name, '') || coalesce(', ' || o.published, ''), j.words, "  \
        "j.base, j.wording, j.persons, j.town, j.division, j.apart, j.published, j.day, "          \
        "j.figures, r.published, o.published FROM event_claims l JOIN joins j ON j.claim = l.claim "                         \
        "JOIN claims c ON c.claim = j.claim JOIN reports r ON r.report = c.report "                \
        "JOIN claims d ON d.claim = j.other JOIN reports o ON o.report = d.report "                \
        "WHERE l.event = ? ORDER BY j.claim, j.other")                                             \
    ROW(EVENT_COPIES,                                                                              \
        "SELECT DISTINCT coalesce(r.source, r.title, r.name, '') || coalesce(', ' || "             \
        "r.published, '') || ' prints the text of ' || coalesce(o.source, o.title, o.name, '') "   \
        "|| coalesce(', ' || o.published, ''), r.published, o.published FROM event_claims l "      \
        "JOIN claims c USING (claim) "                                                             \
        "JOIN copies p ON p.report = c.report JOIN reports r ON r.report = p.report "              \
        "JOIN reports o ON o.report = p.original WHERE l.event = ? ORDER BY 1")                    \
    ROW(CLAIM_PARTICIPANTS,                                                                        \
        "SELECT a.name, a.kind, a.type, a.code, p.start, p.stop, p.kind, p.role, a.entry, "       \
        "a.country, a.who "                                                                        \
        "FROM participants p JOIN claims c USING (claim) "                                         \
        "LEFT JOIN actors a ON a.report = c.report AND a.actor = p.actor "                         \
        "WHERE p.claim = ? ORDER BY p.role, p.number")                                             \
    ROW(CLAIM_COUNTS, "SELECT what, who, low, high, start, stop FROM counts "                      \
        "WHERE claim = ? ORDER BY number")                                                         \
    ROW(CLAIM_SPEAKERS,                                                                            \
        "SELECT a.name, a.kind, a.type, a.code, p.start, p.stop, a.entry, a.country, a.who "       \
        "FROM according_to p "                                                                     \
        "JOIN claims c USING (claim) "                                                             \
        "LEFT JOIN actors a ON a.report = c.report AND a.actor = p.actor "                         \
        "WHERE p.claim = ? ORDER BY p.number")                                                     \
    ROW(CLAIM_DECISIONS,                                                                           \
        "SELECT d.decision, d.kind, d.author, d.decided, d.reason, d.slot, d.was, d.value "        \
        "FROM decided_claims b JOIN decisions d USING (decision) WHERE b.claim = ?1 AND "          \
        "d.kind IN ('amend', 'accept', 'reject', 'note') AND NOT EXISTS (SELECT 1 FROM decisions " \
        "u WHERE u.undoes = d.decision) AND NOT EXISTS (SELECT 1 FROM decided_claims o JOIN "      \
        "decisions n USING (decision) WHERE o.claim = b.claim AND n.decision > d.decision AND "    \
        "((d.kind = 'amend' AND n.kind = 'amend' AND n.slot = d.slot) OR (d.kind = 'reject' AND "  \
        "n.kind IN ('accept', 'amend', 'reject')) OR (d.kind = 'accept' AND n.kind = 'reject')) "  \
        "AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = n.decision)) "                 \
        "ORDER BY d.decision")

enum statement {
#define ROW(name, sql) SQL_##name,
    STATEMENT_TABLE(ROW)
#undef ROW
    STATEMENT_COUNT
};

/* Statements of statements.c that stay prepared. */
enum { STATEMENTS_KEPT = 256 };

struct record {
    struct store database[1]; /* an array of one: a pointer where it is passed on */
    struct store_statement *statements[STATEMENT_COUNT];
    /* By the hash of their text; NULL where there is none. */
    struct store_statement *kept[STATEMENTS_KEPT];
    uint32_t wait;
    bool writable;
    bool unchecked; /* references are not checked: see record_check_references */
    int64_t deadline; /* of the question at hand; 0: there is no limit */
    struct waiting_rows *waiting; /* NULL until there are some (record_waiting_rows) */
    struct record_columns *columns; /* in memory, of the record's present state; NULL: none */
    uint64_t merging_bytes; /* that a merging may take (record_merge_within); 0: what it needs */
    uint32_t merging_least; /* so few reports go through whatever they take */
    uint32_t merging_reports; /* that were not too many for it; 0: as many as are usual */
    bool claims_alone; /* of an event: neither its figures nor why it is one are loaded */
    annals_best best; /* which of an event's figures is the best, for the question at hand */
    char as_of[12];   /* claims published later are not loaded into events; "": all are */
    char path[512];
};

/* Turns the connection's last error into a status and a sentence that begins with `doing`. */
annals_status record_fail(struct record *record, const char *doing, annals_error *error);
/* The same of a code that a call returned. */
annals_status record_fail_as(struct record *record, int code, const char *doing,
                             annals_error *error);
/* Has the question at hand taken as long as it may (record_limit)? The database looks for itself; what is
 * computed beside it must ask. */
bool record_is_late(const struct record *record);
/* ANNALS_STOPPED where it has. */
annals_status record_check_time(struct record *record, const char *doing, annals_error *error);
/* The prepared statement, reset and unbound; NULL on failure (record_fail tells). */
struct store_statement *record_statement(struct record *record, enum statement statement);

/* The text of a column that the schema says is never null, lent until the next step; "" where a damaged
 * record has none. */
const char *record_text(struct store_statement *row, int column);
/* Whether the database checks each reference, deletes what refers to a row with it, and looks each word
 * of a closed list up (it builds a table of the list for every row); not within a transaction. Rows of
 * many reports that are written at once refer to each other by their making, and their words are ours;
 * `annals verify` checks both: that saves a quarter of the work. */
annals_status record_check_references(struct record *record, bool checked, annals_error *error);
/* Where rows of many reports wait on their way into the file (waiting_rows.h); NULL for PostgreSQL, which
 * has its own way, and where memory ran out. */
struct waiting_rows *record_waiting_rows(struct record *record);
/* Runs a statement that returns no rows and has no parameters. */
annals_status record_run(struct record *record, enum statement statement, const char *doing,
                         annals_error *error);

/* Opens a record in PostgreSQL, whose address is the record's path (postgresql_opening.c). */
annals_status record_open_postgresql(struct record *record, annals_error *error);

#endif
