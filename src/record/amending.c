/* The slots of a claim that people may amend: their values, and how a value goes into the rows.
 *
 * A slot that follows from another one is not guessed: with a new type, the mode, the CAMEO code
 * and the ACLED type are unknown until they are given. A name that the record knows as an actor (of
 * the report, else of any) brings its type and code along; any other name is a name alone. */
#include "record/decisions.h"
#include "record/kept.h"

#include "bytes/buffer.h"
#include "bytes/calendar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const plover_types[] = {"AGREE",    "CONSULT", "SUPPORT",  "COOPERATE", "AID",
                                           "CONCEDE",  "RETREAT", "REQUEST",  "ACCUSE",    "REJECT",
                                           "THREATEN", "PROTEST", "SANCTION", "MOBILIZE",  "COERCE",
                                           "ASSAULT",  NULL};
static const char *const statuses[] = {"asserted", "claimed",    "denied",      "alleged",
                                       "planned",  "threatened", "conditional", "negated",
                                       "disputed", NULL};
static const char *const changes[] = {"takes", "loses", "holds", "contests", "shares", NULL};
static const char *const counted[] = {"killed",     "wounded",  "captured",  "surrendered",
                                      "defected",   "released", "displaced", "missing",
                                      "detained",   "executed", "strength",  "attackers",
                                      "protesters", "seized",   NULL};

enum slot_kind {
    SLOT_TEXT,
    SLOT_TYPE,
    SLOT_STATUS,
    SLOT_DATE,
    SLOT_PLACE,
    SLOT_ACTOR,
    SLOT_CONTROL,
    SLOT_COUNT,
    SLOT_NONE
};

static const struct slot {
    const char *name;
    enum slot_kind kind;
} slots[] = {
    {"type", SLOT_TYPE},       {"mode", SLOT_TEXT},     {"cameo", SLOT_TEXT},
    {"acled", SLOT_TEXT},      {"status", SLOT_STATUS}, {"date", SLOT_DATE},
    {"place", SLOT_PLACE},     {"agent", SLOT_ACTOR},   {"patient", SLOT_ACTOR},
    {"control", SLOT_CONTROL}, {"holder", SLOT_ACTOR},
};

static bool is_listed(const char *const *list, const char *value)
{
    for (; *list != NULL; list++)
        if (strcmp(*list, value) == 0)
            return true;
    return false;
}

static enum slot_kind kind_of(const char *slot)
{
    for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++)
        if (strcmp(slots[i].name, slot) == 0)
            return slots[i].kind;
    return is_listed(counted, slot) ? SLOT_COUNT : SLOT_NONE;
}

/* ------------------------------------------------------------------ values */

/* A day, month or year, as its first and last day; false where it is none. */
static bool read_period(const char *text, size_t length, int32_t *first, int32_t *last,
                        const char **precision)
{
    char digits[16];
    if (length != 4 && length != 7 && length != 10)
        return false;
    memcpy(digits, text, length);
    digits[length] = '\0';
    *precision = length == 4 ? "year" : length == 7 ? "month" : "day";
    for (size_t i = 0; i < length; i++)
        if (i == 4 || i == 7 ? digits[i] != '-' : digits[i] < '0' || digits[i] > '9')
            return false;
    int year = atoi(digits), month = length > 4 ? atoi(digits + 5) : 0;
    int day = length > 7 ? atoi(digits + 8) : 0;
    uint32_t from = month > 0 ? (uint32_t)month : 1, to = length == 4 ? 12 : from;
    if ((length > 4 && (month < 1 || month > 12)) || year < 1)
        return false;
    if (length == 10 && !calendar_is_valid(year, from, (uint32_t)day))
        return false;
    *first = calendar_day(year, from, length == 10 ? (uint32_t)day : 1);
    *last = length == 10 ? *first : calendar_day(year, to, calendar_days_in_month(year, to));
    return true;
}

struct interval {
    char first[16], last[16];
    const char *precision;
};

