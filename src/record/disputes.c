/* Finds where reports or speakers contradict one another: statements that cannot all be true.
 *
 * figures     two witnesses of one event give figures that exclude each other; not where the later
 *             report has the higher figure, for tolls rise, nor where the same speaker corrects
 * himself sum         the parts that a report tells exceed the whole that it tells who         one
 * deed is laid to different hands denied      somebody denies, or disputes, what another says days
 * one deed or one change of hands is dated to different days control     a place is said to be held
 * by different sides on one day, or to be taken by one while others tell of fighting there
 * intentions  of one side it is said that it will yield and that it will fight
 * questioned  the report itself says that a statement is disputed or cannot be checked (doubts.c)
 *
 * Compared are claims of one event, and claims that stand near each other in one report. One who
 * only repeats, a copy of another report, and what the same speaker says twice contradict nobody.
 * Left out: contradictions that need knowledge of the world, and whatever no claim was found for.
 */
#include "record/disputes.h"

#include "record/doubts.h"
#include "record/figures.h"

#include "bytes/calendar.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

/* What is compared of a claim. */
struct said {
    struct record_stand stand;
    const char *text; /* the report, or that which it prints */
    uint32_t start;   /* of the trigger in the report */
    const char *status, *plover, *mode, *cameo, *place, *control, *control_place, *holder;
    const char *agent, *patient; /* names; NULL where nobody has one */
    int32_t first, last;
    bool daily, named_patient, agent_body;
    ARRAY(struct record_count) counts;
};

struct finding {
    struct record *record;
    struct arena *arena;
    ARRAY(struct said) said;
    ARRAY(struct record_dispute) disputes;
};

enum { NEAR_BYTES = 700 };

static bool is(const char *left, const char *right)
{
    return left != NULL && right != NULL && strcmp(left, right) == 0;
}

static bool is_one_of(const char *text, const char *const *list)
{
    for (; text != NULL && *list != NULL; list++)
        if (strcmp(text, *list) == 0)
            return true;
    return false;
}

/* ------------------------------------------------------------------ what is compared */

static const char *copy(struct finding *finding, const char *text)
{
    return text != NULL ? arena_copy_string(finding->arena, text) : NULL;
}

static const char *name_of(const struct record_actor *actor)
{
    return actor->name != NULL ? actor->name : actor->words;
}

static void copy_stand(struct finding *finding, const struct record_claim *claim,
                       struct record_stand *stand)
{
    memcpy(stand->claim, claim->id, sizeof stand->claim);
    memcpy(stand->event, claim->event, sizeof stand->event);
    stand->report = copy(finding, claim->name != NULL ? claim->name : claim->report);
    stand->source = copy(finding, claim->source != NULL  ? claim->source
                                  : claim->title != NULL ? claim->title
                                                         : claim->name);
    stand->published = copy(finding, claim->published);
    stand->sentence = copy(finding, claim->sentence);
    if (claim->according_to.count > 0)
        stand->speaker = copy(finding, name_of(&claim->according_to.items[0]) != NULL
                                           ? name_of(&claim->according_to.items[0])
                                           : "somebody unnamed");
}

static annals_status keep_claim(void *context, const struct record_claim *claim)
{
    struct finding *finding = context;
    struct said *said = array_push(&finding->said);
    if (said == NULL)
        return ANNALS_NO_MEMORY;
    copy_stand(finding, claim, &said->stand);
    said->text = copy(finding, claim->original != NULL ? claim->original : claim->report);
    said->start = claim->where.start;
    said->status = copy(finding, claim->status);
    said->plover = copy(finding, claim->plover);
    said->mode = copy(finding, claim->mode);
    said->cameo = copy(finding, claim->cameo);
    said->place = copy(finding, claim->place.name);
    said->control = copy(finding, claim->control);
    said->control_place = copy(finding, claim->control_place.name);
    said->holder = copy(finding, claim->control_holder);
    said->first = claim->first != NULL ? calendar_read(claim->first) : DAY_UNKNOWN;
    said->last = claim->last != NULL ? calendar_read(claim->last) : DAY_UNKNOWN;
    said->daily =
        is(claim->precision, "day") && said->first == said->last && said->first != DAY_UNKNOWN;
    if (claim->agents.count > 0) {
        const struct record_actor *agent = &claim->agents.items[0];
        said->agent = copy(finding, agent->name);
        said->agent_body = is(agent->kind, "organisation") || is(agent->kind, "state");
    }
    if (claim->patients.count > 0) {
        const struct record_actor *patient = &claim->patients.items[0];
        said->patient = copy(finding, patient->name);
        said->named_patient = is(patient->kind, "person") && patient->name != NULL &&
                              strchr(patient->name, ' ') != NULL;
    }
    array_init(&said->counts, finding->arena);
    for (uint32_t i = 0; i < claim->counts.count; i++) {
        struct record_count *count = array_push(&said->counts);
        if (count != NULL)
            *count = (struct record_count){copy(finding, claim->counts.items[i].what),
                                           copy(finding, claim->counts.items[i].who),
                                           claim->counts.items[i].low, claim->counts.items[i].high,
                                           claim->counts.items[i].where};
    }
    return finding->arena->failed ? ANNALS_NO_MEMORY : ANNALS_OK;
}

