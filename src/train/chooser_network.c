/* The chooser's network, forwards and backwards, one pair at a time; and to 8 bits.
 *
 * Method: cross-entropy of each answer, Adam (Kingma and Ba 2015), dropout (Srivastava et al. 2014)
 * of the states and of what goes into and out of the inner layer. First it learns what the rules
 * say of all claims, without being told what that is; then what readers said, and the rules
 * beside. */
#include "train/chooser_trainer.h"

#include "classifiers/activation.h"
#include "train/quantise.h"
#include "train/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 64, WIDE = 512, STATE = 512 };
static const float STATE_DROPOUT = 0.2f, DROPOUT = 0.3f, TABLE_RATE = 2.5f;

bool chooser_network_init(struct chooser_network *network, const struct chooser_sizes *sizes,
                          struct arena *arena, uint64_t seed)
{
    size_t in = 3 * (size_t)sizes->asked + sizes->told;
    struct parameters *all = &network->parameters;
    if (in > WIDE || sizes->state > STATE || sizes->inner > WIDE)
        return false;
    network->sizes = *sizes;
    *all = (struct parameters){.arena = arena};
    float state = 1 / sqrtf(3.0f * (float)sizes->state), wide = 1 / sqrtf(3.0f * (float)in);
    float inner = 1 / sqrtf(3.0f * (float)sizes->inner);
    network->ask = parameters_add(all, "ask", sizes->state, sizes->asked, false, state, seed);
    network->ask_bias = parameters_add(all, "ask bias", 1, sizes->asked, false, 0, seed);
    network->own = parameters_add(all, "own", sizes->state, sizes->asked, false, state, seed);
    network->own_bias = parameters_add(all, "own bias", 1, sizes->asked, false, 0, seed);
    network->table = parameters_add(all, "table", sizes->rows, sizes->told, true, 0.02f, seed);
    network->inner = parameters_add(all, "inner", in, sizes->inner, false, wide, seed);
    network->inner_bias = parameters_add(all, "inner bias", 1, sizes->inner, false, 0, seed);
    network->inner_signs =
        parameters_add(all, "inner signs", CHOOSER_SIGNS, sizes->inner, false, 0.2f, seed);
    network->out = parameters_add(all, "out", CHOOSER_ANSWERS, sizes->inner, false, inner, seed);
    network->out_bias = parameters_add(all, "out bias", 1, CHOOSER_ANSWERS, false, 0, seed);
    network->out_signs =
        parameters_add(all, "out signs", CHOOSER_ANSWERS, CHOOSER_SIGNS, false, 0.2f, seed);
    return !arena->failed;
}

/* One pair at work; what is dropped is 0, what stays grows. */
struct walk {
    float owning[STATE]; /* the state */
    float ask[WIDE], own[WIDE], told[WIDE];
    float in[WIDE], keep_in[WIDE], inner[WIDE], keep_inner[WIDE];
    float signs[CHOOSER_SIGNS];
    float chance[CHOOSER_ANSWERS];
};

static float kept(struct random *random, float dropout)
{
    return random_unit(random) < dropout ? 0 : 1 / (1 - dropout);
}

static void read_state(const int8_t *state, size_t size, struct random *random, float *out)
{
    for (size_t i = 0; i < size; i++)
        out[i] = state[i] == 0 ? 0 : (float)state[i] / 127 * kept(random, STATE_DROPOUT);
}

/* out = tanh(in · layer + bias). */
static void through(const struct parameter *layer, const struct parameter *bias, const float *in,
                    float *out)
{
    size_t columns = layer->columns;
    memcpy(out, bias->value, columns * sizeof *out);
    for (size_t i = 0; i < layer->rows; i++) {
        const float *row = layer->value + i * columns;
        for (size_t k = 0; k < columns && in[i] != 0; k++)
            out[k] += in[i] * row[k];
    }
    for (size_t k = 0; k < columns; k++)
        out[k] = activation_tanh(out[k]);
}

