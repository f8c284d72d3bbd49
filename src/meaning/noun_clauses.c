/* What a clause takes over from the noun that it hangs on: "rebels who TOOK the town", "the town
 * TAKEN by rebels", "a plan to ATTACK".
 *
 * Method: by the form of the clause's verb and by the words that the noun and the clause have
 * between them; what the noun itself is done by or to is asked of arguments.c. Left out: clauses
 * that hang on a verb (governors.c). */
#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

#include <string.h>

/* "The town WHERE they stayed", "the day WHEN": the noun takes no part itself. */
static bool is_about_place(const struct tree *tree, uint32_t clause)
{
    for (uint32_t child = tree->first_child[clause]; child != NONE;
         child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_ADVMOD &&
            (token_is(&tree->tokens[child], "where") || token_is(&tree->tokens[child], "when")))
            return true;
    return false;
}

/* The deed for which somebody is arrested or tried, behind the noun that says so. */
static bool is_for_deed(const struct tree *tree, uint32_t word)
{
    uint32_t mark = tree_child_exactly(tree, word, REL_MARK);
    return mark != NONE && token_is(&tree->tokens[mark], "for") && tree->supports != NULL &&
           supports_hold(tree->supports, &tree->tokens[tree->tokens[word].head], SUPPORT_OBJECT,
                         tree->tokens[mark].hash);
}

/* Verbs whose clause has the same doer, or is what is said: they take no object beside it. */
static bool takes_only_clause(const struct tree *tree, uint32_t verb)
{
    return token_in(&tree->tokens[verb], WORDS_VERBS_WITH_ONLY_A_CLAUSE) &&
           (tree_child(tree, verb, REL_XCOMP) != NONE || tree_child(tree, verb, REL_CCOMP) != NONE);
}

/* "The policemen they claimed to have CAPTURED", "they said they had CAPTURED": what the relative
 * clause hangs on is the object of the verb below. */
void arguments_object_across(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    const struct token *token = &tree->tokens[word];
    bool infinitive = token->relation == REL_XCOMP;
    bool finite = token->relation == REL_CCOMP && tree_child(tree, word, REL_NSUBJ) != NONE;
    if ((!infinitive && !finite) || arguments->passive ||
        arguments_has(arguments, ARGUMENT_OBJECT) || token->upos != UPOS_VERB ||
        token->head == NONE)
        return;
    const struct token *outer = &tree->tokens[token->head];
    uint32_t subject = tree_child(tree, token->head, REL_NSUBJ);
    if (outer->relation == REL_ACL_RELCL && outer->head != NONE && outer->head < token->head &&
        subject != NONE && !arguments_relative(&tree->tokens[subject]) &&
        takes_only_clause(tree, token->head))
        arguments_add(arguments, ARGUMENT_OBJECT, outer->head, NONE, token->head);
}

/* "The sailors taken HOSTAGE": who is taken goes before what stands as a second object. */
static void object_first(const struct tree *tree, uint32_t token, uint32_t via,
                         struct arguments *arguments)
{
    const struct argument *second = arguments_get(arguments, ARGUMENT_OBJECT);
    if (!token_in(&tree->tokens[second->token], WORDS_CAPTIVES_AS_SECOND_OBJECTS) ||
        arguments->count == ARGUMENTS_MAXIMUM)
        return;
    memmove(&arguments->items[1], &arguments->items[0],
            arguments->count * sizeof arguments->items[0]);
    arguments->items[0] = (struct argument){ARGUMENT_OBJECT, token, NONE, via};
    arguments->count++;
}

/* "They had the opportunity TO LEAVE", "in an attempt TO LEAVE", "as a way TO LEAVE": who has it;
 * "the use of mercenaries TO ATTACK": who is used. */
