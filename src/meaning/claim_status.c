/* Whether it happened: negation, plan, threat, condition, denial, attribution (claim_sources.c).
 *
 * The words on the way from the trigger up to the root decide, the nearest first: auxiliaries,
 * adverbs and markers beside each verb, and what governs the clause (dictionaries/en/statuses.tsv).
 * What leaves out: irony, and conditions told over two sentences. */
#include "meaning/coding.h"

int status_word(const struct coding *coding, enum status_class class, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    const struct statuses *statuses = &coding->knowledge->statuses;
    int status = statuses_find(statuses, class, word->lemma_hash);
    return status >= 0 ? status : statuses_find(statuses, class, word->hash);
}

static bool token_ends(const struct token *token, const char *end)
{
    size_t length = strlen(end);
    return token->folded_length > length &&
           strcmp(token->folded + token->folded_length - length, end) == 0;
}

static int class_of_child(enum relation relation)
{
    switch (relation) {
    case REL_ADVMOD:
        return STATUS_OF_ADVERB;
    case REL_AUX:
        return STATUS_OF_AUXILIARY;
    case REL_MARK:
        return STATUS_OF_MARK;
    case REL_AMOD:
    case REL_COMPOUND:
        return STATUS_OF_ADJECTIVE;
    case REL_DET:
        return STATUS_OF_DETERMINER;
    default:
        return -1;
    }
}

/* "Not only", "not just" affirm. */
static bool is_not_only(const struct tree *tree, uint32_t token)
{
    return token + 1 < tree->document->tokens.count && token_is(&tree->tokens[token], "not") &&
           token_in(&tree->tokens[token + 1], WORDS_AFFIRM_BEHIND_NOT);
}

/* "NOT A SINGLE person", "NOT ONE soldier". */
static bool is_not_one(const struct tree *tree, uint32_t token)
{
    uint32_t adverb = tree_child(tree, token, REL_ADVMOD);
    return adverb != NONE && adverb + 1 < token && token_is(&tree->tokens[adverb], "not") &&
           (token_is(&tree->tokens[adverb + 1], "a") || token_is(&tree->tokens[adverb + 1], "one"));
}

/* "No group", "nobody", "none of them", "NEITHER the police nor the army". */
bool status_names_nobody(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    if (token_is(word, "nobody") || token_is(word, "none") || token_is(word, "nothing"))
        return true;
    uint32_t determiner = tree_child(&coding->tree, token, REL_DET);
    uint32_t either = tree_child(&coding->tree, token, REL_CC);
    return (determiner != NONE &&
            status_word(coding, STATUS_OF_DETERMINER, determiner) == STATUS_NEGATED) ||
           (either != NONE && token_is(&coding->tree.tokens[either], "neither")) ||
           is_not_one(&coding->tree, token);
}

/* "No group has claimed", "nobody attacked", "killed no one": it did not happen. */
static bool is_nobody(const struct coding *coding, uint32_t token)
{
    enum relation relation = coding->tree.tokens[token].relation;
    /* "Eleven men, NONE of them soldiers, died" */
    if (token > 0 && coding->tree.tokens[token - 1].folded[0] == ',')
        return false;
    return (relation == REL_NSUBJ || relation == REL_NSUBJ_PASS || relation == REL_OBJ) &&
           status_names_nobody(coding, token);
}

/* "Shots COULD be heard": they were. */
static bool is_perceived(const struct tree *tree, uint32_t token, uint32_t auxiliary)
{
    return (token_is(&tree->tokens[auxiliary], "could") ||
            token_is(&tree->tokens[auxiliary], "can")) &&
           token_in(&tree->tokens[token], WORDS_PERCEIVED_WITH_COULD);
}

/* "WOULD-be bombers": what they meant to be, not what they did. */
static bool is_would_be(const struct tree *tree, uint32_t token)
{
    return token_is(&tree->tokens[token], "would") && token + 2 < tree->document->tokens.count &&
           token_is(&tree->tokens[token + 1], "-") && token_is(&tree->tokens[token + 2], "be");
}

