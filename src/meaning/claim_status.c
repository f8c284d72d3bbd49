/* Whether it happened, and who says so: negation, plan, threat, condition, denial, attribution.
 *
 * The words on the way from the trigger up to the root decide: auxiliaries and markers beside each
 * verb, and what kind of verb or noun governs the clause (dictionaries/en/statuses.tsv will hold
 * them; so far a short list stands here). */
#include "meaning/coding.h"

static bool child_is(const struct tree *tree, uint32_t token, enum relation relation,
                     const char *const *words, size_t count)
{
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child])
        for (size_t i = 0; relation_is(tree->tokens[child].relation, relation) && i < count; i++)
            if (token_is(&tree->tokens[child], words[i]))
                return true;
    return false;
}

#define LIST(...)                                                                                  \
    (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)

static bool is_negated(const struct tree *tree, uint32_t token)
{
    return child_is(tree, token, REL_ADVMOD, LIST("not", "never", "n't", "no")) ||
           child_is(tree, token, REL_DET, LIST("no", "neither"));
}

static bool one_of(const struct token *token, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (token_is(token, words[i]))
            return true;
    return false;
}

/* What the verb or noun above makes of a clause below it; -1 where nothing. */
static int governed(const struct token *governor)
{
    if (one_of(governor, LIST("plan", "intend", "prepare", "want", "hope", "vow", "promise",
                              "pledge", "expect", "aim", "seek", "order", "ask", "urge", "call",
                              "propose", "ready", "set", "about", "demand", "agree", "offer",
                              "consider", "decide", "willing", "willingness")))
        return STATUS_PLANNED;
    if (one_of(governor, LIST("threaten", "warn", "threat")))
        return STATUS_THREATENED;
    if (one_of(governor, LIST("deny", "denial", "refute", "reject")))
        return STATUS_DENIED;
    if (one_of(governor, LIST("refuse", "fail", "decline", "avoid", "prevent", "stop")))
        return STATUS_NEGATED;
    if (one_of(governor, LIST("allege", "accuse", "suspect", "allegation", "accusation")))
        return STATUS_ALLEGED;
    return -1;
}

static int status_at(const struct tree *tree, uint32_t token)
{
    if (is_negated(tree, token))
        return STATUS_NEGATED;
    if (child_is(tree, token, REL_MARK, LIST("if", "unless")))
        return STATUS_CONDITIONAL;
    if (child_is(tree, token, REL_AUX, LIST("will", "shall", "'ll", "going")))
        return STATUS_PLANNED;
    if (child_is(tree, token, REL_AUX, LIST("would", "could", "may", "might", "should", "can")))
        return STATUS_CONDITIONAL;
    if (child_is(tree, token, REL_ADVMOD, LIST("allegedly", "reportedly", "purportedly")) ||
        child_is(tree, token, REL_AMOD, LIST("alleged", "suspected", "reported")))
        return STATUS_ALLEGED;
    return -1;
}

/* Only what is below as a clause or noun argument is governed: "fled when they attacked" is not. */
static bool is_governed_relation(enum relation relation)
{
    return relation == REL_XCOMP || relation == REL_CCOMP || relation == REL_ACL ||
           relation_is(relation, REL_OBJ) || relation_is(relation, REL_OBL) ||
           relation_is(relation, REL_NMOD) || relation == REL_CSUBJ || relation == REL_CONJ;
}

void status_find(const struct making *making, struct claim *claim)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    const struct document *document = coding->document;
    int status = making->frame->status;
    uint32_t token = making->trigger;
    for (int steps = 0; status < 0 && token != NONE && steps < 8; steps++) {
        status = status_at(tree, token);
        uint32_t head = tree->tokens[token].head;
        if (status < 0 && head != NONE && is_governed_relation(tree->tokens[token].relation) &&
            tree->tokens[token].relation != REL_CONJ)
            status = governed(&tree->tokens[head]);
        else if (head != NONE && !is_governed_relation(tree->tokens[token].relation))
            break;
        token = head;
    }
    struct byte_span trigger = claim->trigger;
    for (uint32_t i = document->attributions.count; i-- > 0;) {
        const struct attribution *attribution = &document->attributions.items[i];
        for (uint32_t j = 0; j < attribution->content_count; j++) {
            if (!span_contains(attribution->content[j], trigger))
                continue;
            struct claim_source *source = array_push(&claim->according_to);
            if (source != NULL)
                *source = (struct claim_source){attribution->actor, attribution->source,
                                                attribution->cue};
            if (status < 0)
                status = (int)attribution->status;
            break;
        }
    }
    claim->status = status < 0 ? STATUS_ASSERTED : (enum claim_status)status;
}
