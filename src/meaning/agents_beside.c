/* Who did it, told beside the event by another event of the sentence.
 *
 * Method: "killed in clashes WITH POLICE" were killed by those whom the clashes were with; of "a
 * clash in which REBELS KILLED two soldiers" rebels and soldiers are the sides; who uses or does
 * anything "during clashes with the army" fought there; who offers a truce "in talks with the army"
 * took part in them; "the attackers" who flee from where two were hurt hurt them. Only where the event has nobody yet who did it. What leaves out: events told in
 * another sentence (joining.c). */
#include "meaning/coding.h"
#include "meaning/participants.h"

static bool is_violence(const struct making *making)
{
    return frame_is(making->frame, "ASSAULT");
}

/* "A clash with THE FRONT in which FRONT REBELS were killed": one is of the other's party. */
bool coding_is_of_party(const struct coding *coding, uint32_t one, uint32_t other)
{
    uint32_t left = coding_actor(coding, one), right = coding_actor(coding, other);
    if (left == NONE || right == NONE)
        return false;
    const struct actor *actors = coding->document->actors.items;
    return left == right || actors[left].parent == right || actors[right].parent == left;
}

/* Nobody does it to himself, nor to his own. */
static bool are_others(const struct coding *coding, const struct participant_list *doers,
                       const struct participant_list *hurt)
{
    for (uint32_t i = 0; i < doers->count; i++)
        for (uint32_t j = 0; j < hurt->count; j++)
            if (coding_is_of_party(coding, doers->tokens[i], hurt->tokens[j]))
                return false;
    return !lists_meet(coding, doers, hurt);
}

static bool may_fight(const struct coding *coding, uint32_t token)
{
    uint32_t kinds = coding_kinds(coding, token);
    return (kinds & (KIND_ARMED | KIND_ACTOR)) != 0 &&
           (kinds & (KIND_FACILITY | KIND_VEHICLE | KIND_WEAPON)) == 0;
}

/* ------------------------------------------------------------------ killed in clashes with them */

/* "IN clashes", "DURING fighting", "DUE TO the offensive": the word before the phrase at `token`. */
static const struct token *word_before(const struct tree *tree, uint32_t token)
{
    uint32_t word = tree_preposition(tree, token);
    if (word == NONE)
        word = tree_child_exactly(tree, token, REL_MARK);
    return word != NONE ? &tree->tokens[word] : NULL;
}

/* Those on the other side of the fight at `event`: whom it is "with". */
static void take_opponents(struct making *hurt, const struct making *event)
{
    for (uint32_t i = 0; i < event->patients.count; i++)
        if (!may_fight(hurt->coding, event->patients.tokens[i]))
            return;
    if (are_others(hurt->coding, &event->patients, &hurt->patients) &&
        !lists_share_side(hurt->coding, &event->patients, &hurt->patients))
        hurt->agents = event->patients;
}

static void take_doers(struct making *hurt, const struct making *event)
{
    if (are_others(hurt->coding, &event->agents, &hurt->patients))
        hurt->agents = event->agents;
}

/* A fight "WITH the army"; a shooting of somebody is of one side. */
static bool is_fought_with(const struct making *event)
{
    const struct tree *tree = &event->coding->tree;
    bool fight = event->frame->both_sides || token_is(&tree->tokens[event->trigger], "fight");
    return fight && (arguments_behind(tree, &event->arguments, "with") != NULL ||
                     arguments_behind(tree, &event->arguments, "against") != NULL);
}

