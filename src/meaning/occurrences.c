/* Whether a claim tells of something that happened, or of a habit or a topic: "the rebels kill
 * peasants", "attacks on the press must be punished", "voters back winners".
 *
 * Who did what is taken for general where nothing in the sentence ties it down: no place, no time,
 * no number, nobody named, and those who suffer are a bare plural. A noun is then a topic unless an
 * article or a number stands before it; a verb is a habit in the simple present, outside of
 * headings, which tell the past so. What leaves out: habits told in the past ("used to", "would").
 */
#include "meaning/arguments_parts.h"
#include "meaning/coding.h"

static bool has_child(const struct tree *tree, uint32_t token, enum relation relation)
{
    return tree_child(tree, token, relation) != NONE;
}

/* Nothing that picks out one of several: article, number, owner, clause, name. */
static bool is_bare(const struct tree *tree, uint32_t token)
{
    return !has_child(tree, token, REL_DET) && !has_child(tree, token, REL_NUMMOD) &&
           !has_child(tree, token, REL_NMOD_POSS) && !has_child(tree, token, REL_ACL) &&
           !has_child(tree, token, REL_APPOS) && !has_child(tree, token, REL_FLAT);
}

static bool is_bare_plural(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    return word->upos == UPOS_NOUN && (word->features & WORD_PLURAL) != 0 &&
           coding->quantity[token] == NONE && is_bare(&coding->tree, token);
}

static bool is_somebody_named(const struct coding *coding, uint32_t token)
{
    uint32_t actor = coding_actor(coding, token);
    return actor != NONE && coding->document->actors.items[actor].kind != ACTOR_UNNAMED &&
           coding->document->actors.items[actor].kind != ACTOR_POPULATION;
}

static bool names_a_place(const struct coding *coding, uint32_t sentence)
{
    const struct token_range range = coding->document->sentences.items[sentence].tokens;
    for (uint32_t i = range.first; i < range.end; i++)
        if (coding->place[i] != NONE)
            return true;
    return false;
}

/* "On FRIDAY rebels kill teachers", in a report without a date: a day all the same. */
static bool names_a_day(const struct coding *coding, uint32_t sentence)
{
    const struct token_range range = coding->document->sentences.items[sentence].tokens;
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct time_mention *time =
            coding->time[i] != NONE ? &coding->document->times.items[coding->time[i]] : NULL;
        if (time != NULL && time->type == TIME_DATE && time->precision == PRECISION_DAY)
            return true;
    }
    return false;
}

/* Ends like a sentence of a text; a heading that was not marked as one does not. */
static bool is_running_text(const struct coding *coding, uint32_t index)
{
    const struct sentence *sentence = &coding->document->sentences.items[index];
    return !sentence->heading && sentence->tokens.end > sentence->tokens.first &&
           token_is(&coding->tree.tokens[sentence->tokens.end - 1], ".");
}

/* Forms that are past as well are not: "they set fire", "rebels hit the convoy". */
static bool is_present_habit(const struct coding *coding, uint32_t verb)
{
    const struct token *word = &coding->tree.tokens[verb];
    return word->upos == UPOS_VERB && (word->features & WORD_FINITE) != 0 &&
           (word->features & WORD_PRESENT) != 0 && !token_in(word, WORDS_PAST_AS_WELL) &&
           !has_child(&coding->tree, verb, REL_AUX) && is_running_text(coding, word->sentence);
}

/* "A game that LETS players BOMB cities": as much a habit as what lets them. */
static uint32_t verb_that_lets(const struct tree *tree, uint32_t verb)
{
    const struct token *word = &tree->tokens[verb];
    bool let = word->relation == REL_XCOMP && word->head != NONE && word->head < verb &&
               token_in(&tree->tokens[word->head], WORDS_LETS_SOMEBODY_DO);
    return let ? word->head : verb;
}

