/* dictionary/: tables and phrases, on dictionaries of invented nations. */
#include "bytes/hash.h"
#include "dictionary/phrases.h"
#include "dictionary/table.h"
#include "meaning/actor_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static void write_text(char *path, const char *text)
{
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
}

static annals_status read_text(struct table *table, struct arena *arena, const char *text,
                               annals_error *error)
{
    char path[] = "/tmp/annals-table-XXXXXX";
    write_text(path, text);
    annals_status status = table_read(table, arena, path, error);
    unlink(path);
    return status;
}

static void table_reads_rows_and_lists(void **state)
{
    (void)state;
    struct arena arena;
    struct table table;
    annals_error error;
    arena_init(&arena);
    assert_int_equal(read_text(&table, &arena,
                               "# invented nations\nid\tname\taliases\narnor\tArnor\tthe North | "
                               "Arnorians\ngondor\tGondor\t\n",
                               &error),
                     ANNALS_OK);
    assert_int_equal(table.row_count, 2);
    assert_string_equal(table_cell(&table, 1, "name"), "Gondor");
    assert_string_equal(table_cell(&table, 1, "no such column"), "");
    const char *at = table_cell(&table, 0, "aliases"), *item;
    size_t length;
    assert_true(table_next_item(&at, &item, &length));
    assert_int_equal(length, 9);
    assert_true(table_next_item(&at, &item, &length));
    assert_memory_equal(item, "Arnorians", length);
    assert_false(table_next_item(&at, &item, &length));
    arena_release(&arena);
}

static void table_names_the_line_that_is_wrong(void **state)
{
    (void)state;
    struct arena arena;
    struct table table;
    annals_error error;
    arena_init(&arena);
    assert_int_equal(read_text(&table, &arena, "id\tname\narnor\n", &error), ANNALS_MALFORMED);
    assert_int_equal(error.line, 2);
    assert_int_equal(read_text(&table, &arena, "id\tname\na\tb\xff\n", &error), ANNALS_MALFORMED);
    assert_int_equal(error.line, 2);
    assert_int_equal(error.byte, 11);
    assert_int_equal(read_text(&table, &arena, "# only a comment\n", &error), ANNALS_MALFORMED);
    assert_int_equal(table_read(&table, &arena, "/no/such/table", &error), ANNALS_NOT_FOUND);
    arena_release(&arena);
}

static uint32_t find(const struct phrases *phrases, const char *text, uint32_t *length)
{
    uint64_t hashes[16];
    uint32_t count = 0;
    while (*text != '\0' && count < 16) {
        size_t word = strcspn(text, " ");
        hashes[count++] = hash_bytes(text, word);
        text += word + strspn(text + word, " ");
    }
    uint32_t next, handle = phrases_find(phrases, hashes, sizeof hashes[0], count, length);
    return handle == PHRASE_NONE ? PHRASE_NONE : phrases_value(phrases, handle, &next);
}

static void phrases_match_the_longest(void **state)
{
    (void)state;
    struct arena arena;
    struct phrases phrases;
    uint32_t length;
    arena_init(&arena);
    phrases_init(&phrases, &arena);
    assert_int_equal(find(&phrases, "gondor", &length), PHRASE_NONE);
    static const char *const names[] = {"Gondor", "Gondor Liberation Front", "Minas-i-Tirith",
                                        "People's Army", "Anti-Gondor Workers' Front"};
    for (uint32_t i = 0; i < 5; i++)
        assert_true(phrases_add(&phrases, names[i], strlen(names[i]), i));
    assert_int_equal(find(&phrases, "gondor liberation front said", &length), 1);
    assert_int_equal(length, 3);
    assert_int_equal(find(&phrases, "gondor liberation", &length), 0);
    assert_int_equal(length, 1);
    assert_int_equal(find(&phrases, "minas - i - tirith", &length), 2);
    assert_int_equal(length, 5);
    assert_int_equal(find(&phrases, "minas i tirith", &length), 2);
    assert_int_equal(find(&phrases, "people 's army", &length), 3);
    assert_int_equal(find(&phrases, "anti-gondor workers ' front", &length), 4);
    assert_int_equal(length, 4);
    assert_int_equal(find(&phrases, "anti gondor workers ' front", &length), 4);
    assert_int_equal(find(&phrases, "- gondor", &length), PHRASE_NONE);
    assert_false(phrases_add(&phrases, "-", 1, 9));
    arena_release(&arena);
}

