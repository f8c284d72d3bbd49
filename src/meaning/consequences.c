/* Who did what came of a deed: "two died when POLICE FIRED", "gunmen attacked a bus, AND TWO
 * PASSENGERS WERE KILLED", "…, LEAVING two dead", "the raid THAT LEFT three injured", "the raid LED
 * TO the death of two".
 *
 * Method: those who suffer without anybody who did it have it from the deed of which the sentence
 * tells that they suffered by it: a clause below that says when or how, a noun that the clause is
 * said of, the verb beside which it stands, or the subject of what caused it. What leaves out: what
 * happened at a place or time of its own, what may have been done by those on whom the deed was,
 * and fights, where either side may have done it. */
#include "meaning/arguments_parts.h"
#include "meaning/coding.h"
#include "meaning/participants.h"

static bool is_assault(const struct making *making)
{
    return frame_is(making->frame, "ASSAULT");
}

/* Violence of one side against others: who did it is who did what came of it. */
bool event_has_consequences(const struct making *making)
{
    return (!making->dropped || making->absorbed) && making->agents.count > 0 &&
           !making->frame->both_sides &&
           (is_assault(making) || strncmp(making->frame->cameo, "175", 3) == 0);
}

/* The deed that the word at `token` tells, if it may have consequences; or NULL. */
static const struct making *deed_at(const struct coding *coding, uint32_t token)
{
    const struct making *deed = coding_making(coding, token);
    return deed != NULL && event_has_consequences(deed) ? deed : NULL;
}

/* ------------------------------------------------------------------ when police fired */

static bool is_cause_clause(const struct tree *tree, uint32_t token)
{
    static const char *const words[] = {"when", "as", "after", "in", NULL};
    if (tree->tokens[token].relation != REL_ADVCL)
        return false;
    for (uint32_t child = tree->first_child[token]; child != NONE && child < token;
         child = tree->next_sibling[child])
        if ((tree->tokens[child].relation == REL_MARK ||
             tree->tokens[child].relation == REL_ADVMOD) &&
            token_is_one_of(&tree->tokens[child], words) &&
            (child == 0 || !token_is(&tree->tokens[child - 1], "even")))
            return true;
    return false;
}

/* "Two were killed WHEN POLICE FIRED", "IN FIRING BY THE POLICE". */
static const struct making *cause_below(const struct coding *coding, uint32_t trigger)
{
    for (uint32_t child = coding->tree.first_child[trigger]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        const struct making *deed = deed_at(coding, child);
        if (deed != NULL && is_cause_clause(&coding->tree, child))
            return deed;
    }
    return NULL;
}

/* ------------------------------------------------------------------ the firing in which */

/* "In which": a relative clause that parsers hang elsewhere. */
static bool is_in_which(const struct coding *coding, uint32_t token)
{
    uint32_t which = tree_child(&coding->tree, token, REL_OBL);
    return coding->tree.tokens[token].relation == REL_ADVCL && which != NONE &&
           token_is(&coding->tree.tokens[which], "which");
}

/* "The POLICE FIRING in the market in which two were killed", "that left two dead". */
static const struct making *cause_above(const struct coding *coding, uint32_t trigger)
{
    uint32_t token = trigger;
    bool relative = false;
    for (int steps = 0; steps < 4 && token != NONE; steps++) {
        enum relation relation = coding->tree.tokens[token].relation;
        bool clause = relation == REL_ACL_RELCL || (!relative && is_in_which(coding, token));
        if (!clause && !(relative && relation_is(relation, REL_NMOD)))
            return NULL;
        relative = true;
        token = coding->tree.tokens[token].head;
        if (token != NONE && coding->making_at[token] != NONE)
            return deed_at(coding, token);
    }
    return NULL;
}

/* ------------------------------------------------------------------ the firing caused it */

/* The verb by which something "LEFT three injured", "RESULTED in the death of two", "CAUSED the
 * deaths": of the state or the noun at `token`; or NONE. */
static uint32_t verb_of_outcome(const struct tree *tree, uint32_t token)
{
    const struct token *word = &tree->tokens[token];
    uint32_t verb = word->head;
    bool state =
        arguments_past_participle(word) &&
        (word->relation == REL_ACL || word->relation == REL_AMOD || word->relation == REL_XCOMP);
    if (state && verb != NONE && tree->tokens[verb].upos == UPOS_NOUN &&
        tree->tokens[verb].relation == REL_OBJ)
        verb = tree->tokens[verb].head;
    else if (word->upos == UPOS_NOUN
                 ? word->relation != REL_OBJ && !relation_is(word->relation, REL_OBL)
                 : !state)
        return NONE;
    return verb != NONE && tree->tokens[verb].upos == UPOS_VERB &&
                   token_in(&tree->tokens[verb], WORDS_VERBS_OF_OUTCOME)
               ? verb
               : NONE;
}

