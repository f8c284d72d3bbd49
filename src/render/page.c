/* The page as one file that opens from disk: the page's own one-file.html with the record's data put
 * where its marker stands, as one JSON object whose keys are the questions that the page asks. The
 * same functions write them as for `annals serve`. Borders are of the world, provinces of the countries
 * where most happens.
 *
 * Within a script element a browser looks for "</script", so that every "<" is written \u003c: text of
 * a report can end nothing and begin nothing. */
#include "render/page.h"

#include "bytes/array.h"
#include "bytes/mapping.h"
#include "record/survey.h"
#include "render/answers.h"
#include "render/dates.h"
#include "render/views.h"

#include <stdlib.h>
#include <string.h>

enum { COUNTRIES = 8, KNOWN_DAYS = 40, ACTS_MOST = 20000, ACTORS_MOST = 300 };

static const char marker[] = "<!--annals-data-->";

struct page {
    struct record *record;
    const annals_query *query;
    const char *folder;
    annals_sink sink;
    void *context;
    annals_error *error;
    annals_status status; /* the first that is not ANNALS_OK */
};

static void put(struct page *page, const char *bytes, size_t length)
{
    if (page->status == ANNALS_OK && length > 0 && !page->sink(page->context, bytes, length))
        page->status = error_set(page->error, ANNALS_CANNOT_WRITE, "the output could not be written");
}

static void put_string(struct page *page, const char *string)
{
    put(page, string, strlen(string));
}

/* JSON, safe within a script element; an annals_sink. */
static bool put_json(void *context, const char *bytes, size_t length)
{
    struct page *page = context;
    while (length > 0 && page->status == ANNALS_OK) {
        const char *sign = memchr(bytes, '<', length);
        size_t plain = sign != NULL ? (size_t)(sign - bytes) : length;
        put(page, bytes, plain);
        if (sign != NULL)
            put_string(page, "\\u003c");
        plain += sign != NULL;
        bytes += plain;
        length -= plain;
    }
    return page->status == ANNALS_OK;
}

/* Opens a file of the page. */
static annals_status open_file(const struct page *page, const char *name, struct mapping *mapping)
{
    struct buffer path;
    buffer_init(&path);
    buffer_print(&path, "%s/%s", page->folder, name);
    annals_status status = path.failed ? error_set(page->error, ANNALS_NO_MEMORY, "out of memory")
                                       : mapping_open(mapping, path.bytes, page->error);
    buffer_release(&path);
    return status;
}

/* ------------------------------------------------------------------ answers */

static void put_answer(struct page *page, const char *key, const char *name)
{
    const char *id;
    const struct answer *answer = answer_find(name, &id);
    annals_query query = *page->query;
    query.id = id;
    query.layout = ANNALS_JSON;
    put_string(page, key);
    if (page->status != ANNALS_OK)
        return;
    annals_status status =
        answer_write(page->record, answer, &query, put_json, page, page->error);
    if (page->status == ANNALS_OK)
        page->status = status;
}

/* Ids of what is to be written one by one. */
struct ids {
    struct arena arena;
    ARRAY(const char *) list;
};

static annals_status add_id(struct ids *ids, const char *id)
{
    const char **slot = (const char **)array_push(&ids->list);
    if (slot != NULL && id != NULL)
        *slot = arena_copy_string(&ids->arena, id);
    return ids->arena.failed ? ANNALS_NO_MEMORY : ANNALS_OK;
}

/* Events of the file, the reports that tell of them, and the reports of the file. `known`: an event, then
 * each day on which reports told of it that had not all been published, then NULL. */
struct lists {
    struct ids events, told, reports, known;
    bool days; /* only reports that tell of the events */
};