/* "They ARE TO meet": what is arranged. */
static bool is_to_be(const struct tree *tree, uint32_t token, uint32_t child)
{
    enum relation relation = tree->tokens[child].relation;
    return (relation == REL_COP || relation == REL_AUX) && child + 1 < token &&
           tree->tokens[token].upos == UPOS_VERB && token_is(&tree->tokens[child], "be") &&
           token_is(&tree->tokens[child + 1], "to") && tree->tokens[child + 1].head == token;
}

bool status_is_headline_future(const struct tree *tree, uint32_t token)
{
    uint32_t subject = tree_child_exactly(tree, token, REL_NSUBJ);
    uint32_t mark = tree_child_exactly(tree, token, REL_MARK);
    return mark != NONE && token_is(&tree->tokens[mark], "to") &&
           tree->tokens[token].head == NONE && subject != NONE && subject < mark;
}

/* "Exploded WITHOUT causing casualties": that nobody was hurt is what is told. */
static bool is_without_harm(const struct tree *tree, uint32_t token, uint32_t child)
{
    return token_is(&tree->tokens[child], "without") &&
           (token_is(&tree->tokens[token], "cause") || token_is(&tree->tokens[token], "inflict"));
}

/* What stands beside the word. Negation wins over the rest. */
int status_beside(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    int found = -1;
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child]) {
        if (is_nobody(coding, child) || status_is_negated_in_front(coding, token, child))
            return STATUS_NEGATED;
        if (is_to_be(tree, token, child) || status_is_headline_future(tree, token))
            return STATUS_PLANNED;
        /* "NEITHER the police NOR the army shot", "NOR did they fire" */
        if (child < token && relation_is(tree->tokens[child].relation, REL_CC) &&
            (token_is(&tree->tokens[child], "neither") || token_is(&tree->tokens[child], "nor")))
            return STATUS_NEGATED;
        if (status_is_negated_auxiliary(coding, child))
            return STATUS_NEGATED;
        int class = class_of_child(tree->tokens[child].relation);
        if (class < 0 || is_not_only(tree, child) || is_perceived(tree, token, child) ||
            is_would_be(tree, child) || is_without_harm(tree, token, child) ||
            status_is_set_apart(tree, token, child))
            continue;
        int status = status_word(coding, (enum status_class) class, child);
        if (status == STATUS_NEGATED)
            return status;
        if (class == STATUS_OF_AUXILIARY && status_is_reported_future(tree, token, child))
            status = STATUS_PLANNED;
        if (status >= 0 && found < 0)
            found = status;
    }
    return found;
}

/* "Baton-CHARGED": the half of a word is not the word. */
static bool is_half_word(const struct token *tokens, uint32_t token)
{
    return token > 1 && (tokens[token - 1].flags & TOKEN_HYPHEN) != 0 &&
           (tokens[token].flags & TOKEN_SPACE_BEFORE) == 0 && tokens[token - 2].upos == UPOS_NOUN;
}

/* What the verb, noun or adjective above makes of what is below it. */
static int status_above(const struct coding *coding, uint32_t token, enum relation relation,
                        bool clause)
{
    const struct token *word = &coding->tree.tokens[token];
    int status = -1;
    if (is_half_word(coding->tree.tokens, token))
        return status;
    if (word->upos == UPOS_VERB) {
        status = status_word(coding, STATUS_OF_VERB, token);
        if (status < 0 && relation != REL_XCOMP)
            status = status_word(coding, STATUS_OF_VERB_NOUN, token);
        if (status < 0 && relation == REL_XCOMP)
            status = status_of_hearsay(coding, token);
        if (status < 0 && relation == REL_CCOMP)
            status = status_of_hearing(coding, token);
        if (status < 0 && clause)
            status = status_word(coding, STATUS_OF_VERB_CLAUSE, token);
        /* "He said that", "it warned that": a finite clause is told, not intended. */
        if (relation == REL_CCOMP && (status == STATUS_PLANNED || status == STATUS_THREATENED))
            status = -1;
    } else if (word->upos == UPOS_NOUN || word->upos == UPOS_PROPN) {
        status = status_word(coding, STATUS_OF_NOUN, token);
        /* "ARMY DENIES killing": a verb of a headline that the tagger takes for a noun. */
        if (status < 0 && relation == REL_ACL && token_ends(word, "ies"))
            status = status_word(coding, STATUS_OF_VERB, token);
    } else if (word->upos == UPOS_ADJ && clause) {
        status = status_word(coding, STATUS_OF_ADJECTIVE_CLAUSE, token);
    }
    return status;
}

