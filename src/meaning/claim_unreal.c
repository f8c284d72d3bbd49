/* What was told only to say that it is not so: reports rejected, plots foiled, what is impossible
 * or unlikely, conditions told by word order, simulations and fiction; and what was, whatever is
 * meant to be done about it.
 *
 * Method: the way from the trigger up the tree, as claim_status.c goes it, but past the first word
 * that tells a plan or a report, to what is said of that plan or report. Leaves out: denials in
 * another sentence, clefts ("it was not they who fired"), fiction told without naming it. */
#include "meaning/coding.h"

static bool is_object(enum relation relation)
{
    return relation == REL_OBJ || relation == REL_NSUBJ_PASS;
}

/* "HAD they attacked, hundreds WOULD have died": by the order of the words, which the tree often
 * has wrong. The trigger stands before the first comma. */
static bool is_inverted_condition(const struct coding *coding, uint32_t trigger)
{
    const struct tree *tree = &coding->tree;
    struct token_range whole =
        tree->document->sentences.items[tree->tokens[trigger].sentence].tokens;
    const char *first = tree->tokens[whole.first].folded;
    bool comma = false;
    if (strcmp(first, "had") != 0 && strcmp(first, "should") != 0 && strcmp(first, "were") != 0)
        return false;
    for (uint32_t i = whole.first + 1; i < whole.end; i++) {
        comma |= tree->tokens[i].folded[0] == ',';
        if (comma && i < trigger)
            return false;
        if (comma && status_word(coding, STATUS_OF_MODAL, i) >= 0)
            return !token_is(&tree->tokens[whole.end - 1], "?");
    }
    return false;
}

/* True where the word cannot be, or is not, done: "were UNABLE to verify", "could not". */
static bool is_failed(const struct coding *coding, uint32_t verb)
{
    const struct token *word = &coding->tree.tokens[verb];
    if (status_beside(coding, verb) == STATUS_NEGATED)
        return true;
    return word->head != NONE &&
           (word->relation == REL_XCOMP || word->relation == REL_ADVCL ||
            relation_is(word->relation, REL_CSUBJ) || word->relation == REL_CCOMP) &&
           (status_word(coding, STATUS_OF_ADJECTIVE_CLAUSE, word->head) == STATUS_NEGATED ||
            status_beside(coding, word->head) == STATUS_NEGATED);
}

/* "Rejected REPORTS that", "the CLAIM that … was false": denied; "disputed the ACCOUNT that":
 * disputed; "could not verify REPORTS that": alleged; -1 where the report stands. */
static int status_of_report(const struct coding *coding, uint32_t noun)
{
    const struct token *word = &coding->tree.tokens[noun];
    if (word->head == NONE || status_word(coding, STATUS_OF_REPORT, noun) < 0)
        return -1;
    /* "There is NO TRUTH in reports that" */
    if (relation_is(word->relation, REL_NMOD) &&
        status_beside(coding, word->head) == STATUS_NEGATED)
        return STATUS_DENIED;
    if (relation_is(word->relation, REL_NSUBJ) && !is_object(word->relation))
        return status_word(coding, STATUS_OF_FALSE, word->head);
    uint32_t preposition = tree_preposition(&coding->tree, noun);
    /* "Dismissed AS propaganda reports that": the object, though the tree has it behind "as". */
    bool as = preposition != NONE && preposition + 1 < noun &&
              token_is(&coding->tree.tokens[preposition], "as");
    if (!is_object(word->relation) && !as)
        return -1;
    int verdict = status_word(coding, STATUS_OF_VERDICT, word->head);
    if (verdict < 0 && status_word(coding, STATUS_OF_CHECK, word->head) >= 0 &&
        is_failed(coding, word->head))
        return STATUS_ALLEGED;
    return verdict;
}

/* "RUMOURS THAT the king had been killed PROVED FALSE", by the order of the words: the tree often
 * hangs one of the two verbs on the other. */