static int by_id(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The days of publication, in their order; of very many, some; not the last. Undated reports never were. */
static annals_status add_known(struct lists *lists, const struct record_event *event)
{
    const char **days = arena_new_array(&lists->known.arena, const char *, event->claim_count);
    uint32_t count = 0, each = 0;
    bool undated = false;
    for (uint32_t i = 0; days != NULL && i < event->claim_count; i++) {
        const char *day = event->claims[i].published;
        undated = undated || day == NULL;
        if (day != NULL)
            days[count++] = day;
    }
    if (count > 1)
        qsort((void *)days, count, sizeof *days, by_id);
    for (uint32_t i = 0; i < count; i++)
        if (each == 0 || strcmp(days[each - 1], days[i]) != 0)
            days[each++] = days[i];
    uint32_t before = each > 0 && !undated ? each - 1 : each;
    if (before == 0)
        return ANNALS_OK;
    annals_status status = add_id(&lists->known, event->id);
    uint32_t shown = before < KNOWN_DAYS ? before : KNOWN_DAYS;
    for (uint32_t i = 0; i < shown && status == ANNALS_OK; i++)
        status = add_id(&lists->known, days[(uint64_t)(i + 1) * before / shown - 1]);
    return status == ANNALS_OK ? add_id(&lists->known, NULL) : status;
}

static annals_status add_event(void *context, const struct record_event *event)
{
    struct lists *lists = context;
    annals_status status = add_id(&lists->events, event->id);
    for (uint32_t i = 0; lists->days && status == ANNALS_OK && i < event->claim_count; i++)
        status = add_id(&lists->told, event->claims[i].report);
    return status == ANNALS_OK ? add_known(lists, event) : status;
}

static annals_status add_report(void *context, const struct record_report *report)
{
    struct lists *lists = context;
    const char *id = report->id;
    const struct ids *told = &lists->told;
    if (lists->days && (told->list.count == 0 ||
                        bsearch(&id, told->list.items, told->list.count, sizeof id, by_id) == NULL))
        return ANNALS_OK;
    return add_id(&lists->reports, id);
}

/* The days of publication, each once: reports come in their order. */
static annals_status add_day(void *context, const struct record_report *report)
{
    struct ids *days = context;
    uint32_t count = days->list.count;
    if (report->published == NULL ||
        (count > 0 && strcmp(days->list.items[count - 1], report->published) == 0))
        return ANNALS_OK;
    return add_id(days, report->published);
}

/* Every answer "name/id" of the ids, as one array. */
static void put_each(struct page *page, const char *key, const char *name, const struct ids *ids)
{
    put_string(page, key);
    put_string(page, "[");
    for (uint32_t i = 0; i < ids->list.count && page->status == ANNALS_OK; i++) {
        char path[40];
        snprintf(path, sizeof path, "%s/%s", name, ids->list.items[i]);
        const annals_query all = {.as_of = page->query->as_of};
        struct page one = *page;
        one.query = &all;
        put_answer(&one, i > 0 ? ",\n" : "", path);
        page->status = one.status;
    }
    put_string(page, "]");
}

/* An event as far as it was known: what the page cannot make of its claims itself. */
static annals_status put_snapshot(void *context, const struct record_event *event)
{
    struct page *page = context;
    struct buffer text, when;
    struct json_writer json = {.buffer = &text};
    buffer_init(&text);
    buffer_init(&when);
    json_begin(&json, '{');
    json_key(&json, "event");
    json_event(&json, event, false);
    json_tolls(&json, event);
    date_add_long(&when, event->first, event->last, event->claims[0].precision);
    json_key(&json, "when");
    json_string(&json, when.length > 0 ? when.bytes : NULL);
    json_end(&json, '}');
    if (text.failed || when.failed)
        page->status = error_set(page->error, ANNALS_NO_MEMORY, "out of memory");
    else
        put_json(page, text.bytes, text.length);
    buffer_release(&text);
    buffer_release(&when);
    return page->status;
}

static void put_known(struct page *page, const struct ids *known)
{
    const char *const *at = (const char *const *)known->list.items;
    const char *const *end = known->list.count > 0 ? at + known->list.count : at;
    char key[60];
    put_string(page, ",\n\"events as of\":{");
    for (bool first = true; at < end && page->status == ANNALS_OK; first = false, at++) {
        const char *event = *at++;
        snprintf(key, sizeof key, "%s\n\"%.20s\":{", first ? "" : ",", event);
        put_string(page, key);
        for (bool begun = false; at < end && *at != NULL && page->status == ANNALS_OK; at++) {
            const annals_query then = {.id = event, .as_of = *at};
            snprintf(key, sizeof key, "%s\"%.10s\":", begun ? "," : "", *at);
            put_string(page, key);
            annals_status status =
                record_events(page->record, &then, put_snapshot, page, page->error);
            page->status = page->status == ANNALS_OK ? status : page->status;
            begun = true;
        }
        put_string(page, "}");
    }
    put_string(page, "}");
}

/* ------------------------------------------------------------------ actors */

struct actors {
    struct ids names;
    uint32_t column;
};

static annals_status find_name(void *context, const char *const *names, uint32_t count)
{
    struct actors *actors = context;
    actors->column = count;
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(names[i], "name") == 0)
            actors->column = i;
    return ANNALS_OK;
}

static annals_status add_name(void *context, const struct record_cell *cells, uint32_t count)
{
    struct actors *actors = context;
    bool named = actors->column < count && cells[actors->column].kind == CELL_TEXT;
    return named ? add_id(&actors->names, cells[actors->column].text) : ANNALS_OK;
}

