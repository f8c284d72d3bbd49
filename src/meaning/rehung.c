/* Clauses that parsers of news draw into the list before them: "she backed Marek and NOWAK
 * withdrew", "the blast killed five people and WOUNDED 20 others".
 *
 * Method: a noun at the end of a list that is followed at once by a finite verb without a subject
 * is that verb's subject; a participle before a number, or beside a gerund, is a verb with an
 * object of its own; "rockets FIRED by rebels hit the town" has a subject too many; what has an
 * object, or is done to nobody (supports.tsv), is no participle where its sentence has no other
 * verb; who has an object and no auxiliary does it, whatever the parser says of him. They are put
 * right in the tree itself, before anything is read off it. Leaves out: what has no such mark
 * (misparses.c mends single verbs), and words that are no clause (rehung_phrases.c). */
#include "meaning/rehung.h"

#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

#include <string.h>

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

bool rehung_has_subject(const struct tree *tree, uint32_t verb)
{
    return tree_child(tree, verb, REL_NSUBJ) != NONE || tree_child(tree, verb, REL_CSUBJ) != NONE ||
           tree_child(tree, verb, REL_EXPL) != NONE;
}

void rehung_make_subject(struct token *tokens, const struct tree *tree, uint32_t noun,
                         uint32_t verb)
{
    bool passive = tree_child_exactly(tree, verb, REL_AUX_PASS) != NONE;
    tokens[noun].head = verb;
    tokens[noun].relation = passive ? REL_NSUBJ_PASS : REL_NSUBJ;
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
    result = result || token_in(above, WORDS_LETS_SOMEBODY_DO);
    bool both = preposition != NONE &&
                (token_is(&tokens[preposition], "between") ||
                 token_is(&tokens[preposition], "such") || token_is(&tokens[preposition], "like"));
    return both || result || (plural && one);
}

/* What has a verb or a copula. */
static bool is_clause(const struct tree *tree, uint32_t word)
{
    return tree->tokens[word].upos == UPOS_VERB || tree_child(tree, word, REL_COP) != NONE;
}

/* A verb beside another whose clause has the noun at `noun`: "said that he had BACKED Marek and
 * Nowak had withdrawn", joined to it or parsed as a second clause that is said. */
static bool is_beside(const struct tree *tree, uint32_t verb, uint32_t noun)
{
    const struct token *tokens = tree->tokens;
    if (tokens[verb].relation == REL_CONJ)
        return true;
    uint32_t first = tokens[verb].relation == REL_CCOMP
                         ? tree_child_exactly(tree, tokens[verb].head, REL_CCOMP)
                         : NONE;
    return first != NONE && first < verb && tree_child(tree, verb, REL_MARK) == NONE &&
           tree_is_below(tree, noun, first);
}

/* "She backed Marek and NOWAK withdrew". */
static bool rehang_subject(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    if (tokens[noun].relation != REL_CONJ || !token_is_nominal(&tokens[noun]) ||
        tokens[noun].head > noun)
        return false;
    struct token_range phrase = tree_extent(tree, noun, 0);
    bool passive;
    uint32_t verb = verb_at(tree, phrase.end, &passive);
    uint32_t joiner = tree_child_exactly(tree, noun, REL_CC);
    if (joiner == NONE && verb != NONE) {
        joiner = tree_child(tree, verb, REL_CC);
        if (joiner == NONE || joiner + 1 != phrase.first)
            return false;
    }
    if (verb == NONE || joiner > noun || tokens[verb].sentence != tokens[noun].sentence ||
        !is_beside(tree, verb, noun) || tokens[verb].head >= tokens[noun].head ||
        !is_clause(tree, tokens[verb].head) || rehung_has_subject(tree, verb) ||
        (tree_child(tree, verb, REL_CC) != NONE && tree_child(tree, verb, REL_CC) != joiner) ||
        tree_is_below(tree, verb, noun) || !tree_is_below(tree, noun, tokens[verb].head) ||
        is_of_both(tree, noun, verb))
        return false;
    tokens[noun].head = tokens[joiner].head = verb;
    tokens[noun].relation = passive ? REL_NSUBJ_PASS : REL_NSUBJ;
    return true;
}

