/* What is taken for granted, whatever the verbs above make of the rest: deeds that somebody will
 * reject, report, or deny a part in; what somebody did not say why it happened.
 *
 * Method: the words between a deed and what stands right above it. Leaves out: what is known from
 * another sentence (taken_up.c). */
#include "meaning/coding.h"

static bool is_definite(const struct tree *tree, uint32_t noun)
{
    uint32_t determiner = tree_child(tree, noun, REL_DET);
    return tree_child(tree, noun, REL_NMOD_POSS) != NONE ||
           (determiner != NONE && (token_is(&tree->tokens[determiner], "the") ||
                                   token_is(&tree->tokens[determiner], "this") ||
                                   token_is(&tree->tokens[determiner], "these")));
}

/* "Will reject THE INVASION": who speaks of it so takes it as known, whatever is done about it. A
 * verb that lends the noun its subject carries it out: "will launch the invasion". */
bool status_is_known(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    const struct token *noun = &tree->tokens[making->trigger];
    if (making->frame->class != FRAME_NOUN || noun->head == NONE ||
        (tree->tokens[noun->head].upos != UPOS_VERB && tree->tokens[noun->head].upos != UPOS_ADJ))
        return false;
    const struct token *verb = &tree->tokens[noun->head];
    uint32_t preposition = tree_preposition(tree, making->trigger);
    uint64_t with = preposition != NONE ? tree->tokens[preposition].hash : 0;
    return is_definite(tree, making->trigger) &&
           !supports_hold(tree->supports, verb, SUPPORT_AGENT, 0) &&
           !supports_hold(tree->supports, verb, SUPPORT_AGENT, with) &&
           !supports_hold(tree->supports, verb, SUPPORT_EVENT, 0) &&
           !supports_hold(tree->supports, verb, SUPPORT_PATIENT, 0);
}

/* "We ask you to report that they ARE BOMBING": whatever is wanted of those who tell it, it is
 * told. */
bool status_is_reported(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[token];
    return word->relation == REL_CCOMP && tree_child(tree, token, REL_NSUBJ) != NONE &&
           status_beside(coding, word->head) != STATUS_NEGATED &&
           status_word(coding, STATUS_OF_TELLING, word->head) >= 0;
}

/* "Warned of hundreds of men FIGHTING abroad": that they fight is told of them; "feared a raid
 * KILLING many" is feared whole. */
bool status_is_of_somebody(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[token];
    return word->relation == REL_ACL && tree_child(tree, token, REL_MARK) == NONE &&
           coding->making_at[word->head] == NONE &&
           (coding_kinds(coding, word->head) & (KIND_PERSON | KIND_ACTOR | KIND_ARMED)) != 0;
}

/* "NO GROUP claimed responsibility for the bombing", "denied any ROLE in it": the deed is known,
 * whoever did it; not where it is told as theirs. */
bool status_is_disclaimed(const struct making *making, uint32_t noun)
{
    const struct coding *coding = making->coding;
    uint32_t verb = coding->tree.tokens[noun].head;
    uint32_t subject = verb != NONE ? tree_child(&coding->tree, verb, REL_NSUBJ) : NONE;
    bool theirs = subject == NONE ? making->agents.count > 0
                                  : list_names(coding, &making->agents, subject) &&
                                        !status_names_nobody(coding, subject);
    return verb != NONE && !theirs && status_word(coding, STATUS_OF_PART, noun) >= 0 &&
           (status_beside(coding, verb) == STATUS_NEGATED ||
            status_word(coding, STATUS_OF_VERB, verb) == STATUS_DENIED);
}

static bool has_mark_of(const struct coding *coding, uint32_t token, enum status_class class)
{
    const struct tree *tree = &coding->tree;
    for (uint32_t child = tree->first_child[token]; child != NONE && child < token;
         child = tree->next_sibling[child])
        if ((tree->tokens[child].relation == REL_MARK ||
             tree->tokens[child].relation == REL_CASE) &&
            status_word(coding, class, child) >= 0)
            return true;
    return false;
}

/* "Police have no suspects IN the killing", "a warrant IN the shooting": the deed is known; "no
 * suspects in custody" are none, and whoever denies a part in it did not do it. */
