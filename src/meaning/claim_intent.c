/* What somebody intends is an event of another kind than what somebody does: who will help agrees
 * to, who will attack threatens, who will not help refuses (CAMEO 03, 13, 12; Schrodt 2012). The
 * rule holds where the one who intends is known; without one the claim stays as it is. */
#include "meaning/arguments_parts.h"
#include "meaning/coding.h"

enum stance { FRIENDLY, HOSTILE, NEITHER };

static enum stance stance_of(const char *plover)
{
    static const char *const friendly[] = {"CONSULT", "SUPPORT", "COOPERATE",
                                           "AID",     "CONCEDE", "RETREAT"};
    static const char *const hostile[] = {"SANCTION", "COERCE", "ASSAULT", "PROTEST"};
    for (size_t i = 0; i < sizeof friendly / sizeof friendly[0]; i++)
        if (strcmp(plover, friendly[i]) == 0)
            return FRIENDLY;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++)
        if (strcmp(plover, hostile[i]) == 0)
            return HOSTILE;
    return NEITHER;
}

static bool has_auxiliary(const struct making *making, const char *word)
{
    const struct argument *items = making->arguments.items;
    for (uint32_t i = 0; i < making->arguments.count; i++)
        if (items[i].place == ARGUMENT_AUXILIARY &&
            token_is(&making->coding->tree.tokens[items[i].token], word))
            return true;
    return false;
}

static void become(struct claim *claim, const char *plover, const char *cameo)
{
    claim->plover = plover;
    claim->cameo = cameo;
    claim->mode = NULL;
}

/* "In an effort TO CAPTURE them", "the right TO DEMONSTRATE", "gave the order TO SHOOT": no word that
 * somebody will. */
static bool is_of_effort(const struct tree *tree, uint32_t trigger)
{
    const struct token *word = &tree->tokens[trigger];
    return word->relation == REL_ACL && word->head != NONE &&
           token_in(&tree->tokens[word->head], WORDS_EFFORTS_AND_MEANS);
}

/* A word that tells what somebody means to do: "plan", "threaten", "ready". */
static bool tells_intent(const struct coding *coding, uint32_t token)
{
    static const enum status_class classes[] = {STATUS_OF_VERB, STATUS_OF_VERB_CLAUSE,
                                                STATUS_OF_NOUN, STATUS_OF_ADJECTIVE_CLAUSE};
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        int status = status_word(coding, classes[i], token);
        if (status == STATUS_PLANNED || status == STATUS_THREATENED)
            return true;
    }
    return false;
}

/* "Used batons TO DISPERSE them", "deployed troops to search for and BREAK UP the march", "led an
 * operation TO ARREST them": what it was done for; "gave the order TO KILL them": what others are
 * to do. */
static bool is_of_means(const struct coding *coding, uint32_t trigger)
{
    const struct tree *tree = &coding->tree;
    uint32_t verb = trigger;
    if (tree->tokens[verb].relation == REL_CONJ && tree_child_exactly(tree, verb, REL_MARK) == NONE)
        verb = tree->tokens[verb].head;
    const struct token *word = &tree->tokens[verb];
    if (word->head == NONE || !arguments_infinitive(tree, verb))
        return false;
    if (word->relation == REL_ACL)
        return tree->tokens[word->head].upos == UPOS_NOUN &&
               (!tells_intent(coding, word->head) ||
                status_word(coding, STATUS_OF_ASKING, word->head) >= 0);
    return word->relation == REL_XCOMP && status_word(coding, STATUS_OF_MEANS, word->head) >= 0;
}

/* "Stormed the hotel WITH THE INTENTION to kill him", "had the mission OF KILLING him": what is done
 * for it is no word that somebody will. */
static bool is_of_aim(const struct tree *tree, uint32_t trigger)
{
    const struct token *word = &tree->tokens[trigger];
    uint32_t mark = tree_child_exactly(tree, trigger, REL_MARK);
    if (word->relation != REL_ACL || word->head == NONE || mark == NONE ||
        !token_in(&tree->tokens[word->head], WORDS_AIMS))
        return false;
    uint32_t preposition = tree_preposition(tree, word->head);
    return token_is(&tree->tokens[mark], "of") ||
           (preposition != NONE && token_is(&tree->tokens[preposition], "with"));
}

/* "Will investigate the SHOOTINGS", "promised to react to the ATTACK": done by others, or before,
 * unless the verb means or lends it ("plans an attack", "will launch one"). */
static bool is_met_with(const struct coding *coding, uint32_t trigger)
{
    enum { STEPS = 5 };
    const struct tree *tree = &coding->tree;
    uint32_t token = trigger;
    if (tree->tokens[token].upos != UPOS_NOUN || status_beside(coding, token) >= 0)
        return false;
    for (int steps = 0; steps < STEPS && token != NONE; steps++) {
        const struct token *word = &tree->tokens[token];
        if (token != trigger &&
            (tells_intent(coding, token) || supports_hold(tree->supports, word, SUPPORT_AGENT, 0) ||
             supports_hold(tree->supports, word, SUPPORT_EVENT, 0) ||
             supports_hold(tree->supports, word, SUPPORT_PATIENT, 0)))
            return false;
        if (token != trigger && word->upos == UPOS_VERB)
            return true;
        if (tree_child(tree, token, REL_COP) != NONE)
            return false;
        token = word->head;
    }
    return false;
}

/* "Will answer AN attack", "any attack": one that may come. */
static bool is_indefinite(const struct tree *tree, uint32_t noun)
{
    static const char *const words[] = {"a", "an", "any", "every", "no", NULL};
    uint32_t determiner = tree_child(tree, noun, REL_DET);
    return determiner != NONE && token_is_one_of(&tree->tokens[determiner], words);
}

