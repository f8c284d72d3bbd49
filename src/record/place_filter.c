/* What --place and --within mean: the places of the record that a name, a geonameid or a point
 * stands for.
 *
 * A name stands for the places that bear it and for all that lies in a district, province or
 * country that bears it; "Kunduz, Afghanistan" names the division or country as well. A country's
 * name is taken as a whole ("Niger" is not Nigeria); where a place bears the name, longer names
 * count that begin with it ("Kunduz Province"); else those with a word that begins so. Around a
 * point count only places that are points themselves: a province's middle says nothing of where in
 * it a thing happened. Distances are great circles on a sphere (haversine), within half a percent.
 */
#include "record/filters.h"

#include "bytes/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ functions in SQL */

static bool is_letter(unsigned char byte)
{
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

enum { WHOLE_WORD_BELOW = 4 };

/* Whether a word of `text` begins with `part`, which may go on over several words. */
static bool has_name(const char *text, size_t length, const char *part, size_t size)
{
    if (size == 0)
        return false;
    for (size_t at = 0; at + size <= length; at++) {
        if (memcmp(text + at, part, size) != 0)
            continue;
        bool begins = at == 0 || !is_letter((unsigned char)text[at - 1]);
        bool ends = at + size == length || !is_letter((unsigned char)text[at + size]);
        if (begins && (ends || size >= WHOLE_WORD_BELOW))
            return true;
    }
    return false;
}

/* How near a name must come to the one that is asked for. */
enum closeness { BEGINS_A_WORD, BEGINS_THE_NAME, IS_THE_NAME };

static bool is_near(const char *text, size_t length, const char *part, size_t size, int closeness)
{
    if (closeness == BEGINS_A_WORD)
        return has_name(text, length, part, size);
    if (size == 0 || size > length || memcmp(text, part, size) != 0)
        return false;
    return size == length || (closeness == BEGINS_THE_NAME && text[size] == ' ');
}

/* names(text, folded) and names(text, folded, closeness): whether the name that is asked for,
 * folded, stands in the text. */
static void names(sqlite3_context *context, int count, sqlite3_value **values)
{
    int closeness = count > 2 ? sqlite3_value_int(values[2]) : BEGINS_A_WORD;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    const char *part = (const char *)sqlite3_value_text(values[1]);
    size_t length = (size_t)sqlite3_value_bytes(values[0]);
    char room[256], *folded = room;
    bool found = false;
    if (text != NULL && part != NULL) {
        if (length * 3 + 1 > sizeof room)
            folded = sqlite3_malloc64(length * 3 + 1);
        if (folded == NULL) {
            sqlite3_result_error_nomem(context);
            return;
        }
        found = is_near(folded, utf8_fold(text, length, folded), part,
                        (size_t)sqlite3_value_bytes(values[1]), closeness);
        if (folded != room)
            sqlite3_free(folded);
    }
    sqlite3_result_int(context, found);
}

static double kilometres(double latitude, double longitude, double other_latitude,
                         double other_longitude)
{
    const double radius = 6371.0088, turn = acos(-1.0) / 180;
    double north = sin((other_latitude - latitude) * turn / 2);
    double east = sin((other_longitude - longitude) * turn / 2);
    double part = north * north + cos(latitude * turn) * cos(other_latitude * turn) * east * east;
    return 2 * radius * asin(sqrt(part > 1 ? 1 : part));
}

/* distance(latitude, longitude, latitude, longitude) in kilometres; NULL where one is not known. */
static void distance(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    double degrees[4];
    for (int i = 0; i < 4; i++) {
        if (sqlite3_value_type(values[i]) == STORE_NULL)
            return;
        degrees[i] = sqlite3_value_double(values[i]);
    }
    sqlite3_result_double(context, kilometres(degrees[0], degrees[1], degrees[2], degrees[3]));
}

void filters_add_functions(sqlite3 *database)
{
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    sqlite3_create_function(database, "names", 2, flags, NULL, names, NULL, NULL);
    sqlite3_create_function(database, "names", 3, flags, NULL, names, NULL, NULL);
    sqlite3_create_function(database, "distance", 4, flags, NULL, distance, NULL, NULL);
}

/* ------------------------------------------------------------------ what is asked for */

/* "Kunduz, Kunduz, Afghanistan" in its parts, folded; or a geonameid, or a point. */
struct asked {
    const char *name;
    const char *within; /* division or country, or NULL */
    bool is_id, is_point;
    double latitude, longitude;
};

static char *fold_part(struct arena *arena, const char *text, size_t length)
{
    while (length > 0 && (*text == ' ' || *text == '\t'))
        text++, length--;
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    char *folded = arena_allocate(arena, length * 3 + 1);
    if (folded != NULL)
        folded[utf8_fold(text, length, folded)] = '\0';
    return folded;
}

static bool read_point(const char *text, double *latitude, double *longitude)
{
    char *end;
    *latitude = strtod(text, &end);
    if (end == text || *end != ',')
        return false;
    text = end + 1;
    *longitude = strtod(text, &end);
    return end != text && *end == '\0';
}

static annals_status read_asked(struct asked *asked, struct arena *arena, const annals_query *query,
                                annals_error *error)
{
    const char *text = query->place;
    size_t length = strcspn(text, ",");
    *asked = (struct asked){0};
    if (read_point(text, &asked->latitude, &asked->longitude)) {
        asked->is_point = true;
        if (!(fabs(asked->latitude) <= 90) || !(fabs(asked->longitude) <= 180))
            return error_set(error, ANNALS_WRONG_USE,
                             "place: \"%.40s\" is no point: latitude is from -90 to 90, longitude "
                             "from -180 to 180",
                             text);
        if (!(query->within > 0))
            return error_set(error, ANNALS_WRONG_USE,
                             "place: around the point %.40s, but how far? say within how many "
                             "kilometres",
                             text);
        return ANNALS_OK;
    }
    asked->name = fold_part(arena, text, length);
    asked->within = text[length] == ','
                        ? fold_part(arena, strrchr(text, ',') + 1, strlen(strrchr(text, ',') + 1))
                        : NULL;
    if (asked->name == NULL || (text[length] == ',' && asked->within == NULL))
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    size_t sign = asked->name[0] == '-';
    size_t digits = strspn(asked->name + sign, "0123456789");
    asked->is_id = digits > 0 && asked->name[sign + digits] == '\0';
    if (asked->name[0] == '\0')
        return error_set(error, ANNALS_WRONG_USE, "place: \"%.40s\" names none", text);
    return ANNALS_OK;
}

/* The rows of place_names that the name itself stands for: :a the name, :b what it lies in. */
#define LIES_IN                                                                                    \
    "(:b IS NULL OR names(n.admin1, :b) OR names(n.admin2, :b) OR n.country = upper(:b) OR "       \
    "n.country IN (SELECT country FROM country_names WHERE fold(name) = :b))"
/* Of a country that is asked for. */
#define IS_COUNTRY                                                                                 \
    "(n.country = upper(:a) OR n.country IN (SELECT country FROM country_names "                   \
    "WHERE fold(name) = :a))"
#define AREAS                                                                                      \
    "areas AS MATERIALIZED (SELECT DISTINCT identity, feature, country, admin1, admin2 FROM "      \
    "named "                                                                                       \
    "WHERE country <> '' AND (feature GLOB 'PCL*' OR (feature = 'ADM1' AND admin1 <> '') OR "      \
    "(feature = 'ADM2' AND admin2 <> ''))) "
#define NAMED                                                                                      \
    "WITH named AS MATERIALIZED (SELECT n.* FROM place_names n WHERE "                             \
    "(n.identity = :a OR names(n.name, :a, :how)) AND " LIES_IN "), " AREAS
#define NAMED_BY_ID                                                                                \
    "WITH named AS MATERIALIZED (SELECT n.* FROM place_names n WHERE n.identity = :a), " AREAS
/* Whether n lies in the area a. */
#define LIES_IN_AREA                                                                               \
    "a.country = n.country AND (a.feature GLOB 'PCL*' OR (a.feature = 'ADM1' AND "                 \
    "a.admin1 = n.admin1) OR (a.feature = 'ADM2' AND a.admin1 = n.admin1 AND "                     \
    "a.admin2 = n.admin2 AND n.feature <> 'ADM1'))"
#define INSIDE                                                                                     \
    "SELECT n.identity AS v FROM place_names n WHERE n.identity IN (SELECT identity FROM named) "  \
    "OR EXISTS (SELECT 1 FROM areas a WHERE " LIES_IN_AREA ")"
#define IS_POINT "feature NOT GLOB 'PCL*' AND feature NOT IN ('ADM1', 'ADM2', 'RGN', 'CONT')"

static struct store_statement *ask(struct filters *filters, const char *sql,
                                   const struct asked *asked)
{
    struct store_statement *row = NULL;
    if (store_prepare(filters->record->database, sql, &row) != STORE_OK)
        return NULL;
    const char *const texts[] = {asked->name, asked->within};
    for (int i = 0; i < 2; i++) {
        int index = store_parameter(row, i == 0 ? ":a" : ":b");
        if (index > 0 && texts[i] != NULL)
            store_bind_lasting_text(row, index, texts[i]);
    }
    int index = store_parameter(row, ":how");
    if (index > 0)
        store_bind_int64(row, index, filters->closeness);
    return row;
}

/* Sets how near a name must come: to a country's, to one that a place or division bears, or to
 * none. */
static annals_status find_closeness(struct filters *filters, const struct asked *asked,
                                    annals_error *error)
{
    struct store_statement *row =
        ask(filters,
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM country_names WHERE fold(name) = :a) THEN 2 "
            "WHEN EXISTS (SELECT 1 FROM place_names WHERE fold(name) = :a OR fold(admin1) = :a OR "
            "fold(admin2) = :a) THEN 1 ELSE 0 END",
            asked);
    annals_status status = ANNALS_OK;
    if (row != NULL && store_step(row) == STORE_ROW)
        filters->closeness = store_int(row, 0);
    else
        status = record_fail(filters->record, "cannot read", error);
    store_finalize(row);
    return status;
}

