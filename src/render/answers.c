/* What the page asks of a record: one function an answer, the table of them at the end.
 *
 * Lists are those of list.c; what is new here is the act as a line with all that a page shows beside
 * it, an event with the reports behind its sentences, and the surveys of the record. Those of many
 * rows are written as columns, which a browser reads several times faster than objects. */
#include "render/answers.h"

#include "record/survey.h"
#include "render/dates.h"
#include "render/line.h"
#include "render/views.h"

#include <math.h>
#include <string.h>

/* ------------------------------------------------------------------ surveys */

enum { COLUMNS = 24 };

/* A survey on its way out: as objects, or as columns. */
struct survey {
    struct output *output;
    struct json_rows rows;
    struct buffer columns[COLUMNS];
    struct json_writer writers[COLUMNS];
    char names[COLUMNS][24];
    uint32_t count;
    uint64_t rows_seen;
};

static annals_status begin(void *context, const char *const *names, uint32_t count)
{
    struct survey *survey = context;
    survey->count = count < COLUMNS ? count : COLUMNS;
    for (uint32_t i = 0; i < survey->count; i++) {
        snprintf(survey->names[i], sizeof survey->names[i], "%s", names[i]);
        survey->writers[i].buffer = &survey->columns[i];
    }
    return ANNALS_OK;
}

static void put_cell(struct json_writer *json, const struct record_cell *cell)
{
    if (cell->kind == CELL_TEXT)
        json_string(json, cell->text);
    else if (cell->kind == CELL_INTEGER)
        json_integer(json, cell->integer);
    else
        json_number(json, cell->kind == CELL_REAL ? cell->real : NAN, 5);
}

static annals_status put_object(void *context, const struct record_cell *cells, uint32_t count)
{
    struct survey *survey = context;
    json_rows_next(&survey->rows);
    json_begin(&survey->rows.json, '{');
    for (uint32_t i = 0; i < count && i < survey->count; i++) {
        json_key(&survey->rows.json, survey->names[i]);
        put_cell(&survey->rows.json, &cells[i]);
    }
    json_end(&survey->rows.json, '}');
    return output_flush(survey->output) ? ANNALS_OK : ANNALS_CANNOT_WRITE;
}

static annals_status put_columns(void *context, const struct record_cell *cells, uint32_t count)
{
    struct survey *survey = context;
    for (uint32_t i = 0; i < count && i < survey->count; i++)
        put_cell(&survey->writers[i], &cells[i]);
    survey->rows_seen++;
    return ANNALS_OK;
}

static annals_status as_objects(struct record *record, enum record_survey which,
                                const annals_query *query, struct output *output,
                                annals_error *error)
{
    struct survey survey = {.output = output};
    const struct record_table table = {begin, put_object, &survey};
    json_rows_begin(&survey.rows, output, ANNALS_JSON);
    annals_status status = record_survey(record, which, query, &table, error);
    json_rows_end(&survey.rows);
    return status;
}

static annals_status as_columns(struct record *record, enum record_survey which,
                                const annals_query *query, struct output *output,
                                annals_error *error)
{
    struct survey survey = {.output = output};
    const struct record_table table = {begin, put_columns, &survey};
    struct buffer *out = &output->buffer;
    for (int i = 0; i < COLUMNS; i++)
        buffer_init(&survey.columns[i]);
    annals_status status = record_survey(record, which, query, &table, error);
    buffer_print(out, "{\"count\":%llu", (unsigned long long)survey.rows_seen);
    for (uint32_t i = 0; i < survey.count; i++) {
        buffer_print(out, ",\n\"%s\":[", survey.names[i]);
        if (survey.columns[i].length > 0)
            buffer_add(out, survey.columns[i].bytes, survey.columns[i].length);
        buffer_add_byte(out, ']');
        out->failed = out->failed || survey.columns[i].failed;
    }
    buffer_add_string(out, "}\n");
    for (int i = 0; i < COLUMNS; i++)
        buffer_release(&survey.columns[i]);
    return status;
}

#define SURVEY_ANSWER(name, how, which)                                                            \
    static annals_status name(struct record *record, const annals_query *query,                    \
                              struct output *output, annals_error *error)                          \
    {                                                                                              \
        return how(record, which, query, output, error);                                           \
    }

