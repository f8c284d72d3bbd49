/* Verbs that parsers of news hang on a day, or take for a noun in a list: "the nurses were ON
 * MONDAY TAKEN to the camp", "the union rejects the offer and CALLS ON members to strike".
 *
 * Method: what is said to be "on Monday" and has a participle right behind it is said to be what
 * the participle says; a word in "-s" without anything of a noun phrase before it, joined to what a
 * verb of the present has for an object, is the second verb where its row in supports.tsv (role
 * "finite") says that it is no noun there, and so is such a word in a sentence without any verb. A
 * past form joined to a passive is one, too, where its verb cannot do without an object, and so are
 * forms that the place of a verb rules out: a past tense said of the noun before it, an infinitive
 * with a subject. They are put right in the tree itself, as the clauses of rehung.c are. Leaves
 * out: participles behind a place ("was in the yard playing"), and words that are as often nouns.
 */
#include "meaning/rehung.h"

#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

#include <string.h>

static bool ends_in(const struct token *word, const char *ending)
{
    size_t length = strlen(ending);
    return word->folded_length > length + 2 &&
           strcmp(word->folded + word->folded_length - length, ending) == 0;
}

/* The children of the day that are of the clause go to its verb: all but the preposition. */
static void give_clause(struct token *tokens, const struct tree *tree, uint32_t day, uint32_t verb,
                        bool passive)
{
    for (uint32_t child = tree->first_child[day]; child != NONE;
         child = tree->next_sibling[child]) {
        if (child == verb || relation_is(tokens[child].relation, REL_CASE))
            continue;
        tokens[child].head = verb;
        if (tokens[child].relation == REL_COP)
            tokens[child].relation = passive ? REL_AUX_PASS : REL_AUX;
        else if (tokens[child].relation == REL_NSUBJ && passive)
            tokens[child].relation = REL_NSUBJ_PASS;
        else if (relation_is(tokens[child].relation, REL_NMOD))
            tokens[child].relation = REL_OBL;
    }
}

/* "They were ON MONDAY TAKEN to the camp", parsed as if they were the day. */
static bool rehang_day(struct token *tokens, const struct tree *tree, uint32_t verb)
{
    uint32_t day = tokens[verb].head;
    if (tokens[verb].upos != UPOS_VERB || day == NONE || day + 1 != verb ||
        !token_in(&tokens[day], WORDS_DAYS_OF_THE_WEEK) || tree_child(tree, day, REL_COP) == NONE ||
        tree_child(tree, day, REL_CASE) != day - 1 ||
        tree_child_exactly(tree, day, REL_NSUBJ) == NONE ||
        !token_is(&tokens[tree_child(tree, day, REL_COP)], "be"))
        return false;
    bool passive = !ends_in(&tokens[verb], "ing");
    if (passive && !arguments_past_participle(&tokens[verb]))
        return false;
    tokens[verb].head = tokens[day].head;
    tokens[verb].relation = tokens[day].relation;
    tokens[verb].features =
        passive ? WORD_PARTICIPLE | WORD_PAST | WORD_PASSIVE : WORD_PARTICIPLE | WORD_PRESENT;
    give_clause(tokens, tree, day, verb, passive);
    tokens[day].head = verb;
    tokens[day].relation = REL_OBL;
    return true;
}

/* The verb of the present whose phrase the list at `noun` is in, or NONE. */
static uint32_t verb_above(const struct tree *tree, uint32_t noun)
{
    enum { HIGHEST = 5 };
    const struct token *tokens = tree->tokens;
    uint32_t above = tokens[noun].head;
    for (int steps = 0;
         steps < HIGHEST && above != NONE && above < noun && token_is_nominal(&tokens[above]);
         steps++)
        above = tokens[above].head;
    if (above == NONE || above > noun || tokens[above].upos != UPOS_VERB ||
        !ends_in(&tokens[above], "s") || (tokens[above].features & WORD_FINITE) == 0 ||
        (tokens[above].features & WORD_PAST) != 0 || tree_child(tree, above, REL_NSUBJ) == NONE)
        return NONE;
    return above;
}