/* ------------------------------------------------------------------ which were meant */

/* One place as people tell it apart: "Kunduz (Kunduz, AF; 1135689)". */
static void add_meant(struct buffer *list, struct store_statement *row)
{
    const char *texts[4];
    for (int i = 0; i < 4; i++)
        texts[i] = record_text(row, i);
    buffer_print(list, "%s%s (", list->length > 0 ? "; " : "", texts[0]);
    if (texts[1][0] != '\0' && strcmp(texts[1], texts[0]) != 0)
        buffer_print(list, "%s, ", texts[1]);
    buffer_print(list, "%s%s%s)", texts[2][0] != '\0' ? texts[2] : "country unknown",
                 strchr(texts[3], '/') == NULL ? "; " : "",
                 strchr(texts[3], '/') == NULL ? texts[3] : "");
}

enum { SHOWN = 6 };

/* Places of exactly that name, else of the longer names it stands in; those that lie in another of
 * them are not another meaning. Returns how many. */
static uint32_t list_meant(struct filters *filters, const struct asked *asked, struct buffer *list)
{
    struct store_statement *row =
        ask(filters,
            asked->is_id ? NAMED_BY_ID "SELECT name, admin1, country, identity FROM named LIMIT 1"
                         : NAMED
                "SELECT name, admin1, country, identity FROM (SELECT n.*, row_number() OVER "
                "(PARTITION BY n.identity ORDER BY n.name, n.country, n.admin1, n.admin2, "
                "n.feature) AS nth FROM named n WHERE NOT EXISTS "
                "(SELECT 1 FROM areas a WHERE a.identity <> n.identity AND " LIES_IN_AREA ") "
                "AND (fold(n.name) = :a OR NOT EXISTS (SELECT 1 FROM named WHERE fold(name) = :a)) "
                ") WHERE nth = 1 ORDER BY 3, 2, 1, 4",
            asked);
    uint32_t count = 0;
    while (row != NULL && store_step(row) == STORE_ROW)
        if (++count <= SHOWN)
            add_meant(list, row);
    store_finalize(row);
    if (count > SHOWN)
        buffer_print(list, "; and %u more", count - SHOWN);
    return count;
}

