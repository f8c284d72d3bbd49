/* What a verb lends to the noun that tells the event: "they CARRIED OUT a raid on the town".
 *
 * Method: verbs, adjectives and nouns of dictionaries/en/supports.tsv say by their role which of
 * their arguments the noun takes over, from above ("launched a raid") and from below ("the raid
 * launched by"). Leaves out: verbs with a meaning of their own, which have rows in events.tsv. */
#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

#include <string.h>

/* The prepositional phrases of a support verb belong to its noun. */
static void inherit_phrases(const struct arguments *from, uint32_t verb, uint32_t noun,
                            struct arguments *arguments)
{
    for (uint32_t i = 0; i < from->count; i++)
        if (from->items[i].place == ARGUMENT_PREPOSITION && from->items[i].token != noun)
            arguments_add(arguments, ARGUMENT_PREPOSITION, from->items[i].token,
                          from->items[i].preposition, verb);
}

uint32_t arguments_standing_for(const struct tree *tree, uint32_t noun)
{
    for (int steps = 0; steps < 4; steps++) {
        const struct token *token = &tree->tokens[noun];
        bool counted =
            relation_is(token->relation, REL_NMOD) && token->head != NONE &&
            supports_hold(tree->supports, &tree->tokens[token->head], SUPPORT_MEASURE, 0);
        if (token->relation != REL_CONJ && !counted)
            break;
        noun = token->head;
    }
    return noun;
}

/* "Blamed the murder ON THE REBELS", "the raid was the work OF THE MILITIA"; parsers hang the
 * phrase on the verb or (`below`) on the event, or on whom it befell ("the murder of two nuns ON").
 */
static void lend_named(const struct tree *tree, uint32_t verb, uint32_t below,
                       struct arguments *arguments)
{
    for (uint32_t child = tree->first_child[below]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_preposition(tree, child);
        if (below != verb && preposition != NONE && token_is(&tree->tokens[preposition], "of") &&
            relation_is(tree->tokens[child].relation, REL_NMOD) &&
            tree->tokens[tree->tokens[child].head].relation != REL_NMOD)
            lend_named(tree, verb, child, arguments);
        if (preposition == NONE || preposition < verb || arguments_has(arguments, ARGUMENT_SUBJECT))
            continue;
        if (supports_hold(tree->supports, &tree->tokens[verb], SUPPORT_NAMES,
                          tree->tokens[preposition].hash))
            arguments_add(arguments, ARGUMENT_SUBJECT, child, NONE, verb);
    }
}

/* "The rebels' INVOLVEMENT in the murder": whose it is. `preposition` is that of the murder. */
static void lend_owned(const struct tree *tree, uint32_t noun, uint32_t preposition, int depth,
                       struct arguments *arguments)
{
    const struct token *support = &tree->tokens[noun];
    struct arguments outer = {0};
    if (!supports_hold(tree->supports, support, SUPPORT_AGENT, tree->tokens[preposition].hash))
        return;
    arguments_at(tree, noun, &outer, depth + 1);
    /* "He was the MASTERMIND of the murder", "the priest, AUTHOR of the attack" */
    if (token_is(&tree->tokens[preposition], "of")) {
        if (support->relation == REL_APPOS)
            arguments_add(arguments, ARGUMENT_SUBJECT, support->head, NONE, noun);
        else
            arguments_inherit(&outer, ARGUMENT_SUBJECT, noun, ARGUMENT_SUBJECT, arguments);
        return;
    }
    const struct argument *whose = arguments_behind(tree, &outer, "of");
    if (arguments_inherit(&outer, ARGUMENT_POSSESSOR, noun, ARGUMENT_SUBJECT, arguments))
        return;
    if (whose != NULL) {
        arguments_add(arguments, ARGUMENT_SUBJECT, whose->token, NONE, noun);
    } else if (support->relation == REL_OBJ && arguments_owning_up(tree, support->head)) {
        outer = (struct arguments){0};
        arguments_at(tree, support->head, &outer, depth + 1);
        arguments_inherit(&outer, ARGUMENT_SUBJECT, noun, ARGUMENT_SUBJECT, arguments);
    }
}

