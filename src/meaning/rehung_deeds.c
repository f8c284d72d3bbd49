/* What is said of a deed, hung on the verb beside or as a clause: "the raid CARRIED OUT by rebels
 * was condemned", "heard of the attack CARRIED OUT against the port", "killed in police FIRING",
 * "the arrest of a clerk and OF TWO GUARDS", "left NINE dead".
 *
 * Method: a past participle of a verb that carries out deeds (role "agent" of supports.tsv),
 * without an auxiliary, an object or a conjunction, right behind a noun, is said of that noun;
 * phrases are known by their preposition. Put right in the tree itself, as the clauses of rehung.c
 * are. Leaves out: participles behind a comma (misparses.c). */
#include "meaning/rehung.h"

#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

#include <string.h>

static bool is_said_of_deed(const struct tree *tree, uint32_t word)
{
    const struct token *verb = &tree->tokens[word];
    if (word == 0 || verb->upos != UPOS_VERB || tree->supports == NULL ||
        (!arguments_past_participle(verb) && (verb->features & WORD_PAST) == 0) ||
        verb[-1].sentence != verb->sentence || verb[-1].upos != UPOS_NOUN ||
        !supports_hold(tree->supports, verb, SUPPORT_AGENT, 0))
        return false;
    return tree_child(tree, word, REL_AUX) == NONE && tree_child(tree, word, REL_OBJ) == NONE &&
           tree_child(tree, word, REL_MARK) == NONE && tree_child(tree, word, REL_CC) == NONE &&
           (tree_child_exactly(tree, word, REL_COMPOUND_PRT) != NONE ||
            tree_child_exactly(tree, word, REL_OBL_AGENT) != NONE);
}

/* The verb that is one, though parsed as a clause below the participle; or NONE. */
static uint32_t verb_below(const struct tree *tree, uint32_t word)
{
    for (uint32_t child = tree->first_child[word]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *verb = &tree->tokens[child];
        bool clause = verb->relation == REL_ADVCL || verb->relation == REL_CCOMP ||
                      verb->relation == REL_XCOMP || verb->relation == REL_PARATAXIS ||
                      verb->relation == REL_CONJ;
        bool finite =
            (verb->features & WORD_FINITE) != 0 || tree_child(tree, child, REL_AUX) != NONE;
        if (child > word && verb->upos == UPOS_VERB && clause && finite &&
            tree_child(tree, child, REL_MARK) == NONE && tree_child(tree, child, REL_CC) == NONE)
            return child;
    }
    return NONE;
}

/* The verb takes the place of the participle, which goes to its noun. */
static void put_above(struct token *tokens, const struct tree *tree, uint32_t verb, uint32_t word)
{
    uint32_t noun = word - 1;
    tokens[verb].head = tokens[word].head;
    tokens[verb].relation = tokens[word].relation;
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (child != verb && (child < noun || child > verb))
            tokens[child].head = verb;
    rehung_make_subject(tokens, tree, noun, verb);
}

static bool rehang_participle(struct token *tokens, const struct tree *tree, uint32_t word)
{
    if (!is_said_of_deed(tree, word) || relation_is(tokens[word].relation, REL_ACL) ||
        tokens[word].relation == REL_CONJ || tokens[word].relation == REL_AMOD)
        return false;
    uint32_t noun = word - 1, above = tokens[word].head, verb = verb_below(tree, word);
    uint32_t subject = tree_child(tree, word, REL_NSUBJ);
    bool taken = tokens[noun].head == word || (verb != NONE && tokens[noun].head == verb);
    if (verb != NONE && taken && (subject == NONE || subject == noun) &&
        (tokens[noun].head == verb || tree_child(tree, verb, REL_NSUBJ) == NONE))
        put_above(tokens, tree, verb, word);
    else if (subject != NONE || above == NONE || tokens[noun].head == NONE ||
             !tree_is_below(tree, noun, above))
        return false;
    tokens[word].head = noun;
    tokens[word].relation = REL_ACL;
    tokens[word].features = WORD_PARTICIPLE | WORD_PAST | WORD_PASSIVE;
    return true;
}