static bool is_factual(const struct said *said)
{
    static const char *const statuses[] = {"asserted", "claimed", "alleged", NULL};
    return is_one_of(said->status, statuses);
}

static bool is_refusal(const struct said *said)
{
    static const char *const statuses[] = {"denied", "disputed", NULL};
    return is_one_of(said->status, statuses);
}

/* Do two claims come from one mouth? */
static bool is_same_voice(const struct said *left, const struct said *right)
{
    const char *one = left->stand.speaker, *other = right->stand.speaker;
    return strcmp(left->text, right->text) == 0 &&
           (one == NULL || other == NULL ? one == other : strcmp(one, other) == 0);
}

static bool is_near(const struct said *left, const struct said *right)
{
    uint32_t low = left->start < right->start ? left->start : right->start;
    uint32_t high = left->start < right->start ? right->start : left->start;
    return strcmp(left->text, right->text) == 0 && high - low <= NEAR_BYTES;
}

static bool is_same_event(const struct said *left, const struct said *right)
{
    return left->stand.event[0] != '\0' && strcmp(left->stand.event, right->stand.event) == 0;
}

/* Do they speak of one place, as far as they say? */
static bool may_be_same_place(const struct said *left, const struct said *right)
{
    return left->place == NULL || right->place == NULL || strcmp(left->place, right->place) == 0;
}

static bool share_actor(const struct said *left, const struct said *right)
{
    return is(left->agent, right->agent) || is(left->patient, right->patient) ||
           is(left->agent, right->patient) || is(left->patient, right->agent) ||
           is(left->holder, right->agent) || is(left->agent, right->holder) ||
           is(left->holder, right->holder);
}

/* ------------------------------------------------------------------ a dispute */

static struct record_dispute *open_dispute(struct finding *finding, const char *kind,
                                           const char *about, const struct said *said)
{
    struct record_dispute *dispute = array_push(&finding->disputes);
    if (dispute == NULL)
        return NULL;
    *dispute = (struct record_dispute){.kind = kind, .about = about};
    array_init(&dispute->stands, finding->arena);
    if (said != NULL) {
        char day[16];
        if (said->first != DAY_UNKNOWN) {
            calendar_write(said->first, day);
            dispute->first = copy(finding, day);
        }
        dispute->place = said->place != NULL ? said->place : said->control_place;
    }
    return dispute;
}

static void take_stand(struct record_dispute *dispute, const struct record_stand *stand,
                       const char *says)
{
    struct record_stand *item = dispute != NULL ? array_push(&dispute->stands) : NULL;
    if (item != NULL) {
        *item = *stand;
        item->says = says;
    }
}

static void add_pair(struct finding *finding, const char *kind, const char *about,
                     const struct said *left, const char *one, const struct said *right,
                     const char *other)
{
    /* The same two sentences contradict each other once in one way. */
    for (uint32_t i = 0; i < finding->disputes.count; i++) {
        const struct record_dispute *known = &finding->disputes.items[i];
        bool both = false, either = false;
        for (uint32_t j = 0; j < known->stands.count; j++) {
            both = both || is(known->stands.items[j].sentence, left->stand.sentence);
            either = either || is(known->stands.items[j].sentence, right->stand.sentence);
        }
        if (both && either && strcmp(known->kind, kind) == 0)
            return;
    }
    struct record_dispute *dispute = open_dispute(finding, kind, about, left);
    take_stand(dispute, &left->stand, one);
    take_stand(dispute, &right->stand, other);
}