/* The answer `path` for each actor, under its name. */
static void put_by_name(struct page *page, const char *path, const struct ids *names)
{
    struct buffer key;
    buffer_init(&key);
    buffer_print(&key, ",\n\"%s\":{", path);
    put_string(page, key.length > 0 ? key.bytes : "");
    for (uint32_t i = 0; i < names->list.count && page->status == ANNALS_OK; i++) {
        const annals_query query = {.actor = names->list.items[i],
                                    .as_of = page->query->as_of,
                                    .data = page->query->data};
        struct page one = *page;
        struct json_writer json = {.buffer = &key};
        one.query = &query;
        buffer_clear(&key);
        buffer_add_string(&key, i > 0 ? ",\n" : "");
        json_string(&json, names->list.items[i]);
        put_json(&one, key.bytes, key.length);
        put_answer(&one, ":", path);
        page->status = one.status;
    }
    put_string(page, "}");
    buffer_release(&key);
}

/* Names and posts of those who are in most claims. */
static void put_actors(struct page *page)
{
    struct actors actors = {0};
    annals_query most = *page->query;
    const struct record_table table = {find_name, add_name, &actors};
    arena_init(&actors.names.arena);
    array_init(&actors.names.list, &actors.names.arena);
    most.view = ANNALS_ACTORS;
    most.limit = ACTORS_MOST;
    if (page->status == ANNALS_OK)
        page->status = record_overview(page->record, &most, &table, page->error);
    put_by_name(page, "names", &actors.names);
    put_by_name(page, "posts", &actors.names);
    arena_release(&actors.names.arena);
}

/* Reports go by the day on which they were published, events by that on which they were: where days are
 * asked for, the reports are those that tell of the events. */
static void put_lists(struct page *page)
{
    struct lists lists = {.days = page->query->from != NULL || page->query->to != NULL};
    struct ids *const all[] = {&lists.events, &lists.told, &lists.reports, &lists.known};
    annals_query reports = *page->query;
    reports.from = reports.to = NULL;
    reports.limit = 0;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        arena_init(&all[i]->arena);
        array_init(&all[i]->list, &all[i]->arena);
    }
    if (page->status == ANNALS_OK)
        page->status = record_events(page->record, page->query, add_event, &lists, page->error);
    if (lists.told.list.count > 1)
        qsort(lists.told.list.items, lists.told.list.count, sizeof *lists.told.list.items, by_id);
    put_each(page, ",\n\"events/*\":", "events", &lists.events);
    put_known(page, &lists.known);
    if (page->status == ANNALS_OK)
        page->status = record_reports(page->record, &reports, add_report, &lists, page->error);
    put_each(page, ",\n\"reports/*\":", "reports", &lists.reports);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        arena_release(&all[i]->arena);
}

/* ------------------------------------------------------------------ control */

static void put_control_of(struct page *page, const char *key, const char *as_of)
{
    const annals_query history = {.history = true, .as_of = as_of};
    struct page one = *page;
    one.query = &history;
    put_answer(&one, key, "control");
    page->status = one.status;
}

/* Every period of every place: the page finds those of a day itself. For the second clock the same as
 * known on the days of publication, on which alone it changes; of very many days, on some. */
static void put_control(struct page *page)
{
    struct ids days;
    char key[40];
    annals_query reports = {.as_of = page->query->as_of};
    arena_init(&days.arena);
    array_init(&days.list, &days.arena);
    put_control_of(page, ",\n\"control\":", page->query->as_of);
    if (page->status == ANNALS_OK)
        page->status = record_reports(page->record, &reports, add_day, &days, page->error);
    put_string(page, ",\n\"control as of\":{");
    uint32_t count = days.list.count, shown = count < KNOWN_DAYS ? count : KNOWN_DAYS;
    for (uint32_t i = 0; i < shown && page->status == ANNALS_OK; i++) {
        const char *day = days.list.items[(uint64_t)(i + 1) * count / shown - 1];
        snprintf(key, sizeof key, "%s\n\"%.10s\":", i > 0 ? "," : "", day);
        put_control_of(page, key, day);
    }
    put_string(page, "}");
    arena_release(&days.arena);
    const annals_query all = {.as_of = page->query->as_of};
    struct page log = *page;
    log.query = &all;
    put_answer(&log, ",\n\"decisions\":", "decisions");
    page->status = log.status;
}

/* ------------------------------------------------------------------ borders */

struct countries {
    char codes[COUNTRIES][4];
    uint32_t count, column;
};

static annals_status find_country(void *context, const char *const *names, uint32_t count)
{
    struct countries *countries = context;
    countries->column = count;
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(names[i], "country") == 0)
            countries->column = i;
    return ANNALS_OK;
}

