/* Fits the model that judges claims, and measures it on corpora it has not seen.
 *
 * Logistic regression by AdaGrad (Duchi et al. 2011) with L2 on hashed features, the mean over the
 * passes. Each corpus is judged by a model of the others; on those judgements the probabilities are
 * calibrated (Platt 1999) and the tables printed. Deterministic. What was tried and did not help:
 * claims of the same reports that nobody read, taken for right as often as those of their corpus.
 */
#include "train/trust_trainer.h"

#include "bytes/hash.h"

#include <math.h>
#include <stdlib.h>

enum { BITS = 17, SIZE = 1 << BITS };

/* Chosen by the corpora left out. */
enum { PASSES = 8 };
static const double RATE = 0.05, DECAY = 1e-3, ROW_WEIGHT = 0.3;

struct fitted {
    double *weights, bias;
};

static double sum_of(const struct trust_example *example, uint32_t count,
                     const struct fitted *fitted)
{
    double sum = fitted->bias;
    for (uint32_t j = 0; j < count; j++)
        sum += fitted->weights[example->features[j] & (SIZE - 1)];
    return sum;
}

static double chance(double sum)
{
    return 1.0 / (1.0 + exp(-sum));
}

static uint64_t next_random(uint64_t *state)
{
    *state += UINT64_C(0x9e3779b97f4a7c15);
    return hash_mix(*state);
}

struct fit {
    double *squares, bias_square;
};

/* In every second pass the report is not shown: what is told in a note of one sentence must do
 * alone. */
static void learn(struct fit *fit, const struct trust_example *example, int pass,
                  struct fitted *fitted)
{
    uint32_t count = pass % 2 == 1 ? example->own : example->feature_count;
    double step = (example->of_row ? ROW_WEIGHT : 1) *
                  (chance(sum_of(example, count, fitted)) - (example->right ? 1 : 0));
    fit->bias_square += step * step;
    fitted->bias -= RATE * step / sqrt(1e-6 + fit->bias_square);
    for (uint32_t j = 0; j < count; j++) {
        size_t at = example->features[j] & (SIZE - 1);
        double gradient = step + DECAY * fitted->weights[at];
        fit->squares[at] += gradient * gradient;
        fitted->weights[at] -= RATE * gradient / sqrt(1e-2 + fit->squares[at]);
    }
}

/* To all examples that are not held out, but those of one corpus. */
static annals_status fit_without(const struct trust_examples *examples, uint32_t left_out,
                                 struct fitted *fitted, annals_error *error)
{
    double *sums = calloc(SIZE, sizeof *sums), bias_sum = 0;
    struct fit fit = {calloc(SIZE, sizeof *fit.squares), 0};
    uint32_t *order = calloc(examples->count + 1, sizeof *order);
    uint64_t random = 20261122;
    annals_status status = ANNALS_OK;
    memset(fitted->weights, 0, SIZE * sizeof *fitted->weights);
    fitted->bias = 0;
    if (sums == NULL || fit.squares == NULL || order == NULL)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (size_t i = 0; status == ANNALS_OK && i < examples->count; i++)
        order[i] = (uint32_t)i;
    for (int pass = 0; status == ANNALS_OK && pass < PASSES; pass++) {
        for (size_t i = examples->count; i > 1; i--) {
            size_t j = next_random(&random) % i;
            uint32_t moved = order[i - 1];
            order[i - 1] = order[j];
            order[j] = moved;
        }
        for (size_t i = 0; i < examples->count; i++) {
            const struct trust_example *example = &examples->items[order[i]];
            if (!example->held_out && example->corpus != left_out)
                learn(&fit, example, pass, fitted);
        }
        for (size_t i = 0; i < SIZE; i++)
            sums[i] += fitted->weights[i] / PASSES;
        bias_sum += fitted->bias / PASSES;
    }
    if (status == ANNALS_OK)
        memcpy(fitted->weights, sums, SIZE * sizeof *sums);
    fitted->bias = bias_sum;
    free(sums);
    free(fit.squares);
    free(order);
    return status;
}

/* Scale and shift of the sums that make them log odds: Newton's method on two parameters. */
static void calibrate(const struct trust_examples *examples, double *scale, double *shift)
{
    *scale = 1;
    *shift = 0;
    for (int round = 0; round < 50; round++) {
        double g0 = 0, g1 = 0, h00 = 1e-6, h01 = 0, h11 = 1e-6;
        for (size_t i = 0; i < examples->count; i++) {
            const struct trust_example *example = &examples->items[i];
            if (example->held_out || example->of_row)
                continue;
            double p = chance(*scale * example->sum + *shift), d = p - example->right,
                   v = p * (1 - p);
            g0 += d * example->sum;
            g1 += d;
            h00 += v * example->sum * example->sum;
            h01 += v * example->sum;
            h11 += v;
        }
        double determinant = h00 * h11 - h01 * h01;
        *scale -= (h11 * g0 - h01 * g1) / determinant;
        *shift -= (h00 * g1 - h01 * g0) / determinant;
    }
}

struct tally {
    double loss, base_loss;
    size_t count, right, pairs, ordered2;
};

/* Log loss and the share of pairs of a right and a wrong one that are in order, of one corpus or
 * all. */
