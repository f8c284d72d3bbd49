/* record/: what people decide, coding again, and what verify finds. */
#include "bytes/buffer.h"
#include "record/agreement.h"
#include "record/originals.h"
#include "record/sqlite.h"
#include "store.h"
#include "stories.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const struct record_version version = {"0.0", "dictionaries", "models"};
static const struct record_version later = {"0.0", "better dictionaries", "models"};

struct fixture {
    char folder[64], path[160];
    struct record *record;
};

static void reopen(struct fixture *fixture)
{
    annals_error error = {0};
    record_close(fixture->record);
    if (record_open(fixture->path, ANNALS_READ_WRITE, 50, &fixture->record, &error) != ANNALS_OK)
        fail_msg("%s", error.sentence);
}

static void add_story(struct fixture *fixture, int number)
{
    struct story story;
    annals_error error = {0};
    annals_origin origin = {.path = "a.txt", .retrieved = "3019-04-01T00:00:00Z"};
    story_make(&story, number);
    if (record_add(fixture->record, &story.document, &version, &origin, &error) != ANNALS_OK)
        fail_msg("%s", error.sentence);
    arena_release(&story.arena);
}

static void merge(struct fixture *fixture)
{
    annals_error error = {0};
    if (record_merge(fixture->record, &error) != ANNALS_OK)
        fail_msg("%s", error.sentence);
}

static void begin(struct fixture *fixture, int stories)
{
    *fixture = (struct fixture){.record = NULL};
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/annals-decide-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    store_path(fixture->path, sizeof fixture->path, fixture->folder);
    reopen(fixture);
    for (int i = 0; i < stories; i++)
        add_story(fixture, i);
    merge(fixture);
}

static void end(struct fixture *fixture)
{
    record_close(fixture->record);
    unlink(fixture->path);
    rmdir(fixture->folder);
}

/* ------------------------------------------------------------------ asking */

static bool gather(void *context, const char *bytes, size_t length)
{
    buffer_add(context, bytes, length);
    return true;
}

static char *dump(struct fixture *fixture)
{
    struct buffer text;
    buffer_init(&text);
    assert_int_equal(record_dump(fixture->record, gather, &text, NULL), ANNALS_OK);
    assert_false(text.failed);
    return text.bytes;
}

/* The dump up to the decisions: what follows from the reports. */
static char *dump_of_reports(struct fixture *fixture)
{
    char *text = dump(fixture), *decisions = strstr(text, "\ndecisions\t");
    if (decisions != NULL)
        decisions[1] = '\0';
    return text;
}

static int64_t ask(struct fixture *fixture, const char *sql)
{
    struct store_statement *row = NULL;
    if (store_prepare(fixture->record->database, sql, &row) != STORE_OK)
        fail_msg("%s: %s", sql, store_message(fixture->record->database));
    int64_t number = store_step(row) == STORE_ROW ? store_int64(row, 0) : -1;
    store_finalize(row);
    return number;
}

static void execute(struct fixture *fixture, const char *sql)
{
    if (store_run(fixture->record->database, sql) != STORE_OK)
        fail_msg("%s: %s", sql, store_message(fixture->record->database));
}

/* The id of what `sql` gives. */
static const char *id_of(struct fixture *fixture, char letter, const char *sql)
{
    static char ids[8][RECORD_ID_SIZE];
    static int used;
    char *id = ids[used++ % 8];
    record_id_write(letter, ask(fixture, sql), id);
    return id;
}

static const char *siege(struct fixture *fixture)
{
    return id_of(fixture, 'c', "SELECT claim FROM claims WHERE mode = 'heavy-weapons'");
}

static uint64_t damages_of(struct fixture *fixture, struct buffer *text)
{
    uint64_t damages = 0;
    annals_error error = {0};
    buffer_clear(text);
    if (record_verify(fixture->record, gather, NULL, text, &damages, &error) != ANNALS_OK)
        fail_msg("%s", error.sentence);
    return damages;
}

static void assert_sound(struct fixture *fixture)
{
    struct buffer text;
    buffer_init(&text);
    if (damages_of(fixture, &text) > 0)
        fail_msg("%s", text.bytes);
    buffer_release(&text);
}

/* ------------------------------------------------------------------ deciding */

