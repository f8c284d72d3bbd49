/* record/dialect: each rule by which SQLite's SQL becomes PostgreSQL's, and what it leaves alone.
 */
#include "record/dialect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *from, *to;
} examples[] = {
    /* parameters */
    {"SELECT a FROM t WHERE b = ? AND c = ?", "SELECT a FROM t WHERE b = $1 AND c = $2"},
    {"SELECT ?2, ?1, ?", "SELECT $2, $1, $3"},
    {"SELECT :low, :high, :low", "SELECT $1, $2, $1"},
    {"SELECT '?', \"a?b\", x::TEXT -- ?", "SELECT '?', \"a?b\", x::TEXT"},
    /* comparing with NULL */
    {"SELECT a IS ?1, a IS NOT ?1, a IS NULL, a IS NOT NULL",
     "SELECT a IS NOT DISTINCT FROM $1, a IS DISTINCT FROM $1, a IS NULL, a IS NOT NULL"},
    {"SELECT a IS 'day' FROM t", "SELECT a IS NOT DISTINCT FROM 'day' FROM t"},
    /* patterns */
    {"SELECT a GLOB 'PCL*', a NOT GLOB 'A?B_*'", "SELECT a LIKE 'PCL%', a NOT LIKE 'A_B\\_%'"},
    {"SELECT a GLOB '[^a-z]*'", "SELECT a ~ '^[^a-z].*$'"},
    /* casts and calls */
    {"SELECT CAST(substr(CAST(t AS BLOB), 1, 2) AS TEXT)",
     "SELECT as_text(substr(as_bytes(t), 1, 2))"},
    {"SELECT CAST(v AS INTEGER), CAST(v AS REAL)",
     "SELECT CAST(v AS BIGINT), CAST(v AS DOUBLE PRECISION)"},
    {"SELECT group_concat(a, '; '), group_concat(f(b, c)), a || char(10)",
     "SELECT string_agg(a, '; '), string_agg(f(b, c), ','), a || chr(10)"},
    {"SELECT json_group_array(v) FROM t", "SELECT coalesce(json_agg(v)::TEXT, '[]') FROM t"},
    /* joins and subqueries */
    {"SELECT 1 FROM a CROSS JOIN b ON b.x = a.x CROSS JOIN c WHERE 1 = 1",
     "SELECT 1 FROM a JOIN b ON b.x = a.x JOIN c ON TRUE WHERE 1 = 1"},
    {"SELECT v FROM (SELECT 1 AS v) WHERE v > 0",
     "SELECT v FROM (SELECT 1 AS v) AS part_1 WHERE v > 0"},
    {"SELECT v FROM (SELECT 1 AS v) n", "SELECT v FROM (SELECT 1 AS v) n"},
    {"SELECT 1 FROM a INDEXED BY b WHERE +a.x = 1 AND 1 + a.y > 2",
     "SELECT 1 FROM a WHERE a.x = 1 AND 1 + a.y > 2"},
    {"SELECT a AS '.kind' FROM t", "SELECT a AS \".kind\" FROM t"},
    {"SELECT a FROM main.t JOIN temp.u", "SELECT a FROM \"s\".t JOIN pg_temp.u"},
    /* the order of NULLs */
    {"SELECT a FROM t ORDER BY a, b DESC, c NULLS LAST LIMIT :limit",
     "SELECT a FROM t ORDER BY a NULLS FIRST, b DESC NULLS LAST, c NULLS LAST LIMIT nullif($1, "
     "-1)"},
    {"SELECT a FROM t ORDER BY f(a, b), t.claim",
     "SELECT a FROM t ORDER BY f(a, b) NULLS FIRST, t.claim"},
    {"SELECT row_number() OVER (PARTITION BY a ORDER BY n DESC, b) FROM t",
     "SELECT row_number() OVER (PARTITION BY a ORDER BY n DESC NULLS LAST, b NULLS FIRST) FROM t"},
    /* INSERT OR ... */
    {"INSERT OR IGNORE INTO t VALUES (?)", "INSERT INTO t VALUES ($1) ON CONFLICT DO NOTHING"},
    {"INSERT OR REPLACE INTO kept_claims (coding, claim) VALUES (0, ?)",
     "INSERT INTO kept_claims (coding, claim) VALUES (0, $1) ON CONFLICT (coding, claim) DO "
     "UPDATE SET coding = EXCLUDED.coding, claim = EXCLUDED.claim"},
    /* search */
    {"SELECT rowid FROM claim_search WHERE claim_search MATCH :text",
     "SELECT rowid FROM claim_search WHERE claim_search.rowid IN (SELECT "
     "claims_with( $1::TSQUERY))"},
};

