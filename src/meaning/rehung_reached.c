/* Words that stand inside a clause and hang outside it: "reported the AIR FORCE bombed the port",
 * "resulting in TWO REBELS being killed", "the third blow, AND WHO had"; and clauses that took the
 * place of what stands before them.
 *
 * Method: each is told by what no tree can mean: a finite clause without a subject whose verb has
 * somebody right before it, a conjunction that opens a clause before a noun that is not of it, a
 * relative clause with "and" beside no other, an infinitive for a second subject. They are put
 * right in the tree itself, as the clauses of rehung.c are. Leaves out: clauses with a subject of
 * their own, wherever it was found. */
#include "meaning/rehung.h"

#include "meaning/arguments_parts.h"
#include "meaning/supports.h"

/* A verb that is finite, or has an auxiliary that is. */
static bool is_finite(const struct tree *tree, uint32_t verb)
{
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < verb;
         child = tree->next_sibling[child])
        if (relation_is(tree->tokens[child].relation, REL_AUX))
            return (tree->tokens[child].features & WORD_FINITE) != 0;
    return (tree->tokens[verb].features & WORD_FINITE) != 0 &&
           (tree->tokens[verb].features & WORD_PARTICIPLE) == 0;
}

/* "Reported the AIR FORCE bombed the port", parsed as if the air force were told so: a finite
 * clause has a subject. */
static bool rehang_heard_of(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t cue = tokens[noun].head, end = tree_extent(tree, noun, 0).end;
    if (cue == NONE || cue > noun || !token_is_nominal(&tokens[noun]) ||
        tree_child(tree, noun, REL_CASE) != NONE)
        return false;
    uint32_t clause = tree_child_exactly(tree, cue, REL_CCOMP);
    if (clause == NONE || clause < noun || tokens[clause].upos != UPOS_VERB ||
        tree_extent(tree, clause, 0).first != end || rehung_has_subject(tree, clause) ||
        tree_child(tree, clause, REL_MARK) != NONE || tree_child(tree, clause, REL_CC) != NONE ||
        !is_finite(tree, clause))
        return false;
    rehung_make_subject(tokens, tree, noun, clause);
    return true;
}

/* "Resulting in THREE SMUGGLERS being killed", with the rebels hung on the verb above: who stands
 * between what opens a clause and its verb is of that clause. */
static bool rehang_enclosed(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t above = tokens[noun].head;
    uint32_t first = tree_noun_phrase(tree, noun).first, end = tree_extent(tree, noun, 0).end;
    if (above == NONE || above > noun || !token_is_nominal(&tokens[noun]) || first == 0 ||
        tokens[first - 1].relation != REL_MARK || tree_child(tree, noun, REL_CASE) != NONE)
        return false;
    uint32_t verb = tokens[first - 1].head;
    if (verb == NONE || verb < noun || tokens[verb].head != above ||
        tokens[verb].upos != UPOS_VERB || rehung_has_subject(tree, verb))
        return false;
    for (uint32_t i = end; i < verb; i++)
        if (tokens[i].head != verb || tokens[i].relation == REL_CC)
            return false;
    rehung_make_subject(tokens, tree, noun, verb);
    return true;
}

/* "Resulting IN THREE SMUGGLERS being killed", "responded TO SHOTS being fired", with the rebels
 * hung on the verb above by the preposition: "being" stands right behind who it is said of. */
static bool rehang_before_being(struct token *tokens, const struct tree *tree, uint32_t verb)
{
    uint32_t being = tree_extent(tree, verb, 0).first, above = tokens[verb].head;
    if (being == verb || !token_is(&tokens[being], "being") || above == NONE || above > being ||
        tokens[being].relation != REL_AUX_PASS || rehung_has_subject(tree, verb))
        return false;
    for (uint32_t noun = tree->first_child[above]; noun != NONE && noun < being;
         noun = tree->next_sibling[noun]) {
        uint32_t preposition = tree_child_exactly(tree, noun, REL_CASE);
        if (tokens[noun].relation != REL_OBL || !token_is_nominal(&tokens[noun]) ||
            preposition == NONE || tree_extent(tree, noun, 0).end != being)
            continue;
        tokens[preposition].head = verb;
        tokens[preposition].relation = REL_MARK;
        tokens[noun].head = verb;
        tokens[noun].relation = REL_NSUBJ_PASS;
        return true;
    }
    return false;
}