/* "There will be no more attacks", "the attacks did not stop": the noun is the subject of a verb
 * that only says whether it takes place. */
static bool is_told_of(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    if (word->relation != REL_NSUBJ || word->upos != UPOS_NOUN || word->head == NONE)
        return false;
    const struct token *verb = &coding->tree.tokens[word->head];
    return token_is(verb, "be") || token_is(verb, "exist") ||
           supports_hold(coding->tree.supports, verb, SUPPORT_EVENT, 0);
}

static bool is_clause(enum relation relation)
{
    return relation == REL_XCOMP || relation == REL_CCOMP || relation == REL_ACL ||
           relation == REL_CSUBJ || relation == REL_ADVCL;
}

/* "Surrendered but were killed": what stands beside the first does not hold for the second. */
static bool is_contrasted(const struct tree *tree, uint32_t token)
{
    uint32_t word = tree_child(tree, token, REL_CC);
    return word != NONE && token_is(&tree->tokens[word], "but");
}

static bool has_preposition(const struct coding *coding, uint32_t token, enum status_class class)
{
    uint32_t preposition = tree_preposition(&coding->tree, token);
    return preposition != NONE && status_word(coding, class, preposition) >= 0;
}

static bool has_mark(const struct tree *tree, uint32_t token, const char *word)
{
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_MARK && token_is(&tree->tokens[child], word))
            return true;
    return false;
}

/* "The FIRST city to fall", "the latest to be hit": what has happened. */
static bool is_one_of_a_row(const struct coding *coding, uint32_t noun)
{
    const struct tree *tree = &coding->tree;
    if (noun == NONE || tree->tokens[noun].upos == UPOS_VERB)
        return false;
    for (uint32_t i = noun > 4 ? noun - 4 : 0; i <= noun; i++)
        if (status_word(coding, STATUS_OF_ROW, i) >= 0 &&
            (i == noun || tree->tokens[i].head == noun))
            return true;
    return false;
}

/* "The attack FORCED thousands to flee": they did. */
static bool is_effected(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[token];
    uint32_t above = word->head;
    if (word->relation == REL_ACL && above != NONE &&
        (tree->tokens[above].relation == REL_OBJ || tree->tokens[above].relation == REL_NSUBJ_PASS))
        above = tree->tokens[above].head;
    return above != NONE && tree->tokens[above].upos == UPOS_VERB &&
           status_word(coding, STATUS_OF_EFFECT, above) >= 0;
}

/* "A plan to attack", "they came to attack": what is meant to be done, not what was; "resorted to
 * shooting" was. */
static bool is_purpose(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    const struct token *verb = &tree->tokens[token];
    if (verb->upos != UPOS_VERB || !has_mark(tree, token, "to") ||
        (verb->features & WORD_GERUND) != 0 || token_ends(verb, "ing") ||
        is_effected(coding, token))
        return false;
    if (verb->relation == REL_ACL && is_one_of_a_row(coding, verb->head))
        return false;
    /* "CAME home TO FIND them dead" */
    if (token_is(verb, "find") && verb->head != NONE &&
        token_in(&tree->tokens[verb->head], WORDS_VERBS_OF_ARRIVING))
        return false;
    /* "USED explosives TO BLOW UP a bridge", hung on the explosives. */
    if (verb->relation == REL_ACL && verb->head != NONE &&
        tree->tokens[verb->head].relation == REL_OBJ &&
        token_is(&tree->tokens[tree->tokens[verb->head].head], "use") &&
        (tree->tokens[tree->tokens[verb->head].head].features & WORD_PAST) != 0)
        return false;
    if (verb->relation == REL_ACL || verb->relation == REL_CSUBJ)
        return true;
    return verb->head != NONE && !token_is(&tree->tokens[verb->head], "use") &&
           (verb->relation == REL_ADVCL ||
            (verb->relation == REL_XCOMP && /* "was CREATED to attack" */
             status_word(coding, STATUS_OF_MEANS, verb->head) >= 0));
}

