/* UCDP's Georeferenced Event Dataset: 49 columns in the order of the Candidate files of 2026.
 *
 * Method: Högbladh, UCDP GED Codebook 25.1. A row is an event in which at least one person is reported
 * killed. type_of_violence follows the sides: an organised actor against civilians is one-sided (3), a
 * government against an organised group state-based (1), two organised groups non-state (2); where a
 * side is not known it is empty. Ids of UCDP's own data sets are empty: the record cannot know them.
 * Deaths are parted only where the reports say whose dead they are. */
#include "render/export.h"

#include "bytes/calendar.h"
#include "render/line.h"

#include <math.h>
#include <string.h>

#define ROW const struct export_row *row = of

bool ucdp_takes(const struct export_row *row)
{
    const struct record_figure *killed = &row->event->killed;
    bool deadly = killed->best > 0 || killed->high > 0;
    return deadly && row->country != NULL && has_day(row) &&
           strcmp(row->claim->status, "planned") != 0 &&
           strcmp(row->claim->status, "threatened") != 0 &&
           strcmp(row->claim->status, "conditional") != 0 &&
           strcmp(row->claim->status, "negated") != 0;
}

static bool is_organised(int inter)
{
    return (inter >= 1 && inter <= 4) || inter == 8;
}

/* 1 state-based, 2 non-state, 3 one-sided; 0 unknown. */
static int violence_of(const struct export_row *row)
{
    int one = export_side(row, true).inter, two = export_side(row, false).inter;
    if (is_organised(one) && two == 7)
        return 3;
    if (!is_organised(one) || !is_organised(two))
        return 0;
    return one == 1 || two == 1 || one == 8 || two == 8 ? 1 : 2;
}

struct deaths {
    double a, b, civilians, unknown;
};

/* The first claim that counts as many dead as the event's best figure says whose they are. */
static struct deaths deaths_of(const struct export_row *row)
{
    struct deaths deaths = {0, 0, 0, row->event->killed.best};
    if (isnan(deaths.unknown))
        deaths.unknown = 0;
    int two = export_side(row, false).inter;
    for (uint32_t i = 0; i < row->claim->counts.count; i++) {
        const struct record_count *count = &row->claim->counts.items[i];
        double number = isnan(count->low) ? count->high : count->low;
        if (strcmp(count->what, "killed") != 0 || count->who == NULL || isnan(number) ||
            number > deaths.unknown)
            continue;
        bool civilian = strcmp(count->who, "civilian") == 0 || strcmp(count->who, "child") == 0 ||
                        strcmp(count->who, "woman") == 0;
        bool fighter = strcmp(count->who, "combatant") == 0 ||
                       strcmp(count->who, "security force") == 0;
        if (civilian)
            deaths.civilians += number;
        else if (fighter && is_organised(two))
            deaths.b += number;
        else
            continue;
        deaths.unknown -= number;
    }
    return deaths;
}

static void put_nothing(struct buffer *cell, const void *of)
{
    (void)cell;
    (void)of;
}

static void put_id(struct buffer *cell, const void *of)
{
    ROW;
    buffer_print(cell, "%llu", (unsigned long long)row->number + 1);
}

static void put_relid(struct buffer *cell, const void *of)
{
    ROW;
    int32_t day;
    if (export_day(row->event, 1, &day))
        buffer_print(cell, "%s-%d-%d-%s", row->country->iso3, (int)calendar_date(day).year,
                     violence_of(row), row->event->id + 1);
}

static void put_year(struct buffer *cell, const void *of)
{
    ROW;
    int32_t day;
    if (export_day(row->event, 1, &day))
        buffer_print(cell, "%d", (int)calendar_date(day).year);
}

static void put_violence(struct buffer *cell, const void *of)
{
    int type = violence_of(of);
    if (type > 0)
        buffer_print(cell, "%d", type);
}

static void put_side(struct buffer *cell, const struct export_row *row, bool first)
{
    struct export_side side = export_side(row, first);
    if (!first && violence_of(row) == 3)
        buffer_add_string(cell, "Civilians");
    else
        export_add(cell, export_actor_name(side.chief), "");
}

static void put_side_a(struct buffer *cell, const void *of)
{
    put_side(cell, of, true);
}

static void put_side_b(struct buffer *cell, const void *of)
{
    put_side(cell, of, false);
}

static void put_dyad(struct buffer *cell, const void *of)
{
    size_t before = cell->length;
    put_side(cell, of, true);
    if (cell->length == before)
        return;
    size_t middle = cell->length;
    buffer_add_string(cell, " - ");
    put_side(cell, of, false);
    if (cell->length == middle + 3)
        buffer_add_string(cell, "unknown");
}

static void put_sources(struct buffer *cell, const void *of)
{
    ROW;
    uint32_t reports = 0;
    for (uint32_t i = 0; i < row->event->claim_count; i++) {
        bool known = row->event->claims[i].original != NULL;
        for (uint32_t j = 0; j < i && !known; j++)
            known = strcmp(row->event->claims[i].report, row->event->claims[j].report) == 0;
        reports += !known;
    }
    buffer_print(cell, "%u", reports);
}

