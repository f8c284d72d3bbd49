/* Who holds which place: as a table of places, as the periods of one, as files and JSON.
 *
 * A day that is not told is left empty, and a place whose holder no report tells is "unknown". How
 * old a word may grow is the reader's to judge: the day of the last word stands beside it. */
#include "render/control.h"

#include "bytes/calendar.h"
#include "record/filters.h"
#include "render/dates.h"
#include "render/sheet.h"
#include "render/views.h"

#include <math.h>
#include <string.h>
#include <strings.h>

enum { NARROW = 100 };

/* ------------------------------------------------------------------ words */

static void add(struct buffer *cell, const char *text)
{
    if (text != NULL)
        buffer_add_string(cell, text);
}

const char *control_kind(const struct record_place *place)
{
    static const char *const kinds[][2] = {
        {"PCL", "country"},   {"ADM1", "province"}, {"ADM2", "district"},  {"ADM3", "district"},
        {"PPLX", "quarter"},  {"PPL", "town"},      {"RGN", "region"},     {"AIRB", "air base"},
        {"AIR", "airport"},   {"INSM", "base"},     {"PRN", "prison"},     {"CSTM", "border post"},
        {"VAL", "valley"},    {"SCH", "school"},    {"BDG", "bridge"},     {"HSP", "hospital"},
        {"ISL", "island"},    {"DAM", "dam"},       {"MT", "mountain"},    {"PRT", "port"},
    };
    for (size_t i = 0; place->feature != NULL && i < sizeof kinds / sizeof kinds[0]; i++)
        if (strncmp(place->feature, kinds[i][0], strlen(kinds[i][0])) == 0)
            return kinds[i][1];
    return NULL;
}

static void add_parties(struct buffer *buffer, const struct control_party *parties, uint32_t count,
                        const char *between)
{
    for (uint32_t i = 0; i < count; i++)
        buffer_print(buffer, "%s%s", i > 0 ? between : "", parties[i].name);
}

/* "Kunduz", "Kunduz province"; what the name itself says is not said again. */
static void add_place(struct buffer *cell, const struct record_place *place)
{
    const char *kind = control_kind(place);
    const char *last = place->name != NULL ? strrchr(place->name, ' ') : NULL;
    add(cell, place->name);
    if (kind != NULL && strcmp(kind, "town") != 0 &&
        (last == NULL || strcasecmp(last + 1, kind) != 0))
        buffer_print(cell, " %s", kind);
}

void control_add_holder(struct buffer *buffer, const struct control_row *row)
{
    if (row->period == NULL || row->period->holder_count == 0)
        buffer_add_string(buffer, "unknown");
    else
        add_parties(buffer, row->period->holders, row->period->holder_count, " and ");
}

void control_add_standing(struct buffer *buffer, const struct control_row *row)
{
    const struct control_period *period = row->period;
    if (period == NULL) {
        buffer_add_string(buffer, "no word");
        return;
    }
    switch (period->status) {
    case CONTROL_UNKNOWN:
        if (period->before.name != NULL)
            buffer_print(buffer, "%s %s", period->lost ? "lost by" : "before:", period->before.name);
        else
            buffer_add_string(buffer, "no word");
        break;
    case CONTROL_CLAIMED:
        buffer_add_string(buffer, "claimed only");
        if (period->before.name != NULL)
            buffer_print(buffer, ", before: %s", period->before.name);
        break;
    case CONTROL_DISPUTED:
        buffer_add_string(buffer, "disputed");
        if (period->rival_count > 0)
            buffer_add_string(buffer, period->holder_count > 0 ? ": claimed by " : ": ");
        add_parties(buffer, period->rivals, period->rival_count,
                    period->holder_count > 0 ? ", " : " or ");
        break;
    case CONTROL_CONTESTED:
        buffer_add_string(buffer, period->rival_count > 0 ? "contested by " : "contested");
        add_parties(buffer, period->rivals, period->rival_count, ", ");
        break;
    case CONTROL_HELD:
    case CONTROL_SHARED:
        buffer_add_string(buffer, control_status_name(period->status));
        if (period->rival_count > 0) {
            buffer_add_string(buffer, ", claimed by ");
            add_parties(buffer, period->rivals, period->rival_count, ", ");
        }
        break;
    }
    if (control_is_inferred(period))
        buffer_add_string(buffer, ", inferred");
    if (period->objected && period->status != CONTROL_DISPUTED)
        buffer_add_string(buffer, ", denied");
}

