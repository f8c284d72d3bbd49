/* Scores of arcs and relations; see network.h. Node 0 is the root above the sentence; it has no
 * state but learned vectors of its own. */
#include "train/network_tree.h"

#include "classifiers/activation.h"
#include "classifiers/grammar_model.h"
#include "classifiers/tree.h"
#include "train/matrix.h"

#include <math.h>

/* One sentence's arcs; [n] words, [nodes] heads rounded up to 16. */
struct arcs {
    size_t count, nodes;
    float *dependents, *heads;         /* [n][A], [nodes][A], after tanh and dropout */
    float *turned;                     /* [A][nodes] */
    float *asks;                       /* [n][A]: what each word asks of a head */
    float *scores;                     /* [n][nodes] */
    float *dependent_mask, *head_mask; /* [A] or NULL */
};

static void squash(float *out, const float *in, const float *mask, size_t size)
{
    for (size_t i = 0; i < size; i++)
        out[i] = activation_tanh(in[i]);
    if (mask != NULL)
        for (size_t i = 0; i < size; i++)
            out[i] *= mask[i];
}

/* slope of in = slope of squash's out times its derivative; out may be 0 where masked. */
static void squash_backward(float *in, const float *raw, const float *slope, const float *mask,
                            size_t size)
{
    for (size_t i = 0; i < size; i++) {
        float value = activation_tanh(raw[i]);
        in[i] = slope[i] * (1 - value * value) * (mask == NULL ? 1 : mask[i]);
    }
}

static void score_arcs(struct pass *pass, const float *top, const struct top_columns *columns,
                       struct arcs *arcs)
{
    const struct network *network = pass->network;
    size_t size = network->sizes.arc, count = arcs->count, nodes = arcs->nodes;
    arcs->dependents = workspace_floats(pass->workspace, count * size);
    arcs->heads = workspace_zeroes(pass->workspace, nodes * size);
    arcs->turned = workspace_floats(pass->workspace, size * nodes);
    arcs->asks = workspace_floats(pass->workspace, count * size);
    arcs->scores = workspace_floats(pass->workspace, count * nodes);
    if (pass->workspace->failed)
        return;
    memcpy(arcs->heads, network->arc_root->value, size * sizeof(float));
    for (size_t i = 0; i < count; i++) {
        const float *row = top + i * columns->width;
        squash(arcs->dependents + i * size, row + columns->arc_dependent, arcs->dependent_mask,
               size);
        squash(arcs->heads + (i + 1) * size, row + columns->arc_head, arcs->head_mask, size);
        memcpy(arcs->asks + i * size, network->arc_bias->value, size * sizeof(float));
    }
    matrix_product(arcs->asks, size, arcs->dependents, size, 1, network->arc_product->value, size,
                   count, size, size, true);
    matrix_transpose(arcs->turned, nodes, arcs->heads, size, nodes, size);
    matrix_product(arcs->scores, nodes, arcs->asks, size, 1, arcs->turned, nodes, count, size,
                   nodes, false);
    for (size_t i = 0; i < count; i++)
        for (size_t head = 0; head <= count; head++)
            arcs->scores[i * nodes + head] +=
                top[i * columns->width + columns->distance + grammar_distance(i, head)];
}

/* From scores that have become slopes to the slopes of the top columns and parameters. */
static void arcs_backward(struct pass *pass, float *top, const struct top_columns *columns,
                          const struct arcs *arcs, const float *turned_product)
{
    const struct network *network = pass->network;
    size_t size = network->sizes.arc, count = arcs->count, nodes = arcs->nodes;
    size_t worker = pass->worker;
    float *ask_slope = workspace_floats(pass->workspace, count * size);
    float *dependent_slope = workspace_floats(pass->workspace, count * size);
    float *head_slope = workspace_floats(pass->workspace, nodes * size);
    if (pass->workspace->failed)
        return;
    matrix_product(ask_slope, size, arcs->scores, nodes, 1, arcs->heads, size, count, nodes, size,
                   false);
    matrix_product(head_slope, size, arcs->scores, 1, nodes, arcs->asks, size, nodes, count, size,
                   false);
    matrix_product(network->arc_product->gradient[worker], size, arcs->dependents, 1, size,
                   ask_slope, size, size, count, size, true);
    matrix_add_rows(network->arc_bias->gradient[worker], ask_slope, size, count, size);
    matrix_add_rows(network->arc_root->gradient[worker], head_slope, size, 1, size);
    matrix_product(dependent_slope, size, ask_slope, size, 1, turned_product, size, count, size,
                   size, false);
    for (size_t i = 0; i < count; i++) {
        float *row = top + i * columns->width;
        squash_backward(row + columns->arc_dependent, row + columns->arc_dependent,
                        dependent_slope + i * size, arcs->dependent_mask, size);
        squash_backward(row + columns->arc_head, row + columns->arc_head,
                        head_slope + (i + 1) * size, arcs->head_mask, size);
        memset(row + columns->distance, 0, DISTANCE_WIDTH * sizeof(float));
        for (size_t head = 0; head <= count; head++)
            row[columns->distance + grammar_distance(i, head)] += arcs->scores[i * nodes + head];
    }
}

