/* Parts each report into episodes, by the stored rows alone.
 *
 * Most reports tell of one happening and of what led to it and followed. A claim opens an episode of
 * its own only where the report itself says that it is elsewhere or at another time: an attack, a
 * protest, a troop movement, a change of control or a count of victims whose town lies apart from, or
 * whose day is not, those of such claims before it; anything else only where both differ. One day more is
 * another only where both sentences name their day. Deaths and counts of a later day belong to what was
 * done before. What says neither belongs to what was told last. Left out: episodes told apart by nothing but their
 * actors. */
#include "record/episodes.h"

#include "record/wording.h"

#include "bytes/hash.h"

#include <math.h>
#include <stdlib.h>

enum { LONG_INTERVAL = 400, NEAR_KILOMETRES = 15 };

/* A place name of the report at hand. */
struct spot {
    uint32_t start;
    int64_t town; /* geonameid; 0 where it is no town or site */
    double latitude, longitude;
    uint32_t division; /* hash of country and province; 0 unknown */
};

struct claim_row {
    int64_t claim, place;
    uint32_t start, sentence;
    const char *plover, *mode, *status;
    int32_t first, last;
    bool dated; /* by the text's own words, not by its publication */
    bool daily, control, counts;
    bool told; /* its day stands in its own sentence */
    bool agent;
    uint32_t part;
};

/* An episode in the making: the places and days that its claims name. */
struct part {
    ARRAY(uint32_t) spots;
    ARRAY(uint32_t) dated; /* rows of claims */
};

struct reader {
    struct record *record;
    struct arena *arena, scratch; /* scratch is one report's */
    struct episodes *episodes;
    int64_t report;
    bool known; /* what an episode is known by is wanted too */
    uint32_t table; /* of an imported row: which table */
    int32_t published;
    const char *title, *text;
    int length;
    ARRAY(struct spot) spots;
    ARRAY(struct claim_row) claims;
    ARRAY(struct byte_span) sentences;
    ARRAY(struct part) parts;
};

/* ------------------------------------------------------------------ sets */

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static void mark(struct marks *marks, struct arena *arena, uint32_t hash)
{
    for (uint32_t i = 0; i < marks->count; i++)
        if (marks->items[i] == hash)
            return;
    /* Grown at 4, 8, 16 …: sets are small. */
    if ((marks->count & (marks->count - 1)) == 0 && marks->count != 1 && marks->count != 2) {
        uint32_t *items = arena_new_array(arena, uint32_t, marks->count == 0 ? 4 : marks->count * 2);
        if (items == NULL)
            return;
        if (marks->count > 0)
            memcpy(items, marks->items, marks->count * sizeof *items);
        marks->items = items;
    }
    marks->items[marks->count++] = hash;
    qsort(marks->items, marks->count, sizeof hash, by_number);
}

uint32_t marks_shared(const struct marks *left, const struct marks *right)
{
    uint32_t i = 0, j = 0, shared = 0;
    while (i < left->count && j < right->count) {
        uint32_t a = left->items[i], b = right->items[j];
        shared += a == b;
        i += a <= b;
        j += b <= a;
    }
    return shared;
}

static uint32_t hash_text(const char *text)
{
    return (uint32_t)hash_bytes(text, strlen(text));
}

/* ------------------------------------------------------------------ distance */

/* The haversine formula (Sinnott 1984) on a sphere. */
double episodes_distance(double latitude, double longitude, double other_latitude,
                         double other_longitude)
{
    const double radian = 3.14159265358979323846 / 180;
    double north = sin((other_latitude - latitude) * radian / 2);
    double east = sin((other_longitude - longitude) * radian / 2);
    double chord = north * north +
                   cos(latitude * radian) * cos(other_latitude * radian) * east * east;
    return 12742 * asin(sqrt(chord < 1 ? chord : 1));
}