/* ------------------------------------------------------------------ figures */

static const char *say_range(struct finding *finding, double low, double high, const char *what,
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
            dispute = open_dispute(finding, "figures", copy(finding, toll->what), NULL);
            if (dispute == NULL)
                return;
            dispute->first = copy(finding, event->first);
            dispute->place = copy(finding, event->place.name);
        }
        copy_stand(finding, toll->sayings.items[i].claim, &stand);
        take_stand(dispute, &stand,
                   say_range(finding, toll->sayings.items[i].low, toll->sayings.items[i].high,
                             dispute->about, toll->side));
    }
}

static annals_status keep_figures(void *context, const struct record_event *event)
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
    return is_one_of(what, kinds);
}

/* The fates of a whole, told in the sentence that names it and in those near it. */
static void find_sum(struct finding *finding, uint32_t first)
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
            if (!is_near(head, said) || said->start < head->start || !is_factual(said))
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
                        open_dispute(finding, "sum",
                                     arena_print(finding->arena, "%.0f of %.0f", sum, whole), head);
                }
                take_stand(dispute, &said->stand,
                           say_range(finding, count->low, count->high, count->what, NULL));
            }
        }
    }
}

/* "Twelve killed, eight of them soldiers and seven civilians". */
static void find_parts(struct finding *finding, const struct said *said)
{
    double whole = 0, parts = 0;
    uint32_t part_count = 0;
    const char *what = NULL;
    for (uint32_t i = 0; i < said->counts.count; i++) {
        const struct record_count *count = &said->counts.items[i];
        if (!is_fate(count->what) || isnan(count->low) || (what != NULL && !is(what, count->what)))
            continue;
        what = count->what;
        bool all = count->who == NULL || is(count->who, "unknown");
        whole = all && count->low > whole ? count->low : whole;
        bool part = !all && !is(count->who, "child") && !is(count->who, "foreign fighter");
        parts += part ? count->low : 0;
        part_count += part;
    }
    if (whole == 0 || part_count < 2 || parts <= whole)
        return;
    struct record_dispute *dispute = open_dispute(finding, "sum", what, said);
    take_stand(dispute, &said->stand, arena_print(finding->arena, "%.0f %s in all", whole, what));
    take_stand(dispute, &said->stand, arena_print(finding->arena, "parts of %.0f", parts));
}

/* ------------------------------------------------------------------ pairs */

static bool is_deed(const struct said *said)
{
    return is(said->plover, "ASSAULT") && said->control == NULL && is_factual(said);
}

static bool days_apart(const struct said *left, const struct said *right)
{
    return left->first != DAY_UNKNOWN && right->first != DAY_UNKNOWN &&
           (left->first > right->last + 1 || right->first > left->last + 1);
}

static void compare_who(struct finding *finding, const struct said *left, const struct said *right)
{
    if (!is_same_event(left, right) || !is_deed(left) || !is_deed(right) || !left->agent_body ||
        !right->agent_body || left->agent == NULL || right->agent == NULL ||
        !is(left->mode, right->mode) || is_same_voice(left, right) ||
        strstr(left->agent, right->agent) != NULL || strstr(right->agent, left->agent) != NULL ||
        days_apart(left, right) || !may_be_same_place(left, right) ||
        /* Two sides that shoot at each other are no contradiction. */
        is(left->agent, right->patient) || is(right->agent, left->patient) ||
        (left->patient != NULL && right->patient != NULL && !is(left->patient, right->patient)))
        return;
    add_pair(finding, "who", left->mode != NULL ? left->mode : "attack", left, left->agent, right,
             right->agent);
}

static void compare_denied(struct finding *finding, const struct said *left,
                           const struct said *right)
{
    const struct said *refusal = is_refusal(left) ? left : right;
    const struct said *other = refusal == left ? right : left;
    if (!is_refusal(refusal) || !is_factual(other) || is_same_voice(left, right))
        return;
    bool same = is(left->plover, right->plover) &&
                (share_actor(left, right) || is(left->control_place, right->control_place) ||
                 (is(refusal->status, "denied") && is(left->mode, right->mode)));
    /* "Questioned" is said of many things; far from what it questions it is of another. */
    bool together =
        is_near(left, right) || (is(refusal->status, "denied") && is_same_event(left, right));
    if (!same || !together || days_apart(left, right))
        return;
    add_pair(finding, "denied", other->plover, other, other->status, refusal, refusal->status);
}

