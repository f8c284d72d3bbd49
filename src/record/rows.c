/* Loads reports and claims with everything that belongs to them: one claim by statements that are
 * kept, many by a few that ask for all of them at once. Events are event_rows.c's. */
#include "record/rows.h"
#include "record/row_parts.h"

#include "record/decisions.h"
#include "record/statements.h"
#include "record/waiting_rows.h"

#include <math.h>

char *row_copy_column(struct arena *arena, struct store_statement *row, int column)
{
    const char *text = store_text(row, column);
    return text != NULL ? arena_copy(arena, text, (size_t)store_bytes(row, column)) : NULL;
}

/* Of a column that is never null in a whole record. */
char *row_copy_text(struct arena *arena, struct store_statement *row, int column)
{
    return arena_copy_string(arena, record_text(row, column));
}

static double real_column(struct store_statement *row, int column)
{
    return store_is_null(row, column) ? NAN : store_double(row, column);
}

static bool is_null(struct store_statement *row, int column)
{
    return store_is_null(row, column);
}

/* Words [start, stop) of `text`, runs of white space as one blank; NULL where the columns are. */
static const char *words_at(struct arena *arena, const char *text, int length,
                            struct store_statement *row, int column)
{
    if (is_null(row, column) || is_null(row, column + 1))
        return NULL;
    int start = store_int(row, column), stop = store_int(row, column + 1);
    if (start < 0 || stop > length || start >= stop)
        return NULL;
    char *words = arena_copy(arena, text + start, (size_t)(stop - start));
    char *to = words;
    for (const char *from = words; words != NULL && *from != '\0'; from++) {
        bool blank = *from == ' ' || *from == '\n' || *from == '\t' || *from == '\r';
        if (!blank)
            *to++ = *from;
        else if (to > words && to[-1] != ' ')
            *to++ = ' ';
    }
    if (words != NULL)
        *to = '\0';
    return words;
}

/* First row of a statement with one integer parameter; NULL where there is none. */
struct store_statement *row_ask(struct record *record, enum statement statement, int64_t key)
{
    struct store_statement *row = record_statement(record, statement);
    if (row != NULL)
        store_bind_int64(row, 1, key);
    return row;
}

/* After a loop of steps: did it end because of an error? */
annals_status row_end_of(struct record *record, struct store_statement *row, annals_error *error)
{
    if (row != NULL && store_reset(row) == STORE_OK)
        return ANNALS_OK;
    return record_fail(record, "cannot read", error);
}

/* ------------------------------------------------------------------ reports */

annals_status row_load_report(struct record *record, int64_t key, struct arena *arena,
                              struct record_report *report, annals_error *error)
{
    struct store_statement *row = row_ask(record, SQL_LOAD_REPORT, key);
    *report = (struct record_report){0};
    array_init(&report->paths, arena);
    if (row != NULL && store_step(row) == STORE_ROW) {
        record_id_write('r', store_int64(row, 0), report->id);
        report->sha256 = row_copy_text(arena, row, 1);
        report->name = row_copy_column(arena, row, 2);
        report->title = row_copy_column(arena, row, 3);
        report->source = row_copy_column(arena, row, 4);
        report->byline = row_copy_column(arena, row, 5);
        report->url = row_copy_column(arena, row, 6);
        report->language = row_copy_column(arena, row, 7);
        report->published = row_copy_column(arena, row, 8);
        report->published_from = row_copy_column(arena, row, 9);
        report->text = row_copy_text(arena, row, 10);
        report->claims = (uint32_t)store_int(row, 11);
        report->sentences = (uint32_t)store_int(row, 12);
        report->version =
            (struct record_version){row_copy_text(arena, row, 13), row_copy_text(arena, row, 14),
                                    row_copy_text(arena, row, 15)};
    }
    annals_status status = row_end_of(record, row, error);
    row = status == ANNALS_OK ? row_ask(record, SQL_REPORT_PATHS, key) : NULL;
    while (row != NULL && store_step(row) == STORE_ROW) {
        const char **path = (const char **)array_push(&report->paths);
        if (path != NULL)
            *path = row_copy_text(arena, row, 0);
    }
    return status == ANNALS_OK ? row_end_of(record, row, error) : status;
}

/* ------------------------------------------------------------------ the second clock */

/* Was a report of that day out by the day that the question is about? One without a day is not
 * known to have been. */