static bool is_same_town(const struct spot *left, const struct spot *right)
{
    return left->town == right->town ||
           episodes_distance(left->latitude, left->longitude, right->latitude, right->longitude) <
               NEAR_KILOMETRES;
}

/* ------------------------------------------------------------------ rows of one report */

static const char *column_text(struct arena *arena, struct store_statement *row, int column)
{
    const char *text = store_text(row, column);
    return text != NULL ? arena_copy_string(arena, text) : NULL;
}

static int32_t column_day(struct store_statement *row, int column)
{
    const char *text = store_text(row, column);
    return text != NULL ? calendar_read(text) : DAY_UNKNOWN;
}

static struct store_statement *ask(struct reader *reader, enum statement statement)
{
    struct store_statement *row = record_statement(reader->record, statement);
    if (row != NULL)
        store_bind_int64(row, 1, reader->report);
    return row;
}

static annals_status end_of(struct reader *reader, struct store_statement *row, annals_error *error)
{
    if (row != NULL && store_reset(row) == STORE_OK)
        return ANNALS_OK;
    return record_fail(reader->record, "cannot read", error);
}

static annals_status read_sentences(struct reader *reader, annals_error *error)
{
    struct store_statement *row = ask(reader, SQL_REPORT_SENTENCES);
    while (row != NULL && store_step(row) == STORE_ROW) {
        struct byte_span *span = array_push(&reader->sentences);
        if (span != NULL)
            *span =
                (struct byte_span){(uint32_t)store_int64(row, 0), (uint32_t)store_int64(row, 1)};
    }
    return end_of(reader, row, error);
}

/* Towns, sites, waters and heights have a point; countries and provinces have a name. */
static bool is_point(const char *feature)
{
    return feature != NULL && strncmp(feature, "PCL", 3) != 0 &&
           strchr("PSLHTRUV", feature[0]) != NULL;
}

static annals_status read_places(struct reader *reader, annals_error *error)
{
    struct store_statement *row = ask(reader, SQL_REPORT_PLACES);
    while (row != NULL && store_step(row) == STORE_ROW) {
        struct spot *spot = array_push(&reader->spots);
        if (spot == NULL)
            break;
        spot->start = (uint32_t)store_int64(row, 0);
        if (!store_is_null(row, 2) &&
            is_point(record_text(row, 4)))
            spot->town = store_int64(row, 1);
        spot->latitude = store_double(row, 2);
        spot->longitude = store_double(row, 3);
        const char *country = store_text(row, 5);
        const char *division = store_text(row, 6);
        if (division != NULL)
            spot->division = (uint32_t)hash_join(hash_text(country != NULL ? country : ""),
                                                 hash_text(division));
    }
    return end_of(reader, row, error);
}

static annals_status read_claims(struct reader *reader, annals_error *error)
{
    struct store_statement *row = ask(reader, SQL_REPORT_CLAIMS);
    while (row != NULL && store_step(row) == STORE_ROW) {
        struct claim_row *claim = array_push(&reader->claims);
        if (claim == NULL)
            break;
        claim->claim = store_int64(row, 0);
        claim->start = (uint32_t)store_int64(row, 1);
        claim->sentence = store_is_null(row, 2) ? NONE : (uint32_t)store_int64(row, 2);
        claim->plover = column_text(reader->arena, row, 3);
        claim->mode = column_text(reader->arena, row, 4);
        claim->status = column_text(reader->arena, row, 5);
        claim->place = store_is_null(row, 6) ? -1 : store_int64(row, 6);
        claim->first = column_day(row, 7);
        claim->last = column_day(row, 8);
        const char *precision = store_text(row, 9);
        const char *anchor = store_text(row, 12);
        /* What is told as done has a day by then; a later one is a weekday misread. */
        bool to_come = reader->published != DAY_UNKNOWN && claim->first != DAY_UNKNOWN &&
                       claim->first > reader->published;
        claim->dated = claim->first != DAY_UNKNOWN && claim->last != DAY_UNKNOWN && !to_come &&
                       (anchor == NULL || strcmp(anchor, "published") != 0);
        claim->daily = claim->dated && precision != NULL && strcmp(precision, "day") == 0;
        if (anchor != NULL && strcmp(anchor, "acled") == 0)
            reader->table = 1;
        else if (anchor != NULL && strcmp(anchor, "ucdp") == 0)
            reader->table = 2;
        claim->control = !store_is_null(row, 10);
        claim->counts = store_int(row, 11) > 0;
        claim->told = claim->daily && claim->first == claim->last && anchor != NULL &&
                      strcmp(anchor, "sentence") == 0;
        claim->agent = store_int(row, 13) > 0;
    }
    return end_of(reader, row, error);
}

