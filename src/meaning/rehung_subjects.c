/* Subjects that parsers of news draw into a noun phrase, or take for a time: "a Geneva man SHOT his
 * brother", "a COUPLE shot the guard".
 *
 * Method: a finite verb that has no subject has the noun right before it for one where that hangs
 * on it as part of a compound, or as a time that it is not; "shot" that is coordinated with a verb
 * is one. They are put right in the tree itself, as the clauses of rehung.c are. So has one right
 * behind a relative clause the noun of that clause. Leaves out: words that are as often nouns. */
#include "meaning/rehung.h"

#include <string.h>

static bool lacks_subject(const struct tree *tree, uint32_t verb)
{
    return !rehung_has_subject(tree, verb) && tree_child(tree, verb, REL_AUX) == NONE &&
           tree_child(tree, verb, REL_COP) == NONE;
}

/* "A Geneva MAN shot his brother", parsed as one word of two. */
static bool rehang_compound(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t verb = tokens[noun].head;
    if (verb != noun + 1 || tokens[noun].upos != UPOS_NOUN || tokens[verb].upos != UPOS_VERB ||
        (tokens[verb].features & WORD_PAST) == 0 || (tokens[verb].features & WORD_FINITE) == 0 ||
        (tokens[verb].features & WORD_PARTICIPLE) != 0 || tokens[verb].relation == REL_AMOD ||
        tree_child(tree, verb, REL_CASE) != NONE || tree_child(tree, verb, REL_DET) != NONE ||
        !lacks_subject(tree, verb))
        return false;
    tokens[noun].relation = REL_NSUBJ;
    return true;
}

/* "A COUPLE shot the guard", "arrested A COUPLE", parsed as if it said when. */
static bool rehang_unmarked(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t verb = tokens[noun].head;
    if (verb != NONE && verb + 2 == noun && tokens[verb].upos == UPOS_VERB &&
        token_in(&tokens[noun], WORDS_FEW_PEOPLE_AS_ONE) &&
        tree_child(tree, noun, REL_DET) == verb + 1 && tree_child(tree, noun, REL_NMOD) == NONE &&
        tree_child(tree, verb, REL_OBJ) == NONE) {
        tokens[noun].relation = REL_OBJ;
        return true;
    }
    if (verb == NONE || verb <= noun || !token_in(&tokens[noun], WORDS_FEW_PEOPLE_AS_ONE) ||
        tokens[verb].upos != UPOS_VERB || (tokens[verb].features & WORD_FINITE) == 0 ||
        tree_child(tree, noun, REL_NMOD) != NONE || !lacks_subject(tree, verb))
        return false;
    tokens[noun].relation = REL_NSUBJ;
    return true;
}

/* The verb of saying behind the clause whose noun it took for its subject, with a subject of its
 * own; or NONE: "a man shot and killed his brother, POLICE SAID". */
static bool is_said_behind(const struct tree *tree, uint32_t noun, uint32_t verb)
{
    for (uint32_t child = tree->first_child[verb]; child != NONE; child = tree->next_sibling[child])
        if (child > noun && tree->tokens[child].relation == REL_NSUBJ)
            return true;
    return false;
}

/* "A 30-year-old man SHOT and killed his brother": a noun has no verb for a twin. */
static bool rehang_shot(struct token *tokens, const struct tree *tree, uint32_t word)
{
    if (word == 0 || tokens[word].upos != UPOS_NOUN || strcmp(tokens[word].folded, "shot") != 0)
        return false;
    uint32_t man = word - 1, twin = tree_child_exactly(tree, word, REL_CONJ),
             above = tokens[word].head;
    bool beside =
        tokens[word].relation == REL_NSUBJ && above != NONE && is_said_behind(tree, word, above);
    if (tokens[man].head != word || tokens[man].relation != REL_COMPOUND ||
        !token_is_nominal(&tokens[man]) || twin == NONE || tokens[twin].upos != UPOS_VERB ||
        tree_child(tree, twin, REL_CC) != word + 1 || (tokens[twin].features & WORD_PAST) == 0 ||
        tree_child(tree, twin, REL_OBJ) == NONE ||
        (!beside && tokens[word].relation != REL_ROOT && tokens[word].relation != REL_CCOMP))
        return false;
    for (uint32_t child = tree->first_child[word]; child != NONE && child < man;
         child = tree->next_sibling[child])
        if (tokens[child].relation != REL_PUNCT)
            tokens[child].head = man;
    tokens[man].relation = REL_NSUBJ;
    tokens[word].upos = UPOS_VERB;
    tokens[word].features = WORD_FINITE | WORD_PAST;
    if (beside)
        tokens[word].relation = REL_CCOMP;
    return true;
}

/* Whether `verb`, behind a noun that hangs on `above`, is another verb beside that one or below it.
 */
