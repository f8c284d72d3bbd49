/* Fits the model that judges candidates of reported speech (meaning/speech.h) to PolNeAR.
 *
 * A candidate is right where its content shares at least half of the tokens with the part of a gold
 * content in its sentence (what goes on in other sentences is the stage's to add) and its source
 * overlaps the gold source, or both have none. Method: logistic regression by AdaGrad
 * (Duchi et al. 2011) with L2, on hashed features; weights are rounded to 16 bits. Deterministic:
 * the order of the candidates is shuffled by a generator with a fixed seed. */
#include "train/attribution_trainer.h"

#include "bytes/hash.h"
#include "bytes/utf8.h"
#include "formats/report.h"
#include "meaning/speech.h"
#include "pipeline/pipeline.h"

#include <jansson.h>
#include <math.h>

enum { BITS = 18, PASSES = 6, CANDIDATES = 512 };

struct example {
    uint64_t features[SPEECH_FEATURES];
    uint32_t feature_count;
    uint32_t cue;  /* token of its report; candidates of one cue stand together */
    int32_t right; /* which attribution of the gold it is, counted over all reports; or WRONG */
    bool held_out;
};

enum { WRONG = -1 };

struct examples {
    struct example *items;
    size_t count, capacity;
    size_t held_out_gold; /* attributions of the reports held out */
    int32_t gold;         /* attributions of the reports read so far */
    bool held_out;        /* the report that is being read */
};

/* Byte offset of each code point of the text; the gold counts in code points. */
static uint32_t *byte_offsets(struct arena *arena, const struct document *document)
{
    uint32_t *offsets = arena_new_array(arena, uint32_t, document->length + 2);
    uint32_t count = 0;
    for (uint32_t i = 0; offsets != NULL && i <= document->length; i++)
        if (((unsigned char)document->text[i] & 0xc0) != 0x80)
            offsets[count++] = i;
    return offsets;
}

static uint32_t overlap(const json_t *spans, const uint32_t *offsets, struct byte_span span)
{
    uint32_t sum = 0;
    size_t i;
    json_t *item;
    json_array_foreach(spans, i, item)
    {
        uint32_t start = offsets[json_integer_value(json_array_get(item, 0))];
        uint32_t end = offsets[json_integer_value(json_array_get(item, 1))];
        uint32_t from = start > span.start ? start : span.start;
        uint32_t to = end < span.end ? end : span.end;
        sum += to > from ? to - from : 0;
    }
    return sum;
}

static int32_t which_is(const struct document *document, const uint32_t *offsets,
                        const json_t *gold, const struct byte_span *sentence,
                        const struct speech *speech)
{
    size_t i;
    json_t *one;
    json_array_foreach(gold, i, one)
    {
        const json_t *content = json_object_get(one, "content");
        const json_t *source = json_object_get(one, "source");
        uint32_t both = 0, own = 0;
        for (int j = 0; j < 2; j++) {
            struct byte_span span = document_span_of(document, speech->content[j]);
            both += overlap(content, offsets, span);
            own += span.end - span.start;
        }
        uint32_t theirs = overlap(content, offsets, *sentence);
        struct byte_span mine = speech_source(document, speech);
        bool same_source = json_array_size(source) == 0 ? speech->source == NONE
                                                        : overlap(source, offsets, mine) > 0;
        if (same_source && both * 2 >= own && both * 2 >= theirs)
            return (int32_t)i;
    }
    return WRONG;
}

static bool add_example(struct examples *examples, const struct speech *speech, int32_t right)
{
    if (examples->count == examples->capacity) {
        size_t capacity = examples->capacity == 0 ? 4096 : examples->capacity * 2;
        struct example *items = realloc(examples->items, capacity * sizeof *items);
        if (items == NULL)
            return false;
        examples->items = items;
        examples->capacity = capacity;
    }
    struct example *example = &examples->items[examples->count++];
    memcpy(example->features, speech->features, sizeof example->features);
    example->feature_count = speech->feature_count;
    example->right = right == WRONG ? WRONG : examples->gold + right;
    example->cue = speech->cue;
    example->held_out = examples->held_out;
    return true;
}

