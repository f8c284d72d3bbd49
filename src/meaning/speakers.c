/* Who "we", "our" and "I" are: whoever the words are attributed to; the one whose turn it is in an
 * interview ("[MAREK] We fired first"); whoever issued the statement, by its head line
 * ("[COMMUNIQUE] [NATIONAL FRONT]", "Statement by the Ministry of Defence"); the party whose outlet
 * is heard.
 *
 * Method: attributions first, then brackets and head lines by their form; nothing is guessed from
 * what is told. "We" of a commander are those whom he commands. What leaves out: the reporter's own
 * "we", turns without brackets, statements that name their author at the end only. */
#include "meaning/antecedents.h"

enum { HEAD_SENTENCES = 3, LONGEST_HEAD = 16, LONGEST_TURN = 5 };

static bool is_first_person(const struct token *token)
{
    static const char *const words[] = {"i",  "we",        "us",     "me", "our",
                                        "my", "ourselves", "myself", NULL};
    return token_form_is_one_of(token, words);
}

static bool is_one_person(const struct token *token)
{
    static const char *const words[] = {"i", "me", "my", "myself", NULL};
    return token_form_is_one_of(token, words);
}

static const struct actor *actor_of(const struct coding *coding, uint32_t mention)
{
    const struct document *document = coding->document;
    return &document->actors.items[document->actor_mentions.items[mention].actor];
}

/* The first mention of an actor, or NONE. */
static uint32_t first_mention(const struct coding *coding, uint32_t actor)
{
    for (uint32_t i = 0; i < coding->document->actor_mentions.count; i++)
        if (coding->document->actor_mentions.items[i].actor == actor)
            return i;
    return NONE;
}

/* The mention in a source that the others hang on: "Marek, head of THE ARMY" is Marek. */
static uint32_t source_mention(const struct coding *coding, struct token_range source)
{
    uint32_t found = NONE;
    for (uint32_t i = source.first; i < source.end; i++) {
        if (coding->actor_mention[i] == NONE)
            continue;
        uint32_t head = coding->tree.tokens[i].head;
        if (found == NONE || head == NONE || head < source.first || head >= source.end)
            found = coding->actor_mention[i];
        if (head == NONE || head < source.first || head >= source.end)
            break;
    }
    return found;
}

/* The body that the words beside a mention of somebody tell of: "Marek, spokesman for THE ARMY",
 * "ARMY Colonel Marek"; NONE where they tell of none. What a clause there tells is something else.
 */
static uint32_t body_beside(const struct coding *coding, uint32_t mention)
{
    enum { DEEPEST = 4 };
    const struct tree *tree = &coding->tree;
    uint32_t head = coding->document->actor_mentions.items[mention].head;
    struct token_range phrase = tree_noun_phrase(tree, head);
    uint32_t apposition = tree_child(tree, head, REL_APPOS);
    if (apposition != NONE && apposition > head) {
        struct token_range further = tree_noun_phrase(tree, apposition);
        phrase.end = further.end > phrase.end ? further.end : phrase.end;
    }
    for (uint32_t i = phrase.first; i < phrase.end; i++) {
        uint32_t other = coding->actor_mention[i], above = i;
        if (other == NONE || tree->tokens[i].upos == UPOS_PRON)
            continue;
        for (int step = 0; step < DEEPEST && above != NONE && above != head; step++) {
            enum relation relation = tree->tokens[above].relation;
            bool part = relation_is(relation, REL_APPOS) || relation_is(relation, REL_NMOD) ||
                        relation_is(relation, REL_COMPOUND) || relation_is(relation, REL_FLAT) ||
                        relation_is(relation, REL_AMOD);
            above = part ? tree->tokens[above].head : NONE;
        }
        const struct actor *body = actor_of(coding, other);
        if (above == head && body->kind == ACTOR_ORGANISATION &&
            (body->type == NULL || strcmp(body->type, "media") != 0))
            return other;
    }
    return NONE;
}

