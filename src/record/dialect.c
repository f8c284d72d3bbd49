/* Translates a statement from SQLite's SQL to PostgreSQL's.
 *
 * It is cut into tokens (dialect_tokens.c), and rules are tried on each; what no rule knows stays
 * as it is. Functions that PostgreSQL lacks are made by the schema under their SQLite names
 * (schema/postgresql), so that only syntax is translated here: parameters, IS, GLOB, INSERT OR,
 * CROSS JOIN ... ON, hints, casts, nameless subqueries, the order of NULLs. Only what src/record
 * uses is known; tests/unit/dialect_test has an example of each rule. Left out: schema (what makes
 * tables), whose files are written for each. */
#include "record/dialect_tokens.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ------------------------------------------------------------------ tokens, asked and changed */

static struct token *token(struct translation *work, uint32_t number)
{
    static struct token none;
    return number < work->tokens.count ? &work->tokens.items[number] : &none;
}

static bool is(const struct token *token, const char *word)
{
    return token->kind != TOKEN_STRING && token->length == strlen(word) &&
           strncasecmp(token->text, word, token->length) == 0;
}

static bool is_one_of(const struct token *token, const char *const *words)
{
    for (; *words != NULL; words++)
        if (is(token, *words))
            return true;
    return false;
}

static bool is_at(struct translation *work, uint32_t number, const char *word)
{
    return number < work->tokens.count && is(token(work, number), word);
}

/* `word (`: a function. */
static bool is_call(struct translation *work, uint32_t number, const char *word)
{
    return is_at(work, number, word) && is_at(work, number + 1, "(");
}

static void drop(struct translation *work, uint32_t number, uint32_t count)
{
    for (uint32_t i = number; i < number + count && i < work->tokens.count; i++)
        work->tokens.items[i].instead = "";
}

static void add_after(struct translation *work, uint32_t number, const char *text)
{
    struct token *token = &work->tokens.items[number];
    token->after =
        token->after == NULL ? text : arena_print(&work->arena, "%s%s", token->after, text);
}

static const char *words_of(struct translation *work, uint32_t number)
{
    const struct token *of = token(work, number);
    return arena_copy(&work->arena, of->text, of->length);
}

/* Behind the name, call or parenthesis that begins at `number`. */
static uint32_t behind(struct translation *work, uint32_t number)
{
    if (is_at(work, number, "("))
        return token(work, number)->partner + 1;
    while (is_at(work, number + 1, "."))
        number += 2;
    return is_at(work, number + 1, "(") ? token(work, number + 1)->partner + 1 : number + 1;
}

/* ------------------------------------------------------------------ parameters */

static int find_name(struct dialect *dialect, const struct token *named)
{
    for (int i = 1; i <= dialect->parameters; i++)
        if (dialect->names[i].length == named->length &&
            memcmp(dialect->names[i].text, named->text, named->length) == 0)
            return i;
    return 0;
}

/* SQLite numbers: ? is one more than the greatest so far, so is a name that is new. */
static int number_of(struct translation *work, const struct token *parameter)
{
    struct dialect *dialect = work->dialect;
    int number = 0;
    if (parameter->text[0] == ':')
        number = find_name(dialect, parameter);
    else if (parameter->text[0] == '?' && parameter->length > 1)
        number = atoi(parameter->text + 1);
    if (number == 0)
        number = dialect->parameters + 1;
    if (number > DIALECT_PARAMETERS) {
        work->arena.failed = true;
        return 1;
    }
    if (number > dialect->parameters)
        dialect->parameters = number;
    if (parameter->text[0] == ':')
        dialect->names[number] = (struct dialect_name){parameter->text, parameter->length};
    return number;
}

