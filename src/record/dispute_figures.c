/* Figures that exclude each other, and parts that exceed the whole.
 *
 * Two numbers are compared where they count the same: one kind of count, people called alike or
 * called people, in one event (or near each other in one report), on days and in places that may be
 * one, neither a part ("nine of them", "two more") nor a sum over many events ("since January").
 * Of a report only the largest number that a speaker gives counts, and it contradicts another
 * report only where that gives it nowhere. A later report may have more, for tolls rise, and an
 * outlet may correct itself. Left out: wholes that are told elsewhere in the report. */
#include "record/finding.h"

#include "bytes/buffer.h"
#include "bytes/calendar.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

static const char *number_text(struct finding *finding, double number)
{
    struct buffer text;
    buffer_init(&text);
    buffer_add_grouped(&text, number);
    const char *copy = finding_copy(finding, text.failed ? "" : text.bytes);
    buffer_release(&text);
    return copy;
}

const char *dispute_range(struct finding *finding, double low, double high, const char *what,
                          const char *side)
{
    const char *between = side != NULL ? " " : "";
    side = side != NULL ? side : "";
    const char *least = number_text(finding, isnan(low) ? high : low);
    const char *bound = isnan(low) ? "up to " : isnan(high) ? "at least " : "";
    if (isnan(low) || isnan(high) || low == high)
        return arena_print(finding->arena, "%s%s%s%s %s", bound, least, between, side, what);
    return arena_print(finding->arena, "%s to %s%s%s %s", least, number_text(finding, high),
                       between, side, what);
}

/* ------------------------------------------------------------------ what is comparable */

static const char *kind_of(const char *what)
{
    return text_is(what, "executed") ? "killed" : what;
}

static bool is_anybody(const struct finding *finding, const char *head)
{
    return head[0] == '\0' || signs_have(finding->signs, SIGN_ANYBODY, head, strlen(head));
}

/* Fighters by any name are fighters; students and nurses are two kinds of civilians. */
static bool is_alike(const struct finding *finding, const struct said_count *left,
                     const struct said_count *right)
{
    static const char *const sides[] = {
        "child", "combatant", "security force", "foreign fighter", "prisoner", "family", NULL};
    bool one = is_anybody(finding, left->head), other = is_anybody(finding, right->head);
    if (strcmp(left->head, right->head) == 0 || (one && other))
        return true;
    if (text_is_one_of(left->who, sides) || text_is_one_of(right->who, sides))
        return text_is(left->who, right->who);
    return one || other ||
           /* None of the civilians is none of the villagers. */
           ((left->high == 0 || right->high == 0) && text_is(left->who, right->who));
}

static double low_end(const struct said_count *count)
{
    return isnan(count->low) ? 0 : count->low;
}

static double high_end(const struct said_count *count)
{
    return isnan(count->high) ? INFINITY : count->high;
}

static bool is_round(double number)
{
    return number >= 20 && fmod(number, number >= 1000 ? 100 : 10) == 0;
}

static bool overlap(const struct said_count *left, const struct said_count *right)
{
    double low = low_end(left), high = high_end(left);
    double other_low = low_end(right), other_high = high_end(right);
    if (low <= other_high && other_low <= high)
        return true;
    /* A round number is one that is not counted to the last. */
    double below = high < other_low ? high : other_high, above = high < other_low ? other_low : low;
    return (is_round(below) || is_round(above)) && above - below <= above / 10;
}

static bool counts(const struct said *said, const struct said_count *count)
{
    static const char *const statuses[] = {"asserted", "claimed", NULL};
    bool none = count->low == 0 && text_is(said->status, "negated");
    return (none || text_is_one_of(said->status, statuses)) && count->what != NULL &&
           !count->partial && !count->vague && !(isnan(count->low) && isnan(count->high));
}

/* "Since Saturday": what is counted over a longer time is compared with what is counted so too. */
static bool is_same_span(const struct said *left, const struct said *right)
{
    static const char since[] = "since ";
    if (left->longer != right->longer)
        return false;
    if (!left->longer)
        return true;
    const char *one = strstr(left->stand.sentence, since);
    const char *other = strstr(right->stand.sentence, since);
    size_t length = one != NULL ? strlen(since) + strcspn(one + strlen(since), " ,.;") : 0;
    return one != NULL && other != NULL && strncmp(one, other, length) == 0;
}

