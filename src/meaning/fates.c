/* What becomes of those whom a number counts, by the words beside it: "12 WOUNDED", "two CRITICALLY
 * INJURED", "KILLING three of them", "five people with GUNSHOT WOUNDS", "another is IN CRITICAL CONDITION".
 *
 * Method: the trees of headlines, lists and elliptic clauses are often wrong where the words themselves
 * leave no doubt. Each number that no claim of its sentence counts is read outwards: to the right over its
 * noun and auxiliaries up to a word of fate, or to the left up to a verb that takes it as its object. The
 * number goes to the claim that the word of fate triggers, else to the nearest claim of violence in the
 * sentence; where there is none, the word becomes a claim of its own, unless an accident is told.
 * The words are lists of dictionaries/en/word_lists.tsv. What is left out: fates told without a number; who
 * is only feared dead; numbers parted from their fate by a clause. */
#include "meaning/coding.h"
#include "meaning/supports.h"

#include <math.h>

enum fate { FATE_NONE, FATE_KILLED, FATE_WOUNDED, FATE_MISSING };

struct found {
    enum fate fate;
    uint32_t token; /* the word that says so */
    bool open;      /* "two are in critical condition": there may be more who were hurt */
    bool later;     /* "five with burns came to the clinic": told of the hurt, not of the event */
};

struct reader {
    struct coding *coding;
    const struct token *tokens;
    const struct quantity *quantity;
    uint32_t index, first, end; /* of the quantity; of its sentence */
};

static const char *const fate_names[] = {NULL, "killed", "wounded", "missing"};

static bool is_word(const struct reader *reader, uint32_t at, const char *word)
{
    return at < reader->end && strcmp(reader->tokens[at].folded, word) == 0;
}

static bool is_in(const struct reader *reader, uint32_t at, enum word_list list)
{
    return at < reader->end && token_in(&reader->tokens[at], list);
}

/* A word of the list among the next few, or NONE. */
static uint32_t soon(const struct reader *reader, uint32_t at, uint32_t reach, enum word_list list)
{
    for (uint32_t i = at; i < at + reach && i < reader->end; i++) {
        if (is_in(reader, i, WORDS_ENDS_OF_A_FATE))
            return NONE;
        if (is_in(reader, i, list))
            return i;
    }
    return NONE;
}

/* ------------------------------------------------------------------ words of fate */

/* A participle or adjective that says what became of somebody. */
static enum fate fate_at(const struct reader *reader, uint32_t at)
{
    bool grave = at > reader->first && is_in(reader, at - 1, WORDS_FATAL_MANNERS);
    if (is_in(reader, at, WORDS_FATES_OF_THE_KILLED))
        return FATE_KILLED;
    if (is_in(reader, at, WORDS_FATES_OF_THE_WOUNDED))
        return grave ? FATE_KILLED : FATE_WOUNDED;
    if (is_in(reader, at, WORDS_FATES_OF_THE_MISSING))
        return FATE_MISSING;
    if (!is_in(reader, at, WORDS_FATES_OF_THOSE_HIT))
        return FATE_NONE;
    bool to_death = soon(reader, at + 1, 2, WORDS_DEATHS_OF_THOSE_HIT) != NONE ||
                    (is_word(reader, at + 1, "and") && is_word(reader, at + 2, "killed"));
    return grave || to_death ? FATE_KILLED : FATE_WOUNDED;
}

