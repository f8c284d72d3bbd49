/* Words that parsers take for clauses, and phrases that they hang on the wrong noun: "in rebel-HELD
 * Sarmin", "preparations are under WAY for a raid", "set two schools and some houses ON FIRE".
 *
 * Method: each is known by its words and by where they stand; it is put right in the tree itself,
 * as the clauses of rehung.c are. Leaves out: phrases without such a mark. */
#include "meaning/rehung.h"

#include "meaning/arguments.h"

#include "meaning/supports.h"
#include <string.h>

/* The participle is said of its noun, which takes its place. */
static void say_of(struct token *tokens, uint32_t participle, uint32_t noun)
{
    tokens[noun].head = tokens[participle].head;
    tokens[noun].relation = REL_OBL;
    tokens[participle].head = noun;
    tokens[participle].relation = REL_AMOD;
    tokens[participle].features = WORD_PARTICIPLE | WORD_PAST | WORD_PASSIVE;
}

/* "In rebel-HELD Sarmin, residents said": what stands behind a hyphen and right before its noun is
 * no clause. */
static bool rehang_hyphened(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t noun = tree_child_exactly(tree, word, REL_OBJ);
    if (tokens[word].relation != REL_ADVCL || word < 2 || noun != word + 1 ||
        !token_is_nominal(&tokens[noun]) || !token_is(&tokens[word - 1], "-") ||
        !token_is_nominal(&tokens[word - 2]) || tree_child(tree, noun, REL_CASE) == NONE)
        return false;
    say_of(tokens, word, noun);
    return true;
}

/* "Preparations are under WAY for an assault": what is said to be in hand has the phrase, not the
 * way. */
static bool rehang_under_way(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t subject = tree_child_exactly(tree, word, REL_NSUBJ);
    bool in_hand =
        token_is(&tokens[word], "underway") ||
        (token_is(&tokens[word], "way") && word > 0 && token_is(&tokens[word - 1], "under"));
    bool changed = false;
    if (!in_hand || subject == NONE || subject > word || tokens[subject].upos != UPOS_NOUN)
        return false;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (child > word &&
            (tokens[child].relation == REL_OBL || tokens[child].relation == REL_NMOD) &&
            tree_preposition(tree, child) != NONE &&
            token_is(&tokens[tree_preposition(tree, child)], "for")) {
            tokens[child].head = subject;
            tokens[child].relation = REL_NMOD;
            changed = true;
        }
    return changed;
}

/* "Set two schools and some HOUSES ON FIRE", parsed as houses that are on fire: it is of the verb,
 * and so is the verb behind it. */
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
    if (verb == NONE || verb > word || verb == tokens[word].head ||
        tokens[verb].upos != UPOS_VERB || !token_is(&tokens[verb], "set") ||
        tree_child_exactly(tree, verb, REL_OBJ) == NONE)
        return false;
    tokens[word].head = verb;
    tokens[word].relation = REL_OBL;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (tokens[child].relation == REL_CONJ && tokens[child].upos == UPOS_VERB)
            tokens[child].head = verb;
    return true;
}

/* The noun right behind the preposition at `word`, below `above` or its object, that has none. */
static uint32_t noun_without(const struct tree *tree, uint32_t above, uint32_t word, uint32_t end)
{
    const struct token *tokens = tree->tokens;
    for (uint32_t child = tree->first_child[above]; child != NONE;
         child = tree->next_sibling[child]) {
        if (child < word && tokens[child].relation == REL_OBJ && tokens[above].upos == UPOS_VERB) {
            uint32_t below = noun_without(tree, child, word, end);
            if (below != NONE)
                return below;
        }
        bool phrase = tokens[child].relation == REL_OBL || tokens[child].relation == REL_NMOD;
        if (child > word && child < end && phrase && tree_child(tree, child, REL_CASE) == NONE)
            return child;
    }
    return NONE;
}

