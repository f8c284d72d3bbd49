/* Finds the places of the record that a name stands for.
 *
 * Names are compared without case and accents with those of the gazetteer that the reports' places
 * were resolved to. A word for the kind of place ("Kunduz province", "the city of Kunduz") chooses
 * among places of one name; where no report says who held a place of just this name, one that bears it
 * before such a word counts ("Kunduz" for "Kunduz Valley"). A facility goes
 * by its town ("the airport of Kunduz" is "Kunduz airport"). Left out: names in other spellings, which the gazetteer knows; the caller
 * looks there and asks again with numbers. */
#include "record/control_names.h"

#include "bytes/buffer.h"
#include "bytes/utf8.h"

#include <ctype.h>
#include <stdlib.h>

/* Words for a kind of place, and the GeoNames codes that it may have. */
static const struct kind {
    const char *word, *features[3];
} kinds[] = {
    {"city", {"PPL", NULL, NULL}},        {"town", {"PPL", NULL, NULL}},
    {"village", {"PPL", NULL, NULL}},     {"district", {"ADM2", "ADM3", NULL}},
    {"county", {"ADM2", "ADM3", NULL}},   {"province", {"ADM1", "RGN", NULL}},
    {"governorate", {"ADM1", NULL, NULL}}, {"state", {"ADM1", "PCL", NULL}},
    {"region", {"ADM1", "RGN", NULL}},    {"oblast", {"ADM1", NULL, NULL}},
    {"country", {"PCL", NULL, NULL}},
};

static bool begins(const char *text, const char *start)
{
    return text != NULL && strncmp(text, start, strlen(start)) == 0;
}

static bool is_of_kind(const struct record_place *place, const struct kind *kind)
{
    for (int i = 0; kind != NULL && i < 3 && kind->features[i] != NULL; i++)
        if (begins(place->feature, kind->features[i]))
            return true;
    return kind == NULL;
}

const char *control_fold(struct arena *arena, const char *text)
{
    size_t length = text != NULL ? strlen(text) : 0;
    char *folded = text != NULL ? arena_allocate(arena, length * 3 + 1) : NULL;
    if (folded != NULL)
        folded[utf8_fold(text, length, folded)] = '\0';
    return folded;
}

static const char *copy_text(struct arena *arena, struct store_statement *statement, int column)
{
    const char *text = store_text(statement, column);
    return text != NULL ? arena_copy_string(arena, text) : NULL;
}

void control_read_place(struct arena *arena, struct store_statement *statement, int at,
                        struct record_place *place)
{
    const char **texts[] = {&place->name, &place->feature, &place->country, &place->admin1,
                            &place->admin2};
    for (int i = 0; i < 5; i++)
        *texts[i] = copy_text(arena, statement, at + i);
    place->geonameid = store_int64(statement, at + 5);
    place->located = !store_is_null(statement, at + 6);
    place->latitude = store_double(statement, at + 6);
    place->longitude = store_double(statement, at + 7);
}

/* ------------------------------------------------------------------ the name */

struct wanted {
    const char *folded;      /* NULL where `numbers` are given */
    bool longer;             /* the name with a word for a kind of place behind it */
    bool alone;              /* no place that the gazetteer knows has just this name */
    const char *numbers;     /* "[1,2]" for json_each */
    const struct kind *kind; /* NULL: any */
};

static const struct kind *find_kind(const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strlen(kinds[i].word) == length && memcmp(kinds[i].word, word, length) == 0)
            return &kinds[i];
    return NULL;
}

/* Takes "the", "city of" and "province" away from the name; false where nothing was there to take. */
static bool take_kind(struct arena *arena, const char *folded, struct wanted *wanted)
{
    const char *at = begins(folded, "the ") ? folded + 4 : folded;
    const char *of = strstr(at, " of ");
    const char *last = strrchr(at, ' ');
    wanted->folded = at;
    if (of != NULL && (wanted->kind = find_kind(at, (size_t)(of - at))) != NULL)
        wanted->folded = of + 4;
    else if (last != NULL && (wanted->kind = find_kind(last + 1, strlen(last + 1))) != NULL)
        wanted->folded = arena_copy(arena, at, (size_t)(last - at));
    return wanted->folded != folded;
}

