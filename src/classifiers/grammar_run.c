/* Runs the grammar network over pieces of text.
 *
 * Pieces are taken longest first in batches of up to 24, so that the weights, read once a step,
 * serve several sentences; sums are whole numbers and what is not is done word by word, so a
 * piece's answers do not depend on its company. Values between layers are tanh or LSTM states in
 * 1/127. */
#include "classifiers/grammar_model.h"
#include "classifiers/tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_PIECES = 24, BATCH_ROWS = 640 };

/* Must agree with EMBED_AFFIX_SCALE of the trainer. */
#define AFFIX_SCALE 0.4f

/* One batch at work; rows count through its pieces in order. */
struct batch {
    const struct grammar_model *grammar;
    const struct grammar_piece *pieces[BATCH_PIECES]; /* longest first */
    size_t begin[BATCH_PIECES];                       /* first row of each */
    size_t count, rows, top_width;
    int8_t *layers[2];       /* [rows][max(input, 2 * hidden)]: in and out of a layer, in turns */
    int32_t *fed, *carried;  /* [rows][4 * hidden], [pieces][4 * hidden] */
    int8_t *states;          /* [pieces][hidden] */
    float *cells;            /* [pieces][hidden] */
    int32_t *sums;           /* [GRAMMAR_LONGEST][top width]: of one piece */
    float *top;              /* the same, rescaled */
    int8_t *asking;          /* [GRAMMAR_LONGEST][max(arc, label)] */
    int32_t *ask_sums;       /* [GRAMMAR_LONGEST][max(arc, relation_width)] */
    float *asks;             /* the same */
    float *heads;            /* [arc][nodes]: turned, so that heads lie side by side */
    float *scores;           /* [words][nodes] */
    uint16_t *chosen;        /* [GRAMMAR_LONGEST] */
    struct arena *trees;     /* scratch of tree_find */
};

size_t grammar_distance(size_t dependent, size_t head)
{
    static const uint8_t sizes[] = {0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8};
    if (head == 0)
        return 0;
    size_t own = dependent + 1;
    size_t gap = own > head ? own - head : head - own;
    size_t size = gap < sizeof sizes ? sizes[gap] : gap < 30 ? 9 : 10;
    return size + (own > head ? 10 : 0);
}

static uint32_t word_row(const struct grammar_model *grammar, uint64_t key)
{
    uint32_t mask = grammar->sizes.slots - 1, check = (uint32_t)(key >> 32);
    uint32_t at = (uint32_t)key & mask;
    for (; grammar->slots[at].row != 0; at = (at + 1) & mask)
        if (grammar->slots[at].check == check)
            return grammar->slots[at].row;
    return 0;
}

bool grammar_model_knows(const void *grammar, const char *folded, size_t length)
{
    return word_row(grammar, word_key(folded, length)) != 0;
}

static void add_row(const struct grammar_model *grammar, float *sum,
                    const struct grammar_table *table, size_t row, float scale)
{
    size_t size = grammar->sizes.input;
    grammar->kernels->add_row(sum, table->rows + row * size, table->scales[row] * scale, size);
}

static bool same_features(const struct word_features *left, const struct word_features *right)
{
    return left->word == right->word && left->shape == right->shape &&
           left->place == right->place && left->affix_count == right->affix_count &&
           left->gram_count == right->gram_count &&
           memcmp(left->affixes, right->affixes, left->affix_count * sizeof *left->affixes) == 0 &&
           memcmp(left->grams, right->grams, left->gram_count * sizeof *left->grams) == 0;
}

static void embed(const struct grammar_model *grammar, const struct word_features *features,
                  int8_t *out)
{
    float sum[1024];
    memset(sum, 0, grammar->sizes.input * sizeof *sum);
    add_row(grammar, sum, &grammar->words, word_row(grammar, features->word), 1);
    add_row(grammar, sum, &grammar->shapes, features->shape, 1);
    add_row(grammar, sum, &grammar->shapes, features->place, 1);
    for (size_t i = 0; i < features->affix_count; i++)
        add_row(grammar, sum, &grammar->affixes, features->affixes[i], AFFIX_SCALE);
    float scale = features->gram_count == 0 ? 0 : 1 / sqrtf((float)features->gram_count);
    for (size_t i = 0; i < features->gram_count; i++)
        add_row(grammar, sum, &grammar->grams, features->grams[i], scale);
    grammar->kernels->squash(out, sum, grammar->sizes.input);
}

