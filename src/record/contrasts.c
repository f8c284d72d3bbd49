/* Disputes that the sentences of one report tell by themselves, with or without claims.
 *
 * doubts     the report questions what it tells (doubts.c)
 * stances    two sentences, or two halves of one parted by "but", give one side stands that exclude
 *            each other (stances.c); two sides that both gain ground or rule, where one is only
 * said to
 *
 * Whose stance it is: the last name before it of somebody who takes part in the report's claims,
 * else who does what the sentence's claims tell, else the forces of the government where the
 * sentence speaks of soldiers or officials. A stance that is nobody's is compared only where it is
 * of talks or of regions. Left out: stances of two reports, for days and places are known too
 * seldom. */
#include "record/doubts.h"
#include "record/finding.h"
#include "record/stances.h"

#include <ctype.h>

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
            start - said->start <= NEAR_BYTES && said_is_factual(said) &&
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
    struct record_stand stand = {.report = finding_copy(finding, doubt->name),
                                 .source = finding_copy(finding, doubt->source),
                                 .published = finding_copy(finding, doubt->published),
                                 .sentence = finding_copy(finding, doubt->sentence),
                                 .says = finding_copy(finding, doubt->words)};
    struct record_stand first = said != NULL ? said->stand : stand;
    /* "They claim 90 percent, a figure disputed by others": one sentence says both. */
    if (doubt->within) {
        first = stand;
        first.says = finding_copy(finding, doubt->before);
        for (uint32_t i = 0; i < finding->said.count; i++)
            if (text_is(finding->said.items[i].stand.sentence, doubt->sentence))
                memcpy(first.claim, finding->said.items[i].stand.claim, sizeof first.claim);
        memcpy(stand.claim, first.claim, sizeof stand.claim);
    } else {
        first.says = said->counts.count > 0 ? dispute_range(finding, said->counts.items[0].low,
                                                            said->counts.items[0].high,
                                                            said->counts.items[0].what, NULL)
                                            : said->status;
    }
    struct record_dispute *dispute = dispute_open(
        finding, doubt->counted ? "figures" : "questioned",
        said != NULL && said->counts.count > 0 ? said->counts.items[0].what : NULL, said);
    dispute_take(dispute, &first, first.says);
    dispute_take(dispute, &stand, stand.says);
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

annals_status finding_doubts(struct finding *finding, annals_error *error)
{
    return doubts_find(finding->record, keep_doubt, finding, error);
}

/* ------------------------------------------------------------------ stances */

enum { STANCES = 4, REACH_BYTES = 1500, FOLLOWS = 50 };

/* A stance in its sentence. */
struct stand {
    struct stance stance;
    struct record_stand said;
    const char *text, *side, *place;
    uint32_t start; /* of the sentence in the report */
    bool insisted;
};

struct contrasts {
    struct finding *finding;
    ARRAY(struct stand) stands;
};

