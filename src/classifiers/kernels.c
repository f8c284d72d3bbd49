/* The inner loops of the networks; see kernels.h. The element-wise loops are written once and
 * compiled for each kind of processor; only the products differ. Method of the products: on VNNI
 * values are moved to 0..255 and 128 times the column's sum taken off again; on AVX2 the value's
 * sign is moved to the weight, so that pairs of products never leave 16 bits. */
#include "classifiers/kernels.h"

#include "classifiers/activation.h"

#include <stdbool.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

/* ------------------------------------------------------------------ written once */

/* To the nearest whole number, ties to even: adding 1.5 * 2^23 leaves no room for a fraction. */
INLINE int8_t in_127ths(float value)
{
    float shifted = value * 127.0f + 12582912.0f;
    return (int8_t)(int32_t)(shifted - 12582912.0f);
}

INLINE void lstm_step(const int32_t *restrict fed, const int32_t *restrict carried,
                      const float *restrict scale, const float *restrict bias,
                      float *restrict cell, int8_t *restrict state, size_t hidden)
{
    for (size_t i = 0; i < hidden; i++) {
        float sums[4];
        for (size_t gate = 0; gate < 4; gate++) {
            size_t at = gate * hidden + i;
            int32_t sum = fed[at] + (carried == NULL ? 0 : carried[at]);
            sums[gate] = (float)sum * scale[at] + bias[at];
        }
        float in = activation_sigmoid(sums[0]), forget = activation_sigmoid(sums[1]);
        float out = activation_sigmoid(sums[2]), fresh = activation_tanh(sums[3]);
        cell[i] = in * fresh + forget * cell[i];
        state[i] = in_127ths(out * activation_tanh(cell[i]));
    }
}

INLINE void lstm_step_either(const int32_t *fed, const int32_t *carried, const float *scale,
                             const float *bias, float *cell, int8_t *state, size_t hidden)
{
    if (carried == NULL)
        lstm_step(fed, NULL, scale, bias, cell, state, hidden);
    else
        lstm_step(fed, carried, scale, bias, cell, state, hidden);
}

INLINE void add_row(float *restrict sum, const int8_t *restrict row, float scale, size_t size)
{
    for (size_t i = 0; i < size; i++)
        sum[i] += (float)row[i] * scale;
}

INLINE void squash(int8_t *restrict out, const float *restrict in, size_t size)
{
    for (size_t i = 0; i < size; i++)
        out[i] = in_127ths(activation_tanh(in[i]));
}

INLINE void rescale(float *restrict out, const int32_t *restrict in, const float *restrict scale,
                    const float *restrict bias, size_t size)
{
    for (size_t i = 0; i < size; i++)
        out[i] = (float)in[i] * scale[i] + bias[i];
}

INLINE void tanh_all(float *restrict out, const float *restrict in, size_t size)
{
    for (size_t i = 0; i < size; i++)
        out[i] = activation_tanh(in[i]);
}

INLINE void dots(float *restrict out, const float *restrict asks, const float *restrict heads,
                 size_t inner, size_t columns)
{
    for (size_t column = 0; column < columns; column += 16) {
        float sum[16] = {0};
        for (size_t k = 0; k < inner; k++)
            for (size_t i = 0; i < 16; i++)
                sum[i] += asks[k] * heads[k * columns + column + i];
        memcpy(out + column, sum, sizeof sum);
    }
}

/* The element-wise kernels for one kind of processor. */
#define ELEMENTWISE(kind, attribute)                                                               \
    attribute static void lstm_step_##kind(const int32_t *fed, const int32_t *carried,             \
                                           const float *scale, const float *bias, float *cell,     \
                                           int8_t *state, size_t hidden)                           \
    {                                                                                              \
        lstm_step_either(fed, carried, scale, bias, cell, state, hidden);                          \
    }                                                                                              \
    attribute static void add_row_##kind(float *sum, const int8_t *row, float scale, size_t size)  \
    {                                                                                              \
        add_row(sum, row, scale, size);                                                            \
    }                                                                                              \
    attribute static void squash_##kind(int8_t *out, const float *in, size_t size)                 \
    {                                                                                              \
        squash(out, in, size);                                                                     \
    }                                                                                              \
    attribute static void rescale_##kind(float *out, const int32_t *in, const float *scale,        \
                                         const float *bias, size_t size)                           \
    {                                                                                              \
        rescale(out, in, scale, bias, size);                                                       \
    }                                                                                              \
    attribute static void tanh_##kind(float *out, const float *in, size_t size)                    \
    {                                                                                              \
        tanh_all(out, in, size);                                                                   \
    }                                                                                              \
    attribute static void dots_##kind(float *out, const float *asks, const float *heads,           \
                                      size_t inner, size_t columns)                                \
    {                                                                                              \
        dots(out, asks, heads, inner, columns);                                                    \
    }

