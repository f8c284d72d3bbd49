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
#include "record/finding.h"

#include "bytes/calendar.h"

#include <stdlib.h>

bool text_is(const char *left, const char *right)
{
    return left != NULL && right != NULL && strcmp(left, right) == 0;
}

bool text_is_one_of(const char *text, const char *const *list)
{
    for (; text != NULL && *list != NULL; list++)
        if (strcmp(text, *list) == 0)
            return true;
    return false;
}

/* ------------------------------------------------------------------ what is compared */

const char *finding_copy(struct finding *finding, const char *text)
{
    return text != NULL ? arena_copy_string(finding->arena, text) : NULL;
}

static const char *name_of(const struct record_actor *actor)
{
    return actor->name != NULL ? actor->name : actor->words;
}

void finding_copy_stand(struct finding *finding, const struct record_claim *claim,
                        struct record_stand *stand)
{
    memcpy(stand->claim, claim->id, sizeof stand->claim);
    memcpy(stand->event, claim->event, sizeof stand->event);
    stand->report = finding_copy(finding, claim->name != NULL ? claim->name : claim->report);
    stand->source = finding_copy(finding, claim->source != NULL  ? claim->source
                                          : claim->title != NULL ? claim->title
                                                                 : claim->name);
    stand->published = finding_copy(finding, claim->published);
    stand->sentence = finding_copy(finding, claim->sentence);
    if (claim->according_to.count > 0)
        stand->speaker = finding_copy(finding, name_of(&claim->according_to.items[0]) != NULL
                                                   ? name_of(&claim->according_to.items[0])
                                                   : "somebody unnamed");
}

static annals_status keep_claim(void *context, const struct record_claim *claim)
{
    struct finding *finding = context;
    struct said *said = array_push(&finding->said);
    if (said == NULL)
        return ANNALS_NO_MEMORY;
    finding_copy_stand(finding, claim, &said->stand);
    said->text = finding_copy(finding, claim->original != NULL ? claim->original : claim->report);
    said->start = claim->where.start;
    said->status = finding_copy(finding, claim->status);
    said->plover = finding_copy(finding, claim->plover);
    said->mode = finding_copy(finding, claim->mode);
    said->cameo = finding_copy(finding, claim->cameo);
    said->place = finding_copy(finding, claim->place.name);
    said->control = finding_copy(finding, claim->control);
    said->control_place = finding_copy(finding, claim->control_place.name);
    said->holder = finding_copy(finding, claim->control_holder);
    said->first = claim->first != NULL ? calendar_read(claim->first) : DAY_UNKNOWN;
    said->last = claim->last != NULL ? calendar_read(claim->last) : DAY_UNKNOWN;
    said->daily =
        text_is(claim->precision, "day") && said->first == said->last && said->first != DAY_UNKNOWN;
    if (claim->agents.count > 0) {
        const struct record_actor *agent = &claim->agents.items[0];
        said->agent = finding_copy(finding, agent->name);
        said->agent_body = text_is(agent->kind, "organisation") || text_is(agent->kind, "state");
        said->agent_person = text_is(agent->kind, "person");
    }
    if (claim->patients.count > 0) {
        const struct record_actor *patient = &claim->patients.items[0];
        said->patient = finding_copy(finding, patient->name);
        said->patient_body = text_is(patient->kind, "organisation");
        said->named_patient = text_is(patient->kind, "person") && patient->name != NULL &&
                              strchr(patient->name, ' ') != NULL;
    }
    array_init(&said->counts, finding->arena);
    for (uint32_t i = 0; i < claim->counts.count; i++) {
        struct record_count *count = array_push(&said->counts);
        if (count != NULL)
            *count = (struct record_count){finding_copy(finding, claim->counts.items[i].what),
                                           finding_copy(finding, claim->counts.items[i].who),
                                           claim->counts.items[i].low, claim->counts.items[i].high,
                                           claim->counts.items[i].where};
    }
    return finding->arena->failed ? ANNALS_NO_MEMORY : ANNALS_OK;
}