/* "Wounded AT LEAST 20", "wounded DOZENS": a number, or a word that opens a noun phrase, behind the
 * participle. */
static bool opens_object(const struct tree *tree, uint32_t at, uint32_t noun)
{
    enum { LONGEST = 4 };
    const struct token *tokens = tree->tokens;
    bool many = at == noun && (tokens[at].features & WORD_PLURAL) != 0 &&
                supports_hold(tree->supports, &tokens[at], SUPPORT_MANY, 0);
    if (tokens[at].upos == UPOS_DET || many)
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

/* The verb whose object the list is that `noun` is an item of, or NONE. "Killed AT LEAST 12
 * people": an object, parsed as an oblique that no preposition governs. */
static uint32_t verb_of_list(const struct tree *tree, uint32_t noun)
{
    const struct token *tokens = tree->tokens;
    uint32_t first = tokens[noun].relation == REL_CONJ ? tokens[noun].head : NONE;
    if (first == NONE ||
        (tokens[first].relation != REL_OBJ &&
         (tokens[first].relation != REL_OBL || tree_child(tree, first, REL_CASE) != NONE)))
        return NONE;
    uint32_t verb = tokens[first].head;
    return verb != NONE && verb < first && tokens[verb].upos == UPOS_VERB ? verb : NONE;
}

static void make_finite(struct token *verb)
{
    verb->upos = UPOS_VERB;
    verb->features = WORD_FINITE | WORD_PAST;
}

/* "Killed 35 and WOUNDED 90", parsed as a list of three. */
static bool rehang_number(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t first = tokens[word].head, number = word + 1, verb = verb_of_list(tree, word);
    if (verb == NONE || !is_past(&tokens[word]) || word == 0 ||
        number >= tree->document->tokens.count || tokens[number].upos != UPOS_NUM ||
        (tokens[number].head != first && tokens[number].head != verb) ||
        tokens[word - 1].relation != REL_CC)
        return false;
    tokens[word].head = verb;
    tokens[word - 1].head = word;
    make_finite(&tokens[word]);
    tokens[number].relation = REL_OBJ;
    tokens[number].head = word;
    return true;
}

/* "Beat monks and looted SHOPS": the second verb is seen, its object still hangs on the first
 * one's. */
static bool rehang_second_object(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t verb = verb_of_list(tree, noun), first = tree_noun_phrase(tree, noun).first;
    if (verb == NONE || first == 0 || !token_is_nominal(&tokens[noun]) ||
        tree_child(tree, noun, REL_CC) != NONE)
        return false;
    uint32_t second = first - 1;
    if (second <= tokens[noun].head || tokens[second].upos != UPOS_VERB ||
        tokens[second].relation != REL_CONJ || tokens[second].head != verb ||
        tree_child(tree, second, REL_CC) == NONE || tree_child(tree, second, REL_OBJ) != NONE)
        return false;
    tokens[noun].relation = REL_OBJ;
    tokens[noun].head = second;
    return true;
}

/* "The blast, which WOUNDED 20 people": a relative clause whose noun says nothing without a verb.
 */
static bool rehang_relative(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t noun = tokens[word].head;
    if (noun == NONE || noun <= word || word == 0 || tokens[noun].relation != REL_ACL_RELCL ||
        !token_is_nominal(&tokens[noun]) || !is_past(&tokens[word]) ||
        tokens[word - 1].relation != REL_NSUBJ || tokens[word - 1].head != noun ||
        tokens[word - 1].upos != UPOS_PRON || tree_child(tree, noun, REL_COP) != NONE)
        return false;
    for (uint32_t child = tree->first_child[noun]; child != NONE; child = tree->next_sibling[child])
        if (child < word && tokens[child].head == noun)
            tokens[child].head = word;
    tokens[word].head = tokens[noun].head;
    tokens[word].relation = REL_ACL_RELCL;
    make_finite(&tokens[word]);
    tokens[noun].head = word;
    tokens[noun].relation = REL_OBJ;
    return true;
}

/* "Killed five people and WOUNDED 20 others", "killing traders, BURNING shops". */
static bool rehang_participle(struct token *tokens, const struct tree *tree, uint32_t word)
{
    struct token *participle = &tokens[word];
    uint32_t noun = participle->head;
    if (participle->relation != REL_AMOD || noun == NONE || noun <= word || word == 0 ||
        !token_is_nominal(&tokens[noun]) ||
        (participle->upos != UPOS_VERB && (participle->upos != UPOS_ADJ || !is_past(participle))))
        return false;
    uint32_t verb = verb_of_list(tree, noun), first = tokens[noun].head;
    bool joined = tokens[word - 1].head == noun &&
                  (tokens[word - 1].relation == REL_CC || tokens[word - 1].relation == REL_PUNCT);
    if (verb == NONE || !joined || tree_is_below(tree, verb, noun))
        return false;
    bool beside = (participle->features & WORD_GERUND) != 0;
    if (beside ? (tokens[verb].features & WORD_GERUND) == 0 : !opens_object(tree, word + 1, noun))
        return false;
    for (uint32_t child = tree->first_child[first]; child != NONE;
         child = tree->next_sibling[child])
        if (child > noun && tokens[child].relation == REL_CONJ && tokens[child].head == first)
            tokens[child].head = noun; /* the list goes on behind the new object */
    tokens[word - 1].head = word;
    participle->relation = REL_CONJ;
    participle->head = verb;
    if (!beside)
        make_finite(participle);
    participle->upos = UPOS_VERB;
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
        tokens[subject].head != word || tokens[doer].head != word ||
        !token_is_nominal(&tokens[subject]) || tree_child(tree, word, REL_AUX) != NONE ||
        tree_child(tree, word, REL_COP) != NONE || tree_child(tree, word, REL_OBJ) != NONE)
        return false;
    uint32_t verb = verb_at(tree, tree_extent(tree, doer, 0).end, &passive);
    /* "The raid carried out by rebels on the port WAS CONDEMNED", parsed as a clause before it. */
    bool before = verb == NONE && tokens[word].relation == REL_ADVCL && tokens[word].head > word &&
                  tree_child(tree, word, REL_MARK) == NONE;
    if (before)
        verb = verb_at(tree, tree_extent(tree, word, 0).end, &passive);
    before = before && verb == tokens[word].head;
    if (verb == NONE || tokens[verb].sentence != tokens[word].sentence || rehung_has_subject(tree, verb) ||
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

/* Right behind the verb, or its particle: "KILLED five", "took UP arms". */
static uint32_t object_behind(const struct tree *tree, uint32_t word)
{
    uint32_t particle = tree_child_exactly(tree, word, REL_COMPOUND_PRT);
    for (uint32_t child = tree->first_child[word]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *noun = &tree->tokens[child];
        if (noun->relation == REL_OBJ && token_is_nominal(noun) &&
            tree_noun_phrase(tree, child).first == (particle == word + 1 ? word + 2 : word + 1))
            return child;
    }
    return NONE;
}

/* "KIDNAPPED, tortured and later KILLED": verbs that follow one another with nothing of their own. */
static bool follow_one_another(const struct token *tokens, uint32_t first, uint32_t last)
{
    enum { LONGEST = 7 };
    for (uint32_t i = first + 1; i < last; i++)
        if (tokens[i].upos != UPOS_VERB && tokens[i].upos != UPOS_CCONJ &&
            tokens[i].upos != UPOS_ADV && !token_is(&tokens[i], ","))
            return false;
    return last <= first + LONGEST;
}

/* "Gunmen AMBUSHED AND KILLED a judge": the object of the verb beside it. */
static bool has_object_beside(const struct tree *tree, uint32_t verb)
{
    for (uint32_t child = tree->first_child[verb]; child != NONE; child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_CONJ && tree->tokens[child].upos == UPOS_VERB &&
            (tree->tokens[child].features & WORD_PAST) != 0 && child > verb &&
            (child <= verb + 3 || follow_one_another(tree->tokens, verb, child)) &&
            tree_child(tree, child, REL_AUX) == NONE && !rehung_has_subject(tree, child) &&
            object_behind(tree, child) != NONE)
            return true;
    return false;
}

/* What no participle behind a noun can be: it has an object, or nobody is it done to. */
static bool can_only_be_finite(const struct tree *tree, uint32_t word)
{
    const struct token *verb = &tree->tokens[word];
    if (tree_child(tree, word, REL_OBJ) != NONE)
        return object_behind(tree, word) != NONE &&
               !supports_hold(tree->supports, verb, SUPPORT_TWO, 0);
    return supports_by_itself(tree, word) || has_object_beside(tree, word);
}

/* A past form right behind its noun, with nothing that makes it a clause of another kind. */
static bool is_bare_past(const struct tree *tree, uint32_t word)
{
    const struct token *verb = &tree->tokens[word];
    bool finite = (verb->features & WORD_FINITE) != 0 && (verb->features & WORD_PAST) != 0;
    bool past = verb->upos == UPOS_VERB
                    ? arguments_past_participle(verb) || (finite && supports_by_itself(tree, word))
                    : is_past(verb);
    return past && word > 0 && (tree->tokens[word - 1].flags & TOKEN_PUNCTUATION) == 0 &&
           tree_child(tree, word, REL_AUX) == NONE && tree_child(tree, word, REL_COP) == NONE &&
           tree_child(tree, word, REL_MARK) == NONE && !rehung_has_subject(tree, word) &&
           tree_child_exactly(tree, word, REL_OBL_AGENT) == NONE;
}

/* What hangs on the subject, behind its verb, is said of the verb; so is what opens the sentence.
 */
static void hand_over(struct token *tokens, const struct tree *tree, uint32_t subject,
                      uint32_t verb)
{
    uint32_t first = tree_noun_phrase(tree, subject).first;
    for (uint32_t above = tokens[verb].head;; above = tokens[above].head) {
        for (uint32_t child = tree->first_child[above]; child != NONE;
             child = tree->next_sibling[child]) {
            bool opening = above == subject && child < first;
            if (child == verb || tokens[child].head != above || (child < verb && !opening))
                continue;
            tokens[child].head = verb;
            if (relation_is(tokens[child].relation, REL_NMOD))
                tokens[child].relation = REL_OBL;
        }
        if (above == subject)
            break;
    }
}

/* "Executed ELEVEN captured SOLDIERS", with the number alone taken for the object. */
static void join_number(struct token *tokens, const struct tree *tree, uint32_t subject,
                        uint32_t verb)
{
    uint32_t number = verb + 1;
    if (tree_child_exactly(tree, verb, REL_OBJ) != number || tokens[number].upos != UPOS_NUM)
        return;
    for (uint32_t child = tree->first_child[subject]; child != NONE;
         child = tree->next_sibling[child])
        if (child > number && token_is_nominal(&tokens[child]) &&
            tokens[child].relation == REL_OBL && tree_child(tree, child, REL_CASE) == NONE &&
            tree_noun_phrase(tree, child).first == number + 1) {
            tokens[child].relation = REL_OBJ;
            tokens[number].relation = REL_NUMMOD;
            tokens[number].head = child;
        }
}

/* "Gunmen EXECUTED five", "the rebels CROSSED into the valley", parsed as a noun phrase: a sentence
 * that would have no verb has this one. */
static bool rehang_main_verb(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t subject = tokens[word].head;
    if (subject == NONE || subject >= word || !is_bare_past(tree, word))
        return false;
    while (
        (tokens[subject].relation == REL_CONJ || relation_is(tokens[subject].relation, REL_NMOD)) &&
        tokens[subject].head != NONE && tokens[subject].head < subject)
        subject = tokens[subject].head;
    if (tokens[subject].relation != REL_ROOT || !token_is_nominal(&tokens[subject]) ||
        rehung_has_subject(tree, subject) || tree_child(tree, subject, REL_COP) != NONE ||
        !can_only_be_finite(tree, word))
        return false;
    hand_over(tokens, tree, subject, word);
    join_number(tokens, tree, subject, word);
    tokens[word].head = tokens[subject].head;
    tokens[word].relation = REL_ROOT;
    make_finite(&tokens[word]);
    tokens[subject].head = word;
    tokens[subject].relation = REL_NSUBJ;
    return true;
}

/* The clause before a verb of saying whose subject was drawn to that verb: "forty marines
 * SURRENDERED, the ministry said". NONE where there is no such clause. */
static uint32_t clause_said(const struct tree *tree, uint32_t subject, uint32_t verb)
{
    const struct token *tokens = tree->tokens;
    uint32_t clause = tree_child_exactly(tree, subject, REL_ACL);
    if (clause != NONE)
        return clause > subject && is_bare_past(tree, clause) && can_only_be_finite(tree, clause)
                   ? clause
                   : NONE;
    clause = tree_child(tree, verb, REL_CCOMP);
    return clause != NONE && clause > subject && tokens[clause].upos == UPOS_VERB &&
                   !rehung_has_subject(tree, clause) && tree_child(tree, clause, REL_MARK) == NONE
               ? clause
               : NONE;
}

static bool rehang_said(struct token *tokens, const struct tree *tree, uint32_t subject)
{
    uint32_t verb = tokens[subject].head;
    if (tokens[subject].relation != REL_NSUBJ || verb == NONE || verb <= subject)
        return false;
    uint32_t clause = clause_said(tree, subject, verb), speaker = NONE;
    for (uint32_t child = tree->first_child[verb]; child != NONE; child = tree->next_sibling[child])
        if (tokens[child].relation == REL_NSUBJ && child > subject && child < verb)
            speaker = child;
    if (clause == NONE || speaker == NONE || clause > speaker || tokens[clause].head == NONE)
        return false;
    if (tokens[clause].head == subject)
        hand_over(tokens, tree, subject, clause);
    tokens[clause].head = verb;
    tokens[clause].relation = REL_CCOMP;
    if (tree_child(tree, clause, REL_AUX) == NONE)
        make_finite(&tokens[clause]);
    rehung_make_subject(tokens, tree, subject, clause);
    return true;
}

/* "After the GARRISON surrendered": who stands between the conjunction and a verb without a
 * subject, without a preposition, is its subject. */
static bool rehang_marked(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t above = tokens[noun].head, first = tree_noun_phrase(tree, noun).first;
    bool passive;
    uint32_t verb = verb_at(tree, noun + 1, &passive);
    if (tokens[noun].relation != REL_OBL || !token_is_nominal(&tokens[noun]) || first == 0 ||
        above > noun || tree_child(tree, noun, REL_CASE) != NONE || verb == NONE || verb < noun ||
        tokens[verb].relation != REL_ADVCL || tokens[verb].head != above ||
        rehung_has_subject(tree, verb) || tree_child(tree, verb, REL_MARK) != first - 1)
        return false;
    tokens[noun].head = verb;
    tokens[noun].relation = passive ? REL_NSUBJ_PASS : REL_NSUBJ;
    return true;
}

/* "Shelling killed TWELVE PEOPLE", with the phrase taken for an adverb: it opens right behind the
 * verb with a number or an article, without a preposition, and is no time ("two days ago"). */
static uint32_t phrase_behind(const struct tree *tree, uint32_t verb)
{
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *noun = &tree->tokens[child];
        if (noun->relation == REL_OBL && noun->upos == UPOS_NOUN &&
            tree_child(tree, child, REL_CASE) == NONE &&
            (tree_child(tree, child, REL_NUMMOD) != NONE ||
             tree_child(tree, child, REL_DET) != NONE) &&
            tree_child(tree, child, REL_ADVMOD) == NONE &&
            tree_noun_phrase(tree, child).first == verb + 1)
            return child;
    }
    return NONE;
}

/* What is said to be done to them without an auxiliary, and has an object, they do; but "the nurse
 * given a medal", "taken PRISONER". */
static bool rehang_active(struct token *tokens, const struct tree *tree, uint32_t subject)
{
    uint32_t verb = tokens[subject].head;
    if (verb != NONE && verb < subject && tokens[verb].relation == REL_ACL &&
        tree_noun_phrase(tree, subject).first == verb + 1 &&
        tree_child(tree, verb, REL_AUX) == NONE) {
        /* "Shelling KILLED nine people", parsed as shelling that is killed, in two steps. */
        tokens[subject].relation = REL_OBJ;
        return true;
    }
    if (verb == NONE || verb < subject || tokens[verb].upos != UPOS_VERB ||
        tree_child(tree, verb, REL_AUX) != NONE ||
        tree_child_exactly(tree, verb, REL_OBL_AGENT) != NONE ||
        supports_hold(tree->supports, &tokens[verb], SUPPORT_TWO, 0))
        return false;
    uint32_t phrase = phrase_behind(tree, verb), object = object_behind(tree, verb);
    if (phrase != NONE)
        tokens[phrase].relation = REL_OBJ;
    else if (object == NONE ? !has_object_beside(tree, verb)
                            : supports_hold(tree->supports, &tokens[object], SUPPORT_STATE, 0))
        return false;
    tokens[subject].relation = REL_NSUBJ;
    make_finite(&tokens[verb]);
    return true;
}

/* What the relation of the word at `i` makes it suspect of. */
static bool rehang_word(struct token *tokens, const struct tree *tree, uint32_t i)
{
    if (rehang_phrase(tokens, tree, i) || rehang_subject_in(tokens, tree, i) ||
        rehang_verb(tokens, tree, i) || rehang_deed(tokens, tree, i) ||
        rehang_clause(tokens, tree, i) || rehang_noun(tokens, tree, i) ||
        rehang_preposition(tokens, tree, i) || rehang_reached(tokens, tree, i) ||
        rehang_pair(tokens, tree, i) || rehang_list(tokens, tree, i))
        return true;
    switch (tokens[i].relation) {
    case REL_CONJ:
        return rehang_number(tokens, tree, i) || rehang_second_object(tokens, tree, i) ||
               rehang_subject(tokens, tree, i);
    case REL_AMOD:
        return rehang_participle(tokens, tree, i) || rehang_relative(tokens, tree, i) ||
               rehang_main_verb(tokens, tree, i);
    case REL_ACL:
        return rehang_main_verb(tokens, tree, i) ||
               (tokens[i].upos == UPOS_VERB && rehang_reduced(tokens, tree, i));
    case REL_NSUBJ:
        return rehang_said(tokens, tree, i);
    case REL_NSUBJ_PASS:
        return rehang_active(tokens, tree, i);
    case REL_OBL:
        return rehang_marked(tokens, tree, i);
    default:
        break;
    }
    if (tokens[i].upos == UPOS_VERB)
        return rehang_reduced(tokens, tree, i);
    return tokens[i].upos == UPOS_ADJ && retag_passive(tokens, tree, i);
}

struct repair {
    struct token *tokens;
    const struct tree *tree;
};

static bool repair_word(void *context, uint32_t word)
{
    const struct repair *repair = context;
    return rehang_word(repair->tokens, repair->tree, word);
}

bool rehang(struct document *document, const struct tree *tree)
{
    struct repair repair = {document->tokens.items, tree};
    return rehang_sentences(document, repair_word, &repair);
}
