/* annals-train referents: reads reports and what readers said whom pronouns stand for, asks of
 * every pronoun as the stage does, and fits the network that answers.
 *
 * Pronouns that nobody read teach it what the rules say, one in four of them; reports that are held
 * out teach it nothing. */
#include "train/referent_trainer.h"

#include "bytes/hash.h"
#include "formats/report.h"
#include "meaning/coding.h"
#include "meaning/referents.h"
#include "pipeline/pipeline.h"
#include "train/chooser_trainer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] = "usage: annals-train referents --data FOLDER --pronouns FILE --reports "
                            "FILE --model FILE\n";

enum { ONE_IN = 4 };
/* How it was chosen: docs/accuracy.md. */
static const struct chooser_sizes SIZES = {.asked = 48, .rows = 1 << 15, .told = 16, .inner = 64};
static const struct chooser_lesson RULES = {
    .read = false, .one = true, .rate = 2e-3f, .epochs = 1, .seed = 1};
static const struct chooser_lesson READINGS = {
    .read = true, .one = true, .rate = 1e-3f, .epochs = 8, .seed = 2};

/* What a reader said of a pronoun: where the words begin that it stands for, in code points,
 * several told apart joined by "+"; or "-" and "0". */
struct label {
    uint64_t report; /* hash of its id */
    uint32_t offset;
    bool held_out;
    const char *answer;
};

struct labels {
    struct label *items;
    uint32_t count, capacity;
    uint64_t hash;
    struct arena arena;
};

static bool add_label(struct labels *labels, char *line)
{
    enum { CORPUS, REPORT, OFFSET, PART, ANSWER, FIELDS };
    char *fields[FIELDS], *field = line;
    line[strcspn(line, "\n")] = '\0';
    for (int i = 0; i < FIELDS; i++) {
        if (field == NULL)
            return false;
        fields[i] = field;
        field = strchr(field, '\t');
        if (field != NULL)
            *field++ = '\0';
    }
    if (labels->count == labels->capacity) {
        uint32_t capacity = labels->capacity == 0 ? 1024 : labels->capacity * 2;
        struct label *items = realloc(labels->items, capacity * sizeof *items);
        if (items == NULL)
            return false;
        labels->items = items;
        labels->capacity = capacity;
    }
    struct label *label = &labels->items[labels->count++];
    *label = (struct label){.report = hash_bytes(fields[REPORT], strlen(fields[REPORT])),
                            .offset = (uint32_t)strtoul(fields[OFFSET], NULL, 10),
                            .held_out = strcmp(fields[PART], "held") == 0,
                            .answer =
                                arena_copy(&labels->arena, fields[ANSWER], strlen(fields[ANSWER]))};
    return label->answer != NULL && field == NULL;
}

static annals_status read_labels(struct labels *labels, const char *path, annals_error *error)
{
    FILE *stream = fopen(path, "rb");
    char *line = NULL;
    size_t size = 0;
    uint32_t number = 0;
    annals_status status = ANNALS_OK;
    if (stream == NULL) {
        error_set(error, ANNALS_CANNOT_READ, "%s", strerror(errno));
        error_at(error, path, 0, 0, -1);
        return ANNALS_CANNOT_READ;
    }
    while (status == ANNALS_OK && getline(&line, &size, stream) > 0) {
        number++;
        labels->hash = hash_join(labels->hash, hash_bytes(line, strlen(line)));
        if (line[0] == '#' || add_label(labels, line))
            continue;
        status =
            error_set(error, ANNALS_MALFORMED, "corpus, report, offset, part and answer expected");
        error_at(error, path, number, 0, -1);
    }
    free(line);
    fclose(stream);
    return status;
}

static const struct label *label_of(const struct labels *labels, uint64_t report, uint32_t offset)
{
    for (uint32_t i = 0; i < labels->count; i++)
        if (labels->items[i].report == report && labels->items[i].offset == offset)
            return &labels->items[i];
    return NULL;
}

/* Does the answer name the word that begins at `point`, and as one of several? */
static bool names(const char *answer, uint32_t point, bool *part)
{
    for (const char *at = answer; *at >= '0' && *at <= '9';) {
        char *end;
        unsigned long offset = strtoul(at, &end, 10);
        if (offset == point) {
            *part = *end == '+' || (at > answer && at[-1] == '+');
            return true;
        }
        at = *end == '\0' ? end : end + 1;
    }
    return false;
}