/* "2015-09-28", "2015-09", "2015", or two of these with a slash between. */
static bool read_interval(const char *value, struct interval *interval)
{
    size_t length = strcspn(value, "/");
    int32_t first, last, other;
    const char *precision;
    if (!read_period(value, length, &first, &last, &precision))
        return false;
    if (value[length] == '/') {
        const char *end = value + length + 1;
        if (!read_period(end, strlen(end), &other, &last, &precision) || last < first)
            return false;
        precision = first == last ? "day" : NULL;
    }
    calendar_write(first, interval->first);
    calendar_write(last, interval->last);
    interval->precision = precision;
    return true;
}

/* "12", "10-15", "10-" (at least), "-15" (at most). */
static bool read_count(const char *value, double *low, double *high)
{
    char *end;
    *low = *high = NAN;
    if (value[0] != '-') {
        if (value[0] < '0' || value[0] > '9')
            return false;
        *low = *high = strtod(value, &end);
        if (*end == '\0')
            return isfinite(*low);
        if (*end != '-')
            return false;
        *high = NAN;
        value = end;
    }
    value++;
    if (*value == '\0')
        return !isnan(*low);
    if (*value < '0' || *value > '9')
        return false;
    *high = strtod(value, &end);
    return *end == '\0' && isfinite(*high) && !(*high < *low);
}

static annals_status refuse(annals_error *error, const char *slot, const char *value,
                            const char *wanted)
{
    return error_set(error, ANNALS_WRONG_USE, "%s does not take \"%.60s\": %s", slot, value,
                     wanted);
}

static annals_status check_type(const char *value, struct arena *arena, const char **clean,
                                annals_error *error)
{
    char *upper = arena_copy_string(arena, value);
    for (char *at = upper; at != NULL && *at != '\0' && *at != '/'; at++)
        *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 32) : *at;
    size_t length = upper != NULL ? strcspn(upper, "/") : 0;
    for (int i = 0; upper != NULL && plover_types[i] != NULL; i++)
        if (strlen(plover_types[i]) == length && memcmp(plover_types[i], upper, length) == 0 &&
            (upper[length] == '\0' || upper[length + 1] != '\0')) {
            *clean = upper;
            return ANNALS_OK;
        }
    return refuse(error, "type", value,
                  "a PLOVER type (ASSAULT, RETREAT, ...), or type and mode (ASSAULT/kill)");
}

annals_status amending_check(const char *slot, const char *value, struct arena *arena,
                             const char **clean, annals_error *error)
{
    enum slot_kind kind = kind_of(slot);
    struct interval interval;
    double low, high;
    if (kind == SLOT_NONE)
        return error_set(
            error, ANNALS_WRONG_USE,
            "a claim has no \"%.40s\"; slots are type, mode, cameo, acled, status, date, "
            "place, agent, patient, control, holder, and counts (killed, wounded, "
            "captured, ...)",
            slot);
    *clean = arena_copy_string(arena, value);
    bool unknown =
        value[0] == '\0' || strcasecmp(value, "unknown") == 0 || strcasecmp(value, "none") == 0;
    if (unknown) {
        *clean = NULL;
        return kind == SLOT_STATUS || kind == SLOT_TYPE
                   ? refuse(error, slot, value, "every claim has one")
                   : ANNALS_OK;
    }
    if (kind == SLOT_TYPE)
        return check_type(value, arena, clean, error);
    if (kind == SLOT_STATUS && !is_listed(statuses, value))
        return refuse(
            error, slot, value,
            "asserted, claimed, denied, alleged, planned, threatened, conditional, negated "
            "or disputed");
    if (kind == SLOT_DATE && !read_interval(value, &interval))
        return refuse(error, slot, value,
                      "YYYY-MM-DD, YYYY-MM or YYYY, or two with a slash between, or unknown");
    if (kind == SLOT_CONTROL && !is_listed(changes, value))
        return refuse(error, slot, value, "takes, loses, holds, contests, shares or none");
    if (kind == SLOT_COUNT && !read_count(value, &low, &high))
        return refuse(error, slot, value,
                      "a number, 10-15, 10- (at least), -15 (at most) or unknown");
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ what a claim holds */

static const char *list_actors(const struct record_actor *actors, uint32_t count,
                               struct arena *arena)
{
    const char *list = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const char *name =
            actors[i].name != NULL && actors[i].name[0] != '\0' ? actors[i].name : actors[i].words;
        if (name != NULL)
            list = list == NULL ? name : arena_print(arena, "%s; %s", list, name);
    }
    return list;
}