static bool is_verb_beside(const struct tree *tree, uint32_t verb, uint32_t above)
{
    const struct token *word = &tree->tokens[verb];
    return word->head == above ||
           (word->relation == REL_CONJ && word->head != NONE && above != NONE &&
            word->head < above && tree_is_below(tree, above, word->head));
}

/* "Fell after COMMANDERS who had served the king switched sides", "fled after TOWNS such as Gao
 * fell": who stands between a word that is both preposition and conjunction and a finite verb
 * without a subject. */
static bool rehang_before_relative(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    static const char *const words[] = {"after", "before", "since", "until", "as", NULL};
    uint32_t preposition = tree_child_exactly(tree, noun, REL_CASE), above = tokens[noun].head;
    if (preposition == NONE || !token_is_one_of(&tokens[preposition], words) || above > noun ||
        (tree_child_exactly(tree, noun, REL_ACL_RELCL) == NONE &&
         (tree_child(tree, noun, REL_NMOD) == NONE || token_is(&tokens[preposition], "as"))))
        return false;
    uint32_t verb = tree_extent(tree, noun, 0).end;
    if (verb >= tree->document->tokens.count || !is_verb_beside(tree, verb, above) ||
        tokens[verb].upos != UPOS_VERB || (tokens[verb].features & WORD_FINITE) == 0 ||
        (tokens[verb].features & WORD_PARTICIPLE) != 0 || tokens[verb - 1].upos == UPOS_PUNCT ||
        tree_child(tree, verb, REL_MARK) != NONE || tree_child(tree, verb, REL_CC) != NONE ||
        !lacks_subject(tree, verb))
        return false;
    tokens[preposition].head = verb;
    tokens[preposition].relation = REL_MARK;
    tokens[preposition].upos = UPOS_SCONJ;
    tokens[noun].head = verb;
    tokens[noun].relation = REL_NSUBJ;
    tokens[verb].head = above;
    tokens[verb].relation = REL_ADVCL;
    return true;
}

/* "In Gao, A TOWN on the river, the army reports", with what is said of the place for a first
 * subject. */
bool rehang_said_of_place(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t verb = tokens[noun].head, first = tree_noun_phrase(tree, noun).first;
    uint32_t sentence = tree->document->sentences.items[tokens[noun].sentence].tokens.first;
    if (verb == NONE || verb < noun || tokens[noun].upos != UPOS_NOUN || first < sentence + 3 ||
        !token_is(&tokens[first - 1], ",") || tokens[first - 2].upos != UPOS_PROPN ||
        !token_is(&tokens[tree_extent(tree, noun, 0).end], ","))
        return false;
    uint32_t place = first - 2;
    while (tokens[place].head != NONE && tokens[place].head != verb && place > sentence)
        place = tokens[place].head;
    bool twin = false;
    for (uint32_t child = tree->next_sibling[noun]; child != NONE && child < verb;
         child = tree->next_sibling[child])
        twin |= tokens[child].relation == REL_NSUBJ;
    if (!twin || tokens[place].head != verb || tokens[place].relation != REL_OBL ||
        tokens[place].upos != UPOS_PROPN)
        return false;
    tokens[noun].head = place;
    tokens[noun].relation = REL_APPOS;
    return true;
}

/* "Whatever the reasons, THE ENVOYS left", with who left for an apposition to them. */
static bool rehang_behind_whatever(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t before = tokens[noun].head;
    if (before == NONE || before > noun || tokens[before].relation != REL_NSUBJ)
        return false;
    uint32_t first = tree_noun_phrase(tree, before).first;
    uint32_t sentence = tree->document->sentences.items[tokens[noun].sentence].tokens.first;
    bool whatever = token_is(&tokens[first], "whatever") ||
                    (first > sentence && token_is(&tokens[first - 1], "whatever"));
    if (!whatever)
        return false;
    tokens[noun].head = tokens[before].head;
    tokens[noun].relation = REL_NSUBJ;
    tokens[before].head = tokens[noun].head;
    tokens[before].relation = REL_DEP;
    return true;
}

/* "The SETTLERS plan to leave", parsed as one word of two that has an infinitive or a clause behind
 * it. */
static bool rehang_planning(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t verb = tokens[noun].head;
    if (verb != noun + 1 || !token_is_nominal(&tokens[noun]) || tokens[verb].upos != UPOS_VERB ||
        tokens[verb].relation == REL_AMOD || (tokens[verb].features & WORD_PARTICIPLE) != 0 ||
        tree_child(tree, verb, REL_CASE) != NONE || tree_child(tree, verb, REL_MARK) != NONE ||
        tree_child(tree, verb, REL_DET) != NONE || !lacks_subject(tree, verb) ||
        (tree_child(tree, verb, REL_XCOMP) == NONE && tree_child(tree, verb, REL_CCOMP) == NONE))
        return false;
    tokens[noun].relation = REL_NSUBJ;
    return true;
}

