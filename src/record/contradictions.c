/* Which pairs of claims contradict each other, and in what.
 *
 * Two claims are of one deed where they are of one event, or near each other in one report, of
 * places and days that may be the same, and of like acts. What is unknown of either excludes
 * nothing, so each rule asks for something that both name: the deed's victims, its day, its place.
 * Left out: deeds that only the wording shows to be one. */
#include "record/finding.h"

#include "bytes/calendar.h"

#include <stdlib.h>
#include <strings.h>

/* ------------------------------------------------------------------ who did it */

static bool is_deed(const struct said *said)
{
    return text_is(said->plover, "ASSAULT") && said->control == NULL && said_is_factual(said);
}

/* "The militia fired first", says each of the other. */
static bool is_first(const struct finding *finding, const struct said *said)
{
    const char *sentence = said->stand.sentence;
    return sentence != NULL && (said->types & sign_bit(SIGN_FIRST)) != 0 &&
           signs_have(finding->signs, SIGN_FIRST, sentence, strlen(sentence));
}

/* To the day, or to the day and the next. */
static bool is_dated(const struct said *said)
{
    return said->first != DAY_UNKNOWN && said->last - said->first <= 1;
}

static bool lays_blame(const struct said *said)
{
    return said->stand.speaker != NULL || text_is(said->status, "alleged");
}

static bool is_one_deed(const struct finding *finding, const struct said *left,
                        const struct said *right)
{
    if (said_share_patient(left, right))
        return text_is(left->mode, right->mode);
    /* Who is not said to be struck may be the same, where two speakers lay the blame. */
    bool dated = said_are_near(left, right) ? is_dated(left) && is_dated(right)
                                            : left->daily && right->daily;
    return (left->patients.count == 0 || right->patients.count == 0) && dated && lays_blame(left) &&
           lays_blame(right) &&
           (left->patients.count + right->patients.count > 0 ||
            (text_is(left->status, "alleged") && text_is(right->status, "alleged")) ||
            (text_is(left->cameo, right->cameo) && is_first(finding, left) &&
             is_first(finding, right)));
}

static bool is_of_state(const struct party *party)
{
    static const char *const types[] = {"police", "government", "state force", NULL};
    return text_is_one_of(party->type, types);
}

/* "FARC fronts" and "Front 15 of the FARC". */
static bool share_name_word(const char *left, const char *right)
{
    static const char common[] = "the|and|army|armed|forces|force|troops|soldiers|front|movement|"
                                 "rebels|militia|united|national|people|liberation";
    char word[SIGN_LETTERS], other[SIGN_LETTERS];
    const char *start;
    while (sign_read_word(&left, word, &start)) {
        const char *at = right;
        while (strlen(word) > 2 && !sign_is_among(word, common) &&
               sign_read_word(&at, other, &start))
            if (strcmp(word, other) == 0)
                return true;
    }
    return false;
}

/* "The police" may be any police, "the army" that of the government. */
static bool may_be_one(const struct party *left, const struct party *right)
{
    bool armies = text_is(left->type, "state force") && text_is(right->type, "state force");
    if (is_of_state(left) && is_of_state(right))
        return !armies || !left->body || !right->body ||
               said_names_overlap(left->name, right->name);
    return said_names_overlap(left->name, right->name) ||
           share_name_word(left->name, right->name) ||
           (text_is(left->type, right->type) && (!left->body || !right->body));
}

static void compare_who(struct finding *finding, const struct said *left, const struct said *right)
{
    const struct party *one = said_force(left), *other = said_force(right);
    if (one == NULL || other == NULL || text_is(one->name, other->name))
        return;
    bool first = is_first(finding, left) && is_first(finding, right);
    if (!is_deed(left) || !is_deed(right) || !said_are_like_acts(left, right) ||
        said_is_same_voice(left, right) || said_is_same_sentence(left, right) ||
        said_share_agent(left, right) || may_be_one(one, other) ||
        (first ? said_days_apart(left, right) : !said_may_share_day(left, right)) ||
        !said_may_share_place(left, right) || said_are_enemies(left, right) ||
        !(said_is_same_event(left, right) || said_are_near(left, right)) ||
        !is_one_deed(finding, left, right))
        return;
    dispute_add(finding, "who", left->mode != NULL ? left->mode : "attack", left, one->name, right,
                other->name);
}

/* ------------------------------------------------------------------ denied */

static bool is_refusal(const struct said *said)
{
    return text_is(said->status, "denied") || text_is(said->status, "disputed");
}

