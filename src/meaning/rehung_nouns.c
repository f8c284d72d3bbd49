/* What belongs to a noun and was taken for a clause, or the other way about: "received THREATENING
 * letters", "hit by FALLING sales", "the port is BACK in the hands of the army"; what somebody is
 * besides; plurals in the place of a noun that were tagged as verbs ("rebel CALLS for a truce
 * were").
 *
 * Method: verbs of supports.tsv say by their role that a participle right behind them cannot be
 * their complement ("things": what is received is a thing) or that what stands behind a participle
 * cannot be its object ("itself": sales fall by themselves). They are put right in the tree itself,
 * as the clauses of rehung.c are. Leaves out: verbs that may have a deed for their object. */
#include "meaning/rehung.h"

#include "meaning/supports.h"

/* A gerund between a word and a noun that has nothing before it. */
static bool is_gerund_before(const struct tree *tree, uint32_t word, uint32_t noun)
{
    const struct token *token = &tree->tokens[word];
    return word > 0 && token->upos == UPOS_VERB && (token->features & WORD_GERUND) != 0 &&
           noun == word + 1 && tree->tokens[noun].upos == UPOS_NOUN &&
           tree_child(tree, noun, REL_DET) == NONE && tree_child(tree, word, REL_AUX) == NONE;
}

/* The gerund is said of the noun, which takes its place; what hung on the gerund is the noun's. */
static void describe(struct token *tokens, const struct tree *tree, uint32_t word, uint32_t noun,
                     enum relation relation)
{
    uint32_t above = tokens[word].head;
    for (uint32_t child = tree->first_child[word]; child != NONE;
         child = tree->next_sibling[child]) {
        if (child == noun)
            continue;
        bool phrase = relation_is(tokens[child].relation, REL_OBL);
        tokens[child].head = phrase || tokens[child].relation == REL_MARK ? noun : above;
        if (tokens[child].relation == REL_MARK)
            tokens[child].relation = REL_CASE;
        else if (phrase)
            tokens[child].relation = REL_NMOD;
    }
    tokens[noun].head = above;
    tokens[noun].relation = relation;
    tokens[word].head = noun;
    tokens[word].relation = REL_AMOD;
}

/* "Received THREATENING letters", parsed as what they did. */
static bool rehang_described(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, noun = tree_child_exactly(tree, word, REL_OBJ);
    if (tokens[word].relation != REL_XCOMP || verb == NONE || verb + 1 != word ||
        !is_gerund_before(tree, word, noun) || tree_child(tree, word, REL_MARK) != NONE ||
        tree_child(tree, verb, REL_OBJ) != NONE ||
        !supports_hold(tree->supports, &tokens[verb], SUPPORT_THINGS, 0))
        return false;
    describe(tokens, tree, word, noun, REL_OBJ);
    return true;
}

/* "Was hit by FALLING sales", parsed as if somebody fell them. */
static bool rehang_by_itself(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, mark = tree_child_exactly(tree, word, REL_MARK);
    uint32_t noun = word + 1;
    if (tokens[word].relation != REL_ADVCL || verb == NONE || verb > word || mark == NONE ||
        mark + 1 != word || !token_is(&tokens[mark], "by") ||
        noun >= tree->document->tokens.count || !is_gerund_before(tree, word, noun) ||
        !supports_hold(tree->supports, &tokens[word], SUPPORT_ITSELF, 0))
        return false;
    bool object = tokens[noun].head == word && tokens[noun].relation == REL_OBJ;
    bool doer = tokens[noun].head == verb && tokens[noun].relation == REL_OBL_AGENT &&
                tree_child(tree, noun, REL_CASE) == NONE;
    if (!object && !doer)
        return false;
    describe(tokens, tree, word, noun, REL_OBL_AGENT);
    return true;
}