static bool is_proved_false(const struct coding *coding, uint32_t trigger)
{
    enum { BEFORE = 10, BEHIND = 16, LINK = 4 };
    const struct tree *tree = &coding->tree;
    struct token_range whole =
        tree->document->sentences.items[tree->tokens[trigger].sentence].tokens;
    uint32_t that = trigger;
    while (that > whole.first && that + BEFORE > trigger && !token_is(&tree->tokens[that], "that"))
        that--;
    if (that == whole.first || !token_is(&tree->tokens[that], "that") ||
        status_word(coding, STATUS_OF_REPORT, that - 1) < 0)
        return false;
    for (uint32_t i = trigger + 1; i < whole.end && i < trigger + BEHIND; i++) {
        if (status_word(coding, STATUS_OF_FALSE, i) < 0)
            continue;
        bool negated = false, link = false;
        for (uint32_t j = i; j-- > trigger + 1 && j + LINK >= i;) {
            const struct token *word = &tree->tokens[j];
            negated |= token_is(word, "not");
            link |= token_in(word, WORDS_LINKS_TO_A_VERDICT);
        }
        return link && !negated;
    }
    return false;
}

/* "YET TO enter", "FAILING TO withdraw", "CLOSE TO signing", "ON THE BRINK OF a coup": not done, by
 * the words right before the deed, whatever the tree hangs it on; -1 without them. */
static int status_of_approach(const struct coding *coding, uint32_t trigger)
{
    const struct token *tokens = coding->tree.tokens;
    uint32_t first = coding->tree.document->sentences.items[tokens[trigger].sentence].tokens.first;
    uint32_t at = trigger;
    while (at > first && tokens[at - 1].head == trigger && !token_is(&tokens[at - 1], "to") &&
           !token_is(&tokens[at - 1], "of") && tokens[at - 1].upos != UPOS_PUNCT)
        at--;
    if (at < first + 2)
        return -1;
    const struct token *link = &tokens[at - 1];
    bool to = token_is(link, "to");
    if (!to && !token_is(link, "of"))
        return -1;
    /* "On the verge OF war", "close TO firing"; to "fire" and "close to the front" belong others.
     */
    uint32_t length = tokens[trigger].folded_length;
    bool gerund = length > 3 && strcmp(tokens[trigger].folded + length - 3, "ing") == 0;
    if (!to || gerund)
        return (tokens[at - 2].upos == UPOS_NOUN) != to
                   ? status_word(coding, STATUS_OF_BRINK, at - 2)
                   : -1;
    return tokens[trigger].upos == UPOS_VERB ? status_word(coding, STATUS_OF_UNMET, at - 2) : -1;
}

/* "Had NO PLANS to", "foiled a PLOT to", "an ATTEMPT to … was foiled". */
static bool is_undone(const struct coding *coding, uint32_t noun)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[noun];
    if ((coding_kinds(coding, noun) & (KIND_PERSON | KIND_ACTOR | KIND_ARMED)) != 0)
        return false;
    if (status_beside(coding, noun) == STATUS_NEGATED)
        return true;
    return word->head != NONE && is_object(word->relation) &&
           tree->tokens[word->head].upos == UPOS_VERB &&
           statuses_find(&coding->knowledge->statuses, STATUS_OF_VERB,
                         tree->tokens[word->head].lemma_hash) == STATUS_NEGATED;
}

/* "FAILED IN its bid to retake the port". */
static bool has_failed_in(const struct coding *coding, uint32_t noun)
{
    const struct token *word = &coding->tree.tokens[noun];
    uint32_t preposition = tree_preposition(&coding->tree, noun);
    return word->relation == REL_OBL && word->head != NONE && preposition != NONE &&
           token_is(&coding->tree.tokens[preposition], "in") &&
           status_word(coding, STATUS_OF_VAIN, word->head) >= 0 &&
           status_beside(coding, word->head) < 0;
}

/* "An attempt to seize it FAILED", "bids to retake it WERE REPULSED", "ENDED IN FAILURE". */
static bool is_in_vain(const struct coding *coding, uint32_t noun)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[noun];
    uint32_t verb = word->head;
    if (has_failed_in(coding, noun))
        return true;
    if (verb == NONE || !relation_is(word->relation, REL_NSUBJ) ||
        (coding_kinds(coding, noun) & (KIND_PERSON | KIND_ACTOR | KIND_ARMED)) != 0 ||
        status_beside(coding, verb) >= 0)
        return false;
    uint32_t end = tree_child(tree, verb, REL_OBL);
    return status_word(coding, STATUS_OF_VAIN, verb) >= 0 ||
           (end != NONE && status_word(coding, STATUS_OF_OUTCOME, verb) >= 0 &&
            status_word(coding, STATUS_OF_NOUN, end) == STATUS_NEGATED);
}