static bool are_numbers(const char *name)
{
    do {
        name += *name == ',';
        name += *name == '-';
        if (!isdigit((unsigned char)*name))
            return false;
        name += strspn(name, "0123456789");
    } while (*name == ',');
    return *name == '\0';
}

/* ------------------------------------------------------------------ the places */

static int rank_of(const struct control_name *name)
{
    bool division = begins(name->place.feature, "ADM") || begins(name->place.feature, "PCL");
    return (division ? 2 : 0) + (name->spoken_of ? 0 : 1);
}

static int by_rank(const void *one, const void *other)
{
    const struct control_name *left = one, *right = other;
    int order = rank_of(left) - rank_of(right);
    return order != 0 ? order : strcmp(left->key, right->key);
}

/* "Kunduz Valley" for "Kunduz"; its airport is another place. Where no place has just the name, "Zamzam
 * camp" is what is called Zamzam. */
static bool is_longer(struct arena *arena, const struct record_place *place,
                      const struct wanted *wanted)
{
    const char *folded = wanted->folded;
    bool alone = wanted->alone && (place->geonameid == 0 || place->feature == NULL);
    static const char *const words[] = {"valley", "city",  "town",  "district", "province",
                                        "island", "pass",  "crossing",
                                        "region", "plain", "enclave"};
    const char *name = control_fold(arena, place->name);
    const char *last = name != NULL ? strrchr(name, ' ') : NULL;
    if (last == NULL || strlen(name) <= strlen(folded))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(last + 1, words[i]) == 0)
            return true;
    return alone && strncmp(name, folded, strlen(folded)) == 0;
}

static annals_status look_up(struct record *record, struct arena *arena, const struct wanted *wanted,
                             struct control_names *names, annals_error *error)
{
    static const char *const conditions[] = {
        "p.folded = ?1", "p.identity IN (SELECT CAST(CAST(value AS INTEGER) AS TEXT) FROM json_each(?1))",
        /* '!' follows the blank */
        "p.folded > ?1 || ' ' AND p.folded < ?1 || '!'"};
    ARRAY(struct control_name) found;
    array_init(&found, arena);
    struct store_statement *statement = NULL;
    const char *sql = arena_print(
        arena,
        "WITH named AS (SELECT " CONTROL_PLACE_COLUMNS ", " CONTROL_KEY
        " AS key, p.report FROM (SELECT p.*, row_number() OVER (PARTITION BY " CONTROL_KEY
        " ORDER BY p.report, p.place) AS nth FROM places p WHERE %s) p WHERE nth = 1) SELECT *, "
        "EXISTS (SELECT 1 FROM control_claims t WHERE t.place = named.key) FROM named",
        conditions[wanted->longer ? 2 : wanted->numbers != NULL]);
    const char *value = wanted->numbers != NULL ? wanted->numbers : wanted->folded;
    int code = sql != NULL && value != NULL ? store_prepare(record->database, sql, &statement)
                                            : STORE_NOMEM;
    if (code == STORE_OK)
        store_bind_lasting_text(statement, 1, value);
    while (code == STORE_OK && store_step(statement) == STORE_ROW) {
        struct control_name name = {.spoken_of = store_int(statement, 10) != 0};
        control_read_place(arena, statement, 0, &name.place);
        name.key = copy_text(arena, statement, 8);
        bool fits = wanted->longer ? name.spoken_of && is_longer(arena, &name.place, wanted)
                                   : is_of_kind(&name.place, wanted->kind);
        struct control_name *slot = fits ? array_push(&found) : NULL;
        if (slot != NULL)
            *slot = name;
    }
    annals_status status = code == STORE_OK && store_reset(statement) == STORE_OK
                               ? ANNALS_OK
                               : record_fail(record, "cannot read", error);
    store_finalize(statement);
    if (found.count > 0)
        qsort(found.items, found.count, sizeof found.items[0], by_rank);
    names->items = found.items;
    names->count = 0;
    while (names->count < found.count &&
           rank_of(&found.items[names->count]) == rank_of(&found.items[0]))
        names->count++;
    return status;
}

