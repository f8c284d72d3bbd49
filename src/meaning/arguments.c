/* Arguments of a word, with passive, relative clauses, coordination and control undone.
 *
 * Method: relations of Universal Dependencies read off the tree as enhanced UD would add them
 * (Schuster and Manning 2016): subjects of controlled and coordinated verbs, antecedents of
 * relatives. What a verb lacks is sought at the word it hangs on (governors.c), at most four steps
 * up; what a noun lacks, at the verb that supports it (lent_arguments.c). */
#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

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

bool arguments_relative(const struct token *word)
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
    return relative && arguments_relative(&tree->tokens[token]) ? verb->head : token;
}

/* "The hacking AHEAD OF the vote", "the arrests BECAUSE OF him": no "of" of the noun's own. */
static bool is_end_of_preposition(const struct tree *tree, uint32_t preposition)
{
    return preposition > 0 && token_is(&tree->tokens[preposition], "of") &&
           token_in(&tree->tokens[preposition - 1], WORDS_JOINED_TO_OF);
}

void arguments_add_oblique(const struct tree *tree, uint32_t word, uint32_t child,
                           struct arguments *arguments)
{
    uint32_t preposition = tree_child(tree, child, REL_CASE);
    if (preposition == NONE)
        preposition = tree_child(tree, child, REL_MARK);
    if (preposition != NONE && !is_end_of_preposition(tree, preposition))
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

/* "Drove OVER A LANDMINE", parsed as an object with a preposition right behind the verb, as "took
 * OVER the port" may be; but "killed OVER FORTY". */
static bool is_governed_object(const struct tree *tree, uint32_t word, uint32_t child)
{
    uint32_t preposition = tree_child_exactly(tree, child, REL_CASE);
    return preposition == word + 1 && tree->tokens[word].upos == UPOS_VERB &&
           tree->tokens[child].upos != UPOS_NUM && tree_child(tree, child, REL_NUMMOD) == NONE;
}

/* "Ordered the paper TO CLOSE": parsers do not tell a purpose from an order. */
bool arguments_infinitive(const struct tree *tree, uint32_t clause)
{
    uint32_t mark = tree_child_exactly(tree, clause, REL_MARK);
    return mark != NONE && token_is(&tree->tokens[mark], "to");
}

bool arguments_past_participle(const struct token *token)
{
    if (token->features != 0)
        return (token->features & WORD_PARTICIPLE) != 0 &&
               (token->features & (WORD_PAST | WORD_PASSIVE)) != 0;
    size_t length = strlen(token->folded);
    return length > 2 && strcmp(token->folded + length - 2, "ed") == 0;
}

/* "Died AT THE HANDS OF rebels": who did it. False where the phrase is another. */
bool arguments_add_hands(const struct tree *tree, uint32_t child, struct arguments *arguments)
{
    uint32_t preposition = tree_child(tree, child, REL_CASE);
    if (!token_is(&tree->tokens[child], "hand") || preposition == NONE ||
        !token_is(&tree->tokens[preposition], "at"))
        return false;
    for (uint32_t whose = tree->first_child[child]; whose != NONE;
         whose = tree->next_sibling[whose])
        if (relation_is(tree->tokens[whose].relation, REL_NMOD)) {
            arguments_add(arguments, ARGUMENT_SUBJECT, whose, NONE, NONE);
            return true;
        }
    return false;
}

/* What a child is by its relation alone; ARGUMENT_SUBJECT where that does not say it. */
static enum argument_place by_relation(enum relation relation)
{
    static const uint8_t places[] = {
        [REL_AUX] = ARGUMENT_AUXILIARY,      [REL_ADVMOD] = ARGUMENT_ADVERB,
        [REL_DET] = ARGUMENT_DETERMINER,     [REL_CASE] = ARGUMENT_CASE,
        [REL_IOBJ] = ARGUMENT_INDIRECT,      [REL_NMOD_POSS] = ARGUMENT_POSSESSOR,
        [REL_COMPOUND] = ARGUMENT_MODIFIER,  [REL_AMOD] = ARGUMENT_MODIFIER,
        [REL_NMOD_DESC] = ARGUMENT_MODIFIER, [REL_COMPOUND_PRT] = ARGUMENT_PARTICLE,
        [REL_XCOMP] = ARGUMENT_COMPLEMENT,   [REL_CCOMP] = ARGUMENT_COMPLEMENT,
    };
    _Static_assert(ARGUMENT_SUBJECT == 0, "what is not in the table is none of its places");
    return relation < sizeof places ? places[relation] : ARGUMENT_SUBJECT;
}

/* "The murder CARRIED OUT BY soldiers was", parsed as if the murder were its subject: what is done
 * by somebody has its object there. */
bool arguments_done_by(const struct tree *tree, uint32_t word)
{
    const struct token *verb = &tree->tokens[word];
    return verb->upos == UPOS_VERB && (verb->features & (WORD_PAST | WORD_PARTICIPLE)) != 0 &&
           (verb->features & (WORD_GERUND | WORD_PRESENT)) == 0 &&
           tree_child_exactly(tree, word, REL_OBL_AGENT) != NONE &&
           tree_child(tree, word, REL_AUX) == NONE && tree_child(tree, word, REL_OBJ) == NONE;
}

/* "While they were ON A MISSION", a clause that says where somebody was; not "INTO whether it was". */
static bool is_where_they_were(const struct tree *tree, uint32_t clause)
{
    uint32_t copula = tree_child_exactly(tree, clause, REL_COP);
    uint32_t preposition = tree_child_exactly(tree, clause, REL_CASE);
    return copula != NONE && preposition != NONE && preposition > copula;
}

bool arguments_has(const struct arguments *arguments, enum argument_place place)
{
    return arguments_get(arguments, place) != NULL;
}

static void add_child(const struct tree *tree, uint32_t word, uint32_t child,
                      struct arguments *arguments)
{
    switch (tree->tokens[child].relation) {
    case REL_NSUBJ:
    case REL_NSUBJ_OUTER:
    case REL_CSUBJ:
        if (arguments_done_by(tree, word)) {
            arguments->passive = true;
            arguments_add(arguments, ARGUMENT_OBJECT, antecedent(tree, child, word), NONE, NONE);
            break;
        }
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
        if (is_governed_object(tree, word, child))
            arguments_add_oblique(tree, word, child, arguments);
        break;
    case REL_OBL_UNMARKED:
        /* "REBEL-held" */
        if (child + 2 == word && (tree->tokens[child + 1].flags & TOKEN_HYPHEN) != 0)
            arguments_add(arguments, ARGUMENT_MODIFIER, child, NONE, NONE);
        break;
    case REL_NUMMOD:
        /* "Including 30 KILLED" */
        if (tree->tokens[word].upos == UPOS_VERB &&
            arguments_past_participle(&tree->tokens[word])) {
            arguments->passive = true;
            arguments_add(arguments, ARGUMENT_OBJECT, child, NONE, NONE);
        }
        break;
    case REL_ADVCL:
        if (arguments_infinitive(tree, child))
            arguments_add(arguments, ARGUMENT_COMPLEMENT, child, NONE, NONE);
        if (!is_where_they_were(tree, child))
            arguments_add_oblique(tree, word, child, arguments);
        break;
    case REL_OBL:
    case REL_NMOD:
        if (is_bounded_object(tree, word, child))
            arguments_add(arguments, ARGUMENT_OBJECT, child, NONE, NONE);
        else if ((arguments_has(arguments, ARGUMENT_SUBJECT) && !arguments->passive) ||
                 !arguments_add_hands(tree, child, arguments))
            arguments_add_oblique(tree, word, child, arguments);
        break;
    default:
        if (by_relation(tree->tokens[child].relation) != ARGUMENT_SUBJECT)
            arguments_add(arguments, by_relation(tree->tokens[child].relation), child, NONE, NONE);
        break;
    }
}

/* Copies what stands in `place` around `other`. */
bool arguments_inherit(const struct arguments *from, enum argument_place place, uint32_t other,
                       enum argument_place as, struct arguments *arguments)
{
    const struct argument *found = arguments_get(from, place);
    if (found == NULL || arguments_has(arguments, as))
        return false;
    arguments_add(arguments, as, found->token, found->preposition, other);
    return true;
}

/* What the grammatical subject of `other` is. */
bool arguments_inherit_subject(const struct arguments *from, uint32_t other, enum argument_place as,
                               struct arguments *arguments)
{
    return arguments_inherit(from, from->passive ? ARGUMENT_OBJECT : ARGUMENT_SUBJECT, other, as,
                             arguments);
}

/* The noun of a "by" phrase behind `word`, up to the next verb, wherever a parser hung it; of a
 * noun only what stands below it. NONE where there is none. */
static uint32_t by_phrase_behind(const struct tree *tree, uint32_t word)
{
    const struct token *first = &tree->tokens[word];
    uint32_t end = tree->document->sentences.items[first->sentence].tokens.end;
    for (uint32_t i = word + 1; i < end; i++) {
        const struct token *token = &tree->tokens[i];
        bool verb = (token->upos == UPOS_VERB && token->relation != REL_AMOD) ||
                    token->upos == UPOS_AUX || token->upos == UPOS_SCONJ;
        if (verb || token_is(token, ";") || token_is(token, ":"))
            return NONE;
        if (token->relation != REL_CASE || !token_is(token, "by") || token->head == NONE ||
            token->head < i)
            continue;
        const struct token *noun = &tree->tokens[token->head];
        if (noun->upos != UPOS_NOUN && noun->upos != UPOS_PROPN)
            return NONE;
        return first->upos == UPOS_VERB || tree_is_below(tree, token->head, word) ? token->head
                                                                                  : NONE;
    }
    return NONE;
}

/* "Seized from the camp BY SOLDIERS", "the murder of the judge, a critic of the mayor, BY GUNMEN":
 * parsers hang "by" on the phrase before it. */
static void by_phrase_below(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    const struct token *token = &tree->tokens[word];
    bool noun = token->upos == UPOS_NOUN && arguments_behind(tree, arguments, "by") == NULL;
    if (!noun && (token->upos != UPOS_VERB || !arguments->passive ||
                  arguments_has(arguments, ARGUMENT_SUBJECT)))
        return;
    const struct argument *by = noun ? NULL : arguments_behind(tree, arguments, "by");
    /* "Murdered on Friday BY SOLDIERS": parsers do not see who that is. */
    if (by != NULL && tree->tokens[by->token].upos == UPOS_NOUN &&
        (tree->tokens[by->token].features & WORD_PLURAL) != 0) {
        arguments_add(arguments, ARGUMENT_SUBJECT, by->token, by->preposition, NONE);
        return;
    }
    uint32_t found = by_phrase_behind(tree, word);
    if (found == NONE || tree->tokens[found].head == word)
        return;
    uint32_t preposition = tree_child(tree, found, REL_CASE);
    arguments_add(arguments, noun ? ARGUMENT_PREPOSITION : ARGUMENT_SUBJECT, found, preposition,
                  NONE);
}

/* "Kidnapped and later murdered BY SOLDIERS": who did the second deed did the first; "kidnapped but
 * was freed by soldiers" and "killed, and two were caught by soldiers" are deeds of two. */
static void by_phrase_shared(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    if (tree->tokens[word].upos != UPOS_VERB || !arguments->passive ||
        arguments_has(arguments, ARGUMENT_SUBJECT))
        return;
    uint32_t first = tree->tokens[word].relation == REL_CONJ ? tree->tokens[word].head : word;
    for (uint32_t verb = tree->first_child[first]; verb != NONE; verb = tree->next_sibling[verb]) {
        const struct token *token = &tree->tokens[verb];
        uint32_t by = tree_child_exactly(tree, verb, REL_OBL_AGENT);
        bool own = tree_child(tree, verb, REL_NSUBJ) != NONE ||
                   tree_child(tree, verb, REL_NSUBJ_PASS) != NONE ||
                   tree_child(tree, verb, REL_AUX) != NONE ||
                   tree_child(tree, verb, REL_OBJ) != NONE;
        if (verb <= word || token->relation != REL_CONJ || token->upos != UPOS_VERB || own)
            continue;
        if (by != NONE) {
            arguments_add(arguments, ARGUMENT_SUBJECT, by, tree_child(tree, by, REL_CASE), verb);
            return;
        }
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

/* "The attack carried out by gunmen AGAINST THE OFFICE": parsers hang whom it was aimed at on who
 * did it. */
static void aimed_below_doer(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    for (uint32_t i = 0, count = arguments->count; i < count; i++) {
        uint32_t doer = arguments->items[i].token;
        if (arguments->items[i].place != ARGUMENT_SUBJECT || doer < word ||
            tree->tokens[doer].relation != REL_OBL_AGENT)
            continue;
        for (uint32_t child = tree->first_child[doer]; child != NONE;
             child = tree->next_sibling[child]) {
            uint32_t preposition = tree_child(tree, child, REL_CASE);
            if (relation_is(tree->tokens[child].relation, REL_NMOD) && preposition != NONE &&
                (token_is(&tree->tokens[preposition], "against") ||
                 (token_is(&tree->tokens[preposition], "on") &&
                  !token_in(&tree->tokens[child], WORDS_WHAT_DOERS_ARE_ON))))
                arguments_add(arguments, ARGUMENT_PREPOSITION, child, preposition, doer);
        }
    }
}

void arguments_at(const struct tree *tree, uint32_t word, struct arguments *arguments, int depth)
{
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        add_child(tree, word, child, arguments);
    /* "Informed the villagers": whom one tells is an object where there is no other. */
    const struct argument *indirect = arguments_get(arguments, ARGUMENT_INDIRECT);
    if (indirect != NULL && !arguments_has(arguments, ARGUMENT_OBJECT))
        arguments_add(arguments, ARGUMENT_OBJECT, indirect->token, NONE, NONE);
    arguments_repair(tree, word, arguments);
    arguments_strayed(tree, word, arguments);
    arguments_from_governor(tree, word, arguments, depth);
    arguments_object_across(tree, word, arguments);
    arguments_object_ahead(tree, word, arguments);
    by_phrase_below(tree, word, arguments);
    by_phrase_shared(tree, word, arguments);
    enum word_class upos = tree->tokens[word].upos;
    if (depth == 0 && (upos == UPOS_NOUN || arguments_verbal_noun(tree, word)))
        add_phrases_below(tree, word, arguments);
    if (tree->supports != NULL && depth < 2 && (upos == UPOS_NOUN || upos == UPOS_PROPN)) {
        arguments_from_support(tree, word, arguments, depth);
        arguments_carried_out(tree, word, arguments);
        arguments_doers(tree, word, arguments, depth);
        aimed_below_doer(tree, word, arguments);
    }
}

void arguments_find(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    *arguments = (struct arguments){.word = word};
    arguments_at(tree, word, arguments, 0);
}
