/* Fits the model that judges candidates of reported speech (meaning/speech.h) to PolNeAR.
 *
 * First who speaks: of the candidates for a cue of the gold (meaning/speech_sources.h) those are
 * right that lie in the gold source, or "nobody". Then what is said: a candidate is right where its
 * content shares at least half of the tokens with the part of a gold content in its sentence (what
 * goes on in other sentences is the stage's to add) and its source overlaps the gold source, or
 * both have none; each cue is a choice among its candidates and none of them. So that the second
 * model sees how often the first one errs on new text, the sources of each half of the reports are
 * chosen by weights fitted to the other half. Method: train/choices.h; weights are rounded to 16
 * bits. */
#include "train/attribution_trainer.h"

#include "bytes/hash.h"
#include "bytes/utf8.h"
#include "formats/report.h"
#include "meaning/speech.h"
#include "pipeline/pipeline.h"
#include "train/choices.h"

#include <jansson.h>
#include <math.h>

enum { BITS = 19, CANDIDATES = 512, FOLDS = 10, ALL = (1 << FOLDS) - 1, HELD_OUT = 0x49 };

static const double scale = 1.0 / 1024;

/* A report with its tree, and what its readers marked. */
struct lesson {
    struct arena arena;
    struct document document;
    struct tree tree;
    uint32_t *offsets;
    json_t *gold;  /* the array */
    int32_t first; /* number of its first attribution, over all reports */
    uint32_t fold;
};

