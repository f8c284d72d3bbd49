/* Reads the filters of a query: checks days and numbers, looks names up among the record's names,
 * and tells what was not found. place_filter.c does the same for places, which takes more. */
#include "record/filters.h"

#include "bytes/calendar.h"
#include "bytes/utf8.h"

#include <stdarg.h>
#include <string.h>

/* ------------------------------------------------------------------ values */

void filters_note(const annals_query *query, const char *format, ...)
{
    char sentence[1000];
    va_list values;
    if (query->notes == NULL)
        return;
    va_start(values, format);
    int length = vsnprintf(sentence, sizeof sentence, format, values);
    va_end(values);
    if (length > 0)
        query->notes(query->notes_context, sentence,
                     (size_t)length < sizeof sentence ? (size_t)length : sizeof sentence - 1);
}

/* Words as FTS5 takes them: each in quotes, so that no sign of the words is taken for an operator;
 * a phrase in quotes stays one, a closing * stays a beginning. */
static const char *search_words(struct arena *arena, const char *value)
{
    if (value == NULL)
        return NULL;
    struct buffer words;
    buffer_init(&words);
    for (const char *at = value + strspn(value, " \t\n"); *at != '\0'; at += strspn(at, " \t\n")) {
        bool phrase = *at == '"';
        at += phrase;
        size_t length = strcspn(at, phrase ? "\"" : " \t\n");
        const char *end = at + length;
        bool beginning = !phrase && length > 1 && end[-1] == '*';
        buffer_add_string(&words, words.length > 0 ? " \"" : "\"");
        for (size_t i = 0; i < length - beginning; i++)
            buffer_add_byte(&words, at[i] == '"' ? ' ' : at[i]);
        buffer_add_string(&words, beginning ? "\"*" : "\"");
        at = end + (phrase && *end == '"');
    }
    const char *copy =
        words.failed || words.length == 0 ? "\"\"" : arena_copy(arena, words.bytes, words.length);
    buffer_release(&words);
    return copy;
}

static const char *fold_into(struct arena *arena, const char *text)
{
    size_t length = strlen(text);
    char *folded = arena_allocate(arena, length * 3 + 1);
    if (folded == NULL)
        return "";
    folded[utf8_fold(text, length, folded)] = '\0';
    return folded;
}

annals_status filters_check_day(const char *day, const char *option, annals_error *error)
{
    if (day == NULL || (strlen(day) == 10 && calendar_read(day) != DAY_UNKNOWN))
        return ANNALS_OK;
    return error_set(error, ANNALS_WRONG_USE, "%s: \"%.40s\" is not a day (YYYY-MM-DD)", option,
                     day);
}

annals_status filters_gather(struct filters *filters, const char *sql, const char *first,
                             const char *second, const char **list, uint32_t *count,
                             annals_error *error)
{
    struct store_statement *row = NULL;
    struct buffer wrapped;
    buffer_init(&wrapped);
    *count = 0;
    buffer_print(&wrapped,
                 "SELECT json_group_array(v), count(*) FROM (SELECT DISTINCT v FROM "
                 "(%s) ORDER BY 1)",
                 sql);
    int code = wrapped.failed ? STORE_NOMEM
                              : store_prepare(filters->record->database, wrapped.bytes, &row);
    buffer_release(&wrapped);
    if (code == STORE_OK) {
        store_bind_lasting_text(row, store_parameter(row, ":a"), first);
        store_bind_lasting_text(row, store_parameter(row, ":b"), second);
        if (store_parameter(row, ":how") > 0)
            store_bind_int64(row, store_parameter(row, ":how"), filters->closeness);
        code = store_step(row);
    }
    annals_status status = ANNALS_OK;
    if (code == STORE_ROW) {
        *list = arena_copy_string(&filters->arena, record_text(row, 0));
        *count = (uint32_t)store_int64(row, 1);
    } else {
        status = record_fail(filters->record, "cannot read", error);
    }
    store_finalize(row);
    return status;
}

/* ------------------------------------------------------------------ names */

static annals_status find_actor(struct filters *filters, const annals_query *query,
                                const char *words, enum filter_name name, const char *option,
                                annals_error *error)
{
    uint32_t count;
    if (words == NULL)
        return ANNALS_OK;
    annals_status status = filters_gather(
        filters,
        "SELECT identity AS v FROM actor_names WHERE names(name, :a) OR (code <> '' AND "
        "lower(code) = lower(:b))",
        fold_into(&filters->arena, words), words, &filters->values[name], &count, error);
    if (status == ANNALS_OK && count == 0)
        filters_note(query, "%s: nobody is called \"%.60s\" in this record", option, words);
    return status;
}