static annals_status decide(struct fixture *fixture, const char *kind, const char *const *ids,
                            size_t count, const char *slot, const char *value, annals_error *error)
{
    struct record_place place = {0};
    uint64_t first = 0;
    annals_decision decision = {.kind = kind,
                                .ids = ids,
                                .id_count = count,
                                .slot = slot,
                                .value = value,
                                .author = "A. Scribe",
                                .reason = "for the test",
                                .decided = "3019-05-01T00:00:00Z"};
    if (slot != NULL && strcmp(slot, "place") == 0)
        place = (struct record_place){.name = value,
                                      .geonameid = 77,
                                      .located = true,
                                      .latitude = 1,
                                      .longitude = 2,
                                      .feature = "PPL"};
    return record_decide(fixture->record, &decision, &place, 1, &first, error);
}

static void one(struct fixture *fixture, const char *kind, const char *id, const char *slot,
                const char *value)
{
    annals_error error = {0};
    if (decide(fixture, kind, &id, 1, slot, value, &error) != ANNALS_OK)
        fail_msg("%s %s: %s", kind, id, error.sentence);
    assert_sound(fixture);
}

static void several(struct fixture *fixture, const char *kind, const char *first,
                    const char *second)
{
    const char *ids[] = {first, second};
    annals_error error = {0};
    if (decide(fixture, kind, ids, 2, NULL, NULL, &error) != ANNALS_OK)
        fail_msg("%s: %s", kind, error.sentence);
    assert_sound(fixture);
}

static void an_amended_claim_is_found_by_what_was_decided(void **state)
{
    (void)state;
    struct fixture fixture;
    begin(&fixture, STORY_COUNT);
    char *before = dump_of_reports(&fixture);
    const char *claim = siege(&fixture);
    one(&fixture, "amend", claim, "status", "denied");
    one(&fixture, "amend", claim, "killed", "40-");
    one(&fixture, "amend", claim, "agent", "Mordor; Riders of Harad");
    one(&fixture, "amend", claim, "patient", "unknown");
    one(&fixture, "amend", claim, "date", "3019-02-27");
    one(&fixture, "amend", claim, "place", "Cair Andros");
    one(&fixture, "amend", claim, "control", "takes");
    one(&fixture, "amend", claim, "holder", "Mordor");
    one(&fixture, "amend", claim, "type", "assault/kill");
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM claims c WHERE c.mode = 'kill' AND "
                                   "c.status = 'denied' AND c.first = '3019-02-27' AND "
                                   "c.last = '3019-02-27' AND c.precision = 'day' AND c.cameo IS "
                                   "NULL AND c.plover = 'ASSAULT' AND c.control = 'takes'"),
                     1);
    assert_int_equal(ask(&fixture,
                         "SELECT count(*) FROM claims c JOIN places p ON p.report = c.report "
                         "AND p.place = c.place AND p.place = c.control_place WHERE "
                         "p.name = 'Cair Andros' AND c.mode = 'kill'"),
                     1);
    assert_int_equal(ask(&fixture,
                         "SELECT count(*) FROM claims c JOIN participants x USING (claim) "
                         "JOIN actors a ON a.report = c.report AND a.actor = x.actor WHERE "
                         "c.mode = 'kill' AND c.status = 'denied' AND a.name IN ('Mordor', "
                         "'Riders of Harad')"),
                     2);
    assert_int_equal(ask(&fixture, "SELECT low FROM counts WHERE high IS NULL AND what = 'killed'"),
                     40);
    /* The event goes along; the claim as coded does not. */
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM events WHERE first = '3019-02-27'"), 1);
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM kept_claims WHERE coding = 0 AND "
                                   "mode = 'heavy-weapons' AND status = 'claimed'"),
                     1);
    one(&fixture, "amend", claim, "date", "3019-02");
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM claims WHERE first = '3019-02-01' AND "
                                   "last = '3019-02-28' AND precision = 'month'"),
                     1);
    char *after = dump(&fixture);
    assert_non_null(strstr(after, "heavy-weapons"));
    assert_null(strstr(after, "Riders of Harad\tunknown"));
    free(after);
    for (int i = 1; i <= 10; i++) {
        char id[16];
        snprintf(id, sizeof id, "d%d", i);
        one(&fixture, "undo", id, NULL, NULL);
    }
    after = dump_of_reports(&fixture);
    assert_string_equal(before, after);
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM decisions"), 20);
    free(before);
    free(after);
    end(&fixture);
}

