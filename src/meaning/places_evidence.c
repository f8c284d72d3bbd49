/* What is seen at a stretch of text that may name a place: the words before and behind it, its
 * capitals, where it stands in its block. Each finding is a bit of enum place_evidence; what they
 * weigh is for places_resolve.c and places_judge.c to say.
 *
 * Method: the kinds of words of en/place_words.tsv beside the name, with the tagger's word where
 * the report has ordinary capitals. Left out: what is said of towns and of little else
 * (places_ground.c), what other names of the sentence say (places_together.c). The list of words in
 * it stands here, since this stage needs no grammar, which marks those of en/word_lists.tsv. */
#include "meaning/places_find.h"

enum { DATELINE_REACH = 9 };

/* ------------------------------------------------------------------ case */

struct casing {
    uint32_t words, capitalised, upper;
};

static struct casing casing_of(const struct place_work *work, struct token_range range)
{
    struct casing casing = {0};
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct token *token = token_at(work, i);
        if (!is_word(token) || token->folded_length < 2)
            continue;
        casing.words++;
        casing.capitalised += (token->flags & TOKEN_CAPITALISED) != 0;
        casing.upper += (token->flags & TOKEN_ALL_CAPITALS) != 0;
    }
    return casing;
}

/* A report in capitals, or with hardly any: under one word in fifty, where news has one in five. */
void place_weigh_case(struct place_work *work)
{
    struct casing casing = casing_of(work, (struct token_range){0, work->document->tokens.count});
    work->upper = casing.upper * 2 > casing.words;
    work->caseless = work->upper || (casing.capitalised + casing.upper) * 50 < casing.words;
}

/* Headlines capitalise every word. */
static bool is_headline(const struct place_work *work, struct token_range range)
{
    struct casing casing = casing_of(work, range);
    return casing.words >= 4 && (casing.capitalised + casing.upper) * 10 > casing.words * 7;
}

/* ------------------------------------------------------------------ what stands around */

/* The token before `at` in its sentence, hyphens, "the" and "al-" passed over; NONE at the start.
 */
uint32_t place_before(const struct place_work *work, uint32_t at, uint32_t first)
{
    while (at > first) {
        at--;
        if ((token_at(work, at)->flags & TOKEN_HYPHEN) == 0 &&
            !is_text(token_at(work, at), "the") && !place_has_article(work, at, at + 3))
            return at;
    }
    return NONE;
}

bool place_is_name_like(const struct place_work *work, uint32_t at)
{
    const struct token *token = token_at(work, at);
    if (!is_word(token) || (token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_CAPITALS)) == 0)
        return false;
    return !work->has_tags || token->upos == UPOS_PROPN || token->upos == UPOS_X;
}

/* "Mary Poole of Harlan", "Poole, 25, of Harlan": who, before `of`; `head` is the token before it.
 */
static bool is_person_from(const struct place_work *work, const struct sentence *sentence,
                           uint32_t head, uint32_t of)
{
    const uint32_t not_people = WORD_IS_MEMBER | WORD_IS_FEATURE | WORD_IS_TITLE | WORD_IS_ROLE |
                                WORD_IS_ORGANISATION | WORD_IS_GOVERNMENT | WORD_IS_ROAD |
                                WORD_IS_DIRECTION | WORD_IS_CALENDAR;
    uint32_t first = sentence->tokens.first;
    if (work->caseless || head + 1 != of)
        return false;
    if (is_text(token_at(work, head), ","))
        return head > first + 1 && (token_at(work, head - 1)->flags & TOKEN_NUMBER) != 0 &&
               is_text(token_at(work, head - 2), ",");
    if (head == first || !place_is_name_like(work, head) || !place_is_name_like(work, head - 1))
        return false;
    uint32_t kinds = place_kinds(work, head) | place_kinds(work, head - 1);
    return (kinds & not_people) == 0 && (kinds & (WORD_IS_WORD | WORD_IS_GIVEN)) != WORD_IS_WORD;
}

/* "The Kyivskyi DISTRICT of Donetsk": a part that has a name of its own; what it is a part of is
 * none. */
static bool is_named_part(const struct place_work *work, const struct sentence *sentence,
                          uint32_t feature)
{
    uint32_t name = place_before(work, feature, sentence->tokens.first);
    return name != NONE && name + 1 == feature && token_at(work, name)->upos == UPOS_PROPN &&
           is_capital(token_at(work, name)) && (place_kinds(work, feature) & WORD_IS_PART) != 0;
}