bool row_is_out(const struct record *record, const char *published)
{
    return record->as_of[0] == '\0' || (published != NULL && strcmp(published, record->as_of) <= 0);
}

/* The same of a report by its key. */
static bool is_report_out(struct record *record, int64_t report)
{
    if (record->as_of[0] == '\0')
        return true;
    struct store_statement *row =
        statement_ask(record, "SELECT published FROM reports WHERE report = ?1", "i", report);
    bool out =
        row != NULL && store_step(row) == STORE_ROW && row_is_out(record, store_text(row, 0));
    if (row != NULL)
        store_reset(row);
    return out;
}

/* ------------------------------------------------------------------ claims */

/* From the column `at` on. */
static void fill_place(struct store_statement *row, int at, struct arena *arena,
                       struct record_place *place)
{
    place->name = row_copy_column(arena, row, at);
    place->feature = row_copy_column(arena, row, at + 1);
    place->country = row_copy_column(arena, row, at + 2);
    place->admin1 = row_copy_column(arena, row, at + 3);
    place->admin2 = row_copy_column(arena, row, at + 4);
    place->relation = row_copy_column(arena, row, at + 5);
    place->geonameid = store_int64(row, at + 6);
    place->located = !is_null(row, at + 7) && !is_null(row, at + 8);
    place->latitude = real_column(row, at + 7);
    place->longitude = real_column(row, at + 8);
    place->acled_precision = store_int(row, at + 9);
    place->ucdp_precision = store_int(row, at + 10);
}

annals_status row_load_place(struct record *record, int64_t report, int64_t number,
                             struct arena *arena, struct record_place *place, annals_error *error)
{
    struct store_statement *row = row_ask(record, SQL_LOAD_PLACE, report);
    if (row != NULL)
        store_bind_int64(row, 2, number);
    if (row != NULL && store_step(row) == STORE_ROW)
        fill_place(row, 0, arena, place);
    return row_end_of(record, row, error);
}

/* `more` is the column of the entry, which country and sort of person follow. */
static void load_actor(struct record_actor *actor, struct arena *arena, const char *text,
                       int length, struct store_statement *row, int more)
{
    if (actor == NULL)
        return;
    actor->name = row_copy_column(arena, row, 0);
    actor->kind = row_copy_column(arena, row, 1);
    actor->type = row_copy_column(arena, row, 2);
    actor->code = row_copy_column(arena, row, 3);
    actor->words = words_at(arena, text, length, row, 4);
    actor->entry = row_copy_column(arena, row, more);
    actor->country = row_copy_column(arena, row, more + 1);
    actor->who = row_copy_column(arena, row, more + 2);
}

static void add_participant(struct store_statement *row, struct arena *arena, const char *text,
                            int length, struct record_claim *claim)
{
    char role = *record_text(row, 7);
    struct record_actor *actor = role == 'a'   ? array_push(&claim->agents)
                                 : role == 'p' ? array_push(&claim->patients)
                                               : array_push(&claim->instruments);
    load_actor(actor, arena, text, length, row, 8);
    if (actor != NULL)
        actor->sort = row_copy_column(arena, row, 6);
}

static void add_count(struct store_statement *row, struct arena *arena, struct record_claim *claim)
{
    struct record_count *count = array_push(&claim->counts);
    if (count != NULL)
        *count =
            (struct record_count){row_copy_text(arena, row, 0),
                                  row_copy_column(arena, row, 1),
                                  real_column(row, 2),
                                  real_column(row, 3),
                                  {(uint32_t)store_int64(row, 4), (uint32_t)store_int64(row, 5)}};
}

static annals_status load_participants(struct record *record, int64_t key, struct arena *arena,
                                       const char *text, int length, struct record_claim *claim,
                                       annals_error *error)
{
    struct store_statement *row = row_ask(record, SQL_CLAIM_PARTICIPANTS, key);
    while (row != NULL && store_step(row) == STORE_ROW)
        add_participant(row, arena, text, length, claim);
    annals_status status = row_end_of(record, row, error);
    row = status == ANNALS_OK ? row_ask(record, SQL_CLAIM_SPEAKERS, key) : NULL;
    while (row != NULL && store_step(row) == STORE_ROW)
        load_actor(array_push(&claim->according_to), arena, text, length, row, 6);
    if (status == ANNALS_OK)
        status = row_end_of(record, row, error);
    row = status == ANNALS_OK ? row_ask(record, SQL_CLAIM_COUNTS, key) : NULL;
    while (row != NULL && store_step(row) == STORE_ROW)
        add_count(row, arena, claim);
    return status == ANNALS_OK ? row_end_of(record, row, error) : status;
}