/* Who withdraws held the place before, if another takes it: also one whom a person names. */
static void who_is_said_to_withdraw_is_found_by_what_was_decided(void **state)
{
    static const char mordor[] =
        "SELECT count(*) FROM control_claims k JOIN claims c USING (claim) "
        "WHERE k.change = 'yields' AND c.mode = 'withdraw' AND "
        "c.status = 'claimed' AND k.holder = 'Mordor'";
    static const char harad[] = "SELECT count(*) FROM control_claims WHERE change = 'yields' AND "
                                "holder = 'Riders of Harad'";
    (void)state;
    struct fixture fixture;
    begin(&fixture, STORY_COUNT);
    const char *claim = siege(&fixture);
    one(&fixture, "amend", claim, "type", "retreat/withdraw");
    one(&fixture, "amend", claim, "place", "Cair Andros");
    assert_int_equal(ask(&fixture, harad), 0);
    one(&fixture, "amend", claim, "agent", "Riders of Harad");
    assert_int_equal(ask(&fixture, harad), 1);
    one(&fixture, "amend", claim, "agent", "Mordor");
    assert_int_equal(ask(&fixture, harad), 0);
    assert_int_equal(ask(&fixture, mordor), 1);
    one(&fixture, "undo", "d4", NULL, NULL);
    assert_int_equal(ask(&fixture, harad), 1);
    assert_int_equal(ask(&fixture, mordor), 0);
    end(&fixture);
}

static void a_rejected_claim_leaves_its_event(void **state)
{
    (void)state;
    struct fixture fixture;
    begin(&fixture, STORY_COUNT);
    char *before = dump_of_reports(&fixture);
    int64_t events = ask(&fixture, "SELECT count(*) FROM event_claims");
    one(&fixture, "reject", siege(&fixture), NULL, NULL);
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM event_claims"), events - 1);
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM claims WHERE status = 'rejected'"), 1);
    merge(&fixture);
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM event_claims"), events - 1);
    /* An acceptance takes the rejection back, and so would undoing it. */
    one(&fixture, "accept", siege(&fixture), NULL, NULL);
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM event_claims"), events);
    char *after = dump_of_reports(&fixture);
    assert_string_equal(before, after);
    free(before);
    free(after);
    end(&fixture);
}

static void events_are_merged_and_split_and_stay_so(void **state)
{
    (void)state;
    struct fixture fixture;
    begin(&fixture, 2);
    int64_t events = ask(&fixture, "SELECT count(*) FROM events");
    const char *first = id_of(&fixture, 'e', "SELECT min(event) FROM events");
    const char *last = id_of(&fixture, 'e', "SELECT max(event) FROM events");
    int64_t claims = ask(&fixture, "SELECT count(*) FROM event_claims WHERE event IN ((SELECT "
                                   "min(event) FROM events), (SELECT max(event) FROM events))");
    assert_string_not_equal(first, last);
    char *before = dump_of_reports(&fixture);
    several(&fixture, "merge", last, first);
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM events"), events - 1);
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM event_claims WHERE event = "
                                   "(SELECT min(event) FROM events)"),
                     claims);
    /* A report more: the decision holds. */
    for (int i = 2; i < STORY_COUNT; i++)
        add_story(&fixture, i);
    merge(&fixture);
    assert_sound(&fixture);
    assert_int_equal(ask(&fixture,
                         "SELECT count(DISTINCT event) FROM event_claims JOIN decided_claims "
                         "USING (claim)"),
                     1);
    const char *claim = id_of(&fixture, 'c',
                              "SELECT max(claim) FROM event_claims WHERE event = "
                              "(SELECT event FROM event_claims JOIN decided_claims "
                              "USING (claim) LIMIT 1)");
    several(&fixture, "split", first, claim);
    merge(&fixture);
    assert_sound(&fixture);
    assert_int_equal(ask(&fixture,
                         "SELECT count(*) FROM event_claims l JOIN decided_claims b USING "
                         "(claim) WHERE b.decision = 2 GROUP BY l.event"),
                     1);
    one(&fixture, "undo", "d2", NULL, NULL);
    one(&fixture, "undo", "1", NULL, NULL);
    char *after = dump_of_reports(&fixture);
    struct fixture fresh;
    begin(&fresh, STORY_COUNT);
    char *wanted = dump_of_reports(&fresh);
    assert_string_equal(wanted, after);
    end(&fresh);
    free(before);
    free(after);
    free(wanted);
    end(&fixture);
}