/* "Tried to KILL him": not killed by that; what else was tried at least began: -1. */
static int status_of_attempt(const struct making *making)
{
    bool kill = making->frame->mode != NULL && strcmp(making->frame->mode, "kill") == 0;
    return kill ? STATUS_ALLEGED : -1;
}

static bool is_attempted(const struct making *making)
{
    const struct token *word = &making->coding->tree.tokens[making->trigger];
    return word->relation == REL_XCOMP && word->head != NONE &&
           status_word(making->coding, STATUS_OF_ATTEMPT, word->head) >= 0;
}

/* "ARRESTED for", "STOOD TRIAL for". */
static bool is_holding(const struct coding *coding, uint32_t verb)
{
    const struct tree *tree = &coding->tree;
    bool found = status_word(coding, STATUS_OF_HELD, verb) >= 0;
    for (uint32_t child = tree->first_child[verb]; child != NONE && !found;
         child = tree->next_sibling[child])
        found = tree->tokens[child].upos == UPOS_NOUN && child > verb &&
                status_word(coding, STATUS_OF_HELD, child) >= 0;
    return found;
}

/* "ARRESTED for the murder", "wanted for killing": what somebody is held for was done; that he did
 * it nobody has found yet. Protest is what people are seen at. */
static bool is_held_for(const struct making *making)
{
    const struct coding *coding = making->coding;
    const struct token *word = &coding->tree.tokens[making->trigger];
    bool clause = (word->relation == REL_ADVCL || word->relation == REL_ACL) &&
                  has_mark(&coding->tree, making->trigger, "for");
    uint32_t preposition = tree_preposition(&coding->tree, making->trigger);
    bool noun = relation_is(word->relation, REL_OBL) && preposition != NONE &&
                token_is(&coding->tree.tokens[preposition], "for");
    return (clause || noun) && word->head != NONE && !frame_is(making->frame, "PROTEST") &&
           is_holding(coding, word->head);
}

static int status_of_purpose(const struct coding *coding, uint32_t token, uint32_t head)
{
    if (status_is_perfect(&coding->tree, token) && head != NONE &&
        token_is(&coding->tree.tokens[head], "claim"))
        return STATUS_CLAIMED;
    int status = head != NONE ? status_above(coding, head, REL_XCOMP, true) : -1;
    /* "It WOULD be easy to attack" */
    if (status < 0 && head != NONE && coding->tree.tokens[token].relation == REL_CSUBJ &&
        status_beside(coding, head) == STATUS_CONDITIONAL)
        return STATUS_CONDITIONAL;
    return status < 0 ? STATUS_PLANNED : status;
}

/* A clause told for itself: "before they attacked"; not "prevented them from attacking", "aimed at
 * capturing", "is accused of having shelled", "stopped short of invading"; of the clause that the
 * trigger heads only, and "not guilty of murdering" them: whoever is accused of planning the raid,
 * the raid is known. */
static bool is_apart(const struct coding *coding, uint32_t token, uint32_t head, bool trigger)
{
    const struct tree *tree = &coding->tree;
    if (tree->tokens[token].relation != REL_ADVCL || has_mark(tree, token, "from"))
        return false;
    if (has_mark(tree, token, "at") && token_is(&tree->tokens[head], "aim"))
        return false;
    /* "UNSUCCESSFUL IN capturing it" */
    if (has_mark(tree, token, "in") && tree->tokens[head].upos == UPOS_ADJ &&
        status_word(coding, STATUS_OF_ADJECTIVE_CLAUSE, head) == STATUS_NEGATED)
        return false;
    bool accused = has_mark(tree, token, "of") || has_mark(tree, token, "with");
    return !accused || !trigger ||
           (status_word(coding, STATUS_OF_VERB, head) != STATUS_ALLEGED &&
            status_word(coding, STATUS_OF_VERB_CLAUSE, head) != STATUS_NEGATED &&
            (tree->tokens[head].upos != UPOS_ADJ ||
             status_beside(coding, head) != STATUS_NEGATED) &&
            !status_stops_short(coding, head));
}

