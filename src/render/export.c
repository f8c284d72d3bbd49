/* Exports: the table of formats, and how rows get from the record into one.
 *
 * Events or claims pass the filters of the query, are masked where that is asked, and are handed to the
 * format. What a format cannot take is counted, so that nothing is left out in silence. */
#include "render/export.h"

#include "render/export_csv.h"
#include "render/page.h"
#include "render/render.h"
#include "render/views.h"

#include <math.h>
#include <string.h>

enum rows { OF_EVENTS, OF_CLAIMS, OF_PARTS, OF_FEATURES, OF_OBJECTS, OF_FILE, OF_PAGE };

static const struct format {
    const char *name;
    enum rows rows;
    annals_layout layout;
    const struct column *columns; /* of a table */
    bool bare;                    /* a table without a head */
    bool (*takes)(const struct export_row *row);
    void (*begin)(struct exporting *exporting);
    void (*row)(const struct export_row *row);
    void (*end)(struct exporting *exporting);
} formats[] = {
    {"acled", OF_EVENTS, ANNALS_CSV, acled_columns, false, acled_takes, NULL, NULL, NULL},
    {"ucdp", OF_EVENTS, ANNALS_CSV, ucdp_columns, false, ucdp_takes, NULL, NULL, NULL},
    {"plover", OF_CLAIMS, ANNALS_TSV, polecat_columns, false, polecat_takes, NULL, NULL, NULL},
    {"cameo", OF_CLAIMS, ANNALS_TSV, petrarch_columns, true, petrarch_takes, NULL, NULL, NULL},
    {"csv", OF_PARTS, ANNALS_CSV, NULL, false, NULL, NULL, NULL, NULL},
    {"geojson", OF_FEATURES, ANNALS_JSON, NULL, false, has_place, NULL, NULL, NULL},
    {"kml", OF_EVENTS, ANNALS_JSON, NULL, false, has_place, kml_begin, kml_row, kml_end},
    {"gpkg", OF_FILE, ANNALS_JSON, NULL, false, has_place, NULL, NULL, NULL},
    {"shapefile", OF_FILE, ANNALS_JSON, NULL, false, has_place, NULL, NULL, NULL},
    {"timelinejs", OF_EVENTS, ANNALS_JSON, NULL, false, has_day, timelinejs_begin, timelinejs_row,
     timelinejs_end},
    {"timemap", OF_EVENTS, ANNALS_JSON, NULL, false, has_day_or_place, timemap_begin, timemap_row,
     timemap_end},
    {"jsonl", OF_OBJECTS, ANNALS_JSONL, NULL, false, NULL, NULL, NULL, NULL},
    {"bag", OF_FILE, ANNALS_JSON, NULL, false, NULL, NULL, NULL, NULL},
    {"html", OF_PAGE, ANNALS_JSON, NULL, false, NULL, NULL, NULL, NULL},
    {NULL, OF_FILE, ANNALS_JSON, NULL, false, NULL, NULL, NULL, NULL},
};

static const annals_export_format described[] = {
    {"acled", "ACLED's 31 columns, CSV", NULL, false},
    {"ucdp", "UCDP GED's 49 columns, CSV: events with dead", NULL, false},
    {"plover", "POLECAT's 40 columns, tab-separated: a row a claim", NULL, false},
    {"cameo", "PETRARCH2's lines, tab-separated: a row a claim", NULL, false},
    {"csv", "a folder of tables and their codebook (datapackage.json)", csv_parts, false},
    {"geojson", "a point an event", NULL, false},
    {"kml", "a placemark an event", NULL, false},
    {"gpkg", "a GeoPackage, for QGIS", NULL, true},
    {"shapefile", "an ESRI shapefile", NULL, true},
    {"timelinejs", "JSON for TimelineJS 3", NULL, false},
    {"timemap", "JSON for TimeMap", NULL, false},
    {"jsonl", "each event with its claims, a JSON object a line", NULL, false},
    {"bag", "a BagIt folder: events with the reports behind them, and checksums", NULL, true},
    {"html", "map, timeline and sentences in one page that opens from disk", NULL, false},
    {NULL, NULL, NULL, false},
};

const annals_export_format *export_formats(void)
{
    return described;
}

static const struct format *export_find(const char *name)
{
    for (const struct format *format = formats; name != NULL && format->name != NULL; format++)
        if (strcmp(format->name, name) == 0)
            return format;
    return NULL;
}

/* ------------------------------------------------------------------ begin and end */

