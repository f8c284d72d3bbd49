/* Reads what surveys ask of each claim and act into arrays.
 *
 * Four statements in one transaction: acts as they are shown, acts as they are listed, claims with
 * their places, participants. Texts are few and come once each. A record in a file only; one of
 * more claims than CLAIMS_MOST, or whose columns would take more than BYTES_MOST, is left to SQL.
 */
#include "record/columns.h"

#include "bytes/hash.h"
#include "record/survey_sql.h"

#include <math.h>
#include <stdlib.h>

enum { CLAIMS_MOST = 4000000, PARTICIPANTS_MOST = 16000000, BYTES_MOST = 400 << 20 };

/* ------------------------------------------------------------------ texts */

static bool names_grow(struct column_names *names)
{
    uint32_t count = names->slot_count == 0 ? 1024 : names->slot_count * 2;
    uint32_t *slots = arena_allocate_array(names->items.arena, count, sizeof *slots);
    if (slots == NULL)
        return false;
    for (uint32_t i = 1; i < names->items.count; i++) {
        const char *text = names->items.items[i];
        uint32_t at = (uint32_t)hash_bytes(text, strlen(text)) & (count - 1);
        while (slots[at] != 0)
            at = (at + 1) & (count - 1);
        slots[at] = i;
    }
    names->slots = slots;
    names->slot_count = count;
    return true;
}

/* The number of the text, a new one where it is new; 0 for NULL. */
static uint32_t number_of(struct column_names *names, const char *text)
{
    if (text == NULL || (names->items.count * 2 >= names->slot_count && !names_grow(names)))
        return 0;
    size_t length = strlen(text);
    uint32_t at = (uint32_t)hash_bytes(text, length) & (names->slot_count - 1);
    for (; names->slots[at] != 0; at = (at + 1) & (names->slot_count - 1))
        if (strcmp(names->items.items[names->slots[at]], text) == 0)
            return names->slots[at];
    const char *copy = arena_copy(names->items.arena, text, length);
    const char **item = copy != NULL ? (const char **)array_push(&names->items) : NULL;
    if (item == NULL)
        return 0;
    *item = copy;
    names->slots[at] = names->items.count - 1;
    return names->slots[at];
}

static void names_init(struct column_names *names, struct arena *arena)
{
    array_init(&names->items, arena);
    const char **null = (const char **)array_push(&names->items);
    if (null != NULL)
        *null = NULL;
    names->slots = NULL;
    names->slot_count = 0;
}

/* ------------------------------------------------------------------ faces */

struct reading {
    struct record_columns *columns;
    struct store_statement *row;
    struct buffer key;
};

/* The number of the face in three columns from `column` on: identity, folded, name. */
static uint32_t face_of(struct reading *reading, bool place, int column)
{
    struct record_columns *columns = reading->columns;
    struct column_names *names = place ? &columns->place_names : &columns->actor_names;
    const char *part[3];
    for (int i = 0; i < 3; i++)
        part[i] = store_text(reading->row, column + i);
    if (part[0] == NULL || part[1] == NULL || part[2] == NULL)
        return 0;
    buffer_clear(&reading->key);
    buffer_print(&reading->key, "%s\x1f%s\x1f%s", part[0], part[1], part[2]);
    if (reading->key.failed)
        return 0;
    uint32_t before = names->items.count, number = number_of(names, reading->key.bytes);
    if (names->items.count == before)
        return number;
    struct column_face *face = place ? array_push(&columns->places) : array_push(&columns->actors);
    if (face != NULL)
        *face = (struct column_face){number_of(&columns->texts, part[0]),
                                     number_of(&columns->texts, part[1]),
                                     number_of(&columns->texts, part[2])};
    return number;
}

/* ------------------------------------------------------------------ rows */