/* "Pleaded WITH THE REBELS to leave", parsed as what "with" opens: it is before whom it names. */
static bool rehang_asked(struct token *tokens, const struct tree *tree, uint32_t word,
                         uint32_t clause)
{
    uint32_t noun = tree_child_exactly(tree, clause, REL_NSUBJ);
    if (token_is(&tokens[word], "for") || tokens[clause].relation != REL_ADVCL || noun == NONE ||
        noun < word)
        return false;
    for (uint32_t child = tree->next_sibling[noun]; child != NONE && child < clause;
         child = tree->next_sibling[child])
        if (tokens[child].relation == REL_MARK && token_is(&tokens[child], "to")) {
            tokens[noun].head = tokens[clause].head;
            tokens[noun].relation = REL_OBL;
            tokens[word].head = noun;
            tokens[word].relation = REL_CASE;
            return true;
        }
    return false;
}

/* "Called FOR the rebels to leave", "pleaded WITH them to leave", parsed as "to leave" with two
 * marks: the first is before whom it names. */
static bool rehang_for(struct token *tokens, const struct tree *tree, uint32_t word)
{
    static const char *const words[] = {"for", "with", "on", "upon", NULL};
    if (tokens[word].relation != REL_MARK || !token_is_one_of(&tokens[word], words))
        return false;
    uint32_t clause = tokens[word].head, verb = clause != NONE ? tokens[clause].head : NONE;
    if (verb == NONE || clause < word)
        return false;
    if (tree_child(tree, clause, REL_NSUBJ) != NONE)
        return rehang_asked(tokens, tree, word, clause);
    uint32_t noun = noun_without(tree, verb, word, clause);
    if (noun == NONE)
        return false;
    tokens[word].head = noun;
    tokens[word].relation = REL_CASE;
    return true;
}

/* "There was FIGHTING in the north", parsed as a verb: what there is, is a noun. */
static bool rehang_there(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t be = tokens[word].head;
    if (tokens[word].upos != UPOS_VERB || (tokens[word].features & WORD_GERUND) == 0 ||
        be == NONE || be + 1 != word || !token_is(&tokens[be], "be") ||
        (tokens[word].relation != REL_XCOMP && tokens[word].relation != REL_ADVCL) ||
        tree_child(tree, be, REL_EXPL) == NONE || tree_child(tree, be, REL_NSUBJ) != NONE ||
        tree_child(tree, word, REL_OBJ) != NONE)
        return false;
    tokens[word].upos = UPOS_NOUN;
    tokens[word].relation = REL_NSUBJ;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (tokens[child].relation == REL_OBL)
            tokens[child].relation = REL_NMOD;
    return true;
}

/* A participle that nothing opens and that has nothing of its own; "shot" has a noun for a twin. */
static bool is_bare_participle(const struct tree *tree, uint32_t word)
{
    static const uint16_t done = WORD_PARTICIPLE | WORD_PAST;
    const struct token *token = &tree->tokens[word];
    bool twin = token->upos == UPOS_NOUN && strcmp(token->folded, "shot") == 0 &&
                tree_child(tree, word, REL_CASE) == NONE && tree_child(tree, word, REL_DET) == NONE;
    return (twin || (token->upos == UPOS_VERB && (token->features & done) == done)) &&
           tree_child(tree, word, REL_MARK) == NONE && tree_child(tree, word, REL_AUX) == NONE &&
           tree_child(tree, word, REL_NSUBJ) == NONE && tree_child(tree, word, REL_OBJ) == NONE;
}

/* "For a clerk fatally SHOT on Monday", parsed as a clause beside him: right behind a noun and its
 * adverb it is said of the noun. */
static bool rehang_said_of(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head;
    if (word < 2 || verb == NONE || verb > word || tokens[word - 1].upos != UPOS_ADV ||
        tokens[word - 1].head != word || !is_bare_participle(tree, word) ||
        (tokens[word].relation != REL_ADVCL && tokens[word].relation != REL_XCOMP &&
         tokens[word].relation != REL_OBL))
        return false;
    uint32_t noun = word - 2;
    if (tokens[noun].head != verb || !relation_is(tokens[noun].relation, REL_OBL) ||
        tokens[noun].relation == REL_OBL_UNMARKED || !token_is_nominal(&tokens[noun]) ||
        tree_child(tree, noun, REL_CASE) == NONE)
        return false;
    tokens[word].head = noun;
    tokens[word].relation = REL_ACL;
    tokens[word].upos = UPOS_VERB;
    tokens[word].features = WORD_PARTICIPLE | WORD_PAST | WORD_PASSIVE;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (tokens[child].relation == REL_NMOD)
            tokens[child].relation = REL_OBL;
    return true;
}