/* The same reports and decisions make the same record, whether people decided early or late. */
static void it_does_not_matter_when_people_decide(void **state)
{
    (void)state;
    struct fixture early, late;
    begin(&early, 2);
    begin(&late, STORY_COUNT);
    struct fixture *both[] = {&early, &late};
    for (int i = 0; i < 2; i++) {
        const char *claim = siege(both[i]);
        one(both[i], "amend", claim, "date", "3019-03-25");
        one(both[i], "amend", claim, "status", "alleged");
        one(both[i], "reject",
            id_of(both[i], 'c', "SELECT min(claim) FROM claims WHERE status = 'denied'"), NULL,
            NULL);
    }
    for (int i = 2; i < STORY_COUNT; i++)
        add_story(&early, i);
    merge(&early);
    char *left = dump(&early), *right = dump(&late);
    assert_string_equal(left, right);
    free(left);
    free(right);
    end(&early);
    end(&late);
}

static void who_was_overtaken_is_told(void **state)
{
    (void)state;
    struct fixture fixture;
    const struct record_place none = {0};
    annals_error error;
    uint64_t first = 0, seen = 0;
    begin(&fixture, STORY_COUNT);
    const char *claim = siege(&fixture);
    annals_decision decision = {
        .kind = "accept", .ids = &claim, .id_count = 1, .author = "B. Clerk", .seen = &seen};
    assert_int_equal(record_decide(fixture.record, &decision, &none, 1, &first, &error), ANNALS_OK);
    assert_int_equal(first, 1);
    assert_int_equal(record_decide(fixture.record, &decision, &none, 1, &first, &error),
                     ANNALS_STOPPED);
    assert_non_null(strstr(error.sentence, "B. Clerk decided on it meanwhile (d1)"));
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM decisions"), 1);
    seen = 1;
    assert_int_equal(record_decide(fixture.record, &decision, &none, 1, &first, &error), ANNALS_OK);
    decision.seen = NULL;
    assert_int_equal(record_decide(fixture.record, &decision, &none, 1, &first, &error), ANNALS_OK);
    assert_int_equal(first, 3);
    end(&fixture);
}

