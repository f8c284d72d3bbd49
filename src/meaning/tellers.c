/* Who counted: "the ministry has COUNTED 709 dead", "the rebels PUT army losses at 90".
 *
 * Method: from the word that tells what happened upwards through objects and what is said of them
 * to a verb of counting; its subject, where it is somebody who takes no part himself, is the source
 * of the number, and so of the claim. Such verbs are no cues of attribution.bin where no clause
 * follows them. Left out: who counted without a verb ("by our count"). */
#include "meaning/coding.h"

static bool is_counting(const struct token *verb)
{
    return verb->upos == UPOS_VERB && token_in(verb, WORDS_VERBS_OF_COUNTING);
}

/* "Put the dead at 20": without "at" something else is put somewhere. */
static bool counts_here(const struct tree *tree, uint32_t verb)
{
    if (!token_is(&tree->tokens[verb], "put"))
        return true;
    for (uint32_t child = tree->first_child[verb]; child != NONE; child = tree->next_sibling[child]) {
        uint32_t preposition = tree_preposition(tree, child);
        if (child > verb && preposition != NONE && token_is(&tree->tokens[preposition], "at"))
            return true;
    }
    return false;
}

/* The verb of counting whose object the event is, or NONE. */
static uint32_t counting_above(const struct tree *tree, uint32_t token)
{
    enum { STEPS = 5 };
    for (int steps = 0; steps < STEPS && token != NONE; steps++) {
        const struct token *word = &tree->tokens[token];
        if (is_counting(word))
            return counts_here(tree, token) ? token : NONE;
        bool part = word->relation == REL_XCOMP || relation_is(word->relation, REL_OBJ) ||
                    relation_is(word->relation, REL_NMOD) || relation_is(word->relation, REL_AMOD) ||
                    word->relation == REL_CONJ || relation_is(word->relation, REL_ACL);
        if (!part || (word->relation == REL_CONJ && word->upos == UPOS_VERB))
            return NONE;
        token = word->head;
    }
    return NONE;
}

/* "The union", "an observatory" are no actors, and tell; "the war has recorded 900 deaths" is no one's word. */
static bool is_somebody(const struct coding *coding, uint32_t token)
{
    const struct token *noun = &coding->tree.tokens[token];
    if (token_in(noun, WORDS_NO_TELLERS_OF_A_TOLL))
        return false;
    return coding_actor(coding, token) != NONE ||
           ((noun->upos == UPOS_NOUN || noun->upos == UPOS_PROPN) && coding->making_at[token] == NONE &&
            coding->place[token] == NONE && coding->time[token] == NONE);
}

static bool takes_part(const struct making *making, uint32_t token)
{
    return list_has(&making->agents, token) && making->trigger != NONE &&
           !is_counting(&making->coding->tree.tokens[making->trigger]);
}

bool teller_find(const struct making *making, struct claim *claim)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    if (claim->according_to.count > 0 || claim->counts.count == 0)
        return false;
    uint32_t verb = counting_above(tree, making->trigger);
    uint32_t teller = verb != NONE ? tree_child_exactly(tree, verb, REL_NSUBJ) : NONE;
    if (teller == NONE || teller > verb || takes_part(making, teller) ||
        list_has(&making->patients, teller) || !is_somebody(coding, teller))
        return false;
    struct claim_source *source = array_push(&claim->according_to);
    if (source == NULL)
        return false;
    struct token_range words = tree_noun_phrase(tree, teller), cue = {verb, verb + 1};
    *source = (struct claim_source){coding_actor(coding, teller), document_span_of(coding->document, words),
                                    document_span_of(coding->document, cue)};
    return true;
}