static void tell_meant(struct filters *filters, const annals_query *query,
                       const struct asked *asked, uint32_t found)
{
    struct buffer list;
    buffer_init(&list);
    uint32_t meant = list_meant(filters, asked, &list);
    if (found == 0)
        filters_note(query, "place: no place of this record is called \"%.60s\"", query->place);
    else if (meant > 1 && !list.failed)
        filters_note(query,
                     "place: \"%.60s\" stands for %u places: %s. One alone: --place with its "
                     "division or country behind a comma, or with the number",
                     query->place, meant, list.bytes);
    buffer_release(&list);
}

/* ------------------------------------------------------------------ around a point */

/* The point of the place asked for. Several places less than this far apart are one. */
static const double one_place = 25;

static annals_status find_centre(struct filters *filters, struct asked *asked,
                                 const annals_query *query, annals_error *error)
{
    struct buffer list;
    double latitude = NAN, longitude = NAN;
    bool apart = false;
    buffer_init(&list);
    /* Points go before areas. */
    struct store_statement *row = ask(
        filters,
        asked->is_id
            ? NAMED_BY_ID "SELECT name, admin1, country, identity, latitude, longitude, " IS_POINT
                          " FROM named WHERE latitude IS NOT NULL"
            : NAMED "SELECT name, admin1, country, identity, latitude, longitude, " IS_POINT
                    " AS point FROM named WHERE latitude IS NOT NULL "
                    "ORDER BY point DESC, country, admin1, identity",
        asked);
    bool point = false;
    while (row != NULL && store_step(row) == STORE_ROW) {
        bool first = isnan(latitude);
        if (first) {
            latitude = store_double(row, 4);
            longitude = store_double(row, 5);
            point = store_int(row, 6) != 0;
        } else if ((point && store_int(row, 6) == 0) ||
                   kilometres(latitude, longitude, store_double(row, 4), store_double(row, 5)) <
                       one_place) {
            continue;
        }
        apart = apart || !first;
        add_meant(&list, row);
    }
    store_finalize(row);
    annals_status status = ANNALS_OK;
    if (isnan(latitude))
        status = error_set(error, ANNALS_WRONG_USE,
                           "within: no place of this record that is called \"%.60s\" has "
                           "coordinates; a point will do: --place LATITUDE,LONGITUDE",
                           query->place);
    else if (apart)
        status =
            error_set(error, ANNALS_WRONG_USE,
                      "within: \"%.60s\" stands for several places: %.300s. Say which one, with "
                      "its division or country behind a comma, or with the number",
                      query->place, list.failed ? "" : list.bytes);
    buffer_release(&list);
    asked->latitude = latitude;
    asked->longitude = longitude;
    return status;
}

