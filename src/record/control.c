/* Answers who holds which place: finds the places that are asked about, reads what claims say of
 * them (the table control_claims, see schema 4), and has their periods made.
 *
 * A country is read in one sweep over its rows, which lie together in the order of places. What a
 * claim says counts after its status: planned and threatened changes move nothing, but who is about
 * to lose a place, or did not lose it, holds it; a denial stands against what it denies. */
#include "record/control.h"

#include "bytes/calendar.h"
#include "record/control_names.h"
#include "record/rows.h"

#include <stddef.h>
#include <stdlib.h>

/* Rows that pass all of these. */
struct scope {
    const char *country, *admin1, *admin2; /* folded divisions; NULL: all */
    const char *key;                       /* this place alone */
};

struct asker {
    struct record *record;
    struct arena arena;
    int32_t on, as_of;
    struct store_statement *place_statement, *witness_statement;
    ARRAY(struct control_place) places; /* found so far */
};

static bool begins(const char *text, const char *start)
{
    return text != NULL && strncmp(text, start, strlen(start)) == 0;
}

static bool same(const char *left, const char *right)
{
    return left != NULL && right != NULL && strcmp(left, right) == 0;
}

/* ------------------------------------------------------------------ what a claim says */

static const struct {
    const char *name;
    enum control_move change;
} changes[] = {
    {"takes", MOVE_TAKES},       {"loses", MOVE_LOSES},   {"holds", MOVE_HOLDS},
    {"contests", MOVE_CONTESTS}, {"shares", MOVE_SHARES}, {"yields", MOVE_YIELDS},
};

/* Is a loss to come, or one that did not come about, told? Then the loser holds the place. */
static bool implies_holding(const char *status, enum control_move change)
{
    return change == MOVE_LOSES &&
           (same(status, "planned") || same(status, "threatened") || same(status, "negated") ||
            same(status, "denied"));
}

/* Reads change and status; false where the claim says nothing of who holds the place. */
static bool read_meaning(struct control_word *word, const char *change, const char *status, bool own)
{
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
        if (same(changes[i].name, change))
            word->change = changes[i].change;
    /* Who says that he lost speaks against himself. */
    bool gains = word->change == MOVE_TAKES || word->change == MOVE_HOLDS ||
                 word->change == MOVE_SHARES;
    word->unconfirmed = (own && gains && !same(status, "asserted")) || same(status, "alleged") ||
                        same(status, "disputed");
    bool refused = same(status, "denied") || same(status, "negated");
    /* "Denied that the town had fallen": whoever is said to have taken it. */
    if (same(status, "denied") && word->change == MOVE_LOSES && word->side == NULL) {
        word->denied = true;
        return true;
    }
    if (implies_holding(status, word->change)) {
        word->change = MOVE_HOLDS;
        word->implied = true;
        word->unconfirmed = same(status, "denied");
        return word->side != NULL;
    }
    if (refused) {
        word->denied = true;
        return word->side != NULL &&
               (word->change == MOVE_TAKES || word->change == MOVE_HOLDS);
    }
    return same(status, "asserted") || same(status, "claimed") || same(status, "alleged") ||
           same(status, "disputed");
}

/* Sets the days; false where the claim has none. `published` may be unknown. */
static bool read_days(struct control_word *word, int32_t first, int32_t last, int32_t published)
{
    /* What is told as done has a day by then: "on Saturday" was read as the next one. */
    if (published != DAY_UNKNOWN && first != DAY_UNKNOWN && first > published && !word->implied)
        first = last = DAY_UNKNOWN;
    bool reported_after = published != DAY_UNKNOWN && last != DAY_UNKNOWN && published < last &&
                          (first == DAY_UNKNOWN || published >= first);
    if (word->implied && word->change == MOVE_HOLDS && published != DAY_UNKNOWN && (last == DAY_UNKNOWN || last > published)) {
        /* What is still to be lost is held on the day it is told. */
        word->first = word->last = published;
    } else if (first == DAY_UNKNOWN && last == DAY_UNKNOWN) {
        word->weak = true;
        word->first = word->change == MOVE_HOLDS ? published : DAY_UNKNOWN;
        word->last = published;
        /* Neither the loser nor the day: too little. */
        if (word->change == MOVE_LOSES && word->side == NULL)
            return false;
    } else {
        word->first = first;
        word->last = reported_after ? published : last != DAY_UNKNOWN ? last : first;
    }
    int64_t span = word->first != DAY_UNKNOWN ? (int64_t)word->last - word->first : 0;
    word->past = word->change == MOVE_HOLDS && !word->weak && !word->implied &&
                 (published != DAY_UNKNOWN ? (int64_t)word->last + CONTROL_REACH < published
                                           : span > CONTROL_REACH);
    return word->last != DAY_UNKNOWN;
}