/* "The port is BACK in the hands of the army", parsed as if "back" were said of the port. */
static bool rehang_back(struct token *tokens, const struct tree *tree, uint32_t word)
{
    if (tokens[word].upos != UPOS_ADV || !token_is(&tokens[word], "back") ||
        tree_child(tree, word, REL_NSUBJ) == NONE)
        return false;
    uint32_t noun = tree_child_exactly(tree, word, REL_OBL);
    uint32_t preposition = noun != NONE ? tree_child(tree, noun, REL_CASE) : NONE;
    if (preposition != word + 1 || !token_is_nominal(&tokens[noun]))
        return false;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (child != noun)
            tokens[child].head = noun;
    tokens[noun].head = tokens[word].head;
    tokens[noun].relation = tokens[word].relation;
    tokens[word].head = noun;
    tokens[word].relation = REL_ADVMOD;
    return true;
}

/* "Won BACK the port", parsed as a port that is back: behind the verb it belongs to it. */
static bool rehang_won_back(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t noun = tokens[word].head, verb = noun != NONE ? tokens[noun].head : NONE;
    (void)tree;
    if (tokens[word].upos != UPOS_ADV || !token_is(&tokens[word], "back") || noun == NONE ||
        noun < word || tokens[noun].relation != REL_OBJ || verb == NONE || verb + 1 != word ||
        tokens[verb].upos != UPOS_VERB)
        return false;
    tokens[word].head = verb;
    tokens[word].relation = REL_COMPOUND_PRT;
    return true;
}

/* "Prepared the plan IN COOPERATION with the rebels", hung on the plan: how it was prepared. */
static bool rehang_together(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t object = tokens[word].head, preposition = tree_child_exactly(tree, word, REL_CASE);
    if (!relation_is(tokens[word].relation, REL_NMOD) || object == NONE || preposition == NONE ||
        preposition + 1 != word || object > preposition || tokens[object].relation != REL_OBJ ||
        !supports_hold(tree->supports, &tokens[word], SUPPORT_TOGETHER, tokens[preposition].hash))
        return false;
    tokens[word].head = tokens[object].head;
    tokens[word].relation = REL_OBL;
    return true;
}

/* "Ivo Marek, the head of the port AND ONE of its founders, was shot", parsed as two who were: what
 * he is besides goes with what he is. */
static bool rehang_besides(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t name = tokens[word].head, coordinator = tree_child_exactly(tree, word, REL_CC);
    if (tokens[word].relation != REL_CONJ || name == NONE || !token_is(&tokens[word], "one") ||
        coordinator == NONE || coordinator + 1 != word || tokens[name].upos != UPOS_PROPN ||
        !token_is(&tokens[coordinator], "and") ||
        (tokens[coordinator - 1].flags & TOKEN_PUNCTUATION) != 0 ||
        word + 1 >= tree->document->tokens.count || !token_is(&tokens[word + 1], "of"))
        return false;
    uint32_t said = NONE;
    for (uint32_t child = tree->first_child[name]; child != NONE && child < word;
         child = tree->next_sibling[child])
        if (tokens[child].relation == REL_APPOS && tokens[child].upos == UPOS_NOUN)
            said = child;
    if (said == NONE)
        return false;
    tokens[word].head = said;
    return true;
}

static bool is_between(const struct tree *tree, uint32_t noun)
{
    uint32_t joins = tree_child(tree, noun, REL_CASE);
    return joins != NONE && token_is(&tree->tokens[joins], "between") &&
           tree_child_exactly(tree, noun, REL_CONJ) == NONE;
}

/* "Clashes between soldiers backed by helicopters AND REBELS": between needs two, and what is said
 * of the first one ends before the second. */
static bool rehang_other_side(struct token *tokens, const struct tree *tree, uint32_t word)
{
    enum { STEPS = 6 };
    uint32_t joins = tree_child(tree, word, REL_CC), above = tokens[word].head;
    if (tokens[word].relation != REL_CONJ || joins == NONE || !token_is(&tokens[joins], "and") ||
        (tokens[word].upos != UPOS_NOUN && tokens[word].upos != UPOS_PROPN))
        return false;
    bool said = false;
    for (int step = 0; step < STEPS && above != NONE && above < word; step++) {
        if (said && is_between(tree, above)) {
            tokens[word].head = above;
            return true;
        }
        said |= relation_is(tokens[above].relation, REL_ACL) || tokens[above].relation == REL_AMOD;
        above = tokens[above].head;
    }
    return false;
}

