/* The sides of talks, help and joint work, told beside the event by the words around it.
 *
 * Method: "a meeting HELD there" is that which somebody attended; whose intention, idea or hope of
 * talks it is, or who is ready for them, takes part; what is proposed to somebody is for both; who
 * does anything "with the cooperation of the villagers" is whom they help; "along with Peru, CHILE
 * backs" is said of both; "backed the regime and gave IT aid" is of the same. Only where the event
 * has nobody there yet. What leaves out: who does something in talks (agents_beside.c). */
#include "meaning/coding.h"
#include "meaning/participants.h"

/* Talks, visits, better relations: what is done with somebody. */
static bool is_with_somebody(const struct making *event)
{
    return frame_is(event->frame, "CONSULT") || frame_is(event->frame, "COOPERATE") ||
           (frame_is(event->frame, "SUPPORT") && event->frame->both_sides);
}

static bool is_open(const struct making *event)
{
    return !event->dropped && event->joined == NONE;
}

/* Somebody who may stand on a side, by an actor or by what he is. */
static bool may_be_side(const struct coding *coding, uint32_t token)
{
    uint32_t kinds = coding_kinds(coding, token);
    return (kinds & (KIND_ACTOR | KIND_PERSON)) != 0 &&
           (kinds & (KIND_FACILITY | KIND_VEHICLE | KIND_WEAPON)) == 0 &&
           !participants_open_pronoun(coding, token) && !participants_time(coding, token);
}

/* Adds whoever stands at `token` to the list, unless he is on the other side. */
static bool take_side(const struct coding *coding, uint32_t token,
                      const struct participant_list *others, struct participant_list *list)
{
    struct participant_list listed;
    bool taken = false;
    members_find(coding, token, &listed);
    for (uint32_t i = 0; i < listed.count; i++) {
        uint32_t who = coding_stands_for(coding, listed.tokens[i]);
        if (!may_be_side(coding, who) || list_names(coding, others, who) ||
            list_names(coding, list, who))
            continue;
        participants_add(coding, who, list);
        taken = true;
    }
    return taken;
}

/* ------------------------------------------------------------------ a meeting held there */

/* The talks that the clause at `verb` says were held, or the verb that has them for its object. */
static const struct making *talks_above(const struct coding *coding, uint32_t verb)
{
    uint32_t noun = coding->tree.tokens[verb].head;
    if (noun == NONE || !relation_is(coding->tree.tokens[verb].relation, REL_ACL))
        return NULL;
    for (int steps = 0; steps < 2 && noun != NONE; steps++) {
        const struct making *talks = coding_making(coding, noun);
        if (talks != NULL && frame_is(talks->frame, "CONSULT") && talks->agents.count > 0)
            return talks;
        noun = relation_is(coding->tree.tokens[noun].relation, REL_OBJ) ||
                       relation_is(coding->tree.tokens[noun].relation, REL_OBL)
                   ? coding->tree.tokens[noun].head
                   : NONE;
    }
    return NULL;
}

/* "They attended a summit HELD in the capital": those who attended it held it. */
static void find_held(struct making *event)
{
    if (!frame_is(event->frame, "CONSULT") || event->frame->class != FRAME_VERB ||
        event->agents.count > 0)
        return;
    const struct making *above = talks_above(event->coding, event->trigger);
    if (above == NULL || above == event ||
        lists_meet(event->coding, &event->patients, &above->agents))
        return;
    event->agents = above->agents;
    if (event->patients.count == 0)
        event->patients = above->patients;
}

/* ------------------------------------------------------------------ his hope of talks with them */

/* Whose the thought at `noun` is: "THEIR hope of", "the army's readiness for"; of what is wanted or
 * offered the subject of that verb. NONE where nobody has it. */
static uint32_t owner_of(const struct coding *coding, uint32_t noun)
{
    const struct tree *tree = &coding->tree;
    struct arguments own, outer;
    arguments_find(tree, noun, &own);
    const struct argument *owner = arguments_get(&own, ARGUMENT_POSSESSOR);
    if (owner != NULL)
        return owner->token;
    const struct token *word = &tree->tokens[noun];
    if (word->relation != REL_OBJ || !token_in(&tree->tokens[word->head], WORDS_VERBS_ABOUT_TALKS))
        return NONE;
    arguments_find(tree, word->head, &outer);
    owner = arguments_get(&outer, ARGUMENT_SUBJECT);
    return outer.passive || owner == NULL ? NONE : owner->token;
}

