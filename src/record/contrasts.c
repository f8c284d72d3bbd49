/* Disputes that two sentences tell by the stands they take, with or without claims.
 *
 * Signs of stances (dictionaries/en/stances.tsv) that exclude each other, of one side, in two
 * sentences of one report or in two halves of one parted by "but". A sign is also set against
 * claims: one who is alive against his death, civilians who died against the fighters that another
 * counts.
 *
 * Whose stance it is: the last name before it of somebody who takes part in the report's claims,
 * else who does what the sentence's claims tell, else the forces of the government where the
 * sentence speaks of soldiers or officials. A stance that is nobody's is compared only where it is
 * of talks, captives or regions. Left out: stances of two reports, for days and places are known
 * too seldom. */
#include "record/finding.h"

#include "bytes/calendar.h"

#include <ctype.h>

enum { REACH_BYTES = 1500, FOLLOWS = 50, DAYS_ALIVE = 60 };

/* A stance in its sentence. */
struct stand {
    struct sign_found stance;
    struct record_stand said;
    const char *text, *side, *place;
    uint32_t start; /* of the sentence in the report */
    int32_t published;
    bool insisted, state; /* state: forces of the government, by whatever name */
};

struct contrasts {
    struct finding *finding;
    ARRAY(struct stand) stands;
};

/* ------------------------------------------------------------------ whose it is, and where */

static const char *last_name(const char *sentence, const struct sign_found *stance,
                             const char *name, uint32_t *best, const char *known)
{
    uint32_t length = name != NULL ? (uint32_t)strlen(name) : 0;
    uint32_t stop = stance->stop + (stance->sign->after ? FOLLOWS : 0);
    const char *from = sentence;
    if (length < 3 || !isupper((unsigned char)name[0]))
        return known;
    while ((from = strstr(from, name)) != NULL && (uint32_t)(from - sentence) < stop) {
        uint32_t at = (uint32_t)(from - sentence) + 1;
        bool whole = !isalnum((unsigned char)from[length]) &&
                     (from == sentence || !isalnum((unsigned char)from[-1]));
        if (whole && (at > *best || (at == *best && strlen(known) < length))) {
            *best = at;
            known = name;
        }
        from += length;
    }
    return known;
}

/* Where the words say that it is: the first word with a capital after "in" or "for" and the like.
 */
static const char *named_place(struct finding *finding, const char *from)
{
    char word[SIGN_LETTERS], before[SIGN_LETTERS] = "";
    const char *start;
    while (sign_read_word(&from, word, &start)) {
        if (isupper((unsigned char)*start) && sign_is_among(before, "in|for|of|at|near|around"))
            return finding_copy(finding, word);
        memcpy(before, word, sizeof before);
    }
    return NULL;
}

/* "He is ready and has ruled out": the sentence begins with whom an earlier one named. */
static bool is_told_by_pronoun(const char *sentence, uint32_t stop)
{
    char word[SIGN_LETTERS];
    const char *start, *at = sentence;
    return sign_read_word(&at, word, &start) && (uint32_t)(start - sentence) < stop &&
           sign_is_among(word, "he|she|they");
}