/* "Suffered two raids AT THE HANDS OF smugglers", hung on the verb. */
static void lend_hands(const struct tree *tree, uint32_t verb, struct arguments *arguments)
{
    for (uint32_t child = tree->first_child[verb]; child != NONE; child = tree->next_sibling[child])
        if (child > verb && relation_is(tree->tokens[child].relation, REL_OBL) &&
            !arguments_has(arguments, ARGUMENT_SUBJECT))
            arguments_add_hands(tree, child, arguments);
}

/* "UNDER PRESSURE from the unions, THE PREMIER resigned": whoever acts under it is under it, where
 * the phrase opens the sentence and names no treaty ("under the accord"). */
static void lend_under(const struct tree *tree, uint32_t verb, uint32_t noun, int depth,
                       struct arguments *arguments)
{
    uint32_t preposition = tree_preposition(tree, noun);
    struct arguments outer = {0};
    if (noun > verb || preposition == NONE || !token_is(&tree->tokens[preposition], "under") ||
        tree->tokens[verb].upos != UPOS_VERB || tree_child(tree, noun, REL_DET) != NONE ||
        tree_child(tree, noun, REL_NMOD_POSS) != NONE || arguments_has(arguments, ARGUMENT_OBJECT))
        return;
    arguments_at(tree, verb, &outer, depth + 1);
    arguments_inherit_subject(&outer, verb, ARGUMENT_OBJECT, arguments);
}

/* "Asked PERU for aid to the victims": who is asked is to give it. */
static void lend_asked(const struct tree *tree, uint32_t verb, uint32_t noun, int depth,
                       struct arguments *arguments)
{
    uint32_t before = tree_child_exactly(tree, noun, REL_CASE);
    struct arguments outer = {0};
    if (!token_in(&tree->tokens[verb], WORDS_ASKED_FOR_SOMETHING) ||
        !token_in(&tree->tokens[noun], WORDS_DEEDS_ASKED_FOR) || before == NONE ||
        !token_is(&tree->tokens[before], "for") || arguments_has(arguments, ARGUMENT_SUBJECT))
        return;
    arguments_at(tree, verb, &outer, depth + 1);
    for (uint32_t i = 0; i < outer.count; i++)
        if ((outer.items[i].place == ARGUMENT_OBJECT ||
             outer.items[i].place == ARGUMENT_INDIRECT) &&
            outer.items[i].token != noun && outer.items[i].token < noun) {
            arguments_add(arguments, ARGUMENT_SUBJECT, outer.items[i].token, NONE, verb);
            return;
        }
}

