/* Scores how likely two episodes tell of one happening.
 *
 * A sum of terms, each in log odds: a logistic regression (weights below, rounded) over pairs of
 * reports of two corpora that have nothing in common, short dispatches on wars and long local pieces
 * on crimes, each also in samples of 15 to 60 incidents, so that no weight hangs on one style of
 * writing or on the size of the record. Wording is the cosine of tf-idf vectors (Salton and
 * Buckley 1988); idf is that of everyday news (wording.c). What is unknown on either side counts neither for nor
 * against. What was done by other means (a bomb here, shells there) lies apart as what was done elsewhere does.
 * Left out: who did it; a second report often knows better than the first, and the wording holds most of it. */
#include "record/resemblance.h"

#include <math.h>

/* The fit gives 5.2, 3.4, 0.5, 1.5, -0.2, 0.2, -1.2, 2.4, 0, -0.6 and 1.4 and knows little of persons,
 * provinces and what lies apart, for candidates mostly agree in them; those weights, and what another
 * day counts (more where both tell just one day), other means and a place that a happening names, are
 * set so that two attacks are rather not taken for one. */
static const double weight_base = 5.7, weight_wording = 3.1, weight_person = 1.2, weight_town = 1.35,
                    weight_division = 0.5, weight_apart = -1.2, weight_sure_apart = -1.7,
                    weight_means = -1.5, weight_other_deed = -8, weight_published = -1.1,
                    weight_same_day = 2.2, weight_other_day = -1.0, weight_sure_day = -2.7, weight_days = -0.7,
                    weight_figures = 0.9;

/* A report without a date may be of any year: it is taken for far from the others, so that two sieges of one
 * town are not one for want of a date, while a copy is found by its words. */
enum { APART_KILOMETRES = 15, NEXT_KILOMETRES = 5, UNKNOWN_GAP = 120, LONGEST_GAP = 30 };

/* ------------------------------------------------------------------ the score */

_Static_assert((int)TERM_COUNT == (int)RECORD_TERMS, "record.h knows every term");

const char *record_term_name(int term)
{
    static const char *const names[] = {
#define ROW(name, text) text,
        TERM_TABLE(ROW)
#undef ROW
    };
    return term >= 0 && term < TERM_COUNT ? names[term] : "";
}

double resemblance_cosine(const struct episode *left, const struct episode *right)
{
    double sum = 0, lengths = (double)left->length * right->length;
    uint32_t i = 0, j = 0;
    while (i < left->word_count && j < right->word_count) {
        uint32_t a = left->words[i].word, b = right->words[j].word;
        if (a == b)
            sum += (double)left->words[i].weight * right->words[j].weight;
        i += a <= b;
        j += b <= a;
    }
    /* The product is the same whichever of the two comes first. */
    return lengths > 0 ? sum / lengths : 0;
}

static double day_term(const struct episode *left, const struct episode *right, int32_t *gap)
{
    *gap = -1;
    if (left->first == DAY_UNKNOWN || right->first == DAY_UNKNOWN)
        return 0;
    *gap = left->first > right->last ? left->first - right->last : right->first - left->last;
    *gap = *gap > 0 ? *gap : 0;
    bool sure = left->first == left->last && right->first == right->last;
    return *gap == 0 ? weight_same_day
                     : (sure ? weight_sure_day : weight_other_day) + weight_days * log(1.0 + *gap);
}

/* Are the chief places known to lie apart? */
static bool lie_apart(const struct episode *left, const struct episode *right)
{
    if (!left->located || !right->located ||
        (left->latitude == right->latitude && left->longitude == right->longitude))
        return false;
    /* Each names another town as its own, and not the other's: nearer ones are two as well. */
    bool two_towns =
        left->sited && right->sited && marks_shared(&left->towns, &right->towns) == 0;
    int apart = two_towns ? NEXT_KILOMETRES : APART_KILOMETRES;
    /* A degree of latitude is 111 kilometres everywhere; the rest needs sines. */
    if (fabs(left->latitude - right->latitude) * 110 > apart)
        return true;
    return episodes_distance(left->latitude, left->longitude, right->latitude, right->longitude) >
           apart;
}