static const char *write_count(const struct record_claim *claim, const char *what,
                               struct arena *arena)
{
    for (uint32_t i = 0; i < claim->counts.count; i++) {
        const struct record_count *count = &claim->counts.items[i];
        if (strcmp(count->what, what) != 0)
            continue;
        if (count->low == count->high)
            return arena_print(arena, "%.0f", count->low);
        return isnan(count->low)    ? arena_print(arena, "-%.0f", count->high)
               : isnan(count->high) ? arena_print(arena, "%.0f-", count->low)
                                    : arena_print(arena, "%.0f-%.0f", count->low, count->high);
    }
    return NULL;
}

const char *amending_value(const struct record_claim *claim, const char *slot, struct arena *arena)
{
    switch (kind_of(slot)) {
    case SLOT_TYPE:
        return claim->mode == NULL ? claim->plover
                                   : arena_print(arena, "%s/%s", claim->plover, claim->mode);
    case SLOT_STATUS:
        return claim->status;
    case SLOT_PLACE:
        return claim->place.name;
    case SLOT_CONTROL:
        return claim->control;
    case SLOT_COUNT:
        return write_count(claim, slot, arena);
    case SLOT_DATE:
        if (claim->first == NULL || claim->last == NULL || strcmp(claim->first, claim->last) == 0)
            return claim->first != NULL ? claim->first : claim->last;
        return arena_print(arena, "%s/%s", claim->first, claim->last);
    case SLOT_ACTOR:
        return slot[0] == 'h'   ? claim->control_holder
               : slot[0] == 'a' ? list_actors(claim->agents.items, claim->agents.count, arena)
                                : list_actors(claim->patients.items, claim->patients.count, arena);
    default:
        return slot[0] == 'm'   ? claim->mode
               : slot[0] == 'c' ? claim->cameo
               : claim->acled_type == NULL || claim->acled_detail == NULL
                   ? claim->acled_type
                   : arena_print(arena, "%s/%s", claim->acled_type, claim->acled_detail);
    }
}

/* ------------------------------------------------------------------ into the rows */

/* "a/b": the parts before and after the first slash; NULL for what is not there. */
static void part_value(const char *value, char *copy, size_t size, const char **left,
                       const char **right)
{
    snprintf(copy, size, "%s", value != NULL ? value : "");
    char *slash = strchr(copy, '/');
    *right = slash != NULL && slash[1] != '\0' ? slash + 1 : NULL;
    if (slash != NULL)
        *slash = '\0';
    *left = copy[0] != '\0' ? copy : NULL;
}

static annals_status set_text(struct record *record, const struct amendment *amendment,
                              annals_error *error)
{
    char copy[256];
    const char *left, *right;
    part_value(amendment->value, copy, sizeof copy, &left, &right);
    if (strcmp(amendment->slot, "type") == 0)
        return statement_run(record, error,
                             "UPDATE claims SET plover = ?2, mode = ?3, cameo = NULL, "
                             "acled_type = NULL, acled_detail = NULL WHERE claim = ?1",
                             "itt", amendment->claim, left, right);
    if (strcmp(amendment->slot, "acled") == 0) {
        /* "Explosions/Remote violence" has a slash of its own. */
        const char *violence = "Explosions/Remote violence";
        size_t length = strlen(violence);
        bool remote = amendment->value != NULL && strncmp(amendment->value, violence, length) == 0;
        const char *detail =
            remote && amendment->value[length] == '/' ? amendment->value + length + 1 : NULL;
        return statement_run(
            record, error, "UPDATE claims SET acled_type = ?2, acled_detail = ?3 WHERE claim = ?1",
            "itt", amendment->claim, remote ? violence : left, remote ? detail : right);
    }
    return statement_run(record, error,
                         amendment->slot[0] == 'm'
                             ? "UPDATE claims SET mode = ?2 WHERE claim = ?1"
                             : "UPDATE claims SET cameo = ?2 WHERE claim = ?1",
                         "it", amendment->claim, amendment->value);
}