static void what_is_no_decision_is_refused(void **state)
{
    (void)state;
    struct fixture fixture;
    annals_error error;
    begin(&fixture, STORY_COUNT);
    const char *claim = siege(&fixture);
    const char *event = id_of(&fixture, 'e', "SELECT min(event) FROM events");
    const struct {
        const char *kind, *id, *slot, *value;
        annals_status status;
    } wrong[] = {
        {"amend", claim, "colour", "red", ANNALS_WRONG_USE},
        {"amend", claim, "status", "unlikely", ANNALS_WRONG_USE},
        {"amend", claim, "status", "unknown", ANNALS_WRONG_USE},
        {"amend", claim, "type", "ASSAULTS", ANNALS_WRONG_USE},
        {"amend", claim, "type", "ASSAULT/", ANNALS_WRONG_USE},
        {"amend", claim, "date", "3019-02-30", ANNALS_WRONG_USE},
        {"amend", claim, "date", "3019-03-02/3019-03-01", ANNALS_WRONG_USE},
        {"amend", claim, "date", "301-03-020", ANNALS_WRONG_USE},
        {"amend", claim, "killed", "many", ANNALS_WRONG_USE},
        {"amend", claim, "killed", "12-10", ANNALS_WRONG_USE},
        {"amend", claim, "killed", "-", ANNALS_WRONG_USE},
        {"amend", claim, NULL, NULL, ANNALS_WRONG_USE},
        {"amend", event, "status", "denied", ANNALS_WRONG_USE},
        {"accept", "c", NULL, NULL, ANNALS_WRONG_USE},
        {"accept", "c0000000000000", NULL, NULL, ANNALS_NOT_FOUND},
        {"merge", event, NULL, NULL, ANNALS_WRONG_USE},
        {"undo", "d1", NULL, NULL, ANNALS_NOT_FOUND},
        {"undo", "x", NULL, NULL, ANNALS_WRONG_USE},
        {"guess", claim, NULL, NULL, ANNALS_WRONG_USE},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        error = (annals_error){0};
        annals_status status =
            decide(&fixture, wrong[i].kind, &wrong[i].id, 1, wrong[i].slot, wrong[i].value, &error);
        if (status != wrong[i].status || error.sentence[0] == '\0')
            fail_msg("%zu: %s %s: %d %s", i, wrong[i].kind, wrong[i].value ? wrong[i].value : "",
                     status, error.sentence);
    }
    const char *whole[] = {event, claim};
    /* Nothing would be left, or it is not of the event. */
    assert_int_equal(decide(&fixture, "split", whole, 2, NULL, NULL, &error), ANNALS_WRONG_USE);
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM decisions"), 0);
    one(&fixture, "accept", claim, NULL, NULL);
    one(&fixture, "undo", "d1", NULL, NULL);
    const char *ids[] = {"d1", "d2"};
    assert_int_equal(decide(&fixture, "undo", &ids[0], 1, NULL, NULL, NULL), ANNALS_WRONG_USE);
    assert_int_equal(decide(&fixture, "undo", &ids[1], 1, NULL, NULL, NULL), ANNALS_WRONG_USE);
    /* Only added to. */
    assert_int_not_equal(store_run(fixture.record->database, "UPDATE decisions SET author = 'x'"),
                         STORE_OK);
    assert_int_not_equal(store_run(fixture.record->database, "DELETE FROM decisions"), STORE_OK);
    end(&fixture);
}

/* ------------------------------------------------------------------ coding again */

/* Codes the siege again: `change` alters what a better dictionary would find. */
static void recode_siege(struct fixture *fixture, const struct record_version *with,
                         void (*change)(struct story *))
{
    struct story story;
    annals_error error = {0};
    story_make(&story, 0);
    if (change != NULL)
        change(&story);
    if (record_replace(fixture->record, &story.document, with, &error) != ANNALS_OK)
        fail_msg("%s", error.sentence);
    arena_release(&story.arena);
}

static void longer_trigger(struct story *story)
{
    story->document.claims.items[0].trigger = story_span(story, "Mordor shelled");
    story->document.claims.items[0].mode = "aerial";
}

static void no_siege(struct story *story)
{
    memmove(&story->document.claims.items[0], &story->document.claims.items[1],
            (story->document.claims.count - 1) * sizeof story->document.claims.items[0]);
    story->document.claims.count--;
}

static void decisions_survive_another_coding(void **state)
{
    (void)state;
    struct fixture fixture;
    uint64_t outdated = 0;
    begin(&fixture, STORY_COUNT);
    one(&fixture, "amend", siege(&fixture), "status", "negated");
    assert_int_equal(record_outdated(fixture.record, &later, &outdated, NULL), ANNALS_OK);
    assert_int_equal(outdated, STORY_COUNT);
    recode_siege(&fixture, &later, longer_trigger);
    assert_sound(&fixture);
    merge(&fixture);
    assert_sound(&fixture);
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM claims WHERE mode = 'aerial' AND "
                                   "status = 'negated'"),
                     1);
    assert_int_equal(record_outdated(fixture.record, &later, &outdated, NULL), ANNALS_OK);
    assert_int_equal(outdated, STORY_COUNT - 1);
    /* The older coding is kept, without the decision. */
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM kept_claims WHERE coding != 0 AND "
                                   "mode = 'heavy-weapons' AND status = 'claimed'"),
                     1);
    /* Without the claim the decision stays, but applies to nothing; with it, it does again. */
    recode_siege(&fixture, &version, no_siege);
    merge(&fixture);
    assert_sound(&fixture);
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM decided_claims"), 0);
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM decisions"), 1);
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM claims WHERE status = 'negated'"), 0);
    recode_siege(&fixture, &later, NULL);
    merge(&fixture);
    assert_sound(&fixture);
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM claims WHERE mode = 'heavy-weapons' AND "
                                   "status = 'negated'"),
                     1);
    end(&fixture);
}