/* Do the two speak of the same, by those who take part in it? */
static bool is_same_matter(const struct said *refusal, const struct said *deed)
{
    const struct party *one = said_force(refusal), *other = said_force(deed);
    if (!said_may_share_place(refusal, deed) || said_days_apart(refusal, deed) ||
        (refusal->daily && deed->daily && refusal->first != deed->first))
        return false;
    /* Who denies that he did it does not deny that others did something else. */
    if (one != NULL && other != NULL && !said_names_overlap(one->name, other->name) &&
        !said_share_agent(refusal, deed))
        return false;
    if (said_share_patient(refusal, deed))
        return true;
    if (refusal->control_place != NULL && text_is(refusal->control_place, deed->control_place))
        return true;
    /* "Denied that it had fired at the town": of the deed there on that day. */
    return (refusal->patients.count == 0 || deed->patients.count == 0 ||
            said_share_place(refusal, deed)) &&
           (said_share_agent(refusal, deed) ||
            (refusal->daily && deed->daily && said_share_place(refusal, deed)));
}

/* Who denies that he had a hand in it does not deny the deed: somebody must have named him. */
static bool is_accused(const struct finding *finding, const struct said *refusal,
                       const struct said *deed)
{
    const char *sentence = refusal->stand.sentence;
    if (sentence == NULL || deed->stand.sentence == NULL ||
        (refusal->types & sign_bit(SIGN_INVOLVEMENT)) == 0 ||
        !signs_have(finding->signs, SIGN_INVOLVEMENT, sentence, strlen(sentence)))
        return true;
    const char *who = refusal->stand.speaker;
    for (uint32_t i = 0; i <= refusal->agents.count; i++) {
        const char *last = who != NULL ? strrchr(who, ' ') : NULL;
        if (who != NULL && strstr(deed->stand.sentence, last != NULL ? last + 1 : who) != NULL)
            return true;
        who = i < refusal->agents.count ? refusal->agents.items[i].name : NULL;
    }
    return false;
}

static bool is_of_more(const struct said *said)
{
    for (uint32_t i = 0; i < said->counts.count; i++)
        if (said->counts.items[i].partial && said->counts.items[i].what != NULL)
            return true;
    return false;
}

static void compare_denied(struct finding *finding, const struct said *left,
                           const struct said *right)
{
    const struct said *refusal = is_refusal(left) ? left : right;
    const struct said *deed = refusal == left ? right : left;
    bool near = said_are_near(left, right);
    if (!is_refusal(refusal) || !refusal->refused || !said_is_factual(deed) ||
        said_is_same_voice(left, right) || said_is_same_sentence(left, right) ||
        !said_are_like_acts(left, right) || !(near || said_is_same_event(left, right)) ||
        (!near && !text_is(left->mode, right->mode)) || is_of_more(refusal) ||
        !is_same_matter(refusal, deed) || !is_accused(finding, refusal, deed))
        return;
    dispute_add(finding, "denied", deed->plover, deed, deed->status, refusal, refusal->status);
}

/* Is its trigger "denied" itself, not "condemned" or "rejects"? */
static bool is_plain_denial(const struct finding *finding, const struct said *said)
{
    char word[SIGN_LETTERS];
    const char *start, *at = said->stand.sentence;
    if (at == NULL || said->trigger >= strlen(at))
        return false;
    at += said->trigger;
    return sign_read_word(&at, word, &start) &&
           signs_have(finding->signs, SIGN_PLAIN_DENIAL, word, strlen(word));
}

/* "The alliance denied this": of a deed that others lay to the alliance. */
static void compare_refusal(struct finding *finding, const struct said *left,
                            const struct said *right)
{
    const struct said *refusal =
        text_is(left->status, "denied") || text_is(left->plover, "REJECT") ? left : right;
    const struct said *deed = refusal == left ? right : left;
    const struct party *accused = said_force(deed), *who = said_force(refusal);
    const char *name = who != NULL ? who->name : refusal->stand.speaker;
    if ((!text_is(refusal->status, "denied") && !text_is(refusal->plover, "REJECT")) ||
        !is_deed(deed) || name == NULL || accused == NULL || !said_are_near(left, right) ||
        deed->start > refusal->start || strstr(accused->name, name) == NULL ||
        said_is_same_voice(left, right) || said_days_apart(left, right) ||
        said_is_same_sentence(left, right) || !said_may_share_place(left, right) ||
        !(refusal->refused || is_plain_denial(finding, refusal)) ||
        /* A refusal of something else than deeds is none of this one. */
        !(text_is(refusal->plover, "ASSAULT") || text_is(refusal->plover, "ACCUSE") ||
          is_plain_denial(finding, refusal)))
        return;
    dispute_add(finding, "denied", name, deed, accused->name, refusal, "denied");
}