/* Fewer in a town are a part of those in its province; and none is of one day and place. */
static bool is_same_scope(const struct said *left, const struct said_count *one,
                          const struct said *right, const struct said_count *other)
{
    bool named = left->place.name != NULL && right->place.name != NULL;
    if (one->high == 0 || other->high == 0)
        return left->first != DAY_UNKNOWN && right->first != DAY_UNKNOWN;
    return !named || text_is(left->place.name, right->place.name);
}

/* Are the two numbers of the same people? */
static bool is_comparable(const struct finding *finding, const struct said *left,
                          const struct said_count *one, const struct said *right,
                          const struct said_count *other)
{
    bool struck = left->patients.count > 0 && right->patients.count > 0 &&
                  left->patients.items[0].body && right->patients.items[0].body &&
                  !text_is(left->patients.items[0].name, right->patients.items[0].name);
    return counts(left, one) && counts(right, other) &&
           text_is(kind_of(one->what), kind_of(other->what)) && is_alike(finding, one, other) &&
           /* Who was shot may be dead; who was hurt is not. */
           (!text_is(one->what, "wounded") || text_is(left->mode, right->mode)) && !struck &&
           is_same_scope(left, one, right, other) && is_same_span(left, right) &&
           said_may_share_day(left, right) && said_may_share_place(left, right);
}

/* The claims of one report, from `first` on, stand together. */
static uint32_t first_of_report(const struct finding *finding, const struct said *said)
{
    uint32_t i = (uint32_t)(said - finding->said.items);
    while (i > 0 && strcmp(finding->said.items[i - 1].text, said->text) == 0)
        i--;
    return i;
}

/* Does the report of `left` give, anywhere, a larger number of the same in one voice, or one that
 * agrees with the number of `right`? */
static bool is_settled(const struct finding *finding, const struct said *left,
                       const struct said_count *one, const struct said *right,
                       const struct said_count *other, bool apart)
{
    for (uint32_t i = first_of_report(finding, left); i < finding->said.count; i++) {
        const struct said *said = &finding->said.items[i];
        if (strcmp(said->text, left->text) != 0)
            return false;
        for (uint32_t j = 0; j < said->counts.count; j++) {
            const struct said_count *count = &said->counts.items[j];
            if (count == one || !text_is(kind_of(count->what), kind_of(one->what)) ||
                !said_may_share_place(said, left))
                continue;
            if (said_is_same_voice(said, left) && low_end(count) > high_end(one) && !said->longer &&
                said_may_share_day(said, left))
                return true;
            if (apart && said_may_share_place(said, right) && overlap(count, other) &&
                said_is_factual(said))
                return true;
        }
    }
    return false;
}

/* Might the later word have had more time to count, or be a correction? */
static bool is_rise(const struct said *left, const struct said_count *one, const struct said *right,
                    const struct said_count *other)
{
    if (left->published == DAY_UNKNOWN || right->published == DAY_UNKNOWN ||
        left->published == right->published)
        return false;
    const struct said *later = left->published > right->published ? left : right;
    const struct said *earlier = later == left ? right : left;
    const struct said_count *more = later == left ? one : other;
    const struct said_count *less = later == left ? other : one;
    return low_end(more) > high_end(less) || later->corrects ||
           (text_is(later->stand.source, earlier->stand.source) && later->stand.speaker == NULL) ||
           text_is(later->stand.speaker, earlier->stand.speaker);
}

/* One person is most often one of several, told apart. */
enum { ONE = 1, FAR_APART = 30 };