static bool is_habit(const struct making *making)
{
    for (uint32_t i = 0; i < making->agents.count; i++)
        if (is_somebody_named(making->coding, making->agents.tokens[i]))
            return false;
    return is_present_habit(making->coding, verb_that_lets(&making->coding->tree, making->trigger));
}

/* "They LAUNCHED attacks", "clashes BROKE out", "soldiers BEGAN shooting": a verb in the past tells
 * it; "there WAS shooting"; "VICTIMS of the shelling", "DEATHS in police firing": so does what came
 * of it. */
static bool is_told_above(const struct tree *tree, uint32_t noun)
{
    const struct token *word = &tree->tokens[noun];
    if (has_child(tree, noun, REL_EXPL))
        return true;
    if (word->head != NONE && token_in(&tree->tokens[word->head], WORDS_HARM_THAT_TELLS_A_DEED))
        return true;
    for (uint32_t child = tree->first_child[noun]; child != NONE; child = tree->next_sibling[child])
        if (tree->tokens[child].upos == UPOS_VERB && child > noun &&
            (tree->tokens[child].features & WORD_PAST) != 0)
            return true;
    static const enum relation relations[] = {REL_OBJ, REL_NSUBJ, REL_NSUBJ_PASS, REL_XCOMP,
                                              REL_ADVCL};
    if (word->head == NONE || tree->tokens[word->head].upos != UPOS_VERB ||
        (tree->tokens[word->head].features & WORD_PAST) == 0)
        return false;
    for (size_t i = 0; i < sizeof relations / sizeof relations[0]; i++)
        if (word->relation == relations[i])
            return true;
    return false;
}

/* "A WAVE of attacks": the noun that counts them, or the noun itself. */
static uint32_t counted_by(const struct tree *tree, uint32_t noun)
{
    const struct token *word = &tree->tokens[noun];
    return word->head != NONE && relation_is(word->relation, REL_NMOD) &&
                   supports_hold(tree->supports, &tree->tokens[word->head], SUPPORT_MEASURE, 0)
               ? word->head
               : noun;
}

static bool is_topic(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    uint32_t counter = counted_by(tree, making->trigger);
    if (is_told_above(tree, making->trigger) || is_told_above(tree, counter) ||
        !is_bare(tree, counter))
        return false;
    for (uint32_t i = 0; i < making->agents.count; i++)
        if (is_somebody_named(making->coding, making->agents.tokens[i]))
            return false;
    return is_bare(tree, making->trigger) && making->instruments.count == 0 &&
           coding_weapon(making->coding, making->trigger) == NULL;
}

/* "The war against the cartels" goes on and on; who declares one or begins it does so once. */
static bool is_lasting(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    return token_in(&tree->tokens[making->trigger], WORDS_LASTING_FIGHTS) &&
           making->frame->class == FRAME_NOUN && !is_told_above(tree, making->trigger);
}

/* "The INJURED persons were taken to a clinic": a state that another event left; told of some
 * number it stands for that event. */
static bool is_state(const struct making *making, const struct claim *claim)
{
    for (uint32_t i = 0; i < making->patients.count; i++)
        if (is_somebody_named(making->coding, making->patients.tokens[i]))
            return false;
    return making->frame->class == FRAME_ADJECTIVE && making->arguments.attributive &&
           strncmp(making->frame->cameo, "18", 2) == 0 && claim->agents.count == 0 &&
           claim->instruments.count == 0;
}

static bool is_hurt_before(const struct making *making)
{
    return making->frame->class == FRAME_ADJECTIVE && making->arguments.attributive &&
           strncmp(making->frame->cameo, "18", 2) == 0 && making->patients.count > 0 &&
           making->trigger < making->patients.nouns[0];
}

bool occurrence_is_elsewhere(const struct making *making)
{
    return is_hurt_before(making) && names_at(making->coding, making->patients.tokens[0]) != NULL;
}

/* "The widow of THE MURDERED judge": an event told elsewhere says who is meant; told of somebody by
 * name, or of how many, it is told here. */