/* "Asked the council TO MOVE the meeting", parsed as if moving it asked them. */
static bool rehang_second_subject(struct token *tokens, const struct tree *tree, uint32_t clause)
{
    uint32_t verb = tokens[clause].head;
    if (verb == NONE || verb > clause || tokens[verb].upos != UPOS_VERB ||
        !arguments_infinitive(tree, clause) || tree_child(tree, verb, REL_NSUBJ) == NONE ||
        (tree_child(tree, verb, REL_IOBJ) == NONE && tree_child(tree, verb, REL_OBJ) == NONE))
        return false;
    tokens[clause].relation = REL_XCOMP;
    return true;
}

/* "Men who lived in Gao and Kidal AND WHO WERE behind the raids", with the second clause hung on
 * Kidal: it is said of whom the first is. */
static bool rehang_second_relative(struct token *tokens, const struct tree *tree, uint32_t clause)
{
    static const char *const openers[] = {"who", "which", "that", "whose", NULL};
    enum { HIGHEST = 8 };
    uint32_t joiner = tree_child_exactly(tree, clause, REL_CC), noun = tokens[clause].head;
    if (joiner == NONE || joiner > clause || noun == NONE || noun > joiner ||
        !token_is_one_of(&tokens[joiner + 1], openers))
        return false;
    for (int steps = 0; steps < HIGHEST && noun != NONE; steps++, noun = tokens[noun].head)
        if (tokens[noun].relation == REL_ACL_RELCL && noun < joiner && tokens[noun].head < noun) {
            tokens[clause].head = tokens[noun].head;
            return true;
        }
    return false;
}

/* A noun that nothing of a clause hangs on. */
static bool has_noun_form(const struct tree *tree, uint32_t word)
{
    static const enum relation clausal[] = {REL_NSUBJ, REL_OBJ,   REL_AUX,   REL_COP,   REL_MARK,
                                            REL_XCOMP, REL_ADVCL, REL_CCOMP, REL_ORPHAN};
    for (size_t i = 0; i < sizeof clausal / sizeof clausal[0]; i++)
        if (tree_child(tree, word, clausal[i]) != NONE)
            return false;
    uint32_t clause = tree_child_exactly(tree, word, REL_ACL);
    bool phrase = (tree->tokens[word].features & WORD_PLURAL) != 0 ||
                  tree_child(tree, word, REL_DET) != NONE ||
                  tree_child(tree, word, REL_AMOD) != NONE || clause != NONE;
    return tree->tokens[word].upos == UPOS_NOUN && phrase &&
           (clause == NONE || !arguments_infinitive(tree, clause));
}

/* "Approved the raid and also THE MURDER of nine", "took part in the raids and LOOTING", parsed as
 * what was done besides: a noun is joined to the noun before it. */
static bool rehang_second_noun(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t verb = tokens[noun].head, joiner = tree_child_exactly(tree, noun, REL_CC),
             first = NONE;
    if (verb == NONE || verb > noun || joiner == NONE || joiner > noun ||
        !has_noun_form(tree, noun) || tokens[verb].upos != UPOS_VERB ||
        tree_child(tree, noun, REL_CASE) != NONE || tree_child(tree, noun, REL_NUMMOD) != NONE)
        return false;
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < joiner;
         child = tree->next_sibling[child])
        if (child > verb && tokens[child].relation != REL_PUNCT)
            first = child;
    if (first == NONE || tokens[first].upos != UPOS_NOUN ||
        (tokens[first].relation != REL_OBJ &&
         (tokens[first].relation != REL_OBL || tree_child(tree, first, REL_CASE) == NONE)))
        return false;
    tokens[noun].head = first;
    return true;
}