static void from_opportunity(const struct tree *tree, uint32_t noun, const struct arguments *outer,
                             struct arguments *arguments, int depth)
{
    const struct token *word = &tree->tokens[noun];
    const struct argument *whom = arguments_behind(tree, outer, "of");
    if (token_in(word, WORDS_USES_OF_SOMEBODY) && whom != NULL)
        arguments_add(arguments, ARGUMENT_SUBJECT, whom->token, NONE, noun);
    uint32_t preposition = tree_preposition(tree, noun);
    /* "Attack pipelines AS A WAY to force them" */
    bool as = preposition != NONE && token_is(&tree->tokens[preposition], "as");
    bool in = relation_is(word->relation, REL_OBL) && preposition != NONE &&
              (as || token_is(&tree->tokens[preposition], "in"));
    bool fit = token_in(word, as ? WORDS_WAYS_TO_AN_END : WORDS_OPPORTUNITIES_TO_ACT);
    if (!fit || word->head == NONE ||
        !(in || (word->relation == REL_OBJ &&
                 token_in(&tree->tokens[word->head], WORDS_VERBS_OF_HAVING_OPPORTUNITIES))))
        return;
    /* "Described the raid AS AN ATTEMPT to derail the talks": not his who says so. */
    if (as && token_in(&tree->tokens[word->head], WORDS_CALL_SOMETHING_SO))
        return;
    struct arguments verb = {0};
    arguments_at(tree, word->head, &verb, depth + 1);
    if (!arguments_inherit(&verb, ARGUMENT_INDIRECT, noun, ARGUMENT_SUBJECT, arguments))
        arguments_inherit_subject(&verb, noun, ARGUMENT_SUBJECT, arguments);
}

/* "Had the mission OF KILLING him", "announced plans TO ATTACK", "came with the aim OF BLAMING":
 * whoever has the aim, does what the clause tells. False where nothing says who has it. */
static bool from_aim(const struct tree *tree, uint32_t word, uint32_t noun,
                     struct arguments *arguments, int depth)
{
    const struct token *aim = &tree->tokens[noun];
    uint32_t mark = tree_child_exactly(tree, word, REL_MARK);
    if (!token_in(aim, WORDS_AIMS) || mark == NONE || aim->head == NONE || arguments->passive ||
        arguments_has(arguments, ARGUMENT_SUBJECT) ||
        (!token_is(&tree->tokens[mark], "to") && !token_is(&tree->tokens[mark], "of")))
        return false;
    struct arguments outer = {0};
    arguments_at(tree, noun, &outer, depth + 1);
    if (arguments_inherit(&outer, ARGUMENT_POSSESSOR, noun, ARGUMENT_SUBJECT, arguments))
        return true;
    uint32_t preposition = tree_preposition(tree, noun);
    bool with = relation_is(aim->relation, REL_OBL) && preposition != NONE &&
                (token_is(&tree->tokens[preposition], "with") ||
                 token_is(&tree->tokens[preposition], "for"));
    bool held = aim->relation == REL_OBJ && token_in(&tree->tokens[aim->head], WORDS_AIMS_HELD);
    if (!with && !held)
        return false;
    outer = (struct arguments){0};
    arguments_at(tree, aim->head, &outer, depth + 1);
    return arguments_inherit(&outer, ARGUMENT_SUBJECT, aim->head, ARGUMENT_SUBJECT, arguments);
}

/* "Claimed responsibility FOR PLACING the bomb", "its part IN KILLING them": whoever has it. */
static bool from_responsibility(const struct tree *tree, uint32_t word, struct arguments *arguments,
                                int depth)
{
    const struct token *noun = &tree->tokens[tree->tokens[word].head];
    uint32_t mark = tree_child_exactly(tree, word, REL_MARK);
    if (mark == NONE || noun->upos != UPOS_NOUN || tree->supports == NULL || arguments->passive ||
        arguments_has(arguments, ARGUMENT_SUBJECT) ||
        !supports_hold(tree->supports, noun, SUPPORT_AGENT, tree->tokens[mark].hash))
        return false;
    struct arguments outer = {0};
    arguments_at(tree, tree->tokens[word].head, &outer, depth + 1);
    if (arguments_inherit(&outer, ARGUMENT_POSSESSOR, tree->tokens[word].head, ARGUMENT_SUBJECT,
                          arguments))
        return true;
    outer = (struct arguments){0};
    if (noun->relation == REL_OBJ && noun->head != NONE) {
        arguments_at(tree, noun->head, &outer, depth + 1);
        arguments_inherit(&outer, ARGUMENT_SUBJECT, noun->head, ARGUMENT_SUBJECT, arguments);
    }
    return true;
}

