/* The network that chooses who takes part; see chooser.h. */
#include "classifiers/chooser.h"

#include "classifiers/activation.h"

#include <string.h>

/* Rows of the widest layer, and of all that goes into `inner`. */
enum { WIDEST = 128, MOST_INNER = 4 * WIDEST };

static bool open_layer(struct chooser *chooser, const char *name, struct grammar_layer *layer,
                       size_t inner, size_t columns, annals_error *error)
{
    char part[MODEL_NAME];
    layer->matrix = (struct packed_matrix){.inner = inner, .columns = columns};
    layer->matrix.weights = model_section(&chooser->model, name, inner * columns, error);
    snprintf(part, sizeof part, "%s sums", name);
    layer->matrix.sums = model_section(&chooser->model, part, columns * sizeof(int32_t), error);
    snprintf(part, sizeof part, "%s scale", name);
    layer->scale = model_section(&chooser->model, part, columns * sizeof(float), error);
    snprintf(part, sizeof part, "%s bias", name);
    layer->bias = model_section(&chooser->model, part, columns * sizeof(float), error);
    return layer->matrix.weights != NULL && layer->matrix.sums != NULL && layer->scale != NULL &&
           layer->bias != NULL;
}

static bool is_layer_width(uint32_t width)
{
    return width > 0 && width <= WIDEST && width % 16 == 0;
}

static bool open_sections(struct chooser *chooser, annals_error *error)
{
    const struct model *model = &chooser->model;
    const struct chooser_sizes *sizes = model_section(model, "sizes", sizeof *sizes, error);
    if (sizes == NULL)
        return false;
    chooser->sizes = *sizes;
    if (!is_layer_width(sizes->asked) || !is_layer_width(sizes->told) ||
        !is_layer_width(sizes->inner) || sizes->state % 16 != 0 || sizes->state == 0 ||
        sizes->state > 4096 || sizes->rows == 0 || sizes->rows > 1u << 24 ||
        (sizes->rows & (sizes->rows - 1)) != 0) {
        error_set(error, ANNALS_FOREIGN, "is no model that annals can use: its sizes are damaged");
        return false;
    }
    size_t inner = 3 * (size_t)sizes->asked + sizes->told;
    chooser->table.rows = model_section(model, "table", (size_t)sizes->rows * sizes->told, error);
    chooser->table.scales = model_section(model, "table scale", sizes->rows * sizeof(float), error);
    chooser->inner_signs =
        model_section(model, "inner signs", CHOOSER_SIGNS * sizes->inner * sizeof(float), error);
    chooser->out =
        model_section(model, "out", CHOOSER_ANSWERS * sizes->inner * sizeof(float), error);
    chooser->out_bias = model_section(model, "out bias", CHOOSER_ANSWERS * sizeof(float), error);
    chooser->out_signs =
        model_section(model, "out signs", CHOOSER_ANSWERS * CHOOSER_SIGNS * sizeof(float), error);
    return open_layer(chooser, "ask", &chooser->ask, sizes->state, sizes->asked, error) &&
           open_layer(chooser, "own", &chooser->own, sizes->state, sizes->asked, error) &&
           open_layer(chooser, "inner", &chooser->inner, inner, sizes->inner, error) &&
           chooser->table.rows != NULL && chooser->table.scales != NULL &&
           chooser->inner_signs != NULL && chooser->out != NULL && chooser->out_bias != NULL &&
           chooser->out_signs != NULL;
}

annals_status chooser_open(struct chooser *chooser, const char *path, annals_error *error)
{
    *chooser = (struct chooser){.kernels = kernels_best()};
    annals_status status = model_open(&chooser->model, path, CHOOSER_KIND, error);
    if (status != ANNALS_OK)
        return status;
    if (open_sections(chooser, error))
        return ANNALS_OK;
    chooser_close(chooser);
    error_at(error, path, 0, 0, -1);
    return ANNALS_FOREIGN;
}

void chooser_close(struct chooser *chooser)
{
    model_close(&chooser->model);
}

/* out = tanh(state · layer) in 1/127. */
static void squash_layer(const struct chooser *chooser, const struct grammar_layer *layer,
                         const int8_t *state, int8_t *out)
{
    int32_t sums[WIDEST];
    float scaled[WIDEST];
    size_t columns = layer->matrix.columns;
    chooser->kernels->product(sums, columns, state, layer->matrix.inner, &layer->matrix, 1);
    chooser->kernels->rescale(scaled, sums, layer->scale, layer->bias, columns);
    chooser->kernels->squash(out, scaled, columns);
}

static int8_t product_of(int8_t left, int8_t right)
{
    int product = left * right;
    return (int8_t)((product + (product < 0 ? -63 : 63)) / 127);
}

static void tell(const struct chooser *chooser, const uint32_t *features, int8_t *out)
{
    float sum[WIDEST] = {0};
    size_t told = chooser->sizes.told;
    for (size_t i = 0; i < CHOOSER_FEATURES; i++) {
        size_t row = features[i] & (chooser->sizes.rows - 1);
        chooser->kernels->add_row(sum, chooser->table.rows + row * told, chooser->table.scales[row],
                                  told);
    }
    chooser->kernels->squash(out, sum, told);
}

static void answer(const struct chooser *chooser, const float *inner, const uint8_t *signs,
                   float *answers)
{
    for (size_t i = 0; i < CHOOSER_ANSWERS; i++) {
        float odds = chooser->out_bias[i];
        for (size_t k = 0; k < CHOOSER_SIGNS; k++)
            odds += signs[k] * chooser->out_signs[i * CHOOSER_SIGNS + k];
        for (size_t k = 0; k < chooser->sizes.inner; k++)
            odds += inner[k] * chooser->out[i * chooser->sizes.inner + k];
        answers[i] = activation_sigmoid(odds);
    }
}

void chooser_run(const struct chooser *chooser, const int8_t *state,
                 const struct chooser_pair *pairs, size_t count, float (*answers)[CHOOSER_ANSWERS])
{
    const struct chooser_sizes *sizes = &chooser->sizes;
    int8_t ask[WIDEST], in[MOST_INNER];
    int32_t sums[WIDEST];
    float inner[WIDEST];
    squash_layer(chooser, &chooser->ask, state, ask);
    for (size_t i = 0; i < count && i < CHOOSER_MOST; i++) {
        int8_t *own = in + sizes->asked, *both = own + sizes->asked;
        memcpy(in, ask, sizes->asked);
        squash_layer(chooser, &chooser->own, pairs[i].state, own);
        for (size_t k = 0; k < sizes->asked; k++)
            both[k] = product_of(ask[k], own[k]);
        tell(chooser, pairs[i].features, both + sizes->asked);
        chooser->kernels->product(sums, sizes->inner, in, chooser->inner.matrix.inner,
                                  &chooser->inner.matrix, 1);
        chooser->kernels->rescale(inner, sums, chooser->inner.scale, chooser->inner.bias,
                                  sizes->inner);
        for (size_t k = 0; k < sizes->inner; k++) {
            for (size_t sign = 0; sign < CHOOSER_SIGNS; sign++)
                inner[k] += pairs[i].signs[sign] * chooser->inner_signs[sign * sizes->inner + k];
            inner[k] = inner[k] > 0 ? inner[k] : 0;
        }
        answer(chooser, inner, pairs[i].signs, answers[i]);
    }
}
