/* Renders what a record holds: chooses the view; the summary stands here too. */
#include "render/render.h"

#include "render/views.h"

#include <inttypes.h>
#include <math.h>

/* ------------------------------------------------------------------ the summary */

static void write_summary(struct output *output, const struct record_summary *summary)
{
    const struct {
        const char *name;
        uint64_t number;
    } rows[] = {
        {"reports", summary->reports},     {"with a date", summary->dated},
        {"sources", summary->sources},     {"sentences", summary->sentences},
        {"claims", summary->claims},       {"events", summary->events},
        {"place names", summary->places},  {"actor names", summary->actors},
    };
    struct buffer *out = &output->buffer;
    buffer_print(out, "record         %s\nschema         %d\n", summary->path, summary->schema);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        buffer_print(out, "%-14s %" PRIu64 "\n", rows[i].name, rows[i].number);
    if (summary->first_published[0] != '\0')
        buffer_print(out, "published      %s to %s\n", summary->first_published,
                     summary->last_published);
    if (summary->first[0] != '\0')
        buffer_print(out, "happened       %s to %s\n", summary->first, summary->last);
    for (uint32_t i = 0; i < summary->versions.count; i++)
        buffer_print(out, "coded by       annals %s, dictionaries %.12s, models %.12s\n",
                     summary->versions.items[i].program, summary->versions.items[i].dictionaries,
                     summary->versions.items[i].models);
}

static void write_summary_json(struct output *output, const struct record_summary *summary)
{
    struct json_writer json = {.buffer = &output->buffer};
    const struct {
        const char *name;
        uint64_t number;
    } rows[] = {
        {"reports", summary->reports}, {"dated", summary->dated},   {"sources", summary->sources},
        {"sentences", summary->sentences}, {"claims", summary->claims}, {"events", summary->events},
        {"places", summary->places},   {"actors", summary->actors},
    };
    const char *const days[][2] = {
        {"first_published", summary->first_published}, {"last_published", summary->last_published},
        {"first", summary->first},                     {"last", summary->last},
    };
    json_begin(&json, '{');
    json_key(&json, "record");
    json_string(&json, summary->path);
    json_key(&json, "schema");
    json_integer(&json, summary->schema);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_key(&json, rows[i].name);
        json_integer(&json, (int64_t)rows[i].number);
    }
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        json_key(&json, days[i][0]);
        json_string(&json, days[i][1][0] != '\0' ? days[i][1] : NULL);
    }
    json_key(&json, "versions");
    json_begin(&json, '[');
    for (uint32_t i = 0; i < summary->versions.count; i++) {
        json_begin(&json, '{');
        json_key(&json, "program");
        json_string(&json, summary->versions.items[i].program);
        json_key(&json, "dictionaries");
        json_string(&json, summary->versions.items[i].dictionaries);
        json_key(&json, "models");
        json_string(&json, summary->versions.items[i].models);
        json_end(&json, '}');
    }
    json_end(&json, ']');
    json_end(&json, '}');
    buffer_add_byte(&output->buffer, '\n');
}

annals_status view_summary(struct record *record, const annals_query *query,
                           struct output *output, annals_error *error)
{
    struct arena arena;
    struct record_summary summary;
    arena_init(&arena);
    annals_status status = record_summary(record, query->as_of, &arena, &summary, error);
    if (status == ANNALS_OK && query->layout == ANNALS_TABLE)
        write_summary(output, &summary);
    else if (status == ANNALS_OK)
        write_summary_json(output, &summary);
    arena_release(&arena);
    return status;
}

/* ------------------------------------------------------------------ the choice */

/* A record of its own for an older coding: the caller's goes on with today's. */
static annals_status render_older(struct record *record, const annals_query *query,
                                  annals_sink sink, void *context, annals_error *error)
{
    struct record *older = NULL;
    annals_query plain = *query;
    plain.with = NULL;
    if (query->view != ANNALS_REPORTS && query->view != ANNALS_CLAIMS &&
        query->view != ANNALS_EVENTS && query->view != ANNALS_TIMELINE &&
        query->view != ANNALS_SHOW && query->view != ANNALS_GEOJSON)
        return error_set(error, ANNALS_WRONG_USE, "this cannot be asked of an older coding");
    annals_status status = record_open(record_path(record), ANNALS_READ_ONLY, 10000, &older, error);
    if (status == ANNALS_OK)
        status = record_use_version(older, query->with, error);
    if (status == ANNALS_OK)
        status = render(older, &plain, sink, context, error);
    record_close(older);
    return status;
}

static annals_status view(struct record *record, const annals_query *query, struct output *output,
                          annals_error *error)
{
    switch (query->view) {
    case ANNALS_REPORTS:
    case ANNALS_CLAIMS:
    case ANNALS_EVENTS:
        return query->group_by != NULL ? view_table(record, query, output, error)
                                       : view_list(record, query, output, error);
    case ANNALS_TIMELINE:
        return view_timeline(record, query, output, error);
    case ANNALS_SHOW:
        return view_show(record, query, output, error);
    case ANNALS_SUMMARY:
        return view_summary(record, query, output, error);
    case ANNALS_CONTROL:
        return view_control(record, query, output, error);
    case ANNALS_LOG:
        return view_log(record, query, output, error);
    case ANNALS_REVIEW:
        return view_review(record, query, output, error);
    case ANNALS_AGREEMENT:
        return view_agreement(record, query, output, error);
    case ANNALS_CHANGES:
        return view_changes(record, query, output, error);
    case ANNALS_GEOJSON:
        return view_geojson(record, query, output, error);
    case ANNALS_ACTORS:
    case ANNALS_PLACES:
    case ANNALS_RELATIONS:
    case ANNALS_SQL:
        return view_table(record, query, output, error);
    case ANNALS_COUNT:
        return view_count(record, query, output, error);
    case ANNALS_DISPUTES:
        return view_disputes(record, query, output, error);
    case ANNALS_DUMP:
        break;
    }
    return ANNALS_WRONG_USE;
}

annals_status render(struct record *record, const annals_query *query, annals_sink sink,
                     void *context, annals_error *error)
{
    struct output output;
    if (query->with != NULL)
        return render_older(record, query, sink, context, error);
    if (query->view == ANNALS_DUMP)
        return record_dump(record, sink, context, error);
    if ((query->view == ANNALS_SHOW || query->view == ANNALS_SUMMARY) &&
        (query->layout == ANNALS_CSV || query->layout == ANNALS_TSV))
        return error_set(error, ANNALS_WRONG_USE,
                         "this has no rows for CSV or TSV; table, json or jsonl");
    output_begin(&output, query, sink, context);
    output.guarded = query->layout != ANNALS_JSON && query->layout != ANNALS_JSONL;
    annals_status status = view(record, query, &output, error);
    if (status != ANNALS_OK && status != ANNALS_CANNOT_WRITE) {
        /* What was asked for cannot be had: half an answer would be taken for one. */
        buffer_release(&output.buffer);
        return status;
    }
    annals_status end = output_end(&output, status == ANNALS_OK ? error : NULL);
    if (status == ANNALS_CANNOT_WRITE && end != ANNALS_OK)
        return error_set(error, end, "the output could not be written");
    return status != ANNALS_OK ? status : end;
}