static annals_status find_source(struct filters *filters, const annals_query *query,
                                 annals_error *error)
{
    uint32_t count;
    if (query->source == NULL)
        return ANNALS_OK;
    annals_status status =
        filters_gather(filters,
                       "WITH RECURSIVE outlets (v) AS (SELECT min(source) FROM reports UNION ALL "
                       "SELECT (SELECT min(source) FROM reports WHERE source > v) FROM outlets "
                       "WHERE v IS NOT NULL) SELECT v FROM outlets WHERE names(v, :a)",
                       fold_into(&filters->arena, query->source), NULL,
                       &filters->values[FILTER_SOURCE], &count, error);
    if (status == ANNALS_OK && count == 0)
        filters_note(query, "source: no outlet is called \"%.60s\" in this record", query->source);
    return status;
}

static annals_status find_report(struct filters *filters, const annals_query *query,
                                 annals_error *error)
{
    char letter;
    uint32_t count;
    if (query->report == NULL)
        return ANNALS_OK;
    annals_status status =
        filters_gather(filters, "SELECT report AS v FROM reports WHERE name = :a", query->report,
                       NULL, &filters->values[FILTER_REPORT_NAME], &count, error);
    if (status != ANNALS_OK || count > 0)
        return status;
    filters->values[FILTER_REPORT_NAME] = NULL;
    if (!record_id_read(query->report, &letter, &filters->first_report, &filters->last_report) ||
        letter != 'r')
        return error_set(error, ANNALS_NOT_FOUND,
                         "report: no report of this record has the id \"%.60s\"", query->report);
    filters->values[FILTER_REPORT] = query->report;
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ types */

static const char *const plover_types[] = {
    "AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
    "ACCUSE", "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT"};

static bool same_letters(const char *left, const char *right)
{
    return sqlite3_stricmp(left, right) == 0;
}

/* Whether a claim has this mode, or this type of ACLED's. */
static annals_status type_stands(struct filters *filters, const char *sql, const char *value,
                                 bool *stands, annals_error *error)
{
    const char *list;
    uint32_t count = 0;
    annals_status status = filters_gather(filters, sql, value, NULL, &list, &count, error);
    *stands = count > 0;
    return status;
}

/* Which of the four codings a type is of: PLOVER's types are known, CAMEO's are numbers, modes and
 * ACLED's are those that the record has. */
static annals_status find_type(struct filters *filters, const char *type, annals_error *error)
{
    bool stands = false;
    if (type == NULL)
        return ANNALS_OK;
    for (size_t i = 0; i < sizeof plover_types / sizeof plover_types[0]; i++)
        if (same_letters(type, plover_types[i])) {
            filters->values[FILTER_PLOVER] = plover_types[i];
            return ANNALS_OK;
        }
    if (type[0] != '\0' && strspn(type, "0123456789") == strlen(type)) {
        filters->values[FILTER_CAMEO] = type;
        return ANNALS_OK;
    }
    const char *mode = fold_into(&filters->arena, type);
    annals_status status = type_stands(
        filters, "SELECT mode AS v FROM (SELECT mode FROM claims WHERE mode = :a LIMIT 1)", mode,
        &stands, error);
    filters->values[stands ? FILTER_MODE : FILTER_ACLED] = stands ? mode : type;
    if (stands || status != ANNALS_OK)
        return status;
    status = type_stands(filters,
                         "SELECT 1 AS v FROM (SELECT 1 FROM claims WHERE lower(:a) IN "
                         "(lower(acled_type), lower(acled_detail)) LIMIT 1)",
                         type, &stands, error);
    if (status != ANNALS_OK || stands)
        return status;
    struct buffer list;
    buffer_init(&list);
    for (size_t i = 0; i < sizeof plover_types / sizeof plover_types[0]; i++)
        buffer_print(&list, "%s%s", i > 0 ? ", " : "", plover_types[i]);
    status =
        error_set(error, ANNALS_WRONG_USE,
                  "type: \"%.40s\" is no type of PLOVER (%s), no number of CAMEO, and no claim "
                  "of this record has it as a mode or a type of ACLED",
                  type, list.failed ? "" : list.bytes);
    buffer_release(&list);
    return status;
}

static annals_status find_status(struct filters *filters, const char *value, annals_error *error)
{
    static const char *const names[] = {"asserted", "claimed",    "denied",      "alleged",
                                        "planned",  "threatened", "conditional", "negated",
                                        "disputed", "rejected"};
    if (value == NULL)
        return ANNALS_OK;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (same_letters(value, names[i])) {
            filters->values[FILTER_STATUS] = names[i];
            return ANNALS_OK;
        }
    return error_set(error, ANNALS_WRONG_USE,
                     "status: \"%.40s\" is none; asserted, claimed, denied, alleged, planned, "
                     "threatened, conditional, negated or disputed",
                     value);
}

/* ------------------------------------------------------------------ reading */

static annals_status check_values(struct filters *filters, const annals_query *query,
                                  const char *letters, annals_error *error)
{
    char letter;
    annals_status status = filters_check_day(query->from, "from", error);
    if (status == ANNALS_OK)
        status = filters_check_day(query->to, "to", error);
    if (status == ANNALS_OK)
        status = filters_check_day(query->as_of, "as-of", error);
    if (status != ANNALS_OK)
        return status;
    if (query->from != NULL && query->to != NULL && strcmp(query->from, query->to) > 0)
        return error_set(error, ANNALS_WRONG_USE, "from %s to %s: the first day is after the last",
                         query->from, query->to);
    if (query->confidence < 0 || query->confidence > 1)
        return error_set(error, ANNALS_WRONG_USE, "confidence: a number from 0 to 1");
    if (query->within < 0 || query->within > 20100)
        return error_set(error, ANNALS_WRONG_USE, "within: kilometres, more than 0");
    if (query->within > 0 && query->place == NULL)
        return error_set(error, ANNALS_WRONG_USE, "within: of which place? say it with place");
    if (query->id == NULL)
        return ANNALS_OK;
    if (!record_id_read(query->id, &letter, &filters->low, &filters->high) ||
        strchr(letters, letter) == NULL)
        return error_set(error, ANNALS_NOT_FOUND, "\"%.40s\" is no id of this record", query->id);
    filters->values[FILTER_ID] = query->id;
    return ANNALS_OK;
}

/* The words of each filter, for English. */
static void keep_words(struct filters *filters, const annals_query *query)
{
    const char *const words[FILTER_NAMES] = {
        [FILTER_FROM] = query->from,          [FILTER_TO] = query->to,
        [FILTER_PLACE] = query->place,        [FILTER_ACTOR] = query->actor,
        [FILTER_PLOVER] = query->type,        [FILTER_ACLED] = query->type,
        [FILTER_CAMEO] = query->type,         [FILTER_MODE] = query->type,
        [FILTER_STATUS] = query->status,      [FILTER_SOURCE] = query->source,
        [FILTER_SPEAKER] = query->speaker,    [FILTER_REPORT] = query->report,
        [FILTER_REPORT_NAME] = query->report, [FILTER_TEXT] = query->text,
        [FILTER_AS_OF] = query->as_of,
    };
    memcpy(filters->words, words, sizeof words);
    filters->values[FILTER_FROM] = query->from;
    filters->values[FILTER_TO] = query->to;
    filters->values[FILTER_AS_OF] = query->as_of;
    filters->values[FILTER_TEXT] = search_words(&filters->arena, query->text);
    filters->confidence = query->confidence;
    filters->within = query->within;
    filters->rows = query->limit > 0 ? query->limit + query->offset : 0;
    if (query->confidence > 0) {
        char number[32];
        snprintf(number, sizeof number, "%g", query->confidence);
        filters->words[FILTER_CONFIDENCE] = arena_copy_string(&filters->arena, number);
        filters->values[FILTER_CONFIDENCE] = filters->words[FILTER_CONFIDENCE];
    }
}

annals_status filters_open(struct filters *filters, struct record *record,
                           const annals_query *query, const char *letters, annals_error *error)
{
    *filters = (struct filters){.record = record};
    arena_init(&filters->arena);
    memcpy(filters->before, record->as_of, sizeof filters->before);
    annals_status status = check_values(filters, query, letters, error);
    snprintf(record->as_of, sizeof record->as_of, "%s",
             status == ANNALS_OK && query->as_of != NULL ? query->as_of : "");
    keep_words(filters, query);
    if (status == ANNALS_OK)
        status = find_status(filters, query->status, error);
    if (status == ANNALS_OK)
        status = find_type(filters, query->type, error);
    if (status == ANNALS_OK)
        status = find_report(filters, query, error);
    if (status == ANNALS_OK)
        status = find_source(filters, query, error);
    if (status == ANNALS_OK)
        status = find_actor(filters, query, query->actor, FILTER_ACTOR, "actor", error);
    if (status == ANNALS_OK)
        status = find_actor(filters, query, query->speaker, FILTER_SPEAKER, "speaker", error);
    if (status == ANNALS_OK && query->place != NULL)
        status = filters_find_place(filters, query, error);
    return status == ANNALS_OK && filters->arena.failed
               ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
               : status;
}

void filters_release(struct filters *filters)
{
    memcpy(filters->record->as_of, filters->before, sizeof filters->before);
    arena_release(&filters->arena);
}