/* "They had not surrendered": against one who says that they had. */
static void compare_negated(struct finding *finding, const struct said *left,
                            const struct said *right)
{
    const struct said *negated = text_is(left->status, "negated") ? left : right;
    const struct said *other = negated == left ? right : left;
    if (!text_is(negated->status, "negated") || !negated->refused || !said_is_factual(other) ||
        said_is_same_voice(left, right) || said_is_same_sentence(left, right) ||
        !text_is(left->plover, right->plover) || !text_is(left->mode, right->mode) ||
        /* Arrests and demands that were not are often only not yet. */
        other->attempt || text_is(left->plover, "COERCE") || text_is(left->plover, "REQUEST") ||
        !(said_share_agent(left, right) || said_share_patient(left, right)) ||
        !said_may_share_day(left, right) || !said_may_share_place(left, right) ||
        /* What was not yet so when one report was printed may be so in the next. */
        !said_are_near(left, right))
        return;
    dispute_add(finding, "denied", other->plover, other, other->status, negated, "it was not so");
}

/* "No soldiers of theirs had entered": against one who tells what those soldiers did there. */
static void compare_presence(struct finding *finding, const struct said *left,
                             const struct said *right)
{
    const struct said *absent = text_is(left->status, "negated") ? left : right;
    const struct said *other = absent == left ? right : left;
    bool one_place =
        absent->control_place != NULL && (text_is(absent->control_place, other->control_place) ||
                                          text_is(absent->control_place, other->place.name));
    if (!text_is(absent->status, "negated") || !absent->refused || !absent->never ||
        !text_is(absent->control, "contests") || !said_is_factual(other) ||
        !said_share_agent(absent, other) || said_is_same_sentence(absent, other) ||
        (said_is_same_voice(absent, other) && said_is_same_text(absent, other)) ||
        other->first == DAY_UNKNOWN ||
        /* He said it of the time before he said it. */
        (absent->published != DAY_UNKNOWN && other->first > absent->published))
        return;
    bool near = said_are_near(absent, other) &&
                (one_place || (text_is(other->plover, "ASSAULT") && other->place.name == NULL) ||
                 (text_is(other->plover, "ASSAULT") && said_may_share_place(absent, other)));
    bool later =
        one_place && !said_is_same_text(absent, other) &&
        (text_is(absent->stand.speaker, other->stand.speaker) || !said_days_apart(absent, other));
    if (near || later)
        dispute_add(finding, "denied", absent->control_place, absent, "never there", other,
                    "there");
}

/* ------------------------------------------------------------------ days and places */

static const char *say_day(struct finding *finding, const struct said *said)
{
    char day[16];
    calendar_write(said->first, day);
    return finding_copy(finding, day);
}

enum { FEW_DAYS = 3 };

static bool are_dated_apart(const struct said *left, const struct said *right)
{
    return left->daily && right->daily && left->first != right->first && said_is_factual(left) &&
           said_is_factual(right) && !said_is_same_text(left, right) &&
           abs(left->first - right->first) <= FEW_DAYS;
}

static void compare_taking_days(struct finding *finding, const struct said *left,
                                const struct said *right)
{
    if (are_dated_apart(left, right) && text_is(left->control, "takes") &&
        text_is(right->control, "takes") && text_is(left->holder, right->holder))
        dispute_add(finding, "days", left->control_place, left, say_day(finding, left), right,
                    say_day(finding, right));
}

static bool happens_once(const struct said *said)
{
    static const char *const modes[] = {"kill", "abduct", "assassinate", "execute", NULL};
    return text_is_one_of(said->mode, modes);
}

void contradictions_find_person(struct finding *finding, const struct said *left,
                                const struct said *right)
{
    if (are_dated_apart(left, right) && happens_once(left) && text_is(left->mode, right->mode) &&
        said_may_share_place(left, right))
        dispute_add(finding, "days", left->patients.items[0].name, left, say_day(finding, left),
                    right, say_day(finding, right));
}

enum { MANY = 5 };