static const char claims_sql[] =
    "SELECT c.claim, l.act, c.first, c.last, r.published, r.source, c.plover, c.mode, c.status, "
    "p.identity, p.folded, p.name, q.identity, q.folded, q.name, h.identity, h.folded, h.name "
    "FROM claims c CROSS JOIN reports r ON r.report = c.report "
    "LEFT JOIN event_claims l ON l.claim = c.claim "
    "LEFT JOIN places p ON p.report = c.report AND p.place = coalesce(c.place, c.control_place) "
    "LEFT JOIN places q ON q.report = c.report AND q.place = c.control_place "
    "LEFT JOIN actors h ON h.report = c.report AND h.actor = c.control_holder ORDER BY c.claim";

static const char participants_sql[] =
    "SELECT x.claim, a.identity, a.folded, a.name FROM participants x "
    "CROSS JOIN claims c ON c.claim = x.claim "
    "CROSS JOIN actors a ON a.report = c.report AND a.actor = x.actor ORDER BY x.claim";

static uint32_t text_at(struct reading *reading, int column)
{
    return number_of(&reading->columns->texts, store_text(reading->row, column));
}

static uint32_t day_at(struct reading *reading, int column)
{
    return number_of(&reading->columns->days, store_text(reading->row, column));
}

static double number_at(struct store_statement *row, int column)
{
    return store_is_null(row, column) ? NAN : store_double(row, column);
}

static bool keep_act(struct reading *reading, uint32_t at)
{
    struct store_statement *row = reading->row;
    if (at == reading->columns->act_count)
        return false;
    reading->columns->acts[at] =
        (struct column_act){.event = store_int64(row, 0),
                            .first = day_at(reading, 1),
                            .last = day_at(reading, 2),
                            .known = day_at(reading, 3),
                            .plover = text_at(reading, 4),
                            .mode = text_at(reading, 5),
                            .status = text_at(reading, 6),
                            .place = text_at(reading, 7),
                            .feature = text_at(reading, 8),
                            .country = text_at(reading, 9),
                            .latitude = number_at(row, 10),
                            .longitude = number_at(row, 11),
                            .claims = (uint32_t)store_int64(row, 12),
                            .rank = store_is_null(row, 13) ? -1 : (int32_t)store_int64(row, 13),
                            .key = store_int64(row, 14)};
    return true;
}

/* The acts' keys are kept apart until link_acts. */
static bool keep_claim(struct reading *reading, uint32_t at, int64_t *acts)
{
    struct store_statement *row = reading->row;
    if (at == reading->columns->claim_count)
        return false;
    acts[at] = store_is_null(row, 1) ? INT64_MIN : store_int64(row, 1);
    reading->columns->claims[at] =
        (struct column_claim){.key = store_int64(row, 0),
                              .act = COLUMN_NO_ACT,
                              .first = day_at(reading, 2),
                              .last = day_at(reading, 3),
                              .published = day_at(reading, 4),
                              .source = text_at(reading, 5),
                              .plover = text_at(reading, 6),
                              .mode = text_at(reading, 7),
                              .status = text_at(reading, 8),
                              .place = face_of(reading, true, 9),
                              .control_place = face_of(reading, true, 12),
                              .holder = face_of(reading, false, 15)};
    return true;
}

static bool keep_listed(struct reading *reading, uint32_t at)
{
    if (at == reading->columns->act_count)
        return false;
    reading->columns->listed[at] = (struct column_listed){
        store_int64(reading->row, 0), COLUMN_NO_ACT, day_at(reading, 1), day_at(reading, 2)};
    return true;
}

/* Rows come by claim, as the claims stand. */
static bool keep_participant(struct reading *reading, uint32_t at, uint32_t *claim)
{
    struct record_columns *columns = reading->columns;
    int64_t key = store_int64(reading->row, 0);
    if (at == columns->participant_count)
        return false;
    while (*claim < columns->claim_count && columns->claims[*claim].key < key)
        columns->claims[++*claim].participants = at;
    columns->participants[at] = face_of(reading, false, 1);
    return true;
}

/* ------------------------------------------------------------------ reading */