/* "Outlet,day,title" of each report, as UCDP writes them. */
static void put_articles(struct buffer *cell, const void *of)
{
    ROW;
    const char *between = "";
    for (uint32_t i = 0; i < row->event->claim_count; i++) {
        const struct record_claim *claim = &row->event->claims[i];
        bool known = false;
        for (uint32_t j = 0; j < i && !known; j++)
            known = strcmp(claim->report, row->event->claims[j].report) == 0;
        if (known)
            continue;
        buffer_print(cell, "%s\"%s,%s,%s\"", between, claim->source != NULL ? claim->source : "",
                     claim->published != NULL ? claim->published : "",
                     claim->title != NULL ? claim->title : "");
        between = ";";
    }
}

static void put_office(struct buffer *cell, const void *of)
{
    ROW;
    export_add_sources(cell, row->event, ";");
}

static void put_source_date(struct buffer *cell, const void *of)
{
    ROW;
    export_add(cell, row->claim->published, "");
}

static void put_headline(struct buffer *cell, const void *of)
{
    ROW;
    export_add(cell, row->claim->title, "");
}

/* Who says so, where it is not the outlet. */
static void put_original(struct buffer *cell, const void *of)
{
    ROW;
    line_add_actors(cell, row->claim->according_to.items, row->claim->according_to.count, "; ");
}

static void put_where_precision(struct buffer *cell, const void *of)
{
    ROW;
    if (row->event->place.ucdp_precision > 0)
        buffer_print(cell, "%d", row->event->place.ucdp_precision);
}

static void put_where(struct buffer *cell, const void *of)
{
    ROW;
    export_add(cell, row->event->place.name, "");
}

