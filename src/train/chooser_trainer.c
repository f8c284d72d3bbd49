/* annals-train chooser: reads reports and what readers said of their claims, asks of every claim
 * who takes part as the stage does, and fits the network that answers.
 *
 * Claims that nobody read teach it what the rules say; reports of which any claim is held out teach
 * it nothing. A reading whose claim is no longer found is left out. */
#include "train/chooser_trainer.h"

#include "bytes/hash.h"
#include "formats/report.h"
#include "meaning/coding.h"
#include "pipeline/pipeline.h"
#include "train/trust_trainer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] = "usage: annals-train chooser --data FOLDER --readings FILE --reports "
                            "FILE --model FILE [--without 0|1]\n";

/* How it was chosen: docs/accuracy.md. */
static const struct chooser_sizes SIZES = {.asked = 48, .rows = 1 << 15, .told = 16, .inner = 64};
static const struct chooser_lesson RULES = {.read = false, .rate = 2e-3f, .epochs = 1, .seed = 1};
static const struct chooser_lesson READINGS = {
    .read = true, .rate = 1e-3f, .epochs = 10, .seed = 2};

struct range {
    uint32_t first, end;
};

uint32_t chooser_fold(const char *report)
{
    return (uint32_t)(hash_bytes(report, strlen(report)) >> 20 & 1);
}

/* The ranges "first:end,..." of a reader; returns their number. */
static uint32_t read_ranges(const char *text, struct range *ranges, uint32_t most)
{
    uint32_t count = 0;
    for (const char *at = text; at != NULL && count < most; at = strchr(at, ',')) {
        at += *at == ',';
        if (sscanf(at, "%u:%u", &ranges[count].first, &ranges[count].end) == 2)
            count++;
    }
    return count;
}

/* Does the word stand in one of the ranges, and is it what the other words there hang on? */
enum standing { OUTSIDE, INSIDE, HEAD };

struct place {
    const struct document *document;
    const uint32_t *points; /* [tokens]: where each begins, in code points */
};

static enum standing standing_of(const struct place *place, uint32_t token,
                                 const struct range *ranges, uint32_t count)
{
    const struct token *tokens = place->document->tokens.items;
    enum standing standing = OUTSIDE;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = place->points[token], head = tokens[token].head;
        if (at < ranges[i].first || at >= ranges[i].end)
            continue;
        bool hangs = head != NONE && place->points[head] >= ranges[i].first &&
                     place->points[head] < ranges[i].end;
        if (!hangs)
            return HEAD;
        standing = INSIDE;
    }
    return standing;
}

static void mark(const struct place *place, const struct choice *choice,
                 const struct trust_label *label, struct chooser_example *example)
{
    enum { RANGES = 32 };
    for (uint32_t slot = 0; slot < CHOOSER_ANSWERS; slot++) {
        struct range ranges[RANGES];
        uint32_t count = read_ranges(slot == 0 ? label->agents : label->patients, ranges, RANGES);
        example->told[slot] = count > 0;
        for (uint32_t i = 0; i < choice->count; i++) {
            enum standing standing = standing_of(place, choice->tokens[i], ranges, count);
            example->right[i * CHOOSER_ANSWERS + slot] = standing == HEAD;
            example->counted[i * CHOOSER_ANSWERS + slot] = standing != INSIDE;
        }
    }
}

static bool add_example(struct chooser_examples *examples, const struct place *place,
                        const struct choice *choice, const struct trust_label *label)
{
    const struct document *document = place->document;
    struct chooser_example *example = chooser_examples_add(
        examples, document->states + (size_t)choice->trigger * document->state_size, choice->pairs,
        choice->count, document->state_size);
    if (example == NULL)
        return false;
    example->read = label != NULL;
    example->held_out = label != NULL && label->held_out;
    example->empty[0] = choice->pairs[0].signs[SIGN_NO_AGENT];
    example->empty[1] = choice->pairs[0].signs[SIGN_NO_PATIENT];
    if (label != NULL)
        mark(place, choice, label, example);
    return true;
}

static const struct claim *claim_of(const struct document *document, const struct choice *choice)
{
    for (uint32_t i = 0; i < document->claims.count; i++) {
        const struct claim *claim = &document->claims.items[i];
        if (claim->trigger_token == choice->trigger && strcmp(claim->plover, choice->plover) == 0)
            return claim;
    }
    return NULL;
}