/* A noun that can be none there, or a verb that hangs on a noun. */
static bool is_second_verb(const struct tree *tree, uint32_t word)
{
    const struct token *token = &tree->tokens[word];
    uint32_t above = token->head;
    if (token->upos == UPOS_VERB)
        return above != NONE && above < word && token_is_nominal(&tree->tokens[above]) &&
               tree_child(tree, above, REL_COP) == NONE;
    return token->upos == UPOS_NOUN && word + 1 < tree->document->tokens.count &&
           (supports_hold(tree->supports, token, SUPPORT_FINITE, 0) ||
            supports_hold(tree->supports, token, SUPPORT_FINITE, token[1].hash));
}

/* "Rejects the offer and CALLS ON members to strike", parsed as the offer and the calls. */
static bool rehang_second_verb(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t joiner = tree->first_child[word];
    if (tokens[word].relation != REL_CONJ || joiner == NONE || joiner + 1 != word ||
        tokens[joiner].relation != REL_CC || !ends_in(&tokens[word], "s") ||
        !is_second_verb(tree, word))
        return false;
    uint32_t verb = verb_above(tree, word);
    if (verb == NONE)
        return false;
    tokens[word].head = verb;
    tokens[word].upos = UPOS_VERB;
    tokens[word].features = WORD_FINITE | WORD_PRESENT;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (relation_is(tokens[child].relation, REL_NMOD))
            tokens[child].relation = REL_OBL;
        else if (tokens[child].relation == REL_ACL)
            tokens[child].relation = REL_ADVCL;
    for (uint32_t child = tree->first_child[verb]; child != NONE; child = tree->next_sibling[child])
        if (child > word &&
            (tokens[child].relation == REL_ADVCL || tokens[child].relation == REL_XCOMP) &&
            arguments_infinitive(tree, child))
            tokens[child].head = word;
    return true;
}

/* What makes a past form a clause of its own, or gives it an object. */
static bool stands_alone(const struct tree *tree, uint32_t verb)
{
    static const enum relation own[] = {REL_NSUBJ, REL_AUX,   REL_OBJ,  REL_IOBJ, REL_CCOMP,
                                        REL_XCOMP, REL_CSUBJ, REL_EXPL, REL_COP,  REL_COMPOUND_PRT};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (tree_child(tree, verb, own[i]) != NONE)
            return true;
    return verb + 1 < tree->document->tokens.count && token_is(&tree->tokens[verb + 1], "at");
}

/* "Was stormed by gunmen and BURNED", tagged as if the village burned something. */
static bool retag_second_passive(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t first = tokens[word].head;
    if (tokens[word].relation != REL_CONJ || tokens[word].upos != UPOS_VERB || first == NONE ||
        first > word || (tokens[word].features & WORD_FINITE) == 0 ||
        (tokens[word].features & WORD_PAST) == 0 || !ends_in(&tokens[word], "ed") ||
        !token_in(&tokens[word], WORDS_PASSIVE_BEHIND_A_PASSIVE) ||
        tree_child_exactly(tree, first, REL_AUX_PASS) == NONE ||
        tree_child_exactly(tree, first, REL_NSUBJ_PASS) == NONE || stands_alone(tree, word))
        return false;
    tokens[word].features = WORD_PARTICIPLE | WORD_PAST | WORD_PASSIVE;
    return true;
}

/* The noun right before `word` that was taken for the first of a compound, and can be its subject:
 * "the ARMY says", "the REBELS say". */
static uint32_t subject_in_compound(const struct tree *tree, uint32_t word)
{
    const struct token *verb = &tree->tokens[word], *noun = verb - 1;
    if (word == 0 || noun->head != word || relation_universal(noun->relation) != REL_COMPOUND ||
        !token_is_nominal(noun))
        return NONE;
    bool plural = (noun->features & WORD_PLURAL) != 0 || token_in(noun, WORDS_MANY_IN_ONE_WORD);
    return plural != ends_in(verb, "s") ? word - 1 : NONE;
}

/* "The evidence POINTS TO the militia", "the police SUSPECT THAT rebels did it", parsed as one noun
 * of two words: a sentence has a verb. */