/* "The alliance denied this": of a deed that others lay to the alliance. */
static void compare_refusal(struct finding *finding, const struct said *left,
                            const struct said *right)
{
    const struct said *refusal =
        is(left->status, "denied") || is(left->plover, "REJECT") ? left : right;
    const struct said *deed = refusal == left ? right : left;
    const char *who = refusal->agent != NULL ? refusal->agent : refusal->stand.speaker;
    if ((!is(refusal->status, "denied") && !is(refusal->plover, "REJECT")) || !is_deed(deed) ||
        who == NULL || deed->agent == NULL || !is_near(left, right) ||
        deed->start > refusal->start || strstr(deed->agent, who) == NULL ||
        is_same_voice(left, right) || days_apart(left, right))
        return;
    add_pair(finding, "denied", who, deed, deed->agent, refusal, "denied");
}

/* "They had not surrendered": against one who says that they had. */
static void compare_negated(struct finding *finding, const struct said *left,
                            const struct said *right)
{
    const struct said *negated = is(left->status, "negated") ? left : right;
    const struct said *other = negated == left ? right : left;
    if (!is(negated->status, "negated") || !is_factual(other) || is_same_voice(left, right) ||
        !is(left->plover, right->plover) || !is(left->mode, right->mode) ||
        !share_actor(left, right) || days_apart(left, right) || !may_be_same_place(left, right) ||
        /* What was not yet so when one report was printed may be so in the next. */
        !is_near(left, right))
        return;
    add_pair(finding, "denied", other->plover, other, other->status, negated, "it was not so");
}

static const char *say_day(struct finding *finding, const struct said *said)
{
    char day[16];
    calendar_write(said->first, day);
    return copy(finding, day);
}

enum { FEW_DAYS = 3 };

static void compare_days(struct finding *finding, const struct said *left, const struct said *right)
{
    if (!left->daily || !right->daily || left->first == right->first || !is_factual(left) ||
        !is_factual(right) || strcmp(left->text, right->text) == 0 ||
        abs(left->first - right->first) > FEW_DAYS)
        return;
    bool change = left->control != NULL && is(left->control, right->control) &&
                  is(left->control_place, right->control_place) && is(left->control, "takes");
    bool death = is_same_event(left, right) && left->named_patient &&
                 is(left->patient, right->patient) && is(left->mode, "kill") &&
                 is(right->mode, "kill");
    if (change || death)
        add_pair(finding, "days", change ? left->control_place : left->patient, left,
                 say_day(finding, left), right, say_day(finding, right));
}

static bool is_hold(const struct said *said)
{
    return is(said->control, "takes") || is(said->control, "holds");
}

static void compare_control(struct finding *finding, const struct said *left,
                            const struct said *right)
{
    if (left->control == NULL || right->control == NULL || left->holder == NULL ||
        right->holder == NULL || !is(left->control_place, right->control_place) ||
        !is_factual(left) || !is_factual(right) || is_same_voice(left, right) || !is_hold(left) ||
        !is_hold(right) || strstr(left->holder, right->holder) != NULL ||
        strstr(right->holder, left->holder) != NULL || left->first == DAY_UNKNOWN ||
        right->first == DAY_UNKNOWN || left->first > right->last || right->first > left->last ||
        left->last - left->first > FEW_DAYS || right->last - right->first > FEW_DAYS)
        return;
    add_pair(finding, "control", left->control_place, left,
             arena_print(finding->arena, "%s %s", left->holder, left->control), right,
             arena_print(finding->arena, "%s %s", right->holder, right->control));
}

/* "They had taken the barracks, the rebels said"; others still tell of fighting there that day. */
static void compare_capture(struct finding *finding, const struct said *left,
                            const struct said *right)
{
    const struct said *capture = is(left->cameo, "192") ? left : right;
    const struct said *fighting = capture == left ? right : left;
    if (!is(capture->cameo, "192") || !is(fighting->cameo, "190") || fighting->mode != NULL ||
        !is(capture->status, "claimed") || !is_factual(fighting) || fighting->counts.count > 0 ||
        fighting->control != NULL || is_same_voice(left, right) || !is_near(left, right) ||
        capture->first == DAY_UNKNOWN || capture->first != fighting->first ||
        fighting->agent != NULL || !may_be_same_place(left, right))
        return;
    add_pair(finding, "control", capture->stand.speaker, capture, "taken", fighting, "fighting");
}

