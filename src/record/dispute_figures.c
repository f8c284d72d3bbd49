/* Figures that exclude each other, and parts that exceed the whole.
 *
 * Two witnesses of one event contradict each other where their figures do not overlap and the later
 * is not the higher, for tolls rise. Parts are those told near the sentence that names the whole.
 * Left out: wholes that are told elsewhere in the report. */
#include "record/finding.h"

#include <ctype.h>
#include <math.h>

/* ------------------------------------------------------------------ figures */

const char *dispute_range(struct finding *finding, double low, double high, const char *what,
                          const char *side)
{
    const char *between = side != NULL ? " " : "";
    side = side != NULL ? side : "";
    if (isnan(low))
        return arena_print(finding->arena, "up to %.0f%s%s %s", high, between, side, what);
    if (isnan(high))
        return arena_print(finding->arena, "at least %.0f%s%s %s", low, between, side, what);
    if (low == high)
        return arena_print(finding->arena, "%.0f%s%s %s", low, between, side, what);
    return arena_print(finding->arena, "%.0f to %.0f%s%s %s", low, high, between, side, what);
}

/* Do the two exclude each other, and not because the later one had more time to count? */
static bool exclude(const struct record_saying *left, const struct record_saying *right)
{
    const char *one = left->claim->published, *other = right->claim->published;
    double low = isnan(left->low) ? 0 : left->low, high = isnan(left->high) ? INFINITY : left->high;
    double other_low = isnan(right->low) ? 0 : right->low;
    double other_high = isnan(right->high) ? INFINITY : right->high;
    int order = one != NULL && other != NULL ? strcmp(one, other) : 0;
    if (low <= other_high && other_low <= high)
        return false;
    return order == 0 || (order < 0 ? low > other_high : other_low > high);
}

static void find_figures(struct finding *finding, const struct record_event *event,
                         const struct record_toll *toll)
{
    struct record_dispute *dispute = NULL;
    bool *stands = arena_new_array(finding->arena, bool, toll->sayings.count + 1);
    for (uint32_t i = 0; stands != NULL && i < toll->sayings.count; i++)
        for (uint32_t j = i + 1; j < toll->sayings.count; j++) {
            const struct record_saying *left = &toll->sayings.items[i];
            const struct record_saying *right = &toll->sayings.items[j];
            if (left->left_out == NULL && right->left_out == NULL && !left->summed &&
                !right->summed && exclude(left, right))
                stands[i] = stands[j] = true;
        }
    for (uint32_t i = 0; stands != NULL && i < toll->sayings.count; i++) {
        struct record_stand stand = {0};
        if (!stands[i])
            continue;
        if (dispute == NULL) {
            dispute = dispute_open(finding, "figures", finding_copy(finding, toll->what), NULL);
            if (dispute == NULL)
                return;
            dispute->first = finding_copy(finding, event->first);
            dispute->place = finding_copy(finding, event->place.name);
        }
        finding_copy_stand(finding, toll->sayings.items[i].claim, &stand);
        dispute_take(dispute, &stand,
                     dispute_range(finding, toll->sayings.items[i].low, toll->sayings.items[i].high,
                                   dispute->about, toll->side));
    }
}

annals_status finding_keep_figures(void *context, const struct record_event *event)
{
    struct finding *finding = context;
    for (uint32_t i = 0; i < event->tolls.count; i++)
        if (event->tolls.items[i].figure.basis == BASIS_GIVEN)
            find_figures(finding, event, &event->tolls.items[i]);
    return finding->arena->failed ? ANNALS_NO_MEMORY : ANNALS_OK;
}

/* ------------------------------------------------------------------ sums */

/* The whole that a sentence names: "of the 900 fighters", "of some 1,200". 0 where it names none.
 */
static double whole_of(const char *sentence)
{
    for (const char *at = sentence; at != NULL && *at != '\0'; at++) {
        if ((at != sentence && at[-1] != ' ') ||
            (strncmp(at, "Of ", 3) != 0 && strncmp(at, "of ", 3) != 0))
            continue;
        const char *word = at + 3;
        for (int i = 0; i < 2 && isalpha((unsigned char)*word); i++) {
            word += strcspn(word, " ");
            word += strspn(word, " ");
        }
        double number = 0;
        for (; isdigit((unsigned char)*word) || (*word == ',' && isdigit((unsigned char)word[1]));
             word++)
            number = *word == ',' ? number : number * 10 + (*word - '0');
        /* A year is no number of people. */
        if (number >= 10 && !(number >= 1900 && number < 2100))
            return number;
    }
    return 0;
}

static bool is_fate(const char *what)
{
    static const char *const kinds[] = {"killed",  "executed",    "captured", "detained",
                                        "missing", "surrendered", NULL};
    return text_is_one_of(what, kinds);
}

/* The fates of a whole, told in the sentence that names it and in those near it. */
void finding_sum(struct finding *finding, uint32_t first)
{
    const struct said *head = &finding->said.items[first];
    double whole = whole_of(head->stand.sentence), sum = 0;
    struct record_dispute *dispute = NULL;
    if (whole <= 0)
        return;
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1 && sum <= whole)
            return;
        for (uint32_t i = 0; i < finding->said.count; i++) {
            const struct said *said = &finding->said.items[i];
            if (!said_are_near(head, said) || said->start < head->start || !said_is_factual(said))
                continue;
            for (uint32_t j = 0; j < said->counts.count; j++) {
                const struct record_count *count = &said->counts.items[j];
                if (!is_fate(count->what) || isnan(count->low) || count->low >= whole)
                    continue;
                if (pass == 0) {
                    sum += count->low;
                    continue;
                }
                if (dispute == NULL) {
                    dispute =
                        dispute_open(finding, "sum",
                                     arena_print(finding->arena, "%.0f of %.0f", sum, whole), head);
                }
                dispute_take(dispute, &said->stand,
                             dispute_range(finding, count->low, count->high, count->what, NULL));
            }
        }
    }
}

/* "Twelve killed, eight of them soldiers and seven civilians". */
void finding_parts(struct finding *finding, const struct said *said)
{
    double whole = 0, parts = 0;
    uint32_t part_count = 0;
    const char *what = NULL;
    for (uint32_t i = 0; i < said->counts.count; i++) {
        const struct record_count *count = &said->counts.items[i];
        if (!is_fate(count->what) || isnan(count->low) ||
            (what != NULL && !text_is(what, count->what)))
            continue;
        what = count->what;
        bool all = count->who == NULL || text_is(count->who, "unknown");
        whole = all && count->low > whole ? count->low : whole;
        bool part =
            !all && !text_is(count->who, "child") && !text_is(count->who, "foreign fighter");
        parts += part ? count->low : 0;
        part_count += part;
    }
    if (whole == 0 || part_count < 2 || parts <= whole)
        return;
    struct record_dispute *dispute = dispute_open(finding, "sum", what, said);
    dispute_take(dispute, &said->stand, arena_print(finding->arena, "%.0f %s in all", whole, what));
    dispute_take(dispute, &said->stand, arena_print(finding->arena, "parts of %.0f", parts));
}
