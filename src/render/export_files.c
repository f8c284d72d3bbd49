/* Exports that are files of their own: GeoPackage, ESRI shapefile, BagIt.
 *
 * The shapefile is written by shapelib; its table knows names of ten letters and values of 254 bytes, so
 * the sentence is cut there (the GeoPackage has it whole). The bag follows RFC 8493: the events that
 * pass the filters with their claims, the reports behind them as the bytes they came as, a manifest of
 * SHA-256. It has no date of its own: the same events make the same bag. */
#include "render/export.h"

#include "bytes/digest.h"
#include "record/geopackage.h"
#include "render/line.h"
#include "render/render.h"
#include "render/views.h"

#include <errno.h>
#include <math.h>
#include <shapefil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ------------------------------------------------------------------ points */

enum { FIELDS = 18, FIELD_BYTES = 254 };

static const char *const package_columns[FIELDS + 1] = {
    "event TEXT",       "first DATE",       "last DATE",         "place TEXT",     "admin1 TEXT",
    "country TEXT",     "plover TEXT",      "mode TEXT",         "acled_type TEXT",
    "acled_sub TEXT",   "status TEXT",      "killed_low REAL",   "killed_best REAL",
    "killed_high REAL", "agents TEXT",      "patients TEXT",     "sources TEXT",   "line TEXT",
    NULL};

static const char *const short_names[FIELDS] = {
    "event",  "first",   "last",    "place",  "admin1",  "country", "plover",  "mode",    "acled",
    "subtype", "status", "kill_low", "killed", "kill_high", "agents", "patients", "sources", "line"};

struct points {
    struct exporting exporting;
    struct geopackage *package;
    SHPHandle shapes;
    DBFHandle table;
    int row;
    annals_error *error;
};

static const char *written(struct points *points, struct buffer *text)
{
    const char *copy =
        text->failed ? NULL : arena_copy(&points->exporting.row, text->bytes, text->length);
    buffer_clear(text);
    buffer_add_string(text, "");
    return copy;
}

static const char *number(struct points *points, struct buffer *text, double value)
{
    export_add_number(text, value);
    return written(points, text);
}

static void find_values(struct points *points, const struct record_event *event,
                        const char *values[FIELDS])
{
    const struct record_claim *claim = &event->claims[0];
    struct buffer *text = &points->exporting.text;
    buffer_clear(text);
    buffer_add_string(text, "");
    values[0] = event->id;
    values[1] = event->first;
    values[2] = event->last;
    values[3] = event->place.name;
    values[4] = event->place.admin1;
    values[5] = event->place.country;
    values[6] = claim->plover;
    values[7] = claim->mode;
    values[8] = claim->acled_type;
    values[9] = claim->acled_detail;
    values[10] = claim->status;
    values[11] = number(points, text, export_told(&event->killed, event->killed.low));
    values[12] = number(points, text, export_told(&event->killed, event->killed.best));
    values[13] = number(points, text, export_told(&event->killed, event->killed.high));
    line_add_actors(text, claim->agents.items, claim->agents.count, "; ");
    values[14] = written(points, text);
    line_add_actors(text, claim->patients.items, claim->patients.count, "; ");
    values[15] = written(points, text);
    export_add_sources(text, event, "; ");
    values[16] = written(points, text);
    export_add_line(text, claim);
    values[17] = written(points, text);
}

/* Not past the bytes a cell holds, and not through a character. */
static const char *cut(struct arena *arena, const char *value)
{
    size_t length = value != NULL ? strlen(value) : 0;
    if (length <= FIELD_BYTES)
        return value;
    length = FIELD_BYTES;
    while (length > 0 && ((unsigned char)value[length] & 0xC0) == 0x80)
        length--;
    return arena_copy(arena, value, length);
}

