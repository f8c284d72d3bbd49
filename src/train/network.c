/* The grammar network in training: sizes, words, encoder and top layer; the tree's part stands in
 * network_tree.c. See network.h. */
#include "train/network.h"

#include "classifiers/activation.h"
#include "train/matrix.h"
#include "train/network_tree.h"

#include <math.h>

static float spread(size_t in, size_t out)
{
    return sqrtf(2.0f / (float)(in + out));
}

static bool add_lstm(struct network *network, struct parameters *parameters, uint64_t seed)
{
    static const char *const names[LAYER_LIMIT][2][3] = {
        {{"input 1 right", "state 1 right", "bias 1 right"},
         {"input 1 left", "state 1 left", "bias 1 left"}},
        {{"input 2 right", "state 2 right", "bias 2 right"},
         {"input 2 left", "state 2 left", "bias 2 left"}},
        {{"input 3 right", "state 3 right", "bias 3 right"},
         {"input 3 left", "state 3 left", "bias 3 left"}}};
    size_t hidden = network->sizes.hidden;
    for (size_t layer = 0; layer < network->sizes.layers; layer++)
        for (size_t direction = 0; direction < 2; direction++) {
            struct lstm *lstm = &network->lstm[layer][direction];
            const char *const *name = names[layer][direction];
            size_t in = layer == 0 ? network->sizes.input : 2 * hidden;
            lstm->direction = direction;
            lstm->input = parameters_add(parameters, name[0], in, 4 * hidden, false,
                                         spread(in, 2 * hidden), seed);
            lstm->state = parameters_add(parameters, name[1], hidden, 4 * hidden, false,
                                         spread(hidden, 2 * hidden), seed);
            lstm->bias = parameters_add(parameters, name[2], 1, 4 * hidden, false, 0, seed);
            if (parameters->arena->failed)
                return false;
            for (size_t i = hidden; i < 2 * hidden; i++)
                lstm->bias->value[i] = lstm->bias->average[i] = 1;
        }
    return true;
}

bool network_init(struct network *network, const struct network_sizes *sizes,
                  struct parameters *parameters, uint64_t seed)
{
    *network = (struct network){.sizes = *sizes, .morph_width = (sizes->morphs + 15) / 16 * 16};
    size_t input = sizes->input, wide = 2 * sizes->hidden, label = sizes->label;
    network->words = parameters_add(parameters, "words", sizes->vocabulary, input, true, 0, seed);
    network->affixes = parameters_add(parameters, "affixes", AFFIX_ROWS, input, true, 0.3f, seed);
    network->grams = parameters_add(parameters, "grams", GRAM_ROWS, input, true, 0, seed);
    network->shapes = parameters_add(parameters, "shapes", SHAPE_ROWS, input, true, 0.3f, seed);
    if (!add_lstm(network, parameters, seed))
        return false;
    size_t width = network_columns(network).width;
    network->top =
        parameters_add(parameters, "top", wide, width, false, spread(wide, 128), seed);
    network->top_bias = parameters_add(parameters, "top bias", 1, width, false, 0, seed);
    network->arc_product = parameters_add(parameters, "arc product", sizes->arc, sizes->arc, false,
                                          0.5f * spread(sizes->arc, sizes->arc), seed);
    network->arc_bias = parameters_add(parameters, "arc bias", 1, sizes->arc, false, 0, seed);
    network->arc_root = parameters_add(parameters, "arc root", 1, sizes->arc, false, 0.3f, seed);
    network->label_root = parameters_add(parameters, "label root", 1, label, false, 0.3f, seed);
    network->label_distance =
        parameters_add(parameters, "label distance", DISTANCE_WIDTH, label, false, 0, seed);
    network->label_out = parameters_add(parameters, "label out", label, RELATION_WIDTH, false,
                                        spread(label, RELATION_WIDTH), seed);
    network->label_bias =
        parameters_add(parameters, "label bias", 1, RELATION_WIDTH, false, 0, seed);
    return !parameters->arena->failed;
}