static const double weight_parted = -100;

/* A car that blows up here and a shell that falls there are seen by all who count the dead: where the
 * numbers differ too, two deeds are told. Shells and air raids are often taken for each other. */
bool resemblance_is_other_deed(const struct episode *left, const struct episode *right)
{
    uint32_t one = left->means & (MEANS_SHELLS | MEANS_BOMB), other = right->means & (MEANS_SHELLS | MEANS_BOMB);
    return one != 0 && other != 0 && (one & other) == 0 && ((left->means | right->means) & MEANS_AIR) == 0 &&
           left->figures.count > 0 && right->figures.count > 0 &&
           marks_shared(&left->figures, &right->figures) == 0;
}

/* By other means? Shots say little: aircraft fire them, and guards shoot back after a bomb. And bombs
 * of which a report says no more may have been dropped. */
static bool are_other_means(uint32_t left, uint32_t right)
{
    left &= ~(uint32_t)MEANS_GUNS;
    right &= ~(uint32_t)MEANS_GUNS;
    bool dropped = (left | right) == (MEANS_AIR | MEANS_BOMB);
    return left != 0 && right != 0 && (left & right) == 0 && !dropped;
}

/* All terms but the wording, which costs more than the others together; their sum. */
static double measure_facts(const struct episode *left, const struct episode *right, double *terms)
{
    int32_t days;
    uint32_t persons = marks_shared(&left->persons, &right->persons);
    memset(terms, 0, TERM_COUNT * sizeof *terms);
    /* Who made the table told its events apart already. */
    bool parted = left->table != 0 && left->table == right->table;
    terms[TERM_BASE] = parted ? weight_parted : weight_base;
    terms[TERM_PERSONS] = weight_person * (persons < 2 ? persons : 2);
    if (marks_shared(&left->towns, &right->towns) > 0)
        terms[TERM_TOWN] = weight_town;
    if (marks_shared(&left->divisions, &right->divisions) > 0)
        terms[TERM_DIVISION] = weight_division;
    if (lie_apart(left, right))
        terms[TERM_APART] = left->sited && right->sited ? weight_sure_apart : weight_apart;
    if (resemblance_is_other_deed(left, right))
        terms[TERM_APART] += weight_other_deed;
    else if (are_other_means(left->means, right->means))
        terms[TERM_APART] += weight_means;
    terms[TERM_DAY] = day_term(left, right, &days);
    double gap = UNKNOWN_GAP;
    if (left->published != DAY_UNKNOWN && right->published != DAY_UNKNOWN)
        gap = fabs((double)left->published - right->published);
    /* A look back, years later, names the day. */
    if (days == 0 && gap > LONGEST_GAP)
        gap = LONGEST_GAP;
    terms[TERM_PUBLISHED] = gap > 0 ? weight_published * log(1 + gap) : 0;
    if (marks_shared(&left->figures, &right->figures) > 0)
        terms[TERM_FIGURES] = weight_figures;
    double sum = 0;
    for (int i = 0; i < TERM_COUNT; i++)
        sum += terms[i];
    return sum;
}

static const double smallest_cosine = 0.01;

void resemblance_measure(const struct episode *left, const struct episode *right,
                         struct resemblance *resemblance)
{
    resemblance->score = measure_facts(left, right, resemblance->terms);
    resemblance->terms[TERM_WORDING] =
        weight_wording * log(resemblance_cosine(left, right) + smallest_cosine);
    resemblance->score += resemblance->terms[TERM_WORDING];
}

double resemblance_score(const struct episode *left, const struct episode *right, double lowest)
{
    double terms[TERM_COUNT], score = measure_facts(left, right, terms);
    /* The same words would add next to nothing. */
    if (score + weight_wording * smallest_cosine < lowest)
        return lowest;
    score += weight_wording * log(resemblance_cosine(left, right) + smallest_cosine);
    return score > lowest ? score : lowest;
}
