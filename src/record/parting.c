/* Tells the happenings of one report apart.
 *
 * A claim opens a part of its own only where the report itself says that it is elsewhere or at another time: an
 * attack, a protest, a troop movement, a change of control or a count of victims whose town lies apart from, or
 * whose day is not, those of such claims before it; anything else only where both differ. One day more is
 * another only where both sentences name their day. Deaths and counts of a later day belong to what was
 * done before. What says neither belongs to what was told last. On one day in one town another begins where its
 * sentence says so, or where other victims were hit by other means. Left out: two attacks of one kind in one
 * town on one day that no word tells apart. */
#include "record/parting.h"

#include <ctype.h>

enum { LONG_INTERVAL = 400, NEAR_KILOMETRES = 15, NEXT_KILOMETRES = 5 };

static bool is_same_town(const struct spot *left, const struct spot *right)
{
    return left->town == right->town ||
           episodes_distance(left->latitude, left->longitude, right->latitude, right->longitude) <
               NEAR_KILOMETRES;
}

bool parting_is_factual(const struct claim_row *claim)
{
    return strcmp(claim->status, "asserted") == 0 || strcmp(claim->status, "claimed") == 0 ||
           strcmp(claim->status, "denied") == 0 || strcmp(claim->status, "disputed") == 0;
}

bool parting_is_happening(const struct claim_row *claim)
{
    static const char *const types[] = {"ASSAULT", "PROTEST", "MOBILIZE"};
    for (size_t i = 0; claim->plover != NULL && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(claim->plover, types[i]) == 0)
            return true;
    /* Who is arrested for it on another day belongs to it. */
    bool arrest = claim->mode != NULL && strcmp(claim->mode, "arrest") == 0;
    return claim->control || (claim->counts && !arrest);
}

const struct spot *parting_town(const struct reader *reader, const struct claim_row *claim)
{
    if (claim->place < 0 || claim->place >= reader->spots.count)
        return NULL;
    const struct spot *spot = &reader->spots.items[claim->place];
    return spot->town != 0 ? spot : NULL;
}

static bool is_dated(const struct claim_row *claim)
{
    return claim->dated && claim->last - claim->first <= LONG_INTERVAL;
}

/* Two towns a few kilometres apart, each named alone in the sentence of its claim: "in Avdiivka …
 * a few kilometres away in Donetsk". */
static bool is_next_town(const struct spot *left, const struct spot *right)
{
    return left->alone && right->alone && left->town != right->town &&
           episodes_distance(left->latitude, left->longitude, right->latitude, right->longitude) > NEXT_KILOMETRES;
}

static bool lies_apart(const struct reader *reader, const struct part *part,
                       const struct spot *town)
{
    for (uint32_t i = 0; town != NULL && i < part->spots.count; i++) {
        const struct spot *other = &reader->spots.items[part->spots.items[i]];
        if (is_same_town(town, other) && !is_next_town(town, other))
            return false;
    }
    return town != NULL && part->spots.count > 0;
}

/* Days between two intervals; 0 where they meet. */
static int32_t days_between(int32_t first, int32_t last, int32_t other_first, int32_t other_last)
{
    int32_t gap = first > other_last ? first - other_last : other_first - last;
    return gap > 0 ? gap : 0;
}

static bool is_another_day(const struct reader *reader, const struct part *part,
                           const struct claim_row *claim)
{
    if (!is_dated(claim) || part->dated.count == 0)
        return false;
    for (uint32_t i = 0; i < part->dated.count; i++) {
        const struct claim_row *other = &reader->claims.items[part->dated.items[i]];
        /* One day more or less is the night between, or a day after which it was told. */
        if (days_between(claim->first, claim->last, other->first, other->last) <= 1)
            return false;
    }
    return true;
}

/* Who was hurt on one day may die, or be counted, on a later one. */
static bool is_death(const struct reader *reader, const struct part *part,
                     const struct claim_row *claim)
{
    bool death = (claim->mode != NULL && strcmp(claim->mode, "kill") == 0) ||
                 (claim->counts && !claim->agent);
    for (uint32_t i = 0; death && i < part->dated.count; i++)
        if (reader->claims.items[part->dated.items[i]].first <= claim->first)
            return true;
    return death && part->dated.count == 0;
}

/* Two acts, each with its own day in its own sentence: "shelled a market on Thursday … on Friday hit a
 * hospital". */