/* ------------------------------------------------------------------ intentions */

static bool yields(const struct said *said)
{
    static const char *const modes[] = {"surrender", "disarm", "withdraw", "retreat", NULL};
    return is(said->plover, "AGREE") || is(said->plover, "CONCEDE") ||
           (is(said->plover, "RETREAT") && is_one_of(said->mode, modes));
}

static bool will_fight(const struct said *said)
{
    static const char *const statuses[] = {"planned", "threatened", "conditional", NULL};
    return is(said->plover, "THREATEN") ||
           (is(said->plover, "ASSAULT") && is_one_of(said->status, statuses));
}

static void compare_intentions(struct finding *finding, const struct said *left,
                               const struct said *right)
{
    const struct said *yielding = yields(left) ? left : right;
    const struct said *fighting = yielding == left ? right : left;
    if (!yields(yielding) || !will_fight(fighting) || is(yielding->status, "negated") ||
        is(fighting->status, "negated") || yielding->agent == NULL ||
        !is(yielding->agent, fighting->agent) || is_same_voice(left, right) ||
        days_apart(left, right) || !may_be_same_place(left, right) ||
        !(is_near(left, right) || is_same_event(left, right)))
        return;
    add_pair(finding, "intentions", yielding->agent, yielding, "will yield", fighting,
             "will fight");
}

/* ------------------------------------------------------------------ the whole */

static int by_place_in_text(const void *left, const void *right)
{
    const struct said *a = left, *b = right;
    int order = strcmp(a->text, b->text);
    return order != 0             ? order
           : a->start != b->start ? (a->start > b->start) - (a->start < b->start)
                                  : strcmp(a->stand.claim, b->stand.claim);
}

static int by_event(const void *left, const void *right)
{
    const struct said *const *a = left, *const *b = right;
    int order = strcmp((*a)->stand.event, (*b)->stand.event);
    return order != 0 ? order : by_place_in_text(*a, *b);
}

static int by_control_place(const void *left, const void *right)
{
    const struct said *const *a = left, *const *b = right;
    const char *one = (*a)->control_place != NULL ? (*a)->control_place : "";
    const char *other = (*b)->control_place != NULL ? (*b)->control_place : "";
    int order = strcmp(one, other);
    return order != 0 ? order : by_place_in_text(*a, *b);
}

static void compare(struct finding *finding, const struct said *left, const struct said *right)
{
    compare_who(finding, left, right);
    compare_denied(finding, left, right);
    compare_negated(finding, left, right);
    compare_refusal(finding, left, right);
    compare_days(finding, left, right);
    compare_intentions(finding, left, right);
    compare_capture(finding, left, right);
}

/* So many claims of one group are compared with each other: a bound on the work, not a rule. */
enum { GROUP = 400 };

static void compare_groups(struct finding *finding, const struct said **order)
{
    uint32_t count = finding->said.count;
    qsort(order, count, sizeof *order, by_event);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = i + 1; j < count && j < i + GROUP && is_same_event(order[i], order[j]);
             j++)
            compare(finding, order[i], order[j]);
    qsort(order, count, sizeof *order, by_control_place);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = i + 1;
             j < count && j < i + GROUP && is(order[i]->control_place, order[j]->control_place);
             j++) {
            compare_control(finding, order[i], order[j]);
            compare_days(finding, order[i], order[j]);
        }
}

static void find_pairs(struct finding *finding)
{
    uint32_t count = finding->said.count;
    struct said *said = finding->said.items;
    const struct said **order = arena_new_array(finding->arena, const struct said *, count + 1);
    if (order == NULL || count == 0)
        return;
    qsort(said, count, sizeof *said, by_place_in_text);
    for (uint32_t i = 0; i < count; i++) {
        order[i] = &said[i];
        find_parts(finding, &said[i]);
        if (said[i].counts.count > 0)
            find_sum(finding, i);
        for (uint32_t j = i + 1; j < count && is_near(&said[i], &said[j]); j++)
            compare(finding, &said[i], &said[j]);
    }
    compare_groups(finding, order);
}

/* ------------------------------------------------------------------ doubts */

/* The claim that the doubt at `start` of a report is about: the last one before it that stands
 * near, in the sentence itself first; one with a number where `counted`. */