/* "Killed in police FIRING", parsed as police who fire: a gerund without an object, whose
 * preposition stands before a bare noun, is a phrase. */
static bool rehang_firing(struct token *tokens, const struct tree *tree, uint32_t word)
{
    if (word < 2 || tokens[word].upos != UPOS_VERB || tokens[word].relation != REL_ADVCL ||
        tokens[word].folded_length < 5 ||
        strcmp(tokens[word].folded + tokens[word].folded_length - 3, "ing") != 0)
        return false;
    uint32_t noun = word - 1, in = word - 2;
    if (tokens[noun].head != word || tokens[noun].relation != REL_NSUBJ ||
        tokens[noun].upos != UPOS_NOUN || tokens[in].head != word ||
        tokens[in].relation != REL_MARK || tokens[in].upos != UPOS_ADP ||
        !token_is(&tokens[in], "in") || tree_child(tree, noun, REL_DET) != NONE ||
        tree_child(tree, word, REL_OBJ) != NONE)
        return false;
    tokens[in].relation = REL_CASE;
    tokens[noun].relation = REL_COMPOUND;
    tokens[word].relation = REL_OBL;
    /* "The DEATHS in police firing" */
    if (in > 0 && tokens[in - 1].upos == UPOS_NOUN && tokens[in - 1].head == tokens[word].head) {
        tokens[word].head = in - 1;
        tokens[word].relation = REL_NMOD;
    }
    return true;
}

/* "Including the union LEADER Petra Holm", with the preposition hung on the title: it is before the
 * name whose title that is. */
static bool rehang_before_title(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t title = tokens[word].head;
    if (tokens[word].relation != REL_CASE || title == NONE || title < word ||
        tokens[title].relation != REL_NMOD_DESC || tokens[title].head == NONE ||
        tree_child(tree, tokens[title].head, REL_CASE) != NONE)
        return false;
    tokens[word].head = tokens[title].head;
    return true;
}

/* "The arrest of Marek AND OF MEN", hung on the arrest: a noun behind a second "of" is listed with
 * the one behind the first. */
static bool rehang_listed(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t above = tokens[word].head, of = tree_child_exactly(tree, word, REL_CASE), first = NONE;
    if (tokens[word].relation != REL_CONJ || above == NONE || above > word || of == NONE ||
        !token_is_nominal(&tokens[word]) || !token_is_nominal(&tokens[above]) ||
        tree_child(tree, word, REL_CC) == NONE || tree_preposition(tree, above) == of)
        return false;
    for (uint32_t child = tree->first_child[above]; child != NONE && child < word;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_child_exactly(tree, child, REL_CASE);
        if (child > above && preposition != NONE && relation_is(tokens[child].relation, REL_NMOD) &&
            tokens[preposition].hash == tokens[of].hash)
            first = child;
    }
    uint32_t own = tree_child_exactly(tree, above, REL_CASE);
    if (first == NONE || (own != NONE && tokens[own].hash == tokens[of].hash))
        return false;
    tokens[word].head = first;
    return true;
}

/* "A raid that left NINE dead", with the number of "dead": it is who was left so. */
static bool rehang_left(struct token *tokens, const struct tree *tree, uint32_t word)
{
    uint32_t state = tokens[word].head;
    uint32_t verb =
        state != NONE && tokens[state].relation == REL_XCOMP ? tokens[state].head : NONE;
    if (tokens[word].relation != REL_NUMMOD || word + 1 != state || verb == NONE ||
        !token_is(&tokens[verb], "leave") || tree_child(tree, verb, REL_OBJ) != NONE ||
        tree_child(tree, verb, REL_AUX_PASS) != NONE)
        return false;
    tokens[word].head = verb;
    tokens[word].relation = REL_OBJ;
    return true;
}

bool rehang_deed(struct token *tokens, const struct tree *tree, uint32_t word)
{
    return rehang_left(tokens, tree, word) || rehang_participle(tokens, tree, word) ||
           rehang_firing(tokens, tree, word) || rehang_before_title(tokens, tree, word) ||
           rehang_listed(tokens, tree, word);
}