/* "Fourteen DEATHS", "200 cases of civilian INJURIES": the noun itself says what is counted. */
static struct found noun_of_fate(const struct reader *reader)
{
    enum { REACH = 5 };
    uint32_t at = reader->quantity->tokens.end;
    for (uint32_t i = 0; i < REACH && at < reader->end; i++, at++) {
        const struct token *token = &reader->tokens[at];
        bool other =
            is_in(reader, at + 1, WORDS_HARMS_TO_A_BODY) ||
            (at + 1 < reader->end && reader->tokens[at + 1].upos == UPOS_NOUN);
        if (token_in(token, WORDS_DEATHS_COUNTED) && !other)
            return (struct found){FATE_KILLED, at, false, false};
        if (token_in(token, WORDS_INJURIES_COUNTED) && !other)
            return (struct found){FATE_WOUNDED, at, false, false};
        if (token->upos != UPOS_ADJ && !token_in(token, WORDS_CASES_OF_A_FATE) &&
            !(token->upos == UPOS_NOUN && coding_kinds(reader->coding, at) & KIND_PERSON))
            break;
    }
    return (struct found){FATE_NONE, NONE, false, false};
}

/* "In critical condition", "fighting for her life", "with gunshot wounds", "sustained burns",
 * "lost their lives". */
static struct found phrase_at(const struct reader *reader, uint32_t at)
{
    uint32_t word =
        is_word(reader, at, "in") ? soon(reader, at + 1, 5, WORDS_CONDITIONS_OF_THE_HURT) : NONE;
    if (word != NONE)
        return (struct found){FATE_WOUNDED, word, true, true};
    if (is_word(reader, at, "fighting") && is_word(reader, at + 1, "for"))
        word = soon(reader, at + 2, 3, WORDS_LIVES_AT_STAKE);
    else if (is_in(reader, at, WORDS_BEFORE_HARMS_TO_A_BODY))
        word = soon(reader, at + 1, 5, WORDS_HARMS_TO_A_BODY);
    if (word != NONE)
        return (struct found){FATE_WOUNDED, word, false, true};
    word = is_word(reader, at, "lost") ? soon(reader, at + 1, 2, WORDS_LIVES_AT_STAKE) : NONE;
    return (struct found){word != NONE ? FATE_KILLED : FATE_NONE, word, false, false};
}

/* ------------------------------------------------------------------ reading outwards */

static bool is_person(const struct reader *reader, uint32_t noun)
{
    return token_in(&reader->tokens[noun], WORDS_PERSONS_COUNTED) ||
           (coding_kinds(reader->coding, noun) & (KIND_PERSON | KIND_ARMED | KIND_CIVILIAN)) != 0;
}

/* What may stand between a number and its fate, beside nouns. */
static bool is_between(const struct reader *reader, uint32_t at)
{
    const struct token *token = &reader->tokens[at];
    size_t length = strlen(token->folded);
    if (token_in(token, WORDS_BETWEEN_NUMBER_AND_FATE))
        return true;
    return token->upos == UPOS_NOUN || token->upos == UPOS_PROPN || token->upos == UPOS_ADJ ||
           (token->upos == UPOS_ADV && length > 4 && strcmp(token->folded + length - 2, "ly") == 0);
}

/* The end of "(, ages 24, 25 and 41,) were": the verb behind what is set between commas. */
static uint32_t behind_commas(const struct reader *reader, uint32_t at)
{
    enum { LONGEST = 12 };
    for (uint32_t i = at + 1; is_word(reader, at, ",") && i < at + LONGEST && i + 1 < reader->end; i++)
        if (is_word(reader, i, ",") && is_in(reader, i + 1, WORDS_VERBS_BEHIND_COMMAS))
            return i + 1;
    return NONE;
}

static bool is_number(const struct reader *reader, uint32_t at)
{
    uint32_t index = at < reader->end ? reader->coding->quantity[at] : NONE;
    return index != NONE && reader->coding->document->quantities.items[index].is_count;
}

/* "Five soldiers AND THREE guards were killed": the number of a list whose verb stands behind the next. */
static bool is_list(const struct reader *reader, uint32_t at)
{
    bool comma = is_word(reader, at, ",");
    uint32_t next = comma && is_word(reader, at + 1, "and") ? at + 2 : at + 1;
    return (comma || is_word(reader, at, "and")) && is_number(reader, next) &&
           reader->quantity->counted != NONE && at > reader->quantity->tokens.end;
}

