/* render/: whole outputs over a record of invented nations, compared with tests/golden/render. With
 * ANNALS_GOLDEN=rewrite in the environment they are written anew: read the diff. */
#include "store.h"
#include "bytes/buffer.h"
#include "bytes/mapping.h"
#include "render/dates.h"
#include "render/render.h"
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
    snprintf(folder, sizeof folder, "/tmp/annals-render-XXXXXX");
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

static void compare(const char *name, const struct buffer *found)
{
    char file[128];
    struct mapping mapping;
    const char *mode = getenv("ANNALS_GOLDEN");
    snprintf(file, sizeof file, "tests/golden/render/%s", name);
    if (mode != NULL && strcmp(mode, "rewrite") == 0) {
        FILE *stream = fopen(file, "wb");
        assert_non_null(stream);
        fwrite(found->bytes, 1, found->length, stream);
        fclose(stream);
        return;
    }
    if (mapping_open(&mapping, file, NULL) != ANNALS_OK)
        fail_msg("%s is not there; make golden", file);
    bool same = mapping.length == found->length &&
                memcmp(mapping.bytes, found->bytes, found->length) == 0;
    mapping_close(&mapping);
    if (!same)
        fail_msg("%s differs; found:\n%s", file, found->bytes);
}

static void golden(const char *name, const annals_query *query)
{
    struct buffer found;
    annals_error error = {0};
    buffer_init(&found);
    if (render(record, query, gather, &found, &error) != ANNALS_OK)
        fail_msg("%s: %s", name, error.sentence);
    compare(name, &found);
    buffer_release(&found);
}

static void lists_as_in_the_golden_files(void **state)
{
    (void)state;
    static const char *const layouts[] = {"txt", "csv", "tsv", "json", "jsonl"};
    static const char *const views[] = {"reports", "claims", "events", "timeline"};
    for (int view = ANNALS_REPORTS; view <= ANNALS_TIMELINE; view++)
        for (int layout = ANNALS_TABLE; layout <= ANNALS_JSONL; layout++) {
            char name[64];
            snprintf(name, sizeof name, "%s.%s", views[view], layouts[layout]);
            golden(name, &(annals_query){.view = (annals_view)view,
                                         .layout = (annals_layout)layout});
        }
}

static void narrow_and_wide_terminals(void **state)
{
    (void)state;
    golden("timeline-80.txt", &(annals_query){.view = ANNALS_TIMELINE, .width = 80, .ids = true});
    golden("timeline-40.txt", &(annals_query){.view = ANNALS_TIMELINE, .width = 40});
    golden("timeline-colour.txt",
           &(annals_query){.view = ANNALS_TIMELINE, .width = 120, .colour = true});
    golden("events-80.txt", &(annals_query){.view = ANNALS_EVENTS, .width = 80});
    golden("claims-100.txt", &(annals_query){.view = ANNALS_CLAIMS, .width = 100});
}

static void show_tells_all(void **state)
{
    (void)state;
    static const char letters[] = "ecr";
    for (int i = 0; i < 3; i++) {
        char id[3] = {letters[i], '0', '\0'}, name[32];
        /* Every id that begins with 0 to 7: all of them, in eight parts. */
        for (char digit = '0'; digit < '8'; digit++) {
            id[1] = digit;
            struct buffer found;
            buffer_init(&found);
            annals_query query = {.view = ANNALS_SHOW, .id = id, .width = 80};
            annals_status status = render(record, &query, gather, &found, NULL);
            assert_true(status == ANNALS_OK || status == ANNALS_NOT_FOUND);
            if (status == ANNALS_OK) {
                snprintf(name, sizeof name, "show-%s.txt", id);
                compare(name, &found);
            }
            buffer_release(&found);
        }
    }
    annals_query query = {.view = ANNALS_SHOW, .id = "e7zzzzzzzzzzzz"};
    struct buffer found;
    buffer_init(&found);
    assert_int_equal(render(record, &query, gather, &found, NULL), ANNALS_NOT_FOUND);
    query.id = "17";
    assert_int_equal(render(record, &query, gather, &found, NULL), ANNALS_NOT_FOUND);
    buffer_release(&found);
}

static void maps_and_dumps(void **state)
{
    (void)state;
    golden("events.geojson", &(annals_query){.view = ANNALS_GEOJSON});
    golden("dump.tsv", &(annals_query){.view = ANNALS_DUMP});
}

