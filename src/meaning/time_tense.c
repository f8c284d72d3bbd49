/* The tense that governs a word.
 * Method: with a tree, the governing verb and its auxiliaries; an infinitive or participle takes the
 * tense of the verb above it, except below verbs of planning, which look ahead ("is scheduled for
 * Friday"); a day or month before a noun lies behind unless the noun is awaited. Without a tree, the verb nearest before the word, else the first after it; without tags,
 * the auxiliaries and the commonest verb forms. What is left out: the historical present. */
#include "meaning/time_tense.h"

#include "document/word_lists.h"
#include "meaning/tree.h"

enum { CLIMB_LIMIT = 40 };

/* Auxiliaries are asked by form alone, which is there before any grammar is. */
static bool is_will(const struct token *token)
{
    static const char *const words[] = {"will", "'ll", "wo", "shall", NULL};
    return token_form_is_one_of(token, words);
}

static bool is_modal(const struct token *token)
{
    static const char *const words[] = {"would", "'d", "could", "may",   "might", "can",
                                        "should", "must", "ca",  "ought", NULL};
    return token_form_is_one_of(token, words);
}

/* "Gunmen HIT a convoy": of two plain forms news writes the past. */
static bool is_one_form(const struct token *token)
{
    return token->upos == UPOS_VERB && token_in(token, WORDS_PASTS_LIKE_PRESENTS);
}

/* "Gunmen KILL five at wedding Sunday" has happened. */
static bool is_sudden(const struct token *token)
{
    return token->upos == UPOS_VERB && token_in(token, WORDS_HARM_NEVER_ANNOUNCED);
}

/* ------------------------------------------------------------------ with a tree */

struct verb_group {
    bool will, modal, could, have_past, have_present, be_present, be_past, to, subject;
};

static struct verb_group group_of(const struct document *document, uint32_t verb)
{
    struct verb_group group = {0};
    struct token_range range =
        document->sentences.items[document->tokens.items[verb].sentence].tokens;
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct token *token = &document->tokens.items[i];
        if (token->head != verb)
            continue;
        if (token->relation == REL_MARK && strcmp(token->folded, "to") == 0)
            group.to = true;
        group.subject |= token->relation == REL_NSUBJ || token->relation == REL_NSUBJ_PASS;
        if (token->relation != REL_AUX && token->relation != REL_AUX_PASS &&
            token->relation != REL_COP)
            continue;
        bool past = (token->features & WORD_PAST) != 0;
        bool have = token->lemma != NULL && strcmp(token->lemma, "have") == 0;
        group.will |= is_will(token);
        group.modal |= is_modal(token) && !(token->folded[0] == '\'' && have);
        group.could |= strcmp(token->folded, "could") == 0;
        group.have_past |= have && past;
        group.have_present |= have && !past;
        /* "Shots BEING fired" is of the time of the verb above. */
        group.be_present |= !have && !past && (token->features & WORD_PRESENT) != 0 &&
                            strcmp(token->folded, "being") != 0;
        group.be_past |= !have && past;
    }
    return group;
}

