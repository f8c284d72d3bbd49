/* pipeline/: the order of stages, and that docs/stages.md names each. */
#include "bytes/mapping.h"
#include "pipeline/pipeline.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static annals_status do_nothing(const void *state, struct document *document,
                                struct arena *scratch, annals_error *error)
{
    (void)state;
    (void)document;
    (void)scratch;
    (void)error;
    return ANNALS_OK;
}

static void the_list_is_in_order(void **state)
{
    (void)state;
    annals_error error = {0};
    assert_int_equal(pipeline_check(stages, &error), ANNALS_OK);
}

static void a_missing_need_is_named(void **state)
{
    (void)state;
    const struct stage first = {.name = "words", .gives = HAS_SENTENCES, .run = do_nothing};
    const struct stage second = {
        .name = "claims", .needs = HAS_TREE | HAS_TIMES, .gives = HAS_CLAIMS, .run = do_nothing};
    const struct stage *const list[] = {&first, &second, NULL};
    annals_error error = {0};
    assert_int_equal(pipeline_check(list, &error), ANNALS_WRONG_USE);
    assert_non_null(strstr(error.sentence, "\"claims\""));
    assert_non_null(strstr(error.sentence, "tree times"));
}

static void the_page_names_each_stage(void **state)
{
    (void)state;
    struct mapping page;
    assert_int_equal(mapping_open(&page, "docs/stages.md", NULL), ANNALS_OK);
    struct arena arena;
    arena_init(&arena);
    const char *text = arena_copy(&arena, (const char *)page.bytes, page.length);
    for (const struct stage *const *stage = stages; *stage != NULL; stage++) {
        char needs[200], gives[200];
        pipeline_layer_names((*stage)->needs, needs, sizeof needs);
        pipeline_layer_names((*stage)->gives, gives, sizeof gives);
        const char *row = arena_print(&arena, "| %s | %s | %s | %s |", (*stage)->name, needs, gives,
                                      (*stage)->summary);
        if (strstr(text, row) == NULL)
            fail_msg("docs/stages.md lacks the row: %s", row);
    }
    arena_release(&arena);
    mapping_close(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_is_in_order),
        cmocka_unit_test(a_missing_need_is_named),
        cmocka_unit_test(the_page_names_each_stage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
