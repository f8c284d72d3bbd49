/* To whom a request, an offer or a threat was made, or whose words were refused, told beside the
 * event: "the police HONOURED a request from the family", "the minister ACCEPTED the talks proposed
 * by the rebels", "IN A LETTER TO THE BISHOP they asked for a truce", "the bishop said … but the
 * mayor dismissed THE CLAIM".
 *
 * Method: who answers what was asked is who was asked: the verb whose object the noun is (list
 * answers-to-a-request). Who gets a letter is asked by it (list letters). A definite noun of
 * something said (list words-taken-up) behind "but" is of whoever said the clause before. Only
 * where the event names nobody itself. What leaves out: what was asked in another sentence. */
#include "meaning/arguments_parts.h"
#include "meaning/coding.h"
#include "meaning/participants.h"
#include "meaning/supports.h"

/* Somebody who can be asked, not one of those who ask. */
static bool may_be_asked(const struct making *event, uint32_t token)
{
    const struct coding *coding = event->coding;
    const struct token *word = &coding->tree.tokens[token];
    return token != event->trigger && (word->features & (WORD_FIRST | WORD_SECOND)) == 0 &&
           !participants_open_pronoun(coding, token) && !participants_time(coding, token) &&
           !participants_speaker_label(coding, token) &&
           (coding_kinds(coding, token) & (KIND_PERSON | KIND_ACTOR | KIND_ORGANISATION)) != 0 &&
           !token_in(word, WORDS_TAKERS_OF_STATEMENTS) &&
           !list_names(coding, &event->agents, token);
}

/* Adds everybody whom the phrase at `token` lists, if each may be asked. */
static void add_asked(struct making *event, uint32_t token)
{
    const struct coding *coding = event->coding;
    struct participant_list listed;
    members_find(coding, token, &listed);
    for (uint32_t i = 0; i < listed.count; i++) {
        uint32_t who = participants_who(event, coding_stands_for(coding, listed.tokens[i]));
        if (!may_be_asked(event, who)) {
            event->patients.count = 0;
            return;
        }
        participants_add(coding, who, &event->patients);
    }
}

/* All of them were asked, if each may be. */
static void take_asked(struct making *event, const struct participant_list *asked)
{
    for (uint32_t i = 0; i < asked->count; i++)
        if (!may_be_asked(event, asked->tokens[i]))
            return;
    event->patients = *asked;
}

/* ------------------------------------------------------------------ who answers what was asked */

/* The noun of what is asked or offered: the event itself, or what its verb asks ("a truce PROPOSED
 * by", "the proposals MADE by"); or NONE. */
static uint32_t asked_noun(const struct making *event)
{
    const struct tree *tree = &event->coding->tree;
    const struct token *word = &tree->tokens[event->trigger];
    if (event->frame->class == FRAME_NOUN)
        return event->trigger;
    if (event->frame->class != FRAME_VERB || !relation_is(word->relation, REL_ACL) ||
        word->head == NONE)
        return NONE;
    for (uint32_t i = 0; i < event->arguments.count; i++)
        if (event->arguments.items[i].place == ARGUMENT_OBJECT &&
            event->arguments.items[i].token == word->head)
            return word->head;
    return NONE;
}

/* The verb that answers what stands at `noun`, or does what was asked ("SENT the troops requested
 * by"); or NONE. */
static uint32_t answer_to(const struct tree *tree, uint32_t noun, bool asked_behind)
{
    static const char *const behind[] = {"to", "with", NULL};
    noun = arguments_standing_for(tree, noun);
    const struct token *word = &tree->tokens[noun];
    if (word->head == NONE ||
        (!token_in(&tree->tokens[word->head], WORDS_ANSWERS_TO_A_REQUEST) &&
         !(asked_behind && token_in(&tree->tokens[word->head], WORDS_DO_WHAT_WAS_ASKED))))
        return NONE;
    uint32_t preposition = tree_preposition(tree, noun);
    bool object = word->relation == REL_OBJ || word->relation == REL_NSUBJ_PASS;
    bool phrase = relation_is(word->relation, REL_OBL) && preposition != NONE &&
                  token_is_one_of(&tree->tokens[preposition], behind);
    return object || phrase ? word->head : NONE;
}

