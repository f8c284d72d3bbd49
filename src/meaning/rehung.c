/* Clauses that parsers of news draw into the list before them: "she backed Marek and NOWAK
 * withdrew", "the blast killed five people and WOUNDED 20 others".
 *
 * Method: a noun at the end of a list that is followed at once by a finite verb without a subject
 * is that verb's subject; a participle before a number, or beside a gerund, is a verb with an
 * object of its own; "rockets FIRED by rebels hit the town" has a subject too many. They are put
 * right in the tree itself, before anything is read off it. Leaves out: what has no such mark
 * (misparses.c mends single verbs). */
#include "meaning/rehung.h"

#include <string.h>

static bool is_noun(const struct token *word)
{
    return word->upos == UPOS_NOUN || word->upos == UPOS_PROPN || word->upos == UPOS_NUM;
}

static bool is_finite(const struct token *word)
{
    return (word->features & WORD_FINITE) != 0 && (word->features & WORD_PARTICIPLE) == 0;
}

/* The verb whose clause begins at `at` with its auxiliaries, or NONE: "HAS since WITHDRAWN". */
static uint32_t verb_at(const struct tree *tree, uint32_t at, bool *passive)
{
    enum { LONGEST = 5 };
    const struct token *tokens = tree->tokens;
    uint32_t verb = at;
    bool finite = false;
    *passive = false;
    while (verb < tree->document->tokens.count && verb < at + LONGEST &&
           (tokens[verb].upos == UPOS_AUX || tokens[verb].upos == UPOS_ADV ||
            tokens[verb].upos == UPOS_PART))
        verb++;
    if (verb >= tree->document->tokens.count || tokens[verb].upos != UPOS_VERB)
        return NONE;
    for (uint32_t i = at; i < verb; i++) {
        if (tokens[i].head != verb)
            return NONE;
        finite |= is_finite(&tokens[i]);
        *passive |= tokens[i].relation == REL_AUX_PASS;
    }
    return finite || is_finite(&tokens[verb]) ? verb : NONE;
}

static bool has_subject(const struct tree *tree, uint32_t verb)
{
    return tree_child(tree, verb, REL_NSUBJ) != NONE || tree_child(tree, verb, REL_CSUBJ) != NONE ||
           tree_child(tree, verb, REL_EXPL) != NONE;
}

/* "Between the guerrillas and the army", "towns such as X and Y": both belong to the preposition.
 * "The nurse and her daughter WERE shot": one alone "was". "Found the nurse and her son SHOT",
 * "helped the two ACHIEVE peace" need no subject. */
static bool is_of_both(const struct tree *tree, uint32_t noun, uint32_t verb)
{
    const struct token *tokens = tree->tokens, *above = &tokens[tokens[verb].head];
    uint32_t first = tokens[noun].head, preposition = tree_preposition(tree, first);
    uint32_t auxiliary = tree_child(tree, verb, REL_AUX);
    if (auxiliary == NONE)
        auxiliary = tree_child(tree, verb, REL_COP);
    bool plural = auxiliary != NONE &&
                  (token_is(&tokens[auxiliary], "were") || token_is(&tokens[auxiliary], "are") ||
                   token_is(&tokens[auxiliary], "have"));
    bool one = (tokens[noun].features & WORD_PLURAL) == 0 && tokens[noun].upos != UPOS_NUM;
    bool result = (token_is(above, "find") || token_is(above, "leave")) && auxiliary == NONE &&
                  tree_child(tree, verb, REL_OBJ) == NONE;
    result = result || token_is(above, "help") || token_is(above, "let") || token_is(above, "make");
    bool both = preposition != NONE &&
                (token_is(&tokens[preposition], "between") ||
                 token_is(&tokens[preposition], "such") || token_is(&tokens[preposition], "like"));
    return both || result || (plural && one);
}

