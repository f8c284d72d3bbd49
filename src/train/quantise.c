/* Turns a trained network into a grammar model file. Rounding is to the nearest of 127 steps each
 * way of a column's (for tables: a row's) largest weight; values between layers are in 1/127, so a
 * column's scale carries another 1/127. */
#include "train/quantise.h"

#include "classifiers/grammar_model.h"
#include "language/grammar.h"

#include <math.h>

static const char *name_of(struct quantiser *quantiser, const char *name, const char *part)
{
    return arena_print(quantiser->arena, "%s %s", name, part);
}

static int8_t rounded(float value, float scale)
{
    float steps = scale > 0 ? roundf(value / scale) : 0;
    return (int8_t)(steps > 127 ? 127 : steps < -127 ? -127 : steps);
}

void quantise_table(struct quantiser *quantiser, const char *name, const struct parameter *table)
{
    int8_t *rows = arena_new_array(quantiser->arena, int8_t, table->rows * table->columns);
    float *scales = arena_new_array(quantiser->arena, float, table->rows);
    if (quantiser->arena->failed)
        return;
    for (size_t row = 0; row < table->rows; row++) {
        const float *values = table->value + row * table->columns;
        float most = 0;
        for (size_t i = 0; i < table->columns; i++)
            most = fmaxf(most, fabsf(values[i]));
        scales[row] = most / 127;
        for (size_t i = 0; i < table->columns; i++)
            rows[row * table->columns + i] = rounded(values[i], scales[row]);
    }
    model_writer_add(&quantiser->writer, name, rows, table->rows * table->columns);
    model_writer_add(&quantiser->writer, name_of(quantiser, name, "scale"), scales,
                     table->rows * sizeof *scales);
}

/* Adds packed weights and their columns' sums. */
static void add_matrix(struct quantiser *quantiser, const char *name,
                       const struct parameter *matrix, const float *scales)
{
    size_t inner = matrix->rows, columns = matrix->columns;
    int8_t *packed = arena_new_array(quantiser->arena, int8_t, inner * columns);
    int32_t *sums = arena_new_array(quantiser->arena, int32_t, columns);
    if (quantiser->arena->failed)
        return;
    for (size_t k = 0; k < inner; k++)
        for (size_t column = 0; column < columns; column++) {
            int8_t weight = rounded(matrix->value[k * columns + column], scales[column]);
            packed[column / 16 * 16 * inner + k / 4 * 64 + column % 16 * 4 + k % 4] = weight;
            sums[column] += weight;
        }
    model_writer_add(&quantiser->writer, name, packed, inner * columns);
    model_writer_add(&quantiser->writer, name_of(quantiser, name, "sums"), sums,
                     columns * sizeof *sums);
}

/* Scales of the columns of one or two matrices that share them. */
static float *column_scales(struct quantiser *quantiser, const struct parameter *first,
                            const struct parameter *second)
{
    float *scales = arena_new_array(quantiser->arena, float, first->columns);
    if (scales == NULL)
        return NULL;
    for (const struct parameter *matrix = first; matrix != NULL;
         matrix = matrix == first ? second : NULL)
        for (size_t k = 0; k < matrix->rows; k++)
            for (size_t column = 0; column < matrix->columns; column++)
                scales[column] = fmaxf(scales[column],
                                       fabsf(matrix->value[k * matrix->columns + column]) / 127);
    return scales;
}

void quantise_layer(struct quantiser *quantiser, const char *name, const struct parameter *matrix,
                    const struct parameter *shared, const char *shared_name, const struct parameter *bias)
{
    float *scales = column_scales(quantiser, matrix, shared);
    float *carried = arena_new_array(quantiser->arena, float, matrix->columns);
    if (scales == NULL || carried == NULL)
        return;
    add_matrix(quantiser, name, matrix, scales);
    if (shared != NULL)
        add_matrix(quantiser, shared_name, shared, scales);
    for (size_t i = 0; i < matrix->columns; i++)
        carried[i] = scales[i] / 127;
    model_writer_add(&quantiser->writer, name_of(quantiser, name, "scale"), carried,
                     matrix->columns * sizeof *carried);
    model_writer_add(&quantiser->writer, name_of(quantiser, name, "bias"), bias->value,
                     matrix->columns * sizeof *bias->value);
}