static const struct said *doubted(const struct finding *finding, const char *text, uint32_t start,
                                  bool counted)
{
    const struct said *best = NULL;
    for (uint32_t i = 0; i < finding->said.count; i++) {
        const struct said *said = &finding->said.items[i];
        if (strcmp(said->text, text) == 0 && said->start < start &&
            start - said->start <= NEAR_BYTES && is_factual(said) &&
            (!counted || said->counts.count > 0) && (best == NULL || said->start > best->start))
            best = said;
    }
    return best;
}

static void add_doubt(struct finding *finding, const struct doubt *doubt)
{
    const struct said *said = doubted(finding, doubt->report, doubt->start, doubt->counted);
    if (said == NULL && !doubt->within)
        return;
    struct record_stand stand = {.report = copy(finding, doubt->name),
                                 .source = copy(finding, doubt->source),
                                 .published = copy(finding, doubt->published),
                                 .sentence = copy(finding, doubt->sentence),
                                 .says = copy(finding, doubt->words)};
    struct record_stand first = said != NULL ? said->stand : stand;
    /* "They claim 90 percent, a figure disputed by others": one sentence says both. */
    if (doubt->within) {
        first = stand;
        first.says = copy(finding, doubt->before);
        for (uint32_t i = 0; i < finding->said.count; i++)
            if (is(finding->said.items[i].stand.sentence, doubt->sentence))
                memcpy(first.claim, finding->said.items[i].stand.claim, sizeof first.claim);
        memcpy(stand.claim, first.claim, sizeof stand.claim);
    } else {
        first.says = said->counts.count > 0
                         ? say_range(finding, said->counts.items[0].low, said->counts.items[0].high,
                                     said->counts.items[0].what, NULL)
                         : said->status;
    }
    struct record_dispute *dispute = open_dispute(
        finding, doubt->counted ? "figures" : "questioned",
        said != NULL && said->counts.count > 0 ? said->counts.items[0].what : NULL, said);
    take_stand(dispute, &first, first.says);
    take_stand(dispute, &stand, stand.says);
}

static annals_status keep_doubt(void *context, const struct doubt *doubt)
{
    struct finding *finding = context;
    bool passes = false;
    for (uint32_t i = 0; i < finding->said.count && !passes; i++)
        passes = strcmp(finding->said.items[i].text, doubt->report) == 0;
    if (passes)
        add_doubt(finding, doubt);
    return finding->arena->failed ? ANNALS_NO_MEMORY : ANNALS_OK;
}

static annals_status find_doubts(struct finding *finding, annals_error *error)
{
    return doubts_find(finding->record, keep_doubt, finding, error);
}

static int by_kind(const void *left, const void *right)
{
    const struct record_dispute *a = left, *b = right;
    int order = strcmp(a->kind, b->kind);
    if (order == 0)
        order = strcmp(a->first != NULL ? a->first : "~", b->first != NULL ? b->first : "~");
    if (order == 0)
        order = strcmp(a->stands.items[0].claim, b->stands.items[0].claim);
    return order != 0 ? order : strcmp(a->stands.items[1].claim, b->stands.items[1].claim);
}

annals_status record_disputes(struct record *record, const annals_query *query,
                              record_dispute_visitor visit, void *context, annals_error *error)
{
    struct arena arena;
    struct finding finding = {.record = record, .arena = &arena};
    annals_query all = *query;
    arena_init(&arena);
    array_init(&finding.said, &arena);
    array_init(&finding.disputes, &arena);
    all.limit = 0;
    annals_status status = record_claims(record, &all, keep_claim, &finding, error);
    if (status == ANNALS_OK)
        status = record_events(record, &all, keep_figures, &finding, error);
    if (status == ANNALS_OK)
        find_pairs(&finding);
    if (status == ANNALS_OK)
        status = find_doubts(&finding, error);
    if (arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK && finding.disputes.count > 1)
        qsort(finding.disputes.items, finding.disputes.count, sizeof *finding.disputes.items,
              by_kind);
    for (uint32_t i = 0; status == ANNALS_OK && i < finding.disputes.count; i++)
        if (finding.disputes.items[i].stands.count > 1 && (query->limit == 0 || i < query->limit))
            status = visit(context, &finding.disputes.items[i]);
    arena_release(&arena);
    return status;
}
