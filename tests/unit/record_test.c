/* record/: what is stored, that it does not depend on the order, and what is refused. */
#include "bytes/buffer.h"
#include "record/sqlite.h"
#include "stories.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const struct record_version version = {"0.0", "dictionaries", "models"};

struct place {
    char folder[64], path[96];
};

static void make_folder(struct place *place)
{
    snprintf(place->folder, sizeof place->folder, "/tmp/annals-record-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    snprintf(place->path, sizeof place->path, "%s/a.db", place->folder);
}

static void remove_folder(struct place *place)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    char path[128];
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", place->path, endings[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(place->folder), 0);
}

static struct record *open_record(const struct place *place, annals_access access)
{
    struct record *record = NULL;
    annals_error error = {0};
    if (record_open(place->path, access, 50, &record, &error) != ANNALS_OK)
        fail_msg("%s", error.sentence);
    return record;
}

static void add_story(struct record *record, int number, const char *path)
{
    struct story story;
    annals_error error = {0};
    annals_origin origin = {.path = path, .retrieved = "3019-04-01T00:00:00Z"};
    story_make(&story, number);
    if (record_add(record, &story.document, &version, &origin, &error) != ANNALS_OK)
        fail_msg("%s", error.sentence);
    arena_release(&story.arena);
}

static bool gather(void *context, const char *bytes, size_t length)
{
    buffer_add(context, bytes, length);
    return true;
}

static void dump(struct record *record, struct buffer *text)
{
    buffer_init(text);
    assert_int_equal(record_dump(record, gather, text, NULL), ANNALS_OK);
    assert_false(text->failed);
}

/* ------------------------------------------------------------------ storing */

static int64_t ask(struct record *record, const char *sql)
{
    struct store_statement *statement = NULL;
    assert_int_equal(store_prepare(record->database, sql, &statement), STORE_OK);
    int64_t number = store_step(statement) == STORE_ROW ? store_int64(statement, 0) : -1;
    store_finalize(statement);
    return number;
}