/* The phrases at `word`: fights and attacks in which those whom `hurt` tells of were hurt. */
static void look_below(struct making *hurt, uint32_t word)
{
    static const char *const fights[] = {"in", "during", "after", "amid", "following", NULL};
    const struct coding *coding = hurt->coding;
    const struct tree *tree = &coding->tree;
    for (uint32_t child = tree->first_child[word]; child != NONE && hurt->agents.count == 0;
         child = tree->next_sibling[child]) {
        uint32_t index = coding->making_at[child];
        const struct token *before = index != NONE ? word_before(tree, child) : NULL;
        if (before == NULL || child == hurt->trigger ||
            !is_violence(&coding->makings.items[index]))
            continue;
        const struct making *event = &coding->makings.items[index];
        if (event->agents.count == 0 && token_is_one_of(before, fights) && is_fought_with(event))
            take_opponents(hurt, event);
        else if (!event->frame->both_sides && token_in(before, WORDS_CAUSES_OF_BEING_HURT))
            take_doers(hurt, event);
    }
}

/* "The DEATH of a guard in fighting", "reported the death … during fighting": parsers hang the
 * phrase on the noun or on the verb that has it. */
static void find_opponents(struct making *hurt)
{
    const struct token *tokens = hurt->coding->tree.tokens;
    if (!is_violence(hurt) || hurt->agents.count > 0 || hurt->patients.count == 0 ||
        hurt->dropped || hurt->frame->both_sides)
        return;
    uint32_t word = hurt->trigger;
    look_below(hurt, word);
    for (int steps = 0; steps < 3 && tokens[word].relation == REL_CONJ && hurt->agents.count == 0;
         steps++) {
        word = tokens[word].head;
        look_below(hurt, word);
    }
    if (hurt->frame->class == FRAME_NOUN && tokens[word].relation == REL_OBJ)
        look_below(hurt, tokens[word].head);
    /* "Were killed and two WOUNDED in a clash with police": hung on the last of them. */
    for (uint32_t child = hurt->coding->tree.first_child[word];
         child != NONE && hurt->agents.count == 0; child = hurt->coding->tree.next_sibling[child])
        if (tokens[child].relation == REL_CONJ)
            look_below(hurt, child);
}

/* ------------------------------------------------------------------ a clash in which they … */

/* "WHERE", "IN WHICH", "WHEN" before the clause at `verb`; NULL where none of them stands there. */
static const struct token *clause_word(const struct tree *tree, uint32_t verb)
{
    static const char *const words[] = {"where", "when", "which", NULL};
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < verb;
         child = tree->next_sibling[child])
        if ((tree->tokens[child].relation == REL_ADVMOD ||
             relation_is(tree->tokens[child].relation, REL_OBL) ||
             tree->tokens[child].relation == REL_MARK) &&
            token_is_one_of(&tree->tokens[child], words))
            return &tree->tokens[child];
    return NULL;
}

/* True where the clause that tells `deed` says what happened in `event`. */
static bool is_told_of(const struct making *event, const struct making *deed)
{
    const struct tree *tree = &event->coding->tree;
    const struct token *tokens = tree->tokens, *noun = &tokens[event->trigger];
    uint32_t clause = deed->trigger;
    for (int steps = 0; steps < 3 && tokens[clause].relation == REL_CONJ; steps++)
        clause = tokens[clause].head;
    if (tokens[clause].relation != REL_ACL_RELCL && tokens[clause].relation != REL_ADVCL)
        return false;
    const struct token *word = clause_word(tree, clause);
    if (word == NULL || (!event->frame->both_sides && !token_is(word, "which")))
        return false;
    bool subject = noun->relation == REL_NSUBJ || noun->relation == REL_NSUBJ_PASS;
    uint32_t at = tokens[clause].head;
    for (int steps = 0; steps < 5 && at != NONE; steps++) {
        if (at == event->trigger || (subject && at == noun->head))
            return true;
        if (!relation_is(tokens[at].relation, REL_NMOD) && !relation_is(tokens[at].relation, REL_OBL) &&
            tokens[at].relation != REL_CONJ && !relation_is(tokens[at].relation, REL_APPOS) &&
            !relation_is(tokens[at].relation, REL_FLAT))
            return false;
        at = tokens[at].head;
    }
    return false;
}

