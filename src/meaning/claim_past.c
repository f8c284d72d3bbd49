/* What was, whatever stands above it: past tenses below plans, demands and negations.
 *
 * Method: tense and auxiliaries of the clause itself; a plan or a negation above a clause that
 * tells the past by its own tense is not said of it. Leaves out: the historical present. */
#include "meaning/arguments_parts.h"
#include "meaning/coding.h"

/* A finite past: "demanded to know why they KILLED"; or a participle: "wanted the release of nurses
 * KIDNAPPED by rebels". */
bool status_is_told(const struct tree *tree, uint32_t token)
{
    const struct token *word = &tree->tokens[token];
    bool participle = word->relation == REL_ACL && (word->features & WORD_PARTICIPLE) != 0 &&
                      tree_child(tree, token, REL_AUX) == NONE;
    return word->upos == UPOS_VERB && (participle || (word->features & WORD_FINITE) != 0) &&
           (word->features & WORD_PAST) != 0;
}

/* "Claimed on Sunday to HAVE TAKEN the town": done, by his word; nobody means to have done
 * something. */
bool status_is_perfect(const struct tree *tree, uint32_t token)
{
    uint32_t auxiliary = tree_child(tree, token, REL_AUX);
    return auxiliary != NONE && token_is(&tree->tokens[auxiliary], "have");
}

static bool is_modal(const struct coding *coding, uint32_t auxiliary)
{
    int status = status_word(coding, STATUS_OF_AUXILIARY, auxiliary);
    return status == STATUS_PLANNED || status == STATUS_CONDITIONAL;
}

/* "They must say who WAS KILLED", "to help those whom they HAD ARRESTED": a finite clause of its
 * own that tells what was, whatever is to be done above it; not "would have been killed", "if". */
bool status_tells_past(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[token];
    bool past = (word->features & WORD_FINITE) != 0 && (word->features & WORD_PAST) != 0;
    if (word->upos != UPOS_VERB || tree_child(tree, token, REL_NSUBJ) == NONE)
        return false;
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *part = &tree->tokens[child];
        if (part->relation == REL_MARK &&
            (token_is(part, "to") || status_word(coding, STATUS_OF_MARK, child) >= 0))
            return false;
        if (!relation_is(part->relation, REL_AUX))
            continue;
        if (is_modal(coding, child))
            return false;
        past |= token_is(part, "have") ||
                ((part->features & WORD_FINITE) != 0 && (part->features & WORD_PAST) != 0);
    }
    return past;
}

/* "Did NOT stop AND KILLED two", "would go on AND ASKED them to", "to hand over a petition and
 * DEMANDED": a past tense beside what was not done, or was to be done, was. */
bool status_is_done_beside(const struct coding *coding, uint32_t token, uint32_t head)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[token];
    uint32_t auxiliary = tree_child(tree, head, REL_AUX);
    bool bare = auxiliary != NONE && tree->tokens[auxiliary].relation == REL_AUX &&
                (tree->tokens[head].features & WORD_PAST) == 0 &&
                tree_child_exactly(tree, head, REL_AUX_PASS) == NONE &&
                (token_is(&tree->tokens[auxiliary], "do") || is_modal(coding, auxiliary));
    return word->upos == UPOS_VERB && (word->features & WORD_FINITE) != 0 &&
           (word->features & WORD_PAST) != 0 && word->hash != word->lemma_hash &&
           tree_child(tree, token, REL_AUX) == NONE &&
           (bare || (arguments_infinitive(tree, head) && auxiliary == NONE &&
                     tree->tokens[head].upos == UPOS_VERB));
}

/* "Said that they would attack" is the future of the past, no condition. */
bool status_is_reported_future(const struct tree *tree, uint32_t token, uint32_t auxiliary)
{
    if (strcmp(tree->tokens[auxiliary].folded, "would") != 0 ||
        (auxiliary + 2 < tree->document->tokens.count &&
         token_is(&tree->tokens[auxiliary + 1], "have") &&
         !token_is(&tree->tokens[auxiliary + 2], "to")))
        return false;
    for (int steps = 0; steps < 4 && tree->tokens[token].relation == REL_CONJ; steps++)
        token = tree->tokens[token].head;
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_ADVCL &&
            tree_child(tree, child, REL_MARK) != NONE &&
            token_is(&tree->tokens[tree_child(tree, child, REL_MARK)], "if"))
            return false;
    return relation_is(tree->tokens[token].relation, REL_CCOMP) ||
           tree->tokens[token].relation == REL_PARATAXIS ||
           tree_child(tree, token, REL_PARATAXIS) != NONE;
}
