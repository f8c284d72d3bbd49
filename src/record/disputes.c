/* Finds where reports or speakers contradict one another: statements that cannot all be true.
 *
 * figures     two witnesses count the same and their figures exclude each other
 * sum         the parts that a report tells exceed the whole that it tells
 * who         one deed is laid to different hands
 * victims     the dead are fighters to some and civilians to others
 * denied      somebody denies, or disputes, what another says
 * days, place one deed or one change of hands is dated or placed differently
 * control     a place is said to be held by different sides on one day, or to be taken by one while
 *             others tell of fighting there
 * fate        the same men were captured or gave up, left or were driven out, are dead or alive
 * terms       an agreement lasts, or begins, differently
 * intentions  of one side it is said that it will yield and that it will fight
 * power       somebody rules or does not, fled or resigned
 * questioned  the report itself says that a statement is disputed or cannot be checked
 *
 * Compared are claims of one event and claims that stand near each other in one report
 * (contradictions.c, dispute_figures.c), and sentences by the signs of the dictionaries (doubts.c,
 * contrasts.c, terms.c). One who only repeats, a copy of another report, and what the same speaker
 * says twice contradict nobody. Left out: contradictions that need knowledge of the world. */
#include "record/finding.h"

#include "bytes/calendar.h"

#include <ctype.h>
#include <math.h>
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

const char *finding_copy(struct finding *finding, const char *text)
{
    return text != NULL ? arena_copy_string(finding->arena, text) : NULL;
}

/* ------------------------------------------------------------------ what is compared */

static void keep_stand(struct finding *finding, const struct record_claim *claim,
                       struct record_stand *stand)
{
    memcpy(stand->claim, claim->id, sizeof stand->claim);
    memcpy(stand->event, claim->event, sizeof stand->event);
    stand->report = finding_copy(finding, claim->name != NULL ? claim->name : claim->report);
    const char *called = claim->title != NULL ? claim->title : claim->name;
    stand->source = finding_copy(finding, claim->source != NULL ? claim->source : called);
    stand->published = finding_copy(finding, claim->published);
    stand->sentence = finding_copy(finding, claim->sentence);
    if (claim->according_to.count > 0) {
        const struct record_actor *speaker = &claim->according_to.items[0];
        const char *words = speaker->words != NULL ? speaker->words : "somebody unnamed";
        stand->speaker = finding_copy(finding, speaker->name != NULL ? speaker->name : words);
    }
}

/* The noun of "the wounded soldiers of the garrison": the last word before a preposition or a
 * comma, without its plural's s. */
static const char *head_of(struct finding *finding, const char *words)
{
    static const char ends[] = "of|in|at|from|who|near|with|on|and|for|to|by|that|which|,";
    char word[SIGN_LETTERS], head[SIGN_LETTERS] = "";
    const char *start;
    while (words != NULL && sign_read_word(&words, word, &start) && !sign_is_among(word, ends))
        memcpy(head, word, sizeof head);
    size_t length = strlen(head);
    if (length > 3 && head[length - 1] == 's' && head[length - 2] != 's')
        head[length - 1] = '\0';
    return finding_copy(finding, head);
}

/* "Government troops", "M23 rebels"; but "gunmen" may be anybody's. */
static bool is_identified(const struct record_actor *actor)
{
    const char *name = actor->name;
    if (text_is(actor->type, "state force") || text_is(actor->type, "police"))
        return true;
    if (name == NULL || strchr(name, ' ') == NULL)
        return false;
    while (*name != '\0' && !isupper((unsigned char)*name))
        name++;
    return *name != '\0';
}

static bool is_armed(const char *type)
{
    static const char *const types[] = {"state force", "rebel",          "militia",
                                        "police",      "external force", NULL};
    return text_is_one_of(type, types);
}

static struct party party_of(struct finding *finding, const struct record_actor *actor)
{
    return (struct party){
        .name = finding_copy(finding, actor->name),
        .type = finding_copy(finding, actor->type),
        .head = head_of(finding, actor->words != NULL ? actor->words : actor->name),
        .body = text_is(actor->kind, "organisation") || text_is(actor->kind, "state"),
        .armed = is_armed(actor->type) && is_identified(actor),
        .person = text_is(actor->kind, "person"),
    };
}

