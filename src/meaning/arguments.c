/* Arguments of a word, with passive, relative clauses, coordination and control undone.
 *
 * Method: relations of Universal Dependencies read off the tree as enhanced UD would add them
 * (Schuster and Manning 2016): subjects of controlled and coordinated verbs, antecedents of
 * relatives. What a verb lacks is sought at the word it hangs on, at most four steps up. */
#include "meaning/arguments.h"

#include "meaning/supports.h"

enum { DEEPEST = 4 };

static void find_at(const struct tree *tree, uint32_t word, struct arguments *arguments, int depth);

void arguments_add(struct arguments *arguments, enum argument_place place, uint32_t token,
                   uint32_t preposition, uint32_t via)
{
    if (arguments->count < ARGUMENTS_MAXIMUM)
        arguments->items[arguments->count++] = (struct argument){place, token, preposition, via};
}

const struct argument *arguments_get(const struct arguments *arguments, enum argument_place place)
{
    for (uint32_t i = 0; i < arguments->count; i++)
        if (arguments->items[i].place == place)
            return &arguments->items[i];
    return NULL;
}

const struct argument *arguments_behind(const struct tree *tree, const struct arguments *arguments,
                                        const char *preposition)
{
    for (uint32_t i = 0; i < arguments->count; i++)
        if (arguments->items[i].preposition != NONE &&
            token_is(&tree->tokens[arguments->items[i].preposition], preposition))
            return &arguments->items[i];
    return NULL;
}

static bool is_relative(const struct token *word)
{
    return (word->features & WORD_RELATIVE) != 0 ||
           (word->upos == UPOS_PRON && (token_is(word, "who") || token_is(word, "which") ||
                                        token_is(word, "that") || token_is(word, "whom")));
}

/* The noun a relative clause hangs on, for a relative pronoun at `token`; else `token`. */
static uint32_t antecedent(const struct tree *tree, uint32_t token, uint32_t clause)
{
    const struct token *verb = &tree->tokens[clause];
    bool relative = verb->relation == REL_ACL_RELCL && verb->head != NONE;
    return relative && is_relative(&tree->tokens[token]) ? verb->head : token;
}

static void add_oblique(const struct tree *tree, uint32_t word, uint32_t child,
                        struct arguments *arguments)
{
    uint32_t preposition = tree_child(tree, child, REL_CASE);
    if (preposition == NONE)
        preposition = tree_child(tree, child, REL_MARK);
    if (preposition != NONE)
        arguments_add(arguments, ARGUMENT_PREPOSITION, antecedent(tree, child, word), preposition,
                      NONE);
}

/* "Murdered AT LEAST 1,000 prisoners", "executed UP TO forty": the preposition is the number's. */
static bool is_bounded_object(const struct tree *tree, uint32_t word, uint32_t child)
{
    static const char *const pairs[][2] = {{"at", "least"}, {"at", "most"}, {"up", "to"}};
    uint32_t preposition = tree_child(tree, child, REL_CASE);
    if (preposition == NONE || tree->tokens[word].upos != UPOS_VERB || child < word ||
        tree_child(tree, word, REL_OBJ) != NONE || tree_child(tree, word, REL_NSUBJ_PASS) != NONE)
        return false;
    bool numbered =
        tree->tokens[child].upos == UPOS_NUM || tree_child(tree, child, REL_NUMMOD) != NONE;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (token_is(&tree->tokens[preposition], pairs[i][0]) &&
            token_is(&tree->tokens[preposition + 1], pairs[i][1]))
            return numbered;
    return false;
}

/* "Ordered the paper TO CLOSE": parsers do not tell a purpose from an order. */
static bool is_infinitive(const struct tree *tree, uint32_t clause)
{
    uint32_t mark = tree_child_exactly(tree, clause, REL_MARK);
    return mark != NONE && token_is(&tree->tokens[mark], "to");
}

static bool is_past_participle(const struct token *token)
{
    if (token->features != 0)
        return (token->features & WORD_PARTICIPLE) != 0 &&
               (token->features & (WORD_PAST | WORD_PASSIVE)) != 0;
    size_t length = strlen(token->folded);
    return length > 2 && strcmp(token->folded + length - 2, "ed") == 0;
}