static void parameters(struct translation *work)
{
    for (uint32_t i = 0; i < work->tokens.count; i++) {
        struct token *one = token(work, i);
        bool said = one->kind == TOKEN_STRING && i > 1 && is_at(work, i - 1, "MATCH");
        if (one->kind != TOKEN_PARAMETER && !said)
            continue;
        int number = number_of(work, one);
        if (said)
            work->dialect->texts[number] = (struct dialect_name){one->text + 1, one->length - 2};
        one->instead = arena_print(&work->arena, "$%d", number);
        /* -1 stands for no limit. */
        if (i > 0 && is_at(work, i - 1, "LIMIT")) {
            one->before = "nullif(";
            one->after = ", -1)";
        }
        if (i > 1 && is_at(work, i - 1, "MATCH")) {
            work->dialect->uses[number] = DIALECT_QUESTION;
            /* Claims are found by their reports' words (schema/postgresql/own/004.sql). */
            bool claims = is_at(work, i - 2, "claim_search");
            one->after = claims ? "::TSQUERY))" : "::TSQUERY";
            token(work, i - 1)->instead = claims ? "IN (SELECT claims_with(" : "@@";
            token(work, i - 2)->after = claims ? ".rowid" : ".words";
        }
    }
}

/* ------------------------------------------------------------------ rules for one place */

static const char *const behind_is[] = {"NULL", "NOT", "TRUE", "FALSE", "DISTINCT", NULL};
static const char *const before_sign[] = {
    "AND", "OR", "NOT",  "WHERE", "IN", "SELECT", "THEN",    "ELSE", "WHEN",
    "BY",  "ON", "LIKE", "IS",    "(",  ",",      "=",       "<",    ">",
    "<=",  ">=", "<>",   "!=",    "||", "HAVING", "BETWEEN", NULL};
static const char *const ends_table[] = {
    "ON",    "USING", "JOIN", "CROSS",  "LEFT",   "INNER",  "WHERE", "GROUP",   "ORDER", "LIMIT",
    "UNION", ")",     ",",    "HAVING", "EXCEPT", "OFFSET", "SET",   "INDEXED", NULL};

/* IS and IS NOT compare values that may be NULL. */
static void rule_is(struct translation *work, uint32_t i)
{
    if (!is_at(work, i, "IS"))
        return;
    if (is_at(work, i + 1, "NOT")) {
        if (i + 2 < work->tokens.count && !is_one_of(token(work, i + 2), behind_is))
            token(work, i + 1)->instead = "DISTINCT FROM";
    } else if (!is_one_of(token(work, i + 1), behind_is)) {
        token(work, i)->instead = "IS NOT DISTINCT FROM";
    }
}

/* A pattern with classes of letters, as a regular expression. */
static const char *pattern_of(struct translation *work, const struct token *pattern)
{
    char *made = arena_allocate(&work->arena, pattern->length * 2 + 4);
    size_t length = 0;
    for (size_t at = 0; made != NULL && at < pattern->length; at++) {
        char byte = pattern->text[at];
        if (at + 1 == pattern->length)
            made[length++] = '$';
        if (byte == '*' || byte == '?')
            made[length++] = '.';
        if (byte != '?')
            made[length++] = byte;
        if (at == 0)
            made[length++] = '^';
    }
    return made;
}

/* A pattern as LIKE has it, where it has * and ? only. */
static void rule_glob(struct translation *work, uint32_t i)
{
    struct token *pattern = token(work, i + 1);
    if (!is_at(work, i, "GLOB") || pattern->kind != TOKEN_STRING)
        return;
    if (memchr(pattern->text, '[', pattern->length) != NULL) {
        pattern->instead = pattern_of(work, pattern);
        token(work, i)->instead = "~";
        return;
    }
    char *like = arena_allocate(&work->arena, pattern->length * 2 + 1);
    size_t length = 0;
    for (size_t at = 0; like != NULL && at < pattern->length; at++) {
        char byte = pattern->text[at];
        if (byte == '%' || byte == '_' || byte == '\\')
            like[length++] = '\\';
        like[length++] = byte == '*' ? '%' : byte;
        if (byte == '?')
            like[length - 1] = '_';
    }
    token(work, i)->instead = "LIKE";
    pattern->instead = like;
}

/* CAST of bytes and text, which PostgreSQL does by functions. */
static void rule_cast(struct translation *work, uint32_t i)
{
    if (!is_call(work, i, "CAST"))
        return;
    uint32_t end = token(work, i + 1)->partner;
    if (end < 3 || !is_at(work, end - 2, "AS"))
        return;
    bool text = is_at(work, end - 1, "TEXT"), bytes = is_at(work, end - 1, "BLOB");
    if (text || bytes) {
        token(work, i)->instead = text ? "as_text" : "as_bytes";
        drop(work, end - 2, 2);
    } else if (is_at(work, end - 1, "INTEGER")) {
        token(work, end - 1)->instead = "BIGINT";
    } else if (is_at(work, end - 1, "REAL")) {
        token(work, end - 1)->instead = "DOUBLE PRECISION";
    }
}