static annals_status add_choices(struct chooser_examples *examples, const struct document *document,
                                 const struct choices *choices, struct trust_labels *labels,
                                 bool held_out, struct arena *scratch, annals_error *error)
{
    uint64_t id = hash_bytes(document->report.id, strlen(document->report.id));
    uint32_t *points = chooser_points(document, scratch);
    struct place place = {document, points};
    bool added = points != NULL;
    for (uint32_t i = 0; added && i < choices->items.count; i++) {
        const struct choice *choice = &choices->items.items[i];
        const struct claim *claim = claim_of(document, choice);
        if (claim == NULL || choice->count == 0)
            continue;
        struct trust_label *label =
            trust_label_of(labels, id, trust_code_points(document, claim->trigger.start),
                           hash_bytes(claim->plover, strlen(claim->plover)));
        if (label != NULL)
            label->found = true;
        if (label != NULL && (!label->roles_read || label->agents == NULL))
            continue; /* no such event, or nobody said who takes part */
        if (label != NULL || !held_out)
            added = add_example(examples, &place, choice, label);
    }
    return added ? ANNALS_OK : error_set(error, ANNALS_NO_MEMORY, "out of memory");
}

/* `without` is the fold that is left out, or NONE. */
static annals_status read_report(const struct pipeline *pipeline,
                                 struct claims_knowledge *knowledge, const char *line,
                                 uint32_t without, struct trust_labels *labels,
                                 struct chooser_examples *examples, annals_error *error)
{
    struct arena arena, scratch;
    struct document document;
    struct coding coding;
    struct choices choices;
    arena_init(&arena);
    arena_init(&scratch);
    array_init(&choices.items, &arena);
    knowledge->choices = &choices;
    annals_status status = report_read(&document, &arena, line, strlen(line), error);
    bool held_out = false;
    for (uint32_t i = 0; status == ANNALS_OK && i < labels->count; i++)
        held_out |=
            labels->items[i].held_out &&
            labels->items[i].report == hash_bytes(document.report.id, strlen(document.report.id));
    bool wanted = status == ANNALS_OK && (held_out || chooser_fold(document.report.id) != without);
    if (wanted)
        status = pipeline_run(pipeline, &document, HAS_ATTRIBUTIONS, &scratch, error);
    if (wanted && status == ANNALS_OK)
        status = claims_find(&coding, knowledge, &document, &scratch, error);
    if (wanted && status == ANNALS_OK)
        status = add_choices(examples, &document, &choices, labels, held_out, &scratch, error);
    arena_release(&arena);
    arena_release(&scratch);
    return status;
}

static annals_status read_reports(const char *data, FILE *reports, uint32_t without,
                                  struct trust_labels *labels, struct chooser_examples *examples,
                                  annals_error *error)
{
    struct arena arena;
    struct pipeline pipeline;
    struct claims_knowledge *knowledge = NULL;
    char *line = NULL;
    size_t size = 0;
    arena_init(&arena);
    struct stage_setting setting = {.data = data, .arena = &arena};
    annals_status status = pipeline_open_until(&pipeline, &setting, HAS_ATTRIBUTIONS, error);
    if (status == ANNALS_OK) {
        status = claims_knowledge_read(&setting, &knowledge, error);
        if (status == ANNALS_OK)
            status = claims_referents_open(&setting, knowledge, error);
        while (status == ANNALS_OK && getline(&line, &size, reports) > 0)
            status = read_report(&pipeline, knowledge, line, without, labels, examples, error);
        if (knowledge != NULL)
            chooser_close(&knowledge->referents);
        pipeline_close(&pipeline);
    }
    free(line);
    arena_release(&arena);
    return status;
}

/* The pair that an answer is likeliest of, among those that do not take the other part; NONE of
 * none. */
static uint32_t likeliest(const struct chooser_example *example, float (*answers)[CHOOSER_ANSWERS],
                          uint32_t slot)
{
    uint32_t found = NONE;
    for (uint32_t i = 0; i < example->count && i < CHOOSER_MOST; i++)
        if (example->pairs[i].signs[1 - slot] == 0 &&
            (found == NONE || answers[i][slot] > answers[found][slot]))
            found = i;
    return found;
}

/* Of the claims held out: how many empty slots would be filled from each probability on, and how
 * many of them with somebody whom the reader names. */
