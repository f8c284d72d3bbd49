/* serve/, and what it asks of record/ and render/: names and tokens, requests, answers over a record of
 * invented nations, the time a question may take, the page as one file. */
#include "store.h"
#include "bytes/buffer.h"
#include "record/disputes.h"
#include "record/survey.h"
#include "render/answers.h"
#include "render/page.h"
#include "serve/admission.h"
#include "serve/head.h"
#include "serve/request.h"
#include "serve/review.h"
#include "stories.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct record *record;
static char folder[64], path[160];

static int open_stories(void **state)
{
    (void)state;
    static const struct record_version version = {"0.0", "1234567890abcdef", "fedcba0987654321"};
    snprintf(folder, sizeof folder, "/tmp/annals-serve-XXXXXX");
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

static bool gather(void *context, const char *bytes, size_t length)
{
    buffer_add(context, bytes, length);
    return true;
}

/* The answer's JSON; the caller gives it back. NULL where it is refused. */
static json_t *answer_of(const char *name, annals_query query)
{
    const char *id;
    struct buffer found;
    annals_error error = {0};
    const struct answer *answer = answer_find(name, &id);
    assert_non_null(answer);
    query.id = id;
    buffer_init(&found);
    json_t *json = NULL;
    if (answer_write(record, answer, &query, gather, &found, &error) == ANNALS_OK) {
        json_error_t wrong;
        json = json_loadb(found.bytes, found.length, 0, &wrong);
        if (json == NULL)
            fail_msg("%s: %s at %d", name, wrong.text, wrong.position);
    }
    buffer_release(&found);
    return json;
}

/* ------------------------------------------------------------------ who may ask */

static void names_that_can_be_nobody_elses(void **state)
{
    (void)state;
    assert_true(admission_host("127.0.0.1", "127.0.0.1:8000"));
    assert_true(admission_host("127.0.0.1", "LocalHost"));
    assert_true(admission_host("::1", "[::1]:8000"));
    assert_true(admission_host("0.0.0.0", "192.0.2.7:80"));
    assert_true(admission_host("192.0.2.7", "192.0.2.7"));
    static const char *const strangers[] = {"mordor.example", "127.0.0.1.mordor.example", "", ":80",
                                            "localhost:", "localhost:80a", "127.0.0.1@mordor", "[::1",
                                            "localhost:1234567", "192.0.2.7"};
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++)
        assert_false(admission_host("127.0.0.1", strangers[i]));
    assert_false(admission_host("127.0.0.1", NULL));
    assert_false(admission_host("0.0.0.0", "mordor.example"));
    assert_false(admission_host("192.0.2.7", "localhost"));
}

static void tokens_whole_or_not_at_all(void **state)
{
    (void)state;
    assert_true(admission_token("speak-friend", "speak-friend"));
    assert_false(admission_token("speak-friend", "speak-frien"));
    assert_false(admission_token("speak-friend", "speak-friendx"));
    assert_false(admission_token("speak-friend", ""));
    assert_false(admission_token("speak-friend", NULL));
}

