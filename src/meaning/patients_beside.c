/* Whom an event is done to, told beside the event by another event of the clause, or beside the
 * thing that it is about.
 *
 * Method: what is judged is judged of those who made it or whose it is; what comes of a deed
 * befalls whom the deed was done to ("fired on the patrol, CAUSING casualties"), and who cuts off a
 * state cuts it off once more in the next breath ("broke off relations with Iran and imposed an
 * EMBARGO"); an attack hit those whom its clause says that it did ("carried out an ATTACK that
 * killed nine farmers"); who fights to topple somebody fights him; who "was killed, SHOT BY masked
 * men" was killed by them. Only where the event names nobody itself, hangs on the other and is of
 * the same doer. What leaves out: objects that two verbs share (shared_objects.c). */
#include "meaning/coding.h"
#include "meaning/participants.h"

/* "A report WRITTEN BY THE OMBUDSMAN", "the ban announced by the mayor": whoever made what is
 * judged; NONE where that is not told. */
static uint32_t maker_of(const struct making *making, uint32_t thing)
{
    static const char *const judging[] = {"ACCUSE", "REJECT", "SUPPORT"};
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    bool judged = false;
    for (size_t i = 0; i < sizeof judging / sizeof judging[0]; i++)
        judged |= frame_is(making->frame, judging[i]);
    if (!judged || tree->tokens[thing].upos != UPOS_NOUN)
        return NONE;
    for (uint32_t verb = tree->first_child[thing]; verb != NONE; verb = tree->next_sibling[verb]) {
        uint32_t by = verb > thing && tree->tokens[verb].relation == REL_ACL
                          ? tree_child_exactly(tree, verb, REL_OBL_AGENT)
                          : NONE;
        if (by != NONE &&
            (coding_kinds(coding, by) & (KIND_ACTOR | KIND_PERSON | KIND_ORGANISATION)) != 0)
            return by;
    }
    return NONE;
}

/* "Marek and HIS ENTOURAGE'S dealings with traders": whose they are, known word or not. */
static uint32_t people_whose(const struct making *making, uint32_t thing)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    uint32_t whose = tree_child_exactly(tree, thing, REL_NMOD_POSS);
    bool people =
        whose != NONE && frame_is(making->frame, "ACCUSE") &&
        (tree->tokens[whose].upos == UPOS_NOUN || tree->tokens[whose].upos == UPOS_PROPN) &&
        ((coding_kinds(coding, whose) & (KIND_PERSON | KIND_ORGANISATION)) != 0 ||
         token_in(&tree->tokens[whose], WORDS_COMMUNITIES_THAT_ACT));
    return people ? whose : NONE;
}

uint32_t patients_answerable(const struct making *making, uint32_t thing)
{
    uint32_t maker = maker_of(making, thing);
    return maker != NONE ? maker : people_whose(making, thing);
}

bool patients_listed(const struct coding *coding, uint32_t token, uint32_t kinds)
{
    const struct token *word = &coding->tree.tokens[token];
    const uint32_t people = KIND_ACTOR | KIND_PERSON | KIND_ORGANISATION | KIND_ARMED;
    return kinds == 0 && word->relation == REL_CONJ && word->upos == UPOS_NOUN &&
           (word->features & WORD_PLURAL) != 0 && !coding_is_idea(coding, token) &&
           tree_preposition(&coding->tree, token) == NONE &&
           (coding_kinds(coding, word->head) & people) != 0;
}

void patients_of_condition(struct making *making)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    if (making->patients.count > 0 || !frame_is(making->frame, "THREATEN") ||
        making->frame->class != FRAME_VERB)
        return;
    for (uint32_t i = making->trigger + 1; i < coding->document->tokens.count; i++) {
        const struct token *clause = &tree->tokens[i];
        if (clause->sentence != tree->tokens[making->trigger].sentence)
            return;
        uint32_t mark =
            clause->relation == REL_ADVCL ? tree_child_exactly(tree, i, REL_MARK) : NONE;
        if (mark == NONE || !tree_is_below(tree, i, making->trigger) ||
            (!token_is(&tree->tokens[mark], "if") && !token_is(&tree->tokens[mark], "unless")))
            continue;
        uint32_t whom = tree_child_exactly(tree, i, REL_NSUBJ);
        if (whom == NONE || tree->tokens[whom].upos == UPOS_PRON ||
            coding_actor(coding, whom) == NONE)
            return;
        for (uint32_t j = 0; j < making->agents.count; j++)
            if (coding_actor(coding, making->agents.tokens[j]) == coding_actor(coding, whom))
                return;
        participants_add(coding, whom, &making->patients);
        return;
    }
}

