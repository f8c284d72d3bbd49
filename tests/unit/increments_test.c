/* record/: merging in increments. Whatever the order of the reports and however they are parted into
 * readings, the record is the same; a coding that is replaced leaves nothing behind. */
#include "../scale/reports.h"
#include "record/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

/* Few towns and many incidents a day, so that cells are full and much hangs together. */
enum { REPORTS = 260, SHUFFLES = 5 };

struct told {
    struct story story;
    struct buffer text;
};

static struct told told[REPORTS];
static char path[64];
static uint64_t most_bytes; /* that a merging may take; 0: any */
static uint32_t fewest;     /* reports that the last one was narrowed to; 0: it was not */

static void make_reports(uint32_t towns, double incidents_a_day)
{
    struct world world = world_make(5, incidents_a_day);
    world.towns = towns;
    for (int i = 0; i < REPORTS; i++) {
        told[i] = (struct told){0};
        buffer_init(&told[i].text);
        world_next(&world, &told[i].story, &told[i].text);
    }
}

static void drop_reports(void)
{
    for (int i = 0; i < REPORTS; i++) {
        arena_release(&told[i].story.arena);
        buffer_release(&told[i].text);
    }
}

static bool gather(void *context, const char *bytes, size_t length)
{
    buffer_add(context, bytes, length);
    return true;
}

static struct record *open_record(void)
{
    struct record *record = NULL;
    annals_error error = {0};
    if (record_open(path, ANNALS_READ_WRITE, 1000, &record, &error) != ANNALS_OK)
        fail_msg("%s", error.sentence);
    return record;
}

static void remove_record(void)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        char name[80];
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
}

