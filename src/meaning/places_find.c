/* Finds the stretches of text that may name a place, and what stands around them.
 *
 * Method: at each word that may begin a name, the longest run of words that the gazetteer knows.
 * Capitals tell names from words in ordinary text; where a report has none, or only capitals, the
 * other evidence must do. Nothing is decided here but the plainest cases: phrases of the
 * dictionaries that hold a place name and are none ("New York Times"), streets, persons. */
#include "meaning/places.h"

#include "bytes/hash.h"
#include "meaning/gazetteer_names.h"

#include <string.h>

enum { LONGEST_NAME = 14, DATELINE_REACH = 9 };

static const struct token *token_at(const struct place_work *work, uint32_t at)
{
    return &work->document->tokens.items[at];
}

static bool is_word(const struct token *token)
{
    return (token->flags & (TOKEN_PUNCTUATION | TOKEN_HYPHEN | TOKEN_NUMBER)) == 0;
}

static bool is_capital(const struct token *token)
{
    return (token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_CAPITALS)) != 0;
}

static bool is_text(const struct token *token, const char *text)
{
    return strcmp(token->folded, text) == 0;
}

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
static void weigh_case(struct place_work *work)
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

/* ------------------------------------------------------------------ names of the gazetteer */

struct walk {
    uint32_t end;
    uint64_t key;
    struct posting_range postings;
    uint32_t words;
};

static bool walk_words(const struct gazetteer *gazetteer, const struct name_words *words,
                       bool first, uint64_t *key, struct posting_range *range)
{
    for (uint32_t i = 0; i < words->count; i++) {
        if (!(first && i == 0) && name_is_link(words->hashes[i]))
            continue;
        *key = name_key_join(*key, words->hashes[i]);
        if (!gazetteer_find(gazetteer, *key, range))
            return false;
    }
    return true;
}

/* An entry of our own table whose name ends in a common noun: "nuclear power plant". */
static bool is_our_spot(const struct place_work *work, uint32_t posting)
{
    const struct gazetteer_entry *entry =
        gazetteer_entry_at(&work->knowledge->gazetteer, posting);
    if (entry == NULL || entry->id > 0)
        return false;
    const char *feature = gazetteer_feature(&work->knowledge->gazetteer, entry);
    return strncmp(feature, "PLNT", 4) == 0 || strncmp(feature, "CMP", 3) == 0;
}

/* The longest name that begins at token `at`; words == 0 where there is none. In ordinary text the
 * last word must have a capital, unless it says what kind of place it is. */
static struct walk walk_from(const struct place_work *work, uint32_t at, uint32_t end)
{
    struct walk found = {0};
    uint64_t key = NAME_START;
    if (end - at > LONGEST_NAME)
        end = at + LONGEST_NAME;
    uint32_t words = 0;
    for (uint32_t i = at; i < end; i++) {
        const struct token *token = token_at(work, i);
        if ((token->flags & TOKEN_HYPHEN) != 0 && i > at)
            continue;
        if ((token->flags & TOKEN_PUNCTUATION) != 0)
            break;
        struct name_words pieces = {.plain = true};
        struct posting_range range = {0};
        if (!name_words_add(&pieces, token->folded, token->folded_length) || pieces.count == 0 ||
            !walk_words(&work->knowledge->gazetteer, &pieces, i == at, &key, &range))
            break;
        words++;
        bool capital = work->caseless || is_capital(token) ||
                       (token->flags & TOKEN_NUMBER) != 0 ||
                       (i > at && (place_kinds(work, i) & WORD_IS_FEATURE) != 0);
        if (range.count > 0 && capital)
            found = (struct walk){i + 1, key, range, words};
        else if (range.count > 0 && i > at && is_our_spot(work, range.items[0]))
            found = (struct walk){i + 1, key, range, words};
    }
    return found;
}

/* ------------------------------------------------------------------ what stands around */

/* The token before `at` in its sentence, hyphens, "the" and "al-" passed over; NONE at the start. */
static uint32_t before(const struct place_work *work, uint32_t at, uint32_t first)
{
    while (at > first) {
        at--;
        if ((token_at(work, at)->flags & TOKEN_HYPHEN) == 0 &&
            !is_text(token_at(work, at), "the") && !place_has_article(work, at, at + 3))
            return at;
    }
    return NONE;
}