static void the_schema_is_ours_and_strict(void **state)
{
    (void)state;
    struct place place;
    make_folder(&place);
    struct record *record = open_record(&place, ANNALS_READ_WRITE);
    assert_int_equal(ask(record, "PRAGMA application_id"), RECORD_APPLICATION);
    assert_int_equal(ask(record, "PRAGMA user_version"), RECORD_SCHEMA);
    assert_int_equal(ask(record, "PRAGMA foreign_keys"), 1);
    assert_int_equal(ask(record, "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND "
                                 "type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'"),
                     0);
    for (int i = 0; i < STORY_COUNT; i++)
        add_story(record, i, "a.txt");
    assert_int_equal(ask(record, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_int_equal(ask(record, "SELECT count(*) FROM pragma_integrity_check WHERE "
                                 "integrity_check <> 'ok'"),
                     0);
    assert_int_equal(ask(record, "SELECT count(*) FROM claims"), 11);
    assert_int_equal(ask(record, "SELECT count(*) FROM claim_sheet"), 11);
    assert_int_equal(ask(record, "SELECT count(*) FROM events"), 11);
    /* The search tables agree with what they were made of. */
    assert_int_equal(store_run(record->database, "INSERT INTO report_search(report_search, rank) "
                                                 "VALUES ('integrity-check', 1);"
                                                 "INSERT INTO claim_search(claim_search, rank) "
                                                 "VALUES ('integrity-check', 1)"),
                     STORE_OK);
    record_close(record);
    remove_folder(&place);
}

static void every_statement_can_be_prepared(void **state)
{
    (void)state;
    struct place place;
    make_folder(&place);
    struct record *record = open_record(&place, ANNALS_READ_WRITE);
    for (int i = 0; i < STATEMENT_COUNT; i++)
        assert_non_null(record_statement(record, (enum statement)i));
    record_close(record);
    remove_folder(&place);
}

static void the_same_report_twice_is_one(void **state)
{
    (void)state;
    struct place place;
    struct buffer before, after;
    struct story story;
    bool known = false;
    make_folder(&place);
    struct record *record = open_record(&place, ANNALS_READ_WRITE);
    story_make(&story, 0);
    assert_int_equal(record_knows(record, &story.document, "x", &known, NULL), ANNALS_OK);
    assert_false(known);
    add_story(record, 0, "first.txt");
    dump(record, &before);
    add_story(record, 0, "first.txt");
    dump(record, &after);
    assert_string_equal(before.bytes, after.bytes);
    const struct document *expected[] = {&story.document, &story.document};
    assert_int_equal(record_expect(record, expected, 2, NULL), ANNALS_OK);
    assert_int_equal(record_knows(record, &story.document, "second.txt", &known, NULL), ANNALS_OK);
    assert_true(known);
    assert_int_equal(ask(record, "SELECT count(*) FROM reports"), 1);
    assert_int_equal(ask(record, "SELECT count(*) FROM sightings"), 2);
    arena_release(&story.arena);
    buffer_release(&before);
    buffer_release(&after);
    record_close(record);
    remove_folder(&place);
}

/* Orders of the reports come from a small generator of our own: the same on every machine. */
static void the_order_does_not_matter(void **state)
{
    (void)state;
    struct buffer first = {0};
    uint32_t seed = 1;
    for (int round = 0; round < 25; round++) {
        int order[STORY_COUNT] = {0, 1, 2, 3, 4};
        for (int i = STORY_COUNT - 1; i > 0 && round > 0; i--) {
            seed = seed * 1664525u + 1013904223u;
            int j = (int)(seed >> 16) % (i + 1), kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        struct place place;
        struct buffer text;
        make_folder(&place);
        struct record *record = open_record(&place, ANNALS_READ_WRITE);
        for (int i = 0; i < STORY_COUNT; i++) {
            add_story(record, order[i], "a.txt");
            if (round % 3 == 1) {
                assert_int_equal(record_merge(record, NULL), ANNALS_OK);
                record_close(record); /* in increments */
                record = open_record(&place, ANNALS_READ_WRITE);
            }
        }
        assert_int_equal(record_merge(record, NULL), ANNALS_OK);
        dump(record, &text);
        record_close(record);
        remove_folder(&place);
        if (round == 0) {
            first = text;
            continue;
        }
        assert_string_equal(first.bytes, text.bytes);
        buffer_release(&text);
    }
    buffer_release(&first);
}

/* ------------------------------------------------------------------ refusing */

static annals_status try_open(const struct place *place, annals_access access, annals_error *error)
{
    struct record *record = NULL;
    annals_status status = record_open(place->path, access, 50, &record, error);
    record_close(record);
    return status;
}

static void write_file(const struct place *place, const char *bytes)
{
    FILE *stream = fopen(place->path, "wb");
    assert_non_null(stream);
    fputs(bytes, stream);
    fclose(stream);
}

static void what_is_not_ours_is_refused(void **state)
{
    (void)state;
    struct place place;
    annals_error error;
    make_folder(&place);
    assert_int_equal(try_open(&place, ANNALS_READ_ONLY, &error), ANNALS_NOT_FOUND);
    write_file(&place, "This is a letter to my aunt, not a database, and it is long enough to tell."
                       " It goes on for a second line, and then for a third one, and then it ends.");
    assert_int_equal(try_open(&place, ANNALS_READ_ONLY, &error), ANNALS_FOREIGN);
    assert_int_equal(try_open(&place, ANNALS_READ_WRITE, &error), ANNALS_FOREIGN);
    assert_int_equal(unlink(place.path), 0);
    sqlite3 *other;
    assert_int_equal(sqlite3_open(place.path, &other), STORE_OK);
    sqlite3_exec(other, "CREATE TABLE recipes (name)", NULL, NULL, NULL);
    sqlite3_close(other);
    assert_int_equal(try_open(&place, ANNALS_READ_WRITE, &error), ANNALS_FOREIGN);
    assert_non_null(strstr(error.sentence, "another program"));
    assert_int_equal(unlink(place.path), 0);
    write_file(&place, "");
    assert_int_equal(try_open(&place, ANNALS_READ_ONLY, &error), ANNALS_EMPTY);
    assert_int_equal(try_open(&place, ANNALS_READ_WRITE, &error), ANNALS_OK);
    assert_int_equal(try_open(&place, ANNALS_READ_ONLY, &error), ANNALS_OK);
    assert_int_equal(sqlite3_open(place.path, &other), STORE_OK);
    sqlite3_exec(other, "PRAGMA user_version = 99", NULL, NULL, NULL);
    sqlite3_close(other);
    assert_int_equal(try_open(&place, ANNALS_READ_WRITE, &error), ANNALS_NEWER);
    assert_int_equal(try_open(&place, ANNALS_READ_ONLY, &error), ANNALS_NEWER);
    remove_folder(&place);
}

static void a_record_in_use_is_waited_for_then_told(void **state)
{
    (void)state;
    struct place place;
    struct story story;
    annals_error error = {0};
    annals_origin origin = {0};
    make_folder(&place);
    struct record *record = open_record(&place, ANNALS_READ_WRITE);
    struct record *other = open_record(&place, ANNALS_READ_WRITE);
    assert_int_equal(store_run(other->database, "BEGIN IMMEDIATE"), STORE_OK);
    story_make(&story, 0);
    assert_int_equal(record_add(record, &story.document, &version, &origin, &error), ANNALS_BUSY);
    assert_non_null(strstr(error.sentence, "in use by another process"));
    assert_int_equal(store_run(other->database, "COMMIT"), STORE_OK);
    assert_int_equal(record_add(record, &story.document, &version, &origin, &error), ANNALS_OK);
    arena_release(&story.arena);
    record_close(other);
    record_close(record);
    remove_folder(&place);
}

/* A store that fills up: nothing of the report in hand stays, all of the others does. */
static void a_full_disk_costs_the_report_in_hand(void **state)
{
    (void)state;
    struct place place;
    struct story story;
    struct buffer before, after;
    annals_error error = {0};
    annals_origin origin = {0};
    make_folder(&place);
    struct record *record = open_record(&place, ANNALS_READ_WRITE);
    add_story(record, 1, "a.txt");
    dump(record, &before);
    char limit[64];
    snprintf(limit, sizeof limit, "PRAGMA max_page_count = %d", (int)ask(record, "PRAGMA page_count"));
    assert_int_equal(store_run(record->database, limit), STORE_OK);
    story_begin(&story, "long", NULL, NULL, NULL, "x\n");
    char *text = arena_allocate(&story.arena, 200001);
    memset(text, 'y', 200000);
    document_init(&story.document, &story.arena, text, 200000);
    assert_int_equal(record_add(record, &story.document, &version, &origin, &error), ANNALS_FULL);
    assert_non_null(strstr(error.sentence, "no space"));
    dump(record, &after);
    assert_string_equal(before.bytes, after.bytes);
    assert_int_equal(store_run(record->database, "PRAGMA max_page_count = 100000"), STORE_OK);
    assert_int_equal(record_add(record, &story.document, &version, &origin, &error), ANNALS_OK);
    arena_release(&story.arena);
    buffer_release(&before);
    buffer_release(&after);
    record_close(record);
    remove_folder(&place);
}

/* ------------------------------------------------------------------ asking */

static annals_status count_claim(void *context, const struct record_claim *claim)
{
    assert_non_null(claim->status);
    ++*(int *)context;
    return ANNALS_OK;
}

static annals_status count_report(void *context, const struct record_report *report)
{
    assert_non_null(report->text);
    ++*(int *)context;
    return ANNALS_OK;
}

static annals_status count_event(void *context, const struct record_event *event)
{
    assert_true(event->claim_count > 0);
    ++*(int *)context;
    return ANNALS_OK;
}

static void filters_choose(void **state)
{
    (void)state;
    static const struct {
        annals_query query;
        int claims, reports;
    } cases[] = {
        {{.from = NULL}, 11, 5},
        {{.limit = 2}, 2, 2},
        {{.from = "3019-03-13", .to = "3019-03-13"}, 4, 0},
        {{.to = "3018-12-31"}, 1, 1},
        {{.from = "3019-03-14", .to = "3019-03-14"}, 3, 2},
        {{.place = "minas"}, 3, 2},
        {{.place = "ANORIEN"}, 5, 2},
        {{.place = "Lebennin"}, 1, 1},
        {{.place = "gd"}, 6, 3},
        {{.actor = "mordor"}, 3, 2},
        {{.actor = "Dunland"}, 3, 1},
        {{.type = "assault"}, 2, 1},
        {{.type = "seize"}, 2, 1},
        {{.type = "17"}, 1, 1},
        {{.type = "Explosions/Remote violence"}, 1, 1},
        {{.status = "denied"}, 1, 1},
        {{.source = "dale"}, 4, 3},
        {{.text = "shelled"}, 1, 1},
        {{.text = "\"river forts\""}, 1, 1},
        {{.text = "river forts nowhere"}, 0, 0},
        {{.text = "prom*"}, 1, 1},
        {{.text = "AND OR NOT ( \" * : ^ -"}, 0, 0},
        {{.text = "'; DROP TABLE claims; --"}, 0, 0},
        {{.place = "%"}, 0, 0},
        {{.place = "minas_tirith"}, 0, 0},
        {{.source = "'; DROP TABLE claims; --"}, 0, 0},
    };
    struct place place;
    make_folder(&place);
    struct record *record = open_record(&place, ANNALS_READ_WRITE);
    for (int i = 0; i < STORY_COUNT; i++)
        add_story(record, i, "a.txt");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int claims = 0, reports = 0, events = 0;
        annals_error error = {0};
        if (record_claims(record, &cases[i].query, count_claim, &claims, &error) != ANNALS_OK ||
            record_events(record, &cases[i].query, count_event, &events, &error) != ANNALS_OK ||
            record_reports(record, &cases[i].query, count_report, &reports, &error) != ANNALS_OK)
            fail_msg("case %zu: %s", i, error.sentence);
        if (claims != cases[i].claims || events != claims || reports != cases[i].reports)
            fail_msg("case %zu: %d claims, %d events, %d reports", i, claims, events, reports);
    }
    annals_query wrong = {.from = "yesterday"};
    int none = 0;
    assert_int_equal(record_claims(record, &wrong, count_claim, &none, NULL), ANNALS_WRONG_USE);
    wrong = (annals_query){.id = "zzz"};
    assert_int_equal(record_claims(record, &wrong, count_claim, &none, NULL), ANNALS_NOT_FOUND);
    record_close(record);
    remove_folder(&place);
}

static void ids_round_trip(void **state)
{
    (void)state;
    static const int64_t keys[] = {0, 1, 31, 32, 123456789012345678, INT64_MAX};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        char text[RECORD_ID_SIZE], letter;
        int64_t low, high;
        record_id_write('c', keys[i], text);
        assert_int_equal(strlen(text), 14);
        assert_true(record_id_read(text, &letter, &low, &high));
        assert_true(low == keys[i] && high == keys[i] && letter == 'c');
        text[6] = '\0';
        assert_true(record_id_read(text, &letter, &low, &high));
        assert_true(low <= keys[i] && keys[i] <= high);
    }
    static const char *const wrong[] = {"", "c", "x123", "c12u4", "c8zzzzzzzzzzzz", "c12345678901234"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char letter;
        int64_t low, high;
        assert_false(record_id_read(wrong[i], &letter, &low, &high));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_schema_is_ours_and_strict),
        cmocka_unit_test(every_statement_can_be_prepared),
        cmocka_unit_test(the_same_report_twice_is_one),
        cmocka_unit_test(the_order_does_not_matter),
        cmocka_unit_test(what_is_not_ours_is_refused),
        cmocka_unit_test(a_record_in_use_is_waited_for_then_told),
        cmocka_unit_test(a_full_disk_costs_the_report_in_hand),
        cmocka_unit_test(filters_choose),
        cmocka_unit_test(ids_round_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
