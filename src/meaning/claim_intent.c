/* What somebody intends is an event of another kind than what somebody does: who will help agrees
 * to, who will attack threatens, who will not help refuses (CAMEO 03, 13, 12; Schrodt 2012). The
 * rule holds where the one who intends is known; without one the claim stays as it is. */
#include "meaning/coding.h"

enum stance { FRIENDLY, HOSTILE, NEITHER };

static enum stance stance_of(const char *plover)
{
    static const char *const friendly[] = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE",
                                           "RETREAT"};
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
    static const char *const words[] = {"effort",   "attempt",  "bid",         "right",  "use",
                                        "ability",  "capacity", "opportunity", "chance", "force",
                                        "violence", "gas",      "cannon",      "baton",  "way",
                                        "order",    "command"};
    const struct token *word = &tree->tokens[trigger];
    for (size_t i = 0; word->relation == REL_ACL && word->head != NONE &&
                       i < sizeof words / sizeof words[0];
         i++)
        if (token_is(&tree->tokens[word->head], words[i]))
            return true;
    return false;
}

/* "Used batons TO DISPERSE them", "deployed troops TO BREAK UP the march", parsed as one verb below another:
 * what somebody did it for. */
static bool is_of_means(const struct tree *tree, uint32_t trigger)
{
    static const char *const verbs[] = {"use", "fire", "deploy", "employ", "resort", "send", "burst"};
    const struct token *word = &tree->tokens[trigger];
    if (word->relation != REL_XCOMP || word->head == NONE ||
        tree_child(tree, word->head, REL_OBJ) == NONE)
        return false;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (token_is(&tree->tokens[word->head], verbs[i]))
            return true;
    return false;
}

/* "Asked THEM to help", "forces people TO FIGHT": what others want of somebody or make him do, he
 * neither agrees to nor threatens. */
static bool is_told_to(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    const struct token *word = &tree->tokens[making->trigger];
    if ((word->relation != REL_XCOMP && word->relation != REL_ADVCL &&
         word->relation != REL_CCOMP) ||
        word->head == NONE)
        return false;
    uint32_t object = tree_child(tree, word->head, REL_OBJ);
    for (uint32_t i = 0; object != NONE && i < making->agents.count; i++)
        if (making->agents.nouns[i] == object || making->agents.tokens[i] == object)
            return true;
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

void intent_apply(const struct making *making, struct claim *claim)
{
    enum stance stance = stance_of(claim->plover);
    /* "Fired to disperse": the purpose of what was done is no threat. */
    /* A headline tells what will be done, not who says that he will. */
    bool purpose = making->coding->tree.tokens[making->trigger].relation == REL_ADVCL ||
                   status_is_headline_future(&making->coding->tree, making->trigger) ||
                   is_of_effort(&making->coding->tree, making->trigger) || is_told_to(making) ||
                   is_of_means(&making->coding->tree, making->trigger);
    /* What somebody must do is not what somebody intends. */
    bool performed = is_performed(making, claim);
    if (performed && (claim->status == STATUS_PLANNED || claim->status == STATUS_CONDITIONAL))
        claim->status = STATUS_ASSERTED;
    bool duty = performed || has_auxiliary(making, "must") || has_auxiliary(making, "should") ||
                has_auxiliary(making, "ought");
    if (claim->agents.count == 0 || stance == NEITHER || purpose || duty)
        return;
    if (claim->status == STATUS_PLANNED) {
        become(claim, stance == FRIENDLY ? "AGREE" : "THREATEN",
               stance == FRIENDLY ? "03" : "13");
        if (stance == HOSTILE)
            claim->status = STATUS_THREATENED;
    } else if (claim->status == STATUS_NEGATED && stance == FRIENDLY &&
               (has_auxiliary(making, "will") || has_auxiliary(making, "would"))) {
        become(claim, "REJECT", "12");
        claim->status = STATUS_ASSERTED;
    }
}