static bool is_name_like(const struct place_work *work, uint32_t at)
{
    const struct token *token = token_at(work, at);
    if (!is_word(token) || (token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_CAPITALS)) == 0)
        return false;
    return !work->has_tags || token->upos == UPOS_PROPN || token->upos == UPOS_X;
}

/* "Mary Poole of Harlan", "Poole, 25, of Harlan": who, before `of`; `head` is the token before it. */
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
    if (head == first || !is_name_like(work, head) || !is_name_like(work, head - 1))
        return false;
    uint32_t kinds = place_kinds(work, head) | place_kinds(work, head - 1);
    return (kinds & not_people) == 0 && (kinds & (WORD_IS_WORD | WORD_IS_GIVEN)) != WORD_IS_WORD;
}

/* "The Kyivskyi DISTRICT of Donetsk": a part that has a name of its own; what it is a part of is none. */
static bool is_named_part(const struct place_work *work, const struct sentence *sentence,
                          uint32_t feature)
{
    uint32_t name = before(work, feature, sentence->tokens.first);
    return name != NONE && name + 1 == feature && token_at(work, name)->upos == UPOS_PROPN &&
           is_capital(token_at(work, name)) && (place_kinds(work, feature) & WORD_IS_PART) != 0;
}

static uint32_t look_before(const struct place_work *work, const struct sentence *sentence,
                            uint32_t at)
{
    uint32_t evidence = 0;
    uint32_t previous = before(work, at, sentence->tokens.first);
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
        uint32_t further = before(work, previous, sentence->tokens.first);
        if (further != NONE && (place_kinds(work, further) & WORD_IS_LOCATIVE))
            evidence |= SEEN_LOCATIVE;
    }
    if (is_text(token, "of")) {
        uint32_t head = before(work, previous, sentence->tokens.first);
        uint32_t head_kinds = head != NONE ? place_kinds(work, head) : 0;
        if ((head_kinds & WORD_IS_FEATURE) && is_named_part(work, sentence, head))
            evidence |= SEEN_LOCATIVE;
        else if (head_kinds & WORD_IS_FEATURE)
            evidence |= SEEN_FEATURE_BEFORE;
        if ((head_kinds & WORD_IS_MEMBER) && is_name_like(work, head))
            evidence |= SEEN_MEMBER_BEFORE;
        if (head != NONE && is_person_from(work, sentence, head, previous))
            evidence |= SEEN_LOCATIVE;
    }
    bool cased = !work->caseless;
    if (adjacent && (kinds & WORD_IS_TITLE) &&
        (is_capital(token) || (kinds & (WORD_IS_LOCATIVE | WORD_IS_WORD)) == 0))
        evidence |= SEEN_TITLE_BEFORE;
    else if (adjacent && cased && is_name_like(work, previous)) {
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
    bool name_like = is_name_like(work, end);
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
        if (!is_name_like(work, i))
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
        evidence |= token->upos == UPOS_PROPN || token->upos == UPOS_X ? SEEN_PROPER
                                                                       : SEEN_NOT_PROPER;
    return evidence;
}

/* "KABUL. The town ...", "HERAT, Afghanistan. The town ...": a sentence of names alone, the first in
 * capitals, before the others of its paragraph. */
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

/* ------------------------------------------------------------------ candidates */

static struct place_candidate *add_candidate(struct place_work *work,
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
    candidate->evidence = look_before(work, sentence, range.first) | look_inside(work, range) |
                          look_after(work, sentence, range.end, &classes) |
                          look_ahead(work, sentence, range.end);
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
    return candidate;
}

/* The feature word of "the city of Kunduz", for the classes that the name may be of. */
static const char *classes_before(const struct place_work *work, const struct sentence *sentence,
                                  uint32_t at)
{
    uint32_t of = before(work, at, sentence->tokens.first);
    uint32_t head = of == NONE ? NONE : before(work, of, sentence->tokens.first);
    return head == NONE ? NULL
                        : place_word_find(work->knowledge, token_at(work, head)->hash)->classes;
}