static void phrases_hold_many_and_several_values(void **state)
{
    (void)state;
    struct arena arena;
    struct phrases phrases;
    uint32_t length, next;
    char name[32];
    arena_init(&arena);
    phrases_init(&phrases, &arena);
    for (uint32_t i = 0; i < 20000; i++) {
        snprintf(name, sizeof name, "town %u", i / 2);
        assert_true(phrases_add(&phrases, name, strlen(name), i));
    }
    for (uint32_t i = 0; i < 10000; i++) {
        snprintf(name, sizeof name, "town %u", i);
        assert_int_equal(find(&phrases, name, &length), i * 2);
    }
    uint64_t hashes[] = {hash_bytes("town", 4), hash_bytes("7", 1)};
    uint32_t handle = phrases_find(&phrases, hashes, sizeof hashes[0], 2, &length);
    assert_int_equal(phrases_value(&phrases, handle, &next), 14);
    assert_int_equal(phrases_value(&phrases, next, &next), 15);
    assert_int_equal(next, PHRASE_NONE);
    arena_release(&arena);
}

/* ------------------------------------------------------------------ words of actors */

static annals_status read_actor_words(struct actor_words *words, struct arena *arena,
                                      const char *text, annals_error *error)
{
    char path[] = "/tmp/annals-table-XXXXXX";
    write_text(path, text);
    annals_status status = actor_words_read(words, arena, path, error);
    unlink(path);
    return status;
}

static void words_of_actors_have_kinds(void **state)
{
    (void)state;
    struct arena arena;
    struct actor_words words;
    annals_error error;
    arena_init(&arena);
    struct token tokens[] = {{.hash = hash_bytes("riders", 6)},
                             {.hash = hash_bytes("front", 5)},
                             {.hash = hash_bytes("would-be", 8)}};
    struct document document = {.tokens = {.items = tokens, .count = 3}};
    const struct token_range all = {0, 3}, first = {0, 1}, last = {2, 3};
    assert_int_equal(read_actor_words(&words, &arena,
                                      "id\tkind\twords\na\tarmed\tfront|host\nb\tbody\tfront\n"
                                      "c\tapart\twould-be\nd\topposite\thost|riders\n",
                                      &error),
                     ANNALS_OK);
    assert_true(actor_words_hold(&words, &document, all, ACTOR_WORD_ARMED));
    assert_true(actor_words_hold(&words, &document, all, ACTOR_WORD_BODY));
    assert_true(actor_words_hold(&words, &document, last, ACTOR_WORD_APART));
    assert_false(actor_words_hold(&words, &document, first, ACTOR_WORD_BODY));
    assert_false(actor_words_hold(&words, &document, last, ACTOR_WORD_ARMED));
    assert_true(actor_words_has(&words, &tokens[0], ACTOR_WORD_OPPOSITE));
    assert_false(actor_words_has(&words, &tokens[1], ACTOR_WORD_OPPOSITE));
    assert_int_not_equal(
        read_actor_words(&words, &arena, "id\tkind\twords\na\tfleet\tship\n", &error), ANNALS_OK);
    assert_int_equal(error.line, 2);
    assert_non_null(strstr(error.sentence, "\"fleet\" is not known"));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_reads_rows_and_lists),
        cmocka_unit_test(table_names_the_line_that_is_wrong),
        cmocka_unit_test(phrases_match_the_longest),
        cmocka_unit_test(phrases_hold_many_and_several_values),
        cmocka_unit_test(words_of_actors_have_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
