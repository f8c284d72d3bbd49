/* record/control: periods out of words on an invented place, and whole outputs over a record of
 * invented reports, compared with tests/golden/render (ANNALS_GOLDEN=rewrite writes them anew). */
#include "store.h"
#include "bytes/buffer.h"
#include "bytes/mapping.h"
#include "record/control.h"
#include "render/render.h"
#include "stories.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

/* ------------------------------------------------------------------ periods */

enum { U = DAY_UNKNOWN, WORDS = 8 };

enum mark { PLAIN, OWN, WEAK, DENIED, PAST };

/* A word: what, whose, first and last day (numbers that stand for days). */
struct line {
    enum control_move change;
    const char *side;
    int32_t first, last;
    enum mark mark;
};

static void add_parties(struct buffer *text, char sign, const struct control_party *parties,
                        uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        buffer_print(text, "%c%s", i == 0 ? sign : '+', parties[i].name);
}

static void print_periods(struct buffer *text, const struct control_history *history)
{
    buffer_add_string(text, "");
    for (uint32_t i = 0; i < history->periods.count; i++) {
        const struct control_period *period = &history->periods.items[i];
        buffer_print(text, "%s%d-", i > 0 ? "; " : "", period->begin);
        if (period->end != INT32_MAX)
            buffer_print(text, "%d", period->end);
        buffer_print(text, " %s", control_status_name(period->status));
        add_parties(text, ' ', period->holders, period->holder_count);
        add_parties(text, '/', period->rivals, period->rival_count);
        if (period->before.name != NULL)
            buffer_print(text, " %s %s", period->lost ? "lost by" : "after", period->before.name);
        if (period->since_last != U && period->since_first != U)
            buffer_print(text, " since %d..%d", period->since_first, period->since_last);
        else if (period->since_last != U)
            buffer_print(text, " by %d", period->since_last);
        buffer_add_string(text, period->objected ? " denied" : "");
    }
}

static void check(const struct line *lines, uint32_t count, const char *expected)
{
    struct control_word words[WORDS] = {0};
    /* Whatever the order in which they come. */
    for (uint32_t turn = 0; turn < count; turn++) {
        struct arena arena;
        struct control_history history;
        struct buffer text;
        arena_init(&arena);
        buffer_init(&text);
        for (uint32_t i = 0; i < count; i++) {
            const struct line *line = &lines[(i * (turn % 2 ? count - 1 : 1) + turn) % count];
            words[i] = (struct control_word){
                .claim = 1 + (line - lines), .change = line->change, .first = line->first,
                .last = line->last, .side = line->side, .holder = line->side,
                .unconfirmed = line->mark == OWN, .weak = line->mark == WEAK,
                .denied = line->mark == DENIED, .past = line->mark == PAST};
        }
        control_periods(&arena, words, count, &history);
        print_periods(&text, &history);
        if (strcmp(text.bytes, expected) != 0)
            fail_msg("found    %s\nexpected %s", text.bytes, expected);
        buffer_release(&text);
        arena_release(&arena);
    }
}

#define CHECK(expected, ...)                                                                       \
    do {                                                                                           \
        const struct line lines[] = {__VA_ARGS__};                                                 \
        check(lines, sizeof lines / sizeof lines[0], expected);                                    \
    } while (0)

static void a_taking_ends_every_other_holding(void **state)
{
    (void)state;
    CHECK("100-199 held A since 100..100; 200- held B since 200..200",
          {MOVE_TAKES, "A", 100, 100}, {MOVE_TAKES, "B", 200, 200});
    /* Two spans of days for one taking: what both allow. */
    CHECK("101- held A since 100..101",
          {MOVE_TAKES, "A", 80, 101}, {MOVE_TAKES, "A", 100, 106});
    CHECK("100-299 held A since 100..100; 300- held A since 300..300",
          {MOVE_TAKES, "A", 100, 100}, {MOVE_TAKES, "A", 300, 300});
    /* The same taking told twice is one. */
    CHECK("101- held A since 100..101", {MOVE_TAKES, "A", 100, 101}, {MOVE_TAKES, "A", 102, 102});
    /* Nobody is said to hold it on the days on which it may have fallen. */
    CHECK("100-209 held A since 100..100; 210-219 unknown after A; 220- held B since 210..220",
          {MOVE_TAKES, "A", 100, 100}, {MOVE_TAKES, "B", 210, 220});
}