static void find_told_of(struct coding *coding, uint32_t index)
{
    struct making *event = &coding->makings.items[index];
    uint32_t sentence = coding->tree.tokens[event->trigger].sentence;
    if (!is_violence(event) || event->frame->class != FRAME_NOUN || event->dropped ||
        event->joined != NONE || event->agents.count > 0)
        return;
    for (uint32_t i = index + 1; i < coding->makings.count; i++) {
        const struct making *deed = &coding->makings.items[i];
        if (coding->tree.tokens[deed->trigger].sentence != sentence)
            return;
        if (!is_violence(deed) || deed->agents.count == 0 || deed->frame->both_sides ||
            deed->dropped || !is_told_of(event, deed))
            continue;
        if (!are_others(coding, &deed->agents, &event->patients))
            return;
        event->agents = deed->agents;
        if (event->patients.count == 0)
            event->patients = deed->patients;
        return;
    }
}

/* ------------------------------------------------------------------ during clashes with them, we … */

/* What stands before an event in which another is done. */
static const char *const within[] = {"in", "during", NULL};

/* "DURING clashes with the army the rebels seized two rifles": who does what the clause tells is
 * who the clashes are of; of an attack, who uses arms in it. */
static void find_subject(struct making *event)
{
    const struct coding *coding = event->coding;
    const struct tree *tree = &coding->tree;
    const struct token *noun = &tree->tokens[event->trigger];
    if (!is_violence(event) || event->frame->class != FRAME_NOUN || event->dropped ||
        event->agents.count > 0 || event->patients.count == 0 || noun->head == NONE ||
        !relation_is(noun->relation, REL_OBL) || tree->tokens[noun->head].upos != UPOS_VERB)
        return;
    const struct token *before = word_before(tree, event->trigger);
    if (before == NULL || !token_is_one_of(before, within) ||
        (!is_fought_with(event) &&
         !token_in(&tree->tokens[noun->head], WORDS_VERBS_OF_USING_ARMS)))
        return;
    struct arguments outer;
    arguments_find(tree, noun->head, &outer);
    const struct argument *subject = arguments_get(&outer, ARGUMENT_SUBJECT);
    if (outer.passive || subject == NULL)
        return;
    uint32_t token = coding_stands_for(coding, subject->token);
    if ((coding_kinds(coding, token) & KIND_ARMED) != 0 && token != event->trigger &&
        !list_names(coding, &event->patients, token))
        participants_add(coding, token, &event->agents);
}

/* ------------------------------------------------------------------ during an operation of theirs */

/* Whoever leads the operation at `noun` does its part; false where nobody is told to. */
static bool take_leader(struct making *part, uint32_t noun)
{
    const struct coding *coding = part->coding;
    const struct tree *tree = &coding->tree;
    struct arguments whole;
    arguments_find(tree, noun, &whole);
    const struct argument *subject = arguments_get(&whole, ARGUMENT_SUBJECT);
    uint32_t token = subject != NULL ? coding_stands_for(coding, subject->token) : NONE;
    uint32_t able = token != NONE && token_in(&tree->tokens[noun], WORDS_SWEEPS)
                        ? KIND_ARMED | KIND_ORGANISATION | KIND_ACTOR
                        : KIND_ARMED;
    if (token == NONE || (coding_kinds(coding, token) & able) == 0 ||
        list_names(coding, &part->patients, token))
        return false;
    participants_add(coding, token, &part->agents);
    return true;
}