bool said_is_factual(const struct said *said)
{
    static const char *const statuses[] = {"asserted", "claimed", "alleged", NULL};
    return text_is_one_of(said->status, statuses);
}

static bool is_refusal(const struct said *said)
{
    static const char *const statuses[] = {"denied", "disputed", NULL};
    return text_is_one_of(said->status, statuses);
}

/* Do two claims come from one mouth? */
static bool is_same_voice(const struct said *left, const struct said *right)
{
    const char *one = left->stand.speaker, *other = right->stand.speaker;
    return strcmp(left->text, right->text) == 0 &&
           (one == NULL || other == NULL ? one == other : strcmp(one, other) == 0);
}

bool said_are_near(const struct said *left, const struct said *right)
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
bool said_may_share_place(const struct said *left, const struct said *right)
{
    return left->place == NULL || right->place == NULL || strcmp(left->place, right->place) == 0;
}

static bool share_actor(const struct said *left, const struct said *right)
{
    return text_is(left->agent, right->agent) || text_is(left->patient, right->patient) ||
           text_is(left->agent, right->patient) || text_is(left->patient, right->agent) ||
           text_is(left->holder, right->agent) || text_is(left->agent, right->holder) ||
           text_is(left->holder, right->holder);
}

/* ------------------------------------------------------------------ a dispute */

struct record_dispute *dispute_open(struct finding *finding, const char *kind, const char *about,
                                    const struct said *said)
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
            dispute->first = finding_copy(finding, day);
        }
        dispute->place = said->place != NULL ? said->place : said->control_place;
    }
    return dispute;
}

void dispute_take(struct record_dispute *dispute, const struct record_stand *stand,
                  const char *says)
{
    struct record_stand *item = dispute != NULL ? array_push(&dispute->stands) : NULL;
    if (item != NULL) {
        *item = *stand;
        item->says = says;
    }
}

void dispute_add(struct finding *finding, const char *kind, const char *about,
                 const struct said *left, const char *one, const struct said *right,
                 const char *other)
{
    /* The same two sentences contradict each other once in one way. */
    for (uint32_t i = 0; i < finding->disputes.count; i++) {
        const struct record_dispute *known = &finding->disputes.items[i];
        bool both = false, either = false;
        for (uint32_t j = 0; j < known->stands.count; j++) {
            both = both || text_is(known->stands.items[j].sentence, left->stand.sentence);
            either = either || text_is(known->stands.items[j].sentence, right->stand.sentence);
        }
        if (both && either && strcmp(known->kind, kind) == 0)
            return;
    }
    struct record_dispute *dispute = dispute_open(finding, kind, about, left);
    dispute_take(dispute, &left->stand, one);
    dispute_take(dispute, &right->stand, other);
}

/* ------------------------------------------------------------------ pairs */

static bool is_deed(const struct said *said)
{
    return text_is(said->plover, "ASSAULT") && said->control == NULL && said_is_factual(said);
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
        !text_is(left->mode, right->mode) || is_same_voice(left, right) ||
        strstr(left->agent, right->agent) != NULL || strstr(right->agent, left->agent) != NULL ||
        days_apart(left, right) || !said_may_share_place(left, right) ||
        /* Two sides that shoot at each other are no contradiction. */
        text_is(left->agent, right->patient) || text_is(right->agent, left->patient) ||
        (left->patient != NULL && right->patient != NULL &&
         !text_is(left->patient, right->patient)))
        return;
    dispute_add(finding, "who", left->mode != NULL ? left->mode : "attack", left, left->agent,
                right, right->agent);
}

