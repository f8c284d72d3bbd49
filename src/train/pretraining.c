/* Learns word vectors and the first layer from plain text.
 * Method: context2vec (Melamud, Goldberger, Dagan 2016): the states of the words before (left to
 * right) and after (right to left) predict the word between them. The softmax is over the word and
 * a sample of others, shared by a worker's batch, drawn by count to the power 3/4, with the
 * logarithm of its chance taken off each score (Bengio and Senecal 2008). */
#include "train/training.h"

#include "train/matrix.h"
#include "train/network_tree.h"

#include <math.h>

enum { SAMPLE = 1024, SAMPLE_WIDTH = SAMPLE + 16, DRAW_SLOTS = 1 << 20 };

struct prediction {
    struct parameter *project, *bias, *words; /* [2H][D], [1][D], [vocabulary][D] */
    uint32_t *draws;                          /* [DRAW_SLOTS]: rows by chance */
    float *chance;                            /* [vocabulary]: log of the expected number drawn */
};

struct sample {
    uint32_t rows[SAMPLE];
    float *words, *turned; /* [SAMPLE][D], [D][SAMPLE] */
};

/* contexts[row][2H] from states[row][2H]: before from the left, after from the right. */
static void shift_states(const struct pass *pass, float *contexts, const float *states)
{
    size_t hidden = pass->network->sizes.hidden, wide = 2 * hidden;
    for (size_t s = 0; s < pass->count; s++) {
        size_t count = pass->sentences[s].count;
        memset(contexts, 0, count * wide * sizeof(float));
        for (size_t i = 1; i < count; i++) {
            memcpy(contexts + i * wide, states + (i - 1) * wide, hidden * sizeof(float));
            memcpy(contexts + (i - 1) * wide + hidden, states + i * wide + hidden,
                   hidden * sizeof(float));
        }
        contexts += count * wide;
        states += count * wide;
    }
}

static void unshift_slopes(const struct pass *pass, float *states, const float *contexts)
{
    size_t hidden = pass->network->sizes.hidden, wide = 2 * hidden;
    for (size_t s = 0; s < pass->count; s++) {
        size_t count = pass->sentences[s].count;
        memset(states, 0, count * wide * sizeof(float));
        for (size_t i = 1; i < count; i++) {
            memcpy(states + (i - 1) * wide, contexts + i * wide, hidden * sizeof(float));
            memcpy(states + i * wide + hidden, contexts + (i - 1) * wide + hidden,
                   hidden * sizeof(float));
        }
        contexts += count * wide;
        states += count * wide;
    }
}

static void draw_sample(struct pass *pass, const struct prediction *prediction,
                        struct sample *sample)
{
    size_t size = prediction->words->columns;
    for (size_t i = 0; i < SAMPLE; i++) {
        sample->rows[i] = prediction->draws[random_below(&pass->random, DRAW_SLOTS)];
        memcpy(sample->words + i * size, prediction->words->value + sample->rows[i] * size,
               size * sizeof(float));
    }
    matrix_transpose(sample->turned, SAMPLE, sample->words, size, SAMPLE, size);
}

/* scores[row][SAMPLE_WIDTH] to slopes; the gold word stands in column SAMPLE. */
static void predict(struct pass *pass, const struct prediction *prediction,
                    const struct sample *sample, const float *guesses, float *scores)
{
    size_t size = prediction->words->columns;
    for (size_t s = 0; s < pass->count; s++)
        for (size_t i = 0; i < pass->sentences[s].count;
             i++, guesses += size, scores += SAMPLE_WIDTH) {
            uint32_t gold = pass->sentences[s].words[i].row;
            if (gold == 0) {
                memset(scores, 0, SAMPLE_WIDTH * sizeof *scores);
                continue;
            }
            for (size_t k = 0; k < SAMPLE; k++)
                scores[k] = sample->rows[k] == gold
                                ? -1e9f
                                : scores[k] - prediction->chance[sample->rows[k]];
            const float *word = prediction->words->value + gold * size;
            scores[SAMPLE] = -prediction->chance[gold];
            for (size_t k = 0; k < size; k++)
                scores[SAMPLE] += guesses[k] * word[k];
            pass->losses.classes +=
                network_loss(scores, SAMPLE + 1, SAMPLE_WIDTH, SAMPLE, pass->weight);
            pass->losses.words++;
        }
}