/* "Were criticised often and BY MANY GROUPS", parsed as two deeds: "by" says who did it. */
static bool rehang_second_phrase(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t verb = tokens[noun].head, by = tree_child_exactly(tree, noun, REL_CASE);
    if (verb == NONE || verb > noun || by == NONE || !token_is(&tokens[by], "by") ||
        !token_is_nominal(&tokens[noun]) || tokens[verb].upos != UPOS_VERB ||
        tree_child_exactly(tree, verb, REL_AUX_PASS) == NONE ||
        tree_child_exactly(tree, verb, REL_OBL_AGENT) != NONE)
        return false;
    tokens[noun].relation = REL_OBL_AGENT;
    return true;
}

/* "As a result of the raid 3 PERSONS were killed", parsed as the raid and the persons: nothing
 * joins them, and the verb behind them has nobody. */
static bool rehang_unjoined(struct token *tokens, const struct tree *tree, uint32_t noun)
{
    uint32_t first = tree_noun_phrase(tree, noun).first, verb = tokens[noun].head;
    if (!token_is_nominal(&tokens[noun]) || verb == NONE || verb > noun || first == 0 ||
        first <= verb || (tokens[first - 1].flags & TOKEN_PUNCTUATION) != 0 ||
        tree_child(tree, noun, REL_CC) != NONE || tree_child(tree, noun, REL_CASE) != NONE ||
        tree_child(tree, noun, REL_NUMMOD) == NONE)
        return false;
    while (verb != NONE && verb < noun)
        verb = tokens[verb].head;
    uint32_t end = tree_extent(tree, noun, 0).end;
    if (verb == NONE || tokens[verb].upos != UPOS_VERB || rehung_has_subject(tree, verb) ||
        !is_finite(tree, verb))
        return false;
    for (uint32_t i = end; i < verb; i++)
        if (tokens[i].head != verb)
            return false;
    rehung_make_subject(tokens, tree, noun, verb);
    return true;
}

/* What opens the clause of `verb` between `from` and `to`, or NONE. */
static uint32_t opener_between(const struct tree *tree, uint32_t verb, uint32_t from, uint32_t to)
{
    static const char *const openers[] = {"when",  "after",   "before", "while", "as",
                                          "since", "because", "until",  NULL};
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < to;
         child = tree->next_sibling[child])
        if (child > from && token_is_one_of(&tree->tokens[child], openers))
            return child;
    return NONE;
}

/* The participle at `clause` is what the sentence tells, of the subject; the verb that stood there
 * hangs on it by `relation`. */
static void stand_above(struct token *tokens, uint32_t subject, uint32_t clause, uint32_t verb,
                        enum relation relation)
{
    tokens[subject].head = clause;
    tokens[subject].relation = REL_NSUBJ;
    tokens[clause].head = tokens[verb].head;
    tokens[clause].relation = tokens[verb].relation;
    tokens[clause].features = WORD_FINITE | WORD_PAST;
    tokens[verb].head = clause;
    tokens[verb].relation = relation;
}

/* "Fighting RAGED in the town when guerrillas attacked the barracks", parsed as fighting that was
 * raged: of two subjects, parted by what opens a clause, the first has the verb behind it. */