/* For each actor the body that the words beside any mention of him tell of, the first of them; NULL
 * when memory failed. */
static uint32_t *bodies_told(const struct coding *coding)
{
    const struct document *document = coding->document;
    uint32_t *bodies = arena_new_array(coding->scratch, uint32_t, document->actors.count + 1);
    for (uint32_t i = 0; bodies != NULL && i < document->actors.count; i++)
        bodies[i] = NONE;
    for (uint32_t i = 0; bodies != NULL && i < document->actor_mentions.count; i++) {
        uint32_t actor = document->actor_mentions.items[i].actor;
        if (bodies[actor] == NONE && document->actors.items[actor].kind == ACTOR_PERSON)
            bodies[actor] = body_beside(coding, i);
    }
    return bodies;
}

/* "We" of somebody who belongs to a body are that body: the one that the tables or the words beside
 * his name tell ("Marek, spokesman for THE ARMY"), where he speaks or elsewhere. */
static uint32_t those_of(const struct coding *coding, const uint32_t *bodies, uint32_t speaker,
                         struct token_range source)
{
    const struct actor *actor = actor_of(coding, speaker);
    if (actor->kind != ACTOR_PERSON)
        return speaker;
    uint32_t body = actor->parent != NONE ? first_mention(coding, actor->parent) : NONE;
    for (uint32_t i = source.end; body == NONE && i-- > source.first;) {
        uint32_t other = coding->actor_mention[i];
        enum actor_kind kind = other != NONE ? actor_of(coding, other)->kind : ACTOR_PERSON;
        if (kind == ACTOR_ORGANISATION || kind == ACTOR_STATE)
            body = other;
    }
    if (body == NONE && bodies != NULL)
        body = bodies[coding->document->actor_mentions.items[speaker].actor];
    return body != NONE ? body : speaker;
}

/* "We will detain them, the commissioner said": who speaks. */
static void by_attribution(struct coding *coding, const uint32_t *bodies)
{
    const struct document *document = coding->document;
    for (uint32_t i = 0; i < document->attributions.count; i++) {
        const struct attribution *attribution = &document->attributions.items[i];
        uint32_t source = source_mention(coding, attribution->source_tokens);
        uint32_t several =
            source != NONE ? those_of(coding, bodies, source, attribution->source_tokens) : NONE;
        for (uint32_t j = 0; source != NONE && j < attribution->content_count; j++) {
            struct token_range range = document_tokens_in(document, attribution->content[j]);
            for (uint32_t k = range.first; k < range.end; k++)
                if (coding->actor_mention[k] == NONE && is_first_person(&coding->tree.tokens[k]))
                    coding->actor_mention[k] =
                        is_one_person(&coding->tree.tokens[k]) ? source : several;
        }
    }
}

/* Whoever speaks for a side: an armed body, a government, their officers; not a reporter. */
static bool may_issue(const struct coding *coding, uint32_t mention, bool stated)
{
    const struct actor *actor = actor_of(coding, mention);
    bool media = actor->type != NULL && strcmp(actor->type, "media") == 0;
    return !media &&
           (stated || (coding_kinds_of_type(actor->type) & ~(uint32_t)KIND_CIVILIAN) != 0);
}

/* The first actor behind the word for a statement at `word`; the head line ends with the verb or
 * with the bracket that holds nobody. */
static uint32_t issuer_behind(const struct coding *coding, uint32_t word, uint32_t end, bool stated)
{
    const struct token *tokens = coding->tree.tokens;
    for (uint32_t i = word + 1; i < end && i < word + LONGEST_HEAD; i++) {
        if (tokens[i].upos == UPOS_VERB || tokens[i].upos == UPOS_AUX ||
            token_is(&tokens[i], "text"))
            return NONE;
        if (coding->named[i] != NONE && may_issue(coding, coding->named[i], stated))
            return coding->named[i];
    }
    return NONE;
}