static void words_backward(struct pass *pass, const struct prediction *prediction,
                           const struct sample *sample, const float *guesses, const float *scores,
                           float *guess_slopes, size_t rows)
{
    size_t size = prediction->words->columns;
    float *sample_slopes = workspace_floats(pass->workspace, SAMPLE * size);
    if (pass->workspace->failed)
        return;
    matrix_product(guess_slopes, size, scores, SAMPLE_WIDTH, 1, sample->words, size, rows, SAMPLE,
                   size, false);
    matrix_product(sample_slopes, size, scores, 1, SAMPLE_WIDTH, guesses, size, SAMPLE, rows, size,
                   false);
    for (size_t i = 0; i < SAMPLE; i++) {
        float *to = parameter_touch(prediction->words, pass->worker, sample->rows[i]);
        for (size_t k = 0; k < size; k++)
            to[k] += sample_slopes[i * size + k];
    }
    for (size_t s = 0; s < pass->count; s++)
        for (size_t i = 0; i < pass->sentences[s].count;
             i++, guesses += size, guess_slopes += size, scores += SAMPLE_WIDTH) {
            uint32_t gold = pass->sentences[s].words[i].row;
            if (gold == 0)
                continue;
            const float *word = prediction->words->value + gold * size;
            float *to = parameter_touch(prediction->words, pass->worker, gold);
            for (size_t k = 0; k < size; k++) {
                guess_slopes[k] += scores[SAMPLE] * word[k];
                to[k] += scores[SAMPLE] * guesses[k];
            }
        }
}

struct layer_pass {
    struct time_order order;
    float *x, *states, *contexts;
    uint8_t *dropped;
    struct lstm_trace traces[2];
};

static void first_layer(struct pass *pass, struct layer_pass *layer)
{
    const struct network *network = pass->network;
    size_t input = network->sizes.input, hidden = network->sizes.hidden;
    layer->order = network_order(pass->sentences, pass->count, pass->workspace);
    size_t rows = layer->order.rows;
    layer->x = workspace_floats(pass->workspace, rows * input);
    layer->states = workspace_floats(pass->workspace, rows * 2 * hidden);
    layer->contexts = workspace_floats(pass->workspace, rows * 2 * hidden);
    layer->dropped = workspace_take(pass->workspace, rows);
    if (pass->workspace->failed)
        return;
    network_embed(pass, layer->x, layer->dropped);
    for (size_t direction = 0; direction < 2; direction++)
        lstm_forward(&network->lstm[0][direction], &layer->order, layer->x, input,
                     layer->states + direction * hidden, 2 * hidden, NULL,
                     &layer->traces[direction], pass->workspace);
    if (!pass->workspace->failed)
        shift_states(pass, layer->contexts, layer->states);
}

static void first_layer_backward(struct pass *pass, struct layer_pass *layer,
                                 const float *context_slopes)
{
    const struct network *network = pass->network;
    size_t input = network->sizes.input, hidden = network->sizes.hidden;
    float *slopes = workspace_floats(pass->workspace, layer->order.rows * 2 * hidden);
    float *below = workspace_zeroes(pass->workspace, layer->order.rows * input);
    if (pass->workspace->failed)
        return;
    unshift_slopes(pass, slopes, context_slopes);
    for (size_t direction = 0; direction < 2; direction++)
        lstm_backward(&network->lstm[0][direction], &layer->order, slopes + direction * hidden,
                      2 * hidden, below, input, NULL, &layer->traces[direction], pass->worker,
                      pass->workspace);
    if (!pass->workspace->failed)
        network_embed_backward(pass, layer->x, below, layer->dropped);
}