/* "AT NO POINT were they seized", "IN NO CASE did it fire": in front, with subject and auxiliary
 * turned round; "in no small part they did" has them as they are. */
bool status_is_negated_in_front(const struct coding *coding, uint32_t token, uint32_t child)
{
    const struct tree *tree = &coding->tree;
    if (child > token || !relation_is(tree->tokens[child].relation, REL_OBL) ||
        !status_names_nobody(coding, child))
        return false;
    uint32_t auxiliary = tree_child(tree, token, REL_AUX);
    uint32_t subject = tree_child(tree, token, REL_NSUBJ);
    return auxiliary != NONE && subject != NONE && child < auxiliary && auxiliary < subject;
}

/* "HAVE NOT, however, been freed", with the "not" hung on the auxiliary. */
bool status_is_negated_auxiliary(const struct coding *coding, uint32_t child)
{
    uint32_t word = relation_is(coding->tree.tokens[child].relation, REL_AUX)
                        ? tree_child(&coding->tree, child, REL_ADVMOD)
                        : NONE;
    return word != NONE && word == child + 1 &&
           !token_in(&coding->tree.tokens[word + 1], WORDS_AFFIRM_BEHIND_NOT) &&
           status_word(coding, STATUS_OF_ADVERB, word) == STATUS_NEGATED;
}

/* "No protest or THE raids": with an article of its own a noun is not what the "no" of the first is
 * said of. */
bool status_has_own_article(const struct tree *tree, uint32_t token)
{
    static const char *const words[] = {"the", "this", "these", "those", NULL};
    uint32_t determiner = tree_child_exactly(tree, token, REL_DET);
    return tree->tokens[token].upos == UPOS_NOUN && determiner != NONE &&
           token_is_one_of(&tree->tokens[determiner], words);
}

/* "Will mark the ANNIVERSARY of the massacre", "to visit the SCENE of the raid", "to INVESTIGATE a
 * series of raids": that was. */
bool status_is_of_known(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    uint32_t determiner = tree_child(&coding->tree, token, REL_DET);
    if (word->head == NONE ||
        (determiner != NONE && token_is(&coding->tree.tokens[determiner], "any")))
        return false;
    return (relation_is(word->relation, REL_NMOD) &&
            status_word(coding, STATUS_OF_KNOWN, word->head) >= 0) ||
           (is_object(word->relation) && status_word(coding, STATUS_OF_PRESUMED, word->head) >= 0);
}

/* "Could LEAD TO clashes": as likely as what they come of; what "led to" them, or "may HAVE led",
 * took place. */
bool status_is_outcome(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    uint32_t link = tree_preposition(tree, token), head = tree->tokens[token].head;
    if (!relation_is(tree->tokens[token].relation, REL_OBL) || link == NONE || link != head + 1 ||
        tree_child(tree, link, REL_FIXED) != NONE)
        return false;
    const struct token *verb = &tree->tokens[head];
    bool past = (verb->features & (WORD_FINITE | WORD_PAST)) == (WORD_FINITE | WORD_PAST) ||
                (head > 0 && token_is(&tree->tokens[head - 1], "have"));
    return !past && (token_is(&tree->tokens[link], "to") || token_is(&tree->tokens[link], "in")) &&
           status_word(coding, STATUS_OF_OUTCOME, head) >= 0;
}

bool status_stops_short(const struct coding *coding, uint32_t verb)
{
    const struct token *tokens = coding->tree.tokens;
    const struct phrases *phrases = &coding->knowledge->statuses.words[STATUS_OF_SHORT];
    uint32_t end = coding->tree.document->tokens.count, length;
    /* Either word may stand above the clause. */
    for (uint32_t first = verb > 0 ? verb - 1 : 0; first <= verb && first + 1 < end; first++)
        if (phrases_find(phrases, &tokens[first].lemma_hash, sizeof *tokens, 2, &length) !=
                PHRASE_NONE &&
            length == 2)
            return true;
    return false;
}

