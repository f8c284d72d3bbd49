/* formats/: reports in, JSON out, positions at the edges. */
#include "formats/coded.h"
#include "formats/exposition.h"
#include "formats/json_writer.h"
#include "formats/log_line.h"
#include "formats/positions.h"
#include "formats/report.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static annals_status read_report(const char *line, struct document *document, struct arena *arena,
                                 annals_error *error)
{
    return report_read(document, arena, line, strlen(line), error);
}

static void report_reads_what_is_given(void **state)
{
    (void)state;
    struct arena arena;
    struct document document;
    annals_error error;
    arena_init(&arena);
    assert_int_equal(read_report("{\"id\":\"r1\",\"text\":\"A\\u00e9\",\"published\":\"2015-09-28\","
                                 "\"source\":\"Wire\",\"title\":null,\"more\":[1]}",
                                 &document, &arena, &error),
                     ANNALS_OK);
    assert_string_equal(document.report.id, "r1");
    assert_string_equal(document.text, "A\xc3\xa9");
    assert_string_equal(document.report.source, "Wire");
    assert_null(document.report.title);
    assert_int_equal(document.report.published, calendar_day(2015, 9, 28));
    assert_int_equal(document.report.published_from, DATE_GIVEN);
    arena_release(&arena);
}

static void report_says_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *line, *sentence;
    } bad[] = {
        {"{\"text\":\"x\"}", "\"id\" is missing"},
        {"{\"id\":\"r1\"}", "\"text\" is missing"},
        {"{\"id\":7,\"text\":\"x\"}", "\"id\" is not a string"},
        {"{\"id\":\"r1\",\"text\":[]}", "\"text\" is not a string"},
        {"{\"id\":\"r1\",\"text\":\"x\",\"published\":\"2015-02-30\"}", "\"published\" is not a date"},
        {"{\"id\":\"r1\",\"text\":\"x\",\"published\":\"28/9/2015\"}", "\"published\" is not a date"},
        {"[1]", "a report is a JSON object"},
        {"{\"id\":\"r1\",\"text\":\"x", "not JSON"},
        {"{\"id\":\"r1\",\"id\":\"r2\",\"text\":\"x\"}", "not JSON"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct arena arena;
        struct document document;
        annals_error error = {0};
        arena_init(&arena);
        assert_int_equal(read_report(bad[i].line, &document, &arena, &error), ANNALS_MALFORMED);
        assert_non_null(strstr(error.sentence, bad[i].sentence));
        arena_release(&arena);
    }
}

static void positions_count_code_points(void **state)
{
    (void)state;
    struct arena arena;
    struct positions positions;
    struct buffer text;
    arena_init(&arena);
    buffer_init(&text);
    for (int i = 0; i < 500; i++)
        buffer_add_string(&text, i % 3 == 0 ? "\xe2\x80\x94" : i % 3 == 1 ? "a" : "\xf0\x9f\x95\x8a");
    assert_true(positions_init(&positions, &arena, text.bytes, (uint32_t)text.length));
    uint32_t byte = 0;
    for (uint32_t i = 0; i < 500; i++) {
        assert_int_equal(positions_code_point(&positions, byte), i);
        byte += i % 3 == 0 ? 3 : i % 3 == 1 ? 1 : 4;
    }
    assert_int_equal(positions_code_point(&positions, 1u << 30), 500);
    struct code_point_span span =
        positions_code_points(&positions, (struct byte_span){3, (uint32_t)text.length});
    assert_int_equal(span.start, 1);
    assert_int_equal(span.end, 500);
    buffer_release(&text);
    arena_release(&arena);
}

static void json_escapes_and_separates(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer);
    struct json_writer json = {.buffer = &buffer};
    json_begin(&json, '{');
    json_key(&json, "a\"b");
    json_string(&json, "x\n\x01\x7f\\\xc3\xa9\xff");
    json_key(&json, "n");
    json_begin(&json, '[');
    json_number(&json, 36.7200, 5);
    json_number(&json, NAN, 2);
    json_number(&json, -0.0, 2);
    json_number(&json, 20000, 2);
    json_integer(&json, -7);
    json_boolean(&json, true);
    json_null(&json);
    json_span(&json, (struct code_point_span){3, 9});
    json_begin(&json, '{');
    json_end(&json, '}');
    json_end(&json, ']');
    json_end(&json, '}');
    assert_string_equal(buffer.bytes, "{\"a\\\"b\":\"x\\n\\u0001\\u007f\\\\\xc3\xa9\xef\xbf\xbd\","
                                      "\"n\":[36.72,null,0,20000,-7,true,null,[3,9],{}]}");
    buffer_release(&buffer);
}