/* "She backed Marek and NOWAK withdrew". */
static bool rehang_subject(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    if (tokens[noun].relation != REL_CONJ || !is_noun(&tokens[noun]) || tokens[noun].head > noun)
        return false;
    struct token_range phrase = tree_extent(tree, noun, 0);
    bool passive;
    uint32_t verb = verb_at(tree, phrase.end, &passive);
    uint32_t joiner = tree_child(tree, noun, REL_CC);
    if (joiner == NONE && verb != NONE) {
        joiner = tree_child(tree, verb, REL_CC);
        if (joiner == NONE || joiner + 1 != phrase.first)
            return false;
    }
    if (verb == NONE || joiner > noun || tokens[verb].sentence != tokens[noun].sentence ||
        tokens[verb].relation != REL_CONJ || tokens[verb].head >= tokens[noun].head ||
        tokens[tokens[verb].head].upos != UPOS_VERB || has_subject(tree, verb) ||
        (tree_child(tree, verb, REL_CC) != NONE && tree_child(tree, verb, REL_CC) != joiner) ||
        tree_is_below(tree, verb, noun) || !tree_is_below(tree, noun, tokens[verb].head) ||
        is_of_both(tree, noun, verb))
        return false;
    tokens[noun].head = tokens[joiner].head = verb;
    tokens[noun].relation = passive ? REL_NSUBJ_PASS : REL_NSUBJ;
    return true;
}

/* "Wounded AT LEAST 20": a number, or a word that opens a noun phrase, behind the participle. */
static bool opens_object(const struct token *tokens, uint32_t at, uint32_t noun)
{
    enum { LONGEST = 4 };
    if (tokens[at].upos == UPOS_DET)
        return true;
    for (uint32_t i = at; i <= noun && i < at + LONGEST; i++) {
        if (tokens[i].upos == UPOS_NUM)
            return true;
        if (tokens[i].upos != UPOS_ADV && tokens[i].upos != UPOS_ADP && tokens[i].upos != UPOS_ADJ)
            return false;
    }
    return false;
}

/* "Wounded", tagged as an adjective. */
static bool is_past(const struct token *word)
{
    return word->folded_length > 4 && strcmp(word->folded + word->folded_length - 2, "ed") == 0;
}

/* The verb whose object the list is that `noun` is an item of, or NONE. */
static uint32_t verb_of_list(const struct token *tokens, uint32_t noun)
{
    uint32_t first = tokens[noun].relation == REL_CONJ ? tokens[noun].head : NONE;
    uint32_t verb = first != NONE && tokens[first].relation == REL_OBJ ? tokens[first].head : NONE;
    return verb != NONE && verb < first && tokens[verb].upos == UPOS_VERB ? verb : NONE;
}

/* "Killed five people and WOUNDED 20 others", "killing traders, BURNING shops". */
static bool rehang_participle(struct token *tokens, const struct tree *tree, uint32_t word)
{
    struct token *participle = &tokens[word];
    uint32_t noun = participle->head;
    if (participle->relation != REL_AMOD || noun == NONE || noun <= word || word == 0 ||
        !is_noun(&tokens[noun]) ||
        (participle->upos != UPOS_VERB && (participle->upos != UPOS_ADJ || !is_past(participle))))
        return false;
    uint32_t verb = verb_of_list(tokens, noun), first = tokens[noun].head;
    bool joined = tokens[word - 1].head == noun &&
                  (tokens[word - 1].relation == REL_CC || tokens[word - 1].relation == REL_PUNCT);
    if (verb == NONE || !joined || tree_is_below(tree, verb, noun))
        return false;
    bool beside = (participle->features & WORD_GERUND) != 0;
    if (beside ? (tokens[verb].features & WORD_GERUND) == 0 : !opens_object(tokens, word + 1, noun))
        return false;
    for (uint32_t child = tree->first_child[first]; child != NONE;
         child = tree->next_sibling[child])
        if (child > noun && tokens[child].relation == REL_CONJ && tokens[child].head == first)
            tokens[child].head = noun; /* the list goes on behind the new object */
    tokens[word - 1].head = word;
    participle->relation = REL_CONJ;
    participle->head = verb;
    participle->upos = UPOS_VERB;
    if (!beside)
        participle->features = WORD_FINITE | WORD_PAST;
    tokens[noun].relation = REL_OBJ;
    tokens[noun].head = word;
    return true;
}

/* "Rockets FIRED by rebels hit the town", parsed as if rockets had fired: nobody who does something
 * has it done by others. */
