/* What parsers of news get wrong around a verb, undone before its arguments are read.
 *
 * Each function is one pattern that the tree cannot mean: a finite verb without a subject, a verb
 * with two, an oblique without a preposition, a past participle behind "was" that is no passive.
 * What leaves out: errors that have no such mark. */
#include "meaning/arguments.h"
#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

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

/* "Took MORE THAN A QUARTER of the towns": the object is what there is more of. */
static void more_than(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    for (uint32_t i = 0; i < arguments->count; i++) {
        struct argument *object = &arguments->items[i];
        uint32_t than = object->token + 1;
        if (object->place != ARGUMENT_OBJECT || object->token < word ||
            than >= tree->document->tokens.count || !token_is(&tree->tokens[than], "than") ||
            (strcmp(tree->tokens[object->token].folded, "more") != 0 &&
             strcmp(tree->tokens[object->token].folded, "less") != 0))
            continue;
        uint32_t noun = tree->tokens[than].head;
        if (noun != NONE && noun > than && tree->tokens[noun].head == word &&
            tree->tokens[noun].relation == REL_OBL)
            object->token = noun;
        return;
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

bool arguments_done_to_somebody(const struct token *verb)
{
    return token_in(verb, WORDS_VERBS_DONE_TO_SOMEBODY);
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
                 token_in(verb, WORDS_HEADLINE_PAST_FORMS));
    if (!is_headline(tree, word) || verb->upos != UPOS_VERB ||
        verb->relation != REL_ROOT || !past || arguments->passive || !arguments_done_to_somebody(verb) ||
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

/* The object of what is parsed as a passive: what is said to have done it, with no "by" before it, or
 * beside "by" an object of its own. */
static uint32_t object_of_passive(const struct tree *tree, uint32_t word)
{
    uint32_t by = NONE, object = NONE;
    for (uint32_t child = tree->first_child[word]; child != NONE;
         child = tree->next_sibling[child]) {
        if (tree->tokens[child].relation == REL_OBJ && child > word)
            object = child;
        if (tree->tokens[child].relation != REL_OBL_AGENT)
            continue;
        if (tree_child(tree, child, REL_CASE) == NONE)
            return child;
        by = child;
    }
    return by != NONE && by < object && !supports_hold(tree->supports, &tree->tokens[word], SUPPORT_TWO, 0)
               ? object
               : NONE;
}

/* "The army attacked by land and air THE REBELS", parsed as a passive: nothing stands for "was". */
static void active_after_all(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    if (!arguments->passive || tree_child(tree, word, REL_AUX) != NONE ||
        tree_child_exactly(tree, word, REL_NSUBJ_PASS) == NONE)
        return;
    uint32_t object = object_of_passive(tree, word);
    if (object == NONE)
        return;
    arguments->passive = false;
    for (uint32_t i = 0; i < arguments->count; i++) {
        struct argument *item = &arguments->items[i];
        if (item->place == ARGUMENT_SUBJECT)
            item->place = item->token == object ? ARGUMENT_OBJECT : ARGUMENT_PREPOSITION;
        else if (item->place == ARGUMENT_OBJECT && item->token != object)
            item->place = ARGUMENT_SUBJECT;
    }
}

/* "Rebels ROLLED into the town", parsed as a passive without "were": they went by themselves. */
static void active_of_motion(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    if (!supports_by_itself(tree, word) || !arguments->passive || tree_child(tree, word, REL_AUX) != NONE ||
        tree_child_exactly(tree, word, REL_NSUBJ_PASS) == NONE ||
        tree_child_exactly(tree, word, REL_OBL_AGENT) != NONE)
        return;
    arguments->passive = false;
    for (uint32_t i = 0; i < arguments->count; i++)
        if (arguments->items[i].place == ARGUMENT_OBJECT)
            arguments->items[i].place = ARGUMENT_SUBJECT;
}

/* "Appealed TO DISPLACED FAMILIES", parsed as an infinitive, which has never the form of the past: those to
 * whom it is said are its object there. */
static void modifier_behind_to(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child]) {
        const struct token *below = &tree->tokens[child];
        uint32_t mark = tree_child(tree, child, REL_MARK), object = tree_child(tree, child, REL_OBJ);
        if (below->relation == REL_XCOMP && below->folded_length > 4 &&
            strcmp(below->folded + below->folded_length - 2, "ed") == 0 && mark != NONE &&
            mark + 1 == child && token_is(&tree->tokens[mark], "to") && object != NONE)
            arguments_add(arguments, ARGUMENT_PREPOSITION, object, mark, NONE);
    }
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

/* The same read off the words: each "one" or "another" with a preposition right behind it, in the rest of
 * the sentence; the noun is that of the preposition. */
static void each_in_words(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    static const char *const places[] = {"at",    "in",      "on",     "against",
                                         "under", "outside", "inside", NULL};
    uint32_t end = tree->document->sentences.items[tree->tokens[word].sentence].tokens.end;
    bool first = false;
    for (uint32_t i = word + 1; i + 2 < end; i++) {
        bool one = token_is(&tree->tokens[i], "one");
        if (!one && !(first && (token_is(&tree->tokens[i], "another") || token_is(&tree->tokens[i], "other"))))
            continue;
        bool there = token_is_one_of(&tree->tokens[i + 1], places);
        uint32_t noun = there ? tree->tokens[i + 1].head : NONE;
        if (noun == NONE || noun < i + 2 || noun >= end || tree->tokens[i + 1].relation != REL_CASE ||
            !(token_is(&tree->tokens[i - 1], ",") || token_is(&tree->tokens[i - 1], "and") ||
              token_is(&tree->tokens[i - 1], ":") || token_is(&tree->tokens[i - 1], ";")))
            continue;
        first = true;
        bool known = false;
        for (uint32_t j = 0; j < arguments->count; j++)
            known |= arguments->items[j].token == noun;
        if (!known)
            arguments_add(arguments, ARGUMENT_PREPOSITION, noun, i + 1, i);
    }
}

/* "The murder IN BOGOTA OF THE JUDGE": parsers hang him on the town. A town that is called by a
 * common noun ("in the province of") has an "of" of its own. */
static void of_behind_place(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    static const char *const places[] = {"in", "at", "near", "on", NULL};
    for (uint32_t where = tree->first_child[word]; where != NONE;
         where = tree->next_sibling[where]) {
        uint32_t preposition = tree_preposition(tree, where);
        bool there = preposition != NONE && token_is_one_of(&tree->tokens[preposition], places);
        if (!there || where < word || where > preposition + 3 ||
            tree->tokens[where].upos != UPOS_PROPN ||
            !relation_is(tree->tokens[where].relation, REL_NMOD))
            continue;
        for (uint32_t whom = tree->first_child[where]; whom != NONE;
             whom = tree->next_sibling[whom]) {
            uint32_t of = tree_child_exactly(tree, whom, REL_CASE);
            if (relation_is(tree->tokens[whom].relation, REL_NMOD) && of != NONE &&
                token_is(&tree->tokens[of], "of"))
                arguments_add(arguments, ARGUMENT_PREPOSITION, whom, of, where);
        }
    }
}

/* "Was SEVERLY damaged", misspelled: right behind the auxiliary stands how, not whom. */
static bool is_manner(const struct tree *tree, uint32_t word)
{
    const struct token *manner = &tree->tokens[word];
    return word > 0 && manner->folded_length > 4 && manner->upos != UPOS_PROPN &&
           strcmp(manner->folded + manner->folded_length - 2, "ly") == 0 &&
           manner[-1].relation == REL_AUX_PASS;
}

/* "In Limon, a PORT, the JUDGE was shot", parsed with two subjects: the one before the verb is meant. */
static void nearest_passive_subject(const struct tree *tree, uint32_t word,
                                    struct arguments *arguments)
{
    uint32_t first = NONE;
    for (uint32_t i = 0; i < arguments->count; i++) {
        const struct argument *item = &arguments->items[i];
        if (item->place != ARGUMENT_OBJECT || item->token > word || is_manner(tree, item->token) ||
            tree->tokens[item->token].relation != REL_NSUBJ_PASS ||
            tree->tokens[item->token].head != word)
            continue;
        if (first != NONE) {
            arguments->items[first] = *item;
            arguments->items[i] = arguments->items[--arguments->count];
            return;
        }
        first = i;
    }
}

/* "CONGO TODAY recalled its envoy", parsed as a day of the Congo: who stands before the day acts. */
static void subject_before_day(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    const struct token *verb = &tree->tokens[word];
    if (verb->upos != UPOS_VERB || (verb->features & WORD_FINITE) == 0 || arguments->passive ||
        arguments_get(arguments, ARGUMENT_SUBJECT) != NULL)
        return;
    for (uint32_t day = tree->first_child[word]; day != NONE && day < word;
         day = tree->next_sibling[day]) {
        bool known = token_in(&tree->tokens[day], WORDS_DAYS_BEHIND_A_SUBJECT);
        uint32_t before = known && day > 0 ? day - 1 : NONE;
        if (before == NONE || tree->tokens[day].relation == REL_NSUBJ ||
            tree_child(tree, day, REL_CASE) != NONE)
            continue;
        const struct token *noun = &tree->tokens[before];
        if (noun->sentence == verb->sentence && noun->head == day &&
            (noun->upos == UPOS_PROPN || noun->upos == UPOS_NOUN) &&
            relation_universal(noun->relation) == REL_COMPOUND) {
            arguments_add(arguments, ARGUMENT_SUBJECT, before, NONE, NONE);
            return;
        }
    }
}

/* Whoever stands behind "by" at a participle, also where a day stands between. */
static uint32_t done_by(const struct tree *tree, uint32_t verb)
{
    uint32_t by = tree_child_exactly(tree, verb, REL_OBL_AGENT);
    for (uint32_t child = tree->first_child[verb]; by == NONE && child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_child_exactly(tree, child, REL_CASE);
        if (child > verb && tree->tokens[child].relation == REL_OBL && preposition != NONE &&
            token_is(&tree->tokens[preposition], "by"))
            by = child;
    }
    return by;
}

/* "..., CARRIED out by rebels" behind the comma, parsed as a clause or a second verb beside the noun. */
static bool is_said_beside(const struct tree *tree, uint32_t verb, uint32_t noun)
{
    const struct token *participle = &tree->tokens[verb];
    if (!token_is(participle - 1, ",") || tree_child_exactly(tree, verb, REL_AUX_PASS) != NONE ||
        tree_child(tree, verb, REL_AUX) != NONE)
        return false;
    return ((participle->relation == REL_CONJ || participle->relation == REL_ADVCL) &&
            participle->head == tree->tokens[noun].head) ||
           (tree->tokens[noun].relation == REL_NSUBJ && tree->tokens[noun].head == verb);
}

/* "The attack on Judge Marek, CARRIED out by gunmen": such a participle is said of the event, wherever
 * below it parsers hang it. */
void arguments_carried_out(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    uint32_t end = tree->document->sentences.items[tree->tokens[word].sentence].tokens.end;
    uint32_t whole = arguments_standing_for(tree, word); /* "a WAVE of kidnappings, carried out by" */
    bool predicate = tree_child(tree, word, REL_COP) != NONE, found = false;
    if (arguments_get(arguments, ARGUMENT_SUBJECT) != NULL && !predicate)
        return;
    for (uint32_t i = word + 1; i < end && !found; i++) {
        const struct token *verb = &tree->tokens[i];
        uint32_t by = done_by(tree, i);
        bool carried = token_in(verb, WORDS_VERBS_OF_CARRYING_OUT);
        bool beside = carried && by != NONE && is_said_beside(tree, i, word);
        if (!carried || by == NONE || verb->upos != UPOS_VERB)
            continue;
        if (!beside && ((verb->relation != REL_ACL && verb->relation != REL_PARATAXIS) ||
            tree_child(tree, i, REL_NSUBJ) != NONE || tree_child(tree, i, REL_NSUBJ_PASS) != NONE ||
            !tree_is_below(tree, i, whole) ||
            (verb->head != word && verb->head != whole &&
             tree->tokens[verb->head].upos != UPOS_PROPN)))
            continue;
        /* "It was the attack": "it" did not do it. */
        for (uint32_t j = 0; j < arguments->count && predicate; j++)
            if (arguments->items[j].place == ARGUMENT_SUBJECT)
                arguments->items[j--] = arguments->items[--arguments->count];
        arguments_add(arguments, ARGUMENT_SUBJECT, by, tree_child(tree, by, REL_CASE), i);
        found = true;
    }
}

/* "Handed over the bodies of six soldiers TO THE ARMY", hung on the soldiers: to whom it was given. */
static void receiver_below(const struct tree *tree, uint32_t noun, int depth, struct arguments *arguments)
{
    for (uint32_t child = tree->first_child[noun]; child != NONE; child = tree->next_sibling[child]) {
        uint32_t preposition = tree_child_exactly(tree, child, REL_CASE);
        if (child < noun || preposition == NONE || !relation_is(tree->tokens[child].relation, REL_NMOD))
            continue;
        if (depth > 0 && token_is(&tree->tokens[preposition], "to"))
            arguments_add(arguments, ARGUMENT_PREPOSITION, child, preposition, noun);
        else if (depth < 2 && token_is(&tree->tokens[preposition], "of"))
            receiver_below(tree, child, depth + 1, arguments);
    }
}

/* "Gave CHAD food", parsed as one noun, "lent the NURSES trucks" as two objects, "gave CHAD two tons" as an
 * apposition: what is given stands behind whom it is given to. */
static void given_to(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    if (tree->supports == NULL ||
        !supports_hold(tree->supports, &tree->tokens[word], SUPPORT_GIVES, 0) || tree->tokens[word].upos != UPOS_VERB || arguments->passive)
        return;
    const struct argument *indirect = arguments_get(arguments, ARGUMENT_INDIRECT);
    const struct argument *object = arguments_get(arguments, ARGUMENT_OBJECT);
    if (object != NULL && indirect == NULL && arguments_behind(tree, arguments, "to") == NULL)
        receiver_below(tree, object->token, 0, arguments);
    if (indirect != NULL && object == NULL) {
        uint32_t given = tree_child_exactly(tree, indirect->token, REL_APPOS);
        if (given != NONE && tree->tokens[given].upos == UPOS_NOUN)
            arguments_add(arguments, ARGUMENT_OBJECT, given, NONE, NONE);
        return;
    }
    if (indirect != NULL || object == NULL || tree->tokens[object->token].head != word)
        return;
    /* The name that begins the object right behind the verb, before a thing. */
    uint32_t thing = object->token, first = word + 1;
    while (first < thing && tree->tokens[first].upos == UPOS_DET)
        first++;
    uint32_t name = first < thing && tree->tokens[first].upos == UPOS_PROPN ? first : NONE;
    while (name != NONE && name + 1 < thing && tree->tokens[name + 1].upos == UPOS_PROPN)
        name++;
    if (name != NONE && tree->tokens[thing].upos == UPOS_NOUN &&
        tree->tokens[name].relation == REL_COMPOUND && tree->tokens[name].head == thing) {
        arguments_add(arguments, ARGUMENT_INDIRECT, name, NONE, NONE);
        return;
    }
    for (uint32_t i = 0; i < arguments->count; i++) {
        struct argument *first_object = &arguments->items[i];
        if (first_object->place != ARGUMENT_OBJECT ||
            (tree->tokens[first_object->token].upos != UPOS_PROPN &&
             tree->tokens[first_object->token].upos != UPOS_NOUN))
            continue;
        for (uint32_t j = 0; j < arguments->count; j++)
            if (arguments->items[j].place == ARGUMENT_OBJECT &&
                arguments->items[j].token > first_object->token &&
                tree->tokens[arguments->items[j].token].upos == UPOS_NOUN &&
                tree->tokens[arguments->items[j].token].relation == REL_OBJ) {
                first_object->place = ARGUMENT_INDIRECT;
                return;
            }
    }
}

/* "Gave the rebels A WEEK to leave": the time is what is given, though the parser hung it beside the verb as a
 * bare oblique; what is to be done in "48 hours to LEAVE" is the verb's, though it hung that on the hours. */
static void time_given(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    bool gives = token_in(&tree->tokens[word], WORDS_VERBS_OF_GIVING_TIME);
    const struct argument *object = arguments_get(arguments, ARGUMENT_OBJECT);
    if (!gives || arguments->passive || object == NULL || object->token < word)
        return;
    uint32_t given = tree_child_exactly(tree, word, REL_OBL_UNMARKED);
    if (given != NONE && given > object->token && arguments_get(arguments, ARGUMENT_COMPLEMENT) != NULL) {
        arguments->items[object - arguments->items].place = ARGUMENT_INDIRECT;
        arguments_add(arguments, ARGUMENT_OBJECT, given, NONE, NONE);
        return;
    }
    uint32_t task = tree_child_exactly(tree, object->token, REL_ACL);
    if (arguments_get(arguments, ARGUMENT_INDIRECT) != NULL && task != NONE &&
        arguments_infinitive(tree, task))
        arguments_add(arguments, ARGUMENT_COMPLEMENT, task, NONE, NONE);
}

void arguments_repair(const struct tree *tree, uint32_t word, struct arguments *arguments)
{
    subject_before(tree, word, arguments);
    subject_before_day(tree, word, arguments);
    passive_subject_before(tree, word, arguments);
    subject_behind_mark(tree, word, arguments);
    second_subject(arguments, word);
    nearest_passive_subject(tree, word, arguments);
    bare_object(tree, word, arguments);
    more_than(tree, word, arguments);
    passive_of_be(tree, word, arguments);
    passive_of_headline(tree, word, arguments);
    active_after_all(tree, word, arguments);
    active_of_motion(tree, word, arguments);
    modifier_behind_to(tree, word, arguments);
    gerund_behind(tree, word, arguments);
    given_to(tree, word, arguments);
    time_given(tree, word, arguments);
    inverted_passive(tree, word, arguments);
    arguments_named(tree, word, arguments);
    if (tree->tokens[word].upos == UPOS_VERB)
        each_of_several(tree, word, arguments, 0);
    if (tree->tokens[word].upos == UPOS_VERB)
        each_in_words(tree, word, arguments);
    if (tree->tokens[word].upos == UPOS_NOUN && arguments_behind(tree, arguments, "of") == NULL)
        of_behind_place(tree, word, arguments);
}