/* The countries of the places, in the order of the places' claims. */
static annals_status add_country(void *context, const struct record_cell *cells, uint32_t count)
{
    struct countries *countries = context;
    const char *code = countries->column < count && cells[countries->column].kind == CELL_TEXT
                           ? cells[countries->column].text
                           : "";
    bool before = strlen(code) != 2 || strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2;
    for (uint32_t i = 0; i < countries->count; i++)
        before = before || strcmp(countries->codes[i], code) == 0;
    if (!before && countries->count < COUNTRIES)
        memcpy(countries->codes[countries->count++], code, 3);
    return ANNALS_OK;
}

static void put_map(struct page *page, const char *name)
{
    struct mapping mapping;
    char key[60];
    if (page->status != ANNALS_OK || open_file(page, name, &mapping) != ANNALS_OK)
        return; /* a country without provinces */
    snprintf(key, sizeof key, ",\n\"%s\":", name);
    put_string(page, key);
    put_json(page, (const char *)mapping.bytes, mapping.length);
    mapping_close(&mapping);
}

static void put_maps(struct page *page)
{
    struct countries countries = {0};
    annals_query all = *page->query;
    const struct record_table table = {find_country, add_country, &countries};
    all.limit = 0;
    all.view = ANNALS_PLACES;
    if (page->status == ANNALS_OK)
        page->status = record_overview(page->record, &all, &table, page->error);
    put_map(page, "geo/countries.json");
    for (uint32_t i = 0; i < countries.count; i++) {
        char name[20];
        snprintf(name, sizeof name, "geo/%s.json", countries.codes[i]);
        put_map(page, name);
    }
}

/* ------------------------------------------------------------------ the page */

static const char *find_marker(const struct mapping *mapping)
{
    const char *bytes = (const char *)mapping->bytes;
    size_t length = sizeof marker - 1;
    for (size_t i = 0; i + length <= mapping->length; i++)
        if (memcmp(bytes + i, marker, length) == 0)
            return bytes + i;
    return NULL;
}

static annals_status begin_tally(void *context, const char *const *names, uint32_t count)
{
    (void)context, (void)names, (void)count;
    return ANNALS_OK;
}

static annals_status add_acts(void *context, const struct record_cell *cells, uint32_t count)
{
    *(int64_t *)context += count > 1 ? cells[1].integer : 0;
    return ANNALS_OK;
}

/* A file of more acts would take minutes to write and no browser would open it. */
static annals_status check_size(struct record *record, const annals_query *query,
                                annals_error *error)
{
    int64_t acts = 0;
    const struct record_table table = {begin_tally, add_acts, &acts};
    annals_status status = record_survey(record, SURVEY_DAYS, query, &table, error);
    if (status == ANNALS_OK && acts > ACTS_MOST)
        status = error_set(error, ANNALS_WRONG_USE,
                           "these are %lld acts, and a page in one file holds %d: give from and to, "
                           "or a place; `annals serve` shows them all",
                           (long long)acts, ACTS_MOST);
    return status;
}

annals_status page_write(struct record *record, const char *folder, const annals_query *query,
                         annals_sink sink, void *context, annals_error *error)
{
    struct page page = {.record = record, .query = query, .folder = folder, .sink = sink,
                        .context = context, .error = error};
    struct mapping mapping;
    annals_status status = open_file(&page, "one-file.html", &mapping);
    if (status != ANNALS_OK)
        return status;
    status = check_size(record, query, error);
    if (status != ANNALS_OK) {
        mapping_close(&mapping);
        return status;
    }
    const char *at = find_marker(&mapping), *bytes = (const char *)mapping.bytes;
    if (at == NULL) {
        mapping_close(&mapping);
        error_set(error, ANNALS_FOREIGN, "holds no place for the data; `make page` builds it anew");
        return error_at(error, folder, 0, 0, -1);
    }
    put(&page, bytes, (size_t)(at - bytes));
    put_string(&page, "<script type=\"application/json\" id=\"annals-data\">{");
    put_answer(&page, "\"summary\":", "summary");
    put_answer(&page, ",\n\"points\":", "points");
    put_answer(&page, ",\n\"timeline\":", "timeline");
    put_answer(&page, ",\n\"actors\":", "actors");
    put_actors(&page);
    put_answer(&page, ",\n\"relations\":", "relations");
    put_answer(&page, ",\n\"disputes\":", "disputes");
    put_control(&page);
    put_lists(&page);
    put_maps(&page);
    put_string(&page, "}</script>");
    at += sizeof marker - 1;
    put(&page, at, mapping.length - (size_t)(at - bytes));
    mapping_close(&mapping);
    return page.status;
}