#define KERNELS(kind, text)                                                                        \
    static const struct kernels kernels_##kind = {                                                 \
        text,          product_##kind, lstm_step_##kind, add_row_##kind,                           \
        squash_##kind, rescale_##kind, tanh_##kind,      dots_##kind};

/* ------------------------------------------------------------------ any processor */

static void product_plain(int32_t *out, size_t out_stride, const int8_t *values,
                          size_t values_stride, const struct packed_matrix *matrix, size_t rows)
{
    for (size_t row = 0; row < rows; row++)
        for (size_t column = 0; column < matrix->columns; column += 16) {
            const int8_t *weights = matrix->weights + column * matrix->inner;
            int32_t sum[16] = {0};
            for (size_t k = 0; k < matrix->inner; k += 4, weights += 64)
                for (size_t i = 0; i < 16; i++)
                    for (size_t part = 0; part < 4; part++)
                        sum[i] += values[row * values_stride + k + part] * weights[i * 4 + part];
            memcpy(out + row * out_stride + column, sum, sizeof sum);
        }
}

#define NO_ATTRIBUTE
ELEMENTWISE(plain, NO_ATTRIBUTE)
KERNELS(plain, "plain")

#if defined(__x86_64__)
#include <immintrin.h>

INLINE int32_t four_values(const int8_t *values)
{
    int32_t four;
    memcpy(&four, values, sizeof four);
    return four;
}

/* ------------------------------------------------------------------ AVX2 */

#define AVX2 __attribute__((target("avx2")))

AVX2 INLINE __m256i add_products(__m256i sum, __m256i weights, __m256i size, __m256i values)
{
    __m256i pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(weights, values));
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

/* `count` rows (1 to 4) by 16 columns. */
AVX2 INLINE void tile_avx2(int32_t *out, size_t out_stride, const int8_t *values,
                           size_t values_stride, const int8_t *weights, size_t inner, size_t count)
{
    __m256i sums[4][2];
    for (size_t row = 0; row < count; row++)
        sums[row][0] = sums[row][1] = _mm256_setzero_si256();
    for (size_t k = 0; k < inner; k += 4, weights += 64) {
        __m256i first = _mm256_loadu_si256((const __m256i *)(const void *)weights);
        __m256i second = _mm256_loadu_si256((const __m256i *)(const void *)(weights + 32));
        for (size_t row = 0; row < count; row++) {
            __m256i four = _mm256_set1_epi32(four_values(values + row * values_stride + k));
            __m256i size = _mm256_abs_epi8(four);
            sums[row][0] = add_products(sums[row][0], first, size, four);
            sums[row][1] = add_products(sums[row][1], second, size, four);
        }
    }
    for (size_t row = 0; row < count; row++) {
        int32_t *to = out + row * out_stride;
        _mm256_storeu_si256((__m256i *)(void *)to, sums[row][0]);
        _mm256_storeu_si256((__m256i *)(void *)(to + 8), sums[row][1]);
    }
}

AVX2 static void product_avx2(int32_t *out, size_t out_stride, const int8_t *values,
                              size_t values_stride, const struct packed_matrix *matrix,
                              size_t rows)
{
    for (size_t column = 0; column < matrix->columns; column += 16) {
        const int8_t *weights = matrix->weights + column * matrix->inner;
        size_t row = 0;
        for (; row + 4 <= rows; row += 4)
            tile_avx2(out + row * out_stride + column, out_stride, values + row * values_stride,
                      values_stride, weights, matrix->inner, 4);
        /* What is left in one go: the weights are what takes time. */
        int32_t *to = out + row * out_stride + column;
        const int8_t *rest = values + row * values_stride;
        if (rows - row == 3)
            tile_avx2(to, out_stride, rest, values_stride, weights, matrix->inner, 3);
        else if (rows - row == 2)
            tile_avx2(to, out_stride, rest, values_stride, weights, matrix->inner, 2);
        else if (rows - row == 1)
            tile_avx2(to, out_stride, rest, values_stride, weights, matrix->inner, 1);
    }
}