annals_status export_begin(struct exporting *exporting, struct record *record,
                           const annals_query *query, const annals_export_settings *settings,
                           struct output *output, annals_error *error)
{
    *exporting = (struct exporting){
        .record = record, .query = query, .settings = settings, .output = output};
    arena_init(&exporting->arena);
    arena_init(&exporting->row);
    buffer_init(&exporting->text);
    annals_status status = codes_read(&exporting->codes, &exporting->arena, settings->data, error);
    annals_status masked =
        redact_begin(&exporting->redaction, record, &exporting->arena, settings->data,
                     settings->persons, settings->kilometres, status == ANNALS_OK ? error : NULL);
    return status == ANNALS_OK ? masked : status;
}

void export_end(struct exporting *exporting)
{
    redact_end(&exporting->redaction);
    buffer_release(&exporting->text);
    arena_release(&exporting->row);
    arena_release(&exporting->arena);
}

/* ------------------------------------------------------------------ rows */

struct passing {
    struct exporting *exporting;
    const struct format *format;
    const struct column *columns;
    annals_error *error;
    struct features features;
    struct json_rows objects;
};

static void put_row(struct passing *passing, const struct export_row *row)
{
    struct exporting *exporting = passing->exporting;
    exporting->count.rows++;
    if (passing->columns != NULL)
        sheet_row(&exporting->sheet, row);
    else if (passing->format->row != NULL)
        passing->format->row(row);
    else if (passing->format->rows == OF_FEATURES)
        geojson_event(&passing->features, row->event);
    else if (passing->format->rows == OF_OBJECTS) {
        json_rows_next(&passing->objects);
        json_event(&passing->objects.json, row->event, true);
    }
}

static annals_status flush(struct exporting *exporting)
{
    arena_reset(&exporting->row);
    return output_flush(exporting->output) ? ANNALS_OK : ANNALS_CANNOT_WRITE;
}

/* Puts the row where the format can take it; else counts it as left out. */
static annals_status offer_row(struct passing *passing, const struct export_row *row)
{
    if (passing->format->takes != NULL && !passing->format->takes(row))
        passing->exporting->count.left_out++;
    else
        put_row(passing, row);
    return flush(passing->exporting);
}

static annals_status take_event(void *context, const struct record_event *event)
{
    struct passing *passing = context;
    struct exporting *exporting = passing->exporting;
    struct record_event masked;
    annals_status status =
        redact_event(&exporting->redaction, &exporting->row, event, &masked, passing->error);
    if (status != ANNALS_OK)
        return status;
    /* An event of a region has no town of its own. */
    if (masked.place.name == NULL)
        masked.place = masked.claims[0].place;
    struct export_row row = {.exporting = exporting,
                             .event = &masked,
                             .claim = &masked.claims[0],
                             .country = codes_country(&exporting->codes, masked.place.country),
                             .number = exporting->count.rows};
    return offer_row(passing, &row);
}

static annals_status take_claim(void *context, const struct record_claim *claim)
{
    struct passing *passing = context;
    struct exporting *exporting = passing->exporting;
    struct record_claim masked;
    annals_status status =
        redact_claim(&exporting->redaction, &exporting->row, claim, &masked, passing->error);
    if (status != ANNALS_OK)
        return status;
    struct export_row row = {.exporting = exporting,
                             .claim = &masked,
                             .country = codes_country(&exporting->codes, claim->place.country),
                             .number = exporting->count.rows};
    return offer_row(passing, &row);
}

static annals_status take_counts(void *context, const struct record_claim *claim)
{
    struct passing *passing = context;
    struct exporting *exporting = passing->exporting;
    struct record_claim masked;
    annals_status status =
        redact_claim(&exporting->redaction, &exporting->row, claim, &masked, passing->error);
    for (uint32_t i = 0; i < claim->counts.count && status == ANNALS_OK; i++) {
        struct export_row row = {.exporting = exporting, .claim = &masked, .number = i};
        put_row(passing, &row);
    }
    return status == ANNALS_OK ? flush(exporting) : status;
}

static annals_status take_report(void *context, const struct record_report *report)
{
    struct passing *passing = context;
    struct exporting *exporting = passing->exporting;
    struct record_report masked;
    annals_status status =
        redact_report(&exporting->redaction, &exporting->row, report, &masked, passing->error);
    if (status != ANNALS_OK)
        return status;
    exporting->count.rows++;
    sheet_row(&exporting->sheet, &masked);
    return flush(exporting);
}

/* ------------------------------------------------------------------ one file */

static annals_status part_of(const annals_export_settings *settings, enum csv_part *part,
                             annals_error *error)
{
    *part = CSV_EVENTS;
    for (int i = 0; settings->part != NULL && i < CSV_PARTS; i++)
        if (strcmp(csv_parts[i], settings->part) == 0) {
            *part = (enum csv_part)i;
            return ANNALS_OK;
        }
    return settings->part == NULL
               ? ANNALS_OK
               : error_set(error, ANNALS_WRONG_USE, "there is no part \"%.40s\"", settings->part);
}