uint32_t place_look_before(const struct place_work *work, const struct sentence *sentence,
                           uint32_t at)
{
    uint32_t evidence = 0;
    uint32_t previous = place_before(work, at, sentence->tokens.first);
    if (previous == NONE)
        return SEEN_FIRST;
    const struct token *token = token_at(work, previous);
    uint32_t kinds = place_kinds(work, previous);
    bool adjacent = previous + 1 == at;
    if ((token->flags & TOKEN_PUNCTUATION) != 0)
        return is_text(token, "\"") || is_text(token, "(") ? SEEN_FIRST : 0;
    if (kinds & WORD_IS_LOCATIVE)
        evidence |= SEEN_LOCATIVE;
    if (kinds & (WORD_IS_APPROACH | WORD_IS_CONTROL))
        evidence |= SEEN_APPROACH;
    if (kinds & WORD_IS_DIRECTION) {
        evidence |= SEEN_DIRECTION;
        uint32_t further = place_before(work, previous, sentence->tokens.first);
        if (further != NONE && (place_kinds(work, further) & WORD_IS_LOCATIVE))
            evidence |= SEEN_LOCATIVE;
    }
    if (is_text(token, "of")) {
        uint32_t head = place_before(work, previous, sentence->tokens.first);
        uint32_t head_kinds = head != NONE ? place_kinds(work, head) : 0;
        if ((head_kinds & WORD_IS_FEATURE) && is_named_part(work, sentence, head))
            evidence |= SEEN_LOCATIVE;
        else if (head_kinds & WORD_IS_FEATURE)
            evidence |= SEEN_FEATURE_BEFORE;
        if ((head_kinds & WORD_IS_MEMBER) && place_is_name_like(work, head))
            evidence |= SEEN_MEMBER_BEFORE;
        if (head != NONE && is_person_from(work, sentence, head, previous))
            evidence |= SEEN_LOCATIVE;
    }
    bool cased = !work->caseless;
    if (adjacent && (kinds & WORD_IS_TITLE) &&
        (is_capital(token) || (kinds & (WORD_IS_LOCATIVE | WORD_IS_WORD)) == 0))
        evidence |= SEEN_TITLE_BEFORE;
    else if (adjacent && cased && place_is_name_like(work, previous)) {
        if (kinds & WORD_IS_GIVEN)
            evidence |= SEEN_GIVEN_BEFORE;
        else if ((kinds & (WORD_IS_LOCATIVE | WORD_IS_APPROACH | WORD_IS_DIRECTION |
                           WORD_IS_FEATURE | WORD_IS_ROLE)) == 0)
            evidence |= SEEN_CAPITAL_BEFORE;
    } else if (adjacent && !cased && (kinds & WORD_IS_GIVEN) &&
               (kinds & (WORD_IS_WORD | WORD_IS_LOCATIVE)) == 0)
        evidence |= SEEN_GIVEN_BEFORE;
    return evidence;
}

/* "Kidal HAS FALLEN", "Kidal IS STILL HELD by": what is said of places, behind its auxiliaries. */
static bool is_held(const struct place_work *work, const struct sentence *sentence, uint32_t at)
{
    static const char *const words[] = {"has",  "have", "had",    "is",      "are",  "was",
                                        "were", "been", "still",  "now",     "also", "again",
                                        "be",   "soon", "remain", "remains", "not",  "remained"};
    enum { AUXILIARIES = 3 };
    for (uint32_t i = at; i < sentence->tokens.end && i <= at + AUXILIARIES; i++) {
        if (place_kinds(work, i) & WORD_IS_CONTROL)
            return !is_capital(token_at(work, i));
        bool auxiliary = is_text(token_at(work, i), "under");
        if (auxiliary)
            return i > at;
        for (size_t j = 0; j < sizeof words / sizeof words[0]; j++)
            auxiliary = auxiliary || is_text(token_at(work, i), words[j]);
        if (!auxiliary)
            return false;
    }
    return false;
}

