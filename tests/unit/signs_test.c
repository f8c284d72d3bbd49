/* dictionaries/en/stances.tsv and doubts.tsv: in the example of every row its sign is found, and it
 * is the row's own; and what signs are made of. */
#include "dictionary/table.h"
#include "render/sign_lists.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct setting {
    struct arena arena;
    struct signs signs;
};

static int open_all(void **state)
{
    struct setting *setting = test_malloc(sizeof *setting);
    annals_error error = {0};
    arena_init(&setting->arena);
    if (sign_lists_read(&setting->signs, &setting->arena, getenv("ANNALS_DATA"), &error) !=
        ANNALS_OK) {
        printf("%s\n", error.sentence);
        return -1;
    }
    *state = setting;
    return 0;
}

static int close_all(void **state)
{
    struct setting *setting = *state;
    arena_release(&setting->arena);
    test_free(setting);
    return 0;
}

static bool finds(const struct signs *signs, const char *id, enum sign_type type,
                  const char *sentence)
{
    const char *at = sentence;
    struct sign_found found;
    while (signs_next(signs, type, (enum sign_type)(type + 1), sentence, &at, &found))
        if (strcmp(found.sign->id, id) == 0)
            return true;
    return false;
}

static void check_examples(struct setting *setting, const char *file)
{
    struct table table;
    annals_error error = {0};
    const char *path =
        arena_print(&setting->arena, "%s/dictionaries/en/%s", getenv("ANNALS_DATA"), file);
    int failures = 0;
    assert_int_equal(table_read(&table, &setting->arena, path, &error), ANNALS_OK);
    for (uint32_t i = 0; i < table.row_count; i++) {
        enum sign_type type = sign_type_named(table_cell(&table, i, "sign"));
        const char *id = table_cell(&table, i, "id"), *example = table_cell(&table, i, "example");
        if (strcmp(table_cell(&table, i, "sign"), "set") == 0)
            continue;
        if (type == SIGN_TYPES || !finds(&setting->signs, id, type, example)) {
            printf("%s: %s is not found in: %s\n", file, id, example);
            failures++;
        }
    }
    assert_int_equal(failures, 0);
    assert_true(table.row_count > 10);
}

static void every_stance_is_found_in_its_example(void **state)
{
    check_examples(*state, "stances.tsv");
}

static void every_doubt_is_found_in_its_example(void **state)
{
    check_examples(*state, "doubts.tsv");
}

static bool has(const char *words, const char *sentence)
{
    struct arena arena;
    struct signs signs;
    arena_init(&arena);
    signs_init(&signs, &arena);
    signs_add(&signs, "one", SIGN_DOUBT, false, words);
    bool found = signs_have(&signs, SIGN_DOUBT, sentence, strlen(sentence));
    arena_release(&arena);
    return found;
}

static void signs_are_words_in_their_order(void **state)
{
    (void)state;
    assert_true(has("red|green boat", "The Green boat sank."));
    assert_false(has("red|green boat", "The green old boat sank."));
    assert_false(has("red|green boat", "The boat was green."));
    assert_true(has("red ... boat", "The red and very old boat sank."));
    assert_false(has("red ... boat", "The red sun, and the boat."));
    assert_false(has("red ... boat", "The red a b c d e f g h boat."));
    assert_true(has("sold this .", "They sold this."));
    assert_true(has("sold this .", "They sold this"));
    assert_false(has("sold this .", "They sold this boat."));
    assert_true(has(", but ... sank", "It sailed, but then it sank."));
    assert_false(has("boat", ""));
}

static void the_longer_of_two_signs_counts(void **state)
{
    struct arena arena;
    struct signs signs;
    struct sign_found found;
    const char *sentence = "They no longer fight to the end.", *at = sentence;
    (void)state;
    arena_init(&arena);
    signs_init(&signs, &arena);
    signs_add(&signs, "fight", SIGN_FIGHTS, false, "fight");
    signs_add(&signs, "longer", SIGN_YIELDS, true, "no longer");
    signs_add(&signs, "no-longer", SIGN_YIELDS, true, "no longer fight");
    assert_true(signs_next(&signs, SIGN_YIELDS, SIGN_STANCES, sentence, &at, &found));
    assert_string_equal(found.sign->id, "no-longer");
    assert_string_equal(found.last, "fight");
    assert_int_equal(found.start, 5);
    /* Its words are not read again. */
    assert_false(signs_next(&signs, SIGN_YIELDS, SIGN_STANCES, sentence, &at, &found));
    arena_release(&arena);
}

static void names_are_shared_by_sentences(void **state)
{
    (void)state;
    assert_true(sentences_share_name("Rain fell on Lindau.", "They left Lindau on Monday."));
    assert_false(sentences_share_name("Rain fell on Monday.", "They left Lindau on Monday."));
    assert_false(sentences_share_name("Lindau is wet.", "Lindau is dry."));
    assert_false(sentences_share_name("RAIN FELL ON LINDAU", "THEY LEFT LINDAU"));
}

static void a_list_that_is_wrong_is_refused(void **state)
{
    struct arena arena;
    struct signs signs;
    annals_error error = {0};
    (void)state;
    arena_init(&arena);
    assert_int_equal(sign_type_named("no such sign"), SIGN_TYPES);
    assert_int_equal(sign_lists_read(&signs, &arena, NULL, &error), ANNALS_OK);
    assert_int_equal(signs.items.count, 0);
    assert_int_not_equal(sign_lists_read(&signs, &arena, "/nowhere", &error), ANNALS_OK);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_stance_is_found_in_its_example),
        cmocka_unit_test(every_doubt_is_found_in_its_example),
        cmocka_unit_test(signs_are_words_in_their_order),
        cmocka_unit_test(the_longer_of_two_signs_counts),
        cmocka_unit_test(names_are_shared_by_sentences),
        cmocka_unit_test(a_list_that_is_wrong_is_refused),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