static void pretrain(struct pass *pass)
{
    const struct prediction *prediction = pass->context;
    struct workspace *workspace = pass->workspace;
    size_t size = prediction->words->columns, wide = 2 * pass->network->sizes.hidden;
    workspace->used = 0;
    struct layer_pass layer = {0};
    first_layer(pass, &layer);
    size_t rows = layer.order.rows;
    struct sample sample = {.words = workspace_floats(workspace, SAMPLE * size),
                            .turned = workspace_floats(workspace, SAMPLE * size)};
    float *guesses = workspace_floats(workspace, rows * size);
    float *guess_slopes = workspace_floats(workspace, rows * size);
    float *scores = workspace_floats(workspace, rows * SAMPLE_WIDTH);
    float *turned = workspace_floats(workspace, wide * size);
    float *context_slopes = workspace_floats(workspace, rows * wide);
    if (workspace->failed)
        return;
    draw_sample(pass, prediction, &sample);
    for (size_t row = 0; row < rows; row++)
        memcpy(guesses + row * size, prediction->bias->value, size * sizeof(float));
    matrix_product(guesses, size, layer.contexts, wide, 1, prediction->project->value, size, rows,
                   wide, size, true);
    matrix_product(scores, SAMPLE_WIDTH, guesses, size, 1, sample.turned, SAMPLE, rows, size,
                   SAMPLE, false);
    predict(pass, prediction, &sample, guesses, scores);
    words_backward(pass, prediction, &sample, guesses, scores, guess_slopes, rows);
    matrix_product(prediction->project->gradient[pass->worker], size, layer.contexts, 1, wide,
                   guess_slopes, size, wide, rows, size, true);
    matrix_add_rows(prediction->bias->gradient[pass->worker], guess_slopes, size, rows, size);
    matrix_transpose(turned, wide, prediction->project->value, size, wide, size);
    matrix_product(context_slopes, wide, guess_slopes, size, 1, turned, wide, rows, size, wide,
                   false);
    first_layer_backward(pass, &layer, context_slopes);
}

static bool prepare_draws(struct prediction *prediction, const struct treebank *texts,
                          uint32_t rows, struct arena *arena)
{
    prediction->draws = arena_new_array(arena, uint32_t, DRAW_SLOTS);
    prediction->chance = arena_new_array(arena, float, rows);
    if (arena->failed)
        return false;
    double sum = 0, passed = 0;
    for (uint32_t i = 0; i < texts->examples.count; i++)
        prediction->chance[texts->examples.items[i].row] += 1;
    for (uint32_t row = 1; row < rows; row++)
        sum += pow((double)prediction->chance[row] + 1, 0.75);
    uint32_t slot = 0;
    for (uint32_t row = 1; row < rows; row++) {
        double share = pow((double)prediction->chance[row] + 1, 0.75) / sum;
        passed += share;
        while (slot < DRAW_SLOTS && (double)slot < passed * DRAW_SLOTS)
            prediction->draws[slot++] = row;
        prediction->chance[row] = (float)log(share * SAMPLE);
    }
    while (slot < DRAW_SLOTS)
        prediction->draws[slot++] = 1;
    return true;
}

annals_status pretraining_run(struct training *training, const struct treebank *texts,
                              annals_error *error)
{
    const struct network_sizes *sizes = &training->network->sizes;
    struct prediction prediction = {
        .project = parameters_add(training->parameters, "guess", 2 * sizes->hidden, sizes->input,
                                  false, 0.05f, training->seed),
        .bias = parameters_add(training->parameters, "guess bias", 1, sizes->input, false, 0,
                               training->seed),
        .words = parameters_add(training->parameters, "guessed words", sizes->vocabulary,
                                sizes->input, true, 0.05f, training->seed),
    };
    if (training->arena->failed ||
        !prepare_draws(&prediction, texts, sizes->vocabulary, training->arena))
        return error_set(error, ANNALS_NO_MEMORY, "no memory for pretraining");
    training->treebank = texts;
    training->measure_every = 0;
    training->task = pretrain;
    training->context = &prediction;
    return training_run(training, error);
}
