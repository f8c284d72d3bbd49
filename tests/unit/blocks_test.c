/* record/blocks: merging in windows that go on at once gives the record that one merging of all
 * gives. On a file the windows are merged one after the other; in the database that
 * ANNALS_TEST_RECORD names by four processes at once. */
#include "../scale/reports.h"
#include "record/blocks.h"
#include "store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Some five years, of which a part is recalled in others. */
enum { REPORTS = 240, PROCESSES = 4, ROUNDS = 3, ENOUGH_EACH = 4 };

struct told {
    struct story story;
    struct buffer text;
};

static struct told told[REPORTS];
static char folder[64];

/* Every `undated`-th has no day of its own. */
static void make_reports(uint64_t seed, uint32_t towns, int undated)
{
    struct world world = world_make(seed, 0.05);
    world.towns = towns;
    for (int i = 0; i < REPORTS; i++) {
        told[i] = (struct told){0};
        buffer_init(&told[i].text);
        world_next(&world, &told[i].story, &told[i].text);
        if (undated > 0 && i % undated == undated - 1)
            told[i].story.document.report.published = DAY_UNKNOWN;
    }
}

static void drop_reports(void)
{
    for (int i = 0; i < REPORTS; i++) {
        arena_release(&told[i].story.arena);
        buffer_release(&told[i].text);
    }
}

static struct record *open_record(const char *path)
{
    struct record *record = NULL;
    annals_error error = {0};
    if (record_open(path, ANNALS_READ_WRITE, 20000, &record, &error) != ANNALS_OK)
        fail_msg("%s", error.sentence);
    return record;
}

static void add(struct record *record, int first, int last)
{
    static const struct record_version version = {"test", "0", "0"};
    const struct document *documents[REPORTS];
    annals_origin origins[REPORTS];
    annals_error error = {0};
    for (int i = first; i < last; i++) {
        documents[i - first] = &told[i].story.document;
        origins[i - first] = (annals_origin){.path = "a"};
    }
    if (record_add_all(record, documents, (uint32_t)(last - first), &version, origins, NULL,
                       &error) != ANNALS_OK)
        fail_msg("%s", error.sentence);
}

static void merge(struct record *record)
{
    annals_error error = {0};
    if (record_merge(record, &error) != ANNALS_OK)
        fail_msg("%s", error.sentence);
}

static int64_t ask(struct record *record, const char *sql)
{
    struct store_statement *statement = NULL;
    assert_int_equal(store_prepare(record->database, sql, &statement), STORE_OK);
    int64_t number = store_step(statement) == STORE_ROW ? store_int64(statement, 0) : -1;
    store_finalize(statement);
    return number;
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
}

/* What a process does: some rounds through all windows. */
static annals_status merge_windows(struct record *record)
{
    annals_error error = {0};
    annals_status status = ANNALS_OK;
    for (int round = 0; round < ROUNDS && status == ANNALS_OK; round++) {
        bool any = false;
        status = blocks_merge(record, ENOUGH_EACH, &any, &error);
    }
    if (status != ANNALS_OK)
        fprintf(stderr, "%s\n", error.sentence);
    return status;
}

static void merge_at_once(const char *path)
{
    pid_t children[PROCESSES];
    fflush(NULL);
    for (int i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        if (children[i] != 0)
            continue;
        struct record *record = NULL;
        annals_status status = record_open(path, ANNALS_READ_WRITE, 20000, &record, NULL);
        if (status == ANNALS_OK)
            status = merge_windows(record);
        record_close(record);
        _exit(status == ANNALS_OK ? 0 : 1);
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status = 0;
        waitpid(children[i], &status, 0);
        assert_int_equal(status, 0);
    }
}

/* `before`: so many are merged at once before. */
static void compare(uint64_t seed, uint32_t towns, int undated, int before)
{
    char path[300], name[120];
    struct buffer one, other;
    make_reports(seed, towns, undated);
    snprintf(name, sizeof name, "%s/whole%llu.db", folder, (unsigned long long)seed);
    struct record *record = open_record(name);
    add(record, 0, REPORTS);
    merge(record);
    dump(record, &one);
    record_close(record);

    store_path(path, sizeof path, folder);
    record = open_record(path);
    if (before > 0) {
        add(record, 0, before);
        merge(record);
    }
    add(record, before, REPORTS);
    if (store_is_far(record->database)) {
        record_close(record);
        merge_at_once(path);
        record = open_record(path);
    } else {
        assert_int_equal(merge_windows(record), ANNALS_OK);
    }
    /* The windows did some of it, and left what is of no window. */
    int64_t left = ask(record, "SELECT count(*) FROM unmerged");
    assert_in_range(left, 1, REPORTS - before - 1);
    print_message("%d of %d were left to the whole\n", (int)left, REPORTS - before);
    merge(record);
    dump(record, &other);
    record_close(record);
    assert_int_equal(one.length, other.length);
    assert_memory_equal(one.bytes, other.bytes, one.length);
    buffer_release(&one);
    buffer_release(&other);
    drop_reports();
    unlink(name);
    snprintf(name, sizeof name, "%s/a.db", folder);
    unlink(name);
}

static void test_windows(void **state)
{
    (void)state;
    compare(11, 60, 0, 0);
}

/* Much hangs together, and some is there already. */
static void test_windows_of_few_towns(void **state)
{
    (void)state;
    compare(12, 3, 0, REPORTS / 2);
}

static void test_reports_without_a_day(void **state)
{
    (void)state;
    compare(13, 20, 9, REPORTS / 3);
}

static void test_what_a_window_may_touch(void **state)
{
    (void)state;
    char name[120];
    snprintf(name, sizeof name, "%s/held.db", folder);
    struct merging whole = {.windowed = false};
    assert_true(blocks_hold_days(&whole, -100000000, 100000000));
    assert_true(blocks_hold_node(&whole, INT64_MAX));
    blocks_meet_recoded(&whole);
    assert_true(blocks_hold_cell(&whole, 1));
    assert_false(whole.crowded);
    struct record *record = open_record(name);
    struct merging window = {.windowed = true, .record = record, .held = {1 << 5}};
    /* 128 days from the day before 1950 on. */
    assert_true(blocks_hold_days(&window, -7306 + 5 * 128, -7306 + 6 * 128 - 1));
    assert_true(blocks_hold_node(&window, (INT64_C(5) << 54) + 77));
    assert_int_equal(window.held[0], 1 << 5);
    assert_true(blocks_hold_node(&window, INT64_C(64) << 54));
    assert_int_equal(window.held[1], 1);
    assert_false(blocks_hold_days(&window, -10000, -9999));
    assert_true(window.crowded);
    record_close(record);
    unlink(name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_a_window_may_touch),
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_windows_of_few_towns),
        cmocka_unit_test(test_reports_without_a_day),
    };
    snprintf(folder, sizeof folder, "/tmp/annals-blocks-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failed;
}
