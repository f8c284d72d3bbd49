/* record/: merging, on tests/incidents: invented incidents told by several reports each, with near
 * misses. B-cubed (Bagga and Baldwin 1998) of the reports' chief incidents. */
#include "store.h"
#include "annals.h"
#include "bytes/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { REPORTS = 400, EVENTS = 2000, MEMBERS = 40 };

/* Of 25 pairs of incidents that are alike, so many share an event with a report of each that does not
 * tell of the other: they are merged, all of them by way of reports that tell of both. */
enum { NEAR_MISSES_MERGED = 0 };

static char names[REPORTS][16], incidents[REPORTS][40];
static char others[REPORTS][3][40]; /* of which it tells besides */
static int report_count;
static int events[EVENTS][MEMBERS], sizes[EVENTS];
static int event_count;
static char folder[64], path[160];

static int report_number(const char *name, size_t length)
{
    for (int i = 0; i < report_count; i++)
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0)
            return i;
    return -1;
}

/* The first line of a report names its chief incident; without one it is an incident of its own. */
static void read_gold(void)
{
    char line[1000];
    FILE *stream = fopen("tests/incidents/gold.tsv", "rb");
    assert_non_null(stream);
    while (fgets(line, sizeof line, stream) != NULL) {
        size_t name = strcspn(line, "\t"), part = name + 1 + strcspn(line + name + 1, "\t");
        size_t length = strcspn(line + part + 1, "\t\n");
        int known = line[0] == 'n' ? report_number(line, name) : -1;
        for (int i = 0; known >= 0 && i < 3; i++)
            if (others[known][i][0] == '\0') {
                snprintf(others[known][i], sizeof others[0][0], "%.*s", (int)length, line + part + 1);
                break;
            }
        if (line[0] != 'n' || known >= 0)
            continue;
        assert_true(report_count < REPORTS && name < sizeof names[0]);
        snprintf(names[report_count], sizeof names[0], "%.*s", (int)name, line);
        snprintf(incidents[report_count], sizeof incidents[0], "%.*s", (int)(length > 0 ? length : name),
                 length > 0 ? line + part + 1 : line);
        report_count++;
    }
    fclose(stream);
}

static bool gather(void *context, const char *bytes, size_t length)
{
    buffer_add(context, bytes, length);
    return true;
}

static void read_reports(annals_record *record, const annals_engine *engine)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    FILE *stream = fopen("tests/incidents/reports.jsonl", "rb");
    assert_non_null(stream);
    while ((length = getline(&line, &capacity, stream)) > 0) {
        annals_document *document = NULL;
        annals_origin origin = {.path = "reports.jsonl"};
        assert_int_equal(annals_read(engine, line, (size_t)length, &document, NULL), ANNALS_OK);
        assert_int_equal(annals_code(engine, document, NULL), ANNALS_OK);
        assert_int_equal(annals_record_add(record, engine, document, &origin, NULL), ANNALS_OK);
        annals_document_free(document);
    }
    free(line);
    fclose(stream);
}

/* The reports of each event: the strings of the first array of its line. */
static void read_events(const char *lines)
{
    for (const char *at = lines; (at = strstr(at, "\"reports\":")) != NULL && event_count < EVENTS;) {
        const char *end = strchr(at, ']');
        for (at += 10; (at = strchr(at, '"')) != NULL && at < end;) {
            size_t length = strcspn(++at, "\"");
            int report = report_number(at, length);
            if (report >= 0 && sizes[event_count] < MEMBERS)
                events[event_count][sizes[event_count]++] = report;
            at += length + 1;
        }
        at = end;
        event_count++;
    }
}