/* "Raids by the army IN WHICH two boats WERE SEIZED": the operation that the clause is told of. */
static void find_operation_above(struct making *part)
{
    const struct tree *tree = &part->coding->tree;
    uint32_t clause = part->trigger;
    for (int steps = 0; steps < 3 && tree->tokens[clause].relation == REL_CONJ; steps++)
        clause = tree->tokens[clause].head;
    const struct token *word = &tree->tokens[clause];
    const struct token *which = word->relation == REL_ACL_RELCL ? clause_word(tree, clause) : NULL;
    if (which == NULL || !token_is(which, "which") || word->head == NONE ||
        tree->tokens[word->head].upos != UPOS_NOUN ||
        tree_child_exactly(tree, part->trigger, REL_NSUBJ_PASS) == NONE)
        return;
    uint32_t noun = word->head, by = tree_preposition(tree, noun);
    if (by != NONE && token_is(&tree->tokens[by], "by") &&
        (coding_kinds(part->coding, noun) & KIND_ARMED) != 0) {
        if (!list_names(part->coding, &part->patients, noun))
            participants_add(part->coding, noun, &part->agents); /* hung on who leads it */
    } else if (!take_leader(part, noun) && relation_is(tree->tokens[noun].relation, REL_NMOD) &&
        tree->tokens[noun].head < noun)
        take_leader(part, tree->tokens[noun].head); /* "actions by the army in which" */
}

/* "Arrested DURING AN OPERATION carried out by the army", "seized in the offensive that the rebels have
 * launched": who bears arms, or leads a sweep, and does the whole does its parts. */
static void find_operation(struct making *part)
{
    const struct coding *coding = part->coding;
    const struct tree *tree = &coding->tree;
    if (!frame_is(part->frame, "COERCE") || part->frame->class != FRAME_VERB || part->dropped ||
        part->agents.count > 0)
        return;
    for (uint32_t child = tree->first_child[part->trigger]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *before =
            relation_is(tree->tokens[child].relation, REL_OBL) ? word_before(tree, child) : NULL;
        if (before == NULL || tree->tokens[child].upos != UPOS_NOUN ||
            !token_is_one_of(before, within))
            continue;
        if (take_leader(part, child))
            return;
    }
    find_operation_above(part);
}

/* ------------------------------------------------------------------ in talks with them, we … */

/* Talks, visits, letters, joint work: what takes part in is told by the verb around. */
static bool is_among_people(const struct making *event)
{
    return frame_is(event->frame, "CONSULT") ||
           frame_is(event->frame, "COOPERATE");
}

static bool is_visit(const struct making *event)
{
    return event->frame->mode != NULL && strcmp(event->frame->mode, "visit") == 0;
}

/* Whoever may have been there: a visit is an official's, what happens DURING talks others may do,
 * and who speaks for somebody AFTER them need not have been at them. */
static bool may_take_part(const struct making *event, const struct token *before, uint32_t token)
{
    static const char *const at[] = {"in", "at", "on", NULL};
    const struct coding *coding = event->coding;
    uint32_t kinds = coding_kinds(coding, token);
    /* "THE COUPLE got in touch with her" */
    const struct token *noun = &coding->tree.tokens[event->trigger];
    if (token_in(noun, WORDS_JOINT_MANNERS) &&
        ((kinds & (KIND_ACTOR | KIND_PERSON)) != 0 ||
         token_in(&coding->tree.tokens[token], WORDS_FEW_PEOPLE_AS_ONE)))
        return token_is(before, "in") && !list_names(coding, &event->patients, token);
    if ((kinds & KIND_ACTOR) == 0 || (kinds & (KIND_FACILITY | KIND_VEHICLE | KIND_CIVILIAN)) != 0 ||
        list_names(coding, &event->patients, token))
        return false;
    if (is_visit(event) || (token_is(before, "during") && event->patients.count == 0))
        return (kinds & KIND_OFFICIAL) != 0;
    return token_is_one_of(before, at) || token_is(before, "during") ||
           (event->patients.count > 0 && token_is(before, "from")) ||
           (event->patients.count > 0 &&
            (token_is(before, "after") || token_is(before, "following")) &&
            !token_in(&coding->tree.tokens[token], WORDS_VOICES_ABSENT_FROM_TALKS));
}

/* "At the END of talks", "on the SIDELINES of the summit": the phrase that says when, else the event
 * itself. */