SURVEY_ANSWER(write_points, as_columns, SURVEY_POINTS)
SURVEY_ANSWER(write_days, as_columns, SURVEY_DAYS)
SURVEY_ANSWER(write_facets, as_objects, SURVEY_FACETS)
SURVEY_ANSWER(write_names, as_objects, SURVEY_NAMES)

/* ------------------------------------------------------------------ lines */

struct lines {
    struct output *output;
    struct json_rows rows;
    struct buffer text;
    uint32_t found;
    char report[RECORD_ID_SIZE]; /* the report whose claims are listed */
};

static void put(struct json_writer *json, const char *key, const char *value)
{
    json_key(json, key);
    json_string(json, value);
}

/* What `add` writes about the claim; null where that is nothing. */
static void put_built(struct lines *lines, const char *key,
                      void (*add)(struct buffer *, const struct record_claim *),
                      const struct record_claim *claim)
{
    buffer_clear(&lines->text);
    add(&lines->text, claim);
    put(&lines->rows.json, key, lines->text.length > 0 ? lines->text.bytes : NULL);
}

static void put_when(struct lines *lines, const char *first, const char *last,
                     const char *precision)
{
    buffer_clear(&lines->text);
    date_add_long(&lines->text, first, last, precision);
    put(&lines->rows.json, "when", lines->text.length > 0 ? lines->text.bytes : NULL);
}

/* What a claim is told by: its words as a line, and where they stand. */
static void put_told(struct lines *lines, const struct record_claim *claim)
{
    struct json_writer *json = &lines->rows.json;
    put(json, "claim", claim->id);
    put(json, "report", claim->report);
    put(json, "title", claim->title);
    put(json, "source", line_source(claim));
    put(json, "published", claim->published);
    put(json, "copy_of", claim->original);
    put_built(lines, "mark", line_add_mark, claim);
    put_built(lines, "line", line_add, claim);
}

static uint32_t count_reports(const struct record_event *event)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        bool before = false;
        for (uint32_t j = 0; j < i; j++)
            before = before || strcmp(event->claims[i].report, event->claims[j].report) == 0;
        count += !before;
    }
    return count;
}

static annals_status put_line(void *context, const struct record_event *event)
{
    struct lines *lines = context;
    struct json_writer *json = &lines->rows.json;
    const struct record_claim *claim = &event->claims[0];
    const struct record_place *place =
        claim->place.name != NULL ? &claim->place : &claim->control_place;
    json_rows_next(&lines->rows);
    json_begin(json, '{');
    put(json, "event", event->id);
    put(json, "from", event->first);
    put(json, "to", event->last);
    put_when(lines, event->first, event->last, claim->precision);
    put(json, "place", place->name);
    put(json, "relation", place->relation);
    put(json, "country", place->country);
    json_key(json, "lat");
    json_number(json, place->located ? place->latitude : NAN, 5);
    json_key(json, "lon");
    json_number(json, place->located ? place->longitude : NAN, 5);
    put(json, "plover", claim->plover);
    put(json, "mode", claim->mode);
    put(json, "status", claim->status);
    json_key(json, "disputed");
    json_boolean(json, event->disputed);
    put_told(lines, claim);
    json_key(json, "reports");
    json_integer(json, count_reports(event));
    json_end(json, '}');
    return output_flush(lines->output) ? ANNALS_OK : ANNALS_CANNOT_WRITE;
}

static annals_status write_lines(struct record *record, const annals_query *query,
                                 struct output *output, annals_error *error)
{
    struct lines lines = {.output = output};
    buffer_init(&lines.text);
    json_rows_begin(&lines.rows, output, ANNALS_JSON);
    annals_status status = record_acts(record, query, put_line, &lines, error);
    json_rows_end(&lines.rows);
    output->buffer.failed = output->buffer.failed || lines.text.failed;
    buffer_release(&lines.text);
    return status;
}

/* ------------------------------------------------------------------ one thing */

static annals_status put_event(void *context, const struct record_event *event)
{
    struct lines *lines = context;
    struct json_writer *json = &lines->rows.json;
    if (lines->found++ > 0)
        return ANNALS_OK;
    json_begin(json, '{');
    json_key(json, "event");
    json_event(json, event, true);
    put_when(lines, event->first, event->last, event->claims[0].precision);
    json_key(json, "told");
    json_begin(json, '[');
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct record_claim *claim = &event->claims[i];
        json_begin(json, '{');
        put_told(lines, claim);
        put_when(lines, claim->first, claim->last, claim->precision);
        json_end(json, '}');
    }
    json_end(json, ']');
    json_end(json, '}');
    return ANNALS_OK;
}

