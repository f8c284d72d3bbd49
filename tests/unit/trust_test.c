/* meaning/trust: every claim has a confidence in twentieths that its participants bear out, and a
 * report of shares, of sport or of advice loses what it never told. */
#include "pipeline/pipeline.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct setting {
    struct arena engine, memory, scratch;
    struct pipeline pipeline;
    struct document document;
};

static int open_all(void **state)
{
    struct setting *setting = test_malloc(sizeof *setting);
    annals_error error = {0};
    arena_init(&setting->engine);
    arena_init(&setting->memory);
    arena_init(&setting->scratch);
    struct stage_setting stage_setting = {.data = getenv("ANNALS_DATA"), .arena = &setting->engine};
    if (stage_setting.data == NULL ||
        pipeline_open(&setting->pipeline, &stage_setting, &error) != ANNALS_OK) {
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

static void code(struct setting *setting, const char *text)
{
    annals_error error = {0};
    arena_reset(&setting->memory);
    document_init(&setting->document, &setting->memory, text, (uint32_t)strlen(text));
    assert_int_equal(
        pipeline_run(&setting->pipeline, &setting->document, HAS_CLAIMS, &setting->scratch, &error),
        ANNALS_OK);
}

static const char war[] = "Government troops attacked the village of Sarnova on Tuesday, an army "
                          "spokesman said. At least 12 soldiers were killed "
                          "when a rocket hit their truck near the bridge. The rebels raided a "
                          "police station in the neighbouring town at night and "
                          "shot dead two officers. The army arrested thirty villagers and burned "
                          "their houses. Residents said that shells fell on "
                          "the market for an hour, and that the wounded were taken to a school "
                          "because the hospital was destroyed last week.";

static const char shares[] =
    "Shares of the retailer fell to a two-year low on Tuesday and the bonds of the company fell, too. Analysts said investors "
    "had hit the stock after the company reported a smaller profit for the second year in a row. Traders expect the index to "
    "fall again this week before it recovers, as it did in the autumn. Its rivals did a little better, after the bank had "
    "struck a cautious note and the dollar had retreated against the crown and the euro in a quiet market without news.";

static void confidence_is_in_twentieths(void **state)
{
    struct setting *setting = *state;
    code(setting, war);
    assert_true(setting->document.claims.count >= 6);
    for (uint32_t i = 0; i < setting->document.claims.count; i++) {
        const struct claim *claim = &setting->document.claims.items[i];
        float steps = claim->confidence * 20;
        assert_true(claim->confidence > 0 && claim->confidence <= 0.95f);
        assert_true(fabsf(steps - rintf(steps)) < 0.001f);
    }
}

/* How sure the claim is whose trigger begins with `word`; 0 where there is none. */
static float confidence_of(struct setting *setting, const char *text, const char *word)
{
    code(setting, text);
    for (uint32_t i = 0; i < setting->document.claims.count; i++) {
        struct byte_span trigger = setting->document.claims.items[i].trigger;
        if (strncmp(text + trigger.start, word, strlen(word)) == 0)
            return setting->document.claims.items[i].confidence;
    }
    return 0;
}

static void who_stands_far_off_is_doubted(void **state)
{
    struct setting *setting = *state;
    float plain = confidence_of(setting, "Soldiers killed two villagers on Monday.", "killed");
    float far = confidence_of(setting,
                              "Soldiers, who had come from the hills after the talks that the mayor "
                              "had led were broken off, it was said, killed on Monday.",
                              "killed");
    assert_true(plain > 0.7f);
    assert_true(far < plain);
}

static void the_same_report_is_judged_the_same(void **state)
{
    struct setting *setting = *state;
    float first[64];
    code(setting, war);
    uint32_t count = setting->document.claims.count;
    assert_true(count <= 64);
    for (uint32_t i = 0; i < count; i++)
        first[i] = setting->document.claims.items[i].confidence;
    code(setting, shares);
    code(setting, war);
    assert_int_equal(setting->document.claims.count, count);
    for (uint32_t i = 0; i < count; i++)
        assert_true(first[i] == setting->document.claims.items[i].confidence);
}

static void what_shares_do_is_no_event(void **state)
{
    struct setting *setting = *state;
    code(setting, shares);
    assert_int_equal(setting->document.claims.count, 0);
}

/* A note tells too little to be left out for what it does not tell. */
static void a_note_keeps_its_claim(void **state)
{
    struct setting *setting = *state;
    code(setting, "Rebels captured the town of Sarnova on Tuesday.");
    assert_int_equal(setting->document.claims.count, 1);
    code(setting, "Goma could fall within days.");
    assert_int_equal(setting->document.claims.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(confidence_is_in_twentieths),
        cmocka_unit_test(who_stands_far_off_is_doubted),
        cmocka_unit_test(the_same_report_is_judged_the_same),
        cmocka_unit_test(what_shares_do_is_no_event),
        cmocka_unit_test(a_note_keeps_its_claim),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