/* "NINETY captured soldiers", parsed as if ninety were captured: they are counted. */
static bool rehang_counted(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t participle = tokens[word].head;
    if (tokens[word].upos != UPOS_NUM || !relation_is(tokens[word].relation, REL_NSUBJ) ||
        participle != word + 1 || tree_child(tree, word, REL_CASE) != NONE ||
        tokens[participle].relation != REL_AMOD || tokens[participle].head == NONE ||
        tokens[participle].head <= participle)
        return false;
    tokens[word].head = tokens[participle].head;
    tokens[word].relation = REL_NUMMOD;
    return true;
}

/* "Fought the GUNMEN street by street", parsed as a street of gunmen: the words that are told twice
 * say how. */
static bool rehang_one_by_one(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t noun = tokens[word].head;
    if (word + 3 >= tree->document->tokens.count || noun != word + 1 ||
        relation_universal(tokens[word].relation) != REL_COMPOUND ||
        tokens[word].upos != UPOS_NOUN || (tokens[word].features & WORD_PLURAL) == 0 ||
        !token_is(&tokens[noun + 1], "by") || tokens[noun + 2].hash != tokens[noun].hash)
        return false;
    tokens[word].head = tokens[noun].head;
    tokens[word].relation = tokens[noun].relation;
    for (uint32_t child = tree->first_child[noun]; child != NONE; child = tree->next_sibling[child])
        if (child < word)
            tokens[child].head = word;
    tokens[noun].relation = REL_OBL_UNMARKED;
    return true;
}

/* The plural, not named, that stands before a colon below `verb`, as its subject or object; or
 * NONE. */
static uint32_t several_before(const struct tree *tree, uint32_t verb, uint32_t colon)
{
    uint32_t found = NONE;
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < colon;
         child = tree->next_sibling[child]) {
        const struct token *noun = &tree->tokens[child];
        bool takes_part = relation_is(noun->relation, REL_NSUBJ) || noun->relation == REL_OBJ;
        if (takes_part && noun->upos == UPOS_NOUN && (noun->features & WORD_PLURAL) != 0 &&
            tree_child(tree, child, REL_NUMMOD) != NONE &&
            tree_child(tree, child, REL_APPOS) == NONE)
            found = child;
    }
    return found;
}

/* "Two towns fell: ARNSDORF and Belmont", hung on the verb: the names of those before the colon. */
static bool rehang_behind_colon(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head;
    uint32_t first = tree_noun_phrase(tree, word).first;
    if (tokens[word].relation != REL_PARATAXIS || tokens[word].upos != UPOS_PROPN || verb == NONE ||
        verb > word || tokens[verb].upos != UPOS_VERB || first == 0 ||
        !token_is(&tokens[first - 1], ":") || tree_child(tree, word, REL_COP) != NONE ||
        tree_child(tree, word, REL_NSUBJ) != NONE)
        return false;
    uint32_t several = several_before(tree, verb, first - 1);
    if (several == NONE)
        return false;
    tokens[word].head = several;
    tokens[word].relation = REL_APPOS;
    return true;
}

/* A form in "-s" of a noun and a verb. */
static bool may_be_plural(const struct token *word)
{
    return word->upos == UPOS_VERB && word->folded_length > 4 &&
           word->folded[word->folded_length - 1] == 's' &&
           (word->features & (WORD_PARTICIPLE | WORD_PAST | WORD_PASSIVE)) == 0;
}

static bool has_before(const struct tree *tree, uint32_t word, enum relation relation)
{
    uint32_t child = tree_child(tree, word, relation);
    return child != NONE && child < word;
}

/* What stands before nouns alone; or a noun that was taken for the subject of the next. */
static bool opens_as_noun(const struct tree *tree, uint32_t word)
{
    static const enum relation relations[] = {REL_COMPOUND, REL_DET, REL_AMOD, REL_NMOD_POSS,
                                              REL_NUMMOD};
    for (size_t i = 0; i < sizeof relations / sizeof relations[0]; i++)
        if (has_before(tree, word, relations[i]))
            return true;
    uint32_t noun = tree_child(tree, word, REL_NSUBJ);
    return noun != NONE && noun + 1 == word && token_is_nominal(&tree->tokens[noun]) &&
           tree->tokens[noun].upos != UPOS_PRON;
}

