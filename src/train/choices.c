/* Fits weights that choose one of several.
 *
 * Method: conditional logit (McFadden 1974) by AdaGrad (Duchi et al. 2011) with L2, the mean of the
 * weights after each pass; where several candidates are right, what they have together counts.
 * Deterministic: the order is shuffled by a generator with a fixed seed. Leaves out: any stop
 * before the last pass. */
#include "train/choices.h"

#include "bytes/hash.h"

#include <math.h>
#include <stdlib.h>

enum { PASSES = 6, MOST = 512 };

static bool grow(void **items, size_t *capacity, size_t count, size_t size)
{
    if (count < *capacity)
        return true;
    size_t more = *capacity == 0 ? 4096 : *capacity * 2;
    void *grown = realloc(*items, more * size);
    if (grown == NULL)
        return false;
    *items = grown;
    *capacity = more;
    return true;
}

bool choices_add(struct choices *choices, const uint64_t *features, uint32_t feature_count,
                 int32_t right)
{
    void *items = choices->candidates;
    bool grown = grow(&items, &choices->capacity, choices->count, sizeof *choices->candidates);
    choices->candidates = items;
    uint64_t *copy = grown ? malloc((feature_count + 1) * sizeof *copy) : NULL;
    if (copy == NULL)
        return false;
    memcpy(copy, features, feature_count * sizeof *copy);
    choices->candidates[choices->count++] =
        (struct candidate){.features = copy, .feature_count = feature_count, .right = right};
    return true;
}

bool choices_end(struct choices *choices, uint32_t fold)
{
    size_t first = choices->choice_count > 0 ? choices->items[choices->choice_count - 1].end : 0;
    if (first == choices->count)
        return true;
    void *items = choices->items;
    bool grown =
        grow(&items, &choices->choice_capacity, choices->choice_count, sizeof *choices->items);
    choices->items = items;
    if (!grown)
        return false;
    choices->items[choices->choice_count++] =
        (struct choice){.first = first, .end = choices->count, .fold = fold};
    return true;
}

void choices_release(struct choices *choices)
{
    for (size_t i = 0; i < choices->count; i++)
        free(choices->candidates[i].features);
    free(choices->candidates);
    free(choices->items);
    *choices = (struct choices){0};
}

double choices_sum(const struct candidate *candidate, const double *weights, uint32_t bits)
{
    double sum = 0;
    for (uint32_t i = 0; i < candidate->feature_count; i++)
        sum += weights[candidate->features[i] & (((size_t)1 << bits) - 1)];
    return sum;
}

static uint64_t next_random(uint64_t *state)
{
    *state += UINT64_C(0x9e3779b97f4a7c15);
    return hash_mix(*state);
}

/* One step down the gradient for one choice. */
static void step(const struct choices *choices, const struct choice *choice, double *weights,
                 double *squares, uint32_t bits)
{
    double odds[MOST], all = choices->or_none ? 1 : 0, right = 0;
    size_t count = choice->end - choice->first < MOST ? choice->end - choice->first : MOST;
    const struct candidate *candidates = &choices->candidates[choice->first];
    for (size_t i = 0; i < count; i++) {
        odds[i] = exp(fmin(choices_sum(&candidates[i], weights, bits), 30));
        all += odds[i];
        right += candidates[i].right != WRONG ? odds[i] : 0;
    }
    if (!choices->or_none && right == 0)
        return;
    for (size_t i = 0; i < count; i++) {
        double should = candidates[i].right != WRONG ? odds[i] / right : 0;
        double error = odds[i] / all - should;
        for (uint32_t j = 0; j < candidates[i].feature_count; j++) {
            size_t at = candidates[i].features[j] & (((size_t)1 << bits) - 1);
            double gradient = error + 1e-4 * weights[at];
            squares[at] += gradient * gradient;
            weights[at] -= 0.05 * gradient / sqrt(1e-6 + squares[at]);
        }
    }
}

bool choices_fit(const struct choices *choices, uint32_t folds, double *weights, uint32_t bits)
{
    size_t size = (size_t)1 << bits;
    double *now = calloc(size, sizeof *now), *squares = calloc(size, sizeof *squares);
    // NOLINTNEXTLINE(clang-analyzer-optin.portability.UnixAPI)
    size_t *order = calloc(choices->choice_count + 1, sizeof *order);
    uint64_t random = 20261121;
    bool enough = now != NULL && squares != NULL && order != NULL;
    for (size_t i = 0; enough && i < choices->choice_count; i++)
        order[i] = i;
    for (int pass = 0; enough && pass < PASSES; pass++) {
        for (size_t i = choices->choice_count; i > 1; i--) {
            size_t j = next_random(&random) % i;
            size_t moved = order[i - 1];
            order[i - 1] = order[j];
            order[j] = moved;
        }
        for (size_t i = 0; i < choices->choice_count; i++)
            if ((folds >> choices->items[order[i]].fold & 1u) != 0)
                step(choices, &choices->items[order[i]], now, squares, bits);
        /* The mean over the passes generalises better than the last one. */
        for (size_t i = 0; i < size; i++)
            weights[i] += now[i] / PASSES;
    }
    free(now);
    free(squares);
    free(order);
    return enough;
}