/* "Pleaded guilty to ATTEMPTED murder", parsed as an infinitive, which has never the form of the
 * past: it is said of the noun, which "to" is before. */
static bool rehang_past_behind_to(struct token *tokens, const struct tree *tree, uint32_t word)
{
    const struct token *verb = &tokens[word];
    if (verb->upos != UPOS_VERB || word == 0 || verb->folded_length < 5 || verb->head == NONE ||
        (verb->relation != REL_XCOMP && verb->relation != REL_ADVCL &&
         verb->relation != REL_AMOD) ||
        strcmp(verb->folded + verb->folded_length - 2, "ed") != 0 || verb->lemma == NULL ||
        strcmp(verb->folded, verb->lemma) == 0 || tree_child(tree, word, REL_MARK) != word - 1 ||
        !token_is(&tokens[word - 1], "to"))
        return false;
    if (verb->relation == REL_AMOD) {
        tokens[word - 1].head = verb->head;
        tokens[word - 1].relation = REL_CASE;
        return true;
    }
    uint32_t noun = tree_child_exactly(tree, word, REL_OBJ);
    if (noun != word + 1 || tokens[noun].upos != UPOS_NOUN)
        return false;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (child > noun) {
            tokens[child].head = noun;
            if (tokens[child].relation == REL_OBL)
                tokens[child].relation = REL_NMOD;
        }
    tokens[word - 1].head = noun;
    tokens[word - 1].relation = REL_CASE;
    say_of(tokens, word, noun);
    return true;
}

/* "Teen SHOT in Newark", a heading that leaves out "was", parsed as the shot of a teen. */
static bool rehang_shot_heading(struct token *tokens, const struct tree *tree, uint32_t word)
{
    const struct sentence *sentence = &tree->document->sentences.items[tokens[word].sentence];
    if (tokens[word].upos != UPOS_NOUN || tokens[word].relation != REL_ROOT ||
        strcmp(tokens[word].folded, "shot") != 0 || word == sentence->tokens.first ||
        token_is(&tokens[sentence->tokens.end - 1], "."))
        return false;
    uint32_t man = word - 1;
    if (tokens[man].head != word || tokens[man].relation != REL_COMPOUND ||
        tree_child(tree, word, REL_DET) != NONE)
        return false;
    for (uint32_t child = tree->first_child[word]; child != NONE;
         child = tree->next_sibling[child]) {
        if (child < man && tokens[child].relation != REL_PUNCT)
            tokens[child].head = man;
        else if (child > word && tokens[child].relation == REL_NMOD)
            tokens[child].relation = REL_OBL;
    }
    tokens[man].relation = REL_NSUBJ_PASS;
    tokens[word].upos = UPOS_VERB;
    tokens[word].features = WORD_PARTICIPLE | WORD_PAST | WORD_PASSIVE;
    return true;
}

/* "Of the border CROSSING", parsed as if the preposition and "the" were of the border alone. */
static bool rehang_first_of_compound(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t noun = tokens[word].head;
    bool changed = false;
    if (tokens[word].relation != REL_COMPOUND || noun != word + 1 ||
        tokens[word].upos != UPOS_NOUN || tokens[noun].upos != UPOS_NOUN ||
        (tokens[noun].flags & TOKEN_SPACE_BEFORE) == 0)
        return false;
    for (uint32_t child = tree->first_child[word]; child != NONE && child < word;
         child = tree->next_sibling[child]) {
        enum relation relation = tokens[child].relation;
        if ((relation != REL_CASE && relation != REL_NMOD_POSS &&
             (relation != REL_DET || token_is(&tokens[child], "no"))) ||
            tree_child(tree, noun, relation) != NONE)
            continue;
        tokens[child].head = noun;
        changed = true;
    }
    return changed;
}

