/* The inner loops of the networks, for the processor at hand.
 *
 * Products are of 8-bit integers summed in 32 bits, so every processor gives the same sums; what
 * is done in floating point is done element by element, in an order that does not depend on the
 * width of vectors. Weights are packed for the dot products of four bytes that AVX-512 VNNI and
 * AVX2 have: packed[column / 16][inner / 4][16][4]. Values lie in -127..127. */
#ifndef ANNALS_CLASSIFIERS_KERNELS_H
#define ANNALS_CLASSIFIERS_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* A matrix of 8-bit weights; `inner` is a multiple of 4, `columns` of 16. */
struct packed_matrix {
    const int8_t *weights;    /* as above */
    const int32_t *sums;      /* [columns]: sum of each column's weights */
    size_t inner, columns;
};

struct kernels {
    const char *name;
    /* out[row][columns] = values[row][inner] · matrix. */
    void (*product)(int32_t *out, size_t out_stride, const int8_t *values, size_t values_stride,
                    const struct packed_matrix *matrix, size_t rows);
    /* One step of an LSTM for one sentence: gates i, f, o, g = (fed + carried) * scale + bias,
     * [4 * hidden]; cell is updated; state = o * tanh(cell) in 1/127. `carried` may be NULL. */
    void (*lstm_step)(const int32_t *fed, const int32_t *carried, const float *scale,
                      const float *bias, float *cell, int8_t *state, size_t hidden);
    /* sum[size] += row[size] * scale. */
    void (*add_row)(float *sum, const int8_t *row, float scale, size_t size);
    /* out = tanh(in) in 1/127. */
    void (*squash)(int8_t *out, const float *in, size_t size);
    /* out[i] = in[i] * scale[i] + bias[i]. */
    void (*rescale)(float *out, const int32_t *in, const float *scale, const float *bias,
                    size_t size);
    /* out = tanh(in). */
    void (*tanh)(float *out, const float *in, size_t size);
    /* out[columns] = asks[inner] · heads[inner][columns], added in the order of inner. `columns`
     * is a multiple of 16. */
    void (*dots)(float *out, const float *asks, const float *heads, size_t inner, size_t columns);
};

/* The best that the processor can do, all of which compute the same. */
const struct kernels *kernels_best(void);
/* By number, for tests: NULL past the last that this processor can run. */
const struct kernels *kernels_at(size_t number);

#endif