static struct tense_reading tense_of_verb(const struct document *document, uint32_t verb,
                                          uint32_t depth)
{
    const struct token *token = &document->tokens.items[verb];
    struct verb_group group = group_of(document, verb);
    struct tense_reading reading = {.tense = TENSE_UNKNOWN};
    uint32_t features = token->features;
    if (group.will) {
        reading.tense = TENSE_FUTURE;
    } else if (group.modal) {
        reading.tense =
            group.have_present || group.have_past || group.could ? TENSE_PAST : TENSE_FUTURE;
        reading.unreal = true;
    } else if (group.have_past) {
        reading.tense = TENSE_PAST;
        reading.before = true;
    } else if (group.have_present) {
        reading.tense = TENSE_PAST;
        reading.perfect = true;
    } else if (token_in(token, WORDS_SETTING_A_DATE)) {
        reading.tense = TENSE_FUTURE;
    } else if (token_in(token, WORDS_LOOKING_AHEAD) &&
               (group.be_present || group.be_past ||
                (features & (WORD_PARTICIPLE | WORD_PRESENT)) != 0)) {
        reading.tense = TENSE_FUTURE;
    } else if (group.be_past || ((features & WORD_PAST) != 0 && (features & WORD_FINITE) != 0)) {
        reading.tense = TENSE_PAST;
    } else if (!group.be_present && (features & WORD_PRESENT) != 0 && is_one_form(token)) {
        reading.tense = TENSE_PAST;
    } else if (group.be_present || ((features & WORD_PRESENT) != 0 && (features & WORD_FINITE) != 0)) {
        reading.tense = TENSE_PRESENT;
        reading.sudden = is_sudden(token);
        reading.simple = !group.be_present;
    } else if (token->head != NONE && depth < CLIMB_LIMIT) {
        /* An infinitive or participle: by the verb above it. */
        const struct token *above = &document->tokens.items[token->head];
        bool infinitive = group.to || (features & WORD_INFINITIVE) != 0;
        if (infinitive && token_in(above, WORDS_LOOKING_AHEAD)) {
            reading.tense = TENSE_FUTURE;
            return reading;
        }
        if (!infinitive && (features & WORD_PARTICIPLE) != 0 && (features & WORD_PAST) != 0 &&
            (token->relation == REL_ACL || token->relation == REL_AMOD ||
             (token->relation == REL_ADVCL && !group.subject))) {
            reading.tense = token_in(token, WORDS_LOOKING_AHEAD) ? TENSE_FUTURE : TENSE_PAST;
            return reading;
        }
        reading = tense_of_verb(document, token->head, depth + 1);
        if (infinitive && reading.tense == TENSE_PRESENT &&
            !token_in(above, WORDS_HAPPENING_ALONG))
            reading.tense = TENSE_FUTURE;
    } else if ((features & WORD_PAST) != 0) {
        reading.tense = TENSE_PAST;
    }
    return reading;
}

static bool is_predicate(const struct document *document, uint32_t at)
{
    const struct token *token = &document->tokens.items[at];
    if (token->upos == UPOS_VERB)
        return true;
    if (token->upos == UPOS_AUX && token->relation != REL_AUX && token->relation != REL_AUX_PASS &&
        token->relation != REL_COP)
        return true;
    struct verb_group group = group_of(document, at);
    return group.will || group.modal || group.be_past || group.be_present || group.have_past ||
           group.have_present;
}

/* An infinitive whose "to" follows the word does not govern it, whatever the tree says: "agreed in
 * June to sell". */
static bool begins_after(const struct document *document, uint32_t verb, uint32_t word)
{
    if (verb <= word)
        return false;
    for (uint32_t i = word + 1; i < verb; i++) {
        const struct token *token = &document->tokens.items[i];
        if (token->head == verb && token->relation == REL_MARK && strcmp(token->folded, "to") == 0)
            return true;
    }
    return false;
}

static struct tense_reading tense_by_tree(const struct document *document, uint32_t token)
{
    uint32_t at = token;
    for (uint32_t step = 0; step < CLIMB_LIMIT; step++) {
        if (is_predicate(document, at) && !begins_after(document, at, token))
            return tense_of_verb(document, at, 0);
        uint32_t head = document->tokens.items[at].head;
        if (head == NONE || head == at)
            break;
        at = head;
    }
    return (struct tense_reading){.tense = TENSE_UNKNOWN};
}

/* ------------------------------------------------------------------ without a tree */