/* "Accused of UNLEASHING violence", "of ATTEMPTING a coup": the verb says no more than its noun. */
static bool is_carried_out(const struct making *making, uint32_t verb)
{
    const struct tree *tree = &making->coding->tree;
    const struct token *noun = &tree->tokens[making->trigger];
    return noun->relation == REL_OBJ && noun->head == verb &&
           (supports_hold(tree->supports, &tree->tokens[verb], SUPPORT_AGENT, 0) ||
            status_word(making->coding, STATUS_OF_ATTEMPT, verb) >= 0);
}

/* "ACQUITTED them OF murdering", "BARRED them FROM firing", where the tree hangs the clause on
 * them. */
static bool is_cleared(const struct coding *coding, uint32_t token, uint32_t head)
{
    const struct tree *tree = &coding->tree;
    enum relation above = tree->tokens[head].relation;
    return tree->tokens[token].relation == REL_ACL &&
           (has_mark(tree, token, "of") || has_mark(tree, token, "from")) &&
           (above == REL_OBJ || above == REL_NSUBJ_PASS) && tree->tokens[head].head != NONE &&
           status_word(coding, STATUS_OF_VERB_CLAUSE, tree->tokens[head].head) == STATUS_NEGATED;
}

/* "Called on them to HALT the shelling", "a pledge to end the raids": what is to end goes on. */
static bool is_to_end(const struct coding *coding, uint32_t token, uint32_t head)
{
    const struct tree *tree = &coding->tree;
    enum relation relation = tree->tokens[token].relation;
    uint32_t determiner = tree_child(tree, token, REL_DET);
    if ((relation != REL_OBJ && relation != REL_XCOMP) ||
        (determiner != NONE && token_is(&tree->tokens[determiner], "any")) ||
        has_mark(tree, token, "from") || tree->tokens[head].upos != UPOS_VERB)
        return false;
    return status_word(coding, STATUS_OF_ENDING, head) >= 0;
}

/* "Could begin it either with a raid OR BY SHELLING the islands": a second means of the same verb. */
static bool is_means_beside(const struct tree *tree, uint32_t token)
{
    uint32_t means = tree->tokens[token].head;
    return has_mark(tree, token, "by") && relation_is(tree->tokens[means].relation, REL_OBL) &&
           tree->tokens[means].head != NONE && tree_preposition(tree, means) != NONE;
}