static void retaken_within_a_day_is_disputed(void **state)
{
    (void)state;
    CHECK("100- disputed/A+B", {MOVE_TAKES, "A", 100, 100}, {MOVE_TAKES, "B", 100, 100});
    CHECK("99-99 held A; 100- held B since 100..100",
          {MOVE_HOLDS, "A", 100, 100}, {MOVE_TAKES, "B", 100, 100});
    CHECK("100-104 disputed/A+B; 105- held B",
          {MOVE_HOLDS, "A", 100, 100}, {MOVE_HOLDS, "B", 100, 100}, {MOVE_HOLDS, "B", 105, 105});
}

static void a_change_that_nobody_tells_leaves_a_gap(void **state)
{
    (void)state;
    CHECK("100-131 held A; 132-468 unknown after A; 469- held B since 101..500",
          {MOVE_HOLDS, "A", 100, 100}, {MOVE_HOLDS, "B", 500, 500});
    CHECK("100-100 held A; 101-119 unknown after A; 120- held B since 101..120",
          {MOVE_HOLDS, "A", 100, 100}, {MOVE_HOLDS, "B", 120, 120});
    CHECK("100- held A", {MOVE_HOLDS, "A", 100, 100}, {MOVE_HOLDS, "A", 500, 500});
}

static void a_loss_tells_who_held_it(void **state)
{
    (void)state;
    CHECK("68-99 held A; 100- unknown lost by A", {MOVE_LOSES, "A", 100, 100});
    CHECK("68-99 held A; 100-102 unknown lost by A; 103- held B since 103..103",
          {MOVE_LOSES, "A", 100, 100}, {MOVE_TAKES, "B", 103, 103});
    CHECK("66-97 held A; 98- held B since 98..98",
          {MOVE_LOSES, "A", 100, 100}, {MOVE_TAKES, "B", 98, 98});
    CHECK("50-99 held A since 50..50; 100- unknown lost by A",
          {MOVE_TAKES, "A", 50, 50}, {MOVE_HOLDS, "A", 90, 90}, {MOVE_LOSES, NULL, 100, 100});
    /* Who was last heard of long ago is not said to have lost it. */
    CHECK("50-299 held A since 50..50; 300- unknown after A",
          {MOVE_TAKES, "A", 50, 50}, {MOVE_LOSES, NULL, 300, 300});
    /* "The fall of the city" just after it was taken is that taking. */
    CHECK("50- held A since 50..50", {MOVE_TAKES, "A", 50, 50}, {MOVE_LOSES, NULL, 60, 60});
}

static void who_surrenders_held_it_if_another_takes_it(void **state)
{
    (void)state;
    CHECK("67-98 held A; 99-99 unknown after A; 100- held B since 99..100",
          {MOVE_YIELDS, "A", 99, 99}, {MOVE_TAKES, "B", 99, 100});
    CHECK("68-99 held A; 100- held B since 100..100",
          {MOVE_YIELDS, "A", 105, 105}, {MOVE_TAKES, "B", 100, 100});
    CHECK("", {MOVE_YIELDS, "A", 99, 99});
    CHECK("100- held A since 100..100", {MOVE_YIELDS, "A", 99, 99}, {MOVE_TAKES, "A", 100, 100});
    CHECK("200- held B since 200..200", {MOVE_YIELDS, "A", 99, 99}, {MOVE_TAKES, "B", 200, 200});
}

