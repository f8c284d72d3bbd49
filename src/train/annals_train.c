/* annals-train: fits the grammar model and writes it. Reads treebanks and texts, writes a log to
 * standard error, checkpoints and the model. Not part of the library. */
#include "train/attribution_trainer.h"
#include "train/chooser_trainer.h"
#include "train/lemmas.h"
#include "train/quantise.h"
#include "train/referent_trainer.h"
#include "train/teachers.h"
#include "train/training.h"
#include "train/trust_trainer.h"

#include <stdlib.h>
#include <string.h>

struct options {
    const char *treebank, *development, *text, *checkpoint, *begin, *model, *unlabelled, *teachers,
        *more;
    uint32_t epochs, batch, vocabulary, measure, first, share;
    struct network_sizes sizes;
    struct dropout dropout;
    float rate, table_rate, caseless, headline, dropped_end, average;
    uint64_t seed;
};

static const char usage[] =
    "usage: annals-train (words | grammar | write) --treebank FILE --development FILE --text FILE\n"
    "                    --checkpoint FILE [--begin CHECKPOINT] [--resume EPOCH] [--model FILE]\n"
    "                    [--more TREEBANK] [--unlabelled FILE --teachers CHECKPOINT,... [--share "
    "SENTENCES]]\n"
    "                    [--OPTION N]...\n"
    "       annals-train attribution --data FOLDER --reports FILE --gold FILE --model FILE\n"
    "       annals-train chooser --data FOLDER --readings FILE --reports FILE --model FILE "
    "[--without 0|1]\n"
    "       annals-train referents --data FOLDER --pronouns FILE --reports FILE --model FILE\n"
    "       annals-train trust --data FOLDER --labels FILE --readings FILE --reports FILE --model "
    "FILE --roles FILE --without0 FILE --without1 FILE\n";

static bool set_option(struct options *options, const char *name, const char *value)
{
    const struct {
        const char *name;
        const char **text;
        uint32_t *number;
        float *fraction;
    } table[] = {
        {"treebank", &options->treebank, NULL, NULL},
        {"development", &options->development, NULL, NULL},
        {"text", &options->text, NULL, NULL},
        {"checkpoint", &options->checkpoint, NULL, NULL},
        {"begin", &options->begin, NULL, NULL},
        {"model", &options->model, NULL, NULL},
        {"more", &options->more, NULL, NULL},
        {"unlabelled", &options->unlabelled, NULL, NULL},
        {"teachers", &options->teachers, NULL, NULL},
        {"share", NULL, &options->share, NULL},
        {"resume", NULL, &options->first, NULL},
        {"epochs", NULL, &options->epochs, NULL},
        {"batch", NULL, &options->batch, NULL},
        {"vocabulary", NULL, &options->vocabulary, NULL},
        {"measure", NULL, &options->measure, NULL},
        {"input", NULL, &options->sizes.input, NULL},
        {"hidden", NULL, &options->sizes.hidden, NULL},
        {"layers", NULL, &options->sizes.layers, NULL},
        {"arc", NULL, &options->sizes.arc, NULL},
        {"label", NULL, &options->sizes.label, NULL},
        {"rate", NULL, NULL, &options->rate},
        {"table-rate", NULL, NULL, &options->table_rate},
        {"word-dropout", NULL, NULL, &options->dropout.word},
        {"input-dropout", NULL, NULL, &options->dropout.input},
        {"state-dropout", NULL, NULL, &options->dropout.state},
        {"hidden-dropout", NULL, NULL, &options->dropout.hidden},
        {"head-dropout", NULL, NULL, &options->dropout.head},
        {"caseless", NULL, NULL, &options->caseless},
        {"headline", NULL, NULL, &options->headline},
        {"dropped-end", NULL, NULL, &options->dropped_end},
        {"average", NULL, NULL, &options->average},
    };
    if (strcmp(name, "seed") == 0) {
        options->seed = strtoull(value, NULL, 10);
        return true;
    }
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, name) == 0) {
            if (table[i].text != NULL)
                *table[i].text = value;
            if (table[i].number != NULL)
                *table[i].number = (uint32_t)strtoul(value, NULL, 10);
            if (table[i].fraction != NULL)
                *table[i].fraction = strtof(value, NULL);
            return true;
        }
    return false;
}

static int fail(const annals_error *error)
{
    fprintf(stderr, "annals-train: %s%s%s\n", error->file, error->file[0] != '\0' ? ": " : "",
            error->sentence);
    return 3;
}

/* Everything of a run, in one arena. */
struct run {
    struct arena arena;
    struct treebank treebank, development, texts, unlabelled;
    struct vocabulary vocabulary;
    struct parameters parameters;
    struct network network;
    struct training training;
};