static void add_child(const struct tree *tree, uint32_t word, uint32_t child,
                      struct arguments *arguments)
{
    switch (tree->tokens[child].relation) {
    case REL_NSUBJ:
    case REL_NSUBJ_OUTER:
    case REL_CSUBJ:
        arguments_add(arguments, ARGUMENT_SUBJECT, antecedent(tree, child, word), NONE, NONE);
        break;
    case REL_NSUBJ_PASS:
    case REL_CSUBJ_PASS:
        /* "Three were INJURED", taken for an adjective. */
        if (tree->tokens[word].upos == UPOS_ADJ) {
            arguments_add(arguments, ARGUMENT_SUBJECT, antecedent(tree, child, word), NONE, NONE);
            break;
        }
        arguments->passive = true;
        arguments_add(arguments, ARGUMENT_OBJECT, antecedent(tree, child, word), NONE, NONE);
        break;
    case REL_AUX_PASS:
        arguments->passive = true;
        break;
    case REL_AUX:
        arguments_add(arguments, ARGUMENT_AUXILIARY, child, NONE, NONE);
        break;
    case REL_ADVMOD:
        arguments_add(arguments, ARGUMENT_ADVERB, child, NONE, NONE);
        break;
    case REL_DET:
        arguments_add(arguments, ARGUMENT_DETERMINER, child, NONE, NONE);
        break;
    case REL_CASE:
        arguments_add(arguments, ARGUMENT_CASE, child, NONE, NONE);
        break;
    case REL_ACL:
        /* "Its demand that they leave", "an offer to talk". */
        if (tree_child_exactly(tree, child, REL_MARK) != NONE)
            arguments_add(arguments, ARGUMENT_COMPLEMENT, child, NONE, NONE);
        break;
    case REL_OBL_AGENT:
        arguments->passive = true;
        arguments_add(arguments, ARGUMENT_SUBJECT, child, tree_child(tree, child, REL_CASE), NONE);
        break;
    case REL_OBJ:
        arguments_add(arguments, ARGUMENT_OBJECT, antecedent(tree, child, word), NONE, NONE);
        break;
    case REL_IOBJ:
        arguments_add(arguments, ARGUMENT_INDIRECT, child, NONE, NONE);
        break;
    case REL_NMOD_POSS:
        arguments_add(arguments, ARGUMENT_POSSESSOR, child, NONE, NONE);
        break;
    case REL_COMPOUND:
    case REL_AMOD:
    case REL_NMOD_DESC:
        arguments_add(arguments, ARGUMENT_MODIFIER, child, NONE, NONE);
        break;
    case REL_OBL_UNMARKED:
        /* "REBEL-held" */
        if (child + 2 == word && (tree->tokens[child + 1].flags & TOKEN_HYPHEN) != 0)
            arguments_add(arguments, ARGUMENT_MODIFIER, child, NONE, NONE);
        break;
    case REL_COMPOUND_PRT:
        arguments_add(arguments, ARGUMENT_PARTICLE, child, NONE, NONE);
        break;
    case REL_XCOMP:
    case REL_CCOMP:
        arguments_add(arguments, ARGUMENT_COMPLEMENT, child, NONE, NONE);
        break;
    case REL_NUMMOD:
        /* "Including 30 KILLED" */
        if (tree->tokens[word].upos == UPOS_VERB && is_past_participle(&tree->tokens[word])) {
            arguments->passive = true;
            arguments_add(arguments, ARGUMENT_OBJECT, child, NONE, NONE);
        }
        break;
    case REL_ADVCL:
        if (is_infinitive(tree, child))
            arguments_add(arguments, ARGUMENT_COMPLEMENT, child, NONE, NONE);
        add_oblique(tree, word, child, arguments);
        break;
    case REL_OBL:
    case REL_NMOD:
        if (is_bounded_object(tree, word, child))
            arguments_add(arguments, ARGUMENT_OBJECT, child, NONE, NONE);
        else
            add_oblique(tree, word, child, arguments);
        break;
    default:
        break;
    }
}

static bool has(const struct arguments *arguments, enum argument_place place)
{
    return arguments_get(arguments, place) != NULL;
}

/* Copies what stands in `place` around `other`. */
static bool inherit(const struct arguments *from, enum argument_place place, uint32_t other,
                    enum argument_place as, struct arguments *arguments)
{
    const struct argument *found = arguments_get(from, place);
    if (found == NULL || has(arguments, as))
        return false;
    arguments_add(arguments, as, found->token, found->preposition, other);
    return true;
}