/* The feature word of "Ghazni, a key province": after a comma and an article, before the next mark. */
static const char *classes_told(const struct place_work *work, const struct sentence *sentence,
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

static bool may_begin(const struct place_work *work, uint32_t at, uint32_t end)
{
    const struct token *token = token_at(work, at);
    if (!is_word(token) || token->folded_length == 0 || token->folded[0] == '\'')
        return false;
    if (work->caseless || is_capital(token) || place_has_article(work, at, end))
        return true;
    return is_text(token, "the") && at + 1 < end && is_capital(token_at(work, at + 1));
}

/* A phrase of the dictionaries that begins here and is longer than `length` tokens, or as long where
 * nothing speaks for a place. Returns the tokens to pass over, or 0; an organisation is not passed
 * over, but what is in it is part of its name. */
static uint32_t blocked(const struct place_work *work, const struct sentence *sentence, uint32_t at,
                        uint32_t length, uint32_t *organisation_end)
{
    uint32_t tokens, next;
    uint32_t handle =
        phrases_find(&work->knowledge->blockers, &token_at(work, at)->hash, sizeof(struct token),
                     sentence->tokens.end - at, &tokens);
    if (handle == PHRASE_NONE || tokens < length)
        return 0;
    enum place_blocker kind =
        (enum place_blocker)phrases_value(&work->knowledge->blockers, handle, &next);
    uint32_t seen = look_before(work, sentence, at);
    if (work->caseless && tokens == 1 && length > 0)
        return 0;
    if (tokens == length && (seen & (SEEN_LOCATIVE | SEEN_FEATURE_BEFORE)))
        return 0;
    if (kind == BLOCK_METONYM && (seen & SEEN_LOCATIVE) && length > 0)
        return 0;
    if (kind == BLOCK_ORGANISATION && tokens > length) {
        *organisation_end = at + tokens;
        return 0;
    }
    return tokens;
}

/* An adjective of a country or region before a word it can belong to: "Afghan forces", not "She
 * speaks French." */
static bool find_adjective(struct place_work *work, const struct sentence *sentence, uint32_t at,
                           uint32_t shortest, uint32_t *end)
{
    uint32_t tokens, next;
    uint32_t handle =
        phrases_find(&work->knowledge->demonyms, &token_at(work, at)->hash, sizeof(struct token),
                     sentence->tokens.end - at, &tokens);
    if (handle == PHRASE_NONE || tokens < shortest || at + tokens >= sentence->tokens.end)
        return false;
    const struct token *after = token_at(work, at + tokens);
    bool noun = is_word(after) && after->folded[0] != '\'';
    if (noun && work->has_tags)
        noun = after->upos == UPOS_NOUN || after->upos == UPOS_PROPN || after->upos == UPOS_ADJ;
    bool hyphen = (after->flags & TOKEN_HYPHEN) != 0;
    uint32_t kinds = place_kinds(work, at + tokens);
    bool pronoun = work->caseless && is_text(token_at(work, at), "us");
    if (!(noun || hyphen) || pronoun || (kinds & (WORD_IS_LOCATIVE | WORD_IS_SAYING)))
        return false;
    uint32_t entry = phrases_value(&work->knowledge->demonyms, handle, &next);
    struct place_candidate *candidate =
        add_candidate(work, sentence, (struct token_range){at, at + tokens});
    if (candidate == NULL)
        return false;
    candidate->single = entry;
    candidate->key = entry;
    candidate->classes = NULL;
    candidate->use = PLACE_ADJECTIVE;
    *end = at + tokens;
    return true;
}

/* An abbreviation whose full stop the tokeniser took for a token of its own. */
static const struct place_word *word_with_stop(const struct place_work *work, uint32_t at)
{
    const struct token *token = token_at(work, at);
    char folded[16];
    if (token->folded_length + 1 >= (int)sizeof folded)
        return place_word_find(work->knowledge, 0);
    memcpy(folded, token->folded, token->folded_length);
    folded[token->folded_length] = '.';
    return place_word_find(work->knowledge, hash_bytes(folded, token->folded_length + 1u));
}

/* "Ore.", "B.C.": of a division, by itself or after a town and a comma. */
static bool find_abbreviation(struct place_work *work, const struct sentence *sentence, uint32_t at)
{
    const struct place_word *word = place_word_find(work->knowledge, token_at(work, at)->hash);
    if (word->division == NO_ENTRY && at + 1 < sentence->tokens.end &&
        is_text(token_at(work, at + 1), ".") &&
        (token_at(work, at + 1)->flags & TOKEN_SPACE_BEFORE) == 0)
        word = word_with_stop(work, at);
    if (word->division == NO_ENTRY || (token_at(work, at)->flags & TOKEN_PUNCTUATION) != 0)
        return false;
    uint32_t count = work->candidates.count;
    bool follows = at >= sentence->tokens.first + 2 && count > 0 &&
                   is_text(token_at(work, at - 1), ",") &&
                   work->candidates.items[count - 1].tokens.end == at - 1;
    if (work->caseless && token_at(work, at)->folded_length <= 2)
        follows = false;
    if (!follows && !word->alone)
        return false;
    struct place_candidate *candidate =
        add_candidate(work, sentence, (struct token_range){at, at + 1});
    if (candidate == NULL)
        return false;
    candidate->single = word->division;
    candidate->key = word->division;
    candidate->evidence &= ~(uint32_t)(SEEN_SHORT | SEEN_WORD | SEEN_GIVEN | SEEN_CAPITAL_AFTER |
                                       SEEN_NOT_PROPER);
    candidate->evidence |= follows ? SEEN_AROUND : 0;
    return true;
}

/* "South", "University", "March": a word that says something of other names, though some place is
 * called so. */
static bool is_plain_word(const struct place_work *work, const struct place_candidate *candidate)
{
    const uint32_t plain = WORD_IS_DIRECTION | WORD_IS_FEATURE | WORD_IS_ORGANISATION |
                           WORD_IS_ROAD | WORD_IS_TITLE | WORD_IS_LOCATIVE | WORD_IS_APPROACH |
                           WORD_IS_CALENDAR | WORD_IS_PLAIN;
    for (uint32_t i = candidate->tokens.first; i < candidate->tokens.end; i++)
        if ((place_kinds(work, i) & plain) == 0 && !is_text(token_at(work, i), "the"))
            return false;
    return true;
}

/* "Hall County", "Pope County": a word that is more than a side or a kind before a kind of place. */
static bool is_named_kind(const struct place_work *work, const struct place_candidate *candidate)
{
    const uint32_t bare = WORD_IS_DIRECTION | WORD_IS_FEATURE | WORD_IS_LOCATIVE |
                          WORD_IS_APPROACH | WORD_IS_CALENDAR;
    uint32_t first = candidate->tokens.first, last = candidate->tokens.end - 1;
    return last > first && (place_kinds(work, last) & WORD_IS_FEATURE) != 0 &&
           is_capital(token_at(work, last)) && (place_kinds(work, first) & bare) == 0 &&
           !is_text(token_at(work, first), "the");
}

/* Plain words that make a name all the same: "United States", "West Bank", "Northern Territory". */
static bool is_weighty(const struct place_work *work, const struct walk *walk)
{
    const struct gazetteer *gazetteer = &work->knowledge->gazetteer;
    const struct gazetteer_entry *entry =
        gazetteer_entry_at(gazetteer, walk->postings.items[0]);
    if (entry == NULL || walk->words < 2)
        return false;
    const char *feature = gazetteer_feature(gazetteer, entry);
    if (strncmp(feature, "ADM", 3) == 0)
        return entry->id > 0;
    return strncmp(feature, "PPL", 3) != 0 || entry->population > 100000;
}

/* "US", "UAE": the gazetteer has the capitals as a name of a state. */
static bool is_state_name(const struct place_work *work, const struct posting_range *postings)
{
    const struct gazetteer *gazetteer = &work->knowledge->gazetteer;
    const struct gazetteer_entry *entry =
        postings->count > 0 ? gazetteer_entry_at(gazetteer, postings->items[0]) : NULL;
    return entry != NULL && strncmp(gazetteer_feature(gazetteer, entry), "PCL", 3) == 0;
}

/* Kinds of words that end a person's name, or say that it was none: "London Bridge". */
static const uint32_t NO_SURNAME = WORD_IS_TITLE | WORD_IS_FEATURE | WORD_IS_ORGANISATION |
                                   WORD_IS_ROAD | WORD_IS_DIRECTION | WORD_IS_LOCATIVE |
                                   WORD_IS_APPROACH;

/* Words of a person's name after a title or given name, for mentions by surname alone. */
static void note_person(struct place_work *work, const struct sentence *sentence, uint32_t at)
{
    if (place_has_article(work, at, sentence->tokens.end))
        at += 2;
    for (uint32_t i = at; i < sentence->tokens.end && i < at + 3; i++) {
        uint32_t kinds = place_kinds(work, i);
        if (!is_name_like(work, i) || (kinds & NO_SURNAME))
            break;
        const struct token *token = token_at(work, i);
        phrases_add(&work->persons, token->folded, token->folded_length, 1);
    }
}

static void note_persons(struct place_work *work, const struct sentence *sentence)
{
    for (uint32_t i = sentence->tokens.first; i + 1 < sentence->tokens.end; i++) {
        const struct token *token = token_at(work, i);
        uint32_t kinds = place_kinds(work, i);
        bool title = (kinds & WORD_IS_TITLE) && is_word(token) &&
                     (kinds & (WORD_IS_FEATURE | WORD_IS_LOCATIVE)) == 0;
        bool given = (kinds & WORD_IS_GIVEN) && is_name_like(work, i) &&
                     is_name_like(work, i + 1) && (place_kinds(work, i + 1) & NO_SURNAME) == 0;
        if (given && i > sentence->tokens.first) {
            uint32_t earlier = place_kinds(work, i - 1);
            given = (earlier & (WORD_IS_LOCATIVE | WORD_IS_DIRECTION)) == 0;
        }
        if (given)
            note_person(work, sentence, i);
        else if (title && walk_from(work, i, sentence->tokens.end).words < 2)
            note_person(work, sentence, i + 1);
    }
}

/* A capitalised name that the gazetteer lacks, up to three words, where something says it is a
 * place; returns where to go on. */
static uint32_t find_unknown(struct place_work *work, const struct sentence *sentence, uint32_t at)
{
    enum { WORDS = 3 };
    const uint32_t structural = WORD_IS_FEATURE | WORD_IS_ORGANISATION | WORD_IS_ROAD |
                                WORD_IS_TITLE | WORD_IS_CALENDAR | WORD_IS_ROLE | WORD_IS_GIVEN;
    bool article = place_has_article(work, at, sentence->tokens.end);
    uint32_t end = article ? at + 2 : at, words = 0;
    while (end < sentence->tokens.end && words < WORDS && is_name_like(work, end) &&
           (place_kinds(work, end) & structural) == 0) {
        end++;
        words++;
        bool hyphen = end + 1 < sentence->tokens.end &&
                      (token_at(work, end)->flags & TOKEN_HYPHEN) != 0 &&
                      (token_at(work, end)->flags & TOKEN_SPACE_BEFORE) == 0;
        if (hyphen && is_name_like(work, end + 1))
            end++;
    }
    if (words == 0)
        return at + 1;
    const uint32_t wanted = SEEN_LOCATIVE | SEEN_FEATURE_BEFORE | SEEN_FEATURE_AFTER |
                            SEEN_DIRECTION;
    struct place_candidate *candidate =
        add_candidate(work, sentence, (struct token_range){at, end});
    if (candidate == NULL)
        return end;
    bool said = (candidate->evidence & wanted) != 0 && !(candidate->evidence & SEEN_FIRST);
    uint32_t verb = before(work, at, sentence->tokens.first);
    bool taken = verb != NONE && (place_kinds(work, verb) & WORD_IS_CONTROL) != 0;
    if (!said && !candidate->ground && !taken) {
        work->candidates.count--;
        return end;
    }
    uint32_t of = before(work, at, sentence->tokens.first);
    uint32_t head = of == NONE ? NONE : before(work, of, sentence->tokens.first);
    if ((candidate->evidence & SEEN_FEATURE_BEFORE) && head != NONE &&
        is_capital(token_at(work, head))) {
        work->candidates.count--; /* "Department of Fish" */
        return end;
    }
    candidate->evidence |= SEEN_UNKNOWN;
    if ((candidate->evidence & SEEN_FEATURE_BEFORE) && candidate->classes == NULL)
        candidate->classes = classes_before(work, sentence, at);
    return end;
}

static uint32_t find_at(struct place_work *work, const struct sentence *sentence, uint32_t at,
                        uint32_t *organisation_end)
{
    if (!may_begin(work, at, sentence->tokens.end))
        return at + 1;
    struct walk walk = walk_from(work, at, sentence->tokens.end);
    if (walk.words == 0 && place_has_article(work, at, sentence->tokens.end))
        walk = walk_from(work, at + 2, sentence->tokens.end);
    if (is_text(token_at(work, at), "the") && walk.words > 0 &&
        walk_from(work, at + 1, sentence->tokens.end).end > walk.end)
        return at + 1; /* "the Gulf of Aden", not "the Gulf" */
    uint32_t length = walk.words > 0 ? walk.end - at : 0;
    uint32_t pass = blocked(work, sentence, at, length, organisation_end);
    if (pass > 0)
        return at + pass;
    uint32_t end = at + 1;
    if (find_abbreviation(work, sentence, at) && length <= 1)
        return end;
    if (find_adjective(work, sentence, at, length, &end))
        return end;
    if (work->caseless && is_text(token_at(work, at), "us") && length <= 1)
        return at + 1;
    if (walk.words == 0)
        return work->caseless ? at + 1 : find_unknown(work, sentence, at);
    uint32_t first = at;
    if (is_text(token_at(work, at), "the") && !is_capital(token_at(work, at)))
        first++;
    struct place_candidate *candidate =
        add_candidate(work, sentence, (struct token_range){first, walk.end});
    if (candidate == NULL)
        return walk.end;
    candidate->key = walk.key;
    candidate->postings = walk.postings;
    if ((candidate->evidence & SEEN_SHORT) && is_state_name(work, &walk.postings))
        candidate->evidence &= ~(uint32_t)(SEEN_SHORT | SEEN_WORD);
    candidate->kind_inside = is_named_kind(work, candidate);
    if (is_plain_word(work, candidate) && !is_weighty(work, &walk) &&
        !candidate->kind_inside) {
        work->candidates.count--;
        return walk.end;
    }
    if ((candidate->evidence & SEEN_FEATURE_BEFORE) && candidate->classes == NULL)
        candidate->classes = classes_before(work, sentence, first);
    if (candidate->classes == NULL)
        candidate->classes = classes_told(work, sentence, walk.end);
    if (walk.end <= *organisation_end || (candidate->evidence & SEEN_MEMBER_BEFORE))
        candidate->use = PLACE_IN_NAME;
    return walk.end;
}

/* ------------------------------------------------------------------ containment */

/* "Imam Sahib, a district of Kunduz province"; "Paris in Texas": between two names only words that
 * say where the first lies. */
static bool tells_container(const struct place_work *work, uint32_t from, uint32_t to, bool *close)
{
    enum { REACH = 8 };
    *close = to - from == 1 && is_text(token_at(work, from), ",");
    if (to <= from || to - from > REACH)
        return false;
    bool linked = *close;
    for (uint32_t i = from; i < to; i++) {
        const struct token *token = token_at(work, i);
        uint32_t kinds = place_kinds(work, i);
        bool little = is_text(token, ",") || is_text(token, "a") || is_text(token, "an") ||
                      is_text(token, "the") || is_text(token, "capital") ||
                      is_text(token, "(") || is_text(token, "main") || is_text(token, "largest");
        if (is_text(token, "in") || is_text(token, "of") || is_text(token, "("))
            linked = true;
        else if (!little && (kinds & (WORD_IS_FEATURE | WORD_IS_DIRECTION)) == 0)
            return false;
    }
    return linked;
}

static void link_containers(struct place_work *work, uint32_t first, uint32_t sentence_end)
{
    for (uint32_t i = first; i + 1 < work->candidates.count; i++) {
        struct place_candidate *inner = &work->candidates.items[i];
        const struct place_candidate *outer = &work->candidates.items[i + 1];
        if ((inner->evidence | outer->evidence) & SEEN_UNKNOWN)
            continue;
        uint32_t from = inner->tokens.end;
        if (outer->use == PLACE_ADJECTIVE || inner->use == PLACE_ADJECTIVE)
            continue;
        if (!tells_container(work, from, outer->tokens.first, &inner->container_close))
            continue;
        /* "Georgia, Texas and Maine" is a list. */
        if (inner->container_close && outer->tokens.end < sentence_end &&
            (outer->evidence & SEEN_AROUND) == 0) {
            const struct token *after = token_at(work, outer->tokens.end);
            if (is_text(after, "and") || is_text(after, "or"))
                continue;
        }
        inner->container = i + 1;
    }
}

static bool is_listed(const struct place_work *work, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (!is_text(token_at(work, i), ",") && !is_text(token_at(work, i), "and"))
            return false;
    return to > from && to - from <= 2;
}

/* "the provinces of Faryab, Takhar and Balkh", "between Takhar and Kunduz provinces": a list of names
 * shares its feature word. */
static void share_classes(struct place_work *work, uint32_t first)
{
    for (uint32_t i = first; i + 1 < work->candidates.count; i++) {
        struct place_candidate *one = &work->candidates.items[i];
        struct place_candidate *next = &work->candidates.items[i + 1];
        bool plural = (one->evidence & SEEN_FEATURE_BEFORE) != 0;
        bool listed = is_listed(work, one->tokens.end, next->tokens.first);
        if (listed && one->use == PLACE_LOCATION && next->use == PLACE_LOCATION) {
            one->evidence |= SEEN_LISTED;
            next->evidence |= SEEN_LISTED;
        }
        if (listed && plural && next->classes == NULL && one->classes != NULL) {
            next->classes = one->classes;
            next->evidence |= SEEN_FEATURE_BEFORE;
        }
    }
    for (uint32_t i = work->candidates.count; i-- > first + 1;) {
        struct place_candidate *last = &work->candidates.items[i];
        struct place_candidate *one = &work->candidates.items[i - 1];
        if ((last->evidence & SEEN_FEATURE_AFTER) == 0 || one->classes != NULL ||
            last->classes == NULL || !is_listed(work, one->tokens.end, last->tokens.first))
            continue;
        const struct token *word = token_at(work, last->tokens.end);
        if (word->folded_length > 0 && word->folded[word->folded_length - 1] == 's') {
            one->classes = last->classes;
            one->evidence |= SEEN_FEATURE_AFTER;
        }
    }
}

/* What the stage "names" is sure of: a person is no place, and a place inside the name of an
 * organisation is part of that name. */
static void heed_names(struct place_work *work)
{
    const struct document *document = work->document;
    static const float SURE = 0.7F;
    uint32_t at = 0;
    for (uint32_t i = 0; i < document->names.count; i++) {
        const struct name *name = &document->names.items[i];
        if (name->certainty < SURE)
            continue;
        while (at < work->candidates.count &&
               work->candidates.items[at].tokens.end <= name->tokens.first)
            at++;
        for (uint32_t j = at; j < work->candidates.count; j++) {
            struct place_candidate *candidate = &work->candidates.items[j];
            if (candidate->tokens.first >= name->tokens.end)
                break;
            bool larger = name->tokens.end - name->tokens.first >
                          candidate->tokens.end - candidate->tokens.first;
            if (name->kind == NAME_PERSON && (larger || !(candidate->evidence & SEEN_SEVERAL)))
                candidate->evidence |= SEEN_OTHER_NAME;
            else if (name->kind == NAME_ORGANISATION && larger &&
                     candidate->use == PLACE_LOCATION)
                candidate->use = PLACE_IN_NAME;
        }
    }
}

void places_find(struct place_work *work)
{
    struct document *document = work->document;
    work->has_tags = (document->layers & HAS_TAGS) != 0;
    weigh_case(work);
    if (work->caseless)
        work->has_tags = false;
    for (uint32_t i = 0; i < document->sentences.count; i++)
        note_persons(work, &document->sentences.items[i]);
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct sentence *sentence = &document->sentences.items[i];
        uint32_t first = work->candidates.count, organisation_end = 0;
        for (uint32_t at = sentence->tokens.first; at < sentence->tokens.end;)
            at = find_at(work, sentence, at, &organisation_end);
        share_classes(work, first);
        link_containers(work, first, sentence->tokens.end);
    }
    heed_names(work);
    for (uint32_t i = 0; i < work->candidates.count; i++) {
        struct place_candidate *candidate = &work->candidates.items[i];
        uint32_t length;
        if (candidate->tokens.end - candidate->tokens.first == 1 && candidate->single == NO_ENTRY &&
            phrases_find(&work->persons, &token_at(work, candidate->tokens.first)->hash,
                         sizeof(struct token), 1, &length) != PHRASE_NONE)
            candidate->evidence |= SEEN_PERSON;
    }
}