static int64_t count_rows(struct record *record, const char *table)
{
    struct buffer sql;
    struct store_statement *row = NULL;
    int64_t count = -1;
    buffer_init(&sql);
    buffer_print(&sql, "SELECT count(*) FROM %s", table);
    if (!sql.failed && store_prepare(record->database, sql.bytes, &row) == STORE_OK &&
        store_step(row) == STORE_ROW)
        count = store_int64(row, 0);
    store_finalize(row);
    buffer_release(&sql);
    return count;
}

enum part { ACTS, CLAIMS, PARTICIPANTS, LISTED };

/* Runs one statement to its end; false where that fails, or gives other rows than were counted. */
static bool read_part(struct record *record, struct reading *reading, enum part part, int64_t *acts)
{
    uint32_t at = 0, claim = 0;
    const char *sql = part == ACTS     ? survey_all_acts
                      : part == CLAIMS ? claims_sql
                      : part == LISTED ? listing_all_acts
                                       : participants_sql;
    int code = store_prepare(record->database, sql, &reading->row);
    bool good = code == STORE_OK;
    while (good && (code = store_step(reading->row)) == STORE_ROW) {
        good = part == ACTS     ? keep_act(reading, at)
               : part == CLAIMS ? keep_claim(reading, at, acts)
               : part == LISTED ? keep_listed(reading, at)
                                : keep_participant(reading, at, &claim);
        good = good && !reading->columns->arena.failed && !reading->key.failed;
        at++;
    }
    store_finalize(reading->row);
    reading->row = NULL;
    struct record_columns *columns = reading->columns;
    if (part == ACTS)
        columns->act_count = at;
    if (part == LISTED)
        columns->listed_count = at;
    if (part == PARTICIPANTS) {
        while (good && claim < columns->claim_count)
            columns->claims[++claim].participants = at;
        columns->participant_count = at;
    }
    return good && code == STORE_DONE && (part != CLAIMS || at == columns->claim_count);
}

struct act_place {
    int64_t key;
    uint32_t at;
};

static int by_key(const void *left, const void *right)
{
    int64_t one = ((const struct act_place *)left)->key,
            other = ((const struct act_place *)right)->key;
    return (one > other) - (one < other);
}

static uint32_t find_act(const struct act_place *places, uint32_t count, int64_t key)
{
    const struct act_place wanted = {key, 0};
    const struct act_place *found = bsearch(&wanted, places, count, sizeof *places, by_key);
    return found != NULL ? found->at : COLUMN_NO_ACT;
}

/* Gives every claim, and every act of the listing, the number of its act. */
static bool link_acts(struct record_columns *columns, const int64_t *acts)
{
    struct act_place *places = malloc((columns->act_count + 1) * sizeof *places);
    if (places == NULL)
        return false;
    for (uint32_t i = 0; i < columns->act_count; i++)
        places[i] = (struct act_place){columns->acts[i].key, i};
    qsort(places, columns->act_count, sizeof *places, by_key);
    for (uint32_t i = 0; i < columns->claim_count; i++)
        columns->claims[i].act = find_act(places, columns->act_count, acts[i]);
    for (uint32_t i = 0; i < columns->listed_count; i++)
        columns->listed[i].act = find_act(places, columns->act_count, columns->listed[i].key);
    free(places);
    return true;
}

struct day_place {
    const char *day;
    uint32_t number;
};

static int by_day(const void *left, const void *right)
{
    return strcmp(((const struct day_place *)left)->day, ((const struct day_place *)right)->day);
}