/* A name that nothing of a clause hangs on, whatever its tag. */
static bool is_bare_name(const struct tree *tree, uint32_t word)
{
    static const enum relation clausal[] = {REL_NSUBJ, REL_OBJ,   REL_AUX,
                                            REL_MARK,  REL_XCOMP, REL_CCOMP};
    const struct token *token = &tree->tokens[word];
    for (size_t i = 0; i < sizeof clausal / sizeof clausal[0]; i++)
        if (tree_child(tree, word, clausal[i]) != NONE)
            return false;
    return token->upos == UPOS_PROPN ||
           (token->upos == UPOS_VERB && (token->flags & TOKEN_CAPITALISED) != 0);
}

/* "Clashes broke out in Mosul AND TIKRIT on Thursday", parsed as if they tikrited: two names in a
 * row behind a preposition are of one list. */
static bool rehang_listed_name(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head;
    if (tokens[word].relation != REL_CONJ || word < 2 || verb == NONE || verb > word ||
        tokens[verb].upos != UPOS_VERB || tokens[word - 1].relation != REL_CC ||
        tokens[word - 1].head != word || !is_bare_name(tree, word) ||
        tree->document->sentences.items[tokens[word].sentence].heading)
        return false;
    uint32_t name = word - 2;
    while (name > verb && tokens[name].relation == REL_FLAT)
        name = tokens[name].head;
    if (tokens[name].upos != UPOS_PROPN || tokens[name].relation != REL_OBL ||
        tokens[name].head != verb || tree_child(tree, name, REL_CASE) == NONE)
        return false;
    tokens[word].head = name;
    tokens[word].upos = UPOS_PROPN;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (child > word &&
            (relation_is(tokens[child].relation, REL_OBL) || tokens[child].relation == REL_ADVCL))
            tokens[child].head = verb;
    return true;
}

/* The verb that the noun before the participle at `word` hangs on as if it befell it, behind a
 * comma, or as a second deed beside it, behind "and"; or NONE. */
static uint32_t verb_before_both(const struct tree *tree, uint32_t word)
{
    const struct token *tokens = tree->tokens;
    uint32_t noun = word - 1, verb = tokens[noun].head, first = tree_noun_phrase(tree, noun).first;
    /* "Attacked a bank, GUARD killed", parsed as a bank that is a guard. */
    bool beside = tokens[noun].relation == REL_APPOS && tokens[verb].relation == REL_OBJ &&
                  tokens[word].head == tokens[verb].head;
    if (beside)
        verb = tokens[verb].head;
    if (!token_is_nominal(&tokens[noun]) || verb == NONE || first == 0 || verb + 1 >= first ||
        tokens[verb].upos != UPOS_VERB || (tokens[word].head != noun && tokens[word].head != verb))
        return NONE;
    bool joined = tokens[noun].relation == REL_CONJ, comma = token_is(&tokens[first - 1], ",");
    bool passive = tree_child_exactly(tree, verb, REL_AUX_PASS) != NONE;
    if (comma && !passive)
        return joined || beside || (tokens[noun].relation == REL_OBJ && verb + 2 == first) ? verb
                                                                                           : NONE;
    return joined && passive && token_is(&tokens[first - 1], "and") ? verb : NONE;
}

/* "Eleven killed, DOZENS WOUNDED in a blast", parsed as whom the first verb befell: no comma parts
 * a verb from its object; "one was killed and six OTHERS INJURED", parsed as two deeds. */