static uint32_t look_after(const struct place_work *work, const struct sentence *sentence,
                           uint32_t end, const char **classes)
{
    if (end >= sentence->tokens.end)
        return 0;
    const struct token *token = token_at(work, end);
    const struct place_word *word = place_word_find(work->knowledge, token->hash);
    if ((token->flags & TOKEN_HYPHEN) != 0) {
        bool joined = end + 1 < sentence->tokens.end && !is_capital(token_at(work, end + 1)) &&
                      !is_text(token_at(work, end + 1), "based") &&
                      (token_at(work, end + 1)->flags & TOKEN_SPACE_BEFORE) == 0 &&
                      (token->flags & TOKEN_SPACE_BEFORE) == 0;
        return joined ? SEEN_HYPHEN_AFTER : 0;
    }
    if (!is_word(token))
        return 0;
    uint32_t evidence = is_held(work, sentence, end) ? SEEN_APPROACH : 0;
    bool name_like = place_is_name_like(work, end);
    /* "the Karsa border crossing" */
    if (is_text(token, "border") && end + 1 < sentence->tokens.end &&
        (place_kinds(work, end + 1) & WORD_IS_FEATURE) != 0)
        word = place_word_find(work->knowledge, token_at(work, end + 1)->hash);
    if (word->kinds & WORD_IS_FEATURE) {
        evidence |= SEEN_FEATURE_AFTER;
        *classes = word->classes;
    }
    if (word->kinds & WORD_IS_SAYING)
        evidence |= SEEN_SAYING_AFTER;
    if (word->kinds & WORD_IS_GOVERNMENT)
        evidence |= SEEN_GOVERNMENT_AFTER;
    if (word->kinds & (WORD_IS_ROLE | WORD_IS_TITLE))
        evidence |= SEEN_ROLE_AFTER;
    if (!work->caseless && !name_like)
        return evidence;
    if (word->kinds & WORD_IS_ROAD)
        evidence |= SEEN_ROAD_AFTER;
    else if (word->kinds & WORD_IS_ORGANISATION)
        evidence |= SEEN_ORGANISATION_AFTER;
    else if (!work->caseless &&
             (word->kinds & (WORD_IS_FEATURE | WORD_IS_ROLE | WORD_IS_TITLE | WORD_IS_LOCATIVE |
                             WORD_IS_DIRECTION | WORD_IS_APPROACH | WORD_IS_CALENDAR)) == 0)
        evidence |= SEEN_CAPITAL_AFTER;
    return evidence;
}

/* In a run of capitalised words the last says what the whole is: "Cuckoo Hall Lane". */
static uint32_t look_ahead(const struct place_work *work, const struct sentence *sentence,
                           uint32_t end)
{
    uint32_t evidence = 0;
    for (uint32_t i = end; i < sentence->tokens.end && i < end + 5; i++) {
        if (!place_is_name_like(work, i))
            break;
        uint32_t kinds = place_kinds(work, i);
        if (kinds & WORD_IS_ROAD)
            evidence |= SEEN_ROAD_AFTER;
        if (kinds & WORD_IS_ORGANISATION)
            evidence = (evidence & ~(uint32_t)SEEN_ROAD_AFTER) | SEEN_ORGANISATION_AFTER;
    }
    return evidence;
}

static uint32_t look_inside(const struct place_work *work, struct token_range range)
{
    if (place_has_article(work, range.first, range.end))
        range.first += 2;
    const struct token *token = token_at(work, range.first);
    uint32_t evidence = 0;
    if (range.end - range.first > 1) {
        bool proper = false;
        for (uint32_t i = range.first; i < range.end; i++)
            proper = proper || token_at(work, i)->upos == UPOS_PROPN;
        return SEEN_SEVERAL | (work->has_tags ? (proper ? SEEN_PROPER : SEEN_NOT_PROPER) : 0);
    }
    uint32_t kinds = place_kinds(work, range.first);
    if (kinds & WORD_IS_WORD)
        evidence |= SEEN_WORD;
    if (kinds & WORD_IS_GIVEN)
        evidence |= SEEN_GIVEN;
    if (kinds & WORD_IS_SURNAME)
        evidence |= SEEN_SURNAME;
    if ((token->flags & TOKEN_ALL_CAPITALS) != 0 && token->folded_length <= 4 && !work->upper)
        evidence |= SEEN_SHORT;
    if (work->has_tags)
        evidence |=
            token->upos == UPOS_PROPN || token->upos == UPOS_X ? SEEN_PROPER : SEEN_NOT_PROPER;
    return evidence;
}

/* "KABUL. The town ...", "HERAT, Afghanistan. The town ...": a sentence of names alone, the first
 * in capitals, before the others of its paragraph. */