enum { ONE_NOUN = 16, WORDS_BEFORE = 2, VAGUE = 1000, ATTEMPTED = 4, NEGATED = 4, REFUSED = 7 };

/* Other words than numbers: "several", "many". */
static bool is_vague(const struct finding *finding, const char *sentence, uint32_t start,
                     uint32_t stop)
{
    const char *at = sentence + start;
    struct sign_found found;
    return signs_next(finding->signs, SIGN_VAGUE, SIGN_VAGUE + 1, sentence + start, &at, &found) &&
           found.start < stop - start;
}

/* "Nine of the twelve", "two more people": the words around the number. Who is wounded beside the
 * dead is no part of the wounded: "one killed and five others hurt". */
static bool is_partial(const struct finding *finding, const char *sentence, uint32_t start,
                       uint32_t stop, bool wounded)
{
    const char *from = sentence + stop, *at = sentence + start;
    struct sign_found found;
    size_t reach = stop - start + strspn(from, " ");
    /* "Two men, 25 and 30": told one by one. */
    const char *comma = strchr(from, ',');
    if (comma != NULL && comma - from <= ONE_NOUN && comma[1] == ' ' &&
        isdigit((unsigned char)comma[2]))
        return true;
    wounded = wounded && signs_have(finding->signs, SIGN_DEAD, sentence, strlen(sentence));
    if (signs_stand_before(finding->signs, SIGN_PARTIAL, sentence, start, WORDS_BEFORE))
        return true;
    return signs_next(finding->signs, SIGN_PARTIAL, SIGN_PARTIAL + 1, sentence + start, &at,
                      &found) &&
           found.start <= reach && !(wounded && sign_is_among(found.last, "other|others"));
}

/* "Five men and a woman": a number for each of a list. */
static bool is_one_of_list(const struct record_claim *claim, uint32_t at)
{
    const struct record_count *count = &claim->counts.items[at];
    for (uint32_t i = 0; i < claim->counts.count; i++)
        if (i != at && text_is(claim->counts.items[i].what, count->what) &&
            claim->counts.items[i].where.start != count->where.start)
            return true;
    return false;
}

static void keep_counts(struct finding *finding, const struct record_claim *claim,
                        struct said *said)
{
    for (uint32_t i = 0; i < claim->counts.count; i++) {
        const struct record_count *count = &claim->counts.items[i];
        struct said_count *kept = array_push(&said->counts);
        if (kept == NULL)
            return;
        const char *head = said->patients.count > 0 ? said->patients.items[0].head : "";
        *kept = (struct said_count){.what = finding_copy(finding, count->what),
                                    .who = finding_copy(finding, count->who),
                                    .head = head,
                                    .low = count->low,
                                    .high = count->high};
        if (said->stand.sentence == NULL || count->where.start < said->sentence ||
            count->where.end > said->sentence + strlen(said->stand.sentence) ||
            count->where.end <= count->where.start) {
            kept->partial = true; /* nobody wrote that number */
            continue;
        }
        uint32_t start = count->where.start - said->sentence;
        uint32_t stop = count->where.end - said->sentence;
        kept->written = true;
        kept->vague = is_vague(finding, said->stand.sentence, start, stop) && kept->low < VAGUE;
        kept->partial =
            is_partial(finding, said->stand.sentence, start, stop, text_is(count->what, "wounded"));
        kept->listed = !kept->partial && is_one_of_list(claim, i);
        kept->partial = kept->partial || kept->listed;
    }
}