static bool rehang_behind_comma(struct token *tokens, const struct tree *tree, uint32_t word)
{
    enum relation relation = tokens[word].relation;
    if (word == 0 || !is_bare_participle(tree, word) ||
        (relation != REL_ACL && relation != REL_ADVCL && relation != REL_CONJ &&
         relation != REL_PARATAXIS && relation != REL_XCOMP))
        return false;
    uint32_t noun = word - 1, verb = verb_before_both(tree, word);
    if (verb == NONE)
        return false;
    bool comma = token_is(&tokens[tree_noun_phrase(tree, noun).first - 1], ",");
    tokens[word].head = verb;
    tokens[word].relation = REL_CONJ;
    tokens[noun].head = word;
    tokens[noun].relation = REL_NSUBJ_PASS;
    tokens[tree_noun_phrase(tree, noun).first - 1].head = word;
    uint32_t subject = tree_child_exactly(tree, verb, REL_NSUBJ),
             object = tree_child(tree, verb, REL_OBJ);
    if (comma && subject != NONE && tree_child(tree, verb, REL_AUX) == NONE &&
        (object == NONE || object == noun) && arguments_done_to_somebody(&tokens[verb]))
        tokens[subject].relation = REL_NSUBJ_PASS;
    return true;
}

/* "Rocks and BURNING tyres", parsed as a second verb: no gerund is joined to a finite verb. */
static bool rehang_burning(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, noun = word + 1;
    if (tokens[word].relation != REL_CONJ || tokens[word].upos != UPOS_VERB || word < 2 ||
        (tokens[word].features & WORD_GERUND) == 0 || tokens[word - 1].relation != REL_CC ||
        tokens[verb].upos != UPOS_VERB || (tokens[verb].features & WORD_FINITE) == 0 ||
        tree_child(tree, verb, REL_AUX) != NONE || tree_child(tree, word, REL_AUX) != NONE ||
        tree_child_exactly(tree, word, REL_OBJ) != noun || tokens[noun].upos != UPOS_NOUN)
        return false;
    uint32_t first = word - 2;
    if (!token_is_nominal(&tokens[first]) || tokens[first].head != verb ||
        (tokens[first].relation != REL_OBJ && tokens[first].relation != REL_OBL))
        return false;
    tokens[noun].head = first;
    tokens[noun].relation = REL_CONJ;
    tokens[word].head = tokens[word - 1].head = noun;
    tokens[word].relation = REL_AMOD;
    return true;
}

/* "Two hurt after BOMBING", parsed as a clause: what has a preposition and nothing of a verb is a
 * phrase. */
static bool rehang_noun_clause(struct token *tokens, const struct tree *tree, uint32_t word)
{
    if (tokens[word].relation != REL_ADVCL || tokens[word].upos != UPOS_NOUN ||
        tree_child(tree, word, REL_CASE) == NONE || tree_child(tree, word, REL_COP) != NONE ||
        tree_child(tree, word, REL_NSUBJ) != NONE || tree_child(tree, word, REL_MARK) != NONE ||
        tree_child(tree, word, REL_OBJ) != NONE || tree_child(tree, word, REL_AUX) != NONE)
        return false;
    tokens[word].relation = REL_OBL;
    return true;
}

/* "Fired one SHOT at him", parsed as one whom somebody shot. */
static bool rehang_one_shot(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head, number = word - 1;
    if (word == 0 || strcmp(tokens[word].folded, "shot") != 0 || verb == NONE || verb > number ||
        tokens[word].upos != UPOS_VERB || strcmp(tokens[verb].folded, "fired") != 0)
        return false;
    bool counted = tokens[number].upos == UPOS_NUM && tokens[word].relation != REL_CONJ &&
                   (tokens[number].head == verb || tokens[number].head == word);
    if (!counted && (tokens[number].head != word || tokens[number].upos != UPOS_DET))
        return false;
    if (counted) {
        tokens[number].head = word;
        tokens[number].relation = REL_NUMMOD;
    }
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (child > word && tokens[child].relation == REL_OBL)
            tokens[child].head = verb;
    tokens[word].upos = UPOS_NOUN;
    tokens[word].features = WORD_SINGULAR;
    tokens[word].relation = REL_OBJ;
    return true;
}

