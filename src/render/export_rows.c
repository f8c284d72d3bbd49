/* What every export asks of an event: its sides, its day, its sources.
 *
 * Sides follow the first claim, the one that tells most; where it names only one, another claim of the
 * event lends the other. Kinds of actor are ACLED's (codebook 2023): the group's own in
 * groups.tsv, else that of its sort of actor; state forces outside their country are "External/Other
 * forces". */
#include "render/export.h"

#include "bytes/calendar.h"
#include "render/line.h"

#include <math.h>
#include <string.h>

const char *export_actor_name(const struct record_actor *actor)
{
    return actor != NULL ? line_actor(actor) : NULL;
}

void export_add(struct buffer *cell, const char *text, const char *none)
{
    buffer_add_string(cell, text != NULL && text[0] != '\0' ? text : none);
}

double export_told(const struct record_figure *figure, double number)
{
    return figure->basis == BASIS_NONE_TOLD ? NAN : number;
}

void export_add_number(struct buffer *cell, double number)
{
    if (!isnan(number))
        buffer_print(cell, number == floor(number) ? "%.0f" : "%.2f", number);
}

/* ------------------------------------------------------------------ sides */

static int inter_of(const struct export_row *row, const struct record_actor *actor)
{
    static const struct {
        const char *type;
        int inter;
    } types[] = {
        {"government", 1}, {"state force", 1}, {"police", 1},   {"rebel", 2},     {"militia", 3},
        {"criminal", 3},   {"party", 3},       {"rioter", 5},   {"protester", 6}, {"civilian", 7},
        {"media", 7},      {"refugee", 7},     {"ngo", 7},      {"igo", 8},       {"external", 8},
        {"company", 7},    {"population", 7},
    };
    if (actor == NULL)
        return 0;
    int inter = codes_group_inter(&row->exporting->codes, actor->entry);
    for (size_t i = 0; inter == 0 && actor->type != NULL && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].type, actor->type) == 0)
            inter = types[i].inter;
    bool foreign = inter == 1 && row->country != NULL && actor->country != NULL &&
                   strcmp(row->country->iso3, actor->country) != 0;
    return foreign ? 8 : inter;
}

const char *export_inter_name(int inter)
{
    static const char *const names[] = {"",           "State forces",      "Rebel group",
                                        "Political militia", "Identity militia", "Rioters",
                                        "Protesters", "Civilians",         "External/Other forces"};
    return inter >= 0 && inter <= 8 ? names[inter] : "";
}

static bool is_actor(const struct record_actor *actor)
{
    return actor->kind != NULL && export_actor_name(actor) != NULL;
}

static struct export_side side_of(const struct export_row *row, const struct record_actor *actors,
                                  uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (is_actor(&actors[i]))
            return (struct export_side){&actors[i], &actors[i], count - i,
                                        inter_of(row, &actors[i])};
    return (struct export_side){NULL, NULL, 0, 0};
}

static struct export_side side_of_claim(const struct export_row *row,
                                        const struct record_claim *claim, bool first)
{
    struct export_side agents = side_of(row, claim->agents.items, claim->agents.count);
    struct export_side patients = side_of(row, claim->patients.items, claim->patients.count);
    if (first) {
        if (patients.chief == NULL && agents.count > 1)
            agents.count = 1;
        return agents;
    }
    if (patients.chief == NULL && agents.count > 1)
        return side_of(row, agents.all + 1, agents.count - 1);
    return patients;
}

struct export_side export_side(const struct export_row *row, bool first)
{
    struct export_side side = side_of_claim(row, row->claim, first);
    for (uint32_t i = 1; side.chief == NULL && row->event != NULL && i < row->event->claim_count;
         i++) {
        const struct record_claim *claim = &row->event->claims[i];
        bool alike = claim->plover != NULL && row->claim->plover != NULL &&
                     strcmp(claim->plover, row->claim->plover) == 0 &&
                     strcmp(claim->status, row->claim->status) == 0;
        if (alike)
            side = side_of_claim(row, claim, first);
    }
    return side;
}

/* ------------------------------------------------------------------ days */

int export_date_precision(const char *first, const char *last)
{
    int32_t from = first != NULL ? calendar_read(first) : DAY_UNKNOWN;
    int32_t to = last != NULL ? calendar_read(last) : DAY_UNKNOWN;
    if (from == DAY_UNKNOWN || to == DAY_UNKNOWN)
        return 0;
    int32_t days = to - from;
    return days <= 0 ? 1 : days < 7 ? 2 : days < 31 ? 3 : days < 366 ? 4 : 5;
}

bool export_day(const struct record_event *event, int days, int32_t *day)
{
    const char *first = event->first != NULL ? event->first : event->last;
    const char *last = event->last != NULL ? event->last : event->first;
    if (first == NULL)
        return false;
    int32_t from = calendar_read(first), to = calendar_read(last);
    if (from == DAY_UNKNOWN || to == DAY_UNKNOWN)
        return false;
    *day = to - from > days ? from + (to - from) / 2 : from;
    return true;
}

/* ------------------------------------------------------------------ words */

void export_add_sources(struct buffer *cell, const struct record_event *event, const char *between)
{
    bool any = false;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const char *source = line_source(&event->claims[i]);
        bool known = source == NULL;
        for (uint32_t j = 0; j < i && !known; j++)
            known = line_source(&event->claims[j]) != NULL &&
                    strcmp(source, line_source(&event->claims[j])) == 0;
        if (known)
            continue;
        buffer_add_string(cell, any ? between : "");
        buffer_add_string(cell, source);
        any = true;
    }
}

void export_add_line(struct buffer *cell, const struct record_claim *claim)
{
    size_t before = cell->length;
    line_add_mark(cell, claim);
    if (cell->length > before)
        buffer_add_string(cell, ": ");
    line_add(cell, claim);
}

bool has_place(const struct export_row *row)
{
    return row->event->place.located;
}

bool has_day(const struct export_row *row)
{
    return row->event->first != NULL || row->event->last != NULL;
}

bool has_day_or_place(const struct export_row *row)
{
    return has_place(row) || has_day(row);
}