static bool put_shape(struct points *points, const struct record_place *place,
                      const char *const values[FIELDS])
{
    double x = place->longitude, y = place->latitude;
    SHPObject *shape = SHPCreateSimpleObject(SHPT_POINT, 1, &x, &y, NULL);
    bool good = shape != NULL && SHPWriteObject(points->shapes, -1, shape) >= 0;
    SHPDestroyObject(shape);
    for (int i = 0; i < FIELDS && good; i++) {
        const char *value = cut(&points->exporting.row, values[i]);
        good = value == NULL || value[0] == '\0'
                   ? DBFWriteNULLAttribute(points->table, points->row, i)
                   : DBFWriteStringAttribute(points->table, points->row, i, value);
    }
    points->row++;
    return good;
}

static annals_status take_point(void *context, const struct record_event *event)
{
    struct points *points = context;
    struct exporting *exporting = &points->exporting;
    struct record_event masked;
    const char *values[FIELDS];
    annals_status status =
        redact_event(&exporting->redaction, &exporting->row, event, &masked, points->error);
    if (status != ANNALS_OK)
        return status;
    if (masked.place.name == NULL)
        masked.place = masked.claims[0].place;
    if (!masked.place.located) {
        exporting->count.left_out++;
        return ANNALS_OK;
    }
    find_values(points, &masked, values);
    if (points->package != NULL)
        status = geopackage_add(points->package, masked.place.longitude, masked.place.latitude,
                                values, points->error);
    else if (!put_shape(points, &masked.place, values))
        status = error_set(points->error, ANNALS_CANNOT_WRITE, "the shapefile cannot be written");
    exporting->count.rows++;
    arena_reset(&exporting->row);
    return status;
}

static annals_status write_package(struct points *points, const char *path, annals_error *error)
{
    annals_status status =
        geopackage_open(&points->package, path, "events", package_columns, error);
    if (status != ANNALS_OK)
        return status;
    status = record_events(points->exporting.record, points->exporting.query, take_point, points,
                           error);
    annals_status end = geopackage_close(points->package, status == ANNALS_OK,
                                         status == ANNALS_OK ? error : NULL);
    return status == ANNALS_OK ? end : status;
}

static char *with_ending(struct arena *arena, const char *path, const char *ending)
{
    size_t length = strlen(path);
    if (length > 4 && strcmp(path + length - 4, ".shp") == 0)
        length -= 4;
    return arena_print(arena, "%.*s%s", (int)length, path, ending);
}

static bool write_text_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    bool good = file != NULL && fwrite(bytes, 1, length, file) == length;
    return file != NULL && fclose(file) == 0 && good;
}