/* Whoever issued the report as a whole, by the head of it; NONE where it does not say. */
static uint32_t issuer_of(const struct coding *coding)
{
    const struct document *document = coding->document;
    const struct token *tokens = coding->tree.tokens;
    for (uint32_t i = 0; i < document->sentences.count && i < HEAD_SENTENCES; i++) {
        const struct sentence *sentence = &document->sentences.items[i];
        for (uint32_t j = sentence->tokens.first; j < sentence->tokens.end; j++) {
            bool bracket = j > sentence->tokens.first && token_is(&tokens[j - 1], "[");
            bool first = j < sentence->tokens.first + 3 && sentence->heading;
            bool report = bracket && token_is(&tokens[j], "report");
            if ((!bracket && !first && !token_is(&tokens[j], "conference")) ||
                (!token_in(&tokens[j], WORDS_STATEMENTS_UNDER_A_NAME) && !report))
                continue;
            uint32_t issuer = issuer_behind(coding, j, sentence->tokens.end, !report);
            if (issuer != NONE)
                return issuer;
        }
    }
    /* "(RADIO OF THE FRONT)" in the dateline */
    for (uint32_t i = 0; i < document->actor_mentions.count; i++) {
        const struct actor *outlet = actor_of(coding, i);
        uint32_t sentence = tokens[document->actor_mentions.items[i].head].sentence;
        if (sentence > 0)
            break;
        if (outlet->type != NULL && strcmp(outlet->type, "media") == 0 && outlet->parent != NONE)
            return first_mention(coding, outlet->parent);
    }
    return NONE;
}

/* What whoever took a speech down says of it: "[TEXT]", "[EXCERPT]". */
static bool is_remark(const struct token *token)
{
    return token_in(token, WORDS_REMARKS_ON_A_SPEECH) ||
           token_in(token, WORDS_STATEMENTS_UNDER_A_NAME) || token->upos == UPOS_VERB;
}

/* "[MAREK]", "[REPORTER]" at the head of what he says: true where a turn begins there; `*speaker`
 * is the mention of a person who is no reporter; NONE for one who is not known. */
static bool turn_at(const struct coding *coding, struct token_range range, uint32_t *speaker)
{
    const struct token *tokens = coding->tree.tokens;
    bool turn = false;
    for (uint32_t at = range.first; at < range.end && token_is(&tokens[at], "[");) {
        uint32_t close = at + 1;
        bool named = true;
        while (close < range.end && close <= at + LONGEST_TURN && !token_is(&tokens[close], "]"))
            named &= tokens[close++].upos != UPOS_VERB;
        if (close >= range.end || !token_is(&tokens[close], "]"))
            break;
        uint32_t mention = named ? coding->named[close - 1] : NONE;
        bool person = mention != NONE && actor_of(coding, mention)->kind == ACTOR_PERSON;
        bool last = close + 1 < range.end && !token_is(&tokens[close + 1], "[");
        bool one = close == at + 2 && mention == NONE && last && !is_remark(&tokens[at + 1]);
        if (person || one || token_is(&tokens[close - 1], "reporter")) {
            turn = true;
            *speaker = person && may_issue(coding, mention, true) ? mention : NONE;
        }
        at = close + 1;
    }
    return turn;
}

void speakers_find(struct coding *coding)
{
    const struct document *document = coding->document;
    const uint32_t *bodies = bodies_told(coding);
    by_attribution(coding, bodies);
    uint32_t speaker = issuer_of(coding);
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        struct token_range range = document->sentences.items[i].tokens;
        turn_at(coding, range, &speaker);
        for (uint32_t j = range.first; speaker != NONE && j < range.end; j++) {
            const struct token *token = &coding->tree.tokens[j];
            if (coding->actor_mention[j] != NONE || !is_first_person(token) ||
                (token->flags & TOKEN_QUOTED) != 0)
                continue;
            bool one = is_one_person(token);
            if (one && actor_of(coding, speaker)->kind != ACTOR_PERSON)
                continue;
            coding->actor_mention[j] =
                one ? speaker : those_of(coding, bodies, speaker, (struct token_range){0, 0});
        }
    }
}
