/* ACLED's table: 31 columns in the order that its data export has had since March 2023.
 *
 * Method: ACLED Codebook (2023). A row is an event with a day, a country and an ACLED type that somebody
 * asserts or claims to have happened; plans, threats and denials are no rows. What the reports do not
 * say is empty: fatalities too, where ACLED itself would write 0. The order of actors implies no
 * direction. time_precision 1: the day, 2: within a week, 3: longer, the middle day stands. */
#include "render/export.h"

#include "bytes/calendar.h"
#include "render/line.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROW const struct export_row *row = of

static bool happened(const struct record_claim *claim)
{
    return strcmp(claim->status, "asserted") == 0 || strcmp(claim->status, "claimed") == 0 ||
           strcmp(claim->status, "alleged") == 0 || strcmp(claim->status, "disputed") == 0;
}

bool acled_takes(const struct export_row *row)
{
    return row->claim->acled_type != NULL && happened(row->claim) && row->country != NULL &&
           has_day(row);
}

static struct civil_date date_of(const struct export_row *row)
{
    int32_t day = 0;
    export_day(row->event, 1, &day);
    return calendar_date(day);
}

static void put_id(struct buffer *cell, const void *of)
{
    ROW;
    buffer_print(cell, "%s%s", row->country->iso3, row->event->id + 1);
}

static void put_date(struct buffer *cell, const void *of)
{
    ROW;
    struct civil_date date = date_of(row);
    buffer_print(cell, "%04d-%02d-%02d", (int)date.year, date.month, date.day);
}

static void put_year(struct buffer *cell, const void *of)
{
    ROW;
    buffer_print(cell, "%d", (int)date_of(row).year);
}

static void put_time_precision(struct buffer *cell, const void *of)
{
    ROW;
    int precision = export_date_precision(row->event->first, row->event->last);
    if (precision > 0)
        buffer_print(cell, "%d", precision > 3 ? 3 : precision);
}

static void put_disorder(struct buffer *cell, const void *of)
{
    ROW;
    const char *type = row->claim->acled_type, *detail = row->claim->acled_detail;
    if (detail != NULL && strcmp(detail, "Excessive force against protesters") == 0)
        buffer_add_string(cell, "Political violence; Demonstrations");
    else if (strcmp(type, "Strategic developments") == 0)
        buffer_add_string(cell, type);
    else if (strcmp(type, "Protests") == 0 ||
             (detail != NULL && strcmp(detail, "Violent demonstration") == 0))
        buffer_add_string(cell, "Demonstrations");
    else
        buffer_add_string(cell, "Political violence");
}

static void put_type(struct buffer *cell, const void *of)
{
    ROW;
    buffer_add_string(cell, row->claim->acled_type);
}

static void put_detail(struct buffer *cell, const void *of)
{
    ROW;
    export_add(cell, row->claim->acled_detail, "");
}

static void put_chief(struct buffer *cell, const struct export_side *side)
{
    export_add(cell, export_actor_name(side->chief), "");
}

static void put_associates(struct buffer *cell, const struct export_side *side)
{
    const char *between = "";
    for (uint32_t i = 1; i < side->count; i++) {
        const char *name = export_actor_name(&side->all[i]);
        if (name == NULL || side->all[i].kind == NULL)
            continue;
        buffer_add_string(cell, between);
        buffer_add_string(cell, name);
        between = "; ";
    }
}

#define SIDE(name, first, put)                                                                     \
    static void name(struct buffer *cell, const void *of)                                          \
    {                                                                                              \
        ROW;                                                                                       \
        struct export_side side = export_side(row, first);                                         \
        put(cell, &side);                                                                          \
    }

static void put_inter(struct buffer *cell, const struct export_side *side)
{
    buffer_add_string(cell, export_inter_name(side->inter));
}

SIDE(put_actor1, true, put_chief)
SIDE(put_associates1, true, put_associates)
SIDE(put_inter1, true, put_inter)
SIDE(put_actor2, false, put_chief)
SIDE(put_associates2, false, put_associates)
SIDE(put_inter2, false, put_inter)

static void put_interaction(struct buffer *cell, const void *of)
{
    ROW;
    int one = export_side(row, true).inter, two = export_side(row, false).inter;
    int small = one < two ? one : two, large = one < two ? two : one;
    if (large == 0)
        return;
    if (small == 0)
        buffer_print(cell, "%s only", export_inter_name(large));
    else
        buffer_print(cell, "%s-%s", export_inter_name(small), export_inter_name(large));
}

static void put_targeting(struct buffer *cell, const void *of)
{
    ROW;
    bool violent = strcmp(row->claim->acled_type, "Violence against civilians") == 0;
    int target = export_side(row, false).inter;
    bool remote = strcmp(row->claim->acled_type, "Explosions/Remote violence") == 0 ||
                  strcmp(row->claim->acled_type, "Riots") == 0;
    bool armed = target == 1 || target == 2 || target == 3 || target == 8;
    if ((violent && !armed) || (remote && (target == 7 || target == 6)))
        buffer_add_string(cell, "Civilian targeting");
}