static void rule_call(struct translation *work, uint32_t i)
{
    if (is_call(work, i, "char"))
        token(work, i)->instead = "chr";
    if (is_call(work, i, "group_concat")) {
        uint32_t end = token(work, i + 1)->partner, commas = 0;
        for (uint32_t at = i + 2; at < end; at = behind(work, at))
            commas += is_at(work, at, ",");
        token(work, i)->instead = "string_agg";
        if (commas == 0)
            token(work, end)->before = ", ','";
    }
    if (is_call(work, i, "json_group_array")) {
        token(work, i)->instead = "coalesce(json_agg";
        add_after(work, token(work, i + 1)->partner, "::TEXT, '[]')");
    }
}

/* CROSS JOIN keeps SQLite from another order; it may have a condition there. */
static void rule_join(struct translation *work, uint32_t i)
{
    if (!is_at(work, i, "CROSS") || !is_at(work, i + 1, "JOIN"))
        return;
    drop(work, i, 1);
    uint32_t end = behind(work, i + 2);
    while (end < work->tokens.count && !is_one_of(token(work, end), ends_table))
        end++;
    if (end >= work->tokens.count || !(is_at(work, end, "ON") || is_at(work, end, "USING")))
        add_after(work, end - 1, " ON TRUE");
}

/* A subquery in FROM has a name. */
static void rule_subquery(struct translation *work, uint32_t i)
{
    static const char *const starts[] = {"SELECT", "WITH", "VALUES", NULL};
    if (!(is_at(work, i, "FROM") || is_at(work, i, "JOIN")) || !is_at(work, i + 1, "(") ||
        !is_one_of(token(work, i + 2), starts))
        return;
    uint32_t end = token(work, i + 1)->partner;
    if (end + 1 >= work->tokens.count || is_one_of(token(work, end + 1), ends_table))
        add_after(work, end, arena_print(&work->arena, " AS part_%d", ++work->unnamed));
}

static void rule_small(struct translation *work, uint32_t i)
{
    struct token *one = token(work, i), *next = token(work, i + 1);
    if (is(one, "INDEXED") && is(next, "BY"))
        drop(work, i, 3);
    /* A plus that keeps SQLite from an index. */
    if (is(one, "+") && i > 0 && is_one_of(token(work, i - 1), before_sign) &&
        next->kind == TOKEN_WORD)
        drop(work, i, 1);
    if (is(one, "AS") && next->kind == TOKEN_STRING)
        next->instead =
            arena_print(&work->arena, "\"%.*s\"", (int)next->length - 2, next->text + 1);
    if (is(one, "temp") && is(next, "."))
        one->instead = "pg_temp";
    if (is(one, "main") && is(next, "."))
        one->instead = work->schema;
}

/* ------------------------------------------------------------------ the order of NULLs */

/* Columns that are never NULL: without the word on NULLs an index gives their order. */
static const char *const never_null[] = {"report", "claim",         "event", "episode",
                                         "other",  "cell",          "place", "decision",
                                         "number", "trigger_start", NULL};
static const char *const ends_order[] = {"LIMIT", "OFFSET", "UNION", "ROWS", "RANGE", NULL};

static void end_term(struct translation *work, uint32_t first, uint32_t last)
{
    bool falling = is_at(work, last, "DESC");
    uint32_t words = last - first + 1;
    for (uint32_t i = first; i <= last; i++)
        if (is_at(work, i, "NULLS"))
            return;
    if (!falling && (words == 1 || (words == 3 && is_at(work, first + 1, "."))) &&
        is_one_of(token(work, last), never_null))
        return;
    add_after(work, last, falling ? " NULLS LAST" : " NULLS FIRST");
}

