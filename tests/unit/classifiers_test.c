/* classifiers/: kernels agree on every processor, trees are the best ones, damaged models are
 * refused. */
#include "classifiers/grammar_model.h"
#include "classifiers/tree.h"

#include "bytes/hash.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <string.h>
#include <time.h>

static uint64_t counter = 1;

static int32_t draw(int32_t low, int32_t high)
{
    return low + (int32_t)(hash_mix(counter++ * UINT64_C(0x9e3779b97f4a7c15)) %
                           (uint64_t)(high - low + 1));
}

static float draw_float(void)
{
    return (float)draw(-100000, 100000) / 15000.0f;
}

enum { INNER = 36, COLUMNS = 112, ROWS = 7 };

static void every_kernel_gives_the_same_products(void **state)
{
    (void)state;
    static int8_t weights[INNER * COLUMNS], values[ROWS * INNER];
    static int32_t sums[COLUMNS], expected[ROWS * COLUMNS], found[ROWS * COLUMNS];
    for (size_t i = 0; i < sizeof weights; i++)
        weights[i] = (int8_t)(i % 5 == 0 ? 127 - 254 * (int)(i % 2) : draw(-127, 127));
    for (size_t i = 0; i < sizeof values; i++)
        values[i] = (int8_t)(i % 3 == 0 ? 127 - 254 * (int)(i % 2) : draw(-127, 127));
    for (size_t column = 0; column < COLUMNS; column++)
        for (size_t k = 0; k < INNER; k++)
            sums[column] += weights[column / 16 * 16 * INNER + k / 4 * 64 + column % 16 * 4 + k % 4];
    struct packed_matrix matrix = {weights, sums, INNER, COLUMNS};
    for (size_t row = 0; row < ROWS; row++)
        for (size_t column = 0; column < COLUMNS; column++)
            for (size_t k = 0; k < INNER; k++)
                expected[row * COLUMNS + column] +=
                    values[row * INNER + k] *
                    weights[column / 16 * 16 * INNER + k / 4 * 64 + column % 16 * 4 + k % 4];
    for (size_t number = 0; kernels_at(number) != NULL; number++) {
        memset(found, 1, sizeof found);
        kernels_at(number)->product(found, COLUMNS, values, INNER, &matrix, ROWS);
        assert_memory_equal(found, expected, sizeof found);
    }
}

static void every_kernel_gives_the_same_bits(void **state)
{
    (void)state;
    enum { HIDDEN = 48 };
    int32_t fed[4 * HIDDEN], carried[4 * HIDDEN];
    float scale[4 * HIDDEN], bias[4 * HIDDEN], cell[HIDDEN], floats[64 * 4];
    for (size_t i = 0; i < 4 * HIDDEN; i++) {
        fed[i] = draw(-90000, 90000);
        carried[i] = draw(-90000, 90000);
        scale[i] = draw_float() / 9000.0f;
        bias[i] = draw_float();
    }
    for (size_t i = 0; i < HIDDEN; i++)
        cell[i] = draw_float();
    for (size_t i = 0; i < 64 * 4; i++)
        floats[i] = draw_float() * draw_float();
    float cells[3][HIDDEN], tanhs[3][64], dots[3][64];
    int8_t states[3][HIDDEN], squashed[3][64];
    for (size_t number = 0; kernels_at(number) != NULL; number++) {
        const struct kernels *kernels = kernels_at(number);
        memcpy(cells[number], cell, sizeof cell);
        kernels->lstm_step(fed, NULL, scale, bias, cells[number], states[number], HIDDEN);
        kernels->lstm_step(fed, carried, scale, bias, cells[number], states[number], HIDDEN);
        kernels->squash(squashed[number], floats, 64);
        kernels->tanh(tanhs[number], floats, 64);
        kernels->dots(dots[number], bias, floats, 4, 64);
        assert_memory_equal(cells[number], cells[0], sizeof cells[0]);
        assert_memory_equal(states[number], states[0], sizeof states[0]);
        assert_memory_equal(squashed[number], squashed[0], sizeof squashed[0]);
        assert_memory_equal(tanhs[number], tanhs[0], sizeof tanhs[0]);
        assert_memory_equal(dots[number], dots[0], sizeof dots[0]);
    }
}

/* ------------------------------------------------------------------ trees */

static bool is_tree(const uint16_t *heads, size_t count)
{
    size_t roots = 0;
    for (size_t i = 0; i < count; i++) {
        roots += heads[i] == 0;
        size_t node = i + 1, steps = 0;
        while (node != 0 && steps++ <= count)
            node = heads[node - 1];
        if (node != 0)
            return false;
    }
    return roots == 1;
}

static float total(const float *scores, size_t stride, const uint16_t *heads, size_t count)
{
    float sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += scores[i * stride + heads[i]];
    return sum;
}

/* The best of all trees, by trying them all. */
static float best_total(const float *scores, size_t stride, size_t count)
{
    uint16_t heads[5] = {0};
    float best = -1e9f;
    for (;;) {
        if (is_tree(heads, count) && total(scores, stride, heads, count) > best)
            best = total(scores, stride, heads, count);
        size_t i = 0;
        while (i < count && heads[i] == count)
            heads[i++] = 0;
        if (i == count)
            return best;
        heads[i]++;
    }
}