static void coding_again_gives_what_a_fresh_reading_gives(void **state)
{
    (void)state;
    struct fixture fixture, fresh;
    begin(&fixture, STORY_COUNT);
    recode_siege(&fixture, &later, longer_trigger);
    recode_siege(&fixture, &version, NULL);
    merge(&fixture);
    begin(&fresh, STORY_COUNT);
    char *left = dump(&fixture), *right = dump(&fresh);
    assert_string_equal(left, right);
    free(left);
    free(right);
    end(&fixture);
    end(&fresh);
}

static void a_report_is_handed_out_as_it_was_taken_in(void **state)
{
    (void)state;
    struct fixture fixture;
    struct document document;
    struct arena arena;
    int64_t after = 0;
    int count = 0;
    bool found = true;
    begin(&fixture, STORY_COUNT);
    arena_init(&arena);
    while (found) {
        assert_int_equal(
            record_next(fixture.record, &later, &after, &document, &arena, &found, NULL),
            ANNALS_OK);
        if (!found)
            break;
        count++;
        for (int i = 0; i < STORY_COUNT; i++) {
            struct story story;
            story_make(&story, i);
            if (strcmp(story.document.report.id, document.report.id) == 0) {
                assert_string_equal(story.document.text, document.text);
                assert_int_equal(story.document.report.published, document.report.published);
                assert_int_equal(story.document.blocks.count, document.blocks.count);
            }
            arena_release(&story.arena);
        }
        arena_reset(&arena);
    }
    assert_int_equal(count, STORY_COUNT);
    arena_release(&arena);
    end(&fixture);
}

/* ------------------------------------------------------------------ many of them */

static uint32_t draw(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 16) % below;
}

/* Some claim or event, by chance; some are refused, which changes nothing. */
static void decide_by_chance(struct fixture *fixture, uint32_t *seed)
{
    char sql[200];
    const char *ids[2];
    uint32_t kind = draw(seed, 10);
    int64_t claims = ask(fixture, "SELECT count(*) FROM event_claims");
    int64_t events = ask(fixture, "SELECT count(*) FROM events");
    if (events < 2)
        return;
    snprintf(sql, sizeof sql, "SELECT event FROM events ORDER BY event LIMIT 1 OFFSET %u",
             draw(seed, (uint32_t)events));
    ids[0] = id_of(fixture, 'e', sql);
    if (kind < 2) {
        snprintf(sql, sizeof sql, "SELECT event FROM events ORDER BY event LIMIT 1 OFFSET %u",
                 draw(seed, (uint32_t)events));
        ids[1] = id_of(fixture, 'e', sql);
        decide(fixture, "merge", ids, 2, NULL, NULL, NULL);
        return;
    }
    snprintf(sql, sizeof sql, "SELECT claim FROM event_claims ORDER BY claim LIMIT 1 OFFSET %u",
             draw(seed, (uint32_t)claims));
    ids[1] = id_of(fixture, 'c', sql);
    if (kind == 2) {
        snprintf(
            sql, sizeof sql,
            "SELECT event FROM event_claims WHERE claim = (SELECT claim FROM event_claims ORDER "
            "BY claim LIMIT 1 OFFSET %u)",
            draw(seed, (uint32_t)claims));
        ids[0] = id_of(fixture, 'e', sql);
        decide(fixture, "split", ids, 2, NULL, NULL, NULL);
    } else if (kind == 3) {
        decide(fixture, "amend", &ids[1], 1, "date", "3019-04-01", NULL);
    } else if (kind < 6) {
        decide(fixture, "amend", &ids[1], 1, "killed", kind == 4 ? "7" : "12", NULL);
    } else if (kind == 6) {
        decide(fixture, "amend", &ids[1], 1, "agent", "the Second Watch", NULL);
    } else if (kind == 7) {
        ids[1] = id_of(fixture, 'c', "SELECT max(claim) FROM claims WHERE status = 'rejected'");
        decide(fixture, "accept", &ids[1], 1, NULL, NULL, NULL);
    } else if (kind == 8) {
        snprintf(sql, sizeof sql, "d%u",
                 1 + draw(seed, (uint32_t)ask(fixture,
                                              "SELECT coalesce(max(decision), 1) FROM decisions")));
        ids[0] = sql;
        decide(fixture, "undo", ids, 1, NULL, NULL, NULL);
    } else {
        decide(fixture, "reject", &ids[1], 1, NULL, NULL, NULL);
    }
}