static bool is_sentence_of_names(const struct place_work *work, const struct sentence *sentence,
                                 struct token_range range, const struct block *block)
{
    uint32_t last = sentence->tokens.end - 1;
    if (work->upper || !is_text(token_at(work, last), ".") ||
        token_at(work, last)->span.end >= block->span.end)
        return false;
    for (uint32_t i = range.first; i < last; i++) {
        const struct token *token = token_at(work, i);
        bool capitals = (token->flags & TOKEN_ALL_CAPITALS) != 0 && token->folded_length > 2;
        if (is_word(token) && (i == range.first ? !capitals : !is_capital(token)))
            return false;
    }
    return true;
}

/* "KABUL, Afghanistan (Reuters) -": within reach of the name a dash, only names, commas and
 * brackets between. */
static bool is_dateline(const struct place_work *work, const struct sentence *sentence,
                        struct token_range range)
{
    const struct block *block = &work->document->blocks.items[sentence->block];
    if (block->kind == BLOCK_DATELINE)
        return true;
    if (token_at(work, range.first)->span.start != block->span.start)
        return false;
    if (is_sentence_of_names(work, sentence, range, block))
        return true;
    bool bracket = false;
    for (uint32_t i = range.end; i < sentence->tokens.end && i < range.end + DATELINE_REACH; i++) {
        const struct token *token = token_at(work, i);
        if ((token->flags & TOKEN_HYPHEN) != 0 || is_text(token, "--") || is_text(token, "---"))
            return (token->flags & TOKEN_SPACE_BEFORE) != 0 || bracket;
        bracket = bracket || is_text(token, "(") || is_text(token, ")");
        if (is_word(token) && !is_capital(token) && !bracket)
            return false;
    }
    return false;
}

/* ------------------------------------------------------------------ the candidate */

struct place_candidate *place_add_candidate(struct place_work *work,
                                            const struct sentence *sentence,
                                            struct token_range range)
{
    struct place_candidate *candidate = array_push(&work->candidates);
    if (candidate == NULL)
        return NULL;
    const char *classes = NULL;
    candidate->tokens = range;
    candidate->single = NO_ENTRY;
    candidate->container = NONE;
    candidate->group = NONE;
    candidate->evidence =
        place_look_before(work, sentence, range.first) | look_inside(work, range) |
        look_after(work, sentence, range.end, &classes) | look_ahead(work, sentence, range.end);
    if (work->caseless || is_headline(work, sentence->tokens))
        candidate->evidence |= SEEN_CASELESS;
    if (is_dateline(work, sentence, range))
        candidate->evidence |= SEEN_DATELINE;
    candidate->classes = classes;
    candidate->ground = place_is_ground(work, sentence, range);
    if (place_is_left(work, sentence, range.first))
        candidate->evidence |= SEEN_APPROACH;
    candidate->people_after = range.end < sentence->tokens.end &&
                              (place_kinds(work, range.end) & WORD_IS_INHABITANT) != 0 &&
                              !is_capital(token_at(work, range.end));
    candidate->make_after = range.end < sentence->tokens.end &&
                            (place_kinds(work, range.end) & WORD_IS_MAKE) != 0 &&
                            !is_capital(token_at(work, range.end));
    return candidate;
}

/* The feature word of "the city of Kunduz", for the classes that the name may be of. */
const char *place_classes_before(const struct place_work *work, const struct sentence *sentence,
                                 uint32_t at)
{
    uint32_t of = place_before(work, at, sentence->tokens.first);
    uint32_t head = of == NONE ? NONE : place_before(work, of, sentence->tokens.first);
    return head == NONE ? NULL
                        : place_word_find(work->knowledge, token_at(work, head)->hash)->classes;
}

/* The feature word of "Ghazni, a key province": after a comma and an article, before the next mark.
 */
const char *place_classes_told(const struct place_work *work, const struct sentence *sentence,
                               uint32_t end)
{
    enum { REACH = 6 };
    if (end + 2 >= sentence->tokens.end || !is_text(token_at(work, end), ",") ||
        !(is_text(token_at(work, end + 1), "a") || is_text(token_at(work, end + 1), "an") ||
          is_text(token_at(work, end + 1), "the")))
        return NULL;
    for (uint32_t i = end + 2; i < sentence->tokens.end && i < end + REACH; i++) {
        const struct place_word *word = place_word_find(work->knowledge, token_at(work, i)->hash);
        if (!is_word(token_at(work, i)) || is_text(token_at(work, i), "of"))
            return NULL;
        if (word->kinds & WORD_IS_FEATURE)
            return word->classes;
        if (is_text(token_at(work, i), "capital"))
            return "PPL";
    }
    return NULL;
}
