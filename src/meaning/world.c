/* Reads the tables of known actors and answers what they say of a day.
 *
 * Method: all names of all entries go into one set of phrases, so that a text is looked up once;
 * what a name may stand for is decided by the stage (actor_names.c). Dates limit: a year stands for
 * its first day in `from` and for its last in `to`. Left out: what the tables leave out. */
#include "meaning/world.h"

#include "bytes/array.h"
#include "bytes/calendar.h"
#include "bytes/hash.h"
#include "bytes/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { PATH_LENGTH = 4096 };

/* ------------------------------------------------------------------ small readers */

/* "1996", "1996-09" or "1996-09-27": its first or its last day. */
static int32_t read_day(const char *text, size_t length, bool last, int32_t unknown)
{
    char copy[16] = "";
    if (length < 4 || length >= sizeof copy)
        return unknown;
    memcpy(copy, text, length);
    int year = atoi(copy);
    int month = length >= 7 ? atoi(copy + 5) : last ? 12 : 1;
    if (month < 1 || month > 12)
        return unknown;
    int day = length >= 10 ? atoi(copy + 8)
              : last       ? (int)calendar_days_in_month(year, (uint32_t)month)
                           : 1;
    return calendar_day(year, (uint32_t)month, (uint32_t)day);
}

static int32_t day_from(const char *cell)
{
    return read_day(cell, strlen(cell), false, INT32_MIN);
}

static int32_t day_to(const char *cell)
{
    return read_day(cell, strlen(cell), true, INT32_MAX);
}

static const char *or_null(const char *cell)
{
    return cell[0] == '\0' ? NULL : cell;
}

/* True where `caution` holds "kind=alias" for this alias. */
static bool is_cautioned(const char *caution, const char *kind, const char *alias, size_t length)
{
    const char *item;
    size_t item_length, kind_length = strlen(kind);
    while (table_next_item(&caution, &item, &item_length))
        if (item_length == kind_length + 1 + length && memcmp(item, kind, kind_length) == 0 &&
            memcmp(item + kind_length + 1, alias, length) == 0)
            return true;
    return false;
}

bool world_has_creed(const struct world_entry *entry, const char *creed)
{
    return entry->cautions != NULL && is_cautioned(entry->cautions, "creed", creed, strlen(creed));
}

bool world_creed_known(const struct world_entry *entry)
{
    return entry->cautions != NULL && strstr(entry->cautions, "creed=") != NULL;
}

static uint8_t flags_of(const char *written, size_t length, const char *caution)
{
    uint8_t flags = 0;
    bool lower = false, blank = false;
    uint32_t upper = 0;
    size_t step;
    for (size_t i = 0; i < length; i += step) {
        uint32_t letter = utf8_decode(written + i, length - i, &step);
        upper += utf8_is_upper(letter);
        lower |= utf8_is_lower(letter);
        blank |= letter == ' ';
    }
    flags |= upper > 0 ? NAME_CAPITAL : 0;
    flags |= upper > 1 && !lower && !blank ? NAME_ACRONYM : 0;
    flags |= is_cautioned(caution, "cased", written, length) ? NAME_CASED : 0;
    flags |= is_cautioned(caution, "context", written, length) ? NAME_CONTEXT : 0;
    return flags;
}

/* ------------------------------------------------------------------ filling */

static void *push(void **items, uint32_t *count, uint32_t *capacity, size_t size,
                  struct arena *arena)
{
    if (*count == *capacity && !array_grow(items, capacity, size, arena))
        return NULL;
    return (char *)*items + size * (*count)++;
}

static struct world_entry *new_entry(struct world *world)
{
    struct world_entry *entry = push((void **)&world->entries, &world->entry_count,
                                     &world->entry_capacity, sizeof *entry, world->arena);
    if (entry != NULL)
        *entry = (struct world_entry){.state = WORLD_NONE,
                                      .voice = WORLD_NONE,
                                      .parent = WORLD_NONE,
                                      .from = INT32_MIN,
                                      .to = INT32_MAX,
                                      .phases = "",
                                      .iso2 = ""};
    return entry;
}