/* "THE RAID by the army left three injured", "a raid that LED TO the death", "raided the camp,
 * CAUSING the death". */
static const struct making *cause_of_outcome(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    uint32_t verb = verb_of_outcome(tree, token);
    if (verb == NONE)
        return NULL;
    const struct making *cause = deed_at(coding, tree_child_exactly(tree, verb, REL_NSUBJ));
    if (cause == NULL)
        cause = cause_above(coding, verb);
    if (cause == NULL && tree->tokens[verb].relation == REL_ADVCL &&
        tree->tokens[verb].head < verb && tree_child(tree, verb, REL_NSUBJ) == NONE)
        cause = deed_at(coding, tree->tokens[verb].head);
    return cause;
}

/* ------------------------------------------------------------------ attacked a bus, and two were
 * killed */

/* Told with a place, a time or a cause of its own; "in the attack" is none. */
static bool is_told_apart(const struct making *making)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    for (uint32_t child = tree->first_child[making->trigger]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        if (relation == REL_ADVCL || relation == REL_OBL_AGENT || coding->time[child] != NONE)
            return true;
        if (relation_is(relation, REL_OBL) && !token_in(&tree->tokens[child], WORDS_RESULTS) &&
            !supports_hold(&coding->knowledge->supports, &tree->tokens[child], SUPPORT_AGAIN, 0))
            return true;
    }
    return status_beside(coding, making->trigger) >= 0;
}

/* A clause that says of somebody that it was done to him, or that he died, with the subject behind
 * `after`. */
static bool is_clause_of_harm(const struct making *making, uint32_t after)
{
    const struct tree *tree = &making->coding->tree;
    uint32_t subject = tree_child(tree, making->trigger, REL_NSUBJ_PASS);
    if (subject == NONE && making->frame->patient.count > 0)
        subject = tree_child_exactly(tree, making->trigger, REL_NSUBJ);
    return making->frame->class == FRAME_VERB && subject != NONE && subject > after &&
           list_names(making->coding, &making->patients, subject);
}

/* "Shot a GUNMAN, and two women were wounded": they may have been so by him. */
static bool is_on_the_armed(const struct making *deed)
{
    const struct coding *coding = deed->coding;
    for (uint32_t i = 0; i < deed->patients.count; i++)
        if ((coding_kinds(coding, deed->patients.tokens[i]) & KIND_ARMED) != 0 ||
            token_in(&coding->tree.tokens[deed->patients.nouns[i]], WORDS_CULPRITS))
            return true;
    return false;
}

/* "Gunmen attacked a bus, AND TWO WERE KILLED", "raided the village, WITH FOUR FARMERS KILLED",
 * "attacked a bus, LEAVING two dead", "entered the village, WHERE five were killed": the deed
 * beside. */
static const struct making *cause_beside(const struct making *making)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    const struct token *tokens = tree->tokens, *word = &tokens[making->trigger];
    uint32_t head = word->head;
    if (head == NONE || head > making->trigger || making->patients.count == 0)
        return NULL;
    bool participle = word->relation == REL_ADVCL && making->frame->class == FRAME_VERB &&
                      tree_child(tree, making->trigger, REL_NSUBJ) == NONE &&
                      token_in(word, WORDS_VERBS_OF_OUTCOME);
    uint32_t mark = tree_child_exactly(tree, making->trigger, REL_MARK);
    bool with = word->relation == REL_ADVCL && mark != NONE && token_is(&tokens[mark], "with");
    bool beside = word->relation == REL_CONJ || relation_is(word->relation, REL_PARATAXIS);
    if (!participle && !((with || beside) && is_clause_of_harm(making, head)))
        return NULL;
    const struct making *deed = deed_at(coding, head);
    /* "Rebel ATTACKS TOOK PLACE and three were killed" */
    if (supports_hold(tree->supports, &tokens[head], SUPPORT_EVENT, 0))
        deed = deed_at(coding, tree_child_exactly(tree, head, REL_NSUBJ));
    else if (deed != NULL && deed->frame->class != FRAME_VERB)
        return NULL;
    if (deed == NULL || is_told_apart(making))
        return NULL;
    return beside && is_on_the_armed(deed) ? NULL : deed;
}