static void a_contest_stays_until_somebody_holds(void **state)
{
    (void)state;
    CHECK("100- contested/B", {MOVE_CONTESTS, "B", 100, 100});
    CHECK("50-99 held A since 50..50; 100-149 contested A/B since 50..50; 150- held A since 50..50",
          {MOVE_TAKES, "A", 50, 50}, {MOVE_CONTESTS, "B", 100, 100}, {MOVE_HOLDS, "A", 150, 150});
    CHECK("50-99 held A since 50..50; 100-119 contested A/B since 50..50; 120- held B since 120..120",
          {MOVE_TAKES, "A", 50, 50}, {MOVE_CONTESTS, "B", 100, 100}, {MOVE_TAKES, "B", 120, 120});
    CHECK("100- contested A", {MOVE_HOLDS, "A", 100, 100}, {MOVE_CONTESTS, NULL, 100, 100});
}

static void who_enters_what_was_left_takes_it(void **state)
{
    (void)state;
    CHECK("68-99 held A; 100-109 unknown lost by A; 110- held B since 110..110",
          {MOVE_LOSES, "A", 100, 100}, {MOVE_CONTESTS, "B", 110, 110});
    /* Who comes back fights for it, and so does who comes late. */
    CHECK("68-99 held A; 100-109 unknown lost by A; 110- contested/A",
          {MOVE_LOSES, "A", 100, 100}, {MOVE_CONTESTS, "A", 110, 110});
    CHECK("68-99 held A; 100-149 unknown lost by A; 150- contested/B",
          {MOVE_LOSES, "A", 100, 100}, {MOVE_CONTESTS, "B", 150, 150});
}

static void what_only_the_holder_says_is_claimed(void **state)
{
    (void)state;
    CHECK("100- claimed A since 100..100", {MOVE_TAKES, "A", 100, 100, OWN});
    CHECK("100- held A since 100..100",
          {MOVE_TAKES, "A", 100, 100, OWN}, {MOVE_HOLDS, "A", 103, 103});
    CHECK("50-99 held B since 50..50; 100- claimed A after B since 100..100",
          {MOVE_TAKES, "B", 50, 50}, {MOVE_TAKES, "A", 100, 100, OWN});
    /* Denied, it moves nobody. */
    CHECK("50-99 held B since 50..50; 100- disputed B/A since 50..50 denied",
          {MOVE_TAKES, "B", 50, 50}, {MOVE_TAKES, "A", 100, 100, OWN},
          {MOVE_TAKES, "A", 101, 101, DENIED});
    CHECK("100- disputed/A denied",
          {MOVE_TAKES, "A", 100, 100, OWN}, {MOVE_TAKES, "A", 100, 100, DENIED});
    /* What others say too stands, with the denial beside it. */
    CHECK("100- held A since 100..100 denied",
          {MOVE_TAKES, "A", 100, 100}, {MOVE_TAKES, "A", 101, 101, DENIED});
    CHECK("100- held A since 100..100",
          {MOVE_TAKES, "A", 100, 100}, {MOVE_TAKES, "A", 300, 300, DENIED});
    CHECK("", {MOVE_TAKES, "A", 100, 100, DENIED});
}

static void vague_words_give_way(void **state)
{
    (void)state;
    /* Without a day: known on the day of the report, and moves nobody who is lately known. */
    CHECK("100- held A by 100", {MOVE_TAKES, "A", U, 100, WEAK});
    CHECK("90- held A since 90..90",
          {MOVE_TAKES, "A", 90, 90}, {MOVE_TAKES, "B", U, 100, WEAK});
    CHECK("90-499 held A since 90..90; 500- held B by 500",
          {MOVE_TAKES, "A", 90, 90}, {MOVE_TAKES, "B", U, 500, WEAK});
    /* A year gives way to a day within it. */
    CHECK("400- held B since 400..400",
          {MOVE_HOLDS, "A", 366, 730}, {MOVE_TAKES, "B", 400, 400});
    /* What is told as past says nothing of later days. */
    CHECK("100-100 held A; 101- unknown after A", {MOVE_HOLDS, "A", 100, 100, PAST});
    CHECK("90- held A since 90..90",
          {MOVE_TAKES, "A", 90, 90}, {MOVE_HOLDS, "A", 100, 100, PAST});
}

