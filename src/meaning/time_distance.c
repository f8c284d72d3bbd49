/* How far a time expression is from a word that tells an event.
 * Method: the way between them in the tree, counted clause by clause: the time of "said" is not
 * that of what was said, nor the time inside a relative clause that of the main verb; gerunds and
 * nouns in a row share theirs. Without a tree, the words between them. What is left out: that a
 * word's own kind makes some times likelier than others. */
#include "meaning/time_distance.h"

#include "document/stage.h"
#include "document/word_lists.h"
#include "meaning/tree.h"

enum { FAR = 1000, CLIMB = 40, SHARED = 8, APART = 60 };

/* The token of an expression whose head is outside of it. */
uint32_t time_head(const struct document *document, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++) {
        uint32_t head = document->tokens.items[i].head;
        if (head == NONE || head < range.first || head >= range.end)
            return i;
    }
    return range.first;
}

/* What it costs to go from a token up to its head. Going out of a complement or a parenthesis means
 * another event; a clause that hangs on the verb shares its time more or less. */
static uint32_t cost_up(enum relation relation)
{
    switch (relation_universal(relation)) {
    case REL_CCOMP:
    case REL_PARATAXIS:
        return 60;
    case REL_ACL:
    case REL_CSUBJ:
        return 30;
    case REL_ADVCL:
        return 12;
    case REL_CONJ:
        return 6;
    case REL_XCOMP:
        return 2;
    default:
        return 3;
    }
}

/* What it costs when the expression hangs below the token by such a relation. */
static uint32_t cost_down(enum relation relation)
{
    switch (relation_universal(relation)) {
    case REL_CCOMP:
    case REL_PARATAXIS:
    case REL_ADVCL:
    case REL_CONJ:
        return 60;
    case REL_ACL:
        return 40;
    case REL_XCOMP:
        return 8;
    default:
        return 2;
    }
}

/* "Massacred them after TAKING the town in 1998", "among people WAITING a day earlier": a gerund
 * shares the time of its verb. */
static bool is_gerund(const struct token *token)
{
    return (token->relation == REL_ADVCL || token->relation == REL_ACL) &&
           token->upos == UPOS_VERB && token->folded_length > 4 &&
           strcmp(token->folded + token->folded_length - 3, "ing") == 0;
}

/* "Eight died WHEN rockets hit a market on Thursday": of one time with its verb, where a finite
 * verb says so. */
static bool is_when(const struct document *document, uint32_t verb)
{
    const struct token *tokens = document->tokens.items;
    const struct sentence *sentence = &document->sentences.items[tokens[verb].sentence];
    if (tokens[verb].relation != REL_ADVCL || tokens[verb].head > verb)
        return false;
    for (uint32_t i = verb; i-- > sentence->tokens.first;)
        if (tokens[i].head == verb && strcmp(tokens[i].folded, "when") == 0)
            return true;
    return false;
}

/* "The town WHICH THEY LOST in May": when that was says nothing of the verb above. What the noun
 * itself did
 * ("a blast that hit the market on Monday", "people who had fled to the mosque on Monday") is what
 * the verb above tells of, as like as not, and the day may be that verb's own. */
static bool is_aside(const struct document *document, uint32_t verb)
{
    const struct token *tokens = document->tokens.items;
    const struct sentence *sentence = &document->sentences.items[tokens[verb].sentence];
    if (tokens[verb].relation != REL_ACL_RELCL)
        return false;
    for (uint32_t i = verb; i-- > sentence->tokens.first;)
        if (tokens[i].head == verb && relation_universal(tokens[i].relation) == REL_NSUBJ)
            return (tokens[i].features & WORD_RELATIVE) == 0 &&
                   strcmp(tokens[i].folded, "who") != 0 && strcmp(tokens[i].folded, "which") != 0 &&
                   strcmp(tokens[i].folded, "that") != 0;
    return false;
}