/* What the grammatical subject of `other` is. */
static bool inherit_subject(const struct arguments *from, uint32_t other, enum argument_place as,
                            struct arguments *arguments)
{
    return inherit(from, from->passive ? ARGUMENT_OBJECT : ARGUMENT_SUBJECT, other, as, arguments);
}

/* "The town WHERE they stayed", "the day WHEN": the noun takes no part itself. */
static bool is_about_place(const struct tree *tree, uint32_t clause)
{
    for (uint32_t child = tree->first_child[clause]; child != NONE;
         child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_ADVMOD &&
            (token_is(&tree->tokens[child], "where") || token_is(&tree->tokens[child], "when")))
            return true;
    return false;
}

/* The deed for which somebody is arrested or tried, behind the noun that says so. */
static bool is_for_deed(const struct tree *tree, uint32_t word)
{
    uint32_t mark = tree_child_exactly(tree, word, REL_MARK);
    return mark != NONE && token_is(&tree->tokens[mark], "for") && tree->supports != NULL &&
           supports_hold(tree->supports, &tree->tokens[tree->tokens[word].head], SUPPORT_OBJECT,
                         tree->tokens[mark].hash);
}

/* Verbs whose clause has the same doer, or is what is said: they take no object beside it. */
static bool takes_only_clause(const struct tree *tree, uint32_t verb)
{
    static const char *const verbs[] = {"claim",  "say",    "think",    "believe", "deny",
                                        "admit",  "hope",   "want",     "plan",    "try",
                                        "manage", "vow",    "threaten", "refuse",  "intend",
                                        "begin",  "start",  "continue", "boast",   "report",
                                        "insist", "acknowledge"};
    bool clause = tree_child(tree, verb, REL_XCOMP) != NONE ||
                  tree_child(tree, verb, REL_CCOMP) != NONE;
    for (size_t i = 0; clause && i < sizeof verbs / sizeof verbs[0]; i++)
        if (token_is(&tree->tokens[verb], verbs[i]))
            return true;
    return false;
}

/* "The policemen they claimed to have CAPTURED", "they said they had CAPTURED": what the relative clause
 * hangs on is the object of the verb below. */
static void object_across(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    const struct token *token = &tree->tokens[word];
    bool infinitive = token->relation == REL_XCOMP;
    bool finite = token->relation == REL_CCOMP && tree_child(tree, word, REL_NSUBJ) != NONE;
    if ((!infinitive && !finite) || arguments->passive || has(arguments, ARGUMENT_OBJECT) ||
        token->upos != UPOS_VERB || token->head == NONE)
        return;
    const struct token *outer = &tree->tokens[token->head];
    uint32_t subject = tree_child(tree, token->head, REL_NSUBJ);
    if (outer->relation == REL_ACL_RELCL && outer->head != NONE && outer->head < token->head &&
        subject != NONE && !is_relative(&tree->tokens[subject]) &&
        takes_only_clause(tree, token->head))
        arguments_add(arguments, ARGUMENT_OBJECT, outer->head, NONE, token->head);
}

/* "rebels who TOOK", "the town TAKEN by", "troops ADVANCING on", "a plan to ATTACK". */
static void from_noun(const struct tree *tree, uint32_t word, struct arguments *arguments,
                      int depth)
{
    const struct token *token = &tree->tokens[word];
    uint32_t noun = token->head;
    if (token->relation == REL_ACL_RELCL) {
        /* A relative without a pronoun: "the town they left"; not "the town where they stayed". */
        if (is_about_place(tree, word))
            return;
        if (!has(arguments, ARGUMENT_SUBJECT) && !arguments->passive)
            arguments_add(arguments, ARGUMENT_SUBJECT, noun, NONE, word);
        else if (!has(arguments, ARGUMENT_OBJECT) && !takes_only_clause(tree, word))
            arguments_add(arguments, ARGUMENT_OBJECT, noun, NONE, word);
    } else if (is_for_deed(tree, word)) {
        /* "The arrest of two soldiers FOR KILLING a priest" */
        struct arguments outer = {0};
        find_at(tree, noun, &outer, depth + 1);
        const struct argument *whom = arguments_behind(tree, &outer, "of");
        if (whom != NULL && !has(arguments, ARGUMENT_SUBJECT))
            arguments_add(arguments, ARGUMENT_SUBJECT, whom->token, NONE, noun);
    } else if (is_past_participle(token)) {
        arguments->passive = true;
        if (!has(arguments, ARGUMENT_OBJECT))
            arguments_add(arguments, ARGUMENT_OBJECT, noun, NONE, word);
    } else if ((token->features & (WORD_PARTICIPLE | WORD_GERUND)) != 0) {
        if (!has(arguments, ARGUMENT_SUBJECT))
            arguments_add(arguments, ARGUMENT_SUBJECT, noun, NONE, word);
    } else {
        /* "the army's plan to withdraw": whose plan it is. */
        struct arguments outer = {0};
        find_at(tree, noun, &outer, depth + 1);
        if (!inherit(&outer, ARGUMENT_POSSESSOR, noun, ARGUMENT_SUBJECT, arguments) &&
            !inherit(&outer, ARGUMENT_SUBJECT, noun, ARGUMENT_SUBJECT, arguments))
            inherit(&outer, ARGUMENT_MODIFIER, noun, ARGUMENT_SUBJECT, arguments);
    }
}