static enum time_tense tense_of_form(const struct token *token)
{
    static const char *const past[] = {
        "was",   "were", "had",   "did",  "said",  "took",   "began",   "came",  "fell",  "fled",
        "told",  "met",  "left",  "went", "held",  "shot",   "won",     "lost",  "made",  "gave",
        "saw",   "broke", "struck", "rose", "sent", "brought", "fought", "became", "led", NULL};
    static const char *const no_verb[] = {"red", "need", "bed", "indeed", "speed", "hundred",
                                          "united", "sacred", "wounded", "armed", NULL};
    if (is_will(token))
        return TENSE_FUTURE;
    if (token->upos != UPOS_NONE) {
        if (token->upos != UPOS_VERB && token->upos != UPOS_AUX)
            return TENSE_UNKNOWN;
        if (is_modal(token))
            return TENSE_FUTURE;
        if ((token->features & WORD_PAST) != 0)
            return TENSE_PAST;
        return (token->features & WORD_PRESENT) != 0 && (token->features & WORD_FINITE) != 0
                   ? TENSE_PRESENT
                   : TENSE_UNKNOWN;
    }
    if (token_form_is_one_of(token, past))
        return TENSE_PAST;
    if (strcmp(token->folded, "would") == 0)
        return TENSE_FUTURE;
    uint16_t length = token->folded_length;
    bool regular = length > 3 && strcmp(token->folded + length - 2, "ed") == 0 &&
                   (token->flags & TOKEN_CAPITALISED) == 0 && !token_form_is_one_of(token, no_verb);
    return regular ? TENSE_PAST : TENSE_UNKNOWN;
}

static struct tense_reading tense_by_neighbours(const struct document *document,
                                                struct token_range range, uint32_t token)
{
    struct tense_reading reading = {.tense = TENSE_UNKNOWN};
    for (uint32_t i = token; i-- > range.first && reading.tense == TENSE_UNKNOWN;) {
        reading.tense = tense_of_form(&document->tokens.items[i]);
        /* "will be held", "is scheduled": the auxiliary decides. */
        if (reading.tense == TENSE_PAST && i > range.first) {
            uint32_t start = i > range.first + 3 ? i - 3 : range.first;
            for (uint32_t j = start; j < i; j++)
                if (is_will(&document->tokens.items[j]) ||
                    strcmp(document->tokens.items[j].folded, "would") == 0)
                    reading.tense = TENSE_FUTURE;
        }
        if (strcmp(document->tokens.items[i].folded, "had") == 0)
            reading.before = true;
    }
    for (uint32_t i = token; i < range.end && reading.tense == TENSE_UNKNOWN; i++)
        reading.tense = tense_of_form(&document->tokens.items[i]);
    return reading;
}

/* ------------------------------------------------------------------ before a noun */

/* "Tuesday's ruling", "a June agreement": a day or month that says of which deed the noun tells lies
 * behind, whatever the verb; unless the noun is awaited or is itself what will act or suffer. */
static bool is_done(const struct document *document, uint32_t word)
{
    const struct token *token = &document->tokens.items[word];
    if (token->head == NONE)
        return false;
    /* "Are in hospital after a SHOOTING on Friday". */
    if (token->head < word)
        return relation_universal(token->relation) == REL_NMOD &&
               document->tokens.items[token->head].upos == UPOS_NOUN &&
               token_in(&document->tokens.items[token->head], WORDS_UNFORESEEN_EVENTS);
    const struct token *noun = &document->tokens.items[token->head];
    bool before_noun = token->relation == REL_NMOD_POSS || token->relation == REL_COMPOUND ||
                       token->relation == REL_NMOD_UNMARKED;
    if (!before_noun || noun->upos != UPOS_NOUN || token_in(noun, WORDS_AWAITED_EVENTS) ||
        token_in(noun, WORDS_PARTS_OF_DAY_AND_WEEK))
        return false;
    return token_in(noun, WORDS_UNFORESEEN_EVENTS) ||
           (noun->relation != REL_NSUBJ && noun->relation != REL_NSUBJ_PASS &&
            noun->relation != REL_OBJ);
}

struct tense_reading tense_at(const struct document *document, uint32_t sentence, uint32_t token)
{
    struct token_range range = document->sentences.items[sentence].tokens;
    if (token < range.first || token >= range.end)
        return (struct tense_reading){.tense = TENSE_UNKNOWN};
    if (document->tokens.items[token].head == NONE &&
        document->tokens.items[token].relation != REL_ROOT)
        return tense_by_neighbours(document, range, token);
    if (is_done(document, token))
        return (struct tense_reading){.tense = TENSE_PAST};
    return tense_by_tree(document, token);
}