/* ------------------------------------------------------------------ cells */

static const char *day_text(int32_t day, char text[16])
{
    if (day == DAY_UNKNOWN || day == INT32_MAX)
        return NULL;
    calendar_write(day, text);
    return text;
}

static void add_day(struct buffer *cell, int32_t day)
{
    char text[16];
    add(cell, day_text(day, text));
}

static void add_span(struct buffer *cell, int32_t first, int32_t last)
{
    char from[16], to[16];
    date_add_code(cell, day_text(first, from), day_text(last, to));
}

static void add_id(struct buffer *cell, int64_t claim)
{
    char id[RECORD_ID_SIZE];
    record_id_write('c', claim, id);
    buffer_add_string(cell, id);
}

static void add_ids(struct buffer *cell, const struct control_word *const *words, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        buffer_add_string(cell, i > 0 ? ";" : "");
        add_id(cell, words[i]->claim);
    }
}

/* The newest claim behind the period, and how many more there are. */
static void add_newest(struct buffer *cell, const struct control_row *row)
{
    const struct control_word *word = control_newest(row->period, INT32_MAX);
    if (word == NULL)
        return;
    add_id(cell, word->claim);
    if (row->period->words.count > 1)
        buffer_print(cell, " +%u", row->period->words.count - 1);
}

/* The day of the newest word behind the period, not after the day that is asked about. */
static int32_t last_word(const struct control_row *row)
{
    const struct control_word *word =
        control_newest(row->period, row->place->on != DAY_UNKNOWN ? row->place->on : INT32_MAX);
    return word != NULL ? word->last : DAY_UNKNOWN;
}

#define CELL(name, code)                                                                           \
    static void cell_##name(struct buffer *cell, const void *pointer)                              \
    {                                                                                              \
        const struct control_row *row = pointer;                                                   \
        const struct record_place *place = &row->place->place;                                     \
        const struct control_period *period = row->period;                                         \
        (void)place;                                                                               \
        (void)period;                                                                              \
        code;                                                                                      \
    }

CELL(place, add(cell, place->name))
CELL(place_kind, add_place(cell, place))
CELL(province, if (place->feature == NULL || strncmp(place->feature, "ADM1", 4) != 0)
                   add(cell, place->admin1))
CELL(feature, add(cell, place->feature))
CELL(admin1, add(cell, place->admin1))
CELL(country, add(cell, place->country))
CELL(geonameid,
     if (place->geonameid != 0) buffer_print(cell, "%lld", (long long)place->geonameid))
CELL(latitude, if (place->located) buffer_print(cell, "%.5f", place->latitude))
CELL(longitude, if (place->located) buffer_print(cell, "%.5f", place->longitude))
CELL(on, add_day(cell, row->place->on))
CELL(as_of, add_day(cell, row->place->as_of))
CELL(from, if (period != NULL) add_day(cell, period->begin))
CELL(to, if (period != NULL) add_day(cell, period->end))
CELL(days, if (period != NULL) add_span(cell, period->begin,
                                        period->end == INT32_MAX ? DAY_UNKNOWN : period->end))
CELL(holder, control_add_holder(cell, row))
CELL(holder_name, if (period != NULL)
                      add_parties(cell, period->holders, period->holder_count, "; "))
CELL(standing, control_add_standing(cell, row))
CELL(status,
     add(cell, control_status_name(period != NULL ? period->status : CONTROL_UNKNOWN)))
CELL(rivals, if (period != NULL) add_parties(cell, period->rivals, period->rival_count, "; "))
CELL(before, if (period != NULL) add(cell, period->before.name))
CELL(since, if (period != NULL) add_span(cell, period->since_first, period->since_last))
CELL(since_first, if (period != NULL) add_day(cell, period->since_first))
CELL(since_last, if (period != NULL) add_day(cell, period->since_last))
CELL(since_precision, if (period != NULL) add(cell, period->precision))
CELL(last_word, add_day(cell, last_word(row)))
CELL(witness, add(cell, row->place->witness))
CELL(inferred, add(cell, control_is_inferred(period) ? "yes" : ""))
CELL(newest, add_newest(cell, row))
CELL(denied, if (period != NULL) add(cell, period->objected ? "yes" : ""))
CELL(evidence, if (period != NULL) add_ids(cell, period->words.items, period->words.count))
CELL(against, if (period != NULL) add_ids(cell, period->against.items, period->against.count))