/* ------------------------------------------------------------------ the place at hand */

struct gathering {
    struct control_place place;
    int64_t claim; /* the first that speaks of it */
    ARRAY(struct control_word) words;
};

static void begin_gathering(struct asker *asker, struct gathering *gathering, const char *key)
{
    *gathering = (struct gathering){.place = {.on = asker->on, .as_of = asker->as_of}};
    gathering->place.key = arena_copy_string(&asker->arena, key);
    array_init(&gathering->words, &asker->arena);
    array_init(&gathering->place.undated, &asker->arena);
}

static annals_status load_place(struct asker *asker, int64_t claim, struct record_place *place,
                                annals_error *error)
{
    static const char sql[] =
        "SELECT " CONTROL_PLACE_COLUMNS " FROM claims c JOIN places p ON p.report = c.report AND "
        "p.place = coalesce(c.control_place, c.place) WHERE c.claim = ?";
    struct store_statement **statement = &asker->place_statement;
    int code = *statement != NULL ? store_reset(*statement)
                                  : store_prepare(asker->record->database, sql, statement);
    if (code == STORE_OK) {
        store_bind_int64(*statement, 1, claim);
        code = store_step(*statement);
    }
    if (code == STORE_ROW)
        control_read_place(&asker->arena, *statement, 0, place);
    return code == STORE_ROW || code == STORE_DONE
               ? ANNALS_OK
               : record_fail(asker->record, "cannot read", error);
}

/* Who says what the period rests on: the newest word of that day or before, else the oldest. */
static annals_status find_witness(struct asker *asker, struct control_place *place,
                                  annals_error *error)
{
    static const char sql[] =
        "SELECT (SELECT group_concat(name, ', ') FROM (SELECT a.name FROM according_to t JOIN "
        "actors a ON a.report = c.report AND a.actor = t.actor WHERE t.claim = c.claim "
        "ORDER BY t.number)), "
        "coalesce(r.source, r.title, r.name) FROM claims c JOIN reports r USING (report) "
        "WHERE c.claim = ?";
    const struct control_word *word = control_newest(place->period, place->on);
    struct store_statement **statement = &asker->witness_statement;
    if (word == NULL)
        return ANNALS_OK;
    int code = *statement != NULL ? store_reset(*statement)
                                  : store_prepare(asker->record->database, sql, statement);
    if (code == STORE_OK) {
        store_bind_int64(*statement, 1, word->claim);
        code = store_step(*statement);
    }
    if (code != STORE_ROW)
        return record_fail(asker->record, "cannot read", error);
    const char *speakers = store_text(*statement, 0);
    const char *source = store_text(*statement, 1);
    place->witness = arena_print(&asker->arena, "%s%s%s", speakers != NULL ? speakers : "",
                                 speakers != NULL && source != NULL ? ", in " : "",
                                 source != NULL ? source : "");
    return ANNALS_OK;
}

