/* Codes of states and armed groups, from the dictionaries.
 *
 * Regions: ACLED's from the table; UCDP's five follow from them but for a few states that UCDP
 * counts otherwise (codebook of GED 25.1: Egypt to the Middle East, the Caucasus to Europe). */
#include "render/codes.h"

#include <stdlib.h>
#include <string.h>

static annals_status read_world(struct table *table, struct arena *arena, const char *data,
                                const char *file, const char *const *columns, annals_error *error)
{
    const char *path = arena_print(arena, "%s/dictionaries/world/%s", data, file);
    if (path == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return table_read_columns(table, arena, path, columns, error);
}

annals_status codes_read(struct codes *codes, struct arena *arena, const char *data,
                         annals_error *error)
{
    static const char *const state_columns[] = {"name",           "iso2",   "iso3", "iso_numeric", "cow",
                                                "gleditsch_ward", "region", NULL};
    static const char *const group_columns[] = {"id", "acled_inter", NULL};
    struct table states;
    *codes = (struct codes){0};
    annals_status status = read_world(&states, arena, data, "states.tsv", state_columns, error);
    if (status == ANNALS_OK)
        status = read_world(&codes->groups, arena, data, "groups.tsv", group_columns, error);
    if (status != ANNALS_OK)
        return status;
    codes->countries = arena_new_array(arena, struct country, states.row_count);
    if (codes->countries == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t i = 0; i < states.row_count; i++)
        codes->countries[codes->country_count++] = (struct country){
            .name = table_cell(&states, i, "name"),
            .iso2 = table_cell(&states, i, "iso2"),
            .iso3 = table_cell(&states, i, "iso3"),
            .iso_numeric = table_cell(&states, i, "iso_numeric"),
            .cow = table_cell(&states, i, "cow"),
            .gleditsch_ward = table_cell(&states, i, "gleditsch_ward"),
            .region = table_cell(&states, i, "region")};
    return ANNALS_OK;
}

const struct country *codes_country(const struct codes *codes, const char *iso)
{
    const struct country *former = NULL;
    size_t length = iso != NULL ? strlen(iso) : 0;
    if (length != 2 && length != 3)
        return NULL;
    for (uint32_t i = 0; i < codes->country_count; i++) {
        const struct country *country = &codes->countries[i];
        if (strcmp(length == 2 ? country->iso2 : country->iso3, iso) != 0)
            continue;
        if (country->region[0] != '\0' && country->iso2[0] != '\0')
            return country;
        former = former == NULL ? country : former;
    }
    return former;
}

int codes_group_inter(const struct codes *codes, const char *entry)
{
    /* Rows are sorted by id. */
    uint32_t low = 0, high = codes->groups.row_count;
    while (entry != NULL && low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(table_cell(&codes->groups, middle, "id"), entry);
        if (order == 0)
            return atoi(table_cell(&codes->groups, middle, "acled_inter"));
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

const char *codes_ucdp_region(const struct country *country)
{
    static const char *const regions[][2] = {
        {"Middle East", "Middle East"},     {"Europe", "Europe"},
        {"South Asia", "Asia"},             {"Southeast Asia", "Asia"},
        {"East Asia", "Asia"},              {"Oceania", "Asia"},
        {"Central America", "Americas"},    {"South America", "Americas"},
        {"Caribbean", "Americas"},          {"North America", "Americas"},
        {"Caucasus and Central Asia", "Asia"},
    };
    if (country == NULL)
        return "";
    if (strcmp(country->iso3, "EGY") == 0)
        return "Middle East";
    if (strstr("ARM AZE GEO", country->iso3) != NULL && country->iso3[0] != '\0')
        return "Europe";
    if (strstr(country->region, "Africa") != NULL)
        return "Africa";
    for (size_t i = 0; i < sizeof regions / sizeof regions[0]; i++)
        if (strcmp(regions[i][0], country->region) == 0)
            return regions[i][1];
    return "";
}