static void put_iso(struct buffer *cell, const void *of)
{
    ROW;
    buffer_print(cell, "%d", atoi(row->country->iso_numeric));
}

static void put_region(struct buffer *cell, const void *of)
{
    ROW;
    buffer_add_string(cell, row->country->region);
}

static void put_country(struct buffer *cell, const void *of)
{
    ROW;
    buffer_add_string(cell, row->country->name);
}

static void put_admin1(struct buffer *cell, const void *of)
{
    ROW;
    export_add(cell, row->event->place.admin1, "");
}

static void put_admin2(struct buffer *cell, const void *of)
{
    ROW;
    export_add(cell, row->event->place.admin2, "");
}

static void put_nothing(struct buffer *cell, const void *of)
{
    (void)cell;
    (void)of;
}

static void put_location(struct buffer *cell, const void *of)
{
    ROW;
    export_add(cell, row->event->place.name, "");
}

static void put_latitude(struct buffer *cell, const void *of)
{
    ROW;
    if (row->event->place.located)
        buffer_print(cell, "%.4f", row->event->place.latitude);
}

static void put_longitude(struct buffer *cell, const void *of)
{
    ROW;
    if (row->event->place.located)
        buffer_print(cell, "%.4f", row->event->place.longitude);
}

static void put_geo_precision(struct buffer *cell, const void *of)
{
    ROW;
    if (row->event->place.acled_precision > 0)
        buffer_print(cell, "%d", row->event->place.acled_precision);
}

static void put_source(struct buffer *cell, const void *of)
{
    ROW;
    export_add_sources(cell, row->event, "; ");
}

static void put_notes(struct buffer *cell, const void *of)
{
    ROW;
    export_add_line(cell, row->claim);
}

static void put_fatalities(struct buffer *cell, const void *of)
{
    ROW;
    export_add_number(cell, export_told(&row->event->killed, row->event->killed.best));
}

/* When the newest of its reports was published: the record has no other clock. */
static void put_timestamp(struct buffer *cell, const void *of)
{
    ROW;
    int32_t newest = DAY_UNKNOWN;
    for (uint32_t i = 0; i < row->event->claim_count; i++) {
        const char *published = row->event->claims[i].published;
        int32_t day = published != NULL ? calendar_read(published) : DAY_UNKNOWN;
        newest = day > newest ? day : newest;
    }
    if (newest != DAY_UNKNOWN)
        buffer_print(cell, "%lld", (long long)newest * 86400);
}

const struct column acled_columns[] = {
    {"event_id_cnty", IN_FILE, put_id, "#event+code", "state (ISO 3166-1) and event"},
    {"event_date", IN_FILE, put_date, "#date+occurred", "the day, or the middle of the span"},
    {"year", IN_FILE, put_year, "#date+year", NULL},
    {"time_precision", IN_FILE, put_time_precision, "#date+precision", "1 day, 2 week, 3 longer"},
    {"disorder_type", IN_FILE, put_disorder, "#event+category", NULL},
    {"event_type", IN_FILE, put_type, "#event+type", NULL},
    {"sub_event_type", IN_FILE, put_detail, "#event+type+sub", NULL},
    {"actor1", IN_FILE, put_actor1, "#group+name+first", NULL},
    {"assoc_actor_1", IN_FILE, put_associates1, "#group+name+first+assoc", NULL},
    {"inter1", IN_FILE, put_inter1, "#group+type+first", NULL},
    {"actor2", IN_FILE, put_actor2, "#group+name+second", NULL},
    {"assoc_actor_2", IN_FILE, put_associates2, "#group+name+second+assoc", NULL},
    {"inter2", IN_FILE, put_inter2, "#group+type+second", NULL},
    {"interaction", IN_FILE, put_interaction, "#event+interaction", NULL},
    {"civilian_targeting", IN_FILE, put_targeting, "#event+targeting", NULL},
    {"iso", IN_FILE, put_iso, "#country+code+num", NULL},
    {"region", IN_FILE, put_region, "#region+name", NULL},
    {"country", IN_FILE, put_country, "#country+name", NULL},
    {"admin1", IN_FILE, put_admin1, "#adm1+name", NULL},
    {"admin2", IN_FILE, put_admin2, "#adm2+name", NULL},
    {"admin3", IN_FILE, put_nothing, "#adm3+name", NULL},
    {"location", IN_FILE, put_location, "#loc+name", NULL},
    {"latitude", IN_FILE, put_latitude, "#geo+lat", NULL},
    {"longitude", IN_FILE, put_longitude, "#geo+lon", NULL},
    {"geo_precision", IN_FILE, put_geo_precision, "#geo+precision", NULL},
    {"source", IN_FILE, put_source, "#meta+source", NULL},
    {"source_scale", IN_FILE, put_nothing, "#meta+source+scale", NULL},
    {"notes", IN_FILE, put_notes, "#description", NULL},
    {"fatalities", IN_FILE, put_fatalities, "#affected+killed", "best; empty where nobody says"},
    {"tags", IN_FILE, put_nothing, "#meta+tags", NULL},
    {"timestamp", IN_FILE, put_timestamp, "#meta+timestamp", "publication of the newest report"},
    {NULL, 0, NULL, NULL, NULL},
};
