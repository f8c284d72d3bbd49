/* record/: which statements are gathered on their way to a server, and the words of a text as they
 * travel there. */
#include "record/gathered_forms.h"
#include "record/merging.h"
#include "record/report_words.h"
#include "record/search_words.h"
#include "record/sqlite.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* All that storing and merging write. */
static const char *const statements[] = {
#define ROW(name, sql) sql,
    STATEMENT_TABLE(ROW) MERGING_TABLE(ROW)
#undef ROW
};
enum { STATEMENTS = sizeof statements / sizeof statements[0] };

static int parameters_of(const char *sql)
{
    int count = 0, named = 0;
    for (; *sql != '\0'; sql++) {
        if (*sql != '?')
            continue;
        if (sql[1] >= '1' && sql[1] <= '9')
            named = sql[1] - '0' > named ? sql[1] - '0' : named;
        else
            count++;
    }
    return named > 0 ? named : count;
}

/* A statement that is worded anew must be worded anew in the list, or each row goes by itself. */
static void test_every_form_is_a_statement(void **state)
{
    (void)state;
    for (int form = 0; gathered_forms[form].sql != NULL; form++) {
        int found = 0;
        /* Names are found in rows. */
        if (form == GATHERED_ACTOR_NAMES || form == GATHERED_PLACE_NAMES)
            continue;
        for (int i = 0; i < STATEMENTS; i++) {
            if (gathered_form_of(statements[i]) != form)
                continue;
            /* What is found out of a row has no parameter. */
            int columns = (int)strcspn(gathered_forms[form].types, "x");
            int title = strstr(statements[i], "(rowid, title, text)") != NULL;
            assert_int_equal(parameters_of(statements[i]), columns + title);
            found++;
        }
        if (found != 1)
            fail_msg("%d statements are \"%s\"", found, gathered_forms[form].sql);
    }
    assert_int_equal(
        strncmp(gathered_forms[GATHERED_MENTIONS].sql, "INSERT OR IGNORE INTO actor_mentions", 36),
        0);
    assert_int_equal(
        strncmp(gathered_forms[GATHERED_CLAIM_WORDS].sql, "INSERT INTO claim_search", 24), 0);
    assert_int_equal(gathered_form_of("INSERT INTO actors VALUES (?, ?)"), GATHERED_ACTORS);
    assert_int_equal(gathered_form_of("INSERT INTO places VALUES (?, ?)"), GATHERED_PLACES);
    assert_string_equal(gathered_forms[GATHERED_ACTOR_NAMES].sql, "actor_names");
    assert_string_equal(gathered_forms[GATHERED_PLACE_NAMES].sql, "place_names");
}

/* All changes of storing are among them. */
static void test_what_storing_writes_is_gathered(void **state)
{
    (void)state;
    for (int i = 0; i < STATEMENTS; i++)
        if (strncmp(statements[i], "INSERT", 6) == 0 && gathered_form_of(statements[i]) < 0)
            fail_msg("\"%s\" is written by itself", statements[i]);
}

static void test_what_is_not_gathered(void **state)
{
    static const char *const others[] = {
        "INSERT INTO blocks VALUES (1, ?, ?, ?, ?, ?)",
        "INSERT INTO blocks VALUES (?, ?) RETURNING 1",
        "INSERT INTO decisions VALUES (?, ?)",
        "DELETE FROM events WHERE event = ?1",
        "SELECT 1",
        "",
    };
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_int_equal(gathered_form_of(others[i]), -1);
}

/* ------------------------------------------------------------------ words */

static uint32_t number_at(const char *at, int bytes)
{
    uint32_t number = 0;
    for (int i = 0; i < bytes; i++)
        number = number << 8 | (unsigned char)at[i];
    return number;
}

/* "word:1,5 other:2" of a vector as it travels. */
static void read_vector(const struct buffer *vector, struct buffer *text)
{
    const char *at = vector->bytes + 4;
    buffer_clear(text);
    buffer_add_string(text, "");
    for (uint32_t i = 0, lexemes = number_at(vector->bytes, 4); i < lexemes; i++) {
        buffer_print(text, "%s%s:", i > 0 ? " " : "", at);
        at += strlen(at) + 1;
        uint32_t positions = number_at(at, 2);
        at += 2;
        for (uint32_t j = 0; j < positions; j++, at += 2)
            buffer_print(text, "%s%u", j > 0 ? "," : "", number_at(at, 2));
    }
    assert_ptr_equal(at, vector->bytes + vector->length);
}

