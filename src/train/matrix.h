/* Matrix products for training, in single precision. */
#ifndef ANNALS_TRAIN_MATRIX_H
#define ANNALS_TRAIN_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

/* out[rows][columns] = (add ? out : 0) + left · right, where left[r][k] stands at
 * left[r * row_step + k * inner_step] (so either order of storage will do) and right[inner] has
 * rows of `right_stride` floats. `columns` is a multiple of 16. */
void matrix_product(float *out, size_t out_stride, const float *left, size_t row_step,
                    size_t inner_step, const float *right, size_t right_stride, size_t rows,
                    size_t inner, size_t columns, bool add);

/* out[columns][rows] = in[rows][columns]; `out_stride` >= rows. */
void matrix_transpose(float *out, size_t out_stride, const float *in, size_t in_stride,
                      size_t rows, size_t columns);

/* out[columns] += the sum of the rows of in. */
void matrix_add_rows(float *out, const float *in, size_t in_stride, size_t rows, size_t columns);

#endif