static bool add_name(struct world *world, uint32_t entry, const char *written, size_t length,
                     enum world_form form, const char *caution)
{
    struct world_name *name = push((void **)&world->names, &world->name_count,
                                   &world->name_capacity, sizeof *name, world->arena);
    if (name == NULL)
        return false;
    *name = (struct world_name){.written = arena_copy(world->arena, written, length),
                                .entry = entry,
                                .form = form,
                                .flags = flags_of(written, length, caution)};
    return name->written != NULL &&
           phrases_add(&world->phrases, written, length, world->name_count - 1);
}

static bool add_names(struct world *world, uint32_t entry, const char *cell, enum world_form form,
                      const char *caution)
{
    const char *item;
    size_t length;
    while (table_next_item(&cell, &item, &length))
        if (!add_name(world, entry, item, length, form, caution))
            return false;
    return true;
}

static bool add_row_names(struct world *world, uint32_t entry, const struct table *table,
                          uint32_t row)
{
    static const struct {
        const char *column;
        enum world_form form;
    } columns[] = {
        {"name", FORM_NAME},          {"aliases", FORM_NAME},    {"adjectives", FORM_ADJECTIVE},
        {"nationals", FORM_NATIONAL}, {"capital", FORM_CAPITAL}, {"members", FORM_MEMBER}};
    const char *caution = table_cell(table, row, "caution");
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        if (!add_names(world, entry, table_cell(table, row, columns[i].column), columns[i].form,
                       caution))
            return false;
    return true;
}

static bool add_row(struct world *world, enum world_sort sort, const struct table *table,
                    uint32_t row)
{
    uint32_t index = world->entry_count;
    struct world_entry *entry = new_entry(world);
    if (entry == NULL)
        return false;
    const char *country = table_cell(table, row, sort == WORLD_STATE ? "iso3" : "country");
    const char *rank = table_cell(table, row, "rank"), *kind = table_cell(table, row, "sort");
    entry->sort = sort;
    entry->id = table_cell(table, row, "id");
    entry->name = table_cell(table, row, "name");
    entry->type = or_null(table_cell(table, row, "type"));
    entry->code = table_cell(table, row, "cameo");
    entry->country = or_null(country);
    entry->phases = table_cell(table, row, "phases");
    entry->cautions = sort == WORLD_GROUP ? table_cell(table, row, "caution") : NULL;
    entry->iso2 = table_cell(table, row, "iso2");
    entry->from = day_from(table_cell(table, row, "from"));
    entry->to = day_to(table_cell(table, row, "to"));
    entry->part = strcmp(rank, "part") == 0;
    entry->region = strcmp(kind, "region") == 0;
    entry->outlet = strcmp(kind, "outlet") == 0;
    if (sort == WORLD_PEOPLE) {
        const char *countries = table_cell(table, row, "countries");
        entry->country = strlen(countries) == 3 ? countries : NULL;
    }
    return add_row_names(world, index, table, row);
}