/* Numbers days anew, so that a later one has a larger number. */
static bool order_days(struct record_columns *columns)
{
    uint32_t count = columns->days.items.count;
    struct day_place *days = malloc((count + 1) * sizeof *days);
    uint32_t *number = calloc(count + 1, sizeof *number);
    bool good = days != NULL && number != NULL;
    for (uint32_t i = 1; good && i < count; i++)
        days[i] = (struct day_place){columns->days.items.items[i], i};
    if (good && count > 2)
        qsort(days + 1, count - 1, sizeof *days, by_day);
    for (uint32_t i = 1; good && i < count; i++) {
        number[days[i].number] = i;
        columns->days.items.items[i] = days[i].day;
    }
    for (uint32_t i = 0; good && i < columns->claim_count; i++) {
        struct column_claim *claim = &columns->claims[i];
        claim->first = number[claim->first];
        claim->last = number[claim->last];
        claim->published = number[claim->published];
    }
    for (uint32_t i = 0; good && i < columns->act_count; i++) {
        struct column_act *act = &columns->acts[i];
        act->first = number[act->first];
        act->last = number[act->last];
        act->known = number[act->known];
    }
    for (uint32_t i = 0; good && i < columns->listed_count; i++) {
        columns->listed[i].first = number[columns->listed[i].first];
        columns->listed[i].last = number[columns->listed[i].last];
    }
    free(days);
    free(number);
    return good;
}

static bool read_all(struct record *record, struct record_columns *columns)
{
    int64_t claims = count_rows(record, "claims"),
            participants = count_rows(record, "participants");
    if (claims < 0 || participants < 0 || claims > CLAIMS_MOST || participants > PARTICIPANTS_MOST)
        return false;
    struct reading reading = {.columns = columns};
    int64_t *acts = malloc(((size_t)claims + 1) * sizeof *acts);
    columns->claim_count = (uint32_t)claims;
    columns->participant_count = (uint32_t)participants;
    /* One claim more, whose participants end those of the last. An act has a claim. */
    columns->claims = arena_new_array(&columns->arena, struct column_claim, (size_t)claims + 1);
    columns->participants = arena_new_array(&columns->arena, uint32_t, (size_t)participants + 1);
    int64_t act_count = count_rows(record, "(SELECT DISTINCT act FROM event_claims)");
    columns->act_count = act_count > 0 ? (uint32_t)act_count : 0;
    columns->acts =
        arena_new_array(&columns->arena, struct column_act, (size_t)columns->act_count + 1);
    columns->listed =
        arena_new_array(&columns->arena, struct column_listed, (size_t)columns->act_count + 1);
    buffer_init(&reading.key);
    bool good = acts != NULL && act_count >= 0 && !columns->arena.failed &&
                read_part(record, &reading, ACTS, NULL) &&
                read_part(record, &reading, LISTED, NULL) &&
                read_part(record, &reading, CLAIMS, acts) &&
                read_part(record, &reading, PARTICIPANTS, NULL) && link_acts(columns, acts) &&
                order_days(columns) && !columns->arena.failed;
    buffer_release(&reading.key);
    free(acts);
    return good;
}

struct record_columns *record_columns_read(struct record *record)
{
    if (record->database->sqlite == NULL)
        return NULL;
    struct record_columns *columns = calloc(1, sizeof *columns);
    if (columns == NULL)
        return NULL;
    atomic_init(&columns->users, 1);
    arena_init(&columns->arena);
    columns->arena.limit = BYTES_MOST;
    struct column_names *const names[] = {&columns->texts, &columns->days, &columns->place_names,
                                          &columns->actor_names};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        names_init(names[i], &columns->arena);
    array_init(&columns->places, &columns->arena);
    array_init(&columns->actors, &columns->arena);
    array_push(&columns->places); /* number 0: none */
    array_push(&columns->actors);
    bool good = store_run(record->database, "BEGIN") == STORE_OK;
    good = good && read_all(record, columns);
    store_run(record->database, "ROLLBACK");
    if (good)
        return columns;
    record_columns_free(columns);
    return NULL;
}

void record_columns_use(struct record *record, struct record_columns *columns)
{
    if (columns != NULL)
        atomic_fetch_add(&columns->users, 1);
    record_columns_free(record->columns);
    record->columns = columns;
}

void record_columns_free(struct record_columns *columns)
{
    if (columns == NULL || atomic_fetch_sub(&columns->users, 1) > 1)
        return;
    arena_release(&columns->arena);
    free(columns);
}