/* Nouns in a row and what hangs on them belong to one clause. */
static bool is_nominal(const struct token *token)
{
    enum relation relation = relation_universal(token->relation);
    return (relation == REL_CONJ || relation == REL_LIST) &&
           (token->upos == UPOS_NOUN || token->upos == UPOS_PROPN);
}

/* "Marched on Friday after THE murder of a priest", "a hundred operations SINCE the blast": what is
 * known already was before. */
static bool is_known_before(const struct document *document, uint32_t token)
{
    static const char *const behind[] = {"after", "following", NULL};
    const struct token *tokens = document->tokens.items;
    const struct sentence *sentence = &document->sentences.items[tokens[token].sentence];
    bool after = false, known = false, since = false;
    if (tokens[token].upos != UPOS_NOUN || relation_universal(tokens[token].relation) != REL_OBL)
        return false;
    for (uint32_t i = token; i-- > sentence->tokens.first;) {
        bool own = tokens[i].head == token;
        bool case_of = own && tokens[i].relation == REL_CASE;
        after |= case_of && token_is_one_of(&tokens[i], behind);
        since |= case_of && strcmp(tokens[i].folded, "since") == 0;
        known |= own && tokens[i].relation == REL_DET && strcmp(tokens[i].folded, "the") == 0;
        known |= own && tokens[i].relation == REL_NMOD_POSS;
    }
    return since || (after && known);
}

/* "Accused on Monday OF SHOOTING a guard", "spoke on Monday ABOUT the raid": what is spoken of or
 * charged lies behind. Not "with rebels SHOOTING at the guards", "the task of BURYING them". */
static bool is_topic(const struct document *document, uint32_t token)
{
    static const char *const of_gerunds[] = {"of", "for", "with", "about", "over", NULL};
    const struct token *tokens = document->tokens.items;
    const struct sentence *sentence = &document->sentences.items[tokens[token].sentence];
    enum relation relation = relation_universal(tokens[token].relation);
    bool gerund = is_gerund(&tokens[token]) && relation == REL_ADVCL, topic = false;
    bool noun = tokens[token].upos == UPOS_NOUN && (relation == REL_OBL || relation == REL_NMOD);
    for (uint32_t i = token; i-- > sentence->tokens.first && (gerund || noun);) {
        if (tokens[i].head != token)
            continue;
        if (relation_universal(tokens[i].relation) == REL_NSUBJ)
            return false;
        topic |= noun && tokens[i].relation == REL_CASE && strcmp(tokens[i].folded, "about") == 0;
        topic |=
            gerund && tokens[i].relation == REL_MARK && token_is_one_of(&tokens[i], of_gerunds);
    }
    return topic;
}

static uint32_t preposition_of(const struct document *document, uint32_t noun)
{
    const struct token *tokens = document->tokens.items;
    uint32_t start = document->sentences.items[tokens[noun].sentence].tokens.first;
    for (uint32_t i = noun; i-- > start;)
        if (tokens[i].head == noun && tokens[i].relation == REL_CASE)
            return i;
    return NONE;
}

/* "Condemned on Monday THE BOMBING", "was sentenced on Monday FOR THE MURDER": what a verb looks
 * back on. */
static bool is_looked_back_on(const struct document *document, uint32_t token)
{
    static const char *const any[] = {"for", "over", NULL};
    static const char *const looking[] = {"in", "of", "with", "to", "on", "into", NULL};
    const struct token *tokens = document->tokens.items;
    if (tokens[token].upos != UPOS_NOUN || tokens[token].head == NONE)
        return false;
    const struct token *verb = &tokens[tokens[token].head];
    bool looks = verb->upos == UPOS_VERB && token_in(verb, WORDS_LOOK_BACK_ON_DEEDS);
    enum relation relation = tokens[token].relation;
    if (relation == REL_OBJ || relation == REL_NSUBJ_PASS)
        return looks;
    if (relation_universal(relation) != REL_OBL ||
        !token_in(&tokens[token], WORDS_UNFORESEEN_EVENTS))
        return false;
    uint32_t preposition = preposition_of(document, token);
    return preposition != NONE && (token_is_one_of(&tokens[preposition], any) ||
                                   (looks && token_is_one_of(&tokens[preposition], looking)));
}

