/* Whether a clause cut out of its sentence says by itself what it says there.
 *
 * It does not where a word beside the cut belongs to it after all ("the letters OF THE FRONT claim"
 * whose noun the parser hung elsewhere, "what the officer promised WOULD BE the last time"), where
 * what stands above leaves it open ("investigating WHETHER the mayor is involved"), or where a word
 * outside denies it ("NEITHER claimed nor denied"). */
#include "meaning/clause_parts.h"

static bool is_quote(const struct token *token)
{
    return token->upos == UPOS_PUNCT && strchr("\"'`", token->folded[0]) != NULL;
}

static bool same_sentence(const struct tree *tree, uint32_t a, uint32_t b)
{
    uint32_t count = tree->document->tokens.count;
    return a < count && b < count && tree->tokens[a].sentence == tree->tokens[b].sentence;
}

/* The child of `above` that `token` is or stands below; NONE where it does not. */
static uint32_t branch_of(const struct tree *tree, uint32_t token, uint32_t above)
{
    for (int steps = 0; token != NONE && steps < 40; steps++) {
        if (tree->tokens[token].head == above)
            return token;
        token = tree->tokens[token].head;
    }
    return NONE;
}

/* What may stand between subject and predicate and is left out: when, where, how. */
static bool may_be_skipped(enum relation relation)
{
    return relation == REL_OBL || relation == REL_OBL_UNMARKED || relation == REL_ADVMOD ||
           relation == REL_ADVCL || relation == REL_PARATAXIS || relation == REL_DISCOURSE ||
           relation == REL_CONJ;
}

/* "Army of God LETTERS claim", "-- MUCH has been said": a noun right before the predicate that is
 * none of the subject's. */
static bool noun_is_lost(const struct tree *tree, uint32_t subject, uint32_t verb,
                         struct token_range predicate)
{
    if (predicate.first == 0 || !same_sentence(tree, predicate.first - 1, verb))
        return false;
    uint32_t before = predicate.first - 1;
    const struct token *word = &tree->tokens[before];
    bool noun = word->upos == UPOS_NOUN || word->upos == UPOS_PROPN || word->upos == UPOS_NUM ||
                word->upos == UPOS_ADJ || word->upos == UPOS_PRON;
    if (!noun || (word->features & WORD_RELATIVE) != 0 || before == subject || before < subject ||
        tree_is_below(tree, before, subject))
        return false;
    uint32_t branch = branch_of(tree, before, verb);
    return branch == NONE || !may_be_skipped(tree->tokens[branch].relation);
}

/* "... their guns and the port REMAINS shut", "... for what he promised WOULD be": the verb of
 * words that the predicate holds. */
static bool goes_on_behind(const struct tree *tree, uint32_t verb, struct token_range predicate)
{
    uint32_t next = predicate.end;
    bool comma = false;
    while (same_sentence(tree, next, verb) &&
           (is_quote(&tree->tokens[next]) || (!comma && clause_is_comma(tree, next)))) {
        comma |= clause_is_comma(tree, next);
        next++;
    }
    if (!same_sentence(tree, next, verb))
        return false;
    const struct token *word = &tree->tokens[next];
    bool auxiliary = word->upos == UPOS_AUX;
    if (!clause_is_verb(word) || (word->features & WORD_FINITE) == 0 || (comma && !auxiliary))
        return false;
    uint32_t main = auxiliary && word->head != NONE ? word->head : next;
    if (main == verb || tree_is_below(tree, verb, main))
        return false; /* "The man who killed five | was arrested" */
    enum relation relation = tree->tokens[main].relation;
    return !comma || (relation != REL_CONJ && relation != REL_PARATAXIS);
}

/* "That 1978 RESOLUTION calls": a word of the subject hangs on the verb. */
static bool subject_is_cut(const struct tree *tree, uint32_t subject, uint32_t verb)
{
    uint32_t first = tree_extent(tree, subject, 0).first;
    if (first == 0 || !same_sentence(tree, first - 1, subject) || subject > verb)
        return false;
    const struct token *before = &tree->tokens[first - 1];
    if (before->upos == UPOS_DET && (before->features & WORD_RELATIVE) == 0)
        return true;
    return tree->tokens[first].upos != UPOS_DET && before->head == verb &&
           tree_preposition(tree, first - 1) == NONE &&
           (before->upos == UPOS_NUM || before->upos == UPOS_ADJ);
}

/* "WASHINGTON (AP) -- Two men marched": the subject is a word of the dateline. */
static bool is_of_dateline(const struct tree *tree, uint32_t subject, uint32_t verb)
{
    enum { LONGEST = 9 };
    uint32_t sentence = tree->tokens[subject].sentence;
    uint32_t first = tree->document->sentences.items[sentence].tokens.first;
    if ((tree->tokens[first].flags & TOKEN_ALL_CAPITALS) == 0 || subject >= first + LONGEST ||
        (tree->tokens[verb].flags & TOKEN_ALL_CAPITALS) != 0)
        return false;
    bool closed = false;
    for (uint32_t i = first + 1; i < first + LONGEST && same_sentence(tree, i, subject); i++) {
        bool parts = clause_is_dash(tree, i) || tree->tokens[i].folded[0] == '_' ||
                     (closed && tree->tokens[i - 1].folded[0] == ')');
        closed |= tree->tokens[i].folded[0] == ')';
        if (parts)
            return subject < i;
    }
    return false;
}

