/* What a word takes over from the word it hangs on: the subject of the verb it is coordinated with
 * or controlled by; the noun that it modifies. Left out: clauses that hang on a noun
 * (noun_clauses.c). */
#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

#include <string.h>

enum { DEEPEST = 6 };

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

/* "Rocket FIRING"; not "gunning DOWN a judge", nor "killing UP to forty people". */
static bool has_compound(const struct tree *tree, uint32_t word)
{
    uint32_t child = tree_child(tree, word, REL_COMPOUND);
    return child != NONE && child < word;
}

/* "Condemned KILLING OF a priest": a deed that its sufferer hangs on by "of", where a verb would
 * have taken an object; "accused of", "spoke of" are verbs. */
static bool is_deed_of(const struct tree *tree, uint32_t word)
{
    const struct token *token = &tree->tokens[word];
    return token->relation == REL_XCOMP &&
           (token->upos == UPOS_VERB ||
            (token->upos == UPOS_NOUN && token->folded_length > 4 &&
             strcmp(token->folded + token->folded_length - 3, "ing") == 0)) &&
           tree_child(tree, word, REL_OBJ) == NONE && word + 1 < tree->document->tokens.count &&
           token_is(token + 1, "of") && !token_in(token, WORDS_VERBS_WITH_OF);
}

bool arguments_verbal_noun(const struct tree *tree, uint32_t word)
{
    const struct token *token = &tree->tokens[word];
    if (token->upos != UPOS_VERB || token->folded_length < 5 ||
        strcmp(token->folded + token->folded_length - 3, "ing") != 0)
        return false;
    return tree_child(tree, word, REL_CASE) != NONE || tree_child(tree, word, REL_DET) != NONE ||
           has_compound(tree, word) || tree_child(tree, word, REL_NMOD) != NONE ||
           noun_before(tree, word) != NONE || is_deed_of(tree, word);
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
        if (!arguments_has(arguments, ARGUMENT_SUBJECT))
            arguments_add(arguments, ARGUMENT_SUBJECT, subject, NONE, noun);
        arguments_add(arguments, ARGUMENT_OBJECT, noun, NONE, NONE);
        for (uint32_t child = tree->first_child[noun]; child != NONE;
             child = tree->next_sibling[child])
            if (child > noun && relation_is(tree->tokens[child].relation, REL_NMOD))
                arguments_add_oblique(tree, noun, child, arguments);
        return;
    }
    arguments->attributive = true;
    /* "148 casualties (93 DEAD)": some of them. */
    if (word < noun || tree_child(tree, word, REL_NUMMOD) == NONE)
        arguments_add(arguments, ARGUMENT_SUBJECT, noun, NONE, word);
}

/* "Accused the army OF KILLING", "kept it FROM ATTACKING": the object is who does it. */
static bool is_of_clause(const struct tree *tree, uint32_t clause)
{
    uint32_t mark = tree_child_exactly(tree, clause, REL_MARK);
    uint32_t verb = tree->tokens[clause].head;
    /* "Charged the men WITH KILLING a guard" */
    if (mark != NONE && tree->supports != NULL &&
        supports_hold(tree->supports, &tree->tokens[verb], SUPPORT_OBJECT, tree->tokens[mark].hash))
        return true;
    return mark != NONE &&
           (token_is(&tree->tokens[mark], "of") || token_is(&tree->tokens[mark], "for") ||
            token_is(&tree->tokens[mark], "from") ||
            token_is(&tree->tokens[mark], "into")); /* "pressed them INTO talking" */
}

/* "Called FOR THE KING to mediate", "called ON them to leave": who is to do it. */
static uint32_t told_to(const struct tree *tree, uint32_t head, uint32_t word)
{
    /* "The police were called to the market TO CLEAR it" */
    bool asks = tree_child_exactly(tree, head, REL_AUX_PASS) == NONE &&
                token_in(&tree->tokens[head], WORDS_VERBS_OF_CALLING_ON);
    uint32_t found = NONE;
    for (uint32_t child = tree->first_child[head]; asks && child != NONE && child < word;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_child(tree, child, REL_CASE);
        if (child > head && relation_is(tree->tokens[child].relation, REL_OBL) &&
            preposition != NONE &&
            (token_is(&tree->tokens[preposition], "for") ||
             token_is(&tree->tokens[preposition], "on") ||
             (token_is(&tree->tokens[preposition], "with") &&
              token_is(&tree->tokens[head], "plead")) ||
             token_is(&tree->tokens[preposition], "upon") ||
             token_is(&tree->tokens[preposition], "to")))
            found = child;
    }
    return found;
}

