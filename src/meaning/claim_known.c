/* What is taken for granted, whatever the verbs above make of the rest: deeds that somebody will
 * reject, report, or deny a part in; what somebody did not say why it happened.
 *
 * Method: the words between a deed and what stands right above it. Leaves out: what is known from
 * another sentence (taken_up.c). */
#include "meaning/coding.h"

/* "Will reject THE INVASION": who speaks of it so takes it as known, whatever is done about it. A
 * verb that lends the noun its subject carries it out: "will launch the invasion". */
bool status_is_known(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    const struct token *noun = &tree->tokens[making->trigger];
    if (making->frame->class != FRAME_NOUN || noun->head == NONE ||
        (tree->tokens[noun->head].upos != UPOS_VERB && tree->tokens[noun->head].upos != UPOS_ADJ))
        return false;
    uint32_t determiner = tree_child(tree, making->trigger, REL_DET);
    bool definite = tree_child(tree, making->trigger, REL_NMOD_POSS) != NONE ||
                    (determiner != NONE && (token_is(&tree->tokens[determiner], "the") ||
                                            token_is(&tree->tokens[determiner], "this") ||
                                            token_is(&tree->tokens[determiner], "these")));
    const struct token *verb = &tree->tokens[noun->head];
    uint32_t preposition = tree_preposition(tree, making->trigger);
    uint64_t with = preposition != NONE ? tree->tokens[preposition].hash : 0;
    return definite && !supports_hold(tree->supports, verb, SUPPORT_AGENT, 0) &&
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

/* "WHY the guard fired", "WHO fired": what is asked is not whether. */
static bool is_open_question(const struct tree *tree, uint32_t clause)
{
    for (uint32_t child = tree->first_child[clause]; child != NONE && child < clause;
         child = tree->next_sibling[child]) {
        const struct token *word = &tree->tokens[child];
        if (token_is(word, "whether") || token_is(word, "if"))
            return false;
        if ((word->features & WORD_INTERROGATIVE) != 0 || token_is(word, "why") ||
            token_is(word, "how") || token_is(word, "who"))
            return true;
    }
    return false;
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
    return clause && finite && asked && is_open_question(tree, token);
}