static int status_by_words(const struct making *making)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    uint32_t token = making->trigger;
    bool apart = false;
    for (int steps = 0; token != NONE && steps < 8; steps++) {
        enum relation relation = tree->tokens[token].relation;
        uint32_t head = tree->tokens[token].head;
        int status = apart ? -1 : status_beside(coding, token);
        apart = false;
        /* "Did NOT LET them leave": the row itself asks for the negation. */
        if (status == STATUS_NEGATED && steps == 0 && making->frame->status == STATUS_ASSERTED)
            status = -1;
        /* "MAY calm down now that he HAS RESIGNED" */
        if (status == STATUS_CONDITIONAL && steps > 0 &&
            (status_is_told(tree, making->trigger) || status_is_perfect(tree, making->trigger)) &&
            tree_child(tree, making->trigger, REL_NSUBJ) != NONE)
            return -1;
        if (status < 0 && is_purpose(coding, token))
            status = status_of_purpose(coding, token, head);
        if (status == STATUS_PLANNED && steps > 0 && status_tells_past(coding, making->trigger))
            return -1;
        if (status >= 0 || head == NONE)
            return status;
        if (relation == REL_CONJ) {
            if (is_means_beside(tree, token))
                return status_beside(coding, tree->tokens[head].head);
            if (is_contrasted(tree, token) ||
                (status_has_own_article(tree, token) && status_names_nobody(coding, head)))
                return -1;
            /* "SHOULD be dead, and she SHOT him": what stands beside the first is not said of a
             * clause of its own. */
            if (status_is_done_beside(coding, token, head) && has_mark(tree, head, "to"))
                return -1;
            /* "That is NOT so, and I CONDEMN it" */
            bool own = tree_child_exactly(tree, token, REL_NSUBJ) != NONE;
            apart = (own && (status_is_told(tree, token) ||
                             status_beside(coding, head) == STATUS_NEGATED)) ||
                    status_is_done_beside(coding, token, head);
            token = head;
            continue;
        }
        if (token == making->trigger && status_is_deed_known(making))
            return -1;
        if (is_told_of(coding, token)) {
            token = head;
            continue;
        }
        if (status_is_owned_by_nobody(coding, head))
            return -1;
        if (token == making->trigger && is_held_for(making))
            return making->agents.count > 0 && status_beside(coding, head) != STATUS_NEGATED
                       ? STATUS_ALLEGED
                       : -1;
        bool clause = is_clause(relation);
        /* "After days of fighting" is not what was agreed to, nor is "a probe into the killing". */
        bool outcome =
            status_is_outcome(coding, token) &&
            (token == making->trigger || tree->tokens[making->trigger].relation == REL_CONJ);
        if (relation_is(relation, REL_OBL) && !outcome &&
            !has_preposition(coding, token, STATUS_OF_GOVERNING))
            return -1;
        if (relation_is(relation, REL_NMOD) && has_preposition(coding, token, STATUS_OF_GRANTED))
            return -1;
        bool noun = relation_is(relation, REL_OBJ) || relation_is(relation, REL_OBL) ||
                    relation_is(relation, REL_NMOD) || relation == REL_NSUBJ_PASS;
        /* "The men who attacked": told for itself. */
        /* "Will be done BY POISONING wells": as it is said of the whole. */
        if (relation == REL_ADVCL && has_mark(tree, token, "by"))
            return status_beside(coding, head);
        bool deed = token == making->trigger || is_carried_out(making, token);
        if (is_apart(coding, token, head, deed) || status_is_granted(coding, token) ||
            status_is_call_about(coding, token) || (relation != REL_ADVCL && !clause && !noun))
            return -1;
        if (noun && (status_is_disclaimed(making, head) || status_is_of_known(coding, token)))
            return -1;
        if ((clause || noun) && status_stops_short(coding, head))
            return STATUS_NEGATED;
        if (is_cleared(coding, token, head))
            return STATUS_NEGATED;
        if (is_to_end(coding, token, head))
            return -1;
        /* "Who CLAIMED to have taken it" */
        if (relation == REL_XCOMP && status_is_perfect(tree, token) &&
            token_is(&tree->tokens[head], "claim"))
            return STATUS_CLAIMED;
        status = token == making->trigger && is_attempted(making)
                     ? status_of_attempt(making)
                     : status_above(coding, head, relation, clause);
        /* "Did NOT DENY that": he let it stand. */
        if (status == STATUS_DENIED && status_beside(coding, head) == STATUS_NEGATED)
            return STATUS_CLAIMED;
        if (status < 0 && token == making->trigger && !outcome && status_is_known(making))
            return -1;
        if (status < 0 && status_is_of_somebody(coding, token))
            return -1;
        if (status == STATUS_PLANNED &&
            (status_is_told(tree, making->trigger) || status_tells_past(coding, making->trigger)))
            return -1;
        /* "Did NOT MEAN to kill" */
        if (status == STATUS_PLANNED && status_beside(coding, head) == STATUS_NEGATED)
            return STATUS_NEGATED;
        if (status < 0 && status_is_reported(coding, token))
            return -1;
        if (status >= 0)
            return status;
        if (noun && relation_is(relation, REL_NMOD) == false && relation != REL_OBJ &&
            relation != REL_NSUBJ_PASS && !outcome)
            return -1;
        token = head;
    }
    return -1;
}