/* "The nurse [name as given], KIDNAPPED by": the noun that the clause at `word` hangs on; where
 * that stands in brackets that close before the clause, the one before them. */
static uint32_t outside_brackets(const struct tree *tree, uint32_t word)
{
    uint32_t noun = tree->tokens[word].head;
    for (uint32_t i = noun + 1; i < word; i++) {
        if (token_is(&tree->tokens[i], "[") || token_is(&tree->tokens[i], "("))
            return noun;
        if (token_is(&tree->tokens[i], "]") || token_is(&tree->tokens[i], ")"))
            return tree->tokens[noun].head != NONE && tree->tokens[noun].head < noun
                       ? tree->tokens[noun].head
                       : noun;
    }
    return noun;
}

/* "Unknown men KILLED JUDGE Luis Galan", parsed as men who were killed: what stands right behind
 * the verb without a preposition is whom they killed; NONE where nothing does. */
static uint32_t object_behind(const struct tree *tree, uint32_t word)
{
    const struct token *verb = &tree->tokens[word];
    if (verb->relation != REL_ACL || tree->tokens[verb->head].head != NONE ||
        !arguments_done_to_somebody(verb))
        return NONE;
    for (uint32_t child = tree->first_child[word]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *noun = &tree->tokens[child];
        if ((noun->relation == REL_OBJ || noun->relation == REL_XCOMP) &&
            (noun->upos == UPOS_NOUN || noun->upos == UPOS_PROPN) &&
            tree_noun_phrase(tree, child).first == word + 1)
            return child;
    }
    return NONE;
}

/* "A colonel DEFECTED", parsed as one whom that befell: nobody can do it to him. */
static bool goes_by_itself(const struct tree *tree, uint32_t word)
{
    return tree->tokens[word].relation == REL_ACL && supports_by_itself(tree, word) &&
           arguments_past_participle(&tree->tokens[word]) &&
           tree_child(tree, word, REL_OBJ) == NONE;
}

/* "The union's request TO CALL OFF the rally": it asks others for it. */
static bool is_asked(const struct tree *tree, uint32_t noun, uint32_t word)
{
    return tree->supports != NULL && arguments_infinitive(tree, word) &&
           tree->tokens[noun].upos == UPOS_NOUN &&
           supports_hold(tree->supports, &tree->tokens[noun], SUPPORT_ASKED, 0);
}

/* "Their call ON THE MINERS to leave": whoever is asked. */
static void from_asked(const struct arguments *outer, const struct tree *tree, uint32_t noun,
                       struct arguments *arguments)
{
    static const char *const before[] = {"on", "to", "upon", "for", NULL};
    for (size_t i = 0; before[i] != NULL && !arguments_has(arguments, ARGUMENT_SUBJECT); i++) {
        const struct argument *whom = arguments_behind(tree, outer, before[i]);
        if (whom != NULL)
            arguments_add(arguments, ARGUMENT_SUBJECT, whom->token, NONE, noun);
    }
}

/* "Denounced the use of mercenaries TO ATTACK": who is used. */
uint32_t arguments_used_to(const struct tree *tree, uint32_t head, uint32_t word)
{
    uint32_t used = tree_child(tree, head, REL_OBJ);
    if (used == NONE || used > word || !token_is(&tree->tokens[used], "use"))
        return NONE;
    for (uint32_t child = tree->first_child[used]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_preposition(tree, child);
        if (relation_is(tree->tokens[child].relation, REL_NMOD) && preposition != NONE &&
            token_is(&tree->tokens[preposition], "of"))
            return child;
    }
    return NONE;
}

/* "Time FOR KENYA to help", "possible FOR KENYA to help": who is to do what the infinitive at
 * `word` tells, named right before it and hung on the word above; or NONE. */