/* ------------------------------------------------------------------ parting */

static bool is_factual(const struct claim_row *claim)
{
    return strcmp(claim->status, "asserted") == 0 || strcmp(claim->status, "claimed") == 0 ||
           strcmp(claim->status, "denied") == 0 || strcmp(claim->status, "disputed") == 0;
}

/* Does the claim tell of something that happens at one place and time? */
static bool is_happening(const struct claim_row *claim)
{
    static const char *const types[] = {"ASSAULT", "PROTEST", "MOBILIZE"};
    for (size_t i = 0; claim->plover != NULL && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(claim->plover, types[i]) == 0)
            return true;
    /* Who is arrested for it on another day belongs to it. */
    bool arrest = claim->mode != NULL && strcmp(claim->mode, "arrest") == 0;
    return claim->control || (claim->counts && !arrest);
}

static const struct spot *town_of(const struct reader *reader, const struct claim_row *claim)
{
    if (claim->place < 0 || claim->place >= reader->spots.count)
        return NULL;
    const struct spot *spot = &reader->spots.items[claim->place];
    return spot->town != 0 ? spot : NULL;
}

static bool is_dated(const struct claim_row *claim)
{
    return claim->dated && claim->last - claim->first <= LONG_INTERVAL;
}

static bool lies_apart(const struct reader *reader, const struct part *part,
                       const struct spot *town)
{
    for (uint32_t i = 0; town != NULL && i < part->spots.count; i++)
        if (is_same_town(town, &reader->spots.items[part->spots.items[i]]))
            return false;
    return town != NULL && part->spots.count > 0;
}

/* Days between two intervals; 0 where they meet. */
static int32_t days_between(int32_t first, int32_t last, int32_t other_first, int32_t other_last)
{
    int32_t gap = first > other_last ? first - other_last : other_first - last;
    return gap > 0 ? gap : 0;
}

static bool is_another_day(const struct reader *reader, const struct part *part,
                           const struct claim_row *claim)
{
    if (!is_dated(claim) || part->dated.count == 0)
        return false;
    for (uint32_t i = 0; i < part->dated.count; i++) {
        const struct claim_row *other = &reader->claims.items[part->dated.items[i]];
        /* One day more or less is the night between, or a day after which it was told. */
        if (days_between(claim->first, claim->last, other->first, other->last) <= 1)
            return false;
    }
    return true;
}

/* Who was hurt on one day may die, or be counted, on a later one. */
static bool is_death(const struct reader *reader, const struct part *part,
                     const struct claim_row *claim)
{
    bool death = (claim->mode != NULL && strcmp(claim->mode, "kill") == 0) ||
                 (claim->counts && !claim->agent);
    for (uint32_t i = 0; death && i < part->dated.count; i++)
        if (reader->claims.items[part->dated.items[i]].first <= claim->first)
            return true;
    return death && part->dated.count == 0;
}

/* Two acts, each with its own day in its own sentence: "shelled a market on Thursday … on Friday hit a
 * hospital". */
