/* What parsers of news get wrong around a verb, undone before its arguments are read.
 *
 * Each function is one pattern that the tree cannot mean: a finite verb without a subject, a verb
 * with two, an oblique without a preposition, a past participle behind "was" that is no passive.
 * What leaves out: errors that have no such mark. */
#include "meaning/arguments.h"

/* "In Arnsdorf and Belmont, POLICE fired": a noun behind a comma is the subject alone; "soldiers and POLICE
 * fired" is both. False where it is neither, as in "in Arnsdorf and Belmont fell". */
static bool conjunct_before(const struct tree *tree, uint32_t *noun)
{
    uint32_t first = tree_noun_phrase(tree, *noun).first;
    if (first > 0 && token_is(&tree->tokens[first - 1], ","))
        return tree_child(tree, *noun, REL_CC) == NONE;
    if (tree_child(tree, *noun, REL_CC) == NONE)
        return false;
    *noun = tree->tokens[*noun].head;
    return *noun != NONE && tree_child(tree, *noun, REL_CASE) == NONE;
}

/* "In the northern district POLICE fired": a finite verb has a subject, and the noun that stands
 * right before it is the subject, not what the preposition of another phrase governs. */
static void subject_before(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    const struct token *verb = &tree->tokens[word];
    bool finite = (verb->features & WORD_FINITE) != 0 && (verb->features & WORD_PARTICIPLE) == 0;
    bool main_clause = verb->relation == REL_ROOT || verb->relation == REL_CCOMP ||
                       verb->relation == REL_PARATAXIS || verb->relation == REL_ADVCL;
    if (word == 0 || verb->upos != UPOS_VERB || !finite || !main_clause || arguments->passive ||
        (arguments_get(arguments, ARGUMENT_SUBJECT) != NULL))
        return;
    const struct token *before = &tree->tokens[word - 1];
    bool governed = before->relation == REL_OBL || relation_is(before->relation, REL_NMOD);
    uint32_t subject = word - 1;
    if (before->relation == REL_CONJ)
        governed = conjunct_before(tree, &subject);
    if ((before->upos == UPOS_NOUN || before->upos == UPOS_PROPN) && governed &&
        tree_is_below(tree, word - 1, word))
        arguments_add(arguments, ARGUMENT_SUBJECT, subject, NONE, NONE);
}

/* "At the port clerks and SAILORS were killed", parsed as one list: who stands before "were" is whom the
 * passive is said of. */
static void passive_subject_before(const struct tree *tree, uint32_t word,
                                   struct arguments *arguments)
{
    uint32_t auxiliary = tree_child_exactly(tree, word, REL_AUX_PASS);
    if (!arguments->passive || auxiliary == NONE || auxiliary == 0 ||
        arguments_get(arguments, ARGUMENT_OBJECT) != NULL)
        return;
    uint32_t noun = auxiliary - 1;
    const struct token *before = &tree->tokens[noun];
    if (before->sentence == tree->tokens[word].sentence &&
        (before->upos == UPOS_NOUN || before->upos == UPOS_PROPN) &&
        before->relation == REL_CONJ && tree_is_below(tree, noun, word) &&
        conjunct_before(tree, &noun))
        arguments_add(arguments, ARGUMENT_OBJECT, noun, NONE, NONE);
}

/* "Fighters marched in as TROOPS withdrew", parsed as one clause: who stands behind the conjunction
 * withdrew. */
static void subject_behind_mark(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    uint32_t mark = tree_child(tree, word, REL_MARK);
    const struct argument *later = NULL;
    for (uint32_t i = 0; i < arguments->count && mark != NONE; i++)
        if (arguments->items[i].place == ARGUMENT_SUBJECT && arguments->items[i].token > mark &&
            arguments->items[i].token < word)
            later = &arguments->items[i];
    for (uint32_t i = 0; i < arguments->count && later != NULL; i++)
        if (arguments->items[i].place == ARGUMENT_SUBJECT && arguments->items[i].token < mark)
            arguments->items[i].place = ARGUMENT_PREPOSITION;
}

/* "The secretary telephoned the MINISTER", parsed with two subjects: the one behind the verb is its
 * object. */
static void second_subject(struct arguments *arguments, uint32_t word)
{
    struct argument *first = NULL;
    for (uint32_t i = 0; i < arguments->count; i++) {
        struct argument *item = &arguments->items[i];
        if (item->place != ARGUMENT_SUBJECT || item->preposition != NONE || item->via != NONE)
            continue;
        if (first == NULL && item->token < word)
            first = item;
        else if (first != NULL && item->token > word &&
                 !(arguments_get(arguments, ARGUMENT_OBJECT) != NULL))
            item->place = ARGUMENT_OBJECT;
    }
}

/* "Killed UP TO forty people": the bound of a number, parsed as a preposition. */
static bool is_up_to(const struct tree *tree, uint32_t noun)
{
    uint32_t preposition = tree_preposition(tree, noun);
    return preposition != NONE && preposition > 0 && token_is(&tree->tokens[preposition], "to") &&
           strcmp(tree->tokens[preposition - 1].folded, "up") == 0 &&
           tree->tokens[preposition + 1].upos == UPOS_NUM;
}

