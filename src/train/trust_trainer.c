/* annals-train trust: reads reports and what people said of their claims, describes every claim as
 * the stage does, and fits the two models that judge them.
 *
 * A label whose claim is no longer found is left out. */
#include "train/trust_trainer.h"

#include "bytes/hash.h"
#include "dictionary/table.h"
#include "formats/report.h"
#include "meaning/coding.h"
#include "pipeline/pipeline.h"
#include "train/chooser_trainer.h"

#include <errno.h>

static const char usage[] =
    "usage: annals-train trust --data FOLDER --labels FILE --readings FILE --reports FILE --model FILE "
    "--roles FILE --without0 FILE --without1 FILE\n";

/* What the two models learn from. */
struct trust_lessons {
    struct trust_examples events, roles;
};

/* `label` is NULL for the example of a row. */
static bool add_example(struct trust_examples *examples, const uint64_t *features, uint32_t count,
                        uint32_t own, const struct trust_label *label, bool right)
{
    if (examples->count == examples->capacity) {
        size_t capacity = examples->capacity == 0 ? 4096 : examples->capacity * 2;
        struct trust_example *items = realloc(examples->items, capacity * sizeof *items);
        if (items == NULL)
            return false;
        examples->items = items;
        examples->capacity = capacity;
    }
    uint64_t *copy = arena_new_array(&examples->arena, uint64_t, count + 1);
    if (copy == NULL)
        return false;
    memcpy(copy, features, count * sizeof *copy);
    examples->items[examples->count++] =
        (struct trust_example){.features = copy,
                               .feature_count = count,
                               .own = own < count ? own : count,
                               .corpus = label != NULL ? label->corpus : TRUST_CORPORA,
                               .right = right,
                               .held_out = label != NULL && label->held_out,
                               .of_row = label == NULL};
    return true;
}

/* Is nothing wrong that the claim says of agent and patient? Where a reader misses somebody whom it does not
 * name it is not. */
static bool are_roles_right(const struct document *document, const struct claim *claim,
                            const struct trust_label *label)
{
    if (label->agents != NULL)
        return trust_are_among(document, claim->agents.items, claim->agents.count, label->agents) &&
               trust_are_among(document, claim->patients.items, claim->patients.count, label->patients);
    return label->roles_right || (label->agent_wrong ? claim->agents.count : claim->patients.count) == 0;
}

/* What both models learn from a claim. */
static bool add_claim(struct coding *coding, const struct trust_report *report, uint32_t claim,
                      const struct trust_label *label, struct trust_lessons *lessons)
{
    const struct trust_note *note = &coding->trust.notes.items[claim];
    uint64_t features[TRUST_ROLE_FEATURES];
    uint32_t count = trust_features(coding, report, claim, features);
    bool added = add_example(&lessons->events, features, count, note->count, label,
                             label == NULL || label->right);
    if (label != NULL && !label->roles_read)
        return added;
    count = trust_role_features(coding, report, claim, features);
    return added && add_example(&lessons->roles, features, count, note->count + note->roles, label,
                                label == NULL || are_roles_right(coding->document,
                                                                 &coding->document->claims.items[claim], label));
}

