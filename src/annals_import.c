/* Implements annals.h: event tables of the field as coded reports. */
#include "handles.h"

#include "formats/event_table.h"
#include "meaning/gazetteer.h"
#include "render/codes.h"

#include "bytes/hash.h"
#include "bytes/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *country_by_number(void *context, enum event_table_kind kind, const char *number)
{
    const struct codes *codes = context;
    int wanted = atoi(number);
    for (uint32_t i = 0; i < codes->country_count && wanted > 0; i++) {
        const struct country *country = &codes->countries[i];
        const char *one = kind == EVENT_TABLE_ACLED ? country->iso_numeric : country->gleditsch_ward;
        if (country->region[0] != '\0' && country->iso2[0] != '\0' && atoi(one) == wanted)
            return country->iso2;
    }
    return NULL;
}

/* ------------------------------------------------------------------ places */

/* Kilometres between two points, near enough for places a few kilometres apart. */
static double distance(const struct place_mention *place, const struct gazetteer_entry *entry)
{
    double latitude = entry->latitude / 1e5, longitude = entry->longitude / 1e5;
    double up = (place->latitude - latitude) * 111.2;
    double across = (place->longitude - longitude) * 111.2 * cos(latitude * 3.14159265358979 / 180);
    return sqrt(up * up + across * across);
}

/* Finds out which place of the gazetteer the table means: the nearest of its name within 20 km. One
 * that is not there gets a number of its own, so that it is still a place; what the table gives only
 * as part of a region stays without. */
static void know_place(const struct gazetteer *gazetteer, enum event_table_kind kind,
                       struct document *document)
{
    if (document->places.count == 0)
        return;
    struct place_mention *place = &document->places.items[0];
    bool exact = kind == EVENT_TABLE_ACLED ? place->acled_precision == 1
                                           : place->ucdp_precision == 1 || place->ucdp_precision == 2;
    if (!exact || !place->located)
        return;
    const struct gazetteer_entry *best = NULL;
    struct posting_range range = gazetteer_find_name(gazetteer, place->name, strlen(place->name));
    for (uint32_t i = 0; i < range.count; i++) {
        const struct gazetteer_entry *entry = gazetteer_entry_at(gazetteer, range.items[i]);
        if (entry == NULL || entry->latitude == GAZETTEER_NOWHERE || distance(place, entry) > 20 ||
            strchr("PS", gazetteer_feature(gazetteer, entry)[0]) == NULL)
            continue;
        if (best == NULL || distance(place, entry) < distance(place, best))
            best = entry;
    }
    place->feature = "PPL";
    place->geonameid = best != NULL ? best->id
                                    : -(int64_t)(hash_bytes(place->name, strlen(place->name)) >> 33) - 1;
}

static annals_document *new_document(void)
{
    annals_document *document = calloc(1, sizeof *document);
    if (document != NULL) {
        arena_init(&document->arena);
        arena_init(&document->scratch);
    }
    return document;
}

struct importing {
    struct delimited table;
    struct codes codes;
    struct gazetteer gazetteer;
    enum event_table_kind kind;
    annals_intake_report report;
    void *context;
};

/* Reads one row; its trouble goes to the callee. False to stop. */
static bool import_row(struct importing *importing, annals_document *document,
                       annals_error *error)
{
    struct delimited *table = &importing->table;
    annals_status status = ANNALS_OK;
    *error = (annals_error){.byte = -1};
    if (table->trouble != NULL)
        status = error_set(error, ANNALS_MALFORMED, "%s", table->trouble);
    else
        status = event_table_document(table, importing->kind, country_by_number, &importing->codes,
                                      &document->arena, &document->document, error);
    error->line = table->line;
    if (status == ANNALS_OK) {
        know_place(&importing->gazetteer, importing->kind, &document->document);
        return importing->report(importing->context, document, NULL);
    }
    annals_document_free(document);
    return status != ANNALS_NO_MEMORY && importing->report(importing->context, NULL, error);
}

annals_status annals_import(const annals_engine *engine, const char *format, const char *bytes,
                            size_t length, annals_intake_report report, void *context,
                            annals_error *error)
{
    struct importing importing = {.report = report, .context = context};
    struct arena arena;
    const char *missing = NULL;
    annals_error found = {.byte = -1};
    if (strcmp(format, "acled") != 0 && strcmp(format, "ucdp") != 0)
        return error_set(error, ANNALS_WRONG_USE, "there is no import as \"%.40s\"", format);
    importing.kind = strcmp(format, "acled") == 0 ? EVENT_TABLE_ACLED : EVENT_TABLE_UCDP;
    if (utf8_valid_length(bytes, length) != length) {
        error_set(error, ANNALS_MALFORMED, "is not UTF-8");
        if (error != NULL)
            error->byte = (int64_t)utf8_valid_length(bytes, length);
        return ANNALS_MALFORMED;
    }
    arena_init(&arena);
    annals_status status = codes_read(&importing.codes, &arena, engine->data, error);
    const char *path = arena_print(&arena, "%s/gazetteer.bin", engine->data);
    bool opened = false;
    if (status == ANNALS_OK)
        status = path == NULL ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                              : gazetteer_open(&importing.gazetteer, path, error);
    opened = status == ANNALS_OK;
    if (status == ANNALS_OK && !delimited_open(&importing.table, &arena, bytes, length))
        status = error_set(error, ANNALS_EMPTY, "holds no table");
    if (status == ANNALS_OK && !event_table_fits(&importing.table, importing.kind, &missing))
        status = error_set(error, ANNALS_MALFORMED, "has no column \"%s\": no table of %s", missing,
                           format);
    bool going = status == ANNALS_OK;
    while (going) {
        annals_document *document = new_document();
        if (document == NULL) {
            status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
            break;
        }
        if (!delimited_next(&importing.table, &document->arena)) {
            annals_document_free(document);
            break;
        }
        going = import_row(&importing, document, &found);
        if (!going)
            status = error_set(error, ANNALS_STOPPED, "stopped on request");
    }
    if (opened)
        gazetteer_close(&importing.gazetteer);
    arena_release(&arena);
    return status;
}