static void find_side(struct finding *finding, const struct walked *walked, struct stand *stand)
{
    uint32_t best = 0, count, length = (uint32_t)strlen(walked->sentence);
    const struct said *all = finding_report(finding, walked->report, &count);
    const char *agent = NULL, *own = NULL;
    for (const struct said *said = all; said < all + count; said++) {
        for (uint32_t i = 0; i < said->agents.count; i++)
            if (said->agents.items[i].body || said->agents.items[i].armed ||
                said->agents.items[i].person)
                stand->side = last_name(walked->sentence, &stand->stance,
                                        said->agents.items[i].name, &best, stand->side);
        for (uint32_t i = 0; i < said->patients.count; i++)
            if (said->patients.items[i].body)
                stand->side = last_name(walked->sentence, &stand->stance,
                                        said->patients.items[i].name, &best, stand->side);
        if (said->start < walked->start || said->start >= walked->start + length)
            continue;
        if (stand->said.claim[0] == '\0') {
            memcpy(stand->said.claim, said->stand.claim, sizeof stand->said.claim);
            memcpy(stand->said.event, said->stand.event, sizeof stand->said.event);
        }
        uint32_t at = said->start - walked->start;
        if (own == NULL && said->agents.count > 0 && at >= stand->stance.start &&
            at < stand->stance.stop)
            own = said->agents.items[0].name;
        if (agent == NULL && said->agents.count > 0) {
            agent = said->agents.items[0].name;
            stand->state = text_is(said->agents.items[0].type, "state force");
        }
        stand->said.speaker =
            stand->said.speaker != NULL ? stand->said.speaker : said->stand.speaker;
    }
    /* "HE has ruled out talks with the rebels": who is not named there, by the claim, not whom the
     * words name last. */
    if (own != NULL && strstr(walked->sentence, own) == NULL && stand->stance.start > 0 &&
        is_told_by_pronoun(walked->sentence, stand->stance.start))
        stand->side = own;
    stand->state = stand->state && stand->side == NULL;
    if (stand->side == NULL)
        stand->side = agent;
    if (stand->side == NULL && signs_have(finding->signs, SIGN_STATE, walked->sentence, length)) {
        stand->side = "government forces";
        stand->state = true;
    }
}

enum { NEGATED = 4 };

/* "They do not have to lay down their arms" is no stance. */
static bool is_taken_back(const struct finding *finding, const char *sentence,
                          const struct sign_found *found)
{
    enum sign_type type = found->sign->type;
    return type != SIGN_FIGHTS && type != SIGN_NO_TALKS && type != SIGN_NOT_RULES &&
           type != SIGN_HELD &&
           signs_stand_before(finding->signs, SIGN_NEGATION, sentence, found->start, NEGATED);
}

struct contrasts *contrasts_begin(struct finding *finding)
{
    struct contrasts *contrasts = arena_new(finding->arena, struct contrasts);
    if (contrasts == NULL)
        return NULL;
    contrasts->finding = finding;
    array_init(&contrasts->stands, finding->arena);
    return contrasts;
}

