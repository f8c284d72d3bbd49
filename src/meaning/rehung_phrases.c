/* Words that parsers take for clauses, and phrases that they hang on the wrong noun: "in rebel-HELD
 * Sarmin", "preparations are under WAY for a raid", "set two schools and some houses ON FIRE".
 *
 * Method: each is known by its words and by where they stand; it is put right in the tree itself,
 * as the clauses of rehung.c are. Leaves out: phrases without such a mark. */
#include "meaning/rehung.h"

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

/* "Called FOR the rebels to leave", parsed as "to leave" with two marks: "for" is before whom it
 * names. */
static bool rehang_for(struct token *tokens, const struct tree *tree, uint32_t word)
{
    if (!token_is(&tokens[word], "for") || tokens[word].relation != REL_MARK)
        return false;
    uint32_t clause = tokens[word].head, verb = clause != NONE ? tokens[clause].head : NONE;
    if (verb == NONE || clause < word || tree_child(tree, clause, REL_NSUBJ) != NONE)
        return false;
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        if (child < word || child > clause || tokens[child].relation != REL_OBL ||
            tree_child(tree, child, REL_CASE) != NONE)
            continue;
        tokens[word].head = child;
        tokens[word].relation = REL_CASE;
        return true;
    }
    return false;
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
        (verb->relation != REL_XCOMP && verb->relation != REL_ADVCL) ||
        strcmp(verb->folded + verb->folded_length - 2, "ed") != 0 || verb->lemma == NULL ||
        strcmp(verb->folded, verb->lemma) == 0 || tree_child(tree, word, REL_MARK) != word - 1 ||
        !token_is(&tokens[word - 1], "to"))
        return false;
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

/* "Attributed the raids TO THE REBELS", "blamed the raid on the camp ON THE REBELS", hung on the raids
 * or the camp: the verb asks for whoever did them. */
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
    for (uint32_t child = tree->next_sibling[word]; child != NONE; child = tree->next_sibling[child])
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
           rehang_measured(tokens, tree, word) || rehang_part(tokens, tree, word) ||
           rehang_named(tokens, tree, word);
}