/* One direction of one layer: out[row][2 * hidden] gets its half. */
static void run_direction(struct batch *batch, size_t layer, size_t direction, const int8_t *in,
                          size_t in_size, int8_t *out)
{
    const struct grammar_model *grammar = batch->grammar;
    const struct grammar_layer *input = &grammar->input[layer][direction];
    const struct packed_matrix *state = &grammar->state[layer][direction];
    size_t hidden = grammar->sizes.hidden, active = batch->count;
    grammar->kernels->product(batch->fed, 4 * hidden, in, in_size, &input->matrix, batch->rows);
    memset(batch->cells, 0, batch->count * hidden * sizeof *batch->cells);
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference)
    for (size_t step = 0; step < batch->pieces[0]->count; step++) {
        while (batch->pieces[active - 1]->count <= step)
            active--;
        if (step > 0)
            grammar->kernels->product(batch->carried, 4 * hidden, batch->states, hidden, state,
                                      active);
        for (size_t i = 0; i < active; i++) {
            size_t word = direction == 0 ? step : batch->pieces[i]->count - 1 - step;
            size_t row = batch->begin[i] + word;
            int8_t *own = batch->states + i * hidden;
            grammar->kernels->lstm_step(batch->fed + row * 4 * hidden,
                                        step > 0 ? batch->carried + i * 4 * hidden : NULL,
                                        input->scale, input->bias, batch->cells + i * hidden, own,
                                        hidden);
            memcpy(out + row * 2 * hidden + direction * hidden, own, hidden);
        }
    }
}

/* The scores of a piece's arcs: batch->scores[word][nodes]. */
static void score_arcs(struct batch *batch, const float *top, size_t count, size_t nodes)
{
    const struct grammar_model *grammar = batch->grammar;
    const struct grammar_sizes *sizes = &grammar->sizes;
    size_t distance = sizes->class_width + sizes->morph_width;
    size_t dependent = distance + GRAMMAR_DISTANCES, head = dependent + sizes->arc;
    float squashed[1024];
    memset(batch->heads, 0, sizes->arc * nodes * sizeof *batch->heads);
    for (size_t k = 0; k < sizes->arc; k++)
        batch->heads[k * nodes] = grammar->arc_root[k];
    for (size_t i = 0; i < count; i++) {
        const float *row = top + i * batch->top_width;
        grammar->kernels->squash(batch->asking + i * sizes->arc, row + dependent, sizes->arc);
        grammar->kernels->tanh(squashed, row + head, sizes->arc);
        for (size_t k = 0; k < sizes->arc; k++)
            batch->heads[k * nodes + i + 1] = squashed[k];
    }
    grammar->kernels->product(batch->ask_sums, sizes->arc, batch->asking, sizes->arc,
                              &grammar->ask.matrix, count);
    for (size_t i = 0; i < count; i++) {
        float *scores = batch->scores + i * nodes;
        grammar->kernels->rescale(batch->asks, batch->ask_sums + i * sizes->arc,
                                  grammar->ask.scale, grammar->ask.bias, sizes->arc);
        grammar->kernels->dots(scores, batch->asks, batch->heads, sizes->arc, nodes);
        for (size_t node = 0; node <= count; node++)
            scores[node] += top[i * batch->top_width + distance + grammar_distance(i, node)];
    }
}