static annals_status write_shapefile(struct points *points, const char *path, annals_error *error)
{
    static const char projection[] =
        "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137,298.257223563]],"
        "PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.0174532925199433]]";
    struct arena *arena = &points->exporting.arena;
    const char *base = with_ending(arena, path, ""), *shapes = with_ending(arena, path, ".shp");
    const char *prj = with_ending(arena, path, ".prj"), *cpg = with_ending(arena, path, ".cpg");
    if (arena->failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (access(shapes, F_OK) == 0)
        return error_set(error, ANNALS_CANNOT_WRITE, "%s: is there already", shapes);
    points->shapes = SHPCreate(base, SHPT_POINT);
    points->table = points->shapes != NULL ? DBFCreateEx(base, "UTF-8") : NULL;
    bool good = points->table != NULL;
    for (int i = 0; i < FIELDS && good; i++) {
        const char *type = strrchr(package_columns[i], ' ') + 1;
        good = (strcmp(type, "REAL") == 0
                    ? DBFAddField(points->table, short_names[i], FTDouble, 18, 2)
                    : DBFAddField(points->table, short_names[i], FTString,
                                  strcmp(type, "DATE") == 0 ? 10 : FIELD_BYTES, 0)) >= 0;
    }
    annals_status status =
        good ? record_events(points->exporting.record, points->exporting.query, take_point, points,
                             error)
             : error_set(error, ANNALS_CANNOT_WRITE, "%s: %s", shapes, strerror(errno));
    if (points->shapes != NULL)
        SHPClose(points->shapes);
    if (points->table != NULL)
        DBFClose(points->table);
    if (status == ANNALS_OK && (!write_text_file(prj, projection, sizeof projection - 1) ||
                                !write_text_file(cpg, "UTF-8\n", 6)))
        status = error_set(error, ANNALS_CANNOT_WRITE, "%s: %s", prj, strerror(errno));
    return status;
}

/* ------------------------------------------------------------------ a bag */

struct bag {
    struct exporting *exporting;
    const char *path;
    annals_error *error;
    struct buffer manifest, tags, events, list;
    uint64_t bytes, files;
    ARRAY(const char *) reports; /* ids, each once */
};

/* Writes a file of the bag and notes it in `list`. */
static annals_status add_file(struct bag *bag, struct buffer *list, const char *name,
                              const void *bytes, size_t length)
{
    char hexadecimal[65];
    char *path = arena_print(&bag->exporting->row, "%s/%s", bag->path, name);
    if (path == NULL)
        return error_set(bag->error, ANNALS_NO_MEMORY, "out of memory");
    if (!write_text_file(path, bytes, length))
        return error_set(bag->error, ANNALS_CANNOT_WRITE, "%s: %s", path, strerror(errno));
    if (list == NULL)
        return ANNALS_OK;
    struct digest digest = digest_of(bytes, length);
    digest_write(&digest, hexadecimal);
    buffer_print(list, "%s  %s\n", hexadecimal, name);
    if (list == &bag->manifest) {
        bag->bytes += length;
        bag->files++;
    }
    return ANNALS_OK;
}

static void note_report(struct bag *bag, const char *report)
{
    for (uint32_t i = bag->reports.count; i > 0; i--)
        if (strcmp(bag->reports.items[i - 1], report) == 0)
            return;
    const char **item = (const char **)array_push(&bag->reports);
    if (item != NULL)
        *item = arena_copy_string(&bag->exporting->arena, report);
}

static annals_status take_bag_event(void *context, const struct record_event *event)
{
    struct bag *bag = context;
    struct json_writer json = {.buffer = &bag->events};
    json_event(&json, event, true);
    buffer_add_byte(&bag->events, '\n');
    for (uint32_t i = 0; i < event->claim_count; i++)
        note_report(bag, event->claims[i].report);
    bag->exporting->count.rows++;
    return ANNALS_OK;
}

/* The bytes that a report came as; `report` follows it into the list. */
static annals_status put_original(void *context, const struct record_report *report)
{
    struct bag *bag = context;
    char letter;
    int64_t low, high;
    struct record_original original = {0};
    if (!record_id_read(report->id, &letter, &low, &high))
        return error_set(bag->error, ANNALS_FOREIGN, "%s is no id", report->id);
    annals_status status = record_original(bag->exporting->record, low, &bag->exporting->row,
                                           &original, bag->error);
    if (status != ANNALS_OK)
        return status;
    const char *bytes = original.is_text ? report->text : original.bytes;
    size_t length = original.is_text ? strlen(report->text) : original.length;
    struct json_writer json = {.buffer = &bag->list};
    json_report(&json, report, false);
    buffer_add_byte(&bag->list, '\n');
    char *name = arena_print(&bag->exporting->row, "data/reports/%s", report->id);
    return name == NULL ? error_set(bag->error, ANNALS_NO_MEMORY, "out of memory")
                        : add_file(bag, &bag->manifest, name, bytes, length);
}

static int by_name(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static annals_status put_reports(struct bag *bag)
{
    annals_status status = ANNALS_OK;
    buffer_init(&bag->list);
    if (bag->reports.count > 1)
        qsort(bag->reports.items, bag->reports.count, sizeof bag->reports.items[0], by_name);
    for (uint32_t i = 0; i < bag->reports.count && status == ANNALS_OK; i++) {
        const annals_query one = {.id = bag->reports.items[i]};
        status = record_reports(bag->exporting->record, &one, put_original, bag, bag->error);
        arena_reset(&bag->exporting->row);
    }
    if (status == ANNALS_OK)
        status = add_file(bag, &bag->manifest, "data/reports.jsonl", bag->list.length > 0 ? bag->list.bytes : "",
                          bag->list.length);
    buffer_release(&bag->list);
    return status;
}

static annals_status put_tags(struct bag *bag)
{
    static const char declaration[] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    struct buffer information;
    buffer_init(&information);
    buffer_print(&information,
                 "Bag-Software-Agent: annals %s\nExternal-Description: Events of a record of annals "
                 "with their claims, and the reports they stand in\nPayload-Oxum: %llu.%llu\n",
                 annals_version(), (unsigned long long)bag->bytes, (unsigned long long)bag->files);
    annals_status status =
        add_file(bag, &bag->tags, "bagit.txt", declaration, sizeof declaration - 1);
    if (status == ANNALS_OK)
        status = add_file(bag, &bag->tags, "bag-info.txt", information.bytes, information.length);
    if (status == ANNALS_OK)
        status = add_file(bag, &bag->tags, "manifest-sha256.txt", bag->manifest.bytes,
                          bag->manifest.length);
    if (status == ANNALS_OK)
        status = add_file(bag, NULL, "tagmanifest-sha256.txt", bag->tags.bytes, bag->tags.length);
    buffer_release(&information);
    return status;
}

static annals_status make_folder(struct bag *bag, const char *name)
{
    const char *path = arena_print(&bag->exporting->arena, "%s%s", bag->path, name);
    if (path == NULL)
        return error_set(bag->error, ANNALS_NO_MEMORY, "out of memory");
    return mkdir(path, 0777) == 0
               ? ANNALS_OK
               : error_set(bag->error, ANNALS_CANNOT_WRITE, "%s: %s", path, strerror(errno));
}

static annals_status write_bag(struct exporting *exporting, const char *path, annals_error *error)
{
    struct bag bag = {.exporting = exporting, .path = path, .error = error};
    if (exporting->settings->persons || exporting->settings->kilometres > 0)
        return error_set(error, ANNALS_WRONG_USE,
                         "a bag holds the reports as they came: nothing in them can be masked");
    buffer_init(&bag.manifest);
    buffer_init(&bag.tags);
    buffer_init(&bag.events);
    array_init(&bag.reports, &exporting->arena);
    annals_status status = make_folder(&bag, "");
    if (status == ANNALS_OK)
        status = make_folder(&bag, "/data");
    if (status == ANNALS_OK)
        status = make_folder(&bag, "/data/reports");
    if (status == ANNALS_OK)
        status = record_events(exporting->record, exporting->query, take_bag_event, &bag, error);
    if (status == ANNALS_OK)
        status = add_file(&bag, &bag.manifest, "data/events.jsonl",
                          bag.events.length > 0 ? bag.events.bytes : "", bag.events.length);
    if (status == ANNALS_OK)
        status = put_reports(&bag);
    if (status == ANNALS_OK)
        status = put_tags(&bag);
    if (status == ANNALS_OK && (bag.manifest.failed || bag.tags.failed || bag.events.failed))
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    buffer_release(&bag.manifest);
    buffer_release(&bag.tags);
    buffer_release(&bag.events);
    return status;
}

/* ------------------------------------------------------------------ the choice */

annals_status export_write_file(struct record *record, const annals_query *query,
                                const annals_export_settings *settings, const char *path,
                                annals_exported *exported, annals_error *error)
{
    struct points points = {.error = error};
    struct output output = {.width = 0};
    const char *format = settings->format != NULL ? settings->format : "";
    annals_status status = export_begin(&points.exporting, record, query, settings, &output, error);
    if (status == ANNALS_OK && strcmp(format, "gpkg") == 0)
        status = write_package(&points, path, error);
    else if (status == ANNALS_OK && strcmp(format, "shapefile") == 0)
        status = write_shapefile(&points, path, error);
    else if (status == ANNALS_OK && strcmp(format, "bag") == 0)
        status = write_bag(&points.exporting, path, error);
    else if (status == ANNALS_OK)
        status = error_set(error, ANNALS_WRONG_USE, "\"%.40s\" is not written to a file", format);
    if (exported != NULL)
        *exported = points.exporting.count;
    export_end(&points.exporting);
    return status;
}