/* Is it the same number of the same people, on the same day, in two places? */
static void compare_places(struct finding *finding, const struct said *left,
                           const struct said *right)
{
    if (said_is_same_text(left, right) || !said_is_same_event(left, right) || !left->daily ||
        !right->daily || left->first != right->first || !said_is_factual(left) ||
        !said_is_factual(right) || said_may_share_place(left, right) ||
        !text_is(left->place.country, right->place.country) || !said_are_like_acts(left, right) ||
        left->counts.count != 1 || right->counts.count != 1)
        return;
    const struct said_count *one = &left->counts.items[0], *other = &right->counts.items[0];
    if (one->low == other->low && one->high == other->high && one->low >= MANY && !one->partial &&
        !other->partial && text_is(one->what, other->what) && strcmp(one->head, other->head) == 0)
        dispute_add(finding, "place", one->what, left, left->place.name, right, right->place.name);
}

/* ------------------------------------------------------------------ control */

static bool is_hold(const struct said *said)
{
    return text_is(said->control, "takes") || text_is(said->control, "holds");
}

static const char *say_holder(struct finding *finding, const struct said *said)
{
    return arena_print(finding->arena, "%s by %s",
                       text_is(said->control, "takes") ? "taken" : "held", said->holder);
}

static void compare_holders(struct finding *finding, const struct said *left,
                            const struct said *right)
{
    if (left->control == NULL || right->control == NULL || left->holder == NULL ||
        right->holder == NULL || !said_is_factual(left) || !said_is_factual(right) ||
        said_is_same_voice(left, right) || !is_hold(left) || !is_hold(right) ||
        said_names_overlap(left->holder, right->holder) || left->first == DAY_UNKNOWN ||
        right->first == DAY_UNKNOWN || left->first > right->last || right->first > left->last ||
        left->last - left->first > FEW_DAYS || right->last - right->first > FEW_DAYS)
        return;
    dispute_add(finding, "control", left->control_place, left, say_holder(finding, left), right,
                say_holder(finding, right));
}

enum { NEXT_BYTES = 500 };

/* Does the sentence of the one name what the other is done to, or that speak of "the facility"
 * right behind it? */
static bool names_patient(const struct finding *finding, const struct said *said,
                          const struct said *deed)
{
    char word[SIGN_LETTERS];
    const char *at = said->stand.sentence, *start, *head;
    head = deed->patients.count > 0 ? deed->patients.items[0].head : "";
    if (signs_have(finding->signs, SIGN_SOMEWHERE, head, strlen(head)) &&
        deed->start > said->start && deed->start - said->start < NEXT_BYTES)
        return true;
    while (*head != '\0' && at != NULL && sign_read_word(&at, word, &start))
        if (strncmp(word, head, strlen(head)) == 0)
            return true;
    return false;
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
        said_is_same_voice(left, right) || !said_are_near(left, right) ||
        capture->first == DAY_UNKNOWN || capture->first != fighting->first ||
        fighting->agents.count > 0 || !said_may_share_place(left, right) ||
        !names_patient(finding, fighting, capture))
        return;
    dispute_add(finding, "control", capture->stand.speaker, capture, "taken", fighting, "fighting");
}

/* ------------------------------------------------------------------ fates */

static bool is_withdrawal(const struct said *said)
{
    return text_is(said->plover, "RETREAT") && text_is(said->control, "loses");
}

/* One says that they left, another that they were driven out. */
static void compare_leaving(struct finding *finding, const struct said *left,
                            const struct said *right)
{
    const struct said *leaving = is_withdrawal(left) ? left : right;
    const struct said *driven = leaving == left ? right : left;
    if (!is_withdrawal(leaving) || !text_is(driven->plover, "ASSAULT") ||
        !text_is(driven->control, "loses") || leaving->agents.count == 0 ||
        driven->patients.count == 0 || said_is_same_voice(left, right) ||
        leaving->stand.speaker == NULL || !said_is_factual(left) || !said_is_factual(right) ||
        !said_may_share_day(left, right) ||
        !parties_share(leaving->agents.items, leaving->agents.count, driven->patients.items,
                       driven->patients.count))
        return;
    dispute_add(finding, "fate", leaving->control_place, leaving, "left", driven, "driven out");
}

/* The kinds of count that one man can have only one of. */
static bool is_fate(const char *what)
{
    static const char *const fates[] = {"surrendered", "defected", "captured", NULL};
    return text_is_one_of(what, fates);
}