static bool is_known_in(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    uint32_t above = tree->tokens[token].head, index = coding->making_at[token];
    uint32_t preposition = tree_preposition(tree, token);
    if (preposition == NONE || !token_is(&tree->tokens[preposition], "in") || index == NONE ||
        !frame_is(coding->makings.items[index].frame, "ASSAULT") ||
        status_word(coding, STATUS_OF_PART, above) >= 0)
        return false;
    uint32_t determiner = tree_child(tree, token, REL_DET);
    return tree_child(tree, token, REL_NMOD_POSS) != NONE ||
           (determiner != NONE && token_is(&tree->tokens[determiner], "the")) ||
           status_word(coding, STATUS_OF_NOUN, above) == STATUS_PLANNED;
}

static bool asks(const struct token *word)
{
    return (word->features & WORD_INTERROGATIVE) != 0 || token_is(word, "why") ||
           token_is(word, "how") || token_is(word, "who");
}

/* "WHY the guard fired", "WHO fired", "HOW MANY guards fired": what is asked is not whether. */
static bool is_open_question(const struct tree *tree, uint32_t clause)
{
    const struct token *first = &tree->tokens[tree_extent(tree, clause, 0).first];
    if (asks(first) && !token_is(first, "whether"))
        return true;
    for (uint32_t child = tree->first_child[clause]; child != NONE && child < clause;
         child = tree->next_sibling[child]) {
        const struct token *word = &tree->tokens[child];
        if (token_is(word, "whether") || token_is(word, "if"))
            return false;
        if (asks(word))
            return true;
    }
    return false;
}

/* "Did not NOTICE that they fired", "did not realise that it was loaded": it was; not "did not know
 * whether". */
static bool is_unnoticed(const struct coding *coding, uint32_t clause)
{
    const struct tree *tree = &coding->tree;
    const struct token *verb = &tree->tokens[tree->tokens[clause].head];
    uint32_t mark = tree_child_exactly(tree, clause, REL_MARK);
    return token_in(verb, WORDS_VERBS_OF_NOTICING) &&
           (mark == NONE || token_is(&tree->tokens[mark], "that"));
}

/* "Did not disclose WHY the guard fired", "it is unclear WHO fired", "a call AFTER a deputy shot
 * him": it was. */
bool status_is_granted(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[token];
    if (word->head == NONE)
        return false;
    if (relation_is(word->relation, REL_NMOD))
        return is_known_in(coding, token);
    if (word->relation == REL_ACL)
        return has_mark_of(coding, token, STATUS_OF_GRANTED);
    bool clause = word->relation == REL_CCOMP || relation_is(word->relation, REL_CSUBJ);
    bool finite = (word->features & WORD_FINITE) != 0 || tree_child(tree, token, REL_AUX) != NONE;
    bool asked = status_word(coding, STATUS_OF_TELLING, word->head) >= 0 ||
                 status_word(coding, STATUS_OF_ADJECTIVE_CLAUSE, word->head) == STATUS_CONDITIONAL;
    if (clause && finite && is_unnoticed(coding, token))
        return true;
    return clause && finite && asked && is_open_question(tree, token);
}

static bool is_of_force(const struct making *making)
{
    return frame_is(making->frame, "ASSAULT") || frame_is(making->frame, "PROTEST") ||
           frame_is(making->frame, "COERCE");
}

/* A noun of violence, protest or force that the text takes as known: "THE massacre", "ITS siege",
 * "2012 KANO riots". */
static bool is_definite_deed(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    uint32_t noun = making->trigger, named = tree_child(tree, noun, REL_COMPOUND);
    if (tree->tokens[noun].upos != UPOS_NOUN || !is_of_force(making))
        return false;
    return is_definite(tree, noun) || (named != NONE && tree->tokens[named].upos == UPOS_PROPN &&
                                       tree_child(tree, noun, REL_DET) == NONE);
}

static bool lends(const struct tree *tree, uint32_t word)
{
    const struct token *token = &tree->tokens[word];
    return supports_hold(tree->supports, token, SUPPORT_AGENT, 0) ||
           supports_hold(tree->supports, token, SUPPORT_EVENT, 0) ||
           supports_hold(tree->supports, token, SUPPORT_PATIENT, 0) ||
           supports_hold(tree->supports, token, SUPPORT_MEASURE, 0);
}

/* "The cause OF THE RAID is not known", "a response TO THE SIEGE": of what is said of a noun
 * nothing is said of the deed below it, unless the noun is part of the deed or tells whether it
 * was. */