static void pages_of_other_sites_may_not_decide(void **state)
{
    (void)state;
    assert_true(admission_origin("127.0.0.1:8000", NULL, NULL));
    assert_true(admission_origin("127.0.0.1:8000", "http://127.0.0.1:8000", "same-origin"));
    assert_true(admission_origin("annals.example", "https://Annals.example", NULL));
    assert_false(admission_origin("127.0.0.1:8000", "http://127.0.0.1:8000", "cross-site"));
    assert_false(admission_origin("127.0.0.1:8000", NULL, "none"));
    static const char *const others[] = {"null", "http://mordor.example", "http://127.0.0.1:80001",
                                         "http://127.0.0.1:8000.mordor.example", "ftp://127.0.0.1:8000",
                                         "http://", "", "127.0.0.1:8000"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(admission_origin("127.0.0.1:8000", others[i], NULL));
    assert_false(admission_origin(NULL, "http://127.0.0.1:8000", NULL));
}

/* ------------------------------------------------------------------ heads */

static void heads_are_whole_refused_or_on_their_way(void **state)
{
    (void)state;
    struct head head;
    static const char good[] = "\r\nPOST /a?b HTTP/1.1\r\nHost: a\r\nX: \t b \r\n"
                               "Content-Length: 12\r\n\r\nmore";
    size_t length = strlen(good);
    for (size_t i = 0; i < length - 4; i++)
        assert_false(head_read(good, i, &head));
    assert_true(head_read(good, length, &head));
    assert_int_equal(head.status, 0);
    assert_int_equal(head.length, length - 4);
    assert_int_equal(head.body, 12);
    assert_true(head_read("HEAD / HTTP/1.0\r\n\r\n", 19, &head) && head.is_head && head.status == 0);
    static const struct {
        const char *text;
        unsigned status;
    } wrong[] = {{"\x16", 400}, {"GET /\r\n", 400}, {"GET  / HTTP/1.1\r\n", 400},
                 {"GET a HTTP/1.1\r\n", 400}, {"GET / HTTP/1.1 \r\n", 400}, {"GET / HTTP/1.2\r\n", 505},
                 {"GET / HTTP/2.0\r\n", 505}, {"GET / HTTP/1.1\n", 400},
                 {"GET / HTTP/1.1\r\nHost : a\r\n", 400}, {"GET / HTTP/1.1\r\n a: b\r\n", 400},
                 {"GET / HTTP/1.1\r\na\r\n", 400}, {"GET / HTTP/1.1\r\na: b\001\r\n", 400},
                 {"GET / HTTP/1.1\r\n\r\n", 400}, {"GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n", 400},
                 {"POST / HTTP/1.1\r\nContent-Length: 1\r\ncontent-length: 1\r\n", 400},
                 {"POST / HTTP/1.1\r\nContent-Length:\r\n", 400},
                 {"POST / HTTP/1.1\r\nContent-Length: 0x1\r\n", 400},
                 {"POST / HTTP/1.1\r\nContent-Length: 65537\r\n", 413},
                 {"POST / HTTP/1.1\r\nTransfer-Encoding: identity\r\n", 411}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_true(head_read(wrong[i].text, strlen(wrong[i].text), &head));
        assert_int_equal(head.status, wrong[i].status);
        assert_non_null(head.message);
    }
}

static void replies_end_where_they_say(void **state)
{
    (void)state;
    struct reply_head head;
    static const char ok[] = "HTTP/1.1 200 OK\r\nContent-length:  7\r\nConnection: close\r\n\r\n";
    assert_true(head_read_reply(ok, strlen(ok), false, &head));
    assert_int_equal(head.body, 7);
    assert_true(head.closing && !head.until_close && head.length == strlen(ok));
    assert_true(head_read_reply(ok, strlen(ok), true, &head) && head.body == 0);
    assert_false(head_read_reply(ok, strlen(ok) - 1, false, &head));
    static const char endless[] = "HTTP/1.1 200 OK\r\nX-Content-Length: 7\r\n\r\n";
    assert_true(head_read_reply(endless, strlen(endless), false, &head) && head.until_close);
    static const char same[] = "HTTP/1.1 304 Not Modified\r\n\r\n";
    assert_true(head_read_reply(same, strlen(same), false, &head) && !head.until_close && head.body == 0);
}

/* ------------------------------------------------------------------ what reviewers send */

static annals_status read_review(const char *text, struct review *review)
{
    annals_error error;
    annals_status status = review_read(review, text, strlen(text), &error);
    if (status != ANNALS_OK)
        review_release(review);
    return status;
}

static void decisions_are_read_strictly(void **state)
{
    (void)state;
    struct review review;
    assert_int_equal(read_review("{\"author\":\"Elrond\",\"after\":3,\"decisions\":[{\"kind\":\"amend\",\"ids\":"
                                 "[\"c0123456789abc\"],\"slot\":\"place\",\"value\":null},{\"kind\":\"note\","
                                 "\"ids\":[\"d7\"],\"reason\":\"a\\nb\"}]}", &review), ANNALS_OK);
    assert_int_equal(review.count, 2);
    assert_int_equal(review.after, 3);
    assert_string_equal(review.decisions[0].value, "unknown");
    assert_string_equal(review.decisions[1].reason, "a\nb");
    assert_string_equal(review.decisions[1].author, "Elrond");
    review_release(&review);
    static const char *const wrong[] = {
        "", "[]", "{}", "{\"author\":\"a\"}", "{\"author\":\"a\",\"decisions\":[]}",
        "{\"author\":\"a\",\"decisions\":[{}]}", "{\"author\":\"a\",\"decisions\":[1]}",
        "{\"author\":1,\"decisions\":[{\"kind\":\"accept\",\"ids\":[\"d1\"]}]}",
        "{\"author\":\"a\",\"decisions\":[{\"kind\":\"accept\",\"ids\":[\"c1\"]}]}",
        "{\"author\":\"a\",\"x\":1,\"decisions\":[{\"kind\":\"accept\",\"ids\":[\"d1\"]}]}",
        "{\"author\":\"a\\u0001\",\"decisions\":[{\"kind\":\"accept\",\"ids\":[\"d1\"]}]}",
        "{\"author\":\"a\",\"after\":1.5,\"decisions\":[{\"kind\":\"accept\",\"ids\":[\"d1\"]}]}"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(read_review(wrong[i], &review), ANNALS_MALFORMED);
}

/* ------------------------------------------------------------------ requests */

static annals_status read_one(const char *raw, unsigned takes, annals_query *query, char value[40])
{
    struct request request;
    annals_error error;
    annals_status status = request_read(&request, raw, &error);
    *query = (annals_query){0};
    if (status == ANNALS_OK)
        status = request_query(&request, takes, query, &error);
    snprintf(value, 40, "%s", status == ANNALS_OK && query->text != NULL ? query->text : "");
    request_release(&request);
    return status;
}

static void requests_are_read_strictly(void **state)
{
    (void)state;
    annals_query query;
    char text[40];
    unsigned takes = TAKES_FILTERS | TAKES_PAGE;
    assert_int_equal(read_one("/a?text=red+%22ford%22&limit=7", takes, &query, text), ANNALS_OK);
    assert_string_equal(text, "red \"ford\"");
    assert_int_equal(query.limit, 7);
    assert_int_equal(read_one("/a?text=", takes, &query, text), ANNALS_OK);
    assert_null(query.text);
    assert_int_equal(read_one("/a?&&", takes, &query, text), ANNALS_OK);
    static const char *const wrong[] = {"a", "/%", "/%4", "/a?text=%e9", "/a?text=%00", "/a?text=%0a",
                                        "/a?text=a&text=b", "/a?limit=0", "/a?limit=1e3", "/a?limit=+1",
                                        "/a?offset=x", "/a?format=csv", "/a?sort=day", "/a?=b"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(read_one(wrong[i], takes, &query, text), ANNALS_WRONG_USE);
    assert_int_equal(read_one("/a", TAKES_TEXT, &query, text), ANNALS_WRONG_USE);
    assert_int_equal(read_one("/a?from=x", 0, &query, text), ANNALS_WRONG_USE);
}

/* ------------------------------------------------------------------ answers */

static void every_answer_is_json(void **state)
{
    (void)state;
    for (const struct answer *answer = answers; answer->path != NULL; answer++) {
        if ((answer->takes & TAKES_ID) != 0)
            continue;
        json_t *json = answer_of(answer->path, (annals_query){.text = "attack*", .actor = "Mordor", .what = "killed"});
        if (strcmp(answer->path, "names") != 0)
            assert_non_null(json);
        json_decref(json);
    }
}

static void points_are_the_acts(void **state)
{
    (void)state;
    json_t *points = answer_of("points", (annals_query){0});
    json_t *lines = answer_of("timeline", (annals_query){0});
    size_t count = (size_t)json_integer_value(json_object_get(points, "count"));
    assert_true(count > 3 && count == json_array_size(lines));
    static const char *const columns[] = {"event", "first", "last", "known", "plover", "place", "latitude"};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        assert_int_equal(json_array_size(json_object_get(points, columns[i])), count);
    for (size_t i = 0; i < count; i++) {
        const char *event = json_string_value(json_array_get(json_object_get(points, "event"), i));
        bool there = false;
        for (size_t j = 0; j < count; j++)
            there = there || strcmp(event, json_string_value(json_object_get(
                                               json_array_get(lines, j), "event"))) == 0;
        assert_true(there);
    }
    json_decref(points);
    json_decref(lines);
}

static void one_thing_by_its_id(void **state)
{
    (void)state;
    char name[40];
    json_t *lines = answer_of("timeline", (annals_query){.limit = 1});
    json_t *line = json_array_get(lines, 0);
    snprintf(name, sizeof name, "reports/%s", json_string_value(json_object_get(line, "report")));
    json_t *report = answer_of(name, (annals_query){0});
    json_t *marks = json_object_get(report, "marks"), *claims = json_object_get(report, "claims");
    assert_true(json_array_size(marks) > 0 && json_array_size(claims) > 0);
    size_t length = json_string_length(json_object_get(json_object_get(report, "report"), "text"));
    for (size_t i = 0; i < json_array_size(marks); i++) {
        json_t *mark = json_array_get(marks, i);
        assert_true(json_integer_value(json_object_get(mark, "stop")) <= (json_int_t)length);
    }
    json_decref(report);
    snprintf(name, sizeof name, "events/%s", json_string_value(json_object_get(line, "event")));
    json_t *event = answer_of(name, (annals_query){0});
    assert_int_equal(json_array_size(json_object_get(event, "told")),
                     json_array_size(json_object_get(json_object_get(event, "event"), "claims")));
    json_decref(event);
    json_decref(lines);
    assert_null(answer_of("events/e7zzzzzzzzzzzz", (annals_query){0}));
    assert_null(answer_of("claims/r0", (annals_query){0}));
    assert_null(answer_of("reports/'", (annals_query){0}));
}

static void as_of_leaves_out_what_came_later(void **state)
{
    (void)state;
    json_t *all = answer_of("claims", (annals_query){0});
    json_t *none = answer_of("claims", (annals_query){.as_of = "1000-01-01"});
    assert_true(json_array_size(all) > 0);
    assert_int_equal(json_array_size(none), 0);
    json_decref(all);
    json_decref(none);
    assert_null(answer_of("claims", (annals_query){.as_of = "yesterday"}));
}

static annals_status no_head(void *context, const char *const *names, uint32_t count)
{
    (void)context;
    (void)names;
    (void)count;
    return ANNALS_OK;
}

static annals_status pass_over(void *context, const struct record_cell *cells, uint32_t count)
{
    (void)context;
    (void)cells;
    (void)count;
    usleep(2000);
    return ANNALS_OK;
}

static void a_question_may_take_its_time_and_no_longer(void **state)
{
    (void)state;
    annals_query query = {0};
    annals_error error;
    const struct record_table slow = {no_head, pass_over, NULL};
    record_limit(record, 1);
    /* Steps of the machine are few here; rows that take long make it late. */
    annals_status status = ANNALS_OK;
    for (int i = 0; i < 200 && status == ANNALS_OK; i++)
        status = record_survey(record, SURVEY_FACETS, &query, &slow, &error);
    assert_int_equal(status, ANNALS_STOPPED);
    assert_non_null(strstr(error.sentence, "longer than is allowed"));
    record_limit(record, 0);
    assert_int_equal(record_survey(record, SURVEY_DAYS, &query, &slow, &error), ANNALS_OK);
}

/* ------------------------------------------------------------------ columns in memory */

static void agree(const annals_query *query, size_t number, struct record_columns *columns)
{
    static const char *const paths[] = {"points", "days", "facets", "timeline"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        record_columns_use(record, NULL);
        json_t *sql = answer_of(paths[i], *query);
        record_columns_use(record, columns);
        json_t *memory = answer_of(paths[i], *query);
        record_columns_use(record, NULL);
        assert_non_null(sql);
        assert_non_null(memory);
        if (!json_equal(sql, memory))
            fail_msg("%s, filtered by query %zu", paths[i], number);
        json_decref(sql);
        json_decref(memory);
    }
}

static void columns_answer_as_sql_does(void **state)
{
    (void)state;
    static const annals_query queries[] = {
        {0},
        {.limit = 2, .offset = 1},
        {.place = "minas"},
        {.place = "gd", .status = "claimed"},
        {.place = "minas", .within = 20},
        {.actor = "mordor"},
        {.actor = "gondor", .place = "gd"},
        {.actor = "nobody at all"},
        {.speaker = "steward", .from = "3019-03-01"},
        {.type = "assault"},
        {.type = "19", .to = "3019-03-14"},
        {.type = "seize", .status = "asserted"},
        {.status = "denied"},
        {.source = "dale", .actor = "gondor"},
        {.source = "no such outlet"},
        {.report = "siege"},
        {.text = "gondor"},
        {.text = "gondor", .actor = "mordor", .to = "3019-03-14"},
        {.from = "3019-03-13"},
        {.to = "3019-03-13"},
        {.to = "1000-01-01"},
        {.from = "3019-03-12", .to = "3019-03-14", .actor = "gondor"},
        {.as_of = "3019-03-14", .place = "gd"},
        {.as_of = "1000-01-01"},
        {.confidence = 0.5, .text = "mordor"},
    };
    struct record_columns *columns = record_columns_read(record);
    if (columns == NULL && store_address() != NULL)
        return; /* a record in a database is left to SQL */
    assert_non_null(columns);
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
        agree(&queries[i], i, columns);
    record_columns_free(columns);
}

static annals_status pass_dispute(void *context, const struct record_dispute *dispute)
{
    (void)context;
    (void)dispute;
    return ANNALS_OK;
}

/* Claims are compared outside the database, which looks at the clock but now and then. */
static void disputes_take_no_longer_than_they_may(void **state)
{
    (void)state;
    const annals_query query = {0};
    const struct signs none = {0};
    annals_error error;
    record_limit(record, 1);
    usleep(5000);
    assert_int_equal(record_disputes(record, &query, &none, pass_dispute, NULL, &error),
                     ANNALS_STOPPED);
    assert_non_null(strstr(error.sentence, "longer than is allowed"));
    record_limit(record, 0);
    usleep(5000);
    assert_int_equal(record_disputes(record, &query, &none, pass_dispute, NULL, &error),
                     ANNALS_OK);
}

/* ------------------------------------------------------------------ the page as one file */

static void a_page_holds_its_data(void **state)
{
    (void)state;
    char page[100], file[140];
    struct buffer found;
    annals_error error;
    annals_query query = {0};
    snprintf(page, sizeof page, "%s/page", folder);
    snprintf(file, sizeof file, "%s/one-file.html", page);
    buffer_init(&found);
    assert_int_equal(page_write(record, page, &query, gather, &found, &error), ANNALS_NOT_FOUND);
    assert_int_equal(mkdir(page, 0777), 0);
    FILE *stream = fopen(file, "wb");
    assert_non_null(stream);
    fputs("<p>before</p><!--annals-data--><p>after</p>", stream);
    fclose(stream);
    buffer_clear(&found);
    assert_int_equal(page_write(record, page, &query, gather, &found, &error), ANNALS_OK);
    const char *start = strchr(strstr(found.bytes, "annals-data"), '>') + 1;
    const char *end = strstr(start, "</script>");
    assert_non_null(end);
    assert_string_equal(end, "</script><p>after</p>");
    assert_null(memchr(start, '<', (size_t)(end - start)));
    json_t *data = json_loadb(start, (size_t)(end - start), 0, NULL);
    assert_true(json_array_size(json_object_get(data, "reports/*")) == STORY_COUNT);
    json_decref(data);
    buffer_release(&found);
    unlink(file);
    rmdir(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_can_be_nobody_elses),
        cmocka_unit_test(tokens_whole_or_not_at_all),
        cmocka_unit_test(pages_of_other_sites_may_not_decide),
        cmocka_unit_test(heads_are_whole_refused_or_on_their_way),
        cmocka_unit_test(replies_end_where_they_say),
        cmocka_unit_test(decisions_are_read_strictly),
        cmocka_unit_test(requests_are_read_strictly),
        cmocka_unit_test(every_answer_is_json),
        cmocka_unit_test(points_are_the_acts),
        cmocka_unit_test(one_thing_by_its_id),
        cmocka_unit_test(as_of_leaves_out_what_came_later),
        cmocka_unit_test(a_question_may_take_its_time_and_no_longer),
        cmocka_unit_test(columns_answer_as_sql_does),
        cmocka_unit_test(disputes_take_no_longer_than_they_may),
        cmocka_unit_test(a_page_holds_its_data),
    };
    return cmocka_run_group_tests(tests, open_stories, close_stories);
}