/* "Injured two MORE": the number stands for whom it counts, not the word behind it. */
static bool rehang_more(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t number = word - 1;
    if (word == 0 || tokens[word].upos != UPOS_ADJ || strcmp(tokens[word].folded, "more") != 0 ||
        tokens[number].upos != UPOS_NUM || tokens[number].head != word ||
        tokens[number].relation != REL_NUMMOD)
        return false;
    tokens[number].head = tokens[word].head;
    tokens[number].relation = tokens[word].relation;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (child != number)
            tokens[child].head = number;
    tokens[word].head = number;
    tokens[word].relation = REL_AMOD;
    return true;
}

/* The article that opens the phrase of a word behind its verb, be it hung on what stands between.
 */
static uint32_t article_of(const struct tree *tree, uint32_t verb, uint32_t word)
{
    uint32_t article = verb + 1;
    return article < word && tree->tokens[article].upos == UPOS_DET &&
                   (tree->tokens[article].head == word ||
                    tree->tokens[tree->tokens[article].head].head == word)
               ? article
               : NONE;
}

/* Phrases behind the noun, hung on it or on its adjective, are of the verb. */
static void give_phrases(struct token *tokens, const struct tree *tree, uint32_t word,
                         uint32_t noun, uint32_t verb)
{
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (child > noun && tokens[child].relation == REL_OBL)
            tokens[child].head = verb;
}

/* "Began an indefinite FAST", parsed as what they began to be, or how: an article makes it a noun.
 */
static bool rehang_article(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t verb = tokens[word].head;
    bool state = tokens[word].relation == REL_XCOMP && tokens[word].upos == UPOS_ADJ;
    bool manner = tokens[word].relation == REL_ADVMOD && tokens[word].upos == UPOS_ADV;
    if ((!state && !manner) || verb == NONE || verb > word || tokens[verb].upos != UPOS_VERB ||
        !token_in(&tokens[verb], WORDS_VERBS_BEFORE_AN_ACTION) ||
        tree_child(tree, verb, REL_OBJ) != NONE || tree_child(tree, word, REL_COP) != NONE)
        return false;
    uint32_t article = article_of(tree, verb, word);
    if (article == NONE)
        return false;
    tokens[word].upos = UPOS_NOUN;
    tokens[word].relation = REL_OBJ;
    tokens[article].head = word;
    give_phrases(tokens, tree, word, word, verb);
    for (uint32_t child = tree->first_child[word]; child != NONE && child < word;
         child = tree->next_sibling[child])
        if (tokens[child].relation == REL_ADVMOD) {
            tokens[child].relation = REL_AMOD;
            give_phrases(tokens, tree, child, word, verb);
        }
    return true;
}

/* "Evacuated 300 WOUNDED", parsed as what the 300 were made: those who are carried or treated so
 * are meant. */
static bool rehang_wounded(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t number = word - 1, verb = tokens[word].head;
    if (word == 0 || tokens[word].relation != REL_XCOMP ||
        !token_in(&tokens[word], WORDS_HURT_AS_NOUNS) || tokens[number].upos != UPOS_NUM ||
        tokens[number].relation != REL_OBJ || tokens[number].head != verb ||
        !token_in(&tokens[verb], WORDS_CARE_OF_THE_HURT))
        return false;
    tokens[word].upos = UPOS_NOUN;
    tokens[word].features = WORD_PLURAL;
    tokens[word].relation = REL_OBJ;
    tokens[number].head = word;
    tokens[number].relation = REL_NUMMOD;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (child > word && tokens[child].relation == REL_OBL)
            tokens[child].head = verb;
    return true;
}

/* "A series of raids that KILLED nine", "a kind of attack CARRIED out by rebels", parsed as said of
 * the series: it is said of what the word behind "of" names. */