/* "Made a plea for THE PARTY TO UNITE", "issued an ultimatum to THE TOWN TO YIELD", hung on the
 * plea: who stands behind "for" or "to", right before what is to be done. */
static uint32_t told_below(const struct tree *tree, uint32_t head, uint32_t word)
{
    uint32_t object = tree_child_exactly(tree, head, REL_OBJ);
    uint32_t mark = tree_child_exactly(tree, word, REL_MARK);
    for (uint32_t child = object != NONE ? tree->first_child[object] : NONE;
         child != NONE && child < word; child = tree->next_sibling[child]) {
        uint32_t preposition = tree_child_exactly(tree, child, REL_CASE);
        if (child > object && preposition != NONE &&
            relation_is(tree->tokens[child].relation, REL_NMOD) &&
            (token_is(&tree->tokens[preposition], "for") ||
             (token_is(&tree->tokens[preposition], "to") &&
              token_in(&tree->tokens[object], WORDS_BID_SOMEBODY))) &&
            tree_child(tree, child, REL_NMOD) == NONE && tree_extent(tree, child, 0).end == mark)
            return child;
    }
    return NONE;
}

/* "Gave the garrison until Friday TO SURRENDER", "a day TO SURRENDER": who has until then. */
static uint32_t given_until(const struct tree *tree, uint32_t head, uint32_t word)
{
    static const char *const until[] = {"until", "till", "by", NULL};
    uint32_t given = tree_child_exactly(tree, head, REL_IOBJ);
    if (given == NONE)
        given = tree_child_exactly(tree, head, REL_OBJ);
    if (!token_is(&tree->tokens[head], "give") || given == NONE || given > word)
        return NONE;
    for (uint32_t child = tree->first_child[head]; child != NONE && child < word;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_child(tree, child, REL_CASE);
        if (child > given &&
            (preposition != NONE ? token_is_one_of(&tree->tokens[preposition], until)
                                 : token_in(&tree->tokens[child], WORDS_TIMES_TO_ACT_IN)))
            return given;
    }
    return NONE;
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

/* What the verb at `word` is coordinated with: "through an attack or BY SHELLING the town", "set
 * houses on fire, KILLED the cattle" are hung on the noun before; the verb above it is meant. */
static uint32_t verb_of_conjunct(const struct tree *tree, uint32_t word)
{
    const struct token *token = &tree->tokens[word];
    uint32_t head = token->head, mark = tree_child_exactly(tree, word, REL_MARK);
    bool means = mark != NONE && token_is(&tree->tokens[mark], "by");
    bool finite = mark == NONE && (token->features & WORD_FINITE) != 0 &&
                  (token->features & WORD_PARTICIPLE) == 0;
    if (token->upos != UPOS_VERB || (!means && !finite) ||
        (tree->tokens[head].upos != UPOS_NOUN && tree->tokens[head].upos != UPOS_PROPN) ||
        tree_child(tree, head, REL_COP) != NONE)
        return head;
    uint32_t verb = head;
    for (int steps = 0; steps < 4 && verb != NONE && tree->tokens[verb].upos != UPOS_VERB; steps++)
        verb = tree->tokens[verb].head;
    return verb != NONE && tree->tokens[verb].upos == UPOS_VERB ? verb : head;
}

/* "A group of men dressed in green STORMED the house", parsed as a noun phrase without a verb: the
 * noun that the first participle is said of. NONE where the sentence has a verb of its own. */
static uint32_t subject_of_verbless(const struct tree *tree, uint32_t word)
{
    uint32_t head = tree->tokens[word].head, noun = tree->tokens[head].head;
    const struct sentence *sentence = &tree->document->sentences.items[tree->tokens[word].sentence];
    if (tree->tokens[head].relation != REL_ACL || noun == NONE || sentence->heading ||
        tree_child(tree, word, REL_MARK) != NONE || tree_child(tree, word, REL_OBL_AGENT) != NONE)
        return NONE;
    uint32_t root = noun;
    for (int steps = 0; steps < 4 && tree->tokens[root].head != NONE; steps++)
        root = tree->tokens[root].head;
    bool bare = tree->tokens[root].head == NONE && tree->tokens[root].upos == UPOS_NOUN &&
                tree_child(tree, root, REL_COP) == NONE;
    return bare ? noun : NONE;
}

/* What the verb of an infinitive does not do: an object before it, "gave the ORDER to fire". */
static bool is_no_doer(const struct tree *tree, const struct arguments *arguments, uint32_t verb)
{
    const struct argument *object = arguments_get(arguments, ARGUMENT_OBJECT);
    if (object != NULL && token_is(&tree->tokens[object->token], "order") &&
        token_is(&tree->tokens[verb], "give"))
        return arguments_has(arguments, ARGUMENT_SUBJECT);
    return object != NULL && object->token < verb && arguments_has(arguments, ARGUMENT_SUBJECT);
}

/* "Fled from the town, HELD by the army": what a participle behind a comma is said of. */
static uint32_t noun_before_comma(const struct tree *tree, uint32_t word)
{
    const struct token *tokens = tree->tokens;
    if (word < 2 || tokens[word].sentence != tokens[word - 2].sentence ||
        !token_is(&tokens[word - 1], ","))
        return NONE;
    uint32_t noun = word - 2;
    while (tokens[noun].relation == REL_FLAT && tokens[noun].head != NONE)
        noun = tokens[noun].head;
    return tokens[noun].upos == UPOS_NOUN || tokens[noun].upos == UPOS_PROPN ? noun : NONE;
}

/* A word that takes over arguments from the one that it hangs on. */
struct heir {
    const struct tree *tree;
    uint32_t word, head;
    int depth;
    bool bare_participle; /* with neither subject nor object of its own */
    struct arguments *arguments;
};

/* "Sent them TO TALK": whom the governor sends, uses, allows does it. */
static bool from_told(const struct heir *heir)
{
    const struct tree *tree = heir->tree;
    enum relation relation = tree->tokens[heir->word].relation;
    if ((relation != REL_XCOMP && relation != REL_ADVCL) ||
        !arguments_infinitive(tree, heir->word) || arguments_has(heir->arguments, ARGUMENT_SUBJECT))
        return false;
    uint32_t told = told_to(tree, heir->head, heir->word);
    if (heir->arguments->passive) {
        /* "Called FOR THE MAYOR to be dismissed" */
        bool done_to = told != NONE &&
                       token_is(&tree->tokens[tree_child(tree, told, REL_CASE)], "for") &&
                       !arguments_has(heir->arguments, ARGUMENT_OBJECT);
        if (done_to)
            arguments_add(heir->arguments, ARGUMENT_OBJECT, told, NONE, heir->head);
        return done_to;
    }
    if (told == NONE)
        told = told_below(tree, heir->head, heir->word);
    if (told == NONE)
        told = arguments_used_to(tree, heir->head, heir->word);
    if (told == NONE)
        told = given_until(tree, heir->head, heir->word);
    if (told == NONE)
        return false;
    arguments_add(heir->arguments, ARGUMENT_SUBJECT, told, NONE, heir->head);
    return true;
}

/* "Claims strangers AND SUPPORTING the rebels": words left out or misprinted; what claims does not
 * support. */
static bool is_broken_off(const struct heir *heir)
{
    const struct tree *tree = heir->tree;
    const struct token *word = &tree->tokens[heir->word], *above = &tree->tokens[heir->head];
    bool gerund =
        word->folded_length > 4 && strcmp(word->folded + word->folded_length - 3, "ing") == 0;
    bool plain = word->lemma != NULL && strcmp(word->lemma, word->folded) == 0; /* "bring" */
    return gerund && !plain && word->upos == UPOS_VERB && heir->word > heir->head + 1 &&
           token_is(word - 1, "and") && (above->features & WORD_FINITE) != 0 &&
           (above->features & WORD_PRESENT) != 0 && tree_child(tree, heir->word, REL_AUX) == NONE &&
           tree_child(tree, heir->head, REL_AUX) == NONE;
}

static void from_conjunct(const struct heir *heir)
{
    struct arguments outer = {0}, *arguments = heir->arguments;
    if (is_broken_off(heir))
        return;
    uint32_t head = verb_of_conjunct(heir->tree, heir->word);
    arguments_at(heir->tree, head, &outer, heir->depth + 1);
    if (arguments->passive || (heir->bare_participle && outer.passive &&
                               !arguments_active_again(heir->tree, heir->word))) {
        arguments->passive = true;
        arguments_inherit_subject(&outer, head, ARGUMENT_OBJECT, arguments);
    } else if (!arguments_has(arguments, ARGUMENT_SUBJECT)) {
        arguments_inherit_subject(&outer, head, ARGUMENT_SUBJECT, arguments);
    }
}

/* "Two men were found SHOT": who is left, found, seen so did not shoot. */
static bool is_found_so(const struct heir *heir)
{
    const struct tree *tree = heir->tree;
    const struct token *token = &tree->tokens[heir->word];
    return heir->bare_participle &&
           token_in(&tree->tokens[heir->head], WORDS_VERBS_OF_BEING_FOUND_SO) &&
           token->upos == UPOS_VERB && (token->features & WORD_PARTICIPLE) != 0 &&
           !arguments_infinitive(tree, heir->word) && tree_child(tree, heir->word, REL_AUX) == NONE;
}

/* "Condemned SHOOTING at the marchers" */
static bool is_done_by_others(const struct heir *heir)
{
    const struct tree *tree = heir->tree;
    const struct token *verb = &tree->tokens[heir->word];
    return tree->supports != NULL && verb->folded_length > 4 &&
           strcmp(verb->folded + verb->folded_length - 3, "ing") == 0 &&
           supports_hold(tree->supports, &tree->tokens[heir->head], SUPPORT_OTHERS, 0);
}

static void from_controller(const struct heir *heir)
{
    struct arguments outer = {0}, *arguments = heir->arguments;
    uint32_t head = heir->head;
    if (is_deed_of(heir->tree, heir->word))
        return;
    /* "Invaded the island TO OUST the king" */
    bool end = token_in(&heir->tree->tokens[head], WORDS_DONE_TO_AN_END) &&
               arguments_infinitive(heir->tree, heir->word);
    arguments_at(heir->tree, head, &outer, heir->depth + 1);
    if (is_found_so(heir)) {
        arguments->passive = true;
        if (!arguments_inherit(&outer, ARGUMENT_OBJECT, head, ARGUMENT_OBJECT, arguments))
            arguments_inherit_subject(&outer, head, ARGUMENT_OBJECT, arguments);
    } else if (arguments->passive) {
        arguments_inherit_subject(&outer, head, ARGUMENT_OBJECT, arguments);
    } else if ((!outer.passive && (is_no_doer(heir->tree, &outer, head) || end)) ||
               (!arguments_inherit(&outer, ARGUMENT_OBJECT, head, ARGUMENT_SUBJECT, arguments) &&
                !is_done_by_others(heir))) {
        /* "The image that they tried TO CREATE": what is created creates nothing. */
        arguments_inherit(&outer, ARGUMENT_SUBJECT, head, ARGUMENT_SUBJECT, arguments);
    }
}

/* "Were SHELLED by": a passive that does not say to whom it was done. */
static bool is_done_to(const struct heir *heir)
{
    return heir->arguments->passive && !arguments_has(heir->arguments, ARGUMENT_OBJECT) &&
           tree_child_exactly(heir->tree, heir->word, REL_AUX_PASS) != NONE;
}

/* "The town, HELD by the rebels since May, was shelled": it has its agent, and above what it is
 * done to. */
static bool is_held_aside(const struct heir *heir)
{
    const struct tree *tree = heir->tree;
    const struct token *token = &tree->tokens[heir->word];
    return heir->arguments->passive && arguments_past_participle(token) &&
           (token->features & WORD_FINITE) == 0 &&
           !arguments_has(heir->arguments, ARGUMENT_OBJECT) &&
           tree_child(tree, heir->word, REL_MARK) == NONE &&
           tree_child(tree, heir->word, REL_AUX) == NONE;
}

static void from_noun_aside(const struct heir *heir)
{
    struct arguments outer = {0};
    uint32_t noun = noun_before_comma(heir->tree, heir->word);
    if (noun != NONE) {
        arguments_add(heir->arguments, ARGUMENT_OBJECT, noun, NONE, heir->head);
        return;
    }
    arguments_at(heir->tree, heir->head, &outer, heir->depth + 1);
    arguments_inherit_subject(&outer, heir->head, ARGUMENT_OBJECT, heir->arguments);
}

/* "Shot AFTER ATTACKING A GUARD", "WHILE LEADING A RAID": who was shot did that; "aimed AT FORCING
 * the mayor": what is. */
static bool is_own_deed(const struct tree *tree, uint32_t word)
{
    static const char *const marks[] = {"after", "while", "before", "when", "upon", "at", NULL};
    uint32_t mark = tree_child_exactly(tree, word, REL_MARK);
    if (mark == NONE)
        mark = tree_child_exactly(tree, word, REL_ADVMOD);
    return mark != NONE && mark < word && token_is_one_of(&tree->tokens[mark], marks) &&
           (tree->tokens[word].features & WORD_FINITE) == 0 &&
           tree_child_exactly(tree, word, REL_OBJ) != NONE &&
           tree_child(tree, word, REL_AUX) == NONE;
}

/* "Bombed by rebels WITHOUT HURTING anybody": whoever bombed it hurt nobody. */
static bool from_doer(const struct heir *heir, const struct arguments *outer)
{
    uint32_t mark = tree_child_exactly(heir->tree, heir->word, REL_MARK);
    if (!outer->passive || heir->arguments->passive || mark == NONE ||
        !token_is(&heir->tree->tokens[mark], "without"))
        return false;
    arguments_inherit(outer, ARGUMENT_SUBJECT, heir->head, ARGUMENT_SUBJECT, heir->arguments);
    return true;
}

static void from_main_clause(const struct heir *heir)
{
    const struct tree *tree = heir->tree;
    uint32_t word = heir->word, head = heir->head;
    const struct token *token = &tree->tokens[word];
    struct arguments outer = {0}, *arguments = heir->arguments;
    if (is_held_aside(heir)) {
        from_noun_aside(heir);
        return;
    }
    /* "They fled after being SHELLED by the army": "by" says who did it, and not to whom. */
    bool done_to = is_done_to(heir);
    if ((token->features & WORD_FINITE) != 0 ||
        (arguments_has(arguments, ARGUMENT_SUBJECT) && !done_to) ||
        (token->upos == UPOS_NOUN && tree_child(tree, word, REL_COP) == NONE))
        return;
    if (arguments_verbal_noun(tree, word)) {
        if (noun_before(tree, word) != NONE)
            arguments_add(arguments, ARGUMENT_MODIFIER, word - 1, NONE, NONE);
        return;
    }
    if (heir->bare_participle && subject_of_verbless(tree, word) != NONE) {
        arguments_add(arguments, ARGUMENT_SUBJECT, subject_of_verbless(tree, word), NONE, head);
        return;
    }
    arguments_at(tree, head, &outer, heir->depth + 1);
    /* "Police were called TO INVESTIGATE" */
    if (arguments_infinitive(tree, word) && !arguments->passive) {
        arguments_inherit_subject(&outer, head, ARGUMENT_SUBJECT, arguments);
        return;
    }
    if (is_of_clause(tree, word) &&
        arguments_inherit(&outer, ARGUMENT_OBJECT, head, ARGUMENT_SUBJECT, arguments))
        return;
    if (from_doer(heir, &outer))
        return;
    /* "Killed in firing": those who were killed did not fire. */
    if (outer.passive && is_own_deed(tree, word) && !arguments->passive) {
        arguments_inherit_subject(&outer, head, ARGUMENT_SUBJECT, arguments);
        return;
    }
    if (outer.passive && !heir->bare_participle && !done_to &&
        tree_child_exactly(tree, word, REL_MARK) != NONE)
        return;
    arguments->passive |= heir->bare_participle;
    arguments_inherit_subject(&outer, head, arguments->passive ? ARGUMENT_OBJECT : ARGUMENT_SUBJECT,
                              arguments);
}

/* "Police announced MAREK, of the port, WAS ARRESTED": what was announced is not he. */
static void from_announced(const struct heir *heir)
{
    uint32_t whom = tree_child_exactly(heir->tree, heir->head, REL_OBJ);
    if (whom == NONE)
        whom = tree_child_exactly(heir->tree, heir->head, REL_IOBJ);
    if (whom != NONE && whom > heir->head && whom < heir->word)
        arguments_add(heir->arguments, ARGUMENT_OBJECT, whom, NONE, NONE);
}

/* The subject of a clause that a verb has for its object. */
static void from_noun_beside(const struct heir *heir)
{
    const struct tree *tree = heir->tree;
    uint32_t word = heir->word;
    bool agent = arguments_has(heir->arguments, ARGUMENT_SUBJECT);
    uint32_t aside = agent ? NONE : subject_aside(tree, heir->head, word);
    if (aside != NONE) {
        arguments_add(heir->arguments, ARGUMENT_SUBJECT, aside, NONE, NONE);
        return;
    }
    if (is_done_to(heir) && tree_child(tree, word, REL_MARK) == NONE) {
        from_announced(heir);
        return;
    }
    if (agent)
        return;
    /* "The watchdog Amnesty ACCUSED": a finite clause takes the noun right before it. */
    if ((tree->tokens[word].features & WORD_FINITE) == 0 || heir->arguments->passive || word == 0 ||
        tree_child(tree, word, REL_MARK) != NONE)
        return;
    if (tree->tokens[word - 1].relation == REL_OBJ && tree->tokens[word - 1].head == heir->head)
        arguments_add(heir->arguments, ARGUMENT_SUBJECT, word - 1, NONE, NONE);
}

/* "To have destroyed": with neither a subject nor another word that opens the clause ("whether",
 * "for", "it is wrong"). */
static bool is_bare_infinitive(const struct tree *tree, uint32_t word)
{
    uint32_t mark = tree_child_exactly(tree, word, REL_MARK);
    if (mark == NONE || !token_is(&tree->tokens[mark], "to"))
        return false;
    for (uint32_t child = tree->first_child[word]; child != NONE && child < word;
         child = tree->next_sibling[child])
        if (child != mark && !relation_is(tree->tokens[child].relation, REL_AUX) &&
            tree->tokens[child].relation != REL_ADVMOD && tree->tokens[child].relation != REL_PUNCT)
            return false;
    return true;
}

/* "It is possible FOR KENYA to help": an infinitive that is itself the subject. */
static void from_possible(const struct heir *heir)
{
    uint32_t whom = arguments_for_whom(heir->tree, heir->head, heir->word);
    if (whom != NONE && !heir->arguments->passive &&
        !arguments_has(heir->arguments, ARGUMENT_SUBJECT))
        arguments_add(heir->arguments, ARGUMENT_SUBJECT, whom, NONE, heir->head);
}

/* What coordinated, controlled and adverbial verbs take over from the verb they hang on. */
void arguments_from_governor(const struct tree *tree, uint32_t word, struct arguments *arguments,
                             int depth)
{
    const struct token *token = &tree->tokens[word];
    if (token->head == NONE || depth >= DEEPEST)
        return;
    bool bare = arguments_past_participle(token) && !arguments_has(arguments, ARGUMENT_SUBJECT) &&
                !arguments_has(arguments, ARGUMENT_OBJECT);
    const struct heir heir = {tree, word, token->head, depth, bare, arguments};
    if (from_told(&heir))
        return;
    switch (token->relation) {
    case REL_CONJ:
        from_conjunct(&heir);
        break;
    case REL_XCOMP:
        from_controller(&heir);
        break;
    case REL_ADVCL:
        from_main_clause(&heir);
        break;
    case REL_CCOMP:
        /* "Claimed, moreover, TO HAVE DESTROYED": as if right behind the verb. */
        if (is_bare_infinitive(tree, word))
            from_controller(&heir);
        else
            from_noun_beside(&heir);
        break;
    case REL_ACL:
    case REL_ACL_RELCL:
        arguments_from_noun(tree, word, arguments, depth);
        break;
    case REL_AMOD:
        from_modified(tree, word, arguments);
        break;
    case REL_CSUBJ:
        from_possible(&heir);
        break;
    default:
        break;
    }
}