static void load_claim_row(struct record *record, struct store_statement *row, struct arena *arena,
                           struct record_claim *claim)
{
    record_id_write('c', store_int64(row, 0), claim->id);
    if (!is_null(row, 1))
        record_id_write('e', store_int64(row, 1), claim->event);
    record_id_write('r', store_int64(row, 2), claim->report);
    const char **const strings[] = {
        [3] = &claim->title,
        [4] = &claim->source,
        [5] = &claim->name,
        [6] = &claim->published,
        [7] = &claim->path,
        [13] = &claim->plover,
        [14] = &claim->mode,
        [15] = &claim->cameo,
        [16] = &claim->acled_type,
        [17] = &claim->acled_detail,
        [18] = &claim->first,
        [19] = &claim->last,
        [20] = &claim->precision,
        [21] = &claim->status,
        [22] = &claim->control,
        [24] = &claim->rule,
        [25] = &claim->explanation,
        [26] = &claim->control_holder,
        [27] = &claim->version.program,
        [28] = &claim->version.dictionaries,
        [29] = &claim->version.models,
        [32] = &claim->clause,
    };
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++)
        if (strings[i] != NULL)
            *strings[i] = row_copy_column(arena, row, (int)i);
    const char **const always[] = {[21] = &claim->status,
                                   [27] = &claim->version.program,
                                   [28] = &claim->version.dictionaries,
                                   [29] = &claim->version.models};
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        if (always[i] != NULL && *always[i] == NULL)
            *always[i] = "";
    if (!is_null(row, 33) && is_report_out(record, store_int64(row, 33))) {
        char original[RECORD_ID_SIZE];
        record_id_write('r', store_int64(row, 33), original);
        claim->original = arena_copy_string(arena, original);
    }
    claim->confidence = real_column(row, 23);
    claim->where =
        (struct byte_span){(uint32_t)store_int64(row, 11), (uint32_t)store_int64(row, 12)};
}

static void load_sentence(struct store_statement *row, struct arena *arena, const char *text,
                          int length, struct record_claim *claim)
{
    if (is_null(row, 9))
        return;
    uint32_t start = (uint32_t)store_int64(row, 9);
    uint32_t stop = (uint32_t)store_int64(row, 10);
    if (stop > (uint32_t)length || start > stop)
        return;
    claim->sentence = arena_copy(arena, text + start, stop - start);
    if (claim->where.start >= start && claim->where.start <= claim->where.end &&
        claim->where.end <= stop)
        claim->trigger = (struct byte_span){claim->where.start - start, claim->where.end - start};
}

static void init_claim(struct record_claim *claim, struct arena *arena)
{
    *claim = (struct record_claim){0};
    array_init(&claim->agents, arena);
    array_init(&claim->patients, arena);
    array_init(&claim->instruments, arena);
    array_init(&claim->according_to, arena);
    array_init(&claim->counts, arena);
    array_init(&claim->decisions, arena);
}

annals_status row_load_claim(struct record *record, int64_t key, struct arena *arena,
                             struct record_claim *claim, annals_error *error)
{
    init_claim(claim, arena);
    struct store_statement *row = row_ask(record, SQL_LOAD_CLAIM, key);
    if (row == NULL || store_step(row) != STORE_ROW)
        return record_fail(record, "cannot read", error);
    load_claim_row(record, row, arena, claim);
    /* Lent until the statement is reset. */
    const char *text = record_text(row, 8);
    int length = store_bytes(row, 8);
    load_sentence(row, arena, text, length, claim);
    int64_t report = store_int64(row, 2);
    annals_status status = ANNALS_OK;
    if (!is_null(row, 30))
        status = row_load_place(record, report, store_int64(row, 30), arena, &claim->place, error);
    if (status == ANNALS_OK && !is_null(row, 31))
        status = row_load_place(record, report, store_int64(row, 31), arena, &claim->control_place,
                                error);
    if (status == ANNALS_OK)
        status = load_participants(record, key, arena, text, length, claim, error);
    if (status == ANNALS_OK)
        status = decisions_load(record, key, arena, claim, error);
    store_reset(row);
    return status;
}

