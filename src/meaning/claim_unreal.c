/* What was told only to say that it is not so: reports rejected, plots foiled, what is impossible
 * or unlikely, conditions told by word order, simulations and fiction.
 *
 * Method: the way from the trigger up the tree, as claim_status.c goes it, but past the first word
 * that tells a plan or a report, to what is said of that plan or report. Leaves out: denials in
 * another sentence, clefts ("it was not they who fired"), fiction told without naming it. */
#include "meaning/coding.h"

static bool is_any_of(const struct token *token, const char *const *words)
{
    for (; *words != NULL; words++)
        if (token_is(token, *words))
            return true;
    return false;
}

static bool is_object(enum relation relation)
{
    return relation == REL_OBJ || relation == REL_NSUBJ_PASS;
}

/* "HAD they attacked, hundreds WOULD have died": by the order of the words, which the tree often
 * has wrong. The trigger stands before the first comma. */
static bool is_inverted_condition(const struct tree *tree, uint32_t trigger)
{
    static const char *const firsts[] = {"had", "should", "were", NULL};
    static const char *const modals[] = {"would", "could", "might", "will", NULL};
    struct token_range whole =
        tree->document->sentences.items[tree->tokens[trigger].sentence].tokens;
    const struct token *first = &tree->tokens[whole.first];
    bool begins = false, comma = false;
    for (int i = 0; firsts[i] != NULL; i++)
        begins |= strcmp(first->folded, firsts[i]) == 0;
    for (uint32_t i = whole.first + 1; begins && i < whole.end; i++) {
        const struct token *token = &tree->tokens[i];
        comma |= token->folded[0] == ',';
        if (comma && i < trigger)
            return false;
        if (comma && is_any_of(token, modals))
            return !token_is(&tree->tokens[whole.end - 1], "?");
    }
    return false;
}

/* Words for what is told, and for its being false. */
static const char *const reports[] = {
    "report", "claim", "allegation", "accusation", "suggestion",  "rumour",    "rumor", "charge",
    "notion", "idea",  "account",    "version",    "speculation", "assertion", NULL};
static const char *const false_words[] = {"false",     "untrue",     "baseless",   "wrong",
                                          "unfounded", "groundless", "fabricated", NULL};

/* "Rejected REPORTS that", "the CLAIM that … was false": denied; "disputed the ACCOUNT that":
 * disputed; -1 where the report stands. */
static int status_of_report(const struct tree *tree, uint32_t noun)
{
    static const char *const rejects[] = {"reject",   "dismiss", "deny",   "refute", "discount",
                                          "disprove", "debunk",  "rebuff", "rebut",  NULL};
    static const char *const disputes[] = {"dispute",  "contest",    "challenge",
                                           "question", "contradict", NULL};
    const struct token *word = &tree->tokens[noun];
    if (word->head == NONE || !is_any_of(word, reports))
        return -1;
    const struct token *above = &tree->tokens[word->head];
    if ((is_object(word->relation) && is_any_of(above, rejects)) ||
        (relation_is(word->relation, REL_NSUBJ) && is_any_of(above, false_words)))
        return STATUS_DENIED;
    return is_object(word->relation) && is_any_of(above, disputes) ? STATUS_DISPUTED : -1;
}

/* "RUMOURS THAT the king had been killed PROVED FALSE", by the order of the words: the tree often
 * hangs one of the two verbs on the other. */
static bool is_proved_false(const struct tree *tree, uint32_t trigger)
{
    enum { BEFORE = 10, BEHIND = 16, LINK = 4 };
    static const char *const links[] = {"be", "prove", "turn", NULL};
    struct token_range whole =
        tree->document->sentences.items[tree->tokens[trigger].sentence].tokens;
    uint32_t that = trigger;
    while (that > whole.first && that + BEFORE > trigger && !token_is(&tree->tokens[that], "that"))
        that--;
    if (that == whole.first || !token_is(&tree->tokens[that], "that") ||
        !is_any_of(&tree->tokens[that - 1], reports))
        return false;
    for (uint32_t i = trigger + 1; i < whole.end && i < trigger + BEHIND; i++) {
        if (!is_any_of(&tree->tokens[i], false_words))
            continue;
        bool not = false, link = false;
        for (uint32_t j = i; j-- > trigger + 1 && j + LINK >= i;) {
            not |= token_is(&tree->tokens[j], "not");
            link |= is_any_of(&tree->tokens[j], links);
        }
        return link && !not ;
    }
    return false;
}

/* "YET TO enter", "FAILING TO withdraw", "CLOSE TO signing", "ON THE BRINK OF a coup": not done, by
 * the words right before the deed, whatever the tree hangs it on; -1 without them. */