static annals_status read_one(const struct pipeline *pipeline, const struct cues *cues,
                              const char *report, const char *gold_line, struct examples *examples,
                              annals_error *error)
{
    struct arena arena, scratch;
    struct document document;
    struct tree tree;
    arena_init(&arena);
    arena_init(&scratch);
    json_t *gold = json_loads(gold_line, 0, NULL);
    annals_status status = report_read(&document, &arena, report, strlen(report), error);
    if (status == ANNALS_OK)
        status = pipeline_run(pipeline, &document, HAS_TREE, &scratch, error);
    uint32_t *offsets = status == ANNALS_OK ? byte_offsets(&arena, &document) : NULL;
    if (examples->held_out)
        examples->held_out_gold += json_array_size(json_object_get(gold, "attributions"));
    if (offsets != NULL && gold != NULL && tree_init(&tree, &document, &arena)) {
        struct speech *found = arena_new_array(&arena, struct speech, CANDIDATES);
        for (uint32_t i = 0; found != NULL && i < document.sentences.count; i++) {
            uint32_t count = speech_find(&tree, cues, i, found, CANDIDATES);
            for (uint32_t j = 0; j < count; j++)
                if (!add_example(examples, &found[j],
                                 which_is(&document, offsets, json_object_get(gold, "attributions"),
                                          &document.sentences.items[i].span, &found[j])))
                    status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
        }
    }
    examples->gold += (int32_t)json_array_size(json_object_get(gold, "attributions"));
    json_decref(gold);
    arena_release(&arena);
    arena_release(&scratch);
    return status;
}

static uint64_t next_random(uint64_t *state)
{
    *state += UINT64_C(0x9e3779b97f4a7c15);
    return hash_mix(*state);
}

static double sum_of(const struct example *example, const double *weights, double bias)
{
    for (uint32_t j = 0; j < example->feature_count; j++)
        bias += weights[example->features[j] & (((size_t)1 << BITS) - 1)];
    return bias;
}

/* The sum from which on to say yes, where F1 over the reports held out is best, the best candidate
 * of each cue alone: much of the gold has no candidate, so that 0 would be too strict. */
static double best_threshold(const struct examples *examples, const double *weights, double bias)
{
    double best = 0, best_measure = -1;
    char *found = calloc((size_t)examples->gold + 1, 1);
    if (found == NULL)
        return 0;
    // NOLINTNEXTLINE(cert-flp30-c,clang-analyzer-security.FloatLoopCounter)
    for (double threshold = -2; threshold < 1; threshold += 0.1) {
        size_t said = 0, right = 0;
        memset(found, 0, (size_t)examples->gold + 1);
        for (size_t i = 0, next; i < examples->count; i = next) {
            const struct example *best_one = NULL;
            double most = threshold;
            for (next = i;
                 next < examples->count && examples->items[next].cue == examples->items[i].cue;
                 next++) {
                double sum = sum_of(&examples->items[next], weights, bias);
                if (examples->items[next].held_out && sum > most) {
                    most = sum;
                    best_one = &examples->items[next];
                }
            }
            if (best_one == NULL)
                continue;
            said++;
            if (best_one->right != WRONG && !found[best_one->right]) {
                found[best_one->right] = 1;
                right++;
            }
        }
        double measure = 2.0 * (double)right / (double)(said + examples->held_out_gold + 1);
        if (measure > best_measure) {
            best_measure = measure;
            best = threshold;
        }
    }
    free(found);
    printf("attribution: threshold %.1f, F1 of the reports held out %.3f\n", best, best_measure);
    return best;
}