struct lessons {
    struct lesson **items;
    size_t count;
    int32_t gold, gold_held_out;
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

static annals_status read_one(const struct pipeline *pipeline, const char *report,
                              const char *gold_line, struct lessons *lessons, annals_error *error)
{
    struct arena scratch;
    struct lesson *lesson = calloc(1, sizeof *lesson);
    struct lesson **items = realloc(lessons->items, (lessons->count + 1) * sizeof *items);
    if (items != NULL)
        lessons->items = items;
    if (lesson == NULL || items == NULL) {
        free(lesson);
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    lesson->fold = (uint32_t)(lessons->count % FOLDS);
    lessons->items[lessons->count++] = lesson;
    arena_init(&lesson->arena);
    arena_init(&scratch);
    json_t *line = json_loads(gold_line, 0, NULL);
    lesson->gold = json_incref(json_object_get(line, "attributions"));
    json_decref(line);
    annals_status status =
        report_read(&lesson->document, &lesson->arena, report, strlen(report), error);
    if (status == ANNALS_OK)
        status = pipeline_run(pipeline, &lesson->document, HAS_TREE, &scratch, error);
    arena_release(&scratch);
    if (status != ANNALS_OK)
        return status;
    lesson->offsets = byte_offsets(&lesson->arena, &lesson->document);
    if (lesson->offsets == NULL || lesson->gold == NULL ||
        !tree_init(&lesson->tree, &lesson->document, &lesson->arena))
        return error_set(error, ANNALS_NO_MEMORY, "out of memory, or no attributions");
    lesson->first = lessons->gold;
    lessons->gold += (int32_t)json_array_size(lesson->gold);
    if ((1u << lesson->fold & HELD_OUT) != 0)
        lessons->gold_held_out += (int32_t)json_array_size(lesson->gold);
    return ANNALS_OK;
}

/* The word of a gold cue that the model takes for it: its last verb, or else its last noun. */
static uint32_t cue_of(const struct lesson *lesson, const json_t *cue)
{
    const struct document *document = &lesson->document;
    uint32_t found = NONE;
    for (size_t i = 0; i < json_array_size(cue); i++) {
        const json_t *span = json_array_get(cue, i);
        struct byte_span bytes = {lesson->offsets[json_integer_value(json_array_get(span, 0))],
                                  lesson->offsets[json_integer_value(json_array_get(span, 1))]};
        struct token_range range = document_tokens_in(document, bytes);
        for (uint32_t j = range.first; j < range.end; j++) {
            enum word_class class = document->tokens.items[j].upos;
            bool verb = class == UPOS_VERB;
            if (verb || ((class == UPOS_NOUN || class == UPOS_ADJ) &&
                         (found == NONE || document->tokens.items[found].upos != UPOS_VERB)))
                found = j;
        }
    }
    return found;
}

static bool in_gold(const struct lesson *lesson, const json_t *source, uint32_t token)
{
    return overlap(source, lesson->offsets, lesson->document.tokens.items[token].span) > 0;
}

/* A candidate that lies in the gold source; its head, if any candidate is, and not a part of it. */
static bool is_source(const struct lesson *lesson, const json_t *source, uint32_t token, bool head)
{
    if (token == NONE)
        return json_array_size(source) == 0;
    uint32_t above = lesson->document.tokens.items[token].head;
    return in_gold(lesson, source, token) &&
           (!head || above == NONE || !in_gold(lesson, source, above));
}

static bool add_sources(const struct lesson *lesson, struct choices *sources)
{
    struct speech_source found[SOURCES];
    size_t i;
    json_t *one;
    json_array_foreach(lesson->gold, i, one)
    {
        const json_t *source = json_object_get(one, "source");
        uint32_t cue = cue_of(lesson, json_object_get(one, "cue"));
        uint32_t count = cue != NONE ? speech_sources(&lesson->tree, cue, found) : 0;
        bool any = false, any_head = false;
        for (uint32_t j = 0; j < count; j++) {
            any |= is_source(lesson, source, found[j].token, false);
            any_head |= is_source(lesson, source, found[j].token, true);
        }
        for (uint32_t j = 0; any && j < count; j++) {
            bool right = is_source(lesson, source, found[j].token, any_head);
            if (!choices_add(sources, found[j].features, found[j].feature_count, right ? 0 : WRONG))
                return false;
        }
        if (!choices_end(sources, lesson->fold))
            return false;
    }
    return true;
}

static bool add_contents(const struct lesson *lesson, const struct cues *cues,
                         const struct linear *model, struct speech *found, struct choices *contents)
{
    const struct document *document = &lesson->document;
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        uint32_t count = speech_find(&lesson->tree, cues, model, i, found, CANDIDATES);
        for (uint32_t j = 0; j < count; j++) {
            int32_t right = which_is(document, lesson->offsets, lesson->gold,
                                     &document->sentences.items[i].span, &found[j]);
            if (!choices_add(contents, found[j].features, found[j].feature_count,
                             right == WRONG ? WRONG : lesson->first + right) ||
                ((j + 1 == count || found[j + 1].cue != found[j].cue) &&
                 !choices_end(contents, lesson->fold)))
                return false;
        }
    }
    return true;
}

static void round_weights(const double *weights, int16_t *rounded)
{
    for (size_t i = 0; i < (size_t)1 << BITS; i++)
        rounded[i] = (int16_t)fmax(-32767, fmin(32767, nearbyint(weights[i] / scale)));
}

/* The sum from which on to say yes, where F1 over the reports held out is best: much of the gold
 * has no candidate, so that 0 would be too strict. */
static double best_threshold(const struct lessons *lessons, const struct choices *contents,
                             const double *weights)
{
    double best = 0, best_measure = -1;
    char *found = calloc((size_t)lessons->gold + 1, 1);
    for (int tenth = -20; found != NULL && tenth < 10; tenth++) {
        size_t said = 0, right = 0;
        memset(found, 0, (size_t)lessons->gold + 1);
        for (size_t i = 0; i < contents->choice_count; i++) {
            const struct choice *choice = &contents->items[i];
            const struct candidate *best_one = NULL;
            double most = tenth / 10.0;
            for (size_t j = choice->first; (1u << choice->fold & HELD_OUT) != 0 && j < choice->end;
                 j++) {
                double sum = choices_sum(&contents->candidates[j], weights, BITS);
                if (sum > most) {
                    most = sum;
                    best_one = &contents->candidates[j];
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
        double measure = 2.0 * (double)right / (double)(said + (size_t)lessons->gold_held_out + 1);
        if (measure > best_measure) {
            best_measure = measure;
            best = tenth / 10.0;
        }
    }
    free(found);
    printf("attribution: threshold %.1f, F1 of the reports held out %.3f\n", best, best_measure);
    return best;
}

/* Sources of the lessons in `folds` chosen right, in percent. */
static double share_right(const struct choices *sources, uint32_t folds, const double *weights)
{
    size_t right = 0, all = 0;
    for (size_t i = 0; i < sources->choice_count; i++) {
        const struct choice *choice = &sources->items[i];
        const struct candidate *best = NULL;
        double most = 0;
        for (size_t j = choice->first; (1u << choice->fold & folds) != 0 && j < choice->end; j++) {
            double sum = choices_sum(&sources->candidates[j], weights, BITS);
            if (best == NULL || sum > most) {
                most = sum;
                best = &sources->candidates[j];
            }
        }
        all += best != NULL;
        right += best != NULL && best->right != WRONG;
    }
    return 100.0 * (double)right / ((double)all + 1e-9);
}

struct tables {
    double *weights;
    int16_t *rounded;
    struct speech *found;
};

/* Chooses sources and fits to the contents found with them; `weights` get both. */
static bool fit(const struct lessons *lessons, const struct cues *cues,
                const struct choices *sources, struct tables *tables, struct choices *contents,
                double *threshold)
{
    enum { EVEN = 0x155, ODD = 0x2aa };
    const size_t size = ((size_t)1 << BITS) * sizeof *tables->weights;
    static const uint32_t halves[] = {EVEN, ODD};
    struct linear model = {.weights = tables->rounded, .mask = (1u << BITS) - 1};
    for (int half = 0; half < 2; half++) {
        memset(tables->weights, 0, size);
        if (!choices_fit(sources, halves[half], tables->weights, BITS))
            return false;
        printf("attribution: sources of the other half right %.1f%%\n",
               share_right(sources, halves[1 - half], tables->weights));
        round_weights(tables->weights, tables->rounded);
        for (size_t i = 0; i < lessons->count; i++)
            if ((1u << lessons->items[i]->fold & halves[1 - half]) != 0 &&
                !add_contents(lessons->items[i], cues, &model, tables->found, contents))
                return false;
    }
    memset(tables->weights, 0, size);
    if (!choices_fit(contents, ALL & ~(uint32_t)HELD_OUT, tables->weights, BITS))
        return false;
    *threshold = best_threshold(lessons, contents, tables->weights);
    memset(tables->weights, 0, size);
    return choices_fit(contents, ALL, tables->weights, BITS) &&
           choices_fit(sources, ALL, tables->weights, BITS);
}

static annals_status fit_and_write(const struct lessons *lessons, const struct cues *cues,
                                   const char *path, uint64_t data_hash, annals_error *error)
{
    struct choices sources = {.or_none = false}, contents = {.or_none = true};
    struct tables tables = {.weights = calloc((size_t)1 << BITS, sizeof(double)),
                            .rounded = calloc((size_t)1 << BITS, sizeof(int16_t)),
                            .found = calloc(CANDIDATES, sizeof(struct speech))};
    bool enough = tables.weights != NULL && tables.rounded != NULL && tables.found != NULL;
    double threshold = 0;
    for (size_t i = 0; enough && i < lessons->count; i++)
        enough = add_sources(lessons->items[i], &sources);
    enough = enough && fit(lessons, cues, &sources, &tables, &contents, &threshold);
    annals_status status = ANNALS_OK;
    if (!enough) {
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    } else {
        size_t right = 0;
        for (size_t i = 0; i < contents.count; i++)
            right += contents.candidates[i].right != WRONG;
        printf("attribution: %zu candidates, %zu of them right\n", contents.count, right);
        round_weights(tables.weights, tables.rounded);
        status = linear_write(path, tables.rounded, BITS, (int32_t)nearbyint(-threshold / scale),
                              (float)scale, data_hash, error);
    }
    choices_release(&sources);
    choices_release(&contents);
    free(tables.weights);
    free(tables.rounded);
    free(tables.found);
    return status;
}

annals_status attribution_train(const char *data, FILE *reports, FILE *gold, const char *path,
                                annals_error *error)
{
    struct arena arena;
    struct pipeline pipeline;
    struct lessons lessons = {0};
    struct cues cues = {0};
    char *report = NULL, *line = NULL;
    size_t report_size = 0, line_size = 0;
    uint64_t data_hash = 0;
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
        status = read_one(&pipeline, report, line, &lessons, error);
    }
    if (status == ANNALS_OK)
        status = fit_and_write(&lessons, &cues, path, data_hash, error);
    for (size_t i = 0; i < lessons.count; i++) {
        json_decref(lessons.items[i]->gold);
        arena_release(&lessons.items[i]->arena);
        free(lessons.items[i]);
    }
    free(lessons.items);
    free(report);
    free(line);
    pipeline_close(&pipeline);
    arena_release(&arena);
    return status;
}
