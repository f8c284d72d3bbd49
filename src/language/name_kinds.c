/* What kind of name a span of tokens is.
 *
 * Method: a list of tests, surest first: the dictionary of known names, a title before, the noun
 * that heads an organisation or a place, a first name, then what stands around it ("the town of",
 * "spokesman", "in", an apposition, a verb of saying). Each gives a certainty; a name that no test
 * speaks for is NAME_OTHER.
 * Left out: the gazetteer, which the stage "places" asks. */
#include "language/name_kinds.h"

static uint32_t kinds_at(const struct name_search *search, uint32_t token)
{
    return token >= search->in.first && token < search->in.end ? search->kinds[token] : 0;
}

bool name_is_capital(const struct token *token)
{
    return (token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_CAPITALS)) != 0;
}

static bool is_word(const struct name_search *search, uint32_t token, const char *word)
{
    return token >= search->in.first && token < search->in.end &&
           strcmp(search->tokens[token].folded, word) == 0;
}

uint32_t name_head(const struct name_search *search, struct token_range range)
{
    for (uint32_t i = range.first + 1; i < range.end; i++)
        if ((search->kinds[i] & NAME_WORD_LINKER) != 0 &&
            (is_word(search, i, "of") || is_word(search, i, "for") || is_word(search, i, "on") ||
             is_word(search, i, "against")))
            return i - 1;
    return range.end - 1;
}

static bool is_noun(const struct token *token)
{
    return token->upos == UPOS_NOUN || token->upos == UPOS_PROPN;
}

/* A noun of kinship or office stands apposed behind: ", leader of the rebels,". */
static bool is_apposed_person(const struct name_search *search, uint32_t end)
{
    if (!is_word(search, end, ",") && !is_word(search, end, "("))
        return false;
    if (is_word(search, end + 1, "who") || is_word(search, end + 1, "whose") ||
        is_word(search, end + 1, "aged"))
        return true;
    if (end + 2 < search->in.end && (search->tokens[end + 1].flags & TOKEN_NUMBER) != 0)
        return search->tokens[end + 1].folded_length == 2 &&
               (is_word(search, end + 2, ",") || is_word(search, end + 2, ")"));
    for (uint32_t i = end + 1; i < search->in.end && i < end + 8; i++) {
        const struct token *token = &search->tokens[i];
        if ((token->flags & TOKEN_PUNCTUATION) != 0 && (token->flags & TOKEN_HYPHEN) == 0)
            return false;
        if (token->upos == UPOS_VERB || token->upos == UPOS_AUX || token->upos == UPOS_ADP ||
            token->upos == UPOS_CCONJ)
            return false;
        if (is_noun(token) && (search->kinds[i] & NAME_WORD_PERSON_CUE) != 0)
            return true;
    }
    return false;
}

static bool set(struct name *name, enum name_kind kind, float certainty)
{
    name->kind = kind;
    name->certainty = certainty;
    return true;
}

/* What the words of the name itself say. */
static bool by_own_words(const struct name_search *search, struct token_range range,
                         struct name *name)
{
    uint32_t count = range.end - range.first, head = name_head(search, range);
    uint32_t first = search->kinds[range.first], last = search->kinds[range.end - 1];
    const struct name_word *word =
        name_words_find(search->words, search->tokens[range.first].hash);
    bool first_name = (first & NAME_WORD_FIRST) != 0;
    bool of = head + 1 < range.end;
    if (count > 1 && !of && (last & NAME_WORD_PLACE_AFTER) != 0 &&
        (last & NAME_WORD_ORGANISATION) != 0) {
        /* "Dalen Department" is a place, "Police Department" is not. */
        bool body = false;
        for (uint32_t i = range.first; i + 1 < range.end; i++)
            body |= (search->kinds[i] & (NAME_WORD_ORGANISATION | NAME_WORD_ADJECTIVE)) != 0;
        return set(name, body ? NAME_ORGANISATION : NAME_PLACE, 0.8f);
    }
    if ((search->kinds[head] & NAME_WORD_ORGANISATION) != 0 && (count > 1 || of) &&
        !(first_name && count == 2 && !of && (search->kinds[head] & NAME_WORD_FIRST) != 0))
        return set(name, NAME_ORGANISATION, 0.9f);
    if (count > 1 && (last & NAME_WORD_PLACE_AFTER) != 0)
        return set(name, NAME_PLACE, 0.9f);
    if (of && (search->kinds[head] & (NAME_WORD_PLACE_AFTER | NAME_WORD_PLACE_BEFORE)) != 0)
        return set(name, NAME_PLACE, 0.85f);
    if (first_name && count > 1 && !of)
        return set(name, NAME_PERSON, word->first_gender != GENDER_UNKNOWN ? 0.9f : 0.8f);
    const struct token *token = &search->tokens[range.first];
    if (count > 1 && !of && token->folded_length == 2 && token->folded[1] == '.' &&
        token->upos == UPOS_PROPN)
        return set(name, NAME_PERSON, 0.85f);
    if (count > 1 && (first & NAME_WORD_PLACE_BEFORE) != 0)
        return set(name, NAME_PLACE, 0.8f);
    if (count == 1 && (first & NAME_WORD_ORGANISATION) != 0 &&
        (first & (NAME_WORD_FIRST | NAME_WORD_PERSON_CUE)) == 0)
        return set(name, NAME_ORGANISATION, 0.7f);
    for (uint32_t i = range.first; i + 1 < range.end; i++)
        if (is_word(search, i, "bin") || is_word(search, i, "ibn") || is_word(search, i, "abu") ||
            is_word(search, i, "bint"))
            return set(name, NAME_PERSON, 0.8f);
    return false;
}