/* The same number, told near each other: surrendered to one, captured or defected to another. */
static void compare_fates(struct finding *finding, const struct said *left,
                          const struct said *right)
{
    if (left->counts.count == 0 || right->counts.count == 0 || !said_is_factual(left) ||
        !said_is_factual(right) || said_is_same_sentence(left, right) ||
        !said_may_share_day(left, right) || !said_may_share_place(left, right))
        return;
    const struct said_count *one = &left->counts.items[0], *other = &right->counts.items[0];
    if (is_fate(one->what) && is_fate(other->what) && !text_is(one->what, other->what) &&
        one->low == other->low && one->low == one->high && other->low == other->high &&
        one->low >= MANY)
        dispute_add(finding, "fate", "what became of them", left,
                    dispute_range(finding, one->low, one->high, one->what, NULL), right,
                    dispute_range(finding, other->low, other->high, other->what, NULL));
}

/* ------------------------------------------------------------------ intentions */

static bool is_yielding(const struct said *said)
{
    static const char *const modes[] = {"surrender", "disarm", "ceasefire", NULL};
    return text_is_one_of(said->mode, modes) || text_is(said->cameo, "0871");
}

static bool is_fighting_on(const struct said *said)
{
    static const char *const statuses[] = {"planned", "threatened", NULL};
    return text_is(said->plover, "ASSAULT") && text_is_one_of(said->status, statuses);
}

static void compare_intentions(struct finding *finding, const struct said *left,
                               const struct said *right)
{
    const struct said *yielding = is_yielding(left) ? left : right;
    const struct said *fighting = yielding == left ? right : left;
    const struct party *one = said_force(yielding), *other = said_force(fighting);
    if (!is_yielding(yielding) || !is_fighting_on(fighting) || one == NULL || other == NULL ||
        text_is(yielding->status, "negated") || !text_is(one->name, other->name) ||
        said_is_same_voice(left, right) || said_days_apart(left, right) ||
        !said_may_share_place(left, right) || !said_are_near(left, right))
        return;
    dispute_add(finding, "intentions", one->name, yielding, "will yield", fighting, "will fight");
}

/* ------------------------------------------------------------------ all of them */

/* What a claim must be for a rule to ask about it, or about a pair with it: most are nothing of it.
 */
enum trait {
    IS_DEED = 1,
    IS_REFUSAL = 2,
    IS_NEGATED = 4,
    IS_REJECTION = 8,
    IS_YIELDING = 16,
    IS_CAPTURE = 32,
    HAS_COUNTS = 64,
};

void said_note(struct said *said)
{
    char letter;
    int64_t high;
    if (!record_id_read(said->text, &letter, &said->report, &high))
        said->report = 0;
    if (said->stand.event[0] == '\0' ||
        !record_id_read(said->stand.event, &letter, &said->happening, &high))
        said->happening = 0;
    said->force = said_find_force(said);
    bool rejects = text_is(said->status, "denied") || text_is(said->plover, "REJECT");
    said->traits = (is_deed(said) ? IS_DEED : 0) | (is_refusal(said) ? IS_REFUSAL : 0) |
                   (text_is(said->status, "negated") ? IS_NEGATED : 0) |
                   (rejects ? IS_REJECTION : 0) | (is_yielding(said) ? IS_YIELDING : 0) |
                   (text_is(said->cameo, "192") ? IS_CAPTURE : 0) |
                   (said->counts.count > 0 ? HAS_COUNTS : 0);
}

void contradictions_find(struct finding *finding, const struct said *left, const struct said *right)
{
    uint32_t either = left->traits | right->traits, both = left->traits & right->traits;
    if (both & IS_DEED)
        compare_who(finding, left, right);
    if (either & IS_REFUSAL)
        compare_denied(finding, left, right);
    if (either & IS_NEGATED)
        compare_negated(finding, left, right);
    if (either & IS_REJECTION)
        compare_refusal(finding, left, right);
    if (either & IS_NEGATED)
        compare_presence(finding, left, right);
    if (either & IS_YIELDING)
        compare_intentions(finding, left, right);
    if (either & IS_CAPTURE)
        compare_capture(finding, left, right);
    if (both & HAS_COUNTS) {
        compare_places(finding, left, right);
        if (said_are_near(left, right))
            compare_fates(finding, left, right);
        figures_compare(finding, left, right);
    }
}

void contradictions_find_control(struct finding *finding, const struct said *left,
                                 const struct said *right)
{
    compare_holders(finding, left, right);
    compare_taking_days(finding, left, right);
    compare_leaving(finding, left, right);
    compare_presence(finding, left, right);
}