/* The words that have vectors are those of the first treebank and the texts alone, so that more
 * sentences to learn from do not move the rows of an earlier checkpoint. */
static annals_status read_texts(struct run *run, const struct options *options, annals_error *error)
{
    struct arena *arena = &run->arena;
    annals_status status = treebank_read(&run->treebank, options->treebank, arena, error);
    if (status == ANNALS_OK)
        status = treebank_read(&run->development, options->development, arena, error);
    if (status == ANNALS_OK)
        status = treebank_read_text(&run->texts, options->text, arena, error);
    if (status == ANNALS_OK && !vocabulary_build(&run->vocabulary, &run->treebank, &run->texts,
                                                 options->vocabulary, arena))
        status = error_set(error, ANNALS_NO_MEMORY, "no memory for the vocabulary");
    if (status == ANNALS_OK && options->more != NULL)
        status = treebank_read(&run->treebank, options->more, arena, error);
    if (status != ANNALS_OK)
        return status;
    vocabulary_apply(&run->vocabulary, &run->treebank);
    vocabulary_apply(&run->vocabulary, &run->development);
    vocabulary_apply(&run->vocabulary, &run->texts);
    fprintf(stderr, "%u sentences, %u words; texts %u words; vocabulary %u, classes %u\n",
            run->treebank.sentences.count, run->treebank.examples.count, run->texts.examples.count,
            run->vocabulary.rows, run->vocabulary.morph_count);
    return ANNALS_OK;
}

static annals_status prepare(struct run *run, const struct options *options, annals_error *error)
{
    annals_status status = read_texts(run, options, error);
    if (status != ANNALS_OK)
        return status;
    struct network_sizes sizes = options->sizes;
    sizes.vocabulary = run->vocabulary.rows;
    sizes.morphs = run->vocabulary.morph_count;
    run->parameters.arena = &run->arena;
    if (!network_init(&run->network, &sizes, &run->parameters, options->seed))
        return error_set(error, ANNALS_NO_MEMORY, "no memory for the network");
    run->training = (struct training){
        .network = &run->network,
        .parameters = &run->parameters,
        .vocabulary = &run->vocabulary,
        .treebank = &run->treebank,
        .development = &run->development,
        .dropout = options->dropout,
        .update = {.mean_decay = 0.9f,
                   .variance_decay = 0.98f,
                   .average_decay = options->average,
                   .norm_limit = 2.0f,
                   .table_rate = options->table_rate},
        .rate = options->rate,
        .epochs = options->epochs,
        .first_epoch = options->first,
        .batch_words = options->batch,
        .caseless = options->caseless,
        .headline = options->headline,
        .dropped_end = options->dropped_end,
        .seed = options->seed,
        .checkpoint = options->checkpoint,
        .measure_every = options->measure,
        .task = network_run,
        .arena = &run->arena,
        .log = stderr,
    };
    return ANNALS_OK;
}

static void print_scores(const char *what, const struct scores *scores)
{
    printf("%s: UPOS %.2f features %.2f UAS %.2f LAS %.2f full %.2f\n", what, 100 * scores->upos,
           100 * scores->morph, 100 * scores->unlabelled, 100 * scores->labelled,
           100 * scores->labelled_full);
}

/* Has other networks label the development data, to see how good they are together, and text that
 * has no labels, to learn from; the network then begins anew. */
static annals_status hear_teachers(struct run *run, const struct options *options,
                                   annals_error *error)
{
    struct training *training = &run->training;
    struct treebank check = {0};
    annals_status status = treebank_read(&check, options->development, &run->arena, error);
    if (status == ANNALS_OK)
        status = treebank_read(&run->unlabelled, options->unlabelled, &run->arena, error);
    if (status != ANNALS_OK)
        return status;
    vocabulary_apply(&run->vocabulary, &check);
    vocabulary_apply(&run->vocabulary, &run->unlabelled);
    status = teachers_label(training, options->teachers, &check, error);
    if (status == ANNALS_OK)
        status = teachers_label(training, options->teachers, &run->unlabelled, error);
    if (status != ANNALS_OK)
        return status;
    struct scores scores = teachers_measure(&check, &run->development);
    print_scores("development, by the teachers", &scores);
    training->labelled = &run->unlabelled;
    training->labelled_share = options->share;
    struct network_sizes sizes = run->network.sizes;
    run->parameters.count = 0;
    run->parameters.step = 0;
    return network_init(&run->network, &sizes, &run->parameters, options->seed)
               ? ANNALS_OK
               : error_set(error, ANNALS_NO_MEMORY, "no memory for the network");
}