static void code_all_again(struct fixture *fixture, const struct record_version *with)
{
    for (int i = 0; i < STORY_COUNT; i++) {
        struct story story;
        annals_error error = {0};
        story_make(&story, i);
        if (record_replace(fixture->record, &story.document, with, &error) != ANNALS_OK)
            fail_msg("%s", error.sentence);
        arena_release(&story.arena);
        assert_sound(fixture);
    }
    merge(fixture);
    assert_sound(fixture);
}

/* Whatever people decide: the record is sound, follows from reports and decisions alone, and is as
 * before once all is undone. */
static void any_decisions_leave_a_sound_record(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 8; seed++) {
        struct fixture fixture;
        uint32_t chance = seed;
        begin(&fixture, STORY_COUNT);
        char *fresh = dump_of_reports(&fixture);
        for (int i = 0; i < 24; i++) {
            decide_by_chance(&fixture, &chance);
            assert_sound(&fixture);
        }
        char *decided = dump(&fixture);
        execute(&fixture, "INSERT INTO unmerged SELECT report FROM reports");
        merge(&fixture);
        char *merged = dump(&fixture);
        assert_string_equal(decided, merged);
        code_all_again(&fixture, &later);
        code_all_again(&fixture, &version);
        char *recoded = dump(&fixture);
        assert_string_equal(decided, recoded);
        for (int64_t i = ask(&fixture, "SELECT max(decision) FROM decisions"); i > 0; i--) {
            char id[32];
            const char *ids = id;
            snprintf(id, sizeof id, "d%lld", (long long)i);
            decide(&fixture, "undo", &ids, 1, NULL, NULL, NULL);
        }
        char *undone = dump_of_reports(&fixture);
        assert_string_equal(fresh, undone);
        free(fresh);
        free(decided);
        free(merged);
        free(recoded);
        free(undone);
        end(&fixture);
    }
}

/* ------------------------------------------------------------------ verifying */

static void each_damage_is_named(void **state)
{
    (void)state;
    if (store_address() != NULL) /* its damage is done in SQLite's words */
        return;
    static const struct {
        const char *damage, *word;
    } cases[] = {
        {"UPDATE reports SET text = text || 'x' WHERE name = 'siege'", "SHA-256"},
        {"UPDATE originals SET size = size + 1, encoding = 'zlib', bytes = x'0102' WHERE rowid = "
         "(SELECT min(report) FROM originals)",
         "bytes of the report are damaged"},
        {"DELETE FROM originals WHERE rowid = (SELECT min(report) FROM originals)", "not there"},
        {"UPDATE sentences SET stop = 100000 WHERE sentence = 0", "outside the text"},
        {"UPDATE claims SET trigger_stop = -1 WHERE mode = 'heavy-weapons'", "outside the text"},
        {"PRAGMA foreign_keys = OFF; DELETE FROM sentences WHERE sentence = 0", "refers to a row"},
        {"DELETE FROM event_claims WHERE claim = (SELECT min(claim) FROM claims)", "no event"},
        {"INSERT INTO events (event) VALUES (7)", "has no claim"},
        {"UPDATE event_claims SET act = 7 WHERE claim = (SELECT min(claim) FROM claims)", "act"},
        {"INSERT INTO claim_search (rowid, sentence) VALUES (7, 'nothing')", "claim_search"},
        {"DELETE FROM reports WHERE name = 'weather'", "report_search"},
    };
    struct buffer text;
    buffer_init(&text);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture fixture;
        begin(&fixture, STORY_COUNT);
        execute(&fixture, cases[i].damage);
        if (damages_of(&fixture, &text) == 0 || strstr(text.bytes, cases[i].word) == NULL)
            fail_msg("%s: %s", cases[i].damage, text.bytes != NULL ? text.bytes : "nothing found");
        end(&fixture);
    }
    buffer_release(&text);
}