static bool is_below_noun(const struct making *making)
{
    const struct coding *coding = making->coding;
    const struct token *noun = &coding->tree.tokens[making->trigger];
    uint32_t above = noun->head, link = tree_preposition(&coding->tree, making->trigger);
    /* "Directions FOR his removal" */
    if (!relation_is(noun->relation, REL_NMOD) || above == NONE ||
        coding->tree.tokens[above].upos != UPOS_NOUN ||
        (link != NONE && token_is(&coding->tree.tokens[link], "for") &&
         frame_is(making->frame, "COERCE")))
        return false;
    return status_word(coding, STATUS_OF_NOUN, above) < 0 &&
           status_word(coding, STATUS_OF_REPORT, above) < 0 &&
           status_word(coding, STATUS_OF_PART, above) < 0 && !lends(&coding->tree, above) &&
           !token_in(&coding->tree.tokens[above], WORDS_PARTS_OF_A_DEED);
}

/* "Want THE MASSACRE to be discussed": what is wanted is done about it; not "want the siege to
 * begin". */
static bool is_to_be_treated(const struct coding *coding, uint32_t noun)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[noun];
    uint32_t verb = word->head != NONE ? tree_child_exactly(tree, word->head, REL_XCOMP) : NONE;
    return word->relation == REL_OBJ && verb != NONE && noun < verb && !lends(tree, verb) &&
           tree->tokens[verb].upos == UPOS_VERB &&
           status_word(coding, STATUS_OF_VERB, word->head) == STATUS_PLANNED;
}

/* "Their RIOTS have not spread", "the CURFEW will continue": they are under way. */
static bool is_under_way(const struct tree *tree, uint32_t noun)
{
    const struct token *word = &tree->tokens[noun];
    return word->relation == REL_NSUBJ && word->head != NONE &&
           token_in(&tree->tokens[word->head], WORDS_VERBS_OF_GOING_ON);
}

/* "A probe INTO THE POLICE FIRING on villagers", with the deed hung on the probe. */
static bool is_of_doer_before(const struct coding *coding, uint32_t deed)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[deed];
    return word->relation == REL_ACL && deed > 0 && (word->features & WORD_PAST) == 0 &&
           tree->tokens[deed - 1].head == word->head &&
           relation_is(tree->tokens[deed - 1].relation, REL_NMOD) &&
           tree_child(tree, deed, REL_MARK) == NONE &&
           has_mark_of(coding, deed - 1, STATUS_OF_GRANTED);
}

/* "Received CALLS ABOUT a shooting", "calls REPORTING one": told of, not asked for. */
bool status_is_call_about(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[token];
    uint32_t preposition = tree_preposition(tree, token);
    if (word->head == NONE || !token_is(&tree->tokens[word->head], "call"))
        return false;
    if (relation_is(word->relation, REL_NMOD) || relation_is(word->relation, REL_OBL))
        return preposition != NONE &&
               token_in(&tree->tokens[preposition], WORDS_PREPOSITIONS_OF_A_TOPIC);
    return (word->relation == REL_ACL || word->relation == REL_XCOMP) &&
           tree_child(tree, token, REL_MARK) == NONE &&
           status_word(coding, STATUS_OF_TELLING, token) >= 0;
}

bool status_is_deed_known(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    if (is_of_doer_before(making->coding, making->trigger))
        return true;
    if (is_under_way(tree, making->trigger) && is_of_force(making))
        return true;
    return is_definite_deed(making) &&
           (is_below_noun(making) || is_to_be_treated(making->coding, making->trigger));
}

/* "Condemned the one BUT NOT THE massacre": both were. */
bool status_is_set_apart(const struct tree *tree, uint32_t noun, uint32_t negation)
{
    return tree->tokens[noun].upos == UPOS_NOUN && token_is(&tree->tokens[negation], "not") &&
           negation + 1 < noun && tree_child(tree, noun, REL_COP) == NONE &&
           tree->tokens[negation + 1].head == noun && token_is(&tree->tokens[negation + 1], "the");
}

/* "No group ADMITTED carrying out the attack", "nobody CLAIMED it". "Neither the rebels nor the
 * army did" tells who did not. */
bool status_is_owned_by_nobody(const struct coding *coding, uint32_t verb)
{
    const struct tree *tree = &coding->tree;
    uint32_t subject = tree_child(tree, verb, REL_NSUBJ);
    return subject != NONE && token_in(&tree->tokens[verb], WORDS_VERBS_OF_OWNING_UP) &&
           tree_child(tree, subject, REL_CC) == NONE && status_names_nobody(coding, subject);
}