static annals_status learn_grammar(struct run *run, const struct options *options,
                                   annals_error *error)
{
    annals_status status = ANNALS_OK;
    if (options->teachers != NULL)
        status = hear_teachers(run, options, error);
    if (status == ANNALS_OK && options->first > 0)
        status = parameters_load(&run->parameters, options->checkpoint, error);
    else if (status == ANNALS_OK && options->begin != NULL)
        fprintf(stderr, "%zu matrices taken from %s\n",
                parameters_take(&run->parameters, options->begin), options->begin);
    return status == ANNALS_OK ? training_run(&run->training, error) : status;
}

static bool is_known(const void *vocabulary, const char *word, size_t length)
{
    return vocabulary_row(vocabulary, word_key(word, length)) != 0;
}

/* Writes the averaged network of a checkpoint as a model. */
static annals_status write_model(struct run *run, const struct options *options,
                                 annals_error *error)
{
    struct lemma_rules lemmas;
    annals_status status = parameters_load(&run->parameters, options->checkpoint, error);
    if (status != ANNALS_OK)
        return status;
    if (!lemmas_learn(&lemmas, &run->treebank, &run->arena))
        return error_set(error, ANNALS_NO_MEMORY, "no memory for the lemmas");
    parameters_swap(&run->parameters);
    struct scores scores = training_measure(&run->training, &run->development, false);
    print_scores("development", &scores);
    scores = training_measure(&run->training, &run->development, true);
    print_scores("development without capitals", &scores);
    printf("development: lemmas %.2f (%u rules)\n",
           100 * lemmas_measure(&lemmas, &run->development, is_known, &run->vocabulary),
           lemmas.rule_count);
    uint64_t hash = hash_join(run->treebank.hash, run->texts.hash);
    return quantise_write(&run->network, &run->vocabulary, &lemmas, hash, options->model,
                          &run->arena, error);
}

static int run(const struct options *options, const char *task)
{
    static struct run run;
    annals_error error = {0};
    arena_init(&run.arena);
    annals_status status = prepare(&run, options, &error);
    if (status == ANNALS_OK && strcmp(task, "write") == 0) {
        status = write_model(&run, options, &error);
    } else if (status == ANNALS_OK && strcmp(task, "words") == 0) {
        status = pretraining_run(&run.training, &run.texts, &error);
    } else if (status == ANNALS_OK) {
        status = learn_grammar(&run, options, &error);
    }
    arena_release(&run.arena);
    return status == ANNALS_OK ? 0 : fail(&error);
}

static bool is_task(const char *name)
{
    return strcmp(name, "words") == 0 || strcmp(name, "grammar") == 0 || strcmp(name, "write") == 0;
}

int main(int count, char **arguments)
{
    struct options options = {
        .epochs = 20,
        .batch = 700,
        .vocabulary = 24000,
        .measure = 2,
        .share = 25000,
        .sizes = {.input = 128, .hidden = 128, .layers = 2, .arc = 128, .label = 128},
        .dropout = {.word = 0.15f, .input = 0.2f, .state = 0.15f, .hidden = 0.33f, .head = 0.25f},
        .rate = 0.003f,
        .table_rate = 1.0f,
        .caseless = 0.12f,
        .headline = 0.04f,
        .dropped_end = 0.08f,
        .average = 0.998f,
        .seed = 1,
    };
    if (count >= 2 && strcmp(arguments[1], "chooser") == 0)
        return chooser_command(count, arguments);
    if (count >= 2 && strcmp(arguments[1], "referents") == 0)
        return referents_command(count, arguments);
    if (count >= 2 && strcmp(arguments[1], "trust") == 0)
        return trust_command(count, arguments);
    if (count >= 2 && strcmp(arguments[1], "attribution") == 0)
        return attribution_command(count, arguments);
    if (count < 2 || count % 2 != 0 || !is_task(arguments[1])) {
        fputs(usage, stderr);
        return 2;
    }
    for (int i = 2; i + 1 < count; i += 2)
        if (strncmp(arguments[i], "--", 2) != 0 ||
            !set_option(&options, arguments[i] + 2, arguments[i + 1])) {
            fprintf(stderr, "annals-train: unknown option %s\n%s", arguments[i], usage);
            return 2;
        }
    if (options.treebank == NULL || options.development == NULL || options.text == NULL ||
        (options.teachers == NULL) != (options.unlabelled == NULL) ||
        (strcmp(arguments[1], "write") == 0 &&
         (options.model == NULL || options.checkpoint == NULL))) {
        fputs(usage, stderr);
        return 2;
    }
    return run(&options, arguments[1]);
}