static annals_status none_such(const annals_query *query, annals_error *error)
{
    return error_set(error, ANNALS_NOT_FOUND, "there is nothing with the id %.40s in this record",
                     query->id);
}

static annals_status write_event(struct record *record, const annals_query *query,
                                 struct output *output, annals_error *error)
{
    struct lines lines = {.output = output, .rows.json.buffer = &output->buffer};
    buffer_init(&lines.text);
    annals_status status = record_events(record, query, put_event, &lines, error);
    output->buffer.failed = output->buffer.failed || lines.text.failed;
    buffer_release(&lines.text);
    return status == ANNALS_OK && lines.found == 0 ? none_such(query, error) : status;
}

static annals_status put_claim(void *context, const struct record_claim *claim)
{
    struct lines *lines = context;
    struct json_writer *json = &lines->rows.json;
    if (lines->found++ > 0)
        return ANNALS_OK;
    json_begin(json, '{');
    json_key(json, "claim");
    json_claim(json, claim);
    json_key(json, "told");
    json_begin(json, '{');
    put_told(lines, claim);
    put_when(lines, claim->first, claim->last, claim->precision);
    put(json, "explanation", claim->explanation);
    json_end(json, '}');
    json_end(json, '}');
    return ANNALS_OK;
}

static annals_status write_claim(struct record *record, const annals_query *query,
                                 struct output *output, annals_error *error)
{
    struct lines lines = {.output = output, .rows.json.buffer = &output->buffer};
    buffer_init(&lines.text);
    annals_status status = record_claims(record, query, put_claim, &lines, error);
    output->buffer.failed = output->buffer.failed || lines.text.failed;
    buffer_release(&lines.text);
    return status == ANNALS_OK && lines.found == 0 ? none_such(query, error) : status;
}

static annals_status put_report(void *context, const struct record_report *report)
{
    struct lines *lines = context;
    if (lines->found++ == 0) {
        buffer_add_string(&lines->output->buffer, "{\"report\":");
        json_report(&lines->rows.json, report, true);
        memcpy(lines->report, report->id, sizeof lines->report);
    }
    return ANNALS_OK;
}

/* A claim's key begins with the bits of its report's, so that the id of the report finds its claims:
 * and, once in 2^38, those of another, which are passed over. */
static annals_status put_claim_of(void *context, const struct record_claim *claim)
{
    struct lines *lines = context;
    if (strcmp(claim->report, lines->report) != 0)
        return ANNALS_OK;
    json_rows_next(&lines->rows);
    lines->found = 0;
    return put_claim(lines, claim);
}

static annals_status write_claims_of(struct record *record, const char *report, const char *as_of,
                                     struct output *output, annals_error *error)
{
    enum { SHARED = 9 }; /* the letter, and 8 digits */
    char id[RECORD_ID_SIZE] = "";
    struct lines lines = {.output = output};
    snprintf(lines.report, sizeof lines.report, "%s", report);
    memcpy(id, report, SHARED);
    id[0] = 'c';
    buffer_init(&lines.text);
    json_rows_begin(&lines.rows, output, ANNALS_JSON);
    const annals_query query = {.id = id, .as_of = as_of};
    annals_status status = record_claims(record, &query, put_claim_of, &lines, error);
    json_rows_end(&lines.rows);
    output->buffer.failed = output->buffer.failed || lines.text.failed;
    buffer_release(&lines.text);
    return status;
}

static annals_status write_report(struct record *record, const annals_query *query,
                                  struct output *output, annals_error *error)
{
    struct lines lines = {.output = output, .rows.json.buffer = &output->buffer};
    annals_query one = *query;
    one.limit = 1;
    annals_status status = record_reports(record, &one, put_report, &lines, error);
    if (status == ANNALS_OK && lines.found == 0)
        return none_such(query, error);
    buffer_add_string(&output->buffer, ",\n\"marks\":");
    if (status == ANNALS_OK)
        status = as_objects(record, SURVEY_MARKS, query, output, error);
    buffer_add_string(&output->buffer, ",\n\"claims\":");
    if (status == ANNALS_OK)
        status = write_claims_of(record, lines.report, query->as_of, output, error);
    buffer_add_byte(&output->buffer, '}');
    return status;
}

/* ------------------------------------------------------------------ lists and searches */

