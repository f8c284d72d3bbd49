/* meaning/: the examples of dictionaries/en/times.tsv, moments, calendars. */
#include "dictionary/table.h"
#include "meaning/eastern_calendars.h"
#include "meaning/time_values.h"
#include "meaning/times.h"
#include "pipeline/pipeline.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct world {
    struct arena engine, arena, scratch;
    struct pipeline pipeline;
    const char *data;
};

static int open_world(void **state)
{
    static struct world world;
    annals_error error = {0};
    arena_init(&world.engine);
    arena_init(&world.arena);
    arena_init(&world.scratch);
    world.data = getenv("ANNALS_DATA") != NULL ? getenv("ANNALS_DATA") : "build/share/annals";
    struct stage_setting setting = {.data = world.data, .arena = &world.engine};
    if (pipeline_open(&world.pipeline, &setting, &error) != ANNALS_OK) {
        print_error("%s:%d: %s\n", error.file, (int)error.line, error.sentence);
        return -1;
    }
    *state = &world;
    return 0;
}

static int close_world(void **state)
{
    struct world *world = *state;
    pipeline_close(&world->pipeline);
    arena_release(&world->engine);
    arena_release(&world->arena);
    arena_release(&world->scratch);
    return 0;
}

static void read_report(struct world *world, const char *text, const char *published,
                        struct document *document)
{
    annals_error error = {0};
    document_init(document, &world->arena, text, (uint32_t)strlen(text));
    document->report.id = "example";
    document->report.published = published == NULL ? DAY_UNKNOWN : calendar_read(published);
    assert_int_equal(pipeline_run(&world->pipeline, document, HAS_TIMES, &world->scratch, &error),
                     ANNALS_OK);
}

/* Whether the words of a row's `span` were found with its `value`. */
static bool example_holds(const struct document *document, const char *span, const char *value)
{
    if (*span == '\0')
        return document->times.count == 0;
    for (uint32_t i = 0; i < document->times.count; i++) {
        const struct time_mention *time = &document->times.items[i];
        size_t length = time->span.end - time->span.start;
        if (strlen(span) == length &&
            memcmp(document->text + time->span.start, span, length) == 0)
            return strcmp(time->value == NULL ? "" : time->value, value) == 0;
    }
    return false;
}

static void every_rule_finds_its_example(void **state)
{
    struct world *world = *state;
    struct table table;
    uint32_t wrong = 0;
    char path[1024];
    snprintf(path, sizeof path, "%s/dictionaries/en/times.tsv", world->data);
    assert_int_equal(table_read(&table, &world->arena, path, NULL), ANNALS_OK);
    for (uint32_t row = 0; row < table.row_count; row++) {
        struct document document;
        const char *span = table_cell(&table, row, "span");
        const char *value = table_cell(&table, row, "value");
        assert_int_not_equal(*table_cell(&table, row, "example"), '\0');
        read_report(world, table_cell(&table, row, "example"), "2015-05-08", &document);
        if (example_holds(&document, span, value))
            continue;
        wrong++;
        print_message("%s: wanted [%s] %s\n", table_cell(&table, row, "id"), span, value);
        for (uint32_t i = 0; i < document.times.count; i++) {
            const struct time_mention *time = &document.times.items[i];
            print_message("    found [%.*s] %s\n", (int)(time->span.end - time->span.start),
                        document.text + time->span.start,
                        time->value == NULL ? "null" : time->value);
        }
    }
    assert_int_equal(wrong, 0);
}