/* "Twelve rebels KILLED five guards", "three of the INJURED": no fate of those who are counted. */
static bool is_of_others(const struct reader *reader, uint32_t at)
{
    bool noun = at >= reader->first + 2 && strcmp(reader->tokens[at - 1].folded, "the") == 0 &&
                strcmp(reader->tokens[at - 2].folded, "of") == 0;
    return noun || (reader->tokens[at].upos == UPOS_VERB &&
                    tree_child(&reader->coding->tree, at, REL_OBJ) != NONE);
}

static struct found read_right(const struct reader *reader)
{
    enum { REACH = 14 };
    struct found none = {FATE_NONE, NONE, false, false};
    uint32_t at = reader->quantity->tokens.end;
    bool listed = false;
    for (uint32_t steps = 0; steps < REACH && at < reader->end; steps++) {
        bool later = is_in(reader, at, WORDS_FATES_TOLD_LATER);
        struct found found = {fate_at(reader, at), at, later, later};
        if (found.fate == FATE_NONE)
            found = phrase_at(reader, at);
        else if (is_of_others(reader, at))
            found.fate = FATE_NONE;
        if (found.fate != FATE_NONE)
            return found;
        uint32_t behind = behind_commas(reader, at);
        if (behind != NONE) {
            at = behind;
        } else if (!listed && is_list(reader, at)) {
            listed = true;
            at = is_word(reader, at + 1, "and") ? at + 2 : at + 1;
            at = reader->coding->document->quantities.items[reader->coding->quantity[at]].tokens.end;
        } else if (is_between(reader, at)) {
            at++;
        } else {
            return none;
        }
    }
    return none;
}

/* "KILLING three", "and WOUNDED 40 others"; not "were killed 12 miles away". */
static struct found read_left(const struct reader *reader)
{
    uint32_t at = reader->quantity->tokens.first;
    while (at > reader->first && reader->tokens[at - 1].upos == UPOS_DET)
        at--;
    if (at == reader->first)
        return (struct found){FATE_NONE, NONE, false, false};
    at--;
    enum fate fate = is_in(reader, at, WORDS_KILLING_A_NUMBER)    ? FATE_KILLED
                     : is_in(reader, at, WORDS_WOUNDING_A_NUMBER) ? FATE_WOUNDED
                                                                  : FATE_NONE;
    bool active = at == reader->first || !is_in(reader, at - 1, WORDS_BEFORE_PASSIVE_FATES);
    return (struct found){active ? fate : FATE_NONE, at, false, false};
}

/* "One OF THE FOUR MEN was hurt": not the four. */
static bool is_whole(const struct reader *reader)
{
    uint32_t at = reader->quantity->tokens.first;
    return at >= reader->first + 2 && strcmp(reader->tokens[at - 1].folded, "the") == 0 &&
           strcmp(reader->tokens[at - 2].folded, "of") == 0;
}

/* "Fired ONE SHOT", "heard three shot". */
static bool is_one_act(const struct reader *reader)
{
    uint32_t at = reader->quantity->tokens.first;
    return is_word(reader, reader->quantity->tokens.end, "shot") && at > reader->first &&
           reader->tokens[at - 1].upos == UPOS_VERB;
}

/* "An average of twelve deaths", "three deaths a day". */
static bool is_rate(const struct reader *reader)
{
    uint32_t first = reader->quantity->tokens.first, end = reader->quantity->tokens.end;
    for (uint32_t i = first; i > reader->first && i + 3 > first; i--)
        if (strcmp(reader->tokens[i - 1].folded, "average") == 0)
            return true;
    for (uint32_t i = end; i < end + 4 && i + 1 < reader->end; i++)
        if (is_in(reader, i, WORDS_OPENINGS_OF_A_RATE) &&
            is_in(reader, i + 1, WORDS_SPANS_OF_A_RATE))
            return true;
    return false;
}