static void a_shared_place_has_two_holders(void **state)
{
    (void)state;
    CHECK("100- shared A+B", {MOVE_SHARES, "A", 100, 100}, {MOVE_SHARES, "B", 100, 100});
    CHECK("100-199 shared A+B; 200- held B since 200..200",
          {MOVE_SHARES, "A", 100, 100}, {MOVE_SHARES, "B", 100, 100},
          {MOVE_TAKES, "B", 200, 200});
}

/* Words without end: the time must not grow with their square. */
static void many_words_of_one_place(void **state)
{
    (void)state;
    enum { MANY = 100000 };
    static const char *const sides[] = {"A", "B", "C"};
    struct arena arena;
    struct control_history history;
    arena_init(&arena);
    struct control_word *words = arena_new_array(&arena, struct control_word, MANY);
    uint32_t random = 1;
    for (int i = 0; i < MANY; i++) {
        random = random * 1664525u + 1013904223u;
        const char *side = sides[random >> 8 & 1 ? 0 : (random >> 9) % 3];
        int32_t day = (int32_t)(random >> 12) % 9000;
        words[i] = (struct control_word){
            .claim = i, .change = (enum control_move)((random >> 4) % 6), .side = side,
            .holder = side, .first = random % 5 == 0 ? day - 365 : day, .last = day,
            .unconfirmed = random % 7 == 0, .denied = random % 11 == 0, .weak = random % 13 == 0};
    }
    control_periods(&arena, words, MANY, &history);
    assert_true(history.periods.count > 100);
    int32_t end = INT32_MIN;
    for (uint32_t i = 0; i < history.periods.count; i++) {
        const struct control_period *period = &history.periods.items[i];
        if (period->begin <= end || period->begin > period->end)
            fail_msg("%u: %d-%d after %d", i, period->begin, period->end, end);
        end = period->end;
    }
    arena_release(&arena);
}

/* ------------------------------------------------------------------ whole outputs */

static struct record *record;
static char folder[64], path[160];

static struct claim *control(struct story *story, const char *trigger, enum control_change change,
                             uint32_t place, uint32_t holder, const char *from, const char *to)
{
    struct claim *claim = story_claim(story, trigger, "COERCE", NULL, from, to, place);
    claim->control = change;
    claim->control_place = place;
    claim->control_holder = holder;
    return claim;
}

static uint32_t province(struct story *story, const char *name)
{
    uint32_t index = story_place(story, name, name, 40.0, 12.0);
    story->document.places.items[index].feature = "ADM1";
    return index;
}

/* The river town falls; of its province only that it is fought over. */
static void town_falls(struct story *story)
{
    story_begin(story, "falls", "The Osgiliath Herald", "The bridges are lost", "3019-03-10",
                "Mordor took Osgiliath on Monday and fights on in Ithilien province.\n"
                "The garrison of Gondor withdrew from Osgiliath at dawn.\n"
                "Gondor still holds Minas Tirith.\n");
    uint32_t town = story_place(story, "Osgiliath", "Ithilien", 40.6, 12.4);
    uint32_t around = province(story, "Ithilien");
    uint32_t city = story_place(story, "Minas Tirith", "An\303\263rien", 40.5, 12.25);
    uint32_t mordor = story_actor(story, "Mordor", ACTOR_STATE, "state force");
    uint32_t gondor = story_actor(story, "Gondor", ACTOR_STATE, "state force");
    control(story, "took", CONTROL_TAKES, town, mordor, "3019-03-09", "3019-03-09");
    control(story, "fights on", CONTROL_CONTESTS, around, mordor, "3019-03-09", "3019-03-10");
    struct claim *withdrew =
        story_claim(story, "withdrew", "RETREAT", "withdraw", "3019-03-09", "3019-03-09", town);
    story_agent(withdrew, gondor);
    control(story, "holds", CONTROL_HOLDS, city, gondor, "3019-03-10", "3019-03-10");
}