/* ------------------------------------------------------------------ many claims */

/* The texts of so many reports are at hand at most. */
enum {
    TOGETHER = 64,
    PLACE_COLUMNS = 11,
    FIRST_PLACE = 34,
    NUMBER = FIRST_PLACE + 2 * PLACE_COLUMNS
};

#define PLACE_OF(p)                                                                                \
    ", " p ".name, " p ".feature, " p ".country, " p ".admin1, " p ".admin2, " p ".relation, " p   \
    ".geonameid, " p ".latitude, " p ".longitude, " p ".acled_precision, " p ".ucdp_precision"

/* c0 is the claim, c1 its number among those that are asked for, c2 its report. What belongs to a
 * claim comes in the order of its table's key: role and number, or number. */
static const char claims_sql[] = "SELECT " CLAIM_COLUMNS PLACE_OF("o")
    PLACE_OF("q") ", k.c1 "
                  "FROM waiting_rows k CROSS JOIN claims c ON c.claim = k.c0 "
                  "CROSS JOIN reports r ON r.report = c.report CROSS JOIN versions v ON v.version "
                  "= c.version "
                  "LEFT JOIN event_claims e ON e.claim = c.claim "
                  "LEFT JOIN sentences s ON s.report = c.report AND s.sentence = c.sentence "
                  "LEFT JOIN actors h ON h.report = c.report AND h.actor = c.control_holder "
                  "LEFT JOIN places o ON o.report = c.report AND o.place = c.place "
                  "LEFT JOIN places q ON q.report = c.report AND q.place = c.control_place";
static const char participants_sql[] =
    "SELECT a.name, a.kind, a.type, a.code, p.start, p.stop, p.kind, p.role, a.entry, a.country, "
    "a.who, k.c1 FROM waiting_rows k CROSS JOIN participants p ON p.claim = k.c0 "
    "LEFT JOIN actors a ON a.report = k.c2 AND a.actor = p.actor";
static const char speakers_sql[] =
    "SELECT a.name, a.kind, a.type, a.code, p.start, p.stop, a.entry, a.country, a.who, k.c1 "
    "FROM waiting_rows k CROSS JOIN according_to p ON p.claim = k.c0 "
    "LEFT JOIN actors a ON a.report = k.c2 AND a.actor = p.actor";
static const char counts_sql[] = "SELECT p.what, p.who, p.low, p.high, p.start, p.stop, k.c1 "
                                 "FROM waiting_rows k CROSS JOIN counts p ON p.claim = k.c0";

/* Claims that are loaded together. */
struct run {
    struct record *record;
    struct waiting_rows *keys;
    struct arena *arena, texts; /* texts: of their reports */
    struct record_claim *claims;
    uint32_t count, found;
    const char *text[TOGETHER]; /* by claim */
    int length[TOGETHER];
    int64_t report[TOGETHER];
};

static struct store_statement *ask_run(struct run *run, const char *sql)
{
    waiting_ask(run->keys);
    return statement_ask(run->record, sql, "");
}

/* The claim of the row, by the number in that column. */
static uint32_t number_of(const struct run *run, struct store_statement *row, int column)
{
    uint32_t number = (uint32_t)store_int64(row, column);
    return number < run->count ? number : 0;
}

/* Claims of one report mostly follow each other: its text is kept once. */
static void keep_text(struct run *run, struct store_statement *row, uint32_t number)
{
    int64_t report = store_int64(row, 2);
    run->report[number] = report;
    if (number > 0 && run->text[number - 1] != NULL && run->report[number - 1] == report) {
        run->text[number] = run->text[number - 1];
        run->length[number] = run->length[number - 1];
        return;
    }
    const char *text = record_text(row, 8);
    run->length[number] = store_bytes(row, 8);
    run->text[number] = arena_copy(&run->texts, text, (size_t)run->length[number]);
}