/* "Is REPORTED to have been killed": an unnamed source says so; "is BELIEVED": nobody even says. */
int status_of_hearsay(const struct coding *coding, uint32_t verb)
{
    if (tree_child_exactly(&coding->tree, verb, REL_AUX_PASS) == NONE)
        return -1;
    return status_word(coding, STATUS_OF_HEARSAY, verb);
}

/* "The court HEARD that", "was TOLD that": somebody said so there. */
int status_of_hearing(const struct coding *coding, uint32_t verb)
{
    const struct token *word = &coding->tree.tokens[verb];
    bool told =
        token_is(word, "tell") && tree_child_exactly(&coding->tree, verb, REL_AUX_PASS) != NONE;
    return token_is(word, "hear") || told ? STATUS_CLAIMED : -1;
}

/* "IN THE FILM, rebels kill the king". */
static bool is_in_fiction(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t link = tree_child(tree, child, REL_CASE);
        if (tree->tokens[child].relation == REL_OBL && link != NONE &&
            token_is(&tree->tokens[link], "in") &&
            status_word(coding, STATUS_OF_FICTION, child) >= 0)
            return true;
    }
    return false;
}

/* What the word above a clause makes of it, though the clause itself tells what will be: "unlikely
 * that they WILL attack", "fear that they will". */
static int status_of_clause_above(const struct coding *coding, uint32_t head)
{
    const struct statuses *statuses = &coding->knowledge->statuses;
    const struct token *word = &coding->tree.tokens[head];
    if (word->upos == UPOS_ADJ)
        return statuses_find(statuses, STATUS_OF_ADJECTIVE_CLAUSE, word->lemma_hash);
    return word->upos == UPOS_VERB ? statuses_find(statuses, STATUS_OF_VERB, word->lemma_hash) : -1;
}

static bool is_doubt(int status)
{
    return status == STATUS_NEGATED || status == STATUS_CONDITIONAL || status == STATUS_DISPUTED;
}

/* "Talks on the RELEASE of prisoners", "the accord provides for their WITHDRAWAL": what is agreed
 * or talked about is to be done; not "talks on the massacre". */
static bool is_term(const struct making *making)
{
    static const char *const agreed[] = {"RETREAT", "AID", "COOPERATE"};
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[making->trigger];
    bool can_be = false;
    for (size_t i = 0; i < sizeof agreed / sizeof agreed[0]; i++)
        can_be |= strcmp(making->frame->plover, agreed[i]) == 0;
    if (!can_be || word->upos != UPOS_NOUN || word->head == NONE)
        return false;
    bool verb = tree->tokens[word->head].upos == UPOS_VERB &&
                (is_object(word->relation) || relation_is(word->relation, REL_OBL));
    if (verb && status_word(coding, STATUS_OF_TERMS, word->head) >= 0) {
        uint32_t preposition = tree_preposition(tree, making->trigger);
        return preposition == NONE || token_is(&tree->tokens[preposition], "for");
    }
    /* "Includes" says so of agreements only. */
    uint32_t subject = verb ? tree_child_exactly(tree, word->head, REL_NSUBJ) : NONE;
    if (verb && is_object(word->relation) && token_is(&tree->tokens[word->head], "include"))
        return subject != NONE && status_word(coding, STATUS_OF_TALKS, subject) >= 0;
    return relation_is(word->relation, REL_NMOD) &&
           tree_preposition(tree, making->trigger) != NONE &&
           !token_is(&tree->tokens[tree_preposition(tree, making->trigger)], "after") &&
           status_word(coding, STATUS_OF_TALKS, word->head) >= 0;
}

/* "An amnesty for fighters who SURRENDER", "anyone who ATTACKS the post": whoever will, not who
 * did. */
static bool is_of_whoever(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    const struct token *word = &tree->tokens[token];
    if (word->relation != REL_ACL_RELCL || (word->features & (WORD_PAST | WORD_PARTICIPLE)) != 0 ||
        tree_child(tree, token, REL_AUX) != NONE)
        return false;
    uint32_t whom = word->head, above = tree->tokens[whom].head;
    return status_word(coding, STATUS_OF_WHOEVER, whom) >= 0 ||
           (above != NONE && status_word(coding, STATUS_OF_OPEN, above) >= 0);
}