/* The noun right before a gerund that hangs beside it: "in POLICE firing", parsed as two phrases.
 */
static uint32_t noun_before(const struct tree *tree, uint32_t word)
{
    if (word == 0 || tree->tokens[word].relation != REL_ADVCL ||
        tree_child(tree, word, REL_OBJ) != NONE)
        return NONE;
    const struct token *before = &tree->tokens[word - 1];
    bool beside =
        before->upos == UPOS_NOUN &&
        ((relation_is(before->relation, REL_OBL) && before->head == tree->tokens[word].head) ||
         relation_is(before->relation, REL_NMOD));
    return beside ? word - 1 : NONE;
}

/* "Rocket FIRING"; not "killing UP to forty people". */
static bool has_compound(const struct tree *tree, uint32_t word)
{
    uint32_t child = tree_child(tree, word, REL_COMPOUND);
    return child != NONE &&
           !(strcmp(tree->tokens[child].folded, "up") == 0 && token_is(&tree->tokens[child + 1], "to"));
}

bool arguments_verbal_noun(const struct tree *tree, uint32_t word)
{
    const struct token *token = &tree->tokens[word];
    if (token->upos != UPOS_VERB || token->folded_length < 5 ||
        strcmp(token->folded + token->folded_length - 3, "ing") != 0)
        return false;
    return tree_child(tree, word, REL_CASE) != NONE || tree_child(tree, word, REL_DET) != NONE ||
           has_compound(tree, word) || tree_child(tree, word, REL_NMOD) != NONE || noun_before(tree, word) != NONE;
}

/* A noun phrase with a determiner or a number between its participle and its head, or with a name
 * for a head, is no place for "government BACKED militia". */
static bool is_closed_phrase(const struct tree *tree, uint32_t word, uint32_t noun)
{
    for (uint32_t i = word + 1; i < noun; i++)
        if (tree->tokens[i].upos == UPOS_DET || tree->tokens[i].upos == UPOS_NUM)
            return true;
    return tree->tokens[noun].upos == UPOS_PROPN;
}

/* "The army SHELLED villages", parsed as if "shelled villages" were a noun phrase: its subject, or
 * the noun before it that it hangs on or that was drawn into it. NONE where it is such a phrase. */
static uint32_t hidden_subject(const struct tree *tree, uint32_t word)
{
    const struct token *token = &tree->tokens[word];
    if (token->upos != UPOS_VERB || token->relation != REL_AMOD || token->head == NONE ||
        token->head < word)
        return NONE;
    uint32_t own = tree_child(tree, word, REL_NSUBJ);
    if (own != NONE)
        return own;
    if (tree_child(tree, token->head, REL_COP) != NONE)
        return NONE;
    uint32_t noun = token->head;
    uint32_t subject = tree_child(tree, noun, REL_NSUBJ);
    if (subject != NONE && subject < word)
        return subject;
    if (word == 0 || (token->features & WORD_PARTICIPLE) == 0)
        return NONE;
    const struct token *before = &tree->tokens[word - 1], *head = &tree->tokens[noun];
    if (before->upos != UPOS_NOUN && before->upos != UPOS_PROPN)
        return NONE;
    bool hangs = head->head == word - 1 && tree_preposition(tree, noun) == NONE &&
                 relation_is(head->relation, REL_NMOD);
    bool drawn = before->head == noun && before->relation == REL_COMPOUND &&
                 is_closed_phrase(tree, word, noun);
    return hangs || drawn ? word - 1 : NONE;
}

