/* Who says so: the attributions that hold the word which tells what happened.
 *
 * Method: an attribution whose content holds the trigger is a source of the claim; several nest,
 * the one who says least of it innermost. Left out of these: what a deed is told of besides ("found
 * four people wounded"), what nobody says, and what is known though somebody denies his part in it.
 * Leaves out: sources that the report names in another sentence only (attribution.c carries
 * quotations on). */
#include "meaning/coding.h"

/* "NO GROUP claimed the attack that killed forty": nobody said it. */
static bool is_said_by_nobody(const struct coding *coding, const struct attribution *said)
{
    struct token_range source = said->source_tokens;
    for (uint32_t i = source.first; i < source.end; i++) {
        uint32_t head = coding->tree.tokens[i].head;
        if (head == NONE || head < source.first || head >= source.end)
            return status_names_nobody(coding, i);
    }
    return false;
}

/* "Found four people WOUNDED", "named sailors TAKEN by rebels": what a deed is told of besides is
 * no one's word; "denied the KILLING" is. */
static bool is_told_besides(const struct making *making, const struct attribution *said)
{
    const struct token *trigger = &making->coding->document->tokens.items[making->trigger];
    bool of_thing = trigger->head == said->thing &&
                    (trigger->relation == REL_CONJ || relation_is(trigger->relation, REL_NMOD) ||
                     trigger->relation == REL_COMPOUND);
    bool known = trigger->head != NONE && status_is_disclaimed(making, trigger->head);
    return said->doubtful || known ||
           (said->thing != NONE && making->trigger != said->thing && !of_thing);
}

/* A verb that is not done: "did not say", "could not confirm", "declined to say". */
static bool is_withheld(const struct coding *coding, uint32_t verb)
{
    const struct tree *tree = &coding->tree;
    if (status_beside(coding, verb) == STATUS_NEGATED)
        return true;
    uint32_t head = tree->tokens[verb].head;
    return tree->tokens[verb].relation == REL_XCOMP && head != NONE &&
           (status_word(coding, STATUS_OF_VERB_CLAUSE, head) == STATUS_NEGATED ||
            status_word(coding, STATUS_OF_ADJECTIVE_CLAUSE, head) == STATUS_NEGATED);
}

/* "Asked for details OF THE RAID", "asks for help after a raid that LEFT ten dead": what is asked
 * about is known; "asked for a RAID" is wanted. */
static bool is_asked_about(const struct tree *tree, uint32_t trigger, uint32_t verb)
{
    enum { STEPS = 6 };
    uint32_t below = trigger;
    for (int steps = 0; steps < STEPS && below != NONE && tree->tokens[below].head != verb; steps++)
        below = tree->tokens[below].head;
    if (below == NONE || below == trigger || tree->tokens[below].head != verb ||
        !token_is(&tree->tokens[verb], "ask") || tree->tokens[below].relation != REL_OBL)
        return false;
    uint32_t preposition = tree_preposition(tree, below);
    return preposition != NONE && token_is(&tree->tokens[preposition], "for");
}

/* "Did NOT SAY who fired", "DECLINED TO COMMENT on the raid": whoever does not tell it is no
 * source of it, though he is of what is quoted behind. */
static bool is_not_told(const struct making *making, const struct attribution *said)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    if (said->cue_tokens.first < said->cue_tokens.end &&
        tree->tokens[said->cue_tokens.first].sentence != tree->tokens[making->trigger].sentence)
        return false;
    for (uint32_t i = said->cue_tokens.first; i < said->cue_tokens.end; i++) {
        if (tree->tokens[i].upos != UPOS_VERB)
            continue;
        if (token_in(&tree->tokens[i], WORDS_VERBS_OF_TELLING) && is_withheld(coding, i))
            return true;
        uint32_t told = tree_child_exactly(tree, i, REL_XCOMP);
        if (told != NONE && token_in(&tree->tokens[told], WORDS_VERBS_OF_TELLING) &&
            is_withheld(coding, told))
            return true;
        if (is_asked_about(tree, making->trigger, i))
            return true;
    }
    return false;
}

/* "According to UNCONFIRMED reports". */
static bool is_unconfirmed(const struct coding *coding, const struct attribution *said)
{
    for (uint32_t i = said->source_tokens.first; i < said->source_tokens.end; i++)
        if (coding->tree.tokens[i].relation == REL_AMOD &&
            status_word(coding, STATUS_OF_ADJECTIVE, i) == STATUS_ALLEGED)
            return true;
    return false;
}

static bool is_content(const struct attribution *said, struct byte_span trigger)
{
    for (uint32_t i = 0; i < said->content_count; i++)
        if (span_contains(said->content[i], trigger))
            return true;
    return false;
}

/* True where one says what another is told to say: "X said they fled, the agency reported", though
 * the tree gives the agency to X as well. */
static bool passes_on(const struct attribution *outer, const struct attribution *inner)
{
    return outer->cue.start > inner->cue.start && is_content(outer, inner->cue) &&
           outer->content[outer->content_count - 1].end <= outer->cue.start;
}

static uint32_t length_of(const struct attribution *said)
{
    uint32_t length = 0;
    for (uint32_t i = 0; i < said->content_count; i++)
        length += said->content[i].end - said->content[i].start;
    return length;
}

/* Who says so: the attributions whose content holds the trigger, innermost first: whoever says less
 * of it, and of two who say the same the one that was found later, being quoted. */
int sources_find(const struct making *making, struct claim *claim)
{
    enum { MOST = 8 };
    const struct document *document = making->coding->document;
    const struct attribution *found[MOST];
    uint32_t count = 0;
    for (uint32_t i = document->attributions.count; i-- > 0 && count < MOST;) {
        const struct attribution *said = &document->attributions.items[i];
        if (!is_content(said, claim->trigger) || is_told_besides(making, said) ||
            is_said_by_nobody(making->coding, said) || is_not_told(making, said))
            continue;
        /* "WANT the massacre to be discussed": they do not say that it was. */
        if (said->status == STATUS_PLANNED && status_is_deed_known(making))
            continue;
        uint32_t at = count++;
        for (; at > 0 &&
               (passes_on(found[at - 1], said) ||
                (length_of(found[at - 1]) > length_of(said) && !passes_on(said, found[at - 1])));
             at--)
            found[at] = found[at - 1];
        found[at] = said;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct claim_source *source = array_push(&claim->according_to);
        if (source != NULL)
            *source = (struct claim_source){found[i]->actor,
                                            document_span_of(document, found[i]->source_tokens),
                                            found[i]->cue};
    }
    if (count == 0)
        return -1;
    return is_unconfirmed(making->coding, found[0]) ? STATUS_ALLEGED : (int)found[0]->status;
}