#define FILE_COLUMNS                                                                               \
    {"feature", IN_FILE, cell_feature}, {"admin1", IN_FILE, cell_admin1},                          \
        {"country", IN_FILE, cell_country}, {"geonameid", IN_FILE, cell_geonameid},                \
        {"latitude", IN_FILE, cell_latitude}, {"longitude", IN_FILE, cell_longitude}

#define FILE_STATE                                                                                 \
    {"holder", IN_FILE, cell_holder_name}, {"status", IN_FILE, cell_status},                       \
        {"rivals", IN_FILE, cell_rivals}, {"before", IN_FILE, cell_before},                        \
        {"since", IN_FILE, cell_since_first}, {"since_latest", IN_FILE, cell_since_last},          \
        {"since_precision", IN_FILE, cell_since_precision},                                        \
        {"last_reported", IN_FILE, cell_last_word}

#define TABLE_STATE                                                                                \
    {"holder", IN_TABLE | YIELDS, cell_holder}, {"status", IN_TABLE | YIELDS, cell_standing},      \
        {"since", IN_TABLE, cell_since}, {"last word", IN_TABLE, cell_last_word}

/* A terminal of 80 columns has room for no more. */
static const struct column narrow_columns[] = {
    {"place", IN_TABLE | YIELDS, cell_place_kind},
    TABLE_STATE,
    {NULL, 0, NULL},
};

static const struct column table_columns[] = {
    {"place", IN_TABLE | YIELDS, cell_place_kind},
    {"province", IN_TABLE | YIELDS, cell_province},
    TABLE_STATE,
    {"according to", IN_TABLE | YIELDS, cell_witness},
    {"place", IN_FILE, cell_place},
    FILE_COLUMNS,
    {"on", IN_FILE, cell_on},
    {"as_of", IN_FILE, cell_as_of},
    FILE_STATE,
    {"according_to", IN_FILE, cell_witness},
    {"inferred", IN_FILE, cell_inferred},
    {"denied", IN_FILE, cell_denied},
    {"evidence", IN_FILE, cell_evidence},
    {"against", IN_FILE, cell_against},
    {NULL, 0, NULL},
};

static const struct column history_columns[] = {
    {"days", IN_TABLE, cell_days},
    {"place", IN_FILE, cell_place},
    FILE_COLUMNS,
    {"as_of", IN_FILE, cell_as_of},
    {"from", IN_FILE, cell_from},
    {"to", IN_FILE, cell_to},
    {"holder", IN_TABLE | YIELDS, cell_holder},
    {"status", IN_TABLE | YIELDS, cell_standing},
    {"taken", IN_TABLE, cell_since},
    FILE_STATE,
    {"last word", IN_TABLE, cell_last_word},
    {"evidence", IN_TABLE, cell_newest},
    {"evidence", IN_FILE, cell_evidence},
    {"inferred", IN_FILE, cell_inferred},
    {"denied", IN_FILE, cell_denied},
    {"against", IN_FILE, cell_against},
    {NULL, 0, NULL},
};

/* ------------------------------------------------------------------ JSON */

static void put_text(struct json_writer *json, const char *key, const char *value)
{
    json_key(json, key);
    json_string(json, value);
}

static void put_day(struct json_writer *json, const char *key, int32_t day)
{
    char text[16];
    put_text(json, key, day_text(day, text));
}

static void put_parties(struct json_writer *json, const char *key,
                        const struct control_party *parties, uint32_t count)
{
    json_key(json, key);
    json_begin(json, '[');
    for (uint32_t i = 0; i < count; i++)
        json_string(json, parties[i].name);
    json_end(json, ']');
}

static void put_ids(struct json_writer *json, const char *key,
                    const struct control_word *const *words, uint32_t count)
{
    json_key(json, key);
    json_begin(json, '[');
    for (uint32_t i = 0; i < count; i++) {
        char id[RECORD_ID_SIZE];
        record_id_write('c', words[i]->claim, id);
        json_string(json, id);
    }
    json_end(json, ']');
}

static void put_place(struct json_writer *json, const struct control_row *row)
{
    static const char *const relations[] = {"asked", "around", "inside"};
    const struct record_place *place = &row->place->place;
    put_text(json, "place", place->name);
    json_key(json, "geonameid");
    if (place->geonameid != 0)
        json_integer(json, place->geonameid);
    else
        json_null(json);
    put_text(json, "feature", place->feature);
    put_text(json, "admin1", place->admin1);
    put_text(json, "country", place->country);
    json_key(json, "latitude");
    json_number(json, place->located ? place->latitude : NAN, 5);
    json_key(json, "longitude");
    json_number(json, place->located ? place->longitude : NAN, 5);
    put_text(json, "relation", relations[row->place->relation]);
}