static void compare_denied(struct finding *finding, const struct said *left,
                           const struct said *right)
{
    const struct said *refusal = is_refusal(left) ? left : right;
    const struct said *other = refusal == left ? right : left;
    if (!is_refusal(refusal) || !said_is_factual(other) || is_same_voice(left, right))
        return;
    bool same = text_is(left->plover, right->plover) &&
                (share_actor(left, right) || text_is(left->control_place, right->control_place) ||
                 (text_is(refusal->status, "denied") && text_is(left->mode, right->mode)));
    /* "Questioned" is said of many things; far from what it questions it is of another. */
    bool together = said_are_near(left, right) ||
                    (text_is(refusal->status, "denied") && is_same_event(left, right));
    if (!same || !together || days_apart(left, right))
        return;
    dispute_add(finding, "denied", other->plover, other, other->status, refusal, refusal->status);
}

/* "The alliance denied this": of a deed that others lay to the alliance. */
static void compare_refusal(struct finding *finding, const struct said *left,
                            const struct said *right)
{
    const struct said *refusal =
        text_is(left->status, "denied") || text_is(left->plover, "REJECT") ? left : right;
    const struct said *deed = refusal == left ? right : left;
    const char *who = refusal->agent != NULL ? refusal->agent : refusal->stand.speaker;
    if ((!text_is(refusal->status, "denied") && !text_is(refusal->plover, "REJECT")) ||
        !is_deed(deed) || who == NULL || deed->agent == NULL || !said_are_near(left, right) ||
        deed->start > refusal->start || strstr(deed->agent, who) == NULL ||
        is_same_voice(left, right) || days_apart(left, right))
        return;
    dispute_add(finding, "denied", who, deed, deed->agent, refusal, "denied");
}

/* "They had not surrendered": against one who says that they had. */
static void compare_negated(struct finding *finding, const struct said *left,
                            const struct said *right)
{
    const struct said *negated = text_is(left->status, "negated") ? left : right;
    const struct said *other = negated == left ? right : left;
    if (!text_is(negated->status, "negated") || !said_is_factual(other) ||
        is_same_voice(left, right) || !text_is(left->plover, right->plover) ||
        !text_is(left->mode, right->mode) || !share_actor(left, right) || days_apart(left, right) ||
        !said_may_share_place(left, right) ||
        /* What was not yet so when one report was printed may be so in the next. */
        !said_are_near(left, right))
        return;
    dispute_add(finding, "denied", other->plover, other, other->status, negated, "it was not so");
}

static const char *say_day(struct finding *finding, const struct said *said)
{
    char day[16];
    calendar_write(said->first, day);
    return finding_copy(finding, day);
}

enum { FEW_DAYS = 3 };

static void compare_days(struct finding *finding, const struct said *left, const struct said *right)
{
    if (!left->daily || !right->daily || left->first == right->first || !said_is_factual(left) ||
        !said_is_factual(right) || strcmp(left->text, right->text) == 0 ||
        abs(left->first - right->first) > FEW_DAYS)
        return;
    bool change = left->control != NULL && text_is(left->control, right->control) &&
                  text_is(left->control_place, right->control_place) &&
                  text_is(left->control, "takes");
    bool death = is_same_event(left, right) && left->named_patient &&
                 text_is(left->patient, right->patient) && text_is(left->mode, "kill") &&
                 text_is(right->mode, "kill");
    if (change || death)
        dispute_add(finding, "days", change ? left->control_place : left->patient, left,
                    say_day(finding, left), right, say_day(finding, right));
}

static bool is_hold(const struct said *said)
{
    return text_is(said->control, "takes") || text_is(said->control, "holds");
}

static void compare_control(struct finding *finding, const struct said *left,
                            const struct said *right)
{
    if (left->control == NULL || right->control == NULL || left->holder == NULL ||
        right->holder == NULL || !text_is(left->control_place, right->control_place) ||
        !said_is_factual(left) || !said_is_factual(right) || is_same_voice(left, right) ||
        !is_hold(left) || !is_hold(right) || strstr(left->holder, right->holder) != NULL ||
        strstr(right->holder, left->holder) != NULL || left->first == DAY_UNKNOWN ||
        right->first == DAY_UNKNOWN || left->first > right->last || right->first > left->last ||
        left->last - left->first > FEW_DAYS || right->last - right->first > FEW_DAYS)
        return;
    dispute_add(finding, "control", left->control_place, left,
                arena_print(finding->arena, "%s %s", left->holder, left->control), right,
                arena_print(finding->arena, "%s %s", right->holder, right->control));
}