/* ------------------------------------------------------------------ facilities */

/* "The prison of Kandahar", "airport, Sebha": what it is, and the town behind it; false where the name is
 * not of this form. */
static bool take_site(struct arena *arena, const char *folded, const char **what, const char **town)
{
    static const char *const marks[] = {", ",    " outside ", " near ", " inside ",
                                        " in ",  " at ",      " of ",   NULL};
    const char *at = begins(folded, "the ") ? folded + 4 : folded;
    for (const char *const *mark = marks; *mark != NULL; mark++) {
        const char *found = strstr(at, *mark);
        if (found == NULL || found == at)
            continue;
        *what = arena_copy(arena, at, (size_t)(found - at));
        *town = found + strlen(*mark);
        *town += begins(*town, "the ") ? 4 : 0;
        return *what != NULL && **town != '\0';
    }
    return false;
}

/* A facility goes by its town's name as the gazetteer has it, and by the last words of what it is said to
 * be: "army barracks" is "barracks". */
static annals_status look_up_site(struct record *record, struct arena *arena, const char *folded,
                                  struct control_names *names, annals_error *error)
{
    const char *what, *town;
    if (!take_site(arena, folded, &what, &town))
        return ANNALS_OK;
    struct control_names towns;
    struct wanted wanted = {.folded = town};
    if (are_numbers(town))
        wanted = (struct wanted){.numbers = arena_print(arena, "[%s]", town)};
    annals_status status = look_up(record, arena, &wanted, &towns, error);
    for (; status == ANNALS_OK && what != NULL && names->count == 0; what = strchr(what, ' ')) {
        what += *what == ' ';
        for (uint32_t i = 0; i < towns.count && names->count == 0 && status == ANNALS_OK; i++) {
            const char *name = arena_print(arena, "%s %s", towns.items[i].place.name, what);
            wanted = (struct wanted){.folded = control_fold(arena, name)};
            status = look_up(record, arena, &wanted, names, error);
        }
    }
    return status;
}

annals_status control_find_names(struct record *record, struct arena *arena, const char *name,
                                 struct control_names *names, annals_error *error)
{
    struct wanted wanted = {.folded = control_fold(arena, name)};
    if (are_numbers(name))
        wanted = (struct wanted){.numbers = arena_print(arena, "[%s]", name)};
    *names = (struct control_names){.count = 0};
    if (arena->failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = look_up(record, arena, &wanted, names, error);
    if (status == ANNALS_OK && names->count == 0 && wanted.folded != NULL &&
        take_kind(arena, wanted.folded, &wanted))
        status = look_up(record, arena, &wanted, names, error);
    if (status == ANNALS_OK && wanted.folded != NULL && wanted.kind == NULL &&
        (names->count == 0 || !names->items[0].spoken_of)) {
        struct control_names longer;
        wanted.longer = true;
        wanted.alone = names->count == 0 || names->items[0].place.geonameid == 0;
        status = look_up(record, arena, &wanted, &longer, error);
        if (status == ANNALS_OK && longer.count > 0)
            *names = longer;
    }
    if (status == ANNALS_OK && names->count == 0 && wanted.numbers == NULL && name != NULL)
        status = look_up_site(record, arena, control_fold(arena, name), names, error);
    if (status == ANNALS_OK && arena->failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK && names->count == 0)
        return error_set(error, ANNALS_NOT_FOUND, "no report names a place \"%.80s\"", name);
    return status;
}