struct top_columns network_columns(const struct network *network)
{
    struct top_columns columns = {.morph = CLASS_WIDTH};
    columns.distance = columns.morph + network->morph_width;
    columns.arc_dependent = columns.distance + DISTANCE_WIDTH;
    columns.arc_head = columns.arc_dependent + network->sizes.arc;
    columns.label_dependent = columns.arc_head + network->sizes.arc;
    columns.label_head = columns.label_dependent + network->sizes.label;
    columns.width = columns.label_head + network->sizes.label;
    return columns;
}

size_t network_rows(const struct batch_sentence *sentences, size_t count)
{
    size_t rows = 0;
    for (size_t i = 0; i < count; i++)
        rows += sentences[i].count;
    return rows;
}

struct time_order network_order(const struct batch_sentence *sentences, size_t count,
                                struct workspace *workspace)
{
    struct time_order order = {.rows = network_rows(sentences, count), .sentences = count};
    order.steps = count > 0 ? sentences[0].count : 0;
    uint32_t *first = workspace_take(workspace, (order.steps + 1) * sizeof *first);
    uint32_t *right = workspace_take(workspace, order.rows * sizeof *right);
    uint32_t *left = workspace_take(workspace, order.rows * sizeof *left);
    if (workspace->failed)
        return (struct time_order){0};
    uint32_t place = 0;
    for (uint32_t step = 0; step < order.steps; step++) {
        first[step] = place;
        uint32_t begin = 0;
        for (size_t i = 0; i < count && sentences[i].count > step; i++) {
            right[place] = begin + step;
            left[place++] = begin + sentences[i].count - 1 - step;
            begin += sentences[i].count;
        }
    }
    first[order.steps] = place;
    order.first = first;
    order.row[0] = right;
    order.row[1] = left;
    return order;
}

float *network_mask(struct pass *pass, float rate, size_t size)
{
    if (pass->dropout == NULL || rate <= 0)
        return NULL;
    float *mask = workspace_floats(pass->workspace, pass->count * size);
    float kept = 1 / (1 - rate);
    for (size_t i = 0; mask != NULL && i < pass->count * size; i++)
        mask[i] = random_unit(&pass->random) < rate ? 0 : kept;
    return mask;
}

static void add_scaled(float *to, const float *from, float scale, size_t size)
{
    for (size_t i = 0; i < size; i++)
        to[i] += scale * from[i];
}

void network_embed(struct pass *pass, float *x, uint8_t *dropped)
{
    const struct network *network = pass->network;
    size_t size = network->sizes.input;
    for (size_t s = 0; s < pass->count; s++)
        for (size_t i = 0; i < pass->sentences[s].count; i++, x += size, dropped++) {
            const struct example *word = &pass->sentences[s].words[i];
            const struct word_features *features = &word->features;
            *dropped = pass->dropout != NULL && random_unit(&pass->random) < pass->dropout->word;
            memcpy(x, network->words->value + (*dropped ? 0 : word->row) * size,
                   size * sizeof *x);
            size_t shape = word->shapes[pass->sentences[s].regime];
            add_scaled(x, network->shapes->value + shape * size, 1, size);
            add_scaled(x, network->shapes->value + features->place * size, 1, size);
            for (size_t k = 0; k < features->affix_count; k++)
                add_scaled(x, network->affixes->value + features->affixes[k] * size,
                           EMBED_AFFIX_SCALE, size);
            float scale = 1 / sqrtf((float)features->gram_count);
            for (size_t k = 0; k < features->gram_count; k++)
                add_scaled(x, network->grams->value + features->grams[k] * size, scale, size);
            for (size_t k = 0; k < size; k++)
                x[k] = activation_tanh(x[k]);
        }
}