/* Who is "READY for talks", "INTERESTED in a dialogue"; NONE where no such word is above. */
static uint32_t ready_for(const struct coding *coding, uint32_t noun)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[noun];
    if (!relation_is(word->relation, REL_OBL) ||
        !token_in(&tree->tokens[word->head], WORDS_READY_FOR_TALKS))
        return NONE;
    struct arguments outer;
    arguments_find(tree, word->head, &outer);
    const struct argument *who =
        arguments_get(&outer, outer.passive ? ARGUMENT_OBJECT : ARGUMENT_SUBJECT);
    return who != NULL ? who->token : NONE;
}

/* "His INTENTION of a reconciliation with the state", "offered the RESUMPTION of talks with them",
 * "READY for talks with them": whose it is takes part. */
static void find_owner(struct making *event)
{
    const struct coding *coding = event->coding;
    const struct token *word = &coding->tree.tokens[event->trigger];
    if (!is_with_somebody(event) || event->frame->class != FRAME_NOUN || event->agents.count > 0 ||
        event->patients.count == 0 || word->head == NONE)
        return;
    const struct token *above = &coding->tree.tokens[word->head];
    uint32_t who = NONE;
    if (relation_is(word->relation, REL_NMOD) && token_in(above, WORDS_THOUGHTS_OF_TALKS))
        who = owner_of(coding, word->head);
    else if (word->relation == REL_OBJ)
        who = owner_of(coding, event->trigger);
    else
        who = ready_for(coding, event->trigger);
    if (who != NONE && who != event->trigger)
        take_side(coding, who, &event->patients, &event->agents);
}

/* ------------------------------------------------------------------ proposed to them to meet */

/* The verb that proposes what the event at `token` tells, hung on it or on whom it is proposed to;
 * or NONE. */
static uint32_t proposing(const struct tree *tree, uint32_t token)
{
    const struct token *word = &tree->tokens[token];
    uint32_t verb = word->head;
    if (verb != NONE && word->relation == REL_ACL &&
        relation_is(tree->tokens[verb].relation, REL_OBL))
        verb = tree->tokens[verb].head;
    bool below = word->relation == REL_XCOMP || word->relation == REL_CCOMP ||
                 word->relation == REL_OBJ || word->relation == REL_ADVCL ||
                 word->relation == REL_ACL;
    return below && verb != NONE && token_in(&tree->tokens[verb], WORDS_VERBS_OF_PROPOSING) ? verb
                                                                                            : NONE;
}

/* "Proposed TO THE NEIGHBOUR resuming relations", "offered THE REBELS to hold talks": what is
 * proposed to somebody is to be done with him. */
static void find_proposed_to(struct making *event)
{
    const struct coding *coding = event->coding;
    if (!event->frame->both_sides && !is_with_somebody(event) &&
        strcmp(event->frame->cameo, "054") != 0)
        return;
    if (event->patients.count > 0 || event->frame->class == FRAME_ADJECTIVE)
        return;
    uint32_t verb = proposing(&coding->tree, event->trigger);
    if (verb == NONE)
        return;
    struct arguments outer;
    arguments_find(&coding->tree, verb, &outer);
    const struct argument *who = arguments_get(&outer, ARGUMENT_SUBJECT);
    const struct argument *whom = arguments_behind(&coding->tree, &outer, "to");
    if (whom == NULL)
        whom = arguments_get(&outer, ARGUMENT_INDIRECT);
    if (who == NULL || whom == NULL || outer.passive || whom->token == event->trigger ||
        (coding_kinds(coding, whom->token) & KIND_ACTOR) == 0)
        return;
    event->agents.count = 0;
    if (take_side(coding, who->token, &event->patients, &event->agents))
        take_side(coding, whom->token, &event->agents, &event->patients);
}

/* ------------------------------------------------------------------ with the help of them */