static bool is_next_day(const struct reader *reader, const struct part *part,
                        const struct claim_row *claim)
{
    bool act = claim->told && claim->plover != NULL && strcmp(claim->plover, "ASSAULT") == 0;
    bool other_day = false;
    for (uint32_t i = 0; act && i < part->dated.count; i++) {
        const struct claim_row *other = &reader->claims.items[part->dated.items[i]];
        if (other->first <= claim->last && claim->first <= other->last)
            return false;
        other_day |= other->told && other->plover != NULL && strcmp(other->plover, "ASSAULT") == 0;
    }
    return act && other_day;
}

static bool conflicts(const struct reader *reader, const struct part *part,
                      const struct claim_row *claim)
{
    const struct spot *town = town_of(reader, claim);
    bool apart = lies_apart(reader, part, town);
    bool later = is_another_day(reader, part, claim) || is_next_day(reader, part, claim);
    /* A place name alone may be a quarter of the town, or the wrong one of that name. */
    return is_happening(claim) ? (apart && (claim->dated || claim->counts)) ||
                                     (later && (town != NULL || (claim->daily && claim->counts)) &&
                                      (apart || !is_death(reader, part, claim)))
                               : apart && later;
}

static uint32_t choose_part(struct reader *reader, const struct claim_row *claim, uint32_t current)
{
    uint32_t count = reader->parts.count;
    if (count > 0 && (!is_factual(claim) || !conflicts(reader, &reader->parts.items[current], claim)))
        return current;
    for (uint32_t i = 0; i < count; i++)
        if (!conflicts(reader, &reader->parts.items[i], claim))
            return i;
    struct part *part = array_push(&reader->parts);
    if (part == NULL)
        return 0;
    array_init(&part->spots, &reader->scratch);
    array_init(&part->dated, &reader->scratch);
    return count;
}

static void part_claims(struct reader *reader)
{
    uint32_t current = 0;
    for (uint32_t i = 0; i < reader->claims.count; i++) {
        struct claim_row *claim = &reader->claims.items[i];
        current = claim->part = choose_part(reader, claim, current);
        if (reader->scratch.failed)
            return;
        struct part *part = &reader->parts.items[current];
        if (!is_factual(claim) || !is_happening(claim))
            continue;
        uint32_t *item;
        if (town_of(reader, claim) != NULL && (item = array_push(&part->spots)) != NULL)
            *item = (uint32_t)claim->place;
        if (is_dated(claim) && (item = array_push(&part->dated)) != NULL)
            *item = i;
    }
}

/* ------------------------------------------------------------------ what an episode is known by */

/* For each sentence the part that its claims belong to: the lowest; 0 where it has none, for then
 * the report's chief episode may use it. */
static uint32_t *part_of_sentences(struct reader *reader)
{
    uint32_t *parts = arena_new_array(&reader->scratch, uint32_t, reader->sentences.count);
    for (uint32_t i = 0; parts != NULL && i < reader->sentences.count; i++)
        parts[i] = NONE;
    for (uint32_t i = 0; parts != NULL && i < reader->claims.count; i++) {
        const struct claim_row *claim = &reader->claims.items[i];
        if (claim->sentence < reader->sentences.count && claim->part < parts[claim->sentence])
            parts[claim->sentence] = claim->part;
    }
    for (uint32_t i = 0; parts != NULL && i < reader->sentences.count; i++)
        parts[i] = parts[i] == NONE ? 0 : parts[i];
    return parts;
}