/* "Contradicted the ACCOUNT that they had fired", with the clause hung on the verb: the report
 * right before it, or `head`. */
static uint32_t report_before(const struct coding *coding, uint32_t token, uint32_t head)
{
    const struct tree *tree = &coding->tree;
    uint32_t that = tree_child_exactly(tree, token, REL_MARK);
    if (tree->tokens[token].relation != REL_CCOMP || that == NONE || that == 0 ||
        !token_is(&tree->tokens[that], "that"))
        return head;
    const struct token *noun = &tree->tokens[that - 1];
    return noun->upos == UPOS_NOUN && noun->head == head &&
                   status_word(coding, STATUS_OF_REPORT, that - 1) >= 0
               ? that - 1
               : head;
}

int status_unreal(const struct making *making)
{
    enum { STEPS = 5 };
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    uint32_t token = making->trigger;
    bool ending = false;
    if (is_inverted_condition(coding, token))
        return STATUS_CONDITIONAL;
    if (is_proved_false(coding, token))
        return STATUS_DENIED;
    if (is_term(making))
        return STATUS_PLANNED;
    if (is_of_whoever(coding, token))
        return STATUS_CONDITIONAL;
    int approach = status_of_approach(coding, token);
    if (approach >= 0)
        return approach;
    for (int steps = 0; steps < STEPS && token != NONE; steps++) {
        const struct token *word = &tree->tokens[token];
        uint32_t head = word->head;
        /* "Efforts to END the shelling failed" */
        ending |= token != making->trigger && status_word(coding, STATUS_OF_ENDING, token) >= 0;
        if (is_in_fiction(coding, token))
            return STATUS_CONDITIONAL;
        if (head == NONE || status_is_granted(coding, token))
            return -1;
        head = report_before(coding, token, head);
        /* "Claims THAT they fired" looks like a relative clause at times. */
        bool that = word->relation == REL_ACL_RELCL && token_is(&tree->tokens[head + 1], "that");
        if ((word->relation == REL_ACL || word->relation == REL_CCOMP || that) &&
            tree->tokens[head].upos == UPOS_NOUN) {
            int told = status_of_report(coding, head);
            if (told >= 0)
                return told;
            bool to = tree_child(tree, token, REL_MARK) != NONE;
            bool undone = is_undone(coding, head) || (to && !ending && is_in_vain(coding, head));
            /* "No evidence linking THE ATTACK to them" */
            bool known = token != making->trigger && status_is_known(making);
            return word->relation == REL_ACL && undone && !known ? STATUS_NEGATED : -1;
        }
        bool clause = word->relation == REL_CCOMP || relation_is(word->relation, REL_CSUBJ);
        int status = clause ? status_of_clause_above(coding, head) : -1;
        /* "CANNOT CONFIRM that" */
        if (clause && status_word(coding, STATUS_OF_CHECK, head) >= 0 && is_failed(coding, head))
            return STATUS_ALLEGED;
        if (is_doubt(status))
            return status;
        if (!clause && word->relation != REL_XCOMP && word->relation != REL_CONJ &&
            !is_object(word->relation))
            return -1;
        token = head;
    }
    return -1;
}

int status_of_rumour(const struct making *making)
{
    enum { STEPS = 4 };
    const struct coding *coding = making->coding;
    const struct token *tokens = coding->tree.tokens;
    uint32_t token = making->trigger;
    for (int steps = 0; steps < STEPS && token != NONE; steps++) {
        const struct token *word = &tokens[token];
        uint32_t mark = tree_child_exactly(&coding->tree, token, REL_MARK);
        if (mark != NONE && token_is(&tokens[mark], "that"))
            return word->head != NONE && tokens[word->head].upos == UPOS_NOUN
                       ? status_word(coding, STATUS_OF_REPORT, word->head)
                       : -1;
        if (word->relation == REL_ACL_RELCL) /* "claimed that women who ACCUSED him": they did */
            return -1;
        token = word->head;
    }
    return -1;
}