static struct tally tally_of(const struct trust_examples *examples, uint32_t corpus, bool held_out,
                             double scale, double shift)
{
    struct tally tally = {0};
    for (size_t i = 0; i < examples->count; i++) {
        const struct trust_example *a = &examples->items[i];
        if (a->of_row || a->held_out != held_out || (corpus < TRUST_CORPORA && a->corpus != corpus))
            continue;
        double p = chance(scale * a->sum + shift);
        tally.count++;
        tally.right += a->right;
        tally.loss -= log(a->right ? p : 1 - p);
        for (size_t j = 0; a->right && j < examples->count; j++) {
            const struct trust_example *b = &examples->items[j];
            if (b->of_row || b->held_out != held_out || b->right ||
                (corpus < TRUST_CORPORA && b->corpus != corpus))
                continue;
            tally.pairs++;
            tally.ordered2 += a->sum > b->sum ? 2 : a->sum == b->sum;
        }
    }
    return tally;
}

static void print_tally(const char *name, struct tally tally)
{
    if (tally.count == 0)
        return;
    printf("%-12s %4zu claims, %4.1f%% right, in order %.3f, loss %.3f\n", name, tally.count,
           100.0 * (double)tally.right / (double)tally.count,
           tally.pairs > 0 ? (double)tally.ordered2 / 2 / (double)tally.pairs : 0.5,
           tally.loss / (double)tally.count);
}

static void print_bands(const struct trust_examples *examples, bool held_out, double scale,
                        double shift)
{
    enum { BANDS = 10 };
    size_t all[BANDS] = {0}, right[BANDS] = {0};
    for (size_t i = 0; i < examples->count; i++) {
        const struct trust_example *example = &examples->items[i];
        if (example->of_row || example->held_out != held_out)
            continue;
        int band = (int)(chance(scale * example->sum + shift) * BANDS);
        band = band >= BANDS ? BANDS - 1 : band;
        all[band]++;
        right[band] += example->right;
    }
    for (int i = 0; i < BANDS; i++)
        if (all[i] > 0)
            printf("   %.1f to %.1f: %4zu claims, %3.0f%% right\n", i / 10.0, (i + 1) / 10.0,
                   all[i], 100.0 * (double)right[i] / (double)all[i]);
}

/* What is left out, and what is left, below every tenth. */
static void print_thresholds(const struct trust_examples *examples,
                             const struct trust_labels *labels, double scale, double shift)
{
    for (int step = 4; step <= 12; step++) {
        double least = step * 0.05;
        size_t kept = 0, kept_right = 0, gone = 0, gone_right = 0;
        printf("   below %.2f:", least);
        for (uint32_t corpus = 0; corpus < labels->corpus_count; corpus++) {
            size_t here = 0, here_right = 0;
            for (size_t i = 0; i < examples->count; i++) {
                const struct trust_example *example = &examples->items[i];
                if (example->of_row || example->held_out || example->corpus != corpus)
                    continue;
                bool keep = chance(scale * example->sum + shift) >= least;
                kept += keep;
                kept_right += keep && example->right;
                gone += !keep;
                gone_right += !keep && example->right;
                here += !keep;
                here_right += !keep && example->right;
            }
            printf(" %s %zu/%zu", labels->corpora[corpus], here - here_right, here_right);
        }
        printf(
            "\n      gone %zu, wrong %.0f%%; right ones kept %.1f%%; of those kept %.1f%% right\n",
            gone, gone > 0 ? 100.0 * (double)(gone - gone_right) / (double)gone : 0.0,
            100.0 * (double)kept_right / (double)(kept_right + gone_right),
            100.0 * (double)kept_right / (double)(kept > 0 ? kept : 1));
    }
}

static void judge(struct trust_examples *examples, uint32_t corpus, bool held_out,
                  const struct fitted *fitted)
{
    for (size_t i = 0; i < examples->count; i++) {
        struct trust_example *example = &examples->items[i];
        if (example->held_out == held_out && (held_out || example->corpus == corpus))
            example->sum = sum_of(example, example->feature_count, fitted);
    }
}

static annals_status write_fitted(const struct fitted *fitted, double scale, double shift,
                                  uint64_t data_hash, const char *path, annals_error *error)
{
    const double unit = 1.0 / 2048;
    int16_t *rounded = calloc(SIZE, sizeof *rounded);
    if (rounded == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < SIZE; i++)
        rounded[i] = (int16_t)fmax(-32767, fmin(32767, nearbyint(fitted->weights[i] / unit)));
    annals_status status =
        linear_write(path, rounded, BITS, (int32_t)nearbyint((fitted->bias + shift / scale) / unit),
                     (float)(scale * unit), data_hash, error);
    free(rounded);
    return status;
}

annals_status trust_fit(struct trust_examples *examples, const struct trust_labels *labels,
                        const char *model, annals_error *error)
{
    struct fitted fitted = {calloc(SIZE, sizeof *fitted.weights), 0};
    annals_status status = ANNALS_OK;
    double scale = 1, shift = 0;
    if (fitted.weights == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t i = 0; status == ANNALS_OK && i < labels->corpus_count; i++) {
        status = fit_without(examples, i, &fitted, error);
        judge(examples, i, false, &fitted);
    }
    if (status == ANNALS_OK) {
        calibrate(examples, &scale, &shift);
        for (uint32_t i = 0; i < labels->corpus_count; i++)
            print_tally(labels->corpora[i], tally_of(examples, i, false, scale, shift));
        print_tally("all", tally_of(examples, TRUST_CORPORA, false, scale, shift));
        print_bands(examples, false, scale, shift);
        print_thresholds(examples, labels, scale, shift);
        status = fit_without(examples, TRUST_CORPORA + 1, &fitted, error);
        judge(examples, 0, true, &fitted);
        print_tally("held out", tally_of(examples, TRUST_CORPORA, true, scale, shift));
        print_bands(examples, true, scale, shift);
    }
    if (status == ANNALS_OK)
        status = write_fitted(&fitted, scale, shift, labels->hash, model, error);
    free(fitted.weights);
    return status;
}