/* Nothing is kept of a place of which no claim tells anything by the day of `as_of`. */
static annals_status finish(struct asker *asker, struct gathering *gathering, annals_error *error)
{
    if (gathering->claim == 0)
        return ANNALS_OK;
    control_periods(&asker->arena, gathering->words.items, gathering->words.count,
                    &gathering->place.history);
    if (gathering->place.history.periods.count == 0 && gathering->place.undated.count == 0)
        return ANNALS_OK;
    annals_status status = load_place(asker, gathering->claim, &gathering->place.place, error);
    struct control_place *place = status == ANNALS_OK ? array_push(&asker->places) : NULL;
    if (place != NULL) {
        *place = gathering->place;
        place->period = control_on(&place->history, place->on);
        status = find_witness(asker, place, error);
    }
    if (asker->arena.failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return status;
}

/* ------------------------------------------------------------------ reading claims */

/* From whom a place was taken: to whom the taking was done, where they are of one side. */
#define LOSER(column)                                                                              \
    "CASE WHEN change = 'takes' THEN (SELECT min(s." column ") FROM participants t "               \
    "JOIN claims d ON d.claim = t.claim "                                                          \
    "JOIN actors a ON a.report = d.report AND a.actor = t.actor AND "                              \
    "(a.kind = 'population' OR a.type IN ('government', 'state force', 'police', 'rebel', "        \
    "'militia', 'external force', 'criminal')) "                                                   \
    "JOIN actor_sides s ON s.report = d.report AND s.actor = t.actor "                             \
    "WHERE t.claim = control_claims.claim AND t.role = 'patient' "                                 \
    "HAVING count(DISTINCT s.side) = 1) END"

#define CONTROL_COLUMNS                                                                            \
    "SELECT place, claim, change, status, first, last, precision, published, side, holder, own, "  \
    "admin1, admin2, implied, " LOSER("side") ", " LOSER("name") " FROM control_claims WHERE "

enum column {
    PLACE, CLAIM, CHANGE, STATUS, FIRST, LAST, PRECISION, PUBLISHED, SIDE, HOLDER, OWN, ADMIN1, ADMIN2,
    IMPLIED, LOSER_SIDE, LOSER_NAME
};

static const char *text_at(struct store_statement *statement, enum column column)
{
    return store_text(statement, column);
}

static int32_t day_at(struct store_statement *statement, enum column column)
{
    const char *text = text_at(statement, column);
    return text != NULL ? calendar_read(text) : DAY_UNKNOWN;
}

/* Names recur: those of the words just before are kept once, so that equal ones are one string. */
static const char *recurring(struct asker *asker, struct gathering *gathering, const char *text,
                             size_t field)
{
    uint32_t count = gathering->words.count;
    for (uint32_t i = 2; text != NULL && i <= 16 && i <= count; i++) {
        const char *known;
        memcpy(&known, (const char *)&gathering->words.items[count - i] + field, sizeof known);
        if (same(known, text))
            return known;
    }
    return text != NULL ? arena_copy_string(&asker->arena, text) : NULL;
}

/* "Took it from the rebels": they held it before. */
static void add_loser(struct asker *asker, struct gathering *gathering,
                      struct store_statement *statement)
{
    struct control_word taking = gathering->words.items[gathering->words.count - 1];
    const char *side = text_at(statement, LOSER_SIDE);
    if (taking.change != MOVE_TAKES || taking.implied || taking.weak || taking.denied ||
        side == NULL || same(side, taking.side))
        return;
    struct control_word *word = array_push(&gathering->words);
    if (word == NULL)
        return;
    *word = taking;
    word->change = MOVE_LOSES;
    word->weak = true; /* whom another report names is heard before */
    word->unconfirmed = false;
    word->side = recurring(asker, gathering, side, offsetof(struct control_word, side));
    word->holder = recurring(asker, gathering, text_at(statement, LOSER_NAME),
                             offsetof(struct control_word, holder));
}

static void read_word(struct asker *asker, struct gathering *gathering,
                      struct store_statement *statement)
{
    int32_t published = day_at(statement, PUBLISHED);
    if (asker->as_of != DAY_UNKNOWN && (published == DAY_UNKNOWN || published > asker->as_of))
        return;
    struct control_word *word = array_push(&gathering->words);
    if (word == NULL)
        return;
    word->claim = store_int64(statement, CLAIM);
    word->side = recurring(asker, gathering, text_at(statement, SIDE),
                           offsetof(struct control_word, side));
    word->holder = recurring(asker, gathering, text_at(statement, HOLDER),
                             offsetof(struct control_word, holder));
    word->precision = recurring(asker, gathering, text_at(statement, PRECISION),
                                offsetof(struct control_word, precision));
    word->last = DAY_UNKNOWN;
    bool meant = read_meaning(word, text_at(statement, CHANGE), text_at(statement, STATUS),
                              store_int(statement, OWN) != 0);
    /* That somebody surrendered there says by itself nothing of who holds the place. */
    if (gathering->claim == 0 && word->change != MOVE_YIELDS)
        gathering->claim = word->claim;
    if (meant && store_int(statement, IMPLIED) != 0) {
        word->implied = true;
        word->change = MOVE_TAKES;
    }
    if (meant && read_days(word, day_at(statement, FIRST), day_at(statement, LAST), published)) {
        add_loser(asker, gathering, statement);
        return;
    }
    if (meant && word->last == DAY_UNKNOWN) {
        int64_t *undated = array_push(&gathering->place.undated);
        if (undated != NULL)
            *undated = word->claim;
    }
    gathering->words.count--;
}

static bool is_within(struct asker *asker, const struct scope *scope,
                      struct store_statement *statement)
{
    const char *admin1 = control_fold(&asker->arena, text_at(statement, ADMIN1));
    const char *admin2 = control_fold(&asker->arena, text_at(statement, ADMIN2));
    return (scope->admin1 == NULL || same(admin1, scope->admin1)) &&
           (scope->admin2 == NULL || same(admin2, scope->admin2));
}

/* Finds every place of the scope. */
static annals_status sweep(struct asker *asker, const struct scope *scope, annals_error *error)
{
    const char *sql = scope->key != NULL       ? CONTROL_COLUMNS "place = ?1 ORDER BY place, claim"
                      : scope->country != NULL ? CONTROL_COLUMNS "country = ?1 ORDER BY place, claim"
                                               : CONTROL_COLUMNS "1 = 1 ORDER BY country, place, claim";
    const char *value = scope->key != NULL ? scope->key : scope->country;
    struct store_statement *statement = NULL;
    int code = store_prepare(asker->record->database, sql, &statement);
    if (code == STORE_OK && value != NULL)
        store_bind_lasting_text(statement, 1, value);
    annals_status status = ANNALS_OK;
    struct gathering gathering = {.claim = 0};
    bool open = false;
    while (code == STORE_OK && status == ANNALS_OK && store_step(statement) == STORE_ROW) {
        const char *key = text_at(statement, PLACE);
        if (!same(gathering.place.key, key)) {
            status = finish(asker, &gathering, error);
            begin_gathering(asker, &gathering, key);
            open = (scope->admin1 == NULL && scope->admin2 == NULL) ||
                   is_within(asker, scope, statement);
        }
        if (open && status == ANNALS_OK)
            read_word(asker, &gathering, statement);
    }
    if (status == ANNALS_OK && (code != STORE_OK || store_reset(statement) != STORE_OK))
        status = record_fail(asker->record, "cannot read", error);
    if (status == ANNALS_OK)
        status = finish(asker, &gathering, error);
    store_finalize(statement);
    return status;
}

/* ------------------------------------------------------------------ how places stand together */

static bool is_country(const struct record_place *place)
{
    return begins(place->feature, "PCL");
}

static bool is_division(const struct record_place *place, char level)
{
    return begins(place->feature, "ADM") && place->feature[3] == level;
}

static bool in_one(struct asker *asker, const char *left, const char *right)
{
    return same(control_fold(&asker->arena, left), control_fold(&asker->arena, right));
}

/* Does `outer` (a country or division) hold `inner`? */
static bool lies_in(struct asker *asker, const struct record_place *inner,
                    const struct record_place *outer)
{
    if (!same(inner->country, outer->country) || is_country(inner))
        return false;
    if (is_country(outer))
        return true;
    if (is_division(outer, '1'))
        return !is_division(inner, '1') && in_one(asker, inner->admin1, outer->admin1);
    return is_division(outer, '2') && !is_division(inner, '1') && !is_division(inner, '2') &&
           in_one(asker, inner->admin1, outer->admin1) &&
           in_one(asker, inner->admin2, outer->admin2 != NULL ? outer->admin2 : outer->name);
}

static int level_of(const struct control_place *place)
{
    return is_country(&place->place)            ? 0
           : is_division(&place->place, '1')    ? 1
           : is_division(&place->place, '2')    ? 2
           : begins(place->place.feature, "PPL") ? 3
                                                 : 4;
}

static int compare_texts(const char *left, const char *right)
{
    return strcmp(left != NULL ? left : "", right != NULL ? right : "");
}

/* What was asked, then what it lies in from the smallest up, then what lies in it by division. */
static int by_place(const void *one, const void *other)
{
    const struct control_place *left = one, *right = other;
    int order = (int)left->relation - (int)right->relation;
    if (order == 0 && left->relation == CONTROL_AROUND)
        order = level_of(right) - level_of(left);
    if (order == 0)
        order = compare_texts(left->place.country, right->place.country);
    if (order == 0) /* a country before its provinces */
        order = (level_of(left) > 0) - (level_of(right) > 0);
    if (order == 0)
        order = compare_texts(left->place.admin1, right->place.admin1);
    if (order == 0)
        order = level_of(left) - level_of(right);
    if (order == 0)
        order = compare_texts(left->place.name, right->place.name);
    return order != 0 ? order : strcmp(left->key, right->key);
}

static struct control_place *find_place(struct asker *asker, const char *key)
{
    for (uint32_t i = 0; i < asker->places.count; i++)
        if (same(asker->places.items[i].key, key))
            return &asker->places.items[i];
    return NULL;
}

/* A place of which no claim tells who holds it. */
static void add_silent(struct asker *asker, const char *key, const struct record_place *place,
                       enum control_relation relation)
{
    struct control_place *silent = array_push(&asker->places);
    if (silent != NULL)
        *silent = (struct control_place){.key = key, .place = *place, .relation = relation,
                                         .on = asker->on, .as_of = asker->as_of};
}

/* The province of what was asked, where no claim speaks of it. */
static void add_province(struct asker *asker, const struct record_place *asked)
{
    if (asked->admin1 == NULL || is_country(asked) || is_division(asked, '1'))
        return;
    struct record_place province = {.name = asked->admin1, .feature = "ADM1",
                                    .country = asked->country, .admin1 = asked->admin1};
    for (uint32_t i = 0; i < asker->places.count; i++)
        if (is_division(&asker->places.items[i].place, '1') &&
            same(asker->places.items[i].place.country, asked->country) &&
            in_one(asker, asker->places.items[i].place.admin1, asked->admin1))
            return;
    add_silent(asker, asked->admin1, &province, CONTROL_AROUND);
}

/* Keeps of the places found those that were asked for, what they lie in and what lies in them. */
static void keep_related(struct asker *asker, const struct control_names *names, bool alone)
{
    uint32_t kept = 0, found = asker->places.count;
    for (uint32_t i = 0; i < found; i++) {
        struct control_place place = asker->places.items[i];
        int relation = -1;
        for (uint32_t j = 0; j < names->count; j++) {
            const struct record_place *asked = &names->items[j].place;
            if (same(place.key, names->items[j].key))
                relation = CONTROL_ASKED;
            else if (relation < 0 && !alone && lies_in(asker, asked, &place.place))
                relation = CONTROL_AROUND;
            else if (relation < 0 && !alone && lies_in(asker, &place.place, asked))
                relation = CONTROL_INSIDE;
        }
        place.relation = (enum control_relation)relation;
        if (relation >= 0)
            asker->places.items[kept++] = place;
    }
    asker->places.count = kept;
}

/* ------------------------------------------------------------------ the question */

static annals_status ask_of_place(struct asker *asker, const annals_query *query,
                                  annals_error *error)
{
    struct control_names names;
    annals_status status = control_find_names(asker->record, &asker->arena, query->id, &names, error);
    for (uint32_t i = 0; status == ANNALS_OK && i < names.count; i++) {
        const struct control_name *name = &names.items[i];
        struct scope scope = {.country = name->place.country, .key = NULL};
        if (query->history || name->place.country == NULL)
            scope = (struct scope){.key = name->key};
        bool swept = false;
        for (uint32_t j = 0; j < i && scope.key == NULL; j++)
            swept = swept || same(name->place.country, names.items[j].place.country);
        if (!swept)
            status = sweep(asker, &scope, error);
    }
    if (status != ANNALS_OK)
        return status;
    keep_related(asker, &names, query->history);
    for (uint32_t i = 0; i < names.count; i++) {
        if (find_place(asker, names.items[i].key) == NULL)
            add_silent(asker, names.items[i].key, &names.items[i].place, CONTROL_ASKED);
        if (!query->history)
            add_province(asker, &names.items[i].place);
    }
    return ANNALS_OK;
}

static annals_status ask_of_all(struct asker *asker, const annals_query *query, annals_error *error)
{
    if (query->place == NULL)
        return sweep(asker, &(struct scope){.key = NULL}, error);
    struct control_names names;
    annals_status status =
        control_find_names(asker->record, &asker->arena, query->place, &names, error);
    if (status != ANNALS_OK)
        return status;
    const struct record_place *place = &names.items[0].place;
    struct scope scope = {.country = place->country};
    if (is_division(place, '1') || is_division(place, '2'))
        scope.admin1 = control_fold(&asker->arena, place->admin1);
    if (is_division(place, '2'))
        scope.admin2 = control_fold(&asker->arena,
                                    place->admin2 != NULL ? place->admin2 : place->name);
    if (!is_country(place) && scope.admin1 == NULL)
        scope.key = names.items[0].key;
    return sweep(asker, &scope, error);
}

static annals_status read_day(const char *text, const char *option, int32_t *day,
                              annals_error *error)
{
    *day = text != NULL ? calendar_read(text) : DAY_UNKNOWN;
    if (text == NULL || (strlen(text) == 10 && *day != DAY_UNKNOWN))
        return ANNALS_OK;
    return error_set(error, ANNALS_WRONG_USE, "%s: \"%.40s\" is not a day (YYYY-MM-DD)", option,
                     text);
}

/* Without a day of its own a question is of the day of the newest report that counts. */
static annals_status newest_day(struct asker *asker, annals_error *error)
{
    struct store_statement *statement = NULL;
    if (asker->on == DAY_UNKNOWN)
        asker->on = asker->as_of;
    if (asker->on != DAY_UNKNOWN)
        return ANNALS_OK;
    int code =
        store_prepare(asker->record->database, "SELECT max(published) FROM reports", &statement);
    annals_status status = ANNALS_OK;
    if (code != STORE_OK || store_step(statement) != STORE_ROW)
        status = record_fail(asker->record, "cannot read", error);
    else if (text_at(statement, 0) != NULL)
        asker->on = day_at(statement, 0);
    store_finalize(statement);
    return status;
}

annals_status record_control(struct record *record, const annals_query *query,
                             control_visitor visit, void *context, annals_error *error)
{
    struct asker asker = {.record = record};
    annals_status status = read_day(query->on, "on", &asker.on, error);
    if (status == ANNALS_OK)
        status = read_day(query->as_of, "as-of", &asker.as_of, error);
    if (status == ANNALS_OK)
        status = newest_day(&asker, error);
    if (status != ANNALS_OK)
        return status;
    arena_init(&asker.arena);
    array_init(&asker.places, &asker.arena);
    status = query->id != NULL ? ask_of_place(&asker, query, error)
                               : ask_of_all(&asker, query, error);
    if (status == ANNALS_OK && asker.arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK && asker.places.count > 1)
        qsort(asker.places.items, asker.places.count, sizeof asker.places.items[0], by_place);
    uint64_t limit = query->limit > 0 ? query->limit : UINT64_MAX;
    for (uint32_t i = 0; status == ANNALS_OK && i < asker.places.count && i < limit; i++)
        status = visit(context, &asker.places.items[i]);
    store_finalize(asker.place_statement);
    store_finalize(asker.witness_statement);
    arena_release(&asker.arena);
    return status;
}

annals_status record_claim_of(struct record *record, int64_t key, struct arena *arena,
                              struct record_claim *claim, annals_error *error)
{
    return row_load_claim(record, key, arena, claim, error);
}