/* "Asked THEM to help", "forces people TO FIGHT", "ordered ITS units to attack": what others want
 * of somebody or make him do, he neither agrees to nor threatens. */
static bool is_told_to(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    uint32_t verb = making->trigger;
    if (tree->tokens[verb].relation == REL_CONJ)
        verb = tree->tokens[verb].head;
    const struct token *word = &tree->tokens[verb];
    if ((word->relation != REL_XCOMP && word->relation != REL_ADVCL &&
         word->relation != REL_CCOMP) ||
        word->head == NONE)
        return false;
    const struct argument *doer = arguments_get(&making->arguments, ARGUMENT_SUBJECT);
    if (doer == NULL || doer->token > verb || tree->tokens[doer->token].head != word->head)
        return false;
    enum relation relation = tree->tokens[doer->token].relation;
    return relation == REL_OBJ || relation == REL_IOBJ || relation_is(relation, REL_OBL);
}

/* "Accused them OF PLANNING to arrest him": that they mean to is what others say. */
static bool is_suspected(const struct coding *coding, uint32_t trigger)
{
    enum { STEPS = 4 };
    const struct tree *tree = &coding->tree;
    uint32_t token = trigger;
    for (int steps = 0; steps < STEPS && token != NONE; steps++) {
        const struct token *word = &tree->tokens[token];
        uint32_t mark = tree_child(tree, token, REL_MARK), above = word->head;
        if (above != NONE && mark != NONE && token_is(&tree->tokens[mark], "of")) {
            if (word->relation == REL_ACL && tree->tokens[above].head != NONE)
                above = tree->tokens[above].head;
            return status_word(coding, STATUS_OF_VERB, above) == STATUS_ALLEGED;
        }
        if (word->relation != REL_XCOMP && word->relation != REL_CONJ &&
            !relation_is(word->relation, REL_OBJ))
            return false;
        token = above;
    }
    return false;
}

/* "I want to THANK them", "would like to EXPRESS his condolences": who wishes to says it. */
static bool is_performed(const struct making *making, const struct claim *claim)
{
    const struct coding *coding = making->coding;
    const struct token *word = &coding->tree.tokens[making->trigger];
    uint32_t verb = word->head;
    if (word->relation == REL_CONJ && verb != NONE)
        verb = coding->tree.tokens[verb].head; /* "wants to meet and THANK them" */
    else if (!relation_is(word->relation, REL_XCOMP))
        return false;
    return verb != NONE && strcmp(claim->plover, "SUPPORT") == 0 &&
           status_word(coding, STATUS_OF_PERFORMED, making->trigger) >= 0 &&
           status_word(coding, STATUS_OF_WISHING, verb) >= 0;
}

static bool has_duty(const struct tree *tree, uint32_t verb)
{
    static const char *const words[] = {"must", "should", "ought", NULL};
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < verb;
         child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_AUX &&
            token_is_one_of(&tree->tokens[child], words))
            return true;
    return false;
}

bool intent_is_duty(const struct coding *coding, uint32_t verb)
{
    const struct tree *tree = &coding->tree;
    const struct token *tokens = tree->tokens;
    if (has_duty(tree, verb))
        return true;
    uint32_t first = tokens[verb].relation == REL_CONJ ? tokens[verb].head : NONE;
    return first != NONE && first < verb && tokens[first].upos == UPOS_VERB &&
           tree_child(tree, verb, REL_AUX) == NONE &&
           tree_child(tree, verb, REL_NSUBJ) == NONE && (tokens[verb].features & WORD_FINITE) == 0 &&
           has_duty(tree, first);
}

void intent_apply(const struct making *making, struct claim *claim)
{
    enum stance stance = stance_of(claim->plover);
    /* "Fired to disperse": the purpose of what was done is no threat. */
    /* A headline tells what will be done, not who says that he will. */
    bool purpose = making->coding->tree.tokens[making->trigger].relation == REL_ADVCL ||
                   status_is_headline_future(&making->coding->tree, making->trigger) ||
                   is_of_effort(&making->coding->tree, making->trigger) || is_told_to(making) ||
                   is_of_means(making->coding, making->trigger) ||
                   (stance == HOSTILE && is_of_aim(&making->coding->tree, making->trigger));
    /* What somebody must do is not what somebody intends. */
    bool performed = is_performed(making, claim);
    if (performed && (claim->status == STATUS_PLANNED || claim->status == STATUS_CONDITIONAL))
        claim->status = STATUS_ASSERTED;
    bool duty = performed || has_auxiliary(making, "must") || has_auxiliary(making, "should") ||
                has_auxiliary(making, "ought") ||
                intent_is_duty(making->coding, making->trigger);
    if (claim->agents.count == 0 || stance == NEITHER || purpose || duty)
        return;
    if (claim->status == STATUS_PLANNED && stance == HOSTILE &&
        is_met_with(making->coding, making->trigger)) {
        if (!is_indefinite(&making->coding->tree, making->trigger))
            claim->status = claim->according_to.count > 0 ? STATUS_CLAIMED : STATUS_ASSERTED;
        return;
    }
    if (claim->status == STATUS_PLANNED) {
        become(claim, stance == FRIENDLY ? "AGREE" : "THREATEN", stance == FRIENDLY ? "03" : "13");
        if (stance == HOSTILE)
            claim->status =
                is_suspected(making->coding, making->trigger) ? STATUS_ALLEGED : STATUS_THREATENED;
    } else if (claim->status == STATUS_NEGATED && stance == FRIENDLY &&
               (has_auxiliary(making, "will") || has_auxiliary(making, "would"))) {
        become(claim, "REJECT", "12");
        claim->status = STATUS_ASSERTED;
    }
}