static void add(struct record *record, int number)
{
    static const struct record_version version = {"test", "0", "0"};
    annals_origin origin = {.path = "a"};
    annals_error error = {0};
    if (record_add(record, &told[number].story.document, &version, &origin, &error) != ANNALS_OK)
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

static void shuffle(int order[REPORTS], uint32_t seed)
{
    for (int i = 0; i < REPORTS; i++)
        order[i] = i;
    for (int i = REPORTS - 1; i > 0 && seed > 0; i--) {
        int j = (int)(hash_join(seed, (uint64_t)i) % (uint64_t)(i + 1)), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

/* The dump of a record that takes the reports in this order, merging after every `step`. */
static struct buffer dump_of(uint32_t seed, int step)
{
    int order[REPORTS];
    struct buffer text;
    shuffle(order, seed);
    struct record *record = open_record();
    store_run(record->database, "PRAGMA synchronous = OFF");
    record_merge_within(record, most_bytes, 1);
    for (int i = 0; i < REPORTS; i++) {
        add(record, order[i]);
        if (i % step == step - 1)
            merge(record);
    }
    merge(record);
    /* As when reports are coded again: a seventh of them, or all. */
    if (seed > 0) {
        assert_int_equal(store_run(record->database,
                                   seed % 2 == 0 ? "INSERT INTO unmerged SELECT report FROM reports"
                                                 : "INSERT INTO unmerged SELECT report FROM "
                                                   "reports WHERE report % 7 = 0"),
                         STORE_OK);
        merge(record);
    }
    assert_int_equal(ask(record, "SELECT count(*) FROM event_claims l WHERE NOT EXISTS "
                                 "(SELECT 1 FROM events e WHERE e.event = l.event)"), 0);
    assert_int_equal(ask(record, "SELECT count(*) FROM events e WHERE NOT EXISTS "
                                 "(SELECT 1 FROM event_claims l WHERE e.event = l.event)"), 0);
    assert_int_equal(ask(record, "SELECT count(*) FROM claims c WHERE NOT EXISTS "
                                 "(SELECT 1 FROM event_claims l WHERE c.claim = l.claim)"), 0);
    buffer_init(&text);
    assert_int_equal(record_dump(record, gather, &text, NULL), ANNALS_OK);
    fewest = record->merging_reports;
    record_close(record);
    remove_record();
    return text;
}

/* The number of an episode among those that resemble any. */
static int number_of(const int64_t *keys, int count, int64_t key)
{
    int at = 0;
    while (at < count && keys[at] != key)
        at++;
    return at;
}

/* How many hang together with the first episode, by the kept likenesses. */
static int64_t hanging_together(struct record *record)
{
    enum { MOST = REPORTS * 4, KEY = 8, EDGE = 12 };
    static int64_t keys[MOST];
    static bool reached[MOST];
    int count = 0, found = 0;
    struct store_statement *row = NULL;
    assert_int_equal(store_prepare(record->database, "SELECT episode, others FROM likenesses",
                                   &row),
                     STORE_OK);
    while (count < MOST && store_step(row) == STORE_ROW)
        keys[count++] = store_int64(row, 0);
    memset(reached, 0, sizeof reached);
    reached[0] = true;
    for (int before = -1; before != found;) {
        before = found;
        store_reset(row);
        for (int i = 0; i < count && store_step(row) == STORE_ROW; i++) {
            const char *others = store_blob(row, 1);
            for (int j = 0; reached[i] && j < store_bytes(row, 1) / EDGE; j++) {
                int64_t other;
                memcpy(&other, others + (ptrdiff_t)j * EDGE, KEY);
                int at = number_of(keys, count, other);
                found += at < count && !reached[at];
                reached[at] = true;
            }
        }
    }
    store_finalize(row);
    return found;
}

/* How many stand in the fullest cell, and how many hang together. */
static void measure(int64_t *fullest, int64_t *largest)
{
    struct record *record = open_record();
    for (int i = 0; i < REPORTS; i++)
        add(record, i);
    merge(record);
    *fullest = ask(record, "SELECT max(n) FROM (SELECT count(*) AS n FROM cells GROUP BY cell)");
    *largest = hanging_together(record);
    record_close(record);
    remove_record();
}

static void compare_all(uint32_t towns, double incidents_a_day)
{
    static const int steps[] = {1, 7, 64, 1000, 23};
    make_reports(towns, incidents_a_day);
    struct buffer first = dump_of(0, REPORTS);
    const char *rounds = getenv("ANNALS_SHUFFLES");
    uint32_t shuffles = rounds != NULL ? (uint32_t)atoi(rounds) : SHUFFLES;
    for (uint32_t seed = 1; seed <= shuffles; seed++) {
        struct buffer text = dump_of(seed, steps[seed % 5]);
        if (strcmp(first.bytes, text.bytes) != 0)
            fail_msg("order %u, merged after every %d: another record", seed, steps[seed % 5]);
        buffer_release(&text);
    }
    buffer_release(&first);
    drop_reports();
}

static void any_order_in_any_increments_gives_one_record(void **state)
{
    (void)state;
    compare_all(2000, 20);
}

/* Cells overflow, and more hangs together than one part may hold. */
static void so_it_does_where_everything_is_alike(void **state)
{
    (void)state;
    int64_t fullest, largest;
    make_reports(2, 200);
    measure(&fullest, &largest);
    drop_reports();
    assert_true(fullest > 64 && largest > 200);
    compare_all(2, 200);
}

static annals_status add_many(struct record *record, int first, int end)
{
    static const struct record_version version = {"test", "0", "0"};
    const struct document *documents[REPORTS];
    annals_origin origins[REPORTS];
    for (int i = first; i < end; i++) {
        documents[i - first] = &told[i].story.document;
        origins[i - first] = (annals_origin){.path = "a"};
    }
    return record_add_all(record, documents, (uint32_t)(end - first), &version, origins, NULL, NULL);
}

static struct buffer dump_and_remove(struct record *record)
{
    struct buffer text;
    buffer_init(&text);
    assert_int_equal(record_dump(record, gather, &text, NULL), ANNALS_OK);
    record_close(record);
    remove_record();
    return text;
}

/* Rows that wait and go in by one statement a table are those that go in one by one; the database finds
 * nothing wrong with them though it did not look at them one by one; and of many of which one cannot be
 * stored none is, nor later by mistake. */
static void many_at_once_are_as_one_by_one(void **state)
{
    (void)state;
    make_reports(2000, 20);
    struct buffer first = dump_of(0, REPORTS);
    struct record *record = open_record();
    assert_int_equal(add_many(record, 0, 100), ANNALS_OK);
    merge(record);
    assert_int_equal(store_run(record->database,
                               "CREATE TRIGGER t BEFORE INSERT ON counts WHEN (SELECT count(*) FROM counts) > "
                               "150 BEGIN SELECT raise(FAIL, 'no more'); END"),
                     STORE_OK);
    int64_t before = ask(record, "SELECT count(*) FROM claims");
    assert_int_not_equal(add_many(record, 100, REPORTS), ANNALS_OK);
    assert_int_equal(ask(record, "SELECT count(*) FROM claims"), before);
    assert_int_equal(store_run(record->database, "DROP TRIGGER t"),
                     STORE_OK);
    assert_int_equal(add_many(record, 90, REPORTS), ANNALS_OK);
    merge(record);
    assert_int_equal(ask(record, "SELECT count(*) FROM reports"), REPORTS);
    assert_int_equal(ask(record, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    store_run(record->database, "PRAGMA foreign_keys = ON; PRAGMA ignore_check_constraints = OFF");
    assert_int_equal(ask(record, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> "
                                 "'ok'"),
                     0);
    assert_int_not_equal(store_run(record->database, "UPDATE originals SET encoding = 'x'"), STORE_OK);
    struct buffer text = dump_and_remove(record);
    assert_string_equal(first.bytes, text.bytes);
    buffer_release(&first);
    buffer_release(&text);
    drop_reports();
}

/* Whatever does not fit, at whatever moment, is given up and taken in smaller numbers: the same record. */
static void little_memory_gives_the_same_record(void **state)
{
    (void)state;
    bool narrowed = false, wide = false;
    make_reports(2, 200);
    struct buffer first = dump_of(0, REPORTS);
    for (most_bytes = 64 << 10; most_bytes < 16 << 20; most_bytes *= 2) {
        struct buffer text = dump_of(0, REPORTS);
        if (strcmp(first.bytes, text.bytes) != 0)
            fail_msg("%llu bytes: another record", (unsigned long long)most_bytes);
        narrowed = narrowed || (fewest > 0 && fewest < REPORTS);
        wide = wide || fewest == 0;
        buffer_release(&text);
    }
    most_bytes = 0;
    buffer_release(&first);
    drop_reports();
    assert_true(narrowed && wide);
}

static void describe_actors(struct buffer *text, const struct record_actor *actors, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        buffer_print(text, "  %s|%s|%s|%s|%s|%s\n", actors[i].name, actors[i].kind,
                     actors[i].type != NULL ? actors[i].type : "-",
                     actors[i].words != NULL ? actors[i].words : "-",
                     actors[i].sort != NULL ? actors[i].sort : "-",
                     actors[i].entry != NULL ? actors[i].entry : "-");
}

static void describe(struct buffer *text, const struct record_claim *claim)
{
    const struct record_place *places[] = {&claim->place, &claim->control_place};
    buffer_print(text, "%s %s %s %s %s %s %s %s %u-%u %u\n", claim->id, claim->event, claim->report,
                 claim->source, claim->plover, claim->status,
                 claim->first != NULL ? claim->first : "-",
                 claim->control_holder != NULL ? claim->control_holder : "-", claim->trigger.start,
                 claim->trigger.end, claim->decisions.count);
    for (int i = 0; i < 2; i++)
        buffer_print(text, "  %s %s %lld %.2f\n", places[i]->name != NULL ? places[i]->name : "-",
                     places[i]->admin1 != NULL ? places[i]->admin1 : "-",
                     (long long)places[i]->geonameid, places[i]->located ? places[i]->latitude : 0.0);
    describe_actors(text, claim->agents.items, claim->agents.count);
    describe_actors(text, claim->patients.items, claim->patients.count);
    describe_actors(text, claim->instruments.items, claim->instruments.count);
    describe_actors(text, claim->according_to.items, claim->according_to.count);
    for (uint32_t i = 0; i < claim->counts.count; i++)
        buffer_print(text, "  %s %s %.0f\n", claim->counts.items[i].what, claim->counts.items[i].who,
                     claim->counts.items[i].low);
    buffer_print(text, "  %s\n", claim->sentence);
}

/* Claims that are loaded by a few statements for all are those that are loaded one by one; one that is
 * not there is told. */
static void claims_loaded_together_are_those_loaded_alone(void **state)
{
    (void)state;
    enum { MOST = 2000 };
    static int64_t keys[MOST + 1];
    uint32_t count = 0;
    struct arena arena;
    struct buffer together, alone;
    make_reports(2000, 20);
    struct record *record = open_record();
    assert_int_equal(add_many(record, 0, REPORTS), ANNALS_OK);
    merge(record);
    struct store_statement *row = NULL;
    /* Neither in the order of the keys nor in that of the reports. */
    assert_int_equal(store_prepare(record->database, "SELECT claim FROM claims ORDER BY claim * 7919 & 1048575",
                                   &row),
                     STORE_OK);
    while (count < MOST && store_step(row) == STORE_ROW)
        keys[count++] = store_int64(row, 0);
    store_finalize(row);
    assert_true(count > 700);
    arena_init(&arena);
    buffer_init(&together);
    buffer_init(&alone);
    struct record_claim *claims = arena_new_array(&arena, struct record_claim, count + 1);
    assert_int_equal(row_load_claims(record, keys, count, &arena, claims, NULL), ANNALS_OK);
    for (uint32_t i = 0; i < count; i++) {
        struct record_claim claim;
        assert_int_equal(row_load_claim(record, keys[i], &arena, &claim, NULL), ANNALS_OK);
        describe(&together, &claims[i]);
        describe(&alone, &claim);
    }
    assert_string_equal(alone.bytes, together.bytes);
    keys[count] = 12345;
    assert_int_not_equal(row_load_claims(record, keys, count + 1, &arena, claims, NULL), ANNALS_OK);
    arena_release(&arena);
    buffer_release(&together);
    buffer_release(&alone);
    record_close(record);
    remove_record();
    drop_reports();
}

static int make_folder(void **state)
{
    (void)state;
    char folder[] = "/tmp/annals-increments-XXXXXX";
    if (mkdtemp(folder) == NULL)
        return 1;
    snprintf(path, sizeof path, "%s/a.db", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    remove_record();
    *strrchr(path, '/') = '\0';
    return rmdir(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_in_any_increments_gives_one_record),
        cmocka_unit_test(many_at_once_are_as_one_by_one),
        cmocka_unit_test(claims_loaded_together_are_those_loaded_alone),
        cmocka_unit_test(so_it_does_where_everything_is_alike),
        cmocka_unit_test(little_memory_gives_the_same_record),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