static int status_of_approach(const struct tree *tree, uint32_t trigger)
{
    static const char *const brinks[] = {"verge", "brink", "cusp", "threshold", NULL};
    const struct token *tokens = tree->tokens;
    uint32_t first = tree->document->sentences.items[tokens[trigger].sentence].tokens.first;
    uint32_t at = trigger;
    bool verb = tokens[trigger].upos == UPOS_VERB;
    while (at > first && tokens[at - 1].head == trigger && !token_is(&tokens[at - 1], "to") &&
           !token_is(&tokens[at - 1], "of") && tokens[at - 1].upos != UPOS_PUNCT)
        at--;
    if (at < first + 2)
        return -1;
    const struct token *link = &tokens[at - 1], *word = &tokens[at - 2];
    if (token_is(link, "of") && is_any_of(word, brinks))
        return STATUS_CONDITIONAL;
    if (!verb || !token_is(link, "to"))
        return -1;
    uint32_t length = tokens[trigger].folded_length;
    bool gerund = length > 3 && strcmp(tokens[trigger].folded + length - 3, "ing") == 0;
    if (gerund)
        return token_is(word, "close") || token_is(word, "near") ? STATUS_NEGATED : -1;
    return token_is(word, "yet") || token_is(word, "failing") ? STATUS_NEGATED : -1;
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

bool status_stops_short(const struct tree *tree, uint32_t verb)
{
    const struct token *token = &tree->tokens[verb];
    if (verb + 1 >= tree->document->tokens.count)
        return false;
    if (verb > 0 && token_is(token, "short") && token_is(token - 1, "stop"))
        return true;
    return (token_is(token, "stop") && token_is(token + 1, "short")) ||
           (token_is(token, "rule") && token_is(token + 1, "out"));
}

/* "Is REPORTED to have been killed": an unnamed source says so; "is BELIEVED": nobody even says. */
int status_of_hearsay(const struct tree *tree, uint32_t verb)
{
    static const char *const told[] = {"report", "say"};
    static const char *const held[] = {"believe", "think",  "presume", "suppose",
                                       "assume",  "rumor",  "rumour",  "understand",
                                       "allege",  "reckon", "consider"};
    if (tree_child_exactly(tree, verb, REL_AUX_PASS) == NONE)
        return -1;
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
        if (token_is(&tree->tokens[verb], told[i]))
            return STATUS_CLAIMED;
    for (size_t i = 0; i < sizeof held / sizeof held[0]; i++)
        if (token_is(&tree->tokens[verb], held[i]))
            return STATUS_ALLEGED;
    return -1;
}

/* "IN THE FILM, rebels kill the king". */
static bool is_in_fiction(const struct tree *tree, uint32_t token)
{
    static const char *const words[] = {
        "film",      "movie",    "novel",      "cartoon", "fiction",    "dream", "scenario",
        "nightmare", "thriller", "simulation", "fable",   "screenplay", NULL};
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t link = tree_child(tree, child, REL_CASE);
        if (tree->tokens[child].relation == REL_OBL && link != NONE &&
            token_is(&tree->tokens[link], "in") && is_any_of(&tree->tokens[child], words))
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

int status_unreal(const struct making *making)
{
    enum { STEPS = 5 };
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    uint32_t token = making->trigger;
    if (is_inverted_condition(tree, token))
        return STATUS_CONDITIONAL;
    if (is_proved_false(tree, token))
        return STATUS_DENIED;
    int approach = status_of_approach(tree, token);
    if (approach >= 0)
        return approach;
    for (int steps = 0; steps < STEPS && token != NONE; steps++) {
        const struct token *word = &tree->tokens[token];
        uint32_t head = word->head;
        if (is_in_fiction(tree, token))
            return STATUS_CONDITIONAL;
        if (head == NONE)
            return -1;
        /* "Claims THAT they fired" looks like a relative clause at times. */
        bool that = word->relation == REL_ACL_RELCL && token_is(&tree->tokens[head + 1], "that");
        if ((word->relation == REL_ACL || word->relation == REL_CCOMP || that) &&
            tree->tokens[head].upos == UPOS_NOUN) {
            int told = status_of_report(tree, head);
            if (told >= 0)
                return told;
            return word->relation == REL_ACL && is_undone(coding, head) ? STATUS_NEGATED : -1;
        }
        bool clause = word->relation == REL_CCOMP || relation_is(word->relation, REL_CSUBJ);
        int status = clause ? status_of_clause_above(coding, head) : -1;
        if (is_doubt(status))
            return status;
        if (!clause && word->relation != REL_XCOMP && word->relation != REL_CONJ &&
            !is_object(word->relation))
            return -1;
        token = head;
    }
    return -1;
}