/* "They had taken the barracks, the rebels said"; others still tell of fighting there that day. */
static void compare_capture(struct finding *finding, const struct said *left,
                            const struct said *right)
{
    const struct said *capture = text_is(left->cameo, "192") ? left : right;
    const struct said *fighting = capture == left ? right : left;
    if (!text_is(capture->cameo, "192") || !text_is(fighting->cameo, "190") ||
        fighting->mode != NULL || !text_is(capture->status, "claimed") ||
        !said_is_factual(fighting) || fighting->counts.count > 0 || fighting->control != NULL ||
        is_same_voice(left, right) || !said_are_near(left, right) ||
        capture->first == DAY_UNKNOWN || capture->first != fighting->first ||
        fighting->agent != NULL || !said_may_share_place(left, right))
        return;
    dispute_add(finding, "control", capture->stand.speaker, capture, "taken", fighting, "fighting");
}

/* ------------------------------------------------------------------ intentions */

static bool yields(const struct said *said)
{
    static const char *const modes[] = {"surrender", "disarm", "withdraw", "retreat", NULL};
    return text_is(said->plover, "AGREE") || text_is(said->plover, "CONCEDE") ||
           (text_is(said->plover, "RETREAT") && text_is_one_of(said->mode, modes));
}

static bool will_fight(const struct said *said)
{
    static const char *const statuses[] = {"planned", "threatened", "conditional", NULL};
    return text_is(said->plover, "THREATEN") ||
           (text_is(said->plover, "ASSAULT") && text_is_one_of(said->status, statuses));
}

static void compare_intentions(struct finding *finding, const struct said *left,
                               const struct said *right)
{
    const struct said *yielding = yields(left) ? left : right;
    const struct said *fighting = yielding == left ? right : left;
    if (!yields(yielding) || !will_fight(fighting) || text_is(yielding->status, "negated") ||
        text_is(fighting->status, "negated") || yielding->agent == NULL ||
        !text_is(yielding->agent, fighting->agent) || is_same_voice(left, right) ||
        days_apart(left, right) || !said_may_share_place(left, right) ||
        !(said_are_near(left, right) || is_same_event(left, right)))
        return;
    dispute_add(finding, "intentions", yielding->agent, yielding, "will yield", fighting,
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
        for (uint32_t j = i + 1; j < count && j < i + GROUP &&
                                 text_is(order[i]->control_place, order[j]->control_place);
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
        finding_parts(finding, &said[i]);
        if (said[i].counts.count > 0)
            finding_sum(finding, i);
        for (uint32_t j = i + 1; j < count && said_are_near(&said[i], &said[j]); j++)
            compare(finding, &said[i], &said[j]);
    }
    compare_groups(finding, order);
}

static int by_kind(const void *left, const void *right)
{
    const struct record_dispute *a = left, *b = right;
    int order = strcmp(a->kind, b->kind);
    if (order == 0)
        order = strcmp(a->first != NULL ? a->first : "~", b->first != NULL ? b->first : "~");
    if (order == 0)
        order = strcmp(a->stands.items[0].claim, b->stands.items[0].claim);
    if (order == 0)
        order = strcmp(a->stands.items[1].claim, b->stands.items[1].claim);
    for (uint32_t i = 0; order == 0 && i < 2; i++)
        order = strcmp(a->stands.items[i].sentence, b->stands.items[i].sentence);
    return order;
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
        status = record_events(record, &all, finding_keep_figures, &finding, error);
    if (status == ANNALS_OK)
        find_pairs(&finding);
    if (status == ANNALS_OK)
        status = finding_doubts(&finding, error);
    if (status == ANNALS_OK)
        status = finding_contrasts(&finding, error);
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