bool arguments_hidden_verb(const struct tree *tree, uint32_t word)
{
    return hidden_subject(tree, word) != NONE;
}

/* "the CAPTURED town", "ADVANCING troops", "the BESIEGED city": what is said of the noun. */
static void from_modified(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    uint32_t noun = tree->tokens[word].head;
    uint32_t subject = hidden_subject(tree, word);
    if (subject != NONE) {
        if (!has(arguments, ARGUMENT_SUBJECT))
            arguments_add(arguments, ARGUMENT_SUBJECT, subject, NONE, noun);
        arguments_add(arguments, ARGUMENT_OBJECT, noun, NONE, NONE);
        for (uint32_t child = tree->first_child[noun]; child != NONE;
             child = tree->next_sibling[child])
            if (child > noun && relation_is(tree->tokens[child].relation, REL_NMOD))
                add_oblique(tree, noun, child, arguments);
        return;
    }
    arguments->attributive = true;
    arguments_add(arguments, ARGUMENT_SUBJECT, noun, NONE, word);
}

/* "Accused the army OF KILLING", "kept it FROM ATTACKING": the object is who does it. */
static bool is_of_clause(const struct tree *tree, uint32_t clause)
{
    uint32_t mark = tree_child_exactly(tree, clause, REL_MARK);
    return mark != NONE &&
           (token_is(&tree->tokens[mark], "of") || token_is(&tree->tokens[mark], "for") ||
            token_is(&tree->tokens[mark], "from"));
}

/* "Called FOR THE KING to mediate", "called ON them to leave": who is to do it. */
static uint32_t told_to(const struct tree *tree, uint32_t head, uint32_t word)
{
    static const char *const verbs[] = {"call", "appeal", "press",    "push", "plead",
                                        "wait", "ask",    "campaign", "lobby"};
    bool asks = false;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        asks |= token_is(&tree->tokens[head], verbs[i]);
    uint32_t found = NONE;
    for (uint32_t child = tree->first_child[head]; asks && child != NONE && child < word;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_child(tree, child, REL_CASE);
        if (child > head && relation_is(tree->tokens[child].relation, REL_OBL) &&
            preposition != NONE &&
            (token_is(&tree->tokens[preposition], "for") ||
             token_is(&tree->tokens[preposition], "on") ||
             token_is(&tree->tokens[preposition], "upon") ||
             token_is(&tree->tokens[preposition], "to")))
            found = child;
    }
    return found;
}

/* "Seized from the camp BY SOLDIERS": parsers hang "by" on the phrase before it. */
static void by_phrase_below(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    if (!arguments->passive || has(arguments, ARGUMENT_SUBJECT))
        return;
    for (uint32_t phrase = tree->first_child[word]; phrase != NONE;
         phrase = tree->next_sibling[phrase]) {
        if (!relation_is(tree->tokens[phrase].relation, REL_OBL) || phrase < word)
            continue;
        for (uint32_t child = tree->first_child[phrase]; child != NONE;
             child = tree->next_sibling[child]) {
            uint32_t preposition = tree_child(tree, child, REL_CASE);
            if (relation_is(tree->tokens[child].relation, REL_NMOD) && preposition != NONE &&
                token_is(&tree->tokens[preposition], "by")) {
                arguments_add(arguments, ARGUMENT_SUBJECT, child, preposition, NONE);
                return;
            }
        }
    }
}

/* "Another 23, SAID THE GOVERNOR, laid down": the verb of an aside between a subject and its verb
 * takes that subject beside its own. NONE where `verb` is none such. */
static uint32_t subject_aside(const struct tree *tree, uint32_t verb, uint32_t clause)
{
    uint32_t before = NONE, after = NONE;
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        if (tree->tokens[child].relation != REL_NSUBJ)
            continue;
        if (child < verb)
            before = child;
        else if (child < clause)
            after = child;
    }
    return after != NONE ? before : NONE;
}