static void forward(const struct chooser_network *network, const struct chooser_pair *pair,
                    const struct chooser_lesson *lesson, struct random *random, struct walk *walk)
{
    const struct chooser_sizes *sizes = &network->sizes;
    size_t asked = sizes->asked, told = sizes->told, inner = sizes->inner, in = 3 * asked + told;
    read_state(pair->state, sizes->state, random, walk->owning);
    through(network->own, network->own_bias, walk->owning, walk->own);
    memset(walk->told, 0, told * sizeof *walk->told);
    for (size_t i = 0; i < CHOOSER_FEATURES; i++) {
        const float *row = network->table->value + (pair->features[i] & (sizes->rows - 1)) * told;
        for (size_t k = 0; k < told; k++)
            walk->told[k] += row[k];
    }
    for (size_t k = 0; k < told; k++)
        walk->told[k] = activation_tanh(walk->told[k]);
    for (size_t k = 0; k < asked; k++) {
        walk->in[k] = walk->ask[k];
        walk->in[asked + k] = walk->own[k];
        walk->in[2 * asked + k] = walk->ask[k] * walk->own[k];
    }
    memcpy(walk->in + 3 * asked, walk->told, told * sizeof *walk->told);
    for (size_t k = 0; k < in; k++)
        walk->in[k] *= walk->keep_in[k] = kept(random, DROPOUT);
    for (size_t k = 0; k < CHOOSER_SIGNS; k++)
        walk->signs[k] = lesson->read ? pair->signs[k] : 0;
    memcpy(walk->inner, network->inner_bias->value, inner * sizeof *walk->inner);
    for (size_t i = 0; i < in + CHOOSER_SIGNS; i++) {
        float value = i < in ? walk->in[i] : walk->signs[i - in];
        const float *row = i < in ? network->inner->value + i * inner
                                  : network->inner_signs->value + (i - in) * inner;
        for (size_t k = 0; k < inner && value != 0; k++)
            walk->inner[k] += value * row[k];
    }
    for (size_t k = 0; k < inner; k++) {
        walk->keep_inner[k] = walk->inner[k] > 0 ? kept(random, DROPOUT) : 0;
        walk->inner[k] *= walk->keep_inner[k];
    }
    for (size_t answer = 0; answer < CHOOSER_ANSWERS; answer++) {
        float odds = network->out_bias->value[answer];
        for (size_t k = 0; k < CHOOSER_SIGNS; k++)
            odds += walk->signs[k] * network->out_signs->value[answer * CHOOSER_SIGNS + k];
        for (size_t k = 0; k < inner; k++)
            odds += walk->inner[k] * network->out->value[answer * inner + k];
        walk->chance[answer] = activation_sigmoid(odds);
    }
}

/* The gradient of a layer of tanh, from that of its outcome; `slope` is spoilt. */
static void back_through(struct parameter *layer, struct parameter *bias, const float *in,
                         const float *out, float *slope)
{
    size_t columns = layer->columns;
    for (size_t k = 0; k < columns; k++) {
        slope[k] *= 1 - out[k] * out[k];
        bias->gradient[0][k] += slope[k];
    }
    for (size_t i = 0; i < layer->rows; i++) {
        float *row = layer->gradient[0] + i * columns;
        for (size_t k = 0; k < columns && in[i] != 0; k++)
            row[k] += in[i] * slope[k];
    }
}

/* `slope`: of the loss by the odds of each answer. That of the word asked about is added to
 * `ask_slope`. */