static struct found read_fate(const struct reader *reader)
{
    const struct quantity *quantity = reader->quantity;
    struct found none = {FATE_NONE, NONE, false, false};
    uint32_t next = quantity->tokens.end;
    /* "Three FATALLY". */
    if (is_in(reader, next, WORDS_FATAL_MANNERS))
        return (struct found){FATE_KILLED, next, false, false};
    if (is_whole(reader) || is_one_act(reader))
        return none;
    struct found noun = is_rate(reader) || quantity->vague ? none : noun_of_fate(reader);
    if (noun.fate != FATE_NONE)
        return noun;
    if (quantity->counted != NONE && !is_person(reader, quantity->counted) &&
        fate_at(reader, quantity->counted) == FATE_NONE)
        return none;
    struct found left = read_left(reader), right = read_right(reader);
    /* "Killed one and wounded two": what stands before takes its object first. */
    return left.fate != FATE_NONE ? left : right;
}

/* ------------------------------------------------------------------ the claim that gets it */

static bool is_violence(const struct claim *claim)
{
    return strcmp(claim->plover, "ASSAULT") == 0;
}

static bool counts_quantity(const struct claim *claim, uint32_t quantity)
{
    for (uint32_t i = 0; i < claim->counts.count; i++)
        if (claim->counts.items[i].quantity == quantity)
            return true;
    return false;
}

static bool counts_bodies(const struct claim *claim)
{
    for (uint32_t i = 0; i < claim->counts.count; i++)
        if (strcmp(claim->counts.items[i].what, "killed") == 0 ||
            strcmp(claim->counts.items[i].what, "wounded") == 0)
            return true;
    return false;
}

static uint32_t distance(uint32_t one, uint32_t other)
{
    return one > other ? one - other : other - one;
}

/* The claim of the sentence that tells of it: the word's own, one that counts dead or hurt, the nearest. */
static struct claim *claim_near(const struct reader *reader, uint32_t sentence, uint32_t token, bool *counted)
{
    struct document *document = reader->coding->document;
    struct claim *best = NULL;
    uint32_t best_cost = UINT32_MAX;
    enum { UNCOUNTED = 1000 };
    *counted = false;
    for (uint32_t i = document->claims.count; i-- > 0;) {
        struct claim *claim = &document->claims.items[i];
        if (claim->sentence != sentence)
            break;
        *counted |= counts_quantity(claim, reader->index);
        if (!is_violence(claim))
            continue;
        uint32_t cost = claim->trigger_token == token ? 0
                        : distance(claim->trigger_token, token) + (counts_bodies(claim) ? 1 : UNCOUNTED);
        if (cost < best_cost) {
            best = claim;
            best_cost = cost;
        }
    }
    return best;
}

const struct frame *fates_row(const struct coding *coding, const char *what)
{
    const struct frames *frames = &coding->knowledge->frames;
    const char *id = strcmp(what, "killed") == 0 ? "dead" : what;
    for (uint32_t i = 0; i < frames->count; i++)
        if (strcmp(frames->items[i].id, id) == 0)
            return &frames->items[i];
    return NULL;
}

bool fates_none(struct coding *coding, uint32_t sentence)
{
    const struct sentence *told = &coding->document->sentences.items[sentence];
    for (uint32_t i = told->tokens.first; i < told->tokens.end; i++) {
        struct making made = {.coding = coding};
        made.frame = frames_find(&coding->knowledge->frames, &coding->tree, i, coding_kinds, coding,
                                 &made.range, &made.trigger, &made.arguments);
        if (made.frame != NULL && strcmp(made.frame->plover, "-") == 0)
            return true;
    }
    return false;
}