static void overviews_count(void **state)
{
    (void)state;
    static const char *const layouts[] = {"txt", "csv", "tsv", "json", "jsonl"};
    for (int layout = ANNALS_TABLE; layout <= ANNALS_JSONL; layout++) {
        char name[64];
        snprintf(name, sizeof name, "actors.%s", layouts[layout]);
        golden(name, &(annals_query){.view = ANNALS_ACTORS, .layout = (annals_layout)layout});
        snprintf(name, sizeof name, "places.%s", layouts[layout]);
        golden(name, &(annals_query){.view = ANNALS_PLACES, .layout = (annals_layout)layout});
        snprintf(name, sizeof name, "relations.%s", layouts[layout]);
        golden(name, &(annals_query){.view = ANNALS_RELATIONS, .layout = (annals_layout)layout});
        snprintf(name, sizeof name, "events-by-month.%s", layouts[layout]);
        golden(name, &(annals_query){.view = ANNALS_EVENTS, .layout = (annals_layout)layout,
                                     .group_by = "month"});
        snprintf(name, sizeof name, "sql.%s", layouts[layout]);
        golden(name, &(annals_query){.view = ANNALS_SQL, .layout = (annals_layout)layout,
                                     .sql = "SELECT plover AS type, count(*) AS claims, "
                                            "avg(trigger_start) AS \"at, on average\" FROM claims "
                                            "GROUP BY 1 ORDER BY 1"});
    }
    static const char *const groups[] = {"day",   "week",  "year", "place",  "admin1", "country",
                                         "actor", "type", "source", "status"};
    static const struct {
        const char *name;
        annals_view view;
    } views[] = {{"reports", ANNALS_REPORTS}, {"claims", ANNALS_CLAIMS}, {"events", ANNALS_EVENTS}};
    for (size_t view = 0; view < 3; view++)
        for (size_t group = 0; group < sizeof groups / sizeof groups[0]; group++) {
            char name[64];
            snprintf(name, sizeof name, "%s-by-%s.txt", views[view].name, groups[group]);
            golden(name, &(annals_query){.view = views[view].view, .group_by = groups[group]});
        }
    golden("relations-by-year.txt", &(annals_query){.view = ANNALS_RELATIONS, .group_by = "year",
                                                    .status = "threatened"});
    golden("found-80.txt", &(annals_query){.view = ANNALS_CLAIMS, .width = 80, .text = "gondor"});
    golden("found-colour.txt", &(annals_query){.view = ANNALS_REPORTS, .width = 100, .colour = true,
                                               .text = "\"Minas Tirith\" sh*"});
    golden("actors-60.txt", &(annals_query){.view = ANNALS_ACTORS, .width = 60});
}

static bool take_nothing(void *context, const char *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    return false;
}

static void a_closed_sink_is_told(void **state)
{
    (void)state;
    for (int view = ANNALS_REPORTS; view <= ANNALS_DUMP; view++) {
        annals_error error = {0};
        annals_query query = {.view = (annals_view)view, .sql = "SELECT 1", .what = "killed"};
        query.id = view == ANNALS_SHOW ? "c0" : NULL;
        annals_status status = render(record, &query, take_nothing, NULL, &error);
        assert_true(status == ANNALS_CANNOT_WRITE || status == ANNALS_NOT_FOUND);
    }
}

static void dates_in_words(void **state)
{
    (void)state;
    static const char *const cases[][5] = {
        {"2001-11-09", "2001-11-09", "day", "Friday 9 November 2001", "2001-11-09"},
        {"2015-04-24", "2015-05-07", NULL, "24 April to 7 May 2015", "2015-04-24..05-07"},
        {"2015-04-24", "2015-04-26", NULL, "24 to 26 April 2015", "2015-04-24..26"},
        {"2014-12-30", "2015-01-02", NULL, "30 December 2014 to 2 January 2015",
         "2014-12-30..2015-01-02"},
        {"2001-11-01", "2001-11-30", "month", "November 2001", "2001-11"},
        {"2001-01-01", "2001-12-31", "year", "2001", "2001"},
        {"2001-06-01", "2001-08-31", "season", "June to August 2001", "2001-06-01..08-31"},
        {"2001-11-19", "2001-11-25", "week", "Week of 19 November 2001", "2001-11-19..25"},
        {"2001-11-19", NULL, NULL, "From 19 November 2001", "2001-11-19.."},
        {NULL, "2001-11-19", NULL, "Before 19 November 2001", "..2001-11-19"},
        {NULL, NULL, NULL, "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buffer text;
        buffer_init(&text);
        buffer_add_string(&text, "");
        date_add_long(&text, cases[i][0], cases[i][1], cases[i][2]);
        assert_string_equal(text.bytes, cases[i][3]);
        buffer_clear(&text);
        date_add_code(&text, cases[i][0], cases[i][1]);
        assert_string_equal(text.bytes, cases[i][4]);
        buffer_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_as_in_the_golden_files),
        cmocka_unit_test(narrow_and_wide_terminals),
        cmocka_unit_test(show_tells_all),
        cmocka_unit_test(maps_and_dumps),
        cmocka_unit_test(overviews_count),
        cmocka_unit_test(a_closed_sink_is_told),
        cmocka_unit_test(dates_in_words),
    };
    return cmocka_run_group_tests(tests, open_stories, close_stories);
}
