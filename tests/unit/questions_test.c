/* record/: the filters of questions, on a record of invented nations: each way of finding rows
 * gives the same rows, names are taken for what they stand for, and the overviews count right. */
#include "record/filters.h"
#include "store.h"
#include "stories.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static struct record *record;
static char folder[64], path[160];

static int open_stories(void **state)
{
    (void)state;
    static const struct record_version version = {"0.0", "1234567890abcdef", "fedcba0987654321"};
    snprintf(folder, sizeof folder, "/tmp/annals-questions-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return 1;
    store_path(path, sizeof path, folder);
    if (record_open(path, ANNALS_READ_WRITE, 1000, &record, NULL) != ANNALS_OK)
        return 1;
    for (int i = 0; i < STORY_COUNT; i++) {
        struct story story;
        story_make(&story, i);
        annals_origin origin = {.path = "news/story.txt"};
        if (record_add(record, &story.document, &version, &origin, NULL) != ANNALS_OK)
            return 1;
        arena_release(&story.arena);
    }
    return 0;
}

static int close_stories(void **state)
{
    (void)state;
    record_close(record);
    unlink(path);
    return rmdir(folder);
}

/* ------------------------------------------------------------------ the ways of finding */

/* The first column of a statement with the filters' values, joined by blanks. */
static void keys_of(struct filters *filters, const struct buffer *sql, struct buffer *keys)
{
    struct store_statement *row = NULL;
    if (store_prepare(record->database, sql->bytes, &row) != STORE_OK)
        fail_msg("%s: %s", store_message(record->database), sql->bytes);
    filters_bind(filters, row);
    while (store_step(row) == STORE_ROW)
        buffer_print(keys, "%lld ", (long long)store_int64(row, 0));
    assert_int_equal(store_reset(row), STORE_OK);
    store_finalize(row);
}

#define EVENTS_OF                                                                                  \
    "SELECT DISTINCT l.event AS key FROM event_claims l JOIN claims c ON c.claim = l.claim "       \
    "JOIN reports r ON r.report = c.report JOIN events v ON v.event = l.event WHERE "
#define CLAIMS_OF  "SELECT c.claim AS key FROM claims c JOIN reports r ON r.report = c.report WHERE "
#define REPORTS_OF "SELECT r.report AS key FROM reports r WHERE "

static void same_rows(const annals_query *query, enum filter_subject subject)
{
    static const char *const heads[] = {REPORTS_OF, CLAIMS_OF, EVENTS_OF};
    static const char *const columns[] = {"r.report", "c.claim", "l.claim"};
    struct filters filters;
    struct buffer sql, tried, found;
    annals_error error = {0};
    buffer_init(&sql);
    buffer_init(&tried);
    buffer_init(&found);
    if (filters_open(&filters, record, query, "cer", &error) != ANNALS_OK)
        fail_msg("%s", error.sentence);
    buffer_add_string(&tried, "");
    buffer_add_string(&sql, heads[subject]);
    filters_add(&filters, subject, "", &sql);
    buffer_add_string(&sql, " ORDER BY key");
    keys_of(&filters, &sql, &tried);
    for (int name = 0; name < FILTER_NAMES; name++) {
        if (filters.values[name] == NULL || !filters_can_gather(&filters, (enum filter_name)name))
            continue;
        buffer_clear(&sql);
        buffer_clear(&found);
        buffer_add_string(&found, "");
        buffer_print(&sql, "%s%s IN (", heads[subject], columns[subject]);
        filters_source((enum filter_name)name, subject, &sql);
        buffer_add_byte(&sql, ')');
        filters_add(&filters, subject, " AND ", &sql);
        buffer_add_string(&sql, " ORDER BY key");
        keys_of(&filters, &sql, &found);
        if (strcmp(tried.bytes, found.bytes) != 0)
            fail_msg("filter %d, subject %d: gathered \"%s\", tried \"%s\": %s", name, subject,
                     found.bytes, tried.bytes, sql.bytes);
    }
    buffer_clear(&sql);
    buffer_clear(&found);
    buffer_add_string(&found, "");
    buffer_add_string(&sql, "SELECT * FROM (");
    filters_keys(&filters, subject, &sql);
    buffer_add_string(&sql, ") ORDER BY 1");
    keys_of(&filters, &sql, &found);
    assert_string_equal(found.bytes, tried.bytes);
    filters_release(&filters);
    buffer_release(&sql);
    buffer_release(&tried);
    buffer_release(&found);
}

static void gathering_and_walking_agree(void **state)
{
    (void)state;
    static const annals_query queries[] = {
        {.place = "minas"},
        {.place = "Anórien"},
        {.place = "gd", .status = "claimed"},
        {.place = "minas", .within = 20},
        {.actor = "mordor"},
        {.actor = "gondor", .place = "gd"},
        {.speaker = "steward"},
        {.type = "assault"},
        {.type = "19"},
        {.type = "seize", .status = "asserted"},
        {.status = "denied"},
        {.source = "dale", .actor = "gondor"},
        {.report = "siege"},
        {.text = "gondor"},
        {.from = "3019-03-13"},
        {.to = "3019-03-13"},
        {.from = "3019-03-12", .to = "3019-03-14", .actor = "gondor"},
        {.as_of = "3019-03-14", .place = "gd"},
        {.confidence = 0.5, .text = "mordor"},
    };
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
        for (int subject = FILTER_REPORTS; subject <= FILTER_EVENTS; subject++)
            same_rows(&queries[i], (enum filter_subject)subject);
}

/* ------------------------------------------------------------------ values */

struct heard {
    char notes[2000];
};

static bool hear(void *context, const char *bytes, size_t length)
{
    struct heard *heard = context;
    snprintf(heard->notes, sizeof heard->notes, "%.*s", (int)length, bytes);
    return true;
}

static annals_status count_claim(void *context, const struct record_claim *claim)
{
    (void)claim;
    ++*(int *)context;
    return ANNALS_OK;
}

static void names_and_numbers(void **state)
{
    (void)state;
    static const struct {
        annals_query query;
        int claims;
        const char *note; /* part of it; NULL: none */
    } cases[] = {
        {{.place = "Minas Tirith, Anórien"}, 3, NULL},
        {{.place = "minas tirith, gd"}, 3, NULL},
        {{.place = "Minas Tirith, Lebennin"}, 0, "there are no claims at Minas Tirith, Lebennin"},
        {{.place = "tirith"}, 3, NULL},
        {{.place = "irith"}, 0, "there are no claims"}, /* not the middle of a word */
        {{.place = "min"}, 0, "there are no claims"},   /* too short for a part of one */
        {{.place = "40.5,12.25", .within = 1}, 3, NULL},
        {{.place = "40.5,12.25", .within = 30}, 5, NULL},
        {{.place = "-40.5,12.25", .within = 30}, 0, "at within 30 km of -40.5,12.25"},
        {{.place = "Osgiliath", .within = 30}, 5, NULL},
        {{.actor = "dunland"}, 3, NULL},
        {{.actor = "nobody at all"}, 0, "with nobody at all"},
        {{.speaker = "relief"}, 1, NULL},
        {{.speaker = "Mordor"}, 0, "according to Mordor"},
        {{.report = "rain"}, -1, NULL},
        {{.report = "weather"}, 0, "in report weather"},
        {{.report = "fall"}, 3, NULL},
        {{.type = "SEIZE"}, 2, NULL},
        {{.type = "seizures"}, -1, NULL},
        {{.status = "DENIED"}, 1, NULL},
        {{.status = "perhaps"}, -1, NULL},
        {{.as_of = "3019-03-13"}, 1, NULL},
        {{.as_of = "tomorrow"}, -1, NULL},
        {{.confidence = 1.5}, -1, NULL},
        {{.within = 10}, -1, NULL},
        {{.place = "40.5,12.25"}, -1, NULL},
        {{.place = "140.5,12.25", .within = 3}, -1, NULL},
        {{.place = "  "}, -1, NULL},
        {{.place = "gd", .within = 10}, -1, NULL},
        {{.from = "3019-03-14", .to = "3019-03-13"}, -1, NULL},
        {{.limit = 4, .offset = 3}, 4, NULL},
        {{.limit = 4, .offset = 9}, 2, NULL},
        {{.source = "dale", .offset = 100}, 0, "behind that offset"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct heard heard = {""};
        annals_query query = cases[i].query;
        annals_error error = {0};
        int claims = 0;
        query.notes = hear;
        query.notes_context = &heard;
        annals_status status = record_claims(record, &query, count_claim, &claims, &error);
        if (cases[i].claims < 0) {
            if (status != ANNALS_WRONG_USE && status != ANNALS_NOT_FOUND)
                fail_msg("case %zu: taken, %d claims", i, claims);
            assert_true(strlen(error.sentence) > 10);
            continue;
        }
        if (status != ANNALS_OK || claims != cases[i].claims)
            fail_msg("case %zu: %d claims; %s %s", i, claims, error.sentence, heard.notes);
        if (cases[i].note == NULL ? heard.notes[0] != '\0'
                                  : strstr(heard.notes, cases[i].note) == NULL)
            fail_msg("case %zu: note \"%s\"", i, heard.notes);
    }
}

/* ------------------------------------------------------------------ SQL */

struct rows {
    uint32_t columns;
    int count;
};

static annals_status begin(void *context, const char *const *names, uint32_t count)
{
    (void)names;
    ((struct rows *)context)->columns = count;
    return ANNALS_OK;
}

static annals_status take(void *context, const struct record_cell *cells, uint32_t count)
{
    (void)cells;
    (void)count;
    ((struct rows *)context)->count++;
    return ANNALS_OK;
}

static void sql_only_reads(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        int rows; /* -1: refused */
    } cases[] = {
        {"SELECT 1, 2", 1},
        {"SELECT claim FROM claims;  ", 11},
        {"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT i "
         "FROM n",
         5},
        {"SELECT rowid FROM claim_search WHERE claim_search MATCH 'shelled'", 1},
        {"SELECT * FROM events_sheet", 11},
        {"SELECT * FROM claim_sheet", 11},
        {"SELECT count(*) FROM counts_sheet", 1},
        {"SELECT count(*) FROM speakers_sheet", 1},
        {"SELECT count(*) FROM actors_sheet", 1},
        {"", -1},
        {"-- nothing", -1},
        {"SELECT 1; SELECT 2", -1},
        {"DELETE FROM claims", -1},
        {"UPDATE reports SET title = ''", -1},
        {"INSERT INTO unmerged VALUES (1)", -1},
        {"CREATE TABLE a (b)", -1},
        {"CREATE TEMP TABLE a (b)", -1},
        {"DROP TABLE claims", -1},
        {"ATTACH '/tmp/other.db' AS other", -1},
        {"PRAGMA user_version = 1", -1},
        {"PRAGMA journal_mode = DELETE", -1},
        {"VACUUM INTO '/tmp/other.db'", -1},
        {"BEGIN IMMEDIATE", -1},
        {"SELECT load_extension('x')", -1},
        {"SELECT * FROM nowhere", -1},
        {"SELECT zeroblob(2000000000)", -1},
        {"SELECT (", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rows rows = {0};
        struct record_table table = {begin, take, &rows};
        annals_query query = {.sql = cases[i].sql};
        annals_error error = {0};
        annals_status status = record_sql(record, &query, &table, &error);
        if (cases[i].rows < 0 ? status == ANNALS_OK || strncmp(error.sentence, "sql: ", 5) != 0
                              : status != ANNALS_OK || rows.count != cases[i].rows)
            fail_msg("%s: %d rows, \"%s\"", cases[i].sql, rows.count, error.sentence);
    }
    struct rows rows = {0};
    struct record_table table = {begin, take, &rows};
    annals_error error = {0};
    annals_query endless = {.timeout = 100,
                            .sql =
                                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                                "SELECT count(*) FROM n"};
    assert_int_equal(record_sql(record, &endless, &table, &error), ANNALS_CANNOT_READ);
    assert_non_null(strstr(error.sentence, "longer than 0.1 seconds"));
}

/* ------------------------------------------------------------------ names kept beside */

static int64_t number_of(const char *sql)
{
    struct store_statement *row = NULL;
    assert_int_equal(store_prepare(record->database, sql, &row), STORE_OK);
    assert_int_equal(store_step(row), STORE_ROW);
    int64_t number = store_int64(row, 0);
    store_finalize(row);
    return number;
}

static void names_go_with_the_last_of_their_rows(void **state)
{
    (void)state;
    assert_int_equal(number_of("SELECT count(*) FROM (SELECT DISTINCT identity, name FROM actors "
                               "EXCEPT SELECT identity, name FROM actor_names)"),
                     0);
    assert_int_equal(number_of("SELECT count(*) FROM place_names WHERE name = 'Pelargir'"), 1);
    /* On a server a function takes a report out. */
    assert_int_equal(store_run(record->database, record->database->sqlite != NULL
                                                     ? "BEGIN; DELETE FROM reports WHERE name = "
                                                       "'arrests'"
                                                     : "BEGIN; SELECT take_out(ARRAY(SELECT report "
                                                       "FROM reports WHERE name = 'arrests'))"),
                     STORE_OK);
    assert_int_equal(number_of("SELECT count(*) FROM place_names WHERE name = 'Pelargir'"), 0);
    assert_int_equal(number_of("SELECT count(*) FROM actor_names WHERE name = 'corsairs'"), 0);
    assert_int_equal(number_of("SELECT count(*) > 0 FROM actor_names WHERE name = 'Gondor'"), 1);
    assert_int_equal(store_run(record->database, "ROLLBACK"), STORE_OK);
    assert_int_equal(number_of("SELECT count(*) FROM place_names WHERE name = 'Pelargir'"), 1);
}

static void printed_ids_are_ours(void **state)
{
    (void)state;
    struct store_statement *row = NULL;
    assert_int_equal(store_prepare(record->database,
                                   "SELECT claim, id FROM printed_claims UNION ALL "
                                   "SELECT event, id FROM printed_events UNION ALL "
                                   "SELECT report, id FROM printed_reports",
                                   &row),
                     STORE_OK);
    int count = 0;
    while (store_step(row) == STORE_ROW) {
        char id[RECORD_ID_SIZE];
        const char *found = store_text(row, 1);
        record_id_write(found[0], store_int64(row, 0), id);
        assert_string_equal(found, id);
        count++;
    }
    assert_int_equal(store_reset(row), STORE_OK);
    store_finalize(row);
    assert_true(count > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gathering_and_walking_agree),
        cmocka_unit_test(names_and_numbers),
        cmocka_unit_test(sql_only_reads),
        cmocka_unit_test(names_go_with_the_last_of_their_rows),
        cmocka_unit_test(printed_ids_are_ours),
    };
    return cmocka_run_group_tests(tests, open_stories, close_stories);
}