/* "Seven civilians and five soldiers" says how many in all. */
static void keep_total(struct said *said)
{
    struct said_count total = {.head = "", .written = true};
    double largest = 0;
    for (uint32_t i = 0; i < said->counts.count; i++) {
        const struct said_count *count = &said->counts.items[i];
        if (!text_is(count->what, "killed") && !text_is(count->what, "wounded"))
            continue;
        if (total.what != NULL && !text_is(total.what, count->what))
            continue;
        if (!count->listed || count->vague || count->who == NULL || text_is(count->who, "unknown"))
            return;
        total.what = count->what;
        largest = count->low > largest ? count->low : largest;
        total.low += count->low;
        total.high += count->high;
    }
    /* A man and a woman are told one by one; others may be told elsewhere. */
    struct said_count *kept = total.what != NULL && largest > 1 ? array_push(&said->counts) : NULL;
    if (kept != NULL)
        *kept = total;
}

/* "No civilians were killed" counts too. */
static void keep_none(struct finding *finding, const struct record_claim *claim, struct said *said)
{
    char word[SIGN_LETTERS];
    const char *from = said->stand.sentence, *start;
    bool none = false;
    if (!text_is(said->status, "negated") || !text_is(said->mode, "kill") || from == NULL ||
        claim->patients.count == 0 || said->counts.count > 0 || !said->refused)
        return;
    while (!none && sign_read_word(&from, word, &start) &&
           start < said->stand.sentence + said->trigger)
        none = sign_is_among(word, "no|none|nobody");
    struct said_count *kept = none ? array_push(&said->counts) : NULL;
    if (kept != NULL)
        *kept = (struct said_count){.what = "killed",
                                    .who = finding_copy(finding, claim->patients.items[0].who),
                                    .head = said->patients.items[0].head};
}

static bool may_have(const struct said *said, enum sign_type type)
{
    return (said->types & sign_bit(type)) != 0;
}

/* Does a sign stand before the trigger? */
static bool stands_before(const struct finding *finding, const struct said *said,
                          enum sign_type type, int reach)
{
    return may_have(said, type) &&
           signs_stand_before(finding->signs, type, said->stand.sentence, said->trigger, reach);
}

static void keep_signs(const struct finding *finding, struct said *said)
{
    const char *sentence = said->stand.sentence;
    size_t length = sentence != NULL ? strlen(sentence) : 0;
    if (length == 0)
        return;
    said->types = signs_types(finding->signs, sentence);
    said->longer =
        may_have(said, SIGN_LONGER) && signs_have(finding->signs, SIGN_LONGER, sentence, length);
    said->corrects = may_have(said, SIGN_CORRECTION) &&
                     signs_have(finding->signs, SIGN_CORRECTION, sentence, length);
    said->attempt = stands_before(finding, said, SIGN_ATTEMPT, ATTEMPTED);
    said->never = stands_before(finding, said, SIGN_NEVER, REFUSED);
    said->refused = !stands_before(finding, said, SIGN_AFFIRMATION, REFUSED) &&
                    (stands_before(finding, said, SIGN_DENIAL, REFUSED) ||
                     stands_before(finding, said, SIGN_NEGATION, NEGATED) ||
                     /* Without signs nothing is known of it. */
                     finding->signs->items.count == 0);
}

static struct record_place keep_place(struct finding *finding, const struct record_place *place)
{
    struct record_place kept = *place;
    kept.name = finding_copy(finding, place->name);
    kept.feature = finding_copy(finding, place->feature);
    kept.country = finding_copy(finding, place->country);
    kept.admin1 = finding_copy(finding, place->admin1);
    kept.admin2 = kept.relation = NULL;
    return kept;
}

/* The first patient with a name and a surname. */
static const char *person_of(const struct said *said)
{
    for (uint32_t i = 0; i < said->patients.count; i++) {
        const struct party *party = &said->patients.items[i];
        if (party->person && party->name != NULL && isupper((unsigned char)party->name[0]) &&
            strchr(party->name, ' ') != NULL)
            return party->name;
    }
    return NULL;
}