/* "Entered the village, WHERE FIVE WERE KILLED": the deed that went there. */
static const struct making *cause_around(const struct making *making)
{
    enum { LONGEST_WAY = 3 };
    const struct coding *coding = making->coding;
    const struct token *tokens = coding->tree.tokens;
    uint32_t where = tree_child_exactly(&coding->tree, making->trigger, REL_ADVMOD);
    uint32_t place = tokens[making->trigger].head;
    if (tokens[making->trigger].relation != REL_ACL_RELCL || where == NONE ||
        !token_is(&tokens[where], "where") || !is_clause_of_harm(making, place) ||
        is_told_apart(making))
        return NULL;
    for (int steps = 0; steps < LONGEST_WAY && place != NONE; steps++) {
        enum relation relation = tokens[place].relation;
        if (relation != REL_OBJ && !relation_is(relation, REL_OBL) &&
            !relation_is(relation, REL_NMOD) && relation != REL_APPOS)
            return NULL;
        place = tokens[place].head;
        const struct making *deed = deed_at(coding, place);
        if (deed != NULL && deed->frame->class == FRAME_VERB)
            return is_on_the_armed(deed) ? NULL : deed;
    }
    return NULL;
}

/* ------------------------------------------------------------------ as a result of the raid */

/* "As a RESULT of the raid": the deed of which the phrase says that it came, at `clause`. */
static const struct making *cause_of_result(const struct coding *coding, uint32_t clause)
{
    const struct tree *tree = &coding->tree;
    for (uint32_t child = tree->first_child[clause]; child != NONE;
         child = tree->next_sibling[child])
        if (relation_is(tree->tokens[child].relation, REL_OBL) &&
            token_in(&tree->tokens[child], WORDS_RESULTS)) {
            const struct making *deed = deed_at(coding, coding_noun_behind(coding, child, "of"));
            if (deed != NULL)
                return deed;
        }
    return NULL;
}

/* ------------------------------------------------------------------ killed, and one wounded in an
 * ambush by them */

/* A "clash", in which either side may have hit whom the sentence lists. */
static bool is_fight(const struct coding *coding, uint32_t noun)
{
    const struct making *event = coding_making(coding, noun);
    return event != NULL && event->frame->both_sides;
}

/* "A GUERRILLA was killed … in an attack by guerrillas". */
static bool are_called_alike(const struct making *hurt, const struct making *deed)
{
    const struct token *tokens = hurt->coding->tree.tokens;
    for (uint32_t i = 0; i < hurt->patients.count; i++)
        for (uint32_t j = 0; j < deed->agents.count; j++)
            if (tokens[hurt->patients.tokens[i]].lemma_hash ==
                tokens[deed->agents.tokens[j]].lemma_hash)
                return true;
    return false;
}

/* True where who did it stands in a phrase that is said of all the clauses before: "in an ambush BY
 * REBELS", or in one without a subject of its own. */
static bool is_said_of_all(const struct making *last)
{
    const struct coding *coding = last->coding;
    const struct tree *tree = &coding->tree;
    if (tree_child(tree, last->trigger, REL_NSUBJ) == NONE)
        return true;
    for (uint32_t child = tree->first_child[last->trigger]; child != NONE;
         child = tree->next_sibling[child])
        if (child > last->trigger && relation_is(tree->tokens[child].relation, REL_OBL) &&
            tree->tokens[child].relation != REL_OBL_AGENT &&
            ((coding_kinds(coding, child) & KIND_EVENT) != 0 ||
             token_in(&tree->tokens[child], WORDS_RESULTS)) &&
            !is_fight(coding, child))
            return tree_is_below(tree, last->agents.nouns[0], child);
    return false;
}

/* "Four clerks WERE KILLED and a driver was wounded in an ambush by rebels": whoever did what is
 * told last. */
static const struct making *cause_of_all(const struct making *making)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    uint32_t first = making->trigger;
    if (making->frame->class != FRAME_VERB || is_told_apart(making) || making->patients.count == 0)
        return NULL;
    if (tree->tokens[first].relation == REL_CONJ && tree->tokens[first].head < first)
        first = tree->tokens[first].head;
    for (uint32_t child = tree->first_child[first]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct making *last =
            child > making->trigger && tree->tokens[child].relation == REL_CONJ
                ? deed_at(coding, child)
                : NULL;
        if (last != NULL && last != making && is_assault(last) &&
            last->frame->class == FRAME_VERB && arguments_past_participle(&tree->tokens[child]) &&
            is_said_of_all(last) && !are_called_alike(making, last))
            return last;
    }
    return NULL;
}

/* ------------------------------------------------------------------ charged after two were killed
 */