/* What the subject of the support verb at `verb` is to `noun`, and who that is. */
static void lend(const struct tree *tree, uint32_t verb, uint32_t noun, int depth,
                 struct arguments *arguments)
{
    const struct token *support = &tree->tokens[verb];
    enum relation relation = tree->tokens[noun].relation;
    bool object = relation == REL_OBJ || relation == REL_NSUBJ_PASS;
    bool oblique =
        relation_is(relation, REL_OBL) || relation_is(relation, REL_NMOD) || relation == REL_ADVCL;
    object |= relation == REL_NSUBJ && support->upos == UPOS_VERB && arguments_done_by(tree, verb);
    uint32_t preposition = oblique ? tree_preposition(tree, noun) : NONE;
    if (!object && relation != REL_NSUBJ && preposition == NONE)
        return;
    lend_asked(tree, verb, noun, depth, arguments);
    if (object || (relation == REL_NSUBJ && support->upos == UPOS_NOUN))
        lend_named(tree, verb, verb, arguments);
    if (object)
        lend_named(tree, verb, noun, arguments);
    /* "Blamed the murder of the judge ON THE REBELS", hung on the judge. */
    for (uint32_t child = tree->first_child[noun]; object && child != NONE;
         child = tree->next_sibling[child])
        if (relation_is(tree->tokens[child].relation, REL_NMOD))
            lend_named(tree, verb, child, arguments);
    uint64_t with = preposition != NONE ? tree->tokens[preposition].hash : 0;
    struct arguments outer = {0};
    if (oblique)
        arguments_held(tree, verb, noun, preposition, arguments);
    if (oblique)
        lend_under(tree, verb, noun, depth, arguments);
    if (support->upos == UPOS_NOUN) {
        /* "The bank was the TARGET of an attack" */
        if (oblique && supports_hold(tree->supports, support, SUPPORT_PATIENT, with)) {
            arguments_at(tree, verb, &outer, depth + 1);
            arguments_inherit(&outer, ARGUMENT_SUBJECT, verb, ARGUMENT_OBJECT, arguments);
        } else if (oblique) {
            lend_owned(tree, verb, preposition, depth, arguments);
        }
        return;
    }
    /* "Blamed the rebels for": its object; "to blame for": its subject. */
    if (oblique && supports_hold(tree->supports, support, SUPPORT_OBJECT, with)) {
        arguments_at(tree, verb, &outer, depth + 1);
        if (arguments_inherit(&outer, ARGUMENT_OBJECT, verb, ARGUMENT_SUBJECT, arguments))
            return;
        outer = (struct arguments){0};
    }
    if (oblique && arguments_owned_up_to(tree, verb, with)) {
        arguments_at(tree, verb, &outer, depth + 1);
        arguments_inherit(&outer, ARGUMENT_SUBJECT, verb, ARGUMENT_SUBJECT, arguments);
        return;
    }
    if ((relation != REL_NSUBJ || object) &&
        supports_hold(tree->supports, support, SUPPORT_AGENT, with)) {
        arguments_at(tree, verb, &outer, depth + 1);
        /* "Soldiers were involved in the murder" */
        enum argument_place from = outer.passive && oblique ? ARGUMENT_OBJECT : ARGUMENT_SUBJECT;
        arguments_inherit(&outer, from, verb, ARGUMENT_SUBJECT, arguments);
    } else if ((object || oblique) &&
               supports_hold(tree->supports, support, SUPPORT_PATIENT, with)) {
        arguments_at(tree, verb, &outer, depth + 1);
        arguments_inherit(&outer, ARGUMENT_SUBJECT, verb, ARGUMENT_OBJECT, arguments);
        lend_hands(tree, verb, arguments);
    } else if (relation == REL_NSUBJ && supports_hold(tree->supports, support, SUPPORT_EVENT, 0)) {
        arguments_at(tree, verb, &outer, depth + 1);
    } else {
        return;
    }
    if (!oblique)
        inherit_phrases(&outer, verb, noun, arguments);
}

/* "ESCAPED unhurt from the attack": parsers hang the attack on what they were then. */
static uint32_t verb_behind_state(const struct tree *tree, uint32_t noun, uint32_t state)
{
    const struct token *above = &tree->tokens[state];
    uint32_t preposition = tree_preposition(tree, noun);
    bool beside = above->upos == UPOS_ADJ && above->relation == REL_XCOMP && above->head < state;
    return beside && preposition != NONE &&
                   supports_hold(tree->supports, &tree->tokens[above->head], SUPPORT_PATIENT,
                                 tree->tokens[preposition].hash)
               ? above->head
               : state;
}

/* "They CARRIED OUT a raid", "they SUFFERED losses", "a raid was CARRIED OUT by them", "fighting
 * BROKE OUT", "they were INVOLVED in the murder", "RESPONSIBLE for the attack": the noun takes over
 * what the verb has. */