static uint32_t stretch_of(const struct tree *tree, uint32_t event)
{
    const struct token *noun = &tree->tokens[event];
    uint32_t of = tree_preposition(tree, event);
    bool below = relation_is(noun->relation, REL_NMOD) && of != NONE && noun->head != NONE &&
                 token_is(&tree->tokens[of], "of");
    return below && token_in(&tree->tokens[noun->head], WORDS_STRETCHES) ? noun->head : event;
}

/* Who does what the clause around the noun tells, where it is told as done; of "the general IN A
 * LETTER to the bishop said" the general. `phrase` is the noun, or the stretch of it. */
static uint32_t who_does_it(const struct making *event, uint32_t phrase)
{
    const struct coding *coding = event->coding;
    const struct tree *tree = &coding->tree;
    const struct token *noun = &tree->tokens[phrase];
    if (noun->head == NONE)
        return NONE;
    const struct token *head = &tree->tokens[noun->head];
    if (relation_is(noun->relation, REL_NMOD) && head->relation == REL_NSUBJ)
        return coding_stands_for(coding, noun->head);
    struct arguments outer;
    bool manner = token_in(noun, WORDS_JOINT_MANNERS);
    if (!relation_is(noun->relation, REL_OBL) || head->upos != UPOS_VERB ||
        (!manner && status_beside(coding, noun->head) >= 0))
        return NONE;
    bool said = is_visit(event) || event->patients.count > 0;
    if (!said && tree_child(tree, noun->head, REL_NSUBJ) == NONE)
        return NONE;
    arguments_find(tree, noun->head, &outer);
    /* "Put THE DONOR in touch with her" */
    bool put = manner && token_in(head, WORDS_PUTS_IN_A_STATE);
    const struct argument *subject =
        arguments_get(&outer, put ? ARGUMENT_OBJECT : ARGUMENT_SUBJECT);
    return (outer.passive && !put) || subject == NULL ? NONE
                                                      : coding_stands_for(coding, subject->token);
}

/* "IN talks with the army the rebels offered a truce", "AT the summit the ministers agreed", "ON a
 * visit to the island": who does what the clause tells took part. A visit or a letter by nobody is
 * none. */
static void find_talker(struct making *event)
{
    const struct tree *tree = &event->coding->tree;
    if (!is_among_people(event) || event->frame->class != FRAME_NOUN || event->dropped ||
        event->joined != NONE || event->agents.count > 0)
        return;
    uint32_t phrase = stretch_of(tree, event->trigger);
    const struct token *before = word_before(tree, phrase);
    uint32_t token = before != NULL ? who_does_it(event, phrase) : NONE;
    if (token != NONE && token != event->trigger && may_take_part(event, before, token))
        participants_add(event->coding, token, &event->agents);
    bool sent = strcmp(event->frame->cameo, "041") == 0;
    if ((is_visit(event) || sent) && event->agents.count == 0)
        event->dropped = true;
}

/* ------------------------------------------------------------------ killed and wounded by them */

/* "Two were killed AND NINE INJURED BY GUNMEN": a second participle without "were" is of the same
 * clause, and who or what stands behind it did both. */
static void find_shared(struct making *first)
{
    const struct coding *coding = first->coding;
    const struct tree *tree = &coding->tree;
    if (!is_violence(first) || first->frame->class != FRAME_VERB || first->dropped ||
        first->agents.count > 0 || tree_child_exactly(tree, first->trigger, REL_NSUBJ_PASS) == NONE)
        return;
    for (uint32_t child = tree->first_child[first->trigger]; child != NONE;
         child = tree->next_sibling[child]) {
        if (child < first->trigger || tree->tokens[child].relation != REL_CONJ ||
            coding->making_at[child] == NONE || tree_child(tree, child, REL_AUX) != NONE ||
            tree_child_exactly(tree, child, REL_NSUBJ) != NONE)
            continue;
        const struct making *second = &coding->makings.items[coding->making_at[child]];
        if (second == first || !is_violence(second) || second->frame->class != FRAME_VERB)
            continue;
        if (second->agents.count > 0)
            take_doers(first, second);
        if (first->instruments.count == 0)
            first->instruments = second->instruments;
        if (first->means == NULL)
            first->means = second->means;
        return;
    }
}

