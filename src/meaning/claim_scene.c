/* The place of a claim whose words name none: that of what is told around it.
 *
 * Method: only for what happens on the ground (attacks, arrests, flights, protests), not for
 * statements, talks and plans, which happen wherever the speaker is. First the only place of the
 * claim's own sentence; then, where it names none, that of the nearest sentence before it in this
 * paragraph or the one before: of its last claim, else the only place it names; a country only
 * where nothing inside it is nearby. Then, for violence that the police of a town tell
 * of, that town: they tell of their own ground. Last, for violence in a local report, one whose
 * places are nearly all in one division and that names one town far more than any other, that town:
 * news of a town says once where it is. Left out: places that the reader's knowledge gives. */
#include "meaning/scenes.h"
#include "meaning/times.h"

bool claim_is_on_the_ground(const struct claim *claim)
{
    static const char *const types[] = {"ASSAULT", "COERCE", "RETREAT", "PROTEST", "MOBILIZE"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(claim->plover, types[i]) == 0)
            return true;
    return false;
}

enum { PARAGRAPHS_BACK = 1 };

/* The place, unless a nearer sentence was about another country. */
static uint32_t narrowed(const struct document *document, uint32_t country, uint32_t place)
{
    if (country == NONE || place == NONE)
        return place == NONE ? country : place;
    const char *one = document->places.items[country].country;
    const char *two = document->places.items[place].country;
    return one != NULL && two != NULL && strcmp(one, two) == 0 ? place : country;
}

/* The place of the nearest sentence before that has one, by its last claim, else by what it names.
 * Where a sentence between names several places and tells of none, the scene has changed to nobody
 * knows where. */
static uint32_t place_before(const struct coding *coding, const struct claim *claim)
{
    const struct document *document = coding->document;
    const struct sentence *sentences = document->sentences.items;
    uint32_t next = document->claims.count - 1, wide = NONE;
    for (uint32_t sentence = claim->sentence + 1; sentence-- > 0;) {
        if (sentences[claim->sentence].block - sentences[sentence].block > PARAGRAPHS_BACK ||
            times_heads_entry(document, sentence))
            break;
        for (; next > 0 && document->claims.items[next - 1].sentence >= sentence; next--) {
            const struct claim *before = &document->claims.items[next - 1];
            if (before->place == NONE || !claim_is_on_the_ground(before) ||
                (before->sentence == claim->sentence &&
                 !scenes_told_together(coding, claim->trigger_token, before->trigger_token)))
                continue;
            if (!scenes_is_country(document, before->place))
                return narrowed(document, wide, before->place);
            wide = wide == NONE ? before->place : wide;
        }
        bool any = false;
        uint32_t place =
            sentence < claim->sentence ? scenes_only_place(coding, sentence, NONE, &any) : NONE;
        if (place != NONE && scenes_is_abroad(coding, place))
            continue; /* "born in Washington" does not take the scene there */
        if (any && (place == NONE || !scenes_is_country(document, place)))
            return narrowed(document, wide, place);
        wide = wide == NONE ? place : wide;
    }
    return wide;
}

static bool begins(const char *text, const char *start)
{
    return text != NULL && strncmp(text, start, strlen(start)) == 0;
}

static bool is_in_division_of(const struct place_mention *one, const struct place_mention *two)
{
    return one->admin1 != NULL && two->admin1 != NULL && strcmp(one->admin1, two->admin1) == 0 &&
           one->country != NULL && two->country != NULL && strcmp(one->country, two->country) == 0;
}

/* How often the report names the place: of it alone, and all that lies in a division, in its own.
 */
struct naming {
    uint32_t town, others, near, all;
};

static struct naming naming_of(const struct document *document, uint32_t town)
{
    struct naming naming = {0};
    const struct place_mention *places = document->places.items;
    for (uint32_t i = 0; i < document->places.count; i++) {
        if (places[i].stray)
            continue;
        bool same = scenes_same(document, i, town);
        naming.town += same;
        naming.others += !same && (places[i].feature == NULL || begins(places[i].feature, "PPL"));
        naming.all += places[i].admin1 != NULL;
        naming.near += is_in_division_of(&places[i], &places[town]);
    }
    return naming;
}

/* The town of a local report, or NONE: named twice as often as all others together. A capital
 * stands for its country's news as well. */
static uint32_t town_of_report(const struct document *document)
{
    enum { LOOKED_AT = 60, SHORT = 20 };
    uint32_t often = document->sentences.count <= SHORT ? 1 : 2;
    for (uint32_t i = 0; i < document->places.count && i < LOOKED_AT; i++) {
        const struct place_mention *place = &document->places.items[i];
        if (place->geonameid == 0 || place->stray || !begins(place->feature, "PPL") ||
            begins(place->feature, "PPLC"))
            continue;
        struct naming naming = naming_of(document, i);
        if (naming.town >= often && naming.town >= 2 * naming.others &&
            naming.near * 5 >= naming.all * 4)
            return i;
    }
    return NONE;
}

/* "19 May: Gunmen kill nine": each entry of a chronology is of a place of its own. */
static bool is_in_chronology(const struct document *document, const struct claim *claim)
{
    const struct sentence *sentences = document->sentences.items;
    for (uint32_t i = claim->sentence + 1;
         i-- > 0 && sentences[i].block == sentences[claim->sentence].block;)
        if (times_heads_entry(document, i))
            return true;
    return false;
}