static void from_support_above(const struct tree *tree, uint32_t word, struct arguments *arguments,
                               int depth)
{
    uint32_t noun = arguments_standing_for(tree, word);
    uint32_t verb = tree->tokens[noun].head;
    if (verb == NONE)
        return;
    verb = verb_behind_state(tree, noun, verb);
    /* "Accused the army OF THE MURDER", with the murder hung on the army or on a name inside. */
    const struct token *above = &tree->tokens[verb], *outer = above;
    for (int steps = 0;
         steps < 2 && (relation_is(outer->relation, REL_NMOD) || outer->relation == REL_APPOS);
         steps++)
        outer = &tree->tokens[outer->head];
    uint32_t preposition = tree_preposition(tree, noun);
    if ((outer->relation == REL_OBJ || outer->relation == REL_NSUBJ_PASS) && preposition != NONE &&
        relation_is(tree->tokens[noun].relation, REL_NMOD) &&
        supports_hold(tree->supports, &tree->tokens[outer->head], SUPPORT_OBJECT,
                      tree->tokens[preposition].hash) &&
        !arguments_has(arguments, ARGUMENT_SUBJECT))
        arguments_add(arguments, ARGUMENT_SUBJECT, verb, NONE, outer->head);
    enum word_class upos = above->upos;
    if (upos == UPOS_VERB || upos == UPOS_ADJ || upos == UPOS_NOUN)
        lend(tree, verb, noun, depth, arguments);
}

/* "Fighting RAGING between", "charges PENDING against" */
static bool is_going_on(const struct tree *tree, uint32_t verb)
{
    const struct token *token = &tree->tokens[verb];
    return token->folded_length > 4 &&
           strcmp(token->folded + token->folded_length - 3, "ing") == 0 &&
           tree_child(tree, verb, REL_MARK) == NONE && tree_child(tree, verb, REL_OBJ) == NONE;
}

/* "The raid LAUNCHED by rebels on the town", "the attack that rebels CARRIED OUT"; "battles RAGED
 * between", parsed as a clause. */
static void from_support_below(const struct tree *tree, uint32_t word, struct arguments *arguments,
                               int depth)
{
    for (uint32_t verb = tree->first_child[word]; verb != NONE; verb = tree->next_sibling[verb]) {
        const struct token *token = &tree->tokens[verb];
        if (!relation_is(token->relation, REL_ACL) || token->upos != UPOS_VERB)
            continue;
        struct arguments inner = {0};
        bool present = is_going_on(tree, verb);
        if (token->relation == REL_ACL && (present || arguments_past_participle(token)) &&
            supports_hold(tree->supports, token, SUPPORT_EVENT, 0)) {
            arguments_at(tree, verb, &inner, depth + 1);
            inherit_phrases(&inner, verb, word, arguments);
            continue;
        }
        /* "The attack THAT TOOK PLACE at dawn against the camp" */
        if (token->relation == REL_ACL_RELCL &&
            supports_hold(tree->supports, token, SUPPORT_EVENT, 0) &&
            tree_child(tree, verb, REL_OBL) != NONE) {
            uint32_t subject = tree_child(tree, verb, REL_NSUBJ);
            if (subject != NONE && arguments_relative(&tree->tokens[subject])) {
                arguments_at(tree, verb, &inner, depth + 1);
                const struct argument *whom = arguments_behind(tree, &inner, "against");
                if (whom != NULL)
                    arguments_add(arguments, ARGUMENT_PREPOSITION, whom->token, whom->preposition,
                                  verb);
                continue;
            }
        }
        if (!supports_hold(tree->supports, token, SUPPORT_AGENT, 0))
            continue;
        arguments_at(tree, verb, &inner, depth + 1);
        const struct argument *object = arguments_get(&inner, ARGUMENT_OBJECT);
        if (object == NULL || object->token != word)
            continue;
        arguments_inherit(&inner, ARGUMENT_SUBJECT, verb, ARGUMENT_SUBJECT, arguments);
        inherit_phrases(&inner, verb, word, arguments);
    }
}

void arguments_from_support(const struct tree *tree, uint32_t word, struct arguments *arguments,
                            int depth)
{
    /* "Men linked to massacres CARRIED OUT BY soldiers": whoever it says itself. */
    from_support_below(tree, word, arguments, depth);
    from_support_above(tree, word, arguments, depth);
}