static void originals_are_packed_and_come_back(void **state)
{
    (void)state;
    struct arena arena;
    char page[4000];
    size_t packed = 0;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof page; i++)
        page[i] = (char)("<p>Gondor calls for aid.</p>\n"[i % 29]);
    const void *bytes = originals_pack(&arena, page, sizeof page, &packed);
    assert_non_null(bytes);
    assert_true(packed < sizeof page / 4);
    const void *back = originals_unpack(&arena, bytes, packed, sizeof page);
    assert_non_null(back);
    assert_memory_equal(back, page, sizeof page);
    /* Cut off, of another size, or nothing at all. */
    assert_null(originals_unpack(&arena, bytes, packed - 1, sizeof page));
    assert_null(originals_unpack(&arena, bytes, packed, sizeof page - 1));
    assert_null(originals_unpack(&arena, bytes, packed, 0));
    assert_null(originals_unpack(&arena, NULL, 0, 10));
    assert_null(originals_pack(&arena, "short", 5, &packed));
    arena_release(&arena);
}

/* ------------------------------------------------------------------ agreement */

/* The worked examples of Krippendorff (2011): two people and two values; two people and five
 * values; four people, five values and gaps. By hand, of the first: n = 20, 14 zeros and 6 ones,
 * o(0,0) = 10, o(1,1) = 2, alpha = 1 - 19 (20 - 12) / (400 - 196 - 36) = 1 - 152 / 168 = 0.095. */
static void alpha_is_that_of_the_worked_examples(void **state)
{
    (void)state;
    enum { NO = AGREEMENT_MISSING };
    static const uint32_t first[10][2] = {{0, 1}, {1, 1}, {0, 1}, {0, 0}, {0, 0},
                                          {0, 1}, {0, 0}, {0, 0}, {1, 0}, {0, 0}};
    static const uint32_t second[12][2] = {{0, 1}, {0, 0}, {1, 1}, {1, 1}, {3, 1}, {2, 2},
                                           {2, 2}, {2, 2}, {4, 4}, {3, 3}, {3, 3}, {0, 3}};
    static const uint32_t third[12][4] = {
        {1, 1, NO, 1}, {2, 2, 3, 2}, {3, 3, 3, 3}, {3, 3, 3, 3},  {2, 2, 2, 2},   {1, 2, 3, 4},
        {4, 4, 4, 4},  {1, 1, 2, 1}, {2, 2, 2, 2}, {NO, 5, 5, 5}, {NO, NO, 1, 1}, {NO, 3, NO, NO}};
    struct agreement agreement = agreement_measure(&first[0][0], 10, 2);
    assert_int_equal(agreement.units, 10);
    assert_true(fabs(agreement.alpha - 0.0952) < 0.0001);
    assert_true(fabs(agreement.agreed - 0.6) < 0.0001);
    agreement = agreement_measure(&second[0][0], 12, 2);
    assert_true(fabs(agreement.alpha - 0.6920) < 0.0001);
    agreement = agreement_measure(&third[0][0], 12, 4);
    assert_int_equal(agreement.units, 11);
    assert_true(fabs(agreement.alpha - 0.7434) < 0.0001);
    /* Where nothing varies, or nobody judged, there is no alpha. */
    assert_true(isnan(agreement_measure(&first[3][0], 2, 2).alpha));
    assert_true(isnan(agreement_measure(NULL, 0, 2).alpha));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_amended_claim_is_found_by_what_was_decided),
        cmocka_unit_test(who_is_said_to_withdraw_is_found_by_what_was_decided),
        cmocka_unit_test(a_rejected_claim_leaves_its_event),
        cmocka_unit_test(events_are_merged_and_split_and_stay_so),
        cmocka_unit_test(it_does_not_matter_when_people_decide),
        cmocka_unit_test(who_was_overtaken_is_told),
        cmocka_unit_test(what_is_no_decision_is_refused),
        cmocka_unit_test(decisions_survive_another_coding),
        cmocka_unit_test(coding_again_gives_what_a_fresh_reading_gives),
        cmocka_unit_test(a_report_is_handed_out_as_it_was_taken_in),
        cmocka_unit_test(any_decisions_leave_a_sound_record),
        cmocka_unit_test(each_damage_is_named),
        cmocka_unit_test(originals_are_packed_and_come_back),
        cmocka_unit_test(alpha_is_that_of_the_worked_examples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