/* "Blew up AT LEAST three towers": the object, parsed as an oblique that no preposition governs. */
static void bare_object(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    if (tree->tokens[word].upos != UPOS_VERB || arguments->passive ||
        arguments_get(arguments, ARGUMENT_OBJECT) != NULL)
        return;
    for (uint32_t child = tree->first_child[word]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *noun = &tree->tokens[child];
        if (noun->relation == REL_OBL && child > word && noun->upos == UPOS_NOUN &&
            ((tree_child(tree, child, REL_CASE) == NONE &&
              tree_child(tree, child, REL_MARK) == NONE) ||
             is_up_to(tree, child)) &&
            tree_child(tree, child, REL_NUMMOD) != NONE) {
            arguments_add(arguments, ARGUMENT_OBJECT, child, NONE, NONE);
            return;
        }
    }
}

/* "The senator WAS gravely INJURED", parsed as an active: a form of "be" and a past participle. */
static void passive_of_be(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    const struct token *verb = &tree->tokens[word];
    uint32_t auxiliary = tree_child_exactly(tree, word, REL_AUX);
    bool participle = verb->folded_length > 3 &&
                      strcmp(verb->folded + verb->folded_length - 2, "ed") == 0;
    /* "Was fatally SHOT", with a copula. */
    bool present = verb->folded_length > 4 && strcmp(verb->folded + verb->folded_length - 3, "ing") == 0;
    if (auxiliary == NONE && !present && (verb->features & WORD_PARTICIPLE) != 0) {
        auxiliary = tree_child_exactly(tree, word, REL_COP);
        participle = true;
    }
    if (verb->upos != UPOS_VERB || arguments->passive || auxiliary == NONE ||
        !token_is(&tree->tokens[auxiliary], "be") ||
        arguments_get(arguments, ARGUMENT_OBJECT) != NULL || !participle)
        return;
    arguments->passive = true;
    for (uint32_t i = 0; i < arguments->count; i++)
        if (arguments->items[i].place == ARGUMENT_SUBJECT &&
            arguments->items[i].preposition == NONE)
            arguments->items[i].place = ARGUMENT_OBJECT;
}

/* "Also INJURED WAS a vendor": the participle first, whoever it is said of behind "was". */
static void inverted_passive(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    const struct token *verb = &tree->tokens[word];
    if (verb->relation != REL_ROOT || verb->folded_length < 4 ||
        strcmp(verb->folded + verb->folded_length - 2, "ed") != 0 ||
        word + 2 >= tree->document->tokens.count || verb[1].sentence != verb->sentence ||
        !token_is(&verb[1], "be"))
        return;
    for (uint32_t child = tree->first_child[word]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *noun = &tree->tokens[child];
        bool named = noun->upos == UPOS_NOUN || noun->upos == UPOS_PROPN || noun->upos == UPOS_NUM;
        if (child < word && noun->relation == REL_NSUBJ)
            return;
        if (child < word + 2 || !named)
            continue;
        for (uint32_t i = 0; i < arguments->count; i++)
            if (arguments->items[i].token == child)
                arguments->items[i--] = arguments->items[--arguments->count];
        arguments->passive = true;
        arguments_add(arguments, ARGUMENT_OBJECT, child, NONE, NONE);
        return;
    }
}