static annals_status set_date(struct record *record, const struct amendment *amendment,
                              annals_error *error)
{
    struct interval interval = {.precision = NULL};
    bool known = amendment->value != NULL && read_interval(amendment->value, &interval);
    return statement_run(record, error,
                         "UPDATE claims SET first = ?2, last = ?3, precision = ?4, anchor = NULL "
                         "WHERE claim = ?1",
                         "ittt", amendment->claim, known ? interval.first : NULL,
                         known ? interval.last : NULL, known ? interval.precision : NULL);
}

/* The names of what was added; on a server no trigger tells them (schema/postgresql/own/006.sql).
 */
static annals_status tell_names(struct record *record, int64_t report, annals_error *error)
{
    int64_t told = 0;
    return store_is_far(record->database)
               ? statement_number(record, error, 0, &told, "SELECT name_all_of(?)", "i", report)
               : ANNALS_OK;
}

/* What changed hands is the place of the claim, where it was so before. */
static annals_status set_place(struct record *record, const struct amendment *amendment,
                               annals_error *error)
{
    static const char add[] =
        "INSERT OR REPLACE INTO places (report, place, start, stop, name, folded, geonameid, "
        "latitude, longitude, feature, country, admin1, admin2, reason) SELECT c.report, ?2 + ?3, "
        "c.trigger_start, c.trigger_start, p.name, fold(p.name), p.geonameid, p.latitude, "
        "p.longitude, p.feature, p.country, p.admin1, p.admin2, 'decided' FROM claims c, "
        "decision_places p WHERE c.claim = ?1 AND p.decision = ?3";
    annals_status status = statement_run(record, error, add, "iii", amendment->claim,
                                         (int64_t)DECIDED_NUMBER, amendment->decision);
    if (status == ANNALS_OK)
        status = tell_names(record, amendment->report, error);
    if (status != ANNALS_OK)
        return status;
    return statement_run(
        record, error,
        "UPDATE claims SET control_place = CASE WHEN control_place IS place THEN p.n "
        "ELSE control_place END, place = p.n FROM (SELECT max(place) AS n FROM places "
        "WHERE report = ?2 AND place = ?3) p WHERE claim = ?1",
        "iii", amendment->claim, amendment->report, DECIDED_NUMBER + amendment->decision);
}

/* The number of an actor of that name in the report; one is added where there is none. */
static annals_status find_actor(struct record *record, int64_t report, const char *name,
                                int64_t *actor, annals_error *error)
{
    annals_status status =
        statement_number(record, error, -1, actor,
                         "SELECT min(actor) FROM actors WHERE report = ?1 AND folded = fold(?2)",
                         "it", report, name);
    if (status != ANNALS_OK || *actor >= 0)
        return status;
    status = statement_number(record, error, DECIDED_NUMBER, actor,
                              "SELECT max(max(actor) + 1, ?2) FROM actors WHERE report = ?1", "ii",
                              report, (int64_t)DECIDED_NUMBER);
    if (status == ANNALS_OK)
        status = statement_run(
            record, error,
            "INSERT INTO actors (report, actor, name, folded, entry, kind, type, code, country, "
            "who) "
            "SELECT ?1, ?2, name, folded, entry, kind, type, code, country, who FROM actors "
            "WHERE folded = fold(?3) AND actor < ?4 ORDER BY entry IS NULL, report, actor LIMIT 1",
            "iiti", report, *actor, name, (int64_t)DECIDED_NUMBER);
    if (status == ANNALS_OK)
        status = statement_run(record, error,
                               "INSERT OR IGNORE INTO actors (report, actor, name, folded, kind) "
                               "VALUES (?1, ?2, ?3, fold(?3), 'unknown')",
                               "iit", report, *actor, name);
    return status == ANNALS_OK ? tell_names(record, report, error) : status;
}