/* A box around all that is near enough, for an index over points (GiST); a server alone has one.
 * Around a pole and across the 180th meridian every longitude is in it. */
static void add_box(struct buffer *sql, const struct asked *asked, double within)
{
    const double degree = 111.19, spare = 1.001; /* kilometres, a little less than it is */
    double high = within / degree * spare + 0.001, north = asked->latitude + high;
    double south = asked->latitude - high, wide = 180;
    if (north < 89 && south > -89)
        wide = high / cos(fmax(fabs(north), fabs(south)) * acos(-1) / 180);
    double west = asked->longitude - wide, east = asked->longitude + wide;
    if (west < -180 || east > 180) {
        west = -180;
        east = 180;
    }
    buffer_print(sql,
                 " AND point(longitude, latitude) <@ box(point(%.6f, %.6f), point(%.6f, %.6f))",
                 west, south, east, north);
}

static annals_status find_around(struct filters *filters, struct asked *asked,
                                 const annals_query *query, annals_error *error)
{
    struct buffer sql;
    uint32_t count = 0;
    annals_status status = asked->is_point ? ANNALS_OK : find_centre(filters, asked, query, error);
    if (status != ANNALS_OK)
        return status;
    buffer_init(&sql);
    buffer_print(&sql,
                 "SELECT identity AS v FROM place_names WHERE " IS_POINT
                 " AND distance(latitude, longitude, %.6f, %.6f) <= %.6f",
                 asked->latitude, asked->longitude, query->within);
    if (store_is_far(filters->record->database))
        add_box(&sql, asked, query->within);
    status = sql.failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                        : filters_gather(filters, sql.bytes, NULL, NULL,
                                         &filters->values[FILTER_PLACE], &count, error);
    buffer_release(&sql);
    if (status == ANNALS_OK && count == 0)
        filters_note(query, "within: the record knows no place within %g km of %.60s",
                     query->within, query->place);
    return status;
}

annals_status filters_find_place(struct filters *filters, const annals_query *query,
                                 annals_error *error)
{
    struct asked asked;
    uint32_t count = 0;
    annals_status status = read_asked(&asked, &filters->arena, query, error);
    if (status == ANNALS_OK && asked.name != NULL)
        status = find_closeness(filters, &asked, error);
    if (status == ANNALS_OK && query->within > 0)
        return find_around(filters, &asked, query, error);
    if (status == ANNALS_OK)
        status =
            filters_gather(filters,
                           asked.is_id ? NAMED_BY_ID INSIDE
                                       : NAMED INSIDE
                               " OR ((names(n.admin1, :a, :how) OR names(n.admin2, :a, :how) "
                               "OR " IS_COUNTRY ") AND " LIES_IN ")",
                           asked.name, asked.within, &filters->values[FILTER_PLACE], &count, error);
    if (status == ANNALS_OK)
        tell_meant(filters, query, &asked, count);
    return status;
}