static void label(struct batch *batch, const float *top, size_t count,
                  struct grammar_answer *answers)
{
    const struct grammar_model *grammar = batch->grammar;
    const struct grammar_sizes *sizes = &grammar->sizes;
    size_t own = sizes->class_width + sizes->morph_width + GRAMMAR_DISTANCES + 2 * sizes->arc;
    float sum[1024];
    for (size_t i = 0; i < count; i++) {
        size_t node = batch->chosen[i];
        const float *mine = top + i * batch->top_width + own;
        const float *head = node == 0 ? grammar->label_root
                                      : top + (node - 1) * batch->top_width + own + sizes->label;
        const float *distance = grammar->label_distance + grammar_distance(i, node) * sizes->label;
        for (size_t k = 0; k < sizes->label; k++)
            sum[k] = mine[k] + head[k] + distance[k];
        grammar->kernels->squash(batch->asking + i * sizes->label, sum, sizes->label);
    }
    grammar->kernels->product(batch->ask_sums, sizes->relation_width, batch->asking, sizes->label,
                              &grammar->relation.matrix, count);
    for (size_t i = 0; i < count; i++) {
        grammar->kernels->rescale(batch->asks, batch->ask_sums + i * sizes->relation_width,
                                  grammar->relation.scale, grammar->relation.bias,
                                  sizes->relation_width);
        size_t best = sizes->root_relation == 1 ? 2 : 1;
        for (size_t k = 1; k < sizes->relations; k++)
            if (k != sizes->root_relation && batch->asks[k] > batch->asks[best])
                best = k;
        answers[i].head = batch->chosen[i];
        answers[i].relation = (uint8_t)(batch->chosen[i] == 0 ? sizes->root_relation : best);
    }
}

static void tag(const struct grammar_model *grammar, const float *row,
                struct grammar_answer *answer)
{
    const struct grammar_sizes *sizes = &grammar->sizes;
    size_t upos = sizes->classes > 1 ? 1 : 0;
    for (size_t k = upos; k < sizes->classes; k++)
        if (row[k] > row[upos])
            upos = k;
    const float *morphs = row + sizes->class_width;
    size_t best = sizes->morphs;
    for (size_t k = 0; k < sizes->morphs; k++)
        if (grammar->morphs[k].upos == upos && (best == sizes->morphs || morphs[k] > morphs[best]))
            best = k;
    answer->upos = (uint8_t)upos;
    answer->bits = best == sizes->morphs ? 0 : grammar->morphs[best].bits;
}

/* The answers for one piece, from the encoder's states[count][2 * hidden]. */
static bool answer_piece(struct batch *batch, const int8_t *states, size_t count,
                         struct grammar_answer *answers)
{
    const struct grammar_model *grammar = batch->grammar;
    size_t nodes = (count + 1 + 15) / 16 * 16, width = batch->top_width;
    grammar->kernels->product(batch->sums, width, states, 2 * grammar->sizes.hidden,
                              &grammar->top.matrix, count);
    for (size_t row = 0; row < count; row++)
        grammar->kernels->rescale(batch->top + row * width, batch->sums + row * width,
                                  grammar->top.scale, grammar->top.bias, width);
    score_arcs(batch, batch->top, count, nodes);
    bool good = tree_find(batch->scores, nodes, count, batch->chosen, batch->trees);
    arena_reset(batch->trees);
    if (!good)
        return false;
    label(batch, batch->top, count, answers);
    for (size_t word = 0; word < count; word++)
        tag(grammar, batch->top + word * width, &answers[word]);
    return true;
}

/* Half the words of a report stood there before: what they are to the network is copied. */
static void embed_all(struct batch *batch, const struct word_features *features)
{
    enum { KNOWN = 1024 }; /* a power of two */
    const struct word_features *known[KNOWN] = {0};
    const int8_t *rows[KNOWN];
    size_t size = batch->grammar->sizes.input;
    for (size_t i = 0; i < batch->count; i++)
        for (size_t word = 0; word < batch->pieces[i]->count; word++) {
            const struct word_features *own = &features[batch->pieces[i]->first + word];
            int8_t *row = batch->layers[0] + (batch->begin[i] + word) * size;
            size_t at = (size_t)(own->word ^ own->shape * 31u ^ own->place * 7u) & (KNOWN - 1);
            if (known[at] != NULL && same_features(known[at], own)) {
                memcpy(row, rows[at], size);
                continue;
            }
            embed(batch->grammar, own, row);
            known[at] = own;
            rows[at] = row;
        }
}

size_t grammar_state_size(const struct grammar_model *grammar)
{
    return 2 * (size_t)grammar->sizes.hidden;
}