/* Deeds that are always done to somebody or something. */
static bool is_done_to_somebody(const struct token *verb)
{
    static const char *const words[] = {
        "kill",   "wound",   "injure",  "hurt",     "arrest",  "detain",  "rescue",   "free",
        "release", "kidnap", "abduct",  "shoot",    "stab",    "jail",    "charge",   "sentence",
        "evacuate", "deport", "expel",  "sack",     "target",  "bomb",    "destroy",  "damage",
        "seize",  "capture", "find",    "ban",      "displace", "execute", "behead",  "murder",
        "assassinate", "accuse", "convict", "suspend", "oust", "torture", "imprison", "besiege"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (token_is(verb, words[i]))
            return true;
    return false;
}

/* A heading, or a line that ends as one: without a full stop. */
static bool is_headline(const struct tree *tree, uint32_t word)
{
    const struct sentence *sentence =
        &tree->document->sentences.items[tree->tokens[word].sentence];
    return sentence->heading || tree->tokens[sentence->tokens.end - 1].upos != UPOS_PUNCT;
}

/* "Forty miners RESCUED off the coast": a headline leaves out "were". */
static void passive_of_headline(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    const struct token *verb = &tree->tokens[word];
    bool past = verb->folded_length > 3 &&
                (strcmp(verb->folded + verb->folded_length - 2, "ed") == 0 ||
                 strcmp(verb->folded, "shot") == 0 || strcmp(verb->folded, "hurt") == 0 ||
                 strcmp(verb->folded, "found") == 0);
    if (!is_headline(tree, word) || verb->upos != UPOS_VERB ||
        verb->relation != REL_ROOT || !past || arguments->passive || !is_done_to_somebody(verb) ||
        tree_child(tree, word, REL_AUX) != NONE || tree_child(tree, word, REL_OBJ) != NONE ||
        tree_child(tree, word, REL_CCOMP) != NONE ||
        arguments_get(arguments, ARGUMENT_OBJECT) != NULL)
        return;
    arguments->passive = true;
    for (uint32_t i = 0; i < arguments->count; i++)
        if (arguments->items[i].place == ARGUMENT_SUBJECT &&
            arguments->items[i].preposition == NONE)
            arguments->items[i].place = ARGUMENT_OBJECT;
}

/* "The army attacked by land and air THE REBELS", parsed as a passive: nothing stands for "was", and
 * those who are said to have done it have no "by" before them. */
static void active_after_all(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    uint32_t object = NONE;
    if (!arguments->passive || tree_child(tree, word, REL_AUX) != NONE ||
        tree_child_exactly(tree, word, REL_NSUBJ_PASS) == NONE)
        return;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_OBL_AGENT &&
            tree_child(tree, child, REL_CASE) == NONE)
            object = child;
    if (object == NONE)
        return;
    arguments->passive = false;
    for (uint32_t i = 0; i < arguments->count; i++) {
        struct argument *item = &arguments->items[i];
        if (item->place == ARGUMENT_SUBJECT)
            item->place = item->token == object ? ARGUMENT_OBJECT : ARGUMENT_PREPOSITION;
        else if (item->place == ARGUMENT_OBJECT)
            item->place = ARGUMENT_SUBJECT;
    }
}

/* "Rebels ROLLED into the town", parsed as a passive without "were": they went by themselves. */
static void active_of_motion(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    static const char *const words[] = {"roll",  "march",   "pour",     "sweep", "pull",    "retreat",
                                        "surge", "advance", "withdraw", "stream", "descend", "flee"};
    bool moves = false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        moves = moves || token_is(&tree->tokens[word], words[i]);
    if (!moves || !arguments->passive || tree_child(tree, word, REL_AUX) != NONE ||
        tree_child_exactly(tree, word, REL_NSUBJ_PASS) == NONE ||
        tree_child_exactly(tree, word, REL_OBL_AGENT) != NONE)
        return;
    arguments->passive = false;
    for (uint32_t i = 0; i < arguments->count; i++)
        if (arguments->items[i].place == ARGUMENT_OBJECT)
            arguments->items[i].place = ARGUMENT_SUBJECT;
}

/* "Accused the rebels OF KIDNAPPING peasants", with the gerund parsed as a noun on the rebels. */
static void gerund_behind(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    const struct token *noun = &tree->tokens[word];
    uint32_t mark = tree_child_exactly(tree, word, REL_MARK);
    if (noun->upos != UPOS_NOUN || mark == NONE || noun->head == NONE ||
        !relation_is(noun->relation, REL_NMOD) || !token_is(&tree->tokens[mark], "of") ||
        arguments_get(arguments, ARGUMENT_OBJECT) == NULL ||
        arguments_get(arguments, ARGUMENT_SUBJECT) != NULL)
        return;
    arguments_add(arguments, ARGUMENT_SUBJECT, noun->head, NONE, NONE);
}

/* "Three bombs went off, ONE AT the park, ANOTHER AT a school": where each of them did so. */
static void each_of_several(const struct tree *tree, uint32_t above, struct arguments *arguments,
                            int depth)
{
    for (uint32_t one = tree->first_child[above]; one != NONE; one = tree->next_sibling[one]) {
        const struct token *word = &tree->tokens[one];
        if (one < above || depth > 2 ||
            !(token_is(word, "one") || token_is(word, "another") || token_is(word, "other")))
            continue;
        for (uint32_t child = tree->first_child[one]; child != NONE;
             child = tree->next_sibling[child]) {
            uint32_t preposition = tree_child_exactly(tree, child, REL_CASE);
            if (child > one && preposition != NONE &&
                relation_is(tree->tokens[child].relation, REL_NMOD) &&
                !token_is(&tree->tokens[preposition], "of"))
                arguments_add(arguments, ARGUMENT_PREPOSITION, child, preposition, one);
            each_of_several(tree, child, arguments, depth + 1);
        }
        each_of_several(tree, one, arguments, depth + 1);
    }
}

void arguments_repair(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    subject_before(tree, word, arguments);
    passive_subject_before(tree, word, arguments);
    subject_behind_mark(tree, word, arguments);
    second_subject(arguments, word);
    bare_object(tree, word, arguments);
    passive_of_be(tree, word, arguments);
    passive_of_headline(tree, word, arguments);
    active_after_all(tree, word, arguments);
    active_of_motion(tree, word, arguments);
    gerund_behind(tree, word, arguments);
    inverted_passive(tree, word, arguments);
    if (tree->tokens[word].upos == UPOS_VERB)
        each_of_several(tree, word, arguments, 0);
}