/* Of pronouns held out: whom the rules have right and wrong, and what becomes of them. */
struct score {
    uint32_t count, named, rules_right, rules_wrong, right, wrong;
};

struct reading {
    const struct labels *labels;
    struct chooser_examples *examples; /* NULL where only the score is asked for */
    struct score *score;
    uint64_t report;
    bool held_out;
};

static bool add_reference(const struct reading *reading, const struct document *document,
                          const struct reference *reference, const uint32_t *points)
{
    uint32_t at = points[reference->pronoun];
    const struct label *label = label_of(reading->labels, reading->report, at);
    bool resolved = reference->count > 0 && !reference->pairs[0].signs[SIGN_NOBODY] &&
                    !reference->pairs[0].signs[SIGN_MEANT_AFAR];
    bool learned = !reading->held_out && resolved && hash_join(reading->report, at) % ONE_IN == 0;
    if (reference->count == 0 || (label == NULL && !learned))
        return true;
    struct chooser_example *example = chooser_examples_add(
        reading->examples, document->states + (size_t)reference->pronoun * document->state_size,
        reference->pairs, reference->count, document->state_size);
    if (example == NULL)
        return false;
    example->read = label != NULL;
    example->held_out = label != NULL && reading->held_out;
    example->empty[0] = reference->pairs[0].signs[SIGN_NOBODY];
    for (uint32_t i = 0; label != NULL && i < reference->count; i++) {
        bool part = false;
        if (!names(label->answer, points[reference->tokens[i]], &part))
            continue;
        example->right[i * CHOOSER_ANSWERS + (part ? ANSWER_PART : ANSWER_WHOLE)] = 1;
        example->told[0] |= !part;
    }
    return true;
}

static void add_score(const struct reading *reading, const struct reference *reference,
                      const uint32_t *points)
{
    const struct label *label =
        label_of(reading->labels, reading->report, points[reference->pronoun]);
    struct score *score = reading->score;
    bool named = false, rules = false, nobody = true, chosen = false, part = false;
    if (label == NULL || reference->count == 0)
        return;
    for (uint32_t i = 0; i < reference->count; i++) {
        bool right = names(label->answer, points[reference->tokens[i]], &part) && !part;
        named |= right;
        rules |= right && reference->pairs[i].signs[SIGN_MEANT];
        nobody = reference->pairs[i].signs[SIGN_NOBODY];
        chosen |= right && i == reference->chosen;
    }
    score->count++;
    score->named += named;
    score->rules_right += rules;
    score->rules_wrong += !rules && !nobody;
    score->right += reference->chosen != NONE ? chosen : rules;
    score->wrong += reference->chosen != NONE ? !chosen : !rules && !nobody;
}

static annals_status read_report(const struct pipeline *pipeline,
                                 struct claims_knowledge *knowledge, const char *line,
                                 struct reading *reading, annals_error *error)
{
    struct arena arena, scratch;
    struct document document;
    struct coding coding;
    struct references references;
    bool done = true;
    arena_init(&arena);
    arena_init(&scratch);
    array_init(&references.items, &arena);
    knowledge->references = &references;
    annals_status status = report_read(&document, &arena, line, strlen(line), error);
    reading->held_out = false;
    if (status == ANNALS_OK)
        reading->report = hash_bytes(document.report.id, strlen(document.report.id));
    for (uint32_t i = 0; status == ANNALS_OK && i < reading->labels->count; i++)
        reading->held_out |= reading->labels->items[i].held_out &&
                             reading->labels->items[i].report == reading->report;
    bool wanted = status == ANNALS_OK && (reading->examples != NULL || reading->held_out);
    if (wanted)
        status = pipeline_run(pipeline, &document, HAS_ATTRIBUTIONS, &scratch, error);
    if (wanted && status == ANNALS_OK)
        status = claims_find(&coding, knowledge, &document, &scratch, error);
    if (wanted && status == ANNALS_OK) {
        uint32_t *points = chooser_points(&document, &scratch);
        done = points != NULL;
        for (uint32_t i = 0; done && i < references.items.count; i++)
            if (reading->examples != NULL)
                done = add_reference(reading, &document, &references.items.items[i], points);
            else
                add_score(reading, &references.items.items[i], points);
    }
    arena_release(&arena);
    arena_release(&scratch);
    return done ? status : error_set(error, ANNALS_NO_MEMORY, "out of memory");
}