/* Entries of a sort stand in the order of their ids. */
static uint32_t find_id(const struct world *world, enum world_sort sort, const char *id)
{
    uint32_t low = world->first[sort], high = world->first[sort + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(world->entries[middle].id, id);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return WORLD_NONE;
}

static uint32_t find_organisation(const struct world *world, const char *id)
{
    static const enum world_sort sorts[] = {WORLD_STATE, WORLD_GROUP, WORLD_ORGANISATION};
    uint32_t found = WORLD_NONE;
    for (size_t i = 0; i < 3 && found == WORLD_NONE; i++)
        found = find_id(world, sorts[i], id);
    return found;
}

/* The group or state that "voice=ID" among the cautions of an outlet names, or WORLD_NONE. */
static uint32_t find_voice(const struct world *world, const char *caution)
{
    const char *item;
    size_t length;
    char id[64];
    while (table_next_item(&caution, &item, &length)) {
        if (length < 7 || length >= sizeof id || memcmp(item, "voice=", 6) != 0)
            continue;
        memcpy(id, item + 6, length - 6);
        id[length - 6] = '\0';
        return find_organisation(world, id);
    }
    return WORLD_NONE;
}

static annals_status no_memory(annals_error *error)
{
    return error_set(error, ANNALS_NO_MEMORY, "out of memory");
}

/* ------------------------------------------------------------------ the tables */

static annals_status open_table(struct table *table, struct world *world, const char *data,
                                const char *file, const char *const *columns, annals_error *error)
{
    char path[PATH_LENGTH];
    int length = snprintf(path, sizeof path, "%s/dictionaries/world/%s", data, file);
    if (length < 0 || (size_t)length >= sizeof path)
        return error_set(error, ANNALS_WRONG_USE, "the path of the data folder is too long");
    return table_read_columns(table, world->arena, path, columns, error);
}

static annals_status read_entries(struct world *world, enum world_sort sort, const char *data,
                                  const char *file, annals_error *error)
{
    static const char *const columns[] = {"id", "name", "aliases", "cameo", "caution", NULL};
    struct table table;
    annals_status status = open_table(&table, world, data, file, columns, error);
    world->first[sort] = world->entry_count;
    for (uint32_t row = 0; status == ANNALS_OK && row < table.row_count; row++) {
        if (row > 0 &&
            strcmp(table_cell(&table, row - 1, "id"), table_cell(&table, row, "id")) >= 0)
            return table_fail(&table, row, error, "the id \"%s\" is not in order, or stands twice",
                              table_cell(&table, row, "id"));
        if (!add_row(world, sort, &table, row))
            status = no_memory(error);
        else if (world->entries[world->entry_count - 1].outlet)
            world->entries[world->entry_count - 1].voice =
                find_voice(world, table_cell(&table, row, "caution"));
    }
    world->first[sort + 1] = world->entry_count;
    return status;
}

/* Which group each is part of, once all of them stand in the table. */
static annals_status read_parents(struct world *world, const char *data, annals_error *error)
{
    static const char *const columns[] = {"id", "parent", NULL};
    struct table table;
    annals_status status = open_table(&table, world, data, "groups.tsv", columns, error);
    for (uint32_t row = 0; status == ANNALS_OK && row < table.row_count; row++)
        world->entries[world->first[WORLD_GROUP] + row].parent =
            find_id(world, WORLD_GROUP, table_cell(&table, row, "parent"));
    return status;
}

/* Where each person's entry stands, plus one, by the hash of the id; 0 where nobody's. */
struct people {
    uint32_t *slots, count;
};

static bool people_init(struct people *people, uint32_t rows, struct arena *arena)
{
    people->count = 16;
    while (people->count < rows * 2 && people->count < UINT32_MAX / 2)
        people->count *= 2;
    people->slots = arena_new_array(arena, uint32_t, people->count);
    return people->slots != NULL;
}

/* The entry of the person in `row`, who may have had another post in a row before. */
static uint32_t person_of(struct world *world, struct people *people, const struct table *table,
                          uint32_t row)
{
    const char *person = table_cell(table, row, "person");
    uint32_t at = (uint32_t)hash_bytes(person, strlen(person)) & (people->count - 1);
    for (; people->slots[at] != 0; at = (at + 1) & (people->count - 1))
        if (strcmp(world->entries[people->slots[at] - 1].id, person) == 0)
            return people->slots[at] - 1;
    struct world_entry *entry = new_entry(world);
    if (entry == NULL)
        return WORLD_NONE;
    entry->sort = WORLD_PERSON;
    entry->id = person;
    entry->name = table_cell(table, row, "name");
    entry->code = "";
    people->slots[at] = world->entry_count;
    return world->entry_count - 1;
}

static annals_status read_leaders(struct world *world, const char *data, annals_error *error)
{
    static const char *const columns[] = {"id",           "person", "name", "aliases", "post",
                                          "organisation", "from",   "to",   "caution", NULL};
    struct table table;
    struct people people;
    annals_status status = open_table(&table, world, data, "leaders.tsv", columns, error);
    world->first[WORLD_PERSON] = world->entry_count;
    if (status == ANNALS_OK && !people_init(&people, table.row_count, world->arena))
        return no_memory(error);
    for (uint32_t row = 0; status == ANNALS_OK && row < table.row_count; row++) {
        const char *id = table_cell(&table, row, "organisation");
        uint32_t organisation = find_organisation(world, id);
        if (organisation == WORLD_NONE)
            return table_fail(&table, row, error, "there is no organisation \"%s\"", id);
        uint32_t person = person_of(world, &people, &table, row);
        struct world_post *post = push((void **)&world->posts, &world->post_count,
                                       &world->post_capacity, sizeof *post, world->arena);
        if (person == WORLD_NONE || post == NULL || !add_row_names(world, person, &table, row))
            return no_memory(error);
        const char *from = table_cell(&table, row, "from");
        *post = (struct world_post){.person = person,
                                    .organisation = organisation,
                                    .post = table_cell(&table, row, "post"),
                                    .from = day_from(from),
                                    .to = day_to(table_cell(&table, row, "to")),
                                    .dated = from[0] != '\0'};
    }
    world->first[WORLD_PERSON + 1] = world->entry_count;
    return status;
}

static void link_states(struct world *world)
{
    for (uint32_t i = 0; i < world->entry_count; i++) {
        struct world_entry *entry = &world->entries[i];
        if (entry->sort == WORLD_STATE && !entry->part)
            entry->state = i;
        else if (entry->country != NULL)
            entry->state = world_state(world, entry->country);
    }
}

annals_status world_read(struct world *world, struct arena *arena, const char *data,
                         annals_error *error)
{
    static const char *const files[] = {
        [WORLD_STATE] = "states.tsv",
        [WORLD_GROUP] = "groups.tsv",
        [WORLD_ORGANISATION] = "organisations.tsv",
        [WORLD_METONYM] = "metonyms.tsv",
        [WORLD_PEOPLE] = "peoples.tsv",
    };
    *world = (struct world){.arena = arena};
    phrases_init(&world->phrases, arena);
    annals_status status = ANNALS_OK;
    for (enum world_sort sort = WORLD_STATE; status == ANNALS_OK && sort <= WORLD_PEOPLE; sort++)
        status = read_entries(world, sort, data, files[sort], error);
    if (status == ANNALS_OK)
        status = read_parents(world, data, error);
    if (status == ANNALS_OK)
        status = read_leaders(world, data, error);
    if (status == ANNALS_OK)
        link_states(world);
    return status;
}

/* ------------------------------------------------------------------ the user's own */

const char *world_type_of_code(const char *code)
{
    static const struct {
        const char *letters, *type;
    } types[] = {{"MIL", "state force"}, {"REB", "rebel"},      {"INS", "rebel"},
                 {"SEP", "rebel"},       {"COP", "police"},     {"GOV", "government"},
                 {"LEG", "government"},  {"JUD", "government"}, {"SPY", "government"},
                 {"UAF", "militia"},     {"CRM", "criminal"},   {"MED", "media"},
                 {"CVL", "civilian"},    {"REF", "civilian"},   {"LAB", "civilian"},
                 {"EDU", "civilian"},    {"AGR", "civilian"},   {"BUS", "civilian"},
                 {"REL", "civilian"},    {"OPP", "other"},      {"PTY", "other"}};
    if (code == NULL)
        return NULL;
    if (strncmp(code, "IGO", 3) == 0)
        return "igo";
    if (strncmp(code, "NGO", 3) == 0)
        return "ngo";
    for (size_t at = 0; at + 3 <= strlen(code); at += 3)
        for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
            if (strncmp(code + at, types[i].letters, 3) == 0)
                return types[i].type;
    return NULL;
}

static const char *own_name(struct arena *arena, const char *phrase)
{
    char *name = arena_copy_string(arena, phrase);
    bool inside = false;
    for (char *at = name; at != NULL && *at != '\0'; at++) {
        if (inside && *at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
        inside = *at != ' ' && *at != '-';
    }
    return name;
}

annals_status world_add_own(struct world *world, const struct coder_file *file, annals_error *error)
{
    for (uint32_t i = 0; i < file->entries.count; i++) {
        const struct coder_entry *own = &file->entries.items[i];
        uint32_t index = world->entry_count;
        struct world_entry *entry = new_entry(world);
        if (entry == NULL)
            return no_memory(error);
        const char *code = own->code_count > 0 ? own->codes[0].code : "";
        char country[4] = "";
        memcpy(country, code, strlen(code) < 3 ? strlen(code) : 3);
        entry->sort = WORLD_ORGANISATION;
        entry->own = own;
        entry->id = entry->name = own_name(world->arena, own->phrases[0]);
        entry->code = code;
        entry->state = world_state(world, country);
        entry->country = entry->state != WORLD_NONE ? world->entries[entry->state].country : NULL;
        if (entry->name == NULL)
            return no_memory(error);
        for (uint32_t j = 0; j < own->phrase_count; j++)
            if (!add_name(world, index, own->phrases[j], strlen(own->phrases[j]), FORM_NAME, ""))
                return no_memory(error);
        /* These files are written in capitals, which say nothing of how a name is written. */
        for (uint32_t j = world->name_count - own->phrase_count; j < world->name_count; j++)
            world->names[j].flags = NAME_CAPITAL;
    }
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ asking */

uint32_t world_state(const struct world *world, const char *iso)
{
    bool two = strlen(iso) == 2;
    for (uint32_t i = world->first[WORLD_STATE]; i < world->first[WORLD_STATE + 1]; i++) {
        const struct world_entry *entry = &world->entries[i];
        if (!entry->part && strcmp(two              ? entry->iso2
                                   : entry->country ? entry->country
                                                    : "",
                                   iso) == 0)
            return i;
    }
    return WORLD_NONE;
}

uint32_t world_post_of(const struct world *world, uint32_t person, int32_t day, bool *held)
{
    uint32_t last = WORLD_NONE, undated = WORLD_NONE, any = WORLD_NONE;
    bool one = true;
    *held = false;
    for (uint32_t i = 0; i < world->post_count; i++) {
        const struct world_post *post = &world->posts[i];
        if (post->person != person)
            continue;
        one = one && (any == WORLD_NONE || world->posts[any].organisation == post->organisation);
        any = i;
        if (!post->dated && (day == DAY_UNKNOWN || day <= post->to))
            undated = i;
        if (day == DAY_UNKNOWN || !post->dated || day < post->from)
            continue;
        if (day <= post->to) {
            *held = true;
            return i;
        }
        if (last == WORLD_NONE || post->to > world->posts[last].to)
            last = i;
    }
    if (undated != WORLD_NONE) {
        *held = true;
        return undated;
    }
    if (last != WORLD_NONE)
        return last;
    return day == DAY_UNKNOWN && one ? any : WORLD_NONE;
}

uint32_t world_holder(const struct world *world, const char *name, uint32_t organisation,
                      int32_t day)
{
    uint32_t found = WORLD_NONE;
    if (day == DAY_UNKNOWN)
        return WORLD_NONE;
    for (uint32_t i = 0; i < world->post_count; i++) {
        const struct world_post *post = &world->posts[i];
        if (post->organisation != organisation || !post->dated || day < post->from ||
            day > post->to || strcmp(post->post, name) != 0)
            continue;
        if (found != WORLD_NONE && world->posts[found].person != post->person)
            return WORLD_NONE;
        found = i;
    }
    return found;
}

const char *world_type(const struct world *world, uint32_t index, int32_t day)
{
    const struct world_entry *entry = &world->entries[index];
    if (entry->own != NULL)
        return world_type_of_code(coder_code_on(entry->own, day));
    const char *at = entry->phases, *item;
    size_t length;
    while (day != DAY_UNKNOWN && table_next_item(&at, &item, &length)) {
        const char *colon = memchr(item, ':', length), *end = item + length;
        const char *dots = colon != NULL ? strstr(colon, "..") : NULL;
        if (dots == NULL || dots >= end)
            continue;
        int32_t from = read_day(colon + 1, (size_t)(dots - colon - 1), false, INT32_MIN);
        int32_t to = read_day(dots + 2, (size_t)(end - dots - 2), true, INT32_MAX);
        if (day < from || day > to)
            continue;
        static const char *const types[] = {"rebel", "government", "other", "state force",
                                            "militia"};
        for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
            if (strlen(types[i]) == (size_t)(colon - item) &&
                memcmp(types[i], item, (size_t)(colon - item)) == 0)
                return types[i];
    }
    return entry->type;
}