/* What coordinated, controlled and adverbial verbs take over from the verb they hang on. */
static void from_governor(const struct tree *tree, uint32_t word, struct arguments *arguments,
                          int depth)
{
    const struct token *token = &tree->tokens[word];
    uint32_t head = token->head;
    if (head == NONE || depth >= DEEPEST)
        return;
    struct arguments outer = {0};
    if ((token->relation == REL_XCOMP || token->relation == REL_ADVCL) && !arguments->passive &&
        is_infinitive(tree, word) && !has(arguments, ARGUMENT_SUBJECT)) {
        uint32_t told = told_to(tree, head, word);
        if (told != NONE) {
            arguments_add(arguments, ARGUMENT_SUBJECT, told, NONE, head);
            return;
        }
    }
    bool bare_participle = is_past_participle(token) && !has(arguments, ARGUMENT_SUBJECT) &&
                           !has(arguments, ARGUMENT_OBJECT);
    switch (token->relation) {
    case REL_CONJ:
        find_at(tree, head, &outer, depth + 1);
        if (arguments->passive || (bare_participle && outer.passive)) {
            arguments->passive = true;
            inherit_subject(&outer, head, ARGUMENT_OBJECT, arguments);
        } else if (!has(arguments, ARGUMENT_SUBJECT)) {
            inherit_subject(&outer, head, ARGUMENT_SUBJECT, arguments);
        }
        break;
    case REL_XCOMP:
        find_at(tree, head, &outer, depth + 1);
        if (arguments->passive)
            inherit_subject(&outer, head, ARGUMENT_OBJECT, arguments);
        else if (!inherit(&outer, ARGUMENT_OBJECT, head, ARGUMENT_SUBJECT, arguments))
            inherit(&outer, ARGUMENT_SUBJECT, head, ARGUMENT_SUBJECT, arguments);
        break;
    case REL_ADVCL:
        if ((token->features & WORD_FINITE) != 0 || has(arguments, ARGUMENT_SUBJECT) ||
            token->upos == UPOS_NOUN)
            break;
        if (arguments_verbal_noun(tree, word)) {
            if (noun_before(tree, word) != NONE)
                arguments_add(arguments, ARGUMENT_MODIFIER, word - 1, NONE, NONE);
            break;
        }
        find_at(tree, head, &outer, depth + 1);
        /* "Police were called TO INVESTIGATE" */
        if (is_infinitive(tree, word) && !arguments->passive) {
            inherit_subject(&outer, head, ARGUMENT_SUBJECT, arguments);
            break;
        }
        if (is_of_clause(tree, word) &&
            inherit(&outer, ARGUMENT_OBJECT, head, ARGUMENT_SUBJECT, arguments))
            break;
        /* "Killed in firing": those who were killed did not fire. */
        if (outer.passive && !bare_participle && tree_child_exactly(tree, word, REL_MARK) != NONE)
            break;
        arguments->passive |= bare_participle;
        inherit_subject(&outer, head, arguments->passive ? ARGUMENT_OBJECT : ARGUMENT_SUBJECT,
                        arguments);
        break;
    case REL_CCOMP:
        if (!has(arguments, ARGUMENT_SUBJECT) && subject_aside(tree, head, word) != NONE) {
            arguments_add(arguments, ARGUMENT_SUBJECT, subject_aside(tree, head, word), NONE, NONE);
            break;
        }
        /* "The watchdog Amnesty ACCUSED": a finite clause takes the noun right before it. */
        if ((token->features & WORD_FINITE) == 0 || arguments->passive || word == 0 ||
            has(arguments, ARGUMENT_SUBJECT) || tree_child(tree, word, REL_MARK) != NONE)
            break;
        if (tree->tokens[word - 1].relation == REL_OBJ && tree->tokens[word - 1].head == head)
            arguments_add(arguments, ARGUMENT_SUBJECT, word - 1, NONE, NONE);
        break;
    case REL_ACL:
    case REL_ACL_RELCL:
        from_noun(tree, word, arguments, depth);
        break;
    case REL_AMOD:
        from_modified(tree, word, arguments);
        break;
    default:
        break;
    }
}

/* The prepositional phrases of a support verb belong to its noun. */
static void inherit_phrases(const struct arguments *from, uint32_t verb, uint32_t noun,
                            struct arguments *arguments)
{
    for (uint32_t i = 0; i < from->count; i++)
        if (from->items[i].place == ARGUMENT_PREPOSITION && from->items[i].token != noun)
            arguments_add(arguments, ARGUMENT_PREPOSITION, from->items[i].token,
                          from->items[i].preposition, verb);
}