static annals_status load_run_claims(struct run *run, annals_error *error)
{
    struct store_statement *row = ask_run(run, claims_sql);
    while (row != NULL && store_step(row) == STORE_ROW) {
        uint32_t number = number_of(run, row, NUMBER);
        struct record_claim *claim = &run->claims[number];
        keep_text(run, row, number);
        if (run->text[number] == NULL)
            break;
        run->found++;
        load_claim_row(run->record, row, run->arena, claim);
        load_sentence(row, run->arena, run->text[number], run->length[number], claim);
        if (!is_null(row, 30) && !is_null(row, FIRST_PLACE))
            fill_place(row, FIRST_PLACE, run->arena, &claim->place);
        if (!is_null(row, 31) && !is_null(row, FIRST_PLACE + PLACE_COLUMNS))
            fill_place(row, FIRST_PLACE + PLACE_COLUMNS, run->arena, &claim->control_place);
    }
    return statement_end(run->record, row, error);
}

static annals_status load_run_parts(struct run *run, annals_error *error)
{
    struct store_statement *row = ask_run(run, participants_sql);
    while (row != NULL && store_step(row) == STORE_ROW) {
        uint32_t number = number_of(run, row, 11);
        add_participant(row, run->arena, run->text[number], run->length[number],
                        &run->claims[number]);
    }
    annals_status status = statement_end(run->record, row, error);
    row = status == ANNALS_OK ? ask_run(run, speakers_sql) : NULL;
    while (row != NULL && store_step(row) == STORE_ROW) {
        uint32_t number = number_of(run, row, 9);
        load_actor(array_push(&run->claims[number].according_to), run->arena, run->text[number],
                   run->length[number], row, 6);
    }
    if (status == ANNALS_OK)
        status = statement_end(run->record, row, error);
    row = status == ANNALS_OK ? ask_run(run, counts_sql) : NULL;
    while (row != NULL && store_step(row) == STORE_ROW)
        add_count(row, run->arena, &run->claims[number_of(run, row, 6)]);
    return status == ANNALS_OK ? statement_end(run->record, row, error) : status;
}

static void put_keys(struct run *run, const int64_t *keys)
{
    waiting_forget_keys(run->keys);
    for (uint32_t i = 0; i < run->count; i++) {
        waiting_begin(run->keys, WAITING_KEYS);
        waiting_number(run->keys, keys[i]);
        waiting_number(run->keys, i);
        waiting_number(run->keys, run->report[i]);
    }
}

static annals_status load_run(struct run *run, const int64_t *keys, bool decided,
                              annals_error *error)
{
    for (uint32_t i = 0; i < run->count; i++) {
        init_claim(&run->claims[i], run->arena);
        run->text[i] = NULL;
        run->report[i] = 0;
    }
    put_keys(run, keys);
    if (waiting_failed(run->keys))
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    annals_status status = load_run_claims(run, error);
    if (status == ANNALS_OK && !run->texts.failed && run->found != run->count)
        status = record_fail_as(run->record, STORE_CORRUPT, "cannot read", error);
    /* Their reports are known now. */
    put_keys(run, keys);
    if (waiting_failed(run->keys))
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK && !run->texts.failed)
        status = load_run_parts(run, error);
    for (uint32_t i = 0; decided && i < run->count && status == ANNALS_OK; i++)
        status = decisions_load(run->record, keys[i], run->arena, &run->claims[i], error);
    return status;
}

annals_status row_load_claims(struct record *record, const int64_t *keys, uint32_t count,
                              struct arena *arena, struct record_claim *claims, annals_error *error)
{
    annals_status status = ANNALS_OK;
    struct run run = {.record = record, .arena = arena};
    run.keys = count > 1 ? record_waiting_rows(record) : NULL;
    for (uint32_t i = 0; run.keys == NULL && i < count && status == ANNALS_OK; i++)
        status = row_load_claim(record, keys[i], arena, &claims[i], error);
    if (run.keys == NULL)
        return status;
    int64_t decided = 0;
    status = statement_number(record, error, 0, &decided,
                              "SELECT EXISTS (SELECT 1 FROM decided_claims)", "");
    arena_init(&run.texts);
    for (uint32_t i = 0; i < count && status == ANNALS_OK && !run.texts.failed; i += TOGETHER) {
        run.count = count - i < TOGETHER ? count - i : TOGETHER;
        run.claims = claims + i;
        run.found = 0;
        status = load_run(&run, keys + i, decided != 0, error);
        arena->failed = arena->failed || run.texts.failed;
        arena_reset(&run.texts);
    }
    arena_release(&run.texts);
    waiting_forget_keys(run.keys);
    return arena->failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory") : status;
}
