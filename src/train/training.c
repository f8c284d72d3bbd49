/* Fits the grammar network to a treebank. Each batch is dealt to two workers, whose gradients are
 * added in a fixed order, so a run depends on its seed and options alone. Noise (Popel and Straka
 * would call it augmentation): a share of sentences is seen without its capitals, or as a headline,
 * or without its final stop. */
#include "train/training.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { SORTED_RUN = 1500, WORKSPACE_BYTES = 128 << 20 };

static int compare_length(const void *left, const void *right)
{
    const struct batch_sentence *a = left, *b = right;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static struct batch_sentence noisy(const struct training *training, const struct treebank *treebank,
                                   uint32_t number, struct random *random)
{
    const struct example_sentence *sentence = &treebank->sentences.items[number];
    struct batch_sentence chosen = {&treebank->examples.items[sentence->first], sentence->count,
                                    sentence->regime, number};
    float draw = random_unit(random);
    if (draw < training->caseless)
        chosen.regime = CASE_NONE;
    else if (draw < training->caseless + training->headline)
        chosen.regime = CASE_HEADLINE;
    if (sentence->may_drop_end && random_unit(random) < training->dropped_end)
        chosen.count--;
    return chosen;
}

/* Numbers below `count` in random order. */
static uint32_t *shuffled(uint32_t count, struct random *random, struct arena *arena)
{
    uint32_t *order = arena_new_array(arena, uint32_t, count);
    for (uint32_t i = 0; order != NULL && i < count; i++) {
        uint32_t other = (uint32_t)random_below(random, i + 1);
        order[i] = order[other];
        order[other] = i;
    }
    return order;
}

/* Sentences of an epoch: all of the treebank and, spread evenly among them, a share of what
 * teachers labelled. */
static bool choose(const struct training *training, uint32_t number, struct epoch *epoch,
                   struct arena *arena)
{
    const struct treebank *treebank = training->treebank, *labelled = training->labelled;
    uint32_t own = treebank->sentences.count;
    uint32_t other = labelled == NULL ? 0 : labelled->sentences.count;
    uint32_t taken = other < training->labelled_share ? other : training->labelled_share;
    struct random random = {hash_join(training->seed, 1000 + number)};
    uint32_t *order = shuffled(own, &random, arena);
    uint32_t *other_order = shuffled(other, &random, arena);
    epoch->count = own + taken;
    epoch->sentences = arena_new_array(arena, struct batch_sentence, epoch->count);
    epoch->first = arena_new_array(arena, uint32_t, epoch->count + 1);
    if (arena->failed)
        return false;
    for (uint32_t i = 0, k = 0; i < epoch->count; i++) {
        bool own_next = taken == 0 || (uint64_t)(i + 1) * own / epoch->count > k;
        epoch->sentences[i] = own_next ? noisy(training, treebank, order[k], &random)
                                       : noisy(training, labelled, other_order[i - k], &random);
        k += own_next;
    }
    return true;
}

static void cut_batches(const struct training *training, struct epoch *epoch)
{
    epoch->batches = 0;
    for (uint32_t from = 0; from < epoch->count; from += SORTED_RUN) {
        uint32_t end = epoch->count - from < SORTED_RUN ? epoch->count : from + SORTED_RUN;
        qsort(epoch->sentences + from, end - from, sizeof *epoch->sentences, compare_length);
        uint32_t words = training->batch_words;
        for (uint32_t i = from; i < end; i++) {
            if (words >= training->batch_words) {
                epoch->first[epoch->batches++] = i;
                words = 0;
            }
            words += epoch->sentences[i].count;
        }
    }
    epoch->first[epoch->batches] = epoch->count;
}

struct worker {
    struct pass pass;
    struct workspace workspace;
    struct arena scratch;
    pthread_t thread;
};

static void *run_worker(void *context)
{
    struct worker *worker = context;
    worker->pass.task(&worker->pass);
    return NULL;
}

static void run_workers(struct worker *workers)
{
    for (size_t i = 1; i < WORKERS; i++)
        if (pthread_create(&workers[i].thread, NULL, run_worker, &workers[i]) != 0) {
            run_worker(&workers[i]);
            workers[i].thread = pthread_self();
        }
    run_worker(&workers[0]);
    for (size_t i = 1; i < WORKERS; i++)
        if (!pthread_equal(workers[i].thread, pthread_self()))
            pthread_join(workers[i].thread, NULL);
}

/* Deals a batch to the workers, alternately, so that each has its longest first. */
static void deal_batch(const struct training *training, struct worker *workers,
                       const struct batch_sentence *sentences, size_t count,
                       struct batch_sentence *dealt)
{
    float weight = 1.0f / (float)network_rows(sentences, count);
    size_t used = 0;
    for (size_t i = 0; i < WORKERS; i++) {
        struct pass *pass = &workers[i].pass;
        pass->sentences = dealt + used;
        pass->count = 0;
        pass->weight = weight;
        for (size_t s = i; s < count; s += WORKERS) {
            dealt[used++] = sentences[s];
            pass->count++;
        }
        pass->network = training->network;
        pass->worker = i;
        pass->task = network_run;
        pass->workspace = &workers[i].workspace;
        pass->scratch = &workers[i].scratch;
    }
}

static bool start_workers(struct worker *workers, struct arena *arena)
{
    for (size_t i = 0; i < WORKERS; i++) {
        workers[i] = (struct worker){0};
        arena_init(&workers[i].scratch);
        if (!workspace_init(&workers[i].workspace, arena, WORKSPACE_BYTES))
            return false;
    }
    return true;
}

bool training_answer(const struct training *training, const struct treebank *treebank,
                     bool caseless, struct answer *all)
{
    struct arena arena;
    arena_init(&arena);
    struct worker workers[WORKERS];
    uint32_t count = treebank->sentences.count;
    struct batch_sentence *sentences = arena_new_array(&arena, struct batch_sentence, count);
    struct batch_sentence *dealt = arena_new_array(&arena, struct batch_sentence, count);
    struct answer **answers = arena_new_array(&arena, struct answer *, count);
    if (!start_workers(workers, &arena) || arena.failed) {
        arena_release(&arena);
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct example_sentence *sentence = &treebank->sentences.items[i];
        sentences[i] =
            (struct batch_sentence){&treebank->examples.items[sentence->first], sentence->count,
                                    caseless ? CASE_NONE : sentence->regime, i};
        answers[i] = all + sentence->first;
    }
    qsort(sentences, count, sizeof *sentences, compare_length);
    for (uint32_t from = 0; from < count; from += 40) {
        deal_batch(training, workers, sentences + from, count - from < 40 ? count - from : 40,
                   dealt);
        for (size_t i = 0; i < WORKERS; i++)
            workers[i].pass.answers = answers;
        run_workers(workers);
    }
    for (size_t i = 0; i < WORKERS; i++)
        arena_release(&workers[i].scratch);
    arena_release(&arena);
    return true;
}

void scores_add(struct scores *scores, const struct answer *answer, const struct example *word)
{
    bool head = answer->head == word->head;
    scores->upos += answer->upos == word->upos;
    scores->morph += answer->morph == word->morph;
    scores->unlabelled += head;
    scores->labelled +=
        head && relation_universal(answer->relation) == relation_universal(word->relation);
    scores->labelled_full += head && answer->relation == word->relation;
    scores->words++;
}

struct scores scores_shares(const struct scores *scores)
{
    double share = 1.0 / (double)(scores->words > 0 ? scores->words : 1);
    return (struct scores){scores->upos * share,          scores->morph * share,
                           scores->unlabelled * share,    scores->labelled * share,
                           scores->labelled_full * share, scores->words};
}

struct scores training_measure(const struct training *training, const struct treebank *treebank,
                               bool caseless)
{
    struct scores scores = {0};
    struct arena arena;
    arena_init(&arena);
    struct answer *all = arena_new_array(&arena, struct answer, treebank->examples.count);
    if (all != NULL && training_answer(training, treebank, caseless, all))
        for (uint32_t i = 0; i < treebank->examples.count; i++)
            scores_add(&scores, &all[i], &treebank->examples.items[i]);
    arena_release(&arena);
    return scores_shares(&scores);
}

static void report(const struct training *training, uint32_t epoch, const struct losses *losses,
                   double seconds)
{
    double share = 1.0 / (double)(losses->words > 0 ? losses->words : 1);
    fprintf(training->log, "epoch %u: class %.4f features %.4f arc %.4f relation %.4f, %.1f s\n",
            epoch, losses->classes * share, losses->morphs * share, losses->arcs * share,
            losses->labels * share, seconds);
    if (training->measure_every > 0 && (epoch + 1) % training->measure_every == 0) {
        parameters_swap(training->parameters);
        for (int caseless = 0; caseless < 2; caseless++) {
            struct scores scores = training_measure(training, training->development, caseless == 1);
            fprintf(training->log,
                    "  development%s: UPOS %.2f features %.2f UAS %.2f LAS %.2f full %.2f\n",
                    caseless ? " without capitals" : "", 100 * scores.upos, 100 * scores.morph,
                    100 * scores.unlabelled, 100 * scores.labelled, 100 * scores.labelled_full);
        }
        parameters_swap(training->parameters);
    }
    fflush(training->log);
}

/* Rises over the first 200 updates, then falls linearly to a twentieth. */
static float rate_at(const struct training *training, uint64_t step, uint64_t steps)
{
    float warm = (float)step / 200.0f;
    float left = 1 - 0.95f * (float)step / (float)(steps > 0 ? steps : 1);
    return training->rate * (warm < 1 ? warm : 1) * (left > 0.05f ? left : 0.05f);
}

static double run_time(void)
{
    struct timespec now;
    timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void run_epoch(struct training *training, struct worker *workers, const struct epoch *epoch,
                      uint32_t number, struct batch_sentence *dealt)
{
    double start = run_time();
    struct losses losses = {0};
    for (uint32_t batch = 0; batch < epoch->batches; batch++) {
        uint32_t from = epoch->first[batch];
        deal_batch(training, workers, epoch->sentences + from, epoch->first[batch + 1] - from,
                   dealt);
        for (size_t i = 0; i < WORKERS; i++) {
            struct pass *pass = &workers[i].pass;
            pass->dropout = &training->dropout;
            pass->losses = (struct losses){0};
            pass->task = training->task;
            pass->context = training->context;
            pass->random.state = hash_join(training->seed, (uint64_t)number << 40 | batch << 4 | i);
        }
        run_workers(workers);
        for (size_t i = 0; i < WORKERS; i++) {
            losses.classes += workers[i].pass.losses.classes;
            losses.morphs += workers[i].pass.losses.morphs;
            losses.arcs += workers[i].pass.losses.arcs;
            losses.labels += workers[i].pass.losses.labels;
            losses.words += workers[i].pass.losses.words;
        }
        uint64_t steps = (uint64_t)epoch->batches * training->epochs;
        training->update.rate =
            rate_at(training, (uint64_t)number * epoch->batches + batch + 1, steps);
        parameters_update(training->parameters, &training->update);
    }
    report(training, number, &losses, run_time() - start);
}

annals_status training_run(struct training *training, annals_error *error)
{
    struct worker workers[WORKERS];
    struct arena arena;
    arena_init(&arena);
    annals_status status = ANNALS_OK;
    if (!start_workers(workers, training->arena))
        return error_set(error, ANNALS_NO_MEMORY, "no memory for training");
    for (uint32_t number = training->first_epoch; number < training->epochs; number++) {
        struct epoch epoch;
        arena_reset(&arena);
        struct batch_sentence *dealt =
            choose(training, number, &epoch, &arena)
                ? arena_new_array(&arena, struct batch_sentence, epoch.count)
                : NULL;
        if (dealt == NULL) {
            status = error_set(error, ANNALS_NO_MEMORY, "no memory for training");
            break;
        }
        cut_batches(training, &epoch);
        run_epoch(training, workers, &epoch, number, dealt);
        bool due = number % 4 == 3 || number + 1 == training->epochs;
        if (training->checkpoint != NULL && due)
            status = parameters_save(training->parameters, training->checkpoint, error);
        if (status != ANNALS_OK)
            break;
    }
    arena_release(&arena);
    for (size_t i = 0; i < WORKERS; i++)
        arena_release(&workers[i].scratch);
    return status;
}