/* The noun whose place in the clause counts: the first of a coordination, what counts the event
 * ("a SERIES of attacks"). */
static uint32_t standing_for(const struct tree *tree, uint32_t noun)
{
    for (int steps = 0; steps < 4; steps++) {
        const struct token *token = &tree->tokens[noun];
        bool counted =
            relation_is(token->relation, REL_NMOD) && token->head != NONE &&
            supports_hold(tree->supports, &tree->tokens[token->head], SUPPORT_MEASURE, 0);
        if (token->relation != REL_CONJ && !counted)
            break;
        noun = token->head;
    }
    return noun;
}

/* "Blamed the murder ON THE REBELS", "the raid was the work OF THE MILITIA"; parsers hang the
 * phrase on the verb or (`below`) on the event. */
static void lend_named(const struct tree *tree, uint32_t verb, uint32_t below,
                       struct arguments *arguments)
{
    for (uint32_t child = tree->first_child[below]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_preposition(tree, child);
        if (preposition == NONE || preposition < verb || has(arguments, ARGUMENT_SUBJECT))
            continue;
        if (supports_hold(tree->supports, &tree->tokens[verb], SUPPORT_NAMES,
                          tree->tokens[preposition].hash))
            arguments_add(arguments, ARGUMENT_SUBJECT, child, NONE, verb);
    }
}

/* What the subject of the support verb at `verb` is to `noun`, and who that is. */
static void lend(const struct tree *tree, uint32_t verb, uint32_t noun, int depth,
                 struct arguments *arguments)
{
    const struct token *support = &tree->tokens[verb];
    enum relation relation = tree->tokens[noun].relation;
    bool object = relation == REL_OBJ || relation == REL_NSUBJ_PASS;
    bool oblique =
        relation_is(relation, REL_OBL) || relation_is(relation, REL_NMOD) || relation == REL_ADVCL;
    uint32_t preposition = oblique ? tree_preposition(tree, noun) : NONE;
    if (!object && relation != REL_NSUBJ && preposition == NONE)
        return;
    if (object || (relation == REL_NSUBJ && support->upos == UPOS_NOUN))
        lend_named(tree, verb, verb, arguments);
    if (object)
        lend_named(tree, verb, noun, arguments);
    uint64_t with = preposition != NONE ? tree->tokens[preposition].hash : 0;
    struct arguments outer = {0};
    /* "The rebels' INVOLVEMENT in the murder": whose it is. */
    if (support->upos == UPOS_NOUN) {
        if (!oblique || !supports_hold(tree->supports, support, SUPPORT_AGENT, with))
            return;
        find_at(tree, verb, &outer, depth + 1);
        const struct argument *whose = arguments_behind(tree, &outer, "of");
        if (!inherit(&outer, ARGUMENT_POSSESSOR, verb, ARGUMENT_SUBJECT, arguments) &&
            whose != NULL)
            arguments_add(arguments, ARGUMENT_SUBJECT, whose->token, NONE, verb);
        return;
    }
    /* "Blamed the rebels for": its object; "to blame for": its subject. */
    if (oblique && supports_hold(tree->supports, support, SUPPORT_OBJECT, with)) {
        find_at(tree, verb, &outer, depth + 1);
        if (inherit(&outer, ARGUMENT_OBJECT, verb, ARGUMENT_SUBJECT, arguments))
            return;
        outer = (struct arguments){0};
    }
    if (relation != REL_NSUBJ && supports_hold(tree->supports, support, SUPPORT_AGENT, with)) {
        find_at(tree, verb, &outer, depth + 1);
        /* "Soldiers were involved in the murder" */
        enum argument_place from = outer.passive && oblique ? ARGUMENT_OBJECT : ARGUMENT_SUBJECT;
        inherit(&outer, from, verb, ARGUMENT_SUBJECT, arguments);
    } else if (object && supports_hold(tree->supports, support, SUPPORT_PATIENT, 0)) {
        find_at(tree, verb, &outer, depth + 1);
        inherit(&outer, ARGUMENT_SUBJECT, verb, ARGUMENT_OBJECT, arguments);
    } else if (relation == REL_NSUBJ && supports_hold(tree->supports, support, SUPPORT_EVENT, 0)) {
        find_at(tree, verb, &outer, depth + 1);
    } else {
        return;
    }
    if (!oblique)
        inherit_phrases(&outer, verb, noun, arguments);
}