static void find_who_answers(struct making *event)
{
    const struct coding *coding = event->coding;
    uint32_t noun = asked_noun(event);
    uint32_t verb = noun != NONE ? answer_to(&coding->tree, noun, noun != event->trigger) : NONE;
    if (verb == NONE)
        return;
    const struct making *answer = coding_making(coding, verb);
    if (answer != NULL && answer->agents.count > 0) {
        take_asked(event, &answer->agents);
        return;
    }
    struct arguments clause;
    arguments_find(&coding->tree, verb, &clause);
    const struct argument *subject = arguments_get(&clause, ARGUMENT_SUBJECT);
    if (subject != NULL)
        add_asked(event, subject->token);
}

/* ------------------------------------------------------------------ who gets the letter */

/* Behind "to" at the letter, or at the clause that says to whom it was sent; or NONE. */
static uint32_t addressee(const struct coding *coding, uint32_t letter)
{
    const struct tree *tree = &coding->tree;
    uint32_t found = coding_noun_behind(coding, letter, "to");
    for (uint32_t clause = tree->first_child[letter]; clause != NONE && found == NONE;
         clause = tree->next_sibling[clause]) {
        struct arguments sent;
        if (!relation_is(tree->tokens[clause].relation, REL_ACL) ||
            !supports_hold(tree->supports, &tree->tokens[clause], SUPPORT_ISSUE, 0))
            continue;
        arguments_find(tree, clause, &sent);
        const struct argument *to = arguments_behind(tree, &sent, "to");
        if (to != NULL)
            found = to->token;
    }
    /* "Sent THE PRESIDENT a letter in which they ask" */
    uint32_t verb = tree->tokens[letter].relation == REL_OBJ ? tree->tokens[letter].head : NONE;
    if (found != NONE || verb == NONE ||
        !supports_hold(tree->supports, &tree->tokens[verb], SUPPORT_ISSUE, 0))
        return found;
    uint32_t receiver = tree_child(tree, verb, REL_IOBJ);
    for (uint32_t child = tree->first_child[verb]; child != NONE && receiver == NONE;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_preposition(tree, child);
        if (relation_is(tree->tokens[child].relation, REL_OBL) && preposition != NONE &&
            token_is(&tree->tokens[preposition], "to"))
            receiver = child;
    }
    return receiver;
}

/* "IN A LETTER to", "A LETTER asks", "a letter in which they ASK", "a letter ASKING": the letter;
 * or NONE. */
static uint32_t letter_of(const struct making *event)
{
    const struct coding *coding = event->coding;
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[event->trigger];
    for (uint32_t child = tree->first_child[event->trigger]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_preposition(tree, child);
        bool phrase = relation_is(tree->tokens[child].relation, REL_OBL) && preposition != NONE &&
                      token_is(&tree->tokens[preposition], "in");
        if ((phrase || tree->tokens[child].relation == REL_NSUBJ) &&
            token_in(&tree->tokens[child], WORDS_LETTERS))
            return child;
    }
    return relation_is(word->relation, REL_ACL) && word->head != NONE &&
                   token_in(&tree->tokens[word->head], WORDS_LETTERS)
               ? word->head
               : NONE;
}

static void find_who_reads(struct making *event)
{
    uint32_t letter = event->frame->class == FRAME_VERB ? letter_of(event) : NONE;
    uint32_t whom = letter != NONE ? addressee(event->coding, letter) : NONE;
    if (whom != NONE)
        add_asked(event, whom);
}

/* ------------------------------------------------------------------ whose words are refused */

/* "THE claim", "THIS accusation": one that was told before. */
static bool is_taken_up(const struct tree *tree, uint32_t noun)
{
    static const char *const words[] = {"the", "this", "that", "these", "those", "such", NULL};
    uint32_t determiner = tree_child(tree, noun, REL_DET);
    return token_in(&tree->tokens[noun], WORDS_WORDS_TAKEN_UP) && determiner != NONE &&
           token_is_one_of(&tree->tokens[determiner], words);
}

/* "The bishop DEMANDED an apology and the mayor refused the demand": who refuses was asked, too. */
static void find_who_was_asked(struct making *event, const struct making *refusal)
{
    if (event->dropped || event->patients.count > 0 || !frame_is(event->frame, "REQUEST"))
        return;
    take_asked(event, &refusal->agents);
}

/* Who said what the clause at `verb` tells, or NONE. */
static uint32_t sayer_of(const struct coding *coding, uint32_t verb)
{
    static const char *const words[] = {"REQUEST", "ACCUSE", "AGREE", "THREATEN", NULL};
    const struct making *said = coding_making(coding, verb);
    bool says = tree_child_exactly(&coding->tree, verb, REL_CCOMP) != NONE;
    for (size_t i = 0; said != NULL && words[i] != NULL; i++)
        says |= frame_is(said->frame, words[i]);
    struct arguments clause;
    if (!says || coding->tree.tokens[verb].upos != UPOS_VERB)
        return NONE;
    arguments_find(&coding->tree, verb, &clause);
    const struct argument *subject = arguments_get(&clause, ARGUMENT_SUBJECT);
    return subject != NULL ? subject->token : NONE;
}