static void put_period(struct json_writer *json, const struct control_row *row)
{
    static const struct control_period none = {.since_first = DAY_UNKNOWN,
                                               .since_last = DAY_UNKNOWN};
    const struct control_period *period = row->period != NULL ? row->period : &none;
    struct buffer holder;
    buffer_init(&holder);
    add_parties(&holder, period->holders, period->holder_count, " and ");
    put_text(json, "holder", period->holder_count > 0 ? holder.bytes : NULL);
    if (holder.failed)
        json->buffer->failed = true;
    buffer_release(&holder);
    put_text(json, "status", control_status_name(period->status));
    put_parties(json, "holders", period->holders, period->holder_count);
    put_parties(json, "rivals", period->rivals, period->rival_count);
    put_text(json, "before", period->before.name);
    put_day(json, "since", period->since_first);
    put_day(json, "since_latest", period->since_last);
    put_text(json, "since_precision", period->precision);
    put_day(json, "last_reported", last_word(row));
    put_text(json, "according_to", row->place->witness);
    json_key(json, "inferred");
    json_boolean(json, control_is_inferred(row->period));
    json_key(json, "denied");
    json_boolean(json, period->objected);
    put_ids(json, "evidence", period->words.items, period->words.count);
    put_ids(json, "against", period->against.items, period->against.count);
}

static void put_row(struct json_writer *json, const struct control_row *row, bool history)
{
    json_begin(json, '{');
    put_place(json, row);
    if (history) {
        put_day(json, "from", row->period->begin);
        put_day(json, "to", row->period->end);
    } else {
        put_day(json, "on", row->place->on);
    }
    put_day(json, "as_of", row->place->as_of);
    put_period(json, row);
    json_key(json, "undated");
    json_begin(json, '[');
    for (uint32_t i = 0; i < row->place->undated.count; i++) {
        char id[RECORD_ID_SIZE];
        record_id_write('c', row->place->undated.items[i], id);
        json_string(json, id);
    }
    json_end(json, ']');
    json_end(json, '}');
}

/* ------------------------------------------------------------------ the view */

struct control_view {
    struct record *record;
    struct output *output;
    annals_layout layout;
    bool history, cards, any;
    struct sheet sheet;
    struct json_rows rows;
};

static bool is_json(annals_layout layout)
{
    return layout == ANNALS_JSON || layout == ANNALS_JSONL;
}

static void show_row(struct control_view *view, const struct control_row *row)
{
    if (is_json(view->layout)) {
        json_rows_next(&view->rows);
        put_row(&view->rows.json, row, view->history);
    } else if (view->cards) {
        control_card(view->record, view->output, row);
    } else {
        sheet_row(&view->sheet, row);
    }
}

static annals_status visit_place(void *context, const struct control_place *place)
{
    struct control_view *view = context;
    view->any = true;
    if (!view->history) {
        show_row(view, &(struct control_row){place, place->period});
    } else {
        struct control_place whole = *place;
        whole.on = DAY_UNKNOWN;
        whole.witness = NULL;
        for (uint32_t i = 0; i < place->history.periods.count; i++)
            show_row(view, &(struct control_row){&whole, &place->history.periods.items[i]});
    }
    return output_flush(view->output) ? ANNALS_OK : ANNALS_CANNOT_WRITE;
}

annals_status view_control(struct record *record, const annals_query *query,
                           struct output *output, annals_error *error)
{
    struct control_view view = {.record = record, .output = output, .layout = query->layout,
                                .history = query->history};
    view.cards = query->layout == ANNALS_TABLE && query->id != NULL && !query->history;
    if (is_json(query->layout))
        json_rows_begin(&view.rows, output, query->layout);
    else if (!view.cards)
        sheet_begin(&view.sheet, output, query->layout,
                    query->history ? history_columns
                    : query->layout == ANNALS_TABLE && output->width > 0 && output->width < NARROW
                        ? narrow_columns
                        : table_columns);
    annals_status status = record_control(record, query, visit_place, &view, error);
    if (is_json(query->layout))
        json_rows_end(&view.rows);
    else if (!view.cards)
        sheet_end(&view.sheet);
    if (status == ANNALS_OK && !view.any)
        filters_note(query, "no report says who holds a place");
    return status;
}