/* "The brigade SUFFERED twelve deaths": who did, of a number that counts nobody else. */
static uint32_t subject_of_losses(const struct reader *reader, uint32_t token)
{
    const struct tree *tree = &reader->coding->tree;
    for (int steps = 0; steps < 3 && token != NONE && token >= reader->first && token < reader->end; steps++) {
        uint32_t verb = tree->tokens[token].head;
        if (verb != NONE && relation_is(tree->tokens[token].relation, REL_OBJ) &&
            supports_hold(tree->supports, &tree->tokens[verb], SUPPORT_PATIENT, 0)) {
            struct arguments arguments;
            arguments_find(tree, verb, &arguments);
            const struct argument *subject = arguments_get(&arguments, ARGUMENT_SUBJECT);
            return subject != NULL ? coding_stands_for(reader->coding, subject->token) : NONE;
        }
        token = verb;
    }
    return NONE;
}

/* Those whom the number counts: an actor, or a noun of persons ("seven OTHERS injured"). */
static uint32_t who_suffers(const struct reader *reader, uint32_t token)
{
    uint32_t counted = reader->quantity->counted;
    if (counted == NONE || counted == token)
        return subject_of_losses(reader, token);
    const struct token *noun = &reader->tokens[counted];
    bool person = noun->upos == UPOS_NOUN && is_person(reader, counted);
    return person || reader->coding->actor_mention[counted] != NONE ? counted : NONE;
}

static struct claim *make_claim(const struct reader *reader, uint32_t sentence, struct found found)
{
    struct coding *coding = reader->coding;
    struct making making = {.coding = coding, .trigger = found.token,
                            .range = {found.token, found.token + 1},
                            .frame = fates_row(coding, fate_names[found.fate]), .joined = NONE, .held = NONE,
                            .fate = fate_names[found.fate], .number = reader->index,
                            .aftermath = found.later,
                            .apart = coding->tree.tokens[found.token].upos == UPOS_NOUN};
    if (making.frame == NULL || fates_none(coding, sentence))
        return NULL;
    arguments_find(&coding->tree, found.token, &making.arguments);
    uint32_t sufferer = who_suffers(reader, found.token);
    if (sufferer != NONE)
        list_add(&making.patients, sufferer);
    /* "Threatened to KILL 10 judges": part of the threat, whose doer is known. */
    uint32_t own = coding->making_at[found.token];
    if (own != NONE && coding->makings.items[own].dropped)
        making.agents = coding->makings.items[own].agents;
    uint32_t before = coding->document->claims.count;
    claim_write(coding, &making);
    return coding->document->claims.count > before ? &coding->document->claims.items[before] : NULL;
}

static void find_at(struct coding *coding, uint32_t index)
{
    const struct quantity *quantity = &coding->document->quantities.items[index];
    uint32_t sentence = coding->tree.tokens[quantity->tokens.first].sentence;
    const struct sentence *told = &coding->document->sentences.items[sentence];
    struct reader reader = {.coding = coding, .tokens = coding->tree.tokens, .quantity = quantity,
                            .index = index, .first = told->tokens.first, .end = told->tokens.end};
    bool counted;
    if (!quantity->is_count || (coding->document->discarded != NULL && coding->document->discarded[sentence]))
        return;
    struct found found = read_fate(&reader);
    if (found.fate == FATE_NONE)
        return;
    struct claim *claim = claim_near(&reader, sentence, found.token, &counted);
    if (counted)
        return;
    if (claim == NULL)
        claim = make_claim(&reader, sentence, found);
    else
        counts_add(coding, fate_names[found.fate], index, claim);
    if (claim != NULL && found.open && claim->counts.count > 0)
        claim->counts.items[claim->counts.count - 1].high = NAN;
}

void fates_find(struct coding *coding, uint32_t sentence, uint32_t *next)
{
    const struct document *document = coding->document;
    uint32_t end = document->sentences.items[sentence].tokens.end;
    for (; *next < document->quantities.count && document->quantities.items[*next].tokens.first < end;
         (*next)++)
        find_at(coding, *next);
}