static bool rehang_before_opener(struct token *tokens, const struct tree *tree, uint32_t subject)
{
    uint32_t verb = tokens[subject].head, clause = tree_child_exactly(tree, subject, REL_ACL);
    if (verb == NONE || clause == NONE || clause < subject || clause > verb ||
        tokens[clause].upos != UPOS_VERB || tree_child(tree, clause, REL_AUX) != NONE ||
        tree_child(tree, clause, REL_MARK) != NONE || (tokens[clause].features & WORD_PAST) == 0 ||
        (!supports_hold(tree->supports, &tokens[clause], SUPPORT_EVENT, 0) &&
         !supports_by_itself(tree, clause)))
        return false;
    uint32_t second = NONE;
    for (uint32_t child = tree->next_sibling[subject]; child != NONE && child < verb;
         child = tree->next_sibling[child])
        if (relation_is(tokens[child].relation, REL_NSUBJ))
            second = child;
    uint32_t opener = second != NONE ? opener_between(tree, verb, clause, second) : NONE;
    if (opener == NONE)
        return false;
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < opener;
         child = tree->next_sibling[child])
        tokens[child].head = clause;
    stand_above(tokens, subject, clause, verb, REL_ADVCL);
    return true;
}

/* "The party opposed the bill, AND ITS SPEAKER was mocked", parsed as the party, opposed to it, and
 * its speaker: behind a comma another clause begins. */
static bool rehang_before_second(struct token *tokens, const struct tree *tree, uint32_t subject)
{
    uint32_t verb = tokens[subject].head, clause = tree_child_exactly(tree, subject, REL_ACL);
    uint32_t second = tree_child_exactly(tree, subject, REL_CONJ);
    if (verb == NONE || clause == NONE || second == NONE || clause < subject || clause > second ||
        second > verb || tokens[clause].upos != UPOS_VERB ||
        (tokens[clause].features & WORD_PAST) == 0 ||
        tree_child_exactly(tree, clause, REL_OBJ) == NONE ||
        tree_child(tree, clause, REL_AUX) != NONE || tree_child(tree, clause, REL_MARK) != NONE)
        return false;
    uint32_t joiner = tree_child_exactly(tree, second, REL_CC),
             comma = tree_extent(tree, clause, 0).end;
    if (joiner == NONE || comma + 1 != joiner || !token_is(&tokens[comma], ",") ||
        tree_extent(tree, subject, 0).end > verb)
        return false;
    stand_above(tokens, subject, clause, verb, REL_CONJ);
    tokens[joiner].head = tokens[comma].head = verb;
    rehung_make_subject(tokens, tree, second, verb);
    return true;
}

/* "Detachment NO 4": how it is numbered, not that there are none. */
static bool rehang_numbered(struct token *tokens, const struct tree *tree, uint32_t word)
{
    if (word == 0 || word + 1 >= tree->document->tokens.count || !token_is(&tokens[word], "no") ||
        tokens[word + 1].folded[0] < '0' || tokens[word + 1].folded[0] > '9' ||
        tokens[word - 1].sentence != tokens[word].sentence ||
        (tokens[word - 1].upos != UPOS_NOUN && tokens[word - 1].upos != UPOS_PROPN))
        return false;
    tokens[word].upos = UPOS_NOUN;
    tokens[word].relation = REL_COMPOUND;
    return true;
}

bool rehang_reached(struct token *tokens, const struct tree *tree, uint32_t word)
{
    switch (tokens[word].relation) {
    case REL_NSUBJ:
    case REL_NSUBJ_PASS:
        return rehang_before_opener(tokens, tree, word) || rehang_before_second(tokens, tree, word);
    case REL_IOBJ:
    case REL_OBJ:
        return rehang_heard_of(tokens, tree, word) || rehang_enclosed(tokens, tree, word);
    case REL_OBL:
        return rehang_enclosed(tokens, tree, word);
    case REL_DET:
        return rehang_numbered(tokens, tree, word);
    case REL_CSUBJ:
        return rehang_second_subject(tokens, tree, word);
    case REL_ADVCL:
        return rehang_before_being(tokens, tree, word);
    case REL_ACL_RELCL:
        return rehang_second_relative(tokens, tree, word);
    case REL_CONJ:
        return rehang_second_phrase(tokens, tree, word) || rehang_unjoined(tokens, tree, word) ||
               rehang_second_noun(tokens, tree, word);
    default:
        return false;
    }
}