/* "A judge and a nun who OPPOSE it": of a verb of several, the subject that the parser took is only
 * the last of them. */
static bool is_one_of_several(const struct tree *tree, uint32_t subject, uint32_t verb)
{
    uint32_t finite = clause_finite(tree, verb);
    const struct token *word = &tree->tokens[subject];
    return finite != NONE && clause_is_form_of_many(&tree->tokens[finite]) &&
           (word->upos == UPOS_NOUN || word->upos == UPOS_PROPN) &&
           (word->features & WORD_SINGULAR) != 0 && word->relation == REL_CONJ &&
           tree_child(tree, subject, REL_CONJ) == NONE && tree->tokens[verb].head == subject;
}

bool clause_is_whole(const struct tree *tree, uint32_t subject, uint32_t verb,
                     struct token_range predicate)
{
    return !noun_is_lost(tree, subject, verb, predicate) &&
           !goes_on_behind(tree, verb, predicate) && !subject_is_cut(tree, subject, verb) &&
           !is_of_dateline(tree, subject, verb) && !is_one_of_several(tree, subject, verb);
}

static bool is_modal(const struct token *token)
{
    static const char *const words[] = {"will", "would", "can",   "could",
                                        "may",  "might", "shall", NULL};
    return token->upos == UPOS_AUX && token_is_one_of(token, words);
}

/* "SO they will not boycott it": what for. */
static bool is_of_purpose(const struct tree *tree, uint32_t verb)
{
    bool so = false, modal = false;
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < verb;
         child = tree->next_sibling[child]) {
        so |= strcmp(tree->tokens[child].folded, "so") == 0;
        modal |= is_modal(&tree->tokens[child]);
    }
    return so && modal && tree->tokens[verb].relation == REL_ADVCL;
}

/* "As LONG as they stay": on what condition. */
static bool is_as_long(const struct tree *tree, uint32_t mark)
{
    return mark > 0 && strcmp(tree->tokens[mark].folded, "as") == 0 &&
           strcmp(tree->tokens[mark - 1].folded, "long") == 0;
}

/* "UNTIL it retreats": it has not yet. */
static bool is_yet_to_come(const struct tree *tree, uint32_t mark, uint32_t verb)
{
    static const char *const words[] = {"until", "till", NULL};
    uint32_t finite = clause_finite(tree, verb);
    return token_is_one_of(&tree->tokens[mark], words) && finite != NONE &&
           (tree->tokens[finite].features & WORD_PRESENT) != 0;
}

bool clause_is_left_open(const struct tree *tree, uint32_t verb, bool conditional)
{
    uint32_t above = verb;
    for (int steps = 0; above != NONE && steps < 8; steps++) {
        if (is_of_purpose(tree, above))
            return true;
        for (uint32_t child = tree->first_child[above]; child != NONE && child < above;
             child = tree->next_sibling[child]) {
            const struct token *word = &tree->tokens[child];
            bool marks = word->relation == REL_MARK || word->relation == REL_ADVMOD ||
                         word->relation == REL_CC_PRECONJ || word->relation == REL_CC;
            if (!marks)
                continue;
            bool open = token_in(word, WORDS_LEAVE_OPEN_WHAT_FOLLOWS) || is_as_long(tree, child) ||
                        is_yet_to_come(tree, child, above);
            bool on_condition = strcmp(word->folded, "if") == 0 && !conditional &&
                                (child == 0 || !token_is(&tree->tokens[child - 1], "even"));
            if (word->relation != REL_CC && (open || on_condition))
                return true;
        }
        const struct token *word = &tree->tokens[above];
        bool within = word->relation == REL_CCOMP || word->relation == REL_XCOMP ||
                      word->relation == REL_CSUBJ || word->relation == REL_CONJ ||
                      relation_is(word->relation, REL_CCOMP);
        above = within ? word->head : NONE;
    }
    return false;
}

/* "The rebels NEITHER claimed nor denied it": of the second verb, "neither" stands before the
 * first. */
bool clause_is_denied_outside(const struct tree *tree, uint32_t verb, struct token_range predicate)
{
    static const char *const words[] = {"neither", "nor", NULL};
    uint32_t above = verb;
    bool neither = false, nor = false, only = false, but = false;
    for (uint32_t i = predicate.first; i < predicate.end; i++) {
        neither |= strcmp(tree->tokens[i].folded, "neither") == 0;
        nor |= strcmp(tree->tokens[i].folded, "nor") == 0;
        only |= i > predicate.first && strcmp(tree->tokens[i].folded, "only") == 0 &&
                strcmp(tree->tokens[i - 1].folded, "not") == 0;
        but |= strcmp(tree->tokens[i].folded, "but") == 0;
    }
    /* "has NEITHER denied", "has NOT ONLY shelled", whose "nor" or "but" is cut off; "but NOT
     * apprehended", whose auxiliary stands before the first verb. */
    bool bare = strcmp(tree->tokens[predicate.first].folded, "not") == 0;
    if ((neither && !nor) || (only && !but) || (bare && clause_finite(tree, verb) == NONE))
        return true;
    for (int steps = 0; above != NONE && steps < 6; steps++) {
        for (uint32_t child = tree->first_child[above]; child != NONE && child < above;
             child = tree->next_sibling[child])
            if (token_is_one_of(&tree->tokens[child], words) &&
                (child < predicate.first || child >= predicate.end))
                return true;
        above = tree->tokens[above].relation == REL_CONJ ? tree->tokens[above].head : NONE;
    }
    return false;
}