static annals_status put_all(struct passing *passing, enum csv_part part, annals_error *error)
{
    struct exporting *exporting = passing->exporting;
    struct record *record = exporting->record;
    const annals_query *query = exporting->query;
    if (passing->format->rows == OF_CLAIMS || (passing->columns != NULL && part == CSV_CLAIMS))
        return record_claims(record, query, take_claim, passing, error);
    if (passing->format->rows == OF_PARTS && part == CSV_COUNTS)
        return record_claims(record, query, take_counts, passing, error);
    if (passing->format->rows == OF_PARTS && part == CSV_REPORTS)
        return record_reports(record, query, take_report, passing, error);
    return record_events(record, query, take_event, passing, error);
}

static annals_status write_rows(struct exporting *exporting, const struct format *format,
                                annals_error *error)
{
    struct passing passing = {
        .exporting = exporting, .format = format, .columns = format->columns, .error = error};
    enum csv_part part = CSV_EVENTS;
    annals_status status = ANNALS_OK;
    if (format->rows == OF_PARTS) {
        status = part_of(exporting->settings, &part, error);
        if (status != ANNALS_OK)
            return status;
        if (part == CSV_PACKAGE) {
            csv_write_package(&exporting->output->buffer);
            return ANNALS_OK;
        }
        passing.columns = csv_columns[part];
    }
    if (passing.columns != NULL) {
        sheet_begin(&exporting->sheet, exporting->output, format->layout, passing.columns);
        exporting->sheet.tagged = exporting->settings->hxl;
        exporting->sheet.bare = format->bare;
    } else if (format->begin != NULL) {
        format->begin(exporting);
    } else if (format->rows == OF_FEATURES) {
        geojson_begin(&passing.features, exporting->output);
    } else {
        json_rows_begin(&passing.objects, exporting->output, ANNALS_JSONL);
    }
    status = put_all(&passing, part, error);
    if (passing.columns != NULL)
        sheet_end(&exporting->sheet);
    else if (format->end != NULL)
        format->end(exporting);
    else if (format->rows == OF_FEATURES)
        geojson_end(&passing.features);
    else
        json_rows_end(&passing.objects);
    if (status == ANNALS_OK && (exporting->arena.failed || exporting->row.failed))
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return status;
}

/* The page has the reports' own words, in which nothing can be masked. */
static annals_status write_page(struct record *record, const annals_query *query,
                                const annals_export_settings *settings, annals_sink sink,
                                void *context, annals_error *error)
{
    if (settings->persons || settings->kilometres > 0)
        return error_set(error, ANNALS_WRONG_USE,
                         "html holds the reports themselves: --redact and --coarsen cannot mask them");
    struct buffer folder;
    annals_query with_data = *query;
    with_data.data = settings->data;
    buffer_init(&folder);
    buffer_print(&folder, "%s/page", settings->data);
    annals_status status = folder.failed
                               ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                               : page_write(record, folder.bytes, &with_data, sink, context, error);
    buffer_release(&folder);
    return status;
}

annals_status export_write(struct record *record, const annals_query *query,
                           const annals_export_settings *settings, annals_sink sink, void *context,
                           annals_exported *exported, annals_error *error)
{
    const struct format *format = export_find(settings->format);
    if (format == NULL)
        return error_set(error, ANNALS_WRONG_USE, "there is no export as \"%.40s\"",
                         settings->format != NULL ? settings->format : "");
    if (format->rows == OF_FILE)
        return error_set(error, ANNALS_WRONG_USE, "%s is written to a file of its own: -o",
                         format->name);
    if (format->rows == OF_PAGE)
        return write_page(record, query, settings, sink, context, error);
    struct output output;
    struct exporting exporting;
    output_begin(&output, query, sink, context);
    annals_status status = export_begin(&exporting, record, query, settings, &output, error);
    if (status == ANNALS_OK)
        status = write_rows(&exporting, format, error);
    if (exported != NULL)
        *exported = exporting.count;
    export_end(&exporting);
    if (status != ANNALS_OK && status != ANNALS_CANNOT_WRITE) {
        buffer_release(&output.buffer);
        return status;
    }
    annals_status end = output_end(&output, status == ANNALS_OK ? error : NULL);
    if (status == ANNALS_CANNOT_WRITE && end != ANNALS_OK)
        return error_set(error, end, "the output could not be written");
    return status != ANNALS_OK ? status : end;
}