ELEMENTWISE(avx2, AVX2)
KERNELS(avx2, "AVX2")

/* ------------------------------------------------------------------ AVX-512 with VNNI */

/* Clang has no such word in a target, and takes the width from the code. */
#ifdef __clang__
#define VNNI __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))
#else
#define VNNI                                                                                       \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,"                         \
                          "prefer-vector-width=512")))
#endif

/* `count` rows by `wide` times 16 columns. */
VNNI INLINE void tile_vnni(int32_t *out, size_t out_stride, const int8_t *values,
                           size_t values_stride, const struct packed_matrix *matrix,
                           size_t column, size_t count, size_t wide)
{
    __m512i sums[4][4];
    size_t panel = 16 * matrix->inner;
    const int8_t *weights = matrix->weights + column * matrix->inner;
    for (size_t i = 0; i < wide; i++) {
        __m512i sum = _mm512_loadu_si512(matrix->sums + column + 16 * i);
        for (size_t row = 0; row < count; row++)
            sums[row][i] = _mm512_sub_epi32(_mm512_setzero_si512(), _mm512_slli_epi32(sum, 7));
    }
    for (size_t k = 0; k < matrix->inner; k += 4, weights += 64) {
        __m512i four[4];
        for (size_t row = 0; row < count; row++)
            four[row] = _mm512_xor_si512(
                _mm512_set1_epi32(four_values(values + row * values_stride + k)),
                _mm512_set1_epi8((char)-128));
        for (size_t i = 0; i < wide; i++) {
            __m512i part = _mm512_loadu_si512(weights + i * panel);
            for (size_t row = 0; row < count; row++)
                sums[row][i] = _mm512_dpbusd_epi32(sums[row][i], four[row], part);
        }
    }
    for (size_t row = 0; row < count; row++)
        for (size_t i = 0; i < wide; i++)
            _mm512_storeu_si512(out + row * out_stride + column + 16 * i, sums[row][i]);
}

VNNI INLINE void columns_vnni(int32_t *out, size_t out_stride, const int8_t *values,
                              size_t values_stride, const struct packed_matrix *matrix,
                              size_t column, size_t rows, size_t wide)
{
    size_t row = 0;
    for (; row + 4 <= rows; row += 4)
        tile_vnni(out + row * out_stride, out_stride, values + row * values_stride, values_stride,
                  matrix, column, 4, wide);
    /* What is left in one go: the weights are what takes time. */
    out += row * out_stride;
    values += row * values_stride;
    if (rows - row == 3)
        tile_vnni(out, out_stride, values, values_stride, matrix, column, 3, wide);
    else if (rows - row == 2)
        tile_vnni(out, out_stride, values, values_stride, matrix, column, 2, wide);
    else if (rows - row == 1)
        tile_vnni(out, out_stride, values, values_stride, matrix, column, 1, wide);
}

VNNI static void product_vnni(int32_t *out, size_t out_stride, const int8_t *values,
                              size_t values_stride, const struct packed_matrix *matrix,
                              size_t rows)
{
    size_t column = 0;
    for (; column + 64 <= matrix->columns; column += 64)
        columns_vnni(out, out_stride, values, values_stride, matrix, column, rows, 4);
    for (; column < matrix->columns; column += 16)
        columns_vnni(out, out_stride, values, values_stride, matrix, column, rows, 1);
}

ELEMENTWISE(vnni, VNNI)
KERNELS(vnni, "AVX-512 VNNI")

static bool can_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}

static bool can_vnni(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vnni");
}

const struct kernels *kernels_at(size_t number)
{
    if (number == 0)
        return &kernels_plain;
    if (number == 1)
        return can_avx2() ? &kernels_avx2 : NULL;
    return number == 2 && can_avx2() && can_vnni() ? &kernels_vnni : NULL;
}
#else
const struct kernels *kernels_at(size_t number)
{
    return number == 0 ? &kernels_plain : NULL;
}
#endif

const struct kernels *kernels_best(void)
{
    size_t number = 0;
    while (kernels_at(number + 1) != NULL)
        number++;
    return kernels_at(number);
}
