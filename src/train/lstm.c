/* Long short-term memory for training; see lstm.h. The products with the inputs are done for all
 * steps at once, those with the state step by step over all sentences of the batch. */
#include "train/lstm.h"

#include "classifiers/activation.h"
#include "train/matrix.h"

static void step_forward(const float *before_cell, size_t rows, size_t hidden,
                         const struct lstm_trace *trace, size_t at)
{
    for (size_t r = 0; r < rows; r++) {
        float *gates = trace->gates + (at + r) * 4 * hidden;
        float *cell = trace->cells + (at + r) * hidden;
        float *squashed = trace->squashed + (at + r) * hidden;
        float *state = trace->states + (at + r) * hidden;
        const float *older = before_cell == NULL ? NULL : before_cell + r * hidden;
        for (size_t i = 0; i < 3 * hidden; i++)
            gates[i] = activation_sigmoid(gates[i]);
        for (size_t i = 3 * hidden; i < 4 * hidden; i++)
            gates[i] = activation_tanh(gates[i]);
        for (size_t i = 0; i < hidden; i++)
            cell[i] = gates[i] * gates[3 * hidden + i];
        if (older != NULL)
            for (size_t i = 0; i < hidden; i++)
                cell[i] += gates[hidden + i] * older[i];
        for (size_t i = 0; i < hidden; i++) {
            squashed[i] = activation_tanh(cell[i]);
            state[i] = gates[2 * hidden + i] * squashed[i];
        }
    }
}

static void take_trace(struct lstm_trace *trace, struct workspace *workspace, size_t rows,
                       size_t in, size_t hidden)
{
    trace->inputs = workspace_floats(workspace, rows * in);
    trace->gates = workspace_floats(workspace, rows * 4 * hidden);
    trace->cells = workspace_floats(workspace, rows * hidden);
    trace->squashed = workspace_floats(workspace, rows * hidden);
    trace->before = workspace_floats(workspace, rows * hidden);
    trace->states = workspace_floats(workspace, rows * hidden);
}

void lstm_forward(const struct lstm *lstm, const struct time_order *order, const float *in,
                  size_t in_stride, float *out, size_t out_stride, const float *mask,
                  struct lstm_trace *trace, struct workspace *workspace)
{
    size_t size = lstm->input->rows, hidden = lstm->state->rows;
    take_trace(trace, workspace, order->rows, size, hidden);
    if (workspace->failed)
        return;
    const uint32_t *row = order->row[lstm->direction];
    for (size_t i = 0; i < order->rows; i++) {
        memcpy(trace->inputs + i * size, in + row[i] * in_stride, size * sizeof(float));
        memcpy(trace->gates + i * 4 * hidden, lstm->bias->value, 4 * hidden * sizeof(float));
    }
    matrix_product(trace->gates, 4 * hidden, trace->inputs, size, 1, lstm->input->value,
                   4 * hidden, order->rows, size, 4 * hidden, true);
    for (size_t step = 0; step < order->steps; step++) {
        size_t at = order->first[step], rows = order->first[step + 1] - at;
        if (step == 0) {
            memset(trace->before, 0, rows * hidden * sizeof(float));
            step_forward(NULL, rows, hidden, trace, at);
            continue;
        }
        size_t older = order->first[step - 1];
        for (size_t i = 0; i < rows * hidden; i++)
            trace->before[at * hidden + i] =
                trace->states[older * hidden + i] * (mask == NULL ? 1 : mask[i]);
        matrix_product(trace->gates + at * 4 * hidden, 4 * hidden, trace->before + at * hidden,
                       hidden, 1, lstm->state->value, 4 * hidden, rows, hidden, 4 * hidden, true);
        step_forward(trace->cells + older * hidden, rows, hidden, trace, at);
    }
    for (size_t i = 0; i < order->rows; i++)
        memcpy(out + row[i] * out_stride, trace->states + i * hidden, hidden * sizeof(float));
}

/* Turns the slope of a step's states into that of its gates before activation; `cell_slope` is
 * carried from the later step and becomes that for the earlier one. */