/* "A; B": each name a participant. */
static annals_status set_actors(struct record *record, const struct amendment *amendment,
                                annals_error *error)
{
    bool holder = amendment->slot[0] == 'h';
    const char *role = amendment->slot, *at = amendment->value;
    annals_status status =
        holder
            ? statement_run(record, error,
                            "UPDATE claims SET control_holder = NULL WHERE claim = ?", "i",
                            amendment->claim)
            : statement_run(record, error, "DELETE FROM participants WHERE claim = ? AND role = ?",
                            "it", amendment->claim, role);
    for (int64_t number = 0; status == ANNALS_OK && at != NULL && *at != '\0'; number++) {
        char name[200];
        size_t length = strcspn(at, ";");
        int64_t actor = -1;
        snprintf(name, sizeof name, "%.*s", (int)length, at);
        for (size_t i = strlen(name); i > 0 && name[i - 1] == ' '; i--)
            name[i - 1] = '\0';
        at += length + (at[length] == ';');
        at += strspn(at, " ");
        if (name[0] == '\0')
            continue;
        status = find_actor(record, amendment->report, name, &actor, error);
        if (status == ANNALS_OK)
            status = holder
                         ? statement_run(record, error,
                                         "UPDATE claims SET control_holder = ?2 WHERE claim = ?1",
                                         "ii", amendment->claim, actor)
                         : statement_run(record, error,
                                         "INSERT INTO participants (claim, role, number, actor) "
                                         "VALUES (?, ?, ?, ?)",
                                         "itii", amendment->claim, role, number, actor);
    }
    if (status == ANNALS_OK && !holder)
        status = kept_tell_yielding(record, amendment->claim, error);
    return status;
}

static annals_status set_count(struct record *record, const struct amendment *amendment,
                               annals_error *error)
{
    double low = NAN, high = NAN;
    annals_status status =
        statement_run(record, error, "DELETE FROM counts WHERE claim = ? AND what = ?", "it",
                      amendment->claim, amendment->slot);
    if (status != ANNALS_OK || amendment->value == NULL ||
        !read_count(amendment->value, &low, &high))
        return status;
    return statement_run(record, error,
                         "INSERT INTO counts (claim, number, what, who, low, high) SELECT ?1, "
                         "coalesce(max(number) + 1, 0), ?2, 'unknown', ?3, ?4 FROM counts "
                         "WHERE claim = ?1",
                         "itrr", amendment->claim, amendment->slot, low, high);
}

static annals_status apply_slot(struct record *record, const struct amendment *amendment,
                                annals_error *error)
{
    switch (kind_of(amendment->slot)) {
    case SLOT_TYPE:
    case SLOT_TEXT:
        return set_text(record, amendment, error);
    case SLOT_DATE:
        return set_date(record, amendment, error);
    case SLOT_PLACE:
        return set_place(record, amendment, error);
    case SLOT_ACTOR:
        return set_actors(record, amendment, error);
    case SLOT_COUNT:
        return set_count(record, amendment, error);
    case SLOT_STATUS:
        return statement_run(record, error, "UPDATE claims SET status = ?2 WHERE claim = ?1", "it",
                             amendment->claim, amendment->value);
    case SLOT_CONTROL:
        return statement_run(
            record, error,
            "UPDATE claims SET control = ?2, control_place = CASE WHEN ?2 IS NULL "
            "THEN NULL ELSE coalesce(control_place, place) END, control_holder = "
            "CASE WHEN ?2 IS NULL THEN NULL ELSE control_holder END WHERE claim = ?1",
            "it", amendment->claim, amendment->value);
    default:
        return ANNALS_OK;
    }
}

annals_status amending_apply(struct record *record, const struct amendment *amendment,
                             annals_error *error)
{
    static const char *const held[] = {"date", "place", "status", "control", "holder"};
    annals_status status = apply_slot(record, amendment, error);
    for (size_t i = 0; status == ANNALS_OK && i < sizeof held / sizeof held[0]; i++)
        if (strcmp(amendment->slot, held[i]) == 0)
            status = kept_tell_amended(record, amendment->claim, error);
    return status;
}