static int merge_incidents(void **state)
{
    (void)state;
    annals_engine *engine = NULL;
    annals_record *record = NULL;
    struct buffer lines;
    const char *data = getenv("ANNALS_DATA");
    snprintf(folder, sizeof folder, "/tmp/annals-merging-XXXXXX");
    if (data == NULL || mkdtemp(folder) == NULL || annals_open(data, &engine, NULL) != ANNALS_OK)
        return 1;
    store_path(path, sizeof path, folder);
    if (annals_record_open(path, ANNALS_READ_WRITE, 1000, &record, NULL) != ANNALS_OK)
        return 1;
    read_gold();
    read_reports(record, engine);
    if (annals_record_merge(record, NULL) != ANNALS_OK)
        return 1;
    buffer_init(&lines);
    annals_query query = {.view = ANNALS_EVENTS, .layout = ANNALS_JSONL};
    if (annals_render(record, &query, gather, &lines, NULL) != ANNALS_OK)
        return 1;
    read_events(lines.bytes);
    buffer_release(&lines);
    annals_record_close(record);
    annals_close(engine);
    unlink(path);
    return rmdir(folder);
}

/* How many events both reports are in. */
static int shared_events(int left, int right)
{
    int shared = 0;
    for (int i = 0; i < event_count; i++) {
        bool has_left = false, has_right = false;
        for (int j = 0; j < sizes[i]; j++) {
            has_left = has_left || events[i][j] == left;
            has_right = has_right || events[i][j] == right;
        }
        shared += has_left && has_right;
    }
    return shared;
}

static void reports_of_one_incident_make_one_event(void **state)
{
    (void)state;
    double precision = 0, recall = 0;
    int counted = 0;
    for (int i = 0; i < report_count; i++) {
        int same = 0, neighbours = 0;
        double purity = 0, found = 0;
        int own = shared_events(i, i);
        for (int j = 0; j < report_count; j++) {
            bool gold = strcmp(incidents[i], incidents[j]) == 0;
            int shared = shared_events(i, j);
            same += gold;
            neighbours += shared > 0;
            found += gold && shared > 0;
            purity += gold ? (double)shared / (own > 0 ? own : 1) : 0;
        }
        precision += neighbours > 0 ? purity / neighbours : 0;
        counted += neighbours > 0;
        recall += found / same;
    }
    precision /= counted > 0 ? counted : 1;
    recall /= report_count > 0 ? report_count : 1;
    double score = 2 * precision * recall / (precision + recall);
    if (!(score >= 0.85))
        fail_msg("B-cubed %.3f (precision %.3f, recall %.3f)", score, precision, recall);
}

static bool tells_of(int report, const char *incident)
{
    bool tells = strcmp(incidents[report], incident) == 0;
    for (int i = 0; i < 3; i++)
        tells = tells || strcmp(others[report][i], incident) == 0;
    return tells;
}

/* Has an event a report that tells of `left` alone, and one that tells of `right` alone? */
static bool are_merged(const char *left, const char *right)
{
    for (int i = 0; i < event_count; i++) {
        bool one = false, other = false;
        for (int j = 0; j < sizes[i]; j++) {
            bool of_left = tells_of(events[i][j], left), of_right = tells_of(events[i][j], right);
            one = one || (of_left && !of_right);
            other = other || (of_right && !of_left);
        }
        if (one && other)
            return true;
    }
    return false;
}

static void near_misses_stay_apart(void **state)
{
    (void)state;
    char line[300];
    int merged = 0, pairs = 0;
    FILE *stream = fopen("tests/incidents/near-misses.tsv", "rb");
    assert_non_null(stream);
    while (fgets(line, sizeof line, stream) != NULL) {
        size_t length = strcspn(line, "\t");
        char *right = line + length + 1;
        if (line[0] == '#' || line[length] == '\0' || strncmp(line, "incident\t", 9) == 0)
            continue;
        line[length] = '\0';
        right[strcspn(right, "\t")] = '\0';
        pairs++;
        merged += are_merged(line, right);
    }
    fclose(stream);
    assert_int_equal(pairs, 25);
    if (merged > NEAR_MISSES_MERGED)
        fail_msg("%d of %d near misses are merged", merged, pairs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_of_one_incident_make_one_event),
        cmocka_unit_test(near_misses_stay_apart),
    };
    return cmocka_run_group_tests(tests, merge_incidents, NULL);
}