/* SQLite takes NULL for less than all else, PostgreSQL for more. */
static void rule_order(struct translation *work, uint32_t i)
{
    if (!is_at(work, i, "ORDER") || !is_at(work, i + 1, "BY"))
        return;
    uint32_t first = i + 2, at = first;
    while (at < work->tokens.count && !is_at(work, at, ")") &&
           !is_one_of(token(work, at), ends_order)) {
        if (is_at(work, at, ",")) {
            end_term(work, first, at - 1);
            first = at + 1;
        }
        at = is_at(work, at, "(") ? token(work, at)->partner + 1 : at + 1;
    }
    if (at > first)
        end_term(work, first, at - 1);
}

/* ------------------------------------------------------------------ INSERT OR ... */

/* By what a row that is replaced is known. */
static const struct key {
    const char *table, *columns;
} keys[] = {
    {"decided_claims", "decision, number"},
    {"places", "report, place"},
    {"codings", "report, version"},
    {"kept_sentences", "coding, report, sentence"},
    {"kept_times", "coding, report, time"},
    {"kept_places", "coding, report, place"},
    {"kept_actors", "coding, report, actor"},
    {"kept_actor_mentions", "coding, report, start, stop, actor"},
    {"kept_claims", "coding, claim"},
    {"kept_participants", "coding, claim, role, number"},
    {"kept_counts", "coding, claim, number"},
    {"kept_according_to", "coding, claim, number"},
    {"kept_events", "coding, event"},
    {"kept_event_claims", "coding, claim"},
};

/* " ON CONFLICT (...) DO UPDATE SET column = EXCLUDED.column ...". */
static const char *replacing(struct translation *work, uint32_t table)
{
    const char *columns = NULL, *joint = "";
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (is_at(work, table, keys[i].table))
            columns = keys[i].columns;
    if (columns == NULL || !is_at(work, table + 1, "("))
        return " ON CONFLICT DO NOTHING";
    const char *text = arena_print(&work->arena, " ON CONFLICT (%s) DO UPDATE SET ", columns);
    for (uint32_t i = table + 2; i < token(work, table + 1)->partner; i++) {
        if (is_at(work, i, ","))
            continue;
        const char *column = words_of(work, i);
        text = arena_print(&work->arena, "%s%s%s = EXCLUDED.%s", text, joint, column, column);
        joint = ", ";
    }
    return text;
}

static void rule_insert(struct translation *work)
{
    if (!is_at(work, 0, "INSERT") || !is_at(work, 1, "OR"))
        return;
    bool replace = is_at(work, 2, "REPLACE");
    drop(work, 1, 2);
    add_after(work, work->tokens.count - 1,
              replace ? replacing(work, 4) : " ON CONFLICT DO NOTHING");
}

/* ------------------------------------------------------------------ what is worded anew */

/* What FTS5 alone understands. */
static const struct wording {
    const char *from, *to;
    enum dialect_kind kind;
    enum dialect_use uses[3]; /* of parameters 1 to 3 */
} wordings[] = {
    {"INSERT INTO report_search (rowid, title, text) VALUES (?, ?, ?)",
     "INSERT INTO report_search (rowid, words) VALUES ($1, coalesce($2::TSVECTOR, '') || "
     "$3::TSVECTOR)",
     DIALECT_CHANGES,
     {DIALECT_PLAIN, DIALECT_WORDS, DIALECT_WORDS}},
    {"INSERT INTO claim_search (rowid, sentence) VALUES (?, ?)",
     "INSERT INTO claim_search (rowid, words) VALUES ($1, $2::TSVECTOR)",
     DIALECT_CHANGES,
     {DIALECT_PLAIN, DIALECT_WORDS}},
    /* Those of a report (recoding.c). */
    {"INSERT INTO claim_search (claim_search, rowid, sentence) SELECT 'delete', ",
     "DELETE FROM claim_search WHERE rowid IN (SELECT claim FROM claims WHERE report = $1)",
     DIALECT_CHANGES,
     {DIALECT_PLAIN}},
    {"INSERT INTO report_search (report_search, rank) ", NULL, DIALECT_NOTHING, {DIALECT_PLAIN}},
    {"INSERT INTO claim_search (claim_search, rank) ", NULL, DIALECT_NOTHING, {DIALECT_PLAIN}},
    {"PRAGMA query_only = OFF",
     "SET default_transaction_read_only = off",
     DIALECT_CHANGES,
     {DIALECT_PLAIN}},
    {"PRAGMA query_only = ON",
     "SET default_transaction_read_only = on",
     DIALECT_CHANGES,
     {DIALECT_PLAIN}},
    {"PRAGMA foreign_key_check",
     "SELECT name, key, parent FROM lost_references",
     DIALECT_ROWS,
     {DIALECT_PLAIN}},
    {"PRAGMA ", NULL, DIALECT_NOTHING, {DIALECT_PLAIN}},
};