static bool exclude(const struct finding *finding, const struct said *left,
                    const struct said_count *one, const struct said *right,
                    const struct said_count *other)
{
    bool apart = strcmp(left->text, right->text) != 0;
    if (overlap(one, other) || !is_comparable(finding, left, one, right, other) ||
        one->high == ONE || other->high == ONE || said_is_same_voice(left, right))
        return false;
    if (!said_is_same_event(left, right) ||
        (apart ? is_rise(left, one, right, other) : !said_are_near(left, right)))
        return false;
    /* Years later one remembers, at most. */
    if (apart && left->published != DAY_UNKNOWN && right->published != DAY_UNKNOWN &&
        left->published - right->published > FAR_APART && !left->daily)
        return false;
    return !is_settled(finding, left, one, right, other, apart) &&
           !is_settled(finding, right, other, left, one, apart);
}

/* ------------------------------------------------------------------ one dispute of several */

static bool holds(const struct record_dispute *dispute, const struct said *said)
{
    for (uint32_t i = 0; i < dispute->stands.count; i++)
        if (text_is(dispute->stands.items[i].sentence, said->stand.sentence))
            return true;
    return false;
}

static const char *say_count(struct finding *finding, const struct said_count *count)
{
    static const char *const sides[][2] = {
        {"civilian", "civilians"},   {"child", "children"},
        {"combatant", "combatants"}, {"foreign fighter", "foreign fighters"},
        {"prisoner", "prisoners"},   {"security force", "of the security forces"},
        {"family", "families"},
    };
    const char *side = NULL;
    /* People may be anybody. */
    for (size_t i = 0; !is_anybody(finding, count->head) && i < sizeof sides / sizeof *sides; i++)
        if (text_is(count->who, sides[i][0]))
            side = sides[i][1];
    return dispute_range(finding, count->low, count->high, kind_of(count->what), side);
}

/* All who disagree on one number stand in one dispute. */
static void add_figures(struct finding *finding, const struct said *left,
                        const struct said_count *one, const struct said *right,
                        const struct said_count *other)
{
    struct record_dispute *dispute =
        dispute_find(finding, "figures", kind_of(one->what), left, right);
    if (dispute == NULL)
        dispute = dispute_open(finding, "figures", kind_of(one->what),
                               left->place.name != NULL ? left : right);
    if (dispute != NULL && !holds(dispute, left))
        dispute_join(finding, dispute, left, say_count(finding, one));
    if (dispute != NULL && !holds(dispute, right))
        dispute_join(finding, dispute, right, say_count(finding, other));
}

void figures_compare(struct finding *finding, const struct said *left, const struct said *right)
{
    for (uint32_t i = 0; i < left->counts.count; i++)
        for (uint32_t j = 0; j < right->counts.count; j++)
            if (exclude(finding, left, &left->counts.items[i], right, &right->counts.items[j])) {
                add_figures(finding, left, &left->counts.items[i], right, &right->counts.items[j]);
                return;
            }
}

enum { SOON = 3 };

/* Do the reports name one place or party, in these sentences or in the one before? */
static bool figures_share_name(const struct finding *finding, const struct said *left,
                               const struct said *right)
{
    uint32_t count;
    const struct said *all = finding_report(finding, right->text, &count);
    if (sentences_share_name(left->stand.sentence, right->stand.sentence))
        return true;
    for (uint32_t i = 0; i < count; i++)
        if (all[i].sentence < right->sentence && said_are_near(&all[i], right) &&
            sentences_share_name(left->stand.sentence, all[i].stand.sentence))
            return true;
    return false;
}

void figures_find_none(struct finding *finding)
{
    for (uint32_t i = 0; i < finding->said.count && finding_goes_on(finding); i++) {
        const struct said *none = &finding->said.items[i];
        if (none->counts.count != 1 || none->counts.items[0].high != 0 ||
            none->first == DAY_UNKNOWN || none->published == DAY_UNKNOWN)
            continue;
        for (uint32_t j = 0; j < finding->said.count; j++) {
            const struct said *said = &finding->said.items[j];
            if (!said->daily || said->first < none->first || said->first > none->last ||
                none->last - none->first > 1 || said->published == DAY_UNKNOWN ||
                abs(said->published - none->published) > SOON || said->counts.count == 0 ||
                strcmp(said->text, none->text) == 0 ||
                !is_comparable(finding, said, &said->counts.items[0], none,
                               &none->counts.items[0]) ||
                !figures_share_name(finding, said, none))
                continue;
            add_figures(finding, said, &said->counts.items[0], none, &none->counts.items[0]);
        }
    }
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
        /* A year is no number of people, nor is what no noun follows. */
        if (number >= 10 && !(number >= 1900 && number < 2100) && word[0] == ' ' &&
            isalpha((unsigned char)word[1]))
            return number;
    }
    return 0;
}