static bool rehang_measured(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t measure = tokens[word].head;
    if (!relation_is(tokens[word].relation, REL_ACL) || measure == NONE || measure > word ||
        tokens[word].upos != UPOS_VERB || tree_child(tree, word, REL_MARK) != NONE ||
        !supports_hold(tree->supports, &tokens[measure], SUPPORT_MEASURE, 0))
        return false;
    for (uint32_t child = tree->first_child[measure]; child != NONE && child < word;
         child = tree->next_sibling[child]) {
        uint32_t of = tree_child_exactly(tree, child, REL_CASE);
        if (child < measure || of != measure + 1 || !token_is(&tokens[of], "of") ||
            !relation_is(tokens[child].relation, REL_NMOD))
            continue;
        tokens[word].head = child;
        return true;
    }
    return false;
}

/* True where the phrase at `noun` begins with the preposition at `preposition`. */
static bool begins_with(const struct tree *tree, uint32_t noun, uint32_t preposition)
{
    uint32_t first = tree_preposition(tree, noun);
    return first != NONE && tree->tokens[first].hash == tree->tokens[preposition].hash;
}

/* "Attributed the raids TO THE REBELS", "blamed the raid on the camp ON THE REBELS", hung on the
 * raids or the camp: the verb asks for whoever did them. */
static bool rehang_named(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t noun = tokens[word].head, preposition = tree_child_exactly(tree, word, REL_CASE);
    if (tokens[word].relation != REL_NMOD || noun == NONE || noun > word || preposition == NONE)
        return false;
    bool nested = tokens[noun].relation == REL_NMOD && begins_with(tree, noun, preposition);
    uint32_t object = nested ? tokens[noun].head : noun;
    uint32_t verb = tokens[object].head;
    if (verb == NONE || (!nested && !token_is(&tokens[preposition], "to")) ||
        (tokens[object].relation != REL_OBJ && tokens[object].relation != REL_NSUBJ_PASS) ||
        !supports_hold(tree->supports, &tokens[verb], SUPPORT_NAMES, tokens[preposition].hash))
        return false;
    for (uint32_t child = tree->first_child[verb]; child != NONE; child = tree->next_sibling[child])
        if (relation_is(tokens[child].relation, REL_OBL) && begins_with(tree, child, preposition))
            return false;
    for (uint32_t child = tree->next_sibling[word]; child != NONE;
         child = tree->next_sibling[child])
        if (begins_with(tree, child, preposition))
            return false;
    tokens[word].head = verb;
    tokens[word].relation = REL_OBL;
    return true;
}

/* "Several OF HIS HOUSES", parsed as where or how: words that only count have no such phrase. */
static bool rehang_part(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t above = tokens[word].head, of = tree_child_exactly(tree, word, REL_CASE);
    if (tokens[word].relation != REL_OBL || above == NONE || of == NONE || of != above + 1 ||
        !token_is(&tokens[of], "of"))
        return false;
    bool several = tokens[above].upos == UPOS_ADJ &&
                   (tokens[above].relation == REL_OBJ || tokens[above].relation == REL_NSUBJ ||
                    tokens[above].relation == REL_NSUBJ_PASS);
    if (!several && tokens[above].upos != UPOS_DET && tokens[above].upos != UPOS_NUM)
        return false;
    tokens[word].relation = REL_NMOD;
    return true;
}

bool rehang_phrase(struct token *tokens, const struct tree *tree, uint32_t word)
{
    return rehang_fire(tokens, tree, word) || rehang_hyphened(tokens, tree, word) ||
           rehang_under_way(tokens, tree, word) || rehang_for(tokens, tree, word) ||
           rehang_there(tokens, tree, word) || rehang_said_of(tokens, tree, word) ||
           rehang_past_behind_to(tokens, tree, word) || rehang_shot_heading(tokens, tree, word) ||
           rehang_first_of_compound(tokens, tree, word) || rehang_listed_name(tokens, tree, word) ||
           rehang_more(tokens, tree, word) || rehang_burning(tokens, tree, word) ||
           rehang_behind_comma(tokens, tree, word) || rehang_noun_clause(tokens, tree, word) ||
           rehang_one_shot(tokens, tree, word) || rehang_wounded(tokens, tree, word) ||
           rehang_article(tokens, tree, word) || rehang_measured(tokens, tree, word) ||
           rehang_part(tokens, tree, word) || rehang_named(tokens, tree, word);
}