static annals_status keep_claim(void *context, const struct record_claim *claim)
{
    struct finding *finding = context;
    struct said *said = array_push(&finding->said);
    if (said == NULL)
        return ANNALS_NO_MEMORY;
    keep_stand(finding, claim, &said->stand);
    said->text = finding_copy(finding, claim->original != NULL ? claim->original : claim->report);
    said->start = claim->where.start;
    said->trigger = claim->trigger.start;
    said->sentence = said->start >= said->trigger ? said->start - said->trigger : 0;
    said->status = finding_copy(finding, claim->status);
    said->plover = finding_copy(finding, claim->plover);
    said->mode = finding_copy(finding, claim->mode);
    said->cameo = finding_copy(finding, claim->cameo);
    said->place = keep_place(finding, &claim->place);
    said->control = finding_copy(finding, claim->control);
    said->control_place = finding_copy(finding, claim->control_place.name);
    said->holder = finding_copy(finding, claim->control_holder);
    said->first = claim->first != NULL ? calendar_read(claim->first) : DAY_UNKNOWN;
    said->last = claim->last != NULL ? calendar_read(claim->last) : DAY_UNKNOWN;
    said->published = claim->published != NULL ? calendar_read(claim->published) : DAY_UNKNOWN;
    said->daily =
        text_is(claim->precision, "day") && said->first == said->last && said->first != DAY_UNKNOWN;
    array_init(&said->agents, finding->arena);
    array_init(&said->patients, finding->arena);
    array_init(&said->counts, finding->arena);
    for (uint32_t i = 0; i < claim->agents.count; i++) {
        struct party *party = array_push(&said->agents);
        if (party != NULL)
            *party = party_of(finding, &claim->agents.items[i]);
    }
    for (uint32_t i = 0; i < claim->patients.count; i++) {
        struct party *party = array_push(&said->patients);
        if (party != NULL)
            *party = party_of(finding, &claim->patients.items[i]);
    }
    keep_signs(finding, said);
    keep_counts(finding, claim, said);
    if (!finding->arena->failed)
        keep_none(finding, claim, said);
    if (!finding->arena->failed)
        keep_total(said);
    if (!finding->arena->failed) {
        said->person = person_of(said);
        said_note(said);
    }
    return finding->arena->failed ? ANNALS_NO_MEMORY : ANNALS_OK;
}

/* ------------------------------------------------------------------ which pairs */

const struct said *finding_report(const struct finding *finding, const char *report,
                                  uint32_t *count)
{
    uint32_t low = 0, high = finding->said.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(finding->said.items[middle].text, report) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    while (low + *count < finding->said.count &&
           strcmp(finding->said.items[low + *count].text, report) == 0)
        ++*count;
    return finding->said.items + low;
}

static int by_place_in_text(const void *left, const void *right)
{
    const struct said *a = left, *b = right;
    int order = strcmp(a->text, b->text);
    return order != 0             ? order
           : a->start != b->start ? (a->start > b->start) - (a->start < b->start)
                                  : strcmp(a->stand.claim, b->stand.claim);
}

static const char *or_nothing(const char *text)
{
    return text != NULL ? text : "";
}

/* A claim in a group: of an event by its key, of a place or a person by the name. */
struct member {
    int64_t key;
    const char *name;
    uint32_t said; /* they stand in the order of the reports and texts */
};

static int by_group(const void *left, const void *right)
{
    const struct member *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    int order = a->name != NULL && b->name != NULL ? strcmp(a->name, b->name) : 0;
    return order != 0 ? order : (a->said > b->said) - (a->said < b->said);
}

static bool is_same_group(const struct member *left, const struct member *right)
{
    return left->key == right->key && (left->name == NULL || strcmp(left->name, right->name) == 0);
}

/* So many claims of one group are compared with each other: a bound on the work, not a rule. */
enum { GROUP = 400 };

typedef void (*pair_visitor)(struct finding *finding, const struct said *left,
                             const struct said *right);

static void compare_members(struct finding *finding, struct member *members, uint32_t count,
                            pair_visitor compare)
{
    if (count > 1)
        qsort(members, count, sizeof *members, by_group);
    for (uint32_t i = 0; i < count && finding_goes_on(finding); i++)
        for (uint32_t j = i + 1;
             j < count && j < i + GROUP && is_same_group(&members[i], &members[j]); j++)
            compare(finding, &finding->said.items[members[i].said],
                    &finding->said.items[members[j].said]);
}