static void backward(struct chooser_network *network, const struct chooser_pair *pair,
                     const struct walk *walk, const float *slope, float *ask_slope)
{
    const struct chooser_sizes *sizes = &network->sizes;
    size_t asked = sizes->asked, told = sizes->told, inner = sizes->inner, in = 3 * asked + told;
    float inner_slope[WIDE] = {0}, in_slope[WIDE] = {0}, own_slope[WIDE];
    for (size_t answer = 0; answer < CHOOSER_ANSWERS; answer++) {
        network->out_bias->gradient[0][answer] += slope[answer];
        for (size_t k = 0; k < CHOOSER_SIGNS; k++)
            network->out_signs->gradient[0][answer * CHOOSER_SIGNS + k] +=
                slope[answer] * walk->signs[k];
        for (size_t k = 0; k < inner; k++) {
            network->out->gradient[0][answer * inner + k] += slope[answer] * walk->inner[k];
            inner_slope[k] +=
                slope[answer] * network->out->value[answer * inner + k] * walk->keep_inner[k];
        }
    }
    for (size_t k = 0; k < inner; k++)
        network->inner_bias->gradient[0][k] += inner_slope[k];
    for (size_t i = 0; i < in; i++) {
        const float *row = network->inner->value + i * inner;
        float *gradient = network->inner->gradient[0] + i * inner, sum = 0;
        for (size_t k = 0; k < inner; k++) {
            gradient[k] += walk->in[i] * inner_slope[k];
            sum += row[k] * inner_slope[k];
        }
        in_slope[i] = sum * walk->keep_in[i];
    }
    for (size_t i = 0; i < CHOOSER_SIGNS; i++)
        for (size_t k = 0; k < inner && walk->signs[i] != 0; k++)
            network->inner_signs->gradient[0][i * inner + k] += walk->signs[i] * inner_slope[k];
    for (size_t k = 0; k < asked; k++) {
        ask_slope[k] += in_slope[k] + in_slope[2 * asked + k] * walk->own[k];
        own_slope[k] = in_slope[asked + k] + in_slope[2 * asked + k] * walk->ask[k];
    }
    back_through(network->own, network->own_bias, walk->owning, walk->own, own_slope);
    float *told_slope = in_slope + 3 * asked;
    for (size_t k = 0; k < told; k++)
        told_slope[k] *= 1 - walk->told[k] * walk->told[k];
    for (size_t i = 0; i < CHOOSER_FEATURES; i++) {
        float *row = parameter_touch(network->table, 0, pair->features[i] & (sizes->rows - 1));
        for (size_t k = 0; k < told; k++)
            row[k] += told_slope[k];
    }
}

/* How each answer of each pair errs, each answer on its own; returns the loss. */
static double err_apart(const struct chooser_example *example, const struct chooser_lesson *lesson,
                        const struct walk *walks, float (*slopes)[CHOOSER_ANSWERS])
{
    double loss = 0;
    for (uint32_t i = 0; i < example->count; i++)
        for (uint32_t answer = 0; answer < CHOOSER_ANSWERS; answer++) {
            bool right = lesson->read ? example->right[i * CHOOSER_ANSWERS + answer] != 0
                                      : example->pairs[i].signs[answer] != 0;
            bool counted = !lesson->read || example->counted[i * CHOOSER_ANSWERS + answer] != 0;
            float chance = fminf(fmaxf(walks[i].chance[answer], 1e-6f), 1 - 1e-6f);
            slopes[i][answer] = counted ? walks[i].chance[answer] - (right ? 1 : 0) : 0;
            loss -= counted ? log((double)(right ? chance : 1 - chance)) : 0;
        }
    return loss;
}

/* The same of the first answer where one of the pairs is right, or none: their odds, and one for
 * none, share the probability. */
static double err_together(const struct chooser_example *example,
                           const struct chooser_lesson *lesson, const struct walk *walks,
                           float (*slopes)[CHOOSER_ANSWERS])
{
    double odds[CHOOSER_MOST], all = 1, right = 0;
    bool any = false;
    for (uint32_t i = 0; i < example->count; i++) {
        bool own = lesson->read ? example->right[i * CHOOSER_ANSWERS] != 0
                                : example->pairs[i].signs[0] != 0;
        double chance = fmin(fmax((double)walks[i].chance[0], 1e-7), 1 - 1e-7);
        odds[i] = chance / (1 - chance);
        all += odds[i];
        right += own ? odds[i] : 0;
        any |= own;
        slopes[i][0] = own ? -1 : 0;
    }
    for (uint32_t i = 0; i < example->count; i++)
        slopes[i][0] = (float)(odds[i] / all + (any ? slopes[i][0] * odds[i] / right : 0));
    return -log((any ? right : 1) / all);
}