/* "AS propaganda reports THAT": a preposition before, and what is reported behind. */
static bool is_report(const struct tree *tree, uint32_t word)
{
    uint32_t content = tree_child_exactly(tree, word, REL_CCOMP);
    return tree->tokens[word].relation == REL_ADVCL && has_before(tree, word, REL_CASE) &&
           content != NONE && tree_child(tree, content, REL_MARK) == word + 1;
}

/* "Rebel CALLS for a truce were ignored", "dismissed as propaganda REPORTS that", tagged as a verb:
 * no finite verb has an adjective or a preposition, or is a subject. */
static bool rehang_plural(struct token *tokens, const struct tree *tree, uint32_t word)
{
    enum relation relation = tokens[word].relation;
    bool noun = relation == REL_NSUBJ || relation == REL_NSUBJ_PASS || relation == REL_OBJ;
    bool governed = is_report(tree, word);
    if (!may_be_plural(&tokens[word]) || (!noun && !governed) || tokens[word].head == NONE ||
        !opens_as_noun(tree, word) || tree_child(tree, word, REL_AUX) != NONE ||
        tree_child(tree, word, REL_OBJ) != NONE)
        return false;
    tokens[word].upos = UPOS_NOUN;
    tokens[word].features = WORD_PLURAL;
    if (governed)
        tokens[word].relation = REL_OBL;
    for (uint32_t child = tree->first_child[word]; child != NONE;
         child = tree->next_sibling[child]) {
        if (relation_is(tokens[child].relation, REL_OBL))
            tokens[child].relation = REL_NMOD;
        else if (tokens[child].relation == REL_NSUBJ && child < word)
            tokens[child].relation = REL_COMPOUND;
        else if (tokens[child].relation == REL_CCOMP)
            tokens[child].relation = REL_ACL;
    }
    return true;
}

/* "Demands FOR A TRUCE were ignored", parsed as two subjects: none has a preposition. */
static bool rehang_governed(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t preposition = tree_child_exactly(tree, word, REL_CASE), verb = tokens[word].head;
    if ((tokens[word].relation != REL_NSUBJ && tokens[word].relation != REL_NSUBJ_PASS) ||
        preposition == NONE || preposition == 0 || preposition > word || verb == NONE ||
        verb < word || tokens[preposition].upos != UPOS_ADP)
        return false;
    uint32_t before = preposition - 1;
    if (tokens[before].head != verb || !token_is_nominal(&tokens[before]) ||
        !relation_is(tokens[before].relation, REL_NSUBJ))
        return false;
    tokens[word].head = before;
    tokens[word].relation = REL_NMOD;
    return true;
}

/* "Sent THREATENING letters TO THE JUDGE", hung on the participle: what is said of the noun behind
 * it says nothing beyond that noun. */
static bool rehang_beyond(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t participle = tokens[word].head, preposition = tree_child_exactly(tree, word, REL_CASE);
    if (!relation_is(tokens[word].relation, REL_OBL) || preposition == NONE ||
        !(token_is(&tokens[preposition], "to") || token_is(&tokens[preposition], "from")) ||
        participle == NONE || participle > word || tokens[participle].relation != REL_AMOD ||
        tokens[participle].upos != UPOS_VERB)
        return false;
    uint32_t noun = tokens[participle].head;
    if (noun == NONE || noun < participle || noun > word || !token_is_nominal(&tokens[noun]))
        return false;
    tokens[word].head = noun;
    tokens[word].relation = REL_NMOD;
    return true;
}

/* "Gave the order TO FIRE", hung on who gave it: what such a noun is for stands right behind it. */
static bool rehang_order(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, mark = tree_child_exactly(tree, word, REL_MARK);
    if (tokens[word].relation != REL_XCOMP || verb == NONE || mark == NONE || mark == 0 ||
        !token_is(&tokens[mark], "to") || tree_child_exactly(tree, verb, REL_IOBJ) != NONE)
        return false;
    uint32_t noun = tree_child_exactly(tree, verb, REL_OBJ);
    if (noun == NONE || noun + 1 != mark || tokens[noun].upos != UPOS_NOUN ||
        !token_in(&tokens[noun], WORDS_OPPORTUNITIES_TO_ACT))
        return false;
    tokens[word].head = noun;
    tokens[word].relation = REL_ACL;
    return true;
}