/* Fits to all examples, or to those that are not held out. */
static void fit(const struct examples *examples, bool all, double *weights, double *bias)
{
    size_t size = (size_t)1 << BITS;
    double *squares = calloc(size, sizeof *squares), *sums = calloc(size, sizeof *sums);
    double bias_sum = 0;
    // NOLINTNEXTLINE(clang-analyzer-optin.portability.UnixAPI)
    uint32_t *order = calloc(examples->count, sizeof *order);
    uint64_t random = 20261121;
    double bias_square = 0;
    for (size_t i = 0; order != NULL && i < examples->count; i++)
        order[i] = (uint32_t)i;
    for (int pass = 0; pass < PASSES && squares != NULL && sums != NULL && order != NULL; pass++) {
        for (size_t i = examples->count; i > 1; i--) {
            size_t j = next_random(&random) % i;
            uint32_t moved = order[i - 1];
            order[i - 1] = order[j];
            order[j] = moved;
        }
        for (size_t i = 0; i < examples->count; i++) {
            const struct example *example = &examples->items[order[i]];
            if (example->held_out && !all)
                continue;
            double sum = sum_of(example, weights, *bias);
            double step = 1.0 / (1.0 + exp(-sum)) - (example->right != WRONG ? 1.0 : 0.0);
            bias_square += step * step;
            *bias -= 0.05 * step / sqrt(1e-6 + bias_square);
            for (uint32_t j = 0; j < example->feature_count; j++) {
                size_t at = example->features[j] & (size - 1);
                double gradient = step + 1e-4 * weights[at];
                squares[at] += gradient * gradient;
                weights[at] -= 0.05 * gradient / sqrt(1e-6 + squares[at]);
            }
        }
        /* The mean over the passes generalises better than the last one. */
        for (size_t i = 0; i < size; i++)
            sums[i] += weights[i] / PASSES;
        bias_sum += *bias / PASSES;
    }
    if (sums != NULL)
        memcpy(weights, sums, size * sizeof *sums);
    *bias = bias_sum;
    free(sums);
    free(squares);
    free(order);
}

static annals_status write_model(const char *path, const double *weights, double bias,
                                 uint64_t data_hash, annals_error *error)
{
    const double scale = 1.0 / 1024;
    size_t size = (size_t)1 << BITS;
    int16_t *rounded = calloc(size, sizeof *rounded);
    if (rounded == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < size; i++)
        rounded[i] = (int16_t)fmax(-32767, fmin(32767, nearbyint(weights[i] / scale)));
    annals_status status = linear_write(path, rounded, BITS, (int32_t)nearbyint(bias / scale),
                                        (float)scale, data_hash, error);
    free(rounded);
    return status;
}

annals_status attribution_train(const char *data, FILE *reports, FILE *gold, const char *path,
                                annals_error *error)
{
    struct arena arena;
    struct pipeline pipeline;
    struct examples examples = {0};
    struct cues cues = {0};
    char *report = NULL, *line = NULL;
    size_t report_size = 0, line_size = 0;
    uint64_t data_hash = 0, number = 0;
    arena_init(&arena);
    struct stage_setting setting = {.data = data, .arena = &arena};
    annals_status status = pipeline_open_until(&pipeline, &setting, HAS_TREE, error);
    if (status == ANNALS_OK)
        status = cues_open(&cues, &setting, error);
    if (status != ANNALS_OK) {
        arena_release(&arena);
        return status;
    }
    while (status == ANNALS_OK && getline(&report, &report_size, reports) > 0 &&
           getline(&line, &line_size, gold) > 0) {
        data_hash = hash_join(data_hash, hash_bytes(line, strlen(line)));
        examples.held_out = number++ % 10 == 0;
        status = read_one(&pipeline, &cues, report, line, &examples, error);
    }
    double *weights = calloc((size_t)1 << BITS, sizeof *weights), bias = 0;
    if (weights == NULL)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    size_t right = 0;
    for (size_t i = 0; i < examples.count; i++)
        right += examples.items[i].right != WRONG;
    printf("attribution: %zu candidates, %zu of them right\n", examples.count, right);
    if (status == ANNALS_OK) {
        fit(&examples, false, weights, &bias);
        double threshold = best_threshold(&examples, weights, bias);
        memset(weights, 0, ((size_t)1 << BITS) * sizeof *weights);
        bias = 0;
        fit(&examples, true, weights, &bias);
        bias -= threshold;
        status = write_model(path, weights, bias, data_hash, error);
    }
    free(weights);
    free(examples.items);
    free(report);
    free(line);
    pipeline_close(&pipeline);
    arena_release(&arena);
    return status;
}