static bool is_epithet(const struct making *making, const struct claim *claim)
{
    const struct coding *coding = making->coding;
    if (!is_hurt_before(making) || claim->agents.count > 0 || claim->instruments.count > 0 ||
        tree_child(&coding->tree, making->patients.nouns[0], REL_NUMMOD) != NONE)
        return false;
    for (uint32_t i = 0; i < making->patients.count; i++)
        if (names_at(coding, making->patients.tokens[i]) != NULL)
            return false;
    uint32_t noun = making->patients.nouns[0];
    return tree_child(&coding->tree, noun, REL_DET) != NONE ||
           tree_child(&coding->tree, noun, REL_NMOD_POSS) != NONE;
}

/* "DISPLACED families returned": who they are, not what was done to them here; told of a number it
 * is. */
static bool is_description(const struct making *making, const struct claim *claim)
{
    return making->frame->class == FRAME_ADJECTIVE && making->arguments.attributive &&
           strcmp(making->frame->cameo, "201") == 0 && claim->agents.count == 0 &&
           claim->counts.count == 0 && claim->control == CONTROL_NONE;
}

/* Whoever they may be, not these or those: "voters", "many parents", "people who doubt it". */
static bool is_anybody(const struct coding *coding, uint32_t token)
{
    static const uint32_t sides = KIND_ARMED | KIND_GOVERNMENT | KIND_PROTESTER | KIND_COUNTED;
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[token];
    uint32_t determiner = tree_child(tree, token, REL_DET);
    return word->upos == UPOS_NOUN && (word->features & WORD_PLURAL) != 0 &&
           coding->quantity[token] == NONE && !is_somebody_named(coding, token) &&
           (coding_kinds(coding, token) & sides) == 0 &&
           (determiner == NONE || token_is(&tree->tokens[determiner], "some")) &&
           !has_child(tree, token, REL_NUMMOD) && !has_child(tree, token, REL_NMOD_POSS) &&
           !has_child(tree, token, REL_NMOD) && !has_child(tree, token, REL_APPOS) &&
           !has_child(tree, token, REL_VOCATIVE);
}

/* The finite verb that "to support" stands below: "PREFER to support". */
static uint32_t finite_above(const struct tree *tree, uint32_t verb)
{
    const struct token *word = &tree->tokens[verb];
    return word->relation == REL_XCOMP && word->head != NONE ? word->head : verb;
}

static bool is_of_words(const char *plover)
{
    static const char *const types[] = {"SUPPORT", "REJECT",  "AGREE", "REQUEST", "ACCUSE",
                                        "CONSULT", "CONCEDE", "AID",   "THREATEN"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(plover, types[i]) == 0)
            return true;
    return false;
}

/* "Voters BACK winners", "people who REFUSE to learn": what anybody thinks, says or gives as a
 * rule; of somebody named it is told as news. */
static bool is_custom(const struct making *making)
{
    const struct coding *coding = making->coding;
    uint32_t verb = finite_above(&coding->tree, making->trigger);
    if (making->frame->class != FRAME_VERB || making->agents.count == 0 ||
        !is_of_words(making->frame->plover) || !is_present_habit(coding, verb) ||
        (coding->tree.tokens[verb].features & WORD_SINGULAR) != 0)
        return false;
    for (uint32_t i = 0; i < making->agents.count; i++)
        if (!is_anybody(coding, making->agents.tokens[i]))
            return false;
    for (uint32_t i = 0; i < making->patients.count; i++)
        if (is_somebody_named(coding, making->patients.tokens[i]))
            return false;
    return true;
}

bool occurrence_is_often(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    uint32_t verb = finite_above(tree, making->trigger);
    if (making->frame->class != FRAME_VERB || !is_present_habit(making->coding, verb))
        return false;
    for (uint32_t child = tree->first_child[verb]; child != NONE; child = tree->next_sibling[child])
        if (relation_is(tree->tokens[child].relation, REL_ADVMOD) &&
            token_in(&tree->tokens[child], WORDS_TIME_AND_AGAIN))
            return true;
    return false;
}