static const char *last_name(const char *sentence, const struct stance *stance, const char *name,
                             uint32_t *best, const char *known)
{
    uint32_t length = name != NULL ? (uint32_t)strlen(name) : 0;
    uint32_t stop = stance->stop + (stance->after ? FOLLOWS : 0);
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

static bool has_word(const char *sentence, const char *words)
{
    char word[SIGN_LETTERS];
    const char *start;
    while (sign_read_word(&sentence, word, &start))
        if (sign_is_among(word, words))
            return true;
    return false;
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

static void find_side(const struct contrasts *contrasts, const struct walked *walked,
                      struct stand *stand)
{
    uint32_t best = 0, length = (uint32_t)strlen(walked->sentence);
    const char *agent = NULL;
    for (uint32_t i = 0; i < contrasts->finding->said.count; i++) {
        const struct said *said = &contrasts->finding->said.items[i];
        if (strcmp(said->text, walked->report) != 0)
            continue;
        if (said->agent_body || said->agent_person)
            stand->side =
                last_name(walked->sentence, &stand->stance, said->agent, &best, stand->side);
        if (said->patient_body)
            stand->side =
                last_name(walked->sentence, &stand->stance, said->patient, &best, stand->side);
        if (said->start < walked->start || said->start >= walked->start + length)
            continue;
        if (stand->said.claim[0] == '\0')
            memcpy(stand->said.claim, said->stand.claim, sizeof stand->said.claim);
        agent = agent != NULL ? agent : said->agent;
        stand->said.speaker =
            stand->said.speaker != NULL ? stand->said.speaker : said->stand.speaker;
    }
    if (stand->side == NULL)
        stand->side = agent;
    if (stand->side == NULL &&
        has_word(walked->sentence, "government|soldiers|troops|army|police|officials"))
        stand->side = "government forces";
}

static annals_status keep_stances(void *context, const struct walked *walked)
{
    struct contrasts *contrasts = context;
    struct finding *finding = contrasts->finding;
    struct stance stances[STANCES];
    uint32_t count = stances_find(walked->sentence, stances, STANCES);
    bool passes = false;
    for (uint32_t i = 0; count > 0 && i < finding->said.count && !passes; i++)
        passes = strcmp(finding->said.items[i].text, walked->report) == 0;
    for (uint32_t i = 0; passes && i < count; i++) {
        struct stand *stand = array_push(&contrasts->stands);
        if (stand == NULL)
            return ANNALS_NO_MEMORY;
        *stand = (struct stand){.stance = stances[i],
                                .start = walked->start,
                                .text = finding_copy(finding, walked->report),
                                .said = {.report = finding_copy(finding, walked->name),
                                         .source = finding_copy(finding, walked->source),
                                         .published = finding_copy(finding, walked->published),
                                         .sentence = finding_copy(finding, walked->sentence)}};
        stand->insisted =
            has_word(walked->sentence, "insist|insists|insisted|maintains|maintained");
        stand->place = named_place(finding, walked->sentence + stances[i].stop);
        if (stand->place == NULL)
            stand->place = named_place(finding, walked->sentence);
        find_side(contrasts, walked, stand);
    }
    return ANNALS_OK;
}

/* One sentence is set against itself only by "but". */
static bool turns(const struct stand *left, const struct stand *right)
{
    char *between = left->said.sentence != NULL ? strstr(left->said.sentence, " but ") : NULL;
    uint32_t at = between != NULL ? (uint32_t)(between - left->said.sentence) : 0;
    return between != NULL && at >= left->stance.stop && at < right->stance.start;
}

static bool is_of(enum stance_type type, const struct stand *stand)
{
    return stand->stance.type == type;
}

static bool contradict(const struct stand *left, const struct stand *right)
{
    bool same =
        left->side != NULL && right->side != NULL &&
        (strstr(left->side, right->side) != NULL || strstr(right->side, left->side) != NULL);
    bool other = left->side != NULL && right->side != NULL && !same;
    uint32_t apart = right->start - left->start;
    if (!stances_oppose(left->stance.type, right->stance.type) ||
        (left->start == right->start && !turns(left, right)) ||
        (left->place != NULL && right->place != NULL && strcmp(left->place, right->place) != 0 &&
         (is_of(STANCE_YIELD, left) || is_of(STANCE_FIGHT, left))))
        return false;
    switch (left->stance.type) {
    case STANCE_GAIN:
        return other && left->insisted != right->insisted;
    case STANCE_WHOLE:
    case STANCE_PART:
        return strcmp(left->stance.last, right->stance.last) == 0;
    case STANCE_TALK:
    case STANCE_NO_TALK:
        return apart <= REACH_BYTES;
    case STANCE_YIELD:
    case STANCE_FIGHT:
        /* Nobody but one side is meant where one sentence holds both. */
        return left->start == right->start || (same && apart <= 2 * REACH_BYTES);
    case STANCE_OFFICE:
        return other;
    case STANCE_RULES:
        return is_of(STANCE_OFFICE, right) ? other : same;
    default:
        return same;
    }
}

static const char *kind_of(const struct stand *stand)
{
    switch (stand->stance.type) {
    case STANCE_YIELD:
    case STANCE_FIGHT:
    case STANCE_TALK:
    case STANCE_NO_TALK:
        return "intentions";
    case STANCE_GAIN:
    case STANCE_WHOLE:
    case STANCE_PART:
        return "control";
    default:
        return "power";
    }
}

static void add_contrast(struct finding *finding, const struct stand *left,
                         const struct stand *right)
{
    struct said one = {.stand = left->said, .first = DAY_UNKNOWN};
    struct said other = {.stand = right->said, .first = DAY_UNKNOWN};
    dispute_add(finding, kind_of(left),
                is_of(STANCE_WHOLE, left) || is_of(STANCE_PART, left)
                    ? finding_copy(finding, left->stance.last)
                    : left->side,
                &one, stance_says(left->stance.type), &other, stance_says(right->stance.type));
}

annals_status finding_contrasts(struct finding *finding, annals_error *error)
{
    struct contrasts contrasts = {.finding = finding};
    array_init(&contrasts.stands, finding->arena);
    annals_status status = sentences_walk(finding->record, keep_stances, &contrasts, error);
    for (uint32_t i = 0; i < contrasts.stands.count; i++)
        for (uint32_t j = i + 1; j < contrasts.stands.count; j++) {
            const struct stand *left = &contrasts.stands.items[i];
            const struct stand *right = &contrasts.stands.items[j];
            if (strcmp(left->text, right->text) != 0)
                break;
            if (contradict(left, right))
                add_contrast(finding, left, right);
        }
    return finding->arena->failed ? ANNALS_NO_MEMORY : status;
}