static void coded_report_has_every_slot(void **state)
{
    (void)state;
    struct arena arena, scratch;
    struct document document;
    struct buffer out;
    annals_error error;
    arena_init(&arena);
    arena_init(&scratch);
    buffer_init(&out);
    read_report("{\"id\":\"r1\",\"text\":\"\\u201cThey\\u201d took Minas.\"}", &document, &arena, &error);
    struct claim *claim = array_push(&document.claims);
    array_init(&claim->agents, &arena);
    *array_push(&claim->agents) = (struct participant){.actor = NONE, .span = {3, 7}};
    claim->plover = "ASSAULT";
    claim->place = claim->control_place = claim->control_holder = NONE;
    claim->from = claim->to = DAY_UNKNOWN;
    claim->control = CONTROL_TAKES;
    coded_write(&document, true, &scratch, &out);
    assert_non_null(strstr(out.bytes, "\"agents\":[{\"actor\":null,\"span\":[1,5]}]"));
    assert_non_null(strstr(out.bytes, "\"control\":{\"change\":\"takes\",\"place\":null,\"holder\":null}"));
    assert_non_null(strstr(out.bytes, "\"time\":null"));
    assert_non_null(strstr(out.bytes, "\"status\":\"asserted\""));
    assert_int_equal(out.bytes[out.length - 1], '\n');
    buffer_release(&out);
    arena_release(&arena);
    arena_release(&scratch);
}

static void log_lines_stay_one_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *shown;
    } texts[] = {
        {"a path/with \xc3\xa9", "a path/with \xc3\xa9"},
        {"two\nlines\t\x1b[31m\x7f", "two\\u000alines\\u0009\\u001b[31m\\u007f"},
        {"\xe2\x80\xaeturned\xe2\x80\xa8", "\\u202eturned\\u2028"},
        {"\xc2\x85next", "\\u0085next"},
        {"half \xe2\x80", "half \xef\xbf\xbd\xef\xbf\xbd"},
        {"nats://anna:secret@queue.example:4222/x", "nats://***@queue.example:4222/x"},
        {"postgresql://anna@db.example/war", "postgresql://anna@db.example/war"},
        {"http://h/?a=b&token=abcdef&c=d", "http://h/?a=b&token=***&c=d"},
        {"host=db Password=secret port=1", "host=db Password=*** port=1"},
        {"a \\ b", "a \\\\ b"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct buffer line;
        buffer_init(&line);
        log_line_text(&line, texts[i].text, false);
        assert_string_equal(line.bytes, texts[i].shown);
        buffer_release(&line);
    }
}

static void log_events_are_objects(void **state)
{
    (void)state;
    struct buffer line;
    const annals_log_field fields[] = {
        {"path", "a \"b\"\n", 0}, {"bytes", NULL, 12}, {"seconds", NULL, 0.25}, {"rate", NULL, NAN}};
    buffer_init(&line);
    log_line_json(&line, 1456790400007, ANNALS_LOG_WARNING, "aside", fields, 4);
    assert_string_equal(line.bytes,
                        "{\"time\":\"2016-03-01T00:00:00.007Z\",\"level\":\"warning\","
                        "\"message\":\"aside\",\"path\":\"a \\\"b\\\"\\u000a\",\"bytes\":12,"
                        "\"seconds\":0.25,\"rate\":null}\n");
    buffer_release(&line);
}

static void log_texts_end_with_a_whole_letter(void **state)
{
    (void)state;
    char room[5];
    assert_string_equal(annals_log_text("ab\xc3\xa9\xc3\xa9", room, sizeof room), "ab\xc3\xa9");
    assert_string_equal(annals_log_text("abc\xc3\xa9", room, sizeof room), "abc");
    assert_string_equal(annals_log_text("", room, sizeof room), "");
}

static void figures_that_are_unknown_are_left_out(void **state)
{
    (void)state;
    struct buffer text;
    buffer_init(&text);
    exposition_family(&text, "annals_a_total", "counter", "One\\two\nthree.");
    exposition_value(&text, "annals_a_total", "", NULL, NAN);
    exposition_value(&text, "annals_a_total", "", "b=\"c\"", 3);
    exposition_value(&text, "annals_a_total", "", "b=\"d\"", INFINITY);
    assert_string_equal(text.bytes, "# HELP annals_a_total One\\\\two\\nthree.\n"
                                    "# TYPE annals_a_total counter\n"
                                    "annals_a_total{b=\"c\"} 3\nannals_a_total{b=\"d\"} +Inf\n");
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(report_reads_what_is_given), cmocka_unit_test(report_says_what_is_wrong),
        cmocka_unit_test(positions_count_code_points), cmocka_unit_test(json_escapes_and_separates),
        cmocka_unit_test(coded_report_has_every_slot),
        cmocka_unit_test(log_lines_stay_one_line), cmocka_unit_test(log_events_are_objects),
        cmocka_unit_test(log_texts_end_with_a_whole_letter),
        cmocka_unit_test(figures_that_are_unknown_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