static bool is_next_day(const struct reader *reader, const struct part *part,
                        const struct claim_row *claim)
{
    bool act = claim->told && claim->plover != NULL && strcmp(claim->plover, "ASSAULT") == 0;
    bool other_day = false;
    for (uint32_t i = 0; act && i < part->dated.count; i++) {
        const struct claim_row *other = &reader->claims.items[part->dated.items[i]];
        if (other->first <= claim->last && claim->first <= other->last)
            return false;
        other_day |= other->told && other->plover != NULL && strcmp(other->plover, "ASSAULT") == 0;
    }
    return act && other_day;
}

/* ------------------------------------------------------------------ words that announce another happening */

enum { WORD_LETTERS = 16 };

struct walk {
    const char *at, *end;
    char words[4][WORD_LETTERS]; /* the last four, lower case; 0 is the newest */
};

static bool walk_on(struct walk *walk)
{
    size_t length = 0;
    while (walk->at < walk->end && !isalpha((unsigned char)*walk->at))
        walk->at++;
    if (walk->at == walk->end)
        return false;
    memmove(walk->words[1], walk->words[0], sizeof walk->words - sizeof walk->words[0]);
    for (; walk->at < walk->end && isalpha((unsigned char)*walk->at); walk->at++)
        if (length + 1 < WORD_LETTERS)
            walk->words[0][length++] = (char)tolower((unsigned char)*walk->at);
    walk->words[0][length] = '\0';
    return true;
}