static bool run_batch(struct batch *batch, const struct word_features *features,
                      struct grammar_answer *answers, int8_t *kept)
{
    const struct grammar_model *grammar = batch->grammar;
    size_t size = grammar->sizes.input;
    embed_all(batch, features);
    for (size_t layer = 0; layer < grammar->sizes.layers; layer++) {
        for (size_t direction = 0; direction < 2; direction++)
            run_direction(batch, layer, direction, batch->layers[layer % 2], size,
                          batch->layers[(layer + 1) % 2]);
        size = 2 * grammar->sizes.hidden;
    }
    const int8_t *states = batch->layers[grammar->sizes.layers % 2];
    for (size_t i = 0; kept != NULL && i < batch->count; i++)
        memcpy(kept + batch->pieces[i]->first * size, states + batch->begin[i] * size,
               batch->pieces[i]->count * size);
    for (size_t i = 0; i < batch->count; i++)
        if (!answer_piece(batch, states + batch->begin[i] * size, batch->pieces[i]->count,
                          answers + batch->pieces[i]->first))
            return false;
    return true;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Lays the batch's arrays out in one block: with `block` NULL only measures it. */
static size_t lay_out(struct batch *batch, char *block, size_t rows, size_t longest)
{
    const struct grammar_sizes *sizes = &batch->grammar->sizes;
    size_t nodes = (longest + 1 + 15) / 16 * 16;
    size_t wide = larger(sizes->input, 2 * (size_t)sizes->hidden);
    size_t most = larger(sizes->arc, larger(sizes->label, sizes->relation_width));
    size_t used = 0;
#define LAY(array, count)                                                                          \
    do {                                                                                           \
        if (block != NULL)                                                                         \
            batch->array = (void *)(block + used);                                                 \
        used += ((count) * sizeof *batch->array + 63) / 64 * 64;                                   \
    } while (0)
    LAY(layers[0], rows * wide);
    LAY(layers[1], rows * wide);
    LAY(fed, rows * 4 * sizes->hidden);
    LAY(carried, BATCH_PIECES * 4 * (size_t)sizes->hidden);
    LAY(states, BATCH_PIECES * (size_t)sizes->hidden);
    LAY(cells, BATCH_PIECES * (size_t)sizes->hidden);
    LAY(sums, longest * batch->top_width);
    LAY(top, longest * batch->top_width);
    LAY(asking, longest * most);
    LAY(ask_sums, longest * most);
    LAY(asks, most);
    LAY(heads, sizes->arc * nodes);
    LAY(scores, longest * nodes);
    LAY(chosen, longest);
#undef LAY
    return used;
}

static bool prepare(struct batch *batch, const struct grammar_model *grammar,
                    struct arena *scratch, size_t rows, size_t longest)
{
    batch->grammar = grammar;
    batch->top_width = grammar->top.matrix.columns;
    char *block = arena_allocate_unset(scratch, lay_out(batch, NULL, rows, longest) + 64);
    if (block == NULL)
        return false;
    lay_out(batch, block + (64 - (uintptr_t)block % 64), rows, longest);
    return true;
}

/* Longest first; pieces of one length by place, though their order changes no answer. */
static int compare_pieces(const void *left, const void *right)
{
    const struct grammar_piece *const *a = left, *const *b = right;
    if ((*a)->count != (*b)->count)
        return (*a)->count > (*b)->count ? -1 : 1;
    return (*a)->first < (*b)->first ? -1 : 1;
}

bool grammar_model_run(const struct grammar_model *grammar, const struct grammar_piece *pieces,
                       size_t count, const struct word_features *features,
                       struct grammar_answer *answers, int8_t *states, struct arena *scratch)
{
    const struct grammar_piece **order = arena_new_array(scratch, const struct grammar_piece *,
                                                         count);
    if (count == 0 || order == NULL)
        return order != NULL;
    size_t rows = 0;
    for (size_t i = 0; i < count; i++) {
        order[i] = &pieces[i];
        rows += pieces[i].count;
    }
    qsort(order, count, sizeof *order, compare_pieces);
    struct batch batch = {0};
    struct arena trees;
    arena_init(&trees);
    batch.trees = &trees;
    size_t limit = rows < BATCH_ROWS ? rows : BATCH_ROWS;
    bool good = prepare(&batch, grammar, scratch, limit, order[0]->count);
    for (size_t at = 0; good && at < count;) {
        batch.count = batch.rows = 0;
        while (at < count && batch.count < BATCH_PIECES && batch.rows + order[at]->count <= limit) {
            batch.pieces[batch.count] = order[at];
            batch.begin[batch.count++] = batch.rows;
            batch.rows += order[at++]->count;
        }
        good = run_batch(&batch, features, answers, states);
    }
    arena_release(&trees);
    return good;
}