/* How many names the list is of that begins at `name`; 0 where something else is in it. */
static uint32_t names_listed(const struct tree *tree, uint32_t name)
{
    uint32_t count = 1;
    for (uint32_t child = tree->first_child[name]; child != NONE;
         child = tree->next_sibling[child]) {
        if (tree->tokens[child].relation == REL_APPOS)
            return 0;
        if (tree->tokens[child].relation != REL_CONJ)
            continue;
        uint32_t more = tree->tokens[child].upos == UPOS_PROPN ? names_listed(tree, child) : 0;
        if (more == 0)
            return 0;
        count += more;
    }
    return count;
}

/* The number of those whom the noun names, where it is exact; else 0. */
static double number_of(const struct tree *tree, uint32_t noun)
{
    const struct document *document = tree->document;
    for (uint32_t i = 0; i < document->quantities.count; i++) {
        const struct quantity *quantity = &document->quantities.items[i];
        if (quantity->is_count && quantity->counted == noun && !quantity->vague &&
            !quantity->approximate && quantity->low == quantity->high)
            return quantity->low;
    }
    return 0;
}

/* "Two guards, IVO MAREK AND JAN KRAL, were shot", parsed as guards and two more: as many names as
 * the number says are theirs. */
static bool rehang_names(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t noun = tokens[word].head, comma = tree_child_exactly(tree, word, REL_PUNCT);
    if (tokens[word].relation != REL_CONJ || tokens[word].upos != UPOS_PROPN || noun == NONE ||
        noun > word || tokens[noun].upos != UPOS_NOUN || comma == NONE || comma > word ||
        !token_is(&tokens[comma], ",") || tree_child_exactly(tree, word, REL_CC) != NONE ||
        tree_child(tree, noun, REL_NUMMOD) == NONE || tree_child(tree, word, REL_FLAT) == NONE ||
        tree_child_exactly(tree, noun, REL_CONJ) != word)
        return false;
    uint32_t count = names_listed(tree, noun);
    if (count < 3 || number_of(tree, noun) != count - 1)
        return false;
    for (uint32_t child = tree->next_sibling[word]; child != NONE;
         child = tree->next_sibling[child])
        if (tokens[child].relation == REL_CONJ)
            tokens[child].head = word;
    tokens[word].relation = REL_APPOS;
    return true;
}

/* "They hit back, at one point SHELLING the port", parsed as a point that shells: it is they who
 * do. */
static bool rehang_at_times(struct token *tokens, const struct tree *tree, uint32_t word)
{
    static const char *const times[] = {"point", "stage", "time", "times", NULL};
    uint32_t noun = tokens[word].head;
    if (tokens[word].relation != REL_ACL || (tokens[word].features & WORD_GERUND) == 0 ||
        noun == NONE || noun + 1 != word || tokens[noun].relation != REL_OBL ||
        !token_is_one_of(&tokens[noun], times))
        return false;
    uint32_t at = tree_child_exactly(tree, noun, REL_CASE);
    if (at == NONE || !token_is(&tokens[at], "at"))
        return false;
    tokens[word].head = tokens[noun].head;
    tokens[word].relation = REL_ADVCL;
    tokens[noun].head = word;
    return true;
}

bool rehang_noun(struct token *tokens, const struct tree *tree, uint32_t word)
{
    return rehang_described(tokens, tree, word) || rehang_by_itself(tokens, tree, word) ||
           rehang_back(tokens, tree, word) || rehang_won_back(tokens, tree, word) ||
           rehang_together(tokens, tree, word) || rehang_besides(tokens, tree, word) ||
           rehang_other_side(tokens, tree, word) || rehang_counted(tokens, tree, word) ||
           rehang_one_by_one(tokens, tree, word) || rehang_behind_colon(tokens, tree, word) ||
           rehang_plural(tokens, tree, word) || rehang_governed(tokens, tree, word) ||
           rehang_beyond(tokens, tree, word) || rehang_order(tokens, tree, word) ||
           rehang_names(tokens, tree, word) || rehang_at_times(tokens, tree, word);
}