enum { SMALLEST_WHOLE = 3 };

static bool is_fate(const char *what)
{
    static const char *const kinds[] = {"killed",      "executed", "captured", "wounded",
                                        "surrendered", "missing",  "released", NULL};
    return text_is_one_of(what, kinds);
}

static bool has_count(const struct record_dispute *dispute, const struct said *said,
                      const char *says)
{
    for (uint32_t i = 0; dispute != NULL && i < dispute->stands.count; i++)
        if (text_is(dispute->stands.items[i].sentence, said->stand.sentence) &&
            text_is(dispute->stands.items[i].says, says))
            return true;
    return false;
}

/* The fates of a whole, told in the sentence that names it and in those near it; each once. */
static void add_fates(struct finding *finding, uint32_t first)
{
    const struct said *head = &finding->said.items[first];
    double whole = whole_of(head->stand.sentence), sum = 0;
    struct record_dispute *dispute = NULL;
    if (whole <= 0)
        return;
    for (uint32_t i = first;
         i < finding->said.count && said_are_near(head, &finding->said.items[i]); i++) {
        const struct said *said = &finding->said.items[i];
        for (uint32_t j = 0; said_is_factual(said) && j < said->counts.count; j++) {
            const struct said_count *count = &said->counts.items[j];
            if (!is_fate(count->what) || isnan(count->low) || count->low >= whole)
                continue;
            if (dispute == NULL)
                dispute = dispute_open(finding, "sum", NULL, head);
            const char *says =
                dispute_range(finding, count->low, count->high, kind_of(count->what), NULL);
            if (dispute == NULL || has_count(dispute, said, says))
                continue;
            dispute_take(dispute, &said->stand, says);
            sum += count->low;
        }
    }
    if (dispute != NULL && (sum <= whole || dispute->stands.count < 2))
        finding->disputes.count--;
    else if (dispute != NULL)
        dispute->about = arena_print(finding->arena, "%.0f of %.0f", sum, whole);
}

/* "Twelve killed, eight of them soldiers and seven civilians". */
static void add_parts(struct finding *finding, const struct said *said)
{
    double whole = 0, parts = 0, largest = 0;
    uint32_t part_count = 0;
    const char *what = NULL;
    for (uint32_t i = 0; i < said->counts.count; i++) {
        const struct said_count *count = &said->counts.items[i];
        if (!is_fate(count->what) || isnan(count->low) ||
            (what != NULL && !text_is(what, count->what)))
            continue;
        what = count->what;
        bool all = count->written && (count->who == NULL || text_is(count->who, "unknown"));
        whole = all && count->low > whole ? count->low : whole;
        bool part =
            !all && !text_is(count->who, "child") && !text_is(count->who, "foreign fighter");
        largest = part && count->low > largest ? count->low : largest;
        parts += part ? count->low : 0;
        part_count += part;
    }
    if (whole < SMALLEST_WHOLE || part_count < 2 || parts <= whole || largest > whole)
        return;
    struct record_dispute *dispute = dispute_open(finding, "sum", what, said);
    dispute_take(dispute, &said->stand, arena_print(finding->arena, "%.0f %s in all", whole, what));
    dispute_take(dispute, &said->stand, arena_print(finding->arena, "parts of %.0f", parts));
}

void figures_add_up(struct finding *finding, uint32_t first)
{
    const struct said *said = &finding->said.items[first];
    /* Each sentence that names a whole is added up once, from its first claim on. */
    bool repeated = first > 0 && said_are_near(said, said - 1) &&
                    said[-1].sentence == said->sentence && said[-1].counts.count > 0;
    add_parts(finding, said);
    if (!repeated)
        add_fates(finding, first);
}
