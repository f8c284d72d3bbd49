/* Finds the stretches of text that may name a place.
 *
 * Method: at each word that may begin a name, the longest run of words that the gazetteer knows.
 * Capitals tell names from words in ordinary text; where a report has none, or only capitals, the
 * other evidence must do (places_evidence.c). Nothing is decided here but the plainest cases:
 * phrases of the dictionaries that hold a place name and are none ("New York Times"), streets,
 * persons. */
#include "meaning/places_find.h"

#include "bytes/hash.h"
#include "meaning/gazetteer_names.h"

enum { LONGEST_NAME = 14 };

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
    const struct gazetteer_entry *entry = gazetteer_entry_at(&work->knowledge->gazetteer, posting);
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
        bool capital = work->caseless || is_capital(token) || (token->flags & TOKEN_NUMBER) != 0 ||
                       (i > at && (place_kinds(work, i) & WORD_IS_FEATURE) != 0);
        if (range.count > 0 && capital)
            found = (struct walk){i + 1, key, range, words};
        else if (range.count > 0 && i > at && is_our_spot(work, range.items[0]))
            found = (struct walk){i + 1, key, range, words};
    }
    return found;
}

/* ------------------------------------------------------------------ candidates */

static bool may_begin(const struct place_work *work, uint32_t at, uint32_t end)
{
    const struct token *token = token_at(work, at);
    if (!is_word(token) || token->folded_length == 0 || token->folded[0] == '\'')
        return false;
    if (work->caseless || is_capital(token) || place_has_article(work, at, end))
        return true;
    return is_text(token, "the") && at + 1 < end && is_capital(token_at(work, at + 1));
}

/* A phrase of the dictionaries that begins here and is longer than `length` tokens, or as long
 * where nothing speaks for a place. Returns the tokens to pass over, or 0; an organisation is not
 * passed over, but what is in it is part of its name. */
static uint32_t blocked(const struct place_work *work, const struct sentence *sentence, uint32_t at,
                        uint32_t length, uint32_t *organisation_end)
{
    uint32_t tokens, next;
    uint32_t handle = phrases_find(&work->knowledge->blockers, &token_at(work, at)->hash,
                                   sizeof(struct token), sentence->tokens.end - at, &tokens);
    if (handle == PHRASE_NONE || tokens < length)
        return 0;
    enum place_blocker kind =
        (enum place_blocker)phrases_value(&work->knowledge->blockers, handle, &next);
    uint32_t seen = place_look_before(work, sentence, at);
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
    uint32_t handle = phrases_find(&work->knowledge->demonyms, &token_at(work, at)->hash,
                                   sizeof(struct token), sentence->tokens.end - at, &tokens);
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
        place_add_candidate(work, sentence, (struct token_range){at, at + tokens});
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
        place_add_candidate(work, sentence, (struct token_range){at, at + 1});
    if (candidate == NULL)
        return false;
    candidate->single = word->division;
    candidate->key = word->division;
    candidate->evidence &=
        ~(uint32_t)(SEEN_SHORT | SEEN_WORD | SEEN_GIVEN | SEEN_CAPITAL_AFTER | SEEN_NOT_PROPER);
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

/* "Hall County", "Pope County": a word that is more than a side or a kind before a kind of place.
 */
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
    const struct gazetteer_entry *entry = gazetteer_entry_at(gazetteer, walk->postings.items[0]);
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
        if (!place_is_name_like(work, i) || (kinds & NO_SURNAME))
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
        bool given = (kinds & WORD_IS_GIVEN) && place_is_name_like(work, i) &&
                     place_is_name_like(work, i + 1) &&
                     (place_kinds(work, i + 1) & NO_SURNAME) == 0;
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
    while (end < sentence->tokens.end && words < WORDS && place_is_name_like(work, end) &&
           (place_kinds(work, end) & structural) == 0) {
        end++;
        words++;
        bool hyphen = end + 1 < sentence->tokens.end &&
                      (token_at(work, end)->flags & TOKEN_HYPHEN) != 0 &&
                      (token_at(work, end)->flags & TOKEN_SPACE_BEFORE) == 0;
        if (hyphen && place_is_name_like(work, end + 1))
            end++;
    }
    if (words == 0)
        return at + 1;
    const uint32_t wanted =
        SEEN_LOCATIVE | SEEN_FEATURE_BEFORE | SEEN_FEATURE_AFTER | SEEN_DIRECTION;
    struct place_candidate *candidate =
        place_add_candidate(work, sentence, (struct token_range){at, end});
    if (candidate == NULL)
        return end;
    bool said = (candidate->evidence & wanted) != 0 && !(candidate->evidence & SEEN_FIRST);
    uint32_t verb = place_before(work, at, sentence->tokens.first);
    bool taken = verb != NONE && (place_kinds(work, verb) & WORD_IS_CONTROL) != 0;
    if (!said && !candidate->ground && !taken) {
        work->candidates.count--;
        return end;
    }
    uint32_t of = place_before(work, at, sentence->tokens.first);
    uint32_t head = of == NONE ? NONE : place_before(work, of, sentence->tokens.first);
    if ((candidate->evidence & SEEN_FEATURE_BEFORE) && head != NONE &&
        is_capital(token_at(work, head))) {
        work->candidates.count--; /* "Department of Fish" */
        return end;
    }
    candidate->evidence |= SEEN_UNKNOWN;
    if ((candidate->evidence & SEEN_FEATURE_BEFORE) && candidate->classes == NULL)
        candidate->classes = place_classes_before(work, sentence, at);
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
        place_add_candidate(work, sentence, (struct token_range){first, walk.end});
    if (candidate == NULL)
        return walk.end;
    candidate->key = walk.key;
    candidate->postings = walk.postings;
    if ((candidate->evidence & SEEN_SHORT) && is_state_name(work, &walk.postings))
        candidate->evidence &= ~(uint32_t)(SEEN_SHORT | SEEN_WORD);
    candidate->kind_inside = is_named_kind(work, candidate);
    if (is_plain_word(work, candidate) && !is_weighty(work, &walk) && !candidate->kind_inside) {
        work->candidates.count--;
        return walk.end;
    }
    if ((candidate->evidence & SEEN_FEATURE_BEFORE) && candidate->classes == NULL)
        candidate->classes = place_classes_before(work, sentence, first);
    if (candidate->classes == NULL)
        candidate->classes = place_classes_told(work, sentence, walk.end);
    if (walk.end <= *organisation_end || (candidate->evidence & SEEN_MEMBER_BEFORE))
        candidate->use = PLACE_IN_NAME;
    return walk.end;
}

/* ------------------------------------------------------------------ the whole report */

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
            else if (name->kind == NAME_ORGANISATION && larger && candidate->use == PLACE_LOCATION)
                candidate->use = PLACE_IN_NAME;
        }
    }
}

void places_find(struct place_work *work)
{
    struct document *document = work->document;
    work->has_tags = (document->layers & HAS_TAGS) != 0;
    place_weigh_case(work);
    if (work->caseless)
        work->has_tags = false;
    for (uint32_t i = 0; i < document->sentences.count; i++)
        note_persons(work, &document->sentences.items[i]);
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct sentence *sentence = &document->sentences.items[i];
        uint32_t first = work->candidates.count, organisation_end = 0;
        for (uint32_t at = sentence->tokens.first; at < sentence->tokens.end;)
            at = find_at(work, sentence, at, &organisation_end);
        places_share_classes(work, first);
        places_link_containers(work, first, sentence->tokens.end);
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