static void put_where_words(struct buffer *cell, const void *of)
{
    ROW;
    if (row->event->place.relation != NULL && row->event->place.name != NULL)
        buffer_print(cell, "%s %s", row->event->place.relation, row->event->place.name);
    else
        export_add(cell, row->event->place.name, "");
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

static void put_latitude(struct buffer *cell, const void *of)
{
    ROW;
    if (row->event->place.located)
        buffer_print(cell, "%.6f", row->event->place.latitude);
}

static void put_longitude(struct buffer *cell, const void *of)
{
    ROW;
    if (row->event->place.located)
        buffer_print(cell, "%.6f", row->event->place.longitude);
}

static void put_point(struct buffer *cell, const void *of)
{
    ROW;
    if (row->event->place.located)
        buffer_print(cell, "POINT (%.6f %.6f)", row->event->place.longitude,
                     row->event->place.latitude);
}

/* PRIO-GRID 2.0: cells of half a degree, counted from the south-west. */
static void put_grid(struct buffer *cell, const void *of)
{
    ROW;
    if (row->event->place.located)
        buffer_print(cell, "%d",
                     (int)(floor((row->event->place.latitude + 90) / 0.5) * 720 +
                           floor((row->event->place.longitude + 180) / 0.5) + 1));
}

static void put_country(struct buffer *cell, const void *of)
{
    ROW;
    buffer_add_string(cell, row->country->name);
}

static void put_country_id(struct buffer *cell, const void *of)
{
    ROW;
    buffer_add_string(cell, row->country->gleditsch_ward);
}

static void put_region(struct buffer *cell, const void *of)
{
    ROW;
    buffer_add_string(cell, codes_ucdp_region(row->country));
}

static void put_clarity(struct buffer *cell, const void *of)
{
    ROW;
    int precision = export_date_precision(row->event->first, row->event->last);
    buffer_print(cell, "%d", precision == 1 ? 1 : 2);
}

static void put_date_precision(struct buffer *cell, const void *of)
{
    ROW;
    const char *first = row->event->first, *last = row->event->last;
    int precision = export_date_precision(first, last);
    if (precision == 2 && row->claim->precision != NULL &&
        strcmp(row->claim->precision, "week") == 0)
        precision = 3;
    else if (precision > 2)
        precision = precision == 3 ? 4 : 5;
    if (precision > 0)
        buffer_print(cell, "%d", precision);
}

static void put_start(struct buffer *cell, const void *of)
{
    ROW;
    if (row->event->first != NULL)
        buffer_print(cell, "%s 00:00:00.000", row->event->first);
}

static void put_end(struct buffer *cell, const void *of)
{
    ROW;
    if (row->event->last != NULL)
        buffer_print(cell, "%s 00:00:00.000", row->event->last);
}

#define NUMBER(name, value)                                                                        \
    static void name(struct buffer *cell, const void *of)                                          \
    {                                                                                              \
        ROW;                                                                                       \
        export_add_number(cell, value);                                                            \
    }

NUMBER(put_deaths_a, deaths_of(row).a)
NUMBER(put_deaths_b, deaths_of(row).b)
NUMBER(put_deaths_civilians, deaths_of(row).civilians)
NUMBER(put_deaths_unknown, deaths_of(row).unknown)
NUMBER(put_best, row->event->killed.best)
NUMBER(put_high, row->event->killed.high)
NUMBER(put_low, row->event->killed.low)

/* Gleditsch and Ward's number of a side that is a government. */
static void put_state(struct buffer *cell, const struct export_row *row, bool first)
{
    struct export_side side = export_side(row, first);
    const struct country *country =
        side.chief != NULL ? codes_country(&row->exporting->codes, side.chief->country) : NULL;
    bool government = side.inter == 1 || (side.inter == 8 && country != NULL);
    if (government && country != NULL)
        buffer_add_string(cell, country->gleditsch_ward);
}

static void put_state_a(struct buffer *cell, const void *of)
{
    put_state(cell, of, true);
}

static void put_state_b(struct buffer *cell, const void *of)
{
    put_state(cell, of, false);
}

const struct column ucdp_columns[] = {
    {"id", IN_FILE, put_id, "#event+id", NULL},
    {"relid", IN_FILE, put_relid, "#event+code", NULL},
    {"year", IN_FILE, put_year, "#date+year", NULL},
    {"active_year", IN_FILE, put_nothing, NULL, "UCDP's own judgement: empty"},
    {"code_status", IN_FILE, put_nothing, NULL, "UCDP's own judgement: empty"},
    {"type_of_violence", IN_FILE, put_violence, "#event+type", "1 state-based, 2 non-state, 3 one-sided"},
    {"conflict_dset_id", IN_FILE, put_nothing, NULL, NULL},
    {"conflict_new_id", IN_FILE, put_nothing, NULL, NULL},
    {"conflict_name", IN_FILE, put_nothing, NULL, NULL},
    {"dyad_dset_id", IN_FILE, put_nothing, NULL, NULL},
    {"dyad_new_id", IN_FILE, put_nothing, NULL, NULL},
    {"dyad_name", IN_FILE, put_dyad, "#group+name+dyad", NULL},
    {"side_a_dset_id", IN_FILE, put_nothing, NULL, NULL},
    {"side_a_new_id", IN_FILE, put_nothing, NULL, NULL},
    {"side_a", IN_FILE, put_side_a, "#group+name+first", NULL},
    {"side_b_dset_id", IN_FILE, put_nothing, NULL, NULL},
    {"side_b_new_id", IN_FILE, put_nothing, NULL, NULL},
    {"side_b", IN_FILE, put_side_b, "#group+name+second", NULL},
    {"number_of_sources", IN_FILE, put_sources, "#meta+source+num", "copies of a text are one"},
    {"source_article", IN_FILE, put_articles, "#meta+source", NULL},
    {"source_office", IN_FILE, put_office, NULL, NULL},
    {"source_date", IN_FILE, put_source_date, NULL, NULL},
    {"source_headline", IN_FILE, put_headline, "#description", NULL},
    {"source_original", IN_FILE, put_original, NULL, "who says so, where it is not the outlet"},
    {"where_prec", IN_FILE, put_where_precision, NULL, NULL},
    {"where_coordinates", IN_FILE, put_where, "#loc+name", NULL},
    {"where_description", IN_FILE, put_where_words, NULL, NULL},
    {"adm_1", IN_FILE, put_admin1, "#adm1+name", NULL},
    {"adm_2", IN_FILE, put_admin2, "#adm2+name", NULL},
    {"latitude", IN_FILE, put_latitude, "#geo+lat", NULL},
    {"longitude", IN_FILE, put_longitude, "#geo+lon", NULL},
    {"geom_wkt", IN_FILE, put_point, NULL, NULL},
    {"priogrid_gid", IN_FILE, put_grid, NULL, NULL},
    {"country", IN_FILE, put_country, "#country+name", NULL},
    {"country_id", IN_FILE, put_country_id, "#country+code", "Gleditsch and Ward"},
    {"region", IN_FILE, put_region, "#region+name", NULL},
    {"event_clarity", IN_FILE, put_clarity, NULL, "1 told by itself, 2 over a span"},
    {"date_prec", IN_FILE, put_date_precision, NULL, NULL},
    {"date_start", IN_FILE, put_start, "#date+start", NULL},
    {"date_end", IN_FILE, put_end, "#date+end", NULL},
    {"deaths_a", IN_FILE, put_deaths_a, NULL, NULL},
    {"deaths_b", IN_FILE, put_deaths_b, NULL, NULL},
    {"deaths_civilians", IN_FILE, put_deaths_civilians, NULL, NULL},
    {"deaths_unknown", IN_FILE, put_deaths_unknown, NULL, NULL},
    {"best", IN_FILE, put_best, "#affected+killed", NULL},
    {"high", IN_FILE, put_high, NULL, NULL},
    {"low", IN_FILE, put_low, NULL, NULL},
    {"gwnoa", IN_FILE, put_state_a, NULL, NULL},
    {"gwnob", IN_FILE, put_state_b, NULL, NULL},
    {NULL, 0, NULL, NULL, NULL},
};