/* The event on whose word this one hangs, or NULL. */
static const struct making *event_above(const struct making *event)
{
    const struct coding *coding = event->coding;
    const struct token *word = &coding->tree.tokens[event->trigger];
    bool beside = word->relation == REL_ADVCL || word->relation == REL_CONJ;
    return beside && word->head < event->trigger ? coding_making(coding, word->head) : NULL;
}

static bool comes_of_it(const struct making *event, const struct making *above)
{
    const struct token *word = &event->coding->tree.tokens[event->trigger];
    if (frame_is(event->frame, "ASSAULT"))
        return word->relation == REL_ADVCL &&
               (word->features & (WORD_GERUND | WORD_PARTICIPLE)) != 0 &&
               token_in(word, WORDS_CAUSES_OF_HARM);
    return frame_is(event->frame, "SANCTION") && word->relation == REL_CONJ &&
           strncmp(above->frame->cameo, "16", 2) == 0;
}

static void find_befallen(struct making *event)
{
    if (event->dropped || event->joined != NONE || event->frame->class != FRAME_VERB ||
        event->patients.count > 0 || event->agents.count == 0)
        return;
    const struct making *above = event_above(event);
    if (above == NULL || above->dropped || above->patients.count == 0 ||
        strcmp(above->frame->plover, event->frame->plover) != 0 || !comes_of_it(event, above) ||
        !lists_meet(event->coding, &event->agents, &above->agents))
        return;
    event->patients = above->patients;
}

/* Nobody in the one list stands in the other, and none is a bare number. */
static bool are_others(const struct making *event, const struct participant_list *hurt)
{
    const struct token *tokens = event->coding->tree.tokens;
    for (uint32_t i = 0; i < hurt->count; i++)
        if (tokens[hurt->tokens[i]].upos == UPOS_NUM)
            return false;
    return !lists_meet(event->coding, hurt, &event->agents);
}

static bool is_violence(const struct making *event)
{
    return frame_is(event->frame, "ASSAULT") && !event->dropped && !event->frame->both_sides;
}

/* The clause at `verb` tells what "THAT", "WHICH" did, or what was done "IN WHICH". */
static bool is_of_which(const struct tree *tree, uint32_t verb)
{
    static const char *const words[] = {"that", "which", NULL};
    if (tree->tokens[verb].relation != REL_ACL_RELCL)
        return false;
    uint32_t subject = tree_child(tree, verb, REL_NSUBJ), phrase = tree_child(tree, verb, REL_OBL);
    return (subject != NONE && token_is_one_of(&tree->tokens[subject], words)) ||
           (phrase != NONE && phrase < verb && token_is(&tree->tokens[phrase], "which"));
}

/* The event that the clause at `verb` stands at, be it behind its phrases ("bombings in the capital
 * THAT KILLED"), or NULL. */
static struct making *event_of_clause(struct coding *coding, uint32_t verb)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t noun = tokens[verb].head;
    for (int steps = 0; steps < 3 && noun != NONE; steps++) {
        if (coding_making(coding, noun) != NULL)
            return coding_making(coding, noun);
        if (!relation_is(tokens[noun].relation, REL_NMOD) ||
            (coding_kinds(coding, noun) & (KIND_PERSON | KIND_ARMED | KIND_ORGANISATION)) != 0)
            return NULL;
        noun = tokens[noun].head;
    }
    return NULL;
}

/* An attack told by a noun, of which nobody says whom it hit, hit those of the deed. */
static void take_hit(struct making *event, const struct making *deed)
{
    if (is_violence(event) && event->frame->class == FRAME_NOUN && event->joined == NONE &&
        event->patients.count == 0 && are_others(event, &deed->patients))
        event->patients = deed->patients;
}