/* "Speaking in Geneva, he said that they were killed": elsewhere, whatever town that is. */
static bool names_a_place(const struct coding *coding, uint32_t sentence)
{
    struct token_range range = coding->document->sentences.items[sentence].tokens;
    for (uint32_t i = range.first; i < range.end; i++)
        if (coding->where[i] != NONE)
            return true;
    return false;
}

/* Whether a claim is of what the report is about: not of a year long ago. */
static bool is_recent(const struct document *document, const struct claim *claim)
{
    enum { LONG_AGO = 60 };
    return claim->to == DAY_UNKNOWN || document->report.published == DAY_UNKNOWN ||
           document->report.published - claim->to <= LONG_AGO;
}

static bool is_about_an_open_place(const struct making *making)
{
    for (uint32_t i = 0; i < making->arguments.count; i++)
        if (scenes_is_open_place(making->coding, making->arguments.items[i].token))
            return true;
    return false;
}

/* "Struck a depot in Bahri", which nobody knows: there, and not where the sentence before was. */
static bool is_somewhere_unknown(const struct making *making)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    const struct argument *object = arguments_get(&making->arguments, ARGUMENT_OBJECT);
    uint32_t above[] = {making->trigger, object != NULL ? object->token : NONE};
    for (size_t a = 0; a < sizeof above / sizeof above[0] && above[a] != NONE; a++)
        for (uint32_t child = tree->first_child[above[a]]; child != NONE;
             child = tree->next_sibling[child]) {
            uint32_t preposition = tree_preposition(tree, child);
            if (preposition == NONE || child < above[a] || tree->tokens[child].upos != UPOS_PROPN ||
                coding->where[child] != NONE || coding->time[child] != NONE ||
                coding->actor_mention[child] != NONE)
                continue;
            if (token_in(&tree->tokens[preposition], WORDS_LEAD_TO_UNKNOWN_PLACES))
                return true;
        }
    return false;
}

static bool is_town_or_district(const struct document *document, uint32_t place)
{
    const char *feature = document->places.items[place].feature;
    return !document->places.items[place].stray &&
           (begins(feature, "PPL") || begins(feature, "ADM2") || begins(feature, "ADM3"));
}

/* "Police IN DAYTON said", "the DAYTON Sheriff's Office": the ground of the police who tell of it;
 * NONE where nobody tells of it, others do, or they name several places. */
static uint32_t ground_of_police(const struct coding *coding, const struct claim *claim)
{
    if (claim->according_to.count == 0)
        return NONE;
    struct token_range source =
        document_tokens_in(coding->document, claim->according_to.items[0].span);
    uint32_t found = NONE;
    bool police = false;
    for (uint32_t i = source.first; i < source.end; i++) {
        uint32_t place = coding->place[i];
        police |= (coding_kinds(coding, i) & KIND_POLICE) != 0;
        if (place == NONE || !is_town_or_district(coding->document, place))
            continue;
        if (found != NONE && !scenes_same(coding->document, found, place))
            return NONE;
        found = place;
    }
    return police ? found : NONE;
}

/* What the report says less surely than a sentence before: for violence alone. */
static uint32_t ground_of_violence(const struct coding *coding, const struct claim *claim)
{
    if (strcmp(claim->plover, "ASSAULT") != 0)
        return NONE;
    uint32_t place = ground_of_police(coding, claim);
    if (place != NONE)
        return place;
    return is_recent(coding->document, claim) && !is_in_chronology(coding->document, claim) &&
                   !names_a_place(coding, claim->sentence)
               ? town_of_report(coding->document)
               : NONE;
}

/* "Executed prisoners ELSEWHERE", "the raids in other cities and ELSEWHERE": not where the story
 * is. */
static bool is_told_elsewhere(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    uint32_t near[] = {making->trigger, tree->tokens[making->trigger].head, NONE};
    if (making->patients.count > 0)
        near[2] = making->patients.tokens[0];
    for (size_t i = 0; i < sizeof near / sizeof near[0]; i++)
        for (uint32_t child = near[i] != NONE ? tree->first_child[near[i]] : NONE; child != NONE;
             child = tree->next_sibling[child])
            if (child > making->trigger && token_is(&tree->tokens[child], "elsewhere"))
                return true;
    return false;
}

/* "The September 11 attacks", of which everybody knows where they were: a date before the noun that
 * is long past. */
static bool is_known_by_its_date(const struct making *making, const struct claim *claim)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    bool dated = false;
    for (uint32_t child = tree->first_child[making->trigger];
         child != NONE && child < making->trigger; child = tree->next_sibling[child])
        dated |= coding->time[child] != NONE;
    return dated && making->frame->class == FRAME_NOUN && !is_recent(coding->document, claim);
}

void scene_inherit(const struct making *making, struct claim *claim)
{
    const struct coding *coding = making->coding;
    bool any = false;
    if (claim->place != NONE || !claim_is_on_the_ground(claim) || is_told_elsewhere(making) ||
        is_known_by_its_date(making, claim))
        return;
    claim->place = scenes_only_place(coding, claim->sentence, making->trigger, &any);
    if (where_is_town_itself(making, claim->place))
        claim->place = NONE;
    if (any || is_about_an_open_place(making) || is_somewhere_unknown(making))
        return;
    claim->place = place_before(coding, claim);
    if (claim->place == NONE)
        claim->place = ground_of_violence(coding, claim);
    if (where_is_town_itself(making, claim->place))
        claim->place = NONE;
}