static void print_score(const struct chooser *chooser, const struct chooser_examples *examples)
{
    enum { STEPS = 10 };
    uint32_t filled[CHOOSER_ANSWERS][STEPS] = {0}, right[CHOOSER_ANSWERS][STEPS] = {0},
             missing[CHOOSER_ANSWERS] = {0};
    for (size_t i = 0; i < examples->count; i++) {
        const struct chooser_example *example = &examples->items[i];
        float answers[CHOOSER_MOST][CHOOSER_ANSWERS];
        if (!example->held_out)
            continue;
        chooser_run(chooser, example->state, example->pairs, example->count, answers);
        for (uint32_t slot = 0; slot < CHOOSER_ANSWERS; slot++) {
            uint32_t best = likeliest(example, answers, slot);
            if (!example->empty[slot] || best == NONE)
                continue;
            missing[slot] += example->told[slot];
            for (uint32_t step = 0; step < STEPS; step++) {
                bool fills = answers[best][slot] >= (float)step / STEPS;
                const uint8_t *own = example->right + best * CHOOSER_ANSWERS,
                              *counted = example->counted + best * CHOOSER_ANSWERS;
                filled[slot][step] += fills;
                right[slot][step] += fills && (own[slot] || !counted[slot]);
            }
        }
    }
    for (uint32_t slot = 0; slot < CHOOSER_ANSWERS; slot++) {
        printf("%s: %u empty and told;", slot == 0 ? "agents" : "patients", missing[slot]);
        for (uint32_t step = 2; step < STEPS; step++)
            printf(" from 0.%u %u of %u", step, right[slot][step], filled[slot][step]);
        printf("\n");
    }
}

static annals_status fit(struct chooser_examples *examples, uint64_t training, const char *model,
                         annals_error *error)
{
    struct arena arena;
    struct chooser_network network;
    struct chooser_sizes sizes = SIZES;
    struct chooser chooser;
    arena_init(&arena);
    sizes.state = examples->state_size;
    annals_status status = chooser_network_init(&network, &sizes, &arena, 1)
                               ? ANNALS_OK
                               : error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK) {
        if (!chooser_network_learn(&network, examples, &RULES) ||
            !chooser_network_learn(&network, examples, &READINGS))
            status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    if (status == ANNALS_OK) {
        parameters_swap(&network.parameters);
        status = chooser_network_write(&network, model, training, &arena, error);
    }
    if (status == ANNALS_OK)
        status = chooser_open(&chooser, model, error);
    if (status == ANNALS_OK) {
        print_score(&chooser, examples);
        chooser_close(&chooser);
    }
    arena_release(&arena);
    return status;
}

int chooser_command(int count, char **arguments)
{
    enum { DATA, READ, REPORTS, MODEL, WITHOUT, VALUES };
    const char *values[VALUES] = {0};
    static const char *const names[VALUES] = {"--data", "--readings", "--reports", "--model",
                                              "--without"};
    for (int i = 2; i + 1 < count; i += 2)
        for (int j = 0; j < VALUES; j++)
            if (strcmp(arguments[i], names[j]) == 0)
                values[j] = arguments[i + 1];
    FILE *reports = values[REPORTS] != NULL ? fopen(values[REPORTS], "rb") : NULL;
    struct trust_labels labels = {0};
    struct chooser_examples examples = {0};
    annals_error error = {0};
    if (values[DATA] == NULL || values[READ] == NULL || values[MODEL] == NULL || reports == NULL) {
        if (values[REPORTS] != NULL && reports == NULL)
            fprintf(stderr, "annals-train: %s: %s\n", values[REPORTS], strerror(errno));
        fputs(usage, stderr);
        return 2;
    }
    arena_init(&labels.arena);
    arena_init(&examples.arena);
    annals_status status = trust_labels_read(&labels, values[READ], &error);
    uint32_t without =
        values[WITHOUT] != NULL ? (uint32_t)strtoul(values[WITHOUT], NULL, 10) : NONE;
    if (status == ANNALS_OK)
        status = read_reports(values[DATA], reports, without, &labels, &examples, &error);
    if (status == ANNALS_OK && examples.count == 0)
        status = error_set(&error, ANNALS_WRONG_USE, "no claim was found in the reports");
    if (status == ANNALS_OK)
        status = fit(&examples, labels.hash, values[MODEL], &error);
    if (status != ANNALS_OK)
        fprintf(stderr, "annals-train: %s: %s\n", error.file, error.sentence);
    fclose(reports);
    free(labels.items);
    free(examples.items);
    arena_release(&labels.arena);
    arena_release(&examples.arena);
    return status == ANNALS_OK ? 0 : 1;
}