/* What stands around the name. */
static bool by_context(const struct name_search *search, struct token_range range,
                       struct name *name)
{
    uint32_t before = range.first - 1, count = range.end - range.first;
    bool the = is_word(search, before, "the");
    if (is_word(search, before, "of") && (kinds_at(search, before - 1) & NAME_WORD_PLACE_CUE) != 0)
        return set(name, NAME_PLACE, 0.95f);
    /* A dateline is a sentence of its own, and ends in its dash. */
    if (range.first == search->in.first &&
        (search->tokens[search->in.end - 1].flags & TOKEN_HYPHEN) != 0)
        return set(name, NAME_PLACE, 0.85f);
    uint32_t after = kinds_at(search, range.end);
    if ((after & (NAME_WORD_PLACE_CUE | NAME_WORD_PLACE_AFTER)) != 0 &&
        is_noun(&search->tokens[range.end]) && (after & NAME_WORD_ORGANISATION) == 0)
        return set(name, NAME_PLACE, 0.85f);
    if (range.first > search->in.first && (kinds_at(search, before) & NAME_WORD_PLACE_CUE) != 0 &&
        is_noun(&search->tokens[before]))
        return set(name, NAME_PLACE, 0.8f);
    if (range.first > search->in.first && (kinds_at(search, before) & NAME_WORD_PERSON_CUE) != 0 &&
        is_noun(&search->tokens[before]) && !the)
        return set(name, NAME_PERSON, 0.85f);
    if (!the && is_apposed_person(search, range.end))
        return set(name, NAME_PERSON, 0.85f);
    uint32_t preposition = kinds_at(search, before) & NAME_WORD_PREPOSITION;
    if (preposition != 0 && count <= 3 && search->tokens[before].upos != UPOS_ADV)
        return set(name, NAME_PLACE, count == 1 ? 0.75f : 0.65f);
    return false;
}

/* The verb that the name is subject of, and how many words the name has. */
static bool by_verb(const struct name_search *search, struct token_range range, struct name *name)
{
    uint32_t count = range.end - range.first;
    if (is_word(search, range.first - 1, "the"))
        return false;
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct token *token = &search->tokens[i];
        if (token->head == NONE || (token->head >= range.first && token->head < range.end))
            continue;
        bool subject = token->relation == REL_NSUBJ || token->relation == REL_NSUBJ_PASS;
        bool speech = subject && name_words_find(search->words,
                                                 search->tokens[token->head].lemma_hash)
                                         ->kinds &
                                     NAME_WORD_SPEECH;
        if (speech && count > 1)
            return set(name, NAME_PERSON, 0.75f);
        if (subject && count > 1 && count < 4)
            return set(name, NAME_PERSON, 0.55f);
        if (speech)
            return set(name, NAME_PERSON, 0.5f);
    }
    return false;
}

static bool is_acronym(const struct name_search *search, struct token_range range)
{
    const struct token *token = &search->tokens[range.first];
    return range.end - range.first == 1 && search->mixed && token->folded_length >= 2 &&
           token->folded_length <= 8 && (token->flags & TOKEN_ALL_CAPITALS) != 0;
}

/* "FENAT [National Federation of Carriers]", "MOFA (Movement of Free Farmers)": one word, and brackets
 * behind it in which a body stands by its whole name. */
static bool is_short_for_body(const struct name_search *search, struct token_range range)
{
    enum { LONGEST = 12 };
    uint32_t open = range.end, close = open + 1, linker = NONE;
    if (range.end - range.first != 1 || (!is_word(search, open, "[") && !is_word(search, open, "(")))
        return false;
    for (; close < search->in.end && close < open + LONGEST && !is_word(search, close, "]") &&
           !is_word(search, close, ")");
         close++) {
        bool links = (search->kinds[close] & NAME_WORD_LINKER) != 0;
        if (!links && !name_is_capital(&search->tokens[close]))
            return false;
        linker = links && linker == NONE ? close : linker;
    }
    if (close >= search->in.end || close < open + 3 ||
        (!is_word(search, close, "]") && !is_word(search, close, ")")))
        return false;
    uint32_t head = (linker != NONE ? linker : close) - 1;
    return (kinds_at(search, head) & NAME_WORD_ORGANISATION) != 0;
}

void name_kind_find(const struct name_search *search, struct token_range range, bool titled,
                    struct name *name)
{
    uint32_t length;
    const struct known_name *known = known_names_find(
        search->known, &search->tokens[range.first], range.end - range.first, &length);
    bool whole = known != NULL && length == range.end - range.first && !known->cased;
    if (known != NULL && known->cased && length == range.end - range.first)
        whole = search->mixed && name_is_capital(&search->tokens[range.first]);
    name->kind = NAME_OTHER;
    name->certainty = 0.3f;
    if (titled && !(whole && known->kind != NAME_PERSON && !known->weak)) {
        set(name, NAME_PERSON, 0.95f);
    } else if (whole && !known->weak) {
        set(name, known->kind, 0.95f);
    } else if (is_short_for_body(search, range)) {
        set(name, NAME_ORGANISATION, 0.9f);
    } else if (!by_own_words(search, range, name) && !by_context(search, range, name)) {
        if (whole)
            set(name, known->kind, 0.6f);
        else if (is_acronym(search, range))
            set(name, NAME_ORGANISATION, 0.6f);
        else if ((search->kinds[range.first] & NAME_WORD_FIRST) != 0 &&
                 range.end - range.first == 1)
            set(name, NAME_PERSON, 0.6f);
        else
            by_verb(search, range, name);
    }
}