/* "They CARRIED OUT a raid", "they SUFFERED losses", "a raid was CARRIED OUT by them", "fighting
 * BROKE OUT", "they were INVOLVED in the murder", "RESPONSIBLE for the attack": the noun takes over
 * what the verb has. */
static void from_support_above(const struct tree *tree, uint32_t word, struct arguments *arguments,
                               int depth)
{
    uint32_t noun = standing_for(tree, word);
    uint32_t verb = tree->tokens[noun].head;
    if (verb == NONE)
        return;
    enum word_class upos = tree->tokens[verb].upos;
    if (upos == UPOS_VERB || upos == UPOS_ADJ || upos == UPOS_NOUN)
        lend(tree, verb, noun, depth, arguments);
}

/* "The raid LAUNCHED by rebels on the town", "the attack that rebels CARRIED OUT"; "battles RAGED
 * between", parsed as a clause. */
static void from_support_below(const struct tree *tree, uint32_t word, struct arguments *arguments,
                               int depth)
{
    for (uint32_t verb = tree->first_child[word]; verb != NONE; verb = tree->next_sibling[verb]) {
        const struct token *token = &tree->tokens[verb];
        if (!relation_is(token->relation, REL_ACL) || token->upos != UPOS_VERB)
            continue;
        struct arguments inner = {0};
        if (token->relation == REL_ACL && is_past_participle(token) &&
            supports_hold(tree->supports, token, SUPPORT_EVENT, 0)) {
            find_at(tree, verb, &inner, depth + 1);
            inherit_phrases(&inner, verb, word, arguments);
            continue;
        }
        if (!supports_hold(tree->supports, token, SUPPORT_AGENT, 0))
            continue;
        find_at(tree, verb, &inner, depth + 1);
        const struct argument *object = arguments_get(&inner, ARGUMENT_OBJECT);
        if (object == NULL || object->token != word)
            continue;
        inherit(&inner, ARGUMENT_SUBJECT, verb, ARGUMENT_SUBJECT, arguments);
        inherit_phrases(&inner, verb, word, arguments);
    }
}

/* "Support for the rebels from the army": parsers hang the second phrase on the first. What "of"
 * brings stays where it is. */
static void add_phrases_below(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    for (uint32_t noun = tree->first_child[word]; noun != NONE; noun = tree->next_sibling[noun]) {
        if (!relation_is(tree->tokens[noun].relation, REL_NMOD) &&
            !relation_is(tree->tokens[noun].relation, REL_OBL))
            continue;
        for (uint32_t child = tree->first_child[noun]; child != NONE;
             child = tree->next_sibling[child]) {
            uint32_t preposition = tree_child(tree, child, REL_CASE);
            if (relation_is(tree->tokens[child].relation, REL_NMOD) && preposition != NONE &&
                !token_is(&tree->tokens[preposition], "of") &&
                !token_is(&tree->tokens[preposition], "'s"))
                arguments_add(arguments, ARGUMENT_PREPOSITION, child, preposition, noun);
        }
    }
}

static void find_at(const struct tree *tree, uint32_t word, struct arguments *arguments, int depth)
{
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        add_child(tree, word, child, arguments);
    /* "Informed the villagers": whom one tells is an object where there is no other. */
    const struct argument *indirect = arguments_get(arguments, ARGUMENT_INDIRECT);
    if (indirect != NULL && !has(arguments, ARGUMENT_OBJECT))
        arguments_add(arguments, ARGUMENT_OBJECT, indirect->token, NONE, NONE);
    arguments_repair(tree, word, arguments);
    from_governor(tree, word, arguments, depth);
    object_across(tree, word, arguments);
    by_phrase_below(tree, word, arguments);
    enum word_class upos = tree->tokens[word].upos;
    if (depth == 0 && (upos == UPOS_NOUN || arguments_verbal_noun(tree, word)))
        add_phrases_below(tree, word, arguments);
    if (tree->supports != NULL && depth < 2 && (upos == UPOS_NOUN || upos == UPOS_PROPN)) {
        from_support_above(tree, word, arguments, depth);
        from_support_below(tree, word, arguments, depth);
    }
}

void arguments_find(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    *arguments = (struct arguments){0};
    find_at(tree, word, arguments, 0);
}