static void step_backward(const struct lstm_trace *trace, size_t at, size_t rows, size_t older,
                          size_t hidden, bool first, const float *state_slope, float *cell_slope,
                          float *gate_slope)
{
    for (size_t r = 0; r < rows; r++) {
        const float *gates = trace->gates + (at + r) * 4 * hidden;
        const float *squashed = trace->squashed + (at + r) * hidden;
        const float *before = first ? NULL : trace->cells + (older + r) * hidden;
        float *slope = gate_slope + (at + r) * 4 * hidden;
        const float *up = state_slope + r * hidden;
        float *carried = cell_slope + r * hidden;
        for (size_t i = 0; i < hidden; i++) {
            float in = gates[i], forget = gates[hidden + i], out = gates[2 * hidden + i];
            float fresh = gates[3 * hidden + i];
            float cell = carried[i] + up[i] * out * (1 - squashed[i] * squashed[i]);
            slope[i] = cell * fresh * in * (1 - in);
            slope[hidden + i] = first ? 0 : cell * before[i] * forget * (1 - forget);
            slope[2 * hidden + i] = up[i] * squashed[i] * out * (1 - out);
            slope[3 * hidden + i] = cell * in * (1 - fresh * fresh);
            carried[i] = cell * forget;
        }
    }
}

static void add_gradients(const struct lstm *lstm, const struct time_order *order,
                          const struct lstm_trace *trace, const float *slope, size_t worker)
{
    size_t size = lstm->input->rows, hidden = lstm->state->rows;
    matrix_product(lstm->input->gradient[worker], 4 * hidden, trace->inputs, 1, size, slope,
                   4 * hidden, size, order->rows, 4 * hidden, true);
    matrix_product(lstm->state->gradient[worker], 4 * hidden, trace->before, 1, hidden, slope,
                   4 * hidden, hidden, order->rows, 4 * hidden, true);
    matrix_add_rows(lstm->bias->gradient[worker], slope, 4 * hidden, order->rows, 4 * hidden);
}

void lstm_backward(const struct lstm *lstm, const struct time_order *order,
                   const float *out_slope, size_t out_stride, float *in_slope, size_t in_stride,
                   const float *mask, const struct lstm_trace *trace, size_t worker,
                   struct workspace *workspace)
{
    size_t size = lstm->input->rows, hidden = lstm->state->rows;
    size_t widest = order->steps > 0 ? order->first[1] : 0;
    float *slope = workspace_floats(workspace, order->rows * 4 * hidden);
    float *state_slope = workspace_zeroes(workspace, widest * hidden);
    float *cell_slope = workspace_zeroes(workspace, widest * hidden);
    float *turned = workspace_floats(workspace, 4 * hidden * (hidden > size ? hidden : size));
    float *back = workspace_floats(workspace, order->rows * size);
    if (workspace->failed)
        return;
    const uint32_t *row = order->row[lstm->direction];
    matrix_transpose(turned, hidden, lstm->state->value, 4 * hidden, hidden, 4 * hidden);
    for (size_t step = order->steps; step-- > 0;) {
        size_t at = order->first[step], rows = order->first[step + 1] - at;
        for (size_t r = 0; r < rows; r++)
            for (size_t i = 0; i < hidden; i++)
                state_slope[r * hidden + i] += out_slope[row[at + r] * out_stride + i];
        step_backward(trace, at, rows, step > 0 ? order->first[step - 1] : 0, hidden, step == 0,
                      state_slope, cell_slope, slope);
        if (step == 0)
            break;
        matrix_product(state_slope, hidden, slope + at * 4 * hidden, 4 * hidden, 1, turned, hidden,
                       rows, 4 * hidden, hidden, false);
        if (mask != NULL)
            for (size_t i = 0; i < rows * hidden; i++)
                state_slope[i] *= mask[i];
    }
    add_gradients(lstm, order, trace, slope, worker);
    matrix_transpose(turned, size, lstm->input->value, 4 * hidden, size, 4 * hidden);
    matrix_product(back, size, slope, 4 * hidden, 1, turned, size, order->rows, 4 * hidden, size,
                   false);
    for (size_t i = 0; i < order->rows; i++)
        for (size_t k = 0; k < size; k++)
            in_slope[row[i] * in_stride + k] += back[i * size + k];
}