uint32_t arguments_for_whom(const struct tree *tree, uint32_t head, uint32_t word)
{
    uint32_t to = NONE, outside = NONE;
    for (uint32_t child = tree->first_child[word]; child != NONE && child < word;
         child = tree->next_sibling[child]) {
        if (tree->tokens[child].relation != REL_MARK)
            continue;
        if (token_is(&tree->tokens[child], "to"))
            to = child;
        else if (token_is(&tree->tokens[child], "for"))
            outside = child;
    }
    for (uint32_t child = tree->first_child[head]; to != NONE && child != NONE && child < to;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        struct token_range range = tree_extent(tree, child, 0);
        if (range.end != to ||
            (!relation_is(relation, REL_OBL) && !relation_is(relation, REL_NMOD)))
            continue;
        uint32_t before = tree_child_exactly(tree, child, REL_CASE);
        bool own = before != NONE && token_is(&tree->tokens[before], "for");
        if (own || (before == NONE && outside != NONE && outside + 1 == range.first))
            return child;
    }
    return NONE;
}

/* "A COMMISSION to investigate the raid", "the creation of a PANEL to try them": a body does what
 * it is formed for, whosever it is. */
static bool from_formed(const struct tree *tree, uint32_t noun, const struct arguments *outer,
                        struct arguments *arguments)
{
    const struct argument *of = arguments_behind(tree, outer, "of");
    uint32_t body = token_in(&tree->tokens[noun], WORDS_BODIES_FORMED_TO_ACT) ? noun
                    : of != NULL && token_in(&tree->tokens[of->token], WORDS_BODIES_FORMED_TO_ACT)
                        ? of->token
                        : NONE;
    if (body == NONE || arguments_has(arguments, ARGUMENT_SUBJECT))
        return false;
    arguments_add(arguments, ARGUMENT_SUBJECT, body, NONE, noun);
    return true;
}

/* "In addition to FREEING the nine, the governor", "were on the verge of SURRENDERING": whoever
 * the clause tells of; false where the noun is another. */
static bool from_phrase(const struct tree *tree, uint32_t word, struct arguments *arguments,
                        int depth)
{
    const struct token *noun = &tree->tokens[tree->tokens[word].head];
    if (!token_in(noun, WORDS_PHRASES_BEFORE_A_GERUND) || noun->head == NONE ||
        arguments->passive || arguments_has(arguments, ARGUMENT_SUBJECT) ||
        !relation_is(noun->relation, REL_OBL) || tree->tokens[noun->head].upos != UPOS_VERB ||
        tree_child_exactly(tree, word, REL_MARK) == NONE)
        return false;
    struct arguments outer = {0};
    arguments_at(tree, noun->head, &outer, depth + 1);
    return arguments_inherit_subject(&outer, noun->head, ARGUMENT_SUBJECT, arguments);
}

/* "He is in the jail, ARRESTED for fraud": who is there, not where he is. */
static uint32_t who_is_there(const struct tree *tree, uint32_t noun, uint32_t word)
{
    uint32_t who = tree_child_exactly(tree, noun, REL_NSUBJ);
    bool there = tree_child(tree, noun, REL_COP) != NONE && tree_preposition(tree, noun) != NONE;
    uint32_t comma = tree_child(tree, word, REL_PUNCT);
    return there && who != NONE && comma != NONE && comma < word ? who : noun;
}