/* White space that is left of what was dropped is of no interest. */
static const char *squeezed(char *text)
{
    char *to = text;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == ')' && to > text && to[-1] == ' ')
            to--;
        if (*at != ' ' || (to > text && to[-1] != ' '))
            *to++ = *at;
    }
    *to = '\0';
    return text;
}

static void every_rule_has_its_example(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        struct dialect dialect;
        assert_true(dialect_translate(examples[i].from, "\"s\"", &dialect, NULL));
        assert_string_equal(squeezed(dialect.sql.bytes), examples[i].to);
        dialect_release(&dialect);
    }
}

static enum dialect_kind kind_of(const char *sql)
{
    struct dialect dialect;
    assert_true(dialect_translate(sql, "s", &dialect, NULL));
    dialect_release(&dialect);
    return dialect.kind;
}

static void statements_are_told_apart(void **state)
{
    (void)state;
    assert_int_equal(kind_of("  SELECT 1"), DIALECT_ROWS);
    assert_int_equal(kind_of("WITH a AS (SELECT 1) SELECT * FROM a"), DIALECT_ROWS);
    assert_int_equal(kind_of("DELETE FROM t"), DIALECT_CHANGES);
    assert_int_equal(kind_of("BEGIN IMMEDIATE"), DIALECT_BEGIN);
    assert_int_equal(kind_of("COMMIT"), DIALECT_COMMIT);
    assert_int_equal(kind_of("ROLLBACK"), DIALECT_ROLLBACK);
    assert_int_equal(kind_of("PRAGMA integrity_check"), DIALECT_NOTHING);
    assert_int_equal(kind_of(""), DIALECT_NOTHING);
}

static void one_statement_at_a_time(void **state)
{
    (void)state;
    struct dialect dialect;
    const char *rest;
    assert_true(dialect_translate("SELECT ';', :a; SELECT 2", "s", &dialect, &rest));
    assert_string_equal(dialect.sql.bytes, "SELECT ';', $1");
    assert_string_equal(rest, " SELECT 2");
    assert_int_equal(dialect.parameters, 1);
    assert_int_equal(dialect.names[1].length, 2);
    dialect_release(&dialect);
}

/* Whatever it is given, it ends and reads nothing behind it. */
static void what_is_broken_does_no_harm(void **state)
{
    (void)state;
    static const char *const broken[] = {"SELECT (",   "SELECT )",
                                         "(((",        "CAST(",
                                         "CAST()",     "'",
                                         "\"",         "?",
                                         "::",         ":",
                                         "ORDER BY",   "FROM (SELECT",
                                         "CROSS JOIN", "IS",
                                         "LIMIT ?99",  "INSERT OR REPLACE INTO",
                                         "a GLOB",     "group_concat(",
                                         "/*",         "--"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        struct dialect dialect;
        dialect_translate(broken[i], "s", &dialect, NULL);
        dialect_release(&dialect);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_has_its_example),
        cmocka_unit_test(statements_are_told_apart),
        cmocka_unit_test(one_statement_at_a_time),
        cmocka_unit_test(what_is_broken_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