static void values_are_as_timeml_writes_them(void **state)
{
    (void)state;
    char value[VALUE_SIZE];
    int32_t day = calendar_day(2001, 11, 22);
    static const struct {
        enum time_unit unit;
        const char *value;
    } cases[] = {{UNIT_DAY, "2001-11-22"}, {UNIT_WEEK, "2001-W47"},  {UNIT_WEEKEND, "2001-W47-WE"},
                 {UNIT_MONTH, "2001-11"},  {UNIT_QUARTER, "2001-Q4"}, {UNIT_SEASON, "2001-FA"},
                 {UNIT_HALF, "2001-H2"},   {UNIT_YEAR, "2001"},       {UNIT_DECADE, "200"},
                 {UNIT_CENTURY, "20"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        moment_write(moment_of(cases[i].unit, day), value);
        assert_string_equal(value, cases[i].value);
    }
    duration_write(UNIT_YEAR, 2.5, value);
    assert_string_equal(value, "P2Y6M");
    duration_write(UNIT_HOUR, 0.5, value);
    assert_string_equal(value, "PT30M");
    duration_write(UNIT_WEEK, NAN, value);
    assert_string_equal(value, "PXW");
    duration_write(UNIT_DECADE, 2, value);
    assert_string_equal(value, "P20Y");
}

static void moments_move(void **state)
{
    (void)state;
    struct moment day = {UNIT_DAY, calendar_day(2016, 3, 31)};
    assert_int_equal(moment_shift(day, UNIT_MONTH, -1).first, calendar_day(2016, 2, 1));
    assert_int_equal(moment_last(moment_shift(day, UNIT_MONTH, -1)), calendar_day(2016, 2, 29));
    assert_int_equal(moment_shift(day, UNIT_DAY, 1).first, calendar_day(2016, 4, 1));
    assert_int_equal(moment_shift(day, UNIT_YEAR, -20).first, calendar_day(1996, 1, 1));
    struct moment january = {UNIT_DAY, calendar_day(2016, 1, 20)};
    assert_int_equal(moment_of(UNIT_SEASON, january.first).first, calendar_day(2015, 12, 1));
    assert_int_equal(moment_last(moment_of(UNIT_SEASON, january.first)), calendar_day(2016, 2, 29));
    assert_int_equal(moment_shift(january, UNIT_SEASON, -1).first, calendar_day(2015, 9, 1));
}

static void eastern_dates_convert(void **state)
{
    (void)state;
    assert_int_equal(solar_hijri_day(1400, 1, 1), calendar_day(2021, 3, 21));
    assert_int_equal(solar_hijri_day(1400, 5, 24), calendar_day(2021, 8, 15));
    assert_int_equal(solar_hijri_day(1357, 2, 7), calendar_day(1978, 4, 27));
    assert_int_equal(solar_hijri_day(1399, 12, 30), calendar_day(2021, 3, 20));
    assert_int_equal(solar_hijri_day(1400, 12, 30), DAY_UNKNOWN);
    assert_int_equal(lunar_hijri_day(1443, 1, 6), calendar_day(2021, 8, 15));
    assert_int_equal(lunar_hijri_day(1, 1, 1), calendar_day(622, 7, 19));
    assert_int_equal(lunar_hijri_day(1443, 13, 1), DAY_UNKNOWN);
    assert_int_equal(easter_day(2015), calendar_day(2015, 4, 5));
    assert_int_equal(easter_day(2000), calendar_day(2000, 4, 23));
}

static void nothing_is_guessed_without_a_date(void **state)
{
    struct document document;
    read_report(*state, "Rebels took the fort last Monday. They had come two weeks earlier.", NULL,
                &document);
    assert_int_equal(document.times.count, 2);
    for (uint32_t i = 0; i < 2; i++) {
        assert_null(document.times.items[i].value);
        assert_int_equal(document.times.items[i].from, DAY_UNKNOWN);
    }
    read_report(*state, "Rebels took the fort on 3 May 2011. They had come two weeks earlier.", NULL,
                &document);
    assert_string_equal(document.times.items[1].value, "2011-W16");
    assert_string_equal(document.times.items[1].anchor, "narrative");
}

/* The time of the word `word` of a report published on 2015-05-08. */
static struct told_time told(struct world *world, const char *text, const char *word)
{
    struct document document;
    read_report(world, text, "2015-05-08", &document);
    for (uint32_t i = 0; i < document.tokens.count; i++)
        if (strcmp(document.tokens.items[i].folded, word) == 0)
            return times_for(&document, document.tokens.items[i].sentence, i);
    fail_msg("no such word: %s", word);
    return (struct told_time){0};
}

static void what_is_told_has_a_time(void **state)
{
    struct told_time time =
        told(*state, "Officials said on Thursday that rebels attacked the fort on Monday.", "attacked");
    assert_int_equal(time.from, calendar_day(2015, 5, 4));
    assert_string_equal(time.anchor, "sentence");
    time = told(*state, "On 24 April rebels came. They killed four guards.", "killed");
    assert_int_equal(time.from, calendar_day(2015, 4, 24));
    assert_string_equal(time.anchor, "narrative");
    time = told(*state, "Rebels attacked the fort.", "attacked");
    assert_int_equal(time.to, calendar_day(2015, 5, 8));
    assert_string_equal(time.anchor, "published");
    time = told(*state, "Rebels had attacked the fort.", "attacked");
    assert_int_equal(time.from, DAY_UNKNOWN);
    assert_null(time.anchor);
    time = told(*state, "Rebels will attack the fort.", "attack");
    assert_int_equal(time.from, DAY_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_finds_its_example),
        cmocka_unit_test(values_are_as_timeml_writes_them),
        cmocka_unit_test(moments_move),
        cmocka_unit_test(eastern_dates_convert),
        cmocka_unit_test(nothing_is_guessed_without_a_date),
        cmocka_unit_test(what_is_told_has_a_time),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