/* What only one side says, and the other denies. */
static void town_is_claimed(struct story *story)
{
    story_begin(story, "claimed", "Post of Dale", NULL, "3019-03-13",
                "Gondor said its riders had retaken Osgiliath on Thursday.\n"
                "Mordor denied that Osgiliath was lost to Gondor.\n"
                "Gondor also said it had taken Cair Andros.\n");
    uint32_t town = story_place(story, "Osgiliath", "Ithilien", 40.6, 12.4);
    uint32_t island = story_place(story, "Cair Andros", "An\303\263rien", 40.8, 12.3);
    uint32_t gondor = story_actor(story, "Gondor", ACTOR_STATE, "state force");
    uint32_t mordor = story_actor(story, "Mordor", ACTOR_STATE, "state force");
    struct claim *claim = control(story, "retaken", CONTROL_TAKES, town, gondor, "3019-03-12",
                                  "3019-03-12");
    story_speaker(story, claim, gondor, "Gondor");
    claim = control(story, "lost", CONTROL_TAKES, town, gondor, "3019-03-12", "3019-03-12");
    story_speaker(story, claim, mordor, "Mordor");
    claim->status = STATUS_DENIED;
    claim = control(story, "taken", CONTROL_TAKES, island, gondor, "3019-03-11", "3019-03-13");
    story_speaker(story, claim, gondor, "Gondor");
}

/* A siege begins and ends; the town is retaken, which another outlet tells weeks later. */
static void siege_ends(struct story *story)
{
    story_begin(story, "siege", "Post of Dale", NULL, "3019-04-20",
                "Mordor besieged Minas Tirith from 13 March.\n"
                "Gondor has been in control of Minas Tirith since the siege ended in March.\n"
                "Gondor recaptured Osgiliath on 18 March.\n");
    uint32_t city = story_place(story, "Minas Tirith", "An\303\263rien", 40.5, 12.25);
    uint32_t town = story_place(story, "Osgiliath", "Ithilien", 40.6, 12.4);
    uint32_t mordor = story_actor(story, "Mordor", ACTOR_STATE, "state force");
    uint32_t gondor = story_actor(story, "Gondor", ACTOR_STATE, "state force");
    control(story, "besieged", CONTROL_CONTESTS, city, mordor, "3019-03-13", "3019-03-13");
    control(story, "in control", CONTROL_HOLDS, city, gondor, "3019-03-16", "3019-03-31");
    control(story, "recaptured", CONTROL_TAKES, town, gondor, "3019-03-18", "3019-03-18");
}