static uint32_t part_at(const struct reader *reader, const uint32_t *parts, uint32_t offset)
{
    uint32_t low = 0, high = reader->sentences.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (reader->sentences.items[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference)
    return low < reader->sentences.count ? parts[low] : 0;
}

static void fill_words(struct reader *reader, const uint32_t *parts, uint32_t number,
                       struct episode *episode)
{
    struct words words;
    array_init(&words.items, &reader->scratch);
    if (number == 0 && reader->title != NULL)
        wording_add(&words, &reader->scratch, reader->title, strlen(reader->title));
    if (reader->parts.count == 1 && reader->table == 0) {
        wording_add(&words, &reader->scratch, reader->text, (size_t)reader->length);
    } else {
        for (uint32_t i = 0; i < reader->sentences.count; i++) {
            struct byte_span span = reader->sentences.items[i];
            if (parts[i] == number && span.end <= (uint32_t)reader->length)
                wording_add(&words, &reader->scratch, reader->text + span.start,
                            span.end - span.start);
        }
    }
    episode->words = wording_count(&words, reader->arena, &episode->word_count);
    episode->length = wording_length(episode->words, episode->word_count);
}

static void fill_places(struct reader *reader, const uint32_t *parts, uint32_t number,
                        struct episode *episode)
{
    for (uint32_t i = 0; i < reader->spots.count; i++) {
        const struct spot *spot = &reader->spots.items[i];
        if (part_at(reader, parts, spot->start) != number)
            continue;
        if (spot->division != 0)
            mark(&episode->divisions, reader->arena, spot->division);
        if (spot->town == 0)
            continue;
        mark(&episode->towns, reader->arena, (uint32_t)hash_mix((uint64_t)spot->town));
        if (!episode->located) {
            episode->located = true;
            episode->latitude = spot->latitude;
            episode->longitude = spot->longitude;
            episode->place = i;
        }
    }
}

/* The first claim of a happening that is dated to the day dates the episode; for its place one that
 * names a town is heard before the first town of the text. */
static void fill_time(struct reader *reader, uint32_t number, struct episode *episode)
{
    bool placed = false;
    for (uint32_t i = 0; i < reader->claims.count; i++) {
        const struct claim_row *claim = &reader->claims.items[i];
        if (claim->part != number)
            continue;
        if (episode->claim == 0 || claim->claim < episode->claim)
            episode->claim = claim->claim;
        if (!is_happening(claim) || !is_factual(claim))
            continue;
        if (claim->daily && episode->first == DAY_UNKNOWN) {
            episode->first = claim->first;
            episode->last = claim->last;
        }
        const struct spot *town = town_of(reader, claim);
        if (town != NULL && !placed) {
            placed = true;
            episode->place = claim->place;
            if (number > 0 || !episode->located) {
                episode->latitude = town->latitude;
                episode->longitude = town->longitude;
            }
            episode->located = true;
        }
    }
}

static annals_status fill_persons(struct reader *reader, const uint32_t *parts, uint32_t first,
                                  annals_error *error)
{
    struct store_statement *row = ask(reader, SQL_REPORT_PERSONS);
    while (row != NULL && store_step(row) == STORE_ROW) {
        const char *name = store_text(row, 0);
        uint32_t part = part_at(reader, parts, (uint32_t)store_int64(row, 1));
        /* A first or last name alone is shared by many. */
        if (name != NULL && strchr(name, ' ') != NULL && part < reader->parts.count)
            mark(&reader->episodes->items.items[first + part].persons, reader->arena,
                 hash_text(name));
    }
    return end_of(reader, row, error);
}

static annals_status fill_figures(struct reader *reader, uint32_t first, annals_error *error)
{
    struct store_statement *row = ask(reader, SQL_REPORT_FIGURES);
    while (row != NULL && store_step(row) == STORE_ROW) {
        int64_t claim = store_int64(row, 0);
        const char *what = record_text(row, 1);
        double number = store_double(row, 2);
        for (uint32_t i = 0; i < reader->claims.count; i++)
            if (reader->claims.items[i].claim == claim)
                mark(&reader->episodes->items.items[first + reader->claims.items[i].part].figures,
                     reader->arena, (uint32_t)hash_join(hash_text(what), (uint64_t)number));
    }
    return end_of(reader, row, error);
}

static annals_status add_episodes(struct reader *reader, annals_error *error)
{
    struct episodes *episodes = reader->episodes;
    uint32_t first = episodes->items.count;
    uint32_t *parts = part_of_sentences(reader);
    for (uint32_t i = 0; parts != NULL && i < reader->parts.count; i++) {
        struct episode *episode = array_push(&episodes->items);
        if (episode == NULL)
            break;
        *episode = (struct episode){.report = reader->report, .number = i, .table = reader->table, .place = -1,
                                    .published = reader->published, .first = DAY_UNKNOWN,
                                    .last = DAY_UNKNOWN};
        if (reader->known) {
            fill_words(reader, parts, i, episode);
            fill_places(reader, parts, i, episode);
        }
        fill_time(reader, i, episode);
    }
    for (uint32_t i = 0; i < reader->claims.count; i++) {
        const struct claim_row *row = &reader->claims.items[i];
        struct episode_claim *claim = array_push(&episodes->claims);
        const struct spot *town = town_of(reader, row);
        if (claim != NULL)
            *claim = (struct episode_claim){
                row->claim, first + row->part, row->place, row->plover, row->mode, row->status,
                row->first, row->last, row->daily, is_happening(row) && is_factual(row),
                row->control, town != NULL, town != NULL ? town->latitude : 0,
                town != NULL ? town->longitude : 0};
    }
    if (reader->arena->failed || reader->scratch.failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (!reader->known)
        return ANNALS_OK;
    annals_status status = fill_persons(reader, parts, first, error);
    return status == ANNALS_OK ? fill_figures(reader, first, error) : status;
}

static annals_status read_report(struct reader *reader, annals_error *error)
{
    array_init(&reader->spots, &reader->scratch);
    array_init(&reader->claims, &reader->scratch);
    array_init(&reader->sentences, &reader->scratch);
    array_init(&reader->parts, &reader->scratch);
    annals_status status = read_claims(reader, error);
    if (status != ANNALS_OK || reader->claims.count == 0)
        return status;
    status = read_sentences(reader, error);
    if (status == ANNALS_OK)
        status = read_places(reader, error);
    if (status != ANNALS_OK)
        return status;
    part_claims(reader);
    if (reader->scratch.failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return add_episodes(reader, error);
}

void episodes_init(struct episodes *episodes, struct arena *arena)
{
    *episodes = (struct episodes){.arena = arena};
    array_init(&episodes->items, arena);
    array_init(&episodes->claims, arena);
}

annals_status episodes_read(struct record *record, int64_t report, bool known,
                            struct episodes *episodes, annals_error *error)
{
    struct reader reader = {.record = record, .arena = episodes->arena, .episodes = episodes,
                            .report = report, .known = known};
    arena_init(&reader.scratch);
    annals_status status = ANNALS_OK;
    struct store_statement *row = ask(&reader, SQL_ONE_REPORT);
    if (row != NULL && store_step(row) == STORE_ROW) {
        reader.published = column_day(row, 0);
        reader.title = store_text(row, 1);
        reader.text = record_text(row, 2);
        reader.length = store_bytes(row, 2);
        status = read_report(&reader, error);
    }
    if (status == ANNALS_OK)
        status = end_of(&reader, row, error);
    else if (row != NULL)
        store_reset(row);
    arena_release(&reader.scratch);
    return status;
}

annals_status episodes_expect(struct record *record, const int64_t *reports, uint32_t count,
                              bool known, annals_error *error)
{
    static const enum statement statements[] = {SQL_ONE_REPORT,     SQL_REPORT_CLAIMS,
                                                SQL_REPORT_SENTENCES, SQL_REPORT_PLACES,
                                                SQL_REPORT_PERSONS, SQL_REPORT_FIGURES};
    enum { ALL = sizeof statements / sizeof statements[0], WITHOUT = ALL - 2 };
    int code = STORE_OK;
    for (int i = 0; i < (known ? ALL : WITHOUT) && count > 0 && code == STORE_OK; i++)
        code = store_ahead(record_statement(record, statements[i]), reports, count);
    return code == STORE_OK ? ANNALS_OK : record_fail_as(record, code, "cannot read", error);
}