/* "rebels who TOOK", "the town TAKEN by", "troops ADVANCING on", "a plan to ATTACK". */
void arguments_from_noun(const struct tree *tree, uint32_t word, struct arguments *arguments,
                         int depth)
{
    const struct token *token = &tree->tokens[word];
    uint32_t noun = outside_brackets(tree, word);
    bool complete = arguments_has(arguments, ARGUMENT_SUBJECT) && !arguments->passive;
    if (token->relation == REL_ACL_RELCL) {
        /* A relative without a pronoun: "the town they left"; not "the town where they stayed". */
        if (is_about_place(tree, word))
            return;
        const struct argument *subject = arguments_get(arguments, ARGUMENT_SUBJECT);
        /* "Students who MARCHED": the noun is the subject already. */
        bool doer = subject != NULL && subject->token == noun;
        if (subject == NULL && !arguments->passive)
            arguments_add(arguments, ARGUMENT_SUBJECT, noun, NONE, word);
        else if (!doer && !arguments_has(arguments, ARGUMENT_OBJECT) &&
                 !takes_only_clause(tree, word))
            arguments_add(arguments, ARGUMENT_OBJECT, noun, NONE, word);
    } else if (token->relation == REL_ACL && complete && tree_child(tree, word, REL_MARK) != NONE) {
        /* "Proof that the army HAS STOPPED": a clause of its own. */
        return;
    } else if (from_responsibility(tree, word, arguments, depth) ||
               arguments_of_charge(tree, word, arguments, depth) ||
               from_phrase(tree, word, arguments, depth) ||
               from_aim(tree, word, noun, arguments, depth)) {
        return;
    } else if (is_for_deed(tree, word)) {
        /* "The arrest of two soldiers FOR KILLING a priest" */
        struct arguments outer = {0};
        arguments_at(tree, noun, &outer, depth + 1);
        const struct argument *whom = arguments_behind(tree, &outer, "of");
        if (whom != NULL && !arguments_has(arguments, ARGUMENT_SUBJECT))
            arguments_add(arguments, ARGUMENT_SUBJECT, whom->token, NONE, noun);
    } else if (object_behind(tree, word) != NONE) {
        arguments->passive = false;
        arguments_add(arguments, ARGUMENT_SUBJECT, noun, NONE, NONE);
        if (!arguments_has(arguments, ARGUMENT_OBJECT))
            arguments_add(arguments, ARGUMENT_OBJECT, object_behind(tree, word), NONE, NONE);
    } else if (goes_by_itself(tree, word)) {
        /* "A colonel and 40 men DEFECTED": the whole list did. */
        uint32_t first = tree->tokens[noun].relation == REL_CONJ ? tree->tokens[noun].head : noun;
        arguments->passive = false;
        arguments_add(arguments, ARGUMENT_SUBJECT,
                      tree->tokens[first].relation == REL_ROOT ? first : noun, NONE, NONE);
    } else if (arguments_past_participle(token) || arguments->passive) {
        /* "The raid, CARRIED out by rebels": who did it tells the voice where the form does not. */
        arguments->passive = true;
        if (!arguments_has(arguments, ARGUMENT_OBJECT))
            arguments_add(arguments, ARGUMENT_OBJECT, who_is_there(tree, noun, word), NONE, word);
        else
            object_first(tree, noun, word, arguments);
    } else if ((token->features & (WORD_PARTICIPLE | WORD_GERUND)) != 0 ||
               tree_child(tree, word, REL_COP) != NONE) { /* "of BEING RESPONSIBLE" */
        if (!arguments_has(arguments, ARGUMENT_SUBJECT))
            arguments_add(arguments, ARGUMENT_SUBJECT, noun, NONE, word);
    } else if (tree->tokens[noun].relation == REL_OBL_AGENT && arguments_infinitive(tree, word)) {
        /* "The action taken by workers TO OCCUPY the mill" */
        arguments_add(arguments, ARGUMENT_SUBJECT, noun, NONE, word);
    } else {
        /* "the army's plan to withdraw": whose plan it is. */
        struct arguments outer = {0};
        /* "Their proposal for TALKS to end it": what is proposed. */
        bool own = tree->supports != NULL &&
                   supports_hold(tree->supports, &tree->tokens[noun], SUPPORT_TASK, 0);
        uint32_t whom = arguments_has(arguments, ARGUMENT_SUBJECT) || arguments->passive || own
                            ? NONE
                            : arguments_for_whom(tree, noun, word);
        arguments_at(tree, noun, &outer, depth + 1);
        if (whom != NONE)
            arguments_add(arguments, ARGUMENT_SUBJECT, whom, NONE, noun);
        else if (is_asked(tree, noun, word))
            from_asked(&outer, tree, noun, arguments);
        else if (!from_formed(tree, noun, &outer, arguments) &&
                 !arguments_inherit(&outer, ARGUMENT_POSSESSOR, noun, ARGUMENT_SUBJECT,
                                    arguments) &&
                 !arguments_inherit(&outer, ARGUMENT_SUBJECT, noun, ARGUMENT_SUBJECT, arguments) &&
                 !arguments_inherit(&outer, ARGUMENT_MODIFIER, noun, ARGUMENT_SUBJECT, arguments))
            from_opportunity(tree, noun, &outer, arguments, depth);
    }
}
