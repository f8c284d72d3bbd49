/* classifiers/chooser and what the claims make of it: the model opens and damaged ones are refused,
 * an answer hangs on its pair alone, and who was chosen is marked and explained. */
#include "classifiers/chooser.h"
#include "pipeline/pipeline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

struct setting {
    struct arena engine, memory, scratch;
    struct pipeline pipeline;
    struct document document;
    char model[512];
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
    snprintf(setting->model, sizeof setting->model, "%s/models/en/chooser.model",
             stage_setting.data);
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

static void an_answer_hangs_on_its_pair_alone(void **state)
{
    const struct setting *setting = *state;
    enum { PAIRS = 5 };
    struct chooser chooser;
    struct chooser_pair pairs[PAIRS] = {0};
    float together[CHOOSER_MOST][CHOOSER_ANSWERS], alone[CHOOSER_MOST][CHOOSER_ANSWERS];
    annals_error error = {0};
    assert_int_equal(chooser_open(&chooser, setting->model, &error), ANNALS_OK);
    int8_t *states = test_calloc(PAIRS + 1, chooser.sizes.state);
    for (size_t i = 0; i < (PAIRS + 1) * chooser.sizes.state; i++)
        states[i] = (int8_t)(i * 7919 % 255 - 127);
    for (uint32_t i = 0; i < PAIRS; i++) {
        pairs[i].state = states + (i + 1) * chooser.sizes.state;
        pairs[i].signs[i % CHOOSER_SIGNS] = 1;
        for (uint32_t k = 0; k < CHOOSER_FEATURES; k++)
            pairs[i].features[k] = (i + 1) * 2654435761u + k;
    }
    chooser_run(&chooser, states, pairs, PAIRS, together);
    for (uint32_t i = 0; i < PAIRS; i++) {
        chooser_run(&chooser, states, &pairs[i], 1, alone);
        for (uint32_t answer = 0; answer < CHOOSER_ANSWERS; answer++) {
            assert_true(together[i][answer] >= 0 && together[i][answer] <= 1);
            assert_true(together[i][answer] == alone[0][answer]);
        }
    }
    test_free(states);
    chooser_close(&chooser);
}

/* The model's bytes with one of them changed, or cut. */
static annals_status open_changed(const struct setting *setting, size_t at, size_t length)
{
    char path[] = "/tmp/annals-chooser-XXXXXX";
    struct mapping whole;
    struct chooser chooser;
    annals_error error = {0};
    assert_int_equal(mapping_open(&whole, setting->model, &error), ANNALS_OK);
    FILE *file = fdopen(mkstemp(path), "wb");
    assert_non_null(file);
    for (size_t i = 0; i < whole.length && i < length; i++)
        fputc(whole.bytes[i] ^ (i == at), file);
    fclose(file);
    mapping_close(&whole);
    annals_status status = chooser_open(&chooser, path, &error);
    assert_true(status == ANNALS_OK || strcmp(error.file, path) == 0);
    if (status == ANNALS_OK)
        chooser_close(&chooser);
    unlink(path);
    return status;
}

static void damaged_models_are_refused(void **state)
{
    const struct setting *setting = *state;
    assert_int_equal(open_changed(setting, SIZE_MAX, SIZE_MAX), ANNALS_OK);
    for (size_t at = 0; at < 2000; at += 97)
        assert_int_not_equal(open_changed(setting, at, SIZE_MAX), ANNALS_OK);
    for (size_t length = 0; length < 1000; length += 101)
        assert_int_not_equal(open_changed(setting, SIZE_MAX, length), ANNALS_OK);
    assert_int_not_equal(open_changed(setting, 300000, SIZE_MAX), ANNALS_OK);
}

static const struct claim *claim_at(struct setting *setting, const char *text, const char *word)
{
    annals_error error = {0};
    arena_reset(&setting->memory);
    document_init(&setting->document, &setting->memory, text, (uint32_t)strlen(text));
    assert_int_equal(
        pipeline_run(&setting->pipeline, &setting->document, HAS_CLAIMS, &setting->scratch, &error),
        ANNALS_OK);
    for (uint32_t i = 0; i < setting->document.claims.count; i++) {
        const struct claim *claim = &setting->document.claims.items[i];
        if (strncmp(text + claim->trigger.start, word, strlen(word)) == 0)
            return claim;
    }
    return NULL;
}

static void who_was_chosen_is_marked(void **state)
{
    struct setting *setting = *state;
    const char text[] = "Bandits attacked a minibus near Herat on Monday, and three traders were "
                        "killed in Gormach.";
    const struct claim *claim = claim_at(setting, text, "killed");
    assert_non_null(claim);
    assert_int_equal(claim->agents.count, 1);
    assert_true(claim->agents.items[0].chosen);
    assert_true(claim->patients.count > 0);
    assert_false(claim->patients.items[0].chosen);
    assert_non_null(strstr(claim->explanation, "agent bandits: "));
    assert_non_null(strstr(claim->explanation, "chosen by chooser.model, 0."));
    claim = claim_at(setting, text, "attacked");
    assert_non_null(claim);
    assert_int_equal(claim->agents.count, 1);
    assert_false(claim->agents.items[0].chosen);
    assert_null(strstr(claim->explanation, "chosen"));
}

static void nobody_is_called_a_killer_by_name(void **state)
{
    struct setting *setting = *state;
    const struct claim *claim =
        claim_at(setting, "After a quarrel with Ivo Marek, Jan Kral was killed.", "killed");
    assert_non_null(claim);
    assert_int_equal(claim->agents.count, 0);
}

static void whom_a_pronoun_means_is_explained(void **state)
{
    struct setting *setting = *state;
    const char text[] = "The guards caught the thieves near the river. They beat them with rifles.";
    const struct claim *claim = claim_at(setting, text, "beat");
    assert_non_null(claim);
    assert_int_equal(claim->agents.count, 1);
    assert_int_equal(claim->patients.count, 1);
    assert_non_null(strstr(claim->explanation, "agent guards: "));
    assert_non_null(
        strstr(claim->explanation, "patient them: obj of beat, meant by referents.model, 0."));
    assert_int_not_equal(claim->agents.items[0].actor, claim->patients.items[0].actor);
    claim = claim_at(setting, "The guards beat the thieves with rifles.", "beat");
    assert_non_null(claim);
    assert_null(strstr(claim->explanation, "referents.model"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_hangs_on_its_pair_alone),
        cmocka_unit_test(damaged_models_are_refused),
        cmocka_unit_test(who_was_chosen_is_marked),
        cmocka_unit_test(nobody_is_called_a_killer_by_name),
        cmocka_unit_test(whom_a_pronoun_means_is_explained),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