/* Returns the loss. */
static double learn_example(struct chooser_network *network, const struct chooser_example *example,
                            const struct chooser_lesson *lesson, float weight,
                            struct random *random)
{
    static _Thread_local struct walk walks[CHOOSER_MOST];
    float ask_slope[WIDE] = {0}, asking[STATE], ask[WIDE];
    float slopes[CHOOSER_MOST][CHOOSER_ANSWERS];
    read_state(example->state, network->sizes.state, random, asking);
    through(network->ask, network->ask_bias, asking, ask);
    for (uint32_t i = 0; i < example->count; i++) {
        memcpy(walks[i].ask, ask, sizeof ask);
        forward(network, &example->pairs[i], lesson, random, &walks[i]);
    }
    double loss = err_apart(example, lesson, walks, slopes);
    if (lesson->one)
        loss = err_together(example, lesson, walks, slopes);
    for (uint32_t i = 0; i < example->count; i++) {
        for (uint32_t answer = 0; answer < CHOOSER_ANSWERS; answer++)
            slopes[i][answer] *= weight;
        backward(network, &example->pairs[i], &walks[i], slopes[i], ask_slope);
    }
    back_through(network->ask, network->ask_bias, asking, ask, ask_slope);
    return loss;
}

static void shuffle(uint32_t *order, size_t count, struct random *random)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = random_below(random, i);
        uint32_t kept_index = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept_index;
    }
}

bool chooser_network_learn(struct chooser_network *network, const struct chooser_examples *examples,
                           const struct chooser_lesson *lesson)
{
    uint32_t *order = calloc(examples->count + 1, sizeof *order);
    size_t count = 0;
    for (size_t i = 0; order != NULL && i < examples->count; i++)
        if (!examples->items[i].held_out && examples->items[i].read >= lesson->read)
            order[count++] = (uint32_t)i;
    struct update update = {.mean_decay = 0.9f,
                            .variance_decay = 0.999f,
                            .average_decay = 0.99f,
                            .norm_limit = 5,
                            .table_rate = TABLE_RATE};
    for (uint32_t epoch = 0; epoch < lesson->epochs; epoch++) {
        struct random random = {hash_join(lesson->seed, epoch)};
        double loss = 0;
        update.rate = lesson->rate * (1 - (float)epoch / (float)lesson->epochs);
        shuffle(order, count, &random);
        for (size_t i = 0; i < count; i++) {
            loss +=
                learn_example(network, &examples->items[order[i]], lesson, 1.0f / BATCH, &random);
            if (i % BATCH == BATCH - 1 || i + 1 == count)
                parameters_update(&network->parameters, &update);
        }
        fprintf(stderr, "%s, epoch %u: loss %.4f of %zu claims\n",
                lesson->read ? "readings" : "rules", epoch, loss / (double)(count > 0 ? count : 1),
                count);
    }
    free(order);
    return order != NULL;
}

annals_status chooser_network_write(const struct chooser_network *network, const char *path,
                                    uint64_t training, struct arena *arena, annals_error *error)
{
    struct quantiser quantiser = {.arena = arena};
    model_writer_add(&quantiser.writer, "sizes", &network->sizes, sizeof network->sizes);
    quantise_table(&quantiser, "table", network->table);
    quantise_layer(&quantiser, "ask", network->ask, NULL, NULL, network->ask_bias);
    quantise_layer(&quantiser, "own", network->own, NULL, NULL, network->own_bias);
    quantise_layer(&quantiser, "inner", network->inner, NULL, NULL, network->inner_bias);
    quantise_floats(&quantiser, "inner signs", network->inner_signs);
    quantise_floats(&quantiser, "out", network->out);
    quantise_floats(&quantiser, "out bias", network->out_bias);
    quantise_floats(&quantiser, "out signs", network->out_signs);
    if (arena->failed)
        return error_set(error, ANNALS_NO_MEMORY, "no memory for the model");
    return model_writer_write(&quantiser.writer, path, CHOOSER_KIND, training, arena, error);
}
