/* Parts each report into episodes, by the stored rows alone.
 *
 * Most reports tell of one happening and of what led to it and followed; parting.c says when another
 * begins. Left out: episodes told apart by nothing but their actors. */
#include "record/parting.h"

#include "record/wording.h"

#include "bytes/hash.h"

#include <math.h>
#include <stdlib.h>

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

/* A quarter is a part of one. */
static bool is_settlement(const char *feature)
{
    return feature != NULL && feature[0] == 'P' && strncmp(feature, "PCL", 3) != 0 && strcmp(feature, "PPLX") != 0;
}

/* "Forest east of Beni" is not Beni. */
static bool is_beside(const char *relation)
{
    static const char *const sides[] = {"north of", "south of", "east of", "west of", "northeast of",
                                        "northwest of", "southeast of", "southwest of"};
    for (size_t i = 0; relation != NULL && i < sizeof sides / sizeof sides[0]; i++)
        if (strcmp(relation, sides[i]) == 0)
            return true;
    return false;
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
        const char *division = store_text(row, 6), *relation = store_text(row, 7);
        spot->alone = spot->town != 0 && relation == NULL && is_settlement(record_text(row, 4));
        spot->beside = is_beside(relation);
        if (division != NULL)
            spot->division = (uint32_t)hash_join(hash_text(country != NULL ? country : ""),
                                                 hash_text(division));
    }
    return end_of(reader, row, error);
}

static uint32_t sentence_at(const struct reader *reader, uint32_t offset)
{
    uint32_t low = 0, high = reader->sentences.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (reader->sentences.items[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Of several towns in a sentence none stands alone. */
static void find_alone(struct reader *reader)
{
    uint32_t count = reader->sentences.count;
    int64_t *only = arena_new_array(&reader->scratch, int64_t, count); /* town of each sentence; -1 several */
    for (int pass = 0; only != NULL && pass < 2; pass++)
        for (uint32_t i = 0; i < reader->spots.count; i++) {
            struct spot *spot = &reader->spots.items[i];
            uint32_t sentence = spot->town != 0 ? sentence_at(reader, spot->start) : count;
            if (sentence >= count)
                continue;
            if (pass == 0)
                only[sentence] = only[sentence] == 0 || only[sentence] == spot->town ? spot->town : -1;
            spot->alone = spot->alone && (pass == 0 || only[sentence] == spot->town);
        }
}

/* The means that the type of a claim tells. */
static uint32_t means_of(const char *detail, const char *mode)
{
    static const struct {
        const char *name;
        uint32_t means;
    } kinds[] = {{"Air/drone strike", MEANS_AIR},
                 {"Shelling/artillery/missile attack", MEANS_SHELLS},
                 {"Remote explosive/landmine/IED", MEANS_BOMB},
                 {"Suicide bomb", MEANS_BOMB},
                 {"Grenade", MEANS_BOMB}};
    for (size_t i = 0; detail != NULL && i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(detail, kinds[i].name) == 0)
            return kinds[i].means;
    return mode != NULL && strcmp(mode, "firearms") == 0 ? MEANS_GUNS : 0;
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
        claim->means = means_of(store_text(row, 14), claim->mode);
    }
    return end_of(reader, row, error);
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
    uint32_t sentence = sentence_at(reader, offset);
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference)
    return sentence < reader->sentences.count ? parts[sentence] : 0;
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
        if (spot->town == 0 || spot->beside)
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

/* The one town that a sentence names; NULL where it names none, or several. */
static const struct spot *only_town(const struct reader *reader, uint32_t sentence)
{
    const struct spot *only = NULL;
    for (uint32_t i = 0; sentence < reader->sentences.count && i < reader->spots.count; i++) {
        const struct spot *spot = &reader->spots.items[i];
        struct byte_span span = reader->sentences.items[sentence];
        if (spot->town == 0 || spot->start < span.start || spot->start >= span.end)
            continue;
        if (only != NULL && only->town != spot->town)
            return NULL;
        only = spot;
    }
    return only;
}

static bool is_protest(const struct claim_row *claim)
{
    return claim->plover != NULL && strcmp(claim->plover, "PROTEST") == 0;
}

static bool is_violent(const struct claim_row *claim)
{
    return claim->counts && claim->plover != NULL && strcmp(claim->plover, "ASSAULT") == 0 &&
           parting_is_factual(claim);
}

/* The first claim of a happening that is dated to the day dates the episode; for its place one that
 * names a town is heard before the first town of the text. A protest against violence has a day of its own. */
static void fill_time(struct reader *reader, uint32_t number, struct episode *episode)
{
    bool placed = false, violent = false;
    for (uint32_t i = 0; i < reader->claims.count; i++)
        violent |= reader->claims.items[i].part == number && is_violent(&reader->claims.items[i]);
    for (uint32_t i = 0; i < reader->claims.count; i++) {
        const struct claim_row *claim = &reader->claims.items[i];
        if (claim->part != number)
            continue;
        if (episode->claim == 0 || claim->claim < episode->claim)
            episode->claim = claim->claim;
        if (!parting_is_happening(claim) || !parting_is_factual(claim))
            continue;
        if (claim->daily && episode->first == DAY_UNKNOWN && (!violent || !is_protest(claim))) {
            episode->first = claim->first;
            episode->last = claim->last;
        }
        const struct spot *town = parting_town(reader, claim);
        episode->means |= claim->means;
        const struct spot *only = only_town(reader, claim->sentence);
        if (town == NULL && !placed && only != NULL && episode->located &&
            only->latitude == episode->latitude && only->longitude == episode->longitude)
            episode->sited = true;
        if (town != NULL && !placed) {
            placed = episode->sited = true;
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
        const struct spot *town = parting_town(reader, row);
        if (claim != NULL)
            *claim = (struct episode_claim){
                row->claim, first + row->part, row->place, row->plover, row->mode, row->status,
                row->first, row->last, row->daily, parting_is_happening(row) && parting_is_factual(row),
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
    find_alone(reader);
    if (reader->arena->failed || reader->scratch.failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    parting_find(reader);
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