annals_status contrasts_hear(struct contrasts *contrasts, const struct walked *walked)
{
    struct finding *finding = contrasts->finding;
    const char *at = walked->sentence;
    struct sign_found found;
    uint32_t count;
    finding_report(finding, walked->report, &count);
    while (count > 0 &&
           signs_next(finding->signs, 0, SIGN_STANCES, walked->sentence, &at, &found)) {
        if (is_taken_back(finding, walked->sentence, &found))
            continue;
        struct stand *stand = array_push(&contrasts->stands);
        if (stand == NULL)
            return ANNALS_NO_MEMORY;
        *stand = (struct stand){
            .stance = found,
            .start = walked->start,
            .text = finding_copy(finding, walked->report),
            .published = walked->published != NULL ? calendar_read(walked->published) : DAY_UNKNOWN,
            .said = {.report = finding_copy(finding, walked->name),
                     .source = finding_copy(finding, walked->source),
                     .published = finding_copy(finding, walked->published),
                     .sentence = finding_copy(finding, walked->sentence)}};
        stand->insisted =
            signs_have(finding->signs, SIGN_INSISTS, walked->sentence, strlen(walked->sentence));
        stand->place = named_place(finding, walked->sentence + found.stop);
        if (stand->place == NULL)
            stand->place = named_place(finding, walked->sentence);
        find_side(finding, walked, stand);
    }
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ two stances */

static bool is_of(enum sign_type type, const struct stand *stand)
{
    return stand->stance.sign->type == type;
}

static bool oppose(enum sign_type left, enum sign_type right)
{
    static const enum sign_type pairs[][2] = {
        {SIGN_YIELDS, SIGN_FIGHTS},   {SIGN_TALKS, SIGN_NO_TALKS}, {SIGN_GAINS, SIGN_GAINS},
        {SIGN_RULES, SIGN_NOT_RULES}, {SIGN_RULES, SIGN_OFFICE},   {SIGN_FLED, SIGN_RESIGNED},
        {SIGN_WHOLE, SIGN_PART},      {SIGN_FREED, SIGN_HELD},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if ((pairs[i][0] == left && pairs[i][1] == right) ||
            (pairs[i][0] == right && pairs[i][1] == left))
            return true;
    return false;
}

/* One sentence is set against itself only by "but". */
static bool turns(const struct stand *left, const struct stand *right)
{
    char *between = left->said.sentence != NULL ? strstr(left->said.sentence, " but ") : NULL;
    uint32_t at = between != NULL ? (uint32_t)(between - left->said.sentence) : 0;
    return between != NULL && at >= left->stance.stop && at < right->stance.start;
}

/* How long a name is without the common nouns behind it: "Kachin" of "Kachin fighters". */
static size_t proper_length(const char *name)
{
    size_t length = 0;
    for (const char *at = name; isupper((unsigned char)*at); at += strspn(at, " ")) {
        at += strcspn(at, " ");
        length = (size_t)(at - name);
    }
    return length;
}

static bool is_same_side(const struct stand *left, const struct stand *right)
{
    if (left->side == NULL || right->side == NULL)
        return false;
    size_t one = proper_length(left->side), other = proper_length(right->side);
    return (left->state && right->state) || strstr(left->side, right->side) != NULL ||
           strstr(right->side, left->side) != NULL ||
           (one > 0 && one == other && strncmp(left->side, right->side, one) == 0);
}

static bool contradict(const struct stand *left, const struct stand *right)
{
    bool same = is_same_side(left, right);
    bool other = left->side != NULL && right->side != NULL && !same;
    uint32_t apart = right->start - left->start;
    if (!oppose(left->stance.sign->type, right->stance.sign->type) ||
        (left->start == right->start && !turns(left, right)) ||
        (left->place != NULL && right->place != NULL && strcmp(left->place, right->place) != 0 &&
         (is_of(SIGN_YIELDS, left) || is_of(SIGN_FIGHTS, left))))
        return false;
    switch (left->stance.sign->type) {
    case SIGN_GAINS:
        return other && left->insisted != right->insisted;
    case SIGN_WHOLE:
    case SIGN_PART:
        return strcmp(left->stance.last, right->stance.last) == 0;
    case SIGN_TALKS:
    case SIGN_NO_TALKS:
    case SIGN_FREED:
    case SIGN_HELD:
        return apart <= REACH_BYTES;
    case SIGN_YIELDS:
    case SIGN_FIGHTS:
        /* Nobody but one side is meant where one sentence holds both. */
        return left->start == right->start || (same && apart <= 2 * REACH_BYTES);
    case SIGN_OFFICE:
        return other;
    case SIGN_RULES:
        return is_of(SIGN_OFFICE, right) ? other : same;
    default:
        return same;
    }
}

/* How a stance is called where it is set beside another. */
static const char *say(const struct stand *stand)
{
    static const char *const words[SIGN_STANCES] = {[SIGN_YIELDS] = "yields",
                                                    [SIGN_FIGHTS] = "fights",
                                                    [SIGN_TALKS] = "talks",
                                                    [SIGN_NO_TALKS] = "no talks",
                                                    [SIGN_GAINS] = "gains ground",
                                                    [SIGN_RULES] = "rules",
                                                    [SIGN_NOT_RULES] = "has not won",
                                                    [SIGN_OFFICE] = "claims the office",
                                                    [SIGN_FLED] = "fled",
                                                    [SIGN_RESIGNED] = "gave up power",
                                                    [SIGN_WHOLE] = "all of it",
                                                    [SIGN_PART] = "a part of it",
                                                    [SIGN_FREED] = "freed",
                                                    [SIGN_HELD] = "not freed",
                                                    [SIGN_ALIVE] = "alive",
                                                    [SIGN_CIVILIANS] = "civilians"};
    return words[stand->stance.sign->type];
}

static const char *kind_of(const struct stand *stand)
{
    switch (stand->stance.sign->type) {
    case SIGN_YIELDS:
    case SIGN_FIGHTS:
    case SIGN_TALKS:
    case SIGN_NO_TALKS:
        return "intentions";
    case SIGN_GAINS:
    case SIGN_WHOLE:
    case SIGN_PART:
        return "control";
    case SIGN_FREED:
    case SIGN_HELD:
        return "fate";
    default:
        return "power";
    }
}

static void add_contrast(struct finding *finding, const struct stand *left,
                         const struct stand *right)
{
    struct said one = {.stand = left->said, .first = DAY_UNKNOWN};
    struct said other = {.stand = right->said, .first = DAY_UNKNOWN};
    bool region = is_of(SIGN_WHOLE, left) || is_of(SIGN_PART, left);
    bool talks = is_of(SIGN_TALKS, left) || is_of(SIGN_NO_TALKS, left);
    /* Two parties are set against each other as "they". */
    const char *side = talks && !is_same_side(left, right) ? NULL : left->side;
    dispute_add(finding, kind_of(left), region ? finding_copy(finding, left->stance.last) : side,
                &one, say(left), &other, say(right));
}

/* ------------------------------------------------------------------ a stance and a claim */

/* Where the first word of a name stands in the sentence; the sentence's end where it does not. */
static const char *sentence_name(const char *sentence, const char *name)
{
    size_t length = strcspn(name, " ");
    while (*sentence != '\0' && strncmp(sentence, name, length) != 0)
        sentence++;
    return sentence;
}

static const char *named_in(const struct said *said, const char *sentence)
{
    for (uint32_t i = 0; i < said->patients.count; i++) {
        const struct party *party = &said->patients.items[i];
        const char *last = party->name != NULL ? strrchr(party->name, ' ') : NULL;
        const char *found = last != NULL ? strstr(sentence, last) : NULL;
        /* "Peter Ndolo", also where another name stands between. */
        if (party->person && found != NULL && !isalnum((unsigned char)found[strlen(last)]) &&
            strncmp(sentence_name(sentence, party->name), party->name, strcspn(party->name, " ")) ==
                0)
            return party->name;
    }
    return NULL;
}

/* Said after his death, and not years after. */
static bool is_after(const struct stand *stand, const struct said *said)
{
    int32_t day = said->first != DAY_UNKNOWN ? said->first : said->published;
    return day == DAY_UNKNOWN || stand->published == DAY_UNKNOWN ||
           (stand->published >= day && stand->published - day <= DAYS_ALIVE);
}

static bool kills_fighters(const struct said *said)
{
    for (uint32_t i = 0; i < said->counts.count; i++)
        if (text_is(said->counts.items[i].what, "killed") &&
            text_is(said->counts.items[i].who, "combatant"))
            return true;
    return false;
}

static bool is_near(const struct stand *stand, const struct said *said)
{
    uint32_t apart =
        stand->start > said->start ? stand->start - said->start : said->start - stand->start;
    return strcmp(stand->text, said->text) == 0 && apart <= NEAR_BYTES;
}

static void set_against(struct finding *finding, const struct stand *stand)
{
    struct said other = {.stand = stand->said, .first = DAY_UNKNOWN};
    bool alive = is_of(SIGN_ALIVE, stand);
    for (uint32_t i = 0; i < finding->said.count; i++) {
        const struct said *said = &finding->said.items[i];
        const char *name = alive ? named_in(said, stand->said.sentence) : NULL;
        if (!said_is_factual(said) || !text_is(said->mode, "kill") ||
            text_is(said->stand.sentence, stand->said.sentence))
            continue;
        if (alive && name != NULL && is_after(stand, said))
            dispute_add(finding, "fate", name, said, "killed", &other, say(stand));
        bool same =
            stand->said.event[0] != '\0' && strcmp(stand->said.event, said->stand.event) == 0;
        if (!alive && kills_fighters(said) && (is_near(stand, said) || same))
            dispute_add(finding, "victims", "killed", said, "fighters", &other, say(stand));
    }
}

void contrasts_compare(struct contrasts *contrasts)
{
    struct finding *finding = contrasts->finding;
    for (uint32_t i = 0; i < contrasts->stands.count && finding_goes_on(finding); i++) {
        const struct stand *left = &contrasts->stands.items[i];
        if (is_of(SIGN_ALIVE, left) || is_of(SIGN_CIVILIANS, left))
            set_against(finding, left);
        for (uint32_t j = i + 1; j < contrasts->stands.count; j++) {
            const struct stand *right = &contrasts->stands.items[j];
            if (strcmp(left->text, right->text) != 0)
                break;
            if (contradict(left, right))
                add_contrast(finding, left, right);
        }
    }
}