static void trees_are_the_best_ones(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    for (int trial = 0; trial < 300; trial++) {
        size_t count = (size_t)draw(1, 5);
        float scores[5 * 16] = {0};
        for (size_t i = 0; i < 5 * 16; i++)
            scores[i] = (float)draw(-50, 50);
        uint16_t heads[5];
        assert_true(tree_find(scores, 16, count, heads, &arena));
        assert_true(is_tree(heads, count));
        /* Only the likeliest roots are tried, so with more words than that the best may escape. */
        if (count <= 3)
            assert_true(total(scores, 16, heads, count) == best_total(scores, 16, count));
        arena_reset(&arena);
    }
    arena_release(&arena);
}

static void large_tangles_become_trees(void **state)
{
    (void)state;
    enum { COUNT = 90, STRIDE = 96 };
    static float scores[COUNT * STRIDE];
    static uint16_t heads[COUNT];
    struct arena arena;
    arena_init(&arena);
    for (int trial = 0; trial < 20; trial++) {
        for (size_t i = 0; i < COUNT * STRIDE; i++)
            scores[i] = (float)draw(-3, 3);
        assert_true(tree_find(scores, STRIDE, COUNT, heads, &arena));
        assert_true(is_tree(heads, COUNT));
        arena_reset(&arena);
    }
    arena_release(&arena);
}

/* Words that all hang on one, and it on one of them, as in a run of equal marks: each cycle that is
 * joined draws the next one in. The time is the square of the words, not the cube: 256 of them take
 * as long as a few hundred scans of all arcs at most. */
static void runs_of_equal_words_take_no_cubic_time(void **state)
{
    (void)state;
    enum { COUNT = 256, STRIDE = 272, TIMES = 12 };
    static float scores[COUNT * STRIDE];
    static uint16_t heads[COUNT];
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT; i++)
        for (size_t head = 0; head <= COUNT; head++)
            scores[i * STRIDE + head] = head == 0 ? -900.0f : head == 1 ? 9.0f : (float)head - 300;
    clock_t begun = clock();
    volatile float sum = 0;
    for (int scan = 0; scan < 100 * TIMES; scan++)
        for (size_t i = 0; i < COUNT * STRIDE; i++)
            sum = sum + scores[i];
    clock_t scanned = clock();
    for (int i = 0; i < TIMES; i++) {
        assert_true(tree_find(scores, STRIDE, COUNT, heads, &arena));
        assert_true(is_tree(heads, COUNT));
        arena_reset(&arena);
    }
    clock_t done = clock();
    if (done - scanned > scanned - begun)
        fail_msg("trees %ld, scans %ld", (long)(done - scanned), (long)(scanned - begun));
    arena_release(&arena);
}

/* ------------------------------------------------------------------ model files */

enum { SMALL_FILE = 256 };

static void make_model(unsigned char *file)
{
    struct model_header header = {.byte_order = 0x01020304,
                                  .version = MODEL_VERSION,
                                  .length = SMALL_FILE,
                                  .sections = 1};
    struct model_section section = {.name = "numbers", .offset = 192, .size = 64};
    memset(file, 7, SMALL_FILE);
    memcpy(header.magic, MODEL_MAGIC, sizeof header.magic);
    memcpy(header.kind, "test", 5);
    memcpy(file + sizeof header, &section, sizeof section);
    header.checksum = model_checksum(file + sizeof header, SMALL_FILE - sizeof header);
    memcpy(file, &header, sizeof header);
}

static void damaged_models_are_refused(void **state)
{
    (void)state;
    _Alignas(64) unsigned char file[SMALL_FILE];
    struct model model;
    annals_error error = {0};
    make_model(file);
    assert_int_equal(model_check(&model, file, SMALL_FILE, "test", &error), ANNALS_OK);
    assert_non_null(model_section(&model, "numbers", 64, &error));
    assert_null(model_section(&model, "numbers", 63, &error));
    assert_null(model_section(&model, "letters", 64, &error));
    assert_int_equal(model_check(&model, file, SMALL_FILE, "other", &error), ANNALS_FOREIGN);
    assert_int_equal(model_check(&model, file, SMALL_FILE - 1, "test", &error), ANNALS_FOREIGN);
    assert_int_equal(model_check(&model, file, 10, "test", &error), ANNALS_FOREIGN);
    for (size_t i = 0; i < SMALL_FILE; i++) {
        make_model(file);
        file[i] ^= 0x40;
        annals_status status = model_check(&model, file, SMALL_FILE, "test", &error);
        if (i < 48 || i >= 56) /* the hash of the training data is only told */
            assert_true(status == ANNALS_FOREIGN || status == ANNALS_NEWER);
    }
}

static void distances_have_columns(void **state)
{
    (void)state;
    for (size_t dependent = 0; dependent < GRAMMAR_LONGEST; dependent++)
        for (size_t head = 0; head <= GRAMMAR_LONGEST; head++)
            assert_true(grammar_distance(dependent, head) < GRAMMAR_DISTANCES);
    assert_int_equal(grammar_distance(4, 0), 0);
    assert_int_not_equal(grammar_distance(4, 4), grammar_distance(4, 6));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kernel_gives_the_same_products),
        cmocka_unit_test(every_kernel_gives_the_same_bits),
        cmocka_unit_test(trees_are_the_best_ones),
        cmocka_unit_test(large_tangles_become_trees),
        cmocka_unit_test(runs_of_equal_words_take_no_cubic_time),
        cmocka_unit_test(damaged_models_are_refused),
        cmocka_unit_test(distances_have_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