/* Learns from the reports, or, with a `model`, counts how it does on those held out. */
static annals_status read_reports(const char *data, FILE *reports, const char *model,
                                  struct reading *reading, annals_error *error)
{
    struct arena arena;
    struct pipeline pipeline;
    struct claims_knowledge *knowledge = NULL;
    char *line = NULL;
    size_t size = 0;
    arena_init(&arena);
    rewind(reports);
    struct stage_setting setting = {.data = data, .arena = &arena};
    annals_status status = pipeline_open_until(&pipeline, &setting, HAS_ATTRIBUTIONS, error);
    if (status == ANNALS_OK) {
        status = claims_knowledge_read(&setting, &knowledge, error);
        if (status == ANNALS_OK && model != NULL)
            status = chooser_open(&knowledge->referents, model, error);
        while (status == ANNALS_OK && getline(&line, &size, reports) > 0)
            status = read_report(&pipeline, knowledge, line, reading, error);
        if (knowledge != NULL)
            chooser_close(&knowledge->referents);
        pipeline_close(&pipeline);
    }
    free(line);
    arena_release(&arena);
    return status;
}

static annals_status fit(struct chooser_examples *examples, uint64_t training, const char *model,
                         annals_error *error)
{
    struct arena arena;
    struct chooser_network network;
    struct chooser_sizes sizes = SIZES;
    arena_init(&arena);
    sizes.state = examples->state_size;
    annals_status status = chooser_network_init(&network, &sizes, &arena, 1) &&
                                   chooser_network_learn(&network, examples, &RULES) &&
                                   chooser_network_learn(&network, examples, &READINGS)
                               ? ANNALS_OK
                               : error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK) {
        parameters_swap(&network.parameters);
        status = chooser_network_write(&network, model, training, &arena, error);
    }
    arena_release(&arena);
    return status;
}

int referents_command(int count, char **arguments)
{
    enum { DATA, PRONOUNS, REPORTS, MODEL, VALUES };
    const char *values[VALUES] = {0};
    static const char *const names_of[VALUES] = {"--data", "--pronouns", "--reports", "--model"};
    for (int i = 2; i + 1 < count; i += 2)
        for (int j = 0; j < VALUES; j++)
            if (strcmp(arguments[i], names_of[j]) == 0)
                values[j] = arguments[i + 1];
    FILE *reports = values[REPORTS] != NULL ? fopen(values[REPORTS], "rb") : NULL;
    struct labels labels = {0};
    struct chooser_examples examples = {0};
    struct score score = {0};
    struct reading reading = {.labels = &labels, .examples = &examples, .score = &score};
    annals_error error = {0};
    if (values[DATA] == NULL || values[PRONOUNS] == NULL || values[MODEL] == NULL ||
        reports == NULL) {
        if (values[REPORTS] != NULL && reports == NULL)
            fprintf(stderr, "annals-train: %s: %s\n", values[REPORTS], strerror(errno));
        fputs(usage, stderr);
        return 2;
    }
    arena_init(&labels.arena);
    arena_init(&examples.arena);
    annals_status status = read_labels(&labels, values[PRONOUNS], &error);
    if (status == ANNALS_OK)
        status = read_reports(values[DATA], reports, NULL, &reading, &error);
    if (status == ANNALS_OK && examples.count == 0)
        status = error_set(&error, ANNALS_WRONG_USE, "no pronoun was found in the reports");
    if (status == ANNALS_OK)
        status = fit(&examples, labels.hash, values[MODEL], &error);
    reading.examples = NULL;
    if (status == ANNALS_OK)
        status = read_reports(values[DATA], reports, values[MODEL], &reading, &error);
    if (status == ANNALS_OK)
        printf(
            "%u pronouns held out, %u of somebody named there; rules: %u right, %u wrong; with the "
            "network: %u right, %u wrong\n",
            score.count, score.named, score.rules_right, score.rules_wrong, score.right,
            score.wrong);
    if (status != ANNALS_OK)
        fprintf(stderr, "annals-train: %s: %s\n", error.file, error.sentence);
    fclose(reports);
    free(labels.items);
    free(examples.items);
    arena_release(&labels.arena);
    arena_release(&examples.arena);
    return status == ANNALS_OK ? 0 : 1;
}