/* "The following DAYS two towns fall", parsed with two subjects: when they fall. */
static bool rehang_days(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t verb = tokens[noun].head;
    if (verb == NONE || verb < noun || !token_in(&tokens[noun], WORDS_TIMES_TO_ACT_IN) ||
        tokens[verb].upos != UPOS_VERB)
        return false;
    uint32_t other = tree->next_sibling[noun];
    while (other != NONE && other < verb && !relation_is(tokens[other].relation, REL_NSUBJ))
        other = tree->next_sibling[other];
    if (other == NONE || other > verb || tokens[other].upos == UPOS_PRON)
        return false;
    tokens[noun].relation = REL_OBL_UNMARKED;
    return true;
}

/* "They were EACH charged", "have BOTH fled", parsed as a second subject: it says how many of the
 * first are meant. */
static bool rehang_each(struct token *tokens, const struct tree *tree, uint32_t word)
{
    static const char *const words[] = {"all", "both", "each", NULL};
    uint32_t verb = tokens[word].head;
    if (verb == NONE || verb < word || !relation_is(tokens[word].relation, REL_NSUBJ) ||
        !token_is_one_of(&tokens[word], words) || tree->first_child[word] != NONE)
        return false;
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < word;
         child = tree->next_sibling[child])
        if (relation_is(tokens[child].relation, REL_NSUBJ) && token_is_nominal(&tokens[child])) {
            tokens[word].relation = REL_ADVMOD;
            return true;
        }
    return false;
}

/* "On JULY 4 rebels seize the port", parsed as rebels of a day: when they do. */
static bool rehang_behind_date(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t on = tree_child_exactly(tree, noun, REL_CASE);
    if (on == NONE || on + 3 != noun || !token_is(&tokens[on], "on") ||
        tokens[on + 1].upos != UPOS_PROPN || tokens[on + 1].head != on + 2 ||
        tokens[on + 2].upos != UPOS_NUM || tokens[on + 2].head != noun ||
        tokens[noun].upos != UPOS_NOUN)
        return false;
    tokens[on].head = on + 2;
    tokens[on + 2].head = tokens[noun].head;
    tokens[on + 2].relation = REL_OBL;
    return true;
}

/* "Called to report A GUARD had been SHOT", with the guard reported and the rest on the verb
 * before: whoever stands right before an auxiliary without a subject has it. */
static bool rehang_reported(struct token *tokens, const struct tree *tree, uint32_t verb)
{
    enum { HIGHEST = 4 };
    uint32_t first = tree->first_child[verb], above = tokens[verb].head;
    if (tokens[verb].upos != UPOS_VERB || above == NONE || above > verb || first == NONE ||
        first > verb || first <= above + 1 || !relation_is(tokens[first].relation, REL_AUX) ||
        (tokens[first].features & WORD_FINITE) == 0 || rehung_has_subject(tree, verb) ||
        tree_child(tree, verb, REL_MARK) != NONE || tree_child(tree, verb, REL_CC) != NONE)
        return false;
    uint32_t noun = first - 1;
    for (int steps = 0;
         steps < HIGHEST && tokens[noun].relation != REL_OBJ && tokens[noun].head != NONE; steps++)
        noun = tokens[noun].head;
    uint32_t telling = tokens[noun].head;
    if (tokens[noun].relation != REL_OBJ || telling == NONE || telling == above || telling > noun ||
        !token_is_nominal(&tokens[noun]) || tree_extent(tree, noun, 0).end != first ||
        !tree_is_below(tree, telling, above))
        return false;
    rehung_make_subject(tokens, tree, noun, verb);
    tokens[verb].head = telling;
    tokens[verb].relation = REL_CCOMP;
    return true;
}

bool rehang_subject_in(struct token *tokens, const struct tree *tree, uint32_t word)
{
    switch (tokens[word].relation) {
    case REL_COMPOUND:
        return rehang_compound(tokens, tree, word) || rehang_planning(tokens, tree, word);
    case REL_OBL_UNMARKED:
        return rehang_unmarked(tokens, tree, word);
    case REL_OBL:
        return rehang_before_relative(tokens, tree, word);
    case REL_APPOS:
        return rehang_behind_whatever(tokens, tree, word);
    case REL_CCOMP:
    case REL_XCOMP:
        return rehang_reported(tokens, tree, word) || rehang_shot(tokens, tree, word);
    default:
        return (tokens[word].relation == REL_NSUBJ &&
                (rehang_said_of_place(tokens, tree, word) || rehang_days(tokens, tree, word) ||
                 rehang_behind_date(tokens, tree, word))) ||
               rehang_each(tokens, tree, word) || rehang_shot(tokens, tree, word);
    }
}