/* ------------------------------------------------------------------ invited to speak by them */

/* "Was asked to speak BY THE UNION": what stands behind "by" at an infinitive that is no passive is
 * who asked. */
static void find_behind_infinitive(struct making *event)
{
    const struct coding *coding = event->coding;
    const struct tree *tree = &coding->tree;
    if (event->frame->class != FRAME_VERB || event->dropped || event->agents.count > 0 ||
        tree_child(tree, event->trigger, REL_AUX_PASS) == NONE)
        return;
    uint32_t clause = tree_child_exactly(tree, event->trigger, REL_XCOMP);
    if (clause == NONE || clause < event->trigger || tree->tokens[clause].upos != UPOS_VERB ||
        tree_child_exactly(tree, clause, REL_MARK) == NONE ||
        tree_child(tree, clause, REL_AUX) != NONE)
        return;
    for (uint32_t child = tree->first_child[clause]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *before =
            relation_is(tree->tokens[child].relation, REL_OBL) ? word_before(tree, child) : NULL;
        uint32_t kinds = coding_kinds(coding, child);
        if (before == NULL || !token_is(before, "by") || child < clause ||
            coding->time[child] != NONE || (kinds & (KIND_PERSON | KIND_ACTOR | KIND_ARMED)) == 0 ||
            (kinds & (KIND_FACILITY | KIND_VEHICLE | KIND_WEAPON)) != 0)
            continue;
        participants_add(coding, coding_stands_for(coding, child), &event->agents);
        return;
    }
}

/* ------------------------------------------------------------------ wounded, and the attackers fled */

/* "The ATTACKERS" who are the subject of the clause at `clause`; or NONE. */
static uint32_t culprits_of(const struct coding *coding, uint32_t clause)
{
    const struct tree *tree = &coding->tree;
    uint32_t who = tree->tokens[clause].upos == UPOS_VERB
                       ? tree_child(tree, clause, REL_NSUBJ)
                       : NONE;
    if (who == NONE || !token_in(&tree->tokens[who], WORDS_CULPRITS))
        return NONE;
    uint32_t the = tree_child(tree, who, REL_DET);
    return the != NONE && token_is(&tree->tokens[the], "the") ? who : NONE;
}

/* "And", "as", "before", "when" before the clause at `clause` beside the deed at `verb`. */
static bool is_beside(const struct tree *tree, uint32_t clause, uint32_t verb)
{
    static const char *const marks[] = {"as", "before", "after", "when", "while", NULL};
    const struct token *word = &tree->tokens[clause];
    if (word->head != verb)
        return false;
    if (word->relation == REL_CONJ) {
        uint32_t joined = tree_child_exactly(tree, clause, REL_CC);
        return joined != NONE && token_is(&tree->tokens[joined], "and");
    }
    const struct token *mark = word->relation == REL_ADVCL ? word_before(tree, clause) : NULL;
    if (mark == NULL && word->relation == REL_ADVCL)
        mark = clause_word(tree, clause);
    return mark != NULL && token_is_one_of(mark, marks);
}

/* "Two guards were wounded AND THE ATTACKERS FLED", "shot dead AS THE GUNMEN ENTERED": whom a
 * clause beside the deed calls by it did it. */