static bool is_among(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

/* "In another attack", "a separate raid": the noun is the newest word. */
static bool is_other_deed(const struct walk *walk)
{
    static const char *const deeds[] = {"attack", "attacks", "incident", "incidents", "raid", "raids",
                                        "strike", "strikes", "blast", "blasts", "bombing", "bombings",
                                        "explosion", "explosions", "ambush", "ambushes", "shooting",
                                        "clash", "clashes", "assault", "assaults", "shelling", "killing",
                                        "killings", NULL};
    static const char *const others[] = {"another", "second", "third", "similar", "previous", NULL};
    static const char *const apart[] = {"separate", "separately", "unrelated", NULL};
    for (int i = 1; is_among(walk->words[0], deeds) && i < 3; i++)
        if (is_among(walk->words[i], apart) ||
            (is_among(walk->words[i], others) &&
             (strcmp(walk->words[i + 1], "in") == 0 ||
              (strcmp(walk->words[i + 1], "a") == 0 && i < 2 && strcmp(walk->words[3], "in") == 0))))
            return true;
    return false;
}

/* "Elsewhere", "earlier in the day", "hours earlier", "the same day". */
static bool is_other_hour(const struct walk *walk)
{
    static const char *const after_earlier[] = {"in", "that", "on", NULL};
    static const char *const of_the_day[] = {"day", "morning", "evening", "night", "afternoon", NULL};
    static const char *const before[] = {"earlier", "before", NULL};
    const char *word = walk->words[0], *last = walk->words[1];
    return strcmp(word, "elsewhere") == 0 ||
           (strcmp(last, "earlier") == 0 && is_among(word, after_earlier)) ||
           (strcmp(last, "hours") == 0 && is_among(word, before)) ||
           (strcmp(last, "same") == 0 && is_among(word, of_the_day));
}

static bool counts_victims(const struct reader *reader, uint32_t sentence)
{
    for (uint32_t i = 0; i < reader->claims.count; i++)
        if (reader->claims.items[i].sentence == sentence && reader->claims.items[i].counts)
            return true;
    return false;
}

/* Does the sentence say of itself that it tells of another happening than the ones before? An earlier hour
 * may be that of how it began, but for who is counted there. */
static bool tells_another(const struct reader *reader, uint32_t sentence)
{
    if (sentence == 0 || sentence >= reader->sentences.count)
        return false;
    struct byte_span span = reader->sentences.items[sentence];
    if (span.end > (uint32_t)reader->length || span.start >= span.end)
        return false;
    bool counted = counts_victims(reader, sentence);
    struct walk walk = {.at = reader->text + span.start, .end = reader->text + span.end};
    while (walk_on(&walk))
        if (is_other_deed(&walk) || (counted && is_other_hour(&walk)))
            return true;
    return false;
}

/* Another attack on the day and in the town of those before: its own sentence says so, or it counts its
 * own victims, whom other means hit. Bombs and shots may be of one raid. */
static bool is_another_deed(const struct reader *reader, const struct part *part,
                            const struct claim_row *claim)
{
    bool assault = claim->plover != NULL && strcmp(claim->plover, "ASSAULT") == 0;
    bool other = false, own = false;
    uint32_t means = 0;
    for (uint32_t i = 0; assault && i < part->deeds.count; i++) {
        const struct claim_row *deed = &reader->claims.items[part->deeds.items[i]];
        own |= deed->sentence == claim->sentence;
        other |= deed->sentence != claim->sentence;
        means |= deed->counts || deed->means != 0 ? deed->means : 0;
    }
    if (own || !other)
        return false;
    uint32_t loud = ~(uint32_t)MEANS_GUNS;
    return tells_another(reader, claim->sentence) ||
           (claim->counts && (means & loud) != 0 && (claim->means & loud) != 0 &&
            (means & claim->means) == 0);
}

/* Told in passing ("accused of killing hundreds there in 1998"): years from all that the part has. Such a claim
 * opens a part whatever its status. */
static bool lies_years_apart(const struct reader *reader, const struct part *part,
                             const struct claim_row *claim)
{
    enum { YEAR = 366 };
    if (!is_dated(claim) || !parting_is_happening(claim))
        return false;
    /* "Prior to the invasion of 2001", in a report that gives its own days no date. */
    if (part->dated.count == 0)
        return part->deeds.count > 0 && claim->last - claim->first >= YEAR - 2;
    bool dated = true;
    for (uint32_t i = 0; dated && i < part->dated.count; i++) {
        const struct claim_row *other = &reader->claims.items[part->dated.items[i]];
        dated = days_between(claim->first, claim->last, other->first, other->last) > YEAR;
    }
    return dated;
}

/* What was years before the story, which goes on where it was. */
static bool is_aside(const struct reader *reader, const struct part *part,
                     const struct claim_row *claim)
{
    return lies_years_apart(reader, part, claim) &&
           (part->dated.count == 0 ||
            claim->last < reader->claims.items[part->dated.items[0]].first);
}

static bool conflicts(const struct reader *reader, const struct part *part,
                      const struct claim_row *claim)
{
    if (lies_years_apart(reader, part, claim))
        return true;
    const struct spot *town = parting_town(reader, claim);
    bool apart = lies_apart(reader, part, town);
    if (is_another_deed(reader, part, claim))
        return true;
    bool later = is_another_day(reader, part, claim) || is_next_day(reader, part, claim);
    /* A place name alone may be a quarter of the town, or the wrong one of that name. */
    return parting_is_happening(claim) ? (apart && (claim->dated || claim->counts)) ||
                                     (later && (town != NULL || (claim->daily && (claim->counts || claim->control))) &&
                                      (apart || !is_death(reader, part, claim)))
                               : apart && later;
}

static uint32_t choose_part(struct reader *reader, const struct claim_row *claim, uint32_t current)
{
    uint32_t count = reader->parts.count;
    const struct part *now = count > 0 ? &reader->parts.items[current] : NULL;
    bool may_part = now == NULL || parting_is_factual(claim) || lies_years_apart(reader, now, claim);
    if (!may_part || (now != NULL && !conflicts(reader, now, claim)))
        return current;
    for (uint32_t i = 0; i < count; i++)
        if (!conflicts(reader, &reader->parts.items[i], claim))
            return i;
    struct part *part = array_push(&reader->parts);
    if (part == NULL)
        return 0;
    array_init(&part->spots, &reader->scratch);
    array_init(&part->dated, &reader->scratch);
    array_init(&part->deeds, &reader->scratch);
    return count;
}

void parting_find(struct reader *reader)
{
    uint32_t current = 0;
    for (uint32_t i = 0; i < reader->claims.count; i++) {
        struct claim_row *claim = &reader->claims.items[i];
        uint32_t before = reader->parts.count;
        claim->part = choose_part(reader, claim, current);
        if (reader->scratch.failed)
            return;
        struct part *part = &reader->parts.items[claim->part];
        bool factual = parting_is_factual(claim);
        current = is_aside(reader, &reader->parts.items[current], claim) ? current : claim->part;
        /* What is only planned says nothing of where the report is, but where it lies years off. */
        bool opens = before > 0 && reader->parts.count > before;
        if ((!factual && !opens) || !parting_is_happening(claim))
            continue;
        uint32_t *item;
        if (parting_town(reader, claim) != NULL && (item = array_push(&part->spots)) != NULL)
            *item = (uint32_t)claim->place;
        if (is_dated(claim) && (item = array_push(&part->dated)) != NULL)
            *item = i;
        if (claim->plover != NULL && strcmp(claim->plover, "ASSAULT") == 0 &&
            (item = array_push(&part->deeds)) != NULL)
            *item = i;
    }
}