static void test_words_as_they_travel(void **state)
{
    static const struct {
        const char *title, *text, *vector;
    } examples[] = {
        {NULL, "The town fell; the TOWN burned.", "burned:6 fell:3 the:1,4 town:2,5"},
        {"Town falls", "A town fell", "a:13 falls:2 fell:15 town:1,14"},
        {NULL, "Z\xc3\xbcrich ab a", "a:3 ab:2 zurich:1"},
        {NULL, "", ""},
        {"Title alone", "", "alone:2 title:1"},
        {NULL, "...", ""},
    };
    (void)state;
    struct search_words *words = search_words_open();
    struct buffer vector, text;
    assert_non_null(words);
    buffer_init(&vector);
    buffer_init(&text);
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        const char *title = examples[i].title;
        buffer_clear(&vector);
        search_words_pack(words, title, title != NULL ? strlen(title) : 0, examples[i].text,
                          strlen(examples[i].text), &vector);
        assert_false(vector.failed);
        read_vector(&vector, &text);
        assert_string_equal(text.bytes, examples[i].vector);
    }
    buffer_release(&vector);
    buffer_release(&text);
    search_words_close(words);
}

/* PostgreSQL takes at most 255 positions of a word. */
static void test_a_word_that_is_everywhere(void **state)
{
    (void)state;
    struct search_words *words = search_words_open();
    struct buffer vector, text;
    buffer_init(&vector);
    buffer_init(&text);
    for (int i = 0; i < 40000; i++)
        buffer_add_string(&text, i % 2 == 0 ? "war " : "peace ");
    search_words_pack(words, NULL, 0, text.bytes, text.length, &vector);
    assert_int_equal(number_at(vector.bytes, 4), 2);
    assert_int_equal(number_at(vector.bytes + 4 + 6, 2), 255);
    assert_int_equal(vector.length, 4 + 6 + 2 + 510 + 4 + 2 + 510);
    buffer_release(&vector);
    buffer_release(&text);
    search_words_close(words);
}

/* ------------------------------------------------------------------ words of a report */

static void pack(struct search_words *words, const char *text, struct buffer *vector)
{
    buffer_clear(vector);
    search_words_pack(words, NULL, 0, text, strlen(text), vector);
}

static void test_words_of_a_report(void **state)
{
    const int64_t report = INT64_C(5) << 40, claim = report | 77, other = report + (1 << 23);
    struct search_words *words = search_words_open();
    struct report_words known = {0};
    struct buffer vector;
    (void)state;
    assert_non_null(words);
    buffer_init(&vector);
    pack(words, "Rohan attacked the ford. Nobody held it.", &vector);
    report_words_add(&known, report | 99, &vector);
    pack(words, "Gondor waited.", &vector);
    report_words_add(&known, other, &vector);

    pack(words, "nobody HELD it", &vector);
    assert_true(report_words_hold(&known, claim, &vector));
    assert_false(report_words_hold(&known, other | 3, &vector));
    pack(words, "Nobody held itself", &vector);
    assert_false(report_words_hold(&known, claim, &vector));
    pack(words, "waited", &vector);
    assert_true(report_words_hold(&known, other | 3, &vector));
    /* Of a report that is not known nothing is. */
    assert_false(report_words_hold(&known, report + (2 << 23), &vector));

    /* What comes after a question is another batch. */
    report_words_add(&known, report + (2 << 23), &vector);
    assert_true(report_words_hold(&known, report + (2 << 23) + 1, &vector));
    assert_false(report_words_hold(&known, other | 3, &vector));
    report_words_release(&known);
    buffer_release(&vector);
    search_words_close(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_form_is_a_statement),
        cmocka_unit_test(test_what_storing_writes_is_gathered),
        cmocka_unit_test(test_what_is_not_gathered),
        cmocka_unit_test(test_words_of_a_report),
        cmocka_unit_test(test_words_as_they_travel),
        cmocka_unit_test(test_a_word_that_is_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