static void compare_groups(struct finding *finding, struct member *members)
{
    const struct said *said = finding->said.items;
    uint32_t events = 0, places = 0, persons = 0;
    for (uint32_t i = 0; i < finding->said.count; i++)
        if (said[i].happening != 0)
            members[events++] = (struct member){said[i].happening, NULL, i};
    compare_members(finding, members, events, contradictions_find);
    for (uint32_t i = 0; i < finding->said.count; i++)
        if (said[i].control_place != NULL)
            members[places++] = (struct member){0, said[i].control_place, i};
    compare_members(finding, members, places, contradictions_find_control);
    for (uint32_t i = 0; i < finding->said.count; i++)
        if (said[i].person != NULL)
            members[persons++] = (struct member){0, said[i].person, i};
    compare_members(finding, members, persons, contradictions_find_person);
}

static void find_pairs(struct finding *finding)
{
    uint32_t count = finding->said.count;
    struct said *said = finding->said.items;
    struct member *members = arena_new_array(finding->arena, struct member, count + 1);
    if (members == NULL || count == 0)
        return;
    qsort(said, count, sizeof *said, by_place_in_text);
    for (uint32_t i = 0; i < count && finding_goes_on(finding); i++) {
        if (said[i].counts.count > 0)
            figures_add_up(finding, i);
        for (uint32_t j = i + 1; j < count && said_are_near(&said[i], &said[j]); j++)
            contradictions_find(finding, &said[i], &said[j]);
    }
    figures_find_none(finding);
    if (finding_goes_on(finding))
        compare_groups(finding, members);
}

/* ------------------------------------------------------------------ the whole */

static int by_kind(const void *left, const void *right)
{
    const struct record_dispute *a = left, *b = right;
    int order = strcmp(a->kind, b->kind);
    if (order == 0)
        order = strcmp(a->first != NULL ? a->first : "~", b->first != NULL ? b->first : "~");
    for (uint32_t i = 0; order == 0 && i < 2; i++)
        order = strcmp(a->stands.items[i].claim, b->stands.items[i].claim);
    for (uint32_t i = 0; order == 0 && i < 2; i++)
        order = strcmp(or_nothing(a->stands.items[i].sentence),
                       or_nothing(b->stands.items[i].sentence));
    return order;
}

static bool is_filtered(const annals_query *query)
{
    return query->from != NULL || query->to != NULL || query->place != NULL ||
           query->actor != NULL || query->type != NULL || query->status != NULL ||
           query->source != NULL || query->text != NULL || query->speaker != NULL ||
           query->report != NULL || query->as_of != NULL || query->confidence > 0;
}

annals_status record_disputes(struct record *record, const annals_query *query,
                              const struct signs *signs, record_dispute_visitor visit,
                              void *context, annals_error *error)
{
    struct arena arena;
    struct finding finding = {
        .record = record, .signs = signs, .filtered = is_filtered(query), .arena = &arena};
    annals_query all = *query;
    arena_init(&arena);
    array_init(&finding.said, &arena);
    array_init(&finding.disputes, &arena);
    array_init(&finding.holdings, &arena);
    all.limit = all.offset = 0;
    annals_status status = record_claims(record, &all, keep_claim, &finding, error);
    if (status == ANNALS_OK)
        find_pairs(&finding);
    if (status == ANNALS_OK)
        status = finding_walk(&finding, error);
    if (status == ANNALS_OK && finding.late)
        status = record_check_time(record, "cannot read", error);
    if (arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (status == ANNALS_OK && finding.disputes.count > 1)
        qsort(finding.disputes.items, finding.disputes.count, sizeof *finding.disputes.items,
              by_kind);
    uint64_t shown = 0, before = 0;
    for (uint32_t i = 0; status == ANNALS_OK && i < finding.disputes.count; i++) {
        if (finding.disputes.items[i].stands.count < 2 || before++ < query->offset)
            continue;
        if (query->limit > 0 && shown++ >= query->limit)
            break;
        status = visit(context, &finding.disputes.items[i]);
    }
    arena_release(&arena);
    return status;
}