static void arc_losses(struct pass *pass, const struct batch_sentence *sentence, struct arcs *arcs)
{
    for (size_t i = 0; i < arcs->count; i++) {
        float *scores = arcs->scores + i * arcs->nodes;
        scores[i + 1] = -1e9f;
        pass->losses.arcs +=
            network_loss(scores, arcs->count + 1, arcs->nodes, sentence->words[i].head,
                         sentence->words[i].weight * pass->weight);
    }
}

/* hidden[n][M] of each word and its head, then scores[n][RELATION_WIDTH]. */
struct labels {
    float *hidden, *scores, *mask;
};

static void score_labels(struct pass *pass, const float *top, const struct top_columns *columns,
                         const uint16_t *heads, size_t count, struct labels *labels)
{
    const struct network *network = pass->network;
    size_t size = network->sizes.label;
    labels->hidden = workspace_floats(pass->workspace, count * size);
    labels->scores = workspace_floats(pass->workspace, count * RELATION_WIDTH);
    if (pass->workspace->failed)
        return;
    for (size_t i = 0; i < count; i++) {
        float *hidden = labels->hidden + i * size;
        const float *own = top + i * columns->width + columns->label_dependent;
        const float *head =
            heads[i] == 0 ? network->label_root->value
                          : top + (size_t)(heads[i] - 1) * columns->width + columns->label_head;
        const float *distance =
            network->label_distance->value + grammar_distance(i, heads[i]) * size;
        for (size_t k = 0; k < size; k++)
            hidden[k] = activation_tanh(own[k] + head[k] + distance[k]);
        if (labels->mask != NULL)
            for (size_t k = 0; k < size; k++)
                hidden[k] *= labels->mask[k];
        memcpy(labels->scores + i * RELATION_WIDTH, network->label_bias->value,
               RELATION_WIDTH * sizeof(float));
    }
    matrix_product(labels->scores, RELATION_WIDTH, labels->hidden, size, 1,
                   network->label_out->value, RELATION_WIDTH, count, size, RELATION_WIDTH, true);
}

/* Slopes of the label columns into `slope`[n][2M], of the parameters into their gradients. */
static void labels_backward(struct pass *pass, const uint16_t *heads, size_t count,
                            const struct labels *labels, float *slope)
{
    const struct network *network = pass->network;
    size_t size = network->sizes.label, worker = pass->worker;
    float *turned = workspace_floats(pass->workspace, RELATION_WIDTH * size);
    float *hidden_slope = workspace_floats(pass->workspace, count * size);
    if (pass->workspace->failed)
        return;
    matrix_product(network->label_out->gradient[worker], RELATION_WIDTH, labels->hidden, 1, size,
                   labels->scores, RELATION_WIDTH, size, count, RELATION_WIDTH, true);
    matrix_add_rows(network->label_bias->gradient[worker], labels->scores, RELATION_WIDTH, count,
                    RELATION_WIDTH);
    matrix_transpose(turned, size, network->label_out->value, RELATION_WIDTH, size, RELATION_WIDTH);
    matrix_product(hidden_slope, size, labels->scores, RELATION_WIDTH, 1, turned, size, count,
                   RELATION_WIDTH, size, false);
    memset(slope, 0, count * 2 * size * sizeof *slope);
    for (size_t i = 0; i < count; i++) {
        float *own = slope + i * 2 * size;
        float *head = heads[i] == 0 ? network->label_root->gradient[worker]
                                    : slope + (size_t)(heads[i] - 1) * 2 * size + size;
        float *distance =
            network->label_distance->gradient[worker] + grammar_distance(i, heads[i]) * size;
        for (size_t k = 0; k < size; k++) {
            float mask = labels->mask == NULL ? 1 : labels->mask[k];
            float value = mask == 0 ? 0 : labels->hidden[i * size + k] / mask;
            float step = hidden_slope[i * size + k] * mask * (1 - value * value);
            own[k] += step;
            head[k] += step;
            distance[k] += step;
        }
    }
}

