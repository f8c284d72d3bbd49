/* The views that src/render can give, one function each. */
#ifndef ANNALS_RENDER_VIEWS_H
#define ANNALS_RENDER_VIEWS_H

#include "formats/json_writer.h"
#include "record/record.h"
#include "render/output.h"

annals_status view_list(struct record *record, const annals_query *query, struct output *output,
                        annals_error *error);
annals_status view_timeline(struct record *record, const annals_query *query,
                            struct output *output, annals_error *error);
annals_status view_show(struct record *record, const annals_query *query, struct output *output,
                        annals_error *error);
annals_status view_summary(struct record *record, const annals_query *query,
                           struct output *output, annals_error *error);
annals_status view_control(struct record *record, const annals_query *query,
                           struct output *output, annals_error *error);
annals_status view_log(struct record *record, const annals_query *query, struct output *output,
                       annals_error *error);
annals_status view_review(struct record *record, const annals_query *query, struct output *output,
                          annals_error *error);
annals_status view_agreement(struct record *record, const annals_query *query,
                             struct output *output, annals_error *error);
annals_status view_changes(struct record *record, const annals_query *query,
                           struct output *output, annals_error *error);
annals_status view_count(struct record *record, const annals_query *query, struct output *output,
                         annals_error *error);
annals_status view_disputes(struct record *record, const annals_query *query,
                            struct output *output, annals_error *error);
/* The posts of the query's actor; `data` is the folder of the dictionaries. */
annals_status view_posts(struct record *record, const annals_query *query, struct output *output,
                         annals_error *error);
annals_status view_geojson(struct record *record, const annals_query *query,
                           struct output *output, annals_error *error);

/* Actors, places, relations, SELECTs, and lists counted by group: tables that SQL makes. */
annals_status view_table(struct record *record, const annals_query *query, struct output *output,
                         annals_error *error);

/* JSON of one row, as docs/interchange.md has it. */
void json_report(struct json_writer *json, const struct record_report *report, bool with_text);
void json_claim(struct json_writer *json, const struct record_claim *claim);
/* `with_claims`: the claims in full, else their ids. */
void json_event(struct json_writer *json, const struct record_event *event, bool with_claims);

/* The key "figures": each toll of the event with who says it. */
void json_tolls(struct json_writer *json, const struct record_event *event);

/* Rows of JSON: an array, or one a line. */
struct json_rows {
    struct output *output;
    struct json_writer json;
    bool lines;
    uint64_t count;
};

void json_rows_begin(struct json_rows *rows, struct output *output, annals_layout layout);
void json_rows_next(struct json_rows *rows); /* before each row */
void json_rows_end(struct json_rows *rows);

/* GeoJSON, event by event. */
struct features {
    struct output *output;
    struct json_rows rows;
    struct buffer text;
};

void geojson_begin(struct features *features, struct output *output);
/* A record_event_visitor; `context` is the struct features. Events without coordinates are passed over. */
annals_status geojson_event(void *context, const struct record_event *event);
void geojson_end(struct features *features);

#endif