bool occurrence_is_general(const struct making *making, const struct claim *claim)
{
    const struct coding *coding = making->coding;
    if (is_description(making, claim) || is_epithet(making, claim) || is_custom(making))
        return true;
    bool dated = claim->anchor != NULL ? strcmp(claim->anchor, "sentence") == 0
                                       : names_a_day(coding, claim->sentence);
    if (!frame_is(making->frame, "ASSAULT") || dated || claim->counts.count > 0 ||
        claim->control != CONTROL_NONE)
        return false;
    if (is_lasting(making))
        return true;
    if (names_a_place(coding, claim->sentence))
        return false;
    if (is_state(making, claim))
        return true;
    for (uint32_t i = 0; i < making->patients.count; i++)
        if (!is_bare_plural(coding, making->patients.tokens[i]))
            return false;
    return making->frame->class == FRAME_NOUN
               ? is_topic(making)
               : making->frame->class == FRAME_VERB && is_habit(making);
}

/* "There WERE clashes", "there is fighting in Kunduz", not "there was no fighting", nor "there are
 * attacks", now and then. */
static bool is_there(const struct coding *coding, uint32_t noun)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[noun];
    if (word->head == NONE || ((tree->tokens[word->head].features & WORD_PAST) == 0 &&
                               !names_a_place(coding, word->sentence)))
        return false;
    uint32_t determiner = tree_child(tree, noun, REL_DET);
    if (determiner != NONE &&
        (token_is(&tree->tokens[determiner], "no") || token_is(&tree->tokens[determiner], "any")))
        return false;
    return word->relation == REL_NSUBJ && token_is(&tree->tokens[word->head], "be") &&
           has_child(tree, word->head, REL_EXPL);
}

/* "HEARD the explosion", "reported an exchange of fire". */
static bool is_noticed(const struct tree *tree, uint32_t noun)
{
    const struct token *word = &tree->tokens[noun];
    if (word->relation != REL_OBJ || word->head == NONE)
        return false;
    const struct token *verb = &tree->tokens[word->head];
    return token_is(verb, "hear") || ((token_is(verb, "report") || token_is(verb, "witness")) &&
                                      (verb->features & WORD_PAST) != 0);
}

bool occurrence_is_told(const struct making *making)
{
    static const char *const types[] = {"ASSAULT", "PROTEST", "COERCE"};
    const struct tree *tree = &making->coding->tree;
    bool physical = false;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        physical |= strcmp(making->frame->plover, types[i]) == 0;
    if (!physical || making->frame->class != FRAME_NOUN)
        return false;
    uint32_t noun = arguments_standing_for(tree, making->trigger);
    const struct token *word = &tree->tokens[noun];
    /* "Fighting RAGED around the palace", parsed as a noun with a clause; "clashes which LASTED".
     */
    for (uint32_t child = tree->first_child[noun]; child != NONE; child = tree->next_sibling[child])
        if (child > noun && relation_is(tree->tokens[child].relation, REL_ACL) &&
            (tree->tokens[child].features & WORD_PAST) != 0 &&
            supports_hold(tree->supports, &tree->tokens[child], SUPPORT_EVENT, 0))
            return true;
    if (is_there(making->coding, noun) || is_noticed(tree, noun))
        return true;
    if ((word->relation != REL_NSUBJ && word->relation != REL_NSUBJ_PASS) || word->head == NONE)
        return false;
    const struct token *verb = &tree->tokens[word->head];
    if (verb->upos != UPOS_VERB)
        return false;
    if (has_child(tree, word->head, REL_EXPL)) /* "there WERE protests across the country" */
        return (verb->features & WORD_PAST) != 0;
    if (word->relation == REL_NSUBJ_PASS)
        return token_in(verb, WORDS_PASSIVES_THAT_TELL_A_DEED);
    return supports_hold(tree->supports, verb, SUPPORT_EVENT, 0) ||
           supports_hold(tree->supports, verb, SUPPORT_FELT, 0);
}