void quantise_floats(struct quantiser *quantiser, const char *name, const struct parameter *matrix)
{
    model_writer_add(&quantiser->writer, name, matrix->value,
                     matrix->rows * matrix->columns * sizeof *matrix->value);
}

static uint32_t add_slots(struct quantiser *quantiser, const struct vocabulary *vocabulary)
{
    struct grammar_slot *slots =
        arena_new_array(quantiser->arena, struct grammar_slot, vocabulary->slot_count);
    if (slots == NULL)
        return 0;
    for (uint32_t i = 0; i < vocabulary->slot_count; i++)
        if (vocabulary->slots[i] != 0)
            slots[i] = (struct grammar_slot){
                (uint32_t)(vocabulary->keys[vocabulary->slots[i]] >> 32), vocabulary->slots[i]};
    model_writer_add(&quantiser->writer, "slots", slots, vocabulary->slot_count * sizeof *slots);
    return vocabulary->slot_count;
}

static void add_encoder(struct quantiser *quantiser, const struct network *network)
{
    quantise_table(quantiser, "words", network->words);
    quantise_table(quantiser, "affixes", network->affixes);
    quantise_table(quantiser, "grams", network->grams);
    quantise_table(quantiser, "shapes", network->shapes);
    for (uint32_t layer = 0; layer < network->sizes.layers; layer++)
        for (uint32_t direction = 0; direction < 2; direction++) {
            const struct lstm *lstm = &network->lstm[layer][direction];
            quantise_layer(quantiser, arena_print(quantiser->arena, "input %u%u", layer, direction),
                      lstm->input, lstm->state,
                      arena_print(quantiser->arena, "state %u%u", layer, direction), lstm->bias);
        }
}

annals_status quantise_write(const struct network *network, const struct vocabulary *vocabulary,
                             const struct lemma_rules *lemmas, uint64_t training, const char *path,
                             struct arena *arena, annals_error *error)
{
    struct quantiser quantiser = {.arena = arena};
    const struct network_sizes *trained = &network->sizes;
    struct grammar_sizes sizes = {
        .input = trained->input,
        .hidden = trained->hidden,
        .layers = trained->layers,
        .arc = trained->arc,
        .label = trained->label,
        .vocabulary = vocabulary->rows,
        .slots = add_slots(&quantiser, vocabulary),
        .classes = WORD_CLASS_COUNT,
        .morphs = trained->morphs,
        .relations = RELATION_COUNT,
        .class_width = CLASS_WIDTH,
        .morph_width = (uint32_t)network->morph_width,
        .relation_width = RELATION_WIDTH,
        .root_relation = REL_ROOT,
    };
    uint64_t inventory = grammar_inventory();
    model_writer_add(&quantiser.writer, "inventory", &inventory, sizeof inventory);
    model_writer_add(&quantiser.writer, "sizes", &sizes, sizeof sizes);
    model_writer_add(&quantiser.writer, "morphs", vocabulary->morphs,
                     vocabulary->morph_count * sizeof *vocabulary->morphs);
    add_encoder(&quantiser, network);
    quantise_layer(&quantiser, "top", network->top, NULL, NULL, network->top_bias);
    quantise_layer(&quantiser, "ask", network->arc_product, NULL, NULL, network->arc_bias);
    quantise_layer(&quantiser, "relation", network->label_out, NULL, NULL, network->label_bias);
    quantise_floats(&quantiser, "arc root", network->arc_root);
    quantise_floats(&quantiser, "label root", network->label_root);
    quantise_floats(&quantiser, "label distance", network->label_distance);
    model_writer_add(&quantiser.writer, "lemma slots", lemmas->slots,
                     lemmas->slot_count * sizeof *lemmas->slots);
    model_writer_add(&quantiser.writer, "lemma rules", lemmas->rules,
                     lemmas->rule_count * sizeof *lemmas->rules);
    if (arena->failed)
        return error_set(error, ANNALS_NO_MEMORY, "no memory for the model");
    return model_writer_write(&quantiser.writer, path, GRAMMAR_KIND, training, arena, error);
}