static bool retag_verb(struct token *tokens, const struct tree *tree, uint32_t word)
{
    if (tokens[word].upos != UPOS_NOUN || word + 2 >= tree->document->tokens.count ||
        (tokens[word].relation != REL_ROOT && tokens[word].relation != REL_CCOMP) ||
        !supports_hold(tree->supports, &tokens[word], SUPPORT_FINITE, tokens[word + 1].hash) ||
        tree_child(tree, word, REL_COP) != NONE || tree_child(tree, word, REL_CASE) != NONE ||
        tree_child(tree, word, REL_NSUBJ) != NONE)
        return false;
    uint32_t subject = subject_in_compound(tree, word);
    if (subject == NONE)
        return false;
    tokens[word].upos = UPOS_VERB;
    tokens[word].features = WORD_FINITE | WORD_PRESENT;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (child < subject && tokens[child].relation != REL_MARK &&
            tokens[child].upos != UPOS_PUNCT)
            tokens[child].head = subject;
        else if (relation_is(tokens[child].relation, REL_NMOD))
            tokens[child].relation = REL_OBL;
        else if (tokens[child].relation == REL_ACL)
            tokens[child].relation = REL_CCOMP;
    tokens[subject].relation = REL_NSUBJ;
    return true;
}

/* "The raid CARRIED out against the bank was condemned", tagged as what carried out something: said
 * of the noun before it, and with nothing of a clause of its own, it is a participle; not "the shot
 * THE MAN FIRED". */
static bool retag_reduced(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t noun = tokens[word].head;
    uint32_t first = noun != NONE ? tree_noun_phrase(tree, noun).first : 0;
    const uint32_t told = WORD_FINITE | WORD_PAST;
    if (tokens[word].upos != UPOS_VERB || tokens[word].relation != REL_ACL ||
        (tokens[word].features & told) != told || noun == NONE || noun + 1 != word ||
        !ends_in(&tokens[word], "ed") || tree_child(tree, word, REL_NSUBJ) != NONE ||
        tree_child(tree, word, REL_AUX) != NONE || tree_child(tree, word, REL_MARK) != NONE ||
        tree_child(tree, word, REL_OBJ) != NONE ||
        (first > 0 && tokens[first - 1].sentence == tokens[word].sentence &&
         (token_is_nominal(&tokens[first - 1]) || tokens[first - 1].upos == UPOS_VERB)))
        return false;
    tokens[word].features = WORD_PARTICIPLE | WORD_PAST | WORD_PASSIVE;
    return true;
}

/* "Parents who refuse to pay OPPOSE the plan", tagged as an infinitive: what has a subject before
 * it and heads the sentence is finite. */
static bool retag_infinitive(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t subject = tree_child_exactly(tree, word, REL_NSUBJ);
    if (tokens[word].upos != UPOS_VERB || tokens[word].relation != REL_ROOT ||
        (tokens[word].features & WORD_INFINITIVE) == 0 || subject == NONE || subject > word ||
        (tokens[subject].features & WORD_PLURAL) == 0 || tree_child(tree, word, REL_AUX) != NONE ||
        tree_child(tree, word, REL_MARK) != NONE)
        return false;
    tokens[word].features = WORD_FINITE | WORD_PRESENT | WORD_PLURAL | WORD_THIRD;
    return true;
}

/* "Eleven killed, DOZENS WOUNDED in the raid", parsed as if the dozens were told besides: what
 * befell them is a second verb of the headline. */
static bool rehang_second_fate(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t noun = tokens[word].head, first = noun != NONE ? tokens[noun].head : NONE;
    if (tokens[word].relation != REL_ACL || tokens[word].upos != UPOS_VERB || first == NONE ||
        word != noun + 1 || first > noun || tokens[noun].relation != REL_PARATAXIS ||
        !arguments_past_participle(&tokens[word]) || tokens[first].upos != UPOS_VERB ||
        tree_child_exactly(tree, first, REL_NSUBJ_PASS) == NONE ||
        tree_child(tree, first, REL_AUX) != NONE || tree_child(tree, noun, REL_COP) != NONE)
        return false;
    tokens[word].head = first;
    tokens[word].relation = REL_CONJ;
    tokens[noun].head = word;
    tokens[noun].relation = REL_NSUBJ_PASS;
    return true;
}

bool rehang_verb(struct token *tokens, const struct tree *tree, uint32_t word)
{
    return rehang_second_verb(tokens, tree, word) || rehang_day(tokens, tree, word) ||
           retag_second_passive(tokens, tree, word) || rehang_second_fate(tokens, tree, word) ||
           retag_verb(tokens, tree, word) || retag_reduced(tokens, tree, word) ||
           retag_infinitive(tokens, tree, word);
}
