/* Matrix products for training. Method: Goto and van de Geijn 2008 in small: the right matrix is
 * packed in panels of 32 columns by up to 256 rows (32 KiB, a first-level cache), and tiles of 8
 * rows are accumulated in registers. One core does about half its peak, which is all that training
 * needs; a BLAS would be a dependency for one command. */
#include "train/matrix.h"

#include <string.h>

typedef float lanes __attribute__((vector_size(64), aligned(4), may_alias));

enum { LANES = 16, PANEL = 2 * LANES, DEPTH = 256 };

/* One tile: ROWS x (WIDTH * 16) of out. */
#define TILE(ROWS, WIDTH)                                                                          \
    static void tile_##ROWS##_##WIDTH(float *out, size_t out_stride, const float *left,            \
                                      size_t row_step, size_t inner_step, const float *panel,      \
                                      size_t inner, bool add)                                      \
    {                                                                                              \
        lanes sum[ROWS][WIDTH];                                                                    \
        for (size_t r = 0; r < ROWS; r++)                                                          \
            for (size_t w = 0; w < WIDTH; w++)                                                     \
                sum[r][w] = add ? *(const lanes *)(out + r * out_stride + w * LANES)               \
                                : (lanes){0};                                                      \
        for (size_t k = 0; k < inner; k++)                                                         \
            for (size_t r = 0; r < ROWS; r++) {                                                    \
                float value = left[r * row_step + k * inner_step];                                 \
                for (size_t w = 0; w < WIDTH; w++)                                                 \
                    sum[r][w] += value * *(const lanes *)(panel + k * WIDTH * LANES + w * LANES);  \
            }                                                                                      \
        for (size_t r = 0; r < ROWS; r++)                                                          \
            for (size_t w = 0; w < WIDTH; w++)                                                     \
                *(lanes *)(out + r * out_stride + w * LANES) = sum[r][w];                          \
    }

TILE(8, 2)
TILE(4, 2)
TILE(2, 2)
TILE(1, 2)
TILE(8, 1)
TILE(4, 1)
TILE(2, 1)
TILE(1, 1)

typedef void tile_function(float *, size_t, const float *, size_t, size_t, const float *, size_t,
                           bool);

static void product_panel(float *out, size_t out_stride, const float *left, size_t row_step,
                          size_t inner_step, const float *panel, size_t rows, size_t inner,
                          size_t width, bool add)
{
    static tile_function *const tiles[2][4] = {{tile_8_1, tile_4_1, tile_2_1, tile_1_1},
                                               {tile_8_2, tile_4_2, tile_2_2, tile_1_2}};
    size_t row = 0;
    for (size_t size = 8, choice = 0; size > 0; size /= 2, choice++)
        for (; row + size <= rows; row += size)
            tiles[width - 1][choice](out + row * out_stride, out_stride, left + row * row_step,
                                     row_step, inner_step, panel, inner, add);
}

void matrix_product(float *out, size_t out_stride, const float *left, size_t row_step,
                    size_t inner_step, const float *right, size_t right_stride, size_t rows,
                    size_t inner, size_t columns, bool add)
{
    float panel[DEPTH * PANEL] __attribute__((aligned(64)));
    for (size_t column = 0; column < columns; column += PANEL) {
        size_t wide = columns - column < PANEL ? LANES : PANEL;
        for (size_t k = 0; k < inner; k += DEPTH) {
            size_t depth = inner - k < DEPTH ? inner - k : DEPTH;
            for (size_t i = 0; i < depth; i++)
                memcpy(panel + i * wide, right + (k + i) * right_stride + column,
                       wide * sizeof *panel);
            product_panel(out + column, out_stride, left + k * inner_step, row_step, inner_step,
                          panel, rows, depth, wide / LANES, add || k > 0);
        }
    }
}

void matrix_transpose(float *out, size_t out_stride, const float *in, size_t in_stride,
                      size_t rows, size_t columns)
{
    for (size_t row = 0; row < rows; row += 16)
        for (size_t column = 0; column < columns; column++)
            for (size_t r = row; r < rows && r < row + 16; r++)
                out[column * out_stride + r] = in[r * in_stride + column];
}

void matrix_add_rows(float *out, const float *in, size_t in_stride, size_t rows, size_t columns)
{
    for (size_t row = 0; row < rows; row++)
        for (size_t column = 0; column < columns; column++)
            out[column] += in[row * in_stride + column];
}