static annals_status read_claims(struct coding *coding, struct trust_labels *labels,
                                 struct trust_lessons *lessons, annals_error *error)
{
    const struct document *document = coding->document;
    uint64_t id = hash_bytes(document->report.id, strlen(document->report.id));
    struct trust_report report;
    trust_report_find(coding, &report);
    for (uint32_t i = 0; i < document->claims.count && i < coding->trust.notes.count; i++) {
        const struct claim *claim = &document->claims.items[i];
        struct trust_label *label =
            trust_label_of(labels, id, trust_code_points(document, claim->trigger.start),
                     hash_bytes(claim->plover, strlen(claim->plover)));
        if (label == NULL)
            continue;
        label->found = true;
        if (!add_claim(coding, &report, i, label, lessons))
            return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    return ANNALS_OK;
}

/* The sentence of each row shows what its author means by it. */
static annals_status read_rows(const struct pipeline *pipeline,
                               const struct claims_knowledge *knowledge, const char *data,
                               struct trust_lessons *lessons, annals_error *error)
{
    struct arena arena, memory, scratch;
    struct table table;
    arena_init(&arena);
    arena_init(&memory);
    arena_init(&scratch);
    annals_status status = table_read(
        &table, &arena, arena_print(&arena, "%s/dictionaries/en/events.tsv", data), error);
    for (uint32_t row = 0; status == ANNALS_OK && row < table.row_count; row++) {
        const char *text = table_cell(&table, row, "example"), *id = table_cell(&table, row, "id");
        struct document document;
        struct coding coding;
        document_init(&document, &memory, text, (uint32_t)strlen(text));
        status = pipeline_run(pipeline, &document, HAS_ATTRIBUTIONS, &scratch, error);
        if (status == ANNALS_OK)
            status = claims_find(&coding, knowledge, &document, &scratch, error);
        struct trust_report report = {0};
        for (uint32_t i = 0; status == ANNALS_OK && i < document.claims.count; i++)
            if (strcmp(document.claims.items[i].rule, id) == 0 &&
                !add_claim(&coding, &report, i, NULL, lessons))
                status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
        arena_reset(&memory);
        arena_reset(&scratch);
    }
    arena_release(&arena);
    arena_release(&memory);
    arena_release(&scratch);
    return status;
}

/* `choosers`: the one that has not seen the first half of the reports, and the other (chooser_fold). */
static annals_status read_report(const struct pipeline *pipeline, struct claims_knowledge *knowledge,
                                 const struct chooser *choosers, const char *line,
                                 struct trust_labels *labels, struct trust_lessons *lessons,
                                 annals_error *error)
{
    struct arena arena, scratch;
    struct document document;
    struct coding coding;
    arena_init(&arena);
    arena_init(&scratch);
    annals_status status = report_read(&document, &arena, line, strlen(line), error);
    bool wanted = false;
    for (uint32_t i = 0; status == ANNALS_OK && i < labels->count; i++)
        wanted = wanted || labels->items[i].report ==
                               hash_bytes(document.report.id, strlen(document.report.id));
    if (wanted) {
        knowledge->chooser = choosers[chooser_fold(document.report.id)];
        status = pipeline_run(pipeline, &document, HAS_ATTRIBUTIONS, &scratch, error);
    }
    if (wanted && status == ANNALS_OK)
        status = claims_find(&coding, knowledge, &document, &scratch, error);
    if (wanted && status == ANNALS_OK)
        status = read_claims(&coding, labels, lessons, error);
    arena_release(&arena);
    arena_release(&scratch);
    return status;
}

static annals_status read_reports(const char *data, const char *const *models, FILE *reports,
                                  struct trust_labels *labels,
                                  struct trust_lessons *lessons, annals_error *error)
{
    struct arena arena;
    struct pipeline pipeline;
    struct claims_knowledge *knowledge = NULL;
    struct chooser choosers[2] = {0};
    char *line = NULL;
    size_t size = 0;
    arena_init(&arena);
    struct stage_setting setting = {.data = data, .arena = &arena};
    annals_status status = pipeline_open_until(&pipeline, &setting, HAS_ATTRIBUTIONS, error);
    if (status == ANNALS_OK) {
        status = claims_knowledge_read(&setting, &knowledge, error);
        if (status == ANNALS_OK)
            status = claims_referents_open(&setting, knowledge, error);
        for (int i = 0; status == ANNALS_OK && i < 2; i++)
            status = chooser_open(&choosers[i], models[i], error);
        if (status == ANNALS_OK)
            knowledge->chooser = choosers[0];
        if (status == ANNALS_OK)
            status = read_rows(&pipeline, knowledge, data, lessons, error);
        while (status == ANNALS_OK && getline(&line, &size, reports) > 0)
            status = read_report(&pipeline, knowledge, choosers, line, labels, lessons, error);
        chooser_close(&choosers[0]);
        chooser_close(&choosers[1]);
        if (knowledge != NULL)
            chooser_close(&knowledge->referents);
        pipeline_close(&pipeline);
    }
    free(line);
    arena_release(&arena);
    return status;
}

int trust_command(int count, char **arguments)
{
    enum { DATA, LABELS, READINGS, REPORTS, MODEL, ROLES, WITHOUT, VALUES = WITHOUT + 2 };
    const char *values[VALUES] = {0};
    static const char *const names[VALUES] = {"--data",    "--labels", "--readings",
                                              "--reports", "--model",  "--roles",
                                              "--without0", "--without1"};
    for (int i = 2; i + 1 < count; i += 2)
        for (int j = 0; j < VALUES; j++)
            if (strcmp(arguments[i], names[j]) == 0)
                values[j] = arguments[i + 1];
    FILE *reports = values[REPORTS] != NULL ? fopen(values[REPORTS], "rb") : NULL;
    struct trust_labels labels = {0};
    struct trust_lessons lessons = {0};
    annals_error error = {0};
    if (values[DATA] == NULL || values[LABELS] == NULL || values[READINGS] == NULL || values[MODEL] == NULL ||
        values[ROLES] == NULL || values[WITHOUT] == NULL || values[WITHOUT + 1] == NULL || reports == NULL) {
        if (values[REPORTS] != NULL && reports == NULL)
            fprintf(stderr, "annals-train: %s: %s\n", values[REPORTS], strerror(errno));
        fputs(usage, stderr);
        return 2;
    }
    arena_init(&labels.arena);
    arena_init(&lessons.events.arena);
    arena_init(&lessons.roles.arena);
    annals_status status = trust_labels_read(&labels, values[LABELS], &error);
    if (status == ANNALS_OK)
        status = trust_labels_read(&labels, values[READINGS], &error);
    if (status == ANNALS_OK)
        status = read_reports(values[DATA], values + WITHOUT, reports, &labels, &lessons, &error);
    if (status == ANNALS_OK) {
        puts("is it such an event");
        status = trust_fit(&lessons.events, &labels, values[MODEL], &error);
    }
    if (status == ANNALS_OK) {
        puts("is nothing wrong that it says of agent and patient, where it is");
        status = trust_fit(&lessons.roles, &labels, values[ROLES], &error);
    }
    if (status != ANNALS_OK)
        fprintf(stderr, "annals-train: %s: %s\n", error.file, error.sentence);
    fclose(reports);
    free(labels.items);
    free(lessons.events.items);
    free(lessons.roles.items);
    arena_release(&labels.arena);
    arena_release(&lessons.events.arena);
    arena_release(&lessons.roles.arena);
    return status == ANNALS_OK ? 0 : 1;
}