/* The parameters of a wording are those of "$1", "$2", "$3" that it holds, in their order. */
static void number_parameters(const struct wording *wording, struct dialect *dialect)
{
    static const char *const signs[] = {"$1", "$2", "$3"};
    while (dialect->parameters < 3 && strstr(wording->to, signs[dialect->parameters]) != NULL) {
        dialect->uses[dialect->parameters + 1] = wording->uses[dialect->parameters];
        dialect->parameters++;
    }
}

static bool is_worded_anew(const char *sql, struct dialect *dialect)
{
    for (size_t i = 0; i < sizeof wordings / sizeof wordings[0]; i++) {
        const struct wording *wording = &wordings[i];
        if (strncmp(sql, wording->from, strlen(wording->from)) != 0)
            continue;
        dialect->kind = wording->kind;
        if (wording->to != NULL)
            buffer_add_string(&dialect->sql, wording->to);
        if (wording->to != NULL && wording->kind == DIALECT_CHANGES)
            number_parameters(wording, dialect);
        return true;
    }
    return false;
}

/* ------------------------------------------------------------------ the whole */

static enum dialect_kind kind_of(struct translation *work)
{
    static const char *const rows[] = {"SELECT", "WITH", "VALUES", "EXPLAIN", "SHOW", NULL};
    if (work->tokens.count == 0)
        return DIALECT_NOTHING;
    if (is_at(work, 0, "BEGIN"))
        return DIALECT_BEGIN;
    if (is_at(work, 0, "COMMIT"))
        return DIALECT_COMMIT;
    if (is_at(work, 0, "ROLLBACK") && work->tokens.count == 1)
        return DIALECT_ROLLBACK;
    return is_one_of(token(work, 0), rows) ? DIALECT_ROWS : DIALECT_CHANGES;
}

static void write_all(struct translation *work)
{
    struct buffer *sql = &work->dialect->sql;
    for (uint32_t i = 0; i < work->tokens.count; i++) {
        const struct token *one = token(work, i);
        if (one->spaced && i > 0)
            buffer_add_byte(sql, ' ');
        if (one->before != NULL)
            buffer_add_string(sql, one->before);
        if (one->instead != NULL)
            buffer_add_string(sql, one->instead);
        else
            buffer_add(sql, one->text, one->length);
        if (one->after != NULL)
            buffer_add_string(sql, one->after);
    }
}

bool dialect_translate(const char *sql, const char *schema, struct dialect *dialect,
                       const char **rest)
{
    static void (*const rules[])(struct translation *, uint32_t) = {
        rule_is, rule_glob, rule_cast, rule_call, rule_join, rule_subquery, rule_small, rule_order};
    struct translation work = {.dialect = dialect, .schema = schema};
    memset(dialect, 0, sizeof *dialect);
    buffer_init(&dialect->sql);
    if (rest != NULL)
        *rest = "";
    if (is_worded_anew(sql, dialect))
        return !dialect->sql.failed;
    arena_init(&work.arena);
    array_init(&work.tokens, &work.arena);
    const char *behind_it = dialect_cut(&work, sql);
    if (rest != NULL)
        *rest = behind_it;
    parameters(&work);
    for (uint32_t i = 0; i < work.tokens.count; i++)
        for (size_t rule = 0; rule < sizeof rules / sizeof rules[0]; rule++)
            rules[rule](&work, i);
    rule_insert(&work);
    dialect->kind = kind_of(&work);
    write_all(&work);
    bool failed = work.arena.failed || dialect->sql.failed;
    arena_release(&work.arena);
    return !failed;
}

void dialect_release(struct dialect *dialect)
{
    buffer_release(&dialect->sql);
}
