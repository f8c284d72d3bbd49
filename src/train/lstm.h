/* One direction of a long short-term memory layer over a batch of sentences, forward and backward
 * (Hochreiter and Schmidhuber 1997, with a forget gate). */
#ifndef ANNALS_TRAIN_LSTM_H
#define ANNALS_TRAIN_LSTM_H

#include "train/parameters.h"
#include "train/workspace.h"

/* The batch's sentences, longest first, and its rows in order of time: step t of all sentences
 * that are so long, then step t + 1. */
struct time_order {
    size_t rows, steps, sentences;
    const uint32_t *first;  /* first[steps + 1]: where each step begins */
    const uint32_t *row[2]; /* row[direction][rows]: row of the batch at each place in time order */
};

struct lstm {
    struct parameter *input, *state, *bias; /* [in][4H], [H][4H], [1][4H]; gates i, f, o, g */
    size_t direction;                       /* 0: left to right */
};

/* What the forward pass keeps for the backward pass; all in time order. */
struct lstm_trace {
    float *inputs;           /* [rows][in] */
    float *gates;            /* [rows][4H], after their activation */
    float *cells, *squashed; /* [rows][H]: memory, and its tanh */
    float *before;           /* [rows][H]: state before the step, after recurrent dropout */
    float *states;           /* [rows][H] */
};

/* out[row][column .. column + H] = the states; `mask`[sentences][H] is the recurrent dropout, or
 * NULL. */
void lstm_forward(const struct lstm *lstm, const struct time_order *order, const float *in,
                  size_t in_stride, float *out, size_t out_stride, const float *mask,
                  struct lstm_trace *trace, struct workspace *workspace);

/* Adds to the parameters' gradients of `worker` and to in_slope[row][in]. */
void lstm_backward(const struct lstm *lstm, const struct time_order *order,
                   const float *out_slope, size_t out_stride, float *in_slope, size_t in_stride,
                   const float *mask, const struct lstm_trace *trace, size_t worker,
                   struct workspace *workspace);

#endif