static int open_stories(void **state)
{
    (void)state;
    static void (*const makers[])(struct story *) = {town_falls, town_is_claimed, siege_ends};
    static const struct record_version version = {"0.0", "1234567890abcdef", "fedcba0987654321"};
    snprintf(folder, sizeof folder, "/tmp/annals-control-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return 1;
    store_path(path, sizeof path, folder);
    if (record_open(path, ANNALS_READ_WRITE, 1000, &record, NULL) != ANNALS_OK)
        return 1;
    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++) {
        struct story story;
        makers[i](&story);
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

static bool gather(void *context, const char *bytes, size_t length)
{
    buffer_add(context, bytes, length);
    return true;
}

static void golden(const char *name, const annals_query *query)
{
    char file[128];
    struct buffer found;
    struct mapping mapping;
    annals_error error = {0};
    const char *mode = getenv("ANNALS_GOLDEN");
    buffer_init(&found);
    if (render(record, query, gather, &found, &error) != ANNALS_OK)
        fail_msg("%s: %s", name, error.sentence);
    snprintf(file, sizeof file, "tests/golden/render/%s", name);
    if (mode != NULL && strcmp(mode, "rewrite") == 0) {
        FILE *stream = fopen(file, "wb");
        assert_non_null(stream);
        fwrite(found.bytes, 1, found.length, stream);
        fclose(stream);
    } else {
        if (mapping_open(&mapping, file, NULL) != ANNALS_OK)
            fail_msg("%s is not there; make golden", file);
        bool same = mapping.length == found.length &&
                    memcmp(mapping.bytes, found.bytes, found.length) == 0;
        mapping_close(&mapping);
        if (!same)
            fail_msg("%s differs; found:\n%s", file, found.bytes);
    }
    buffer_release(&found);
}

static void views_as_in_the_golden_files(void **state)
{
    (void)state;
    static const char *const layouts[] = {"txt", "csv", "tsv", "json", "jsonl"};
    for (int layout = ANNALS_TABLE; layout <= ANNALS_JSONL; layout++) {
        char name[64];
        annals_query query = {.view = ANNALS_CONTROL, .layout = (annals_layout)layout,
                              .on = "3019-03-15"};
        snprintf(name, sizeof name, "control.%s", layouts[layout]);
        golden(name, &query);
        query.id = "osgiliath";
        snprintf(name, sizeof name, "control-place.%s", layouts[layout]);
        golden(name, &query);
        query.history = true;
        snprintf(name, sizeof name, "control-history.%s", layouts[layout]);
        golden(name, &query);
    }
    golden("control-80.txt", &(annals_query){.view = ANNALS_CONTROL, .width = 80});
    golden("control-120.txt", &(annals_query){.view = ANNALS_CONTROL, .width = 120});
    golden("control-colour.txt", &(annals_query){.view = ANNALS_CONTROL, .width = 80, .colour = true,
                                                 .id = "Minas Tirith", .on = "3019-03-14"});
    golden("control-as-of.txt", &(annals_query){.view = ANNALS_CONTROL, .on = "3019-03-30",
                                                .as_of = "3019-03-12", .id = "Osgiliath"});
}

static annals_status ask(const char *id, const char *place, const char *on)
{
    struct buffer found;
    buffer_init(&found);
    annals_query query = {.view = ANNALS_CONTROL, .id = id, .place = place, .on = on};
    annals_status status = render(record, &query, gather, &found, NULL);
    buffer_release(&found);
    return status;
}

static void what_is_no_place_or_day_is_refused(void **state)
{
    (void)state;
    assert_int_equal(ask("Bree", NULL, NULL), ANNALS_NOT_FOUND);
    assert_int_equal(ask(NULL, "Bree", NULL), ANNALS_NOT_FOUND);
    assert_int_equal(ask("-1,-2", NULL, NULL), ANNALS_NOT_FOUND);
    assert_int_equal(ask("-1,", NULL, NULL), ANNALS_NOT_FOUND);
    assert_int_equal(ask("", NULL, NULL), ANNALS_NOT_FOUND);
    assert_int_equal(ask("Osgiliath", NULL, "yesterday"), ANNALS_WRONG_USE);
    assert_int_equal(ask("Osgiliath province", NULL, NULL), ANNALS_NOT_FOUND);
    assert_int_equal(ask("the city of Osgiliath", NULL, NULL), ANNALS_OK);
    assert_int_equal(ask("Ithilien province", NULL, NULL), ANNALS_OK);
    assert_int_equal(ask("-9", NULL, NULL), ANNALS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_taking_ends_every_other_holding),
        cmocka_unit_test(retaken_within_a_day_is_disputed),
        cmocka_unit_test(a_change_that_nobody_tells_leaves_a_gap),
        cmocka_unit_test(a_loss_tells_who_held_it),
        cmocka_unit_test(who_surrenders_held_it_if_another_takes_it),
        cmocka_unit_test(a_contest_stays_until_somebody_holds),
        cmocka_unit_test(who_enters_what_was_left_takes_it),
        cmocka_unit_test(what_only_the_holder_says_is_claimed),
        cmocka_unit_test(vague_words_give_way),
        cmocka_unit_test(a_shared_place_has_two_holders),
        cmocka_unit_test(many_words_of_one_place),
        cmocka_unit_test(views_as_in_the_golden_files),
        cmocka_unit_test(what_is_no_place_or_day_is_refused),
    };
    return cmocka_run_group_tests(tests, open_stories, close_stories);
}