static bool rehang_reduced(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t subject = tree_child_exactly(tree, word, REL_NSUBJ);
    uint32_t doer = tree_child_exactly(tree, word, REL_OBL_AGENT);
    bool passive;
    if (subject == NONE || doer == NONE || subject > word || doer < word ||
        tokens[subject].head != word || tokens[doer].head != word || !is_noun(&tokens[subject]) ||
        tree_child(tree, word, REL_AUX) != NONE || tree_child(tree, word, REL_COP) != NONE ||
        tree_child(tree, word, REL_OBJ) != NONE)
        return false;
    uint32_t verb = verb_at(tree, tree_extent(tree, doer, 0).end, &passive);
    /* "The raid carried out by rebels on the port WAS CONDEMNED", parsed as a clause before it. */
    bool before = verb == NONE && tokens[word].relation == REL_ADVCL && tokens[word].head > word &&
                  tree_child(tree, word, REL_MARK) == NONE;
    if (before)
        verb = verb_at(tree, tree_extent(tree, word, 0).end, &passive);
    before = before && verb == tokens[word].head;
    if (verb == NONE || tokens[verb].sentence != tokens[word].sentence || has_subject(tree, verb) ||
        (!before && tokens[verb].head != word && tokens[verb].head != tokens[word].head) ||
        tree_child(tree, verb, REL_CC) != NONE || (!before && tokens[verb].head == NONE))
        return false;
    if (tokens[verb].head == word) {
        tokens[verb].head = tokens[word].head;
        tokens[verb].relation = tokens[word].relation;
    }
    /* What opens the clause, and what ends it, is of its verb. */
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (tokens[child].head == word && (child < subject || child > verb))
            tokens[child].head = verb;
    tokens[subject].head = verb;
    tokens[subject].relation = passive ? REL_NSUBJ_PASS : REL_NSUBJ;
    tokens[word].head = subject;
    tokens[word].relation = REL_ACL;
    tokens[word].features = WORD_PARTICIPLE | WORD_PAST | WORD_PASSIVE;
    return true;
}

/* "Hostages were FREED", tagged as an adjective: what has a passive's subject and auxiliary is a
 * verb. */
static bool retag_passive(struct token *tokens, const struct tree *tree, uint32_t word)
{
    if (!is_past(&tokens[word]) || tree_child_exactly(tree, word, REL_AUX_PASS) == NONE ||
        tree_child_exactly(tree, word, REL_NSUBJ_PASS) == NONE)
        return false;
    tokens[word].upos = UPOS_VERB;
    tokens[word].features = WORD_PARTICIPLE | WORD_PAST | WORD_PASSIVE;
    return true;
}

/* "Set two schools and some HOUSES ON FIRE", parsed as houses that are on fire: it is of the verb, and so
 * is the verb behind it. */
static bool rehang_fire(struct token *tokens, const struct tree *tree, uint32_t word)
{
    enum { CLIMB_LONGEST = 5 };
    if (word == 0 || strcmp(tokens[word].folded, "fire") != 0 ||
        !token_is(&tokens[word - 1], "on") || tokens[word - 1].head != word)
        return false;
    uint32_t verb = tokens[word].head;
    for (int steps = 0; steps < CLIMB_LONGEST && verb != NONE && !token_is(&tokens[verb], "set");
         steps++)
        verb = tokens[verb].head;
    if (verb == NONE || verb > word || verb == tokens[word].head || tokens[verb].upos != UPOS_VERB ||
        !token_is(&tokens[verb], "set") || tree_child_exactly(tree, verb, REL_OBJ) == NONE)
        return false;
    tokens[word].head = verb;
    tokens[word].relation = REL_OBL;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (tokens[child].relation == REL_CONJ && tokens[child].upos == UPOS_VERB)
            tokens[child].head = verb;
    return true;
}

bool rehang(struct document *document, const struct tree *tree)
{
    bool changed = false;
    for (uint32_t i = 0; i < document->tokens.count; i++) {
        struct token *tokens = document->tokens.items;
        if (tokens[i].relation == REL_CONJ)
            changed |= rehang_subject(tokens, tree, i);
        else if (tokens[i].relation == REL_AMOD)
            changed |= rehang_participle(tokens, tree, i);
        else if (tokens[i].upos == UPOS_VERB)
            changed |= rehang_reduced(tokens, tree, i);
        else if (tokens[i].upos == UPOS_ADJ)
            changed |= retag_passive(tokens, tree, i);
        else if (tokens[i].upos == UPOS_NOUN)
            changed |= rehang_fire(tokens, tree, i);
    }
    return changed;
}