void network_embed_backward(struct pass *pass, const float *x, float *slope,
                            const uint8_t *dropped)
{
    const struct network *network = pass->network;
    size_t size = network->sizes.input, worker = pass->worker;
    for (size_t s = 0; s < pass->count; s++)
        for (size_t i = 0; i < pass->sentences[s].count; i++, x += size, slope += size) {
            const struct example *word = &pass->sentences[s].words[i];
            const struct word_features *features = &word->features;
            for (size_t k = 0; k < size; k++)
                slope[k] *= 1 - x[k] * x[k];
            size_t shape = word->shapes[pass->sentences[s].regime];
            add_scaled(parameter_touch(network->words, worker, *dropped++ ? 0 : word->row), slope,
                       1, size);
            add_scaled(parameter_touch(network->shapes, worker, shape), slope, 1, size);
            add_scaled(parameter_touch(network->shapes, worker, features->place), slope, 1, size);
            for (size_t k = 0; k < features->affix_count; k++)
                add_scaled(parameter_touch(network->affixes, worker, features->affixes[k]), slope,
                           EMBED_AFFIX_SCALE, size);
            float scale = 1 / sqrtf((float)features->gram_count);
            for (size_t k = 0; k < features->gram_count; k++)
                add_scaled(parameter_touch(network->grams, worker, features->grams[k]), slope,
                           scale, size);
        }
}

/* values[row][size] *= mask[sentence of row][size]. */
static void apply_mask(const struct pass *pass, float *values, const float *mask, size_t size)
{
    if (mask == NULL)
        return;
    for (size_t s = 0; s < pass->count; s++, mask += size)
        for (size_t i = 0; i < pass->sentences[s].count; i++, values += size)
            for (size_t k = 0; k < size; k++)
                values[k] *= mask[k];
}

struct encoding {
    struct time_order order;
    float *words, *layers[LAYER_LIMIT + 1]; /* word vectors; each layer's input, last the output */
    float *masks[LAYER_LIMIT + 1], *state_masks[LAYER_LIMIT][2];
    struct lstm_trace traces[LAYER_LIMIT][2];
    uint8_t *dropped;
};

static void encode(struct pass *pass, struct encoding *encoding)
{
    const struct network *network = pass->network;
    size_t input = network->sizes.input, hidden = network->sizes.hidden;
    encoding->order = network_order(pass->sentences, pass->count, pass->workspace);
    size_t rows = encoding->order.rows;
    encoding->words = workspace_floats(pass->workspace, rows * input);
    encoding->layers[0] = workspace_floats(pass->workspace, rows * input);
    encoding->dropped = workspace_take(pass->workspace, rows);
    for (size_t layer = 0; layer <= network->sizes.layers; layer++) {
        size_t size = layer == 0 ? input : 2 * hidden;
        float rate = pass->dropout == NULL ? 0
                     : layer == 0          ? pass->dropout->input
                                           : pass->dropout->hidden;
        if (layer > 0)
            encoding->layers[layer] = workspace_floats(pass->workspace, rows * size);
        encoding->masks[layer] = network_mask(pass, rate, size);
        for (size_t direction = 0; direction < 2 && layer < network->sizes.layers; direction++)
            encoding->state_masks[layer][direction] =
                network_mask(pass, pass->dropout == NULL ? 0 : pass->dropout->state, hidden);
    }
    if (pass->workspace->failed)
        return;
    network_embed(pass, encoding->words, encoding->dropped);
    memcpy(encoding->layers[0], encoding->words, rows * input * sizeof(float));
    apply_mask(pass, encoding->layers[0], encoding->masks[0], input);
    for (size_t layer = 0; layer < network->sizes.layers; layer++) {
        size_t size = layer == 0 ? input : 2 * hidden;
        for (size_t direction = 0; direction < 2; direction++)
            lstm_forward(&network->lstm[layer][direction], &encoding->order,
                         encoding->layers[layer], size,
                         encoding->layers[layer + 1] + direction * hidden, 2 * hidden,
                         encoding->state_masks[layer][direction],
                         &encoding->traces[layer][direction], pass->workspace);
        if (pass->workspace->failed)
            return;
        apply_mask(pass, encoding->layers[layer + 1], encoding->masks[layer + 1], 2 * hidden);
    }
}