static size_t best_relation(const float *scores, bool root)
{
    if (root)
        return REL_ROOT;
    size_t best = 1;
    for (size_t i = 1; i < RELATION_COUNT; i++)
        if (i != REL_ROOT && scores[i] > scores[best])
            best = i;
    return best;
}

static void answer(struct pass *pass, const struct batch_sentence *sentence, const float *top,
                   const struct top_columns *columns, struct arcs *arcs)
{
    struct answer *answers = pass->answers[sentence->number];
    uint16_t *heads = workspace_take(pass->workspace, arcs->count * sizeof *heads);
    if (heads == NULL)
        return;
    tree_find(arcs->scores, arcs->nodes, arcs->count, heads, pass->scratch);
    struct labels labels = {0};
    score_labels(pass, top, columns, heads, arcs->count, &labels);
    for (size_t i = 0; !pass->workspace->failed && i < arcs->count; i++) {
        answers[i].head = heads[i];
        answers[i].relation =
            (uint8_t)best_relation(labels.scores + i * RELATION_WIDTH, heads[i] == 0);
    }
    arena_reset(pass->scratch);
}

static void learn(struct pass *pass, const struct batch_sentence *sentence, float *top,
                  const struct top_columns *columns, struct arcs *arcs, const float *turned_product,
                  float *label_mask)
{
    size_t count = sentence->count, label = pass->network->sizes.label;
    uint16_t *heads = workspace_take(pass->workspace, count * sizeof *heads);
    float *slope = workspace_floats(pass->workspace, count * 2 * label);
    if (pass->workspace->failed)
        return;
    for (size_t i = 0; i < count; i++)
        heads[i] = sentence->words[i].head;
    struct labels labels = {.mask = label_mask};
    score_labels(pass, top, columns, heads, count, &labels);
    if (pass->workspace->failed)
        return;
    for (size_t i = 0; i < count; i++)
        pass->losses.labels +=
            network_loss(labels.scores + i * RELATION_WIDTH, RELATION_COUNT, RELATION_WIDTH,
                         sentence->words[i].relation, sentence->words[i].weight * pass->weight);
    labels_backward(pass, heads, count, &labels, slope);
    arc_losses(pass, sentence, arcs);
    arcs_backward(pass, top, columns, arcs, turned_product);
    for (size_t i = 0; i < count; i++)
        memcpy(top + i * columns->width + columns->label_dependent, slope + i * 2 * label,
               2 * label * sizeof *slope);
}

void network_tree(struct pass *pass, float *top, const struct top_columns *columns)
{
    const struct network *network = pass->network;
    size_t arc = network->sizes.arc, label = network->sizes.label;
    float rate = pass->dropout == NULL ? 0 : pass->dropout->head;
    float *dependent_masks = network_mask(pass, rate, arc);
    float *head_masks = network_mask(pass, rate, arc);
    float *label_masks = network_mask(pass, rate, label);
    float *turned_product = workspace_floats(pass->workspace, arc * arc);
    if (pass->workspace->failed)
        return;
    matrix_transpose(turned_product, arc, network->arc_product->value, arc, arc, arc);
    size_t kept = pass->workspace->used;
    for (size_t s = 0; s < pass->count && !pass->workspace->failed; s++) {
        const struct batch_sentence *sentence = &pass->sentences[s];
        struct arcs arcs = {
            .count = sentence->count,
            .nodes = (sentence->count + 1 + 15) / 16 * 16,
            .dependent_mask = dependent_masks == NULL ? NULL : dependent_masks + s * arc,
            .head_mask = head_masks == NULL ? NULL : head_masks + s * arc,
        };
        score_arcs(pass, top, columns, &arcs);
        if (pass->workspace->failed)
            return;
        if (pass->dropout == NULL)
            answer(pass, sentence, top, columns, &arcs);
        else
            learn(pass, sentence, top, columns, &arcs, turned_product,
                  label_masks == NULL ? NULL : label_masks + s * label);
        top += sentence->count * columns->width;
        pass->workspace->used = kept;
    }
}