/* "Carried out an attack THAT KILLED nine farmers": whom it hit. */
static void find_hit_by(struct coding *coding, const struct making *deed)
{
    if (!is_violence(deed) || deed->frame->class != FRAME_VERB || deed->patients.count == 0 ||
        !is_of_which(&coding->tree, deed->trigger))
        return;
    struct making *event = event_of_clause(coding, deed->trigger);
    if (event != NULL && (event->agents.count > 0 || participants_explosion(event->frame)))
        take_hit(event, deed);
}

/* The event that the verb carries out: its object, or what the object counts ("a series OF
 * ATTACKS"); NULL where there is none. */
static struct making *event_carried_out(struct coding *coding, uint32_t verb)
{
    uint32_t object = tree_child_exactly(&coding->tree, verb, REL_OBJ);
    if (object != NONE && coding_making(coding, object) == NULL)
        object = tree_child_exactly(&coding->tree, object, REL_NMOD);
    return coding_making(coding, object);
}

/* "Carried out a series of attacks, KILLING four guards": whom they hit. */
static void find_hit_in(struct coding *coding, const struct making *deed)
{
    const struct token *word = &coding->tree.tokens[deed->trigger];
    if (!is_violence(deed) || deed->frame->class != FRAME_VERB || deed->patients.count == 0 ||
        word->relation != REL_ADVCL || word->head == NONE || word->head > deed->trigger ||
        (word->features & (WORD_GERUND | WORD_PARTICIPLE)) == 0 ||
        tree_child(&coding->tree, deed->trigger, REL_MARK) != NONE)
        return;
    struct making *event = event_carried_out(coding, word->head);
    if (event != NULL && lists_meet(coding, &event->agents, &deed->agents))
        take_hit(event, deed);
}

/* "FIGHTING to topple the president": against him. */
static void find_fought(struct coding *coding, struct making *fight)
{
    const struct tree *tree = &coding->tree;
    if (fight->dropped || fight->patients.count > 0 || fight->agents.count == 0 ||
        (!token_is(&tree->tokens[fight->trigger], "fight") &&
         !token_is(&tree->tokens[fight->trigger], "fighting")))
        return;
    for (uint32_t child = tree->first_child[fight->trigger]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct making *end = coding_making(coding, child);
        uint32_t mark = tree_child_exactly(tree, child, REL_MARK);
        if (end == NULL || mark == NONE || !token_is(&tree->tokens[mark], "to") ||
            !token_in(&tree->tokens[child], WORDS_ENDS_OF_A_FIGHT))
            continue;
        if (are_others(fight, &end->patients))
            fight->patients = end->patients;
        return;
    }
}

/* "Two nuns were killed, SHOT at night BY masked men": a participle without a subject behind a
 * passive says the same of the same, and by whom. */
static void find_participle(struct coding *coding, struct making *said)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[said->trigger];
    bool beside = word->relation == REL_ADVCL || relation_is(word->relation, REL_ACL) ||
                  word->relation == REL_PARATAXIS;
    struct making *deed =
        beside && word->head < said->trigger ? coding_making(coding, word->head) : NULL;
    if (!is_violence(said) || deed == NULL || said->agents.count == 0 ||
        tree_child(tree, said->trigger, REL_NSUBJ) != NONE ||
        tree_child(tree, said->trigger, REL_AUX) != NONE ||
        tree_child_exactly(tree, said->trigger, REL_MARK) != NONE ||
        tree_child_exactly(tree, said->trigger, REL_OBL_AGENT) == NONE)
        return;
    if (!is_violence(deed) || deed->agents.count > 0 || deed->patients.count == 0 ||
        tree_child_exactly(tree, deed->trigger, REL_AUX_PASS) == NONE ||
        !are_others(said, &deed->patients))
        return;
    deed->agents = said->agents;
    if (said->patients.count == 0)
        said->patients = deed->patients;
}

void patients_beside(struct coding *coding)
{
    for (uint32_t i = 0; i < coding->makings.count; i++) {
        find_befallen(&coding->makings.items[i]);
        find_hit_by(coding, &coding->makings.items[i]);
        find_hit_in(coding, &coding->makings.items[i]);
        find_fought(coding, &coding->makings.items[i]);
        find_participle(coding, &coding->makings.items[i]);
    }
}