/* "The LOSS of the town WOULD be a blow": the town is not lost. */
static bool is_supposed(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    const struct token *word = &tree->tokens[making->trigger];
    if (making->frame->class != FRAME_NOUN || making->frame->control == CONTROL_NONE ||
        making->frame->control == CONTROL_HOLDS || word->head == NONE ||
        word->relation != REL_NSUBJ)
        return false;
    for (uint32_t child = tree->first_child[word->head]; child != NONE;
         child = tree->next_sibling[child])
        if (relation_is(tree->tokens[child].relation, REL_AUX) &&
            status_word(making->coding, STATUS_OF_MODAL, child) >= 0)
            return true;
    return false;
}

/* "Promised NOT to attack": no threat; "warned them not to" is one. */
static bool is_forsworn(const struct making *making)
{
    const struct tree *tree = &making->coding->tree;
    const struct token *word = &tree->tokens[making->trigger];
    uint32_t deed = tree_child(tree, making->trigger, REL_XCOMP);
    return making->frame->status == STATUS_THREATENED && deed != NONE &&
           !token_is(word, "threaten") && !token_is(word, "warn") &&
           status_beside(making->coding, deed) == STATUS_NEGATED;
}

/* A verb of those who charge somebody with a deed, or of those who face it. */
static bool charges(const struct coding *coding, uint32_t verb)
{
    return verb != NONE &&
           (status_word(coding, STATUS_OF_VERB, verb) == STATUS_ALLEGED ||
            supports_hold(coding->tree.supports, &coding->tree.tokens[verb], SUPPORT_CHARGE, 0));
}

/* "CHARGED in the killing of a nurse": the deed is known, that he did it is not. */
static bool is_charged(const struct making *making)
{
    const struct coding *coding = making->coding;
    const struct argument *doer = arguments_get(&making->arguments, ARGUMENT_SUBJECT);
    if (doer == NULL || doer->via == NONE || making->frame->class != FRAME_NOUN ||
        !list_has(&making->agents, doer->token))
        return false;
    /* "Charged with TAKING PART in the murder" */
    uint32_t part = coding->tree.tokens[making->trigger].head;
    bool clause = part != NONE && coding->tree.tokens[part].relation == REL_ADVCL;
    return charges(coding, doer->via) ||
           (clause && charges(coding, coding->tree.tokens[part].head));
}

void status_find(const struct making *making, struct claim *claim)
{
    int status = status_by_words(making);
    int unreal = status_unreal(making);
    /* What might come of it nobody means to do. */
    if (status == STATUS_PLANNED && status_is_outcome(making->coding, making->trigger))
        status = STATUS_CONDITIONAL;
    /* What could not be verified was not denied. */
    bool no_truth = unreal == STATUS_DENIED && status_beside(making->coding, making->trigger) < 0;
    if (unreal == STATUS_ALLEGED || no_truth ||
        (unreal >= 0 && status != STATUS_NEGATED && status != STATUS_DENIED))
        status = unreal;
    if (status < 0 && is_supposed(making))
        status = STATUS_CONDITIONAL;
    if (is_forsworn(making))
        status = STATUS_NEGATED;
    /* "Will NOT meet the demands", "had NO objection": a row that asserts asks for the negation. */
    if (making->frame->status >= 0 &&
        (status == STATUS_NEGATED) == (making->frame->status == STATUS_ASSERTED))
        status = making->frame->status;
    if (status < 0 && (making->charged || is_charged(making)))
        status = STATUS_ALLEGED;
    int said = sources_find(making, claim);
    if (said == STATUS_PLANNED && (status_is_of_known(making->coding, making->trigger) ||
                                   (status_is_known(making) && !making->frame->both_sides) ||
                                   status_is_told(&making->coding->tree, making->trigger) ||
                                   status_tells_past(making->coding, making->trigger)))
        said = STATUS_CLAIMED;
    if (said < 0 && teller_find(making, claim))
        said = STATUS_CLAIMED;
    if (status < 0)
        status = said;
    if (status < 0)
        status = status_of_rumour(making);
    claim->status = status < 0 ? STATUS_ASSERTED : (enum claim_status)status;
    /* "Are trying to SEIZE the town": they fight for it. */
    if (claim->control == CONTROL_TAKES && is_attempted(making))
        claim->control = CONTROL_CONTESTS;
}