#define LIST_ANSWER(name, which)                                                                   \
    static annals_status name(struct record *record, const annals_query *query,                    \
                              struct output *output, annals_error *error)                          \
    {                                                                                              \
        annals_query list = *query;                                                                \
        list.view = which;                                                                         \
        return view_list(record, &list, output, error);                                            \
    }

/* Tables that SQL makes: an answer of the same kind as a list. */
#define TABLE_ANSWER(name, which)                                                                  \
    static annals_status name(struct record *record, const annals_query *query,                    \
                              struct output *output, annals_error *error)                          \
    {                                                                                              \
        annals_query table = *query;                                                               \
        table.view = which;                                                                        \
        table.group_by = which == ANNALS_RELATIONS ? "month" : NULL;                               \
        return view_table(record, &table, output, error);                                          \
    }

TABLE_ANSWER(write_actors, ANNALS_ACTORS)
TABLE_ANSWER(write_places, ANNALS_PLACES)
TABLE_ANSWER(write_relations, ANNALS_RELATIONS)
LIST_ANSWER(write_events, ANNALS_EVENTS)
LIST_ANSWER(write_claims, ANNALS_CLAIMS)
LIST_ANSWER(write_reports, ANNALS_REPORTS)

static annals_status put_hit(void *context, const struct record_claim *claim)
{
    struct lines *lines = context;
    struct json_writer *json = &lines->rows.json;
    json_rows_next(&lines->rows);
    json_begin(json, '{');
    put(json, "event", claim->event[0] != '\0' ? claim->event : NULL);
    put(json, "from", claim->first);
    put(json, "place", claim->place.name);
    put(json, "plover", claim->plover);
    put(json, "status", claim->status);
    put_told(lines, claim);
    put_when(lines, claim->first, claim->last, claim->precision);
    put(json, "sentence", claim->sentence);
    json_end(json, '}');
    return output_flush(lines->output) ? ANNALS_OK : ANNALS_CANNOT_WRITE;
}

/* ------------------------------------------------------------------ disputes */

struct tally {
    uint64_t acts;
};

static annals_status begin_tally(void *context, const char *const *names, uint32_t count)
{
    (void)context;
    (void)names;
    (void)count;
    return ANNALS_OK;
}

static annals_status add_acts(void *context, const struct record_cell *cells, uint32_t count)
{
    struct tally *tally = context;
    tally->acts += count > 1 ? (uint64_t)cells[1].integer : 0;
    return ANNALS_OK;
}

/* Comparing is not SQLite's work, so that no time limit ends it: who asks for a page of disputes gets
 * them of so many acts and no more, and is told to ask for fewer days. */
static annals_status write_disputes(struct record *record, const annals_query *query,
                                    struct output *output, annals_error *error)
{
    enum { COMPARED = 2000 };
    struct tally tally = {0};
    const struct record_table table = {begin_tally, add_acts, &tally};
    annals_status status =
        query->limit > 0 ? record_survey(record, SURVEY_DAYS, query, &table, error) : ANNALS_OK;
    if (status != ANNALS_OK)
        return status;
    if (tally.acts > COMPARED)
        return error_set(error, ANNALS_WRONG_USE,
                         "these are %llu acts; disputes are looked for among %d at a time: give "
                         "from and to",
                         (unsigned long long)tally.acts, COMPARED);
    return view_disputes(record, query, output, error);
}

/* ------------------------------------------------------------------ what waits for a reviewer */

struct waiting {
    struct json_rows rows;
    struct output *output;
    uint64_t passed_over;
};

static annals_status put_waiting(void *context, const struct record_claim *claim)
{
    struct waiting *waiting = context;
    if (waiting->passed_over > 0) {
        waiting->passed_over--;
        return ANNALS_OK;
    }
    json_rows_next(&waiting->rows);
    json_begin(&waiting->rows.json, '{');
    put(&waiting->rows.json, "claim", claim->id);
    json_end(&waiting->rows.json, '}');
    return output_flush(waiting->output) ? ANNALS_OK : ANNALS_CANNOT_WRITE;
}

/* Claims that nobody decided on, the most uncertain first. */
static annals_status write_uncertain(struct record *record, const annals_query *query,
                                     struct output *output, annals_error *error)
{
    struct waiting waiting = {.output = output, .passed_over = query->offset};
    annals_query all = *query;
    all.limit += query->offset;
    json_rows_begin(&waiting.rows, output, ANNALS_JSON);
    annals_status status = record_uncertain(record, &all, put_waiting, &waiting, error);
    json_rows_end(&waiting.rows);
    return status;
}