/* "With MURDER", "a MURDER charge": what is charged may be the deed of the clause beside; nothing
 * said of it, too. */
static bool is_of_violence(const struct coding *coding, uint32_t charge)
{
    const struct tree *tree = &coding->tree;
    bool told = false;
    for (uint32_t child = tree->first_child[charge]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        if (coding->time[child] != NONE || (relation != REL_OBJ && !relation_is(relation, REL_OBL)))
            continue;
        if (token_in(&tree->tokens[child], WORDS_CHARGES_OF_VIOLENCE))
            return true;
        for (uint32_t word = tree->first_child[child]; word != NONE;
             word = tree->next_sibling[word])
            if (token_in(&tree->tokens[word], WORDS_CHARGES_OF_VIOLENCE))
                return true;
        told |= tree_preposition(tree, child) != NONE &&
                !token_is(&tree->tokens[tree_preposition(tree, child)], "in");
    }
    return !told && tree_child_exactly(tree, charge, REL_OBJ) == NONE;
}

/* "A MAN was charged with murder AFTER TWO WERE KILLED": he is said to have. */
static void find_charged(struct making *making)
{
    static const char charge_code[] = "115";
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[making->trigger];
    uint32_t mark = tree_child_exactly(tree, making->trigger, REL_MARK);
    const struct making *charge =
        word->relation == REL_ADVCL ? coding_making(coding, word->head) : NULL;
    if (charge == NULL || mark == NONE || !token_is(&tree->tokens[mark], "after") ||
        !is_clause_of_harm(making, mark) || status_beside(coding, making->trigger) >= 0)
        return;
    if (strcmp(charge->frame->cameo, charge_code) != 0 || charge->dropped ||
        charge->patients.count == 0 || lists_meet(coding, &charge->patients, &making->patients) ||
        status_beside(coding, word->head) >= 0 || !is_of_violence(coding, word->head))
        return;
    making->agents = charge->patients;
    making->charged = true;
}

/* ------------------------------------------------------------------ all of them */

static const struct making *cause_at(const struct coding *coding, uint32_t clause)
{
    const struct making *cause = cause_below(coding, clause);
    return cause != NULL ? cause : cause_of_result(coding, clause);
}

static const struct making *cause_of(const struct coding *coding, const struct making *making)
{
    const struct tree *tree = &coding->tree;
    /* "Two were killed and six hurt when police fired" */
    uint32_t first = making->trigger;
    for (int steps = 0; steps < 3 && tree->tokens[first].relation == REL_CONJ; steps++)
        first = tree->tokens[first].head;
    const struct making *cause = cause_at(coding, first);
    for (uint32_t child = tree->first_child[first]; child != NONE && cause == NULL;
         child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_CONJ)
            cause = cause_at(coding, child);
    return cause != NULL ? cause : cause_above(coding, making->trigger);
}

/* Nobody is told to have hit his own: "rebels attacked, and two REBELS were killed". */
static bool may_have_hit(const struct coding *coding, const struct participant_list *doers,
                         const struct participant_list *hurt)
{
    if (lists_share_side(coding, doers, hurt))
        return false;
    for (uint32_t i = 0; i < doers->count; i++)
        for (uint32_t j = 0; j < hurt->count; j++) {
            uint32_t one = coding_actor(coding, doers->tokens[i]);
            uint32_t other = coding_actor(coding, hurt->tokens[j]);
            const struct actor *actors = coding->document->actors.items;
            if (one != NONE && other != NONE && actors[one].country != NULL &&
                actors[other].country != NULL &&
                strcmp(actors[one].country, actors[other].country) == 0)
                return false;
        }
    return true;
}

void consequences_find(struct coding *coding)
{
    for (uint32_t i = 0; i < coding->makings.count; i++) {
        struct making *making = &coding->makings.items[i];
        if (making->dropped || !is_assault(making) || making->agents.count > 0 ||
            making->frame->both_sides)
            continue;
        const struct making *cause = cause_of(coding, making);
        if (cause == NULL) {
            cause = cause_of_outcome(coding, making->trigger);
            if (cause == NULL)
                cause = cause_beside(making);
            if (cause == NULL)
                cause = cause_around(making);
            if (cause != NULL && !may_have_hit(coding, &cause->agents, &making->patients))
                cause = NULL;
            if (cause == NULL)
                cause = cause_of_all(making);
        }
        if (cause != NULL && cause != making &&
            !lists_meet(coding, &cause->agents, &making->patients))
            making->agents = cause->agents;
        else if (cause == NULL)
            find_charged(making);
    }
}
