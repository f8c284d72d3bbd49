/* Scores how likely two episodes tell of one happening.
 *
 * A sum of terms, each in log odds: a logistic regression (weights below, rounded) over pairs of
 * reports of two corpora that have nothing in common, short dispatches on wars and long local pieces
 * on crimes, each also in samples of 15 to 60 incidents, so that no weight hangs on one style of
 * writing or on the size of the record. Wording is the cosine of tf-idf vectors (Salton and
 * Buckley 1988); idf is the record's own. What is unknown on either side counts neither for nor
 * against. Left out: who did it, and with what; a second report often knows better than the first,
 * and the wording holds most of it. */
#include "record/resemblance.h"

#include <math.h>
#include <stdlib.h>

/* weights: the fit gives 2.69, 1.55, 1.02, 0.55, -1.15, -1.08, 0.65, -0.4, -0.65, 1.0 and 7.39. Apart
 * and another day weigh more than fitted: two attacks of one week told in the same words are worse
 * taken for one than one for two. */
static const double weight_base = 7.4, weight_wording = 2.7, weight_person = 1.5, weight_town = 1.0,
                    weight_division = 0.5, weight_apart = -1.6, weight_published = -1.05,
                    weight_same_day = 0.65, weight_other_day = -0.8, weight_days = -0.65,
                    weight_figures = 1.0;

enum { APART_KILOMETRES = 15, UNKNOWN_GAP = 5, LONGEST_GAP = 30 };

/* ------------------------------------------------------------------ weights of words */

struct use {
    uint32_t word, episode;
};

static int by_word(const void *left, const void *right)
{
    const struct use *a = left, *b = right;
    if (a->word != b->word)
        return a->word < b->word ? -1 : 1;
    return (a->episode > b->episode) - (a->episode < b->episode);
}

static struct use *list_uses(struct episodes *episodes, struct arena *scratch, uint32_t *count)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < episodes->items.count; i++)
        total += episodes->items.items[i].word_count;
    struct use *uses = total < UINT32_MAX ? arena_new_array(scratch, struct use, total) : NULL;
    *count = 0;
    for (uint32_t i = 0; uses != NULL && i < episodes->items.count; i++)
        for (uint32_t j = 0; j < episodes->items.items[i].word_count; j++)
            uses[(*count)++] = (struct use){episodes->items.items[i].words[j].word, i};
    if (uses != NULL)
        qsort(uses, *count, sizeof *uses, by_word);
    return uses;
}

static struct wording *find_word(struct episode *episode, uint32_t word)
{
    uint32_t low = 0, high = episode->word_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (episode->words[middle].word < word)
            low = middle + 1;
        else
            high = middle;
    }
    return &episode->words[low];
}

/* A word that more than one in thirty has tells nothing by itself; nor does one that hundreds have. */
static uint32_t rare_limit(uint32_t episodes)
{
    uint32_t limit = episodes / 30;
    return limit < 6 ? 6 : limit > 200 ? 200 : limit;
}

bool resemblance_weigh(struct episodes *episodes, struct postings *rare)
{
    struct arena scratch;
    uint32_t count, limit = rare_limit(episodes->items.count);
    arena_init(&scratch);
    struct use *uses = list_uses(episodes, &scratch, &count);
    array_init(&rare->words, episodes->arena);
    rare->episodes = arena_new_array(episodes->arena, uint32_t, count);
    bool good = uses != NULL && rare->episodes != NULL;
    for (uint32_t i = 0, end; good && i < count; i = end) {
        for (end = i + 1; end < count && uses[end].word == uses[i].word; end++)
            ;
        double weight = log((episodes->items.count + 1.0) / (end - i));
        for (uint32_t j = i; j < end; j++) {
            struct wording *word = find_word(&episodes->items.items[uses[j].episode], uses[j].word);
            word->weight = (float)(weight * (1 + log(word->times)));
            rare->episodes[j] = uses[j].episode;
        }
        struct posting *posting =
            end - i >= 2 && end - i <= limit ? array_push(&rare->words) : NULL;
        if (posting != NULL)
            *posting = (struct posting){uses[i].word, i, end - i};
    }
    for (uint32_t i = 0; good && i < episodes->items.count; i++) {
        struct episode *episode = &episodes->items.items[i];
        double sum = 0;
        for (uint32_t j = 0; j < episode->word_count; j++)
            sum += (double)episode->words[j].weight * episode->words[j].weight;
        episode->length = (float)sqrt(sum);
    }
    arena_release(&scratch);
    return good && !episodes->arena->failed;
}

/* ------------------------------------------------------------------ the score */

double resemblance_cosine(const struct episode *left, const struct episode *right)
{
    double sum = 0;
    uint32_t i = 0, j = 0;
    while (i < left->word_count && j < right->word_count) {
        uint32_t a = left->words[i].word, b = right->words[j].word;
        if (a == b)
            sum += (double)left->words[i].weight * right->words[j].weight;
        i += a <= b;
        j += b <= a;
    }
    return left->length > 0 && right->length > 0 ? sum / left->length / right->length : 0;
}

static double day_term(const struct episode *left, const struct episode *right, int32_t *gap)
{
    *gap = -1;
    if (left->first == DAY_UNKNOWN || right->first == DAY_UNKNOWN)
        return 0;
    *gap = left->first > right->last ? left->first - right->last : right->first - left->last;
    *gap = *gap > 0 ? *gap : 0;
    return *gap == 0 ? weight_same_day : weight_other_day + weight_days * log(1.0 + *gap);
}

void resemblance_measure(const struct episode *left, const struct episode *right,
                         struct resemblance *resemblance)
{
    double *terms = resemblance->terms;
    int32_t days;
    uint32_t persons = marks_shared(&left->persons, &right->persons);
    memset(terms, 0, sizeof resemblance->terms);
    terms[TERM_BASE] = weight_base;
    terms[TERM_WORDING] = weight_wording * log(resemblance_cosine(left, right) + 0.01);
    terms[TERM_PERSONS] = weight_person * (persons < 2 ? persons : 2);
    if (marks_shared(&left->towns, &right->towns) > 0)
        terms[TERM_TOWN] = weight_town;
    if (marks_shared(&left->divisions, &right->divisions) > 0)
        terms[TERM_DIVISION] = weight_division;
    if (left->located && right->located &&
        episodes_distance(left->latitude, left->longitude, right->latitude, right->longitude) >
            APART_KILOMETRES)
        terms[TERM_APART] = weight_apart;
    terms[TERM_DAY] = day_term(left, right, &days);
    double gap = UNKNOWN_GAP;
    if (left->published != DAY_UNKNOWN && right->published != DAY_UNKNOWN)
        gap = fabs((double)left->published - right->published);
    /* A look back, years later, names the day. */
    if (days == 0 && gap > LONGEST_GAP)
        gap = LONGEST_GAP;
    terms[TERM_PUBLISHED] = weight_published * log(1 + gap);
    if (marks_shared(&left->figures, &right->figures) > 0)
        terms[TERM_FIGURES] = weight_figures;
    resemblance->score = 0;
    for (int i = 0; i < TERM_COUNT; i++)
        resemblance->score += terms[i];
}