/* Sentences with the words, the facets of all of them, and the reports that hold the words. */
static annals_status write_search(struct record *record, const annals_query *query,
                                  struct output *output, annals_error *error)
{
    struct lines lines = {.output = output};
    struct buffer *out = &output->buffer;
    annals_query reports = *query;
    reports.view = ANNALS_REPORTS;
    buffer_init(&lines.text);
    buffer_add_string(out, "{\"claims\":");
    json_rows_begin(&lines.rows, output, ANNALS_JSON);
    annals_status status = record_claims(record, query, put_hit, &lines, error);
    json_rows_end(&lines.rows);
    buffer_release(&lines.text);
    buffer_add_string(out, ",\"reports\":");
    if (status == ANNALS_OK)
        status = view_list(record, &reports, output, error);
    buffer_add_string(out, ",\"facets\":");
    if (status == ANNALS_OK)
        status = as_objects(record, SURVEY_FACETS, query, output, error);
    buffer_add_byte(out, '}');
    return status;
}

/* ------------------------------------------------------------------ the table */

const struct answer answers[] = {
    {"summary", TAKES_AS_OF, view_summary},
    {"points", TAKES_FILTERS | TAKES_PAGE | TAKES_MANY, write_points},
    {"days", TAKES_FILTERS, write_days},
    {"timeline", TAKES_FILTERS | TAKES_PAGE, write_lines},
    {"events", TAKES_FILTERS | TAKES_PAGE | TAKES_FORMAT, write_events},
    {"events", TAKES_ID | TAKES_AS_OF, write_event},
    {"claims", TAKES_FILTERS | TAKES_PAGE | TAKES_FORMAT, write_claims},
    {"claims", TAKES_ID | TAKES_AS_OF, write_claim},
    {"reports", TAKES_FILTERS | TAKES_PAGE | TAKES_FORMAT, write_reports},
    {"reports", TAKES_ID | TAKES_AS_OF, write_report},
    {"facets", TAKES_FILTERS, write_facets},
    {"search", TAKES_FILTERS | TAKES_PAGE | TAKES_TEXT, write_search},
    {"control", TAKES_DAY | TAKES_PAGE | TAKES_MANY, view_control},
    {"counts", TAKES_FILTERS | TAKES_PAGE | TAKES_WHAT, view_count},
    {"disputes", TAKES_FILTERS | TAKES_PAGE, write_disputes},
    {"uncertain", TAKES_FILTERS | TAKES_PAGE, write_uncertain},
    {"decisions", TAKES_PAGE | TAKES_AS_OF, view_log},
    {"decisions", TAKES_ID | TAKES_AS_OF, view_log},
    {"places", TAKES_FILTERS | TAKES_PAGE | TAKES_MANY, write_places},
    {"actors", TAKES_FILTERS | TAKES_PAGE, write_actors},
    {"relations", TAKES_FILTERS | TAKES_PAGE, write_relations},
    {"names", TAKES_ACTOR | TAKES_AS_OF, write_names},
    {"posts", TAKES_ACTOR | TAKES_AS_OF, view_posts},
    {"geojson", TAKES_FILTERS | TAKES_PAGE | TAKES_MANY, view_geojson},
    {NULL, 0, NULL},
};

const struct answer *answer_find(const char *path, const char **id)
{
    size_t length = strcspn(path, "/");
    *id = path[length] == '/' ? path + length + 1 : NULL;
    for (const struct answer *answer = answers; answer->path != NULL; answer++)
        if (strlen(answer->path) == length && memcmp(answer->path, path, length) == 0 &&
            ((answer->takes & TAKES_ID) != 0) == (*id != NULL))
            return answer;
    return NULL;
}

annals_status answer_write(struct record *record, const struct answer *answer,
                           const annals_query *query, annals_sink sink, void *context,
                           annals_error *error)
{
    struct output output;
    annals_query asked = *query;
    if (asked.layout == ANNALS_TABLE)
        asked.layout = ANNALS_JSON;
    output_begin(&output, &asked, sink, context);
    annals_status status = answer->write(record, &asked, &output, error);
    if (status != ANNALS_OK) {
        buffer_release(&output.buffer);
        return status;
    }
    return output_end(&output, error);
}
