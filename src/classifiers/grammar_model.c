/* Opens a grammar model: finds its sections and checks that every size agrees, so that running it
 * can trust them. */
#include "classifiers/grammar_model.h"

#include <stdio.h>
#include <string.h>

struct opening {
    const struct model *model;
    annals_error *error;
    bool failed;
};

static const void *take(struct opening *opening, const char *name, size_t size)
{
    if (opening->failed)
        return NULL;
    const void *section = model_section(opening->model, name, size, opening->error);
    opening->failed = section == NULL;
    return section;
}

static struct grammar_table take_table(struct opening *opening, const char *name, size_t rows,
                                       size_t columns)
{
    char scales[MODEL_NAME + 8];
    snprintf(scales, sizeof scales, "%s scale", name);
    return (struct grammar_table){take(opening, name, rows * columns),
                                  take(opening, scales, rows * sizeof(float))};
}

static struct packed_matrix take_matrix(struct opening *opening, const char *name, size_t inner,
                                        size_t columns)
{
    char sums[MODEL_NAME + 8];
    snprintf(sums, sizeof sums, "%s sums", name);
    return (struct packed_matrix){take(opening, name, inner * columns),
                                  take(opening, sums, columns * sizeof(int32_t)), inner, columns};
}

static struct grammar_layer take_layer(struct opening *opening, const char *name, size_t inner,
                                       size_t columns)
{
    char scale[MODEL_NAME + 8], bias[MODEL_NAME + 8];
    snprintf(scale, sizeof scale, "%s scale", name);
    snprintf(bias, sizeof bias, "%s bias", name);
    return (struct grammar_layer){take_matrix(opening, name, inner, columns),
                                  take(opening, scale, columns * sizeof(float)),
                                  take(opening, bias, columns * sizeof(float))};
}

static bool sizes_are_sound(const struct grammar_sizes *sizes)
{
    const uint32_t sixteens[] = {sizes->input,       sizes->hidden,      sizes->arc,
                                 sizes->label,       sizes->class_width, sizes->morph_width,
                                 sizes->relation_width};
    for (size_t i = 0; i < sizeof sixteens / sizeof *sixteens; i++)
        if (sixteens[i] == 0 || sixteens[i] % 16 != 0 || sixteens[i] > 1024)
            return false;
    return sizes->layers >= 1 && sizes->layers <= GRAMMAR_LAYERS && sizes->vocabulary >= 1 &&
           sizes->vocabulary < 1u << 24 && sizes->slots > sizes->vocabulary &&
           sizes->slots <= 1u << 26 && (sizes->slots & (sizes->slots - 1)) == 0 &&
           sizes->classes >= 1 && sizes->classes <= sizes->class_width && sizes->morphs >= 1 &&
           sizes->morphs <= sizes->morph_width && sizes->relations >= 2 &&
           sizes->relations <= sizes->relation_width && sizes->root_relation < sizes->relations;
}

/* Classes and rows that the sections name must exist, and probing must find a free slot. */
static bool references_are_sound(const struct grammar_model *grammar)
{
    const struct grammar_sizes *sizes = &grammar->sizes;
    uint32_t used = 0;
    for (uint32_t i = 0; i < sizes->slots; i++) {
        if (grammar->slots[i].row >= sizes->vocabulary)
            return false;
        used += grammar->slots[i].row != 0;
    }
    for (uint32_t i = 0; i < sizes->morphs; i++)
        if (grammar->morphs[i].upos >= sizes->classes)
            return false;
    return used < sizes->slots;
}

static void take_encoder(struct opening *opening, struct grammar_model *grammar)
{
    const struct grammar_sizes *sizes = &grammar->sizes;
    size_t input = sizes->input, hidden = sizes->hidden;
    grammar->words = take_table(opening, "words", sizes->vocabulary, input);
    grammar->affixes = take_table(opening, "affixes", AFFIX_ROWS, input);
    grammar->grams = take_table(opening, "grams", GRAM_ROWS, input);
    grammar->shapes = take_table(opening, "shapes", SHAPE_ROWS, input);
    for (size_t layer = 0; layer < sizes->layers; layer++)
        for (size_t direction = 0; direction < 2; direction++) {
            char name[MODEL_NAME];
            snprintf(name, sizeof name, "input %u%u", (unsigned)layer, (unsigned)direction);
            grammar->input[layer][direction] =
                take_layer(opening, name, layer == 0 ? input : 2 * hidden, 4 * hidden);
            snprintf(name, sizeof name, "state %u%u", (unsigned)layer, (unsigned)direction);
            grammar->state[layer][direction] = take_matrix(opening, name, hidden, 4 * hidden);
        }
}

/* Over a model that is open already, which the grammar then owns. */
static annals_status use_model(struct grammar_model *grammar, const struct model *model,
                                annals_error *error)
{
    *grammar = (struct grammar_model){.model = *model, .kernels = kernels_best()};
    struct opening opening = {.model = model, .error = error};
    const struct grammar_sizes *sizes = take(&opening, "sizes", sizeof *sizes);
    if (opening.failed)
        return ANNALS_FOREIGN;
    if (!sizes_are_sound(sizes))
        return error_set(error, ANNALS_FOREIGN,
                         "is no model that annals can use: its sizes make no sense");
    grammar->sizes = *sizes;
    take_encoder(&opening, grammar);
    size_t width = sizes->class_width + sizes->morph_width + GRAMMAR_DISTANCES +
                   2 * (size_t)sizes->arc + 2 * (size_t)sizes->label;
    grammar->slots = take(&opening, "slots", sizes->slots * sizeof *grammar->slots);
    grammar->morphs = take(&opening, "morphs", sizes->morphs * sizeof *grammar->morphs);
    grammar->top = take_layer(&opening, "top", 2 * (size_t)sizes->hidden, width);
    grammar->ask = take_layer(&opening, "ask", sizes->arc, sizes->arc);
    grammar->relation = take_layer(&opening, "relation", sizes->label, sizes->relation_width);
    grammar->arc_root = take(&opening, "arc root", sizes->arc * sizeof(float));
    grammar->label_root = take(&opening, "label root", sizes->label * sizeof(float));
    grammar->label_distance =
        take(&opening, "label distance", GRAMMAR_DISTANCES * sizes->label * sizeof(float));
    if (opening.failed)
        return ANNALS_FOREIGN;
    if (!references_are_sound(grammar))
        return error_set(error, ANNALS_FOREIGN,
                         "is no model that annals can use: it names rows that it does not have");
    return ANNALS_OK;
}

annals_status grammar_model_open(struct grammar_model *grammar, const char *path,
                                 annals_error *error)
{
    struct model model;
    annals_status status = model_open(&model, path, GRAMMAR_KIND, error);
    if (status != ANNALS_OK)
        return status;
    status = use_model(grammar, &model, error);
    if (status != ANNALS_OK) {
        model_close(&model);
        return error_at(error, path, 0, 0, -1);
    }
    return ANNALS_OK;
}

void grammar_model_close(struct grammar_model *grammar)
{
    model_close(&grammar->model);
}