static void find_culprits(struct making *deed)
{
    const struct coding *coding = deed->coding;
    const struct tree *tree = &coding->tree;
    if (!is_violence(deed) || deed->frame->class != FRAME_VERB || deed->dropped ||
        deed->frame->both_sides || deed->agents.count > 0 || deed->patients.count == 0 ||
        tree_child_exactly(tree, deed->trigger, REL_NSUBJ_PASS) == NONE ||
        status_beside(coding, deed->trigger) >= 0)
        return;
    for (uint32_t child = tree->first_child[deed->trigger]; child != NONE;
         child = tree->next_sibling[child]) {
        if (child < deed->trigger || !is_beside(tree, child, deed->trigger))
            continue;
        uint32_t who = culprits_of(coding, child);
        if (who == NONE || list_names(coding, &deed->patients, who))
            continue;
        participants_add(coding, coding_stands_for(coding, who), &deed->agents);
        return;
    }
}

/* ------------------------------------------------------------------ the dead do nothing */

enum { DEAD_SENTENCES_BACK = 8 };

/* "THEY" who do it are those of whom `killed` told, and bore no arms: "the nuns were killed. THEY went on
 * to shell the town" means somebody else. */
static bool is_dead(const struct making *killed, uint32_t pronoun)
{
    const struct coding *coding = killed->coding;
    uint32_t actor = coding_actor(coding, pronoun);
    if (!is_violence(killed) || killed->dropped || killed->frame->class != FRAME_VERB ||
        tree_child_exactly(&coding->tree, killed->trigger, REL_NSUBJ_PASS) == NONE ||
        coding->document->actors.items[actor].parent != NONE ||
        coding->document->actors.items[actor].kind == ACTOR_ORGANISATION ||
        coding->document->actors.items[actor].kind == ACTOR_STATE)
        return false;
    bool to_death = false;
    for (uint32_t i = 0; i < killed->frame->count_count; i++)
        to_death = to_death || strcmp(killed->frame->counts[i].what, "killed") == 0;
    for (uint32_t i = 0; to_death && i < killed->patients.count; i++)
        if (coding_actor(coding, killed->patients.tokens[i]) == actor &&
            (coding_kinds(coding, killed->patients.tokens[i]) & KIND_ARMED) == 0)
            return true;
    return false;
}

/* Nothing is done by those who were killed in a sentence before, but what they "had" done. */
static void drop_dead(struct coding *coding, uint32_t index)
{
    struct making *deed = &coding->makings.items[index];
    const struct token *tokens = coding->tree.tokens;
    uint32_t who = deed->agents.count == 1 ? deed->agents.tokens[0] : NONE;
    uint32_t verb = who != NONE && tokens[who].head != NONE ? tokens[who].head : deed->trigger;
    uint32_t aux = tree_child_exactly(&coding->tree, verb, REL_AUX);
    if (!is_violence(deed) || who == NONE || tokens[who].upos != UPOS_PRON ||
        coding_actor(coding, who) == NONE || (aux != NONE && token_is(&tokens[aux], "have")))
        return;
    for (uint32_t i = index; i-- > 0;) {
        uint32_t sentence = tokens[coding->makings.items[i].trigger].sentence;
        if (sentence + DEAD_SENTENCES_BACK < tokens[deed->trigger].sentence)
            return;
        if (sentence < tokens[deed->trigger].sentence && is_dead(&coding->makings.items[i], who)) {
            deed->agents.count = 0;
            return;
        }
    }
}

void agents_beside(struct coding *coding)
{
    for (uint32_t i = 0; i < coding->makings.count; i++)
        drop_dead(coding, i);
    for (uint32_t i = 0; i < coding->makings.count; i++) {
        find_told_of(coding, i);
        find_subject(&coding->makings.items[i]);
        find_operation(&coding->makings.items[i]);
        find_talker(&coding->makings.items[i]);
        find_shared(&coding->makings.items[i]);
        find_behind_infinitive(&coding->makings.items[i]);
        find_culprits(&coding->makings.items[i]);
    }
    for (uint32_t i = 0; i < coding->makings.count; i++)
        find_opponents(&coding->makings.items[i]);
}