/* "Set up roadblocks WITH THE COOPERATION OF the villagers": those who do it are helped. */
static void find_helped(struct making *event)
{
    const struct coding *coding = event->coding;
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[event->trigger];
    uint32_t with = tree_preposition(tree, event->trigger);
    if (!frame_is(event->frame, "COOPERATE") || event->frame->class != FRAME_NOUN ||
        event->agents.count == 0 || event->patients.count > 0 || with == NONE ||
        !token_is(&tree->tokens[with], "with") || !relation_is(word->relation, REL_OBL) ||
        tree->tokens[word->head].upos != UPOS_VERB)
        return;
    struct arguments outer;
    arguments_find(tree, word->head, &outer);
    const struct argument *who = arguments_get(&outer, ARGUMENT_SUBJECT);
    if (who != NULL)
        take_side(coding, who->token, &event->agents, &event->patients);
}

/* ------------------------------------------------------------------ along with them, we … */

/* "ALONG WITH Peru", "together with". */
static bool is_company(const struct tree *tree, uint32_t token)
{
    uint32_t preposition = tree_preposition(tree, token);
    if (preposition == NONE || preposition > token)
        return false;
    bool with = preposition > 0 && token_is(&tree->tokens[preposition], "with");
    const struct token *first = &tree->tokens[with ? preposition - 1 : preposition];
    return (token_is(first, "along") || token_is(first, "together")) && token_is(first + 1, "with");
}

/* "ALONG WITH PERU, Chile backs the army": before the verb it is said of who acts. */
static void find_company(struct making *event)
{
    const struct coding *coding = event->coding;
    const struct tree *tree = &coding->tree;
    if (event->frame->class != FRAME_VERB || event->arguments.passive || event->agents.count == 0)
        return;
    for (uint32_t child = tree->first_child[event->trigger];
         child != NONE && child < event->trigger; child = tree->next_sibling[child]) {
        if (!relation_is(tree->tokens[child].relation, REL_OBL) || !is_company(tree, child))
            continue;
        for (uint32_t i = 0; i < event->patients.count; i++)
            if (list_names(coding, &event->patients, child) &&
                coding_actor(coding, event->patients.tokens[i]) == coding_actor(coding, child))
                list_drop(&event->patients, i--);
        take_side(coding, child, &event->patients, &event->agents);
    }
}

/* ------------------------------------------------------------------ backed it and gave it aid */

/* The pronoun that the event is done to, where nobody knows who that is; or NONE. */
static uint32_t unknown_pronoun(const struct making *event)
{
    static const char *const words[] = {"it", "him", "her", "them", NULL};
    for (uint32_t i = 0; i < event->arguments.count; i++) {
        const struct argument *argument = &event->arguments.items[i];
        if ((argument->place == ARGUMENT_OBJECT || argument->place == ARGUMENT_INDIRECT ||
             argument->place == ARGUMENT_PREPOSITION) &&
            argument->token > event->trigger &&
            token_is_one_of(&event->coding->tree.tokens[argument->token], words) &&
            coding_actor(event->coding, argument->token) == NONE)
            return argument->token;
    }
    return NONE;
}

/* "Backed THE REGIME and gave IT aid": done by the same to the same. */
static void find_same(struct making *event)
{
    const struct coding *coding = event->coding;
    const struct token *word = &coding->tree.tokens[event->trigger];
    if (event->frame->class != FRAME_VERB || event->patients.count > 0 ||
        event->agents.count == 0 || event->arguments.passive || word->relation != REL_CONJ ||
        unknown_pronoun(event) == NONE)
        return;
    const struct making *above = coding_making(coding, word->head);
    if (above == NULL || above->dropped || above->arguments.passive || above->patients.count != 1 ||
        above->agents.count == 0 || above->frame->class != FRAME_VERB ||
        !list_names(coding, &above->agents, event->agents.tokens[0]))
        return;
    event->patients = above->patients;
}

void sides_beside(struct coding *coding)
{
    for (uint32_t i = 0; i < coding->makings.count; i++) {
        struct making *event = &coding->makings.items[i];
        if (!is_open(event))
            continue;
        find_company(event);
        find_owner(event);
        find_proposed_to(event);
        find_helped(event);
        find_same(event);
    }
    for (uint32_t i = 0; i < coding->makings.count; i++)
        if (is_open(&coding->makings.items[i]))
            find_held(&coding->makings.items[i]);
}