/* "Refused to sign a document DRAFTED BY THE COMMISSION": by whom what is refused was made. */
static void find_who_made_it(struct making *event)
{
    const struct tree *tree = &event->coding->tree;
    const struct argument *object = arguments_get(&event->arguments, ARGUMENT_OBJECT);
    const struct argument *clause = arguments_get(&event->arguments, ARGUMENT_COMPLEMENT);
    uint32_t noun = object != NULL   ? object->token
                    : clause != NULL ? tree_child_exactly(tree, clause->token, REL_OBJ)
                                     : NONE;
    for (uint32_t child = noun != NONE ? tree->first_child[noun] : NONE; child != NONE;
         child = tree->next_sibling[child]) {
        bool participle = tree->tokens[child].relation == REL_ACL &&
                          arguments_past_participle(&tree->tokens[child]) &&
                          tree_child(tree, child, REL_AUX) == NONE &&
                          tree->tokens[noun].upos == UPOS_NOUN;
        uint32_t maker = participle ? tree_child_exactly(tree, child, REL_OBL_AGENT) : NONE;
        if (maker != NONE &&
            (coding_kinds(event->coding, noun) & (KIND_PERSON | KIND_ACTOR)) == 0) {
            add_asked(event, maker);
            return;
        }
    }
}

/* "Denied that the town had fallen, AS THE REBELS CLAIMED", "as reported BY THE BISHOP". */
static void find_who_claimed_so(struct making *event)
{
    const struct tree *tree = &event->coding->tree;
    uint32_t end =
        event->coding->document->sentences.items[tree->tokens[event->trigger].sentence].tokens.end;
    for (uint32_t i = event->trigger + 1; i + 1 < end && event->patients.count == 0; i++) {
        const struct token *word = &tree->tokens[i];
        if (!token_is(word, "as") || word->relation != REL_MARK || word->head == NONE ||
            word->head < i || !tree_is_below(tree, i, event->trigger) ||
            !token_in(&tree->tokens[word->head], WORDS_CLAIM_SO) ||
            tree_child_exactly(tree, word->head, REL_CCOMP) != NONE)
            continue;
        struct arguments clause;
        arguments_find(tree, word->head, &clause);
        const struct argument *subject = arguments_get(&clause, ARGUMENT_SUBJECT);
        if (subject != NULL)
            add_asked(event, subject->token);
        return;
    }
}

static void find_who_said_it(struct making *event)
{
    const struct tree *tree = &event->coding->tree;
    const struct token *word = &tree->tokens[event->trigger];
    const struct argument *object = arguments_get(&event->arguments, ARGUMENT_OBJECT);
    bool beside = word->relation == REL_CONJ || word->relation == REL_PARATAXIS;
    if (event->frame->class != FRAME_VERB || !beside || word->head == NONE ||
        word->head > event->trigger || object == NULL || !is_taken_up(tree, object->token))
        return;
    struct making *asking = coding_making(event->coding, word->head);
    if (asking != NULL)
        find_who_was_asked(asking, event);
    uint32_t sayer = event->patients.count == 0 ? sayer_of(event->coding, word->head) : NONE;
    if (sayer != NONE)
        add_asked(event, sayer);
}

void asked_beside(struct coding *coding)
{
    for (uint32_t i = 0; i < coding->makings.count; i++) {
        struct making *event = &coding->makings.items[i];
        if (event->dropped || event->joined != NONE || event->agents.count == 0)
            continue;
        if (frame_is(event->frame, "REJECT")) {
            find_who_said_it(event);
            if (event->patients.count == 0 && event->frame->class == FRAME_VERB)
                find_who_claimed_so(event);
            if (event->patients.count == 0 && event->frame->class == FRAME_VERB)
                find_who_made_it(event);
            continue;
        }
        if (event->patients.count > 0)
            continue;
        if (frame_is(event->frame, "REQUEST") || frame_is(event->frame, "THREATEN") ||
            frame_is(event->frame, "AGREE")) {
            find_who_answers(event);
            if (event->patients.count == 0)
                find_who_reads(event);
        }
    }
}