/* "The TRIAL for the raid", "VICTIMS of the bombing", "the ARREST of a man in the killing": of
 * another day than the deed. */
static bool is_told_of_by_noun(const struct document *document, uint32_t token)
{
    enum { STEPS = 3 };
    const struct token *tokens = document->tokens.items;
    if (!token_in(&tokens[token], WORDS_UNFORESEEN_EVENTS) || tokens[token].upos != UPOS_NOUN)
        return false;
    for (int i = 0; i < STEPS && tokens[token].head != NONE; i++) {
        enum relation relation = relation_universal(tokens[token].relation);
        if (relation != REL_NMOD && relation != REL_COMPOUND && relation != REL_CONJ)
            return false;
        token = tokens[token].head;
        if (relation != REL_CONJ && token_in(&tokens[token], WORDS_COME_AFTER_A_DEED))
            return true;
    }
    return false;
}

bool time_lies_behind(const struct document *document, uint32_t token)
{
    return is_known_before(document, token) || is_topic(document, token);
}

bool time_is_looked_back_on(const struct document *document, uint32_t token)
{
    return is_looked_back_on(document, token) || is_told_of_by_noun(document, token);
}

/* Whether the expression is not that of what the word tells. Behind a phrase it may be: "charged in
 * the death of two clerks ON SATURDAY". */
static bool lies_behind_of(const struct document *document, uint32_t token, uint32_t time)
{
    return time_lies_behind(document, token) ||
           (time < token && time_is_looked_back_on(document, token));
}

/* "A 1997 attack and THE harbour bombing": of two nouns, each with words of its own before it, the
 * date before the first is not that of the second. */
static bool has_words_of_its_own(const struct document *document, uint32_t token, uint32_t time)
{
    const struct token *tokens = document->tokens.items;
    uint32_t first = tokens[token].head;
    if (!is_nominal(&tokens[token]) || time >= first || tokens[time].head != first)
        return false;
    for (uint32_t i = first + 1; i < token; i++)
        if (tokens[i].head == token && (tokens[i].upos == UPOS_DET || tokens[i].upos == UPOS_NUM ||
                                        tokens[i].relation == REL_NMOD_POSS))
            return true;
    return false;
}

/* Distance in the tree from `token` to the expression's head, clause by clause. */
static uint32_t tree_distance(const struct document *document, uint32_t token, uint32_t time)
{
    const struct token *tokens = document->tokens.items;
    uint32_t up = 0, above = token;
    for (uint32_t step = 0; step < CLIMB; step++) {
        /* Is the expression below `above`? */
        uint32_t down = 0, below = time;
        for (uint32_t i = 0; i < CLIMB && below != above && tokens[below].head != NONE; i++) {
            down += is_nominal(&tokens[below])                              ? 2
                    : is_gerund(&tokens[below]) || is_when(document, below) ? SHARED
                    : is_aside(document, below)                             ? APART
                                                : cost_down(tokens[below].relation);
            below = tokens[below].head;
        }
        if (below == above)
            return up + down;
        if (tokens[above].head == NONE)
            break;
        bool other =
            lies_behind_of(document, above, time) || has_words_of_its_own(document, above, time);
        up += other ? FAR : cost_up(tokens[above].relation);
        above = tokens[above].head;
    }
    return FAR;
}

uint32_t time_distance(const struct document *document, uint32_t token,
                       const struct time_mention *time)
{
    uint32_t head = time_head(document, time->tokens);
    if ((document->layers & HAS_TREE) != 0 && (document->tokens.items[token].head != NONE ||
                                               document->tokens.items[token].relation == REL_ROOT))
        return tree_distance(document, token, head);
    return head > token ? head - token : token - head;
}