/* `slope` is that of the encoder's output. */
static void encode_backward(struct pass *pass, struct encoding *encoding, float *slope)
{
    const struct network *network = pass->network;
    size_t input = network->sizes.input, hidden = network->sizes.hidden;
    for (size_t layer = network->sizes.layers; layer-- > 0;) {
        size_t size = layer == 0 ? input : 2 * hidden;
        apply_mask(pass, slope, encoding->masks[layer + 1], 2 * hidden);
        float *below = workspace_zeroes(pass->workspace, encoding->order.rows * size);
        if (pass->workspace->failed)
            return;
        for (size_t direction = 0; direction < 2; direction++)
            lstm_backward(&network->lstm[layer][direction], &encoding->order,
                          slope + direction * hidden, 2 * hidden, below, size,
                          encoding->state_masks[layer][direction],
                          &encoding->traces[layer][direction], pass->worker, pass->workspace);
        slope = below;
    }
    if (pass->workspace->failed)
        return;
    apply_mask(pass, slope, encoding->masks[0], input);
    network_embed_backward(pass, encoding->words, slope, encoding->dropped);
}

/* Cross entropy: turns scores into their slope; returns the loss. */
double network_loss(float *scores, size_t count, size_t width, size_t gold, float weight)
{
    float most = scores[0], sum = 0;
    for (size_t i = 1; i < count; i++)
        most = scores[i] > most ? scores[i] : most;
    float gold_score = scores[gold];
    for (size_t i = 0; i < count; i++) {
        scores[i] = expf(scores[i] - most);
        sum += scores[i];
    }
    for (size_t i = 0; i < count; i++)
        scores[i] *= weight / sum;
    scores[gold] -= weight;
    for (size_t i = count; i < width; i++)
        scores[i] = 0;
    return (double)(logf(sum) + most - gold_score);
}

static size_t best_of(const float *scores, size_t first, size_t end)
{
    size_t best = first;
    for (size_t i = first + 1; i < end; i++)
        if (scores[i] > scores[best])
            best = i;
    return best;
}

/* Tags of all words: losses and slopes, or answers. `top` is overwritten by slopes. */
static void tag(struct pass *pass, float *top, const struct top_columns *columns)
{
    for (size_t s = 0; s < pass->count; s++)
        for (size_t i = 0; i < pass->sentences[s].count; i++, top += columns->width) {
            const struct example *word = &pass->sentences[s].words[i];
            size_t morphs = pass->network->sizes.morphs;
            if (pass->dropout == NULL) {
                struct answer *answer = &pass->answers[pass->sentences[s].number][i];
                answer->upos = (uint8_t)best_of(top, 1, WORD_CLASS_COUNT);
                answer->morph = (uint16_t)best_of(top + columns->morph, 0, morphs);
                continue;
            }
            pass->losses.classes +=
                network_loss(top, WORD_CLASS_COUNT, CLASS_WIDTH, word->upos, pass->weight);
            pass->losses.morphs += network_loss(top + columns->morph, morphs,
                                                pass->network->morph_width, word->morph,
                                                0.5f * pass->weight);
            pass->losses.words++;
        }
}

void network_run(struct pass *pass)
{
    const struct network *network = pass->network;
    struct top_columns columns = network_columns(network);
    struct workspace *workspace = pass->workspace;
    workspace->used = 0;
    struct encoding encoding = {0};
    encode(pass, &encoding);
    if (workspace->failed)
        return;
    size_t rows = encoding.order.rows, wide = 2 * network->sizes.hidden;
    const float *states = encoding.layers[network->sizes.layers];
    float *top = workspace_floats(workspace, rows * columns.width);
    float *turned = workspace_floats(workspace, columns.width * wide);
    float *slope = workspace_floats(workspace, rows * wide);
    if (workspace->failed)
        return;
    for (size_t row = 0; row < rows; row++)
        memcpy(top + row * columns.width, network->top_bias->value, columns.width * sizeof *top);
    matrix_product(top, columns.width, states, wide, 1, network->top->value, columns.width, rows,
                   wide, columns.width, true);
    network_tree(pass, top, &columns);
    tag(pass, top, &columns);
    if (pass->dropout == NULL || workspace->failed)
        return;
    matrix_product(network->top->gradient[pass->worker], columns.width, states, 1, wide, top,
                   columns.width, wide, rows, columns.width, true);
    matrix_add_rows(network->top_bias->gradient[pass->worker], top, columns.width, rows,
                    columns.width);
    matrix_transpose(turned, wide, network->top->value, columns.width, wide, columns.width);
    matrix_product(slope, wide, top, columns.width, 1, turned, wide, rows, columns.width, wide,
                   false);
    encode_backward(pass, &encoding, slope);
}
