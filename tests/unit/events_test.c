/* dictionaries/en/events.tsv: the example of every row is coded, and the row must fire in it with
 * the heads that the row expects. */
#include "dictionary/table.h"
#include "pipeline/pipeline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct setting {
    struct arena engine, memory, scratch;
    struct pipeline pipeline;
    struct table table;
};

static int open_all(void **state)
{
    struct setting *setting = test_malloc(sizeof *setting);
    annals_error error = {0};
    char path[1024];
    const char *data = getenv("ANNALS_DATA");
    arena_init(&setting->engine);
    arena_init(&setting->memory);
    arena_init(&setting->scratch);
    struct stage_setting stage_setting = {.data = data, .arena = &setting->engine};
    snprintf(path, sizeof path, "%s/dictionaries/en/events.tsv", data);
    if (data == NULL ||
        pipeline_open(&setting->pipeline, &stage_setting, &error) != ANNALS_OK ||
        table_read(&setting->table, &setting->engine, path, &error) != ANNALS_OK) {
        printf("%s\n", error.sentence);
        return -1;
    }
    *state = setting;
    return 0;
}

static int close_all(void **state)
{
    struct setting *setting = *state;
    pipeline_close(&setting->pipeline);
    arena_release(&setting->scratch);
    arena_release(&setting->memory);
    arena_release(&setting->engine);
    test_free(setting);
    return 0;
}

/* True where the words of `span` hold `word`. */
static bool span_holds(const struct document *document, struct byte_span span, const char *word,
                       size_t length)
{
    for (uint32_t at = span.start; at + length <= span.end; at++)
        if (memcmp(document->text + at, word, length) == 0)
            return true;
    return false;
}

static bool side_holds(const struct document *document, const struct participant *items,
                       uint32_t count, const char *word, size_t length)
{
    if (length == 1 && *word == '-')
        return count == 0 || items[0].chosen;
    for (uint32_t i = 0; i < count; i++)
        if (span_holds(document, items[i].span, word, length))
            return true;
    return false;
}

/* "agent > patient" against the claim. */
static bool expectation_holds(const struct document *document, const struct claim *claim,
                              const char *expect)
{
    const char *arrow = strstr(expect, " > ");
    return arrow != NULL &&
           side_holds(document, claim->agents.items, claim->agents.count, expect,
                      (size_t)(arrow - expect)) &&
           side_holds(document, claim->patients.items, claim->patients.count, arrow + 3,
                      strlen(arrow + 3));
}

static bool example_holds(struct setting *setting, uint32_t row)
{
    const char *text = table_cell(&setting->table, row, "example");
    const char *id = table_cell(&setting->table, row, "id");
    struct document document;
    annals_error error = {0};
    document_init(&document, &setting->memory, text, (uint32_t)strlen(text));
    bool nothing = strcmp(table_cell(&setting->table, row, "plover"), "-") == 0;
    bool holds = nothing;
    if (pipeline_run(&setting->pipeline, &document, HAS_CLAIMS, &setting->scratch, &error) ==
        ANNALS_OK)
        for (uint32_t i = 0; i < document.claims.count; i++)
            holds |= strcmp(document.claims.items[i].rule, id) == 0 &&
                     expectation_holds(&document, &document.claims.items[i],
                                       table_cell(&setting->table, row, "expect"));
    holds = nothing ? document.claims.count == 0 : holds;
    if (!holds) {
        printf("line %u, %s: %s\n", setting->table.rows[row].line, id, text);
        for (uint32_t i = 0; i < document.claims.count; i++)
            printf("    found %s\n", document.claims.items[i].explanation);
    }
    arena_reset(&setting->memory);
    return holds;
}

static void every_example_holds(void **state)
{
    struct setting *setting = *state;
    uint32_t failed = 0;
    for (uint32_t row = 0; row < setting->table.row_count; row++)
        failed += !example_holds(setting, row);
    assert_int_equal(failed, 0);
}

static void rows_are_sorted_and_complete(void **state)
{
    struct setting *setting = *state;
    for (uint32_t row = 0; row < setting->table.row_count; row++) {
        assert_true(*table_cell(&setting->table, row, "example") != '\0');
        assert_non_null(strstr(table_cell(&setting->table, row, "expect"), " > "));
        if (row > 0)
            assert_true(strcmp(table_cell(&setting->table, row - 1, "id"),
                               table_cell(&setting->table, row, "id")) < 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_sorted_and_complete),
        cmocka_unit_test(every_example_holds),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
